"""P32, deductions record and P60 agree with each other and say how each figure came about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpemployer.money import NOTHING, Money
from dpemployer.payroll.deductions_record import (
    cells_of,
    headings,
    record_lines,
    record_totals,
)
from dpemployer.payroll.employer_payment import Deductions, employer_payment
from dpemployer.payroll.issue import mirror_image
from dpemployer.payroll.p32 import COLUMNS, p32_of_month, p32_together
from dpemployer.payroll.people import OpeningPay
from dpemployer.payroll.year_end import (
    extra_payday,
    extra_payday_words,
    new_code,
    p60_of,
)
from dpemployer.periods import PayFrequency, PaySchedule, TaxYear
from dpemployer.statutory.rates import RateBook
from dpemployer.workings import explain
from tests.builders import RATES
from tests.documents.builders import a_payslip

if TYPE_CHECKING:
    from dpemployer.payroll.added_up import Added

NOW = RATES.for_year(TaxYear(2026))
SLIP = a_payslip(tax_code="1257L")
LATER = replace(SLIP, id=8, pay_date=date(2026, 9, 28), tax_period=25)


def amounts(figures: tuple[Added, ...]) -> dict[str, str]:
    return {one.key: str(one.amount) for one in figures}


def said(figures: tuple[Added, ...], key: str) -> str:
    (found,) = (one for one in figures if one.key == key)
    return " ".join(step.sentence for step in explain(found.steps))


# ── P32 ──


def a_month(allowance: int = 10_500_00, parental: int = 0, before: int = 0) -> tuple[Added, ...]:
    payment = employer_payment(
        Deductions.of((SLIP, LATER)),
        allowance_left=Money(allowance),
        rates=NOW,
        statutory_parental_paid=Money(parental),
    )
    return p32_of_month((SLIP, LATER), payment, Money(before))


def test_the_columns_come_in_the_order_of_the_p32() -> None:
    assert tuple(one.key for one in a_month()) == COLUMNS


def test_a_month_adds_up_across() -> None:
    """Tax 70.80 and loans 18.00; National Insurance 84.26 and 102.20, less 102.20 of allowance."""
    assert amounts(a_month()) == {
        "income_tax": "£70.80",
        "student_loans": "£18.00",
        "postgraduate_loans": "£0.00",
        "net_income_tax": "£88.80",
        "employee_ni": "£84.26",
        "employer_ni": "£102.20",
        "gross_ni": "£186.46",
        "allowance": "£102.20",
        "recovered": "£0.00",
        "compensation": "£0.00",
        "deductions": "£102.20",
        "net_ni": "£84.26",
        "from_before": "£0.00",
        "due": "£173.06",
    }


def test_parental_pay_got_back_is_a_deduction() -> None:
    month = amounts(a_month(allowance=0, parental=100_00))

    assert month["recovered"] == "£100.00"
    assert month["compensation"] == "£9.00"
    assert month["deductions"] == "£109.00"
    assert month["net_ni"] == "£77.46"
    assert month["due"] == "£166.26"


def test_every_figure_of_a_p32_says_how_it_was_worked_out() -> None:
    month = a_month(parental=100_00, before=50_00)

    assert all(one.steps for one in month if one.amount)
    assert "£35.40 on 31 August 2026, £35.40 on 28 September 2026" in said(month, "income_tax")
    assert "100% of the £100.00" in said(month, "recovered")
    assert "as you entered it then" in said(month, "due")
    assert amounts(month)["due"] == "£114.06"


def test_a_quarter_is_its_months_together() -> None:
    month = a_month()
    quarter = p32_together([("month 4", month), ("month 5", month)])

    assert amounts(quarter)["due"] == "£346.12"
    assert "£173.06 month 4, £173.06 month 5" in said(quarter, "due")
    assert amounts(p32_together([("month 4", month)])) == amounts(month)


# ── deductions record ──


def test_the_record_runs_from_payday_to_payday() -> None:
    opening = OpeningPay(1, 2, "2026-27", "old", taxable_pay=Money(100_00), tax=Money(10_00))
    back = mirror_image(SLIP, 4)

    lines = record_lines((SLIP, back, LATER), (opening,))

    assert [str(line.pay_to_date) for line in lines] == ["£856.65", "£100.00", "£856.65"]
    assert [str(line.tax_to_date) for line in lines] == ["£45.40", "£10.00", "£45.40"]
    assert cells_of(lines[0]) == (
        "31 August 2026", "21", "1257L", "£756.65", "£856.65", "£35.40", "£45.40", "A",
        "£500", "£468.00", "£211.23", "£42.13", "£51.10", "£9",
    )  # fmt: skip
    assert cells_of(lines[1])[0] == "31 August 2026, taken back"
    words = [step.sentence for step in explain(lines[2].steps)]
    assert "28 September 2026 has £756.65 of pay for tax, and £35.40 of income tax" in words[0]
    assert "£100.00 from before this book (old)" in words[1]
    assert "Together that is £45.40" in words[2]
    assert len(headings()) == len(cells_of(lines[0]))


def test_no_loan_is_nothing_in_whole_pounds() -> None:
    (line,) = record_lines((replace(SLIP, student_loan=NOTHING),))

    assert cells_of(line)[-1] == "£0"


def test_totals_of_the_record_are_explained() -> None:
    totals = record_totals((SLIP, LATER))

    assert amounts(totals)["taxable_pay"] == "£1,513.30"
    assert "£756.65 on 28 September 2026" in said(totals, "taxable_pay")
    assert next(one for one in totals if one.key == "student_loan").shown == "£18"


# ── P60 ──


def test_a_p60_says_what_the_year_came_to() -> None:
    p45 = OpeningPay(1, 2, "2026-27", "P45", previous_pay=Money(900_00), previous_tax=Money(9_00))
    young = replace(SLIP, id=5, ni_letter="M")

    p60 = p60_of((young, SLIP, LATER), (), (p45,), "1257L M1")

    assert amounts(p60.pay_and_tax) == {
        "previous_pay": "£900.00",
        "previous_tax": "£9.00",
        "pay": "£2,269.95",
        "tax": "£106.20",
        "total_pay": "£3,169.95",
        "total_tax": "£115.20",
    }
    assert [letter for letter, _figures in p60.insurance] == ["M", "A"]
    assert amounts(p60.insurance[1][1]) == {
        "A_at_lel": "£1,000.00",
        "A_lel_to_pt": "£936.00",
        "A_pt_to_uel": "£422.46",
        "A_employee_ni": "£84.26",
    }
    assert amounts(p60.loans) == {"student_loan": "£27.00", "postgraduate_loan": "£0.00"}
    assert p60.statutory == ()
    assert p60.final_code == "1257L M1"
    assert "£900.00 from P45" in said(p60.figures, "total_pay")


@given(st.lists(st.integers(0, 5_000_00), min_size=1, max_size=12))
def test_record_p60_and_p32_never_disagree(taxes: list[int]) -> None:
    slips = tuple(replace(SLIP, id=place, tax=Money(tax)) for place, tax in enumerate(taxes, 1))
    payment = employer_payment(Deductions.of(slips), allowance_left=NOTHING, rates=NOW)

    month, p60 = p32_of_month(slips, payment), p60_of(slips, (), (), "1257L")

    total = Money(sum(taxes))
    assert record_lines(slips)[-1].tax_to_date == total
    assert {one.key: one.amount for one in record_totals(slips)}["tax"] == total
    assert {one.key: one.amount for one in month}["income_tax"] == total
    assert {one.key: one.amount for one in p60.pay_and_tax}["total_tax"] == total


# ── the codes of the new year ──


def raised(points: int) -> RateBook:
    """The rates with another uplift for 2026-27."""
    from dpemployer.data_files import texts  # noqa: PLC0415 - only here

    files = texts("statutory", ".toml")
    marker = '[[income_tax.uplift]]\nfrom = 2026-04-06\nvalue = "0"'
    assert marker in files["uk-2026-27"]
    files = {
        **files,
        "uk-2026-27": files["uk-2026-27"].replace(
            marker, marker.replace('"0"', f'"{points}"')
        ),
    }  # fmt: skip
    return RateBook.parse(files)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1257L", "1257L"),
        ("1257L M1", "1257L"),
        ("S1257L W1", "S1257L"),
        ("BR", "BR"),
        ("0T X", "0T"),
        ("K100 M1", "K100"),
        ("NT", "NT"),
    ],
)
def test_a_code_loses_its_mark_and_is_otherwise_as_it_was(before: str, after: str) -> None:
    """P9X 2026: nothing is added to any code."""
    code = new_code(before, TaxYear(2026), NOW)

    assert code.after == after
    assert code.changes == (before != after)
    assert code.steps


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1257L", "1269L"),
        ("1383M", "1395M"),
        ("C1131N", "C1143N"),
        ("S1257L W1", "S1269L"),
        ("500T", "500T"),
        ("0T", "0T"),
        ("K100", "K100"),
        ("D0", "D0"),
    ],
)
def test_a_year_that_raises_codes_raises_l_m_and_n_only(before: str, after: str) -> None:
    rates = raised(12).for_year(TaxYear(2026))

    assert new_code(before, TaxYear(2026), rates).after == after


# ── the payday too many ──


@pytest.mark.parametrize(
    ("frequency", "anchor", "after", "year", "day", "number"),
    [
        (PayFrequency.WEEKLY, date(2026, 3, 30), 1, 2026, date(2027, 4, 5), 53),
        (PayFrequency.FORTNIGHTLY, date(2027, 3, 22), 1, 2026, date(2027, 4, 5), 54),
        (PayFrequency.FOUR_WEEKLY, date(2027, 3, 8), 1, 2026, date(2027, 4, 5), 56),
        (PayFrequency.WEEKLY, date(2023, 4, 3), -2, 2023, date(2024, 4, 5), 53),
        (PayFrequency.WEEKLY, date(2023, 4, 3), -3, 2023, date(2024, 4, 4), 53),
    ],
)
def test_a_payday_after_the_52nd_week(
    frequency: PayFrequency, anchor: date, after: int, year: int, day: date, number: int
) -> None:
    """2026-27 begins and ends on a Monday; 2023-24 has two days beyond 52 weeks."""
    extra = extra_payday(PaySchedule(frequency, anchor, after), TaxYear(year))

    assert extra is not None
    assert (extra.day, extra.number) == (day, number)
    assert f"week {number}" in extra_payday_words(extra)
    (step,) = explain(extra.steps)
    assert "taxed on its own" in step.sentence


@pytest.mark.parametrize(
    "schedule",
    [
        PaySchedule(PayFrequency.MONTHLY, date(2026, 4, 1), day_of_month=5),
        PaySchedule(PayFrequency.WEEKLY, date(2026, 6, 1), 5),
        PaySchedule(PayFrequency.FORTNIGHTLY, date(2027, 3, 29), 1),
    ],
)
def test_most_years_have_no_payday_too_many(schedule: PaySchedule) -> None:
    assert extra_payday(schedule, TaxYear(2026)) is None
