"""One payday's holiday: rolled-up pay, time away that goes on earning, and the end of a job."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpemployer.money import NOTHING
from dpemployer.payroll.away import Away, LeaveBlock, Sickness
from dpemployer.payroll.holiday import HolidayBefore, HolidayRow
from dpemployer.payroll.holiday_payday import (
    HolidayAtEnd,
    absence_began,
    absent_days,
    family_days,
    holiday_at_end,
    holiday_on_payday,
    time_away,
    weeks_without_absence,
)
from dpemployer.payroll.holiday_rates import worth
from dpemployer.payroll.people import HolidayClass, OpeningHoliday, PayType
from dpemployer.payroll.rolled_up import rolled_up_holiday
from dpemployer.workings import explain
from tests.builders import (
    MILEAGE,
    MONDAY,
    RATES,
    SLEEP_IN,
    a_contract,
    a_rate,
    a_shift,
    holiday_terms,
    pounds,
    regular_terms,
    terms,
)
from tests.payroll.test_pay_run import RUN, SUNDAY, THIRTY_HOURS, draft, pay_of

if TYPE_CHECKING:
    from dpemployer.payroll.draft_pay import DraftPay
    from dpemployer.payroll.pay_elements import Elements

WEEKS_BEFORE = {MONDAY - timedelta(days=1 + 7 * back): (600, pounds("132.00")) for back in range(8)}
ROLLED_UP = (holiday_terms(rolled_up=True, reason="In the contract"),)
SICK_WEEK = Away(sicknesses=(Sickness(1, 1, MONDAY, SUNDAY),))


def worked(facts: DraftPay) -> Elements:
    return worth(facts.contract, facts.terms.rates, facts.shifts, facts.paid_weeks)


# ── paid together with the wages ──


def rolled_up(**changes: Any) -> Elements:
    facts = draft(**{"terms": terms(holiday=ROLLED_UP), **changes})
    return rolled_up_holiday(RUN, facts, worked(facts), RATES)


def test_rolled_up_pay_is_a_line_of_its_own() -> None:
    pay = pay_of(terms=terms(holiday=ROLLED_UP))

    lines = {line.pay_type: line.amount for line in pay.elements.lines}
    # 30 hours at £13.20 are £396.00; 12.07% of that is £47.7972.
    assert lines == {PayType.BASIC: pounds("396.00"), PayType.ROLLED_UP_HOLIDAY: pounds("47.80")}
    assert pay.result.pay == pounds("443.80")
    assert pay.accrual.earned == 240
    assert pay.elements.counted_pay == pounds("396.00")
    said = next(step for step in explain(pay.steps) if step.rule == "holiday.rolled_up")
    assert "12.07% of pay for work of £396.00 is £47.80" in said.sentence


def test_only_pay_for_work_has_holiday_pay_on_it() -> None:
    rates = (a_rate(), MILEAGE, SLEEP_IN)
    shifts = (
        a_shift(MONDAY, 600),
        a_shift(MONDAY, 480, PayType.SLEEP_IN, "Sleep-in", quantity=1),
        a_shift(MONDAY, 0, PayType.EXPENSES, "Mileage", quantity=10),
        a_shift(MONDAY + timedelta(days=3), 480, PayType.HOLIDAY, "Holiday"),
    )

    found = rolled_up(terms=terms(*rates, holiday=ROLLED_UP), shifts=shifts)

    # £132.00 and £58.00 at 12.07%.
    assert [line.amount for line in found.lines] == [pounds("22.93")]


def test_rolled_up_pay_begins_on_the_day_it_was_agreed() -> None:
    from_wednesday = holiday_terms(
        id=2, from_day=MONDAY + timedelta(days=2), rolled_up=True, reason="Agreed"
    )

    found = rolled_up(terms=terms(holiday=(holiday_terms(), from_wednesday)))

    # Three days of six hours: £237.60.
    assert [line.amount for line in found.lines] == [pounds("28.68")]


def test_without_work_or_agreement_there_is_no_line() -> None:
    assert rolled_up(shifts=()).lines == ()
    assert rolled_up(terms=terms()).lines == ()


def test_leave_that_was_paid_with_the_wages_costs_its_days_and_no_money() -> None:
    leave = a_shift(MONDAY + timedelta(days=4), 480, PayType.HOLIDAY, "Holiday")

    pay = pay_of(
        terms=terms(holiday=ROLLED_UP), shifts=(a_shift(MONDAY, 600), leave), paid_weeks={}
    )

    holiday = next(line for line in pay.elements.lines if line.pay_type is PayType.HOLIDAY)
    assert (holiday.minutes, holiday.amount) == (480, NOTHING)
    assert pay.holiday.taken == 480
    assert pay.weeks == {SUNDAY: (600, pounds("132.00"))}


def test_a_week_of_sickness_pays_the_average_of_the_paydays_before() -> None:
    before = (pounds("40.00"), pounds("20.00"))

    found = rolled_up(shifts=(), away=SICK_WEEK, rolled_up_before=before)

    assert [line.amount for line in found.lines] == [pounds("30.00")]


def test_two_days_of_seven_pay_two_sevenths_of_it() -> None:
    away = Away(sicknesses=(Sickness(1, 1, SUNDAY - timedelta(days=1)),))

    found = rolled_up(shifts=(), away=away, rolled_up_before=(pounds("35.00"),))

    assert [line.amount for line in found.lines] == [pounds("10.00")]
    assert "Away for 2 of the 7 days" in explain(found.steps())[1].sentence


def test_away_before_any_rolled_up_pay_has_nothing_to_go_by() -> None:
    assert rolled_up(shifts=(), away=SICK_WEEK).lines == ()


def test_nobody_is_away_after_their_last_day() -> None:
    left = replace(draft().employment, left_on=MONDAY)

    found = rolled_up(
        shifts=(), away=SICK_WEEK, employment=left, rolled_up_before=(pounds("35.00"),)
    )

    assert [line.amount for line in found.lines] == [pounds("5.00")]


# ── time away goes on earning ──


def test_a_week_away_counts_as_the_average_week_before() -> None:
    pay = pay_of(shifts=(), away=SICK_WEEK, paid_weeks=WEEKS_BEFORE)

    # Ten hours a week at 12.07% are 1.207 hours, to the nearest hour.
    assert (pay.accrual.absence_minutes, pay.accrual.earned) == (600, 60)
    assert "Away for 7 days of this period. Over 8 whole weeks before, 80 h" in next(
        step.sentence for step in explain(pay.steps) if step.rule == "holiday.time_away"
    )


def test_weeks_without_work_count_and_weeks_with_leave_do_not() -> None:
    contract = a_contract(started_on=MONDAY - timedelta(weeks=5))
    weeks = {
        MONDAY - timedelta(days=1 + 7 * back): (600, pounds("132.00")) for back in (0, 2, 3, 4)
    }
    ill_before = Sickness(2, 1, MONDAY - timedelta(days=16), MONDAY - timedelta(days=15))
    away = replace(SICK_WEEK, sicknesses=(*SICK_WEEK.sicknesses, ill_before))

    minutes, _steps = time_away(contract, away, (MONDAY, SUNDAY), weeks)

    # Five weeks of employment: one with sickness left out, one without work counts as none.
    assert minutes == (600 * 3) // 4


def test_no_week_from_before_the_employment_or_older_than_104_counts() -> None:
    contract = a_contract(started_on=date(2020, 1, 6))
    weeks = {
        MONDAY - timedelta(days=1 + 7 * back): (600 if back < 52 else 60, pounds("9.00"))
        for back in range(130)
    }
    all_year = tuple(LeaveBlock(1, 1, MONDAY - timedelta(weeks=back), 1) for back in range(2, 60))

    plain, _steps = time_away(contract, SICK_WEEK, (MONDAY, SUNDAY), weeks)
    replaced, _steps = time_away(
        contract, replace(SICK_WEEK, blocks=all_year), (MONDAY, SUNDAY), weeks
    )

    assert plain == 600
    # The week before, and 45 older weeks until 104 weeks back: none of them longer ago.
    assert replaced == -(-(600 + 60 * 45) // 46)


def test_somebody_away_before_their_first_whole_week_earns_nothing_by_it() -> None:
    contract = a_contract(started_on=MONDAY)

    assert time_away(contract, SICK_WEEK, (MONDAY, SUNDAY), {})[0] == 0


def test_regular_hours_do_not_earn_by_the_hour_while_away() -> None:
    pay = pay_of(
        terms=terms(holiday=(regular_terms(),)), shifts=(), away=SICK_WEEK, paid_weeks=WEEKS_BEFORE
    )

    assert (pay.accrual.earned, pay.accrual.absence_minutes) == (0, 0)


def test_an_absence_begins_where_its_spell_does() -> None:
    blocks = tuple(LeaveBlock(each, 1, MONDAY - timedelta(weeks=each), 1) for each in range(1, 4))
    away = replace(SICK_WEEK, blocks=blocks)

    assert absence_began(away, SUNDAY) == MONDAY - timedelta(weeks=3)
    assert len(absent_days(away, MONDAY - timedelta(weeks=9), SUNDAY)) == 28


def test_family_leave_is_told_from_sickness() -> None:
    away = replace(SICK_WEEK, blocks=(LeaveBlock(1, 1, SUNDAY, 1),))

    assert family_days(away, MONDAY, SUNDAY) == {SUNDAY}


def test_weeks_with_any_absence_are_left_out_of_an_average() -> None:
    ill = Away(sicknesses=(Sickness(1, 1, MONDAY - timedelta(days=8), MONDAY - timedelta(days=8)),))

    found = weeks_without_absence(WEEKS_BEFORE, ill)

    assert set(WEEKS_BEFORE) - set(found) == {MONDAY - timedelta(days=8)}
    assert weeks_without_absence({}, ill) == {}


@given(st.integers(0, 7), st.integers(0, 4000))
def test_being_away_never_takes_holiday_away(days: int, minutes: int) -> None:
    away = Away(sicknesses=(Sickness(1, 1, MONDAY, MONDAY + timedelta(days=days)),))
    weeks = {ending: (minutes, pounds("10.00")) for ending in WEEKS_BEFORE}
    here = draft(paid_weeks=weeks)
    ill = draft(paid_weeks=weeks, away=away)

    earned = holiday_on_payday(RUN, here, worked(here)).accrual.earned

    assert holiday_on_payday(RUN, ill, worked(ill)).accrual.earned >= earned


# ── the end of a job ──


def at_end(minutes_left: int = 600, **changes: Any) -> HolidayAtEnd:
    opening = OpeningHoliday(1, 1, date(2026, 5, 31), minutes_left, "a test")
    leaver = replace(draft().employment, left_on=SUNDAY)
    facts = draft(**{"employment": leaver, "holiday": HolidayBefore(opening), **changes})
    return holiday_at_end(RUN, facts, worked(facts), SUNDAY)


def test_what_is_left_at_the_end_has_the_last_hours_in_it() -> None:
    found = at_end()

    # Thirty hours earn 3.621 hours, given as the better: four whole ones.
    assert found.minutes == 600 + 240
    assert found.hour is not None
    assert found.hour.an_hour == pounds("13.20")


def test_more_taken_than_earned_is_below_nothing() -> None:
    assert at_end(-600).minutes == -360


def test_without_any_rate_nothing_can_say_what_it_is_worth() -> None:
    assert at_end(terms=terms(SLEEP_IN), shifts=()).hour is None


def test_holiday_paid_with_the_wages_is_not_owed_again() -> None:
    found = at_end(terms=terms(holiday=ROLLED_UP))

    assert (found.minutes, found.paid_with_wages) == (0, True)


@pytest.mark.parametrize(("taken", "owed"), [(0, 660), (300, 600), (2000, 0)])
def test_what_was_earned_before_it_was_paid_with_the_wages_is_owed(taken: int, owed: int) -> None:
    agreed = holiday_terms(id=2, from_day=MONDAY, rolled_up=True, reason="Agreed")
    opening = OpeningHoliday(1, 1, date(2026, 4, 30), 600, "a test")
    rows = (HolidayRow(date(2026, 5, 10), 500, 60, taken),)

    found = at_end(
        terms=terms(holiday=(holiday_terms(), agreed)), holiday=HolidayBefore(opening, rows=rows)
    )

    assert found.minutes == owed
    assert found.hour is not None
    assert found.hour.an_hour == pounds("13.20")


def test_somebody_away_at_the_end_earns_to_the_last_day_and_no_further() -> None:
    contract = replace(
        a_contract(), employment=replace(draft().employment, left_on=MONDAY + timedelta(days=1))
    )

    minutes, _steps = time_away(contract, SICK_WEEK, (MONDAY, SUNDAY), WEEKS_BEFORE)

    assert minutes == -(-600 * 2 // 7)


def test_hours_that_vary_in_northern_ireland_earn_nothing_by_the_hour() -> None:
    held = holiday_terms(holiday_class=HolidayClass.NORTHERN_IRELAND)

    assert pay_of(terms=terms(holiday=(held,)), shifts=THIRTY_HOURS).accrual.earned == 0
