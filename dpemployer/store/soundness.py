"""Whether the database itself is sound: every page, every link, every trigger, the whole log."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from dpemployer.findings import Finding, Severity
from dpemployer.i18n import _
from dpemployer.store.audit import BEGINNING, Event, events, everything
from dpemployer.store.tables import FACTS
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
    """Check links, triggers, and the audit log against everything that is kept."""
    log = events(connection)
    return (
        *_broken_links(connection),
        *_missing_triggers(connection),
        *_breaks(log),
        *_unlogged(connection, log),
    )


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
    for name, sql in triggers():
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
    for kind, table in FACTS.items():
        facts = logged.pop(table.name, {})
        for row in connection.execute(select(table)):
            said = facts.pop(row.id, None)
            kept = everything(kind(*row))
            if said is None or any(kept.get(name, said[name]) != said[name] for name in said):
                yield _differs(table, row.id)
        for missing in facts:
            yield _differs(table, missing)


def _as_logged(log: Iterable[Event]) -> dict[str, dict[int, dict[str, Any]]]:
    """Return every fact as the log leaves it, by table and id."""
    facts: dict[str, dict[int, dict[str, Any]]] = {}
    for event in log:
        for change in json.loads(event.changes):
            table = facts.setdefault(change["fact"], {})
            if change["after"] is None:
                table.pop(change["id"], None)
            else:
                table.setdefault(change["id"], {}).update(change["after"])
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
