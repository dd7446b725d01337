"""The figures of a payslip by name, and which steps of the workings lead to each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dpemployer.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dpemployer.workings import ExplainedStep


@dataclass(frozen=True, slots=True)
class FigureName:
    """One figure: its key, what people call it, and how its rules are named.

    `always` figures are shown even when there is nothing in them. `not_rules` begin like its own
    and belong to another figure.
    """

    key: str
    label: str
    rules: tuple[str, ...]
    always: bool = False
    not_rules: tuple[str, ...] = ()


FIGURES = (
    FigureName("gross_pay", N_("Gross pay"), ("pay.line.", "pay.gross"), always=True),
    FigureName(
        "taxable_pay",
        N_("Taxable pay"),
        ("pay.gross", "pension.worker_net_pay", "pension.refund_before_tax", "pay.taxable"),
    ),
    FigureName("tax", N_("Income tax"), ("tax.",), always=True),
    FigureName("employee_ni", N_("National Insurance"), ("ni.none", "ni.employee"), always=True),
    FigureName("student_loan", N_("Student loan"), ("loan.plan", "loan.gives_way")),
    FigureName(
        "postgraduate_loan", N_("Postgraduate loan"), ("loan.postgraduate", "loan.gives_way")
    ),
    FigureName(
        "employee_pension",
        N_("Pension"),
        ("pension.",),
        not_rules=("pension.employer", "pension.refund_employer"),
    ),
    FigureName(
        "other_deductions", N_("Other deductions together"), ("order.", "deduction.", "pay.net")
    ),
    FigureName("expenses", N_("Expenses given back"), ("pay.line.miles", "pay.line.cost")),
    FigureName("redundancy_pay", N_("Redundancy pay"), ("redundancy.",)),
    FigureName("net_pay", N_("Net pay"), ("pay.net",), always=True),
    FigureName("employer_ni", N_("Employer's National Insurance"), ("ni.none", "ni.employer")),
    FigureName(
        "employer_pension",
        N_("Employer's pension"),
        (
            "pension.qualifying",
            "pension.all_pay",
            "pension.basic_pay",
            "pension.employer",
            "pension.refund_employer",
        ),
    ),
    FigureName("pension_relief", N_("Tax relief added to the pension"), ("pension.",)),
)
"""Every figure of a payslip, in the order payslips list them."""

HOLIDAY = FigureName("holiday", N_("Holiday"), ("holiday.",))
MINIMUM_WAGE = FigureName("minimum_wage", N_("Minimum wage"), ("wage.",))
PENSION_ASSESSMENT = FigureName(
    "pension_assessment",
    N_("Pension assessment"),
    (
        "pension.assessed_on",
        "pension.outside_ages",
        "pension.entitled",
        "pension.under_trigger",
        "pension.not_of_age",
        "pension.eligible",
        "pension.put_off",
        "pension.gone",
        "pension.enrolled",
    ),
)
LINE = "line:"
"""Before the place of a line of pay, counted from 0, in the key of that line."""
TAKEN = "taken:"
"""Before the place of a deduction by order or agreement, in the key of that deduction."""

REVERSAL_RULE = "payslip.reversal"
"""The one step of the workings of a payslip that takes another back."""

_BY_KEY = {name.key: name for name in (*FIGURES, HOLIDAY, MINIMUM_WAGE, PENSION_ASSESSMENT)}


def figure_name(key: str) -> FigureName:
    """Return the name of a figure.

    Raises:
        KeyError: If there is no such figure; keys come from the program.
    """
    return _BY_KEY[key]


def steps_for(key: str, workings: Iterable[ExplainedStep]) -> tuple[ExplainedStep, ...]:
    """Return the steps of a payslip's workings that lead to one figure.

    The workings of a reversal are one step, which is the answer for every figure.
    """
    steps = tuple(workings)
    if steps and steps[0].rule == REVERSAL_RULE:
        return steps[:1]
    if key.startswith(LINE):
        return _steps_of_line(int(key.removeprefix(LINE)), steps)
    name = figure_name(key)
    return tuple(
        step
        for step in steps
        if step.rule.startswith(name.rules) and not step.rule.startswith(name.not_rules)
    )


def _steps_of_line(place: int, steps: Iterable[ExplainedStep]) -> tuple[ExplainedStep, ...]:
    """Return the step of a line of pay, with those before it that led to it."""
    leading: list[ExplainedStep] = []
    for step in steps:
        leading.append(step)
        if step.rule.startswith("pay.line."):
            if not place:
                return tuple(leading)
            place -= 1
            leading = []
    return ()


_TAKEN_AT = {"deduction.order": "order"} | dict.fromkeys(
    ("deduction.agreed", "deduction.less_agreed"), "purpose"
)
"""The rules that end the working of one order or agreement, and where each names it."""


def steps_of_deduction(
    purpose: str, workings: Iterable[ExplainedStep]
) -> tuple[ExplainedStep, ...]:
    """Return the steps that lead to one deduction by order or agreement, by its purpose.

    The employer's charge for an order has the steps of the order.
    """
    steps = tuple(workings)
    if steps and steps[0].rule == REVERSAL_RULE:
        return steps[:1]
    common: list[ExplainedStep] = []
    leading: list[ExplainedStep] = []
    for step in steps:
        if step.rule.startswith("deduction.net_earnings"):
            common.append(step)
        elif step.rule in _TAKEN_AT:
            leading.append(step)
            name = dict(step.inputs)[_TAKEN_AT[step.rule]]
            if name in purpose:
                by_order = step.rule == "deduction.order"
                return tuple(common + leading if by_order else leading)
            leading = []
        elif step.rule.startswith("order."):
            leading.append(step)
    return ()
