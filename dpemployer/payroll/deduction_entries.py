"""What is typed about orders and agreements to take money from pay, checked where it is typed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dpemployer.bank_days import Nation
from dpemployer.errors import EntryError, RefusedError
from dpemployer.findings import Finding, Severity
from dpemployer.i18n import _, long_date
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.deduction_terms import (
    AmountsPer,
    AttachmentOrder,
    FixedDeduction,
    OrderKind,
    OwedBack,
    OwedBackKind,
)
from dpemployer.payroll.deductions import ORDER_NAMES, payments_in
from dpemployer.statutory.attachment_kinds import (
    BY_THE_DAY,
    NAMES_AN_AMOUNT,
    NAMES_PROTECTED,
    SCOTTISH,
)
from dpemployer.statutory.attachment_tables import COUNCIL_TAX

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from dpemployer.payroll.people import Employment

_ARRESTMENTS = frozenset({OrderKind.EARNINGS_ARRESTMENT, OrderKind.CONJOINED_DEBTS})
_MOST_FROM_ONE_COUNCIL = 2


def checked_order(
    order: AttachmentOrder, employment: Employment, others: Iterable[AttachmentOrder], today: date
) -> AttachmentOrder:
    """Return an order with what its kind does not use left out.

    Args:
        order: What was typed.
        employment: Whose pay it takes from.
        others: The other orders of the same employment.
        today: Today: an order made later than this was mistyped.

    Raises:
        EntryError: If something its letter says is missing, or cannot be.
        RefusedError: If an order like it is in force, and only one may be.
    """
    order = replace(order, issuer=order.issuer.strip(), reference=order.reference.strip())
    if not order.issuer:
        raise _missing(
            _("Who made the order is missing."),
            _("What is taken from pay is owed to them."),
        )
    order = _only_what_it_uses(order)
    _check_amounts(order)
    _check_days(order, employment, today)
    if order.amounts_per is not AmountsPer.PAYDAY:
        payments_in(order.amounts_per, employment.frequency)
    if order.charge and order.charge_told_on is None:
        raise EntryError(
            what=_("The day they were told of the charge is missing."),
            why=_("The employer may keep £1.00 only when the person has been told in writing."),
            next_step=_("Give them the notice first, or do not keep the charge."),
        )
    _refuse_second(order, [other for other in others if other.id != order.id])
    return order


def order_findings(orders: Sequence[AttachmentOrder], nation: Nation | None) -> tuple[Finding, ...]:
    """Say what there is to look at in the orders in force.

    Args:
        orders: The orders in force on a day.
        nation: The nation of the employer's law, where it is known.
    """
    found: list[Finding] = []
    for kind in dict.fromkeys(order.kind for order in orders):
        same = [order for order in orders if order.kind is kind]
        if len(same) > 1:
            found.append(
                Finding(
                    Severity.WARNING,
                    "orders_of_one_kind",
                    _(ORDER_NAMES[kind]),
                    _(
                        "There are {count} orders of this kind. They are met one after the other, "
                        "the older first. Check that each letter is about another debt."
                    ).format(count=len(same)),
                )
            )
    for order in orders:
        scottish = order.kind in SCOTTISH
        elsewhere = nation is not None and scottish != (nation is Nation.SCOTLAND)
        everywhere = order.kind is OrderKind.DEO or order.kind.startswith("dea")
        if elsewhere and not everywhere:
            found.append(
                Finding(
                    Severity.WARNING,
                    "order_of_another_nation",
                    order.issuer,
                    _(
                        "This order is made under the law of another nation than the one this job "
                        "is under. Ask {issuer} whether it binds you before you take anything."
                    ).format(issuer=order.issuer),
                )
            )
    return tuple(found)


def checked_owed_back(owed: OwedBack, employment: Employment, taken: Money = NOTHING) -> OwedBack:
    """Return an advance, loan or overpayment with its words tidied.

    Args:
        owed: What was typed.
        employment: Whose pay it is taken from.
        taken: What payslips took of it already.

    Raises:
        EntryError: If an amount or a day cannot be, or there is no agreement in writing.
    """
    owed = replace(owed, reason=owed.reason.strip())
    if owed.amount <= NOTHING or owed.instalment <= NOTHING:
        raise EntryError(
            what=_("An amount owed back, and what is taken each payday, are above nothing."),
            why=_("Something is paid back until nothing is left."),
            next_step=_("Type both amounts."),
        )
    if owed.amount < taken:
        raise EntryError(
            what=_("{taken} has been taken already, which is more than {amount}.").format(
                taken=taken, amount=owed.amount
            ),
            why=_("Payslips that are out stay as they are."),
            next_step=_("Type the whole amount that was owed, not only what is left."),
        )
    if owed.first_on < owed.day:
        raise EntryError(
            what=_("The first payday it is taken from is before it was paid."),
            why=_("Nothing is owed back before it was paid."),
            next_step=_("Put one of the two days right."),
        )
    _within(employment, owed.day)
    if owed.kind is OwedBackKind.OVERPAYMENT:
        if not owed.reason:
            raise _missing(
                _("Why too much was paid is missing."),
                _("It is said on the notice, and somebody will ask later."),
            )
        return owed
    if owed.agreed_on is None or owed.agreed_on > owed.first_on:
        raise EntryError(
            what=_("There is no agreement in writing before the first deduction."),
            why=_(
                "The law lets an employer take back an advance or a loan only as was agreed in "
                "writing beforehand."
            ),
            next_step=_("Agree it in writing, and type the day of the agreement."),
        )
    return owed


def checked_fixed(fixed: FixedDeduction, employment: Employment) -> FixedDeduction:
    """Return a fixed deduction with its words tidied.

    Raises:
        EntryError: If it says no purpose or amount, or was agreed after it began.
    """
    fixed = replace(fixed, purpose=fixed.purpose.strip(), payee=fixed.payee.strip())
    if not fixed.purpose or fixed.amount <= NOTHING:
        raise _missing(
            _("What it is for, or how much it is, is missing."),
            _("The law asks that every deduction says both."),
        )
    if fixed.agreed_on > fixed.from_day:
        raise EntryError(
            what=_("It was agreed on {agreed}, after it began on {day}.").format(
                agreed=long_date(fixed.agreed_on), day=long_date(fixed.from_day)
            ),
            why=_("A deduction is agreed in writing before it is made."),
            next_step=_("Begin it from a payday after the agreement."),
        )
    if fixed.to_day is not None and fixed.to_day < fixed.from_day:
        raise _backwards()
    _within(employment, fixed.from_day)
    return fixed


def _only_what_it_uses(order: AttachmentOrder) -> AttachmentOrder:
    """Leave out what the kind does not use, such as a rate left from another choice."""
    says_amount = order.kind in NAMES_AN_AMOUNT | BY_THE_DAY
    return replace(
        order,
        nation=order.nation if order.kind is OrderKind.CTAEO else None,
        normal=order.normal if says_amount else None,
        protected=order.protected if order.kind in NAMES_PROTECTED else None,
        amounts_per=order.amounts_per if order.kind in NAMES_AN_AMOUNT else AmountsPer.PAYDAY,
    )


def _check_amounts(order: AttachmentOrder) -> None:
    if order.kind in NAMES_AN_AMOUNT | BY_THE_DAY and not order.normal:
        raise _missing(
            _("How much the order asks for is missing."),
            _("An order of this kind names an amount."),
        )
    if order.kind in NAMES_PROTECTED and order.protected is None:
        raise EntryError(
            what=_("The order has no protected earnings rate."),
            why=_("Without it nobody can say how much of the pay must be left."),
            next_step=_(
                "Look for “protected earnings rate” in the letter. If it is not there, ask the "
                "court before you take anything."
            ),
        )
    if order.kind is OrderKind.CTAEO and order.nation not in COUNCIL_TAX:
        raise EntryError(
            what=_("The nation of the council is missing, or has no such orders."),
            why=_(
                "England and Wales have a table each. A Scottish council uses an earnings "
                "arrestment, and there is no council tax in Northern Ireland."
            ),
            next_step=_("Choose England or Wales, or look again at what the letter is called."),
        )
    below = [one for one in (order.normal, order.protected, order.shortfall, order.total) if one]
    if any(one < NOTHING for one in below) or order.total == NOTHING:
        raise EntryError(
            what=_("An amount in an order is above nothing."),
            why=_("It says what to take, what to leave, or what is still to be paid."),
            next_step=_("Copy it from the letter, or leave it empty where the letter has none."),
        )


def _check_days(order: AttachmentOrder, employment: Employment, today: date) -> None:
    if order.made_on > today or order.from_day < order.made_on:
        raise EntryError(
            what=_("The days of the order are not in order."),
            why=_("An order is made, then it comes, and only then is anything taken."),
            next_step=_("Copy the day it was made from the letter, and type the day it came."),
        )
    if order.to_day is not None and order.to_day < order.from_day:
        raise _backwards()
    if order.pay_by_day is not None and not 1 <= order.pay_by_day <= 31:
        raise EntryError(
            what=_("{day} is not a day of the month.").format(day=order.pay_by_day),
            why=_("It is the day of the next month the money has to be there."),
            next_step=_("Type a number from 1 to 31, or leave it empty."),
        )
    _within(employment, order.from_day)


def _within(employment: Employment, day: date) -> None:
    left = employment.left_on
    if day < employment.started_on or (left is not None and day > left):
        raise EntryError(
            what=_("{day} is outside this job.").format(day=long_date(day)),
            why=_("Something can be taken from the pay of a job only while it lasts."),
            next_step=_("Check the day, and the first and last day of the job."),
        )


def _refuse_second(order: AttachmentOrder, others: Sequence[AttachmentOrder]) -> None:
    """Refuse a second order where the law allows one, and one typed in twice."""
    beside = [other for other in others if _overlap(order, other)]
    twice = [
        other
        for other in beside
        if (other.kind, other.issuer.casefold(), other.reference.casefold(), other.made_on)
        == (order.kind, order.issuer.casefold(), order.reference.casefold(), order.made_on)
    ]
    if twice:
        raise RefusedError(
            what=_("This order is here already."),
            why=_("It has the same kind, maker, reference and day as another one."),
            next_step=_("Change that one, or check the reference in the letter."),
        )
    if order.kind in SCOTTISH and any(_one_at_a_time(order, other) for other in beside):
        raise RefusedError(
            what=_("There is an arrestment of this kind already."),
            why=_("Only one is met at a time. Several are joined into one by the sheriff court."),
            next_step=_(
                "Write to whoever sent this one that another is in force. When a conjoined "
                "arrestment order comes, stop the old ones and add it."
            ),
        )
    same_council = [
        other
        for other in beside
        if other.kind is OrderKind.CTAEO and other.issuer.casefold() == order.issuer.casefold()
    ]
    if order.kind is OrderKind.CTAEO and len(same_council) >= _MOST_FROM_ONE_COUNCIL:
        raise RefusedError(
            what=_("There are two orders of this council already."),
            why=_("A council may have two council tax orders in force for one person, no more."),
            next_step=_("Send this one back, and say so."),
        )


def _one_at_a_time(one: AttachmentOrder, other: AttachmentOrder) -> bool:
    """Whether two Scottish orders may not stand beside each other.

    An earnings arrestment and a current maintenance arrestment may; nothing beside an order for
    both may.
    """
    if other.kind not in SCOTTISH:
        return False
    if OrderKind.CONJOINED_BOTH in {one.kind, other.kind}:
        return True
    return (one.kind in _ARRESTMENTS) == (other.kind in _ARRESTMENTS)


def _overlap(one: AttachmentOrder, other: AttachmentOrder) -> bool:
    return (one.to_day is None or other.from_day <= one.to_day) and (
        other.to_day is None or one.from_day <= other.to_day
    )


def _missing(what: str, why: str) -> EntryError:
    return EntryError(what=what, why=why, next_step=_("Copy it from the letter or agreement."))


def _backwards() -> EntryError:
    return EntryError(
        what=_("The last day is before the first."),
        why=_("Something begins before it ends."),
        next_step=_("Put one of the two days right."),
    )
