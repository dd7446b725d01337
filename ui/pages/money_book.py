"""Money, the book's side: the cash book, and what the bank has not shown yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.i18n import N_, _
from ui.actions import Command
from ui.dialogs.cash_entry import EntryDialog, WaitingBeforeDialog
from ui.dialogs.why import WhyDialog
from ui.format import long_date
from ui.models.money import ENTRY_COLUMNS, WAITING_COLUMNS
from ui.pages.money_part import Host, MoneyPart, Shown
from ui.widgets.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dpemployer.services.money_rows import EntryRow
    from ui.actions import Commands
    from ui.models.rows import Column

_PAGE = N_("This page")


class Entries(MoneyPart):
    """A list of entries, with what can be done to each."""

    def __init__(
        self, host: Host, name: str, columns: Sequence[Column[EntryRow]], empty: str
    ) -> None:
        super().__init__(host)
        self._table: Table[EntryRow] = Table(name, columns, empty=empty, stretch=2)
        self.watch(self._table)

    @property
    def table(self) -> Table[EntryRow]:
        return self._table

    def entry_id(self) -> int | None:
        row = self._table.row()
        return None if row is None else row.entry_id

    def may_change(self) -> bool:
        """Whether the entry the person is on can be put right, or voided."""
        row = self._table.row()
        return row is not None and not row.signed and not row.void

    def change(self) -> None:
        """Put an entry right."""
        row, shown = self._table.row(), self.host.shown
        if row is not None and shown is not None:
            self.host.run(
                EntryDialog(
                    self.desk,
                    shown.accounts,
                    shown.categories,
                    shown.funders,
                    shown.bills,
                    entry=row,
                    parent=self.window(),
                )
            )
            self.come_back()

    def void(self) -> None:
        """Say that an entry was a mistake, and why."""
        row, ledger = self._table.row(), self.desk.office.ledger
        if row is None:
            return
        entry_id = row.entry_id
        self.host.run(
            WhyDialog(
                self.desk,
                _("Void this entry"),
                _("{amount}, {payee}, {day}").format(
                    amount=abs(row.amount), payee=row.payee, day=long_date(row.day)
                ),
                (_("It no longer counts, and stays to be seen with your reason."),),
                why=_("Why was it a mistake?"),
                work=lambda why, _day: ledger.void_entry(entry_id, why),
                parent=self.window(),
            )
        )
        self.come_back()


class CashBook(Entries):
    """Every payment, in and out, of every account."""

    NAME = N_("Cash book")

    def __init__(self, host: Host) -> None:
        super().__init__(host, _("Cash book"), ENTRY_COLUMNS, _("Nothing is in the cash book yet."))

    def declare(self, commands: Commands) -> None:
        self.put(
            commands.buttons("money.show", "money.attach", "money.change", "money.void"),
            self._table,
        )
        self._table.opened.connect(lambda _row: commands.action("money.show").trigger())

    def show_all(self, shown: Shown) -> None:
        newest_first = tuple(reversed(shown.entries))
        self._table.show_rows(newest_first, same=lambda row: row.entry_id)


class Waiting(Entries):
    """Entries no statement has shown yet: cheques written, money paid in."""

    NAME = N_("Waiting for the bank")

    def __init__(self, host: Host) -> None:
        super().__init__(
            host,
            _("Waiting to be seen on a statement"),
            WAITING_COLUMNS,
            _("Nothing is waiting. Every cheque and payment is on a statement."),
        )

    def count(self) -> int:
        return len(self._table.model.rows)

    def declare(self, commands: Commands) -> None:
        commands.add(
            Command(
                "money.before",
                _("Add one from before this book"),
                self.before,
                _PAGE,
                "",
                _("A cheque counted in an earlier return, and not cleared yet"),
                available=lambda: self.here() and bool(self.host.shown and self.host.shown.banks),
            )
        )
        self.put(
            commands.buttons(
                "money.show", "money.attach", "money.change", "money.void", "money.before"
            ),
            self._table,
        )
        self._table.opened.connect(lambda _row: commands.action("money.show").trigger())

    def show_all(self, shown: Shown) -> None:
        self._table.show_rows(shown.waiting, same=lambda row: row.entry_id)

    def before(self) -> None:
        """Record a cheque or a payment counted before the book began."""
        if self.host.shown is not None:
            self.host.run(WaitingBeforeDialog(self.desk, self.host.shown.banks, self.window()))
            self.come_back()
