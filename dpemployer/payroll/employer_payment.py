"""What HMRC is owed for a tax month or quarter (the P32 figure), and by when.

Source: GOV.UK, *Pay employers' PAYE* and *Employment Allowance*; National Insurance Contributions
Act 2014, section 2(3A) (care and support employers); GOV.UK, *Get financial help with statutory
pay*.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from dpemployer.i18n import N_
from dpemployer.money import NOTHING, Money
from dpemployer.periods import TaxMonth, TaxYear, plus_months
from dpemployer.statutory.family_pay import Recovery, recover
from dpemployer.workings import EXACT, Rule, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dpemployer.payroll.payslip import Payslip
    from dpemployer.statutory.rates import Rates

_SOURCE = "GOV.UK, Pay employers’ PAYE"


@dataclass(frozen=True, slots=True)
class Deductions:
    """What was taken and what is owed on it over the payslips of a tax month or quarter."""

    income_tax: Money = NOTHING
    """Below zero when more was given back than taken."""
    employee_ni: Money = NOTHING
    employer_ni: Money = NOTHING
    student_loans: Money = NOTHING
    postgraduate_loans: Money = NOTHING

    @staticmethod
    def of(payslips: Iterable[Payslip]) -> Deductions:
        """Add up payslips; a reversal takes its own away."""
        slips = tuple(payslips)
        return Deductions(
            income_tax=Money.total(slip.tax for slip in slips),
            employee_ni=Money.total(slip.employee_ni for slip in slips),
            employer_ni=Money.total(slip.employer_ni for slip in slips),
            student_loans=Money.total(slip.student_loan for slip in slips),
            postgraduate_loans=Money.total(slip.postgraduate_loan for slip in slips),
        )


@dataclass(frozen=True, slots=True)
class EmployerPayment:
    """What HMRC is owed, and how it came to that. Below zero, HMRC owes the employer."""

    deductions: Deductions
    allowance_used: Money
    allowance_left: Money
    statutory_recovered: Money
    ni_compensation: Money
    due: Money
    workings: tuple[Step, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class PaymentPeriod:
    """A tax month or quarter, and the days by which HMRC must have the money for it."""

    tax_year: TaxYear
    number: int
    quarterly: bool
    first_day: date
    last_day: date
    electronic_by: date
    """Money sent by bank must have arrived: the 22nd, or the banking day before."""
    post_by: date
    """A cheque must have arrived: the 19th, or the banking day before."""


def allowance_for_year(rates: Rates) -> Money:
    """Return the Employment Allowance for a whole tax year."""
    return rates["national_insurance.employment_allowance"].money()


def may_pay_quarterly(average_month: Money, rates: Rates) -> bool:
    """Whether HMRC lets an employer who owes so much in an average month pay by the quarter."""
    return average_month < rates["hmrc_payment"].money("quarterly_if_average_monthly_below")


def employer_payment(
    deductions: Deductions,
    *,
    allowance_left: Money,
    rates: Rates,
    statutory_parental_paid: Money = NOTHING,
    small_employer: bool = True,
    given_back: Recovery | None = None,
) -> EmployerPayment:
    """Work out what HMRC is owed for a tax month or quarter.

    Args:
        deductions: What the payslips add up to.
        allowance_left: Employment Allowance not yet used this tax year; nothing where it is not
            claimed. It lowers the employer's National Insurance only, and nothing else; employer's
            National Insurance taken back gives allowance back.
        rates: What is in force at the start of the period.
        statutory_parental_paid: Maternity, paternity and other parental pay paid in the period.
            Sick pay is never recovered.
        small_employer: Whether all National Insurance, before the allowance, was 45,000 pounds or
            less in the tax year that counts.
        given_back: What comes back for each payment worked out by itself, in the place of the two
            before.
    """
    steps: list[Step] = []
    gross = Money.total(
        (
            deductions.income_tax,
            deductions.employee_ni,
            deductions.employer_ni,
            deductions.student_loans,
            deductions.postgraduate_loans,
        )
    )
    loans = deductions.student_loans + deductions.postgraduate_loans
    figures = (deductions.income_tax, deductions.employee_ni, deductions.employer_ni, loans)
    steps.append(Step(_GROSS, figures, gross))
    used = min(deductions.employer_ni, allowance_left)
    left = allowance_left - used
    steps.append(Step(_ALLOWANCE, (deductions.employer_ni, allowance_left, left), used))
    back = given_back or recover(statutory_parental_paid, rates, small_employer=small_employer)
    steps += back.workings
    due = gross - used - back.total
    rule = _OWED_BACK if due < NOTHING else _OWED
    steps.append(Step(rule, (gross, used, back.recovered, back.compensation), abs(due)))
    return EmployerPayment(
        deductions, used, left, back.recovered, back.compensation, due, tuple(steps)
    )


def payment_period(
    day: date,
    *,
    quarterly: bool,
    rates: Rates,
    banking_day_on_or_before: Callable[[date], date],
) -> PaymentPeriod:
    """Return the tax month or quarter that *day* falls in, and when HMRC must be paid for it.

    Args:
        day: A normal payday.
        quarterly: Whether the employer pays by the quarter.
        rates: What is in force on that day.
        banking_day_on_or_before: Moves a day banks are closed to the banking day before.
    """
    month = TaxMonth.of(day)
    first = TaxMonth(month.year, (month.quarter - 1) * 3 + 1) if quarterly else month
    last = TaxMonth(month.year, month.quarter * 3) if quarterly else month
    days = rates["hmrc_payment"]
    return PaymentPeriod(
        tax_year=month.year,
        number=month.quarter if quarterly else month.number,
        quarterly=quarterly,
        first_day=first.first_day,
        last_day=last.last_day,
        electronic_by=banking_day_on_or_before(
            last.last_day.replace(day=days.whole("electronic_day"))
        ),
        post_by=banking_day_on_or_before(last.last_day.replace(day=days.whole("post_day"))),
    )


def payment_periods(
    year: TaxYear,
    *,
    quarterly: bool,
    rates: Rates,
    banking_day_on_or_before: Callable[[date], date],
) -> tuple[PaymentPeriod, ...]:
    """Return every tax month or quarter of a tax year, in order."""
    step = 3 if quarterly else 1
    return tuple(
        payment_period(
            plus_months(year.first_day, months),
            quarterly=quarterly,
            rates=rates,
            banking_day_on_or_before=banking_day_on_or_before,
        )
        for months in range(0, 12, step)
    )


# ── what each step says ──

_GROSS = Rule(
    id="p32.gross",
    title=N_("Taken from pay, and owed on it"),
    sentence=N_(
        "Income Tax of {tax}, employees’ National Insurance of {employee_ni}, employer’s National "
        "Insurance of {employer_ni} and loans of {loans} come to {result}."
    ),
    names=("tax", "employee_ni", "employer_ni", "loans"),
    source=_SOURCE,
    rounding=EXACT,
)
_ALLOWANCE = Rule(
    id="p32.allowance",
    title=N_("Employment Allowance"),
    sentence=N_(
        "The allowance pays the employer’s National Insurance of {employer_ni} for as long as it "
        "lasts. {before} was left, so {result} is used and {after} remains."
    ),
    names=("employer_ni", "before", "after"),
    source="National Insurance Contributions Act 2014, sections 1 to 4",
    rounding=EXACT,
)
_OWED = Rule(
    id="p32.due",
    title=N_("To pay HMRC"),
    sentence=N_(
        "{gross}, less {allowance} of allowance, {recovered} of parental pay got back and "
        "{compensation} of compensation, leaves {result} to pay."
    ),
    names=("gross", "allowance", "recovered", "compensation"),
    source=_SOURCE,
    rounding=EXACT,
)
_OWED_BACK = Rule(
    id="p32.owed_back",
    title=N_("HMRC owes the employer"),
    sentence=N_(
        "{gross}, less {allowance} of allowance, {recovered} of parental pay got back and "
        "{compensation} of compensation, is less than nothing. {result} counts against later "
        "months of this tax year, or HMRC repays it on request."
    ),
    names=("gross", "allowance", "recovered", "compensation"),
    source=_SOURCE,
    rounding=EXACT,
)
