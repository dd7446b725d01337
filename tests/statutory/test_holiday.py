"""Holiday builds up as the Working Time Regulations say, and small weeks never vanish."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpemployer.bank_days import Nation
from dpemployer.money import Money
from dpemployer.statutory.holiday import (
    HolidayClass,
    RolledUpRefusal,
    WeekWorked,
    accrued,
    accrued_while_absent,
    cap_in_hours,
    classify,
    earned_now,
    first_year,
    full_year,
    full_year_hours,
    inclusive_rate,
    leaver,
    rolled_up_pay,
    rolled_up_refusal,
    rolled_up_while_absent,
    running_credit,
    starter,
    within_cap,
)
from dpemployer.workings import explain
from tests.vectors import Vector, vectors


def examples(kind: str) -> list[Vector]:
    found = [v for v in vectors("holiday") if v.inputs["kind"] == kind]
    assert found, kind
    return found


def day(text: str) -> date:
    return date.fromisoformat(text)


def minutes(hours_and_minutes: list[int]) -> int:
    return hours_and_minutes[0] * 60 + hours_and_minutes[1]


def close(exact: Fraction, shown: str) -> bool:
    """Whether *exact* is *shown* to the places it has."""
    places = -Decimal(shown).as_tuple().exponent  # type: ignore[operator]
    return abs(exact - Fraction(shown)) <= Fraction(1, 2 * 10**places)


# ── classes ──


@pytest.mark.parametrize(
    ("nation", "starts", "varies", "part_year", "expected"),
    [
        (Nation.ENGLAND, date(2026, 4, 1), True, False, HolidayClass.IRREGULAR),
        (Nation.SCOTLAND, date(2026, 4, 1), False, True, HolidayClass.PART_YEAR),
        (Nation.WALES, date(2026, 4, 1), False, False, HolidayClass.REGULAR),
        (Nation.ENGLAND, date(2024, 3, 31), True, True, HolidayClass.REGULAR),
        (Nation.ENGLAND, date(2024, 4, 1), True, True, HolidayClass.IRREGULAR),
        (Nation.NORTHERN_IRELAND, date(2026, 4, 1), True, False, HolidayClass.NORTHERN_IRELAND),
    ],
)
def test_the_class_comes_from_the_contract_and_the_leave_year(
    nation: Nation, starts: date, expected: HolidayClass, *, varies: bool, part_year: bool
) -> None:
    assert classify(nation, starts, hours_mostly_vary=varies, part_year=part_year) is expected


# ── regular hours ──


@pytest.mark.parametrize("example", examples("regular_entitlement_days"), ids=str)
def test_days_of_a_whole_year(example: Vector) -> None:
    entitlement = full_year(Decimal(example.inputs["days_per_week"]))

    assert entitlement.days == Fraction(example.expected["days"])


@pytest.mark.parametrize("example", examples("regular_entitlement_hours"), ids=str)
def test_hours_of_a_whole_year(example: Vector) -> None:
    days = example.inputs.get("days_per_week")

    hours = full_year_hours(
        Decimal(example.inputs["hours_per_week"]), None if days is None else Decimal(days)
    )

    assert hours == Fraction(example.expected["hours"])


@pytest.mark.parametrize("example", examples("starter_entitlement"), ids=str)
def test_days_for_a_starter(example: Vector) -> None:
    inputs, expected = example.inputs, example.expected

    entitlement = starter(
        Decimal(inputs["days_per_week"]), day(inputs["leave_year_start"]), day(inputs["start_date"])
    )

    assert entitlement.months == expected["months_counted"]
    assert close(entitlement.exact_days, expected["days_exact"])
    assert entitlement.days == Fraction(expected["days_rounded_up_half"])
    if "hours_per_week" in inputs:
        assert entitlement.minutes(
            Decimal(inputs["hours_per_week"]), Decimal(inputs["days_per_week"])
        ) == minutes(expected["hours_minutes"])


@pytest.mark.parametrize("example", examples("leaver_entitlement"), ids=str)
def test_days_for_a_leaver(example: Vector) -> None:
    inputs, expected = example.inputs, example.expected
    started = inputs.get("start_date")

    entitlement = leaver(
        Decimal(inputs["days_per_week"]),
        day(inputs["leave_year_start"]),
        day(inputs["leaving_date"]),
        None if started is None else day(started),
    )

    assert close(entitlement.exact_days, expected["days_exact_6dp"])
    assert Fraction(ceil(entitlement.days * 10), 10) == Fraction(expected["days_display_up_1dp"])
    if "hours_per_week" in inputs:
        assert entitlement.minutes(
            Decimal(inputs["hours_per_week"]), Decimal(inputs["days_per_week"])
        ) == minutes(expected["hours_minutes"])


@pytest.mark.parametrize("example", examples("first_year_accrual"), ids=str)
def test_days_that_may_be_taken_in_the_first_year(example: Vector) -> None:
    inputs, expected = example.inputs, example.expected

    entitlement = first_year(
        Decimal(inputs["days_per_week"]), day(inputs["start_date"]), day(inputs["as_of"])
    )

    assert entitlement.months == expected["months_accrued"]
    assert entitlement.days == Fraction(expected["accrued_days"])
    assert entitlement.days - Fraction(inputs["days_taken"]) == Fraction(expected["available_days"])


def test_after_the_first_year_all_twelve_months_have_built_up() -> None:
    assert first_year(5, date(2024, 6, 15), date(2026, 6, 15)).days == 28


# ── irregular hours ──


@pytest.mark.parametrize("example", examples("irregular_accrual_period"), ids=str)
def test_hours_earned_in_a_pay_period(example: Vector) -> None:
    hours = Decimal(example.inputs["hours_worked"])

    assert accrued(hours) == example.expected["accrued_hours"]
    assert running_credit([hours]).exact == Fraction(example.expected["exact_hours"])


@pytest.mark.parametrize("example", examples("irregular_accrual_sequence"), ids=str)
def test_hours_earned_over_several_pay_periods(example: Vector) -> None:
    expected = example.expected

    credit = running_credit([Decimal(hours) for hours in example.inputs["pay_period_hours"]])

    assert list(credit.rounded_hours) == expected["per_period_rounded"]
    assert sum(credit.rounded_hours) == expected["statutory_total_hours"]
    assert credit.exact == Fraction(expected["exact_total_hours"])
    assert credit.credit == Fraction(expected["recommended_credit_hours"])
    assert credit.minutes == ceil(credit.credit * 60)


@pytest.mark.parametrize("example", examples("irregular_accrual_capped"), ids=str)
def test_never_more_than_28_days(example: Vector) -> None:
    inputs, expected = example.inputs, example.expected

    cap = cap_in_hours(Decimal(inputs["year_hours"]), inputs["year_days_worked"])
    earned = accrued(Decimal(inputs["hours_worked"]))

    assert cap == Fraction(expected["cap_hours"])
    assert earned == expected["period_rounded_hours"]
    credited = within_cap(Decimal(inputs["prior_accrued_hours"]), earned, cap)
    assert credited == expected["credited_hours"]


def test_somebody_who_works_five_days_a_week_or_fewer_never_meets_the_cap() -> None:
    assert cap_in_hours(2000, 260) is None
    assert within_cap(500, 10, None) == 10


def test_nothing_is_added_above_the_cap() -> None:
    assert within_cap(220, 10, Fraction(210)) == 0


@pytest.mark.parametrize("example", examples("absence_accrual_15C"), ids=str)
def test_hours_earned_while_away(example: Vector) -> None:
    inputs, expected = example.inputs, example.expected
    weeks = [
        WeekWorked(Decimal(run["hours"]), absent=run.get("absent", False))
        for run in inputs["weeks_most_recent_first"]
        for _week in range(run["n"])
    ]

    outcome = accrued_while_absent(weeks, Decimal(inputs["weeks_absent_in_pay_period"]))

    assert outcome.weeks_used == expected["weeks_used"]
    assert outcome.total_hours == Decimal(expected["total_hours"])
    assert close(outcome.average_hours, expected["average_hours_6dp"])
    assert close(outcome.exact, expected["accrual_exact_6dp"])
    assert outcome.hours == expected["accrued_hours"]


def test_somebody_away_before_any_complete_week_earns_nothing_yet() -> None:
    assert accrued_while_absent([], 2).hours == 0


WEEKS = st.lists(st.integers(0, 60 * 60), max_size=20)


@given(WEEKS, st.integers(0, 60 * 60))
def test_what_each_payday_adds_comes_to_what_is_given(earlier: list[int], now: int) -> None:
    added = [earned_now(earlier[:place], worked) for place, worked in enumerate(earlier)]
    added.append(earned_now(earlier, now))

    worked = [Fraction(period, 60) for period in (*earlier, now)]
    given_in_all = running_credit(worked)

    assert sum(added) == given_in_all.minutes
    assert all(minutes_added >= 0 for minutes_added in added)
    assert given_in_all.credit >= sum(worked) * Fraction("0.1207")
    assert given_in_all.credit >= sum(given_in_all.rounded_hours)


# ── rolled-up holiday pay ──


@pytest.mark.parametrize("example", examples("rolled_up_holiday_pay"), ids=str)
def test_rolled_up_pay_is_a_line_of_its_own(example: Vector) -> None:
    paid = rolled_up_pay(Money.parse(example.inputs["pay_for_work"]))

    assert paid.amount.plain == example.expected["holiday_pay"]


@pytest.mark.parametrize("example", examples("rolled_up_during_absence"), ids=str)
def test_rolled_up_pay_while_away_is_the_average(example: Vector) -> None:
    paid = [Money.parse(each) for each in example.inputs["rolled_up_paid_in_relevant_period"]]

    outcome = rolled_up_while_absent(paid)

    assert outcome.amount.plain == example.expected["holiday_pay_per_pay_period"]


@pytest.mark.parametrize("example", examples("rolled_up_allowed"), ids=str)
def test_rolled_up_pay_is_only_for_irregular_and_part_year_work(example: Vector) -> None:
    inputs = example.inputs

    refusal = rolled_up_refusal(
        HolidayClass(inputs["class"]), day(inputs["leave_year_start"]), Nation(inputs["nation"])
    )

    assert (refusal is None) is example.expected["allowed"]
    assert (refusal or "OK") == example.expected["reason"]


def test_rolled_up_pay_is_refused_for_the_class_of_northern_ireland_wherever_it_is() -> None:
    refusal = rolled_up_refusal(HolidayClass.NORTHERN_IRELAND, date(2026, 4, 1), Nation.ENGLAND)

    assert refusal is RolledUpRefusal.NOT_IN_NORTHERN_IRELAND


@pytest.mark.parametrize("example", examples("inclusive_rate_nmw_check"), ids=str)
def test_holiday_pay_inside_a_rate_does_not_count_for_the_minimum_wage(example: Vector) -> None:
    outcome = inclusive_rate(
        Money.parse(example.inputs["inclusive_rate"]), Money.parse(example.inputs["nmw"])
    )

    assert close(outcome.basic, example.expected["basic_rate_4dp"])
    assert outcome.lawful is example.expected["meets_nmw"]
    assert outcome.least_inclusive.plain == example.expected["minimum_inclusive_rate"]


def test_every_step_can_be_said_in_words() -> None:
    outcomes: list[Any] = [
        full_year(3),
        starter(3, date(2026, 4, 1), date(2026, 9, 14)),
        leaver(3, date(2026, 4, 1), date(2026, 9, 14)),
        first_year(3, date(2026, 4, 1), date(2026, 9, 14)),
        running_credit([Fraction(5), Fraction(20, 60)]),
        accrued_while_absent([WeekWorked(Decimal(15))], 2),
        rolled_up_pay(Money(100_00)),
        rolled_up_while_absent([Money(100_00)]),
        inclusive_rate(Money(14_00), Money(12_71)),
    ]

    for outcome in outcomes:
        (step,) = explain(outcome.workings)
        assert step.sentence.endswith(".")
        assert "{" not in step.sentence


def test_the_better_of_the_two_sums_is_said() -> None:
    (step,) = explain(running_credit([4] * 13).workings)

    assert "12.07% of 52 hours worked in this leave year is 6.28 hours" in step.sentence
    assert "it is 0 hours" in step.sentence
    assert "given: 6.28 hours" in step.sentence
