"""When things end: kind words, steps to tick, what is owed, and a paper of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from dpemployer import clock
from dpemployer.services.rows import PayFrequency
from tests.ui.household import FRIDAY, Household, move_in
from tests.ui.looking import cut_off, heard, past_the_edge, unnamed
from tests.ui.shown import Shown
from ui.pages.people import PeoplePage
from ui.widgets.workings import Workings

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from dpemployer.office import Office
    from ui.desk import Desk
    from ui.dialogs.form_dialog import FormDialog
    from ui.dialogs.pdf_view import PdfDialog
    from ui.widgets.workings import WorkingsDialog


@pytest.fixture
def household(office: Office, monkeypatch: pytest.MonkeyPatch) -> Household:
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    for module in ("endings", "leaving", "people"):
        monkeypatch.setattr(f"dpemployer.services.{module}.today", lambda: FRIDAY)
    return move_in(office)


@pytest.fixture
def shown(desk: Desk, household: Household, qtbot: QtBot) -> Shown[PeoplePage]:
    found = Shown(PeoplePage(desk), desk, qtbot)
    assert household.asha
    found.do("people.endings")
    return found


def _fill(**typed: str) -> Callable[[FormDialog], Any]:
    def fill(dialog: FormDialog) -> None:
        dialog.form.restore(typed)
        dialog.save()

    return fill


def _ask(shown: Shown[PeoplePage], name: str, *does: Callable[[Any], object]) -> None:
    shown.asks(shown.page.commands.action(name).trigger, *does)


def _employer_died(shown: Shown[PeoplePage]) -> None:
    _ask(shown, "endings.begin", _fill(kind="1", day="9/7/2026", acts="Ruth Marsh, executor"))
    shown.settle()


def test_nothing_has_ended_yet(shown: Shown[PeoplePage]) -> None:
    said = heard(shown.page)

    assert "Nothing has ended." in said
    assert unnamed(shown.page) == []
    shown.do("people.back")
    assert "Personal assistant: Asha Khan" in heard(shown.page)


def test_after_an_employers_death_everything_is_on_one_page(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    _employer_died(shown)

    said = heard(shown.page)
    assert "We are sorry for your loss." in said
    assert "What: Find out who sees to the estate" in said
    assert "To whom: Asha Khan" in said
    assert unnamed(shown.page) == []
    assert cut_off(shown.page) == []
    leaving = office.leavings.state(household.asha).leaving
    assert leaving is not None
    assert str(leaving.last_day) == "2026-07-09"


def test_steps_are_ticked_printed_and_taken_back(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    _employer_died(shown)
    steps = shown.page.endings.steps
    steps.select(lambda row: row.key == "tell_staff")
    _ask(shown, "endings.tick", _fill(done_on="10/7/2026", note="Rang both"))
    assert "How it stands: Done on 10 July 2026" in heard(shown.page)
    steps.select(lambda row: row.key == "tell_staff")
    shown.do("endings.untick")
    papers: list[str] = []

    def read(dialog: PdfDialog) -> None:
        papers.append(dialog.text.toPlainText())
        dialog.accept()

    _ask(shown, "endings.print", read)
    assert "After the employer’s death" in papers[0]
    assert "Ruth Marsh, executor" in papers[0]
    assert "What is kept" in papers[0]

    _ask(shown, "endings.back", lambda dialog: dialog.accept())
    assert office.endings.all(FRIDAY) == ()
    assert office.leavings.state(household.asha).leaving is None


def test_what_is_owed_says_how_it_was_worked_out(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    office.timesheets.approve(household.timesheet, "Jo Marsh", FRIDAY)
    run = office.pay_runs.draft(PayFrequency.WEEKLY, date(2026, 6, 29), date(2026, 7, 5))
    office.pay_runs.finalise(run)
    _employer_died(shown)
    owed = shown.page.endings.owed
    owed.select(lambda row: row.what == "Holiday not taken")
    said: list[str] = []

    def look(dialog: WorkingsDialog) -> None:
        (workings,) = dialog.findChildren(Workings)
        said.append(workings.text.toPlainText())
        dialog.reject()

    _ask(shown, "endings.how", look)

    assert "is left at the end" in said[0]


def test_home_leads_to_the_ending(shown: Shown[PeoplePage], office: Office) -> None:
    _employer_died(shown)
    (row,) = office.endings.all(FRIDAY)
    shown.page.show_everybody()

    shown.page.show_what(("ending", row.ending.id))
    shown.settle()

    assert "We are sorry for your loss." in heard(shown.page)


@pytest.mark.parametrize("percent", [300])
def test_it_reads_well_in_large_type(
    percent: int, shown: Shown[PeoplePage], text_size: Callable[[int], None]
) -> None:
    _employer_died(shown)
    text_size(percent)
    shown.settle()

    assert cut_off(shown.page) == []
    assert past_the_edge(shown.page) == []


def test_who_has_died_is_asked_only_of_a_personal_assistant(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    _ask(
        shown,
        "endings.begin",
        _fill(kind="3", who="0", day="9/7/2026", acts="Their sister, administrator"),
    )
    shown.settle()

    (row,) = office.endings.all(FRIDAY)
    assert row.about in {"Asha Khan", "Ben Ode", "Ben Okoro"}
    assert row.ending.employment_id in {household.asha, household.ben}
    assert row.about in heard(shown.page)
