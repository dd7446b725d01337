"""What there is to do when somebody starts or leaves, by nation, day and reason."""

from __future__ import annotations

from datetime import date

import pytest

from dpemployer.bank_days import Nation
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.leaving import Leaving, LeavingReason
from dpemployer.payroll.tasks import TaskDone, follow_up_on, leaving_tasks, starting_tasks
from tests.builders import MONDAY, an_employment

PAYDAY = date(2026, 6, 19)


def keys(nation: Nation, start: date = MONDAY) -> list[str]:
    return [task.key for task in starting_tasks(an_employment(started_on=start), nation)]


def leaving(reason: LeavingReason, redundancy_pay: Money = NOTHING) -> list[str]:
    last_day = date(2026, 6, 14)
    fact = Leaving(1, 1, reason, last_day, last_day, redundancy_pay=redundancy_pay)
    return [task.key for task in leaving_tasks(fact, PAYDAY)]


def test_what_the_law_wants_first_comes_by_the_first_day() -> None:
    tasks = starting_tasks(an_employment(started_on=MONDAY), Nation.ENGLAND)
    first = {task.key: task.by for task in tasks if task.first}

    assert first == {
        "status": date(2026, 5, 31),
        "right_to_work": date(2026, 5, 31),
        "insurance": MONDAY,
        "written_statement": MONDAY,
        "register": date(2026, 6, 12),
    }
    assert [task.by for task in tasks] == sorted(task.by for task in tasks if task.by)
    assert {task.key for task in tasks if task.household} == {"insurance", "register"}


@pytest.mark.parametrize(
    ("nation", "said"),
    [
        (Nation.ENGLAND, "DBS"),
        (Nation.WALES, "DBS"),
        (Nation.SCOTLAND, "PVG"),
        (Nation.NORTHERN_IRELAND, "AccessNI"),
    ],
)
def test_each_nation_has_its_own_criminal_record_check(nation: Nation, said: str) -> None:
    (check,) = [
        task for task in starting_tasks(an_employment(), nation) if task.key == "criminal_record"
    ]

    assert said in check.title


def test_the_union_statement_is_asked_for_where_it_is_expected() -> None:
    october = date(2026, 10, 1)

    assert "union_rights" in keys(Nation.WALES, october)
    assert "union_rights" not in keys(Nation.WALES, date(2026, 9, 30))
    assert "union_rights" not in keys(Nation.NORTHERN_IRELAND, october)


def test_what_is_left_to_do_follows_from_the_reason() -> None:
    assert "reason_in_writing" in leaving(LeavingReason.DISMISSED)
    assert "reason_in_writing" not in leaving(LeavingReason.RESIGNED)
    assert "redundancy_statement" in leaving(LeavingReason.REDUNDANCY, Money(1))
    assert "redundancy_statement" not in leaving(LeavingReason.REDUNDANCY)
    assert "p45" in leaving(LeavingReason.DEATH_OF_EMPLOYER)
    assert "p45" not in leaving(LeavingReason.DEATH_OF_ASSISTANT)
    assert "reference" not in leaving(LeavingReason.DEATH_OF_EMPLOYER)


def test_nobody_is_told_of_a_pension_or_an_order_there_is_not() -> None:
    last_day = date(2026, 6, 14)
    fact = Leaving(1, 1, LeavingReason.RESIGNED, last_day, last_day)

    found = {task.key for task in leaving_tasks(fact, PAYDAY, in_pension=False, has_orders=False)}

    assert not found & {"pension", "orders"}
    assert {"pension", "orders"} <= set(leaving(LeavingReason.RESIGNED))


def test_what_runs_out_is_looked_at_sixty_days_before() -> None:
    done = TaskDone(1, 1, "right_to_work", MONDAY, "", date(2026, 12, 31))

    assert follow_up_on(done) == date(2026, 11, 1)
    assert follow_up_on(TaskDone(1, 1, "right_to_work", MONDAY)) is None
