"""Holiday terms change by date: each part of a leave year counts by its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpemployer.payroll.holiday import (
    HolidayBefore,
    HolidayRow,
    accruing_minutes,
    balance,
    earned_in_period,
)
from dpemployer.payroll.leave_years import HolidayContract, entitlement_steps
from dpemployer.payroll.pay_elements import pay_elements
from dpemployer.payroll.people import HolidayClass, HolidayTerms, OpeningHoliday
from dpemployer.statutory.holiday_accrual import accrued
from dpemployer.workings import explain
from tests.builders import (
    a_contract,
    a_rate,
    a_shift,
    an_employment,
    holiday_terms,
    regular,
    regular_contract,
    regular_terms,
)

APRIL = date(2026, 4, 1)
LONG_AGO = date(2020, 1, 1)
OCTOBER = date(2026, 10, 1)


def changing(*terms: HolidayTerms, started_on: date = LONG_AGO, **job: object) -> HolidayContract:
    return HolidayContract(regular(started_on=started_on, **job), terms)


def from_april(**changes: object) -> HolidayTerms:
    return regular_terms(**{"from_day": LONG_AGO, "leave_year_start": APRIL, **changes})


def from_october(**changes: object) -> HolidayTerms:
    return from_april(**{"id": 2, "from_day": OCTOBER, **changes})


# ── a change part-way through ──


def test_a_change_of_hours_divides_the_year_by_its_days() -> None:
    contract = changing(from_april(), from_october(hours_per_week=Decimal(30)))

    given_in_year = contract.entitlement(contract.leave_year_of(OCTOBER))

    # 112 hours for 183 days and 168 hours for 182, of 365: 139.92… hours, up to the minute.
    assert given_in_year == 8396


def test_the_year_before_a_change_is_not_touched_by_it() -> None:
    contract = changing(from_april(), from_october(hours_per_week=Decimal(30)))

    assert contract.entitlement(contract.leave_year_of(date(2026, 3, 31))) == 112 * 60
    assert contract.entitlement(contract.leave_year_of(date(2027, 4, 1))) == 168 * 60


@given(st.dates(date(2026, 4, 2), date(2027, 3, 31)))
def test_terms_that_say_the_same_again_change_nothing(day: date) -> None:
    whole = changing(from_april())
    split = changing(from_april(), from_april(id=2, from_day=day))
    year = whole.leave_year_of(APRIL)

    assert split.leave_year_of(day) == year
    assert split.entitlement(year) == whole.entitlement(year)


@pytest.mark.parametrize("job", [{"started_on": date(2026, 6, 15)}, {"left_on": date(2027, 1, 31)}])
def test_a_starter_and_a_leaver_have_their_share_of_a_divided_year(job: dict[str, date]) -> None:
    started = job.get("started_on", LONG_AGO)
    first = from_april(from_day=started)
    whole = HolidayContract(regular(**{"started_on": LONG_AGO, **job}), (first,))
    split = HolidayContract(whole.employment, (first, from_october()))
    year = whole.leave_year_of(OCTOBER)

    assert split.entitlement(year) == whole.entitlement(year)


def test_hours_that_stop_varying_add_the_year_from_that_day_alone() -> None:
    contract = changing(holiday_terms(from_day=LONG_AGO, leave_year_start=APRIL), from_october())

    # 182 of the 365 days of 112 hours.
    assert contract.entitlement(contract.leave_year_of(OCTOBER)) == 3351
    assert contract.builds_up_by_the_hour(date(2026, 9, 28), date(2026, 10, 4))
    assert not contract.builds_up_by_the_hour(OCTOBER, date(2026, 10, 31))


def test_only_time_worked_while_hours_vary_earns_by_the_hour() -> None:
    contract = changing(holiday_terms(from_day=LONG_AGO, leave_year_start=APRIL), from_october())
    shifts = (a_shift(date(2026, 9, 30), 300), a_shift(OCTOBER, 240))
    elements = pay_elements(shifts, (a_rate(),), lambda _day: None)

    assert accruing_minutes(contract, elements) == 300


def test_the_last_payday_of_hours_that_vary_gives_the_exact_sum() -> None:
    contract = HolidayContract(
        an_employment(started_on=LONG_AGO, period_anchor=date(2026, 6, 1)),
        (
            holiday_terms(from_day=LONG_AGO, leave_year_start=APRIL),
            from_october(from_day=date(2026, 9, 28)),
        ),
    )
    week = date(2026, 9, 21), date(2026, 9, 27)

    # Four hours: 0.4828 of an hour, up to the minute, where the law would round to nothing.
    assert earned_in_period(contract, week, 240, []).earned == 29


def test_time_away_is_rounded_apart_from_time_worked() -> None:
    week = date(2026, 6, 1), date(2026, 6, 7)

    # 4.15 hours each: half an hour and a little, up to an hour, twice.
    found = earned_in_period(a_contract(), week, 249, [], absence_minutes=249)

    assert (found.earned, found.absence_minutes) == (120, 249)


# ── the leave year itself ──


def moved_to_april() -> HolidayContract:
    return changing(
        regular_terms(from_day=LONG_AGO, leave_year_start=date(2020, 1, 1)),
        regular_terms(id=2, from_day=date(2027, 4, 1), leave_year_start=date(2027, 4, 1)),
    )


def test_a_leave_year_that_moves_leaves_a_short_one() -> None:
    contract = moved_to_april()

    short = contract.leave_year_of(date(2027, 2, 1))

    assert (short.first_day, short.last_day) == (date(2027, 1, 1), date(2027, 3, 31))
    assert contract.leave_year_of(date(2026, 12, 31)).last_day == date(2026, 12, 31)
    assert contract.leave_year_of(date(2027, 4, 1)).first_day == date(2027, 4, 1)
    # 90 of the 365 days of 112 hours.
    assert contract.entitlement(short) == 1657


def test_leave_years_follow_one_another_whatever_moves() -> None:
    contract = moved_to_april()
    day = date(2025, 6, 1)

    for _year in range(5):
        year = contract.leave_year_of(day)
        following = contract.leave_year_of(year.last_day + timedelta(days=1))
        assert following.first_day == year.last_day + timedelta(days=1)
        assert contract.leave_year_of(year.first_day) == year
        day = following.first_day


def test_a_second_change_keeps_the_year_the_first_one_moved() -> None:
    contract = moved_to_april()
    again = HolidayContract(
        contract.employment,
        (
            *contract.terms,
            regular_terms(
                id=3,
                from_day=date(2027, 9, 1),
                leave_year_start=date(2027, 4, 1),
                hours_per_week=Decimal(30),
            ),
        ),
    )

    assert again.leave_year_of(date(2027, 10, 1)).first_day == date(2027, 4, 1)


@given(
    st.dates(date(2024, 2, 29), date(2040, 12, 31)), st.dates(date(2016, 1, 1), date(2024, 2, 29))
)
def test_every_day_is_in_one_leave_year_whatever_day_it_begins(day: date, begins: date) -> None:
    contract = changing(from_april(leave_year_start=begins))

    year = contract.leave_year_of(day)

    assert day in year
    assert contract.leave_year_of(year.first_day) == year
    assert contract.leave_year_of(year.last_day) == year
    assert contract.leave_year_of(year.last_day + timedelta(days=1)).first_day > year.last_day
    assert contract.entitlement(year) == 112 * 60


def test_leave_years_from_29_february_leave_no_day_out() -> None:
    contract = changing(from_april(leave_year_start=date(2024, 2, 29)))

    assert contract.leave_year_of(date(2028, 2, 28)).last_day == date(2028, 2, 28)
    found = balance(contract, date(2029, 1, 1), HolidayBefore(began=date(2026, 4, 1)))
    assert found.left == 3 * 112 * 60
    leaver = changing(from_april(leave_year_start=date(2024, 2, 29)), left_on=date(2028, 2, 28))
    assert leaver.entitlement(leaver.leave_year_of(date(2028, 2, 28))) == 112 * 60


def test_without_any_terms_hours_vary_from_the_first_day() -> None:
    contract = HolidayContract(an_employment(started_on=APRIL))

    assert contract.on(APRIL).holiday_class is HolidayClass.IRREGULAR
    assert contract.leave_year_of(date(2026, 7, 1)).first_day == APRIL


# ── what the book begins with ──


def opening(minutes: int) -> HolidayBefore:
    return HolidayBefore(OpeningHoliday(1, 1, date(2026, 6, 30), minutes, "a test"))


def test_the_figure_a_book_begins_with_holds_the_year_until_something_changes() -> None:
    same = changing(from_april())
    more = changing(from_april(), from_october(hours_per_week=Decimal(30)))

    assert balance(same, OCTOBER, opening(3000)).left == 3000
    # Half a year of ten hours a week more: 8,396 minutes where there were 6,720.
    assert balance(more, OCTOBER, opening(3000)).left == 3000 + 8396 - 6720


def test_somebody_who_leaves_in_the_year_the_book_began_has_their_share_of_it() -> None:
    contract = changing(from_april(), left_on=date(2026, 9, 30))

    # 183 of 365 days of 6,720 minutes are 3,370; the figure held the whole year.
    assert balance(contract, date(2026, 9, 30), opening(3000)).left == 3000 + 3370 - 6720


def test_a_leave_year_cut_short_takes_its_share_off_the_figure() -> None:
    contract = changing(
        from_april(leave_year_start=date(2026, 1, 1)),
        from_october(leave_year_start=OCTOBER),
    )

    # 273 of 365 days of 6,720 minutes are 5,027.
    assert balance(contract, date(2026, 9, 30), opening(3000)).left == 3000 + 5027 - 6720


def test_fixing_the_hours_after_the_book_began_adds_the_rest_of_the_year() -> None:
    contract = changing(holiday_terms(from_day=LONG_AGO, leave_year_start=APRIL), from_october())
    before = replace(opening(600), rows=(HolidayRow(date(2026, 7, 31), 3000, 360, 0),))

    assert balance(contract, OCTOBER, before).left == 600 + 360 + 3351


def test_a_day_before_the_figure_has_only_the_figure() -> None:
    contract = regular_contract(started_on=LONG_AGO, leave_year_start=APRIL)

    assert balance(contract, date(2025, 6, 1), opening(3000)).earned == 0


def test_terms_that_begin_after_the_figure_count_from_the_first_of_them() -> None:
    contract = changing(from_april(from_day=date(2026, 7, 15)), started_on=date(2026, 7, 15))

    assert balance(contract, OCTOBER, opening(0)).left == 0


# ── what holds whatever the hours ──


@given(st.lists(st.integers(0, 60 * 60), min_size=1, max_size=60), st.integers(1, 60))
def test_no_minute_of_a_leave_year_is_lost_by_rounding(worked: list[int], ends: int) -> None:
    monday = date(2026, 6, 1)
    last = monday + timedelta(days=7 * min(ends, len(worked)) - 1)
    contract = HolidayContract(
        an_employment(started_on=monday, period_anchor=monday, left_on=last),
        (holiday_terms(from_day=monday),),
    )
    years: dict[date, list[HolidayRow]] = {}
    for week, minutes in enumerate(worked[: min(ends, len(worked))]):
        first = monday + timedelta(days=7 * week)
        days = first, first + timedelta(days=6)
        before = years.setdefault(contract.leave_year_of(days[1]).first_day, [])
        earned = earned_in_period(contract, days, minutes, before).earned
        before.append(HolidayRow(days[1], minutes, earned, 0))

    for of_year in years.values():
        worked_in_all = sum(row.worked_minutes for row in of_year)
        exact = worked_in_all * Fraction("0.1207")
        rounded = sum(60 * accrued(Fraction(row.worked_minutes, 60)) for row in of_year)
        least = max(exact, Fraction(rounded))
        assert least <= sum(row.earned for row in of_year) < least + 1


# ── how it was worked out ──


def said(contract: HolidayContract, average: int = 0) -> list[str]:
    steps = entitlement_steps(contract, contract.leave_year_of(OCTOBER), average)
    return [step.sentence for step in explain(steps)]


def test_each_part_of_a_divided_year_says_what_it_gives() -> None:
    sentences = said(changing(from_april(), from_october(hours_per_week=Decimal(30))))

    assert sentences[1] == (
        "By the terms from 1 April 2026 the leave year gives 112 h. They hold for 183 of its 365 "
        "days in this job, so that part is 56 h 10 min."
    )
    assert sentences[-1] == "Its 2 parts together give 139 h 56 min."


def test_a_whole_year_says_its_days_and_its_hours() -> None:
    assert len(said(changing(from_april()))) == 2


def test_hours_that_vary_and_years_without_employment_say_nothing_here() -> None:
    assert said(changing(holiday_terms(from_day=LONG_AGO, leave_year_start=APRIL))) == []
    assert said(changing(from_april(), left_on=date(2026, 1, 31))) == []


def test_an_average_week_in_northern_ireland_says_its_hours() -> None:
    held = holiday_terms(
        from_day=LONG_AGO,
        leave_year_start=APRIL,
        holiday_class=HolidayClass.NORTHERN_IRELAND,
    )

    assert "gives 93 h 20 min" in said(changing(held), 1000)[1]
