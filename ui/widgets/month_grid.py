"""A month as a grid of days, with what is on each: walked with the arrow keys and read aloud."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from dpemployer.i18n import _, weekday_name
from dpemployer.periods import plus_months
from ui import theme

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QKeyEvent

_DAYS = 7
_DAY = timedelta(days=1)
_A_MONDAY = date(2026, 6, 1)


class MonthGrid(QTableWidget):
    """Arrow keys move by a day or a week; Page Up and Page Down ask for another month."""

    month_asked = Signal(object)
    """The first day of the month to show."""
    day_pointed = Signal(object)
    """The day the keyboard is on."""

    def __init__(
        self, name: str, says: Callable[[date], str], parent: QWidget | None = None
    ) -> None:
        """Make a grid called *name*; *says* gives the whole sentence about a day."""
        super().__init__(0, _DAYS, parent)
        self._says = says
        self.first_day = _A_MONDAY
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(
            [weekday_name(_A_MONDAY + each * _DAY)[:3] for each in range(_DAYS)]
        )
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        across = self.horizontalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        across.setMinimumSectionSize(theme.characters(5))
        across.setSectionsClickable(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.currentCellChanged.connect(self._pointed)

    def show_month(self, first_day: date, words: Mapping[date, str], at: date) -> None:
        """Show a month.

        Args:
            first_day: The first of the month.
            words: What each box says after the number of its day.
            at: The day the keyboard is on.
        """
        self.blockSignals(True)
        self.first_day = first_day
        self.clearContents()
        last_day = plus_months(first_day, 1) - _DAY
        monday = first_day - first_day.weekday() * _DAY
        self.setRowCount((last_day - monday).days // _DAYS + 1)
        for row in range(self.rowCount()):
            for column in range(_DAYS):
                day = monday + (row * _DAYS + column) * _DAY
                self.setItem(row, column, self._box(day, first_day <= day <= last_day, words))
        place = (at - monday).days
        self.setCurrentCell(place // _DAYS, place % _DAYS)
        self.blockSignals(False)
        self.resizeRowsToContents()
        self.updateGeometry()
        self._pointed()

    def day(self) -> date | None:
        """Return the day the keyboard is on."""
        item = self.currentItem()
        found = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return date.fromisoformat(found) if found else None

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._wanted())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.characters(24), self._wanted())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            self.month_asked.emit(plus_months(self.first_day, step))
            event.accept()
            return
        super().keyPressEvent(event)

    def _box(self, day: date, inside: bool, words: Mapping[date, str]) -> QTableWidgetItem:
        item = QTableWidgetItem()
        if not inside:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, _("Not in this month"))
            return item
        said = words.get(day, "")
        item.setText(f"{day.day}\n{said}" if said else str(day.day))
        item.setTextAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        item.setData(Qt.ItemDataRole.UserRole, day.isoformat())
        item.setData(Qt.ItemDataRole.AccessibleTextRole, self._says(day))
        if said:
            font = item.font()
            font.setBold(True)
            item.setFont(font)
        return item

    def _pointed(self, *_where: int) -> None:
        day = self.day()
        if day is not None:
            self.day_pointed.emit(day)

    def _wanted(self) -> int:
        height = sum(self.rowHeight(row) for row in range(self.rowCount()))
        height += self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth() + 4
        return height + self.horizontalScrollBar().sizeHint().height()
