"""Everything a return is built from, gathered by whoever can ask the book for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from dpemployer.bookkeeping.accounts import Account, AccountKind
from dpemployer.bookkeeping.awards import (
    Award,
    BalanceLimit,
    Expected,
    Funder,
    Reserve,
)
from dpemployer.bookkeeping.commitments import Owed
from dpemployer.bookkeeping.funding import FunderRules, Posted
from dpemployer.bookkeeping.ledger import LedgerEntry
from dpemployer.bookkeeping.reported import Invoice
from dpemployer.findings import Finding
from dpemployer.money import NOTHING, Money


@dataclass(frozen=True, slots=True)
class AccountPeriod:
    """One account with statements, as the bank has it."""

    account: Account
    opening: Money
    """Before the first day."""
    closing: Money
    """After the last day."""


@dataclass(frozen=True, slots=True)
class PeriodEntry:
    """One entry of the period, and the numbers of the papers that prove it."""

    posted: Posted
    papers: tuple[int, ...] = ()
    in_book: bool = False
    """The book itself proves it: it holds a paper, or the payslips of what was paid."""

    @property
    def entry(self) -> LedgerEntry:
        """The entry itself."""
        return self.posted.entry

    @property
    def proven(self) -> bool:
        """Whether anything at all proves it."""
        return bool(self.papers) or self.in_book


@dataclass(frozen=True, slots=True)
class StaffMember:
    """One personal assistant's hours and pay in the period."""

    key: str
    """Initials, or as others report them."""
    periods: int = 0
    """How many payslips."""
    worked: Decimal = Decimal(0)
    holiday: Decimal = Decimal(0)
    sick: Decimal = Decimal(0)
    rates: tuple[Money, ...] = ()
    gross: Money = NOTHING
    tax: Money = NOTHING
    employee_ni: Money = NOTHING
    employee_pension: Money = NOTHING
    net: Money = NOTHING
    employer_ni: Money = NOTHING
    employer_pension: Money = NOTHING
    loans: Money = NOTHING
    """Student and postgraduate loans, which go to HMRC with the tax."""


@dataclass(frozen=True, slots=True)
class PeriodFacts:
    """One period of one book."""

    first_day: date
    last_day: date
    accounts: tuple[AccountPeriod, ...]
    """Those with statements; the cash tin has none."""
    opening_book: Money
    """What the cash book held before the first day."""
    tin_opening: Money
    """The part of it that was cash."""
    entries: tuple[PeriodEntry, ...]
    """Those that count, by day."""
    waiting: tuple[LedgerEntry, ...]
    """Not on any statement by the last day, whenever they were made; none of the tin's."""
    account_kinds: Mapping[int, AccountKind]
    """Of every account, the tin included."""
    lines_to_code: int = 0
    """Lines of the bank's, up to the last day, without an entry."""
    funders: tuple[Funder, ...] = ()
    rules: FunderRules = field(default_factory=lambda: FunderRules((), {}))
    opening_by_funder: Mapping[int, Money] = field(default_factory=dict)
    awards: tuple[Award, ...] = ()
    expected: tuple[Expected, ...] = ()
    """What funders should have paid in the period."""
    payments_known: bool = True
    """False: nobody has said what funders should pay, so nothing is found short or over."""
    contributions: tuple[Expected, ...] = ()
    """What the person should have paid in, in the period."""
    contributions_by_funder: bool = False
    contribution_short_before: Money = NOTHING
    """Short before the first day, since the award began."""
    owed: tuple[Owed, ...] = ()
    """What was owed at the end of the last day."""
    reserves: tuple[Reserve, ...] = ()
    limits: tuple[BalanceLimit, ...] = ()
    staff: tuple[StaffMember, ...] = ()
    wages_paid: Mapping[str, Money] = field(default_factory=dict)
    """What went to each of them from the account, by key, where the book says to whom."""
    retainer: Money = NOTHING
    """Paid while a personal assistant was not needed."""
    invoices: tuple[Invoice, ...] = ()
    paper_kinds: Mapping[int, str] = field(default_factory=dict)
    """What kind each paper of the period is, by its number; gathered for a whole form only."""
    findings: tuple[Finding, ...] = ()
    """What was found wrong while gathering: a statement that does not add up, for example."""
