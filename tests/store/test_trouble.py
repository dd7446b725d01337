"""What the database says of disks and locks is said again in words."""

from __future__ import annotations

import sqlite3
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from dpemployer.errors import BookError, DamagedBookError
from dpemployer.payroll.household import Party
from dpemployer.store.book import Book
from dpemployer.store.engine import connect
from dpemployer.store.files import DATABASE
from dpemployer.store.trouble import database_errors_in_words

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("said", "kind", "words"),
    [
        ("database disk image is malformed", DamagedBookError, "has been damaged"),
        ("file is not a database", DamagedBookError, "has been damaged"),
        ("disk I/O error", BookError, "did not do what it was asked"),
        ("database or disk is full", BookError, "no room left on the disk"),
        ("attempt to write a readonly database", BookError, "cannot be written"),
        ("unable to open database file", BookError, "cannot be written"),
        ("database is locked", BookError, "is busy"),
    ],
)
def test_each_kind_of_trouble_has_its_words(said: str, kind: type[BookError], words: str) -> None:
    with pytest.raises(kind, match=words) as told, database_errors_in_words():
        raise sqlcipher.OperationalError(said)

    assert type(told.value) is kind
    assert told.value.why
    assert told.value.next_step


def test_a_mistake_of_ours_is_not_dressed_up(book: Book) -> None:
    with pytest.raises(OperationalError, match="no such table"), book.change("Tripped") as tx:
        tx._connection.execute(text("SELECT * FROM nowhere"))
    with pytest.raises(sqlite3.Error), database_errors_in_words():
        raise sqlite3.OperationalError("database is locked")


def test_what_was_asked_is_not_in_what_the_database_says(book: Book) -> None:
    with book.change("Named somebody") as tx:
        tx.add(Party(1, "Zebedee"))

    with pytest.raises(Exception, match="UNIQUE") as told, book.change("Again") as tx:
        tx.add(Party(1, "Zebedee"))

    assert "Zebedee" not in str(told.value)


def test_a_change_that_another_keeps_waiting_is_said_to_wait(folder: Path, key: bytes) -> None:
    """Five seconds is the longest anybody waits; this one is told to wait less."""
    holding, done = Event(), Event()

    def hold() -> None:
        with book.change("Took long"):
            holding.set()
            done.wait()

    with Book.open(folder, key, who="Ann Owner") as book:
        holder = Thread(target=hold)
        holder.start()
        holding.wait()
        other = connect(folder / DATABASE, key)
        other.execute("PRAGMA busy_timeout = 10")
        with pytest.raises(BookError, match="is busy"), database_errors_in_words():
            other.execute("BEGIN IMMEDIATE")
        other.close()
        done.set()
        holder.join()


def name_many(book: Book) -> None:
    with book.change("Named many") as tx:
        for number in range(500):
            tx.add(Party(0, f"Person {number}" * 50))


def test_a_full_disk_loses_only_what_was_being_saved(folder: Path, key: bytes) -> None:
    with Book.open(folder, key, who="Ann Owner") as book:
        raw = book._engine.raw_connection()
        (pages,) = raw.cursor().execute("PRAGMA page_count").fetchone()
        raw.cursor().execute(f"PRAGMA max_page_count = {pages}")
        raw.close()

        with pytest.raises(BookError, match="no room left"):
            name_many(book)

        with book.read() as reading:
            assert reading.count(Party) == 0
