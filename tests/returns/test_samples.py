"""Every sample comes out exactly, through a book, and so does whatever else fits the format."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dpemployer.services.shipped import template_names
from tests.returns.invented import samples
from tests.returns.samples import NAMES, differences, read_case, shown
from tests.returns.second_opinion import second_opinion

KEYS = {
    "income_by_category_p",
    "expenditure_by_category_p",
    "template_lines_p",
    "totals_p",
    "as_income_alternative_p",
    "reconciliation_p",
    "award_p",
    "contribution_p",
    "commitments_p",
    "staff_hours",
    "payroll_p",
    "funder_split",
    "balance_test",
    "evidence_missing",
    "exceptions",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_comes_out_as_it_was_worked_by_hand(name: str) -> None:
    case = read_case(name)

    assert list(differences(case["expected"], shown(case))) == []


@pytest.mark.parametrize("name", NAMES)
def test_what_is_expected_is_never_read(name: str) -> None:
    case = read_case(name)
    bare = {key: value for key, value in case.items() if key not in {"expected", "working"}}

    assert shown(bare) == shown(case)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("template", template_names())
def test_every_template_answers_every_sample(name: str, template: str) -> None:
    case = read_case(name)
    answer = shown(case, template)

    assert set(answer) >= KEYS
    assert list(differences(second_opinion(case, template), answer)) == []
    assert answer["totals_p"]["closing_book"] == case["expected"]["totals_p"]["closing_book"]
    assert answer["reconciliation_p"]["difference"] == 0


@pytest.mark.parametrize("name", NAMES)
def test_a_penny_on_the_statement_side_is_a_penny_of_difference(name: str) -> None:
    case = read_case(name)
    for place, entry in enumerate(case["ledger"]):
        if entry["bank_line"] is None or entry["category"].startswith("xfer."):
            continue
        changed = copy.deepcopy(case)
        changed["ledger"][place]["amount_p"] += 1
        answer = shown(changed)

        assert answer["reconciliation_p"]["difference"] == -1
        assert answer["sign_off"]["allowed"] is False
        assert answer["sign_off"]["reasons"]


def test_a_penny_of_cash_drawn_is_a_penny_of_difference() -> None:
    case = read_case("s2-annotated-cheques-cash")
    drawn = next(one for one in case["ledger"] if one["category"] == "xfer.cash_drawn")
    drawn["amount_p"] -= 1

    assert shown(case)["reconciliation_p"]["difference"] == 1


@pytest.mark.parametrize("key", ["statement_closing_p", "statement_opening_p"])
def test_a_penny_on_the_statement_itself_is_a_penny_of_difference(key: str) -> None:
    case = read_case("s1-quarterly-bank-two-pas")
    case["accounts"][0][key] += 1
    answer = shown(case)

    assert abs(answer["reconciliation_p"]["difference"]) == 1
    assert answer["sign_off"]["allowed"] is False


def test_the_rule_gives_the_parts_that_were_left_out() -> None:
    case = read_case("s4-two-funders")
    bare = copy.deepcopy(case)
    for entry in bare["ledger"]:
        if entry["category"] in case["split_rule"]["applies_to"]:
            entry.pop("split_p", None)

    assert shown(bare) == shown(case)


def test_a_refund_that_does_not_say_follows_its_cost() -> None:
    case = read_case("s4-two-funders")
    bare = copy.deepcopy(case)
    for entry in bare["ledger"]:
        if "refund_of" in entry:
            del entry["split_p"]

    assert shown(bare)["funder_split"] == shown(case)["funder_split"]


def test_what_no_rule_places_goes_to_the_first_funder_and_is_said() -> None:
    case = read_case("s4-two-funders")
    agency = next(one for one in case["ledger"] if one["category"] == "care.agency")
    agency["funder"] = None
    answer = shown(case)

    assert answer["funder_split"] == shown(read_case("s4-two-funders"))["funder_split"]
    assert [
        (one["amount_p"], one["subject"])
        for one in answer["exceptions"]
        if one["code"] == "unallocated"
    ] == [(34300, "Fernside Homecare")]


def test_a_low_balance_is_said_where_the_funder_has_a_least() -> None:
    case = read_case("s4-two-funders")
    case["commitments"].append(
        {"kind": "invoice_unpaid", "amount_p": 10_000, "split_p": {"cc": 10_000}}
    )
    answer = shown(case)

    # 2,386.58 less 100.00 is 2,286.58, and four weeks are 4 x 580.20 = 2,320.80.
    assert [one["amount_p"] for one in answer["exceptions"] if one["code"] == "balance_low"] == [
        3422
    ]


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(case=samples(), template=st.sampled_from(template_names()))
def test_whatever_fits_the_format_comes_out_by_its_formulas(
    case: dict[str, Any], template: str
) -> None:
    answer = shown(case, template)

    assert list(differences(second_opinion(case, template), answer)) == []
    assert answer["reconciliation_p"]["difference"] == 0
    parts = answer["funder_split"].values()
    if parts:
        for figure, whole in (
            ("opening_p", "opening_book"),
            ("income_p", "income"),
            ("expenditure_p", "expenditure"),
            ("closing_p", "closing_book"),
        ):
            assert sum(part[figure] for part in parts) == answer["totals_p"][whole]


def test_the_comparison_would_notice() -> None:
    case = read_case("s2-annotated-cheques-cash")
    answer = shown(case)
    wrong = copy.deepcopy(case["expected"])
    wrong["totals_p"]["income"] += 1
    wrong["evidence_missing"] = []
    wrong["exceptions"][0] = "receipt missing 7.76"
    wrong["balance_test"]["weeks_held"] = 6.5

    assert len(list(differences(wrong, answer))) == 4
