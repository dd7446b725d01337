"""What should come in: regular days, dated rates, contributions."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpemployer.bookkeeping.awards import (
    Award,
    ContributionDue,
    ContributionPlan,
    ExpectedKind,
    ExpectedPayment,
    PaymentFrequency,
    award_in_force,
    contributions_expected,
    days_due,
    payments_expected,
)
from dpemployer.money import Money

FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)


def an_award(from_day: date, to_day: date | None = None, first: date | None = None) -> Award:
    return Award(
        1,
        1,
        from_day,
        to_day,
        Money(640_00),
        Money(71_25),
        Money(568_75),
        None,
        PaymentFrequency.FOUR_WEEKLY,
        Money(2275_00),
        first_payment=first,
    )


@pytest.mark.parametrize(
    ("start", "frequency", "days"),
    [
        (date(2026, 7, 27), PaymentFrequency.FOUR_WEEKLY, [(7, 27), (8, 24), (9, 21)]),
        (date(2026, 4, 6), PaymentFrequency.FOUR_WEEKLY, [(7, 27), (8, 24), (9, 21)]),
        (date(2026, 1, 31), PaymentFrequency.MONTHLY, [(7, 31), (8, 31), (9, 30)]),
        (date(2026, 8, 28), PaymentFrequency.MONTHLY, [(8, 28), (9, 28)]),
        (date(2026, 9, 25), PaymentFrequency.WEEKLY, [(9, 25)]),
        (date(2026, 10, 1), PaymentFrequency.WEEKLY, []),
    ],
)
def test_days_on_which_something_falls_due_again(
    start: date, frequency: PaymentFrequency, days: list[tuple[int, int]]
) -> None:
    assert days_due(start, frequency, FIRST, LAST) == tuple(
        date(2026, month, day) for month, day in days
    )


@given(
    start=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    first=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    length=st.integers(0, 400),
    frequency=st.sampled_from(PaymentFrequency),
)
def test_a_longer_look_finds_the_same_days(
    start: date, first: date, length: int, frequency: PaymentFrequency
) -> None:
    last = first + timedelta(days=length)
    whole = days_due(start, frequency, start, last)

    assert days_due(start, frequency, first, last) == tuple(day for day in whole if day >= first)


def test_a_rate_is_paid_while_it_lasts_and_listed_payments_are_added() -> None:
    old = an_award(date(2026, 4, 6), date(2026, 8, 9), date(2026, 6, 29))
    held_back = ExpectedPayment(
        1, 1, date(2026, 8, 1), Money(-96_00), ExpectedKind.ADJUSTMENT, "hospital"
    )
    later = ExpectedPayment(2, 1, date(2026, 10, 1), Money(1_00))

    by_list = an_award(date(2026, 8, 10))

    found = payments_expected([old, by_list], [held_back, later], FIRST, LAST)

    assert [(one.day, one.amount, one.kind) for one in found] == [
        (date(2026, 7, 27), Money(2275_00), "regular"),
        (date(2026, 8, 1), Money(-96_00), "adjustment"),
    ]


def test_a_rate_without_end_goes_on() -> None:
    found = payments_expected(
        [an_award(date(2026, 4, 6), None, date(2026, 9, 21))], [], FIRST, LAST
    )

    assert [one.day for one in found] == [date(2026, 9, 21)]


def test_the_newest_rate_that_has_begun_is_in_force() -> None:
    old = an_award(date(2025, 4, 7), date(2026, 2, 8))
    new = an_award(date(2026, 2, 9))
    other = Award(9, 2, *[getattr(new, name) for name in _FIELDS])

    assert award_in_force([new, old, other], 1, date(2026, 2, 8)) == old
    assert award_in_force([new, old, other], 1, date(2026, 2, 9)) == new
    assert award_in_force([new, old, other], 1, date(2025, 4, 6)) is None


_FIELDS = (
    "from_day",
    "to_day",
    "gross_weekly",
    "contribution_weekly",
    "net_weekly",
    "basis",
    "frequency",
    "payment",
)


def test_contributions_by_plan_and_by_list() -> None:
    weekly = ContributionPlan(
        1, 1, date(2026, 7, 3), date(2026, 7, 31), amount=Money(71_25), first_due=date(2026, 6, 26)
    )
    lasting = ContributionPlan(4, 1, date(2026, 9, 1), amount=Money(5), first_due=date(2026, 9, 25))
    elsewhere = ContributionPlan(
        2, 2, date(2026, 7, 1), in_account=False, amount=Money(1), first_due=date(2026, 7, 1)
    )
    listed_only = ContributionPlan(3, 3, date(2026, 7, 1))
    counted = ContributionDue(1, None, LAST, Money(10), times=3)

    found = contributions_expected(
        [weekly, lasting, elsewhere, listed_only], [counted], FIRST, LAST
    )

    assert [one.day.day for one in found] == [3, 10, 17, 24, 31, 25, 30]
    assert Money.total(one.amount for one in found) == Money(5 * 71_25 + 5 + 30)
