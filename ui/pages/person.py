"""One person's job: details, dated terms, holiday, and figures from before the book."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpemployer import clock
from dpemployer.i18n import N_, _, hours_and_minutes, long_date
from dpemployer.periods import TaxYear
from ui import theme
from ui.actions import Command, Commands
from ui.dialogs.differences import DifferencesDialog
from ui.dialogs.form_dialog import FormDialog
from ui.forms.opening import OpeningPayForm
from ui.forms.paid_weeks import PaidWeeksForm
from ui.forms.people import (
    AssistantForm,
    JobForm,
    LastDayForm,
    LetterForm,
    LoanForm,
    PensionForm,
    RateForm,
    TaxForm,
)
from ui.models.people import (
    LOANS,
    NI_LETTERS,
    PENSIONS,
    RATES,
    TAX_CODES,
    details_of,
    job_of,
)
from ui.widgets.notice import Notices
from ui.widgets.table import Table
from ui.widgets.words import Card, Words, heading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dpemployer.services.rows import (
        DifferenceRow,
        EmploymentDetail,
        HolidayBalanceRow,
        NiCategoryHeld,
        OpeningState,
        PaidWeek,
        PayRate,
        PensionMembership,
        StudentLoanHeld,
        TaxCodeHeld,
    )
    from ui.desk import Desk
    from ui.widgets.form import Form

_HERE = N_("This page")
_A_DAY = timedelta(days=1)


class Person(QWidget):
    """Everything about one employment."""

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__()
        self.desk = desk
        self._commands = commands
        self.detail: EmploymentDetail | None = None
        self._employment_id = 0
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(theme.gap(3))
        self._name = heading("")
        self._notices = Notices()
        self._details = Words()
        self._job = Words()
        self._holiday = Words()
        self.rates: Table[PayRate] = Table(
            _("Rates of pay"), RATES, empty=_("No rate yet: nothing can be paid."), stretch=2
        )
        self.tax_codes: Table[TaxCodeHeld] = Table(
            _("Tax codes"), TAX_CODES, empty=_("No tax code yet."), stretch=2
        )
        self.letters: Table[NiCategoryHeld] = Table(
            _("National Insurance letters"), NI_LETTERS, empty=_("No letter yet."), stretch=2
        )
        self.loans: Table[StudentLoanHeld] = Table(
            _("Student loans"), LOANS, empty=_("No student loan."), stretch=3
        )
        self.pensions: Table[PensionMembership] = Table(
            _("Workplace pension"), PENSIONS, empty=_("Not in a workplace pension."), stretch=2
        )

    def declare(self) -> None:
        """Declare what can be done about a person, and lay the page out."""
        here, add = self._showing, self._commands.add
        for name, words, does, available in (
            ("details", _("Change details"), self._change_details, here),
            ("job", _("Change the job"), self._change_job, here),
            ("leave", _("They are leaving"), self._leave, here),
            ("rate", _("Add a rate"), self._add_rate, here),
            ("rate.change", _("Change this rate"), self._change_rate, self._on(self.rates)),
            ("rate.remove", _("Take this rate out"), self._remove_rate, self._on(self.rates)),
            ("tax", _("New tax code"), self._add_tax, here),
            ("letter", _("New National Insurance letter"), self._add_letter, here),
            ("loan", _("Start a student loan"), self._add_loan, here),
            ("loan.stop", _("Stop this loan"), self._stop_loan, self._on(self.loans)),
            ("pension", _("Start a pension"), self._add_pension, here),
            ("pension.change", _("Change this pension"), self._change_pension,
             self._on(self.pensions)),
            ("pension.stop", _("Leave this pension"), self._stop_pension, self._on(self.pensions)),
            ("opening", _("Figures from before the book"), self._opening, here),
            ("weeks", _("Weeks paid before the book"), self._weeks, here),
            ("differences", _("Check this year’s payslips"), self._check_payslips, here),
        ):  # fmt: skip
            add(Command(f"person.{name}", words, does, _HERE, available=available))
        for table in (self.rates, self.loans, self.pensions):
            table.pointed.connect(lambda _row: self._commands.refresh())
        buttons = self._commands.buttons
        self.box.addWidget(buttons("people.back"))
        self.box.addWidget(self._name)
        self.box.addWidget(self._notices)
        self._card(_("Details"), self._details, buttons("person.details"))
        self._card(_("The job"), self._job, buttons("person.job", "person.leave"))
        self._card(
            _("Pay"),
            self.rates,
            buttons("person.rate", "person.rate.change", "person.rate.remove"),
        )
        self._card(
            _("Tax and National Insurance"),
            self.tax_codes,
            buttons("person.tax"),
            self.letters,
            buttons("person.letter"),
        )
        self._card(_("Student loan"), self.loans, buttons("person.loan", "person.loan.stop"))
        self._card(
            _("Pension"),
            self.pensions,
            buttons("person.pension", "person.pension.change", "person.pension.stop"),
        )
        self._card(_("Holiday"), self._holiday)
        self._card(
            _("This tax year"),
            Words(
                _(
                    "Payslips stay as they were issued. If something was put right since, this "
                    "shows which of them would be different now."
                )
            ),
            buttons("person.differences", "person.opening", "person.weeks"),
        )

    def show_employment(self, employment_id: int) -> None:
        """Show one job."""
        self._employment_id = employment_id
        self.refresh()

    def first_field(self) -> QWidget:
        """Return where the keyboard goes."""
        return self.rates.view if self.rates.model.rows else self

    def refresh(self) -> None:
        """Ask again about the job shown, if one is."""
        employment_id, office = self._employment_id, self.desk.office
        if employment_id:
            self.desk.operations.ask(
                lambda: (
                    office.people.employment(employment_id, clock.today()),
                    office.pay_runs.holiday(employment_id, clock.today()),
                ),
                lambda answer: self._show(*answer),
                owner=self,
            )

    # ── showing ──

    def _show(self, detail: EmploymentDetail, holiday: HolidayBalanceRow) -> None:
        self.detail = detail
        self._name.setText(detail.assistant.name)
        self._notices.show_findings(detail.findings)
        self._details.setText("\n".join(details_of(detail)))
        self._job.setText("\n".join(job_of(detail)))
        self._holiday.setText(
            _("{left} left: {earned} built up and {taken} taken since {day}.").format(
                left=hours_and_minutes(holiday.left),
                earned=hours_and_minutes(holiday.brought_forward + holiday.earned),
                taken=hours_and_minutes(holiday.taken),
                day=long_date(holiday.leave_year_first),
            )
        )
        self.rates.show_rows(detail.rates, same=lambda row: row.id)
        self.tax_codes.show_rows(detail.tax_codes, same=lambda row: row.id)
        self.letters.show_rows(detail.ni_letters, same=lambda row: row.id)
        self.loans.show_rows(detail.loans, same=lambda row: row.id)
        self.pensions.show_rows(detail.pensions, same=lambda row: row.id)
        self._commands.refresh()

    def _card(self, words: str, *widgets: QWidget) -> None:
        card = Card(words)
        for widget in widgets:
            card.box.addWidget(widget)
        self.box.addWidget(card)

    def _showing(self) -> bool:
        return not self.isHidden() and self.detail is not None

    def _on(self, table: Table[Any]) -> Callable[[], bool]:
        return lambda: self._showing() and table.row() is not None

    # ── what can be done ──

    def _ask(
        self, words: str, form: Form, save: Callable[[], Callable[[], Any]], explained: str = ""
    ) -> None:
        FormDialog(
            self.desk, words, form, save, said=_("Saved."), explained=explained, parent=self
        ).exec()

    def _current(self) -> EmploymentDetail:
        if self.detail is None:
            raise RuntimeError("no job is shown")
        return self.detail

    def _change_details(self) -> None:
        form, people = AssistantForm(), self.desk.office.people
        assistant = self._current().assistant
        form.show_fact(assistant)

        def save() -> Callable[[], Any]:
            fact = form.fact(assistant.id)
            return lambda: people.change_assistant(fact)

        self._ask(_("Details"), form, save)

    def _change_job(self) -> None:
        form, people = JobForm(), self.desk.office.people
        job = self._current().employment
        form.show_fact(job)

        def save() -> Callable[[], Any]:
            fact = form.fact(job.assistant_id, job.id, job.left_on)
            return lambda: people.change_employment(fact)

        self._ask(_("The job"), form, save)

    def _leave(self) -> None:
        form, people = LastDayForm(_("Their last day")), self.desk.office.people
        job = self._current().employment

        def save() -> Callable[[], Any]:
            last_day = form.last_day.answer()
            return lambda: people.end_employment(job.id, last_day)

        self._ask(
            _("They are leaving"),
            form,
            save,
            _(
                "They can still be paid for the days up to and including this one. Holiday not "
                "taken has to be paid with their last pay."
            ),
        )

    def _add_rate(self) -> None:
        self._rate_form(RateForm(clock.today()), 0)

    def _change_rate(self) -> None:
        rate = self.rates.row()
        if rate is not None:
            form = RateForm()
            form.show_fact(rate)
            self._rate_form(form, rate.id)

    def _rate_form(self, form: RateForm, rate_id: int) -> None:
        people, employment_id = self.desk.office.people, self._employment_id

        def save() -> Callable[[], Any]:
            fact = form.fact(employment_id, rate_id)
            return lambda: people.set_rate(fact)

        self._ask(
            _("A rate of pay"),
            form,
            save,
            _("Payslips that are out already stay as they are."),
        )

    def _remove_rate(self) -> None:
        rate, people = self.rates.row(), self.desk.office.people
        if rate is not None:
            self.desk.operations.change(
                lambda: people.remove_rate(rate.id),
                lambda _none: self.desk.say(_("The rate was taken out.")),
                owner=self,
            )

    def _add_tax(self) -> None:
        form, people = TaxForm(clock.today()), self.desk.office.people
        employment_id = self._employment_id

        def save() -> Callable[[], Any]:
            code, source = form.code.answer(), form.source.answer()
            from_day = form.from_day.answer()
            return lambda: people.set_tax_code(employment_id, from_day, code, source)

        self._ask(_("A new tax code"), form, save)

    def _add_letter(self) -> None:
        form, people = LetterForm(clock.today()), self.desk.office.people
        employment_id = self._employment_id

        def save() -> Callable[[], Any]:
            letter, source = form.letter.answer(), form.source.value()
            from_day = form.from_day.answer()
            return lambda: people.set_ni_letter(employment_id, from_day, letter, source)

        self._ask(_("A new National Insurance letter"), form, save)

    def _add_loan(self) -> None:
        form, people = LoanForm(), self.desk.office.people
        employment_id = self._employment_id

        def save() -> Callable[[], Any]:
            plan, source = form.plan.answer(), form.source.answer()
            from_day = form.from_day.answer()
            return lambda: people.set_loan(employment_id, plan, from_day, source)

        self._ask(_("A student loan"), form, save)

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

        self._ask(_("Stop a student loan"), form, save)

    def _add_pension(self) -> None:
        self._pension_form(PensionForm(), 0)

    def _change_pension(self) -> None:
        held = self.pensions.row()
        if held is not None:
            form = PensionForm()
            form.show_fact(held)
            self._pension_form(form, held.id)

    def _pension_form(self, form: PensionForm, membership_id: int) -> None:
        people, employment_id = self.desk.office.people, self._employment_id

        def save() -> Callable[[], Any]:
            fact = form.fact(employment_id, membership_id)
            return lambda: people.set_pension(fact)

        self._ask(_("Workplace pension"), form, save)

    def _stop_pension(self) -> None:
        held, people = self.pensions.row(), self.desk.office.people
        if held is None:
            return
        form = LastDayForm(_("The last day in the pension"))

        def save() -> Callable[[], Any]:
            last_day = form.last_day.answer()
            return lambda: people.stop_pension(held.id, last_day)

        self._ask(_("Leave the pension"), form, save)

    def _check_payslips(self) -> None:
        pay_runs, employment_id = self.desk.office.pay_runs, self._employment_id
        year = TaxYear.of(clock.today())
        self.desk.operations.ask(
            lambda: pay_runs.differences(year, employment_id), self._show_differences, owner=self
        )

    def _show_differences(self, found: Sequence[DifferenceRow]) -> None:
        if not found:
            self.desk.say(_("Every payslip of this tax year would be the same now."))
            return
        DifferencesDialog(found, self).exec()

    def _opening(self) -> None:
        """Ask what is known first, then show the form."""
        tax_year = TaxYear.of(clock.today())
        self.desk.operations.ask(
            lambda: self.desk.office.opening.state(tax_year),
            lambda state: self._show_opening(state, tax_year),
            owner=self,
        )

    def _weeks(self) -> None:
        """Ask what is known first, then show the form."""
        opening, employment_id = self.desk.office.opening, self._employment_id
        self.desk.operations.ask(
            lambda: opening.paid_weeks(employment_id), self._show_weeks, owner=self
        )

    def _show_weeks(self, known: Sequence[PaidWeek]) -> None:
        form, employment_id = PaidWeeksForm(), self._employment_id
        form.show_weeks(known)

        def save() -> Callable[[], Any]:
            weeks = form.weeks(employment_id)
            return lambda: self.desk.office.opening.set_paid_weeks(employment_id, weeks)

        self._ask(
            _("Weeks paid before the book"),
            form,
            save,
            _("Where hours change, holiday is paid at the average of the weeks before it."),
        )

    def _show_opening(self, state: OpeningState, tax_year: TaxYear) -> None:
        form, employment_id = OpeningPayForm(), self._employment_id
        form.show_state(state, employment_id)
        as_of = state.household.as_of if state.household else tax_year.first_day - _A_DAY
        self._ask(
            _("Figures from before the book"),
            form,
            lambda: form.keep(self.desk.office, employment_id, tax_year, as_of),
            state.locked,
        )
