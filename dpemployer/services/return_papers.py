"""A return on paper: the form, the audit statement, and both as tables for a spreadsheet."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from dpemployer import __version__
from dpemployer.bookkeeping.papers import Paper
from dpemployer.documents.exports import csv_bytes
from dpemployer.documents.monitoring_return import (
    AuditChange,
    AuditEntry,
    AuditEvidence,
    AuditPaper,
    ReturnLine,
    ReturnPaper,
    ReturnSection,
    Signature,
    audit_statement_pdf,
)
from dpemployer.documents.monitoring_return import return_pdf as print_return
from dpemployer.i18n import _, ngettext, short_date
from dpemployer.money import NOTHING, Money
from dpemployer.returns.evidence import papers_asked
from dpemployer.returns.form import FormSection, bills_on_the_way, form
from dpemployer.returns.form_tables import payments_on_paper, what_for
from dpemployer.returns.template import SectionKind, Source
from dpemployer.services.issued import issue
from dpemployer.services.return_rows import header, signatories
from dpemployer.services.shipped import categories

if TYPE_CHECKING:
    from dpemployer.documents.exports import Value
    from dpemployer.returns.monitoring_return import MonitoringReturn
    from dpemployer.returns.signed import SignedReturn
    from dpemployer.store.book import Book
    from dpemployer.store.reading import Reading

_PROGRAM = f"DP Employer {__version__}"
_TOTALS = {
    Source.SUM_INCOME,
    Source.SUM_EXPENDITURE,
    Source.BOOK_CLOSING,
    Source.RECONCILED_BALANCE,
    Source.RECONCILIATION_DIFFERENCE,
    Source.SURPLUS,
}


# ── the form ─────────────────────────────────────────────────────────────────────────


def return_pdf(
    book: Book, made: MonitoringReturn, signed: SignedReturn | None, *, large: bool
) -> bytes:
    """Print a return. A signed one is printed once, and given out again as it was."""
    with book.read() as reading:
        paper = return_paper(reading, made, signed)
    if signed is None:
        return print_return(paper, large_print=large)
    return issue(
        book,
        "return_large" if large else "return",
        signed.id,
        file_name=_file_name(made, signed),
        action="Issued a return",
        make=lambda: print_return(paper, large_print=large),
    )


def _file_name(made: MonitoringReturn, signed: SignedReturn) -> str:
    return f"{made.template.id} {signed.first_day} to {signed.last_day} v{signed.version}.pdf"


def print_form(paper: ReturnPaper) -> bytes:
    """Print a return that is laid out already, in ordinary print; it is not issued."""
    return print_return(paper, large_print=False)


def return_paper(
    reading: Reading, made: MonitoringReturn, signed: SignedReturn | None
) -> ReturnPaper:
    """Lay a return out for paper."""
    template, facts = made.template, made.facts
    return ReturnPaper(
        title=template.title,
        first_day=facts.first_day,
        last_day=facts.last_day,
        prepared_by=_prepared_by(reading, made),
        header=header(reading, made),
        sections=(
            *(_section(section, made) for section in form(made, categories())),
            _enclosures(made),
        ),
        statements=template.statements,
        signatures=_signatures(reading, made, signed),
        draft=signed is None,
        dated=facts.last_day if signed is None else signed.declared_on,
        confidence=template.confidence_words,
        template=f"{template.title} ({template.id} {template.version})",
        version=_version_words(signed),
        sha256="" if signed is None else signed.sha256,
        program=_PROGRAM,
    )


def _enclosures(made: MonitoringReturn) -> ReturnSection:
    """List the papers the funder asks for, and what to do about each."""
    return ReturnSection(
        _("Papers that go with it"),
        tuple(ReturnLine(one.label, one.words) for one in papers_asked(made)),
    )


def _prepared_by(reading: Reading, made: MonitoringReturn) -> str:
    names = dict(header(reading, made))
    fields = {field.id: names.get(field.label, "") for field in made.template.header}
    return fields.get("manager_name") or fields.get("person_name") or _("the account holder")


def _version_words(signed: SignedReturn | None) -> str:
    if signed is None or signed.version == 1:
        return "" if signed is None else "1"
    return _("{version}, in place of the one before. {what_changed}").format(
        version=signed.version, what_changed=signed.what_changed.replace("\n", " ")
    )


def _section(section: FormSection, made: MonitoringReturn) -> ReturnSection:
    totals = {line.id for line in made.template.lines if line.source in _TOTALS}
    table = section.table
    if section.kind is SectionKind.TRANSACTION_LIST:
        table = payments_on_paper(made, categories())
    return ReturnSection(
        section.title,
        tuple(
            ReturnLine(
                line.label,
                line.text,
                tuple(
                    (
                        f"{short_date(item.day)} {item.label}" if item.day else item.label,
                        str(item.amount),
                    )
                    for item in line.items
                )
                if line.itemised
                else (),
                strong=line.id in totals,
            )
            for line in section.lines
            if not line.hidden
        ),
        table.columns,
        table.rows,
        table.totals,
        _paragraphs(section, made),
    )


def _paragraphs(section: FormSection, made: MonitoringReturn) -> tuple[str, ...]:
    """Say in words what a section without figures holds."""
    if section.kind is SectionKind.NOTES:
        return (_("None."),)
    if section.kind is SectionKind.EXPLANATIONS and not section.lines:
        return (_("Nothing was owed, set aside or waiting to clear."),)
    if section.kind is SectionKind.BALANCE_TEST and made.template.balance_rule.assumed:
        return (_("What may be kept is a usual figure, not one this funder is known to use."),)
    if section.kind in {SectionKind.INCOME, SectionKind.EXPENDITURE} and all(
        line.hidden for line in section.lines
    ):
        return (_("None."),)
    return ()


def _signatures(
    reading: Reading, made: MonitoringReturn, signed: SignedReturn | None
) -> tuple[Signature, ...]:
    if signed is None:
        return tuple(Signature(one.label, one.name) for one in signatories(reading, made))
    labels = {rule.role: rule.label for rule in made.template.signatories}
    return (
        Signature(
            labels.get(signed.capacity, signed.capacity),
            signed.signed_by,
            signed.declared_on,
            _("Name typed in DP Employer"),
        ),
    )


# ── the audit statement ──────────────────────────────────────────────────────────────


def audit_pdf(
    book: Book, made: MonitoringReturn, signed: SignedReturn | None, *, large: bool
) -> bytes:
    """Print an audit statement. That of a signed return is printed once."""
    with book.read() as reading:
        paper = audit_paper(reading, made, signed)
    if signed is None:
        return audit_statement_pdf(paper, large_print=large)
    return issue(
        book,
        "audit_statement_large" if large else "audit_statement",
        signed.id,
        file_name=_file_name(made, signed),
        action="Issued an audit statement",
        make=lambda: audit_statement_pdf(paper, large_print=large),
    )


def print_audit(paper: AuditPaper) -> bytes:
    """Print an audit statement that is laid out already, in ordinary print; it is not issued."""
    return audit_statement_pdf(paper, large_print=False)


def audit_paper(
    reading: Reading, made: MonitoringReturn, signed: SignedReturn | None
) -> AuditPaper:
    """Lay an audit statement out for paper."""
    facts, totals, agreement = made.facts, made.totals, made.agreement
    waiting = {one.id for one in facts.waiting}
    numbers = sorted({number for one in facts.entries for number in one.papers})
    papers = reading.find(Paper, any_of={"number": numbers}, order_by="number")
    return AuditPaper(
        title=_("Audit statement"),
        first_day=facts.first_day,
        last_day=facts.last_day,
        prepared_by=_prepared_by(reading, made),
        header=header(reading, made),
        totals=(
            ReturnLine(_("Balance at the start"), str(totals.opening)),
            ReturnLine(_("Money in"), str(totals.income)),
            ReturnLine(_("Money out"), str(totals.expenditure)),
            ReturnLine(_("Balance at the end"), str(totals.closing), strong=True),
        ),
        agreement=(
            ReturnLine(_("Balance on the statements"), str(agreement.statement_closing)),
            ReturnLine(_("Less payments not yet on them"), str(agreement.unpresented)),
            ReturnLine(_("Plus money paid in not yet on them"), str(agreement.outstanding)),
            ReturnLine(_("Plus cash in the tin"), str(agreement.cash_in_hand)),
            ReturnLine(_("What the bank comes to"), str(agreement.reconciled)),
            ReturnLine(_("Difference"), str(agreement.difference), strong=True),
        ),
        entries=tuple(
            AuditEntry(
                one.entry.day,
                one.entry.payee,
                what_for(one, categories()),
                one.entry.amount,
                one.papers,
                _("Not on a statement by the last day.") if one.entry.id in waiting else "",
            )
            for one in facts.entries
        ),
        evidence=tuple(
            AuditEvidence(
                one.number, categories().evidence[one.kind], one.title, one.day, one.sha256
            )
            for one in papers
        ),
        commitments=tuple(
            ReturnLine(
                bill.label if bill.day is None else f"{short_date(bill.day)} {bill.label}",
                str(bill.amount),
            )
            for bill in bills_on_the_way(made)
        ),
        changes=_changes(reading, signed),
        hashes=() if signed is None else ((_("The figures as they were signed"), signed.sha256),),
        draft=signed is None,
        dated=facts.last_day if signed is None else signed.declared_on,
        missing=tuple(
            _("{day}, {payee}, {amount}: {paper}.").format(
                day=short_date(one.day),
                payee=one.payee,
                amount=one.amount,
                paper=categories().evidence[one.needs],
            )
            for one in made.evidence_missing
        ),
        program=_PROGRAM,
    )


_ACCOUNT = frozenset(
    {
        "account",
        "commitment",
        "ledger_entry",
        "paper",
        "paper_link",
        "return_amendment",
        "signed_return",
        "split",
        "statement",
        "statement_line",
    }
)
"""The kinds of fact, as the log names them, that a change to the account touches."""


def _changes(reading: Reading, signed: SignedReturn | None) -> tuple[AuditChange, ...]:
    """List what was done to the account up to the signing, the oldest first.

    The same thing done over and over in one minute is listed once, with how often.
    """
    done = (
        (f"{event.at:%d/%m/%Y %H:%M} UTC", event.who, f"{_(event.action)}. {event.reason}".strip())
        for event in reversed(reading.events())
        if (signed is None or event.at <= signed.signed_at)
        and any(change["fact"] in _ACCOUNT for change in event.changed)
    )
    changes: list[AuditChange] = []
    for (when, who, what), same in groupby(done):
        times = sum(1 for _event in same)
        often = ngettext("{what} Once.", "{what} {times} times.", times)
        said = what if times == 1 else often.format(what=what, times=times)
        changes.append(AuditChange(when, who, said))
    return tuple(changes)


# ── tables ───────────────────────────────────────────────────────────────────────────


def return_csv(made: MonitoringReturn) -> str:
    """Write every line of the form, with its items under it."""
    rows: list[tuple[Value, ...]] = []
    for section in form(made, categories()):
        for line in section.lines:
            figure: Value = line.amount if line.amount is not None else line.text
            rows.append((section.title, line.id, line.label, None, None, figure))
            if line.itemised:
                rows += [
                    (section.title, line.id, line.label, item.day, item.label, item.amount)
                    for item in line.items
                ]
    return _text((_("Section"), _("Line"), _("Label"), _("Date"), _("Item"), _("Amount")), rows)


def audit_csv(made: MonitoringReturn) -> str:
    """Write every entry of the period, with what it was for and its papers."""
    waiting = {one.id for one in made.facts.waiting}
    rows: list[tuple[Value, ...]] = [
        (
            one.entry.day,
            one.entry.payee,
            what_for(one, categories()),
            _side(one.entry.amount),
            _side(-one.entry.amount),
            ", ".join(str(number) for number in one.papers),
            one.entry.cheque_no,
            _("no") if one.entry.id in waiting else "",
        )
        for one in made.facts.entries
    ]
    return _text(
        (
            _("Date"),
            _("Paid to or from"),
            _("What for"),
            _("In"),
            _("Out"),
            _("Papers"),
            _("Cheque"),
            _("On the statement"),
        ),
        rows,
    )


def _side(amount: Money) -> Money | None:
    """Return an amount that belongs in a column, or nothing."""
    return amount if amount > NOTHING else None


def _text(headings: tuple[str, ...], rows: list[tuple[Value, ...]]) -> str:
    return csv_bytes(headings, rows).decode("utf-8-sig")
