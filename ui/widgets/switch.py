"""One part shown out of several, taking only the room that part needs."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget


class Switch(QWidget):
    """Unlike a stack, it is never as tall as its tallest hidden part."""

    switched = Signal()

    def __init__(self, *parts: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[QWidget] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        for part in parts:
            self.add(part)

    @property
    def current(self) -> QWidget | None:
        """The part shown."""
        return next((part for part in self._parts if not part.isHidden()), None)

    def add(self, part: QWidget) -> None:
        """Add a part; the first is shown until told otherwise."""
        self._box.addWidget(part)  # before it is shown: without a place it would be a window
        part.setVisible(not self._parts)
        self._parts.append(part)

    def show_part(self, wanted: QWidget) -> None:
        """Show one part and hide the others."""
        for part in self._parts:
            part.setVisible(part is wanted)
        self.switched.emit()
