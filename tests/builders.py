"""Small builders of facts: they supply everything a test does not care about."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

from dpemployer.data_files import texts
from dpemployer.money import Money
from dpemployer.payroll.leave_years import HolidayContract
from dpemployer.payroll.people import (
    Employment,
    HolidayClass,
    HolidayTerms,
    NiCategoryHeld,
    PayRate,
    PayType,
    Per,
    PersonalAssistant,
    StarterDeclaration,
    TaxCodeHeld,
)
from dpemployer.payroll.terms import Terms
from dpemployer.payroll.timesheet import Shift
from dpemployer.periods import PayFrequency
from dpemployer.statutory.rates import RateBook

RATES = RateBook.parse(texts("statutory", ".toml"))
"""The shipped rates, read once for every test."""

MONDAY = date(2026, 6, 1)
"""A Monday, on which pay periods begin."""


def pounds(amount: str) -> Money:
    """Read an amount: `pounds("12.50")`."""
    return Money.parse(amount)


def a_person(**changes: Any) -> PersonalAssistant:
    """Somebody aged 32 in June 2026, living in England."""
    facts: dict[str, Any] = {
        "id": 1,
        "first_names": "Ada",
        "surname": "Keane",
        "born_on": date(1994, 5, 17),
        "nino": "AB123456C",
        **changes,
    }
    return PersonalAssistant(**facts)


def an_employment(**changes: Any) -> Employment:
    """A weekly employment, Monday to Sunday, paid on the Friday after; hours change."""
    facts: dict[str, Any] = {
        "id": 1,
        "assistant_id": 1,
        "payroll_id": "1",
        "started_on": date(2026, 4, 6),
        "frequency": PayFrequency.WEEKLY,
        "period_anchor": MONDAY,
        "days_after": 5,
        "starter_declaration": StarterDeclaration.A,
        **changes,
    }
    return Employment(**facts)


def regular(**changes: Any) -> Employment:
    """A monthly employment, paid on the last day; `regular_terms` fix its hours."""
    return an_employment(
        **{
            "frequency": PayFrequency.MONTHLY,
            "period_anchor": MONDAY,
            "days_after": 0,
            **changes,
        }
    )


def holiday_terms(**changes: Any) -> HolidayTerms:
    """The terms of holiday from 6 April 2026 of somebody whose hours change."""
    facts: dict[str, Any] = {"id": 1, "employment_id": 1, "from_day": date(2026, 4, 6), **changes}
    return HolidayTerms(**facts)


def regular_terms(**changes: Any) -> HolidayTerms:
    """The terms of holiday of 20 hours over 4 days a week."""
    return holiday_terms(
        **{
            "holiday_class": HolidayClass.REGULAR,
            "hours_per_week": Decimal(20),
            "days_per_week": Decimal(4),
            **changes,
        }
    )


def a_contract(**changes: Any) -> HolidayContract:
    """A weekly employment whose hours change, with its holiday terms."""
    job, held = _apart(changes)
    employment = an_employment(**job)
    return HolidayContract(employment, (holiday_terms(from_day=employment.started_on, **held),))


def regular_contract(**changes: Any) -> HolidayContract:
    """A monthly employment of 20 hours over 4 days a week, with its holiday terms."""
    job, held = _apart(changes)
    employment = regular(**job)
    return HolidayContract(
        employment, (regular_terms(**{"from_day": employment.started_on, **held}),)
    )


_OF_HOLIDAY = frozenset(
    {"holiday_class", "leave_year_start", "hours_per_week", "days_per_week", "rolled_up"}
)


def _apart(changes: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Tell what is of the employment from what is of its holiday."""
    job = {name: value for name, value in changes.items() if name not in _OF_HOLIDAY}
    return job, {name: value for name, value in changes.items() if name in _OF_HOLIDAY}


def a_rate(
    amount: str = "13.20",
    pay_type: PayType = PayType.BASIC,
    label: str = "Day",
    **changes: Any,
) -> PayRate:
    """A rate for an hour from 6 April 2026."""
    facts: dict[str, Any] = {
        "id": 0,
        "employment_id": 1,
        "from_day": date(2026, 4, 6),
        "pay_type": pay_type,
        "label": label,
        "rate": pounds(amount),
        **changes,
    }
    return PayRate(**facts)


WEEKEND = a_rate("14.10", PayType.ENHANCED, "Weekend")
WAKING_NIGHT = a_rate("15.40", PayType.WAKING_NIGHT, "Waking night")
SLEEP_IN = a_rate("58.00", PayType.SLEEP_IN, "Sleep-in", per=Per.NIGHT)
MILEAGE = a_rate("0.55", PayType.EXPENSES, "Mileage", per=Per.MILE)


def a_shift(
    day: date = MONDAY,
    minutes: int = 0,
    pay_type: PayType = PayType.BASIC,
    label: str = "Day",
    **changes: Any,
) -> Shift:
    """A shift by its length; `at` gives it times instead."""
    facts: dict[str, Any] = {
        "id": 0,
        "timesheet_id": 1,
        "day": day,
        "pay_type": pay_type,
        "label": label,
        "minutes": minutes,
        **changes,
    }
    return Shift(**facts)


def at(start: str, end: str) -> dict[str, Any]:
    """Return the times of a shift: `a_shift(**at("08:00", "13:00"))`."""
    return {"started": time.fromisoformat(start), "ended": time.fromisoformat(end)}


def terms(*rates: PayRate, code: str = "1257L", letter: str = "A", **changes: Any) -> Terms:
    """The terms of an employment from 6 April 2026."""
    day = date(2026, 4, 6)
    facts: dict[str, Any] = {
        "rates": rates or (a_rate(),),
        "tax_codes": (TaxCodeHeld(1, 1, day, code, "a test"),),
        "ni_letters": (NiCategoryHeld(1, 1, day, letter, "a test"),),
        **changes,
    }
    return Terms(**facts)
