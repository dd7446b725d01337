"""How the encrypted database is opened: the key first, then how it should behave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import create_engine, event
from sqlalchemy.pool import QueuePool, StaticPool

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.engine import Connection, Engine

WRITES = "dpemployer_writes"
"""Execution option of a connection that is going to change something."""

_BEHAVIOUR = (
    "PRAGMA cipher_log_level = none",
    "PRAGMA foreign_keys = on",
    "PRAGMA recursive_triggers = on",
    "PRAGMA busy_timeout = 5000",
    "PRAGMA synchronous = full",
    "PRAGMA cache_size = -16000",
    "PRAGMA temp_store = memory",
    "PRAGMA trusted_schema = off",
    "PRAGMA secure_delete = fast",
)
"""What every connection is told, after the key."""


def connect(path: Path, key: bytes, *, looking_only: bool = False) -> Any:
    """Open the database at *path*; it must be there already.

    A raw key needs no stretching, so that a connection costs a third of a millisecond.
    `looking_only` leaves no trace in the folder, not even files beside the database.
    """
    mode = "rw"
    if looking_only:
        log = path.with_name(f"{path.name}-wal")
        # Nothing waits to be written into it, so that it may be read as it stands.
        mode = "ro" if log.exists() else "ro&immutable=1"
    connection = sqlcipher.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    for pragma in _BEHAVIOUR:
        connection.execute(pragma)
    return connection


def engine_for(path: Path, key: bytes) -> Engine:
    """Return the engine of a book on disk: readers see a snapshot while one writer works."""

    def creator() -> Any:
        connection = connect(path, key)
        connection.execute("PRAGMA journal_mode = wal")
        return connection

    return _engine(creator, QueuePool)


def engine_to_migrate(path: Path, key: bytes) -> Engine:
    """Return an engine with one connection on which links between facts are not enforced.

    They must be off before its transaction begins: inside one, switching does nothing.
    """

    def creator() -> Any:
        connection = connect(path, key)
        connection.execute("PRAGMA journal_mode = wal")
        connection.execute("PRAGMA foreign_keys = off")
        return connection

    return _engine(creator, StaticPool).execution_options(**{WRITES: True})


def engine_in_memory() -> Engine:
    """Return the engine of a book that is gone when it is closed, and never touches the disk."""

    def creator() -> Any:
        connection = sqlcipher.connect(":memory:", isolation_level=None, check_same_thread=False)
        for pragma in _BEHAVIOUR:
            connection.execute(pragma)
        return connection

    return _engine(creator, StaticPool)


def _engine(creator: Callable[[], Any], pool: type[QueuePool | StaticPool]) -> Engine:
    engine = create_engine(
        "sqlite://", module=sqlcipher, creator=creator, poolclass=pool, hide_parameters=True
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    """Take the write lock at once for a change, so that it cannot fail half way."""
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
