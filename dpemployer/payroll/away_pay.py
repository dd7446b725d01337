"""What time away from work adds to a payslip: sick pay and family pay for the right days.

A payslip pays the days of its own pay period, and days of earlier periods that were paid already
without them, because they became known later. A day that has been paid is not paid again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from dpemployer.errors import RatesUnknownError
from dpemployer.findings import Finding, Severity
from dpemployer.i18n import N_, _, long_date, ngettext
from dpemployer.money import NOTHING, Money
from dpemployer.payroll import away_findings
from dpemployer.payroll.pay_elements import Element, Elements
from dpemployer.payroll.payslip import PayslipLine
from dpemployer.payroll.people import PayType
from dpemployer.statutory.average_earnings import (
    UP,
    Average,
    average_by_contract,
    average_over,
    look_back,
)
from dpemployer.statutory.family_pay import (
    Entitlement,
    FamilyPay,
    PayWeek,
    earnings_week,
    entitlement,
    most_weeks,
    paid_between,
    pay_weeks,
    without_worked,
)
from dpemployer.statutory.family_pay import payment_steps as family_steps
from dpemployer.statutory.sick_pay import (
    Series,
    SickDay,
    SickFacts,
    amount,
    links,
    sick_pay,
    weekly_rate,
)
from dpemployer.statutory.sick_pay_steps import payment_steps, used_step
from dpemployer.workings import Rule, Step

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dpemployer.payroll.away import Away, FamilyLeave, Sickness
    from dpemployer.payroll.draft_pay import DraftPay
    from dpemployer.payroll.payday import PayRun
    from dpemployer.payroll.people import Employment
    from dpemployer.statutory.rates import RateBook

_ONE_DAY = timedelta(days=1)

NAMES = {
    PayType.SSP: N_("Statutory Sick Pay"),
    PayType.SMP: N_("Statutory Maternity Pay"),
    PayType.SAP: N_("Statutory Adoption Pay"),
    PayType.SPP: N_("Statutory Paternity Pay"),
    PayType.SHPP: N_("Statutory Shared Parental Pay"),
    PayType.SPBP: N_("Statutory Parental Bereavement Pay"),
    PayType.SNCP: N_("Statutory Neonatal Care Pay"),
}


class PayNotKnownError(Exception):
    """The pay of a payday that counts for an average is in nobody's book."""

    def __init__(self, paydays: tuple[date, ...]) -> None:
        super().__init__(paydays)
        self.paydays = paydays
        """Which paydays; none where not even a usual week's pay has been said."""


@dataclass(frozen=True, slots=True)
class LeaveWorked:
    """What one family leave comes to: who is entitled, on what average, for which weeks."""

    average: Average
    entitlement: Entitlement
    weeks: tuple[PayWeek, ...]


def statutory_pay(run: PayRun, draft: DraftPay, _worked: Elements, rates: RateBook) -> Elements:
    """Return the lines of statutory pay one person is due on one payday."""
    away, employment = draft.away, draft.employment
    if not away:
        return Elements((), ())
    days = payable_days(away, run.first_day, run.last_day)
    findings = list(away_findings.about_days(away, employment, draft.assistant, run))
    elements = []
    try:
        series = sick_series(away, employment, rates, run.last_day, min(days))
        line = _sick_line(series, away, employment, days, rates)
        elements += line
        findings += away_findings.about_series(series, away, draft.assistant, run)
        if line and any(_has_part_of_a_penny(one, rates) for one in series):
            findings += rates.on(run.first_day).unconfirmed(("ssp.unsettled",))
    except PayNotKnownError as unknown:
        findings.append(_missing_pay(PayType.SSP, unknown, draft))
    except RatesUnknownError as unknown:
        findings.append(_unknown_rate(PayType.SSP, unknown, draft))
    for leave in _begun(away, run.last_day):
        try:
            worked = leave_worked(leave, away, employment, rates)
            elements += _leave_line(leave, worked, away, days, rates)
        except PayNotKnownError as unknown:
            findings.append(_missing_pay(PayType(leave.kind.value), unknown, draft))
            continue
        except RatesUnknownError as unknown:
            findings.append(_unknown_rate(PayType(leave.kind.value), unknown, draft))
            continue
        findings += away_findings.about_leave(leave, worked.entitlement, away, draft, run)
        if any(each in away.worked for week in worked.weeks for each in _days_of(week)):
            known = rates.on(run.first_day)
            findings += known.unconfirmed(("parental.windows",), leave.kind.value)
    return Elements(tuple(elements), tuple(findings))


def _begun(away: Away, last_day: date) -> Iterable[FamilyLeave]:
    """Return the leaves with a first day by the end of a pay period."""
    for leave in away.leaves:
        if any(block.first_day <= last_day for block in away.blocks_of(leave.id)):
            yield leave


def payable_days(away: Away, first_day: date, last_day: date) -> frozenset[date]:
    """Return the days a payslip may pay: its own, and those of earlier periods that were paid."""
    found = set(_every_day(first_day, last_day))
    for first, last in away.covered:
        if first < first_day:
            found.update(_every_day(first, min(last, first_day - _ONE_DAY)))
    return frozenset(found)


def average_before(
    away: Away,
    employment: Employment,
    on_or_before: date,
    usual_week: Money | None,
    pay_rise: Money = NOTHING,
) -> Average:
    """Return average weekly earnings over the paydays up to a day.

    Raises:
        PayNotKnownError: If the pay of one of them is not known.
    """
    weeks = look_back(away.paydays, on_or_before, employment.started_on)
    if weeks is None:
        if usual_week is None:
            raise PayNotKnownError(())
        return average_by_contract(usual_week)
    if weeks.missing:
        raise PayNotKnownError(weeks.missing)
    return average_over(weeks, employment.frequency, pay_rise)


# ── sick pay ──


def sick_series(
    away: Away, employment: Employment, rates: RateBook, through: date, since: date
) -> tuple[Series, ...]:
    """Judge the sickness that matters from a day on, with all that links to it.

    Raises:
        PayNotKnownError: If the average before one of the series cannot be worked out.
    """
    if not away.sicknesses:
        return ()
    by_day = {sickness.first_day: sickness for sickness in away.sicknesses}

    def average(first_day: date) -> Fraction:
        return _sick_average(away, employment, by_day, first_day).exact

    return sick_pay(
        [each.through(through) for each in _linked_since(away.sicknesses, through, since, rates)],
        SickFacts(
            qualifying_days=away.qualifying_days,
            average=average,
            started_on=employment.started_on,
            left_on=employment.left_on,
            worked=away.worked,
            family_pay=maternity_periods(away, rates),
        ),
        rates,
        through,
    )


def maternity_periods(away: Away, rates: RateBook) -> tuple[tuple[date, date], ...]:
    """Return the first and last days in which maternity pay shuts out sick pay."""
    found = []
    for leave in away.leaves:
        if leave.kind is FamilyPay.SMP:
            weeks = _planned_weeks(leave, away, rates)
            found += [(weeks[0].first_day, weeks[-1].last_day)] if weeks else []
    return tuple(found)


def _linked_since(
    sicknesses: Iterable[Sickness], through: date, since: date, rates: RateBook
) -> list[Sickness]:
    """Leave out sickness that was over before *since* and links to nothing after it."""
    kept: list[Sickness] = []
    for sickness in sorted(sicknesses, key=lambda each: each.first_day, reverse=True):
        last = sickness.through(through).last_day
        linked = kept and links(last, kept[-1].first_day, rates.on(min(since, rates.last_day)))
        if last >= since or linked:
            kept.append(sickness)
    return kept


def _sick_average(
    away: Away, employment: Employment, by_day: dict[date, Sickness], first_day: date
) -> Average:
    sickness = by_day.get(first_day)
    usual_week = None if sickness is None else sickness.usual_week
    return average_before(away, employment, first_day - _ONE_DAY, usual_week)


def _sick_line(
    series: Iterable[Series],
    away: Away,
    employment: Employment,
    days: frozenset[date],
    rates: RateBook,
) -> list[Element]:
    """Make the line of sick pay: each series explained, all of them on one line."""
    already = away.paid_days(PayType.SSP)
    by_day = {sickness.first_day: sickness for sickness in away.sicknesses}
    steps: list[Step] = []
    paid: list[SickDay] = []
    total = NOTHING
    for one in series:
        now = [day for day in one.days if day.day in days and day.day not in already]
        if any(day.not_paid is None for day in now):
            steps += _sick_average(away, employment, by_day, one.first_day).workings
            steps += payment_steps(one.average, now, rates)
            steps.append(_used(one, now, rates))
            paid += [day for day in now if day.not_paid is None]
            total += amount(now)
    if not paid:
        return []
    return [_line(PayType.SSP, total, [day.day for day in paid], tuple(steps))]


def _has_part_of_a_penny(series: Series, rates: RateBook) -> bool:
    """Whether it matters that a week of sick pay goes up to the penny before it is shared."""
    exact = weekly_rate(series.average, rates.on(series.days[-1].day))
    return (exact * 100).denominator > 1


def _used(series: Series, now: list[SickDay], rates: RateBook) -> Step:
    last = now[-1].day
    weeks = sum((day.share for day in series.days if day.day <= last), Fraction(0))
    return used_step(weeks, rates.on(last)["ssp.limits"].whole("maximum_weeks"))


# ── family pay ──


def leave_worked(
    leave: FamilyLeave, away: Away, employment: Employment, rates: RateBook
) -> LeaveWorked:
    """Work out who is entitled to what in one leave.

    Raises:
        PayNotKnownError: If its average cannot be worked out.
        EntryError: If a day it hangs on is missing.
        RatesUnknownError: If the rates of the week that counts are not known yet.
    """
    paid_to = earnings_week(leave.event)[1]
    average = average_before(away, employment, paid_to, leave.usual_week, leave.pay_rise)
    decided = entitlement(
        leave.event,
        average.exact,
        started_on=employment.started_on,
        left_on=employment.left_on,
        nation=away.nation,
        rates=rates,
        partner_qualifies=leave.partner_qualifies,
        care_days=leave.care_days,
    )
    planned = _planned_weeks(leave, away, rates)
    weeks = without_worked(leave.kind, planned, away.worked, rates)
    return LeaveWorked(average, decided, weeks)


def _planned_weeks(leave: FamilyLeave, away: Away, rates: RateBook) -> tuple[PayWeek, ...]:
    blocks = [(block.first_day, block.weeks) for block in away.blocks_of(leave.id)]
    if not blocks:
        return ()
    first = min(first for first, _weeks in blocks)
    return pay_weeks(blocks, most_weeks(leave.kind, rates.on(min(first, rates.last_day))))


def _leave_line(
    leave: FamilyLeave, worked: LeaveWorked, away: Away, days: frozenset[date], rates: RateBook
) -> list[Element]:
    if not worked.entitlement.entitled:
        return []
    kind = PayType(leave.kind.value)
    already = away.paid_days(kind, leave.id)
    due = sorted(
        day
        for week in worked.weeks
        if week.paid
        for day in _every_day(week.first_day, week.last_day)
        if day in days and day not in already
    )
    parts = [
        part
        for first, last in _runs(due)
        for part in paid_between(leave.kind, worked.average.exact, worked.weeks, first, last, rates)
    ]
    total = Money.total(part.amount for part in parts)
    if not total:
        return []
    steps = (
        *worked.average.workings,
        *worked.entitlement.workings,
        *family_steps(leave.kind, worked.average.exact, parts, rates),
    )
    return [_line(kind, total, due, steps, leave.id)]


# ── lines ──


def _line(
    kind: PayType, total: Money, days: list[date], steps: tuple[Step, ...], about: int = 0
) -> Element:
    payment = _(NAMES[kind])
    count = ngettext("{count} day", "{count} days", len(days)).format(count=len(days))
    label = _("{payment} ({days})").format(payment=payment, days=count)
    return Element(
        line=PayslipLine(kind, label, total),
        step=Step(_LINE, (payment, count), total),
        days=tuple((day, 0, 1) for day in days),
        basic_pay=Decimal(total.pence) / 100,
        explained=steps,
        about=about,
    )


def _missing_pay(kind: PayType, unknown: PayNotKnownError, draft: DraftPay) -> Finding:
    name = _(NAMES[kind])
    if unknown.paydays:
        message = _(
            "{payment} is worked out from what was paid on {days}, and this book does not say how "
            "much that was. Finish those paydays first, or enter the pay under “Away from work”."
        ).format(payment=name, days=", ".join(long_date(day) for day in unknown.paydays))
    else:
        message = _(
            "{payment} is worked out from average pay, and nobody had been paid yet. Enter the pay "
            "agreed for a usual week under “Away from work”."
        ).format(payment=name)
    return Finding(Severity.BLOCKING, "average_pay_missing", draft.assistant.name, message)


def _unknown_rate(kind: PayType, error: RatesUnknownError, draft: DraftPay) -> Finding:
    message = _("{payment} cannot be worked out. {what} {next_step}").format(
        payment=_(NAMES[kind]), what=error.what, next_step=error.next_step
    )
    return Finding(Severity.BLOCKING, "statutory_rate_unknown", draft.assistant.name, message)


def _days_of(week: PayWeek) -> Iterable[date]:
    return _every_day(week.first_day, week.last_day)


def _every_day(first_day: date, last_day: date) -> Iterable[date]:
    return (first_day + timedelta(days=number) for number in range((last_day - first_day).days + 1))


def _runs(days: list[date]) -> Iterable[tuple[date, date]]:
    """Return days in order as first and last days of stretches without a gap."""
    first = previous = None
    for day in days:
        if previous is not None and first is not None and day != previous + _ONE_DAY:
            yield first, previous
            first = day
        first, previous = first or day, day
    if first is not None and previous is not None:
        yield first, previous


_LINE = Rule(
    "pay.line.statutory",
    N_("Statutory pay"),
    N_("{payment} for {days} comes to {result}."),
    ("payment", "days"),
    "Social Security Contributions and Benefits Act 1992, Parts XI and XII",
    rounding=UP,
)
