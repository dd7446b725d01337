"""Student and postgraduate loan deductions.

Source: HMRC, *Collection of student loans from 6 April 2026* (payroll technical specification);
Education (Student Loans) (Repayment) Regulations 2009, regulations 44 to 47.

Each payday stands alone: nothing looks back, and a low month is never made good by the employer.
For pay of several weeks this is the method of the software specification, which divides the
yearly threshold by the number of paydays. HMRC's printed tables average the weeks instead and can
differ by a pound; the two are never mixed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from dpemployer.errors import EntryError, NegativePayError
from dpemployer.i18n import N_, _
from dpemployer.money import NOTHING, Money, Rounding
from dpemployer.periods import PayFrequency
from dpemployer.workings import Rule, Step

if TYPE_CHECKING:
    from decimal import Decimal

    from dpemployer.statutory.rates import Rates

_SOURCE = "HMRC, Collection of student loans from 6 April 2026"
_POSTGRADUATE = "postgraduate"


class LoanPlan(StrEnum):
    """The plan a student loan is repaid under; one at a time."""

    PLAN_1 = "1"
    PLAN_2 = "2"
    PLAN_4 = "4"
    PLAN_5 = "5"

    @staticmethod
    def parse(text: str) -> LoanPlan:
        """Read a plan number.

        Raises:
            EntryError: If there is no such plan.
        """
        try:
            return LoanPlan(text.strip())
        except ValueError:
            raise EntryError(
                what=_("“{text}” is not a student loan plan.").format(text=text),
                why=_(
                    "The plans are 1, 2, 4 and 5. A postgraduate loan is apart from them and can "
                    "run beside one."
                ),
                next_step=_("The plan is on the letter from HMRC, or on the starter checklist."),
            ) from None


@dataclass(frozen=True, slots=True)
class LoanResult:
    """Loan deductions from one payment. A threshold is absent where there is no such loan."""

    plan_threshold: Money | None
    student_loan: Money
    postgraduate_threshold: Money | None
    postgraduate_loan: Money
    workings: tuple[Step, ...] = field(repr=False)


def loan_deductions(
    earnings: Money,
    *,
    frequency: PayFrequency,
    plan: LoanPlan | None,
    postgraduate: bool,
    rates: Rates,
) -> LoanResult:
    """Work out what is taken for loans from one payment.

    Args:
        earnings: Pay liable for National Insurance, before its thresholds. A pension under relief
            at source or a net pay arrangement does not lower it.
        frequency: How often the person is paid.
        plan: The student loan plan in force on the payday, if any.
        postgraduate: Whether a postgraduate loan is in force too.
        rates: What is in force on the payday.

    Raises:
        NegativePayError: If `earnings` is below zero.
        EntryError: If nothing was deducted under this plan then.
    """
    if earnings.pence < 0:
        raise NegativePayError(earnings)
    steps: list[Step] = []
    plan_threshold = postgraduate_threshold = None
    student_loan = postgraduate_loan = NOTHING
    if plan is not None:
        plan_threshold, rate, rate_10000 = _terms(f"plan_{plan}", frequency, rates)
        student_loan = _deduction(earnings, plan_threshold, rate_10000)
        rule = _PLAN if student_loan else _PLAN_UNDER
        figures = (plan.value, earnings, plan_threshold, rate * 100)
        since = rates.since(f"student_loans.plan_{plan}")
        steps.append(Step(rule, figures, student_loan, since))
    if postgraduate:
        postgraduate_threshold, rate, rate_10000 = _terms(_POSTGRADUATE, frequency, rates)
        postgraduate_loan = _deduction(earnings, postgraduate_threshold, rate_10000)
        rule = _POSTGRADUATE_LOAN if postgraduate_loan else _POSTGRADUATE_UNDER
        since = rates.since(f"student_loans.{_POSTGRADUATE}")
        taken_over = (earnings, postgraduate_threshold, rate * 100)
        steps.append(Step(rule, taken_over, postgraduate_loan, since))
    return LoanResult(
        plan_threshold, student_loan, postgraduate_threshold, postgraduate_loan, tuple(steps)
    )


def within(found: LoanResult, room: Money) -> LoanResult:
    """Take no more for loans than there is room for: the postgraduate loan first.

    An order that comes before loans protects a part of the pay, which loans leave too. What is
    not taken is not made up later.

    Args:
        found: What the loans come to.
        room: The most that may be taken, in whole pounds.
    """
    postgraduate = min(found.postgraduate_loan, room)
    plan = min(found.student_loan, room - postgraduate)
    due = found.student_loan + found.postgraduate_loan
    step = Step(_GIVES_WAY, (due,), plan + postgraduate)
    return LoanResult(
        found.plan_threshold,
        plan,
        found.postgraduate_threshold,
        postgraduate,
        (*found.workings, step),
    )


def check_plan(plan: LoanPlan, rates: Rates) -> None:
    """Refuse a plan nothing is deducted for yet, such as Plan 5 before April 2026.

    Raises:
        EntryError: If there is no deduction for it then.
    """
    _terms(f"plan_{plan}", PayFrequency.WEEKLY, rates)


def _deduction(earnings: Money, threshold: Money, rate_10000: int) -> Money:
    """Return the share of pay over the threshold, cut to whole pounds."""
    return Money(earnings.above(threshold).pence * rate_10000 // 1_000_000 * 100)


@cache
def _terms(loan: str, frequency: PayFrequency, rates: Rates) -> tuple[Money, Decimal, int]:
    """Return the threshold for one payday and the share taken above it."""
    name = f"student_loans.{loan}"
    if name not in rates:
        raise EntryError(
            what=_("Nothing was deducted for this student loan plan then."),
            why=_("Deductions under Plan 5 begin on 6 April 2026."),
            next_step=_("Leave the plan out until HMRC sends a notice to start, called SL1."),
        )
    figures = rates[name]
    if frequency in {PayFrequency.WEEKLY, PayFrequency.MONTHLY}:
        threshold = figures.money(frequency)
    else:
        threshold = Money(figures.money("annual").pence // frequency.periods_in_year)
    rate = figures.rate("rate")
    return threshold, rate, int(rate * 10_000)


# ── what each step says ──

_PLAN = Rule(
    id="loan.plan",
    title=N_("Student loan"),
    sentence=N_(
        "Under Plan {plan}, {percent}% of pay over {threshold} is taken, in whole pounds. From pay "
        "of {pay} that is {result}."
    ),
    names=("plan", "pay", "threshold", "percent"),
    source=_SOURCE,
    rounding=Rounding.LOAN,
)
_PLAN_UNDER = Rule(
    id="loan.plan_under",
    title=N_("Student loan"),
    sentence=N_(
        "Under Plan {plan}, {percent}% of pay over {threshold} is taken, in whole pounds. Pay of "
        "{pay} does not come to a whole pound of that, so nothing is taken: {result}."
    ),
    names=("plan", "pay", "threshold", "percent"),
    source=_SOURCE,
    rounding=Rounding.LOAN,
)
_POSTGRADUATE_LOAN = Rule(
    id="loan.postgraduate",
    title=N_("Postgraduate loan"),
    sentence=N_(
        "For a postgraduate loan, {percent}% of pay over {threshold} is taken, in whole pounds. "
        "From pay of {pay} that is {result}."
    ),
    names=("pay", "threshold", "percent"),
    source=_SOURCE,
    rounding=Rounding.LOAN,
)
_POSTGRADUATE_UNDER = Rule(
    id="loan.postgraduate_under",
    title=N_("Postgraduate loan"),
    sentence=N_(
        "For a postgraduate loan, {percent}% of pay over {threshold} is taken, in whole pounds. "
        "Pay of {pay} does not come to a whole pound of that, so nothing is taken: {result}."
    ),
    names=("pay", "threshold", "percent"),
    source=_SOURCE,
    rounding=Rounding.LOAN,
)
_GIVES_WAY = Rule(
    id="loan.gives_way",
    title=N_("Loans after an order"),
    sentence=N_(
        "Loans would come to {due}. An order comes first, and what it protects must be left, so "
        "{result} is taken."
    ),
    names=("due",),
    source="Education (Student Loans) (Repayment) Regulations 2009, regulation 46",
    rounding=Rounding.LOAN,
)
