"""Endings: jobs end by themselves where the law says so, and what is owed comes from the book."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from dpemployer.errors import EntryError, RefusedError
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.leaving import Leaving, LeavingReason
from dpemployer.services.endings import Ending, EndingKind, EndingRow, Endings
from dpemployer.services.leaving import Leavings
from dpemployer.services.ledger import Ledger
from tests.builders import MONDAY, RATES, a_rate, an_employment, pounds

if TYPE_CHECKING:
    from dpemployer.store.book import Book
    from tests.services.household import Household

DIED, TODAY, LONG_AGO = date(2026, 6, 14), date(2026, 6, 20), date(2019, 5, 13)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("endings", "leaving", "people"):
        monkeypatch.setattr(f"dpemployer.services.{module}.today", lambda: TODAY)


@pytest.fixture
def leavings(book: Book) -> Leavings:
    return Leavings(book, RATES)


@pytest.fixture
def endings(book: Book, leavings: Leavings) -> Endings:
    return Endings(book, leavings, Ledger(book))


def ending(kind: EndingKind = EndingKind.EMPLOYER_DIED, **changes: Any) -> Ending:
    facts: dict[str, Any] = {"day": DIED, "who_acts": " Ruth Ashby, executor ", **changes}
    return Ending(0, kind, **facts)


def employed(household: Household, name: str = "Ada", start: date = LONG_AGO) -> int:
    ada = household.take_on(
        an_employment(started_on=start),
        rates=(a_rate(from_day=start),),
        first_names=name,
        nino="",
        born_on=date(1990, 7, 4),
    )
    household.hours(ada)
    household.pay(ada)
    return ada


def step(row: EndingRow, key: str) -> Any:
    return next(each for each in row.steps if each.key == key)


def test_an_employers_death_ends_every_job_that_day(
    household: Household, endings: Endings, leavings: Leavings
) -> None:
    ada, ben = employed(household), employed(household, "Ben", MONDAY)
    left = household.take_on(an_employment(started_on=MONDAY), nino="", first_names="Cy")
    leavings.record(Leaving(0, left, LeavingReason.AGREED, MONDAY, MONDAY))

    found = endings.show(endings.begin(ending()), TODAY)

    assert found.ending.who_acts == "Ruth Ashby, executor"
    for one in (ada, ben):
        leaving = leavings.state(one).leaving
        assert leaving is not None
        assert (leaving.reason, leaving.last_day) == (LeavingReason.DEATH_OF_EMPLOYER, DIED)
    kept = leavings.state(left).leaving
    assert kept is not None
    assert kept.reason is LeavingReason.AGREED
    owed = {(row.to, row.what): row.amount for row in found.owed}
    assert owed["Ada Keane", "Redundancy pay"] == pounds("2772.00")
    assert ("Ben Keane", "Redundancy pay") not in owed
    assert owed["Ada Keane", "Hours up to 14 June 2026"] is None
    assert owed["Ada Keane", "Holiday not taken"] is not None
    assert any(row.to == "HMRC" for row in found.owed)
    assert found.total_owed == Money.total(row.amount for row in found.owed if row.amount)
    assert len(found.words) == len(found.kept) == 3
    assert found.about == ""


def test_steps_are_ticked_and_the_book_ticks_its_own(
    household: Household, endings: Endings, leavings: Leavings
) -> None:
    ada = employed(household)
    ending_id = endings.begin(ending())
    endings.tick(ending_id, "tell_funder", date(2026, 6, 16), " By telephone ")
    endings.tick(ending_id, "tell_funder", date(2026, 6, 17), "By letter")

    before = endings.show(ending_id, TODAY)
    household.hours(ada, MONDAY + timedelta(days=7))
    household.pay(ada, MONDAY + timedelta(days=7))
    paid = endings.show(ending_id, TODAY)
    leavings.give_p45(ada, date(2026, 6, 20))
    after = endings.show(ending_id, TODAY)

    told = step(before, "tell_funder")
    assert (told.done_on, told.note) == (date(2026, 6, 17), "By letter")
    assert step(before, "last_pay").done_on is None
    assert (step(paid, "last_pay").done_on, step(paid, "p45").done_on) == (
        date(2026, 6, 19),
        None,
    )
    assert step(paid, "last_pay").by_itself
    assert step(after, "p45").done_on == date(2026, 6, 20)
    assert after.open_steps == before.open_steps - 2
    assert not any(row.what == "Redundancy pay" for row in paid.owed)
    assert any(row.to == "Ada Keane" for row in paid.owed)  # the wages, not paid by the bank yet
    endings.untick(ending_id, "tell_funder")
    assert step(endings.show(ending_id, TODAY), "tell_funder").done_on is None


def test_an_assistants_death_is_about_them_alone(
    household: Household, endings: Endings, leavings: Leavings
) -> None:
    ada, ben = employed(household), employed(household, "Ben")

    found = endings.show(endings.begin(ending(EndingKind.ASSISTANT_DIED, employment_id=ada)), TODAY)

    assert found.about == "Ada Keane"
    assert {row.to for row in found.owed} == {"Ada Keane"}
    assert leavings.state(ben).leaving is None
    assert not any(row.what == "Redundancy pay" for row in found.owed)


@pytest.mark.parametrize("kind", [EndingKind.DIRECT_PAYMENT, EndingKind.RECIPIENT_DIED])
def test_other_endings_leave_the_jobs_to_the_employer(
    household: Household, endings: Endings, leavings: Leavings, kind: EndingKind
) -> None:
    ada = employed(household)

    ending_id = endings.begin(ending(kind, employment_id=ada))

    found = endings.show(ending_id, TODAY)
    assert found.ending.employment_id is None
    assert leavings.state(ada).leaving is None
    assert [row.note for row in found.owed if row.what == "The end of the job"] == [
        "It is not said yet how it ends."
    ]
    leavings.record(Leaving(0, ada, LeavingReason.REDUNDANCY, DIED, DIED, weeks_in_lieu=7))
    owed = {row.what: row.amount for row in endings.show(ending_id, TODAY).owed}
    assert owed["Notice not worked"] == pounds("2772.00")
    workings = {row.what: row.workings for row in endings.show(ending_id, TODAY).owed}
    assert "Notice of 7 weeks" in workings["Notice not worked"][-1].sentence
    assert "Holiday of 4 h is left" in workings["Holiday not taken"][0].sentence
    assert workings["Redundancy pay"]
    done = step(endings.show(ending_id, TODAY), "record_leaving")
    assert (done.done_on, done.by_itself) == (DIED, True)


def test_jobs_that_ended_shortly_before_a_direct_payment_belong_to_its_end(
    household: Household, endings: Endings, leavings: Leavings
) -> None:
    ada = employed(household)
    leavings.record(Leaving(0, ada, LeavingReason.REDUNDANCY, DIED, DIED))

    soon = endings.begin(ending(EndingKind.DIRECT_PAYMENT, day=date(2026, 9, 14)))
    assert any(row.what == "Redundancy pay" for row in endings.show(soon, TODAY).owed)
    endings.take_back(soon)
    later = endings.begin(ending(EndingKind.DIRECT_PAYMENT, day=date(2026, 9, 15)))
    assert not any(row.what == "Redundancy pay" for row in endings.show(later, TODAY).owed)


def test_it_can_be_taken_back_whole(
    household: Household, endings: Endings, leavings: Leavings
) -> None:
    ada, ben = employed(household), employed(household, "Ben")
    died = endings.begin(ending())
    endings.tick(died, "insurer", TODAY)
    endings.take_back(died)

    assert endings.all(TODAY) == ()
    assert leavings.state(ada).leaving is None
    hers = endings.begin(ending(EndingKind.ASSISTANT_DIED, employment_id=ada))
    his = endings.begin(ending(EndingKind.ASSISTANT_DIED, employment_id=ben))
    endings.take_back(hers)
    assert leavings.state(ada).leaving is None
    assert leavings.state(ben).leaving is not None
    assert [row.ending.id for row in endings.all(TODAY)] == [his]
    only = endings.begin(ending(EndingKind.DIRECT_PAYMENT))
    endings.take_back(only)
    assert leavings.state(ben).leaving is not None


def test_a_last_pay_that_is_final_stands_in_the_way(
    household: Household, endings: Endings, leavings: Leavings
) -> None:
    ada = employed(household)
    died = endings.begin(ending())
    household.hours(ada, MONDAY + timedelta(days=7))
    household.pay(ada, MONDAY + timedelta(days=7))

    with pytest.raises(RefusedError, match="The last pay is final"):
        endings.take_back(died)

    assert leavings.state(ada).leaving is not None
    assert endings.show(died, TODAY).ending.id == died


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"day": date(2026, 6, 21)}, "still to come"),
        ({"who_acts": "  "}, "not said who sees to it"),
        ({"kind": EndingKind.ASSISTANT_DIED}, "not said who has died"),
    ],
)
def test_what_cannot_be_is_refused(
    household: Household, endings: Endings, changes: dict[str, Any], said: str
) -> None:
    employed(household)

    with pytest.raises(EntryError, match=said):
        endings.begin(ending(**changes))


def test_hours_recorded_after_the_day_stop_all_of_it(
    household: Household, endings: Endings, leavings: Leavings
) -> None:
    ada, ben = employed(household), employed(household, "Ben")
    household.hours(ben, MONDAY + timedelta(days=14))

    with pytest.raises(RefusedError, match="There is a shift on"):
        endings.begin(ending())

    assert leavings.state(ada).leaving is None
    assert endings.all(TODAY) == ()


def test_the_same_thing_is_recorded_once(household: Household, endings: Endings) -> None:
    employed(household)
    endings.begin(ending())

    with pytest.raises(RefusedError, match="recorded before"):
        endings.begin(ending())


def test_a_direct_payment_may_end_on_a_day_to_come(endings: Endings) -> None:
    ending_id = endings.begin(ending(EndingKind.DIRECT_PAYMENT, day=date(2026, 9, 1)))

    found = endings.show(ending_id, TODAY)

    assert found.owed == ()
    assert found.total_owed == NOTHING
    with pytest.raises(EntryError, match="a day to come"):
        endings.tick(ending_id, "meet", date(2026, 6, 21))


def test_home_asks_for_the_next_step(household: Household, endings: Endings) -> None:
    employed(household)
    ending_id = endings.begin(ending())

    (thing,) = endings.to_do(TODAY)

    assert thing.says == "When things end: Find out who sees to the estate."
    assert thing.what == ("ending", ending_id)
    for each in endings.show(ending_id, TODAY).steps:
        endings.tick(ending_id, each.key, TODAY)
    assert tuple(endings.to_do(TODAY)) == ()
