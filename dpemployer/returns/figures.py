"""The figures of a return, each named as councils name it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dpemployer.bookkeeping.awards import Funder
from dpemployer.money import Money
from dpemployer.returns.balance_rules import Tested


@dataclass(frozen=True, slots=True)
class Totals:
    """The account in four figures."""

    opening: Money
    income: Money
    expenditure: Money
    closing: Money
    refunds: Money
    """Money back that was joined to a cost."""
    income_gross: Money
    """If such refunds were counted as income instead."""
    expenditure_gross: Money


@dataclass(frozen=True, slots=True)
class Agreement:
    """The bank's figure brought to the book's."""

    statement_closing: Money
    unpresented: Money
    outstanding: Money
    cash_in_hand: Money
    reconciled: Money
    difference: Money


@dataclass(frozen=True, slots=True)
class Check:
    """What should have come in, and what did."""

    expected: Money
    received: Money

    @property
    def over(self) -> Money:
        """Received above expected; less than nothing is short."""
        return self.received - self.expected

    @property
    def short(self) -> Money:
        """Expected above received; less than nothing is over."""
        return self.expected - self.received


@dataclass(frozen=True, slots=True)
class FunderPart:
    """One funder's own account within the account."""

    funder: Funder
    opening: Money
    income: Money
    expenditure: Money
    closing: Money
    commitments: Money
    tested: Tested | None
    """None: no limit was set for this funder."""


@dataclass(frozen=True, slots=True)
class BalanceTest:
    """Whether too much, or too little, is held."""

    by_funder: bool
    """Each funder's part is tested on its own; the figures for the whole are information."""
    tested: Tested
    commitments: Money
    reserves: Money
    repay: Money
    low: Money
    """How far it is under the least that should be held."""
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EvidenceMissing:
    """One payment without the paper it asks for."""

    entry_id: int
    day: date
    payee: str
    amount: Money
    needs: str


@dataclass(frozen=True, slots=True)
class Exceptional:
    """One thing the person has to explain."""

    code: str
    amount: Money
    subject: str
    text: str
    entry_id: int | None = None
