"""What others report: providers' invoices, and payslips and hours from a payroll bureau.

The part of `Ledger` for a book whose payroll is done elsewhere, and for the list of services a
return asks for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.bookkeeping.reported import Invoice, ReportedHours, ReportedPayslip
from dpemployer.errors import EntryError
from dpemployer.i18n import _
from dpemployer.money import NOTHING, Money
from dpemployer.services.ledger_proofs import Proofs

if TYPE_CHECKING:
    from decimal import Decimal

_AMOUNTS = (
    "gross",
    "tax",
    "employee_ni",
    "net",
    "employee_pension",
    "employer_ni",
    "employer_pension",
    "holiday",
)


class Reported(Proofs):
    """Facts that somebody else worked out."""

    def invoices(self) -> tuple[Invoice, ...]:
        """List what providers charged, and their credit notes, by day."""
        with self._book.read() as reading:
            return reading.find(Invoice, order_by=("day", "id"))

    def remove_invoice(self, invoice_id: int) -> None:
        """Take out an invoice recorded by mistake; credit notes of it stand by themselves then."""
        from dataclasses import replace  # noqa: PLC0415 - rarely needed

        with self._book.change("Took out an invoice") as tx:
            for credit in tx.find(Invoice, credits_id=invoice_id):
                tx.update(replace(credit, credits_id=None))
            tx.remove(tx.get(Invoice, invoice_id))

    def reported_payslips(self) -> tuple[ReportedPayslip, ...]:
        """List the payslips a bureau made, by payday."""
        with self._book.read() as reading:
            return reading.find(ReportedPayslip, order_by=("pay_date", "id"))

    def reported_hours(self) -> tuple[ReportedHours, ...]:
        """List the hours behind them, by day."""
        with self._book.read() as reading:
            return reading.find(ReportedHours, order_by=("counts_on", "id"))

    def add_reported(self, payslip: ReportedPayslip, hours: ReportedHours | None) -> int:
        """Record a payslip a bureau made, and the hours it pays for.

        Raises:
            EntryError: If it cannot be: nobody named, or amounts below nothing or above the pay.
        """
        _refuse_nameless(payslip.assistant)
        _refuse_impossible(payslip)
        if hours is not None:
            for number in (hours.worked, hours.holiday, hours.retainer):
                _refuse_negative(number)
        with self._book.change("Recorded a payslip from a bureau") as tx:
            if hours is not None:
                tx.add(hours)
            return tx.add(payslip)

    def remove_reported(self, payslip_id: int) -> None:
        """Take out a payslip recorded by mistake, with the hours that were recorded with it."""
        with self._book.change("Took out a payslip from a bureau") as tx:
            payslip = tx.get(ReportedPayslip, payslip_id)
            for hours in tx.find(
                ReportedHours, assistant=payslip.assistant, counts_on=payslip.counts_on
            ):
                tx.remove(hours)
            tx.remove(payslip)


def _refuse_nameless(name: str) -> None:
    if not name.strip():
        raise EntryError(
            what=_("A payslip is somebody's."),
            why=_("The return lists hours and pay person by person."),
            next_step=_("Write the name, or the initials, as the payslip has them."),
        )


def _refuse_impossible(payslip: ReportedPayslip) -> None:
    amounts: dict[str, Money] = {name: getattr(payslip, name) for name in _AMOUNTS}
    if any(amount < NOTHING for amount in amounts.values()):
        raise EntryError(
            what=_("An amount on this payslip is below nothing."),
            why=_("A payslip shows what was paid, and what was taken off."),
            next_step=_("Type the amounts as they are printed, without a minus."),
        )
    taken = payslip.tax + payslip.employee_ni + payslip.employee_pension
    if payslip.net > payslip.gross or payslip.gross - taken < payslip.net:
        raise EntryError(
            what=_("{net} cannot be what is left of {gross}.").format(
                net=payslip.net, gross=payslip.gross
            ),
            why=_("{taken} is taken off for tax, National Insurance and pension.").format(
                taken=taken
            ),
            next_step=_("Compare each amount with the payslip."),
        )


def _refuse_negative(number: Decimal) -> None:
    if number < 0:
        raise EntryError(
            what=_("Hours are never below nothing."),
            why=_("They are what was worked, or what was paid as holiday."),
            next_step=_("Type them as they stand on the timesheet."),
        )
