"""Hours are recorded as they are worked, and approved before they are paid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from dpemployer.errors import EntryError, RefusedError
from dpemployer.money import NOTHING
from dpemployer.payroll.people import PayType
from dpemployer.payroll.timesheet import TimesheetStatus
from tests.builders import (
    MONDAY,
    a_rate,
    a_shift,
    an_employment,
    at,
    pounds,
    regular,
)
from tests.services.household import sleep_in

if TYPE_CHECKING:
    from tests.services.household import Household

TUESDAY, SUNDAY = date(2026, 6, 2), date(2026, 6, 7)


@pytest.fixture
def ada(household: Household) -> int:
    """Somebody paid weekly, Monday to Sunday."""
    return household.take_on()


@pytest.fixture
def sheet(household: Household, ada: int) -> int:
    """Her timesheet for the week of 1 June 2026."""
    return household.timesheets.open(ada, TUESDAY)


def test_a_timesheet_is_for_the_pay_period_of_a_day(household: Household, ada: int) -> None:
    sheet = household.timesheets.open(ada, TUESDAY)

    row = household.timesheets.show(sheet).row
    assert (row.first_day, row.last_day, row.pay_date) == (MONDAY, SUNDAY, date(2026, 6, 12))
    assert (row.name, row.status, row.paid) == ("Ada Keane", TimesheetStatus.DRAFT, False)
    assert household.timesheets.open(ada, SUNDAY) == sheet


def test_everybody_employed_on_a_day_is_listed(household: Household, ada: int) -> None:
    monthly = household.take_on(regular(), first_names="Bo", nino="")
    left = household.take_on(an_employment(left_on=date(2026, 5, 31)), nino="", surname="Gone")
    sheet = household.timesheets.open(ada, MONDAY)
    household.timesheets.add_shift(a_shift(minutes=300, timesheet_id=sheet))
    household.timesheets.add_shift(sleep_in(TUESDAY, timesheet_id=sheet))
    household.timesheets.add_shift(
        a_shift(SUNDAY, 60, PayType.HOLIDAY, "Holiday", timesheet_id=sheet)
    )

    rows = household.timesheets.of_day(MONDAY)

    assert [(row.name, row.timesheet_id) for row in rows] == [("Ada Keane", sheet), ("Bo Keane", 0)]
    assert (rows[0].minutes, rows[0].holiday_minutes, rows[0].nights) == (900, 60, 1)
    assert (rows[1].employment_id, rows[1].last_day) == (monthly, date(2026, 6, 30))
    assert left not in {row.employment_id for row in rows}


def test_the_timesheets_of_one_person_are_listed_newest_first(
    household: Household, ada: int
) -> None:
    for day in (MONDAY, date(2026, 6, 8)):
        household.timesheets.open(ada, day)

    rows = household.timesheets.of_employment(ada)

    assert [row.first_day for row in rows] == [date(2026, 6, 8), MONDAY]


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2026, 7, 1)])
def test_there_is_no_timesheet_outside_the_employment(household: Household, day: date) -> None:
    ada = household.take_on(an_employment(left_on=date(2026, 6, 30) - timedelta(days=2)))

    with pytest.raises(EntryError, match="Nobody was employed"):
        household.timesheets.open(ada, day)


# ── shifts ──


def test_minutes_follow_from_the_times(household: Household, sheet: int) -> None:
    household.timesheets.add_shift(
        a_shift(timesheet_id=sheet, **at("08:00", "13:30"), break_minutes=30, note=" swim ")
    )

    (row,) = household.timesheets.show(sheet).shifts
    assert (row.minutes, row.ends_next_day, row.clock_change) == (300, False, "")
    assert row.shift.note == "swim"


def test_a_night_that_crosses_midnight_and_a_clock_change_says_so(household: Household) -> None:
    ada = household.take_on(
        an_employment(started_on=date(2026, 1, 1)),
        rates=(a_rate("15.40", PayType.WAKING_NIGHT, "Night", from_day=date(2026, 1, 1)),),
    )
    saturday = date(2026, 3, 28)
    sheet = household.timesheets.open(ada, saturday)
    household.timesheets.add_shift(
        a_shift(
            saturday,
            pay_type=PayType.WAKING_NIGHT,
            label="Night",
            timesheet_id=sheet,
            **at("22:00", "07:00"),
        )
    )

    detail = household.timesheets.show(sheet)

    assert detail.shifts[0].ends_next_day
    assert "went forward" in detail.shifts[0].clock_change
    assert [finding.code for finding in detail.findings] == ["break_20", "clocks_changed"]


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"minutes": -5}, "less than no time"),
        ({"minutes": 25 * 60}, "cannot be longer than 24 hours"),
        ({"day": date(2026, 6, 8), "minutes": 60}, "8 June 2026 is not on this timesheet"),
        ({"label": "Evening", "minutes": 60}, "no rate for “Evening”"),
        ({"label": "Evening", "minutes": 60}, "Day, Weekend, Waking night, Sleep-in, Mileage"),
    ],
)
def test_impossible_hours_are_refused_where_they_are_typed(
    household: Household, sheet: int, changes: dict[str, Any], what: str
) -> None:
    shift = replace(a_shift(timesheet_id=sheet), **changes)

    with pytest.raises(EntryError, match=what):
        household.timesheets.add_shift(shift)
    with pytest.raises(EntryError, match=what):
        household.timesheets.check_shift(shift)
    assert household.timesheets.show(sheet).shifts == ()


def test_hours_before_the_first_day_are_refused(household: Household) -> None:
    ada = household.take_on(an_employment(started_on=date(2026, 6, 3)), rates=())
    sheet = household.timesheets.open(ada, SUNDAY)

    with pytest.raises(EntryError, match="Nobody was employed"):
        household.timesheets.add_shift(a_shift(TUESDAY, 60, timesheet_id=sheet))
    with pytest.raises(EntryError, match="rates in force that day are: none"):
        household.timesheets.add_shift(a_shift(SUNDAY, 60, timesheet_id=sheet))


def test_a_shift_can_be_looked_at_before_it_is_saved(household: Household, sheet: int) -> None:
    first = a_shift(timesheet_id=sheet, **at("08:00", "12:00"))
    household.timesheets.add_shift(first)

    findings = household.timesheets.check_shift(a_shift(timesheet_id=sheet, **at("11:00", "13:00")))

    assert [finding.code for finding in findings] == ["shifts_overlap"]
    assert len(household.timesheets.show(sheet).shifts) == 1


def test_a_shift_can_be_changed_and_taken_out(household: Household, sheet: int) -> None:
    shift = a_shift(timesheet_id=sheet, minutes=60)
    shift_id = household.timesheets.add_shift(shift)

    household.timesheets.change_shift(replace(shift, id=shift_id, minutes=90, timesheet_id=99))
    assert household.timesheets.show(sheet).row.minutes == 90
    household.timesheets.remove_shift(shift_id)

    assert household.timesheets.show(sheet).shifts == ()
    assert household.actions()[-2:] == ("Changed recorded hours", "Removed recorded hours")


def test_what_a_shift_can_be_is_listed(household: Household, sheet: int) -> None:
    choices = household.timesheets.show(sheet).choices

    assert [(choice.label, choice.rate) for choice in choices] == [
        ("Day", pounds("13.20")),
        ("Weekend", pounds("14.10")),
        ("Waking night", pounds("15.40")),
        ("Sleep-in", pounds("58.00")),
        ("Mileage", pounds("0.55")),
        ("Holiday", NOTHING),
        ("Expenses", NOTHING),
    ]


def test_totals_say_what_the_hours_are_worth(household: Household, ada: int, sheet: int) -> None:
    rise = a_rate("13.60", employment_id=ada, from_day=TUESDAY)
    household.people.set_rate(rise)
    shifts = [
        a_shift(minutes=60),
        a_shift(TUESDAY, 60),
        sleep_in(TUESDAY, awake_minutes=30),
        a_shift(pay_type=PayType.EXPENSES, label="Mileage", quantity=10),
        a_shift(pay_type=PayType.EXPENSES, label="Bus", amount=pounds("2.40")),
        a_shift(SUNDAY, 60, PayType.HOLIDAY, "Holiday"),
    ]
    for shift in shifts:
        household.timesheets.add_shift(replace(shift, timesheet_id=sheet))

    totals = household.timesheets.show(sheet).totals

    assert [(total.label, total.minutes, total.quantity, total.amount) for total in totals] == [
        ("Day", 120, 0, pounds("26.80")),
        ("Sleep-in", 540, 1, pounds("58.00")),
        ("Holiday", 60, 0, pounds("13.60")),
        ("Bus", 0, 0, pounds("2.40")),
        ("Mileage", 0, 10, pounds("5.50")),
    ]


def test_hours_whose_rate_was_taken_away_are_shown_without_worth(
    household: Household, ada: int, sheet: int
) -> None:
    household.timesheets.add_shift(a_shift(minutes=60, timesheet_id=sheet))
    for rate in household.people.employment(ada, MONDAY).rates:
        if rate.label == "Day":
            household.people.remove_rate(rate.id)

    detail = household.timesheets.show(sheet)

    assert [(total.label, total.minutes, total.amount) for total in detail.totals] == [
        ("Day", 60, NOTHING)
    ]
    assert [finding.code for finding in detail.findings] == ["no_rate"]
    with pytest.raises(RefusedError, match="cannot be approved yet"):
        household.timesheets.approve(sheet, "Helen Ashby", SUNDAY)


# ── copying ──


def test_last_weeks_hours_are_copied_without_leave_or_expenses(
    household: Household, ada: int, sheet: int
) -> None:
    for shift in (
        a_shift(**at("08:00", "12:00"), note="swim"),
        sleep_in(TUESDAY, awake_minutes=60),
        a_shift(SUNDAY, 60, PayType.HOLIDAY, "Holiday"),
        a_shift(pay_type=PayType.EXPENSES, label="Bus", amount=pounds("2.40")),
    ):
        household.timesheets.add_shift(replace(shift, timesheet_id=sheet))
    next_week = household.timesheets.open(ada, date(2026, 6, 8))

    copied = household.timesheets.copy_week(next_week, date(2026, 6, 8))

    shifts = [row.shift for row in household.timesheets.show(next_week).shifts]
    assert copied == 2
    assert [(shift.day, shift.minutes, shift.note) for shift in shifts] == [
        (date(2026, 6, 8), 240, ""),
        (date(2026, 6, 9), 540, ""),
    ]
    assert shifts[1].awake_minutes == 0


def test_days_outside_the_period_are_not_copied(household: Household, ada: int, sheet: int) -> None:
    household.timesheets.add_shift(a_shift(TUESDAY, 60, timesheet_id=sheet))
    next_week = household.timesheets.open(ada, date(2026, 6, 8))

    assert household.timesheets.copy_week(next_week, date(2026, 6, 1)) == 0
    assert household.timesheets.copy_week(next_week, date(2026, 6, 15)) == 0


# ── approving ──


def test_an_approved_timesheet_is_fixed_until_it_is_opened_again(
    household: Household, sheet: int
) -> None:
    shift_id = household.timesheets.add_shift(a_shift(minutes=60, timesheet_id=sheet))

    household.timesheets.approve(sheet, " Helen Ashby ", date(2026, 6, 8))

    approved = household.timesheets.show(sheet).timesheet
    assert (approved.status, approved.approved_by, approved.approved_on) == (
        TimesheetStatus.APPROVED,
        "Helen Ashby",
        date(2026, 6, 8),
    )
    for change in (
        lambda: household.timesheets.add_shift(a_shift(minutes=60, timesheet_id=sheet)),
        lambda: household.timesheets.change_shift(a_shift(id=shift_id, timesheet_id=sheet)),
        lambda: household.timesheets.remove_shift(shift_id),
        lambda: household.timesheets.copy_week(sheet, MONDAY),
        lambda: household.timesheets.approve(sheet, "Helen Ashby", MONDAY),
    ):
        with pytest.raises(RefusedError, match="is approved"):
            change()
    household.timesheets.unapprove(sheet)
    household.timesheets.remove_shift(shift_id)


def test_approving_says_what_there_is_to_look_at(household: Household, sheet: int) -> None:
    for times in (at("08:00", "12:00"), at("11:00", "13:00")):
        household.timesheets.add_shift(a_shift(timesheet_id=sheet, **times))

    findings = household.timesheets.approve(sheet, "Helen Ashby", SUNDAY)

    assert [finding.code for finding in findings] == ["shifts_overlap"]


def test_somebody_has_to_approve(household: Household, sheet: int) -> None:
    with pytest.raises(EntryError, match="Nobody is named"):
        household.timesheets.approve(sheet, " ", SUNDAY)


def test_paid_hours_stay_as_they_are(household: Household, ada: int) -> None:
    sheet = household.hours(ada)
    household.pay(ada)

    assert household.timesheets.show(sheet).row.paid
    for change in (
        lambda: household.timesheets.unapprove(sheet),
        lambda: household.timesheets.add_shift(a_shift(minutes=60, timesheet_id=sheet)),
    ):
        with pytest.raises(RefusedError, match="have been paid") as refused:
            change()
    assert "Correct this pay run" in refused.value.next_step
