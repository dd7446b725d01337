"""Figures to date of one person, as the last payslip before the book shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpemployer.i18n import _
from dpemployer.money import NOTHING, Money
from dpemployer.services.rows import OpeningHoliday, OpeningPay
from ui.widgets.entries import HoursEntry, MoneyEntry, TextEntry
from ui.widgets.form import Form

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from dpemployer.office import Office
    from dpemployer.periods import TaxYear
    from dpemployer.services.rows import OpeningState


class OpeningPayForm(Form):
    """Pay, tax, National Insurance, loan and pension to date, holiday left, and a P45."""

    def __init__(self) -> None:
        super().__init__()
        self.source = self.add(
            "source",
            TextEntry(
                _("Where the figures come from"), hint=_("For example payslip 26 June 2026.")
            ),
        )
        self.add_heading(_("In this job, since 6 April"))
        amounts = (
            ("pay", _("Gross pay to date"), ""),
            ("taxable_pay", _("Taxable pay to date"), _("If not shown, the same as gross pay.")),
            ("tax", _("Tax to date"), ""),
            ("earnings_for_ni", _("Earnings for National Insurance to date"), ""),
            ("employee_ni", _("Their National Insurance to date"), ""),
            ("employer_ni", _("Your National Insurance to date"), ""),
            ("at_lel", _("Earnings at the lower earnings limit"), ""),
            ("lel_to_pt", _("Earnings from there to the primary threshold"), ""),
            ("pt_to_uel", _("Earnings from there to the upper limit"), ""),
            ("student_loan", _("Student loan to date"), ""),
            ("postgraduate_loan", _("Postgraduate loan to date"), ""),
            ("employee_pension", _("Their pension contributions to date"), ""),
            ("employer_pension", _("Your pension contributions to date"), ""),
        )
        self.amounts = {
            name: self.add(name, MoneyEntry(label, hint=hint, needed=name in {"pay", "tax"}))
            for name, label, hint in amounts
        }
        self.add_heading(
            _("From an earlier job, this tax year"),
            _("Only if they came with a P45. These figures are kept apart."),
        )
        self.previous_pay = self.add("previous_pay", MoneyEntry(_("Pay on the P45"), needed=False))
        self.previous_tax = self.add("previous_tax", MoneyEntry(_("Tax on the P45"), needed=False))
        self.add_heading(_("Holiday"))
        self.holiday = self.add("holiday", HoursEntry(_("Hours of holiday left"), needed=False))
        self._pay_id = 0
        self._holiday_id = 0

    def show_state(self, state: OpeningState, employment_id: int) -> None:
        """Show everything that is known of one job."""
        for pay in state.pay:
            if pay.employment_id == employment_id:
                self.show_pay(pay)
        for p45 in state.p45s:
            if p45.employment_id == employment_id:
                self.show_p45(p45)
        for holiday in state.holidays:
            if holiday.employment_id == employment_id:
                self.show_holiday(holiday)

    def show_pay(self, fact: OpeningPay) -> None:
        """Show what is known of pay to date."""
        self._pay_id = fact.id
        self.source.set_value(fact.source)
        for name, entry in self.amounts.items():
            amount: Money = getattr(fact, name)
            entry.set_value(amount if amount or name in {"pay", "tax"} else None)

    def show_p45(self, fact: OpeningPay) -> None:
        """Show what is known of an earlier job."""
        self.previous_pay.set_value(fact.previous_pay)
        self.previous_tax.set_value(fact.previous_tax)

    def show_holiday(self, fact: OpeningHoliday) -> None:
        """Show what is known of holiday left."""
        self._holiday_id = fact.id
        self.holiday.set_value(fact.minutes_left)

    def keep(
        self, office: Office, employment_id: int, tax_year: TaxYear, as_of: date
    ) -> Callable[[], Any]:
        """Return the work that keeps what was typed."""
        source = self.source.answer()
        read = {name: entry.read() for name, entry in self.amounts.items()}
        gross = self.amounts["pay"].answer()
        figures = {name: amount or NOTHING for name, amount in read.items()}
        for name in ("taxable_pay", "earnings_for_ni"):
            if read[name] is None:
                figures[name] = gross
        pay = OpeningPay(
            id=self._pay_id,
            employment_id=employment_id,
            tax_year=str(tax_year),
            source=source,
            **figures,
        )
        previous_pay, previous_tax = self.previous_pay.read(), self.previous_tax.read()
        minutes = self.holiday.read()
        holiday = OpeningHoliday(self._holiday_id, employment_id, as_of, minutes or 0, source)

        def keep() -> None:
            office.opening.set_pay(pay)
            if previous_pay is not None or previous_tax is not None:
                office.opening.set_p45(
                    employment_id,
                    tax_year,
                    source,
                    previous_pay or NOTHING,
                    previous_tax or NOTHING,
                )
            if minutes is not None:
                office.opening.set_holiday(holiday)

        return keep
