"""Tax codes, National Insurance letters and student loans, from which day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpemployer import clock
from dpemployer.i18n import N_, _
from dpemployer.money import NOTHING
from ui.forms.people import LastDayForm, LetterForm, LoanForm, TaxForm
from ui.forms.tax_codes import CodeNoticeForm, P45Form
from ui.models.people import LOANS, NI_LETTERS, TAX_CODES
from ui.pages.person_part import PersonPart
from ui.widgets.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from dpemployer.services.rows import (
        EmploymentDetail,
        NiCategoryHeld,
        StudentLoanHeld,
        TaxCodeHeld,
    )
    from ui.actions import Commands
    from ui.pages.person_part import Host


class TaxPart(PersonPart):
    """What decides tax, National Insurance and loan deductions."""

    NAME = N_("Tax")

    def __init__(self, host: Host, commands: Commands) -> None:
        super().__init__(host, commands)
        self.tax_codes: Table[TaxCodeHeld] = Table(
            _("Tax codes"), TAX_CODES, empty=_("No tax code yet."), stretch=2
        )
        self.letters: Table[NiCategoryHeld] = Table(
            _("National Insurance letters"), NI_LETTERS, empty=_("No letter yet."), stretch=2
        )
        self.loans: Table[StudentLoanHeld] = Table(
            _("Student loans"), LOANS, empty=_("No student loan."), stretch=3
        )

    def declare(self) -> None:
        self.can("notice", _("HMRC sent a tax code"), self._add_notice)
        self.can("p45", _("They brought a P45"), self._add_p45)
        self.can("tax", _("New tax code"), self._add_tax)
        self.can("letter", _("New National Insurance letter"), self._add_letter)
        self.can("loan", _("Start a student loan"), self._add_loan)
        self.can("loan.stop", _("Stop this loan"), self._stop_loan, self.on(self.loans))
        self.watch(self.loans)
        self.card(
            _("Tax and National Insurance"),
            self.tax_codes,
            self.buttons("notice", "p45", "tax"),
            self.letters,
            self.buttons("letter"),
        )
        self.card(_("Student loan"), self.loans, self.buttons("loan", "loan.stop"))

    def show_answer(self, detail: EmploymentDetail, answer: Any) -> None:  # noqa: ARG002 - the shape
        self.tax_codes.show_rows(detail.tax_codes, same=lambda row: row.id)
        self.letters.show_rows(detail.ni_letters, same=lambda row: row.id)
        self.loans.show_rows(detail.loans, same=lambda row: row.id)

    def first_field(self) -> QWidget | None:
        return self.tax_codes.view if self.tax_codes.model.rows else None

    def _add_tax(self) -> None:
        form, people = TaxForm(clock.today()), self.desk.office.people
        employment_id = self.employment_id

        def save() -> Callable[[], Any]:
            code, source = form.code.answer(), form.source.answer()
            from_day = form.from_day.answer()
            return lambda: people.set_tax_code(employment_id, from_day, code, source)

        self.fill_in(_("A new tax code"), form, save)

    def _add_notice(self) -> None:
        form, codes = CodeNoticeForm(), self.desk.office.tax_codes
        employment_id = self.employment_id

        def save() -> Callable[[], Any]:
            code, noticed_on = form.code.answer(), form.noticed_on.answer()
            use_from = form.use_from.read()
            pay, tax = form.previous_pay.read(), form.previous_tax.read()
            return lambda: codes.record_notice(employment_id, code, noticed_on, use_from, pay, tax)

        self.fill_in(
            _("A tax code from HMRC"),
            form,
            save,
            _("It is used from the next payday. HMRC’s code beats a P45 and a checklist."),
        )

    def _add_p45(self) -> None:
        form, codes = P45Form(), self.desk.office.tax_codes
        employment_id = self.employment_id

        def save() -> Callable[[], Any]:
            code, left_on = form.code.answer(), form.left_on.answer()
            pay, tax = form.pay.read() or NOTHING, form.tax.read() or NOTHING
            given_on = form.given_on.answer()
            return lambda: codes.record_p45(employment_id, code, left_on, pay, tax, given_on)

        self.fill_in(
            _("A P45 from the job before"),
            form,
            save,
            _("Copy part 2 of it. It is used from the next payday, and keeps the paper’s figures."),
        )

    def _add_letter(self) -> None:
        form, people = LetterForm(clock.today()), self.desk.office.people
        employment_id = self.employment_id

        def save() -> Callable[[], Any]:
            letter, source = form.letter.answer(), form.source.value()
            from_day = form.from_day.answer()
            return lambda: people.set_ni_letter(employment_id, from_day, letter, source)

        self.fill_in(_("A new National Insurance letter"), form, save)

    def _add_loan(self) -> None:
        form, people = LoanForm(), self.desk.office.people
        employment_id = self.employment_id

        def save() -> Callable[[], Any]:
            plan, source = form.plan.answer(), form.source.answer()
            from_day = form.from_day.answer()
            return lambda: people.set_loan(employment_id, plan, from_day, source)

        self.fill_in(_("A student loan"), form, save)

    def _stop_loan(self) -> None:
        loan, people = self.loans.row(), self.desk.office.people
        if loan is None:
            return
        form = LastDayForm(
            _("The last day repayments are taken"), _("As HMRC's notice to stop says.")
        )

        def save() -> Callable[[], Any]:
            last_day = form.last_day.answer()
            return lambda: people.stop_loan(loan.id, last_day)

        self.fill_in(_("Stop a student loan"), form, save)
