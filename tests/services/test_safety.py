"""A book is asked to be kept safe until it is: on paper, and in a backup."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from dpemployer.bookkeeping.accounts import Account, AccountKind, Statement
from dpemployer.bookkeeping.papers import SafeguardKind
from dpemployer.money import NOTHING
from dpemployer.office import Office
from tests.store.conftest import QUICK
from tests.store.examples import example

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TODAY = date(2026, 11, 24)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Office]:
    with Office.create(tmp_path / "Book", "four words of mine", "Ann", stretching=QUICK) as office:
        yield office


def says(office: Office, on: date = TODAY) -> list[str]:
    return [thing.says for thing in office.safety.to_do(on)]


def a_statement(office: Office) -> None:
    with office.book.change("Recorded a statement") as tx:
        tx.add(Account(0, "bank", "Bank", AccountKind.BANK, TODAY, NOTHING))
        tx.add(example(Statement))


def test_the_sheet_is_asked_for_until_somebody_has_it(kept: Office) -> None:
    (asked,) = says(kept)
    assert asked.startswith("Print the recovery sheet.")

    kept.safety.sheet_is_kept(TODAY)

    assert says(kept) == []
    assert kept.safety.last(SafeguardKind.RECOVERY_SHEET) == TODAY


def test_a_backup_is_asked_for_once_the_book_is_used_and_again_after_a_month(
    kept: Office, tmp_path: Path
) -> None:
    kept.safety.sheet_is_kept(TODAY)
    a_statement(kept)
    assert says(kept) == ["Make a backup. There is none yet."]

    kept.safety.back_up(tmp_path / "copy.dpebackup", TODAY)

    assert says(kept) == []
    assert says(kept, TODAY + timedelta(days=31)) == []
    later = says(kept, TODAY + timedelta(days=32))
    assert later == ["Make a backup. The last one is from 24 November 2026."]


def test_a_book_in_memory_has_nothing_to_lose() -> None:
    with Office.in_memory() as office:
        assert says(office) == []
        with pytest.raises(LookupError):
            office.safety.back_up(office.folder, TODAY)
