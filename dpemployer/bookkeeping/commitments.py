"""What is owed and not yet paid. Owed amounts are positive; less than nothing is owed back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dpemployer.money import Money


class CommitmentKind(StrEnum):
    """What a commitment is for."""

    WAGES = "wages_earned_unpaid"
    HMRC = "hmrc_due"
    PENSION = "pension_due"
    INVOICE = "invoice_unpaid"
    HOLIDAY = "holiday_accrued"
    INSURANCE = "insurance_due"


@dataclass(frozen=True, slots=True)
class Commitment:
    """Money owed to somebody, from the day it was earned until payments settle it."""

    id: int
    kind: CommitmentKind
    payee: str
    amount: Money
    incurred_on: date
    """Counts as owed from this day: the last day worked, or the payday for HMRC and pension."""
    due: date | None = None
    pay_run_id: int | None = None
    employment_id: int | None = None
    tax_month: str = ""
    """For HMRC: `2026-27/4`."""
    source: str = ""
    note: str = ""
    until_day: date | None = None
    """A bill noted for one return only stops counting after this day."""
    ends_reason: str = ""


@dataclass(frozen=True, slots=True)
class CommitmentShare:
    """One funder's part of a commitment, where funders share it."""

    id: int
    commitment_id: int
    funder_id: int
    amount: Money
