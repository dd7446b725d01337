"""Bring a book written by an older program to the shape this one knows; refuse a newer one.

Alembic does the work, on our own connection, and is imported only when there is any. A copy of
the book is made first. Foreign keys are off before the transaction begins: with them on, a batch
alteration of a parent table silently deletes its children. They are checked before it commits.
Triggers come off first, because a table that is made afresh loses its own, and go back on after.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dpemployer.clock import now
from dpemployer.findings import Finding, Severity
from dpemployer.i18n import _
from dpemployer.store.audit import record
from dpemployer.store.backup import copy_before_upgrade
from dpemployer.store.engine import connect, engine_to_migrate
from dpemployer.store.keys import newer_book
from dpemployer.store.schema import install_triggers, remove_triggers
from dpemployer.store.tables import SCHEMA_VERSION
from dpemployer.store.trouble import damaged

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

SCRIPTS = Path(__file__).parent / "migrations"


@dataclass(frozen=True, slots=True)
class Migrations:
    """Where the migrations are, and the version they lead to."""

    version: int = SCHEMA_VERSION
    folders: tuple[Path, ...] = (SCRIPTS / "versions",)


SHIPPED = Migrations()
"""What every book uses. It is a parameter only so that tests can have a next version."""


def bring_up_to_date(
    path: Path, key: bytes, migrations: Migrations = SHIPPED
) -> tuple[Finding, ...]:
    """Migrate the database at *path* if it is older, and say so.

    Raises:
        NewerBookError: If a newer program wrote it. It has only been looked at.
        DamagedBookError: If it cannot be read, or its facts no longer hold together.
    """
    version = _version(path, key)
    if version > migrations.version:
        raise newer_book()
    if version == migrations.version:
        return ()
    if version <= 0:
        raise damaged(_("It was never finished being made."))
    copy = copy_before_upgrade(path.parent, key, version)
    _migrate(path, key, version, migrations)
    return (
        Finding(
            Severity.NOTE,
            "book_upgraded",
            path.parent.name,
            _(
                "This book was made by an earlier version of DP Employer and has been brought up "
                "to date. A copy of it as it was is in {copy}."
            ).format(copy=copy),
        ),
    )


def _version(path: Path, key: bytes) -> int:
    """Read which version of the tables a book has, without writing anything."""
    connection = connect(path, key, looking_only=True)
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        return int(version)
    finally:
        connection.close()


def _migrate(path: Path, key: bytes, version: int, migrations: Migrations) -> None:
    """Run every migration that is missing, all of them or none."""
    engine = engine_to_migrate(path, key)
    try:
        with engine.connect() as connection, connection.begin():
            remove_triggers(connection)
            run_alembic(connection, migrations)
            _refuse_broken_links(connection)
            install_triggers(connection)
            connection.exec_driver_sql(f"PRAGMA user_version = {migrations.version}")
            record(
                connection,
                now(),
                who="DP Employer",
                action=_("Brought the book up to date"),
                reason=_("From version {old} to version {new}.").format(
                    old=version, new=migrations.version
                ),
                changes=[],
            )
    finally:
        engine.dispose()


def run_alembic(connection: Connection, migrations: Migrations = SHIPPED) -> None:
    """Let Alembic bring the tables behind *connection* to the version asked for."""
    from alembic import command  # noqa: PLC0415 - a third of a second, and seldom needed

    command.upgrade(alembic_config(connection, migrations), f"{migrations.version:04d}")


def alembic_config(connection: Connection, migrations: Migrations = SHIPPED) -> Any:
    """Return Alembic's configuration: our scripts, and our connection."""
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(str(f) for f in migrations.folders))
    config.attributes["connection"] = connection
    return config


def _refuse_broken_links(connection: Connection) -> None:
    """Undo everything if a migration left a fact that names another that is not there."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise damaged(
            _(
                "Bringing it up to date would leave a record in “{table}” that belongs to nothing."
            ).format(table=broken[0])
        )
