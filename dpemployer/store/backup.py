"""One file that holds a whole book: its database and its keys, both sealed as they always are.

The database is copied by SQLite itself, so that a backup made in the middle of work is one
moment of the book. It is opened and checked before the file gets its name. Nothing in it can be
read without a passphrase of the book, or its recovery sheet.
"""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from dpemployer import __version__
from dpemployer.clock import now, today
from dpemployer.errors import BookError, EntryError
from dpemployer.i18n import _
from dpemployer.store.engine import connect
from dpemployer.store.files import (
    DATABASE,
    KEY_FILE,
    UNFINISHED,
    file_errors_in_words,
    make_private_folder,
    sync_folder,
    unmake_book,
)
from dpemployer.store.keys import load, newer_book, parse
from dpemployer.store.trouble import damaged, database_errors_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ENDING = ".dpebackup"

_NO_BACKUP = (
    *(zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError),
    *(AttributeError, LookupError, TypeError, ValueError),
)
"""What comes of reading a file that is none, or whose bytes have changed."""

_ABOUT = "about.json"
_FORMAT_NAME = "dpemployer-backup"
_FORMAT_VERSION = 1


def back_up(folder: Path, key: bytes, destination: Path) -> Path:
    """Write a backup of the book in *folder*, which may be open, and return where it is.

    Raises:
        BookError: If the file is there already or cannot be written, or the copy is not sound.
    """
    if destination.exists():
        raise BookError(
            what=_("“{path}” is there already.").format(path=destination),
            why=_("A backup never takes the place of another file."),
            next_step=_("Choose another name."),
        )
    keys, _findings = load(folder)
    with (
        file_errors_in_words(destination),
        database_errors_in_words(),
        TemporaryDirectory(dir=destination.parent, prefix=".dpebackup-") as scratch,
    ):
        copy = Path(scratch) / DATABASE
        copy_database(folder / DATABASE, copy, key)
        about = {
            "format": f"{_FORMAT_NAME}/{_FORMAT_VERSION}",
            "book_id": keys.book_id,
            "made_at": now().isoformat(timespec="seconds"),
            "program": __version__,
        }
        whole = Path(scratch) / destination.name
        with zipfile.ZipFile(whole, "x", zipfile.ZIP_STORED) as archive:
            archive.writestr(_ABOUT, json.dumps(about, indent=2))
            archive.writestr(KEY_FILE, keys.text())
            archive.write(copy, DATABASE)
        whole.chmod(0o600)
        _sync(whole)
        whole.replace(destination)
        sync_folder(destination.parent)
    return destination


def copy_before_upgrade(folder: Path, key: bytes, version: int) -> Path:
    """Keep a backup inside the book's folder before its shape is changed."""
    name = f"before-upgrade-from-version-{version}-{today().isoformat()}"
    place, again = folder / f"{name}{ENDING}", 1
    while place.exists():
        again += 1
        place = folder / f"{name}-{again}{ENDING}"
    return back_up(folder, key, place)


def restore(backup: Path, folder: Path) -> None:
    """Make a book in *folder*, which may not hold one, out of a backup.

    Raises:
        EntryError: If the file is not a backup, or has been damaged.
        NewerBookError: If a newer program wrote it.
        BookError: If the folder holds anything already, or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BookError(
            what=_("There is already something in “{folder}”.").format(folder=folder),
            why=_("Restoring never takes the place of what is there."),
            next_step=_("Choose a new or an empty folder."),
        )
    was_there = folder.exists()
    with file_errors_in_words(backup), _open_backup(backup) as archive:
        keys = parse(archive.read(KEY_FILE))
        with file_errors_in_words(folder):
            make_private_folder(folder)
            unfinished = folder / UNFINISHED
            try:
                with archive.open(DATABASE) as source, unfinished.open("xb") as target:
                    unfinished.chmod(0o600)
                    shutil.copyfileobj(source, target)
                    target.flush()
                    os.fsync(target.fileno())
                keys.save(folder)
                unfinished.replace(folder / DATABASE)
            except BaseException:
                unmake_book(folder, with_folder=not was_there)
                raise
            sync_folder(folder)


def copy_database(source: Path, target: Path, key: bytes) -> None:
    """Copy a database, open or not, page by page under the same key.

    The original is checked first: SQLite copies a page that does not decrypt as an empty one,
    and says nothing. The copy is checked for whole.
    """
    target.touch(mode=0o600)
    reading, writing = connect(source, key), connect(target, key)
    try:
        _refuse_damage(reading.execute("PRAGMA cipher_integrity_check"))
        reading.backup(writing)
        writing.execute("PRAGMA journal_mode = delete").fetchone()
        _refuse_damage(writing.execute("PRAGMA cipher_integrity_check"))
        _refuse_damage(row for row in writing.execute("PRAGMA integrity_check") if row[0] != "ok")
    finally:
        writing.close()
        reading.close()


def _refuse_damage(problems: Iterable[tuple[str]]) -> None:
    for (problem,) in problems:
        raise damaged(_("The first problem is: {detail}.").format(detail=problem))


@contextmanager
def _open_backup(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a backup, and say in words what is wrong with it."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check_format(json.loads(archive.read(_ABOUT))["format"])
            yield archive
    except _NO_BACKUP as error:
        raise EntryError(
            what=_("“{path}” is not a backup of a book, or it has been damaged.").format(path=path),
            why=_("It does not hold what every backup holds, or its checksums do not agree."),
            next_step=_("Try another backup, made on another day or kept in another place."),
        ) from error


def _check_format(written: str) -> None:
    name, _slash, version = written.partition("/")
    if name != _FORMAT_NAME:
        raise ValueError(name)
    if version != str(_FORMAT_VERSION):
        raise newer_book()


def _sync(path: Path) -> None:
    """Make sure the file is on the disk before it gets its name."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
