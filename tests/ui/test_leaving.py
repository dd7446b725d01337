"""Leaving, page by page: why, notice, redundancy pay, the last pay, and what follows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from dpemployer import clock
from dpemployer.money import Money
from dpemployer.services.leaving_rows import Leaving, LeavingReason, NoticeBy
from dpemployer.services.rows import PayFrequency
from tests.ui.household import FRIDAY, Household, move_in
from tests.ui.keyboard import Keyboard
from tests.ui.keys import press
from tests.ui.looking import cut_off, heard, past_the_edge, unnamed
from tests.ui.modal import asks
from tests.ui.shown import Shown
from ui.pages.people import PeoplePage
from ui.wizards.leaving import leaving_wizard

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from dpemployer.office import Office
    from ui.desk import Desk
    from ui.dialogs.form_dialog import FormDialog
    from ui.dialogs.pdf_view import PdfDialog
    from ui.operations import Operations
    from ui.wizards.wizard import Wizard


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    for module in ("leaving", "tasks", "people", "tax_codes"):
        monkeypatch.setattr(f"dpemployer.services.{module}.today", lambda: FRIDAY)


@pytest.fixture
def household(office: Office) -> Household:
    return move_in(office)


@pytest.fixture
def shown(desk: Desk, household: Household, qtbot: QtBot) -> Shown[PeoplePage]:
    """How Asha's job ends."""
    found = Shown(PeoplePage(desk), desk, qtbot)
    found.page.show_employment(household.asha, "leaving")
    found.settle()
    return found


@pytest.fixture
def wizard(office: Office, household: Household, operations: Operations, qtbot: QtBot) -> Wizard:
    made = leaving_wizard(operations, office, household.asha, "Asha Khan")
    qtbot.addWidget(made, before_close_func=lambda window: setattr(window, "_over", True))
    made.resize(1000, 800)
    made.show()
    _settle(made, qtbot)
    return made


def _settle(wizard: Wizard, qtbot: QtBot) -> None:
    for _turn in range(3):
        qtbot.waitUntil(lambda: wizard.operations.idle, timeout=20_000)
        QApplication.processEvents()


def _answer(wizard: Wizard, qtbot: QtBot, **typed: str) -> None:
    wizard.step.form.restore(typed)
    wizard.next_step()
    _settle(wizard, qtbot)


def _fill(**typed: str) -> Callable[[FormDialog], Any]:
    def fill(dialog: FormDialog) -> None:
        dialog.form.restore(typed)
        dialog.save()

    return fill


def _pay_asha(office: Office, first_day: date, last_day: date) -> None:
    run = office.pay_runs.draft(PayFrequency.WEEKLY, first_day, last_day)
    office.pay_runs.finalise(run)


def test_somebody_resigns_page_by_page(
    wizard: Wizard, office: Office, household: Household, qtbot: QtBot
) -> None:
    _answer(wizard, qtbot, reason="0", last_day="17/7/2026")
    assert wizard.step.ID == "notice"
    assert "By law they give 0 weeks of notice." in heard(wizard)
    _answer(wizard, qtbot, notice_by="1", given_on="10/7/2026")
    assert wizard.step.ID == "last_pay"
    assert "The last pay has the hours up to 17 July 2026." in heard(wizard)
    _answer(wizard, qtbot, recover="yes")

    leaving = office.leavings.state(household.asha).leaving
    assert leaving is not None
    assert (leaving.reason, leaving.notice_by) == (LeavingReason.RESIGNED, NoticeBy.ASSISTANT)
    assert (leaving.last_day, leaving.notice_given_on) == (date(2026, 7, 17), FRIDAY)
    assert leaving.recover_overtaken
    assert office.people.employment(household.asha, FRIDAY).employment.left_on == leaving.last_day


def test_it_is_all_done_by_keyboard(
    wizard: Wizard, office: Office, household: Household, qtbot: QtBot
) -> None:
    wizard.activateWindow()
    qtbot.waitUntil(wizard.isActiveWindow)
    keyboard = Keyboard(qtbot, lambda: wizard.operations.idle)
    keyboard.choose("Why the job ends", "They have given notice")
    keyboard.fill("Their last day", "17/7/2026")
    keyboard.press_button("Continue")
    keyboard.to("Who gave notice")
    keyboard.keys(Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier)
    assert keyboard.hears.startswith("Who gave notice: They gave me notice")
    keyboard.fill("The day it was given", "10/7/2026")
    keyboard.press_button("Continue")
    keyboard.to("Finish", QPushButton)
    press(Qt.Key.Key_Space)
    _settle(wizard, qtbot)

    leaving = office.leavings.state(household.asha).leaving
    assert leaving is not None
    assert (leaving.reason, leaving.notice_given_on) == (LeavingReason.RESIGNED, FRIDAY)


def test_redundancy_asks_for_family_and_shows_the_sum(
    wizard: Wizard, office: Office, household: Household, qtbot: QtBot
) -> None:
    _answer(wizard, qtbot, reason="1", last_day="17/7/2026")
    assert "By law you give 0 weeks of notice when you end the job." in heard(wizard)
    _answer(wizard, qtbot, in_lieu="2", week_pay="280")
    assert wizard.step.ID == "redundancy"
    assert "As answered so far, no redundancy pay is due" not in heard(wizard)
    assert "no redundancy pay is due" in heard(wizard)
    asks(qtbot, wizard.step._how.click, lambda dialog: dialog.reject())  # type: ignore[attr-defined]
    _answer(wizard, qtbot, agreed="150")
    said = heard(wizard)
    assert "2 weeks of notice are paid at" in said
    assert "Redundancy pay of £150.00 is paid, free of tax." in said
    asks(qtbot, wizard.step._how.click, lambda dialog: dialog.reject())  # type: ignore[attr-defined]
    wizard.previous_step()
    _settle(wizard, qtbot)
    assert wizard.step.ID == "redundancy"
    assert wizard.step.form.typed()["agreed"] == "150.00"
    wizard.previous_step()
    _settle(wizard, qtbot)
    assert wizard.step.form.typed()["week_pay"] == "280.00"

    leaving = office.leavings.state(household.asha).leaving
    assert leaving is not None
    assert (leaving.weeks_in_lieu, leaving.redundancy_pay) == (2, Money(150_00))


def test_a_death_has_no_page_about_notice(
    wizard: Wizard, office: Office, household: Household, qtbot: QtBot
) -> None:
    _answer(wizard, qtbot, reason="1", last_day="10/7/2026")
    _answer(wizard, qtbot, notice_by="0", given_on="3/7/2026", in_lieu="1", week_pay="280")
    wizard.go_to("why")
    _answer(wizard, qtbot, reason="7", last_day="10/7/2026")

    assert wizard.step.ID == "last_pay"
    leaving = office.leavings.state(household.asha).leaving
    assert leaving is not None
    assert (leaving.notice_by, leaving.weeks_in_lieu) == (NoticeBy.NOBODY, 0)


@pytest.mark.parametrize("typed", ["1.5", "-1", "53"])
def test_weeks_that_cannot_be_are_refused_where_they_are_typed(
    wizard: Wizard, qtbot: QtBot, typed: str
) -> None:
    _answer(wizard, qtbot, reason="2", last_day="17/7/2026")

    _answer(wizard, qtbot, in_lieu=typed)

    assert wizard.step.ID == "notice"
    assert wizard.step.form.typed()["in_lieu"] == typed


@pytest.mark.parametrize("percent", [100, 300])
def test_every_page_reads_well_at_any_size(
    percent: int,
    wizard: Wizard,
    qtbot: QtBot,
    text_size: Callable[[int], None],
) -> None:
    text_size(percent)
    _answer(wizard, qtbot, reason="1", last_day="17/7/2026")
    for step_id in ("why", "notice", "redundancy", "last_pay"):
        wizard.go_to(step_id)
        _settle(wizard, qtbot)
        assert (step_id, cut_off(wizard)) == (step_id, [])
        assert (step_id, past_the_edge(wizard)) == (step_id, [])
        assert (step_id, unnamed(wizard)) == (step_id, [])


# ── the page about them ──


def test_the_page_says_how_it_stands_and_opens_the_wizard(
    shown: Shown[PeoplePage], qtbot: QtBot
) -> None:
    asked: list[Wizard] = []
    shown.desk.wizard_asked.connect(asked.append)
    assert "Nobody has said that they are leaving." in heard(shown.page)

    shown.do("person.leave")

    (wizard,) = asked
    qtbot.addWidget(wizard)
    assert wizard.windowTitle() == "Asha Khan is leaving"
    assert unnamed(shown.page) == []
    assert cut_off(shown.page) == []


def _leave(office: Office, household: Household, **changes: Any) -> None:
    last_day = changes.pop("last_day", date(2026, 7, 5))
    facts = {"reason": LeavingReason.RESIGNED, **changes}
    office.leavings.record(
        Leaving(0, household.asha, last_day=last_day, final_first_day=last_day, **facts)
    )


def test_leaving_is_taken_back_after_a_question(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    _leave(office, household)
    shown.settle()
    assert "Their last day is 5 July 2026." in heard(shown.page)

    shown.asks(
        shown.page.commands.action("person.leave.back").trigger, lambda dialog: dialog.accept()
    )

    assert office.leavings.state(household.asha).leaving is None


def test_the_p45_and_what_comes_after_it(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    _leave(office, household, reason=LeavingReason.REDUNDANCY, redundancy_pay=Money(100_00))
    office.timesheets.approve(household.timesheet, "Jo Marsh", FRIDAY)
    _pay_asha(office, date(2026, 6, 29), date(2026, 7, 5))
    shown.page.person.refresh()
    shown.settle()
    papers: list[str] = []

    def read(dialog: PdfDialog) -> None:
        papers.append(dialog.text.toPlainText())
        dialog.accept()

    for name in ("person.leave.p45", "person.leave.statement"):
        shown.asks(shown.page.commands.action(name).trigger, read)
    shown.asks(shown.page.commands.action("person.leave.how").trigger, lambda d: d.reject())
    shown.asks(shown.page.commands.action("person.leave.p45.given").trigger, _fill(day="10/7/2026"))
    shown.asks(
        shown.page.commands.action("person.leave.after").trigger,
        _fill(label="Hours on 3 July", amount="26.20"),
    )

    assert "This is not a P45." in papers[0]
    assert "123/AB456" in papers[0]
    assert "£100.00" in papers[1]
    said = heard(shown.page)
    assert "The P45 was given on 10 July 2026." in said
    assert "What it is for: Hours on 3 July" in said
    part = shown.page.person.leaving
    part.after.select(lambda _row: True)
    shown.do("person.leave.after.remove")
    assert office.leavings.state(household.asha).after == ()


@pytest.mark.parametrize("part", ["leaving", "starting", "tax"])
def test_the_parts_read_well_in_large_type(
    part: str,
    shown: Shown[PeoplePage],
    office: Office,
    household: Household,
    text_size: Callable[[int], None],
) -> None:
    _leave(office, household, reason=LeavingReason.REDUNDANCY, redundancy_pay=Money(100_00))
    office.tax_codes.record_notice(
        household.asha, "1257L M1", FRIDAY, None, Money(2000_00), Money(61_20)
    )
    text_size(300)
    shown.page.show_employment(household.asha, part)
    shown.settle()

    assert cut_off(shown.page) == []
    assert past_the_edge(shown.page) == []
    assert unnamed(shown.page) == []


def test_things_to_do_are_ticked_with_a_date(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    shown.page.show_employment(household.asha, "starting")
    shown.settle()
    part = shown.page.person.starting
    assert unnamed(shown.page) == []
    assert "Not done: the law wanted it by then" in heard(shown.page)
    part.tasks.select(lambda row: row.key == "right_to_work")

    shown.asks(
        shown.page.commands.action("person.starting.tick").trigger,
        _fill(done_on="25/6/2026", note="Share code, seen by Jo", valid_until="1/9/2026"),
    )

    (row,) = [
        row for row in office.tasks.starting(household.asha, FRIDAY) if row.key == "right_to_work"
    ]
    assert (row.done_on, row.valid_until) == (date(2026, 6, 25), date(2026, 9, 1))
    part.tasks.select(lambda row: row.key == "right_to_work")
    shown.do("person.starting.untick")
    assert "Share code" not in heard(shown.page)
