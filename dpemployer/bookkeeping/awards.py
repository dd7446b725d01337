"""What funders pay, by date; what the person adds; what is set aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dpemployer.money import NOTHING, Money


class FunderKind(StrEnum):
    """What sort of body pays."""

    LOCAL_AUTHORITY = "local_authority"
    ILF = "ilf"
    NHS = "nhs"
    OTHER = "other"


class AwardBasis(StrEnum):
    """Whether the funder pays less the person's contribution, or in full and bills for it."""

    NET = "net"
    GROSS_INVOICED = "gross_invoiced"
    NONE = "none"


class PaymentFrequency(StrEnum):
    """How often a funder pays."""

    WEEKLY = "weekly"
    FOUR_WEEKLY = "four_weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class Funder:
    """A council, NHS body, ILF or other that pays into the account. Order matters: ties in
    rounding go to the funder with the lowest id."""

    id: int
    key: str
    name: str
    kind: FunderKind
    template: str = ""
    """The funder's own return; empty: the one chosen for the whole account."""


@dataclass(frozen=True, slots=True)
class Award:
    """One funder's weekly rate from a day to a day; rates are rows, never overwritten."""

    id: int
    funder_id: int
    from_day: date
    to_day: date | None
    gross_weekly: Money
    contribution_weekly: Money
    net_weekly: Money
    basis: AwardBasis | None
    """None: as the template says."""
    frequency: PaymentFrequency
    payment: Money
    """The regular payment."""
    note: str = ""
    first_payment: date | None = None
    """The day this rate is first paid; it is paid again at `frequency` while the rate lasts.
    None: the payments are listed one by one, as `ExpectedPayment`."""


class ExpectedKind(StrEnum):
    """Why a payment is expected."""

    REGULAR = "regular"
    RATE_ADJUSTMENT = "rate_adjustment"
    ADJUSTMENT = "adjustment"


@dataclass(frozen=True, slots=True)
class ExpectedPayment:
    """A payment a funder should make on a day."""

    id: int
    funder_id: int
    day: date
    amount: Money
    kind: ExpectedKind = ExpectedKind.REGULAR
    reason: str = ""
    covers_from: date | None = None
    covers_to: date | None = None


@dataclass(frozen=True, slots=True)
class ContributionPlan:
    """What the person should pay in, from a day to a day.

    With `first_due`, `amount` falls due on that day and again at `frequency`. Without it, what
    falls due is listed one by one, as `ContributionDue`. `in_account` False: the funder bills
    for it, or there is none, and nothing is expected in this account.
    """

    id: int
    funder_id: int | None
    """None: known only for the whole account, not funder by funder."""
    from_day: date
    to_day: date | None = None
    in_account: bool = True
    amount: Money = NOTHING
    frequency: PaymentFrequency = PaymentFrequency.WEEKLY
    first_due: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ContributionDue:
    """An amount of the person's own money that should be paid into the account on a day."""

    id: int
    funder_id: int | None
    """None: known only for the whole account."""
    day: date
    amount: Money
    times: int = 1
    """How often it falls due up to that day, where only the count is known."""


@dataclass(frozen=True, slots=True)
class OpeningShare:
    """One funder's part of the money that was there when the book began."""

    id: int
    funder_id: int
    amount: Money


@dataclass(frozen=True, slots=True)
class SplitRule:
    """How shared costs divide between funders: a whole-number weight for each, by category."""

    id: int
    funder_id: int
    weight: int
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BalanceLimit:
    """How many weeks of what base one funder lets its own part of the balance reach."""

    id: int
    funder_id: int
    weeks: int
    weekly_base: Money


@dataclass(frozen=True, slots=True)
class Reserve:
    """Money set aside with the funder's agreement."""

    id: int
    kind: str
    label: str
    amount: Money
    agreed_by: str = ""
    agreed_on: date | None = None
    from_day: date | None = None
    to_day: date | None = None
