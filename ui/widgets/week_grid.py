"""The grid of one week: typed in from the keyboard, like a sheet of paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QTableView,
    QWidget,
)

from dpemployer.i18n import _
from ui import theme
from ui.models.timesheets import DAYS, Cell, WeekModel

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class WeekGrid(QTableView):
    """Arrow keys move, typing fills a box, Enter goes down, Tab goes to the next day.

    Tab after the last box goes on to the next thing on the page, so that nobody is caught here.
    """

    detail_asked = Signal(object)
    """A box that cannot be typed in was opened: show the shifts in it."""

    def __init__(self, model: WeekModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._week = model
        self.setModel(model)
        self.setAccessibleName(_("Hours of the week"))
        self.setAccessibleDescription(
            _("Kinds of work down, days across. Type hours such as 7.5, or times such as 9-17.")
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setTabKeyNavigation(True)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setHighlightSections(True)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        across.setMinimumSectionSize(theme.characters(9))
        model.modelReset.connect(
            lambda: across.setSectionResizeMode(DAYS, QHeaderView.ResizeMode.ResizeToContents)
        )
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(theme.line_height() + 4 * theme.gap(1))
        down.setSectionsClickable(False)
        across.setSectionsClickable(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        model.modelReset.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._wanted())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.characters(24), self._wanted())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        key = event.key()
        if self.state() == QAbstractItemView.State.EditingState:
            # What ends a box comes on to here too, and has been dealt with.
            event.accept()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and index.isValid():
            self._enter(index)
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and index.isValid():
            if index.flags() & Qt.ItemFlag.ItemIsEditable:
                self._week.setData(index, "")
        elif (key == Qt.Key.Key_Tab and self._at_end(index)) or (
            key == Qt.Key.Key_Backtab and self._at_start(index)
        ):
            event.ignore()  # then Qt goes on to whatever is before or after
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter ends a box and goes down to the next kind of work."""
        down = hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache
        if down:
            hint = QAbstractItemDelegate.EndEditHint.NoHint
        index = self.currentIndex()
        super().closeEditor(editor, hint)
        if down and index.row() + 1 < self._week.rowCount():
            self.setCurrentIndex(index.siblingAtRow(index.row() + 1))

    def cell(self) -> Cell | None:
        """Return the box the person is on."""
        index = self.currentIndex()
        if not index.isValid() or index.column() >= DAYS:
            return None
        return self._week.cell(index.row(), index.column())

    def _enter(self, index: QModelIndex) -> None:
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)
        elif (cell := self.cell()) is not None:
            self.detail_asked.emit(cell)

    def _at_end(self, index: QModelIndex) -> bool:
        if not index.isValid():
            return True
        return index.row() == self._week.rowCount() - 1 and index.column() >= DAYS - 1

    def _at_start(self, index: QModelIndex) -> bool:
        return not index.isValid() or (index.row() == 0 and index.column() == 0)

    def _wanted(self) -> int:
        rows = self._week.rowCount()
        height = sum(self.rowHeight(row) for row in range(rows))
        height += self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth() + 8
        return height + self.horizontalScrollBar().sizeHint().height()
