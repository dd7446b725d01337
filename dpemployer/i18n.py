"""Words in the person's language, by gettext; English is the source.

No file is read here: the office loads a catalogue and installs it with `install`.
"""

from __future__ import annotations

import gettext as _gettext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

_catalogue: list[_gettext.NullTranslations] = [_gettext.NullTranslations()]


def install(translations: _gettext.NullTranslations) -> None:
    """Use *translations* for every word from now on."""
    _catalogue[0] = translations


def _(message: str) -> str:
    """Return *message* in the person's language."""
    return _catalogue[0].gettext(message)


def N_(message: str) -> str:  # noqa: N802 - the name every extraction tool knows
    """Mark *message* for translation where it is kept before it is shown."""
    return message


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form of a message that suits *count*."""
    return _catalogue[0].ngettext(one, many, count)


_MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)
_WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)


def month_name(number: int) -> str:
    """Return the name of month 1 to 12."""
    return _(_MONTHS[number - 1])


def weekday_name(day: date) -> str:
    """Return the name of the day of the week."""
    return _(_WEEKDAYS[day.weekday()])


def long_date(day: date) -> str:
    """Write a date in full: 28 November 2026."""
    return _("{day} {month} {year}").format(day=day.day, month=month_name(day.month), year=day.year)


def short_date(day: date) -> str:
    """Write a date in figures, day first: 28/11/2026."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def hours_and_minutes(minutes: int) -> str:
    """Write a length of time as people say it: 7 h 30 min."""
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else ""
    if rest and hours:
        text = _("{hours} h {minutes} min").format(hours=hours, minutes=rest)
    elif rest:
        text = _("{minutes} min").format(minutes=rest)
    else:
        text = _("{hours} h").format(hours=hours)
    return sign + text
