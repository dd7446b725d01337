"""On what terms support is bought: what the law sets, who shares the work, what else is paid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from dpemployer.money import NOTHING, Money
from dpemployer.statutory.holiday_accrual import ACCRUAL_RATE

if TYPE_CHECKING:
    from dpemployer.statutory.rates import Rates

WEEKS = Decimal(52)
_HALF = Fraction(1, 2)
_PARAMETERS = (
    "national_insurance.employer_rate",
    "national_insurance.secondary_threshold",
    "national_insurance.upper_secondary_threshold",
    "national_insurance.employment_allowance",
    "auto_enrolment.lower",
    "auto_enrolment.trigger",
    "auto_enrolment.upper",
    "auto_enrolment.minimum_contributions",
    "redundancy.week_pay_cap",
)


class PensionMode(StrEnum):
    """How the employer's pension contribution is budgeted."""

    AUTO = "auto"
    """By law: for whoever earns over the trigger."""
    OPT_IN = "opt_in"
    """For everybody, as if each had asked to join."""
    FULL = "full"
    """The share of all pay, as some councils budget it."""
    NONE = "none"
    """Nothing."""


@dataclass(frozen=True, slots=True)
class CostLaw:
    """What the law sets of an employer's costs in a year. Amounts are for a whole year."""

    ni_rate: Decimal
    ni_threshold: Money
    ni_threshold_under_21: Money
    allowance: Money
    """The Employment Allowance, nothing where it is not claimed."""
    pension_rate: Decimal
    pension_lower: Money
    pension_trigger: Money
    pension_upper: Money
    week_pay_cap: Money
    """The most of a week's pay that counts for redundancy."""
    since: date

    @staticmethod
    def of(rates: Rates, *, northern_ireland: bool = False, allowance: bool = True) -> CostLaw:
        """Return what is in force on the days of *rates*.

        Args:
            rates: Any day of the year that is budgeted.
            northern_ireland: Which limit on a week's pay counts.
            allowance: Whether the Employment Allowance is claimed.
        """

        def a_year(name: str) -> Money:
            return rates[name].money("annual")

        nation = "northern_ireland" if northern_ireland else "great_britain"
        claimed = rates["national_insurance.employment_allowance"].money()
        shares = rates["auto_enrolment.minimum_contributions"]
        return CostLaw(
            ni_rate=rates["national_insurance.employer_rate"].rate(),
            ni_threshold=a_year("national_insurance.secondary_threshold"),
            ni_threshold_under_21=a_year("national_insurance.upper_secondary_threshold"),
            allowance=claimed if allowance else NOTHING,
            pension_rate=shares.rate("qualifying_earnings_employer") / 100,
            pension_lower=a_year("auto_enrolment.lower"),
            pension_trigger=a_year("auto_enrolment.trigger"),
            pension_upper=a_year("auto_enrolment.upper"),
            week_pay_cap=rates["redundancy.week_pay_cap"].money(nation),
            since=rates.since(*_PARAMETERS),
        )


@dataclass(frozen=True, slots=True)
class WorkShare:
    """One personal assistant's part of the work."""

    share: Decimal = Decimal(1)
    """Of all hours: half is 0.5."""
    redundancy_weeks: Decimal = Decimal(0)
    """Weeks of redundancy pay that one more year of work adds: half, one or one and a half."""
    pension: PensionMode = PensionMode.AUTO
    under_21: bool = False


@dataclass(frozen=True, slots=True)
class CostTerms:
    """On what terms support is bought. Rates are pounds, as exact as they were agreed."""

    law: CostLaw
    hourly_rate: Decimal
    shares: tuple[WorkShare, ...] = (WorkShare(),)
    sleep_ins: Decimal = Decimal(0)
    """Nights slept in a week, paid by the night."""
    sleep_in_rate: Decimal = Decimal(0)
    weeks: Decimal = WEEKS
    holiday_rate: Decimal = ACCRUAL_RATE
    """What leave adds to each hour of support: the hour that covers it, and its own leave."""
    bank_holiday_extra: Decimal = Decimal(0)
    """On top of the rate, as a part of it: 0.5 for time and a half, 1 for double time."""
    bank_holiday_hours: Decimal = Decimal(0)
    """In a year."""
    sick_days: Decimal = Decimal(0)
    """Expected in a year."""
    sick_day_rate: Decimal = Decimal(0)
    """Sick pay for one day, in pounds."""
    fixed: tuple[tuple[str, Money], ...] = ()
    """What is paid in a year however many hours are worked, each with its name."""
    contingency: Decimal = Decimal(0)
    """Kept in hand, as a part of pay."""


@dataclass(frozen=True, slots=True)
class YearOfCost:
    """The parts of a year's cost in pounds."""

    basic: Fraction
    sleep_ins: Fraction
    holiday: Fraction
    bank_holiday: Fraction
    pay: Fraction
    ni_gross: Fraction
    ni: Fraction
    pension: Fraction
    reserve: Fraction
    ssp: Fraction
    fixed: Money
    contingency: Fraction

    @property
    def total(self) -> Fraction:
        """Everything together."""
        return (
            self.pay
            + self.ni
            + self.pension
            + self.reserve
            + self.ssp
            + Fraction(self.fixed.pounds)
            + self.contingency
        )


def to_the_penny(pounds: Fraction) -> Money:
    """Settle exact pounds to the nearest penny; a half goes away from nothing."""
    pence = int(abs(pounds) * 100 + _HALF)
    return Money(-pence if pounds < 0 else pence)


def to_places(pounds: Fraction, places: int) -> str:
    """Write exact pounds with so many decimals, a half going up."""
    whole = int(pounds * 10**places + _HALF)
    return f"{whole // 10**places}.{whole % 10**places:0{places}d}"


def exact_pounds(amount: Decimal) -> Money | str:
    """Show pounds with a part of a penny as they are, and others as money."""
    exact = Fraction(amount) * 100
    if exact.denominator == 1:
        return Money(int(exact))
    return f"£{format(amount, 'f')}"


def at_rate(terms: CostTerms, hourly_rate: Decimal, law: CostLaw | None = None) -> CostTerms:
    """Return the same terms at another rate of pay, and under other rates of the law if given."""
    return replace(terms, hourly_rate=hourly_rate, law=law or terms.law)
