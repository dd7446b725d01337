"""What there is to look at in the hours of one timesheet: rest, breaks, nights, long weeks.

A finding here never stops the pay: work that was done has to be paid, and putting it right means
changing what comes next. Whoever approves the hours has seen it.

A week begins on Monday. A week or an average is told of on the timesheet that holds its last
day, so that nothing is told of twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from dpemployer.i18n import _, long_date, ngettext
from dpemployer.payroll.people import (
    ADDED_PAY,
    Employment,
    PayType,
    PersonalAssistant,
)
from dpemployer.payroll.timesheet import Shift
from dpemployer.payroll.working_time import DomesticService, RestGiven, WorkingTimeRecord
from dpemployer.periods import age_on
from dpemployer.statutory.rest import Stretch, elapsed, whole_minutes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)
LOOK_BACK = timedelta(weeks=17 + 9)
"""As far as an average looks back from the first day of a timesheet, weeks of leave included."""
ADULT = 18
_NOT_WORK = ADDED_PAY | {PayType.HOLIDAY, PayType.RETAINER, PayType.EXPENSES}
_MOST_DAYS_SAID = 6


@dataclass(frozen=True, slots=True)
class OtherShift:
    """A shift of another job on the same days."""

    name: str
    shift: Shift
    same_person: bool = False
    """Another job of the person whose timesheet it is."""


@dataclass(frozen=True, slots=True)
class RotaFacts:
    """Everything about the hours of one timesheet that decides what there is to look at."""

    person: PersonalAssistant
    employment: Employment
    first_day: date
    last_day: date
    on: date
    """Today."""
    shifts: tuple[Shift, ...]
    """Of the timesheet."""
    around: tuple[Shift, ...] = ()
    """Of the same person, from `LOOK_BACK` before the timesheet until two weeks after it."""
    record: WorkingTimeRecord | None = None
    rests: tuple[RestGiven, ...] = ()
    others: tuple[OtherShift, ...] = ()
    bank_holidays: Mapping[date, str] = field(default_factory=dict)
    recorded_from: date | None = None
    """The first day of the first timesheet of this job: before it, nothing is known."""
    right_to_work_until: date | None = None
    """The last day of a right to work that was seen and ends; None: it does not end."""
    leave_agreed: frozenset[date] = frozenset()
    """Days of leave that was asked for and agreed to."""
    away: frozenset[date] = frozenset()
    """Days of sickness or family leave."""
    weekly_hours: Decimal | None = None
    """In the contract (`Terms.weekly_hours_on`); None where hours vary."""

    @property
    def known(self) -> WorkingTimeRecord:
        """What is recorded of the working time, or that nothing is."""
        return self.record or WorkingTimeRecord(0, self.employment.id)

    @property
    def domestic(self) -> bool:
        """Whether some limits are known not to hold."""
        return self.known.domestic_service is DomesticService.YES

    @property
    def every_shift(self) -> tuple[Shift, ...]:
        """The work of the timesheet and of the time around it, in order."""
        found = (shift for shift in (*self.around, *self.shifts) if is_work(shift))
        return tuple(sorted(found, key=_when))

    @property
    def worked(self) -> tuple[Shift, ...]:
        """The work of the timesheet, in order."""
        return tuple(sorted(filter(is_work, self.shifts), key=_when))

    def young_on(self, day: date) -> bool:
        """Whether the person was under 18."""
        return age_on(day, self.person.born_on) < ADULT

    def weeks(self) -> Iterator[date]:
        """Return the Monday of each week whose Sunday is on the timesheet."""
        monday = self.first_day - timedelta(days=self.first_day.weekday())
        while monday + WEEK - DAY <= self.last_day:
            yield monday
            monday += WEEK


def is_work(shift: Shift) -> bool:
    """Whether a shift is working time: not leave, not time paid while not needed, not a cost."""
    return shift.pay_type not in _NOT_WORK


def stretch_of(shift: Shift) -> Stretch | None:
    """Return when a shift was, or None where only its length is known."""
    if shift.started is None or shift.ended is None:
        return None
    end_day = shift.day + DAY if shift.ends_next_day else shift.day
    return Stretch(
        datetime.combine(shift.day, shift.started), datetime.combine(end_day, shift.ended)
    )


def stretches(shifts: Iterable[Shift]) -> tuple[Stretch, ...]:
    """Return when each shift was, those with a length alone left out."""
    return tuple(found for shift in shifts if (found := stretch_of(shift)) is not None)


def working_minutes(shift: Shift) -> int:
    """Return the working time of a shift: what really passed, without the unpaid break.

    On a night when the clocks change that is not what the shift is paid for. The whole of a
    sleep-in at the workplace is working time, asleep or not.
    """
    stretch = stretch_of(shift)
    if stretch is None:
        return shift.minutes
    return max(0, whole_minutes(stretch.length) - shift.break_minutes)


def minutes_of(shifts: Iterable[Shift]) -> int:
    """Add up working time; work during a night slept in is in that night already."""
    together = sorted(shifts, key=_when)
    total = sum(working_minutes(shift) for shift in together)
    until: datetime | None = None
    for stretch in stretches(together):
        if until is not None and stretch.start < until:
            total -= whole_minutes(elapsed(stretch.start, min(stretch.end, until)))
        until = stretch.end if until is None else max(until, stretch.end)
    return max(0, total)


def between(shifts: Iterable[Shift], first: date, last: date) -> tuple[Shift, ...]:
    """Return the shifts that begin on some days, both ends counted."""
    return tuple(shift for shift in shifts if first <= shift.day <= last)


def midnight(day: date) -> datetime:
    """Return the first moment of a day."""
    return datetime.combine(day, datetime.min.time())


def listed(days: Sequence[str]) -> str:
    """Name some days, and say how many more there are."""
    shown = ", ".join(days[:_MOST_DAYS_SAID])
    more = len(days) - _MOST_DAYS_SAID
    if more <= 0:
        return shown
    words = ngettext("{days} and {more} more", "{days} and {more} more", more)
    return words.format(days=shown, more=more)


def days_listed(days: Iterable[date]) -> str:
    """Name some days, each once."""
    return listed([long_date(day) for day in sorted(set(days))])


def doubt(facts: RotaFacts, message: str) -> str:
    """Return a message, with the doubt whether its limit holds in a private household."""
    if facts.known.domestic_service is not DomesticService.UNKNOWN:
        return message
    return _("{message} It may not apply in a private household: take advice.").format(
        message=message
    )


def _when(shift: Shift) -> tuple[date, bool, datetime, int]:
    stretch = stretch_of(shift)
    start = midnight(shift.day) if stretch is None else stretch.start
    return shift.day, stretch is not None, start, shift.id
