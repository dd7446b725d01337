"""How accounts, the bank's lines, bills and papers are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.i18n import N_, _, ngettext
from ui.format import long_date, short_date, show_days, show_number
from ui.models.rows import Column

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from dpemployer.money import Money
    from dpemployer.services.money_rows import (
        AccountRow,
        CommitmentRow,
        EntryRow,
        EvidenceMissingRow,
        Invoice,
        LineRow,
        PaperRow,
        PreviewLine,
        Proposal,
        ReportedPayslip,
        Reserve,
        StatementRow,
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


def methods() -> dict[str, str]:
    """How money moves."""
    return {
        "bacs": _("bank transfer"),
        "so": _("standing order"),
        "dd": _("direct debit"),
        "card": _("card"),
        "cheque": _("cheque"),
        "cash": _("cash"),
    }


def how(entry: EntryRow) -> str:
    """Write how an entry was paid: a cheque by its number."""
    if entry.cheque_no:
        return _("cheque {number}").format(number=entry.cheque_no)
    return methods()[entry.method]


def reserve_kinds() -> tuple[tuple[str, str], ...]:
    """What money is set aside for."""
    return (
        ("redundancy", _("Redundancy and notice pay")),
        ("planned_break", _("A planned break")),
        ("equipment", _("Equipment")),
        ("training", _("Training")),
        ("cover", _("Cover for illness or holiday")),
        ("emergency", _("Emergencies")),
        ("other", _("Something else that was agreed")),
    )


def what_for(entry: EntryRow) -> str:
    """Write what an entry was for; a note of one's own says it best."""
    return ", ".join(dict.fromkeys(part.category_label for part in entry.parts))


def state(entry: EntryRow) -> str:
    """Say what is special about an entry; nothing when nothing is."""
    if entry.void:
        return _("void")
    if entry.brought_forward:
        return _("from before this book")
    if entry.needs:
        return _("paper missing")
    if entry.signed:
        return _("signed")
    return ""


def _many(hours: Decimal | None, sessions: Decimal | None) -> str:
    """Write hours, or sessions where a provider counts those."""
    if hours is not None:
        return show_number(hours)
    return "" if sessions is None else _("{n} sessions").format(n=show_number(sessions))


def proves(paper: PaperRow) -> str:
    """Say what a paper proves."""
    if paper.entry_ids:
        return ngettext("a payment", "{n} payments", len(paper.entry_ids)).format(
            n=len(paper.entry_ids)
        )
    if paper.timesheet_ids:
        return _("hours worked")
    if paper.payslip_ids:
        return _("a payslip")
    if paper.commitment_ids:
        return _("a bill")
    return _("nothing yet")


def _became(line: LineRow) -> str:
    """Say what became of a line, or what it may be."""
    if line.entry_id is not None:
        return line.what_for or _("Counted before this book began")
    if line.proposal is not None:
        sure = _("Found: {why}") if line.proposal.certain else _("Perhaps: {why}")
        return sure.format(why=line.proposal.why)
    return _("Not known yet")


ACCOUNT_COLUMNS: tuple[Column[AccountRow], ...] = (
    Column(N_("Account"), text=lambda a: a.name),
    Column(
        N_("The bank says"),
        text=lambda a: "" if a.kind == "cash" else str(a.statement_balance),
        sort_by=lambda a: a.statement_balance.pence,
        numeric=True,
    ),
    Column(
        N_("Up to"),
        text=lambda a: (
            long_date(a.statement_to)
            if a.statement_to is not None
            else ""
            if a.kind == "cash"
            else _("no statement yet")
        ),
    ),
    Column(
        N_("The book says"),
        text=lambda a: str(a.book_balance),
        sort_by=lambda a: a.book_balance.pence,
        numeric=True,
    ),
    Column(N_("To explain"), text=lambda a: str(a.lines_to_code or ""), numeric=True),
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

_ENTRY_DAY: Column[EntryRow] = Column(
    N_("Day"), text=lambda e: short_date(e.day), sort_by=lambda e: e.day
)
_ENTRY_IN: Column[EntryRow] = Column(
    N_("In"), text=lambda e: money_in(e.amount), sort_by=lambda e: e.amount.pence, numeric=True
)
_ENTRY_OUT: Column[EntryRow] = Column(
    N_("Out"), text=lambda e: money_out(e.amount), sort_by=lambda e: -e.amount.pence, numeric=True
)

ENTRY_COLUMNS: tuple[Column[EntryRow], ...] = (
    _ENTRY_DAY,
    Column(N_("Who"), text=lambda e: e.payee),
    Column(N_("What for"), text=what_for),
    Column(N_("How"), text=how),
    _ENTRY_IN,
    _ENTRY_OUT,
    Column(N_("State"), text=state),
)

WAITING_COLUMNS: tuple[Column[EntryRow], ...] = (
    _ENTRY_DAY,
    Column(N_("Who"), text=lambda e: e.payee),
    Column(N_("What for"), text=what_for),
    Column(N_("How"), text=how),
    _ENTRY_IN,
    _ENTRY_OUT,
    Column(N_("State"), text=state),
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
    Column(N_("Proves"), text=proves),
)

INVOICE_COLUMNS: tuple[Column[Invoice], ...] = (
    Column(N_("Day"), text=lambda i: short_date(i.day), sort_by=lambda i: i.day),
    Column(N_("Provider"), text=lambda i: i.provider),
    Column(N_("Number"), text=lambda i: i.reference),
    Column(N_("Hours"), text=lambda i: _many(i.hours, i.sessions), numeric=True),
    Column(N_("Amount"), text=lambda i: str(i.amount), numeric=True),
    Column(
        N_("State"),
        text=lambda i: (
            _("credit note") if i.amount.pence < 0 else "" if i.paid_by_id is None else _("paid")
        ),
    ),
)

BUREAU_COLUMNS: tuple[Column[ReportedPayslip], ...] = (
    Column(N_("Who"), text=lambda p: p.assistant),
    Column(N_("Payday"), text=lambda p: short_date(p.pay_date), sort_by=lambda p: p.pay_date),
    Column(N_("Gross pay"), text=lambda p: str(p.gross), numeric=True),
    Column(N_("Tax"), text=lambda p: str(p.tax), numeric=True),
    Column(N_("National Insurance"), text=lambda p: str(p.employee_ni), numeric=True),
    Column(N_("Pension"), text=lambda p: str(p.employee_pension), numeric=True),
    Column(N_("Net pay"), text=lambda p: str(p.net), numeric=True),
)

RESERVE_COLUMNS: tuple[Column[Reserve], ...] = (
    Column(N_("What for"), text=lambda r: r.label),
    Column(N_("Kind"), text=lambda r: dict(reserve_kinds()).get(r.kind, r.kind)),
    Column(N_("Amount"), text=lambda r: str(r.amount), numeric=True),
    Column(
        N_("Agreed"),
        text=lambda r: (
            _("by {who}, {day}").format(who=r.agreed_by, day=long_date(r.agreed_on))
            if r.agreed_by and r.agreed_on
            else r.agreed_by or _day(r.agreed_on)
        ),
    ),
    Column(N_("Until"), text=lambda r: _day(r.to_day)),
)

STATEMENT_COLUMNS: tuple[Column[StatementRow], ...] = (
    Column(N_("Days"), text=lambda s: show_days(s.first_day, s.last_day)),
    Column(N_("From"), text=lambda s: _("paper") if s.typed else _("a file")),
    Column(N_("Lines"), text=lambda s: str(s.lines), numeric=True),
    Column(N_("Balance before"), text=lambda s: str(s.opening), numeric=True),
    Column(N_("Balance after"), text=lambda s: str(s.closing), numeric=True),
    Column(
        N_("State"),
        text=lambda s: (
            _("{left} apart from its last balance").format(left=abs(s.left))
            if s.left
            else _("whole")
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
