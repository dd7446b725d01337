"""Gathering what decides what there is to look at in the hours of one timesheet."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dpemployer.bank_days import bank_holidays
from dpemployer.errors import EntryError, RatesUnknownError
from dpemployer.findings import Finding, Severity
from dpemployer.payroll.away import FamilyLeave, LeaveBlock, Sickness
from dpemployer.payroll.booked_leave import BookedLeave, LeaveStatus
from dpemployer.payroll.checks import known_rates
from dpemployer.payroll.household import EmployerScheme
from dpemployer.payroll.people import Employment, PersonalAssistant
from dpemployer.payroll.rota import LOOK_BACK, OtherShift, RotaFacts
from dpemployer.payroll.rota_hours import hours_findings
from dpemployer.payroll.rota_notes import note_findings
from dpemployer.payroll.rota_rest import rest_findings
from dpemployer.payroll.tasks import RIGHT_TO_WORK, TaskDone
from dpemployer.payroll.terms import latest_on
from dpemployer.payroll.timesheet import Shift, Timesheet
from dpemployer.payroll.wage_checks import home_in, wage_check
from dpemployer.payroll.working_time import (
    HomeProvided,
    RestGiven,
    WageExemption,
    WorkingTimeRecord,
)
from dpemployer.services.drafts import assistants_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dpemployer.payroll.pay_elements import Elements
    from dpemployer.statutory.rates import RateBook
    from dpemployer.store.reading import Reading

_LOOK_AHEAD = timedelta(days=14)
_LONGEST_PERIOD = timedelta(days=31)
MOST_TOGETHER = 30
"""More people than a household has at work in one day: nobody is asked about two at once then."""
_BY_WEIGHT = {severity: place for place, severity in enumerate(reversed(Severity))}


def about_hours(
    reading: Reading,
    employment: Employment,
    sheet: Timesheet,
    shifts: Sequence[Shift],
    rates: RateBook,
    on: date,
) -> tuple[Finding, ...]:
    """Say what there is to look at in the hours of a timesheet, as the law of working time has it.

    `on` is today.
    """
    facts = RotaFacts(
        person=reading.get(PersonalAssistant, employment.assistant_id),
        employment=employment,
        first_day=sheet.first_day,
        last_day=sheet.last_day,
        on=on,
        shifts=tuple(shifts),
        around=_around(reading, sheet),
        record=reading.find_one(WorkingTimeRecord, employment_id=employment.id),
        rests=reading.find(
            RestGiven,
            employment_id=employment.id,
            between={"short_day": (sheet.first_day, sheet.last_day)},
        ),
        others=_others(reading, employment, sheet),
        bank_holidays=_bank_holidays(reading, sheet),
        recorded_from=_recorded_from(reading, employment),
        right_to_work_until=_right_to_work_until(reading, employment),
        leave_agreed=_leave_agreed(reading, employment, sheet),
        away=_away(reading, employment, sheet),
    )
    limits = known_rates(rates, sheet.last_day)
    return (*rest_findings(facts, limits), *hours_findings(facts, limits), *note_findings(facts))


def about_wages(
    reading: Reading,
    employment: Employment,
    sheet: Timesheet,
    elements: Elements,
    rates: RateBook,
) -> tuple[Finding, ...]:
    """Say whether these hours at these rates would miss the minimum wage.

    Hours that are right may be approved all the same: it is the pay run that stops.
    """
    record = reading.find_one(WorkingTimeRecord, employment_id=employment.id)
    exemption = WageExemption.NONE if record is None else record.wage_exemption
    if exemption.holds(sheet.first_day):
        return ()
    person = reading.get(PersonalAssistant, employment.assistant_id)
    homes = reading.find(HomeProvided, employment_id=employment.id)
    home = home_in(homes, sheet.first_day, sheet.last_day)
    try:
        on_first = rates.on(sheet.first_day)
        check = wage_check(elements, person, sheet.first_day, on_first, home, record=record)
    except (RatesUnknownError, EntryError):
        return ()
    found = check.finding(person.name)
    if found is None:
        return ()
    return (Finding(Severity.WARNING, found.code, found.subject, found.message, found.source),)


def most_serious_first(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Put what stops the work first, then warnings, then notes."""
    return tuple(sorted(findings, key=lambda finding: _BY_WEIGHT[finding.severity]))


def _around(reading: Reading, sheet: Timesheet) -> tuple[Shift, ...]:
    """Return the shifts before and after a timesheet that its averages and rests look at."""
    first, last = sheet.first_day - LOOK_BACK, sheet.last_day + _LOOK_AHEAD
    sheets = reading.rows(
        Timesheet,
        ("id",),
        employment_id=sheet.employment_id,
        between={"first_day": (first - _LONGEST_PERIOD, last)},
    )
    return reading.find(
        Shift,
        any_of={"timesheet_id": [other for (other,) in sheets if other != sheet.id]},
        between={"day": (first, last)},
    )


def _others(reading: Reading, employment: Employment, sheet: Timesheet) -> tuple[OtherShift, ...]:
    """Return the shifts of everybody else on the days of a timesheet."""
    every = reading.find(Employment, limit=MOST_TOGETHER + 2)
    if len(every) > MOST_TOGETHER + 1:
        return ()
    jobs = {job.id: job for job in every if job.id != employment.id}
    people = assistants_of(reading, jobs.values())
    sheets = dict(
        reading.rows(
            Timesheet,
            ("id", "employment_id"),
            any_of={"employment_id": list(jobs)},
            between={"first_day": (sheet.first_day - _LONGEST_PERIOD, sheet.last_day)},
        )
    )
    found: list[OtherShift] = []
    for shift in reading.find(
        Shift,
        any_of={"timesheet_id": list(sheets)},
        between={"day": (sheet.first_day, sheet.last_day)},
    ):
        assistant_id = jobs[sheets[shift.timesheet_id]].assistant_id
        same = assistant_id == employment.assistant_id
        found.append(OtherShift("" if same else people[assistant_id].name, shift, same))
    return tuple(found)


def _recorded_from(reading: Reading, employment: Employment) -> date | None:
    first = reading.rows(
        Timesheet, ("first_day",), employment_id=employment.id, order_by="first_day", limit=1
    )
    return first[0][0] if first else None


def _leave_agreed(reading: Reading, employment: Employment, sheet: Timesheet) -> frozenset[date]:
    return frozenset(
        booked.day
        for leave in reading.find(
            BookedLeave,
            employment_id=employment.id,
            status=LeaveStatus.APPROVED,
            between={"last_day": (sheet.first_day, None)},
        )
        for booked in leave.days
    )


def _away(reading: Reading, employment: Employment, sheet: Timesheet) -> frozenset[date]:
    """Return the days of sickness and of family leave that an average leaves out."""
    first, last = sheet.first_day - LOOK_BACK, sheet.last_day
    spans = [
        (sickness.first_day, sickness.last_day or last)
        for sickness in reading.find(Sickness, employment_id=employment.id)
    ]
    leaves = reading.rows(FamilyLeave, ("id",), employment_id=employment.id)
    spans += [
        (block.first_day, block.last_day)
        for block in reading.find(LeaveBlock, any_of={"leave_id": [each for (each,) in leaves]})
    ]
    return frozenset(
        start + timedelta(days=place)
        for start, end in ((max(begins, first), min(ends, last)) for begins, ends in spans)
        for place in range((end - start).days + 1)
    )


def _right_to_work_until(reading: Reading, employment: Employment) -> date | None:
    """Return the last day of the right to work that was seen, if it ends at all."""
    seen = reading.find_one(TaskDone, employment_id=employment.id, task=RIGHT_TO_WORK)
    return None if seen is None else seen.valid_until


def _bank_holidays(reading: Reading, sheet: Timesheet) -> dict[date, str]:
    scheme = latest_on(reading.find(EmployerScheme), sheet.last_day)
    if scheme is None:
        return {}
    years = {sheet.first_day.year, sheet.last_day.year}
    return {day: name for year in years for day, name in bank_holidays(scheme.nation, year).items()}
