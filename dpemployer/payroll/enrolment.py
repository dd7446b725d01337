"""Automatic enrolment as it happened: the employer's pension, and each worker's way in and out.

The terms of a membership are dated terms of the employment, in `people.py`. What is here is why
it began or ended, what was told in writing and when, and what was paid in with each payslip.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from dpemployer.money import NOTHING, Money
from dpemployer.payroll.people import PensionMembership
from dpemployer.statutory.pensions import PensionBasis, PensionRelief

if TYPE_CHECKING:
    from collections.abc import Iterable


class EnrolmentKind(StrEnum):
    """What happened between one worker and the pension."""

    ELIGIBLE = "eligible"
    """From this day they had to be enrolled, and the payday could not do it yet."""
    POSTPONED = "postponed"
    TOLD = "told"
    """A letter was given."""
    ENROLLED = "enrolled"
    OPTED_IN = "opted_in"
    """They asked to be enrolled, and the employer pays in."""
    JOINED = "joined"
    """They asked to join on low earnings, and the employer need not pay in."""
    RE_ENROLLED = "re_enrolled"
    MEMBER = "member"
    """The day the provider made them a member."""
    OPTED_OUT = "opted_out"
    LEFT = "left"


class PensionLetter(StrEnum):
    """The letters automatic enrolment asks for."""

    ENROLMENT = "enrolment"
    POSTPONEMENT = "postponement"
    RIGHTS = "rights"
    """That somebody may ask to be enrolled, or to join."""
    RE_ENROLMENT = "re_enrolment"


WAYS_IN = frozenset(
    {
        EnrolmentKind.ENROLLED,
        EnrolmentKind.OPTED_IN,
        EnrolmentKind.JOINED,
        EnrolmentKind.RE_ENROLLED,
    }
)
WAYS_OUT = frozenset({EnrolmentKind.OPTED_OUT, EnrolmentKind.LEFT})
_WELCOME = frozenset({PensionLetter.ENROLMENT, PensionLetter.RE_ENROLMENT})
_BEFOREHAND = timedelta(weeks=6)
"""A letter about a membership is written at most so long before it begins."""
MAY_OPT_OUT = WAYS_IN - {EnrolmentKind.JOINED}
"""Ways in that can be undone as if they had never been; from the other one somebody leaves."""


@dataclass(frozen=True, slots=True)
class EnrolmentEvent:
    """One thing that happened between a worker and the pension, on a day.

    `until` is the day a postponement ends. `letter` says which letter was given. `payslip_id` is
    the payslip it came with, when a payday made it happen.
    """

    id: int
    employment_id: int
    kind: EnrolmentKind
    day: date
    until: date | None = None
    letter: PensionLetter | None = None
    payslip_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PensionArrangement:
    """The pension an employer enrols people in, from a date, and on what terms."""

    id: int
    from_day: date
    provider: str
    reference: str = ""
    """The employer's number with the provider."""
    worker_group: str = ""
    """The group of workers, where the provider asks for one."""
    contact: str = ""
    """The provider's address, telephone and website, as letters say them."""
    basis: PensionBasis = PensionBasis.QUALIFYING_EARNINGS
    relief: PensionRelief = PensionRelief.RELIEF_AT_SOURCE
    employee_percent: Decimal = Decimal(5)
    employer_percent: Decimal = Decimal(3)


class PensionDutyKind(StrEnum):
    """What an employer did about automatic enrolment, apart from any one worker."""

    STARTED = "started"
    """The day the duties started, where that is not the first day of the first worker here."""
    DECLARED = "declared"
    """The Pensions Regulator was told how the duties are met."""
    RE_ENROLLED = "re_enrolled"
    """The three-yearly day on which people are enrolled again."""
    RE_DECLARED = "re_declared"


@dataclass(frozen=True, slots=True)
class PensionDuty:
    """One thing an employer did about automatic enrolment."""

    id: int
    kind: PensionDutyKind
    day: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class PensionContribution:
    """What one payslip paid into one membership; below nothing when it gave contributions back.

    A reversal takes its payslip's contributions back, so that a sum is always right. Percentages
    are those the payslip was worked out with.
    """

    id: int
    employment_id: int
    membership_id: int
    payslip_id: int
    pay_date: date
    provider: str
    pensionable: Money = NOTHING
    employee: Money = NOTHING
    """Taken from pay."""
    relief_added: Money = NOTHING
    employer: Money = NOTHING
    employee_percent: Decimal = Decimal(0)
    employer_percent: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class EnrolmentHistory:
    """What happened to one worker, in order of day."""

    events: tuple[EnrolmentEvent, ...] = ()

    def last(
        self, kinds: frozenset[EnrolmentKind], on: date, *, since: date = date.min
    ) -> EnrolmentEvent | None:
        """Return the last thing of some kinds that happened from *since* up to a day."""
        found = [event for event in self.events if event.kind in kinds and since <= event.day <= on]
        return max(found, key=lambda event: (event.day, event.id), default=None)

    def way_in(self, on: date) -> EnrolmentEvent | None:
        """Return how they last came in, if they did; they may be out again."""
        return self.last(WAYS_IN, on)

    def first_in(self, on: date) -> EnrolmentEvent | None:
        """Return how they first came in since they were last out."""
        first = None
        for event in self.events:
            if event.day > on:
                break
            if event.kind in WAYS_OUT:
                first = None
            elif event.kind in WAYS_IN and first is None:
                first = event
        return first

    def undone_later(self, pay_date: date) -> date | None:
        """Return the day of an opt-out after a payday that undoes a membership begun before it."""
        came_in = self.first_in(pay_date)
        later = [
            event.day
            for event in self.events
            if event.kind is EnrolmentKind.OPTED_OUT and event.day > pay_date
        ]
        return min(later, default=None) if came_in is not None else None

    def gone(self, on: date) -> EnrolmentEvent | None:
        """Return how they went, while they have not come back."""
        out, came_in = self.last(WAYS_OUT, on), self.way_in(on)
        if out is None or (came_in is not None and (came_in.day, came_in.id) > (out.day, out.id)):
            return None
        return out

    def postponement(self, on: date) -> EnrolmentEvent | None:
        """Return the postponement in force on a day; on its last day it is over."""
        put_off = self.last(frozenset({EnrolmentKind.POSTPONED}), on)
        if put_off is None or put_off.until is None or on >= put_off.until:
            return None
        return put_off

    def deferral_day(self, first_day: date, last_day: date) -> date | None:
        """Return the day in a stretch of days on which a postponement ends."""
        ends = [
            event.until
            for event in self.events
            if event.until is not None and first_day <= event.until <= last_day
        ]
        return max(ends, default=None)

    def waiting_since(self, on: date) -> date | None:
        """Return the day somebody should have been enrolled from, while they still are not."""
        since = self.last(WAYS_IN | WAYS_OUT | {EnrolmentKind.POSTPONED}, on)
        after = date.min if since is None else since.day
        waiting = [
            event.day
            for event in self.events
            if event.kind is EnrolmentKind.ELIGIBLE and after < event.day <= on
        ]
        return min(waiting, default=None)

    def told(
        self, letters: frozenset[PensionLetter], on: date, since: date = date.min
    ) -> date | None:
        """Return the day one of some letters was given, from a day on."""
        given = [
            event.day
            for event in self.events
            if event.kind is EnrolmentKind.TOLD
            and event.letter in letters
            and since <= event.day <= on
        ]
        return min(given, default=None)

    def informed_on(self, came_in: EnrolmentEvent, on: date) -> date | None:
        """Return the day they were given the letter about a way in, by a day.

        It may be given some weeks before the membership begins, but not before they were last out.
        """
        out = self.last(WAYS_OUT, came_in.day)
        since = came_in.day - _BEFOREHAND
        if out is not None:
            since = max(since, out.day)
        return self.told(_WELCOME, on, since)

    def member_on(self, on: date, since: date) -> date | None:
        """Return the day the provider made them a member, from a day on."""
        found = self.last(frozenset({EnrolmentKind.MEMBER}), on, since=since)
        return None if found is None else found.day


@dataclass(frozen=True, slots=True)
class ToGiveBack:
    """What one membership took that an opt-out undoes, and has not been given back yet."""

    membership: PensionMembership
    pensionable: Money
    employee: Money
    relief_added: Money
    employer: Money


@dataclass(frozen=True, slots=True)
class PensionBefore:
    """What is known about one person and the pension before a payday."""

    history: EnrolmentHistory = field(default_factory=EnrolmentHistory)
    arrangement: PensionArrangement | None = None
    """The employer's, in force on the payday."""
    re_enrolment_days: tuple[date, ...] = ()
    to_give_back: tuple[ToGiveBack, ...] = ()


def still_to_give_back(
    memberships: Iterable[PensionMembership],
    contributions: Iterable[PensionContribution],
) -> tuple[ToGiveBack, ...]:
    """Add up what memberships somebody opted out of took and have not given back.

    Args:
        memberships: Those that an opt-out undid.
        contributions: Everything paid into them and given back, reversals included.
    """
    rows = list(contributions)
    found = []
    for held in memberships:
        own = [row for row in rows if row.membership_id == held.id]
        owed = ToGiveBack(
            membership=held,
            pensionable=Money.total(row.pensionable for row in own),
            employee=Money.total(row.employee for row in own),
            relief_added=Money.total(row.relief_added for row in own),
            employer=Money.total(row.employer for row in own),
        )
        if owed.employee or owed.employer:
            found.append(owed)
    return tuple(found)
