"""What the workings of sick pay say: each rule in words, and the steps of one payment."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from dpemployer.i18n import N_, _, ngettext
from dpemployer.statutory.average_earnings import UP, decimals, exact_pounds
from dpemployer.statutory.sick_pay import NEW_RULES_FROM, NotPaid, SickDay, amount
from dpemployer.workings import EXACT, Rule, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dpemployer.statutory.rates import RateBook, Rates

_GUIDE = "GOV.UK, Statutory Sick Pay: employer guide"
_ACT = "Social Security Contributions and Benefits Act 1992, Part XI"

WHY_NOT = {
    NotPaid.NOT_QUALIFYING: N_("not one of the days agreed as working days"),
    NotPaid.WORKED: N_("some work was done that day"),
    NotPaid.TOO_SHORT: N_(
        "before 6 April 2026 only sickness of four days or more in a row was paid"
    ),
    NotPaid.WAITING: N_(
        "before 6 April 2026 the first three working days were waiting days, without pay"
    ),
    NotPaid.EARNINGS_TOO_LOW: N_(
        "before 6 April 2026 average earnings had to reach the lower earnings limit"
    ),
    NotPaid.LONG_ABSENCE: N_(
        "the absence began before 22 September 2025 with earnings too low for sick pay, and has "
        "not been broken by eight weeks at work"
    ),
    NotPaid.USED_UP: N_("28 weeks of sick pay have been used"),
    NotPaid.SERIES_TOO_LONG: N_("linked sickness has gone on for more than three years"),
    NotPaid.FAMILY_PAY: N_("sick pay is not paid in a maternity pay period"),
    NotPaid.NOT_EMPLOYED: N_("the day is outside the job"),
    NotPaid.NOT_BEGUN: N_("work in this job had not begun"),
    NotPaid.ESA: N_("Employment and Support Allowance was paid in the 12 weeks before"),
    NotPaid.CUSTODY: N_("the person was in custody on the first day"),
    NotPaid.STRIKE: N_("the person was on strike on the first day"),
    NotPaid.ABROAD: N_("the person was outside the UK and no National Insurance was due here"),
}
"""Why a day is not paid, as the end of a sentence."""


def week_step(average: Fraction, weekly: Fraction, today: Rates) -> Step:
    """Say what a week of sick pay is by the rates of a day, and why."""
    share = today["ssp.earnings_share"].rate_if_any("value")
    flat_rate = today["ssp.flat_rate"].money()
    since = today.since("ssp.flat_rate", "ssp.earnings_share")
    if share is None:
        return Step(_WEEK_FLAT, (), exact_pounds(weekly), since)
    of_earnings = exact_pounds(Fraction(share) * average)
    figures = (exact_pounds(average), (share * 100).normalize(), of_earnings, flat_rate)
    return Step(_WEEK_SHARE, figures, exact_pounds(weekly), since)


def payment_steps(average: Fraction, days: Sequence[SickDay], rates: RateBook) -> tuple[Step, ...]:
    """Say how the pay for days of one series was worked out, and why others were not paid."""
    steps: list[Step] = []
    paid = [day for day in days if day.not_paid is None]
    groups = Counter((day.weekly, day.share, day.divisor, day.protected) for day in paid)
    said: set[tuple[Fraction, bool]] = set()
    for (weekly, share, divisor, protected), count in groups.items():
        if (weekly, protected) not in said:
            said.add((weekly, protected))
            steps.append(_week(average, paid, (weekly, protected), rates))
        figures = (exact_pounds(weekly), divisor, _days(count))
        steps.append(Step(_DAYS, figures, exact_pounds(weekly * share * count)))
    for reason, count in Counter(day.not_paid for day in days if day.not_paid).items():
        steps.append(Step(_NOT_PAID, (_days(count),), _(WHY_NOT[reason])))
    if paid:
        exact = exact_pounds(sum((day.worth for day in paid), Fraction(0)))
        steps.append(Step(_AMOUNT, (exact,), amount(paid)))
    return tuple(steps)


def used_step(weeks: Fraction, most: int) -> Step:
    """Say how much of the 28 weeks has been used."""
    return Step(_USED, (most,), decimals(weeks, Decimal("0.01")))


def _week(
    average: Fraction, paid: Sequence[SickDay], kind: tuple[Fraction, bool], rates: RateBook
) -> Step:
    weekly, protected = kind
    if protected:
        return Step(_WEEK_PROTECTED, (NEW_RULES_FROM,), exact_pounds(weekly), NEW_RULES_FROM)
    first = next(day.day for day in paid if (day.weekly, day.protected) == kind)
    return week_step(average, weekly, rates.on(first))


def _days(count: int) -> str:
    return ngettext("{count} day", "{count} days", count).format(count=count)


_WEEK_FLAT = Rule(
    id="ssp.week_flat",
    title=N_("A week of sick pay"),
    sentence=N_("Before 6 April 2026 a week of Statutory Sick Pay was {result} for everybody."),
    names=(),
    source=_ACT,
    rounding=EXACT,
)
_WEEK_SHARE = Rule(
    id="ssp.week",
    title=N_("A week of sick pay"),
    sentence=N_(
        "{percent}% of the average of {average} is {share}. A week of Statutory Sick Pay is "
        "that, but never more than {flat_rate}: {result}."
    ),
    names=("average", "percent", "share", "flat_rate"),
    source=f"{_ACT}, as amended by the Employment Rights Act 2025",
    rounding=UP,
)
_WEEK_PROTECTED = Rule(
    id="ssp.week_protected",
    title=N_("A week of sick pay"),
    sentence=N_(
        "Sick pay was already being paid when the rules changed on {day}. Until this absence ends, "
        "it stays at the full rate of {result}."
    ),
    names=("day",),
    source="GOV.UK, Sickness absences that start before and end on or after 6 April 2026",
    rounding=EXACT,
)
_DAYS = Rule(
    id="ssp.days",
    title=N_("Days of sick pay"),
    sentence=N_(
        "{weekly} a week is shared by the {divisor} working days agreed for that week. For {days} "
        "of sickness that is {result}, not rounded yet."
    ),
    names=("weekly", "divisor", "days"),
    source=_GUIDE,
    rounding=EXACT,
)
_NOT_PAID = Rule(
    id="ssp.not_paid",
    title=N_("Days without sick pay"),
    sentence=N_("{days} not paid: {result}."),
    names=("days",),
    source=_ACT,
    rounding=EXACT,
)
_AMOUNT = Rule(
    id="ssp.amount",
    title=N_("Statutory Sick Pay"),
    sentence=N_("{exact} goes up to the next penny: {result}."),
    names=("exact",),
    source="Statutory Sick Pay (General) Regulations 1982: fractions of a penny go up",
    rounding=UP,
)
_USED = Rule(
    id="ssp.used",
    title=N_("How much sick pay is left"),
    sentence=N_("Weeks of sick pay used in all: {result} of {most}."),
    names=("most",),
    source=f"{_ACT}, section 155",
    rounding=EXACT,
)
