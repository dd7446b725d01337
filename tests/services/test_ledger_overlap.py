"""Bank files that overlap: no payment is ever kept twice, and none is swallowed unsaid.

A true history of payments is downloaded in pieces: again, overlapping, newest first, in another
layout, with the bank's words or the order of a day changed, a day in two halves, an old piece
last. Whatever the order, the book holds each payment once, or says which it is not sure of.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import StringIO
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from dpemployer.money import Money
from dpemployer.services.checks import Checks
from dpemployer.services.ledger import Ledger
from dpemployer.services.money_rows import Account, AccountKind, Finding, StatementLine
from dpemployer.services.returns import Returns
from dpemployer.store.book import Book

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FIRST = date(2026, 7, 1)
OPENING = 100_000


@dataclass(frozen=True)
class Paid:
    """One true payment."""

    day: date
    words: str
    amount: int
    balance: int


@st.composite
def histories(draw: Callable[[st.SearchStrategy[object]], object]) -> list[Paid]:
    """Draw payments, several on one day and some alike, and none two ways at once."""
    moves = draw(
        st.lists(
            st.tuples(
                st.integers(0, 2),
                st.sampled_from(["SHOP", "ANNA", "CLUB"]),
                st.sampled_from([-500, -500, 501, -307, 7125, -100]),
            ),
            min_size=2,
            max_size=10,
        )
    )
    assert isinstance(moves, list)
    day, balance = FIRST, OPENING
    history = []
    for gap, words, amount in moves:
        day += timedelta(days=gap)
        balance += amount
        history.append(Paid(day, words, amount, balance))
    # Two payments of one day, one amount and one balance cannot be told apart by anybody.
    assume(len({(one.day, one.amount, one.balance) for one in history}) == len(history))
    return history


def pounds(pence: int) -> str:
    return Money(pence).plain


def with_balance(lines: Sequence[Paid]) -> list[list[str]]:
    head = ["Date", "Description", "Paid out", "Paid in", "Balance"]
    return [head, *([*without_balance([one])[1], pounds(one.balance)] for one in lines)]


def signed(lines: Sequence[Paid]) -> list[list[str]]:
    head = ["Date", "Type", "Description", "Value", "Balance", "Account Name", "Account Number"]
    return [
        head,
        *(
            [f"{one.day:%d/%m/%Y}", "X", one.words, pounds(one.amount), pounds(one.balance), "", ""]
            for one in lines
        ),
    ]


def without_balance(lines: Sequence[Paid]) -> list[list[str]]:
    head = ["Date", "Details", "Money out", "Money in"]
    rows = [head]
    for one in lines:
        sides = [pounds(-one.amount), ""] if one.amount < 0 else ["", pounds(one.amount)]
        rows.append([f"{one.day:%d/%m/%Y}", one.words, *sides])
    return rows


LAYOUTS = {"balance": with_balance, "signed": signed, "none": without_balance}


@dataclass(frozen=True)
class Download:
    """One file: which payments, in which layout, newest first or not, in other words or not."""

    first: int
    last: int
    layout: str = "balance"
    newest_first: bool = False
    renamed: bool = False
    shuffled: tuple[int, ...] = ()

    def file(self, history: Sequence[Paid]) -> bytes:
        lines = list(history[self.first : self.last])
        if self.renamed:
            lines = [replace(one, words=f"CARD {one.words} LTD") for one in lines]
        if self.shuffled:
            lines = self._in_another_order(lines)
        rows = LAYOUTS[self.layout](lines)
        if self.newest_first:
            rows[1:] = rows[:0:-1]
        target = StringIO()
        csv.writer(target).writerows(rows)
        return target.getvalue().encode()

    def _in_another_order(self, lines: Sequence[Paid]) -> list[Paid]:
        """Change the order within each day, and the balances with it, as banks sometimes do."""
        order = sorted(range(len(lines)), key=lambda at: (lines[at].day, self.shuffled[at]))
        balance = lines[0].balance - lines[0].amount
        changed = []
        for at in order:
            balance += lines[at].amount
            changed.append(replace(lines[at], balance=balance))
        return changed


class Bank:
    """A book that files are brought into."""

    def __init__(self, book: Book, history: Sequence[Paid]) -> None:
        self.book, self.history = book, history
        self.ledger = Ledger(book)
        self.account = self.ledger.add_account(
            Account(0, "", "Main", AccountKind.BANK, FIRST, Money(OPENING))
        )
        self.brought: set[int] = set()
        self.doubtful = 0

    def bring(self, download: Download) -> None:
        content = download.file(self.history)
        before = self.ledger.preview(self.account, "file.csv", content)
        kept = self.ledger.keep_statement(self.account, "file.csv", content)
        assert kept.added == before.new
        assert kept.added + kept.already_here == len(before.lines)
        self.doubtful += sum(line.doubtful for line in before.lines)
        self.brought |= set(range(download.first, download.last))

    def twice(self) -> Counter[tuple[date, int]]:
        return self._kept() - self._true()

    def swallowed(self) -> Counter[tuple[date, int]]:
        return self._true() - self._kept()

    def _kept(self) -> Counter[tuple[date, int]]:
        with self.book.read() as reading:
            return Counter((one.day, one.amount.pence) for one in reading.find(StatementLine))

    def _true(self) -> Counter[tuple[date, int]]:
        return Counter((self.history[at].day, self.history[at].amount) for at in self.brought)

    def stated(self) -> tuple[int, list[Finding]]:
        """Return what the bank's closing balance is taken to be, and what is thought wrong."""
        made = Returns(self.book).figures("generic-quarterly", FIRST, self.history[-1].day)
        wrong = [one for one in made.findings if one.code == "statement"]
        return made.agreement.statement_closing.pence, wrong


slow = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def whole_days(history: Sequence[Paid], cuts: Sequence[int]) -> list[tuple[int, int]]:
    """Cut a history between days."""
    starts = [at for at, one in enumerate(history) if at == 0 or history[at - 1].day != one.day]
    places = sorted({0, len(history), *(starts[cut % len(starts)] for cut in cuts)})
    return list(pairwise(places))


@slow
@given(
    history=histories(),
    cuts=st.lists(st.integers(0, 9), max_size=3),
    draws=st.lists(
        st.tuples(st.sampled_from(["balance", "signed"]), st.booleans(), st.booleans()),
        min_size=5,
        max_size=5,
    ),
    order=st.randoms(use_true_random=False),
)
def test_files_with_balances_in_any_order_make_one_history(
    history: list[Paid],
    cuts: list[int],
    draws: list[tuple[str, bool, bool]],
    order: object,
) -> None:
    pieces = whole_days(history, cuts)
    pieces += [(0, pieces[0][1]), (pieces[-1][0], len(history))]
    assert hasattr(order, "shuffle")
    order.shuffle(pieces)
    with Book.in_memory() as book:
        bank = Bank(book, history)
        for (first, last), (layout, newest_first, renamed) in zip(pieces, draws, strict=False):
            days = {one.day for one in history[first:last]}
            # A file of one day may be written in either order without its saying which.
            backwards = newest_first and len(days) > 1
            bank.bring(Download(first, last, layout, backwards, renamed))
        bank.brought = {at for first, last in pieces[: len(draws)] for at in range(first, last)}

        assert not bank.twice()
        assert not bank.swallowed()
        assert bank.doubtful == 0
        assert Checks(book).everything() == ()
        if len(bank.brought) == len(history):
            assert bank.stated() == (history[-1].balance, [])


@slow
@given(
    history=histories(),
    ranges=st.lists(st.tuples(st.integers(0, 9), st.integers(1, 10)), min_size=1, max_size=5),
    layouts=st.lists(st.sampled_from(["balance", "signed", "none"]), min_size=5, max_size=5),
    renamed=st.lists(st.booleans(), min_size=5, max_size=5),
)
def test_nothing_is_kept_twice_and_nothing_is_left_out_unsaid(
    history: list[Paid],
    ranges: list[tuple[int, int]],
    layouts: list[str],
    renamed: list[bool],
) -> None:
    with Book.in_memory() as book:
        bank = Bank(book, history)
        for (start, length), layout, other_words in zip(ranges, layouts, renamed, strict=False):
            first = start % len(history)
            bank.bring(
                Download(first, min(first + length, len(history)), layout, renamed=other_words)
            )

        assert not bank.twice()
        assert bank.doubtful or not bank.swallowed()


@slow
@given(history=histories(), places=st.lists(st.integers(0, 99), min_size=10, max_size=10))
def test_a_bank_may_put_the_lines_of_a_day_into_another_order(
    history: list[Paid], places: list[int]
) -> None:
    with Book.in_memory() as book:
        bank = Bank(book, history)
        bank.bring(Download(0, len(history)))
        bank.bring(Download(0, len(history), shuffled=tuple(places)))

        assert not bank.twice()
        assert not bank.swallowed()
        assert bank.doubtful == 0


def test_a_day_in_two_halves_and_the_later_half_first() -> None:
    day = date(2026, 7, 30)
    history = [Paid(day, "ANNA", -500, 99_500), Paid(day, "ANNA", -500, 99_000)]
    for halves in ([(0, 1), (1, 2)], [(1, 2), (0, 1)]):
        with Book.in_memory() as book:
            bank = Bank(book, history)
            for first, last in halves:
                bank.bring(Download(first, last))

            assert not bank.twice()
            assert not bank.swallowed()
            assert bank.stated() == (99_000, [])


def test_two_true_equal_payments_stay_two_whatever_comes_again() -> None:
    day = date(2026, 7, 30)
    history = [Paid(day, "ANNA", -500, 99_500), Paid(day, "ANNA", -500, 99_000)]
    for layout in LAYOUTS:
        with Book.in_memory() as book:
            bank = Bank(book, history)
            for _again in range(3):
                bank.bring(Download(0, 2, layout))

            assert not bank.twice()
            assert not bank.swallowed()


def test_a_file_without_balances_and_with_other_words_asks() -> None:
    history = [Paid(date(2026, 7, 30), "ANNA", -500, 99_500)]
    with Book.in_memory() as book:
        bank = Bank(book, history)
        bank.bring(Download(0, 1))
        bank.bring(Download(0, 1, "none", renamed=True))

        assert bank.doubtful == 1
        assert not bank.twice()
        content = Download(0, 1, "none", renamed=True).file(history)
        # The person may say that it is another payment after all.
        assert bank.ledger.keep_statement(bank.account, "f.csv", content, also=[0]).added == 1


def test_a_balance_that_joins_on_does_not_make_a_payment_new_beside_one_without() -> None:
    day = date(2026, 7, 1)
    history = [Paid(day, "SHOP", -500, 99_500), Paid(day, "SHOP", -500, 99_000)]
    with Book.in_memory() as book:
        bank = Bank(book, history)
        bank.bring(Download(0, 1))
        bank.bring(Download(0, 2, "none"))
        bank.bring(Download(0, 2, renamed=True))

        assert not bank.twice()
        assert not bank.swallowed()
        assert bank.doubtful == 1
