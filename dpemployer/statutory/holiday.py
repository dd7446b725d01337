"""Paid holiday for regular hours: what class somebody is in, and what a leave year gives.

Source: Working Time Regulations 1998, regulations 13 to 15F, with the rules for irregular-hours
and part-year workers that apply to leave years starting on or after 1 April 2024; in Northern
Ireland the Working Time Regulations (Northern Ireland) 2016, which have no such rules.

Quantities are exact fractions of hours or days and are rounded once, at the end, except where the
Regulations round for each pay period. Where the law fixes no figure, the source says so. Hours
that vary are in `holiday_accrual`, what holiday is paid at in `holiday_pay`, carrying over,
leaving and notice in `holiday_leave`, and bank holidays in `holiday_contract`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, TypeAlias

from dpemployer.bank_days import Nation
from dpemployer.errors import EntryError
from dpemployer.i18n import N_, _, long_date
from dpemployer.periods import plus_months
from dpemployer.workings import EXACT, Rule, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

Quantity: TypeAlias = Decimal | Fraction | int
"""Hours or days, exact."""

WEEKS = Fraction(28, 5)
"""5.6 weeks a year: regulations 13 and 13A."""
FIRST_POT_WEEKS = 4
"""The weeks of regulation 13; the other 1.6 are those of regulation 13A."""
MOST_DAYS = 28
"""However many days a week somebody works: regulation 13A(3)."""
FULL_WEEK = 5
"""A week of so many days gives the 28 days exactly."""
NEW_RULES_FROM = date(2024, 4, 1)
"""Leave years that start earlier keep the old rules to their end."""
REGULATIONS = "Working Time Regulations 1998"

_ONE_DAY = timedelta(days=1)


class HolidayClass(StrEnum):
    """How holiday builds up, decided for each leave year from the contract."""

    REGULAR = "regular"
    IRREGULAR = "irregular"
    PART_YEAR = "part_year"
    NORTHERN_IRELAND = "ni"

    @property
    def by_the_hour(self) -> bool:
        """Whether each pay period adds 12.07% of the hours worked in it."""
        return self in {HolidayClass.IRREGULAR, HolidayClass.PART_YEAR}


class HoursPattern(StrEnum):
    """What a contract says of the hours."""

    FIXED = "fixed"
    ROTATING_FIXED = "rotating_fixed"
    """A rota whose weeks differ and come round again."""
    ANNUALISED = "annualised"
    GUARANTEED_PLUS_VARIABLE = "guaranteed_plus_variable"
    """A few hours for certain, under hours that mostly vary."""
    ZERO_HOURS = "zero_hours"
    PART_YEAR = "part_year"
    """Work in only part of the year, with unpaid weeks in which none is asked for."""


@dataclass(frozen=True, slots=True)
class ClassDecided:
    """How holiday builds up in one leave year, and why."""

    holiday_class: HolidayClass
    uncertain: bool
    """The law does not say for certain; the employer has to decide, and keep the reason."""
    workings: tuple[Step, ...] = field(repr=False)


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
        return ceil(self.in_minutes(hours_per_week, days_per_week))

    def in_minutes(self, hours_per_week: Quantity, days_per_week: Quantity) -> Fraction:
        """Return the days given as minutes of an average working day, exactly."""
        return self.days * Fraction(hours_per_week) / Fraction(days_per_week) * 60


@dataclass(frozen=True, slots=True)
class LeaveYear:
    """The months in which holiday is counted: twelve, but for one that a change cut short."""

    first_day: date
    last_day: date

    @classmethod
    def starting(cls, first_day: date) -> LeaveYear:
        """Return the whole leave year that starts on a day."""
        return cls(first_day, plus_months(first_day, 12) - _ONE_DAY)

    @property
    def days(self) -> int:
        """How many days it has, both ends counted: 366 where 29 February is one of them."""
        return (self.last_day - self.first_day).days + 1

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True, slots=True)
class YearPart:
    """A part of a leave year in which the contract says the same hours all the time."""

    days: int
    """How many days of the leave year it has."""
    hours_per_week: Quantity
    days_per_week: Quantity


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


def class_of(pattern: HoursPattern, nation: Nation, leave_year_start: date) -> ClassDecided:
    """Say how holiday builds up under a contract with such hours, for one leave year.

    A small guarantee under hours that mostly vary is taken for irregular hours, and said to be
    uncertain: the Regulations do not say how much may be fixed.
    """
    varies = {HoursPattern.ZERO_HOURS, HoursPattern.GUARANTEED_PLUS_VARIABLE}
    decided = classify(
        nation,
        leave_year_start,
        hours_mostly_vary=pattern in varies,
        part_year=pattern is HoursPattern.PART_YEAR,
    )
    uncertain = (
        pattern is HoursPattern.GUARANTEED_PLUS_VARIABLE and decided is HolidayClass.IRREGULAR
    )
    return ClassDecided(decided, uncertain, (class_step(decided, leave_year_start),))


def class_step(decided: HolidayClass, leave_year_start: date) -> Step:
    """Say how holiday builds up in the leave year that begins on a day, and by which rule."""
    rule = _CLASS_RULES[decided]
    if decided is HolidayClass.REGULAR and leave_year_start < NEW_RULES_FROM:
        rule = _OLD_RULES
    return Step(rule, (leave_year_start,), None)


def full_year(days_per_week: Quantity) -> Entitlement:
    """Return the days of a whole leave year: 5.6 weeks, and never more than 28."""
    days = _capped(days_per_week)
    step = Step(_FULL_YEAR, (as_read(days_per_week),), as_read(days))
    return Entitlement(days, days, (step,))


def full_year_hours(hours_per_week: Quantity, days_per_week: Quantity | None = None) -> Fraction:
    """Return the hours of a whole leave year; above five days a week the 28 days are the most."""
    if days_per_week is None or days_per_week <= FULL_WEEK:
        return WEEKS * Fraction(hours_per_week)
    return MOST_DAYS * Fraction(hours_per_week) / Fraction(days_per_week)


def starter(days_per_week: Quantity, leave_year_start: date, started_on: date) -> Entitlement:
    """Return the days of a leave year somebody starts part-way through.

    Months of the leave year that have not wholly gone count whole, as the calculator on GOV.UK
    counts them; the result goes up to the next half day. The 28 days are applied first. Somebody
    who was there before the leave year began has all twelve months.

    Raises:
        EntryError: If the leave year is over when they start.
    """
    _refuse_outside(leave_year_start, started_on)
    months = 12 - max(0, _whole_months(leave_year_start, started_on))
    exact = _capped(days_per_week) * months / 12
    days = _up_to_half(exact)
    step = Step(_STARTER, (as_read(_capped(days_per_week)), months), as_read(days))
    return Entitlement(exact, days, (step,), months)


def leaver(
    days_per_week: Quantity,
    leave_year_start: date,
    leaving_on: date,
    started_on: date | None = None,
) -> Entitlement:
    """Return the days built up by the last day of employment, counted in days, not months.

    Raises:
        EntryError: If the last day is not in the leave year, or is before the first.
    """
    year = LeaveYear.starting(leave_year_start)
    first = leave_year_start if started_on is None else max(leave_year_start, started_on)
    if leaving_on not in year or leaving_on < first:
        raise EntryError(
            what=_("{day} is not a last day between {first} and {last}.").format(
                day=long_date(leaving_on), first=long_date(first), last=long_date(year.last_day)
            ),
            why=_("Holiday of somebody who leaves is counted in the leave year they leave in."),
            next_step=_("Check the last day, the first day and the start of the leave year."),
        )
    employed = (leaving_on - first).days + 1
    days = _capped(days_per_week) * employed / year.days
    step = Step(_LEAVER, (as_read(_capped(days_per_week)), employed, year.days), as_read(days))
    return Entitlement(days, days, (step,))


def short_year(days_per_week: Quantity, first_day: date, last_day: date) -> Entitlement:
    """Return the days of a leave year cut short because the contract moves its start.

    It has its share of the whole year that would have begun on its first day.

    Raises:
        EntryError: If the days are the wrong way round, or further apart than a year.
    """
    return leaver(days_per_week, first_day, last_day)


def first_year(days_per_week: Quantity, started_on: date, day: date) -> Entitlement:
    """Return the days that may be taken so far in the first year of employment.

    A twelfth is added at the start of each month of employment, the first on the first day; a part
    of a day up to a half counts as a half, and more than a half as a whole one.

    Raises:
        EntryError: If the day is before the employment.
    """
    if day < started_on:
        raise EntryError(
            what=_("{day} is before the employment began, on {first}.").format(
                day=long_date(day), first=long_date(started_on)
            ),
            why=_("Holiday builds up from the first day of an employment."),
            next_step=_("Ask for a day of the employment."),
        )
    months = min(_whole_months(started_on, day) + 1, 12)
    exact = _capped(days_per_week) * months / 12
    days = _up_to_half(exact)
    step = Step(_FIRST_YEAR, (as_read(_capped(days_per_week)), months), as_read(days))
    return Entitlement(exact, days, (step,), months)


def split_year_minutes(parts: Sequence[YearPart], given: Sequence[Entitlement]) -> Fraction:
    """Return the exact minutes of a leave year whose hours change part-way through.

    Each part gives its share, by days, of what its hours would give over all of them; so a year
    split into parts with the same hours gives exactly what it gives whole, and what an earlier
    part gave is never worked out again at later hours.

    Args:
        parts: The parts, in order; together all days of the employment in the leave year.
        given: For each part, what its days a week give over all the parts together.
    """
    together = sum(part.days for part in parts)
    return sum(
        (
            whole.in_minutes(part.hours_per_week, part.days_per_week) * part.days / together
            for part, whole in zip(parts, given, strict=True)
        ),
        Fraction(0),
    )


def as_read(quantity: Quantity, places: int = 2) -> Decimal:
    """Return a quantity as people read it, to so many places."""
    exact = Fraction(quantity)
    return round(Decimal(exact.numerator) / Decimal(exact.denominator), places)


def _capped(days_per_week: Quantity) -> Fraction:
    return min(WEEKS * Fraction(days_per_week), Fraction(MOST_DAYS))


def _up_to_half(days: Fraction) -> Fraction:
    return Fraction(ceil(days * 2), 2)


def _whole_months(start: date, day: date) -> int:
    """Return how many whole months from *start* have gone by on *day*."""
    months = (day.year - start.year) * 12 + day.month - start.month
    return months if plus_months(start, months) <= day else months - 1


def _refuse_outside(leave_year_start: date, started_on: date) -> None:
    year = LeaveYear.starting(leave_year_start)
    if started_on > year.last_day:
        raise EntryError(
            what=_("{day} is after the leave year, which ends on {last}.").format(
                day=long_date(started_on), last=long_date(year.last_day)
            ),
            why=_("Somebody who starts later has holiday in a later leave year."),
            next_step=_("Check the first day and the start of the leave year."),
        )


# ── what each step says ──

_REGULAR_CLASS = Rule(
    id="holiday.class.regular",
    title=N_("How holiday builds up"),
    sentence=N_(
        "The contract fixes the hours, so the leave year from {leave_year} gives 5.6 weeks of "
        "them. A rota whose weeks differ and come round again is fixed."
    ),
    names=("leave_year",),
    source=f"{REGULATIONS}, regulations 13, 13A and 15F",
    rounding=EXACT,
    since=date(1998, 10, 1),
)
_OLD_RULES = Rule(
    id="holiday.class.old_rules",
    title=N_("How holiday builds up"),
    sentence=N_(
        "The leave year from {leave_year} began before 1 April 2024. Until it ends everybody has "
        "5.6 weeks, whatever their hours."
    ),
    names=("leave_year",),
    source="The Employment Rights (Amendment, Revocation and Transitional Provision) "
    "Regulations 2023, regulation 3",
    rounding=EXACT,
)
_IRREGULAR_CLASS = Rule(
    id="holiday.class.irregular",
    title=N_("How holiday builds up"),
    sentence=N_(
        "Under the contract the paid hours of each pay period are wholly or mostly variable. So "
        "in the leave year from {leave_year} each pay period adds 12.07% of the hours worked."
    ),
    names=("leave_year",),
    source=f"{REGULATIONS}, regulations 15B and 15F",
    rounding=EXACT,
    since=NEW_RULES_FROM,
)
_PART_YEAR_CLASS = Rule(
    id="holiday.class.part_year",
    title=N_("How holiday builds up"),
    sentence=N_(
        "The contract asks for work in only part of the year, with unpaid weeks. So in the leave "
        "year from {leave_year} each pay period adds 12.07% of the hours worked."
    ),
    names=("leave_year",),
    source=f"{REGULATIONS}, regulations 15B and 15F",
    rounding=EXACT,
    since=NEW_RULES_FROM,
)
_NI_CLASS = Rule(
    id="holiday.class.ni",
    title=N_("How holiday builds up"),
    sentence=N_(
        "In Northern Ireland every leave year gives 5.6 weeks, whatever the hours; so does the one "
        "from {leave_year}. The 12.07% of the rest of the country is not the law there."
    ),
    names=("leave_year",),
    source="Working Time Regulations (Northern Ireland) 2016, regulations 15 and 16",
    rounding=EXACT,
)
_CLASS_RULES = {
    HolidayClass.REGULAR: _REGULAR_CLASS,
    HolidayClass.IRREGULAR: _IRREGULAR_CLASS,
    HolidayClass.PART_YEAR: _PART_YEAR_CLASS,
    HolidayClass.NORTHERN_IRELAND: _NI_CLASS,
}
_FULL_YEAR = Rule(
    id="holiday.full_year",
    title=N_("Holiday for a whole year"),
    sentence=N_(
        "Everybody gets 5.6 weeks of paid holiday a year. At {days} days a week that is {result} "
        "days; 28 is the most the law asks for."
    ),
    names=("days",),
    source=f"{REGULATIONS}, regulations 13 and 13A",
    rounding=N_("never down: 16.8 days are 16.8 days"),
)
_STARTER = Rule(
    id="holiday.starter",
    title=N_("Holiday for somebody who starts part-way through the year"),
    sentence=N_(
        "A whole year is {year} days. {months} of the 12 months are left, counting the one begun. "
        "Taken up to the next half day, that is {result} days."
    ),
    names=("year", "months"),
    source=f"{REGULATIONS}, regulation 13(5); GOV.UK, holiday entitlement calculator",
    rounding=N_("up to the next half day"),
)
_LEAVER = Rule(
    id="holiday.leaver",
    title=N_("Holiday for part of a year, by its days"),
    sentence=N_(
        "A whole year is {year} days of holiday. {employed} of the {days_in_year} days of the "
        "leave year count, so {result} days were earned."
    ),
    names=("year", "employed", "days_in_year"),
    source=f"{REGULATIONS}, regulation 14",
    rounding=N_("never down; the exact part of a day is kept"),
)
_FIRST_YEAR = Rule(
    id="holiday.first_year",
    title=N_("Holiday that may be taken so far in the first year"),
    sentence=N_(
        "In the first year of a job a twelfth of {year} days is added at the start of each month. "
        "After {months} of them that is {result} days, a part day taken up to a half or a whole."
    ),
    names=("year", "months"),
    source=f"{REGULATIONS}, regulation 15A",
    rounding=N_("up to the next half day"),
)
