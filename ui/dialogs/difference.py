"""Why the bank and the book differ: the sum as it stands, and where to look first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from dpemployer.i18n import _
from ui import theme
from ui.widgets.buttons import ButtonRow, button
from ui.widgets.scroll import Scroll
from ui.widgets.words import Words, heading

if TYPE_CHECKING:
    from dpemployer.services.money_rows import ReturnPrepared

_BANK = "bank_reconciliation"


class DifferenceDialog(QDialog):
    """Shows both sides of the sum, and goes to a place where it can be put right."""

    def __init__(self, prepared: ReturnPrepared, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = ""
        self.setWindowTitle(_("Why do they differ?"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, theme.gap(2))
        scroll = Scroll()
        outer.addWidget(scroll, 1)
        box = scroll.box
        box.addWidget(
            heading(
                _("The bank and the book differ by {amount}").format(
                    amount=abs(prepared.difference)
                )
            )
        )
        for section in prepared.sections:
            if section.kind == _BANK:
                for line in section.lines:
                    box.addWidget(
                        Words(_("{label}: {text}").format(label=line.label, text=line.text))
                    )
        box.addWidget(heading(_("Where to look first")))
        for words, go_on, place in (
            (
                _("A line of the bank’s is in the wrong statement, missing, or typed wrong."),
                _("Look at the statements"),
                "statements",
            ),
            (
                _("Something waits for the bank that has cleared, or never will."),
                _("Look at what is waiting"),
                "waiting",
            ),
            (
                _("An entry was typed with another amount than the bank’s, or twice."),
                _("Look at the cash book"),
                "entries",
            ),
        ):
            box.addWidget(Words(words))
            box.addWidget(
                ButtonRow(button(go_on, lambda to=place: self._go(to), describes=words))  # type: ignore[misc]
            )
        close = button(_("Close"), self.reject, kind="main")
        close.setDefault(True)
        foot = QVBoxLayout()
        foot.setContentsMargins(theme.gap(4), 0, theme.gap(4), 0)
        foot.addWidget(ButtonRow(close))
        outer.addLayout(foot)
        theme.open_at(self, 76, 26)
        close.setFocus()

    def _go(self, place: str) -> None:
        self.place = place
        self.accept()
