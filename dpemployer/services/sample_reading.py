"""Read a `dp-sample/1` file and check all of it before anything is made from it.

Every complaint names the place in the file, such as `ledger[3].category`.
"""

from __future__ import annotations

import json
import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from dpemployer.errors import EntryError
from dpemployer.i18n import _
from dpemployer.money import Money

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from enum import StrEnum

SCHEMA = "dp-sample/1"
CASH = "cash"
_MOST_PENCE = 10**11
"""A thousand million pounds: more is a slip of the keyboard."""

_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
"""What JSON may write as an escape although no text can hold it."""

_YEARS = range(1900, 2200)
"""Any other is a slip of the keyboard."""

_IN_A_SENTENCE = 60

C = TypeVar("C", bound="StrEnum")


def bad_sample(place: str, why: str) -> EntryError:
    """Say that a sample cannot be loaded, and where it is wrong."""
    return EntryError(
        what=_("This sample cannot be loaded: nothing was made."),
        why=_("At {place}: {why}").format(place=place[-200:], why=why) if place else why,
        next_step=_("Put the file right and load it again."),
    )


def _short(value: str) -> str:
    """Return so much of a text as a sentence can hold."""
    return value if len(value) <= _IN_A_SENTENCE else f"{value[:_IN_A_SENTENCE]}…"


@dataclass(frozen=True, slots=True)
class At:
    """One object of the file, and where it stands."""

    place: str
    row: dict[str, Any]

    def bad(self, key: str, why: str) -> EntryError:
        """Say what is wrong with one of its keys."""
        return bad_sample(f"{self.place}.{key}" if self.place else key, why)

    def has(self, key: str) -> bool:
        """Whether a key is there and says something."""
        return self.row.get(key) not in (None, "", [], {})

    def _needed(self, key: str) -> Any:
        value = self.row.get(key)
        if value is None:
            raise self.bad(key, _("it has to be there."))
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """Return words; needed unless there is a default."""
        value = self._needed(key) if default is None else self.row.get(key)
        if value is None:
            return default or ""
        if not isinstance(value, str) or "\0" in value:
            raise self.bad(key, _("it should be text."))
        return value

    def day(self, key: str) -> date:
        """Return a day."""
        return self.as_day(key, self._needed(key))

    def day_or_none(self, key: str) -> date | None:
        """Return a day, if there is one."""
        value = self.row.get(key)
        return None if value is None else self.as_day(key, value)

    def days(self, key: str) -> tuple[date, ...]:
        """Return a list of days, which may be empty."""
        return tuple(
            self.as_day(f"{key}[{number}]", value) for number, value in enumerate(self._list(key))
        )

    def as_day(self, key: str, value: object) -> date:
        """Return a value found under *key* as a day."""
        try:
            if isinstance(value, str) and len(value) == 10:
                day = date.fromisoformat(value)
                if day.year in _YEARS:
                    return day
        except ValueError:
            pass
        raise self.bad(key, _("it should be a date such as 2026-07-31."))

    def month(self, key: str) -> tuple[date, date] | None:
        """Return the first and last day of a month, if there is one."""
        value = self.row.get(key)
        if value is None:
            return None
        first = self.as_day(key, f"{value}-01")
        return first, first.replace(day=monthrange(first.year, first.month)[1])

    def money(self, key: str, default: int | None = None) -> Money:
        """Return whole pence; needed unless there is a default."""
        if default is not None and self.row.get(key) is None:
            return Money(default)
        value = self._number(key, self._needed(key))
        if value != value.to_integral_value() or abs(value) > _MOST_PENCE:
            raise self.bad(key, _("it should be whole pence."))
        return Money(int(value))

    def positive(self, key: str, default: int | None = None) -> Money:
        """Return whole pence, not below nothing."""
        amount = self.money(key, default)
        if amount.pence < 0:
            raise self.bad(key, _("it should not be below nothing."))
        return amount

    def number(self, key: str, default: int | None = None, *, most: int = 10**6) -> Decimal:
        """Return an exact number from nothing to *most*; needed unless there is a default."""
        if default is not None and self.row.get(key) is None:
            return Decimal(default)
        value = self._number(key, self._needed(key))
        if not 0 <= value <= most:
            raise self.bad(key, _("it should be from nothing to {most}.").format(most=most))
        return value

    def number_or_none(self, key: str) -> Decimal | None:
        """Return an exact number of either sign, if there is one."""
        value = self.row.get(key)
        return None if value is None else self._number(key, value)

    def whole(self, key: str, default: int | None = None) -> int:
        """Return a whole number, not below nothing."""
        value = self.number(key, default)
        if value != value.to_integral_value():
            raise self.bad(key, _("it should be a whole number."))
        return int(value)

    def _number(self, key: str, value: object) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.bad(key, _("it should be a number."))
        number = Decimal(value)
        if abs(number.adjusted()) > 12:
            raise self.bad(key, _("it is out of all measure."))
        return number

    def yes(self, key: str, *, default: bool = False) -> bool:
        """Return true or false."""
        value = self.row.get(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise self.bad(key, _("it should be true or false."))
        return value

    def choice(self, key: str, choices: type[C], default: C | None = None) -> C:
        """Return one of a fixed list."""
        value = self.text(key, "" if default is not None else None)
        if not value and default is not None:
            return default
        try:
            return choices(value)
        except ValueError:
            raise self.bad(
                key, _("nothing is known of “{value}”.").format(value=_short(value))
            ) from None

    def one_of(self, key: str, known: Collection[str]) -> str:
        """Return a text that has to be one of *known*."""
        return self.check(key, self.text(key), known)

    def one_or_none(self, key: str, known: Collection[str]) -> str | None:
        """Return a text that has to be one of *known*, if there is one."""
        return None if self.row.get(key) is None else self.one_of(key, known)

    def check(self, key: str, value: str, known: Collection[str]) -> str:
        """Refuse a name that is not known."""
        if value not in known:
            raise self.bad(key, _("nothing is known of “{value}”.").format(value=_short(value)))
        return value

    def texts(self, key: str, *, needed: bool = False) -> tuple[str, ...]:
        """Return a list of texts."""
        if needed:
            self._needed(key)
        values = self._list(key)
        if not all(isinstance(value, str) for value in values):
            raise self.bad(key, _("it should be a list of texts."))
        return tuple(values)

    def _list(self, key: str) -> list[Any]:
        value = self.row.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.bad(key, _("it should be a list."))
        return value

    def block(self, key: str) -> At:
        """Return an object that has to be there."""
        return self._as_block(key, self._needed(key))

    def block_or_none(self, key: str) -> At | None:
        """Return an object with something in it, if there is one."""
        return self._as_block(key, self.row[key]) if self.has(key) else None

    def _as_block(self, key: str, value: object) -> At:
        if not isinstance(value, dict):
            raise self.bad(key, _("it should be an object."))
        return At(f"{self.place}.{key}" if self.place else key, value)

    def rows(self, key: str, *, needed: bool = False) -> tuple[At, ...]:
        """Return a list of objects; needed: it has to be there, though it may be empty."""
        if needed:
            self._needed(key)
        return tuple(
            self._as_block(f"{key}[{number}]", value)
            for number, value in enumerate(self._list(key))
        )

    def amounts(self, key: str, names: Collection[str]) -> dict[str, Money]:
        """Return an object of whole pence by name, such as parts by funder."""
        inside = self.block_or_none(key)
        if inside is None:
            return {}
        return {inside.check(name, name, names): inside.money(name) for name in inside.row}


def read_sample(content: bytes) -> At:
    """Read the file as one object of the right kind.

    Raises:
        EntryError: If it is not.
    """
    try:
        data = json.loads(
            content.decode("utf-8-sig"),
            parse_float=Decimal,
            parse_constant=_no_constant,
            object_pairs_hook=_once,
        )
    except ValueError as error:
        # Not UTF-8, not JSON, or a number of thousands of digits.
        raise bad_sample("", _("It is not JSON: {error}.").format(error=error)) from None
    except RecursionError:
        raise bad_sample("", _("It is not JSON a person would write.")) from None
    if not isinstance(data, dict):
        raise bad_sample("", _("It is not one JSON object."))
    if _HALF_CHARACTER.search(json.dumps(data, ensure_ascii=False, default=str)):
        raise bad_sample("", _("It holds half a character, which cannot be kept."))
    sample = At("", data)
    if sample.text("schema") != SCHEMA:
        raise sample.bad("schema", _("it should be “{schema}”.").format(schema=SCHEMA))
    if not sample.yes("invented"):
        raise sample.bad("invented", _("only invented samples are loaded."))
    return sample


def _no_constant(name: str) -> None:
    raise bad_sample("", _("“{name}” is not a number.").format(name=name))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a key that is written twice: it would mean two things."""
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise bad_sample("", _("The key “{key}” is written twice.").format(key=_short(twice)))
    return found


def unique(rows: tuple[At, ...], key: str) -> Iterator[str]:
    """Yield what each row has under *key*, and refuse one that comes twice."""
    seen: set[str] = set()
    for row in rows:
        name = row.text(key)
        if name in seen:
            raise row.bad(key, _("“{name}” is there twice.").format(name=_short(name)))
        seen.add(name)
        yield name


def week_of(day: date) -> tuple[date, date]:
    """Return the first and last day of a week that begins on *day*."""
    return day, day + timedelta(days=6)
