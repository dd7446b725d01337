"""A line is never kept twice, and two true payments stay two."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dpemployer.bookkeeping.accounts import StatementLine
from dpemployer.bookkeeping.statement_merge import Fate, fates, wording
from dpemployer.bookkeeping.statements import ReadLine
from dpemployer.money import Money

DAY = date(2026, 7, 1)
NEW, HERE, DOUBTFUL = Fate.NEW, Fate.HERE, Fate.DOUBTFUL


def read(amount: int, balance: int | None = None, words: str = "SHOP", day: int = 0) -> ReadLine:
    money = None if balance is None else Money(balance)
    return ReadLine(2, DAY + timedelta(days=day), words, Money(amount), money)


def kept(*lines: ReadLine) -> list[StatementLine]:
    return [
        StatementLine(number, 1, 1, line.day, number, line.description, line.amount, line.balance)
        for number, line in enumerate(lines, 1)
    ]


def test_the_same_file_again_brings_nothing() -> None:
    lines = [read(-500, 9500), read(-500, 9000), read(100, 9100, day=1)]

    assert fates(lines, kept(*lines)) == (HERE, HERE, HERE)


def test_two_equal_payments_on_one_day_are_two() -> None:
    assert fates([read(-500, 9500), read(-500, 9000)], []) == (NEW, NEW)
    assert fates([read(-500), read(-500)], []) == (NEW, NEW)


def test_a_later_file_of_the_same_day_brings_only_what_came_since() -> None:
    morning = read(-500, 9500)
    evening = read(-500, 9000)

    assert fates([evening], kept(morning)) == (NEW,)
    assert fates([morning, evening], kept(morning)) == (HERE, NEW)


def test_the_banks_words_may_change_where_the_balance_says_it_is_the_same() -> None:
    assert fates([read(-500, 9500, "CARD SHOP LTD")], kept(read(-500, 9500))) == (HERE,)


def test_without_balances_words_decide_and_each_line_answers_once() -> None:
    assert fates([read(-500), read(-500)], kept(read(-500))) == (HERE, NEW)
    # The other payment of that day and amount is not in the file: it may be this one, renamed.
    assert fates([read(-500, words="OTHER")], kept(read(-500))) == (DOUBTFUL,)
    assert fates([read(-500), read(-500, words="OTHER")], kept(read(-500))) == (HERE, NEW)


def test_without_balances_a_file_that_begins_in_the_middle_of_a_day_is_doubtful() -> None:
    stored = kept(read(-100, words="EARLIER"), read(-500))

    assert fates([read(-500)], stored) == (DOUBTFUL,)
    assert fates([read(-100, words="EARLIER"), read(-500)], stored) == (HERE, HERE)


def test_typed_lines_and_the_file_that_comes_later_are_the_same() -> None:
    assert fates([read(-500, 9500, "SHOP 0123")], kept(read(-500, 9500, "Shop"))) == (HERE,)


@given(
    amounts=st.lists(st.integers(-3, 3).filter(bool), min_size=1, max_size=12),
    days=st.lists(st.integers(0, 3), min_size=12, max_size=12),
    cut=st.integers(0, 12),
    back=st.integers(0, 12),
)
def test_overlapping_files_with_balances_never_double_nor_swallow(
    amounts: list[int], days: list[int], cut: int, back: int
) -> None:
    balance, lines = 1000, []
    for amount, day in zip(amounts, sorted(days), strict=False):
        balance += amount
        lines.append(read(amount, balance, day=day))
    first, second = lines[:cut], lines[max(0, cut - back) :]

    found = fates(second, kept(*first))
    new = [line for line, fate in zip(second, found, strict=True) if fate is NEW]

    # Where a balance comes back on the same day, two different lines can look the same.
    distinct = len({(line.day, line.amount, line.balance) for line in lines}) == len(lines)
    if distinct:
        assert first + new == lines


def test_wording_keeps_what_stays_the_same() -> None:
    assert wording("Payroll-Bureau 0123/45 LTD") == "PAYROLL BUREAU LTD"
