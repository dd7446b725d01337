"""Time worked: shifts in a pay period, approved before they are paid.

Times are what the clock on the wall said. Minutes are whole; a night that crosses midnight
belongs to the day it began. A shift that crosses a clock change is worth what the clock said,
and the timesheet shows that it did.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from dpemployer.errors import EntryError
from dpemployer.findings import Finding, Severity
from dpemployer.i18n import _, hours_and_minutes, long_date
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.people import PayType

if TYPE_CHECKING:
    from collections.abc import Iterable

_DAY = 24 * 60
_ONE_DAY = timedelta(days=1)
_SUNDAY = 6
_MARCH, _OCTOBER = 3, 10
_TWO = time(2, 0)
_NIGHTS = frozenset({PayType.SLEEP_IN, PayType.WAKING_NIGHT})


class TimesheetStatus(StrEnum):
    """How far a timesheet has got."""

    DRAFT = "draft"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Timesheet:
    """One person's hours in one pay period."""

    id: int
    employment_id: int
    first_day: date
    last_day: date
    status: TimesheetStatus = TimesheetStatus.DRAFT
    approved_on: date | None = None
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class Shift:
    """One piece of work or leave on one day."""

    id: int
    timesheet_id: int
    day: date
    pay_type: PayType
    label: str
    """Which rate it is paid at, with `pay_type`."""
    minutes: int = 0
    """Paid time, breaks taken off; for a sleep-in, the length of the night."""
    started: time | None = None
    ended: time | None = None
    break_minutes: int = 0
    """Unpaid, in one go."""
    paid_break_minutes: int = 0
    """The longest break in one go that is paid as work."""
    awake_minutes: int = 0
    """Of a sleep-in: time awake for the purpose of working."""
    quantity: int = 0
    """Nights or miles, where the rate is for those."""
    amount: Money = NOTHING
    """Expenses given back at cost."""
    note: str = ""

    @property
    def ends_next_day(self) -> bool:
        """Whether it goes on past midnight."""
        return self.started is not None and self.ended is not None and self.ended <= self.started


def minutes_from(shift: Shift) -> int:
    """Return how much of a shift begins on its day; several nights together are one each."""
    if shift.pay_type is PayType.SLEEP_IN and shift.quantity > 1:
        return shift.minutes // shift.quantity
    return shift.minutes


def completed(shift: Shift) -> Shift:
    """Return a shift as it was typed with what follows from it filled in.

    From a start and an end come the paid minutes; a sleep-in is one night unless it says more.

    Raises:
        EntryError: If the hours are impossible.
    """
    if shift.started is not None and shift.ended is not None:
        shift = replace(shift, minutes=_between(shift.started, shift.ended) - shift.break_minutes)
    if shift.pay_type is PayType.SLEEP_IN and not shift.quantity:
        shift = replace(shift, quantity=1)
    _refuse_the_impossible(shift)
    return shift


def _between(started: time, ended: time) -> int:
    """Return the minutes from one clock time to the next time the clock says the other."""
    minutes = _minute_of_day(ended) - _minute_of_day(started)
    return minutes if minutes > 0 else minutes + _DAY


def _minute_of_day(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _refuse_the_impossible(shift: Shift) -> None:
    counts = (
        shift.break_minutes,
        shift.paid_break_minutes,
        shift.awake_minutes,
        shift.quantity,
        shift.amount.pence,
    )
    if any(count < 0 for count in counts):
        raise EntryError(
            what=_("Something on {day} is less than nothing.").format(day=long_date(shift.day)),
            why=_("Time, nights, miles and costs are counted from nothing up."),
            next_step=_("Type the number without a minus sign."),
        )
    if (shift.started is None) != (shift.ended is None):
        raise EntryError(
            what=_("The shift on {day} has only one of its two times.").format(
                day=long_date(shift.day)
            ),
            why=_("A shift has a start and an end, or only a length."),
            next_step=_("Type the other time, or leave both empty and type the hours."),
        )
    if shift.minutes < 0:
        raise EntryError(
            what=_("The shift on {day} comes to less than no time.").format(
                day=long_date(shift.day)
            ),
            why=_("The break is longer than the shift, or the hours were typed below nothing."),
            next_step=_("Check the start, the end and the break."),
        )
    if shift.minutes > _DAY:
        raise EntryError(
            what=_("The shift on {day} is {length} long.").format(
                day=long_date(shift.day), length=hours_and_minutes(shift.minutes)
            ),
            why=_("One shift cannot be longer than 24 hours."),
            next_step=_("Enter longer attendance as one shift for each day."),
        )
    if shift.paid_break_minutes > shift.minutes:
        raise EntryError(
            what=_("On {day} the paid break is longer than the shift.").format(
                day=long_date(shift.day)
            ),
            why=_("A paid break is a part of the time that is paid."),
            next_step=_("Check the length of the shift and the paid break."),
        )
    if shift.awake_minutes > shift.minutes:
        raise EntryError(
            what=_("On {day} the time awake is longer than the night.").format(
                day=long_date(shift.day)
            ),
            why=_("Time awake for work is a part of the night slept in."),
            next_step=_("Check the length of the night and the time awake."),
        )
    _refuse_the_empty(shift)


def _refuse_the_empty(shift: Shift) -> None:
    if shift.pay_type is PayType.EXPENSES:
        if not shift.quantity and not shift.amount:
            raise EntryError(
                what=_("The expense on {day} has no amount.").format(day=long_date(shift.day)),
                why=_("An expense is an amount of money, or a number of miles."),
                next_step=_("Type what was spent, or the miles driven."),
            )
    elif not shift.minutes:
        raise EntryError(
            what=_("The shift on {day} has no length.").format(day=long_date(shift.day)),
            why=_(
                "Hours have to be kept for everything worked. For a sleep-in that is the length of "
                "the night, even when it is paid as one amount."
            ),
            next_step=_("Type a start and an end, or the hours."),
        )


def shift_findings(shifts: Iterable[Shift]) -> tuple[Finding, ...]:
    """Return what there is to look at among shifts: overlaps, overfull days, clock changes."""
    found = sorted(shifts, key=lambda shift: (shift.day, shift.started or time.min, shift.id))
    return (*_overlaps(found), *_overfull_days(found), *_clock_changes(found))


def overlapping(shifts: Iterable[Shift]) -> tuple[tuple[Shift, Shift], ...]:
    """Return each shift that begins before an earlier one has ended, after that earlier one.

    Shifts recorded by their length alone are left out: nobody can say when they were.
    """
    timed = sorted(
        ((start, end, shift.id, shift) for shift in shifts for start, end in _span(shift)),
        key=lambda item: item[:3],
    )
    pairs: list[tuple[Shift, Shift]] = []
    running: tuple[datetime, Shift] | None = None
    for start, end, _id, shift in timed:
        if running is not None and start < running[0]:
            pairs.append((running[1], shift))
        if running is None or end > running[0]:
            running = end, shift
    return tuple(pairs)


def clock_change_in(shift: Shift) -> date | None:
    """Return the Sunday on which the clocks change during a shift, if they do.

    They change at one in the morning of the last Sunday of March and of October. A night
    recorded by its length alone is taken to go past one o'clock.
    """
    tomorrow = shift.day + _ONE_DAY
    spans = _span(shift)
    if not spans and shift.pay_type in _NIGHTS and _clocks_change_on(tomorrow):
        return tomorrow
    for start, end in spans:
        for day in (shift.day, tomorrow):
            if _clocks_change_on(day) and start < datetime.combine(day, _TWO) <= end:
                return day
    return None


def clock_change_sentence(sunday: date) -> str:
    """Say what a clock change did to a shift, and what the timesheet makes of it."""
    if sunday.month == _MARCH:
        return _(
            "The clocks went forward on {day}: an hour less passed than the clock says. The shift "
            "is worth what the clock says."
        ).format(day=long_date(sunday))
    return _(
        "The clocks went back on {day}: an hour more passed than the clock says. The shift is "
        "worth what the clock says; add the hour as a shift of its own if it was worked. The "
        "minimum wage is owed for it."
    ).format(day=long_date(sunday))


def _clocks_change_on(day: date) -> bool:
    return day.month in {_MARCH, _OCTOBER} and day.weekday() == _SUNDAY and day.day > 31 - 7


def _span(shift: Shift) -> tuple[tuple[datetime, datetime], ...]:
    """Return when a shift began and ended, or nothing where only its length is known."""
    if shift.started is None or shift.ended is None:
        return ()
    end_day = shift.day + _ONE_DAY if shift.ends_next_day else shift.day
    started = datetime.combine(shift.day, shift.started)
    return ((started, datetime.combine(end_day, shift.ended)),)


def _overlaps(shifts: list[Shift]) -> list[Finding]:
    findings: list[Finding] = []
    for first, second in overlapping(shifts):
        if _is_call_out(first, second):
            if first.awake_minutes:
                findings.append(_counted_twice(first, second))
        else:
            findings.append(_overlap(first, second))
    return findings


def _overlap(first: Shift, second: Shift) -> Finding:
    return Finding(
        severity=Severity.WARNING,
        code="shifts_overlap",
        subject=long_date(second.day),
        message=_(
            "On {day} a shift begins at {start}, before the one that began at {earlier} has "
            "ended. Put one of them right if the same hours are in both."
        ).format(
            day=long_date(second.day),
            start=_clock(second.started),
            earlier=_clock(first.started),
        ),
    )


def _is_call_out(night: Shift, work: Shift) -> bool:
    """Whether a shift is work during a night slept in, paid by the hour beside the night."""
    if night.pay_type is not PayType.SLEEP_IN or work.pay_type is PayType.SLEEP_IN:
        return False
    ((_start, ends),) = _span(night)
    ((_start, worked_until),) = _span(work)
    return worked_until <= ends


def _counted_twice(night: Shift, work: Shift) -> Finding:
    return Finding(
        severity=Severity.WARNING,
        code="call_out_counted_twice",
        subject=long_date(work.day),
        message=_(
            "The work at {start} on {day} is a shift of its own, and the sleep-in has {awake} "
            "awake and working. If both are the same work, leave the time awake empty."
        ).format(
            start=_clock(work.started),
            day=long_date(work.day),
            awake=hours_and_minutes(night.awake_minutes),
        ),
        source="National Minimum Wage Regulations 2015, regulation 32",
    )


def _clock(clock: time | None) -> str:
    return f"{clock:%H:%M}" if clock else ""


def _overfull_days(shifts: list[Shift]) -> list[Finding]:
    """Say on which days more than 24 hours begin; without their times that cannot be at all."""
    days = Counter[date]()
    untimed: set[date] = set()
    for shift in shifts:
        days[shift.day] += minutes_from(shift)
        if shift.minutes and not _span(shift):
            untimed.add(shift.day)
    return [
        _impossible_day(day, minutes) if day in untimed else _overfull_day(day, minutes)
        for day, minutes in days.items()
        if minutes > _DAY
    ]


def _overfull_day(day: date, minutes: int) -> Finding:
    return Finding(
        severity=Severity.WARNING,
        code="day_overfull",
        subject=long_date(day),
        message=_(
            "The shifts that begin on {day} come to {length}. Check that nothing was entered twice."
        ).format(day=long_date(day), length=hours_and_minutes(minutes)),
    )


def _impossible_day(day: date, minutes: int) -> Finding:
    return Finding(
        severity=Severity.BLOCKING,
        code="day_impossible",
        subject=long_date(day),
        message=_(
            "The hours on {day} come to {length}, and a day has 24. Take out what was entered "
            "twice. If some of it went on into the next day, give each shift its start and end."
        ).format(day=long_date(day), length=hours_and_minutes(minutes)),
    )


def _clock_changes(shifts: list[Shift]) -> list[Finding]:
    return [
        Finding(
            severity=Severity.NOTE,
            code="clocks_changed",
            subject=long_date(shift.day),
            message=clock_change_sentence(sunday),
        )
        for shift in shifts
        if (sunday := clock_change_in(shift)) is not None
    ]
