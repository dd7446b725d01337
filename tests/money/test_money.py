"""Money is whole pence, and a fraction of a penny goes where its rule says."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpemployer.money import NOTHING, Money, Rounding

AMOUNTS = st.integers(-10_000_000, 10_000_000).map(Money)


@pytest.mark.parametrize(
    ("rule", "pounds", "pence"),
    [
        (Rounding.PAY, "1.005", 101),
        (Rounding.PAY, "1.0049", 100),
        (Rounding.PAY, "-1.005", -101),
        (Rounding.NI, "0.0056", 0),
        (Rounding.NI, "0.0060", 1),
        (Rounding.NI, "0.0050", 0),
        (Rounding.TAX, "19.999", 1999),
        (Rounding.LOAN, "44.99", 4400),
        (Rounding.PENSION, "22.317", 2232),
        (Rounding.PENSION, "0.125", 13),
    ],
)
def test_each_rule_settles_the_fraction_in_its_own_way(
    rule: Rounding, pounds: str, pence: int
) -> None:
    assert Money.of(Decimal(pounds), rule) == Money(pence)


@pytest.mark.parametrize(
    ("pounds", "pence"),
    [("17.607142", 1761), ("70.43", 7043), ("0", 0), ("-0.001", 0), ("1/3", 34)],
)
def test_statutory_pay_gives_any_part_of_a_penny_to_the_person(pounds: str, pence: int) -> None:
    assert Money.up(Fraction(pounds)) == Money(pence)


@pytest.mark.parametrize(
    ("text", "pence"),
    [("0", 0), ("12", 1200), ("12.5", 1250), ("-0.07", -7), ("−1234.56", -123456)],
)
def test_pounds_are_read_exactly(text: str, pence: int) -> None:
    assert Money.parse(text) == Money(pence)


@pytest.mark.parametrize("text", ["1.234", "1e3", "£1", "1,000", "nan", ".5", "1."])
def test_anything_that_is_not_plain_pounds_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        Money.parse(text)


def test_it_is_written_for_people_and_for_files() -> None:
    assert str(Money(-123456)) == "−£1,234.56"
    assert str(Money(5)) == "£0.05"
    assert Money(-123456).plain == "-1234.56"
    assert Money(7).plain == "0.07"


@given(AMOUNTS)
def test_what_is_written_reads_back(amount: Money) -> None:
    assert Money.parse(amount.plain) == amount
    assert Money.of(amount.pounds, Rounding.TAX) == amount


@given(AMOUNTS, st.lists(st.integers(0, 50), min_size=1, max_size=6).filter(any))
def test_shares_add_up_and_a_refund_divides_as_its_cost_did(
    amount: Money, weights: list[int]
) -> None:
    parts = amount.shared(weights)

    assert Money.total(parts) == amount
    assert (-amount).shared(weights) == tuple(-part for part in parts)


def test_the_odd_penny_goes_to_the_larger_remainder_then_to_the_first_named() -> None:
    assert Money(100).shared([1, 1, 1]) == (Money(34), Money(33), Money(33))
    assert Money(10).shared([1, 2]) == (Money(3), Money(7))


def test_only_the_part_above_a_threshold_counts() -> None:
    assert Money(500).above(Money(300)) == Money(200)
    assert Money(200).above(Money(300)) == NOTHING


def test_amounts_add_compare_and_turn_round() -> None:
    assert Money(1) + Money(2) - Money(4) == Money(-1)
    assert abs(Money(-1)) == Money(1)
    assert Money(-1) < NOTHING < Money(1)
    assert Money.total([]) == NOTHING
    assert bool(Money(1))
    assert not NOTHING
