"""Statements, read from a bank's file or typed from paper: the part of `Ledger` about the bank."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from dpemployer.bookkeeping.accounts import (
    TYPED,
    Account,
    AccountKind,
    Statement,
    StatementLine,
)
from dpemployer.bookkeeping.statement_merge import Fate, fates
from dpemployer.bookkeeping.statement_qif import DAY_FIRST, MONTH_FIRST
from dpemployer.errors import EntryError, RefusedError
from dpemployer.findings import Finding, Severity
from dpemployer.i18n import _, long_date
from dpemployer.money import NOTHING, Money
from dpemployer.services.ledger_matching import Matching
from dpemployer.services.money_rows import (
    LayoutRow,
    PreviewLine,
    StatementImported,
    StatementPreview,
    StatementRow,
    TypedLine,
)
from dpemployer.services.shipped import statement_layouts
from dpemployer.services.statement_files import read_file
from dpemployer.store import account_reading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dpemployer.bookkeeping.statements import ReadLine, ReadStatement
    from dpemployer.store.book import Change
    from dpemployer.store.reading import Reading

_ONE_DAY = timedelta(days=1)


class Statements(Matching):
    """What the bank says."""

    def layouts(self) -> tuple[LayoutRow, ...]:
        """List the statement layouts the program knows."""
        shipped = tuple(LayoutRow(one.id, one.title) for one in statement_layouts())
        return (
            *shipped,
            LayoutRow(DAY_FIRST, _("QIF, the day before the month")),
            LayoutRow(MONTH_FIRST, _("QIF, the month before the day")),
        )

    # ── from a file ──────────────────────────────────────────────────────────────────

    def preview(
        self, account_id: int, file_name: str, content: bytes, *, layout: str = ""
    ) -> StatementPreview:
        """Read a bank's file and say what keeping it would do; nothing is kept.

        Args:
            account_id: The account it is a statement of.
            file_name: What the file is called, to be remembered with the statement.
            content: The file, as it is.
            layout: A layout's id, when the person has said which it is; empty: find out.

        Raises:
            EntryError: If it cannot be read whole, or could mean two things. It names the line.
        """
        read = read_file(content, layout)
        with self._book.read() as reading:
            account = _with_statements(reading, account_id)
            each = _fates(reading, account, read)
            findings = tuple(_gaps(reading, account, read))
        lines = tuple(
            PreviewLine(
                number,
                line.file_line,
                line.day,
                line.description,
                line.amount,
                line.balance,
                fate is not Fate.NEW,
                fate is Fate.DOUBTFUL,
            )
            for number, (line, fate) in enumerate(zip(read.lines, each, strict=True))
        )
        new = sum(fate is Fate.NEW for fate in each)
        return StatementPreview(
            account_id,
            file_name,
            read.layout,
            read.title,
            min(line.day for line in read.lines),
            max(line.day for line in read.lines),
            read.opening,
            read.closing,
            lines,
            new,
            len(lines) - new,
            findings,
        )

    def keep_statement(
        self,
        account_id: int,
        file_name: str,
        content: bytes,
        *,
        layout: str = "",
        also: Sequence[int] = (),
        settle: bool = True,
    ) -> StatementImported:
        """Read a bank's file and keep its new lines: all of them, or none.

        They make one statement, or several where lines kept before stand between them.

        Args:
            account_id: The account it is a statement of.
            file_name: What the file is called.
            content: The file, as it is.
            layout: A layout's id; empty: find out.
            also: Numbers of doubtful lines that are payments of their own after all.
            settle: Join each new line at once to what it certainly pays for.

        Raises:
            EntryError: As `preview`.
        """
        read = read_file(content, layout)
        with self._book.change("Kept a statement", file_name) as tx:
            account = _with_statements(tx, account_id)
            each = _fates(tx, account, read)
            new = [
                number
                for number, fate in enumerate(each)
                if fate is Fate.NEW or (fate is Fate.DOUBTFUL and number in also)
            ]
            here = len(read.lines) - len(new)
            if not new:
                return StatementImported(0, 0, here, 0)
            kept: list[StatementLine] = []
            for piece in _pieces(read, new):
                statement = _statement(tx, account, read, piece, file_name, content)
                statement_id = tx.add(statement)
                kept += [
                    self._keep_line(tx, statement_id, account_id, read.lines[number])
                    for number in piece
                ]
            settled = self._settle_lines(tx, account_id, kept) if settle else 0
        return StatementImported(kept[0].statement_id, len(new), here, settled)

    def _keep_line(
        self, tx: Change, statement_id: int, account_id: int, line: ReadLine
    ) -> StatementLine:
        position = account_reading.last_position(tx, account_id, line.day) + 1
        fact = StatementLine(
            0,
            statement_id,
            account_id,
            line.day,
            position,
            line.description,
            line.amount,
            line.balance,
        )
        return replace(fact, id=tx.add(fact))

    def statements(self, account_id: int | None = None) -> tuple[StatementRow, ...]:
        """List the statements, the newest last."""
        with self._book.read() as reading:
            found = reading.find(Statement, order_by=("last_day", "first_day"))
            progress = account_reading.statement_progress(reading)
        return tuple(
            StatementRow(
                one.id,
                one.account_id,
                one.first_day,
                one.last_day,
                one.opening,
                one.closing,
                one.layout,
                one.layout == TYPED,
                count,
                one.closing - one.opening - total,
            )
            for one in found
            if account_id in {None, one.account_id}
            for count, total in (progress.get(one.id, (0, NOTHING)),)
        )

    # ── from paper ───────────────────────────────────────────────────────────────────

    def start_statement(
        self, account_id: int, first_day: date, last_day: date, opening: Money, closing: Money
    ) -> int:
        """Begin to type a paper statement. Returns its id; its lines follow one by one."""
        with self._book.change("Began to type a statement") as tx:
            account = _with_statements(tx, account_id)
            _refuse_days(tx, account, first_day, last_day, but=0)
            return tx.add(Statement(0, account_id, first_day, last_day, opening, closing, TYPED))

    def type_line(
        self,
        statement_id: int,
        day: date,
        description: str,
        amount: Money,
        *,
        balance: Money | None = None,
        above: int | None = None,
    ) -> TypedLine:
        """Keep one line typed from paper, in its order on the page.

        Args:
            statement_id: The statement it is on.
            day: The day printed beside it.
            description: What the bank wrote.
            amount: Negative when it went out.
            balance: The balance printed beside it, if there is one.
            above: The line it stands above, when it was missed; else it comes last.

        Raises:
            EntryError: If the balance printed beside it does not follow from the line before,
                or the day is outside the statement. Nothing is kept then.
        """
        with self._book.change("Typed a line of a statement") as tx:
            statement = _typed(tx, statement_id)
            lines = _lines_of(tx, statement_id)
            place = next((n for n, line in enumerate(lines) if line.id == above), len(lines))
            before, after = lines[:place], lines[place:]
            running = statement.opening + Money.total(line.amount for line in before) + amount
            _refuse_line(statement, before, after, day, description, amount)
            if balance is not None and balance != running:
                raise EntryError(
                    what=_("The balance does not follow from the line before."),
                    why=_("With {amount} it should be {running}, and {balance} was typed.").format(
                        amount=amount, running=running, balance=balance
                    ),
                    next_step=_(
                        "Check the amount, whether it is in or out, and whether a line was missed."
                    ),
                )
            _refuse_twice(tx, statement, day, amount, running)
            position = _make_room(tx, statement, day, after)
            fact = StatementLine(
                0,
                statement_id,
                statement.account_id,
                day,
                position,
                " ".join(description.split()),
                amount,
                running,
            )
            line = replace(fact, id=tx.add(fact))
            if after:
                _run_again(tx, statement)
            self._settle_lines(tx, statement.account_id, [line])
        return _typed_line(line, statement, running)

    def typed_lines(self, statement_id: int) -> tuple[TypedLine, ...]:
        """List the lines typed so far, in order."""
        with self._book.read() as reading:
            statement = reading.get(Statement, statement_id)
            lines = _lines_of(reading, statement_id)
        running, rows = statement.opening, []
        for line in lines:
            running += line.amount
            rows.append(_typed_line(line, statement, running))
        return tuple(rows)

    def change_statement(
        self, statement_id: int, first_day: date, last_day: date, opening: Money, closing: Money
    ) -> None:
        """Put right the days or balances of a typed statement."""
        with self._book.change("Changed a typed statement") as tx:
            statement = _typed(tx, statement_id)
            account = _with_statements(tx, statement.account_id)
            _refuse_days(tx, account, first_day, last_day, but=statement_id)
            lines = _lines_of(tx, statement_id)
            outside = next((one for one in lines if not first_day <= one.day <= last_day), None)
            if outside is not None:
                raise EntryError(
                    what=_("A line of {day} would be outside the statement.").format(
                        day=long_date(outside.day)
                    ),
                    why=_("Every line is within the days of its statement."),
                    next_step=_("Take the line out first, or choose other days."),
                )
            changed = replace(
                statement,
                first_day=first_day,
                last_day=last_day,
                opening=opening,
                closing=closing,
            )
            tx.update(changed)
            _run_again(tx, changed)

    def remove_line(self, line_id: int) -> None:
        """Take out a typed line that was mistaken; what it was joined to waits again."""
        with self._book.change("Took out a typed line") as tx:
            line = tx.get(StatementLine, line_id)
            statement = _typed(tx, line.statement_id)
            self._take_back(tx, line_id)
            tx.remove(line)
            _run_again(tx, statement)

    def remove_statement(self, statement_id: int) -> None:
        """Take out a statement kept by mistake, while none of its lines has been explained."""
        with self._book.change("Took out a statement") as tx:
            lines = _lines_of(tx, statement_id)
            for line in lines:
                if self._stands_for(tx, line.id):
                    raise RefusedError(
                        what=_("This statement cannot be taken out."),
                        why=_("Some of its lines have been explained."),
                        next_step=_("Take back what was said of its lines first."),
                    )
            for line in lines:
                tx.remove(line)
            tx.remove(tx.get(Statement, statement_id))


# ── what a file brings ───────────────────────────────────────────────────────────────


def _with_statements(reading: Reading, account_id: int) -> Account:
    account = reading.get(Account, account_id)
    if account.kind is AccountKind.CASH:
        raise EntryError(
            what=_("The cash tin has no statements."),
            why=_("What is in it comes from the cash book alone."),
            next_step=_("Choose the account the statement is of."),
        )
    return account


def _fates(reading: Reading, account: Account, read: ReadStatement) -> tuple[Fate, ...]:
    days = [line.day for line in read.lines]
    early = [line for line in read.lines if line.day < account.opened_on]
    if early:
        raise EntryError(
            what=_("This statement begins before the account does in this book."),
            why=_(
                "The book answers for {account} from {day}; the file goes back to {first}."
            ).format(
                account=account.name, day=long_date(account.opened_on), first=long_date(min(days))
            ),
            next_step=_("Download only the days from then on."),
        )
    stored = reading.find(
        StatementLine,
        account_id=account.id,
        between={"day": (min(days), max(days))},
        order_by=("day", "position"),
    )
    return fates(read.lines, stored)


def _before(reading: Reading, account: Account, day: date) -> Money:
    """Return what the lines of the book come to before a day."""
    earlier = reading.sum(
        StatementLine, "amount", account_id=account.id, between={"day": (None, day)}
    ) - reading.sum(StatementLine, "amount", account_id=account.id, between={"day": (day, day)})
    return account.opening_balance + earlier


def _gaps(reading: Reading, account: Account, read: ReadStatement) -> list[Finding]:
    """Say when the file does not go on from where the book's lines end."""
    if read.opening is None:
        return []
    first = read.lines[0].day
    known = _before(reading, account, first)
    on_the_day = reading.find(StatementLine, account_id=account.id, day=first)
    if read.opening == known or any(line.balance == read.opening for line in on_the_day):
        return []
    return [
        Finding(
            Severity.WARNING,
            "gap",
            account.name,
            _(
                "The file begins with {opening}, and the lines in the book lead to {known}. A "
                "statement in between may be missing."
            ).format(opening=read.opening, known=known),
        )
    ]


def _pieces(read: ReadStatement, new: Sequence[int]) -> list[list[int]]:
    """Cut the new lines where lines that are here already stand between them.

    Each piece is a statement of its own, whose lines lead from its opening to its closing.
    """
    if read.opening is None:
        return [list(new)]
    pieces: list[list[int]] = []
    for number in new:
        if pieces and pieces[-1][-1] == number - 1:
            pieces[-1].append(number)
        else:
            pieces.append([number])
    return pieces


def _statement(
    reading: Reading,
    account: Account,
    read: ReadStatement,
    piece: Sequence[int],
    file_name: str,
    content: bytes,
) -> Statement:
    """Describe what of a file is kept: from one new line to another.

    Its days reach to those of the lines beside it that are here already: the file has them all.
    """
    lines = read.lines
    first_day, last_day = lines[piece[0]].day, lines[piece[-1]].day
    if piece[0] > 0:
        first_day = min(first_day, lines[piece[0] - 1].day + _ONE_DAY)
    if piece[-1] + 1 < len(lines):
        last_day = max(last_day, lines[piece[-1] + 1].day - _ONE_DAY)
    if read.opening is not None:
        opening = read.opening + Money.total(line.amount for line in lines[: piece[0]])
    else:
        opening = account.opening_balance + reading.sum(
            StatementLine, "amount", account_id=account.id, between={"day": (None, last_day)}
        )
    return Statement(
        0,
        account.id,
        first_day,
        last_day,
        opening,
        opening + Money.total(lines[number].amount for number in piece),
        read.layout,
        file_name,
        hashlib.sha256(content).hexdigest(),
    )


# ── what is typed ────────────────────────────────────────────────────────────────────


def _typed(reading: Reading, statement_id: int) -> Statement:
    statement = reading.get(Statement, statement_id)
    if statement.layout != TYPED:
        raise RefusedError(
            what=_("This statement came from the bank's file."),
            why=_("Its lines are the bank's, and are not typed over."),
            next_step=_("Take the whole statement out, and bring the right file in."),
        )
    return statement


def _lines_of(reading: Reading, statement_id: int) -> tuple[StatementLine, ...]:
    return reading.find(StatementLine, statement_id=statement_id, order_by=("day", "position"))


def _typed_line(line: StatementLine, statement: Statement, running: Money) -> TypedLine:
    return TypedLine(
        line.id,
        line.statement_id,
        line.day,
        line.description,
        line.amount,
        running,
        statement.closing - running,
    )


def _refuse_days(
    reading: Reading, account: Account, first_day: date, last_day: date, *, but: int
) -> None:
    if last_day < first_day or first_day < account.opened_on:
        raise EntryError(
            what=_("These cannot be the days of a statement."),
            why=_("It would end before it begins.")
            if last_day < first_day
            else _("The book answers for {account} from {day}.").format(
                account=account.name, day=long_date(account.opened_on)
            ),
            next_step=_("Type the days as they are printed on the statement."),
        )
    for other in reading.find(Statement, account_id=account.id, layout=TYPED):
        if other.id != but and other.first_day <= last_day and other.last_day >= first_day:
            raise EntryError(
                what=_("Some of these days are on another typed statement."),
                why=_("It is for {first} to {last}.").format(
                    first=long_date(other.first_day), last=long_date(other.last_day)
                ),
                next_step=_("Go on with that one, or choose other days."),
            )


def _make_room(tx: Change, statement: Statement, day: date, after: Sequence[StatementLine]) -> int:
    """Return the position of a new line, and move on those of its day that come after it."""
    if not after or after[0].day != day:
        return account_reading.last_position(tx, statement.account_id, day) + 1
    position = after[0].position
    for line in reversed(
        tx.find(
            StatementLine, account_id=statement.account_id, day=day, order_by=("position", "id")
        )
    ):
        if line.position >= position:
            tx.update(replace(line, position=line.position + 1))
    return position


def _refuse_line(
    statement: Statement,
    before: Sequence[StatementLine],
    after: Sequence[StatementLine],
    day: date,
    description: str,
    amount: Money,
) -> None:
    if not statement.first_day <= day <= statement.last_day:
        raise EntryError(
            what=_("{day} is not on this statement.").format(day=long_date(day)),
            why=_("It is for {first} to {last}.").format(
                first=long_date(statement.first_day), last=long_date(statement.last_day)
            ),
            next_step=_("Check the day, and its year."),
        )
    if before and day < before[-1].day:
        raise EntryError(
            what=_("{day} is before the line above it.").format(day=long_date(day)),
            why=_("Lines are typed from the oldest to the newest, so that the balance can run."),
            next_step=_("Check the day. A line that was missed is put above the one it is before."),
        )
    if after and day > after[0].day:
        raise EntryError(
            what=_("{day} is after the line below it.").format(day=long_date(day)),
            why=_("Lines stand from the oldest to the newest, so that the balance can run."),
            next_step=_("Check the day, or put it above another line."),
        )
    if not amount or not description.strip():
        raise EntryError(
            what=_("A line needs an amount and a description."),
            why=_("Without both nobody can say later what it was."),
            next_step=_("Type them as they stand on the statement."),
        )


def _refuse_twice(
    reading: Reading, statement: Statement, day: date, amount: Money, running: Money
) -> None:
    """Refuse a line that came in from a file before: day, amount and balance are the same."""
    twins = reading.find(
        StatementLine, account_id=statement.account_id, day=day, amount=amount, balance=running
    )
    if any(twin.statement_id != statement.id for twin in twins):
        raise EntryError(
            what=_("This line is in the book already."),
            why=_("It came with another statement: the same day, amount and balance."),
            next_step=_("Leave it out; this statement begins after it."),
        )


def _run_again(tx: Change, statement: Statement) -> None:
    """Work out the running balance of every line again."""
    running = statement.opening
    for line in _lines_of(tx, statement.id):
        running += line.amount
        if line.balance != running:
            tx.update(replace(line, balance=running))
