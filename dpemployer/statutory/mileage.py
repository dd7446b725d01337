"""Money given back for miles driven at work in a worker's own vehicle: how much is free of tax.

Source: Income Tax (Earnings and Pensions) Act 2003, sections 229 and 230; approved rates on
GOV.UK. The car rate rose to 55p from 6 April 2026, announced in May and backdated: claims of that
tax year paid at 45p may be topped up.

The first 10,000 miles of a tax year in a car or van have a rate, and the rest a lower one; a
motorcycle and a bicycle have one rate each. The way from home to the usual place of work is
never business.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from dpemployer.i18n import N_, _
from dpemployer.money import Money, Rounding
from dpemployer.workings import EXACT, Rule, Step, dated, shown

if TYPE_CHECKING:
    from dpemployer.statutory.rates import Rates

FIRST_MILES = Decimal(10_000)
"""Miles of a tax year at the higher rate, in cars and vans together."""
_SOURCE = "Income Tax (Earnings and Pensions) Act 2003, sections 229 and 230"


class Vehicle(StrEnum):
    """What was driven or ridden."""

    CAR = "car"
    VAN = "van"
    MOTORCYCLE = "motorcycle"
    BICYCLE = "bicycle"


@dataclass(frozen=True, slots=True)
class MileagePaid:
    """What was given back for miles, and how much of it is free of tax."""

    paid: Money
    tax_free: Money
    taxable: Money
    approved: Money
    """What could have been given back free of tax for the same miles."""
    workings: tuple[Step, ...] = field(repr=False)

    @property
    def room(self) -> Money:
        """What could still be given back free of tax."""
        return self.approved.above(self.paid)


def approved_for(miles: Decimal, before: Decimal, vehicle: Vehicle, rates: Rates) -> Decimal:
    """Return the exact pounds that may be given back free of tax.

    Args:
        miles: Business miles of this claim.
        before: Business miles already claimed this tax year in the same kind of vehicle.
        vehicle: What was driven.
        rates: What is in force on the day of the miles.
    """
    figures = rates["mileage"]
    if vehicle in {Vehicle.MOTORCYCLE, Vehicle.BICYCLE}:
        return miles * figures.money(vehicle.value).pounds
    at_first = min(miles, max(FIRST_MILES - before, Decimal(0)))
    first = at_first * figures.money("car_van_first_10000").pounds
    return first + (miles - at_first) * figures.money("car_van_after").pounds


def mileage_paid(
    miles: Decimal, before: Decimal, rate: Decimal, vehicle: Vehicle, rates: Rates
) -> MileagePaid:
    """Return what a claim comes to, how much of it is free of tax and how much is taxable pay.

    `rate` is in pounds for a mile; the others are as for `approved_for`.
    """
    paid = Money.of(miles * rate, Rounding.PAY)
    approved = Money.of(approved_for(miles, before, vehicle, rates), Rounding.PAY)
    tax_free = min(paid, approved)
    taxable = paid - tax_free
    steps = (
        Step(_PAID, (shown(miles), _pence(rate)), paid),
        Step(_APPROVED, (shown(miles), shown(before), vehicle.value), approved),
        Step(_TAXABLE if taxable else _ALL_FREE, (paid, approved), taxable),
    )
    return MileagePaid(paid, tax_free, taxable, approved, dated(steps, rates.since("mileage")))


def _pence(rate: Decimal) -> str:
    return _("{pence}p").format(pence=shown(rate.scaleb(2)))


_PAID = Rule(
    id="mileage.paid",
    title=N_("What is given back for the miles"),
    sentence=N_("{miles} miles at {rate} is {result}."),
    names=("miles", "rate"),
    source="Employment contract: miles driven, at the agreed rate",
    rounding=Rounding.PAY,
)
_APPROVED = Rule(
    id="mileage.approved",
    title=N_("What may be given back free of tax"),
    sentence=N_(
        "For {miles} miles by {vehicle}, after {before} miles earlier in the tax year, up to "
        "{result} may be given back free of tax."
    ),
    names=("miles", "before", "vehicle"),
    source=f"{_SOURCE}; GOV.UK: Travel - mileage and fuel rates and allowances",
    rounding=Rounding.PAY,
)
_ALL_FREE = Rule(
    id="mileage.all_free",
    title=N_("All of it is free of tax"),
    sentence=N_("{paid} is not more than {approved}, so {result} of it is taxed."),
    names=("paid", "approved"),
    source=_SOURCE,
    rounding=EXACT,
)
_TAXABLE = Rule(
    id="mileage.taxable",
    title=N_("Some of it is taxable pay"),
    sentence=N_("{paid} is more than {approved}. The rest, {result}, is taxable pay."),
    names=("paid", "approved"),
    source=_SOURCE,
    rounding=EXACT,
)
