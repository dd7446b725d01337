"""Holiday is asked as a case: every published question, and what cannot be answered says why."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from dpemployer.services.calculations.asking import Kind, answers, shipped_rates
from tests.vectors import vector, vectors

if TYPE_CHECKING:
    from tests.vectors import Vector


def ask(fn: str, jurisdiction: str = "GB", **inputs: Any) -> dict[str, Any]:
    case = {"id": "x", "fn": fn, "jurisdiction": jurisdiction, "inputs": inputs}
    (answer,) = answers(Kind.HOLIDAY, [case], shipped_rates())
    assert answer.result is not None, answer.error
    return answer.result


def refused(fn: str, jurisdiction: str = "GB", **inputs: Any) -> str:
    case = {"id": "x", "fn": fn, "jurisdiction": jurisdiction, "inputs": inputs}
    (answer,) = answers(Kind.HOLIDAY, [case], shipped_rates())
    assert answer.result is None
    return answer.error


@pytest.mark.parametrize("example", vectors("holiday"), ids=str)
def test_agrees_with_the_example(example: Vector) -> None:
    (answer,) = answers(Kind.HOLIDAY, [example.case], shipped_rates())

    assert answer.as_json() == {"id": example.id, "result": example.expected}


@pytest.mark.parametrize(
    ("leave_year_end", "use_by"),
    [("2026-03-30", "2027-09-30"), ("2027-06-30", "2028-12-30"), ("2027-12-31", "2029-06-30")],
)
def test_eighteen_months_end_on_the_day_of_the_same_number(
    leave_year_end: str, use_by: str
) -> None:
    found = ask(
        "carry_over",
        **{"class": "irregular", "accrued_hours": "61", "taken_hours": "0"},
        reason="sick_leave",
        leave_year_end=leave_year_end,
    )

    assert found["use_by"] == use_by


def test_what_is_asked_to_six_places_has_no_seventh() -> None:
    found = ask(
        "absence_accrual_15C",
        weeks_most_recent_first=[{"n": 4, "hours": "25.9"}],
        weeks_absent_in_pay_period="0.25",
    )

    assert found["accrual_exact_6dp"] == "0.781533"


@pytest.mark.parametrize("example", vectors("holiday"), ids=str)
def test_every_answer_is_said_in_words(example: Vector) -> None:
    (answer,) = answers(Kind.HOLIDAY, [example.case], shipped_rates())

    for steps in answer.explained():
        for step in steps:
            assert "{" not in step.sentence
            assert step.source


def test_all_sixty_examples_are_here() -> None:
    assert len(vectors("holiday")) == 60


# ── regular hours ──


def test_a_week_may_be_said_as_a_rota_or_as_its_shifts() -> None:
    assert ask("regular_entitlement_hours", rotation_hours=["15", "20"]) == {"hours": "98"}
    assert ask("regular_entitlement_hours", shifts_hours=["12", "8", "4"]) == {"hours": "134.4"}
    assert ask("regular_entitlement_hours", rotation_hours=[]) == {"hours": "0"}
    assert "hours_per_week” is missing" in refused("regular_entitlement_hours")


def test_hours_that_do_not_end_are_shown_to_six_places() -> None:
    found = ask("regular_entitlement_hours", hours_per_week="40", days_per_week="6")

    assert found == {"hours": "186.666667"}


def test_a_starter_from_before_the_leave_year_has_all_of_it() -> None:
    found = ask(
        "starter_entitlement",
        days_per_week="5",
        leave_year_start="2026-04-01",
        start_date="2020-01-06",
    )

    assert found["months_counted"] == 12
    assert found["days_rounded_up_half"] == "28"


def test_months_end_with_short_months() -> None:
    # 31 August and one month is 30 September, so 29 September is still in the first month.
    days = {"days_per_week": "5", "leave_year_start": "2026-08-31"}

    assert ask("starter_entitlement", **days, start_date="2026-09-29")["months_counted"] == 12
    assert ask("starter_entitlement", **days, start_date="2026-09-30")["months_counted"] == 11


@pytest.mark.parametrize(
    ("fn", "inputs", "words"),
    [
        (
            "starter_entitlement",
            {"days_per_week": "5", "leave_year_start": "2025-04-01", "start_date": "2026-09-14"},
            "is after the leave year",
        ),
        (
            "leaver_entitlement",
            {"days_per_week": "5", "leave_year_start": "2026-01-01", "leaving_date": "2027-06-01"},
            "is not a last day between",
        ),
        (
            "first_year_accrual",
            {"days_per_week": "5", "start_date": "2026-11-02", "as_of": "2026-11-01"},
            "before the employment began",
        ),
        ("regular_entitlement_days", {"days_per_week": "8"}, "A week has 7 days"),
        ("regular_entitlement_days", {"days_per_week": "0"}, "A week has 7 days"),
        (
            "short_leave_year",
            {"days_per_week": "4", "from": "2027-01-01", "to": "2028-03-31"},
            "is not a last day between",
        ),
        ("unheard_of", {}, "It should be one of: classify"),
        (
            "leave_notice",
            {"leave_first_day": "2026-12-21", "leave_last_day": "2026-12-20"},
            "is before",
        ),
        (
            "termination_pay",
            {"class": "irregular", "accrued_hours": "4"},
            "hourly_rate” is missing",
        ),
        (
            "termination_pay",
            {"class": "irregular", "accrued_hours": "-4", "hourly_rate": "13"},
            "never less than nothing",
        ),
        (
            "irregular_holiday_hourly_rate",
            {"total_pay": "0.00", "total_hours": "0", "leave_hours": "8"},
            "no hours in the weeks before",
        ),
        (
            "regular_leave_shift_pay",
            {"week_pay": "352.40", "weekly_hours": "0", "shift_hours": "12"},
            "The week has no hours",
        ),
        (
            "rolled_up_allowed",
            {"nation": "france", "class": "irregular", "leave_year_start": "2026-04-01"},
            "cannot be “france”",
        ),
        (
            "bank_holiday_consumption",
            {
                "nation": "england",
                "hours_per_week": "6",
                "works_weekdays": ["noday"],
                "leave_year_start": "2026-04-01",
            },
            "cannot be “noday”",
        ),
        (
            "bank_holiday_consumption",
            {
                "nation": "england",
                "hours_per_week": "6",
                "works_weekdays": [],
                "leave_year_start": "2026-04-01",
            },
            "is empty",
        ),
        ("irregular_accrual_sequence", {"pay_period_hours": "4"}, "should be a list"),
        ("holiday_record_retention", {"record_made": "9999-12-31"}, "from 1900 to 2200"),
        ("leave_notice", {"leave_first_day": "0001-01-01"}, "from 1900 to 2200"),
        ("irregular_accrual_sequence", {"pay_period_hours": ["4", "x"]}, "pay_period_hours[2]"),
    ],
)
def test_what_cannot_be_answered_says_why(fn: str, inputs: dict[str, Any], words: str) -> None:
    assert words in refused(fn, **inputs)


# ── hours that vary ──


@pytest.mark.parametrize(
    ("fn", "inputs"),
    [
        ("irregular_accrual_period", {"hours_worked": "68"}),
        ("irregular_accrual_sequence", {"pay_period_hours": ["4"]}),
        ("rolled_up_holiday_pay", {"pay_for_work": "100.00"}),
    ],
)
def test_northern_ireland_has_no_twelve_per_cent(fn: str, inputs: dict[str, Any]) -> None:
    assert "not worked out for Northern Ireland" in refused(fn, "NI", **inputs)


def test_a_quarter_of_the_cap_may_be_left() -> None:
    found = ask(
        "irregular_accrual_capped",
        prior_accrued_hours="209.25",
        hours_worked="84",
        year_hours="2160",
        year_days_worked=288,
    )

    assert found["credited_hours"] == "0.75"


def test_five_days_a_week_never_meet_the_cap() -> None:
    found = ask(
        "irregular_accrual_capped",
        prior_accrued_hours="205",
        hours_worked="84",
        year_hours="2080",
        year_days_worked=260,
    )

    assert found == {"cap_hours": None, "period_rounded_hours": 10, "credited_hours": 10}


def test_part_of_a_week_away_is_counted_in_sevenths() -> None:
    weeks = [{"n": 52, "hours": "14"}]

    found = ask(
        "absence_accrual_15C", weeks_most_recent_first=weeks, days_absent_in_pay_period="3.5"
    )

    assert found["accrual_exact_6dp"] == "0.8449"


def test_before_any_complete_week_nothing_is_earned_while_away() -> None:
    found = ask("absence_accrual_15C", weeks_most_recent_first=[], weeks_absent_in_pay_period="2")

    assert (found["weeks_used"], found["accrued_hours"]) == (0, 0)


# ── what holiday is paid at ──


def test_northern_ireland_looks_at_twelve_paid_weeks_without_being_told() -> None:
    weeks = [{"n": 8, "pay": "200"}, {"n": 150, "pay": "0"}, {"n": 30, "pay": "260"}]

    assert ask("average_week_pay", "NI", weeks_most_recent_first=weeks) == {
        "weeks_used": 12,
        "total_pay": "2640.00",
        "week_pay": "220.00",
    }
    assert ask("average_week_pay", weeks_most_recent_first=weeks)["weeks_used"] == 8


def test_no_paid_week_yet_has_no_average() -> None:
    found = ask("average_week_pay", weeks_most_recent_first=[{"n": 3, "pay": "0"}])

    assert found == {"weeks_used": 0, "total_pay": "0.00", "week_pay": None}


def test_the_hourly_rate_may_be_asked_with_its_weeks() -> None:
    weeks = [{"n": 50, "pay": "240", "hours": "18"}, {"n": 2, "pay": "240", "hours": "18"}]

    found = ask("irregular_holiday_hourly_rate", weeks_most_recent_first=weeks, leave_hours="8")

    assert found == {"hourly_rate_4dp": "13.3333", "holiday_pay": "106.67"}


def test_irregular_hours_have_normal_pay_for_all_of_it() -> None:
    pay = {"weekly_basic": "270.00", "weekly_normal_remuneration": "310.00"}

    assert ask("two_pot_cost", **pay, **{"class": "irregular"})["total_minimum"] == "1736.00"


def test_only_pay_for_work_is_rolled_up() -> None:
    for left_out in ("Mileage", "SSP", "rolled-up holiday pay", "statutory_maternity_pay"):
        parts = [
            {"type": "overtime", "amount": "100.00"},
            {"type": left_out, "amount": "50.00"},
        ]
        assert ask("rolled_up_holiday_pay_components", components=parts)["base"] == "100.00"


def test_rolled_up_pay_that_had_not_begun_has_no_average() -> None:
    found = ask("rolled_up_during_absence", rolled_up_paid_in_relevant_period=[])

    assert found == {"holiday_pay_per_pay_period": "0.00"}


# ── carrying over, leaving, asking ──


def carried(**inputs: Any) -> dict[str, Any]:
    case = {"class": "regular", "weekly_hours": "20", "leave_year_end": "2027-03-31", **inputs}
    return ask("carry_over", **case)


@pytest.mark.parametrize(
    ("inputs", "hours", "use_by"),
    [
        ({"reason": "agreement", "taken_hours": "30"}, "32", "2028-03-31"),
        ({"reason": "agreement", "taken_hours": "30", "agreed_hours": "10"}, "10", "2028-03-31"),
        ({"reason": "agreement", "taken_hours": "100"}, "12", "2028-03-31"),
        ({"reason": "sick_leave", "taken_hours": "90"}, "0", "2028-09-30"),
        ({"reason": "statutory_leave", "taken_hours": "200"}, "0", "2028-03-31"),
        ({"reason": "sick_leave", "leave_year_end": "2026-12-31"}, "80", "2028-06-30"),
        ({"reason": "sick_leave", "leave_year_end": "2027-06-30"}, "80", "2028-12-30"),
        ({"reason": "statutory_leave", "leave_year_end": "2027-02-28"}, "112", "2028-02-29"),
        # Six days a week: 28 days of six hours, not 5.6 weeks.
        (
            {"reason": "statutory_leave", "weekly_hours": "36", "days_per_week": "6"},
            "168",
            "2028-03-31",
        ),
    ],
)
def test_regular_hours_carry_over(inputs: dict[str, Any], hours: str, use_by: str) -> None:
    assert carried(**inputs) == {"carry_hours": hours, "use_by": use_by}


@pytest.mark.parametrize(
    ("inputs", "hours"),
    [
        ({"reason": "employer_failure", "taken_hours": "11"}, "50"),
        ({"reason": "agreement", "taken_hours": "11", "agreed_hours": "20"}, "20"),
        ({"reason": "agreement", "taken_hours": "11"}, "50"),
        ({"reason": "sick_leave", "weekly_hours": "10"}, "56"),
        ({"reason": "sick_leave", "taken_hours": "70"}, "0"),
    ],
)
def test_irregular_hours_carry_over_all_that_is_left(inputs: dict[str, Any], hours: str) -> None:
    case = {"class": "part_year", "accrued_hours": "61", "leave_year_end": "2027-03-31", **inputs}

    assert ask("carry_over", **case)["carry_hours"] == hours


def test_northern_ireland_carries_over_as_regular_hours_do() -> None:
    found = ask(
        "carry_over",
        "NI",
        weekly_hours="20",
        reason="sick_leave",
        leave_year_end="2027-03-31",
        taken_hours="30",
    )

    assert found["carry_hours"] == "50"


def leaving(**inputs: Any) -> dict[str, Any]:
    example = vector("holiday", "HOL-046").inputs
    return ask("termination_pay", **{**example, **inputs})


def test_leave_carried_over_is_paid_in_lieu_as_well() -> None:
    assert leaving(carried_hours="10")["untaken_hours_4dp"] == "24.8712"


def test_exactly_what_was_earned_owes_nothing() -> None:
    found = leaving(leaving_date="2027-03-31", taken_hours="112")

    assert found == {
        "accrued_hours_4dp": "112",
        "untaken_hours_4dp": "0",
        "pay_in_lieu": "0.00",
    }


def test_starting_and_leaving_in_one_year_counts_the_days_between() -> None:
    assert leaving(start_date="2026-11-01")["accrued_hours_4dp"] == "9.2055"


def test_the_last_part_of_a_period_is_earned_before_leaving() -> None:
    case = {"class": "irregular", "accrued_hours": "47", "taken_hours": "32", "hourly_rate": "13"}

    found = ask("termination_pay", **case, final_period_hours="20")
    overtaken = ask("termination_pay", **{**case, "taken_hours": "50"}, overtaken_clause=True)

    assert found == {"untaken_hours": "17", "pay_in_lieu": "221.00"}
    assert overtaken == {"overtaken_hours": "3", "deduction": "39.00"}


def test_notice_is_for_the_days_between_where_no_count_is_given() -> None:
    found = ask("leave_notice", leave_first_day="2026-12-21", leave_last_day="2026-12-23")

    assert found["worker_notice_by"] == "2026-12-14"


def test_half_a_day_off_is_asked_for_a_whole_day_before() -> None:
    found = ask("leave_notice", leave_first_day="2026-12-21", leave_days="0.5")

    assert found == {"worker_notice_by": "2026-12-19", "employer_refusal_by": "2026-12-19"}


def test_records_made_before_the_duty_began_have_no_day_to_be_kept_until() -> None:
    assert ask("holiday_record_retention", record_made="2026-04-05") == {
        "keep_until_at_least": None
    }
    assert ask("holiday_record_retention", record_made="2028-02-29") == {
        "keep_until_at_least": "2034-02-28"
    }


# ── bank holidays, and classes ──


def test_bank_holidays_that_are_not_leave_use_none_of_it() -> None:
    example = vector("holiday", "HOL-050").inputs

    found = ask("bank_holiday_consumption", **{**example, "bank_holidays_deducted": False})

    assert (found["bank_holiday_hours"], found["balance_hours"]) == ("0", "33.6")


def test_scotland_had_one_more_bank_holiday_in_2026() -> None:
    found = ask(
        "contract_leave_check",
        nation="scotland",
        days_per_week="5",
        contract_days_excluding_bank_holidays="20",
        bank_holidays_extra=True,
        leave_year_start="2026-04-01",
    )

    assert "2026-06-15" in found["bank_holiday_dates"]


def test_bank_holidays_count_on_working_days_where_those_are_said() -> None:
    found = ask(
        "contract_leave_check",
        nation="england",
        days_per_week="1",
        contract_days_excluding_bank_holidays="2",
        bank_holidays_extra=True,
        leave_year_start="2026-04-01",
        works_weekdays=["Monday"],
    )

    assert (found["contract_total_days"], found["shortfall_days"]) == ("8", "0")


def test_bank_holidays_inside_the_leave_add_nothing() -> None:
    found = ask(
        "contract_leave_check",
        nation="england",
        days_per_week="5",
        contract_days_excluding_bank_holidays="28",
        leave_year_start="2026-04-01",
    )

    assert (found["contract_total_days"], found["shortfall_days"]) == ("28", "0")


@pytest.mark.parametrize(
    ("pattern", "nation", "starts", "expected", "uncertain"),
    [
        ("fixed", "england", "2026-04-01", "regular", False),
        ("rotating_fixed", "wales", "2026-04-01", "regular", False),
        ("annualised", "england", "2026-04-01", "regular", False),
        ("zero_hours", "scotland", "2026-04-01", "irregular", False),
        ("guaranteed_plus_variable", "england", "2026-04-01", "irregular", True),
        ("part_year", "england", "2026-04-01", "part_year", False),
        ("zero_hours", "northern_ireland", "2026-04-01", "ni", False),
        ("zero_hours", "england", "2024-03-31", "regular", False),
    ],
)
def test_the_class_follows_from_the_contract(
    pattern: str, nation: str, starts: str, expected: str, *, uncertain: bool
) -> None:
    found = ask("classify", hours_pattern=pattern, nation=nation, leave_year_start=starts)

    assert found == {"class": expected, "uncertain": uncertain}


def test_the_command_line_knows_the_proclaimed_days() -> None:
    asked = [vector("holiday", "HOL-059").case]
    asked[0]["inputs"] = {
        **asked[0]["inputs"],
        "nation": "scotland",
        "leave_year_start": "2026-04-01",
    }

    done = subprocess.run(
        [sys.executable, "-m", "dpemployer", "calculate", "holiday", "--json"],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )

    (answer,) = json.loads(done.stdout)
    assert "2026-06-15" in answer["result"]["bank_holiday_dates"]
