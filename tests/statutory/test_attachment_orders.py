"""Orders take what their tables and letters say, in their turn, and never what is protected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpemployer.bank_days import Nation
from dpemployer.data_files import texts
from dpemployer.errors import EntryError, NegativePayError
from dpemployer.money import NOTHING, Money
from dpemployer.periods import PayFrequency, TaxYear
from dpemployer.statutory import attachment_orders
from dpemployer.statutory.attachment_kinds import (
    BENEFIT_DEBTS,
    NAMES_AN_AMOUNT,
    SCOTTISH,
    OrderKind,
)
from dpemployer.statutory.attachment_orders import (
    Order,
    Taken,
    rates_used,
    take,
    take_all,
)
from dpemployer.statutory.attachment_tables import (
    IntervalUnit,
    PayInterval,
    arrestment_protected,
    half_down,
)
from dpemployer.statutory.rates import RateBook
from dpemployer.workings import Rule, Step, explain
from tests.vectors import Vector, vectors

BOOK = RateBook.parse(texts("statutory", ".toml"))
RATES = BOOK.on(date(2026, 5, 1))
WEEK = PayInterval(IntervalUnit.WEEK)
MONTH = PayInterval(IntervalUnit.MONTH)
DAY_MADE = date(2026, 4, 20)


def order(kind: OrderKind, **said: Any) -> Order:
    """An order of one kind, with what its letter has to say."""
    needs: dict[str, Any] = {}
    if kind in NAMES_AN_AMOUNT:
        needs["normal"] = Money(50_00)
    if kind in {OrderKind.AEO_PRIORITY, OrderKind.AEO_NON_PRIORITY}:
        needs["protected"] = Money(200_00)
    if kind is OrderKind.CTAEO:
        needs["nation"] = Nation.ENGLAND
    if kind in SCOTTISH:
        needs |= {"normal": Money(5_00), "days": 7}
    return Order(**{"kind": kind, "made_on": DAY_MADE, **needs, **said})


def taken(
    kind: OrderKind, pence: int, interval: PayInterval = WEEK, before: int = 0, **said: Any
) -> Taken:
    return take(order(kind, **said), Money(pence), interval, RATES, Money(before))


@pytest.mark.parametrize("example", vectors("attachment_orders"), ids=str)
def test_agrees_with_the_example(example: Vector) -> None:
    inputs = example.inputs
    nation = inputs.get("nation")
    outcome = take(
        Order(
            OrderKind(inputs["kind"]),
            DAY_MADE,
            nation=Nation(nation.lower()) if nation else None,
            normal=Money.parse(inputs.get("normal_deduction", "0")),
        ),
        Money.parse(inputs["net_earnings"]),
        PayInterval.of(PayFrequency(inputs.get("frequency", "weekly"))),
        BOOK.for_year(TaxYear.parse(example.tax_year)),
    )

    got = {
        "protected": outcome.protected.plain,
        "deducted": outcome.amount.plain,
        "short": outcome.short.plain,
        "deduction": outcome.amount.plain,
    }
    assert {key: got[key] for key in example.expected} == example.expected


# ── the tables, worked out by hand from what they print ──


@pytest.mark.parametrize(
    ("net", "interval", "expected"),
    [
        (400_00, PayInterval(IntervalUnit.WEEK, 2), 28_00),  # £200 a week: 7% is £14
        (800_00, PayInterval(IntervalUnit.WEEK, 4), 56_00),
        (1_500_00, MONTH, 255_00),  # 17% of £1,500
        (2_100_00, MONTH, 383_40),  # 17% of £2,020 is £343.40, half of £80 is £40
        (33_00, PayInterval(IntervalUnit.DAY), 2_31),  # 7%
        (80_00, PayInterval(IntervalUnit.DAY), 16_24),  # 17% of £72 is £12.24, half of £8 is £4
        (66_00, PayInterval(IntervalUnit.DAY, 2), 4_62),
        (75_01, WEEK, 2_25),  # 3% is £2.2503
        (505_00, WEEK, 85_85),
        (0, WEEK, 0),
    ],
)
def test_english_council_tax(net: int, interval: PayInterval, expected: int) -> None:
    assert taken(OrderKind.CTAEO, net, interval).amount == Money(expected)


@pytest.mark.parametrize(
    ("net", "interval", "expected"),
    [
        (105_00, WEEK, 0),
        (106_00, WEEK, 3_18),
        (3_000_00, MONTH, 556_20),  # 17% of £2,860 is £486.20, half of £140 is £70
    ],
)
def test_welsh_council_tax(net: int, interval: PayInterval, expected: int) -> None:
    assert taken(OrderKind.CTAEO, net, interval, nation=Nation.WALES).amount == Money(expected)


@pytest.mark.parametrize(
    ("net", "interval", "expected"),
    [
        (172_61, WEEK, 0),
        (172_62, WEEK, 2_30),
        (345_22, WEEK, 25_89),  # 15% of £172.61 is £25.8915
        (690_44, PayInterval(IntervalUnit.WEEK, 2), 51_78),  # £25.8915 twice
        (575_37, WEEK, 71_92),  # £25.89 and 20% of £230.15
        (863_06, WEEK, 143_84),  # £71.92 and 25% of £287.69 is £143.8425
        (4_000_00, MONTH, 750_00),
    ],
)
def test_scottish_earnings_arrestment(net: int, interval: PayInterval, expected: int) -> None:
    assert taken(OrderKind.EARNINGS_ARRESTMENT, net, interval).amount == Money(expected)


def test_a_scottish_table_counts_for_old_orders_from_its_first_day() -> None:
    old = order(OrderKind.EARNINGS_ARRESTMENT, made_on=date(2024, 1, 1))

    before = take(old, Money(300_00), WEEK, BOOK.on(date(2025, 4, 5)))
    after = take(old, Money(300_00), WEEK, BOOK.on(date(2025, 4, 6)))

    # 19% of £149.06 is £28.3214; then 15% of £127.39 is £19.1085
    assert (before.amount, after.amount) == (Money(28_32), Money(19_11))


@pytest.mark.parametrize(
    ("kind", "net", "interval", "expected"),
    [
        (OrderKind.DEA_STANDARD, 520_00, WEEK, 78_00),
        (OrderKind.DEA_STANDARD, 520_01, WEEK, 104_00),
        (OrderKind.DEA_STANDARD, 440_00, PayInterval(IntervalUnit.WEEK, 2), 22_00),
        (OrderKind.DEA_STANDARD, 1_615_00, MONTH, 177_65),
        (OrderKind.DEA_HIGHER, 100_00, WEEK, 5_00),
        (OrderKind.DEA_HIGHER, 530_00, WEEK, 212_00),
    ],
)
def test_benefit_debt(kind: OrderKind, net: int, interval: PayInterval, expected: int) -> None:
    assert taken(kind, net, interval).amount == Money(expected)


def test_half_a_penny_goes_down() -> None:
    halves = [Fraction(1, 2), Fraction(3, 2), Fraction(1401, 2), Fraction(7, 5), Fraction(8, 5)]

    assert [half_down(half).pence for half in halves] == [0, 1, 700, 1, 2]


# ── what the letter names ──


def test_a_direct_earnings_attachment_can_name_an_amount() -> None:
    assert taken(OrderKind.DEA_FIXED, 100_00).amount == Money(40_00)
    assert taken(OrderKind.DEA_FIXED, 300_00).amount == Money(50_00)


def test_a_priority_order_carries_what_it_could_not_take_and_a_debt_order_does_not() -> None:
    priority = taken(OrderKind.AEO_PRIORITY, 220_00)
    debt = taken(OrderKind.AEO_NON_PRIORITY, 220_00)

    assert (priority.amount, priority.short, priority.carried_forward) == (
        Money(20_00),
        Money(30_00),
        Money(30_00),
    )
    assert (debt.amount, debt.short, debt.carried_forward) == (Money(20_00), Money(30_00), NOTHING)


def test_what_was_carried_is_taken_when_there_is_room() -> None:
    later = taken(OrderKind.AEO_PRIORITY, 300_00, brought_forward=Money(30_00))

    assert (later.amount, later.short) == (Money(80_00), NOTHING)


def test_no_more_is_taken_than_is_still_to_pay() -> None:
    last = taken(OrderKind.CTAEO, 600_00, left_to_pay=Money(10_00))

    assert (last.amount, last.short) == (Money(10_00), NOTHING)


def test_maintenance_by_the_day_leaves_what_each_day_protects() -> None:
    # 7 days at £24.66 protect £172.62
    enough = taken(OrderKind.CURRENT_MAINTENANCE, 300_00)
    little = taken(OrderKind.CURRENT_MAINTENANCE, 180_00)

    assert (enough.amount, enough.protected) == (Money(35_00), Money(172_62))
    assert little.amount == Money(7_38)


def test_an_order_for_debts_and_maintenance_takes_the_debts_first() -> None:
    # £19.11 for the debts leaves £280.89, of which £172.62 is protected
    both = taken(OrderKind.CONJOINED_BOTH, 300_00)
    short = taken(OrderKind.CONJOINED_BOTH, 190_00)

    assert both.amount == Money(19_11 + 35_00)
    assert short.amount == Money(2_61 + 14_77)
    assert taken(OrderKind.CONJOINED_DEBTS, 300_00).amount == Money(19_11)
    assert taken(OrderKind.CONJOINED_MAINTENANCE, 300_00).amount == Money(35_00)


# ── what cannot be worked out ──


@pytest.mark.parametrize(
    ("kind", "said", "words"),
    [
        (OrderKind.DEO, {"normal": None}, "does not say how much to take."),
        (OrderKind.AEO_PRIORITY, {"protected": None}, "has no protected earnings rate"),
        (OrderKind.AEO_NON_PRIORITY, {"protected": None}, "has no protected earnings rate"),
        (OrderKind.CTAEO, {"nation": Nation.SCOTLAND}, "no council tax attachment"),
        (OrderKind.CTAEO, {"nation": None}, "no council tax attachment"),
        (OrderKind.CURRENT_MAINTENANCE, {"normal": None}, "how much to take for each day"),
    ],
)
def test_an_order_that_cannot_be_worked_out_says_why(
    kind: OrderKind, said: dict[str, Any], words: str
) -> None:
    with pytest.raises(EntryError) as refused:
        taken(kind, 300_00, **said)

    assert words in refused.value.what


def test_only_english_council_tax_has_a_table_by_the_day() -> None:
    for kind, nation in (
        (OrderKind.CTAEO, Nation.WALES),
        (OrderKind.DEA_STANDARD, None),
        (OrderKind.EARNINGS_ARRESTMENT, None),
    ):
        with pytest.raises(EntryError, match="no table by the day"):
            taken(kind, 50_00, PayInterval(IntervalUnit.DAY), nation=nation)


def test_what_a_day_protected_before_april_2025_is_not_known() -> None:
    with pytest.raises(EntryError, match="protected for each day is not known"):
        take(order(OrderKind.CURRENT_MAINTENANCE), Money(300_00), WEEK, BOOK.on(date(2024, 5, 1)))


def test_earnings_below_nothing_are_refused() -> None:
    with pytest.raises(NegativePayError):
        taken(OrderKind.DEO, -1)


# ── several orders ──


def amounts(orders: list[Order], pence: int, **said: Any) -> list[tuple[OrderKind, int]]:
    outcome = take_all(orders, Money(pence), WEEK, RATES, **said)
    return [(each.order.kind, each.amount.pence) for each in outcome.taken]


def test_later_orders_are_met_out_of_what_is_left() -> None:
    maintenance = order(OrderKind.DEO, made_on=date(2026, 1, 1))
    council = order(OrderKind.CTAEO, made_on=date(2026, 2, 1))

    # £50 leaves £250, of which 12% is £30; the other way round 12% of £300 leaves £264
    assert amounts([council, maintenance], 300_00) == [
        (OrderKind.DEO, 50_00),
        (OrderKind.CTAEO, 30_00),
    ]
    earlier = replace(council, made_on=date(2025, 12, 1))
    assert amounts([maintenance, earlier], 300_00) == [
        (OrderKind.CTAEO, 36_00),
        (OrderKind.DEO, 50_00),
    ]


def test_a_benefit_debt_is_worked_out_on_all_earnings_and_stops_at_60_percent() -> None:
    # As councils' guides show it: £250 a week, £60 to child maintenance, then 7% of £250.
    maintenance = order(OrderKind.DEO, normal=Money(60_00))
    benefit = order(OrderKind.DEA_STANDARD, made_on=date(2020, 1, 1))
    assert amounts([benefit, maintenance], 250_00) == [
        (OrderKind.DEO, 60_00),
        (OrderKind.DEA_STANDARD, 17_50),
    ]

    # And £1,620 a month with £486 taken: 15% is £243, but only £162 keeps 60%.
    outcome = take_all(
        [order(OrderKind.DEO, normal=Money(486_00)), benefit], Money(1_620_00), MONTH, RATES
    )
    assert [each.amount.pence for each in outcome.taken] == [486_00, 162_00]
    assert outcome.taken[1].carried_forward == NOTHING


def test_scottish_orders_come_after_child_maintenance_and_debts_before_maintenance() -> None:
    found = amounts(
        [
            order(OrderKind.CURRENT_MAINTENANCE),
            order(OrderKind.EARNINGS_ARRESTMENT),
            order(OrderKind.DEO),
        ],
        350_00,
    )

    # £50 leaves £300; the arrestment of that is £19.11; 5 pounds a day follow
    assert found == [
        (OrderKind.DEO, 50_00),
        (OrderKind.EARNINGS_ARRESTMENT, 19_11),
        (OrderKind.CURRENT_MAINTENANCE, 35_00),
    ]


def test_loans_come_after_orders_and_before_a_debt_order() -> None:
    priority = order(OrderKind.AEO_PRIORITY, protected=Money(240_00))
    debt = order(OrderKind.AEO_NON_PRIORITY, made_on=date(2020, 1, 1))

    outcome = take_all([debt, priority], Money(300_50), WEEK, RATES, loans_due=Money(25_00))

    # £50 is taken, which leaves £10.50 above what is protected: £10 in whole pounds,
    # and the debt order has what is left above it.
    assert outcome.loans == Money(10_00)
    assert [each.amount.pence for each in outcome.taken] == [50_00, 50]
    assert take_all([], Money(300_00), WEEK, RATES, loans_due=Money(25_00)).loans == Money(25_00)


# ── the employer's charge ──


def charges(orders: list[Order], pence: int, **said: Any) -> list[int]:
    outcome = take_all(orders, Money(pence), WEEK, RATES, **said)
    return [each.charge.pence for each in outcome.taken]


def test_the_charge_is_a_pound_for_each_deduction() -> None:
    two = [order(OrderKind.DEO, charge=True), order(OrderKind.CTAEO, charge=True)]
    outcome = take_all(two, Money(300_00), WEEK, RATES)

    assert [each.charge.pence for each in outcome.taken] == [1_00, 1_00]
    assert outcome.total == Money(50_00 + 30_00 + 2_00)


def test_no_charge_where_nothing_is_taken_or_nobody_asked() -> None:
    assert charges([order(OrderKind.CTAEO, charge=True)], 75_00) == [0]
    assert charges([order(OrderKind.CTAEO)], 300_00) == [0]


def test_only_child_maintenance_lets_the_charge_into_what_is_protected() -> None:
    assert charges([order(OrderKind.DEO, normal=Money(200_00), charge=True)], 300_00) == [1_00]
    assert charges([order(OrderKind.AEO_PRIORITY, charge=True)], 220_00) == [0]
    assert charges([order(OrderKind.AEO_PRIORITY, charge=True)], 251_00) == [1_00]
    assert charges([order(OrderKind.AEO_PRIORITY, charge=True)], 250_99) == [0]
    with_other = [
        order(OrderKind.DEO, normal=Money(10_00), charge=True),
        order(OrderKind.AEO_PRIORITY, made_on=date(2026, 5, 1)),
    ]
    assert charges(with_other, 220_00) == [0, 0]


def test_no_charge_that_leaves_less_than_the_minimum_wage() -> None:
    two = [order(OrderKind.DEO, charge=True), order(OrderKind.CTAEO, charge=True)]

    assert charges(two, 300_00, charge_room=Money(1_50)) == [1_00, 0]
    assert charges(two, 300_00, charge_room=Money(99)) == [0, 0]
    assert charges(two, 300_00, charge_room=Money(2_00)) == [1_00, 1_00]


# ── how it says so ──


def test_every_kind_explains_itself_with_its_source() -> None:
    for kind in OrderKind:
        said = explain(taken(kind, 400_00).steps)
        assert said
        assert all(step.source and step.sentence.endswith(".") for step in said)


def test_the_words_of_a_shortfall() -> None:
    steps = explain(taken(OrderKind.DEO, 100_00, brought_forward=Money(10_00)).steps)

    assert " ".join(step.sentence for step in steps) == (
        "60% of net earnings of £100.00 is protected: £60.00 must be left. "
        "The order asks for £50.00 on this payday. £10.00 could not be taken before and is added. "
        "Together that is £60.00. "
        "£60.00 should be taken. There is £100.00 to take it from, and £60.00 must be left, so "
        "£40.00 is taken. "
        "£60.00 should have been taken and £40.00 was. £20.00 is added on the next payday."
    )


def test_a_table_says_the_time_it_is_for() -> None:
    fortnight = PayInterval.of(PayFrequency.FORTNIGHTLY)

    (step,) = explain(taken(OrderKind.CTAEO, 1_200_00, fortnight).steps)

    assert step.sentence == (
        "Net earnings are £1,200.00 for 2 weeks. The council’s table says to take 17% of £505.00 "
        "for 1 week, and 50% of what is over it. That is £266.70."
    )
    assert PayInterval(IntervalUnit.DAY, 3).words == "3 days"
    assert PayInterval.of(PayFrequency.MONTHLY).words == "1 month"


@pytest.mark.parametrize(
    ("kind", "net", "interval", "said"),
    [
        (
            OrderKind.CTAEO,
            505_00,
            WEEK,
            (
                "The council’s table says to take 17% of net earnings of £505.00 for 1 week. "
                "That is £85.85."
            ),
        ),
        (
            OrderKind.DEA_STANDARD,
            440_00,
            PayInterval(IntervalUnit.WEEK, 2),
            (
                "The standard table says to take 5% of net earnings of £440.00 for 2 weeks. "
                "That is £22.00."
            ),
        ),
        (
            OrderKind.DEA_HIGHER,
            530_00,
            WEEK,
            (
                "The higher table says to take 40% of net earnings of £530.00 for 1 week. That is "
                "£212.00."
            ),
        ),
        (
            OrderKind.EARNINGS_ARRESTMENT,
            700_00,
            MONTH,
            (
                "Net earnings of £700.00 for 1 month are not above £750.00 for 1 month, so "
                "£0.00 is taken."
            ),
        ),
        (
            OrderKind.EARNINGS_ARRESTMENT,
            600_00,
            PayInterval(IntervalUnit.WEEK, 2),
            (
                "Net earnings are £600.00 for 2 weeks. For 1 week the table says to take £2.30, or "
                "15% of what is above £172.61 if that is more. That is £38.22."
            ),
        ),
        (
            OrderKind.EARNINGS_ARRESTMENT,
            900_00,
            WEEK,
            (
                "Net earnings are £900.00 for 1 week. For 1 week the table says to take £143.84, "
                "and 50% of what is above £863.06. That is £162.31."
            ),
        ),
        (
            OrderKind.CURRENT_MAINTENANCE,
            300_00,
            WEEK,
            (
                "The order asks for £5.00 for each of 7 days. £172.62 of £300.00 must be left for "
                "those days. So £35.00 is taken."
            ),
        ),
    ],
)
def test_a_table_says_what_it_did(
    kind: OrderKind, net: int, interval: PayInterval, said: str
) -> None:
    (step,) = explain(taken(kind, net, interval).steps)

    assert step.sentence == said
    assert step.dated.startswith("from ")


def said_of(kind: OrderKind, pence: int, **about: Any) -> str:
    """What taking one order alone says, its charge included."""
    (one,) = take_all([order(kind, **about)], Money(pence), WEEK, RATES).taken
    return " ".join(step.sentence for step in explain(one.steps))


def test_a_fixed_amount_says_what_is_protected() -> None:
    assert said_of(OrderKind.DEA_FIXED, 300_00) == (
        "60% of net earnings of £300.00 is protected: £180.00 must be left. "
        "The order asks for £50.00 on this payday."
    )


def test_a_court_s_order_says_what_it_protects_and_what_the_employer_keeps() -> None:
    assert said_of(OrderKind.AEO_PRIORITY, 251_00, charge=True) == (
        "The order protects £200.00 of each payment. The order asks for £50.00 on this payday. "
        "The employer keeps £1.00 for each deduction under the order."
    )
    assert said_of(OrderKind.AEO_PRIORITY, 220_00, charge=True).endswith(
        "The employer may keep £1.00 for each deduction, but not out of protected earnings. So "
        "£0.00 is kept."
    )


def test_the_last_of_what_is_owed_is_said() -> None:
    assert said_of(OrderKind.AEO_PRIORITY, 300_00, left_to_pay=Money(7_00)).endswith(
        "That would be £50.00, but only £7.00 is still to be paid under this order."
    )


def test_debt_orders_follow_each_other() -> None:
    first = order(OrderKind.AEO_NON_PRIORITY, normal=Money(60_00))
    second = replace(first, made_on=date(2026, 4, 21))
    third = replace(first, made_on=date(2026, 4, 22))

    assert amounts([third, second, first], 350_00) == [
        (OrderKind.AEO_NON_PRIORITY, 60_00),
        (OrderKind.AEO_NON_PRIORITY, 60_00),
        (OrderKind.AEO_NON_PRIORITY, 30_00),
    ]


def test_one_charge_may_leave_no_room_for_the_next() -> None:
    two = [
        order(OrderKind.AEO_PRIORITY, protected=Money(249_00), charge=True),
        order(OrderKind.DEO, normal=Money(1), charge=True),
    ]

    # £300.00 less 1p and £50.00 is £249.99: not a pound above £249.00. With 1p more there is one.
    assert charges(two, 300_00) == [0, 0]
    assert charges(two, 300_01) == [1_00, 0]
    assert charges(two, 301_01) == [1_00, 1_00]


def test_a_share_is_settled_to_the_nearest_penny_and_loans_to_the_pound_below() -> None:
    # 60% of £100.01 is £60.006
    assert taken(OrderKind.DEO, 100_01).protected == Money(60_01)
    priority = order(OrderKind.AEO_PRIORITY, protected=Money(50_00))
    outcome = take_all([priority], Money(310_50), WEEK, RATES, loans_due=Money(900_00))
    assert outcome.loans == Money(210_00)


def test_every_step_says_since_when_its_table_holds() -> None:
    days = {
        kind: {step.since for step in taken(kind, 400_00, charge=True).steps} for kind in OrderKind
    }

    council, benefit = date(2007, 4, 1), date(2013, 4, 8)
    assert days[OrderKind.CTAEO] == {council}
    assert days[OrderKind.DEA_FIXED] == days[OrderKind.DEA_HIGHER] == {benefit}
    assert days[OrderKind.EARNINGS_ARRESTMENT] == {date(2026, 4, 6)}


def test_each_kind_names_the_table_it_uses() -> None:
    named = {kind: rates_used(order(kind)) for kind in OrderKind}

    assert all(name in RATES for name in named.values())
    assert named[OrderKind.CTAEO] == "attachment.ctaeo_england"
    assert named[OrderKind.DEO] == "attachment.deo"
    assert rates_used(order(OrderKind.CTAEO, nation=None)) == "attachment.aeo_court"


def test_a_step_without_money_is_a_mistake_in_the_program() -> None:
    with pytest.raises(TypeError):
        attachment_orders._amount(Step(Rule("a", "b", "c", (), "d"), (), 1))


# ── what always holds ──

NET = st.integers(0, 500_000).map(Money)
INTERVALS = st.sampled_from([PayInterval.of(each) for each in PayFrequency])
KINDS = st.sampled_from(list(OrderKind))


@st.composite
def any_order(draw: st.DrawFn) -> Order:
    kind = draw(KINDS)
    return order(
        kind,
        made_on=date(2026, 1, draw(st.integers(1, 31))),
        brought_forward=Money(draw(st.integers(0, 20_000))),
        left_to_pay=draw(st.none() | st.integers(0, 50_000).map(Money)),
        charge=draw(st.booleans()),
        nation=draw(st.sampled_from([Nation.ENGLAND, Nation.WALES])),
    )


@given(any_order(), NET, INTERVALS)
def test_one_order_never_goes_into_what_it_protects(
    one: Order, net: Money, interval: PayInterval
) -> None:
    outcome = take(one, net, interval, RATES)

    assert NOTHING <= outcome.amount <= net
    assert not outcome.amount or net - outcome.amount >= outcome.protected
    asked = outcome.amount + outcome.short
    assert one.left_to_pay is None or asked <= one.left_to_pay


@given(KINDS, NET, NET, INTERVALS)
def test_more_pay_never_lowers_what_an_order_takes(
    kind: OrderKind, one: Money, other: Money, interval: PayInterval
) -> None:
    less, more = sorted((one, other))

    assert (
        take(order(kind), less, interval, RATES).amount
        <= take(order(kind), more, interval, RATES).amount
    )


@given(st.lists(any_order(), max_size=4), NET, INTERVALS, st.integers(0, 30_000).map(Money))
def test_all_orders_together_leave_what_each_protects(
    orders: list[Order], net: Money, interval: PayInterval, loans: Money
) -> None:
    outcome = take_all(orders, net, interval, RATES, loans_due=loans)
    left = net - outcome.total - outcome.loans

    assert left >= NOTHING
    assert outcome.loans <= loans
    assert len(outcome.taken) == len(orders)
    if any(one.order.kind in BENEFIT_DEBTS and one.amount for one in outcome.taken):
        charges = Money.total(
            one.charge for one in outcome.taken if one.order.kind is OrderKind.DEO
        )
        assert (left + charges).pence * 5 >= net.pence * 3 - 3
    last = [one for one in outcome.taken if one.order.kind is OrderKind.AEO_NON_PRIORITY]
    if any(one.amount for one in last):
        assert left >= max(one.protected for one in outcome.taken) or any(
            one.charge for one in outcome.taken if one.order.kind is OrderKind.DEO
        )


def test_a_debt_order_without_a_protected_rate_is_refused_beside_others() -> None:
    with pytest.raises(EntryError, match="no protected earnings rate"):
        amounts([order(OrderKind.AEO_NON_PRIORITY, protected=None)], 300_00)


@given(st.lists(st.integers(0, 60_000).map(Money), min_size=1, max_size=12))
def test_what_is_carried_adds_up_to_what_was_asked_for(paydays: list[Money]) -> None:
    carried = NOTHING
    had = NOTHING
    for net in paydays:
        outcome = take(order(OrderKind.DEO, brought_forward=carried), net, WEEK, RATES)
        carried = outcome.carried_forward
        had += outcome.amount

    assert had + carried == Money(50_00 * len(paydays))


@given(NET)
def test_a_fortnight_is_two_weeks_of_half(net: Money) -> None:
    fortnight = PayInterval(IntervalUnit.WEEK, 2)
    for kind in (OrderKind.CTAEO, OrderKind.EARNINGS_ARRESTMENT, OrderKind.DEA_STANDARD):
        double = take(order(kind), Money(net.pence * 2), fortnight, RATES).amount
        single = take(order(kind), net, WEEK, RATES).amount
        assert abs(double.pence - 2 * single.pence) <= 1


def test_what_an_arrestment_leaves_whole_is_by_the_time_it_is_for() -> None:
    assert arrestment_protected(PayInterval(IntervalUnit.WEEK, 4), RATES) == Money(690_44)
