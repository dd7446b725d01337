"""What is asked about a personal assistant, their job, and the terms that change by date."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dpemployer import clock
from dpemployer.errors import EntryError
from dpemployer.i18n import _
from dpemployer.identifiers import NINO
from dpemployer.periods import PaySchedule, plus_months
from dpemployer.services.rows import (
    Employment,
    PayFrequency,
    PayRate,
    PayType,
    PensionBasis,
    PensionMembership,
    PensionRelief,
    Per,
    PersonalAssistant,
    StarterDeclaration,
)
from ui import format as words_for
from ui import names
from ui.widgets.buttons import ButtonRow, button
from ui.widgets.entries import (
    ChoiceEntry,
    DateEntry,
    LongTextEntry,
    MoneyEntry,
    PercentEntry,
    TextEntry,
)
from ui.widgets.form import Form
from ui.widgets.words import Words

if TYPE_CHECKING:
    from datetime import date

    from dpemployer.services.rows import SuggestedNiLetter, SuggestedTaxCode

_ONE_DAY = timedelta(days=1)
_LAST_DAY_OF_MONTH = 31


class AssistantForm(Form):
    """Who somebody is."""

    def __init__(self) -> None:
        super().__init__()
        self.first_names = self.add("first_names", TextEntry(_("First names")))
        self.surname = self.add("surname", TextEntry(_("Surname")))
        self.born_on = self.add(
            "born_on",
            DateEntry(
                _("Date of birth"), hint=_("It decides minimum wage and National Insurance.")
            ),
        )
        self.nino = self.add(
            "nino",
            TextEntry(
                _("National Insurance number"),
                hint=_("Two letters, six numbers, one letter. It can be added later."),
                needed=False,
                wide=16,
                checked_by=NINO.validate,
            ),
        )
        self.lives_in = self.add(
            "lives_in",
            ChoiceEntry(
                _("Where they live"),
                [(nation.value, words) for nation, words in names.nations()],
                as_list=True,
            ),
        )
        self.address = self.add("address", LongTextEntry(_("Address"), needed=False))
        self.contact = self.add("contact", TextEntry(_("Telephone or email"), needed=False))
        self.lives_in.set_value("england")

    def show_fact(self, fact: PersonalAssistant) -> None:
        """Show what is known."""
        self.first_names.set_value(fact.first_names)
        self.surname.set_value(fact.surname)
        self.born_on.set_value(fact.born_on)
        self.nino.set_value(NINO.shown(fact.nino) if fact.nino else "")
        self.lives_in.set_value(fact.lives_in)
        self.address.set_value(fact.address)
        self.contact.set_value(fact.contact)

    def fact(self, assistant_id: int = 0) -> PersonalAssistant:
        """Return what was typed."""
        return PersonalAssistant(
            id=assistant_id,
            first_names=self.first_names.answer(),
            surname=self.surname.answer(),
            born_on=self.born_on.answer(),
            nino=self.nino.value(),
            address=self.address.value(),
            contact=self.contact.value(),
            lives_in=self.lives_in.answer(),
        )


class JobForm(Form):
    """When somebody is paid, and how.

    A pay period and its payday are read off any one payslip; every other payday follows.
    """

    def __init__(self) -> None:
        super().__init__()
        self.started_on = self.add("started_on", DateEntry(_("First day of the job")))
        self.frequency = self.add(
            "frequency", ChoiceEntry(_("How often they are paid"), names.frequencies())
        )
        self.first_day = self.add(
            "first_day",
            DateEntry(
                _("First day of any one pay period"),
                hint=_("For example the Monday of a week, or the first of a month."),
            ),
        )
        self.payday = self.add(
            "payday",
            DateEntry(
                _("Payday of that pay period"),
                hint=_("The ordinary payday. If banks are closed the money moves earlier."),
            ),
        )
        self._follows = Words("", "quiet")
        self.add_widget(self._follows)
        self.how_paid = self.add(
            "how_paid", ChoiceEntry(_("How they are paid"), names.ways_of_paying())
        )
        self.declaration = self.add(
            "declaration",
            ChoiceEntry(_("What they said when they started"), names.declarations(), as_list=False),
        )
        self.payroll_id = self.add(
            "payroll_id",
            TextEntry(
                _("Payroll number"),
                hint=_("Left empty, the program gives one."),
                needed=False,
                wide=16,
            ),
        )
        self.how_paid.set_value(names.ways_of_paying()[0][0])
        self.declaration.set_value(StarterDeclaration.NONE)
        for entry in (self.frequency, self.first_day, self.payday):
            entry.edited.connect(self._say_paydays)

    def show_fact(self, fact: Employment) -> None:
        """Show what is known."""
        self.started_on.set_value(fact.started_on)
        self.frequency.set_value(fact.frequency)
        period = fact.schedule.period_of(fact.period_anchor)
        self.first_day.set_value(period.first_day)
        self.payday.set_value(period.pay_date)
        self.how_paid.set_value(fact.how_paid)
        self.declaration.set_value(fact.starter_declaration)
        self.payroll_id.set_value(fact.payroll_id)

    def fact(
        self, assistant_id: int, employment_id: int = 0, left_on: date | None = None
    ) -> Employment:
        """Return what was typed."""
        schedule = self.schedule()
        return Employment(
            id=employment_id,
            assistant_id=assistant_id,
            payroll_id=self.payroll_id.value(),
            started_on=self.started_on.answer(),
            frequency=schedule.frequency,
            period_anchor=schedule.anchor,
            days_after=schedule.days_after,
            day_of_month=schedule.day_of_month,
            months_after=schedule.months_after,
            left_on=left_on,
            starter_declaration=self.declaration.answer(),
            how_paid=self.how_paid.answer(),
        )

    def schedule(self) -> PaySchedule:
        """Return the pay schedule that the two days typed belong to.

        Raises:
            EntryError: If the payday is so far from its period that one of them is mistyped.
        """
        return schedule_of(self.frequency.answer(), self.first_day.answer(), self.payday.answer())

    def _say_paydays(self) -> None:
        """Write out the first paydays that follow from what was typed."""
        try:
            schedule = self.schedule()
        except EntryError:
            self._follows.setText("")
            return
        period = schedule.period_of(self.first_day.answer())
        said = []
        for _each in range(3):
            said.append(
                _("{days}, paid on {payday}.").format(
                    days=words_for.show_days(period.first_day, period.last_day),
                    payday=words_for.show_day(period.pay_date),
                )
            )
            period = schedule.after(period)
        self._follows.setText(_("So the pay periods are:") + "\n" + "\n".join(said))


def schedule_of(frequency: PayFrequency, first_day: date, payday: date) -> PaySchedule:
    """Work out a schedule from the first day of one period and its payday.

    Raises:
        EntryError: If they are more than two months apart, or the payday comes first.
    """
    monthly = frequency is PayFrequency.MONTHLY
    last_day = (
        plus_months(first_day, 1) - _ONE_DAY
        if monthly
        else first_day + timedelta(days=7 * frequency.weeks - 1)
    )
    if payday < first_day or payday > plus_months(last_day, 2):
        raise EntryError(
            _("The payday {payday} does not belong to the pay period that starts on {day}.").format(
                payday=words_for.long_date(payday), day=words_for.long_date(first_day)
            ),
            _("A payday is after its pay period begins, and not months later."),
            _("Look at one payslip, and type the first day it pays for and its payday."),
        )
    if not monthly:
        return PaySchedule(frequency, first_day, days_after=(payday - last_day).days)
    months_after = (payday.year - last_day.year) * 12 + payday.month - last_day.month
    is_last = (payday + _ONE_DAY).day == 1
    return PaySchedule(
        frequency,
        first_day,
        day_of_month=_LAST_DAY_OF_MONTH if is_last else payday.day,
        months_after=months_after,
    )


class RateForm(Form):
    """What one kind of time is paid, from a day."""

    def __init__(self, from_day: date | None = None) -> None:
        super().__init__()
        self.pay_type = self.add(
            "pay_type", ChoiceEntry(_("What it is for"), names.pay_types(), as_list=True)
        )
        self.label = self.add(
            "label",
            TextEntry(_("What the payslip calls it"), hint=_("For example Weekday hours.")),
        )
        self.rate = self.add("rate", MoneyEntry(_("Rate")))
        self.per = self.add("per", ChoiceEntry(_("Paid for"), names.pers()))
        self.from_day = self.add("from_day", DateEntry(_("From")))
        self._suggested: tuple[Per | None, str] = (None, "")
        self.from_day.set_value(from_day)
        self.pay_type.edited.connect(self._suggest)

    def show_fact(self, fact: PayRate) -> None:
        """Show what is known."""
        self.pay_type.set_value(fact.pay_type)
        self.label.set_value(fact.label)
        self.rate.set_value(fact.rate)
        self.per.set_value(fact.per)
        self.from_day.set_value(fact.from_day)

    def fact(self, employment_id: int, rate_id: int = 0) -> PayRate:
        """Return what was typed."""
        return PayRate(
            id=rate_id,
            employment_id=employment_id,
            from_day=self.from_day.answer(),
            pay_type=self.pay_type.answer(),
            label=self.label.answer(),
            rate=self.rate.answer(),
            per=self.per.answer(),
        )

    def _suggest(self) -> None:
        """Fill in what usually goes with a kind of time, in place of an earlier suggestion.

        Going through the list by arrow keys chooses each kind on the way: what was filled in
        for one of them must not stay for the next.
        """
        chosen = self.pay_type.value()
        if chosen is None:
            return
        per = Per.NIGHT if chosen is PayType.SLEEP_IN else Per.HOUR
        label = usual_label(chosen)
        before_per, before_label = self._suggested
        if self.per.value() in {None, before_per}:
            self.per.set_value(per)
        if self.label.text() in {"", before_label}:
            self.label.set_value(label)
        self._suggested = (per, label)


def usual_label(pay_type: PayType) -> str:
    """Return what a payslip usually calls a kind of time."""
    return {
        PayType.BASIC: _("Basic hours"),
        PayType.ENHANCED: _("Enhanced hours"),
        PayType.WAKING_NIGHT: _("Waking night"),
        PayType.SLEEP_IN: _("Sleep-in"),
        PayType.TRAVEL: _("Travel"),
        PayType.HOLIDAY: _("Holiday"),
        PayType.RETAINER: _("Retainer"),
        PayType.EXPENSES: _("Mileage"),
    }[pay_type]


USUAL_RATES: tuple[tuple[str, PayType, Per], ...] = (
    ("basic", PayType.BASIC, Per.HOUR),
    ("enhanced", PayType.ENHANCED, Per.HOUR),
    ("sleep_in", PayType.SLEEP_IN, Per.NIGHT),
    ("waking_night", PayType.WAKING_NIGHT, Per.HOUR),
    ("travel", PayType.TRAVEL, Per.HOUR),
    ("mileage", PayType.EXPENSES, Per.MILE),
)
"""The rates asked for when somebody is taken on, each under the name its field is kept by."""


class RatesForm(Form):
    """What each usual kind of time is paid, all from one day."""

    def __init__(self) -> None:
        super().__init__()
        words = {
            "basic": (_("For an ordinary hour"), ""),
            "enhanced": (
                _("For an enhanced hour"),
                _("Evenings, weekends or bank holidays, if they are paid more."),
            ),
            "sleep_in": (_("For a sleep-in night"), _("They sleep, and are there if needed.")),
            "waking_night": (
                _("For an hour of a waking night"),
                _("They are awake and working all night."),
            ),
            "travel": (_("For an hour of travel between jobs"), ""),
            "mileage": (_("For a mile in their own car"), _("Given back; it is not pay.")),
        }
        self.rates = {
            name: self.add(
                name,
                MoneyEntry(words[name][0], hint=words[name][1], needed=name == "basic"),
            )
            for name, _pay_type, _per in USUAL_RATES
        }
        self.from_day = self.add("from_day", DateEntry(_("These rates are from")))


class StartTaxForm(Form):
    """Tax code, National Insurance letter and loan of somebody who starts."""

    def __init__(self) -> None:
        super().__init__()
        self._suggested: tuple[str, str, str] | None = None
        self._why = Words("", "quiet")
        self._use = button(_("Use what the rules give"), self._use_suggested)
        self.add_widget(self._why)
        self.add_widget(ButtonRow(self._use))
        self.code = self.add(
            "code", TextEntry(_("Tax code"), hint=_("For example 1257L, or BR."), wide=16)
        )
        self.source = self.add(
            "source",
            TextEntry(_("Where it comes from"), hint=_("For example P45, or starter checklist.")),
        )
        self.letter = self.add(
            "letter", ChoiceEntry(_("National Insurance letter"), names.ni_letters())
        )
        self.loan = self.add(
            "loan",
            ChoiceEntry(_("Student loan"), names.loan_plans(), needed=False, as_list=True),
        )
        self.from_day = self.add("from_day", DateEntry(_("Use these from")))
        self._filled = ("", "")
        self.code.edited.connect(self._another_code)
        self._why.hide()
        self._use.hide()

    def fill(self, code: str, source: str) -> None:
        """Put in a code and where it comes from."""
        self.code.set_value(code)
        self.source.set_value(source)
        self._filled = (self.code.text(), self.source.text())

    def suggest(self, tax: SuggestedTaxCode, ni: SuggestedNiLetter) -> None:
        """Offer what the rules give a starter, and say why."""
        self._suggested = (tax.code, ni.letter, tax.source)
        self._why.setText(f"{tax.why} {ni.why}")
        self._use.setText(
            _("Use what the rules give: {code}, letter {letter}").format(
                code=tax.code, letter=ni.letter
            )
        )
        self._use.setAccessibleDescription(self._why.text())
        self._why.show()
        self._use.show()

    def _use_suggested(self) -> None:
        if self._suggested is not None:
            code, letter, source = self._suggested
            self.letter.set_value(letter)
            self.fill(code, source)

    def _another_code(self) -> None:
        """Where the code before came from does not say where another one does."""
        code, source = self._filled
        if code and source == self.source.text() and code != self.code.text():
            self.source.set_text("")


class TaxForm(Form):
    """A tax code from a day."""

    def __init__(self, from_day: date | None = None) -> None:
        super().__init__()
        self.code = self.add(
            "code",
            TextEntry(
                _("Tax code"),
                hint=_(
                    "As on HMRC's newest letter or the P45, such as 1257L. Put M1 or W1 after it "
                    "if the letter says month 1 or week 1."
                ),
                wide=16,
            ),
        )
        self.from_day = self.add("from_day", DateEntry(_("Use it from")))
        self.source = self.add(
            "source",
            TextEntry(_("Where it comes from"), hint=_("For example P45, or HMRC letter 3 July.")),
        )
        self.from_day.set_value(from_day)


class LetterForm(Form):
    """A National Insurance category letter from a day."""

    def __init__(self, from_day: date | None = None) -> None:
        super().__init__()
        self.letter = self.add(
            "letter", ChoiceEntry(_("National Insurance letter"), names.ni_letters())
        )
        self.from_day = self.add("from_day", DateEntry(_("Use it from")))
        self.source = self.add("source", TextEntry(_("Where it comes from"), needed=False))
        self.from_day.set_value(from_day)


class LoanForm(Form):
    """Repayments of a student loan from a day."""

    def __init__(self) -> None:
        super().__init__()
        self.plan = self.add("plan", ChoiceEntry(_("Plan"), names.loan_plans(), as_list=False))
        self.from_day = self.add("from_day", DateEntry(_("Take repayments from")))
        self.source = self.add(
            "source",
            TextEntry(_("Where it comes from"), hint=_("For example HMRC start notice SL1.")),
        )


class PensionForm(Form):
    """Membership of a workplace pension from a day."""

    def __init__(self) -> None:
        super().__init__()
        self.provider = self.add("provider", TextEntry(_("Pension provider")))
        self.from_day = self.add("from_day", DateEntry(_("From")))
        self.basis = self.add(
            "basis", ChoiceEntry(_("Contributions are worked out on"), names.pension_bases())
        )
        self.relief = self.add("relief", ChoiceEntry(_("Tax relief"), names.pension_reliefs()))
        self.employee = self.add("employee", PercentEntry(_("The worker pays, in percent")))
        self.employer = self.add("employer", PercentEntry(_("You pay, in percent")))
        self.basis.set_value(PensionBasis.QUALIFYING_EARNINGS)
        self.relief.set_value(PensionRelief.RELIEF_AT_SOURCE)
        self.employee.set_text("5")
        self.employer.set_text("3")

    def show_fact(self, fact: PensionMembership) -> None:
        """Show what is known."""
        self.provider.set_value(fact.provider)
        self.from_day.set_value(fact.from_day)
        self.basis.set_value(fact.basis)
        self.relief.set_value(fact.relief)
        self.employee.set_value(fact.employee_percent)
        self.employer.set_value(fact.employer_percent)

    def fact(self, employment_id: int, membership_id: int = 0) -> PensionMembership:
        """Return what was typed."""
        return PensionMembership(
            id=membership_id,
            employment_id=employment_id,
            from_day=self.from_day.answer(),
            provider=self.provider.answer(),
            basis=self.basis.answer(),
            relief=self.relief.answer(),
            employee_percent=self.employee.answer(),
            employer_percent=self.employer.answer(),
        )


class LastDayForm(Form):
    """One day on which something ends."""

    def __init__(self, label: str, hint: str = "") -> None:
        super().__init__()
        self.last_day = self.add("last_day", DateEntry(label, hint=hint))
        self.last_day.set_value(clock.today())
