"""The terms of one employment, and which of them are in force on a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from dpemployer.payroll.people import (
    CodeFrom,
    HolidayTerms,
    NiCategoryHeld,
    PayRate,
    PensionMembership,
    StudentLoanHeld,
    TaxCodeHeld,
)
from dpemployer.periods import TaxYear
from dpemployer.statutory.tax_code import TaxCode

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal


class _Dated(Protocol):
    @property
    def from_day(self) -> date: ...


class _Ending(_Dated, Protocol):
    @property
    def to_day(self) -> date | None: ...


_D = TypeVar("_D", bound=_Dated)
_E = TypeVar("_E", bound=_Ending)

POSTGRADUATE = "postgraduate"
"""The plan of a postgraduate loan, which is repaid beside any other."""


def latest_on(facts: Iterable[_D], day: date) -> _D | None:
    """Return the fact that began last, on or before a day."""
    begun = (fact for fact in facts if fact.from_day <= day)
    return max(begun, key=lambda fact: fact.from_day, default=None)


def held_on(facts: Iterable[_E], day: date) -> tuple[_E, ...]:
    """Return the facts that had begun and not ended on a day, the latest first."""
    found = [
        fact
        for fact in facts
        if fact.from_day <= day and (fact.to_day is None or day <= fact.to_day)
    ]
    return tuple(sorted(found, key=lambda fact: fact.from_day, reverse=True))


@dataclass(frozen=True, slots=True)
class CodeInUse:
    """The tax code to use on a payday."""

    code: TaxCode
    week1_month1: bool
    mark_dropped: bool
    """It was marked week 1/month 1 in an earlier tax year, and such marks end with the year."""
    kind: CodeFrom = CodeFrom.TYPED
    """Who said that it is to be used."""
    days_used: int = 0
    """How long it has been in use by the payday."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Every dated term of one employment."""

    rates: tuple[PayRate, ...] = ()
    tax_codes: tuple[TaxCodeHeld, ...] = ()
    ni_letters: tuple[NiCategoryHeld, ...] = ()
    loans: tuple[StudentLoanHeld, ...] = ()
    pensions: tuple[PensionMembership, ...] = ()
    holiday: tuple[HolidayTerms, ...] = ()

    def tax_code_on(self, pay_date: date) -> CodeInUse | None:
        """Return the tax code in use on a payday; None when there is none yet."""
        held = latest_on(self.tax_codes, pay_date)
        if held is None:
            return None
        code = TaxCode.parse(held.code)
        lasts = held.kind is CodeFrom.AFTER_LEAVING
        this_year = lasts or TaxYear.of(held.from_day) == TaxYear.of(pay_date)
        return CodeInUse(
            code,
            week1_month1=code.week1_month1 and this_year,
            mark_dropped=code.week1_month1 and not this_year,
            kind=held.kind,
            days_used=(pay_date - held.from_day).days,
        )

    def ni_letter_on(self, pay_date: date) -> str | None:
        """Return the category letter in use on a payday; None when there is none yet."""
        held = latest_on(self.ni_letters, pay_date)
        return held.letter if held else None

    def loan_plan_on(self, pay_date: date) -> str | None:
        """Return the plan repaid on a payday, other than a postgraduate loan."""
        plans = [loan.plan for loan in held_on(self.loans, pay_date) if loan.plan != POSTGRADUATE]
        return plans[0] if plans else None

    def postgraduate_loan_on(self, pay_date: date) -> bool:
        """Whether a postgraduate loan is repaid on a payday."""
        return any(loan.plan == POSTGRADUATE for loan in held_on(self.loans, pay_date))

    def weekly_hours_on(self, day: date) -> Decimal | None:
        """Return the hours of a week in the contract; None where they vary or are not said."""
        held = latest_on(self.holiday, day)
        return held.hours_per_week if held else None

    def pension_on(self, pay_date: date) -> PensionMembership | None:
        """Return the pension membership in force on a payday."""
        found = held_on(self.pensions, pay_date)
        return found[0] if found else None
