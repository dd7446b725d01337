"""Gathering what a book knows of the holiday of one employment."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from dpemployer.money import Money
from dpemployer.payroll.away import Away, FamilyLeave, LeaveBlock, Sickness
from dpemployer.payroll.booked_leave import LeaveCarried
from dpemployer.payroll.holiday import HolidayBefore, HolidayRow, balance
from dpemployer.payroll.holiday_payday import (
    absence_began,
    absent_days,
    weeks_without_absence,
)
from dpemployer.payroll.holiday_rates import average_week
from dpemployer.payroll.household import OpeningHousehold
from dpemployer.payroll.leave_years import HolidayContract
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import (
    HolidayClass,
    HolidayTerms,
    OpeningHoliday,
    PaidWeek,
    PayType,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from dpemployer.payroll.holiday import HolidayBalance
    from dpemployer.payroll.people import Employment
    from dpemployer.store.reading import Reading

_A_DAY = timedelta(days=1)
_RELEVANT = timedelta(weeks=52)
_LOOK_BACK = timedelta(weeks=104 + 5)
"""As far as the holiday average looks from any day of a pay period, and a little over."""
_HOLIDAY_FIGURES = (
    "last_day",
    "accruing_minutes",
    "holiday_minutes_earned",
    "holiday_minutes_taken",
    "absence_minutes",
)


def contract_of(reading: Reading, employment: Employment) -> HolidayContract:
    """Return an employment with the dated terms of its holiday."""
    terms = reading.find(HolidayTerms, employment_id=employment.id, order_by="from_day")
    return HolidayContract(employment, terms)


def holiday_before(
    reading: Reading, contract: HolidayContract, day: date, left_out: Collection[int] = ()
) -> HolidayBefore:
    """Gather the holiday of one employment up to the pay period that ends on or before *day*."""
    employment_id = contract.employment.id
    year = contract.leave_year_of(day)
    earlier: tuple[Any, ...] = reading.sums(
        Payslip,
        ("holiday_minutes_earned", "holiday_minutes_taken"),
        employment_id=employment_id,
        between={"last_day": (None, year.first_day - _A_DAY)},
    )
    rows = [
        HolidayRow(*row)
        for row in reading.rows(
            Payslip,
            _HOLIDAY_FIGURES,
            employment_id=employment_id,
            between={"last_day": (year.first_day, day)},
            order_by="last_day",
        )
    ]
    for row in reading.rows(Payslip, _HOLIDAY_FIGURES, any_of={"id": left_out}):
        rows.remove(HolidayRow(*row))
    household = reading.find(OpeningHousehold)
    return HolidayBefore(
        opening=reading.find_one(OpeningHoliday, employment_id=employment_id),
        began=max((opening.as_of + _A_DAY for opening in household), default=None),
        earned_earlier=earlier[0],
        taken_earlier=earlier[1],
        rows=tuple(rows),
        lost_earlier=_lost_before(reading, employment_id, year.first_day),
    )


def _lost_before(reading: Reading, employment_id: int, first_day: date) -> int:
    """Add up what did not go on from leave years that ended before a day."""
    left, carried = reading.sums(
        LeaveCarried,
        ("left_minutes", "carried_minutes"),
        employment_id=employment_id,
        between={"year_end": (None, first_day - _A_DAY)},
    )
    return int(left - carried)


def holiday_balance(
    reading: Reading, contract: HolidayContract, day: date, left_out: Collection[int] = ()
) -> HolidayBalance:
    """Say what holiday there is on a day, but for what some payslips did to it."""
    before = holiday_before(reading, contract, day, left_out)
    week = average_week_of(reading, contract, day, left_out)
    return balance(contract, day, replace(before, average_week_minutes=week))


def average_week_of(
    reading: Reading, contract: HolidayContract, day: date, left_out: Collection[int] = ()
) -> int:
    """Return the average week holiday depends on, in minutes; none where it does not."""
    if not is_by_average(contract, day):
        return 0
    weeks = paid_weeks(reading, contract, day, left_out)
    return average_week(contract.employment, weeks, day)


def is_by_average(contract: HolidayContract, day: date) -> bool:
    """Whether holiday depends on an average week: hours that vary in Northern Ireland."""
    terms = contract.on(day)
    northern_ireland = terms.holiday_class is HolidayClass.NORTHERN_IRELAND
    return northern_ireland and terms.hours_per_week is None


def paid_weeks(
    reading: Reading,
    contract: HolidayContract,
    day: date,
    left_out: Collection[int] = (),
    since: date | None = None,
) -> Mapping[date, tuple[int, Money]]:
    """Add up what was paid for each week before a day, as far back as the holiday average looks.

    Weeks with any sick or family leave are left out.

    Args:
        reading: The book.
        contract: Whose weeks.
        day: The last day to look at.
        left_out: Payslips to take no account of.
        since: The first day of an absence, where the weeks before that count.
    """
    northern_ireland = contract.on(day).holiday_class is HolidayClass.NORTHERN_IRELAND
    oldest = None if northern_ireland else min(day, since or day) - _LOOK_BACK
    found: dict[date, tuple[int, Money]] = {}
    for ending, minutes, pay, payslip_id in reading.rows(
        PaidWeek,
        ("week_ending", "minutes", "pay", "payslip_id"),
        employment_id=contract.employment.id,
        between={"week_ending": (oldest, day)},
    ):
        if payslip_id not in left_out:
            before = found.get(ending, (0, Money(0)))
            found[ending] = (before[0] + minutes, before[1] + pay)
    return weeks_without_absence(found, absences_of(reading, contract))


def rolled_up_before(
    reading: Reading,
    contract: HolidayContract,
    missed: Collection[date],
    left_out: Collection[int] = (),
) -> tuple[Money, ...]:
    """Return the holiday pay paid with the wages in each pay period of the year before an absence.

    Pay periods with any absence in them are left out, as their weeks are. Nothing is read for
    somebody who is not away, or whose holiday is paid when it is taken.
    """
    if not missed or not contract.on(max(missed)).rolled_up:
        return ()
    away = absences_of(reading, contract)
    began = absence_began(away, min(missed))
    found: dict[date, Money] = {}
    for slip_id, first, last, lines in reading.rows(
        Payslip,
        ("id", "first_day", "last_day", "lines"),
        employment_id=contract.employment.id,
        between={"last_day": (began - _RELEVANT, began - _A_DAY)},
        order_by="last_day",
    ):
        if slip_id in left_out or absent_days(away, first, last):
            continue
        paid = Money.total(
            line.amount for line in lines if line.pay_type is PayType.ROLLED_UP_HOLIDAY
        )
        if contract.on(last).rolled_up:
            found[last] = found.get(last, Money(0)) + paid
    return tuple(found.values())


def absences_of(reading: Reading, contract: HolidayContract) -> Away:
    """Return when somebody was away, and nothing else about it."""
    employment_id = contract.employment.id
    leaves = reading.rows(FamilyLeave, ("id",), employment_id=employment_id)
    return Away(
        sicknesses=reading.find(Sickness, employment_id=employment_id),
        blocks=reading.find(LeaveBlock, any_of={"leave_id": [leave_id for (leave_id,) in leaves]}),
    )
