"""Leave is asked for, agreed to, put on the timesheet, and carried over, in a real book."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from dpemployer.bank_days import Nation
from dpemployer.errors import EntryError, RefusedError
from dpemployer.payroll.away import FamilyLeave, LeaveBlock, Sickness
from dpemployer.payroll.people import OpeningHoliday, PayType
from dpemployer.services.holiday import Holiday
from dpemployer.services.holiday_rows import (
    AskedBy,
    BookedLeave,
    CarryReason,
    LeaveDay,
    LeaveStatus,
    MarkKind,
    days_between,
)
from dpemployer.statutory.family_pay import FamilyPay
from tests.builders import MONDAY, RATES, a_shift, regular, regular_terms

if TYPE_CHECKING:
    from dpemployer.store.book import Book
    from tests.services.household import Household

TODAY = date(2026, 6, 3)
JULY = date(2026, 7, 6)
"""A Monday."""


@pytest.fixture
def holiday(book: Book) -> Holiday:
    return Holiday(book, RATES)


@pytest.fixture
def ada(household: Household) -> int:
    """Twenty hours on four days a week; the leave year began on 6 April."""
    return household.take_on(regular(), holiday=regular_terms())


def leave(employment: int, first: date = JULY, length: int = 3, **changes: Any) -> BookedLeave:
    last = first + timedelta(days=length - 1)
    facts: dict[str, Any] = {
        "id": 0,
        "employment_id": employment,
        "first_day": first,
        "last_day": last,
        "days": days_between(first, last, range(5), 300),
        "asked_on": TODAY,
        **changes,
    }
    return BookedLeave(**facts)


# ── booked ──


def test_leave_that_is_booked_lowers_what_may_still_be_booked(holiday: Holiday, ada: int) -> None:
    holiday.book(leave(ada))

    found = holiday.overview(ada, TODAY)

    assert (found.balance.left, found.booked, found.free) == (6720, 900, 5820)
    assert [each.status for each in found.leaves] == [LeaveStatus.REQUESTED]
    assert (found.day_minutes, found.weekdays) == (300, (0, 1, 2, 3, 4))


def test_leave_is_agreed_to_once(holiday: Holiday, ada: int) -> None:
    booked = holiday.book(leave(ada))

    holiday.approve(booked, TODAY)

    assert holiday.overview(ada, TODAY).leaves[0].decided_on == TODAY
    with pytest.raises(RefusedError, match="agreed to already"):
        holiday.approve(booked, TODAY)


def test_leave_is_refused_in_time_and_with_a_reason(holiday: Holiday, ada: int) -> None:
    booked = holiday.book(leave(ada))

    with pytest.raises(EntryError, match="The reason is missing"):
        holiday.refuse(booked, TODAY, " ")
    with pytest.raises(RefusedError, match="The last day was 2 July 2026"):
        holiday.refuse(booked, date(2026, 7, 3), "Hospital visit")
    holiday.refuse(booked, date(2026, 7, 2), " Hospital visit ")

    refused = holiday.overview(ada, TODAY).leaves[0]
    assert (refused.status, refused.reason) == (LeaveStatus.REFUSED, "Hospital visit")
    assert holiday.overview(ada, TODAY).booked == 0
    with pytest.raises(RefusedError, match="has been refused"):
        holiday.cancel(booked, TODAY, "A mistake")


def test_leave_is_called_off_until_it_is_paid(
    household: Household, holiday: Holiday, ada: int
) -> None:
    booked = holiday.book(leave(ada, status=LeaveStatus.APPROVED))
    holiday.cancel(booked, TODAY, "They changed their mind")
    assert holiday.overview(ada, TODAY).leaves[0].status is LeaveStatus.CANCELLED

    again = holiday.book(leave(ada, date(2026, 6, 8), status=LeaveStatus.APPROVED))
    sheet = household.timesheets.open(ada, MONDAY)
    holiday.confirm(sheet)
    household.timesheets.approve(sheet, "Helen", TODAY)
    household.pay(ada)
    with pytest.raises(RefusedError, match="Some of this leave has been paid"):
        holiday.cancel(again, TODAY, "Too late")
    assert holiday.overview(ada, date(2026, 7, 1)).booked == 0


def test_leave_on_days_that_cannot_be_is_refused(
    household: Household, holiday: Holiday, book: Book, ada: int
) -> None:
    sheet = household.timesheets.open(ada, MONDAY)
    household.timesheets.add_shift(a_shift(MONDAY, 300, timesheet_id=sheet))
    household.timesheets.approve(sheet, "Helen", TODAY)
    with book.change("Away") as tx:
        tx.add(Sickness(0, ada, date(2026, 7, 13), date(2026, 7, 14)))
        family = tx.add(FamilyLeave(0, ada, FamilyPay.SPP))
        tx.add(LeaveBlock(0, family, date(2026, 8, 3), 1))

    for first, words in (
        (MONDAY, "its hours are approved"),
        (date(2026, 7, 13), "off sick"),
        (date(2026, 8, 3), "family leave"),
        (date(2026, 4, 1), "before the job began"),
    ):
        with pytest.raises((EntryError, RefusedError), match=words):
            holiday.book(leave(ada, first, 1))
    with pytest.raises(EntryError, match="of leave, and 112 h is left"):
        holiday.book(leave(ada, date(2026, 9, 1), 60, in_advance=False))

    assert holiday.overview(ada, TODAY).leaves == ()
    holiday.book(leave(ada, date(2026, 7, 13), 1, while_sick=True))


def test_leave_on_paid_days_is_refused(household: Household, holiday: Holiday, ada: int) -> None:
    household.hours(ada, minutes=300, days=1)
    household.pay(ada)

    with pytest.raises(EntryError, match="has been paid"):
        holiday.book(leave(ada, date(2026, 6, 15)))


# ── on the timesheet ──


def test_agreed_leave_waits_on_the_timesheet_to_be_confirmed(
    household: Household, holiday: Holiday, ada: int
) -> None:
    holiday.book(leave(ada, status=LeaveStatus.APPROVED))
    holiday.book(leave(ada, date(2026, 7, 20)))
    sheet = household.timesheets.open(ada, JULY)

    assert [day for day, _minutes in holiday.waiting(sheet)] == [
        JULY + timedelta(days=each) for each in range(3)
    ]
    findings = household.timesheets.show(sheet).findings
    assert "leave_not_on_timesheet" in {finding.code for finding in findings}
    assert holiday.confirm(sheet) == 3
    assert holiday.waiting(sheet) == ()

    shifts = household.timesheets.show(sheet).shifts
    assert [(row.shift.pay_type, row.shift.minutes) for row in shifts] == [
        (PayType.HOLIDAY, 300)
    ] * 3
    household.timesheets.approve(sheet, "Helen", TODAY)


def test_a_paid_timesheet_has_no_leave_waiting(
    household: Household, holiday: Holiday, ada: int
) -> None:
    sheet = household.hours(ada, minutes=300, days=1)
    household.pay(ada)

    assert holiday.waiting(sheet) == ()


# ── the calendar ──


def test_the_calendar_has_bank_holidays_leave_and_absence(
    household: Household, holiday: Holiday, book: Book, ada: int
) -> None:
    household.scheme(nation=Nation.SCOTLAND)
    bo = household.take_on(first_names="Bo", nino="")
    holiday.book(leave(ada, date(2026, 6, 15), 1))
    holiday.book(leave(bo, date(2026, 6, 16), 1, status=LeaveStatus.APPROVED, in_advance=True))
    sheet = household.timesheets.open(ada, date(2026, 6, 17))
    household.timesheets.add_shift(
        a_shift(date(2026, 6, 17), 300, PayType.HOLIDAY, "", timesheet_id=sheet)
    )
    with book.change("Away") as tx:
        tx.add(Sickness(0, ada, date(2026, 6, 18)))
        family = tx.add(FamilyLeave(0, bo, FamilyPay.SPP))
        tx.add(LeaveBlock(0, family, date(2026, 6, 19), 1))

    everybody = {each.day: each for each in holiday.calendar(date(2026, 6, 15), date(2026, 6, 19))}
    hers = holiday.calendar(date(2026, 6, 16), date(2026, 6, 16), ada)

    assert everybody[date(2026, 6, 15)].bank_holiday == "World Cup bank holiday"
    kinds = {day: [mark.kind for mark in each.marks] for day, each in everybody.items()}
    assert kinds == {
        date(2026, 6, 15): [MarkKind.REQUESTED],
        date(2026, 6, 16): [MarkKind.APPROVED],
        date(2026, 6, 17): [MarkKind.TAKEN],
        date(2026, 6, 18): [MarkKind.SICK],
        date(2026, 6, 19): [MarkKind.SICK, MarkKind.FAMILY],
    }
    assert hers[0].marks == ()
    assert holiday.nation(TODAY) is Nation.SCOTLAND


# ── what there is to look at ──


def test_a_day_off_is_an_average_day_where_hours_vary(
    household: Household, holiday: Holiday
) -> None:
    bo = household.take_on(first_names="Bo", nino="")
    assert holiday.overview(bo, TODAY).day_minutes == 450

    sheet = household.timesheets.open(bo, MONDAY)
    for each, minutes in enumerate((240, 240, 600)):
        household.timesheets.add_shift(
            a_shift(MONDAY + timedelta(days=each // 2), minutes, timesheet_id=sheet)
        )

    found = holiday.overview(bo, TODAY)
    assert (found.day_minutes, found.weekdays) == (540, (0, 1))
    assert found.first_year_minutes is None


def test_the_first_year_gives_a_twelfth_each_month(holiday: Holiday, ada: int) -> None:
    # Two months have begun: 22.4 days by two twelfths is 3.73, up to 4 days of five hours.
    assert holiday.overview(ada, TODAY).first_year_minutes == 1200
    assert holiday.overview(ada, date(2027, 4, 6)).first_year_minutes is None


def test_leave_that_was_asked_for_late_is_said(holiday: Holiday, ada: int) -> None:
    holiday.book(leave(ada, date(2026, 6, 8)))

    (finding,) = holiday.overview(ada, TODAY).findings

    assert "was asked for after 1 June 2026" in finding.message


def test_leave_that_somebody_was_told_to_take_too_late_is_said(holiday: Holiday, ada: int) -> None:
    holiday.book(
        leave(ada, date(2026, 6, 8), asked_by=AskedBy.EMPLOYER, status=LeaveStatus.APPROVED)
    )

    (finding,) = holiday.overview(ada, TODAY).findings

    assert "The last day for that was 1 June 2026, so they need not take it." in finding.message
    assert holiday.overview(ada, date(2026, 6, 11)).findings == ()


def test_sickness_on_days_of_agreed_leave_is_said(holiday: Holiday, book: Book, ada: int) -> None:
    holiday.book(leave(ada, status=LeaveStatus.APPROVED))
    with book.change("Away") as tx:
        tx.add(Sickness(0, ada, JULY + timedelta(days=1), JULY + timedelta(days=5)))

    (finding,) = holiday.overview(ada, JULY).findings

    assert "on 7 July 2026, a day of agreed leave" in finding.message
    assert holiday.overview(ada, date(2027, 9, 1)).findings == ()


def test_bank_holidays_that_use_up_all_of_the_leave_are_said(
    household: Household, holiday: Holiday
) -> None:
    mondays = household.take_on(
        regular(started_on=date(2025, 4, 7)),
        holiday=regular_terms(
            hours_per_week=Decimal(6), days_per_week=Decimal(1), leave_year_start=date(2026, 4, 1)
        ),
        first_names="Mo",
        nino="",
    )
    household.hours(mondays, minutes=360, days=1)

    (finding,) = holiday.overview(mondays, TODAY).findings

    assert "6 bank holidays" in finding.message


def test_how_it_was_worked_out_goes_from_the_first_figure_to_the_last(
    household: Household, holiday: Holiday, ada: int
) -> None:
    holiday.book(leave(ada))

    titles = [step.title for step in holiday.explain(ada, TODAY)]

    assert titles == [
        "How holiday builds up",
        "Holiday for a whole year",
        "What these terms give",
        "Holiday left",
        "Booked and not paid yet",
    ]
    bo = household.take_on(first_names="Bo", nino="")
    household.opening.set_holiday(OpeningHoliday(0, bo, date(2026, 4, 30), 300, "Last payslip"))
    household.hours(bo)
    household.pay(bo)
    titles = [step.title for step in holiday.explain(bo, date(2026, 6, 30))]
    assert titles[1:4] == [
        "When this book began",
        "Earned by the hours worked",
        "The exact sum beside it",
    ]


def test_the_figure_a_book_begins_with_is_not_explained_twice(
    household: Household, holiday: Holiday, ada: int
) -> None:
    household.opening.set_holiday(OpeningHoliday(0, ada, date(2026, 5, 31), 6000, "Last payslip"))
    assert [step.title for step in holiday.explain(ada, TODAY)][1:] == [
        "When this book began",
        "Holiday left",
    ]

    household.people.set_holiday_terms(
        regular_terms(
            id=0, employment_id=ada, from_day=date(2026, 7, 1), hours_per_week=Decimal(30)
        )
    )
    steps = holiday.explain(ada, TODAY)
    assert [step.title for step in steps][-2:] == [
        "What has changed since this book began",
        "Holiday left",
    ]
    # 279 of 365 days of ten hours a week more.
    assert steps[-2].result == "42 h 49 min"


# ── the end of a leave year ──


def at_the_year_end(household: Household, ada: int) -> date:
    """Pay one day, so that the book knows the year; return a day of the next leave year."""
    household.hours(ada, minutes=300, days=1)
    household.pay(ada)
    return date(2027, 4, 10)


def test_leave_left_at_the_end_of_a_year_is_decided_about_once(
    household: Household, holiday: Holiday, ada: int
) -> None:
    after = at_the_year_end(household, ada)
    (choice,) = holiday.choices(after)

    assert (choice.year_end, choice.left_minutes) == (date(2027, 4, 5), 6720)
    assert {reason: least for reason, least, _use_by in choice.least} == {
        CarryReason.SICK_LEAVE: 4800,
        CarryReason.STATUTORY_LEAVE: 6720,
        CarryReason.EMPLOYER_FAILURE: 4800,
        CarryReason.AGREEMENT: 0,
    }
    with pytest.raises(EntryError, match="it is at least 80 h, and 112 h were left"):
        holiday.carry_over(ada, 4799, CarryReason.SICK_LEAVE, after)
    with pytest.raises(EntryError, match="cannot go on"):
        holiday.carry_over(ada, 6721, CarryReason.AGREEMENT, after)

    holiday.carry_over(ada, 4800, CarryReason.SICK_LEAVE, after, "Off sick since October")

    found = holiday.overview(ada, after)
    assert found.balance.brought_forward == 4800
    assert (found.choice, holiday.choices(after)) == (None, ())
    assert "80 h carried over has to be used by" in found.findings[0].message
    assert "Not carried over" in [step.title for step in holiday.explain(ada, after)]
    with pytest.raises(RefusedError, match="no leave to carry over"):
        holiday.carry_over(ada, 0, CarryReason.AGREEMENT, after)


def test_hours_that_vary_carry_over_all_that_is_left(
    household: Household, holiday: Holiday
) -> None:
    bo = household.take_on(first_names="Bo", nino="")
    household.hours(bo)
    household.pay(bo)

    choice = holiday.overview(bo, date(2027, 4, 10)).choice

    assert choice is not None
    assert {least for _reason, least, _use_by in choice.least} == {0, choice.left_minutes}


def test_before_the_book_knew_of_it_there_is_nothing_to_decide(
    household: Household, holiday: Holiday, ada: int
) -> None:
    assert holiday.choices(date(2027, 4, 10)) == ()
    household.opening.set_holiday(OpeningHoliday(0, ada, date(2026, 5, 31), 0, "Last payslip"))
    assert holiday.choices(date(2027, 4, 10)) == ()
    assert holiday.choices(TODAY) == ()


# ── what is to do ──


def said(holiday: Holiday, on: date) -> list[str]:
    return [each.says for each in holiday.to_do(on)]


def test_leave_waiting_for_an_answer_is_something_to_do(holiday: Holiday, ada: int) -> None:
    holiday.book(leave(ada))

    assert said(holiday, TODAY) == []
    (task,) = holiday.to_do(date(2026, 6, 25))
    assert task.says == "Answer Ada Keane: they ask for leave from 6 July 2026 to 8 July 2026."
    assert (task.by, task.late, task.what) == (date(2026, 7, 2), False, (ada, "holiday"))
    assert [each.late for each in holiday.to_do(date(2026, 7, 3))] == [True]


def test_a_reminder_is_due_three_times_before_the_leave_year_ends(
    holiday: Holiday, ada: int
) -> None:
    assert said(holiday, date(2026, 10, 1)) == []
    assert said(holiday, date(2026, 10, 10)) == [
        "Remind Ada Keane to take 112 h of holiday before the leave year ends on 5 April 2027."
    ]
    holiday.remind(ada, date(2026, 10, 10), "By letter")
    assert said(holiday, date(2026, 10, 11)) == []
    assert len(said(holiday, date(2027, 1, 10))) == 1
    assert holiday.overview(ada, TODAY).reminders[0].left_minutes == 6720


def test_who_leaves_before_the_leave_year_ends_is_not_to_be_reminded(
    household: Household, holiday: Holiday, ada: int
) -> None:
    """What is left then is paid with the last pay."""
    household.people.end_employment(ada, date(2026, 10, 30))

    assert said(holiday, date(2026, 10, 10)) == []


def test_nobody_is_reminded_of_leave_that_is_all_booked(holiday: Holiday, ada: int) -> None:
    # 23 working days in the 31 from 6 July; the last hour makes it all of the 112.
    days = days_between(JULY, date(2026, 8, 5), range(5), 292)
    all_of_it = (*days[1:], LeaveDay(JULY, 296))
    holiday.book(leave(ada, JULY, 31, days=all_of_it, status=LeaveStatus.APPROVED))

    assert said(holiday, date(2026, 10, 10)) == []


def test_a_leave_year_that_ended_is_something_to_decide(
    household: Household, holiday: Holiday, ada: int
) -> None:
    after = at_the_year_end(household, ada)

    assert (
        "Decide what happens to 112 h of holiday that Ada Keane had left on 5 April 2027."
        in said(holiday, after)
    )
