"""Average weekly earnings, which every statutory payment is worked out from.

What counts is everything liable to Class 1 National Insurance that was *paid* in the weeks before,
whatever it was for. The average is never rounded.

Source: Statutory Sick Pay (General) Regulations 1982, regulation 19; Statutory Maternity Pay
(General) Regulations 1986, regulations 20 and 21; the same wording serves the other payments.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from dpemployer.i18n import N_
from dpemployer.money import NOTHING, Money
from dpemployer.periods import PayFrequency
from dpemployer.workings import EXACT, Rule, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

_EIGHT_WEEKS = timedelta(weeks=8)
_ONE_DAY = timedelta(days=1)
_MONTHS, _WEEKS, _DAYS = 12, 52, 7
_PLACES = Decimal("0.00001")
UP = N_("up to the next penny")
"""How every statutory payment settles a part of a penny."""
_REGULATIONS = (
    "Statutory Sick Pay (General) Regulations 1982, regulation 19; Statutory Maternity Pay "
    "(General) Regulations 1986, regulation 21"
)


class Span(StrEnum):
    """What the pay of the look-back is divided by."""

    WEEKS = "weeks"
    MONTHS = "months"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Payday:
    """A normal payday, the days it pays for, and the earnings paid on it.

    `pay` is None where nobody has said how much it was.
    """

    pay_date: date
    first_day: date
    last_day: date
    pay: Money | None


@dataclass(frozen=True, slots=True)
class Average:
    """Average weekly earnings in exact pounds, and how they were worked out."""

    exact: Fraction
    workings: tuple[Step, ...] = field(repr=False)

    @property
    def shown(self) -> str:
        """As people read it, to five places."""
        return exact_pounds(self.exact)


@dataclass(frozen=True, slots=True)
class LookBack:
    """The weeks that count: their paydays, and whether they are the full eight weeks or more.

    `first_day` is the day after the payday before them; for somebody who started too recently, the
    day employment began.
    """

    paydays: tuple[Payday, ...]
    first_day: date
    full: bool

    @property
    def last_day(self) -> date:
        """The payday that ends them."""
        return self.paydays[-1].pay_date

    @property
    def missing(self) -> tuple[date, ...]:
        """The paydays whose pay nobody has said."""
        return tuple(payday.pay_date for payday in self.paydays if payday.pay is None)

    @property
    def total(self) -> Money:
        """All that was paid on them."""
        return Money.total(payday.pay for payday in self.paydays if payday.pay is not None)


def average_of(total: Money, span: Span, count: int) -> Average:
    """Return the weekly average of *total* over so many weeks, months or days, at least one."""
    pounds = Fraction(total.pence, 100)
    match span:
        case Span.WEEKS:
            exact, rule = pounds / count, _BY_WEEKS
        case Span.MONTHS:
            exact, rule = pounds / count * _MONTHS / _WEEKS, _BY_MONTHS
        case _:
            exact, rule = pounds / count * _DAYS, _BY_DAYS
    return Average(exact, (Step(rule, (total, count), exact_pounds(exact)),))


def look_back(paydays: Sequence[Payday], on_or_before: date, started_on: date) -> LookBack | None:
    """Return the weeks that count, or nothing where there was no payday yet.

    Args:
        paydays: Every normal payday that may matter, in order, those without pay included.
        on_or_before: The last day the payday that ends them may fall on: for sick pay the day
            before the first day of sickness, for the others the Saturday of the week that counts.
        started_on: The first day of the employment.
    """
    before = [payday for payday in paydays if payday.pay_date <= on_or_before]
    if not before:
        return None
    earliest = before[-1].pay_date - _EIGHT_WEEKS
    starts = [payday.pay_date for payday in before if payday.pay_date <= earliest]
    if starts and starts[-1] >= started_on:
        counted = tuple(payday for payday in before if payday.pay_date > starts[-1])
        return LookBack(counted, starts[-1] + _ONE_DAY, full=True)
    counted = tuple(payday for payday in before if payday.pay_date >= started_on)
    return LookBack(counted, started_on, full=False) if counted else None


def average_over(weeks: LookBack, frequency: PayFrequency, pay_rise: Money = NOTHING) -> Average:
    """Return the average over the weeks that count. The pay of each payday must be known.

    Args:
        weeks: The weeks.
        frequency: How often the person is paid.
        pay_rise: What a later rise would have added to the pay of these weeks: maternity pay.
    """
    total = weeks.total + pay_rise
    paydays = weeks.paydays
    steps = [
        Step(_LOOK_BACK if weeks.full else _SHORT, (weeks.first_day, len(paydays)), weeks.last_day),
        Step(_PAID, (_listed(paydays),), weeks.total),
    ]
    if pay_rise:
        steps.append(Step(_RISE, (pay_rise,), total))
    begun_with_the_job = paydays[0].first_day < weeks.first_day and not weeks.full
    if begun_with_the_job:
        covered = (paydays[-1].last_day - weeks.first_day).days + 1
        average = average_of(total, Span.DAYS, covered)
    elif frequency is PayFrequency.MONTHLY:
        average = average_of(total, Span.MONTHS, len(paydays))
    else:
        average = average_of(total, Span.WEEKS, len(paydays) * frequency.weeks)
    return Average(average.exact, (*steps, *average.workings))


def average_by_contract(week: Money) -> Average:
    """Return the average of somebody not paid yet: what the contract makes of a week."""
    exact = Fraction(week.pence, 100)
    return Average(exact, (Step(_BY_CONTRACT, (), exact_pounds(exact)),))


def decimals(pounds: Fraction, places: Decimal = _PLACES) -> Decimal:
    """Return exact pounds as people read them: cut off, never rounded up, after some places."""
    return (Decimal(pounds.numerator) / Decimal(pounds.denominator)).quantize(places, ROUND_DOWN)


def exact_pounds(pounds: Fraction) -> str:
    """Write exact pounds as people read them: whole pennies, and what there is beyond them."""
    shown = format(decimals(pounds), "f")
    whole, pence = shown[:-3], shown[-3:].rstrip("0")
    return f"£{whole}{pence}"


def _listed(paydays: Sequence[Payday]) -> str:
    return " + ".join(str(payday.pay or NOTHING) for payday in paydays)


# ── what each step says ──

_LOOK_BACK = Rule(
    id="average.look_back",
    title=N_("The weeks that count"),
    sentence=N_(
        "Pay counts from {first}, the day after a payday at least 8 weeks before the last one that "
        "counts, to that payday, {result}. There are {paydays} paydays in them."
    ),
    names=("first", "paydays"),
    source=_REGULATIONS,
    rounding=EXACT,
)
_SHORT = Rule(
    id="average.short",
    title=N_("The weeks that count"),
    sentence=N_(
        "The job began on {first}, too recently for 8 weeks of pay. So all paydays since then "
        "count: {paydays}, the last of them on {result}."
    ),
    names=("first", "paydays"),
    source=_REGULATIONS,
    rounding=EXACT,
)
_PAID = Rule(
    id="average.paid",
    title=N_("What was paid in those weeks"),
    sentence=N_("Paid in them, before anything was taken off: {pays}. Together that is {result}."),
    names=("pays",),
    source=_REGULATIONS,
    rounding=EXACT,
)
_RISE = Rule(
    id="average.pay_rise",
    title=N_("A pay rise that counts"),
    sentence=N_(
        "A pay rise before the end of the leave counts as if it had been paid already. It adds "
        "{rise}, which makes {result}."
    ),
    names=("rise",),
    source="Statutory Maternity Pay (General) Regulations 1986, regulation 21(7)",
    rounding=EXACT,
)
_BY_WEEKS = Rule(
    id="average.by_weeks",
    title=N_("Average pay for a week"),
    sentence=N_(
        "{total} divided by {weeks} weeks is {result} for an average week. This is not rounded."
    ),
    names=("total", "weeks"),
    source=_REGULATIONS,
    rounding=EXACT,
)
_BY_MONTHS = Rule(
    id="average.by_months",
    title=N_("Average pay for a week"),
    sentence=N_(
        "{total} divided by {months} months, times 12 months, divided by 52 weeks is {result} for "
        "an average week. This is not rounded."
    ),
    names=("total", "months"),
    source=_REGULATIONS,
    rounding=EXACT,
)
_BY_DAYS = Rule(
    id="average.by_days",
    title=N_("Average pay for a week"),
    sentence=N_(
        "{total} divided by {days} days, times 7 days, is {result} for an average week. This is "
        "not rounded."
    ),
    names=("total", "days"),
    source=_REGULATIONS,
    rounding=EXACT,
)
_BY_CONTRACT = Rule(
    id="average.by_contract",
    title=N_("Average pay for a week"),
    sentence=N_("There was no payday yet, so the pay agreed for a week counts: {result}."),
    names=(),
    source=_REGULATIONS,
    rounding=EXACT,
)
