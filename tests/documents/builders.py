"""Invented payslips to print."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from dpemployer.documents.payslip import PayslipPaper
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.payslip import Payslip, PayslipLine
from dpemployer.payroll.people import PayType, Per
from dpemployer.periods import PayFrequency

LINES = (
    PayslipLine(PayType.BASIC, "Daytime", Money(41_265), minutes=1_890, rate=Money(1_310)),
    PayslipLine(PayType.WAKING_NIGHT, "Waking night", Money(11_920), 480, rate=Money(1_490)),
    PayslipLine(
        PayType.SLEEP_IN, "Sleep-in", Money(12_000), 1_080, 2, Money(6_000), Per.NIGHT
    ),
    PayslipLine(PayType.HOLIDAY, "Holiday pay", Money(10_480), minutes=480, rate=Money(1_310)),
    PayslipLine(PayType.EXPENSES, "Mileage", Money(630), quantity=14, rate=Money(45), per=Per.MILE),
)


def a_payslip(**changes: Any) -> Payslip:
    """Return a four-weekly payslip on which every line of the paper has something to say."""
    gross = Money(75_665)
    deductions = (("Council tax attachment order", Money(2_500)),)
    taken = Money(3_540 + 4_213 + 2_483 + 900 + 2_500)
    slip = Payslip(
        id=7,
        pay_run_id=3,
        employment_id=2,
        name="Amina Khan",
        pay_date=date(2026, 8, 31),
        paid_on=date(2026, 8, 28),
        first_day=date(2026, 8, 3),
        last_day=date(2026, 8, 30),
        tax_year="2026-27",
        tax_period=21,
        frequency=PayFrequency.FOUR_WEEKLY,
        tax_code="S1257L W1",
        ni_letter="A",
        gross_pay=gross,
        taxable_pay=gross,
        earnings_for_ni=gross,
        tax=Money(3_540),
        employee_ni=Money(4_213),
        employer_ni=Money(5_110),
        at_lel=Money(50_000),
        lel_to_pt=Money(46_800),
        pt_to_uel=Money(21_123),
        student_loan=Money(900),
        postgraduate_loan=NOTHING,
        employee_pension=Money(2_483),
        employer_pension=Money(1_862),
        pension_relief=Money(621),
        expenses=Money(630),
        other_deductions=Money(2_500),
        net_pay=gross - taken + Money(630),
        minutes=2_850,
        worked_minutes=3_450,
        holiday_minutes_earned=300,
        holiday_minutes_taken=480,
        rates_used="uk-2026-27",
        lines=LINES,
        deductions=deductions,
        workings=(),
        inputs="{}",
    )
    return replace(slip, **changes)


def a_paper(slip: Payslip | None = None, **changes: Any) -> PayslipPaper:
    """Return a payslip with everything that is printed beside its figures."""
    slip = slip or a_payslip()
    paper = PayslipPaper(
        slip=slip,
        employer_name="Margaret Ellis",
        employer_address="14 Larch Close\nHexley\nHX4 7QQ",
        paye_reference="123/AB45678",
        address="Flat 2, 9 Mill Street\nHexley\nHX1 2AB",
        nino="AB 12 34 56 C",
        payroll_id="PA-002",
        how_paid=(("bank transfer", slip.net_pay),),
        to_date=(
            ("Gross pay", Money(412_345)),
            ("Income tax", Money(20_180)),
            ("National Insurance", Money(21_460)),
            ("Pension: your contribution", Money(13_410)),
            ("Student loan repayments", Money(3_600)),
        ),
        holiday=(("Holiday left", "42.5 hours"), ("Taken this time", "8 hours")),
    )
    return replace(paper, **changes)
