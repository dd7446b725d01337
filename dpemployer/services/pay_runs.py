"""What an employer can do with a pay run: draft it, look into it, finalise it, correct it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from dpemployer.payroll.payslip import Payslip
    from dpemployer.periods import PayFrequency, TaxYear
    from dpemployer.services.rows import (
        DifferenceRow,
        EmployerPaymentRow,
        FigureExplained,
        HolidayBalanceRow,
        PaydayRow,
        PayRunCorrected,
        PayRunFinalised,
        PayRunPreview,
        PayRunRow,
        PayslipRow,
        YearToDateRow,
    )
    from dpemployer.statutory.rates import RateBook
    from dpemployer.store.book import Book


class PayRuns:
    """Pay runs in one book."""

    def __init__(self, book: Book, rates: RateBook) -> None:
        self._book = book
        self._rates = rates

    def due(self, on: date) -> tuple[PaydayRow, ...]:
        """List the paydays not yet finalised whose period has begun by *on*, the oldest first."""
        raise NotImplementedError

    def runs(self, tax_year: TaxYear | None = None) -> tuple[PayRunRow, ...]:
        """List pay runs, the newest payday first."""
        raise NotImplementedError

    def draft(
        self,
        frequency: PayFrequency,
        first_day: date,
        last_day: date,
        pay_date: date | None = None,
    ) -> int:
        """Find or begin the draft for everybody paid together for these days; return its id.

        `pay_date` is needed only when the same days are paid for on different paydays.

        Raises:
            EntryError: If nobody is paid for exactly these days.
            RatesUnknownError: If the payday is outside the years known.
        """
        raise NotImplementedError

    def discard(self, pay_run_id: int) -> None:
        """Give up a draft. Timesheets stay as they are."""
        raise NotImplementedError

    def preview(self, pay_run_id: int) -> PayRunPreview:
        """Show a pay run: a draft worked out afresh, a final as it was stored."""
        raise NotImplementedError

    def explain(self, pay_run_id: int, employment_id: int, figure: str) -> FigureExplained:
        """Answer “how was this worked out?” for one figure of one person's pay.

        `figure` is a key of `PayslipRow.figures`, or `line:0`, `line:1` … for a line of pay,
        or `holiday` for the holiday earned.
        """
        raise NotImplementedError

    def finalise(self, pay_run_id: int) -> PayRunFinalised:
        """Fix a draft pay run for good, and record what it leaves owing.

        Either all of it happens or none of it does.

        Raises:
            AlreadyFinalisedError: If this pay run is not a draft.
            PayRunBlockedError: If something must be put right first, such as pay below the
                minimum wage.
            RatesUnknownError: If no rates are known for the pay date.
        """
        raise NotImplementedError

    def correct(self, pay_run_id: int, reason: str) -> PayRunCorrected:
        """Take a final pay run back, and begin a draft in its place.

        The reversal is the mirror image of every payslip, finalised at once; what the run left
        owing is taken back. The new draft reads the same timesheets, now open to be put right.

        Raises:
            RefusedError: If this pay run is a draft, a reversal, or already reversed.
        """
        raise NotImplementedError

    def payslips(self, tax_year: TaxYear, employment_id: int | None = None) -> tuple[Payslip, ...]:
        """List the payslips of a tax year by payday, reversals included."""
        raise NotImplementedError

    def payslip(self, payslip_id: int) -> PayslipRow:
        """Show one payslip as it was issued, with year to date and holiday as of it."""
        raise NotImplementedError

    def year_to_date(self, employment_id: int, on: date) -> YearToDateRow:
        """Add up the tax year that holds *on*, up to that day."""
        raise NotImplementedError

    def holiday(self, employment_id: int, on: date) -> HolidayBalanceRow:
        """Say what holiday has been earned, taken and is left on a day."""
        raise NotImplementedError

    def differences(self, tax_year: TaxYear, employment_id: int) -> tuple[DifferenceRow, ...]:
        """Work a year's payslips out again from today's facts, and list what differs.

        Nothing is changed: a payslip that should change is put right by `correct`.
        """
        raise NotImplementedError

    def employer_payment(self, tax_year: TaxYear, month: int) -> EmployerPaymentRow:
        """Return what HMRC is owed for a tax month, 1 to 12 (the P32 figure)."""
        raise NotImplementedError

    def employer_payment_quarter(self, tax_year: TaxYear, quarter: int) -> EmployerPaymentRow:
        """Return what HMRC is owed for a quarter, 1 to 4: its three months added up."""
        raise NotImplementedError
