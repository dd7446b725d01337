"""HMRC is told by its own days, and what was told is a fact somebody vouches for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dpemployer.data_files import texts
from dpemployer.errors import EntryError
from dpemployer.payroll.reporting import (
    HoursBand,
    HowTold,
    ReportedJob,
    ReportKind,
    Told,
    band_of,
    checked_told,
    last_report_due,
    late_finding,
    month_due,
    p60_due,
    paper_findings,
    paper_quarter,
)
from dpemployer.periods import TaxMonth, TaxYear
from dpemployer.statutory.rates import RateBook
from tests.builders import RATES

YEAR = TaxYear(2026)
NOW = RATES.on(date(2026, 6, 1))
JOB = ReportedJob(0, 1)
DONE = Told(0, ReportKind.PAYDAY, "2026-27", date(2026, 6, 5), "Helen", HowTold.BASIC_PAYE_TOOLS)


@pytest.mark.parametrize(
    ("hours", "band"),
    [
        (None, "E"),
        ("0.5", "A"),
        ("15.99", "A"),
        ("16", "B"),
        ("23.99", "B"),
        ("24", "C"),
        ("29.99", "C"),
        ("30", "D"),
        ("60", "D"),
    ],
)
def test_normal_hours_are_told_in_bands(hours: str | None, band: str) -> None:
    """The limits are those of HMRC's data item 54."""
    weekly = None if hours is None else Decimal(hours)

    assert band_of(weekly, JOB, NOW) is HoursBand(band)


def test_a_band_that_was_chosen_comes_before_the_contract() -> None:
    job = replace(JOB, hours_band=HoursBand.B)

    assert band_of(Decimal(37), job, NOW) is HoursBand.B


@pytest.mark.parametrize(("month", "due"), [(1, date(2026, 5, 19)), (12, date(2027, 4, 19))])
def test_a_month_as_a_whole_is_told_by_the_19th(month: int, due: date) -> None:
    assert month_due(TaxMonth(YEAR, month), NOW) == due


@pytest.mark.parametrize(
    ("number", "first", "last", "due"),
    [
        (1, date(2026, 4, 6), date(2026, 7, 5), date(2026, 7, 19)),
        (2, date(2026, 7, 6), date(2026, 10, 5), date(2026, 10, 19)),
        (3, date(2026, 10, 6), date(2027, 1, 5), date(2027, 1, 19)),
        (4, date(2027, 1, 6), date(2027, 4, 5), date(2027, 4, 19)),
    ],
)
def test_the_quarterly_form_has_a_day_of_its_own(
    number: int, first: date, last: date, due: date
) -> None:
    """Both readings of the rule, 14 days and the 19th, come to the same day."""
    quarter = paper_quarter(YEAR, number, NOW)

    assert (quarter.first_day, quarter.last_day) == (first, last)
    assert quarter.due == quarter.by_days == quarter.by_day_of_month == due


def test_the_day_of_the_quarterly_form_is_said_to_be_unconfirmed() -> None:
    (finding,) = paper_findings(NOW)

    assert "could not be checked" in finding.message
    assert "14 days" in finding.message
    assert "January" not in finding.message


def test_once_it_is_confirmed_nothing_is_said() -> None:
    files = texts("statutory", ".toml")
    marker = 'evidence = ["PAYE67D", "DMBM519"]\nconfirmed = false'
    assert marker in files["standing"]
    sure = {
        **files,
        "standing": files["standing"].replace(marker, marker.replace("false", "true")),
    }

    assert paper_findings(RateBook.parse(sure).on(date(2026, 6, 1))) == ()


def test_the_days_of_the_year_s_end() -> None:
    assert last_report_due(YEAR, NOW) == date(2027, 4, 19)
    assert p60_due(YEAR, NOW) == date(2027, 5, 31)


def test_what_is_still_to_be_done_cannot_be_ticked() -> None:
    with pytest.raises(EntryError, match="still to come"):
        checked_told(DONE, date(2026, 6, 4))


def test_somebody_must_have_done_it() -> None:
    with pytest.raises(EntryError, match="Who did it"):
        checked_told(replace(DONE, told_by="  "), date(2026, 6, 5))


def test_what_was_done_today_can_be_ticked() -> None:
    assert checked_told(DONE, date(2026, 6, 5)) == DONE


def test_late_is_said_plainly() -> None:
    finding = late_finding("Payday", date(2026, 6, 5), date(2026, 6, 8))

    assert finding is not None
    assert "by 5 June 2026, and was told on 8 June 2026" in finding.message
    assert late_finding("Payday", date(2026, 6, 5), date(2026, 6, 5)) is None
