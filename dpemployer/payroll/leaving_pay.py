"""What the last payslip has beside the hours, and what a payslip after it is for.

Holiday not taken and notice paid instead of worked are ordinary pay; redundancy pay stands apart
from it. Holiday taken too much comes off only where that was agreed in writing, and never so
much that the pay is below the minimum wage. Source: Working Time Regulations 1998, regulation 14;
Employment Rights Act 1996, sections 13 and 86 to 89.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from dpemployer.findings import Finding, Severity
from dpemployer.i18n import N_, _, hours_and_minutes
from dpemployer.money import NOTHING, Money, Rounding
from dpemployer.payroll.holiday_payday import holiday_at_end
from dpemployer.payroll.leaving import LeavingReason, weeks_missing
from dpemployer.payroll.pay_elements import Element, Elements
from dpemployer.payroll.payslip import PayslipLine
from dpemployer.payroll.people import PayType
from dpemployer.payroll.wage_checks import wage_room
from dpemployer.statutory.notice import weeks_in_words
from dpemployer.workings import EXACT, Rule, Step

if TYPE_CHECKING:
    from dpemployer.payroll.draft_pay import DraftPay
    from dpemployer.payroll.leaving import Leaving
    from dpemployer.payroll.pay_elements import HolidayHour
    from dpemployer.payroll.payday import PayRun
    from dpemployer.statutory.rates import RateBook


def leaving_pay(run: PayRun, draft: DraftPay, worked: Elements, rates: RateBook) -> Elements:
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
        if leaving.reason is not LeavingReason.TRANSFERRED:
            # With a transfer the holiday goes on with the job.
            holiday, findings = _holiday(run, draft, leaving, worked, rates)
            found += holiday
        if leaving.weeks_in_lieu:
            found.append(notice_not_worked(leaving))
        if leaving.redundancy_pay:
            found.append(_redundancy(leaving))
        findings += _notice_findings(draft, leaving)
    return Elements(tuple(found), findings)


def _holiday(
    run: PayRun, draft: DraftPay, leaving: Leaving, worked: Elements, rates: RateBook
) -> tuple[list[Element], tuple[Finding, ...]]:
    """Pay holiday not taken; take off what was taken too much, where that was agreed."""
    found = holiday_at_end(run, draft, worked, leaving.last_day)
    minutes, hour, name = found.minutes, found.hour, draft.assistant.name
    if not minutes:
        return [], ()
    if hour is None:
        return [], (_no_rate(name),)
    if minutes > 0:
        return [holiday_not_taken(minutes, hour)], ()
    if not leaving.recover_overtaken:
        return [], (_not_agreed(name, -minutes),)
    worth, most = _worth(hour, minutes), _most(run, draft, worked, rates)
    line = _holiday_line(_("Holiday taken too much"), minutes, hour, _OVERTAKEN)
    if abs(worth) > most:
        step = Step(_OVERTAKEN_LIMITED, (hours_and_minutes(-minutes), worth, most), -most)
        limited = replace(line.line, amount=-most)
        line = replace(line, line=limited, step=step, basic_pay=-most.pounds)
        return [line], (_limited(name, abs(worth) - most),)
    return [line], ()


def holiday_not_taken(minutes: int, hour: HolidayHour) -> Element:
    """Return the line that pays holiday left at the end."""
    return _holiday_line(_("Holiday not taken"), minutes, hour, _OWED)


def notice_not_worked(leaving: Leaving) -> Element:
    """Return the line that pays notice instead of having it worked."""
    amount = Money.of(leaving.week_pay.pounds * Decimal(leaving.weeks_in_lieu), Rounding.PAY)
    step = Step(_NOTICE, (weeks_in_words(leaving.weeks_in_lieu), leaving.week_pay), amount)
    return _line(PayType.NOTICE_IN_LIEU, _("Notice not worked"), amount, step)


def _most(run: PayRun, draft: DraftPay, worked: Elements, rates: RateBook) -> Money:
    """Return how much may come off the last pay: never so much that it is below the minimum wage.

    The law does not say for certain that this deduction counts against the minimum wage; nobody is
    paid less than it here.
    """
    pay = max(worked.gross, NOTHING)
    room = wage_room(run, draft, worked, rates)
    return pay if room is None else min(pay, room)


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


def _limited(name: str, rest: Money) -> Finding:
    return Finding(
        severity=Severity.WARNING,
        code="overtaken_limited",
        subject=name,
        message=_(
            "{rest} of the holiday taken too much is not taken off, because the last pay would be "
            "below the minimum wage. Ask ACAS before you ask for it back."
        ).format(rest=rest),
        source="National Minimum Wage Regulations 2015, regulation 12",
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
    rounding=Rounding.PAY,
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
    rounding=Rounding.PAY,
)
_OVERTAKEN_LIMITED = Rule(
    "pay.line.holiday_overtaken_limited",
    N_("Holiday taken too much"),
    N_(
        "Holiday of {time} more than was earned comes to {worth}. Only {most} can come off, so "
        "that the minimum wage is left for the hours worked. So it is {result}."
    ),
    ("time", "worth", "most"),
    "Working Time Regulations 1998, regulation 14(4); National Minimum Wage Regulations 2015, "
    "regulation 12",
    rounding=EXACT,
)
_NOTICE = Rule(
    "pay.line.notice_in_lieu",
    N_("Notice not worked"),
    N_("Notice of {weeks} is paid and not worked. At {pay} a week that comes to {result}."),
    ("weeks", "pay"),
    "Employment Rights Act 1996, sections 86 to 89; Income Tax (Earnings and Pensions) Act 2003, "
    "section 402B",
    rounding=Rounding.PAY,
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
    rounding=EXACT,
)
_LATE = Rule(
    "pay.line.after_leaving",
    N_("Paid after leaving"),
    N_("{label}: {result}, paid after the last pay."),
    ("label",),
    "HMRC, CWG2: payments after an employee has left",
    rounding=EXACT,
)
