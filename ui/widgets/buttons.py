"""Buttons that say what they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QResizeEvent


class _Button(QPushButton):
    """Enter presses the button that has the keyboard, as the space bar does.

    Qt gives Enter to the main button of a dialog, wherever the keyboard is: somebody on “Cancel”
    would save, and somebody on “Finalise” would cancel. In a window it does nothing at all.
    """

    def keyPressEvent(self, event: QKeyEvent) -> None:
        from PySide6.QtCore import Qt  # noqa: PLC0415 - takes as long as the first window does

        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter} or event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        ):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()


def button(
    words: str, does: Callable[[], object], *, kind: str = "", describes: str = ""
) -> QPushButton:
    """Return a button: `kind` is `main` for the one most wanted, `link` for the least."""
    made = _Button(words)
    made.setAutoDefault(False)
    if kind:
        theme.mark(made, kind=kind)
    if describes:
        made.setAccessibleDescription(describes)
    made.clicked.connect(lambda: does())  # noqa: PLW0108 - a click brings `checked`, not wanted
    return made


class ButtonRow(QWidget):
    """Buttons side by side that go on to the next line when there is no room.

    It places them itself. A layout made in Python would need the whole of Qt's list of names,
    which takes as long to load as the first window takes to paint.
    """

    def __init__(self, *buttons: QPushButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: list[QPushButton] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for each in buttons:
            self.add(each)

    def add(self, made: QPushButton) -> QPushButton:
        """Add a button at the end and return it."""
        made.setParent(self)
        made.show()
        self._buttons.append(made)
        self.updateGeometry()
        return made

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = self._rows(width)
        heights = sum(max(size.height() for _each, size in row) for row in rows)
        return heights + theme.gap(2) * max(0, len(rows) - 1)

    def sizeHint(self) -> QSize:
        sizes = [each.sizeHint() for each in self._shown()]
        width = sum(size.width() for size in sizes) + theme.gap(2) * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSizeHint(self) -> QSize:
        size = QSize()
        for each in self._shown():
            size = size.expandedTo(each.minimumSizeHint())
        return size

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """A button was hidden, shown or renamed: make room, and place them again."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._arrange()
        return super().event(event)

    def _shown(self) -> list[QPushButton]:
        return [each for each in self._buttons if not each.isHidden()]

    def _rows(self, width: int) -> list[list[tuple[QPushButton, QSize]]]:
        """Divide the buttons into rows that fit *width*."""
        rows: list[list[tuple[QPushButton, QSize]]] = []
        used = 0
        for each in self._shown():
            size = each.sizeHint()
            size.setWidth(min(size.width(), max(width, each.minimumSizeHint().width())))
            if not rows or used + theme.gap(2) + size.width() > width:
                rows.append([])
                used = -theme.gap(2)
            rows[-1].append((each, size))
            used += theme.gap(2) + size.width()
        return rows

    def _arrange(self) -> None:
        top = 0
        for row in self._rows(self.width()):
            height = max(size.height() for _each, size in row)
            left = 0
            for each, size in row:
                each.setGeometry(
                    left, top + (height - size.height()) // 2, size.width(), size.height()
                )
                left += size.width() + theme.gap(2)
            top += height + theme.gap(2)
