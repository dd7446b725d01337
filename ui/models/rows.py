"""One table model for every table in the program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication

from dpemployer.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

Row = TypeVar("Row")
NOWHERE = QModelIndex()
SORT_ROLE = Qt.ItemDataRole.UserRole
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_WORDS = {_DISPLAY, int(Qt.ItemDataRole.AccessibleTextRole)}


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its heading, the words in a cell, and what it sorts by.

    `strong` says whether a row's cell is set in bold (totals); `heading` is marked with `N_`.
    """

    heading: str
    text: Callable[[Row], str]
    sort_by: Callable[[Row], Any] | None = None
    numeric: bool = False
    strong: Callable[[Row], bool] | None = None


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Shows a sequence of plain rows; knows nothing of where they came from."""

    def __init__(self, columns: Sequence[Column[Row]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._rows: tuple[Row, ...] = ()
        self._stacked = False

    def stack(self, stacked: bool) -> None:
        """Show each row as lines under each other, where columns would not fit side by side."""
        if stacked != self._stacked:
            self.beginResetModel()
            self._stacked = stacked
            self.endResetModel()

    @property
    def stacked(self) -> bool:
        """Whether the columns are under each other."""
        return self._stacked

    def show(self, rows: Sequence[Row]) -> None:
        """Replace everything shown with *rows*."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    @property
    def columns(self) -> tuple[Column[Row], ...]:
        """The columns, in order."""
        return self._columns

    @property
    def rows(self) -> tuple[Row, ...]:
        """Everything shown, in the order it was given."""
        return self._rows

    def row_at(self, index: QModelIndex | QPersistentModelIndex) -> Row:
        """Return the row a view is pointing at."""
        return self._rows[index.row()]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = NOWHERE) -> int:
        if parent.isValid():
            return 0
        return 1 if self._stacked else len(self._columns)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _DISPLAY) -> Any:
        if not index.isValid():
            return None
        column, row = self._columns[index.column()], self._rows[index.row()]
        if self._stacked:
            return self._lines(row) if role in _WORDS else None
        answer: Any = None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                answer = column.text(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                answer = f"{_(column.heading)}: {column.text(row)}"
            case Qt.ItemDataRole.TextAlignmentRole if column.numeric:
                answer = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.FontRole if column.strong and column.strong(row):
                answer = QApplication.font()
                answer.setBold(True)
            case _ if role == SORT_ROLE:
                answer = column.sort_by(row) if column.sort_by else column.text(row).casefold()
        return answer

    def _lines(self, row: Row) -> str:
        """Write a row as its first cell, then each other cell with its heading."""
        first, *others = self._columns
        said = [f"{_(column.heading)}: {column.text(row)}" for column in others if column.text(row)]
        return "\n".join([first.text(row), *said])

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation == Qt.Orientation.Horizontal and not self._stacked:
            column = self._columns[section]
            if role == Qt.ItemDataRole.DisplayRole:
                return _(column.heading)
            if role == Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if column.numeric else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None
