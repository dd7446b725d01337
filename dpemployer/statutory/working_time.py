"""How long somebody may work: the average week, nights, and people under 18.

Source: Working Time Regulations 1998 (SI 1998/1833), regulations 4 to 7 and 19; Working Time
Regulations (Northern Ireland) 2016 (SR 2016/49), where regulation 23 is the same as 19.

These limits do not hold for a domestic servant in a private household. Whether a personal
assistant is one is not settled: somebody who gives personal care may well not be. Unless it is
known to be so, every limit is looked at.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from dpemployer.errors import EntryError
from dpemployer.i18n import N_, _
from dpemployer.workings import Rule, Step, shown

if TYPE_CHECKING:
    from dpemployer.statutory.rates import Rates

_SOURCE = "Working Time Regulations 1998 (SI 1998/1833)"
_HUNDREDTH = Decimal("0.01")


class DomesticService(StrEnum):
    """Whether somebody is a domestic servant in a private household."""

    UNKNOWN = "unknown"
    """Not decided: every limit is looked at, and the doubt is said."""
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class HoursLimits:
    """The limits on how long somebody may work, in hours."""

    week: int
    reference_weeks: int
    night: int
    young_day: int
    young_week: int

    @staticmethod
    def of(rates: Rates) -> HoursLimits:
        """Return the limits in force."""
        adult, young = rates["working_time.adult"], rates["working_time.young_worker"]
        return HoursLimits(
            week=adult.whole("average_week_hours"),
            reference_weeks=adult.whole("reference_weeks"),
            night=adult.whole("average_night_hours"),
            young_day=young.whole("day_hours"),
            young_week=young.whole("week_hours"),
        )


@dataclass(frozen=True, slots=True)
class Average:
    """An average number of hours, and whether somebody should be warned of it."""

    exact: Fraction
    over: bool
    """Whether it is over the limit, whatever makes that lawful."""
    warn: bool
    workings: tuple[Step, ...] = field(repr=False)

    @property
    def shown(self) -> str:
        """The average with two decimals, a half going up."""
        return two_decimals(self.exact)


def two_decimals(exact: Fraction) -> str:
    """Write an exact number with two decimals, a half going up."""
    return str(rounded(exact, _HUNDREDTH))


def rounded(exact: Fraction, to: Decimal) -> Decimal:
    """Return an exact number, not below nothing, rounded to a decimal place, a half going up."""
    steps = exact / Fraction(to)
    whole = int(steps + Fraction(1, 2))
    return Decimal(whole) * to


def weekly_average(
    worked: Decimal | Fraction,
    made_up: Decimal | Fraction,
    weeks: Decimal | Fraction,
    limits: HoursLimits,
    *,
    opted_out: bool,
    domestic_service: DomesticService,
) -> Average:
    """Return the average week of a reference period, and whether to warn of it.

    Args:
        worked: Hours worked in the period (A).
        made_up: Hours worked straight after it, in as many days as were excluded for leave or
            sickness (B).
        weeks: Weeks in the period (C).
        limits: The limits in force.
        opted_out: Whether a written agreement that the limit does not apply is in force.
        domestic_service: Whether the limit applies at all.

    Raises:
        EntryError: If there are no weeks.
    """
    if weeks <= 0:
        raise EntryError(
            what=_("There is no average over {weeks} weeks.").format(weeks=weeks),
            why=_("An average is over at least a part of a week."),
            next_step=_("Count the weeks of the period."),
        )
    exact = (Fraction(worked) + Fraction(made_up)) / Fraction(weeks)
    over = exact > limits.week
    lawful = opted_out or domestic_service is DomesticService.YES
    figures = (_plain(worked), _plain(made_up), _plain(weeks), two_decimals(exact), limits.week)
    if not over:
        answer = _("it is within the limit")
    elif domestic_service is DomesticService.YES:
        answer = _("the limit does not hold for domestic service in a private household")
    elif opted_out:
        answer = _("there is a written agreement that the limit does not apply")
    else:
        answer = _("it is over the limit")
    return Average(exact, over, over and not lawful, (Step(_WEEK, figures, answer),))


def night_average(
    worked: Decimal | Fraction,
    days: Decimal | Fraction,
    rest_days: Decimal | Fraction,
    limits: HoursLimits,
    *,
    domestic_service: DomesticService,
) -> Average:
    """Return the average hours a night worker works in each 24 hours, and whether to warn of it.

    Args:
        worked: Normal hours in the reference period (A).
        days: Days in the period (B).
        rest_days: Days of weekly rest in it (C), one for each week.
        limits: The limits in force.
        domestic_service: Whether the limit applies at all.

    Raises:
        EntryError: If there are no days that are not rest.
    """
    if days <= rest_days:
        raise EntryError(
            what=_("{days} days with {rest} days of rest leave none to work on.").format(
                days=days, rest=rest_days
            ),
            why=_("The average is over the days that are not weekly rest."),
            next_step=_("Check both counts of days."),
        )
    exact = Fraction(worked) / (Fraction(days) - Fraction(rest_days))
    over = exact > limits.night
    figures = (_plain(worked), _plain(days), _plain(rest_days), two_decimals(exact), limits.night)
    if not over:
        answer = _("it is within the limit")
    elif domestic_service is DomesticService.YES:
        answer = _("the limit does not hold for domestic service in a private household")
    else:
        answer = _("it is over the limit")
    warn = over and domestic_service is not DomesticService.YES
    return Average(exact, over, warn, (Step(_NIGHT, figures, answer),))


def _plain(amount: Decimal | Fraction) -> str:
    """Write a number without more decimals than it needs; an odd fraction with two."""
    exact = Fraction(amount)
    decimal = Decimal(exact.numerator) / Decimal(exact.denominator)
    return shown(decimal if Fraction(decimal) == exact else rounded(exact, _HUNDREDTH))


_TO_TEST = N_("for show, to a hundredth of an hour; the exact hours are compared")
_WEEK = Rule(
    id="hours.week",
    title=N_("The average week"),
    sentence=N_(
        "{worked} hours, with {made_up} hours made up for days of leave or sickness, over {weeks} "
        "weeks is {average} hours a week. The limit is {limit}: {result}."
    ),
    names=("worked", "made_up", "weeks", "average", "limit"),
    source=f"{_SOURCE}, regulations 4 and 5",
    rounding=_TO_TEST,
)
_NIGHT = Rule(
    id="hours.night",
    title=N_("The average night"),
    sentence=N_(
        "{worked} hours over {days} days, less {rest_days} days of weekly rest, is {average} hours "
        "in each 24. The limit is {limit}: {result}."
    ),
    names=("worked", "days", "rest_days", "average", "limit"),
    source=f"{_SOURCE}, regulation 6",
    rounding=_TO_TEST,
)
