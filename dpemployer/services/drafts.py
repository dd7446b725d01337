"""Gathering every fact a draft pay run is worked out from.

Each question is about the people in the run and about its own days or tax year, never about a
whole book.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from dpemployer.payroll.away import Away
from dpemployer.payroll.draft_pay import DraftPay, DraftPayRun
from dpemployer.payroll.holiday_payday import absence_began, absent_days
from dpemployer.payroll.leave_years import HolidayContract
from dpemployer.payroll.leaving import Leaving, PayAfterLeaving
from dpemployer.payroll.pay_elements import rates_on
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import (
    Employment,
    OpeningPay,
    PayType,
    PersonalAssistant,
)
from dpemployer.payroll.timesheet import Shift, Timesheet, TimesheetStatus
from dpemployer.payroll.working_time import HomeProvided, WorkingTimeRecord
from dpemployer.payroll.year_to_date import ADDED_UP, YearToDate, of_opening
from dpemployer.periods import PayPeriod, TaxYear
from dpemployer.services.away_reading import away_between, aways_of
from dpemployer.services.deduction_reading import NO_DEDUCTIONS, deductions_held
from dpemployer.services.holiday_facts import (
    holiday_before,
    is_by_average,
    paid_weeks,
    rolled_up_before,
)
from dpemployer.services.pension_records import pensions_before
from dpemployer.services.reading import live_payslips, terms_of
from dpemployer.services.task_reading import open_before_pay

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from dpemployer.payroll.payday import PayRun
    from dpemployer.store.reading import Reading

_A_DAY = timedelta(days=1)
_LONGEST_PERIOD = timedelta(days=31)
_LOOK_BACK = timedelta(weeks=110)
"""As far as the holiday average looks from any day of a pay period, and a little over."""


def employed_in(employment: Employment, first_day: date, last_day: date) -> bool:
    """Whether an employment was in force on any of these days."""
    left = employment.left_on
    return employment.started_on <= last_day and (left is None or left >= first_day)


def paid_late_in(reading: Reading, first_day: date) -> frozenset[int]:
    """Return the employments with something to be paid at the end, or after it, with this period.

    They may have left before it began.
    """
    ends = reading.rows(Leaving, ("employment_id",), final_first_day=first_day)
    after = reading.rows(PayAfterLeaving, ("employment_id",), first_day=first_day)
    return frozenset(employment_id for (employment_id,) in (*ends, *after))


def due_in(reading: Reading, run: PayRun) -> tuple[Employment, ...]:
    """Return the employments a draft pays: those of the payday not yet paid for its days.

    A draft that puts another pay run right pays whoever that one paid.
    """
    if run.corrects_id is not None:
        ids = [
            employment_id
            for (employment_id,) in reading.rows(
                Payslip, ("employment_id",), pay_run_id=run.corrects_id
            )
        ]
        candidates = reading.find(Employment, any_of={"id": ids})
    else:
        period = PayPeriod(run.first_day, run.last_day, run.pay_date)
        late = paid_late_in(reading, run.first_day)
        candidates = tuple(
            employment
            for employment in reading.find(Employment, frequency=run.frequency)
            if (employment.id in late or employed_in(employment, run.first_day, run.last_day))
            and employment.schedule.period_of(run.first_day) == period
        )
    return tuple(
        employment
        for employment in candidates
        if not live_payslips(reading, employment.id, first_day=run.first_day)
    )


def draft_of(reading: Reading, run: PayRun) -> DraftPayRun:
    """Gather a draft pay run."""
    employments = due_in(reading, run)
    people = draft_pays(reading, run, employments)
    recorded = {pay.employment.id for pay in people}
    names = assistants_of(reading, employments)
    unrecorded = [employment for employment in employments if employment.id not in recorded]
    away = away_between(reading, unrecorded, run.first_day, run.last_day)
    return DraftPayRun(
        run,
        people,
        tuple(names[employment.assistant_id].name for employment in unrecorded),
        tuple(names[each.assistant_id].name for each in unrecorded if each.id in away),
    )


def assistants_of(
    reading: Reading, employments: Iterable[Employment]
) -> Mapping[int, PersonalAssistant]:
    """Return the people of some employments by their ids."""
    ids = {employment.assistant_id for employment in employments}
    return {person.id: person for person in reading.find(PersonalAssistant, any_of={"id": ids})}


def draft_pays(
    reading: Reading,
    run: PayRun,
    employments: Sequence[Employment],
    left_out: Collection[int] = (),
) -> tuple[DraftPay, ...]:
    """Gather what decides the pay of each employment that has a timesheet for the run's days.

    A timesheet still empty and not approved says nothing, and is left out.

    Args:
        reading: The book.
        run: The payday and the days it pays for.
        employments: Whom to pay.
        left_out: Payslips to leave out of every sum: those being worked out again.
    """
    ids = [employment.id for employment in employments]
    sheets = {
        sheet.employment_id: sheet
        for sheet in reading.find(
            Timesheet,
            any_of={"employment_id": ids},
            first_day=run.first_day,
            last_day=run.last_day,
        )
    }
    shifts = _shifts_of(reading, sheets.values())
    people = assistants_of(reading, employments)
    terms = terms_of(reading, ids)
    openings = _openings(reading, ids, TaxYear.of(run.pay_date))
    pensions = pensions_before(reading, terms, run.pay_date, left_out)
    records = {
        record.employment_id: record
        for record in reading.find(WorkingTimeRecord, any_of={"employment_id": ids})
    }
    homes: dict[int, list[HomeProvided]] = defaultdict(list)
    for home in reading.find(HomeProvided, any_of={"employment_id": ids}):
        homes[home.employment_id].append(home)
    deductions = deductions_held(reading, ids, run.pay_date, left_out)
    aways = aways_of(reading, employments, run.last_day, left_out)
    leavings = {
        leaving.employment_id: leaving
        for leaving in reading.find(Leaving, any_of={"employment_id": ids})
    }
    after = reading.find(
        PayAfterLeaving, any_of={"employment_id": list(leavings)}, first_day=run.first_day
    )
    found = []
    for employment in employments:
        sheet = sheets.get(employment.id)
        if sheet is None or (sheet.status is TimesheetStatus.DRAFT and not shifts.get(sheet.id)):
            continue
        worked = shifts.get(sheet.id, ())
        others = _other_employments(reading, employment, run.pay_date)
        contract = HolidayContract.of(employment, terms[employment.id])
        leaving = leavings.get(employment.id)
        ends = leaving is not None and leaving.final_first_day == run.first_day
        away = aways.get(employment.id, Away())
        missed = absent_days(away, run.first_day, run.last_day)
        began = absence_began(away, min(missed)) if missed else None
        looks_back = ends or bool(missed) or _needs_average(contract, worked, run.last_day)
        found.append(
            DraftPay(
                assistant=people[employment.assistant_id],
                employment=employment,
                terms=terms[employment.id],
                timesheet=sheet,
                shifts=worked,
                to_date=openings[employment.id]
                + year_to_date(reading, employment.id, run.pay_date, left_out),
                holiday=holiday_before(reading, contract, run.last_day, left_out),
                paid_weeks=paid_weeks(reading, contract, run.last_day, left_out, since=began)
                if looks_back
                else {},
                rolled_up_before=rolled_up_before(reading, contract, missed, left_out),
                other_employments=len(others),
                same_job_twice=_is_among(reading, employment, others, run.pay_date),
                pension=pensions[employment.id],
                working_time=records.get(employment.id),
                homes=tuple(homes[employment.id]),
                earlier_miles=_earlier_miles(reading, employment, worked, run.first_day),
                deductions=deductions.get(employment.id, NO_DEDUCTIONS),
                away=away,
                leaving=leaving,
                after_leaving=tuple(late for late in after if late.employment_id == employment.id),
                not_ticked=open_before_pay(reading, employment, run.pay_date)
                if run.first_day <= employment.started_on <= run.last_day
                else (),
            )
        )
    return tuple(found)


def _shifts_of(reading: Reading, sheets: Iterable[Timesheet]) -> Mapping[int, tuple[Shift, ...]]:
    found: dict[int, list[Shift]] = defaultdict(list)
    ids = [sheet.id for sheet in sheets]
    for shift in reading.find(Shift, any_of={"timesheet_id": ids}, order_by=("day", "started")):
        found[shift.timesheet_id].append(shift)
    return {sheet: tuple(shifts) for sheet, shifts in found.items()}


def _earlier_miles(
    reading: Reading, employment: Employment, shifts: Iterable[Shift], first_day: date
) -> tuple[Shift, ...]:
    """Look back over the tax year only when there are miles to pay for."""
    driven = [shift.day for shift in shifts if _is_mileage(shift)]
    if not driven:
        return ()
    since = TaxYear.of(min(driven)).first_day
    return mileage_between(reading, employment, since, first_day - _A_DAY)


def mileage_between(
    reading: Reading, employment: Employment, first_day: date, last_day: date
) -> tuple[Shift, ...]:
    """Return the mileage of some days."""
    sheets = reading.rows(
        Timesheet,
        ("id",),
        employment_id=employment.id,
        between={"first_day": (first_day - _LONGEST_PERIOD, last_day)},
    )
    shifts = reading.find(
        Shift,
        any_of={"timesheet_id": [sheet_id for (sheet_id,) in sheets]},
        between={"day": (first_day, last_day)},
        pay_type=PayType.EXPENSES,
    )
    return tuple(shift for shift in shifts if _is_mileage(shift))


def _is_mileage(shift: Shift) -> bool:
    return shift.pay_type is PayType.EXPENSES and shift.quantity > 0


def _openings(
    reading: Reading, employment_ids: Sequence[int], year: TaxYear
) -> Mapping[int, YearToDate]:
    found: dict[int, list[OpeningPay]] = {employment_id: [] for employment_id in employment_ids}
    for opening in reading.find(
        OpeningPay, any_of={"employment_id": employment_ids}, tax_year=str(year)
    ):
        found[opening.employment_id].append(opening)
    return {employment_id: of_opening(rows) for employment_id, rows in found.items()}


def opening_of(reading: Reading, employment_id: int, year: TaxYear) -> YearToDate:
    """Return what the book began a tax year with, for one employment."""
    return _openings(reading, (employment_id,), year)[employment_id]


def year_to_date(
    reading: Reading, employment_id: int, pay_date: date, left_out: Collection[int] = ()
) -> YearToDate:
    """Add up the payslips of a tax year up to a payday, that day included, and no opening."""
    sums = reading.sums(
        Payslip,
        ADDED_UP,
        employment_id=employment_id,
        tax_year=str(TaxYear.of(pay_date)),
        between={"pay_date": (None, pay_date)},
    )
    total = YearToDate(**dict(zip(ADDED_UP, sums, strict=True)))
    if not left_out:
        return total
    taken_off = reading.sums(Payslip, ADDED_UP, any_of={"id": left_out})
    return total + YearToDate(
        **{name: -amount for name, amount in zip(ADDED_UP, taken_off, strict=True)}
    )


def _needs_average(contract: HolidayContract, shifts: Iterable[Shift], last_day: date) -> bool:
    """Whether somebody is on holiday, or their holiday depends on an average week."""
    on_leave = any(shift.pay_type is PayType.HOLIDAY for shift in shifts)
    return on_leave or is_by_average(contract, last_day)


def _other_employments(
    reading: Reading, employment: Employment, pay_date: date
) -> tuple[Employment, ...]:
    others = reading.find(Employment, assistant_id=employment.assistant_id)
    return tuple(
        other
        for other in others
        if other.id != employment.id and employed_in(other, pay_date, pay_date)
    )


def _is_among(
    reading: Reading, employment: Employment, others: Sequence[Employment], pay_date: date
) -> bool:
    """Whether one of some other employments is paid as often, and at the same rates."""
    alike = [other for other in others if other.frequency is employment.frequency]
    if not alike:
        return False
    terms = terms_of(reading, [employment.id, *(other.id for other in alike)])

    def paid(one: Employment) -> set[tuple[object, ...]]:
        rates = rates_on(terms[one.id].rates, pay_date)
        return {(rate.pay_type, rate.label, rate.rate, rate.per) for rate in rates}

    mine = paid(employment)
    return bool(mine) and any(paid(other) == mine for other in alike)
