"""The evidence bundle of a return, gathered from the book and written whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from dpemployer.bookkeeping.accounts import Account, Statement, StatementLine
from dpemployer.bookkeeping.papers import Paper as KeptPaper
from dpemployer.bookkeeping.papers import PaperContent
from dpemployer.documents.bundle import (
    Bundle,
    BundleFigure,
    BundlePaper,
    BundlePart,
    BundlePayment,
    bundle_pdf,
)
from dpemployer.documents.letter import LetterPaper, letter_pdf
from dpemployer.documents.words import hours
from dpemployer.errors import EntryError, OutsideError
from dpemployer.i18n import _, long_date, short_date
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import PersonalAssistant
from dpemployer.payroll.timesheet import Timesheet, TimesheetStatus
from dpemployer.returns.form import form
from dpemployer.returns.form_tables import what_for
from dpemployer.services.return_papers import audit_paper, print_audit, print_form, return_paper
from dpemployer.services.shipped import categories

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from dpemployer.documents.bundle import Progress
    from dpemployer.returns.monitoring_return import MonitoringReturn
    from dpemployer.returns.period_facts import PeriodEntry
    from dpemployer.returns.signed import SignedReturn
    from dpemployer.services.papers import Papers
    from dpemployer.services.returns import Returns
    from dpemployer.store.book import Book
    from dpemployer.store.reading import Reading

_T = TypeVar("_T")
_PRIVATE = frozenset({"payslip", "timesheet", "payroll_summary", "letter", "expense_claim"})
"""Kinds of paper that say private things about a personal assistant."""


class Bundles:
    """Evidence bundles out of one book."""

    def __init__(self, book: Book, returns: Returns, papers: Papers) -> None:
        self._book = book
        self._returns = returns
        self._papers = papers

    def pdf(
        self,
        template: str,
        first_day: date,
        last_day: date,
        *,
        private: bool = False,
        progress: Progress | None = None,
    ) -> bytes:
        """Return the bundle of a return as one PDF.

        Args:
            template: Which return.
            first_day: Of its period.
            last_day: Of its period.
            private: Leave out what is private about personal assistants: their papers, and their
                names but for the initials.
            progress: Told how far it is; whatever it raises ends the work.
        """
        return bundle_pdf(self._bundle(template, first_day, last_day, private=private), progress)

    def write_file(
        self,
        file: Path,
        template: str,
        first_day: date,
        last_day: date,
        *,
        private: bool = False,
        progress: Progress | None = None,
    ) -> Path:
        """Write the bundle as one new file, whole or not at all.

        Raises:
            EntryError: If there is something of that name already.
            OutsideError: If it cannot be written.
        """
        _refuse_taken(file)
        whole = self.pdf(template, first_day, last_day, private=private, progress=progress)
        with _in_words(), _beside(file) as place:
            made = place / file.name
            made.write_bytes(whole)
            made.replace(file)
        return file

    def write_folder(
        self,
        folder: Path,
        template: str,
        first_day: date,
        last_day: date,
        *,
        private: bool = False,
        progress: Progress | None = None,
    ) -> Path:
        """Write the bundle as a new folder: the PDF with its index, and each paper beside it.

        Raises:
            EntryError: If there is something of that name already.
            OutsideError: If it cannot be written. Nothing is left then.
        """
        _refuse_taken(folder)
        bundle = self._bundle(template, first_day, last_day, private=private)
        whole = bundle_pdf(bundle, progress)
        with _in_words(), _beside(folder) as place:
            made = place / folder.name
            made.mkdir()
            for name, content in _files(bundle, whole):
                (made / name).write_bytes(content)
            made.replace(folder)
        return folder

    def _bundle(self, template: str, first_day: date, last_day: date, *, private: bool) -> Bundle:
        made, signed = self._returns.as_it_stands(template, first_day, last_day)
        with self._book.read() as reading:
            names = _names(reading) if private else {}
            numbered = {
                one.entry.id: number for number, one in enumerate(made.facts.entries, start=1)
            }
            kept = _kept(reading, made)
            payments = _payments(reading, made, numbered, kept)
            papers = _bundle_papers(reading, made, numbered, kept, private=private)
            on_form = return_paper(reading, made, signed)
            audit = audit_paper(reading, made, signed)
        title = _("Evidence for the {title}").format(title=made.template.title)
        bundle = Bundle(
            title=title,
            prepared_by=on_form.prepared_by,
            first_day=first_day,
            last_day=last_day,
            header=on_form.header,
            notes=_notes(signed, private=private),
            figures=_figures(made, numbered),
            payments=payments,
            before=(),
            papers=papers,
            after=(),
        )
        bundle = _hidden(bundle, names)
        on_form, audit = _hidden(on_form, names), _hidden(audit, names)
        return replace(
            bundle,
            before=(BundlePart(_("The return"), print_form(on_form)),),
            after=(
                *self._pay_parts(first_day, last_day, names, private=private),
                BundlePart(_("Audit statement"), print_audit(audit)),
            ),
        )

    def _pay_parts(
        self, first_day: date, last_day: date, names: Mapping[str, str], *, private: bool
    ) -> tuple[BundlePart, ...]:
        """Return the payslips and timesheets paid in the period, or what may be said of them."""
        with self._book.read() as reading:
            slips = reading.find(
                Payslip, between={"paid_on": (first_day, last_day)}, order_by=("paid_on", "id")
            )
            sheets = reading.find(
                Timesheet,
                any_of={"employment_id": [slip.employment_id for slip in slips]},
                status=TimesheetStatus.APPROVED,
                order_by=("first_day", "id"),
            )
        if not slips:
            return ()
        if private:
            return (BundlePart(_("Pay in the period"), _pay_summary(slips, names, last_day)),)
        paid = {(slip.employment_id, slip.first_day) for slip in slips}
        return (
            *(
                BundlePart(
                    _("Payslip {number}, {day}").format(
                        number=slip.id, day=short_date(slip.paid_on)
                    ),
                    self._papers.payslip(slip.id),
                )
                for slip in slips
            ),
            *(
                BundlePart(
                    _("Timesheet {number}, from {day}").format(
                        number=sheet.id, day=short_date(sheet.first_day)
                    ),
                    self._papers.timesheet(sheet.id),
                )
                for sheet in sheets
                if (sheet.employment_id, sheet.first_day) in paid
            ),
        )


def _refuse_taken(place: Path) -> None:
    if place.exists():
        raise EntryError(
            what=_("“{name}” is there already.").format(name=place.name),
            why=_("Nothing that is there is ever written over."),
            next_step=_("Choose another name."),
        )


@contextmanager
def _beside(place: Path) -> Iterator[Path]:
    """Give a folder to write in first, on the same disk; it is gone afterwards."""
    unfinished = Path(tempfile.mkdtemp(prefix=".bundle-", dir=place.parent))
    try:
        yield unfinished
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutsideError(
            _("The bundle could not be written."),
            _("The computer says: {reason}.").format(reason=error.strerror or error),
            _("Choose another folder, or make room on the disk, and try again."),
        ) from error


def _files(bundle: Bundle, whole: bytes) -> list[tuple[str, bytes]]:
    endings = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
    parts = (*bundle.before, *bundle.after)
    return [
        (_("0 bundle with index.pdf"), whole),
        *((f"{_safe(part.title)}.pdf", part.pdf) for part in parts),
        *(
            (
                f"{paper.label} {_safe(paper.title)}.{endings.get(paper.media_type, 'txt')}",
                paper.content,
            )
            for paper in bundle.papers
            if paper.content and not paper.left_out
        ),
    ]


def _safe(name: str) -> str:
    return "".join(letter if letter.isalnum() or letter in " ,.-–" else "-" for letter in name)[:80]


def _kept(reading: Reading, made: MonitoringReturn) -> dict[int, KeptPaper]:
    numbers = {number for one in made.facts.entries for number in one.papers}
    found = reading.find(KeptPaper, any_of={"number": sorted(numbers)}, order_by="number")
    return {paper.number: paper for paper in found}


def _label(number: int) -> str:
    return _("E{number}").format(number=number)


def _payments(
    reading: Reading,
    made: MonitoringReturn,
    numbered: Mapping[int, int],
    kept: Mapping[int, KeptPaper],
) -> tuple[BundlePayment, ...]:
    entries = made.facts.entries
    lines = reading.find(
        StatementLine, any_of={"id": [one.entry.statement_line_id or 0 for one in entries]}
    )
    line_of = {line.id: line for line in lines}
    accounts = {account.id: account.name for account in reading.find(Account)}
    statements = {one.id: one for one in reading.find(Statement)}
    missing = {one.entry_id: one for one in made.evidence_missing}
    found = []
    for one in entries:
        lacks = missing.get(one.entry.id)
        found.append(
            BundlePayment(
                number=numbered[one.entry.id],
                day=one.entry.day,
                payee=one.entry.payee,
                what_for=what_for(one, categories()),
                amount=str(one.entry.amount),
                on_statement=_on_statement(one, line_of, accounts, statements),
                papers=tuple(_label(number) for number in one.papers if number in kept),
                missing=""
                if lacks is None
                else _("missing: {paper}").format(paper=categories().evidence[lacks.needs]),
            )
        )
    return tuple(found)


def _on_statement(
    one: PeriodEntry,
    lines: Mapping[int, StatementLine],
    accounts: Mapping[int, str],
    statements: Mapping[int, Statement],
) -> str:
    line = lines.get(one.entry.statement_line_id or 0)
    if line is None:
        return _("on none yet") if one.entry.amount else ""
    statement = statements.get(line.statement_id)
    until = "" if statement is None else short_date(statement.last_day)
    return _("{account}, statement to {until}, line of {day}").format(
        account=accounts.get(line.account_id, ""), until=until, day=short_date(line.day)
    )


def _bundle_papers(
    reading: Reading,
    made: MonitoringReturn,
    numbered: Mapping[int, int],
    kept: Mapping[int, KeptPaper],
    *,
    private: bool,
) -> tuple[BundlePaper, ...]:
    proves: dict[int, list[int]] = {}
    for one in made.facts.entries:
        for number in one.papers:
            proves.setdefault(number, []).append(numbered[one.entry.id])
    contents = {
        each.paper_id: each.content
        for each in reading.find(
            PaperContent, any_of={"paper_id": [paper.id for paper in kept.values()]}
        )
    }
    hidden = _("left out: it says private things about a personal assistant")
    return tuple(
        BundlePaper(
            label=_label(number),
            kind=categories().evidence[paper.kind],
            title=paper.title,
            day=paper.day,
            payments=tuple(sorted(proves.get(number, ()))),
            content=b"" if private and paper.kind in _PRIVATE else contents.get(paper.id, b""),
            media_type=paper.media_type,
            left_out=hidden if private and paper.kind in _PRIVATE else "",
        )
        for number, paper in kept.items()
    )


def _figures(made: MonitoringReturn, numbered: Mapping[int, int]) -> tuple[BundleFigure, ...]:
    found = []
    for section in form(made, categories()):
        for line in section.lines:
            numbers = {
                numbered[item.entry_id]
                for item in line.items
                if item.entry_id is not None and item.entry_id in numbered
            }
            if numbers and not line.hidden:
                found.append(BundleFigure(line.label, line.text, tuple(sorted(numbers))))
    return tuple(found)


def _notes(signed: SignedReturn | None, *, private: bool) -> tuple[str, ...]:
    notes = [
        _("DRAFT: the return has not been signed.")
        if signed is None
        else _("The return was signed by {name} on {day}.").format(
            name=signed.signed_by, day=long_date(signed.declared_on)
        )
    ]
    if private:
        notes.append(
            _(
                "In this copy personal assistants are named by their initials, and papers that say "
                "private things about them are left out. The whole bundle can be shown on request."
            )
        )
    return tuple(notes)


# ── what is private ──


def _names(reading: Reading) -> Mapping[str, str]:
    """Return what stands in place of each personal assistant's name, the longest first."""
    found: dict[str, str] = {}
    for person in reading.find(PersonalAssistant):
        found[person.name] = person.initials
        found[f"{person.surname}, {person.first_names}"] = person.initials
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))


def _hidden(thing: _T, names: Mapping[str, str]) -> _T:
    """Return a copy of frozen rows with every name in their words replaced."""
    if not names:
        return thing
    return _replaced(thing, names)  # type: ignore[no-any-return]  # of the kind it was given


def _replaced(thing: Any, names: Mapping[str, str]) -> Any:
    match thing:
        case str():
            for name, initials in names.items():
                thing = _without(thing, name, initials)
            return thing
        case tuple():
            return tuple(_replaced(each, names) for each in thing)
        case _ if is_dataclass(thing) and not isinstance(thing, type):
            changed = {
                field.name: _replaced(getattr(thing, field.name), names)
                for field in fields(thing)
                if isinstance(getattr(thing, field.name), str | tuple)
            }
            return replace(thing, **changed)
        case _:
            return thing


def _without(text: str, name: str, initials: str) -> str:
    """Replace a name however its letters are written."""
    place = text.casefold().find(name.casefold())
    while place >= 0:
        text = f"{text[:place]}{initials}{text[place + len(name) :]}"
        place = text.casefold().find(name.casefold(), place + len(initials))
    return text


def _pay_summary(slips: tuple[Payslip, ...], names: Mapping[str, str], dated: date) -> bytes:
    rows = tuple(
        (
            names.get(slip.name, _("PA")),
            short_date(slip.paid_on),
            hours(slip.minutes),
            str(slip.gross_pay),
            str(slip.gross_pay + slip.expenses + slip.redundancy_pay - slip.net_pay),
            str(slip.net_pay),
        )
        for slip in slips
    )
    return letter_pdf(
        LetterPaper(
            heading=_("Pay in the period"),
            sender="",
            dated=dated,
            columns=(
                *(_("Who"), _("Paid on"), _("Hours"), _("Gross pay")),
                *(_("Taken off"), _("Net pay")),
            ),
            rows=rows,
        ),
        large_print=False,
    )
