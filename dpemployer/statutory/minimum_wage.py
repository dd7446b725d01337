"""Is this pay lawful for these hours?

Source: National Minimum Wage Regulations 2015 (SI 2015/621); *Royal Mencap Society v
Tomlinson-Blake* [2021] UKSC 8 (sleep-ins); rates on GOV.UK.

The rate in force on the first day of the pay reference period counts for the whole of it.
Amounts are compared, never hourly averages: what is due is hours at the rate, to the nearest
penny. Hours may be a fraction, so that minutes are exact: `Fraction(minutes, 60)`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from dpemployer.errors import EntryError, NegativePayError
from dpemployer.findings import Finding, Severity
from dpemployer.i18n import N_, _, hours_and_minutes
from dpemployer.money import Money, Rounding
from dpemployer.periods import age_on, plus_months
from dpemployer.workings import EXACT, Rule, Step, dated, shown

if TYPE_CHECKING:
    from dpemployer.statutory.rates import Rates

_SOURCE = "National Minimum Wage Regulations 2015 (SI 2015/621)"
_LIVED_AS_FAMILY_ENDED = date(2024, 4, 1)
"""National Minimum Wage (Amendment) (No. 2) Regulations 2023 (SI 2024/75)."""
_APPRENTICE_AT_ANY_STAGE = 19
_LONGEST_PERIOD = 31
"""A pay reference period is a month at most."""


class WageBand(StrEnum):
    """Which minimum wage somebody is owed."""

    AGE_23_PLUS = "23+"
    """The adult rate until 31 March 2024."""
    AGE_21_22 = "21-22"
    """Until 31 March 2024."""
    AGE_21_PLUS = "21+"
    """The adult rate from 1 April 2024."""
    AGE_18_20 = "18-20"
    UNDER_18 = "under 18"
    APPRENTICE = "apprentice"
    """Under 19, or in the first year of an apprenticeship."""

    @staticmethod
    def parse(text: str) -> WageBand:
        """Read a band as people write it: 21+, 21 plus, age_21_plus; under 18, 16-17.

        Raises:
            EntryError: If there is no such band.
        """
        tidy = _BETWEEN_WORDS.sub(" ", text.lower()).strip().removeprefix("age ")
        band = _SPELLINGS.get(tidy.replace("+", " plus").replace("  ", " "))
        if band is None:
            raise EntryError(
                what=_("“{text}” is not a minimum wage band.").format(text=text),
                why=_("The bands are {bands}.").format(bands=", ".join(WageBand)),
                next_step=_("Choose the one for the person’s age."),
            )
        return band


_BETWEEN_WORDS = re.compile(r"[\s_–-]+")
_SPELLINGS = {
    "23 plus": WageBand.AGE_23_PLUS,
    "21 22": WageBand.AGE_21_22,
    "21 plus": WageBand.AGE_21_PLUS,
    "18 20": WageBand.AGE_18_20,
    "under 18": WageBand.UNDER_18,
    "16 17": WageBand.UNDER_18,
    "apprentice": WageBand.APPRENTICE,
}
_FIGURES = {
    WageBand.AGE_23_PLUS: ("age_23_plus", "age_21_plus"),
    WageBand.AGE_21_22: ("age_21_22", "age_21_plus"),
    WageBand.AGE_21_PLUS: ("age_21_plus",),
    WageBand.AGE_18_20: ("age_18_20",),
    WageBand.UNDER_18: ("under_18",),
    WageBand.APPRENTICE: ("apprentice",),
}
"""The figure for a band, or since the adult rate began at 21 the one that took its place."""


class WageExemption(StrEnum):
    """Why somebody who works may be owed no minimum wage (regulations 57 and 58)."""

    NONE = "none"
    FAMILY_HOME = "family_home"
    """Of the employer's family, living in the employer's home and sharing its tasks."""
    FAMILY_BUSINESS = "family_business"
    """Living in the employer's home, of the family, and working in the family's business."""
    LIVED_AS_FAMILY = "lived_as_family"
    """Not of the family but living as one of it: ended on 1 April 2024."""

    def holds(self, first_day: date) -> bool:
        """Whether it takes a pay reference period that begins on a day out of the minimum wage."""
        if self is WageExemption.LIVED_AS_FAMILY:
            return first_day < _LIVED_AS_FAMILY_ENDED
        return self is not WageExemption.NONE


@dataclass(frozen=True, slots=True)
class Accommodation:
    """A home provided by the employer in the period."""

    days: int
    """Full days on which it was provided."""
    charge: Money
    """What the worker paid for it, heating and laundry they had to take included."""


@dataclass(frozen=True, slots=True)
class WageCheck:
    """What counts as pay, what the law asks for, and the difference."""

    counted_pay: Money
    minimum_due: Money
    shortfall: Money
    hourly_rate: Money
    workings: tuple[Step, ...] = field(repr=False)

    @property
    def lawful(self) -> bool:
        """Whether the minimum wage is paid."""
        return not self.shortfall

    def finding(self, subject: str) -> Finding | None:
        """Return what stops a pay run, if anything does."""
        if self.lawful:
            return None
        # Due is hours at the minimum, so the shortfall of an hour is found without the hours.
        more = Money(-(-self.shortfall.pence * self.hourly_rate.pence // self.minimum_due.pence))
        return Finding(
            severity=Severity.BLOCKING,
            code="minimum_wage_short",
            subject=subject,
            message=_(
                "This pay is {shortfall} less than the minimum wage. {due} is due for these hours "
                "and {counted} counts towards it. Raise the pay by {more} an hour, or check the "
                "hours."
            ).format(
                shortfall=self.shortfall, due=self.minimum_due, counted=self.counted_pay, more=more
            ),
            source=_SOURCE,
        )


def wage_band(
    born: date, first_day: date, rates: Rates, apprentice_since: date | None = None
) -> WageBand:
    """Return the band for somebody's age on the first day of the pay reference period.

    Args:
        born: The date of birth.
        first_day: The first day of the period.
        rates: What is in force on that day.
        apprentice_since: The day an apprenticeship began that goes on, if there is one. Its rate
            is for those under 19, and for everybody in its first twelve months (regulation 5).
    """
    age = age_on(first_day, born)
    if apprentice_since is not None and apprentice_since <= first_day:
        first_year = first_day < plus_months(apprentice_since, 12)
        if age < _APPRENTICE_AT_ANY_STAGE or first_year:
            return WageBand.APPRENTICE
    if age < 18:
        return WageBand.UNDER_18
    if age < 21:
        return WageBand.AGE_18_20
    if rates["minimum_wage"].money_if_any("age_21_plus") is not None:
        return WageBand.AGE_21_PLUS
    return WageBand.AGE_21_22 if age < 23 else WageBand.AGE_23_PLUS


def hourly_minimum(band: WageBand, rates: Rates) -> Money:
    """Return the minimum for an hour.

    Raises:
        EntryError: If there was no such band then.
    """
    figures = rates["minimum_wage"]
    for name in _FIGURES[band]:
        found = figures.money_if_any(name)
        if found is not None:
            return found
    raise EntryError(
        what=_("There was no minimum wage for “{band}” then.").format(band=band.value),
        why=_(
            "Until 31 March 2024 the adult rate began at 23, with a rate of its own for 21 and 22."
        ),
        next_step=_("Choose “23+” or “21-22”."),
    )


def check_pay(
    counted: Money,
    hours: Decimal | Fraction,
    band: WageBand,
    rates: Rates,
    accommodation: Accommodation | None = None,
) -> WageCheck:
    """Compare pay that counts with hours that count.

    Args:
        counted: Pay that counts, before accommodation: gross pay without premiums, tips, expenses
            and allowances, less deductions for the employer's own benefit.
        hours: Hours that count: all waking work and travel during work; of a sleep-in only the
            time awake for work.
        band: Which minimum applies on the first day of the period.
        rates: What is in force on the first day of the period.
        accommodation: A home provided by the employer, if there is one.

    Raises:
        NegativePayError: If `counted` is below zero.
        EntryError: If hours or days are more than a month has, or less than none.
    """
    if counted.pence < 0:
        raise NegativePayError(counted)
    _check_hours(hours)
    steps: list[Step] = []
    if accommodation is not None:
        counted = _with_accommodation(counted, accommodation, rates, steps)
    hourly = hourly_minimum(band, rates)
    due = Money(int(hourly.pence * Fraction(hours) + Fraction(1, 2)))
    steps.append(Step(_DUE, (_time(hours), hourly), due))
    shortfall = due.above(counted)
    steps.append(Step(_SHORT if shortfall else _ENOUGH, (counted, due), shortfall))
    workings = dated(steps, rates.since("minimum_wage"))
    return WageCheck(counted, due, shortfall, hourly, workings)


@dataclass(frozen=True, slots=True)
class EffectiveRate:
    """What an hour that counts came to, and whether that is enough."""

    rate: Decimal | None
    """In pounds with four decimals, a half going up; None when no hour counts."""
    lawful: bool
    """By what is exact, not by what is shown."""
    workings: tuple[Step, ...] = field(repr=False)


def effective_rate(counted: Money, hours: Decimal, hourly: Money) -> EffectiveRate:
    """Return what pay that counts comes to for each hour that counts.

    `hourly` is the minimum. Exact amounts are compared, not the rate as it is shown.
    """
    lawful = Fraction(counted.pence) >= Fraction(hours) * hourly.pence
    if not hours:
        return EffectiveRate(None, lawful, (Step(_NO_HOUR, (counted,), hourly),))
    in_ten_thousandths = Fraction(counted.pence * 100) / Fraction(hours)
    rate = Decimal(int(in_ten_thousandths + Fraction(1, 2))).scaleb(-4)
    rule = _HOUR_ENOUGH if lawful else _HOUR_SHORT
    return EffectiveRate(rate, lawful, (Step(rule, (counted, shown(hours), hourly), rate),))


def _time(hours: Decimal | Fraction) -> str:
    """Write hours so that they can be multiplied again: to the minute, or as they were typed."""
    if isinstance(hours, Decimal):
        return _("{hours} hours").format(hours=shown(hours))
    return hours_and_minutes(int(hours * 60))


def _with_accommodation(
    counted: Money, accommodation: Accommodation, rates: Rates, steps: list[Step]
) -> Money:
    """Add the offset for a free home; take off what a charge is above it."""
    days, charge = accommodation.days, accommodation.charge
    if not 0 <= days <= _LONGEST_PERIOD or charge.pence < 0:
        raise EntryError(
            what=_("{days} days of accommodation at {charge} cannot be.").format(
                days=days, charge=charge
            ),
            why=_("A pay period is a month at most, and a charge is not below nothing."),
            next_step=_("Check the days and the charge for this pay period."),
        )
    offset = Money(rates["minimum_wage"].money("accommodation_day").pence * days)
    if not charge:
        after = counted + offset
        steps.append(Step(_FREE_HOME, (counted, days, offset), after))
    else:
        after = counted - charge.above(offset)
        steps.append(Step(_CHARGED_HOME, (counted, days, offset, charge), after))
    return after


def _check_hours(hours: Decimal | Fraction) -> None:
    if not 0 <= hours <= _LONGEST_PERIOD * 24:
        raise EntryError(
            what=_("{hours} hours cannot be.").format(hours=hours),
            why=_("A pay period is a month at most, and nobody works less than no time."),
            next_step=_("Check the hours."),
        )


# ── what each step says ──

_FOUR_PLACES = N_("for show, to a hundredth of a penny; the exact pay is compared")
_FREE_HOME = Rule(
    id="wage.free_home",
    title=N_("A home provided free of charge"),
    sentence=N_(
        "The home is free, so the law lets {offset} for {days} days count as pay. With pay of "
        "{pay} that is {result}."
    ),
    names=("pay", "days", "offset"),
    source=f"{_SOURCE}, regulations 14 to 16",
    rounding=EXACT,
)
_CHARGED_HOME = Rule(
    id="wage.charged_home",
    title=N_("A home the worker pays for"),
    sentence=N_(
        "The worker pays {charge} for the home. Only what is over {offset} for {days} days comes "
        "off pay of {pay}, which leaves {result}."
    ),
    names=("pay", "days", "offset", "charge"),
    source=f"{_SOURCE}, regulations 14 to 16",
    rounding=EXACT,
)
_DUE = Rule(
    id="wage.due",
    title=N_("The least that may be paid"),
    sentence=N_("{time} at {rate} an hour is {result}."),
    names=("time", "rate"),
    source=f"{_SOURCE}; GOV.UK: National Minimum Wage and National Living Wage rates",
    rounding=Rounding.PAY,
)
_ENOUGH = Rule(
    id="wage.enough",
    title=N_("Enough is paid"),
    sentence=N_("Pay that counts is {pay}, and no less than {due} is due, so enough is paid."),
    names=("pay", "due"),
    source=f"{_SOURCE}, regulation 7",
    rounding=EXACT,
)
_SHORT = Rule(
    id="wage.short",
    title=N_("Too little is paid"),
    sentence=N_("Pay that counts is {pay}, and no less than {due} is due, so {result} is missing."),
    names=("pay", "due"),
    source=f"{_SOURCE}, regulation 7",
    rounding=EXACT,
)
_HOUR_ENOUGH = Rule(
    id="wage.hour_enough",
    title=N_("What an hour comes to"),
    sentence=N_("{pay} for {hours} hours is £{result} an hour, no less than {minimum}."),
    names=("pay", "hours", "minimum"),
    source=f"{_SOURCE}, regulation 7",
    rounding=_FOUR_PLACES,
)
_HOUR_SHORT = Rule(
    id="wage.hour_short",
    title=N_("What an hour comes to"),
    sentence=N_("{pay} for {hours} hours is £{result} an hour, less than {minimum}."),
    names=("pay", "hours", "minimum"),
    source=f"{_SOURCE}, regulation 7",
    rounding=_FOUR_PLACES,
)
_NO_HOUR = Rule(
    id="wage.no_hour",
    title=N_("What an hour comes to"),
    sentence=N_("No hour counts, so nothing of {pay} has to reach {result} an hour."),
    names=("pay",),
    source=f"{_SOURCE}, regulation 7",
    rounding=EXACT,
)
