"""Leave that cannot be is refused with a sentence that says what is wrong and what to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from dpemployer.errors import DpEmployerError, EntryError, RefusedError
from dpemployer.payroll.booked_leave import (
    AroundLeave,
    BookedLeave,
    CarryReason,
    LeaveCarried,
    LeaveDay,
    LeaveStatus,
    booked_minutes,
    checked_leave,
    days_between,
    refuse_late_refusal,
)

MONDAY = date(2026, 12, 21)
DAYS = days_between(MONDAY, MONDAY + timedelta(days=2), range(5), 480)
LEAVE = BookedLeave(
    0, 1, MONDAY, MONDAY + timedelta(days=2), DAYS, date(2026, 12, 1), note=" Christmas "
)
AROUND = AroundLeave(date(2026, 4, 6), None, 1440)
OTHER = replace(LEAVE, id=7)


def test_leave_that_can_be_comes_back_tidy() -> None:
    found = checked_leave(LEAVE, AROUND)

    assert found.minutes == 1440
    assert found.note == "Christmas"


def test_only_days_they_work_on_use_up_leave() -> None:
    found = days_between(MONDAY, MONDAY + timedelta(days=13), {0, 2}, 300)

    assert [each.day.weekday() for each in found] == [0, 2, 0, 2]


@pytest.mark.parametrize(
    ("leave", "around", "kind", "words"),
    [
        ({"last_day": MONDAY - timedelta(days=1)}, {}, EntryError, "is before the first"),
        ({"last_day": MONDAY + timedelta(days=366)}, {}, EntryError, "longer than a year"),
        ({"days": ()}, {}, EntryError, "one they work on"),
        ({"days": (LeaveDay(MONDAY, 0),)}, {}, EntryError, "at most 24"),
        ({"days": (LeaveDay(MONDAY, 1441),)}, {}, EntryError, "at most 24"),
        ({}, {"started_on": date(2027, 1, 4)}, EntryError, "before the job began"),
        ({}, {"left_on": MONDAY}, EntryError, "after the last day of the job"),
        ({}, {"others": (OTHER,)}, EntryError, "21 December 2026 is booked already"),
        ({}, {"paid_days": frozenset({MONDAY})}, EntryError, "has been paid"),
        ({}, {"approved_work": frozenset({MONDAY})}, EntryError, "its hours are approved"),
        ({}, {"family": frozenset({MONDAY})}, RefusedError, "a day of family leave"),
        ({}, {"sick": frozenset({MONDAY})}, EntryError, "They are off sick on 21 December"),
        ({}, {"left_minutes": 1439}, EntryError, "24 h of leave, and 23 h 59 min is left"),
        ({}, {"left_minutes": -60}, EntryError, "and 0 h is left"),
    ],
)
def test_leave_that_cannot_be_says_why(
    leave: dict[str, Any], around: dict[str, Any], kind: type[DpEmployerError], words: str
) -> None:
    with pytest.raises(kind) as refused:
        checked_leave(replace(LEAVE, **leave), replace(AROUND, **around))

    assert words in refused.value.what
    assert refused.value.next_step


@pytest.mark.parametrize(
    ("leave", "around"),
    [
        ({"in_advance": True}, {"left_minutes": 0}),
        ({"while_sick": True}, {"sick": frozenset({MONDAY})}),
        ({"id": 7}, {"others": (OTHER,)}),
        ({}, {"others": (replace(OTHER, status=LeaveStatus.REFUSED),)}),
        ({}, {"others": (replace(OTHER, status=LeaveStatus.CANCELLED),)}),
        ({}, {"left_on": MONDAY + timedelta(days=2)}),
    ],
)
def test_leave_that_was_thought_about_is_let_through(
    leave: dict[str, Any], around: dict[str, Any]
) -> None:
    checked_leave(replace(LEAVE, **leave), replace(AROUND, **around))


def test_leave_is_refused_as_many_days_before_as_it_is_long() -> None:
    refuse_late_refusal(LEAVE, date(2026, 12, 17))
    refuse_late_refusal(replace(LEAVE, status=LeaveStatus.APPROVED), date(2026, 12, 18))

    with pytest.raises(RefusedError, match="The last day was 17 December 2026"):
        refuse_late_refusal(LEAVE, date(2026, 12, 18))


def test_what_is_booked_is_what_stands_and_is_not_paid() -> None:
    refused = replace(LEAVE, status=LeaveStatus.REFUSED)

    assert booked_minutes((LEAVE, refused), MONDAY) == 960
    assert booked_minutes((), MONDAY) == 0


def test_what_does_not_go_on_is_lost() -> None:
    decided = LeaveCarried(1, 1, date(2027, 3, 31), 600, 480, CarryReason.AGREEMENT)

    assert decided.lost_minutes == 120
