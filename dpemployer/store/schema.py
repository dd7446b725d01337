"""Lay out a new book: tables, indexes, triggers, which book it is, and the version it has."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from dpemployer.clock import now
from dpemployer.store.tables import METADATA, SCHEMA_VERSION
from dpemployer.store.triggers import triggers

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Engine

_ALEMBIC_TABLE = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,"
    " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)
"""As Alembic makes it, so that Alembic is not needed to make a book."""


@cache
def statements() -> tuple[str, ...]:
    """Return the SQL that makes every table, index and trigger."""
    dialect = SQLiteDialect_pysqlite(dbapi=sqlcipher)
    made: list[str] = []
    for table in METADATA.sorted_tables:
        made.append(str(CreateTable(table).compile(dialect=dialect)))
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        made += [str(CreateIndex(index).compile(dialect=dialect)) for index in indexes]
    made += [sql for _name, sql in triggers()]
    return (
        *made,
        _ALEMBIC_TABLE,
        f"INSERT INTO alembic_version VALUES ('{SCHEMA_VERSION:04d}')",  # noqa: S608 - a number
        f"PRAGMA user_version = {SCHEMA_VERSION}",
    )


def lay_out(engine: Engine, book_id: str) -> None:
    """Make everything a new book has, all of it or nothing."""
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("BEGIN IMMEDIATE")
        for statement in statements():
            cursor.execute(statement)
        cursor.execute(
            "INSERT INTO book_identity (id, book_id, created_at) VALUES (1, ?, ?)",
            (book_id, now().isoformat(timespec="microseconds")),
        )
        cursor.execute("COMMIT")
    finally:
        raw.close()


def remove_triggers(connection: Connection) -> None:
    """Take every trigger off, for a migration."""
    for (name,) in connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    ).all():
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')


def install_triggers(connection: Connection) -> None:
    """Put every trigger on."""
    for _name, sql in triggers():
        connection.exec_driver_sql(sql)
