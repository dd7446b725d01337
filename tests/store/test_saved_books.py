"""The saved book of every version of the tables opens, and holds what it held."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from dpemployer.office import Office
from dpemployer.store.audit import events
from dpemployer.store.tables import FACTS, SCHEMA_VERSION
from tests.books import PASSPHRASE, saved

if TYPE_CHECKING:
    from pathlib import Path


def test_every_version_has_its_book() -> None:
    assert [folder.name for folder in saved()] == [
        f"version-{number:04d}" for number in range(1, SCHEMA_VERSION + 1)
    ], "run: python -m tests.books.make"


@pytest.mark.parametrize("saved_book", saved(), ids=lambda folder: folder.name)
def test_it_opens_is_sound_and_holds_what_it_held(saved_book: Path, tmp_path: Path) -> None:
    folder = tmp_path / "book"
    shutil.copytree(saved_book, folder)

    with Office.open(folder, PASSPHRASE) as office:
        assert office.book.check_pages() == ()
        assert office.book.check_facts() == ()
        with office.book._engine.connect() as connection, connection.begin():
            recorded = {change["fact"] for change in events(connection)[0].changed}
        with office.book.read() as reading:
            held = {FACTS[kind].name for kind in FACTS if reading.find(kind)}

    assert held == recorded, "run: python -m tests.books.make"
