"""Holiday pay paid together with the wages: a line of its own on each payslip.

Source: Working Time Regulations 1998, regulation 16A. It is not pay for minimum wage purposes.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from dpemployer.i18n import N_, _
from dpemployer.money import NOTHING, Money, Rounding
from dpemployer.payroll.holiday_payday import absent_days
from dpemployer.payroll.pay_elements import Element, Elements
from dpemployer.payroll.payslip import PayslipLine
from dpemployer.payroll.people import PayType
from dpemployer.statutory.holiday import NEW_RULES_FROM
from dpemployer.statutory.holiday_pay import rolled_up_pay, rolled_up_while_absent
from dpemployer.workings import Rule, Step

if TYPE_CHECKING:
    from datetime import date

    from dpemployer.payroll.draft_pay import DraftPay
    from dpemployer.payroll.leave_years import HolidayContract
    from dpemployer.payroll.payday import PayRun
    from dpemployer.statutory.rates import RateBook

_PART_AWAY = Rule(
    "holiday.rolled_up_part_away",
    N_("Holiday pay while away"),
    N_(
        "Away for {away} of the {days} days of this period. Of the average of {average} for one "
        "payday, that part is {result}."
    ),
    ("away", "days", "average"),
    "Working Time Regulations 1998, regulation 16A; counting part of a period by its days is this "
    "program’s answer",
    Rounding.PAY,
    NEW_RULES_FROM,
)


def rolled_up_holiday(run: PayRun, draft: DraftPay, worked: Elements, _rates: RateBook) -> Elements:
    """Return the line of holiday pay that goes with the pay for work, where that was agreed."""
    contract = draft.contract
    if not any(part.terms.rolled_up for part in contract.parts(run.first_day, run.last_day)):
        return Elements((), ())
    lines = (_for_work(contract, worked), _for_absence(run, draft))
    return Elements(tuple(line for line in lines if line is not None), ())


def _for_work(contract: HolidayContract, worked: Elements) -> Element | None:
    base = Money.total(_on_rolled_up_days(contract, line) for line in worked.elements)
    paid = rolled_up_pay(base)
    if not paid.amount:
        return None
    return _line(_("Holiday pay, with the wages"), paid.amount, paid.workings)


def _on_rolled_up_days(contract: HolidayContract, line: Element) -> Money:
    """Return the part of a line of work on days whose terms pay holiday with the wages."""
    if not line.worked or not line.line.amount:
        return NOTHING
    weights = [weight for _day, _minutes, weight in line.days]
    parts = line.line.amount.shared(weights)
    return Money.total(
        part
        for (day, _minutes, _weight), part in zip(line.days, parts, strict=True)
        if contract.on(day).rolled_up
    )


def _for_absence(run: PayRun, draft: DraftPay) -> Element | None:
    """Pay the average of the paydays before for days away sick or on family leave."""
    contract = draft.contract
    missed = [day for day in _missed(run, draft) if contract.on(day).rolled_up]
    if not missed:
        return None
    average = rolled_up_while_absent(draft.rolled_up_before)
    length = (run.last_day - run.first_day).days + 1
    exact = Fraction(average.amount.pence * len(missed), length)
    amount = Money(int(exact + Fraction(1, 2)))
    steps = average.workings
    if len(missed) < length:
        steps = (*steps, Step(_PART_AWAY, (len(missed), length, average.amount), amount))
    if not amount:
        return None
    return _line(_("Holiday pay, while away"), amount, steps)


def _missed(run: PayRun, draft: DraftPay) -> list[date]:
    left = draft.employment.left_on
    last = run.last_day if left is None else min(left, run.last_day)
    return sorted(absent_days(draft.away, run.first_day, last))


def _line(label: str, amount: Money, steps: tuple[Step, ...]) -> Element:
    line = PayslipLine(PayType.ROLLED_UP_HOLIDAY, label, amount)
    return Element(line, steps[-1], (), basic_pay=amount.pounds, explained=steps[:-1])
