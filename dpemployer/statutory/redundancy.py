"""Statutory redundancy pay: who has a right to it, a week's pay, and how many weeks.

Source: Employment Rights Act 1996, sections 135 to 165 and 220 to 229; the limit on a week's pay is
dated data. Northern Ireland has the same rules in the Employment Rights (Northern Ireland) Order
1996, and a limit of its own.

The age on the first day of each year counts, a birthday on that very day included: where the
official table of whole ages says less, this is the higher of the two.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from dpemployer.bank_days import Nation
from dpemployer.findings import Finding
from dpemployer.i18n import N_
from dpemployer.money import NOTHING, Money, Rounding
from dpemployer.periods import age_on, plus_months
from dpemployer.statutory.notice import (
    complete_years,
    relevant_date,
    weeks_in_words,
    years_in_words,
)
from dpemployer.workings import COUNTED, EXACT, Rule, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dpemployer.statutory.rates import RateBook, Rates

PARAMETER = "redundancy.week_pay_cap"
"""The limit on a week's pay, by the day it starts."""
LEAST_YEARS = 2
MOST_YEARS = 20
AVERAGE_WEEKS = 12
"""Paid weeks a week's pay is averaged over where pay or hours vary; holiday pay uses 52."""
WEEKS_TO_RE_ENGAGE = 8
"""How long the personal representatives of an employer who died have to take somebody on again."""
MONTHS_TO_CLAIM = 6
FREE_OF_TAX = Money(30_000_00)
"""Income Tax (Earnings and Pensions) Act 2003, section 403: redundancy pay is free up to here."""

_FULL_AGE, _MIDDLE_AGE = 41, 22
_ACT = "Employment Rights Act 1996, section 162"


class EmployerIs(StrEnum):
    """What the employer is to the personal assistant, as far as the law asks."""

    PARENT = "parent"
    GRANDPARENT = "grandparent"
    CHILD = "child"
    GRANDCHILD = "grandchild"
    SIBLING = "sibling"
    OTHER = "other"
    """Anybody else, a husband, wife or partner included."""

    @staticmethod
    def parse(text: str) -> EmployerIs:
        """Read `parent_of_employee`, `step-mother`, `half_brother` and the like.

        Whatever is not one of the relations the law names is `OTHER`.
        """
        tidy = text.strip().lower().replace(" ", "_").replace("-", "_")
        word = tidy.removesuffix("_of_employee")
        for before in ("step_", "half_", "adoptive_", "step", "half"):
            word = word.removeprefix(before)
        return _RELATIONS.get(word, EmployerIs.OTHER)


_RELATIONS = {
    **dict.fromkeys(("parent", "mother", "father"), EmployerIs.PARENT),
    **dict.fromkeys(("grandparent", "grandmother", "grandfather"), EmployerIs.GRANDPARENT),
    **dict.fromkeys(("child", "son", "daughter"), EmployerIs.CHILD),
    **dict.fromkeys(("grandchild", "grandson", "granddaughter"), EmployerIs.GRANDCHILD),
    **dict.fromkeys(("sibling", "brother", "sister"), EmployerIs.SIBLING),
}


class NoRedundancyPay(StrEnum):
    """Why there is no statutory redundancy pay."""

    TOO_SHORT = "too_short"
    FAMILY = "family"


@dataclass(frozen=True, slots=True)
class WeekPay:
    """A week's pay in exact pounds, and how it was found."""

    pounds: Fraction
    workings: tuple[Step, ...] = field(repr=False)

    @property
    def shown(self) -> Money:
        """The same to the nearest penny."""
        return Money.of(_decimal(self.pounds), Rounding.PAY)


@dataclass(frozen=True, slots=True)
class YearsAtAge:
    """How many of the counted years began in one age band, and what each counts for."""

    years: int
    weeks_each: Decimal


@dataclass(frozen=True, slots=True)
class RedundancyPay:
    """What is due, everything it depends on, and why."""

    relevant_date: date
    complete_years: int
    """All of them; no more than twenty count."""
    weeks: Decimal
    cap: Money | None
    """None where nothing is due and the limit is not known."""
    amount: Money
    refusal: NoRedundancyPay | None
    by_age: tuple[YearsAtAge, ...]
    findings: tuple[Finding, ...]
    workings: tuple[Step, ...] = field(repr=False)

    @property
    def due(self) -> bool:
        """Whether anything is."""
        return self.refusal is None

    @property
    def claim_by(self) -> date:
        """The last day to ask for it in writing, or to go to a tribunal about it."""
        return plus_months(self.relevant_date, MONTHS_TO_CLAIM) - timedelta(days=1)


def week_pay(paid_weeks: Iterable[Money]) -> WeekPay:
    """Average the last twelve weeks in which anything was paid.

    Args:
        paid_weeks: Pay for each week, the newest first. Weeks without pay are passed over; fewer
            than twelve are averaged over those there are.
    """
    counted = []
    for pay in paid_weeks:
        if pay > NOTHING:
            counted.append(pay)
        if len(counted) == AVERAGE_WEEKS:
            break
    if not counted:
        return WeekPay(Fraction(0), (Step(_NO_WEEKS, (), NOTHING),))
    total = Money.total(counted)
    average = Fraction(total.pence, 100 * len(counted))
    shown = Money.of(_decimal(average), Rounding.PAY)
    return WeekPay(average, (Step(_AVERAGE, (weeks_in_words(len(counted)), total), shown),))


def agreed_week_pay(pay: Money) -> WeekPay:
    """Take what the contract pays for a week of normal hours."""
    return WeekPay(Fraction(pay.pence, 100), (Step(_AGREED, (), pay),))


def at_least(week: WeekPay, least: Money) -> WeekPay:
    """Raise a week's pay to what the minimum wage comes to for its hours."""
    if week.pounds >= Fraction(least.pence, 100):
        return week
    step = Step(_AT_LEAST, (week.shown,), least)
    return WeekPay(Fraction(least.pence, 100), (*week.workings, step))


def family_excluded(employer_is: EmployerIs, *, domestic: bool) -> bool:
    """Whether family takes the right away: work in the home of close family."""
    return domestic and employer_is is not EmployerIs.OTHER


def family_test(
    employer_is: EmployerIs, years: int, *, domestic: bool
) -> tuple[bool, tuple[Step, ...]]:
    """Say whether there is a right to redundancy pay after so many years, by family alone."""
    if family_excluded(employer_is, domestic=domestic):
        return False, (Step(_FAMILY_ALONE, (), "no"),)
    due = years >= LEAST_YEARS
    return due, (
        Step(_RIGHT if due else _NO_RIGHT_YET, (years_in_words(years),), "yes" if due else "no"),
    )


def weeks_for(born_on: date, day: date, years: int) -> tuple[YearsAtAge, ...]:
    """Count the years back from *day* by the age on the first day of each, the oldest age first."""
    bands = {Decimal("1.5"): 0, Decimal(1): 0, Decimal("0.5"): 0}
    after = day + timedelta(days=1)
    for back in range(1, min(years, MOST_YEARS) + 1):
        age = age_on(plus_months(after, -12 * back), born_on)
        if age >= _FULL_AGE:
            bands[Decimal("1.5")] += 1
        elif age >= _MIDDLE_AGE:
            bands[Decimal(1)] += 1
        else:
            bands[Decimal("0.5")] += 1
    return tuple(YearsAtAge(count, each) for each, count in bands.items() if count)


def redundancy_pay(  # noqa: PLR0913 - the facts the law asks for
    *,
    born_on: date,
    start: date,
    last_day: date,
    week: WeekPay,
    nation: Nation,
    rates: RateBook,
    weeks_given: int | None = None,
    employer_is: EmployerIs = EmployerIs.OTHER,
    domestic: bool = True,
) -> RedundancyPay:
    """Work out statutory redundancy pay.

    Args:
        born_on: The personal assistant's date of birth.
        start: First day of continuous employment.
        last_day: Last day of employment.
        week: A week's pay.
        nation: Whose limit on a week's pay applies.
        rates: The limits, by date.
        weeks_given: Whole weeks of notice given; None where none was missing, or none was due.
        employer_is: What the employer is to the personal assistant.
        domestic: Whether the work is in the employer's home.

    Raises:
        RatesUnknownError: If pay is due and no limit is known for the day.
    """
    counted_to = relevant_date(start, last_day, weeks_given)
    years = complete_years(start, counted_to.day)
    steps = list(counted_to.workings)
    if years < LEAST_YEARS or family_excluded(employer_is, domestic=domestic):
        too_short = years < LEAST_YEARS
        rule = _TOO_SHORT if too_short else _FAMILY
        steps.append(Step(rule, (start, counted_to.day, years_in_words(years)), NOTHING))
        known = rates.first_day <= counted_to.day <= rates.last_day
        return RedundancyPay(
            relevant_date=counted_to.day,
            complete_years=years,
            weeks=Decimal(0),
            cap=_cap(rates.on(counted_to.day), nation) if known else None,
            amount=NOTHING,
            refusal=NoRedundancyPay.TOO_SHORT if too_short else NoRedundancyPay.FAMILY,
            by_age=(),
            findings=(),
            workings=tuple(steps),
        )
    in_force = rates.on(counted_to.day)
    cap = _cap(in_force, nation)
    bands = weeks_for(born_on, counted_to.day, years)
    weeks = sum((band.years * band.weeks_each for band in bands), Decimal(0))
    counted_pay = min(week.pounds, Fraction(cap.pence, 100))
    amount = Money.of(_decimal(Fraction(weeks) * counted_pay), Rounding.PAY)
    steps += _years_steps(start, counted_to.day, years, bands, weeks)
    steps += week.workings
    counts = _exactly(counted_pay)
    since = in_force.since(PARAMETER)
    steps.append(Step(_CAP, (_exactly(week.pounds), cap, counted_to.day), counts, since))
    steps.append(Step(_AMOUNT, (weeks_in_words(weeks), counts), amount))
    about = Nation.NORTHERN_IRELAND if nation is Nation.NORTHERN_IRELAND else "great_britain"
    return RedundancyPay(
        relevant_date=counted_to.day,
        complete_years=years,
        weeks=weeks,
        cap=cap,
        amount=amount,
        refusal=None,
        by_age=bands,
        findings=in_force.unconfirmed([PARAMETER], about=about),
        workings=tuple(steps),
    )


def re_engage_by(died_on: date) -> date:
    """Return the last day on which work restarted leaves nothing due after an employer's death."""
    return died_on + timedelta(weeks=WEEKS_TO_RE_ENGAGE)


def _cap(rates: Rates, nation: Nation) -> Money:
    figures = rates[PARAMETER]
    if nation is Nation.NORTHERN_IRELAND:
        return figures.money("northern_ireland")
    return figures.money("great_britain")


def _decimal(pounds: Fraction) -> Decimal:
    return Decimal(pounds.numerator) / Decimal(pounds.denominator)


def _exactly(pounds: Fraction) -> Money | str:
    """Show an amount to the penny, or with more decimals where it does not end there."""
    shown = Money.of(_decimal(pounds), Rounding.PAY)
    if Fraction(shown.pence, 100) == pounds:
        return shown
    return f"£{_decimal(pounds):,.4f}"


def _years_steps(
    start: date, day: date, years: int, bands: Sequence[YearsAtAge], weeks: Decimal
) -> tuple[Step, ...]:
    counts = {band.weeks_each: band.years for band in bands}
    each = [counts.get(Decimal(text), 0) for text in ("1.5", "1", "0.5")]
    return (
        Step(
            _YEARS,
            (start, day, years_in_words(years), min(years, MOST_YEARS), MOST_YEARS),
            min(years, MOST_YEARS),
        ),
        Step(_WEEKS, (*each, weeks_in_words(weeks)), weeks),
    )


_FOR_SHOW = N_("for show, to the nearest penny; the exact average counts")
_AGREED = Rule(
    "redundancy.week_pay.agreed",
    N_("A week’s pay"),
    N_("The contract pays {result} for a week of normal hours."),
    (),
    "Employment Rights Act 1996, sections 221 and 222",
    rounding=EXACT,
)
_AVERAGE = Rule(
    "redundancy.week_pay.average",
    N_("A week’s pay"),
    N_(
        "Hours or pay vary, so a week’s pay is the average of the last {weeks} in which "
        "anything was paid. That comes to {total}, which is {result} a week."
    ),
    ("weeks", "total"),
    "Employment Rights Act 1996, sections 222 to 224: twelve weeks, those without pay passed over",
    rounding=_FOR_SHOW,
)
_NO_WEEKS = Rule(
    "redundancy.week_pay.none",
    N_("A week’s pay"),
    N_("No week has been paid, so a week’s pay is {result}."),
    (),
    "Employment Rights Act 1996, sections 221 to 224",
    rounding=EXACT,
)
_AT_LEAST = Rule(
    "redundancy.week_pay.at_least",
    N_("A week’s pay is never below the minimum wage"),
    N_("{pay} is less than the minimum wage for those hours, so {result} counts."),
    ("pay",),
    "National Minimum Wage Act 1998, section 17",
    rounding=EXACT,
)
_TOO_SHORT = Rule(
    "redundancy.too_short",
    N_("No redundancy pay yet"),
    N_(
        "From {start} to {day}, both counted, is {years}. Redundancy pay begins at two whole "
        "years, so {result} is due."
    ),
    ("start", "day", "years"),
    "Employment Rights Act 1996, section 155",
    rounding=COUNTED,
)
_FAMILY = Rule(
    "redundancy.family",
    N_("No redundancy pay in the family"),
    N_(
        "From {start} to {day}, both counted, is {years}. But somebody who works in the "
        "home of their parent, grandparent, child, grandchild, brother or sister has no right to "
        "statutory redundancy pay. So {result} is due. The contract may promise it all the same."
    ),
    ("start", "day", "years"),
    "Employment Rights Act 1996, section 161",
    rounding=COUNTED,
)
_FAMILY_ALONE = Rule(
    "redundancy.family_alone",
    N_("No redundancy pay in the family"),
    N_(
        "Somebody who works in the home of their parent, grandparent, child, grandchild, brother "
        "or sister has no right to statutory redundancy pay. The contract may promise it."
    ),
    (),
    "Employment Rights Act 1996, section 161",
    rounding=COUNTED,
)
_RIGHT = Rule(
    "redundancy.right",
    N_("A right to redundancy pay"),
    N_("After {years}, two whole years are reached. Family does not take the right away."),
    ("years",),
    "Employment Rights Act 1996, sections 155 and 161",
    rounding=COUNTED,
)
_NO_RIGHT_YET = Rule(
    "redundancy.no_right_yet",
    N_("No redundancy pay yet"),
    N_("After {years}, two whole years are not reached, and redundancy pay begins at two."),
    ("years",),
    "Employment Rights Act 1996, section 155",
    rounding=COUNTED,
)
_YEARS = Rule(
    "redundancy.years",
    N_("Years that count"),
    N_(
        "From {start} to {day}, both counted, is {years}. Of them {counted} count: whole years, "
        "and {most} at most."
    ),
    ("start", "day", "years", "counted", "most"),
    _ACT,
    rounding=COUNTED,
)
_WEEKS = Rule(
    "redundancy.weeks",
    N_("Weeks of pay"),
    N_(
        "Counted back year by year, by age on the first day of each: a week and a half for each "
        "year at 41 or over ({full}); a week for each from 22 to 40 ({middle}); and half a week "
        "for each under 22 ({young}). That is {weeks}."
    ),
    ("full", "middle", "young", "weeks"),
    _ACT,
    rounding=COUNTED,
)
_CAP = Rule(
    "redundancy.cap",
    N_("The limit on a week’s pay"),
    N_("A week’s pay is {pay}. The limit on {day} is {cap}, so {result} counts."),
    ("pay", "cap", "day"),
    "Employment Rights Act 1996, section 227; Employment Rights (Increase of Limits) Orders",
    rounding=EXACT,
)
_AMOUNT = Rule(
    "redundancy.amount",
    N_("Redundancy pay"),
    N_(
        "{weeks} at {pay} come to {result}. It is free of tax up to £30,000, and no National "
        "Insurance is due on it."
    ),
    ("weeks", "pay"),
    "Employment Rights Act 1996, section 162; Income Tax (Earnings and Pensions) Act 2003, "
    "section 403",
    rounding=Rounding.PAY,
)
