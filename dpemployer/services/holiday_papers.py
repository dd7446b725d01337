"""The holiday record as a paper and as a table, and the reminder to take leave, from stored facts.

Source: Working Time Regulations 1998, regulation 16B: records that show leave, pay for it, what was
carried over and what was paid in lieu, kept for six years from the day each was made.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from dpemployer import clock
from dpemployer.documents.exports import csv_bytes
from dpemployer.documents.holiday_record import (
    HolidayRecord,
    RecordTable,
    RecordYear,
    record_pdf,
)
from dpemployer.documents.letter import LetterPaper, letter_pdf
from dpemployer.i18n import N_, _, hours_and_minutes, long_date, ngettext
from dpemployer.payroll.booked_leave import (
    BookedLeave,
    CarryReason,
    LeaveCarried,
    LeaveReminder,
    LeaveStatus,
)
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import (
    Employment,
    HolidayClass,
    HolidayTerms,
    PayType,
    PersonalAssistant,
)
from dpemployer.periods import plus_months
from dpemployer.services.holiday_facts import contract_of, holiday_balance
from dpemployer.services.holiday_reading import leaves_of
from dpemployer.services.reading import employer_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpemployer.documents.exports import Value
    from dpemployer.payroll.leave_years import HolidayContract, LeaveYear
    from dpemployer.payroll.payslip import PayslipLine
    from dpemployer.store.book import Book
    from dpemployer.store.reading import Reading

_A_DAY = timedelta(days=1)
_KEPT_MONTHS = 72
_HOLIDAY_PAY_RULES = ("pay.line.holiday", "holiday.rolled_up")
_HOLIDAY_PAY = {
    PayType.HOLIDAY: N_("taken"),
    PayType.ROLLED_UP_HOLIDAY: N_("with the wages"),
    PayType.HOLIDAY_IN_LIEU: N_("in lieu"),
}


class HolidayPapers:
    """What one book prints about holiday."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def record(self, employment_id: int, *, large: bool = False) -> bytes:
        """Print the holiday record of one job, as far back as it has to be kept.

        Raises:
            RefusedError: If nobody is recorded as the employer.
        """
        today = clock.today()
        with self._book.read() as reading:
            record = _record(reading, employment_id, today)
        return record_pdf(record, large_print=large)

    def record_file_name(self, employment_id: int, ending: str = "pdf") -> str:
        """Say what the record is called when it is saved."""
        with self._book.read() as reading:
            name = _person(reading, employment_id).name
        words = _("holiday record {name} {day}").format(name=name, day=clock.today().isoformat())
        return f"{' '.join(words.split())}.{ending}"

    def table(self, employment_id: int) -> bytes:
        """Return the same record as a CSV file: a row for each thing that was recorded."""
        today = clock.today()
        with self._book.read() as reading:
            contract = contract_of(reading, reading.get(Employment, employment_id))
            rows = [
                row
                for year in _years(contract, today)
                for row in _csv_rows(reading, contract, year)
            ]
        return csv_bytes(
            (
                _("Leave year from"),
                _("What"),
                _("First day"),
                _("Last day"),
                _("Minutes"),
                _("Hourly rate"),
                _("Amount"),
                _("Paid on"),
                _("How it stands, or how it was worked out"),
            ),
            rows,
        )

    def reminder(self, employment_id: int, *, large: bool = False) -> bytes:
        """Print the letter that tells somebody to take their leave before the year ends.

        Raises:
            RefusedError: If nobody is recorded as the employer.
        """
        today = clock.today()
        with self._book.read() as reading:
            contract = contract_of(reading, reading.get(Employment, employment_id))
            person = _person(reading, employment_id)
            employer = employer_on(reading, today)
            found = holiday_balance(reading, contract, today)
        paper = LetterPaper(
            heading=_("Please take your holiday"),
            sender=f"{employer.name}\n{employer.address}".strip(),
            to=f"{person.name}\n{person.address}".strip(),
            dated=today,
            facts=(
                (_("Holiday left"), hours_and_minutes(found.left)),
                (_("The leave year ends on"), long_date(found.year.last_day)),
            ),
            paragraphs=(
                _(
                    "You have a right to this holiday, and I want you to be able to take it. "
                    "Please tell me which days suit you. If something at work keeps you from "
                    "taking it, tell me that too."
                ),
                _(
                    "What is not taken by the end of the leave year may be lost. It is not lost "
                    "if you could not take it because you were sick or on family leave, or if we "
                    "agree that it goes on into the next year."
                ),
            ),
            sign=(_("Signed by the employer"), _("Date")),
        )
        return letter_pdf(paper, large_print=large)


def _record(reading: Reading, employment_id: int, today: date) -> HolidayRecord:
    employment = reading.get(Employment, employment_id)
    contract = contract_of(reading, employment)
    employer = employer_on(reading, today)
    facts = [
        (_("Employer"), employer.name),
        (_("Job began"), long_date(employment.started_on)),
        (_("Printed"), long_date(today)),
    ]
    if employment.left_on is not None:
        facts.insert(2, (_("Job ended"), long_date(employment.left_on)))
    return HolidayRecord(
        name=_person(reading, employment_id).name,
        employer=employer.name,
        dated=today,
        facts=tuple(facts),
        years=tuple(_year(reading, contract, year) for year in _years(contract, today)),
    )


def _years(contract: HolidayContract, today: date) -> Iterator[LeaveYear]:
    """Return the leave years that have to be kept, the newest first."""
    oldest = max(plus_months(today, -_KEPT_MONTHS), contract.started_on)
    last = today if contract.left_on is None else min(today, contract.left_on)
    year = contract.leave_year_of(last)
    while True:
        yield year
        if year.first_day <= oldest:
            return
        year = contract.leave_year_of(year.first_day - _A_DAY)


def _year(reading: Reading, contract: HolidayContract, year: LeaveYear) -> RecordYear:
    on = year.last_day if contract.left_on is None else min(year.last_day, contract.left_on)
    found = holiday_balance(reading, contract, on)
    return RecordYear(
        title=_("Leave year {first} to {last}").format(
            first=long_date(year.first_day), last=long_date(year.last_day)
        ),
        facts=(
            *_terms_facts(contract, year),
            (_("Brought forward"), hours_and_minutes(found.brought_forward)),
            (_("Built up"), hours_and_minutes(found.earned)),
            (_("Taken or paid in lieu"), hours_and_minutes(found.taken)),
            (_("Left"), hours_and_minutes(found.left)),
        ),
        tables=(
            _leave_table(reading, contract, year),
            _pay_table(reading, contract, year),
            _workings_table(reading, contract, year),
            _carried_table(reading, contract, year),
            _reminder_table(reading, contract, year),
        ),
    )


def _terms_facts(contract: HolidayContract, year: LeaveYear) -> Iterator[tuple[str, str]]:
    """Say by which terms holiday built up in a leave year, and why."""
    for part in contract.parts(max(year.first_day, contract.started_on), year.last_day):
        said = _class_words(part.terms)
        if part.terms.reason:
            said = _("{said} ({reason})").format(said=said, reason=part.terms.reason)
        yield _("From {day}").format(day=long_date(part.first_day)), said


def _class_words(terms: HolidayTerms) -> str:
    words = {
        HolidayClass.REGULAR: _("Regular hours: 5.6 weeks"),
        HolidayClass.IRREGULAR: _("Irregular hours: 12.07% of the hours worked"),
        HolidayClass.PART_YEAR: _("Part of the year: 12.07% of the hours worked"),
        HolidayClass.NORTHERN_IRELAND: _("Northern Ireland: 5.6 weeks"),
    }[terms.holiday_class]
    if terms.hours_per_week is not None and terms.days_per_week is not None:
        words = _("{words}; {hours} hours on {days} days a week").format(
            words=words, hours=terms.hours_per_week, days=terms.days_per_week
        )
    if terms.rolled_up:
        words = _("{words}; paid with the wages").format(words=words)
    return words


def _leave_table(reading: Reading, contract: HolidayContract, year: LeaveYear) -> RecordTable:
    return RecordTable(
        title=_("Leave asked for, and the answer"),
        columns=(_("Days"), _("Hours"), _("Asked on"), _("Answer"), _("On")),
        rows=tuple(
            (
                _days(leave),
                hours_and_minutes(leave.minutes),
                long_date(leave.asked_on),
                _answer(leave),
                "" if leave.decided_on is None else long_date(leave.decided_on),
            )
            for leave in _leaves_in(reading, contract, year)
        ),
        empty=_("Nothing was asked for."),
    )


def _leaves_in(
    reading: Reading, contract: HolidayContract, year: LeaveYear
) -> Iterator[BookedLeave]:
    for leave in reversed(leaves_of(reading, contract.employment.id)):
        if leave.first_day in year:
            yield leave


def _days(leave: BookedLeave) -> str:
    if leave.first_day == leave.last_day:
        return long_date(leave.first_day)
    count = ngettext("{count} day", "{count} days", len(leave.days)).format(count=len(leave.days))
    return _("{first} to {last}: {count}").format(
        first=long_date(leave.first_day), last=long_date(leave.last_day), count=count
    )


def _answer(leave: BookedLeave) -> str:
    said = {
        LeaveStatus.REQUESTED: _("No answer yet"),
        LeaveStatus.APPROVED: _("Agreed"),
        LeaveStatus.REFUSED: _("Refused"),
        LeaveStatus.CANCELLED: _("Called off"),
    }[leave.status]
    if not leave.reason:
        return said
    return _("{said}: {reason}").format(said=said, reason=leave.reason)


def _pay_table(reading: Reading, contract: HolidayContract, year: LeaveYear) -> RecordTable:
    rows = []
    for slip in _slips_in(reading, contract, year):
        row = (
            _("{first} to {last}").format(
                first=long_date(slip.first_day), last=long_date(slip.last_day)
            ),
            hours_and_minutes(slip.accruing_minutes + slip.absence_minutes),
            hours_and_minutes(slip.holiday_minutes_earned),
            hours_and_minutes(slip.holiday_minutes_taken),
            "; ".join(_paid_words(line) for line in _holiday_lines(slip)),
            long_date(slip.pay_date),
        )
        rows.append(row)
    return RecordTable(
        title=_("What payslips earned and paid"),
        columns=(
            _("Pay period"),
            _("Hours that earn"),
            _("Earned"),
            _("Taken"),
            _("Holiday pay"),
            _("Payday"),
        ),
        rows=tuple(rows),
        empty=_("No payslip earned or paid holiday."),
    )


def _workings_table(reading: Reading, contract: HolidayContract, year: LeaveYear) -> RecordTable:
    return RecordTable(
        title=_("How holiday pay was worked out"),
        columns=(_("Payday"), _("As the payslip says it")),
        rows=tuple(
            (long_date(slip.pay_date), how)
            for slip in _slips_in(reading, contract, year)
            if (how := _how(slip))
        ),
        empty=_("No holiday was paid."),
    )


def _how(slip: Payslip) -> str:
    """Say how the holiday pay on a payslip was worked out, in the words of its day."""
    return " ".join(
        step.sentence for step in slip.workings if step.rule.startswith(_HOLIDAY_PAY_RULES)
    )


def _slips_in(reading: Reading, contract: HolidayContract, year: LeaveYear) -> Iterator[Payslip]:
    """Return the payslips of a leave year that did something to holiday, reversals included."""
    for slip in reading.find(
        Payslip,
        employment_id=contract.employment.id,
        between={"last_day": (year.first_day, year.last_day)},
        order_by=("last_day", "id"),
    ):
        did = (slip.accruing_minutes, slip.holiday_minutes_earned, slip.holiday_minutes_taken)
        if any(did) or any(_holiday_lines(slip)):
            yield slip


def _holiday_lines(slip: Payslip) -> Iterator[PayslipLine]:
    return (line for line in slip.lines if line.pay_type in _HOLIDAY_PAY)


def _paid_words(line: PayslipLine) -> str:
    if line.minutes:
        return _("{label}: {time} at {rate}, {amount}").format(
            label=line.label,
            time=hours_and_minutes(line.minutes),
            rate=line.rate,
            amount=line.amount,
        )
    return _("{label}: {amount}").format(label=line.label, amount=line.amount)


def _carried_table(reading: Reading, contract: HolidayContract, year: LeaveYear) -> RecordTable:
    return RecordTable(
        title=_("Carried over at its end"),
        columns=(_("Left"), _("Goes on"), _("Why"), _("Use by"), _("Decided on")),
        rows=tuple(
            (
                hours_and_minutes(each.left_minutes),
                hours_and_minutes(each.carried_minutes),
                _reason_words(each.reason),
                "" if each.use_by is None else long_date(each.use_by),
                "" if each.decided_on is None else long_date(each.decided_on),
            )
            for each in reading.find(
                LeaveCarried, employment_id=contract.employment.id, year_end=year.last_day
            )
        ),
        empty=_("Nothing was decided."),
    )


def _reason_words(reason: CarryReason) -> str:
    return {
        CarryReason.AGREEMENT: _("Agreed"),
        CarryReason.SICK_LEAVE: _("Off sick"),
        CarryReason.STATUTORY_LEAVE: _("On family leave"),
        CarryReason.EMPLOYER_FAILURE: _("No fair chance to take it, or not told"),
    }[reason]


def _reminder_table(reading: Reading, contract: HolidayContract, year: LeaveYear) -> RecordTable:
    return RecordTable(
        title=_("Reminders to take it"),
        columns=(_("Sent on"), _("Left then"), _("How")),
        rows=tuple(
            (long_date(each.sent_on), hours_and_minutes(each.left_minutes), each.how)
            for each in reading.find(
                LeaveReminder,
                employment_id=contract.employment.id,
                year_end=year.last_day,
                order_by="sent_on",
            )
        ),
        empty=_("No reminder was recorded."),
    )


def _csv_rows(
    reading: Reading, contract: HolidayContract, year: LeaveYear
) -> Iterator[tuple[Value, ...]]:
    first = year.first_day
    for leave in _leaves_in(reading, contract, year):
        yield (
            first,
            _("leave"),
            leave.first_day,
            leave.last_day,
            leave.minutes,
            None,
            None,
            None,
            _answer(leave),
        )
    for slip in _slips_in(reading, contract, year):
        days = (slip.first_day, slip.last_day)
        if slip.holiday_minutes_earned:
            earned = slip.holiday_minutes_earned
            yield (first, _("earned"), *days, earned, None, None, slip.pay_date, "")
        for line in _holiday_lines(slip):
            yield (
                first,
                _(_HOLIDAY_PAY[line.pay_type]),
                *days,
                line.minutes,
                line.rate or None,
                line.amount,
                slip.pay_date,
                _how(slip),
            )
    for each in reading.find(
        LeaveCarried, employment_id=contract.employment.id, year_end=year.last_day
    ):
        yield (
            first,
            _("carried over"),
            year.last_day,
            each.use_by,
            each.carried_minutes,
            None,
            None,
            None,
            _reason_words(each.reason),
        )
    for sent in reading.find(
        LeaveReminder, employment_id=contract.employment.id, year_end=year.last_day
    ):
        yield (
            first,
            _("reminder"),
            sent.sent_on,
            sent.sent_on,
            sent.left_minutes,
            None,
            None,
            None,
            sent.how,
        )


def _person(reading: Reading, employment_id: int) -> PersonalAssistant:
    employment = reading.get(Employment, employment_id)
    return reading.get(PersonalAssistant, employment.assistant_id)
