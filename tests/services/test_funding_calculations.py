"""What an hour costs and what a budget buys, asked as cases."""

from __future__ import annotations

from typing import Any

import pytest

from dpemployer.services.calculations.asking import Answer, Kind, answers, shipped_rates
from tests.vectors import vector

COST = vector("funding", "FUND-002")


def ask(fn: str, /, case: dict[str, Any] | None = None, **inputs: Any) -> Answer:
    (answer,) = answers(
        Kind.FUNDING, [{"id": "case", "fn": fn, **(case or {}), "inputs": inputs}], shipped_rates()
    )
    return answer


def cost(case: dict[str, Any] | None = None, **changes: Any) -> Any:
    answer = ask("employment_cost", case, **{**COST.inputs, **changes})
    assert answer.error == ""
    return answer.result


@pytest.mark.parametrize("name", ["FUND-001", "FUND-009", "FUND-013", "FUND-015", "FUND-018"])
def test_an_answer_has_the_keys_of_the_example_and_no_others(name: str) -> None:
    example = vector("funding", name)

    assert ask(example.fn, **example.inputs).result == example.expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        # 13 x 20 x 53; with 10% for holiday; 15% over 6,000; and so on, each alone
        ({"weeks": "53"}, {"basic": "13780.00"}),
        ({"holiday_pct": "0.10"}, {"holiday": "1352.00"}),
        ({"ni_threshold": "6000"}, {"employer_ni_gross": "1372.78"}),
        ({"ni_rate": "0.10"}, {"employer_ni_gross": "1015.19"}),
        ({"employment_allowance": "1000.00"}, {"employer_ni": "522.78"}),
        ({"pension_rate": "0.05"}, {"pension": "445.59"}),
        ({"pension_lower": "0"}, {"pension": "454.56"}),
        ({"pension_upper": "10000"}, {"pension": "112.80"}),
        ({"pension_trigger": "20000"}, {"pension": "0.00"}),
        ({"pension_mode": "none"}, {"pension": "0.00"}),
        (
            {"redundancy_weeks_per_year": ["1"], "week_pay_cap": "100"},
            {"redundancy_reserve": "100.00"},
        ),
        ({"fixed_annual": None}, {"fixed": "0.00"}),
        ({"hourly_rate": "13.005"}, {"basic": "13525.20"}),
        ({"shares": None, "redundancy_weeks_per_year": []}, {"redundancy_reserve": "0.00"}),
        ({"weekly_hours": "0"}, {"total": "682.00", "per_hour": None, "per_hour_4dp": None}),
        ({"weekly_hours": 20}, {"total": "16101.22"}),
    ],
)
def test_what_a_case_sets_itself_counts(changes: dict[str, Any], expected: dict[str, Any]) -> None:
    found = cost(**changes)

    assert {key: found[key] for key in expected} == expected


def test_a_case_may_name_its_year_and_its_nation() -> None:
    reserve: dict[str, Any] = {"redundancy_weeks_per_year": ["1"], "weekly_hours": "100"}

    assert cost(**reserve)["redundancy_reserve"] == "751.00"
    assert cost({"tax_year": "2025-26"}, **reserve)["redundancy_reserve"] == "719.00"
    assert cost({"jurisdiction": "NI"}, **reserve)["redundancy_reserve"] == "783.00"
    assert cost({"jurisdiction": "GB"}, **reserve)["redundancy_reserve"] == "751.00"


@pytest.mark.parametrize(
    ("budget", "step", "hours"),
    [("350.00", "0.5", "22.50"), ("350.00", "1", "22.00"), ("350.00", "0.125", "22.625")],
)
def test_hours_are_found_in_the_steps_asked_for(budget: str, step: str, hours: str) -> None:
    answer = ask("affordable_hours", **COST.inputs, weekly_budget=budget, step_hours=step)

    assert answer.result is not None
    assert answer.result["weekly_hours"] == hours


def test_a_budget_for_the_fixed_costs_alone_buys_no_hours() -> None:
    # 682 a year is 13.12 a week, and a quarter hour a week is 189 a year more
    answer = ask("affordable_hours", **COST.inputs, weekly_budget="13.12")

    assert answer.result == {
        "weekly_hours": "0.00",
        "annual_cost": "682.00",
        "annual_budget": "682.24",
        "weekly_surplus": "0.00",
    }


def test_a_forecast_needs_no_reserve_one_offs_or_retention() -> None:
    answer = ask(
        "year_end_forecast",
        opening_balance="-10.00",
        received_to_date="0",
        weekly_funding="100.00",
        spent_to_date="0",
        weeks_remaining="2.5",
        weekly_run_rate="90.01",
    )

    # -10 + 2.5 x 9.99 = 14.975
    assert answer.result == {
        "forecast_closing_balance": "14.98",
        "uncommitted": "14.98",
        "retention_allowance": "800.00",
        "at_risk_of_recovery": "0.00",
        "shortfall": "0.00",
    }


@pytest.mark.parametrize(
    ("fn", "inputs", "words"),
    [
        ("colour", {}, "“fn” cannot be “colour”."),
        ("employment_cost", {"hourly_rate": "0", "weekly_hours": "1"}, "0 cannot be the rate"),
        ("employment_cost", {"hourly_rate": "-1", "weekly_hours": "1"}, "“inputs.hourly_rate”"),
        ("employment_cost", {"weekly_hours": "1"}, "“inputs.hourly_rate” is missing"),
        (
            "employment_cost",
            {"hourly_rate": "13", "weekly_hours": "1", "ssp_days": "2"},
            "“inputs.ssp_daily” is missing",
        ),
        (
            "employment_cost",
            {"hourly_rate": "13", "weekly_hours": "1", "redundancy_weeks_per_year": ["1", "1"]},
            "has 2 figures for 1 people",
        ),
        (
            "employment_cost",
            {"hourly_rate": "13", "weekly_hours": "1", "shares": "all"},
            "“inputs.shares” cannot be “all”",
        ),
        (
            "employment_cost",
            {"hourly_rate": "13", "weekly_hours": "1", "shares": ["0.5", "x"]},
            "“inputs.shares[2]” cannot be “x”",
        ),
        (
            "employment_cost",
            {"hourly_rate": "13", "weekly_hours": "1", "fixed_annual": {"training": "1.234"}},
            "“inputs.fixed_annual.training” cannot be “1.234”",
        ),
        (
            "employment_cost",
            {"hourly_rate": "13", "weekly_hours": "1", "pension_mode": "some"},
            "one of: auto, opt_in, full, none",
        ),
        (
            "affordable_hours",
            {"hourly_rate": "13", "weekly_budget": "9", "step_hours": "0"},
            "0 cannot be the step of hours",
        ),
    ],
)
def test_a_case_that_cannot_be_answered_says_why(
    fn: str, inputs: dict[str, Any], words: str
) -> None:
    assert words in ask(fn, **inputs).error
