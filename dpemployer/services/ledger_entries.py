"""The cash book: the part of `Ledger` about entries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dpemployer.bookkeeping.accounts import Account, AccountKind, StatementLine
from dpemployer.bookkeeping.awards import Funder
from dpemployer.bookkeeping.categories import CategoryKind
from dpemployer.bookkeeping.ledger import EntryStatus, LedgerEntry, Method, Split
from dpemployer.bookkeeping.papers import Paper, PaperLink
from dpemployer.errors import EntryError, RefusedError
from dpemployer.i18n import _, long_date
from dpemployer.money import NOTHING, Money
from dpemployer.returns.signed import ReturnAmendment, SignedReturn
from dpemployer.services.ledger_accounts import Accounts
from dpemployer.services.money_rows import EntryRow, PaperRow, PartRow
from dpemployer.services.shipped import categories
from dpemployer.store import account_reading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dpemployer.bookkeeping.reconciliation import Part
    from dpemployer.store.book import Change
    from dpemployer.store.reading import Reading

_DRAWN, _BANKED, _INTERNAL = "xfer.cash_drawn", "xfer.cash_banked", "xfer.internal"


class CashBook(Accounts):
    """Money in and out, as the person says."""

    def entries(
        self,
        first: date | None = None,
        last: date | None = None,
        account_id: int | None = None,
        *,
        with_void: bool = False,
    ) -> tuple[EntryRow, ...]:
        """List entries by day."""
        asked: dict[str, Any] = {} if account_id is None else {"account_id": account_id}
        if not with_void:
            asked["status"] = EntryStatus.LIVE
        with self._book.read() as reading:
            found = reading.find(
                LedgerEntry, between={"day": (first, last)}, order_by="day", **asked
            )
            return _rows(reading, found)

    def entry(self, entry_id: int) -> EntryRow:
        """Return one entry with its parts and papers."""
        with self._book.read() as reading:
            (row,) = _rows(reading, (reading.get(LedgerEntry, entry_id),))
            return row

    def add_entry(self, entry: LedgerEntry, parts: Sequence[Part]) -> int:
        """Record money in or out that is not on a statement: cash, or a cheque written today.

        Raises:
            EntryError: If the parts do not add up, or a category does not fit.
            RefusedError: If the day is inside a signed return.
        """
        with self._book.change("Recorded an entry") as tx:
            account = tx.get(Account, entry.account_id)
            _refuse_early(account, entry.day)
            _refuse_nameless(entry)
            check_parts(tx, entry.amount, parts, entry.refund_of_id)
            new = replace(entry, id=0, statement_line_id=None, other_leg_id=None)
            kept = replace(new, id=tx.add(new))
            keep_parts(tx, kept.id, parts)
            other_end(tx, kept, parts, None)
            return kept.id

    def change_entry(self, entry: LedgerEntry, parts: Sequence[Part]) -> None:
        """Put right an entry. The amount and day of one on a statement are the bank's."""
        with self._book.change("Changed an entry") as tx:
            before = tx.get(LedgerEntry, entry.id)
            _refuse_nameless(entry)
            if before.statement_line_id is not None and (
                entry.amount != before.amount
                or entry.account_id != before.account_id
                or (before.made_from_line and entry.day != before.day)
            ):
                raise RefusedError(
                    what=_("The amount and day of this entry are the bank's."),
                    why=_("It is on a statement, and the two agree."),
                    next_step=_("Take back what the line was for, and code it again."),
                )
            if before.other_leg_id is not None:
                raise RefusedError(
                    what=_("A transfer is not changed."),
                    why=_("It has two ends, which have to stay the same."),
                    next_step=_("Void it, and record the right one."),
                )
            check_parts(tx, entry.amount, parts, entry.refund_of_id)
            tx.update(
                replace(
                    entry,
                    statement_line_id=before.statement_line_id,
                    made_from_line=before.made_from_line,
                    status=before.status,
                    void_reason=before.void_reason,
                )
            )
            for split in tx.find(Split, entry_id=entry.id):
                tx.remove(split)
            keep_parts(tx, entry.id, parts)
            other_end(tx, entry, parts, None)

    def void_entry(self, entry_id: int, reason: str) -> None:
        """Say that an entry was a mistake, and why. It stays visible, struck through.

        A line of the bank's that it stood for is to be coded again.
        """
        if not reason.strip():
            raise EntryError(
                what=_("An entry is not voided without a reason."),
                why=_("It stays visible, and whoever sees it will ask."),
                next_step=_("Say in a few words what was wrong with it."),
            )
        with self._book.change("Voided an entry", reason.strip()) as tx:
            entry = tx.get(LedgerEntry, entry_id)
            others = [] if entry.other_leg_id is None else [tx.get(LedgerEntry, entry.other_leg_id)]
            for one in (entry, *others):
                tx.update(replace(one, status=EntryStatus.VOID, void_reason=reason.strip()))

    def set_refund(self, entry_id: int, refund_of_id: int | None) -> None:
        """Join money back to the cost it reduces, or take them apart."""
        with self._book.change("Joined money back to its cost") as tx:
            entry = tx.get(LedgerEntry, entry_id)
            _refuse_odd_refund(tx, entry.amount, refund_of_id)
            tx.update(replace(entry, refund_of_id=refund_of_id))

    def transfer(
        self, from_account_id: int, to_account_id: int, day: date, amount: Money, note: str = ""
    ) -> tuple[int, ...]:
        """Move money between the person's own accounts. Returns the ids of the entries."""
        if from_account_id == to_account_id or amount <= NOTHING:
            raise EntryError(
                what=_("This is not a transfer."),
                why=_("It moves more than nothing from one account to another."),
                next_step=_("Choose two accounts, and an amount."),
            )
        with self._book.change("Moved money between accounts") as tx:
            source, goal = tx.get(Account, from_account_id), tx.get(Account, to_account_id)
            for account in (source, goal):
                _refuse_early(account, day)
            out = LedgerEntry(0, source.id, day, -amount, goal.name, _how(source, goal), note=note)
            out = replace(out, id=tx.add(out))
            category = _transfer_category(source.kind, goal.kind)
            tx.add(Split(0, out.id, category, out.amount))
            return out.id, _add_other_end(tx, out, goal, category)

    def bring_forward(self, entry: LedgerEntry) -> int:
        """Record something counted before the book began that has not cleared yet."""
        with self._book.change("Brought an entry forward") as tx:
            account = tx.get(Account, entry.account_id)
            if entry.day >= account.opened_on or not entry.amount:
                raise EntryError(
                    what=_("Only what was counted before the book began is brought forward."),
                    why=_("{account} is in this book from {day}.").format(
                        account=account.name, day=long_date(account.opened_on)
                    ),
                    next_step=_("Give the day it was written or paid in, or record it as usual."),
                )
            return tx.add(replace(entry, id=0, brought_forward=True, statement_line_id=None))

    def waiting(self, account_id: int | None = None) -> tuple[EntryRow, ...]:
        """List entries not yet seen on a statement: cheques written, money paid in."""
        with self._book.read() as reading:
            return _rows(reading, account_reading.waiting(reading, None, account_id))


# ── parts ────────────────────────────────────────────────────────────────────────────


def check_parts(
    reading: Reading, amount: Money, parts: Sequence[Part], refund_of_id: int | None
) -> None:
    """Refuse parts that do not add up, or that say something impossible."""
    if not amount or Money.total(part.amount for part in parts) != amount:
        raise EntryError(
            what=_("The parts do not add up to the payment."),
            why=_("They come to {parts}, and the payment is {amount}.").format(
                parts=Money.total(part.amount for part in parts), amount=amount
            ),
            next_step=_("Change one of the parts."),
        )
    known = categories()
    for part in parts:
        if part.category not in known:
            raise EntryError(
                what=_("“{code}” is not a kind of money in or out.").format(code=part.category),
                why=_("The list of kinds is fixed, so that every return can find its lines."),
                next_step=_("Choose one from the list."),
            )
        if not part.amount:
            raise EntryError(
                what=_("A part of nothing says nothing."),
                why=_("Each part is so much money for one thing."),
                next_step=_("Leave the part out, or give it an amount."),
            )
        _refuse_misfit(part, amount, alone=len(parts) == 1)
    _refuse_odd_refund(reading, amount, refund_of_id)


def _refuse_misfit(part: Part, amount: Money, *, alone: bool) -> None:
    category = categories()[part.category]
    wrong_way = (category.kind is CategoryKind.INCOME and part.amount < NOTHING) or (
        part.category == _DRAWN and part.amount > NOTHING and amount > NOTHING
    )
    if wrong_way:
        raise EntryError(
            what=_("“{label}” does not fit this payment.").format(label=category.label),
            why=_("It goes the other way."),
            next_step=_("Choose another kind, or check whether the money came in or went out."),
        )
    if category.kind is CategoryKind.TRANSFER and not alone:
        raise EntryError(
            what=_("A transfer is not a part of a payment."),
            why=_("It moves the whole amount from one account to another."),
            next_step=_("Leave one part, or record the transfer apart."),
        )


def _refuse_odd_refund(reading: Reading, amount: Money, refund_of_id: int | None) -> None:
    if refund_of_id is None:
        return
    cost = reading.get(LedgerEntry, refund_of_id)
    codes = {split.category for split in reading.find(Split, entry_id=cost.id)}
    is_transfer = any(categories()[code].kind is CategoryKind.TRANSFER for code in codes)
    if amount < NOTHING or cost.amount > NOTHING or is_transfer or not codes:
        raise EntryError(
            what=_("This is not money back for that payment."),
            why=_("Money comes back for something that was paid for before."),
            next_step=_("Choose the payment it reduces, or none."),
        )


def keep_parts(tx: Change, entry_id: int, parts: Sequence[Part]) -> None:
    """Record the parts of an entry."""
    for part in parts:
        tx.add(
            Split(
                0,
                entry_id,
                part.category,
                part.amount,
                part.funder_id,
                part.commitment_id,
                part.note,
            )
        )


# ── transfers ────────────────────────────────────────────────────────────────────────


def other_end(
    tx: Change, entry: LedgerEntry, parts: Sequence[Part], other_account_id: int | None
) -> None:
    """Record the other end of a transfer: in the tin, or in another account."""
    category = parts[0].category
    if categories()[category].kind is not CategoryKind.TRANSFER:
        return
    other = _other_account(tx, entry, category, other_account_id)
    arrived = tx.find(
        LedgerEntry,
        account_id=other.id,
        amount=-entry.amount,
        day=entry.day,
        other_leg_id=None,
        status=EntryStatus.LIVE,
    )
    for one in arrived:
        if any(split.category == category for split in tx.find(Split, entry_id=one.id)):
            tx.update(replace(one, other_leg_id=entry.id))
            tx.update(replace(entry, other_leg_id=one.id))
            return
    _add_other_end(tx, entry, other, category)


def _other_account(
    tx: Change, entry: LedgerEntry, category: str, other_account_id: int | None
) -> Account:
    if other_account_id is not None:
        return tx.get(Account, other_account_id)
    here = tx.get(Account, entry.account_id)
    others = [one for one in tx.find(Account) if one.id != here.id]
    to_tin = category in {_DRAWN, _BANKED}
    fitting = [one for one in others if (one.kind is AccountKind.CASH) is to_tin]
    if to_tin and here.kind is AccountKind.CASH:
        fitting = [one for one in others if one.kind is not AccountKind.CASH]
    elif to_tin and not fitting:
        tin = Account(0, "cash", _("Cash tin"), AccountKind.CASH, entry.day, NOTHING)
        return replace(tin, id=tx.add(tin))
    if len(fitting) != 1:
        raise EntryError(
            what=_("It is not clear where this transfer went."),
            why=_("There is no other account of yours in this book.")
            if not fitting
            else _("There are several other accounts."),
            next_step=_("Add the other account first.")
            if not fitting
            else _("Say which account is at the other end."),
        )
    return fitting[0]


def _add_other_end(tx: Change, entry: LedgerEntry, other: Account, category: str) -> int:
    here = tx.get(Account, entry.account_id)
    leg = LedgerEntry(
        0,
        other.id,
        entry.day,
        -entry.amount,
        here.name,
        entry.method,
        note=entry.note,
        other_leg_id=entry.id,
    )
    leg_id = tx.add(leg)
    tx.add(Split(0, leg_id, category, -entry.amount))
    tx.update(replace(entry, other_leg_id=leg_id))
    return leg_id


def _transfer_category(source: AccountKind, goal: AccountKind) -> str:
    if goal is AccountKind.CASH:
        return _DRAWN
    return _BANKED if source is AccountKind.CASH else _INTERNAL


def _how(source: Account, goal: Account) -> Method:
    return Method.CASH if AccountKind.CASH in {source.kind, goal.kind} else Method.BACS


# ── refusals and rows ────────────────────────────────────────────────────────────────


def _refuse_early(account: Account, day: date) -> None:
    if day < account.opened_on:
        raise EntryError(
            what=_("{day} is before this book began.").format(day=long_date(day)),
            why=_("It answers for {account} from {first}.").format(
                account=account.name, first=long_date(account.opened_on)
            ),
            next_step=_("Check the day; or bring it forward, if it was counted before."),
        )


def _refuse_nameless(entry: LedgerEntry) -> None:
    if not entry.payee.strip():
        raise EntryError(
            what=_("Nobody is named."),
            why=_("Whoever reads the cash book asks who was paid, or who paid."),
            next_step=_("Write the name of the person or shop."),
        )


def _rows(reading: Reading, entries: Sequence[LedgerEntry]) -> tuple[EntryRow, ...]:
    """Show entries with everything that hangs on them, asked for all at once."""
    ids = [one.id for one in entries]
    splits: dict[int, list[Split]] = defaultdict(list)
    for split in reading.find(Split, any_of={"entry_id": ids}):
        splits[split.entry_id].append(split)
    links: dict[int | None, list[PaperLink]] = defaultdict(list)
    for link in reading.find(PaperLink, any_of={"entry_id": ids}):
        links[link.entry_id].append(link)
    held = {link.paper_id for each in links.values() for link in each}
    papers = {one.id: paper_row(one) for one in reading.find(Paper, any_of={"id": held})}
    days = dict(
        reading.rows(
            StatementLine,
            ("id", "day"),
            any_of={"id": [one.statement_line_id for one in entries if one.statement_line_id]},
        )
    )
    names = {one.id: one.name for one in reading.find(Account)}
    funders = {one.id: one.name for one in reading.find(Funder)}
    closed = closed_periods(reading)
    return tuple(
        _row(
            one,
            names[one.account_id],
            tuple(_part_row(split, funders) for split in splits[one.id]),
            days.get(one.statement_line_id),
            tuple(papers[link.paper_id] for link in links[one.id]),
            signed=any(first <= one.day <= last for first, last in closed),
        )
        for one in entries
    )


def _part_row(split: Split, funders: dict[int, str]) -> PartRow:
    return PartRow(
        split.category,
        categories()[split.category].label,
        split.amount,
        split.funder_id,
        funders.get(split.funder_id or 0, ""),
        split.commitment_id,
        split.note,
    )


def _row(
    entry: LedgerEntry,
    account: str,
    parts: tuple[PartRow, ...],
    line_day: date | None,
    papers: tuple[PaperRow, ...],
    *,
    signed: bool,
) -> EntryRow:
    known = categories()
    needs = next((known[part.category].needs for part in parts if known[part.category].needs), "")
    if papers or entry.status is EntryStatus.VOID:
        needs = ""
    return EntryRow(
        entry.id,
        entry.account_id,
        account,
        entry.day,
        entry.amount,
        entry.payee,
        entry.method,
        entry.cheque_no,
        entry.note,
        parts,
        entry.statement_line_id,
        line_day,
        entry.refund_of_id,
        entry.brought_forward,
        entry.status is EntryStatus.VOID,
        entry.void_reason,
        papers,
        needs,
        known.evidence.get(needs, ""),
        signed,
    )


def paper_row(paper: Paper) -> PaperRow:
    """Show a paper, without what it proves."""
    return PaperRow(
        paper.id,
        paper.number,
        paper.kind,
        categories().evidence.get(paper.kind, paper.kind),
        paper.title,
        paper.day,
        paper.amount,
        paper.file_name,
        paper.media_type,
        paper.size,
        paper.sha256,
        paper.reference,
    )


def closed_periods(reading: Reading) -> tuple[tuple[date, date], ...]:
    """Return the first and last day of every signed return that stands."""
    signed = reading.find(SignedReturn)
    replaced = {one.replaces_id for one in signed}
    opened = {one.signed_return_id for one in reading.find(ReturnAmendment)}
    return tuple((one.first_day, one.last_day) for one in signed if one.id not in replaced | opened)
