"""Paid holiday that builds up by the hours worked: irregular hours and part-year work.

Source: Working Time Regulations 1998, regulations 15B to 15D, for leave years starting on or
after 1 April 2024 in Great Britain. Northern Ireland has no such rules.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from dpemployer.i18n import N_
from dpemployer.statutory.holiday import (
    FULL_WEEK,
    MOST_DAYS,
    NEW_RULES_FROM,
    REGULATIONS,
    Quantity,
    as_read,
)
from dpemployer.workings import Rule, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

ACCRUAL_RATE = Decimal("0.1207")
"""Holiday earned for each hour worked, as regulation 15B states it.

It is never recalculated as 5.6 weeks out of 46.4: that gives 12.0689…%, and the law says 12.07%.
"""
RELEVANT_WEEKS = 52
"""Weeks an average is taken over in Great Britain."""
LOOK_BACK_WEEKS = 104
"""How far back those weeks may lie."""

_HALF = Fraction(1, 2)


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
class CappedAccrual:
    """What one pay period adds under the 28 days."""

    rounded_hours: int
    cap: Fraction | None
    """The most hours of the leave year; None where 28 days are not reached."""
    credited: Fraction
    workings: tuple[Step, ...] = field(repr=False)


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


def accrued(hours: Quantity) -> int:
    """Return the whole hours of holiday earned by *hours* worked in one pay period.

    Rounded at the end of each pay period, as regulation 15B asks: under half an hour goes down,
    half an hour or more up.
    """
    return _nearest(exact_hours(hours))


def exact_hours(hours: Quantity) -> Fraction:
    """Return 12.07% of *hours*, without any rounding."""
    return Fraction(hours) * Fraction(ACCRUAL_RATE)


def running_credit(period_hours: Sequence[Quantity]) -> RunningCredit:
    """Return the holiday given for the pay periods of a leave year so far, in order.

    Rounding each period can wipe out small weeks: four hours a week earns nothing, ever, though
    thirteen such weeks are worth over six hours. So the exact sum is kept beside the rounded one
    and the better of the two is given. The law sets a least, and an employer may give more.
    """
    rounded = tuple(accrued(hours) for hours in period_hours)
    exact = sum((exact_hours(hours) for hours in period_hours), Fraction(0))
    credit = max(Fraction(sum(rounded)), exact)
    worked = sum((Fraction(hours) for hours in period_hours), Fraction(0))
    figures = (as_read(worked), as_read(exact), sum(rounded))
    step = Step(_RUNNING, figures, as_read(credit))
    return RunningCredit(rounded, exact, credit, (step,))


def earned_now(earlier_minutes: Sequence[int], minutes_now: int) -> int:
    """Return the whole minutes of holiday one pay period adds to those before it."""
    earlier = [Fraction(minutes, 60) for minutes in earlier_minutes]
    before = running_credit(earlier).minutes
    return running_credit([*earlier, Fraction(minutes_now, 60)]).minutes - before


def cap_in_hours(
    year_hours: Quantity, year_days: int, weeks: int = RELEVANT_WEEKS
) -> Fraction | None:
    """Return 28 days in hours of the average day worked; nothing for five days a week or fewer.

    The Regulations cap irregular hours at 28 days and do not say how many hours those are. The
    average day is this program's answer.
    """
    if year_days <= FULL_WEEK * weeks:
        return None
    return MOST_DAYS * Fraction(year_hours) / year_days


def within_cap(before: Quantity, earned: Quantity, cap: Fraction | None) -> Fraction:
    """Return what may still be added to *before* without going over the cap."""
    if cap is None:
        return Fraction(earned)
    return max(Fraction(0), min(Fraction(earned), cap - Fraction(before)))


def accrued_under_cap(
    before: Quantity, hours: Quantity, year_hours: Quantity, year_days: int
) -> CappedAccrual:
    """Return what *hours* worked in a pay period add to the hours of holiday *before* them.

    Args:
        before: Hours of holiday the leave year has given already.
        hours: Worked in the pay period.
        year_hours: Worked in the leave year.
        year_days: On so many different days.
    """
    rounded = accrued(hours)
    cap = cap_in_hours(year_hours, year_days)
    credited = within_cap(before, rounded, cap)
    if cap is None:
        step = Step(_UNDER_FULL_WEEKS, (year_days, rounded), as_read(credited))
    else:
        figures = (as_read(year_hours), year_days, as_read(cap), as_read(before), rounded)
        step = Step(_CAPPED, figures, as_read(credited))
    return CappedAccrual(rounded, cap, credited, (step,))


def accrued_while_absent(weeks: Sequence[WeekWorked], weeks_absent: Quantity) -> AbsenceAccrual:
    """Return the holiday built up in a pay period of sick or statutory leave.

    Args:
        weeks: Complete weeks before the absence, the most recent first. Weeks with any sick or
            statutory leave are passed over; weeks without work for another reason count as none.
        weeks_absent: Weeks of absence in the pay period. The Regulations do not say how much of a
            week a day is; this program counts a seventh.
    """
    used = [week.hours for week in weeks[:LOOK_BACK_WEEKS] if not week.absent]
    used = used[:RELEVANT_WEEKS]
    total = sum(used, Decimal(0))
    average = Fraction(total) / len(used) if used else Fraction(0)
    exact = exact_hours(average * Fraction(weeks_absent))
    hours = _nearest(exact)
    figures = (len(used), total, as_read(average), as_read(weeks_absent))
    step = Step(_ABSENT, figures, hours)
    return AbsenceAccrual(len(used), total, average, exact, hours, (step,))


def _nearest(hours: Fraction) -> int:
    return int(hours + _HALF)


# ── what each step says ──

_RUNNING = Rule(
    id="holiday.running",
    title=N_("Holiday earned by the hours worked"),
    sentence=N_(
        "12.07% of {worked} hours worked in this leave year is {exact} hours. Rounded payday by "
        "payday, as the law says, it is {rounded} hours. The better of the two is given: {result} "
        "hours."
    ),
    names=("worked", "exact", "rounded"),
    source=f"{REGULATIONS}, regulation 15B; giving the better of the two is this program’s choice",
    rounding=N_("to the nearest hour for each payday; the exact sum is kept beside it"),
    since=NEW_RULES_FROM,
)
_UNDER_FULL_WEEKS = Rule(
    id="holiday.under_full_weeks",
    title=N_("The limit of 28 days"),
    sentence=N_(
        "The limit of 28 days is for people who work more than five days a week. With {days} days "
        "worked in the year it does not come into it: the {rounded} hours are added, {result}."
    ),
    names=("days", "rounded"),
    source=f"{REGULATIONS}, regulation 15B",
    rounding=N_("to the nearest hour, half an hour going up"),
    since=NEW_RULES_FROM,
)
_CAPPED = Rule(
    id="holiday.capped",
    title=N_("The limit of 28 days"),
    sentence=N_(
        "{hours} hours on {days} days make an average day, and 28 of those are {cap} hours. There "
        "were {before} hours already, so of the {rounded} hours earned {result} are added."
    ),
    names=("hours", "days", "cap", "before", "rounded"),
    source=f"{REGULATIONS}, regulation 15B; the law does not say how many hours 28 days are, and "
    "the average day is this program’s answer",
    rounding=N_("to the nearest hour, half an hour going up"),
    since=NEW_RULES_FROM,
)
_ABSENT = Rule(
    id="holiday.absent",
    title=N_("Holiday earned while away"),
    sentence=N_(
        "Over the {weeks} weeks before, {hours} hours were worked: {average} a week. 12.07% of "
        "that for {away} weeks away, to the nearest hour, is {result} hours."
    ),
    names=("weeks", "hours", "average", "away"),
    source=f"{REGULATIONS}, regulation 15C",
    rounding=N_("to the nearest hour, half an hour going up"),
    since=NEW_RULES_FROM,
)
