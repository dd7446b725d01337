"""Pay, and everything taken from it: one payment, one tax month, one year of paydays."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from dpemployer.errors import EntryError
from dpemployer.i18n import _
from dpemployer.money import NOTHING
from dpemployer.payroll.employer_payment import Deductions, employer_payment
from dpemployer.payroll.payslip import PayslipInputs
from dpemployer.payroll.work_out import work_out
from dpemployer.periods import PayFrequency
from dpemployer.statutory.income_tax import EXTRA_PERIOD, PaidBefore, tax_on
from dpemployer.statutory.minimum_wage import Accommodation, WageBand, check_pay
from dpemployer.statutory.national_insurance import EarningsPeriod, NiCategory, contributions
from dpemployer.statutory.pensions import PensionBasis, PensionRelief, assess, contribute
from dpemployer.statutory.student_loans import LoanPlan, loan_deductions
from dpemployer.statutory.tax_code import TaxCode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpemployer.money import Money
    from dpemployer.payroll.payslip import PayslipResult
    from dpemployer.services.cases import Case, Result, Worked
    from dpemployer.statutory.rates import RateBook

_WEEKS_IN_YEAR = 52


class TaxBasis(StrEnum):
    """How a case says whether tax looks back over the year."""

    CUMULATIVE = "cumulative"
    WEEK1_MONTH1 = "week1_month1"


class Interval(StrEnum):
    """How often a case says somebody is paid; three weeks only for National Insurance."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    THREE_WEEKLY = "three_weekly"
    FOUR_WEEKLY = "four_weekly"
    MONTHLY = "monthly"


class PensionQuestion(StrEnum):
    """What a pension case asks."""

    CONTRIBUTION = "contribution"
    CATEGORY = "category"


def paye(case: Case, book: RateBook) -> Worked:
    """Income Tax on one payment."""
    year, inputs = case.tax_year(), case.part("inputs")
    code = TaxCode.parse(inputs.text("tax_code"))
    alone = _is_alone(inputs, code)
    frequency = inputs.choice("frequency", PayFrequency)
    number = inputs.whole("period_number", 1, max(EXTRA_PERIOD.values()))
    before = None if alone else _paid_before(inputs, needed=number <= _WEEKS_IN_YEAR)
    outcome = tax_on(
        inputs.money("pay_this_period", below_nothing=True),
        code=code,
        frequency=frequency,
        tax_period=number,
        before=before or PaidBefore(),
        rates=inputs.rates(year, book),
        payrolled_benefits=inputs.money_if_any("payrolled_benefits_in_pay"),
        week1_month1=alone,
    )
    taxable = outcome.taxable
    result = {
        "tax_this_period": outcome.tax.plain,
        "tax_to_date": None if before is None else outcome.tax_to_date.plain,
        "free_pay_applied": _plain(outcome.free_pay),
        "taxable_pay_rounded": None if taxable is None else str(taxable.pence // 100),
        "regulatory_limit_applied": outcome.limit_applied,
    }
    return result, outcome.workings


def _paid_before(inputs: Case, *, needed: bool) -> PaidBefore | None:
    """Read pay and tax to date; pay taken back can leave less than nothing of it.

    The payday after a full year of paydays does not look back. Where they are said all the same,
    its tax is added to them.
    """
    if not needed and (inputs.lacks("pay_to_date_before") or inputs.lacks("tax_to_date_before")):
        return None
    pay = inputs.money("pay_to_date_before", below_nothing=True)
    return PaidBefore(pay, inputs.money("tax_to_date_before"))


def national_insurance(case: Case, book: RateBook) -> Worked:
    """Class 1 National Insurance on one payment."""
    year, inputs = case.tax_year(), case.part("inputs")
    interval = inputs.choice("frequency", Interval)
    period = (
        EarningsPeriod.of_weeks(3)
        if interval is Interval.THREE_WEEKLY
        else EarningsPeriod.of(PayFrequency(interval.value))
    )
    outcome = contributions(
        inputs.money("gross"),
        category=NiCategory.parse(inputs.text("category")),
        period=period,
        rates=inputs.rates(year, book),
    )
    result = {
        "employee": outcome.employee.plain,
        "employer": outcome.employer.plain,
        "earnings_at_lel": outcome.at_lel.plain,
        "lel_to_pt": outcome.lel_to_pt.plain,
        "pt_to_uel": outcome.pt_to_uel.plain,
    }
    return result, outcome.workings


def student_loans(case: Case, book: RateBook) -> Worked:
    """Student and postgraduate loan deductions from one payment."""
    year, inputs = case.tax_year(), case.part("inputs")
    plan = None if inputs.lacks("plan") else LoanPlan.parse(inputs.text("plan"))
    postgraduate = inputs.yes_if_any("postgraduate")
    outcome = loan_deductions(
        inputs.money("nicable_earnings"),
        frequency=inputs.choice("frequency", PayFrequency),
        plan=plan,
        postgraduate=postgraduate,
        rates=inputs.rates(year, book),
    )
    result = {
        "plan_threshold": _plain(outcome.plan_threshold),
        "student_loan": None if plan is None else outcome.student_loan.plain,
        "postgraduate_threshold": _plain(outcome.postgraduate_threshold),
        "postgraduate_loan": outcome.postgraduate_loan.plain if postgraduate else None,
    }
    return result, outcome.workings


def pension(case: Case, book: RateBook) -> Worked:
    """What is paid into a pension from one payment, or which duty an employer has."""
    year, inputs = case.tax_year(), case.part("inputs")
    question = inputs.choice("kind", PensionQuestion)
    frequency = inputs.choice("frequency", PayFrequency)
    rates = inputs.rates(year, book)
    if question is PensionQuestion.CATEGORY:
        assessed = assess(
            inputs.money("earnings_in_prp"),
            frequency=frequency,
            age=inputs.whole("age", 0, 130),
            over_state_pension_age=inputs.yes("reached_state_pension_age"),
            rates=rates,
        )
        return {"category": assessed.category.value}, assessed.workings
    outcome = contribute(
        inputs.money("gross"),
        frequency=frequency,
        basis=inputs.choice("basis", PensionBasis),
        relief=inputs.choice("relief", PensionRelief),
        employee_percent=inputs.quantity("employee_percent"),
        employer_percent=inputs.quantity("employer_percent"),
        rates=rates,
    )
    result = {
        "pensionable": outcome.pensionable.plain,
        "employee_total": outcome.employee_total.plain,
        "employee_taken_from_pay": outcome.employee_taken.plain,
        "tax_relief_added_by_provider": outcome.relief_added.plain,
        "employer": outcome.employer.plain,
    }
    return result, outcome.workings


def minimum_wage(case: Case, book: RateBook) -> Worked:
    """Whether pay for some hours is lawful."""
    year, inputs = case.tax_year(), case.part("inputs")
    day = year.first_day if inputs.lacks("rates_from") else inputs.day("rates_from")
    outcome = check_pay(
        inputs.money("pay_counted_before_accommodation"),
        inputs.quantity("hours"),
        WageBand.parse(inputs.text("rate_band")),
        book.on(day),
        _accommodation(inputs),
    )
    result = {
        "nmw_pay": outcome.counted_pay.plain,
        "minimum_due": outcome.minimum_due.plain,
        "shortfall": outcome.shortfall.plain,
        "compliant": outcome.lawful,
    }
    return result, outcome.workings


def _accommodation(inputs: Case) -> Accommodation | None:
    """Read a home provided by the employer; a free one says so with a charge of nothing."""
    days = 0 if inputs.lacks("accommodation_days") else inputs.whole("accommodation_days", 0, 31)
    if inputs.lacks("accommodation_charge"):
        if days:
            inputs.money("accommodation_charge")
        return None
    return Accommodation(days, inputs.money("accommodation_charge"))


def p32(case: Case, book: RateBook) -> Worked:
    """What HMRC is owed for one tax month."""
    year, inputs = case.tax_year(), case.part("inputs")
    parental = inputs.money_if_any("statutory_parental_paid")
    outcome = employer_payment(
        Deductions(
            income_tax=inputs.money("income_tax", below_nothing=True),
            employee_ni=inputs.money("employee_ni"),
            employer_ni=inputs.money("employer_ni"),
            student_loans=inputs.money_if_any("student_loans"),
            postgraduate_loans=inputs.money_if_any("postgraduate_loans"),
        ),
        allowance_left=inputs.money_if_any("employment_allowance_left"),
        rates=inputs.rates(year, book),
        statutory_parental_paid=parental,
        small_employer=(
            inputs.yes("small_employer") if parental else inputs.yes_if_any("small_employer")
        ),
    )
    result = {
        "employment_allowance_used": outcome.allowance_used.plain,
        "statutory_recovered": outcome.statutory_recovered.plain,
        "ni_compensation": outcome.ni_compensation.plain,
        "due_to_hmrc": outcome.due.plain,
        "employment_allowance_carried": outcome.allowance_left.plain,
    }
    return result, outcome.workings


# ── a whole year of paydays ──


def year_inputs(case: Case) -> Iterator[PayslipInputs]:
    """Read a sequence of paydays, each without the totals of those before it.

    The numbers of the periods count paydays of the tax year. Fortnightly payday 3 uses tax week 6
    and four-weekly payday 3 tax week 12; weekly 53, fortnightly 27 and four-weekly 14 are the
    payday too many. A number that is missing had no pay run.

    Raises:
        EntryError: If something in it cannot be.
    """
    year = case.tax_year()
    frequency = case.choice("frequency", PayFrequency)
    forward = case.part_if_any("brought_forward")
    previous_pay = forward.money_if_any("taxable_pay")
    previous_tax = forward.money_if_any("tax")
    usual = frequency.periods_in_year
    most = usual + 1 if frequency in EXTRA_PERIOD else usual
    before = 0
    for period in case.parts("periods"):
        number = period.whole("period", 1, most)
        if number <= before:
            raise EntryError(
                what=_("Period {number} comes after period {before}.").format(
                    number=number, before=before
                ),
                why=_("The periods of a year are in order, each once."),
                next_step=_("Put them in order, and add together pay of the same period."),
            )
        before = number
        code = TaxCode.parse(period.text("code"))
        yield PayslipInputs(
            pay_date=period.pay_date(year),
            frequency=frequency,
            tax_code=str(code),
            ni_letter=NiCategory.parse(period.text("ni")).value,
            pay=period.money("pay"),
            basic_pay=period.money("pay"),
            week1_month1=_is_alone(period, code),
            period_number=number * (frequency.weeks or 1) if number <= usual else None,
            extra_period=number > usual,
            previous_pay=previous_pay,
            previous_tax=previous_tax,
            loan_plan=None if period.lacks("plan") else LoanPlan.parse(period.text("plan")).value,
            postgraduate_loan=period.yes_if_any("pg"),
        )


def payroll_year(case: Case, rates: RateBook) -> Iterator[PayslipResult]:
    """Work out each payday of a sequence, with the totals of those before it."""
    pay = tax = NOTHING
    for inputs in year_inputs(case):
        so_far = replace(inputs, taxable_pay_to_date=pay, tax_to_date=tax)
        result = work_out(so_far, rates)
        pay += result.taxable_pay
        tax += result.tax
        yield result


def period_shown(result: PayslipResult) -> Result:
    """Show one payday of a sequence."""
    return {
        "tax": result.tax.plain,
        "employee_ni": result.employee_ni.plain,
        "employer_ni": result.employer_ni.plain,
        "student_loan": result.student_loan.plain,
        "postgraduate_loan": result.postgraduate_loan.plain,
        "net": result.net_pay.plain,
        "taxable_pay_to_date": result.taxable_pay_to_date.plain,
        "tax_to_date": result.tax_to_date.plain,
    }


def _is_alone(inputs: Case, code: TaxCode) -> bool:
    """Whether a payment is taxed on its own: what the case says, or the mark on the code."""
    if inputs.lacks("basis"):
        return code.week1_month1
    basis = inputs.choice("basis", TaxBasis)
    if code.week1_month1 and basis is TaxBasis.CUMULATIVE:
        raise EntryError(
            what=_("Code {code} and a cumulative basis contradict each other.").format(code=code),
            why=_("The mark {mark} means week 1 or month 1.").format(mark=code.mark),
            next_step=_("Leave the mark or the basis out, and ask again."),
        )
    return basis is TaxBasis.WEEK1_MONTH1


def _plain(amount: Money | None) -> str | None:
    return None if amount is None else amount.plain
