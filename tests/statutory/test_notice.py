"""Service is counted with both ends, and notice grows with it to twelve weeks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpemployer.statutory.notice import (
    MOST_WEEKS,
    complete_months,
    complete_years,
    notice_by_employee,
    notice_by_employer,
    relevant_date,
)
from dpemployer.workings import explain

DAYS = st.dates(date(1970, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("start", "last_day", "months"),
    [
        (date(2026, 10, 23), date(2026, 11, 21), 0),
        (date(2026, 10, 23), date(2026, 11, 22), 1),
        (date(2026, 1, 1), date(2026, 12, 31), 12),
        (date(2024, 2, 29), date(2025, 2, 26), 11),
        (date(2024, 2, 29), date(2025, 2, 27), 12),
        (date(2026, 8, 31), date(2027, 2, 26), 5),
        (date(2026, 8, 31), date(2027, 2, 27), 6),
        (date(2026, 5, 1), date(2026, 5, 1), 0),
        (date(2026, 5, 1), date(2026, 4, 1), 0),
    ],
)
def test_months_are_counted_with_both_ends(start: date, last_day: date, months: int) -> None:
    assert complete_months(start, last_day) == months
    assert complete_years(start, last_day) == months // 12


@pytest.mark.parametrize(
    ("start", "weeks"),
    [
        (date(2026, 11, 2), 0),
        (date(2026, 10, 24), 0),
        (date(2026, 10, 23), 1),
        (date(2024, 11, 24), 1),
        (date(2024, 11, 23), 2),
        (date(2014, 11, 24), 11),
        (date(2014, 11, 23), 12),
        (date(1990, 1, 1), 12),
    ],
)
def test_an_employer_gives_a_week_for_each_year(start: date, weeks: int) -> None:
    assert notice_by_employer(start, date(2026, 11, 22)).weeks == weeks


def test_a_personal_assistant_gives_one_week_after_a_month() -> None:
    assert notice_by_employee(date(2026, 10, 24), date(2026, 11, 22)).weeks == 0
    assert notice_by_employee(date(2026, 10, 23), date(2026, 11, 22)).weeks == 1
    assert notice_by_employee(date(2000, 10, 23), date(2026, 11, 22)).weeks == 1


def test_notice_that_was_not_given_is_added_to_service() -> None:
    start, last_day = date(2022, 11, 23), date(2026, 11, 22)

    assert relevant_date(start, last_day, 0).day == last_day + timedelta(weeks=4)
    assert relevant_date(start, last_day, 3).day == last_day + timedelta(weeks=1)
    assert relevant_date(start, last_day, 4).day == last_day
    assert relevant_date(start, last_day, 9).missing_weeks == 0
    assert relevant_date(start, last_day).day == last_day


@given(DAYS, DAYS)
def test_notice_is_never_below_nothing_nor_above_twelve_weeks(start: date, day: date) -> None:
    by_employer = notice_by_employer(start, day).weeks

    assert 0 <= by_employer <= MOST_WEEKS
    assert notice_by_employee(start, day).weeks == min(by_employer, 1)


@given(DAYS, DAYS, st.integers(0, 400))
def test_longer_service_never_lowers_notice(start: date, day: date, more: int) -> None:
    later = day + timedelta(days=more)

    assert notice_by_employer(start, later).weeks >= notice_by_employer(start, day).weeks
    assert complete_months(start, later) >= complete_months(start, day)


@given(DAYS, DAYS, st.integers(0, 14))
def test_the_relevant_date_is_never_before_the_last_day(start: date, day: date, given: int) -> None:
    found = relevant_date(start, day, given)

    assert found.day == day + timedelta(weeks=found.missing_weeks)
    assert 0 <= found.missing_weeks <= MOST_WEEKS


def test_every_step_can_be_said_in_words() -> None:
    day = date(2026, 11, 22)
    steps = [
        *notice_by_employer(day, day).workings,
        *notice_by_employer(date(2026, 1, 1), day).workings,
        *notice_by_employer(date(2006, 1, 9), day).workings,
        *notice_by_employee(date(2026, 1, 1), day).workings,
        *relevant_date(date(2026, 1, 1), day, 0).workings,
        *relevant_date(date(2026, 1, 1), day).workings,
    ]

    said = [step.sentence for step in explain(steps)]

    assert all("{" not in sentence and sentence.endswith(".") for sentence in said)
    assert (
        "is 20 years. Notice is a week for each whole year, and 12 weeks at most: 12 weeks."
        in (said[2])
    )
    assert "asks for notice of 1 week, and notice of 0 weeks was given" in said[5]
