"""How cases about holiday say hours, nations and classes, and how their answers are written."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from dpemployer.bank_days import Nation
from dpemployer.errors import EntryError, RefusedError
from dpemployer.i18n import _
from dpemployer.statutory.holiday import HolidayClass
from dpemployer.workings import shown

if TYPE_CHECKING:
    from dpemployer.services.cases import Case

SIX_PLACES, FOUR_PLACES = Decimal("0.000001"), Decimal("0.0001")

_NATIONS = {
    "gb": Nation.ENGLAND,
    "uk": Nation.ENGLAND,
    "england": Nation.ENGLAND,
    "england_wales": Nation.ENGLAND,
    "england_and_wales": Nation.ENGLAND,
    "wales": Nation.WALES,
    "scotland": Nation.SCOTLAND,
    "ni": Nation.NORTHERN_IRELAND,
    "northern_ireland": Nation.NORTHERN_IRELAND,
}


def nation_in(case: Case, name: str, otherwise: Nation = Nation.ENGLAND) -> Nation:
    """Read whose law or whose bank holidays count; Great Britain has England's."""
    if case.lacks(name):
        return otherwise
    said = case.text(name)
    nation = _NATIONS.get(said.strip().lower().replace(" ", "_").replace("-", "_"))
    if nation is None:
        raise EntryError(
            what=_("“{name}” cannot be “{value}”.").format(name=name, value=said),
            why=_("It should be one of: {choices}.").format(choices=", ".join(_NATIONS)),
            next_step=_("Put it right and ask again."),
        )
    return nation


def class_in(inputs: Case, nation: Nation) -> HolidayClass:
    """Read how holiday builds up; in Northern Ireland there is only one way."""
    if nation is Nation.NORTHERN_IRELAND:
        return HolidayClass.NORTHERN_IRELAND
    return inputs.choice("class", HolidayClass)


def refuse_northern_ireland(nation: Nation) -> None:
    """Refuse what is the law of Great Britain only."""
    if nation is Nation.NORTHERN_IRELAND:
        raise RefusedError(
            what=_("This is not worked out for Northern Ireland."),
            why=_("The 12.07% and rolled-up holiday pay are the law of Great Britain only."),
            next_step=_("Give 5.6 weeks, and pay them at the average of 12 paid weeks."),
        )


def hours_in(inputs: Case, name: str) -> Fraction:
    """Read hours, days or a rate: any exact number from nothing up."""
    number = inputs.exact(name)
    if number < 0:
        raise EntryError(
            what=_("“inputs.{name}” cannot be “{value}”.").format(name=name, value=number),
            why=_("It is never less than nothing."),
            next_step=_("Put it right and ask again."),
        )
    return Fraction(number)


def plain(quantity: Fraction) -> str:
    """Write a quantity exactly, or to six places where it does not end."""
    exact = Decimal(quantity.numerator) / Decimal(quantity.denominator)
    return shown(exact) if Fraction(exact) == quantity else rounded(quantity)


def rounded(quantity: Fraction, places: Decimal = SIX_PLACES) -> str:
    """Write a quantity to so many places, half up; noughts at its end are left out."""
    exact = Decimal(quantity.numerator) / Decimal(quantity.denominator)
    return shown(exact.quantize(places, ROUND_HALF_UP))


def number_shown(quantity: Fraction) -> int | str:
    """Write a count as a number where it is whole, and as text where it is not."""
    return quantity.numerator if quantity.denominator == 1 else plain(quantity)


def minutes_shown(minutes: int) -> list[int]:
    """Write minutes as hours and minutes."""
    return list(divmod(minutes, 60))
