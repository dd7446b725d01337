"""Rates: every figure the law sets, by the day it starts, and where it comes from.

The files under `resources/statutory/` are the truth. `RateBook.parse` reads their texts, checks
them, merges the entries of each parameter into one timeline and answers for a date. Each rule
asks for the date its own law names; nothing here knows which that is.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from dpemployer.errors import RatesUnknownError
from dpemployer.findings import UNCONFIRMED, Finding, Severity
from dpemployer.i18n import _, long_date
from dpemployer.money import Money
from dpemployer.periods import TaxYear

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Kind: TypeAlias = "str | dict[str, str]"
_T = TypeVar("_T")

_ABOUT_THE_ENTRY = frozenset(
    {
        "from",
        "unchanged_since",
        "starts_outside_the_year",
        "not_in_force",
        "source",
        "evidence",
        "confirmed",
        "in_doubt",
        "note",
    }
)
_ABOUT_THE_FILE = frozenset({"tax_year", "checked_on"})
_ABOUT_THE_PARAMETER = frozenset(
    {"label", "unit", "period", "standing", "may_change_from", "figures", "note"}
)
_ONE_DAY = timedelta(days=1)


class RatesFileError(ValueError):
    """A shipped rates file says something it may not: a mistake in the program."""


class Figures:
    """The named figures of one entry, or of one row of a table in it."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = dict(values)

    def names(self) -> tuple[str, ...]:
        """Return the names of the figures there are."""
        return tuple(self._values)

    def money(self, name: str = "value") -> Money:
        """Return an amount."""
        return self._get(name, Money)

    def rate(self, name: str = "value") -> Decimal:
        """Return a fraction or a percentage, as the file says it."""
        return self._get(name, Decimal)

    def whole(self, name: str = "value") -> int:
        """Return a count."""
        return self._get(name, int)

    def yes(self, name: str = "value") -> bool:
        """Return a yes or a no."""
        return self._get(name, bool)

    def day(self, name: str) -> date:
        """Return a date."""
        return self._get(name, date)

    def text(self, name: str = "value") -> str:
        """Return words."""
        return self._get(name, str)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of words."""
        found: tuple[str, ...] = self._get(name, tuple)
        return found

    def rows(self, name: str) -> tuple[Figures, ...]:
        """Return a table, row by row."""
        found: tuple[Figures, ...] = self._get(name, tuple)
        return found

    def money_if_any(self, name: str) -> Money | None:
        """Return an amount, or nothing where the entry has none."""
        return None if self._values.get(name) is None else self.money(name)

    def rate_if_any(self, name: str) -> Decimal | None:
        """Return a rate, or nothing where the entry has none."""
        return None if self._values.get(name) is None else self.rate(name)

    def _get(self, name: str, kind: type[_T]) -> _T:
        value = self._values[name]
        if not isinstance(value, kind):
            raise TypeError(f"{name} is {value!r}, not {kind.__name__}")
        return value


@dataclass(frozen=True, slots=True)
class Parameter:
    """What one figure of the law is, apart from how much it is."""

    name: str
    label: str
    unit: str
    period: str
    standing: bool
    may_change_from: tuple[int, int]
    kinds: dict[str, Kind]
    note: str


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One parameter from one day: how much, who says so, and how sure we are."""

    parameter: Parameter
    starts: date
    figures: Figures
    source: str
    evidence: tuple[str, ...]
    confirmed: bool
    note: str
    file: str
    unchanged_since: date | None
    starts_outside_the_year: str
    not_in_force: str
    """Why there was no such thing then; empty when there was."""
    in_doubt: frozenset[str]
    """What an unconfirmed entry is in doubt about, such as category letters; empty: all of it."""

    def doubtful(self, about: str | None) -> bool:
        """Whether the part of this entry for *about*, or any part, could not be checked."""
        whole = about is None or not self.in_doubt
        return not self.confirmed and (whole or about in self.in_doubt)

    def finding(self) -> Finding:
        """Say that this figure could not be checked."""
        return Finding(
            severity=Severity.NOTE,
            code=UNCONFIRMED,
            subject=self.parameter.label,
            message=_(
                "What the program knows of this from {day} on could not be checked against enough "
                "published sources. Compare it with {source} before you rely on it. {note}"
            )
            .format(
                day=long_date(self.starts),
                source=self.source,
                note=self.note,
            )
            .rstrip(),
            source=self.source,
        )


class Rates:
    """Everything in force on a day, and on the days around it when nothing changed.

    One object stands for each stretch of days without a change, so that a table worked out
    from it can be kept by it.
    """

    def __init__(self, book: RateBook, starts: date, entries: dict[str, Entry]) -> None:
        self._book = book
        self._entries = entries
        self.starts = starts
        """The first of the days."""
        self.name = f"uk-{TaxYear.of(starts)}"

    def __getitem__(self, parameter: str) -> Figures:
        """Return the figures of a parameter.

        Raises:
            RatesUnknownError: If the files do not give it for this day, or there was no such
                thing then.
        """
        return self.entry(parameter).figures

    def entry(self, parameter: str) -> Entry:
        """Return a parameter's entry, with its source.

        Raises:
            RatesUnknownError: If the files do not give it for this day, or there was no such
                thing then.
        """
        entry = self._entries.get(parameter)
        if entry is None:
            raise self._book.unknown_figure(self._book.parameters[parameter], self.starts)
        if entry.not_in_force:
            raise RatesUnknownError(
                what=_("There was no “{label}” on {day}.").format(
                    label=entry.parameter.label, day=long_date(self.starts)
                ),
                why=_(entry.not_in_force),
                next_step=_("Check the date, and the last letter from HMRC about it."),
            )
        return entry

    def __contains__(self, parameter: str) -> bool:
        """Whether there is such a thing on this day."""
        entry = self._entries.get(parameter)
        return entry is not None and not entry.not_in_force

    def since(self, *parameters: str) -> date:
        """Return the first day on which all these figures were what they are.

        Raises:
            RatesUnknownError: If one of them is not known for this day.
        """
        return max(self.entry(parameter).starts for parameter in parameters)

    def unconfirmed(
        self, parameters: Iterable[str] | None = None, about: str | None = None
    ) -> tuple[Finding, ...]:
        """Return a finding for each figure that could not be checked.

        Args:
            parameters: Which to look at; all of them when absent.
            about: What the figures were used for, such as a category letter. A figure in doubt
                only for others is left out.
        """
        names = self._entries if parameters is None else parameters
        return tuple(
            entry.finding()
            for entry in map(self._entries.get, names)
            if entry and entry.doubtful(about)
        )


class RateBook:
    """Every rates file, merged: one timeline for each parameter, answered by date."""

    def __init__(self, parameters: dict[str, Parameter], entries: Iterable[Entry]) -> None:
        self.parameters = parameters
        self.entries = tuple(sorted(entries, key=lambda entry: entry.starts))
        yearly = [entry for entry in self.entries if entry.file != "standing"]
        years = sorted({entry.file for entry in yearly})
        self.years = tuple(TaxYear.parse(file.removeprefix("uk-")) for file in years)
        self.first_day = self.years[0].first_day
        self.last_day = self.years[-1].last_day
        self._starts = self._days_of_change(yearly)
        self._kept: dict[int, Rates] = {}

    @classmethod
    def parse(cls, files: Mapping[str, str]) -> RateBook:
        """Read rates files: their texts by name, without the ending.

        Raises:
            RatesFileError: If one says something it may not.
        """
        parameters = {
            parameter.name: parameter
            for parameter in _parameters("", tomllib.loads(files["parameters"]))
        }
        entries: list[Entry] = []
        for name, text in files.items():
            if name.startswith("uk-") or name == "standing":
                content = tomllib.loads(text)
                _check_the_year(name, content)
                tables = {k: v for k, v in content.items() if k not in _ABOUT_THE_FILE}
                entries += _entries(name, "", tables, parameters)
        return cls(parameters, entries)

    def on(self, day: date) -> Rates:
        """Return what is in force on *day*.

        Raises:
            RatesUnknownError: If no file covers it. Last year's figures are never carried on.
        """
        place = bisect_right(self._starts, day) - 1
        if place < 0 or day > self.last_day:
            raise self.unknown(day)
        kept = self._kept.get(place)
        if kept is None:
            kept = self._kept[place] = Rates(self, self._starts[place], self._in_force(day))
        return kept

    def for_year(self, year: TaxYear) -> Rates:
        """Return what is in force on the first day of a tax year.

        Raises:
            RatesUnknownError: If there is no file for it.
        """
        return self.on(year.first_day)

    def unknown(self, day: date) -> RatesUnknownError:
        """Return the refusal to answer for a day."""
        return RatesUnknownError(
            what=_("No rates are known for {day}.").format(day=long_date(day)),
            why=_("The rates in this program run from {first} to {last}.").format(
                first=long_date(self.first_day), last=long_date(self.last_day)
            ),
            next_step=_(
                "If the date is right, get the newest version of the program: new rates come "
                "with it each spring."
            ),
        )

    def unknown_figure(self, parameter: Parameter, day: date) -> RatesUnknownError:
        """Return the refusal to answer for one figure on days for which others are known."""
        first = min(entry.starts for entry in self.entries if entry.parameter is parameter)
        return RatesUnknownError(
            what=_("“{label}” is not known for {day}.").format(
                label=parameter.label, day=long_date(day)
            ),
            why=_("In this program it runs from {first} to {last}.").format(
                first=long_date(first), last=long_date(self._known_until(parameter))
            ),
            next_step=_(
                "If the date is right, get the newest version of the program: new rates come "
                "with it each spring."
            ),
        )

    def _days_of_change(self, yearly: list[Entry]) -> list[date]:
        """Every day on which something starts, or stops being known."""
        days = {entry.starts for entry in self.entries}
        days |= {self._known_until(entry.parameter) + _ONE_DAY for entry in yearly}
        first = min(entry.starts for entry in yearly)
        return sorted(day for day in days if day >= first)

    def _known_until(self, parameter: Parameter) -> date:
        """The last day a parameter may be answered for."""
        if parameter.standing:
            return self.last_day
        month, day = parameter.may_change_from
        return min(date(self.last_day.year, month, day) - _ONE_DAY, self.last_day)

    def _in_force(self, day: date) -> dict[str, Entry]:
        found: dict[str, Entry] = {}
        for entry in self.entries:
            if entry.starts <= day <= self._known_until(entry.parameter):
                found[entry.parameter.name] = entry
        return found


def _parameters(prefix: str, table: Mapping[str, Any]) -> Iterator[Parameter]:
    for key, value in table.items():
        name = f"{prefix}{key}"
        if "label" not in value:
            yield from _parameters(f"{name}.", value)
            continue
        unknown = set(value) - _ABOUT_THE_PARAMETER
        if unknown:
            raise RatesFileError(f"parameters: {name}: unknown {sorted(unknown)}")
        month, _dash, day = value.get("may_change_from", "04-06").partition("-")
        yield Parameter(
            name=name,
            label=value["label"],
            unit=value["unit"],
            period=value.get("period", ""),
            standing=value.get("standing", False),
            may_change_from=(int(month), int(day)),
            kinds=value["figures"],
            note=value.get("note", ""),
        )


def _check_the_year(name: str, content: Mapping[str, Any]) -> None:
    said = content.get("tax_year")
    meant = None if name == "standing" else name.removeprefix("uk-")
    if said != meant:
        raise RatesFileError(f"{name}: tax_year is {said!r}, not {meant!r}")


def _entries(
    file: str, prefix: str, tables: Mapping[str, Any], parameters: Mapping[str, Parameter]
) -> Iterator[Entry]:
    for key, value in tables.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            yield from _entries(file, f"{name}.", value, parameters)
            continue
        parameter = parameters.get(name)
        if parameter is None or not isinstance(value, list):
            raise RatesFileError(f"{file}: there is no parameter {name!r}")
        for table in value:
            yield _entry(file, parameter, table)


def _entry(file: str, parameter: Parameter, table: Mapping[str, Any]) -> Entry:
    where = f"{file}: {parameter.name}"
    figures = {key: value for key, value in table.items() if key not in _ABOUT_THE_ENTRY}
    if not table.get("source"):
        raise RatesFileError(f"{where}: no source")
    if "from" not in table and not parameter.standing:
        raise RatesFileError(f"{where}: no day it starts")
    if "in_doubt" in table and table["confirmed"]:
        raise RatesFileError(f"{where}: confirmed, and yet in doubt for {table['in_doubt']}")
    if "not_in_force" in table:
        if figures:
            raise RatesFileError(f"{where}: not in force, and yet {sorted(figures)}")
        checked: dict[str, object] = {}
    else:
        checked = _checked(where, parameter.kinds, figures)
    return Entry(
        parameter=parameter,
        starts=table.get("from", date.min),
        figures=Figures(checked),
        source=table["source"],
        evidence=tuple(table["evidence"]),
        confirmed=table["confirmed"],
        note=table.get("note", ""),
        file=file,
        unchanged_since=table.get("unchanged_since"),
        starts_outside_the_year=table.get("starts_outside_the_year", ""),
        not_in_force=table.get("not_in_force", ""),
        in_doubt=frozenset(table.get("in_doubt", ())),
    )


def _checked(where: str, kinds: Mapping[str, Kind], raw: Mapping[str, Any]) -> dict[str, object]:
    """Return *raw* figures as what their kinds say they are."""
    unknown = set(raw) - set(kinds)
    needed = {name for name, kind in kinds.items() if isinstance(kind, dict) or kind[-1] != "?"}
    if unknown or needed - set(raw):
        raise RatesFileError(
            f"{where}: unknown {sorted(unknown)}, missing {sorted(needed - set(raw))}"
        )
    return {name: _figure(f"{where}.{name}", kinds[name], value) for name, value in raw.items()}


def _figure(where: str, kind: Kind, value: Any) -> object:
    if isinstance(kind, dict):
        return tuple(Figures(_checked(where, kind, row)) for row in value)
    kind = kind.removesuffix("?")
    if kind.endswith(" or none"):
        if value == "none":
            return None
        kind = kind.removesuffix(" or none")
    match kind, value:
        case "money", str():
            return Money.parse(value)
        case "rate", str():
            return Decimal(value)
        case ("whole", int()) | ("yes_no", bool()) | ("date", date()) | ("text", str()):
            return value
        case "texts", list():
            return tuple(value)
        case _:
            raise RatesFileError(f"{where}: {value!r} is not {kind}")
