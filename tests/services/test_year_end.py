"""The year's end goes step by step; codes are carried over once, and can be taken back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from dpemployer import clock
from dpemployer.errors import RatesUnknownError, RefusedError
from dpemployer.money import Money
from dpemployer.payroll.household import EmployerScheme
from dpemployer.payroll.people import TaxCodeHeld
from dpemployer.payroll.reporting import AllowanceAnswer, HowTold
from dpemployer.periods import TaxYear
from dpemployer.services.hmrc import Hmrc
from dpemployer.services.ledger import Ledger
from dpemployer.services.year_end import YearEnd
from tests.builders import RATES, a_rate, an_employment

if TYPE_CHECKING:
    from dpemployer.services.hmrc_rows import YearStep
    from dpemployer.store.book import Book
    from tests.services.household import Household

OLD, NEW = TaxYear(2025), TaxYear(2026)
LAST_WEEK = date(2026, 3, 23)
"""Paid on Friday 3 April 2026, the last Friday of 2025-26."""
AFTER = date(2026, 4, 8)
BPT = HowTold.BASIC_PAYE_TOOLS


@pytest.fixture(autouse=True)
def _live_after_the_year_s_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: AFTER)


@pytest.fixture
def hmrc(book: Book) -> Hmrc:
    return Hmrc(book, RATES)


@pytest.fixture
def year_end(book: Book, household: Household, hmrc: Hmrc) -> YearEnd:
    return YearEnd(book, RATES, hmrc, household.pay_runs, Ledger(book))


def take_on(household: Household, code: str = "1257L", **person: Any) -> int:
    employment = an_employment(started_on=LAST_WEEK, period_anchor=LAST_WEEK)
    household.people.set_scheme(EmployerScheme(0, LAST_WEEK, paye_reference="123/AB456"))
    taken_on = household.take_on(employment, (a_rate(from_day=LAST_WEEK),), "1257L", **person)
    household.people.set_tax_code(taken_on, LAST_WEEK, code, "a notice of last year")
    return taken_on


def codes(household: Household, employment_id: int) -> list[tuple[date, str]]:
    with household.book.read() as reading:
        held = reading.find(TaxCodeHeld, employment_id=employment_id, order_by="from_day")
    return [(one.from_day, one.code) for one in held]


def steps(year_end: YearEnd, on: date = AFTER) -> dict[str, YearStep]:
    return {step.key: step for step in year_end.steps(OLD, on)}


# ── the codes of the new year ──


def test_codes_are_shown_before_they_are_carried_over(
    household: Household, year_end: YearEnd
) -> None:
    ada = take_on(household, "1100L M1")
    take_on(household, "BR", first_names="Ben", nino="AB123457C")

    new = year_end.new_year(NEW)

    assert [(row.name, row.before, row.after, row.changes) for row in new.rows] == [
        ("Ada Keane", "1100L M1", "1100L", True),
        ("Ben Keane", "BR", "BR", False),
    ]
    assert "That ends on 5 April" in new.rows[0].why[0].sentence
    assert (new.done_on, new.may_undo) == (None, False)
    assert len(codes(household, ada)) == 1


def test_they_are_carried_over_in_one_change_and_can_be_taken_back(
    household: Household, year_end: YearEnd
) -> None:
    ada = take_on(household, "1100L M1")

    year_end.carry_over(NEW)

    assert codes(household, ada)[-1] == (date(2026, 4, 6), "1100L")
    assert household.actions()[-1] == "Carried tax codes over into a new tax year"
    new = year_end.new_year(NEW)
    assert (new.done_on, new.may_undo) == (AFTER, True)
    with pytest.raises(RefusedError, match="were carried over into 2026-27 on 8 April 2026"):
        year_end.carry_over(NEW)

    year_end.undo_carry_over(NEW)

    assert len(codes(household, ada)) == 1
    with pytest.raises(RefusedError, match="No codes were carried over"):
        year_end.undo_carry_over(NEW)


def test_once_somebody_is_paid_they_stay(household: Household, year_end: YearEnd) -> None:
    ada = take_on(household, "1100L M1")
    year_end.carry_over(NEW)
    household.hours(ada, date(2026, 3, 30))
    household.pay(ada, date(2026, 3, 30))

    with pytest.raises(RefusedError, match="has been paid in 2026-27 already"):
        year_end.undo_carry_over(NEW)
    assert not year_end.new_year(NEW).may_undo


def test_a_newer_notice_stays(household: Household, year_end: YearEnd) -> None:
    ada = take_on(household, "1100L M1")
    household.people.set_tax_code(ada, date(2026, 4, 6), "1383M", "P9 of 20 February")

    (row,) = year_end.new_year(NEW).rows
    year_end.carry_over(NEW)

    assert (row.kept, row.after, row.changes) == (True, "1383M", False)
    assert codes(household, ada)[-1] == (date(2026, 4, 6), "1383M")


def test_not_before_the_year_begins(
    household: Household, year_end: YearEnd, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_on(household, "1100L M1")
    monkeypatch.setattr(clock, "today", lambda: date(2026, 4, 5))

    with pytest.raises(RefusedError, match="has not begun"):
        year_end.carry_over(NEW)


def test_not_into_a_year_whose_p9x_is_not_known(year_end: YearEnd) -> None:
    with pytest.raises(RatesUnknownError):
        year_end.new_year(TaxYear(2031))


# ── the steps ──


def test_the_steps_go_from_the_last_payday_to_the_next_year(
    household: Household, year_end: YearEnd, hmrc: Hmrc
) -> None:
    ada = take_on(household, "1100L M1")
    household.hours(ada, LAST_WEEK)
    assert not steps(year_end)["paydays"].done
    household.pay(ada, LAST_WEEK)

    found = steps(year_end)

    assert list(found) == [
        "paydays", "told", "final", "money", "p60s", "codes", "allowance", "small", "keep",
    ]  # fmt: skip
    assert [key for key, step in found.items() if step.done] == ["paydays", "small", "keep"]
    assert found["final"].by == date(2026, 4, 19)
    assert found["p60s"].by == date(2026, 5, 31)
    assert found["p60s"].words == "Give their P60 figures to Ada Keane."
    assert "has not been told of" in found["told"].words

    for row in hmrc.reports(OLD, AFTER):
        hmrc.tell(row, AFTER, "Helen", BPT)
    year_end.carry_over(NEW)
    year_end.answer_allowance(answer())

    assert [key for key, step in steps(year_end).items() if not step.done] == ["money"]


def test_home_reminds_of_the_year_that_ended_until_it_is_done(
    household: Household, year_end: YearEnd
) -> None:
    assert list(year_end.to_do(AFTER)) == [], "nobody was paid"
    ada = take_on(household)
    household.hours(ada, LAST_WEEK)
    household.pay(ada, LAST_WEEK)

    (thing,) = year_end.to_do(AFTER)
    assert thing.says == "Finish the tax year 2025-26, step by step."
    assert (thing.page, thing.what) == ("hmrc", ("steps", "2025-26"))
    assert list(year_end.to_do(date(2026, 7, 6))) == []
    assert list(year_end.to_do(date(2031, 4, 8))) == []

    year_end.carry_over(NEW)
    year_end.answer_allowance(answer())
    assert list(year_end.to_do(AFTER)) == []


def test_somebody_has_a_payday_too_many(household: Household, year_end: YearEnd) -> None:
    """Paid on Mondays, the last of 2026-27 is 5 April 2027, one day beyond 52 weeks."""
    household.take_on(an_employment(period_anchor=date(2026, 3, 30), days_after=1))

    ((name, words, extra),) = year_end.extra_paydays(NEW)

    assert (name, extra.number) == ("Ada Keane", 53)
    assert "week 53" in words
    assert year_end.extra_paydays(OLD) == ()


# ── the Employment Allowance ──


def answer(**changes: bool) -> AllowanceAnswer:
    facts = {
        "needs_care": True,
        "only_care": True,
        "connected": False,
        "claimed_elsewhere": False,
        **changes,
    }
    return AllowanceAnswer(0, "2026-27", date(2000, 1, 1), answered_by=" Helen ", **facts)


def test_answers_are_kept_with_the_day_and_can_be_given_again(
    household: Household, year_end: YearEnd
) -> None:
    assert year_end.allowance(NEW).answer is None

    row = year_end.answer_allowance(answer(connected=True))
    assert row.verdict is not None
    assert not row.verdict.yes
    assert row.verdict.findings
    row = year_end.answer_allowance(answer())

    assert row.answer is not None
    assert (row.answer.answered_on, row.answer.answered_by) == (AFTER, "Helen")
    assert row.verdict is not None
    assert row.verdict.yes
    assert not row.claims
    household.scheme(claims_employment_allowance=True)
    assert year_end.allowance(NEW).claims


def test_what_is_owed_to_hmrc_is_a_step_until_it_is_paid(
    household: Household, year_end: YearEnd
) -> None:
    ada = take_on(household)
    household.hours(ada, LAST_WEEK, 600)
    household.pay(ada, LAST_WEEK)

    money = steps(year_end)["money"]

    assert not money.done
    assert money.by == date(2026, 4, 22)
    assert Money(0) < household.pay_runs.employer_payment(OLD, 12).due_amount
    assert steps(year_end, LAST_WEEK + timedelta(days=1))["keep"].done is False
