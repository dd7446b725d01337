"""What is known of working time, and what is shown and kept of it when hours are approved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from dpemployer.errors import EntryError, RefusedError
from dpemployer.findings import Severity
from dpemployer.payroll.away import FamilyLeave, LeaveBlock, Sickness
from dpemployer.payroll.booked_leave import BookedLeave, LeaveDay, LeaveStatus
from dpemployer.payroll.people import PayType
from dpemployer.payroll.seen import FindingSeen
from dpemployer.payroll.tasks import RIGHT_TO_WORK, TaskDone
from dpemployer.payroll.working_time import (
    HomeProvided,
    RestGiven,
    WageExemption,
    WorkingTimeRecord,
)
from dpemployer.services.agenda import ToDoKind
from dpemployer.services.working_time import WorkingTime
from dpemployer.statutory.family_pay import FamilyPay
from tests.builders import (
    MONDAY,
    RATES,
    a_rate,
    a_shift,
    an_employment,
    at,
    pounds,
)
from tests.services.household import RATES_HELD

if TYPE_CHECKING:
    from tests.services.household import Household

TUESDAY = MONDAY + timedelta(days=1)
JUNE = date(2026, 6, 1)


@pytest.fixture
def working_time(household: Household) -> WorkingTime:
    return WorkingTime(household.book, RATES)


@pytest.fixture
def ada(household: Household) -> int:
    """Somebody paid weekly, Monday to Sunday."""
    return household.take_on()


def late_then_early(household: Household, employment_id: int) -> int:
    """A timesheet with a late shift and an early one after it."""
    sheet = household.timesheets.open(employment_id, MONDAY)
    for day, times in ((MONDAY, at("16:00", "22:00")), (TUESDAY, at("06:00", "10:00"))):
        household.timesheets.add_shift(a_shift(day, timesheet_id=sheet, **times))
    return sheet


def codes(household: Household, sheet: int) -> list[str]:
    return [finding.code for finding in household.timesheets.show(sheet).findings]


# ── shown where hours are typed ──


def test_too_little_rest_is_shown_and_kept_as_seen(household: Household, ada: int) -> None:
    sheet = late_then_early(household, ada)
    assert codes(household, sheet) == ["comp_rest_due"]

    household.timesheets.approve(sheet, "Helen Ashby", TUESDAY)

    seen = household.timesheets.show(sheet).seen
    assert [finding.code for finding in seen] == ["comp_rest_due"]
    with household.book.read() as reading:
        kept = reading.find(FindingSeen, timesheet_id=sheet)
    assert {each.seen_by for each in kept} == {"Helen Ashby"}


def test_taking_back_approval_takes_what_was_seen_with_it(household: Household, ada: int) -> None:
    sheet = late_then_early(household, ada)
    household.timesheets.approve(sheet, "Helen Ashby", TUESDAY)

    household.timesheets.unapprove(sheet)

    assert household.timesheets.show(sheet).seen == ()


def test_rest_given_later_is_known(
    household: Household, working_time: WorkingTime, ada: int
) -> None:
    sheet = late_then_early(household, ada)

    given = working_time.give_rest(RestGiven(0, ada, MONDAY, TUESDAY, 180, "A fall at night"))

    assert "rest_made_up" in codes(household, sheet)
    assert working_time.show(ada, JUNE).rests[0].reason == "A fall at night"
    working_time.remove_rest(given)
    assert "rest_made_up" not in codes(household, sheet)


def test_home_asks_for_rest_that_was_not_made_up_for(
    household: Household, working_time: WorkingTime, ada: int
) -> None:
    left = household.take_on(an_employment(left_on=TUESDAY), first_names="Bo", nino="")
    for job in (ada, left):
        household.timesheets.approve(late_then_early(household, job), "Helen Ashby", TUESDAY)
    household.hours(ada, MONDAY + timedelta(days=7))
    late = MONDAY + timedelta(days=15)

    assert list(working_time.to_do(late - timedelta(days=1))) == []
    (thing,) = working_time.to_do(late)

    assert (thing.kind, thing.late, thing.what) == (ToDoKind.TASK, True, (ada, "time"))
    assert thing.says == (
        "Ada Keane: Rest was too short more than two weeks ago and nothing is recorded that makes "
        "up for it: 1 June 2026 (3 h). Record the rest that was given since, or give it now."
    )
    working_time.give_rest(RestGiven(0, ada, MONDAY, TUESDAY, 180))
    assert list(working_time.to_do(late)) == []


def test_home_asks_nothing_of_a_crowd(
    household: Household, working_time: WorkingTime, ada: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    household.timesheets.approve(late_then_early(household, ada), "Helen Ashby", TUESDAY)
    monkeypatch.setattr("dpemployer.services.working_time.MOST_TOGETHER", 0)

    assert list(working_time.to_do(MONDAY + timedelta(days=20))) == []


def test_the_weeks_before_and_after_a_timesheet_are_looked_at(
    household: Household, ada: int
) -> None:
    first = household.timesheets.open(ada, MONDAY)
    household.timesheets.add_shift(
        a_shift(MONDAY + timedelta(days=6), timesheet_id=first, **at("17:00", "22:00"))
    )
    next_monday = MONDAY + timedelta(days=7)
    second = household.timesheets.open(ada, next_monday)
    household.timesheets.add_shift(
        a_shift(next_monday, timesheet_id=second, **at("06:00", "10:00"))
    )

    assert codes(household, first) == ["comp_rest_due"]
    assert codes(household, second) == []


def test_weeks_without_work_count_in_the_average(household: Household) -> None:
    job = household.take_on(an_employment(started_on=date(2026, 4, 6)))
    first = household.timesheets.open(job, MONDAY)
    for day in range(5):
        household.timesheets.add_shift(
            a_shift(MONDAY + timedelta(days=day), 12 * 60, break_minutes=30, timesheet_id=first)
        )
    assert "avg_48" in codes(household, first)

    household.timesheets.open(job, date(2026, 4, 6))

    assert "avg_48" not in codes(household, first)


def test_two_people_at_once_are_asked_about(household: Household, ada: int) -> None:
    bo = household.take_on(first_names="Bo", nino="")
    for job in (ada, bo):
        sheet = household.timesheets.open(job, MONDAY)
        household.timesheets.add_shift(a_shift(MONDAY, timesheet_id=sheet, **at("09:00", "11:00")))

    findings = household.timesheets.show(sheet).findings

    assert [finding.code for finding in findings] == ["double_booked"]
    assert "with Ada Keane (2 h)" in findings[0].message


def test_a_crowd_is_not_asked_about(household: Household, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dpemployer.services.rota.MOST_TOGETHER", 1)
    for place in range(3):
        job = household.take_on(first_names=f"No. {place}", nino="")
        sheet = household.timesheets.open(job, MONDAY)
        household.timesheets.add_shift(a_shift(MONDAY, timesheet_id=sheet, **at("09:00", "11:00")))

    assert codes(household, sheet) == []


def test_bank_holidays_are_those_of_the_nation(household: Household, ada: int) -> None:
    holiday = date(2026, 5, 25)
    sheet = household.timesheets.open(ada, holiday)
    household.timesheets.add_shift(a_shift(holiday, 120, timesheet_id=sheet))
    assert codes(household, sheet) == []

    household.scheme()

    assert codes(household, sheet) == ["bank_holiday"]


# ── the minimum wage, on the timesheet and in the pay run ──


@pytest.fixture
def low(household: Household) -> int:
    """Somebody whose rate is under the minimum."""
    return household.take_on(rates=(a_rate("12.00"),))


def test_pay_under_the_minimum_is_shown_and_hours_are_approved_all_the_same(
    household: Household, low: int
) -> None:
    sheet = household.hours(low)

    (finding,) = household.timesheets.show(sheet).findings

    assert (finding.code, finding.severity) == ("minimum_wage_short", Severity.WARNING)
    with pytest.raises(RefusedError):
        household.pay(low)


def test_a_free_home_counts_towards_the_minimum(
    household: Household, working_time: WorkingTime, low: int
) -> None:
    sheet = household.hours(low)

    home = working_time.set_home(HomeProvided(0, low, JUNE))

    assert codes(household, sheet) == []
    assert working_time.show(low, JUNE).homes[0].id == home
    working_time.remove_home(home)
    assert codes(household, sheet) == ["minimum_wage_short"]


def test_one_person_in_two_jobs_at_once_is_found(household: Household, ada: int) -> None:
    assistant = household.people.employment(ada, MONDAY).employment.assistant_id
    second = household.people.take_on(
        an_employment(id=0, assistant_id=assistant, payroll_id=""), RATES_HELD, "1257L", "A"
    )
    for job in (ada, second):
        sheet = household.timesheets.open(job, MONDAY)
        household.timesheets.add_shift(a_shift(MONDAY, timesheet_id=sheet, **at("09:00", "11:00")))

    assert codes(household, sheet) == ["at_work_twice"]


def test_family_at_home_are_owed_none(
    household: Household, working_time: WorkingTime, low: int
) -> None:
    sheet = household.hours(low)
    terms = household.people.employment(low, MONDAY).findings
    assert "rate_below_minimum" in [finding.code for finding in terms]

    working_time.keep(WorkingTimeRecord(0, low, wage_exemption=WageExemption.FAMILY_HOME))

    assert codes(household, sheet) == []
    assert household.people.employment(low, MONDAY).findings == ()
    assert household.pay(low).payslips == 1


def test_hours_no_rates_are_known_for_are_not_compared(household: Household) -> None:
    old = date(2022, 6, 6)
    job = household.take_on(an_employment(started_on=old), rates=(a_rate("5.00", from_day=old),))
    sheet = household.timesheets.open(job, old)
    household.timesheets.add_shift(a_shift(old, 60, timesheet_id=sheet))

    assert codes(household, sheet) == []


def test_what_was_seen_with_a_pay_run_is_kept_with_it(household: Household) -> None:
    ada = household.take_on(nino="")
    household.hours(ada)
    draft = household.draft(ada)
    shown = household.pay_runs.preview(draft).findings
    assert "no_nino" in [finding.code for finding in shown]

    household.pay_runs.finalise(draft)

    assert household.pay_runs.preview(draft).findings == shown
    with household.book.read() as reading:
        (kept, *_rest) = reading.find(FindingSeen, pay_run_id=draft)
    with (
        pytest.raises(RefusedError, match="finalised pay run"),
        household.book.change("Forgot what was seen") as tx,
    ):
        tx.remove(kept)


# ── mileage over the year ──


def drive(household: Household, job: int, day: date, miles: int) -> None:
    sheet = household.timesheets.open(job, day)
    household.timesheets.add_shift(
        a_shift(day, 60, timesheet_id=sheet),
    )
    household.timesheets.add_shift(
        a_shift(day, pay_type=PayType.EXPENSES, label="Mileage", quantity=miles, timesheet_id=sheet)
    )
    household.timesheets.approve(sheet, "Helen Ashby", day)


def mileage_found(household: Household, job: int, day: date) -> list[str]:
    return [
        finding.message
        for finding in household.pay_runs.preview(household.draft(job, day)).findings
        if finding.code == "mileage_above_approved"
    ]


def test_ten_thousand_miles_are_counted_over_the_tax_year(household: Household, ada: int) -> None:
    drive(household, ada, date(2026, 4, 7), 9_900)
    drive(household, ada, MONDAY, 300)

    assert mileage_found(household, ada, date(2026, 4, 7)) == []
    (message,) = mileage_found(household, ada, MONDAY)
    assert "so £60.00 of it is taxable" in message


def test_claims_at_the_old_rate_may_be_topped_up(
    household: Household, working_time: WorkingTime
) -> None:
    old = replace(RATES_HELD[-1], rate=pounds("0.45"))
    job = household.take_on(rates=(*RATES_HELD[:-1], old))
    drive(household, job, date(2026, 4, 7), 80)

    (finding,) = working_time.show(job, JUNE).findings

    assert "You may give back £8.00 more" in finding.message
    assert working_time.show(job, date(2026, 4, 6)).findings == ()


# ── what is known ──


def test_what_is_known_is_kept_and_replaced(working_time: WorkingTime, ada: int) -> None:
    assert working_time.show(ada, JUNE).record == WorkingTimeRecord(0, ada)

    working_time.keep(WorkingTimeRecord(0, ada, lives_in=True))
    known = working_time.show(ada, JUNE).record
    working_time.keep(replace(known, opted_out_on=JUNE))

    record = working_time.show(ada, JUNE).record
    assert (record.lives_in, record.opted_out_on, record.id) == (True, JUNE, known.id)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"opted_out_on": date(2012, 5, 16)}, "was under 18 on 16 May 2012"),
        ({"opt_out_ends_on": JUNE}, "ends before it begins"),
        ({"opted_out_on": JUNE, "opt_out_ends_on": JUNE}, "ends before it begins"),
        ({"other_work_minutes": 168 * 60 + 1}, "So many hours in a week"),
        ({"weekly_minutes_allowed": -1}, "So many hours in a week"),
        ({"usual_break_minutes": -1}, "So long a break"),
        ({"apprentice_to": JUNE}, "The apprenticeship ends before it begins"),
        (
            {"apprentice_from": JUNE, "apprentice_to": date(2026, 5, 31)},
            "The apprenticeship ends before it begins",
        ),
    ],
)
def test_a_record_that_cannot_be_is_refused(
    working_time: WorkingTime, ada: int, changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(EntryError, match=words):
        working_time.keep(WorkingTimeRecord(0, ada, **changes))

    assert working_time.show(ada, JUNE).record.id == 0


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"days_a_week": 8}, "8 days a week cannot be"),
        ({"weekly_charge": pounds("-1.00")}, "A charge of"),
        ({"to_day": JUNE - timedelta(days=1)}, "is before the first"),
        ({}, "provided from 1 May 2026 already"),
        ({"from_day": date(2026, 4, 6), "to_day": date(2026, 5, 1)}, "provided from 1 May 2026"),
    ],
)
def test_a_home_that_cannot_be_is_refused(
    working_time: WorkingTime, ada: int, changes: dict[str, Any], words: str
) -> None:
    working_time.set_home(HomeProvided(0, ada, date(2026, 5, 1)))

    with pytest.raises(EntryError, match=words):
        working_time.set_home(replace(HomeProvided(0, ada, JUNE), **changes))


def test_one_home_may_follow_another(working_time: WorkingTime, ada: int) -> None:
    first = working_time.set_home(HomeProvided(0, ada, date(2026, 5, 1)))
    working_time.set_home(HomeProvided(first, ada, date(2026, 5, 1), date(2026, 5, 31)))

    working_time.set_home(HomeProvided(0, ada, JUNE))

    assert [home.from_day for home in working_time.show(ada, JUNE).homes] == [
        JUNE,
        date(2026, 5, 1),
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"minutes": 0}, "That much rest cannot have been missing"),
        ({"minutes": 24 * 60 + 1}, "That much rest cannot have been missing"),
        ({"given_on": MONDAY - timedelta(days=1)}, "comes before 1 June 2026"),
    ],
)
def test_rest_that_cannot_have_been_given_is_refused(
    working_time: WorkingTime, ada: int, changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(EntryError, match=words):
        working_time.give_rest(replace(RestGiven(0, ada, MONDAY, TUESDAY, 60), **changes))


def test_work_while_away_sick_or_on_family_leave_is_asked_about(
    household: Household, ada: int
) -> None:
    sheet = household.timesheets.open(ada, MONDAY)
    household.timesheets.add_shift(a_shift(TUESDAY, 60, timesheet_id=sheet))

    with household.book.change("Recorded sickness") as tx:
        sickness = Sickness(0, ada, MONDAY, MONDAY)
        sickness = replace(sickness, id=tx.add(sickness))
    assert codes(household, sheet) == []
    with household.book.change("Changed sickness") as tx:
        tx.update(replace(sickness, last_day=None))
    assert codes(household, sheet) == ["leave_clash"]
    with household.book.change("Recorded leave instead") as tx:
        tx.remove(replace(sickness, last_day=None))
        leave = tx.add(FamilyLeave(0, ada, FamilyPay.SPP))
        tx.add(LeaveBlock(0, leave, MONDAY - timedelta(days=7), 1))
    assert codes(household, sheet) == []
    with household.book.change("Took a second week") as tx:
        tx.add(LeaveBlock(0, leave, MONDAY, 1))
    assert codes(household, sheet) == ["leave_clash"]


def test_work_on_leave_that_was_agreed_to_is_asked_about(household: Household, ada: int) -> None:
    sheet = household.timesheets.open(ada, MONDAY)
    household.timesheets.add_shift(a_shift(TUESDAY, 60, timesheet_id=sheet))
    with household.book.change("Asked for leave") as tx:
        days = (LeaveDay(TUESDAY, 240),)
        leave = BookedLeave(0, ada, TUESDAY, TUESDAY, days, date(2026, 4, 20))
        leave = replace(leave, id=tx.add(leave))
    assert codes(household, sheet) == []

    with household.book.change("Agreed to leave") as tx:
        tx.update(replace(leave, status=LeaveStatus.APPROVED))

    assert "leave_clash" in codes(household, sheet)


def test_work_after_the_right_to_work_that_was_seen_is_found(
    household: Household, ada: int
) -> None:
    sheet = household.timesheets.open(ada, MONDAY)
    household.timesheets.add_shift(a_shift(TUESDAY, 60, timesheet_id=sheet))

    with household.book.change("Saw proof") as tx:
        proof = TaskDone(0, ada, RIGHT_TO_WORK, date(2026, 4, 1), valid_until=MONDAY)
        proof = replace(proof, id=tx.add(proof))

    assert codes(household, sheet) == ["rtw_expired"]
    with household.book.change("Saw proof again") as tx:
        tx.update(replace(proof, valid_until=None))
    assert codes(household, sheet) == []
