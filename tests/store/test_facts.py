"""Every kind of fact has its table, and comes back exactly as it went in."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

import pytest

from dpemployer.store.tables import FACTS, METADATA
from tests.store.examples import example, hints

if TYPE_CHECKING:
    from dpemployer.store.book import Book
    from dpemployer.store.reading import Reading

KINDS = sorted(FACTS, key=lambda fact: METADATA.sorted_tables.index(FACTS[fact]))
"""Those that others link to come first."""

FILTERS = {"between", "any_of", "not_none", "order_by", "limit"}


@pytest.mark.parametrize("fact", KINDS, ids=lambda fact: fact.__name__)
def test_each_field_has_its_column_in_order(fact: type) -> None:
    assert is_dataclass(fact)

    assert list(FACTS[fact].c.keys()) == [field.name for field in fields(fact)]


@pytest.mark.parametrize("fact", KINDS, ids=lambda fact: fact.__name__)
def test_a_column_may_be_empty_exactly_where_the_field_may_be_none(fact: type) -> None:
    optional = {name for name, hint in hints(fact).items() if "None" in str(hint)}

    assert {column.name for column in FACTS[fact].c if column.nullable} == optional


@pytest.mark.parametrize("fact", KINDS, ids=lambda fact: fact.__name__)
def test_no_field_is_called_what_a_filter_is_called(fact: type) -> None:
    assert not FILTERS & set(FACTS[fact].c.keys())


@pytest.mark.parametrize("sparse", [False, True], ids=["full", "sparse"])
def test_every_fact_comes_back_as_it_went_in(book: Book, *, sparse: bool) -> None:
    went_in = [example(fact, sparse=sparse) for fact in KINDS]

    with book.change("Recorded one of everything") as tx:
        for fact in went_in:
            tx.add(fact)

    with book.read() as reading:
        assert [_back(reading, fact) for fact in KINDS] == went_in


def _back(reading: Reading, fact: type) -> Any:
    return reading.get(fact, 1)


def test_every_constraint_and_index_has_a_name() -> None:
    constraints = [item for table in METADATA.sorted_tables for item in table.constraints]
    indexes = [item for table in METADATA.sorted_tables for item in table.indexes]

    assert [item for item in constraints if not item.name] == []
    assert [item for item in indexes if not item.name] == []
