"""The tables that say how much an order takes from net earnings.

Sources: Council Tax (Administration and Enforcement) Regulations 1992, Schedule 4 (England and
Wales each have their own table); Social Security (Overpayments and Recovery) Regulations 2013,
Schedule 2; Debtors (Scotland) Act 1987, Schedule 2. The figures are in `resources/statutory`.

There is a table for a week and one for a month, and for English council tax one for a day. Pay
for several weeks, months or days is divided by how many there are, looked up, and multiplied
again; it is rounded once, at the end. Half a penny goes down: the Scottish Act says so, and the
other tables are read the same way, which never takes too much.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from dpemployer.bank_days import Nation
from dpemployer.errors import EntryError
from dpemployer.i18n import N_, _, ngettext
from dpemployer.money import NOTHING, Money
from dpemployer.periods import PayFrequency
from dpemployer.workings import EXACT, Rule, Step

if TYPE_CHECKING:
    from dpemployer.statutory.rates import Figures, Rates

COUNCIL_TAX = {
    Nation.ENGLAND: "attachment.ctaeo_england",
    Nation.WALES: "attachment.ctaeo_wales",
}
BENEFIT_DEBT = "attachment.dea_standard"
ARRESTMENT = "attachment.scottish_earnings_arrestment"

_COUNCIL_TAX_LAW = "Council Tax (Administration and Enforcement) Regulations 1992, Schedule 4"
_BENEFIT_DEBT_LAW = "Social Security (Overpayments and Recovery) Regulations 2013, Schedule 2"
_ARRESTMENT_LAW = "Debtors (Scotland) Act 1987, section 49 and Schedule 2"
_HALF = Fraction(1, 2)
HALF_DOWN = N_("to the nearest penny, a half going down")


class IntervalUnit(StrEnum):
    """What a pay period is counted in."""

    DAY = "daily"
    WEEK = "weekly"
    MONTH = "monthly"


@dataclass(frozen=True, slots=True)
class PayInterval:
    """How much time one payment is for."""

    unit: IntervalUnit
    count: int = 1

    @staticmethod
    def of(frequency: PayFrequency) -> PayInterval:
        """Return the time between two paydays."""
        if frequency is PayFrequency.MONTHLY:
            return PayInterval(IntervalUnit.MONTH)
        return PayInterval(IntervalUnit.WEEK, frequency.weeks)

    @property
    def words(self) -> str:
        """The time in words: 2 weeks."""
        match self.unit:
            case IntervalUnit.DAY:
                said = ngettext("{count} day", "{count} days", self.count)
            case IntervalUnit.WEEK:
                said = ngettext("{count} week", "{count} weeks", self.count)
            case _:
                said = ngettext("{count} month", "{count} months", self.count)
        return said.format(count=self.count)

    @property
    def one(self) -> str:
        """One of what it is counted in, in words."""
        return PayInterval(self.unit).words


def half_down(pence: Fraction) -> Money:
    """Settle a number of pence to the nearest whole one, a half going down."""
    return Money(math.ceil(pence - _HALF))


def council_tax(net: Money, interval: PayInterval, nation: Nation | None, rates: Rates) -> Step:
    """Return how much a council tax order takes, and why.

    The table is that of the nation of the council, wherever the person lives.

    Raises:
        EntryError: If that nation has no such orders, or no such table.
        RatesUnknownError: If there was no such order then.
    """
    if nation not in COUNCIL_TAX:
        raise EntryError(
            what=_("There are no council tax attachment of earnings orders in this nation."),
            why=_(
                "Councils in England and Wales make them. A Scottish council uses an earnings "
                "arrestment, and there is no council tax in Northern Ireland."
            ),
            next_step=_(
                "Look at the letter again: it says who made the order and what it is called."
            ),
        )
    figures = rates[COUNCIL_TAX[nation]]
    bands = _bands(figures, interval)
    each = Fraction(net.pence, interval.count)
    last = bands[-1].money("up_to")
    if each > last.pence:
        at_last, above = bands[-1].rate("percent"), figures.rate("above_last_percent")
        share = (last.pence * Fraction(at_last) + (each - last.pence) * Fraction(above)) / 100
        taken = half_down(share * interval.count)
        said = (net, interval.words, interval.one, last, at_last, above)
        return Step(_COUNCIL_TAX_TOP, said, taken)
    percent = next(band.rate("percent") for band in bands if each <= band.money("up_to").pence)
    taken = half_down(each * Fraction(percent) / 100 * interval.count)
    return Step(_COUNCIL_TAX, (net, interval.words, percent), taken)


def benefit_debt(net: Money, interval: PayInterval, rates: Rates, *, higher: bool) -> Step:
    """Return how much a direct earnings attachment takes by its table, and why.

    Raises:
        EntryError: If there is no such table.
    """
    bands = _bands(rates[BENEFIT_DEBT], interval)
    each = Fraction(net.pence, interval.count)
    band = next(band for band in bands if _reaches(band, each))
    percent = band.rate("higher_percent" if higher else "percent")
    taken = half_down(each * Fraction(percent) / 100 * interval.count)
    rule = _BENEFIT_DEBT_HIGHER if higher else _BENEFIT_DEBT
    return Step(rule, (net, interval.words, percent), taken)


def arrestment(net: Money, interval: PayInterval, rates: Rates) -> Step:
    """Return how much a Scottish earnings arrestment takes, and why.

    Raises:
        EntryError: If there is no such table.
    """
    bands = _bands(rates[ARRESTMENT], interval)
    each = Fraction(net.pence, interval.count)
    lowest = bands[0].money("above")
    reached = [band for band in bands if each > band.money("above").pence]
    if not reached:
        figures = (net, interval.words, interval.one, lowest)
        return Step(_ARRESTMENT_NONE, figures, NOTHING)
    band = reached[-1]
    above, fixed, percent = band.money("above"), band.money("fixed"), band.rate("percent")
    part = (each - above.pence) * Fraction(percent) / 100
    if len(reached) == 1:
        share = max(Fraction(fixed.pence), part)
        rule = _ARRESTMENT_FIRST
    else:
        share = fixed.pence + part
        rule = _ARRESTMENT
    taken = half_down(share * interval.count)
    said = (net, interval.words, interval.one, above, fixed, percent)
    return Step(rule, said, taken)


def arrestment_protected(interval: PayInterval, rates: Rates) -> Money:
    """Return the net earnings a Scottish earnings arrestment leaves whole."""
    lowest = _bands(rates[ARRESTMENT], interval)[0].money("above")
    return Money(lowest.pence * interval.count)


def _reaches(band: Figures, each: Fraction) -> bool:
    top = band.money_if_any("up_to")
    return top is None or each <= top.pence


def _bands(figures: Figures, interval: PayInterval) -> tuple[Figures, ...]:
    name = f"{interval.unit}_bands"
    if name not in figures.names():
        raise EntryError(
            what=_("There is no table by the day for this order."),
            why=_("The tables known are for pay by the week and by the month."),
            next_step=_("Ask whoever made the order how to work out pay by the day."),
        )
    return figures.rows(name)


# ── what each step says ──

_COUNCIL_TAX = Rule(
    "order.council_tax",
    N_("Council tax order"),
    N_(
        "The council’s table says to take {percent}% of net earnings of {net} for {time}. That is "
        "{result}."
    ),
    ("net", "time", "percent"),
    _COUNCIL_TAX_LAW,
    rounding=HALF_DOWN,
)
_COUNCIL_TAX_TOP = Rule(
    "order.council_tax_top",
    N_("Council tax order"),
    N_(
        "Net earnings are {net} for {time}. The council’s table says to take {percent}% of "
        "{last} for {each}, and {above}% of what is over it. That is {result}."
    ),
    ("net", "time", "each", "last", "percent", "above"),
    _COUNCIL_TAX_LAW,
    rounding=HALF_DOWN,
)
_BENEFIT_DEBT = Rule(
    "order.benefit_debt",
    N_("Direct earnings attachment"),
    N_(
        "The standard table says to take {percent}% of net earnings of {net} for {time}. That is "
        "{result}."
    ),
    ("net", "time", "percent"),
    _BENEFIT_DEBT_LAW,
    rounding=HALF_DOWN,
)
_BENEFIT_DEBT_HIGHER = Rule(
    "order.benefit_debt_higher",
    N_("Direct earnings attachment"),
    N_(
        "The higher table says to take {percent}% of net earnings of {net} for {time}. That is "
        "{result}."
    ),
    ("net", "time", "percent"),
    _BENEFIT_DEBT_LAW,
    rounding=HALF_DOWN,
)
_ARRESTMENT_NONE = Rule(
    "order.arrestment_none",
    N_("Earnings arrestment"),
    N_("Net earnings of {net} for {time} are not above {lowest} for {each}, so {result} is taken."),
    ("net", "time", "each", "lowest"),
    _ARRESTMENT_LAW,
    rounding=EXACT,
)
_ARRESTMENT_FIRST = Rule(
    "order.arrestment_first",
    N_("Earnings arrestment"),
    N_(
        "Net earnings are {net} for {time}. For {each} the table says to take {fixed}, or "
        "{percent}% of what is above {above} if that is more. That is {result}."
    ),
    ("net", "time", "each", "above", "fixed", "percent"),
    _ARRESTMENT_LAW,
    rounding=HALF_DOWN,
)
_ARRESTMENT = Rule(
    "order.arrestment",
    N_("Earnings arrestment"),
    N_(
        "Net earnings are {net} for {time}. For {each} the table says to take {fixed}, and "
        "{percent}% of what is above {above}. That is {result}."
    ),
    ("net", "time", "each", "above", "fixed", "percent"),
    _ARRESTMENT_LAW,
    rounding=HALF_DOWN,
)
