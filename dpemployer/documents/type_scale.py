"""The two sizes papers come in. All measures are whole thousandths of a point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

POINT: Final = 1000


@dataclass(frozen=True, slots=True)
class Type:
    """One size and weight of type."""

    size: int
    """In whole points."""
    leading: int
    """From one line to the next."""
    bold: bool = False

    @property
    def drop(self) -> int:
        """From the top of a line to its baseline: letters sit in the middle of their line."""
        return (self.leading - self.size * POINT) // 2 + self.size * 800

    def heavy(self) -> Type:
        """Return the same type in bold."""
        return Type(self.size, self.leading, bold=True)

    def roomier(self) -> Type:
        """Return the same type with a quarter more between lines, for taller scripts."""
        return Type(self.size, self.leading * 5 // 4, self.bold)


@dataclass(frozen=True, slots=True)
class Scale:
    """Every size one paper uses."""

    title: Type
    heading: Type
    subheading: Type
    body: Type
    small: Type
    code: Type
    """For a key that is copied by hand."""
    margin: int
    gap: int
    """Between one block and the next."""
    cell: int
    """Above and below the words of a table cell; twice this at either side."""
    line_to_write_on: int
    """The height left for handwriting."""


ORDINARY = Scale(
    title=Type(18, 25 * POINT, bold=True),
    heading=Type(13, 19 * POINT, bold=True),
    subheading=Type(11, 16 * POINT, bold=True),
    body=Type(11, 15 * POINT),
    small=Type(10, 14 * POINT),
    code=Type(18, 28 * POINT, bold=True),
    margin=48 * POINT,
    gap=9 * POINT,
    cell=2 * POINT,
    line_to_write_on=30 * POINT,
)

LARGE_PRINT = Scale(
    title=Type(26, 35 * POINT, bold=True),
    heading=Type(21, 29 * POINT, bold=True),
    subheading=Type(18, 26 * POINT, bold=True),
    body=Type(18, 26 * POINT),
    small=Type(16, 23 * POINT),
    code=Type(26, 40 * POINT, bold=True),
    margin=42 * POINT,
    gap=14 * POINT,
    cell=3 * POINT,
    line_to_write_on=46 * POINT,
)
"""Nothing under 16 points, the least that is called large print."""
