"""Figures from before the book are refused where they cannot be right, with what to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from dpemployer.errors import EntryError
from dpemployer.money import Money
from dpemployer.payroll.household import OpeningHousehold
from dpemployer.payroll.opening_entries import (
    check_beginning,
    check_holiday,
    check_weeks,
    checked_pay_to_date,
)
from dpemployer.payroll.people import OpeningHoliday, OpeningPay, PaidWeek
from dpemployer.periods import TaxYear
from tests.builders import pounds

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

TODAY = date(2026, 11, 24)
END_OF_MAY = date(2026, 5, 31)
ALLOWANCE = pounds("10500.00")
BEGINNING = OpeningHousehold(0, END_OF_MAY, "payslips by hand", ALLOWANCE)
HOLIDAY = OpeningHoliday(0, 1, END_OF_MAY, 2160, "payslip")
TO_DATE = OpeningPay(
    0,
    1,
    "2026-27",
    "payslip",
    pay=pounds("1000.00"),
    taxable_pay=pounds("1000.00"),
    tax=pounds("600.00"),
    earnings_for_ni=pounds("1000.00"),
    employee_ni=pounds("300.00"),
    at_lel=pounds("500.00"),
    lel_to_pt=pounds("300.00"),
    pt_to_uel=pounds("200.00"),
    student_loan=pounds("50.00"),
    postgraduate_loan=pounds("20.00"),
    employee_pension=pounds("30.00"),
)


def refusal(what: str) -> AbstractContextManager[object]:
    """Expect to be told what is wrong."""
    return pytest.raises(EntryError, match=what)


def a_week(day: date = END_OF_MAY, minutes: int = 600, pay: str = "132.00") -> PaidWeek:
    return PaidWeek(0, 1, day, minutes, pounds(pay))


def test_what_can_just_be_is_kept() -> None:
    check_beginning(BEGINNING, ALLOWANCE, TODAY)
    check_holiday(replace(HOLIDAY, as_of=TODAY, minutes_left=-600), TODAY)
    check_weeks([a_week(), a_week(date(2026, 5, 24), 7 * 24 * 60), a_week(TODAY, 0, "0")], TODAY)

    assert checked_pay_to_date(TO_DATE, TODAY) == TaxYear(2026)
    assert checked_pay_to_date(replace(TO_DATE, tax_year="2025-26"), TODAY) == TaxYear(2025)


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"source": " "}, "Where the figures come from"),
        ({"as_of": date(2026, 11, 25)}, "25 November 2026 has not come yet"),
        ({"allowance_used": Money(-1)}, "allowance used is less than nothing"),
        ({"allowance_used": pounds("10500.01")}, "£10,500.01 cannot have been used"),
    ],
)
def test_a_beginning_that_cannot_be_is_refused(changes: dict[str, Any], what: str) -> None:
    with refusal(what):
        check_beginning(replace(BEGINNING, **changes), ALLOWANCE, TODAY)


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"source": ""}, "Where the figures come from"),
        ({"tax_year": "2026-28"}, "“2026-28” is not a tax year that has begun"),
        ({"tax_year": "this one"}, "is not a tax year that has begun"),
        ({"tax_year": "2027-28"}, "“2027-28” is not a tax year that has begun"),
        ({"pt_to_uel": Money(-1)}, "less than nothing"),
        ({"tax": pounds("1000.01")}, "The tax to date, £1,000.01, is more than the pay"),
        ({"employee_ni": pounds("1000.01")}, "National Insurance to date"),
        ({"employee_pension": pounds("1000.01")}, "pension to date"),
        ({"tax": pounds("600.01")}, "The sum of everything taken to date, £1,000.01, is more"),
        ({"previous_tax": pounds("1.00")}, "tax on the P45 to date"),
        ({"at_lel": pounds("500.01")}, "National Insurance limits, £1,000.01, are more than"),
        ({"student_loan": pounds("49.50")}, "Loan repayments of £69.50 cannot be"),
    ],
)
def test_pay_to_date_that_cannot_be_is_refused(changes: dict[str, Any], what: str) -> None:
    with refusal(what):
        checked_pay_to_date(replace(TO_DATE, **changes), TODAY)


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"source": ""}, "Where the figures come from"),
        ({"as_of": date(2026, 11, 25)}, "has not come yet"),
        ({"minutes_left": 2017 * 60}, "2017 h of holiday cannot be left"),
        ({"minutes_left": -2017 * 60}, "−2017 h of holiday cannot be left"),
    ],
)
def test_holiday_that_cannot_be_is_refused(changes: dict[str, Any], what: str) -> None:
    with refusal(what):
        check_holiday(replace(HOLIDAY, **changes), TODAY)


@pytest.mark.parametrize(
    ("weeks", "what"),
    [
        ([a_week(minutes=-1)], "week ending 31 May 2026 is less than nothing"),
        ([a_week(pay="-1.00")], "week ending 31 May 2026 is less than nothing"),
        ([a_week(minutes=168 * 60 + 1)], "31 May 2026 has 168 h 1 min"),
        ([a_week(minutes=0)], "31 May 2026 has pay and no hours"),
        ([a_week(date(2026, 11, 29))], "29 November 2026 has not come yet"),
        ([a_week(), a_week()], "31 May 2026 is there twice"),
    ],
)
def test_weeks_that_cannot_be_are_refused(weeks: list[PaidWeek], what: str) -> None:
    with refusal(what):
        check_weeks(weeks, TODAY)
