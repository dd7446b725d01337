"""Sick pay judges each day by the law of that day, and never pays more than 28 weeks."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpemployer.data_files import texts
from dpemployer.money import NOTHING, Money
from dpemployer.statutory.rates import RateBook
from dpemployer.statutory.sick_pay import (
    Absence,
    NotPaid,
    Series,
    SickDay,
    SickFacts,
    amount,
    fallback_days,
    joined,
    sick_pay,
    straddling_rate,
    week_of,
)
from dpemployer.statutory.sick_pay_steps import payment_steps, used_step
from dpemployer.workings import explain
from tests.builders import RATES

FIVE = frozenset({0, 1, 2, 3, 4})
LATER = date(2027, 4, 5)


def day(text: str) -> date:
    return date.fromisoformat(text)


def away(first: str, last: str, barred: NotPaid | None = None) -> Absence:
    return Absence(day(first), day(last), barred)


def judged(
    *absences: Absence,
    average: str = "400",
    weekdays: frozenset[int] = FIVE,
    through: date = LATER,
    **facts: Any,
) -> tuple[Series, ...]:
    return sick_pay(
        absences,
        SickFacts(
            qualifying_days=lambda _sunday: weekdays,
            average=lambda _first: Fraction(average),
            **{"started_on": date(2020, 1, 1), **facts},
        ),
        RATES,
        through,
    )


def days_of(series: tuple[Series, ...]) -> list[SickDay]:
    return [each for one in series for each in one.days]


def paid(series: tuple[Series, ...]) -> Money:
    return amount(days_of(series))


def reasons(series: tuple[Series, ...]) -> list[NotPaid | None]:
    return [each.not_paid for each in days_of(series)]


# ── the rules since 6 April 2026 ──


def test_one_day_is_enough_and_only_agreed_days_are_paid() -> None:
    # Friday to Monday: two of five days of 123.25 a week.
    series = judged(away("2026-06-05", "2026-06-08"))

    assert reasons(series) == [None, NotPaid.NOT_QUALIFYING, NotPaid.NOT_QUALIFYING, None]
    assert paid(series) == Money.parse("49.30")


def test_low_earnings_are_paid_four_fifths() -> None:
    assert paid(judged(away("2026-06-01", "2026-06-03"), average="140")) == Money.parse("67.20")


def test_a_week_goes_up_to_the_penny_before_it_is_shared() -> None:
    # 80% of 107.52625 is 86.021, so 86.03; two of five days are 34.412.
    series = judged(away("2026-06-01", "2026-06-02"), average="107.52625")

    assert series[0].days[0].weekly == Fraction("86.03")
    assert paid(series) == Money.parse("34.42")


def test_what_is_not_settled_is_data() -> None:
    files = texts("statutory", ".toml")
    other = files["standing"].replace("week_up_first = true", "week_up_first = false")
    other = other.replace("short_absences_link = false", "short_absences_link = true")
    rates = RateBook.parse({**files, "standing": other})
    facts = SickFacts(lambda _sunday: FIVE, lambda _first: Fraction("107.52625"), date(2020, 1, 1))

    short = away("2026-03-02", "2026-03-03")
    (series,) = sick_pay([short, away("2026-04-13", "2026-04-14")], facts, rates, LATER)

    assert series.first_day == day("2026-03-02")
    assert series.days[-1].weekly == Fraction("86.021")


def test_each_week_has_its_own_divisor() -> None:
    # Two days in the first week, five in the second: 61.625 + 24.65 = 86.275.
    def agreed(sunday: date) -> frozenset[int]:
        return frozenset({4, 5}) if sunday == day("2026-05-31") else FIVE

    (series,) = sick_pay(
        [away("2026-06-06", "2026-06-08")],
        SickFacts(agreed, lambda _first: Fraction(400), date(2020, 1, 1)),
        RATES,
        LATER,
    )

    assert amount(series.days) == Money.parse("86.28")


def test_a_day_with_any_work_is_not_a_day_of_sickness() -> None:
    series = judged(away("2026-06-01", "2026-06-02"), worked=frozenset({day("2026-06-01")}))

    assert reasons(series) == [NotPaid.WORKED, None]


def test_nothing_is_paid_outside_the_job_or_in_a_maternity_pay_period() -> None:
    series = judged(
        away("2026-06-01", "2026-06-05"),
        started_on=day("2026-06-02"),
        left_on=day("2026-06-04"),
        family_pay=((day("2026-06-03"), day("2026-12-31")),),
    )

    outside, inside = NotPaid.NOT_EMPLOYED, NotPaid.FAMILY_PAY
    assert reasons(series) == [outside, None, inside, inside, outside]


def test_what_keeps_an_absence_from_pay_holds_for_all_of_it() -> None:
    assert reasons(judged(away("2026-06-01", "2026-06-02", NotPaid.CUSTODY))) == [
        NotPaid.CUSTODY,
        NotPaid.CUSTODY,
    ]


def test_absences_up_to_56_days_apart_share_the_average_of_the_first() -> None:
    def average(first: date) -> Fraction:
        return Fraction(100 if first == day("2026-06-01") else 400)

    def facts() -> SickFacts:
        return SickFacts(lambda _sunday: FIVE, average, date(2020, 1, 1))

    near = sick_pay(
        [away("2026-06-01", "2026-06-12"), away("2026-08-08", "2026-08-14")], facts(), RATES, LATER
    )
    far = sick_pay(
        [away("2026-06-01", "2026-06-12"), away("2026-08-09", "2026-08-14")], facts(), RATES, LATER
    )

    assert [one.first_day for one in near] == [day("2026-06-01")]
    assert [one.average for one in far] == [100, 400]


def test_28_weeks_are_the_most_and_the_last_day_may_be_part_paid() -> None:
    # 196 days of all seven are 28 weeks.
    series = judged(away("2026-05-03", "2027-01-31"), weekdays=frozenset(range(7)))

    assert series[0].weeks_paid == 28
    assert paid(series) == Money.parse("3451.00")
    assert reasons(series).count(NotPaid.USED_UP) == 274 - 196
    assert series[0].day_reaching(22) == day("2026-05-03") + timedelta(days=22 * 7 - 1)
    assert series[0].day_reaching(29) is None


def test_where_the_days_of_a_week_change_the_28th_week_ends_inside_a_day() -> None:
    # 27 weeks and two thirds at three days, then weeks of two days: a third of a week is left.
    change = day("2026-05-03") + timedelta(weeks=27)

    def agreed(sunday: date) -> frozenset[int]:
        return frozenset({0, 2, 4}) if sunday < change else frozenset({0, 2})

    (series,) = sick_pay(
        [away("2026-05-05", "2026-12-31")],
        SickFacts(agreed, lambda _first: Fraction(400), date(2020, 1, 1)),
        RATES,
        LATER,
    )

    assert series.weeks_paid == 28
    assert [each.share for each in series.days if each.share][-1] == Fraction(1, 3)


def test_a_series_of_more_than_three_years_is_not_paid() -> None:
    # One day every eight weeks links for ever.
    firsts = [day("2023-05-01") + timedelta(days=56 * number) for number in range(25)]
    absences = [Absence(first, first + timedelta(days=3)) for first in firsts]

    (series,) = judged(*absences)

    assert series.days[-1].not_paid is NotPaid.SERIES_TOO_LONG
    assert {
        each.not_paid for each in series.days if day("2026-04-06") <= each.day < day("2026-05-01")
    } <= {None, NotPaid.NOT_QUALIFYING}


def test_judging_stops_at_the_day_asked_for() -> None:
    series = judged(
        away("2026-06-01", "2026-06-30"),
        away("2026-07-20", "2026-07-21"),
        through=day("2026-06-03"),
    )

    assert len(days_of(series)) == 3


# ── the rules before ──


def test_three_waiting_days_are_served_once_for_linked_absences() -> None:
    series = judged(away("2025-06-02", "2025-06-08"), away("2025-07-07", "2025-07-13"))

    assert reasons(series).count(NotPaid.WAITING) == 3
    # 2 + 5 of five days of 118.75.
    assert paid(series) == Money.parse("166.25")


def test_under_four_days_in_a_row_is_not_paid_and_links_nothing() -> None:
    series = judged(
        away("2025-06-02", "2025-06-08"),
        away("2025-07-07", "2025-07-09"),
        away("2025-07-14", "2025-07-20"),
    )

    assert [one.first_day for one in series] == [day("2025-06-02"), day("2025-07-07")]
    assert set(reasons(series[1:])) == {NotPaid.TOO_SHORT}
    assert reasons(series).count(NotPaid.WAITING) == 3


def test_earnings_under_the_lower_limit_were_refused() -> None:
    assert paid(judged(away("2025-06-02", "2025-06-08"), average="124.99")) == NOTHING
    assert paid(judged(away("2025-06-02", "2025-06-08"), average="125")) == Money.parse("47.50")


def test_the_flat_rate_changed_inside_an_absence() -> None:
    # 1 to 4 April 2025 at 116.75, 7 April at 118.75; all waiting days long served.
    series = judged(away("2025-03-03", "2025-04-07"))
    last = [each for each in series[0].days if each.day >= day("2025-04-03")]

    assert amount(last) == Money.up(Fraction("116.75") / 5 * 2 + Fraction("118.75") / 5)


# ── over 6 April 2026 ──


def test_sick_pay_that_was_running_keeps_the_full_rate_until_it_ends() -> None:
    series = judged(
        away("2026-03-16", "2026-04-12"), away("2026-04-20", "2026-04-26"), average="130"
    )

    april = [each for each in series[0].days if each.day >= day("2026-04-06")]
    first, second = april[:7], april[7:]
    assert amount(first) == Money.parse("123.25")
    assert amount(second) == Money.parse("104.00")
    assert [each.protected for each in first[:1] + second[:1]] == [True, False]


def test_work_in_between_ends_the_full_rate() -> None:
    series = judged(
        away("2026-03-16", "2026-04-12"),
        average="130",
        worked=frozenset({day("2026-04-07")}),
    )

    assert not series[0].days[-3].protected


def test_waiting_days_fall_away() -> None:
    series = judged(away("2026-04-03", "2026-04-12"), average="130")

    assert reasons(series)[0] is NotPaid.WAITING
    assert paid(series) == Money.parse("104.00")


def test_waiting_days_all_served_before_the_change_are_as_good_as_pay() -> None:
    series = judged(away("2026-04-01", "2026-04-10"), average="130")

    assert reasons(series)[:3] == [NotPaid.WAITING] * 3
    assert paid(series) == Money.parse("123.25")


def test_somebody_refused_for_low_earnings_is_entitled_from_the_change() -> None:
    series = judged(away("2026-02-02", "2026-04-12"), average="100", weekdays=frozenset({0, 1}))

    assert paid(series) == Money.parse("80.00")


def test_an_unbroken_absence_since_september_stays_unpaid_until_it_no_longer_links() -> None:
    long = away("2025-09-15", "2026-04-12")
    series = judged(
        long, away("2026-05-11", "2026-05-17"), away("2026-08-03", "2026-08-09"), average="100"
    )

    assert paid(series[:1]) == NOTHING
    assert reasons(series[:1])[-7:-2] == [NotPaid.LONG_ABSENCE] * 5
    assert paid(series[1:]) == Money.parse("80.00")


@pytest.mark.parametrize(
    ("average", "first", "receiving", "returned", "expected"),
    [
        ("130", "2026-03-16", True, False, "123.25"),
        ("130", "2026-03-16", True, True, "104"),
        ("100", "2025-09-21", False, False, "0"),
        ("100", "2025-09-21", False, True, "80"),
        ("100", "2025-09-22", False, False, "80"),
        ("300", "2026-04-03", False, False, "123.25"),
    ],
)
def test_the_table_for_absences_over_the_change(
    average: str, first: str, expected: str, *, receiving: bool, returned: bool
) -> None:
    rate = straddling_rate(
        Fraction(average), day(first), RATES, receiving=receiving, returned=returned
    )

    assert rate == Fraction(expected)


# ── absences and weeks ──


def test_absences_that_touch_or_overlap_are_one() -> None:
    assert joined([away("2026-06-08", "2026-06-10"), away("2026-06-01", "2026-06-07")]) == (
        away("2026-06-01", "2026-06-10"),
    )
    barred = away("2026-06-05", "2026-06-09", NotPaid.STRIKE)
    assert joined([away("2026-06-01", "2026-06-07"), barred]) == (
        away("2026-06-01", "2026-06-07"),
        away("2026-06-08", "2026-06-09", NotPaid.STRIKE),
    )
    assert joined([away("2026-06-01", "2026-06-09"), barred]) == (away("2026-06-01", "2026-06-09"),)


def test_weeks_begin_on_sunday_and_wednesday_is_the_last_resort() -> None:
    assert week_of(day("2026-06-07")) == day("2026-06-07")
    assert week_of(day("2026-06-06")) == day("2026-05-31")
    assert fallback_days([]) == {2}
    assert fallback_days([1, 3, 1]) == {1, 3}


# ── in words ──


def test_the_workings_say_what_a_week_is_and_why_days_are_not_paid() -> None:
    series = judged(away("2026-06-05", "2026-06-08"), average="140")[0]

    steps = explain(payment_steps(series.average, series.days, RATES))

    assert [step.sentence for step in steps] == [
        (
            "80% of the average of £140.00 is £112.00. A week of Statutory Sick Pay is that, "
            "but never more than £123.25: £112.00."
        ),
        (
            "£112.00 a week is shared by the 5 working days agreed for that week. For 2 days "
            "of sickness that is £44.80, not rounded yet."
        ),
        "2 days not paid: not one of the days agreed as working days.",
        "£44.80 goes up to the next penny: £44.80.",
    ]
    assert explain([used_step(Fraction(2, 5), 28)])[0].sentence == (
        "Weeks of sick pay used in all: 0.4 of 28."
    )


def test_the_workings_of_an_absence_over_the_change_say_all_three_rates() -> None:
    series = judged(away("2026-03-16", "2026-04-12"), average="130")[0]

    rules = [step.rule.id for step in payment_steps(series.average, series.days, RATES)]

    assert rules[:4] == ["ssp.week_flat", "ssp.days", "ssp.week_protected", "ssp.days"]


def test_a_week_is_explained_once_however_many_divisors_share_it() -> None:
    def agreed(sunday: date) -> frozenset[int]:
        return frozenset({4, 5}) if sunday == day("2026-05-31") else FIVE

    (series,) = sick_pay(
        [away("2026-06-06", "2026-06-08")],
        SickFacts(agreed, lambda _first: Fraction(400), date(2020, 1, 1)),
        RATES,
        LATER,
    )

    rules = [step.rule.id for step in payment_steps(series.average, series.days, RATES)]
    assert rules == ["ssp.week", "ssp.days", "ssp.days", "ssp.not_paid", "ssp.amount"]


def test_days_without_pay_have_no_amount() -> None:
    series = judged(away("2026-06-06", "2026-06-07"))[0]

    assert [s.rule.id for s in payment_steps(series.average, series.days, RATES)] == [
        "ssp.not_paid"
    ]


# ── what always holds ──

SPELLS = st.lists(st.tuples(st.integers(0, 330), st.integers(1, 120)), min_size=1, max_size=6).map(
    lambda pairs: [
        Absence(
            day("2025-12-01") + timedelta(days=start),
            min(day("2025-12-01") + timedelta(days=start + length - 1), LATER),
        )
        for start, length in pairs
    ]
)
WEEKDAYS = st.frozensets(st.integers(0, 6), min_size=1)
AVERAGES = st.integers(0, 50_000).map(lambda pence: str(Fraction(pence, 100)))


@settings(deadline=None, max_examples=60)
@given(SPELLS, WEEKDAYS, AVERAGES)
def test_never_more_than_28_weeks_or_than_the_weekly_rate(
    absences: list[Absence], weekdays: frozenset[int], average: str
) -> None:
    for series in judged(*absences, average=average, weekdays=weekdays):
        assert series.weeks_paid <= 28
        weeks: dict[date, Fraction] = {}
        for each in series.days:
            weeks[week_of(each.day)] = weeks.get(week_of(each.day), Fraction(0)) + each.worth
            assert each.weekly <= Fraction("123.25")
        assert all(worth <= Fraction("123.25") for worth in weeks.values())


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 150), st.integers(1, 149), WEEKDAYS, AVERAGES)
def test_an_absence_recorded_in_two_parts_is_the_same_as_one(
    length: int, cut: int, weekdays: frozenset[int], average: str
) -> None:
    first = day("2026-02-01")
    whole = Absence(first, first + timedelta(days=length))
    middle = first + timedelta(days=min(cut, length))
    parts = [Absence(first, middle - timedelta(days=1)), Absence(middle, whole.last_day)]

    one = judged(whole, average=average, weekdays=weekdays)
    two = judged(*parts, average=average, weekdays=weekdays)

    assert one == two


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 200), WEEKDAYS, AVERAGES)
def test_one_day_more_is_never_paid_less(
    length: int, weekdays: frozenset[int], average: str
) -> None:
    first = day("2026-03-20")

    shorter, longer = (
        paid(
            judged(Absence(first, first + timedelta(days=days)), average=average, weekdays=weekdays)
        )
        for days in (length, length + 1)
    )

    assert shorter <= longer


# ── at the edges ──


def test_a_single_day_of_a_single_day_week_is_a_whole_week() -> None:
    series = judged(
        away("2026-06-03", "2026-06-03"),
        average="60",
        weekdays=frozenset({2}),
        through=day("2026-06-03"),
    )

    assert paid(series) == Money.parse("48.00")


def test_four_days_in_a_row_were_enough() -> None:
    assert reasons(judged(away("2025-06-02", "2025-06-05"))) == [NotPaid.WAITING] * 3 + [None]
    assert reasons(judged(away("2025-06-02", "2025-06-04"))) == [NotPaid.TOO_SHORT] * 3


def test_the_last_day_of_a_maternity_pay_period_is_in_it() -> None:
    series = judged(
        away("2026-06-01", "2026-06-03"),
        family_pay=((day("2026-05-01"), day("2026-06-02")),),
    )

    assert reasons(series) == [NotPaid.FAMILY_PAY, NotPaid.FAMILY_PAY, None]


def test_absences_that_touch_keep_what_bars_both() -> None:
    first = away("2026-06-01", "2026-06-02", NotPaid.STRIKE)
    second = away("2026-06-03", "2026-06-04", NotPaid.STRIKE)

    assert joined([first, second]) == (away("2026-06-01", "2026-06-04", NotPaid.STRIKE),)


def test_a_series_ends_on_the_day_three_years_after_it_began() -> None:
    firsts = [day("2023-05-01") + timedelta(days=56 * number) for number in range(20)]
    absences = [Absence(first, first + timedelta(days=3)) for first in firsts]
    over_the_end = away("2026-04-30", "2026-05-01")

    (series,) = judged(*absences, over_the_end)

    assert [each.not_paid for each in series.days[-2:]] == [None, NotPaid.SERIES_TOO_LONG]


def test_a_linked_absence_with_nothing_but_paid_days_keeps_the_full_rate_too() -> None:
    every_day = frozenset(range(7))
    series = judged(
        away("2026-03-02", "2026-03-11"),
        away("2026-04-01", "2026-04-12"),
        average="130",
        weekdays=every_day,
    )

    assert series[0].days[-1].weekly == Fraction("123.25")
    assert series[0].days[-1].protected


def test_the_full_rate_by_right_is_not_called_kept() -> None:
    series = judged(away("2026-03-16", "2026-04-12"), average="400")

    assert not any(each.protected for each in series[0].days)


def test_a_long_absence_with_enough_earnings_goes_on_being_paid() -> None:
    series = judged(away("2025-09-15", "2026-04-12"), average="300", weekdays=frozenset({2}))

    assert series[0].days[-5].day == day("2026-04-08")
    assert series[0].days[-5].not_paid is None


@pytest.mark.parametrize(
    ("first", "reason"), [("2025-09-21", NotPaid.LONG_ABSENCE), ("2025-09-22", None)]
)
def test_where_the_long_absence_begins(first: str, reason: NotPaid | None) -> None:
    series = judged(away(first, "2026-04-10"), average="100")

    assert series[0].days[-1].not_paid is reason
