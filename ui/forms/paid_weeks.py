"""The weeks paid before the book began: what holiday pay is averaged over when hours change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpemployer.i18n import _
from dpemployer.services.rows import PaidWeek
from ui import theme
from ui.widgets.buttons import ButtonRow, button
from ui.widgets.entries import DateEntry, HoursEntry, MoneyEntry
from ui.widgets.flow import Flow
from ui.widgets.form import Form
from ui.widgets.tab_order import thread

if TYPE_CHECKING:
    from collections.abc import Sequence

_AT_FIRST, _MORE = 8, 4
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class _Week:
    """The three questions about one week."""

    ending: DateEntry
    hours: HoursEntry
    pay: MoneyEntry

    @property
    def is_empty(self) -> bool:
        """Nothing but its day was typed, and that was filled in by itself."""
        return not self.hours.text() and not self.pay.text()


class PaidWeeksForm(Form):
    """A week to a line, the newest first: the days of the others follow from the first."""

    def __init__(self) -> None:
        super().__init__()
        self._weeks: list[_Week] = []
        rows = QWidget()
        self._rows = QVBoxLayout(rows)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme.gap(3))
        self.add_widget(rows)
        self.add_widget(ButtonRow(button(_("More weeks"), self.add_more)))
        self._add(_AT_FIRST)

    def add_more(self) -> None:
        """Ask about some weeks more."""
        first = len(self._weeks)
        self._add(_MORE)
        self._follow()
        thread(self)
        self._weeks[first].hours.take_focus()

    def show_weeks(self, weeks: Sequence[PaidWeek]) -> None:
        """Show what is known, the newest first."""
        self._add(max(0, len(weeks) - len(self._weeks)))
        for row, week in zip(self._weeks, weeks, strict=False):
            row.ending.set_value(week.week_ending)
            row.hours.set_value(week.minutes)
            row.pay.set_value(week.pay)

    def weeks(self, employment_id: int) -> tuple[PaidWeek, ...]:
        """Return the weeks that were filled in.

        Raises:
            EntryError: If one is only half filled in.
        """
        return tuple(
            PaidWeek(0, employment_id, row.ending.answer(), row.hours.answer(), row.pay.answer())
            for row in self._weeks
            if not row.is_empty
        )

    def _add(self, count: int) -> None:
        for _each in range(count):
            number = len(self._weeks) + 1
            row = _Week(
                self.add(
                    f"ending{number}",
                    DateEntry(_("Week {number} ended on").format(number=number), needed=False),
                ),
                self.add(
                    f"hours{number}",
                    HoursEntry(_("Week {number}: hours").format(number=number), needed=False),
                ),
                self.add(
                    f"pay{number}",
                    MoneyEntry(_("Week {number}: pay").format(number=number), needed=False),
                ),
            )
            holder = QWidget()
            flow = Flow(holder)
            for entry in (row.ending, row.hours, row.pay):
                entry.rename(entry.label)
                flow.addWidget(entry)
            self._rows.addWidget(holder)
            self._weeks.append(row)
        self._weeks[0].ending.edited.connect(self._follow)

    def _follow(self) -> None:
        """Count back from the first week, where nothing has been typed yet."""
        newest = self._weeks[0].ending.value()
        if newest is not None:
            for place, row in enumerate(self._weeks):
                if place and row.is_empty:
                    row.ending.set_value(newest - place * _WEEK)
