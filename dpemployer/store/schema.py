"""Lay out a new book: tables, triggers and the number of the shape they have."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from dpemployer.store.tables import METADATA, SCHEMA_VERSION

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine


@cache
def script() -> str:
    """Return the SQL that makes every table, index and trigger, all or nothing."""
    dialect = SQLiteDialect_pysqlite(dbapi=sqlcipher)
    statements = []
    for table in METADATA.sorted_tables:
        statements.append(str(CreateTable(table).compile(dialect=dialect)))
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        statements += [str(CreateIndex(index).compile(dialect=dialect)) for index in indexes]
    statements.append(f"PRAGMA user_version = {SCHEMA_VERSION}")
    return ";\n".join(["BEGIN IMMEDIATE", *statements, "COMMIT;"])


def lay_out(engine: Engine) -> None:
    """Make every table of a new book."""
    raw = engine.raw_connection()
    try:
        raw.cursor().executescript(script())
    finally:
        raw.close()
