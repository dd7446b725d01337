"""How what is left of somebody's holiday was worked out: the steps, in order."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from dpemployer.i18n import N_, hours_and_minutes
from dpemployer.payroll.booked_leave import LeaveCarried, booked_minutes
from dpemployer.payroll.leave_years import entitlement_steps
from dpemployer.services.holiday_facts import average_week_of, holiday_balance, holiday_before
from dpemployer.services.holiday_reading import leaves_of, paid_up_to
from dpemployer.statutory.holiday_accrual import running_credit
from dpemployer.workings import EXACT, Rule, Step

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    yield from entitlement_steps(contract, found.year, average_week_of(reading, contract, on))
    worked = sum(row.worked_minutes + row.absence_minutes for row in before.rows)
    if worked:
        earned = sum(row.earned for row in before.rows)
        yield Step(_PAYSLIPS, (hours_and_minutes(worked),), hours_and_minutes(earned))
        by_period: dict[date, int] = {}
        for row in before.rows:
            by_period[row.last_day] = by_period.get(row.last_day, 0) + row.worked_minutes
        yield from running_credit_steps(by_period)
    yield found.step()
    booked = booked_minutes(
        leaves_of(reading, contract.employment.id),
        paid_up_to(reading, contract.employment.id) or date.min,
    )
    if booked:
        figures_booked = (hours_and_minutes(booked), hours_and_minutes(found.left))
        yield Step(_BOOKED, figures_booked, hours_and_minutes(found.left - booked))


def running_credit_steps(by_period: dict[date, int]) -> tuple[Step, ...]:
    """Say what the exact sum of the leave year comes to beside the rounded one."""
    return running_credit([Fraction(minutes, 60) for minutes in by_period.values()]).workings
