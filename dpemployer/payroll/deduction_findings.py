"""What there is to look at when something is taken from net pay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.findings import Finding, Severity
from dpemployer.i18n import _
from dpemployer.payroll.deduction_terms import OwedBackKind
from dpemployer.statutory.attachment_kinds import (
    BENEFIT_DEBTS,
)
from dpemployer.statutory.attachment_orders import (
    rates_used,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dpemployer.money import Money
    from dpemployer.payroll.deduction_terms import AttachmentOrder
    from dpemployer.statutory.attachment_orders import (
        Taken,
    )
    from dpemployer.statutory.rates import Rates


def about_order(
    person: str, name: str, order: AttachmentOrder, taken: Taken, rates: Rates
) -> Iterator[Finding]:
    """Say when an order could not be met in full, and what its table was not checked against."""
    yield from rates.unconfirmed([rates_used(taken.order)])
    if taken.carried_forward:
        yield Finding(
            Severity.WARNING,
            "order_short",
            person,
            _(
                "{order}: {short} could not be taken, because it would go into protected "
                "earnings. It is added on the next payday. Tell {issuer}."
            ).format(order=name, short=taken.short, issuer=order.issuer),
        )
    elif taken.short:
        yield Finding(
            Severity.WARNING,
            "order_short",
            person,
            _(
                "{order}: {short} could not be taken, because it would go into protected "
                "earnings. It is not added later. Tell {issuer}."
            ).format(order=name, short=taken.short, issuer=order.issuer),
        )
    elif not taken.amount:
        yield Finding(
            Severity.WARNING,
            "order_nothing",
            person,
            _(
                "{order}: nothing is taken, because the pay is too low. Tell {issuer} so, and go "
                "on working it out each payday."
            ).format(order=name, issuer=order.issuer),
        )
    if order.charge and taken.amount and not taken.charge:
        yield Finding(
            Severity.NOTE,
            "order_charge_left_out",
            person,
            _(
                "{order}: the employer’s charge is not taken this time. “How was this worked "
                "out?” says why."
            ).format(order=name),
        )


def about_orders(
    person: str, orders: Sequence[AttachmentOrder], *, family: Money, loans: Money
) -> Iterator[Finding]:
    """Say what is not certain where orders meet each other, loans or family pay."""
    if len(orders) > 1:
        yield Finding(
            Severity.WARNING,
            "orders_combined",
            person,
            _(
                "There is more than one order. They are met one after the other. Compare the "
                "amounts with the guide that came with each letter before you pay."
            ),
            "Council Tax (Administration and Enforcement) Regulations 1992, regulation 42",
        )
    if loans and orders:
        yield Finding(
            Severity.NOTE,
            "order_beside_loan",
            person,
            _(
                "There is an order and a student loan. The loan comes after the order, and before "
                "an order for a debt. Compare that with the guide that came with the letter."
            ),
        )
    if family:
        yield Finding(
            Severity.NOTE,
            "order_beside_family_pay",
            person,
            _(
                "Orders leave statutory family pay alone, so it is not counted. Compare that with "
                "the guide that came with the letter."
            ),
        )
    if any(order.kind in BENEFIT_DEBTS for order in orders) and len(orders) > 1:
        yield Finding(
            Severity.NOTE,
            "benefit_debt_beside_others",
            person,
            _(
                "The direct earnings attachment comes after the other orders, and everything "
                "together leaves at least 60% of net earnings."
            ),
            "Social Security (Overpayments and Recovery) Regulations 2013, regulation 20",
        )


def loan_gives_way(person: str, taken: Money) -> Finding:
    """Say that less is taken for a student loan, because an order comes first."""
    return Finding(
        Severity.NOTE,
        "loan_gives_way",
        person,
        _(
            "Only {taken} is taken for student loans, so that what the order protects is left. "
            "The rest is not made up later."
        ).format(taken=taken),
        "Education (Student Loans) (Repayment) Regulations 2009, regulation 46",
    )


def less_than_agreed(person: str, purpose: str, wanted: Money, taken: Money) -> Finding:
    """Say that there is not enough pay for what was agreed."""
    return Finding(
        Severity.WARNING,
        "less_than_agreed",
        person,
        _(
            "{purpose}: {wanted} was agreed, and there is pay for {taken}. What is owed back "
            "stays owed."
        ).format(purpose=purpose, wanted=wanted, taken=taken),
    )


def still_owed_at_the_end(person: str, kind: OwedBackKind, still: Money) -> Finding:
    """Say what somebody who leaves still owes."""
    what = {
        OwedBackKind.ADVANCE: _("of the advance"),
        OwedBackKind.LOAN: _("of the loan"),
        OwedBackKind.OVERPAYMENT: _("of the overpayment"),
    }[kind]
    return Finding(
        Severity.WARNING,
        "still_owed_at_the_end",
        person,
        _(
            "This may be the last pay, and {still} {what} is still owed. Take more only if that "
            "was agreed in writing; otherwise ask them to pay it back."
        ).format(still=still, what=what),
    )
