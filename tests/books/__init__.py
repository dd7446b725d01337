"""One saved book of every version of the tables. Each must open, for ever.

They are made by `python -m tests.books.make`, once for each version, and then never again: a
saved book of a released version is a record of what that release wrote.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
PASSPHRASE = "grey heron by the weir"


def saved() -> list[Path]:
    """Return the folders of all saved books, oldest first."""
    return sorted(folder for folder in FOLDER.glob("version-*") if folder.is_dir())
