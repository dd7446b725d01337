"""Papers kept in the book: receipts, invoices, signed timesheets, letters, and what they prove."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dpemployer.money import Money


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper. `kind` is an evidence code of `categories.toml`.

    The bytes are kept apart, so that lists stay quick: see `PaperContent`.
    """

    id: int
    number: int
    """Its number in this book, as written on the paper's corner."""
    kind: str
    title: str
    day: date | None
    amount: Money | None
    file_name: str
    media_type: str
    size: int
    sha256: str
    kept_on: datetime | None = None
    reference: str = ""
    """The paper's own number, or a sample's id for it."""


@dataclass(frozen=True, slots=True)
class PaperContent:
    """The bytes of a paper."""

    id: int
    paper_id: int
    content: bytes


@dataclass(frozen=True, slots=True)
class PaperLink:
    """A paper proves an entry, a timesheet, a payslip or a commitment: exactly one of them."""

    id: int
    paper_id: int
    entry_id: int | None = None
    timesheet_id: int | None = None
    payslip_id: int | None = None
    commitment_id: int | None = None


@dataclass(frozen=True, slots=True)
class IssuedDocument:
    """A document this program issued, exactly as it was: a re-issue is the same bytes."""

    id: int
    kind: str
    """payslip, payslip_large, return, audit_statement, …"""
    subject_id: int
    file_name: str
    sha256: str
    issued_at: datetime
    content: bytes


class SafeguardKind(StrEnum):
    """What keeps a book from being lost."""

    RECOVERY_SHEET = "recovery_sheet"
    """Somebody has it on paper: they typed a group of it."""
    BACKUP = "backup"


@dataclass(frozen=True, slots=True)
class Safeguard:
    """Something done so that the book cannot be lost, and the day it was done."""

    id: int
    kind: SafeguardKind
    day: date
