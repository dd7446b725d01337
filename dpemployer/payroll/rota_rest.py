"""Rest and breaks on one timesheet.

Source: Working Time Regulations 1998, regulations 10 to 12, 21, 22 and 24; in Northern Ireland
the Regulations of 2016, which say the same. They hold in a private household too. Rest may be
short where care has to go on, or where work is split up over the day; then as much rest is owed
at another time. Why it was short, and the rest given for it, are facts.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
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
    listed,
    midnight,
    stretch_of,
    stretches,
)
from dpemployer.payroll.timesheet import minutes_from
from dpemployer.statutory import rest
from dpemployer.statutory.rest import RestLimits, Stretch, said, whole_minutes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from dpemployer.payroll.timesheet import Shift
    from dpemployer.statutory.rates import Rates

REST_OVERDUE = "comp_rest_due"
ABOUT_DAILY_REST = frozenset({"daily_rest_11", "daily_rest_12_young", REST_OVERDUE})
"""The codes of findings about rest that is owed at another time."""
_REGULATIONS = "Working Time Regulations 1998 (SI 1998/1833)"
_TIME_TO_MAKE_UP = timedelta(days=14)
_LONG_GAP = timedelta(hours=2)
_A_DAY = timedelta(hours=24)


def rest_findings(facts: RotaFacts, rates: Rates) -> tuple[Finding, ...]:
    """Say where rest or breaks on a timesheet were too short."""
    return (
        *_daily_rest(facts, rates),
        *_weekly_rest(facts, rates),
        *_breaks(facts, rates),
        *_sleep_in_between_shifts(facts),
        *_split_days(facts),
    )


# ── each day ──


def _daily_rest(facts: RotaFacts, rates: Rates) -> Iterator[Finding]:
    for young in (False, True):
        limit = RestLimits.of(rates, young=young).daily
        short = {
            day: missing
            for day, missing in _missing(facts, limit).items()
            if facts.young_on(day) is young
        }
        given: dict[date, int] = defaultdict(int)
        for made_up in facts.rests:
            given[made_up.short_day] += made_up.minutes
        owed = {day: missing - given[day] for day, missing in short.items() if missing > given[day]}
        late = [day for day in owed if day + _TIME_TO_MAKE_UP < facts.on]
        soon = [day for day in owed if day not in late]
        if soon:
            yield _short_rest(owed, soon, limit, young=young)
        if late:
            yield _rest_overdue(owed, late)
        if made := [day for day in short if day not in owed]:
            yield _rest_made_up(made, limit)


def _missing(facts: RotaFacts, limit: timedelta) -> dict[date, int]:
    """Return by how many minutes the rest after the shifts of each day is too short."""
    found: dict[date, int] = {}
    near = between(facts.every_shift, facts.first_day - 2 * DAY, facts.last_day + 2 * DAY)
    for short in rest.short_days(stretches(near), limit):
        day = short.start.date()
        if facts.first_day <= day <= facts.last_day:
            missing = whole_minutes(limit - short.longest)
            found[day] = max(found.get(day, 0), missing)
    for day, minutes in _by_length_alone(facts.worked).items():
        missing = whole_minutes(limit - _A_DAY) + minutes
        if missing > found.get(day, 0):
            found[day] = missing
    return dict(sorted(found.items()))


def _by_length_alone(shifts: Iterable[Shift]) -> dict[date, int]:
    """Return the time worked on each day on which some of it has no start and end."""
    total: dict[date, int] = defaultdict(int)
    untimed: set[date] = set()
    for shift in shifts:
        total[shift.day] += minutes_from(shift)
        if stretch_of(shift) is None:
            untimed.add(shift.day)
    return {day: total[day] for day in untimed}


def _short_rest(
    owed: dict[date, int], days: list[date], limit: timedelta, *, young: bool
) -> Finding:
    said_of = {"limit": said(limit), "days": _with_lengths(owed, days)}
    if young:
        code = "daily_rest_12_young"
        message = _(
            "Somebody under 18 needs {limit} of rest in each 24 hours. This much was missing: "
            "{days}. Only work split up over the day, or short work, may break it. Change the "
            "hours, and give the missing rest soon."
        )
    else:
        code = "daily_rest_11"
        message = _(
            "There should be {limit} of rest in the 24 hours from the start of each shift. This "
            "much was missing: {days}. Give that much rest at another time within two weeks, and "
            "record it."
        )
    return Finding(
        severity=Severity.WARNING,
        code=code,
        subject=_("Rest"),
        message=message.format(**said_of),
        source=f"{_REGULATIONS}, regulations 10 and 24",
    )


def _rest_overdue(owed: dict[date, int], days: list[date]) -> Finding:
    return Finding(
        severity=Severity.WARNING,
        code=REST_OVERDUE,
        subject=_("Rest"),
        message=_(
            "Rest was too short more than two weeks ago and nothing is recorded that makes up for "
            "it: {days}. Record the rest that was given since, or give it now."
        ).format(days=_with_lengths(owed, days)),
        source=f"{_REGULATIONS}, regulation 24",
    )


def _rest_made_up(days: list[date], limit: timedelta) -> Finding:
    return Finding(
        severity=Severity.NOTE,
        code="rest_made_up",
        subject=_("Rest"),
        message=_(
            "The rest was shorter than {limit} on {days}. As much was given at another time."
        ).format(limit=said(limit), days=days_listed(days)),
        source=f"{_REGULATIONS}, regulation 24",
    )


def _with_lengths(minutes: dict[date, int], days: Iterable[date]) -> str:
    return listed(
        [
            _("{day} ({length})").format(day=long_date(day), length=hours_and_minutes(minutes[day]))
            for day in days
        ]
    )


# ── each week ──


def _weekly_rest(facts: RotaFacts, rates: Rates) -> Iterator[Finding]:
    near = between(facts.every_shift, facts.first_day - 3 * WEEK, facts.last_day + 2 * DAY)
    work = stretches(near)
    both = rates["working_time.adult"].whole("weekly_with_daily_rest_hours")
    short: dict[date, int] = {}
    shortish: list[date] = []
    young_weeks: dict[date, int] = {}
    for monday in facts.weeks():
        if not between(near, monday, monday + WEEK):
            continue
        young = facts.young_on(monday)
        limit = RestLimits.of(rates, young=young).weekly
        longest = rest.weekly_rest(work, midnight(monday))
        if young and longest < limit:
            young_weeks[monday] = whole_minutes(longest)
        elif longest < limit and not _fortnight_is_enough(facts, work, monday, limit):
            short[monday] = whole_minutes(longest)
        elif limit <= longest < timedelta(hours=both) and not young:
            shortish.append(monday)
    if young_weeks:
        yield _young_week(young_weeks)
    if short:
        yield _no_day_off(short, lives_in=facts.known.lives_in)
    if shortish:
        yield _little_more_than_a_day(shortish, both)


def _fortnight_is_enough(
    facts: RotaFacts, work: Iterable[Stretch], monday: date, limit: timedelta
) -> bool:
    """Whether the week before makes up for this one; before the job began there was none."""
    before = monday - WEEK
    return facts.employment.started_on <= before and rest.fortnight_rest_is_enough(
        work, midnight(before), limit
    )


def _no_day_off(short: dict[date, int], *, lives_in: bool) -> Finding:
    if lives_in:
        code = "live_in_no_day_off"
        message = _(
            "Somebody who lives in needs 24 hours off without a break in each week too. In the "
            "weeks that begin on these days the longest time off was: {weeks}. Agree a day off."
        )
    else:
        code = "weekly_rest_24"
        message = _(
            "There should be 24 hours off without a break in each week, or two such days in two "
            "weeks. In the weeks that begin on these days the longest time off was: {weeks}. Keep "
            "a day free, and give the missing rest soon."
        )
    return Finding(
        severity=Severity.WARNING,
        code=code,
        subject=_("Rest"),
        message=message.format(weeks=_with_lengths(short, short)),
        source=f"{_REGULATIONS}, regulation 11",
    )


def _young_week(short: dict[date, int]) -> Finding:
    return Finding(
        severity=Severity.WARNING,
        code="weekly_rest_48_young",
        subject=_("Rest"),
        message=_(
            "Somebody under 18 needs 48 hours off in each week. In the weeks that begin on these "
            "days the longest time off was: {weeks}. Change the hours."
        ).format(weeks=_with_lengths(short, short)),
        source=f"{_REGULATIONS}, regulation 11(3)",
    )


def _little_more_than_a_day(weeks: list[date], both: int) -> Finding:
    return Finding(
        severity=Severity.NOTE,
        code="weekly_rest_35",
        subject=_("Rest"),
        message=_(
            "A day off should come on top of the rest of that night: {hours} hours together. The "
            "weeks that begin on these days had less: {weeks}."
        ).format(hours=both, weeks=days_listed(weeks)),
        source=f"{_REGULATIONS}, regulation 11(7)",
    )


# ── during a shift ──


def _breaks(facts: RotaFacts, rates: Rates) -> Iterator[Finding]:
    for young in (False, True):
        limits = RestLimits.of(rates, young=young)
        days = [
            shifts[0].day
            for shifts in _blocks(facts.worked)
            if facts.young_on(shifts[0].day) is young
            and _break_is_short(shifts, limits, facts.known.usual_break_minutes or 0)
        ]
        if days:
            yield _no_break(days, limits, young=young)


def _blocks(shifts: Iterable[Shift]) -> Iterator[list[Shift]]:
    """Return shifts worked without a gap together; a night slept in stands apart."""
    block: list[Shift] = []
    end = None
    for shift in shifts:
        if shift.pay_type is PayType.SLEEP_IN:
            continue
        stretch = stretch_of(shift)
        if stretch is None:
            yield [shift]
            continue
        if end is not None and stretch.start <= end:
            block.append(shift)
            end = max(end, stretch.end)
            continue
        if block:
            yield block
        block, end = [shift], stretch.end
    if block:
        yield block


def _break_is_short(shifts: list[Shift], limits: RestLimits, usual: int) -> bool:
    """Whether work without a gap had too short a break; `usual` is for shifts that say none."""
    timed = stretches(shifts)
    if timed:
        length = Stretch(timed[0].start, max(each.end for each in timed)).length
    else:
        length = timedelta(minutes=sum(shift.minutes + shift.break_minutes for shift in shifts))
    longest = max(shift.break_minutes or shift.paid_break_minutes or usual for shift in shifts)
    return not rest.break_is_enough(length, timedelta(minutes=longest), limits)


def _no_break(days: list[date], limits: RestLimits, *, young: bool) -> Finding:
    if young:
        code = "break_30_young"
        message = _(
            "Under 18, work of more than {after} needs a break of {length} in one go. None is "
            "recorded on {days}. Record the break, or change the hours."
        )
    else:
        code = "break_20"
        message = _(
            "Work of more than {after} needs a break of {length} in one go. None is recorded on "
            "{days}. Record the break, paid or not. If nobody could take over, pay it and give as "
            "much rest at another time."
        )
    return Finding(
        severity=Severity.WARNING,
        code=code,
        subject=_("Breaks"),
        message=message.format(
            after=said(limits.break_after), length=said(limits.break_length), days=days_listed(days)
        ),
        source=f"{_REGULATIONS}, regulation 12",
    )


# ── patterns ──


def _sleep_in_between_shifts(facts: RotaFacts) -> Iterator[Finding]:
    """Say where a sleep-in lies directly between two shifts: a day and a night in one go."""
    every = [(shift, stretch) for shift in facts.every_shift if (stretch := stretch_of(shift))]
    others = [stretch for shift, stretch in every if shift.pay_type is not PayType.SLEEP_IN]
    nights = [
        shift.day
        for shift, night in every
        if shift.pay_type is PayType.SLEEP_IN
        and facts.first_day <= shift.day <= facts.last_day
        and any(stretch.start < night.start <= stretch.end for stretch in others)
        and any(stretch.start <= night.end < stretch.end for stretch in others)
    ]
    if nights:
        yield Finding(
            severity=Severity.WARNING,
            code="back_to_back_sleepin",
            subject=_("Rest"),
            message=_(
                "A sleep-in lies directly between two shifts on {days}. The night is working time "
                "too, asleep or not, so there was no rest. Give rest at another time, and record "
                "it."
            ).format(days=days_listed(nights)),
            source=f"{_REGULATIONS}, regulations 10 and 24",
        )


def _split_days(facts: RotaFacts) -> Iterator[Finding]:
    by_day: dict[date, list[Stretch]] = defaultdict(list)
    for shift in facts.worked:
        stretch = stretch_of(shift)
        if stretch is not None:
            by_day[shift.day].append(stretch)
    split = [
        day
        for day, worked in by_day.items()
        if any(
            gap.length > _LONG_GAP
            for gap in rest.free_time(worked, min(worked).start, max(each.start for each in worked))
        )
    ]
    if split:
        yield Finding(
            severity=Severity.NOTE,
            code="split_shift",
            subject=_("Rest"),
            message=_(
                "The work of a day was split, with more than two hours between, on {days}. That "
                "is lawful. Where it makes a rest too short, as much rest is owed at another time."
            ).format(days=days_listed(split)),
            source=f"{_REGULATIONS}, regulation 22",
        )
