"""What was done to a book, by whom and when: the audit log in words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from dpemployer.i18n import _
from dpemployer.money import Money
from dpemployer.store.tables import FACTS
from dpemployer.store.types import Pence

if TYPE_CHECKING:
    from dpemployer.store.book import Book


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One thing that an event changed."""

    thing: str
    """What kind of thing it is, and its number in the book."""
    part: str
    """Which part of it; empty when all of it was added or taken out."""
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One thing that was done."""

    number: int
    at: datetime
    """In universal time."""
    who: str
    action: str
    reason: str
    program: str
    """The version of the program it was done with."""
    kept: str
    """What changed, as the log has it."""

    @property
    def changes(self) -> tuple[ChangeRow, ...]:
        """What changed, in words: worked out only for whoever asks."""
        return tuple(_changes(json.loads(self.kept)))


def history(book: Book, limit: int) -> tuple[HistoryRow, ...]:
    """List what was done to a book, the newest first."""
    with book.read() as reading:
        events = reading.events(limit=limit)
    return tuple(
        HistoryRow(
            event.seq,
            event.at,
            event.who,
            _(event.action),
            event.reason,
            event.program,
            event.changes,
        )
        for event in events
    )


def _changes(logged: list[dict[str, Any]]) -> list[ChangeRow]:
    rows: list[ChangeRow] = []
    for change in logged:
        table, before, after = change["fact"], change["before"], change["after"]
        thing = _("{kind} {number}").format(kind=_in_words(table).capitalize(), number=change["id"])
        if before is None or after is None:
            said = ", ".join(
                f"{_in_words(name)} {_shown(table, name, value)}"
                for name, value in (after or before or {}).items()
                if value is not None and value != ""
            )
            rows.append(ChangeRow(thing, "", said if after is None else "", said if after else ""))
        else:
            rows += [
                ChangeRow(
                    thing,
                    _in_words(name).capitalize(),
                    _shown(table, name, before.get(name)),
                    _shown(table, name, after.get(name)),
                )
                for name in after
            ]
    return rows


def _in_words(name: str) -> str:
    return name.removesuffix("_id").replace("_", " ")


def _shown(table: str, name: str, value: Any) -> str:
    """Write a value as it was kept: amounts as money, the rest as it stands."""
    if value is None:
        return ""
    return str(Money(value)) if name in _amounts(table) else str(value)


@cache
def _amounts(table: str) -> frozenset[str]:
    """Return the names of a table's amounts of money."""
    return frozenset(
        column.name
        for kept in FACTS.values()
        if kept.name == table
        for column in kept.c
        if isinstance(column.type, Pence)
    )
