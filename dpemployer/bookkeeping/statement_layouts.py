"""The ways banks write a statement: which column is what. They are data, shipped as TOML."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SCHEMA = "dp-statement/1"
WORDS_SCHEMA = "dp-statement-words/1"
BY_HEADINGS = "headings"
"""The id of a layout found by the words of its headings."""
BY_CONTENT = "columns"
"""The id of a layout found by what its columns hold."""


class Column(StrEnum):
    """What a column holds."""

    DATE = "date"
    DESCRIPTION = "description"
    PAID_OUT = "paid_out"
    PAID_IN = "paid_in"
    AMOUNT = "amount"
    BALANCE = "balance"
    DIRECTION = "direction"


Places = Mapping[Column, tuple[int, ...]]
"""Where each column stands, from 0."""

_ENOUGH = ({Column.AMOUNT}, {Column.PAID_OUT, Column.PAID_IN})
"""A layout needs one of these beside a date and a description."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One known way of writing a statement."""

    id: str
    title: str
    header: tuple[str, ...]
    """The headings it starts with, tidied; empty: it has none."""
    columns: Mapping[Column, tuple[str, ...]]
    """Headings, tidied, or the number of the column where there are none."""

    @classmethod
    def parse(cls, text: str) -> Layout:
        """Read a shipped layout; anything wrong with it is a mistake of ours."""
        data = tomllib.loads(text)
        if data["schema"] != SCHEMA:
            raise ValueError(data["schema"])
        return cls(
            data["id"],
            data["title"],
            tuple(heading(cell) for cell in data["header"]),
            {
                Column(column): tuple(heading(cell) for cell in cells)
                for column, cells in data["columns"].items()
            },
        )

    def places(self, row: Sequence[str]) -> Places | None:
        """Say where the columns stand under a row of headings; None if it is another layout's."""
        found = tuple(heading(cell) for cell in row)
        if not self.header:
            return {
                column: tuple(int(cell) - 1 for cell in cells)
                for column, cells in self.columns.items()
            }
        if found[: len(self.header)] != self.header:
            return None
        return {
            column: tuple(found.index(cell) for cell in cells if cell in found)
            for column, cells in self.columns.items()
        }


@dataclass(frozen=True, slots=True)
class Words:
    """What headings may be called, and how money in and out may be marked."""

    first: Mapping[Column, tuple[str, ...]]
    second: Mapping[Column, tuple[str, ...]]
    british: frozenset[str]
    out: frozenset[str]
    in_: frozenset[str]
    balance_rows: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> Words:
        """Read the shipped list; anything wrong with it is a mistake of ours."""
        data = tomllib.loads(text)
        if data["schema"] != WORDS_SCHEMA:
            raise ValueError(data["schema"])
        return cls(
            _by_column(data["first"]),
            _by_column(data["second"]),
            frozenset(data["british"]["headings"]),
            frozenset(data["marks"]["out"]),
            frozenset(data["marks"]["in"]),
            tuple(data["balance_rows"]["starts"]),
        )

    def places(self, row: Sequence[str]) -> tuple[Places, ...]:
        """List the ways a row can be read as headings; none if it is no row of headings."""
        found = [heading(cell) for cell in row]
        choices: dict[Column, list[int]] = {}
        for column in Column:
            choices[column] = self._standing(column, self.first, found) or self._standing(
                column, self.second, found
            )
        choices[Column.DESCRIPTION] = choices[Column.DESCRIPTION][:1]
        if not choices[Column.DATE] or not choices[Column.DESCRIPTION]:
            return ()
        if not any(all(choices[column] for column in enough) for enough in _ENOUGH):
            return ()
        named = [(column, places) for column, places in choices.items() if places]
        return tuple(
            {column: (place,) for (column, _all), place in zip(named, chosen, strict=True)}
            for chosen in product(*(places for _column, places in named))
        )

    def _standing(
        self, column: Column, words: Mapping[Column, tuple[str, ...]], found: Sequence[str]
    ) -> list[int]:
        """List where a column may stand, the likeliest word first."""
        return [place for word in words[column] for place, cell in enumerate(found) if cell == word]

    def is_british(self, row: Iterable[str]) -> bool:
        """Whether headings are ones only used here."""
        return any(heading(cell) in self.british for cell in row)

    def is_balance_row(self, description: str) -> bool:
        """Whether a row with a balance and no amount only states the balance."""
        return description.lower().lstrip("'* ").startswith(self.balance_rows)


def _by_column(data: Mapping[str, Any]) -> dict[Column, tuple[str, ...]]:
    return {column: tuple(data[column.value]) for column in Column}


def heading(text: str) -> str:
    """Tidy a heading, so that case, spaces, pound signs and stops make no difference."""
    plain = re.sub(r"\((?:gbp|£|in £|pounds)\)|£|\bgbp\b", " ", text.lower())
    return " ".join(re.sub(r"[^\w/#+-]|[/_]", " ", plain).split())
