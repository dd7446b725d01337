"""How one person's time away stands on a day: what is due, why, and what is left to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from dpemployer.errors import DpEmployerError, RefusedError
from dpemployer.i18n import _, long_date, ngettext
from dpemployer.money import NOTHING
from dpemployer.payroll.away import SELF_CERTIFIED_DAYS, Away, FamilyLeave, Sickness, agreed_for
from dpemployer.payroll.away_findings import FORM_BY_WEEK, WHY_NO_FAMILY_PAY
from dpemployer.payroll.away_pay import (
    NAMES,
    LeaveWorked,
    PayNotKnownError,
    average_before,
    leave_worked,
    sick_series,
)
from dpemployer.payroll.people import Employment, PayType
from dpemployer.services.away_rows import LeaveRow, MissingPay, SickRow
from dpemployer.statutory.average_earnings import decimals
from dpemployer.statutory.family_pay import (
    FamilyPay,
    earnings_week,
    paid_between,
    rate_is_known,
    weekly_amount,
)
from dpemployer.statutory.family_pay import payment_steps as family_steps
from dpemployer.statutory.rates import RateBook
from dpemployer.statutory.sick_pay import Series, SickDay, amount, week_of
from dpemployer.statutory.sick_pay_steps import WHY_NOT, payment_steps, used_step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpemployer.workings import Step

_ONE_DAY = timedelta(days=1)
_MOST_WEEKS = 28
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class AwayStanding:
    """One person's time away, looked at on a day."""

    name: str
    employment: Employment
    away: Away
    rates: RateBook
    on: date


@dataclass(frozen=True, slots=True)
class SickStanding:
    """One absence judged up to a day, in the series it belongs to."""

    series: Series
    days: tuple[SickDay, ...]
    """Of this absence alone."""


def judged(standing: AwayStanding, sickness: Sickness) -> SickStanding:
    """Judge one absence up to the day looked at.

    Raises:
        PayNotKnownError: If the average before it cannot be worked out.
        RatesUnknownError: If no rates are known for one of its days.
    """
    last = sickness.through(standing.on).last_day
    through = max(sickness.first_day, min(last, standing.on))
    every = sick_series(
        standing.away, standing.employment, standing.rates, through, sickness.first_day
    )
    series = next(one for one in every if any(day.day == sickness.first_day for day in one.days))
    days = tuple(day for day in series.days if sickness.first_day <= day.day <= through)
    return SickStanding(series, days)


def sick_row(standing: AwayStanding, sickness: Sickness) -> SickRow:
    """Say how one absence stands."""
    notes = tuple(note for note in standing.away.fit_notes if note.sickness_id == sickness.id)
    agreed = agreed_for(standing.away.agreed, week_of(sickness.first_day))
    days = "" if agreed is None else agreed.weekdays
    try:
        found = judged(standing, sickness)
    except PayNotKnownError as unknown:
        return SickRow(sickness, NOTHING, 0, "", _pay_needed(unknown), notes, days)
    except DpEmployerError as error:
        return SickRow(sickness, NOTHING, 0, "", f"{error.what} {error.why}", notes, days)
    due = amount(found.days)
    paid = sum(1 for day in found.days if day.not_paid is None)
    says = _sick_says(found, paid)
    return SickRow(sickness, due, paid, weeks_used(found), says, notes, days)


def weeks_used(found: SickStanding) -> str:
    """Write how many of the 28 weeks have been used."""
    return format(decimals(_used(found), _HUNDREDTH).normalize(), "f")


def sick_steps(standing: AwayStanding, sickness: Sickness) -> tuple[Step, ...]:
    """Say how the sick pay of one absence was worked out, up to the day looked at.

    Raises:
        RefusedError: If pay that counts is not known.
        RatesUnknownError: If no rates are known for one of its days.
    """
    try:
        found = judged(standing, sickness)
    except PayNotKnownError as unknown:
        raise pay_refused(unknown) from unknown
    first = next(
        (s for s in standing.away.sicknesses if s.first_day == found.series.first_day), sickness
    )
    average = average_before(
        standing.away, standing.employment, first.first_day - _ONE_DAY, first.usual_week
    )
    return (
        *average.workings,
        *payment_steps(found.series.average, found.days, standing.rates),
        used_step(_used(found), _MOST_WEEKS),
    )


def leave_found(standing: AwayStanding, leave: FamilyLeave) -> LeaveWorked:
    """Work out one family leave, once the week that counts is over.

    Raises:
        PayNotKnownError: If the average cannot be worked out.
        RefusedError: If the week that counts is not over yet.
        RatesUnknownError: If its rates are not known.
    """
    ends = earnings_week(leave.event)[1]
    if ends >= standing.on:
        raise RefusedError(
            what=_("Not worked out yet: the week that counts ends on {day}.").format(
                day=long_date(ends)
            ),
            why=_("Whether there is pay depends on what has been paid by then."),
            next_step=_("Look again after that day."),
        )
    return leave_worked(leave, standing.away, standing.employment, standing.rates)


def leave_row(standing: AwayStanding, leave: FamilyLeave) -> LeaveRow:
    """Say how one family leave stands."""
    blocks = standing.away.blocks_of(leave.id)
    weeks = sum(block.weeks for block in blocks)
    worked_days = sum(
        1
        for day in standing.away.worked
        if any(block.first_day <= day <= block.last_day for block in blocks)
    )
    try:
        found = leave_found(standing, leave)
    except PayNotKnownError as unknown:
        return LeaveRow(leave, blocks, weeks, None, _pay_needed(unknown), worked_days)
    except DpEmployerError as error:
        return LeaveRow(leave, blocks, weeks, None, f"{error.what} {error.why}", worked_days)
    says = _leave_says(standing, leave, found)
    return LeaveRow(leave, blocks, weeks, found.entitlement.entitled, says, worked_days)


def leave_steps(standing: AwayStanding, leave: FamilyLeave) -> tuple[Step, ...]:
    """Say how the pay of one family leave is worked out, for the weeks whose rates are known.

    Raises:
        RefusedError: If pay that counts is not known.
        RatesUnknownError: If no rates are known for the week that counts.
    """
    try:
        found = leave_found(standing, leave)
    except PayNotKnownError as unknown:
        raise pay_refused(unknown) from unknown
    steps = (*found.average.workings, *found.entitlement.workings)
    known = [week for week in found.weeks if rate_is_known(leave.kind, week, standing.rates)]
    if not found.entitlement.entitled or not known:
        return steps
    parts = paid_between(
        leave.kind,
        found.average.exact,
        known,
        known[0].first_day,
        known[-1].last_day,
        standing.rates,
    )
    return (*steps, *family_steps(leave.kind, found.average.exact, parts, standing.rates))


def missing_pay(standing: AwayStanding) -> tuple[MissingPay, ...]:
    """List the paydays whose pay an average needs and nobody has said."""
    needed: set[date] = set()
    for sickness in standing.away.sicknesses:
        try:
            judged(standing, sickness)
        except PayNotKnownError as unknown:
            needed.update(unknown.paydays)
        except DpEmployerError:
            continue
    for leave in standing.away.leaves:
        try:
            leave_found(standing, leave)
        except PayNotKnownError as unknown:
            needed.update(unknown.paydays)
        except DpEmployerError:
            continue
    return tuple(
        MissingPay(payday.pay_date, payday.first_day, payday.last_day)
        for payday in standing.away.paydays
        if payday.pay_date in needed
    )


def tasks(standing: AwayStanding) -> Iterator[tuple[date | None, str]]:
    """Yield what is to be done about somebody's time away, each with its day."""
    left = standing.employment.left_on
    for sickness in standing.away.sicknesses:
        if sickness.last_day is None and (left is None or left >= standing.on):
            yield from _fit_note_task(standing, sickness)
            yield from _form_task(standing, sickness)
    missing = missing_pay(standing)
    if missing and _matters_now(standing):
        yield (
            None,
            ngettext(
                "Say what {name} was paid on {count} payday, so that pay while away can be worked "
                "out.",
                "Say what {name} was paid on {count} paydays, so that pay while away can be "
                "worked out.",
                len(missing),
            ).format(name=standing.name, count=len(missing)),
        )
    for leave in standing.away.leaves:
        blocks = standing.away.blocks_of(leave.id)
        yield from _after_the_job(standing, leave)
        if not leave.proof and blocks and blocks[-1].last_day >= standing.on:
            yield (
                blocks[0].first_day,
                _(
                    "Ask {name} for the paper that shows the right to family pay, such as form "
                    "MATB1."
                ).format(name=standing.name),
            )


def _after_the_job(standing: AwayStanding, leave: FamilyLeave) -> Iterator[tuple[date | None, str]]:
    """Say that maternity pay goes on after the job: no ordinary payday pays it."""
    left = standing.employment.left_on
    blocks = standing.away.blocks_of(leave.id)
    if leave.kind is not FamilyPay.SMP or left is None or not blocks:
        return
    last = blocks[-1].last_day
    if left < standing.on <= last and leave_row(standing, leave).entitled:
        yield (
            None,
            _(
                "Maternity pay of {name} goes on until {day}, though the job has ended. Pay it "
                "with “Pay something after the last pay”, on the Leaving part."
            ).format(name=standing.name, day=long_date(last)),
        )


def _matters_now(standing: AwayStanding) -> bool:
    recent = standing.on - timedelta(days=56)
    return any(
        sickness.last_day is None or sickness.last_day >= recent
        for sickness in standing.away.sicknesses
    ) or any(block.last_day >= recent for block in standing.away.blocks)


def _fit_note_task(standing: AwayStanding, sickness: Sickness) -> Iterator[tuple[date | None, str]]:
    after = sickness.first_day + timedelta(days=SELF_CERTIFIED_DAYS)
    noted = [note.to_day for note in standing.away.fit_notes if note.sickness_id == sickness.id]
    until = max(noted, default=after - _ONE_DAY)
    if standing.on > until:
        yield (
            until + _ONE_DAY,
            _(
                "Ask {name} for a fit note from {day} on, or record the last day of sickness."
            ).format(name=standing.name, day=long_date(until + _ONE_DAY)),
        )


def _form_task(standing: AwayStanding, sickness: Sickness) -> Iterator[tuple[date | None, str]]:
    try:
        found = judged(standing, sickness)
    except (PayNotKnownError, DpEmployerError):
        return  # the row about it says why
    reached = found.series.day_reaching(FORM_BY_WEEK)
    if reached is not None and _used(found) < _MOST_WEEKS:
        yield (
            reached,
            _("Give {name} form SSP1: sick pay ends soon, after 28 weeks.").format(
                name=standing.name
            ),
        )


def _used(found: SickStanding) -> Fraction:
    last = found.days[-1].day
    return sum((day.share for day in found.series.days if day.day <= last), Fraction(0))


def _sick_says(found: SickStanding, paid: int) -> str:
    reasons = dict.fromkeys(day.not_paid for day in found.days if day.not_paid is not None)
    said = "; ".join(_(WHY_NOT[reason]) for reason in reasons)
    if not paid:
        return _("No sick pay: {reasons}.").format(reasons=said)
    whole = ngettext(
        "{count} day of sick pay: {amount}.", "{count} days of sick pay: {amount}.", paid
    ).format(count=paid, amount=amount(found.days))
    return (
        whole if not said else _("{paid} Other days: {reasons}.").format(paid=whole, reasons=said)
    )


def _leave_says(standing: AwayStanding, leave: FamilyLeave, found: LeaveWorked) -> str:
    payment = _(NAMES[PayType(leave.kind.value)])
    if not found.entitlement.entitled:
        reasons = "; ".join(_(WHY_NO_FAMILY_PAY[reason]) for reason in found.entitlement.reasons)
        return _("No {payment}: {reasons}.").format(payment=payment, reasons=reasons)
    average, rates = found.average.exact, standing.rates
    known = rates.on(min(found.weeks[0].first_day, rates.last_day))
    higher = weekly_amount(leave.kind, average, 1, known)
    later = weekly_amount(leave.kind, average, len(found.weeks), known)
    count = ngettext("{count} week", "{count} weeks", len(found.weeks)).format(
        count=len(found.weeks)
    )
    if higher == later:
        return _("{payment}: {weeks} at {amount} a week.").format(
            payment=payment, weeks=count, amount=higher
        )
    return _("{payment}: {weeks}, 6 of them at {first} a week, then {later} a week.").format(
        payment=payment, weeks=count, first=higher, later=later
    )


def _pay_needed(unknown: PayNotKnownError) -> str:
    if unknown.paydays:
        return _("Not worked out yet: the pay of {count} paydays before it is not known.").format(
            count=len(unknown.paydays)
        )
    return _("Not worked out yet: nobody had been paid. The pay agreed for a week is needed.")


def pay_refused(unknown: PayNotKnownError) -> RefusedError:
    """Return the refusal to answer before the pay of some paydays is known."""
    return RefusedError(
        what=_pay_needed(unknown),
        why=_("Average pay is worked out from what was paid before the first day away."),
        next_step=_("Enter the pay under “Away from work”, and ask again."),
    )
