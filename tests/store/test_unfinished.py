"""A new book that could not be finished leaves nothing behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dpemployer.errors import BookError
from dpemployer.store import book as book_module
from dpemployer.store.book import Book
from dpemployer.store.keys import KeyFile
from tests.store.conftest import PASSPHRASE, QUICK

if TYPE_CHECKING:
    from pathlib import Path


def _keys(key: bytes) -> KeyFile:
    return KeyFile.new().with_passphrase(key, PASSPHRASE, "Ann", stretching=QUICK)


def _no_room(*_arguments: object) -> None:
    raise OSError(28, "No space left on device")


def test_its_folder_goes_with_it(
    tmp_path: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book_module, "lay_out", _no_room)

    with pytest.raises(BookError, match="could not be read or written"):
        Book.create(tmp_path / "new", key, _keys(key), who="Ann")

    assert not (tmp_path / "new").exists()


def test_a_folder_that_was_there_keeps_what_was_in_it(
    tmp_path: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear council", encoding="utf-8")
    monkeypatch.setattr(book_module, "lay_out", _no_room)

    with pytest.raises(BookError, match="could not be read or written"):
        Book.create(tmp_path, key, _keys(key), who="Ann")

    assert list(tmp_path.iterdir()) == [letter]


def test_another_book_in_its_place_stays(folder: Path, key: bytes) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    with pytest.raises(BookError, match="already a book"):
        Book.create(folder, key, _keys(key), who="Ann")

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
