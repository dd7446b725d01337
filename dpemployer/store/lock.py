"""One program at a time: who has a book open, and telling the next one.

The lock is the operating system's, on a small file in the book's folder, so that a program
that is killed leaves none behind. The file also says who holds it. Where the disk cannot lock
(some shared folders), what the file says decides, and a process that is gone is passed over.
"""

from __future__ import annotations

import getpass
import json
import os
import platform
import sys
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from dpemployer.clock import now
from dpemployer.errors import BookInUseError
from dpemployer.i18n import _, long_date
from dpemployer.store.files import AS_BYTES

if TYPE_CHECKING:
    from pathlib import Path

NAME = "book.lock"

_FAR_BEYOND = 1 << 30
"""Windows keeps others from reading what is locked, so a byte beyond the text is."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a book open."""

    user: str
    host: str
    pid: int
    since: str
    """An instant, as ISO text."""

    @classmethod
    def this_process(cls) -> Holder:
        """Describe ourselves."""
        try:
            user = getpass.getuser()
        except (KeyError, OSError):
            user = _("Somebody")
        return cls(user, platform.node(), os.getpid(), now().isoformat(timespec="seconds"))

    @property
    def may_be_alive(self) -> bool:
        """Whether the process might still be there; one on another computer might always.

        Windows is never asked: there, asking a process whether it lives stops it.
        """
        if self.host != platform.node() or sys.platform == "win32":
            return True
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except OSError:
            return True
        return True


class BookLock:
    """Held while a book is open."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor = descriptor

    @classmethod
    def take(cls, folder: Path) -> BookLock:
        """Take the lock of the book in *folder*.

        Raises:
            BookInUseError: If another program has it, saying who.
        """
        path = folder / NAME
        while True:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | AS_BYTES, 0o600)
            try:
                if _may_have_it(folder, descriptor) and _same_file(path, descriptor):
                    _write(descriptor, Holder.this_process())
                    return cls(path, descriptor)
            except BaseException:
                os.close(descriptor)
                raise
            # Its last holder was just removing it; there is, or will be, a new file.
            os.close(descriptor)

    def release(self) -> None:
        """Let go, and leave no file behind."""
        if self._descriptor < 0:
            return
        descriptor, self._descriptor = self._descriptor, -1
        if sys.platform == "win32":
            # Windows removes no file that is open; an empty one means nobody.
            os.truncate(descriptor, 0)
        else:
            self._path.unlink(missing_ok=True)
        os.close(descriptor)


def _may_have_it(folder: Path, descriptor: int) -> bool:
    """Take the system's lock, or go by what the file says where there is none.

    Raises:
        BookInUseError: If another program has it.
    """
    locked = _lock(descriptor)
    if locked is None:
        holder = _holder(descriptor)
        locked = holder is None or not holder.may_be_alive
    if not locked:
        raise _in_use(folder, _holder(descriptor))
    return True


def _lock(descriptor: int) -> bool | None:
    """Lock an open file: True if it is ours, False if another's, None if the disk cannot."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - only Windows has it

            os.lseek(descriptor, _FAR_BEYOND, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - Windows has none

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return None
    return True


def _same_file(path: Path, descriptor: int) -> bool:
    """Whether the file we locked is still the one by that name."""
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _write(descriptor: int, holder: Holder) -> None:
    os.truncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, json.dumps(asdict(holder)).encode())


def _holder(descriptor: int) -> Holder | None:
    """Read who holds it; None if that cannot be read (yet)."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    try:
        return Holder(**json.loads(os.read(descriptor, 4096)))
    except (ValueError, TypeError):
        return None


def _in_use(folder: Path, holder: Holder | None) -> BookInUseError:
    if holder is None:
        why = _("Another program has it open.")
    else:
        since = datetime.fromisoformat(holder.since).astimezone()
        why = _("{user} has had it open on {host} since {time} on {day} (process {pid}).").format(
            user=holder.user,
            host=holder.host,
            time=f"{since:%H:%M}",
            day=long_date(since.date()),
            pid=holder.pid,
        )
    return BookInUseError(
        what=_("The book in “{folder}” is already open.").format(folder=folder),
        why=why,
        next_step=_("Close it there first. Only one program can have a book open at a time."),
    )
