"""A sheet of figures to copy: parts under headings, each figure beside its name, with what to know.

What HMRC is told of a payday, a month or a quarter; the deductions record; P60 figures; the P32.
None of them is a form of HMRC's, and each says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dpemployer.documents.layout import Paper
from dpemployer.documents.pdf import About
from dpemployer.documents.tables import Row, columns_of
from dpemployer.i18n import _


@dataclass(frozen=True, slots=True)
class FiguresPart:
    """Names and figures under a heading. `notes` are said under the names they belong to."""

    title: str
    rows: tuple[tuple[str, str, str], ...]
    """Name, figure, and a note, which may be empty."""
    hint: str = ""
    whose: str = ""
    """The person this and the following parts are about; empty: the same as before."""


@dataclass(frozen=True, slots=True)
class FiguresTable:
    """A table under a heading."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FiguresPaper:
    """Everything on one sheet, in the order it is printed."""

    heading: str
    sender: str
    dated: date
    facts: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    parts: tuple[FiguresPart, ...] = ()
    tables: tuple[FiguresTable, ...] = ()
    closing: tuple[str, ...] = ()
    sign: tuple[str, ...] = ()
    """What to leave a line to write on for, such as when it was done and by whom."""


def figures_pdf(paper: FiguresPaper, *, large_print: bool) -> bytes:
    """Print a sheet of figures."""
    sheet = Paper(
        About(title=paper.heading, author=paper.sender, dated=paper.dated),
        large_print=large_print,
        foot=paper.heading,
    )
    sheet.title(paper.heading)
    sheet.facts(paper.facts)
    if paper.notes:
        sheet.steps(paper.notes)
    for words in paper.warnings:
        sheet.notice(words)
    for part in paper.parts:
        if part.whose:
            sheet.heading(part.whose)
        sheet.subheading(part.title)
        if part.hint:
            sheet.paragraph(part.hint)
        sheet.amounts([Row((_noted(name, note), figure)) for name, figure, note in part.rows])
    for table in paper.tables:
        sheet.heading(table.title)
        rows = [*table.rows, table.totals] if table.totals else list(table.rows)
        if not rows:
            sheet.paragraph(_("Nothing."))
            continue
        sheet.table(
            columns_of(table.columns, rows),
            [Row(row, strong=bool(table.totals) and row is table.totals) for row in rows],
        )
    for words in paper.closing:
        sheet.paragraph(words)
    if paper.sign:
        sheet.places_to_sign(paper.sign)
    return sheet.finish()


def _noted(name: str, note: str) -> str:
    return f"{name}\n{note}" if note else name
