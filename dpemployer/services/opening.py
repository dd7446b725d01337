"""Starting in the middle: what was so on the day before the book began.

Each figure is a fact with its source. It can be changed until the first pay run of its tax
year is final; a P45 that arrives late can still be added, and counts from the next payday.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from dpemployer.bookkeeping.accounts import Account
    from dpemployer.bookkeeping.ledger import LedgerEntry
    from dpemployer.money import Money
    from dpemployer.payroll.household import OpeningHousehold
    from dpemployer.payroll.people import OpeningHoliday, OpeningPay, PaidWeek
    from dpemployer.periods import TaxMonth, TaxYear
    from dpemployer.services.rows import OpeningState
    from dpemployer.statutory.rates import RateBook
    from dpemployer.store.book import Book


class Opening:
    """The figures one book began with."""

    def __init__(self, book: Book, rates: RateBook) -> None:
        self._book = book
        self._rates = rates

    def state(self, tax_year: TaxYear) -> OpeningState:
        """Return everything entered so far, and whether it can still be changed."""
        raise NotImplementedError

    def set_household(self, opening: OpeningHousehold) -> int:
        """Record the last day before the book, and the Employment Allowance used by then."""
        raise NotImplementedError

    def set_pay(self, opening: OpeningPay) -> int:
        """Record pay to date in this employment; a row already there for the year is replaced.

        P45 figures inside are refused: they are kept apart, by `set_p45`.
        """
        raise NotImplementedError

    def set_p45(
        self,
        employment_id: int,
        tax_year: TaxYear,
        source: str,
        previous_pay: Money,
        previous_tax: Money,
    ) -> int:
        """Record pay and tax of an earlier employment this year, from a P45."""
        raise NotImplementedError

    def remove_pay(self, opening_id: int) -> None:
        """Take out pay to date or P45 figures no payslip was worked out with."""
        raise NotImplementedError

    def set_holiday(self, opening: OpeningHoliday) -> int:
        """Record holiday left; what was recorded before for this employment is replaced."""
        raise NotImplementedError

    def set_paid_weeks(self, employment_id: int, weeks: tuple[PaidWeek, ...]) -> None:
        """Record the paid weeks before the book, for holiday pay; they replace any before."""
        raise NotImplementedError

    def paid_weeks(self, employment_id: int) -> tuple[PaidWeek, ...]:
        """List the paid weeks before the book, the newest first."""
        raise NotImplementedError

    def set_hmrc_owed(self, month: TaxMonth, amount: Money, source: str) -> int:
        """Record what is still owed to HMRC for a tax month from before the book."""
        raise NotImplementedError

    def set_pension_owed(
        self, provider: str, amount: Money, incurred_on: date, due: date, source: str
    ) -> int:
        """Record what is still owed to a pension provider from before the book."""
        raise NotImplementedError

    def remove_owed(self, commitment_id: int) -> None:
        """Take out something owed that was entered by mistake."""
        raise NotImplementedError

    def set_account(self, account: Account) -> int:
        """Record an account or the cash tin with its balance on the last statement."""
        raise NotImplementedError

    def add_uncleared(self, entry: LedgerEntry) -> int:
        """Record money already counted before the book that the bank has not yet shown."""
        raise NotImplementedError

    def remove_uncleared(self, entry_id: int) -> None:
        """Take out an item entered by mistake."""
        raise NotImplementedError
