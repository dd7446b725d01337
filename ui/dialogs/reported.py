"""What others worked out: a provider's invoice, and a payslip made by a payroll bureau."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.i18n import _
from dpemployer.money import NOTHING, Money
from dpemployer.services.money_rows import (
    Commitment,
    CommitmentKind,
    Invoice,
    ReportedHours,
    ReportedPayslip,
)
from ui.dialogs.task import TaskDialog
from ui.format import short_date
from ui.widgets.entries import (
    ChoiceEntry,
    DateEntry,
    HoursEntry,
    MoneyEntry,
    NumberEntry,
    TextEntry,
    TickEntry,
)
from ui.widgets.form import Form

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from PySide6.QtWidgets import QWidget

    from ui.desk import Desk


class InvoiceDialog(TaskDialog):
    """Records what a provider charged, with its hours, for the list of services on the return."""

    def __init__(
        self, desk: Desk, invoices: Sequence[Invoice], parent: QWidget | None = None
    ) -> None:
        super().__init__(
            desk,
            _("Add an invoice"),
            _("The return lists each provider with the hours and the rate they charged."),
            _("Keep this"),
            parent,
        )
        self.form = Form()
        add = self.form.add
        self.provider = add("provider", TextEntry(_("Who sent it?")))
        self.reference = add("reference", TextEntry(_("Its number"), needed=False, wide=20))
        self.day = add("day", DateEntry(_("The day on it")))
        self.is_credit = add(
            "is_credit",
            TickEntry(
                _("It is a credit note"), hint=_("The provider gives back part of an invoice.")
            ),
        )
        self.credits: ChoiceEntry[int] = add(
            "credits",
            ChoiceEntry(
                _("Which invoice does it reduce?"),
                [
                    (one.id, _invoice_words(one))
                    for one in reversed(invoices)
                    if one.amount.pence > 0
                ],
                needed=False,
                as_list=True,
            ),
        )
        self.amount = add("amount", MoneyEntry(_("How much")))
        self.hours = add("hours", NumberEntry(_("Hours"), needed=False))
        self.sessions = add(
            "sessions", NumberEntry(_("Sessions or days, if not hours"), needed=False)
        )
        self.rate = add("rate", MoneyEntry(_("For each hour or session"), needed=False))
        self.plan_rate = add(
            "plan_rate", MoneyEntry(_("The rate agreed in the plan"), needed=False)
        )
        self.first = add("first", DateEntry(_("For the days from"), needed=False))
        self.last = add("last", DateEntry(_("To"), needed=False))
        self.unpaid = add(
            "unpaid",
            TickEntry(
                _("It is still to be paid"), hint=_("It is put among the bills on the way too.")
            ),
        )
        self.box.addWidget(self.form)
        self.credits.hide()
        self.is_credit.edited.connect(self._turn)

    def do(self) -> None:
        """Record it."""
        if not self.form.check():
            return
        credit = self.is_credit.read()
        sign = -1 if credit else 1
        amount = abs(self.amount.answer())
        invoice = Invoice(
            id=0,
            provider=self.provider.answer(),
            reference=self.reference.value(),
            day=self.day.answer(),
            counts_on=self.day.answer(),
            amount=Money(sign * amount.pence),
            hours=_turned(self.hours.read(), sign),
            sessions=_turned(self.sessions.read(), sign),
            rate=self.rate.read(),
            plan_rate=self.plan_rate.read(),
            service_from=self.first.read(),
            service_to=self.last.read(),
            credits_id=self.credits.value() if credit else None,
        )
        bill = Commitment(
            id=0,
            kind=CommitmentKind.INVOICE,
            payee=invoice.provider,
            amount=amount,
            incurred_on=invoice.day,
            source=_("invoice {number}").format(number=invoice.reference).strip(),
        )
        unpaid, ledger = self.unpaid.read() and not credit, self.desk.office.ledger

        def keep() -> None:
            ledger.add_invoice(invoice)
            if unpaid:
                ledger.add_commitment(bill)

        self.change(keep)

    def _turn(self) -> None:
        credit = self.is_credit.read()
        self.credits.setVisible(credit)
        self.unpaid.setVisible(not credit)


class BureauPayslipDialog(TaskDialog):
    """Copies a payslip that a payroll bureau made, and the hours it pays for."""

    def __init__(self, desk: Desk, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            _("Add a payslip from a bureau"),
            _(
                "If a bureau works out the wages, copy each payslip here: the return lists hours "
                "and pay person by person. What this program works out is there by itself."
            ),
            _("Keep this"),
            parent,
        )
        self.form = Form()
        add = self.form.add
        self.who = add(
            "who",
            TextEntry(
                _("Whose is it?"),
                hint=_("So far: {names}.").format(names=", ".join(names)) if names else "",
            ),
        )
        self.pay_date = add("pay_date", DateEntry(_("Payday")))
        self.reference = add("reference", TextEntry(_("Its number"), needed=False, wide=20))
        self.gross = add("gross", MoneyEntry(_("Gross pay")))
        self.tax = add("tax", MoneyEntry(_("Income tax"), needed=False))
        self.ni = add("ni", MoneyEntry(_("Their National Insurance"), needed=False))
        self.pension = add("pension", MoneyEntry(_("Their pension"), needed=False))
        self.net = add("net", MoneyEntry(_("Net pay")))
        self.employer_ni = add(
            "employer_ni", MoneyEntry(_("Your National Insurance"), needed=False)
        )
        self.employer_pension = add(
            "employer_pension", MoneyEntry(_("Your pension contribution"), needed=False)
        )
        self.form.add_heading(_("The hours it pays for"), _("They stand on the signed timesheet."))
        self.first = add("first", DateEntry(_("First day"), needed=False))
        self.last = add("last", DateEntry(_("Last day"), needed=False))
        self.worked = add("worked", HoursEntry(_("Hours worked"), needed=False))
        self.holiday = add("holiday", HoursEntry(_("Hours of holiday"), needed=False))
        self.retainer = add("retainer", HoursEntry(_("Hours paid and not worked"), needed=False))
        self.rate = add("rate", MoneyEntry(_("Rate for an hour"), needed=False))
        self.box.addWidget(self.form)

    def do(self) -> None:
        """Record it."""
        if not self.form.check():
            return
        who, day = self.who.answer(), self.pay_date.answer()
        payslip = ReportedPayslip(
            id=0,
            assistant=who,
            reference=self.reference.value(),
            pay_date=day,
            counts_on=day,
            gross=self.gross.answer(),
            tax=self.tax.read() or NOTHING,
            employee_ni=self.ni.read() or NOTHING,
            net=self.net.answer(),
            employee_pension=self.pension.read() or NOTHING,
            employer_ni=self.employer_ni.read() or NOTHING,
            employer_pension=self.employer_pension.read() or NOTHING,
        )
        hours = None
        if self.worked.read() is not None or self.holiday.read() is not None:
            hours = ReportedHours(
                id=0,
                assistant=who,
                reference=self.reference.value(),
                first_day=self.first.read() or day,
                last_day=self.last.read() or self.first.read() or day,
                counts_on=day,
                worked=_hours(self.worked.read()),
                holiday=_hours(self.holiday.read()),
                retainer=_hours(self.retainer.read()),
                rate=self.rate.read() or NOTHING,
            )
        ledger = self.desk.office.ledger
        self.change(lambda: ledger.add_reported(payslip, hours))


def _hours(minutes: int | None) -> Decimal:
    from decimal import Decimal as Exact  # noqa: PLC0415 - the name above is for types

    return Exact(minutes or 0) / 60


def _turned(number: Decimal | None, sign: int) -> Decimal | None:
    return None if number is None else sign * abs(number)


def _invoice_words(invoice: Invoice) -> str:
    return _("{provider} {number}, {day}, {amount}").format(
        provider=invoice.provider,
        number=invoice.reference,
        day=short_date(invoice.day),
        amount=invoice.amount,
    )
