"""Choosing a file to read, and a place to write one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from dpemployer.errors import OutsideError
from dpemployer.i18n import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

MOST_BYTES = 50 * 1024 * 1024
"""No statement or paper is larger; a film chosen by mistake is not read into memory."""


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
    path, _kind = QFileDialog.getOpenFileName(parent, title, "", kinds)
    return read(Path(path)) if path else None


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
    path, _kind = QFileDialog.getSaveFileName(parent, title, name, kinds)
    return Path(path) if path else None


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
