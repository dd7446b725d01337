"""How orders, money owed back, fixed deductions and notices are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.i18n import N_, _
from ui import deduction_names as names
from ui import format as words_for
from ui.models.rows import Column

if TYPE_CHECKING:
    from dpemployer.services.deduction_rows import (
        FixedDeduction,
        NoticeRow,
        OrderRow,
        OwedBackRow,
    )


def _made_by(row: OrderRow) -> str:
    order = row.order
    if not order.reference:
        return order.issuer
    return _("{issuer}, {reference}").format(issuer=order.issuer, reference=order.reference)


def _how_an_order_stands(row: OrderRow) -> str:
    if row.in_force and row.carried:
        return _("In force, with {amount} to be added").format(amount=row.carried)
    if row.in_force:
        return _("In force")
    if row.left is not None and not row.left:
        return _("All paid")
    to_day = row.order.to_day
    if to_day is not None:
        return _("Stopped after {day}").format(day=words_for.long_date(to_day))
    return _("From {day}").format(day=words_for.long_date(row.order.from_day))


def _how_a_debt_stands(row: OwedBackRow) -> str:
    if not row.left:
        return _("All paid back")
    if row.owed.stopped_on is not None:
        return _("Stopped after {day}").format(day=words_for.long_date(row.owed.stopped_on))
    return _("{amount} each payday").format(amount=row.owed.instalment)


def _fixed_days(row: FixedDeduction) -> str:
    if row.to_day is None:
        return _("From {day}").format(day=words_for.long_date(row.from_day))
    return words_for.show_days(row.from_day, row.to_day)


ORDERS: tuple[Column[OrderRow], ...] = (
    Column(N_("Order"), text=lambda row: row.name),
    Column(N_("Made by"), text=_made_by),
    Column(N_("How it stands"), text=_how_an_order_stands),
    Column(N_("Taken so far"), text=lambda row: str(row.taken), numeric=True),
    Column(
        N_("Still to pay"),
        text=lambda row: "" if row.left is None else str(row.left),
        numeric=True,
    ),
)
OWED_BACK: tuple[Column[OwedBackRow], ...] = (
    Column(N_("What it is"), text=lambda row: row.name),
    Column(N_("Paid on"), text=lambda row: words_for.long_date(row.owed.day)),
    Column(N_("How much"), text=lambda row: str(row.owed.amount), numeric=True),
    Column(N_("Come back so far"), text=lambda row: str(row.taken), numeric=True),
    Column(N_("Still owed"), text=lambda row: str(row.left), numeric=True),
    Column(N_("How it stands"), text=_how_a_debt_stands),
)
FIXED: tuple[Column[FixedDeduction], ...] = (
    Column(N_("What for"), text=lambda row: row.purpose),
    Column(N_("Each payday"), text=lambda row: str(row.amount), numeric=True),
    Column(N_("Days"), text=_fixed_days),
    Column(N_("Who gets it"), text=lambda row: row.payee or _("You keep it")),
    Column(
        N_("Minimum wage"),
        text=lambda row: names.lowers_wage(lowers=row.needed_for_job),
    ),
)
NOTICES: tuple[Column[NoticeRow], ...] = (
    Column(N_("Payday"), text=lambda row: words_for.long_date(row.pay_date)),
    Column(N_("Orders"), text=lambda row: row.orders),
    Column(N_("Taken, with charges"), text=lambda row: str(row.amount), numeric=True),
)
