"""Files of a book's folder: written whole or not at all, and for nobody else to read."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from dpemployer.errors import BookError, NotABookError
from dpemployer.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DATABASE = "book.db"
"""The encrypted database inside a book's folder."""

KEY_FILE = "keys.json"
KEY_FILE_COPY = "keys-copy.json"
UNFINISHED = f"{DATABASE}.new"
"""The database's name until it is laid out."""

AS_BYTES: int = getattr(os, "O_BINARY", 0)
"""Windows would change the ends of lines otherwise."""


def make_private_folder(folder: Path) -> None:
    """Make *folder* if it is not there, and let only its owner in."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)


def unmake_book(folder: Path, *, with_folder: bool) -> None:
    """Take away a new book that nobody has used, and its folder too if that was made for it.

    Only files that a new book consists of are touched; the folder goes only if it is empty then.
    """
    databases = [f"{name}{end}" for name in (DATABASE, UNFINISHED) for end in ("", "-wal", "-shm")]
    with suppress(OSError):
        for name in (*databases, KEY_FILE, KEY_FILE_COPY):
            (folder / name).unlink(missing_ok=True)
        if with_folder:
            folder.rmdir()


def write_whole(path: Path, content: bytes) -> None:
    """Write a private file so that a crash leaves the old one or the new one, never half."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with open_private(unfinished) as descriptor:
            remaining = memoryview(content)
            while remaining:
                remaining = remaining[os.write(descriptor, remaining) :]
            os.fsync(descriptor)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    sync_folder(path.parent)


@contextmanager
def open_private(path: Path) -> Iterator[int]:
    """Make a file that only its owner can read, and open it for writing."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | AS_BYTES, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Make a new name in *folder* outlast a power cut, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def file_errors_in_words(path: Path) -> Iterator[None]:
    """Say in words what the system says of a file or folder."""
    try:
        yield
    except OSError as error:
        raise BookError(
            what=_("“{path}” could not be read or written.").format(path=path),
            why=_("The computer said: {reason}.").format(reason=error.strerror or error),
            next_step=_(
                "Check that the disk is there, is not full, and that you are allowed to use it; "
                "then try again."
            ),
        ) from error


def not_a_book(folder: Path) -> NotABookError:
    """Say that there is no book in *folder*."""
    return NotABookError(
        what=_("“{folder}” is not a book.").format(folder=folder),
        why=_("A book is a folder with a file called {name} in it.").format(name=DATABASE),
        next_step=_("Choose the folder of a book, or make a new book."),
    )
