"""Holiday of one employment: leave years, what is earned and taken, and what an hour is paid.

Balances are held in minutes. They are sums: what the book began with, what each payslip earned
and took, and for regular hours what each leave year gives. Nothing lapses by itself: what is
left over stays in the balance until the employer and the personal assistant agree otherwise.
The 28-day limit is not applied to irregular hours: the law does not say how to turn it into
hours, and more than the least may always be given.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from dpemployer.i18n import N_, _, hours_and_minutes
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.pay_elements import (
    Elements,
    HolidayHour,
    basic_rate_on,
    pay_by_week,
    pay_elements,
)
from dpemployer.payroll.people import HolidayClass, OpeningHoliday, PayType
from dpemployer.periods import PayFrequency, plus_months
from dpemployer.statutory.holiday import (
    MOST_DAYS,
    NEW_RULES_FROM,
    WEEKS,
    full_year,
    leaver,
    starter,
)
from dpemployer.statutory.holiday import LeaveYear as LeaveYear  # noqa: PLC0414 - of an employment
from dpemployer.statutory.holiday_accrual import running_credit
from dpemployer.workings import EXACT, Rule, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dpemployer.payroll.people import Employment, PayRate
    from dpemployer.payroll.timesheet import Shift

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
_REST_OF_A_WEEK = timedelta(days=6)
_SATURDAY = 5
_LOOK_BACK = timedelta(weeks=104)
_PAID_WEEKS = 52
_PAID_WEEKS_NI = 12
_FIVE_DAYS = 5
"""A week whose 5.6 weeks are the 28 days exactly."""
_BY_THE_HOUR = frozenset({HolidayClass.IRREGULAR, HolidayClass.PART_YEAR})


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """What one payslip says of holiday."""

    last_day: date
    """Of its pay period, on which its holiday is earned."""
    worked_minutes: int
    earned: int
    taken: int


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


def builds_up_by_the_hour(employment: Employment) -> bool:
    """Whether each payday adds 12.07% of the hours worked."""
    return employment.holiday_class in _BY_THE_HOUR


def leave_year_of(employment: Employment, day: date) -> LeaveYear:
    """Return the leave year of an employment that holds a day."""
    start = employment.leave_year_start or employment.started_on
    years = day.year - start.year
    while plus_months(start, 12 * years) > day:
        years -= 1
    first = plus_months(start, 12 * years)
    return LeaveYear(first, plus_months(start, 12 * (years + 1)) - _ONE_DAY)


def week_ending(employment: Employment, day: date) -> date:
    """Return the last day of the pay week that holds a day.

    For weekly pay that is the pay period; otherwise weeks end on Saturday, as the law says.
    """
    if employment.frequency is PayFrequency.WEEKLY:
        return employment.schedule.period_of(day).last_day
    return day + timedelta(days=(_SATURDAY - day.weekday()) % 7)


def earned_in_period(
    employment: Employment, last_day: date, worked_minutes: int, rows: Iterable[HolidayRow]
) -> tuple[int, tuple[Step, ...]]:
    """Return the minutes of holiday one pay period adds, for hours that vary.

    The law rounds the 12.07% of each period to the nearest hour, and small weeks can vanish in
    that. So whole hours are made up as soon as the exact sum of the leave year is ahead of the
    rounded one, and at the end of the leave year or of the employment the exact sum, where it
    is more, is given to the minute.

    Args:
        employment: Whose holiday it is.
        last_day: Of the pay period, on which holiday is earned.
        worked_minutes: Worked in the period.
        rows: The other payslips of the same leave year, up to this one. Rows of one period are
            added together, so that a reversal takes away what it takes back.
    """
    if not builds_up_by_the_hour(employment):
        return 0, ()
    worked: dict[date, int] = defaultdict(int)
    given = 0
    for row in rows:
        worked[row.last_day] += row.worked_minutes
        given += row.earned
    worked[last_day] += worked_minutes
    credit = running_credit([Fraction(minutes, 60) for minutes in worked.values()])
    rounded = 60 * sum(credit.rounded_hours)
    if _is_last_period(employment, last_day):
        due = max(rounded, ceil(credit.exact * 60))
    else:
        due = max(rounded, 60 * floor(credit.exact))
    earned = max(0, due - given)
    figures = (sum(worked.values()), rounded, ceil(credit.exact * 60), given)
    step = Step(
        EARNED,
        tuple(hours_and_minutes(minutes) for minutes in figures),
        hours_and_minutes(earned),
    )
    return earned, (step,)


def _is_last_period(employment: Employment, last_day: date) -> bool:
    """Whether no later period adds to the same leave year."""
    if employment.left_on is not None and employment.left_on <= last_day:
        return True
    after = employment.schedule.period_of(last_day + _ONE_DAY)
    return after.last_day not in leave_year_of(employment, last_day)


def balance(employment: Employment, day: date, before: HolidayBefore) -> HolidayBalance:
    """Add up the holiday of the leave year that holds *day*."""
    year = leave_year_of(employment, day)
    taken = sum(row.taken for row in before.rows)
    opening = before.opening
    left_over = (opening.minutes_left if opening else 0) - before.taken_earlier
    if builds_up_by_the_hour(employment):
        earned = sum(row.earned for row in before.rows)
        return HolidayBalance(year, left_over + before.earned_earlier, earned, taken)
    if opening and opening.as_of >= year.first_day:
        return HolidayBalance(year, left_over, 0, taken)
    begins = opening.as_of + _ONE_DAY if opening else _first_day_counted(employment, before)
    earlier = leave_year_of(employment, begins)
    if opening:
        earlier = leave_year_of(employment, earlier.last_day + _ONE_DAY)
    while earlier.first_day < year.first_day:
        left_over += entitlement(employment, earlier, before.average_week_minutes)
        earlier = leave_year_of(employment, earlier.last_day + _ONE_DAY)
    earned = entitlement(employment, year, before.average_week_minutes)
    return HolidayBalance(year, left_over, earned, taken)


def _first_day_counted(employment: Employment, before: HolidayBefore) -> date:
    """Without an opening figure holiday counts from the start, or from the book's first year."""
    if before.began is None:
        return employment.started_on
    return max(employment.started_on, before.began)


def entitlement(employment: Employment, year: LeaveYear, average_week_minutes: int = 0) -> int:
    """Return the minutes a leave year gives for regular hours, or in Northern Ireland."""
    if not _employed_in(employment, year):
        return 0
    hours, days = employment.hours_per_week, employment.days_per_week
    if hours is None or days is None:
        return ceil(WEEKS * _part_of_year(employment, year) * average_week_minutes)
    left, started = employment.left_on, employment.started_on
    if left is not None and left in year:
        given = leaver(days, year.first_day, left, started)
    elif started > year.first_day:
        given = starter(days, year.first_day, started)
    else:
        given = full_year(days)
    return given.minutes(hours, days)


def _employed_in(employment: Employment, year: LeaveYear) -> bool:
    """Whether the employment was in force on any day of a leave year."""
    left = employment.left_on
    return employment.started_on <= year.last_day and (left is None or left >= year.first_day)


def _part_of_year(employment: Employment, year: LeaveYear) -> Fraction:
    """Return how much of a leave year's holiday somebody gets who starts or leaves in it."""
    left, started = employment.left_on, employment.started_on
    if left is not None and left in year:
        return leaver(_FIVE_DAYS, year.first_day, left, started).days / MOST_DAYS
    if started > year.first_day:
        return Fraction(starter(_FIVE_DAYS, year.first_day, started).months, 12)
    return Fraction(1)


def average_hour(
    weeks: Mapping[date, tuple[int, Money]], leave_begins: date, holiday_class: HolidayClass
) -> HolidayHour | None:
    """Return the average hour of the paid weeks before leave begins; None when there are none.

    Weeks without pay are passed over. The last 52 paid weeks count, none longer ago than 104;
    in Northern Ireland the last 12, however long ago.

    Args:
        weeks: For the day each week ends: minutes, and pay.
        leave_begins: The first day of the leave.
        holiday_class: How holiday builds up.
    """
    northern_ireland = holiday_class is HolidayClass.NORTHERN_IRELAND
    most = _PAID_WEEKS_NI if northern_ireland else _PAID_WEEKS
    oldest = date.min if northern_ireland else leave_begins - _LOOK_BACK
    used = [
        weeks[ending]
        for ending in sorted(weeks, reverse=True)
        if oldest <= ending < leave_begins and weeks[ending][1] > NOTHING
    ][:most]
    minutes = sum(length for length, _pay in used)
    if minutes <= 0:
        return None
    return HolidayHour(Money.total(pay for _length, pay in used), minutes, len(used))


def holiday_hour(
    employment: Employment,
    rates: Sequence[PayRate],
    weeks: Mapping[date, tuple[int, Money]],
    day: date,
    leave_begins: date,
) -> HolidayHour | None:
    """Return what holiday taken on a day is paid at; None when nothing can say.

    Hours that vary are paid at the average of the paid weeks before; where no complete week has
    been paid yet, at the usual rate. Regular hours are paid at the usual rate, or at the average
    where that is more, because pay that comes with the job regularly belongs to holiday pay too.
    """
    complete = complete_weeks(employment, weeks)
    average = average_hour(complete, leave_begins, employment.holiday_class)
    usual = basic_rate_on(rates, day)
    if usual is None:
        return average
    if average is None:
        reason = _("No complete week has been paid yet, so the usual rate is used.")
        return HolidayHour(usual.rate, 60, 0, reason)
    if _has_regular_hours(employment) and average.an_hour <= usual.rate:
        reason = _("That is the usual rate, and no less than the average of the weeks before.")
        return HolidayHour(usual.rate, 60, 0, reason)
    return average


def _has_regular_hours(employment: Employment) -> bool:
    """Whether the contract says the hours, so that a usual week has a usual pay."""
    return employment.holiday_class is HolidayClass.REGULAR or (
        employment.holiday_class is HolidayClass.NORTHERN_IRELAND
        and employment.hours_per_week is not None
    )


def average_week(employment: Employment, weeks: Mapping[date, tuple[int, Money]], day: date) -> int:
    """Return the average minutes of the last 12 complete paid weeks before a day."""
    complete = complete_weeks(employment, weeks)
    found = average_hour(complete, day, HolidayClass.NORTHERN_IRELAND)
    return ceil(Fraction(found.minutes, found.weeks)) if found else 0


def complete_weeks(
    employment: Employment, weeks: Mapping[date, tuple[int, Money]]
) -> Mapping[date, tuple[int, Money]]:
    """Leave out a week that had begun before the employment did: the law averages whole weeks."""
    first = employment.started_on + _REST_OF_A_WEEK
    return {ending: paid for ending, paid in weeks.items() if ending >= first}


def with_weeks(
    weeks: Mapping[date, tuple[int, Money]], more: Mapping[date, tuple[int, Money]]
) -> Mapping[date, tuple[int, Money]]:
    """Add what is paid for some weeks to what was paid for them before."""
    together = dict(weeks)
    for ending, (minutes, pay) in more.items():
        before = together.get(ending, (0, NOTHING))
        together[ending] = (before[0] + minutes, before[1] + pay)
    return together


def worth(
    employment: Employment,
    rates: Sequence[PayRate],
    shifts: Sequence[Shift],
    paid_weeks: Mapping[date, tuple[int, Money]],
) -> Elements:
    """Turn the shifts of a period into lines of pay: work first, then holiday at its average.

    Args:
        employment: Whose shifts they are.
        rates: Every dated rate of the employment.
        shifts: The shifts of one timesheet.
        paid_weeks: What was paid for each week before, by the day it ends. Work in the shifts
            themselves is added, because a week worked before the leave counts.
    """
    leave_days = sorted({shift.day for shift in shifts if _on_leave(shift)})
    work = [shift for shift in shifts if not _on_leave(shift)]
    worked = pay_elements(work, rates, lambda _day: None)
    if not leave_days:
        return worked
    weeks = with_weeks(
        paid_weeks, pay_by_week(worked.elements, lambda day: week_ending(employment, day))
    )

    def hour_on(day: date) -> HolidayHour | None:
        return holiday_hour(employment, rates, weeks, day, _leave_begins(leave_days, day))

    return pay_elements(shifts, rates, hour_on)


def _on_leave(shift: Shift) -> bool:
    return shift.pay_type is PayType.HOLIDAY


def _leave_begins(leave_days: list[date], day: date) -> date:
    """Return the first day of the run of leave days that holds *day*.

    Days off within a week of each other are one leave, so that it is paid at one average.
    """
    begins = day
    for earlier in reversed([leave for leave in leave_days if leave < day]):
        if (begins - earlier).days > 7:
            break
        begins = earlier
    return begins
