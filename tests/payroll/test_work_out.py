"""One engine for a payslip: pension, tax, National Insurance and loans, in that order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpemployer.data_files import texts
from dpemployer.errors import EntryError, NegativePayError, RatesUnknownError
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.payslip import PayslipInputs, PensionTerms
from dpemployer.payroll.people import PensionBasis, PensionRelief
from dpemployer.payroll.work_out import work_out
from dpemployer.periods import PayFrequency
from dpemployer.services.calculations.pay import year_inputs
from dpemployer.services.cases import Case
from dpemployer.statutory.rates import RateBook
from dpemployer.workings import explain
from tests.vectors import Sequence, sequences

if TYPE_CHECKING:
    from dpemployer.payroll.payslip import PayslipResult

RATES = RateBook.parse(texts("statutory", ".toml"))


def terms(
    basis: PensionBasis = PensionBasis.QUALIFYING_EARNINGS,
    relief: PensionRelief = PensionRelief.RELIEF_AT_SOURCE,
    employee: int = 5,
    employer: int = 3,
) -> PensionTerms:
    return PensionTerms(basis, relief, Decimal(employee), Decimal(employer))


def payslip(pence: int, **changes: Any) -> PayslipResult:
    """Work out a monthly payslip of 28 April 2026 on 1257L and letter A."""
    inputs = PayslipInputs(
        pay_date=date(2026, 4, 28),
        frequency=PayFrequency.MONTHLY,
        tax_code="1257L",
        ni_letter="A",
        pay=Money(pence),
    )
    return work_out(replace(inputs, **changes), RATES)


@pytest.mark.parametrize("sequence", sequences(), ids=str)
def test_a_whole_year_of_paydays_agrees_with_the_example(
    rates: RateBook, sequence: Sequence
) -> None:
    pay = tax = NOTHING
    got = []
    for inputs in year_inputs(Case.of(sequence.question)):
        result = work_out(replace(inputs, taxable_pay_to_date=pay, tax_to_date=tax), rates)
        pay, tax = pay + result.taxable_pay, tax + result.tax
        got.append(result)

    assert [_said(result) for result in got] == sequence.expected
    assert {
        "pay": Money.total(result.pay for result in got).plain,
        "tax": Money.total(result.tax for result in got).plain,
        "employee_ni": Money.total(result.employee_ni for result in got).plain,
        "employer_ni": Money.total(result.employer_ni for result in got).plain,
        "student_loan": Money.total(result.student_loan for result in got).plain,
        "postgraduate_loan": Money.total(result.postgraduate_loan for result in got).plain,
        "net": Money.total(result.net_pay for result in got).plain,
    } == sequence.year_totals


def test_a_pension_under_net_pay_lowers_the_pay_that_is_taxed_and_nothing_else() -> None:
    without = payslip(2_000_00)
    with_pension = payslip(2_000_00, pension=terms(relief=PensionRelief.NET_PAY))

    assert with_pension.employee_pension == Money(74_00)
    assert with_pension.taxable_pay == Money(1_926_00)
    assert with_pension.tax < without.tax
    assert with_pension.employee_ni == without.employee_ni
    assert with_pension.pension_relief == NOTHING


def test_relief_at_source_takes_four_fifths_from_pay_after_tax() -> None:
    without = payslip(1_500_00)
    with_pension = payslip(1_500_00, pension=terms())

    assert with_pension.tax == without.tax
    assert with_pension.employee_pension == Money(39_20)
    assert with_pension.pension_relief == Money(9_80)
    assert with_pension.employer_pension == Money(29_40)
    assert with_pension.pensionable_pay == Money(980_00)
    assert with_pension.net_pay == without.net_pay - Money(39_20)


def test_sets_1_and_2_count_basic_pay_only() -> None:
    outcome = payslip(
        1_500_00,
        basic_pay=Money(1_400_00),
        pension=terms(PensionBasis.BASIC_PAY_SET_1, employer=4),
    )

    assert outcome.pensionable_pay == Money(1_400_00)
    assert outcome.findings == ()


def test_set_2_with_too_little_basic_pay_is_a_finding() -> None:
    outcome = payslip(
        1_500_00, basic_pay=Money(1_000_00), pension=terms(PensionBasis.BASIC_PAY_SET_2)
    )

    assert [finding.code for finding in outcome.findings] == ["pension_basic_pay_too_little"]
    assert (
        payslip(
            1_500_00, basic_pay=Money(1_500_00), pension=terms(PensionBasis.BASIC_PAY_SET_2)
        ).findings
        == ()
    )


def test_a_share_below_the_least_the_law_allows_is_a_finding() -> None:
    outcome = payslip(1_500_00, pension=terms(employee=3))

    assert [finding.code for finding in outcome.findings] == ["pension_total_below_minimum"]


def test_a_rate_that_could_not_be_checked_is_a_finding() -> None:
    outcome = payslip(1_500_00, pay_date=date(2024, 1, 31), ni_letter="B")

    assert [finding.code for finding in outcome.findings] == ["rates_unconfirmed"]


def test_basic_pay_above_all_pay_is_refused() -> None:
    with pytest.raises(EntryError, match="more than the whole pay"):
        payslip(1_000_00, basic_pay=Money(1_000_01), pension=terms(PensionBasis.BASIC_PAY_SET_1))


def test_the_pension_thresholds_are_those_of_the_first_day_of_the_period() -> None:
    with pytest.raises(RatesUnknownError):
        payslip(
            1_500_00,
            pay_date=date(2023, 4, 28),
            first_day=date(2023, 3, 1),
            pension=terms(),
        )


def test_benefits_are_taxed_and_are_not_money() -> None:
    without = payslip(2_000_00)
    with_benefits = payslip(2_000_00, payrolled_benefits=Money(100_00))

    assert with_benefits.taxable_pay == Money(2_100_00)
    assert with_benefits.tax == without.tax + Money(20_00)
    assert with_benefits.employee_ni == without.employee_ni
    assert with_benefits.net_pay == without.net_pay - Money(20_00)


def test_half_the_money_is_the_most_that_tax_takes_whatever_the_benefits() -> None:
    outcome = payslip(100_00, tax_code="0T", payrolled_benefits=Money(1_000_00))

    assert outcome.tax == Money(50_00)


def test_a_p45_counts_in_a_cumulative_calculation() -> None:
    outcome = payslip(
        1_200_00,
        pay_date=date(2026, 10, 30),
        previous_pay=Money(9_000_00),
        previous_tax=Money(542_00),
    )

    assert outcome.tax == Money(30_40)
    assert outcome.taxable_pay_to_date == Money(10_200_00)
    assert outcome.tax_to_date == Money(572_40)


def test_a_mark_on_the_code_and_the_flag_mean_the_same() -> None:
    may = date(2026, 5, 28)
    marked = payslip(1_500_00, pay_date=may, tax_code="1257L M1")
    flagged = payslip(1_500_00, pay_date=may, week1_month1=True)

    assert marked.tax == flagged.tax
    assert marked.tax != payslip(1_500_00, pay_date=may).tax


@pytest.mark.parametrize(
    ("frequency", "pay_date", "period"),
    [
        (PayFrequency.WEEKLY, date(2027, 4, 5), 53),
        (PayFrequency.FORTNIGHTLY, date(2027, 4, 5), 54),
        (PayFrequency.FOUR_WEEKLY, date(2027, 4, 5), 56),
        (PayFrequency.WEEKLY, date(2026, 4, 10), 1),
        (PayFrequency.MONTHLY, date(2027, 4, 5), 12),
    ],
)
def test_the_payday_fixes_the_tax_period(
    frequency: PayFrequency, pay_date: date, period: int
) -> None:
    assert payslip(500_00, frequency=frequency, pay_date=pay_date).tax_period == period


def test_the_payday_too_many_is_told_to_hmrc_by_its_own_number() -> None:
    extra = payslip(
        1_600_00,
        frequency=PayFrequency.FOUR_WEEKLY,
        pay_date=date(2027, 4, 2),
        extra_period=True,
        taxable_pay_to_date=Money(20_000_00),
        tax_to_date=Money(1_000_00),
    )

    assert extra.tax_period == 56
    assert extra.tax == Money(126_40)


def test_deductions_and_expenses_come_after_everything_else() -> None:
    plain = payslip(1_500_00)
    outcome = payslip(
        1_500_00,
        other_deductions=(("Overpayment put right", Money(20_00)), ("Union", Money(5_00))),
        expenses=Money(12_50),
    )

    assert outcome.net_pay == plain.net_pay - Money(25_00) + Money(12_50)
    assert outcome.taxable_pay == plain.taxable_pay


def test_redundancy_pay_is_paid_whole_on_top_of_net_pay() -> None:
    plain = payslip(1_500_00)
    outcome = payslip(1_500_00, redundancy_pay=Money(2_000_00))

    assert outcome == replace(
        plain, net_pay=plain.net_pay + Money(2_000_00), workings=outcome.workings
    )
    assert "plus £2,000.00 of redundancy pay" in explain(outcome.workings)[-1].sentence


def test_deductions_above_the_pay_are_refused_even_when_expenses_would_cover_them() -> None:
    with pytest.raises(EntryError, match="come to more than the pay"):
        payslip(100_00, other_deductions=(("Advance", Money(100_01)),), expenses=Money(50_00))


def test_a_refund_of_tax_makes_net_pay_more_than_pay() -> None:
    outcome = payslip(
        0,
        pay_date=date(2026, 5, 28),
        taxable_pay_to_date=Money(3_000_00),
        tax_to_date=Money(390_00),
    )

    # £903.48 is left of £3,000.00 after two months free of tax; 20% of £903 is £180.60.
    assert outcome.tax == Money(180_60) - Money(390_00)
    assert outcome.net_pay == -outcome.tax
    assert "tax given back" in explain(outcome.workings)[-1].sentence


def test_loans_are_taken_in_the_same_run() -> None:
    outcome = payslip(3_000_00, loan_plan="2", postgraduate_loan=True)

    assert outcome.student_loan == Money(49_00)
    assert outcome.postgraduate_loan == Money(75_00)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"tax_code": "1257"}, EntryError),
        ({"ni_letter": "Q"}, EntryError),
        ({"loan_plan": "3"}, EntryError),
        ({"pay": Money(-1)}, NegativePayError),
        ({"pay_date": date(2027, 4, 6)}, RatesUnknownError),
    ],
)
def test_what_cannot_be_is_refused(changes: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        payslip(1_500_00, **changes)


def test_the_rates_used_are_named() -> None:
    assert payslip(1_500_00).rates_used == "uk-2026-27"


@pytest.mark.parametrize(
    ("pence", "changes", "said"),
    [
        (500_00, {}, "Pay of £500.00, less nothing, leaves £500.00."),
        (
            1_500_00,
            {"loan_plan": "5"},
            (
                "Pay of £1,500.00, less £90.20 Income Tax, £36.16 National Insurance, leaves "
                "£1,373.64."
            ),
        ),
        (
            1_500_00,
            {
                "expenses": Money(12_50),
                "other_deductions": (("Gym", Money(20_00)),),
                "ni_letter": "C",
            },
            (
                "Pay of £1,500.00, less £90.20 Income Tax, £20.00 other deductions, plus £12.50 of "
                "expenses given back, comes to £1,402.30."
            ),
        ),
        (
            3_000_00,
            {
                "pension": terms(),
                "loan_plan": "2",
                "tax_to_date": Money(500_00),
                "taxable_pay_to_date": Money(0),
            },
            (
                "Pay of £3,000.00, less £156.16 National Insurance, £49.00 for loans, £99.20 for "
                "the pension, plus £109.80 of tax given back, comes to £2,805.44."
            ),
        ),
    ],
)
def test_pay_in_hand_names_only_what_there_is(
    pence: int, changes: dict[str, Any], said: str
) -> None:
    assert explain(payslip(pence, **changes).workings)[-1].sentence == said


@given(
    pence=st.integers(0, 800_000),
    code=st.sampled_from(["1257L", "K475", "SBR", "NT", "S1257L X"]),
    letter=st.sampled_from("ACHJMXZ"),
    plan=st.sampled_from([None, "1", "2", "4", "5"]),
    pension=st.sampled_from([None, terms(), terms(relief=PensionRelief.NET_PAY)]),
)
def test_every_penny_of_pay_goes_somewhere(
    pence: int, code: str, letter: str, plan: str | None, pension: PensionTerms | None
) -> None:
    outcome = payslip(pence, tax_code=code, ni_letter=letter, loan_plan=plan, pension=pension)

    assert outcome.pay == Money.total(
        (
            outcome.tax,
            outcome.employee_ni,
            outcome.student_loan,
            outcome.postgraduate_loan,
            outcome.employee_pension,
            outcome.net_pay,
        )
    )
    assert all("{" not in step.sentence for step in explain(outcome.workings))


def _said(result: PayslipResult) -> dict[str, str]:
    return {
        "tax": result.tax.plain,
        "employee_ni": result.employee_ni.plain,
        "employer_ni": result.employer_ni.plain,
        "student_loan": result.student_loan.plain,
        "postgraduate_loan": result.postgraduate_loan.plain,
        "net": result.net_pay.plain,
        "taxable_pay_to_date": result.taxable_pay_to_date.plain,
        "tax_to_date": result.tax_to_date.plain,
    }
