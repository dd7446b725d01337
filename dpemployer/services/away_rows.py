"""Time away as the rows that windows show and papers print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dpemployer.findings import Finding
from dpemployer.money import Money
from dpemployer.payroll.away import (
    AgreedDays,
    Bar,
    FamilyLeave,
    FitNote,
    LeaveBlock,
    PayBefore,
    Sickness,
)
from dpemployer.statutory.family_pay import Because, FamilyPay

__all__ = [
    "AWAY_FACTS",
    "AgreedDays",
    "Bar",
    "Because",
    "FamilyLeave",
    "FamilyPay",
    "FitNote",
    "LeaveBlock",
    "LeaveRow",
    "MissingPay",
    "SickRow",
    "Sickness",
    "TimeAwayDetail",
]


AWAY_FACTS: frozenset[type] = frozenset(
    {AgreedDays, FamilyLeave, FitNote, LeaveBlock, PayBefore, Sickness}
)
"""The kinds of fact about time away: whatever shows it asks again when one is touched."""


@dataclass(frozen=True, slots=True)
class SickRow:
    """One absence, what is due for it so far, and what there is to know about it."""

    fact: Sickness
    due: Money
    """Sick pay for its days up to now, whether paid already or not."""
    days_paid: int
    weeks_used: str
    """Of the 28, in all linked sickness."""
    says: str
    """In a sentence: what it comes to, or why nothing."""
    fit_notes: tuple[FitNote, ...]
    weekdays: str
    """The working days agreed for the week it began in; empty when none were."""


@dataclass(frozen=True, slots=True)
class LeaveRow:
    """One family leave: its weeks, whether there is pay, and how much."""

    fact: FamilyLeave
    blocks: tuple[LeaveBlock, ...]
    weeks: int
    entitled: bool | None
    """None where it cannot be said yet."""
    says: str
    worked_days: int
    """Days worked in it so far."""


@dataclass(frozen=True, slots=True)
class MissingPay:
    """A payday whose pay an average needs and nobody has said."""

    pay_date: date
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class TimeAwayDetail:
    """Everything about one person's time away."""

    employment_id: int
    name: str
    sick: tuple[SickRow, ...]
    """The latest first."""
    leaves: tuple[LeaveRow, ...]
    agreed: tuple[AgreedDays, ...]
    missing: tuple[MissingPay, ...]
    weekdays_now: str
    """The working days agreed for this week; empty when none were."""
    findings: tuple[Finding, ...] = ()
