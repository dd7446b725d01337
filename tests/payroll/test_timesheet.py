"""Hours are what the clock on the wall said, and impossible ones are refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from dpemployer.errors import EntryError
from dpemployer.findings import Severity
from dpemployer.money import Money
from dpemployer.payroll.people import PayType
from dpemployer.payroll.timesheet import (
    Shift,
    clock_change_in,
    clock_change_sentence,
    completed,
    overlapping,
    shift_findings,
)
from tests.builders import MONDAY, a_shift, at

TUESDAY = date(2026, 6, 2)
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
"""The Sundays on which the clocks change in 2026."""


def test_a_shift_is_worth_its_length_less_the_break() -> None:
    shift = completed(a_shift(**at("08:00", "16:00"), break_minutes=30))

    assert shift.minutes == 7 * 60 + 30


def test_a_night_that_crosses_midnight_belongs_to_the_day_it_began() -> None:
    shift = completed(a_shift(pay_type=PayType.WAKING_NIGHT, **at("22:00", "07:00")))

    assert (shift.day, shift.minutes, shift.ends_next_day) == (MONDAY, 9 * 60, True)


def test_the_same_time_twice_is_a_whole_day() -> None:
    assert completed(a_shift(**at("08:00", "08:00"))).minutes == 24 * 60


def test_a_length_alone_is_enough() -> None:
    shift = completed(a_shift(minutes=90))

    assert (shift.minutes, shift.ends_next_day) == (90, False)


def test_a_sleep_in_is_one_night_unless_it_says_more() -> None:
    one = completed(a_shift(minutes=540, pay_type=PayType.SLEEP_IN))
    two = completed(a_shift(minutes=1080, pay_type=PayType.SLEEP_IN, quantity=2))

    assert (one.quantity, two.quantity) == (1, 2)


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"minutes": -1}, "less than no time"),
        ({"minutes": 24 * 60 + 1}, "24 h 1 min long"),
        ({"minutes": 60, "break_minutes": -1}, "less than nothing"),
        ({"minutes": 60, "quantity": -1}, "less than nothing"),
        ({"minutes": 60, "amount": Money(-1)}, "less than nothing"),
        ({"minutes": 0}, "has no length"),
        ({"started": time(8)}, "only one of its two times"),
        ({**at("08:00", "09:00"), "break_minutes": 61}, "less than no time"),
        ({"minutes": 540, "awake_minutes": 541}, "longer than the night"),
        ({"minutes": 60, "paid_break_minutes": 61}, "paid break is longer than the shift"),
        ({"minutes": 60, "paid_break_minutes": -1}, "less than nothing"),
        ({"pay_type": PayType.EXPENSES}, "has no amount"),
    ],
)
def test_impossible_hours_are_refused_with_what_to_do(changes: dict[str, Any], what: str) -> None:
    with pytest.raises(EntryError, match=what) as refused:
        completed(a_shift(**changes))

    assert refused.value.why
    assert refused.value.next_step


def test_an_expense_needs_no_length() -> None:
    expense = a_shift(pay_type=PayType.EXPENSES, amount=Money(350))

    assert completed(expense) == expense


def test_shifts_that_overlap_are_found() -> None:
    long = a_shift(id=1, **at("08:00", "14:00"))
    inside = a_shift(id=2, **at("09:00", "10:00"))
    also_inside = a_shift(id=3, **at("13:00", "15:00"))
    after = a_shift(id=4, **at("15:00", "16:00"))

    pairs = overlapping([after, also_inside, inside, long])

    assert [(first.id, second.id) for first, second in pairs] == [(1, 2), (1, 3)]


def test_a_night_overlaps_the_morning_after() -> None:
    night = a_shift(id=1, pay_type=PayType.SLEEP_IN, **at("22:00", "07:00"))
    morning = a_shift(TUESDAY, id=2, **at("06:30", "12:00"))

    findings = shift_findings([night, morning])

    assert [finding.code for finding in findings] == ["shifts_overlap"]
    assert "06:30" in findings[0].message
    assert findings[0].severity is Severity.WARNING


def test_work_during_a_sleep_in_is_no_overlap_unless_it_is_counted_twice() -> None:
    night = a_shift(
        id=1, pay_type=PayType.SLEEP_IN, label="Sleep-in", quantity=1, **at("22:00", "07:00")
    )
    call_out = a_shift(TUESDAY, id=2, **at("02:00", "03:00"))
    morning = a_shift(TUESDAY, id=3, **at("06:30", "09:00"))
    second_night = replace(night, id=4, started=time(23, 0))

    assert shift_findings([night, call_out]) == ()
    (twice,) = shift_findings([replace(night, awake_minutes=60), call_out])
    assert twice.code == "call_out_counted_twice"
    assert "The work at 02:00 on 2 June 2026 is a shift of its own, and the sleep-in has 1 h" in (
        twice.message
    )
    assert [finding.code for finding in shift_findings([night, morning])] == ["shifts_overlap"]
    assert [finding.code for finding in shift_findings([night, second_night])] == ["shifts_overlap"]


def test_shifts_that_meet_do_not_overlap() -> None:
    assert shift_findings([a_shift(**at("08:00", "12:00")), a_shift(**at("12:00", "13:00"))]) == ()


def test_shifts_by_length_alone_cannot_overlap() -> None:
    assert overlapping([a_shift(minutes=600), a_shift(**at("08:00", "12:00"))]) == ()


def test_a_day_with_more_than_a_day_in_it_cannot_be_without_times() -> None:
    (finding,) = shift_findings([a_shift(minutes=900), a_shift(minutes=600)])

    assert (finding.code, finding.severity) == ("day_impossible", Severity.BLOCKING)
    assert "come to 25 h, and a day has 24" in finding.message


def test_with_times_more_than_a_day_may_begin_on_a_day() -> None:
    day = completed(a_shift(**at("00:00", "14:00")))
    night = completed(a_shift(**at("14:00", "01:00")))

    (finding,) = shift_findings([day, night])

    assert (finding.code, finding.severity) == ("day_overfull", Severity.WARNING)
    assert "25 h" in finding.message


def test_nights_recorded_together_are_of_different_days() -> None:
    nights = a_shift(minutes=1800, pay_type=PayType.SLEEP_IN, label="Sleep-in", quantity=3)

    assert shift_findings([nights, a_shift(minutes=600)]) == ()


@pytest.mark.parametrize(
    ("day", "start", "end", "expected"),
    [
        (date(2026, 3, 28), "22:00", "07:00", SPRING),
        (SPRING, "00:30", "08:00", SPRING),
        (SPRING, "08:00", "12:00", None),
        (date(2026, 10, 24), "22:00", "07:00", AUTUMN),
        (date(2026, 10, 24), "08:00", "12:00", None),
        (date(2026, 10, 17), "22:00", "07:00", None),
        (date(2026, 6, 28), "22:00", "07:00", None),
    ],
)
def test_a_clock_change_during_a_shift_is_known(
    day: date, start: str, end: str, expected: date | None
) -> None:
    assert clock_change_in(a_shift(day, **at(start, end))) == expected


def test_a_night_without_times_is_taken_to_cross_the_clock_change() -> None:
    saturday = date(2026, 10, 24)

    night = a_shift(saturday, 540, PayType.SLEEP_IN)
    by_day = a_shift(saturday, 540)

    assert clock_change_in(night) == AUTUMN
    assert clock_change_in(by_day) is None


def test_a_clock_change_is_said_in_the_timesheet() -> None:
    night = a_shift(date(2026, 3, 28), pay_type=PayType.WAKING_NIGHT, **at("22:00", "07:00"))

    (finding,) = shift_findings([night])

    assert finding.code == "clocks_changed"
    assert finding.severity is Severity.NOTE
    assert "forward" in finding.message


def test_when_the_clocks_go_back_an_hour_more_was_worked() -> None:
    assert "back on 25 October 2026" in clock_change_sentence(AUTUMN)


def test_a_shift_keeps_what_was_typed() -> None:
    shift = Shift(7, 3, MONDAY, PayType.TRAVEL, "Travel", 30, note="bus")

    assert completed(shift) == shift
