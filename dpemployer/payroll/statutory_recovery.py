"""What HMRC gives back for statutory family pay, each payment by itself.

Source: GOV.UK, *Get financial help with statutory pay*. Sick pay is never given back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dpemployer.money import NOTHING, Money
from dpemployer.statutory.family_pay import FamilyPay, Recovery, recover
from dpemployer.workings import Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dpemployer.statutory.rates import Rates


@dataclass(frozen=True, slots=True)
class Recovered:
    """What one payment came to in a tax month, and what comes back for it."""

    kind: FamilyPay
    paid: Money
    recovered: Money
    compensation: Money
    workings: tuple[Step, ...] = field(default=(), repr=False)


def recovered(paid: Mapping[tuple[FamilyPay, bool], Money], rates: Rates) -> tuple[Recovered, ...]:
    """Return what comes back for each payment of a tax month, in the order HMRC lists them.

    Args:
        paid: What was paid, by payment and by whether the small employer's rate applies to it.
        rates: What is in force in the tax month of the payment.
    """
    found = []
    for kind in FamilyPay:
        backs = [
            recover(amount, rates, small_employer=small)
            for (payment, small), amount in paid.items()
            if payment is kind and amount
        ]
        if backs:
            found.append(
                Recovered(
                    kind,
                    Money.total(
                        amount for (payment, _small), amount in paid.items() if payment is kind
                    ),
                    Money.total(back.recovered for back in backs),
                    Money.total(back.compensation for back in backs),
                    tuple(step for back in backs for step in back.workings),
                )
            )
    return tuple(found)


def together(parts: Iterable[Recovered]) -> Recovery:
    """Return what comes back for all payments together."""
    all_of_them = tuple(parts)
    return Recovery(
        sum((part.recovered for part in all_of_them), NOTHING),
        sum((part.compensation for part in all_of_them), NOTHING),
        tuple(step for part in all_of_them for step in part.workings),
    )
