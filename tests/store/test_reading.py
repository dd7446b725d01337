"""Asking a book, and changing it: one moment, one transaction."""

from __future__ import annotations

from datetime import date
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from dpemployer.bookkeeping.accounts import Account, AccountKind, Statement, StatementLine
from dpemployer.money import Money
from dpemployer.payroll.household import Party, Role, RoleHeld
from dpemployer.store.book import Book
from dpemployer.store.types import Day, Instant

if TYPE_CHECKING:
    from pathlib import Path

    from dpemployer.store.reading import Reading


@pytest.fixture
def lines(book: Book) -> Book:
    """A book with four lines on a statement."""
    with book.change("Brought in a statement") as tx:
        account = tx.add(
            Account(0, "main", "Main", AccountKind.BANK, date(2026, 7, 1), Money(1_000))
        )
        statement = tx.add(
            Statement(
                0, account, date(2026, 7, 1), date(2026, 7, 31), Money(1_000), Money(900), "typed"
            )
        )
        for day, amount, balance in (
            (3, 500, 1_500),
            (3, -100, None),
            (9, -200, 1_200),
            (31, -300, 900),
        ):
            tx.add(
                StatementLine(
                    0,
                    statement,
                    account,
                    date(2026, 7, day),
                    1,
                    f"line of {day} July",
                    Money(amount),
                    None if balance is None else Money(balance),
                )
            )
    return book


def amounts(found: tuple[StatementLine, ...]) -> list[int]:
    return [line.amount.pence for line in found]


def test_facts_are_found_by_what_their_fields_equal(lines: Book) -> None:
    with lines.read() as reading:
        assert amounts(reading.find(StatementLine, day=date(2026, 7, 3))) == [500, -100]
        assert amounts(reading.find(StatementLine, balance=None)) == [-100]
        assert amounts(reading.find(StatementLine, amount=Money(-200))) == [-200]


def test_both_ends_of_a_range_count_and_either_may_be_open(lines: Book) -> None:
    with lines.read() as reading:
        july = {"day": (date(2026, 7, 3), date(2026, 7, 9))}
        assert amounts(reading.find(StatementLine, between=july)) == [500, -100, -200]
        assert amounts(reading.find(StatementLine, between={"day": (date(2026, 7, 9), None)})) == [
            -200,
            -300,
        ]
        assert amounts(reading.find(StatementLine, between={"day": (None, date(2026, 7, 8))})) == [
            500,
            -100,
        ]


def test_one_of_several_values_may_do_and_one_of_none_never_does(lines: Book) -> None:
    with lines.read() as reading:
        assert amounts(reading.find(StatementLine, any_of={"id": (2, 3)})) == [-100, -200]
        assert reading.find(StatementLine, any_of={"id": ()}) == ()


def test_what_must_be_there_can_be_asked_for(lines: Book) -> None:
    with lines.read() as reading:
        assert amounts(reading.find(StatementLine, not_none=("balance",))) == [500, -200, -300]


def test_the_order_can_be_chosen_and_turned_round(lines: Book) -> None:
    with lines.read() as reading:
        assert amounts(reading.find(StatementLine, order_by="amount")) == [-300, -200, -100, 500]
        assert amounts(reading.find(StatementLine, order_by=("-day", "amount"))) == [
            -300,
            -200,
            -100,
            500,
        ]
        assert amounts(reading.find(StatementLine, order_by="-id", limit=1)) == [-300]


def test_sums_are_money_and_nothing_adds_up_to_nothing(lines: Book) -> None:
    with lines.read() as reading:
        assert reading.sum(StatementLine, "amount") == Money(-100)
        assert reading.sum(StatementLine, "amount", day=date(2030, 1, 1)) == Money(0)
        assert reading.sums(StatementLine, ("amount", "position"), day=date(2026, 7, 3)) == (
            Money(400),
            2,
        )


def test_counting_and_reading_a_few_fields_take_the_same_filters(lines: Book) -> None:
    with lines.read() as reading:
        assert reading.count(StatementLine, day=date(2026, 7, 3)) == 2
        assert reading.rows(StatementLine, ("day", "amount"), balance=None) == (
            (date(2026, 7, 3), Money(-100)),
        )


def test_one_fact_is_found_or_none_or_it_is_a_mistake(lines: Book) -> None:
    with lines.read() as reading:
        one = reading.find_one(StatementLine, id=1)
        assert one is not None
        assert one.amount == Money(500)
        assert reading.find_one(StatementLine, id=99) is None
        with pytest.raises(LookupError):
            reading.find_one(StatementLine, day=date(2026, 7, 3))
        with pytest.raises(LookupError):
            reading.get(StatementLine, 99)


def test_a_change_that_fails_leaves_nothing_behind(book: Book) -> None:
    def interrupted() -> None:
        with book.change("Was interrupted") as tx:
            tx.add(Party(0, "Ann"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    with book.read() as reading:
        assert reading.find(Party) == ()
        assert reading.audit_actions() == ()


def test_a_reading_inside_a_change_sees_what_was_just_written(book: Book) -> None:
    with book.change("Named somebody") as tx:
        tx.add(Party(0, "Ann"))
        with book.read() as reading:
            assert [party.name for party in reading.find(Party)] == ["Ann"]


def test_a_change_inside_a_reading_or_a_change_is_a_mistake(book: Book) -> None:
    with book.read(), pytest.raises(RuntimeError), book.change("Nested"):
        pass
    with book.change("Outer"), pytest.raises(RuntimeError), book.change("Nested"):
        pass


def test_facts_can_be_updated_and_removed(book: Book) -> None:
    with book.change("Named somebody") as tx:
        ann = tx.add(Party(0, "Ann"))
        bob = tx.add(Party(0, "Bob"))

    with book.change("Put right") as tx:
        tx.update(Party(ann, "Anne", address="1 High Street"))
        tx.remove(tx.get(Party, bob))

    with book.read() as reading:
        assert reading.find(Party) == (Party(ann, "Anne", address="1 High Street"),)


def test_what_is_not_there_can_be_neither_updated_nor_removed(book: Book) -> None:
    with book.change("Went wrong") as tx:
        with pytest.raises(LookupError):
            tx.update(Party(7, "Nobody"))
        with pytest.raises(LookupError):
            tx.remove(Party(7, "Nobody"))


def test_after_a_change_whoever_listens_is_told_what_kinds_were_touched(book: Book) -> None:
    told: list[frozenset[type]] = []
    book.listen(told.append)

    with book.change("Named somebody") as tx:
        party = tx.add(Party(0, "Ann"))
        tx.add(RoleHeld(0, party, Role.EMPLOYER, date(2026, 4, 6)))
    with book.change("Changed nothing"):
        pass

    assert told == [frozenset({Party, RoleHeld})]


def test_a_reader_keeps_its_moment_while_another_thread_writes(folder: Path, key: bytes) -> None:
    def name_somebody() -> None:
        with book.change("Named somebody") as tx:
            tx.add(Party(0, "Ann"))

    def before_and_after(reading: Reading) -> tuple[int, int]:
        before = reading.count(Party)
        writer = Thread(target=name_somebody)
        writer.start()
        writer.join()
        return before, reading.count(Party)

    with Book.open(folder, key, who="Ann Owner") as book:
        with book.read() as reading:
            assert before_and_after(reading) == (0, 0)
        with book.read() as reading:
            assert reading.count(Party) == 1


def test_threads_take_turns_at_a_book_in_memory(book: Book) -> None:
    def name_somebody() -> None:
        with book.change("Named somebody") as tx:
            tx.add(Party(0, "Ann"))

    writers = [Thread(target=name_somebody) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    with book.read() as reading:
        assert reading.count(Party) == 8


def test_an_instant_is_no_day_and_a_time_without_a_place_is_no_instant() -> None:
    from datetime import datetime  # noqa: PLC0415 - a naive one, on purpose

    with pytest.raises(TypeError):
        Day().process_bind_param(datetime(2026, 4, 6), None)  # type: ignore[arg-type] # noqa: DTZ001
    with pytest.raises(TypeError):
        Instant().process_bind_param(datetime(2026, 4, 6), None)  # type: ignore[arg-type] # noqa: DTZ001


def test_the_history_says_when_by_whom_and_why_newest_first(book: Book) -> None:
    with book.change("Named somebody") as tx:
        tx.add(Party(0, "Rowan Ashby"))
    with book.change("Named somebody else", "They help now") as tx:
        tx.add(Party(0, "Helen Ashby"))

    with book.read() as reading:
        newest, oldest = reading.events()
        only = reading.events(limit=1)
        later = reading.events(since=newest.at)

    assert (newest.action, newest.reason) == ("Named somebody else", "They help now")
    assert (oldest.seq, oldest.who) == (1, book.who)
    assert only == (newest,)
    assert newest in later
