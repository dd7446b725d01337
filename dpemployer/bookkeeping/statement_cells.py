"""What one cell of a bank's file says: a day, or an amount."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from dpemployer.money import NOTHING, Money

if TYPE_CHECKING:
    from collections.abc import Sequence

EARLIEST, LATEST = 2010, 2059
"""Years a statement can be from; the direct payments this program is for are not older."""

_TIME = re.compile(
    r"(?<=\d)[T ]+\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?[AaPp][Mm])?(Z|[+-]\d{2}:?\d{2})?$"
)
_WEEKDAY = re.compile(r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*[,. ]+", re.IGNORECASE)
_NUMERIC = re.compile(r"(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})")
_RUN_TOGETHER = re.compile(r"(\d{2})(\d{2})(\d{2})(\d{2})")
_DAY_FIRST_WORDS = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[-/. ]*([A-Za-z]{3,9})[-/., ]*(\d{4}|\d{2})"
)
_MONTH_FIRST_WORDS = re.compile(r"([A-Za-z]{3,9})[-/. ]*(\d{1,2})(?:st|nd|rd|th)?[-/., ]+(\d{4})")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_FULL_MONTHS = [
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
]

_AMOUNT = re.compile(
    r"(?P<open>\()? ?(?P<sign>[-+])? ?(?P<whole>\d{1,3}(?:,\d{3})+|\d*)(?:\.(?P<part>\d*))?"
    r" ?(?P<close>\))? ?(?P<after>-|CR|DR|OD|C|D)?"
)
_CURRENCY = re.compile(r"£|GBP")
_BLANK = {"", "-", "—", "–"}


class DateOrder(Enum):
    """How a date in figures is written."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    YEAR_FIRST = "year first"


@dataclass(frozen=True, slots=True)
class DateCell:
    """The days a cell could stand for, by the order it is read in."""

    day_first: date | None
    month_first: date | None
    year_first: date | None

    def read(self, order: DateOrder) -> date | None:
        """Return the day under one order."""
        return {
            DateOrder.DAY_FIRST: self.day_first,
            DateOrder.MONTH_FIRST: self.month_first,
            DateOrder.YEAR_FIRST: self.year_first,
        }[order]

    def __bool__(self) -> bool:
        return any((self.day_first, self.month_first, self.year_first))


NO_DATE = DateCell(None, None, None)


def date_cell(text: str) -> DateCell:
    """Read a cell as a day, in every order it allows."""
    tidy = _TIME.sub("", _WEEKDAY.sub("", " ".join(text.split())))
    if match := _NUMERIC.fullmatch(tidy):
        return _in_figures(match.groups())
    if match := _RUN_TOGETHER.fullmatch(tidy):
        first, second, third, fourth = match.groups()
        return DateCell(
            _day(third + fourth, second, first),
            None,
            _day(first + second, third, fourth),
        )
    if match := _DAY_FIRST_WORDS.fullmatch(tidy):
        day, month, year = match.groups()
    elif match := _MONTH_FIRST_WORDS.fullmatch(tidy):
        month, day, year = match.groups()
    else:
        return NO_DATE
    found = _day(year, _month(month), day)
    return DateCell(found, found, found)


def _in_figures(groups: Sequence[str]) -> DateCell:
    first, second, third = groups
    sizes = (len(first), len(third))
    if len(first) == 4 and len(third) <= 2:
        found = _day(first, second, third)
        return DateCell(found, found, found)
    if len(first) <= 2 and len(third) == 4:
        return DateCell(_day(third, second, first), _day(third, first, second), None)
    if sizes == (2, 2) or (len(first) <= 2 and len(third) == 2):
        return DateCell(
            _day(third, second, first), _day(third, first, second), _day(first, second, third)
        )
    return NO_DATE


def _month(word: str) -> str:
    """Return the number of a month by its name or its first three letters."""
    lower = word.lower()
    if lower in _FULL_MONTHS:
        return str(_FULL_MONTHS.index(lower) + 1)
    if lower in {"sept", *_MONTHS}:
        return str(_MONTHS.index(lower[:3]) + 1)
    return "0"


def _day(year: str, month: str, day: str) -> date | None:
    """Return the day, if there is one and a statement can be from then."""
    full = int(year) + 2000 if len(year) == 2 else int(year)
    if not EARLIEST <= full <= LATEST:
        return None
    try:
        return date(full, int(month), int(day))
    except ValueError:
        return None


class NotAnAmountError(ValueError):
    """A cell that should be an amount is none, or is finer than a penny."""


def amount_cell(text: str) -> Money | None:
    """Read a cell as pounds; None when it is blank.

    A minus sign before or after, brackets and DR or OD mean less than nothing.

    Raises:
        NotAnAmountError: If it is anything else.
    """
    tidy = " ".join(_CURRENCY.sub(" ", text.upper().replace("−", "-")).split())
    if tidy in _BLANK:
        return None
    match = _AMOUNT.fullmatch(tidy)
    if match is None or not (match["whole"] or match["part"]):
        raise NotAnAmountError(text)
    part = (match["part"] or "").rstrip("0")
    whole = (match["whole"] or "0").replace(",", "")
    if len(part) > 2 or len(whole) > 9 or bool(match["open"]) != bool(match["close"]):
        raise NotAnAmountError(text)
    pence = int(whole) * 100 + int(part.ljust(2, "0"))
    marks = [match["sign"] == "-", bool(match["open"]), match["after"] in {"-", "DR", "OD", "D"}]
    if sum(marks) > 1:
        raise NotAnAmountError(text)
    return Money(-pence if any(marks) else pence)


def is_amount(text: str) -> bool:
    """Whether a cell holds an amount, and is not blank."""
    try:
        return amount_cell(text) is not None
    except NotAnAmountError:
        return False


def all_one_sign(amounts: Sequence[Money]) -> bool:
    """Whether no amount is of the other sign than another."""
    return all(amount >= NOTHING for amount in amounts) or all(
        amount <= NOTHING for amount in amounts
    )
