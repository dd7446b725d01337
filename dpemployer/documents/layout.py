"""Papers laid out: headings, paragraphs, facts, tables and lists, page after page.

A `Paper` is written from top to bottom, once, in the order it is to be read: the order of the
calls is the reading order. Each thing is measured and placed at once, and what it means goes
into the structure tree. There are two sizes of type, and large print is not the same page
enlarged: what no longer fits side by side is set one under the other.

Everything is made of rows of cells. A paragraph is a row of one cell; a table heading is a row
that is drawn again at the top of every page the table runs on to. All measures are whole
thousandths of a point.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from dpemployer.documents.fonts import Line, Typesetter
from dpemployer.documents.pdf import A4, About, Box, Element, Page, Words, write
from dpemployer.documents.type_scale import LARGE_PRINT, ORDINARY, POINT, Type
from dpemployer.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable

_BLACK: Final = 0
_DARK: Final = 350
_PALE: Final = 800
_SHADE: Final = 930
_COLUMN_HEADER: Final = "/O /Table /Scope /Column"
_ROW_HEADER: Final = "/O /Table /Scope /Row"


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


@dataclass(frozen=True, slots=True)
class Block:
    """Names and values under a heading, to stand beside another."""

    heading: str
    rows: Sequence[Row]
    """Each of two cells."""
    figures: bool = False
    """Whether the values are amounts, set to the right."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """Lines of text between a left edge and a right one."""

    lines: tuple[Line, ...]
    type: Type
    left: int
    width: int
    element: Element | None
    figures: bool = False

    def first(self, count: int) -> _Cell:
        return replace(self, lines=self.lines[:count])

    def after(self, count: int) -> _Cell:
        return replace(self, lines=self.lines[count:])

    def as_furniture(self) -> _Cell:
        return replace(self, element=None)


@dataclass(frozen=True, slots=True)
class _RowOfCells:
    """Cells side by side, and what is drawn behind and below them."""

    cells: tuple[_Cell, ...]
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


class Paper:
    """One document, laid out as it is written.

    Args:
        about: What the document says about itself.
        large_print: In type of 16 points and more.
        foot: Shown at the bottom of every page, before the page number.
        tagged: False leaves out all tagging, to measure what it costs.
    """

    def __init__(
        self, about: About, *, large_print: bool, foot: str = "", tagged: bool = True
    ) -> None:
        self.about = about
        self.scale = LARGE_PRINT if large_print else ORDINARY
        self.large_print = large_print
        self.width = A4[0] - 2 * self.scale.margin
        self.pages: list[Page] = []
        self.tree = Element("Document")
        self._tagged = tagged
        self._typesetter = Typesetter()
        small = self.scale.small
        # The widest the page number can be stays free at the right of the foot.
        self._number_width = self._typesetter.width(_page_number(999, 999)) * small.size
        foot_room = self.width - self._number_width - 4 * self.scale.cell
        self._foot = self._typesetter.wrap(foot, foot_room // small.size)
        foot_height = small.leading * len(self._foot)
        self._bottom = A4[1] - self.scale.margin - foot_height - self.scale.gap
        self._held: list[_RowOfCells] = []
        self._repeated: list[_RowOfCells] = []
        self._between = 5 * self.scale.cell
        self._y = 0
        self._top = 0
        self._new_page()

    # ── what a paper can hold ─────────────────────────────────────────────────────────

    def title(self, text: str) -> None:
        """Write the main heading."""
        self._heading(text, "H1", self.scale.title, above=self.scale.gap)

    def heading(self, text: str) -> None:
        """Write the heading of a part. It is never left alone at the foot of a page."""
        self._heading(text, "H2", self.scale.heading, above=self.scale.gap)

    def subheading(self, text: str) -> None:
        """Write the heading of a smaller part."""
        self._heading(text, "H3", self.scale.subheading, above=self.scale.gap // 2)

    def paragraph(self, text: str) -> None:
        """Write a paragraph over the whole width."""
        words = self._cell(text, self.scale.body, self.tree.add("P"))
        self._row(self._full_width((words,), above=self.scale.gap // 2))

    def notice(self, text: str) -> None:
        """Write something that must not be missed: heavy, on a shaded band."""
        inset = 4 * self.scale.cell
        cell = self._cell(
            text,
            self.scale.body.heavy(),
            self.tree.add("P"),
            left=self.scale.margin + inset,
            width=self.width - 2 * inset,
        )
        self._row(self._full_width((cell,), above=self.scale.gap, padding=inset // 2, shade=True))

    def bullets(self, items: Iterable[str]) -> None:
        """Write a list in which the order does not matter."""
        self._list(("•", item) for item in items)

    def steps(self, items: Iterable[str]) -> None:
        """Write a numbered list."""
        self._list((f"{number}.", item) for number, item in enumerate(items, start=1))

    def facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Write names and their values, one pair to a row."""
        rows = self._fact_rows(facts, self.scale.margin, self.width)
        self._space(self.scale.gap // 3)
        self._together(rows)

    def amounts(self, rows: Sequence[Row]) -> None:
        """Write labels with a figure at the right of each, as on a form."""
        for row in self._amount_rows(rows, self.scale.margin, self.width):
            self._row(row)

    def beside(self, first: Sequence[Block], second: Sequence[Block]) -> None:
        """Write blocks side by side, or one under the other in large print.

        Either way everything in *first* is read before anything in *second*. A block with no
        rows is left out.
        """
        left, width = self.scale.margin, self.width
        first = [block for block in first if block.rows]
        second = [block for block in second if block.rows]
        if self.large_print or not first or not second:
            for block in (*first, *second):
                self._space(self.scale.gap)
                self._together(self._block_rows(block, left, width))
            return
        half = (width - 3 * self.scale.gap) // 2
        firsts = self._column(first, left, half)
        seconds = self._column(second, left + width - half, half)
        self._space(self.scale.gap)
        self._make_room(min(max(map(_height, (firsts, seconds))), self._bottom - self._top))
        self._draw_held()
        start, page = self._y, len(self.pages)
        self._together(firsts)
        end = self._y
        if len(self.pages) == page:
            self._y = start
        self._together(seconds)
        if len(self.pages) == page:
            self._y = max(self._y, end)

    def table(
        self, columns: Sequence[Column], rows: Sequence[Row], *, to_write_on: bool = False
    ) -> None:
        """Write a table. The first column names its row.

        The headings are repeated on every page the table runs on to. When the columns cannot
        all have the room their words need, the table is turned on its side, and when that does
        not fit either, each row is written as a set of facts.
        """
        for arranged in ((columns, rows), turned(columns, rows)):
            widths = self._column_widths(*arranged)
            if widths is not None:
                self._write_table(*arranged, widths, to_write_on=to_write_on)
                return
        self._records(columns, rows)

    def codes(self, groups: Sequence[str]) -> None:
        """Write the numbered groups of a key, large and well apart, to be copied by hand."""
        across = 2 if self.large_print else 4
        width = self.width // across
        number_room = self._typesetter.width("99.") * self.scale.body.size + 2 * self.scale.cell
        listed = self.tree.add("L")
        for start in range(0, len(groups), across):
            cells: list[_Cell] = []
            for place, group in enumerate(groups[start : start + across]):
                item = listed.add("LI")
                left = self.scale.margin + place * width
                number = Type(self.scale.body.size, self.scale.code.leading)
                cells += (
                    self._cell(f"{start + place + 1}.", number, item.add("Lbl"), left=left),
                    self._cell(
                        group,
                        self.scale.code,
                        item.add("LBody"),
                        left=left + number_room,
                        width=width - number_room,
                    ),
                )
            self._row(self._full_width(tuple(cells), padding=self.scale.cell))

    def places_to_sign(self, labels: Sequence[str]) -> None:
        """Leave a line to write on after each label: a signature, a name, a date."""
        size = self.scale.body
        rows = [
            self._full_width(
                (self._cell(label, size, self.tree.add("P")),),
                rule=_BLACK,
                at_least=self.scale.line_to_write_on,
            )
            for label in labels
        ]
        self._together(rows)
        self._space(self.scale.gap)

    def finish(self) -> bytes:
        """Number the pages and return the finished PDF."""
        self._make_room(0)
        self._draw_held()
        for number, page in enumerate(self.pages, start=1):
            page.marks.extend(self._foot_of(number))
        return write(self.pages, self.tree, self.about, tagged=self._tagged)

    # ── making rows ───────────────────────────────────────────────────────────────────

    def _cell(
        self,
        text: str,
        size: Type,
        element: Element,
        *,
        left: int | None = None,
        width: int | None = None,
        figures: bool = False,
    ) -> _Cell:
        width = self.width if width is None else width
        lines = self._typesetter.wrap(text, width // size.size, bold=size.bold)
        if any(line.shaped for line in lines):
            size = size.roomier()
        left = self.scale.margin if left is None else left
        return _Cell(lines, size, left, width, element, figures)

    def _table_cell(
        self, text: str, size: Type, element: Element, column: Column, left: int, width: int
    ) -> _Cell:
        # Columns are kept apart by room at their left, which the first has no need of.
        side = 0 if left == self.scale.margin else self._between
        return self._cell(
            text, size, element, left=left + side, width=width - side, figures=column.figures
        )

    def _full_width(
        self,
        cells: tuple[_Cell, ...],
        *,
        above: int = 0,
        padding: int = 0,
        shade: bool = False,
        rule: int | None = None,
        at_least: int = 0,
    ) -> _RowOfCells:
        return _RowOfCells(
            cells, self.scale.margin, self.width, above, padding, shade, rule, at_least
        )

    def _heading(self, text: str, tag: str, size: Type, *, above: int) -> None:
        cell = self._cell(text, size, self.tree.add(tag))
        self._held.append(self._full_width((cell,), above=above, padding=self.scale.cell))

    def _list(self, items: Iterable[tuple[str, str]]) -> None:
        size = self.scale.body
        listed = self.tree.add("L")
        indent = self._typesetter.width("99.") * size.size + 2 * self.scale.cell
        for label, text in items:
            item = listed.add("LI")
            mark = self._cell(label, size, item.add("Lbl"))
            body = self._cell(
                text,
                size,
                item.add("LBody"),
                left=self.scale.margin + indent,
                width=self.width - indent,
            )
            self._row(self._full_width((mark, body), above=self.scale.gap // 3))

    def _column(self, blocks: Sequence[Block], left: int, width: int) -> list[_RowOfCells]:
        """Make the rows of blocks that stand one under the other."""
        rows: list[_RowOfCells] = []
        for block in blocks:
            head, *others = self._block_rows(block, left, width)
            rows += [replace(head, above=self.scale.gap if rows else 0), *others]
        return rows

    def _block_rows(self, block: Block, left: int, width: int) -> list[_RowOfCells]:
        head = []
        if block.heading:
            cell = self._cell(
                block.heading, self.scale.heading, self.tree.add("H2"), left=left, width=width
            )
            head = [_RowOfCells((cell,), left, width, padding=self.scale.cell)]
        if block.figures:
            return head + self._amount_rows(block.rows, left, width)
        facts = [(row.cells[0], row.cells[1]) for row in block.rows]
        return head + self._fact_rows(facts, left, width)

    def _fact_rows(
        self, facts: Sequence[tuple[str, str]], left: int, width: int
    ) -> list[_RowOfCells]:
        """Make one row of each name and value, and share the width between the two."""
        if not facts:
            return []
        size = self._small_or_body()
        between = self._between
        names = self._names_width(facts, width - between)
        table = self.tree.add("Table")
        rows = []
        for name, value in facts:
            line = table.add("TR")
            cells = (
                self._cell(name, size, line.add("TH", _ROW_HEADER), left=left, width=names),
                self._cell(
                    value,
                    size.heavy(),
                    line.add("TD"),
                    left=left + names + between,
                    width=width - names - between,
                ),
            )
            rows.append(_RowOfCells(cells, left, width, padding=self.scale.cell, rule=_PALE))
        return rows

    def _names_width(self, facts: Sequence[tuple[str, str]], room: int) -> int:
        """Return how wide the names are: on one line each, unless that breaks a value's word."""
        size = self._small_or_body().size
        names = [name for name, _value in facts]
        longest_name = max(map(self._typesetter.longest_line, names)) * size
        longest_word = max(map(self._typesetter.longest_word, names)) * size
        value = max(self._typesetter.longest_word(text, bold=True) for _name, text in facts) * size
        left_over = max(longest_word, room - value)
        return min(longest_name, left_over, room * 3 // 5)

    def _amount_rows(self, rows: Sequence[Row], left: int, width: int) -> list[_RowOfCells]:
        """Make one row of each label and figure; figures take what the widest needs."""
        size = self._small_or_body()
        between = self._between
        widest = max(self._typesetter.longest_line(row.cells[1], bold=True) for row in rows)
        figures = min(widest * size.size, width // 2)
        table = self.tree.add("Table")
        made = []
        for row in rows:
            line = table.add("TR")
            weight = _weight(size, row)
            cells = (
                self._cell(
                    row.cells[0],
                    weight,
                    line.add("TH", _ROW_HEADER),
                    left=left,
                    width=width - figures - between,
                ),
                self._cell(
                    row.cells[1],
                    weight,
                    line.add("TD"),
                    left=left + width - figures,
                    width=figures,
                    figures=True,
                ),
            )
            rule = _DARK if row.strong else _PALE
            made.append(_RowOfCells(cells, left, width, padding=self.scale.cell, rule=rule))
        return made

    def _write_table(
        self,
        columns: Sequence[Column],
        rows: Sequence[Row],
        widths: Sequence[int],
        *,
        to_write_on: bool,
    ) -> None:
        table = self.tree.add("Table")
        lefts = [self.scale.margin + sum(widths[:place]) for place in range(len(widths))]
        places = list(zip(columns, lefts, widths, strict=True))
        line = table.add("TR")
        heading = self._full_width(
            tuple(
                self._table_cell(
                    column.heading,
                    self._small_or_body().heavy(),
                    line.add("TH", _COLUMN_HEADER),
                    column,
                    left,
                    width,
                )
                for column, left, width in places
            ),
            above=self.scale.gap // 2,
            padding=self.scale.cell,
            rule=_BLACK,
        )
        self._held.append(heading)
        made = []
        for row in rows:
            line = table.add("TR")
            cells = tuple(
                self._table_cell(
                    words,
                    _weight(self._small_or_body(), row),
                    line.add("TD") if place else line.add("TH", _ROW_HEADER),
                    column,
                    left,
                    width,
                )
                for place, (words, (column, left, width)) in enumerate(
                    zip(row.cells, places, strict=True)
                )
            )
            made.append(
                self._full_width(
                    cells,
                    padding=self.scale.cell,
                    rule=_DARK if row.strong else _PALE,
                    at_least=self.scale.line_to_write_on if to_write_on else 0,
                )
            )
        if _height(made) <= (self._bottom - self._top) // 2:
            # A short table is easier to follow in one piece.
            self._make_room(_height(made))
        for ready in made:
            self._row(ready)
            self._repeated = [heading]
        self._repeated = []

    def _records(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        for row in rows:
            self._space(self.scale.gap)
            self.facts(
                [
                    (column.heading, words)
                    for column, words in zip(columns, row.cells, strict=True)
                    if words
                ]
            )

    def _small_or_body(self) -> Type:
        return self.scale.body if self.large_print else self.scale.small

    def _column_widths(self, columns: Sequence[Column], rows: Sequence[Row]) -> list[int] | None:
        """Share the width between columns, or return nothing when they cannot all fit.

        Every column has at least the room its longest word needs, and a column of figures the
        room its longest figure needs. What is left goes first to columns whose words would
        otherwise be broken over lines, then to columns of words.
        """
        size = self._small_or_body().size
        least, natural = [], []
        for place, column in enumerate(columns):
            side = self._between if place else 0
            words = [row.cells[place] for row in rows]
            heading = self._typesetter.longest_word(column.heading, bold=True)
            strong = any(row.strong for row in rows)
            longest = max(
                (self._typesetter.longest_line(text, bold=strong) for text in words), default=0
            )
            word = max(
                (self._typesetter.longest_word(text, bold=strong) for text in words), default=0
            )
            # A very long word, such as an email address, may be broken.
            word = longest if column.figures else min(word, self.width // size // 4)
            least.append(max(heading, word) * size + side)
            headed = self._typesetter.longest_line(column.heading, bold=True)
            natural.append(max(headed, longest) * size + side)
        return share_width(least, natural, [not column.figures for column in columns], self.width)

    # ── placing rows ──────────────────────────────────────────────────────────────────

    def _row(self, row: _RowOfCells) -> None:
        """Draw a row here if it fits, else on a new page, else on as many as it needs."""
        room = self._bottom - self._top
        if row.height <= room // 2:
            self._make_room(row.above + row.height)
            self._draw_held()
            self._draw(row)
        else:
            self._draw_in_parts(row)

    def _together(self, rows: Sequence[_RowOfCells]) -> None:
        """Draw rows on one page if a page holds them all."""
        height = _height(rows)
        if height <= self._bottom - self._top:
            self._make_room(height)
        for row in rows:
            self._row(row)

    def _make_room(self, height: int) -> None:
        """Begin a page unless *height*, and any heading waiting above it, fits on this one."""
        needed = _height(self._held) + height
        if self._y > self._top and self._y + needed > self._bottom:
            self._new_page()

    def _draw_held(self) -> None:
        held, self._held = self._held, []
        for row in held:
            self._draw(row)

    def _draw_in_parts(self, row: _RowOfCells) -> None:
        """Draw a row too tall for its page line by line, over as many pages as it takes."""
        one_line = row.leading + 2 * row.padding
        self._make_room(row.above + 3 * one_line)
        self._draw_held()
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

    def _draw(self, row: _RowOfCells) -> None:
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
            thickness = POINT if row.rule < _PALE else POINT // 2
            marks.append(Box(row.left, self._y - thickness, row.width, thickness, row.rule))

    def _space(self, height: int) -> None:
        if self._y > self._top:
            self._y = min(self._y + height, self._bottom)

    def _new_page(self) -> None:
        self.pages.append(Page())
        self._y = self._top = self.scale.margin
        for row in self._repeated:
            cells = tuple(cell.as_furniture() for cell in row.cells)
            self._draw(replace(row, cells=cells))
            self._top = self._y

    def _foot_of(self, number: int) -> list[Words]:
        small = self.scale.small
        top = self._bottom + self.scale.gap
        words = [
            Words(
                self.scale.margin,
                top + place * small.leading + small.drop,
                line,
                small.size,
                element=None,
            )
            for place, line in enumerate(self._foot)
        ]
        line = self._typesetter.line(_page_number(number, len(self.pages)))
        left = self.scale.margin + self.width - line.width * small.size
        return [*words, Words(left, top + small.drop, line, small.size, element=None)]


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


_FIGURE = re.compile(r"[-−]?£?[\d,]{0,14}\.?\d{1,4}%?")


def columns_of(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """Make columns; one in which every cell is an amount or a number is one of figures."""
    return tuple(
        Column(heading, figures=all(_FIGURE.fullmatch(words) for words in column if words))
        for heading, column in zip(headings, zip(*rows, strict=True), strict=True)
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


def _height(rows: Iterable[_RowOfCells]) -> int:
    return sum(row.above + row.height for row in rows)


def _weight(size: Type, row: Row) -> Type:
    return size.heavy() if row.strong else size


def _page_number(number: int, count: int) -> str:
    return _("Page {number} of {count}").format(number=number, count=count)
