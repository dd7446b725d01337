"""Money, what is promised: bills on the way, and what is set aside with the funder's agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer import clock
from dpemployer.i18n import N_, _
from ui.actions import Command
from ui.dialogs.bill import BillDialog
from ui.dialogs.question import Question
from ui.dialogs.reserve import ReserveDialog
from ui.dialogs.why import WhyDialog
from ui.models.money import BILL_COLUMNS, RESERVE_COLUMNS
from ui.pages.money_part import Host, MoneyPart, Shown
from ui.widgets.table import Table
from ui.widgets.words import hint

if TYPE_CHECKING:
    from dpemployer.services.money_rows import CommitmentRow, Reserve
    from ui.actions import Commands

_PAGE = N_("This page")


class Bills(MoneyPart):
    """What is owed and not yet paid."""

    NAME = N_("Bills on the way")

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._table: Table[CommitmentRow] = Table(
            _("Bills on the way"), BILL_COLUMNS, empty=_("Nothing is owed."), stretch=4
        )
        self.watch(self._table)

    @property
    def table(self) -> Table[CommitmentRow]:
        return self._table

    def declare(self, commands: Commands) -> None:
        commands.add(
            Command(
                "money.bill",
                _("Add a bill"),
                self.add,
                _PAGE,
                "",
                _("An invoice, the insurance, holiday that has built up"),
                available=self.here,
            ),
            Command(
                "money.end_bill",
                _("It is no longer owed"),
                self.end,
                _PAGE,
                "",
                _("For a bill that went away without being paid"),
                available=self.on(),
            ),
        )
        self.put(
            hint(
                _(
                    "Wages, HMRC and the pension are put here when a payday is finalised. A bill "
                    "goes by itself when the payment that settles it is explained."
                )
            ),
            commands.buttons("money.bill", "money.end_bill"),
            self._table,
        )

    def show_all(self, shown: Shown) -> None:
        self._table.show_rows(shown.bills, same=lambda row: row.commitment_id)

    def add(self) -> None:
        """Record a bill."""
        self.host.run(BillDialog(self.desk, self.window()))
        self.come_back()

    def end(self) -> None:
        """Say that a bill is no longer owed, and why."""
        row, ledger = self._table.row(), self.desk.office.ledger
        if row is None:
            return
        bill_id = row.commitment_id
        self.host.run(
            WhyDialog(
                self.desk,
                _("It is no longer owed"),
                _("{amount} to {payee}, {kind}").format(
                    amount=row.outstanding, payee=row.payee, kind=row.kind_label
                ),
                (_("It stays on returns up to the day you give, and counts no longer after it."),),
                why=_("Why is it not owed any more?"),
                until=_("The last day it was owed"),
                work=lambda why, day: ledger.end_commitment(bill_id, day or clock.today(), why),
                parent=self.window(),
            )
        )
        self.come_back()


class SetAside(MoneyPart):
    """Money set aside for something the funder has agreed to."""

    NAME = N_("Set aside")

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._table: Table[Reserve] = Table(
            _("Money set aside"),
            RESERVE_COLUMNS,
            empty=_("Nothing is set aside."),
            stretch=0,
        )
        self.watch(self._table).opened.connect(lambda _row: self.change())

    @property
    def table(self) -> Table[Reserve]:
        return self._table

    def declare(self, commands: Commands) -> None:
        commands.add(
            Command("money.reserve", _("Set money aside"), self.add, _PAGE, available=self.here),
            Command(
                "money.change_reserve", _("Change it"), self.change, _PAGE, available=self.on()
            ),
            Command(
                "money.free",
                _("It is free again"),
                self.free,
                _PAGE,
                "",
                _("Takes it off this list"),
                available=self.on(),
            ),
        )
        self.put(
            hint(
                _(
                    "For redundancy, a planned break, a piece of equipment: what the council has "
                    "agreed to is not money over. Write who agreed, and when."
                )
            ),
            commands.buttons("money.reserve", "money.change_reserve", "money.free"),
            self._table,
        )

    def show_all(self, shown: Shown) -> None:
        self._table.show_rows(shown.reserves, same=lambda row: row.id)

    def add(self) -> None:
        """Set money aside."""
        self.host.run(ReserveDialog(self.desk, None, self.window()))
        self.come_back()

    def change(self) -> None:
        """Put right what is set aside."""
        self.host.run(ReserveDialog(self.desk, self._table.row(), self.window()))
        self.come_back()

    def free(self) -> None:
        """Take something off the list."""
        row, ledger = self._table.row(), self.desk.office.ledger
        if row is None:
            return
        question = Question(
            _("It is free again"),
            _("Is {amount} for “{label}” no longer set aside?").format(
                amount=row.amount, label=row.label
            ),
            (_("Returns that are signed stay as they were."),),
            _("It is free again"),
            self.window(),
        )
        if self.host.run(question):
            reserve_id = row.id
            self.desk.operations.change(lambda: ledger.remove_reserve(reserve_id), owner=self)
        self.come_back()
