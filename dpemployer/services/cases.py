"""Reading what a calculation is asked, when it arrives as text: every value checked where it is.

A case is an object out of a JSON file. Its amounts are strings of pounds with at most two
decimals, such as "1234.56"; a bare number is refused, because everywhere else in the program a
number of money is pence. Unknown keys are ignored. A key that does not apply may be null or left
out.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from dpemployer.errors import EntryError
from dpemployer.i18n import _
from dpemployer.money import NOTHING, Money
from dpemployer.periods import TaxYear

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from enum import StrEnum

    from dpemployer.statutory.rates import RateBook, Rates
    from dpemployer.workings import Step

Result: TypeAlias = dict[str, Any]
"""An answer as plain values, keyed like the `expected` of the worked examples."""
Worked: TypeAlias = "tuple[Result, Iterable[Step]]"
"""An answer and how it was worked out."""

_Choice = TypeVar("_Choice", bound="StrEnum")
_QUANTITY = re.compile(r"[0-9]{1,4}(\.[0-9]{1,6})?")
_EXACT = re.compile(r"-?[0-9]{1,6}(\.[0-9]{1,18})?")
_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
_CLOCK_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEARS = range(1900, 2201)
_LONGEST_SHOWN = 60
_A_PAIR = 2
_YEARS_OF_CLOCKS = range(1998, 2100)
"""The years in which a clock time can be: the regulations about working time began in 1998."""


class Case:
    """The keys of one case, or of one part of it, each read as what it must be."""

    def __init__(self, keys: Mapping[str, object], where: str = "") -> None:
        self._keys = keys
        self._where = where

    @staticmethod
    def of(value: object) -> Case:
        """Read one of a list of cases.

        Raises:
            EntryError: If it is not an object.
        """
        if not isinstance(value, dict):
            raise _wrong(_("case"), value, _("It should be an object, with names and values."))
        return Case(value)

    def part(self, name: str) -> Case:
        """Read an object inside."""
        value = self._needed(name)
        if not isinstance(value, dict):
            raise _wrong(self._named(name), value, _("It should be an object."))
        return Case(value, f"{self._named(name)}.")

    def part_if_any(self, name: str) -> Case:
        """Read an object inside, or an empty one where there is none."""
        return Case({}, f"{self._named(name)}.") if self.lacks(name) else self.part(name)

    def parts(self, name: str) -> list[Case]:
        """Read a list of objects inside."""
        value = self._needed(name)
        if not isinstance(value, list):
            raise _wrong(self._named(name), value, _("It should be a list."))
        found = []
        for place, item in enumerate(value, start=1):
            where = f"{self._named(name)}[{place}]"
            if not isinstance(item, dict):
                raise _wrong(where, item, _("It should be an object."))
            found.append(Case(item, f"{where}."))
        return found

    def lacks(self, name: str) -> bool:
        """Whether a key is null or left out."""
        return self._keys.get(name) is None

    def text(self, name: str) -> str:
        """Read words."""
        value = self._needed(name)
        if not isinstance(value, str):
            raise _wrong(self._named(name), value, _("It should be text."))
        return value

    def money(self, name: str, *, below_nothing: bool = False) -> Money:
        """Read an amount of pounds."""
        value = self._needed(name)
        try:
            amount = Money.parse(value) if isinstance(value, str) else None
        except ValueError:
            amount = None
        if amount is None:
            why = _("An amount is pounds as text with at most two decimals, such as “1234.56”.")
            raise _wrong(self._named(name), value, why)
        if amount < NOTHING and not below_nothing:
            raise _wrong(self._named(name), value, _("It is never less than nothing."))
        return amount

    def money_if_any(self, name: str) -> Money:
        """Read an amount of pounds, nothing where there is none."""
        return NOTHING if self.lacks(name) else self.money(name)

    def whole(self, name: str, least: int, most: int) -> int:
        """Read a count."""
        value = self._needed(name)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            why = _("It should be a whole number from {least} to {most}.").format(
                least=least, most=most
            )
            raise _wrong(self._named(name), value, why)
        return value

    def quantity(self, name: str) -> Decimal:
        """Read hours or a percentage: a number, or the same as text."""
        value = self._needed(name)
        number = isinstance(value, int | Decimal | str) and not isinstance(value, bool)
        if not number or not _QUANTITY.fullmatch(str(value)):
            why = _("It should be a number such as 37.5, not below nothing.")
            raise _wrong(self._named(name), value, why)
        return Decimal(str(value))

    def exact(self, name: str) -> Decimal:
        """Read an exact number with as many decimals as it has; it may be below nothing."""
        value = self._needed(name)
        number = isinstance(value, int | Decimal | str) and not isinstance(value, bool)
        if not number or not _EXACT.fullmatch(str(value)):
            why = _("It should be a number such as 14.871232876712.")
            raise _wrong(self._named(name), value, why)
        return Decimal(str(value))

    def number(self, name: str, missing: int | None = None) -> Decimal:
        """Read any number not below nothing, or *missing* where it is left out."""
        if missing is not None and self.lacks(name):
            return Decimal(missing)
        value = self._needed(name)
        number = isinstance(value, int | Decimal | str) and not isinstance(value, bool)
        if not number or not _NUMBER.fullmatch(str(value)):
            why = _("It should be a number such as 37.5, not below nothing.")
            raise _wrong(self._named(name), value, why)
        return Decimal(str(value))

    def quantities(self, name: str) -> tuple[Decimal, ...]:
        """Read a list of hours or percentages."""
        return tuple(each.quantity(key) for each, key in self._listed(name))

    def amounts(self, name: str) -> tuple[Money, ...]:
        """Read a list of amounts of pounds."""
        return tuple(each.money(key) for each, key in self._listed(name))

    def words(self, name: str) -> tuple[str, ...]:
        """Read a list of words."""
        return tuple(each.text(key) for each, key in self._listed(name))

    def _listed(self, name: str) -> list[tuple[Case, str]]:
        """Read a list, each thing in it under a key that says its place."""
        value = self._needed(name)
        if not isinstance(value, list):
            raise _wrong(self._named(name), value, _("It should be a list."))
        return [
            (Case({f"{name}[{place}]": item}, self._where), f"{name}[{place}]")
            for place, item in enumerate(value, start=1)
        ]

    def numbers(self, name: str) -> tuple[Decimal, ...]:
        """Read a list of numbers not below nothing."""
        return tuple(each.number(key) for each, key in self._listed(name))

    def named_amounts(self, name: str) -> tuple[tuple[str, Money], ...]:
        """Read amounts by what they are for; none where they are left out."""
        found = self.part_if_any(name)
        return tuple((what, found.money_if_any(what)) for what in found._keys)  # noqa: SLF001

    def yes(self, name: str) -> bool:
        """Read a yes or a no."""
        value = self._needed(name)
        if not isinstance(value, bool):
            raise _wrong(self._named(name), value, _("It should be true or false."))
        return value

    def yes_if_any(self, name: str) -> bool:
        """Read a yes or a no; no where it is left out."""
        return False if self.lacks(name) else self.yes(name)

    def day(self, name: str) -> date:
        """Read a date."""
        value = self._needed(name)
        wanted = _("A date is written year first: “2026-04-10”.")
        try:
            if isinstance(value, str) and _DATE.fullmatch(value):
                found = date.fromisoformat(value)
                if found.year in _YEARS:
                    return found
                wanted = _("The year should be from {first} to {last}.").format(
                    first=_YEARS[0], last=_YEARS[-1]
                )
        except ValueError:
            pass
        raise _wrong(self._named(name), value, wanted)

    def clock_time(self, name: str) -> datetime:
        """Read what the clock on the wall says on a day."""
        return _clock_time(self._named(name), self._needed(name))

    def span(self, start: str, end: str) -> tuple[datetime, datetime]:
        """Read two clock times, the second after the first."""
        return _span(self._named(end), self.clock_time(start), self.clock_time(end))

    def spans(self, name: str) -> list[tuple[datetime, datetime]]:
        """Read a list of pairs of clock times, the second of each after its first."""
        value = self._needed(name)
        if not isinstance(value, list):
            raise _wrong(self._named(name), value, _("It should be a list."))
        found = []
        for place, pair in enumerate(value, start=1):
            where = f"{self._named(name)}[{place}]"
            if not isinstance(pair, list) or len(pair) != _A_PAIR:
                raise _wrong(where, pair, _("It should be a start and an end."))
            found.append(_span(where, *(_clock_time(where, moment) for moment in pair)))
        return found

    def choice(self, name: str, kind: type[_Choice]) -> _Choice:
        """Read one of a fixed list of words."""
        value = self._needed(name)
        try:
            if isinstance(value, str):
                return kind(value)
        except ValueError:
            pass
        why = _("It should be one of: {choices}.").format(choices=", ".join(kind))
        raise _wrong(self._named(name), value, why)

    def tax_year(self) -> TaxYear:
        """Read the tax year of a case."""
        value = self._needed("tax_year")
        try:
            if isinstance(value, str):
                return TaxYear.parse(value)
        except ValueError:
            pass
        raise _wrong("tax_year", value, _("A tax year is written “2026-27”."))

    def pay_date(self, year: TaxYear) -> date:
        """Read the payday; the start of the tax year where there is none."""
        if self.lacks("pay_date"):
            return year.first_day
        day = self.day("pay_date")
        if day not in year:
            why = _("It is not in the tax year {year}.").format(year=year)
            raise _wrong(self._named("pay_date"), day.isoformat(), why)
        return day

    def rates(self, year: TaxYear, book: RateBook) -> Rates:
        """Return what is in force on the payday."""
        return book.on(self.pay_date(year))

    def _needed(self, name: str) -> object:
        value = self._keys.get(name)
        if value is None:
            raise EntryError(
                what=_("“{name}” is missing.").format(name=self._named(name)),
                why=_("This calculation needs it."),
                next_step=_("Add it and ask again."),
            )
        return value

    def _named(self, name: str) -> str:
        return f"{self._where}{name}"


def _clock_time(name: str, value: object) -> datetime:
    try:
        if isinstance(value, str) and _CLOCK_TIME.fullmatch(value):
            moment = datetime.fromisoformat(value)
            if moment.year in _YEARS_OF_CLOCKS:
                return moment
    except ValueError:
        pass
    why = _("A clock time is written “2026-11-23T08:00”, without a zone.")
    raise _wrong(name, value, why)


def _span(name: str, start: datetime, end: datetime) -> tuple[datetime, datetime]:
    if end <= start:
        raise _wrong(name, end.isoformat(), _("The end has to be after the start."))
    return start, end


def _wrong(name: str, value: object, why: str) -> EntryError:
    shown = str(value)
    if len(shown) > _LONGEST_SHOWN:
        shown = f"{shown[:_LONGEST_SHOWN]}…"
    return EntryError(
        what=_("“{name}” cannot be “{value}”.").format(name=name, value=shown),
        why=why,
        next_step=_("Put it right and ask again."),
    )
