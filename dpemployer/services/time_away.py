"""Time away from work: sickness and family leave recorded, looked at, and explained."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dpemployer.clock import today
from dpemployer.errors import RefusedError
from dpemployer.findings import Finding, Severity
from dpemployer.i18n import _, long_date
from dpemployer.money import Money
from dpemployer.payroll.away import (
    AgreedDays,
    FamilyLeave,
    FitNote,
    LeaveBlock,
    PayBefore,
    Sickness,
    StatutoryPaid,
    agreed_for,
)
from dpemployer.payroll.away_entries import (
    checked_agreed,
    checked_blocks,
    checked_fit_note,
    checked_leave,
    checked_sickness,
)
from dpemployer.payroll.people import Employment, PayType, PersonalAssistant
from dpemployer.periods import TaxYear
from dpemployer.services.agenda import ToDo, ToDoKind
from dpemployer.services.away_reading import away_of, nation_on
from dpemployer.services.away_rows import TimeAwayDetail
from dpemployer.services.away_standing import (
    AwayStanding,
    leave_row,
    leave_steps,
    missing_pay,
    sick_row,
    sick_steps,
    tasks,
)
from dpemployer.services.reading import put
from dpemployer.services.statutory_paid import class_1_is_known
from dpemployer.statutory.family_pay import service_week
from dpemployer.statutory.sick_pay import week_of
from dpemployer.workings import explain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dpemployer.statutory.rates import RateBook
    from dpemployer.store.book import Book, Change
    from dpemployer.store.reading import Reading
    from dpemployer.workings import ExplainedStep


class TimeAway:
    """Sickness and family leave in one book."""

    def __init__(self, book: Book, rates: RateBook) -> None:
        self._book = book
        self._rates = rates

    # ── looking ──

    def detail(self, employment_id: int, on: date) -> TimeAwayDetail:
        """Show one person's time away, and what it comes to up to a day."""
        with self._book.read() as reading:
            standing = _standing(reading, self._rates, employment_id, on)
            findings = tuple(_size_findings(reading, standing))
        away = standing.away
        now = agreed_for(away.agreed, week_of(on))
        return TimeAwayDetail(
            employment_id=employment_id,
            name=standing.name,
            sick=tuple(sick_row(standing, each) for each in reversed(away.sicknesses)),
            leaves=tuple(leave_row(standing, each) for each in away.leaves),
            agreed=tuple(reversed(away.agreed)),
            missing=missing_pay(standing),
            weekdays_now="" if now is None else now.weekdays,
            findings=findings,
        )

    def explain_sickness(self, sickness_id: int, on: date) -> tuple[ExplainedStep, ...]:
        """Answer “how was this worked out?” for the sick pay of one absence up to a day."""
        with self._book.read() as reading:
            sickness = reading.get(Sickness, sickness_id)
            standing = _standing(reading, self._rates, sickness.employment_id, on)
        return explain(sick_steps(standing, sickness), on)

    def explain_leave(self, leave_id: int, on: date) -> tuple[ExplainedStep, ...]:
        """Answer “how was this worked out?” for the pay of one family leave."""
        with self._book.read() as reading:
            leave = reading.get(FamilyLeave, leave_id)
            standing = _standing(reading, self._rates, leave.employment_id, on)
        return explain(leave_steps(standing, leave), on)

    # ── sickness ──

    def record_sickness(self, sickness: Sickness, weekdays: str | None = None) -> int:
        """Record an absence, or put one right; return its id.

        Args:
            sickness: The absence; an id of 0 is a new one.
            weekdays: The working days agreed for its weeks, where they are said with it.

        Raises:
            EntryError: If the days cannot be, or no working day was chosen.
        """
        with self._book.change("Recorded sickness") as tx:
            employment = tx.get(Employment, sickness.employment_id)
            others = tx.find(Sickness, employment_id=employment.id)
            blocks = _blocks_of(tx, employment.id)
            checked = checked_sickness(sickness, employment, others, blocks, today())
            if weekdays is not None:
                agreed = AgreedDays(0, employment.id, checked.first_day, weekdays)
                _agree(tx, checked_agreed(agreed))
            return put(tx, checked)

    def remove_sickness(self, sickness_id: int) -> None:
        """Take out an absence that was recorded by mistake and has not been paid.

        Raises:
            RefusedError: If a payslip has paid days of it.
        """
        with self._book.change("Took out sickness") as tx:
            sickness = tx.get(Sickness, sickness_id)
            away = away_of(tx, tx.get(Employment, sickness.employment_id), today())
            last = sickness.last_day
            paid = sorted(
                day
                for day in away.paid_days(PayType.SSP)
                if sickness.first_day <= day and (last is None or day <= last)
            )
            if paid:
                raise _paid_already(paid[0])
            for note in tx.find(FitNote, sickness_id=sickness_id):
                tx.remove(note)
            tx.remove(sickness)

    def add_fit_note(self, note: FitNote) -> int:
        """Record a fit note; return its id.

        Raises:
            EntryError: If its days are not those of the absence.
        """
        with self._book.change("Recorded a fit note") as tx:
            return put(tx, checked_fit_note(note, tx.get(Sickness, note.sickness_id)))

    def remove_fit_note(self, note_id: int) -> None:
        """Take out a fit note that was recorded by mistake."""
        with self._book.change("Took out a fit note") as tx:
            tx.remove(tx.get(FitNote, note_id))

    def agree_days(self, agreed: AgreedDays) -> int:
        """Record the working days agreed for a week or from a week on; return the id.

        Raises:
            EntryError: If no day was chosen.
        """
        with self._book.change("Agreed working days") as tx:
            return _agree(tx, checked_agreed(agreed))

    def remove_agreed(self, agreed_id: int) -> None:
        """Take out working days that were recorded by mistake."""
        with self._book.change("Took out agreed working days") as tx:
            tx.remove(tx.get(AgreedDays, agreed_id))

    # ── family leave ──

    def record_leave(self, leave: FamilyLeave, first_day: date, weeks: int) -> int:
        """Record family leave with its first weeks; return its id.

        Raises:
            EntryError: If a day is missing, or the weeks are not within what the law allows.
        """
        with self._book.change("Recorded family leave") as tx:
            leave_id = tx.add(checked_leave(leave))
            block = LeaveBlock(0, leave_id, first_day, weeks)
            self._check_blocks(tx, replace(leave, id=leave_id), [block])
            tx.add(block)
        return leave_id

    def change_leave(self, leave: FamilyLeave) -> None:
        """Put the days or papers of a leave right, such as the day of birth.

        Raises:
            EntryError: If a day is missing, or its weeks are no longer within what the law allows.
        """
        with self._book.change("Changed family leave") as tx:
            checked = checked_leave(leave)
            tx.update(checked)
            blocks = tx.find(LeaveBlock, leave_id=leave.id)
            self._check_blocks(tx, checked, list(blocks))

    def set_block(self, block: LeaveBlock) -> int:
        """Add weeks to a leave, or change some; return their id.

        Raises:
            EntryError: If the weeks are not within what the law allows.
        """
        with self._book.change("Changed the weeks of family leave") as tx:
            leave = tx.get(FamilyLeave, block.leave_id)
            others = [b for b in tx.find(LeaveBlock, leave_id=leave.id) if b.id != block.id]
            self._check_blocks(tx, leave, [*others, block])
            return put(tx, block)

    def remove_leave(self, leave_id: int) -> None:
        """Take out family leave that was recorded by mistake and has not been paid.

        Raises:
            RefusedError: If a payslip has paid some of it.
        """
        with self._book.change("Took out family leave") as tx:
            leave = tx.get(FamilyLeave, leave_id)
            rows = tx.find(StatutoryPaid, employment_id=leave.employment_id, leave_id=leave_id)
            if Money.total(row.amount for row in rows):
                raise _paid_already(rows[0].days[0])
            for block in tx.find(LeaveBlock, leave_id=leave_id):
                tx.remove(block)
            tx.remove(leave)

    # ── pay behind an average ──

    def say_pay(self, employment_id: int, pay_date: date, pay: Money, source: str) -> int:
        """Record what was paid on a payday that has no payslip in this book; return the id."""
        with self._book.change("Recorded the pay of an earlier payday") as tx:
            same = tx.find_one(PayBefore, employment_id=employment_id, pay_date=pay_date)
            fact = PayBefore(same.id if same else 0, employment_id, pay_date, pay, source.strip())
            return put(tx, fact)

    # ── what is to do ──

    def to_do(self, on: date) -> Iterator[ToDo]:
        """Say whom to ask for which paper, and which form is due."""
        with self._book.read() as reading:
            concerned = {
                *(ident for (ident,) in reading.rows(Sickness, ("employment_id",))),
                *(ident for (ident,) in reading.rows(FamilyLeave, ("employment_id",))),
            }
            for employment_id in sorted(concerned):
                standing = _standing(reading, self._rates, employment_id, on)
                for by, says in tasks(standing):
                    yield ToDo(
                        ToDoKind.TASK,
                        by=by,
                        late=by is not None and by < on,
                        employment_id=employment_id,
                        says=says,
                        button=_("Look at time away"),
                        page="people",
                        what=(employment_id, "away"),
                    )

    def _check_blocks(self, tx: Change, leave: FamilyLeave, blocks: list[LeaveBlock]) -> None:
        employment = tx.get(Employment, leave.employment_id)
        taken = [
            (sick.first_day, sick.through(today()).last_day)
            for sick in tx.find(Sickness, employment_id=employment.id)
        ]
        taken += [
            (block.first_day, block.last_day)
            for block in _blocks_of(tx, employment.id)
            if block.leave_id != leave.id
        ]
        nation = nation_on(tx, today())
        checked_blocks(leave, blocks, employment, taken, nation, self._rates, today())


def _standing(reading: Reading, rates: RateBook, employment_id: int, on: date) -> AwayStanding:
    employment = reading.get(Employment, employment_id)
    person = reading.get(PersonalAssistant, employment.assistant_id)
    return AwayStanding(person.name, employment, away_of(reading, employment, on), rates, on)


def _size_findings(reading: Reading, standing: AwayStanding) -> Iterator[Finding]:
    """Say which year's National Insurance decides what HMRC gives back, where it is not known."""
    years = {
        TaxYear(TaxYear.of(service_week(leave.event)[0]).start - 1)
        for leave in standing.away.leaves
    }
    for year in sorted(years):
        if not class_1_is_known(reading, year):
            yield Finding(
                Severity.NOTE,
                "employer_size_not_known",
                standing.name,
                _(
                    "All National Insurance of {year} decides how much of this pay HMRC gives "
                    "back, and this book does not hold that year. For nearly everybody with a "
                    "direct payment it was £45,000 or less, and that is what is worked with. If "
                    "yours was more, say what it came to on the HMRC page."
                ).format(year=year),
                source="GOV.UK, Get financial help with statutory pay",
            )


def _blocks_of(reading: Reading, employment_id: int) -> tuple[LeaveBlock, ...]:
    leaves = [leave.id for leave in reading.find(FamilyLeave, employment_id=employment_id)]
    return reading.find(LeaveBlock, any_of={"leave_id": leaves})


def _agree(tx: Change, agreed: AgreedDays) -> int:
    """Keep agreed days, in the place of those of the very same week."""
    same = tx.find_one(
        AgreedDays,
        employment_id=agreed.employment_id,
        from_day=agreed.from_day,
        one_week=agreed.one_week,
    )
    return put(tx, replace(agreed, id=same.id if same else agreed.id))


def _paid_already(day: date) -> RefusedError:
    return RefusedError(
        what=_("A payslip has paid statutory pay for {day}.").format(day=long_date(day)),
        why=_("What has been paid stays in the book with what it was paid for."),
        next_step=_("Correct the pay run it was paid in first, or change the days instead."),
    )
