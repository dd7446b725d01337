"""The cash book: money in and out of an account, and what each part of it was for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dpemployer.money import Money


class Method(StrEnum):
    """How money moved."""

    BACS = "bacs"
    STANDING_ORDER = "so"
    DIRECT_DEBIT = "dd"
    CARD = "card"
    CHEQUE = "cheque"
    CASH = "cash"


class EntryStatus(StrEnum):
    """Whether an entry counts."""

    LIVE = "live"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """Money in (positive) or out (negative) of one account on one day.

    An entry with no statement line is in cash, or not yet on the statement. An entry dated
    before the account's first day in this book was counted in an earlier return and only
    waits to clear: it is never income or spending here (`brought_forward`).
    """

    id: int
    account_id: int
    day: date
    amount: Money
    payee: str
    method: Method
    cheque_no: str = ""
    note: str = ""
    statement_line_id: int | None = None
    refund_of_id: int | None = None
    """The cost this receipt reduces."""
    brought_forward: bool = False
    status: EntryStatus = EntryStatus.LIVE
    void_reason: str = ""
    other_leg_id: int | None = None
    """Of a transfer between the person's own accounts: the entry at the other end."""
    made_from_line: bool = False
    """It was made by saying what a statement line was for, and goes when that is taken back."""


@dataclass(frozen=True, slots=True)
class Split:
    """One part of an entry: so much, for this, from this funder, settling that.

    The splits of an entry add up to it. `funder_id` None: decided by the rules.
    """

    id: int
    entry_id: int
    category: str
    amount: Money
    funder_id: int | None = None
    commitment_id: int | None = None
    note: str = ""
