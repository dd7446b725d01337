"""Books on a disk, made quickly: what makes a passphrase slow to guess is tested once."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import pytest

from dpemployer.store.book import Book
from dpemployer.store.keys import KEY_BYTES, KeyFile, Stretching

if TYPE_CHECKING:
    from pathlib import Path

PASSPHRASE = "grey heron by the weir"
QUICK = Stretching(memory_kib=64, passes=1, lanes=1)
"""A weak way of stretching a passphrase, for tests that do it again and again."""


@pytest.fixture
def key() -> bytes:
    """A book key."""
    return secrets.token_bytes(KEY_BYTES)


@pytest.fixture
def folder(tmp_path: Path, key: bytes) -> Path:
    """The folder of a closed book that `key` and `PASSPHRASE` open."""
    folder = tmp_path / "a book"
    keys = KeyFile.new().with_passphrase(key, PASSPHRASE, "Ann Owner", stretching=QUICK)
    Book.create(folder, key, keys, who="Ann Owner").close()
    return folder
