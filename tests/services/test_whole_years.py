"""There is one engine: what a book stores is what `dpemployer calculate` says, all year.

Every shared sequence is lived through in a real book: tax codes, letters and loans dated as
they change, P45 figures entered as opening figures, each payday drafted and finalised. What is
stored is then compared with the command's answer to the same sequence, and with the figures
worked out for it by hand.

The sequences give a fortnightly or four-weekly payday the tax week of its number (2, 4, 6 … or
4, 8, 12 …). A book uses the tax week the payday falls in, as HMRC's routine says; in these
sequences that is the same week.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from dpemployer.money import Money
from dpemployer.payroll.people import PayType, Per
from dpemployer.periods import PayFrequency, TaxYear
from dpemployer.services.calculations.asking import Kind, answers
from tests.builders import RATES, a_rate, a_shift, an_employment
from tests.vectors import sequences

if TYPE_CHECKING:
    from dpemployer.payroll.people import Employment
    from tests.services.household import Household
    from tests.vectors import Sequence

SEQUENCES = sequences()


def employment_for(frequency: PayFrequency, first_payday: date) -> Employment:
    """Whose paydays fall on the days of the sequence."""
    if frequency is PayFrequency.MONTHLY:
        anchor, day_of_month = first_payday.replace(day=1), first_payday.day
    else:
        anchor, day_of_month = first_payday - timedelta(days=7 * frequency.weeks - 1), 31
    return an_employment(
        frequency=frequency,
        period_anchor=anchor,
        days_after=0,
        day_of_month=day_of_month,
        started_on=anchor,
    )


class Living:
    """One sequence, lived through in a book."""

    def __init__(self, household: Household, sequence: Sequence) -> None:
        self.household = household
        self.question = sequence.question
        self.frequency = PayFrequency(self.question["frequency"])
        self.year = TaxYear.parse(self.question["tax_year"])
        first_payday = date.fromisoformat(self.question["periods"][0]["pay_date"])
        contract = employment_for(self.frequency, first_payday)
        self.code = self.letter = ""
        self.loans: dict[str, int] = {}
        self.employment = household.take_on(contract, rates=(a_rate(from_day=contract.started_on),))
        self.take_over_the_p45()

    def take_over_the_p45(self) -> None:
        forward = self.question["brought_forward"]
        if forward["taxable_pay"] != "0.00":
            self.household.opening.set_p45(
                self.employment,
                self.year,
                "P45 in the sequence",
                Money.parse(forward["taxable_pay"]),
                Money.parse(forward["tax"]),
            )

    def pay(self, period: dict[str, Any]) -> None:
        pay_date = date.fromisoformat(period["pay_date"])
        self.change_terms(period, pay_date)
        self.record(period, pay_date)
        self.household.pay(self.employment, pay_date)

    def change_terms(self, period: dict[str, Any], pay_date: date) -> None:
        people = self.household.people
        mark = "M1" if self.frequency is PayFrequency.MONTHLY else "W1"
        code = period["code"] if period["basis"] == "cumulative" else f"{period['code']} {mark}"
        if code != self.code:
            people.set_tax_code(self.employment, pay_date, code, "the sequence")
            self.code = code
        if period["ni"] != self.letter:
            people.set_ni_letter(self.employment, pay_date, period["ni"], "the sequence")
            self.letter = period["ni"]
        wanted = {
            plan for plan in (period["plan"], "postgraduate" if period["pg"] else None) if plan
        }
        for plan in set(self.loans) - wanted:
            people.stop_loan(self.loans.pop(plan), pay_date - timedelta(days=1))
        for plan in wanted - set(self.loans):
            self.loans[plan] = people.set_loan(self.employment, plan, pay_date, "the sequence")

    def record(self, period: dict[str, Any], pay_date: date) -> None:
        """Record one amount, as a night paid by the night, so that pay is exactly as given."""
        timesheets = self.household.timesheets
        sheet = timesheets.open(self.employment, pay_date)
        amount = Money.parse(period["pay"])
        if amount:
            label = f"Period {period['period']}"
            day = max(
                self.year.first_day, self.household.period(self.employment, pay_date).first_day
            )
            rate = a_rate(
                pay_type=PayType.SLEEP_IN, label=label, per=Per.NIGHT, from_day=day, rate=amount
            )
            self.household.people.set_rate(replace(rate, employment_id=self.employment))
            timesheets.add_shift(a_shift(day, 540, PayType.SLEEP_IN, label, timesheet_id=sheet))
        timesheets.approve(sheet, "Helen Ashby", pay_date)


@pytest.mark.parametrize("sequence", SEQUENCES, ids=str)
def test_a_year_lived_through_a_book_is_the_year_that_is_calculated(
    household: Household, sequence: Sequence
) -> None:
    living = Living(household, sequence)
    for period in sequence.question["periods"]:
        living.pay(period)

    slips = household.slips(living.employment)
    (answer,) = answers(Kind.PAYROLL_YEAR, [sequence.question], RATES)
    forward = sequence.question["brought_forward"]
    stored = []
    for slip in slips:
        to_date = household.pay_runs.payslip(slip.id).year_to_date
        stored.append(
            {
                "tax": slip.tax.plain,
                "employee_ni": slip.employee_ni.plain,
                "employer_ni": slip.employer_ni.plain,
                "student_loan": slip.student_loan.plain,
                "postgraduate_loan": slip.postgraduate_loan.plain,
                "net": slip.net_pay.plain,
                "taxable_pay_to_date": (
                    to_date.taxable_pay + Money.parse(forward["taxable_pay"])
                ).plain,
                "tax_to_date": (to_date.tax + Money.parse(forward["tax"])).plain,
            }
        )
    assert stored == answer.periods == sequence.expected
    totals = {
        "pay": Money.total(slip.gross_pay for slip in slips).plain,
        "net": Money.total(slip.net_pay for slip in slips).plain,
        "tax": Money.total(slip.tax for slip in slips).plain,
        "employee_ni": Money.total(slip.employee_ni for slip in slips).plain,
        "employer_ni": Money.total(slip.employer_ni for slip in slips).plain,
        "student_loan": Money.total(slip.student_loan for slip in slips).plain,
        "postgraduate_loan": Money.total(slip.postgraduate_loan for slip in slips).plain,
    }
    assert totals == sequence.year_totals


def test_every_kind_of_payday_is_among_the_sequences() -> None:
    assert {sequence.question["frequency"] for sequence in SEQUENCES} == set(PayFrequency)
