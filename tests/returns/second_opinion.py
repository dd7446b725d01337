"""The sample format's own formulas, applied to the file and to nothing else.

This is written from the format's description alone, without the program: floats, dictionaries,
one formula after another. Whatever a book shows has to agree with it.
"""

from __future__ import annotations

import tomllib
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from dpemployer.data_files import read_text

if TYPE_CHECKING:
    from collections.abc import Iterable

CATEGORIES = {
    one["code"]: one for one in tomllib.loads(read_text("bookkeeping/categories.toml"))["category"]
}


def kind(code: str) -> str:
    return str(CATEGORIES[code]["kind"])


def split(amount: int, weights: dict[str, int], order: list[str]) -> dict[str, int]:
    """Largest remainder, ties to the first listed."""
    total = sum(weights.get(one, 0) for one in order)
    size = abs(amount)
    parts = {one: size * weights.get(one, 0) // total for one in order}
    left = size - sum(parts.values())
    ranked = sorted(order, key=lambda one: -(size * weights.get(one, 0) % total))
    for one in ranked[:left]:
        parts[one] += 1
    return {one: -part if amount < 0 else part for one, part in parts.items()}


class Opinion:
    """One sample, worked out."""

    def __init__(self, case: dict[str, Any], template: dict[str, Any]) -> None:
        self.case = case
        self.template = template
        self.first, self.last = case["period"]["from"], case["period"]["to"]
        self.order = [one["id"] for one in case["funders"]]
        self.ledger = {one["id"]: one for one in case["ledger"]}
        self.unknown: set[str] = set()

    def within(self, day: str) -> bool:
        return bool(self.first <= day <= self.last)

    def owners(self, entry: dict[str, Any], *, refund: bool = True) -> dict[str, int]:
        """Which funder an entry belongs to: the first rule that applies."""
        amount = entry["amount_p"]
        rule = self.case.get("split_rule")
        if entry.get("split_p"):
            return {one: entry["split_p"].get(one, 0) for one in self.order}
        if entry.get("funder"):
            return {entry["funder"]: amount}
        if refund and entry.get("refund_of"):
            cost = self.owners(self.ledger[entry["refund_of"]], refund=False)
            return split(amount, {one: abs(part) for one, part in cost.items()}, self.order)
        if len(self.order) > 1 and rule and entry["category"] in rule["applies_to"]:
            return split(amount, rule["shares"], self.order)
        if len(self.order) > 1:
            self.unknown.add(entry["id"])
        return {self.order[0]: amount}

    def counted(self, entry: dict[str, Any]) -> str:
        """The category an entry counts under: a linked refund under its cost's."""
        if entry.get("refund_of"):
            return str(self.ledger[entry["refund_of"]]["category"])
        return str(entry["category"])

    def sums(self, entries: Iterable[dict[str, Any]], of: str) -> dict[str, int]:
        sign = 1 if of == "income" else -1
        found: dict[str, int] = {}
        for entry in entries:
            code = self.counted(entry)
            if kind(code) == of:
                found[code] = found.get(code, 0) + sign * entry["amount_p"]
        return {code: amount for code, amount in found.items() if amount}

    def answer(self) -> dict[str, Any]:
        case = self.case
        income = self.sums(case["ledger"], "income")
        spent = self.sums(case["ledger"], "expenditure")
        refunds = sum(one["amount_p"] for one in case["ledger"] if one.get("refund_of"))
        opening = (
            sum(one["statement_opening_p"] for one in case["accounts"])
            - sum(one["amount_p"] for one in case.get("opening_unpresented", []))
            + case.get("cash_opening_p", 0)
        )
        closing = opening + sum(income.values()) - sum(spent.values())
        commitments = sum(one["amount_p"] for one in case.get("commitments", []))
        answer = {
            "income_by_category_p": income,
            "expenditure_by_category_p": spent,
            "template_lines_p": self.lines(income, spent),
            "totals_p": {
                "opening_book": opening,
                "income": sum(income.values()),
                "expenditure": sum(spent.values()),
                "closing_book": closing,
            },
            "as_income_alternative_p": {
                "income": sum(income.values()) + refunds,
                "expenditure": sum(spent.values()) + refunds,
            },
            "reconciliation_p": self.reconciliation(closing),
            "award_p": self.award(income),
            "contribution_p": self.contribution(income, spent),
            "commitments_p": {"total": commitments},
            "staff_hours": self.hours(),
            "payroll_p": self.payroll(),
            "funder_split": self.funder_split(opening) if len(self.order) > 1 else {},
            "evidence_missing": self.evidence(),
        }
        answer["balance_test"] = self.balance(closing, commitments, opening)
        return answer

    def lines(self, income: dict[str, int], spent: dict[str, int]) -> dict[str, int]:
        found: dict[str, int] = {}
        for section in self.template["section"]:
            of_kind = {"income": income, "expenditure": spent}
            sums = of_kind.get(section["kind"], {})
            for line in section.get("line", ()) if section["kind"] in of_kind else ():
                total = sum(sums.get(code, 0) for code in line["categories"])
                if total:
                    found[line["id"]] = total
        return found

    def reconciliation(self, closing: int) -> dict[str, int]:
        ledger = self.case["ledger"]
        statement = sum(one["statement_closing_p"] for one in self.case["accounts"])
        unpresented = -sum(one["amount_p"] for one in ledger if one.get("unpresented_at_end"))
        outstanding = sum(
            one["amount_p"] for one in ledger if one.get("outstanding_receipt_at_end")
        )
        drawn = -sum(one["amount_p"] for one in ledger if one["category"] == "xfer.cash_drawn")
        banked = sum(one["amount_p"] for one in ledger if one["category"] == "xfer.cash_banked")
        in_tin = sum(one["amount_p"] for one in ledger if one["account"] == "cash")
        cash = self.case.get("cash_opening_p", 0) + drawn - banked + in_tin
        reconciled = statement - unpresented + outstanding + cash
        return {
            "statement_closing": statement,
            "unpresented_payments": unpresented,
            "outstanding_receipts": outstanding,
            "cash_in_hand": cash,
            "reconciled_balance": reconciled,
            "difference": reconciled - closing,
        }

    def award(self, income: dict[str, int]) -> dict[str, int]:
        case = self.case
        received = sum(
            income.get(code, 0)
            for code in (
                "inc.council_regular",
                "inc.council_oneoff",
                "inc.nhs_phb",
                "inc.ilf",
                "inc.other_funder",
            )
        )
        if case.get("payment_schedule"):
            due = [one["amount_p"] for one in case["payment_schedule"] if self.within(one["date"])]
        elif any(one.get("payment_dates_in_period") for one in case["awards"]):
            due = [
                one["payment_p"]
                for one in case["awards"]
                for day in one.get("payment_dates_in_period", [])
                if self.within(day)
            ]
            due += [
                more["amount_p"]
                for one in case["awards"]
                for more in one.get("adjustments", [])
                if self.within(more["date"])
            ]
        else:
            return {"expected": 0, "received": received, "variance": 0}
        return {"expected": sum(due), "received": received, "variance": received - sum(due)}

    def due(self, schedule: dict[str, Any] | None) -> int:
        if schedule is None or schedule.get("in_account") is False:
            return 0
        if schedule.get("due"):
            return sum(one["amount_p"] for one in schedule["due"] if self.within(one["date"]))
        for key in ("weekly_p", "four_weekly_p", "monthly_p"):
            if key in schedule:
                return int(schedule[key] * schedule["count_due"])
        return 0

    def contribution(self, income: dict[str, int], spent: dict[str, int]) -> dict[str, Any]:
        schedule = self.case.get("contribution_schedule") or {}
        received = income.get("inc.contribution", 0) + income.get("inc.ilf_contribution", 0)
        by_funder = bool(schedule) and all(key in self.order for key in schedule)
        parts: dict[str, Any] = {}
        if by_funder:
            for one in self.order:
                due = self.due(schedule.get(one))
                paid = sum(
                    self.owners(entry).get(one, 0)
                    for entry in self.case["ledger"]
                    if self.counted(entry) in {"inc.contribution", "inc.ilf_contribution"}
                )
                parts[one] = {"expected": due, "received": paid, "shortfall": due - paid}
            expected = sum(part["expected"] for part in parts.values())
        else:
            expected = self.due(schedule)
        return {
            "expected": expected,
            "received": received,
            "shortfall": expected - received,
            "refunded_to_person": spent.get("fin.contribution_refund", 0),
            **parts,
        }

    def hours(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for sheet in self.case.get("timesheets", []):
            if sheet.get("paid_in_period", True):
                one = found.setdefault(sheet["pa"], {"worked": Decimal(0), "holiday": Decimal(0)})
                one["worked"] += Decimal(str(sheet["hours_worked"]))
                one["holiday"] += Decimal(str(sheet.get("holiday_hours", 0)))
        return {
            pa: {name: float(hours) for name, hours in sums.items()} for pa, sums in found.items()
        }

    def payroll(self) -> dict[str, int]:
        slips = self.case.get("payslips", [])
        keys = {
            "gross": "gross_p",
            "net": "net_p",
            "tax": "tax_p",
            "ni_employee": "ni_p",
            "pension_employee": "pension_employee_p",
            "employer_pension": "employer_pension_p",
        }
        return {name: sum(slip.get(key, 0) for slip in slips) for name, key in keys.items()}

    def funder_split(self, opening: int) -> dict[str, Any]:
        given = self.case.get("opening_by_funder_p") or {self.order[0]: opening}
        found: dict[str, Any] = {}
        for one in self.order:
            money_in = money_out = 0
            for entry in self.case["ledger"]:
                part = self.owners(entry).get(one, 0)
                if kind(self.counted(entry)) == "income":
                    money_in += part
                elif kind(self.counted(entry)) == "expenditure":
                    money_out -= part
            closing = given.get(one, 0) + money_in - money_out
            bills = sum(
                bill.get("split_p", {self.order[0]: bill["amount_p"]}).get(one, 0)
                for bill in self.case.get("commitments", [])
            )
            found[one] = {
                "opening_p": given.get(one, 0),
                "income_p": money_in,
                "expenditure_p": money_out,
                "closing_p": closing,
                "commitments_p": bills,
                **self.limit(one, closing - bills),
            }
        return found

    def limit(self, one: str, net: int) -> dict[str, Any]:
        rule = (self.case.get("balance_rules") or {}).get(one)
        if rule is None:
            return {"weeks": 0, "weekly_base_p": 0, "allowed_p": 0, "surplus_p": 0, "weeks_held": 0}
        allowed = rule["weeks"] * rule["weekly_base_p"]
        return {
            "weeks": rule["weeks"],
            "weekly_base_p": rule["weekly_base_p"],
            "allowed_p": allowed,
            "surplus_p": max(0, net - allowed),
            "weeks_held": weeks_held(net, rule["weekly_base_p"]),
        }

    def balance(self, closing: int, commitments: int, opening: int) -> dict[str, Any]:
        rule = self.template["balance_rule"]
        key = {
            "gross_weekly": "gross_weekly_p",
            "net_weekly": "net_weekly_p",
            "funder_award_weekly": "gross_weekly_p",
        }.get(rule.get("weekly_base", ""), "")
        in_force: dict[str, dict[str, Any]] = {}
        for award in sorted(self.case["awards"], key=lambda one: one["from"]):
            if award["from"] <= self.last <= award.get("to", "9999-12-31"):
                in_force[award["funder"]] = award
        base = sum(award[key] for award in in_force.values()) if key else 0
        weeks = rule.get("weeks", 0)
        reserves = (
            sum(one["amount_p"] for one in self.case.get("reserves", []))
            if rule.get("deduct_reserves")
            else 0
        )
        net = closing - (commitments if rule.get("deduct_commitments") else 0) - reserves
        surplus = max(0, net - weeks * base)
        by_funder = bool(self.case.get("balance_rules"))
        repay = surplus if rule["kind"] not in {"explain_threshold", "none"} else 0
        if by_funder:
            repay = sum(part["surplus_p"] for part in self.funder_split(opening).values())
        return {
            "by_funder": by_funder,
            "rule": rule["kind"],
            "weeks": weeks,
            "min_weeks": rule.get("min_weeks", 0) if rule["kind"] == "range" else 0,
            "weekly_base_p": base,
            "deduct_commitments": rule.get("deduct_commitments", False),
            "reserves_p": reserves,
            "net_p": net,
            "allowed_p": weeks * base,
            "surplus_p": surplus,
            "weeks_held": weeks_held(net, base),
            "action": rule["action"],
            "repay_p": repay,
        }

    def evidence(self) -> list[dict[str, Any]]:
        held = {one["id"] for one in self.case["documents"]}
        missing = []
        for entry in self.case["ledger"]:
            asked = [
                code
                for code in CATEGORIES[entry["category"]]["evidence"]
                if code not in {"bank_line", "note"}
            ]
            if asked and not held & set(entry["evidence"]):
                missing.append(
                    {
                        "date": entry["date"],
                        "payee": entry["payee"],
                        "amount_p": abs(entry["amount_p"]),
                        "needs": asked[0],
                    }
                )
        return missing


def weeks_held(net: int, base: int) -> float:
    if not base:
        return 0
    return float((Decimal(net) / base).quantize(Decimal("0.1"), ROUND_HALF_UP))


def second_opinion(case: dict[str, Any], template: str) -> dict[str, Any]:
    """Work a sample out by the format's description alone."""
    text = read_text(f"returns/{template}.toml")
    return Opinion(case, tomllib.loads(text)).answer()
