"""A table of rows: named, walked with the arrow keys, opened with Enter, left with Tab."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QModelIndex, QSize, QSortFilterProxyModel, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from dpemployer.i18n import _
from ui import theme
from ui.models.rows import SORT_ROLE, Column, RowsModel
from ui.widgets.scroll import Scroll
from ui.widgets.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent

Row = TypeVar("Row")
_WRAPS_AFTER = (34, 26, 20)
"""Words in a cell go on to a second line after so many characters, fewer as room grows short."""
_MEASURED = 400
"""In a list longer than this, the first so many rows stand for the width of the others, and rows
are only given their height when they come into sight."""
_EDGE = 4
"""The ring around a cell takes this much of its height."""


class _View(QTableView):
    """A table view that is as high as its rows, up to a limit, and opens rows with Enter."""

    opened = Signal(QModelIndex)
    resized = Signal()
    restyled = Signal()
    """The text has another size."""
    came = Signal()
    """The keyboard has come here."""

    def __init__(self, most_rows: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most_rows = most_rows

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self._row_as_text())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming here by Tab also chooses the row one comes to."""
        super().focusInEvent(event)
        if self.currentIndex().isValid() and not self.selectionModel().hasSelection():
            self.selectRow(self.currentIndex().row())
        self.came.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.resized.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.restyled.emit()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._wanted(self._most_rows))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.characters(20), self._wanted(self._most_rows))

    def sizeHintForRow(self, row: int) -> int:
        return super().sizeHintForRow(row) + _EDGE

    def _wanted(self, most: int) -> int:
        rows = self.model().rowCount() if self.model() is not None else 0
        shown = min(rows, most)
        height = sum(self.rowHeight(row) for row in range(shown))
        if not self.horizontalHeader().isHidden():
            height += self.horizontalHeader().sizeHint().height()
        return height + 2 * self.frameWidth() + 4

    def _row_as_text(self) -> str:
        model, row = self.model(), self.currentIndex().row()
        return "\t".join(
            str(model.index(row, column).data() or "") for column in range(model.columnCount())
        )


class Table(QWidget, Generic[Row]):
    """Rows under headings. `empty` is what is said when there are none."""

    opened = Signal(object)
    """The row Enter or a double click was given on."""
    pointed = Signal(object)
    """The row the person has moved to, or None."""

    def __init__(
        self,
        name: str,
        columns: Sequence[Column[Row]],
        *,
        empty: str,
        most_rows: int = 14,
        sorts: bool = False,
        stretch: int = 0,
    ) -> None:
        super().__init__()
        self.model: RowsModel[Row] = RowsModel(columns, self)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self.model)
        self._sorted.setSortRole(SORT_ROLE)
        self.view = _View(most_rows)
        self.view.setModel(self._sorted)
        self.view.setAccessibleName(name)
        self._stretch = stretch
        self._most_rows = most_rows
        self._measures: list[tuple[int, int, int]] | None = None
        self._dress(sorts=sorts)
        self._empty = Words(empty, "quiet")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._empty)
        box.addWidget(self.view)
        self.view.opened.connect(self._open)
        self.view.resized.connect(self._fit)
        self.view.restyled.connect(self._fit_again)
        self.view.came.connect(lambda: QTimer.singleShot(0, self.view, self._follow))
        self.view.verticalScrollBar().valueChanged.connect(lambda _to: self._fit_rows_in_sight())
        self.view.doubleClicked.connect(self._open)
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self._point())
        self.show_rows(())

    def show_rows(self, rows: Sequence[Row], *, same: Callable[[Row], Any] | None = None) -> None:
        """Show *rows*; the person stays on the row that is the `same` as before."""
        before = self.row()
        self.model.show(rows)
        self._measures = None
        self.view.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        # Qt stops at a stand-in that cannot be seen, and never goes on from it.
        self.setFocusProxy(self.view if rows else None)  # type: ignore[arg-type]
        self._fit()
        if same is not None and before is not None:
            self.select(lambda row: same(row) == same(before))

    def select(self, wanted: Callable[[Row], bool]) -> bool:
        """Move to the first row that is *wanted*, and say whether there is one."""
        for place, row in enumerate(self.model.rows):
            if wanted(row):
                index = self._sorted.mapFromSource(self.model.index(place, 0))
                self.view.setCurrentIndex(index)
                return True
        return False

    def row(self) -> Row | None:
        """Return the row the person is on, or None."""
        index = self.view.currentIndex()
        return self.model.row_at(self._sorted.mapToSource(index)) if index.isValid() else None

    def column(self) -> int:
        """Return the column the person is on, or -1."""
        return self.view.currentIndex().column()

    def _fit_again(self) -> None:
        """Measure and fit once more: the text has another size."""
        self._measures = None
        self._fit()

    def _fit(self) -> None:
        """Put columns side by side while they fit, else under each other; and wrap to fit."""
        room = self.view.viewport().width()
        widths = self._widths(room)
        stacked = sum(widths) > room > 0
        if stacked != self.model.stacked:
            row = self.row()
            self.model.stack(stacked)
            self.view.horizontalHeader().setVisible(not stacked)
            if row is not None:
                self.select(lambda each: each is row)
        if stacked:
            self.view.setColumnWidth(0, room)
        else:
            spare = max(0, room - sum(widths))
            for place, width in enumerate(widths):
                self.view.setColumnWidth(place, width + (spare if place == self._stretch else 0))
        if self._is_long:
            self._fit_rows_in_sight()
        else:
            self.view.resizeRowsToContents()
        self.view.updateGeometry()

    @property
    def _is_long(self) -> bool:
        return len(self.model.rows) > _MEASURED

    def _fit_rows_in_sight(self) -> None:
        """In a long list, give their height to the first rows and to those in sight."""
        if not self._is_long:
            return
        first = max(0, self.view.rowAt(0))
        for row in {*range(self._most_rows), *range(first, first + self._most_rows + 2)}:
            if row < len(self.model.rows):
                self.view.resizeRowToContents(row)

    def _widths(self, room: int) -> list[int]:
        """Return how wide each column would like to be: as wide as its words, or wrapped."""
        if self._measures is None:
            self._measures = self._measure()
        edge = 2 * theme.gap(1) + 12
        widths: list[int] = []
        for most in (theme.characters(count) for count in _WRAPS_AFTER):
            widths = [
                edge + max(heading, word, min(line, most)) for heading, word, line in self._measures
            ]
            if sum(widths) <= room:
                break
        return widths

    def _measure(self) -> list[tuple[int, int, int]]:
        """Measure each column: its heading, its longest word, and its longest line.

        What does not wrap counts as one word: amounts and numbers.
        """
        ordinary = self.view.fontMetrics()
        font = self.view.font()
        font.setBold(True)
        strong = QFontMetrics(font)
        found = []
        for column in self.model.columns:
            texts = {column.text(row) for row in self.model.rows[:_MEASURED]}
            lines = {line for text in texts for line in text.split("\n")}
            words = lines if column.numeric else {word for line in lines for word in line.split()}
            metrics = ordinary if column.strong is None else strong
            found.append(
                (
                    strong.horizontalAdvance(_(column.heading)),
                    max((metrics.horizontalAdvance(word) for word in words), default=0),
                    max((metrics.horizontalAdvance(line) for line in lines), default=0),
                )
            )
        return found

    def _dress(self, *, sorts: bool) -> None:
        view = self.view
        theme.mark(view, kind="rows")
        view.setTabKeyNavigation(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setShowGrid(False)
        view.setWordWrap(True)
        view.setCornerButtonEnabled(False)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.verticalHeader().hide()
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.setSortingEnabled(sorts)
        if sorts:
            view.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self.model.row_at(self._sorted.mapToSource(index)))

    def _point(self) -> None:
        self.pointed.emit(self.row())
        if self.view.hasFocus():
            self._follow()

    def _follow(self) -> None:
        """Bring the row the person is on into sight, where the page around it scrolls."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, Scroll):
            above = above.parentWidget()
        column = None if above is None else above.widget()
        if above is None or column is None or not self.view.currentIndex().isValid():
            return
        row = self.view.visualRect(self.view.currentIndex())
        middle = self.view.viewport().mapTo(column, row.center())
        above.ensureVisible(0, middle.y(), 0, row.height() // 2 + theme.gap(4))
