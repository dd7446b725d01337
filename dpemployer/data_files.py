"""The door to `resources/`: the only module that reads a shipped file."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import resources

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def folder(name: str) -> Traversable:
    """Return a folder of `resources/`, such as `returns`."""
    return files(resources) / name


def read_text(path: str) -> str:
    """Return the text of a shipped file, such as `bookkeeping/categories.toml`."""
    return (files(resources) / path).read_text(encoding="utf-8")


def read_bytes(path: str) -> bytes:
    """Return the bytes of a shipped file, such as a font."""
    return (files(resources) / path).read_bytes()


def proclaimed_days() -> str:
    """Return the bank holidays that follow no rule."""
    return read_text("calendar/bank-holidays.toml")


@cache
def texts(folder_name: str, ending: str) -> dict[str, str]:
    """Return every text in a folder whose name has *ending*, by its name without it."""
    return {
        file.name.removesuffix(ending): file.read_text(encoding="utf-8")
        for file in sorted(folder(folder_name).iterdir(), key=lambda file: file.name)
        if file.name.endswith(ending)
    }
