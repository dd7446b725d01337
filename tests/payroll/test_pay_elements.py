"""Shifts and dated rates become lines of pay, each rounded once."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dpemployer.findings import Severity
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.pay_elements import (
    GROSS_OF_ONE,
    Element,
    Elements,
    HolidayHour,
    basic_rate_on,
    pay_by_week,
    pay_elements,
    rate_on,
    rates_on,
)
from dpemployer.payroll.payslip import PayslipLine
from dpemployer.payroll.people import PayType, Per
from dpemployer.workings import Step, explain
from tests.builders import (
    MILEAGE,
    MONDAY,
    SLEEP_IN,
    WAKING_NIGHT,
    WEEKEND,
    a_rate,
    a_shift,
    pounds,
)

RISE = date(2026, 6, 4)
DAY = a_rate("13.20")
AFTER_THE_RISE = a_rate("13.60", from_day=RISE)


def no_holiday(_day: date) -> None:
    return None


def no_shift(pay_type: PayType, label: str, amount: str) -> Element:
    return Element(
        PayslipLine(pay_type, label, pounds(amount)),
        Step(GROSS_OF_ONE, (), pounds(amount)),
        days=(),
    )


def test_the_hours_of_a_period_make_one_line() -> None:
    shifts = [a_shift(minutes=300), a_shift(MONDAY + timedelta(days=1), 250)]

    elements = pay_elements(shifts, [DAY], no_holiday)

    (line,) = elements.lines
    assert (line.label, line.minutes, line.rate, line.amount) == (
        "Day",
        550,
        pounds("13.20"),
        pounds("121.00"),
    )


def test_a_rise_inside_the_period_makes_two_lines() -> None:
    shifts = [a_shift(minutes=60), a_shift(RISE, 60)]

    elements = pay_elements(shifts, [AFTER_THE_RISE, DAY], no_holiday)

    assert [(line.rate, line.amount) for line in elements.lines] == [
        (pounds("13.20"), pounds("13.20")),
        (pounds("13.60"), pounds("13.60")),
    ]


def test_a_line_is_rounded_once_half_a_penny_up() -> None:
    thirds = [a_shift(minutes=20), a_shift(minutes=20), a_shift(minutes=20)]
    half = [a_shift(minutes=30)]
    odd = a_rate("12.71")

    assert pay_elements(thirds, [odd], no_holiday).gross == pounds("12.71")
    assert pay_elements(half, [odd], no_holiday).gross == pounds("6.36")


def test_a_sleep_in_is_paid_by_the_night() -> None:
    night = a_shift(minutes=540, pay_type=PayType.SLEEP_IN, label="Sleep-in", quantity=1)

    elements = pay_elements([night], [SLEEP_IN], no_holiday)

    (line,) = elements.lines
    assert (line.quantity, line.minutes, line.per, line.amount) == (
        1,
        540,
        Per.NIGHT,
        pounds("58.00"),
    )
    assert elements.hourly_minutes == 0
    assert elements.worked_minutes == 540


def test_a_night_paid_by_the_night_counts_one_when_nobody_counted() -> None:
    rate = a_rate("90.00", PayType.WAKING_NIGHT, "Night", per=Per.NIGHT)
    night = a_shift(minutes=540, pay_type=PayType.WAKING_NIGHT, label="Night")

    assert pay_elements([night], [rate], no_holiday).gross == pounds("90.00")


def test_only_time_awake_counts_for_the_minimum_wage_on_a_sleep_in() -> None:
    night = a_shift(
        minutes=540, pay_type=PayType.SLEEP_IN, label="Sleep-in", quantity=1, awake_minutes=25
    )

    elements = pay_elements([night], [SLEEP_IN], no_holiday)

    assert (elements.counted_minutes, elements.counted_pay) == (25, pounds("58.00"))


def test_a_premium_does_not_count_for_the_minimum_wage() -> None:
    shifts = [
        a_shift(minutes=60, pay_type=PayType.ENHANCED, label="Weekend"),
        a_shift(minutes=60, pay_type=PayType.WAKING_NIGHT, label="Waking night"),
    ]

    elements = pay_elements(shifts, [DAY, WEEKEND, WAKING_NIGHT], no_holiday)

    assert elements.gross == pounds("29.50")
    assert elements.counted_pay == elements.basic_pay == pounds("26.40")


def test_without_a_basic_rate_there_is_no_premium() -> None:
    shift = a_shift(minutes=60, pay_type=PayType.ENHANCED, label="Weekend")

    assert pay_elements([shift], [WEEKEND], no_holiday).counted_pay == pounds("14.10")


def test_time_paid_while_not_needed_is_pay_and_not_work() -> None:
    rate = a_rate("6.60", PayType.RETAINER, "Retainer")
    shift = a_shift(minutes=120, pay_type=PayType.RETAINER, label="Retainer")

    elements = pay_elements([shift], [rate], no_holiday)

    assert elements.gross == elements.basic_pay == pounds("13.20")
    assert (elements.worked_minutes, elements.hourly_minutes) == (0, 120)
    assert (elements.counted_minutes, elements.counted_pay) == (0, NOTHING)


def test_travel_between_tasks_is_work() -> None:
    rate = a_rate("12.71", PayType.TRAVEL, "Travel")
    shift = a_shift(minutes=30, pay_type=PayType.TRAVEL, label="Travel")

    elements = pay_elements([shift], [rate], no_holiday)

    assert elements.worked_minutes == elements.counted_minutes == 30


def test_expenses_are_given_back_and_are_not_pay() -> None:
    shifts = [
        a_shift(minutes=0, pay_type=PayType.EXPENSES, label="Mileage", quantity=32),
        a_shift(minutes=0, pay_type=PayType.EXPENSES, label="Bus", amount=pounds("2.40")),
        a_shift(minutes=0, pay_type=PayType.EXPENSES, label="", amount=pounds("3.10")),
    ]

    elements = pay_elements(shifts, [MILEAGE], no_holiday)

    assert elements.gross == NOTHING
    assert elements.expenses == pounds("23.10")
    assert [(line.label, line.amount) for line in elements.lines] == [
        ("Bus", pounds("2.40")),
        ("Expenses", pounds("3.10")),
        ("Mileage", pounds("17.60")),
    ]
    assert (elements.worked_minutes, elements.counted_minutes) == (0, 0)


def test_holiday_is_paid_at_the_exact_average_and_rounded_once() -> None:
    average = HolidayHour(pounds("5500.10"), 28880, 14)
    leave = [
        a_shift(MONDAY + timedelta(days=day), 320, PayType.HOLIDAY, "Holiday") for day in range(3)
    ]

    elements = pay_elements(leave, [DAY], lambda _day: average)

    (line,) = elements.lines
    assert (line.minutes, line.amount, line.rate) == (960, pounds("182.83"), pounds("11.43"))
    assert elements.holiday_minutes == 960
    assert (elements.worked_minutes, elements.hourly_minutes) == (0, 960)
    assert (elements.counted_minutes, elements.counted_pay) == (0, NOTHING)


def test_holiday_at_the_usual_rate_says_why() -> None:
    usual = HolidayHour(pounds("13.20"), 60, 0, "No week has been paid yet.")

    elements = pay_elements(
        [a_shift(minutes=480, pay_type=PayType.HOLIDAY)], [DAY], lambda _day: usual
    )

    assert elements.gross == pounds("105.60")
    assert explain(elements.steps())[0].sentence == (
        "Holiday of 8 h at £13.20 an hour comes to £105.60. No week has been paid yet."
    )


def test_a_shift_nothing_gives_a_rate_for_blocks() -> None:
    shifts = [
        a_shift(date(2026, 4, 1), 60),
        a_shift(minutes=60, pay_type=PayType.ENHANCED, label="Weekend"),
        a_shift(minutes=60, pay_type=PayType.HOLIDAY, label=""),
    ]

    elements = pay_elements(shifts, [DAY], no_holiday)

    assert elements.lines == ()
    assert [finding.severity for finding in elements.findings] == [Severity.BLOCKING] * 3
    assert "“Day” on 1 April 2026" in elements.findings[0].message
    assert "“Holiday”" in elements.findings[2].message


def test_each_line_explains_itself_in_order() -> None:
    shifts = [
        a_shift(minutes=0, pay_type=PayType.EXPENSES, label="Mileage", quantity=10),
        a_shift(minutes=0, pay_type=PayType.EXPENSES, label="Bus", amount=pounds("2.40")),
        a_shift(minutes=540, pay_type=PayType.SLEEP_IN, label="Sleep-in", quantity=1),
        a_shift(minutes=90),
        a_shift(minutes=60, pay_type=PayType.HOLIDAY),
    ]
    average = HolidayHour(pounds("26.40"), 120, 2)

    elements = pay_elements(shifts, [DAY, SLEEP_IN, MILEAGE], lambda _day: average)

    assert [step.sentence for step in explain(elements.steps())] == [
        "Day: 1 h 30 min at £13.20 an hour is £19.80.",
        "Sleep-in: 1 night at £58.00 a night is £58.00.",
        (
            "Paid weeks before the leave: 2. They come to £26.40 for 2 h. At that average, "
            "holiday of 1 h comes to £13.20."
        ),
        "Bus: £2.40 spent for the employer is given back. This is not pay.",
        "Mileage: 10 miles at £0.55 a mile is £5.50. This is not pay.",
        (
            "The lines of pay, without expenses, are £19.80 + £58.00 + £13.20. Together that is "
            "£91.00."
        ),
    ]


def test_one_line_of_pay_is_not_added_up() -> None:
    elements = pay_elements([a_shift(minutes=90)], [DAY], no_holiday)

    assert explain(elements.steps())[-1].sentence == "There is one line of pay, of £19.80."


def test_nothing_worked_is_nothing_paid() -> None:
    elements = pay_elements([], [DAY], no_holiday)

    assert elements.gross == elements.expenses == elements.counted_pay == NOTHING
    assert [step.sentence for step in explain(elements.steps())] == [
        "There is no pay for these days: £0.00."
    ]


def test_the_rate_in_force_is_the_last_that_began() -> None:
    rates = [AFTER_THE_RISE, DAY, WEEKEND]

    assert rate_on(rates, MONDAY, (PayType.BASIC, "Day")) == DAY
    assert rate_on(rates, RISE, (PayType.BASIC, "Day")) == AFTER_THE_RISE
    assert rate_on(rates, date(2026, 4, 5), (PayType.BASIC, "Day")) is None
    assert rates_on(rates, RISE) == (AFTER_THE_RISE, WEEKEND)
    assert rates_on(rates, date(2026, 4, 5)) == ()


def test_the_basic_rate_is_the_lowest_by_the_hour() -> None:
    morning = a_rate("12.90", label="Morning")
    by_night = a_rate("50.00", label="Night", per=Per.NIGHT)

    assert basic_rate_on([DAY, morning, by_night, WEEKEND], MONDAY) == morning
    assert basic_rate_on([WEEKEND], MONDAY) is None


def test_pay_is_divided_among_its_weeks() -> None:
    next_monday = MONDAY + timedelta(days=7)
    shifts = [
        a_shift(minutes=60),
        a_shift(next_monday, 120),
        a_shift(minutes=0, pay_type=PayType.EXPENSES, label="Bus", amount=pounds("2.40")),
    ]

    weeks = pay_by_week(
        pay_elements(shifts, [a_rate("12.71")], no_holiday).elements,
        lambda day: day - timedelta(days=day.weekday()),
    )

    assert weeks == {
        MONDAY: (60, pounds("12.71")),
        next_monday: (120, pounds("25.42")),
    }


@given(
    st.lists(
        st.tuples(st.integers(0, 27), st.integers(1, 1440), st.sampled_from([0, 1, 2])),
        max_size=30,
    ),
    st.integers(1, 5000),
)
def test_the_weeks_add_up_to_the_gross_pay(worked: list[tuple[int, int, int]], pence: int) -> None:
    kinds = [(PayType.BASIC, "Day"), (PayType.ENHANCED, "Weekend"), (PayType.SLEEP_IN, "Sleep-in")]
    rates = [a_rate(label="Day", rate=Money(pence)), WEEKEND, SLEEP_IN]
    shifts = [
        a_shift(MONDAY + timedelta(days=day), minutes, *kinds[kind])
        for day, minutes, kind in worked
    ]

    elements = pay_elements(shifts, rates, no_holiday)
    weeks = pay_by_week(elements.elements, lambda day: day - timedelta(days=day.weekday()))

    assert Money.total(pay for _minutes, pay in weeks.values()) == elements.gross
    assert sum(minutes for minutes, _pay in weeks.values()) == sum(s.minutes for s in shifts)
    assert elements.counted_pay.pence <= elements.gross.pence + len(elements.lines)


def test_what_no_shift_made_is_on_the_payslip_and_in_no_average() -> None:
    worked = pay_elements([a_shift(minutes=600)], [DAY], no_holiday)
    sick = no_shift(PayType.SSP, "Sick pay", "50.00")
    gone = no_shift(PayType.REDUNDANCY, "Redundancy pay", "900.00")

    together = worked.with_added(Elements((gone, sick), ()))

    assert [line.pay_type for line in together.lines] == [
        PayType.BASIC,
        PayType.SSP,
        PayType.REDUNDANCY,
    ]
    assert together.gross == worked.gross + pounds("50.00")
    assert together.redundancy_pay == pounds("900.00")
    assert together.expenses == NOTHING
    assert together.worked_minutes == 600
    assert pay_by_week(together.elements, lambda day: day) == pay_by_week(
        worked.elements, lambda day: day
    )
