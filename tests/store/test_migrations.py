"""Books of earlier versions are brought up to date whole, after a copy was made, or not at all."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect
from sqlalchemy.exc import OperationalError

from dpemployer.errors import DamagedBookError, NewerBookError
from dpemployer.office import Office, restore
from dpemployer.payroll.household import Party, Role, RoleHeld
from dpemployer.store.book import Book
from dpemployer.store.engine import WRITES, connect, engine_in_memory
from dpemployer.store.files import DATABASE
from dpemployer.store.schema import lay_out
from dpemployer.store.tables import METADATA, SCHEMA_VERSION
from dpemployer.store.triggers import triggers
from dpemployer.store.upgrade import SHIPPED, Migrations, bring_up_to_date, run_alembic
from tests.store.conftest import PASSPHRASE
from tests.store.test_opening import contents

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

NEXT = Path(__file__).parent / "next_versions"


def to_version(version: int, folder: str) -> Migrations:
    """Pretend that the program knows a later version."""
    return Migrations(version, (*SHIPPED.folders, NEXT / folder))


def shape(connection: Connection) -> dict[str, Any]:
    """Describe everything a database has, whatever order it was made in."""
    looking = inspect(connection)

    def of(table: str) -> dict[str, Any]:
        made = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE name = ?", (table,)
        ).scalar_one()
        return {
            "columns": sorted(
                (column["name"], str(column["type"]), column["nullable"])
                for column in looking.get_columns(table)
            ),
            "key": looking.get_pk_constraint(table),
            "links": sorted(map(str, looking.get_foreign_keys(table))),
            "indexes": sorted(map(str, looking.get_indexes(table))),
            "unique": sorted(map(str, looking.get_unique_constraints(table))),
            "rules": sorted(
                re.sub(r"\s+", " ", rule) for rule in re.findall(r"CONSTRAINT ck_.*", made)
            ),
        }

    return {table: of(table) for table in looking.get_table_names() if table != "alembic_version"}


@pytest.fixture
def peopled(folder: Path, key: bytes) -> Path:
    """A book with somebody in it who has a part."""
    with Book.open(folder, key, who="Ann Owner") as book, book.change("Named somebody") as tx:
        tx.add(RoleHeld(0, tx.add(Party(0, "Ann")), Role.EMPLOYER, date(2026, 4, 6)))
    return folder


def ask(folder: Path, key: bytes, question: str) -> list[tuple[Any, ...]]:
    connection = connect(folder / DATABASE, key)
    try:
        return list(connection.execute(question))
    finally:
        connection.close()


# ── the migrations and the tables say the same ───────────────────────────────────────


def test_a_book_made_by_the_migrations_is_the_book_the_tables_describe() -> None:
    migrated, fresh = engine_in_memory(), engine_in_memory()
    with migrated.connect() as connection:
        connection.execution_options(**{WRITES: True})
        with connection.begin():
            run_alembic(connection)
            differences = compare_metadata(MigrationContext.configure(connection), METADATA)
            by_migrations = shape(connection)
    lay_out(fresh, "fresh")
    with fresh.connect() as connection, connection.begin():
        by_tables = shape(connection)
    migrated.dispose()
    fresh.dispose()

    hint = "run: python -m tests.store.draft_migration (and see there)"
    assert differences == [], hint
    assert by_migrations == by_tables, hint


def test_the_last_migration_has_the_number_of_the_tables() -> None:
    numbers = sorted(path.name[:4] for path in SHIPPED.folders[0].glob("*.py"))

    assert numbers == [f"{number:04d}" for number in range(1, SCHEMA_VERSION + 1)]


def test_a_new_book_says_which_migration_it_stands_at(folder: Path, key: bytes) -> None:
    assert ask(folder, key, "PRAGMA user_version") == [(SCHEMA_VERSION,)]
    assert ask(folder, key, "SELECT * FROM alembic_version") == [(f"{SCHEMA_VERSION:04d}",)]


# ── bringing one up to date ──────────────────────────────────────────────────────────


def test_an_older_book_is_brought_up_to_date_and_keeps_everything(
    peopled: Path, key: bytes
) -> None:
    (finding,) = bring_up_to_date(peopled / DATABASE, key, to_version(3, "keeps_children"))

    assert finding.code == "book_upgraded"
    assert ask(peopled, key, "PRAGMA user_version") == [(3,)]
    assert ask(peopled, key, "SELECT version_num FROM alembic_version") == [("0003",)]
    assert ask(peopled, key, "SELECT name, place FROM party, audit_event") == [
        ("Ann", ""),
        ("Ann", ""),
    ]
    assert ask(peopled, key, "SELECT action, reason FROM audit_event WHERE seq = 2") == [
        ("Brought the book up to date", "From version 1 to version 3.")
    ]


def test_children_survive_another_shape_of_their_parent(peopled: Path, key: bytes) -> None:
    bring_up_to_date(peopled / DATABASE, key, to_version(3, "keeps_children"))

    assert ask(peopled, key, "SELECT count(*) FROM child") == [(2,)]


def test_finals_are_guarded_as_before(peopled: Path, key: bytes) -> None:
    bring_up_to_date(peopled / DATABASE, key, to_version(3, "keeps_children"))

    there = ask(peopled, key, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    assert sorted(there) == sorted(triggers())


def test_a_copy_is_made_first_and_the_person_told_where(
    peopled: Path, key: bytes, tmp_path: Path
) -> None:
    (finding,) = bring_up_to_date(peopled / DATABASE, key, to_version(3, "keeps_children"))

    (copy,) = peopled.glob("*.dpebackup")
    assert str(copy) in finding.message
    restore(copy, tmp_path / "as it was")
    assert ask(tmp_path / "as it was", key, "PRAGMA user_version") == [(1,)]
    with Office.open(tmp_path / "as it was", PASSPHRASE) as office:
        assert office.checks.everything() == ()


def test_a_second_copy_does_not_take_the_place_of_the_first(peopled: Path, key: bytes) -> None:
    for _ in range(2):
        with pytest.raises(OperationalError):
            bring_up_to_date(peopled / DATABASE, key, to_version(2, "fails_half_way"))

    assert len(list(peopled.glob("*.dpebackup"))) == 2


def test_a_migration_that_fails_half_way_leaves_the_book_as_it_was(
    peopled: Path, key: bytes
) -> None:
    with pytest.raises(OperationalError, match="no_such_function"):
        bring_up_to_date(peopled / DATABASE, key, to_version(2, "fails_half_way"))

    with Office.open(peopled, PASSPHRASE) as office:
        assert office.checks.everything() == ()
        with office.book.read() as reading:
            assert [party.name for party in reading.find(Party)] == ["Ann"]
    assert ask(peopled, key, "SELECT name FROM sqlite_master WHERE name = 'half_done'") == []


def test_a_migration_that_would_leave_a_link_to_nothing_is_undone(
    peopled: Path, key: bytes
) -> None:
    with pytest.raises(DamagedBookError) as told:
        bring_up_to_date(peopled / DATABASE, key, to_version(2, "loses_a_parent"))

    assert "“role_held” that belongs to nothing" in told.value.why
    with Office.open(peopled, PASSPHRASE) as office:
        assert office.checks.everything() == ()


def test_a_book_that_is_up_to_date_is_left_alone(peopled: Path, key: bytes) -> None:
    before = contents(peopled)

    assert bring_up_to_date(peopled / DATABASE, key) == ()

    assert contents(peopled) == before


def test_a_book_brought_to_a_later_version_is_refused_by_this_one(
    peopled: Path, key: bytes
) -> None:
    bring_up_to_date(peopled / DATABASE, key, to_version(3, "keeps_children"))
    before = contents(peopled)

    with pytest.raises(NewerBookError, match="newer version"):
        Office.open(peopled, PASSPHRASE)

    assert contents(peopled) == before
