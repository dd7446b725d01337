"""Working time: what was agreed and offered, homes provided, rest given later."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dpemployer.i18n import _
from dpemployer.payroll.mileage import top_up_findings
from dpemployer.payroll.people import Employment, PersonalAssistant
from dpemployer.payroll.rota_rest import ABOUT_DAILY_REST, REST_OVERDUE
from dpemployer.payroll.seen import FindingSeen
from dpemployer.payroll.timesheet import Shift, Timesheet, TimesheetStatus
from dpemployer.payroll.working_time import HomeProvided, RestGiven, WorkingTimeRecord
from dpemployer.payroll.working_time_entries import checked_home, checked_record, checked_rest
from dpemployer.periods import TaxYear
from dpemployer.services.agenda import ToDo, ToDoKind
from dpemployer.services.drafts import assistants_of, mileage_between
from dpemployer.services.reading import put, terms_of
from dpemployer.services.rota import MOST_TOGETHER, about_hours
from dpemployer.services.rows import WorkingTimeDetail

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dpemployer.findings import Finding
    from dpemployer.statutory.rates import RateBook
    from dpemployer.store.book import Book
    from dpemployer.store.reading import Reading

_ASKED_FOR = timedelta(weeks=12)
"""How long home goes on asking for rest that was too short."""


class WorkingTime:
    """What is known of the working time of everybody in one book."""

    def __init__(self, book: Book, rates: RateBook) -> None:
        self._book = book
        self._rates = rates

    def show(self, employment_id: int, on: date) -> WorkingTimeDetail:
        """Return what is known of one employment, and what there is to look at on a day."""
        with self._book.read() as reading:
            employment = reading.get(Employment, employment_id)
            person = reading.get(PersonalAssistant, employment.assistant_id)
            record = reading.find_one(WorkingTimeRecord, employment_id=employment_id)
            homes = reading.find(HomeProvided, employment_id=employment_id, order_by="-from_day")
            rests = reading.find(RestGiven, employment_id=employment_id, order_by="-short_day")
            rates = terms_of(reading, (employment_id,))[employment_id].rates
            miles = mileage_between(reading, employment, TaxYear.of(on).first_day, on)
        return WorkingTimeDetail(
            record=record or WorkingTimeRecord(0, employment_id),
            homes=homes,
            rests=rests,
            findings=top_up_findings(miles, rates, person, self._rates),
        )

    def keep(self, record: WorkingTimeRecord) -> None:
        """Keep what is known of one employment, in place of what was known before.

        Raises:
            EntryError: If something typed cannot be.
        """
        with self._book.change("Recorded working time") as tx:
            employment = tx.get(Employment, record.employment_id)
            person = tx.get(PersonalAssistant, employment.assistant_id)
            put(tx, checked_record(record, person))

    def set_home(self, home: HomeProvided) -> int:
        """Add a home that is provided (`id` 0), or change one already there; return its id."""
        with self._book.change("Recorded a home that is provided") as tx:
            others = tx.find(HomeProvided, employment_id=home.employment_id)
            return put(tx, checked_home(home, others))

    def remove_home(self, home_id: int) -> None:
        """Take out a home that was recorded by mistake."""
        with self._book.change("Took out a home that was provided") as tx:
            tx.remove(tx.get(HomeProvided, home_id))

    def give_rest(self, given: RestGiven) -> int:
        """Record rest given later (`id` 0), or change what was recorded; return its id."""
        with self._book.change("Recorded rest given later") as tx:
            return put(tx, checked_rest(given))

    def remove_rest(self, rest_id: int) -> None:
        """Take out rest that was recorded by mistake."""
        with self._book.change("Took out rest given later") as tx:
            tx.remove(tx.get(RestGiven, rest_id))

    def to_do(self, on: date) -> Iterator[ToDo]:
        """Say whose rest was too short more than two weeks ago and has not been made up for.

        Hours that are approved are looked at, for as long as something can sensibly be done.
        """
        with self._book.read() as reading:
            jobs = reading.find(Employment, limit=MOST_TOGETHER + 1)
            if len(jobs) > MOST_TOGETHER:
                return
            working = [job for job in jobs if job.left_on is None or job.left_on >= on]
            people = assistants_of(reading, working)
            owed = [(job, self._overdue_rest(reading, job, on)) for job in working]
        for job, finding in owed:
            if finding is None:
                continue
            name = people[job.assistant_id].name
            yield ToDo(
                ToDoKind.TASK,
                by=None,
                late=True,
                who=name,
                employment_id=job.id,
                says=_("{name}: {words}").format(name=name, words=finding.message),
                button=_("Record it"),
                page="people",
                what=(job.id, "time"),
            )

    def _overdue_rest(self, reading: Reading, job: Employment, on: date) -> Finding | None:
        """Return what is said of the earliest hours whose missing rest was not made up for."""
        sheets = {
            sheet.id: sheet
            for sheet in reading.find(
                Timesheet,
                employment_id=job.id,
                between={"first_day": (on - _ASKED_FOR, on)},
                status=TimesheetStatus.APPROVED,
            )
        }
        seen = reading.find(
            FindingSeen, any_of={"timesheet_id": list(sheets), "code": ABOUT_DAILY_REST}
        )
        concerned = {each.timesheet_id for each in seen if each.timesheet_id is not None}
        overdue = (
            finding
            for sheet_id in sorted(concerned, key=lambda each: sheets[each].first_day)
            for finding in about_hours(
                reading,
                job,
                sheets[sheet_id],
                reading.find(Shift, timesheet_id=sheet_id),
                self._rates,
                on,
            )
            if finding.code == REST_OVERDUE
        )
        return next(overdue, None)
