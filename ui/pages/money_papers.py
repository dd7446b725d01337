"""Money, the papers: the payments that still lack one, and everything that is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.i18n import N_, _
from ui.actions import Command
from ui.dialogs.paper import PaperDialog
from ui.dialogs.paper_view import show_paper
from ui.models.money import MISSING_COLUMNS, PAPER_COLUMNS
from ui.pages.money_part import Host, MoneyPart, Shown
from ui.widgets.table import Table

if TYPE_CHECKING:
    from dpemployer.services.money_rows import EvidenceMissingRow, PaperRow
    from ui.actions import Commands

_PAGE = N_("This page")


class Missing(MoneyPart):
    """Payments without the paper they ask for."""

    NAME = N_("Papers missing")

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._table: Table[EvidenceMissingRow] = Table(
            _("Papers missing"), MISSING_COLUMNS, empty=_("No paper is missing."), stretch=3
        )
        self.watch(self._table)

    @property
    def table(self) -> Table[EvidenceMissingRow]:
        return self._table

    def count(self) -> int:
        return len(self._table.model.rows)

    def declare(self, commands: Commands) -> None:
        self.put(commands.buttons("money.attach", "money.show"), self._table)
        self._table.opened.connect(lambda _row: commands.action("money.attach").trigger())

    def show_all(self, shown: Shown) -> None:
        self._table.show_rows(shown.missing, same=lambda row: row.entry_id)

    def entry_id(self) -> int | None:
        row = self._table.row()
        return None if row is None else row.entry_id


class Papers(MoneyPart):
    """Every paper in the book."""

    NAME = N_("Papers")

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._table: Table[PaperRow] = Table(
            _("Papers"),
            PAPER_COLUMNS,
            empty=_("No paper is kept yet. Keep one here, or drop its file onto this page."),
            stretch=1,
        )
        self.watch(self._table).opened.connect(lambda _row: self.look())

    @property
    def table(self) -> Table[PaperRow]:
        return self._table

    def declare(self, commands: Commands) -> None:
        commands.add(
            Command(
                "money.keep",
                _("Keep a paper"),
                self.keep,
                _PAGE,
                "Ctrl+Shift+P",
                _("A receipt, an invoice, a letter, a photograph of one"),
                available=lambda: self.host.shown is not None,
            ),
            Command(
                "money.look",
                _("Open this paper"),
                self.look,
                _PAGE,
                available=self.on(lambda row: row.size > 0),
            ),
        )
        self.put(commands.buttons("money.look", "money.keep"), self._table)

    def show_all(self, shown: Shown) -> None:
        newest_first = tuple(reversed(shown.papers))
        self._table.show_rows(newest_first, same=lambda row: row.paper_id)

    def keep(self) -> None:
        """Keep a paper that proves nothing yet."""
        if self.host.shown is not None:
            self.host.run(PaperDialog(self.desk, self.host.shown.kinds, parent=self.window()))

    def look(self) -> None:
        """Open the paper the person is on."""
        row = self._table.row()
        if row is not None and row.size:
            show_paper(self.desk, row, self.window())
