"""What a person can do about a funder's return: choose it, prepare it, sign it, amend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from dpemployer.returns.monitoring_return import MonitoringReturn
    from dpemployer.services.money_rows import (
        PeriodRow,
        ReturnPrepared,
        SignedRow,
        TemplateRow,
    )
    from dpemployer.store.book import Book


class Returns:
    """Returns of one book."""

    def __init__(self, book: Book, own_templates: Mapping[str, str] | None = None) -> None:
        """Work on *book*; `own_templates` are the texts of the person's own, by id."""
        self._book = book
        self._own = dict(own_templates or {})

    def templates(self) -> tuple[TemplateRow, ...]:
        """List the returns the program knows, and the person's own, each with how sure it is."""
        raise NotImplementedError

    def chosen(self, on: date) -> TemplateRow | None:
        """Return the template chosen for the whole account on a day."""
        raise NotImplementedError

    def choose(self, template: str, from_day: date, *, anchor: date | None = None) -> None:
        """Say which return this account answers, from a day.

        `anchor` is the first day of any one period, where the template leaves it open.
        """
        raise NotImplementedError

    def periods(self, template: str, until: date) -> tuple[PeriodRow, ...]:
        """List the periods from the book's first day to the one that holds *until*."""
        raise NotImplementedError

    def prepare(self, template: str, first_day: date, last_day: date) -> ReturnPrepared:
        """Build the return as the book stands now, with what is left to do.

        Raises:
            EntryError: If there is no such template, or the days are the wrong way round.
        """
        raise NotImplementedError

    def figures(self, template: str, first_day: date, last_day: date) -> MonitoringReturn:
        """Build the return as the core gives it: every figure and the entries behind it."""
        raise NotImplementedError

    def sign(
        self,
        template: str,
        first_day: date,
        last_day: date,
        *,
        signed_by: str,
        capacity: str,
        declared_on: date,
        declared: Sequence[str],
    ) -> SignedRow:
        """Sign a return off: its lines and the entries behind them are kept for good.

        Args:
            template: Which return.
            first_day: Of its period.
            last_day: Of its period.
            signed_by: The name of whoever signs.
            capacity: A signatory's role of the declaration.
            declared_on: The day of the declaration.
            declared: Every statement of the declaration that was accepted.

        Raises:
            SignOffRefusedError: If the bank and the book differ by a penny, something is still
                to be coded, or the declaration was not accepted whole.
        """
        raise NotImplementedError

    def signed(self) -> tuple[SignedRow, ...]:
        """List every signed version, the newest first."""
        raise NotImplementedError

    def amend(self, signed_id: int, reason: str) -> None:
        """Open a signed return again, and say why. What was signed stays as it was.

        Its entries can be put right until the next version is signed.
        """
        raise NotImplementedError

    def changes(self, template: str, first_day: date, last_day: date) -> tuple[str, ...]:
        """Say what is different from the version signed before, line by line."""
        raise NotImplementedError

    def pdf(self, template: str, first_day: date, last_day: date, *, large: bool = False) -> bytes:
        """Return the return as a tagged PDF: as signed, or marked as a draft."""
        raise NotImplementedError

    def audit_pdf(
        self, template: str, first_day: date, last_day: date, *, large: bool = False
    ) -> bytes:
        """Return the audit statement as a tagged PDF: opening, in, out, closing, every entry."""
        raise NotImplementedError

    def csv(self, template: str, first_day: date, last_day: date) -> str:
        """Return every line of the return as CSV."""
        raise NotImplementedError

    def audit_csv(self, template: str, first_day: date, last_day: date) -> str:
        """Return every entry of the period, with its line and its papers, as CSV."""
        raise NotImplementedError
