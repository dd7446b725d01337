"""A year of weekly payslips for a thousand personal assistants, against a hundred, in one process.

What could make a payslip dearer the more of them there are: something kept that is searched, a
store of answers that is never emptied, memory that is never given back.
"""

from __future__ import annotations

import gc
import resource
import sys
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from statistics import mean
from time import process_time
from typing import TYPE_CHECKING

from dpemployer.money import Money
from dpemployer.payroll.draft_pay import DraftPay, DraftPayRun
from dpemployer.payroll.holiday import HolidayBefore, HolidayRow
from dpemployer.payroll.issue import issued
from dpemployer.payroll.pay_run import calculate
from dpemployer.payroll.payday import PayRun
from dpemployer.payroll.timesheet import Timesheet, TimesheetStatus
from dpemployer.payroll.year_to_date import YearToDate, of_payslip
from dpemployer.periods import PayFrequency
from tests.bench.measuring import Comparison, Timing
from tests.bench.tax import rate_book
from tests.builders import a_person, a_shift, an_employment, terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpemployer.payroll.payslip import Payslip
    from dpemployer.statutory.rates import RateBook

HOUSEHOLD = 5
WEEKS = 52
FEW, MANY = 100, 1000
FIRST_WEEK = date(2026, 4, 6)
GOAL = 1.1
_WEEK = timedelta(days=7)
_CODES = ("1257L", "BR", "S1257L", "1257L M1", "C1257L")


@dataclass
class _Assistant:
    """What carries over from payday to payday, for one person."""

    number: int
    to_date: YearToDate = field(default_factory=YearToDate)
    rows: list[HolidayRow] = field(default_factory=list)
    weeks: dict[date, tuple[int, Money]] = field(default_factory=dict)

    def draft(self, monday: date) -> DraftPay:
        """Five days of five to seven hours."""
        sheet = Timesheet(
            1,
            self.number,
            monday,
            monday + _WEEK - timedelta(days=1),
            TimesheetStatus.APPROVED,
            monday + _WEEK,
            "Helen Ashby",
        )
        minutes = 300 + self.number * 7 % 120
        return DraftPay(
            assistant=replace(a_person(), id=self.number),
            employment=replace(an_employment(), id=self.number, assistant_id=self.number),
            terms=terms(code=_CODES[self.number % len(_CODES)]),
            timesheet=sheet,
            shifts=tuple(
                a_shift(monday + timedelta(days=day), minutes, timesheet_id=1) for day in range(5)
            ),
            to_date=self.to_date,
            holiday=HolidayBefore(rows=tuple(self.rows)),
            paid_weeks=dict(self.weeks),
        )

    def keep(self, slip: Payslip, weeks: dict[date, tuple[int, Money]]) -> None:
        """Carry a payslip over."""
        self.to_date += of_payslip(slip)
        self.rows.append(
            HolidayRow(
                slip.last_day,
                slip.worked_minutes,
                slip.holiday_minutes_earned,
                slip.holiday_minutes_taken,
            )
        )
        self.weeks.update(weeks)


def household_year(first: int, rates: RateBook) -> int:
    """Pay one household of five for a year, every payslip with its workings in words.

    Returns how many payslips there were.
    """
    people = [_Assistant(first + place) for place in range(HOUSEHOLD)]
    count = 0
    for monday in _mondays():
        payday = monday + _WEEK + timedelta(days=4)
        run = PayRun(
            id=1,
            frequency=PayFrequency.WEEKLY,
            first_day=monday,
            last_day=monday + _WEEK - timedelta(days=1),
            pay_date=payday,
            paid_on=payday,
        )
        drafts = tuple(person.draft(monday) for person in people)
        for person, pay in zip(
            people, calculate(DraftPayRun(run, drafts), rates).pays, strict=True
        ):
            person.keep(issued(run, pay), dict(pay.weeks))
            count += 1
    return count


def payslips_for_a_year() -> Comparison:
    """Pay a hundred for a year, then a thousand, then a hundred again, by processor time."""
    rates = rate_book()
    began = process_time()
    first = household_year(0, rates)
    cold = (process_time() - began) / first
    few_before = _paid(FEW, rates)
    many = _paid(MANY, rates)
    few_after = _paid(FEW, rates)
    few = mean((few_before.each, few_after.each))
    memory = many.blocks / few_before.blocks
    flat = "flat" if memory <= GOAL else "NOT FLAT"
    return Comparison(
        "A year of weekly payslips: a thousand people, against a hundred",
        f"{many.payslips:,} payslips with their workings, against {few_before.payslips:,}; "
        f"processor time of each payslip; households of {HOUSEHOLD}",
        Timing("each of a thousand people’s", cold, many.each, many.each),
        Timing("each of a hundred people’s", cold, few, min(few_before.each, few_after.each)),
        goal=GOAL,
        note=(
            f"memory {flat}: at most {many.blocks:,} pieces in use, against {few_before.blocks:,} "
            f"({memory:.2f} times); the process never took more than {many.peak // 1024} MiB, "
            f"against {few_before.peak // 1024} MiB"
        ),
    )


@dataclass(frozen=True)
class _Paid:
    """What paying some people for a year took."""

    payslips: int
    each: float
    """Seconds of processor time for one payslip."""
    blocks: int
    """The most pieces of memory in use after any household's year."""
    peak: int
    """KiB the process has had at most."""


def _paid(people: int, rates: RateBook) -> _Paid:
    payslips, blocks, spent = 0, 0, 0.0
    for first in range(0, people, HOUSEHOLD):
        began = process_time()
        payslips += household_year(first, rates)
        spent += process_time() - began
        gc.collect()
        blocks = max(blocks, sys.getallocatedblocks())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return _Paid(payslips, spent / payslips, blocks, peak)


def _mondays() -> Iterator[date]:
    """The first day of each week that is paid within the tax year 2026-27."""
    return (FIRST_WEEK - _WEEK + _WEEK * week for week in range(WEEKS))
