"""Whatever somebody with the key alters in a database with another program is found, and named.

Every column of every kind of fact is altered in turn, with the triggers taken off and put back,
also to what makes no sense at all: checking a book never stumbles over what it is looking for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Table, text

from dpemployer.services.checks import Checks
from dpemployer.store.book import Book
from dpemployer.store.schema import install_triggers, remove_triggers
from dpemployer.store.soundness import check_facts
from dpemployer.store.tables import AUDIT_EVENT, FACTS
from tests.store.examples import example
from tests.store.test_facts import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def full() -> Iterator[Book]:
    """A book with one of every kind of fact."""
    with Book.in_memory() as book:
        with book.change("Recorded one of each") as tx:
            for kind in KINDS:
                tx.add(example(kind))
        yield book
        assert book.check_facts() == (), "each change was taken back"


def found_after(book: Book, *statements: str) -> list[str]:
    """Alter the database, check it, and put it back. Returns the codes of what was found."""
    with book._engine.connect() as connection:
        altering = connection.begin()
        remove_triggers(connection)
        connection.execute(text("PRAGMA ignore_check_constraints = on"))
        connection.execute(text("PRAGMA defer_foreign_keys = on"))
        for statement in statements:
            connection.execute(text(statement))
        install_triggers(connection)
        found = [finding.code for finding in check_facts(connection)]
        connection.execute(text("PRAGMA ignore_check_constraints = off"))
        altering.rollback()
    return found


def test_the_book_is_sound_before_anybody_works_on_it(full: Book) -> None:
    assert full.check_facts() == ()
    assert found_after(full) == []


@pytest.mark.parametrize("table", FACTS.values(), ids=lambda table: str(table.name))
def test_every_column_is_guarded_by_the_log(full: Book, table: Table) -> None:
    for column in table.c:
        if column.name == "id":
            continue
        for value in ("7654321", "'never'"):
            # What is no such value at all, and what only this column cannot have.
            found = found_after(full, f"UPDATE {table.name} SET {column.name} = {value}")  # noqa: S608 - names of ours
            assert "fact_unlogged" in found, (column.name, value)


@pytest.mark.parametrize("table", FACTS.values(), ids=lambda table: str(table.name))
def test_a_fact_that_is_gone_or_was_put_in_is_found(full: Book, table: Table) -> None:
    assert "fact_unlogged" in found_after(full, f"DELETE FROM {table.name}")  # noqa: S608 - as above
    assert "fact_unlogged" in found_after(full, f"UPDATE {table.name} SET id = 99")  # noqa: S608


@pytest.mark.parametrize(
    "column", [column.name for column in AUDIT_EVENT.c if column.name != "seq"]
)
@pytest.mark.parametrize("value", ["'x'", "'[1]'", "'{'", "x'00ff'", "'2031-01-01'"])
def test_an_altered_event_is_found_whatever_it_says_now(
    full: Book, column: str, value: str
) -> None:
    found = found_after(full, f"UPDATE audit_event SET {column} = {value}")  # noqa: S608 - as above

    assert {"audit_altered", "audit_gap"} & set(found)


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("DELETE FROM book_identity", "no_identity"),
        ("UPDATE alembic_version SET version_num = '9999'", "version"),
        ("DELETE FROM alembic_version", "version"),
        ("DROP TABLE alembic_version", "table_missing"),
        ("DROP TABLE audit_event", "table_missing"),
        ("ALTER TABLE audit_event RENAME COLUMN who TO whom", "table_missing"),
        (
            "CREATE TRIGGER odd AFTER INSERT ON party BEGIN DELETE FROM shift; END",
            "trigger_unknown",
        ),
    ],
)
def test_the_book_itself_is_guarded_too(statement: str, code: str) -> None:
    with Book.in_memory() as book:
        with book._engine.connect() as connection, connection.begin():
            if "audit_event" in statement:
                remove_triggers(connection)
            connection.execute(text(statement if "identity" not in statement else "SELECT 1"))
            if "identity" in statement:
                remove_triggers(connection)
                connection.execute(text(statement))

        assert code in [finding.code for finding in Checks(book).everything()]
