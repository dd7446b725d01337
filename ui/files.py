"""Choosing a file to read, and a place to write one."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

from dpemployer.errors import OutsideError
from dpemployer.i18n import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

MOST_BYTES = 50 * 1024 * 1024
"""No statement or paper is larger; a film chosen by mistake is not read into memory."""


class _Last:
    """Where the person last found or put something, since the program was started."""

    folder: Path | None = None


def usual_folder() -> Path:
    """Return where to begin looking: the last folder used, or else the person's documents.

    Without it the computer would begin in the folder the program was started from.
    """
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    places = (_Last.folder, Path(documents), Path.home())
    return next((place for place in places if place is not None and place.is_dir()), Path.home())


@dataclass(frozen=True, slots=True)
class ChosenFile:
    """A file the person chose, and what is in it."""

    name: str
    content: bytes


def choose(parent: QWidget, title: str, kinds: str) -> ChosenFile | None:
    """Let the person choose a file, and read it; None when they think better of it.

    Raises:
        OutsideError: If it cannot be read.
    """
    path = choose_path(parent, title, kinds)
    return None if path is None else read(path)


def choose_path(parent: QWidget, title: str, kinds: str) -> Path | None:
    """Let the person choose a file; None when they think better of it."""
    path, _kind = QFileDialog.getOpenFileName(parent, title, str(usual_folder()), kinds)
    return _remember(path)


def choose_folder(parent: QWidget, title: str, begin: Path | None = None) -> Path | None:
    """Let the person choose a folder; None when they think better of it."""
    return _remember(
        QFileDialog.getExistingDirectory(parent, title, str(begin or usual_folder())), up=False
    )


def read(path: Path) -> ChosenFile:
    """Read a file.

    Raises:
        OutsideError: If it is too large or cannot be read.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise OutsideError(
                _("“{name}” is too large to be kept.").format(name=path.name),
                _("A paper or a statement is never larger than 50 megabytes."),
                _("Check that it is the right file. A photograph can be taken again, smaller."),
            )
        return ChosenFile(path.name, path.read_bytes())
    except OSError as error:
        raise OutsideError(
            _("“{name}” cannot be read.").format(name=path.name),
            _("The computer says: {reason}.").format(reason=error.strerror or error),
            _("Check that the file is still there and is not open in another program."),
        ) from error


def choose_place(parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
    """Let the person choose where to write a file called *name*; None to leave it."""
    path, _kind = QFileDialog.getSaveFileName(parent, title, str(usual_folder() / name), kinds)
    return _remember(path)


def _remember(path: str, *, up: bool = True) -> Path | None:
    """Begin there the next time: in the folder chosen, or the one *up* from the file chosen."""
    if not path:
        return None
    _Last.folder = Path(path).parent if up else Path(path)
    return Path(path)


def write(path: Path, content: bytes) -> None:
    """Write a file whole.

    Raises:
        OutsideError: If it cannot be written.
    """
    try:
        path.write_bytes(content)
    except OSError as error:
        raise OutsideError(
            _("“{name}” cannot be written.").format(name=path.name),
            _("The computer says: {reason}.").format(reason=error.strerror or error),
            _("Choose another folder, or make room on the disk, and try again."),
        ) from error


def write_new(*written: tuple[Path, bytes]) -> None:
    """Write files under new names: every one of them whole, or none at all.

    Raises:
        OutsideError: If there is a file of one of the names, or one cannot be written.
    """
    for path, _content in written:
        if path.exists():
            raise OutsideError(
                _("There is a file called “{name}” already.").format(name=path.name),
                _("What was written before is kept as it is."),
                _("Choose another name, or another folder."),
            )
    parts = [path.with_name(f".{path.name}.part") for path, _content in written]
    made: list[Path] = []
    try:
        for part, (_path, content) in zip(parts, written, strict=True):
            with part.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        for part, (path, _content) in zip(parts, written, strict=True):
            part.rename(path)
            made.append(path)
    except OSError as error:
        for path in (*parts, *made):
            with suppress(OSError):
                path.unlink(missing_ok=True)
        raise OutsideError(
            _("“{name}” cannot be written.").format(name=written[0][0].name),
            _("The computer says: {reason}.").format(reason=error.strerror or error),
            _("Choose another folder, or make room on the disk, and try again."),
        ) from error
