"""Home says what needs doing next, each thing with the button that goes to it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from dpemployer import clock
from dpemployer.services.agenda import Agenda, ToDo, ToDoKind
from dpemployer.services.rows import Employment, PayFrequency, PersonalAssistant
from tests.ui.household import FRIDAY, Household, move_in
from tests.ui.looking import heard, unnamed
from tests.ui.shown import Shown
from ui.pages.home import HomePage

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from dpemployer.office import Office
    from ui.desk import Desk
    from ui.wizards.wizard import Wizard


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """Live on a day."""
    return lambda day: monkeypatch.setattr(clock, "today", lambda: day)


@pytest.fixture
def household(office: Office, on: Callable[[date], None]) -> Household:
    on(FRIDAY)
    return move_in(office)


def _press(shown: Shown[HomePage], words: str) -> Any:
    """Press the button beside a thing, and return where it went."""
    (button,) = (
        each for each in shown.page.buttons if words in (each.accessibleDescription() or "")
    )
    button.click()
    shown.settle()
    return shown.went[-1] if shown.went else None


def test_an_empty_book_asks_to_be_set_up(
    desk: Desk, qtbot: QtBot, on: Callable[[date], None]
) -> None:
    on(FRIDAY)
    shown = Shown(HomePage(desk), desk, qtbot)
    asked: list[Wizard] = []
    desk.wizard_asked.connect(asked.append)

    _press(shown, "Finish setting up this book.")

    (wizard,) = asked
    qtbot.addWidget(wizard)
    assert wizard.step.ID == "supported"


def test_hours_to_agree_lead_to_the_timesheet(
    desk: Desk, household: Household, qtbot: QtBot
) -> None:
    shown = Shown(HomePage(desk), desk, qtbot)

    went = _press(shown, "Agree the hours of Asha Khan for 29 June to 5 July 2026.")

    assert went == ("timesheets", (household.asha, date(2026, 6, 29)))


def test_a_task_says_what_is_to_be_done_and_leads_there(
    desk: Desk, office: Office, household: Household, qtbot: QtBot
) -> None:
    task = ToDo(
        ToDoKind.TASK,
        by=FRIDAY,
        late=False,
        says="Ask for the tax code.",
        button="See their tax",
        page="people",
        what=(household.asha, "tax"),
    )
    office.__dict__["agenda"] = Agenda(
        office.people,
        office.timesheets,
        office.pay_runs,
        office.ledger,
        office.returns,
        [lambda on: [task] if on == FRIDAY else []],
    )
    shown = Shown(HomePage(desk), desk, qtbot)

    went = _press(shown, "Ask for the tax code.")

    assert went == ("people", (household.asha, "tax"))
    assert "See their tax" in heard(shown.page)


def test_somebody_half_taken_on_is_not_forgotten(
    desk: Desk, office: Office, household: Household, qtbot: QtBot
) -> None:
    office.people.add_assistant(PersonalAssistant(0, "Cleo", "Ward", date(1988, 2, 1)))
    drew = office.people.add_assistant(PersonalAssistant(0, "Drew", "Lamb", date(1990, 2, 1)))
    job = office.people.take_on(
        Employment(0, drew, "", FRIDAY, PayFrequency.WEEKLY, date(2026, 7, 6)), (), "", ""
    )
    shown = Shown(HomePage(desk), desk, qtbot)

    said = heard(shown.page)

    assert household.asha
    assert "Finish taking on Cleo Ward. Nothing is known yet of the job." in said
    assert _press(shown, "Finish taking on Drew Lamb. There is no rate of pay yet.") == (
        "people",
        (job, "pay"),
    )


def test_agreed_hours_lead_to_the_payday(
    desk: Desk, office: Office, household: Household, qtbot: QtBot
) -> None:
    office.timesheets.approve(household.timesheet, "Jo Marsh", FRIDAY)
    shown = Shown(HomePage(desk), desk, qtbot)

    went = _press(shown, "Pay Asha Khan for 29 June to 5 July 2026.")

    (run,) = office.pay_runs.runs()
    assert went == ("pay", run.pay_run_id)


def test_a_thing_goes_away_by_being_done(
    desk: Desk, office: Office, household: Household, qtbot: QtBot
) -> None:
    shown = Shown(HomePage(desk), desk, qtbot)
    before = heard(shown.page)

    office.timesheets.approve(household.timesheet, "Jo Marsh", FRIDAY)
    shown.settle()

    assert "Agree the hours of Asha Khan" in before
    assert "Agree the hours of Asha Khan" not in heard(shown.page)
    assert "Pay Asha Khan for 29 June to 5 July 2026." in heard(shown.page)


def test_what_is_late_is_said_in_words_and_comes_first(
    desk: Desk, household: Household, qtbot: QtBot, on: Callable[[date], None]
) -> None:
    on(date(2026, 7, 20))

    shown = Shown(HomePage(desk), desk, qtbot)

    assert household.asha
    first = shown.page.buttons[0].accessibleDescription()
    assert "Late: it was for Friday 10 July 2026." in first
    assert "Late" in heard(shown.page)


def test_bills_to_pay_come_with_their_amount_and_day(
    desk: Desk, office: Office, household: Household, qtbot: QtBot
) -> None:
    office.timesheets.approve(household.timesheet, "Jo Marsh", FRIDAY)
    (payday, *_rest) = office.pay_runs.due(FRIDAY)
    office.pay_runs.finalise(
        office.pay_runs.draft(payday.frequency, payday.first_day, payday.last_day)
    )
    shown = Shown(HomePage(desk), desk, qtbot)

    went = _press(shown, "Pay Asha Khan £325.60.")

    assert went[0] == "money"
    assert "By Friday 10 July 2026." in heard(shown.page)


def test_what_is_owed_to_one_payee_on_one_day_is_one_thing(
    desk: Desk, office: Office, household: Household, qtbot: QtBot
) -> None:
    """A correction owes the same again, takes the first back, and asks for no more than is due."""
    office.timesheets.approve(household.timesheet, "Jo Marsh", FRIDAY)
    (payday, *_rest) = office.pay_runs.due(FRIDAY)
    run = office.pay_runs.draft(payday.frequency, payday.first_day, payday.last_day)
    office.pay_runs.finalise(run)
    draft = office.pay_runs.correct(run, "Something was wrong.").draft_id
    shown = Shown(HomePage(desk), desk, qtbot)
    assert "Pay Asha Khan £" not in heard(shown.page)

    office.pay_runs.finalise(draft)
    shown.do("home.refresh")

    assert heard(shown.page).count("Pay Asha Khan £325.60.") == 1


def test_a_statement_that_is_missing_is_asked_for(
    desk: Desk, household: Household, qtbot: QtBot, on: Callable[[date], None]
) -> None:
    on(date(2026, 8, 10))

    shown = Shown(HomePage(desk), desk, qtbot)
    shown.page._show_all()
    shown.settle()

    said = heard(shown.page)
    assert household.account
    assert "Add the next statement of Direct payment account." in said
    assert "The last one ends on 28 June 2026." in said


def test_a_return_is_due_when_its_period_is_over(
    desk: Desk,
    office: Office,
    household: Household,
    qtbot: QtBot,
    on: Callable[[date], None],
) -> None:
    office.returns.choose("generic-quarterly", date(2026, 7, 1), anchor=date(2026, 7, 1))
    on(date(2026, 10, 6))
    shown = Shown(HomePage(desk), desk, qtbot)
    shown.page._show_all()
    shown.settle()

    went = _press(shown, "Prepare the return for 1 July to 30 September 2026.")

    assert household.account
    assert went[0] == "return"


def test_the_account_is_told_in_three_figures(
    desk: Desk, household: Household, qtbot: QtBot
) -> None:
    said = heard(Shown(HomePage(desk), desk, qtbot).page)

    assert household.account
    assert "In the account: £1,955.00" in said
    assert "Still owed: £0.00" in said
    assert "Left once that is paid: £1,955.00" in said


def test_a_long_list_shows_its_first_things_and_the_rest_when_asked(
    desk: Desk, household: Household, qtbot: QtBot, on: Callable[[date], None]
) -> None:
    on(date(2026, 9, 28))
    shown = Shown(HomePage(desk), desk, qtbot)
    at_first = len(shown.page.buttons)

    shown.page._show_all()
    shown.settle()

    assert household.asha
    assert at_first == 6
    assert len(shown.page.buttons) > 6
    assert unnamed(shown.page) == []


def test_the_first_thing_can_be_done_by_a_key(
    desk: Desk, household: Household, qtbot: QtBot
) -> None:
    shown = Shown(HomePage(desk), desk, qtbot)

    shown.do("home.first")

    assert shown.went == [("timesheets", (household.asha, date(2026, 6, 29)))]


def test_nothing_to_do_is_said_as_such(
    desk: Desk, office: Office, household: Household, qtbot: QtBot
) -> None:
    office.timesheets.approve(household.timesheet, "Jo Marsh", FRIDAY)
    shown = Shown(HomePage(desk), desk, qtbot)
    shown.page._show((), None)
    shown.settle()

    assert "Nothing. You are up to date." in heard(shown.page)
