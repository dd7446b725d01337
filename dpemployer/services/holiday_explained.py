"""How what is left of somebody's holiday was worked out: the steps, in order."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from dpemployer.i18n import N_, hours_and_minutes
from dpemployer.payroll.booked_leave import LeaveCarried, booked_minutes
from dpemployer.payroll.leave_years import entitlement_steps
from dpemployer.services.holiday_facts import average_week_of, holiday_balance, holiday_before
from dpemployer.services.holiday_reading import leaves_of, paid_up_to
from dpemployer.statutory.holiday import NEW_RULES_FROM, class_step
from dpemployer.statutory.holiday_accrual import running_credit
from dpemployer.workings import EXACT, Rule, Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dpemployer.payroll.holiday import HolidayBalance, HolidayBefore, HolidayRow
    from dpemployer.payroll.leave_years import HolidayContract
    from dpemployer.store.reading import Reading

_OPENING = Rule(
    "holiday.opening",
    N_("When this book began"),
    N_("On {day} there was {result} left. It comes from: {source}."),
    ("day", "source"),
    "The last payslip or holiday sheet from before this book",
    EXACT,
)
_PAYSLIPS = Rule(
    "holiday.payslips",
    N_("Earned by the hours worked"),
    N_("Payslips of this leave year have {worked} of work that earns holiday. They gave {result}."),
    ("worked",),
    "Working Time Regulations 1998, regulation 15B",
    N_("each payslip says how its hours were rounded"),
)
_EXACT_SUM = Rule(
    "holiday.exact_sum",
    N_("The exact sum beside it"),
    N_(
        "12.07% of those hours is {exact}. Rounded for each payday, as the law says, it is "
        "{rounded}. So far {result} was given. A whole hour is made up as soon as it is due. What "
        "is left of the exact sum comes on the last payday of the leave year or of the job."
    ),
    ("exact", "rounded"),
    "Working Time Regulations 1998, regulation 15B; giving the better of the two is this program’s "
    "choice",
    N_("to the nearest hour for each payday; the exact sum is kept beside it"),
    NEW_RULES_FROM,
)
_CHANGED = Rule(
    "holiday.changed_since",
    N_("What has changed since this book began"),
    N_(
        "The first figure, of {day}, holds the whole of its leave year. Since then the terms have "
        "changed, or a last day was recorded: that comes to {result}."
    ),
    ("day",),
    "Working Time Regulations 1998, regulations 13 and 14",
    EXACT,
)
_LOST = Rule(
    "holiday.not_carried",
    N_("Not carried over"),
    N_("Of {left} left on {day}, {carried} went on into the next leave year. {result} did not."),
    ("left", "day", "carried"),
    "Working Time Regulations 1998, regulations 13 and 15D",
    EXACT,
)
_BOOKED = Rule(
    "holiday.booked",
    N_("Booked and not paid yet"),
    N_("{booked} is booked. Of the {left} left, {result} may still be booked."),
    ("booked", "left"),
    "Working Time Regulations 1998, regulation 15",
    EXACT,
)


def explained_balance(reading: Reading, contract: HolidayContract, on: date) -> Iterator[Step]:
    """Take each step from the first figure known to what may still be booked."""
    before = holiday_before(reading, contract, on)
    found = holiday_balance(reading, contract, on)
    yield class_step(contract.on(on).holiday_class, found.year.first_day)
    if before.opening is not None:
        opening = before.opening
        yield Step(
            _OPENING, (opening.as_of, opening.source), hours_and_minutes(opening.minutes_left)
        )
    for carried in reading.find(
        LeaveCarried, employment_id=contract.employment.id, order_by="year_end"
    ):
        if carried.lost_minutes and carried.year_end < found.year.first_day:
            figures = (
                hours_and_minutes(carried.left_minutes),
                carried.year_end,
                hours_and_minutes(carried.carried_minutes),
            )
            yield Step(_LOST, figures, hours_and_minutes(carried.lost_minutes))
    yield from _year_steps(contract, before, found, average_week_of(reading, contract, on))
    worked = sum(row.worked_minutes + row.absence_minutes for row in before.rows)
    if worked:
        earned = sum(row.earned for row in before.rows)
        yield Step(_PAYSLIPS, (hours_and_minutes(worked),), hours_and_minutes(earned))
        yield _exact_step(before.rows)
    yield found.step()
    booked = booked_minutes(
        leaves_of(reading, contract.employment.id),
        paid_up_to(reading, contract.employment.id, on) or date.min,
    )
    if booked:
        figures_booked = (hours_and_minutes(booked), hours_and_minutes(found.left))
        yield Step(_BOOKED, figures_booked, hours_and_minutes(found.left - booked))


def _year_steps(
    contract: HolidayContract, before: HolidayBefore, found: HolidayBalance, average_week: int
) -> tuple[Step, ...]:
    """Say what the leave year gives by its terms, unless the first figure holds it already."""
    steps = entitlement_steps(contract, found.year, average_week)
    if before.opening is None or before.opening.as_of < found.year.first_day:
        return steps
    changed = found.earned - sum(row.earned for row in before.rows)
    if not changed:
        return ()
    return (*steps, Step(_CHANGED, (before.opening.as_of,), hours_and_minutes(changed)))


def _exact_step(rows: Sequence[HolidayRow]) -> Step:
    """Say what the exact sum of the leave year comes to beside what was given so far."""
    periods: dict[tuple[date, bool], int] = defaultdict(int)
    for row in rows:
        periods[row.last_day, False] += row.worked_minutes
        periods[row.last_day, True] += row.absence_minutes
    credit = running_credit([Fraction(minutes, 60) for minutes in periods.values()])
    figures = (
        hours_and_minutes(ceil(credit.exact * 60)),
        hours_and_minutes(60 * sum(credit.rounded_hours)),
    )
    return Step(_EXACT_SUM, figures, hours_and_minutes(sum(row.earned for row in rows)))
