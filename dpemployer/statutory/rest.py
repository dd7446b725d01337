"""Rest between work, each week and during a long shift, measured on what really passed.

Source: Working Time Regulations 1998 (SI 1998/1833), regulations 10 to 12; Working Time
Regulations (Northern Ireland) 2016 (SR 2016/49), regulations 13 to 15, which say the same. They
hold for a domestic servant in a private household too.

Times are what the clock on the wall said; lengths are what really passed, so that a night when
the clocks change is an hour shorter or longer than it looks. The hour that comes twice in
October is taken to be the first of the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING

from dpemployer.i18n import N_, hours_and_minutes
from dpemployer.workings import COUNTED, Rule, Step

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dpemployer.statutory.rates import Figures, Rates

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_NONE = timedelta(0)
_SOURCE = "Working Time Regulations 1998 (SI 1998/1833)"


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """Time without a gap, from one clock time to another; the end is after the start."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        """What really passed."""
        return elapsed(self.start, self.end)


@dataclass(frozen=True, slots=True)
class DayRest:
    """The longest rest in the 24 hours that begin with a shift."""

    start: datetime
    longest: timedelta


@dataclass(frozen=True, slots=True)
class RestLimits:
    """How much rest somebody of their age is owed."""

    daily: timedelta
    weekly: timedelta
    break_after: timedelta
    break_length: timedelta

    @staticmethod
    def of(rates: Rates, *, young: bool) -> RestLimits:
        """Return the limits for an adult, or for somebody under 18."""
        figures = rates["working_time.young_worker" if young else "working_time.adult"]
        return RestLimits(
            daily=_hours(figures, "daily_rest_hours"),
            weekly=_hours(figures, "weekly_rest_hours"),
            break_after=timedelta(minutes=figures.whole("break_after_minutes")),
            break_length=timedelta(minutes=figures.whole("break_minutes")),
        )


def _hours(figures: Figures, name: str) -> timedelta:
    return timedelta(hours=figures.whole(name))


# ── what really passed ──


def elapsed(start: datetime, end: datetime) -> timedelta:
    """Return how long it really was from one clock time to another."""
    return _greenwich(end) - _greenwich(start)


def _greenwich(local: datetime) -> datetime:
    """Return Greenwich Mean Time for what a clock on a wall in the United Kingdom says."""
    forward = _clock_change(local.year, 3)
    back = _clock_change(local.year, 10)
    return local - _HOUR if forward <= local < back else local


@cache
def _clock_change(year: int, month: int) -> datetime:
    """Return two o'clock on the last Sunday of a month of 31 days."""
    last = datetime.combine(date(year, month, 31), time(2))
    return last - timedelta(days=(last.weekday() + 1) % 7)


# ── rest ──


def free_time(work: Iterable[Stretch], first: datetime, last: datetime) -> tuple[Stretch, ...]:
    """Return every stretch without work between two clock times, in order."""
    free: list[Stretch] = []
    since = first
    for stretch in sorted(work):
        if stretch.start >= last:
            break
        if stretch.start > since:
            free.append(Stretch(since, stretch.start))
        since = max(since, stretch.end)
    if since < last:
        free.append(Stretch(since, last))
    return tuple(free)


def longest_rest(work: Iterable[Stretch], first: datetime, last: datetime) -> timedelta:
    """Return the longest time without work between two clock times."""
    return max((stretch.length for stretch in free_time(work, first, last)), default=_NONE)


def daily_rests(work: Iterable[Stretch]) -> tuple[DayRest, ...]:
    """Return the longest rest in the 24 hours that begin with each shift, in order.

    Shifts that begin together are one start.
    """
    spans = [(_greenwich(each.start), _greenwich(each.end), each.start) for each in sorted(work)]
    found: list[DayRest] = []
    ended: datetime | None = None
    for place, (first, end, start) in enumerate(spans):
        if not found or found[-1].start != start:
            since = first if ended is None else max(first, ended)
            found.append(DayRest(start, _longest_from(spans[place:], first, since)))
        ended = end if ended is None else max(ended, end)
    return tuple(found)


def short_days(work: Iterable[Stretch], required: timedelta) -> tuple[DayRest, ...]:
    """Return each start of a shift that has too little rest in the 24 hours from it."""
    return tuple(day for day in daily_rests(work) if day.longest < required)


def _longest_from(
    spans: Iterable[tuple[datetime, datetime, datetime]], first: datetime, since: datetime
) -> timedelta:
    """Return the longest rest in the 24 hours that really pass from a moment on.

    `since` is when work that began before it has ended.
    """
    last = first + _DAY
    longest = _NONE
    for begins, ends, _start in spans:
        if begins >= last:
            break
        longest = max(longest, begins - since)
        since = max(since, ends)
    return max(longest, last - since)


def weekly_rest(work: Iterable[Stretch], first: datetime) -> timedelta:
    """Return the longest rest inside the seven days that begin with a clock time."""
    return longest_rest(work, first, first + _WEEK)


def fortnight_rest_is_enough(work: Iterable[Stretch], first: datetime, required: timedelta) -> bool:
    """Whether two weeks together have two rests of the weekly length, or one of twice that.

    An employer may choose this in place of one in each week (regulation 11(2)); not for somebody
    under 18.
    """
    rests = [stretch.length for stretch in free_time(work, first, first + 2 * _WEEK)]
    return sum(length // required for length in rests) >= 2


def longest_break(shift: Stretch, breaks: Iterable[Stretch]) -> timedelta:
    """Return the longest break in one go during a shift, none at its start or its end.

    Breaks that follow each other without work between are one. Time off at the start or the end
    shortens the shift; it is no break in it.
    """
    worked = free_time(breaks, shift.start, shift.end)
    if not worked:
        return _NONE
    return longest_rest(worked, worked[0].start, worked[-1].end)


def break_is_enough(length: timedelta, longest: timedelta, limits: RestLimits) -> bool:
    """Whether a shift of a length needs no break, or had one long enough in one go."""
    return length <= limits.break_after or longest >= limits.break_length


# ── how it is said ──


def whole_minutes(length: timedelta) -> int:
    """Return a length of time in minutes."""
    return length // timedelta(minutes=1)


def said(length: timedelta) -> str:
    """Write a length of time as people say it."""
    return hours_and_minutes(whole_minutes(length))


DAILY_REST = Rule(
    id="rest.daily",
    title=N_("Rest each day"),
    sentence=N_(
        "In the 24 hours from {start} the longest rest is {longest}. It should be at least "
        "{required}: {result}."
    ),
    names=("start", "longest", "required"),
    source=f"{_SOURCE}, regulation 10",
    rounding=COUNTED,
)
WEEKLY_REST = Rule(
    id="rest.weekly",
    title=N_("Rest each week"),
    sentence=N_(
        "In the seven days from {start} the longest rest is {longest}. It should be at least "
        "{required}: {result}."
    ),
    names=("start", "longest", "required"),
    source=f"{_SOURCE}, regulation 11",
    rounding=COUNTED,
)
BREAK = Rule(
    id="rest.break",
    title=N_("A break in a long shift"),
    sentence=N_(
        "The shift is {length} long. A shift of more than {after} needs a break of {required} in "
        "one go, and the longest was {longest}: {result}."
    ),
    names=("length", "after", "required", "longest"),
    source=f"{_SOURCE}, regulation 12",
    rounding=COUNTED,
)


def daily_step(start: datetime, longest: timedelta, required: timedelta, answer: str) -> Step:
    """Say what was found about one day."""
    return Step(DAILY_REST, (_clock(start), said(longest), said(required)), answer)


def weekly_step(start: datetime, longest: timedelta, required: timedelta, answer: str) -> Step:
    """Say what was found about one week."""
    return Step(WEEKLY_REST, (_clock(start), said(longest), said(required)), answer)


def break_step(length: timedelta, longest: timedelta, limits: RestLimits, answer: str) -> Step:
    """Say what was found about one shift."""
    figures = (said(length), said(limits.break_after), said(limits.break_length), said(longest))
    return Step(BREAK, figures, answer)


def _clock(moment: datetime) -> str:
    return f"{moment:%d/%m/%Y %H:%M}"
