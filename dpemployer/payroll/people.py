"""Personal assistants, their employments, and the terms that change by date.

A dated term (`from_day`) holds until the next one of its kind for the same employment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from dpemployer.money import NOTHING, Money
from dpemployer.periods import PayFrequency, PaySchedule
from dpemployer.statutory.holiday import HolidayClass as HolidayClass  # noqa: PLC0414 - a term
from dpemployer.statutory.pensions import (
    PensionBasis as PensionBasis,  # noqa: PLC0414 - a term of membership, named by the law
)
from dpemployer.statutory.pensions import (
    PensionRelief as PensionRelief,  # noqa: PLC0414 - the same
)


class PayType(StrEnum):
    """What kind of time or payment a line of pay is for."""

    BASIC = "basic"
    ENHANCED = "enhanced"
    """Evenings, weekends or bank holidays at a rate of their own."""
    WAKING_NIGHT = "waking_night"
    SLEEP_IN = "sleep_in"
    """Paid for each night; only hours awake for work count for the minimum wage."""
    TRAVEL = "travel"
    HOLIDAY = "holiday"
    RETAINER = "retainer"
    """Paid while not needed, for example in a hospital stay."""
    EXPENSES = "expenses"
    """Mileage and costs given back: not pay."""
    ROLLED_UP_HOLIDAY = "rolled_up_holiday"
    SSP = "ssp"
    SMP = "smp"
    SAP = "sap"
    SPP = "spp"
    SHPP = "shpp"
    SPBP = "spbp"
    SNCP = "sncp"
    HOLIDAY_IN_LIEU = "holiday_in_lieu"
    NOTICE_IN_LIEU = "notice_in_lieu"
    AFTER_LEAVING = "after_leaving"
    """Paid after the last pay."""
    REDUNDANCY = "redundancy"
    """Within £30,000 neither taxed nor counted for National Insurance: not pay."""


STATUTORY_PAY = frozenset(
    {
        PayType.SSP,
        PayType.SMP,
        PayType.SAP,
        PayType.SPP,
        PayType.SHPP,
        PayType.SPBP,
        PayType.SNCP,
    }
)
"""Paid by law while somebody is away sick or on family leave."""
ADDED_PAY = STATUTORY_PAY | {
    PayType.ROLLED_UP_HOLIDAY,
    PayType.HOLIDAY_IN_LIEU,
    PayType.NOTICE_IN_LIEU,
    PayType.AFTER_LEAVING,
    PayType.REDUNDANCY,
}
"""Never typed as hours and never given a rate: `added_pay.py` puts these on a payslip."""
NOT_PAY = frozenset({PayType.EXPENSES, PayType.REDUNDANCY})
"""On a payslip without being pay: outside gross pay, tax and National Insurance."""


class Per(StrEnum):
    """What a rate is paid for."""

    HOUR = "hour"
    NIGHT = "night"
    MILE = "mile"


class StarterDeclaration(StrEnum):
    """The statement on the starter checklist, or a P45."""

    A = "A"
    B = "B"
    C = "C"
    P45 = "P45"
    NONE = "none"


class CodeFrom(StrEnum):
    """Who says that a tax code is to be used; what HMRC says beats the rest."""

    TYPED = "typed"
    """Put in by hand, with what was said about where it comes from."""
    STARTER_CHECKLIST = "starter_checklist"
    P45 = "p45"
    HMRC_NOTICE = "hmrc_notice"
    """A notice on paper or online: P6, P9 and the like."""
    AFTER_LEAVING = "after_leaving"
    """Paid after the P45 was given."""


@dataclass(frozen=True, slots=True)
class PersonalAssistant:
    """Somebody employed, or once employed, by this employer."""

    id: int
    first_names: str
    surname: str
    born_on: date
    nino: str = ""
    address: str = ""
    contact: str = ""
    lives_in: str = "england"
    """The nation the person lives in; HMRC alone decides the prefix of a tax code."""

    @property
    def name(self) -> str:
        """First names, then surname."""
        return f"{self.first_names} {self.surname}".strip()

    @property
    def initials(self) -> str:
        """Initials, as returns ask for: A.K."""
        return "".join(f"{word[0]}." for word in self.name.split() if word)


@dataclass(frozen=True, slots=True)
class Employment:
    """One contract between the employer and a personal assistant."""

    id: int
    assistant_id: int
    payroll_id: str
    started_on: date
    frequency: PayFrequency
    period_anchor: date
    days_after: int = 0
    day_of_month: int = 31
    months_after: int = 0
    left_on: date | None = None
    starter_declaration: StarterDeclaration = StarterDeclaration.NONE
    how_paid: str = ""
    """How net pay reaches the person, as the payslip says it: bank transfer, cheque, cash."""

    @property
    def schedule(self) -> PaySchedule:
        """When this person is paid."""
        return PaySchedule(
            self.frequency,
            self.period_anchor,
            self.days_after,
            self.day_of_month,
            self.months_after,
        )


@dataclass(frozen=True, slots=True)
class PayRate:
    """What one kind of time is paid from a date. Several may be in force at once."""

    id: int
    employment_id: int
    from_day: date
    pay_type: PayType
    label: str
    """As the payslip calls it; a pay type and a label together name a rate."""
    rate: Money
    per: Per = Per.HOUR


@dataclass(frozen=True, slots=True)
class HolidayTerms:
    """How holiday builds up and is paid from a date, as the contract says it."""

    id: int
    employment_id: int
    from_day: date
    holiday_class: HolidayClass = HolidayClass.IRREGULAR
    leave_year_start: date | None = None
    """First day of any one leave year; absent: the day employment began."""
    hours_per_week: Decimal | None = None
    days_per_week: Decimal | None = None
    """Contracted, for regular hours."""
    rolled_up: bool = False
    """Holiday pay is paid together with the wages, on a line of its own."""
    reason: str = ""
    """Why: what the contract says, or what was agreed and when."""


@dataclass(frozen=True, slots=True)
class TaxCodeHeld:
    """A tax code in use from a date, and who said so. `code` carries any week 1/month 1 mark.

    Of a notice or a P45, `noticed_on` is its own date, and the figures are those it gives of
    earlier jobs in the tax year; None where it says nothing of them.
    """

    id: int
    employment_id: int
    from_day: date
    code: str
    source: str
    kind: CodeFrom = CodeFrom.TYPED
    noticed_on: date | None = None
    previous_pay: Money | None = None
    previous_tax: Money | None = None


@dataclass(frozen=True, slots=True)
class NiCategoryHeld:
    """A National Insurance category letter in use from a date."""

    id: int
    employment_id: int
    from_day: date
    letter: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class StudentLoanHeld:
    """A loan being repaid from a date to a date. Plan `1`, `2`, `4`, `5` or `postgraduate`."""

    id: int
    employment_id: int
    plan: str
    from_day: date
    to_day: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class PensionMembership:
    """Membership of a workplace pension from a date to a date."""

    id: int
    employment_id: int
    from_day: date
    provider: str
    basis: PensionBasis = PensionBasis.QUALIFYING_EARNINGS
    relief: PensionRelief = PensionRelief.RELIEF_AT_SOURCE
    employee_percent: Decimal = Decimal(5)
    employer_percent: Decimal = Decimal(3)
    to_day: date | None = None
    minimum_applies: bool = True
    """False for somebody who joined on low earnings, for whom the employer need not pay in."""


@dataclass(frozen=True, slots=True)
class OpeningPay:
    """Pay to date in a tax year, from before the book began: a fact with its source.

    The figures of *this* employment add to year to date. The P45 figures of an *earlier*
    employment (`previous_pay`, `previous_tax`) count only in a cumulative tax calculation.
    """

    id: int
    employment_id: int
    tax_year: str
    source: str
    pay: Money = NOTHING
    taxable_pay: Money = NOTHING
    tax: Money = NOTHING
    earnings_for_ni: Money = NOTHING
    employee_ni: Money = NOTHING
    employer_ni: Money = NOTHING
    at_lel: Money = NOTHING
    lel_to_pt: Money = NOTHING
    pt_to_uel: Money = NOTHING
    student_loan: Money = NOTHING
    postgraduate_loan: Money = NOTHING
    employee_pension: Money = NOTHING
    employer_pension: Money = NOTHING
    previous_pay: Money = NOTHING
    previous_tax: Money = NOTHING


@dataclass(frozen=True, slots=True)
class OpeningHoliday:
    """Holiday left on the day before the book began, in minutes, and who said so."""

    id: int
    employment_id: int
    as_of: date
    minutes_left: int
    source: str


@dataclass(frozen=True, slots=True)
class PaidWeek:
    """What one payslip paid for one week, or what was paid before the book (no payslip).

    The 52-week holiday average reads these. A reversal takes its weeks back, below zero; what
    was paid for a week is the sum of its rows.
    """

    id: int
    employment_id: int
    week_ending: date
    minutes: int
    pay: Money
    payslip_id: int | None = None
