"""Working time: what was agreed and offered, homes provided, rest given later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.payroll.mileage import top_up_findings
from dpemployer.payroll.people import Employment, PersonalAssistant
from dpemployer.payroll.working_time import HomeProvided, RestGiven, WorkingTimeRecord
from dpemployer.payroll.working_time_entries import checked_home, checked_record, checked_rest
from dpemployer.periods import TaxYear
from dpemployer.services.drafts import mileage_between
from dpemployer.services.reading import put, terms_of
from dpemployer.services.rows import WorkingTimeDetail

if TYPE_CHECKING:
    from datetime import date

    from dpemployer.statutory.rates import RateBook
    from dpemployer.store.book import Book


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
