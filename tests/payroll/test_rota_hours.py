"""Long weeks, nights, people under 18 and permissions to work, on a timesheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpemployer.payroll.people import PayType
from dpemployer.payroll.rota import minutes_of, working_minutes
from dpemployer.payroll.rota_hours import hours_findings
from dpemployer.payroll.working_time import DomesticService
from tests.builders import MONDAY, a_shift, an_employment, at
from tests.payroll.rota_builders import (
    LIMITS,
    SEVENTEEN,
    SUNDAY,
    asleep,
    leave,
    on,
    record,
    week,
)

if TYPE_CHECKING:
    from dpemployer.payroll.rota import RotaFacts
    from dpemployer.payroll.timesheet import Shift

UNKNOWN, YES, NO = DomesticService
SURE = record(domestic_service=NO)


def found(facts: RotaFacts) -> dict[str, str]:
    return {finding.code: finding.message for finding in hours_findings(facts, LIMITS)}


def weeks_of(hours: int, count: int = 17, until: int = 0) -> tuple[Shift, ...]:
    """Five equal days in each of the weeks before the one that begins `until` weeks from now."""
    return tuple(
        a_shift(MONDAY + timedelta(weeks=until - 1 - back, days=day), hours * 12)
        for back in range(count)
        for day in range(5)
    )


# ── working time ──


def test_working_time_is_what_really_passed() -> None:
    spring = a_shift(date(2026, 3, 28), minutes=540, **at("22:00", "07:00"))

    assert working_minutes(spring) == 480
    assert working_minutes(on(0, "08:00", "16:00", break_minutes=30)) == 450
    assert working_minutes(a_shift(minutes=90)) == 90
    assert working_minutes(a_shift(break_minutes=45, **at("08:00", "08:30"))) == 0


def test_work_during_a_sleep_in_is_counted_once() -> None:
    call_out = on(1, "02:00", "03:00")
    across = on(1, "06:00", "08:00")

    assert minutes_of([asleep(0), call_out]) == 540
    assert minutes_of([asleep(0), call_out, across]) == 600
    assert minutes_of([]) == 0


# ── the average week ──


def test_an_average_over_the_limit_is_found_with_what_to_do() -> None:
    messages = found(week(*weeks_of(49, 1, until=1), around=weeks_of(49, 16), record=SURE))

    assert list(messages) == ["avg_48"]
    assert (
        "From 9 February 2026 to 7 June 2026 the average week is 49.00 hours"
        in (messages["avg_48"])
    )
    assert "may not apply" not in messages["avg_48"]


def test_an_average_at_the_limit_is_not() -> None:
    assert found(week(*weeks_of(48, 1, until=1), around=weeks_of(48, 16), record=SURE)) == {}


def test_until_the_employer_has_decided_the_doubt_is_said() -> None:
    facts = {"around": weeks_of(49, 16)}

    assert found(week(*weeks_of(49, 1, until=1), **facts))["avg_48"].endswith(
        "It may not apply in a private household: take advice."
    )
    domestic = record(domestic_service=YES)
    assert found(week(*weeks_of(49, 1, until=1), record=domestic, **facts)) == {}


def test_a_written_agreement_lifts_the_limit_until_it_ends() -> None:
    signed = date(2026, 1, 1)
    held = record(domestic_service=NO, opted_out_on=signed)
    ended = record(domestic_service=NO, opted_out_on=signed, opt_out_ends_on=SUNDAY)
    facts = {"around": weeks_of(60, 16)}

    assert found(week(*weeks_of(60, 1, until=1), record=held, **facts)) == {}
    messages = found(week(*weeks_of(60, 1, until=1), record=ended, **facts))
    assert list(messages) == ["opt_out_expired"]
    assert "has ended" in messages["opt_out_expired"]


def test_a_job_that_began_later_has_fewer_weeks() -> None:
    new = an_employment(started_on=MONDAY - timedelta(weeks=1))
    facts = week(*weeks_of(50, 1, until=1), around=weeks_of(50, 1), employment=new, record=SURE)

    assert "From 25 May 2026 to 7 June 2026 the average week is 50.00" in found(facts)["avg_48"]
    first_day = week(on(6, "08:00", "22:00"), employment=new, record=SURE)
    assert found(first_day) == {}
    assert found(week(employment=new, record=SURE)) == {}
    then_away = (on(0, "08:00", "22:00"), leave(1))
    assert found(week(*then_away, employment=new, record=SURE)) == {}


def test_weeks_without_work_count_once_they_are_recorded() -> None:
    back = week(*weeks_of(60, 1, until=1), record=SURE)

    assert "60.00 hours" in found(back)["avg_48"]
    known = replace(back, recorded_from=date(2026, 5, 4))
    assert found(known) == {}


def test_days_of_leave_are_made_up_by_days_after_the_average() -> None:
    # A week of leave ten weeks ago; its five days are made up by the five worked last.
    away = tuple(leave(day - 70) for day in range(5))
    worked = tuple(
        shift
        for shift in weeks_of(49, 25)
        if not MONDAY - timedelta(70) <= shift.day < MONDAY - timedelta(63)
    )

    message = found(week(*weeks_of(49, 1, until=1), around=(*worked, *away), record=SURE))["avg_48"]

    assert "From 2 February 2026 to 31 May 2026 the average week is 49.00 hours" in message


def test_days_away_sick_are_made_up_too() -> None:
    sick = frozenset(MONDAY + timedelta(days=day - 70) for day in range(5))
    worked = tuple(shift for shift in weeks_of(49, 25) if shift.day not in sick)

    facts = week(*weeks_of(49, 1, until=1), around=worked, away=sick, record=SURE)

    assert "49.00 hours" in found(facts)["avg_48"]


def test_leave_that_cannot_be_made_up_yet_is_left_as_it_is() -> None:
    away = tuple(leave(day - 7 * back) for back in range(1, 13) for day in range(7))

    # Five weeks of 170 hours in seventeen: 50 each week, and nothing worked after any leave.
    early = weeks_of(170, 5, until=-11)
    facts = week(around=(*early, *away), record=SURE)

    assert "50.00 hours" in found(facts)["avg_48"]


def test_work_for_others_counts_together() -> None:
    other = record(domestic_service=NO, other_work_minutes=10 * 60)
    facts = {"around": weeks_of(40, 16)}

    assert list(found(week(*weeks_of(40, 1, until=1), record=other, **facts))) == ["second_job"]
    little = record(domestic_service=NO, other_work_minutes=8 * 60)
    assert found(week(*weeks_of(40, 1, until=1), record=little, **facts)) == {}
    agreed = record(opted_out_on=date(2026, 1, 1), other_work_minutes=10 * 60)
    assert found(week(*weeks_of(40, 1, until=1), record=agreed, **facts)) == {}


# ── nights ──


def waking(count: int, hours: int = 10, weeks: int = 17) -> tuple[Shift, ...]:
    end = f"{(21 + hours) % 24:02d}:00"
    return tuple(
        on(day - 7 * back, "21:00", end, pay_type=PayType.WAKING_NIGHT, label="Waking night")
        for back in range(weeks)
        for day in range(count)
    )


def nights(*shifts: Shift, **changes: object) -> dict[str, str]:
    here = [shift for shift in shifts if shift.day >= MONDAY]
    before = tuple(shift for shift in shifts if shift.day < MONDAY)
    known = record(domestic_service=NO, **{"night_assessment_on": date(2026, 1, 1), **changes})
    return found(week(*here, around=before, record=known))


def test_four_ten_hour_nights_a_week_are_within_the_limit_and_six_are_not() -> None:
    assert nights(*waking(4)) == {}
    messages = nights(*waking(6), opted_out_on=date(2026, 1, 1))
    assert list(messages) == ["night_avg_8"]
    # One of the nights is that on which the clocks went forward: 1,019 hours over 102 days.
    assert "works 9.99 hours in each 24 on average" in messages["night_avg_8"]


def test_a_few_nights_make_no_night_worker() -> None:
    assert nights(*waking(1), *weeks_of(40), night_assessment_on=None) == {}
    assert nights(*waking(2, weeks=1), night_assessment_on=None) == {}


def test_a_night_worker_is_offered_a_health_assessment_each_year() -> None:
    assert "night_health" in nights(*waking(3), night_assessment_on=None)
    assert "night_health" in nights(*waking(3), night_assessment_on=date(2025, 6, 7))
    assert "night_health" not in nights(*waking(3), night_assessment_on=date(2025, 6, 8))


def test_hard_nights_have_a_limit_without_average() -> None:
    messages = nights(*waking(2), night_hazard=True)

    assert "Longer ones began on 1 June 2026, 2 June 2026." in messages["night_8_hard"]
    assert nights(*waking(2, hours=8), night_hazard=True) == {}


def test_nights_without_times_are_known_by_their_kind() -> None:
    slept = tuple(
        a_shift(MONDAY + timedelta(days=day), 540, PayType.SLEEP_IN, "Sleep-in") for day in range(4)
    )

    assert "night_health" in nights(*slept, night_assessment_on=None)
    assert nights(*weeks_of(40), night_assessment_on=None) == {}


# ── under 18 ──


@pytest.mark.parametrize(
    ("shifts", "words"),
    [
        ([on(0, "08:00", "16:30")], "1 June 2026"),
        ([on(day, "08:00", "15:00") for day in range(6)], "1 June 2026"),
        ([on(3, "06:00", "10:00"), on(3, "12:00", "17:00")], "4 June 2026"),
    ],
)
def test_long_days_and_weeks_under_eighteen_are_found(shifts: list[Shift], words: str) -> None:
    messages = found(week(*shifts, person=SEVENTEEN, record=SURE))

    assert list(messages) == ["young_8_40"]
    assert words in messages["young_8_40"]


def test_no_agreement_lifts_the_limits_under_eighteen() -> None:
    agreed = record(domestic_service=NO, opted_out_on=date(2026, 1, 1))

    assert "young_8_40" in found(week(on(0, "08:00", "17:00"), person=SEVENTEEN, record=agreed))


def test_work_at_night_under_eighteen_is_found() -> None:
    assert list(found(week(on(0, "18:00", "22:15"), person=SEVENTEEN))) == ["young_night"]
    assert list(found(week(on(0, "05:45", "09:00"), person=SEVENTEEN))) == ["young_night"]
    assert found(week(on(0, "06:00", "10:00"), on(1, "18:00", "22:00"), person=SEVENTEEN)) == {}


# ── permission to work ──


def test_work_after_the_right_to_work_ended_is_found() -> None:
    tuesday = MONDAY + timedelta(days=1)
    facts = week(
        on(1, "08:00", "12:00"),
        on(2, "08:00", "12:00"),
        record=record(domestic_service=YES),
        right_to_work_until=tuesday,
    )

    messages = found(facts)

    assert list(messages) == ["rtw_expired"]
    assert "ended on 2 June 2026, and there is work on 3 June 2026." in messages["rtw_expired"]


def test_a_visa_may_allow_only_so_many_hours() -> None:
    allowed = record(domestic_service=NO, weekly_minutes_allowed=20 * 60)

    assert list(found(week(*weeks_of(21, 1, until=1), record=allowed))) == ["visa_hours"]
    assert found(week(*weeks_of(20, 1, until=1), record=allowed)) == {}


@given(st.integers(1, 90), st.integers(0, 30))
def test_more_hours_never_take_a_warning_away(hours: int, more: int) -> None:
    def codes(total: int) -> set[str]:
        return set(found(week(*weeks_of(total, 1, until=1), around=weeks_of(total, 16))))

    assert codes(hours) <= codes(hours + more)
