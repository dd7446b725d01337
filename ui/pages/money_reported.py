"""Money, what others report: providers' invoices, and payslips from a payroll bureau."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.i18n import N_, _
from ui.actions import Command
from ui.dialogs.question import Question
from ui.dialogs.reported import BureauPayslipDialog, InvoiceDialog
from ui.format import long_date
from ui.models.money import BUREAU_COLUMNS, INVOICE_COLUMNS
from ui.pages.money_part import Host, MoneyPart, Shown
from ui.widgets.table import Table
from ui.widgets.words import heading, hint

if TYPE_CHECKING:
    from dpemployer.services.money_rows import Invoice, ReportedPayslip
    from ui.actions import Commands

_PAGE = N_("This page")


class Reported(MoneyPart):
    """Invoices and bureau payslips: what the return lists and this program did not work out."""

    NAME = N_("Invoices and bureau")

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._table: Table[Invoice] = Table(
            _("Invoices"), INVOICE_COLUMNS, empty=_("No invoice is recorded."), stretch=1
        )
        self.payslips: Table[ReportedPayslip] = Table(
            _("Payslips from a bureau"),
            BUREAU_COLUMNS,
            empty=_("No payslip from a bureau is recorded."),
            stretch=0,
        )
        self.watch(self._table)
        self.watch(self.payslips)

    @property
    def table(self) -> Table[Invoice]:
        return self._table

    def declare(self, commands: Commands) -> None:
        commands.add(
            Command("money.invoice", _("Add an invoice"), self.add_invoice, _PAGE,
                    available=self.here),
            Command("money.remove_invoice", _("Take this invoice out"), self.remove_invoice, _PAGE,
                    available=self.on()),
            Command("money.bureau", _("Add a payslip from a bureau"), self.add_payslip, _PAGE,
                    available=self.here),
            Command("money.remove_bureau", _("Take this payslip out"), self.remove_payslip, _PAGE,
                    available=lambda: self.here() and self.payslips.row() is not None),
        )  # fmt: skip
        self.put(
            hint(_("The return lists providers and staff with their hours. Copy them here.")),
            heading(_("Invoices")),
            commands.buttons("money.invoice", "money.remove_invoice"),
            self._table,
            heading(_("Payslips from a bureau")),
            commands.buttons("money.bureau", "money.remove_bureau"),
            self.payslips,
        )

    def show_all(self, shown: Shown) -> None:
        self._table.show_rows(tuple(reversed(shown.invoices)), same=lambda row: row.id)
        self.payslips.show_rows(tuple(reversed(shown.bureau)), same=lambda row: row.id)

    def add_invoice(self) -> None:
        """Record what a provider charged."""
        if self.host.shown is not None:
            self.host.run(InvoiceDialog(self.desk, self.host.shown.invoices, self.window()))
            self.come_back()

    def add_payslip(self) -> None:
        """Copy a payslip a bureau made."""
        if self.host.shown is not None:
            names = dict.fromkeys(row.assistant for row in self.host.shown.bureau)
            self.host.run(BureauPayslipDialog(self.desk, tuple(names), self.window()))
            self.come_back()

    def remove_invoice(self) -> None:
        """Take out an invoice recorded by mistake."""
        row, ledger = self._table.row(), self.desk.office.ledger
        if row is None:
            return
        question = Question(
            _("Take this invoice out"),
            _("Take out {amount} of {provider}?").format(amount=row.amount, provider=row.provider),
            (_("What was paid for it stays in the cash book."),),
            _("Take it out"),
            self.window(),
        )
        if self.host.run(question):
            invoice_id = row.id
            self.desk.operations.change(lambda: ledger.remove_invoice(invoice_id), owner=self)
        self.come_back()

    def remove_payslip(self) -> None:
        """Take out a payslip recorded by mistake."""
        row, ledger = self.payslips.row(), self.desk.office.ledger
        if row is None:
            return
        question = Question(
            _("Take this payslip out"),
            _("Take out the payslip of {who} for {day}?").format(
                who=row.assistant, day=long_date(row.pay_date)
            ),
            (_("Its hours go with it."),),
            _("Take it out"),
            self.window(),
        )
        if self.host.run(question):
            payslip_id = row.id
            self.desk.operations.change(lambda: ledger.remove_reported(payslip_id), owner=self)
        self.come_back()
