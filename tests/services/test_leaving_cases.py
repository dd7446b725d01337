"""Notice, redundancy pay and the last pay, asked as cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dpemployer.services.calculations.asking import Answer, Kind, answers, shipped_rates

_FILE = Path(__file__).parents[1] / "vectors" / "redundancy" / "derived.json"
EXAMPLES: list[dict[str, Any]] = json.loads(_FILE.read_text(encoding="utf-8"))
REDUNDANCY = EXAMPLES[0]


def ask(case: object) -> Answer:
    (answer,) = answers(Kind.REDUNDANCY, [case], shipped_rates())
    return answer


def asked(fn: str = "statutory_redundancy", jurisdiction: str | None = "GB", **inputs: Any) -> Any:
    answer = ask({"id": "x", "fn": fn, "jurisdiction": jurisdiction, "inputs": inputs})
    assert not answer.error, answer.error
    return answer.result


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["id"])
def test_every_example_is_answered_exactly(example: dict[str, Any]) -> None:
    answer = ask(example)

    assert answer.as_json() == {"id": example["id"], "result": example["expected"]}
    assert all(step.sentence for (step, *_rest) in answer.explained())


def test_a_personal_assistant_gives_a_weeks_notice() -> None:
    asked_on = {"employment_start": "2020-01-01", "as_of": "2026-11-22"}

    assert asked("statutory_notice_employee", "UK", **asked_on) == {"weeks": 1}


def test_northern_ireland_may_be_written_out_and_no_nation_is_great_britain() -> None:
    inputs = {"employment_start": "2026-01-02", "dismissal_date": "2027-01-01"}

    assert asked("unfair_dismissal_qualifies", "northern_ireland", **inputs)["qualifies"]
    assert asked("unfair_dismissal_qualifies", None, **inputs)["qualifies"]


def test_family_and_death_can_be_said_with_redundancy_pay() -> None:
    inputs = REDUNDANCY["inputs"]

    assert not asked(**inputs, domestic_worker=True, employer_is="parent_of_employee")["eligible"]
    assert asked(**inputs, domestic_worker=False, employer_is="parent_of_employee")["eligible"]
    died = asked(**inputs, reason="death_of_employer", statutory_notice_weeks_given=0)
    assert died["relevant_date"] == "2026-11-30"
    dismissed = asked(**inputs, reason="redundancy", statutory_notice_weeks_given=0)
    assert dismissed["relevant_date"] == "2027-02-08"


def test_weeks_to_average_may_each_be_said_once() -> None:
    inputs = {key: value for key, value in REDUNDANCY["inputs"].items() if key != "week_pay"}
    weeks = [{"pay": "100.00"}, {"pay": "0"}, {"n": 2, "pay": "130.00"}]

    assert asked(**inputs, average_week_pay_from=weeks)["amount"] == "1440.00"


def test_a_limit_nobody_knows_is_only_missed_where_something_is_due() -> None:
    inputs = {**REDUNDANCY["inputs"], "employment_end": "2027-06-30"}

    assert "No rates are known" in ask({**REDUNDANCY, "inputs": inputs}).error
    short = asked(**{**inputs, "employment_start": "2026-06-30"})
    assert (short["eligible"], short["week_pay_cap"]) == (False, None)


def test_a_last_pay_may_have_one_part_only() -> None:
    assert asked("final_pay", hourly_rate="13.10", unpaid_hours=10)["taxable_and_nicable"] == (
        "131.00"
    )
    assert asked("final_pay", week_pay="262", redundancy_weeks="4.5")["exempt_redundancy"] == (
        "1179.00"
    )
    owed = asked("final_pay", hourly_rate="10", untaken_holiday_hours="-1.5")
    assert owed["holiday_in_lieu"] == "-15.00"


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ({"id": 1, "inputs": {}}, "“fn” is missing"),
        ({"id": 1, "fn": "magic", "inputs": {}}, "It should be one of: statutory_redundancy"),
        ({"id": 1, "fn": "final_pay"}, "“inputs” is missing"),
        ({"id": 1, "fn": "final_pay", "inputs": {"unpaid_hours": "3"}}, "“inputs.hourly_rate”"),
        ({"id": 1, "fn": "final_pay", "inputs": {"unpaid_hours": "lots"}}, "It should be a number"),
        ({"id": 1, "fn": "final_pay", "inputs": {"unpaid_hours": True}}, "It should be a number"),
        ({"id": 1, "fn": "final_pay", "inputs": {"notice_weeks_in_lieu": 1}}, "“inputs.week_pay”"),
        (
            {
                "id": 1,
                "fn": "statutory_notice_employer",
                "inputs": {"employment_start": "2026-11-23", "as_of": "2026-11-22"},
            },
            "“as_of”, 22 November 2026, is before “employment_start”",
        ),
        (
            {**REDUNDANCY, "inputs": {**REDUNDANCY["inputs"], "date_of_birth": "2020-01-01"}},
            "before “date_of_birth”",
        ),
        (
            {
                **REDUNDANCY,
                "inputs": {**REDUNDANCY["inputs"], "statutory_notice_weeks_given": -1},
            },
            "whole number from 0",
        ),
    ],
)
def test_what_cannot_be_answered_says_why(case: dict[str, Any], said: str) -> None:
    assert said in ask(case).error
