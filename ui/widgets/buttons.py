"""Buttons that say what they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QWidget

from ui import theme
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Callable


def button(
    words: str, does: Callable[[], object], *, kind: str = "", describes: str = ""
) -> QPushButton:
    """Return a button: `kind` is `main` for the one most wanted, `link` for the least."""
    made = QPushButton(words)
    made.setAutoDefault(False)
    if kind:
        theme.mark(made, kind=kind)
    if describes:
        made.setAccessibleDescription(describes)
    made.clicked.connect(lambda: does())  # noqa: PLW0108 - a click brings `checked`, not wanted
    return made


class ButtonRow(QWidget):
    """Buttons side by side that wrap when there is no room."""

    def __init__(self, *buttons: QPushButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = Flow(self)
        for each in buttons:
            self._flow.addWidget(each)

    def add(self, made: QPushButton) -> QPushButton:
        """Add a button at the end and return it."""
        self._flow.addWidget(made)
        return made
