"""Loan deductions agree with the specification, pound by pound."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpemployer.data_files import texts
from dpemployer.errors import EntryError, NegativePayError
from dpemployer.money import NOTHING, Money
from dpemployer.periods import PayFrequency, TaxYear
from dpemployer.statutory.rates import RateBook
from dpemployer.statutory.student_loans import (
    LoanPlan,
    LoanResult,
    check_plan,
    loan_deductions,
    within,
)
from dpemployer.workings import explain
from tests.vectors import vectors

if TYPE_CHECKING:
    from tests.vectors import Vector

RATES = RateBook.parse(texts("statutory", ".toml")).on(date(2026, 5, 1))


def loans(
    pence: int,
    plan: LoanPlan | None = LoanPlan.PLAN_2,
    frequency: PayFrequency = PayFrequency.MONTHLY,
    *,
    postgraduate: bool = False,
) -> LoanResult:
    return loan_deductions(
        Money(pence), frequency=frequency, plan=plan, postgraduate=postgraduate, rates=RATES
    )


@pytest.mark.parametrize("example", vectors("student_loans"), ids=str)
def test_agrees_with_the_example(rates: RateBook, example: Vector) -> None:
    inputs = example.inputs

    outcome = loan_deductions(
        Money.parse(inputs["nicable_earnings"]),
        frequency=PayFrequency(inputs["frequency"]),
        plan=None if inputs["plan"] is None else LoanPlan.parse(inputs["plan"]),
        postgraduate=inputs["postgraduate"],
        rates=rates.for_year(TaxYear.parse(example.tax_year)),
    )

    threshold, postgraduate_threshold = outcome.plan_threshold, outcome.postgraduate_threshold
    got = {
        "plan_threshold": threshold and threshold.plain,
        "student_loan": outcome.student_loan.plain,
        "postgraduate_threshold": postgraduate_threshold and postgraduate_threshold.plain,
        "postgraduate_loan": outcome.postgraduate_loan.plain,
    }
    assert {key: got[key] for key in example.expected} == example.expected


@pytest.mark.parametrize(
    ("plan", "thresholds"),
    [
        (LoanPlan.PLAN_1, (517_30, 1_034_61, 2_069_23, 2_241_66)),
        (LoanPlan.PLAN_2, (565_09, 1_130_19, 2_260_38, 2_448_75)),
        (LoanPlan.PLAN_4, (649_90, 1_299_80, 2_599_61, 2_816_25)),
        (LoanPlan.PLAN_5, (480_76, 961_53, 1_923_07, 2_083_33)),
    ],
)
def test_thresholds_are_those_hmrc_publishes(plan: LoanPlan, thresholds: tuple[int, ...]) -> None:
    found = [loans(0, plan, frequency).plan_threshold for frequency in PayFrequency]

    assert found == [Money(pence) for pence in thresholds]


def test_both_loans_are_worked_out_apart() -> None:
    both = loans(3_000_00, postgraduate=True)

    assert both.student_loan == loans(3_000_00).student_loan
    assert both.postgraduate_loan == loans(3_000_00, None, postgraduate=True).postgraduate_loan


def test_no_loan_takes_nothing_and_has_no_threshold() -> None:
    none = loans(3_000_00, None)

    assert (none.student_loan, none.postgraduate_loan) == (NOTHING, NOTHING)
    assert (none.plan_threshold, none.postgraduate_threshold, none.workings) == (None, None, ())


def test_plan_5_began_in_april_2026(rates: RateBook) -> None:
    with pytest.raises(EntryError, match="Nothing was deducted for this student loan plan then"):
        loan_deductions(
            Money(3_000_00),
            frequency=PayFrequency.MONTHLY,
            plan=LoanPlan.PLAN_5,
            postgraduate=False,
            rates=rates.on(date(2026, 4, 5)),
        )


@pytest.mark.parametrize("text", ["3", "", "plan 1", "postgraduate"])
def test_a_plan_there_is_not_is_refused(text: str) -> None:
    with pytest.raises(EntryError, match="not a student loan plan"):
        LoanPlan.parse(text)


def test_pay_taken_back_is_refused() -> None:
    with pytest.raises(NegativePayError):
        loans(-1)


@given(
    pence=st.integers(0, 1_000_000),
    plan=st.sampled_from([*LoanPlan, None]),
    frequency=st.sampled_from(PayFrequency),
    postgraduate=st.booleans(),
)
def test_deductions_are_whole_pounds_of_what_is_over_the_threshold(
    pence: int, plan: LoanPlan | None, frequency: PayFrequency, *, postgraduate: bool
) -> None:
    outcome = loans(pence, plan, frequency, postgraduate=postgraduate)

    assert outcome.student_loan.pence % 100 == 0
    assert outcome.postgraduate_loan.pence % 100 == 0
    if outcome.plan_threshold is not None:
        over = max(0, pence - outcome.plan_threshold.pence)
        assert over * 9 // 100 - 100 < outcome.student_loan.pence <= over * 9 // 100
    assert all("{" not in step.sentence for step in explain(outcome.workings))


def test_an_order_before_them_leaves_loans_only_some_room() -> None:
    both = loans(3_000_00, postgraduate=True)

    # 9% of £551.25 is £49; 6% of £1,250 is £75
    assert (both.student_loan, both.postgraduate_loan) == (Money(49_00), Money(75_00))
    tight = within(both, Money(80_00))
    assert (tight.student_loan, tight.postgraduate_loan) == (Money(5_00), Money(75_00))
    assert within(both, Money(60_00)).student_loan == NOTHING
    assert within(both, NOTHING).postgraduate_loan == NOTHING
    assert explain(tight.workings)[-1].sentence.endswith("so £80.00 is taken.")


def test_each_loan_says_its_figures_and_since_when_they_hold() -> None:
    plan, postgraduate = explain(loans(3_000_00, LoanPlan.PLAN_2, postgraduate=True).workings)

    assert plan.sentence == (
        "Under Plan 2, 9% of pay over £2,448.75 is taken, in whole pounds. From pay of £3,000.00 "
        "that is £49.00."
    )
    assert postgraduate.sentence == (
        "For a postgraduate loan, 6% of pay over £1,750.00 is taken, in whole pounds. From pay of "
        "£3,000.00 that is £75.00."
    )
    assert plan.dated == postgraduate.dated == "from 6 April 2026"


def test_pay_that_reaches_no_whole_pound_says_so() -> None:
    plan, postgraduate = explain(loans(1_700_00, LoanPlan.PLAN_2, postgraduate=True).workings)

    assert plan.sentence == (
        "Under Plan 2, 9% of pay over £2,448.75 is taken, in whole pounds. Pay of £1,700.00 does "
        "not come to a whole pound of that, so nothing is taken: £0.00."
    )
    assert postgraduate.sentence == (
        "For a postgraduate loan, 6% of pay over £1,750.00 is taken, in whole pounds. Pay of "
        "£1,700.00 does not come to a whole pound of that, so nothing is taken: £0.00."
    )


def test_loans_that_give_way_say_what_was_due_and_keep_their_thresholds() -> None:
    both = loans(3_000_00, LoanPlan.PLAN_2, postgraduate=True)
    tight = within(both, Money(80_00))

    assert "£124.00" in explain(tight.workings)[-1].sentence
    assert tight.plan_threshold == both.plan_threshold
    assert tight.postgraduate_threshold == both.postgraduate_threshold


def test_a_plan_is_checked_against_the_days_it_is_for(rates: RateBook) -> None:
    check_plan(LoanPlan.PLAN_5, rates.on(date(2026, 4, 6)))
    check_plan(LoanPlan.PLAN_1, rates.on(date(2026, 4, 5)))

    with pytest.raises(EntryError, match="Nothing was deducted"):
        check_plan(LoanPlan.PLAN_5, rates.on(date(2026, 4, 5)))


def test_pay_below_nothing_is_named_in_the_refusal() -> None:
    with pytest.raises(NegativePayError, match=r"−£0\.01"):
        loans(-1)
