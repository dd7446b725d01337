"""Paid holiday: what class somebody is in, what builds up, and rolled-up holiday pay.

Source: Working Time Regulations 1998, regulations 13 to 16A, with the rules for irregular-hours
and part-year workers that apply to leave years starting on or after 1 April 2024; in Northern
Ireland the Working Time Regulations (Northern Ireland) 2016, which have no such rules.

Quantities are exact fractions of hours or days and are rounded once, at the end, except where the
Regulations round for each pay period. Where the law fixes no figure, the source says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, TypeAlias

from dpemployer.bank_days import Nation
from dpemployer.i18n import N_
from dpemployer.money import Money, Rounding
from dpemployer.periods import plus_months
from dpemployer.workings import Rule, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

Quantity: TypeAlias = Decimal | Fraction | int
"""Hours or days, exact."""

WEEKS = Fraction(28, 5)
"""5.6 weeks a year: regulations 13 and 13A."""
MOST_DAYS = 28
"""However many days a week somebody works: regulation 13A(3)."""
ACCRUAL_RATE = Decimal("0.1207")
"""Holiday earned for each hour worked, as regulation 15B states it.

It is never recalculated as 5.6 weeks out of 46.4: that gives 12.0689…%, and the law says 12.07%.
"""
NEW_RULES_FROM = date(2024, 4, 1)
"""Leave years that start earlier keep the old rules to their end."""

_REGULATIONS = "Working Time Regulations 1998"
_FULL_WEEK = 5
_AVERAGE_WEEKS, _LONGEST_LOOK_BACK = 52, 104
_HALF = Fraction(1, 2)


class HolidayClass(StrEnum):
    """How holiday builds up, decided for each leave year from the contract."""

    REGULAR = "regular"
    IRREGULAR = "irregular"
    PART_YEAR = "part_year"
    NORTHERN_IRELAND = "ni"


class RolledUpRefusal(StrEnum):
    """Why holiday pay may not be rolled up into the rate."""

    NOT_IN_NORTHERN_IRELAND = "NI_NOT_PERMITTED"
    LEAVE_YEAR_TOO_EARLY = "LEAVE_YEAR_BEFORE_2024_04_01"
    REGULAR_HOURS = "REGULAR_HOURS_WORKER"


@dataclass(frozen=True, slots=True)
class Entitlement:
    """Holiday in days, exact and as given, and how it was worked out."""

    exact_days: Fraction
    days: Fraction
    """As given: never less than exact."""
    workings: tuple[Step, ...] = field(repr=False)
    months: int = 0
    """Months counted, where it is counted in months."""

    def minutes(self, hours_per_week: Quantity, days_per_week: Quantity) -> int:
        """Return the days given as minutes of an average working day, rounded up."""
        return ceil(self.days * Fraction(hours_per_week) / Fraction(days_per_week) * 60)


@dataclass(frozen=True, slots=True)
class RunningCredit:
    """Holiday built up by irregular hours over the pay periods of a leave year so far."""

    rounded_hours: tuple[int, ...]
    """What the Regulations give for each period."""
    exact: Fraction
    """Hours, without any rounding."""
    credit: Fraction
    """Hours given: the better of the two, so that small weeks never vanish."""
    workings: tuple[Step, ...] = field(repr=False)

    @property
    def minutes(self) -> int:
        """What is given, in whole minutes, rounded up."""
        return ceil(self.credit * 60)


@dataclass(frozen=True, slots=True)
class WeekWorked:
    """A week before an absence: hours worked, and whether any sick or statutory leave was in it."""

    hours: Decimal
    absent: bool = False


@dataclass(frozen=True, slots=True)
class AbsenceAccrual:
    """Holiday built up during sick or statutory leave by somebody with irregular hours."""

    weeks_used: int
    total_hours: Decimal
    average_hours: Fraction
    exact: Fraction
    hours: int
    workings: tuple[Step, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class RolledUpPay:
    """Holiday pay paid together with the pay for the work, on a line of its own."""

    amount: Money
    workings: tuple[Step, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class InclusiveRate:
    """An hourly rate said to include holiday pay, taken apart."""

    basic: Fraction
    """Pounds an hour without the holiday pay: only this counts for the minimum wage."""
    lawful: bool
    least_inclusive: Money
    """The lowest inclusive rate in whole pennies that pays the minimum wage."""
    workings: tuple[Step, ...] = field(repr=False)


def classify(
    nation: Nation, leave_year_start: date, *, hours_mostly_vary: bool, part_year: bool
) -> HolidayClass:
    """Say how holiday builds up under a contract, for one leave year.

    Args:
        nation: Where the work is done.
        leave_year_start: The first day of the leave year.
        hours_mostly_vary: Whether the contract makes paid hours in each pay period wholly or
            mostly variable. A fixed rota whose weeks differ is not that, nor is fixed hours with
            some overtime.
        part_year: Whether the contract asks for work in only part of the year, with unpaid weeks
            in which none is asked for.
    """
    if nation is Nation.NORTHERN_IRELAND:
        return HolidayClass.NORTHERN_IRELAND
    if leave_year_start < NEW_RULES_FROM:
        return HolidayClass.REGULAR
    if hours_mostly_vary:
        return HolidayClass.IRREGULAR
    return HolidayClass.PART_YEAR if part_year else HolidayClass.REGULAR


# ── regular hours ──


def full_year(days_per_week: Quantity) -> Entitlement:
    """Return the days of a whole leave year: 5.6 weeks, and never more than 28."""
    days = _capped(days_per_week)
    step = Step(_FULL_YEAR, (_shown(days_per_week),), _shown(days))
    return Entitlement(days, days, (step,))


def full_year_hours(hours_per_week: Quantity, days_per_week: Quantity | None = None) -> Fraction:
    """Return the hours of a whole leave year; above five days a week the 28 days are the most."""
    if days_per_week is None or days_per_week <= _FULL_WEEK:
        return WEEKS * Fraction(hours_per_week)
    return MOST_DAYS * Fraction(hours_per_week) / Fraction(days_per_week)


def starter(days_per_week: Quantity, leave_year_start: date, started_on: date) -> Entitlement:
    """Return the days of a leave year somebody starts part-way through.

    Months of the leave year that have not wholly gone count whole, as the calculator on GOV.UK
    counts them; the result goes up to the next half day. The 28 days are applied first.
    """
    months = 12 - _whole_months(leave_year_start, started_on)
    exact = _capped(days_per_week) * months / 12
    days = _up_to_half(exact)
    step = Step(_STARTER, (_shown(_capped(days_per_week)), months), _shown(days))
    return Entitlement(exact, days, (step,), months)


def leaver(
    days_per_week: Quantity,
    leave_year_start: date,
    leaving_on: date,
    started_on: date | None = None,
) -> Entitlement:
    """Return the days built up by the last day of employment, counted in days, not months."""
    first = leave_year_start if started_on is None else max(leave_year_start, started_on)
    year = (plus_months(leave_year_start, 12) - leave_year_start).days
    employed = (leaving_on - first).days + 1
    days = _capped(days_per_week) * employed / year
    step = Step(_LEAVER, (_shown(_capped(days_per_week)), employed, year), _shown(days))
    return Entitlement(days, days, (step,))


def first_year(days_per_week: Quantity, started_on: date, day: date) -> Entitlement:
    """Return the days that may be taken so far in the first year of employment.

    A twelfth is added at the start of each month of employment, the first on the first day; a part
    of a day up to a half counts as a half, and more than a half as a whole one.
    """
    months = min(_whole_months(started_on, day) + 1, 12)
    exact = _capped(days_per_week) * months / 12
    days = _up_to_half(exact)
    step = Step(_FIRST_YEAR, (_shown(_capped(days_per_week)), months), _shown(days))
    return Entitlement(exact, days, (step,), months)


# ── irregular hours and part-year work ──


def accrued(hours: Quantity) -> int:
    """Return the whole hours of holiday earned by *hours* worked in one pay period.

    Rounded at the end of each pay period, as regulation 15B asks: under half an hour goes down,
    half an hour or more up.
    """
    return _nearest(_exact(hours))


def running_credit(period_hours: Sequence[Quantity]) -> RunningCredit:
    """Return the holiday given for the pay periods of a leave year so far, in order.

    Rounding each period can wipe out small weeks: four hours a week earns nothing, ever, though
    thirteen such weeks are worth over six hours. So the exact sum is kept beside the rounded one
    and the better of the two is given. The law sets a least, and an employer may give more.
    """
    rounded = tuple(accrued(hours) for hours in period_hours)
    exact = sum((_exact(hours) for hours in period_hours), Fraction(0))
    credit = max(Fraction(sum(rounded)), exact)
    worked = sum((Fraction(hours) for hours in period_hours), Fraction(0))
    figures = (_shown(worked), _shown(exact), sum(rounded))
    step = Step(_RUNNING, figures, _shown(credit))
    return RunningCredit(rounded, exact, credit, (step,))


def earned_now(earlier_minutes: Sequence[int], minutes_now: int) -> int:
    """Return the whole minutes of holiday one pay period adds to those before it."""
    earlier = [Fraction(minutes, 60) for minutes in earlier_minutes]
    before = running_credit(earlier).minutes
    return running_credit([*earlier, Fraction(minutes_now, 60)]).minutes - before


def cap_in_hours(
    year_hours: Quantity, year_days: int, weeks: int = _AVERAGE_WEEKS
) -> Fraction | None:
    """Return 28 days in hours of the average day worked; nothing for five days a week or fewer.

    The Regulations cap irregular hours at 28 days and do not say how many hours those are. The
    average day is this program's answer.
    """
    if year_days <= _FULL_WEEK * weeks:
        return None
    return MOST_DAYS * Fraction(year_hours) / year_days


def within_cap(before: Quantity, earned: Quantity, cap: Fraction | None) -> Fraction:
    """Return what may still be added to *before* without going over the cap."""
    if cap is None:
        return Fraction(earned)
    return max(Fraction(0), min(Fraction(earned), cap - Fraction(before)))


def accrued_while_absent(weeks: Sequence[WeekWorked], weeks_absent: Quantity) -> AbsenceAccrual:
    """Return the holiday built up in a pay period of sick or statutory leave.

    Args:
        weeks: Complete weeks before the absence, the most recent first. Weeks with any sick or
            statutory leave are passed over; weeks without work for another reason count as none.
        weeks_absent: Weeks of absence in the pay period.
    """
    used = [week.hours for week in weeks[:_LONGEST_LOOK_BACK] if not week.absent]
    used = used[:_AVERAGE_WEEKS]
    total = sum(used, Decimal(0))
    average = Fraction(total) / len(used) if used else Fraction(0)
    exact = average * Fraction(weeks_absent) * Fraction(ACCRUAL_RATE)
    hours = _nearest(exact)
    figures = (len(used), total, _shown(average), _shown(weeks_absent))
    step = Step(_ABSENT, figures, hours)
    return AbsenceAccrual(len(used), total, average, exact, hours, (step,))


# ── rolled-up holiday pay ──


def rolled_up_refusal(
    holiday_class: HolidayClass, leave_year_start: date, nation: Nation
) -> RolledUpRefusal | None:
    """Return why holiday pay may not be rolled up, or nothing when it may."""
    if nation is Nation.NORTHERN_IRELAND or holiday_class is HolidayClass.NORTHERN_IRELAND:
        return RolledUpRefusal.NOT_IN_NORTHERN_IRELAND
    if leave_year_start < NEW_RULES_FROM:
        return RolledUpRefusal.LEAVE_YEAR_TOO_EARLY
    if holiday_class is HolidayClass.REGULAR:
        return RolledUpRefusal.REGULAR_HOURS
    return None


def rolled_up_pay(pay_for_work: Money) -> RolledUpPay:
    """Return the holiday pay to show on its own line beside pay for work.

    Pay for work is everything paid for working: basic, overtime, sleep-ins, waking nights and
    premiums. Expenses, mileage, statutory pay and rolled-up pay itself are not in it.
    """
    amount = Money.of(pay_for_work.pounds * ACCRUAL_RATE, Rounding.PAY)
    return RolledUpPay(amount, (Step(_ROLLED_UP, (pay_for_work,), amount),))


def rolled_up_while_absent(paid: Sequence[Money]) -> RolledUpPay:
    """Return the rolled-up pay for a pay period of sick or statutory leave.

    Args:
        paid: What was paid in each pay period of the 52 weeks before the absence, or since
            rolled-up pay began. There must be at least one.
    """
    total = Money.total(paid)
    amount = Money(int(Fraction(total.pence, len(paid)) + _HALF))
    return RolledUpPay(amount, (Step(_ROLLED_UP_ABSENT, (total, len(paid)), amount),))


def inclusive_rate(rate: Money, minimum: Money) -> InclusiveRate:
    """Take the holiday pay out of an inclusive hourly rate and test what is left."""
    with_holiday = Fraction(1 + ACCRUAL_RATE)
    basic = Fraction(rate.pence, 100) / with_holiday
    least = Money(ceil(minimum.pence * with_holiday))
    step = Step(_INCLUSIVE, (rate, _shown(basic, 4), minimum), least)
    return InclusiveRate(basic, rate.pence >= least.pence, least, (step,))


def _capped(days_per_week: Quantity) -> Fraction:
    return min(WEEKS * Fraction(days_per_week), Fraction(MOST_DAYS))


def _exact(hours: Quantity) -> Fraction:
    return Fraction(hours) * Fraction(ACCRUAL_RATE)


def _nearest(hours: Fraction) -> int:
    return int(hours + _HALF)


def _up_to_half(days: Fraction) -> Fraction:
    return Fraction(ceil(days * 2), 2)


def _whole_months(start: date, day: date) -> int:
    """Return how many whole months from *start* have gone by on *day*."""
    months = (day.year - start.year) * 12 + day.month - start.month
    return months if plus_months(start, months) <= day else months - 1


def _shown(quantity: Quantity, places: int = 2) -> Decimal:
    """Return a quantity as people read it, to so many places."""
    exact = Fraction(quantity)
    return round(Decimal(exact.numerator) / Decimal(exact.denominator), places)


# ── what each step says ──

_FULL_YEAR = Rule(
    id="holiday.full_year",
    title=N_("Holiday for a whole year"),
    sentence=N_(
        "Everybody gets 5.6 weeks of paid holiday a year. At {days} days a week that is {result} "
        "days; 28 is the most the law asks for."
    ),
    names=("days",),
    source=f"{_REGULATIONS}, regulations 13 and 13A",
)
_STARTER = Rule(
    id="holiday.starter",
    title=N_("Holiday for somebody who starts part-way through the year"),
    sentence=N_(
        "A whole year is {year} days. {months} of the 12 months are left, counting the one begun. "
        "Taken up to the next half day, that is {result} days."
    ),
    names=("year", "months"),
    source=f"{_REGULATIONS}, regulation 13(5); GOV.UK, holiday entitlement calculator",
)
_LEAVER = Rule(
    id="holiday.leaver",
    title=N_("Holiday for somebody who leaves part-way through the year"),
    sentence=N_(
        "A whole year is {year} days of holiday. {employed} of the {days_in_year} days of the "
        "leave year were worked in this job, so {result} days were earned."
    ),
    names=("year", "employed", "days_in_year"),
    source=f"{_REGULATIONS}, regulation 14",
)
_FIRST_YEAR = Rule(
    id="holiday.first_year",
    title=N_("Holiday that may be taken so far in the first year"),
    sentence=N_(
        "In the first year of a job a twelfth of {year} days is added at the start of each month. "
        "After {months} of them that is {result} days, a part day taken up to a half or a whole."
    ),
    names=("year", "months"),
    source=f"{_REGULATIONS}, regulation 15A",
)
_RUNNING = Rule(
    id="holiday.running",
    title=N_("Holiday earned by the hours worked"),
    sentence=N_(
        "12.07% of {worked} hours worked in this leave year is {exact} hours. Rounded payday by "
        "payday, as the law says, it is {rounded} hours. The better of the two is given: {result} "
        "hours."
    ),
    names=("worked", "exact", "rounded"),
    source=f"{_REGULATIONS}, regulation 15B; giving the better of the two is this program’s choice",
)
_ABSENT = Rule(
    id="holiday.absent",
    title=N_("Holiday earned while away"),
    sentence=N_(
        "Over the {weeks} weeks before, {hours} hours were worked: {average} a week. 12.07% of "
        "that for {away} weeks away, to the nearest hour, is {result} hours."
    ),
    names=("weeks", "hours", "average", "away"),
    source=f"{_REGULATIONS}, regulation 15C",
)
_ROLLED_UP = Rule(
    id="holiday.rolled_up",
    title=N_("Holiday pay paid with the wages"),
    sentence=N_("12.07% of pay for work of {pay} is {result}, paid on a line of its own."),
    names=("pay",),
    source=f"{_REGULATIONS}, regulation 16A",
)
_ROLLED_UP_ABSENT = Rule(
    id="holiday.rolled_up_absent",
    title=N_("Holiday pay while away"),
    sentence=N_(
        "{total} of holiday pay was paid over {periods} paydays before. The average for one payday "
        "is {result}."
    ),
    names=("total", "periods"),
    source=f"{_REGULATIONS}, regulation 16A",
)
_INCLUSIVE = Rule(
    id="holiday.inclusive",
    title=N_("A rate that includes holiday pay"),
    sentence=N_(
        "Without the 12.07% for holiday, {rate} an hour is £{basic}. Only that counts for the "
        "minimum wage of {minimum}. The lowest rate with holiday in it that is lawful is {result}."
    ),
    names=("rate", "basic", "minimum"),
    source=f"{_REGULATIONS}, regulation 16A; National Minimum Wage Regulations 2015",
)
