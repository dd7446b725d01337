"""Papers about leaving: box by box, step by step, and never called what they are not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from dpemployer.errors import RefusedError
from dpemployer.payroll.household import Party, Role
from dpemployer.payroll.leaving import Leaving, LeavingReason
from dpemployer.services.endings import Ending, EndingKind, Endings
from dpemployer.services.leaving import Leavings
from dpemployer.services.leaving_papers import LeavingPapers
from dpemployer.services.ledger import Ledger
from tests.builders import MONDAY, RATES, a_rate, an_employment, pounds
from tests.documents.reading import ReadBack

if TYPE_CHECKING:
    from dpemployer.store.book import Book
    from tests.services.household import Household

TODAY, LONG_AGO = date(2026, 6, 20), date(2019, 5, 13)


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


@pytest.fixture
def papers(book: Book, household: Household, leavings: Leavings, endings: Endings) -> LeavingPapers:
    helen = household.people.add_party(Party(0, "Helen Ashby", "1 Mill Lane\nExampleton"))
    household.people.hold_role(helen, Role.EMPLOYER, LONG_AGO, "themselves")
    household.scheme(paye_reference="123/AB456")
    return LeavingPapers(book, leavings, endings)


def leave(
    household: Household,
    leavings: Leavings,
    reason: LeavingReason = LeavingReason.RESIGNED,
    code: str = "1257L",
) -> int:
    """Employ somebody since 2019, pay a week, and record that it was the last."""
    ada = household.take_on(
        an_employment(started_on=LONG_AGO),
        rates=(a_rate(from_day=LONG_AGO),),
        code=code,
        born_on=date(1990, 7, 4),
        address="2 High Street\nExampleton",
    )
    household.hours(ada)
    household.pay(ada)
    last_day = MONDAY + timedelta(days=13)
    leavings.record(Leaving(0, ada, reason, last_day, last_day))
    household.hours(ada, MONDAY + timedelta(days=7))
    household.pay(ada, MONDAY + timedelta(days=7))
    return ada


def words(pdf: bytes) -> str:
    return " ".join(ReadBack.of(pdf).text.replace(" | ", " ").split())


def test_the_figures_for_a_p45_are_in_the_order_of_its_boxes(
    household: Household, leavings: Leavings, papers: LeavingPapers
) -> None:
    ada = leave(household, leavings)
    figures = leavings.p45(ada)

    said = words(papers.p45_figures(ada))

    assert "This is not a P45." in said
    assert "1 Employer PAYE reference 123/AB456" in said
    assert "2 National Insurance number AB 12 34 56 C" in said
    assert "4 Leaving date 14 June 2026" in said
    assert "6 Tax code at leaving 1257L" in said
    assert "7 Week number 11 7 Month number leave empty" in said
    assert f"7 Total pay to date {figures.total_pay}" in said
    assert "8 Total pay in this employment leave empty" in said
    assert "12 Employee’s private address 2 High Street, Exampleton" in said
    assert "13 Employer’s name and address Helen Ashby, 1 Mill Lane, Exampleton" in said
    assert "13 Date the day it is given" in said


def test_on_a_week_1_basis_the_totals_stay_empty(
    household: Household, leavings: Leavings, papers: LeavingPapers
) -> None:
    ada = leave(household, leavings, code="1257L W1")
    leavings.give_p45(ada, date(2026, 6, 20))
    figures = leavings.p45(ada)

    said = words(papers.p45_figures(ada, large=True))

    assert "6 Tax code at leaving 1257L 6 Week 1 or month 1 basis X" in said
    assert "7 Week number leave empty" in said
    assert "7 Total pay to date leave empty" in said
    assert f"8 Total pay in this employment {figures.pay_here}" in said
    assert "13 Date 20 June 2026" in said


def test_an_estate_gets_the_figures_and_no_p45(
    household: Household, leavings: Leavings, papers: LeavingPapers
) -> None:
    ada = leave(household, leavings, LeavingReason.DEATH_OF_ASSISTANT)

    said = words(papers.p45_figures(ada))

    assert "Pay and tax of Ada Keane, for the estate" in said
    assert "A P45 is not given to an estate." in said


def test_the_redundancy_statement_shows_the_sum_step_by_step(
    household: Household, leavings: Leavings, papers: LeavingPapers
) -> None:
    ada = leave(household, leavings, LeavingReason.REDUNDANCY)

    said = words(papers.redundancy_statement(ada))

    assert "Redundancy statement for Ada Keane" in said
    assert "Redundancy pay £2,772.00" in said
    assert "7 weeks at £396.00 come to £2,772.00." in said
    assert "You have until 14 December 2026" in said
    assert "Employment Rights Act 1996, section 162" in said


def test_after_an_employers_death_the_statement_says_so_kindly(
    household: Household, leavings: Leavings, papers: LeavingPapers
) -> None:
    ada = leave(household, leavings, LeavingReason.DEATH_OF_EMPLOYER)

    assert "Your employer has died" in words(papers.redundancy_statement(ada))


def test_without_redundancy_pay_there_is_no_statement(
    household: Household, leavings: Leavings, papers: LeavingPapers
) -> None:
    ada = leave(household, leavings)

    with pytest.raises(RefusedError, match="no redundancy pay for Ada Keane"):
        papers.redundancy_statement(ada)


def test_an_ending_is_printed_with_what_is_owed_and_what_is_done(
    household: Household, leavings: Leavings, endings: Endings, papers: LeavingPapers
) -> None:
    ada = leave(household, leavings, LeavingReason.REDUNDANCY)
    slip = household.slips(ada)[-1]
    ending_id = endings.begin(
        Ending(0, EndingKind.DIRECT_PAYMENT, date(2026, 6, 14), "Helen Ashby", note="Care home")
    )
    endings.tick(ending_id, "meet", date(2026, 5, 4), "At home")

    said = words(papers.ending(ending_id, TODAY))
    large = words(papers.ending(ending_id, TODAY, large=True))

    assert "The direct payment ends" in said
    assert "Last day 14 June 2026" in said
    assert "Note Care home" in said
    assert f"Redundancy pay not yet paid {pounds('2772.00')}" in said
    assert f"Wages earned and not yet paid {slip.net_pay - pounds('2772.00')}" in said
    assert "done on 4 May 2026. At home" in said
    assert "What is kept" in large


def test_an_ending_with_nothing_owed_says_so(endings: Endings, papers: LeavingPapers) -> None:
    ending_id = endings.begin(Ending(0, EndingKind.DIRECT_PAYMENT, date(2026, 9, 1), "Helen Ashby"))

    assert "Nothing that this book knows of." in words(papers.ending(ending_id, TODAY))
