"""What orders, advances and other deductions are called on the screen."""

from __future__ import annotations

from dpemployer.i18n import _
from dpemployer.services.deduction_rows import (
    BY_THE_DAY,
    AmountsPer,
    OrderKind,
    OwedBackKind,
)


def order_kinds() -> tuple[tuple[OrderKind, str], ...]:
    """What an order is called at the top of its letter."""
    return (
        (OrderKind.DEO, _("Deduction from earnings order (child maintenance)")),
        (OrderKind.AEO_PRIORITY, _("Attachment of earnings order for maintenance or a fine")),
        (OrderKind.AEO_NON_PRIORITY, _("Attachment of earnings order for a debt")),
        (OrderKind.CTAEO, _("Council tax attachment of earnings order")),
        (OrderKind.DEA_STANDARD, _("Direct earnings attachment, standard rate")),
        (OrderKind.DEA_HIGHER, _("Direct earnings attachment, higher rate")),
        (OrderKind.DEA_FIXED, _("Direct earnings attachment, fixed amount")),
        (OrderKind.EARNINGS_ARRESTMENT, _("Earnings arrestment (Scotland)")),
        (OrderKind.CURRENT_MAINTENANCE, _("Current maintenance arrestment (Scotland)")),
        (OrderKind.CONJOINED_DEBTS, _("Conjoined arrestment order for debts (Scotland)")),
        (
            OrderKind.CONJOINED_MAINTENANCE,
            _("Conjoined arrestment order for maintenance (Scotland)"),
        ),
        (
            OrderKind.CONJOINED_BOTH,
            _("Conjoined arrestment order for debts and maintenance (Scotland)"),
        ),
    )


def about_order(kind: OrderKind) -> str:
    """Say how an order of a kind is worked out, and what to look for in its letter."""
    benefit = _(
        "The Department for Work and Pensions or a council sends it. An employer who had fewer "
        "than ten workers and began before 8 April 2013 need not take it: say so to them."
    )
    court = _("The court says how much to take, and how much has to be left.")
    by_table = _("The amount goes by a table. The program knows it, so the letter has no amount.")
    by_day = _("The letter names an amount for each day. The program counts the days.")
    return {
        OrderKind.DEO: _("At least 60% of take-home pay is always left."),
        OrderKind.AEO_PRIORITY: court,
        OrderKind.AEO_NON_PRIORITY: court,
        OrderKind.CTAEO: by_table,
        OrderKind.DEA_STANDARD: f"{by_table} {benefit}",
        OrderKind.DEA_HIGHER: f"{by_table} {benefit}",
        OrderKind.DEA_FIXED: benefit,
        OrderKind.EARNINGS_ARRESTMENT: by_table,
        OrderKind.CURRENT_MAINTENANCE: by_day,
        OrderKind.CONJOINED_DEBTS: by_table,
        OrderKind.CONJOINED_MAINTENANCE: by_day,
        OrderKind.CONJOINED_BOTH: f"{by_table} {by_day}",
    }[kind]


def order_amount(kind: OrderKind | None) -> str:
    """What a letter calls the amount to take."""
    if kind in {OrderKind.AEO_PRIORITY, OrderKind.AEO_NON_PRIORITY}:
        return _("Normal deduction rate")
    if kind in BY_THE_DAY:
        return _("Amount for each day")
    return _("Amount to deduct")


def amounts_per() -> tuple[tuple[AmountsPer, str], ...]:
    """What the amounts in a letter are for."""
    return (
        (AmountsPer.PAYDAY, _("each payday")),
        (AmountsPer.WEEK, _("each week")),
        (AmountsPer.MONTH, _("each month")),
    )


def owed_back_kinds() -> tuple[tuple[OwedBackKind, str], ...]:
    """Why somebody owes money back."""
    return (
        (OwedBackKind.ADVANCE, _("An advance of pay not yet earned")),
        (OwedBackKind.LOAN, _("A loan")),
        (OwedBackKind.OVERPAYMENT, _("Too much was paid by mistake")),
    )


def about_owed_back(kind: OwedBackKind) -> str:
    """Say what becomes of an advance, a loan or an overpayment."""
    if kind is OwedBackKind.OVERPAYMENT:
        return _(
            "Is a payslip wrong? Then open its pay run and choose “Correct this pay run” instead. "
            "That puts tax and National Insurance right too. Use this form when the payslip was "
            "right and too much money went out, or for what was agreed to come back after a "
            "correction. It is taken from take-home pay and changes no tax."
        )
    return _(
        "The money to pay out is added to what is owed, so that the bank’s line finds it. It is "
        "not pay: it is not taxed, and it does not count for the minimum wage."
    )


def lowers_wage(*, lowers: bool) -> str:
    """Say whether a deduction counts against the minimum wage."""
    return _("Counts against it") if lowers else _("Makes no difference")
