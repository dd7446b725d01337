"""Long weeks, nights and people under 18, on one timesheet.

Source: Working Time Regulations 1998, regulations 4 to 7; in Northern Ireland the Regulations of
2016. These limits do not hold for a domestic servant in a private household. Whether a personal
assistant is one is not settled, so each finding says its doubt until the employer has decided.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
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
    doubt,
    minutes_of,
    stretch_of,
    working_minutes,
)
from dpemployer.payroll.timesheet import Shift
from dpemployer.periods import plus_months
from dpemployer.statutory.working_time import HoursLimits, night_average, weekly_average

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpemployer.statutory.rates import Figures, Rates
    from dpemployer.statutory.working_time import Average

_REGULATIONS = "Working Time Regulations 1998 (SI 1998/1833)"
_LONGEST_MAKING_UP = 8
"""Weeks an average may end before the timesheet does, so that days of leave can be made up."""
_OFTEN = Fraction(1, 3)
"""Whoever works at night on this share of their days is a night worker: a court's view."""
_A_FEW = 3


def hours_findings(facts: RotaFacts, rates: Rates) -> tuple[Finding, ...]:
    """Say where weeks were too long, nights too many, or somebody too young."""
    if facts.domestic:
        return tuple(_permission(facts))
    return (
        *_average_week(facts, rates),
        *_nights(facts, rates),
        *_young(facts, rates),
        *_permission(facts),
    )


# ── the average week ──


@dataclass(frozen=True, slots=True)
class _Window:
    """The days an average is over, and the days worked after it that make up for leave."""

    first: date
    last: date
    shifts: tuple[Shift, ...]
    made_up: tuple[Shift, ...]

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def _window(facts: RotaFacts, weeks: int) -> _Window | None:
    """Return the newest days an average can be over, days of leave made up after them.

    A job or a book that began later has fewer days. Weeks without work in between count.
    """
    every = between(facts.every_shift, facts.employment.started_on, facts.last_day)
    if not every:
        return None
    away = facts.away | {
        shift.day for shift in (*facts.around, *facts.shifts) if shift.pay_type is PayType.HOLIDAY
    }
    began = max(facts.employment.started_on, facts.recorded_from or every[0].day)
    newest: _Window | None = None
    for earlier in range(_LONGEST_MAKING_UP):
        last = facts.last_day - earlier * WEEK
        first = max(last - weeks * WEEK + DAY, began)
        if first > last:
            break
        shifts = between(every, first, last)
        worked_days = {shift.day for shift in shifts}
        excluded = sum(1 for day in away if first <= day <= last and day not in worked_days)
        after = sorted({shift.day for shift in every if shift.day > last})[:excluded]
        made_up = tuple(shift for shift in every if shift.day in after)
        found = _Window(first, last, shifts, made_up)
        newest = newest or found
        if len(after) == excluded:
            return found
    return newest


def _average_week(facts: RotaFacts, rates: Rates) -> Iterator[Finding]:
    limits = HoursLimits.of(rates)
    window = _window(facts, limits.reference_weeks)
    if window is None or facts.young_on(facts.last_day):
        return
    record = facts.known
    average = weekly_average(
        Fraction(minutes_of(window.shifts), 60),
        Fraction(minutes_of(window.made_up), 60),
        max(Fraction(window.days, 7), Fraction(1)),
        limits,
        opted_out=record.opted_out(facts.last_day),
        domestic_service=record.domestic_service,
    )
    if average.warn:
        yield _too_long(facts, average, window, limits)
    elif not average.over and not record.opted_out(facts.last_day):
        yield from _with_other_work(facts, average, limits)


def _too_long(facts: RotaFacts, average: Average, window: _Window, limits: HoursLimits) -> Finding:
    record = facts.known
    ended = record.opted_out_on is not None and record.opt_out_ends_on is not None
    if ended:
        code = "opt_out_expired"
        message = _(
            "From {first} to {last} the average week is {average} hours, over the limit of "
            "{limit}. The agreement that the limit does not apply has ended. Cut the hours, or "
            "agree it anew in writing."
        )
    else:
        code = "avg_48"
        message = _(
            "From {first} to {last} the average week is {average} hours, over the limit of "
            "{limit}. Cut the hours. Or ask the person whether they agree in writing that the "
            "limit does not apply; they may say no, and end it later with notice."
        )
    return Finding(
        severity=Severity.WARNING,
        code=code,
        subject=_("Working time"),
        message=doubt(
            facts,
            message.format(
                first=long_date(window.first),
                last=long_date(window.last),
                average=average.shown,
                limit=limits.week,
            ),
        ),
        source=f"{_REGULATIONS}, regulations 4 and 5",
    )


def _with_other_work(facts: RotaFacts, average: Average, limits: HoursLimits) -> Iterator[Finding]:
    other = facts.known.other_work_minutes
    if not other or average.exact + Fraction(other, 60) <= limits.week:
        return
    yield Finding(
        severity=Severity.NOTE,
        code="second_job",
        subject=_("Working time"),
        message=doubt(
            facts,
            _(
                "With {other} a week for others the average week comes to more than {limit} hours. "
                "Work for everybody counts together. Ask once a year how much it is."
            ).format(other=hours_and_minutes(other), limit=limits.week),
        ),
        source=f"{_REGULATIONS}, regulation 4",
    )


# ── nights ──


def _nights(facts: RotaFacts, rates: Rates) -> Iterator[Finding]:
    limits, figures = HoursLimits.of(rates), rates["working_time.adult"]
    window = _window(facts, limits.reference_weeks)
    if window is None:
        return
    nights = [shift for shift in window.shifts if _is_night(shift, figures)]
    days = {shift.day for shift in window.shifts}
    if len(nights) < _A_FEW or Fraction(len({n.day for n in nights}), len(days)) < _OFTEN:
        return
    weeks = max(window.days // 7, 1)
    average = night_average(
        Fraction(minutes_of(window.shifts), 60),
        Fraction(max(window.days, 7)),
        Fraction(weeks),
        limits,
        domestic_service=facts.known.domestic_service,
    )
    if average.warn:
        yield _long_nights(facts, average, window, limits)
    yield from _hard_nights(facts, limits, figures)
    yield from _health(facts)


def _is_night(shift: Shift, figures: Figures) -> bool:
    """Whether three hours of a shift or more are in night time."""
    least = timedelta(hours=figures.whole("night_worker_hours"))
    return _time_between(shift, figures.text("night_from"), figures.text("night_to")) >= least


def _time_between(shift: Shift, start: str, end: str) -> timedelta:
    """Return how much of a shift is between an evening clock time and a morning one."""
    stretch = stretch_of(shift)
    if stretch is None:
        by_length = shift.pay_type in {PayType.SLEEP_IN, PayType.WAKING_NIGHT}
        return timedelta(minutes=shift.minutes) if by_length else timedelta(0)
    evening, morning = time.fromisoformat(start), time.fromisoformat(end)
    total = timedelta(0)
    for day in (shift.day - DAY, shift.day, shift.day + DAY):
        first = max(stretch.start, datetime.combine(day, evening))
        last = min(stretch.end, datetime.combine(day + DAY, morning))
        total += max(last - first, timedelta(0))
    return total


def _long_nights(
    facts: RotaFacts, average: Average, window: _Window, limits: HoursLimits
) -> Finding:
    return Finding(
        severity=Severity.WARNING,
        code="night_avg_8",
        subject=_("Nights"),
        message=doubt(
            facts,
            _(
                "From {first} to {last} this night worker works {average} hours in each 24 on "
                "average, over the limit of {limit}. Cut the hours or share the nights."
            ).format(
                first=long_date(window.first),
                last=long_date(window.last),
                average=average.shown,
                limit=limits.night,
            ),
        ),
        source=f"{_REGULATIONS}, regulation 6",
    )


def _hard_nights(facts: RotaFacts, limits: HoursLimits, figures: Figures) -> Iterator[Finding]:
    if not facts.known.night_hazard:
        return
    days = [
        shift.day
        for shift in facts.worked
        if _is_night(shift, figures) and working_minutes(shift) > limits.night * 60
    ]
    if days:
        yield Finding(
            severity=Severity.WARNING,
            code="night_8_hard",
            subject=_("Nights"),
            message=doubt(
                facts,
                _(
                    "The risk assessment calls these nights hard, so none may be longer than "
                    "{limit} hours. Longer ones began on {days}. Share the night."
                ).format(limit=limits.night, days=days_listed(days)),
            ),
            source=f"{_REGULATIONS}, regulation 6(7)",
        )


def _health(facts: RotaFacts) -> Iterator[Finding]:
    offered = facts.known.night_assessment_on
    if offered is not None and plus_months(offered, 12) > facts.last_day:
        return
    yield Finding(
        severity=Severity.WARNING,
        code="night_health",
        subject=_("Nights"),
        message=doubt(
            facts,
            _(
                "Whoever works nights is to be offered a free health assessment before they "
                "begin, and once a year. None is recorded in the last year. Offer it, and record "
                "the day."
            ),
        ),
        source=f"{_REGULATIONS}, regulation 7",
    )


# ── under 18 ──


def _young(facts: RotaFacts, rates: Rates) -> Iterator[Finding]:
    young = [shift for shift in facts.worked if facts.young_on(shift.day)]
    if not young:
        return
    limits, figures = HoursLimits.of(rates), rates["working_time.young_worker"]
    by_day: dict[date, int] = defaultdict(int)
    for shift in young:
        by_day[shift.day] += working_minutes(shift)
    days = [day for day, minutes in by_day.items() if minutes > limits.young_day * 60]
    weeks = [
        monday
        for monday in facts.weeks()
        if facts.young_on(monday)
        and minutes_of(between(facts.every_shift, monday, monday + WEEK - DAY))
        > limits.young_week * 60
    ]
    if days or weeks:
        yield _young_hours(facts, [*days, *weeks], limits)
    start, end = figures.text("no_work_from"), figures.text("no_work_to")
    at_night = [shift.day for shift in young if _time_between(shift, start, end)]
    if at_night:
        yield _young_night(facts, at_night, start, end)


def _young_hours(facts: RotaFacts, days: list[date], limits: HoursLimits) -> Finding:
    return Finding(
        severity=Severity.WARNING,
        code="young_8_40",
        subject=_("Working time"),
        message=doubt(
            facts,
            _(
                "Under 18, nobody may work more than {day} hours in a day or {week} in a week, "
                "and no agreement changes that. There was more on the day, or in the week from, "
                "{days}. Change the hours."
            ).format(day=limits.young_day, week=limits.young_week, days=days_listed(days)),
        ),
        source=f"{_REGULATIONS}, regulation 5A",
    )


def _young_night(facts: RotaFacts, days: list[date], start: str, end: str) -> Finding:
    return Finding(
        severity=Severity.WARNING,
        code="young_night",
        subject=_("Nights"),
        message=doubt(
            facts,
            _(
                "Under 18, nobody may work between {start} and {end}. There was work then on "
                "{days}. Change the hours."
            ).format(start=start, end=end, days=days_listed(days)),
        ),
        source=f"{_REGULATIONS}, regulation 6A",
    )


# ── permission to work ──


def _permission(facts: RotaFacts) -> Iterator[Finding]:
    until, most = facts.right_to_work_until, facts.known.weekly_minutes_allowed
    after = [shift.day for shift in facts.worked if until is not None and shift.day > until]
    if until is not None and after:
        yield Finding(
            severity=Severity.WARNING,
            code="rtw_expired",
            subject=_("Right to work"),
            message=_(
                "The right to work that was checked ended on {until}, and there is work on "
                "{days}. Check it again now, before any more work. What was worked has to be paid."
            ).format(until=long_date(until), days=days_listed(after)),
            source="Immigration, Asylum and Nationality Act 2006, sections 15 to 25",
        )
    if most is None:
        return
    weeks = [
        monday
        for monday in facts.weeks()
        if minutes_of(between(facts.every_shift, monday, monday + WEEK - DAY)) > most
    ]
    if weeks:
        yield Finding(
            severity=Severity.WARNING,
            code="visa_hours",
            subject=_("Right to work"),
            message=_(
                "Their visa allows {most} of work in a week. There was more in the weeks that "
                "begin on {weeks}. Work for others counts too. Take advice, and cut the hours."
            ).format(most=hours_and_minutes(most), weeks=days_listed(weeks)),
            source="Immigration, Asylum and Nationality Act 2006, section 15",
        )
