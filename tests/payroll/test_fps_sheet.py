"""The sheet of a payday says what Basic PAYE Tools asks, in its order, and adds up to date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dpemployer.money import NOTHING, Money
from dpemployer.payroll.fps_sheet import Reported, SheetPart, sheet_findings, sheet_of
from dpemployer.payroll.payslip import PayslipLine
from dpemployer.payroll.people import OpeningPay, PayType, StarterDeclaration
from dpemployer.payroll.reporting import ReportedJob
from dpemployer.periods import PayFrequency
from dpemployer.workings import explain
from tests.builders import RATES, a_person, an_employment
from tests.documents.builders import a_payslip

NOW = RATES.on(date(2026, 8, 31))
SLIP = a_payslip(tax_code="1257L")
JOB = ReportedJob(1, 1, sex="F")


def reported(**changes: Any) -> Reported:
    facts: dict[str, Any] = {
        "person": a_person(address="1 Mill Street\nHexley"),
        "employment": an_employment(),
        "weekly_hours": Decimal(20),
        "job": JOB,
        "slip": SLIP,
        "year": (SLIP,),
        **changes,
    }
    return Reported(**facts)


def sheet(**changes: Any) -> dict[str, SheetPart]:
    return {part.key: part for part in sheet_of(reported(**changes), NOW)}


def values(part: SheetPart) -> dict[str, str]:
    return {item.key: item.value for item in part.items}


def test_it_goes_in_the_order_of_the_screens() -> None:
    assert list(sheet()) == ["person", "payment", "typed", "compared", "to_date", "ni_A"]


def test_who_it_is() -> None:
    assert values(sheet()["person"]) == {
        "name": "Ada",
        "surname": "Keane",
        "nino": "AB 12 34 56 C",
        "born_on": "17 May 1994",
        "sex": "Female",
        "payroll_id": "1",
    }


def test_somebody_without_a_number_has_an_address_instead() -> None:
    person = values(sheet(person=a_person(nino="", address="1 Mill Street"))["person"])

    assert person["nino"] == "leave empty"
    assert person["address"] == "1 Mill Street"


def test_the_payment() -> None:
    part = sheet(job=replace(JOB, irregular=True))["payment"]

    assert values(part) == {
        "pay_date": "31 August 2026",
        "frequency": "4 weekly",
        "tax_period": "21",
        "periods": "1",
        "hours_band": "B: 16 to 23.99 hours",
        "irregular": "yes",
        "tax_code": "1257L",
        "week1_month1": "no",
        "ni_letter": "A",
    }
    assert "28 August 2026" in part.items[0].note


@pytest.mark.parametrize(
    ("frequency", "period", "label", "note"),
    [
        (PayFrequency.MONTHLY, 12, "Tax month", False),
        (PayFrequency.WEEKLY, 53, "Tax week", True),
        (PayFrequency.FORTNIGHTLY, 54, "Tax week", True),
        (PayFrequency.WEEKLY, 52, "Tax week", False),
    ],
)
def test_the_payday_too_many_has_a_number_of_its_own(
    frequency: PayFrequency,
    period: int,
    label: str,
    note: bool,
) -> None:
    slip = replace(SLIP, frequency=frequency, tax_period=period, paid_on=SLIP.pay_date)
    items = {item.key: item for item in sheet(slip=slip, year=(slip,))["payment"].items}

    assert items["tax_period"].label == label
    assert bool(items["tax_period"].note) is note
    assert items["pay_date"].note == ""


@pytest.mark.parametrize(
    ("code", "text", "marked", "note"),
    [
        ("S1257L W1", "S1257L", "yes", "Scotland: S comes before the code."),
        ("C1257L", "C1257L", "no", "Wales: C comes before the code."),
        ("BR", "BR", "no", ""),
    ],
)
def test_the_code_is_taken_apart(code: str, text: str, marked: str, note: str) -> None:
    slip = replace(SLIP, tax_code=code)
    part = sheet(slip=slip, year=(slip,))["payment"]
    items = {item.key: item for item in part.items}

    assert (items["tax_code"].value, items["week1_month1"].value) == (text, marked)
    assert items["tax_code"].note == note


def test_what_to_type_comes_before_what_it_should_show() -> None:
    """£24.83 of pension is relief at source: it is part of what is taken from net pay."""
    parts = sheet()

    assert values(parts["typed"]) == {
        "taxable_pay": "£756.65",
        "ni_pay": "£756.65",
        "pension_after": "£24.83",
        "not_taxed": "£6.30",
        "from_net": "£49.83",
    }
    assert values(parts["compared"]) == {
        "tax": "£35.40",
        "employee_ni": "£42.13",
        "employer_ni": "£51.10",
        "student_loan": "£9",
        "after_deductions": "£670.12",
    }


def test_pension_before_tax_lowers_the_pay_for_tax() -> None:
    slip = replace(SLIP, taxable_pay=SLIP.gross_pay - SLIP.employee_pension)
    parts = sheet(slip=slip, year=(slip,))
    typed = values(parts["typed"])

    assert typed["pension_before"] == "£24.83"
    assert "pension_after" not in typed
    assert typed["taxable_pay"] == "£731.82"
    assert typed["from_net"] == "£25.00"
    assert values(parts["to_date"])["pension_before_to_date"] == "£24.83"


def test_a_refund_is_below_zero() -> None:
    slip = replace(SLIP, tax=Money(-12_00), net_pay=SLIP.net_pay + Money(47_40))
    items = {item.key: item for item in sheet(slip=slip, year=(slip,))["compared"].items}

    assert items["tax"].value == "−£12.00"
    assert "refund" in items["tax"].note


def test_statutory_pay_is_told_to_date_and_sick_pay_is_not() -> None:
    lines = (
        PayslipLine(PayType.SMP, "Maternity pay", Money(187_18)),
        PayslipLine(PayType.SSP, "Sick pay", Money(50_00)),
    )
    slip = replace(SLIP, lines=lines)
    parts = sheet(slip=slip, year=(slip, replace(slip, id=8)))

    assert values(parts["typed"])["paid_smp"] == "£187.18"
    assert values(parts["to_date"])["smp_to_date"] == "£374.36"
    assert not any("ssp" in key for key in values(parts["to_date"]))


def test_figures_to_date_add_up_and_say_how() -> None:
    back = replace(
        SLIP, id=8, taxable_pay=-SLIP.taxable_pay, gross_pay=-SLIP.gross_pay, tax=-SLIP.tax,
        employee_pension=-SLIP.employee_pension, student_loan=-SLIP.student_loan, reverses_id=7,
    )  # fmt: skip
    again = replace(SLIP, id=9, tax=Money(30_00))
    opening = OpeningPay(
        1, 1, "2026-27", "payslips of the bureau", pay=Money(1_000_00),
        taxable_pay=Money(950_00), tax=Money(20_00), employee_pension=Money(80_00),
    )  # fmt: skip
    part = sheet(slip=again, year=(SLIP, back, again), openings=(opening,))["to_date"]
    items = {item.key: item for item in part.items}

    assert items["pay_to_date"].value == "£1,706.65"
    assert items["tax_to_date"].value == "£50.00"
    assert items["pension_before_to_date"].value == "£50.00"
    assert items["pension_after_to_date"].value == "£54.83"
    assert items["student_loan_to_date"].value == "£9"
    assert items["tax_to_date"].added is not None
    (step,) = explain(items["tax_to_date"].added.steps)
    assert "£20.00 from before this book (payslips of the bureau)" in step.sentence
    assert "−£35.40 on 31 August 2026, taken back" in step.sentence
    assert "Together that is £50.00" in step.sentence


def test_each_letter_has_its_figures_to_the_end_of_the_year() -> None:
    """The first payslips had letter M; figures from before the book count with it."""
    young = replace(SLIP, id=6, ni_letter="M", employer_ni=NOTHING)
    opening = OpeningPay(1, 1, "2026-27", "old payslips", employee_ni=Money(10_00))
    parts = sheet(year=(young, SLIP), openings=(opening,))

    assert values(parts["ni_M"]) == {
        "M_earnings_now": "£0.00",
        "M_employer_now": "£0.00",
        "M_employee_now": "£0.00",
        "M_earnings": "£756.65",
        "M_at_lel": "£500",
        "M_lel_to_pt": "£468.00",
        "M_pt_to_uel": "£211.23",
        "M_employer_ni": "£0.00",
        "M_employee_ni": "£52.13",
    }
    assert values(parts["ni_A"])["A_employee_now"] == "£42.13"
    assert values(parts["ni_A"])["A_employee_ni"] == "£42.13"


def test_nothing_is_told_about_the_national_insurance_of_somebody_under_16() -> None:
    slip = replace(SLIP, ni_letter="X")

    assert values(sheet(slip=slip, year=(slip,))["ni_X"]) == {"X_none": "leave empty"}


def test_a_starter() -> None:
    part = sheet(starts=True, loan_plan="5", postgraduate_loan=True)["starting"]

    assert values(part) == {
        "started_on": "6 April 2026",
        "statement": "A",
        "starter_loan": "plan 5",
        "starter_postgraduate": "yes",
    }


def test_a_starter_with_a_p45_still_has_to_say_a_b_or_c() -> None:
    employment = an_employment(starter_declaration=StarterDeclaration.P45)
    told = reported(starts=True, employment=employment)
    items = {part.key: part for part in sheet_of(told, NOW)}["starting"].items

    assert items[1].value == "not known here: ask them"
    assert [finding.code for finding in sheet_findings(told)] == ["no_statement"]
    assert values(sheet(starts=True)["starting"])["starter_loan"] == "no"
    asked = sheet(starts=True, employment=employment, job=replace(JOB, statement="C"))
    assert values(asked["starting"])["statement"] == "C"


def test_what_hmrc_asks_and_is_not_known_is_said() -> None:
    told = reported(person=a_person(nino="", address=" "), job=ReportedJob(0, 1))

    assert [finding.code for finding in sheet_findings(told)] == ["sex_not_known", "no_address"]
    assert sheet_findings(reported()) == ()
    assert values(sheet(job=ReportedJob(0, 1))["person"])["sex"] == "not known here: ask them"


def test_a_leaver() -> None:
    employment = an_employment(left_on=date(2026, 8, 20))

    assert values(sheet(employment=employment, has_left=True)["leaving"]) == {
        "left_on": "20 August 2026",
        "after_leaving": "no",
    }
    after = sheet(employment=employment, has_left=True, left_before=True)["leaving"]
    assert values(after)["after_leaving"] == "yes"
    assert "0T" in after.items[1].note
    assert "leaving" not in sheet(employment=employment)


def test_a_correction_says_what_was_told_and_what_is_right() -> None:
    now = replace(SLIP, id=9, tax=Money(30_00))
    part = sheet(slip=now, year=(now,), replaces=SLIP)["correcting"]

    assert values(part) == {
        "late_reason": "H: a correction",
        "was_tax": "told as £35.40; now £30.00",
    }
    assert part.items[1].note == "A change of −£5.40."
    assert "the tax year is over" not in part.hint.lower()


def test_a_correction_of_a_year_that_is_over_names_the_last_payday_told() -> None:
    part = sheet(
        replaces=SLIP, year_is_over=True, last_told_payday=date(2027, 3, 26)
    )["correcting"]  # fmt: skip

    assert values(part)["correction_date"] == "26 March 2027"
    assert "The tax year is over" in part.hint
    never = sheet(replaces=SLIP, year_is_over=True)["correcting"]
    assert "correction_date" not in values(never)
