"""Family pay: who is entitled, what each week is worth, and what HMRC gives back."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpemployer.bank_days import Nation
from dpemployer.errors import EntryError
from dpemployer.money import NOTHING, Money
from dpemployer.statutory.family_pay import (
    Because,
    Entitlement,
    Event,
    FamilyPay,
    NotEntitled,
    earnings_week,
    entitlement,
    is_small,
    latest_start,
    least_earnings,
    most_weeks,
    paid_between,
    pay_weeks,
    payment_steps,
    qualifying_week,
    rate_day,
    rate_is_known,
    recover,
    service_week,
    weekly_amount,
    windows,
    without_worked,
)
from dpemployer.workings import explain
from tests.builders import RATES, pounds

RECENT = RATES.on(date(2026, 6, 1))
DUE = date(2026, 12, 15)


def day(text: str) -> date:
    return date.fromisoformat(text)


def judged(event: Event, average: str = "300", **changes: Any) -> Entitlement:
    known = {
        "started_on": date(2020, 1, 1),
        "left_on": None,
        "nation": Nation.ENGLAND,
        "rates": RATES,
        **changes,
    }
    return entitlement(event, Fraction(average), **known)


# ── the weeks that count ──


def test_the_qualifying_week_is_the_15th_before_the_week_the_baby_is_due() -> None:
    assert qualifying_week(DUE) == (day("2026-08-30"), day("2026-09-05"))
    assert service_week(Event(FamilyPay.SMP, expected_on=DUE))[0] == day("2026-08-30")


def test_a_job_must_have_begun_by_the_saturday_of_the_26th_week() -> None:
    # GOV.UK's table for a baby due 8 to 14 October 2023: start by 7 January 2023.
    first, _last = qualifying_week(day("2023-10-08"))

    assert first == day("2023-06-25")
    assert latest_start(first) == day("2023-01-07")


def test_adoption_counts_from_the_week_of_the_match() -> None:
    wednesday = day("2026-07-08")
    for event in (
        Event(FamilyPay.SAP, matched_on=wednesday),
        Event(FamilyPay.SPP, Because.ADOPTION, matched_on=wednesday),
    ):
        assert service_week(event) == (day("2026-07-05"), day("2026-07-11"))
        assert earnings_week(event) == service_week(event)


def test_a_bereavement_counts_from_the_week_before() -> None:
    event = Event(FamilyPay.SPBP, happened_on=day("2026-07-08"), expected_on=DUE)

    assert service_week(event) == (day("2026-06-28"), day("2026-07-04"))
    assert earnings_week(event) == service_week(event)


def test_neonatal_care_counts_from_the_birth_or_from_the_week_before_care() -> None:
    alone = Event(FamilyPay.SNCP, happened_on=day("2026-07-08"))
    beside = Event(FamilyPay.SNCP, happened_on=day("2026-12-01"), expected_on=DUE)

    assert service_week(alone) == (day("2026-06-28"), day("2026-07-04"))
    assert service_week(beside) == qualifying_week(DUE)


def test_a_baby_born_before_the_qualifying_week_moves_the_look_back() -> None:
    event = Event(FamilyPay.SMP, expected_on=DUE, happened_on=day("2026-08-26"))

    assert service_week(event) == qualifying_week(DUE)
    assert earnings_week(event) == (day("2026-08-16"), day("2026-08-22"))


@pytest.mark.parametrize(
    "event", [Event(FamilyPay.SMP), Event(FamilyPay.SAP), Event(FamilyPay.SPBP)]
)
def test_a_day_that_is_missing_is_asked_for(event: Event) -> None:
    with pytest.raises(EntryError, match="One day is missing"):
        service_week(event)


# ── who is entitled ──


def test_enough_service_and_enough_pay_are_enough() -> None:
    decided = judged(Event(FamilyPay.SMP, expected_on=DUE))

    assert decided.entitled
    assert decided.week == qualifying_week(DUE)
    assert "had to begin by 14 March 2026" in explain(decided.workings)[1].sentence


def test_one_day_and_one_penny_short_are_too_little() -> None:
    decided = judged(Event(FamilyPay.SMP, expected_on=DUE), "128.99", started_on=day("2026-03-15"))

    assert decided.reasons == (NotEntitled.SERVICE, NotEntitled.EARNINGS)
    assert [step.rule for step in explain(decided.workings)][1:] == [
        "family.service_failed",
        "family.earnings_failed",
    ]
    assert judged(
        Event(FamilyPay.SMP, expected_on=DUE), "129", started_on=day("2026-03-14")
    ).entitled


def test_the_lower_earnings_limit_changes_with_the_week_that_ends_on_11_april() -> None:
    assert least_earnings(day("2026-04-10"), RATES) == pounds("125.00")
    assert least_earnings(day("2026-04-11"), RATES) == pounds("129.00")


@pytest.mark.parametrize(
    ("kind", "left", "entitled"),
    [
        (FamilyPay.SMP, "2026-08-29", False),
        (FamilyPay.SMP, "2026-08-30", True),
        (FamilyPay.SPP, "2026-12-09", False),
        (FamilyPay.SPP, "2026-12-10", True),
    ],
)
def test_who_left_too_early(kind: FamilyPay, left: str, *, entitled: bool) -> None:
    born = Event(kind, expected_on=DUE, happened_on=day("2026-12-10"))

    assert judged(born, left_on=day(left)).entitled is entitled


def test_leaving_before_the_birth_is_known_is_judged_by_the_week_alone() -> None:
    assert judged(Event(FamilyPay.SPP, expected_on=DUE), left_on=day("2026-09-01")).entitled


def test_a_baby_born_early_still_finds_the_job_going_on() -> None:
    early = Event(FamilyPay.SMP, expected_on=DUE, happened_on=day("2026-08-20"))

    assert judged(early, left_on=day("2026-08-25")).entitled


def test_shared_pay_needs_the_partner_too() -> None:
    decided = judged(Event(FamilyPay.SHPP, expected_on=DUE), partner_qualifies=False)

    assert decided.reasons == (NotEntitled.PARTNER,)


def test_neonatal_care_pay_is_for_great_britain_since_april_2025_and_a_week_of_care() -> None:
    event = Event(FamilyPay.SNCP, happened_on=day("2026-07-08"))
    early = Event(FamilyPay.SNCP, happened_on=day("2025-04-05"))

    assert judged(event, care_days=7).entitled
    assert judged(event, care_days=6).reasons == (NotEntitled.CARE_TOO_SHORT,)
    assert judged(early).reasons == (NotEntitled.NOT_YET_LAW,)
    assert judged(event, nation=Nation.NORTHERN_IRELAND).reasons == (
        NotEntitled.NOT_IN_NORTHERN_IRELAND,
    )


def test_windows_answer_for_leave_planned_after_the_last_rates() -> None:
    assert windows(RATES, day("2028-01-01")).whole("smp_weeks_before") == 11


# ── how much ──


def test_the_first_six_weeks_have_no_ceiling() -> None:
    average = Fraction(350)

    assert weekly_amount(FamilyPay.SMP, average, 6, RECENT) == pounds("315.00")
    assert weekly_amount(FamilyPay.SMP, average, 7, RECENT) == pounds("194.32")
    assert weekly_amount(FamilyPay.SPP, average, 1, RECENT) == pounds("194.32")
    assert weekly_amount(FamilyPay.SMP, Fraction("205.555"), 1, RECENT) == pounds("185.00")


def test_how_many_weeks_there_can_be() -> None:
    assert most_weeks(FamilyPay.SHPP, RECENT) == 37
    assert most_weeks(FamilyPay.SNCP, RECENT) == 12
    assert most_weeks(FamilyPay.SNCP, RATES.on(date(2024, 6, 1))) == 0


def test_weeks_run_on_over_two_blocks_and_stop_at_the_most() -> None:
    weeks = pay_weeks([(day("2026-09-07"), 1), (day("2026-07-06"), 1)], 2)

    assert [(week.number, week.first_day) for week in weeks] == [
        (1, day("2026-07-06")),
        (2, day("2026-09-07")),
    ]
    assert len(pay_weeks([(day("2026-07-06"), 60)], 39)) == 39


def test_a_month_pays_its_days_of_each_week() -> None:
    # From Wednesday 24 June 2026: June has all of week 1, July 1 begins week 2.
    weeks = pay_weeks([(day("2026-06-24"), 39)], 39)

    june = paid_between(
        FamilyPay.SMP, Fraction(350), weeks, day("2026-06-01"), day("2026-06-30"), RATES
    )
    july = paid_between(
        FamilyPay.SMP, Fraction(350), weeks, day("2026-07-01"), day("2026-07-31"), RATES
    )

    assert [(part.days, part.amount) for part in june] == [(7, pounds("315.00"))]
    assert [part.days for part in july] == [7, 7, 7, 7, 3]
    assert july[-1].amount == pounds("135.00")


def test_a_part_week_goes_up_to_the_next_penny() -> None:
    weeks = pay_weeks([(day("2026-06-27"), 2)], 2)

    june = paid_between(
        FamilyPay.SPP, Fraction(300), weeks, day("2026-06-01"), day("2026-06-30"), RATES
    )

    # 194.32 / 7 x 4 = 111.04
    assert [(part.days, part.amount) for part in june] == [(4, pounds("111.04"))]


def test_maternity_pay_keeps_the_rate_of_the_first_day_of_the_week() -> None:
    # The week from Saturday 4 April 2026 begins before the first Sunday in April.
    weeks = pay_weeks([(day("2026-02-14"), 39)], 39)

    parts = paid_between(
        FamilyPay.SMP, Fraction(350), weeks, day("2026-04-01"), day("2026-04-17"), RATES
    )

    assert [(part.week.first_day, part.weekly) for part in parts] == [
        (day("2026-03-28"), pounds("187.18")),
        (day("2026-04-04"), pounds("187.18")),
        (day("2026-04-11"), pounds("194.32")),
    ]


def test_weeks_of_april_before_its_first_sunday_are_known_without_the_next_rates() -> None:
    # 1 April 2027 is a Thursday, its first Sunday the 4th.
    before, after = pay_weeks([(day("2027-04-01"), 1), (day("2027-04-08"), 1)], 39)
    other = pay_weeks([(day("2027-03-31"), 1)], 2)[0]

    assert rate_is_known(FamilyPay.SMP, before, RATES)
    assert not rate_is_known(FamilyPay.SMP, after, RATES)
    assert not rate_is_known(FamilyPay.SPP, other, RATES)
    assert rate_is_known(FamilyPay.SPP, pay_weeks([(day("2027-03-30"), 1)], 2)[0], RATES)


def test_the_other_payments_have_the_new_rate_from_6_april() -> None:
    weeks = pay_weeks([(day("2026-04-04"), 1)], 2)

    parts = paid_between(
        FamilyPay.SPP, Fraction(350), weeks, day("2026-04-01"), day("2026-04-30"), RATES
    )

    assert [(part.days, part.weekly) for part in parts] == [
        (2, pounds("187.18")),
        (5, pounds("194.32")),
    ]
    steps = explain(payment_steps(FamilyPay.SPP, Fraction(350), parts, RATES))
    assert [step.result for step in steps] == [
        "£187.18",
        "£53.48",
        "£194.32",
        "£138.80",
        "£192.28",
    ]


def test_ten_days_may_be_worked_in_maternity_leave_and_the_eleventh_costs_its_week() -> None:
    weeks = pay_weeks([(day("2026-06-01"), 3)], 39)
    worked = [day("2026-06-01") + timedelta(days=number) for number in range(10)]

    kept = without_worked(FamilyPay.SMP, weeks, worked, RATES)
    lost = without_worked(FamilyPay.SMP, weeks, [*worked, day("2026-06-15")], RATES)

    assert [week.paid for week in kept] == [True, True, True]
    assert [week.paid for week in lost] == [True, True, False]
    assert [week.paid for week in without_worked(FamilyPay.SPP, weeks, worked, RATES)] == [
        False,
        False,
        True,
    ]
    assert without_worked(FamilyPay.SMP, (), worked, RATES) == ()
    assert not paid_between(
        FamilyPay.SPP,
        Fraction(300),
        without_worked(FamilyPay.SPP, weeks[:1], worked, RATES),
        day("2026-06-01"),
        day("2026-06-30"),
        RATES,
    )


def test_the_workings_name_the_week_its_days_and_its_rate() -> None:
    weeks = pay_weeks([(day("2026-06-24"), 39)], 39)
    parts = paid_between(
        FamilyPay.SMP, Fraction(350), weeks, day("2026-07-28"), day("2026-08-06"), RATES
    )

    sentences = [
        step.sentence for step in explain(payment_steps(FamilyPay.SMP, Fraction(350), parts, RATES))
    ]

    assert sentences == [
        (
            "Each of the first six weeks is 90% of the average of £350.00, with any part of "
            "a penny going up: £315.00."
        ),
        (
            "Week 5, which begins on 22 July 2026: 1 of its 7 days at £315.00 a week come to "
            "£45.00. Any part of a penny goes up."
        ),
        (
            "Week 6, which begins on 29 July 2026: 7 of its 7 days at £315.00 a week come to "
            "£315.00. Any part of a penny goes up."
        ),
        (
            "90% of the average of £350.00 is £315.00. The standard rate is £194.32. The "
            "lower of the two is paid: £194.32 a week."
        ),
        (
            "Week 7, which begins on 5 August 2026: 2 of its 7 days at £194.32 a week come "
            "to £55.52. Any part of a penny goes up."
        ),
        "Together that is £415.52.",
    ]


# ── what HMRC gives back ──


def test_a_small_employer_gets_all_of_it_and_compensation() -> None:
    back = recover(pounds("777.28"), RECENT, small_employer=True)

    assert (back.recovered, back.compensation) == (pounds("777.28"), pounds("69.96"))
    assert back.total == pounds("847.24")


def test_nothing_paid_gives_nothing_back_and_says_nothing() -> None:
    back = recover(NOTHING, RECENT, small_employer=True)

    assert (back.total, back.workings) == (NOTHING, ())


def test_forty_five_thousand_is_still_small() -> None:
    assert is_small(pounds("45000.00"), RECENT)
    assert not is_small(pounds("45000.01"), RECENT)


# ── what always holds ──


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(FamilyPay),
    st.integers(0, 60_000),
    st.integers(0, 250),
    st.integers(1, 60),
    st.integers(1, 120),
)
def test_never_above_its_weeks_and_a_split_period_is_never_less(
    kind: FamilyPay, pence: int, start: int, asked: int, cut: int
) -> None:
    average = Fraction(pence, 100)
    first = date(2025, 4, 6) + timedelta(days=start)
    weeks = pay_weeks([(first, asked)], most_weeks(kind, RECENT))
    last = min(weeks[-1].last_day, RATES.last_day)

    whole = paid_between(kind, average, weeks, first, last, RATES)
    middle = min(first + timedelta(days=cut), last)
    halves = (
        *paid_between(kind, average, weeks, first, middle, RATES),
        *paid_between(kind, average, weeks, middle + timedelta(days=1), last, RATES),
    )

    assert sum(part.days for part in whole) <= 7 * most_weeks(kind, RECENT)
    total, parts = (Money.total(part.amount for part in each) for each in (whole, halves))
    assert total <= parts <= total + Money(2)
    assert all(part.amount <= part.weekly for part in whole)


@given(st.integers(0, 10**7), st.booleans())
def test_what_comes_back_is_never_below_nothing_and_small_is_never_less(
    pence: int, small: bool
) -> None:
    back = recover(Money(pence), RECENT, small_employer=small)

    assert back.compensation >= NOTHING
    assert back.recovered <= Money(pence)
    assert back.total <= recover(Money(pence), RECENT, small_employer=True).total


# ── at the edges ──


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (Event(FamilyPay.SPBP), "One day is missing: the day it happened."),
        (Event(FamilyPay.SAP), "One day is missing: the day of the match."),
        (Event(FamilyPay.SMP), "One day is missing: the day the baby is due."),
    ],
)
def test_the_day_that_is_missing_is_named(event: Event, words: str) -> None:
    with pytest.raises(EntryError) as refused:
        service_week(event)

    assert refused.value.what == words


def test_neonatal_care_needs_the_day_it_began_though_the_birth_is_known() -> None:
    with pytest.raises(EntryError) as refused:
        judged(Event(FamilyPay.SNCP, expected_on=DUE))

    assert refused.value.what == "One day is missing: the day neonatal care began."


def test_a_placement_never_moves_the_look_back() -> None:
    placed = Event(
        FamilyPay.SPP,
        Because.ADOPTION,
        expected_on=DUE,
        happened_on=day("2026-07-01"),
        matched_on=day("2026-07-08"),
    )

    assert earnings_week(placed) == (day("2026-07-05"), day("2026-07-11"))


def test_a_baby_born_on_the_last_day_of_the_qualifying_week_moves_it() -> None:
    _first, last = qualifying_week(DUE)

    born = Event(FamilyPay.SMP, expected_on=DUE, happened_on=last)
    after = Event(FamilyPay.SMP, expected_on=DUE, happened_on=last + timedelta(days=1))
    assert earnings_week(born) == (day("2026-08-23"), day("2026-08-29"))
    assert earnings_week(after) == qualifying_week(DUE)


def test_the_partner_matters_to_shared_pay_alone_and_is_taken_to_qualify() -> None:
    assert judged(Event(FamilyPay.SHPP, expected_on=DUE)).entitled
    assert judged(Event(FamilyPay.SMP, expected_on=DUE), partner_qualifies=False).entitled


def test_who_left_too_early_is_told_why() -> None:
    gone = judged(Event(FamilyPay.SMP, expected_on=DUE), left_on=day("2026-08-01"))

    assert gone.reasons == (NotEntitled.NOT_EMPLOYED,)


def test_neonatal_care_pay_began_on_6_april_2025() -> None:
    assert judged(Event(FamilyPay.SNCP, happened_on=day("2025-04-06")), care_days=7).entitled


def test_how_it_was_decided_is_said_with_every_figure() -> None:
    decided = judged(Event(FamilyPay.SMP, expected_on=DUE), started_on=day("2026-03-14"))

    assert [step.sentence for step in explain(decided.workings)] == [
        (
            "Whether there is pay, and how much, is decided by the week from Sunday 30 August 2026 "
            "to Saturday 5 September 2026."
        ),
        (
            "The job began on 14 March 2026. It had to begin by 14 March 2026 to have lasted 26 "
            "weeks by the end of the week that counts, and it did."
        ),
        (
            "Average pay up to 5 September 2026 was £300.00 a week. It has to be at least £129.00, "
            "and it is."
        ),
    ]


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026, 2027])
def test_a_new_rate_of_maternity_pay_begins_on_the_first_sunday_in_april(year: int) -> None:
    # 2, 7, 6, 5 and 4 April: read off a calendar.
    sunday = date(year, 4, {2023: 2, 2024: 7, 2025: 6, 2026: 5, 2027: 4}[year])
    for first in (date(year, 4, number) for number in range(1, 10)):
        (week,) = pay_weeks([(first, 1)], 39)
        expected = date(year, 3, 31) if first < sunday else first
        assert rate_day(FamilyPay.SMP, week, week.last_day) == expected
        assert rate_day(FamilyPay.SPP, week, week.last_day) == week.last_day


def test_the_sixth_week_is_still_one_of_the_first_six() -> None:
    (week,) = pay_weeks([(day("2026-06-01"), 6)], 39)[5:]
    parts = paid_between(FamilyPay.SMP, Fraction(350), [week], week.first_day, week.last_day, RATES)

    first, _part, _total = payment_steps(FamilyPay.SMP, Fraction(350), parts, RATES)
    assert first.rule.id == "family.higher"
    assert first.since == day("2026-04-06")


def test_a_week_at_the_standard_rate_says_since_when_it_holds() -> None:
    (week,) = pay_weeks([(day("2026-06-01"), 1)], 2)
    parts = paid_between(FamilyPay.SPP, Fraction(350), [week], week.first_day, week.last_day, RATES)

    assert payment_steps(FamilyPay.SPP, Fraction(350), parts, RATES)[0].since == day("2026-04-06")


def test_what_comes_back_is_said_with_its_shares() -> None:
    (step,) = explain(recover(pounds("777.28"), RECENT, small_employer=True).workings)

    assert step.sentence == (
        "100% of the £777.28 of statutory parental pay comes back, which is £777.28. A small "
        "employer gets 9% on top of it, which is £69.96."
    )
    assert "6 April 2026" in step.dated
