"""Say what each line of the bank's was for: the part of `Ledger` that joins bank and book."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from dpemployer.bookkeeping.accounts import StatementLine
from dpemployer.bookkeeping.awards import (
    CONTRIBUTION,
    Award,
    ContributionDue,
    ContributionPlan,
    Expected,
    ExpectedPayment,
    Funder,
    contributions_expected,
    payments_expected,
)
from dpemployer.bookkeeping.ledger import EntryStatus, LedgerEntry, Method, Split
from dpemployer.bookkeeping.papers import PaperLink
from dpemployer.bookkeeping.reconciliation import (
    Bill,
    Known,
    NetPay,
    PaidBefore,
    Part,
    Proposal,
    method_of,
    propose,
)
from dpemployer.bookkeeping.reported import Invoice, ReportedPayslip
from dpemployer.bookkeeping.statement_merge import wording
from dpemployer.errors import RefusedError
from dpemployer.i18n import _
from dpemployer.money import NOTHING
from dpemployer.returns.monitoring_return import FROM_FUNDERS, FROM_THE_PERSON, WAGES
from dpemployer.services.ledger_entries import CashBook, check_parts, keep_parts, other_end
from dpemployer.services.money_rows import LineRow
from dpemployer.services.shipped import categories, coding_words
from dpemployer.store import account_reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from dpemployer.store.book import Change
    from dpemployer.store.reading import Reading

_BACK, _AHEAD = timedelta(days=60), timedelta(days=20)
_NEAR = timedelta(days=12)
_REMEMBERED = 600
"""How many entries are looked back on for how a description was coded before."""


class Matching(CashBook):
    """Lines of the bank's, and what they stand for."""

    def lines(
        self,
        account_id: int | None = None,
        first: date | None = None,
        last: date | None = None,
        *,
        to_code_only: bool = False,
    ) -> tuple[LineRow, ...]:
        """List the bank's lines, each with what became of it or what it may be."""
        with self._book.read() as reading:
            asked: dict[str, Any] = {} if account_id is None else {"account_id": account_id}
            found = reading.find(
                StatementLine,
                between={"day": (first, last)},
                order_by=("day", "account_id", "position"),
                **asked,
            )
            to_code = {one.id for one in account_reading.lines_to_code(reading, last, account_id)}
            if to_code_only:
                found = tuple(one for one in found if one.id in to_code)
            guesses = self._guesses(reading, [one for one in found if one.id in to_code])
            rows = _EntryWords(reading, [one.id for one in found if one.id not in to_code])
        return tuple(
            LineRow(
                one.id,
                one.statement_id,
                one.account_id,
                one.day,
                one.description,
                one.amount,
                one.balance,
                *rows.of(one.id),
                next(iter(guesses.get(one.id, ())), None),
            )
            for one in found
        )

    def proposals(self, line_id: int) -> tuple[Proposal, ...]:
        """Say what one line may be, the likeliest first."""
        with self._book.read() as reading:
            line = reading.get(StatementLine, line_id)
            near = account_reading.lines_to_code(reading, None, line.account_id)
            return self._guesses(reading, near).get(line_id, ())

    def accept(self, proposals: Sequence[Proposal]) -> int:
        """Do what the proposals say, in one change. Returns how many lines were coded."""
        with self._book.change("Coded lines of a statement") as tx:
            for proposal in proposals:
                self._accept(tx, proposal)
        return len(proposals)

    def settle(self) -> int:
        """Accept every certain proposal. Returns how many lines were coded."""
        with self._book.change("Settled lines of statements") as tx:
            left = account_reading.lines_to_code(tx)
            return sum(
                self._settle_lines(
                    tx, account_id, [one for one in left if one.account_id == account_id]
                )
                for account_id in dict.fromkeys(one.account_id for one in left)
            )

    def code_line(
        self,
        line_id: int,
        payee: str,
        parts: Sequence[Part],
        *,
        method: Method | None = None,
        refund_of_id: int | None = None,
        cheque_no: str = "",
        note: str = "",
        other_account_id: int | None = None,
    ) -> int:
        """Say what a line of the bank's was for. Returns the new entry's id.

        Args:
            line_id: The line.
            payee: Who was paid, or who paid.
            parts: What it was for; they add up to the line.
            method: How money moved; without it, as the bank's words say.
            refund_of_id: The entry whose cost this money back reduces.
            cheque_no: The number of the cheque.
            note: Anything to remember.
            other_account_id: The other end of a transfer, where there are several to choose from.

        Raises:
            EntryError: If the parts do not add up to the line, or a category does not fit.
            RefusedError: If the line is coded already.
        """
        with self._book.change("Coded a line of a statement") as tx:
            line = tx.get(StatementLine, line_id)
            said = replace(
                _entry_of(line, payee, method),
                refund_of_id=refund_of_id,
                cheque_no=cheque_no,
                note=note,
            )
            return self._code(tx, line, said, parts, other_account_id)

    def join(self, line_id: int, entry_id: int) -> None:
        """Say that a line is an entry already in the cash book: a cheque that has cleared."""
        with self._book.change("Joined a line to an entry") as tx:
            self._join(tx, tx.get(StatementLine, line_id), entry_id)

    def undo(self, line_id: int) -> None:
        """Take back what was said of a line: it is to be coded again.

        An entry made from the line goes; an entry that was waiting waits again.
        """
        with self._book.change("Took back what a line was for") as tx:
            self._take_back(tx, line_id)

    # ── one line ─────────────────────────────────────────────────────────────────────

    def _accept(self, tx: Change, proposal: Proposal) -> None:
        line = tx.get(StatementLine, proposal.line_id)
        if proposal.entry_id is not None:
            self._join(tx, line, proposal.entry_id)
            return
        said = _entry_of(line, proposal.payee, proposal.method)
        said = replace(said, refund_of_id=proposal.refund_of_id)
        self._code(tx, line, said, proposal.parts, None)

    def _code(
        self,
        tx: Change,
        line: StatementLine,
        said: LedgerEntry,
        parts: Sequence[Part],
        other_account_id: int | None,
    ) -> int:
        self._refuse_coded(tx, line)
        check_parts(tx, line.amount, parts, said.refund_of_id)
        entry = replace(said, id=tx.add(said))
        keep_parts(tx, entry.id, parts)
        other_end(tx, entry, parts, other_account_id)
        _mark_invoice(tx, entry)
        return entry.id

    def _join(self, tx: Change, line: StatementLine, entry_id: int) -> None:
        self._refuse_coded(tx, line)
        entry = tx.get(LedgerEntry, entry_id)
        fits = (
            entry.account_id == line.account_id
            and entry.amount == line.amount
            and entry.statement_line_id is None
            and entry.status is EntryStatus.LIVE
        )
        if not fits:
            raise RefusedError(
                what=_("This line is not that entry."),
                why=_("The line is for {line}, and the entry for {entry}.").format(
                    line=line.amount, entry=entry.amount
                )
                if entry.amount != line.amount
                else _("The entry is on another account, or on a statement already."),
                next_step=_("Choose another entry, or put its amount right first."),
            )
        tx.update(replace(entry, statement_line_id=line.id))

    def _refuse_coded(self, reading: Reading, line: StatementLine) -> None:
        if self._stands_for(reading, line.id):
            raise RefusedError(
                what=_("This line is explained already."),
                why=_("A line of the bank's stands for one thing, said once."),
                next_step=_("Take back what was said of it first."),
            )

    def _stands_for(self, reading: Reading, line_id: int) -> tuple[LedgerEntry, ...]:
        """Return the entries a line stands for."""
        return reading.find(LedgerEntry, statement_line_id=line_id, status=EntryStatus.LIVE)

    def _take_back(self, tx: Change, line_id: int) -> None:
        for entry in self._stands_for(tx, line_id):
            if not entry.made_from_line:
                tx.update(replace(entry, statement_line_id=None))
                continue
            refund = tx.find(LedgerEntry, refund_of_id=entry.id, limit=1)
            if refund:
                raise RefusedError(
                    what=_("What this line was for cannot be taken back."),
                    why=_("Money back from {payee} reduces it.").format(payee=refund[0].payee),
                    next_step=_("Take the two apart first."),
                )
            self._unmake(tx, entry)

    def _unmake(self, tx: Change, entry: LedgerEntry) -> None:
        """Take an entry made from a line out again, with all that hangs on it."""
        other = None if entry.other_leg_id is None else tx.get(LedgerEntry, entry.other_leg_id)
        for invoice in tx.find(Invoice, paid_by_id=entry.id):
            tx.update(replace(invoice, paid_by_id=None))
        for kind in (Split, PaperLink):
            for fact in tx.find(kind, entry_id=entry.id):
                tx.remove(fact)
        if other is not None:
            tx.update(replace(entry, other_leg_id=None))
            tx.update(replace(other, other_leg_id=None))
            if other.statement_line_id is None:
                self._unmake(tx, replace(other, other_leg_id=None))
        tx.remove(entry)

    # ── guessing ─────────────────────────────────────────────────────────────────────

    def _settle_lines(self, tx: Change, account_id: int, lines: Sequence[StatementLine]) -> int:
        """Accept what is certain among some lines of one account. Returns how many."""
        known = _known(tx, account_id, lines)
        certain = [
            offered[0]
            for offered in propose(lines, known).values()
            if offered and offered[0].certain
        ]
        for proposal in certain:
            self._accept(tx, proposal)
        return len(certain)

    def _guesses(
        self, reading: Reading, lines: Sequence[StatementLine]
    ) -> Mapping[int, tuple[Proposal, ...]]:
        found: dict[int, tuple[Proposal, ...]] = {}
        for account_id in dict.fromkeys(line.account_id for line in lines):
            own = [line for line in lines if line.account_id == account_id]
            found.update(propose(own, _known(reading, account_id, own)))
        return found


def _entry_of(line: StatementLine, payee: str, method: Method | None) -> LedgerEntry:
    """Begin the entry a line stands for."""
    return LedgerEntry(
        0,
        line.account_id,
        line.day,
        line.amount,
        payee.strip() or line.description,
        method or method_of(line.description),
        statement_line_id=line.id,
        made_from_line=True,
    )


class _EntryWords:
    """What the entries of coded lines are called, asked for all at once."""

    def __init__(self, reading: Reading, line_ids: Sequence[int]) -> None:
        entries = reading.find(
            LedgerEntry, any_of={"statement_line_id": line_ids}, status=EntryStatus.LIVE
        )
        ids = [one.id for one in entries]
        splits: dict[int, list[Split]] = defaultdict(list)
        for split in reading.find(Split, any_of={"entry_id": ids}):
            splits[split.entry_id].append(split)
        papers = account_reading.papers_of(reading, ids)
        self._rows: dict[int, tuple[int | None, str, str, str]] = {}
        known = categories()
        for entry in entries:
            codes = dict.fromkeys(split.category for split in splits[entry.id])
            needs = next((known[code].needs for code in codes if known[code].needs), "")
            self._rows[entry.statement_line_id or 0] = (
                entry.id,
                entry.payee,
                "; ".join(known[code].label for code in codes),
                "" if entry.id in papers else needs,
            )

    def of(self, line_id: int) -> tuple[int | None, str, str, str]:
        """Return the entry's id, payee, what it was for, and the paper it lacks."""
        return self._rows.get(line_id, (None, "", "", ""))


def _known(reading: Reading, account_id: int, lines: Sequence[StatementLine]) -> Known:
    """Gather everything the lines of one account might be."""
    if not lines:
        return Known(coding_words())
    first = min(line.day for line in lines) - _BACK
    last = max(line.day for line in lines) + _AHEAD
    funders = {one.id: one for one in reading.find(Funder)}
    before = [
        PaidBefore(entry_id, day, payee, amount, category, funder_id, wording(words))
        for entry_id, day, payee, amount, category, funder_id, words in reversed(
            account_reading.coded_before(reading, account_id, _REMEMBERED)
        )
    ]
    return Known(
        words=coding_words(),
        funders=funders,
        waiting=account_reading.waiting(reading, None, account_id),
        owed=account_reading.owed(reading, last),
        expected=_still_expected(reading, before, first, last),
        payslips=_not_yet_paid(reading, before, first, last),
        bills=[
            Bill(one.provider, one.reference, one.day, one.amount, one.sessions is not None)
            for one in reading.find(Invoice, paid_by_id=None, between={"day": (None, last)})
            if one.amount > NOTHING
        ],
        before=before,
    )


def _still_expected(
    reading: Reading, before: Iterable[PaidBefore], first: date, last: date
) -> list[Expected]:
    """List what should come in and has not: each receipt answers for one."""
    due = [
        *payments_expected(reading.find(Award), reading.find(ExpectedPayment), first, last),
        *contributions_expected(
            reading.find(ContributionPlan), reading.find(ContributionDue), first, last
        ),
    ]
    for receipt in before:
        own = receipt.category in FROM_THE_PERSON
        if not own and receipt.category not in FROM_FUNDERS:
            continue
        fitting = [
            one
            for one in due
            if one.amount == receipt.amount
            and (one.kind == CONTRIBUTION) is own
            and abs(one.day - receipt.day) <= _BACK
        ]
        if fitting:
            due.remove(min(fitting, key=lambda one: abs(one.day - receipt.day)))
    return due


def _not_yet_paid(
    reading: Reading, before: Iterable[PaidBefore], first: date, last: date
) -> list[NetPay]:
    """List the payslips of a bureau that no payment answers for yet."""
    slips = [
        NetPay(one.assistant, one.pay_date, one.net)
        for one in reading.find(ReportedPayslip, between={"pay_date": (first, last)})
    ]
    for payment in before:
        if payment.category in WAGES:
            paid = next(
                (
                    one
                    for one in slips
                    if one.amount == -payment.amount and abs(one.day - payment.day) <= _NEAR
                ),
                None,
            )
            if paid is not None:
                slips.remove(paid)
    return slips


def _mark_invoice(tx: Change, entry: LedgerEntry) -> None:
    """Remember which entry paid an invoice, where it plainly did."""
    for invoice in tx.find(Invoice, paid_by_id=None, amount=-entry.amount, order_by="day"):
        if invoice.provider.casefold() == entry.payee.casefold():
            tx.update(replace(invoice, paid_by_id=entry.id))
            return
