"""Time worked: shifts in a pay period, approved before they are paid.

Times are what the clock on the wall said. Minutes are whole; a night that crosses midnight
belongs to the day it began.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from dpemployer.money import NOTHING, Money
from dpemployer.payroll.people import PayType


class TimesheetStatus(StrEnum):
    """How far a timesheet has got."""

    DRAFT = "draft"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Timesheet:
    """One person's hours in one pay period."""

    id: int
    employment_id: int
    first_day: date
    last_day: date
    status: TimesheetStatus = TimesheetStatus.DRAFT
    approved_on: date | None = None
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class Shift:
    """One piece of work or leave on one day."""

    id: int
    timesheet_id: int
    day: date
    pay_type: PayType
    label: str
    """Which rate it is paid at, with `pay_type`."""
    minutes: int = 0
    """Paid time, breaks taken off; for a sleep-in, the length of the night."""
    started: time | None = None
    ended: time | None = None
    break_minutes: int = 0
    awake_minutes: int = 0
    """Of a sleep-in: time awake for the purpose of working."""
    quantity: int = 0
    """Nights or miles, where the rate is for those."""
    amount: Money = NOTHING
    """Expenses given back at cost."""
    note: str = ""
