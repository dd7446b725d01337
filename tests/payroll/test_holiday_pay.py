"""Holiday is counted in minutes, and paid at the average or the usual rate."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from dpemployer.payroll.holiday import (
    Accrual,
    HolidayBefore,
    HolidayRow,
    balance,
    earned_in_period,
)
from dpemployer.payroll.holiday_rates import (
    average_hour,
    average_week,
    complete_weeks,
    holiday_hour,
    week_ending,
)
from dpemployer.payroll.people import HolidayClass, OpeningHoliday, PayType
from dpemployer.periods import PayFrequency
from dpemployer.workings import explain
from tests.builders import MONDAY, a_contract, a_rate, an_employment, pounds, regular_contract

if TYPE_CHECKING:
    from dpemployer.money import Money

WEEKS = [MONDAY + timedelta(days=7 * week + 6) for week in range(20)]
"""The Sundays on which pay weeks end."""


# ── leave years and weeks ──


def test_a_leave_year_begins_where_the_contract_says() -> None:
    employment = a_contract(leave_year_start=date(2024, 4, 1))

    year = employment.leave_year_of(date(2026, 7, 14))

    assert (year.first_day, year.last_day) == (date(2026, 4, 1), date(2027, 3, 31))
    assert employment.leave_year_of(date(2027, 3, 31)) == year
    assert employment.leave_year_of(date(2026, 3, 31)).last_day == date(2026, 3, 31)


def test_a_silent_contract_counts_from_the_first_day_of_employment() -> None:
    employment = a_contract(started_on=date(2024, 2, 29))

    year = employment.leave_year_of(date(2026, 7, 14))

    assert (year.first_day, year.last_day) == (date(2026, 2, 28), date(2027, 2, 27))


def test_the_pay_week_of_somebody_paid_weekly_is_the_pay_period() -> None:
    assert week_ending(an_employment(), date(2026, 6, 3)) == date(2026, 6, 7)


def test_otherwise_weeks_end_on_saturday() -> None:
    monthly = an_employment(frequency=PayFrequency.MONTHLY)

    assert week_ending(monthly, date(2026, 6, 3)) == date(2026, 6, 6)
    assert week_ending(monthly, date(2026, 6, 6)) == date(2026, 6, 6)
    assert week_ending(monthly, date(2026, 6, 7)) == date(2026, 6, 13)


# ── what is earned ──


def week(last_day: date) -> tuple[date, date]:
    return last_day - timedelta(days=6), last_day


def earned_week_by_week(minutes: list[int], **changes: object) -> list[int]:
    employment = a_contract(started_on=date(2026, 5, 25), **changes)
    rows: list[HolidayRow] = []
    for last_day, worked in zip(WEEKS, minutes, strict=False):
        earned = earned_in_period(employment, week(last_day), worked, rows).earned
        rows.append(HolidayRow(last_day, worked, earned, 0))
    return [row.earned for row in rows]


def test_each_payday_adds_the_nearest_hour() -> None:
    assert earned_week_by_week([1950, 2055, 1890, 1725, 540]) == [240, 240, 240, 180, 60]


def test_small_weeks_do_not_vanish_in_rounding() -> None:
    earned = earned_week_by_week([240] * 13)

    assert earned == [0, 0, 60, 0, 60, 0, 60, 0, 60, 0, 60, 0, 60]


def test_the_last_period_of_the_leave_year_gives_the_exact_sum() -> None:
    employment = a_contract(
        started_on=date(2026, 5, 25), leave_year_start=WEEKS[12] + timedelta(days=1)
    )
    rows = [HolidayRow(week, 240, 0, 0) for week in WEEKS[:12]]

    earned = earned_in_period(employment, week(WEEKS[12]), 240, rows).earned

    assert earned == 377  # 52 hours at 12.07% are 6.2764 hours: 376.6 minutes, rounded up


def test_the_last_period_of_an_employment_gives_the_exact_sum() -> None:
    leaver = a_contract(left_on=WEEKS[0])

    assert earned_in_period(leaver, week(WEEKS[0]), 240, []).earned == 29


def test_a_reversal_takes_away_what_it_takes_back() -> None:
    rows = [
        HolidayRow(WEEKS[0], 1950, 240, 0),
        HolidayRow(WEEKS[0], -1950, -240, 0),
        HolidayRow(WEEKS[0], 600, 60, 0),
    ]

    earned = earned_in_period(a_contract(), week(WEEKS[1]), 600, rows).earned

    assert earned == 60  # ten hours twice: 1.207 hours each, an hour each payday


def test_a_payday_never_takes_holiday_away() -> None:
    given_too_much = [HolidayRow(WEEKS[0], 60, 600, 0)]

    assert earned_in_period(a_contract(), week(WEEKS[1]), 600, given_too_much).earned == 0


def test_regular_hours_earn_nothing_by_the_hour() -> None:
    assert earned_in_period(regular_contract(), week(WEEKS[0]), 1200, []) == Accrual(0, 0, 0, ())


def test_how_holiday_was_earned_can_be_read() -> None:
    steps = earned_in_period(a_contract(), week(WEEKS[0]), 1950, []).steps

    assert explain(steps)[0].sentence == (
        "Hours worked in this leave year: 32 h 30 min. 12.07% of them, payday by payday and each "
        "to the nearest hour, is 4 h; the exact sum is 3 h 56 min. 0 h was given before, so this "
        "payday adds 4 h."
    )


# ── balances ──


def opening(minutes: int, as_of: date = date(2026, 6, 30)) -> OpeningHoliday:
    return OpeningHoliday(1, 1, as_of, minutes, "a test")


def test_an_irregular_balance_is_what_was_left_and_earned_less_what_was_taken() -> None:
    before = HolidayBefore(
        opening=opening(2160),
        earned_earlier=600,
        taken_earlier=120,
        rows=(HolidayRow(WEEKS[0], 1950, 240, 0), HolidayRow(WEEKS[1], 540, 60, 960)),
    )

    found = balance(a_contract(), WEEKS[1], before)

    assert (found.brought_forward, found.earned, found.taken) == (2640, 300, 960)
    assert found.left == 1980
    assert explain([found.step()])[0].sentence == (
        "44 h was there when the leave year or this book began, 5 h has been added and 16 h "
        "taken, which leaves 33 h."
    )


def test_regular_hours_give_the_whole_year_at_its_start() -> None:
    employment = regular_contract(started_on=date(2020, 1, 1), leave_year_start=date(2026, 4, 1))

    found = balance(employment, date(2026, 7, 1), HolidayBefore(began=date(2026, 4, 1)))

    assert (found.brought_forward, found.earned, found.taken) == (0, 112 * 60, 0)


def test_what_was_left_when_the_book_began_holds_that_years_entitlement() -> None:
    employment = regular_contract(leave_year_start=date(2026, 4, 1))
    taken = (HolidayRow(date(2026, 7, 31), 0, 0, 480),)

    found = balance(employment, date(2026, 8, 1), HolidayBefore(opening(6624), rows=taken))

    assert (found.brought_forward, found.earned, found.taken) == (6624, 0, 480)


def test_the_next_leave_year_adds_its_own_entitlement() -> None:
    employment = regular_contract(started_on=date(2020, 1, 1), leave_year_start=date(2026, 4, 1))
    before = HolidayBefore(opening(6624), taken_earlier=6000)

    next_year = balance(employment, date(2027, 4, 1), before)
    year_after = balance(employment, date(2028, 4, 1), before)

    assert (next_year.brought_forward, next_year.earned) == (624, 112 * 60)
    assert (year_after.brought_forward, year_after.earned) == (624 + 112 * 60, 112 * 60)


def test_without_opening_figures_holiday_counts_from_the_start() -> None:
    employment = regular_contract(started_on=date(2025, 10, 1), leave_year_start=date(2025, 4, 1))

    found = balance(employment, date(2026, 4, 1), HolidayBefore())

    # Half a year of 22.4 days is 11.2, taken up to 11.5 days of five hours.
    assert (found.brought_forward, found.earned) == (3450, 6720)


@pytest.mark.parametrize(
    ("changes", "minutes"),
    [
        ({"started_on": date(2020, 1, 1)}, 6720),
        ({"started_on": date(2026, 9, 14)}, 4050),
        ({"started_on": date(2020, 1, 1), "left_on": date(2026, 6, 30)}, 1676),
        ({"hours_per_week": Decimal(42), "days_per_week": Decimal(6)}, 11760),
    ],
)
def test_the_entitlement_of_a_leave_year(changes: dict[str, object], minutes: int) -> None:
    employment = regular_contract(
        **{"started_on": date(2020, 1, 1), "leave_year_start": date(2026, 4, 1), **changes}
    )

    assert employment.entitlement(employment.leave_year_of(date(2026, 6, 1))) == minutes


@pytest.mark.parametrize(
    "changes",
    [
        {"started_on": date(2020, 1, 1), "left_on": date(2026, 3, 31)},
        {"started_on": date(2027, 6, 1)},
    ],
)
@pytest.mark.parametrize("hours", [Decimal(20), None])
def test_a_leave_year_without_a_day_of_employment_gives_nothing(
    changes: dict[str, object], hours: Decimal | None
) -> None:
    employment = regular_contract(
        leave_year_start=date(2026, 4, 1),
        holiday_class=HolidayClass.NORTHERN_IRELAND,
        hours_per_week=hours,
        **changes,
    )

    assert employment.entitlement(employment.leave_year_of(date(2026, 6, 1)), 1000) == 0


def test_in_northern_ireland_hours_that_vary_give_weeks_of_the_average() -> None:
    employment = a_contract(
        holiday_class=HolidayClass.NORTHERN_IRELAND, leave_year_start=date(2026, 4, 1)
    )

    found = balance(employment, date(2026, 7, 1), HolidayBefore(average_week_minutes=1000))

    assert found.left == 5600


@pytest.mark.parametrize(
    ("changes", "minutes"),
    [
        # 5.6 weeks of 1,000 minutes; 7 of the 12 months; 91 of the 365 days.
        ({"started_on": date(2020, 1, 1)}, 5600),
        ({"started_on": date(2026, 9, 14)}, 3267),
        ({"started_on": date(2020, 1, 1), "left_on": date(2026, 6, 30)}, 1397),
    ],
)
def test_in_northern_ireland_part_of_a_year_gives_part_of_the_weeks(
    changes: dict[str, object], minutes: int
) -> None:
    employment = a_contract(
        holiday_class=HolidayClass.NORTHERN_IRELAND, leave_year_start=date(2026, 4, 1), **changes
    )

    assert employment.entitlement(employment.leave_year_of(date(2026, 6, 1)), 1000) == minutes


# ── what holiday is paid at ──


def weeks_paid(*pays: str) -> dict[date, tuple[int, Money]]:
    return {week: (600, pounds(pay)) for week, pay in zip(WEEKS, pays, strict=False)}


def test_the_average_is_all_pay_over_all_time_of_the_paid_weeks() -> None:
    weeks = weeks_paid("132.00", "0.00", "144.00")

    found = average_hour(weeks, WEEKS[2] + timedelta(days=1), HolidayClass.IRREGULAR)

    assert found is not None
    assert (found.pay, found.minutes, found.weeks) == (pounds("276.00"), 1200, 2)
    assert found.an_hour == pounds("13.80")


def test_a_week_that_ends_after_leave_begins_does_not_count() -> None:
    weeks = weeks_paid("132.00", "999.00")

    found = average_hour(weeks, WEEKS[1], HolidayClass.IRREGULAR)

    assert found is not None
    assert found.pay == pounds("132.00")


def test_no_more_than_52_paid_weeks_and_none_older_than_104() -> None:
    leave = date(2026, 6, 1)
    sundays = {leave - timedelta(days=1 + 7 * back): (60, pounds("10.00")) for back in range(120)}

    every_week = average_hour(sundays, leave, HolidayClass.IRREGULAR)
    only_old = {day: week for day, week in sundays.items() if day < leave - timedelta(weeks=60)}
    few = average_hour(only_old, leave, HolidayClass.IRREGULAR)
    twelve = average_hour(sundays, leave, HolidayClass.NORTHERN_IRELAND)

    assert every_week is not None
    assert every_week.weeks == 52
    assert few is not None
    assert few.weeks == 44
    assert twelve is not None
    assert twelve.weeks == 12


def test_pay_without_time_has_no_average() -> None:
    assert average_hour({WEEKS[0]: (0, pounds("50.00"))}, WEEKS[1], HolidayClass.IRREGULAR) is None


RATES = (a_rate("13.20"),)


def test_irregular_hours_are_paid_the_average_even_below_the_usual_rate() -> None:
    found = holiday_hour(a_contract(), RATES, weeks_paid("120.00"), WEEKS[1], WEEKS[1])

    assert found is not None
    assert found.an_hour == pounds("12.00")


def test_before_any_week_is_paid_the_usual_rate_is_used() -> None:
    found = holiday_hour(a_contract(), RATES, {}, MONDAY, MONDAY)

    assert found is not None
    assert (found.an_hour, found.weeks) == (pounds("13.20"), 0)
    assert "No complete week" in found.reason


def test_regular_hours_are_paid_the_usual_rate() -> None:
    found = holiday_hour(regular_contract(), RATES, weeks_paid("132.00"), WEEKS[1], WEEKS[1])

    assert found is not None
    assert (found.an_hour, found.weeks) == (pounds("13.20"), 0)


def test_regular_hours_are_paid_the_average_where_that_is_more() -> None:
    found = holiday_hour(regular_contract(), RATES, weeks_paid("140.00"), WEEKS[1], WEEKS[1])

    assert found is not None
    assert (found.an_hour, found.weeks) == (pounds("14.00"), 1)


def test_fixed_hours_in_northern_ireland_are_paid_the_usual_rate_after_a_rise() -> None:
    fixed = regular_contract(holiday_class=HolidayClass.NORTHERN_IRELAND)
    varying = a_contract(holiday_class=HolidayClass.NORTHERN_IRELAND)

    usual = holiday_hour(fixed, RATES, weeks_paid("120.00"), WEEKS[1], WEEKS[1])
    average = holiday_hour(varying, RATES, weeks_paid("120.00"), WEEKS[1], WEEKS[1])

    assert usual is not None
    assert usual.an_hour == pounds("13.20")
    assert average is not None
    assert average.an_hour == pounds("12.00")


def test_a_week_the_employment_began_in_is_not_a_complete_one() -> None:
    began_on_tuesday = a_contract(started_on=MONDAY + timedelta(days=1))
    weeks = weeks_paid("120.00", "150.00")

    second = holiday_hour(began_on_tuesday, RATES, weeks, WEEKS[1], WEEKS[1])
    third = holiday_hour(began_on_tuesday, RATES, weeks, WEEKS[2], WEEKS[2])

    assert second is not None
    assert (second.an_hour, second.weeks) == (pounds("13.20"), 0)
    assert third is not None
    assert (third.an_hour, third.weeks) == (pounds("15.00"), 1)
    assert complete_weeks(an_employment(started_on=MONDAY), weeks) == weeks


def test_without_a_basic_rate_only_the_average_can_say() -> None:
    by_night = (a_rate("58.00", PayType.SLEEP_IN, "Sleep-in"),)

    assert holiday_hour(a_contract(), by_night, {}, MONDAY, MONDAY) is None
    assert (
        holiday_hour(regular_contract(), by_night, weeks_paid("99.00"), WEEKS[1], WEEKS[1])
        is not None
    )


def test_holiday_that_was_paid_with_the_wages_is_not_paid_again() -> None:
    found = holiday_hour(
        a_contract(rolled_up=True), RATES, weeks_paid("120.00"), WEEKS[1], WEEKS[1]
    )

    assert found is not None
    assert found.worth(480) == 0
    assert "paid with the wages" in found.reason


def test_the_average_week_of_the_last_paid_weeks() -> None:
    assert average_week(an_employment(), weeks_paid("1.00", "1.00"), WEEKS[2]) == 600
    assert average_week(an_employment(), {}, WEEKS[2]) == 0
