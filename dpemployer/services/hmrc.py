"""What a person does about HMRC: see what is to be told, tell it elsewhere, and tick it here.

Nothing is sent from here. A report counts as told when somebody says so, with the day, who did it
and how. What was ticked by mistake is put right, and the history keeps both.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dpemployer import clock
from dpemployer.errors import EntryError
from dpemployer.findings import Finding, Severity
from dpemployer.i18n import _, long_date
from dpemployer.payroll.payday import PayRun, PayRunStatus
from dpemployer.payroll.people import Employment
from dpemployer.payroll.reporting import (
    HowTold,
    ReportedJob,
    ReportKind,
    Told,
    band_of,
    checked_told,
    late_finding,
    paper_findings,
)
from dpemployer.periods import TaxMonth, TaxYear
from dpemployer.services.agenda import ToDo, ToDoKind
from dpemployer.services.drafts import assistants_of
from dpemployer.services.hmrc_due import key_of, reports_of
from dpemployer.services.hmrc_records import Records
from dpemployer.services.hmrc_rows import JobRow, ReportRow, ReportSheet, SheetItem, SheetPart
from dpemployer.services.hmrc_sheets import (
    employer_part,
    job_of,
    payday_people,
    quarter_people,
    recovered_parts,
    scheme_on,
)
from dpemployer.services.hmrc_words import (
    as_a_whole,
    month_notes,
    p60_notes,
    payday_notes,
    quarter_notes,
    says,
    title,
)
from dpemployer.services.reading import put, terms_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dpemployer.payroll.added_up import Added
    from dpemployer.statutory.rates import RateBook
    from dpemployer.store.book import Book

_SOON = timedelta(days=14)
"""What is due later than this is not yet anything to do."""


class Hmrc(Records):
    """What HMRC is told, from one book."""

    def __init__(self, book: Book, rates: RateBook) -> None:
        self._book = book
        self._rates = rates

    # ── what is to be told ──

    def reports(self, year: TaxYear, on: date) -> tuple[ReportRow, ...]:
        """List everything to be told about a tax year, by the day it is due.

        What cannot be told yet is left out: a month that is not over, a payday not final.
        """
        with self._book.read() as reading:
            return reports_of(reading, self._rates, year, on)

    def to_do(self, on: date) -> Iterator[ToDo]:
        """Say what is still to be told: one thing of each kind, the oldest of it."""
        year = TaxYear.of(on)
        before = TaxYear(year.start - 1)
        waiting: dict[ReportKind, list[ReportRow]] = {}
        for row in (*self.reports(before, on), *self.reports(year, on)):
            if row.told is None and row.due <= on + _SOON:
                waiting.setdefault(row.kind, []).append(row)
        for kind, rows in waiting.items():
            yield ToDo(
                ToDoKind.TASK,
                by=rows[0].due,
                late=rows[0].late,
                says=says(rows),
                button=_("Give the figures") if kind is ReportKind.P60 else _("See the figures"),
                page="hmrc",
                what=("p60s" if kind is ReportKind.P60 else "reports", rows[0].tax_year),
            )

    def findings(self, on: date) -> tuple[Finding, ...]:
        """Say what stands in the way of telling HMRC, or is not certain about it."""
        with self._book.read() as reading:
            scheme = scheme_on(reading, on)
            paid = bool(reading.find(PayRun, status=PayRunStatus.FINAL, limit=1))
        if scheme is not None and scheme.files_on_paper:
            return paper_findings(self._rates.on(min(on, self._rates.last_day)))
        if scheme is not None and scheme.paye_reference:
            return ()
        limit = self._rates.on(min(on, self._rates.last_day))["paye_registration"].money()
        return (
            Finding(
                Severity.WARNING if paid else Severity.NOTE,
                "no_paye_reference",
                _("Your PAYE reference"),
                _(
                    "There is no PAYE reference in this book. You need one if anybody earns "
                    "{limit} a week or more, has another job, or gets a pension. Ask HMRC for it "
                    "before the first payday, and add it in Settings, under “You and HMRC”."
                ).format(limit=limit),
                source="GOV.UK, PAYE and payroll for employers",
            ),
        )

    def sheet(self, row: ReportRow) -> ReportSheet:
        """Return everything to type, or to copy on to a form, for one report."""
        year = TaxYear.parse(row.tax_year)
        with self._book.read() as reading:
            scheme = scheme_on(reading, row.day)
            match row.kind:
                case ReportKind.PAYDAY:
                    run = reading.get(PayRun, row.pay_run_id or 0)
                    people = payday_people(reading, self._rates, run, clock.today())
                    notes = payday_notes(row, on_paper=scheme is not None and scheme.files_on_paper)
                    return ReportSheet(row, title(row), (employer_part(scheme),), people, (), notes)
                case ReportKind.P60:
                    p60 = self.p60(row.employment_id or 0, year, clock.today())
                    figures = SheetPart("p60", title(row), tuple(_items(p60.p60.figures)))
                    return ReportSheet(row, title(row), (figures,), (), p60.findings, p60_notes())
                case ReportKind.QUARTER:
                    people = quarter_people(
                        reading, self._rates, year, (row.first_day, row.day), clock.today()
                    )
                    months = [TaxMonth(year, row.number * 3 - back) for back in (2, 1, 0)]
                    parts = recovered_parts(reading, self._rates, months[-1])
                    return ReportSheet(
                        row,
                        title(row),
                        (employer_part(scheme), as_a_whole(row, parts)),
                        people,
                        paper_findings(self._rates.on(row.first_day)),
                        quarter_notes(row, self._rates.on(row.first_day)),
                    )
                case _:
                    parts = (
                        recovered_parts(reading, self._rates, TaxMonth(year, row.number))
                        if row.number
                        else ()
                    )
                    return ReportSheet(
                        row,
                        title(row),
                        (employer_part(scheme), as_a_whole(row, parts)),
                        (),
                        (),
                        month_notes(row),
                    )

    # ── ticking it ──

    def tell(
        self,
        row: ReportRow,
        told_on: date,
        told_by: str,
        how: HowTold,
        *,
        reference: str = "",
        note: str = "",
        final: bool = False,
    ) -> Finding | None:
        """Record that something was told; say plainly if that was late.

        Raises:
            EntryError: If the day is still to come, nobody is named, or it is ticked already.
        """
        told = checked_told(
            Told(
                id=0,
                kind=row.kind,
                tax_year=row.tax_year,
                told_on=told_on,
                told_by=told_by.strip(),
                how=how,
                number=row.number,
                pay_run_id=row.pay_run_id,
                employment_id=row.employment_id,
                reference=reference.strip(),
                note=note.strip(),
                final=final or row.kind is ReportKind.YEAR,
            ),
            clock.today(),
        )
        with self._book.change("Ticked what HMRC was told") as tx:
            for other in tx.find(Told, tax_year=row.tax_year, kind=row.kind):
                if key_of(other) == row.key:
                    raise _ticked_already(other)
            tx.add(told)
        return late_finding(title(row), row.due, told_on)

    def change_told(self, told: Told) -> None:
        """Put right what was ticked: its day, who, how, or what came back."""
        told = checked_told(replace(told, told_by=told.told_by.strip()), clock.today())
        with self._book.change("Put right what HMRC was told") as tx:
            tx.update(told)

    def untell(self, told_id: int, reason: str) -> None:
        """Take back a tick that was a mistake: it was not told after all."""
        reason = reason.strip()
        if not reason:
            raise EntryError(
                what=_("The reason is missing."),
                why=_("Whoever looks at the history later needs to know why it was taken back."),
                next_step=_("Say in a few words what was wrong."),
            )
        with self._book.change("Took back that HMRC was told", reason) as tx:
            tx.remove(tx.get(Told, told_id))

    # ── what HMRC asks about a job ──

    def jobs(self, on: date) -> tuple[JobRow, ...]:
        """List what HMRC asks about each job beside its terms."""
        rates = self._rates.on(min(max(on, self._rates.first_day), self._rates.last_day))
        with self._book.read() as reading:
            employments = reading.find(Employment)
            names = assistants_of(reading, employments)
            terms = terms_of(reading, [one.id for one in employments])
            return tuple(
                sorted(
                    (
                        JobRow(
                            one.id,
                            names[one.assistant_id].name,
                            job := job_of(reading, one.id),
                            band_of(terms[one.id].weekly_hours_on(on), job, rates),
                        )
                        for one in employments
                    ),
                    key=lambda row: row.name.casefold(),
                )
            )

    def set_job(self, job: ReportedJob) -> int:
        """Record what HMRC asks about a job."""
        with self._book.change("Set what HMRC asks about a job") as tx:
            same = tx.find_one(ReportedJob, employment_id=job.employment_id)
            return put(tx, replace(job, id=same.id if same else 0))


def _ticked_already(told: Told) -> EntryError:
    return EntryError(
        what=_("This is ticked already: {who} did it on {day}.").format(
            who=told.told_by, day=long_date(told.told_on)
        ),
        why=_("Each report is ticked once."),
        next_step=_("To change the day or the name, put that tick right."),
    )


def _items(figures: Iterable[Added]) -> Iterator[SheetItem]:
    return (SheetItem(one.key, one.label, one.shown, added=one) for one in figures)
