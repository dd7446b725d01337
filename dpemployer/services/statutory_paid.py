"""What payslips paid of statutory pay, kept by the day, and what HMRC gives back for it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from dpemployer.money import NOTHING, Money
from dpemployer.payroll.away import (
    AgreedDays,
    FamilyLeave,
    StatutoryPaid,
    agreed_for,
    weekdays_in,
)
from dpemployer.payroll.household import OpeningHousehold
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import STATUTORY_PAY, HolidayTerms, OpeningPay, PayType
from dpemployer.payroll.reporting import NiOfYear
from dpemployer.payroll.statutory_recovery import Recovered, recovered
from dpemployer.payroll.terms import latest_on
from dpemployer.periods import TaxMonth, TaxYear
from dpemployer.statutory.family_pay import FamilyPay, is_small, service_week
from dpemployer.statutory.sick_pay import week_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dpemployer.payroll.pay_run import WorkedPay
    from dpemployer.statutory.rates import RateBook
    from dpemployer.store.book import Change
    from dpemployer.store.reading import Reading


def record_statutory(tx: Change, slip: Payslip, pay: WorkedPay) -> None:
    """Keep which days of sickness or leave a payslip paid, and how much for them."""
    for element in pay.elements.elements:
        if element.line.pay_type in STATUTORY_PAY:
            tx.add(
                StatutoryPaid(
                    id=0,
                    employment_id=slip.employment_id,
                    payslip_id=slip.id,
                    pay_date=slip.pay_date,
                    kind=element.line.pay_type,
                    leave_id=element.about,
                    amount=element.line.amount,
                    days=tuple(day for day, _minutes, _weight in element.days),
                )
            )


def take_back_statutory(tx: Change, slip: Payslip, mirrored: int) -> None:
    """Take back what a payslip paid, with the payslip that takes it back."""
    for row in tx.find(StatutoryPaid, payslip_id=slip.id):
        tx.add(replace(row, id=0, payslip_id=mirrored, amount=-row.amount))


def sick_hours(reading: Reading, slips: Iterable[Payslip]) -> Mapping[int, Fraction]:
    """Return the hours of sickness each payslip paid for, where the contract says the hours.

    A day is an equal part of the contracted week, shared by the days agreed for that week. Where
    hours are not contracted nobody can say how many were missed, and there are none.
    """
    signs = {slip.id: -1 if slip.reverses_id is not None else 1 for slip in slips}
    found: dict[int, Fraction] = {}
    for row in reading.find(StatutoryPaid, kind=PayType.SSP, any_of={"payslip_id": list(signs)}):
        terms = reading.find(HolidayTerms, employment_id=row.employment_id, order_by="from_day")
        agreed = reading.find(AgreedDays, employment_id=row.employment_id)
        hours = Fraction(0)
        for day in row.days:
            held = latest_on(terms, day)
            if held is not None and held.hours_per_week is not None:
                week = agreed_for(agreed, week_of(day))
                shared_by = len(weekdays_in("" if week is None else week.weekdays))
                hours += Fraction(held.hours_per_week) / shared_by
        found[row.payslip_id] = (
            found.get(row.payslip_id, Fraction(0)) + hours * signs[row.payslip_id]
        )
    return found


def recovered_by_month(
    reading: Reading, rates: RateBook, year: TaxYear
) -> Mapping[int, tuple[Recovered, ...]]:
    """Return what HMRC gives back in each tax month of a year, each payment by itself.

    Raises:
        RatesUnknownError: If there are no rates for the year.
    """
    paid: dict[int, dict[tuple[FamilyPay, bool], Money]] = defaultdict(
        lambda: defaultdict(lambda: NOTHING)
    )
    small: dict[int, bool] = {}
    for pay_date, kind, leave_id, amount in reading.rows(
        StatutoryPaid,
        ("pay_date", "kind", "leave_id", "amount"),
        between={"pay_date": (year.first_day, year.last_day)},
    ):
        if kind is not PayType.SSP:
            if leave_id not in small:
                small[leave_id] = small_employer_for(reading, rates, leave_id)
            key = (FamilyPay(kind.value), small[leave_id])
            paid[TaxMonth.of(pay_date).number][key] += amount
    return {
        number: recovered(by_kind, rates.on(TaxMonth(year, number).first_day))
        for number, by_kind in paid.items()
    }


def small_employer_for(reading: Reading, rates: RateBook, leave_id: int) -> bool:
    """Whether the small employer's rate applies to one leave.

    What counts is all Class 1 National Insurance of the last whole tax year before its week that
    counts. Where the book does not hold that year and nobody has said what it came to, the
    employer is taken to be small: one with a few personal assistants nearly always is.
    """
    leave = reading.get(FamilyLeave, leave_id)
    week = service_week(leave.event)[0]
    year = TaxYear(TaxYear.of(week).start - 1)
    known = rates.on(min(max(week, rates.first_day), rates.last_day))
    return is_small(class_1_of(reading, year), known)


def class_1_of(reading: Reading, year: TaxYear) -> Money:
    """Return all Class 1 National Insurance of a tax year that the book knows of."""
    said = reading.find_one(NiOfYear, tax_year=str(year))
    if said is not None:
        return said.total
    fields = ("employee_ni", "employer_ni")
    sums = (
        *reading.sums(Payslip, fields, tax_year=str(year)),
        *reading.sums(OpeningPay, fields, tax_year=str(year)),
    )
    return Money.total(sums)


def class_1_is_known(reading: Reading, year: TaxYear) -> bool:
    """Whether the book holds a tax year whole, or somebody has said what it came to."""
    if reading.find_one(NiOfYear, tax_year=str(year)) is not None:
        return True
    began = [opening.as_of for opening in reading.find(OpeningHousehold)]
    first = reading.rows(Payslip, ("pay_date",), order_by="pay_date", limit=1)
    if not first:
        return False
    return all(day < year.first_day for day in began) and first[0][0] <= year.last_day
