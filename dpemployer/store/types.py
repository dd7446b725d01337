"""How each kind of value is kept in a column, and read back as exactly what it was.

What is stored is always an integer, text or bytes: SQLite keeps no other kind of number
exactly, and the audit log can repeat such a value as JSON without a second encoding.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType
from typing import TYPE_CHECKING, Any, TypeAlias, get_args, get_origin, get_type_hints

from sqlalchemy import Integer, Text
from sqlalchemy.types import TypeDecorator

from dpemployer.money import Money

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.engine import Dialect

Stored: TypeAlias = int | str | bytes | None
"""What a column really holds."""


class Pence(TypeDecorator[Money]):
    """Money, as whole pence."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Money | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Keep the pence."""
        return None if value is None else value.pence

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Money | None:  # noqa: ARG002
        """Make pence into money again."""
        return None if value is None else Money(value)


class Day(TypeDecorator[date]):
    """A day, as `2026-11-28`: it sorts and compares as text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Keep the day, and refuse an instant in its place."""
        if isinstance(value, datetime):
            raise TypeError(value)
        return None if value is None else value.isoformat()

    def process_result_value(self, value: Any | None, dialect: Dialect) -> date | None:  # noqa: ARG002
        """Make it a day again."""
        return None if value is None else date.fromisoformat(value)


class Clock(TypeDecorator[time]):
    """What the clock on the wall said, as `07:30`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: time | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Keep hours and minutes; seconds only where there are some."""
        if value is None:
            return None
        return value.isoformat("seconds" if value.second else "minutes")

    def process_result_value(self, value: Any | None, dialect: Dialect) -> time | None:  # noqa: ARG002
        """Make it a time again."""
        return None if value is None else time.fromisoformat(value)


class Instant(TypeDecorator[datetime]):
    """An instant, in UTC to the microsecond."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Keep it in UTC, and refuse an instant that does not say where it was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError(value)
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Make it an instant again."""
        return None if value is None else datetime.fromisoformat(value)


class DecimalText(TypeDecorator[Decimal]):
    """A rate, a percentage or hours, digit for digit."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Keep every digit, and no exponent."""
        return None if value is None else format(value, "f")

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        """Make it a number again."""
        return None if value is None else Decimal(value)


class YesNo(TypeDecorator[bool]):
    """Yes or no, as 1 or 0."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Keep 1 or 0."""
        return None if value is None else int(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> bool | None:  # noqa: ARG002
        """Make it yes or no again."""
        return None if value is None else bool(value)


class OneOf(TypeDecorator[Enum]):
    """A choice from a fixed list, by its value: renaming it in the code leaves books readable."""

    impl = Text
    cache_ok = True

    def __init__(self, choices: type[Enum]) -> None:
        super().__init__()
        self.choices = choices

    def process_bind_param(self, value: Enum | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Keep the value of a known choice."""
        return None if value is None else str(self.choices(value).value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Enum | None:  # noqa: ARG002
        """Make it the choice again."""
        return None if value is None else self.choices(value)


class Structured(TypeDecorator[Any]):
    """Frozen dataclasses, and tuples of them, as JSON written one way only.

    `shape` is the annotation of the field, such as `tuple[PayslipLine, ...]`. Only what a fact
    is made of can be kept: dataclasses, tuples, enums, money, days, times, decimals, whole
    numbers and text.
    """

    impl = Text
    cache_ok = True

    def __init__(self, shape: Any) -> None:
        super().__init__()
        self.shape = shape

    def process_bind_param(self, value: Any | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write it down."""
        return None if value is None else canonical_json(_plain(value))

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Any | None:  # noqa: ARG002
        """Build it again."""
        return None if value is None else _builder(self.shape)(json.loads(value))


def canonical_json(value: Any) -> str:
    """Write *value* as JSON in the one way that can be hashed: no spaces, keys in order."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: Any) -> Any:
    """Take a fact apart into what JSON knows."""
    plain: Any = value
    match value:
        case Enum():
            plain = value.value
        case None | bool() | str() | int():
            pass
        case Money():
            plain = value.pence
        case Decimal():
            plain = format(value, "f")
        case date() | time():
            plain = value.isoformat()
        case tuple():
            plain = [_plain(item) for item in value]
        case _:
            plain = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return plain


@cache
def _builder(shape: Any) -> Callable[[Any], Any]:
    """Return what puts a value of this shape together again from what JSON kept of it."""
    build: Callable[[Any], Any] = shape
    parts = get_args(shape)
    if get_origin(shape) is tuple:
        build = _tuple_builder(parts)
    elif parts:
        # `X | None`: the only other shape with parts that a fact may have.
        (inner,) = (part for part in parts if part is not NoneType)
        build = _optional_builder(_builder(inner))
    elif shape in {str, int, bool}:
        build = _as_it_is
    elif shape in {date, time, datetime}:
        build = shape.fromisoformat
    elif is_dataclass(shape) and shape is not Money:
        build = _fact_builder(shape)
    return build


def _as_it_is(value: Any) -> Any:
    return value


def _optional_builder(build: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else build(value)


def _tuple_builder(parts: tuple[Any, ...]) -> Callable[[Any], Any]:
    if Ellipsis in parts:
        build = _builder(parts[0])
        return tuple if build is _as_it_is else lambda value: tuple(map(build, value))
    builders = tuple(_builder(part) for part in parts)
    if set(builders) == {_as_it_is}:
        return tuple
    return lambda value: tuple(build(item) for build, item in zip(builders, value, strict=True))


def _fact_builder(shape: Any) -> Callable[[Any], Any]:
    builders = {name: _builder(hint) for name, hint in get_type_hints(shape).items()}
    # Most of a payslip's workings is text, and there is a lot of it.
    made = {name: build for name, build in builders.items() if build is not _as_it_is}

    def build_fact(value: dict[str, Any]) -> Any:
        for name, build in made.items():
            value[name] = build(value[name])
        return shape(**value)

    return build_fact
