"""The week is filled in from the keyboard; what cannot be kept stays in its box with the reason."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLineEdit

from dpemployer import clock
from dpemployer.errors import EntryError
from dpemployer.money import Money
from dpemployer.services.rows import PayType, Per, RateChoice, TimesheetStatus
from tests.ui.household import FRIDAY, Household, move_in
from tests.ui.keys import press, write
from tests.ui.looking import cut_off, heard, unnamed
from tests.ui.shown import Shown
from ui.files import ChosenFile
from ui.models.timesheets import Cell, understood
from ui.pages.timesheets import TimesheetsPage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from dpemployer.office import Office
    from dpemployer.services.rows import Shift
    from ui.desk import Desk
    from ui.dialogs.form_dialog import FormDialog
    from ui.dialogs.paper import PaperDialog
    from ui.dialogs.pdf_view import PdfDialog

MONDAY = date(2026, 6, 29)
HOURS = RateChoice(PayType.BASIC, "Weekday hours", Money(1310), Per.HOUR)
NIGHT = RateChoice(PayType.SLEEP_IN, "Sleep-in", Money(6500), Per.NIGHT)
MILES = RateChoice(PayType.EXPENSES, "Mileage", Money(45), Per.MILE)
COSTS = RateChoice(PayType.EXPENSES, "Expenses", Money(0), Per.HOUR)


@pytest.fixture
def household(office: Office, monkeypatch: pytest.MonkeyPatch) -> Household:
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    return move_in(office)


@pytest.fixture
def shown(desk: Desk, household: Household, qtbot: QtBot) -> Shown[TimesheetsPage]:
    """The week Asha has worked, with the keyboard in its first box."""
    found = Shown(TimesheetsPage(desk), desk, qtbot)
    found.page.open_sheet(household.asha, MONDAY)
    found.settle()
    return found


def _shifts(office: Office, household: Household) -> list[Shift]:
    return [row.shift for row in office.timesheets.show(household.timesheet).shifts]


def _hours_on(office: Office, household: Household, day: date) -> list[int]:
    return [shift.minutes for shift in _shifts(office, household) if shift.day == day]


def _go_to(shown: Shown[TimesheetsPage], row: int, column: int) -> None:
    grid = shown.page.sheet.grid
    grid.setFocus()
    grid.setCurrentIndex(shown.page.sheet.week.index(row, column))


def _type(shown: Shown[TimesheetsPage], row: int, column: int, text: str) -> None:
    """Type in a box, and Enter."""
    _go_to(shown, row, column)
    write(text)
    press(Qt.Key.Key_Return)
    shown.settle()


@pytest.mark.parametrize(
    ("choice", "typed", "minutes", "quantity", "pence"),
    [
        (HOURS, "7.5", 450, 0, 0),
        (HOURS, "7:30", 450, 0, 0),
        (NIGHT, "9", 540, 0, 0),
        (MILES, "12", 0, 12, 0),
        (COSTS, "4.50", 0, 0, 450),
    ],
)
def test_a_box_understands_what_goes_with_its_kind(
    choice: RateChoice, typed: str, minutes: int, quantity: int, pence: int
) -> None:
    shift = understood(Cell(choice, MONDAY, ()), typed, 3)

    assert shift is not None
    assert (shift.minutes, shift.quantity, shift.amount.pence) == (minutes, quantity, pence)
    assert (shift.day, shift.timesheet_id, shift.label) == (MONDAY, 3, choice.label)


def test_a_start_and_an_end_can_be_typed_in_a_box() -> None:
    shift = understood(Cell(NIGHT, MONDAY, ()), "22:00-7", 3)

    assert shift is not None
    assert (str(shift.started), str(shift.ended)) == ("22:00:00", "07:00:00")


@pytest.mark.parametrize(
    ("choice", "typed"), [(HOURS, "lots"), (HOURS, "-1"), (MILES, "1.5"), (COSTS, "four")]
)
def test_a_box_refuses_what_it_cannot_understand(choice: RateChoice, typed: str) -> None:
    with pytest.raises(EntryError):
        understood(Cell(choice, MONDAY, ()), typed, 3)


def test_everybody_is_listed_with_how_far_their_hours_are(
    desk: Desk, household: Household, qtbot: QtBot
) -> None:
    shown = Shown(TimesheetsPage(desk), desk, qtbot)
    shown.page.day.set_text("1/7/2026")
    shown.settle()

    said = heard(shown.page)
    assert household.asha != household.ben
    assert "Personal assistant: Asha Khan" in said
    assert "Pay period: 29 June to 5 July 2026" in said
    assert "How far: Being filled in" in said
    assert "Personal assistant: Ben Okafor" in said
    assert "How far: Nothing yet" in said


def test_hours_typed_in_a_box_are_kept_and_enter_goes_down(
    shown: Shown[TimesheetsPage], office: Office, household: Household
) -> None:
    _type(shown, 0, 3, "6.25")

    assert _hours_on(office, household, date(2026, 7, 2)) == [375]
    assert shown.page.sheet.grid.currentIndex().row() == 1
    assert shown.page.sheet.grid.currentIndex().column() == 3


def test_a_box_is_typed_over(
    shown: Shown[TimesheetsPage], office: Office, household: Household
) -> None:
    _type(shown, 0, 0, "5")

    assert _hours_on(office, household, MONDAY) == [300]


def test_delete_empties_a_box(
    shown: Shown[TimesheetsPage], office: Office, household: Household
) -> None:
    _go_to(shown, 0, 0)
    press(Qt.Key.Key_Delete)
    shown.settle()

    assert _hours_on(office, household, MONDAY) == []


def test_what_cannot_be_understood_stays_in_its_box_with_the_reason(
    shown: Shown[TimesheetsPage], office: Office, household: Household
) -> None:
    _type(shown, 0, 3, "lots")

    index = shown.page.sheet.week.index(0, 3)
    assert index.data() == "lots"
    assert "“lots” is not a number of hours." in heard(shown.page)
    assert _hours_on(office, household, date(2026, 7, 2)) == []

    _type(shown, 0, 3, "4")

    assert index.data() == "4:00"
    assert "lots" not in heard(shown.page)


def test_what_the_office_refuses_stays_in_its_box_with_the_reason(
    shown: Shown[TimesheetsPage],
) -> None:
    _type(shown, 0, 3, "25")

    assert shown.page.sheet.week.index(0, 3).data() == "25"
    assert "cannot be longer than 24 hours" in heard(shown.page)


def test_a_sheet_with_something_not_kept_is_not_approved(
    shown: Shown[TimesheetsPage], office: Office, household: Household
) -> None:
    _type(shown, 0, 3, "lots")

    shown.do("sheet.approve")

    row = office.timesheets.show(household.timesheet).row
    assert row.status is TimesheetStatus.DRAFT


def test_tab_goes_on_to_the_next_day_and_leaves_after_the_last(
    shown: Shown[TimesheetsPage],
) -> None:
    grid = shown.page.sheet.grid
    _go_to(shown, 0, 0)
    press(Qt.Key.Key_Tab)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (0, 1)

    _go_to(shown, shown.page.sheet.week.rowCount() - 1, 6)
    press(Qt.Key.Key_Tab)

    assert not grid.hasFocus()


def test_a_screen_reader_hears_the_day_the_kind_and_the_hours(
    shown: Shown[TimesheetsPage],
) -> None:
    said = shown.page.sheet.week.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)

    assert said == "Monday 29 June 2026, Weekday hours: 7:30"
    node = QAccessible.queryAccessibleInterface(shown.page.sheet.grid)
    assert node is not None
    assert node.text(QAccessible.Text.Name) == "Hours of the week"


def test_the_week_adds_up(shown: Shown[TimesheetsPage]) -> None:
    week = shown.page.sheet.week

    assert [week.index(row, 7).data() for row in range(3)] == ["20:00", "1 night", "12 miles"]
    assert "Weekday hours: 20 h, £262.00" in heard(shown.page)


def test_approving_fixes_the_week_until_it_is_taken_back(
    shown: Shown[TimesheetsPage], office: Office, household: Household
) -> None:
    shown.do("sheet.approve")

    row = office.timesheets.show(household.timesheet).row
    assert row.status is TimesheetStatus.APPROVED
    assert not shown.page.sheet.week.flags(shown.page.sheet.week.index(0, 0)) & (
        Qt.ItemFlag.ItemIsEditable
    )

    shown.do("sheet.unapprove")

    row = office.timesheets.show(household.timesheet).row
    assert row.status is TimesheetStatus.DRAFT


def test_last_week_is_copied_for_changing(
    shown: Shown[TimesheetsPage], office: Office, household: Household
) -> None:
    shown.page.open_sheet(household.asha, date(2026, 7, 6))
    shown.settle()

    shown.do("sheet.copy")

    sheet = office.timesheets.open(household.asha, date(2026, 7, 6))
    copied = [row.shift for row in office.timesheets.show(sheet).shifts]
    assert [(shift.day.day, shift.minutes) for shift in copied] == [
        (6, 450),
        (7, 450),
        (8, 300),
        (10, 540),
    ]


def test_a_shift_with_its_times_and_break_is_added_by_a_form(
    shown: Shown[TimesheetsPage], office: Office, household: Household
) -> None:
    _go_to(shown, 0, 3)

    def fill_in(dialog: FormDialog) -> None:
        dialog.form.restore({"started": "9", "ended": "17:30", "rest": "0:30", "note": "Clinic"})
        dialog.save()

    shown.asks(shown.page.commands.action("sheet.add").trigger, fill_in)

    (shift,) = (each for each in _shifts(office, household) if each.day == date(2026, 7, 2))
    assert (shift.minutes, shift.break_minutes, shift.note) == (480, 30, "Clinic")


def test_the_time_awake_in_a_sleep_in_is_asked_for_and_nothing_that_does_not_fit(
    shown: Shown[TimesheetsPage],
) -> None:
    sheet = shown.page.sheet
    assert sheet.shifts.select(lambda row: row.shift.pay_type is PayType.SLEEP_IN)
    asked: list[set[str]] = []

    def look(dialog: FormDialog) -> None:
        asked.append(
            {name for name, entry in dialog.form.entries.items() if entry.isVisibleTo(dialog)}
        )
        dialog.opened_as()
        dialog.reject()

    shown.asks(shown.page.commands.action("sheet.change").trigger, look)

    assert "awake" in asked[0]
    assert "miles" not in asked[0]
    assert "amount" not in asked[0]


def test_a_shift_is_taken_out(
    shown: Shown[TimesheetsPage], office: Office, household: Household
) -> None:
    shown.page.sheet.shifts.select(lambda row: row.shift.pay_type is PayType.EXPENSES)

    shown.do("sheet.remove")

    assert PayType.EXPENSES not in {shift.pay_type for shift in _shifts(office, household)}


def test_two_shifts_of_one_kind_on_one_day_are_added_up_and_not_typed_over(
    shown: Shown[TimesheetsPage],
) -> None:
    _go_to(shown, 0, 0)

    def fill_in(dialog: FormDialog) -> None:
        dialog.form.restore({"hours": "2"})
        dialog.save()

    shown.asks(shown.page.commands.action("sheet.add").trigger, fill_in)

    index = shown.page.sheet.week.index(0, 0)
    assert index.data() == "9:30 in 2"
    press(Qt.Key.Key_Return, on=shown.page.sheet.grid)
    assert shown.page.sheet.shifts.view.hasFocus()


def test_a_sheet_is_printed_to_sign(shown: Shown[TimesheetsPage]) -> None:
    said: list[str] = []

    def read(dialog: PdfDialog) -> None:
        said.append(dialog.text.toPlainText())
        dialog.reject()

    shown.asks(shown.page.commands.action("sheet.print").trigger, read)

    assert "Asha Khan" in said[0]


def test_the_signed_sheet_is_kept_with_its_hours(
    shown: Shown[TimesheetsPage], office: Office, household: Household
) -> None:
    def keep(dialog: PaperDialog) -> None:
        dialog.take(ChosenFile("signed sheet.txt", b"signed by both"))
        dialog.do()

    shown.asks(shown.page.commands.action("sheet.paper").trigger, keep)

    (paper,) = office.ledger.papers()
    assert paper.timesheet_ids == (household.timesheet,)
    assert "The signed sheet is kept in this book." in heard(shown.page)


def test_a_paid_sheet_is_only_looked_at(
    shown: Shown[TimesheetsPage], office: Office, household: Household
) -> None:
    shown.do("sheet.approve")
    (payday, *_rest) = office.pay_runs.due(FRIDAY)
    office.pay_runs.finalise(
        office.pay_runs.draft(payday.frequency, payday.first_day, payday.last_day)
    )
    shown.page.open_sheet(household.asha, MONDAY)
    shown.settle()

    assert "Paid." in heard(shown.page)
    assert not shown.page.commands.action("sheet.unapprove").isEnabled()
    assert unnamed(shown.page) == []
    assert cut_off(shown.page) == []


def test_typing_begins_in_the_box_one_is_on(shown: Shown[TimesheetsPage]) -> None:
    _go_to(shown, 0, 4)

    write("3")

    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "3"
    press(Qt.Key.Key_Escape)
    shown.settle()
