"""A return as the rows that windows show."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dpemployer.findings import Severity
from dpemployer.i18n import _, long_date, ngettext
from dpemployer.money import Money
from dpemployer.payroll.household import Party, Role, RoleHeld
from dpemployer.returns.calendar import due_day
from dpemployer.returns.evidence import papers_asked
from dpemployer.returns.form import FormLine, FormSection, form
from dpemployer.returns.signed import ReturnAmendment, SignedReturn
from dpemployer.services.money_rows import (
    ChecklistRow,
    Declaration,
    EvidenceMissingRow,
    PaperAskedRow,
    ReturnItemRow,
    ReturnLineRow,
    ReturnPrepared,
    ReturnSectionRow,
    Signatory,
    SignedRow,
    TemplateRow,
)
from dpemployer.services.shipped import categories

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dpemployer.errors import EntryError
    from dpemployer.returns.monitoring_return import MonitoringReturn
    from dpemployer.returns.template import ReturnTemplate
    from dpemployer.store.reading import Reading

_RECIPIENT = "recipient"


def template_row(template: ReturnTemplate, *, own: bool) -> TemplateRow:
    """Describe a template, and how sure the program is of it."""
    return TemplateRow(
        template=template.id,
        version=template.version,
        title=template.title,
        jurisdiction=template.jurisdiction,
        funder_kind=template.funder_kind,
        confidence=template.confidence.value,
        confidence_words=template.confidence_words,
        basis_note=template.basis_note,
        modelled_on=template.modelled_on,
        frequency=template.period.frequency,
        alignment=template.period.alignment.value,
        own=own,
        problem=" ".join(template.warnings),
    )


def broken_row(name: str, error: EntryError) -> TemplateRow:
    """Describe a template of the person's own that cannot be used, and why."""
    return TemplateRow(
        name,
        "",
        name,
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        own=True,
        problem=f"{error.what} {error.why}",
    )


def signed_row(reading: Reading, one: SignedReturn, title: str) -> SignedRow:
    """Describe one signed version."""
    return SignedRow(
        signed_id=one.id,
        template=one.template,
        title=title,
        first_day=one.first_day,
        last_day=one.last_day,
        version=one.version,
        signed_by=one.signed_by,
        capacity=one.capacity,
        declared_on=one.declared_on,
        signed_at=one.signed_at,
        sha256=one.sha256,
        what_changed=one.what_changed,
        replaced=bool(reading.count(SignedReturn, replaces_id=one.id)),
        amending=bool(reading.count(ReturnAmendment, signed_return_id=one.id)),
        closing=Money(json.loads(one.figures)["answers"]["totals_p"]["closing_book"]),
    )


def prepared(
    reading: Reading, made: MonitoringReturn, version: SignedReturn | None, *, own: bool
) -> ReturnPrepared:
    """Show a return as it stands, with what is left to do."""
    template, facts = made.template, made.facts
    row = None if version is None else signed_row(reading, version, template.title)
    return ReturnPrepared(
        template=template_row(template, own=own),
        first_day=facts.first_day,
        last_day=facts.last_day,
        header=header(reading, made),
        sections=tuple(_section_row(section) for section in form(made, categories())),
        opening=made.totals.opening,
        income=made.totals.income,
        expenditure=made.totals.expenditure,
        closing=made.totals.closing,
        difference=made.agreement.difference,
        findings=made.findings,
        checklist=_checklist(made),
        evidence_missing=tuple(
            EvidenceMissingRow(
                one.entry_id,
                one.day,
                one.payee,
                one.amount,
                one.needs,
                categories().evidence[one.needs],
            )
            for one in made.evidence_missing
        ),
        declaration=Declaration(template.statements, template.methods, signatories(reading, made)),
        due=due_day(template.period, facts.last_day),
        signed=None if row is None or row.amending else row,
        amending=row is not None and row.amending,
        papers_asked=tuple(
            PaperAskedRow(one.code, one.label, one.words, one.applies, one.held, one.lacking)
            for one in papers_asked(made)
        ),
    )


def _section_row(section: FormSection) -> ReturnSectionRow:
    foot = (section.table.totals,) if section.table.totals else ()
    return ReturnSectionRow(
        section.id,
        section.kind.value,
        section.title,
        tuple(_line_row(line) for line in section.lines),
        section.table.columns,
        (*section.table.rows, *foot),
    )


def _line_row(line: FormLine) -> ReturnLineRow:
    return ReturnLineRow(
        line.id,
        line.label,
        line.amount,
        line.text,
        line.itemised,
        tuple(
            ReturnItemRow(item.day, item.label, item.amount, item.entry_id, item.papers)
            for item in line.items
        ),
        line.how,
    )


# ── who ──────────────────────────────────────────────────────────────────────────────


def held(reading: Reading, role: Role, day: date) -> tuple[tuple[Party, RoleHeld], ...]:
    """Return whoever plays a part on a day."""
    return tuple(
        (reading.get(Party, one.party_id), one)
        for one in reading.find(RoleHeld, role=role, order_by="from_day")
        if one.from_day <= day and (one.to_day is None or one.to_day >= day)
    )


def header(reading: Reading, made: MonitoringReturn) -> tuple[tuple[str, str], ...]:
    """Fill in the top of the form from what the book knows."""
    last = made.facts.last_day
    person = held(reading, Role.PERSON_SUPPORTED, last)
    manager = held(reading, Role.MONEY_MANAGER, last)
    known: dict[str, str] = {
        "period_from": long_date(made.facts.first_day),
        "period_to": long_date(last),
    }
    if person:
        supported = person[-1][0]
        known |= {
            "person_name": supported.name,
            "reference": supported.reference,
            "contact": supported.contact,
            "address": supported.address,
        }
    if manager:
        party, role = manager[-1]
        if not person or party.id != person[-1][0].id:
            known["manager_name"] = (
                f"{party.name} ({role.capacity})" if role.capacity else party.name
            )
        known["contact"] = party.contact or known.get("contact", "")
    return tuple(
        (field.label, known.get(field.id, ""))
        for field in made.template.header
        if not field.filled_by_funder
    )


def may_sign(reading: Reading, role: str, day: date) -> tuple[str, ...]:
    """Return the names of whoever may sign in one role of a declaration."""
    parts = (Role.PERSON_SUPPORTED,) if role == _RECIPIENT else (Role.SIGNATORY, Role.MONEY_MANAGER)
    names = [party.name for part in parts for party, _held in held(reading, part, day)]
    return tuple(dict.fromkeys(names))


def signatories(reading: Reading, made: MonitoringReturn) -> tuple[Signatory, ...]:
    """Return whoever may sign, one for each name that is known."""
    found: list[Signatory] = []
    for rule in made.template.signatories:
        names = may_sign(reading, rule.role, made.facts.last_day) or ("",)
        found += [Signatory(rule.role, rule.label, name) for name in names]
    return tuple(found)


# ── what is left ─────────────────────────────────────────────────────────────────────


def _checklist(made: MonitoringReturn) -> tuple[ChecklistRow, ...]:
    """List what has to be so before the return can be signed, done or not."""
    open_ = {finding.code for finding in made.findings if finding.blocks}
    difference, left = made.agreement.difference, made.facts.lines_to_code
    missing = len(made.evidence_missing)
    other = [
        finding.message
        for finding in made.findings
        if finding.blocks and finding.code not in {"difference", "lines_to_code", "statement"}
    ]
    covered = not any(one.code == "statements_missing" for one in made.findings)
    return (
        ChecklistRow(
            "statements",
            covered and "statement" not in open_,
            _("Every day is on a statement, and every statement adds up.")
            if covered and "statement" not in open_
            else _("Bring in the statements for every day of the period."),
        ),
        ChecklistRow(
            "lines_to_code",
            not left,
            _("Every line of the statements is explained.")
            if not left
            else ngettext(
                "Say what {count} line of the statements was for.",
                "Say what {count} lines of the statements were for.",
                left,
            ).format(count=left),
        ),
        ChecklistRow(
            "difference",
            not difference,
            _("The bank and the book agree to the penny.")
            if not difference
            else _("Find the {amount} by which the bank and the book differ.").format(
                amount=abs(difference)
            ),
        ),
        ChecklistRow(
            "evidence",
            not missing,
            _("Every payment has the paper it asks for.")
            if not missing
            else ngettext(
                "{count} payment has no paper; it is listed on the return.",
                "{count} payments have no paper; they are listed on the return.",
                missing,
            ).format(count=missing),
        ),
        *(ChecklistRow("other", done=False, text=message) for message in other),
    )


def blocking(made: MonitoringReturn) -> Sequence[str]:
    """Return every sentence that says why a return may not be signed."""
    return [one.message for one in made.findings if one.severity is Severity.BLOCKING]
