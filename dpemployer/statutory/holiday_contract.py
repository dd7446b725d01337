"""Whether a contract gives the leave the law asks for, and what bank holidays do to it.

There is no separate right to bank holidays: all of them may be counted inside the 5.6 weeks.

Source: Working Time Regulations 1998, regulations 13 and 13A; Banking and Financial Dealings Act
1971, schedule 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from dpemployer.bank_days import bank_holidays
from dpemployer.i18n import N_
from dpemployer.statutory.holiday import (
    REGULATIONS,
    LeaveYear,
    Quantity,
    as_read,
    full_year,
    full_year_hours,
)
from dpemployer.workings import EXACT, Rule, Step

if TYPE_CHECKING:
    from collections.abc import Collection

    from dpemployer.bank_days import Nation


@dataclass(frozen=True, slots=True)
class BankHolidayUse:
    """What a leave year's bank holidays take out of its leave."""

    entitlement: Fraction
    """Hours of the leave year."""
    days: tuple[date, ...]
    """The bank holidays on which there would have been work."""
    hours: Fraction
    workings: tuple[Step, ...] = field(repr=False)

    @property
    def balance(self) -> Fraction:
        """Hours left for other leave; below nothing where the bank holidays are too many."""
        return self.entitlement - self.hours


@dataclass(frozen=True, slots=True)
class ContractLeave:
    """The leave a contract gives in one leave year beside the least the law asks for, in days."""

    bank_holidays: tuple[date, ...]
    given: Fraction
    statutory: Fraction
    workings: tuple[Step, ...] = field(repr=False)

    @property
    def shortfall(self) -> Fraction:
        """Days that are missing."""
        return max(Fraction(0), self.statutory - self.given)


def bank_holidays_in(
    nation: Nation, year: LeaveYear, weekdays: Collection[int] | None = None
) -> tuple[date, ...]:
    """Return the bank holidays of a leave year, on certain days of the week only if said.

    Args:
        nation: Whose bank holidays they are.
        year: The leave year.
        weekdays: Days of the week, 0 for Monday; all of them where not said.
    """
    return tuple(
        day
        for calendar_year in range(year.first_day.year, year.last_day.year + 1)
        for day in sorted(bank_holidays(nation, calendar_year))
        if day in year and (weekdays is None or day.weekday() in weekdays)
    )


def bank_holiday_use(
    nation: Nation,
    year: LeaveYear,
    hours_per_week: Quantity,
    weekdays: Collection[int],
    *,
    deducted: bool,
) -> BankHolidayUse:
    """Return how much of a year's leave goes on the bank holidays that fall on working days.

    Args:
        nation: Whose bank holidays they are.
        year: The leave year.
        hours_per_week: In the contract, the same on every working day.
        weekdays: The working days, 0 for Monday; at least one.
        deducted: Whether the contract counts those bank holidays as leave.
    """
    entitlement = full_year_hours(hours_per_week, len(weekdays))
    days = bank_holidays_in(nation, year, weekdays)
    hours = len(days) * Fraction(hours_per_week) / len(weekdays) if deducted else Fraction(0)
    rule = _USED if deducted else _NOT_USED
    figures = (len(days), as_read(hours), as_read(entitlement))
    step = Step(rule, figures, as_read(entitlement - hours))
    return BankHolidayUse(entitlement, days, hours, (step,))


def contract_leave(
    nation: Nation,
    year: LeaveYear,
    days_per_week: Quantity,
    contract_days: Quantity,
    *,
    bank_holidays_extra: bool,
    weekdays: Collection[int] | None = None,
) -> ContractLeave:
    """Return what a contract gives in a leave year beside the least the law asks for.

    Easter moves: some leave years have two Easters and some none, so that a fixed number of days
    “plus bank holidays” can be enough in one year and too few in the next.

    Args:
        nation: Whose bank holidays they are.
        year: The leave year.
        days_per_week: In the contract.
        contract_days: Days of leave it gives, bank holidays apart.
        bank_holidays_extra: Whether it gives the bank holidays as well.
        weekdays: The working days, 0 for Monday, where only bank holidays on those are given.
    """
    days = bank_holidays_in(nation, year, weekdays)
    given = Fraction(contract_days) + (len(days) if bank_holidays_extra else 0)
    statutory = full_year(days_per_week).days
    extra = len(days) if bank_holidays_extra else 0
    figures = (as_read(contract_days), extra, as_read(given), as_read(statutory))
    shortfall = max(Fraction(0), statutory - given)
    return ContractLeave(days, given, statutory, (Step(_CONTRACT, figures, as_read(shortfall)),))


# ── what each step says ──

_USED = Rule(
    id="holiday.bank_holidays_used",
    title=N_("Bank holidays counted as leave"),
    sentence=N_(
        "{days} bank holidays fall on working days and use {hours} hours of the {entitlement} "
        "hours of the leave year. That leaves {result} hours."
    ),
    names=("days", "hours", "entitlement"),
    source=f"{REGULATIONS}, regulations 13 and 13A",
    rounding=EXACT,
)
_NOT_USED = Rule(
    id="holiday.bank_holidays_not_used",
    title=N_("Bank holidays counted as leave"),
    sentence=N_(
        "{days} bank holidays fall on working days. The contract does not count them as leave, so "
        "they use {hours} of the {entitlement} hours of the leave year, and {result} are left."
    ),
    names=("days", "hours", "entitlement"),
    source=f"{REGULATIONS}, regulations 13 and 13A",
    rounding=EXACT,
)
_CONTRACT = Rule(
    id="holiday.contract",
    title=N_("Leave in the contract"),
    sentence=N_(
        "The contract gives {days} days and {extra} bank holidays on top: {given} days. The law "
        "asks for {statutory} in this leave year. Days missing: {result}."
    ),
    names=("days", "extra", "given", "statutory"),
    source=f"{REGULATIONS}, regulations 13 and 13A",
    rounding=EXACT,
)
