"""A book: everything one employer has recorded, read and changed in two ways only.

    with book.read() as reading:                      # one moment, and nothing can be written
        slips = reading.find(Payslip, tax_year="2026-27", order_by="pay_date")

    with book.change("Recorded hours") as tx:         # all of it or none, and in the audit log
        tx.add(Shift(0, timesheet_id, ...))

A reading asked for inside a change is that change, so that it sees what was just written.
"""

from __future__ import annotations

import threading
from contextlib import closing, contextmanager, nullcontext
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import delete, insert, update

from dpemployer.clock import now
from dpemployer.errors import BookError
from dpemployer.i18n import _
from dpemployer.store.audit import changed_fields, everything, record
from dpemployer.store.engine import WRITES, connect, engine_for, engine_in_memory
from dpemployer.store.files import (
    DATABASE,
    UNFINISHED,
    file_errors_in_words,
    make_private_folder,
    not_a_book,
    sync_folder,
    unmake_book,
)
from dpemployer.store.lock import BookLock
from dpemployer.store.reading import Reading
from dpemployer.store.schema import lay_out
from dpemployer.store.soundness import check_facts, check_pages
from dpemployer.store.tables import FACTS
from dpemployer.store.trouble import database_errors_in_words
from dpemployer.store.upgrade import bring_up_to_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy.engine import Connection, Engine

    from dpemployer.findings import Finding
    from dpemployer.store.keys import KeyFile


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
        self,
        engine: Engine,
        who: str,
        lock: BookLock | None = None,
        findings: tuple[Finding, ...] = (),
    ) -> None:
        self._engine = engine
        self._who = who
        self._lock = lock
        self.findings = findings
        self._open = threading.local()
        self._listeners: list[Callable[[frozenset[type]], None]] = []
        # In memory there is only one connection to share, so threads take turns.
        self._turn = nullcontext() if lock else threading.RLock()

    @classmethod
    def create(cls, folder: Path, key: bytes, keys: KeyFile, *, who: str) -> Book:
        """Make a new book in *folder*, which is made too if it is not there.

        Its keys are written before there is anything that they open, and its database gets its
        name when it is finished, so that at no moment there is a book that nobody can open.

        Raises:
            BookError: If there is a book already, or the folder cannot be written.
        """
        path, was_there = folder / DATABASE, folder.exists()
        with file_errors_in_words(folder):
            make_private_folder(folder)
            lock = BookLock.take(folder)
        with _letting_go_on_failure(lock), file_errors_in_words(path), database_errors_in_words():
            if path.exists():
                raise _already_a_book(folder)
            try:
                keys.save(folder)
                _lay_out_in(path, key, keys.book_id)
            except BaseException:
                lock.release()
                unmake_book(folder, with_folder=not was_there)
                raise
            return cls(engine_for(path, key), who, lock)

    @classmethod
    def open(cls, folder: Path, key: bytes, *, who: str) -> Book:
        """Open the book in *folder*.

        Raises:
            NotABookError: If there is none.
            BookInUseError: If another program has it open.
            DamagedBookError: If the key does not open it, or it cannot be read.
            NewerBookError: If a newer program wrote it; it has not been touched.
        """
        path = folder / DATABASE
        if not path.is_file():
            raise not_a_book(folder)
        with file_errors_in_words(folder):
            lock = BookLock.take(folder)
        with _letting_go_on_failure(lock), database_errors_in_words():
            findings = bring_up_to_date(path, key)
            return cls(engine_for(path, key), who, lock, findings)

    @classmethod
    def in_memory(cls, *, who: str = "Somebody") -> Book:
        """Make a book that is gone when it is closed: for tests and for trying out."""
        engine = engine_in_memory()
        lay_out(engine, "in memory")
        return cls(engine, who)

    def close(self) -> None:
        """Close the book; its database is a single file again."""
        self._engine.dispose()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    @property
    def who(self) -> str:
        """The person whose passphrase opened it, as the audit log names them."""
        return self._who

    def listen(self, listener: Callable[[frozenset[type]], None]) -> None:
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
            database_errors_in_words(),
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
        with self._turn, database_errors_in_words(), self._engine.connect() as connection:
            connection.execution_options(**{WRITES: True})
            with connection.begin():
                with self._remembered(tx := Change(connection)):
                    yield tx
                self._record(connection, tx, action, reason)
        if tx._touched:  # noqa: SLF001 - a change is the book's own
            for listener in self._listeners:
                listener(frozenset(tx._touched))  # noqa: SLF001 - as above

    def check_pages(self) -> tuple[Finding, ...]:
        """Read every page of the database and say which are damaged."""
        with self._turn, database_errors_in_words(), self._engine.connect() as connection:
            return check_pages(connection)

    def check_facts(self) -> tuple[Finding, ...]:
        """Check links, triggers, and the audit log against everything that is kept."""
        with (
            self._turn,
            database_errors_in_words(),
            self._engine.connect() as connection,
            connection.begin(),
        ):
            return check_facts(connection)

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


@contextmanager
def _letting_go_on_failure(lock: BookLock) -> Iterator[None]:
    """Keep the lock only if the book opens."""
    try:
        yield
    except BaseException:
        lock.release()
        raise


def _lay_out_in(path: Path, key: bytes, book_id: str) -> None:
    """Make a new database, under another name until it is finished."""
    unfinished = path.with_name(UNFINISHED)
    leftovers = [unfinished.with_name(unfinished.name + end) for end in ("", "-wal", "-shm")]
    for leftover in leftovers:
        leftover.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    engine = engine_for(unfinished, key)
    try:
        lay_out(engine, book_id)
    finally:
        engine.dispose()
    unfinished.replace(path)
    sync_folder(path.parent)


def _already_a_book(folder: Path) -> BookError:
    return BookError(
        what=_("There is already a book in “{folder}”.").format(folder=folder),
        why=_("Making a new one there would lose the one that is there."),
        next_step=_("Choose another folder for the new book."),
    )


def read_identity(folder: Path, key: bytes) -> str:
    """Read which book is in *folder*, without writing anything.

    Raises:
        DamagedBookError: If the key does not open it.
    """
    with (
        database_errors_in_words(),
        closing(connect(folder / DATABASE, key, looking_only=True)) as connection,
    ):
        (book_id,) = connection.execute("SELECT book_id FROM book_identity").fetchone()
        return str(book_id)
