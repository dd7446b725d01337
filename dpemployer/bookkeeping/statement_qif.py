"""Statement lines out of a QIF file: a letter and a value on each line, `^` after each record.

The format says neither which of day and month comes first nor what the balance is. A day order is
used only if every date allows it and no other order does, or the person has said which it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dpemployer.bookkeeping.statement_cells import (
    DateOrder,
    NotAnAmountError,
    amount_cell,
    date_cell,
)
from dpemployer.bookkeeping.statements import ReadLine, ReadStatement, StatementRefusedError
from dpemployer.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dpemployer.bookkeeping.statement_cells import DateCell
    from dpemployer.money import Money

TITLE = "QIF"
DAY_FIRST, MONTH_FIRST = "qif-day-first", "qif-month-first"
"""The layouts a person can say a QIF file is in."""

_ORDERS = {DAY_FIRST: DateOrder.DAY_FIRST, MONTH_FIRST: DateOrder.MONTH_FIRST}
_KINDS = {"bank", "cash", "ccard", "oth a", "oth l"}
_APOSTROPHE_YEAR = re.compile(r"'\s*(\d{1,2})$")


@dataclass(slots=True)
class _Record:
    """One payment, its values by their letter."""

    line: int
    values: dict[str, str] = field(default_factory=dict)

    @property
    def description(self) -> str:
        """The payee, and the note where it says something else."""
        said = [" ".join(self.values.get(letter, "").split()) for letter in "PM"]
        return " ".join(dict.fromkeys(text for text in said if text))


def is_qif(text: str) -> bool:
    """Whether text begins as a QIF file does."""
    return text.lstrip("\ufeff \t\r\n").casefold().startswith(("!type:", "!account", "!option:"))


def read_qif(text: str, layout: str = "") -> ReadStatement:
    """Read a statement out of a QIF file; it has no balances.

    Args:
        text: The file's text.
        layout: `DAY_FIRST` or `MONTH_FIRST`, where the person has said which.

    Raises:
        StatementRefusedError: If a record cannot be read, or its dates could mean two things.
    """
    records = list(_records(text))
    if not records:
        raise StatementRefusedError(_("There is no payment in this QIF file."))
    amounts = [_amount(record) for record in records]
    cells = [_date(record) for record in records]
    order, chosen = _order(records, cells, layout)
    lines = [
        ReadLine(record.line, day, record.description, amount, None)
        for record, cell, amount in zip(records, cells, amounts, strict=True)
        if (day := cell.read(order)) is not None
    ]
    if lines[0].day > lines[-1].day:
        lines.reverse()
    lines.sort(key=lambda line: line.day)
    return ReadStatement(chosen, TITLE, tuple(lines), None, None)


def _records(text: str) -> Iterator[_Record]:
    """Cut the text into records; what belongs to accounts and options is passed over."""
    counts, record = True, _Record(1)
    for number, raw in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        line = raw.strip()
        if not line:
            continue
        if line.startswith("!"):
            counts, record = _begins(line, number), _Record(number)
        elif line == "^":
            if counts and record.values:
                yield record
            record = _Record(number + 1)
        else:
            if not record.values:
                record.line = number
            record.values.setdefault(line[0], line[1:])
    if counts and record.values:
        yield record


def _begins(line: str, number: int) -> bool:
    """Say whether payments follow a line that begins a part of the file."""
    name, _colon, kind = line[1:].partition(":")
    if name.casefold() != "type":
        return False
    if kind.strip().casefold() not in _KINDS:
        raise StatementRefusedError(
            _("This QIF file holds “{kind}”, which is not a bank account.").format(
                kind=kind.strip()
            ),
            line=number,
        )
    return True


def _amount(record: _Record) -> Money:
    text = record.values.get("T", record.values.get("U", ""))
    try:
        found = amount_cell(text)
    except NotAnAmountError:
        found = None
    if found is None:
        raise StatementRefusedError(
            _("“{text}” is not an amount.").format(text=text), line=record.line
        )
    return found


def _date(record: _Record) -> DateCell:
    text = _APOSTROPHE_YEAR.sub(lambda year: f"/{int(year[1]) + 2000}", record.values.get("D", ""))
    found = date_cell(text.replace(" ", ""))
    if not found:
        raise StatementRefusedError(
            _("“{text}” is not a day.").format(text=record.values.get("D", "")), line=record.line
        )
    return found


def _order(records: list[_Record], cells: list[DateCell], layout: str) -> tuple[DateOrder, str]:
    """Return the one order that every date allows, and the layout it is called."""
    if layout in _ORDERS:
        order = _ORDERS[layout]
        wrong = next(
            (record for record, cell in zip(records, cells, strict=True) if not cell.read(order)),
            None,
        )
        if wrong is not None:
            raise StatementRefusedError(
                _("“{text}” is not a day in that order.").format(text=wrong.values["D"]),
                line=wrong.line,
            )
        return order, layout
    found: dict[tuple[date | None, ...], DateOrder] = {}
    for order in _ORDERS.values():
        days = tuple(cell.read(order) for cell in cells)
        if None not in days:
            found.setdefault(days, order)
    if not found:
        raise StatementRefusedError(
            _("Its dates are not all written in one order: some begin with the month.")
        )
    if len(found) > 1:
        first = records[0].values["D"]
        raise StatementRefusedError(
            _("“{text}” could be two different days, and so could every date in it.").format(
                text=first
            ),
            _(
                "Look at the paper statement, say whether the day or the month comes first, and "
                "read it again."
            ),
        )
    (order,) = found.values()
    return order, MONTH_FIRST if order is DateOrder.MONTH_FIRST else DAY_FIRST
