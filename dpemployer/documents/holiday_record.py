"""The holiday record of one job: leave year by leave year, as the law wants it kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dpemployer.documents.layout import Paper
from dpemployer.documents.pdf import About
from dpemployer.documents.tables import Row, columns_of
from dpemployer.i18n import _


@dataclass(frozen=True, slots=True)
class RecordTable:
    """One table of the record, with what stands above it."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str
    """What is said where there is nothing."""


@dataclass(frozen=True, slots=True)
class RecordYear:
    """One leave year."""

    title: str
    facts: tuple[tuple[str, str], ...]
    tables: tuple[RecordTable, ...]


@dataclass(frozen=True, slots=True)
class HolidayRecord:
    """Everything on the paper, in the order it is printed."""

    name: str
    employer: str
    dated: date
    facts: tuple[tuple[str, str], ...]
    years: tuple[RecordYear, ...]
    """The newest first."""


def record_pdf(record: HolidayRecord, *, large_print: bool) -> bytes:
    """Print the holiday record of one job."""
    heading = _("Holiday record of {name}").format(name=record.name)
    sheet = Paper(
        About(title=heading, author=record.employer, dated=record.dated),
        large_print=large_print,
        foot=heading,
    )
    sheet.title(heading)
    sheet.facts(record.facts)
    sheet.paragraph(
        _(
            "Records made from 6 April 2026 are kept for six years from the day each was made "
            "(Working Time Regulations 1998, regulation 16B)."
        )
    )
    for year in record.years:
        sheet.heading(year.title)
        sheet.facts(year.facts)
        for table in year.tables:
            sheet.subheading(table.title)
            if table.rows:
                sheet.table(
                    columns_of(table.columns, table.rows), [Row(cells) for cells in table.rows]
                )
            else:
                sheet.paragraph(table.empty)
    return sheet.finish()
