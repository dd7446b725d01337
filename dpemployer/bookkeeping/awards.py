"""What funders pay, by date; what the person adds; what is set aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import count, takewhile
from typing import TYPE_CHECKING

from dpemployer.money import NOTHING, Money
from dpemployer.periods import plus_months

if TYPE_CHECKING:
    from collections.abc import Iterable

CONTRIBUTION = "contribution"
"""The kind of what the person should pay in."""


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
    """A council, NHS body, ILF or other that pays into the account.

    Order matters: ties in rounding go to the funder with the lowest id.
    """

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


@dataclass(frozen=True, slots=True)
class Expected:
    """A payment that should come on a day, from a funder or from the person."""

    funder_id: int | None
    day: date
    amount: Money
    kind: str
    """`regular`, `rate_adjustment`, `adjustment` or `contribution`."""
    reason: str = ""


def days_due(start: date, frequency: PaymentFrequency, first: date, last: date) -> tuple[date, ...]:
    """List the days from first to last on which something due at *start* falls due again."""
    if frequency is PaymentFrequency.MONTHLY:
        months = max(0, (first.year - start.year) * 12 + first.month - start.month - 1)
        later = (plus_months(start, number) for number in count(months))
    else:
        step = timedelta(weeks=1 if frequency is PaymentFrequency.WEEKLY else 4)
        ahead = max(0, -((start - first) // step))
        later = (start + number * step for number in count(ahead))
    return tuple(day for day in takewhile(lambda day: day <= last, later) if day >= first)


def award_in_force(awards: Iterable[Award], funder_id: int, day: date) -> Award | None:
    """Return a funder's rate on a day: the newest one that has begun and not ended."""
    held = [
        award
        for award in awards
        if award.funder_id == funder_id
        and award.from_day <= day
        and (award.to_day is None or award.to_day >= day)
    ]
    return max(held, key=lambda award: award.from_day, default=None)


def payments_expected(
    awards: Iterable[Award], listed: Iterable[ExpectedPayment], first: date, last: date
) -> tuple[Expected, ...]:
    """List what funders should pay from first to last, by day."""
    found = [
        Expected(one.funder_id, one.day, one.amount, one.kind, one.reason)
        for one in listed
        if first <= one.day <= last
    ]
    for award in awards:
        if award.first_payment is not None:
            until = last if award.to_day is None else min(last, award.to_day)
            found += [
                Expected(award.funder_id, day, award.payment, ExpectedKind.REGULAR)
                for day in days_due(award.first_payment, award.frequency, first, until)
            ]
    return tuple(sorted(found, key=lambda one: one.day))


def contributions_expected(
    plans: Iterable[ContributionPlan], listed: Iterable[ContributionDue], first: date, last: date
) -> tuple[Expected, ...]:
    """List what the person should pay in from first to last, by day."""
    found = [
        Expected(one.funder_id, one.day, Money(one.amount.pence * one.times), CONTRIBUTION)
        for one in listed
        if first <= one.day <= last
    ]
    for plan in plans:
        if plan.in_account and plan.first_due is not None:
            until = last if plan.to_day is None else min(last, plan.to_day)
            found += [
                Expected(plan.funder_id, day, plan.amount, CONTRIBUTION)
                for day in days_due(
                    plan.first_due, plan.frequency, max(first, plan.from_day), until
                )
            ]
    return tuple(sorted(found, key=lambda one: one.day))
