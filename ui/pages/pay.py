"""Paydays: which are due, which are done, and one pay run at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpemployer import clock
from dpemployer.i18n import N_, _
from dpemployer.periods import TaxMonth, TaxYear
from dpemployer.services.away_rows import AWAY_FACTS
from dpemployer.services.pension_rows import EnrolmentEvent, PensionArrangement
from dpemployer.services.rows import (
    Employment,
    NiCategoryHeld,
    PayRate,
    PayRun,
    Payslip,
    PensionMembership,
    Shift,
    StudentLoanHeld,
    TaxCodeHeld,
    Timesheet,
)
from ui.actions import Command
from ui.dialogs.pdf_view import PdfDialog
from ui.dialogs.working import show_working
from ui.models.pay import OWED, PAYDAYS, RUNS, owed_for
from ui.pages.page import Page
from ui.pages.run import Run
from ui.widgets.notice import Notices
from ui.widgets.switch import Switch
from ui.widgets.table import Table
from ui.widgets.words import Card

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from dpemployer.office import Office
    from dpemployer.services.rows import EmployerPaymentRow, PaydayRow, PayRunRow
    from ui.desk import Desk

_HERE = N_("This page")


class PayPage(Page):
    """Turns approved hours into payslips."""

    ID = "pay"
    NAME = N_("Pay")
    ICON = "pay"
    SHOWS = AWAY_FACTS | frozenset(
        {
            Employment,
            NiCategoryHeld,
            PayRate,
            PayRun,
            Payslip,
            PensionMembership,
            PensionArrangement,
            EnrolmentEvent,
            Shift,
            StudentLoanHeld,
            TaxCodeHeld,
            Timesheet,
        }
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Pay"))
        self.paydays: Table[PaydayRow] = Table(
            _("Paydays to come"),
            PAYDAYS,
            empty=_("No payday is due. The next one appears when its pay period begins."),
            stretch=3,
        )
        self.runs: Table[PayRunRow] = Table(
            _("Paydays done"), RUNS, empty=_("Nobody has been paid yet."), stretch=2
        )
        self.owed: Table[EmployerPaymentRow] = Table(
            _("Payments to HMRC"), OWED, empty=_("Nothing is owed to HMRC yet."), stretch=0
        )
        self._findings = Notices()
        self.run = Run(desk, self.commands)
        self.commands.add(
            Command(
                "pay.work_out",
                _("Work out this payday"),
                self._work_out,
                _HERE,
                "",
                _("See everybody's pay before anything is fixed"),
                available=lambda: self._in_list() and self.paydays.row() is not None,
                kind="main",
            ),
            Command(
                "pay.open",
                _("Open this payday"),
                self._open,
                _HERE,
                "",
                _("Its payslips, and how to correct it"),
                available=lambda: self._in_list() and self.runs.row() is not None,
            ),
            Command(
                "pay.owed",
                _("How was this worked out?"),
                self._explain_owed,
                _HERE,
                available=lambda: self._in_list() and self.owed.row() is not None,
            ),
            Command(
                "pay.owed.print",
                _("Print what is owed"),
                self._print_owed,
                _HERE,
                available=lambda: self._in_list() and self.owed.row() is not None,
            ),
            Command(
                "pay.back",
                _("Back to all paydays"),
                self.show_all,
                _HERE,
                "Alt+Left",
                available=lambda: not self._in_list(),
            ),
        )
        self._list = Card(_("To do"))
        self._list.box.addWidget(self._findings)
        self._list.box.addWidget(self.paydays)
        self._list.box.addWidget(self.commands.buttons("pay.work_out"))
        self._done = Card(_("Done"))
        self._done.box.addWidget(self.runs)
        self._done.box.addWidget(self.commands.buttons("pay.open"))
        self._switch = Switch(self._list, self.run)
        self.box.addWidget(self._switch)
        self.box.addWidget(self._done)
        self._hmrc = Card(_("What HMRC is owed this tax year"))
        self._hmrc.box.addWidget(self.owed)
        self._hmrc.box.addWidget(self.commands.buttons("pay.owed", "pay.owed.print"))
        self.box.addWidget(self._hmrc)
        self.run.declare()
        self.paydays.opened.connect(lambda _row: self._work_out())
        self.runs.opened.connect(lambda _row: self._open())
        self.owed.opened.connect(lambda _row: self._explain_owed())
        for table in (self.paydays, self.runs, self.owed):
            table.pointed.connect(lambda _row: self.commands.refresh())

    def refresh(self) -> None:
        office, day = self.desk.office, clock.today()
        self.desk.operations.ask(
            lambda: (office.pay_runs.due(day), office.pay_runs.runs(), owed_on(office, day)),
            lambda answer: self._show(*answer),
            owner=self,
        )
        self.run.refresh()

    def show_what(self, what: Any) -> None:
        """Show one pay run, by its id."""
        self.show_run(what)

    def first_field(self) -> QWidget | None:
        if not self._in_list():
            return self.run.payslips.view
        return self.paydays.view if self.paydays.model.rows else self.runs.view

    def show_all(self) -> None:
        """Go back to the list."""
        self._switch.show_part(self._list)
        self._done.show()
        self._hmrc.show()
        self.commands.refresh()
        first = self.first_field()
        if first is not None:
            first.setFocus()

    def show_run(self, pay_run_id: int) -> None:
        """Show one pay run."""
        self._switch.show_part(self.run)
        self._done.hide()
        self._hmrc.hide()
        self.run.show_run(pay_run_id)
        self.commands.refresh()
        self.run.payslips.view.setFocus()

    def _show(self, due: Any, runs: Any, owed: Any) -> None:
        self.owed.show_rows(owed, same=lambda row: row.months)
        self.paydays.show_rows(due, same=lambda row: (row.frequency, row.first_day))
        self.runs.show_rows([run for run in runs if run.payslips], same=lambda row: row.pay_run_id)
        self._findings.show_findings(finding for row in due for finding in row.findings)
        if self.paydays.row() is None:
            self.paydays.select(lambda _row: True)
        self.commands.refresh()

    def _work_out(self) -> None:
        row, pay_runs = self.paydays.row(), self.desk.office.pay_runs
        if row is not None:
            self.desk.operations.change(
                lambda: pay_runs.draft(row.frequency, row.first_day, row.last_day, row.pay_date),
                self.show_run,
                owner=self,
            )

    def _open(self) -> None:
        row = self.runs.row()
        if row is not None:
            self.show_run(row.pay_run_id)

    def _explain_owed(self) -> None:
        row = self.owed.row()
        if row is not None:
            words = _("To pay HMRC for {days}: {amount}").format(
                days=owed_for(row), amount=row.due_amount
            )
            show_working(self.desk, words, row.steps, self)

    def _print_owed(self) -> None:
        row, papers = self.owed.row(), self.desk.office.papers
        if row is None:
            return
        year, months = TaxYear.parse(row.tax_year), row.months
        quarter = len(months) > 1
        words = _("To HMRC for {days}").format(days=owed_for(row))
        self.desk.operations.ask(
            lambda: (
                papers.employer_payment_quarter(year, (months[-1] + 2) // 3)
                if quarter
                else papers.employer_payment(year, months[0])
            ),
            lambda pdf: PdfDialog(words, pdf, f"{words}.pdf", self).exec(),
            owner=self,
        )

    def _in_list(self) -> bool:
        return not self._list.isHidden()


def owed_on(office: Office, day: date) -> tuple[EmployerPaymentRow, ...]:
    """Ask what HMRC is owed for each month, or quarter, of the tax year up to *day*."""
    month, pay_runs = TaxMonth.of(day), office.pay_runs
    scheme = office.people.household(day).scheme
    if scheme is not None and scheme.pays_quarterly:
        rows = [
            pay_runs.employer_payment_quarter(month.year, quarter)
            for quarter in range(1, month.quarter + 1)
        ]
    else:
        rows = [
            pay_runs.employer_payment(month.year, number) for number in range(1, month.number + 1)
        ]
    return tuple(row for row in reversed(rows) if row.due_amount or row.allowance_used)
