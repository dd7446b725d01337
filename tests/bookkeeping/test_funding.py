"""Whose money it is."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dpemployer.bookkeeping.awards import SplitRule
from dpemployer.bookkeeping.commitments import (
    Commitment,
    CommitmentKind,
    CommitmentShare,
    Owed,
)
from dpemployer.bookkeeping.funding import UNCODED, FunderRules, Posted
from dpemployer.bookkeeping.ledger import LedgerEntry, Method, Split
from dpemployer.money import NOTHING, Money

DAY = date(2026, 7, 1)
WAGES = "pay.net_wages"
RULES = FunderRules.of([1, 2], [SplitRule(1, 1, 65, (WAGES,)), SplitRule(2, 2, 35, (WAGES,))])


def posted(amount: int, *parts: tuple[str, int, int | None], cost: Posted | None = None) -> Posted:
    entry = LedgerEntry(7, 1, DAY, Money(amount), "Lena", Method.BACS)
    splits = tuple(
        Split(number, 7, category, Money(part), funder)
        for number, (category, part, funder) in enumerate(parts, 1)
    )
    return Posted(entry, splits, cost)


def cells(rules: FunderRules, one: Posted) -> list[tuple[Any, ...]]:
    return [
        (slice_.category, slice_.funder_id, slice_.amount.pence, slice_.refund, slice_.allotted)
        for slice_ in rules.slices(one)
    ]


def test_a_part_that_was_given_wins_over_the_rule() -> None:
    assert cells(RULES, posted(-100, (WAGES, -90, 1), (WAGES, -10, 2))) == [
        (WAGES, 1, -90, False, True),
        (WAGES, 2, -10, False, True),
    ]


def test_the_rule_divides_and_a_tie_goes_to_the_first() -> None:
    assert cells(RULES, posted(-11890, (WAGES, -11890, None))) == [
        (WAGES, 1, -7729, False, True),
        (WAGES, 2, -4161, False, True),
    ]


def test_with_no_rule_the_first_funder_has_it_and_it_is_said() -> None:
    assert cells(RULES, posted(-5, ("care.agency", -5, None))) == [
        ("care.agency", 1, -5, False, False)
    ]


def test_an_only_funder_has_everything_and_no_funder_nothing() -> None:
    one = posted(-5, (WAGES, -5, None))

    assert cells(FunderRules.of([9], [SplitRule(1, 9, 1, (WAGES,))]), one) == [
        (WAGES, 9, -5, False, True)
    ]
    assert cells(FunderRules((), {}), one) == [(WAGES, None, -5, False, True)]


def test_a_rule_of_nothing_is_no_rule() -> None:
    rules = FunderRules.of([1, 2], [SplitRule(1, 1, 0, (WAGES,)), SplitRule(2, 2, 0, (WAGES,))])

    assert cells(rules, posted(-5, (WAGES, -5, None))) == [(WAGES, 1, -5, False, False)]


def test_money_back_goes_where_its_cost_went() -> None:
    cost = posted(-100, (WAGES, -75, 1), ("emp.training", -25, 2))
    back = posted(40, ("inc.supplier_refund", 40, None), cost=cost)

    assert cells(RULES, back) == [
        (WAGES, 1, 30, True, True),
        ("emp.training", 2, 10, True, True),
    ]


def test_money_back_for_one_funder_stays_with_that_funder() -> None:
    cost = posted(-100, (WAGES, -100, None))
    back = posted(3, ("inc.supplier_refund", 3, 2), cost=cost)

    assert cells(RULES, back) == [(WAGES, 2, 3, True, True)]


def test_a_penny_back_leaves_out_parts_of_nothing() -> None:
    back = posted(1, ("inc.supplier_refund", 1, None), cost=posted(-100, (WAGES, -100, None)))

    assert cells(RULES, back) == [(WAGES, 1, 1, True, True)]


def test_money_back_for_a_cost_of_nothing_is_money_in() -> None:
    nothing = posted(0)

    assert cells(RULES, posted(9, ("inc.other", 9, None), cost=nothing)) == [
        ("inc.other", 1, 9, False, False)
    ]
    assert cells(RULES, posted(9, ("inc.other", 9, 2), cost=nothing)) == [
        ("inc.other", 2, 9, False, True)
    ]


def test_a_cost_of_a_funder_who_is_gone_comes_last() -> None:
    cost = posted(-4, (WAGES, -2, 5), (WAGES, -2, 1))
    back = posted(1, ("inc.supplier_refund", 1, None), cost=cost)

    assert cells(RULES, back) == [(WAGES, 1, 1, True, True)]


def test_parts_that_do_not_add_up_still_leave_nothing_out() -> None:
    alone = posted(-101, (WAGES, -100, 1))
    alike = posted(-101, (WAGES, -60, 1), (WAGES, -40, 2))
    mixed = posted(-101, (WAGES, -60, 1), ("care.agency", -40, 2))

    assert not alone.adds_up
    assert cells(RULES, alone) == [(WAGES, 1, -101, False, True)]
    assert cells(RULES, alike)[2:] == [(WAGES, 1, -1, False, True)]
    assert cells(RULES, mixed)[2:] == [(UNCODED, 1, -1, False, False)]
    assert cells(RULES, posted(-3)) == [(UNCODED, 1, -3, False, False)]


@given(
    amount=st.integers(-100_000, 100_000).filter(bool),
    weights=st.lists(st.integers(0, 99), min_size=2, max_size=4).filter(any),
    category=st.sampled_from([WAGES, "care.agency"]),
)
def test_slices_always_add_up_to_the_entry(amount: int, weights: list[int], category: str) -> None:
    ids = list(range(1, len(weights) + 1))
    rules = FunderRules.of(
        ids,
        [SplitRule(one, one, weight, (WAGES,)) for one, weight in zip(ids, weights, strict=True)],
    )
    cost = posted(-amount, (category, -amount, None))
    back = posted(amount, ("inc.other", amount, None), cost=cost)

    for one in (cost, back):
        assert Money.total(part.amount for part in rules.slices(one)) == one.entry.amount
    taken_back = {part.funder_id: part.amount for part in rules.slices(back)}
    for part in rules.slices(cost):
        assert taken_back.get(part.funder_id, NOTHING) == -part.amount


def an_owed(settled: int, *shares: tuple[int, int]) -> Owed:
    bill = Commitment(3, CommitmentKind.WAGES, "Lena", Money(1000), DAY)
    return Owed(
        bill,
        Money(settled),
        tuple(CommitmentShare(0, 3, funder, Money(amount)) for funder, amount in shares),
    )


def test_a_bill_divides_as_agreed_or_by_the_rule_of_what_it_is_for() -> None:
    assert an_owed(0, (1, 900), (2, 100)).by_funder(RULES) == ((1, Money(900)), (2, Money(100)))
    assert an_owed(0).by_funder(RULES) == ((1, Money(650)), (2, Money(350)))


def test_what_is_left_of_a_bill_divides_as_the_whole_did() -> None:
    half = an_owed(500, (1, 900), (2, 100))

    assert half.outstanding == Money(500)
    assert half.by_funder(RULES) == ((1, Money(450)), (2, Money(50)))
    assert an_owed(500, (1, 0)).by_funder(RULES) == ((1, Money(325)), (2, Money(175)))


def test_an_overpaid_bill_is_owed_back() -> None:
    assert an_owed(1020).outstanding == Money(-20)
