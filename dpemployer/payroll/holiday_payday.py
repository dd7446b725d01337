"""Holiday on one payday: what it earns, what is left, and what is to be settled at the end.

Somebody whose hours vary goes on earning holiday while away sick or on family leave, from the
average of the weeks before. Source: Working Time Regulations 1998, regulations 14 and 15B to 15E.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from dpemployer.i18n import N_, hours_and_minutes
from dpemployer.payroll.holiday import (
    Accrual,
    HolidayBalance,
    HolidayRow,
    accruing_minutes,
    balance,
    earned_in_period,
)
from dpemployer.payroll.holiday_rates import average_week, holiday_hour, week_ending, with_weeks
from dpemployer.payroll.pay_elements import HolidayHour, pay_by_week
from dpemployer.statutory.holiday import NEW_RULES_FROM
from dpemployer.statutory.holiday_accrual import LOOK_BACK_WEEKS, RELEVANT_WEEKS
from dpemployer.workings import Rule, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dpemployer.money import Money
    from dpemployer.payroll.away import Away
    from dpemployer.payroll.draft_pay import DraftPay
    from dpemployer.payroll.leave_years import HolidayContract
    from dpemployer.payroll.pay_elements import Elements
    from dpemployer.payroll.payday import PayRun

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)

AWAY = Rule(
    "holiday.time_away",
    N_("Time that counts while away"),
    N_(
        "Away for {days} days of this period. Over {weeks} whole weeks before, {hours} were "
        "worked. A week of that average for each seven days away is {result}, which counts as if "
        "it had been worked."
    ),
    ("days", "weeks", "hours"),
    "Working Time Regulations 1998, regulation 15C; counting a day as a seventh of a week is this "
    "program’s answer",
    N_("up to the next minute"),
    NEW_RULES_FROM,
)


@dataclass(frozen=True, slots=True)
class HolidayPayday:
    """What one payday does to somebody's holiday."""

    accrual: Accrual
    balance: HolidayBalance
    """With this payday in it."""


@dataclass(frozen=True, slots=True)
class HolidayAtEnd:
    """Holiday to be settled with the last pay."""

    minutes: int
    """Left and owed; below nothing where more was taken than was earned."""
    hour: HolidayHour | None
    """What it is paid at; None when nothing can say."""
    paid_with_wages: bool = False
    """Holiday was paid together with the wages, so that what it earned is not owed again."""


def holiday_on_payday(run: PayRun, draft: DraftPay, elements: Elements) -> HolidayPayday:
    """Work out what one payday earns and takes, and what is left after it."""
    contract, employment = draft.contract, draft.employment
    days = run.first_day, run.last_day
    away, steps = time_away(contract, draft.away, days, draft.paid_weeks)
    accrual = earned_in_period(
        contract, days, accruing_minutes(contract, elements), draft.holiday.rows, away
    )
    row = HolidayRow(
        run.last_day,
        accrual.worked_minutes,
        accrual.earned,
        elements.holiday_minutes,
        accrual.absence_minutes,
    )
    before = replace(
        draft.holiday,
        rows=(*draft.holiday.rows, row),
        average_week_minutes=average_week(employment, _weeks(draft, elements), run.last_day),
    )
    accrual = replace(accrual, steps=(*steps, *accrual.steps))
    return HolidayPayday(accrual, balance(contract, run.last_day, before))


def holiday_at_end(run: PayRun, draft: DraftPay, worked: Elements, last_day: date) -> HolidayAtEnd:
    """Return what there is to settle for holiday when an employment ends.

    Args:
        run: The payday of the last pay.
        draft: The person's facts, with the last day recorded on the employment.
        worked: The lines their shifts are worth, the last part of a pay period included: it earns
            before anything is settled.
        last_day: Of the employment.
    """
    contract = draft.contract
    found = holiday_on_payday(run, draft, worked).balance
    weeks = _weeks(draft, worked)
    terms = contract.on(last_day)
    if terms.rolled_up:
        owed = _not_paid_before(draft, found, terms.from_day)
        terms_before = contract.on(terms.from_day - _DAY)
        when_taken = replace(contract, terms=(replace(terms_before, rolled_up=False),))
        hour = holiday_hour(when_taken, draft.terms.rates, weeks, last_day, last_day + _DAY)
        return HolidayAtEnd(owed, hour, paid_with_wages=True)
    hour = holiday_hour(contract, draft.terms.rates, weeks, last_day, last_day + _DAY)
    return HolidayAtEnd(found.left, hour)


def _not_paid_before(draft: DraftPay, found: HolidayBalance, from_day: date) -> int:
    """Return the minutes left of what was earned before holiday was paid with the wages."""
    if from_day <= found.year.first_day:
        return 0
    earned_before = sum(row.earned for row in draft.holiday.rows if row.last_day < from_day)
    return max(0, min(found.left, found.brought_forward + earned_before))


def time_away(
    contract: HolidayContract,
    away: Away,
    days: tuple[date, date],
    paid_weeks: Mapping[date, tuple[int, Money]],
) -> tuple[int, tuple[Step, ...]]:
    """Return the minutes that count as worked for the days away, where hours vary.

    Args:
        contract: Whose holiday it is.
        away: What is known of the time away.
        days: The first and last day of the pay period.
        paid_weeks: Minutes and pay for the day each week before ended.
    """
    missed = [
        day
        for day in sorted(absent_days(away, *days))
        if contract.on(day).holiday_class.by_the_hour
        and (contract.left_on is None or day <= contract.left_on)
    ]
    if not missed:
        return 0, ()
    worked = _weeks_before(contract, away, paid_weeks, absence_began(away, missed[0]))
    total = sum(worked)
    average = Fraction(total, len(worked)) if worked else Fraction(0)
    counted = ceil(average * len(missed) / 7)
    figures = (len(missed), len(worked), hours_and_minutes(total))
    return counted, (Step(AWAY, figures, hours_and_minutes(counted)),)


def absent_days(away: Away, first_day: date, last_day: date) -> frozenset[date]:
    """Return the days of sickness and of family leave among some days."""
    return frozenset(
        day
        for first, last in _spells(away, last_day)
        for day in _every_day(max(first, first_day), min(last, last_day))
    )


def family_days(away: Away, first_day: date, last_day: date) -> frozenset[date]:
    """Return the days of family leave among some days."""
    return frozenset(
        day
        for block in away.blocks
        for day in _every_day(max(block.first_day, first_day), min(block.last_day, last_day))
    )


def absence_began(away: Away, day: date) -> date:
    """Return the first day of the spell of absence that holds a day."""
    began = day
    while absent_days(away, began - _DAY, began - _DAY):
        began -= _DAY
    return began


def weeks_without_absence(
    weeks: Mapping[date, tuple[int, Money]], away: Away
) -> dict[date, tuple[int, Money]]:
    """Leave out the weeks with any sick or family leave: their pay was less than usual."""
    if not weeks:
        return {}
    missed = absent_days(away, min(weeks) - _WEEK, max(weeks))
    return {
        ending: paid
        for ending, paid in weeks.items()
        if missed.isdisjoint(_every_day(ending - _WEEK + _DAY, ending))
    }


def _weeks_before(
    contract: HolidayContract,
    away: Away,
    paid_weeks: Mapping[date, tuple[int, Money]],
    began: date,
) -> list[int]:
    """Return the minutes of the whole weeks before an absence, those with leave left out.

    Weeks without any work count as none. What was before the first week the book knows of is not
    known, and not counted.
    """
    employment = contract.employment
    earliest = min((ending for ending, paid in paid_weeks.items() if paid[0]), default=began)
    ending = week_ending(employment, began) - _WEEK
    found: list[int] = []
    for _week in range(LOOK_BACK_WEEKS):
        first = ending - _WEEK + _DAY
        if first < employment.started_on or ending < earliest or len(found) == RELEVANT_WEEKS:
            break
        if not absent_days(away, first, ending):
            found.append(paid_weeks.get(ending, (0, None))[0])
        ending -= _WEEK
    return found


def _spells(away: Away, until: date) -> Iterator[tuple[date, date]]:
    for sickness in away.sicknesses:
        yield sickness.first_day, until if sickness.last_day is None else sickness.last_day
    for block in away.blocks:
        yield block.first_day, block.last_day


def _every_day(first_day: date, last_day: date) -> Iterable[date]:
    return (first_day + timedelta(days=each) for each in range((last_day - first_day).days + 1))


def _weeks(draft: DraftPay, elements: Elements) -> Mapping[date, tuple[int, Money]]:
    paid_now = pay_by_week(elements.elements, lambda day: week_ending(draft.employment, day))
    return with_weeks(draft.paid_weeks, paid_now)
