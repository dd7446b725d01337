"""Accounts, and what the bank says of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dpemployer.money import Money


class AccountKind(StrEnum):
    """What sort of account it is. The cash tin is an account with no statements."""

    BANK = "bank"
    PREPAID_CARD = "prepaid_card"
    MANAGED_ACCOUNT = "managed_account"
    CASH = "cash"


@dataclass(frozen=True, slots=True)
class Account:
    """Where the direct payment is kept."""

    id: int
    key: str
    name: str
    kind: AccountKind
    opened_on: date
    """The first day this book answers for."""
    opening_balance: Money
    """On the statement (or in the tin) before that day's first line."""


TYPED = "typed"
"""The layout of a statement that was typed from paper."""

FROM_A_SAMPLE = "dp-sample"
"""The layout of a statement that is given with a sample: its balances are as they were given."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement, imported or typed from paper, covering days first to last."""

    id: int
    account_id: int
    first_day: date
    last_day: date
    opening: Money
    closing: Money
    layout: str
    """How it was read: a layout's id, or `typed`."""
    file_name: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One line as the bank wrote it: in positive, out negative. `position` orders a day."""

    id: int
    statement_id: int
    account_id: int
    day: date
    position: int
    description: str
    amount: Money
    balance: Money | None = None
