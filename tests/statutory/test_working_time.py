"""The average week and the average night."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpemployer.errors import EntryError
from dpemployer.statutory.working_time import (
    Average,
    DomesticService,
    HoursLimits,
    night_average,
    weekly_average,
)
from dpemployer.workings import explain
from tests.builders import RATES

LIMITS = HoursLimits.of(RATES.on(RATES.last_day))
UNKNOWN, YES, NO = DomesticService


def week(worked: str | Fraction, made_up: str = "0", weeks: str = "17", **changes: Any) -> Average:
    facts: dict[str, Any] = {"opted_out": False, "domestic_service": UNKNOWN, **changes}
    hours = Decimal(worked) if isinstance(worked, str) else worked
    return weekly_average(hours, Decimal(made_up), Decimal(weeks), LIMITS, **facts)


def night(worked: str, days: str = "119", rest: str = "17", **changes: Any) -> Average:
    facts: dict[str, Any] = {"domestic_service": UNKNOWN, **changes}
    return night_average(Decimal(worked), Decimal(days), Decimal(rest), LIMITS, **facts)


def said(average: Average) -> str:
    (step,) = explain(average.workings)
    return step.sentence


def test_an_average_at_the_limit_is_within_it() -> None:
    exactly, over = week("816"), week(Fraction(816 * 60 + 1, 60))

    assert (exactly.shown, exactly.warn) == ("48.00", False)
    assert (over.shown, over.warn) == ("48.00", True)
    assert said(exactly).endswith("The limit is 48: it is within the limit.")
    assert said(over).startswith("816.02 hours, with 0 hours made up")


def test_the_limits_are_those_of_the_regulations() -> None:
    assert HoursLimits.of(RATES.on(RATES.last_day)) == HoursLimits(48, 17, 8, 8, 40)


def test_half_a_hundredth_goes_up_and_less_goes_down() -> None:
    assert week("48.005", weeks="1").shown == "48.01"
    assert week(Fraction("48.0049"), weeks="1").shown == "48.00"


def test_numbers_are_said_as_short_as_they_are() -> None:
    third = week(Fraction(100, 3), made_up="7.125", weeks="2.50")

    assert said(third) == (
        "33.33 hours, with 7.125 hours made up for days of leave or sickness, over 2.5 weeks is "
        "16.18 hours a week. The limit is 48: it is within the limit."
    )


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"opted_out": True}, ": there is a written agreement that the limit does not apply."),
        (
            {"domestic_service": YES},
            ": the limit does not hold for domestic service in a private household.",
        ),
    ],
)
def test_what_makes_longer_hours_lawful_is_said(changes: dict[str, Any], reason: str) -> None:
    found = week("900", **changes)

    assert (found.over, found.warn) == (True, False)
    assert said(week("900")).endswith(": it is over the limit.")
    assert reason in said(found)


def test_an_average_over_no_weeks_is_refused() -> None:
    with pytest.raises(EntryError, match="no average over 0 weeks"):
        week("40", weeks="0")


def test_a_night_average_leaves_weekly_rest_out() -> None:
    assert (night("816").shown, night("816").warn) == ("8.00", False)
    assert said(night("816")).endswith(
        "is 8.00 hours in each 24. The limit is 8: it is within the limit."
    )
    assert night("817").warn
    assert night("817").over
    assert said(night("817")).endswith(": it is over the limit.")
    assert not night("1020", domestic_service=YES).warn
    assert said(night("1020", domestic_service=YES)).endswith(
        ": the limit does not hold for domestic service in a private household."
    )


def test_a_night_average_over_rest_alone_is_refused() -> None:
    with pytest.raises(EntryError, match="leave none to work on"):
        night("8", days="17")


HOURS = st.decimals(0, 3000, places=2)


@given(HOURS, HOURS, st.integers(1, 26))
def test_more_hours_never_lower_an_average(some: Decimal, more: Decimal, weeks: int) -> None:
    fewer, further = week(str(some), weeks=str(weeks)), week(str(some + more), weeks=str(weeks))

    assert further.exact >= fewer.exact
    assert Decimal(further.shown) >= Decimal(fewer.shown)
    assert further.warn >= fewer.warn
    assert night(str(some + more)).warn >= night(str(some)).warn


@given(HOURS)
def test_doubt_never_warns_less_than_certainty(worked: Decimal) -> None:
    assert week(str(worked)).warn == week(str(worked), domestic_service=NO).warn
    assert not week(str(worked), domestic_service=YES).warn
