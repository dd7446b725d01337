"""What else is worth a look on one timesheet: two at once, leave and work, bank holidays, hours.

Some of it is a question and not a fault: two at once is right where the care needs two.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from dpemployer.findings import Finding, Severity
from dpemployer.i18n import _, hours_and_minutes, long_date
from dpemployer.payroll.people import PayType
from dpemployer.payroll.rota import (
    DAY,
    WEEK,
    RotaFacts,
    between,
    days_listed,
    is_work,
    listed,
    stretch_of,
)
from dpemployer.periods import plus_months
from dpemployer.statutory.rest import whole_minutes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_HOURLY = frozenset(
    {PayType.BASIC, PayType.ENHANCED, PayType.WAKING_NIGHT, PayType.TRAVEL, PayType.HOLIDAY}
)
_A_HANDOVER = 30
"""Minutes two people may be there together without anybody asking."""
_WAKEFUL = 2 * 60
_WAKEFUL_NIGHTS = 3


def note_findings(facts: RotaFacts) -> tuple[Finding, ...]:
    """Say what else there is to look at on a timesheet."""
    return (
        *_leave_and_work(facts),
        *_two_at_once(facts),
        *_wakeful_nights(facts),
        *_bank_holidays(facts),
        *_contract_hours(facts),
    )


def _leave_and_work(facts: RotaFacts) -> Iterator[Finding]:
    taken = {shift.day for shift in facts.shifts if shift.pay_type is PayType.HOLIDAY}
    off = taken | facts.leave_agreed | facts.away
    both = [shift.day for shift in facts.worked if shift.day in off]
    if both:
        yield Finding(
            severity=Severity.WARNING,
            code="leave_clash",
            subject=_("Leave"),
            message=_(
                "There is work and leave or sickness on the same day: {days}. If only a part of "
                "the day was leave, all is well. If not, take the work out, or call off the leave."
            ).format(days=days_listed(both)),
            source="Working Time Regulations 1998, regulation 13",
        )


def _two_at_once(facts: RotaFacts) -> Iterator[Finding]:
    others = _together(facts, same_person=False)
    twice = _together(facts, same_person=True)
    if twice:
        yield Finding(
            severity=Severity.WARNING,
            code="at_work_twice",
            subject=_("Two at once"),
            message=_(
                "This person is at work in two of your jobs at the same time: {days}. Nobody can "
                "be. Put the times right, or take one of the shifts out."
            ).format(days=_with_names(twice)),
        )
    long_enough = {key: minutes for key, minutes in others.items() if minutes > _A_HANDOVER}
    if long_enough:
        yield Finding(
            severity=Severity.NOTE,
            code="double_booked",
            subject=_("Two at once"),
            message=_(
                "Two people were at work at the same time: {days}. That is right where the care "
                "needs two. If it does not, put the times right."
            ).format(days=_with_names(long_enough)),
        )


def _together(facts: RotaFacts, *, same_person: bool) -> dict[tuple[date, str], int]:
    """Return for how many minutes others were at work at the same time, by day and name."""
    found: dict[tuple[date, str], int] = defaultdict(int)
    for shift in facts.worked:
        mine = stretch_of(shift)
        for other in facts.others:
            theirs = stretch_of(other.shift)
            if mine is None or theirs is None or not is_work(other.shift):
                continue
            start, end = max(mine.start, theirs.start), min(mine.end, theirs.end)
            if start < end and other.same_person is same_person:
                found[shift.day, other.name] += whole_minutes(end - start)
    return found


def _with_names(together: dict[tuple[date, str], int]) -> str:
    return listed(
        [
            _("{day} with {name} ({length})").format(
                day=long_date(day), name=name, length=hours_and_minutes(minutes)
            )
            if name
            else _("{day} ({length})").format(day=long_date(day), length=hours_and_minutes(minutes))
            for (day, name), minutes in sorted(together.items())
        ]
    )


def _wakeful_nights(facts: RotaFacts) -> Iterator[Finding]:
    """Say when sleep-ins of a month are so often broken that they look like waking nights."""
    month = facts.last_day.replace(day=1)
    nights = [
        shift.day
        for shift in between(facts.every_shift, month, plus_months(month, 1) - DAY)
        if shift.pay_type is PayType.SLEEP_IN and shift.awake_minutes > _WAKEFUL
    ]
    if len(nights) >= _WAKEFUL_NIGHTS:
        yield Finding(
            severity=Severity.NOTE,
            code="sleep_in_wakeful",
            subject=_("Nights"),
            message=_(
                "On these sleep-ins of one month more than two hours were worked: {days}. Ask for "
                "a review of the funding: these may be waking nights, which are paid in full."
            ).format(days=days_listed(nights)),
            source="National Minimum Wage Regulations 2015, regulation 32",
        )


def _bank_holidays(facts: RotaFacts) -> Iterator[Finding]:
    worked = sorted({shift.day for shift in facts.worked} & set(facts.bank_holidays))
    if worked:
        yield Finding(
            severity=Severity.NOTE,
            code="bank_holiday",
            subject=_("Bank holidays"),
            message=_(
                "There was work on a bank holiday: {days}. The law gives no extra pay for it. "
                "Check what the contract says."
            ).format(days=days_listed(worked)),
        )


def _contract_hours(facts: RotaFacts) -> Iterator[Finding]:
    agreed = facts.weekly_hours
    if agreed is None:
        return
    due = int(agreed * 60)
    weeks: list[str] = []
    for monday in facts.weeks():
        shifts = between((*facts.around, *facts.shifts), monday, monday + WEEK - DAY)
        minutes = sum(shift.minutes for shift in shifts if shift.pay_type in _HOURLY)
        if minutes != due and facts.employment.started_on <= monday:
            weeks.append(
                _("{day} ({length})").format(
                    day=long_date(monday), length=hours_and_minutes(minutes)
                )
            )
    if weeks:
        yield Finding(
            severity=Severity.NOTE,
            code="contract_hours",
            subject=_("Hours"),
            message=_(
                "The contract says {agreed} a week. The weeks that begin on these days have other "
                "hours: {weeks}. If that is usual, change the contract and the job."
            ).format(agreed=hours_and_minutes(due), weeks=listed(weeks)),
        )
