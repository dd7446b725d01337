"""Taking somebody on: who they are, their job, their pay, their tax, and what is taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpemployer import clock
from dpemployer.i18n import _
from dpemployer.money import NOTHING
from dpemployer.services.rows import (
    EmploymentDetail,
    HolidayClass,
    PayRate,
    PersonalAssistant,
    StarterDeclaration,
)
from ui.forms.holiday import StartingJobForm
from ui.forms.people import (
    USUAL_RATES,
    AssistantForm,
    PensionForm,
    RatesForm,
    StartTaxForm,
    usual_label,
)
from ui.forms.tax_codes import P45Form
from ui.widgets.entries import TickEntry
from ui.wizards.wizard import Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from dpemployer.money import Money
    from dpemployer.office import Office
    from ui.widgets.form import Form


class Starter:
    """The person these steps are about, once the book knows them."""

    def __init__(self, assistant_id: int = 0, employment_id: int = 0) -> None:
        self.assistant_id = assistant_id
        self.employment_id = employment_id
        self.hours_are_fixed = False
        """Whether their contract says how many hours a week they work."""
        self.brings_p45 = False
        """Whether they said that they have a P45."""


class _StarterStep(Step):
    """A step about one starter."""

    def __init__(self, starter: Starter, words: str, explained: str, form: Form) -> None:
        super().__init__(words, explained)
        self.starter = starter
        self.box.removeWidget(self.form)
        self.form.deleteLater()
        self.form = form
        self.box.addWidget(form)
        self.remember()

    def detail(self, office: Office) -> EmploymentDetail | None:
        """Ask, on the worker thread, what the book says of the employment."""
        if not self.starter.employment_id:
            return None
        return office.people.employment(self.starter.employment_id, clock.today())


class AssistantStep(_StarterStep):
    """Who the personal assistant is."""

    ID = "assistant"

    def __init__(self, starter: Starter, *, first: bool) -> None:
        self._form = AssistantForm()
        self._first = first
        super().__init__(
            starter,
            _("Your first personal assistant") if first else _("A new personal assistant"),
            _("Only the name and date of birth are needed now."),
            self._form,
        )

    def question(self, office: Office) -> Any:
        if self._first and not self.starter.assistant_id:
            known = office.people.assistants(clock.today())
            if known:
                self.starter.assistant_id = known[0].assistant_id
                jobs = known[0].employments
                self.starter.employment_id = jobs[0].employment_id if jobs else 0
        if not self.starter.assistant_id:
            return None
        return office.people.assistant(self.starter.assistant_id)

    def show_answer(self, answer: PersonalAssistant | None) -> None:
        if answer is not None:
            self._form.show_fact(answer)

    def work(self, office: Office) -> Callable[[], Any]:
        fact = self._form.fact(self.starter.assistant_id)

        def keep() -> int:
            if fact.id:
                office.people.change_assistant(fact)
                return fact.id
            return office.people.add_assistant(fact)

        return keep

    def kept(self, value: Any) -> None:
        self.starter.assistant_id = value


class JobStep(_StarterStep):
    """When they are paid, and how holiday builds up."""

    ID = "job"

    def __init__(self, starter: Starter) -> None:
        self._form = StartingJobForm()
        super().__init__(
            starter,
            _("The job and its payday"),
            _("Any payslip they have already had shows the days it pays for."),
            self._form,
        )
        self._form.holiday.edited.connect(self._show_hours)
        self._form.declaration.edited.connect(self._show_hours)
        self._show_hours()

    def wanted(self) -> bool:
        return self.starter.assistant_id != 0

    def question(self, office: Office) -> Any:
        return self.detail(office)

    def show_answer(self, answer: EmploymentDetail | None) -> None:
        if answer is not None:
            self._form.show_fact(answer.employment)
            self._form.show_holiday(answer.holiday[-1])
        self._show_hours()

    def work(self, office: Office) -> Callable[[], Any]:
        fact = self._form.fact(self.starter.assistant_id, self.starter.employment_id)
        holiday = self._form.holiday_terms(self.starter.employment_id)

        def keep() -> int:
            if fact.id:
                office.people.change_employment(fact)
                office.people.set_holiday_terms(holiday)
                return fact.id
            return office.people.take_on(fact, (), "", "", holiday)

        return keep

    def kept(self, value: Any) -> None:
        self.starter.employment_id = value

    def _show_hours(self) -> None:
        """Ask later for a P45, and for weeks paid before, only where they count."""
        self.starter.brings_p45 = self._form.declaration.value() is StarterDeclaration.P45
        self.starter.hours_are_fixed = self._form.holiday.value() is HolidayClass.REGULAR


class PayStep(_StarterStep):
    """What each kind of time is paid."""

    ID = "pay"

    def __init__(self, starter: Starter) -> None:
        super().__init__(
            starter,
            _("What they are paid"),
            _(
                "Leave out any kind of work they do not do. More rates, and later changes, go on "
                "the People page: a rate always says from when."
            ),
            RatesForm(),
        )
        self._kept_rates: dict[str, PayRate] = {}

    def wanted(self) -> bool:
        return self.starter.employment_id != 0

    def question(self, office: Office) -> Any:
        return self.detail(office)

    def show_answer(self, answer: EmploymentDetail | None) -> None:
        form = self.rates_form
        if answer is None:
            return
        form.from_day.set_value(answer.employment.started_on)
        for name, pay_type, per in USUAL_RATES:
            for rate in answer.rates:
                if (rate.pay_type, rate.per) == (pay_type, per) and name not in self._kept_rates:
                    self._kept_rates[name] = rate
                    form.rates[name].set_value(rate.rate)
                    form.from_day.set_value(rate.from_day)

    @property
    def rates_form(self) -> RatesForm:
        """The form, by its own name."""
        form: RatesForm = self.form  # type: ignore[assignment]  # made so in the constructor
        return form

    def work(self, office: Office) -> Callable[[], Any]:
        form = self.rates_form
        from_day = form.from_day.answer()
        wanted: dict[str, PayRate] = {}
        for name, pay_type, per in USUAL_RATES:
            amount: Money | None = form.rates[name].read()
            if amount is None:
                continue
            before = self._kept_rates.get(name)
            wanted[name] = PayRate(
                id=before.id if before else 0,
                employment_id=self.starter.employment_id,
                from_day=from_day,
                pay_type=pay_type,
                label=before.label if before else usual_label(pay_type),
                rate=amount,
                per=per,
            )
        dropped = [rate for name, rate in self._kept_rates.items() if name not in wanted]

        def keep() -> dict[str, PayRate]:
            for rate in dropped:
                office.people.remove_rate(rate.id)
            return {
                name: PayRate(
                    office.people.set_rate(rate),
                    rate.employment_id,
                    rate.from_day,
                    rate.pay_type,
                    rate.label,
                    rate.rate,
                    rate.per,
                )
                for name, rate in wanted.items()
            }

        return keep

    def kept(self, value: Any) -> None:
        self._kept_rates = value


class P45Step(_StarterStep):
    """The P45 they brought, where they said they have one."""

    ID = "p45"

    def __init__(self, starter: Starter) -> None:
        self._form = P45Form()
        super().__init__(
            starter,
            _("Their P45"),
            _(
                "Copy part 2 of the P45. If it has not come yet, skip this page: on the People "
                "page it can be put in when it does."
            ),
            self._form,
        )

    def wanted(self) -> bool:
        return self.starter.employment_id != 0 and self.starter.brings_p45

    def work(self, office: Office) -> Callable[[], Any]:
        form, employment_id = self._form, self.starter.employment_id
        code, left_on = form.code.answer(), form.left_on.answer()
        pay, tax = form.pay.read() or NOTHING, form.tax.read() or NOTHING
        given_on = form.given_on.answer()
        return lambda: office.tax_codes.record_p45(employment_id, code, left_on, pay, tax, given_on)


class TaxStep(_StarterStep):
    """Tax code and National Insurance letter."""

    ID = "tax"

    def __init__(self, starter: Starter) -> None:
        super().__init__(
            starter,
            _("Tax and National Insurance"),
            _(
                "If HMRC has sent a tax code, use it. If not, the program suggests what the rules "
                "give a starter, and you can change it when HMRC writes."
            ),
            StartTaxForm(),
        )

    @property
    def tax_form(self) -> StartTaxForm:
        """The form, by its own name."""
        form: StartTaxForm = self.form  # type: ignore[assignment]  # made so in the constructor
        return form

    def wanted(self) -> bool:
        return self.starter.employment_id != 0

    def question(self, office: Office) -> Any:
        detail = self.detail(office)
        if detail is None:
            return None
        return (
            detail,
            office.people.suggest_tax_code(
                detail.employment.starter_declaration, detail.employment.started_on
            ),
            office.people.suggest_ni_letter(
                detail.assistant.born_on, max(detail.employment.started_on, clock.today())
            ),
        )

    def show_answer(self, answer: Any) -> None:
        if answer is None:
            return
        detail, tax, ni = answer
        form = self.tax_form
        form.from_day.set_value(detail.employment.started_on)
        form.suggest(tax, ni)
        if detail.tax_codes:
            held = detail.tax_codes[0]
            form.fill(held.code, held.source)
            form.from_day.set_value(held.from_day)
        if detail.ni_letters:
            form.letter.set_value(detail.ni_letters[0].letter)
        if detail.loans:
            form.loan.set_value(detail.loans[0].plan)

    def work(self, office: Office) -> Callable[[], Any]:
        form = self.tax_form
        employment, from_day = self.starter.employment_id, form.from_day.answer()
        code, source = form.code.answer(), form.source.answer()
        letter, loan = form.letter.answer(), form.loan.read()

        def keep() -> None:
            office.people.set_tax_code(employment, from_day, code, source)
            office.people.set_ni_letter(employment, from_day, letter)
            detail = office.people.employment(employment, clock.today())
            if loan is not None and loan not in {held.plan for held in detail.loans}:
                office.people.set_loan(employment, loan, from_day, source)

        return keep


class PensionStep(_StarterStep):
    """A workplace pension, if they are in one."""

    ID = "pension"

    def __init__(self, starter: Starter) -> None:
        form = PensionForm()
        self.member = TickEntry(_("They are in a workplace pension"))
        super().__init__(
            starter,
            _("Pension"),
            _(
                "Tick this only if they are in your pension already. Otherwise go on: each payday "
                "looks at age and pay, and enrols whoever must be in one."
            ),
            form,
        )
        self._form = form
        self._membership_id = 0
        self.box.insertWidget(1, self.member)
        self.member.edited.connect(self._show_form)
        self._show_form()

    def wanted(self) -> bool:
        return self.starter.employment_id != 0

    def question(self, office: Office) -> Any:
        return self.detail(office)

    def show_answer(self, answer: EmploymentDetail | None) -> None:
        if answer is None:
            return
        self._form.from_day.set_value(answer.employment.started_on)
        if answer.pensions:
            held = answer.pensions[0]
            self._membership_id = held.id
            self._form.show_fact(held)
            self.member.set_value(True)
        self._show_form()

    def work(self, office: Office) -> Callable[[], Any]:
        if not self.member.read():
            return lambda: self._membership_id
        fact = self._form.fact(self.starter.employment_id, self._membership_id)
        return lambda: office.people.set_pension(fact)

    def kept(self, value: Any) -> None:
        self._membership_id = value

    def check(self) -> bool:
        return not self.member.read() or super().check()

    def take_focus(self) -> None:
        self.member.take_focus()

    def _show_form(self) -> None:
        self._form.setVisible(self.member.read())
