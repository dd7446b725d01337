"""The engine's inputs as text, kept with each payslip so that it can be worked out again."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from dpemployer.money import Money
from dpemployer.payroll.payslip import PayslipInputs, PensionGivenBack, PensionTerms
from dpemployer.payroll.people import PensionBasis, PensionRelief
from dpemployer.periods import PayFrequency

_MONEY = frozenset(
    field.name
    for field in fields(PayslipInputs)
    if field.type == "Money"  # annotations are kept as they are written
)


def inputs_text(inputs: PayslipInputs) -> str:
    """Write inputs as JSON, in the one order their fields have."""
    found: dict[str, Any] = {}
    for field in fields(PayslipInputs):
        value = getattr(inputs, field.name)
        match value:
            case Money():
                found[field.name] = value.plain
            case date():
                found[field.name] = value.isoformat()
            case PensionTerms():
                found[field.name] = {
                    "basis": value.basis.value,
                    "relief": value.relief.value,
                    "employee_percent": format(value.employee_percent, "f"),
                    "employer_percent": format(value.employer_percent, "f"),
                    "minimum_applies": value.minimum_applies,
                }
            case PensionGivenBack():
                found[field.name] = {
                    each.name: getattr(value, each.name).plain for each in fields(PensionGivenBack)
                }
            case tuple():
                found[field.name] = [[purpose, amount.plain] for purpose, amount in value]
            case _:
                found[field.name] = value
    return json.dumps(found, ensure_ascii=False)


def inputs_from(text: str) -> PayslipInputs:
    """Read inputs back exactly as they were."""
    found: dict[str, Any] = json.loads(text)
    for name in _MONEY:
        found[name] = Money.parse(found[name])
    found["pay_date"] = date.fromisoformat(found["pay_date"])
    if found["first_day"] is not None:
        found["first_day"] = date.fromisoformat(found["first_day"])
    if found.get("loan_room") is not None:
        found["loan_room"] = Money.parse(found["loan_room"])
    found["frequency"] = PayFrequency(found["frequency"])
    found["other_deductions"] = tuple(
        (purpose, Money.parse(amount)) for purpose, amount in found["other_deductions"]
    )
    if found["pension"] is not None:
        pension = found["pension"]
        found["pension"] = PensionTerms(
            basis=PensionBasis(pension["basis"]),
            relief=PensionRelief(pension["relief"]),
            employee_percent=Decimal(pension["employee_percent"]),
            employer_percent=Decimal(pension["employer_percent"]),
            minimum_applies=pension.get("minimum_applies", True),
        )
    given_back = found.get("pension_given_back")
    if given_back is not None:
        found["pension_given_back"] = PensionGivenBack(
            **{name: Money.parse(amount) for name, amount in given_back.items()}
        )
    return PayslipInputs(**found)
