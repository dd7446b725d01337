"""Which return an account answers, and returns that were signed: finals, kept word for word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class ReturnChoice:
    """Which return template answers for the whole account, from a day.

    `anchor` is the first day of any one period, where the template leaves the dates to the
    funder or the award.
    """

    id: int
    template: str
    from_day: date
    anchor: date | None = None


@dataclass(frozen=True, slots=True)
class SignedReturn:
    """One version of one return, as it was signed.

    It is never edited: a correction is the next version, which names the one it replaces.
    """

    id: int
    template: str
    template_version: str
    first_day: date
    last_day: date
    version: int
    signed_by: str
    capacity: str
    """In what standing they signed: recipient, authorised person …"""
    declared_on: date
    signed_at: datetime
    figures: str
    """Every line and the entries behind it, as canonical JSON."""
    sha256: str
    """Of `figures`."""
    replaces_id: int | None = None
    what_changed: str = ""


@dataclass(frozen=True, slots=True)
class ReturnAmendment:
    """A signed return opened again, and why.

    Its period can be edited until the next version is signed; the version signed before stays
    as it was.
    """

    id: int
    signed_return_id: int
    opened_at: datetime
    reason: str
