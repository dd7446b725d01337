"""How the cost of support is explained: one rule for each part of it, and the steps in order."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from dpemployer.i18n import N_
from dpemployer.money import Rounding
from dpemployer.payroll.cost_terms import PensionMode, exact_pounds, to_the_penny
from dpemployer.workings import EXACT, Rule, Step, shown

if TYPE_CHECKING:
    from dpemployer.payroll.cost_terms import CostTerms, YearOfCost


def steps_of(
    terms: CostTerms, weekly_hours: Decimal, parts: YearOfCost, an_hour: Fraction | None
) -> list[Step]:
    """Say how a year's cost was worked out, part by part and in order."""
    law = terms.law
    rate, pay = exact_pounds(terms.hourly_rate), to_the_penny(parts.pay)
    steps = [Step(_BASIC, (weekly_hours, rate, terms.weeks), to_the_penny(parts.basic))]
    if parts.sleep_ins:
        nights = (terms.sleep_ins, exact_pounds(terms.sleep_in_rate), terms.weeks)
        steps.append(Step(_SLEEP_INS, nights, to_the_penny(parts.sleep_ins)))
    figures = (terms.holiday_rate * 100, to_the_penny(parts.basic + parts.sleep_ins))
    steps.append(Step(_HOLIDAY, figures, to_the_penny(parts.holiday)))
    if parts.bank_holiday:
        extra = (terms.bank_holiday_hours, terms.bank_holiday_extra * 100, rate)
        steps.append(Step(_BANK_HOLIDAYS, extra, to_the_penny(parts.bank_holiday)))
    steps += _ni_steps(terms, parts)
    steps += _pension_steps(terms, parts)
    if parts.reserve:
        weeks = _reserved(terms, parts)
        steps.append(Step(_RESERVE, (law.week_pay_cap, weeks), to_the_penny(parts.reserve)))
    if parts.ssp:
        sick = (terms.sick_days, exact_pounds(terms.sick_day_rate))
        steps.append(Step(_SICK_DAYS, sick, to_the_penny(parts.ssp)))
    if terms.fixed:
        steps.append(Step(_FIXED, (terms.fixed,), parts.fixed))
    if parts.contingency:
        kept = (terms.contingency * 100, pay)
        steps.append(Step(_CONTINGENCY, kept, to_the_penny(parts.contingency)))
    on_top = to_the_penny(parts.total - parts.pay)
    steps.append(Step(_TOTAL, (pay, on_top), to_the_penny(parts.total)))
    if an_hour is not None:
        hours = Fraction(weekly_hours) * Fraction(terms.weeks)
        steps.append(
            Step(_AN_HOUR, (to_the_penny(parts.total), _hours(hours)), to_the_penny(an_hour))
        )
    return steps


def _ni_steps(terms: CostTerms, parts: YearOfCost) -> list[Step]:
    law = terms.law
    percent, due = law.ni_rate * 100, to_the_penny(parts.ni_gross)
    starts = law.ni_threshold
    if any(share.under_21 for share in terms.shares):
        young = (percent, starts, law.ni_threshold_under_21, _pays(terms, parts))
        steps = [Step(_NI_YOUNG, young, due)]
    else:
        steps = [Step(_NI, (percent, starts, _pays(terms, parts)), due)]
    if parts.ni_gross and law.allowance:
        steps.append(Step(_ALLOWANCE, (due, law.allowance), to_the_penny(parts.ni)))
    return steps


def _pension_steps(terms: CostTerms, parts: YearOfCost) -> list[Step]:
    law, due = terms.law, to_the_penny(parts.pension)
    percent = law.pension_rate * 100
    modes = {share.pension for share in terms.shares}
    if modes == {PensionMode.FULL}:
        return [Step(_PENSION_FULL, (percent, to_the_penny(parts.pay)), due)]
    if modes == {PensionMode.NONE}:
        return [Step(_PENSION_NONE, (), due)]
    limits = (law.pension_lower, law.pension_upper, law.pension_trigger)
    figures = (percent, *limits, _pays(terms, parts))
    return [Step(_PENSION, figures, due)]


def _pays(terms: CostTerms, parts: YearOfCost) -> str:
    """Write each person's pay for a year."""
    each = (to_the_penny(parts.pay * Fraction(share.share)) for share in terms.shares)
    return " + ".join(map(str, each))


def _reserved(terms: CostTerms, parts: YearOfCost) -> str:
    """Write the weeks a year adds for each person, and what a week of theirs counts."""
    cap = Fraction(terms.law.week_pay_cap.pounds)
    week = parts.pay / Fraction(terms.weeks)
    return " + ".join(
        f"{shown(share.redundancy_weeks)} × {to_the_penny(min(week * Fraction(share.share), cap))}"
        for share in terms.shares
        if share.redundancy_weeks
    )


def _hours(hours: Fraction) -> Decimal:
    return (Decimal(hours.numerator) / Decimal(hours.denominator)).normalize()


# ── what each step says ──

_SETTLED = N_("to the nearest penny, for show; the total is added up from the exact parts")
_DUTY = "Care and Support Statutory Guidance, paragraphs 12.27 and 12.29"

_BASIC = Rule(
    "cost.basic",
    N_("Pay for the hours"),
    N_("{hours} hours a week at {rate} an hour, for {weeks} weeks, come to {result}."),
    ("hours", "rate", "weeks"),
    "The pay agreed with your personal assistants",
    _SETTLED,
)
_SLEEP_INS = Rule(
    "cost.sleep_ins",
    N_("Nights slept in"),
    N_("{nights} a week at {rate} a night, for {weeks} weeks, come to {result}."),
    ("nights", "rate", "weeks"),
    "The pay agreed with your personal assistants",
    _SETTLED,
)
_HOLIDAY = Rule(
    "cost.holiday",
    N_("Paid holiday"),
    N_(
        "Somebody else works while a personal assistant is on holiday, and both are paid. That "
        "adds {percent}% to {basic}, which is {result}."
    ),
    ("percent", "basic"),
    "Working Time Regulations 1998, regulations 13, 13A and 16",
    _SETTLED,
)
_BANK_HOLIDAYS = Rule(
    "cost.bank_holidays",
    N_("Extra pay on bank holidays"),
    N_("{hours} hours in the year at {percent}% extra on {rate} come to {result}."),
    ("hours", "percent", "rate"),
    "The pay agreed with your personal assistants",
    _SETTLED,
)
_NI = Rule(
    "cost.employer_ni",
    N_("Employer’s National Insurance"),
    N_(
        "{percent}% is owed on each person’s pay over {threshold} a year. The pay is {pays}. For "
        "everybody together that is {result}."
    ),
    ("percent", "threshold", "pays"),
    "Social Security Contributions and Benefits Act 1992, section 9",
    _SETTLED,
)
_NI_YOUNG = Rule(
    "cost.employer_ni_under_21",
    N_("Employer’s National Insurance"),
    N_(
        "{percent}% is owed on each person’s pay over {threshold} a year, or over {young} for "
        "somebody under 21. The pay is {pays}. For everybody together that is {result}."
    ),
    ("percent", "threshold", "young", "pays"),
    "Social Security Contributions and Benefits Act 1992, sections 9 and 9A",
    _SETTLED,
)
_ALLOWANCE = Rule(
    "cost.allowance",
    N_("Employment Allowance"),
    N_(
        "The Employment Allowance pays up to {allowance} in a year. Of {due}, that leaves "
        "{result}. It is for you only if your personal assistants do nothing but care and support."
    ),
    ("due", "allowance"),
    "National Insurance Contributions Act 2014; HMRC, NIM06520",
    _SETTLED,
)
_PENSION = Rule(
    "cost.pension",
    N_("Employer’s pension"),
    N_(
        "Whoever earns over {trigger} a year joins, and so may others who earn over {lower}. The "
        "pay is {pays}. You pay in {percent}% of what members earn between {lower} and {upper}. "
        "That is {result}."
    ),
    ("percent", "lower", "upper", "trigger", "pays"),
    "Pensions Act 2008, sections 3, 7, 13 and 20",
    _SETTLED,
)
_PENSION_FULL = Rule(
    "cost.pension_full",
    N_("Employer’s pension"),
    N_("Some councils set {percent}% of all pay aside. Of {pay} that is {result}."),
    ("percent", "pay"),
    "A council’s way of making a budget; the law may ask for less",
    _SETTLED,
)
_PENSION_NONE = Rule(
    "cost.pension_none",
    N_("Employer’s pension"),
    N_("Nothing is set aside for a pension here: {result}."),
    (),
    "As asked; the law may ask for more (Pensions Act 2008, section 3)",
    EXACT,
)
_RESERVE = Rule(
    "cost.redundancy_reserve",
    N_("Set aside for redundancy"),
    N_(
        "Each year of work adds half a week, one week or one and a half weeks of redundancy pay, "
        "by age. A week counts up to {cap}. {weeks} comes to {result} a year."
    ),
    ("cap", "weeks"),
    "Employment Rights Act 1996, sections 162 and 227; " + _DUTY,
    _SETTLED,
)
_SICK_DAYS = Rule(
    "cost.sick_pay",
    N_("Sick pay"),
    N_("{days} days in the year at {rate} a day come to {result}. HMRC does not pay it back."),
    ("days", "rate"),
    "Social Security Contributions and Benefits Act 1992, Part XI",
    _SETTLED,
)
_FIXED = Rule(
    "cost.fixed",
    N_("Costs that stay the same"),
    N_("However many hours are worked, a year costs {each}. Together that is {result}."),
    ("each",),
    _DUTY,
    EXACT,
)
_CONTINGENCY = Rule(
    "cost.contingency",
    N_("Kept in hand"),
    N_("{percent}% of pay of {pay} is kept for what nobody can foresee: {result}."),
    ("percent", "pay"),
    "As agreed with the funder, or as you choose",
    _SETTLED,
)
_TOTAL = Rule(
    "cost.total",
    N_("What a year costs"),
    N_("Pay of {pay} and {on_top} on top of it come to {result} for a year."),
    ("pay", "on_top"),
    _DUTY,
    _SETTLED,
)
_AN_HOUR = Rule(
    "cost.an_hour",
    N_("What an hour costs"),
    N_("{total} for {hours} hours of support is {result} an hour."),
    ("total", "hours"),
    _DUTY,
    Rounding.PAY,
)
