"""Each question about working time is read strictly and answered by the rule."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from dpemployer.services.calculations.asking import Answer, Kind, answers
from tests.builders import RATES
from tests.vectors import vector


def asked(example: str, **changes: Any) -> Answer:
    """Ask an example with some of its inputs put differently."""
    case = deepcopy(vector("working_time", example).case)
    case["inputs"].update(changes)
    (answer,) = answers(Kind.WORKING_TIME, [case], RATES)
    return answer


def result(example: str, **changes: Any) -> Any:
    answer = asked(example, **changes)
    assert answer.result is not None, answer.error
    return answer.result


def test_nobody_is_short_of_rest_without_shifts() -> None:
    assert result("WT-V01", shifts=[]) == {"breach_at_shift_start": []}
    assert result("WT-V06", shifts=[]) == {"met": True}


def test_shifts_may_come_in_any_order() -> None:
    shifts = vector("working_time", "WT-V03").inputs["shifts"]

    assert result("WT-V03", shifts=shifts[::-1]) == result("WT-V03")


def test_a_week_in_which_the_clocks_go_back_has_an_hour_more_of_rest() -> None:
    # Work ends at 00:30 on Sunday 25 October 2026; until midnight 24 and a half hours pass.
    shifts = [["2026-10-19T00:00", "2026-10-25T00:30"]]

    assert result("WT-V07", shifts=shifts, week_start="2026-10-19T00:00")["met"]


def test_a_night_when_the_clocks_change_is_an_hour_longer_or_shorter_for_its_break() -> None:
    spring = result("WT-V09", start="2026-03-28T23:00", end="2026-03-29T06:00")
    autumn = result("WT-V09", start="2026-10-24T23:00", end="2026-10-25T04:30")

    assert (spring["met"], autumn["met"]) == (True, False)


def test_what_is_left_out_is_nothing_or_not_known() -> None:
    inputs = dict.fromkeys(("makeup_hours_for_excluded_days", "opt_out_signed", "domestic_servant"))

    assert result("WT-V12", **inputs) == result("WT-V12")
    assert result("WT-V09", breaks=None, young_worker=None) == {"met": False}
    assert result("WT-V16", weekly_rest_days=None)["average"] == "5.71"
    assert not result("WT-V17", domestic_servant="yes")["warn"]


def test_no_hours_that_count_need_no_pay() -> None:
    assert result("WT-V18", nmw_hours="0") == {"effective_rate_4dp": None, "meets_nmw": True}


def test_the_exact_rate_decides_and_not_the_one_shown() -> None:
    # 1,270.999... shows as 12.7100 and is a part of a penny short.
    found = result("WT-V18", pay_counting="9999.99", nmw_hours="786.7815", nmw_rate="12.71")

    assert found == {"effective_rate_4dp": "12.7100", "meets_nmw": False}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"tax_year": "2025-26"}, ("69.30", "56.70", "12.60")),
        ({"rate_paid": "0.45"}, ("56.70", "56.70", "0.00")),
        ({"miles_already_this_tax_year": None}, ("69.30", "69.30", "0.00")),
        ({"miles_already_this_tax_year": "12000"}, ("69.30", "31.50", "37.80")),
        ({"vehicle": "bicycle"}, ("69.30", "25.20", "44.10")),
        ({"business_miles": 0}, ("0.00", "0.00", "0.00")),
    ],
)
def test_miles_are_free_of_tax_up_to_the_rate_of_their_year(
    changes: dict[str, Any], expected: tuple[str, str, str]
) -> None:
    found = result("WT-V21", **changes)

    assert (found["paid"], found["tax_free"], found["taxable_excess"]) == expected


@pytest.mark.parametrize(
    ("example", "changes", "words"),
    [
        ("WT-V01", {"shifts": "all day"}, "“inputs.shifts” cannot be “all day”. It should be a"),
        ("WT-V01", {"shifts": [["2026-11-23T08:00"]]}, "It should be a start and an end."),
        ("WT-V01", {"shifts": [[8, 9]]}, "“inputs.shifts[1]” cannot be “8”. A clock time is"),
        ("WT-V01", {"required_hours": "-1"}, "“inputs.required_hours” cannot be “-1”."),
        ("WT-V06", {"week_start": "2026-11-23"}, "A clock time is written “2026-11-23T08:00”"),
        ("WT-V06", {"week_start": "9999-12-31T00:00"}, "A clock time is written"),
        ("WT-V06", {"week_start": "2026-11-31T00:00"}, "A clock time is written"),
        ("WT-V08", {"end": "2026-11-23T08:00"}, "The end has to be after the start."),
        ("WT-V12", {"weeks": "0"}, "There is no average over 0 weeks."),
        ("WT-V12", {"weeks": True}, "“inputs.weeks” cannot be “True”."),
        ("WT-V12", {"domestic_servant": "perhaps"}, "It should be one of: unknown, yes, no."),
        ("WT-V16", {"days": "17"}, "17 days with 17 days of rest leave none to work on."),
        ("WT-V21", {"tax_year": "2011-12"}, "No rates are known for 6 April 2011."),
        ("WT-V21", {"business_miles": None}, "“inputs.business_miles” is missing."),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(
    example: str, changes: dict[str, Any], words: str
) -> None:
    assert words in asked(example, **changes).error


def test_every_question_is_explained() -> None:
    for number in range(1, 24):
        answer = asked(f"WT-V{number:02d}")
        assert all(step.sentence for (steps) in answer.explained() for step in steps)
        assert answer.explained()[0]


def test_there_is_no_other_question() -> None:
    case = {**vector("working_time", "WT-V01").case, "fn": "tea_break"}
    (answer,) = answers(Kind.WORKING_TIME, [case], RATES)

    assert "“fn” cannot be “tea_break”" in answer.error
