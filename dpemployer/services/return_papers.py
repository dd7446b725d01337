"""A prepared return as it goes on paper: the same rows that windows show, in print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer import __version__
from dpemployer.documents.monitoring_return import (
    AuditChange,
    AuditEntry,
    AuditEvidence,
    AuditPaper,
    ReturnLine,
    ReturnPaper,
    ReturnSection,
    Signature,
)
from dpemployer.i18n import _, long_date, short_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dpemployer.services.money_rows import (
        CommitmentRow,
        EntryRow,
        EvidenceMissingRow,
        PaperRow,
        ReturnItemRow,
        ReturnLineRow,
        ReturnPrepared,
        ReturnSectionRow,
    )


def return_paper(prepared: ReturnPrepared, *, prepared_by: str) -> ReturnPaper:
    """Say everything a return prints: as signed, or as a draft.

    Args:
        prepared: The return as it stands.
        prepared_by: Who keeps the book.
    """
    signed = prepared.signed
    draft = signed is None or prepared.amending
    missing = tuple(_missing(row) for row in prepared.evidence_missing)
    papers_missing = (
        ReturnSection(
            _("Papers that are missing"),
            columns=(_("Day"), _("Paid to"), _("Amount"), _("What is missing")),
            rows=missing,
        ),
    )
    return ReturnPaper(
        title=prepared.template.title,
        first_day=prepared.first_day,
        last_day=prepared.last_day,
        prepared_by=prepared_by,
        header=tuple(fact for fact in prepared.header if fact[1]),
        sections=tuple(_section(row) for row in prepared.sections)
        + (papers_missing if missing else ()),
        statements=prepared.declaration.statements,
        signatures=_signatures(prepared, draft=draft),
        draft=draft,
        dated=prepared.last_day if signed is None or draft else signed.declared_on,
        confidence=prepared.template.confidence_words,
        template=_("{id}, version {version}").format(
            id=prepared.template.template, version=prepared.template.version
        ),
        version=_version(prepared, draft=draft),
        sha256="" if signed is None or draft else signed.sha256,
        program=_program(),
    )


def audit_paper(
    prepared: ReturnPrepared,
    entries: Iterable[EntryRow],
    papers: Iterable[PaperRow],
    commitments: Iterable[CommitmentRow],
    changes: Iterable[tuple[str, str, str]],
    *,
    prepared_by: str,
) -> AuditPaper:
    """Say everything an audit statement prints.

    Args:
        prepared: The return it stands behind.
        entries: Every entry of the period that was not voided, by day.
        papers: Every paper that proves one of them.
        commitments: What was owed on the last day.
        changes: What was done to the book: when, by whom and what.
        prepared_by: Who keeps the book.
    """
    signed = prepared.signed
    draft = signed is None or prepared.amending
    return AuditPaper(
        title=_("Audit statement"),
        first_day=prepared.first_day,
        last_day=prepared.last_day,
        prepared_by=prepared_by,
        header=(
            *(fact for fact in prepared.header if fact[1]),
            (_("Stands behind"), prepared.template.title),
        ),
        totals=(
            ReturnLine(_("Balance on the first day"), str(prepared.opening)),
            ReturnLine(_("Money in"), str(prepared.income)),
            ReturnLine(_("Money out"), str(prepared.expenditure)),
            ReturnLine(_("Balance on the last day"), str(prepared.closing), strong=True),
        ),
        agreement=tuple(
            _line(line, strong=False, itemised=True)
            for section in prepared.sections
            if section.kind == "bank_reconciliation"
            for line in section.lines
        ),
        entries=tuple(_entry(row) for row in entries),
        evidence=tuple(
            AuditEvidence(
                row.number, row.kind_label, row.title, row.day, row.sha256 if row.size else ""
            )
            for row in papers
        ),
        commitments=tuple(_commitment(row) for row in commitments),
        changes=tuple(AuditChange(*change) for change in changes),
        hashes=()
        if signed is None or draft
        else ((_("Fingerprint of the signed figures (SHA-256)"), signed.sha256),),
        draft=draft,
        dated=prepared.last_day if signed is None or draft else signed.declared_on,
        missing=tuple(_missing_words(row) for row in prepared.evidence_missing),
        program=_program(),
    )


def _program() -> str:
    return _("DP Employer {version}").format(version=__version__)


def _section(row: ReturnSectionRow) -> ReturnSection:
    """Print a section; on the closing balance every line is a total."""
    strong = row.kind == "closing"
    return ReturnSection(
        row.title,
        tuple(_line(line, strong=strong, itemised=line.itemised) for line in row.lines),
        row.columns,
        row.rows,
    )


def _line(line: ReturnLineRow, *, strong: bool, itemised: bool) -> ReturnLine:
    items = tuple((_item(item), str(item.amount)) for item in line.items) if itemised else ()
    return ReturnLine(line.label, line.text, items, strong=strong)


def _item(item: ReturnItemRow) -> str:
    if item.day is None:
        return item.label
    return _("{label}, {day}").format(label=item.label, day=short_date(item.day))


def _missing(row: EvidenceMissingRow) -> tuple[str, ...]:
    return (short_date(row.day), row.payee, str(row.amount), row.needs_label)


def _missing_words(row: EvidenceMissingRow) -> str:
    return _("{amount} to {payee} on {day}: {paper}.").format(
        amount=row.amount, payee=row.payee, day=long_date(row.day), paper=row.needs_label
    )


def _signatures(prepared: ReturnPrepared, *, draft: bool) -> tuple[Signature, ...]:
    signatories = prepared.declaration.signatories
    signed = prepared.signed
    if signed is None or draft:
        return tuple(Signature(one.label, one.name) for one in signatories)
    label = next((one.label for one in signatories if one.role == signed.capacity), signed.capacity)
    return (Signature(label, signed.signed_by, signed.declared_on),)


def _version(prepared: ReturnPrepared, *, draft: bool) -> str:
    signed = prepared.signed
    if signed is None:
        return ""
    if draft:
        return _("draft of version {next}; version {number} was signed on {day}").format(
            next=signed.version + 1, number=signed.version, day=long_date(signed.declared_on)
        )
    if signed.what_changed:
        return _("{number}; what changed: {words}").format(
            number=signed.version, words=signed.what_changed
        )
    return str(signed.version)


def _entry(row: EntryRow) -> AuditEntry:
    notes = [row.note] if row.note else []
    if row.needs:
        notes.append(_("Missing: {paper}").format(paper=row.needs_label))
    if row.line_id is None:
        notes.append(_("Not on a statement"))
    elif row.line_day is not None and row.line_day != row.day:
        notes.append(_("On the statement on {day}").format(day=short_date(row.line_day)))
    return AuditEntry(
        day=row.day,
        payee=row.payee,
        what_for=", ".join(dict.fromkeys(part.category_label for part in row.parts)),
        amount=row.amount,
        papers=tuple(paper.number for paper in row.papers),
        note="\n".join(notes),
    )


def _commitment(row: CommitmentRow) -> ReturnLine:
    words = _("{kind}: {payee}").format(kind=row.kind_label, payee=row.payee)
    if row.due is not None:
        words = _("{words}, due {day}").format(words=words, day=short_date(row.due))
    return ReturnLine(words, str(row.outstanding))
