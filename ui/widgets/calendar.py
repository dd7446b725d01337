"""A calendar to find a day on, wholly by keyboard if wished."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import QAbstractButton, QCalendarWidget, QDialog, QVBoxLayout, QWidget

from dpemployer.i18n import _
from ui import format as words_for
from ui import theme
from ui.widgets.buttons import ButtonRow, button
from ui.widgets.words import Words, hint

if TYPE_CHECKING:
    from datetime import date


class CalendarDialog(QDialog):
    """Arrow keys move by a day or a week, Page Up and Page Down by a month, Enter chooses."""

    def __init__(self, label: str, start: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(label)
        self.calendar = QCalendarWidget()
        self.calendar.setLocale(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setSelectedDate(QDate(start.year, start.month, start.day))
        self.calendar.setAccessibleName(label)
        self._name_parts()
        self._shown = Words("", "label")
        self.choose = button(_("Choose this day"), self.accept, kind="main")
        cancel = button(_("Cancel"), self.reject)
        box = QVBoxLayout(self)
        box.setSpacing(theme.gap(2))
        box.addWidget(
            hint(_("Arrow keys move by days and weeks. Page Up and Page Down move by months."))
        )
        box.addWidget(self.calendar)
        box.addWidget(self._shown)
        box.addWidget(ButtonRow(self.choose, cancel))
        self.calendar.selectionChanged.connect(self._say)
        self.calendar.activated.connect(lambda _day: self.accept())
        self._say()
        self.calendar.setFocus()

    def chosen(self) -> date:
        """Return the day pointed at."""
        return self.calendar.selectedDate().toPython()  # type: ignore[return-value]

    def _say(self) -> None:
        self._shown.setText(words_for.show_day(self.chosen()))

    def _name_parts(self) -> None:
        """Name the small buttons Qt leaves without words."""
        for name, words in {
            "qt_calendar_prevmonth": _("Month before"),
            "qt_calendar_nextmonth": _("Month after"),
            "qt_calendar_monthbutton": _("Month"),
            "qt_calendar_yearbutton": _("Year"),
        }.items():
            part = self.calendar.findChild(QAbstractButton, name)
            if part is not None:
                part.setAccessibleName(words)
        for name, words in {
            "qt_calendar_yearedit": _("Year"),
            "qt_calendar_calendarview": _("Days of the month"),
        }.items():
            other = self.calendar.findChild(QWidget, name)
            if other is not None:
                other.setAccessibleName(words)
