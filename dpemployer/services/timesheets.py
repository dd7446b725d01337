"""Hours: recorded as they are worked, approved before they are paid."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from dpemployer.findings import Finding
    from dpemployer.payroll.timesheet import Shift
    from dpemployer.services.rows import RateChoice, TimesheetDetail, TimesheetRow
    from dpemployer.statutory.rates import RateBook
    from dpemployer.store.book import Book


class Timesheets:
    """The timesheets of one book: one for each employment and pay period."""

    def __init__(self, book: Book, rates: RateBook) -> None:
        self._book = book
        self._rates = rates

    def of_day(self, day: date) -> tuple[TimesheetRow, ...]:
        """List the timesheet of everybody employed on *day* for the pay period that holds it.

        A period nothing has been recorded in yet has `timesheet_id` 0.
        """
        raise NotImplementedError

    def of_employment(self, employment_id: int) -> tuple[TimesheetRow, ...]:
        """List every timesheet of an employment, the newest first."""
        raise NotImplementedError

    def open(self, employment_id: int, day: date) -> int:
        """Find or begin the timesheet of the pay period that holds *day*; return its id."""
        raise NotImplementedError

    def show(self, timesheet_id: int) -> TimesheetDetail:
        """Return a timesheet with its shifts, totals, findings, and what a shift can be."""
        raise NotImplementedError

    def choices(self, employment_id: int, day: date) -> tuple[RateChoice, ...]:
        """List what a shift on *day* can be: every rate in force, holiday, expenses."""
        raise NotImplementedError

    def check_shift(self, shift: Shift) -> tuple[Finding, ...]:
        """Say what there is to look at about a shift, without saving it.

        Raises:
            EntryError: If the hours are impossible.
        """
        raise NotImplementedError

    def add_shift(self, shift: Shift) -> int:
        """Add a shift (`id` 0) to its timesheet and return the id given.

        With `started` and `ended` given, `minutes` is worked out from them and the break; an
        end at or before the start is on the next day. Otherwise `minutes` is the paid time.

        Raises:
            EntryError: If the hours are impossible, or nothing of that kind has a rate.
            RefusedError: If the timesheet is approved or paid.
        """
        raise NotImplementedError

    def change_shift(self, shift: Shift) -> None:
        """Replace a shift already recorded."""
        raise NotImplementedError

    def remove_shift(self, shift_id: int) -> None:
        """Take a shift out of a timesheet still being filled in."""
        raise NotImplementedError

    def copy_week(self, timesheet_id: int, first_day: date) -> int:
        """Copy the shifts of the seven days before *first_day* into the seven from it.

        Holiday and expenses are not copied. Days outside the timesheet's period are left out.
        Returns how many shifts were copied.
        """
        raise NotImplementedError

    def approve(self, timesheet_id: int, by: str, on: date) -> tuple[Finding, ...]:
        """Approve a timesheet, so that it can be paid; return what there is to look at.

        An empty timesheet may be approved: it says that nothing was worked.

        Raises:
            RefusedError: If something in it must be put right first.
        """
        raise NotImplementedError

    def unapprove(self, timesheet_id: int) -> None:
        """Open an approved timesheet again, as long as it has not been paid."""
        raise NotImplementedError
