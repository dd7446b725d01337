"""The Employment Allowance, the small-employer test and the quarterly test, with their reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpemployer.money import Money
from dpemployer.payroll.allowance import (
    Verdict,
    is_small_by,
    is_small_employer,
    may_claim,
    quarterly_test,
)
from dpemployer.payroll.reporting import AllowanceAnswer
from dpemployer.periods import TaxYear
from dpemployer.workings import explain
from tests.builders import RATES, pounds

RATES_NOW = RATES.for_year(TaxYear(2026))
CARE = AllowanceAnswer(
    1,
    "2026-27",
    date(2026, 4, 6),
    needs_care=True,
    only_care=True,
    connected=False,
    claimed_elsewhere=False,
)


def said(verdict: Verdict) -> str:
    return " ".join(step.sentence for step in explain(verdict.workings))


def test_somebody_whose_workers_only_care_may_claim() -> None:
    verdict = may_claim(CARE)

    assert verdict.yes
    assert "all the work is for somebody who needs it" in said(verdict)
    assert "You may claim" in said(verdict)


@pytest.mark.parametrize(
    "answer", [replace(CARE, needs_care=False), replace(CARE, only_care=False)]
)
def test_a_worker_for_the_household_earns_no_allowance(answer: AllowanceAnswer) -> None:
    verdict = may_claim(answer)

    assert not verdict.yes
    assert "does not count" in said(verdict)


def test_connected_employers_are_told_to_ask_first() -> None:
    verdict = may_claim(replace(CARE, connected=True))

    assert not verdict.yes
    (finding,) = verdict.findings
    assert "helpline" in finding.message


def test_one_allowance_for_one_scheme() -> None:
    verdict = may_claim(replace(CARE, claimed_elsewhere=True))

    assert not verdict.yes
    assert "one scheme only" in said(verdict)


@pytest.mark.parametrize(
    ("employee", "employer", "small"),
    [("0.00", "0.00", True), ("20000.00", "25000.00", True), ("20000.01", "25000.00", False)],
)
def test_45_000_pounds_is_still_small(employee: str, employer: str, small: bool) -> None:
    """GOV.UK: £45,000 or less; tested before the Employment Allowance."""
    verdict = is_small_employer(pounds(employee), pounds(employer), TaxYear(2025), RATES_NOW)

    assert verdict.yes is small
    assert "2025-26" in said(verdict)


def test_what_somebody_said_of_a_year_is_tested_by_its_source() -> None:
    verdict = is_small_by(pounds("45000.01"), "P32s of the bureau", TaxYear(2025), RATES_NOW)

    assert not verdict.yes
    assert "it came to £45,000.01, as you said" in said(verdict)
    assert "P32s of the bureau" in said(verdict)


def test_an_average_under_1500_pounds_may_be_paid_by_the_quarter() -> None:
    verdict = quarterly_test(
        [("month 1", pounds("1600.00")), ("month 2", pounds("1399.98"))], RATES_NOW
    )

    assert verdict.yes
    assert "£1,499.99" in said(verdict)


def test_an_average_of_just_1500_pounds_may_not() -> None:
    verdict = quarterly_test(
        [("month 1", pounds("1600.00")), ("month 2", pounds("1400.00"))], RATES_NOW
    )

    assert not verdict.yes
    assert "£1,500.00 a month is not less than £1,500.00" in said(verdict)


def test_with_nothing_worked_out_what_is_expected_counts() -> None:
    assert "if you expect less than £1,500.00" in said(quarterly_test([], RATES_NOW))


@given(st.lists(st.integers(-10_000_00, 10_000_00), min_size=1, max_size=12))
def test_the_average_is_never_said_to_be_what_it_is_not(pence: list[int]) -> None:
    months = [(f"month {place}", Money(amount)) for place, amount in enumerate(pence)]

    verdict = quarterly_test(months, RATES_NOW)

    assert verdict.yes == (sum(pence) < 1_500_00 * len(pence))
    average = verdict.workings[1].result
    assert isinstance(average, Money)
    assert verdict.yes == (average < Money(1_500_00))
