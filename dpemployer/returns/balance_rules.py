"""The few known ways of testing whether too much, or too little, is held."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from dpemployer.money import NOTHING, Money


class RuleKind(StrEnum):
    """What happens to a balance over, or under, what may be kept."""

    WEEKS_CAP = "weeks_cap"
    """Anything above so many weeks is money over."""
    RANGE = "range"
    """The same, and below so many weeks is a warning."""
    EXPLAIN_THRESHOLD = "explain_threshold"
    """More or less than so many weeks must be explained; nothing is repaid by itself."""
    EQUIVALENCY = "equivalency"
    """The next payment shrinks so that the balance comes back to the agreed level."""
    CARRY_FORWARD_YEAR_END = "carry_forward_year_end"
    """Tested only on the last return of the budget year."""
    NONE = "none"


class WeeklyBase(StrEnum):
    """What a week is worth in the test."""

    GROSS = "gross_weekly"
    """The funder's rate before the person's contribution."""
    NET = "net_weekly"
    """After it."""
    FUNDER_AWARD = "funder_award_weekly"
    """That funder's own weekly award."""


@dataclass(frozen=True, slots=True)
class BalanceRule:
    """How a template tests the balance."""

    kind: RuleKind
    weeks: int = 0
    min_weeks: int = 0
    weekly_base: WeeklyBase | None = None
    deduct_commitments: bool = False
    deduct_reserves: bool = False
    reserves_need_agreement: bool = False
    tested: str = "each_return"
    action: str = "none"
    repay_days: int = 0
    assumed: bool = False
    """A guess, not something seen: the person is told."""
    note: str = ""

    @property
    def least_weeks(self) -> int:
        """The fewest weeks that should be held."""
        return self.min_weeks if self.kind is RuleKind.RANGE else 0

    @property
    def repays(self) -> bool:
        """Whether money over is to go back."""
        return self.kind not in {RuleKind.EXPLAIN_THRESHOLD, RuleKind.NONE}


@dataclass(frozen=True, slots=True)
class Tested:
    """What a test came to."""

    weeks: int
    weekly_base: Money
    net: Money
    """The balance, less what is taken off first."""
    allowed: Money
    surplus: Money
    weeks_held: Decimal

    @property
    def below_allowed(self) -> Money:
        """How far it is under what may be kept."""
        return self.allowed.above(self.net)


def measure(net: Money, weeks: int, weekly_base: Money) -> Tested:
    """Measure a balance against so many weeks."""
    allowed = Money(weeks * weekly_base.pence)
    return Tested(
        weeks, weekly_base, net, allowed, net.above(allowed), weeks_held(net, weekly_base)
    )


def weeks_held(net: Money, weekly_base: Money) -> Decimal:
    """Return how many weeks' money is held, to one decimal, a half going up."""
    if weekly_base == NOTHING:
        return Decimal(0)
    return (Decimal(net.pence) / weekly_base.pence).quantize(Decimal("0.1"), ROUND_HALF_UP)
