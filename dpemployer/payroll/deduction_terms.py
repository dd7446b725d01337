"""What may be taken from somebody's net pay: orders, money owed back, fixed deductions.

Facts alone, as letters and agreements say them. What has been taken is never kept with them: it
is the sum of the lines stored with payslips, reversals included.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dpemployer.bank_days import Nation
from dpemployer.money import NOTHING, Money
from dpemployer.statutory.attachment_kinds import (
    OrderKind as OrderKind,  # noqa: PLC0414 - a term, named by the law
)


class AmountsPer(StrEnum):
    """What the amounts in an order are for."""

    WEEK = "week"
    MONTH = "month"
    PAYDAY = "payday"


@dataclass(frozen=True, slots=True)
class AttachmentOrder:
    """One order to take money from pay, as its letter says. What its kind does not say is absent.

    `normal` is the normal deduction rate, or the amount for each day where the kind goes by the
    day. `shortfall` could not be taken before the book began. `total` is all that was still to
    be paid when the order came here.
    """

    id: int
    employment_id: int
    kind: OrderKind
    issuer: str
    """Who made it, and is paid."""
    reference: str
    made_on: date
    from_day: date
    """Applied from the first payday on or after this day: the day it came."""
    to_day: date | None = None
    nation: Nation | None = None
    """Of the council, for council tax."""
    amounts_per: AmountsPer = AmountsPer.PAYDAY
    normal: Money | None = None
    protected: Money | None = None
    shortfall: Money = NOTHING
    total: Money | None = None
    pay_by_day: int | None = None
    """Day of the next month the money must be there; absent: the letter names none."""
    charge: bool = False
    charge_told_on: date | None = None
    """When the person was told in writing that the employer keeps the charge."""
    issuer_told_on: date | None = None
    """When whoever made it was last told that pay is too low, or that the job has ended."""


class OwedBackKind(StrEnum):
    """Why somebody owes the employer money."""

    ADVANCE = "advance"
    """Pay given before it was earned."""
    LOAN = "loan"
    OVERPAYMENT = "overpayment"


@dataclass(frozen=True, slots=True)
class OwedBack:
    """Money a personal assistant owes back, taken from net pay by agreed instalments."""

    id: int
    employment_id: int
    kind: OwedBackKind
    amount: Money
    day: date
    """The day it was paid, rightly or by mistake."""
    instalment: Money
    """From each payday, until it is paid back."""
    first_on: date
    """Taken from the first payday on or after this day."""
    agreed_on: date | None = None
    """The day of the agreement in writing."""
    reason: str = ""
    stopped_on: date | None = None
    """Nothing more is taken after this day."""
    commitment_id: int | None = None
    """The money to be paid out, for an advance or loan."""
    before_book: bool = False
    """It was paid before the book began, which knows nothing of that payment."""


@dataclass(frozen=True, slots=True)
class FixedDeduction:
    """The same amount from each payday, agreed in writing."""

    id: int
    employment_id: int
    purpose: str
    amount: Money
    from_day: date
    agreed_on: date
    to_day: date | None = None
    needed_for_job: bool = False
    """For something the job needs, such as clothes or tools: it lowers minimum-wage pay."""
    payee: str = ""
    """Who gets the money; empty: the employer keeps it."""


@dataclass(frozen=True, slots=True)
class StatedDeduction:
    """One fixed deduction as a standing statement says it."""

    purpose: str
    amount: Money
    from_day: date
    payee: str


@dataclass(frozen=True, slots=True)
class StandingStatement:
    """A standing statement of fixed deductions as it was given. It holds for twelve months."""

    id: int
    employment_id: int
    given_on: date
    lines: tuple[StatedDeduction, ...]


@dataclass(frozen=True, slots=True)
class DeductionLine:
    """What one payslip took, under one order or agreement. A reversal takes its lines back.

    `carried` is what the payslip added to what is carried forward: below nothing where it took
    some of what was carried before.
    """

    id: int
    employment_id: int
    payslip_id: int
    pay_date: date
    amount: Money
    order_id: int | None = None
    owed_back_id: int | None = None
    fixed_id: int | None = None
    charge: Money = NOTHING
    carried: Money = NOTHING


@dataclass(frozen=True, slots=True)
class OrderHeld:
    """An order, and what stored payslips took under it."""

    order: AttachmentOrder
    taken: Money = NOTHING
    carried: Money = NOTHING
    """What payslips up to the payday carried forward, beside `order.shortfall`."""
    last_on: date | None = None
    """The last payday before this one on which something was taken."""

    @property
    def left(self) -> Money | None:
        """What is still to be paid; None where the order has no end."""
        return None if self.order.total is None else self.order.total.above(self.taken)

    def in_force(self, day: date) -> bool:
        """Whether it is met on a payday."""
        order = self.order
        begun = order.from_day <= day
        return begun and (order.to_day is None or day <= order.to_day) and self.left != NOTHING


@dataclass(frozen=True, slots=True)
class OwedBackHeld:
    """Money owed back, and what stored payslips took of it."""

    owed: OwedBack
    taken: Money = NOTHING

    @property
    def left(self) -> Money:
        """What is still owed."""
        return self.owed.amount.above(self.taken)

    def in_force(self, day: date) -> bool:
        """Whether an instalment is taken on a payday."""
        stopped = self.owed.stopped_on
        begun = self.owed.first_on <= day
        return begun and (stopped is None or day <= stopped) and bool(self.left)


@dataclass(frozen=True, slots=True)
class DeductionsHeld:
    """Everything that may be taken from one person's net pay."""

    orders: tuple[OrderHeld, ...] = ()
    owed_back: tuple[OwedBackHeld, ...] = ()
    fixed: tuple[FixedDeduction, ...] = ()

    def on(self, day: date) -> DeductionsHeld:
        """Return what is in force on a payday."""
        return DeductionsHeld(
            tuple(held for held in self.orders if held.in_force(day)),
            tuple(held for held in self.owed_back if held.in_force(day)),
            tuple(
                held
                for held in self.fixed
                if held.from_day <= day and (held.to_day is None or day <= held.to_day)
            ),
        )

    def __bool__(self) -> bool:
        return bool(self.orders or self.owed_back or self.fixed)
