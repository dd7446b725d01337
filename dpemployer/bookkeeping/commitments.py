"""What is owed and not yet paid. Owed amounts are positive; less than nothing is owed back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from dpemployer.money import NOTHING, Money

if TYPE_CHECKING:
    from dpemployer.bookkeeping.funding import FunderRules


class CommitmentKind(StrEnum):
    """What a commitment is for."""

    WAGES = "wages_earned_unpaid"
    HMRC = "hmrc_due"
    PENSION = "pension_due"
    INVOICE = "invoice_unpaid"
    HOLIDAY = "holiday_accrued"
    INSURANCE = "insurance_due"
    DEDUCTION = "deduction_due"
    """Taken from pay for somebody else: a court, a council, the Child Maintenance Service."""
    REDUNDANCY = "redundancy_due"
    """Paid with somebody's last wages; returns ask for it apart."""
    ADVANCE = "advance_due"
    """An advance of pay or a loan, to be paid out and owed back."""


@dataclass(frozen=True, slots=True)
class Commitment:
    """Money owed to somebody, from the day it was earned until payments settle it."""

    id: int
    kind: CommitmentKind
    payee: str
    amount: Money
    incurred_on: date
    """Counts as owed from this day: the last day worked, or the payday where that is earlier."""
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


CATEGORY_OF = {
    CommitmentKind.WAGES: "pay.net_wages",
    CommitmentKind.HMRC: "pay.hmrc",
    CommitmentKind.PENSION: "pay.pension",
    CommitmentKind.INVOICE: "care.agency",
    CommitmentKind.HOLIDAY: "pay.net_wages",
    CommitmentKind.INSURANCE: "emp.insurance",
    CommitmentKind.DEDUCTION: "pay.deductions",
    CommitmentKind.REDUNDANCY: "pay.redundancy",
    CommitmentKind.ADVANCE: "pay.net_wages",
}
"""What a payment that settles a commitment is for; an invoice may be for something else."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A commitment at the end of a day: what payments up to then have settled of it."""

    commitment: Commitment
    settled: Money
    shares: tuple[CommitmentShare, ...] = ()

    @property
    def outstanding(self) -> Money:
        """What is still owed; less than nothing where too much was paid."""
        return self.commitment.amount - self.settled

    def by_funder(self, rules: FunderRules) -> tuple[tuple[int | None, Money], ...]:
        """Divide what is outstanding between the funders; as agreed, where that was recorded."""
        if self.shares and self.settled == NOTHING:
            return tuple((share.funder_id, share.amount) for share in self.shares)
        if any(share.amount for share in self.shares):
            parts = self.outstanding.shared([abs(share.amount.pence) for share in self.shares])
            return tuple(
                (share.funder_id, part) for share, part in zip(self.shares, parts, strict=True)
            )
        shared = rules.share(self.outstanding, CATEGORY_OF[self.commitment.kind])
        return tuple((funder, part) for funder, part, _known in shared)
