"""A month of leave, with bank holidays and who is away: walked with the arrow keys."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpemployer import clock
from dpemployer.i18n import N_, _, month_name
from dpemployer.periods import plus_months
from ui import theme
from ui.actions import Command
from ui.models.holiday import box_words, day_words
from ui.widgets.month_grid import MonthGrid
from ui.widgets.words import Words, hint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dpemployer.services.holiday_rows import CalendarDay
    from ui.actions import Commands
    from ui.desk import Desk

_HERE = N_("This page")
_DAY = timedelta(days=1)


class LeaveCalendar(QWidget):
    """One month at a time, of one person or of everybody."""

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__()
        self.desk = desk
        self._commands = commands
        self._employment_id = 0
        self._at = clock.today()
        self._days: dict[date, CalendarDay] = {}
        self._month = Words("", "label")
        self._said = Words()
        self.everybody = False
        self.grid = MonthGrid(_("Calendar of leave"), self._says)
        self.grid.month_asked.connect(self._turn_to)
        self.grid.day_pointed.connect(self._point_at)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.gap(2))

    def declare(self) -> None:
        """Declare how to go from month to month, and lay the calendar out."""
        for name, words, does in (
            ("earlier", _("Month before"), lambda: self._turn(-1)),
            ("later", _("Month after"), lambda: self._turn(1)),
            ("everybody", _("Everybody, or only them"), self._toggle),
        ):
            self._commands.add(
                Command(f"calendar.{name}", words, does, _HERE, available=self._showing)
            )
        self._box.addWidget(self._month)
        self._box.addWidget(self.grid)
        self._box.addWidget(self._said)
        self._box.addWidget(
            hint(
                _(
                    "Arrow keys move by days and weeks. Page Up and Page Down move by months. "
                    "Booking leave begins with the day you are on."
                )
            )
        )
        self._box.addWidget(
            self._commands.buttons("calendar.earlier", "calendar.later", "calendar.everybody")
        )

    def show_for(self, employment_id: int) -> None:
        """Show the calendar of somebody, at the month it was at."""
        if employment_id != self._employment_id:
            self._employment_id, self._at = employment_id, clock.today()
        self._ask()

    def day(self) -> date | None:
        """Return the day the keyboard is on."""
        return self.grid.day()

    def _ask(self) -> None:
        first = self._at.replace(day=1)
        last = plus_months(first, 1) - _DAY
        whose = None if self.everybody else self._employment_id
        holiday = self.desk.office.holiday
        self.desk.operations.ask(
            lambda: holiday.calendar(first, last, whose), self._show, owner=self
        )

    def _show(self, days: Sequence[CalendarDay]) -> None:
        self._days = {each.day: each for each in days}
        first = days[0].day
        self._month.setText(
            _("{month} {year}").format(month=month_name(first.month), year=first.year)
        )
        words = {each.day: box_words(each, named=self.everybody) for each in days}
        self.grid.show_month(first, words, self._at)
        self._commands.refresh()

    def _says(self, day: date) -> str:
        found = self._days.get(day)
        return "" if found is None else day_words(found)

    def _point_at(self, day: date) -> None:
        self._at = day
        self._said.setText(self._says(day))

    def _turn(self, months: int) -> None:
        self._turn_to(plus_months(self._at, months))

    def _turn_to(self, day: date) -> None:
        last = plus_months(day.replace(day=1), 1) - _DAY
        self._at = day.replace(day=min(self._at.day, last.day))
        self._ask()

    def _toggle(self) -> None:
        self.everybody = not self.everybody
        self.desk.say(
            _("Everybody’s leave is shown.") if self.everybody else _("Only theirs is shown.")
        )
        self._ask()

    def _showing(self) -> bool:
        return not self.isHidden() and bool(self._employment_id)
