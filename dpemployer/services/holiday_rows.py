"""Holiday as the plain, frozen rows that windows and commands are shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dpemployer.findings import Finding
from dpemployer.payroll.booked_leave import (
    AskedBy,
    BookedLeave,
    LeaveCarried,
    LeaveDay,
    LeaveReminder,
    LeaveStatus,
    days_between,
)
from dpemployer.payroll.people import HolidayTerms, OpeningHoliday
from dpemployer.payroll.timesheet import Shift
from dpemployer.services.rows import HolidayBalanceRow
from dpemployer.statutory.holiday_leave import CarryReason, LeaveNotice, leave_notice

__all__ = [
    "HOLIDAY_FACTS",
    "AskedBy",
    "BookedLeave",
    "CalendarDay",
    "CarryChoice",
    "CarryReason",
    "HolidayOverview",
    "LeaveCarried",
    "LeaveDay",
    "LeaveNotice",
    "LeaveReminder",
    "LeaveStatus",
    "Mark",
    "MarkKind",
    "days_between",
    "leave_notice",
]

HOLIDAY_FACTS: frozenset[type] = frozenset(
    {BookedLeave, LeaveCarried, LeaveReminder, HolidayTerms, OpeningHoliday, Shift}
)
"""What a page that shows somebody's holiday has to look at again when it changes."""


class MarkKind(StrEnum):
    """What a day of the calendar has on it."""

    REQUESTED = "requested"
    APPROVED = "approved"
    TAKEN = "taken"
    """Holiday on a timesheet."""
    SICK = "sick"
    FAMILY = "family"


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing on one day: whose, and how long."""

    kind: MarkKind
    name: str
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day: its bank holiday, if it is one, and who is away."""

    day: date
    bank_holiday: str = ""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class CarryChoice:
    """A leave year that ended with leave left, about which nothing has been decided."""

    employment_id: int
    name: str
    year_first: date
    year_end: date
    left_minutes: int
    least: tuple[tuple[CarryReason, int, date | None], ...]
    """For each reason: the minutes that must go on, and the last day to use them."""


@dataclass(frozen=True, slots=True)
class HolidayOverview:
    """Everything about the holiday of one job on a day."""

    balance: HolidayBalanceRow
    booked: int
    """Asked for or agreed to, and not paid yet."""
    leaves: tuple[BookedLeave, ...]
    """The newest first."""
    day_minutes: int
    """What a day off is taken to be, where the timesheet does not say."""
    weekdays: tuple[int, ...]
    """The days of the week they usually work, as far as is known."""
    first_year_minutes: int | None
    """What may be taken so far in the first year of regular hours; None after it."""
    rolled_up: bool
    carried: tuple[LeaveCarried, ...]
    reminders: tuple[LeaveReminder, ...]
    choice: CarryChoice | None
    findings: tuple[Finding, ...]

    @property
    def free(self) -> int:
        """What may still be booked."""
        return self.balance.left - self.booked
