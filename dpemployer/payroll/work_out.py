"""Work out one payslip, from everything that decides it to every figure on it.

`work_out` is the one engine. Pay runs, the command line and every test of a whole year go
through it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.errors import EntryError
from dpemployer.findings import Finding, Severity
from dpemployer.i18n import N_, _
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.payslip import (
    PayslipInputs,
    PayslipResult,
    PensionGivenBack,
    PensionTerms,
)
from dpemployer.payroll.people import PensionBasis, PensionRelief
from dpemployer.statutory.income_tax import EXTRA_PERIOD, PaidBefore, TaxResult, tax_on
from dpemployer.statutory.national_insurance import (
    EarningsPeriod,
    NiCategory,
    NiResult,
    contributions,
)
from dpemployer.statutory.pensions import basic_pay_is_enough, below_minimum, contribute
from dpemployer.statutory.student_loans import LoanPlan, LoanResult, loan_deductions, within
from dpemployer.statutory.tax_code import TaxCode
from dpemployer.workings import EXACT, Rule, Step

if TYPE_CHECKING:
    from dpemployer.statutory.pensions import Contribution
    from dpemployer.statutory.rates import RateBook, Rates
    from dpemployer.workings import Amounts


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
    taxable_pay = _taxable_pay(inputs, pension, steps)
    tax = _tax(inputs, taxable_pay, today)
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
    if inputs.loan_room is not None:
        loans = within(loans, inputs.loan_room)
    steps += tax.workings
    steps += insurance.workings
    steps += loans.workings
    pension_taken = NOTHING if pension is None else pension.employee_taken
    back = _given_back(inputs, steps)
    net_pay = _net_pay(inputs, tax, insurance, loans, pension_taken, steps)
    return PayslipResult(
        pay=inputs.pay,
        taxable_pay=taxable_pay,
        tax=tax.tax,
        employee_ni=insurance.employee,
        employer_ni=insurance.employer,
        at_lel=insurance.at_lel,
        lel_to_pt=insurance.lel_to_pt,
        pt_to_uel=insurance.pt_to_uel,
        student_loan=loans.student_loan,
        postgraduate_loan=loans.postgraduate_loan,
        employee_pension=pension_taken - back.employee,
        employer_pension=(NOTHING if pension is None else pension.employer) - back.employer,
        pension_relief=(NOTHING if pension is None else pension.relief_added) - back.relief_added,
        pensionable_pay=(NOTHING if pension is None else pension.pensionable) - back.pensionable,
        net_pay=net_pay,
        taxable_pay_to_date=tax.pay_to_date,
        tax_to_date=tax.tax_to_date,
        tax_period=_tax_period(inputs),
        rates_used=today.name,
        findings=insurance.findings + findings,
        workings=tuple(steps),
    )


def _given_back(inputs: PayslipInputs, steps: list[Step]) -> PensionGivenBack:
    """Return what an opt-out undoes with this payment."""
    back = inputs.pension_given_back
    if back is None:
        return _NOTHING_BACK
    if back.before_tax:
        steps.append(Step(_REFUND_BEFORE_TAX, (back.before_tax,), back.employee))
    else:
        steps.append(Step(_REFUND, (), back.employee))
    steps.append(Step(_REFUND_EMPLOYER, (back.relief_added,), back.employer))
    return back


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
    findings: tuple[Finding, ...] = ()
    if terms.minimum_applies:
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


def _taxable_pay(inputs: PayslipInputs, pension: Contribution | None, steps: list[Step]) -> Money:
    """Return pay and benefits, less a pension taken before tax, and with what it gives back."""
    terms, back = inputs.pension, inputs.pension_given_back
    returned = NOTHING if back is None else back.before_tax
    before_tax = pension is not None and terms is not None and terms.relief is PensionRelief.NET_PAY
    taken = pension.employee_taken if pension is not None and before_tax else NOTHING
    taxable = inputs.pay + inputs.payrolled_benefits + returned - taken
    if inputs.payrolled_benefits or returned or taken:
        raises: Amounts = (
            (N_("of benefits"), inputs.payrolled_benefits),
            (N_("of pension given back"), returned),
        )
        steps.append(Step(_TAXABLE, (inputs.pay, raises, taken), taxable))
    return taxable


def _tax_period(inputs: PayslipInputs) -> int:
    number = inputs.period_number
    if number is None:
        number = inputs.frequency.tax_period(inputs.pay_date)
    if inputs.extra_period or number == 53:
        return EXTRA_PERIOD.get(inputs.frequency, number)
    return number


def _tax(inputs: PayslipInputs, taxable_pay: Money, rates: Rates) -> TaxResult:
    return tax_on(
        taxable_pay,
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
    back = (inputs.pension_given_back or _NOTHING_BACK).employee
    other = Money.total(amount for _purpose, amount in inputs.other_deductions)
    taken = tax.tax + insurance.employee + loan + pension_taken + other
    left = inputs.pay + back - taken
    if left.pence < 0:
        raise EntryError(
            what=_("Deductions of {taken} come to more than the pay of {pay}.").format(
                taken=taken, pay=inputs.pay
            ),
            why=_("Nobody can be paid less than nothing."),
            next_step=_("Take less now, and the rest on later paydays."),
        )
    net_pay = left + inputs.expenses + inputs.redundancy_pay
    refund = tax.tax.pence < 0
    lowers: Amounts = (
        (N_("Income Tax"), NOTHING if refund else tax.tax),
        (N_("National Insurance"), insurance.employee),
        (N_("for loans"), loan),
        (N_("for the pension"), pension_taken),
        (N_("other deductions"), other),
    )
    if not refund and not inputs.expenses and not inputs.redundancy_pay and not back:
        steps.append(Step(_NET, (inputs.pay, lowers), net_pay))
        return net_pay
    raises: Amounts = (
        (N_("of tax given back"), abs(tax.tax) if refund else NOTHING),
        (N_("of pension given back"), back),
        (N_("of expenses given back"), inputs.expenses),
        (N_("of redundancy pay"), inputs.redundancy_pay),
    )
    steps.append(Step(_NET_WITH_MORE, (inputs.pay, lowers, raises), net_pay))
    return net_pay


_NOTHING_BACK = PensionGivenBack(NOTHING, NOTHING, NOTHING, NOTHING, NOTHING)

_REFUND = Rule(
    id="pension.refund",
    title=N_("Pension contributions given back"),
    sentence=N_(
        "Who opts out in time counts as never having been a member. What was taken from pay "
        "before, {result}, is given back."
    ),
    names=(),
    source="Pensions Act 2008, section 8; Automatic Enrolment Regulations 2010, regulation 11",
    rounding=EXACT,
)
_REFUND_BEFORE_TAX = Rule(
    id="pension.refund_before_tax",
    title=N_("Pension contributions given back"),
    sentence=N_(
        "Who opts out in time counts as never having been a member. What was taken from pay "
        "before, {result}, is given back. Of that, {untaxed} was not taxed when it was taken, and "
        "is taxed now."
    ),
    names=("untaxed",),
    source="Pensions Act 2008, section 8; Automatic Enrolment Regulations 2010, regulation 11",
    rounding=EXACT,
)
_REFUND_EMPLOYER = Rule(
    id="pension.refund_employer",
    title=N_("The employer’s pension contributions come back"),
    sentence=N_(
        "The pension provider gives the employer’s share back, {result}. The tax relief of "
        "{relief} goes back to HMRC."
    ),
    names=("relief",),
    source="Automatic Enrolment Regulations 2010, regulation 11",
    rounding=EXACT,
)
_TAXABLE = Rule(
    id="pay.taxable",
    title=N_("Taxable pay"),
    sentence=N_(
        "Tax is worked out on pay of {pay}, with {added} added, and less {pension} taken for the "
        "pension before tax. That is {result}."
    ),
    names=("pay", "added", "pension"),
    source="Income Tax (Earnings and Pensions) Act 2003, section 62; Finance Act 2004, section 193",
    rounding=EXACT,
)
_NET = Rule(
    id="pay.net",
    title=N_("Pay in hand"),
    sentence=N_("Pay of {pay}, less {taken}, leaves {result}."),
    names=("pay", "taken"),
    source="Employment Rights Act 1996, section 8 (itemised pay statement)",
    rounding=EXACT,
)
_NET_WITH_MORE = Rule(
    id="pay.net_with_more",
    title=N_("Pay in hand"),
    sentence=N_("Pay of {pay}, less {taken}, plus {given}, comes to {result}."),
    names=("pay", "taken", "given"),
    source="Employment Rights Act 1996, section 8 (itemised pay statement)",
    rounding=EXACT,
)
