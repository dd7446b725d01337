"""Hours: whose timesheets are filled in, approved and paid; and one of them, week by week."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from dpemployer import clock
from dpemployer.i18n import N_, _
from dpemployer.services.holiday_rows import BookedLeave
from dpemployer.services.rows import (
    Employment,
    HomeProvided,
    PayRate,
    RestGiven,
    Shift,
    Timesheet,
    WorkingTimeRecord,
)
from ui.actions import Command
from ui.models.timesheets import TIMESHEETS
from ui.pages.page import Page
from ui.pages.sheet import Sheet
from ui.widgets.entries import DateEntry
from ui.widgets.switch import Switch
from ui.widgets.table import Table
from ui.widgets.words import Card, hint

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from dpemployer.services.rows import TimesheetRow
    from ui.desk import Desk

_HERE = N_("This page")
_WEEK = timedelta(weeks=1)


class TimesheetsPage(Page):
    """Everybody's timesheets around one day, and one timesheet at a time."""

    ID = "timesheets"
    NAME = N_("Timesheets")
    ICON = "clock"
    SHOWS = frozenset(
        {
            BookedLeave,
            Timesheet,
            Shift,
            Employment,
            PayRate,
            WorkingTimeRecord,
            HomeProvided,
            RestGiven,
        }
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Timesheets"))
        self.day = DateEntry(
            _("Around which day?"), hint=_("The pay periods that hold this day are shown.")
        )
        self.day.set_value(clock.today())
        self.table: Table[TimesheetRow] = Table(
            _("Timesheets"),
            TIMESHEETS,
            empty=_("Nobody was working here on this day."),
        )
        self.sheet = Sheet(desk, self.commands)
        self.commands.add(
            Command(
                "timesheets.open",
                _("Open the timesheet"),
                self._open,
                _HERE,
                "",
                _("Fill in, look at or approve the one you are on"),
                available=lambda: self._in_list() and self.table.row() is not None,
                kind="main",
            ),
            Command(
                "timesheets.earlier",
                _("A week earlier"),
                lambda: self._move(-_WEEK),
                _HERE,
                "Ctrl+Left",
                available=self._in_list,
            ),
            Command(
                "timesheets.later",
                _("A week later"),
                lambda: self._move(_WEEK),
                _HERE,
                "Ctrl+Right",
                available=self._in_list,
            ),
            Command(
                "timesheets.back",
                _("Back to all timesheets"),
                self.show_all,
                _HERE,
                "Alt+Left",
                available=lambda: not self._in_list(),
            ),
        )
        everybody = Card()
        everybody.box.addWidget(self.day)
        everybody.box.addWidget(self.commands.buttons("timesheets.earlier", "timesheets.later"))
        everybody.box.addWidget(hint(_("Press Enter on a timesheet to open it.")))
        everybody.box.addWidget(self.table)
        everybody.box.addWidget(self.commands.buttons("timesheets.open"))
        self._everybody = everybody
        self._switch = Switch(everybody, self.sheet)
        self.box.addWidget(self._switch)
        self.sheet.declare()
        self.day.edited.connect(self._day_typed)
        self.table.opened.connect(lambda _row: self._open())
        self.table.pointed.connect(lambda _row: self.commands.refresh())

    def refresh(self) -> None:
        day = self._day()
        if day is not None:
            self.desk.operations.ask(
                lambda: self.desk.office.timesheets.of_day(day), self._show, owner=self
            )
        self.sheet.refresh()

    def show_what(self, what: Any) -> None:
        """Show one timesheet, by its employment and a day in it."""
        employment_id, day = what
        self.open_sheet(employment_id, day)

    def first_field(self) -> QWidget | None:
        return self.table.view if self._in_list() else self.sheet.grid

    def show_all(self) -> None:
        """Go back to the list."""
        self._switch.show_part(self._everybody)
        self.title.setText(_("Timesheets"))
        self.commands.refresh()
        self.table.view.setFocus()

    def open_sheet(self, employment_id: int, day: date) -> None:
        """Find or begin somebody's timesheet around a day, and show it."""
        timesheets = self.desk.office.timesheets
        self.desk.operations.change(
            lambda: timesheets.open(employment_id, day),
            lambda timesheet_id: self._show_sheet(timesheet_id, day),
            owner=self,
        )

    def _show(self, rows: Any) -> None:
        self.table.show_rows(rows, same=lambda row: row.employment_id)
        if self.table.row() is None:
            self.table.select(lambda _row: True)
        self.commands.refresh()

    def _show_sheet(self, timesheet_id: int, day: date) -> None:
        self._switch.show_part(self.sheet)
        self.sheet.show_timesheet(timesheet_id, day)
        self.commands.refresh()
        self.sheet.grid.setFocus()

    def _open(self) -> None:
        row, day = self.table.row(), self._day()
        if row is not None and day is not None:
            self.open_sheet(row.employment_id, day)

    def _day(self) -> date | None:
        return self.day.value()

    def _day_typed(self) -> None:
        if self.day.value() is not None:
            self.refresh()

    def _move(self, step: timedelta) -> None:
        self.day.set_value((self._day() or clock.today()) + step)

    def _in_list(self) -> bool:
        return not self._everybody.isHidden()
