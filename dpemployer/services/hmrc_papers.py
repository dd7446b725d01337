"""What is printed about HMRC: sheets of figures, the P32, the deductions record, P60 figures.

They are printed from the payslips as they stand, as often as they are wanted. None is a form of
HMRC's, and none is called one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer import clock
from dpemployer.documents.figures_sheet import (
    FiguresPaper,
    FiguresPart,
    FiguresTable,
    figures_pdf,
)
from dpemployer.i18n import _, long_date
from dpemployer.identifiers import ACCOUNTS_OFFICE_REFERENCE, paye_reference_shown
from dpemployer.payroll.deductions_record import cells_of, headings
from dpemployer.services.hmrc_sheets import scheme_on
from dpemployer.services.reading import employer_on

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from dpemployer.payroll.added_up import Added
    from dpemployer.payroll.household import Party
    from dpemployer.periods import TaxYear
    from dpemployer.services.hmrc import Hmrc
    from dpemployer.services.hmrc_rows import P32Row, PersonSheet, ReportRow, SheetPart
    from dpemployer.store.book import Book

_TAX_COLUMNS = (0, 1, 2, 3, 4, 5, 6, 13)
_NI_COLUMNS = (0, 7, 8, 9, 10, 11, 12)
"""A line of the deductions record is too wide for one page: which columns each table has."""


class HmrcPapers:
    """What one book prints about HMRC."""

    def __init__(self, book: Book, hmrc: Hmrc) -> None:
        self._book = book
        self._hmrc = hmrc

    def report(self, row: ReportRow, *, large: bool = False) -> bytes:
        """Print what is told of a payday, a month, a quarter or a year.

        Raises:
            RefusedError: If nobody is recorded as the employer on its day.
        """
        sheet = self._hmrc.sheet(row)
        employer = self._employer(row.day)
        parts = [_part(part) for part in sheet.parts if part.items]
        for person in sheet.people:
            parts += _person_parts(person)
        paper = FiguresPaper(
            heading=sheet.title,
            sender=_sender(employer),
            dated=row.day,
            facts=(
                (_("Employer"), employer.name),
                (_("To be told by"), long_date(row.due)),
            ),
            notes=sheet.notes,
            warnings=tuple(
                _("{subject}: {message}").format(subject=each.subject, message=each.message)
                for each in (*sheet.findings, *(f for one in sheet.people for f in one.findings))
            ),
            parts=tuple(parts),
            closing=(
                _("This sheet is for copying figures from. It has not been sent to anybody."),
            ),
            sign=(_("Done on"), _("By"), _("How, and what came back")),
        )
        return figures_pdf(paper, large_print=large)

    def p32(self, year: TaxYear, *, large: bool = False) -> bytes:
        """Print the employer payment record of a tax year: months, quarters and the year."""
        employer, facts = self._head(year.last_day)
        months, quarters = self._hmrc.p32(year), self._hmrc.p32_quarters(year)
        whole = self._hmrc.p32_year(year)
        test = self._hmrc.quarterly(year, clock.today())
        paper = FiguresPaper(
            heading=_("Employer payment record (P32) {year}").format(year=year),
            sender=_sender(employer),
            dated=year.last_day,
            facts=facts,
            tables=(
                _p32_table(
                    _("Tax and loans"),
                    ("income_tax", "student_loans", "postgraduate_loans", "net_income_tax"),
                    months,
                    whole,
                ),
                _p32_table(
                    _("National Insurance"),
                    ("employee_ni", "employer_ni", "gross_ni"),
                    months,
                    whole,
                ),
                _p32_table(
                    _("Deductions"),
                    ("allowance", "recovered", "compensation", "deductions", "net_ni"),
                    months,
                    whole,
                ),
                _due_table(_("To pay HMRC, by tax month"), months, whole),
                _due_table(_("To pay HMRC, by quarter"), quarters, whole),
            ),
            closing=tuple(step.sentence for step in test.steps),
        )
        return figures_pdf(paper, large_print=large)

    def record(self, employment_id: int, year: TaxYear, *, large: bool = False) -> bytes:
        """Print the deductions record of one job in a tax year."""
        sheet = self._hmrc.record(employment_id, year)
        employer, facts = self._head(year.last_day)
        cells = [cells_of(line) for line in sheet.lines]
        words = headings()
        paper = FiguresPaper(
            heading=_("Deductions record {year}: {name}").format(year=year, name=sheet.name),
            sender=_sender(employer),
            dated=year.last_day,
            facts=(*facts, *sheet.facts),
            tables=(
                FiguresTable(
                    _("Pay, tax and loans"),
                    tuple(words[place] for place in _TAX_COLUMNS),
                    tuple(tuple(line[place] for place in _TAX_COLUMNS) for line in cells),
                ),
                FiguresTable(
                    _("National Insurance"),
                    tuple(words[place] for place in _NI_COLUMNS),
                    tuple(tuple(line[place] for place in _NI_COLUMNS) for line in cells),
                ),
                FiguresTable(
                    _("Totals of the tax year"),
                    (_("Figure"), _("Total")),
                    tuple((one.label, one.shown) for one in sheet.totals),
                ),
            ),
            closing=(_("Keep this for three years after the tax year. It is not sent to HMRC."),),
        )
        return figures_pdf(paper, large_print=large)

    def p60(self, employment_id: int, year: TaxYear, *, large: bool = False) -> bytes:
        """Print the P60 figures of one person."""
        row = self._hmrc.p60(employment_id, year, clock.today())
        employer, facts = self._head(year.last_day)
        p60 = row.p60
        code = ((_("Final tax code"), p60.final_code, ""),) if p60.final_code else ()
        parts = [
            FiguresPart(_("Pay and Income Tax"), (*_figures(p60.pay_and_tax), *code)),
            *(
                FiguresPart(
                    _("National Insurance in this employment, letter {letter}").format(
                        letter=letter
                    ),
                    _figures(figures),
                )
                for letter, figures in p60.insurance
            ),
            *(
                (FiguresPart(_("Statutory payments in the pay above"), _figures(p60.statutory)),)
                if p60.statutory
                else ()
            ),
            FiguresPart(_("Loans in this employment"), _figures(p60.loans)),
        ]
        paper = FiguresPaper(
            heading=_("P60 figures, tax year to 5 April {end}").format(end=year.start + 1),
            sender=_sender(employer),
            dated=year.last_day,
            facts=(*row.facts, (_("Employer"), _sender(employer)), *facts),
            warnings=tuple(
                _("Not to be given out yet. {why}").format(why=finding.message)
                for finding in row.findings
            ),
            parts=tuple(parts),
            closing=(
                _(
                    "These are the figures of your P60, the end of year certificate. Keep them: "
                    "you may need them for a tax return, a claim or a loan."
                ),
                _(
                    "They have not been compared with HMRC’s specification for P60 forms. HMRC’s "
                    "Basic PAYE Tools and HMRC’s own P60 paper can be filled in from them."
                ),
            ),
        )
        return figures_pdf(paper, large_print=large)

    # ── inside ──

    def _employer(self, day: date) -> Party:
        with self._book.read() as reading:
            return employer_on(reading, day)

    def _head(self, day: date) -> tuple[Party, tuple[tuple[str, str], ...]]:
        """Return the employer, and the references that stand at the head of a record."""
        with self._book.read() as reading:
            employer = employer_on(reading, min(day, clock.today()))
            scheme = scheme_on(reading, day)
        facts = (
            (
                (_("Employer PAYE reference"), paye_reference_shown(scheme.paye_reference)),
                (
                    _("Accounts Office reference"),
                    ACCOUNTS_OFFICE_REFERENCE.shown(scheme.accounts_office_reference),
                ),
            )
            if scheme
            else ()
        )
        return employer, tuple(fact for fact in facts if fact[1])


def _sender(employer: Party) -> str:
    return f"{employer.name}\n{employer.address}".strip()


def _part(part: SheetPart, whose: str = "") -> FiguresPart:
    return FiguresPart(
        part.title,
        tuple((item.label, item.value, item.note) for item in part.items),
        part.hint,
        whose,
    )


def _person_parts(person: PersonSheet) -> list[FiguresPart]:
    return [
        _part(part, person.name if not place else "") for place, part in enumerate(person.parts)
    ]


def _figures(figures: Iterable[Added]) -> tuple[tuple[str, str, str], ...]:
    return tuple((one.label, one.shown, "") for one in figures)


def _p32_table(
    title: str, keys: tuple[str, ...], months: tuple[P32Row, ...], whole: P32Row
) -> FiguresTable:
    names = {one.key: one.label for one in whole.figures}
    return FiguresTable(
        title,
        (_("Tax month to"), *(names[key] for key in keys)),
        tuple((long_date(row.last_day), *(str(row.amount(key)) for key in keys)) for row in months),
        (
            _("Tax year {year}").format(year=whole.tax_year),
            *(str(whole.amount(key)) for key in keys),
        ),
    )


def _due_table(title: str, rows: tuple[P32Row, ...], whole: P32Row) -> FiguresTable:
    return FiguresTable(
        title,
        (_("To"), _("To pay HMRC"), _("To be with HMRC by"), _("Paid so far"), _("Last paid on")),
        tuple(
            (
                long_date(row.last_day),
                str(row.amount("due")),
                long_date(row.due_on),
                str(row.paid),
                long_date(row.paid_on) if row.paid_on else "",
            )
            for row in rows
        ),
        (
            _("Tax year {year}").format(year=whole.tax_year),
            str(whole.amount("due")),
            "",
            str(whole.paid),
            "",
        ),
    )
