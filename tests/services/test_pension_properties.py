"""Whatever somebody works, and whenever they opt out, what was taken comes back and no more."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dpemployer.clock import today
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.enrolment import (
    EnrolmentEvent,
    EnrolmentKind,
    PensionArrangement,
    PensionContribution,
)
from dpemployer.payroll.people import PensionMembership, PensionRelief
from dpemployer.services.opening import Opening
from dpemployer.services.pay_runs import PayRuns
from dpemployer.services.pensions import Pensions, _undo
from dpemployer.services.people import People
from dpemployer.services.rows import CommitmentKind
from dpemployer.services.timesheets import Timesheets
from dpemployer.store.book import Book
from tests.builders import MONDAY, RATES
from tests.services.household import Household

if TYPE_CHECKING:
    from collections.abc import Sequence

WEEK = timedelta(days=7)


def a_household(book: Book) -> Household:
    return Household(
        book,
        People(book, RATES),
        Opening(book, RATES),
        Timesheets(book, RATES),
        PayRuns(book, RATES),
    )


def opt_out(book: Book, employment: int, day: date) -> None:
    """Opt somebody out on any day, as if it were in their month."""
    with book.change("Opted out") as tx:
        for held in tx.find(PensionMembership, employment_id=employment):
            _undo(tx, held)
        tx.add(EnrolmentEvent(0, employment, EnrolmentKind.OPTED_OUT, day))


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    weeks=st.lists(st.integers(60, 600), min_size=2, max_size=5),
    out_after=st.integers(1, 4),
    corrected=st.integers(0, 4),
    relief=st.sampled_from(PensionRelief),
    shares=st.sampled_from([("5", "3"), ("0", "8"), ("6.5", "4")]),
)
def test_what_was_taken_is_given_back_and_everything_adds_up_to_nothing(
    weeks: Sequence[int],
    out_after: int,
    corrected: int,
    relief: PensionRelief,
    shares: tuple[str, str],
) -> None:
    assert today() > MONDAY + 6 * WEEK
    with Book.in_memory(who="Helen Ashby") as book:
        household = a_household(book)
        ada = household.take_on()
        Pensions(book, RATES).set_arrangement(
            PensionArrangement(
                0,
                date(2026, 4, 6),
                "NEST",
                relief=relief,
                employee_percent=Decimal(shares[0]),
                employer_percent=Decimal(shares[1]),
            )
        )
        for place, minutes in enumerate([*weeks, 480]):
            if place == min(out_after, len(weeks)):
                opt_out(book, ada, MONDAY + place * WEEK + timedelta(days=8))
            household.hours(ada, MONDAY + place * WEEK, minutes=minutes)
            household.pay(ada, MONDAY + place * WEEK)
        slips = household.slips(ada)
        again = household.pay_runs.correct(slips[corrected % len(slips)].pay_run_id, "Again")
        household.pay_runs.finalise(again.draft_id)
        household.hours(ada, MONDAY + 6 * WEEK)
        household.pay(ada, MONDAY + 6 * WEEK)

        with book.read() as reading:
            rows = reading.find(PensionContribution)
        total = household.pay_runs.year_to_date(ada, date(2027, 4, 5))
        owed = Money.total(one.amount for one in household.owed(CommitmentKind.PENSION))
        slips = household.slips(ada)

    for name in ("pensionable", "employee", "relief_added", "employer"):
        assert Money.total(getattr(row, name) for row in rows) == NOTHING
    assert total.employee_pension == total.employer_pension == owed == NOTHING
    assert total.taxable_pay == total.gross_pay
    standing = [slip for slip in slips if slip.reverses_id is None]
    assert all(slip.net_pay >= NOTHING for slip in standing)
