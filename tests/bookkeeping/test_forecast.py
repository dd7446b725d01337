"""How the funding year will end, if things go on as they are."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpemployer.bookkeeping.forecast import Band, ForecastFacts, forecast, usual_week
from dpemployer.errors import EntryError
from dpemployer.money import Money
from dpemployer.workings import explain

FACTS = ForecastFacts(
    opening=Money(124_000),
    received=Money(1_360_000),
    weekly_funding=Money(40_000),
    spent=Money(1_310_550),
    unpaid=Money(21_240),
    weeks_left=Decimal(18),
    weekly_cost=Money(39_120),
    one_offs=(Money(15_000),),
    ring_fenced=Money(90_000),
)
money = st.integers(-1_000_000, 5_000_000).map(Money)
weeks = st.decimals(0, 53, places=1)


@given(
    opening=money,
    received=money,
    spent=money,
    unpaid=money,
    funding=st.integers(0, 200_000).map(Money),
    cost=st.integers(0, 200_000).map(Money),
    left=weeks,
    one_offs=st.lists(money, max_size=3).map(tuple),
    kept=money,
)
def test_a_forecast_adds_up(
    *,
    opening: Money,
    received: Money,
    spent: Money,
    unpaid: Money,
    funding: Money,
    cost: Money,
    left: Decimal,
    one_offs: tuple[Money, ...],
    kept: Money,
) -> None:
    found = forecast(
        ForecastFacts(
            opening, received, funding, spent, unpaid, left, cost, one_offs, kept, Decimal(8)
        )
    )

    exact = (
        opening.pence + received.pence - spent.pence - unpaid.pence
        - sum(one_off.pence for one_off in one_offs)
        + Fraction(left) * (funding.pence - cost.pence)
    )  # fmt: skip
    assert abs(found.closing.pence - exact) <= Fraction(1, 2)
    assert abs((found.closing - kept - found.uncommitted).pence) <= 1
    assert found.retention_allowance.pence == 8 * funding.pence
    assert (found.shortfall.pence > 0) == (found.closing.pence < 0)
    assert found.shortfall == (-found.closing if found.closing.pence < 0 else Money(0))
    assert (found.band is Band.RED) == bool(found.shortfall)


@pytest.mark.parametrize(
    ("changes", "band"),
    [
        ({}, Band.GREEN),
        ({"opening": Money(-200_000)}, Band.RED),
        # 1,530.50 at the end, less 730.50: exactly two weeks of 400, then a penny less
        ({"unpaid": Money(94_290)}, Band.GREEN),
        ({"unpaid": Money(94_291)}, Band.AMBER),
        # free: 630.50; allowed: 8 x 400 = 3,200; over by a penny
        ({"opening": Money(380_950)}, Band.GREEN),
        ({"opening": Money(380_951)}, Band.AMBER),
    ],
)
def test_how_things_stand_has_a_band(changes: dict[str, Money], band: Band) -> None:
    assert forecast(replace(FACTS, **changes)).band is band  # type: ignore[arg-type] # any field


def test_what_the_council_may_ask_for_back_is_what_is_over_the_weeks_it_lets_be_kept() -> None:
    rich = replace(FACTS, opening=Money(1_000_000))

    found = forecast(rich)

    # 1,530.50 + 8,760 = 10,290.50; less 900 set aside = 9,390.50; less 3,200 kept = 6,190.50
    assert found.at_risk == Money(619_050)
    assert forecast(replace(rich, retention_weeks=Decimal(4))).at_risk == Money(779_050)


def test_every_step_is_said_in_words() -> None:
    short = replace(FACTS, opening=Money(-200_000))

    steps = explain(forecast(short).workings)

    assert [step.rule for step in steps] == [
        "forecast.now",
        "forecast.closing",
        "forecast.uncommitted",
        "forecast.at_risk",
        "forecast.shortfall",
    ]
    # −2,000 + 13,600 − 13,105.50 − 212.40 − 150 = −1,867.90; with 18 x 8.80 that is −1,709.50
    assert [step.sentence for step in steps] == [
        (
            "−£2,000.00 was there at the start and £13,600.00 came in. £13,105.50 was spent, "
            "£212.40 is owed and £150.00 is planned. That leaves −£1,867.90."
        ),
        (
            "For 18 more weeks £400.00 comes in and £391.20 goes out each week. Added to "
            "−£1,867.90, that makes −£1,709.50."
        ),
        "Of −£1,709.50, £900.00 is set aside. That leaves −£2,609.50.",
        (
            "The council lets you keep 8 weeks of £400.00, which is £3,200.00. Of −£2,609.50, what "
            "is over that is £0.00."
        ),
        "The year would end at −£1,709.50, so £1,709.50 will be missing.",
    ]
    assert [step.rule for step in explain(forecast(FACTS).workings)][-1] == "forecast.at_risk"


def test_more_than_half_a_penny_is_one() -> None:
    facts = replace(
        FACTS,
        opening=Money(0),
        received=Money(0),
        spent=Money(0),
        unpaid=Money(0),
        one_offs=(),
        weekly_funding=Money(6),
        weekly_cost=Money(0),
        weeks_left=Decimal("0.1"),
    )

    assert forecast(facts).closing == Money(1)


@pytest.mark.parametrize("field", ["weeks_left", "retention_weeks"])
def test_weeks_below_nothing_are_refused(field: str) -> None:
    with pytest.raises(EntryError, match="-1 weeks cannot be"):
        forecast(replace(FACTS, **{field: Decimal(-1)}))  # type: ignore[arg-type] # any field


@pytest.mark.parametrize(
    ("costs", "expected"),
    [
        ([], 0),
        ([300], 300),
        ([100, 200, 600], 300),
        # of four and more the dearest and the cheapest are left out
        ([100, 200, 300, 9_000], 250),
        # only the last 13 count: the first 9,000 is too old, the second is the odd one out
        ([9_000] * 3 + [9_000, *[100] * 12], 100),
        ([101, 102, 0, 900], 102),
    ],
)
def test_a_usual_week_leaves_the_odd_ones_out(costs: list[int], expected: int) -> None:
    week, steps = usual_week([Money(cost) for cost in costs])

    assert week == Money(expected)
    assert explain(steps)[0].result == str(week)
