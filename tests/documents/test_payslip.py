"""A payslip says what the Employment Rights Act 1996 asks of it, and what staff expect."""

from __future__ import annotations

from datetime import date
from itertools import takewhile

import pytest

from dpemployer.documents.payslip import (
    PayslipPaper,
    payslip_pdf,
)
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.payslip import PayslipLine
from dpemployer.payroll.people import PayType
from dpemployer.periods import PayFrequency
from tests.documents.builders import LINES, a_paper, a_payslip
from tests.documents.reading import ReadBack


def printed(paper: PayslipPaper) -> list[str]:
    return ReadBack.of(payslip_pdf(paper, large_print=False)).text.splitlines()


def part(lines: list[str], heading: str) -> list[str]:
    """Return the rows under a heading."""
    after = lines[lines.index(heading) + 1 :]
    return list(takewhile(lambda line: " | " in line, after))


def test_it_names_both_sides_and_the_period() -> None:
    lines = printed(a_paper())

    assert lines[:15] == [
        "Payslip",
        "Name | Amina Khan",
        "Address | Flat 2, 9 Mill Street Hexley HX1 2AB",
        "Payroll number | PA-002",
        "National Insurance number | AB 12 34 56 C",
        "Tax code | S1257L W1",
        "Tax basis | week 1/month 1",
        "National Insurance letter | A",
        "Employer | Margaret Ellis",
        "Employer’s address | 14 Larch Close Hexley HX4 7QQ",
        "Employer PAYE reference | 123/AB45678",
        "Pay period | 3 to 30 August 2026",
        "Payday | 31 August 2026",
        "Tax period | week 21 of 2026-27",
        "Money paid on | 28 August 2026",
    ]


def test_every_kind_of_pay_has_its_hours_rate_and_amount_on_a_line_of_its_own() -> None:
    assert part(printed(a_paper()), "Pay") == [
        "Pay for | How much | Rate | Amount",
        "Daytime | 31.5 hours | £13.10 an hour | £412.65",
        "Waking night | 8 hours | £14.90 an hour | £119.20",
        "Sleep-in | 2 nights | £60.00 a night | £120.00",
        "Holiday pay | 8 hours | £13.10 an hour | £104.80",
        "Gross pay | 47.5 hours |  | £756.65",
    ]


def test_every_deduction_says_what_it_is_for_and_they_add_up() -> None:
    assert part(printed(a_paper()), "Deductions") == [
        "Income tax | £35.40",
        "National Insurance | £42.13",
        "Pension: your contribution | £24.83",
        "Student loan repayment | £9.00",
        "Council tax attachment order | £25.00",
        "Total deductions | £136.36",
    ]


def test_tax_and_national_insurance_are_shown_even_when_there_is_none() -> None:
    slip = a_payslip(
        tax=NOTHING,
        employee_ni=NOTHING,
        employee_pension=NOTHING,
        student_loan=NOTHING,
        deductions=(),
    )

    assert part(printed(a_paper(slip)), "Deductions") == [
        "Income tax | £0.00",
        "National Insurance | £0.00",
        "Total deductions | £0.00",
    ]


def test_expenses_are_kept_apart_from_pay() -> None:
    lines = printed(a_paper())

    assert part(lines, "Expenses paid back, not pay") == [
        "Mileage: 14 miles at £0.45 a mile | £6.30",
        "Total expenses | £6.30",
    ]
    assert not any("Mileage" in line for line in part(lines, "Pay"))


def test_without_expenses_nothing_is_said_of_them() -> None:
    slip = a_payslip(lines=LINES[:-1], expenses=NOTHING)

    assert not any("Expenses" in line for line in printed(a_paper(slip)))


def test_redundancy_pay_stands_with_what_is_not_taxed() -> None:
    redundancy = PayslipLine(PayType.REDUNDANCY, "Redundancy pay", Money(200_000))
    lines = printed(a_paper(a_payslip(lines=(*LINES, redundancy), redundancy_pay=Money(200_000))))

    assert part(lines, "Paid on top, not taxed") == [
        "Mileage: 14 miles at £0.45 a mile | £6.30",
        "Redundancy pay | £2,000.00",
        "Total on top of pay | £2,006.30",
    ]


def test_net_pay_says_how_and_when_it_is_paid() -> None:
    assert "Net pay: £626.59 by bank transfer on Friday 28 August 2026" in printed(a_paper())


def test_net_pay_in_two_ways_says_how_much_goes_each_way() -> None:
    ways = (("bank transfer", Money(60_000)), ("cash", Money(2_659)))

    assert (
        "Net pay: £626.59 £600.00 by bank transfer on Friday 28 August 2026 "
        "£26.59 by cash on Friday 28 August 2026"
    ) in printed(a_paper(how_paid=ways))


def test_a_payday_on_a_bank_holiday_says_when_the_money_comes() -> None:
    assert (
        "Banks are closed on your payday, 31 August 2026, so the money is paid on "
        "28 August 2026. Your tax period stays the same."
    ) in printed(a_paper())


def test_an_ordinary_payday_says_nothing_of_banks() -> None:
    lines = printed(a_paper(a_payslip(paid_on=date(2026, 8, 31))))

    assert not any("Banks are closed" in line or "Money paid on" in line for line in lines)


def test_what_the_employer_pays_is_not_a_deduction() -> None:
    lines = printed(a_paper())

    assert part(lines, "Paid on top, not taken from pay") == [
        "Pension: employer’s contribution | £18.62",
        "Pension: tax relief the provider adds | £6.21",
        "Employer’s National Insurance | £51.10",
    ]
    assert lines.index("Paid on top, not taken from pay") > next(
        number for number, line in enumerate(lines) if line.startswith("Net pay")
    )


def test_tax_given_back_is_called_a_refund() -> None:
    lines = printed(a_paper(a_payslip(tax=Money(-4_120))))

    assert "Income tax: refund, added to pay | −£41.20" in lines


def test_a_payslip_that_takes_another_back_says_so_first_and_calls_nothing_a_refund() -> None:
    slip = a_payslip(tax=Money(-3_540), gross_pay=Money(-75_665), reverses_id=6)
    note = "This payslip takes back the one of 31 August 2026."

    lines = printed(a_paper(slip, note=note))

    assert lines[1] == note
    assert "Income tax | −£35.40" in lines
    assert "Net pay: £626.59 No money is paid with this payslip." in lines
    assert not any("Banks are closed" in line for line in lines)


@pytest.mark.parametrize(
    ("before", "left"),
    [
        ("600.00", "£26.59 more is to be paid."),
        ("626.59", "Nothing more is to be paid."),
        ("630.00", "That was £3.41 too much."),
    ],
)
def test_a_payslip_in_the_place_of_another_says_what_is_left_to_pay(before: str, left: str) -> None:
    lines = printed(a_paper(paid_before=Money.parse(before)))

    assert (
        f"Net pay: £626.59 £{before} was paid with the payslip this one takes the place of. {left}"
    ) in lines
    assert not any("Banks are closed" in line for line in lines)


def test_what_a_p45_said_is_kept_apart_from_this_job() -> None:
    earlier = (("Pay", Money(80_000)), ("Income tax", Money(4_000)))

    lines = printed(a_paper(earlier_job=earlier))

    assert part(lines, "In an earlier job since 6 April 2026") == [
        "Pay | £800.00",
        "Income tax | £40.00",
    ]
    assert not any("earlier job" in line for line in printed(a_paper()))


def test_the_year_so_far_and_holiday_are_shown() -> None:
    lines = printed(a_paper())

    assert part(lines, "In this job since 6 April 2026")[0] == "Gross pay | £4,123.45"
    assert part(lines, "Holiday") == ["Holiday left | 42.5 hours", "Taken this time | 8 hours"]


def test_what_is_not_known_is_left_out() -> None:
    bare = PayslipPaper(slip=a_payslip(), employer_name="Margaret Ellis")

    lines = printed(bare)

    assert not any(line.endswith(" | ") for line in lines)
    assert not any("National Insurance number" in line for line in lines)
    assert "Holiday" not in lines


def test_a_cumulative_code_says_so() -> None:
    assert "Tax basis | cumulative" in printed(a_paper(a_payslip(tax_code="BR")))


def test_monthly_pay_names_the_tax_month() -> None:
    slip = a_payslip(frequency=PayFrequency.MONTHLY, tax_period=5)

    assert "Tax period | month 5 of 2026-27" in printed(a_paper(slip))


def test_an_ordinary_payslip_is_one_page() -> None:
    assert len(ReadBack.of(payslip_pdf(a_paper(), large_print=False)).reader.pages) == 1


def test_both_sizes_of_type_say_the_same() -> None:
    large = ReadBack.of(payslip_pdf(a_paper(), large_print=True))

    assert large.text.splitlines() == printed(a_paper())
