"""Payslips that would be different now, to look at; they are put right where they were paid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from dpemployer.i18n import _
from ui import theme
from ui.models.pay import DIFFERENCES
from ui.widgets.buttons import ButtonRow, button
from ui.widgets.table import Table
from ui.widgets.words import Words, heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dpemployer.services.rows import DifferenceRow


class DifferencesDialog(QDialog):
    """Lists what differs, and says how it is put right."""

    def __init__(self, found: Sequence[DifferenceRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Payslips that would be different now"))
        self.table: Table[DifferenceRow] = Table(
            _("Differences"), DIFFERENCES, empty=_("Nothing differs."), stretch=1
        )
        self.table.show_rows(found)
        close = button(_("Close"), self.accept, kind="main")
        box = QVBoxLayout(self)
        edge = theme.gap(3)
        box.setContentsMargins(edge, edge, edge, edge)
        box.setSpacing(theme.gap(2))
        box.addWidget(heading(self.windowTitle()))
        box.addWidget(
            Words(
                _(
                    "Nothing has been changed. To put one right, open its payday on the Pay page "
                    "and choose “Correct this pay run”."
                )
            )
        )
        box.addWidget(self.table)
        box.addWidget(ButtonRow(close))
        theme.open_at(self, 90, 22)
        self.table.view.setFocus()
