"""A dated term holds until the next of its kind."""

from __future__ import annotations

from datetime import date

from dpemployer.money import NOTHING
from dpemployer.payroll.people import (
    NiCategoryHeld,
    OpeningPay,
    PensionMembership,
    StudentLoanHeld,
    TaxCodeHeld,
)
from dpemployer.payroll.terms import Terms
from dpemployer.payroll.year_to_date import YearToDate, of_opening
from tests.builders import pounds

LAST_YEAR, APRIL, JUNE = date(2026, 2, 1), date(2026, 4, 6), date(2026, 6, 1)


def code(text: str, from_day: date) -> TaxCodeHeld:
    return TaxCodeHeld(0, 1, from_day, text, "a test")


def test_the_latest_code_begun_is_the_one_in_use() -> None:
    terms = Terms(tax_codes=(code("1257L", APRIL), code("BR", JUNE)))

    assert terms.tax_code_on(date(2026, 4, 5)) is None
    assert str(terms.tax_code_on(date(2026, 5, 31)).code) == "1257L"  # type: ignore[union-attr] # it is there
    assert str(terms.tax_code_on(JUNE).code) == "BR"  # type: ignore[union-attr] # it is there


def test_a_week_1_mark_ends_with_its_tax_year() -> None:
    terms = Terms(tax_codes=(code("1257L M1", LAST_YEAR),))

    then, now = terms.tax_code_on(date(2026, 3, 31)), terms.tax_code_on(APRIL)

    assert then is not None
    assert (then.week1_month1, then.mark_dropped) == (True, False)
    assert now is not None
    assert (now.week1_month1, now.mark_dropped) == (False, True)


def test_a_code_without_a_mark_is_cumulative_in_every_year() -> None:
    found = Terms(tax_codes=(code("1257L", LAST_YEAR),)).tax_code_on(JUNE)

    assert found is not None
    assert (found.week1_month1, found.mark_dropped) == (False, False)


def test_the_letter_in_use() -> None:
    terms = Terms(ni_letters=(NiCategoryHeld(0, 1, APRIL, "M"), NiCategoryHeld(0, 1, JUNE, "A")))

    assert terms.ni_letter_on(date(2026, 4, 1)) is None
    assert (terms.ni_letter_on(APRIL), terms.ni_letter_on(JUNE)) == ("M", "A")


def test_loans_are_repaid_from_a_day_to_a_day() -> None:
    terms = Terms(
        loans=(
            StudentLoanHeld(0, 1, "2", LAST_YEAR, date(2026, 5, 31)),
            StudentLoanHeld(0, 1, "5", JUNE),
            StudentLoanHeld(0, 1, "postgraduate", APRIL, date(2026, 5, 31)),
        )
    )

    assert [terms.loan_plan_on(day) for day in (date(2026, 1, 1), APRIL, JUNE)] == [None, "2", "5"]
    assert [terms.postgraduate_loan_on(day) for day in (APRIL, JUNE)] == [True, False]


def test_the_pension_in_force() -> None:
    old = PensionMembership(0, 1, LAST_YEAR, "Old", to_day=date(2026, 5, 31))
    new = PensionMembership(0, 1, JUNE, "New")

    terms = Terms(pensions=(old, new))

    assert terms.pension_on(date(2026, 1, 1)) is None
    assert (terms.pension_on(APRIL), terms.pension_on(JUNE)) == (old, new)


def test_what_the_book_began_with_is_added_and_a_p45_kept_apart() -> None:
    here = OpeningPay(1, 1, "2026-27", "payslip", pounds("100.00"), pounds("90.00"), pounds("5.00"))
    p45 = OpeningPay(
        2, 1, "2026-27", "P45", previous_pay=pounds("50.00"), previous_tax=pounds("2.00")
    )

    total = of_opening([here, p45]) + YearToDate(gross_pay=pounds("10.00"))

    assert (total.gross_pay, total.taxable_pay, total.tax) == (
        pounds("110.00"),
        pounds("90.00"),
        pounds("5.00"),
    )
    assert (total.previous_pay, total.previous_tax) == (pounds("50.00"), pounds("2.00"))
    assert of_opening([]).gross_pay == NOTHING
