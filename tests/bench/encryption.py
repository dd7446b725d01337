"""A book as it is, against the same book through the same engine without encryption.

There is no unencrypted mode. The one here is made by leaving the key out of the connection; the
library, its settings, the tables and the records are the same.
"""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import sqlcipher3.dbapi2 as sqlcipher

from dpemployer.bookkeeping.accounts import Account, AccountKind, Statement, StatementLine
from dpemployer.money import Money
from dpemployer.store import engine
from dpemployer.store.book import Book
from dpemployer.store.keys import KeyFile
from tests.bench.measuring import Comparison, side_by_side

LINES = 2_000
FIRST = date(2026, 4, 6)


def writing() -> Comparison:
    """Twenty changes of a hundred bank lines, each with its event in the audit log."""
    with TemporaryDirectory() as place:
        ours, plain = _two_books(Path(place))
        timings = side_by_side(
            ("encrypted", lambda: _write(ours)), ("not encrypted", lambda: _write(plain)), rounds=9
        )
        note = _proof(Path(place))
    return Comparison(
        "Writing to a book, encrypted against not",
        f"{LINES:,} bank lines in twenty audited changes, onto the disk",
        *timings,
        goal=1.25,
        note=note,
    )


def reading() -> Comparison:
    """Open a book of eight thousand bank lines and read them all."""
    with TemporaryDirectory() as place:
        ours, plain = _two_books(Path(place))
        for book in (ours, plain):
            for _time in range(4):
                _write(book)
            book.close()
        timings = side_by_side(
            ("encrypted", lambda: _read(ours)), ("not encrypted", lambda: _read(plain)), rounds=15
        )
    return Comparison(
        "Opening and reading a book, encrypted against not",
        f"{4 * LINES:,} bank lines from the disk into facts, the connection opened anew each time",
        *timings,
        goal=1.25,
    )


def _two_books(place: Path) -> tuple[Book, Book]:
    key = secrets.token_bytes(32)
    ours = Book.create(place / "encrypted", key, KeyFile.new(), who="Bench")
    with patch.object(engine, "connect", _connect_without_a_key):
        plain = Book.create(place / "plain", key, KeyFile.new(), who="Bench")
    _plain_for_good(plain)
    for book in (ours, plain):
        with book.change("Opened an account") as tx:
            tx.add(Account(0, "main", "Direct payment", AccountKind.BANK, FIRST, Money(0)))
            tx.add(Statement(0, 1, FIRST, date(2027, 4, 5), Money(0), Money(0), "bench"))
    return ours, plain


def _connect_without_a_key(path: Path, _key: bytes, *, looking_only: bool = False) -> Any:
    """Do what `engine.connect` does, all but the key."""
    del looking_only
    connection = sqlcipher.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
    )
    for pragma in engine._BEHAVIOUR:
        connection.execute(pragma)
    return connection


def _plain_for_good(book: Book) -> None:
    """Have every later connection of *book* made without a key too."""
    pool: Any = book._engine.pool
    creator = pool._creator

    def keyless(*_record: Any) -> Any:
        with patch.object(engine, "connect", _connect_without_a_key):
            return creator()

    pool._creator = keyless


def _write(book: Book) -> None:
    each = LINES // 20
    for change in range(20):
        with book.change("Imported a statement") as tx:
            for line in range(each):
                number = change * each + line
                tx.add(
                    StatementLine(
                        id=0,
                        statement_id=1,
                        account_id=1,
                        day=FIRST + timedelta(days=number % 360),
                        position=number,
                        description=f"Payment {number % 97} to somebody",
                        amount=Money(-number * 37 % 90_000),
                    )
                )


def _read(book: Book) -> None:
    with book.read() as now:
        assert len(now.find(StatementLine)) == 4 * LINES
    book._engine.dispose()


def _proof(place: Path) -> str:
    """Say what can be read in each file without a key."""
    kept = {name: _everything(place / name) for name in ("encrypted", "plain")}
    words = b"to somebody"
    found = {name: sum(words in file for file in files) for name, files in kept.items()}
    return (
        f"“{words.decode()}” can be read in {found['plain']} files of the plain book "
        f"and in {found['encrypted']} of the encrypted one."
    )


def _everything(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.iterdir() if path.is_file()]
