"""Short ways of employing and paying somebody, through the services that windows use."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from dpemployer.payroll.household import EmployerScheme
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import PayType
from dpemployer.services.opening import Opening
from dpemployer.services.pay_runs import PayRuns
from dpemployer.services.people import People
from dpemployer.services.rows import Commitment, CommitmentKind
from dpemployer.services.timesheets import Timesheets
from dpemployer.store.book import Book
from tests.builders import (
    MILEAGE,
    MONDAY,
    SLEEP_IN,
    WAKING_NIGHT,
    WEEKEND,
    a_person,
    a_rate,
    a_shift,
    an_employment,
)

if TYPE_CHECKING:
    from dpemployer.payroll.people import Employment, HolidayTerms, PayRate
    from dpemployer.periods import PayPeriod
    from dpemployer.services.rows import PayRunFinalised

RATES_HELD = (a_rate(), WEEKEND, WAKING_NIGHT, SLEEP_IN, MILEAGE)


@dataclass(frozen=True)
class Household:
    """One book and its services."""

    book: Book
    people: People
    opening: Opening
    timesheets: Timesheets
    pay_runs: PayRuns

    def take_on(
        self,
        employment: Employment | None = None,
        rates: tuple[PayRate, ...] = RATES_HELD,
        code: str = "1257L",
        letter: str = "A",
        holiday: HolidayTerms | None = None,
        **person: Any,
    ) -> int:
        """Take somebody on, from 6 April 2026 and paid weekly unless said otherwise."""
        assistant = self.people.add_assistant(a_person(**{"id": 0, **person}))
        contract = replace(
            employment or an_employment(), id=0, assistant_id=assistant, payroll_id=""
        )
        return self.people.take_on(contract, rates, code, letter, holiday)

    def scheme(self, **changes: Any) -> int:
        """Say how the employer stands with HMRC from 6 April 2026."""
        return self.people.set_scheme(EmployerScheme(0, date(2026, 4, 6), **changes))

    def hours(
        self, employment_id: int, day: date = MONDAY, minutes: int = 360, days: int = 5
    ) -> int:
        """Record and approve some equal days of work from *day* on."""
        sheet = self.timesheets.open(employment_id, day)
        for later in range(days):
            self.timesheets.add_shift(
                a_shift(day + timedelta(days=later), minutes, timesheet_id=sheet)
            )
        self.timesheets.approve(sheet, "Helen Ashby", day)
        return sheet

    def period(self, employment_id: int, day: date) -> PayPeriod:
        """Return the pay period of somebody that holds a day."""
        employment = self.people.employment(employment_id, day).employment
        return employment.schedule.period_of(day)

    def pay(self, employment_id: int, day: date = MONDAY) -> PayRunFinalised:
        """Finalise the pay run for the pay period that holds *day*."""
        return self.pay_runs.finalise(self.draft(employment_id, day))

    def draft(self, employment_id: int, day: date = MONDAY) -> int:
        """Begin the pay run for the pay period that holds *day*."""
        employment = self.people.employment(employment_id, day).employment
        period = employment.schedule.period_of(day)
        return self.pay_runs.draft(employment.frequency, period.first_day, period.last_day)

    def slips(self, employment_id: int) -> tuple[Payslip, ...]:
        """Return every payslip of somebody, in the order they were issued."""
        with self.book.read() as reading:
            return reading.find(Payslip, employment_id=employment_id)

    def owed(self, kind: CommitmentKind, **equals: Any) -> list[Commitment]:
        """Return what is owed of one kind, in the order it was recorded."""
        with self.book.read() as reading:
            return list(reading.find(Commitment, kind=kind, **equals))

    def actions(self) -> tuple[str, ...]:
        """Return what was done to the book, by name."""
        with self.book.read() as reading:
            return reading.audit_actions()


def sleep_in(day: date = MONDAY, **changes: Any) -> Any:
    """A night slept in, ten in the evening to seven."""
    return a_shift(day, 540, PayType.SLEEP_IN, "Sleep-in", **changes)
