"""A week of shifts and everything around it, for tests of what there is to look at in it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from dpemployer.payroll.people import PayType
from dpemployer.payroll.rota import RotaFacts
from dpemployer.payroll.timesheet import completed
from dpemployer.payroll.working_time import WorkingTimeRecord
from tests.builders import MONDAY, RATES, a_person, a_shift, an_employment, at

if TYPE_CHECKING:
    from dpemployer.payroll.timesheet import Shift

SUNDAY = MONDAY + timedelta(days=6)
LIMITS = RATES.on(RATES.last_day)
SEVENTEEN = a_person(born_on=date(2009, 1, 15))


def on(day: int, start: str, end: str, **changes: Any) -> Shift:
    """Work on a day counted from the Monday of the week."""
    return completed(a_shift(MONDAY + timedelta(days=day), **at(start, end), **changes))


def asleep(day: int, start: str = "22:00", end: str = "07:00", **changes: Any) -> Shift:
    """A night slept in."""
    return on(day, start, end, pay_type=PayType.SLEEP_IN, label="Sleep-in", quantity=1, **changes)


def leave(day: int, minutes: int = 480) -> Shift:
    """A day of holiday."""
    return a_shift(MONDAY + timedelta(days=day), minutes, PayType.HOLIDAY, "Holiday")


def week(*shifts: Shift, **changes: Any) -> RotaFacts:
    """The week of Monday 1 June 2026, looked at on the day after it."""
    facts: dict[str, Any] = {
        "person": a_person(),
        "employment": an_employment(started_on=date(2025, 1, 6)),
        "first_day": MONDAY,
        "last_day": SUNDAY,
        "on": SUNDAY + timedelta(days=1),
        "shifts": shifts,
        **changes,
    }
    return RotaFacts(**facts)


def record(**changes: Any) -> WorkingTimeRecord:
    """What is known of the working time."""
    return WorkingTimeRecord(1, 1, **changes)
