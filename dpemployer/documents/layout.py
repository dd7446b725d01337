"""Papers laid out: headings, paragraphs, facts, tables and lists, page after page.

A `Paper` is written from top to bottom, once, in the order it is to be read: the order of the
calls is the reading order. Each thing is measured and placed at once, and what it means goes
into the structure tree. There are two sizes of type, and large print is not the same page
enlarged: what no longer fits side by side is set one under the other.

All measures are whole thousandths of a point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from dpemployer.documents.flow import BLACK, DARK, PALE, Cell, CellRow, Flow, height_of
from dpemployer.documents.fonts import Typesetter
from dpemployer.documents.pdf import A4, About, Element, Words, write
from dpemployer.documents.tables import Column, Row, share_width, turned
from dpemployer.documents.type_scale import LARGE_PRINT, ORDINARY, Type
from dpemployer.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable

_COLUMN_HEADER: Final = "/O /Table /Scope /Column"
_ROW_HEADER: Final = "/O /Table /Scope /Row"


@dataclass(frozen=True, slots=True)
class Block:
    """Names and values under a heading, to stand beside another."""

    heading: str
    rows: Sequence[Row]
    """Each of two cells."""
    figures: bool = False
    """Whether the values are amounts, set to the right."""


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
        self.tree = Element("Document")
        self._tagged = tagged
        self._typesetter = Typesetter()
        small = self.scale.small
        # The widest the page number can be stays free at the right of the foot.
        self._number_width = self._typesetter.width(_page_number(999, 999)) * small.size
        foot_room = self.width - self._number_width - 4 * self.scale.cell
        self._foot = self._typesetter.wrap(foot, foot_room // small.size)
        foot_height = small.leading * len(self._foot)
        self._foot_top = A4[1] - self.scale.margin - foot_height
        self._flow = Flow(self.scale.margin, self._foot_top - self.scale.gap)
        self._between = 5 * self.scale.cell

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
        self._flow.place(self._full_width((words,), above=self.scale.gap // 2))

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
        self._flow.place(
            self._full_width((cell,), above=self.scale.gap, padding=inset // 2, shade=True)
        )

    def bullets(self, items: Iterable[str]) -> None:
        """Write a list in which the order does not matter."""
        self._list(("•", item) for item in items)

    def steps(self, items: Iterable[str]) -> None:
        """Write a numbered list."""
        self._list((f"{number}.", item) for number, item in enumerate(items, start=1))

    def facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Write names and their values, one pair to a row."""
        rows = self._fact_rows(facts, self.scale.margin, self.width)
        self._flow.space(self.scale.gap // 3)
        self._flow.together(rows)

    def amounts(self, rows: Sequence[Row]) -> None:
        """Write labels with a figure at the right of each, as on a form."""
        for row in self._amount_rows(rows, self.scale.margin, self.width):
            self._flow.place(row)

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
                self._flow.space(self.scale.gap)
                self._flow.together(self._block_rows(block, left, width))
            return
        half = (width - 3 * self.scale.gap) // 2
        firsts = self._column(first, left, half)
        seconds = self._column(second, left + width - half, half)
        self._flow.space(self.scale.gap)
        self._flow.side_by_side(firsts, seconds)

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
            cells: list[Cell] = []
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
            self._flow.place(self._full_width(tuple(cells), padding=self.scale.cell))

    def places_to_sign(self, labels: Sequence[str]) -> None:
        """Leave a line to write on after each label: a signature, a name, a date."""
        size = self.scale.body
        rows = [
            self._full_width(
                (self._cell(label, size, self.tree.add("P")),),
                rule=BLACK,
                at_least=self.scale.line_to_write_on,
            )
            for label in labels
        ]
        self._flow.together(rows)
        self._flow.space(self.scale.gap)

    def finish(self) -> bytes:
        """Number the pages and return the finished PDF."""
        self._flow.make_room(0)
        self._flow.draw_held()
        pages = self._flow.pages
        for number, page in enumerate(pages, start=1):
            page.marks.extend(self._foot_of(number, len(pages)))
        return write(pages, self.tree, self.about, tagged=self._tagged)

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
    ) -> Cell:
        width = self.width if width is None else width
        lines = self._typesetter.wrap(text, width // size.size, bold=size.bold)
        if any(line.shaped for line in lines):
            size = size.roomier()
        left = self.scale.margin if left is None else left
        return Cell(lines, size, left, width, element, figures)

    def _table_cell(
        self, text: str, size: Type, element: Element, column: Column, left: int, width: int
    ) -> Cell:
        # Columns are kept apart by room at their left, which the first has no need of.
        side = 0 if left == self.scale.margin else self._between
        return self._cell(
            text, size, element, left=left + side, width=width - side, figures=column.figures
        )

    def _full_width(
        self,
        cells: tuple[Cell, ...],
        *,
        above: int = 0,
        padding: int = 0,
        shade: bool = False,
        rule: int | None = None,
        at_least: int = 0,
    ) -> CellRow:
        return CellRow(cells, self.scale.margin, self.width, above, padding, shade, rule, at_least)

    def _heading(self, text: str, tag: str, size: Type, *, above: int) -> None:
        cell = self._cell(text, size, self.tree.add(tag))
        self._flow.hold(self._full_width((cell,), above=above, padding=self.scale.cell))

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
            self._flow.place(self._full_width((mark, body), above=self.scale.gap // 3))

    def _column(self, blocks: Sequence[Block], left: int, width: int) -> list[CellRow]:
        """Make the rows of blocks that stand one under the other."""
        rows: list[CellRow] = []
        for block in blocks:
            head, *others = self._block_rows(block, left, width)
            rows += [replace(head, above=self.scale.gap if rows else 0), *others]
        return rows

    def _block_rows(self, block: Block, left: int, width: int) -> list[CellRow]:
        head = []
        if block.heading:
            cell = self._cell(
                block.heading, self.scale.heading, self.tree.add("H2"), left=left, width=width
            )
            head = [CellRow((cell,), left, width, padding=self.scale.cell)]
        if block.figures:
            return head + self._amount_rows(block.rows, left, width)
        facts = [(row.cells[0], row.cells[1]) for row in block.rows]
        return head + self._fact_rows(facts, left, width)

    def _fact_rows(self, facts: Sequence[tuple[str, str]], left: int, width: int) -> list[CellRow]:
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
            rows.append(CellRow(cells, left, width, padding=self.scale.cell, rule=PALE))
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

    def _amount_rows(self, rows: Sequence[Row], left: int, width: int) -> list[CellRow]:
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
            rule = DARK if row.strong else PALE
            made.append(CellRow(cells, left, width, padding=self.scale.cell, rule=rule))
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
            rule=BLACK,
        )
        self._flow.hold(heading)
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
                    rule=DARK if row.strong else PALE,
                    at_least=self.scale.line_to_write_on if to_write_on else 0,
                )
            )
        if height_of(made) <= self._flow.room // 2:
            # A short table is easier to follow in one piece.
            self._flow.make_room(height_of(made))
        for ready in made:
            self._flow.place(ready)
            self._flow.repeat(heading)
        self._flow.repeat(None)

    def _records(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        for row in rows:
            self._flow.space(self.scale.gap)
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

    def _foot_of(self, number: int, count: int) -> list[Words]:
        small = self.scale.small
        top = self._foot_top
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
        line = self._typesetter.line(_page_number(number, count))
        left = self.scale.margin + self.width - line.width * small.size
        return [*words, Words(left, top + small.drop, line, small.size, element=None)]


def _weight(size: Type, row: Row) -> Type:
    return size.heavy() if row.strong else size


def _page_number(number: int, count: int) -> str:
    return _("Page {number} of {count}").format(number=number, count=count)
