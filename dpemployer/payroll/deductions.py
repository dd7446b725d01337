"""What is taken from net pay: by order, by agreement, or to put an overpayment right.

Tax, National Insurance and pensions come first; `work_out.py` takes those. Then orders, each in
its turn, with student loans where the law puts them (`statutory/attachment_orders.py`). What was
agreed comes last: fixed deductions, then instalments of money owed back, and neither goes into
what an order protects. A loan from the employer lowers no order, as the council tax regulations
say in so many words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dpemployer.errors import EntryError
from dpemployer.findings import Finding
from dpemployer.i18n import N_, _
from dpemployer.money import NOTHING, Money
from dpemployer.payroll import deduction_findings as find
from dpemployer.payroll.deduction_terms import (
    AmountsPer,
    DeductionLine,
    OrderHeld,
    OwedBackKind,
)
from dpemployer.payroll.people import STATUTORY_PAY, PayType
from dpemployer.payroll.wage_checks import wage_room
from dpemployer.payroll.work_out import work_out
from dpemployer.periods import PayFrequency
from dpemployer.statutory.attachment_kinds import (
    BY_THE_DAY,
    OrderKind,
)
from dpemployer.statutory.attachment_orders import (
    AllTaken,
    Order,
    carries,
    take_all,
)
from dpemployer.statutory.attachment_tables import PayInterval
from dpemployer.workings import EXACT, Rule, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dpemployer.payroll.deduction_terms import DeductionsHeld, OwedBackHeld
    from dpemployer.payroll.draft_pay import DraftPay
    from dpemployer.payroll.pay_elements import Elements
    from dpemployer.payroll.payday import PayRun
    from dpemployer.payroll.payslip import PayslipInputs, PayslipResult
    from dpemployer.statutory.rates import RateBook, Rates

FAMILY_PAY = STATUTORY_PAY - {PayType.SSP}
"""Statutory pay that orders leave alone; sick pay is earnings like any other."""

ORDER_NAMES = {
    OrderKind.DEO: N_("Child maintenance order"),
    OrderKind.AEO_PRIORITY: N_("Attachment of earnings order, maintenance or fine"),
    OrderKind.AEO_NON_PRIORITY: N_("Attachment of earnings order, debt"),
    OrderKind.CTAEO: N_("Council tax order"),
    OrderKind.DEA_STANDARD: N_("Direct earnings attachment"),
    OrderKind.DEA_HIGHER: N_("Direct earnings attachment, higher rate"),
    OrderKind.DEA_FIXED: N_("Direct earnings attachment, fixed amount"),
    OrderKind.EARNINGS_ARRESTMENT: N_("Earnings arrestment"),
    OrderKind.CURRENT_MAINTENANCE: N_("Current maintenance arrestment"),
    OrderKind.CONJOINED_DEBTS: N_("Conjoined arrestment, debts"),
    OrderKind.CONJOINED_MAINTENANCE: N_("Conjoined arrestment, maintenance"),
    OrderKind.CONJOINED_BOTH: N_("Conjoined arrestment, debts and maintenance"),
}
OWED_BACK_NAMES = {
    OwedBackKind.ADVANCE: N_("Advance of pay paid back"),
    OwedBackKind.LOAN: N_("Loan paid back"),
    OwedBackKind.OVERPAYMENT: N_("Overpayment paid back"),
}


@dataclass(frozen=True, slots=True)
class Deductions:
    """What is taken from one person's net pay on one payday, each with its purpose."""

    lines: tuple[tuple[str, Money], ...] = ()
    for_employer: Money = NOTHING
    """Of them, for the employer's own use or benefit: it lowers what the minimum wage counts."""
    steps: tuple[Step, ...] = ()
    findings: tuple[Finding, ...] = ()
    kept: tuple[DeductionLine, ...] = ()
    """What to store with the payslip."""
    loan_room: Money | None = None
    """The most that may be taken for student loans; None where no order limits it."""


def deductions(
    run: PayRun,
    draft: DraftPay,
    elements: Elements,
    inputs: PayslipInputs,
    rates: RateBook,
) -> Deductions:
    """Return what is taken from one person's net pay.

    Args:
        run: The payday.
        draft: The person, and what may be taken from their pay.
        elements: Their lines of pay.
        inputs: Everything the engine needs to work out the net pay before these deductions.
        rates: The rate book.

    Raises:
        EntryError: If an order cannot be worked out as it was typed.
    """
    held = draft.deductions.on(run.pay_date)
    if not held:
        return Deductions(inputs.other_deductions)
    room = wage_room(run, draft, elements, rates)
    if room is not None:
        needed = Money.total(one.amount for one in held.fixed if one.needed_for_job)
        room = room.above(needed)
    return _Taking(run, draft, room).everything(held, elements, inputs, rates)


class _Taking:
    """Taking one thing after the other from one person's net pay."""

    def __init__(self, run: PayRun, draft: DraftPay, room: Money | None) -> None:
        self._run = run
        self._draft = draft
        self._name = draft.assistant.name
        self._room = room
        self._lines: list[tuple[str, Money]] = []
        self._steps: list[Step] = []
        self._findings: list[Finding] = []
        self._kept: list[DeductionLine] = []
        self._for_employer = NOTHING

    def everything(
        self, held: DeductionsHeld, elements: Elements, inputs: PayslipInputs, rates: RateBook
    ) -> Deductions:
        """Take orders, then fixed deductions, then what is owed back."""
        result = work_out(inputs, rates)
        back = inputs.pension_given_back
        pension = result.employee_pension + (NOTHING if back is None else back.employee)
        taken_first = result.tax + result.employee_ni + pension
        net = (result.pay - taken_first).above(NOTHING)
        loans = result.student_loan + result.postgraduate_loan
        loan_room = None
        floor = NOTHING
        if held.orders:
            family = Money.total(
                line.amount for line in elements.lines if line.pay_type in FAMILY_PAY
            )
            earned = net.above(family)
            self._steps.append(_net_earnings(result, pension, family, earned))
            outcome = self._orders(held.orders, earned, family, loans, rates)
            if outcome.loans < loans:
                loans = loan_room = outcome.loans
                self._findings.append(find.loan_gives_way(self._name, loans))
            net -= outcome.total
            floor = max(one.protected for one in outcome.taken)
        left = net.above(loans).above(floor)
        for fixed in held.fixed:
            left -= self._agreed(
                left,
                wanted=fixed.amount,
                purpose=fixed.purpose,
                line={"fixed_id": fixed.id},
                for_employer=fixed.needed_for_job,
            )
        for owed in held.owed_back:
            left -= self._owed_back(owed, left)
        return Deductions(
            lines=tuple(self._lines),
            steps=tuple(self._steps),
            findings=tuple(self._findings),
            kept=tuple(self._kept),
            loan_room=loan_room,
            for_employer=self._for_employer,
        )

    def _orders(
        self,
        orders: Sequence[OrderHeld],
        earned: Money,
        family: Money,
        loans: Money,
        rates: RateBook,
    ) -> AllTaken:
        """Meet every order in its turn, and say of each what is stored and what to look at."""
        today = rates.on(self._run.pay_date)
        of_order = {held.order.id: held.order for held in orders}
        outcome = take_all(
            [order_on(held, self._run) for held in orders],
            earned,
            PayInterval.of(self._run.frequency),
            today,
            loans_due=loans,
            charge_room=self._room,
        )
        for taken in outcome.taken:
            order = of_order[taken.order.id]
            name = _("{order}, {issuer}").format(
                order=_(ORDER_NAMES[order.kind]), issuer=order.issuer
            )
            self._steps += taken.steps
            self._steps.append(Step(_BY_ORDER, (name,), taken.amount))
            carried = taken.carried_forward - taken.order.brought_forward
            self._take(name, taken.amount)
            self._take(_("Employer’s charge: {order}").format(order=name), taken.charge)
            self._for_employer += taken.charge
            if not carries(order.kind, today):
                carried = NOTHING
            self._keep(taken.amount, {"order_id": order.id}, charge=taken.charge, carried=carried)
            self._findings += find.about_order(self._name, name, order, taken, today)
        self._findings += find.about_orders(
            self._name, [held.order for held in orders], family=family, loans=loans
        )
        return outcome

    def _owed_back(self, held: OwedBackHeld, left: Money) -> Money:
        """Take one instalment, and say when there is nothing more to come from pay."""
        owed = held.owed
        taken = self._agreed(
            left,
            wanted=min(owed.instalment, held.left),
            purpose=_(OWED_BACK_NAMES[owed.kind]),
            line={"owed_back_id": owed.id},
        )
        still = held.left - taken
        left_on = self._draft.employment.left_on
        if still and left_on is not None and left_on <= self._run.last_day:
            self._findings.append(find.still_owed_at_the_end(self._name, owed.kind, still))
        return taken

    def _agreed(
        self,
        left: Money,
        *,
        wanted: Money,
        purpose: str,
        line: dict[str, int],
        for_employer: bool = False,
    ) -> Money:
        """Take what was agreed, as far as there is pay for it."""
        taken = min(wanted, left)
        if taken < wanted:
            self._steps.append(Step(_LESS_AGREED, (purpose, wanted), taken))
            self._findings.append(find.less_than_agreed(self._name, purpose, wanted, taken))
        else:
            self._steps.append(Step(_AGREED, (purpose,), taken))
        self._take(purpose, taken)
        if for_employer:
            self._for_employer += taken
        self._keep(taken, line)
        return taken

    def _take(self, purpose: str, amount: Money) -> None:
        if amount:
            self._lines.append((purpose, amount))

    def _keep(
        self,
        amount: Money,
        line: dict[str, int],
        *,
        charge: Money = NOTHING,
        carried: Money = NOTHING,
    ) -> None:
        if amount or charge or carried:
            self._kept.append(
                DeductionLine(
                    id=0,
                    employment_id=self._draft.employment.id,
                    payslip_id=0,
                    pay_date=self._run.pay_date,
                    amount=amount,
                    charge=charge,
                    carried=carried,
                    **line,
                )
            )


def _net_earnings(result: PayslipResult, pension: Money, family: Money, earned: Money) -> Step:
    """Say what orders are worked out on; `pension` is what is taken now, nothing given back."""
    refund = NOTHING.above(result.tax)
    less = (
        (N_("Income Tax"), result.tax.above(NOTHING)),
        (N_("National Insurance"), result.employee_ni),
        (N_("for the pension"), pension),
        (N_("statutory pay that orders leave alone"), family),
    )
    if refund:
        return Step(_NET_EARNINGS_WITH_TAX_BACK, (result.pay, less, refund), earned)
    return Step(_NET_EARNINGS, (result.pay, less), earned)


def order_on(held: OrderHeld, run: PayRun) -> Order:
    """Return an order as it stands on a payday.

    Raises:
        EntryError: If its amounts are for another length of time than the pay.
    """
    order = held.order
    times = 1 if order.kind in BY_THE_DAY else payments_in(order.amounts_per, run.frequency)
    days = 0
    if order.kind in BY_THE_DAY:
        days = max(0, (run.pay_date - (held.last_on or order.from_day)).days)
    return Order(
        kind=order.kind,
        id=order.id,
        made_on=order.made_on,
        nation=order.nation,
        normal=_multiplied(order.normal, times),
        protected=_multiplied(order.protected, times),
        brought_forward=(order.shortfall + held.carried).above(NOTHING),
        left_to_pay=held.left,
        days=days,
        charge=order.charge
        and order.charge_told_on is not None
        and order.charge_told_on <= run.pay_date,
    )


def payments_in(per: AmountsPer, frequency: PayFrequency) -> int:
    """Return how many of the amounts in an order one payday is for.

    Raises:
        EntryError: If it is not a whole number of them.
    """
    if per is AmountsPer.PAYDAY or (per is AmountsPer.MONTH and frequency is PayFrequency.MONTHLY):
        return 1
    if per is AmountsPer.WEEK and frequency is not PayFrequency.MONTHLY:
        return frequency.weeks
    raise EntryError(
        what=_("The amounts in the order are for another length of time than the pay."),
        why=_(
            "An amount for a week cannot be turned into one for a month, or the other way round, "
            "to the penny."
        ),
        next_step=_(
            "Ask whoever made the order what to take on each payday, and say that the amounts are "
            "for each payday."
        ),
    )


def _multiplied(amount: Money | None, times: int) -> Money | None:
    return None if amount is None else Money(amount.pence * times)


@dataclass(frozen=True, slots=True)
class OwedToOther:
    """What was taken for somebody else, and the day of the next month it has to be there."""

    payee: str
    amount: Money
    reference: str = ""
    by_day: int | None = None


def owed_to_others(
    kept: Iterable[DeductionLine], held: DeductionsHeld, rates: Rates
) -> Iterable[OwedToOther]:
    """Say who is owed what was taken from one person's pay.

    The employer's charge, and what the employer keeps, is owed to nobody.
    """
    orders = {one.order.id: one.order for one in held.orders}
    fixed = {one.id: one for one in held.fixed}
    for line in kept:
        if line.order_id is not None and line.amount:
            order = orders[line.order_id]
            by_day = order.pay_by_day
            if by_day is None and order.kind is OrderKind.DEO:
                by_day = rates["attachment.deo"].whole("pay_over_by_day")
            yield OwedToOther(order.issuer, line.amount, order.reference, by_day)
        elif line.fixed_id is not None and fixed[line.fixed_id].payee and line.amount:
            yield OwedToOther(fixed[line.fixed_id].payee, line.amount)


def overpaid_taken(kept: Iterable[DeductionLine], held: DeductionsHeld) -> Iterable[Money]:
    """Return what was taken of overpayments that the book knows of."""
    known = {
        one.owed.id
        for one in held.owed_back
        if one.owed.kind is OwedBackKind.OVERPAYMENT and not one.owed.before_book
    }
    return [line.amount for line in kept if line.owed_back_id in known]


_NET_EARNINGS = Rule(
    "deduction.net_earnings",
    N_("Net earnings for orders"),
    N_("Pay of {pay}, less {taken}, leaves {result} for orders to be worked out on."),
    ("pay", "taken"),
    "Attachment of Earnings Act 1971, section 24 and Schedule 3",
    rounding=EXACT,
)
_NET_EARNINGS_WITH_TAX_BACK = Rule(
    "deduction.net_earnings_with_tax_back",
    N_("Net earnings for orders"),
    N_(
        "Pay of {pay}, less {taken}, plus {refund} of tax given back, comes to {result} for orders "
        "to be worked out on."
    ),
    ("pay", "taken", "refund"),
    "Attachment of Earnings Act 1971, section 24 and Schedule 3",
    rounding=EXACT,
)
_BY_ORDER = Rule(
    "deduction.order",
    N_("Taken by order"),
    N_("{order}: {result} is taken."),
    ("order",),
    "Employment Rights Act 1996, sections 8 and 13",
    rounding=EXACT,
)
_AGREED = Rule(
    "deduction.agreed",
    N_("Taken as agreed"),
    N_("{purpose}: {result} is taken, as agreed in writing."),
    ("purpose",),
    "Employment Rights Act 1996, sections 13 and 14",
    rounding=EXACT,
)
_LESS_AGREED = Rule(
    "deduction.less_agreed",
    N_("Taken as far as there is pay"),
    N_("{purpose}: {wanted} was agreed, and there is pay for {result} of it."),
    ("purpose", "wanted"),
    "Employment Rights Act 1996, sections 13 and 14",
    rounding=EXACT,
)
