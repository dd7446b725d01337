"""The holiday of one job, told in order: hours that vary, sickness, fixed hours, leave, the end.

Ada starts on 6 April 2026, ten hours a week, paid weekly at £13.20. Her leave year is the tax year.
Every figure is worked out by hand beside the step it belongs to.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from dpemployer.payroll.away import Sickness
from dpemployer.payroll.leaving import Leaving, LeavingReason
from dpemployer.payroll.people import PayType
from dpemployer.services.holiday import Holiday
from dpemployer.services.holiday_rows import BookedLeave, LeaveStatus, days_between
from dpemployer.services.leaving import Leavings
from dpemployer.services.opening import Opening
from dpemployer.services.pay_runs import PayRuns
from dpemployer.services.people import People
from dpemployer.services.time_away import TimeAway
from dpemployer.services.timesheets import Timesheets
from dpemployer.store.book import Book
from tests.builders import RATES, a_shift, an_employment, pounds, regular_terms
from tests.services.household import Household

if TYPE_CHECKING:
    from dpemployer.payroll.payslip import Payslip

FIRST = date(2026, 4, 6)
A_WEEK = timedelta(days=7)


def week(household: Household, ada: int, number: int, minutes: int) -> Payslip:
    """Pay one week, the first of the job being number 1; all of it on its Monday and Tuesday."""
    monday = FIRST + (number - 1) * A_WEEK
    sheet = household.timesheets.open(ada, monday)
    for day in range(2):
        if minutes:
            household.timesheets.add_shift(
                a_shift(monday + timedelta(days=day), minutes // 2, timesheet_id=sheet)
            )
    household.timesheets.approve(sheet, "Helen Ashby", monday)
    household.pay(ada, monday)
    return household.slips(ada)[-1]


def test_the_holiday_of_a_job() -> None:
    with Book.in_memory(who="Helen Ashby") as book:
        household = Household(
            book,
            People(book, RATES),
            Opening(book, RATES),
            Timesheets(book, RATES),
            PayRuns(book, RATES),
        )
        household.scheme()
        holiday, ada = Holiday(book, RATES), household.take_on(an_employment(started_on=FIRST))

        # ── Ten hours a week at 12.07% are 1.207 hours: 1 each week by the law's rounding. After
        # five weeks the exact sum is 6.035, so a sixth hour is made up ──
        earned = [
            week(household, ada, number, 600).holiday_minutes_earned for number in range(1, 6)
        ]
        assert earned == [60, 60, 60, 60, 120]

        # ── A week of sickness earns by the average of the five weeks before: 1.207 more. The
        # rounded sums are 5 and 1, the exact one 7.242: a seventh hour ──
        ill = FIRST + 5 * A_WEEK
        TimeAway(book, RATES).record_sickness(Sickness(0, ada, ill, ill + timedelta(days=6)), "01")
        slip = week(household, ada, 6, 0)
        assert (slip.absence_minutes, slip.holiday_minutes_earned) == (600, 60)

        # ── From Monday 1 June her hours are fixed: ten, on two days. The week before is the last
        # that earns by the hour: 8 weeks of 1.207 are 9.656 hours, 580 minutes with the odd one ──
        household.people.set_holiday_terms(
            regular_terms(
                id=0,
                employment_id=ada,
                from_day=FIRST + 8 * A_WEEK,
                hours_per_week=Decimal(10),
                days_per_week=Decimal(2),
                reason="New contract of 25 May",
            )
        )
        assert week(household, ada, 7, 600).holiday_minutes_earned == 60
        assert week(household, ada, 8, 600).holiday_minutes_earned == 100

        # ── 56 hours a year, for 309 of its 365 days: 47.41 hours, 2,845 minutes ──
        assert week(household, ada, 9, 600).holiday_minutes_earned == 0
        assert holiday.overview(ada, date(2026, 6, 7)).balance.left == 580 + 2845

        # ── A day off is asked for, agreed to, confirmed on the timesheet and paid at her rate ──
        tuesday = FIRST + 9 * A_WEEK + timedelta(days=1)
        booked = holiday.book(
            BookedLeave(0, ada, tuesday, tuesday, days_between(tuesday, tuesday, {1}, 300), FIRST)
        )
        holiday.approve(booked, FIRST)
        sheet = household.timesheets.open(ada, tuesday)
        household.timesheets.add_shift(
            a_shift(tuesday - timedelta(days=1), 300, timesheet_id=sheet)
        )
        assert holiday.confirm(sheet) == 1
        household.timesheets.approve(sheet, "Helen Ashby", tuesday)
        household.pay(ada, tuesday)
        paid = {line.pay_type: line.amount for line in household.slips(ada)[-1].lines}
        assert paid == {PayType.BASIC: pounds("66.00"), PayType.HOLIDAY: pounds("66.00")}
        found = holiday.overview(ada, tuesday)
        assert (found.balance.left, found.free) == (580 + 2845, 580 + 2845 - 300)
        found = holiday.overview(ada, date(2026, 6, 14))
        assert (found.balance.left, found.booked) == (580 + 2845 - 300, 0)
        assert holiday.overview(ada, tuesday).leaves[0].status is LeaveStatus.APPROVED

        # ── She leaves on 21 June: 21 of the 365 days of 56 hours are 3.22 hours, 194 minutes.
        # With 580 earned and 300 taken, 474 minutes are left: 7.9 hours at £13.20 ──
        last_day = FIRST + 11 * A_WEEK - timedelta(days=1)
        Leavings(book, RATES).record(
            Leaving(0, ada, LeavingReason.RESIGNED, last_day, final_first_day=FIRST + 10 * A_WEEK)
        )
        slip = week(household, ada, 11, 600)
        in_lieu = next(line for line in slip.lines if line.pay_type is PayType.HOLIDAY_IN_LIEU)
        assert (in_lieu.minutes, in_lieu.amount) == (474, pounds("104.28"))
        assert holiday.overview(ada, last_day).balance.left == 0
