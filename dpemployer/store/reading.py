"""Asking a book: facts by their fields, one consistent moment at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, cast

from sqlalchemy import func, select

from dpemployer.store.audit import Event
from dpemployer.store.tables import AUDIT_EVENT, FACTS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select, Table
    from sqlalchemy.engine import Connection

    from dpemployer.money import Money

F = TypeVar("F")

Range: TypeAlias = tuple[Any, Any]
"""First and last, both included; None for no limit on that side."""


class Reading:
    """One moment of a book. Everything asked of one reading agrees with everything else.

    Filters are the same everywhere:

    - `field=value`: equal; `field=None`: not there.
    - `between={"pay_date": (first, last)}`: both ends included; either end may be None.
    - `any_of={"id": ids}`: one of these; none of them when there are none.
    - `not_none=("statement_line_id",)`: there.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, fact: type[F], fact_id: int, /) -> F:
        """Return the fact with this id.

        Raises:
            LookupError: If there is none; ids come from the book, so that is a mistake in the
                program.
        """
        table = FACTS[fact]
        row = self._connection.execute(select(table).where(table.c.id == fact_id)).first()
        if row is None:
            raise LookupError(fact.__name__, fact_id)
        return fact(*row)

    def find(
        self,
        fact: type[F],
        /,
        *,
        between: Mapping[str, Range] | None = None,
        any_of: Mapping[str, Collection[Any]] | None = None,
        not_none: Collection[str] = (),
        order_by: str | Collection[str] = (),
        limit: int | None = None,
        **equals: Any,
    ) -> tuple[F, ...]:
        """Return the facts that answer to every filter.

        They come in the order of `order_by` (a field, or several; `-field` is last first), and
        within that in the order they were recorded.
        """
        table = FACTS[fact]
        asked = _where(select(table), table, equals, between, any_of, not_none)
        rows = self._connection.execute(asked.order_by(*_order(table, order_by)).limit(limit))
        return tuple(fact(*row) for row in rows)

    def find_one(self, fact: type[F], /, **equals: Any) -> F | None:
        """Return the one fact whose fields equal these, or None.

        Raises:
            LookupError: If there are several.
        """
        found = self.find(fact, limit=2, **equals)
        if len(found) > 1:
            raise LookupError(fact.__name__, equals)
        return found[0] if found else None

    def rows(
        self,
        fact: type,
        fields: tuple[str, ...],
        /,
        *,
        between: Mapping[str, Range] | None = None,
        any_of: Mapping[str, Collection[Any]] | None = None,
        not_none: Collection[str] = (),
        order_by: str | Collection[str] = (),
        limit: int | None = None,
        **equals: Any,
    ) -> tuple[tuple[Any, ...], ...]:
        """Return only these fields of the facts `find` would: quick for long lists."""
        table = FACTS[fact]
        asked = _where(
            select(*(table.c[field] for field in fields)), table, equals, between, any_of, not_none
        )
        rows = self._connection.execute(asked.order_by(*_order(table, order_by)).limit(limit))
        return tuple(tuple(row) for row in rows)

    def sum(
        self,
        fact: type,
        field: str,
        /,
        *,
        between: Mapping[str, Range] | None = None,
        any_of: Mapping[str, Collection[Any]] | None = None,
        not_none: Collection[str] = (),
        **equals: Any,
    ) -> Money:
        """Add up an amount over the facts `find` would return."""
        (total,) = self.sums(
            fact, (field,), between=between, any_of=any_of, not_none=not_none, **equals
        )
        return cast("Money", total)

    def sums(
        self,
        fact: type,
        fields: tuple[str, ...],
        /,
        *,
        between: Mapping[str, Range] | None = None,
        any_of: Mapping[str, Collection[Any]] | None = None,
        not_none: Collection[str] = (),
        **equals: Any,
    ) -> tuple[Any, ...]:
        """Add up several fields at once: `Money` for amounts, whole numbers for the rest."""
        table = FACTS[fact]
        totals = (
            func.coalesce(func.sum(table.c[field]), 0, type_=table.c[field].type)
            for field in fields
        )
        asked = _where(select(*totals), table, equals, between, any_of, not_none)
        return tuple(self._connection.execute(asked).one())

    def count(
        self,
        fact: type,
        /,
        *,
        between: Mapping[str, Range] | None = None,
        any_of: Mapping[str, Collection[Any]] | None = None,
        not_none: Collection[str] = (),
        **equals: Any,
    ) -> int:
        """Count the facts `find` would return."""
        table = FACTS[fact]
        asked = _where(
            select(func.count()).select_from(table), table, equals, between, any_of, not_none
        )
        return int(self._connection.execute(asked).scalar_one())

    def ask(self, question: Select[Any]) -> tuple[Any, ...]:
        """Return the rows of a question of this package's own, which no filter could ask."""
        return tuple(self._connection.execute(question))

    def events(
        self, *, since: datetime | None = None, limit: int | None = None
    ) -> tuple[Event, ...]:
        """Return what was done to this book, newest first: when, by whom, why, and what changed."""
        asked = select(AUDIT_EVENT).order_by(AUDIT_EVENT.c.seq.desc()).limit(limit)
        if since is not None:
            asked = asked.where(AUDIT_EVENT.c.at >= since)
        return tuple(Event(*row) for row in self._connection.execute(asked))

    def audit_actions(self) -> tuple[str, ...]:
        """Return what was done to this book, in order, by name."""
        asked = select(AUDIT_EVENT.c.action).order_by(AUDIT_EVENT.c.seq)
        return tuple(self._connection.execute(asked).scalars())


S = TypeVar("S", bound=Any)


def _where(
    asked: Select[S],
    table: Table,
    equals: Mapping[str, Any],
    between: Mapping[str, Range] | None,
    any_of: Mapping[str, Collection[Any]] | None,
    not_none: Collection[str],
) -> Select[S]:
    """Add every filter to a question."""
    conditions: list[ColumnElement[bool]] = [
        table.c[field] == value for field, value in equals.items()
    ]
    for field, (first, last) in (between or {}).items():
        if first is not None:
            conditions.append(table.c[field] >= first)
        if last is not None:
            conditions.append(table.c[field] <= last)
    conditions += [table.c[field].in_(values) for field, values in (any_of or {}).items()]
    conditions += [table.c[field].is_not(None) for field in not_none]
    return asked.where(*conditions)


def _order(table: Table, order_by: str | Collection[str]) -> list[ColumnElement[Any]]:
    """Return what to sort by; the id settles what is left."""
    fields = (order_by,) if isinstance(order_by, str) else order_by
    order: list[ColumnElement[Any]] = [
        table.c[field.removeprefix("-")].desc() if field.startswith("-") else table.c[field].asc()
        for field in fields
    ]
    return [*order, table.c.id.asc()]
