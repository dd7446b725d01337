"""The holiday record says what the law wants kept, on paper and as a table."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from dpemployer import clock
from dpemployer.errors import RefusedError
from dpemployer.payroll.household import Party, Role
from dpemployer.payroll.people import PayType
from dpemployer.services.holiday import Holiday
from dpemployer.services.holiday_papers import HolidayPapers
from dpemployer.services.holiday_rows import CarryReason, LeaveStatus
from tests.builders import MONDAY, RATES, a_shift, holiday_terms
from tests.documents.reading import ReadBack
from tests.services.test_holiday import leave

if TYPE_CHECKING:
    from dpemployer.store.book import Book
    from tests.services.household import Household

TODAY = date(2027, 4, 10)


def text_of(pdf: bytes) -> str:
    return " ".join(ReadBack.of(pdf).text.split())


@pytest.fixture
def papers(book: Book, monkeypatch: pytest.MonkeyPatch) -> HolidayPapers:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    return HolidayPapers(book)


@pytest.fixture
def ada(household: Household, book: Book) -> int:
    """A year of holiday: leave taken and refused, pay, a reminder, and some carried over."""
    party = household.people.add_party(Party(0, "Jo Marsh"))
    household.people.hold_role(party, Role.EMPLOYER, date(2026, 1, 1))
    ada = household.take_on()
    holiday = Holiday(book, RATES)
    household.hours(ada)
    household.pay(ada)
    holiday.book(leave(ada, date(2026, 6, 9), 1, status=LeaveStatus.APPROVED, in_advance=True))
    sheet = household.timesheets.open(ada, date(2026, 6, 8))
    holiday.confirm(sheet)
    household.timesheets.add_shift(a_shift(date(2026, 6, 8), 2400 // 2, timesheet_id=sheet))
    household.timesheets.approve(sheet, "Helen", MONDAY)
    household.pay(ada, date(2026, 6, 8))
    refused = holiday.book(leave(ada, date(2026, 8, 3), in_advance=True))
    holiday.refuse(refused, date(2026, 7, 20), "No cover")
    holiday.remind(ada, date(2027, 1, 10), "By letter")
    left = holiday.overview(ada, TODAY).choice
    assert left is not None
    holiday.carry_over(ada, left.left_minutes, CarryReason.AGREEMENT, TODAY)
    return ada


def test_the_record_has_everything_the_law_wants_kept(papers: HolidayPapers, ada: int) -> None:
    text = text_of(papers.record(ada))

    for words in (
        "Holiday record of Ada Keane",
        "Jo Marsh",
        "Leave year 6 April 2026 to 5 April 2027",
        "Irregular hours: 12.07% of the hours worked",
        "Agreed",
        "Refused: No cover",
        "Holiday: 5 h at £13.20, £66.00",
        "Paid weeks before the leave: 1. They come to",
        "By letter",
        "10 January 2027",
        "regulation 16B",
    ):
        assert words in text
    assert papers.record_file_name(ada) == "holiday record Ada Keane 2027-04-10.pdf"


def test_large_print_has_the_same_words(papers: HolidayPapers, ada: int) -> None:
    assert "Refused: No cover" in text_of(papers.record(ada, large=True))


def test_the_table_has_a_row_for_each_thing_recorded(papers: HolidayPapers, ada: int) -> None:
    rows = list(csv.DictReader(StringIO(papers.table(ada).decode("utf-8-sig"))))

    this_year = [row for row in rows if row["Leave year from"] == "2026-04-06"]
    assert [row["What"] for row in this_year] == [
        "leave",
        "leave",
        "earned",
        "earned",
        "taken",
        "carried over",
        "reminder",
    ]
    taken = next(row for row in this_year if row["What"] == "taken")
    assert (taken["Minutes"], taken["Hourly rate"], taken["Amount"]) == ("300", "13.20", "66.00")
    assert "Paid weeks before the leave: 1." in taken["How it stands, or how it was worked out"]


def test_the_reminder_says_what_is_left_and_until_when(papers: HolidayPapers, ada: int) -> None:
    text = text_of(papers.reminder(ada))

    assert "Please take your holiday" in text
    assert "5 April 2028" in text


def test_without_an_employer_there_is_no_paper(household: Household, papers: HolidayPapers) -> None:
    ada = household.take_on()

    with pytest.raises(RefusedError, match="Nobody is recorded as the employer"):
        papers.record(ada)


def test_each_kind_of_terms_is_said_and_pay_with_the_wages_is_kept(
    household: Household, papers: HolidayPapers
) -> None:
    party = household.people.add_party(Party(0, "Jo Marsh"))
    household.people.hold_role(party, Role.EMPLOYER, date(2026, 1, 1))
    ada = household.take_on(
        holiday=holiday_terms(rolled_up=True, reason="In the contract of 6 April")
    )
    household.hours(ada)
    household.pay(ada)
    household.people.end_employment(ada, date(2026, 12, 31))

    text = text_of(papers.record(ada))
    table = papers.table(ada).decode("utf-8-sig")

    assert "paid with the wages (In the contract of 6 April)" in text
    assert "Job ended" in text
    assert "with the wages" in table
    assert PayType.ROLLED_UP_HOLIDAY.value not in table
