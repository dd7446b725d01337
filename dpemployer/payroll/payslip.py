"""One person's pay on one payday: what goes in, what comes out, and what is stored.

The facts alone, so that whoever reads them does not load the engine: `work_out.py` has that.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from dpemployer.findings import Finding
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.people import PayType, PensionBasis, PensionRelief, Per
from dpemployer.periods import PayFrequency
from dpemployer.statutory.pensions import WorkerCategory
from dpemployer.workings import ExplainedStep, Step


@dataclass(frozen=True, slots=True)
class PayslipLine:
    """One line of pay: so much time at such a rate, or an amount."""

    pay_type: PayType
    label: str
    amount: Money
    minutes: int = 0
    quantity: int = 0
    rate: Money = NOTHING
    per: Per = Per.HOUR


@dataclass(frozen=True, slots=True)
class PensionTerms:
    """The membership in force on the payday."""

    basis: PensionBasis
    relief: PensionRelief
    employee_percent: Decimal
    employer_percent: Decimal
    minimum_applies: bool = True


@dataclass(frozen=True, slots=True)
class PensionGivenBack:
    """Contributions of earlier paydays that an opt-out undoes, each amount above nothing."""

    pensionable: Money
    employee: Money
    """Given back to the worker with this payment."""
    before_tax: Money
    """The part of it that was taken before tax, and is taxed now."""
    relief_added: Money
    employer: Money
    """Comes back to the employer from the provider."""


@dataclass(frozen=True, slots=True)
class PayslipInputs:
    """Everything the engine needs to work out one payslip; nothing is looked up.

    `pay` is all pay liable for tax and National Insurance before any deduction. `basic_pay` is
    the part of it that counts as basic for pension sets 1 and 2. `payrolled_benefits` are taxed
    with the pay and are not money: they are outside `pay`. The to-date figures are this tax
    year's, before this payment; `previous_pay` and `previous_tax` are from a P45 and are given
    only where they count. `pay_date` is the normal payday, even when banks are closed and the
    money moves. `period_number` is the tax week or month to use (the payday's own when absent).
    `extra_period` marks the week 53, 54 or 56 payment. `first_day` is the first day of the pay
    period, whose pension thresholds count (the payday's when absent).
    """

    pay_date: date
    frequency: PayFrequency
    tax_code: str
    ni_letter: str
    pay: Money
    basic_pay: Money = NOTHING
    payrolled_benefits: Money = NOTHING
    week1_month1: bool = False
    period_number: int | None = None
    extra_period: bool = False
    taxable_pay_to_date: Money = NOTHING
    tax_to_date: Money = NOTHING
    previous_pay: Money = NOTHING
    previous_tax: Money = NOTHING
    loan_plan: str | None = None
    postgraduate_loan: bool = False
    pension: PensionTerms | None = None
    pension_given_back: PensionGivenBack | None = None
    expenses: Money = NOTHING
    """Given back on top of net pay; not pay."""
    redundancy_pay: Money = NOTHING
    """Paid on top of net pay; within £30,000 not pay."""
    other_deductions: tuple[tuple[str, Money], ...] = ()
    """From net pay, each with its purpose."""
    loan_room: Money | None = None
    """The most that may be taken for loans, where an order comes first; None without a limit."""
    first_day: date | None = None


@dataclass(frozen=True, slots=True)
class PayslipResult:
    """What the engine worked out. Refunds of tax are negative tax."""

    pay: Money
    taxable_pay: Money
    tax: Money
    employee_ni: Money
    employer_ni: Money
    at_lel: Money
    lel_to_pt: Money
    pt_to_uel: Money
    student_loan: Money
    postgraduate_loan: Money
    employee_pension: Money
    """Taken from pay; below nothing when more is given back after an opt-out."""
    employer_pension: Money
    pension_relief: Money
    """Added by the provider, not taken from pay."""
    pensionable_pay: Money
    net_pay: Money
    """To the person, expenses and redundancy pay included."""
    taxable_pay_to_date: Money
    """This payment included, and the employment before where its P45 was given."""
    tax_to_date: Money
    tax_period: int
    """The tax week or month, as HMRC is told it: 53, 54 or 56 for the payday too many."""
    rates_used: str
    findings: tuple[Finding, ...]
    workings: tuple[Step, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Payslip:
    """A payslip as it was issued: a final, never edited, reversed by its mirror image."""

    id: int
    pay_run_id: int
    employment_id: int
    name: str
    pay_date: date
    """The normal payday: it fixes the tax period."""
    paid_on: date
    """The day the money moves."""
    first_day: date
    last_day: date
    tax_year: str
    tax_period: int
    frequency: PayFrequency
    tax_code: str
    ni_letter: str
    gross_pay: Money
    taxable_pay: Money
    earnings_for_ni: Money
    tax: Money
    employee_ni: Money
    employer_ni: Money
    at_lel: Money
    lel_to_pt: Money
    pt_to_uel: Money
    student_loan: Money
    postgraduate_loan: Money
    employee_pension: Money
    employer_pension: Money
    pension_relief: Money
    expenses: Money
    redundancy_pay: Money
    other_deductions: Money
    net_pay: Money
    minutes: int
    """All time on the slip paid by the hour."""
    worked_minutes: int
    """All time worked, nights slept in included; holiday and time not needed left out."""
    accruing_minutes: int
    """Of those, the time that adds 12.07% of itself to the holiday."""
    absence_minutes: int
    """Away sick or on family leave, where hours vary: the average time that adds to the holiday."""
    holiday_minutes_earned: int
    holiday_minutes_taken: int
    rates_used: str
    lines: tuple[PayslipLine, ...]
    deductions: tuple[tuple[str, Money], ...]
    workings: tuple[ExplainedStep, ...]
    inputs: str
    """The engine's inputs as JSON, so that the slip can be worked out again and compared."""
    reverses_id: int | None = None
    pension_category: WorkerCategory | None = None
    """What automatic enrolment made of the person on this payday."""
