"""The door to the time: the only module that asks what day it is."""

from __future__ import annotations

from datetime import UTC, date, datetime


def today() -> date:
    """Return the day it is here."""
    return datetime.now().astimezone().date()


def now() -> datetime:
    """Return this instant, in UTC."""
    return datetime.now(UTC)
