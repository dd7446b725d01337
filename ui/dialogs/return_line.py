"""What makes up one line of a return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from dpemployer.i18n import _
from ui import theme
from ui.models.returns import ITEM_COLUMNS
from ui.widgets.buttons import ButtonRow, button
from ui.widgets.cells import cells_table
from ui.widgets.table import Table
from ui.widgets.words import Words, heading

if TYPE_CHECKING:
    from dpemployer.services.money_rows import ReturnItemRow
    from ui.models.returns import FormRow


class ReturnLineDialog(QDialog):
    """Says how a figure is worked out, and lists every payment and paper behind it."""

    def __init__(self, row: FormRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("What makes this up?"))
        line, section = row.line, row.section
        box = QVBoxLayout(self)
        edge = theme.gap(4)
        box.setContentsMargins(edge, edge, edge, edge)
        box.setSpacing(theme.gap(2))
        if line is not None:
            box.addWidget(heading(f"{line.label}: {line.text}"))
            box.addWidget(Words(line.how))
            items: Table[ReturnItemRow] = Table(
                _("What makes it up"),
                ITEM_COLUMNS,
                empty=_("No payment makes it up."),
                stretch=1,
            )
            items.show_rows(line.items)
            box.addWidget(items, 1)
        else:
            box.addWidget(heading(section.title))
        if section.rows and line is None:
            table = cells_table(section.title, section.columns)
            table.show_rows(section.rows)
            box.addWidget(table, 1)
        close = button(_("Close"), self.accept, kind="main")
        close.setDefault(True)
        box.addWidget(ButtonRow(close))
        theme.open_at(self, 90, 24)
        close.setFocus()
