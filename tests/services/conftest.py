"""A real book, in memory, and the services on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dpemployer.services.opening import Opening
from dpemployer.services.pay_runs import PayRuns
from dpemployer.services.people import People
from dpemployer.services.timesheets import Timesheets
from dpemployer.store.book import Book
from tests.builders import RATES
from tests.services.household import Household

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def book() -> Iterator[Book]:
    """An empty book."""
    with Book.in_memory(who="Helen Ashby") as found:
        yield found


@pytest.fixture
def people(book: Book) -> People:
    """The people of the book."""
    return People(book, RATES)


@pytest.fixture
def opening(book: Book) -> Opening:
    """What the book begins with."""
    return Opening(book, RATES)


@pytest.fixture
def timesheets(book: Book) -> Timesheets:
    """The hours of the book."""
    return Timesheets(book, RATES)


@pytest.fixture
def pay_runs(book: Book) -> PayRuns:
    """The pay runs of the book."""
    return PayRuns(book, RATES)


@pytest.fixture
def household(
    book: Book, people: People, opening: Opening, timesheets: Timesheets, pay_runs: PayRuns
) -> Household:
    """Everything above together, with short ways of doing what most tests need."""
    return Household(book, people, opening, timesheets, pay_runs)
