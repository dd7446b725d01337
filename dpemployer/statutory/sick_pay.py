"""Statutory Sick Pay: which days are paid, how much, and why the others are not.

Days are judged one by one, each under the law of its own day, so an absence over 6 April 2026 needs
nothing of its own but what the transitional rules say. Money stays exact until it is paid: the
amount of one payment is then rounded up to the penny.

Source: Social Security Contributions and Benefits Act 1992, Part XI, as amended by the Employment
Rights Act 2025; GOV.UK, *Statutory Sick Pay: employer guide* and *Sickness absences that start
before and end on or after 6 April 2026*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from dpemployer.money import Money
from dpemployer.periods import plus_months

if TYPE_CHECKING:
    from dpemployer.statutory.rates import RateBook, Rates

NEW_RULES_FROM = date(2026, 4, 6)
"""From this day there are no waiting days and no earnings test."""
_ONE_DAY = timedelta(days=1)
_WEDNESDAY = 2


class NotPaid(StrEnum):
    """Why a day of an absence is not paid."""

    NOT_QUALIFYING = "not_qualifying"
    """Not one of the days agreed for that week."""
    WORKED = "worked"
    TOO_SHORT = "too_short"
    """Under four days in a row, before 6 April 2026."""
    WAITING = "waiting"
    EARNINGS_TOO_LOW = "earnings_too_low"
    """Average earnings under the lower earnings limit, before 6 April 2026."""
    LONG_ABSENCE = "long_absence"
    """Away without a break since 21 September 2025 or earlier, with too low earnings."""
    USED_UP = "used_up"
    SERIES_TOO_LONG = "series_too_long"
    FAMILY_PAY = "family_pay"
    """In a maternity pay period."""
    NOT_EMPLOYED = "not_employed"
    NOT_BEGUN = "not_begun"
    """Work under the contract has not begun."""
    ESA = "esa"
    """Employment and Support Allowance in the 12 weeks before."""
    CUSTODY = "custody"
    STRIKE = "strike"
    ABROAD = "abroad"
    """Outside the UK, with no National Insurance due here."""


_ENDS_PROTECTION = frozenset({NotPaid.WORKED, NotPaid.FAMILY_PAY, NotPaid.NOT_EMPLOYED})


@dataclass(frozen=True, slots=True)
class Absence:
    """Days of sickness in a row, both ends counted. `barred` is what keeps all of it from pay."""

    first_day: date
    last_day: date
    barred: NotPaid | None = None

    @property
    def days(self) -> int:
        """How many calendar days it has."""
        return (self.last_day - self.first_day).days + 1


@dataclass(frozen=True, slots=True)
class SickDay:
    """One day of an absence, and what it is worth.

    `weekly` is a week of sick pay in pounds, shared by `divisor` days. `share` is the part of
    a week this day is paid: less than one day's only where the 28 weeks end inside it.
    """

    day: date
    weekly: Fraction
    divisor: int
    share: Fraction
    not_paid: NotPaid | None = None
    protected: bool = False
    """Paid at the flat rate only because sick pay was already running on 5 April 2026."""

    @property
    def worth(self) -> Fraction:
        """What the day comes to, in exact pounds."""
        return self.weekly * self.share


@dataclass(frozen=True, slots=True)
class Series:
    """Absences that count as one, and every day of them."""

    first_day: date
    average: Fraction
    """Average weekly earnings before the first of them."""
    days: tuple[SickDay, ...]

    @property
    def weeks_paid(self) -> Fraction:
        """Weeks of sick pay used."""
        return sum((day.share for day in self.days), Fraction(0))

    def day_reaching(self, weeks: int) -> date | None:
        """Return the day on which so many weeks of sick pay had been used."""
        used = Fraction(0)
        for day in self.days:
            used += day.share
            if used >= weeks:
                return day.day
        return None


@dataclass(frozen=True, slots=True)
class SickFacts:
    """What sick pay depends on besides the absences."""

    qualifying_days: Callable[[date], frozenset[int]]
    """The weekdays (0 is Monday) agreed for the week that begins on a Sunday."""
    average: Callable[[date], Fraction]
    """Average weekly earnings before a series that begins on a day."""
    started_on: date
    left_on: date | None = None
    worked: frozenset[date] = field(default_factory=frozenset)
    """Days with any work on them."""
    family_pay: tuple[tuple[date, date], ...] = ()
    """First and last days of maternity pay periods."""


def weekly_rate(average: Fraction, rates: Rates, *, flat: bool = False) -> Fraction:
    """Return a week of sick pay, exact: the flat rate, or the share of earnings if that is less."""
    whole = Fraction(rates["ssp.flat_rate"].money().pence, 100)
    share = rates["ssp.earnings_share"].rate_if_any("value")
    if share is None or flat:
        return whole
    return min(whole, Fraction(share) * average)


def payable_week(weekly: Fraction, rates: Rates) -> Fraction:
    """Return a week of sick pay as it is shared among its days.

    Whether a part of a penny goes up before that is not settled by what HMRC has published. Taken
    up first, nobody is paid a penny too little.
    """
    if not rates["ssp.unsettled"].yes("week_up_first"):
        return weekly
    return Fraction(Money.up(weekly).pence, 100)


def amount(days: Iterable[SickDay]) -> Money:
    """Return what is paid for days together, any part of a penny going up."""
    return Money.up(sum((day.worth for day in days), Fraction(0)))


def clear_days_between(last_day: date, first_day: date) -> int:
    """Return the days between two absences, neither end counted."""
    return (first_day - last_day).days - 1


def links(last_day: date, first_day: date, rates: Rates) -> bool:
    """Whether an absence counts as one with the absence before it."""
    return clear_days_between(last_day, first_day) <= rates["ssp.limits"].whole("link_gap_days")


def week_of(day: date) -> date:
    """Return the Sunday that begins the week of a day."""
    return day - timedelta(days=(day.weekday() + 1) % 7)


def fallback_days(worked: Iterable[int]) -> frozenset[int]:
    """Return the qualifying days where none are agreed: the days worked, or else Wednesday."""
    return frozenset(worked) or frozenset({_WEDNESDAY})


def joined(absences: Iterable[Absence]) -> tuple[Absence, ...]:
    """Return absences in order, those with no day between them as one."""
    found: list[Absence] = []
    for absence in sorted(absences, key=lambda absence: absence.first_day):
        before = found[-1] if found else None
        if before is None or absence.first_day > before.last_day + _ONE_DAY:
            found.append(absence)
        elif before.barred is absence.barred:
            last = max(before.last_day, absence.last_day)
            found[-1] = Absence(before.first_day, last, before.barred)
        elif absence.last_day > before.last_day:
            rest = max(absence.first_day, before.last_day + _ONE_DAY)
            found.append(Absence(rest, absence.last_day, absence.barred))
    return tuple(found)


def sick_pay(
    absences: Iterable[Absence], facts: SickFacts, rates: RateBook, through: date
) -> tuple[Series, ...]:
    """Judge every day of every absence up to a day.

    Args:
        absences: All of them that may link, those from before the book included.
        facts: What else it depends on.
        rates: The rates by date.
        through: The last day to judge.

    Raises:
        RatesUnknownError: If no rates are known for one of the days.
    """
    begun = [absence for absence in joined(absences) if absence.first_day <= through]
    groups: list[list[Absence]] = []
    alone: list[list[Absence]] = []
    for absence in begun:
        here = rates.on(absence.first_day)
        if not _counts(absence, rates, through):
            alone.append([absence])
        elif groups and links(groups[-1][-1].last_day, absence.first_day, here):
            groups[-1].append(absence)
        else:
            groups.append([absence])
    return tuple(
        _Judge(group[0].first_day, facts, rates, through).series(group)
        for group in sorted([*groups, *alone], key=lambda group: group[0].first_day)
    )


def straddling_rate(
    average: Fraction,
    first_day: date,
    rates: RateBook,
    *,
    receiving: bool,
    returned: bool,
) -> Fraction:
    """Return a week of sick pay from 6 April 2026 in an absence that began before it.

    Args:
        average: Average weekly earnings before the absence.
        first_day: The first day of sickness.
        rates: The rates by date.
        receiving: Whether sick pay was being paid on 5 April 2026.
        returned: Whether there was a return to work since. The long absence is over by then, and
            so is the flat rate.
    """
    new = rates.on(NEW_RULES_FROM)
    if receiving and not returned:
        return weekly_rate(average, new, flat=True)
    transition = new["ssp.transition"]
    if not receiving and not returned and first_day <= transition.day("long_absence_cutoff"):
        return Fraction(transition.money("long_absence_rate").pence, 100)
    return weekly_rate(average, new)


def earns_enough(average: Fraction, first_day: date, rates: RateBook) -> bool:
    """Whether average earnings reach the lower earnings limit of the first day of sickness."""
    limit = rates.on(first_day)["national_insurance.lel"].money("weekly")
    return average >= Fraction(limit.pence, 100)


def _counts(absence: Absence, rates: RateBook, through: date) -> bool:
    """Whether an absence is long enough to count at all, by the law of its last day.

    One that is not links to nothing, before it or after it.
    """
    known = rates.on(min(absence.last_day, through))
    long_enough = absence.days >= known["ssp.minimum_period"].whole()
    return long_enough or known["ssp.unsettled"].yes("short_absences_link")


class _Judge:
    """Goes through one series day by day, counting what is used up on the way."""

    def __init__(self, first_day: date, facts: SickFacts, rates: RateBook, through: date) -> None:
        self.facts = facts
        self.rates = rates
        self.through = through
        self.first_day = first_day
        self.average = facts.average(first_day)
        self.earns_enough = earns_enough(self.average, first_day, rates)
        limits = rates.on(first_day)["ssp.limits"]
        self.most_weeks = limits.whole("maximum_weeks")
        self.ends = plus_months(first_day, 12 * limits.whole("maximum_linked_series_years"))
        self.weeks_used = Fraction(0)
        self.waited = 0
        self.nothing_more = False
        """Set by an unbroken long absence with too low earnings, for the whole series."""

    def series(self, absences: Sequence[Absence]) -> Series:
        days: list[SickDay] = []
        for absence in absences:
            days += self._absence(absence)
        return Series(self.first_day, self.average, tuple(days))

    def _absence(self, absence: Absence) -> Iterable[SickDay]:
        receiving = False
        day = absence.first_day
        last = min(absence.last_day, self.through)
        while day <= last:
            today = self.rates.on(day)
            judged = self._day(day, absence, today, flat=receiving and day >= NEW_RULES_FROM)
            if judged.not_paid in _ENDS_PROTECTION:
                receiving = False
            elif day < NEW_RULES_FROM:
                receiving = receiving or self._running(judged, today)
            self.weeks_used += judged.share
            yield judged
            day += _ONE_DAY

    def _running(self, judged: SickDay, today: Rates) -> bool:
        """Whether sick pay is running at the end of a day under the old rules.

        Somebody whose waiting days are all served by 5 April 2026, but whose first day of pay is
        later, is taken to be receiving it: they cannot be paid too little that way.
        """
        if judged.not_paid is None:
            return True
        served = self.waited >= today["ssp.waiting_days"].whole()
        return served and judged.not_paid in {NotPaid.WAITING, NotPaid.NOT_QUALIFYING}

    def _day(self, day: date, absence: Absence, today: Rates, *, flat: bool) -> SickDay:
        weekdays = self.facts.qualifying_days(week_of(day))
        not_paid = self._why_not(day, absence, weekdays, today)
        exact = weekly_rate(self.average, today, flat=flat)
        weekly = payable_week(exact, today)
        protected = flat and weekly != payable_week(weekly_rate(self.average, today), today)
        divisor = max(len(weekdays), 1)
        share = Fraction(0)
        if not_paid is None:
            share = min(Fraction(1, divisor), self.most_weeks - self.weeks_used)
        return SickDay(day, weekly, divisor, share, not_paid, protected)

    def _why_not(
        self, day: date, absence: Absence, weekdays: frozenset[int], today: Rates
    ) -> NotPaid | None:
        barred = self._barred(day, absence)
        if barred is not None:
            return barred
        if day.weekday() not in weekdays:
            return NotPaid.NOT_QUALIFYING
        if day in self.facts.worked:
            return NotPaid.WORKED
        return self._by_the_law_of(today, day, absence) or self._at_an_end(day)

    def _by_the_law_of(self, today: Rates, day: date, absence: Absence) -> NotPaid | None:
        if absence.days < today["ssp.minimum_period"].whole():
            return NotPaid.TOO_SHORT
        if today["ssp.earnings_test"].yes() and not self.earns_enough:
            return NotPaid.EARNINGS_TOO_LOW
        if self._long_absence(day, absence, today):
            return NotPaid.LONG_ABSENCE
        if self.waited < today["ssp.waiting_days"].whole():
            self.waited += 1
            return NotPaid.WAITING
        return None

    def _at_an_end(self, day: date) -> NotPaid | None:
        if self.weeks_used >= self.most_weeks:
            return NotPaid.USED_UP
        return NotPaid.SERIES_TOO_LONG if day >= self.ends else None

    def _barred(self, day: date, absence: Absence) -> NotPaid | None:
        left = self.facts.left_on
        if day < self.facts.started_on or (left is not None and day > left):
            return NotPaid.NOT_EMPLOYED
        if any(first <= day <= last for first, last in self.facts.family_pay):
            return NotPaid.FAMILY_PAY
        return absence.barred

    def _long_absence(self, day: date, absence: Absence, today: Rates) -> bool:
        """Whether a series that earned too little before 6 April 2026 still pays nothing."""
        if day < NEW_RULES_FROM or self.earns_enough:
            return False
        cutoff = today["ssp.transition"].day("long_absence_cutoff")
        if absence.first_day <= cutoff:
            self.nothing_more = True
        return self.nothing_more
