"""Deductions from pay by order: one order alone, or several met one after the other."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from dpemployer.bank_days import Nation
from dpemployer.errors import EntryError
from dpemployer.i18n import _
from dpemployer.statutory.attachment_kinds import (
    BY_THE_DAY,
    NAMES_AN_AMOUNT,
    OrderKind,
)
from dpemployer.statutory.attachment_orders import (
    Order,
    take,
    take_all,
)
from dpemployer.statutory.attachment_tables import IntervalUnit, PayInterval

if TYPE_CHECKING:
    from datetime import date

    from dpemployer.money import Money
    from dpemployer.services.cases import Case, Result, Worked
    from dpemployer.statutory.attachment_orders import (
        Taken,
    )
    from dpemployer.statutory.rates import RateBook

_ALL = "combined"
_MOST_DAYS = 366


class OrderFrequency(StrEnum):
    """How much time a case says the payment is for."""

    DAILY = "daily"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    THREE_WEEKLY = "three_weekly"
    FOUR_WEEKLY = "four_weekly"
    MONTHLY = "monthly"


_WEEKS = {
    OrderFrequency.WEEKLY: 1,
    OrderFrequency.FORTNIGHTLY: 2,
    OrderFrequency.THREE_WEEKLY: 3,
    OrderFrequency.FOUR_WEEKLY: 4,
}


def attachment_orders(case: Case, book: RateBook) -> Worked:
    """What one order takes from net earnings, or with `kind` “combined” each of `orders`."""
    year, inputs = case.tax_year(), case.part("inputs")
    net = inputs.money("net_earnings")
    rates, day = inputs.rates(year, book), inputs.pay_date(year)
    if inputs.text("kind") == _ALL:
        orders = [_order(part, day) for part in inputs.parts("orders")]
        outcome = take_all(
            orders,
            net,
            _interval(inputs),
            rates,
            loans_due=inputs.money_if_any("student_loans"),
            charge_room=(
                None if inputs.lacks("minimum_wage_room") else inputs.money("minimum_wage_room")
            ),
        )
        result: Result = {
            "orders": [_each(one) for one in outcome.taken],
            "student_loans": outcome.loans.plain,
            "total": outcome.total.plain,
            "left": (net - outcome.total - outcome.loans).plain,
        }
        return result, [step for one in outcome.taken for step in one.steps]
    order = _order(inputs, day)
    taken = take(order, net, _interval(inputs), rates)
    return _alone(taken), taken.steps


def _alone(taken: Taken) -> Result:
    """Show one order: with what is protected where the order or the law names a sum."""
    if taken.order.kind in NAMES_AN_AMOUNT:
        return {
            "protected": taken.protected.plain,
            "deducted": taken.amount.plain,
            "short": taken.short.plain,
        }
    return {"deduction": taken.amount.plain}


def _each(taken: Taken) -> Result:
    return {
        "kind": taken.order.kind.value,
        "protected": taken.protected.plain,
        "deducted": taken.amount.plain,
        "short": taken.short.plain,
        "carried_forward": taken.carried_forward.plain,
        "charge": taken.charge.plain,
    }


def _order(inputs: Case, day: date) -> Order:
    kind = inputs.choice("kind", OrderKind)
    normal = None
    if kind in NAMES_AN_AMOUNT:
        normal = _money_by(inputs, "normal_deduction", "normal_rate")
    elif kind in BY_THE_DAY:
        normal = _money_by(inputs, "daily_rate", "daily_sum")
    return Order(
        kind,
        made_on=day if inputs.lacks("made_on") else inputs.day("made_on"),
        nation=_nation(inputs) if kind is OrderKind.CTAEO else None,
        normal=normal,
        protected=_money_by(inputs, "protected_earnings", "protected_rate"),
        brought_forward=inputs.money_if_any("brought_forward"),
        left_to_pay=None if inputs.lacks("left_to_pay") else inputs.money("left_to_pay"),
        days=inputs.whole("days", 0, _MOST_DAYS) if kind in BY_THE_DAY else 0,
        charge=inputs.yes_if_any("charge"),
    )


def _money_by(inputs: Case, *names: str) -> Money | None:
    """Read an amount under one of the names that letters have for it."""
    for name in names:
        if not inputs.lacks(name):
            return inputs.money(name)
    return None


def _nation(inputs: Case) -> Nation:
    said = inputs.text("nation")
    try:
        return Nation(said.strip().lower().replace(" ", "_"))
    except ValueError:
        raise EntryError(
            what=_("“{nation}” is not a nation of the United Kingdom.").format(nation=said),
            why=_("The table is that of the nation of the council that made the order."),
            next_step=_("Say “England” or “Wales”."),
        ) from None


def _interval(inputs: Case) -> PayInterval:
    """Read how much time the payment is for; a sum stated in the order needs no more."""
    if inputs.lacks("frequency"):
        kind = inputs.text("kind")
        if kind in NAMES_AN_AMOUNT or kind in {
            OrderKind.CURRENT_MAINTENANCE,
            OrderKind.CONJOINED_MAINTENANCE,
        }:
            return PayInterval(IntervalUnit.WEEK)
    frequency = inputs.choice("frequency", OrderFrequency)
    if frequency is OrderFrequency.DAILY:
        days = 1 if inputs.lacks("days") else inputs.whole("days", 1, _MOST_DAYS)
        return PayInterval(IntervalUnit.DAY, days)
    if frequency is OrderFrequency.MONTHLY:
        return PayInterval(IntervalUnit.MONTH)
    return PayInterval(IntervalUnit.WEEK, _WEEKS[frequency])
