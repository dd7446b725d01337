"""What orders to take money from pay come to on one payday.

Sources: Child Support (Collection and Enforcement) Regulations 1992; Attachment of Earnings Act
1971; Council Tax (Administration and Enforcement) Regulations 1992; Social Security (Overpayments
and Recovery) Regulations 2013; Debtors (Scotland) Act 1987, Part III. Tables: `attachment_tables`.

Net earnings are pay less Income Tax, National Insurance and the worker's pension contributions.
Orders are met one after the other, each out of what the one before left. A direct earnings
attachment alone is worked out on all net earnings, and stops where everything taken together
would leave less than 60% of them. Student loans come after every order but a debt order,
which comes last and goes into nothing that any of the others protects.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from dpemployer.bank_days import Nation
from dpemployer.errors import EntryError, NegativePayError
from dpemployer.i18n import N_, _
from dpemployer.money import NOTHING, Money, Rounding
from dpemployer.statutory.attachment_kinds import (
    BENEFIT_DEBTS,
    BY_THE_DAY,
    CARRIES_SHORTFALL,
    MAINTENANCE_ALONE,
    NAMES_AN_AMOUNT,
    SCOTTISH,
    TURN,
    OrderKind,
)
from dpemployer.statutory.attachment_tables import (
    ARRESTMENT,
    BENEFIT_DEBT,
    COUNCIL_TAX,
    PayInterval,
    arrestment,
    arrestment_protected,
    benefit_debt,
    council_tax,
)
from dpemployer.workings import EXACT, Rule, Step, dated

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dpemployer.statutory.rates import Rates

_MAINTENANCE = "attachment.deo"
_COURT = "attachment.aeo_court"


@dataclass(frozen=True, slots=True)
class Order:
    """One order as it stands on a payday. What its kind does not use is absent.

    `normal` and `protected` are for the whole payment; for an order by the day `normal` is for
    one day, and `days` says how many. `nation` is that of the council. `left_to_pay` is the most
    still to be taken, where the order has an end.
    """

    kind: OrderKind
    made_on: date
    nation: Nation | None = None
    normal: Money | None = None
    protected: Money | None = None
    brought_forward: Money = NOTHING
    left_to_pay: Money | None = None
    days: int = 0
    charge: bool = False
    """Whether the employer takes the administration charge."""
    id: int = 0
    """What whoever asks knows it by."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one order takes on one payday."""

    order: Order
    amount: Money
    """For whoever made the order."""
    protected: Money
    """What the order must leave; nothing where it goes by a table of percentages alone."""
    short: Money
    """What it asked for and could not have."""
    charge: Money
    """For the employer, beside the amount."""
    steps: tuple[Step, ...] = field(repr=False)
    carried_forward: Money = NOTHING
    """The part of `short` that is added on the next payday."""


@dataclass(frozen=True, slots=True)
class AllTaken:
    """What every order takes on one payday, in their turn, and what that leaves for loans."""

    taken: tuple[Taken, ...]
    loans: Money
    """What may be taken for student loans, in whole pounds where it is not all of it."""

    @property
    def total(self) -> Money:
        """Everything taken for orders, charges included."""
        return Money.total(each.amount + each.charge for each in self.taken)


def take(
    order: Order, net: Money, interval: PayInterval, rates: Rates, before: Money = NOTHING
) -> Taken:
    """Work out what one order takes; its charge is settled by `take_all`.

    Args:
        order: The order.
        net: Net earnings of the payment.
        interval: How much time the payment is for.
        rates: What is in force on the payday: a new table counts for old orders too.
        before: What has been taken out of the same earnings before it.

    Raises:
        NegativePayError: If `net` is below zero.
        EntryError: If the order does not say what its kind needs, or cannot be.
        RatesUnknownError: If its table is not known for the payday.
    """
    if net.pence < 0:
        raise NegativePayError(net)
    left = net.above(before)
    taken = _taken(order, net, left, interval, rates)
    steps, carried = taken.steps, NOTHING
    if taken.short and carries(order.kind, rates):
        carried = taken.short
        steps = (*steps, Step(_CARRIED, (taken.amount + carried, taken.amount), carried))
    since = rates.since(rates_used(order))
    return replace(taken, steps=dated(steps, since), carried_forward=carried)


def _taken(order: Order, net: Money, left: Money, interval: PayInterval, rates: Rates) -> Taken:
    if order.kind in NAMES_AN_AMOUNT:
        return _stated(order, net, left, rates)
    if order.kind in SCOTTISH:
        protected, steps = _scottish(order, left, interval, rates)
        asked = Money.total(_amount(step) for step in steps)
        return _settled(order, asked, left, protected, steps)
    if order.kind is OrderKind.CTAEO:
        step = council_tax(left, interval, order.nation, rates)
        return _settled(order, _amount(step), left, NOTHING, [step])
    higher = order.kind is OrderKind.DEA_HIGHER
    step = benefit_debt(net, interval, rates, higher=higher)
    protected = _share(net, rates, BENEFIT_DEBT)
    return _settled(order, _amount(step), left, protected, [step])


def take_all(
    orders: Iterable[Order],
    net: Money,
    interval: PayInterval,
    rates: Rates,
    *,
    loans_due: Money = NOTHING,
    charge_room: Money | None = None,
) -> AllTaken:
    """Work out what every order takes, each in its turn.

    Args:
        orders: The orders in force.
        net: Net earnings, before student loans.
        interval: How much time the payment is for.
        rates: What is in force on the payday.
        loans_due: What student and postgraduate loans would come to. They come after every order
            but a debt order, and what an order protects must be left by them too.
        charge_room: How far the employer's own charges may lower the pay before it is less than
            the minimum wage; None where there is no such limit.

    Raises:
        As `take`.
    """
    in_turn = sorted(orders, key=lambda order: (TURN[order.kind], order.made_on))
    first = [order for order in in_turn if order.kind is not OrderKind.AEO_NON_PRIORITY]
    found: list[Taken] = []
    before = NOTHING
    for order in first:
        found.append(take(order, net, interval, rates, before))
        before += found[-1].amount
    loans = _loans(loans_due, net.above(before), found)
    before += loans
    floor = max((each.protected for each in found), default=NOTHING)
    for order in in_turn[len(first) :]:
        found.append(take(_not_below(order, floor), net, interval, rates, before))
        before += found[-1].amount
    return AllTaken(tuple(_charged(found, net.above(before), charge_room, rates)), loans)


def carries(kind: OrderKind, rates: Rates) -> bool:
    """Whether what an order could not have is added on the next payday.

    That it is not, for a debt order and for a benefit debt, is the careful reading of what could
    not be checked.
    """
    if kind is OrderKind.AEO_NON_PRIORITY:
        return rates[_COURT].yes("debt_shortfall_carried")
    if kind in BENEFIT_DEBTS:
        return rates[BENEFIT_DEBT].yes("shortfall_carried")
    return kind in CARRIES_SHORTFALL


def rates_used(order: Order) -> str:
    """Return the name of the table an order is worked out with, as the rate book has it."""
    if order.kind is OrderKind.CTAEO and order.nation in COUNCIL_TAX:
        return COUNCIL_TAX[order.nation]
    if order.kind in SCOTTISH:
        return ARRESTMENT
    if order.kind in BENEFIT_DEBTS:
        return BENEFIT_DEBT
    return _MAINTENANCE if order.kind is OrderKind.DEO else _COURT


def _stated(order: Order, net: Money, left: Money, rates: Rates) -> Taken:
    """Take what the order names, as far as what is protected allows."""
    if order.normal is None:
        raise EntryError(
            what=_("The order does not say how much to take."),
            why=_("An order of this kind names an amount for each payday."),
            next_step=_("Copy it from the letter, or ask whoever made the order."),
        )
    if order.kind is OrderKind.DEO:
        protected = _share(left, rates, _MAINTENANCE)
        percent = rates[_MAINTENANCE].rate("protected_share") * 100
        step = Step(_PROTECTED_SHARE, (percent, left), protected)
    elif order.kind is OrderKind.DEA_FIXED:
        protected = _share(net, rates, BENEFIT_DEBT)
        percent = rates[BENEFIT_DEBT].rate("protected_share") * 100
        step = Step(_PROTECTED_SHARE, (percent, net), protected)
    elif order.protected is None:
        raise EntryError(
            what=_("The order has no protected earnings rate."),
            why=_("Without it nobody can say how much of the pay must be left."),
            next_step=_("Copy it from the letter, or ask the court that made the order."),
        )
    else:
        protected = order.protected
        step = Step(_PROTECTED_SUM, (), protected)
    asked = order.normal + order.brought_forward
    if order.brought_forward:
        said = (order.normal, order.brought_forward)
        return _settled(order, asked, left, protected, [step, Step(_WITH_ARREARS, said, asked)])
    return _settled(order, asked, left, protected, [step, Step(_ASKED, (), asked)])


def _scottish(
    order: Order, left: Money, interval: PayInterval, rates: Rates
) -> tuple[Money, list[Step]]:
    """Return what a Scottish arrestment leaves whole, and a step for each part of it.

    The smallest sum the table takes may go a little below where the table begins.
    """
    steps: list[Step] = []
    floors: list[Money] = []
    if order.kind not in MAINTENANCE_ALONE:
        steps.append(arrestment(left, interval, rates))
        left -= _amount(steps[0])
        floors += [arrestment_protected(interval, rates), left]
    if order.kind in BY_THE_DAY:
        floors.append(_protected_by_the_day(order, rates))
        steps.append(_by_the_day(order, left, floors[-1]))
    return min(floors), steps


def _protected_by_the_day(order: Order, rates: Rates) -> Money:
    each = rates[ARRESTMENT].money_if_any("daily_protected")
    if each is None:
        raise EntryError(
            what=_("The amount protected for each day is not known for this payday."),
            why=_("It is known from 6 April 2025."),
            next_step=_("Ask whoever made the order what was protected then."),
        )
    return Money(each.pence * order.days)


def _by_the_day(order: Order, left: Money, protected: Money) -> Step:
    if order.normal is None:
        raise EntryError(
            what=_("The order does not say how much to take for each day."),
            why=_("A maintenance arrestment names an amount for each day."),
            next_step=_("Copy it from the letter, or ask whoever made the order."),
        )
    asked = Money(order.normal.pence * order.days)
    taken = min(asked, left.above(protected))
    return Step(_MAINTENANCE_ARRESTMENT, (order.days, order.normal, protected, left), taken)


def _not_below(order: Order, floor: Money) -> Order:
    """Return a debt order that leaves at least what every other order protects."""
    if order.protected is None:
        return order
    return replace(order, protected=max(order.protected, floor))


def _settled(order: Order, asked: Money, left: Money, protected: Money, steps: list[Step]) -> Taken:
    """Take no more than there is above what is protected, or than is still to pay."""
    wanted = asked if order.left_to_pay is None else min(asked, order.left_to_pay)
    if wanted < asked:
        steps.append(Step(_LAST, (asked,), wanted))
    amount = min(wanted, left.above(protected))
    short = wanted - amount
    if short:
        steps.append(Step(_LESS, (wanted, left, protected), amount))
    return Taken(order, amount, protected, short, NOTHING, tuple(steps))


def _loans(due: Money, left: Money, taken: Sequence[Taken]) -> Money:
    """Return what may be taken for loans, so that what each order protects is left."""
    room = left.above(max((each.protected for each in taken), default=NOTHING))
    return due if due <= room else Money(room.pence // 100 * 100)


def _charged(
    taken: Sequence[Taken], left: Money, room: Money | None, rates: Rates
) -> Iterable[Taken]:
    """Add the employer's charge where it may be taken.

    For child maintenance it may go into what the order protects. For every other order that is
    not known for certain, and the rates say that it does not.
    """
    spared = (one.protected for one in taken if not _charge_into_protected(one.order, rates))
    floor = max(spared, default=NOTHING)
    for each in taken:
        if not each.order.charge or not each.amount:
            yield each
            continue
        charge = _charge(rates)
        if left.above(floor) < charge:
            step = Step(_NO_CHARGE_PROTECTED, (charge,), NOTHING)
        elif room is not None and room < charge:
            step = Step(_NO_CHARGE_WAGE, (charge,), NOTHING)
        else:
            step = Step(_CHARGE, (), charge)
            left -= charge
            room = None if room is None else room - charge
        yield replace(each, charge=_amount(step), steps=(*each.steps, step))


def _charge_into_protected(order: Order, rates: Rates) -> bool:
    return rates[_MAINTENANCE if order.kind is OrderKind.DEO else _COURT].yes(
        "charge_into_protected"
    )


def _charge(rates: Rates) -> Money:
    return rates[_COURT].money("employer_charge")


def _share(net: Money, rates: Rates, parameter: str) -> Money:
    """Return the share of net earnings that is protected, half a penny going up."""
    share = Fraction(rates[parameter].rate("protected_share"))
    return Money(int(net.pence * share + Fraction(1, 2)))


def _amount(step: Step) -> Money:
    found = step.result
    if not isinstance(found, Money):
        raise TypeError(found)
    return found


# ── what each step says ──

_ORDER = "The order itself: what it asks for is printed in it"
_CARRIED_BY = (
    "GOV.UK, Make child maintenance deductions from an employee's pay; Attachment of Earnings Act "
    "1971, Schedule 3"
)
_CHARGED_BY = (
    "GOV.UK, Make child maintenance deductions from an employee's pay; Attachment of Earnings Act "
    "1971, section 7"
)
_PROTECTED_SHARE = Rule(
    "order.protected_share",
    N_("Protected earnings"),
    N_("{percent}% of net earnings of {net} is protected: {result} must be left."),
    ("percent", "net"),
    "Child Support (Collection and Enforcement) Regulations 1992, regulation 11; Social Security "
    "(Overpayments and Recovery) Regulations 2013, regulation 20",
    rounding=Rounding.PAY,
)
_PROTECTED_SUM = Rule(
    "order.protected_sum",
    N_("Protected earnings"),
    N_("The order protects {result} of each payment."),
    (),
    "Attachment of Earnings Act 1971, section 6",
    rounding=EXACT,
)
_ASKED = Rule(
    "order.asked",
    N_("What the order asks for"),
    N_("The order asks for {result} on this payday."),
    (),
    _ORDER,
    rounding=EXACT,
)
_WITH_ARREARS = Rule(
    "order.asked_with_arrears",
    N_("What the order asks for"),
    N_(
        "The order asks for {normal} on this payday. {arrears} could not be taken before and is "
        "added. Together that is {result}."
    ),
    ("normal", "arrears"),
    _ORDER,
    rounding=EXACT,
)
_MAINTENANCE_ARRESTMENT = Rule(
    "order.maintenance_arrestment",
    N_("Maintenance arrestment"),
    N_(
        "The order asks for {daily} for each of {days} days. {protected} of {net} must be left "
        "for those days. So {result} is taken."
    ),
    ("days", "daily", "protected", "net"),
    "Debtors (Scotland) Act 1987, sections 53 and 63",
    rounding=EXACT,
)
_LAST = Rule(
    "order.last",
    N_("The last of what is owed"),
    N_("That would be {asked}, but only {result} is still to be paid under this order."),
    ("asked",),
    _ORDER,
    rounding=EXACT,
)
_LESS = Rule(
    "order.less",
    N_("Taken under the order"),
    N_(
        "{wanted} should be taken. There is {left} to take it from, and {protected} must be "
        "left, so {result} is taken."
    ),
    ("wanted", "left", "protected"),
    _ORDER,
    rounding=EXACT,
)
_CARRIED = Rule(
    "order.carried",
    N_("Carried to the next payday"),
    N_("{wanted} should have been taken and {amount} was. {result} is added on the next payday."),
    ("wanted", "amount"),
    _CARRIED_BY,
    rounding=EXACT,
)
_CHARGE = Rule(
    "order.charge",
    N_("The employer’s charge"),
    N_("The employer keeps {result} for each deduction under the order."),
    (),
    _CHARGED_BY,
    rounding=EXACT,
)
_NO_CHARGE_PROTECTED = Rule(
    "order.no_charge_protected",
    N_("The employer’s charge"),
    N_(
        "The employer may keep {charge} for each deduction, but not out of protected earnings. "
        "So {result} is kept."
    ),
    ("charge",),
    _CHARGED_BY,
    rounding=EXACT,
)
_NO_CHARGE_WAGE = Rule(
    "order.no_charge_wage",
    N_("The employer’s charge"),
    N_(
        "The employer may keep {charge} for each deduction, but not where that leaves less than "
        "the minimum wage. So {result} is kept."
    ),
    ("charge",),
    "National Minimum Wage Regulations 2015, regulation 12",
    rounding=EXACT,
)
