"""Papers and bills: the part of `Ledger` about what proves a payment and what is still owed."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dpemployer.bookkeeping.accounts import TYPED, Statement
from dpemployer.bookkeeping.commitments import Commitment
from dpemployer.bookkeeping.ledger import EntryStatus, LedgerEntry
from dpemployer.bookkeeping.papers import Paper, PaperContent, PaperLink
from dpemployer.clock import now
from dpemployer.errors import EntryError
from dpemployer.i18n import _
from dpemployer.money import NOTHING, Money
from dpemployer.returns.build import needed
from dpemployer.returns.form import commitment_words
from dpemployer.services.ledger_entries import paper_row
from dpemployer.services.ledger_statements import Statements
from dpemployer.services.money_rows import (
    CommitmentRow,
    EvidenceMissingRow,
    MoneyToDo,
    PaperRow,
)
from dpemployer.services.period import post
from dpemployer.services.scans import tidy_scan
from dpemployer.services.shipped import categories
from dpemployer.store import account_reading

if TYPE_CHECKING:
    from datetime import date

    from dpemployer.bookkeeping.reported import Invoice
    from dpemployer.store.reading import Reading

_NO_PAPER = {"bank_line", "bank_statements", "note"}
"""Evidence that is not kept as a paper of its own."""


class Proofs(Statements):
    """What proves a payment, and what is still owed."""

    # ── papers ───────────────────────────────────────────────────────────────────────

    def keep_paper(
        self,
        file_name: str,
        content: bytes,
        kind: str,
        title: str,
        *,
        day: date | None = None,
        amount: Money | None = None,
        reference: str = "",
    ) -> PaperRow:
        """Keep a paper inside the book. A photograph is made no larger than it needs to be.

        The same bytes again give the paper already here.

        Raises:
            EntryError: If it is empty, too large, or no PDF, JPEG, PNG or text.
        """
        if kind not in categories().evidence:
            raise EntryError(
                what=_("“{kind}” is not a kind of paper.").format(kind=kind),
                why=_("The kind says what the paper can prove."),
                next_step=_("Choose one from the list."),
            )
        tidy, media_type = tidy_scan(content)
        sha256 = hashlib.sha256(tidy).hexdigest()
        with self._book.change("Kept a paper") as tx:
            twin = tx.find(Paper, sha256=sha256, limit=1)
            if twin:
                return _paper_rows(tx, twin)[0]
            last = tx.find(Paper, order_by="-number", limit=1)
            paper = Paper(
                0,
                last[0].number + 1 if last else 1,
                kind,
                title.strip() or file_name,
                day,
                amount,
                file_name,
                media_type,
                len(tidy),
                sha256,
                now(),
                reference,
            )
            kept = replace(paper, id=tx.add(paper))
            tx.add(PaperContent(0, kept.id, tidy))
        return paper_row(kept)

    def attach(
        self,
        paper_id: int,
        *,
        entry_id: int | None = None,
        timesheet_id: int | None = None,
        payslip_id: int | None = None,
        commitment_id: int | None = None,
    ) -> None:
        """Say what a paper proves: exactly one thing at a time."""
        link = _link(paper_id, entry_id, timesheet_id, payslip_id, commitment_id)
        with self._book.change("Attached a paper") as tx:
            if not tx.find(PaperLink, **_fields(link)):
                tx.add(link)

    def detach(
        self,
        paper_id: int,
        *,
        entry_id: int | None = None,
        timesheet_id: int | None = None,
        payslip_id: int | None = None,
        commitment_id: int | None = None,
    ) -> None:
        """Take back that a paper proves something."""
        link = _link(paper_id, entry_id, timesheet_id, payslip_id, commitment_id)
        with self._book.change("Detached a paper") as tx:
            for kept in tx.find(PaperLink, **_fields(link)):
                tx.remove(kept)

    def papers(self) -> tuple[PaperRow, ...]:
        """List every paper, by number."""
        with self._book.read() as reading:
            return _paper_rows(reading, reading.find(Paper, order_by="number"))

    def paper_content(self, paper_id: int) -> bytes:
        """Return a paper's bytes; none for one that is held and was not scanned."""
        with self._book.read() as reading:
            kept = reading.find_one(PaperContent, paper_id=paper_id)
        return b"" if kept is None else kept.content

    def evidence_kinds(self) -> tuple[tuple[str, str], ...]:
        """List the kinds of paper: code and label."""
        return tuple(
            (code, label) for code, label in categories().evidence.items() if code not in _NO_PAPER
        )

    # ── what is left ─────────────────────────────────────────────────────────────────

    def evidence_missing(self, first: date, last: date) -> tuple[EvidenceMissingRow, ...]:
        """List the payments from first to last without the paper they ask for."""
        with self._book.read() as reading:
            return _missing(reading, first, last)

    def commitments(self, as_of: date, *, with_settled: bool = False) -> tuple[CommitmentRow, ...]:
        """List what was owed and not yet paid at the end of a day."""
        with self._book.read() as reading:
            found = account_reading.owed(reading, as_of, with_settled=with_settled)
        return tuple(
            CommitmentRow(
                one.commitment.id,
                one.commitment.kind,
                commitment_words(one.commitment.kind),
                one.commitment.payee,
                one.commitment.amount,
                one.settled,
                one.outstanding,
                one.commitment.incurred_on,
                one.commitment.due,
                one.outstanding > NOTHING
                and one.commitment.due is not None
                and one.commitment.due < as_of,
                one.commitment.source,
                one.commitment.note,
            )
            for one in found
        )

    def add_commitment(self, commitment: Commitment) -> int:
        """Record a bill on the way: an invoice, holiday built up, insurance coming due."""
        if commitment.amount <= NOTHING or not commitment.payee.strip():
            raise EntryError(
                what=_("A bill names who is owed, and how much."),
                why=_("It is taken off the balance before the funder tests it."),
                next_step=_("Write both."),
            )
        with self._book.change("Recorded a bill") as tx:
            return tx.add(replace(commitment, id=0))

    def end_commitment(self, commitment_id: int, until: date, reason: str) -> None:
        """Say that a bill stopped being owed without being paid, and why."""
        if not reason.strip():
            raise EntryError(
                what=_("A bill does not go away without a reason."),
                why=_("Whoever reads the book will ask what became of it."),
                next_step=_("Say in a few words why it is not owed any more."),
            )
        with self._book.change("Ended a bill", reason.strip()) as tx:
            bill = tx.get(Commitment, commitment_id)
            tx.update(replace(bill, until_day=until, ends_reason=reason.strip()))

    def add_invoice(self, invoice: Invoice) -> int:
        """Record what a provider charged, or a credit note."""
        if not invoice.amount or not invoice.provider.strip():
            raise EntryError(
                what=_("An invoice names who sent it, and how much it is."),
                why=_("It is looked for on the statement by both."),
                next_step=_("Write both; a credit note is below nothing."),
            )
        with self._book.change("Recorded an invoice") as tx:
            paid_by = invoice.paid_by_id or _payment_of(tx, invoice)
            return tx.add(replace(invoice, id=0, paid_by_id=paid_by))

    def to_do(self, as_of: date) -> MoneyToDo:
        """Count what is left to do about money."""
        with self._book.read() as reading:
            to_code = account_reading.count_lines_to_code(reading, as_of)
            progress = account_reading.statement_progress(reading)
            unfinished = [
                one
                for one in reading.find(Statement, layout=TYPED)
                if one.closing - one.opening != progress.get(one.id, (0, NOTHING))[1]
            ]
            first = reading.find(LedgerEntry, order_by="day", limit=1)
            missing = _missing(reading, first[0].day, as_of) if first else ()
            waiting = account_reading.waiting(reading, None)
        overdue = sum(row.overdue for row in self.commitments(as_of))
        return MoneyToDo(
            sum(to_code.values()), len(missing), len(waiting), overdue, len(unfinished)
        )


def _link(
    paper_id: int,
    entry_id: int | None,
    timesheet_id: int | None,
    payslip_id: int | None,
    commitment_id: int | None,
) -> PaperLink:
    given = (entry_id, timesheet_id, payslip_id, commitment_id)
    if sum(one is not None for one in given) != 1:
        raise TypeError("a paper proves exactly one thing", given)
    return PaperLink(0, paper_id, *given)


def _fields(link: PaperLink) -> dict[str, Any]:
    return {
        "paper_id": link.paper_id,
        "entry_id": link.entry_id,
        "timesheet_id": link.timesheet_id,
        "payslip_id": link.payslip_id,
        "commitment_id": link.commitment_id,
    }


def _paper_rows(reading: Reading, papers: tuple[Paper, ...]) -> tuple[PaperRow, ...]:
    """Show papers with everything they prove."""
    links: dict[int, list[PaperLink]] = defaultdict(list)
    for link in reading.find(PaperLink, any_of={"paper_id": [one.id for one in papers]}):
        links[link.paper_id].append(link)

    def proven(paper: Paper, field: str) -> tuple[int, ...]:
        ids = (getattr(link, field) for link in links[paper.id])
        return tuple(one for one in ids if one is not None)

    return tuple(
        replace(
            paper_row(one),
            entry_ids=proven(one, "entry_id"),
            timesheet_ids=proven(one, "timesheet_id"),
            payslip_ids=proven(one, "payslip_id"),
            commitment_ids=proven(one, "commitment_id"),
        )
        for one in papers
    )


def _missing(reading: Reading, first: date, last: date) -> tuple[EvidenceMissingRow, ...]:
    entries = reading.find(
        LedgerEntry,
        between={"day": (first, last)},
        status=EntryStatus.LIVE,
        brought_forward=False,
        order_by="day",
    )
    papers = account_reading.papers_of(reading, [one.id for one in entries])
    bare = [one for one in entries if one.id not in papers]
    return tuple(
        EvidenceMissingRow(
            one.entry.id,
            one.entry.day,
            one.entry.payee,
            abs(one.entry.amount),
            needs,
            categories().evidence[needs],
        )
        for one in post(reading, bare)
        if (needs := needed(one.splits, categories()))
    )


def _payment_of(reading: Reading, invoice: Invoice) -> int | None:
    """Find the entry that plainly paid an invoice."""
    paid = reading.find(
        LedgerEntry, amount=-invoice.amount, status=EntryStatus.LIVE, order_by="day"
    )
    for entry in paid:
        if entry.payee.casefold() == invoice.provider.casefold() and entry.day >= invoice.day:
            return entry.id
    return None
