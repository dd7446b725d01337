"""The leave years of one employment, and what each gives under the terms in force in it.

How holiday builds up, the contracted hours and days, and when the leave year begins are dated
terms. A change part-way through a leave year divides it: each part gives its own share by its
days, and what was earned before is never worked out again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from dpemployer.i18n import N_, hours_and_minutes
from dpemployer.payroll.people import Employment, HolidayTerms
from dpemployer.payroll.terms import latest_on
from dpemployer.periods import plus_months
from dpemployer.statutory.holiday import (
    FULL_WEEK,
    MOST_DAYS,
    WEEKS,
    full_year,
    leaver,
    starter,
)
from dpemployer.statutory.holiday import LeaveYear as LeaveYear  # noqa: PLC0414 - of an employment
from dpemployer.workings import Rule, Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpemployer.payroll.terms import Terms
    from dpemployer.statutory.holiday import Entitlement, Quantity

_ONE_DAY = timedelta(days=1)

PART_GIVES = Rule(
    "holiday.part_gives",
    N_("What these terms give"),
    N_(
        "By the terms from {from_day} the leave year gives {whole}. They hold for {part} of its "
        "{days} days in this job, so that part is {result}."
    ),
    ("from_day", "part", "days", "whole"),
    "Working Time Regulations 1998, regulations 13, 13A and 14",
    N_("up to the next minute"),
)
YEAR_GIVES = Rule(
    "holiday.year_gives",
    N_("What the leave year gives"),
    N_("Its {parts} parts together give {result}."),
    ("parts",),
    "Working Time Regulations 1998, regulations 13, 13A and 14",
    N_("once, up to the next minute"),
)


@dataclass(frozen=True, slots=True)
class TermsInForce:
    """Terms of holiday, and the days of a leave year they were in force."""

    terms: HolidayTerms
    first_day: date
    last_day: date

    @property
    def days(self) -> int:
        """How many days that is."""
        return (self.last_day - self.first_day).days + 1


@dataclass(frozen=True, slots=True)
class HolidayContract:
    """One employment with every dated term of its holiday, in order of date."""

    employment: Employment
    terms: tuple[HolidayTerms, ...] = ()
    """Without any, hours vary and the leave year begins when the employment did."""

    @classmethod
    def of(cls, employment: Employment, terms: Terms) -> HolidayContract:
        """Return what the terms of an employment say of its holiday."""
        return cls(employment, terms.holiday)

    @property
    def started_on(self) -> date:
        """The first day of the employment."""
        return self.employment.started_on

    @property
    def left_on(self) -> date | None:
        """The last day of the employment, where it is known."""
        return self.employment.left_on

    def on(self, day: date) -> HolidayTerms:
        """Return the terms in force on a day; before there are any, the first."""
        if not self.terms:
            return HolidayTerms(0, self.employment.id, self.started_on)
        return latest_on(self.terms, day) or self.terms[0]

    def leave_year_of(self, day: date) -> LeaveYear:
        """Return the leave year that holds a day.

        A leave year lasts twelve months, but for one that ends early because a later term begins
        its leave years on another day.
        """
        terms = self.on(day)
        first, last = _twelve_months(self._begins(terms), day)
        for other in self.terms:
            if not self._agree(other, terms):
                if other.from_day > day:
                    last = min(last, other.from_day - _ONE_DAY)
                    break
                first = max(first, self._first_after(other))
        return LeaveYear(first, last)

    def entitlement(self, year: LeaveYear, average_week_minutes: int = 0) -> int:
        """Return the minutes a leave year gives for regular hours, or in Northern Ireland.

        Hours that build up by the hour add theirs payday by payday, and nothing here.

        Args:
            year: The leave year.
            average_week_minutes: Of the last 12 paid weeks, where hours vary in Northern Ireland.
        """
        first, last = self.employed_in(year)
        if last < first:
            return 0
        minutes = Fraction(0)
        for part in self.parts(first, last):
            if not part.terms.holiday_class.by_the_hour:
                whole = self.minutes_given(part.terms, year, last, average_week_minutes)
                minutes += whole * part.days / ((last - first).days + 1)
        return ceil(minutes)

    def parts(self, first: date, last: date) -> Iterator[TermsInForce]:
        """Divide some days by the terms in force on them."""
        begins = [term.from_day for term in self.terms if first < term.from_day <= last]
        starts = [first, *begins]
        for start, following in zip(starts, [*begins, last + _ONE_DAY], strict=True):
            yield TermsInForce(self.on(start), start, following - _ONE_DAY)

    def builds_up_by_the_hour(self, first: date, last: date) -> bool:
        """Whether the terms of any of these days add 12.07% of the hours worked."""
        return any(part.terms.holiday_class.by_the_hour for part in self.parts(first, last))

    def employed_in(self, year: LeaveYear) -> tuple[date, date]:
        """Return the days of a leave year in the employment; the wrong way round for none."""
        left = self.left_on or year.last_day
        return max(self.started_on, year.first_day), min(left, year.last_day)

    def minutes_given(
        self, terms: HolidayTerms, year: LeaveYear, last: date, average_week_minutes: int
    ) -> Fraction:
        """Return the minutes a leave year would give if these terms held all through it."""
        hours, days = terms.hours_per_week, terms.days_per_week
        if hours is None or days is None:
            given = self._part_of(FULL_WEEK, year, last)
            # A starter's days go up to a half; weeks of an average are not days, and are exact.
            return WEEKS * average_week_minutes * given.exact_days / MOST_DAYS
        return self._part_of(days, year, last).in_minutes(hours, days)

    def given_by(self, terms: HolidayTerms, year: LeaveYear, last: date) -> Entitlement:
        """Return the days a leave year would give if these terms held all through it.

        Where hours vary in Northern Ireland, the days of a full week.
        """
        return self._part_of(terms.days_per_week or FULL_WEEK, year, last)

    def _part_of(self, days: Quantity, year: LeaveYear, last: date) -> Entitlement:
        left = self.left_on
        # A year that begins on 28 February, for want of a 29th, may end a day later than this.
        whole = LeaveYear.starting(year.first_day)
        cut_short = year.last_day < whole.last_day
        if cut_short or (left is not None and left in year):
            return leaver(days, year.first_day, min(last, whole.last_day), self.started_on)
        if self.started_on > year.first_day:
            return starter(days, year.first_day, self.started_on)
        return full_year(days)

    def _begins(self, terms: HolidayTerms) -> date:
        """Return the first day of any one leave year under some terms."""
        return terms.leave_year_start or self.started_on

    def _agree(self, one: HolidayTerms, other: HolidayTerms) -> bool:
        """Whether two terms begin their leave years on the same day of the year."""
        ours, theirs = self._begins(one), self._begins(other)
        return (ours.month, ours.day) == (theirs.month, theirs.day)

    def _first_after(self, other: HolidayTerms) -> date:
        """Return the day on which the terms after some others came into force."""
        return next(term.from_day for term in self.terms if term.from_day > other.from_day)


def entitlement_steps(
    contract: HolidayContract, year: LeaveYear, average_week_minutes: int = 0
) -> tuple[Step, ...]:
    """Say how what a leave year gives by its terms was worked out, part by part."""
    first, last = contract.employed_in(year)
    if last < first:
        return ()
    parts = [
        part for part in contract.parts(first, last) if not part.terms.holiday_class.by_the_hour
    ]
    days = (last - first).days + 1
    steps: list[Step] = []
    for part in parts:
        given = contract.given_by(part.terms, year, last)
        minutes = contract.minutes_given(part.terms, year, last, average_week_minutes)
        steps += given.workings
        share = hours_and_minutes(ceil(minutes * part.days / days))
        whole = hours_and_minutes(ceil(minutes))
        steps.append(Step(PART_GIVES, (part.first_day, part.days, days, whole), share))
    if len(parts) > 1:
        total = hours_and_minutes(contract.entitlement(year, average_week_minutes))
        steps.append(Step(YEAR_GIVES, (len(parts),), total))
    return tuple(steps)


def _twelve_months(begins: date, day: date) -> tuple[date, date]:
    """Return the first and last day of the leave year that holds a day.

    Both are counted from *begins*, so that years that begin on 29 February leave no day out.
    """
    years = day.year - begins.year
    while plus_months(begins, 12 * years) > day:
        years -= 1
    following = plus_months(begins, 12 * (years + 1))
    return plus_months(begins, 12 * years), following - _ONE_DAY
