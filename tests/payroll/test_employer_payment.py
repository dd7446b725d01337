"""What HMRC is owed nets the allowance, and must arrive on a day banks are open."""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import date
from typing import TYPE_CHECKING, Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpemployer.bank_days import banking_day_on_or_before
from dpemployer.data_files import texts
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.employer_payment import (
    Deductions,
    PaymentPeriod,
    allowance_for_year,
    employer_payment,
    may_pay_quarterly,
    payment_period,
    payment_periods,
)
from dpemployer.payroll.payslip import Payslip
from dpemployer.periods import PayFrequency, TaxYear
from dpemployer.statutory.rates import RateBook
from dpemployer.workings import explain
from tests.vectors import vectors

if TYPE_CHECKING:
    from tests.vectors import Vector

RATES = RateBook.parse(texts("statutory", ".toml")).for_year(TaxYear(2026))


def periods(*, quarterly: bool) -> tuple[PaymentPeriod, ...]:
    return payment_periods(
        TaxYear(2026),
        quarterly=quarterly,
        rates=RATES,
        banking_day_on_or_before=banking_day_on_or_before,
    )


@pytest.mark.parametrize("example", vectors("p32"), ids=str)
def test_agrees_with_the_example(rates: RateBook, example: Vector) -> None:
    inputs = {
        name: Money.parse(value) for name, value in example.inputs.items() if "." in str(value)
    }

    outcome = employer_payment(
        Deductions(
            inputs["income_tax"],
            inputs["employee_ni"],
            inputs["employer_ni"],
            inputs["student_loans"],
            inputs["postgraduate_loans"],
        ),
        allowance_left=inputs["employment_allowance_left"],
        rates=rates.for_year(TaxYear.parse(example.tax_year)),
        statutory_parental_paid=inputs["statutory_parental_paid"],
        small_employer=example.inputs["small_employer"],
    )

    assert {
        "employment_allowance_used": outcome.allowance_used.plain,
        "statutory_recovered": outcome.statutory_recovered.plain,
        "ni_compensation": outcome.ni_compensation.plain,
        "due_to_hmrc": outcome.due.plain,
        "employment_allowance_carried": outcome.allowance_left.plain,
    } == example.expected


@pytest.mark.parametrize(
    ("year", "compensation"), [(2023, 23_32), (2024, 23_32), (2025, 66_07), (2026, 69_96)]
)
def test_small_employers_get_the_compensation_of_the_year(
    rates: RateBook, year: int, compensation: int
) -> None:
    outcome = employer_payment(
        Deductions(),
        allowance_left=NOTHING,
        rates=rates.for_year(TaxYear(year)),
        statutory_parental_paid=Money(777_28),
    )

    assert outcome.ni_compensation == Money(compensation)


def test_the_allowance_is_that_of_the_year(rates: RateBook) -> None:
    assert allowance_for_year(rates.for_year(TaxYear(2024))) == Money(5_000_00)
    assert allowance_for_year(RATES) == Money(10_500_00)


def test_employer_insurance_taken_back_gives_allowance_back() -> None:
    outcome = employer_payment(
        Deductions(employer_ni=Money(-100_00)), allowance_left=Money(1_000_00), rates=RATES
    )

    assert outcome.allowance_used == Money(-100_00)
    assert outcome.allowance_left == Money(1_100_00)
    assert outcome.due == NOTHING


def test_a_month_of_refunds_is_owed_back() -> None:
    outcome = employer_payment(
        Deductions(income_tax=Money(-50_00)), allowance_left=NOTHING, rates=RATES
    )

    assert outcome.due == Money(-50_00)
    assert "HMRC repays it on request" in explain(outcome.workings)[-1].sentence


def test_payslips_add_up_and_a_reversal_takes_its_own_away() -> None:
    slip = _slip(Money(10_00))
    mirror = _slip(Money(-10_00))

    assert Deductions.of([slip, slip, mirror]) == Deductions.of([slip])
    assert Deductions.of([slip]).income_tax == Money(10_00)
    assert Deductions.of([]) == Deductions()


@pytest.mark.parametrize("example", vectors("hmrc_payment"), ids=str)
def test_the_money_must_arrive_on_a_day_banks_are_open(example: Vector) -> None:
    period = periods(quarterly=False)[example.inputs["tax_month"] - 1]

    assert {
        "ends": period.last_day.isoformat(),
        "electronic_by": period.electronic_by.isoformat(),
        "post_by": period.post_by.isoformat(),
    } == example.expected


def test_quarters_end_on_the_5th_of_july_october_january_and_april() -> None:
    quarters = periods(quarterly=True)

    assert [period.last_day for period in quarters] == [
        date(2026, 7, 5),
        date(2026, 10, 5),
        date(2027, 1, 5),
        date(2027, 4, 5),
    ]
    assert [period.first_day for period in quarters] == [
        date(2026, 4, 6),
        date(2026, 7, 6),
        date(2026, 10, 6),
        date(2027, 1, 6),
    ]
    assert [period.number for period in quarters] == [1, 2, 3, 4]


def test_every_day_of_the_year_is_in_one_period() -> None:
    for quarterly in (False, True):
        spans = periods(quarterly=quarterly)
        days = sum((span.last_day - span.first_day).days + 1 for span in spans)

        assert days == 365
        assert spans[0].first_day == date(2026, 4, 6)


def test_a_due_day_that_is_a_bank_holiday_moves_back(rates: RateBook) -> None:
    # 22 May 2025 was a Thursday; 19 April 2025 was the Saturday after Good Friday.
    period = payment_period(
        date(2025, 4, 1),
        quarterly=False,
        rates=rates.on(date(2025, 4, 1)),
        banking_day_on_or_before=banking_day_on_or_before,
    )

    assert period.post_by == date(2025, 4, 17)
    assert period.electronic_by == date(2025, 4, 22)


def test_who_owes_under_1500_in_an_average_month_may_pay_quarterly() -> None:
    assert may_pay_quarterly(Money(1_499_99), RATES)
    assert not may_pay_quarterly(Money(1_500_00), RATES)


AMOUNTS = st.integers(0, 1_000_000).map(Money)


@given(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS)
def test_the_allowance_never_lowers_more_than_the_employers_own_insurance(
    tax: Money, employee: Money, employer: Money, loans: Money, allowance: Money
) -> None:
    outcome = employer_payment(
        Deductions(tax, employee, employer, loans), allowance_left=allowance, rates=RATES
    )

    assert outcome.allowance_used <= employer
    assert outcome.allowance_used + outcome.allowance_left == allowance
    assert outcome.due == tax + employee + employer + loans - outcome.allowance_used
    assert all("{" not in step.sentence for step in explain(outcome.workings))


def _slip(each: Money) -> Payslip:
    """Return a payslip on which every amount is *each*."""
    blank: dict[Any, Any] = {
        Money: each,
        int: 0,
        str: "",
        date: date(2026, 5, 1),
        PayFrequency: PayFrequency.WEEKLY,
    }
    kinds = get_type_hints(Payslip)
    needed = (part.name for part in fields(Payslip) if part.default is MISSING)
    return Payslip(**{name: blank.get(kinds[name], ()) for name in needed})
