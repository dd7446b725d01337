"""A plain sheet: a heading, some facts, paragraphs and a table. What is owed to HMRC, a letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dpemployer.documents.layout import Paper
from dpemployer.documents.pdf import About
from dpemployer.documents.tables import Row, columns_of
from dpemployer.i18n import long_date


@dataclass(frozen=True, slots=True)
class LetterPaper:
    """Everything on one sheet, in the order it is printed. What is empty is left out."""

    heading: str
    sender: str
    dated: date
    to: str = ""
    """Name and address, one line each."""
    facts: tuple[tuple[str, str], ...] = ()
    paragraphs: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    totals: tuple[str, ...] = ()
    """A last row for the table."""
    closing: tuple[str, ...] = ()
    """Paragraphs after the table."""
    sign: tuple[str, ...] = ()
    """What to leave a line to write on for."""


def letter_pdf(paper: LetterPaper, *, large_print: bool) -> bytes:
    """Print a letter or a sheet of figures."""
    sheet = Paper(
        About(title=paper.heading, author=paper.sender, dated=paper.dated),
        large_print=large_print,
        foot=paper.heading,
    )
    for opening in (paper.sender, paper.to, long_date(paper.dated)):
        if opening:
            sheet.paragraph(opening)
    sheet.title(paper.heading)
    sheet.facts(paper.facts)
    for text in paper.paragraphs:
        sheet.paragraph(text)
    if paper.columns and paper.rows:
        table = [*paper.rows, paper.totals] if paper.totals else paper.rows
        sheet.table(
            columns_of(paper.columns, table),
            [Row(row, strong=row is paper.totals) for row in table],
        )
    for text in paper.closing:
        sheet.paragraph(text)
    sheet.places_to_sign(paper.sign)
    return sheet.finish()
