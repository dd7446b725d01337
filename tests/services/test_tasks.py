"""Things to do are ticked with a date, and asked for while they are open or running out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from dpemployer.errors import EntryError
from dpemployer.payroll.deduction_terms import AttachmentOrder
from dpemployer.payroll.household import OpeningHousehold
from dpemployer.payroll.leaving import Leaving, LeavingReason
from dpemployer.payroll.people import StarterDeclaration
from dpemployer.services.leaving import Leavings
from dpemployer.services.tasks import Tasks
from dpemployer.statutory.attachment_kinds import OrderKind
from tests.builders import MONDAY, RATES, an_employment

if TYPE_CHECKING:
    from dpemployer.services.tasks import TaskRow
    from dpemployer.store.book import Book
    from tests.services.household import Household

TODAY = date(2026, 6, 20)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("leaving", "people", "tasks"):
        monkeypatch.setattr(f"dpemployer.services.{module}.today", lambda: TODAY)


@pytest.fixture
def tasks(book: Book) -> Tasks:
    return Tasks(book)


def starter(household: Household, **changes: Any) -> int:
    return household.take_on(an_employment(started_on=MONDAY, **changes), nino="")


def row(rows: tuple[TaskRow, ...], key: str) -> TaskRow:
    return next(each for each in rows if each.key == key)


def said(tasks: Tasks, on: date = TODAY) -> list[str]:
    return [thing.says for thing in tasks.to_do(on)]


def test_a_tick_has_a_day_a_note_and_an_end(household: Household, tasks: Tasks) -> None:
    ada = starter(household)

    tasks.tick(ada, "right_to_work", date(2026, 5, 28), " Passport ", date(2030, 1, 1))
    tasks.tick(ada, "right_to_work", date(2026, 5, 29), "Share code")

    found = row(tasks.starting(ada, TODAY), "right_to_work")
    assert (found.done_on, found.note, found.valid_until) == (date(2026, 5, 29), "Share code", None)
    assert not found.late(TODAY)
    tasks.untick(ada, "right_to_work")
    assert row(tasks.starting(ada, TODAY), "right_to_work").late(TODAY)


def test_what_is_done_for_everybody_is_ticked_once(household: Household, tasks: Tasks) -> None:
    ada, ben = starter(household), starter(household, payroll_id="2")

    tasks.tick(ada, "insurance", MONDAY, "Policy 12", household=True)

    assert row(tasks.starting(ben, TODAY), "insurance").done_on == MONDAY
    tasks.untick(ben, "insurance", household=True)
    assert row(tasks.starting(ada, TODAY), "insurance").done_on is None


def test_what_the_book_knows_needs_no_tick(household: Household, tasks: Tasks) -> None:
    ada = starter(household, starter_declaration=StarterDeclaration.NONE)
    assert not row(tasks.starting(ada, TODAY), "register").by_itself
    household.scheme(paye_reference="123/AB456")

    found = tasks.starting(ada, TODAY)

    assert row(found, "register").by_itself
    assert not row(found, "starter_checklist").by_itself
    assert row(tasks.starting(starter(household), TODAY), "starter_checklist").by_itself


@pytest.mark.parametrize(
    ("done_on", "until", "words"),
    [
        (date(2026, 6, 21), None, "a day to come"),
        (date(2026, 6, 1), date(2026, 5, 31), "run out before it was done"),
    ],
)
def test_days_that_cannot_be_are_refused(
    household: Household, tasks: Tasks, done_on: date, until: date | None, words: str
) -> None:
    ada = starter(household)

    with pytest.raises(EntryError, match=words):
        tasks.tick(ada, "right_to_work", done_on, "", until)


def test_a_starter_is_one_thing_on_home_until_everything_is_ticked(
    household: Household, tasks: Tasks
) -> None:
    ada = starter(household)

    (thing,) = tasks.to_do(TODAY)
    assert thing.says.startswith(
        "Ada Keane: Decide: employee, worker, self-employed or agency, and"
    )
    assert thing.says.endswith("things more. The law wanted it by 31 May 2026.")
    assert (thing.by, thing.late, thing.what) == (TODAY, False, (ada, "starting"))

    for each in tasks.starting(ada, TODAY):
        if each.key != "induction" and not each.by_itself:
            tasks.tick(ada, each.key, MONDAY, household=each.household)
    assert said(tasks) == ["Ada Keane: Look at the risks, show them round, arrange training."]
    tasks.tick(ada, "induction", MONDAY)
    assert said(tasks) == []


def test_the_first_pay_says_what_the_law_wanted_before_it(
    household: Household, tasks: Tasks, book: Book
) -> None:
    def said_with_pay(day: date) -> list[str]:
        found = household.pay_runs.preview(household.draft(ada, day)).findings
        return [each.message for each in found if each.code == "starter_not_ticked"]

    ada = starter(household)
    household.hours(ada)
    (message,) = said_with_pay(MONDAY)
    assert "See proof of the right to work; " in message
    assert message.endswith("Their pay is due all the same.")

    for each in tasks.starting(ada, TODAY):
        if each.first and not each.by_itself:
            tasks.tick(ada, each.key, MONDAY, household=each.household)
    assert said_with_pay(MONDAY) == []
    tasks.untick(ada, "right_to_work")
    household.pay(ada)
    household.hours(ada, date(2026, 6, 8))
    assert said_with_pay(date(2026, 6, 8)) == []
    ben = starter(household, payroll_id="2")
    household.hours(ben)
    with book.change("Recorded where the book begins") as tx:
        tx.add(OpeningHousehold(0, date(2026, 6, 7), "Payslips"))
    ada = ben
    assert said_with_pay(MONDAY) == []


def test_people_from_before_the_book_and_from_long_ago_are_left_alone(
    household: Household, tasks: Tasks, book: Book
) -> None:
    starter(household)
    assert said(tasks, date(2026, 9, 2)) == []
    with book.change("Recorded where the book begins") as tx:
        tx.add(OpeningHousehold(0, date(2026, 6, 7), "Payslips"))

    assert said(tasks) == []


def test_a_right_to_work_that_ends_is_asked_for_again(household: Household, tasks: Tasks) -> None:
    ada = household.take_on(an_employment(started_on=date(2024, 6, 3)))
    tasks.tick(ada, "right_to_work", date(2024, 6, 1), "Share code", date(2026, 8, 1))

    (thing,) = tasks.to_do(TODAY)

    assert "the right to work ends" in thing.says
    assert (thing.by, thing.late) == (date(2026, 8, 1), False)
    assert tuple(tasks.to_do(date(2026, 6, 1))) == ()
    assert next(iter(tasks.to_do(date(2026, 8, 2)))).late


def test_insurance_that_ends_is_asked_for_and_then_open_again(
    household: Household, tasks: Tasks
) -> None:
    ada = household.take_on(an_employment(started_on=date(2024, 6, 3)))
    tasks.tick(ada, "insurance", date(2025, 7, 1), "Policy 12", date(2026, 6, 30), household=True)

    (thing,) = tasks.to_do(TODAY)

    assert thing.says == "The employers’ liability insurance ends. Renew it before that day."
    assert row(tasks.starting(ada, TODAY), "insurance").done_on is not None
    assert row(tasks.starting(ada, date(2026, 7, 1)), "insurance").done_on is None
    household.people.end_employment(ada, date(2026, 6, 1))
    assert tuple(tasks.to_do(TODAY)) == ()


def test_whoever_sent_an_order_is_told_once(household: Household, tasks: Tasks, book: Book) -> None:
    ada = starter(household)
    order = AttachmentOrder(0, ada, OrderKind.DEO, "Child Maintenance Service", "1", MONDAY, MONDAY)
    with book.change("Recorded an order") as tx:
        order = replace(order, id=tx.add(order))
    last_day = date(2026, 6, 7)
    Leavings(book, RATES).record(Leaving(0, ada, LeavingReason.RESIGNED, last_day, last_day))

    before = row(tasks.leaving(ada), "orders")
    with book.change("Told who sent it") as tx:
        tx.update(replace(order, issuer_told_on=date(2026, 6, 9)))
    after = row(tasks.leaving(ada), "orders")

    assert (before.done_on, after.done_on) == (None, date(2026, 6, 9))
    assert "pension" not in {each.key for each in tasks.leaving(ada)}


def test_what_is_left_to_do_about_a_leaver_is_asked_for(
    household: Household, tasks: Tasks, book: Book
) -> None:
    ada = starter(household)
    assert tasks.leaving(ada) == ()
    leavings = Leavings(book, RATES)
    last_day = date(2026, 6, 7)
    leavings.record(Leaving(0, ada, LeavingReason.DISMISSED, last_day, last_day))
    household.hours(ada)
    household.pay(ada)
    leavings.give_p45(ada, date(2026, 6, 13))

    found = tasks.leaving(ada)
    assert row(found, "last_pay").by_itself
    assert row(found, "p45").done_on == date(2026, 6, 13)
    (thing,) = tasks.to_do(TODAY)
    assert thing.says.startswith("Ada Keane: Give the reason and the last day in writing, and")
    assert thing.what == (ada, "leaving")
    assert said(tasks, date(2026, 12, 1)) == []
