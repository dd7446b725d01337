"""What is asked of an hour of support, and of the end of the funding year: all of it a what-if."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from dpemployer.i18n import _
from dpemployer.money import NOTHING
from dpemployer.services.cost_rows import CostPerson, FixedCost, PensionMode
from ui.widgets.entries import (
    ChoiceEntry,
    DateEntry,
    MoneyEntry,
    NumberEntry,
    PercentEntry,
    TickEntry,
)
from ui.widgets.form import Form

if TYPE_CHECKING:
    from dpemployer.services.cost_rows import CostQuestion, ForecastQuestion

_BY_LAW = "by_law"
_MOST_PEOPLE = 20


class CostForm(Form):
    """Asks what an hour of support is bought on."""

    def __init__(self) -> None:
        super().__init__()
        self._book: CostQuestion | None = None
        self.rate = self.add("rate", MoneyEntry(_("Pay for an hour")))
        self.hours = self.add(
            "hours",
            NumberEntry(
                _("Hours of support a week"),
                hint=_("Every week of the year, with the cover while somebody is on holiday."),
            ),
        )
        self.people = self.add("people", NumberEntry(_("How many people share the work?")))
        self.add_heading(_("What the funder pays"))
        self.budget = self.add(
            "budget",
            MoneyEntry(
                _("Money for a week"),
                hint=_("With your own contribution, and anything else that is agreed."),
                needed=False,
            ),
        )
        self.funded = self.add(
            "funded", MoneyEntry(_("What the funder reckons an hour costs"), needed=False)
        )
        self.add_heading(_("From next April"))
        self.next_rate = self.add(
            "next_rate",
            MoneyEntry(
                _("Pay for an hour from next April"),
                hint=_("The minimum wage changes on 1 April. Put in what you would pay then."),
                needed=False,
            ),
        )
        self.add_heading(_("What comes on top of pay"))
        self.pension: ChoiceEntry[str] = self.add(
            "pension",
            ChoiceEntry(
                _("Pension"),
                (
                    (_BY_LAW, _("As the law asks, and for whoever is a member now")),
                    (PensionMode.OPT_IN, _("As if everybody had asked to join")),
                    (PensionMode.FULL, _("The employer’s share of all pay, as some councils do")),
                    (PensionMode.NONE, _("Nothing")),
                ),
                as_list=True,
            ),
        )
        self.allowance = self.add(
            "allowance",
            TickEntry(
                _("You may claim the Employment Allowance"),
                hint=_(
                    "Only where all that your personal assistants do is care and support. Untick "
                    "it to see what losing it would cost."
                ),
            ),
        )
        self.redundancy = self.add("redundancy", TickEntry(_("Set money aside for redundancy")))
        self.nights = self.add("nights", NumberEntry(_("Nights slept in a week")))
        self.night_rate = self.add("night_rate", MoneyEntry(_("Pay for a night slept in")))
        self.bank_percent = self.add(
            "bank_percent",
            PercentEntry(
                _("Extra pay on a bank holiday"),
                hint=_("50% is time and a half, 100% is double time."),
            ),
        )
        self.bank_hours = self.add(
            "bank_hours", NumberEntry(_("Hours worked on bank holidays in a year"))
        )
        self.sick_days = self.add("sick_days", NumberEntry(_("Days of sick pay in a year")))
        self.sick_rate = self.add("sick_rate", MoneyEntry(_("Sick pay for a day")))
        self.contingency = self.add(
            "contingency",
            PercentEntry(_("Kept in hand"), hint=_("A part of pay, for what nobody can foresee.")),
        )
        self.add_heading(
            _("What a year costs, however many hours are worked"),
            _("To begin with: what the cash book paid in the last twelve months."),
        )
        self.fixed = {
            kind: self.add(kind, MoneyEntry(words))
            for kind, words in (
                (FixedCost.INSURANCE, _("Insurance")),
                (FixedCost.PAYROLL, _("Payroll")),
                (FixedCost.TRAINING, _("Training")),
                (FixedCost.RECRUITMENT, _("Finding people, and checks on them")),
                (FixedCost.OTHER, _("Other costs of being an employer")),
            )
        }

    def show_question(self, question: CostQuestion) -> None:
        """Fill the form with what the book says."""
        self._book = question
        self.rate.set_value(question.hourly_rate)
        self.hours.set_value(question.weekly_hours)
        self.people.set_value(Decimal(len(question.people)))
        self.budget.set_value(question.weekly_budget)
        self.funded.set_value(question.funded_rate)
        self.next_rate.set_value(question.next_rate)
        self.pension.set_value(question.pension or _BY_LAW)
        self.allowance.set_value(question.allowance)
        self.redundancy.set_value(question.redundancy)
        self.nights.set_value(question.sleep_ins)
        self.night_rate.set_value(question.sleep_in_rate)
        self.bank_percent.set_value(question.bank_holiday_percent)
        self.bank_hours.set_value(question.bank_holiday_hours)
        self.sick_days.set_value(question.sick_days)
        self.sick_rate.set_value(question.sick_day_rate)
        self.contingency.set_value(question.contingency_percent)
        amounts = dict(question.fixed)
        for kind, entry in self.fixed.items():
            entry.set_value(amounts.get(kind, NOTHING))

    def question(self) -> CostQuestion | None:
        """Return what is asked now; None before the book has answered.

        Raises:
            EntryError: If something typed cannot be.
        """
        if self._book is None:
            return None
        pension = self.pension.answer()
        return replace(
            self._book,
            hourly_rate=self.rate.answer(),
            weekly_hours=self.hours.answer(),
            people=self._people(self._book.people),
            weekly_budget=self.budget.read(),
            funded_rate=self.funded.read(),
            next_rate=self.next_rate.read(),
            pension=None if pension == _BY_LAW else PensionMode(pension),
            allowance=self.allowance.read(),
            redundancy=self.redundancy.read(),
            sleep_ins=self.nights.answer(),
            sleep_in_rate=self.night_rate.answer(),
            bank_holiday_percent=self.bank_percent.answer(),
            bank_holiday_hours=self.bank_hours.answer(),
            sick_days=self.sick_days.answer(),
            sick_day_rate=self.sick_rate.answer(),
            contingency_percent=self.contingency.answer(),
            fixed=tuple((kind, entry.answer()) for kind, entry in self.fixed.items()),
        )

    def _people(self, known: tuple[CostPerson, ...]) -> tuple[CostPerson, ...]:
        """Return the people of the book while their number is the same; else as many, equally."""
        count = max(1, min(_MOST_PEOPLE, int(self.people.answer())))
        if count == len(known):
            return known
        share = Decimal(1) / count
        filled = (*known, *(CostPerson("", share) for _more in range(count)))[:count]
        return tuple(replace(person, share=share) for person in filled)


class ForecastForm(Form):
    """Asks what the end of the funding year is reckoned from."""

    def __init__(self) -> None:
        super().__init__()
        self._book: ForecastQuestion | None = None
        self.year_ends = self.add(
            "year_ends",
            DateEntry(
                _("The last day of the funding year"),
                hint=_("The council’s letter says it: often 31 March or 5 April."),
            ),
        )
        self.weekly_cost = self.add(
            "weekly_cost",
            MoneyEntry(
                _("What a usual week costs"),
                hint=_("With tax, National Insurance and pension, as it is earned."),
            ),
        )
        self.funding = self.add("funding", MoneyEntry(_("What comes in for a week")))
        self.unpaid = self.add("unpaid", MoneyEntry(_("Owed and not yet paid")))
        self.holiday = self.add("holiday", MoneyEntry(_("Holiday that is still owed")))
        self.one_offs = self.add(
            "one_offs", MoneyEntry(_("What you plan to buy before the year ends"))
        )
        self.ring_fenced = self.add("ring_fenced", MoneyEntry(_("Set aside")))
        self.retention = self.add(
            "retention",
            NumberEntry(
                _("Weeks of money the council lets you keep"),
                hint=_("Your agreement says it. Eight is usual."),
            ),
        )

    def show_question(self, question: ForecastQuestion) -> None:
        """Fill the form with what the book says."""
        self._book = question
        self.year_ends.set_value(question.year_ends)
        self.weekly_cost.set_value(question.weekly_cost)
        self.funding.set_value(question.weekly_funding)
        self.unpaid.set_value(question.unpaid)
        self.holiday.set_value(question.holiday_owed)
        self.one_offs.set_value(question.one_offs)
        self.ring_fenced.set_value(question.ring_fenced)
        self.retention.set_value(question.retention_weeks)

    def question(self) -> ForecastQuestion | None:
        """Return what is asked now; None before the book has answered.

        Raises:
            EntryError: If something typed cannot be.
        """
        if self._book is None:
            return None
        return replace(
            self._book,
            year_ends=self.year_ends.answer(),
            weekly_cost=self.weekly_cost.answer(),
            weekly_funding=self.funding.answer(),
            unpaid=self.unpaid.answer(),
            holiday_owed=self.holiday.answer(),
            one_offs=self.one_offs.answer(),
            ring_fenced=self.ring_fenced.answer(),
            retention_weeks=self.retention.answer(),
        )
