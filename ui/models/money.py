"""How accounts, the bank's lines, bills and papers are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.i18n import N_, _
from ui.format import long_date, short_date
from ui.models.rows import Column

if TYPE_CHECKING:
    from datetime import date

    from dpemployer.money import Money
    from dpemployer.services.money_rows import (
        AccountRow,
        CommitmentRow,
        EntryRow,
        EvidenceMissingRow,
        LineRow,
        PaperRow,
        PreviewLine,
        Proposal,
        TypedLine,
    )


def money_in(amount: Money) -> str:
    """Write what came in; nothing for money out."""
    return str(amount) if amount.pence > 0 else ""


def money_out(amount: Money) -> str:
    """Write what went out, without its sign; nothing for money in."""
    return str(-amount) if amount.pence < 0 else ""


def _day(day: date | None) -> str:
    return "" if day is None else short_date(day)


def _became(line: LineRow) -> str:
    """Say what became of a line, or what it may be."""
    if line.entry_id is not None:
        return line.what_for
    if line.proposal is not None:
        sure = _("Found: {why}") if line.proposal.certain else _("Perhaps: {why}")
        return sure.format(why=line.proposal.why)
    return _("Not known yet")


ACCOUNT_COLUMNS: tuple[Column[AccountRow], ...] = (
    Column(N_("Account"), text=lambda a: a.name),
    Column(
        N_("The bank says"),
        text=lambda a: str(a.statement_balance),
        sort_by=lambda a: a.statement_balance.pence,
        numeric=True,
    ),
    Column(
        N_("Up to"),
        text=lambda a: (
            _("no statement yet") if a.statement_to is None else long_date(a.statement_to)
        ),
    ),
    Column(
        N_("The book says"),
        text=lambda a: str(a.book_balance),
        sort_by=lambda a: a.book_balance.pence,
        numeric=True,
    ),
    Column(N_("Lines to code"), text=lambda a: str(a.lines_to_code), numeric=True),
)

LINE_COLUMNS: tuple[Column[LineRow], ...] = (
    Column(N_("Day"), text=lambda line: short_date(line.day), sort_by=lambda line: line.day),
    Column(N_("What the bank wrote"), text=lambda line: line.description),
    Column(
        N_("In"),
        text=lambda line: money_in(line.amount),
        sort_by=lambda line: line.amount.pence,
        numeric=True,
    ),
    Column(
        N_("Out"),
        text=lambda line: money_out(line.amount),
        sort_by=lambda line: -line.amount.pence,
        numeric=True,
    ),
    Column(N_("What it was for"), text=_became),
    Column(N_("Paper"), text=lambda line: _("missing") if line.needs else ""),
)

ENTRY_COLUMNS: tuple[Column[EntryRow], ...] = (
    Column(N_("Day"), text=lambda e: short_date(e.day), sort_by=lambda e: e.day),
    Column(N_("Who"), text=lambda e: e.payee, sort_by=lambda e: e.payee.casefold()),
    Column(
        N_("In"),
        text=lambda e: money_in(e.amount),
        sort_by=lambda e: e.amount.pence,
        numeric=True,
    ),
    Column(
        N_("Out"),
        text=lambda e: money_out(e.amount),
        sort_by=lambda e: -e.amount.pence,
        numeric=True,
    ),
    Column(N_("What for"), text=lambda e: ", ".join(part.category_label for part in e.parts)),
    Column(N_("Cheque"), text=lambda e: e.cheque_no),
    Column(
        N_("State"),
        text=lambda e: (
            _("void: {reason}").format(reason=e.void_reason)
            if e.void
            else _("counted before this book began")
            if e.brought_forward
            else ""
        ),
    ),
)

BILL_COLUMNS: tuple[Column[CommitmentRow], ...] = (
    Column(N_("Owed to"), text=lambda c: c.payee, sort_by=lambda c: c.payee.casefold()),
    Column(N_("What for"), text=lambda c: c.kind_label),
    Column(
        N_("Still owed"),
        text=lambda c: str(c.outstanding),
        sort_by=lambda c: c.outstanding.pence,
        numeric=True,
    ),
    Column(
        N_("Due"),
        text=lambda c: _("{day}, overdue").format(day=_day(c.due)) if c.overdue else _day(c.due),
        sort_by=lambda c: str(c.due or ""),
    ),
    Column(N_("Comes from"), text=lambda c: c.note or c.source),
)

MISSING_COLUMNS: tuple[Column[EvidenceMissingRow], ...] = (
    Column(N_("Day"), text=lambda m: short_date(m.day), sort_by=lambda m: m.day),
    Column(N_("Who"), text=lambda m: m.payee),
    Column(
        N_("Amount"),
        text=lambda m: str(m.amount),
        sort_by=lambda m: m.amount.pence,
        numeric=True,
    ),
    Column(N_("The paper it asks for"), text=lambda m: m.needs_label),
)

PAPER_COLUMNS: tuple[Column[PaperRow], ...] = (
    Column(N_("Number"), text=lambda p: str(p.number), sort_by=lambda p: p.number, numeric=True),
    Column(N_("What it is"), text=lambda p: p.title, sort_by=lambda p: p.title.casefold()),
    Column(N_("Kind"), text=lambda p: p.kind_label),
    Column(N_("Day"), text=lambda p: _day(p.day), sort_by=lambda p: str(p.day or "")),
    Column(N_("Amount"), text=lambda p: "" if p.amount is None else str(p.amount), numeric=True),
    Column(
        N_("Proves"),
        text=lambda p: (
            _("a payment")
            if p.entry_ids
            else _("hours worked")
            if p.timesheet_ids
            else _("a payslip")
            if p.payslip_ids
            else _("a bill")
            if p.commitment_ids
            else _("nothing yet")
        ),
    ),
)

PREVIEW_COLUMNS: tuple[Column[PreviewLine], ...] = (
    Column(N_("Day"), text=lambda line: short_date(line.day)),
    Column(N_("What the bank wrote"), text=lambda line: line.description),
    Column(N_("In"), text=lambda line: money_in(line.amount), numeric=True),
    Column(N_("Out"), text=lambda line: money_out(line.amount), numeric=True),
    Column(
        N_("Balance"),
        text=lambda line: "" if line.balance is None else str(line.balance),
        numeric=True,
    ),
    Column(
        N_("In the book?"),
        text=lambda line: (
            _("already here")
            if line.already_here
            else _("looks like one already here")
            if line.doubtful
            else _("new")
        ),
    ),
)

TYPED_COLUMNS: tuple[Column[TypedLine], ...] = (
    Column(N_("Day"), text=lambda line: short_date(line.day)),
    Column(N_("What the bank wrote"), text=lambda line: line.description),
    Column(N_("In"), text=lambda line: money_in(line.amount), numeric=True),
    Column(N_("Out"), text=lambda line: money_out(line.amount), numeric=True),
    Column(N_("Balance after it"), text=lambda line: str(line.balance), numeric=True),
)

PROPOSAL_COLUMNS: tuple[Column[Proposal], ...] = (
    Column(N_("Who"), text=lambda p: p.payee),
    Column(N_("Why"), text=lambda p: p.why),
)
