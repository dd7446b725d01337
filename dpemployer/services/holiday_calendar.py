"""Days with their bank holidays and who is away on them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dpemployer.bank_days import bank_holidays
from dpemployer.payroll.booked_leave import BookedLeave, LeaveStatus
from dpemployer.payroll.holiday_payday import absent_days, family_days
from dpemployer.payroll.people import Employment, PayType
from dpemployer.payroll.timesheet import Shift, Timesheet
from dpemployer.services.drafts import assistants_of
from dpemployer.services.holiday_facts import absences_of, contract_of
from dpemployer.services.holiday_rows import CalendarDay, Mark, MarkKind
from dpemployer.services.people_holiday import nation_on

if TYPE_CHECKING:
    from dpemployer.store.reading import Reading

_A_DAY = timedelta(days=1)
_KINDS = {LeaveStatus.REQUESTED: MarkKind.REQUESTED, LeaveStatus.APPROVED: MarkKind.APPROVED}


def calendar_days(
    reading: Reading, first_day: date, last_day: date, employment_id: int | None
) -> tuple[CalendarDay, ...]:
    """Return each day of some, with its bank holiday and who is away on it."""
    marks: dict[date, list[Mark]] = defaultdict(list)
    jobs = (
        reading.find(Employment)
        if employment_id is None
        else (reading.get(Employment, employment_id),)
    )
    people = assistants_of(reading, jobs)
    for job in jobs:
        _mark(reading, job, people[job.assistant_id].name, (first_day, last_day), marks)
    nation = nation_on(reading, first_day)
    days = []
    day = first_day
    while day <= last_day:
        bank_holiday = bank_holidays(nation, day.year).get(day, "")
        days.append(CalendarDay(day, bank_holiday, tuple(marks[day])))
        day += _A_DAY
    return tuple(days)


def _mark(
    reading: Reading,
    job: Employment,
    name: str,
    days: tuple[date, date],
    marks: dict[date, list[Mark]],
) -> None:
    first_day, last_day = days
    taken = _holiday_shifts(reading, job.id, first_day, last_day)
    for day, minutes in taken.items():
        marks[day].append(Mark(MarkKind.TAKEN, name, minutes))
    for leave in reading.find(
        BookedLeave,
        employment_id=job.id,
        between={"first_day": (None, last_day), "last_day": (first_day, None)},
    ):
        if not leave.stands:
            continue
        for each in leave.days:
            if first_day <= each.day <= last_day and each.day not in taken:
                marks[each.day].append(Mark(_KINDS[leave.status], name, each.minutes))
    away = absences_of(reading, contract_of(reading, job))
    family = family_days(away, first_day, last_day)
    for day in sorted(absent_days(away, first_day, last_day)):
        marks[day].append(Mark(MarkKind.FAMILY if day in family else MarkKind.SICK, name))


def _holiday_shifts(
    reading: Reading, employment_id: int, first_day: date, last_day: date
) -> dict[date, int]:
    sheets = reading.rows(
        Timesheet,
        ("id",),
        employment_id=employment_id,
        between={"first_day": (None, last_day), "last_day": (first_day, None)},
    )
    found: dict[date, int] = {}
    for day, minutes in reading.rows(
        Shift,
        ("day", "minutes"),
        any_of={"timesheet_id": [sheet for (sheet,) in sheets]},
        between={"day": (first_day, last_day)},
        pay_type=PayType.HOLIDAY,
    ):
        found[day] = found.get(day, 0) + minutes
    return found
