"""What is typed about time away, checked where it is typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dpemployer.bank_days import Nation
from dpemployer.errors import EntryError
from dpemployer.i18n import _, long_date
from dpemployer.money import NOTHING
from dpemployer.statutory.family_pay import (
    DAYS_IN_WEEK,
    Because,
    FamilyPay,
    most_weeks,
    sunday_of,
    windows,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dpemployer.payroll.away import AgreedDays, FamilyLeave, FitNote, LeaveBlock, Sickness
    from dpemployer.payroll.people import Employment
    from dpemployer.statutory.rates import Figures, RateBook

_ONE_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_FAR_AWAY = timedelta(days=2 * 366)


def checked_sickness(
    sickness: Sickness,
    employment: Employment,
    others: Iterable[Sickness],
    blocks: Iterable[LeaveBlock],
    today: date,
) -> Sickness:
    """Return an absence whose days can be.

    Args:
        sickness: What was typed.
        employment: Whose it is.
        others: Their other absences.
        blocks: Their weeks of family leave.
        today: The day it is typed on.

    Raises:
        EntryError: If the days are not in order, outside the job, or in another absence or leave.
    """
    first, last = sickness.first_day, sickness.last_day
    if last is not None and last < first:
        raise _days_not_in_order(first, last)
    if first > today:
        raise EntryError(
            what=_("{day} is still to come.").format(day=long_date(first)),
            why=_("Sickness is recorded when it has begun."),
            next_step=_("Check the day, or record it on the day."),
        )
    _check_in_the_job(first, last, employment)
    end = date.max if last is None else last
    for other in others:
        other_end = date.max if other.last_day is None else other.last_day
        if other.id != sickness.id and other.first_day <= end and first <= other_end:
            raise EntryError(
                what=_("Sickness from {day} is recorded already, and these days are in it.").format(
                    day=long_date(other.first_day)
                ),
                why=_("A day of sickness is counted once."),
                next_step=_("Change the days of that one, or of this one."),
            )
    for block in blocks:
        if block.first_day <= end and first <= block.last_day:
            raise EntryError(
                what=_("Family leave from {first} to {last} is recorded for these days.").format(
                    first=long_date(block.first_day), last=long_date(block.last_day)
                ),
                why=_("While family leave goes on there is no sick pay."),
                next_step=_("If you both agreed to end the leave early, shorten it first."),
            )
    return replace(sickness, note=sickness.note.strip())


def checked_fit_note(note: FitNote, sickness: Sickness) -> FitNote:
    """Return a fit note whose days belong to its absence.

    Raises:
        EntryError: If they are not in order, or all outside it.
    """
    if note.to_day < note.from_day:
        raise _days_not_in_order(note.from_day, note.to_day)
    end = date.max if sickness.last_day is None else sickness.last_day
    if note.to_day < sickness.first_day or note.from_day > end:
        raise EntryError(
            what=_("This fit note is for other days than the sickness from {day}.").format(
                day=long_date(sickness.first_day)
            ),
            why=_("A fit note shows that somebody was sick on the days it names."),
            next_step=_("Check the days on it, and which sickness it belongs to."),
        )
    return note


def checked_agreed(agreed: AgreedDays) -> AgreedDays:
    """Return agreed working days that begin on a Sunday and are at least one.

    Raises:
        EntryError: If no day was chosen.
    """
    if not agreed.weekdays:
        raise EntryError(
            what=_("No working day was chosen."),
            why=_("Sick pay for a week is shared by the days agreed for it: at least one."),
            next_step=_("Choose the days you agreed, or the days on the rota."),
        )
    weekdays = "".join(sorted(set(agreed.weekdays)))
    return replace(agreed, from_day=sunday_of(agreed.from_day), weekdays=weekdays)


def checked_leave(leave: FamilyLeave) -> FamilyLeave:
    """Return a leave that has the days its pay hangs on.

    Raises:
        EntryError: If one is missing, or an amount is below nothing.
    """
    for day, name in _days_needed(leave):
        if day is None:
            raise EntryError(
                what=_("One day is missing: {name}.").format(name=name),
                why=_("Whether there is pay, and how much, is worked out from it."),
                next_step=_("Type the day."),
            )
    if leave.pay_rise < NOTHING:
        raise EntryError(
            what=_("A pay rise is not below nothing."),
            why=_("It is added to the pay of the weeks that count."),
            next_step=_("Type how much more would have been paid, or leave it empty."),
        )
    return replace(leave, proof=leave.proof.strip())


def checked_blocks(
    leave: FamilyLeave,
    blocks: Sequence[LeaveBlock],
    employment: Employment,
    taken: Iterable[tuple[date, date]],
    nation: Nation,
    rates: RateBook,
    today: date,
) -> tuple[LeaveBlock, ...]:
    """Return the weeks of a leave, if they are within what the law allows.

    Args:
        leave: Which leave.
        blocks: Its weeks.
        employment: Whose it is.
        taken: First and last days of sickness and of other family leave.
        nation: Where the employment is.
        rates: The rates by date.
        today: The day they are typed on.

    Raises:
        EntryError: If they are too early, too late, too many, or on days that are taken.
    """
    in_order = sorted(blocks, key=lambda block: block.first_day)
    for block in in_order:
        _check_block(leave, block, employment, today)
        _check_free(
            block, [*taken, *((b.first_day, b.last_day) for b in in_order if b is not block)]
        )
    first, last = in_order[0].first_day, max(block.last_day for block in in_order)
    figures = windows(rates, max(first, rates.first_day))
    _check_count(leave, in_order, nation, figures, rates)
    earliest, latest = _window(leave, nation, figures)
    if first < earliest:
        raise EntryError(
            what=_("{day} is too early for this leave.").format(day=long_date(first)),
            why=_("It can begin on {day} at the earliest.").format(day=long_date(earliest)),
            next_step=_("Check the first day of leave, and the day it hangs on."),
        )
    if last > latest:
        raise EntryError(
            what=_("This leave would go on until {day}.").format(day=long_date(last)),
            why=_("It has to be over by {day}.").format(day=long_date(latest)),
            next_step=_("Check the first day of leave, and the day it hangs on."),
        )
    return tuple(in_order)


def _days_not_in_order(first: date, last: date) -> EntryError:
    return EntryError(
        what=_("The last day, {last}, is before the first, {first}.").format(
            first=long_date(first), last=long_date(last)
        ),
        why=_("Both days are counted, so the last is the first or a later one."),
        next_step=_("Type the days again."),
    )


def _check_in_the_job(first: date, last: date | None, employment: Employment) -> None:
    started, left = employment.started_on, employment.left_on
    if first < started:
        raise EntryError(
            what=_("{day} is before the job began.").format(day=long_date(first)),
            why=_("The job began on {day}.").format(day=long_date(started)),
            next_step=_("Correct the day, or the first day of the job."),
        )
    if left is not None and (last is None or last > left):
        raise EntryError(
            what=_("These days go on after the job ended."),
            why=_("The last day of the job was {day}.").format(day=long_date(left)),
            next_step=_("Type a last day up to then."),
        )


def _days_needed(leave: FamilyLeave) -> tuple[tuple[date | None, str], ...]:
    due = (leave.expected_on, _("the day the baby is due"))
    match leave.kind:
        case FamilyPay.SPBP:
            return ((leave.happened_on, _("the day of the death or stillbirth")),)
        case FamilyPay.SNCP:
            return ((leave.happened_on, _("the day neonatal care began")),)
        case FamilyPay.SMP:
            return (due,)
        case FamilyPay.SAP:
            return _adoption_days(leave)
        case _:
            return _adoption_days(leave) if leave.because is Because.ADOPTION else (due,)


def _adoption_days(leave: FamilyLeave) -> tuple[tuple[date | None, str], ...]:
    return (
        (leave.matched_on, _("the day of the match")),
        (leave.happened_on, _("the day of the placement")),
    )


def _check_block(
    leave: FamilyLeave, block: LeaveBlock, employment: Employment, today: date
) -> None:
    if block.weeks < 1:
        raise EntryError(
            what=_("This leave has no weeks."),
            why=_("Family leave with pay is taken in whole weeks."),
            next_step=_("Type how many weeks: 1 or more."),
        )
    if block.first_day > today + _FAR_AWAY:
        raise EntryError(
            what=_("{day} is more than two years away.").format(day=long_date(block.first_day)),
            why=_("Leave for a family is planned for the months ahead."),
            next_step=_("Check the year; it has four figures."),
        )
    # Maternity pay is due even after the job has ended.
    last = None if leave.kind is FamilyPay.SMP else block.first_day
    left = None if leave.kind is FamilyPay.SMP else employment.left_on
    _check_in_the_job(block.first_day, last, replace(employment, left_on=left))


def _check_free(block: LeaveBlock, taken: Iterable[tuple[date, date]]) -> None:
    for first, last in taken:
        if first <= block.last_day and block.first_day <= last:
            raise EntryError(
                what=_("Some of these days are recorded already, from {day} on.").format(
                    day=long_date(first)
                ),
                why=_("Nobody is away twice on one day."),
                next_step=_("Change the days of that sickness or leave, or of this one."),
            )


def _check_count(
    leave: FamilyLeave,
    blocks: Sequence[LeaveBlock],
    nation: Nation,
    figures: Figures,
    rates: RateBook,
) -> None:
    weeks = sum(block.weeks for block in blocks)
    day = min(max(blocks[0].first_day, rates.first_day), rates.last_day)
    most = most_weeks(leave.kind, rates.on(day))
    if leave.kind is FamilyPay.SNCP and leave.care_days is not None:
        most = min(most, leave.care_days // DAYS_IN_WEEK)
    if weeks > most:
        raise EntryError(
            what=_("{weeks} weeks are more than there can be.").format(weeks=weeks),
            why=_("There can be {most} weeks of pay in this leave.").format(most=most),
            next_step=_("Type fewer weeks. Leave without statutory pay is not recorded here."),
        )
    there = nation is Nation.NORTHERN_IRELAND
    parts = figures.whole("spp_blocks_ni" if there else "spp_blocks")
    if leave.kind is FamilyPay.SPP and len(blocks) > parts:
        raise EntryError(
            what=_("Paternity leave cannot be taken in so many parts."),
            why=_("How many parts there can be: {parts}.").format(parts=parts),
            next_step=_("Change the part that is there already instead."),
        )


def _window(leave: FamilyLeave, nation: Nation, figures: Figures) -> tuple[date, date]:
    """Return the earliest first day and the latest last day of a leave."""
    happened = leave.happened_on
    anchor = happened or leave.expected_on or date.max
    match leave.kind:
        case FamilyPay.SMP:
            due = sunday_of(leave.expected_on or anchor)
            earliest = due - figures.whole("smp_weeks_before") * _WEEK
            born_early = happened + _ONE_DAY if happened is not None else earliest
            return min(earliest, born_early), date.max
        case FamilyPay.SAP:
            return anchor - timedelta(days=figures.whole("sap_days_before")), date.max
        case FamilyPay.SPP:
            there = nation is Nation.NORTHERN_IRELAND
            days = figures.whole("spp_days_ni" if there else "spp_days")
            return anchor, anchor + timedelta(days=days)
        case kind:
            return anchor, anchor + figures.whole(f"{kind.value}_weeks") * _WEEK
