"""Miles given back: how much of it is free of tax over a tax year, and what could be added.

The first 10,000 miles of a tax year are counted over every claim in it, each by its own day.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from dpemployer.errors import RatesUnknownError
from dpemployer.findings import Finding, Severity
from dpemployer.i18n import _
from dpemployer.money import Money, Rounding
from dpemployer.payroll.pay_elements import rate_on
from dpemployer.payroll.people import PayType, Per
from dpemployer.periods import TaxYear
from dpemployer.statutory.mileage import FIRST_MILES, Vehicle, approved_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dpemployer.payroll.people import PayRate, PersonalAssistant
    from dpemployer.payroll.timesheet import Shift
    from dpemployer.statutory.rates import RateBook

_ACT = "Income Tax (Earnings and Pensions) Act 2003, sections 229 and 230"


@dataclass(slots=True)
class _Claims:
    """The miles of one tax year, and what was or is to be paid for them."""

    miles: int = 0
    pounds: Decimal = Decimal(0)
    by_rate: dict[Money, int] = field(default_factory=lambda: defaultdict(int))


def _claims(shifts: Iterable[Shift], rates: Sequence[PayRate]) -> Mapping[TaxYear, _Claims]:
    found: dict[TaxYear, _Claims] = defaultdict(_Claims)
    for shift in shifts:
        if shift.pay_type is not PayType.EXPENSES or not shift.quantity:
            continue
        rate = rate_on(rates, shift.day, (shift.pay_type, shift.label))
        if rate is not None and rate.per is Per.MILE:
            claims = found[TaxYear.of(shift.day)]
            claims.miles += shift.quantity
            claims.pounds += shift.quantity * rate.rate.pounds
            claims.by_rate[rate.rate] += shift.quantity
    return found


def mileage_findings(
    shifts: Iterable[Shift],
    earlier: Iterable[Shift],
    rates: Sequence[PayRate],
    person: PersonalAssistant,
    book: RateBook,
) -> tuple[Finding, ...]:
    """Say when more is given back for miles than is free of tax, and how much of it is taxable.

    Args:
        shifts: What was recorded in the period.
        earlier: The mileage of the same tax years before it.
        rates: Every dated rate of the employment.
        person: Whose miles they are.
        book: Every dated rate of the law.
    """
    before = _claims(earlier, rates)
    findings: list[Finding] = []
    for year, claims in _claims(shifts, rates).items():
        miles_before = before[year].miles if year in before else 0
        approved = approved_for(
            Decimal(claims.miles), Decimal(miles_before), Vehicle.CAR, book.for_year(year)
        )
        if claims.pounds > approved:
            findings.append(_too_much(claims, miles_before, approved, year, person, book))
    return tuple(findings)


def _too_much(
    claims: _Claims,
    before: int,
    approved: Decimal,
    year: TaxYear,
    person: PersonalAssistant,
    book: RateBook,
) -> Finding:
    figures = book.for_year(year)["mileage"]
    first, after = figures.money("car_van_first_10000"), figures.money("car_van_after")
    if before + claims.miles > FIRST_MILES:
        message = _(
            "{paid} is given back for {miles} miles, after {before} earlier in the tax year "
            "{year}. Past 10,000 miles only {after} a mile is free of tax, so {excess} of it is "
            "taxable. Pay that part as pay."
        )
    else:
        message = _(
            "{paid} is given back for {miles} miles in the tax year {year}. Up to {first} a mile "
            "is free of tax, so {excess} of it is taxable. Pay that part as pay, or lower the "
            "rate."
        )
    paid = Money.of(claims.pounds, Rounding.PAY)
    return Finding(
        severity=Severity.WARNING,
        code="mileage_above_approved",
        subject=person.name,
        message=message.format(
            paid=paid,
            miles=claims.miles,
            before=before,
            year=year,
            first=first,
            after=after,
            excess=paid - Money.of(approved, Rounding.PAY),
        ),
        source=_ACT,
    )


def top_up_findings(
    claimed: Iterable[Shift],
    rates: Sequence[PayRate],
    person: PersonalAssistant,
    book: RateBook,
) -> tuple[Finding, ...]:
    """Say what may be added to claims at the approved rate of the tax year before.

    Only miles at exactly that rate are meant: the rise was announced after the year had begun.
    Somebody who agreed a lower rate of their own is not told.
    """
    findings: list[Finding] = []
    for year, claims in _claims(claimed, rates).items():
        old = _first_rate(TaxYear(year.start - 1), book)
        new = _first_rate(year, book)
        miles = claims.by_rate.get(old, 0) if old is not None else 0
        if old is None or new is None or new <= old or not miles:
            continue
        room = approved_for(Decimal(claims.miles), Decimal(0), Vehicle.CAR, book.for_year(year))
        most = min(room - claims.pounds, miles * (new - old).pounds)
        if most > 0:
            findings.append(_top_up(miles, (old, new), most, year, person))
    return tuple(findings)


def _first_rate(year: TaxYear, book: RateBook) -> Money | None:
    try:
        return book.for_year(year)["mileage"].money("car_van_first_10000")
    except RatesUnknownError:
        return None


def _top_up(
    miles: int, rates: tuple[Money, Money], most: Decimal, year: TaxYear, person: PersonalAssistant
) -> Finding:
    old, new = rates
    return Finding(
        severity=Severity.NOTE,
        code="mileage_may_be_topped_up",
        subject=person.name,
        message=_(
            "{miles} miles of the tax year {year} were given back at {old} a mile. The rate that "
            "is free of tax rose to {new} from its first day. You may give back {amount} more: "
            "record it as an expense. Nothing is left to do if you have done so."
        ).format(miles=miles, year=year, old=old, new=new, amount=Money.of(most, Rounding.PAY)),
        source=_ACT,
    )
