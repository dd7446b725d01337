"""Who may open a book can be changed, and the book remembers it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from dpemployer.errors import EntryError, RefusedError, WrongPassphraseError
from dpemployer.office import Office, is_book
from dpemployer.services.access import KeyRole
from tests.store.conftest import QUICK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PASSPHRASE = "grey heron by the weir"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the book is."""
    return tmp_path / "book"


@pytest.fixture
def own(folder: Path) -> Iterator[Office]:
    """A new book on disk."""
    with Office.create(folder, PASSPHRASE, "Ann", stretching=QUICK) as office:
        yield office


def test_a_folder_is_known_to_be_a_book(own: Office, tmp_path: Path) -> None:
    assert is_book(own.folder)
    assert not is_book(tmp_path)


def test_a_passphrase_can_be_changed_by_whoever_knows_it(own: Office, folder: Path) -> None:
    with pytest.raises(WrongPassphraseError):
        own.access.change_passphrase("not it", "new words")
    with pytest.raises(EntryError):
        own.access.change_passphrase(PASSPHRASE, "")
    own.access.change_passphrase(PASSPHRASE, "new words")
    own.close()

    Office.open(folder, "new words").close()
    with pytest.raises(WrongPassphraseError):
        Office.open(folder, PASSPHRASE)


def test_a_changed_passphrase_leaves_the_recovery_sheet_as_it_was(own: Office) -> None:
    before = own.recovery_groups

    own.access.change_passphrase(PASSPHRASE, "new words")

    assert own.recovery_groups == before


def test_a_helper_is_let_in_named_in_the_log_and_kept_out(own: Office, folder: Path) -> None:
    own.access.add_person("Bob", "his words")
    own.close()

    with Office.open(folder, "his words") as bobs:
        assert bobs.book.who == "Bob"
        ways = bobs.access.ways_in()
        assert [(way.person, way.role, way.is_mine) for way in ways] == [
            ("Ann", KeyRole.OWNER, False),
            ("Bob", KeyRole.HELPER, True),
        ]
        with pytest.raises(RefusedError, match="cannot be taken away"):
            bobs.access.remove(ways[0].id)
        bobs.access.remove(ways[1].id)

    with pytest.raises(WrongPassphraseError):
        Office.open(folder, "his words")


def test_a_backup_can_be_made_of_an_open_book(own: Office, tmp_path: Path) -> None:
    assert own.safety.back_up(tmp_path / "copy.dpebackup", date(2026, 11, 24)).is_file()


def test_a_book_in_memory_has_neither_folder_nor_keys() -> None:
    with Office.in_memory() as office:
        with pytest.raises(LookupError):
            _ = office.folder
        with pytest.raises(LookupError):
            _ = office.access


def test_an_office_tells_whoever_listens_what_was_touched(office: Office) -> None:
    from dpemployer.payroll.household import Party  # noqa: PLC0415 - the only fact needed here

    told: list[frozenset[type]] = []
    office.listen(told.append)

    with office.book.change("Named somebody") as tx:
        tx.add(Party(0, "Ann"))

    assert told == [frozenset({Party})]


def test_every_service_of_an_office_is_there(office: Office) -> None:
    services = (
        office.people,
        office.opening,
        office.timesheets,
        office.pay_runs,
        office.ledger,
        office.returns,
        office.papers,
        office.checks,
    )

    assert len({type(service) for service in services}) == len(services)


def test_templates_of_ones_own_are_read_from_beside_the_book(own: Office) -> None:
    (own.folder / "templates").mkdir()
    (own.folder / "templates" / "my-council.toml").write_text("schema = 1", encoding="utf-8")

    assert own._own_templates() == {"my-council": "schema = 1"}
