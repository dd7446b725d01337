"""Keeping the book from being lost: the recovery sheet on paper, and backups."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dpemployer.bookkeeping.accounts import Statement
from dpemployer.bookkeeping.papers import Safeguard, SafeguardKind
from dpemployer.i18n import N_, _, long_date
from dpemployer.payroll.payslip import Payslip
from dpemployer.services.agenda import ToDo, ToDoKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from dpemployer.services.access import Access
    from dpemployer.store.book import Book

_BACKUP_AGE = timedelta(days=31)
"""What is older than this is a month of payslips that exist once."""


class Safety:
    """What has been done so that one book cannot be lost."""

    def __init__(self, book: Book, access: Access | None) -> None:
        self._book = book
        self._access = access

    def sheet_is_kept(self, on: date) -> None:
        """Say that somebody has the recovery sheet on paper."""
        self._record(SafeguardKind.RECOVERY_SHEET, on, N_("Kept the recovery sheet on paper"))

    def back_up(self, destination: Path, on: date) -> Path:
        """Write the whole book, keys included and still locked, into one file.

        Raises:
            BookError: If the file is there already, or cannot be written.
            LookupError: If the book is in memory, and has no keys.
        """
        if self._access is None:
            raise LookupError("a book in memory has no keys")
        written = self._access.back_up(destination)
        self._record(SafeguardKind.BACKUP, on, N_("Made a backup"))
        return written

    def last(self, kind: SafeguardKind) -> date | None:
        """Return the day something was last done; None when it never was."""
        with self._book.read() as reading:
            days = [day for (day,) in reading.rows(Safeguard, ("day",), kind=kind)]
        return max(days, default=None)

    def to_do(self, on: date) -> Iterator[ToDo]:
        """Say what is to be done about it. A book in memory has nothing to lose."""
        if self._access is None:
            return
        if self.last(SafeguardKind.RECOVERY_SHEET) is None:
            yield ToDo(
                ToDoKind.TASK,
                by=None,
                late=False,
                says=_(
                    "Print the recovery sheet. Without it, a forgotten passphrase loses the book."
                ),
                button=_("See the recovery sheet"),
                page="settings",
                what="safety",
            )
        backup = self.last(SafeguardKind.BACKUP)
        if self._in_use() and (backup is None or on - backup > _BACKUP_AGE):
            yield ToDo(
                ToDoKind.TASK,
                by=None,
                late=False,
                says=_("Make a backup. There is none yet.")
                if backup is None
                else _("Make a backup. The last one is from {day}.").format(day=long_date(backup)),
                button=_("Make a backup"),
                page="settings",
                what="safety",
            )

    def _in_use(self) -> bool:
        with self._book.read() as reading:
            return bool(reading.count(Payslip) or reading.count(Statement))

    def _record(self, kind: SafeguardKind, on: date, action: str) -> None:
        with self._book.change(_(action)) as change:
            change.add(Safeguard(0, kind, on))
