"""State Pension age moves month by month, and National Insurance letters follow it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from dpemployer.errors import RatesUnknownError
from dpemployer.periods import plus_months
from dpemployer.statutory.national_insurance import NiCategory
from dpemployer.statutory.state_pension_age import (
    letter_findings,
    over_state_pension_age,
    state_pension_day,
)

if TYPE_CHECKING:
    from dpemployer.statutory.rates import RateBook, Rates

TODAY = date(2026, 11, 24)


@pytest.fixture
def now(rates: RateBook) -> Rates:
    return rates.on(TODAY)


@pytest.mark.parametrize(
    ("born", "reached"),
    [
        (date(1954, 10, 6), date(2020, 10, 6)),
        (date(1960, 4, 5), date(2026, 4, 5)),
        (date(1960, 4, 6), date(2026, 5, 6)),
        (date(1960, 7, 31), date(2026, 11, 30)),
        (date(1961, 3, 5), date(2028, 2, 5)),
        (date(1961, 3, 6), date(2028, 3, 6)),
        (date(1977, 4, 5), date(2044, 4, 5)),
    ],
)
def test_the_day_comes_from_the_timetable(now: Rates, born: date, reached: date) -> None:
    assert state_pension_day(born, now) == reached
    assert over_state_pension_age(born, reached, now)
    assert not over_state_pension_age(born, plus_months(reached, -1), now)


@pytest.mark.parametrize("born", [date(1954, 10, 5), date(1977, 4, 6)])
def test_a_day_outside_the_timetable_is_refused(now: Rates, born: date) -> None:
    with pytest.raises(RatesUnknownError, match="is not known"):
        state_pension_day(born, now)


def test_whoever_was_born_before_the_timetable_has_reached_it(now: Rates) -> None:
    assert over_state_pension_age(date(1950, 1, 1), TODAY, now)


def test_whoever_was_born_after_the_timetable_has_not(now: Rates) -> None:
    assert not over_state_pension_age(date(1990, 1, 1), TODAY, now)
    assert not over_state_pension_age(date(1978, 1, 1), date(2044, 6, 1), now)
    with pytest.raises(RatesUnknownError):
        over_state_pension_age(date(1978, 1, 1), date(2045, 2, 1), now)


@pytest.mark.parametrize(
    ("letter", "born", "words"),
    [
        ("A", date(1980, 1, 1), ""),
        ("C", date(1955, 1, 1), ""),
        ("K", date(1955, 1, 1), ""),
        ("M", date(2007, 1, 1), ""),
        ("H", date(2004, 1, 1), ""),
        ("B", date(1961, 4, 5), ""),
        ("X", date(2012, 1, 1), ""),
        ("V", date(2006, 1, 1), ""),
        ("M", date(2010, 11, 24), ""),
        ("A", date(2005, 11, 24), ""),
        ("X", date(2010, 11, 24), "is for people under 16"),
        ("X", date(1980, 1, 1), "is for people under 16"),
        ("A", date(2012, 1, 1), "use category letter X"),
        ("A", date(1955, 1, 1), "Use category letter C"),
        ("M", date(1955, 1, 1), "Use category letter C"),
        ("C", date(1980, 1, 1), "has not reached it"),
        ("M", date(2005, 1, 1), "for people under 21, and this person is 21"),
        ("H", date(2001, 1, 1), "apprentices under 25"),
        ("B", date(1980, 1, 1), "born before 6 April 1961"),
        ("A", date(2007, 1, 1), "With category letter M"),
        ("J", date(2007, 1, 1), "Z in place of J"),
    ],
)
def test_a_letter_that_does_not_suit_the_age_is_a_finding(
    now: Rates, letter: str, born: date, words: str
) -> None:
    findings = letter_findings(NiCategory(letter), born, TODAY, now, "Rosa Vale")

    if words:
        (finding,) = findings
        assert words in finding.message
        assert finding.subject == "Rosa Vale"
        assert finding.code == "ni_letter_for_age"
    else:
        assert findings == ()
