"""The minimum wage is tested on amounts, for the hours that count."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpemployer.data_files import texts
from dpemployer.errors import EntryError, NegativePayError
from dpemployer.findings import Severity
from dpemployer.money import NOTHING, Money
from dpemployer.statutory.minimum_wage import (
    Accommodation,
    WageBand,
    check_pay,
    effective_rate,
    hourly_minimum,
    wage_band,
)
from dpemployer.statutory.rates import RateBook
from dpemployer.workings import explain
from tests.vectors import vectors

if TYPE_CHECKING:
    from tests.vectors import Vector

BOOK = RateBook.parse(texts("statutory", ".toml"))
RATES = BOOK.on(date(2026, 5, 1))
OLD_RATES = BOOK.on(date(2023, 5, 1))


@pytest.mark.parametrize("example", vectors("minimum_wage"), ids=str)
def test_agrees_with_the_example(rates: RateBook, example: Vector) -> None:
    inputs = example.inputs
    charge = inputs["accommodation_charge"]

    outcome = check_pay(
        Money.parse(inputs["pay_counted_before_accommodation"]),
        Decimal(inputs["hours"]),
        WageBand(inputs["rate_band"]),
        rates.on(date.fromisoformat(inputs["rates_from"])),
        Accommodation(inputs["accommodation_days"], Money.parse(charge)) if charge else None,
    )

    assert {
        "nmw_pay": outcome.counted_pay.plain,
        "minimum_due": outcome.minimum_due.plain,
        "shortfall": outcome.shortfall.plain,
        "compliant": outcome.lawful,
    } == example.expected


def test_minutes_are_exact() -> None:
    # Fifty minutes at £12.21 is £10.175. A decimal fraction of an hour would lose the half penny.
    rates = BOOK.on(date(2025, 5, 1))

    exact = check_pay(NOTHING, Fraction(50, 60), WageBand.AGE_21_PLUS, rates)
    cut = check_pay(NOTHING, Decimal(50) / 60, WageBand.AGE_21_PLUS, rates)

    assert exact.minimum_due == Money(10_18)
    assert cut.minimum_due == Money(10_17)


def test_pay_under_the_minimum_is_a_finding_that_blocks() -> None:
    short = check_pay(Money(1_270_00), Decimal(100), WageBand.AGE_21_PLUS, RATES)
    finding = short.finding("Rosa Vale")

    assert finding is not None
    assert finding.severity is Severity.BLOCKING
    assert finding.subject == "Rosa Vale"
    assert "£1.00 less than the minimum wage" in finding.message


def test_enough_pay_is_no_finding() -> None:
    enough = check_pay(Money(1_271_00), Decimal(100), WageBand.AGE_21_PLUS, RATES)

    assert enough.lawful
    assert enough.finding("Rosa Vale") is None


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("21+", WageBand.AGE_21_PLUS),
        ("age_21_plus", WageBand.AGE_21_PLUS),
        ("23 plus", WageBand.AGE_23_PLUS),
        ("21-22", WageBand.AGE_21_22),
        ("18–20", WageBand.AGE_18_20),
        ("under_18", WageBand.UNDER_18),
        ("Under 18", WageBand.UNDER_18),
        ("16-17", WageBand.UNDER_18),
        ("apprentice", WageBand.APPRENTICE),
    ],
)
def test_a_band_is_read_as_people_write_it(text: str, band: WageBand) -> None:
    assert WageBand.parse(text) is band
    assert WageBand.parse(band.value) is band


@pytest.mark.parametrize("text", ["", "25+", "adult", "21"])
def test_a_band_there_is_not_is_refused(text: str) -> None:
    with pytest.raises(EntryError, match="not a minimum wage band"):
        WageBand.parse(text)


@pytest.mark.parametrize(
    ("born", "first_day", "band"),
    [
        (date(2009, 5, 1), date(2026, 5, 1), WageBand.UNDER_18),
        (date(2008, 5, 1), date(2026, 5, 1), WageBand.AGE_18_20),
        (date(2005, 5, 2), date(2026, 5, 1), WageBand.AGE_18_20),
        (date(2005, 5, 1), date(2026, 5, 1), WageBand.AGE_21_PLUS),
        (date(2001, 5, 2), date(2024, 3, 31), WageBand.AGE_21_22),
        (date(2001, 3, 31), date(2024, 3, 31), WageBand.AGE_23_PLUS),
        (date(2001, 5, 2), date(2024, 4, 1), WageBand.AGE_21_PLUS),
    ],
)
def test_the_band_is_the_age_on_the_first_day_of_the_period(
    born: date, first_day: date, band: WageBand
) -> None:
    assert wage_band(born, first_day, BOOK.on(first_day)) is band


@pytest.mark.parametrize(
    ("band", "old", "new"),
    [
        (WageBand.AGE_23_PLUS, 10_42, 12_71),
        (WageBand.AGE_21_22, 10_18, 12_71),
        (WageBand.AGE_18_20, 7_49, 10_85),
        (WageBand.UNDER_18, 5_28, 8_00),
        (WageBand.APPRENTICE, 5_28, 8_00),
    ],
)
def test_the_minimum_for_an_hour(band: WageBand, old: int, new: int) -> None:
    assert hourly_minimum(band, OLD_RATES) == Money(old)
    assert hourly_minimum(band, RATES) == Money(new)


def test_one_rate_for_everybody_over_21_began_in_2024() -> None:
    with pytest.raises(EntryError, match="no minimum wage for “21"):
        hourly_minimum(WageBand.AGE_21_PLUS, OLD_RATES)


def test_the_offset_for_a_home_is_that_of_the_period() -> None:
    free = Accommodation(7, NOTHING)

    now = check_pay(Money(100_00), Decimal(10), WageBand.AGE_21_PLUS, RATES, free)
    then = check_pay(Money(100_00), Decimal(10), WageBand.AGE_23_PLUS, OLD_RATES, free)

    assert now.counted_pay == Money(177_70)
    assert then.counted_pay == Money(163_70)


@pytest.mark.parametrize("hours", [Decimal(-1), Decimal("744.01")])
def test_hours_that_cannot_be_are_refused(hours: Decimal) -> None:
    with pytest.raises(EntryError, match="hours cannot be"):
        check_pay(Money(100_00), hours, WageBand.AGE_21_PLUS, RATES)


@pytest.mark.parametrize("home", [Accommodation(32, NOTHING), Accommodation(7, Money(-1))])
def test_a_home_that_cannot_be_is_refused(home: Accommodation) -> None:
    with pytest.raises(EntryError, match="days of accommodation"):
        check_pay(Money(100_00), Decimal(10), WageBand.AGE_21_PLUS, RATES, home)


def test_pay_taken_back_is_refused() -> None:
    with pytest.raises(NegativePayError):
        check_pay(Money(-1), Decimal(10), WageBand.AGE_21_PLUS, RATES)


@given(
    pence=st.integers(0, 1_000_000),
    minutes=st.integers(0, 31 * 24 * 60),
    days=st.integers(0, 31),
    charge=st.integers(0, 100_000),
)
def test_pay_and_what_is_missing_come_to_what_is_due(
    pence: int, minutes: int, days: int, charge: int
) -> None:
    outcome = check_pay(
        Money(pence),
        Fraction(minutes, 60),
        WageBand.AGE_21_PLUS,
        RATES,
        Accommodation(days, Money(charge)),
    )

    assert outcome.lawful == (outcome.counted_pay >= outcome.minimum_due)
    assert outcome.lawful or outcome.counted_pay + outcome.shortfall == outcome.minimum_due
    assert abs(Fraction(outcome.minimum_due.pence) - Fraction(minutes * 1271, 60)) <= Fraction(1, 2)
    assert all("{" not in step.sentence for step in explain(outcome.workings))


def test_hours_are_said_so_that_they_can_be_multiplied_again() -> None:
    def said(counted: str, hours: Decimal | Fraction) -> list[str]:
        check = check_pay(Money.parse(counted), hours, WageBand.AGE_21_PLUS, RATES)
        return [step.sentence for step in explain(check.workings)]

    # 37 hours and 8 minutes at 1271 pence are 47196.4 pence.
    assert said("472.14", Fraction(37 * 60 + 8, 60)) == [
        "37 h 8 min at £12.71 an hour is £471.96.",
        "Pay that counts is £472.14, and no less than £471.96 is due, so enough is paid.",
    ]
    assert said("100.00", Decimal("37.50")) == [
        "37.5 hours at £12.71 an hour is £476.63.",
        "Pay that counts is £100.00, and no less than £476.63 is due, so £376.63 is missing.",
    ]


@pytest.mark.parametrize(
    ("pence", "hours", "rate", "lawful"),
    [
        # 381.30 / 30 = 12.71 exactly; a penny less is 12.7096…, shown with four decimals
        (381_30, "30", "12.7100", True),
        (381_29, "30", "12.7097", False),
        # 100 / 7 = 14.285714…; 100.00 / 7.87 = 12.706480…
        (100_00, "7", "14.2857", True),
        (100_00, "7.87", "12.7065", False),
    ],
)
def test_an_hour_is_shown_to_a_hundredth_of_a_penny_and_compared_exactly(
    pence: int, hours: str, rate: str, lawful: bool
) -> None:
    found = effective_rate(Money(pence), Decimal(hours), Money(12_71))

    assert (str(found.rate), found.lawful) == (rate, lawful)
    (step,) = explain(found.workings)
    verb = "no less than" if lawful else "less than"
    shown = rate.rstrip("0")
    assert step.sentence == (
        f"{Money(pence)} for {hours} hours is £{shown} an hour, {verb} £12.71."
    )


def test_no_hours_have_no_rate_and_owe_nothing() -> None:
    found = effective_rate(Money(5_00), Decimal(0), Money(12_71))

    assert (found.rate, found.lawful) == (None, True)
    (step,) = explain(found.workings)
    assert step.sentence == "No hour counts, so nothing of £5.00 has to reach £12.71 an hour."


def test_the_check_says_its_figures_and_since_when_they_hold() -> None:
    free = check_pay(
        Money(200_00), Decimal(20), WageBand.AGE_21_PLUS, RATES, Accommodation(7, NOTHING)
    )
    charged = check_pay(
        Money(200_00), Decimal(20), WageBand.AGE_21_PLUS, RATES, Accommodation(7, Money(100_00))
    )

    # 7 x 11.10 = 77.70; 20 x 12.71 = 254.20
    home, due, enough = explain(free.workings)
    assert home.sentence == (
        "The home is free, so the law lets £77.70 for 7 days count as pay. With pay of £200.00 "
        "that is £277.70."
    )
    assert due.sentence == "20 hours at £12.71 an hour is £254.20."
    assert enough.sentence.startswith("Pay that counts is £277.70, and no less than £254.20")
    assert {step.dated for step in (home, due, enough)} == {"from 1 April 2026"}
    home, _due, short = explain(charged.workings)
    assert home.sentence == (
        "The worker pays £100.00 for the home. Only what is over £77.70 for 7 days comes off pay "
        "of £200.00, which leaves £177.70."
    )
    assert short.sentence.endswith("so £76.50 is missing.")


def test_what_stops_a_pay_run_says_how_much_is_missing_and_by_what_law() -> None:
    finding = check_pay(Money(200_00), Decimal(20), WageBand.AGE_21_PLUS, RATES).finding("Ada")

    assert finding is not None
    assert finding.message == (
        "This pay is £54.20 less than the minimum wage. £254.20 is due for these hours and £200.00 "
        "counts towards it. Raise the pay by £2.71 an hour, or check the hours."
    )
    assert finding.source.startswith("National Minimum Wage Regulations 2015")


def test_the_raise_that_is_enough_is_rounded_up() -> None:
    # 1p is missing over 30 hours: a penny an hour puts it right, and nothing less can.
    finding = check_pay(Money(381_29), Decimal(30), WageBand.AGE_21_PLUS, RATES).finding("Ada")

    assert finding is not None
    assert "Raise the pay by £0.01 an hour" in finding.message


@pytest.mark.parametrize(
    ("born", "since", "first_day", "band"),
    [
        (date(2008, 5, 1), date(2025, 9, 1), date(2026, 10, 1), WageBand.APPRENTICE),
        (date(2007, 5, 1), date(2025, 9, 1), date(2026, 8, 31), WageBand.APPRENTICE),
        (date(2007, 5, 1), date(2025, 9, 1), date(2026, 9, 1), WageBand.AGE_18_20),
        (date(1990, 5, 1), date(2025, 9, 1), date(2026, 8, 31), WageBand.APPRENTICE),
        (date(1990, 5, 1), date(2025, 9, 1), date(2026, 9, 1), WageBand.AGE_21_PLUS),
        (date(1990, 5, 1), date(2026, 9, 2), date(2026, 9, 1), WageBand.AGE_21_PLUS),
    ],
)
def test_an_apprentice_under_19_or_in_the_first_year_has_a_rate_of_their_own(
    born: date, since: date, first_day: date, band: WageBand
) -> None:
    assert wage_band(born, first_day, BOOK.on(first_day), since) is band


def test_the_longest_period_is_a_whole_month() -> None:
    month = Accommodation(31, NOTHING)

    found = check_pay(Money(9_500_00), Decimal(744), WageBand.AGE_21_PLUS, RATES, month)

    # 744 x 12.71
    assert found.minimum_due == Money(9_456_24)


def test_a_band_may_have_a_space_before_its_plus() -> None:
    assert WageBand.parse("21 +") is WageBand.AGE_21_PLUS


def test_a_band_there_is_not_is_named_with_those_there_are() -> None:
    with pytest.raises(EntryError) as refusal:
        WageBand.parse("65+")

    assert refusal.value.what == "“65+” is not a minimum wage band."
    assert refusal.value.why.startswith("The bands are 23+, 21-22, 21+, 18-20, under 18")
    assert refusal.value.next_step == "Choose the one for the person’s age."


def test_pay_below_nothing_is_named() -> None:
    with pytest.raises(NegativePayError, match=r"−£0[.]01"):
        check_pay(Money(-1), Decimal(1), WageBand.AGE_21_PLUS, RATES)


def test_an_apprenticeship_counts_from_its_very_first_day() -> None:
    day = date(2026, 5, 1)

    assert wage_band(date(1990, 1, 1), day, RATES, day) is WageBand.APPRENTICE
    assert wage_band(date(1990, 1, 1), day, RATES, date(2026, 5, 2)) is WageBand.AGE_21_PLUS
