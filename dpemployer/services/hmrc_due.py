"""What HMRC has to be told of one tax year, found afresh from what the book holds.

A payday is told online on or before it; a month as a whole when nobody was paid in it, parental
pay is got back or the Employment Allowance is claimed; a quarter on paper by whom HMRC lets do
so; and once a year that it is finished. Everybody employed on 5 April gets a P60.

Sources: Income Tax (Pay As You Earn) Regulations 2003, regulations 67, 67B, 67D and 67F; GOV.UK,
*Running payroll: reporting to HMRC*.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dpemployer.i18n import _
from dpemployer.payroll.household import OpeningHousehold
from dpemployer.payroll.payday import PayRun, PayRunStatus
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import Employment
from dpemployer.payroll.reporting import (
    ReportKind,
    Told,
    last_report_due,
    month_due,
    p60_due,
    paper_quarter,
)
from dpemployer.payroll.terms import latest_on
from dpemployer.periods import TaxMonth, TaxYear
from dpemployer.services.drafts import assistants_of, employed_in
from dpemployer.services.hmrc_rows import ReportRow
from dpemployer.services.hmrc_sheets import began_on, is_told, told_run
from dpemployer.services.owed import hmrc_months, schemes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dpemployer.payroll.household import EmployerScheme
    from dpemployer.statutory.rates import RateBook
    from dpemployer.store.reading import Reading


def reports_of(reading: Reading, rates: RateBook, year: TaxYear, on: date) -> tuple[ReportRow, ...]:
    """List everything to be told about a tax year, by the day it is due.

    What cannot be told yet is left out: a month that is not over, a payday not final. A year
    without rates has nothing to tell.
    """
    if year not in rates.years:
        return ()
    told = {key_of(one): one for one in reading.find(Told, tax_year=str(year))}
    found = [
        *_paydays(reading, year),
        *_months(reading, rates, year, on),
        *_quarters(reading, rates, year, on),
        *_year(reading, rates, year, on, told.values()),
        *_certificates(reading, rates, year, on),
    ]
    rows = [
        replace(row, told=told.get(row.key), late=row.key not in told and row.due < on)
        for row in found
    ]
    return tuple(sorted(rows, key=lambda row: (row.due, row.day, row.kind)))


def _paydays(reading: Reading, year: TaxYear) -> Iterator[ReportRow]:
    """List every payday that stands, and those taken back of which HMRC was told.

    An employer who files on paper tells a quarter, not a payday; but a payday put right after its
    quarter was told has to be told by itself.
    """
    runs = reading.find(
        PayRun, between={"pay_date": (year.first_day, year.last_day)}, order_by="pay_date"
    )
    held = schemes(reading)
    reversed_ids = {run.reverses_id for run in runs if run.reverses_id is not None}
    replaced = {run.corrects_id for run in runs if run.corrects_id is not None}
    names = _names(reading, year)
    last = last_payday(reading, year)
    for run in runs:
        if run.status is PayRunStatus.DRAFT or run.reverses_id in replaced:
            continue
        corrects = told_run(reading, run) is not None
        if run.reverses_id is not None and not corrects:
            continue
        if run.id in reversed_ids and not is_told(reading, run):
            continue
        if not _files_online(held, run.pay_date) and not (
            corrects and _files_on_paper(held, run.pay_date)
        ):
            continue
        finalised = run.finalised_at.date() if run.finalised_at else run.paid_on
        yield ReportRow(
            kind=ReportKind.PAYDAY,
            tax_year=str(year),
            number=0,
            pay_run_id=run.id,
            employment_id=None,
            day=run.pay_date,
            first_day=run.first_day,
            who=", ".join(names.get(run.id, ())),
            due=max(run.paid_on, finalised) if corrects else run.paid_on,
            told=None,
            late=False,
            corrects=corrects,
            final=run.pay_date == last,
        )


def _months(reading: Reading, rates: RateBook, year: TaxYear, on: date) -> Iterator[ReportRow]:
    """List the tax months that have to be told as a whole, and why."""
    held = schemes(reading)
    started = _started(reading, held)
    if started is None:
        return
    paid = _paid_months(reading, year)
    months = [
        month
        for number in range(1, 13)
        if (month := TaxMonth(year, number)).last_day >= started
        and month.first_day <= on
        and _files_online(held, month.last_day)
    ]
    if not months:
        return
    payments = hmrc_months(reading, rates, year)
    claims = latest_on(held, months[0].last_day)
    claimed_before = _claimed_before(reading, year)
    for month in months:
        reasons = []
        if month.number not in paid and month.last_day < on:
            reasons.append(_("Nobody was paid in this tax month."))
        if payments[month.number - 1].payment.statutory_recovered:
            reasons.append(_("You get statutory parental pay back."))
        if (
            month is months[0]
            and claims is not None
            and claims.claims_employment_allowance
            and not claimed_before
        ):
            reasons.append(_("You claim the Employment Allowance, once for the tax year."))
        if reasons:
            yield _row(
                ReportKind.MONTH,
                year,
                month.number,
                (month.first_day, month.last_day),
                month_due(month, rates.on(month.first_day)),
                reasons=tuple(reasons),
            )


def _quarters(reading: Reading, rates: RateBook, year: TaxYear, on: date) -> Iterator[ReportRow]:
    """List the quarters of an employer who files on paper, once they are over."""
    held = schemes(reading)
    started = _started(reading, held)
    if started is None:
        return
    paid = _paid_months(reading, year)
    for number in range(1, 5):
        quarter = paper_quarter(year, number, rates.for_year(year))
        over = started <= quarter.last_day < on
        if not over or not _files_on_paper(held, quarter.last_day):
            continue
        months = {number * 3 - back for back in range(3)}
        reasons = () if months & set(paid) else (_("Nobody was paid in this quarter."),)
        yield _row(
            ReportKind.QUARTER,
            year,
            number,
            (quarter.first_day, quarter.last_day),
            quarter.due,
            reasons=reasons,
        )


def _year(
    reading: Reading, rates: RateBook, year: TaxYear, on: date, told: Iterable[Told]
) -> Iterator[ReportRow]:
    """List the end of the year itself, unless a payday's report said so."""
    held = schemes(reading)
    if on <= year.last_day or not _files_online(held, year.last_day):
        return
    if not _paid_months(reading, year):
        return
    if any(one.final and one.kind is not ReportKind.YEAR for one in told):
        return
    yield _row(
        ReportKind.YEAR,
        year,
        0,
        (year.first_day, year.last_day),
        last_report_due(year, rates.for_year(year)),
        reasons=(_("No report has said yet that it was the last of the tax year."),),
    )


def _certificates(
    reading: Reading, rates: RateBook, year: TaxYear, on: date
) -> Iterator[ReportRow]:
    """List who is to be given end-of-year figures: everybody employed on 5 April."""
    if on <= year.last_day:
        return
    due = p60_due(year, rates.for_year(year))
    employments = [
        one
        for one in reading.find(Employment)
        if employed_in(one, year.last_day, year.last_day)
        and reading.rows(Payslip, ("id",), employment_id=one.id, tax_year=str(year), limit=1)
    ]
    names = assistants_of(reading, employments)
    for one in employments:
        yield replace(
            _row(ReportKind.P60, year, 0, (year.first_day, year.last_day), due),
            employment_id=one.id,
            who=names[one.assistant_id].name,
        )


def key_of(told: Told) -> tuple[ReportKind, str, int, int | None, int | None]:
    """Return what a report that was told is known by."""
    return told.kind, told.tax_year, told.number, told.pay_run_id, told.employment_id


def _row(
    kind: ReportKind,
    year: TaxYear,
    number: int,
    days: tuple[date, date],
    due: date,
    *,
    reasons: tuple[str, ...] = (),
) -> ReportRow:
    first, last = days
    return ReportRow(
        kind, str(year), number, None, None, last, first, "", due, None, late=False, reasons=reasons
    )


def _files_online(held: Sequence[EmployerScheme], day: date) -> bool:
    """Whether HMRC is told online on a day: there is a scheme, and it is not on paper."""
    scheme = latest_on(held, day)
    return scheme is not None and bool(scheme.paye_reference) and not scheme.files_on_paper


def _files_on_paper(held: Sequence[EmployerScheme], day: date) -> bool:
    """Whether HMRC is told on paper on a day."""
    scheme = latest_on(held, day)
    return scheme is not None and scheme.files_on_paper


def _started(reading: Reading, held: Sequence[EmployerScheme]) -> date | None:
    """Return the first day HMRC has to hear of from this book.

    That is the first payday, or the day the book began where somebody was paid before it. None
    before there is a scheme or anybody was paid: HMRC expects nothing before the first payday.
    """
    opening = began_on(reading)
    first_paid = reading.rows(Payslip, ("pay_date",), order_by="pay_date", limit=1)
    if not held or (opening is None and not first_paid):
        return None
    began = opening + timedelta(days=1) if opening is not None else first_paid[0][0]
    return max(began, held[0].from_day)


def _paid_months(reading: Reading, year: TaxYear) -> frozenset[int]:
    """Return the tax months in which a payslip that stands was paid."""
    rows = reading.rows(Payslip, ("id", "pay_date", "reverses_id"), tax_year=str(year))
    reversed_ids = {reverses for _id, _day, reverses in rows if reverses is not None}
    return frozenset(
        TaxMonth.of(day).number
        for slip, day, reverses in rows
        if reverses is None and slip not in reversed_ids
    )


def _claimed_before(reading: Reading, year: TaxYear) -> bool:
    """Whether the allowance was used in this tax year before the book began."""
    return any(one.as_of in year and one.allowance_used for one in reading.find(OpeningHousehold))


def _names(reading: Reading, year: TaxYear) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = {}
    for run_id, name in reading.rows(
        Payslip, ("pay_run_id", "name"), tax_year=str(year), order_by="name"
    ):
        found.setdefault(run_id, []).append(name)
    return found


def last_payday(reading: Reading, year: TaxYear) -> date | None:
    """Return the last payday of a tax year of whoever is employed at its end.

    None when nobody is, or their last payday is months before it: then no payday can be said to
    be the last of the year.
    """
    found = []
    for one in reading.find(Employment):
        if employed_in(one, year.last_day, year.last_day):
            period = one.schedule.period_of(year.last_day)
            while period.pay_date > year.last_day:
                period = one.schedule.period_of(period.first_day - timedelta(days=1))
            while (after := one.schedule.after(period)).pay_date <= year.last_day:
                period = after
            found.append(period.pay_date)
    return max(found, default=None)
