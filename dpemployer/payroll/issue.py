"""Payslips as they are issued, and the mirror image that takes one back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dpemployer.i18n import N_
from dpemployer.money import Money
from dpemployer.payroll.figures import REVERSAL_RULE
from dpemployer.payroll.inputs import inputs_text
from dpemployer.payroll.payslip import Payslip, PayslipLine
from dpemployer.periods import TaxYear
from dpemployer.workings import EXACT, Rule, Step, explain

if TYPE_CHECKING:
    from dpemployer.payroll.pay_run import WorkedPay
    from dpemployer.payroll.payday import PayRun

REVERSAL = Rule(
    REVERSAL_RULE,
    N_("Payslip taken back"),
    N_("This takes back the payslip of {pay_date} for {name}: every figure of it, below zero."),
    ("pay_date", "name"),
    "A final payslip is never edited; it is reversed and replaced",
    rounding=EXACT,
)

_SIGNED = (
    "gross_pay",
    "taxable_pay",
    "earnings_for_ni",
    "tax",
    "employee_ni",
    "employer_ni",
    "at_lel",
    "lel_to_pt",
    "pt_to_uel",
    "student_loan",
    "postgraduate_loan",
    "employee_pension",
    "employer_pension",
    "pension_relief",
    "expenses",
    "redundancy_pay",
    "other_deductions",
    "net_pay",
    "minutes",
    "worked_minutes",
    "accruing_minutes",
    "absence_minutes",
    "holiday_minutes_earned",
    "holiday_minutes_taken",
)
"""The figures of a payslip that its mirror image has below zero."""


def issued(run: PayRun, pay: WorkedPay) -> Payslip:
    """Return the payslip to store for one person's pay; its `id` is 0."""
    result, elements = pay.result, pay.elements
    return Payslip(
        id=0,
        pay_run_id=run.id,
        employment_id=pay.draft.employment.id,
        name=pay.draft.assistant.name,
        pay_date=run.pay_date,
        paid_on=run.paid_on,
        first_day=run.first_day,
        last_day=run.last_day,
        tax_year=str(TaxYear.of(run.pay_date)),
        tax_period=result.tax_period,
        frequency=run.frequency,
        tax_code=pay.tax_code,
        ni_letter=pay.inputs.ni_letter,
        gross_pay=result.pay,
        taxable_pay=result.taxable_pay,
        earnings_for_ni=result.pay,
        tax=result.tax,
        employee_ni=result.employee_ni,
        employer_ni=result.employer_ni,
        at_lel=result.at_lel,
        lel_to_pt=result.lel_to_pt,
        pt_to_uel=result.pt_to_uel,
        student_loan=result.student_loan,
        postgraduate_loan=result.postgraduate_loan,
        employee_pension=result.employee_pension,
        employer_pension=result.employer_pension,
        pension_relief=result.pension_relief,
        expenses=elements.expenses,
        redundancy_pay=elements.redundancy_pay,
        other_deductions=Money.total(amount for _what, amount in pay.inputs.other_deductions),
        net_pay=result.net_pay,
        minutes=elements.hourly_minutes,
        worked_minutes=elements.worked_minutes,
        accruing_minutes=pay.accrual.worked_minutes,
        absence_minutes=pay.accrual.absence_minutes,
        holiday_minutes_earned=pay.accrual.earned,
        holiday_minutes_taken=elements.holiday_minutes,
        rates_used=result.rates_used,
        lines=elements.lines,
        deductions=pay.inputs.other_deductions,
        workings=explain(pay.steps, run.pay_date),
        inputs=inputs_text(pay.inputs),
        pension_category=pay.pension.assessment.category,
    )


def mirror_image(payslip: Payslip, run_id: int) -> Payslip:
    """Return the payslip that takes another back: every amount and every minute below zero."""
    step = explain(
        [Step(REVERSAL, (payslip.pay_date, payslip.name), -payslip.net_pay)], payslip.pay_date
    )
    return replace(
        payslip,
        id=0,
        pay_run_id=run_id,
        reverses_id=payslip.id,
        lines=tuple(_mirrored(line) for line in payslip.lines),
        deductions=tuple((purpose, -amount) for purpose, amount in payslip.deductions),
        workings=step,
        inputs="{}",
        **{name: -getattr(payslip, name) for name in _SIGNED},
    )


def _mirrored(line: PayslipLine) -> PayslipLine:
    return replace(line, amount=-line.amount, minutes=-line.minutes, quantity=-line.quantity)
