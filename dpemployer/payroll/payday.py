"""A payday for everybody paid together: draft, then final, put right only by reversal.

The facts alone, so that whoever reads them does not load the engine: `pay_run.py` has that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dpemployer.periods import PayFrequency


class PayRunStatus(StrEnum):
    """How far a pay run has got."""

    DRAFT = "draft"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class PayRun:
    """One payday of everybody paid at one frequency for one period."""

    id: int
    frequency: PayFrequency
    first_day: date
    last_day: date
    pay_date: date
    paid_on: date
    status: PayRunStatus = PayRunStatus.DRAFT
    finalised_at: datetime | None = None
    reverses_id: int | None = None
    """The pay run this one takes back."""
    corrects_id: int | None = None
    """The pay run this one replaces, after its reversal."""
    reason: str = ""
