"""Leave is booked, answered and seen on a calendar, by keyboard and by ear."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from dpemployer import clock
from dpemployer.bank_days import Nation
from dpemployer.periods import PayFrequency
from dpemployer.services.holiday_rows import CarryReason, LeaveStatus
from dpemployer.services.rows import EmployerScheme
from tests.ui.household import FRIDAY, Household, move_in
from tests.ui.looking import cut_off, heard, nodes, unnamed
from tests.ui.shown import Shown
from ui.pages.people import PeoplePage
from ui.pages.timesheets import TimesheetsPage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from dpemployer.office import Office
    from dpemployer.services.holiday_rows import BookedLeave
    from ui.desk import Desk
    from ui.dialogs.form_dialog import FormDialog
    from ui.dialogs.pdf_view import PdfDialog
    from ui.pages.person_holiday import HolidayPart
    from ui.widgets.workings import WorkingsDialog

SEPTEMBER = {"first_day": "7/9/2026", "last_day": "9/9/2026", "hours": "5", "in_advance": "yes"}


@pytest.fixture
def household(office: Office, monkeypatch: pytest.MonkeyPatch) -> Household:
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    return move_in(office)


@pytest.fixture
def shown(desk: Desk, household: Household, qtbot: QtBot) -> Shown[PeoplePage]:
    """The holiday of Asha."""
    found = Shown(PeoplePage(desk), desk, qtbot)
    found.page.show_what((household.asha, "holiday"))
    found.settle()
    return found


def part(shown: Shown[PeoplePage]) -> HolidayPart:
    return shown.page.person.holiday


def ask(shown: Shown[PeoplePage], name: str, *does: Callable[[Any], object]) -> None:
    shown.asks(shown.page.commands.action(f"person.holiday.{name}").trigger, *does)


def fill(shown: Shown[PeoplePage], **typed: str) -> Callable[[FormDialog], Any]:
    def in_dialog(dialog: FormDialog) -> None:
        dialog.form.restore(typed)
        dialog.save()
        shown.settle()

    return in_dialog


def leaves(office: Office, household: Household) -> tuple[BookedLeave, ...]:
    return office.holiday.overview(household.asha, FRIDAY).leaves


def choose(shown: Shown[PeoplePage]) -> None:
    assert part(shown).leaves.select(lambda _leave: True)
    shown.settle()


def test_leave_is_booked_and_says_by_when_it_is_answered(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    said: list[str] = []

    def book(dialog: FormDialog) -> None:
        dialog.form.restore(SEPTEMBER)
        said.append(heard(dialog))
        fill(shown)(dialog)

    ask(shown, "book", book)

    assert "3 days of leave, 15 h together. To be asked for by 31 August 2026" in said[0]
    (leave,) = leaves(office, household)
    assert (leave.minutes, leave.status) == (900, LeaveStatus.REQUESTED)
    assert "15 h is booked: 15 h more than is left." in heard(shown.page)
    assert unnamed(shown.page) == []
    assert cut_off(shown.page) == []


def test_leave_that_cannot_be_is_refused_with_what_was_typed_kept(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    said: list[tuple[str, str]] = []

    def look(dialog: FormDialog) -> None:
        fill(shown, **{**SEPTEMBER, "in_advance": ""})(dialog)
        said.append((heard(dialog), dialog.form.typed()["first_day"]))
        dialog.opened_as()
        dialog.reject()

    ask(shown, "book", look)

    assert "That is 15 h of leave, and 0 h is left." in said[0][0]
    assert said[0][1] == "7/9/2026"
    assert leaves(office, household) == ()


def test_leave_is_agreed_to_or_refused_or_called_off(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    ask(shown, "book", fill(shown, **SEPTEMBER))
    choose(shown)
    shown.do("person.holiday.approve")
    assert leaves(office, household)[0].status is LeaveStatus.APPROVED
    assert not shown.page.commands.action("person.holiday.approve").isEnabled()

    choose(shown)
    ask(shown, "cancel", fill(shown, reason="They changed their mind"))
    assert leaves(office, household)[0].status is LeaveStatus.CANCELLED
    assert not shown.page.commands.action("person.holiday.cancel").isEnabled()

    ask(shown, "book", fill(shown, **SEPTEMBER))
    part(shown).leaves.select(lambda leave: leave.status is LeaveStatus.REQUESTED)
    ask(shown, "refuse", fill(shown, reason="A hospital visit"))
    assert {leave.status for leave in leaves(office, household)} == {
        LeaveStatus.CANCELLED,
        LeaveStatus.REFUSED,
    }


def test_the_calendar_is_walked_by_keyboard_and_says_each_day(
    shown: Shown[PeoplePage], office: Office
) -> None:
    office.people.set_scheme(EmployerScheme(0, date(2026, 7, 1), nation=Nation.SCOTLAND))
    ask(
        shown, "book", fill(shown, **{**SEPTEMBER, "first_day": "3/8/2026", "last_day": "4/8/2026"})
    )
    calendar = part(shown).calendar
    calendar.grid.setFocus()
    QTest.keyClick(calendar.grid, Qt.Key.Key_PageDown)
    shown.settle()

    assert calendar.day() == date(2026, 8, 10)
    QTest.keyClick(calendar.grid, Qt.Key.Key_Up)
    assert calendar.day() == date(2026, 8, 3)
    assert "August 2026" in heard(calendar)
    assert "Monday 3 August 2026. Bank holiday: Summer Bank Holiday. Asha Khan: asks for 5 h." in (
        heard(calendar)
    )
    QTest.keyClick(calendar.grid, Qt.Key.Key_Right)
    assert "Tuesday 4 August 2026. Asha Khan: asks for 5 h." in heard(calendar)
    QTest.keyClick(calendar.grid, Qt.Key.Key_Down)
    assert "Tuesday 11 August 2026. Nobody is away." in heard(calendar)
    QTest.keyClick(calendar.grid, Qt.Key.Key_PageUp)
    shown.settle()
    assert "July 2026" in heard(calendar)
    QTest.keyClick(calendar.grid, Qt.Key.Key_Tab)
    assert not calendar.grid.hasFocus()


def test_each_box_of_the_calendar_has_its_sentence_for_a_screen_reader(
    shown: Shown[PeoplePage],
) -> None:
    grid = part(shown).calendar.grid
    words = [node.text(QAccessible.Text.Name) for node in nodes(grid)]

    assert "Calendar of leave" in words
    assert "Wednesday 1 July 2026. Nobody is away." in words
    assert "Not in this month" in words


def test_everybody_can_be_seen_together(shown: Shown[PeoplePage], household: Household) -> None:
    ask(
        shown,
        "book",
        fill(shown, **{**SEPTEMBER, "first_day": "20/7/2026", "last_day": "20/7/2026"}),
    )
    shown.page.show_what((household.ben, "holiday"))
    shown.settle()
    calendar = part(shown).calendar

    def texts() -> str:
        return "\n".join(
            item.text()
            for row in range(calendar.grid.rowCount())
            for column in range(7)
            if (item := calendar.grid.item(row, column)) is not None
        )

    assert "asks for" not in texts()
    shown.do("calendar.everybody")
    assert "Asha Khan: asks for 5 h" in texts()
    shown.do("calendar.everybody")
    assert "asks for" not in texts()
    shown.do("calendar.later")
    shown.do("calendar.earlier")
    assert "July 2026" in heard(calendar)


def test_booking_begins_with_the_day_on_the_calendar(shown: Shown[PeoplePage]) -> None:
    said: list[str] = []
    calendar = part(shown).calendar
    calendar.grid.setFocus()
    QTest.keyClick(calendar.grid, Qt.Key.Key_PageDown)
    shown.settle()

    def look(dialog: FormDialog) -> None:
        said.append(dialog.form.typed()["first_day"])
        dialog.opened_as()
        dialog.reject()

    ask(shown, "book", look)

    assert said == ["10/08/2026"]


def test_how_it_was_worked_out_and_the_record_can_be_seen(
    shown: Shown[PeoplePage], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def look(dialog: WorkingsDialog | PdfDialog) -> None:
        seen.append(heard(dialog))
        dialog.reject()

    ask(shown, "working", look)
    ask(shown, "record", look)
    ask(shown, "letter", look)
    assert "Holiday of Asha Khan on 10 July 2026" in seen[0]
    assert seen[1].startswith("Holiday record")
    assert seen[2].startswith("Reminder")

    place = tmp_path / "record.csv"
    monkeypatch.setattr("ui.files.choose_place", lambda *_asked: place)
    shown.do("person.holiday.csv")
    assert place.read_bytes().decode("utf-8-sig").startswith("Leave year from,What,")
    monkeypatch.setattr("ui.files.choose_place", lambda *_asked: None)
    shown.do("person.holiday.csv")


def test_a_reminder_is_recorded(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    ask(shown, "remind", fill(shown, how="By letter"))

    assert "last reminded to take their leave on 10 July 2026" in heard(shown.page)
    assert office.holiday.overview(household.asha, FRIDAY).reminders[0].how == "By letter"


def test_what_goes_on_into_the_next_year_is_decided_once(
    desk: Desk,
    office: Office,
    household: Household,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office.timesheets.approve(household.timesheet, "Margaret", FRIDAY)
    week = date(2026, 6, 29)
    office.pay_runs.finalise(
        office.pay_runs.draft(PayFrequency.WEEKLY, week, week + timedelta(days=6))
    )
    after = date(2027, 7, 5)
    monkeypatch.setattr(clock, "today", lambda: after)
    shown = Shown(PeoplePage(desk), desk, qtbot)
    shown.page.show_what((household.asha, "holiday"))
    shown.settle()
    assert "Decide how much of it goes on." in heard(shown.page)
    said: list[str] = []

    def decide(dialog: FormDialog) -> None:
        dialog.form.restore({"reason": "1"})
        said.append(heard(dialog))
        fill(shown)(dialog)

    ask(shown, "carry", decide)

    assert "the law asks for at least" in said[0]
    (carried,) = office.holiday.overview(household.asha, after).carried
    assert carried.reason is CarryReason.SICK_LEAVE
    assert not shown.page.commands.action("person.holiday.carry").isEnabled()


def test_agreed_leave_is_put_on_the_timesheet(
    desk: Desk, office: Office, household: Household, qtbot: QtBot
) -> None:
    day = date(2026, 7, 1)
    shown_people = Shown(PeoplePage(desk), desk, qtbot)
    shown_people.page.show_what((household.asha, "holiday"))
    shown_people.settle()
    ask(
        shown_people,
        "book",
        fill(
            shown_people,
            **{**SEPTEMBER, "first_day": "1/7/2026", "last_day": "1/7/2026", "agreed": "yes"},
        ),
    )
    shown = Shown(TimesheetsPage(desk), desk, qtbot)
    shown.page.open_sheet(household.asha, day)
    shown.settle()
    assert "Agreed leave is not on this timesheet: 1 July 2026, 5 h." in heard(shown.page)

    shown.do("sheet.leave")

    assert office.holiday.waiting(household.timesheet) == ()
    assert not shown.page.commands.action("sheet.leave").isEnabled()
