"""Holiday builds up as the Working Time Regulations say, and small weeks never vanish."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpemployer.bank_days import Nation
from dpemployer.money import Money
from dpemployer.statutory.holiday import (
    Entitlement,
    HolidayClass,
    YearPart,
    classify,
    first_year,
    full_year,
    full_year_hours,
    leaver,
    split_year_minutes,
    starter,
)
from dpemployer.statutory.holiday_accrual import (
    WeekWorked,
    accrued_while_absent,
    cap_in_hours,
    earned_now,
    running_credit,
    within_cap,
)
from dpemployer.statutory.holiday_leave import (
    CarryReason,
    accrued_carry_over,
    regular_carry_over,
    settle_leaver,
)
from dpemployer.statutory.holiday_pay import (
    RolledUpRefusal,
    inclusive_rate,
    pay_at_average,
    rolled_up_pay,
    rolled_up_refusal,
    rolled_up_while_absent,
)
from dpemployer.workings import explain

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


def test_after_the_first_year_all_twelve_months_have_built_up() -> None:
    assert first_year(5, date(2024, 6, 15), date(2026, 6, 15)).days == 28


# ── irregular hours ──


def test_somebody_who_works_five_days_a_week_or_fewer_never_meets_the_cap() -> None:
    assert cap_in_hours(2000, 260) is None
    assert within_cap(500, 10, None) == 10


def test_nothing_is_added_above_the_cap() -> None:
    assert within_cap(220, 10, Fraction(210)) == 0


def test_somebody_away_before_any_complete_week_earns_nothing_yet() -> None:
    assert accrued_while_absent([], 2).hours == 0


# ── what holds whatever the figures ──


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


def test_rolled_up_pay_is_refused_for_the_class_of_northern_ireland_wherever_it_is() -> None:
    refusal = rolled_up_refusal(HolidayClass.NORTHERN_IRELAND, date(2026, 4, 1), Nation.ENGLAND)

    assert refusal is RolledUpRefusal.NOT_IN_NORTHERN_IRELAND


@pytest.mark.parametrize("refusal", RolledUpRefusal)
def test_a_refusal_of_rolled_up_pay_says_why(refusal: RolledUpRefusal) -> None:
    assert refusal.sentence().endswith(".")


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


HOURS = st.decimals("0.5", 60, places=2)
DAYS = st.decimals("0.5", 7, places=1)


@given(st.lists(st.integers(0, 60 * 60), min_size=1, max_size=53), st.integers(0, 52))
def test_more_hours_never_give_fewer_minutes(worked: list[int], place: int) -> None:
    more = list(worked)
    more[place % len(more)] += 30

    def credit(minutes: list[int]) -> int:
        return running_credit([Fraction(each, 60) for each in minutes]).minutes

    assert credit(more) >= credit(worked)


@given(HOURS, DAYS, st.lists(st.integers(1, 200), min_size=1, max_size=6))
def test_a_split_year_gives_what_a_whole_one_gives(
    hours: Decimal, days: Decimal, lengths: list[int]
) -> None:
    given_whole = full_year(days)
    parts = [YearPart(length, hours, days) for length in lengths]

    split = split_year_minutes(parts, [given_whole] * len(parts))

    assert split == given_whole.in_minutes(hours, days)


@given(st.integers(1, 364), HOURS, HOURS, DAYS)
def test_more_hours_from_a_day_on_never_lower_the_year(
    before: int, hours: Decimal, more: Decimal, days: Decimal
) -> None:
    low, high = sorted((hours, more))
    whole: list[Entitlement] = [full_year(days)] * 2

    def minutes(later: Decimal) -> Fraction:
        parts = [YearPart(before, low, days), YearPart(365 - before, later, days)]
        return split_year_minutes(parts, whole)

    assert minutes(high) >= minutes(low) == whole[0].in_minutes(low, days)


@given(st.sampled_from(CarryReason), HOURS, st.decimals(0, 400, places=2), DAYS)
def test_nobody_carries_over_more_than_is_left(
    reason: CarryReason, weekly: Decimal, taken: Decimal, days: Decimal
) -> None:
    ends = date(2027, 3, 31)
    left = max(Fraction(0), full_year_hours(weekly, days) - Fraction(taken))

    regular = regular_carry_over(reason, weekly, taken, ends, days)
    accrued_hours = accrued_carry_over(reason, full_year_hours(weekly, days), taken, ends)

    assert 0 <= regular.hours <= left
    assert accrued_hours.hours == left


@given(st.decimals(0, 300, places=4), st.decimals(0, 300, places=4), st.booleans())
def test_a_leaver_is_owed_or_owes_and_never_both(
    built_up: Decimal, taken: Decimal, agreed: bool
) -> None:
    found = settle_leaver(built_up, taken, Decimal("13.10"), agreed_in_writing=agreed)

    assert not (found.pay_in_lieu and found.deduction)
    assert agreed or not found.deduction
    assert found.untaken == Fraction(built_up) - Fraction(taken)


@given(st.integers(1, 100_000), st.integers(1, 6000))
def test_hours_paid_at_their_own_average_come_to_their_own_pay(pence: int, minutes: int) -> None:
    hours = Fraction(minutes, 60)

    assert pay_at_average(Money(pence), hours, hours).amount == Money(pence)


@given(st.integers(1, 5000))
def test_the_lowest_inclusive_rate_is_lawful_and_a_penny_less_is_not(pence: int) -> None:
    minimum = Money(pence)
    least = inclusive_rate(minimum, minimum).least_inclusive

    assert inclusive_rate(least, minimum).lawful
    assert not inclusive_rate(least - Money(1), minimum).lawful
