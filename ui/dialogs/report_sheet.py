"""The figures HMRC is told, in the order they are typed: to look through, to explain, to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from dpemployer.i18n import _
from dpemployer.services.hmrc_words import report_file_name
from dpemployer.workings import explain
from ui import theme
from ui.dialogs.pdf_view import PdfDialog
from ui.dialogs.working import show_working
from ui.models.hmrc import SHEET, SheetLine
from ui.widgets.buttons import ButtonRow, button
from ui.widgets.entries import ChoiceEntry
from ui.widgets.notice import Notices
from ui.widgets.scroll import Scroll
from ui.widgets.table import Table
from ui.widgets.words import Words, heading, rule

if TYPE_CHECKING:
    from dpemployer.services.hmrc_rows import ReportSheet, SheetPart
    from ui.desk import Desk


_ON_THE_PAYSLIP = {
    "taxable_pay": "taxable_pay",
    "ni_pay": "gross_pay",
    "pension_before": "employee_pension",
    "pension_after": "employee_pension",
    "not_taxed": "expenses",
    "from_net": "other_deductions",
    "tax": "tax",
    "employee_ni": "employee_ni",
    "employer_ni": "employer_ni",
    "student_loan": "student_loan",
    "postgraduate_loan": "postgraduate_loan",
    "after_deductions": "net_pay",
}
"""The figure of a payslip that each figure of one payday is, or follows from."""


class ReportSheetDialog(QDialog):
    """One report: what to know, then every figure for one person at a time."""

    def __init__(self, desk: Desk, sheet: ReportSheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.sheet = sheet
        self.setWindowTitle(sheet.title)
        self.notices = Notices()
        self.table: Table[SheetLine] = Table(
            _("Figures to type"),
            SHEET,
            empty=_("There is nothing to type."),
            stretch=1,
            most_rows=40,
        )
        self.whose: ChoiceEntry[int] = ChoiceEntry(
            _("Whose figures"),
            [(place, person.name) for place, person in enumerate(sheet.people)],
            as_list=True,
        )
        self.whose.setVisible(len(sheet.people) > 1)
        self.explain_button = button(_("How was this worked out?"), self.explain)
        self.print_button = button(_("Print this sheet"), lambda: self._print(large=False))
        self.large_button = button(_("In large print"), lambda: self._print(large=True))
        close = button(_("Close"), self.accept, kind="main")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, theme.gap(2))
        scroll = Scroll()
        outer.addWidget(scroll, 1)
        box = scroll.box
        box.addWidget(heading(sheet.title))
        for place, note in enumerate(sheet.notes, start=1):
            box.addWidget(Words(f"{place}. {note}"))
        box.addWidget(self.notices)
        box.addWidget(self.whose)
        box.addWidget(self.table)
        holder = QVBoxLayout()
        holder.setContentsMargins(theme.gap(4), 0, theme.gap(4), 0)
        holder.addWidget(
            ButtonRow(close, self.print_button, self.large_button, self.explain_button)
        )
        outer.addWidget(rule())
        outer.addLayout(holder)
        self.whose.edited.connect(self._show)
        self.table.opened.connect(lambda _row: self.explain())
        self.table.pointed.connect(lambda _row: self._pointed())
        if sheet.people:
            self.whose.set_value(0)
        self._show()
        theme.open_at(self, 110, 44)
        self.table.view.setFocus()

    def explain(self) -> None:
        """Show how the figure the person is on was added up."""
        line = self.table.row()
        if line is None:
            return
        figure = _ON_THE_PAYSLIP.get(line.item.key)
        if figure is not None and self._explains_payslip():
            self._explain_payslip(figure)
        elif line.item.added is not None:
            words = _("{figure}: {amount}").format(figure=line.item.label, amount=line.item.value)
            steps = explain(line.item.added.steps, self.sheet.row.day)
            show_working(self.desk, words, steps, self)

    def _explains_payslip(self) -> bool:
        row = self.sheet.row
        return row.pay_run_id is not None and not row.corrects and bool(self.sheet.people)

    def _explain_payslip(self, figure: str) -> None:
        """Show how a figure was worked out on the payslip it is from."""
        person = self.sheet.people[self.whose.read() or 0]
        pay_runs, run = self.desk.office.pay_runs, self.sheet.row.pay_run_id or 0
        self.desk.operations.ask(
            lambda: pay_runs.explain(run, person.employment_id, figure),
            lambda found: show_working(
                self.desk,
                _("{figure} of {name}: {amount}").format(
                    figure=found.label, name=person.name, amount=found.amount
                ),
                found.steps,
                self,
            ),
            owner=self,
        )

    def _show(self) -> None:
        place = self.whose.read() if self.sheet.people else None
        parts: tuple[SheetPart, ...] = self.sheet.parts
        findings = self.sheet.findings
        if place is not None:
            person = self.sheet.people[place]
            parts = (*parts, *person.parts)
            findings = (*findings, *person.findings)
        self.notices.show_findings(findings)
        self.table.show_rows([SheetLine(part.title, item) for part in parts for item in part.items])
        self.table.select(lambda _line: True)

    def _pointed(self) -> None:
        line = self.table.row()
        from_payslip = (
            line is not None and line.item.key in _ON_THE_PAYSLIP and self._explains_payslip()
        )
        self.explain_button.setEnabled(
            from_payslip or (line is not None and line.item.added is not None)
        )

    def _print(self, *, large: bool) -> None:
        papers, row = self.desk.office.hmrc_papers, self.sheet.row
        self.desk.operations.ask(
            lambda: papers.report(row, large=large),
            lambda pdf: PdfDialog(self.sheet.title, pdf, report_file_name(row), self).exec(),
            owner=self,
        )
