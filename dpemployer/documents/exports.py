"""Anything listed, as a CSV file that a spreadsheet opens correctly.

The file is UTF-8 and begins with a byte-order mark: without it, the spreadsheet most councils
use reads a pound sign or an accented name as two wrong letters. Lines end as RFC 4180 says.
Amounts are plain pounds with two decimals, dates are year-month-day, so that no reader can
take one for anything else.

A cell of text that begins like a formula would be *run* by a spreadsheet. Such a cell gets an
apostrophe in front, which spreadsheets take to mean "this is text". Amounts and other numbers
are written from numbers and are never touched, below zero or not.
"""

from __future__ import annotations

import csv
from codecs import BOM_UTF8
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import TYPE_CHECKING, TypeAlias

from dpemployer.money import Money

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Value: TypeAlias = Money | Decimal | int | str | date | None

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_bytes(
    headings: Sequence[str], rows: Iterable[Sequence[Value]], *, for_a_program: bool = False
) -> bytes:
    """Write a table as the bytes of a CSV file.

    Args:
        headings: What the columns are called.
        rows: The table.
        for_a_program: Read by a program that takes a byte-order mark or an apostrophe for a part
            of what is written: neither is put in.
    """
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    cell = _plain_cell if for_a_program else _cell
    writer.writerow([cell(heading) for heading in headings])
    writer.writerows([cell(value) for value in row] for row in rows)
    return (b"" if for_a_program else BOM_UTF8) + text.getvalue().encode()


def _cell(value: Value) -> str:
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return _plain_cell(value)


def _plain_cell(value: Value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Money):
        return value.plain
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return "" if value is None else str(value)
