"""What the database says when it refuses or fails, in words a person can act on."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DBAPIError

from dpemployer.errors import BookError, DamagedBookError
from dpemployer.i18n import _
from dpemployer.store.triggers import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAMAGE = ("malformed", "unsupported file format")


def damaged(detail: str = "", *, why: str = "") -> DamagedBookError:
    """Say that the database itself is damaged."""
    return DamagedBookError(
        what=_("This book has been damaged."),
        why=" ".join(
            (
                why or _("Its key is right, but the database it opens cannot be read."),
                detail,
            )
        ).strip(),
        next_step=_(
            "Keep the folder as it is, and restore your newest backup into another folder. "
            "Nothing has been changed."
        ),
    )


def _not_opened() -> DamagedBookError:
    """Say that the key does not fit the database: nobody can tell which of the two is wrong."""
    return damaged(
        why=_(
            "What its key files hold does not open the database: either it has been damaged, or "
            "the key files are those of another book."
        )
    )


def _disk_full() -> BookError:
    return BookError(
        what=_("There is no room left on the disk."),
        why=_("The book could not write what you asked; everything saved before is safe."),
        next_step=_("Make room on the disk, then do it again."),
    )


def _disk_failed() -> BookError:
    return BookError(
        what=_("The disk did not do what it was asked."),
        why=_("It is full, or failing, or not there any more; the book itself may be sound."),
        next_step=_("Check that the disk is there and has room, then do it again."),
    )


def _read_only() -> BookError:
    return BookError(
        what=_("The book cannot be written."),
        why=_("Its folder or its files may only be read."),
        next_step=_("Copy the folder to a place where you may write, and open it there."),
    )


def _busy() -> BookError:
    return BookError(
        what=_("The book is busy."),
        why=_("Another change took longer than five seconds."),
        next_step=_("Wait a moment, then do it again. Nothing was saved this time."),
    )


def in_words(error: DBAPIError | sqlcipher.Error) -> Exception | None:
    """Return what a person should be told, or None for a mistake in the program."""
    message = str(getattr(error, "orig", error))
    told: Exception | None = refusal(message)
    if told is None and any(sign in message for sign in _DAMAGE):
        told = damaged()
    elif told is None and "not a database" in message:
        told = _not_opened()
    elif "disk is full" in message:
        told = _disk_full()
    elif "disk I/O error" in message:
        told = _disk_failed()
    elif "readonly database" in message or "unable to open database" in message:
        told = _read_only()
    elif "database is locked" in message:
        told = _busy()
    return told


@contextmanager
def database_errors_in_words() -> Iterator[None]:
    """Turn what the database says into an error for people; a mistake of ours stays as it is."""
    try:
        yield
    except (DBAPIError, sqlcipher.Error) as error:
        told = in_words(error)
        if told is None:
            raise
        raise told from error
