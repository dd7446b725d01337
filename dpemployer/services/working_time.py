"""Working time: what was agreed and offered, homes provided, rest given later."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dpemployer.i18n import _, long_date
from dpemployer.payroll.mileage import top_up_findings
from dpemployer.payroll.people import Employment, PersonalAssistant
from dpemployer.payroll.working_time import HomeProvided, RestGiven, WorkingTimeRecord
from dpemployer.payroll.working_time_entries import checked_home, checked_record, checked_rest
from dpemployer.periods import TaxYear
from dpemployer.services.agenda import ToDo, ToDoKind
from dpemployer.services.drafts import assistants_of, mileage_between
from dpemployer.services.reading import put, terms_of
from dpemployer.services.rows import WorkingTimeDetail

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dpemployer.statutory.rates import RateBook
    from dpemployer.store.book import Book

_BEFORE_IT_ENDS = timedelta(days=60)


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
        """Say whose right to work has to be checked again: from sixty days before it ends."""
        with self._book.read() as reading:
            ending = [
                record
                for record in reading.find(WorkingTimeRecord, not_none=("right_to_work_until",))
                if record.right_to_work_until is not None
                and record.right_to_work_until <= on + _BEFORE_IT_ENDS
            ]
            jobs = {
                job.id: job
                for job in reading.find(
                    Employment, any_of={"id": [record.employment_id for record in ending]}
                )
                if job.left_on is None or job.left_on >= on
            }
            people = assistants_of(reading, jobs.values())
        for record in ending:
            job, until = jobs.get(record.employment_id), record.right_to_work_until
            if job is not None and until is not None:
                yield _check_again(people[job.assistant_id].name, job.id, until, on)


def _check_again(name: str, employment_id: int, until: date, on: date) -> ToDo:
    says = _("Check the right to work of {name} again. What was checked ends on {day}.")
    return ToDo(
        ToDoKind.TASK,
        by=until,
        late=until < on,
        who=name,
        employment_id=employment_id,
        says=says.format(name=name, day=long_date(until)),
        button=_("Go to it"),
        page="people",
        what=(employment_id, "time"),
    )
