"""Gathering what HMRC is told: one payday, one month as a whole, or one quarter on paper."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from dpemployer.i18n import _, long_date
from dpemployer.identifiers import ACCOUNTS_OFFICE_REFERENCE, paye_reference_shown
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.added_up import statutory_names
from dpemployer.payroll.deductions_record import record_totals
from dpemployer.payroll.fps_sheet import Reported, SheetItem, SheetPart, sheet_findings, sheet_of
from dpemployer.payroll.household import EmployerScheme, OpeningHousehold
from dpemployer.payroll.payday import PayRun
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import Employment, OpeningPay, PersonalAssistant
from dpemployer.payroll.reporting import ReportedJob, ReportKind, Told
from dpemployer.payroll.terms import latest_on
from dpemployer.periods import TaxMonth, TaxYear
from dpemployer.services.hmrc_rows import PersonSheet
from dpemployer.services.reading import terms_of
from dpemployer.services.statutory_paid import recovered_by_month

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from dpemployer.statutory.rates import RateBook
    from dpemployer.store.reading import Reading


@dataclass(frozen=True, slots=True)
class YearOfSlips:
    """Every payslip of one job in one tax year, and what came before the book."""

    slips: tuple[Payslip, ...]
    openings: tuple[OpeningPay, ...]
    p45s: tuple[OpeningPay, ...]


_PRINTED = tuple(
    field.name for field in fields(Payslip) if field.name not in {"workings", "inputs"}
)
"""What of a payslip HMRC is told of. How each was worked out is long, and not asked here."""


def slips_of(
    reading: Reading,
    *,
    order_by: tuple[str, ...] = ("pay_date", "id"),
    between: Mapping[str, tuple[date, date]] | None = None,
    **equals: Any,
) -> tuple[Payslip, ...]:
    """Return payslips without their workings, in the order of their paydays."""
    return tuple(
        Payslip(**dict(zip(_PRINTED, row, strict=True)), workings=(), inputs="")
        for row in reading.rows(Payslip, _PRINTED, between=between, order_by=order_by, **equals)
    )


def year_of(reading: Reading, employment_id: int, year: TaxYear) -> YearOfSlips:
    """Gather one job's tax year, in the order of its paydays."""
    slips = slips_of(reading, employment_id=employment_id, tax_year=str(year))
    openings = reading.find(OpeningPay, employment_id=employment_id, tax_year=str(year))
    p45s = tuple(one for one in openings if one.previous_pay or one.previous_tax)
    own = tuple(one for one in openings if one not in p45s)
    return YearOfSlips(slips, own, p45s)


def scheme_on(reading: Reading, day: date) -> EmployerScheme | None:
    """Return how the employer stood with HMRC on a day."""
    return latest_on(reading.find(EmployerScheme), day)


def began_on(reading: Reading) -> date | None:
    """Return the last day before the book, where it began in the middle."""
    return max((opening.as_of for opening in reading.find(OpeningHousehold)), default=None)


# ── a payday ──


def payday_people(
    reading: Reading, rates: RateBook, run: PayRun, today: date
) -> tuple[PersonSheet, ...]:
    """Return what is told about everybody paid on one payday.

    Somebody whose pay was told and then taken back altogether is there too, with nothing.
    """
    told_before = told_run(reading, run)
    replaced = (
        {}
        if told_before is None
        else {slip.employment_id: slip for slip in slips_of(reading, pay_run_id=told_before)}
    )
    slips = [
        nothing_of(slip) if run.reverses_id is not None else slip
        for slip in slips_of(reading, pay_run_id=run.id, order_by=("name", "id"))
    ]
    paid = {slip.employment_id for slip in slips}
    slips += [
        nothing_of(_taken_back(reading, slip))
        for slip in replaced.values()
        if slip.employment_id not in paid
    ]
    told = is_told(reading, run)
    sheets = []
    for slip in slips:
        year = year_of(reading, slip.employment_id, TaxYear.parse(slip.tax_year))
        # A correction carries the year as it stands; a payday carries it up to that payday. What
        # has been told is shown as it was then.
        correcting = slip.employment_id in replaced
        counted = tuple(
            one
            for one in year.slips
            if (one.id <= slip.id or not told) and (correcting or one.pay_date <= slip.pay_date)
        )
        reported = _reported(
            reading,
            slip,
            counted,
            year,
            replaces=replaced.get(slip.employment_id),
            today=today,
        )
        sheets.append(
            PersonSheet(
                slip.employment_id,
                slip.name,
                sheet_of(reported, rates.on(slip.pay_date)),
                sheet_findings(reported),
            )
        )
    return tuple(sheets)


def nothing_of(slip: Payslip) -> Payslip:
    """Return what a payslip comes to once it is taken back: the same, with nothing on it."""
    amounts: dict[str, Any] = {
        field.name: NOTHING
        for field in fields(slip)
        if isinstance(getattr(slip, field.name), Money)
    }
    return replace(slip, lines=(), deductions=(), **amounts)


def _taken_back(reading: Reading, slip: Payslip) -> Payslip:
    """Return the payslip that takes another back, which has its place in the year."""
    return reading.find_one(Payslip, reverses_id=slip.id) or slip


def is_told(reading: Reading, run: PayRun) -> bool:
    """Whether HMRC was told of a payday, by itself or with its quarter on paper."""
    if reading.find(Told, pay_run_id=run.id, limit=1):
        return True
    month = TaxMonth.of(run.pay_date)
    quarter = reading.find(
        Told, kind=ReportKind.QUARTER, tax_year=str(month.year), number=month.quarter
    )
    finalised = run.finalised_at
    return finalised is not None and any(
        told.pay_run_id is None and finalised.date() <= told.told_on for told in quarter
    )


def told_run(reading: Reading, run: PayRun) -> int | None:
    """Return the pay run this one puts right, or takes back, of which HMRC was told."""
    before = run.corrects_id or run.reverses_id
    while before is not None:
        earlier = reading.get(PayRun, before)
        if is_told(reading, earlier):
            return before
        before = earlier.corrects_id
    return None


def _reported(
    reading: Reading,
    slip: Payslip,
    counted: tuple[Payslip, ...],
    year: YearOfSlips,
    *,
    replaces: Payslip | None,
    today: date,
) -> Reported:
    employment = reading.get(Employment, slip.employment_id)
    terms = terms_of(reading, (employment.id,))[employment.id]
    left = employment.left_on
    earlier = tuple(
        one
        for one in year.slips
        if one.id < slip.id and one.pay_run_id != slip.pay_run_id and one.reverses_id is None
    )
    told_runs = {
        told.pay_run_id
        for told in reading.find(Told, kind=ReportKind.PAYDAY, tax_year=slip.tax_year)
    }
    told_days = [one.pay_date for one in year.slips if one.pay_run_id in told_runs]
    return Reported(
        person=reading.get(PersonalAssistant, employment.assistant_id),
        employment=employment,
        job=job_of(reading, employment.id),
        slip=slip,
        year=counted,
        openings=year.openings,
        starts=replaces is None and is_start(reading, employment, slip),
        has_left=left is not None and (left <= slip.last_day or left <= slip.pay_date),
        left_before=left is not None
        and any(one.last_day >= left and one.pay_date < slip.pay_date for one in earlier),
        loan_plan=terms.loan_plan_on(slip.pay_date),
        postgraduate_loan=terms.postgraduate_loan_on(slip.pay_date),
        replaces=replaces,
        last_told_payday=max(told_days, default=None),
        weekly_hours=terms.weekly_hours_on(slip.pay_date),
        year_is_over=today > TaxYear.parse(slip.tax_year).last_day,
    )


def job_of(reading: Reading, employment_id: int) -> ReportedJob:
    """Return what HMRC asks about a job beside its terms, as far as it is known."""
    found = reading.find_one(ReportedJob, employment_id=employment_id)
    return found or ReportedJob(0, employment_id)


def is_start(reading: Reading, employment: Employment, slip: Payslip) -> bool:
    """Whether HMRC hears of a job for the first time with a payslip.

    A job that began before the book was told of then. A payslip that was taken back before HMRC
    was told of it does not count.
    """
    began = began_on(reading)
    if began is not None and employment.started_on <= began:
        return False
    earlier = reading.rows(
        Payslip,
        ("pay_run_id", "pay_date", "id"),
        employment_id=employment.id,
        between={"pay_date": (None, slip.pay_date)},
    )
    reversed_runs = {
        run for (run,) in reading.rows(PayRun, ("reverses_id",), not_none=("reverses_id",))
    }
    reversals = {run for (run,) in reading.rows(PayRun, ("id",), not_none=("reverses_id",))}
    told = {run for (run,) in reading.rows(Told, ("pay_run_id",), kind=ReportKind.PAYDAY)}
    return not any(
        (day, slip_id) < (slip.pay_date, slip.id)
        and run != slip.pay_run_id
        and run not in reversals
        and (run in told or run not in reversed_runs)
        for run, day, slip_id in earlier
    )


# ── a month as a whole ──


def recovered_parts(reading: Reading, rates: RateBook, month: TaxMonth) -> tuple[SheetItem, ...]:
    """Return what is told of parental pay got back, from 6 April to a month's end.

    HMRC asks each payment by itself, and the compensation on it, both to date.
    """
    by_month = recovered_by_month(reading, rates, month.year)
    totals: dict[str, tuple[Money, Money]] = {}
    for number in range(1, month.number + 1):
        for one in by_month.get(number, ()):
            before = totals.get(one.kind.value, (NOTHING, NOTHING))
            totals[one.kind.value] = (before[0] + one.recovered, before[1] + one.compensation)
    items = []
    for key, name in statutory_names():
        recovered, compensation = totals.get(key, (NOTHING, NOTHING))
        if recovered or compensation:
            items += [
                SheetItem(
                    f"recovered_{key}",
                    _("{payment} got back to date").format(payment=name),
                    str(recovered),
                    _("From 6 April, not this month alone."),
                ),
                SheetItem(
                    f"compensation_{key}",
                    _("Compensation on it, to date"),
                    str(compensation),
                ),
            ]
    return tuple(items)


def employer_part(scheme: EmployerScheme | None) -> SheetPart:
    """Return who the employer is to HMRC."""
    items = (
        ()
        if scheme is None
        else (
            SheetItem(
                "paye",
                _("Employer PAYE reference"),
                paye_reference_shown(scheme.paye_reference) or _("not in this book yet"),
            ),
            SheetItem(
                "office",
                _("Accounts Office reference"),
                ACCOUNTS_OFFICE_REFERENCE.shown(scheme.accounts_office_reference)
                or _("not in this book yet"),
            ),
        )
    )
    return SheetPart("employer", _("You, to HMRC"), items)


# ── a quarter on paper ──


def quarter_people(
    reading: Reading,
    rates: RateBook,
    year: TaxYear,
    days: tuple[date, date],
    today: date,
) -> tuple[PersonSheet, ...]:
    """Return what goes on the quarterly form of each person paid between two days."""
    first, last = days
    found = _by_job(slips_of(reading, tax_year=str(year), between={"pay_date": (first, last)}))
    sheets = []
    for employment_id, slips in found.items():
        own = year_of(reading, employment_id, year)
        counted = tuple(one for one in own.slips if one.pay_date <= last)
        # The last payslip that stands says which code and letter are in use.
        standing = [one for one in slips if one.reverses_id is None] or slips
        told = _reported(reading, standing[-1], counted, own, replaces=None, today=today)
        told = _starting_in(reading, told, slips)
        parts = [
            _without_payday(part)
            for part in sheet_of(told, rates.on(standing[-1].pay_date))
            if part.key in {"person", "starting", "leaving", "to_date"}
            or part.key.startswith("ni_")
        ]
        place = 2 if parts[1:2] and parts[1].key == "starting" else 1
        parts.insert(place, _quarter_part(slips, days))
        sheets.append(
            PersonSheet(employment_id, slips[-1].name, tuple(parts), sheet_findings(told))
        )
    return tuple(sorted(sheets, key=lambda sheet: sheet.name.casefold()))


def _without_payday(part: SheetPart) -> SheetPart:
    """Leave out what is about one payday alone, or about Basic PAYE Tools."""
    return replace(
        part,
        hint="",
        items=tuple(item for item in part.items if not item.key.endswith("_now")),
    )


def _by_job(slips: Iterable[Payslip]) -> dict[int, list[Payslip]]:
    found: dict[int, list[Payslip]] = defaultdict(list)
    for slip in slips:
        found[slip.employment_id].append(slip)
    return found


def _starting_in(reading: Reading, told: Reported, slips: Sequence[Payslip]) -> Reported:
    """Return the same, with the starter's block when any payday of the quarter was the first."""
    return replace(told, starts=any(is_start(reading, told.employment, slip) for slip in slips))


def _quarter_part(slips: Sequence[Payslip], days: tuple[date, date]) -> SheetPart:
    first, last = days
    return SheetPart(
        "quarter",
        _("{first} to {last}").format(first=long_date(first), last=long_date(last)),
        tuple(
            SheetItem(one.key, one.label, one.shown, added=one)
            for one in record_totals(slips)
            if one.amount or one.key in {"taxable_pay", "tax", "employee_ni", "employer_ni"}
        ),
        _("Everything paid on the paydays of this quarter."),
    )
