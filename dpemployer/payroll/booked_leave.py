"""Leave that is asked for, agreed to, refused or called off, and what goes on into the next year.

Days and hours of leave are counted when they are taken, on the timesheet; what is booked here says
which days those will be. Nothing is deleted: leave that was called off stays, with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from dpemployer.errors import EntryError, RefusedError
from dpemployer.i18n import _, hours_and_minutes, long_date
from dpemployer.statutory.holiday_leave import (
    CarryReason as CarryReason,  # noqa: PLC0414 - why leave goes on
)
from dpemployer.statutory.holiday_leave import LeaveNotice, leave_notice

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_DAY = 24 * 60
_LONGEST = 366


class LeaveStatus(StrEnum):
    """How far leave has got."""

    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class AskedBy(StrEnum):
    """Who wanted the leave."""

    ASSISTANT = "assistant"
    EMPLOYER = "employer"
    """Told to take it, with as much notice as somebody gives who asks."""


@dataclass(frozen=True, slots=True)
class LeaveDay:
    """One day of leave and the hours booked off on it, in minutes."""

    day: date
    minutes: int


@dataclass(frozen=True, slots=True)
class BookedLeave:
    """Leave of one person: which days, how long on each, and what came of it."""

    id: int
    employment_id: int
    first_day: date
    last_day: date
    days: tuple[LeaveDay, ...]
    asked_on: date
    asked_by: AskedBy = AskedBy.ASSISTANT
    status: LeaveStatus = LeaveStatus.REQUESTED
    decided_on: date | None = None
    """The day it was agreed to, refused or called off."""
    reason: str = ""
    """Why it was refused or called off."""
    while_sick: bool = False
    """They asked for it although they are off sick."""
    in_advance: bool = False
    """The employer lets them take more than has built up."""
    note: str = ""

    @property
    def minutes(self) -> int:
        """All of it."""
        return sum(day.minutes for day in self.days)

    @property
    def stands(self) -> bool:
        """Whether it is asked for or agreed to, and neither refused nor called off."""
        return self.status in {LeaveStatus.REQUESTED, LeaveStatus.APPROVED}

    @property
    def notice(self) -> LeaveNotice:
        """By when it has to be asked for, and by when it may be refused."""
        return leave_notice(self.first_day, len(self.days))


@dataclass(frozen=True, slots=True)
class LeaveCarried:
    """What was decided at the end of a leave year: how much goes on, and how much is lost."""

    id: int
    employment_id: int
    year_end: date
    """The last day of the leave year it comes from."""
    left_minutes: int
    """What was left then."""
    carried_minutes: int
    reason: CarryReason
    use_by: date | None = None
    """None: there is no fixed day."""
    decided_on: date | None = None
    note: str = ""

    @property
    def lost_minutes(self) -> int:
        """What does not go on."""
        return self.left_minutes - self.carried_minutes


@dataclass(frozen=True, slots=True)
class LeaveReminder:
    """That somebody was told to take their leave before the leave year ends: the proof of it."""

    id: int
    employment_id: int
    year_end: date
    sent_on: date
    left_minutes: int
    how: str = ""


@dataclass(frozen=True, slots=True)
class AroundLeave:
    """Everything in the way of some leave."""

    started_on: date
    left_on: date | None
    left_minutes: int
    """What may be booked: what is left, and not booked yet."""
    others: tuple[BookedLeave, ...] = ()
    sick: frozenset[date] = frozenset()
    family: frozenset[date] = frozenset()
    """Days of family leave."""
    approved_work: frozenset[date] = frozenset()
    """Days with work in a timesheet that is approved."""
    paid_days: frozenset[date] = frozenset()
    """Days of pay periods that have been paid."""


def days_between(
    first_day: date, last_day: date, weekdays: Collection[int], minutes: int
) -> tuple[LeaveDay, ...]:
    """Return the days of leave from one day to another, on certain days of the week."""
    every = (first_day + timedelta(days=each) for each in range((last_day - first_day).days + 1))
    return tuple(LeaveDay(day, minutes) for day in every if day.weekday() in weekdays)


def checked_leave(leave: BookedLeave, around: AroundLeave) -> BookedLeave:
    """Return leave that can be, or refuse it with a sentence that says why.

    Raises:
        EntryError: If the days or the hours cannot be.
        RefusedError: If it falls on days of family leave.
    """
    _check_days(leave)
    days = {each.day for each in leave.days}
    if leave.first_day < around.started_on:
        raise EntryError(
            what=_("{day} is before the job began, on {first}.").format(
                day=long_date(leave.first_day), first=long_date(around.started_on)
            ),
            why=_("Leave is taken from days of the job."),
            next_step=_("Check the days, or the first day of the job."),
        )
    if around.left_on is not None and leave.last_day > around.left_on:
        raise EntryError(
            what=_("{day} is after the last day of the job, {last}.").format(
                day=long_date(leave.last_day), last=long_date(around.left_on)
            ),
            why=_("What is left at the end is paid with the last pay."),
            next_step=_("Choose days up to the last one."),
        )
    _check_others(leave, days, around)
    _check_absence(leave, days, around)
    if leave.minutes > around.left_minutes and not leave.in_advance:
        raise EntryError(
            what=_("That is {asked} of leave, and {left} is left.").format(
                asked=hours_and_minutes(leave.minutes),
                left=hours_and_minutes(max(around.left_minutes, 0)),
            ),
            why=_("What is booked already is counted."),
            next_step=_("Book less, or say that they may take it in advance."),
        )
    return replace(leave, reason=leave.reason.strip(), note=leave.note.strip())


def _check_days(leave: BookedLeave) -> None:
    if leave.last_day < leave.first_day:
        raise EntryError(
            what=_("The last day of the leave is before the first."),
            why=_("Leave ends on or after the day it begins."),
            next_step=_("Type the days again."),
        )
    if (leave.last_day - leave.first_day).days >= _LONGEST:
        raise EntryError(
            what=_("That leave is longer than a year."),
            why=_("Leave is counted year by year."),
            next_step=_("Check the years; they have four figures."),
        )
    if not leave.days:
        raise EntryError(
            what=_("None of those days is one they work on."),
            why=_("Only days they would have worked use up leave."),
            next_step=_("Check the days, and the days of the week they work."),
        )
    if any(not 0 < each.minutes <= _DAY for each in leave.days):
        raise EntryError(
            what=_("A day of leave has more than no hours and at most 24."),
            why=_("It uses up the hours that would have been worked."),
            next_step=_("Type the hours of that day."),
        )


def _check_others(leave: BookedLeave, days: set[date], around: AroundLeave) -> None:
    for other in around.others:
        shared = sorted(days & {each.day for each in other.days})
        if other.id != leave.id and other.stands and shared:
            raise EntryError(
                what=_("{day} is booked already.").format(day=long_date(shared[0])),
                why=_("There is other leave from {first} to {last}.").format(
                    first=long_date(other.first_day), last=long_date(other.last_day)
                ),
                next_step=_("Choose other days, or call that leave off first."),
            )
    paid = sorted(days & around.paid_days)
    if paid:
        raise EntryError(
            what=_("{day} has been paid.").format(day=long_date(paid[0])),
            why=_("Leave on days that are paid is on their payslip."),
            next_step=_("Correct that pay run, and put the leave on its timesheet."),
        )
    worked = sorted(days & around.approved_work)
    if worked:
        raise EntryError(
            what=_("There is work on {day}, and its hours are approved.").format(
                day=long_date(worked[0])
            ),
            why=_("Nobody is at work and on leave on the same day."),
            next_step=_("Choose other days, or open that timesheet again."),
        )


def _check_absence(leave: BookedLeave, days: set[date], around: AroundLeave) -> None:
    family = sorted(days & around.family)
    if family:
        raise RefusedError(
            what=_("{day} is a day of family leave.").format(day=long_date(family[0])),
            why=_("Holiday cannot be taken during it. It goes on building up."),
            next_step=_("Book the holiday before it or after it."),
        )
    sick = sorted(days & around.sick)
    if sick and not leave.while_sick:
        raise EntryError(
            what=_("They are off sick on {day}.").format(day=long_date(sick[0])),
            why=_("Nobody may be made to take holiday while sick. They may ask for it."),
            next_step=_("Choose other days, or say that they asked for it while sick."),
        )


def refuse_late_refusal(leave: BookedLeave, on: date) -> None:
    """Refuse to turn leave down after the last day for that.

    Raises:
        RefusedError: If that day has passed.
    """
    last = leave.notice.refuse_by
    if leave.status is LeaveStatus.REQUESTED and on > last:
        raise RefusedError(
            what=_("It is too late to refuse this leave. The last day was {day}.").format(
                day=long_date(last)
            ),
            why=_("It has to be refused as many days before as it is long."),
            next_step=_(
                "Agree to it, or agree with them to call it off. If the contract says otherwise, "
                "say so when you call it off."
            ),
        )


def booked_minutes(leaves: Iterable[BookedLeave], taken_up_to: date) -> int:
    """Add up what is asked for or agreed to on days after those already paid."""
    return sum(
        each.minutes
        for leave in leaves
        if leave.stands
        for each in leave.days
        if each.day > taken_up_to
    )
