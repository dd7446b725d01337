"""Where the money will stand at the end of the funding year, if things go on as they are.

What has been earned and not yet paid counts as spent: HMRC and the pension are paid in lumps, and
a forecast from what left the bank would swing with them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from dpemployer.errors import EntryError
from dpemployer.i18n import N_, _
from dpemployer.money import NOTHING, Money, Rounding
from dpemployer.workings import EXACT, Rule, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

RETENTION_WEEKS = Decimal(8)
"""Weeks of funding that may usually be kept; the council's agreement says how many."""
FEWEST_WEEKS, MOST_WEEKS = 8, 13
"""Weeks that a usual week is taken from: fewer say too little, and older ones are out of date."""
_LOW_WEEKS = 2
_HALF = Fraction(1, 2)
_LEAST_TO_TRIM = 4


class Band(StrEnum):
    """How things stand."""

    GREEN = "green"
    """Enough, and not too much."""
    AMBER = "amber"
    """Under two weeks of funding will be left, or more than the council lets be kept."""
    RED = "red"
    """There will be too little."""


@dataclass(frozen=True, slots=True)
class ForecastFacts:
    """What a forecast is made from. Weekly amounts are for one week."""

    opening: Money
    """In the accounts when the funding year began."""
    received: Money
    """Since then."""
    weekly_funding: Money
    spent: Money
    """Since then."""
    unpaid: Money
    """Owed and not yet paid: wages, tax, pension, invoices, holiday."""
    weeks_left: Decimal
    weekly_cost: Money
    """Of a usual week, as it is earned and not as it is paid."""
    one_offs: tuple[Money, ...] = ()
    """Planned before the year ends."""
    ring_fenced: Money = NOTHING
    """Set aside for something agreed, such as redundancy."""
    retention_weeks: Decimal = RETENTION_WEEKS


@dataclass(frozen=True, slots=True)
class Forecast:
    """The end of the funding year."""

    closing: Money
    uncommitted: Money
    """What is left of it beside what is set aside."""
    retention_allowance: Money
    """What the council lets be kept."""
    at_risk: Money
    """What the council may ask for back."""
    shortfall: Money
    band: Band
    workings: tuple[Step, ...] = field(repr=False)


def forecast(facts: ForecastFacts) -> Forecast:
    """Say where the money will stand at the end of the funding year.

    Raises:
        EntryError: If a number of weeks is below nothing.
    """
    for weeks in (facts.weeks_left, facts.retention_weeks):
        if weeks < 0:
            raise EntryError(
                what=_("{weeks} weeks cannot be.").format(weeks=weeks),
                why=_("A forecast looks ahead, to the end of the funding year."),
                next_step=_("Check the weeks that are left, and those the council lets you keep."),
            )
    left = Fraction(facts.weeks_left)
    to_come = left * facts.weekly_funding.pence
    to_spend = left * facts.weekly_cost.pence
    one_offs = Money.total(facts.one_offs)
    now = facts.opening + facts.received - facts.spent - facts.unpaid - one_offs
    exact = now.pence + to_come - to_spend
    free = exact - facts.ring_fenced.pence
    keep = Fraction(facts.retention_weeks) * facts.weekly_funding.pence
    closing, uncommitted, allowance = _settled(exact), _settled(free), _settled(keep)
    at_risk, shortfall = _settled(max(Fraction(0), free - keep)), _settled(max(Fraction(0), -exact))
    band = _band(exact, facts.weekly_funding, at_risk, shortfall)
    steps = [
        Step(_NOW, (facts.opening, facts.received, facts.spent, facts.unpaid, one_offs), now),
        Step(
            _CLOSING,
            (facts.weeks_left, facts.weekly_funding, facts.weekly_cost, now),
            closing,
        ),
        Step(_UNCOMMITTED, (closing, facts.ring_fenced), uncommitted),
        Step(
            _AT_RISK,
            (facts.retention_weeks, facts.weekly_funding, allowance, uncommitted),
            at_risk,
        ),
    ]
    if shortfall:
        steps.append(Step(_SHORT, (closing,), shortfall))
    return Forecast(closing, uncommitted, allowance, at_risk, shortfall, band, tuple(steps))


def usual_week(weekly_costs: Sequence[Money]) -> tuple[Money, tuple[Step, ...]]:
    """Return what a usual week costs: the average of the last weeks, without the odd ones out.

    Args:
        weekly_costs: What each week cost as it was earned, the newest last. The last 13 count.
            Of four weeks and more the dearest and the cheapest are left out.
    """
    used = sorted(weekly_costs[-MOST_WEEKS:])
    kept = used[1:-1] if len(used) >= _LEAST_TO_TRIM else used
    total = Money.total(kept)
    average = Money(int(Fraction(total.pence, len(kept)) + _HALF)) if kept else NOTHING
    return average, (Step(_USUAL_WEEK, (len(used), len(kept), total), average),)


def _band(exact: Fraction, weekly_funding: Money, at_risk: Money, shortfall: Money) -> Band:
    if shortfall:
        return Band.RED
    if at_risk or exact < _LOW_WEEKS * weekly_funding.pence:
        return Band.AMBER
    return Band.GREEN


def _settled(pence: Fraction) -> Money:
    whole = int(abs(pence) + _HALF)
    return Money(-whole if pence < 0 else whole)


# ── what each step says ──

_SOURCE = "Your agreement with the council; the rules on money left over are the council’s own"
_NOW = Rule(
    "forecast.now",
    N_("What there really is now"),
    N_(
        "{opening} was there at the start and {received} came in. {spent} was spent, {unpaid} is "
        "owed and {one_offs} is planned. That leaves {result}."
    ),
    ("opening", "received", "spent", "unpaid", "one_offs"),
    "The cash book, and what is owed and not yet paid",
    EXACT,
)
_CLOSING = Rule(
    "forecast.closing",
    N_("What will be there at the end of the year"),
    N_(
        "For {weeks} more weeks {funding} comes in and {cost} goes out each week. Added to {now}, "
        "that makes {result}."
    ),
    ("weeks", "funding", "cost", "now"),
    "The award, and what a usual week costs",
    Rounding.PAY,
)
_UNCOMMITTED = Rule(
    "forecast.uncommitted",
    N_("What is free"),
    N_("Of {closing}, {reserve} is set aside. That leaves {result}."),
    ("closing", "reserve"),
    "What was set aside, and who agreed to it",
    Rounding.PAY,
)
_AT_RISK = Rule(
    "forecast.at_risk",
    N_("What the council may ask for back"),
    N_(
        "The council lets you keep {weeks} weeks of {funding}, which is {allowance}. Of {free}, "
        "what is over that is {result}."
    ),
    ("weeks", "funding", "allowance", "free"),
    _SOURCE,
    Rounding.PAY,
)
_SHORT = Rule(
    "forecast.shortfall",
    N_("What will be missing"),
    N_("The year would end at {closing}, so {result} will be missing."),
    ("closing",),
    _SOURCE,
    Rounding.PAY,
)
_USUAL_WEEK = Rule(
    "forecast.usual_week",
    N_("What a usual week costs"),
    N_(
        "Of the last {weeks} weeks, the odd ones out are left aside. The other {kept} come to "
        "{total}, and a usual week to {result}."
    ),
    ("weeks", "kept", "total"),
    "The payslips and bills of the last weeks, as they were earned",
    Rounding.PAY,
)
