"""The lists that go with a return: staff, services, bills on the way, every payment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.i18n import _
from ui.widgets.cells import Cells, cells_table
from ui.widgets.sections import Sections
from ui.widgets.words import Card

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dpemployer.services.money_rows import ReturnSectionRow
    from ui.widgets.table import Table


class ReturnLists(Card):
    """One list shown at a time; which there are depends on the form."""

    def __init__(self) -> None:
        super().__init__(_("The lists that go with it"))
        self.sections: Sections | None = None
        self._shape: tuple[tuple[str, Cells], ...] = ()
        self.tables: dict[str, Table[Cells]] = {}

    def show_lists(self, found: Sequence[ReturnSectionRow]) -> None:
        """Show the lists of a return; without any, there is nothing here."""
        self.setVisible(bool(found))
        shape = tuple((each.section, each.columns) for each in found)
        if shape != self._shape:
            self._shape = shape
            self._build(found)
        for each in found:
            self.tables[each.section].show_rows(each.rows)

    def _build(self, found: Sequence[ReturnSectionRow]) -> None:
        if self.sections is not None:
            self.box.removeWidget(self.sections)
            self.sections.hide()
            self.sections.deleteLater()
        self.sections = Sections(_("The lists that go with it"))
        self.tables = {each.section: cells_table(each.title, each.columns) for each in found}
        for each in found:
            self.sections.add(each.title, self.tables[each.section])
        self.box.addWidget(self.sections)
