"""Which lines of a statement the book has already, so that none is ever kept twice.

Two lines are the same payment when day, amount and running balance agree. Where a balance is
missing on either side, day, amount and description must agree. Each line of the book answers
for one line of the file only: two equal payments on one day stay two.

A day that begins and ends with the same balances, and on which the same amounts moved, is the
same day, even if the bank has put its lines into another order since.

A line that is none of these, and yet is of the day and amount of a line of the book that the
file does not have, is new only if that line has a balance of its own and the new one joins on to
the lines of that day. Otherwise it may be the same payment, under other words or in another
order, and the person is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from dpemployer.bookkeeping.accounts import StatementLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from dpemployer.bookkeeping.statements import ReadLine
    from dpemployer.money import Money

_NOT_LETTERS = re.compile(r"[\W\d_]+")


class Fate(Enum):
    """What is to become of a line that was read."""

    NEW = "new"
    HERE = "here"
    DOUBTFUL = "doubtful"
    """It looks like one already here, and nothing in the file shows whether it is."""


@dataclass(slots=True)
class _Kept:
    line: StatementLine
    answers: bool = False
    """It has been found in the file."""


def wording(description: str) -> str:
    """Return what stays the same of a description from one payment to the next."""
    return " ".join(_NOT_LETTERS.sub(" ", description).upper().split())


def fates(read: Sequence[ReadLine], stored: Iterable[StatementLine]) -> tuple[Fate, ...]:
    """Say of each line that was read whether the book has it already.

    Args:
        read: The lines of the file, oldest first.
        stored: The lines of the book of the same days, oldest first.
    """
    lines = tuple(stored)
    kept: dict[tuple[date, int], list[_Kept]] = {}
    for line in lines:
        kept.setdefault((line.day, line.amount.pence), []).append(_Kept(line))
    found: list[_Kept | None] = [None] * len(read)
    reordered = _same_days(read, lines)

    def same_day(line: ReadLine, _other: StatementLine) -> bool:
        return line.day in reordered

    for same in (_same_balance, _same_words, same_day):
        for place, new in enumerate(read):
            if found[place] is None:
                found[place] = _answer(new, kept.get((new.day, new.amount.pence), []), same)
    joined = _joined(
        [one for one, answer in zip(read, found, strict=True) if answer is None], lines
    )
    partly_there = {
        one.line.day for together in kept.values() for one in together if not one.answers
    }
    return tuple(
        _fate(new, one, kept.get((new.day, new.amount.pence), []), partly_there, joined)
        for new, one in zip(read, found, strict=True)
    )


def _joined(fresh: Sequence[ReadLine], stored: Sequence[StatementLine]) -> set[int]:
    """Find the lines that join on to lines of their day, one after the other.

    One joins on if it begins where others end and none goes on from there, or ends where others
    begin and none leads there. What is returned are the identities of the lines.
    """
    after: dict[date, set[Money]] = {}
    before: dict[date, set[Money]] = {}
    joined: set[int] = set()

    def add(line: ReadLine | StatementLine) -> None:
        if line.balance is not None:
            after.setdefault(line.day, set()).add(line.balance)
            before.setdefault(line.day, set()).add(line.balance - line.amount)

    def fits(line: ReadLine) -> bool:
        if line.balance is None:
            return False
        begins, ends = line.balance - line.amount, line.balance
        ended, begun = after.get(line.day, set()), before.get(line.day, set())
        return (begins in ended - begun) or (ends in begun - ended)

    for one in stored:
        add(one)
    waiting = list(fresh)
    while fitting := [line for line in waiting if fits(line)]:
        joined.add(id(fitting[0]))
        add(fitting[0])
        waiting = [line for line in waiting if line is not fitting[0]]
    return joined


def _same_days(read: Sequence[ReadLine], stored: Sequence[StatementLine]) -> set[date]:
    """Find the days that are the same in both, though the bank may have changed their order."""
    here, there = _by_day(read), _by_day(stored)
    return {day for day, whole in here.items() if whole is not None and whole == there.get(day)}


def _by_day(
    lines: Sequence[ReadLine] | Sequence[StatementLine],
) -> dict[date, tuple[Money, Money, list[Money]] | None]:
    """Return for each day its balances before and after, and what moved; None without balances."""
    days: dict[date, list[ReadLine | StatementLine]] = {}
    for line in lines:
        days.setdefault(line.day, []).append(line)
    found: dict[date, tuple[Money, Money, list[Money]] | None] = {}
    for day, those in days.items():
        first, last = those[0].balance, those[-1].balance
        if first is None or last is None:
            found[day] = None
        else:
            amounts = sorted(line.amount for line in those)
            found[day] = (first - those[0].amount, last, amounts)
    return found


def _fate(
    line: ReadLine,
    found: _Kept | None,
    alike: Sequence[_Kept],
    partly_there: set[date],
    joined: set[int],
) -> Fate:
    if found is not None:
        unsure = line.balance is None or found.line.balance is None
        return Fate.DOUBTFUL if unsure and line.day in partly_there else Fate.HERE
    twins = [one for one in alike if not one.answers]
    # One without a balance could stand anywhere in the day, so joining on rules it out least.
    twin = min(twins, key=lambda one: one.line.balance is not None, default=None)
    if twin is None or (twin.line.balance is not None and id(line) in joined):
        return Fate.NEW
    twin.answers = True
    return Fate.DOUBTFUL


def _same_balance(line: ReadLine, stored: StatementLine) -> bool:
    return line.balance is not None and stored.balance == line.balance


def _same_words(line: ReadLine, stored: StatementLine) -> bool:
    """Where a balance is missing, the bank's words decide."""
    return (line.balance is None or stored.balance is None) and (
        stored.description.split() == line.description.split()
    )


def _answer(
    line: ReadLine,
    together: Sequence[_Kept],
    same: Callable[[ReadLine, StatementLine], bool],
) -> _Kept | None:
    """Find the line of the book that is this one, and take it out of the choice."""
    for one in together:
        if not one.answers and same(line, one.line):
            one.answers = True
            return one
    return None
