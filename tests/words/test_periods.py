"""Tax years, pay periods and the days banks are open."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpemployer.bank_days import (
    Nation,
    bank_holidays,
    banking_day_on_or_after,
    banking_day_on_or_before,
    is_banking_day,
)
from dpemployer.data_files import proclaimed_days
from dpemployer.periods import (
    PayFrequency,
    PaySchedule,
    TaxMonth,
    TaxYear,
    age_on,
    plus_months,
    tax_month,
    tax_week,
)

DAYS = st.dates(date(2023, 4, 6), date(2028, 4, 5))


def test_a_tax_year_runs_from_6_april_to_5_april() -> None:
    year = TaxYear.parse("2026-27")

    assert (year.first_day, year.last_day) == (date(2026, 4, 6), date(2027, 4, 5))
    assert TaxYear.of(date(2026, 4, 5)) == TaxYear(2025)
    assert TaxYear.of(date(2026, 4, 6)) == year
    assert str(TaxYear(2099)) == "2099-00"
    assert date(2027, 4, 5) in year
    assert date(2027, 4, 6) not in year


@pytest.mark.parametrize("label", ["2026-28", "26-27", "2026", "2026/27", "twenty"])
def test_a_label_that_is_no_tax_year_is_refused(label: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        TaxYear.parse(label)


@pytest.mark.parametrize(
    ("day", "week", "month"),
    [
        (date(2026, 4, 6), 1, 1),
        (date(2026, 4, 12), 1, 1),
        (date(2026, 4, 13), 2, 1),
        (date(2026, 5, 5), 5, 1),
        (date(2026, 5, 6), 5, 2),
        (date(2027, 1, 5), 40, 9),
        (date(2027, 1, 6), 40, 10),
        (date(2027, 4, 5), 53, 12),
        (date(2028, 4, 4), 53, 12),
    ],
)
def test_tax_weeks_and_months_are_counted_from_6_april(day: date, week: int, month: int) -> None:
    assert (tax_week(day), tax_month(day)) == (week, month)
    assert PayFrequency.WEEKLY.tax_period(day) == week
    assert PayFrequency.MONTHLY.tax_period(day) == month


@given(DAYS)
def test_every_day_is_in_exactly_one_tax_month(day: date) -> None:
    month = TaxMonth.of(day)

    assert month.first_day <= day <= month.last_day
    assert month.quarter == (month.number + 2) // 3


def test_frequencies_know_their_length() -> None:
    assert [f.weeks for f in PayFrequency] == [1, 2, 4, 0]
    assert [f.periods_in_year for f in PayFrequency] == [52, 26, 13, 12]


@given(DAYS, DAYS, st.sampled_from(PayFrequency))
def test_pay_periods_follow_one_another_without_a_gap(
    anchor: date, day: date, frequency: PayFrequency
) -> None:
    schedule = PaySchedule(frequency, anchor.replace(day=min(anchor.day, 28)), 5)

    period = schedule.period_of(day)
    following = schedule.after(period)

    assert day in period
    assert following.first_day == period.last_day + timedelta(days=1)
    if frequency.weeks:
        assert period.days == 7 * frequency.weeks
        assert period.pay_date == period.last_day + timedelta(days=5)


def test_a_monthly_payday_is_the_last_day_of_a_short_month() -> None:
    schedule = PaySchedule(PayFrequency.MONTHLY, date(2026, 1, 1))

    assert schedule.period_of(date(2026, 2, 10)).pay_date == date(2026, 2, 28)


def test_a_monthly_payday_may_fall_in_the_month_after() -> None:
    schedule = PaySchedule(PayFrequency.MONTHLY, date(2026, 1, 1), day_of_month=5, months_after=1)

    assert schedule.period_of(date(2026, 8, 31)).pay_date == date(2026, 9, 5)


def test_months_and_ages_are_counted_by_the_calendar() -> None:
    assert plus_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert age_on(date(2026, 6, 1), date(2005, 6, 1)) == 21
    assert age_on(date(2026, 5, 31), date(2005, 6, 1)) == 20


def test_money_moves_before_a_bank_holiday() -> None:
    august = date(2026, 8, 31)

    assert not is_banking_day(august)
    assert is_banking_day(august, Nation.SCOTLAND)
    assert banking_day_on_or_before(august) == date(2026, 8, 28)
    assert banking_day_on_or_after(august) == date(2026, 9, 1)


OFFICIAL = {
    Nation.ENGLAND: {
        2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
        2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
        2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
        2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
    },
    Nation.SCOTLAND: {
        2025: "01-01 01-02 04-18 05-05 05-26 08-04 12-01 12-25 12-26",
        2026: "01-01 01-02 04-03 05-04 05-25 06-15 08-03 11-30 12-25 12-28",
        2027: "01-01 01-04 03-26 05-03 05-31 08-02 11-30 12-27 12-28",
    },
    Nation.NORTHERN_IRELAND: {
        2025: "01-01 03-17 04-18 04-21 05-05 05-26 07-14 08-25 12-25 12-26",
        2026: "01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28",
        2027: "01-01 03-17 03-26 03-29 05-03 05-31 07-12 08-30 12-27 12-28",
    },
}
"""As GOV.UK, mygov.scot and nidirect list them: a day in place of one at a weekend is listed."""
OFFICIAL[Nation.WALES] = OFFICIAL[Nation.ENGLAND]


@pytest.mark.parametrize(
    ("nation", "year"), [(nation, year) for nation, years in OFFICIAL.items() for year in years]
)
def test_bank_holidays_are_those_of_the_official_lists(nation: Nation, year: int) -> None:
    assert [f"{day:%m-%d}" for day in bank_holidays(nation, year)] == OFFICIAL[nation][year].split()


def test_days_proclaimed_for_one_nation_are_not_anothers() -> None:
    assert date(2026, 6, 15) in bank_holidays(Nation.SCOTLAND, 2026)
    assert date(2026, 6, 15) not in bank_holidays(Nation.ENGLAND, 2026)


def test_every_proclaimed_day_says_its_source_and_its_nations() -> None:
    for entry in tomllib.loads(proclaimed_days())["day"]:
        assert entry["source"]
        assert entry["confirmed"] is True
        assert {Nation(nation) for nation in entry["nations"]}
        assert entry["on"].weekday() < 5
