"""Endings: the direct payment ends, or somebody has died. Steps kept in the book, and what is owed.

What is owed is read from the book each time: bills not paid, and what the last pay of each job will
have in it as far as that is known.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dpemployer.clock import today
from dpemployer.errors import EntryError, RefusedError
from dpemployer.i18n import _, hours_and_minutes, long_date
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.endings import (
    ENDS_EVERY_JOB,
    by_key,
    ending_steps,
    kept,
    opening_words,
)
from dpemployer.payroll.endings import Ending as Ending  # noqa: PLC0414 - what windows fill in
from dpemployer.payroll.endings import EndingKind as EndingKind  # noqa: PLC0414 - the same
from dpemployer.payroll.endings import EndingStepDone as EndingStepDone  # noqa: PLC0414 - the same
from dpemployer.payroll.holiday_rates import holiday_hour
from dpemployer.payroll.leaving import Leaving, LeavingReason
from dpemployer.payroll.leaving_pay import holiday_not_taken, notice_not_worked
from dpemployer.payroll.people import Employment
from dpemployer.services.agenda import ToDo, ToDoKind
from dpemployer.services.drafts import assistants_of
from dpemployer.services.holiday_facts import contract_of, holiday_balance, paid_weeks
from dpemployer.services.reading import live_payslips, terms_of
from dpemployer.statutory.notice import notice_by_employer
from dpemployer.workings import ExplainedStep, explain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpemployer.services.leaving import Leavings
    from dpemployer.services.ledger import Ledger
    from dpemployer.store.book import Book
    from dpemployer.store.reading import Reading


_ONE_BY_ONE = timedelta(days=92)
"""How long before its last day jobs may end because a direct payment does."""


@dataclass(frozen=True, slots=True)
class EndingStepRow:
    """One step, and whether it is done."""

    key: str
    title: str
    why: str
    by: date | None
    source: str
    done_on: date | None
    note: str
    by_itself: bool
    """The book says that it is done; it needs no tick."""


@dataclass(frozen=True, slots=True)
class OwedRow:
    """One thing owed: to whom, for what, how much as far as it is known."""

    to: str
    what: str
    amount: Money | None
    """None: not known yet."""
    note: str
    workings: tuple[ExplainedStep, ...] = ()
    """How it was worked out, where it was not simply written on a bill."""


@dataclass(frozen=True, slots=True)
class EndingRow:
    """One ending with everything about it."""

    ending: Ending
    words: tuple[str, ...]
    about: str
    """Whom it is about, where a personal assistant has died."""
    steps: tuple[EndingStepRow, ...]
    owed: tuple[OwedRow, ...]
    total_owed: Money
    """Of what is known."""
    in_accounts: Money
    """What the cash book says is in the direct payment account: the funder’s, not the estate’s."""
    kept: tuple[str, ...]

    @property
    def open_steps(self) -> int:
        """How many steps are not done."""
        return sum(1 for step in self.steps if step.done_on is None)


class Endings:
    """The endings of one book."""

    def __init__(self, book: Book, leavings: Leavings, ledger: Ledger) -> None:
        self._book = book
        self._leavings = leavings
        self._ledger = ledger

    def begin(self, ending: Ending) -> int:
        """Record that something ends (`id` 0); return the id given.

        When the employer has died, every job ends that day; when a personal assistant has died,
        theirs does. Either all of it is recorded or none of it.

        Raises:
            EntryError: If the day is still to come for a death, or nobody is named who acts.
            RefusedError: If hours are recorded for days after it.
        """
        ending = _checked(ending)
        with self._book.change(_ACTIONS[ending.kind]) as tx:
            if tx.find_one(Ending, kind=ending.kind, employment_id=ending.employment_id):
                raise RefusedError(
                    what=_("This has been recorded before."),
                    why=_("There is one list of what to do, so that nothing is done twice."),
                    next_step=_("Go on with the list that is there, or take it back first."),
                )
            ending_id = tx.add(ending)
            for employment in _ended_by(tx, ending):
                reason = (
                    LeavingReason.DEATH_OF_EMPLOYER
                    if ending.kind is EndingKind.EMPLOYER_DIED
                    else LeavingReason.DEATH_OF_ASSISTANT
                )
                self._leavings.record_in(
                    tx, Leaving(0, employment.id, reason, ending.day, ending.day)
                )
        return ending_id

    def take_back(self, ending_id: int) -> None:
        """Take an ending back that was recorded by mistake, with the ends of jobs it brought.

        Raises:
            RefusedError: If a last pay that goes with it is final.
        """
        with self._book.change("Took back an ending") as tx:
            ending = tx.get(Ending, ending_id)
            reasons = {LeavingReason.DEATH_OF_EMPLOYER, LeavingReason.DEATH_OF_ASSISTANT}
            if ending.kind in {EndingKind.EMPLOYER_DIED, EndingKind.ASSISTANT_DIED}:
                for leaving in tx.find(Leaving, last_day=ending.day):
                    if leaving.reason in reasons and ending.employment_id in {
                        None,
                        leaving.employment_id,
                    }:
                        self._leavings.take_back_in(tx, leaving.employment_id)
            for step in tx.find(EndingStepDone, ending_id=ending_id):
                tx.remove(step)
            tx.remove(ending)

    def tick(self, ending_id: int, step: str, done_on: date, note: str = "") -> None:
        """Record that a step was done."""
        if done_on > today():
            raise EntryError(
                what=_("It cannot have been done on a day to come."),
                why=_("Only what was done is ticked."),
                next_step=_("Type the day it was done, or wait with the tick."),
            )
        with self._book.change("Ticked a step of an ending") as tx:
            for before in tx.find(EndingStepDone, ending_id=ending_id, step=step):
                tx.remove(before)
            tx.add(EndingStepDone(0, ending_id, step, done_on, note.strip()))

    def untick(self, ending_id: int, step: str) -> None:
        """Take a tick back."""
        with self._book.change("Took back a tick of an ending") as tx:
            for before in tx.find(EndingStepDone, ending_id=ending_id, step=step):
                tx.remove(before)

    def all(self, on: date) -> tuple[EndingRow, ...]:
        """List every ending, the newest first."""
        with self._book.read() as reading:
            found = reading.find(Ending, order_by=("-day", "-id"))
        return tuple(self.show(ending.id, on) for ending in found)

    def show(self, ending_id: int, on: date) -> EndingRow:
        """Show one ending with its steps and what is owed *on* a day."""
        bills = [
            OwedRow(bill.payee, bill.kind_label, bill.outstanding, _due(bill.due))
            for bill in self._ledger.commitments(on)
            if bill.outstanding > NOTHING
        ]
        there = Money.total(account.book_balance for account in self._ledger.accounts())
        with self._book.read() as reading:
            ending = reading.get(Ending, ending_id)
            employments = _concerned(reading, ending)
            people = assistants_of(reading, employments)
            names = {one.id: people[one.assistant_id].name for one in employments}
            owed = [row for one in employments for row in self._owed(reading, one, names[one.id])]
            steps = _steps(reading, ending, employments)
        if ending.employment_id is not None:
            bills = [bill for bill in bills if bill.to == names.get(ending.employment_id)]
        rows = (*owed, *bills)
        return EndingRow(
            ending=ending,
            words=tuple(_(words) for words in opening_words(ending.kind)),
            about=names.get(ending.employment_id or 0, ""),
            steps=steps,
            owed=rows,
            total_owed=Money.total(row.amount for row in rows if row.amount is not None),
            in_accounts=there,
            kept=tuple(_(words) for words in kept(ending.kind)),
        )

    def to_do(self, on: date) -> Iterator[ToDo]:
        """Ask for the next step of each ending."""
        with self._book.read() as reading:
            found = reading.find(Ending)
            for ending in found:
                steps = _steps(reading, ending, _concerned(reading, ending))
                step = next((step for step in steps if step.done_on is None), None)
                if step is not None:
                    yield ToDo(
                        ToDoKind.TASK,
                        by=max(step.by or on, on),
                        late=False,
                        says=_("When things end: {title}.").format(title=step.title),
                        button=_("Open"),
                        page="people",
                        what=("ending", ending.id),
                    )

    def _owed(self, reading: Reading, employment: Employment, name: str) -> Iterator[OwedRow]:
        """Say what the end of a job brings that is not on a payslip yet."""
        leaving = reading.find_one(Leaving, employment_id=employment.id)
        if leaving is None:
            yield OwedRow(name, _("The end of the job"), None, _("It is not said yet how it ends."))
            return
        if live_payslips(reading, employment.id, first_day=leaving.final_first_day):
            return
        yield OwedRow(
            name,
            _("Hours up to {day}").format(day=long_date(leaving.last_day)),
            None,
            _("Known when the last pay is worked out."),
        )
        contract = contract_of(reading, employment)
        left = holiday_balance(reading, contract, leaving.last_day).left
        if left > 0:
            hour = holiday_hour(
                contract,
                terms_of(reading, (employment.id,))[employment.id].rates,
                paid_weeks(reading, contract, leaving.last_day),
                leaving.last_day,
                leaving.last_day,
            )
            line = None if hour is None else holiday_not_taken(left, hour)
            yield OwedRow(
                name,
                _("Holiday not taken"),
                None if line is None else line.line.amount,
                _("{time}, by the payslips so far, before tax.").format(
                    time=hours_and_minutes(left)
                ),
                () if line is None else explain([line.step], leaving.last_day),
            )
        if leaving.weeks_in_lieu:
            line = notice_not_worked(leaving)
            yield OwedRow(
                name,
                _("Notice not worked"),
                line.line.amount,
                _("Before tax."),
                (*leaving.workings, *explain([line.step], leaving.last_day)),
            )
        if leaving.redundancy_pay:
            yield OwedRow(
                name,
                _("Redundancy pay"),
                leaving.redundancy_pay,
                _("Free of tax. The redundancy statement says how it was worked out."),
                leaving.workings,
            )


_ACTIONS = {
    EndingKind.DIRECT_PAYMENT: "Recorded that the direct payment ends",
    EndingKind.EMPLOYER_DIED: "Recorded that the employer has died",
    EndingKind.RECIPIENT_DIED: "Recorded that the person supported has died",
    EndingKind.ASSISTANT_DIED: "Recorded that a personal assistant has died",
}


def _checked(ending: Ending) -> Ending:
    if ending.kind is not EndingKind.DIRECT_PAYMENT and ending.day > today():
        raise EntryError(
            what=_("{day} is still to come.").format(day=long_date(ending.day)),
            why=_("A death is recorded with its own day."),
            next_step=_("Type the day again."),
        )
    if ending.kind is EndingKind.ASSISTANT_DIED and ending.employment_id is None:
        raise EntryError(
            what=_("It is not said who has died."),
            why=_("Their job ends that day, and what is owed is theirs."),
            next_step=_("Choose the personal assistant."),
        )
    if ending.kind is not EndingKind.ASSISTANT_DIED:
        ending = replace(ending, employment_id=None)
    who = ending.who_acts.strip()
    if not who:
        raise EntryError(
            what=_("It is not said who sees to it."),
            why=_("Papers and letters have to come from somebody."),
            next_step=_("Type a name. It can be put right later by recording it again."),
        )
    return replace(ending, id=0, who_acts=who, note=ending.note.strip())


def _ended_by(reading: Reading, ending: Ending) -> list[Employment]:
    """Return the employments that end by themselves, and whose end is not recorded yet."""
    if ending.kind in ENDS_EVERY_JOB:
        found = [one for one in reading.find(Employment) if one.started_on <= ending.day]
    elif ending.employment_id is not None:
        found = [reading.get(Employment, ending.employment_id)]
    else:
        found = []
    return [one for one in found if one.left_on is None or one.left_on > ending.day]


def _concerned(reading: Reading, ending: Ending) -> list[Employment]:
    """Return the employments an ending is about: those in force on its day.

    Before a direct payment ends, jobs end one by one: those of the last months belong to it.
    """
    if ending.employment_id is not None:
        return [reading.get(Employment, ending.employment_id)]
    since = ending.day
    if ending.kind is EndingKind.DIRECT_PAYMENT:
        since -= _ONE_BY_ONE
    return [
        one
        for one in reading.find(Employment)
        if one.started_on <= ending.day and (one.left_on is None or one.left_on >= since)
    ]


def _steps(
    reading: Reading, ending: Ending, employments: list[Employment]
) -> tuple[EndingStepRow, ...]:
    weeks = max(
        (notice_by_employer(one.started_on, ending.day).weeks for one in employments), default=0
    )
    done = by_key(reading.find(EndingStepDone, ending_id=ending.id))
    itself = _done_by_itself(reading, employments)
    return tuple(
        EndingStepRow(
            key=step.key,
            title=_(step.title),
            why=_(step.why),
            by=step.by,
            source=step.source,
            done_on=done[step.key].done_on if step.key in done else itself.get(step.key),
            note=done[step.key].note if step.key in done else "",
            by_itself=step.key not in done and step.key in itself,
        )
        for step in ending_steps(ending, weeks)
    )


def _done_by_itself(reading: Reading, employments: list[Employment]) -> dict[str, date]:
    """Return the steps the book itself shows to be done, each with its day."""
    leavings = [
        leaving
        for one in employments
        if (leaving := reading.find_one(Leaving, employment_id=one.id)) is not None
    ]
    if not leavings or len(leavings) < len(employments):
        return {}
    itself = {"record_leaving": max(leaving.last_day for leaving in leavings)}
    paydays = []
    for one, leaving in zip(employments, leavings, strict=True):
        if not live_payslips(reading, one.id, first_day=leaving.final_first_day):
            return itself
        paydays.append(one.schedule.period_of(leaving.final_first_day).pay_date)
    itself["last_pay"] = max(paydays)
    given = [leaving.p45_given_on for leaving in leavings if leaving.p45_given_on is not None]
    if len(given) == len(leavings):
        itself["p45"] = max(given)
    return itself


def _due(day: date | None) -> str:
    return "" if day is None else _("To be paid by {day}.").format(day=long_date(day))
