"""Automatic enrolment agrees with the regulator's thresholds, and shares add up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpemployer.data_files import texts
from dpemployer.errors import EntryError, NegativePayError
from dpemployer.money import NOTHING, Money
from dpemployer.periods import PayFrequency, TaxYear
from dpemployer.statutory.pensions import (
    Contribution,
    PensionBasis,
    PensionRelief,
    WorkerCategory,
    assess,
    basic_pay_is_enough,
    below_minimum,
    contribute,
)
from dpemployer.statutory.rates import RateBook
from dpemployer.workings import explain
from tests.vectors import vectors

if TYPE_CHECKING:
    from dpemployer.statutory.pensions import Assessment
    from tests.vectors import Vector

RATES = RateBook.parse(texts("statutory", ".toml")).on(date(2026, 5, 1))


def paid_in(
    pence: int,
    basis: PensionBasis = PensionBasis.QUALIFYING_EARNINGS,
    relief: PensionRelief = PensionRelief.RELIEF_AT_SOURCE,
    employee: str = "5",
    employer: str = "3",
) -> Contribution:
    return contribute(
        Money(pence),
        frequency=PayFrequency.MONTHLY,
        basis=basis,
        relief=relief,
        employee_percent=Decimal(employee),
        employer_percent=Decimal(employer),
        rates=RATES,
    )


def assessed(pence: int, age: int, *, over: bool = False) -> Assessment:
    return assess(
        Money(pence),
        frequency=PayFrequency.WEEKLY,
        age=age,
        over_state_pension_age=over,
        rates=RATES,
    )


@pytest.mark.parametrize(
    "example",
    [v for v in vectors("pension") if v.inputs["kind"] == "contribution"],
    ids=str,
)
def test_contributions_agree_with_the_example(rates: RateBook, example: Vector) -> None:
    inputs = example.inputs

    outcome = contribute(
        Money.parse(inputs["gross"]),
        frequency=PayFrequency(inputs["frequency"]),
        basis=PensionBasis(inputs["basis"]),
        relief=PensionRelief(inputs["relief"]),
        employee_percent=Decimal(inputs["employee_percent"]),
        employer_percent=Decimal(inputs["employer_percent"]),
        rates=rates.for_year(TaxYear.parse(example.tax_year)),
    )

    assert {
        "pensionable": outcome.pensionable.plain,
        "employee_total": outcome.employee_total.plain,
        "employee_taken_from_pay": outcome.employee_taken.plain,
        "tax_relief_added_by_provider": outcome.relief_added.plain,
        "employer": outcome.employer.plain,
    } == example.expected


@pytest.mark.parametrize(
    "example", [v for v in vectors("pension") if v.inputs["kind"] == "category"], ids=str
)
def test_categories_agree_with_the_example(rates: RateBook, example: Vector) -> None:
    inputs = example.inputs

    outcome = assess(
        Money.parse(inputs["earnings_in_prp"]),
        frequency=PayFrequency(inputs["frequency"]),
        age=inputs["age"],
        over_state_pension_age=inputs["reached_state_pension_age"],
        rates=rates.for_year(TaxYear.parse(example.tax_year)),
    )

    assert outcome.category.value == example.expected["category"]


@pytest.mark.parametrize(
    ("age", "over", "category"),
    [
        (15, False, WorkerCategory.NOT_A_JOBHOLDER),
        (16, False, WorkerCategory.NON_ELIGIBLE_JOBHOLDER),
        (21, False, WorkerCategory.NON_ELIGIBLE_JOBHOLDER),
        (22, False, WorkerCategory.ELIGIBLE_JOBHOLDER),
        (66, False, WorkerCategory.ELIGIBLE_JOBHOLDER),
        (66, True, WorkerCategory.NON_ELIGIBLE_JOBHOLDER),
        (74, True, WorkerCategory.NON_ELIGIBLE_JOBHOLDER),
        (75, True, WorkerCategory.NOT_A_JOBHOLDER),
    ],
)
def test_age_decides_who_must_be_enrolled(
    age: int, category: WorkerCategory, *, over: bool
) -> None:
    assert assessed(300_00, age, over=over).category is category


@pytest.mark.parametrize(
    ("pence", "category"),
    [
        (0, WorkerCategory.ENTITLED_WORKER),
        (120_00, WorkerCategory.ENTITLED_WORKER),
        (120_01, WorkerCategory.NON_ELIGIBLE_JOBHOLDER),
        (192_00, WorkerCategory.NON_ELIGIBLE_JOBHOLDER),
        (192_01, WorkerCategory.ELIGIBLE_JOBHOLDER),
    ],
)
def test_pay_has_to_be_over_a_threshold_not_at_it(pence: int, category: WorkerCategory) -> None:
    assert assessed(pence, 40).category is category


def test_every_assessment_says_why_in_words() -> None:
    for pence, age in [(0, 40), (15_000, 40), (30_000, 40), (30_000, 19), (30_000, 80)]:
        (step,) = explain(assessed(pence, age).workings)
        assert step.sentence.endswith(".")
        assert "{" not in step.sentence


def test_set_2_counts_basic_pay_and_set_3_all_of_it() -> None:
    assert paid_in(1_500_00, PensionBasis.BASIC_PAY_SET_2).pensionable == Money(1_500_00)
    assert paid_in(1_500_00, PensionBasis.ALL_EARNINGS_SET_3).pensionable == Money(1_500_00)


def test_net_pay_takes_the_whole_share_from_pay() -> None:
    outcome = paid_in(1_500_00, relief=PensionRelief.NET_PAY)

    assert outcome.employee_taken == outcome.employee_total == Money(49_00)
    assert outcome.relief_added == NOTHING


@pytest.mark.parametrize("employee", ["-1", "100.01"])
def test_a_share_that_cannot_be_is_refused(employee: str) -> None:
    with pytest.raises(EntryError, match="cannot be a share of pay"):
        paid_in(1_500_00, employee=employee)


def test_pay_taken_back_is_refused() -> None:
    with pytest.raises(NegativePayError):
        paid_in(-1)
    with pytest.raises(NegativePayError):
        assessed(-1, 40)


@pytest.mark.parametrize(
    ("basis", "employee", "employer", "codes"),
    [
        (PensionBasis.QUALIFYING_EARNINGS, "5", "3", []),
        (PensionBasis.QUALIFYING_EARNINGS, "0", "8", []),
        (PensionBasis.QUALIFYING_EARNINGS, "4", "3", ["pension_total_below_minimum"]),
        (PensionBasis.QUALIFYING_EARNINGS, "6", "2", ["pension_employer_below_minimum"]),
        (PensionBasis.BASIC_PAY_SET_1, "5", "4", []),
        (
            PensionBasis.BASIC_PAY_SET_1,
            "5",
            "3",
            ["pension_employer_below_minimum", "pension_total_below_minimum"],
        ),
        (PensionBasis.BASIC_PAY_SET_2, "5", "3", []),
        (PensionBasis.ALL_EARNINGS_SET_3, "4", "3", []),
        (PensionBasis.ALL_EARNINGS_SET_3, "3", "3", ["pension_total_below_minimum"]),
    ],
)
def test_shares_below_the_least_the_law_allows_are_findings(
    basis: PensionBasis, employee: str, employer: str, codes: list[str]
) -> None:
    findings = below_minimum(basis, Decimal(employee), Decimal(employer), RATES)

    assert [finding.code for finding in findings] == codes


def test_set_2_needs_basic_pay_to_be_most_of_the_pay() -> None:
    assert basic_pay_is_enough(Money(85_00), Money(100_00), RATES)
    assert not basic_pay_is_enough(Money(84_99), Money(100_00), RATES)


@given(
    pence=st.integers(0, 1_000_000),
    basis=st.sampled_from(PensionBasis),
    relief=st.sampled_from(PensionRelief),
    employee=st.decimals(0, 100, places=2),
    employer=st.decimals(0, 100, places=2),
)
def test_what_is_taken_and_what_is_claimed_make_up_the_share(
    pence: int, basis: PensionBasis, relief: PensionRelief, employee: Decimal, employer: Decimal
) -> None:
    outcome = paid_in(pence, basis, relief, str(employee), str(employer))

    assert outcome.employee_taken + outcome.relief_added == outcome.employee_total
    assert NOTHING <= outcome.employee_total <= outcome.pensionable
    assert NOTHING <= outcome.employer <= outcome.pensionable
    assert outcome.pensionable.pence <= pence
    assert all("{" not in step.sentence for step in explain(outcome.workings))


def test_pay_below_nothing_is_named() -> None:
    with pytest.raises(NegativePayError, match=r"−£0[.]01"):
        assessed(-1, 30)
    with pytest.raises(NegativePayError, match=r"−£0[.]01"):
        contribute(
            Money(-1),
            frequency=PayFrequency.MONTHLY,
            basis=PensionBasis.ALL_EARNINGS_SET_3,
            relief=PensionRelief.NET_PAY,
            employee_percent=Decimal(5),
            employer_percent=Decimal(3),
            rates=RATES,
        )


def test_shares_below_the_least_name_the_law() -> None:
    findings = below_minimum(
        PensionBasis.QUALIFYING_EARNINGS, Decimal("4.5"), Decimal("2.5"), RATES
    )

    assert [finding.source for finding in findings] == ["Pensions Act 2008, sections 20 and 28"] * 2
    assert findings[0].message.startswith("The employer’s share is 2.5% and must be at least 3%.")
    assert findings[1].message.startswith("Both shares together are 7.0% and must be at least 8%.")


def test_all_of_the_pay_may_be_paid_in() -> None:
    outcome = contribute(
        Money(1_000_00),
        frequency=PayFrequency.MONTHLY,
        basis=PensionBasis.ALL_EARNINGS_SET_3,
        relief=PensionRelief.NET_PAY,
        employee_percent=Decimal(100),
        employer_percent=Decimal(0),
        rates=RATES,
    )

    assert (outcome.employee_taken, outcome.employer) == (Money(1_000_00), NOTHING)
