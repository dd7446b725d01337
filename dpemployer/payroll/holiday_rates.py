"""What an hour of holiday is paid at, and what the shifts of a period are worth with it.

Hours that vary are paid at the average of the paid weeks before; regular hours at the usual rate,
or at that average where it is more.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from dpemployer.i18n import _
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.pay_elements import (
    Elements,
    HolidayHour,
    basic_rate_on,
    pay_by_week,
    pay_elements,
)
from dpemployer.payroll.people import HolidayClass, PayType
from dpemployer.periods import PayFrequency
from dpemployer.statutory.holiday_accrual import LOOK_BACK_WEEKS, RELEVANT_WEEKS
from dpemployer.statutory.holiday_pay import RELEVANT_WEEKS_NI

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dpemployer.payroll.leave_years import HolidayContract
    from dpemployer.payroll.people import Employment, HolidayTerms, PayRate
    from dpemployer.payroll.timesheet import Shift

_REST_OF_A_WEEK = timedelta(days=6)
_SATURDAY = 5
_LOOK_BACK = timedelta(weeks=LOOK_BACK_WEEKS)


def week_ending(employment: Employment, day: date) -> date:
    """Return the last day of the pay week that holds a day.

    For weekly pay that is the pay period; otherwise weeks end on Saturday, as the law says.
    """
    if employment.frequency is PayFrequency.WEEKLY:
        return employment.schedule.period_of(day).last_day
    return day + timedelta(days=(_SATURDAY - day.weekday()) % 7)


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
    most = RELEVANT_WEEKS_NI if northern_ireland else RELEVANT_WEEKS
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
    contract: HolidayContract,
    rates: Sequence[PayRate],
    weeks: Mapping[date, tuple[int, Money]],
    day: date,
    leave_begins: date,
) -> HolidayHour | None:
    """Return what holiday taken on a day is paid at; None when nothing can say.

    Nothing, where it was paid with the wages as it was earned.
    Hours that vary are paid at the average of the paid weeks before; where no complete week has
    been paid yet, at the usual rate. Regular hours are paid at the usual rate, or at the average
    where that is more, because pay that comes with the job regularly belongs to holiday pay too.
    """
    terms = contract.on(day)
    if terms.rolled_up:
        reason = _("It was paid with the wages, as it was earned.")
        return HolidayHour(NOTHING, 60, 0, reason)
    complete = complete_weeks(contract.employment, weeks)
    average = average_hour(complete, leave_begins, terms.holiday_class)
    usual = basic_rate_on(rates, day)
    if usual is None:
        return average
    if average is None:
        reason = _("No complete week has been paid yet, so the usual rate is used.")
        return HolidayHour(usual.rate, 60, 0, reason)
    if _has_regular_hours(terms) and average.an_hour <= usual.rate:
        reason = _("That is the usual rate, and no less than the average of the weeks before.")
        return HolidayHour(usual.rate, 60, 0, reason)
    return average


def _has_regular_hours(terms: HolidayTerms) -> bool:
    """Whether the contract says the hours, so that a usual week has a usual pay."""
    return terms.holiday_class is HolidayClass.REGULAR or (
        terms.holiday_class is HolidayClass.NORTHERN_IRELAND and terms.hours_per_week is not None
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
    contract: HolidayContract,
    rates: Sequence[PayRate],
    shifts: Sequence[Shift],
    paid_weeks: Mapping[date, tuple[int, Money]],
) -> Elements:
    """Turn the shifts of a period into lines of pay: work first, then holiday at its average.

    Args:
        contract: Whose shifts they are, and how their holiday is paid.
        rates: Every dated rate of the employment.
        shifts: The shifts of one timesheet.
        paid_weeks: What was paid for each week before, by the day it ends. Work in the shifts
            themselves is added, because a week worked before the leave counts.
    """
    employment = contract.employment
    leave_days = sorted({shift.day for shift in shifts if _on_leave(shift)})
    work = [shift for shift in shifts if not _on_leave(shift)]
    worked = pay_elements(work, rates, lambda _day: None)
    if not leave_days:
        return worked
    weeks = with_weeks(
        paid_weeks, pay_by_week(worked.elements, lambda day: week_ending(employment, day))
    )

    def hour_on(day: date) -> HolidayHour | None:
        return holiday_hour(contract, rates, weeks, day, _leave_begins(leave_days, day))

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
