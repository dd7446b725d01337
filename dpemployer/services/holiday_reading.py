"""Gathering what booking leave, and the end of a leave year, depend on."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from dpemployer.findings import Finding, Severity
from dpemployer.i18n import _, hours_and_minutes, long_date
from dpemployer.payroll.booked_leave import (
    AroundLeave,
    AskedBy,
    BookedLeave,
    LeaveCarried,
    LeaveReminder,
    LeaveStatus,
    booked_minutes,
)
from dpemployer.payroll.holiday_payday import absent_days, family_days
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import Employment, HolidayTerms, OpeningHoliday, PayType
from dpemployer.payroll.timesheet import Shift, Timesheet, TimesheetStatus
from dpemployer.services.drafts import assistants_of
from dpemployer.services.holiday_facts import absences_of, contract_of, holiday_balance
from dpemployer.services.holiday_rows import CarryChoice, HolidayOverview
from dpemployer.services.pay_rows import holiday_row
from dpemployer.services.people_holiday import nation_on
from dpemployer.services.reading import live_payslips
from dpemployer.statutory.holiday import first_year
from dpemployer.statutory.holiday_contract import bank_holidays_in
from dpemployer.statutory.holiday_leave import (
    CarryReason,
    accrued_carry_over,
    last_day_to_use,
    regular_carry_over,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpemployer.payroll.booked_leave import LeaveDay
    from dpemployer.payroll.leave_years import HolidayContract
    from dpemployer.store.reading import Reading

_A_YEAR = timedelta(weeks=52)
_A_DAY = timedelta(days=1)
_USUAL_DAY = 7 * 60 + 30
_WORKING_WEEK = (0, 1, 2, 3, 4)
_NOT_WORK = frozenset({PayType.HOLIDAY, PayType.RETAINER, PayType.EXPENSES})
_LONGEST_PERIOD = timedelta(days=31)


def leaves_of(reading: Reading, employment_id: int) -> tuple[BookedLeave, ...]:
    """Return everything ever booked for one job, the newest first."""
    return reading.find(BookedLeave, employment_id=employment_id, order_by=("-first_day", "-id"))


def waiting_leave(reading: Reading, sheet: Timesheet) -> list[LeaveDay]:
    """Return the agreed days of leave in a timesheet's period that are not on it yet."""
    on_sheet = {
        shift.day
        for shift in reading.find(Shift, timesheet_id=sheet.id)
        if shift.pay_type is PayType.HOLIDAY
    }
    return [
        each
        for leave in leaves_of(reading, sheet.employment_id)
        if leave.status is LeaveStatus.APPROVED
        for each in leave.days
        if sheet.first_day <= each.day <= sheet.last_day and each.day not in on_sheet
    ]


def waiting_findings(reading: Reading, sheet: Timesheet) -> tuple[Finding, ...]:
    """Warn where agreed leave is not on the timesheet of its days."""
    waiting = waiting_leave(reading, sheet)
    if not waiting:
        return ()
    days = "; ".join(
        _("{day}, {time}").format(day=long_date(each.day), time=hours_and_minutes(each.minutes))
        for each in waiting
    )
    return (
        Finding(
            severity=Severity.WARNING,
            code="leave_not_on_timesheet",
            subject=_("Leave"),
            message=_(
                "Agreed leave is not on this timesheet: {days}. Put it in, or call the leave off."
            ).format(days=days),
        ),
    )


def paid_up_to(reading: Reading, employment_id: int, on: date | None = None) -> date | None:
    """Return the last day of the last pay period that was paid; None before there is one.

    With a day, only periods that were over by then count, as they do in a balance of that day.
    """
    standing = live_payslips(reading, employment_id)
    rows = reading.rows(
        Payslip, ("last_day",), any_of={"id": standing}, between={"last_day": (None, on)}
    )
    return max((last for (last,) in rows), default=None)


def around(reading: Reading, employment: Employment, leave: BookedLeave) -> AroundLeave:
    """Return everything in the way of some leave."""
    contract = contract_of(reading, employment)
    others = tuple(
        each for each in leaves_of(reading, employment.id) if each.id != leave.id or not leave.id
    )
    paid = paid_up_to(reading, employment.id, leave.first_day)
    free = holiday_balance(reading, contract, leave.first_day).left
    free -= booked_minutes(others, paid or date.min)
    away = absences_of(reading, contract)
    until = leave.last_day
    family = family_days(away, leave.first_day, until)
    return AroundLeave(
        started_on=employment.started_on,
        left_on=employment.left_on,
        left_minutes=free,
        others=others,
        sick=absent_days(away, leave.first_day, until) - family,
        family=family,
        approved_work=_approved_work(reading, employment.id, leave),
        paid_days=_paid_days(reading, employment.id, leave),
    )


def _approved_work(reading: Reading, employment_id: int, leave: BookedLeave) -> frozenset[date]:
    sheets = reading.rows(
        Timesheet,
        ("id",),
        employment_id=employment_id,
        status=TimesheetStatus.APPROVED,
        between={
            "first_day": (leave.first_day - _LONGEST_PERIOD, leave.last_day),
            "last_day": (leave.first_day, None),
        },
    )
    rows = reading.rows(
        Shift,
        ("day", "pay_type"),
        any_of={"timesheet_id": [sheet for (sheet,) in sheets]},
        between={"day": (leave.first_day, leave.last_day)},
    )
    return frozenset(day for day, pay_type in rows if pay_type not in _NOT_WORK)


def _paid_days(reading: Reading, employment_id: int, leave: BookedLeave) -> frozenset[date]:
    standing = live_payslips(reading, employment_id, from_last_day=leave.first_day)
    periods = reading.rows(Payslip, ("first_day", "last_day"), any_of={"id": standing})
    return frozenset(
        each.day for each in leave.days if any(first <= each.day <= last for first, last in periods)
    )


# ── everything about one job's holiday ──


def overview_of(reading: Reading, employment: Employment, on: date) -> HolidayOverview:
    """Return everything about the holiday of one job on a day."""
    contract = contract_of(reading, employment)
    name = assistants_of(reading, (employment,))[employment.assistant_id].name
    found = holiday_balance(reading, contract, on)
    leaves = leaves_of(reading, employment.id)
    paid = paid_up_to(reading, employment.id, on)
    terms = contract.on(on)
    usual = _usual_days(reading, employment.id, on)
    return HolidayOverview(
        balance=holiday_row(employment.id, name, found),
        booked=booked_minutes(leaves, paid or date.min),
        leaves=leaves,
        day_minutes=_day_minutes(terms, usual),
        weekdays=tuple(sorted({day.weekday() for day in usual})) or _WORKING_WEEK,
        first_year_minutes=_first_year(contract, terms, on),
        rolled_up=terms.rolled_up,
        carried=reading.find(LeaveCarried, employment_id=employment.id, order_by="-year_end"),
        reminders=reading.find(LeaveReminder, employment_id=employment.id, order_by="-sent_on"),
        choice=choice_of(reading, employment, on),
        findings=_findings(reading, contract, leaves, name, on),
    )


def _usual_days(reading: Reading, employment_id: int, on: date) -> dict[date, int]:
    """Return the minutes worked on each day of the last 52 weeks."""
    sheets = reading.rows(
        Timesheet,
        ("id",),
        employment_id=employment_id,
        between={"first_day": (on - _A_YEAR, on)},
    )
    found: dict[date, int] = {}
    for day, minutes, pay_type in reading.rows(
        Shift,
        ("day", "minutes", "pay_type"),
        any_of={"timesheet_id": [sheet for (sheet,) in sheets]},
    ):
        if pay_type not in _NOT_WORK and minutes:
            found[day] = found.get(day, 0) + minutes
    return found


def _day_minutes(terms: HolidayTerms, usual: dict[date, int]) -> int:
    """Return what a day off is worth: of the contract, or the average day of the last 52 weeks."""
    if terms.hours_per_week is not None and terms.days_per_week is not None:
        return ceil(Fraction(terms.hours_per_week) / Fraction(terms.days_per_week) * 60)
    return ceil(Fraction(sum(usual.values()), len(usual))) if usual else _USUAL_DAY


def _first_year(contract: HolidayContract, terms: HolidayTerms, on: date) -> int | None:
    """Return what regular hours may take so far in the first year of a job."""
    hours, days = terms.hours_per_week, terms.days_per_week
    started = contract.started_on
    if hours is None or days is None or not started <= on < started + timedelta(days=365):
        return None
    return first_year(days, started, on).minutes(hours, days)


def _findings(
    reading: Reading,
    contract: HolidayContract,
    leaves: tuple[BookedLeave, ...],
    name: str,
    on: date,
) -> tuple[Finding, ...]:
    """Say what there is to look at in somebody's holiday."""
    late = (
        _asked_late(leave, name)
        for leave in leaves
        if leave.stands and leave.last_day >= on and leave.asked_on > leave.notice.ask_by
        if leave.asked_by is AskedBy.EMPLOYER or leave.status is LeaveStatus.REQUESTED
    )
    ill = _sick_on_leave(reading, contract, leaves, name, on)
    to_use = (
        _to_use_by(carried, carried.use_by, name)
        for carried in reading.find(LeaveCarried, employment_id=contract.employment.id)
        if carried.use_by is not None and on <= carried.use_by and carried.carried_minutes
    )
    return (*late, *ill, *to_use, *_bank_holiday_findings(reading, contract, name, on))


def _sick_on_leave(
    reading: Reading,
    contract: HolidayContract,
    leaves: tuple[BookedLeave, ...],
    name: str,
    on: date,
) -> Iterator[Finding]:
    """Say where somebody was sick on days of leave they had agreed on, in the last year or so."""
    recent = [
        leave
        for leave in leaves
        if leave.status is LeaveStatus.APPROVED
        and not leave.while_sick
        and leave.last_day >= on - _A_YEAR
    ]
    if not recent:
        return
    away = absences_of(reading, contract)
    for leave in recent:
        missed = absent_days(away, leave.first_day, leave.last_day)
        shared = sorted(missed & {each.day for each in leave.days})
        if shared:
            yield Finding(
                severity=Severity.WARNING,
                code="sick_on_leave",
                subject=name,
                message=_(
                    "They were sick or on family leave on {day}, a day of agreed leave. They may "
                    "take it another time: call that leave off, and book the rest of it anew."
                ).format(day=long_date(shared[0])),
            )


def _asked_late(leave: BookedLeave, name: str) -> Finding:
    if leave.asked_by is AskedBy.EMPLOYER:
        return Finding(
            severity=Severity.WARNING,
            code="leave_told_late",
            subject=name,
            message=_(
                "You told them on {told} to take leave from {first}. The last day for that was "
                "{day}, so they need not take it. Agree with them, or pay them for those days."
            ).format(
                told=long_date(leave.asked_on),
                first=long_date(leave.first_day),
                day=long_date(leave.notice.ask_by),
            ),
        )
    return Finding(
        severity=Severity.NOTE,
        code="leave_asked_late",
        subject=name,
        message=_(
            "Leave from {first} was asked for after {day}, the last day for it. You may agree to "
            "it all the same."
        ).format(first=long_date(leave.first_day), day=long_date(leave.notice.ask_by)),
    )


def _to_use_by(carried: LeaveCarried, use_by: date, name: str) -> Finding:
    return Finding(
        severity=Severity.NOTE,
        code="leave_to_use_by",
        subject=name,
        message=_("{time} carried over has to be used by {day}.").format(
            time=hours_and_minutes(carried.carried_minutes), day=long_date(use_by)
        ),
    )


def _bank_holiday_findings(
    reading: Reading, contract: HolidayContract, name: str, on: date
) -> list[Finding]:
    """Warn somebody who works on few days where bank holidays could use up the leave."""
    terms = contract.on(on)
    hours, days = terms.hours_per_week, terms.days_per_week
    usual = {day.weekday() for day in _usual_days(reading, contract.employment.id, on)}
    if hours is None or days is None or not usual or len(usual) > days:
        return []
    year = contract.leave_year_of(on)
    fall = bank_holidays_in(nation_on(reading, on), year, usual)
    uses = len(fall) * Fraction(hours) / Fraction(days) * 60
    gives = contract.entitlement(year)
    if uses <= gives:
        return []
    return [
        Finding(
            severity=Severity.WARNING,
            code="bank_holidays_exceed_leave",
            subject=name,
            message=_(
                "{count} bank holidays of this leave year fall on their working days. Taken as "
                "leave they are more than all of the {given} the year gives. Agree together which "
                "of them are leave."
            ).format(count=len(fall), given=hours_and_minutes(gives)),
        )
    ]


# ── the end of a leave year ──


def choice_of(reading: Reading, employment: Employment, on: date) -> CarryChoice | None:
    """Return the last leave year that ended with leave left, if nothing was decided about it."""
    contract = contract_of(reading, employment)
    ended = contract.leave_year_of(on).first_day - _A_DAY
    opening = reading.find_one(OpeningHoliday, employment_id=employment.id)
    known_from = opening.as_of if opening else _first_known(reading, employment)
    if ended < employment.started_on or known_from is None or ended <= known_from:
        return None
    if reading.find(LeaveCarried, employment_id=employment.id, year_end=ended):
        return None
    found = holiday_balance(reading, contract, ended)
    if found.left <= 0:
        return None
    name = assistants_of(reading, (employment,))[employment.assistant_id].name
    terms = contract.on(ended)
    least = tuple(
        (
            reason,
            _least(terms, reason, found.left, ended, contract.entitlement(found.year)),
            last_day_to_use(reason, ended),
        )
        for reason in CarryReason
    )
    return CarryChoice(employment.id, name, found.year.first_day, ended, found.left, least)


def _first_known(reading: Reading, employment: Employment) -> date | None:
    """Return the day before the first payslip: what was before it this book does not know."""
    rows = reading.rows(
        Payslip, ("first_day",), employment_id=employment.id, order_by="first_day", limit=1
    )
    return rows[0][0] - _A_DAY if rows else None


def _least(
    terms: HolidayTerms, reason: CarryReason, left: int, ended: date, entitlement: int
) -> int:
    """Return the minutes that must go on for a reason: what the law asks, of what was left."""
    if reason is CarryReason.AGREEMENT:
        return 0
    hours = Fraction(left, 60)
    if terms.hours_per_week is None or terms.days_per_week is None:
        found = accrued_carry_over(reason, hours, 0, ended)
    else:
        taken = max(Fraction(0), Fraction(entitlement, 60) - hours)
        found = regular_carry_over(reason, terms.hours_per_week, taken, ended, terms.days_per_week)
    return min(left, ceil(found.hours * 60))
