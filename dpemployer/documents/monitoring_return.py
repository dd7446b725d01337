"""A funder's return as it is sent, and the audit statement behind it.

Both are made of parts that stand on the form in order; which parts there are, and what they
say, is the funder's template's business and was settled before. Amounts arrive as they print.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dpemployer.documents.layout import Paper
from dpemployer.documents.pdf import About
from dpemployer.documents.tables import Row, columns_of
from dpemployer.documents.words import fingerprint, period
from dpemployer.i18n import _, long_date, ngettext, short_date
from dpemployer.money import NOTHING, Money


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """One line of the form: its label and figure, and the items it lists, if it does."""

    label: str
    figure: str
    items: tuple[tuple[str, str], ...] = ()
    strong: bool = False
    """A total."""


@dataclass(frozen=True, slots=True)
class ReturnSection:
    """One part of the form: any of lines, a table and paragraphs, in that order."""

    title: str
    lines: tuple[ReturnLine, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    totals: tuple[str, ...] = ()
    """A last row for the table."""
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, or who signed, when and how."""

    label: str
    """In what standing: the person receiving the direct payment, for example."""
    name: str = ""
    signed_on: date | None = None
    """None: there is a line to sign on."""
    method: str = ""


@dataclass(frozen=True, slots=True)
class ReturnPaper:
    """Everything printed on one return."""

    title: str
    first_day: date
    last_day: date
    prepared_by: str
    header: tuple[tuple[str, str], ...]
    sections: tuple[ReturnSection, ...]
    statements: tuple[str, ...]
    """What is declared."""
    signatures: tuple[Signature, ...]
    draft: bool
    """Not signed: every page says so, and it cannot be taken for the real thing."""
    dated: date
    """The day it was signed, or for a draft its last day."""
    confidence: str = ""
    """How sure the program is of this form; it says to check with the funder."""
    template: str = ""
    """The form's name and version."""
    version: str = ""
    """Which version of this return this is, and what it replaces."""
    sha256: str = ""
    """Of the figures, once signed."""
    program: str = ""
    """Name and version of the program."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One entry of the cash book, and the papers that prove it."""

    day: date
    payee: str
    what_for: str
    amount: Money
    """In positive, out negative."""
    papers: tuple[int, ...] = ()
    """Numbers, as written on each paper's corner."""
    note: str = ""
    """Such as: not yet on the statement, or why there is no paper."""


@dataclass(frozen=True, slots=True)
class AuditEvidence:
    """One paper kept in the book."""

    number: int
    kind: str
    title: str
    day: date | None = None
    sha256: str = ""
    """Empty: it is held on paper, and there is no picture of it in the book."""


@dataclass(frozen=True, slots=True)
class AuditChange:
    """One thing that was done to the book."""

    when: str
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class AuditPaper:
    """Everything printed on an audit statement."""

    title: str
    first_day: date
    last_day: date
    prepared_by: str
    header: tuple[tuple[str, str], ...]
    totals: tuple[ReturnLine, ...]
    """Opening, in, out and closing."""
    agreement: tuple[ReturnLine, ...]
    """Statement, less payments not yet on it, plus receipts not yet on it, plus cash."""
    entries: tuple[AuditEntry, ...]
    evidence: tuple[AuditEvidence, ...]
    commitments: tuple[ReturnLine, ...]
    changes: tuple[AuditChange, ...]
    """Empty: the statement says nothing of them, and not that there were none."""
    hashes: tuple[tuple[str, str], ...]
    """What each is of, and the SHA-256."""
    draft: bool
    dated: date
    missing: tuple[str, ...] = ()
    """Papers that should be there and are not, each as a sentence with the reason, if known."""
    program: str = ""


def return_pdf(paper: ReturnPaper, *, large_print: bool) -> bytes:
    """Print a return: as signed, or as a draft that says so on every page."""
    sheet = _begin(paper, large_print=large_print)
    if paper.confidence:
        sheet.paragraph(paper.confidence)
    for section in paper.sections:
        _write_section(sheet, section)
    _write_declaration(sheet, paper)
    _write_origin(
        sheet,
        [
            (_("Form"), paper.template),
            (_("Version of this return"), paper.version),
            (_("Fingerprint of its figures (SHA-256)"), fingerprint(paper.sha256)),
            (_("Made with"), paper.program),
        ],
    )
    return sheet.finish()


def audit_statement_pdf(paper: AuditPaper, *, large_print: bool) -> bytes:
    """Print every entry of a period with its proof, and how the whole agrees with the bank."""
    sheet = _begin(paper, large_print=large_print)
    sections = (
        ReturnSection(_("The period in short"), paper.totals),
        ReturnSection(_("Does it agree with the bank?"), paper.agreement),
        _entries(paper.entries, large_print=large_print),
        _evidence(paper.evidence),
        ReturnSection(
            _("Papers that are missing"),
            paragraphs=paper.missing or (_("None: every payment that asks for one has it."),),
        ),
        ReturnSection(
            _("Bills on the way on the last day"),
            paper.commitments,
            paragraphs=() if paper.commitments else (_("None."),),
        ),
        *([_changes(paper.changes)] if paper.changes else []),
    )
    for section in sections:
        _write_section(sheet, section)
    hashes = [(label, fingerprint(sha256)) for label, sha256 in paper.hashes]
    _write_origin(sheet, [*hashes, (_("Made with"), paper.program)])
    return sheet.finish()


def _begin(paper: ReturnPaper | AuditPaper, *, large_print: bool) -> Paper:
    days = period(paper.first_day, paper.last_day)
    heading = _("{title}, {days}").format(title=paper.title, days=days)
    draft = _("DRAFT – not signed")
    sheet = Paper(
        About(title=heading, author=paper.prepared_by, dated=paper.dated),
        large_print=large_print,
        foot=_("{heading}. {draft}").format(heading=heading, draft=draft)
        if paper.draft
        else heading,
    )
    sheet.title(paper.title)
    if paper.draft:
        sheet.notice(draft)
    sheet.facts([*paper.header, (_("For"), days)])
    return sheet


def _write_section(sheet: Paper, section: ReturnSection) -> None:
    sheet.heading(section.title)
    if section.lines:
        sheet.amounts([row for line in section.lines for row in _rows(line)])
    if section.columns and section.rows:
        table = [*section.rows, section.totals] if section.totals else section.rows
        sheet.table(
            columns_of(section.columns, table),
            [Row(row, strong=row is section.totals) for row in table],
        )
    elif section.columns:
        sheet.paragraph(_("None."))
    for text in section.paragraphs:
        sheet.paragraph(text)


def _rows(line: ReturnLine) -> list[Row]:
    return [
        Row((line.label, line.figure), strong=line.strong),
        *(Row((f"– {label}", figure)) for label, figure in line.items),
    ]


def _write_declaration(sheet: Paper, paper: ReturnPaper) -> None:
    sheet.heading(_("Declaration"))
    if paper.draft:
        sheet.notice(_("DRAFT – not signed"))
    sheet.bullets(paper.statements)
    for signature in paper.signatures:
        sheet.subheading(signature.label)
        if signature.signed_on is None:
            name = _("Name: {name}").format(name=signature.name) if signature.name else _("Name")
            sheet.places_to_sign([_("Signed"), name, _("Date")])
        else:
            facts = [
                (_("Signed by"), signature.name),
                (_("On"), long_date(signature.signed_on)),
                (_("How"), signature.method),
            ]
            sheet.facts([fact for fact in facts if fact[1]])


def _write_origin(sheet: Paper, facts: list[tuple[str, str]]) -> None:
    known = [fact for fact in facts if fact[1]]
    if known:
        sheet.heading(_("Where this comes from"))
        sheet.facts(known)


def _entries(entries: tuple[AuditEntry, ...], *, large_print: bool) -> ReturnSection:
    """List every entry; in large print, what there is no room for stands under the payee."""
    if large_print:
        columns: tuple[str, ...] = (_("Day"), _("Entry"), _("In"), _("Out"))
    else:
        columns = (_("Day"), _("Paid to or from"), _("What for"), _("Papers"), _("In"), _("Out"))
    taken_in = Money.total(entry.amount for entry in entries if entry.amount > NOTHING)
    paid_out = -Money.total(entry.amount for entry in entries if entry.amount < NOTHING)
    return ReturnSection(
        _("Every entry"),
        columns=columns,
        rows=tuple(_entry_row(entry, large_print=large_print) for entry in entries),
        totals=(_("Total"), *[""] * (len(columns) - 3), str(taken_in), str(paid_out)),
        paragraphs=(
            _(
                "Money moved between two accounts of the same person is listed once in and once "
                "out. Papers are named by the number written on each."
            ),
        ),
    )


def _entry_row(entry: AuditEntry, *, large_print: bool) -> tuple[str, ...]:
    papers = ", ".join(map(str, entry.papers))
    what_for = f"{entry.what_for}\n{entry.note}" if entry.note else entry.what_for
    amounts = (
        str(entry.amount) if entry.amount >= NOTHING else "",
        str(-entry.amount) if entry.amount < NOTHING else "",
    )
    if not large_print:
        return (short_date(entry.day), entry.payee, what_for, papers, *amounts)
    words = [entry.payee, what_for]
    if papers:
        words.append(
            ngettext("Paper {numbers}", "Papers {numbers}", len(entry.papers)).format(
                numbers=papers
            )
        )
    return (short_date(entry.day), "\n".join(words), *amounts)


def _evidence(papers: tuple[AuditEvidence, ...]) -> ReturnSection:
    return ReturnSection(
        _("Papers"),
        columns=(_("Number"), _("Kind"), _("Title"), _("Day"), _("Fingerprint (SHA-256)")),
        rows=tuple(
            (
                str(paper.number),
                paper.kind,
                paper.title,
                short_date(paper.day) if paper.day else "",
                fingerprint(paper.sha256) or _("held on paper"),
            )
            for paper in papers
        ),
    )


def _changes(changes: tuple[AuditChange, ...]) -> ReturnSection:
    return ReturnSection(
        _("What was done, and when"),
        columns=(_("When"), _("Who"), _("What")),
        rows=tuple((change.when, change.who, change.what) for change in changes),
    )
