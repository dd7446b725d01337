"""What else is worth a look on a timesheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from dpemployer.findings import Severity
from dpemployer.payroll.people import PayType
from dpemployer.payroll.rota import OtherShift
from dpemployer.payroll.rota_notes import note_findings
from tests.builders import MONDAY, a_shift, an_employment
from tests.payroll.rota_builders import asleep, leave, on, week

if TYPE_CHECKING:
    from dpemployer.payroll.rota import RotaFacts
    from dpemployer.payroll.timesheet import Shift

LAST_YEAR = date(2025, 1, 6)


def found(facts: RotaFacts) -> dict[str, str]:
    return {finding.code: finding.message for finding in note_findings(facts)}


def test_leave_and_work_on_one_day_is_asked_about() -> None:
    work = on(1, "09:00", "12:00")

    assert "2 June 2026" in found(week(leave(1), work))["leave_clash"]
    assert found(week(leave(0), work)) == {}
    away = frozenset({MONDAY + timedelta(days=1)})
    assert "leave_clash" in found(week(work, away=away))
    assert "leave_clash" in found(week(work, leave_agreed=away))


def test_two_people_at_once_is_a_question() -> None:
    here = week(
        on(0, "09:00", "13:00"),
        others=(
            OtherShift("Bo Lund", on(0, "12:00", "16:00")),
            OtherShift("Cy Tate", on(0, "08:00", "09:30")),
            OtherShift("Dee Oke", on(0, "13:00", "16:00")),
            OtherShift("Eve Ray", leave(0)),
            OtherShift("Flo Kay", a_shift(minutes=600)),
        ),
    )

    (finding,) = note_findings(here)

    assert (finding.code, finding.severity) == ("double_booked", Severity.NOTE)
    assert "1 June 2026 with Bo Lund (1 h)." in finding.message
    assert "Cy Tate" not in finding.message


def test_one_person_in_two_jobs_at_once_is_found() -> None:
    own = OtherShift("", on(0, "12:50", "16:00"), same_person=True)
    other = OtherShift("Bo Lund", on(0, "12:50", "16:00"))

    (finding,) = note_findings(week(on(0, "09:00", "13:00"), others=(own, other)))

    assert (finding.code, finding.severity) == ("at_work_twice", Severity.WARNING)
    assert "at the same time: 1 June 2026 (10 min)." in finding.message


def test_hours_without_times_are_at_no_time() -> None:
    other = OtherShift("Bo Lund", on(0, "12:00", "16:00"))

    assert found(week(a_shift(minutes=600), others=(other,))) == {}
    at_home = OtherShift("Bo Lund", replace(on(0, "09:00", "13:00"), pay_type=PayType.RETAINER))
    assert found(week(on(0, "09:00", "13:00"), others=(at_home,))) == {}


def test_three_wakeful_sleep_ins_in_a_month_ask_for_a_review() -> None:
    def nights(*days: int, awake: int = 121) -> tuple[Shift, ...]:
        return tuple(asleep(day, awake_minutes=awake) for day in days)

    assert "sleep_in_wakeful" in found(week(*nights(0, 2, 4)))
    assert found(week(*nights(0, 2))) == {}
    assert found(week(*nights(0, 2, 4, awake=120))) == {}
    assert found(week(*nights(0, 2), around=nights(-1))) == {}
    assert "sleep_in_wakeful" in found(week(*nights(0, 2), around=nights(8)))


def test_work_on_a_bank_holiday_is_named() -> None:
    holidays = {MONDAY: "A holiday", MONDAY + timedelta(days=1): "Another"}
    facts = week(on(0, "09:00", "12:00"), leave(1), bank_holidays=holidays)

    assert "There was work on a bank holiday: 1 June 2026." in found(facts)["bank_holiday"]


def test_weeks_with_other_hours_than_the_contract_are_named() -> None:
    agreed = {"employment": an_employment(started_on=LAST_YEAR), "weekly_hours": Decimal(20)}
    twenty = (a_shift(minutes=900), leave(1, 300), asleep(2))

    assert found(week(*twenty, **agreed)) == {}
    message = found(week(*twenty, on(3, "09:00", "10:30"), **agreed))["contract_hours"]
    assert "The contract says 20 h a week." in message
    assert "1 June 2026 (21 h 30 min)" in message


def test_the_week_a_job_begins_in_is_not_compared() -> None:
    midweek = an_employment(started_on=MONDAY + timedelta(days=2))

    assert found(week(on(3, "09:00", "10:30"), employment=midweek, weekly_hours=Decimal(20))) == {}
