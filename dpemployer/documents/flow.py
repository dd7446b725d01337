"""Rows placed one under the other, page after page.

Everything on a paper is a row of cells: a paragraph is a row of one. A heading is held until
the row after it is placed, so that it is never left alone at the foot of a page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from dpemployer.documents.fonts import Line
from dpemployer.documents.pdf import Box, Element, Page, Words
from dpemployer.documents.type_scale import POINT, Type

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BLACK: Final = 0
DARK: Final = 350
PALE: Final = 800
"""Greys of rules, in thousandths."""
_SHADE: Final = 930


@dataclass(frozen=True, slots=True)
class Cell:
    """Lines of text between a left edge and a right one."""

    lines: tuple[Line, ...]
    type: Type
    left: int
    width: int
    element: Element | None
    figures: bool = False
    """Whether the lines stand to the right."""

    def first(self, count: int) -> Cell:
        """Return the cell with only its first lines."""
        return replace(self, lines=self.lines[:count])

    def after(self, count: int) -> Cell:
        """Return the cell without its first lines."""
        return replace(self, lines=self.lines[count:])

    def as_furniture(self) -> Cell:
        """Return the cell as something drawn again, which is not read again."""
        return replace(self, element=None)


@dataclass(frozen=True, slots=True)
class CellRow:
    """Cells side by side, and what is drawn behind and below them."""

    cells: tuple[Cell, ...]
    left: int
    width: int
    above: int = 0
    """Room above, unless at the top of a page."""
    padding: int = 0
    """Above and below the words."""
    shade: bool = False
    rule: int | None = None
    """The grey of a line below, if there is one."""
    at_least: int = 0
    """The least height, for handwriting."""

    @property
    def leading(self) -> int:
        """From one line to the next, the same in every cell, so that lines stay level."""
        return max(cell.type.leading for cell in self.cells)

    @property
    def tallest(self) -> int:
        """The height of the words alone."""
        return max(len(cell.lines) for cell in self.cells) * self.leading

    @property
    def height(self) -> int:
        """The whole height, without the room above."""
        return max(self.at_least, self.tallest + 2 * self.padding)


class Flow:
    """The pages of one paper, filled from the top down.

    Args:
        top: Where every page begins.
        bottom: Where every page ends.
    """

    def __init__(self, top: int, bottom: int) -> None:
        self.pages: list[Page] = []
        self._margin = top
        self._bottom = bottom
        self._held: list[CellRow] = []
        self._repeated: CellRow | None = None
        self._y = 0
        self._top = 0
        self._new_page()

    @property
    def room(self) -> int:
        """The height of a page, less what is repeated at the top of it."""
        return self._bottom - self._top

    def hold(self, row: CellRow) -> None:
        """Keep a row back until the next one is placed, and place it just above that."""
        self._held.append(row)

    def repeat(self, row: CellRow | None) -> None:
        """Draw a row again at the top of every page from now on, or stop doing so."""
        self._repeated = row

    def place(self, row: CellRow) -> None:
        """Draw a row here if it fits, else on a new page, else on as many as it needs."""
        if row.height <= self.room // 2:
            self.make_room(row.above + row.height)
            self.draw_held()
            self._draw(row)
        else:
            self._draw_in_parts(row)

    def together(self, rows: Sequence[CellRow]) -> None:
        """Draw rows on one page if a page holds them all."""
        height = height_of(rows)
        if height <= self.room:
            self.make_room(height)
        for row in rows:
            self.place(row)

    def make_room(self, height: int) -> None:
        """Begin a page unless *height*, and any heading waiting above it, fits on this one."""
        needed = height_of(self._held) + height
        if self._y > self._top and self._y + needed > self._bottom:
            self._new_page()

    def draw_held(self) -> None:
        """Place what was held back."""
        held, self._held = self._held, []
        for row in held:
            self._draw(row)

    def _draw_in_parts(self, row: CellRow) -> None:
        """Draw a row too tall for its page line by line, over as many pages as it takes."""
        one_line = row.leading + 2 * row.padding
        self.make_room(row.above + 3 * one_line)
        self.draw_held()
        cells = row.cells
        while True:
            above = row.above if self._y > self._top else 0
            room = self._bottom - self._y - above - 2 * row.padding
            count = room // row.leading
            part = tuple(cell.first(count) for cell in cells)
            cells = tuple(cell.after(count) for cell in cells)
            last = not any(cell.lines for cell in cells)
            self._draw(replace(row, cells=part, rule=row.rule if last else None))
            if last:
                return
            self._new_page()

    def _draw(self, row: CellRow) -> None:
        if self._y > self._top:
            self._y += row.above
        marks = self.pages[-1].marks
        height = row.height
        if row.shade:
            marks.append(Box(row.left, self._y, row.width, height, _SHADE))
        # Handwriting stands on the line below, and so do the words beside it.
        top = self._y + height - row.padding - row.tallest
        drop = max(cell.type.drop for cell in row.cells)
        for cell in row.cells:
            for number, line in enumerate(cell.lines):
                start = cell.left
                if cell.figures:
                    start += cell.width - line.width * cell.type.size
                baseline = top + number * row.leading + drop
                marks.append(Words(start, baseline, line, cell.type.size, cell.element))
        self._y += height
        if row.rule is not None:
            thickness = POINT if row.rule < PALE else POINT // 2
            marks.append(Box(row.left, self._y - thickness, row.width, thickness, row.rule))

    def space(self, height: int) -> None:
        """Leave room, unless at the top of a page."""
        if self._y > self._top:
            self._y = min(self._y + height, self._bottom)

    def _new_page(self) -> None:
        self.pages.append(Page())
        self._y = self._top = self._margin
        if self._repeated is not None:
            cells = tuple(cell.as_furniture() for cell in self._repeated.cells)
            self._draw(replace(self._repeated, cells=cells))
            self._top = self._y

    def side_by_side(self, firsts: Sequence[CellRow], seconds: Sequence[CellRow]) -> None:
        """Place two columns of rows beside each other; the first is read before the second."""
        self.make_room(min(max(height_of(firsts), height_of(seconds)), self.room))
        self.draw_held()
        start, page = self._y, len(self.pages)
        self.together(firsts)
        end = self._y
        if len(self.pages) == page:
            self._y = start
        self.together(seconds)
        if len(self.pages) == page:
            self._y = max(self._y, end)


def height_of(rows: Iterable[CellRow]) -> int:
    """Add up what rows take, the room above each included."""
    return sum(row.above + row.height for row in rows)
