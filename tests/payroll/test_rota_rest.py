"""Rest and breaks on a timesheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpemployer.findings import Severity
from dpemployer.payroll.people import PayType
from dpemployer.payroll.rota_rest import rest_findings
from dpemployer.payroll.working_time import RestGiven
from tests.builders import MONDAY, a_shift, an_employment, at
from tests.payroll.rota_builders import (
    LIMITS,
    SEVENTEEN,
    asleep,
    leave,
    on,
    record,
    week,
)

if TYPE_CHECKING:
    from dpemployer.payroll.rota import RotaFacts
    from dpemployer.payroll.timesheet import Shift

BREAK = {"break_minutes": 30}


def found(facts: RotaFacts) -> dict[str, str]:
    return {finding.code: finding.message for finding in rest_findings(facts, LIMITS)}


def test_an_ordinary_week_has_nothing_to_look_at() -> None:
    assert found(week(*(on(day, "09:00", "17:00", **BREAK) for day in range(5)))) == {}
    assert found(week()) == {}


# ── each day ──

LATE_THEN_EARLY = (on(0, "14:00", "22:30", **BREAK), on(1, "07:00", "12:00"))


def test_a_late_shift_and_an_early_one_leave_too_little_rest() -> None:
    messages = found(week(*LATE_THEN_EARLY))

    assert list(messages) == ["daily_rest_11"]
    assert "This much was missing: 1 June 2026 (2 h 30 min)." in messages["daily_rest_11"]


def test_rest_given_later_makes_up_for_it() -> None:
    def given_minutes(*minutes: int) -> tuple[RestGiven, ...]:
        later = MONDAY + timedelta(days=3)
        return tuple(RestGiven(1, 1, MONDAY, later, each, "care") for each in minutes)

    enough = week(*LATE_THEN_EARLY, rests=given_minutes(90, 60))
    too_little = week(*LATE_THEN_EARLY, rests=given_minutes(120))
    elsewhere = week(*LATE_THEN_EARLY, rests=(RestGiven(1, 1, MONDAY - timedelta(7), MONDAY, 999),))

    assert list(found(enough)) == ["rest_made_up"]
    assert "1 June 2026 (30 min)" in found(too_little)["daily_rest_11"]
    assert "1 June 2026 (2 h 30 min)" in found(elsewhere)["daily_rest_11"]


def test_rest_owed_for_more_than_two_weeks_is_overdue() -> None:
    last_chance, late = MONDAY + timedelta(days=14), MONDAY + timedelta(days=15)

    assert list(found(week(*LATE_THEN_EARLY, on=last_chance))) == ["daily_rest_11"]
    assert list(found(week(*LATE_THEN_EARLY, on=late))) == ["comp_rest_due"]


def test_the_shift_after_the_timesheet_is_looked_at_too() -> None:
    sunday = on(6, "14:00", "22:00", **BREAK)
    next_monday = on(7, "06:00", "09:00")

    assert "7 June 2026 (3 h)" in found(week(sunday, around=(next_monday,)))["daily_rest_11"]
    assert "daily_rest_11" not in found(week(sunday))
    last_sunday = on(-1, "14:00", "22:00")
    assert found(week(on(0, "06:00", "09:00"), around=(last_sunday,))) == {}


def test_a_day_of_more_than_thirteen_hours_has_no_room_for_rest() -> None:
    untimed = (a_shift(minutes=8 * 60), a_shift(minutes=6 * 60, pay_type=PayType.ENHANCED))

    assert "1 June 2026 (1 h)" in found(week(*untimed))["daily_rest_11"]
    assert "daily_rest_11" not in found(week(a_shift(minutes=13 * 60, break_minutes=30)))
    nights = a_shift(minutes=1800, pay_type=PayType.SLEEP_IN, label="Sleep-in", quantity=3)
    assert found(week(nights)) == {}


def test_the_worse_of_two_shortfalls_of_a_day_is_said() -> None:
    split = (on(0, "07:00", "10:00"), on(0, "18:00", "22:00"), on(1, "07:00", "10:00"))
    with_untimed = (*split, a_shift(minutes=8 * 60))

    # From 07:00 the longest rest is 9 hours: from 22:00 until 07:00.
    assert "1 June 2026 (2 h)" in found(week(*split))["daily_rest_11"]
    # Seven hours and eight make fifteen: nine are left.
    assert "1 June 2026 (2 h)" in found(week(*with_untimed))["daily_rest_11"]


def test_many_days_are_not_all_named() -> None:
    double = [
        shift
        for day in range(7)
        for shift in (on(day, "06:00", "09:00"), on(day, "17:00", "22:00"))
    ]

    message = found(week(*double, around=(on(7, "06:00", "09:00"),)))["daily_rest_11"]

    assert "6 June 2026 (3 h) and 1 more." in message


def test_under_eighteen_twelve_hours_are_needed() -> None:
    shifts = (on(0, "09:00", "17:00", **BREAK), on(1, "04:45", "08:00"))

    assert found(week(*shifts)) == {}
    messages = found(week(*shifts, person=SEVENTEEN))
    assert list(messages) == ["daily_rest_12_young"]
    assert "1 June 2026 (15 min)" in messages["daily_rest_12_young"]


# ── each week ──

SHORT_CALLS = tuple(on(day, "09:00", "11:00") for day in range(7))


def test_short_calls_every_day_leave_no_day_off() -> None:
    worked_before = tuple(on(day, "09:00", "11:00") for day in range(-7, 0))
    messages = found(week(*SHORT_CALLS, around=worked_before))

    assert list(messages) == ["weekly_rest_24"]
    assert "1 June 2026 (22 h)" in messages["weekly_rest_24"]


def test_two_days_off_in_the_week_before_are_enough_for_both() -> None:
    three_days = tuple(on(day, "09:00", "11:00") for day in (-7, -6, -5))
    new = an_employment(started_on=MONDAY)

    assert found(week(*SHORT_CALLS, around=three_days)) == {}
    assert "weekly_rest_24" in found(week(*SHORT_CALLS, employment=new))


def test_whoever_lives_in_needs_a_day_off_too() -> None:
    facts = week(
        *SHORT_CALLS, employment=an_employment(started_on=MONDAY), record=record(lives_in=True)
    )

    assert list(found(facts)) == ["live_in_no_day_off"]


def test_a_day_off_should_not_swallow_the_rest_of_the_night() -> None:
    # From 20:00 on Friday until 06:00 on Sunday 34 hours pass; none longer.
    shifts = (
        *(on(day, "09:00", "11:00") for day in range(4)),
        on(4, "15:00", "20:00"),
        on(6, "06:00", "10:00"),
    )

    assert found(week(*shifts)) == {
        "weekly_rest_35": (
            "A day off should come on top of the rest of that night: 35 hours together. The weeks "
            "that begin on these days had less: 1 June 2026."
        )
    }


def test_under_eighteen_two_days_off_are_needed() -> None:
    shifts = tuple(on(day, "09:00", "11:00") for day in range(6))

    assert list(found(week(*shifts, person=SEVENTEEN))) == ["weekly_rest_48_young"]
    assert found(week(*shifts)) == {}


def test_a_week_is_told_of_on_the_timesheet_with_its_sunday() -> None:
    new = an_employment(started_on=MONDAY)
    saturday = MONDAY + timedelta(days=5)
    first = week(*SHORT_CALLS[:6], last_day=saturday, employment=new)
    second = week(
        SHORT_CALLS[6],
        first_day=saturday + timedelta(days=1),
        last_day=saturday + timedelta(days=7),
        around=SHORT_CALLS[:6],
        employment=new,
    )

    assert found(first) == {}
    assert list(found(second)) == ["weekly_rest_24"]


# ── breaks ──


def test_a_long_shift_without_a_break_is_found() -> None:
    messages = found(week(on(0, "08:00", "14:01"), on(1, "08:00", "14:00")))

    assert list(messages) == ["break_20"]
    assert "None is recorded on 1 June 2026." in messages["break_20"]


@pytest.mark.parametrize(
    "shift",
    [
        on(0, "08:00", "16:00", break_minutes=20),
        on(0, "08:00", "16:00", paid_break_minutes=20),
        a_shift(minutes=480, break_minutes=30),
        a_shift(minutes=360),
        asleep(0),
        leave(0),
    ],
)
def test_a_break_may_be_paid_or_not_needed(shift: Shift) -> None:
    assert found(week(shift)) == {}


def test_a_break_in_every_long_shift_is_said_once() -> None:
    shift = on(0, "08:00", "16:00")

    assert found(week(shift, record=record(usual_break_minutes=20))) == {}
    assert "break_20" in found(week(shift, record=record(usual_break_minutes=15)))
    short = replace(shift, paid_break_minutes=10)
    assert "break_20" in found(week(short, record=record(usual_break_minutes=20)))


def test_shifts_that_follow_on_are_one_piece_of_work() -> None:
    morning, afternoon = on(0, "08:00", "12:00"), on(0, "12:00", "16:00", label="Weekend")
    apart = on(0, "13:00", "16:00")

    assert "break_20" in found(week(morning, afternoon))
    assert "break_20" not in found(week(morning, apart))
    assert "break_20" not in found(week(morning, replace(afternoon, break_minutes=20)))
    inside = on(0, "09:00", "10:00", label="Weekend")
    assert "break_20" in found(week(morning, inside, afternoon))


def test_hours_without_times_are_looked_at_by_their_length() -> None:
    untimed = a_shift(minutes=361)

    assert "break_20" in found(week(untimed))
    assert "break_20" in found(week(on(0, "06:00", "07:00"), untimed))


def test_under_eighteen_a_break_is_longer_and_sooner() -> None:
    shift = on(0, "08:00", "13:00", break_minutes=20)

    assert list(found(week(shift, person=SEVENTEEN))) == ["break_30_young"]
    assert found(week(shift)) == {}


# ── patterns ──


def test_a_sleep_in_directly_between_two_shifts_is_found() -> None:
    before, after = on(0, "14:00", "22:00", **BREAK), on(1, "07:00", "12:00")

    messages = found(week(before, asleep(0), after))

    assert "1 June 2026" in messages["back_to_back_sleepin"]
    assert "back_to_back_sleepin" not in found(week(before, asleep(0)))
    assert "back_to_back_sleepin" not in found(week(asleep(0), after))
    assert "back_to_back_sleepin" not in found(week(before, asleep(0, end="06:00"), after))
    last_week = (on(-7, "14:00", "22:00"), asleep(-7), on(-6, "07:00", "12:00"))
    assert "back_to_back_sleepin" not in found(week(around=last_week))


def test_a_day_split_in_two_is_a_note() -> None:
    split = (on(0, "08:00", "10:00"), on(0, "12:01", "14:00"))

    (finding,) = rest_findings(week(*split, a_shift(minutes=30)), LIMITS)

    assert (finding.code, finding.severity) == ("split_shift", Severity.NOTE)
    assert found(week(split[0], on(0, "12:00", "14:00"))) == {}


def test_no_finding_about_rest_stops_the_pay() -> None:
    facts = week(*LATE_THEN_EARLY, *SHORT_CALLS, on(3, "08:00", "20:00"), person=SEVENTEEN)

    assert not any(finding.blocks for finding in rest_findings(facts, LIMITS))


STARTS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 40), st.integers(1, 50)), max_size=8)


@given(STARTS)
def test_less_work_never_means_more_warnings_about_rest(starts: list[tuple[int, int, int]]) -> None:
    def worked(part: int) -> RotaFacts:
        shifts = []
        for day, start, length in starts:
            begins = start * 15
            ends = begins + max(15, length * 15 // part)
            shifts.append(on(day, _clock(begins), _clock(ends)))
        return week(*shifts)

    def short(facts: RotaFacts) -> set[str]:
        about = ("daily_rest_11", "weekly_rest_24", "break_20")
        return set(about) & set(found(facts))

    assert short(worked(2)) <= short(worked(1))


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


def test_the_clock_change_decides_about_real_rest() -> None:
    # From 20:00 on Saturday 28 March 2026 ten hours pass until 07:00, and not eleven.
    saturday = MONDAY - timedelta(days=65)
    shifts = (
        a_shift(saturday, **at("15:00", "20:00")),
        a_shift(saturday + timedelta(days=1), **at("07:00", "12:00")),
    )
    first = saturday - timedelta(days=5)
    facts = week(*shifts, first_day=first, last_day=saturday + timedelta(days=1), on=saturday)

    assert "28 March 2026 (1 h)" in found(facts)["daily_rest_11"]
