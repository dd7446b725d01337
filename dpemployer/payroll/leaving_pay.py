"""What the last payslip has beside the hours, and what a payslip after it is for.

Holiday not taken and notice paid instead of worked are ordinary pay; redundancy pay stands apart
from it. Holiday taken too much comes off only where that was agreed in writing, and never below
nothing. Source: Working Time Regulations 1998, regulation 14; Employment Rights Act 1996, sections
13 and 86 to 89.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from dpemployer.findings import Finding, Severity
from dpemployer.i18n import N_, _, hours_and_minutes
from dpemployer.money import NOTHING, Money, Rounding
from dpemployer.payroll.holiday import HolidayRow, accruing_minutes, balance, earned_in_period
from dpemployer.payroll.holiday_rates import (
    average_week,
    holiday_hour,
    week_ending,
    with_weeks,
)
from dpemployer.payroll.leaving import LeavingReason, weeks_missing
from dpemployer.payroll.pay_elements import Element, Elements, pay_by_week
from dpemployer.payroll.payslip import PayslipLine
from dpemployer.payroll.people import PayType
from dpemployer.statutory.notice import weeks_in_words
from dpemployer.workings import Rule, Step

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dpemployer.payroll.draft_pay import DraftPay
    from dpemployer.payroll.leaving import Leaving
    from dpemployer.payroll.pay_elements import HolidayHour
    from dpemployer.payroll.payday import PayRun
    from dpemployer.statutory.rates import RateBook


def leaving_pay(run: PayRun, draft: DraftPay, worked: Elements, _rates: RateBook) -> Elements:
    """Return what the end of an employment adds to one person's pay."""
    found: list[Element] = [
        _line(
            PayType.AFTER_LEAVING, late.label, late.amount, Step(_LATE, (late.label,), late.amount)
        )
        for late in draft.after_leaving
    ]
    leaving = draft.leaving
    findings: tuple[Finding, ...] = ()
    if leaving is not None and run.first_day == leaving.final_first_day:
        holiday, findings = _holiday(run, draft, leaving, worked)
        found += holiday
        if leaving.weeks_in_lieu:
            found.append(_notice(leaving))
        if leaving.redundancy_pay:
            found.append(_redundancy(leaving))
        findings += _notice_findings(draft, leaving)
    return Elements(tuple(found), findings)


def holiday_left(run: PayRun, draft: DraftPay, worked: Elements) -> int:
    """Return the minutes of holiday left at the end, this pay period included."""
    accrual = earned_in_period(
        draft.contract,
        (run.first_day, run.last_day),
        accruing_minutes(draft.contract, worked),
        draft.holiday.rows,
    )
    row = HolidayRow(
        run.last_day,
        accrual.worked_minutes,
        accrual.earned,
        worked.holiday_minutes,
        accrual.absence_minutes,
    )
    before = replace(
        draft.holiday,
        rows=(*draft.holiday.rows, row),
        average_week_minutes=average_week(draft.employment, _weeks(draft, worked), run.last_day),
    )
    return balance(draft.contract, run.last_day, before).left


def _weeks(draft: DraftPay, worked: Elements) -> Mapping[date, tuple[int, Money]]:
    return with_weeks(
        draft.paid_weeks,
        pay_by_week(worked.elements, lambda day: week_ending(draft.employment, day)),
    )


def _holiday(
    run: PayRun, draft: DraftPay, leaving: Leaving, worked: Elements
) -> tuple[list[Element], tuple[Finding, ...]]:
    """Pay holiday not taken; take off what was taken too much, where that was agreed."""
    minutes = holiday_left(run, draft, worked)
    if not minutes:
        return [], ()
    after = leaving.last_day + timedelta(days=1)
    hour = holiday_hour(
        draft.contract, draft.terms.rates, _weeks(draft, worked), leaving.last_day, after
    )
    name = draft.assistant.name
    if hour is None:
        return [], (_no_rate(name),)
    if minutes > 0:
        return [_holiday_line(_("Holiday not taken"), minutes, hour, _OWED)], ()
    if not leaving.recover_overtaken:
        return [], (_not_agreed(name, -minutes),)
    worth = _worth(hour, minutes)
    most = -min(abs(worth), max(worked.gross, NOTHING))
    line = _holiday_line(_("Holiday taken too much"), minutes, hour, _OVERTAKEN)
    if most != worth:
        step = Step(_OVERTAKEN_LIMITED, (hours_and_minutes(-minutes), worth, worked.gross), most)
        line = replace(line, line=replace(line.line, amount=most), step=step, basic_pay=most.pounds)
    return [line], ()


def _holiday_line(label: str, minutes: int, hour: HolidayHour, rule: Rule) -> Element:
    amount = _worth(hour, minutes)
    line = PayslipLine(
        pay_type=PayType.HOLIDAY_IN_LIEU,
        label=label,
        amount=amount,
        minutes=minutes,
        rate=hour.an_hour,
    )
    over = (
        _("the average of {weeks} paid weeks").format(weeks=hour.weeks)
        if hour.weeks
        else _("the usual rate")
    )
    step = Step(rule, (hours_and_minutes(abs(minutes)), hour.an_hour, over), amount)
    return Element(line, step, (), basic_pay=amount.pounds)


def _worth(hour: HolidayHour, minutes: int) -> Money:
    amount = Money.of(hour.worth(abs(minutes)), Rounding.PAY)
    return amount if minutes > 0 else -amount


def _notice(leaving: Leaving) -> Element:
    amount = Money.of(leaving.week_pay.pounds * Decimal(leaving.weeks_in_lieu), Rounding.PAY)
    step = Step(_NOTICE, (weeks_in_words(leaving.weeks_in_lieu), leaving.week_pay), amount)
    return _line(PayType.NOTICE_IN_LIEU, _("Notice not worked"), amount, step)


def _redundancy(leaving: Leaving) -> Element:
    amount = leaving.redundancy_pay
    step = Step(_REDUNDANCY, (leaving.last_day,), amount)
    return _line(PayType.REDUNDANCY, _("Redundancy pay"), amount, step)


def _line(pay_type: PayType, label: str, amount: Money, step: Step) -> Element:
    return Element(PayslipLine(pay_type=pay_type, label=label, amount=amount), step, ())


def _no_rate(name: str) -> Finding:
    return Finding(
        severity=Severity.BLOCKING,
        code="no_rate_for_holiday_left",
        subject=name,
        message=_(
            "There is holiday to settle with the last pay, and no rate of pay to settle it at. Add "
            "a rate to this person’s terms from their last day or before."
        ),
    )


def _not_agreed(name: str, over: int) -> Finding:
    return Finding(
        severity=Severity.WARNING,
        code="overtaken_not_agreed",
        subject=name,
        message=_(
            "They have taken {over} more holiday than they had earned. It may only be taken off "
            "their pay if that was agreed in writing, so nothing is taken."
        ).format(over=hours_and_minutes(over)),
        source="Working Time Regulations 1998, regulation 14(4); Employment Rights Act 1996, "
        "section 13",
    )


def _notice_findings(draft: DraftPay, leaving: Leaving) -> tuple[Finding, ...]:
    """Say when the law asks for more notice than was given or is paid."""
    missing = weeks_missing(leaving, draft.employment.started_on)
    if not missing:
        return ()
    dismissed = leaving.reason is LeavingReason.DISMISSED
    message = (
        _(
            "The law asks for {weeks} of notice more than was given or is paid. Only for gross "
            "misconduct is none due. Pay it instead, or be sure of the reason."
        )
        if dismissed
        else _("The law asks for {weeks} of notice more than was given or is paid. Pay it instead.")
    )
    return (
        Finding(
            severity=Severity.WARNING,
            code="notice_missing",
            subject=draft.assistant.name,
            message=message.format(weeks=weeks_in_words(missing)),
            source="Employment Rights Act 1996, section 86",
        ),
    )


_OWED = Rule(
    "pay.line.holiday_in_lieu",
    N_("Holiday not taken"),
    N_("Holiday of {time} is left at the end. At {rate} an hour, {basis}, that comes to {result}."),
    ("time", "rate", "basis"),
    "Working Time Regulations 1998, regulation 14",
)
_OVERTAKEN = Rule(
    "pay.line.holiday_overtaken",
    N_("Holiday taken too much"),
    N_(
        "Holiday of {time} more than was earned has been taken. It was agreed that this comes off "
        "the last pay. At {rate} an hour, {basis}, that is {result}."
    ),
    ("time", "rate", "basis"),
    "Working Time Regulations 1998, regulation 14(4)",
)
_OVERTAKEN_LIMITED = Rule(
    "pay.line.holiday_overtaken_limited",
    N_("Holiday taken too much"),
    N_(
        "Holiday of {time} more than was earned comes to {worth}. No more can come off than the "
        "pay of {pay}, so it is {result}."
    ),
    ("time", "worth", "pay"),
    "Working Time Regulations 1998, regulation 14(4)",
)
_NOTICE = Rule(
    "pay.line.notice_in_lieu",
    N_("Notice not worked"),
    N_("Notice of {weeks} is paid and not worked. At {pay} a week that comes to {result}."),
    ("weeks", "pay"),
    "Employment Rights Act 1996, sections 86 to 89; Income Tax (Earnings and Pensions) Act 2003, "
    "section 402B",
)
_REDUNDANCY = Rule(
    "pay.line.redundancy",
    N_("Redundancy pay"),
    N_(
        "The work ended on {last_day}. Redundancy pay of {result} is paid, free of tax and "
        "National Insurance. The redundancy statement says how it was worked out."
    ),
    ("last_day",),
    "Employment Rights Act 1996, section 135; Income Tax (Earnings and Pensions) Act 2003, "
    "section 403",
)
_LATE = Rule(
    "pay.line.after_leaving",
    N_("Paid after leaving"),
    N_("{label}: {result}, paid after the last pay."),
    ("label",),
    "HMRC, CWG2: payments after an employee has left",
)
