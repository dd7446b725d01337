"""What people read and what people type: dates, times, hours, money and percentages.

Reading is generous (`6/7`, `monday`, `£1,200`, `7.30pm`), and whatever was understood is
written out in full beside the field, so that a wrong guess is seen at once.
"""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from decimal import Decimal, InvalidOperation

from dpemployer.errors import EntryError
from dpemployer.i18n import _, hours_and_minutes, long_date, month_name, short_date, weekday_name
from dpemployer.money import Money

__all__ = [
    "hours_and_minutes",
    "long_date",
    "read_date",
    "read_hours",
    "read_money",
    "read_number",
    "read_percent",
    "read_time",
    "short_date",
    "show_day",
    "show_days",
    "show_hours_plainly",
    "show_number",
    "show_time",
]

_ONE_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_HALF_A_YEAR = 183
_A_MONDAY = date(2024, 1, 1)
_NUMBERS = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{2}|\d{4}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WORDS = re.compile(r"(?:\S+ )?(\d{1,2})(?:st|nd|rd|th)? ([^\W\d]{3,})(?: (\d{2}|\d{4}))?")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h ]?([0-5]\d))?\s*(am|pm)?")
_HOURS_MINUTES = re.compile(r"(\d{1,3}):([0-5]\d)")
_HOURS_WORDS = re.compile(
    r"(?:(\d{1,3})\s*h(?:ours?|rs?)?)?\s*(?:(\d{1,3})\s*(?:m(?:in(?:ute)?s?)?)?)?"
)
_HOURS_DECIMAL = re.compile(r"\d{0,3}(\.\d{1,3})?")


# ── days ──────────────────────────────────────────────────────────────────────────────


def show_day(day: date) -> str:
    """Write a day with its weekday: Monday 6 July 2026."""
    return _("{weekday} {date}").format(weekday=weekday_name(day), date=long_date(day))


def show_days(first: date, last: date) -> str:
    """Write a run of days without saying the same month or year twice."""
    if first == last:
        return long_date(first)
    if (first.year, first.month) == (last.year, last.month):
        return _("{day} to {last}").format(day=first.day, last=long_date(last))
    if first.year == last.year:
        return _("{day} {month} to {last}").format(
            day=first.day, month=month_name(first.month), last=long_date(last)
        )
    return _("{first} to {last}").format(first=long_date(first), last=long_date(last))


def read_date(text: str, today: date) -> date:
    """Read a day typed in figures or words; a missing year is the one that comes nearest.

    Raises:
        EntryError: If it is not a day, or no such day exists.
    """
    said = " ".join(text.casefold().replace(",", " ").split())
    day = _day_in_words(said, today) or _day_in_figures(said, today) or _day_and_month(said, today)
    if day is None:
        raise EntryError(
            _("“{text}” is not a date.").format(text=text.strip()),
            _("A date is a day, a month and a year that are on the calendar."),
            _("Type it like 6/7/2026, or 6 July 2026, or a word such as today or Monday."),
        )
    return day


def _day_in_words(said: str, today: date) -> date | None:
    """Understand today, yesterday, tomorrow, Monday, last Friday, next Tuesday."""
    known = {
        _("today").casefold(): today,
        _("yesterday").casefold(): today - _ONE_DAY,
        _("tomorrow").casefold(): today + _ONE_DAY,
    }
    if said in known:
        return known[said]
    which, _space, name = said.rpartition(" ")
    for place in range(7):
        weekday = weekday_name(_A_MONDAY + place * _ONE_DAY).casefold()
        if len(name) >= 3 and weekday.startswith(name):
            back = (today.weekday() - place) % 7
            if which == _("next").casefold():
                return today + timedelta(days=7 - back)
            if which == _("last").casefold():
                return today - timedelta(days=back or 7)
            return None if which else today - timedelta(days=back)
    return None


def _day_in_figures(said: str, today: date) -> date | None:
    if found := _ISO.fullmatch(said):
        year, month, day = found.groups()
        return _real_day(int(day), int(month), int(year))
    if found := _NUMBERS.fullmatch(said):
        day, month, year = found.groups()
        return _nearest(int(day), int(month), year, today)
    return None


def _day_and_month(said: str, today: date) -> date | None:
    found = _WORDS.fullmatch(said)
    if not found:
        return None
    day, word, year = found.groups()
    for month in range(1, 13):
        if month_name(month).casefold().startswith(word):
            return _nearest(int(day), month, year, today)
    return None


def _nearest(day: int, month: int, year: str | None, today: date) -> date | None:
    """Settle the year: as typed, in this century or the last, or the nearest to *today*."""
    if year is not None:
        number = int(year)
        if len(year) == 2:
            number += 2000 if number <= today.year % 100 + 10 else 1900
        return _real_day(day, month, number)
    for number in (today.year, today.year - 1, today.year + 1):
        found = _real_day(day, month, number)
        if found is not None and abs((found - today).days) <= _HALF_A_YEAR:
            return found
    return _real_day(day, month, today.year)


def _real_day(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


# ── times and lengths of time ─────────────────────────────────────────────────────────


def show_time(moment: time | None) -> str:
    """Write a time of day by the 24-hour clock; nothing when there is none."""
    return "" if moment is None else f"{moment.hour:02d}:{moment.minute:02d}"


def read_time(text: str) -> time:
    """Read a time of day: 9, 9:30, 0930, 9.30pm.

    Raises:
        EntryError: If it is not one.
    """
    found = _CLOCK.fullmatch(text.casefold().strip())
    if found:
        hour, minute = int(found[1]), int(found[2] or 0)
        if found[3] and 1 <= hour <= 12:
            hour = hour % 12 + (12 if found[3] == "pm" else 0)
        elif found[3]:
            hour = 99
        if hour == 24 and minute == 0:
            hour = 0
        if hour < 24:
            return time(hour, minute)
    raise EntryError(
        _("“{text}” is not a time of day.").format(text=text.strip()),
        _("Times are by the clock on the wall, from 00:00 to 23:59."),
        _("Type it like 9:30, 0930 or 9.30pm."),
    )


def read_hours(text: str) -> int:
    """Read a length of time in hours, as whole minutes: 7, 7.5, 7:30, 7 h 30 min.

    Raises:
        EntryError: If it is not one, is below zero, or is not a whole number of minutes.
    """
    said = text.casefold().strip()
    if found := _HOURS_MINUTES.fullmatch(said):
        return int(found[1]) * 60 + int(found[2])
    if said and said != "." and _HOURS_DECIMAL.fullmatch(said):
        minutes = Decimal(said) * 60
        if minutes == minutes.to_integral_value():
            return int(minutes)
    elif said and any(unit in said for unit in "hm") and (found := _HOURS_WORDS.fullmatch(said)):
        return int(found[1] or 0) * 60 + int(found[2] or 0)
    raise EntryError(
        _("“{text}” is not a number of hours.").format(text=text.strip()),
        _("Hours are whole minutes, and never less than nothing."),
        _("Type it like 7.5 or 7:30."),
    )


def show_hours_plainly(minutes: int) -> str:
    """Write a length of time as it is typed: 7:30."""
    hours, rest = divmod(minutes, 60)
    return f"{hours}:{rest:02d}"


# ── money and numbers ─────────────────────────────────────────────────────────────────


def read_money(text: str) -> Money:
    """Read an amount of pounds: 12, 12.50, £1,234.56, -5.

    Raises:
        EntryError: If it is not one, or is finer than a penny.
    """
    said = text.strip().replace("£", "").replace(",", "").replace(" ", "")
    try:
        return Money.parse(said)
    except ValueError:
        raise EntryError(
            _("“{text}” is not an amount of money.").format(text=text.strip()),
            _("Amounts are pounds, and pence after a point if there are any."),
            _("Type it like 12.50 or 1,234.56."),
        ) from None


def read_number(text: str) -> Decimal:
    """Read a number that may have decimals.

    Raises:
        EntryError: If it is not one.
    """
    said = text.strip().replace(",", "")
    try:
        number = Decimal(said)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise EntryError(
            _("“{text}” is not a number.").format(text=text.strip()),
            _("A number is written in figures."),
            _("Type it like 16 or 16.5."),
        )
    return number


def read_percent(text: str) -> Decimal:
    """Read a percentage from 0 to 100, with or without its sign.

    Raises:
        EntryError: If it is not one.
    """
    number = read_number(text.strip().removesuffix("%"))
    if not 0 <= number <= 100:
        raise EntryError(
            _("“{text}” is not a percentage between 0 and 100.").format(text=text.strip()),
            _("It is a part of the whole, and the whole is 100."),
            _("Type it like 5 or 3.5."),
        )
    return number


def show_number(number: Decimal) -> str:
    """Write a number without noughts that say nothing."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
