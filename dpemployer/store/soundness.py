"""Whether the database itself is sound: every page, every link, every trigger, the whole log."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, text

from dpemployer.findings import Finding, Severity
from dpemployer.i18n import _
from dpemployer.store.audit import BEGINNING, Event
from dpemployer.store.tables import (
    AUDIT_EVENT,
    BOOK_IDENTITY,
    FACTS,
    METADATA,
    SCHEMA_VERSION,
    is_digested,
)
from dpemployer.store.triggers import triggers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Table
    from sqlalchemy.engine import Connection


def check_pages(connection: Connection) -> tuple[Finding, ...]:
    """Check that every page is as it was written, and that the structure they make holds."""
    ciphered = connection.exec_driver_sql("PRAGMA cipher_integrity_check")
    # A book in memory has no cipher, and no answer.
    damage = [str(row[0]) for row in ciphered] if ciphered.returns_rows else []
    if not damage:
        structure = connection.exec_driver_sql("PRAGMA integrity_check")
        damage = [str(row[0]) for row in structure if row[0] != "ok"]
    return tuple(
        _finding(
            "database_damaged",
            _("Database"),
            _("Part of the database is damaged: {detail}. Restore your newest backup.").format(
                detail=detail
            ),
        )
        for detail in damage
    )


def check_facts(connection: Connection) -> tuple[Finding, ...]:
    """Check links, triggers, and the audit log against everything that is kept.

    All of it is read as the database holds it, so that what no longer makes sense is found too.
    """
    shape = tuple(_missing_shape(connection))
    if shape:
        return shape
    log = _log(connection)
    return (
        *_unnamed(connection),
        *_broken_links(connection),
        *_missing_triggers(connection),
        *_breaks(log),
        *_unlogged(connection, log),
    )


def _missing_shape(connection: Connection) -> Iterator[Finding]:
    """Check that every table is there with every column: without them nothing else can be read."""
    needed = {table.name: {column.name for column in table.c} for table in METADATA.sorted_tables}
    for table, columns in {**needed, "alembic_version": {"version_num"}}.items():
        there = connection.exec_driver_sql(f"PRAGMA table_info({table})")
        if not columns <= {str(row[1]) for row in there}:
            yield _finding(
                "table_missing",
                table,
                _(
                    "The table “{table}” is missing, or some of its columns are. Somebody has "
                    "worked on the database with another program. Restore your newest backup."
                ).format(table=table),
            )


def _unnamed(connection: Connection) -> Iterator[Finding]:
    """Check that the book says which it is, and of which version, in each place where it does."""
    if not identity(connection):
        yield _finding(
            "no_identity", _("Database"), _("The database no longer says which book it is.")
        )
    versions = [
        str(row[0]) for row in connection.exec_driver_sql("SELECT version_num FROM alembic_version")
    ]
    if versions != [f"{SCHEMA_VERSION:04d}"]:
        yield _finding(
            "version",
            _("Database"),
            _(
                "The database no longer says which version of the program it is for. The next one "
                "could not bring it up to date."
            ),
        )


def identity(connection: Connection) -> str:
    """Return which book the database says it is; nothing if it says none."""
    row = connection.execute(select(BOOK_IDENTITY.c.book_id)).first()
    return "" if row is None else str(row[0])


def _log(connection: Connection) -> tuple[Event, ...]:
    """Return the whole log, in order. What cannot be read comes out with another hash."""
    rows = connection.execute(
        select(text("*")).select_from(AUDIT_EVENT).order_by(AUDIT_EVENT.c.seq)
    )
    return tuple(_event(dict(row)) for row in rows.mappings())


def _event(row: dict[str, Any]) -> Event:
    words = {name: value if isinstance(value, str) else repr(value) for name, value in row.items()}
    try:
        at = datetime.fromisoformat(words["at"])
    except ValueError:
        at = datetime.min.replace(tzinfo=UTC)
    return Event(**{**words, "seq": row["seq"], "at": at})


def _broken_links(connection: Connection) -> Iterator[Finding]:
    for table, row, parent, _number in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield _finding(
            "broken_link",
            f"{table} {row}",
            _("Record {row} of “{table}” names a record of “{parent}” that is not there.").format(
                row=row, table=table, parent=parent
            ),
        )


def _missing_triggers(connection: Connection) -> Iterator[Finding]:
    asked = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    there = {str(name): sql for name, sql in connection.exec_driver_sql(asked)}
    ours = dict(triggers())
    for name in there:
        if name not in ours:
            yield _finding(
                "trigger_unknown",
                name,
                _(
                    "The database does things by itself that this program never asked of it: "
                    "“{name}”. Somebody has worked on it with another program."
                ).format(name=name),
            )
    for name, sql in ours.items():
        if there.get(name) != sql:
            yield _finding(
                "trigger_missing",
                name,
                _(
                    "The database no longer guards finals as it should: “{name}” is missing or "
                    "altered. Somebody has worked on it with another program."
                ).format(name=name),
            )


def _breaks(log: Iterable[Event]) -> Iterator[Finding]:
    """Walk the chain: every event in its place, unaltered, holding the hash before it."""
    previous, place = BEGINNING, 0
    for event in log:
        place += 1
        if event.seq != place or event.previous_hash != previous:
            yield _finding(
                "audit_gap",
                f"event {event.seq}",
                _("The audit log has a gap before event {seq} (“{action}”).").format(
                    seq=event.seq, action=event.action
                ),
            )
        elif event.hash != event.true_hash:
            yield _finding(
                "audit_altered",
                f"event {event.seq}",
                _("Event {seq} of the audit log (“{action}”) has been altered.").format(
                    seq=event.seq, action=event.action
                ),
            )
        previous, place = event.hash, event.seq


def _unlogged(connection: Connection, log: Iterable[Event]) -> Iterator[Finding]:
    """Compare every fact with the last thing the log says of it."""
    logged = _as_logged(log)
    for table in FACTS.values():
        facts = logged.pop(table.name, {})
        digested = {column.name for column in table.c if is_digested(column)}
        for row in connection.execute(select(text("*")).select_from(table)).mappings():
            said = facts.pop(row["id"], None)
            if said is None or any(
                _as_kept(row[name], digested=name in digested) != said[name]
                for name in said
                if name in row
            ):
                yield _differs(table, row["id"])
        for missing in facts:
            yield _differs(table, missing)


def _as_kept(value: Any, *, digested: bool) -> Any:
    """Return what a column really holds, as the log says it."""
    if not digested or value is None:
        return value
    content = value if isinstance(value, bytes) else str(value).encode()
    return hashlib.sha256(content).hexdigest()


def _as_logged(log: Iterable[Event]) -> dict[str, dict[int, dict[str, Any]]]:
    """Return every fact as the log leaves it, by table and id.

    An event that makes no sense says nothing: then the facts it was about are the ones that differ.
    """
    facts: dict[str, dict[int, dict[str, Any]]] = {}
    for event in log:
        try:
            changes = [
                (change["fact"], int(change["id"]), change["after"] and dict(change["after"]))
                for change in json.loads(event.changes)
            ]
        except (ValueError, TypeError, LookupError):
            continue
        for name, fact_id, after in changes:
            table = facts.setdefault(name, {})
            if after is None:
                table.pop(fact_id, None)
            else:
                table.setdefault(fact_id, {}).update(after)
    return facts


def _differs(table: Table, fact_id: int) -> Finding:
    return _finding(
        "fact_unlogged",
        f"{table.name} {fact_id}",
        _(
            "Record {id} of “{table}” is not as the audit log leaves it. Somebody has worked on "
            "the database with another program."
        ).format(id=fact_id, table=table.name),
    )


def _finding(code: str, subject: str, message: str) -> Finding:
    return Finding(Severity.BLOCKING, code, subject, message)
