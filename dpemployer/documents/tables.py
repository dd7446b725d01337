"""Tables before they are drawn: columns, rows, and how the width is shared between columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_FIGURE = re.compile(r"[-−]?£?[\d,]{0,14}\.?\d{1,4}%?")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table. Figures stand to the right and are never broken."""

    heading: str
    figures: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: the words of each cell; strong for a total."""

    cells: tuple[str, ...]
    strong: bool = False


def columns_of(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """Make columns; one in which every cell is an amount or a number is one of figures."""
    return tuple(
        Column(heading, figures=all(_FIGURE.fullmatch(words) for words in column if words))
        for heading, column in zip(headings, zip(*rows, strict=True), strict=True)
    )


def turned(
    columns: Sequence[Column], rows: Sequence[Row]
) -> tuple[Sequence[Column], Sequence[Row]]:
    """Turn a table on its side: a column for each row, for a few rows of many columns."""
    first, *others = columns
    figures = all(column.figures for column in others)
    return (
        [Column(first.heading), *(Column(row.cells[0], figures=figures) for row in rows)],
        [
            Row((column.heading, *(row.cells[place] for row in rows)))
            for place, column in enumerate(others, start=1)
        ],
    )


def share_width(
    least: Sequence[int], natural: Sequence[int], of_words: Sequence[bool], room: int
) -> list[int] | None:
    """Share *room* between columns, or return nothing when even the least does not fit.

    Args:
        least: What each column cannot do without.
        natural: What each would take to need no second line.
        of_words: Which columns hold words and gain from any room left over.
        room: The width there is.
    """
    if sum(least) > room:
        return None
    spare = room - sum(least)
    widths = list(least)
    wanted = [want - need for want, need in zip(natural, least, strict=True)]
    # Whoever wants little gets it whole; whoever wants much shares what is then left.
    for count, place in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
        share = min(wanted[place], spare // (len(wanted) - count))
        widths[place] += share
        spare -= share
    takers = [place for place, words in enumerate(of_words) if words] or [0]
    for place in takers:
        widths[place] += spare // len(takers)
    return widths
