"""Days banks are open, by nation, and where a payment moves to when they are not.

Bank holidays come from the `holidays` library, which its community keeps from the official
lists. Days that were proclaimed and are not in it yet are in `resources/calendar`, and added here.
A bank holiday that falls on a weekend is named by the day banks close in its place, as the official
lists name it.

No file is read here: whoever can read them says with `install` where the proclaimed days are.

HMRC's rule for pay (*Running payroll*: paydays on non-banking days) is that the money may be paid
on the last banking day before, while the payment is reported and taxed as of the normal payday.
Payments to HMRC must arrive by the last banking day before the due date.
"""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


class Nation(StrEnum):
    """The nation whose bank holidays and employment law apply."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern_ireland"


_SUBDIVISIONS = {
    Nation.ENGLAND: "ENG",
    Nation.WALES: "WLS",
    Nation.SCOTLAND: "SCT",
    Nation.NORTHERN_IRELAND: "NIR",
}


def install(read: Callable[[], str]) -> None:
    """Say how to read the days that were proclaimed; they are read when first needed."""
    _proclaimed_in[0] = read
    bank_holidays.cache_clear()


_proclaimed_in: list[Callable[[], str]] = [lambda: ""]


@cache
def bank_holidays(nation: Nation, year: int) -> dict[date, str]:
    """Return the bank holidays of a calendar year in order, with their names."""
    # Slow to import, and most commands never ask for a bank holiday.
    from holidays import country_holidays  # noqa: PLC0415

    by_rule = country_holidays("GB", subdiv=_SUBDIVISIONS[nation], years=year, observed=True)
    found = {day: name for day, name in by_rule.items() if day.weekday() < _SATURDAY}
    for entry in _proclaimed(nation, year):
        found[entry["on"]] = entry["name"]
    return dict(sorted(found.items()))


def _proclaimed(nation: Nation, year: int) -> Iterable[dict[str, Any]]:
    """Return the days proclaimed for a nation in a year."""
    for entry in tomllib.loads(_proclaimed_in[0]()).get("day", ()):
        if entry["on"].year == year and nation.value in entry["nations"]:
            yield entry


def is_banking_day(day: date, nation: Nation = Nation.ENGLAND) -> bool:
    """Whether banks move money on *day*. UK payment systems keep England's bank holidays."""
    return day.weekday() < _SATURDAY and day not in bank_holidays(nation, day.year)


def banking_day_on_or_before(day: date, nation: Nation = Nation.ENGLAND) -> date:
    """Return *day*, or the last banking day before it when banks are closed."""
    while not is_banking_day(day, nation):
        day -= _ONE_DAY
    return day


def banking_day_on_or_after(day: date, nation: Nation = Nation.ENGLAND) -> date:
    """Return *day*, or the first banking day after it when banks are closed."""
    while not is_banking_day(day, nation):
        day += _ONE_DAY
    return day
