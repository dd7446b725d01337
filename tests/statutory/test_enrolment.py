"""The limits of automatic enrolment, by worked examples and for any day.

The examples are counted on a calendar by hand, from the limits of the Pensions Act 2008 and the
regulations of 2010 as the regulator's guidance words them.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpemployer.data_files import texts
from dpemployer.errors import EntryError, RefusedError
from dpemployer.periods import plus_months
from dpemployer.statutory.enrolment import (
    Window,
    assessment_day,
    declaration_window,
    gone_long_enough,
    joining_window,
    notice_window,
    opt_out_window,
    pay_over_by,
    postponement_window,
    re_declaration_window,
    re_enrolment_window,
    refund_window,
    refuse_postponement,
    third_anniversary,
)
from dpemployer.statutory.rates import RateBook
from dpemployer.workings import explain

if TYPE_CHECKING:
    from collections.abc import Callable

    from dpemployer.statutory.rates import Rates

RATES = RateBook.parse(texts("statutory", ".toml")).on(date(2026, 5, 1))
BORN, STARTED = date(1990, 3, 2), date(2020, 1, 6)
days = st.dates(date(2012, 1, 1), date(2040, 12, 31))


def test_somebody_is_assessed_on_the_first_day_of_the_pay_period() -> None:
    day = assessment_day(BORN, STARTED, date(2026, 6, 1), date(2026, 6, 30))

    assert day == date(2026, 6, 1)


def test_somebody_new_is_assessed_on_their_first_day() -> None:
    day = assessment_day(BORN, date(2026, 6, 15), date(2026, 6, 1), date(2026, 6, 30))

    assert day == date(2026, 6, 15)


def test_somebody_who_turns_22_is_assessed_on_the_birthday() -> None:
    day = assessment_day(date(2004, 6, 20), STARTED, date(2026, 6, 1), date(2026, 6, 30))

    assert day == date(2026, 6, 20)


def test_a_birthday_on_29_february_is_kept_on_the_28th() -> None:
    day = assessment_day(date(2004, 2, 29), STARTED, date(2026, 2, 1), date(2026, 2, 28))

    assert day == date(2026, 2, 28)


def test_somebody_put_off_is_assessed_on_the_deferral_day() -> None:
    inside = assessment_day(
        BORN, STARTED, date(2026, 6, 1), date(2026, 6, 30), deferral_day=date(2026, 6, 9)
    )
    outside = assessment_day(
        BORN, STARTED, date(2026, 6, 1), date(2026, 6, 30), deferral_day=date(2026, 7, 9)
    )

    assert (inside, outside) == (date(2026, 6, 9), date(2026, 6, 1))


@pytest.mark.parametrize(
    ("window", "first", "last"),
    [
        (postponement_window(date(2026, 7, 1), RATES), date(2026, 7, 1), date(2026, 9, 30)),
        # Three months begun on 30 November have no 30 February to end before.
        (postponement_window(date(2026, 11, 30), RATES), date(2026, 11, 30), date(2027, 2, 28)),
        (notice_window(date(2026, 7, 1), RATES), date(2026, 7, 1), date(2026, 8, 11)),
        (joining_window(date(2026, 4, 1), RATES), date(2026, 4, 1), date(2026, 5, 12)),
        (
            opt_out_window(date(2026, 8, 3), date(2026, 8, 14), RATES),
            date(2026, 8, 14),
            date(2026, 9, 13),
        ),
        (
            opt_out_window(date(2026, 8, 20), date(2026, 8, 14), RATES),
            date(2026, 8, 20),
            date(2026, 9, 19),
        ),
        (
            opt_out_window(date(2027, 1, 31), date(2027, 1, 31), RATES),
            date(2027, 1, 31),
            date(2027, 2, 28),
        ),
        (refund_window(date(2026, 9, 1), RATES), date(2026, 9, 1), date(2026, 9, 30)),
        (declaration_window(date(2026, 4, 1), RATES), date(2026, 4, 1), date(2026, 8, 31)),
        (re_enrolment_window(date(2023, 10, 1), RATES), date(2026, 7, 1), date(2026, 12, 31)),
        (re_declaration_window(date(2023, 10, 1), RATES), date(2026, 10, 1), date(2027, 2, 28)),
    ],
)
def test_limits_end_on_the_days_counted_by_hand(window: Window, first: date, last: date) -> None:
    assert (window.first_day, window.last_day) == (first, last)
    (said,) = explain([window.step])
    assert said.result in said.sentence
    assert said.source


def test_three_years_after_a_leap_day_is_the_28th() -> None:
    assert third_anniversary(date(2024, 2, 29), RATES) == date(2027, 2, 28)


def test_who_went_more_than_a_year_ago_is_enrolled_again() -> None:
    chosen = date(2026, 10, 1)

    assert gone_long_enough(date(2025, 9, 30), chosen, RATES)
    assert not gone_long_enough(date(2025, 10, 1), chosen, RATES)


def test_contributions_reach_the_provider_by_the_22nd_or_by_cheque_the_19th() -> None:
    assert pay_over_by(date(2026, 12, 31), RATES) == date(2027, 1, 22)
    assert pay_over_by(date(2026, 12, 31), RATES, electronic=False) == date(2027, 1, 19)


def test_enrolment_is_put_off_only_from_a_day_the_law_names() -> None:
    with pytest.raises(RefusedError, match="cannot be put off from 2 July 2026") as refused:
        refuse_postponement(
            date(2026, 7, 2),
            date(2026, 8, 1),
            [date(2026, 7, 1), date(2026, 6, 1)],
            RATES,
        )

    assert refused.value.next_step == "Choose one of these days: 1 June 2026; 1 July 2026."


def test_somebody_enrolled_again_cannot_be_put_off() -> None:
    with pytest.raises(RefusedError) as refused:
        refuse_postponement(date(2026, 7, 2), date(2026, 8, 1), [], RATES)

    assert refused.value.next_step == "Enrol them with this payday."


@pytest.mark.parametrize("until", [date(2026, 6, 30), date(2026, 10, 1)])
def test_enrolment_is_put_off_for_three_months_at_most(until: date) -> None:
    with pytest.raises(EntryError) as refused:
        refuse_postponement(date(2026, 7, 1), until, [date(2026, 7, 1)], RATES)

    assert refused.value.next_step == "Choose a day up to and including 30 September 2026."


def test_enrolment_may_be_put_off_to_the_last_day() -> None:
    refuse_postponement(date(2026, 7, 1), date(2026, 9, 30), [date(2026, 7, 1)], RATES)


@given(since=days)
def test_the_window_to_enrol_again_holds_the_anniversary(since: date) -> None:
    window = re_enrolment_window(since, RATES)
    anniversary = third_anniversary(since, RATES)

    assert anniversary in window
    assert window.first_day < anniversary < window.last_day
    assert timedelta(days=178) <= window.last_day - window.first_day <= timedelta(days=184)


@given(first=days, second=days)
def test_nobody_can_opt_out_before_both_joining_and_being_told(first: date, second: date) -> None:
    window = opt_out_window(first, second, RATES)

    assert window.first_day >= first
    assert window.first_day >= second
    assert timedelta(days=27) <= window.last_day - window.first_day <= timedelta(days=30)


@given(day=days)
@pytest.mark.parametrize(
    "limit", [postponement_window, notice_window, joining_window, refund_window, declaration_window]
)
def test_every_limit_begins_on_its_day_and_ends_after_it(
    limit: Callable[[date, Rates], Window], day: date
) -> None:
    window = limit(day, RATES)

    assert day in window
    assert day - timedelta(days=1) not in window
    assert window.last_day + timedelta(days=1) not in window
    assert window.last_day <= plus_months(day, 5)


@given(
    born=st.dates(date(1945, 1, 1), date(2010, 12, 31)),
    started=days,
    first=days,
    length=st.integers(6, 60),
)
def test_the_assessment_day_is_always_in_the_period(
    born: date, started: date, first: date, length: int
) -> None:
    last = first + timedelta(days=length)

    assert first <= assessment_day(born, started, first, last) <= last
