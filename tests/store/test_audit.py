"""Everything done to a book is in its log, and nobody can quietly alter the log."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from dpemployer.bookkeeping.papers import Paper, PaperContent
from dpemployer.errors import RefusedError
from dpemployer.payroll.household import Party
from dpemployer.store.audit import BEGINNING, Event, events

if TYPE_CHECKING:
    from dpemployer.store.book import Book


def log(book: Book) -> tuple[Event, ...]:
    with book._engine.connect() as connection, connection.begin():
        return events(connection)


def tamper(book: Book, *statements: str) -> None:
    """Do what somebody with the key and another program could do."""
    with book._engine.connect() as connection, connection.begin():
        for statement in statements:
            connection.execute(text(statement))


@pytest.fixture
def told(book: Book) -> Book:
    """A book with three events."""
    with book.change("Named somebody") as tx:
        tx.add(Party(0, "Ann", address="1 High Street"))
    with book.change("Put an address right", reason="They moved") as tx:
        tx.update(Party(1, "Ann", address="2 High Street"))
    with book.change("Took somebody out") as tx:
        tx.remove(tx.get(Party, 1))
    return book


def codes(book: Book) -> list[str]:
    return [finding.code for finding in book.check_facts()]


def test_an_event_says_who_did_what_when_and_why(told: Book) -> None:
    before = datetime.now(UTC)
    _first, second, _third = log(told)

    assert (second.who, second.action, second.reason) == (
        "Somebody",
        "Put an address right",
        "They moved",
    )
    assert second.at <= before


def test_an_event_holds_before_and_after(told: Book) -> None:
    first, second, third = (event.changed for event in log(told))
    ann = {"name": "Ann", "contact": "", "reference": ""}

    assert first == [
        {"fact": "party", "id": 1, "before": None, "after": {**ann, "address": "1 High Street"}}
    ]
    assert second == [
        {
            "fact": "party",
            "id": 1,
            "before": {"address": "1 High Street"},
            "after": {"address": "2 High Street"},
        }
    ]
    assert third == [
        {"fact": "party", "id": 1, "before": {**ann, "address": "2 High Street"}, "after": None}
    ]


def test_each_event_holds_the_hash_of_the_one_before(told: Book) -> None:
    kept = log(told)

    assert [event.previous_hash for event in kept] == [
        BEGINNING,
        *(event.hash for event in kept[:-1]),
    ]
    assert all(event.hash == event.true_hash for event in kept)


def test_changing_nothing_leaves_no_event(book: Book) -> None:
    with book.change("Named somebody") as tx:
        tx.add(Party(0, "Ann"))
    with book.change("Saved what was there") as tx:
        tx.update(tx.get(Party, 1))

    assert [event.action for event in log(book)] == ["Named somebody"]


def test_the_bytes_of_a_paper_are_in_the_log_as_their_hash(book: Book) -> None:
    with book.change("Kept a paper") as tx:
        paper = Paper(0, 1, "receipt", "A receipt", date(2026, 7, 1), None, "r.pdf", "x", 3, "x")
        tx.add(PaperContent(0, tx.add(paper), b"abc"))

    (event,) = log(book)
    after = event.changed[1]["after"]
    assert after["content"] == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_sound_log_has_no_findings(told: Book) -> None:
    assert codes(told) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET who = 'Somebody else' WHERE seq = 2",
        "DELETE FROM audit_event WHERE seq = 2",
        "INSERT OR REPLACE INTO audit_event SELECT * FROM audit_event WHERE seq = 2",
        (
            "INSERT INTO audit_event SELECT 9, at, who, action, reason, program, changes,"
            " previous_hash, hash FROM audit_event WHERE seq = 3"
        ),
        (
            "INSERT INTO audit_event SELECT 4, at, who, action, reason, program, changes,"
            " previous_hash, hash FROM audit_event WHERE seq = 3"
        ),
    ],
    ids=["update", "delete", "replace", "gap", "fork"],
)
def test_the_database_itself_refuses_to_alter_the_log(told: Book, statement: str) -> None:
    with pytest.raises(RefusedError, match="audit log"), told.change("Tampered") as tx:
        tx._connection.execute(text(statement))


GUARDS_OFF = (
    "DROP TRIGGER final_audit_event_update_audit_log",
    "DROP TRIGGER final_audit_event_delete_audit_log",
    "DROP TRIGGER final_audit_event_insert_audit_log",
)


def test_an_altered_event_is_found_even_with_the_guards_off(told: Book) -> None:
    tamper(told, *GUARDS_OFF, "UPDATE audit_event SET reason = 'None' WHERE seq = 2")

    assert codes(told) == ["trigger_missing"] * 3 + ["audit_altered"]


def test_an_event_taken_out_is_found(told: Book) -> None:
    tamper(told, *GUARDS_OFF, "DELETE FROM audit_event WHERE seq = 2")

    assert codes(told)[3:] == ["audit_gap"]


def test_an_altered_event_sealed_again_breaks_the_chain_after_it(told: Book) -> None:
    _first, second, _third = log(told)
    forged = json.loads(second.changes)
    forged[0]["after"]["address"] = "3 High Street"
    tamper(told, *GUARDS_OFF)
    with told._engine.connect() as connection, connection.begin():
        altered = Event(
            second.seq,
            second.at,
            second.who,
            second.action,
            second.reason,
            second.program,
            json.dumps(forged),
            second.previous_hash,
        )
        connection.execute(
            text("UPDATE audit_event SET changes = :changes, hash = :hash WHERE seq = 2"),
            {"changes": altered.changes, "hash": altered.true_hash},
        )

    assert codes(told)[3:] == ["audit_gap"]


def test_a_fact_altered_behind_the_programs_back_is_found(book: Book) -> None:
    with book.change("Named somebody") as tx:
        tx.add(Party(0, "Ann"))
    tamper(book, "UPDATE party SET name = 'Bob'")

    assert codes(book) == ["fact_unlogged"]


def test_a_fact_put_in_or_taken_out_behind_the_programs_back_is_found(book: Book) -> None:
    with book.change("Named somebody") as tx:
        tx.add(Party(0, "Ann"))
    tamper(book, "DELETE FROM party")
    assert codes(book) == ["fact_unlogged"]

    tamper(book, "INSERT INTO party VALUES (7, 'Eve', '', '', '')")
    assert codes(book) == ["fact_unlogged", "fact_unlogged"]


def test_a_link_to_nothing_is_found(book: Book) -> None:
    raw = book._engine.raw_connection()
    raw.cursor().execute("PRAGMA foreign_keys = off")
    raw.cursor().execute("INSERT INTO role_held VALUES (1, 99, 'employer', '2026-04-06', NULL, '')")
    raw.close()

    assert codes(book) == ["broken_link", "fact_unlogged"]
