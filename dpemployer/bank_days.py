"""Days banks are open, by nation, and where a payment moves to when they are not.

Bank holidays come from the `holidays` library, which its community keeps from the official
lists. HMRC's rule for pay (*Running payroll*: paydays on non-banking days) is that the money
may be paid on the last banking day before, while the payment is reported and taxed as of the
normal payday. Payments to HMRC must arrive by the last banking day before the due date.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from functools import cache

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


@cache
def bank_holidays(nation: Nation, year: int) -> dict[date, str]:
    """Return the bank holidays of a calendar year, with their names."""
    # Slow to import, and most commands never ask for a bank holiday.
    from holidays import country_holidays  # noqa: PLC0415

    return dict(country_holidays("GB", subdiv=_SUBDIVISIONS[nation], years=year, observed=True))


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
