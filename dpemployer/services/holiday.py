"""Holiday: what is left, leave asked for and agreed to, and what goes on into the next year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dpemployer.errors import EntryError, RefusedError
from dpemployer.i18n import _, hours_and_minutes, long_date
from dpemployer.payroll.booked_leave import (
    BookedLeave,
    LeaveCarried,
    LeaveReminder,
    LeaveStatus,
    booked_minutes,
    checked_leave,
    refuse_late_refusal,
)
from dpemployer.payroll.people import Employment
from dpemployer.payroll.timesheet import Timesheet
from dpemployer.services.agenda import ToDo, ToDoKind
from dpemployer.services.drafts import assistants_of, employed_in
from dpemployer.services.holiday_calendar import calendar_days
from dpemployer.services.holiday_explained import explained_balance
from dpemployer.services.holiday_facts import contract_of, holiday_balance
from dpemployer.services.holiday_reading import (
    around,
    choice_of,
    leaves_of,
    overview_of,
    paid_up_to,
    waiting_leave,
)
from dpemployer.services.people_holiday import nation_on
from dpemployer.services.reading import live_payslips
from dpemployer.services.timesheets import holiday_shift
from dpemployer.workings import explain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpemployer.bank_days import Nation
    from dpemployer.services.holiday_rows import CalendarDay, CarryChoice, HolidayOverview
    from dpemployer.statutory.holiday_leave import CarryReason
    from dpemployer.statutory.rates import RateBook
    from dpemployer.store.book import Book, Change
    from dpemployer.store.reading import Reading
    from dpemployer.workings import ExplainedStep

_ANSWER_WITHIN = timedelta(days=14)
"""Leave that begins later than this is not yet pressing to answer."""
_REMIND_BEFORE = (timedelta(days=183), timedelta(days=92), timedelta(weeks=6))
"""Six months, three months and six weeks before the leave year ends."""


class Holiday:
    """The holiday of everybody in one book."""

    def __init__(self, book: Book, rates: RateBook) -> None:
        self._book = book
        self._rates = rates

    # ── looking ──

    def overview(self, employment_id: int, on: date) -> HolidayOverview:
        """Return everything about the holiday of one job on a day."""
        with self._book.read() as reading:
            return overview_of(reading, reading.get(Employment, employment_id), on)

    def explain(self, employment_id: int, on: date) -> tuple[ExplainedStep, ...]:
        """Say how what is left on a day was worked out."""
        with self._book.read() as reading:
            contract = contract_of(reading, reading.get(Employment, employment_id))
            return explain(explained_balance(reading, contract, on), on)

    def nation(self, on: date) -> Nation:
        """Return whose bank holidays count on a day."""
        with self._book.read() as reading:
            return nation_on(reading, on)

    def calendar(
        self, first_day: date, last_day: date, employment_id: int | None = None
    ) -> tuple[CalendarDay, ...]:
        """Return each day with its bank holiday and who is away on it; of one job if said."""
        with self._book.read() as reading:
            return calendar_days(reading, first_day, last_day, employment_id)

    # ── asking, agreeing, refusing, calling off ──

    def book(self, leave: BookedLeave) -> int:
        """Record leave that was asked for, or agreed to at once; return its id.

        Raises:
            EntryError: If its days or hours cannot be, or there is not as much left.
            RefusedError: If it falls on family leave.
        """
        with self._book.change("Booked leave") as tx:
            employment = tx.get(Employment, leave.employment_id)
            leave = checked_leave(leave, around(tx, employment, leave))
            return tx.add(replace(leave, id=0))

    def approve(self, leave_id: int, on: date) -> None:
        """Agree to leave that was asked for."""
        with self._book.change("Approved leave") as tx:
            leave = _asked_for(tx, leave_id)
            employment = tx.get(Employment, leave.employment_id)
            checked_leave(leave, around(tx, employment, leave))
            tx.update(replace(leave, status=LeaveStatus.APPROVED, decided_on=on))

    def refuse(self, leave_id: int, on: date, reason: str) -> None:
        """Turn leave down that was asked for, in time.

        Raises:
            EntryError: If no reason is given.
            RefusedError: If it is too late.
        """
        with self._book.change("Refused leave", _needed(reason)) as tx:
            leave = _asked_for(tx, leave_id)
            refuse_late_refusal(leave, on)
            tx.update(
                replace(leave, status=LeaveStatus.REFUSED, decided_on=on, reason=reason.strip())
            )

    def cancel(self, leave_id: int, on: date, reason: str) -> None:
        """Call leave off; its holiday comes out of timesheets that are still open.

        Raises:
            EntryError: If no reason is given.
            RefusedError: If any of it has been paid.
        """
        with self._book.change("Called leave off", _needed(reason)) as tx:
            leave = tx.get(BookedLeave, leave_id)
            if not leave.stands:
                raise _not_open(leave)
            paid = paid_up_to(tx, leave.employment_id)
            if paid is not None and any(each.day <= paid for each in leave.days):
                raise RefusedError(
                    what=_("Some of this leave has been paid."),
                    why=_("The days are on a payslip, and payslips stay as they are."),
                    next_step=_("Correct that pay run; the leave then goes back to what is left."),
                )
            tx.update(
                replace(leave, status=LeaveStatus.CANCELLED, decided_on=on, reason=reason.strip())
            )

    # ── on the timesheet ──

    def confirm(self, timesheet_id: int) -> int:
        """Put the agreed leave of a pay period on its timesheet; return how many days that was.

        Raises:
            RefusedError: If the timesheet is approved or paid.
        """
        with self._book.change("Put leave on a timesheet") as tx:
            sheet = tx.get(Timesheet, timesheet_id)
            waiting = waiting_leave(tx, sheet)
            for each in waiting:
                tx.add(holiday_shift(tx, sheet, each.day, each.minutes))
            return len(waiting)

    def waiting(self, timesheet_id: int) -> tuple[tuple[date, int], ...]:
        """Return the agreed days of leave that are not on a timesheet yet, with their minutes."""
        with self._book.read() as reading:
            sheet = reading.get(Timesheet, timesheet_id)
            if live_payslips(reading, sheet.employment_id, first_day=sheet.first_day):
                return ()
            return tuple((each.day, each.minutes) for each in waiting_leave(reading, sheet))

    # ── the end of a leave year ──

    def choices(self, on: date) -> tuple[CarryChoice, ...]:
        """Return the leave years that ended with leave left, and nothing decided about it."""
        with self._book.read() as reading:
            found = (
                choice_of(reading, employment, on)
                for employment in reading.find(Employment)
                if employed_in(employment, on, on)
            )
            return tuple(choice for choice in found if choice is not None)

    def carry_over(
        self, employment_id: int, minutes: int, reason: CarryReason, on: date, note: str = ""
    ) -> int:
        """Decide how much of the leave left at the end of a leave year goes on; return its id.

        Raises:
            EntryError: If it is more than was left, or less than the law asks for.
            RefusedError: If there is nothing to decide.
        """
        with self._book.change("Decided what leave is carried over") as tx:
            choice = choice_of(tx, tx.get(Employment, employment_id), on)
            if choice is None:
                raise RefusedError(
                    what=_("There is no leave to carry over."),
                    why=_("It is decided once, when a leave year has ended with leave left."),
                    next_step=_("Look at the Holiday part of the page about them."),
                )
            least, use_by = next(
                (least, use_by) for each, least, use_by in choice.least if each is reason
            )
            if not least <= minutes <= choice.left_minutes:
                raise EntryError(
                    what=_("{time} cannot go on into the next leave year.").format(
                        time=hours_and_minutes(minutes)
                    ),
                    why=_("For this reason it is at least {least}, and {left} were left.").format(
                        least=hours_and_minutes(least), left=hours_and_minutes(choice.left_minutes)
                    ),
                    next_step=_("Type hours between the two."),
                )
            return tx.add(
                LeaveCarried(
                    0,
                    employment_id,
                    choice.year_end,
                    choice.left_minutes,
                    minutes,
                    reason,
                    use_by,
                    on,
                    note.strip(),
                )
            )

    def remind(self, employment_id: int, on: date, how: str) -> int:
        """Record that somebody was told to take their leave before the leave year ends."""
        with self._book.change("Told somebody to take their leave") as tx:
            contract = contract_of(tx, tx.get(Employment, employment_id))
            found = holiday_balance(tx, contract, on)
            return tx.add(
                LeaveReminder(0, employment_id, found.year.last_day, on, found.left, how.strip())
            )

    # ── what is to do ──

    def to_do(self, on: date) -> Iterator[ToDo]:
        """Say which leave waits for an answer, whom to remind, and what to decide."""
        with self._book.read() as reading:
            here = [job for job in reading.find(Employment) if employed_in(job, on, on)]
            people = assistants_of(reading, here)
            for employment in here:
                name = people[employment.assistant_id].name
                yield from _waiting_for_an_answer(reading, employment, name, on)
                yield from _to_remind(reading, employment, name, on)
                choice = choice_of(reading, employment, on)
                if choice is not None:
                    says = _(
                        "Decide what happens to {left} of holiday that {name} had left on {day}."
                    ).format(
                        left=hours_and_minutes(choice.left_minutes),
                        name=name,
                        day=long_date(choice.year_end),
                    )
                    yield _task(employment, says, None, on)


def _waiting_for_an_answer(
    reading: Reading, employment: Employment, name: str, on: date
) -> Iterator[ToDo]:
    for leave in leaves_of(reading, employment.id):
        if leave.status is LeaveStatus.REQUESTED:
            last = leave.notice.refuse_by
            if last <= on + _ANSWER_WITHIN:
                says = _("Answer {name}: they ask for leave from {first} to {last}.").format(
                    name=name, first=long_date(leave.first_day), last=long_date(leave.last_day)
                )
                yield _task(employment, says, last, on)


def _to_remind(reading: Reading, employment: Employment, name: str, on: date) -> Iterator[ToDo]:
    contract = contract_of(reading, employment)
    year = contract.leave_year_of(on)
    if employment.left_on is not None and employment.left_on <= year.last_day:
        return  # what is left is paid with the last pay
    passed = [year.last_day - before for before in _REMIND_BEFORE if year.last_day - before <= on]
    if not passed or passed[-1] < employment.started_on:
        return
    sent = reading.find(LeaveReminder, employment_id=employment.id, year_end=year.last_day)
    if any(each.sent_on >= passed[-1] for each in sent):
        return
    left = holiday_balance(reading, contract, on).left - booked_minutes(
        leaves_of(reading, employment.id), paid_up_to(reading, employment.id, on) or date.min
    )
    if left > 0:
        says = _(
            "Remind {name} to take {left} of holiday before the leave year ends on {day}."
        ).format(name=name, left=hours_and_minutes(left), day=long_date(year.last_day))
        yield _task(employment, says, year.last_day, on)


def _task(employment: Employment, says: str, by: date | None, on: date) -> ToDo:
    return ToDo(
        ToDoKind.TASK,
        by=by,
        late=by is not None and by < on,
        employment_id=employment.id,
        says=says,
        button=_("Look at their holiday"),
        page="people",
        what=(employment.id, "holiday"),
    )


def _asked_for(tx: Change, leave_id: int) -> BookedLeave:
    leave = tx.get(BookedLeave, leave_id)
    if leave.status is not LeaveStatus.REQUESTED:
        raise _not_open(leave)
    return leave


def _not_open(leave: BookedLeave) -> RefusedError:
    said = {
        LeaveStatus.APPROVED: _("This leave has been agreed to already."),
        LeaveStatus.REFUSED: _("This leave has been refused."),
        LeaveStatus.CANCELLED: _("This leave has been called off."),
    }
    return RefusedError(
        what=said[leave.status],
        why=_("What was decided stays in the book."),
        next_step=_("Book it anew, or call it off where it was agreed to."),
    )


def _needed(reason: str) -> str:
    if not reason.strip():
        raise EntryError(
            what=_("The reason is missing."),
            why=_("They have a right to know it, and it is kept with the leave."),
            next_step=_("Say in a few words why."),
        )
    return reason.strip()
