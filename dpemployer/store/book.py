"""A book: everything one employer has recorded, read and changed in two ways only.

    with book.read() as reading:                      # one moment, and nothing can be written
        slips = reading.find(Payslip, tax_year="2026-27", order_by="pay_date")

    with book.change("Recorded hours") as tx:         # all of it or none, and in the audit log
        tx.add(Shift(0, timesheet_id, ...))

A reading asked for inside a change is that change, so that it sees what was just written.
"""

from __future__ import annotations

import threading
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import delete, insert, update

from dpemployer.clock import now
from dpemployer.store.audit import changed_fields, everything, record
from dpemployer.store.engine import WRITES, engine_for, engine_in_memory
from dpemployer.store.reading import Reading
from dpemployer.store.schema import lay_out
from dpemployer.store.tables import FACTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy.engine import Connection, Engine

DATABASE = "book.db"
"""The name of the database inside a book's folder."""


class Change(Reading):
    """One transaction: everything in it happens, and is in the audit log, or nothing does."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._changes: list[dict[str, Any]] = []
        self._touched: set[type] = set()

    def add(self, fact: Any) -> int:
        """Record a new fact; an id of 0 lets the book give the next one. Returns the id."""
        kind = type(fact)
        table = FACTS[kind]
        values = {field.name: getattr(fact, field.name) for field in fields(kind)}
        if not fact.id:
            del values["id"]
        result = self._connection.execute(insert(table), values)
        (fact_id,) = result.inserted_primary_key or (fact.id,)
        self._note(kind, int(fact_id), None, everything(fact))
        return int(fact_id)

    def update(self, fact: Any) -> None:
        """Put *fact* in the place of the one with its id. The database refuses to touch finals.

        Raises:
            LookupError: If there is none with this id.
        """
        kind = type(fact)
        before, after = changed_fields(self.get(kind, fact.id), fact)
        if not after:
            return
        table = FACTS[kind]
        values = {name: getattr(fact, name) for name in after}
        self._connection.execute(update(table).where(table.c.id == fact.id).values(values))
        self._note(kind, fact.id, before, after)

    def remove(self, fact: Any) -> None:
        """Take a draft out of the book. The audit log keeps what it said."""
        kind = type(fact)
        table = FACTS[kind]
        before = everything(self.get(kind, fact.id))
        self._connection.execute(delete(table).where(table.c.id == fact.id))
        self._note(kind, fact.id, before, None)

    def _note(
        self,
        kind: type,
        fact_id: int,
        before: dict[str, Any] | None,
        after: dict[str, Any] | None,
    ) -> None:
        self._touched.add(kind)
        self._changes.append(
            {"fact": FACTS[kind].name, "id": fact_id, "before": before, "after": after}
        )


class Book:
    """One employer's book, open."""

    def __init__(
        self, engine: Engine, who: str, turn: AbstractContextManager[object] | None = None
    ) -> None:
        self._engine = engine
        self._who = who
        self._open = threading.local()
        self._turn = turn or nullcontext()
        self._listeners: list[Callable[[frozenset[type]], None]] = []

    @classmethod
    def create(cls, folder: Path, key: bytes, *, who: str = "") -> Book:
        """Make a new book in *folder*, which may not hold one."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / DATABASE
        path.touch(mode=0o600, exist_ok=False)
        engine = engine_for(path, key)
        lay_out(engine)
        return cls(engine, who)

    @classmethod
    def open(cls, folder: Path, key: bytes, *, who: str = "") -> Book:
        """Open the book in *folder*."""
        return cls(engine_for(folder / DATABASE, key), who)

    @classmethod
    def in_memory(cls, *, who: str = "Somebody") -> Book:
        """Make a book that is gone when it is closed: for tests and for trying out."""
        engine = engine_in_memory()
        lay_out(engine)
        # There is only one connection to share, so threads take turns.
        return cls(engine, who, turn=threading.RLock())

    def close(self) -> None:
        """Close the book; on disk it is a single file again."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    @property
    def who(self) -> str:
        """The person whose passphrase opened it, as the audit log names them."""
        return self._who

    def tell(self, listener: Callable[[frozenset[type]], None]) -> None:
        """Call *listener* after each change with the kinds of fact it touched."""
        self._listeners.append(listener)

    @contextmanager
    def read(self) -> Iterator[Reading]:
        """Look at one moment of the book. Inside a reading or a change it is that one."""
        around: Reading | None = getattr(self._open, "reading", None)
        if around is not None:
            yield around
            return
        with (
            self._turn,
            self._engine.connect() as connection,
            connection.begin(),
            self._remembered(reading := Reading(connection)),
        ):
            yield reading

    @contextmanager
    def change(self, action: str, reason: str = "") -> Iterator[Change]:
        """Change the book: one transaction, and one event in the audit log.

        `action` says what was done in the past tense, in words for the person. Nothing changed
        leaves no event.
        """
        if getattr(self._open, "reading", None) is not None:
            raise RuntimeError("a change inside a reading or another change", action)
        with self._turn, self._engine.connect() as connection:
            connection.execution_options(**{WRITES: True})
            with connection.begin():
                with self._remembered(tx := Change(connection)):
                    yield tx
                self._record(connection, tx, action, reason)
        if tx._touched:  # noqa: SLF001 - a change is the book's own
            for listener in self._listeners:
                listener(frozenset(tx._touched))  # noqa: SLF001 - as above

    def _record(self, connection: Connection, tx: Change, action: str, reason: str) -> None:
        if tx._changes:  # noqa: SLF001 - a change is the book's own
            record(
                connection,
                now(),
                who=self._who,
                action=action,
                reason=reason,
                changes=tx._changes,  # noqa: SLF001 - as above
            )

    @contextmanager
    def _remembered(self, reading: Reading) -> Iterator[None]:
        """Know what is open on this thread while it is."""
        self._open.reading = reading
        try:
            yield
        finally:
            self._open.reading = None
