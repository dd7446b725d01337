"""The accounts, and whose money is in them: the part of `Ledger` that is set up once."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from dpemployer.bookkeeping.accounts import Account, AccountKind, Statement, StatementLine
from dpemployer.bookkeeping.awards import (
    Award,
    BalanceLimit,
    ContributionDue,
    ContributionPlan,
    ExpectedPayment,
    Funder,
    OpeningShare,
    Reserve,
    SplitRule,
    contributions_expected,
    days_due,
    payments_expected,
)
from dpemployer.bookkeeping.ledger import LedgerEntry
from dpemployer.errors import EntryError, RefusedError
from dpemployer.i18n import _, long_date
from dpemployer.money import NOTHING
from dpemployer.services.money_rows import AccountRow, CategoryRow, ExpectedRow
from dpemployer.services.period import statement_balance
from dpemployer.services.shipped import categories
from dpemployer.store import account_reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dpemployer.store.book import Book, Change
    from dpemployer.store.reading import Reading

_ONE_DAY = timedelta(days=1)
_YEARS = 60
"""How far ahead a regular payment is looked for."""


class Accounts:
    """Accounts, categories, funders and what they pay."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def accounts(self) -> tuple[AccountRow, ...]:
        """List the accounts and the cash tin, each with what the bank and the book say."""
        with self._book.read() as reading:
            moved = account_reading.moved_before(reading, date.max)
            to_code = account_reading.count_lines_to_code(reading, date.max)
            statements = reading.find(Statement, order_by="last_day")
            return tuple(
                _account_row(
                    reading,
                    one,
                    [statement for statement in statements if statement.account_id == one.id],
                    replace(one, opening_balance=one.opening_balance + moved.get(one.id, NOTHING)),
                    to_code.get(one.id, 0),
                )
                for one in reading.find(Account)
            )

    def add_account(self, account: Account) -> int:
        """Record an account, or the cash tin, with what was in it on its first day."""
        with self._book.change("Added an account") as tx:
            kept = tx.find(Account)
            if account.kind is AccountKind.CASH and any(
                one.kind is AccountKind.CASH for one in kept
            ):
                raise RefusedError(
                    what=_("There is a cash tin already."),
                    why=_("One tin is enough: it holds whatever cash there is."),
                    next_step=_("Use the tin that is there."),
                )
            if not account.name.strip():
                raise EntryError(
                    what=_("An account needs a name."),
                    why=_("It is how you tell it from the others."),
                    next_step=_("Give it one, such as “Direct payment account”."),
                )
            key = _free_key(account.key or account.name, {one.key for one in kept})
            return tx.add(replace(account, id=0, key=key))

    def change_account(self, account: Account) -> None:
        """Put right an account's name, or its opening while nothing stands on it yet."""
        with self._book.change("Changed an account") as tx:
            before = tx.get(Account, account.id)
            if replace(before, name=account.name) != account and _stands_on(tx, account.id):
                raise RefusedError(
                    what=_("What {account} began with cannot be changed any more.").format(
                        account=before.name
                    ),
                    why=_("Statements or entries stand on it."),
                    next_step=_("Take these out first, or begin with the right figure again."),
                )
            tx.update(account)

    def categories(self) -> tuple[CategoryRow, ...]:
        """List every kind of money in, money out and transfer."""
        known = categories()
        return tuple(
            CategoryRow(
                one.code,
                one.kind.value,
                one.label,
                one.hint,
                one.needs,
                known.evidence.get(one.needs, ""),
            )
            for one in known.all.values()
        )

    # ── funders and what they pay ────────────────────────────────────────────────────

    def funders(self) -> tuple[Funder, ...]:
        """List the funders; odd pennies go to the first."""
        with self._book.read() as reading:
            return reading.find(Funder, order_by="id")

    def set_funder(self, funder: Funder) -> int:
        """Record a funder (id 0), or put right one already here."""
        if not funder.name.strip():
            raise EntryError(
                what=_("A funder needs a name."),
                why=_("It stands on the return, and is looked for on the statement."),
                next_step=_("Write it as it stands on the award letter."),
            )
        with self._book.change("Recorded a funder") as tx:
            if funder.id:
                tx.update(funder)
                return funder.id
            key = _free_key(funder.key or funder.name, {one.key for one in tx.find(Funder)})
            return tx.add(replace(funder, key=key))

    def awards(self) -> tuple[Award, ...]:
        """List every rate of every funder, by funder and first day."""
        with self._book.read() as reading:
            return reading.find(Award, order_by=("funder_id", "from_day"))

    def set_award(self, award: Award) -> int:
        """Record a rate (id 0), or put right one. A new rate ends the one before it.

        A new rate without a first payment is paid on the days the one before would have been.
        """
        _refuse_backwards(award.from_day, award.to_day)
        with self._book.change("Recorded an award") as tx:
            others = [
                one
                for one in tx.find(Award, funder_id=award.funder_id, order_by="from_day")
                if one.id != award.id
            ]
            if any(one.from_day == award.from_day for one in others):
                raise RefusedError(
                    what=_("There is a rate from {day} already.").format(
                        day=long_date(award.from_day)
                    ),
                    why=_("One funder pays one rate at a time."),
                    next_step=_("Change that rate, or begin this one on another day."),
                )
            before = [one for one in others if one.from_day < award.from_day]
            if before:
                last = before[-1]
                if last.to_day is None or last.to_day >= award.from_day:
                    tx.update(replace(last, to_day=award.from_day - _ONE_DAY))
                if award.first_payment is None and last.first_payment is not None:
                    award = replace(award, first_payment=_carried_on(last, award.from_day))
            if award.id:
                tx.update(award)
                return award.id
            return tx.add(award)

    def expect_payment(self, payment: ExpectedPayment) -> int:
        """Record one payment a funder should make: a back payment, a payment held back."""
        with self._book.change("Expected a payment") as tx:
            return tx.add(replace(payment, id=0))

    def set_contribution(self, plan: ContributionPlan) -> int:
        """Record what the person should pay in from a day; it ends the plan before it."""
        _refuse_backwards(plan.from_day, plan.to_day)
        with self._book.change("Recorded a contribution") as tx:
            others = [
                one
                for one in tx.find(ContributionPlan, funder_id=plan.funder_id, order_by="from_day")
                if one.id != plan.id
            ]
            for one in others:
                if one.from_day < plan.from_day and (
                    one.to_day is None or one.to_day >= plan.from_day
                ):
                    tx.update(replace(one, to_day=plan.from_day - _ONE_DAY))
                elif one.from_day == plan.from_day:
                    tx.remove(one)
            if plan.id:
                tx.update(plan)
                return plan.id
            return tx.add(plan)

    def contributions(self) -> tuple[ContributionPlan, ...]:
        """List what the person should pay in, by first day."""
        with self._book.read() as reading:
            return reading.find(ContributionPlan, order_by="from_day")

    def contribution_due(self, due: ContributionDue) -> int:
        """Record one amount the person should pay in on one day."""
        with self._book.change("Recorded a contribution due") as tx:
            return tx.add(replace(due, id=0))

    def expected(self, first: date, last: date) -> tuple[ExpectedRow, ...]:
        """List what funders should pay, and the person pay in, from first to last."""
        with self._book.read() as reading:
            names = {one.id: one.name for one in reading.find(Funder)}
            found = (
                *payments_expected(reading.find(Award), reading.find(ExpectedPayment), first, last),
                *contributions_expected(
                    reading.find(ContributionPlan), reading.find(ContributionDue), first, last
                ),
            )
        return tuple(
            ExpectedRow(
                one.funder_id,
                names.get(one.funder_id or 0, ""),
                one.day,
                one.amount,
                str(one.kind),
                one.reason,
            )
            for one in sorted(found, key=lambda one: one.day)
        )

    # ── how it is shared, and what may be kept ───────────────────────────────────────

    def set_split_rules(self, rules: Sequence[SplitRule]) -> None:
        """Record how shared costs divide between funders; replaces the rules before."""
        with self._book.change("Set how costs are shared") as tx:
            _replace(tx, SplitRule, rules)

    def set_balance_limits(self, limits: Sequence[BalanceLimit]) -> None:
        """Record how much of its part each funder lets stand; replaces the limits before."""
        with self._book.change("Set what may be kept") as tx:
            _replace(tx, BalanceLimit, limits)

    def set_opening_shares(self, shares: Sequence[OpeningShare]) -> None:
        """Record which part of the opening balance is whose; replaces what was there."""
        with self._book.change("Shared the opening balance") as tx:
            _replace(tx, OpeningShare, shares)

    def reserves(self) -> tuple[Reserve, ...]:
        """List the money set aside."""
        with self._book.read() as reading:
            return reading.find(Reserve)

    def set_reserve(self, reserve: Reserve) -> int:
        """Record money set aside (id 0), or put it right."""
        if reserve.amount <= NOTHING:
            raise EntryError(
                what=_("Money set aside is more than nothing."),
                why=_("It is taken off the balance before the funder tests it."),
                next_step=_("Write how much is set aside."),
            )
        with self._book.change("Set money aside") as tx:
            if reserve.id:
                tx.update(reserve)
                return reserve.id
            return tx.add(reserve)

    def remove_reserve(self, reserve_id: int) -> None:
        """Take out money set aside by mistake."""
        with self._book.change("Took out money set aside") as tx:
            tx.remove(tx.get(Reserve, reserve_id))


def _account_row(
    reading: Reading,
    account: Account,
    statements: Sequence[Statement],
    booked: Account,
    to_code: int,
) -> AccountRow:
    stated = (
        booked.opening_balance
        if account.kind is AccountKind.CASH
        else statement_balance(reading, account, statements, date.max)
    )
    return AccountRow(
        account.id,
        account.name,
        account.kind,
        account.opened_on,
        stated,
        max((one.last_day for one in statements), default=None),
        booked.opening_balance,
        to_code,
    )


def _stands_on(reading: Reading, account_id: int) -> bool:
    return bool(
        reading.count(StatementLine, account_id=account_id)
        or reading.count(LedgerEntry, account_id=account_id)
    )


def _free_key(wish: str, taken: set[str]) -> str:
    """Make a short key out of a name, one nothing else has."""
    words = re.sub(r"[^a-z0-9]+", "-", wish.lower()).strip("-") or "x"
    if words not in taken:
        return words
    number = next(number for number in range(2, len(taken) + 3) if f"{words}-{number}" not in taken)
    return f"{words}-{number}"


def _refuse_backwards(first: date, last: date | None) -> None:
    if last is not None and last < first:
        raise EntryError(
            what=_("The last day is before the first day."),
            why=_("It is in force from one to the other."),
            next_step=_("Change one of the two."),
        )


def _carried_on(before: Award, day: date) -> date:
    """Return the first day from *day* on which a rate would have gone on being paid."""
    start = before.first_payment or day
    return days_due(start, before.frequency, day, day + timedelta(days=_YEARS))[0]


R = TypeVar("R", SplitRule, BalanceLimit, OpeningShare)


def _replace(tx: Change, kind: type[R], rows: Sequence[R]) -> None:
    """Put *rows* in the place of every fact of a kind."""
    for before in tx.find(kind):
        tx.remove(before)
    for row in rows:
        tx.add(replace(row, id=0))
