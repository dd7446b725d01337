"""Which lines of a statement the book has already, so that none is ever kept twice.

Two lines are the same payment when day, amount and running balance agree. Where a balance is
missing on either side, day, amount and description must agree, and each line of the book
answers for one line of the file only: two equal payments on one day stay two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from dpemployer.bookkeeping.accounts import StatementLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from dpemployer.bookkeeping.statements import ReadLine

_NOT_LETTERS = re.compile(r"[\W\d_]+")


class Fate(Enum):
    """What is to become of a line that was read."""

    NEW = "new"
    HERE = "here"
    DOUBTFUL = "doubtful"
    """It looks like one already here, but the file may begin in the middle of that day."""


@dataclass(slots=True)
class _Kept:
    line: StatementLine
    answers: bool = False
    """It has been found in the file."""


def wording(description: str) -> str:
    """Return what stays the same of a description from one payment to the next."""
    return " ".join(_NOT_LETTERS.sub(" ", description).upper().split())


def fates(read: Sequence[ReadLine], stored: Iterable[StatementLine]) -> tuple[Fate, ...]:
    """Say of each line that was read whether the book has it already."""
    kept: dict[tuple[date, int], list[_Kept]] = {}
    for line in stored:
        kept.setdefault((line.day, line.amount.pence), []).append(_Kept(line))
    found = [_answer(line, kept.get((line.day, line.amount.pence), [])) for line in read]
    partly_there = {
        one.line.day for together in kept.values() for one in together if not one.answers
    }
    return tuple(
        Fate.NEW
        if one is None
        else Fate.DOUBTFUL
        if line.day in partly_there and (line.balance is None or one.line.balance is None)
        else Fate.HERE
        for line, one in zip(read, found, strict=True)
    )


def _answer(line: ReadLine, together: Sequence[_Kept]) -> _Kept | None:
    """Find the line of the book that is this one, and take it out of the choice."""
    free = [one for one in together if not one.answers]
    same = [one for one in free if line.balance is not None and one.line.balance == line.balance]
    if not same:
        same = [
            one
            for one in free
            if (line.balance is None or one.line.balance is None)
            and one.line.description.split() == line.description.split()
        ]
    if not same:
        return None
    same[0].answers = True
    return same[0]
