"""Samples made up by the thousand, each whole and in the format: what Hypothesis draws from."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from tests.returns.second_opinion import CATEGORIES, split

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)
INCOME = [code for code, one in CATEGORIES.items() if one["kind"] == "income"]
SPENDING = [code for code, one in CATEGORIES.items() if one["kind"] == "expenditure"]
AMOUNTS = st.integers(1, 300_000)
DAYS = st.integers(0, (LAST - FIRST).days).map(lambda number: FIRST + timedelta(days=number))

Draw = "Callable[[st.SearchStrategy[Any]], Any]"


@st.composite
def samples(draw: Callable[[st.SearchStrategy[Any]], Any]) -> dict[str, Any]:
    """Draw one sample: accounts, funders, a cash book that agrees with the bank, and the rest."""
    funders = ["cc", "ilf", "nhs"][: draw(st.integers(1, 3))]
    accounts = ["bank", "card"][: draw(st.integers(1, 2))]
    documents = [{"id": f"D{number}", "kind": "invoice"} for number in range(3)]
    case: dict[str, Any] = {
        "schema": "dp-sample/1",
        "invented": True,
        "id": "made-up",
        "title": "Made up",
        "template": "generic-quarterly",
        "person": {"name": "Nobody", "reference": "X"},
        "period": {"from": FIRST.isoformat(), "to": LAST.isoformat()},
        "funders": [{"id": one, "name": one.upper(), "kind": "other"} for one in funders],
        "documents": documents,
        "awards": [_award(draw, one) for one in funders if draw(st.booleans())],
        "commitments": [_bill(draw, funders) for _ in range(draw(st.integers(0, 3)))],
        "reserves": [
            {"kind": "break", "label": "Break", "amount_p": draw(AMOUNTS)}
            for _ in range(draw(st.integers(0, 2)))
        ],
    }
    _cash_book(draw, case, funders, accounts)
    _rules(draw, case, funders)
    _papers(draw, case)
    return case


def _award(draw: Callable[[st.SearchStrategy[Any]], Any], funder: str) -> dict[str, Any]:
    award = {
        "funder": funder,
        "from": "2026-04-06",
        "gross_weekly_p": draw(st.integers(1, 90_000)),
        "contribution_weekly_p": draw(st.integers(0, 9_000)),
        "net_weekly_p": draw(st.integers(1, 90_000)),
        "pay_frequency": "four_weekly",
        "payment_p": draw(AMOUNTS),
    }
    if draw(st.booleans()):
        award["payment_dates_in_period"] = [draw(DAYS).isoformat() for _ in range(3)]
        award["adjustments"] = [{"date": "2026-08-31", "amount_p": -draw(AMOUNTS), "reason": "x"}]
    if draw(st.booleans()):
        award["to"] = draw(st.sampled_from(["2026-08-31", "2026-09-30", "2027-04-05"]))
    return award


def _bill(draw: Callable[[st.SearchStrategy[Any]], Any], funders: list[str]) -> dict[str, Any]:
    amount = draw(AMOUNTS)
    bill: dict[str, Any] = {
        "kind": draw(st.sampled_from(["hmrc_due", "invoice_unpaid", "holiday_accrued"])),
        "amount_p": amount,
    }
    if len(funders) > 1:
        bill["split_p"] = split(amount, dict.fromkeys(funders, 1), funders)
    return bill


def _cash_book(
    draw: Callable[[st.SearchStrategy[Any]], Any],
    case: dict[str, Any],
    funders: list[str],
    accounts: list[str],
) -> None:
    """Write the cash book first, and the statements from it."""
    ledger: list[dict[str, Any]] = []
    for _ in range(draw(st.integers(0, 14))):
        ledger.append(_entry(draw, len(ledger), accounts, funders))
        if draw(st.integers(0, 4)) == 0:
            ledger += _more(draw, ledger, accounts, case["documents"])
    case["ledger"] = ledger
    case["cash_opening_p"] = draw(st.integers(0, 5_000))
    before = [
        {"amount_p": draw(AMOUNTS), "date": "2026-06-20", "payee": "Before", "cheque_no": "000101"}
        for _ in range(draw(st.integers(0, 2)))
    ]
    case["opening_unpresented"] = before
    case["accounts"] = [
        _statement(draw, name, ledger, before if name == accounts[0] else []) for name in accounts
    ]
    opening = (
        sum(one["statement_opening_p"] for one in case["accounts"])
        - sum(one["amount_p"] for one in before)
        + case["cash_opening_p"]
    )
    if len(funders) > 1:
        case["opening_by_funder_p"] = split(opening, dict.fromkeys(funders, 1), funders)


def _entry(
    draw: Callable[[st.SearchStrategy[Any]], Any],
    number: int,
    accounts: list[str],
    funders: list[str],
) -> dict[str, Any]:
    amount = draw(AMOUNTS)
    money_in = draw(st.booleans())
    account = draw(st.sampled_from([*accounts, "cash"]))
    entry: dict[str, Any] = {
        "id": f"T{number}",
        "date": draw(DAYS).isoformat(),
        "account": account,
        "amount_p": amount if money_in else -amount,
        "category": draw(st.sampled_from(INCOME if money_in else SPENDING)),
        "payee": draw(st.sampled_from(["Anna", "Shop", "Club  One"])),
        "method": draw(st.sampled_from(["bacs", "cheque", "cash"])),
        "evidence": draw(st.lists(st.sampled_from(["D0", "D1", "LOST"]), max_size=2)),
    }
    if len(funders) > 1 and draw(st.booleans()):
        if draw(st.booleans()):
            entry["funder"] = draw(st.sampled_from(funders))
        else:
            weights = {one: draw(st.integers(0, 3)) for one in funders}
            weights[funders[0]] += 1
            entry["split_p"] = split(entry["amount_p"], weights, funders)
    waits = account != "cash" and draw(st.integers(0, 5)) == 0
    if waits:
        entry["outstanding_receipt_at_end" if money_in else "unpresented_at_end"] = True
    entry["bank_line"] = None if waits or account == "cash" else f"L{number}"
    return entry


def _more(
    draw: Callable[[st.SearchStrategy[Any]], Any],
    ledger: list[dict[str, Any]],
    accounts: list[str],
    documents: list[dict[str, Any]],
) -> list[dict[str, Any]]:
    """Add money back for a cost, cash drawn or banked, or money moved to the other account."""
    number = len(ledger)
    plain = {
        "id": f"T{number}",
        "date": draw(DAYS).isoformat(),
        "account": accounts[0],
        "payee": "More",
        "method": "bacs",
        "evidence": [documents[0]["id"]],
        "bank_line": f"L{number}",
    }
    amount = draw(AMOUNTS)
    what = draw(st.sampled_from(["refund", "drawn", "banked", "moved"]))
    costs = [one["id"] for one in ledger if one["amount_p"] < 0 and one["category"] in SPENDING]
    if what == "refund" and costs:
        cost = draw(st.sampled_from(costs))
        return [plain | {"amount_p": amount, "category": "inc.supplier_refund", "refund_of": cost}]
    if what == "moved" and len(accounts) > 1:
        away = plain | {"amount_p": -amount, "category": "xfer.internal"}
        arrives = away | {
            "id": f"T{number + 1}",
            "account": accounts[1],
            "amount_p": amount,
            "bank_line": f"L{number + 1}",
        }
        return [away, arrives]
    if what == "banked":
        return [plain | {"amount_p": amount, "category": "xfer.cash_banked"}]
    return [plain | {"amount_p": -amount, "category": "xfer.cash_drawn"}]


def _statement(
    draw: Callable[[st.SearchStrategy[Any]], Any],
    name: str,
    ledger: list[dict[str, Any]],
    before: list[dict[str, Any]],
) -> dict[str, Any]:
    opening = balance = draw(st.integers(-5_000, 500_000))
    moves = [
        (one["date"], one["bank_line"], one["amount_p"])
        for one in ledger
        if one["account"] == name and one["bank_line"]
    ]
    moves += [("2026-07-02", f"B{number}", -one["amount_p"]) for number, one in enumerate(before)]
    lines = []
    for day, line, amount in sorted(moves):
        balance += amount
        lines.append(
            {
                "id": line,
                "date": day,
                "description": "CHQ 000101" if line.startswith("B") else "LINE",
                "amount_p": amount,
                "balance_p": balance,
            }
        )
    return {
        "id": name,
        "kind": "bank" if name == "bank" else "prepaid_card",
        "statement_first_day": FIRST.isoformat(),
        "statement_last_day": LAST.isoformat(),
        "statement_opening_p": opening,
        "statement_closing_p": balance,
        "lines": lines,
    }


def _schedule(draw: Callable[[st.SearchStrategy[Any]], Any]) -> dict[str, Any]:
    shape = draw(st.sampled_from(["weekly_p", "four_weekly_p", "monthly_p", "due", "elsewhere"]))
    if shape == "elsewhere":
        return {"in_account": False, "billed_by": "council", "billed_p": draw(AMOUNTS)}
    if shape == "due":
        days = [draw(DAYS).isoformat(), "2026-12-01"]
        return {"due": [{"date": day, "amount_p": draw(AMOUNTS)} for day in days]}
    return {shape: draw(AMOUNTS), "count_due": draw(st.integers(0, 14))}


def _rules(
    draw: Callable[[st.SearchStrategy[Any]], Any], case: dict[str, Any], funders: list[str]
) -> None:
    what = draw(st.sampled_from(["none", "whole", "each"]))
    if what == "whole":
        case["contribution_schedule"] = _schedule(draw)
    elif what == "each":
        case["contribution_schedule"] = {
            one: draw(st.sampled_from([None, _schedule(draw)])) for one in funders
        }
    if draw(st.booleans()):
        case["payment_schedule"] = [
            {"funder": draw(st.sampled_from(funders)), "date": day, "amount_p": draw(AMOUNTS)}
            for day in ("2026-07-10", "2026-09-30", "2026-10-01")
        ]
    if len(funders) > 1 and draw(st.booleans()):
        shares = {one: draw(st.integers(0, 70)) for one in funders}
        shares[funders[-1]] += 1
        case["split_rule"] = {
            "shares": shares,
            "applies_to": draw(st.lists(st.sampled_from(SPENDING), unique=True, max_size=20)),
        }
    if draw(st.booleans()):
        case["balance_rules"] = {
            one: {"weeks": draw(st.integers(0, 9)), "weekly_base_p": draw(st.integers(1, 60_000))}
            for one in funders
        }


def _papers(draw: Callable[[st.SearchStrategy[Any]], Any], case: dict[str, Any]) -> None:
    case["timesheets"] = [
        {
            "id": "TS",
            "pa": draw(st.sampled_from(["A", "B"])),
            "week_commencing": "2026-06-29",
            "hours_worked": draw(st.sampled_from([0, 7.5, 10, 32.25])),
            "holiday_hours": draw(st.sampled_from([0, 4, 1.5])),
            "rate_p": 1320,
            "paid_in_period": draw(st.booleans()),
        }
        for _ in range(draw(st.integers(0, 4)))
    ]
    case["payslips"] = [
        {
            "id": f"PS{number}",
            "pa": "A",
            "pay_date": draw(st.sampled_from(["2026-07-31", "2026-10-02"])),
            "gross_p": draw(AMOUNTS),
            "tax_p": draw(st.integers(-500, 5_000)),
            "ni_p": draw(st.integers(0, 5_000)),
            "net_p": draw(AMOUNTS),
            "pension_employee_p": draw(st.integers(0, 5_000)),
        }
        for number in range(draw(st.integers(0, 3)))
    ]
