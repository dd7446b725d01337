"""Rest is measured on what really passes between two clock times."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpemployer.statutory import rest
from dpemployer.statutory.rest import RestLimits, Stretch
from dpemployer.workings import explain
from tests.builders import RATES

if TYPE_CHECKING:
    from collections.abc import Sequence

MONDAY = datetime(2026, 11, 23)  # noqa: DTZ001 - what the clock on the wall says
LIMITS = RATES.on(RATES.last_day)
ADULT, YOUNG = RestLimits.of(LIMITS, young=False), RestLimits.of(LIMITS, young=True)


def hours(amount: float) -> timedelta:
    return timedelta(hours=amount)


def work(start: str, end: str) -> Stretch:
    return Stretch(datetime.fromisoformat(start), datetime.fromisoformat(end))


def at(first: float, last: float) -> Stretch:
    """Work by the hours since Monday morning at nought."""
    return Stretch(MONDAY + hours(first), MONDAY + hours(last))


@pytest.mark.parametrize(
    ("start", "end", "passed"),
    [
        ("2026-03-28T22:00", "2026-03-29T07:00", 8),
        ("2026-10-24T22:00", "2026-10-25T07:00", 10),
        ("2026-10-25T01:30", "2026-10-25T02:00", 1.5),
        ("2026-03-29T02:00", "2026-03-29T03:00", 1),
        ("2026-06-01T09:00", "2026-06-01T17:00", 8),
        ("2026-12-31T22:00", "2027-01-01T06:00", 8),
        ("2024-03-30T22:00", "2024-03-31T07:00", 8),
        ("2024-03-24T22:00", "2024-03-25T07:00", 9),
    ],
)
def test_a_night_when_the_clocks_change_is_as_long_as_it_was(
    start: str, end: str, passed: float
) -> None:
    assert work(start, end).length == hours(passed)


def test_the_24_hours_after_a_start_are_real_hours() -> None:
    # From 20:00 on Saturday to 20:00 on Sunday is 25 hours in October: with a shift that ends at
    # 07:00 GMT, 12 hours after it began, twelve are left.
    saturday = [work("2026-10-24T20:00", "2026-10-25T07:00")]

    (day,) = rest.daily_rests(saturday)

    assert day.longest == hours(12)


def test_the_week_in_which_the_clocks_go_forward_is_an_hour_shorter() -> None:
    until_sunday = [work("2026-03-23T00:00", "2026-03-29T00:00")]
    monday = datetime.fromisoformat("2026-03-23T00:00")

    assert rest.weekly_rest(until_sunday, monday) == hours(23)


def test_work_that_overlaps_or_touches_leaves_no_rest_between() -> None:
    together = [at(0, 6), at(4, 8), at(8, 13), at(1, 2)]

    assert rest.longest_rest(together, MONDAY, MONDAY + hours(24)) == hours(11)
    assert rest.short_days(together, hours(11)) == ()
    assert [day.longest for day in rest.daily_rests(together)] == [
        hours(11),
        hours(12),
        hours(15),
        hours(19),
    ]
    assert rest.free_time(together, MONDAY, MONDAY + hours(10)) == ()
    assert rest.longest_rest([at(0, 30)], MONDAY, MONDAY + hours(24)) == hours(0)


def test_work_that_goes_on_leaves_no_rest_to_shorter_work_within_it() -> None:
    within = [at(0, 30), at(1, 2), at(3, 4)]

    assert [day.longest for day in rest.daily_rests(within)] == [hours(0)] * 3


def test_the_limits_are_those_of_the_regulations() -> None:
    adult, young = RestLimits.of(LIMITS, young=False), RestLimits.of(LIMITS, young=True)

    assert adult == RestLimits(hours(11), hours(24), hours(6), timedelta(minutes=20))
    assert young == RestLimits(hours(12), hours(48), hours(4.5), timedelta(minutes=30))


def test_shifts_that_begin_together_are_one_start() -> None:
    assert len(rest.daily_rests([at(0, 5), at(0, 9)])) == 1


@pytest.mark.parametrize(
    ("free", "enough"),
    [
        ([(24, 48), (240, 264)], True),
        ([(24, 72)], True),
        ([(24, 71)], False),
        ([(24, 47.5), (100, 130)], False),
        ([], False),
    ],
)
def test_two_weeks_may_have_their_rest_together(
    free: Sequence[tuple[float, float]], *, enough: bool
) -> None:
    edges = [0.0, *(edge for pair in free for edge in pair), 14 * 24.0]
    worked = [at(*edges[place : place + 2]) for place in range(0, len(edges), 2)]

    assert rest.fortnight_rest_is_enough(worked, MONDAY, hours(24)) is enough


@pytest.mark.parametrize(
    ("breaks", "longest"),
    [
        ([], 0),
        ([(10, 10.5)], 30),
        ([(10, 10.25), (10.25, 10.5)], 30),
        ([(10, 10.25), (12, 12.5)], 30),
        ([(8, 9)], 0),
        ([(13, 14)], 0),
        ([(7, 8.5), (13.5, 15)], 0),
        ([(8, 14)], 0),
        ([(1, 2)], 0),
    ],
)
def test_a_break_is_in_one_go_and_neither_first_nor_last(
    breaks: Sequence[tuple[float, float]], longest: int
) -> None:
    shift = at(8, 14)

    found = rest.longest_break(shift, [at(*each) for each in breaks])

    assert found == timedelta(minutes=longest)


def test_a_break_is_asked_for_only_in_a_shift_longer_than_six_hours() -> None:
    assert rest.break_is_enough(hours(6), hours(0), ADULT)
    assert not rest.break_is_enough(hours(6.1), timedelta(minutes=19), ADULT)
    assert rest.break_is_enough(hours(6.1), timedelta(minutes=20), ADULT)
    assert not rest.break_is_enough(hours(4.6), timedelta(minutes=29), YOUNG)
    assert rest.break_is_enough(hours(4.5), hours(0), YOUNG)


def test_every_step_says_what_was_found() -> None:
    steps = [
        rest.daily_step(MONDAY, hours(8.5), ADULT.daily, "too short"),
        rest.weekly_step(MONDAY, hours(22), ADULT.weekly, "too short"),
        rest.break_step(hours(7), timedelta(minutes=15), YOUNG, "too short"),
    ]

    daily, weekly, break_ = (step.sentence for step in explain(steps))
    assert daily == (
        "In the 24 hours from 23/11/2026 00:00 the longest rest is 8 h 30 min. It should be at "
        "least 11 h: too short."
    )
    assert weekly == (
        "In the seven days from 23/11/2026 00:00 the longest rest is 22 h. It should be at least "
        "24 h: too short."
    )
    assert break_ == (
        "The shift is 7 h long. A shift of more than 4 h 30 min needs a break of 30 min in one "
        "go, and the longest was 15 min: too short."
    )


SHIFTS = st.lists(
    st.tuples(st.integers(0, 14 * 24 * 4), st.integers(1, 60)).map(
        lambda pair: at(pair[0] / 4, (pair[0] + pair[1]) / 4)
    ),
    min_size=1,
    max_size=12,
)


@given(SHIFTS, st.data())
def test_less_work_never_means_less_rest(worked: list[Stretch], data: st.DataObject) -> None:
    fewer = data.draw(st.lists(st.sampled_from(worked), unique=True, max_size=len(worked)))
    shorter = [Stretch(each.start, each.start + (each.end - each.start) / 2) for each in worked]

    for start, end in ((MONDAY, MONDAY + hours(168)), (MONDAY + hours(30), MONDAY + hours(54))):
        longest = rest.longest_rest(worked, start, end)
        assert rest.longest_rest(fewer, start, end) >= longest
        assert rest.longest_rest(shorter, start, end) >= longest
    assert len(rest.short_days(shorter, hours(11))) <= len(rest.short_days(worked, hours(11)))


@given(SHIFTS)
def test_asking_for_more_rest_never_finds_fewer_short_days(worked: list[Stretch]) -> None:
    adult = {day.start for day in rest.short_days(worked, ADULT.daily)}
    young = {day.start for day in rest.short_days(worked, YOUNG.daily)}

    assert adult <= young


def by_quarters(worked: list[Stretch], start: datetime, quarters: int) -> timedelta:
    """Look at each quarter of an hour by itself, and count the longest run without work."""
    longest = run = 0
    for place in range(quarters):
        begins = start + hours(place / 4)
        busy = any(each.start < begins + hours(1 / 4) and each.end > begins for each in worked)
        run = 0 if busy else run + 1
        longest = max(longest, run)
    return hours(longest / 4)


@given(SHIFTS)
def test_rest_is_what_counting_quarters_of_an_hour_finds(worked: list[Stretch]) -> None:
    for day in rest.daily_rests(worked):
        assert day.longest == by_quarters(worked, day.start, 24 * 4)
    assert rest.weekly_rest(worked, MONDAY) == by_quarters(worked, MONDAY, 7 * 24 * 4)


@given(SHIFTS, SHIFTS)
def test_a_break_is_what_counting_quarters_of_an_hour_finds(
    shifts: list[Stretch], breaks: list[Stretch]
) -> None:
    shift = shifts[0]
    during = [each for each in breaks if each.start < shift.end and each.end > shift.start]
    worked = rest.free_time(during, shift.start, shift.end)

    longest = rest.longest_break(shift, breaks)

    if not worked:
        assert longest == hours(0)
    else:
        first, last = worked[0].start, worked[-1].end
        quarters = (last - first) // hours(1 / 4)
        assert longest == by_quarters(list(worked), first, quarters)
