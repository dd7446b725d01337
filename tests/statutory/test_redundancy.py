"""Redundancy pay follows age, service and a limit on a week's pay."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dpemployer.bank_days import Nation
from dpemployer.data_files import texts
from dpemployer.errors import RatesUnknownError
from dpemployer.money import NOTHING, Money
from dpemployer.statutory.rates import RateBook
from dpemployer.statutory.redundancy import (
    EmployerIs,
    NoRedundancyPay,
    RedundancyPay,
    YearsAtAge,
    agreed_week_pay,
    at_least,
    family_excluded,
    family_test,
    re_engage_by,
    redundancy_pay,
    week_pay,
    weeks_for,
)
from dpemployer.workings import explain

RATES = RateBook.parse(texts("statutory", ".toml"))
BORN, START, LAST = date(1981, 3, 10), date(2016, 2, 1), date(2026, 11, 30)
WEEK = Money(262_00)
STARTS = st.dates(date(1990, 1, 1), date(2026, 11, 30))
BIRTHS = st.dates(date(1940, 1, 1), date(1974, 12, 31))


def paid(
    start: date = START,
    last_day: date = LAST,
    week: Money = WEEK,
    *,
    born_on: date = BORN,
    nation: Nation = Nation.ENGLAND,
    weeks_given: int | None = None,
    employer_is: EmployerIs = EmployerIs.OTHER,
) -> RedundancyPay:
    return redundancy_pay(
        born_on=born_on,
        start=start,
        last_day=last_day,
        week=agreed_week_pay(week),
        nation=nation,
        rates=RATES,
        weeks_given=weeks_given,
        employer_is=employer_is,
    )


def test_it_is_weeks_by_age_at_a_weeks_pay() -> None:
    found = paid()

    assert found.by_age == (YearsAtAge(4, Decimal("1.5")), YearsAtAge(6, Decimal(1)))
    assert (found.weeks, found.amount) == (Decimal(12), Money(3144_00))
    assert found.claim_by == date(2027, 5, 29)
    assert found.due
    assert not found.findings


def test_a_birthday_on_the_first_day_of_a_year_counts_the_higher_age() -> None:
    # The year counted began on 1 December 2025, the day of the 41st and the 22nd birthday.
    assert weeks_for(date(1984, 12, 1), LAST, 1) == (YearsAtAge(1, Decimal("1.5")),)
    assert weeks_for(date(1984, 12, 2), LAST, 1) == (YearsAtAge(1, Decimal(1)),)
    assert weeks_for(date(2003, 12, 1), LAST, 1) == (YearsAtAge(1, Decimal(1)),)
    assert weeks_for(date(2003, 12, 2), LAST, 1) == (YearsAtAge(1, Decimal("0.5")),)


def test_no_more_than_twenty_years_count() -> None:
    assert sum(band.years for band in weeks_for(date(1950, 1, 1), LAST, 44)) == 20


def test_below_two_years_there_is_nothing() -> None:
    found = paid(date(2024, 12, 2), date(2026, 11, 30))

    assert found.refusal is NoRedundancyPay.TOO_SHORT
    assert (found.weeks, found.amount, found.cap) == (Decimal(0), NOTHING, Money(751_00))


def test_missing_notice_can_make_two_years() -> None:
    assert not paid(date(2024, 12, 2), date(2026, 11, 27)).due
    assert paid(date(2024, 12, 2), date(2026, 11, 27), weeks_given=0).due


@pytest.mark.parametrize(
    ("relation", "excluded"),
    [
        ("parent_of_employee", True),
        ("step_parent_of_employee", True),
        ("mother", True),
        ("Step-Father", True),
        ("grandparent_of_employee", True),
        ("child_of_employee", True),
        ("stepson", True),
        ("grandchild_of_employee", True),
        ("half_sibling_of_employee", True),
        ("half-brother", True),
        ("spouse_of_employee", False),
        ("partner", False),
        ("cousin", False),
        ("aunt", False),
        ("unrelated", False),
    ],
)
def test_close_family_at_home_has_no_right(relation: str, *, excluded: bool) -> None:
    found = EmployerIs.parse(relation)

    assert family_excluded(found, domestic=True) is excluded
    assert not family_excluded(found, domestic=False)
    assert family_test(found, 6, domestic=True)[0] is not excluded
    assert family_test(found, 1, domestic=True)[0] is False


def test_family_takes_the_right_away_whatever_the_service() -> None:
    found = paid(employer_is=EmployerIs.PARENT)

    assert found.refusal is NoRedundancyPay.FAMILY
    assert found.amount == NOTHING


def test_northern_ireland_has_a_limit_of_its_own_and_says_when_it_is_not_certain() -> None:
    sure = paid(last_day=date(2024, 8, 31), week=Money(735_00), nation=Nation.NORTHERN_IRELAND)
    unsure = paid(week=Money(900_00), nation=Nation.NORTHERN_IRELAND)
    elsewhere = paid(week=Money(900_00), nation=Nation.SCOTLAND)

    assert (sure.cap, sure.findings) == (Money(729_00), ())
    assert unsure.cap == Money(783_00)
    assert [finding.code for finding in unsure.findings] == ["rates_unconfirmed"]
    assert (elsewhere.cap, elsewhere.findings) == (Money(751_00), ())


def test_a_day_without_a_known_limit_is_refused_unless_nothing_is_due() -> None:
    with pytest.raises(RatesUnknownError):
        paid(last_day=date(2027, 4, 10))

    assert paid(date(2026, 5, 1), date(2027, 4, 10)).cap is None


def test_a_weeks_pay_is_the_average_of_twelve_weeks_with_pay() -> None:
    weeks = [Money(230_00)] * 10 + [NOTHING] * 2 + [Money(260_00)] * 2 + [Money(900_00)] * 5

    assert week_pay(weeks).pounds == 235
    assert week_pay([Money(100_00), NOTHING, Money(101_00)]).shown == Money(100_50)
    assert week_pay([NOTHING]).pounds == 0
    assert week_pay([Money(100_00), Money(100_00), Money(100_01)]).pounds == Fraction(30001, 300)


def test_a_weeks_pay_is_never_below_the_minimum_wage() -> None:
    low = agreed_week_pay(Money(100_00))

    assert at_least(low, Money(127_10)).shown == Money(127_10)
    assert at_least(low, Money(90_00)) is low


def test_an_average_that_does_not_end_at_a_penny_is_not_rounded_before_its_time() -> None:
    found = redundancy_pay(
        born_on=BORN,
        start=START,
        last_day=LAST,
        week=week_pay([Money(100_00), Money(100_00), Money(100_01)]),
        nation=Nation.ENGLAND,
        rates=RATES,
    )

    assert found.amount == Money(1200_04)
    assert "12 weeks at £100.0033 come to £1,200.04." in explain(found.workings)[-1].sentence


def test_an_estate_has_eight_weeks_to_take_somebody_on_again() -> None:
    assert re_engage_by(date(2026, 11, 10)) == date(2027, 1, 5)


@given(BIRTHS, STARTS, st.integers(0, 2000), st.integers(0, 200_000))
def test_more_service_never_lowers_it(born: date, start: date, earlier: int, pence: int) -> None:
    longer = paid(start - timedelta(days=earlier), LAST, Money(pence), born_on=born)

    assert longer.amount >= paid(start, LAST, Money(pence), born_on=born).amount


@given(BIRTHS, STARTS, st.integers(0, 200_000), st.integers(0, 200_000))
def test_more_pay_never_lowers_it_and_the_limits_hold(
    born: date, start: date, pence: int, more: int
) -> None:
    found = paid(start, LAST, Money(pence), born_on=born)

    assert found.amount <= paid(start, LAST, Money(pence + more), born_on=born).amount
    assert NOTHING <= found.amount <= Money(22_530_00)
    assert 0 <= found.weeks <= 30


@given(BIRTHS, STARTS, st.integers(0, 12))
def test_notice_left_out_never_lowers_it(born: date, start: date, weeks: int) -> None:
    last_day = date(2026, 9, 30)
    assume(start <= last_day)
    given_all = paid(start, last_day, born_on=born)

    assert paid(start, last_day, born_on=born, weeks_given=weeks).amount >= given_all.amount


def test_every_step_can_be_said_in_words() -> None:
    steps = [
        *paid().workings,
        *paid(employer_is=EmployerIs.CHILD).workings,
        *paid(date(2026, 1, 1)).workings,
        *week_pay([]).workings,
        *week_pay([Money(100_00)]).workings,
        *at_least(agreed_week_pay(Money(1)), Money(2)).workings,
        *family_test(EmployerIs.CHILD, 3, domestic=True)[1],
        *family_test(EmployerIs.OTHER, 3, domestic=True)[1],
        *family_test(EmployerIs.OTHER, 1, domestic=True)[1],
    ]

    said = [step.sentence for step in explain(steps)]

    assert all("{" not in sentence and sentence.endswith(".") for sentence in said)
