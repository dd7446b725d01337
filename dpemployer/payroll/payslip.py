"""One person's pay on one payday: what goes in, what comes out, and what is stored.

`work_out` is the one engine. Pay runs, the command line and every test of a whole year go
through it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from dpemployer.errors import EntryError
from dpemployer.findings import Finding, Severity
from dpemployer.i18n import N_, _
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.people import PayType, PensionBasis, PensionRelief, Per
from dpemployer.periods import PayFrequency
from dpemployer.statutory.income_tax import EXTRA_PERIOD, PaidBefore, TaxResult, tax_on
from dpemployer.statutory.national_insurance import (
    EarningsPeriod,
    NiCategory,
    NiResult,
    contributions,
)
from dpemployer.statutory.pensions import basic_pay_is_enough, below_minimum, contribute
from dpemployer.statutory.student_loans import LoanPlan, LoanResult, loan_deductions
from dpemployer.statutory.tax_code import TaxCode
from dpemployer.workings import ExplainedStep, Rule, Step

if TYPE_CHECKING:
    from dpemployer.statutory.pensions import Contribution
    from dpemployer.statutory.rates import RateBook, Rates


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
    expenses: Money = NOTHING
    """Given back on top of net pay; not pay."""
    other_deductions: tuple[tuple[str, Money], ...] = ()
    """From net pay, each with its purpose."""
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
    """Taken from pay."""
    employer_pension: Money
    pension_relief: Money
    """Added by the provider, not taken from pay."""
    pensionable_pay: Money
    net_pay: Money
    """To the person, expenses included."""
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
    other_deductions: Money
    net_pay: Money
    minutes: int
    """All time on the slip paid by the hour."""
    worked_minutes: int
    """All time worked, nights slept in included; holiday and time not needed left out."""
    holiday_minutes_earned: int
    holiday_minutes_taken: int
    rates_used: str
    lines: tuple[PayslipLine, ...]
    deductions: tuple[tuple[str, Money], ...]
    workings: tuple[ExplainedStep, ...]
    inputs: str
    """The engine's inputs as JSON, so that the slip can be worked out again and compared."""
    reverses_id: int | None = None


def work_out(inputs: PayslipInputs, rates: RateBook) -> PayslipResult:
    """Work out one payslip.

    The order is fixed by law: pension first, because a net pay arrangement lowers the pay that
    is taxed; then tax, National Insurance and loans, none of which changes another.

    Raises:
        EntryError: If something among the inputs cannot be, or deductions come to more than the
            pay.
        RatesUnknownError: If no rates are known for the payday.
    """
    today = rates.on(inputs.pay_date)
    steps: list[Step] = []
    pension, findings = _pension(inputs, rates, steps)
    tax = _tax(inputs, pension, today)
    letter = NiCategory.parse(inputs.ni_letter)
    period = EarningsPeriod.of(inputs.frequency)
    insurance = contributions(inputs.pay, category=letter, period=period, rates=today)
    loans = loan_deductions(
        inputs.pay,
        frequency=inputs.frequency,
        plan=None if inputs.loan_plan is None else LoanPlan.parse(inputs.loan_plan),
        postgraduate=inputs.postgraduate_loan,
        rates=today,
    )
    steps += tax.workings
    steps += insurance.workings
    steps += loans.workings
    pension_taken = NOTHING if pension is None else pension.employee_taken
    net_pay = _net_pay(inputs, tax, insurance, loans, pension_taken, steps)
    return PayslipResult(
        pay=inputs.pay,
        taxable_pay=_taxable_pay(inputs, pension),
        tax=tax.tax,
        employee_ni=insurance.employee,
        employer_ni=insurance.employer,
        at_lel=insurance.at_lel,
        lel_to_pt=insurance.lel_to_pt,
        pt_to_uel=insurance.pt_to_uel,
        student_loan=loans.student_loan,
        postgraduate_loan=loans.postgraduate_loan,
        employee_pension=pension_taken,
        employer_pension=NOTHING if pension is None else pension.employer,
        pension_relief=NOTHING if pension is None else pension.relief_added,
        pensionable_pay=NOTHING if pension is None else pension.pensionable,
        net_pay=net_pay,
        taxable_pay_to_date=tax.pay_to_date,
        tax_to_date=tax.tax_to_date,
        tax_period=_tax_period(inputs),
        rates_used=today.name,
        findings=insurance.findings + findings,
        workings=tuple(steps),
    )


def _pension(
    inputs: PayslipInputs, rates: RateBook, steps: list[Step]
) -> tuple[Contribution | None, tuple[Finding, ...]]:
    terms = inputs.pension
    if terms is None:
        return None, ()
    period_rates = rates.on(inputs.first_day or inputs.pay_date)
    basic_only = terms.basis in {PensionBasis.BASIC_PAY_SET_1, PensionBasis.BASIC_PAY_SET_2}
    if basic_only and inputs.basic_pay.pence > inputs.pay.pence:
        raise EntryError(
            what=_("Basic pay of {basic} is more than the whole pay of {pay}.").format(
                basic=inputs.basic_pay, pay=inputs.pay
            ),
            why=_("Basic pay is a part of the pay, for pensions worked out on basic pay."),
            next_step=_("Check which lines of pay are marked as basic."),
        )
    pension = contribute(
        inputs.basic_pay if basic_only else inputs.pay,
        frequency=inputs.frequency,
        basis=terms.basis,
        relief=terms.relief,
        employee_percent=terms.employee_percent,
        employer_percent=terms.employer_percent,
        rates=period_rates,
    )
    steps += pension.workings
    return pension, _pension_findings(inputs, terms, period_rates)


def _pension_findings(
    inputs: PayslipInputs, terms: PensionTerms, rates: Rates
) -> tuple[Finding, ...]:
    findings = below_minimum(terms.basis, terms.employee_percent, terms.employer_percent, rates)
    if terms.basis is PensionBasis.BASIC_PAY_SET_2 and not basic_pay_is_enough(
        inputs.basic_pay, inputs.pay, rates
    ):
        too_little = Finding(
            severity=Severity.WARNING,
            code="pension_basic_pay_too_little",
            subject=_("Pension"),
            message=_(
                "Basic pay is too small a part of this pay for a pension on basic pay alone "
                "(set 2). Ask the pension provider which set to use."
            ),
            source="Pensions Act 2008, section 28",
        )
        findings = (*findings, too_little)
    return findings


def _taxable_pay(inputs: PayslipInputs, pension: Contribution | None) -> Money:
    """Return pay and benefits, less a pension taken before tax."""
    terms = inputs.pension
    taxable = inputs.pay + inputs.payrolled_benefits
    if pension is None or terms is None or terms.relief is not PensionRelief.NET_PAY:
        return taxable
    return taxable - pension.employee_taken


def _tax_period(inputs: PayslipInputs) -> int:
    number = inputs.period_number
    if number is None:
        number = inputs.frequency.tax_period(inputs.pay_date)
    if inputs.extra_period or number == 53:
        return EXTRA_PERIOD.get(inputs.frequency, number)
    return number


def _tax(inputs: PayslipInputs, pension: Contribution | None, rates: Rates) -> TaxResult:
    return tax_on(
        _taxable_pay(inputs, pension),
        code=TaxCode.parse(inputs.tax_code),
        frequency=inputs.frequency,
        tax_period=_tax_period(inputs),
        before=PaidBefore(
            inputs.taxable_pay_to_date + inputs.previous_pay,
            inputs.tax_to_date + inputs.previous_tax,
        ),
        rates=rates,
        payrolled_benefits=inputs.payrolled_benefits,
        week1_month1=inputs.week1_month1,
    )


def _net_pay(
    inputs: PayslipInputs,
    tax: TaxResult,
    insurance: NiResult,
    loans: LoanResult,
    pension_taken: Money,
    steps: list[Step],
) -> Money:
    loan = loans.student_loan + loans.postgraduate_loan
    other = Money.total(amount for _purpose, amount in inputs.other_deductions)
    taken = tax.tax + insurance.employee + loan + pension_taken + other
    left = inputs.pay - taken
    if left.pence < 0:
        raise EntryError(
            what=_("Deductions of {taken} come to more than the pay of {pay}.").format(
                taken=taken, pay=inputs.pay
            ),
            why=_("Nobody can be paid less than nothing."),
            next_step=_("Take less now, and the rest on later paydays."),
        )
    net_pay = left + inputs.expenses
    figures = (
        inputs.pay,
        abs(tax.tax),
        insurance.employee,
        loan,
        pension_taken,
        other,
        inputs.expenses,
    )
    steps.append(Step(_NET_REFUND if tax.tax.pence < 0 else _NET, figures, net_pay))
    return net_pay


_NET = Rule(
    id="pay.net",
    title=N_("Pay in hand"),
    sentence=N_(
        "Pay of {pay}, less {tax} tax, {national_insurance} National Insurance, {loans} loans, "
        "{pension} pension and {other} other deductions, with {expenses} expenses given back: "
        "{result}."
    ),
    names=("pay", "tax", "national_insurance", "loans", "pension", "other", "expenses"),
    source="Employment Rights Act 1996, section 8 (itemised pay statement)",
)
_NET_REFUND = Rule(
    id="pay.net_refund",
    title=N_("Pay in hand"),
    sentence=N_(
        "Pay of {pay}, with {tax} tax given back, less {national_insurance} National Insurance, "
        "{loans} loans, {pension} pension and {other} other deductions, with {expenses} expenses "
        "given back: {result}."
    ),
    names=("pay", "tax", "national_insurance", "loans", "pension", "other", "expenses"),
    source="Employment Rights Act 1996, section 8 (itemised pay statement)",
)
