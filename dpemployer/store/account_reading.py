"""What the book says of the accounts: sums and lists that join the cash book to the bank.

Each is one question to the database, so that a return of one quarter of a book of ten years
costs little more than of a book of one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, literal, or_, select, union

from dpemployer.bookkeeping.accounts import Account, AccountKind, StatementLine
from dpemployer.bookkeeping.commitments import Commitment, CommitmentShare, Owed
from dpemployer.bookkeeping.ledger import EntryStatus, LedgerEntry, Split
from dpemployer.bookkeeping.papers import Paper, PaperLink
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.payday import PayRun
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.timesheet import Timesheet
from dpemployer.store.tables import FACTS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement

    from dpemployer.store.reading import Reading

_ACCOUNT = FACTS[Account]
_COMMITMENT = FACTS[Commitment]
_ENTRY = FACTS[LedgerEntry]
_LINE = FACTS[StatementLine]
_LINK = FACTS[PaperLink]
_PAPER = FACTS[Paper]
_PAY_RUN = FACTS[PayRun]
_PAYSLIP = FACTS[Payslip]
_SPLIT = FACTS[Split]
_TIMESHEET = FACTS[Timesheet]

_LIVE = _ENTRY.c.status == EntryStatus.LIVE


def moved_before(reading: Reading, day: date) -> dict[int, Money]:
    """Add up, by account, every entry before *day*, and what was brought into the book."""
    before = or_(_ENTRY.c.brought_forward.is_(True), _ENTRY.c.day < day)
    asked = (
        select(_ENTRY.c.account_id, func.sum(_ENTRY.c.amount, type_=_ENTRY.c.amount.type))
        .where(_LIVE, before)
        .group_by(_ENTRY.c.account_id)
    )
    return dict(reading.ask(asked))


def lines_up_to(reading: Reading, last: date) -> dict[int, Money]:
    """Add up, by account, every line of the bank's up to a day."""
    asked = (
        select(_LINE.c.account_id, func.sum(_LINE.c.amount, type_=_LINE.c.amount.type))
        .where(_LINE.c.day <= last)
        .group_by(_LINE.c.account_id)
    )
    return dict(reading.ask(asked))


def waiting(
    reading: Reading, last: date | None, account_id: int | None = None
) -> tuple[LedgerEntry, ...]:
    """List entries not on a statement by the end of a day (None: not on any), the oldest first.

    Cash in the tin never is on one, and is left out.
    """
    conditions: list[ColumnElement[bool]] = [_LIVE, _ACCOUNT.c.kind != AccountKind.CASH]
    matched_to_none = _ENTRY.c.statement_line_id.is_(None)
    if last is None:
        conditions.append(matched_to_none)
    else:
        later = select(_LINE.c.id).where(_LINE.c.day > last)
        conditions += [
            _ENTRY.c.day <= last,
            or_(matched_to_none, _ENTRY.c.statement_line_id.in_(later)),
        ]
    if account_id is not None:
        conditions.append(_ENTRY.c.account_id == account_id)
    asked = (
        select(_ENTRY)
        .join(_ACCOUNT, _ACCOUNT.c.id == _ENTRY.c.account_id)
        .where(*conditions)
        .order_by(_ENTRY.c.day, _ENTRY.c.id)
    )
    return tuple(LedgerEntry(*row) for row in reading.ask(asked))


def _not_coded() -> ColumnElement[bool]:
    """Say that no entry stands for a line."""
    entry = select(_ENTRY.c.id).where(_ENTRY.c.statement_line_id == _LINE.c.id, _LIVE)
    return ~entry.exists()


def lines_to_code(
    reading: Reading, last: date | None = None, account_id: int | None = None
) -> tuple[StatementLine, ...]:
    """List the lines of the bank's that no entry stands for, the oldest first."""
    conditions = [_not_coded()]
    if last is not None:
        conditions.append(_LINE.c.day <= last)
    if account_id is not None:
        conditions.append(_LINE.c.account_id == account_id)
    asked = select(_LINE).where(*conditions).order_by(_LINE.c.day, _LINE.c.position, _LINE.c.id)
    return tuple(StatementLine(*row) for row in reading.ask(asked))


def count_lines_to_code(reading: Reading, last: date) -> dict[int, int]:
    """Count the lines no entry stands for, up to a day, by account."""
    asked = (
        select(_LINE.c.account_id, func.count())
        .outerjoin(_ENTRY, and_(_ENTRY.c.statement_line_id == _LINE.c.id, _LIVE))
        .where(_ENTRY.c.id.is_(None), _LINE.c.day <= last)
        .group_by(_LINE.c.account_id)
    )
    return dict(reading.ask(asked))


def disagreeing(reading: Reading, first: date, last: date) -> tuple[tuple[date, str, Money], ...]:
    """List lines of a period whose entries come to another amount: day, words, difference."""
    sums = (
        select(
            _ENTRY.c.statement_line_id.label("line_id"),
            func.sum(_ENTRY.c.amount, type_=_ENTRY.c.amount.type).label("amount"),
        )
        .where(_LIVE, _ENTRY.c.statement_line_id.is_not(None))
        .where(
            _ENTRY.c.statement_line_id.in_(
                select(_LINE.c.id).where(_LINE.c.day.between(first, last))
            )
        )
        .group_by(_ENTRY.c.statement_line_id)
        .subquery()
    )
    asked = (
        select(_LINE.c.day, _LINE.c.description, sums.c.amount, _LINE.c.amount)
        .join(sums, sums.c.line_id == _LINE.c.id)
        .where(sums.c.amount != _LINE.c.amount)
        .order_by(_LINE.c.day, _LINE.c.id)
    )
    return tuple((day, words, entry - line) for day, words, entry, line in reading.ask(asked))


def lopsided_transfers(reading: Reading, first: date, last: date) -> tuple[LedgerEntry, ...]:
    """List transfers of a period whose two ends do not cancel out."""
    other = _ENTRY.alias("other_end")
    asked = (
        select(_ENTRY)
        .join(other, other.c.id == _ENTRY.c.other_leg_id)
        .where(_LIVE, _ENTRY.c.day.between(first, last), _ENTRY.c.id < other.c.id)
        .where(_ENTRY.c.amount + other.c.amount != NOTHING)
        .order_by(_ENTRY.c.day)
    )
    return tuple(LedgerEntry(*row) for row in reading.ask(asked))


def owed(
    reading: Reading,
    as_of: date,
    *,
    with_settled: bool = False,
    ids: Collection[int] | None = None,
) -> tuple[Owed, ...]:
    """List what was owed at the end of a day, less what payments up to then settled of it."""
    settles = and_(_SPLIT.c.entry_id == _ENTRY.c.id, _LIVE, _ENTRY.c.day <= as_of)
    paid = (
        select(
            _SPLIT.c.commitment_id,
            func.sum(_SPLIT.c.amount, type_=_SPLIT.c.amount.type).label("paid"),
        )
        .join(_ENTRY, settles)
        .where(_SPLIT.c.commitment_id.is_not(None))
        .group_by(_SPLIT.c.commitment_id)
        .subquery()
    )
    moved = func.coalesce(paid.c.paid, 0, type_=_SPLIT.c.amount.type)
    conditions = [
        _COMMITMENT.c.incurred_on <= as_of,
        or_(_COMMITMENT.c.until_day.is_(None), _COMMITMENT.c.until_day >= as_of),
    ]
    if not with_settled:
        conditions.append(_COMMITMENT.c.amount + moved != NOTHING)
    if ids is not None:
        conditions.append(_COMMITMENT.c.id.in_(ids))
    asked = (
        select(*_COMMITMENT.c, moved)
        .outerjoin(paid, paid.c.commitment_id == _COMMITMENT.c.id)
        .where(*conditions)
        .order_by(_COMMITMENT.c.incurred_on, _COMMITMENT.c.id)
    )
    rows = reading.ask(asked)
    shares = reading.find(CommitmentShare, any_of={"commitment_id": [row[0] for row in rows]})
    return tuple(
        Owed(
            Commitment(*row[:-1]),
            -row[-1],
            tuple(share for share in shares if share.commitment_id == row[0]),
        )
        for row in rows
    )


def received(reading: Reading, categories: Sequence[str], first: date | None, last: date) -> Money:
    """Add up what was coded to some categories and is not money back, in a period."""
    asked = (
        select(func.coalesce(func.sum(_SPLIT.c.amount), 0, type_=_SPLIT.c.amount.type))
        .join(_ENTRY, _ENTRY.c.id == _SPLIT.c.entry_id)
        .where(_SPLIT.c.category.in_(categories), _LIVE, _ENTRY.c.day <= last)
        .where(_ENTRY.c.refund_of_id.is_(None))
    )
    if first is not None:
        asked = asked.where(_ENTRY.c.day >= first)
    ((total,),) = reading.ask(asked)
    return Money(total.pence)


def papers_of(reading: Reading, entry_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Return the numbers of the papers that prove each entry; an entry nothing proves is left out.

    A paper proves the entry it is attached to, and the entry that pays the bill, the payslip or
    the timesheet it is attached to. An entry that pays what a pay run of this book left owing is
    proven by the book itself, which holds the payslips: it is there, with or without a number.
    """
    pays = (
        select(_SPLIT.c.entry_id, _SPLIT.c.commitment_id, _COMMITMENT.c.pay_run_id)
        .add_columns(_COMMITMENT.c.employment_id, _PAY_RUN.c.first_day)
        .join(_COMMITMENT, _COMMITMENT.c.id == _SPLIT.c.commitment_id)
        .outerjoin(_PAY_RUN, _PAY_RUN.c.id == _COMMITMENT.c.pay_run_id)
        .where(_SPLIT.c.entry_id.in_(entry_ids))
        .cte("pays")
    )
    own_payslip = and_(
        _PAYSLIP.c.pay_run_id == pays.c.pay_run_id,
        _PAYSLIP.c.employment_id == pays.c.employment_id,
    )
    own_hours = and_(
        _TIMESHEET.c.employment_id == pays.c.employment_id,
        _TIMESHEET.c.first_day == pays.c.first_day,
    )
    asked = union(
        select(_LINK.c.entry_id, _LINK.c.paper_id).where(_LINK.c.entry_id.in_(entry_ids)),
        select(pays.c.entry_id, _LINK.c.paper_id).join(
            _LINK, _LINK.c.commitment_id == pays.c.commitment_id
        ),
        select(pays.c.entry_id, _LINK.c.paper_id)
        .join(_PAYSLIP, own_payslip)
        .join(_LINK, _LINK.c.payslip_id == _PAYSLIP.c.id),
        select(pays.c.entry_id, _LINK.c.paper_id)
        .join(_TIMESHEET, own_hours)
        .join(_LINK, _LINK.c.timesheet_id == _TIMESHEET.c.id),
        select(pays.c.entry_id, literal(None)).where(pays.c.pay_run_id.is_not(None)),
    ).cte("proofs")
    numbered = (
        select(asked.c.entry_id, _PAPER.c.number)
        .outerjoin(_PAPER, _PAPER.c.id == asked.c.paper_id)
        .order_by(_PAPER.c.number)
    )
    found: dict[int, tuple[int, ...]] = {}
    for entry_id, number in reading.ask(numbered):
        found[entry_id] = found.get(entry_id, ()) + (() if number is None else (number,))
    return found


def coded_before(reading: Reading, account_id: int, limit: int) -> tuple[tuple[Any, ...], ...]:
    """List how the newest entries with one part were coded, the newest first.

    Each row: entry id, day, payee, amount, category, funder id, and the bank's words.
    """
    parts = (
        select(_SPLIT.c.entry_id)
        .group_by(_SPLIT.c.entry_id)
        .having(func.count() == 1)
        .scalar_subquery()
    )
    asked = (
        select(
            _ENTRY.c.id,
            _ENTRY.c.day,
            _ENTRY.c.payee,
            _ENTRY.c.amount,
            _SPLIT.c.category,
            _SPLIT.c.funder_id,
            func.coalesce(_LINE.c.description, ""),
        )
        .join(_SPLIT, _SPLIT.c.entry_id == _ENTRY.c.id)
        .outerjoin(_LINE, _LINE.c.id == _ENTRY.c.statement_line_id)
        .where(_LIVE, _ENTRY.c.account_id == account_id, _ENTRY.c.id.in_(parts))
        .order_by(_ENTRY.c.day.desc(), _ENTRY.c.id.desc())
        .limit(limit)
    )
    return reading.ask(asked)


def statement_progress(reading: Reading) -> dict[int, tuple[int, Money]]:
    """Count and add up the lines of each statement."""
    asked = select(
        _LINE.c.statement_id,
        func.count(),
        func.sum(_LINE.c.amount, type_=_LINE.c.amount.type),
    ).group_by(_LINE.c.statement_id)
    return {statement: (count, total) for statement, count, total in reading.ask(asked)}


def last_position(reading: Reading, account_id: int, day: date) -> int:
    """Return the highest position of a line of one account on one day; 0 when there is none."""
    asked = select(func.coalesce(func.max(_LINE.c.position), 0)).where(
        _LINE.c.account_id == account_id, _LINE.c.day == day
    )
    ((highest,),) = reading.ask(asked)
    return int(highest)
