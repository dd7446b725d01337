"""Gathering what the book knows of somebody's time away, with the pay that averages need.

Nothing is asked beyond one small question for somebody who was never away.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dpemployer.bank_days import Nation
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.away import (
    AgreedDays,
    Away,
    FamilyLeave,
    FitNote,
    LeaveBlock,
    PayBefore,
    Sickness,
    StatutoryPaid,
)
from dpemployer.payroll.household import EmployerScheme
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import PayType
from dpemployer.payroll.terms import latest_on
from dpemployer.payroll.timesheet import Shift, Timesheet
from dpemployer.services.reading import live_payslips
from dpemployer.statutory.average_earnings import Payday
from dpemployer.statutory.family_pay import earnings_week

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from dpemployer.payroll.people import Employment
    from dpemployer.store.reading import Reading

_LOOK_BACK = timedelta(weeks=20)
"""Longer than any eight weeks of paydays can reach back."""
_ARREARS = timedelta(days=366)
"""How long after it time away that was recorded late is still looked at on a payday."""
_NOT_WORK = frozenset({PayType.HOLIDAY, PayType.RETAINER, PayType.EXPENSES})


def aways_of(
    reading: Reading,
    employments: Sequence[Employment],
    last_day: date,
    left_out: Collection[int] = (),
) -> Mapping[int, Away]:
    """Return the time away of each employment that may matter for a pay period.

    Args:
        reading: The book.
        employments: Whose.
        last_day: The last day of the pay period.
        left_out: Payslips to take no account of: those being worked out again.
    """
    ids = [employment.id for employment in employments]
    sicknesses: dict[int, list[Sickness]] = defaultdict(list)
    for each in reading.find(Sickness, any_of={"employment_id": ids}, order_by="first_day"):
        sicknesses[each.employment_id].append(each)
    leaves: dict[int, list[FamilyLeave]] = defaultdict(list)
    for leave in reading.find(FamilyLeave, any_of={"employment_id": ids}):
        leaves[leave.employment_id].append(leave)
    found = {}
    for employment in employments:
        sick = tuple(each for each in sicknesses[employment.id] if each.first_day <= last_day)
        family = tuple(leaves[employment.id])
        recent = any(each.last_day is None or each.last_day >= last_day - _ARREARS for each in sick)
        if family or recent:
            found[employment.id] = away_of(reading, employment, last_day, left_out, (sick, family))
    return found


def away_between(
    reading: Reading, employments: Sequence[Employment], first_day: date, last_day: date
) -> frozenset[int]:
    """Return which employments have sickness or family leave recorded on some of these days."""
    ids = [employment.id for employment in employments]
    found = {
        each.employment_id
        for each in reading.find(Sickness, any_of={"employment_id": ids})
        if each.first_day <= last_day and (each.last_day is None or each.last_day >= first_day)
    }
    whose = {
        leave.id: leave.employment_id
        for leave in reading.find(FamilyLeave, any_of={"employment_id": ids})
    }
    for block in reading.find(LeaveBlock, any_of={"leave_id": list(whose)}):
        if block.first_day <= last_day and block.last_day >= first_day:
            found.add(whose[block.leave_id])
    return frozenset(found)


def away_of(
    reading: Reading,
    employment: Employment,
    last_day: date,
    left_out: Collection[int] = (),
    known: tuple[tuple[Sickness, ...], tuple[FamilyLeave, ...]] | None = None,
) -> Away:
    """Return everything the book knows of one person's time away, up to a day."""
    sick, family = known or (
        reading.find(Sickness, employment_id=employment.id, order_by="first_day"),
        reading.find(FamilyLeave, employment_id=employment.id),
    )
    blocks = reading.find(
        LeaveBlock, any_of={"leave_id": [leave.id for leave in family]}, order_by="first_day"
    )
    first_away = [each.first_day for each in sick] + [block.first_day for block in blocks]
    since = min(first_away, default=last_day)
    worked, holiday = _shift_days(reading, employment.id, since, last_day)
    return Away(
        sicknesses=sick,
        fit_notes=reading.find(FitNote, any_of={"sickness_id": [each.id for each in sick]}),
        agreed=reading.find(AgreedDays, employment_id=employment.id, order_by="from_day"),
        leaves=family,
        blocks=blocks,
        paydays=_paydays(reading, employment, (sick, family), last_day, left_out),
        paid=tuple(
            row
            for row in reading.find(StatutoryPaid, employment_id=employment.id)
            if row.payslip_id not in left_out
        ),
        covered=_covered(reading, employment.id, since, left_out),
        worked=worked,
        holiday=holiday,
        nation=nation_on(reading, last_day),
    )


def nation_on(reading: Reading, day: date) -> Nation:
    """Return the nation whose law applies on a day."""
    held = reading.find(EmployerScheme, order_by="from_day")
    scheme = latest_on(held, day) or (held[0] if held else None)
    return Nation.ENGLAND if scheme is None else scheme.nation


def _shift_days(
    reading: Reading, employment_id: int, since: date, last_day: date
) -> tuple[frozenset[date], frozenset[date]]:
    """Return the days with work on them and the days with holiday, since the first day away."""
    sheets = reading.rows(
        Timesheet,
        ("id",),
        employment_id=employment_id,
        between={"last_day": (since, None), "first_day": (None, last_day)},
    )
    rows = reading.rows(
        Shift,
        ("day", "pay_type"),
        any_of={"timesheet_id": [sheet for (sheet,) in sheets]},
    )
    worked = frozenset(day for day, pay_type in rows if pay_type not in _NOT_WORK)
    return worked, frozenset(day for day, pay_type in rows if pay_type is PayType.HOLIDAY)


def _covered(
    reading: Reading, employment_id: int, since: date, left_out: Collection[int]
) -> tuple[tuple[date, date], ...]:
    standing = live_payslips(reading, employment_id, from_last_day=since)
    return reading.rows(
        Payslip,
        ("first_day", "last_day"),
        any_of={"id": [slip for slip in standing if slip not in left_out]},
        order_by="first_day",
    )


def _paydays(
    reading: Reading,
    employment: Employment,
    known: tuple[tuple[Sickness, ...], tuple[FamilyLeave, ...]],
    last_day: date,
    left_out: Collection[int],
) -> tuple[Payday, ...]:
    """Return every normal payday an average may look at, with what was paid on it if known.

    A payday between two payslips that has none paid nothing. One before the first or after the
    last is not known unless somebody said what was paid.
    """
    sick, family = known
    ends = [each.first_day for each in sick]
    ends += [earnings_week(each.event)[1] for each in family if _has_its_days(each)]
    if not ends:
        return ()
    first = max(employment.started_on, min(ends) - _LOOK_BACK)
    last = min(max(ends), max(last_day, *ends))
    paid = _paid_by_payday(reading, employment.id, left_out)
    said = {
        each.pay_date: each.pay for each in reading.find(PayBefore, employment_id=employment.id)
    }
    found: list[Payday] = []
    period = employment.schedule.period_of(first)
    while period.first_day <= last:
        before = found[-1].pay_date if found else period.pay_date - timedelta(days=1)
        pay = _paid_between(paid, before, period.pay_date)
        if pay is None:
            pay = said.get(period.pay_date)
        if pay is None and paid and min(paid) < period.pay_date < max(paid):
            pay = NOTHING
        if period.pay_date >= employment.started_on:
            found.append(Payday(period.pay_date, period.first_day, period.last_day, pay))
        period = employment.schedule.after(period)
    return tuple(found)


def _paid_between(paid: Mapping[date, Money], before: date, pay_date: date) -> Money | None:
    """Add up what was paid after one normal payday and up to the next; None where nothing was.

    Money paid between two paydays counts with the later of them.
    """
    amounts = [amount for day, amount in paid.items() if before < day <= pay_date]
    return Money.total(amounts) if amounts else None


def _has_its_days(leave: FamilyLeave) -> bool:
    """Whether the day that decides the week that counts is known."""
    event = leave.event
    return any((event.expected_on, event.matched_on, event.happened_on))


def _paid_by_payday(
    reading: Reading, employment_id: int, left_out: Collection[int]
) -> Mapping[date, Money]:
    """Add up earnings for National Insurance by payday, over payslips that stand."""
    found: dict[date, Money] = {}
    standing: dict[date, int] = {}
    for slip_id, pay_date, earnings, reverses in reading.rows(
        Payslip,
        ("id", "pay_date", "earnings_for_ni", "reverses_id"),
        employment_id=employment_id,
    ):
        if slip_id not in left_out:
            found[pay_date] = found.get(pay_date, NOTHING) + earnings
            standing[pay_date] = standing.get(pay_date, 0) + (1 if reverses is None else -1)
    return {day: pay for day, pay in found.items() if standing[day] > 0}
