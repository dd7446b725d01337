"""Statement lines out of the text a bank exports: all of them, or a reason why not.

A file is read in every way that its headings, or its columns, allow. A way counts only if every
row can be read and the running balance adds up from row to row. One way that counts is the
answer; two that differ are refused, because the file could mean two things; with none, the
first row that stands in the way is named.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from dpemployer.bookkeeping.statement_cells import (
    DateCell,
    DateOrder,
    NotAnAmountError,
    all_one_sign,
    amount_cell,
    date_cell,
    is_amount,
)
from dpemployer.bookkeeping.statement_layouts import (
    BY_CONTENT,
    BY_HEADINGS,
    Column,
    Layout,
    Places,
    Words,
)
from dpemployer.errors import EntryError
from dpemployer.i18n import _, long_date
from dpemployer.money import NOTHING, Money

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SEPARATORS = (",", ";", "\t", "|")
_HEADINGS_WITHIN = 40
"""How many rows a bank may write about the account before the headings."""


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One line of a statement, as it was read."""

    file_line: int
    day: date
    description: str
    amount: Money
    balance: Money | None


@dataclass(frozen=True, slots=True)
class ReadStatement:
    """A whole statement, oldest line first."""

    layout: str
    title: str
    lines: tuple[ReadLine, ...]
    opening: Money | None
    """Before the first line; None where the file gives no balance at all."""
    closing: Money | None


class StatementRefusedError(EntryError):
    """A bank's file cannot be read whole, or could mean two things. Nothing is kept of it."""

    def __init__(self, why: str, next_step: str = "", *, line: int | None = None) -> None:
        super().__init__(
            what=_("This statement cannot be read: nothing was kept.")
            if line is None
            else _("Line {line} of this statement cannot be read: nothing was kept.").format(
                line=line
            ),
            why=why,
            next_step=next_step
            or _(
                "Download the statement again as CSV and leave it as it is, or type it in from "
                "the paper one."
            ),
        )
        self.line = line


class _UntoldError(StatementRefusedError):
    """It may be so, but nothing in the file shows it."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the file with something in it."""

    line: int
    cells: tuple[str, ...]

    def cell(self, places: Sequence[int]) -> str:
        """Return what stands at the first of *places* that has something."""
        return next((text for text in self.all(places) if text), "")

    def all(self, places: Sequence[int]) -> list[str]:
        """Return what stands at each of *places*, tidied."""
        return [
            " ".join(self.cells[place].split()) if place < len(self.cells) else ""
            for place in places
        ]


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to read the rows."""

    layout: str
    title: str
    places: Places
    rows: tuple[_Row, ...]
    agreed: bool
    """The layout is a known one: it says how dates and signs are written."""
    british: bool
    width: int
    """How many columns there are; 0 when the headings do not say."""


@dataclass(slots=True)
class _Draft:
    """One row while it is being read."""

    row: _Row
    when: DateCell
    description: str
    amount: Money
    balance: Money | None
    states_balance: bool
    """It only says what the balance is."""
    moves_nothing: bool = False
    """It has a balance and no amount, and is named like a payment: the balance has to prove it."""
    day: date | None = field(default=None)


def read_statement(
    text: str, layouts: Sequence[Layout], words: Words, *, layout: str = ""
) -> ReadStatement:
    """Read a statement out of the text of a bank's file.

    Args:
        text: The file's text.
        layouts: The known layouts.
        words: What headings may be called in any other.
        layout: The id of the layout it is in, where the person has said so.

    Raises:
        StatementRefusedError: If it cannot be read whole, or could mean two things.
    """
    if "\0" in text:
        raise StatementRefusedError(_("This is not a text file."))
    ways = list(_ways(text, layouts, words, layout))
    read: list[ReadStatement] = []
    refused: list[StatementRefusedError] = []
    for way in ways:
        try:
            read.append(_read(way, words))
        except StatementRefusedError as error:
            refused.append(error)
    untold = [error for error in refused if isinstance(error, _UntoldError)]
    if untold and ways[0].layout == BY_CONTENT:
        raise untold[0]
    if not read:
        raise refused[0] if refused else _not_a_statement(text)
    if any(other.lines != read[0].lines for other in read):
        raise StatementRefusedError(
            _("Its columns could be read in more than one way, and each would add up."),
            _choose_the_layout(),
        )
    return read[0]


def _not_a_statement(text: str) -> StatementRefusedError:
    if not text.strip():
        return StatementRefusedError(_("The file is empty."))
    return StatementRefusedError(
        _(
            "It has no columns that can be a date, a description and money in or out. A "
            "statement needs these, with a heading over each."
        )
    )


def _choose_the_layout() -> str:
    return _("Say which layout it is in, and read it again.")


# ── rows, headings and columns ───────────────────────────────────────────────────────


def _rows(text: str, separator: str) -> tuple[_Row, ...]:
    """Cut the text into rows and cells; empty rows are left out."""
    physical = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    reader = csv.reader(physical, delimiter=separator, strict=True, skipinitialspace=True)
    rows: list[_Row] = []
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return tuple(rows)
        except csv.Error:
            raise StatementRefusedError(
                _("Its quotation marks do not pair up, or a cell is far too long."), line=line
            ) from None
        if any(cell.strip() for cell in cells):
            rows.append(_Row(line, tuple(cell.strip().lstrip("'").strip() for cell in cells)))
        line = reader.line_num + 1


def _ways(text: str, layouts: Sequence[Layout], words: Words, chosen: str) -> Iterator[_Way]:
    """Yield the ways this file might be read, the likeliest first."""
    unreadable: StatementRefusedError | None = None
    by_separator: list[tuple[_Row, ...]] = []
    for separator in _SEPARATORS:
        if separator not in text:
            continue
        try:
            rows = _rows(text, separator)
        except StatementRefusedError as error:
            unreadable = unreadable or error
            continue
        by_separator.append(rows)
    known = [one for one in layouts if one.id == chosen or not chosen]
    found = False
    for rows in by_separator:
        for way in _under_headings(rows, known, words, by_words=not chosen):
            found = True
            yield way
        if found:
            return
    for rows in by_separator:
        for way in _without_headings(rows, known, chosen):
            found = True
            yield way
    if not found and unreadable is not None:
        raise unreadable


def _under_headings(
    rows: Sequence[_Row], layouts: Sequence[Layout], words: Words, *, by_words: bool
) -> Iterator[_Way]:
    """Yield the ways given by the first row that can be headings."""
    for place, row in enumerate(rows[:_HEADINGS_WITHIN]):
        below = tuple(rows[place + 1 :])
        width = max((at for at, cell in enumerate(row.cells, 1) if cell), default=0)
        agreed = [
            (layout, where)
            for layout in layouts
            if layout.header and (where := layout.places(row.cells)) is not None
        ]
        for layout, where in agreed:
            yield _Way(layout.id, layout.title, where, below, True, True, width)
        if agreed:
            return
        several = words.places(row.cells) if by_words else ()
        british = words.is_british(row.cells)
        for where in several:
            yield _Way(BY_HEADINGS, _("found by its headings"), where, below, False, british, width)
        if several:
            return


def _without_headings(
    rows: Sequence[_Row], layouts: Sequence[Layout], chosen: str
) -> Iterator[_Way]:
    """Yield the ways given by what the columns hold, or by the layout that was chosen."""
    for layout in layouts:
        where = layout.places(()) if chosen and not layout.header else None
        if where is not None:
            yield _Way(layout.id, layout.title, where, _below_headings(rows, where), True, True, 0)
    if not chosen and rows:
        for where in _by_content(rows):
            yield _Way(BY_CONTENT, _("found by its columns"), where, tuple(rows), False, False, 0)


def _below_headings(rows: Sequence[_Row], where: Places) -> tuple[_Row, ...]:
    """Leave out what stands above the first date, where somebody said what the columns are."""
    above = next(
        (
            place
            for place, row in enumerate(rows[:_HEADINGS_WITHIN])
            if date_cell(row.cell(where[Column.DATE]))
        ),
        0,
    )
    return tuple(rows[above:])


def _by_content(rows: Sequence[_Row]) -> Iterator[Places]:
    """Yield the ways to name the columns so that each holds what its name says."""
    width = max(len(row.cells) for row in rows)
    columns = [[row.cell((place,)) for row in rows] for place in range(width)]
    dates = [at for at, cells in enumerate(columns) if all(date_cell(cell) for cell in cells)]
    sums = [
        at
        for at, cells in enumerate(columns)
        if at not in dates
        and any(is_amount(cell) for cell in cells)
        and all(is_amount(cell) or cell in {"", "-"} for cell in cells)
    ]
    texts = [
        at for at, cells in enumerate(columns) if at not in dates and at not in sums and any(cells)
    ]
    if len(dates) != 1 or not texts:
        return
    where = {Column.DATE: tuple(dates), Column.DESCRIPTION: (texts[0],)}
    if len(sums) == 1:
        yield where | {Column.AMOUNT: (sums[0],)}
    elif len(sums) == 2:
        for amount, balance in (sums, sums[::-1]):
            yield where | {Column.AMOUNT: (amount,), Column.BALANCE: (balance,)}
        yield where | {Column.PAID_OUT: (sums[0],), Column.PAID_IN: (sums[1],)}
        yield where | {Column.PAID_OUT: (sums[1],), Column.PAID_IN: (sums[0],)}
    elif len(sums) == 3:
        first, second, balance = sums
        for out, in_ in ((first, second), (second, first)):
            yield where | {
                Column.PAID_OUT: (out,),
                Column.PAID_IN: (in_,),
                Column.BALANCE: (balance,),
            }


# ── one way, from rows to lines ──────────────────────────────────────────────────────


def _read(way: _Way, words: Words) -> ReadStatement:
    """Read every row one way.

    Raises:
        StatementRefusedError: If a row cannot be read so, or the balances do not add up.
    """
    drafts = [_draft(row, way, words) for row in _without_footers(way)]
    if not any(not draft.states_balance for draft in drafts):
        raise StatementRefusedError(_("There is no payment in it."))
    _settle_signs(drafts, way)
    _settle_days(drafts, way)
    ordered = _in_order(drafts)
    if not way.agreed:
        proven = _proven(ordered)
        if way.layout == BY_CONTENT and Column.BALANCE in way.places and not proven:
            raise _UntoldError(
                _("With no headings, and no two balances to compare, its columns are a guess."),
                _choose_the_layout(),
            )
        _refuse_unsigned(ordered, proven, way)
    opening, closing = _ends(ordered)
    lines = tuple(
        ReadLine(draft.row.line, draft.day, draft.description, draft.amount, draft.balance)
        for draft in ordered
        if draft.amount and draft.day is not None
    )
    if not lines:
        raise StatementRefusedError(_("There is no payment in it."))
    return ReadStatement(way.layout, way.title, lines, opening, closing)


def _without_footers(way: _Way) -> tuple[_Row, ...]:
    """Leave out what is written below the last payment: a row with no date and no amount."""
    rows = list(way.rows)
    money = [
        place
        for column in (Column.PAID_OUT, Column.PAID_IN, Column.AMOUNT, Column.BALANCE)
        for place in way.places.get(column, ())
    ]
    while rows and not (
        any(date_cell(text) for text in rows[-1].all(way.places[Column.DATE]))
        or any(rows[-1].all(money))
    ):
        if any(character.isdigit() for character in rows[-1].cell(way.places[Column.DATE])[:2]):
            break
        rows.pop()
    return tuple(rows)


def _draft(row: _Row, way: _Way, words: Words) -> _Draft:
    """Read one row; its day is settled later, from all rows together."""
    if way.width and any(row.cells[way.width :]):
        raise StatementRefusedError(
            _("It has more columns than there are headings."), line=row.line
        )
    amount = _amount(row, way, words)
    balance = _money(row, way, Column.BALANCE)
    description = " ".join(
        dict.fromkeys(text for text in row.all(way.places[Column.DESCRIPTION]) if text)
    )
    written = row.cell(way.places[Column.DATE])
    when = date_cell(written)
    states_balance = (
        amount is None and balance is not None and words.is_balance_row(description or written)
    )
    moves_nothing = amount is None and balance is not None and not states_balance
    if amount is None and balance is None:
        raise _no_amount(row)
    if not when and not (states_balance and not any(mark.isdigit() for mark in written)):
        raise StatementRefusedError(
            _("“{text}” is not a date a statement can have.").format(text=written)
            if written
            else _("It has no date."),
            line=row.line,
        )
    return _Draft(row, when, description, amount or NOTHING, balance, states_balance, moves_nothing)


def _no_amount(row: _Row) -> StatementRefusedError:
    return StatementRefusedError(_("It has no amount in or out."), line=row.line)


def _money(row: _Row, way: _Way, column: Column) -> Money | None:
    text = row.cell(way.places.get(column, ()))
    try:
        return amount_cell(text)
    except NotAnAmountError:
        raise StatementRefusedError(
            _("“{text}” is not an amount in pounds and pence.").format(text=text), line=row.line
        ) from None


def _amount(row: _Row, way: _Way, words: Words) -> Money | None:
    """Return what a row moved: in positive, out negative; None when it moved nothing."""
    signed = _money(row, way, Column.AMOUNT)
    out, in_ = _money(row, way, Column.PAID_OUT), _money(row, way, Column.PAID_IN)
    if out and in_:
        raise StatementRefusedError(_("It has money both in and out."), line=row.line)
    if in_ is not None and in_ < NOTHING:
        raise StatementRefusedError(_("Money in is less than nothing."), line=row.line)
    parted = None if out is None and in_ is None else (in_ or NOTHING) - abs(out or NOTHING)
    if signed is None or parted is None:
        found = signed if parted is None else parted
    elif signed == parted:
        found = signed
    else:
        raise StatementRefusedError(
            _("Its amount does not agree with its money in or out."), line=row.line
        )
    return _directed(found, row, way, words)


def _directed(found: Money | None, row: _Row, way: _Way, words: Words) -> Money | None:
    """Give an amount the sign its own column says, where there is one."""
    mark = row.cell(way.places.get(Column.DIRECTION, ())).lower()
    if found is None or Column.DIRECTION not in way.places:
        return found
    if mark in words.out:
        return -abs(found)
    if mark in words.in_:
        return abs(found)
    raise StatementRefusedError(
        _("“{text}” does not say whether it is money in or out.").format(text=mark), line=row.line
    )


def _settle_signs(drafts: Sequence[_Draft], way: _Way) -> None:
    """Find out whether the column of money out is written with minus signs."""
    places = way.places.get(Column.PAID_OUT, ())
    written = [
        (draft, amount)
        for draft in drafts
        if (amount := _money(draft.row, way, Column.PAID_OUT)) and places
    ]
    if not all_one_sign([amount for _draft, amount in written]):
        odd = next(draft for draft, amount in written if amount < NOTHING)
        raise StatementRefusedError(
            _("Money out has a minus sign here and none in other lines."), line=odd.row.line
        )


def _refuse_unsigned(ordered: Sequence[_Draft], proven: Sequence[_Draft], way: _Way) -> None:
    """Refuse one column of amounts that has no sign, no direction and no balance to tell by.

    A balance tells what the rows after it moved; of the first row there is none before.
    """
    one_column = Column.PAID_OUT not in way.places and Column.DIRECTION not in way.places
    moving = [draft for draft in ordered if draft.amount]
    marked = any(_is_marked(draft.row.cell(way.places.get(Column.AMOUNT, ()))) for draft in moving)
    if not one_column or marked or any(draft.amount < NOTHING for draft in moving):
        return
    if Column.BALANCE not in way.places:
        raise _UntoldError(
            _(
                "No amount has a minus sign and there is no balance, so money in cannot be told "
                "from money out."
            ),
            _choose_the_layout(),
        )
    if moving and not any(moving[0] is draft for draft in proven):
        raise _UntoldError(
            _(
                "No amount has a minus sign, and there is no balance before it to show that it is "
                "money in."
            ),
            _choose_the_layout(),
            line=moving[0].row.line,
        )


def _proven(ordered: Sequence[_Draft]) -> list[_Draft]:
    """List the rows that moved something and whose balance, with one before it, shows what."""
    running = False
    found: list[_Draft] = []
    for draft in ordered:
        if running and draft.amount and draft.balance is not None:
            found.append(draft)
        running = running or draft.balance is not None
    return found


def _is_marked(text: str) -> bool:
    """Whether an amount says itself that it is money in."""
    return text.startswith("+") or text.upper().rstrip(" )").endswith(("CR", "C"))


# ── days ─────────────────────────────────────────────────────────────────────────────


def _settle_days(drafts: Sequence[_Draft], way: _Way) -> None:
    """Decide in which order dates are written, from all of them together."""
    dated = [draft for draft in drafts if draft.when]
    order = _order([draft.when for draft in dated], way)
    if order is None:
        order = DateOrder.DAY_FIRST if way.agreed else _most(dated)
        odd = next(draft for draft in dated if draft.when.read(order) is None)
        raise StatementRefusedError(
            _("“{text}” is not a date, read as the other dates are.").format(
                text=odd.row.cell(way.places[Column.DATE])
            ),
            line=odd.row.line,
        )
    for draft in dated:
        draft.day = draft.when.read(order)
    _fill_days(drafts)


def _most(dated: Sequence[_Draft]) -> DateOrder:
    """Return the order in which most dates can be read."""
    return max(
        DateOrder, key=lambda order: sum(draft.when.read(order) is not None for draft in dated)
    )


def _fill_days(drafts: Sequence[_Draft]) -> None:
    """Give a row that only states the balance the day of the row before it, or after it."""
    for draft, before in zip(drafts[1:], drafts[:-1], strict=True):
        draft.day = draft.day or before.day
    for draft, after in zip(drafts[-2::-1], drafts[:0:-1], strict=True):
        draft.day = draft.day or after.day


def _order(cells: Sequence[DateCell], way: _Way) -> DateOrder | None:
    """Return the order all dates are written in; None if there is no order for all of them.

    Raises:
        StatementRefusedError: If they could be read two ways.
    """
    readings = {
        order: days for order in DateOrder if all(days := [cell.read(order) for cell in cells])
    }
    # A known layout puts the day first; a month in its place is a slip, not another order.
    if not readings or (way.agreed and set(readings) == {DateOrder.MONTH_FIRST}):
        return None
    distinct = {tuple(days): order for order, days in reversed(readings.items())}
    if len(distinct) == 1:
        return next(iter(distinct.values()))
    tidy = {days: order for days, order in distinct.items() if _sorted(days)}
    # Figures that can be read month first and year first can always be read day first as well.
    day_first = tuple(readings[DateOrder.DAY_FIRST])
    alone = set(tidy) == {day_first}
    untidy = not tidy and way.agreed
    if alone or untidy or (day_first in tidy and _plainly_day_first(tidy, way)):
        return DateOrder.DAY_FIRST
    raise _two_dates(cells)


def _sorted(days: Sequence[date | None]) -> bool:
    known = [day for day in days if day is not None]
    return known in (sorted(known), sorted(known, reverse=True))


def _plainly_day_first(tidy: dict[tuple[date | None, ...], DateOrder], way: _Way) -> bool:
    """Whether the layout says that the day comes first, or the dates themselves do.

    Dates a few days apart read day first, and months apart read otherwise, are day first.
    """
    if way.agreed or way.british:
        return True
    if DateOrder.YEAR_FIRST in tidy.values():
        return False
    spans = {order: _span(days) for days, order in tidy.items()}
    return spans[DateOrder.DAY_FIRST] * 3 < spans[DateOrder.MONTH_FIRST]


def _span(days: Sequence[date | None]) -> int:
    known = [day for day in days if day is not None]
    return (max(known) - min(known)).days


def _two_dates(cells: Sequence[DateCell]) -> StatementRefusedError:
    example = next(cell for cell in cells if len({*_days(cell)}) > 1)
    first, second, *_rest = dict.fromkeys(_days(example))
    return StatementRefusedError(
        _(
            "Its dates could be read two ways: {first} or {second}, for example, and nothing in "
            "the file says which."
        ).format(first=long_date(first), second=long_date(second)),
        _choose_the_layout(),
    )


def _days(cell: DateCell) -> list[date]:
    return [day for order in DateOrder if (day := cell.read(order)) is not None]


# ── order and running balance ────────────────────────────────────────────────────────


def _in_order(drafts: Sequence[_Draft]) -> list[_Draft]:
    """Put the rows oldest first, so that the balance runs from each to the next.

    Raises:
        StatementRefusedError: If it runs in no order; the first row that breaks it is named.
    """
    breaks: list[_Draft] = []
    for rows in _orders(drafts):
        broken = _break(rows)
        if broken is None:
            _refuse_two_orders(rows)
            unproven = _unproven(rows)
            if unproven is not None:
                raise _no_amount(unproven.row)
            return rows
        breaks.append(broken)
    if breaks[0].moves_nothing:
        raise _no_amount(breaks[0].row)
    raise StatementRefusedError(
        _(
            "Its balance is {balance}, which does not follow from the balance before it and the "
            "amount of {amount}."
        ).format(balance=breaks[0].balance, amount=breaks[0].amount),
        line=breaks[0].row.line,
    )


def _refuse_two_orders(rows: Sequence[_Draft]) -> None:
    """Refuse rows of one day that run both ways: what was there before would be a guess."""
    other = rows[::-1]
    if (
        len({draft.day for draft in rows}) == 1
        and all(draft.balance is not None for draft in rows)
        and _break(other) is None
        and _ends(other) != _ends(rows)
    ):
        raise StatementRefusedError(
            _(
                "All its lines are of one day, and their balances run from the first to the last "
                "as well as from the last to the first."
            ),
            _("Download a few more days, so that the order can be seen."),
        )


def _unproven(rows: Sequence[_Draft]) -> _Draft | None:
    """Return a row without an amount that no balance before it proves to have moved nothing."""
    for draft in rows:
        if draft.moves_nothing:
            return draft
        if draft.balance is not None:
            break
    return None


def _orders(drafts: Sequence[_Draft]) -> Iterator[list[_Draft]]:
    """Yield the orders a bank may have written the rows in, oldest first."""
    days = [draft.day or date.min for draft in drafts]
    forward, backward = list(drafts), list(reversed(drafts))
    rising, falling = days == sorted(days), days == sorted(days, reverse=True)
    if rising or not falling:
        yield forward
    if falling or not rising:
        yield backward
    yield sorted(forward, key=lambda draft: draft.day or date.min)
    yield sorted(backward, key=lambda draft: draft.day or date.min)


def _break(rows: Sequence[_Draft]) -> _Draft | None:
    """Return the first row whose balance does not follow; None when all do."""
    running: Money | None = None
    for draft in rows:
        expected = None if running is None else running + draft.amount
        if draft.balance is not None and expected is not None and draft.balance != expected:
            return draft
        running = draft.balance if draft.balance is not None else expected
    return None


def _ends(rows: Sequence[_Draft]) -> tuple[Money | None, Money | None]:
    """Return the balance before the first row and after the last, where they are known."""
    moved = NOTHING
    opening: Money | None = None
    for draft in rows:
        moved += draft.amount
        if draft.balance is not None and opening is None:
            opening = draft.balance - moved
    return opening, None if opening is None else opening + moved
