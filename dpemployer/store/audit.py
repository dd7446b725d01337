"""The log of everything ever done to a book: append-only, each event sealing the one before.

An event holds what changed, before and after, as it is stored. Its hash covers all of it and
the hash of the event before, so that nothing can be taken out, put in or altered without the
chain breaking; triggers refuse to change it in the first place.

Bytes of papers and the long workings of payslips are not repeated here: their SHA-256 is.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select
from sqlalchemy.types import TypeDecorator

from dpemployer import __version__
from dpemployer.store.tables import AUDIT_EVENT, FACTS, is_digested
from dpemployer.store.types import canonical_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Column
    from sqlalchemy.engine import Connection

BEGINNING = "0" * 64
"""What the first event has in the place of a hash before it."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was done."""

    seq: int
    at: datetime
    who: str
    action: str
    reason: str
    program: str
    """The version of the program that did it."""
    changes: str
    """JSON: a list of `{"fact", "id", "before", "after"}`."""
    previous_hash: str
    hash: str = ""

    @property
    def true_hash(self) -> str:
        """What the hash must be."""
        covered = {**asdict(self), "at": self.at.isoformat(timespec="microseconds")}
        del covered["hash"]
        return hashlib.sha256(canonical_json(covered).encode()).hexdigest()

    @property
    def changed(self) -> list[dict[str, Any]]:
        """The changes, read."""
        changes: list[dict[str, Any]] = json.loads(self.changes)
        return changes


def make_event(
    seq: int,
    at: datetime,
    *,
    who: str,
    action: str,
    reason: str,
    changes: list[dict[str, Any]],
    previous_hash: str,
) -> Event:
    """Return a sealed event."""
    event = Event(seq, at, who, action, reason, __version__, canonical_json(changes), previous_hash)
    return replace(event, hash=event.true_hash)


def record(
    connection: Connection,
    at: datetime,
    *,
    who: str,
    action: str,
    reason: str,
    changes: list[dict[str, Any]],
) -> None:
    """Write the next event of the log."""
    asked = select(AUDIT_EVENT.c.seq, AUDIT_EVENT.c.hash).order_by(AUDIT_EVENT.c.seq.desc())
    seq, previous = connection.execute(asked.limit(1)).first() or (0, BEGINNING)
    event = make_event(
        seq + 1, at, who=who, action=action, reason=reason, changes=changes, previous_hash=previous
    )
    connection.execute(insert(AUDIT_EVENT), asdict(event))


def events(connection: Connection) -> tuple[Event, ...]:
    """Return the whole log, in order."""
    rows = connection.execute(select(AUDIT_EVENT).order_by(AUDIT_EVENT.c.seq))
    return tuple(Event(*row) for row in rows)


def everything(fact: Any) -> dict[str, Any]:
    """Return all of a fact but its id, as the log says it."""
    return {name: write(getattr(fact, name)) for name, write in _writers_for(fact).items()}


def changed_fields(old: Any, new: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the fields that differ, before and after, as the log says them."""
    writers = _writers_for(new)
    names = [name for name in writers if getattr(old, name) != getattr(new, name)]
    return (
        {name: writers[name](getattr(old, name)) for name in names},
        {name: writers[name](getattr(new, name)) for name in names},
    )


def _writers_for(fact: Any) -> dict[str, Callable[[Any], Any]]:
    kind: Any = type(fact)
    return _writers(kind)


@cache
def _writers(kind: Any) -> dict[str, Callable[[Any], Any]]:
    """Return, for each field of a kind of fact but the id, how the log says it."""
    return {column.name: _writer(column) for column in FACTS[kind].c if column.name != "id"}


def _writer(column: Column[Any]) -> Callable[[Any], Any]:
    stored = _as_stored(column)
    if not is_digested(column):
        return stored

    def digest(value: Any) -> str:
        kept = stored(value)
        return hashlib.sha256(kept if isinstance(kept, bytes) else kept.encode()).hexdigest()

    return digest


def _as_stored(column: Column[Any]) -> Callable[[Any], Any]:
    kind = column.type
    if isinstance(kind, TypeDecorator):
        return lambda value: kind.process_bind_param(value, None)  # type: ignore[arg-type] # no dialect is asked
    return lambda value: value
