"""What the database refuses, whatever the code above it does: changing what is final.

Always final: the audit log and the book's identity; a payslip, an issued document, a signed
return and its reopening, the bytes of a paper, an entry that was voided.

Final from a moment: a pay run, once its status says so (its payslips go in while it is a
draft), and with it the weeks it paid for, the pension contributions it took, what there was to
look at and what it left owing; entries, their parts, statement lines and the papers that prove
them, once a return is signed for their day and for as long as it has not been opened again.

An entry that had not cleared when its return was signed may still be matched to a statement
line of a later day: that says when the bank saw it, and changes nothing that was signed. What a
pay run left owing may still be said to have ended, and what HMRC is owed may come to be due on
another day, because an employer may go over to paying by the quarter.

A change here needs a next version and a migration, which may do nothing by itself: every
migration takes the triggers off and puts those on that are written here.
"""

# ruff: noqa: S608 - SQL is put together here from names in this file alone

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dpemployer.bookkeeping.commitments import Commitment, CommitmentKind
from dpemployer.bookkeeping.ledger import LedgerEntry
from dpemployer.errors import RefusedError
from dpemployer.i18n import N_, _
from dpemployer.store.tables import FACTS

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK = "dpemployer final: "
"""Starts the message of every refusal, so that it can be told from any other."""

_MATCHED = ("statement_line_id",)
"""Of an entry: what may be said later, when the bank has seen it."""
_ENDED = ("until_day", "ends_reason", "note")
"""Of what is owed: what may be said later, when it no longer is."""
_DUE = ("due",)
"""Of what HMRC is owed: what follows from how the employer pays, by the month or the quarter."""


@dataclass(frozen=True, slots=True)
class _Refusal:
    """Why something is refused, in words."""

    what: str
    why: str
    next_step: str


_PUT_RIGHT_BY_CORRECTION = N_(
    "To put something right, open the pay run and choose “Correct this pay run”."
)

_REFUSALS = {
    "audit_log": _Refusal(
        N_("The audit log cannot be changed."),
        N_("It is the record of everything ever done to this book."),
        N_("Make the change you want as a new one; the log will show both."),
    ),
    "book_identity": _Refusal(
        N_("A book's identity cannot be changed."),
        N_("Its keys are made for this one book."),
        N_("To have another book, make a new one."),
    ),
    "pay_run": _Refusal(
        N_("A finalised pay run cannot be changed."),
        N_("What was paid is always on record."),
        _PUT_RIGHT_BY_CORRECTION,
    ),
    "payslip": _Refusal(
        N_("A payslip cannot be changed or added to once its pay run is final."),
        N_("What was paid is always on record."),
        _PUT_RIGHT_BY_CORRECTION,
    ),
    "signed_return": _Refusal(
        N_("A signed return cannot be changed."),
        N_("It stays exactly as it was signed and sent."),
        N_("To put something right, open the return and choose “Amend this return”."),
    ),
    "closed_period": _Refusal(
        N_("This belongs to a period whose return has been signed."),
        N_("The figures behind a signed return stay as they were when it was signed."),
        N_("To put something right, open the return and choose “Amend this return”."),
    ),
    "void_entry": _Refusal(
        N_("An entry that was voided cannot be changed."),
        N_("It stays on show, struck through, with the reason it was voided."),
        N_("If it was right after all, record it again as a new entry."),
    ),
    "issued_document": _Refusal(
        N_("A document that was issued cannot be changed."),
        N_("A copy issued again must be the same as the first."),
        N_("Put right what it was made from, and issue a new one."),
    ),
    "paper_content": _Refusal(
        N_("A paper kept in the book cannot be changed."),
        N_("It is evidence, and is kept exactly as it was when it was added."),
        N_("Add the right paper as well, and say in its title which one counts."),
    ),
}


def refusal(message: str) -> RefusedError | None:
    """Return the refusal that a database error stands for, or None if it is no refusal."""
    _before, mark, code = message.partition(_MARK)
    if not mark:
        return None
    words = _REFUSALS[code.split()[0].strip(")")]
    return RefusedError(_(words.what), _(words.why), _(words.next_step))


def _closed(day: str) -> str:
    """Say in SQL that a signed return stands for *day*."""
    return (
        "EXISTS (SELECT 1 FROM signed_return AS s"
        f" WHERE {day} BETWEEN s.first_day AND s.last_day"
        " AND NOT EXISTS (SELECT 1 FROM signed_return AS n WHERE n.replaces_id = s.id)"
        " AND NOT EXISTS (SELECT 1 FROM return_amendment AS a WHERE a.signed_return_id = s.id))"
    )


def _entry_closed(entry_id: str) -> str:
    """Say in SQL that a signed return stands for the day of an entry."""
    return (
        f"EXISTS (SELECT 1 FROM ledger_entry AS e WHERE e.id = {entry_id} AND {_closed('e.day')})"
    )


def _run_is_final(run_id: str) -> str:
    """Say in SQL that a pay run is final."""
    return f"EXISTS (SELECT 1 FROM pay_run AS r WHERE r.id = {run_id} AND r.status = 'final')"


def _changes_more_than(fact: type, may_change: tuple[str, ...]) -> str:
    """Say in SQL that something of a fact changes, apart from a few of its fields."""
    fields = [name for name in FACTS[fact].c.keys() if name not in may_change]  # noqa: SIM118 - columns, not a dict
    same = " AND ".join(f"OLD.{name} IS NEW.{name}" for name in fields)
    return f"NOT ({same})"


def _more_than_cleared_later() -> str:
    """Say in SQL that an entry changes in more than which line, of a later day, it matches."""
    (matched,) = _MATCHED
    return (
        f"({_changes_more_than(LedgerEntry, _MATCHED)} OR EXISTS ("
        "SELECT 1 FROM statement_line AS l"
        f" WHERE l.id IN (OLD.{matched}, NEW.{matched}) AND {_closed('l.day')}))"
    )


def _more_than_ended_or_due() -> str:
    """Say in SQL that what is owed changes in more than its end, or for HMRC the day it is due."""
    return (
        f"({_changes_more_than(Commitment, (*_ENDED, *_DUE))}"
        f" OR ({_changes_more_than(Commitment, _ENDED)}"
        f" AND OLD.kind <> '{CommitmentKind.HMRC.value}'))"
    )


_BREAKS_THE_CHAIN = (
    "NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM audit_event)"
    " OR NEW.previous_hash <> coalesce((SELECT hash FROM audit_event"
    f" ORDER BY seq DESC LIMIT 1), '{'0' * 64}')"
)

_ALWAYS = "1"

# (table, what is done to it, when it is refused, which refusal)
_RULES: tuple[tuple[str, str, str, str], ...] = (
    ("audit_event", "UPDATE", _ALWAYS, "audit_log"),
    ("audit_event", "DELETE", _ALWAYS, "audit_log"),
    ("audit_event", "INSERT", _BREAKS_THE_CHAIN, "audit_log"),
    ("book_identity", "UPDATE", _ALWAYS, "book_identity"),
    ("book_identity", "DELETE", _ALWAYS, "book_identity"),
    ("pay_run", "UPDATE", "OLD.status = 'final'", "pay_run"),
    ("pay_run", "DELETE", "OLD.status = 'final'", "pay_run"),
    ("payslip", "UPDATE", _ALWAYS, "payslip"),
    ("payslip", "DELETE", _ALWAYS, "payslip"),
    (
        "payslip",
        "INSERT",
        _run_is_final("NEW.pay_run_id"),
        "payslip",
    ),
    ("paid_week", "UPDATE", "OLD.payslip_id IS NOT NULL", "payslip"),
    ("paid_week", "DELETE", "OLD.payslip_id IS NOT NULL", "payslip"),
    ("statutory_paid", "UPDATE", _ALWAYS, "payslip"),
    ("statutory_paid", "DELETE", _ALWAYS, "payslip"),
    ("pension_contribution", "UPDATE", _ALWAYS, "payslip"),
    ("pension_contribution", "DELETE", _ALWAYS, "payslip"),
    (
        "deduction_line",
        "INSERT",
        _run_is_final("(SELECT pay_run_id FROM payslip WHERE id = NEW.payslip_id)"),
        "payslip",
    ),
    ("deduction_line", "UPDATE", _ALWAYS, "payslip"),
    ("deduction_line", "DELETE", _ALWAYS, "payslip"),
    (
        "commitment",
        "UPDATE",
        f"{_run_is_final('OLD.pay_run_id')} AND {_more_than_ended_or_due()}",
        "pay_run",
    ),
    ("commitment", "DELETE", _run_is_final("OLD.pay_run_id"), "pay_run"),
    ("finding_seen", "INSERT", _run_is_final("NEW.pay_run_id"), "pay_run"),
    ("finding_seen", "UPDATE", _run_is_final("OLD.pay_run_id"), "pay_run"),
    ("finding_seen", "DELETE", _run_is_final("OLD.pay_run_id"), "pay_run"),
    ("signed_return", "UPDATE", _ALWAYS, "signed_return"),
    ("signed_return", "DELETE", _ALWAYS, "signed_return"),
    ("return_amendment", "UPDATE", _ALWAYS, "signed_return"),
    ("return_amendment", "DELETE", _ALWAYS, "signed_return"),
    ("issued_document", "UPDATE", _ALWAYS, "issued_document"),
    ("issued_document", "DELETE", _ALWAYS, "issued_document"),
    ("ledger_entry", "INSERT", _closed("NEW.day"), "closed_period"),
    (
        "ledger_entry",
        "UPDATE",
        f"({_closed('NEW.day')} OR {_closed('OLD.day')}) AND {_more_than_cleared_later()}",
        "closed_period",
    ),
    ("ledger_entry", "DELETE", _closed("OLD.day"), "closed_period"),
    ("ledger_entry", "UPDATE", "OLD.status = 'void'", "void_entry"),
    ("ledger_entry", "DELETE", "OLD.status = 'void'", "void_entry"),
    ("split", "INSERT", _entry_closed("NEW.entry_id"), "closed_period"),
    (
        "split",
        "UPDATE",
        f"{_entry_closed('NEW.entry_id')} OR {_entry_closed('OLD.entry_id')}",
        "closed_period",
    ),
    ("split", "DELETE", _entry_closed("OLD.entry_id"), "closed_period"),
    ("statement_line", "INSERT", _closed("NEW.day"), "closed_period"),
    (
        "statement_line",
        "UPDATE",
        f"{_closed('NEW.day')} OR {_closed('OLD.day')}",
        "closed_period",
    ),
    ("statement_line", "DELETE", _closed("OLD.day"), "closed_period"),
    ("paper_content", "UPDATE", _ALWAYS, "paper_content"),
    (
        "paper_link",
        "DELETE",
        "OLD.entry_id IS NOT NULL AND " + _entry_closed("OLD.entry_id"),
        "closed_period",
    ),
    (
        "paper_link",
        "UPDATE",
        "OLD.entry_id IS NOT NULL AND " + _entry_closed("OLD.entry_id"),
        "closed_period",
    ),
)


def triggers() -> Iterator[tuple[str, str]]:
    """Yield the name and the SQL of every trigger a book must have."""
    for table, done, when, code in _RULES:
        name = f"final_{table}_{done.lower()}_{code}"
        yield (
            name,
            (
                f"CREATE TRIGGER {name} BEFORE {done} ON {table} WHEN ({when})"
                f" BEGIN SELECT RAISE(ABORT, '{_MARK}{code}'); END"
            ),
        )
