"""Which paydays somebody is still to be paid on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from dpemployer.errors import EntryError
from dpemployer.i18n import _, long_date
from dpemployer.payroll.household import OpeningHousehold
from dpemployer.payroll.leaving import Leaving, PayAfterLeaving
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import Employment
from dpemployer.payroll.timesheet import Shift, Timesheet, TimesheetStatus
from dpemployer.services.drafts import employed_in, paid_late_in
from dpemployer.services.reading import live_payslips

if TYPE_CHECKING:
    from dpemployer.periods import PayFrequency, PayPeriod
    from dpemployer.store.reading import Reading

_LOOK_BACK = timedelta(days=366)
"""How far back a payday that was missed, but has hours recorded, is still offered."""
_SHORT_LOOK_BACK = timedelta(days=62)
"""And one nothing was recorded for."""


def unpaid_periods(reading: Reading, employment: Employment, on: date) -> list[PayPeriod]:
    """Return the pay periods of an employment begun by *on* that nobody has been paid for."""
    since = on - _LOOK_BACK
    paid = set()
    for slip in live_payslips(reading, employment.id, from_last_day=since):
        paid.add(reading.rows(Payslip, ("first_day", "last_day"), id=slip)[0])
    recorded = _recorded_days(reading, employment, since)
    household = reading.find(OpeningHousehold)
    began = max((opening.as_of for opening in household), default=None)
    last_paid = max((last for _first, last in paid), default=date.min)
    found = []
    period = employment.schedule.period_of(max(since, employment.started_on))
    while period.first_day <= on and employed_in(employment, period.first_day, period.last_day):
        days = (period.first_day, period.last_day)
        follows = period.first_day > last_paid
        recent = bool(paid or began) or period.pay_date >= on - _SHORT_LOOK_BACK
        offered = days in recorded or (follows and recent)
        from_before = began is not None and period.pay_date <= began
        if days not in paid and offered and not from_before:
            found.append(period)
        period = employment.schedule.after(period)
    known = paid | {(period.first_day, period.last_day) for period in found}
    found += [
        period
        for period in _late_periods(reading, employment)
        if period.first_day <= on and (period.first_day, period.last_day) not in known
    ]
    return found


def _late_periods(reading: Reading, employment: Employment) -> list[PayPeriod]:
    """Return the periods with which something is paid at the end of an employment, or after it."""
    if employment.left_on is None:
        return []
    ends = reading.rows(Leaving, ("final_first_day",), employment_id=employment.id)
    after = reading.rows(PayAfterLeaving, ("first_day",), employment_id=employment.id)
    first_days = {first_day for (first_day,) in (*ends, *after)}
    return [employment.schedule.period_of(first_day) for first_day in sorted(first_days)]


def _recorded_days(reading: Reading, employment: Employment, since: date) -> set[tuple[date, date]]:
    """Return the first and last day of every timesheet that says something."""
    sheets = reading.find(
        Timesheet, employment_id=employment.id, between={"first_day": (since, None)}
    )
    with_shifts = {
        sheet_id
        for (sheet_id,) in reading.rows(
            Shift, ("timesheet_id",), any_of={"timesheet_id": [sheet.id for sheet in sheets]}
        )
    }
    return {
        (sheet.first_day, sheet.last_day)
        for sheet in sheets
        if sheet.status is TimesheetStatus.APPROVED or sheet.id in with_shifts
    }


def payday_of(
    reading: Reading,
    frequency: PayFrequency,
    first_day: date,
    last_day: date,
    pay_date: date | None,
) -> date:
    """Return the payday on which these days are paid for."""
    late = paid_late_in(reading, first_day)
    paydays = {
        period.pay_date
        for employment in reading.find(Employment, frequency=frequency)
        if (employment.id in late or employed_in(employment, first_day, last_day))
        and (period := employment.schedule.period_of(first_day)).first_day == first_day
        and period.last_day == last_day
    }
    if pay_date is not None:
        paydays &= {pay_date}
    if not paydays:
        raise EntryError(
            what=_("Nobody is paid for {first} to {last} together.").format(
                first=long_date(first_day), last=long_date(last_day)
            ),
            why=_("Pay periods and paydays follow from each person's employment."),
            next_step=_("Choose one of the paydays on the list."),
        )
    if len(paydays) > 1:
        raise EntryError(
            what=_("These days are paid for on different paydays."),
            why=_("The paydays are {days}.").format(
                days=", ".join(long_date(day) for day in sorted(paydays))
            ),
            next_step=_("Choose one of them."),
        )
    return paydays.pop()
