"""HMRC, the records: the P32 by month and quarter, deductions records, P60 figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpemployer import clock
from dpemployer.i18n import N_, _, long_date
from dpemployer.services.hmrc_rows import ReportKind
from ui.actions import Command
from ui.dialogs.added_figures import AddedFiguresDialog, Figures, Lines
from ui.dialogs.form_dialog import FormDialog
from ui.dialogs.pdf_view import PdfDialog
from ui.dialogs.working import show_working
from ui.forms.hmrc import TellForm
from ui.models.hmrc import P32, P60S, RECORD, period_words
from ui.models.rows import Column
from ui.pages.hmrc_part import HmrcPart, Host
from ui.widgets.notice import Notices
from ui.widgets.table import Table
from ui.widgets.words import Card, Words, hint

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from dpemployer.office import Office
    from dpemployer.periods import TaxYear
    from dpemployer.services.hmrc_rows import P32Row, P60Row, RecordLine, RecordSheet, VerdictRow
    from dpemployer.services.rows import EmploymentRow
    from dpemployer.workings import Step
    from ui.actions import Commands

_PAGE = N_("This page")

PEOPLE: tuple[Column[EmploymentRow], ...] = (
    Column(N_("Who"), text=lambda row: row.name),
    Column(N_("Payroll ID"), text=lambda row: row.payroll_id),
)


class OwedPart(HmrcPart):
    """The employer payment record: each tax month, its quarters, and the year."""

    NAME = N_("What is owed (P32)")

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.table: Table[P32Row] = Table(
            _("Employer payment record"), P32, empty=_("Nothing has been worked out."), most_rows=20
        )
        self._quarterly = Words("", "quiet")
        self._verdict: VerdictRow | None = None
        self.watch(self.table)
        self.table.opened.connect(lambda _row: self.show_figures())

    def declare(self, commands: Commands) -> None:
        commands.add(
            Command(
                "hmrc.p32",
                _("Show every figure"),
                self.show_figures,
                _PAGE,
                "",
                _("And how each was worked out"),
                available=self.on(self.table),
                kind="main",
            ),
            Command("hmrc.p32.print", _("Print the P32"), self.print, _PAGE, available=self.here),
            Command(
                "hmrc.p32.quarterly",
                _("May I pay by the quarter?"),
                self.show_quarterly,
                _PAGE,
                available=self.here,
            ),
        )
        card = Card()
        card.box.addWidget(self.table)
        card.box.addWidget(self._quarterly)
        card.box.addWidget(commands.buttons("hmrc.p32", "hmrc.p32.print", "hmrc.p32.quarterly"))
        self.box.addWidget(card)

    def first_field(self) -> QWidget:
        return self.table.view

    def ask(self, office: Office, year: TaxYear, on: date) -> Any:
        hmrc = office.hmrc
        months, quarters = hmrc.p32(year), hmrc.p32_quarters(year)
        rows: list[P32Row] = []
        for place, quarter in enumerate(quarters):
            rows += [*months[place * 3 : place * 3 + 3], quarter]
        return (*rows, hmrc.p32_year(year)), hmrc.quarterly(year, on)

    def show_answer(self, answer: Any) -> None:
        rows, self._verdict = answer
        self.table.show_rows(rows, same=lambda row: row.months)
        if self.table.row() is None:
            self.table.select(lambda _row: True)
        if self._verdict is not None:
            self._quarterly.setText(self._verdict.text)

    def show_figures(self) -> None:
        """Show every column of the line the person is on, each with its working."""
        row, papers = self.table.row(), self.desk.office.hmrc_papers
        if row is None:
            return
        year = self.host.year
        self.host.run(
            AddedFiguresDialog(
                self.desk,
                Figures(
                    _("To HMRC: {period}").format(period=period_words(row)),
                    row.figures,
                    row.last_day,
                    prints=lambda large: papers.p32(year, large=large),
                    file_name=_p32_file_name(year),
                ),
                parent=self.window(),
            )
        )
        self.table.setFocus()

    def show_quarterly(self) -> None:
        """Say whether this employer may pay by the quarter, and why."""
        if self._verdict is not None:
            show_working(
                self.desk, _("May I pay by the quarter?"), self._verdict.steps, self.window()
            )

    def print(self) -> None:
        """Print the whole record."""
        papers, year = self.desk.office.hmrc_papers, self.host.year
        self.desk.operations.ask(
            lambda: papers.p32(year),
            lambda pdf: PdfDialog(
                _("Employer payment record (P32) {year}").format(year=year),
                pdf,
                _p32_file_name(year),
                self.window(),
            ).exec(),
            owner=self,
        )


def _p32_file_name(year: TaxYear) -> str:
    return _("P32 {year}.pdf").format(year=year)


class RecordsPart(HmrcPart):
    """The deductions record of each job."""

    NAME = N_("Deductions records")

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.table: Table[EmploymentRow] = Table(
            _("Whose deductions record"), PEOPLE, empty=_("Nobody works here yet.")
        )
        self.watch(self.table)
        self.table.opened.connect(lambda _row: self.show_record())

    def declare(self, commands: Commands) -> None:
        commands.add(
            Command(
                "hmrc.record",
                _("Show this record"),
                self.show_record,
                _PAGE,
                "",
                _("Pay, tax, National Insurance and loans of every payday"),
                available=self.on(self.table),
                kind="main",
            )
        )
        card = Card()
        card.box.addWidget(
            hint(
                _(
                    "The record the law asks you to keep for each person. On paper it is HMRC’s "
                    "form RT11. It is kept, never sent."
                )
            )
        )
        card.box.addWidget(self.table)
        card.box.addWidget(commands.buttons("hmrc.record"))
        self.box.addWidget(card)

    def first_field(self) -> QWidget:
        return self.table.view

    def ask(self, office: Office, year: TaxYear, on: date) -> Any:
        return tuple(
            row
            for row in office.people.employments(min(on, year.last_day))
            if row.started_on <= year.last_day
            and (row.left_on is None or row.left_on >= year.first_day)
        )

    def show_answer(self, answer: Any) -> None:
        self.table.show_rows(answer, same=lambda row: row.employment_id)
        if self.table.row() is None:
            self.table.select(lambda _row: True)

    def show_record(self) -> None:
        """Show the record of the person in front."""
        row, hmrc, year = self.table.row(), self.desk.office.hmrc, self.host.year
        if row is not None:
            self.desk.operations.ask(
                lambda: hmrc.record(row.employment_id, year), self._show, owner=self
            )

    def _show(self, sheet: RecordSheet) -> None:
        papers, year = self.desk.office.hmrc_papers, self.host.year
        self.host.run(
            AddedFiguresDialog(
                self.desk,
                Figures(
                    _("Deductions record {year}: {name}").format(
                        year=sheet.tax_year, name=sheet.name
                    ),
                    sheet.totals,
                    year.last_day,
                    prints=lambda large: papers.record(sheet.employment_id, year, large=large),
                    file_name=_("deductions record {year} {name}.pdf").format(
                        year=sheet.tax_year, name=sheet.name
                    ),
                    facts=sheet.facts,
                ),
                lines=Lines(_("Paydays"), RECORD, sheet.lines, _line_explained),
                parent=self.window(),
            )
        )
        self.table.setFocus()


def _line_explained(line: RecordLine) -> tuple[str, Sequence[Step]]:
    return _("Payday {day}").format(day=long_date(line.day)), line.steps


class P60sPart(HmrcPart):
    """The end-of-year figures of everybody employed on 5 April."""

    NAME = N_("P60 figures")

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.notices = Notices()
        self.table: Table[P60Row] = Table(
            _("P60 figures"),
            P60S,
            empty=_("Nobody who was paid in this tax year was employed on its last day."),
        )
        self.watch(self.table)
        self.table.opened.connect(lambda _row: self.show_figures())

    def declare(self, commands: Commands) -> None:
        commands.add(
            Command(
                "hmrc.p60",
                _("Show the figures"),
                self.show_figures,
                _PAGE,
                available=self.on(self.table),
                kind="main",
            ),
            Command(
                "hmrc.p60.given",
                _("Tick it: they have it"),
                self.tick,
                _PAGE,
                available=self.on(self.table, lambda row: row.told is None),
            ),
        )
        card = Card()
        card.box.addWidget(
            hint(_("Everybody employed on 5 April is given these by 31 May, on paper or by email."))
        )
        card.box.addWidget(self.notices)
        card.box.addWidget(self.table)
        card.box.addWidget(commands.buttons("hmrc.p60", "hmrc.p60.given"))
        self.box.addWidget(card)

    def first_field(self) -> QWidget:
        return self.table.view

    def ask(self, office: Office, year: TaxYear, on: date) -> Any:
        return office.hmrc.p60s(year, on), on <= year.last_day

    def show_answer(self, answer: Any) -> None:
        rows, running = answer
        self.notices.clear()
        if running and rows:
            self.notices.say(
                "note", _("The tax year is not over: these figures are as they stand today.")
            )
        self.table.show_rows(rows, same=lambda row: row.employment_id)
        if self.table.row() is None:
            self.table.select(lambda _row: True)

    def show_figures(self) -> None:
        """Show what the P60 of the person in front says."""
        row, papers, year = self.table.row(), self.desk.office.hmrc_papers, self.host.year
        if row is None:
            return
        code = ((_("Final tax code"), row.p60.final_code),) if row.p60.final_code else ()
        self.host.run(
            AddedFiguresDialog(
                self.desk,
                Figures(
                    _("P60 figures {year}: {name}").format(year=row.tax_year, name=row.name),
                    row.p60.figures,
                    year.last_day,
                    prints=lambda large: papers.p60(row.employment_id, year, large=large),
                    file_name=_("P60 figures {year} {name}.pdf").format(
                        year=row.tax_year, name=row.name
                    ),
                    facts=(*row.facts, *code),
                    findings=row.findings,
                ),
                parent=self.window(),
            )
        )
        self.table.setFocus()

    def tick(self) -> None:
        """Say that somebody has been given their figures."""
        row, office = self.table.row(), self.desk.office
        if row is None:
            return
        reports = office.hmrc.reports(self.host.year, clock.today())
        report = next(
            (
                one
                for one in reports
                if one.kind is ReportKind.P60 and one.employment_id == row.employment_id
            ),
            None,
        )
        if report is None:
            self.notices.clear()
            self.notices.say("note", _("The tax year is not over yet."))
            return
        form, hmrc = TellForm(report, office.book.who), office.hmrc

        def save() -> Any:
            day, who, how = form.told_on.answer(), form.told_by.answer(), form.how.answer()
            return lambda: hmrc.tell(report, day, who, how)

        self.host.run(
            FormDialog(
                self.desk,
                _("Tick it: they have it"),
                form,
                save,
                said=_("Ticked."),
                explained=_("P60 figures for {who}").format(who=row.name),
                parent=self.window(),
            )
        )
        self.table.setFocus()
