"""How papers say amounts of time and what a rate is paid for."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from dpemployer.i18n import _, hours_and_minutes, long_date, month_name, ngettext
from dpemployer.payroll.people import Per
from dpemployer.workings import shown

if TYPE_CHECKING:
    from datetime import date

    from dpemployer.money import Money


def hours(minutes: int) -> str:
    """Write time so that it can be multiplied by a rate: 31.5 hours.

    Time that two decimals cannot give exactly, such as twenty minutes, is written in hours and
    minutes instead: 0.33 hours would not come to the amount beside it.
    """
    hundredths, rest = divmod(minutes * 100, 60)
    if rest:
        return hours_and_minutes(minutes)
    number = _signed(shown(Decimal(hundredths).scaleb(-2)))
    return ngettext("{number} hour", "{number} hours", 1 if number == "1" else 2).format(
        number=number
    )


def counted(quantity: int, per: Per) -> str:
    """Write a number of nights or miles."""
    if per is Per.NIGHT:
        return ngettext("{number} night", "{number} nights", abs(quantity)).format(
            number=_signed(str(quantity))
        )
    return ngettext("{number} mile", "{number} miles", abs(quantity)).format(
        number=_signed(str(quantity))
    )


def rate(amount: Money, per: Per) -> str:
    """Write what is paid for each hour, night or mile."""
    match per:
        case Per.HOUR:
            return _("{amount} an hour").format(amount=amount)
        case Per.NIGHT:
            return _("{amount} a night").format(amount=amount)
        case Per.MILE:
            return _("{amount} a mile").format(amount=amount)


def period(first_day: date, last_day: date) -> str:
    """Write a run of days without saying a month or a year twice."""
    if first_day.year != last_day.year:
        first = long_date(first_day)
    elif first_day.month != last_day.month:
        first = _("{day} {month}").format(day=first_day.day, month=month_name(first_day.month))
    else:
        first = str(first_day.day)
    return _("{first} to {last}").format(first=first, last=long_date(last_day))


def fingerprint(sha256: str) -> str:
    """Write a hash in groups of eight, so that two can be compared by eye."""
    return " ".join(sha256[start : start + 8] for start in range(0, len(sha256), 8))


def _signed(number: str) -> str:
    """Write a number with a real minus sign, as amounts are."""
    return number.replace("-", "−")
