"""What a budget needs beside the cost of an hour: sick pay, holiday owed, a check of the rate."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from dpemployer.errors import EntryError
from dpemployer.findings import Finding, Severity
from dpemployer.i18n import N_, _
from dpemployer.money import Money, Rounding
from dpemployer.payroll.cost_terms import exact_pounds, to_the_penny
from dpemployer.workings import Rule, Step

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dpemployer.payroll.cost_terms import CostTerms
    from dpemployer.statutory.rates import Rates

RATE_TOO_LOW = "RATE_BELOW_WAGE_PLUS_HOLIDAY"


def sick_pay_week(average_weekly_earnings: Decimal, rates: Rates) -> tuple[Money, tuple[Step, ...]]:
    """Return a week of sick pay for a budget, from average weekly earnings in pounds.

    A payslip works it out day by day and takes every part of a penny up; this is to the nearest.
    """
    if average_weekly_earnings < 0:
        raise EntryError(
            what=_("Average weekly earnings cannot be below nothing."),
            why=_("Sick pay is a part of what somebody usually earns."),
            next_step=_("Check the figure."),
        )
    flat = rates["ssp.flat_rate"].money()
    share = rates["ssp.earnings_share"].rate()
    part = Fraction(average_weekly_earnings) * Fraction(share)
    week = min(flat, to_the_penny(part))
    figures = (exact_pounds(average_weekly_earnings), share * 100, to_the_penny(part), flat)
    since = rates.since("ssp.flat_rate", "ssp.earnings_share")
    return week, (Step(_SICK_WEEK, figures, week, since),)


def holiday_owed(
    balances: Iterable[tuple[Decimal, Decimal]], on_cost: Decimal
) -> tuple[Money, tuple[Step, ...]]:
    """Return what untaken holiday would cost if it were paid for today.

    Args:
        balances: For each person the hours left, and the pounds an hour of holiday is paid at.
            Hours below nothing are holiday taken too early: not money in hand.
        on_cost: What the employer pays on top, as a part of pay.
    """
    owed = [(hours, rate) for hours, rate in balances if hours > 0]
    pay = sum((Fraction(hours) * Fraction(rate) for hours, rate in owed), Fraction(0))
    liability = to_the_penny(pay * (1 + Fraction(on_cost)))
    figures = (sum((hours for hours, _rate in owed), Decimal(0)), to_the_penny(pay), on_cost * 100)
    return liability, (Step(_HOLIDAY_OWED, figures, liability),)


def least_rate(terms: CostTerms) -> Fraction:
    """Return the pounds an hour that wages and leave alone cost, before anything else."""
    return Fraction(terms.hourly_rate) * (1 + Fraction(terms.holiday_rate))


def rate_findings(terms: CostTerms, funded_rate: Money) -> tuple[Finding, ...]:
    """Say when what a funder pays for an hour does not even cover wages and leave."""
    least = least_rate(terms)
    if Fraction(funded_rate.pounds) >= least:
        return ()
    return (
        Finding(
            severity=Severity.WARNING,
            code=RATE_TOO_LOW,
            subject=_("What an hour costs"),
            message=_(
                "The funder pays {funded} for an hour. Wages and holiday alone cost {least}, "
                "before insurance, payroll or pension. Ask the funder in writing how the rest "
                "is to be met."
            ).format(funded=funded_rate, least=to_the_penny(least)),
            source="Care and Support Statutory Guidance, paragraphs 12.27 and 12.29",
        ),
    )


# ── what each step says ──

_SICK_WEEK = Rule(
    "cost.sick_pay_week",
    N_("A week of sick pay"),
    N_(
        "Average pay is {average} a week, and {percent}% of it is {part}. The flat rate is "
        "{flat}. The lower of the two is due: {result}."
    ),
    ("average", "percent", "part", "flat"),
    "Social Security Contributions and Benefits Act 1992, section 157",
    Rounding.PAY,
)
_HOLIDAY_OWED = Rule(
    "cost.holiday_owed",
    N_("Holiday still owed"),
    N_(
        "{hours} hours of holiday are left, worth {pay} in pay. With {percent}% on top for the "
        "employer’s costs that is {result}."
    ),
    ("hours", "pay", "percent"),
    "Working Time Regulations 1998, regulation 14",
    Rounding.PAY,
)
