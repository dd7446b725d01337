"""The minimum wage over a pay period: what counts, what is about to change, who is outside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpemployer.findings import Severity
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.draft_pay import DraftPay
from dpemployer.payroll.pay_elements import Elements, HolidayHour, pay_elements
from dpemployer.payroll.payday import PayRun
from dpemployer.payroll.people import PayRate, PayType, Per
from dpemployer.payroll.timesheet import Shift, Timesheet
from dpemployer.payroll.wage_checks import (
    agreed_rate_findings,
    coming_findings,
    home_in,
    rate_findings,
    wage_check,
    wage_findings,
    wages_of,
)
from dpemployer.payroll.working_time import HomeProvided, WageExemption, WorkingTimeRecord
from dpemployer.periods import PayFrequency
from dpemployer.statutory.minimum_wage import Accommodation, WageCheck
from dpemployer.workings import explain
from tests.builders import (
    MONDAY,
    RATES,
    SLEEP_IN,
    WAKING_NIGHT,
    WEEKEND,
    a_person,
    a_rate,
    a_shift,
    an_employment,
    pounds,
    terms,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

SUNDAY = MONDAY + timedelta(days=6)
NONE, FAMILY, BUSINESS, AS_FAMILY = WageExemption


def worth(*shifts: Shift, rates: Sequence[PayRate]) -> Elements:
    hour = HolidayHour(pounds("13.20"), 60, reason="It is the usual rate.")
    return pay_elements(shifts, rates, lambda _day: hour)


def check(*shifts: Shift, rates: Sequence[PayRate] = (a_rate(),), **more: Any) -> WageCheck:
    found = worth(*shifts, rates=rates)
    return wage_check(found, a_person(), MONDAY, RATES.on(MONDAY), **more)


def titles(found: WageCheck) -> list[str]:
    return [step.rule for step in explain(found.workings)]


# ── what counts ──


def test_holiday_premiums_and_time_not_needed_are_left_out_and_said() -> None:
    found = check(
        a_shift(minutes=600),
        a_shift(minutes=60, pay_type=PayType.ENHANCED, label="Weekend"),
        a_shift(minutes=120, pay_type=PayType.HOLIDAY, label="Holiday"),
        a_shift(minutes=120, pay_type=PayType.RETAINER, label="Retainer"),
        rates=(a_rate(), WEEKEND, a_rate("10.00", PayType.RETAINER, "Retainer")),
    )

    # 11 hours at 13.20 count; 0.90 of weekend, 26.40 of holiday and 20.00 of retainer do not.
    assert found.counted_pay == pounds("145.20")
    assert found.minimum_due == pounds("139.81")
    assert explain(found.workings)[0].sentence == (
        "Pay of £192.50 has £47.30 in it that does not count: holiday, time not worked, or what "
        "is above the basic rate. That leaves £145.20."
    )


def test_of_a_sleep_in_only_the_time_awake_counts_as_time() -> None:
    night = a_shift(
        minutes=540, pay_type=PayType.SLEEP_IN, label="Sleep-in", quantity=1, awake_minutes=90
    )

    found = check(night, rates=(SLEEP_IN,))

    assert found.minimum_due == pounds("19.07")
    assert explain(found.workings)[0].sentence == (
        "Of 9 h at work, 7 h 30 min does not count: the time asleep on a sleep-in. That leaves "
        "1 h 30 min."
    )


def test_a_waking_night_and_travel_count_whole() -> None:
    found = check(
        a_shift(minutes=540, pay_type=PayType.WAKING_NIGHT, label="Waking night"),
        a_shift(minutes=60, pay_type=PayType.TRAVEL, label="Travel"),
        rates=(WAKING_NIGHT, a_rate("12.71", PayType.TRAVEL, "Travel")),
    )

    assert (found.minimum_due, found.counted_pay) == (pounds("127.10"), pounds("151.31"))


def test_what_is_taken_for_the_employers_own_use_does_not_count() -> None:
    shift = a_shift(minutes=600)

    found = check(shift, taken=pounds("10.00"))

    assert (found.counted_pay, found.shortfall) == (pounds("122.00"), pounds("5.10"))
    assert titles(found) == ["wage.taken_off", "wage.due", "wage.short"]
    assert check(shift, taken=pounds("500.00")).counted_pay == NOTHING


# ── a home ──


def home(**changes: Any) -> HomeProvided:
    facts: dict[str, Any] = {"id": 1, "employment_id": 1, "from_day": date(2026, 4, 6), **changes}
    return HomeProvided(**facts)


@pytest.mark.parametrize(
    ("homes", "expected"),
    [
        ([], None),
        ([home(from_day=SUNDAY + timedelta(days=1))], None),
        ([home(to_day=MONDAY - timedelta(days=1))], None),
        ([home()], Accommodation(7, NOTHING)),
        ([home(weekly_charge=pounds("50.00"))], Accommodation(7, pounds("50.00"))),
        ([home(days_a_week=4, weekly_charge=pounds("50.00"))], Accommodation(4, pounds("50.00"))),
        ([home(to_day=MONDAY)], Accommodation(1, NOTHING)),
        (
            [home(from_day=SUNDAY, weekly_charge=pounds("50.00"))],
            Accommodation(1, pounds("7.15")),
        ),
        (
            [home(to_day=MONDAY, days_a_week=3), home(from_day=SUNDAY, days_a_week=3)],
            Accommodation(0, NOTHING),
        ),
    ],
)
def test_the_days_and_the_charge_of_a_home_are_those_of_the_period(
    homes: list[HomeProvided], expected: Accommodation | None
) -> None:
    assert home_in(homes, MONDAY, SUNDAY) == expected


def test_a_month_has_its_days_of_a_home() -> None:
    found = home_in([home(weekly_charge=pounds("70.00"))], date(2026, 6, 1), date(2026, 6, 30))

    assert found == Accommodation(30, pounds("300.00"))


def test_a_free_home_counts_as_pay_and_a_dear_one_lowers_it() -> None:
    shift = a_shift(minutes=600)
    rates = (a_rate("12.00"),)

    free = check(shift, rates=rates, home=Accommodation(7, NOTHING))
    dear = check(shift, home=Accommodation(7, pounds("100.00")))

    assert (free.counted_pay, free.lawful) == (pounds("197.70"), True)
    assert (dear.counted_pay, dear.shortfall) == (pounds("109.70"), pounds("17.40"))


# ── findings ──


def low(rate: str = "12.00", minutes: int = 600) -> WageCheck:
    return check(a_shift(minutes=minutes), rates=(a_rate(rate),))


def test_pay_under_the_minimum_stops_the_run_and_says_what_to_do() -> None:
    (finding,) = wage_findings(low(), NONE, MONDAY, a_person())

    assert finding.severity is Severity.BLOCKING
    assert "£7.10 less than the minimum wage" in finding.message


@pytest.mark.parametrize("exemption", [FAMILY, BUSINESS])
def test_family_who_live_there_are_owed_none(exemption: WageExemption) -> None:
    (finding,) = wage_findings(low(), exemption, MONDAY, a_person())

    assert (finding.severity, finding.code) == (Severity.NOTE, "outside_minimum_wage")
    assert wage_findings(low("13.00"), exemption, MONDAY, a_person()) == ()


def test_living_as_one_of_the_family_was_outside_until_april_2024() -> None:
    before = wage_findings(low(), AS_FAMILY, date(2024, 3, 31), a_person())
    after = wage_findings(low(), AS_FAMILY, date(2024, 4, 1), a_person())
    enough = wage_findings(low("13.00"), AS_FAMILY, date(2024, 4, 1), a_person())

    assert [finding.code for finding in before] == ["outside_minimum_wage"]
    assert [finding.code for finding in after] == ["wage_exemption_ended", "minimum_wage_short"]
    assert [finding.code for finding in enough] == ["wage_exemption_ended"]


def test_a_low_rate_is_said_even_when_the_period_passes() -> None:
    travel = a_rate("9.00", PayType.TRAVEL, "Travel")
    shifts = (
        a_shift(minutes=1800),
        a_shift(minutes=60, pay_type=PayType.TRAVEL, label="Travel"),
        a_shift(minutes=60, pay_type=PayType.RETAINER, label="Retainer"),
    )
    found = worth(*shifts, rates=(a_rate(), travel, a_rate("5.00", PayType.RETAINER, "Retainer")))
    passed = wage_check(found, a_person(), MONDAY, RATES.on(MONDAY))

    (finding,) = rate_findings(found, passed, a_person())

    assert (finding.severity, finding.code) == (Severity.WARNING, "rate_below_minimum")
    assert finding.message.startswith("“Travel” at £9.00 an hour is less than the minimum")


def test_a_low_rate_is_not_said_twice_when_the_period_fails() -> None:
    found = worth(a_shift(minutes=600), rates=(a_rate("12.00"),))

    assert rate_findings(found, low(), a_person()) == ()


def coming(first: date, next_first: date, *rates: PayRate, **person: Any) -> list[str]:
    return [
        f"{finding.severity} {finding.message}"
        for finding in coming_findings(a_person(**person), rates, first, next_first, RATES)
    ]


def test_a_rise_inside_a_period_counts_from_the_next() -> None:
    day = a_rate("12.50", from_day=date(2025, 4, 1))
    night = a_rate("58.00", PayType.SLEEP_IN, "Sleep-in", per=Per.NIGHT, from_day=date(2025, 4, 1))
    march = (date(2026, 3, 15), date(2026, 4, 15))

    (low_rate,) = coming(*march, day, night)
    (enough,) = coming(*march, replace(day, rate=pounds("12.71")))

    assert low_rate.startswith("warning The minimum wage for this person is £12.71 an hour from")
    assert "begins on 15 April 2026. These rates are under it: “Day” at £12.50." in low_rate
    assert enough.startswith("note ")
    assert "This period keeps the rate of its first day." in enough


def test_a_rate_already_raised_from_that_day_is_enough() -> None:
    old, new = (
        a_rate("12.30", from_day=date(2025, 4, 1)),
        a_rate("12.80", from_day=date(2026, 4, 1)),
    )

    assert coming(date(2026, 3, 30), date(2026, 4, 6), old, new)[0].startswith("note ")


def test_a_birthday_raises_the_minimum_from_the_next_period() -> None:
    week = (date(2026, 6, 8), date(2026, 6, 15))

    (eighteen,) = coming(*week, a_rate("8.50"), born_on=date(2008, 6, 15))
    (twenty_one,) = coming(*week, a_rate("11.00"), born_on=date(2005, 6, 9))

    assert "£10.85 an hour from the pay period that begins on 15 June 2026" in eighteen
    assert "£12.71 an hour" in twenty_one
    assert coming(*week, a_rate("8.50"), born_on=date(2005, 6, 16)) == []


def test_an_apprentice_has_a_minimum_of_their_own() -> None:
    record = WorkingTimeRecord(1, 1, apprentice_from=date(2026, 1, 5))
    low = (a_rate("8.00"),)

    assert check(a_shift(minutes=600), rates=low, record=record).lawful
    week = (date(2026, 12, 28), date(2027, 1, 5))
    (finding,) = coming_findings(a_person(), low, *week, RATES, record)
    assert "£12.71 an hour from the pay period that begins on 5 January 2027" in finding.message
    assert not agreed_rate_findings(a_person(), low, MONDAY, RATES, rolled_up=False, record=record)


def test_nothing_is_said_of_rates_not_known_yet() -> None:
    assert coming(date(2027, 3, 22), date(2027, 4, 5), a_rate()) == []


def agreed(*rates: PayRate, day: date = MONDAY, rolled_up: bool = False) -> dict[str, str]:
    findings = agreed_rate_findings(a_person(), rates, day, RATES, rolled_up=rolled_up)
    return {finding.code: finding.message for finding in findings}


def test_a_rate_agreed_under_the_minimum_is_said_before_it_is_paid() -> None:
    retainer = a_rate("5.00", PayType.RETAINER, "Retainer")

    messages = agreed(a_rate("12.70"), SLEEP_IN, retainer)

    assert list(messages) == ["rate_below_minimum"]
    assert (
        "“Day” at £12.70 an hour is less than the minimum wage of £12.71"
        in (messages["rate_below_minimum"])
    )
    assert agreed(a_rate("12.71")) == {}
    assert agreed(a_rate("5.00", from_day=date(2020, 1, 1)), day=date(2020, 1, 1)) == {}


def test_a_rate_with_holiday_pay_in_it_is_a_trap() -> None:
    # 13.20 / 1.1207 is 11.778; the lowest lawful inclusive rate is 14.25.
    messages = agreed(a_rate("13.20"), rolled_up=True)

    assert list(messages) == ["rate_if_inclusive"]
    assert "only £11.77 of it counts" in messages["rate_if_inclusive"]
    assert "lawful from £14.25" in messages["rate_if_inclusive"]
    assert agreed(a_rate("14.25"), rolled_up=True) == {}
    assert agreed(a_rate("13.20")) == {}


# ── all of it together ──

RUN = PayRun(1, PayFrequency.WEEKLY, MONDAY, SUNDAY, date(2026, 6, 12), date(2026, 6, 12))


def draft(*shifts: Shift, **changes: Any) -> DraftPay:
    facts: dict[str, Any] = {
        "assistant": a_person(),
        "employment": an_employment(),
        "terms": terms(a_rate("12.00")),
        "timesheet": Timesheet(1, 1, MONDAY, SUNDAY),
        "shifts": shifts,
        **changes,
    }
    return DraftPay(**facts)


def test_a_home_and_an_exemption_are_facts_of_the_job() -> None:
    shift = a_shift(minutes=600)
    elements = worth(shift, rates=(a_rate("12.00"),))

    _check, short = wages_of(RUN, draft(shift), elements, NOTHING, RATES)
    _check, housed = wages_of(RUN, draft(shift, homes=(home(),)), elements, NOTHING, RATES)
    family = WorkingTimeRecord(1, 1, wage_exemption=FAMILY)
    _check, outside = wages_of(RUN, draft(shift, working_time=family), elements, NOTHING, RATES)
    record = WorkingTimeRecord(1, 1)
    _check, inside = wages_of(RUN, draft(shift, working_time=record), elements, NOTHING, RATES)

    assert [finding.code for finding in short] == ["minimum_wage_short"]
    assert [finding.code for finding in housed] == ["rate_below_minimum"]
    assert [finding.code for finding in outside] == ["outside_minimum_wage"]
    assert inside == short


def test_whoever_leaves_has_no_next_period() -> None:
    shift, person = a_shift(minutes=600), a_person(born_on=date(2005, 6, 3))
    terms_of_pay = terms(a_rate("11.00"))
    elements = worth(shift, rates=(a_rate("11.00"),))

    stays = draft(shift, assistant=person, terms=terms_of_pay)
    leaves = replace(stays, employment=an_employment(left_on=SUNDAY))

    _check, findings = wages_of(RUN, stays, elements, NOTHING, RATES)
    assert [finding.code for finding in findings] == ["minimum_wage_rises"]
    assert wages_of(RUN, leaves, elements, NOTHING, RATES)[1] == ()


@given(st.integers(0, 10_000), st.integers(0, 5_000), st.integers(0, 500))
def test_more_pay_or_less_taken_never_fails_where_less_passed(
    minutes: int, pence: int, more: int
) -> None:
    shift = a_shift(minutes=minutes)

    def at(rate: int, taken: int = 0) -> WageCheck:
        return check(shift, rates=(a_rate(rate=Money(rate)),), taken=Money(taken))

    assert at(pence + more).shortfall <= at(pence).shortfall
    assert at(pence).shortfall <= at(pence, more).shortfall
    assert at(pence).counted_pay.above(at(pence).minimum_due) == NOTHING or at(pence).lawful
