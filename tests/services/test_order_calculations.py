"""Orders asked as cases: one alone, or several met one after the other."""

from __future__ import annotations

from typing import Any

import pytest

from dpemployer.services.calculations.asking import Answer, Kind, answers, shipped_rates


def ask(**inputs: Any) -> Answer:
    case = {"id": "case", "tax_year": "2026-27", "inputs": inputs}
    (answer,) = answers(Kind.ATTACHMENT_ORDERS, [case], shipped_rates())
    return answer


def test_an_order_that_names_an_amount_says_what_is_protected_and_what_is_short() -> None:
    answer = ask(
        kind="aeo_priority",
        net_earnings="220.00",
        normal_deduction="50.00",
        protected_earnings="200.00",
        brought_forward="10.00",
    )

    assert answer.result == {"protected": "200.00", "deducted": "20.00", "short": "40.00"}


@pytest.mark.parametrize(
    ("frequency", "more", "expected"),
    [
        ("fortnightly", {}, "28.00"),
        ("three_weekly", {}, "12.00"),
        ("four_weekly", {}, "12.00"),
        ("monthly", {}, "12.00"),
        ("daily", {"days": 10}, "48.00"),
        ("daily", {}, "178.24"),
    ],
)
def test_a_table_is_read_for_the_time_the_pay_is_for(
    frequency: str, more: dict[str, Any], expected: str
) -> None:
    # £400: £200 a week is 7%; £133.33 is 3%; £100 is 3%; £400 a month is 3%;
    # £40 a day is 12%; and 17% of £72 with half of £332
    net = "404.00" if frequency == "daily" and not more else "400.00"

    answer = ask(kind="ctaeo", nation="England", frequency=frequency, net_earnings=net, **more)

    assert answer.result == {"deduction": expected}


def test_maintenance_by_the_day() -> None:
    answer = ask(
        kind="current_maintenance_arrestment", net_earnings="300.00", daily_rate="5.00", days=7
    )

    assert answer.result == {"deduction": "35.00"}


def test_amounts_are_known_by_the_names_letters_have_for_them() -> None:
    by_rates = ask(
        kind="aeo_non_priority",
        net_earnings="300.00",
        normal_rate="50.00",
        protected_rate="260.00",
    )
    by_sum = ask(
        kind="current_maintenance_arrestment", net_earnings="300.00", daily_sum="5.00", days=7
    )
    without = ask(kind="current_maintenance_arrestment", net_earnings="300.00", days=7)

    assert by_rates.result == {"protected": "260.00", "deducted": "40.00", "short": "10.00"}
    assert by_sum.result == {"deduction": "35.00"}
    assert "how much to take for each day" in without.error


def test_several_orders_are_answered_together() -> None:
    answer = ask(
        kind="combined",
        frequency="weekly",
        net_earnings="300.00",
        student_loans="9.00",
        minimum_wage_room="1.00",
        orders=[
            {"kind": "ctaeo", "nation": "Wales", "made_on": "2026-05-02", "charge": True},
            {"kind": "deo", "normal_deduction": "50.00", "charge": True, "made_on": "2026-05-01"},
        ],
    )

    # £250 is left for the council, whose table says 5%
    assert answer.result == {
        "orders": [
            {
                "kind": "deo",
                "protected": "180.00",
                "deducted": "50.00",
                "short": "0.00",
                "carried_forward": "0.00",
                "charge": "1.00",
            },
            {
                "kind": "ctaeo",
                "protected": "0.00",
                "deducted": "12.50",
                "short": "0.00",
                "carried_forward": "0.00",
                "charge": "0.00",
            },
        ],
        "student_loans": "9.00",
        "total": "63.50",
        "left": "227.50",
    }
    assert answer.explained()[0][0].title == "Protected earnings"


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        ({"kind": "deo", "net_earnings": "300.00"}, "does not say how much to take"),
        (
            {"kind": "aeo_non_priority", "net_earnings": "300.00", "normal_deduction": "50.00"},
            "no protected earnings rate",
        ),
        (
            {"kind": "ctaeo", "net_earnings": "9.00", "frequency": "weekly", "nation": "Mars"},
            "“Mars” is not a nation of the United Kingdom",
        ),
        (
            {
                "kind": "ctaeo",
                "net_earnings": "9.00",
                "frequency": "weekly",
                "nation": "Northern Ireland",
            },
            "no council tax attachment of earnings orders in this nation",
        ),
        ({"kind": "ctaeo", "net_earnings": "9.00", "nation": "Wales"}, "frequency” is missing"),
        ({"kind": "poll_tax", "net_earnings": "9.00"}, "should be one of"),
        ({"kind": "deo", "net_earnings": "-1.00"}, "never less than nothing"),
    ],
)
def test_a_case_that_cannot_be_answered_says_why(inputs: dict[str, Any], words: str) -> None:
    assert words in ask(**inputs).error


def test_the_table_is_the_one_in_force_on_the_payday() -> None:
    case = {
        "id": "old",
        "tax_year": "2024-25",
        "inputs": {
            "kind": "scottish_earnings_arrestment",
            "frequency": "weekly",
            "net_earnings": "300.00",
        },
    }
    (answer,) = answers(Kind.ATTACHMENT_ORDERS, [case], shipped_rates())

    # 19% of £149.06
    assert answer.result == {"deduction": "28.32"}
