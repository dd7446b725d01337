"""One question before something that cannot be taken back. Enter gives the safe answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from dpemployer.i18n import _
from ui import theme
from ui.widgets.buttons import ButtonRow, button
from ui.widgets.words import Words, heading

if TYPE_CHECKING:
    from collections.abc import Sequence


class Question(QDialog):
    """Says what will happen, and does nothing unless plainly asked."""

    def __init__(
        self,
        window_title: str,
        question: str,
        consequences: Sequence[str],
        do_it: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(window_title)
        self.setAccessibleDescription(" ".join((question, *consequences)))
        self.box = QVBoxLayout(self)
        edge = theme.gap(4)
        self.box.setContentsMargins(edge, edge, edge, edge)
        self.box.setSpacing(theme.gap(2))
        self.box.addWidget(heading(question))
        for sentence in consequences:
            self.box.addWidget(Words(sentence))
        self.inside = QVBoxLayout()
        self.box.addLayout(self.inside)
        self.do_button = button(do_it, self.accept)
        self.cancel_button = button(_("Cancel"), self.reject, kind="main")
        self.cancel_button.setDefault(True)
        self.row = ButtonRow(self.cancel_button, self.do_button)
        self.box.addWidget(self.row)
        self.setMinimumWidth(min(theme.characters(56), 900))
        self.cancel_button.setFocus()
