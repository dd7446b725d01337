"""Sheets for HMRC are printed in the order they are typed, and say that they are not sent."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from dpemployer import clock
from dpemployer.payroll.reporting import ReportKind
from dpemployer.periods import TaxYear
from dpemployer.services.hmrc import Hmrc
from dpemployer.services.hmrc_papers import HmrcPapers
from dpemployer.services.hmrc_words import report_file_name
from dpemployer.services.rows import Party, Role
from tests.builders import MONDAY, RATES, an_employment
from tests.documents.reading import ReadBack

if TYPE_CHECKING:
    from dpemployer.store.book import Book
    from tests.services.household import Household

YEAR = TaxYear(2026)
LATE = date(2027, 6, 2)


@pytest.fixture
def papers(book: Book, monkeypatch: pytest.MonkeyPatch) -> HmrcPapers:
    monkeypatch.setattr(clock, "today", lambda: LATE)
    return HmrcPapers(book, Hmrc(book, RATES))


@pytest.fixture(autouse=True)
def ada(household: Household) -> int:
    """Somebody paid once in June 2026, by an employer with a scheme."""
    party = household.people.add_party(Party(0, "Helen Ashby", "4 Long Road\nHexley"))
    household.people.hold_role(party, Role.EMPLOYER, date(2025, 4, 6))
    household.scheme(paye_reference="123/AB456", accounts_office_reference="123PA00045678")
    employment = household.take_on(an_employment(started_on=MONDAY))
    household.hours(employment)
    household.pay(employment)
    return employment


def words(pdf: bytes) -> str:
    return " ".join(ReadBack.of(pdf).text.split())


@pytest.mark.parametrize("large", [False, True])
def test_the_sheet_of_a_payday(papers: HmrcPapers, book: Book, *, large: bool) -> None:
    rows = Hmrc(book, RATES).reports(YEAR, LATE)
    row = next(one for one in rows if one.kind is ReportKind.PAYDAY)

    said = words(papers.report(row, large=large))

    order = [
        "Figures for HMRC, payday 12 June 2026",
        "Ada Keane",
        "They have just started",
        "Tax week",
        "What to type",
        "What it should then show",
        "Pay for tax to date",
        "National Insurance, letter A",
        "It has not been sent to anybody",
        "Done on",
    ]
    places = [said.index(one) for one in order]
    assert places == sorted(places)
    assert "HMRC asks whether it has them on record as male or female" in said
    assert report_file_name(row) == "figures for HMRC, payday 2026-06-12.pdf"


def test_a_month_and_a_year_as_a_whole(papers: HmrcPapers, book: Book) -> None:
    rows = Hmrc(book, RATES).reports(YEAR, LATE)
    month = next(one for one in rows if one.kind is ReportKind.MONTH)
    year = next(one for one in rows if one.kind is ReportKind.YEAR)

    assert "Nobody was paid in this tax month." in words(papers.report(month))
    assert "final submission for the tax year" in words(papers.report(year))
    assert report_file_name(month) == "EPS figures, tax month to 2026-08-05.pdf"
    assert report_file_name(year) == "end of the tax year, 2027-04-05.pdf"


def test_a_quarter_on_paper_is_a_sheet_and_not_the_form(
    household: Household, papers: HmrcPapers, book: Book
) -> None:
    household.scheme(paye_reference="123/AB456", files_on_paper=True)
    row = Hmrc(book, RATES).reports(YEAR, date(2026, 7, 6))[0]

    said = words(papers.report(row))

    assert "This is a sheet of figures, not the form." in said
    assert "Everything paid on the paydays of this quarter." in said
    assert "Basic PAYE Tools" not in said
    assert report_file_name(row) == "figures for the paper form, quarter to 2026-07-05.pdf"


def test_the_p32_has_months_quarters_and_the_year(papers: HmrcPapers) -> None:
    said = words(papers.p32(YEAR))

    assert "Employer payment record (P32) 2026-27" in said
    assert "123 PA 00045678" in said
    assert "To pay HMRC, by quarter" in said
    assert "Tax year 2026-27" in said
    assert "less than £1,500.00" in said


def test_the_deductions_record_is_kept_and_not_sent(papers: HmrcPapers, ada: int) -> None:
    said = words(papers.record(ada, YEAR))

    assert "Deductions record 2026-27: Ada Keane" in said
    assert "12 June 2026" in said
    assert "It is not sent to HMRC." in said
    assert words(papers.record(ada, TaxYear(2025))).count("Nothing.") == 2


def test_p60_figures_say_what_they_are_not(papers: HmrcPapers, ada: int) -> None:
    said = words(papers.p60(ada, YEAR))

    assert "P60 figures, tax year to 5 April 2027" in said
    assert "Total pay for the year" in said
    assert "Final tax code" in said
    assert "not been compared with HMRC’s specification" in said
    assert "Not to be given out yet. HMRC has not been told of 1 payday yet" in said
