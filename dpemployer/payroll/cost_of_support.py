"""What an hour of support costs an employer in a year, and how many hours a budget buys.

Everything inside is exact, and only what is shown is settled to the penny. National Insurance and
pension are taken for the whole year at once, which is near enough for a budget: payslips work per
pay period and may differ by a few pounds.

Sources: Care and Support Statutory Guidance, paragraphs 12.27 and 12.29 (a direct payment has to
cover the costs the law puts on an employer); the Acts named beside each rule below.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from dpemployer.errors import EntryError
from dpemployer.i18n import N_, _
from dpemployer.money import Money
from dpemployer.payroll.cost_terms import (
    CostLaw,
    CostTerms,
    PensionMode,
    WorkShare,
    YearOfCost,
    to_the_penny,
)
from dpemployer.payroll.cost_workings import steps_of
from dpemployer.workings import EXACT, Rule, Step, dated

QUARTER_HOUR = Decimal("0.25")
_HALF = Fraction(1, 2)
_SHARES_MAY_MISS = Fraction(1, 100)


@dataclass(frozen=True, slots=True)
class CostOfSupport:
    """What some hours a week cost in a year, part by part.

    Each part is settled to the penny by itself, so that they may add up to a penny or two more
    or less than the total.
    """

    weekly_hours: Decimal
    basic: Money
    sleep_ins: Money
    holiday: Money
    bank_holiday: Money
    employer_ni_gross: Money
    """Before the Employment Allowance."""
    employer_ni: Money
    pension: Money
    redundancy_reserve: Money
    ssp: Money
    fixed: Money
    contingency: Money
    total: Money
    exact: Fraction
    """The total in pounds."""
    an_hour: Fraction | None
    """The total for one hour of support, in pounds; absent when there are no hours."""
    workings: tuple[Step, ...] = field(repr=False)

    @property
    def per_hour(self) -> Money | None:
        """What one hour of support costs, to the penny."""
        return None if self.an_hour is None else to_the_penny(self.an_hour)


@dataclass(frozen=True, slots=True)
class AffordableHours:
    """The most hours a week that fit into a budget."""

    weekly_hours: Decimal
    cost: CostOfSupport
    annual_budget: Money
    weekly_surplus: Money
    workings: tuple[Step, ...] = field(repr=False)


def cost_of_support(terms: CostTerms, weekly_hours: Decimal) -> CostOfSupport:
    """Work out what so many hours of support a week cost in a year.

    Args:
        terms: On what terms.
        weekly_hours: Hours of support delivered every week of the year, cover for leave included.

    Raises:
        EntryError: If the terms cannot be.
    """
    _check(terms)
    if weekly_hours < 0:
        raise _cannot_be(_("hours a week"), weekly_hours)
    parts = _parts(terms, weekly_hours)
    total_hours = Fraction(weekly_hours) * Fraction(terms.weeks)
    an_hour = parts.total / total_hours if total_hours else None
    return CostOfSupport(
        weekly_hours=weekly_hours,
        basic=to_the_penny(parts.basic),
        sleep_ins=to_the_penny(parts.sleep_ins),
        holiday=to_the_penny(parts.holiday),
        bank_holiday=to_the_penny(parts.bank_holiday),
        employer_ni_gross=to_the_penny(parts.ni_gross),
        employer_ni=to_the_penny(parts.ni),
        pension=to_the_penny(parts.pension),
        redundancy_reserve=to_the_penny(parts.reserve),
        ssp=to_the_penny(parts.ssp),
        fixed=parts.fixed,
        contingency=to_the_penny(parts.contingency),
        total=to_the_penny(parts.total),
        exact=parts.total,
        an_hour=an_hour,
        workings=dated(steps_of(terms, weekly_hours, parts, an_hour), terms.law.since),
    )


def affordable_hours(
    terms: CostTerms, weekly_budget: Money, step: Decimal = QUARTER_HOUR
) -> AffordableHours | None:
    """Return the most hours a week a budget buys, or nothing when the fixed costs alone exceed it.

    The cost rises in jumps, where somebody's pay reaches the pension trigger or the start of
    National Insurance, so that dividing the budget by the cost of an hour would be wrong. The
    hours are searched for, a step at a time in effect.

    Args:
        terms: On what terms.
        weekly_budget: What there is for a week, with the person's own contribution in it.
        step: The smallest part of an hour that is agreed with the council.

    Raises:
        EntryError: If the terms cannot be.
    """
    _check(terms)
    if step <= 0:
        raise _cannot_be(_("step of hours"), step)
    budget = Fraction(weekly_budget.pounds) * Fraction(terms.weeks)
    if _parts(terms, Decimal(0)).total > budget:
        return None
    over = 1
    while _parts(terms, step * over).total <= budget:
        over *= 2
    fits = over // 2
    while over - fits > 1:
        middle = (fits + over) // 2
        if _parts(terms, step * middle).total <= budget:
            fits = middle
        else:
            over = middle
    cost = cost_of_support(terms, step * fits)
    left = (budget - cost.exact) / Fraction(terms.weeks)
    more = to_the_penny(_parts(terms, step * over).total)
    found = Step(
        _AFFORDABLE,
        (weekly_budget, to_the_penny(budget), cost.total, step * over, more),
        step * fits,
    )
    return AffordableHours(
        weekly_hours=step * fits,
        cost=cost,
        annual_budget=to_the_penny(budget),
        weekly_surplus=to_the_penny(left),
        workings=(*cost.workings, found),
    )


# ── inside ──


def _check(terms: CostTerms) -> None:
    if terms.hourly_rate <= 0:
        raise _cannot_be(_("rate of pay for an hour"), terms.hourly_rate)
    if terms.weeks <= 0:
        raise _cannot_be(_("weeks in a year"), terms.weeks)
    if any(share.share < 0 for share in terms.shares) or not _whole(terms.shares):
        raise EntryError(
            what=_("The shares of the work do not add up to the whole of it."),
            why=_("Each person’s share is a part of all hours, and together they are 1."),
            next_step=_("Check the shares: for two people with half each, 0.5 and 0.5."),
        )


def _whole(shares: tuple[WorkShare, ...]) -> bool:
    together = sum((Fraction(share.share) for share in shares), Fraction(0))
    return abs(together - 1) <= _SHARES_MAY_MISS


def _cannot_be(what: str, value: Decimal) -> EntryError:
    return EntryError(
        what=_("{value} cannot be the {what}.").format(value=format(value, "f"), what=what),
        why=_("A cost is worked out from what is really paid for."),
        next_step=_("Check the figure."),
    )


def _parts(terms: CostTerms, weekly_hours: Decimal) -> YearOfCost:
    law, weeks = terms.law, Fraction(terms.weeks)
    rate = Fraction(terms.hourly_rate)
    basic = rate * Fraction(weekly_hours) * weeks
    sleep_ins = Fraction(terms.sleep_ins) * Fraction(terms.sleep_in_rate) * weeks
    holiday = (basic + sleep_ins) * Fraction(terms.holiday_rate)
    extra = rate * Fraction(terms.bank_holiday_extra) * Fraction(terms.bank_holiday_hours)
    pay = basic + sleep_ins + holiday + extra
    each = [(share, pay * Fraction(share.share)) for share in terms.shares]
    ni_gross = sum((_ni(law, share, its_pay) for share, its_pay in each), Fraction(0))
    cap = Fraction(law.week_pay_cap.pounds)
    reserve = (
        Fraction(share.redundancy_weeks) * min(its_pay / weeks, cap) for share, its_pay in each
    )
    return YearOfCost(
        basic=basic,
        sleep_ins=sleep_ins,
        holiday=holiday,
        bank_holiday=extra,
        pay=pay,
        ni_gross=ni_gross,
        ni=max(Fraction(0), ni_gross - Fraction(law.allowance.pounds)),
        pension=sum(
            (_pension(law, share.pension, its_pay) for share, its_pay in each), Fraction(0)
        ),
        reserve=sum(reserve, Fraction(0)),
        ssp=Fraction(terms.sick_days) * Fraction(terms.sick_day_rate),
        fixed=Money.total(amount for _what, amount in terms.fixed),
        contingency=Fraction(terms.contingency) * pay,
    )


def _ni(law: CostLaw, share: WorkShare, pay: Fraction) -> Fraction:
    starts = law.ni_threshold_under_21 if share.under_21 else law.ni_threshold
    return max(Fraction(0), pay - Fraction(starts.pounds)) * Fraction(law.ni_rate)


def _pension(law: CostLaw, mode: PensionMode, pay: Fraction) -> Fraction:
    rate = Fraction(law.pension_rate)
    if mode is PensionMode.FULL:
        return pay * rate
    lower, upper = Fraction(law.pension_lower.pounds), Fraction(law.pension_upper.pounds)
    joins_over = {
        PensionMode.AUTO: Fraction(law.pension_trigger.pounds),
        PensionMode.OPT_IN: lower,
    }.get(mode)
    if joins_over is None or pay <= joins_over:
        return Fraction(0)
    return max(Fraction(0), min(pay, upper) - lower) * rate


# ── what each step says ──

_AFFORDABLE = Rule(
    "cost.affordable",
    N_("The hours a budget buys"),
    N_(
        "{budget} a week is {a_year} a year. {result} hours a week cost {cost}, which fits. The "
        "next step, {more} hours, would cost {too_much}."
    ),
    ("budget", "a_year", "cost", "more", "too_much"),
    "Found by trying, because the cost rises in jumps",
    EXACT,
)
