"""National Insurance agrees with HMRC's examples, to the penny."""

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
from dpemployer.statutory.national_insurance import (
    EarningsPeriod,
    NiCategory,
    NiResult,
    check_letter,
    contributions,
    thresholds,
)
from dpemployer.statutory.rates import RateBook
from dpemployer.workings import explain
from tests.vectors import vectors

if TYPE_CHECKING:
    from tests.vectors import Vector

BOOK = RateBook.parse(texts("statutory", ".toml"))
WEEK, MONTH = EarningsPeriod(weeks=1), EarningsPeriod(months=1)
THIS_YEAR = date(2026, 5, 1)


def insured(
    pence: int,
    letter: str = "A",
    period: EarningsPeriod = WEEK,
    day: date = THIS_YEAR,
) -> NiResult:
    return contributions(
        Money(pence), category=NiCategory.parse(letter), period=period, rates=BOOK.on(day)
    )


@pytest.mark.parametrize("example", vectors("national_insurance"), ids=str)
def test_agrees_with_the_example(rates: RateBook, example: Vector) -> None:
    inputs = example.inputs
    day = (
        date.fromisoformat(inputs["pay_date"])
        if "pay_date" in inputs
        else TaxYear.parse(example.tax_year).first_day
    )
    period = (
        EarningsPeriod.of_weeks(3)
        if inputs["frequency"] == "three_weekly"
        else EarningsPeriod.of(PayFrequency(inputs["frequency"]))
    )

    outcome = contributions(
        Money.parse(inputs["gross"]),
        category=NiCategory.parse(inputs["category"]),
        period=period,
        rates=rates.on(day),
    )

    assert {
        "employee": outcome.employee.plain,
        "employer": outcome.employer.plain,
        "earnings_at_lel": outcome.at_lel.plain,
        "lel_to_pt": outcome.lel_to_pt.plain,
        "pt_to_uel": outcome.pt_to_uel.plain,
    } == example.expected


@pytest.mark.parametrize(
    ("weeks", "lower", "start", "primary", "upper", "freeport"),
    [
        (1, 129, 96, 242, 967, 481),
        (2, 258, 193, 484, 1934, 962),
        (4, 516, 385, 967, 3867, 1924),
    ],
)
def test_thresholds_of_several_weeks_come_from_the_year_and_go_up_to_a_pound(
    weeks: int, lower: int, start: int, primary: int, upper: int, freeport: int
) -> None:
    period = EarningsPeriod.of_weeks(weeks)
    a = thresholds(NiCategory.A, period, BOOK.on(THIS_YEAR))
    f = thresholds(NiCategory.F, period, BOOK.on(THIS_YEAR))

    assert a.lower_earnings_limit == Money(lower * 100)
    assert a.employer_start == Money(start * 100)
    assert a.primary_threshold == Money(primary * 100)
    assert a.upper_earnings_limit == Money(upper * 100)
    assert f.employer_start == Money(freeport * 100)


def test_the_employer_pays_below_the_lower_earnings_limit() -> None:
    low = insured(110_00)

    assert low.employee == NOTHING
    assert low.employer == Money(2_10)
    assert low.at_lel == NOTHING


def test_over_state_pension_age_only_the_employer_pays() -> None:
    for letter in "CKS":
        assert insured(400_00, letter).employee == NOTHING
    assert insured(400_00, "C").employer == Money(45_60)


def test_nobody_pays_for_letter_x_and_hmrc_is_told_of_no_earnings() -> None:
    none = insured(500_00, "X")

    assert (none.employee, none.employer) == (NOTHING, NOTHING)
    assert (none.at_lel, none.lel_to_pt, none.pt_to_uel) == (NOTHING, NOTHING, NOTHING)


def test_freeport_parts_are_added_before_they_are_rounded() -> None:
    # 13.8% of £486 is £67.068, and of £0.01 is £0.00138: apart they would make £67.07 + £0.00.
    year = date(2024, 5, 1)

    assert insured(967_01, "F", day=year).employer == Money(67_07)
    assert insured(967_04, "F", day=year).employer == Money(67_07)
    assert insured(967_02, "A", day=year).employer == Money(109_30)


def test_the_rate_changed_in_the_middle_of_2023_24() -> None:
    assert insured(400_00, day=date(2024, 1, 5)).employee == Money(18_96)
    assert insured(400_00, day=date(2024, 1, 6)).employee == Money(15_80)


@pytest.mark.parametrize("letter", ["B", "I"])
def test_a_figure_that_could_not_be_checked_comes_with_the_result(letter: str) -> None:
    (finding,) = insured(400_00, letter, day=date(2024, 1, 12)).findings

    assert finding.code == "rates_unconfirmed"
    assert "Only the reduced rate of 3.85% is in doubt" in finding.message
    assert insured(400_00, letter, day=date(2024, 1, 5)).findings == ()


@pytest.mark.parametrize("letter", ["A", "C", "H", "J", "M", "X", "Z"])
def test_a_doubt_about_one_rate_is_not_one_about_the_others(letter: str) -> None:
    assert insured(400_00, letter, day=date(2024, 1, 12)).findings == ()


def test_investment_zone_letters_began_in_2024() -> None:
    assert insured(400_00, "N", day=date(2024, 4, 6)).employee == Money(12_64)
    with pytest.raises(EntryError, match="no National Insurance category letter N"):
        insured(400_00, "N", day=date(2024, 4, 5))


@pytest.mark.parametrize("text", ["", "Q", "AB", "1"])
def test_a_letter_there_is_not_is_refused(text: str) -> None:
    with pytest.raises(EntryError, match="not a National Insurance category letter"):
        NiCategory.parse(text)


def test_a_letter_may_be_typed_small() -> None:
    assert NiCategory.parse(" a ") is NiCategory.A


@pytest.mark.parametrize("weeks", [0, 53])
def test_an_earnings_period_there_is_not_is_refused(weeks: int) -> None:
    with pytest.raises(EntryError, match="not an earnings period"):
        EarningsPeriod.of_weeks(weeks)


def test_pay_taken_back_is_refused() -> None:
    with pytest.raises(NegativePayError):
        insured(-1)


PERIODS = st.sampled_from([WEEK, MONTH, *(EarningsPeriod.of_weeks(n) for n in (2, 3, 4))])
LETTERS = st.sampled_from([letter.value for letter in NiCategory])


@given(LETTERS, st.integers(0, 1_000_000), PERIODS)
def test_the_bands_add_up_to_the_pay_they_are_of(
    letter: str, pence: int, period: EarningsPeriod
) -> None:
    outcome = insured(pence, letter, period)
    limits = thresholds(NiCategory(letter), period, BOOK.on(THIS_YEAR))

    bands = outcome.at_lel + outcome.lel_to_pt + outcome.pt_to_uel

    counted = letter != "X" and pence >= limits.lower_earnings_limit.pence
    assert bands.pence == (min(pence, limits.upper_earnings_limit.pence) if counted else 0)


@given(LETTERS, st.integers(0, 1_000_000), st.integers(0, 1_000_000), PERIODS)
def test_more_pay_never_means_less_national_insurance(
    letter: str, one: int, other: int, period: EarningsPeriod
) -> None:
    less, more = (insured(pence, letter, period) for pence in sorted((one, other)))

    assert less.employee <= more.employee
    assert less.employer <= more.employer


@given(LETTERS, st.integers(0, 1_000_000), PERIODS)
def test_every_step_can_be_said_in_words(letter: str, pence: int, period: EarningsPeriod) -> None:
    said = explain(insured(pence, letter, period).workings)

    assert said
    assert all("{" not in step.sentence for step in said)


def test_the_two_parts_of_the_employer_are_rounded_apart_but_for_a_freeport() -> None:
    day = date(2024, 5, 1)

    # 13.8% of £486 and of 5p: £67.068 and £0.0069. Together £67.0749 goes down, to £67.07; apart
    # £67.068 goes up to £67.07 and £0.006 up to £0.01.
    assert insured(967_05, "F", day=day).employer == Money(67_07)
    # 13.8% of £792 and of 5p: £109.296 and £0.0069, each going up
    assert insured(967_05, "A", day=day).employer == Money(109_31)


def test_a_letter_is_checked_against_the_days_it_is_for() -> None:
    check_letter(NiCategory.N, BOOK.on(date(2024, 4, 6)))
    check_letter(NiCategory.A, BOOK.on(date(2024, 4, 5)))

    with pytest.raises(EntryError, match="no National Insurance category letter N then"):
        check_letter(NiCategory.N, BOOK.on(date(2024, 4, 5)))


def test_an_earnings_period_is_as_long_as_the_pay() -> None:
    assert EarningsPeriod.of(PayFrequency.MONTHLY) == EarningsPeriod(months=1)
    assert EarningsPeriod.of(PayFrequency.FOUR_WEEKLY) == EarningsPeriod(weeks=4)
    assert EarningsPeriod.of_weeks(52) == EarningsPeriod(weeks=52)
    assert EarningsPeriod.of_weeks(1) == EarningsPeriod(weeks=1)


def test_pay_below_nothing_is_named() -> None:
    with pytest.raises(NegativePayError, match=r"−£0[.]01"):
        insured(-1)
