"""What is typed about orders and agreements is checked, and each mistake gets a sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dpemployer.bank_days import Nation
from dpemployer.errors import EntryError, RefusedError
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.deduction_entries import (
    checked_fixed,
    checked_order,
    checked_owed_back,
    order_findings,
)
from dpemployer.payroll.deduction_terms import (
    AmountsPer,
    AttachmentOrder,
    OrderKind,
    OwedBackKind,
)
from tests.builders import an_employment
from tests.payroll.test_deductions import CAME, a_debt, a_fixed, an_order

TODAY = date(2026, 6, 12)
JOB = an_employment(left_on=date(2026, 12, 31))
ENGLAND = Nation.ENGLAND


def checked(order: AttachmentOrder, *others: AttachmentOrder) -> AttachmentOrder:
    return checked_order(order, JOB, others, TODAY)


def test_what_a_kind_does_not_use_is_left_out() -> None:
    typed = an_order(
        OrderKind.CTAEO,
        nation=Nation.WALES,
        normal=Money(5_00),
        protected=Money(1),
        amounts_per=AmountsPer.WEEK,
        issuer=" Cardiff ",
    )

    kept = checked(typed)

    assert (kept.normal, kept.protected, kept.amounts_per) == (None, None, AmountsPer.PAYDAY)
    assert (kept.nation, kept.issuer) == (Nation.WALES, "Cardiff")
    assert checked(an_order(nation=Nation.WALES)).nation is None


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"issuer": " "}, "Who made the order is missing"),
        ({"normal": None}, "How much the order asks for is missing"),
        ({"normal": NOTHING}, "How much the order asks for is missing"),
        ({"kind": OrderKind.AEO_PRIORITY}, "The order has no protected earnings rate"),
        ({"kind": OrderKind.AEO_NON_PRIORITY}, "The order has no protected earnings rate"),
        ({"kind": OrderKind.CURRENT_MAINTENANCE, "normal": None}, "How much the order asks"),
        ({"kind": OrderKind.CTAEO}, "The nation of the council is missing"),
        ({"kind": OrderKind.CTAEO, "nation": Nation.SCOTLAND}, "has no such orders"),
        ({"normal": Money(-1)}, "An amount in an order is above nothing"),
        ({"total": NOTHING}, "An amount in an order is above nothing"),
        ({"made_on": date(2026, 6, 13)}, "The days of the order are not in order"),
        ({"from_day": date(2026, 4, 30)}, "The days of the order are not in order"),
        ({"to_day": date(2026, 4, 30)}, "The last day is before the first"),
        ({"pay_by_day": 32}, "32 is not a day of the month"),
        ({"from_day": date(2027, 1, 1)}, "is outside this job"),
        ({"made_on": date(2026, 1, 1), "from_day": date(2026, 1, 1)}, "is outside this job"),
        ({"amounts_per": AmountsPer.MONTH}, "another length of time"),
        ({"charge": True}, "The day they were told of the charge is missing"),
    ],
)
def test_an_order_that_cannot_be_is_refused_in_words(said: dict[str, Any], words: str) -> None:
    with pytest.raises(EntryError) as refused:
        checked(replace(an_order(), **said))

    assert words in refused.value.what
    assert refused.value.why
    assert refused.value.next_step


def test_what_is_just_allowed_is_kept() -> None:
    court = an_order(
        OrderKind.AEO_PRIORITY,
        protected=Money(200_00),
        amounts_per=AmountsPer.WEEK,
        reference=" 123 ",
        made_on=TODAY,
        from_day=TODAY,
        to_day=TODAY,
        pay_by_day=1,
    )
    last = JOB.left_on or TODAY

    assert checked(court) == replace(court, reference="123")
    assert checked(an_order(pay_by_day=31)).pay_by_day == 31
    assert checked_owed_back(a_debt(), JOB, Money(100_00)) == a_debt()
    assert checked_fixed(a_fixed(to_day=CAME), JOB).to_day == CAME
    for day in (JOB.started_on, last):
        assert checked_fixed(a_fixed(from_day=day, agreed_on=JOB.started_on), JOB).from_day == day


def test_two_arrestments_that_share_one_day_are_two_at_once() -> None:
    day = date(2026, 5, 8)
    one = an_order(OrderKind.EARNINGS_ARRESTMENT, id=0, reference="new")
    other = an_order(OrderKind.EARNINGS_ARRESTMENT, id=1)

    for new, old in (
        (replace(one, from_day=day), replace(other, to_day=day)),
        (replace(one, to_day=day), replace(other, from_day=day)),
    ):
        with pytest.raises(RefusedError):
            checked(new, old)


def test_what_is_missing_says_where_to_find_it() -> None:
    with pytest.raises(EntryError) as refused:
        checked(an_order(issuer=""))

    assert refused.value.next_step == "Copy it from the letter or agreement."


def test_the_same_order_is_not_kept_twice() -> None:
    with pytest.raises(RefusedError, match="here already"):
        checked(an_order(id=0), an_order(id=7))

    assert checked(an_order(id=7), an_order(id=7))
    assert checked(an_order(id=0, reference="other"), an_order(id=7))
    assert checked(an_order(id=0), an_order(id=7, to_day=CAME, from_day=CAME, reference="x"))


@pytest.mark.parametrize(
    ("one", "other", "allowed"),
    [
        (OrderKind.EARNINGS_ARRESTMENT, OrderKind.EARNINGS_ARRESTMENT, False),
        (OrderKind.EARNINGS_ARRESTMENT, OrderKind.CURRENT_MAINTENANCE, True),
        (OrderKind.CURRENT_MAINTENANCE, OrderKind.CURRENT_MAINTENANCE, False),
        (OrderKind.CONJOINED_DEBTS, OrderKind.EARNINGS_ARRESTMENT, False),
        (OrderKind.CONJOINED_BOTH, OrderKind.CURRENT_MAINTENANCE, False),
        (OrderKind.EARNINGS_ARRESTMENT, OrderKind.DEO, True),
    ],
)
def test_scottish_arrestments_of_a_kind_come_one_at_a_time(
    one: OrderKind, other: OrderKind, allowed: bool
) -> None:
    new, old = an_order(one, id=0, reference="new"), an_order(other, id=1)
    if allowed:
        assert checked(new, old)
        return
    with pytest.raises(RefusedError, match="an arrestment of this kind already"):
        checked(new, old)
    assert checked(replace(new, from_day=date(2026, 5, 9)), replace(old, to_day=date(2026, 5, 8)))
    assert checked(replace(new, to_day=date(2026, 5, 8)), replace(old, from_day=date(2026, 5, 9)))


def test_a_council_has_two_orders_at_most() -> None:
    orders = [
        an_order(OrderKind.CTAEO, id=number, issuer="Leeds", nation=ENGLAND, reference=str(number))
        for number in range(3)
    ]

    assert checked(orders[0], orders[1])
    with pytest.raises(RefusedError, match="two orders of this council"):
        checked(orders[0], *orders[1:])
    assert checked(orders[0], orders[1], replace(orders[2], issuer="York"))


def test_two_of_one_kind_and_orders_of_another_nation_are_worth_a_look() -> None:
    two = [an_order(), an_order(id=2)]
    scottish = an_order(OrderKind.EARNINGS_ARRESTMENT, issuer="Scott & Co")
    court = an_order(OrderKind.AEO_PRIORITY)

    assert [one.code for one in order_findings(two, ENGLAND)] == ["orders_of_one_kind"]
    assert [one.code for one in order_findings([scottish], ENGLAND)] == ["order_of_another_nation"]
    assert [one.code for one in order_findings([court], Nation.SCOTLAND)] == [
        "order_of_another_nation"
    ]
    assert order_findings([scottish], Nation.SCOTLAND) == ()
    assert order_findings([scottish, court], None) == ()
    everywhere = [an_order(), an_order(OrderKind.DEA_STANDARD)]
    assert order_findings(everywhere, Nation.SCOTLAND) == ()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"amount": NOTHING}, "are above nothing"),
        ({"instalment": NOTHING}, "are above nothing"),
        ({"amount": Money(10_00)}, "£20.00 has been taken already"),
        ({"first_on": date(2026, 4, 30)}, "before it was paid"),
        ({"day": date(2026, 4, 1)}, "is outside this job"),
        ({"agreed_on": None}, "no agreement in writing"),
        ({"agreed_on": date(2026, 5, 2)}, "no agreement in writing"),
        ({"kind": OwedBackKind.OVERPAYMENT, "reason": " "}, "Why too much was paid is missing"),
    ],
)
def test_money_owed_back_that_cannot_be_is_refused(said: dict[str, Any], words: str) -> None:
    with pytest.raises(EntryError) as refused:
        checked_owed_back(replace(a_debt(), **said), JOB, Money(20_00))

    assert words in refused.value.what


def test_an_overpayment_needs_a_reason_and_no_agreement() -> None:
    typed = a_debt(kind=OwedBackKind.OVERPAYMENT, agreed_on=None, reason=" Paid twice ")

    assert checked_owed_back(typed, JOB).reason == "Paid twice"
    assert checked_owed_back(a_debt(), JOB) == a_debt()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"purpose": " "}, "What it is for, or how much it is, is missing"),
        ({"amount": NOTHING}, "What it is for, or how much it is, is missing"),
        ({"agreed_on": date(2026, 5, 2)}, "after it began"),
        ({"to_day": date(2026, 4, 30)}, "The last day is before the first"),
        ({"from_day": date(2027, 1, 4)}, "is outside this job"),
    ],
)
def test_a_fixed_deduction_that_cannot_be_is_refused(said: dict[str, Any], words: str) -> None:
    with pytest.raises(EntryError) as refused:
        checked_fixed(replace(a_fixed(), **said), JOB)

    assert words in refused.value.what
    assert checked_fixed(a_fixed(payee=" Union "), JOB).payee == "Union"
