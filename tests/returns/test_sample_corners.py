"""Corners of the sample format that no shipped sample has, each found by trying to break it."""

from __future__ import annotations

from typing import Any

from tests.returns.samples import read_case, shown


def _second_account(case: dict[str, Any]) -> None:
    """Give a sample a card whose lines have the same ids as those of the bank."""
    bank = case["accounts"][0]
    lines = [
        {**line, "description": "TOP-UP", "amount_p": 100, "balance_p": number * 100}
        for number, line in enumerate(bank["lines"], 1)
    ]
    case["accounts"].append(
        {
            **bank,
            "id": "card",
            "kind": "prepaid_card",
            "statement_opening_p": 0,
            "statement_closing_p": lines[-1]["balance_p"],
            "lines": lines,
        }
    )
    case["ledger"] += [
        {
            "id": f"C{line['id']}",
            "date": line["date"],
            "account": "card",
            "amount_p": 100,
            "category": "inc.topup",
            "payee": "Own account",
            "method": "card",
            "evidence": [],
            "bank_line": line["id"],
        }
        for line in lines
    ]


def test_lines_of_two_accounts_may_have_the_same_ids() -> None:
    case = read_case("s2-annotated-cheques-cash")
    # B001 clears the cheque of the last return on one account, and is an entry's on the other.
    _second_account(case)
    answer = shown(case)

    assert answer["reconciliation_p"]["unpresented_payments"] == 13125
    assert answer["reconciliation_p"]["difference"] == 0
    assert answer["sign_off"] == {"allowed": True, "reasons": []}


def test_a_payment_of_the_last_return_that_cleared_for_a_penny_more_is_a_penny_of_difference() -> (
    None
):
    case = read_case("s2-annotated-cheques-cash")
    case["opening_unpresented"][0]["amount_p"] += 1
    answer = shown(case)

    assert answer["totals_p"]["opening_book"] == 231982
    assert answer["reconciliation_p"]["unpresented_payments"] == 13125
    assert answer["reconciliation_p"]["difference"] == 1
    assert answer["sign_off"]["allowed"] is False


def test_payments_of_the_last_return_find_their_own_lines_first() -> None:
    case = read_case("s2-annotated-cheques-cash")
    # One that fits no line does not take the line of one that does.
    other = {"date": "2026-08-05", "payee": "Never cleared", "amount_p": 8749}
    case["opening_unpresented"].insert(0, other)
    answer = shown(case)

    assert answer["reconciliation_p"]["unpresented_payments"] == 13125 + 8749
    assert answer["reconciliation_p"]["difference"] == 0


def test_one_payment_two_funders_share_is_one_thing_to_explain() -> None:
    case = read_case("s4-two-funders")
    training = next(one for one in case["ledger"] if one["category"] == "emp.training")
    training["category"] = "fin.unapproved"
    answer = shown(case)

    assert [
        (one["amount_p"], one["subject"])
        for one in answer["exceptions"]
        if one["code"] == "unapproved"
    ] == [(18000, "Safe Hands Training")]


def test_a_contribution_for_each_funder_is_known_by_one_funders_name() -> None:
    case = read_case("s4-two-funders")
    case["contribution_schedule"]["remark"] = "checked in March"

    assert shown(case)["contribution_p"] == shown(read_case("s4-two-funders"))["contribution_p"]


def test_a_balance_that_does_not_follow_blocks_signing() -> None:
    case = read_case("s1-quarterly-bank-two-pas")
    case["accounts"][0]["lines"][3]["balance_p"] += 100
    answer = shown(case)

    # No figure depends on it, and yet a line may be missing on the bank's side.
    assert answer["reconciliation_p"]["difference"] == 0
    assert answer["sign_off"]["allowed"] is False
    assert "which does not follow from £3,198.43 before it" in answer["sign_off"]["reasons"][0]
