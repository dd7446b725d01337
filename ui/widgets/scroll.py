"""A column that scrolls up and down and follows the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from ui import theme

_MOST_CHARACTERS = 130
"""A line longer than this is hard to come back from."""


class Scroll(QScrollArea):
    """A column that scrolls up and down, never sideways, and follows the keyboard."""

    def __init__(self, parent: QWidget | None = None, *, finished: bool = True) -> None:
        super().__init__(parent)
        theme.mark(self, kind="page")
        self.setWidgetResizable(True)
        if finished:
            self.finish()
        holder = QWidget()
        outer = QVBoxLayout(holder)
        edge = theme.gap(4)
        outer.setContentsMargins(edge, edge, edge, edge)
        self._column = QWidget()
        self._column.setMaximumWidth(theme.characters(_MOST_CHARACTERS))
        self.box = QVBoxLayout(self._column)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(theme.gap(3))
        outer.addWidget(self._column)
        outer.addStretch(1)
        self.setWidget(holder)
        QApplication.instance().focusChanged.connect(self._follow)  # type: ignore[union-attr]

    def finish(self) -> None:
        """Never scroll sideways, and take no keyboard stop. The first window does this late."""
        from PySide6.QtCore import Qt  # noqa: PLC0415 - takes as long as the first window does

        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Bring whatever has the keyboard into sight."""
        if now is not None and self._column.isAncestorOf(now):
            self.ensureWidgetVisible(now, theme.gap(4), theme.gap(8))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_column"):
            self._column.setMaximumWidth(theme.characters(_MOST_CHARACTERS))
