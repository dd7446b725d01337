"""A return as plain values for programs: the keys of the sample format, whole pence."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dpemployer.money import NOTHING, Money

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dpemployer.returns.figures import Check, FunderPart
    from dpemployer.returns.monitoring_return import MonitoringReturn


def answers(made: MonitoringReturn) -> dict[str, Any]:
    """Return every figure under its documented key; every key is always there."""
    totals, agreement = made.totals, made.agreement
    return {
        "income_by_category_p": _pence(made.income),
        "expenditure_by_category_p": _pence(made.expenditure),
        "template_lines_p": {line: amount.pence for line, amount in made.lines.items() if amount},
        "totals_p": {
            "opening_book": totals.opening.pence,
            "income": totals.income.pence,
            "expenditure": totals.expenditure.pence,
            "closing_book": totals.closing.pence,
        },
        "as_income_alternative_p": {
            "income": totals.income_gross.pence,
            "expenditure": totals.expenditure_gross.pence,
        },
        "reconciliation_p": {
            "statement_closing": agreement.statement_closing.pence,
            "unpresented_payments": agreement.unpresented.pence,
            "outstanding_receipts": agreement.outstanding.pence,
            "cash_in_hand": agreement.cash_in_hand.pence,
            "reconciled_balance": agreement.reconciled.pence,
            "difference": agreement.difference.pence,
        },
        "award_p": _award(made),
        "contribution_p": _contribution(made),
        "commitments_p": {"total": made.commitments.pence},
        "balance_test": _balance(made),
        "staff_hours": {
            one.key: {"worked": one.worked, "holiday": one.holiday} for one in made.facts.staff
        },
        "payroll_p": _payroll(made),
        "funder_split": {part.funder.key: _part(part) for part in made.funders}
        if len(made.funders) > 1
        else {},
        "evidence_missing": [
            {
                "date": one.day.isoformat(),
                "payee": one.payee,
                "amount_p": one.amount.pence,
                "needs": one.needs,
            }
            for one in made.evidence_missing
        ],
        "exceptions": [
            {
                "code": one.code,
                "amount_p": one.amount.pence,
                "subject": one.subject,
                "text": one.text,
            }
            for one in made.exceptions
        ],
        "sign_off": {
            "allowed": made.may_be_signed,
            "reasons": [finding.message for finding in made.findings if finding.blocks],
        },
    }


def _pence(amounts: Mapping[str, Money]) -> dict[str, int]:
    return {code: amount.pence for code, amount in amounts.items()}


def _award(made: MonitoringReturn) -> dict[str, int]:
    known = made.facts.payments_known
    return {
        "expected": made.award.expected.pence,
        "received": made.award.received.pence,
        "variance": made.award.over.pence if known else 0,
    }


def _contribution(made: MonitoringReturn) -> dict[str, Any]:
    found: dict[str, Any] = {
        **_check(made.contribution),
        "refunded_to_person": made.contribution_given_back.pence,
    }
    for funder in made.facts.funders:
        check = made.contribution_by_funder.get(funder.id)
        if check is not None:
            found[funder.key] = _check(check)
    return found


def _check(check: Check) -> dict[str, int]:
    return {
        "expected": check.expected.pence,
        "received": check.received.pence,
        "shortfall": check.short.pence,
    }


def _balance(made: MonitoringReturn) -> dict[str, Any]:
    rule, test = made.template.balance_rule, made.balance
    return {
        "by_funder": test.by_funder,
        "rule": rule.kind.value,
        "weeks": rule.weeks,
        "min_weeks": rule.least_weeks,
        "weekly_base_p": test.tested.weekly_base.pence,
        "deduct_commitments": rule.deduct_commitments,
        "reserves_p": test.reserves.pence,
        "net_p": test.tested.net.pence,
        "allowed_p": test.tested.allowed.pence,
        "surplus_p": test.tested.surplus.pence,
        "weeks_held": test.tested.weeks_held,
        "action": rule.action,
        "repay_p": test.repay.pence,
        "reasons": list(test.reasons),
    }


def _payroll(made: MonitoringReturn) -> dict[str, int]:
    staff = made.facts.staff
    return {
        "gross": Money.total(one.gross for one in staff).pence,
        "net": Money.total(one.net for one in staff).pence,
        "tax": Money.total(one.tax for one in staff).pence,
        "ni_employee": Money.total(one.employee_ni for one in staff).pence,
        "pension_employee": Money.total(one.employee_pension for one in staff).pence,
        "employer_pension": Money.total(one.employer_pension for one in staff).pence,
    }


def _part(part: FunderPart) -> dict[str, Any]:
    tested = part.tested
    return {
        "opening_p": part.opening.pence,
        "income_p": part.income.pence,
        "expenditure_p": part.expenditure.pence,
        "closing_p": part.closing.pence,
        "commitments_p": part.commitments.pence,
        "weeks": tested.weeks if tested else 0,
        "weekly_base_p": (tested.weekly_base if tested else NOTHING).pence,
        "allowed_p": (tested.allowed if tested else NOTHING).pence,
        "surplus_p": (tested.surplus if tested else NOTHING).pence,
        "weeks_held": tested.weeks_held if tested else Decimal(0),
    }
