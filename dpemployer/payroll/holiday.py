"""Holiday of one employment: what is earned, carried over and taken, and what is left.

Balances are held in minutes. They are sums: what the book began with, what each payslip earned
and took, and for regular hours what each leave year gives. Nothing lapses by itself: what is
left over stays in the balance until it is decided what goes on into the next leave year.
The 28-day limit is not applied to irregular hours: the law does not say how to turn it into
hours, and more than the least may always be given.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from dpemployer.i18n import N_, hours_and_minutes
from dpemployer.payroll.leave_years import HolidayContract, LeaveYear
from dpemployer.payroll.people import OpeningHoliday
from dpemployer.statutory.holiday import NEW_RULES_FROM
from dpemployer.statutory.holiday_accrual import running_credit
from dpemployer.workings import EXACT, Rule, Step

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dpemployer.payroll.pay_elements import Elements

EARNED = Rule(
    "holiday.earned",
    N_("Holiday earned"),
    N_(
        "Hours worked in this leave year: {worked}. 12.07% of them, payday by payday and each to "
        "the nearest hour, is {rounded}; the exact sum is {exact}. {before} was given before, so "
        "this payday adds {result}."
    ),
    ("worked", "rounded", "exact", "before"),
    "Working Time Regulations 1998, regulation 15B",
    N_("to the nearest hour for each payday; what is left of the exact sum comes at the end"),
    NEW_RULES_FROM,
)
BALANCE = Rule(
    "holiday.balance",
    N_("Holiday left"),
    N_(
        "{brought_forward} was there when the leave year or this book began, {earned} has been "
        "added and {taken} taken, which leaves {result}."
    ),
    ("brought_forward", "earned", "taken"),
    "Working Time Regulations 1998, regulations 13 to 15B",
    EXACT,
)

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """What one payslip says of holiday."""

    last_day: date
    """Of its pay period, on which its holiday is earned."""
    worked_minutes: int
    """Worked while hours vary, so that it adds 12.07% of itself."""
    earned: int
    taken: int
    absence_minutes: int = 0
    """Away sick or on family leave while hours vary: the average time."""


@dataclass(frozen=True, slots=True)
class HolidayBefore:
    """What is known of holiday before a payslip, or on a day.

    `rows` are the payslips of the leave year; `earned_earlier` and `taken_earlier` are the sums
    of those of leave years before it. `began` is the first day the book answers for.
    """

    opening: OpeningHoliday | None = None
    began: date | None = None
    earned_earlier: int = 0
    taken_earlier: int = 0
    rows: tuple[HolidayRow, ...] = ()
    lost_earlier: int = 0
    """What was left at the end of leave years before it, and does not go on."""
    average_week_minutes: int = 0
    """Of the last 12 paid weeks: only in Northern Ireland, where hours vary."""


@dataclass(frozen=True, slots=True)
class HolidayBalance:
    """Holiday in one leave year, in minutes."""

    year: LeaveYear
    brought_forward: int
    earned: int
    taken: int

    @property
    def left(self) -> int:
        """What may still be taken; below nothing when more was taken than there was."""
        return self.brought_forward + self.earned - self.taken

    def step(self) -> Step:
        """Say how the balance comes about."""
        figures = (self.brought_forward, self.earned, self.taken)
        return Step(
            BALANCE,
            tuple(hours_and_minutes(minutes) for minutes in figures),
            hours_and_minutes(self.left),
        )


@dataclass(frozen=True, slots=True)
class Accrual:
    """What one pay period adds to holiday that builds up by the hour, in minutes."""

    worked_minutes: int
    absence_minutes: int
    earned: int
    steps: tuple[Step, ...] = field(repr=False)


def accruing_minutes(contract: HolidayContract, elements: Elements) -> int:
    """Add up the time worked on days whose terms give 12.07% of it."""
    return sum(
        minutes
        for element in elements.elements
        if element.worked
        for day, minutes, _weight in element.days
        if contract.on(day).holiday_class.by_the_hour
    )


def earned_in_period(
    contract: HolidayContract,
    days: tuple[date, date],
    worked_minutes: int,
    rows: Iterable[HolidayRow],
    absence_minutes: int = 0,
) -> Accrual:
    """Return the minutes of holiday one pay period adds, for hours that vary.

    The law rounds the 12.07% of each period to the nearest hour, and small weeks can vanish in
    that. So whole hours are made up as soon as the exact sum of the leave year is ahead of the
    rounded one, and at the end of the leave year, of the employment or of hours that vary, the
    exact sum, where it is more, is given to the minute.

    Args:
        contract: Whose holiday it is, and its dated terms.
        days: The first and the last day of the pay period; holiday is earned on the last.
        worked_minutes: Worked in the period while hours vary.
        rows: The other payslips of the same leave year, up to this one. Rows of one period are
            added together, so that a reversal takes away what it takes back.
        absence_minutes: The average time of the days away sick or on family leave.
    """
    if not contract.builds_up_by_the_hour(*days):
        return Accrual(0, 0, 0, ())
    last_day = days[1]
    periods: dict[tuple[date, bool], int] = defaultdict(int)
    given = 0
    for row in (*rows, HolidayRow(last_day, worked_minutes, 0, 0, absence_minutes)):
        periods[row.last_day, False] += row.worked_minutes
        periods[row.last_day, True] += row.absence_minutes
        given += row.earned
    credit = running_credit([Fraction(minutes, 60) for minutes in periods.values()])
    rounded = 60 * sum(credit.rounded_hours)
    if _is_last_period(contract, last_day):
        due = max(rounded, ceil(credit.exact * 60))
    else:
        due = max(rounded, 60 * floor(credit.exact))
    earned = max(0, due - given)
    figures = (sum(periods.values()), rounded, ceil(credit.exact * 60), given)
    step = Step(
        EARNED,
        tuple(hours_and_minutes(minutes) for minutes in figures),
        hours_and_minutes(earned),
    )
    return Accrual(worked_minutes, absence_minutes, earned, (step,))


def _is_last_period(contract: HolidayContract, last_day: date) -> bool:
    """Whether no later period adds to the same leave year by the hour."""
    if contract.left_on is not None and contract.left_on <= last_day:
        return True
    after = contract.employment.schedule.period_of(last_day + _ONE_DAY)
    if not contract.builds_up_by_the_hour(after.first_day, after.last_day):
        return True
    return after.last_day not in contract.leave_year_of(last_day)


def balance(contract: HolidayContract, day: date, before: HolidayBefore) -> HolidayBalance:
    """Add up the holiday of the leave year that holds *day*."""
    year = contract.leave_year_of(day)
    opening = before.opening
    left_over = (opening.minutes_left if opening else 0) + before.earned_earlier
    left_over -= before.taken_earlier + before.lost_earlier
    for earlier in _years_before(contract, before, year):
        left_over += _given(contract, earlier, before)
    earned = sum(row.earned for row in before.rows) + _given(contract, year, before)
    return HolidayBalance(year, left_over, earned, sum(row.taken for row in before.rows))


def _years_before(
    contract: HolidayContract, before: HolidayBefore, year: LeaveYear
) -> Iterable[LeaveYear]:
    """Return the leave years the book answers for, before one."""
    begins = before.opening.as_of if before.opening else _first_day_counted(contract, before)
    earlier = contract.leave_year_of(begins)
    while earlier.first_day < year.first_day:
        yield earlier
        earlier = contract.leave_year_of(earlier.last_day + _ONE_DAY)


def _given(contract: HolidayContract, year: LeaveYear, before: HolidayBefore) -> int:
    """Return the minutes a leave year gives by its terms.

    The figure a book begins with holds the whole of its leave year by the terms of that day. What
    a later change of terms or a last day makes of the year is added to it, or taken off.
    """
    given = contract.entitlement(year, before.average_week_minutes)
    opening = before.opening
    if opening is None or opening.as_of < year.first_day:
        return given
    if opening.as_of > year.last_day:
        return 0
    known = tuple(term for term in contract.terms if term.from_day <= opening.as_of)
    staying = replace(contract.employment, left_on=None)
    as_it_was = HolidayContract(staying, known or contract.terms[:1])
    whole = as_it_was.leave_year_of(opening.as_of)
    return given - as_it_was.entitlement(whole, before.average_week_minutes)


def _first_day_counted(contract: HolidayContract, before: HolidayBefore) -> date:
    """Without an opening figure holiday counts from the start, or from the book's first year."""
    if before.began is None:
        return contract.started_on
    return max(contract.started_on, before.began)
