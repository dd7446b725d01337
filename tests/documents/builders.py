"""Invented papers to print."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from dpemployer.documents.letter import LetterPaper
from dpemployer.documents.monitoring_return import (
    AuditChange,
    AuditEntry,
    AuditEvidence,
    AuditPaper,
    ReturnLine,
    ReturnPaper,
    ReturnSection,
    Signature,
)
from dpemployer.documents.payslip import PayslipPaper
from dpemployer.documents.timesheet import TimesheetPaper
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.payslip import Payslip, PayslipLine
from dpemployer.payroll.people import PayType, Per
from dpemployer.payroll.timesheet import Shift
from dpemployer.periods import PayFrequency

LINES = (
    PayslipLine(PayType.BASIC, "Daytime", Money(41_265), minutes=1_890, rate=Money(1_310)),
    PayslipLine(PayType.WAKING_NIGHT, "Waking night", Money(11_920), 480, rate=Money(1_490)),
    PayslipLine(PayType.SLEEP_IN, "Sleep-in", Money(12_000), 1_080, 2, Money(6_000), Per.NIGHT),
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
        redundancy_pay=Money(0),
        other_deductions=Money(2_500),
        net_pay=gross - taken + Money(630),
        minutes=2_850,
        worked_minutes=3_450,
        accruing_minutes=0,
        absence_minutes=0,
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


STAFF_COLUMNS = (
    "Initials",
    "Pay periods",
    "Hours worked",
    "Holiday hours",
    "Sick hours",
    "Hourly rate",
    "Gross pay",
    "Tax and NI",
    "Pension",
    "Net pay",
    "Paid from account",
    "Employer NI",
    "Employer pension",
)


def _cells(row: str) -> tuple[str, ...]:
    return tuple(row.split("|"))


def a_return(**changes: Any) -> ReturnPaper:
    """Return a quarterly return with every kind of part a form can have."""
    paper = ReturnPaper(
        title="Quarterly return",
        first_day=date(2026, 7, 1),
        last_day=date(2026, 9, 30),
        prepared_by="Margaret Ellis",
        header=(
            ("Name of the person the payment is for", "Margaret Ellis"),
            ("Social care reference number", "DP-44871"),
            ("Telephone or email", "01632 960 983"),
        ),
        sections=(
            ReturnSection(
                "Money in",
                (
                    ReturnLine("Direct payment from the council", "£5,544.00"),
                    ReturnLine("My assessed contribution", "£423.15"),
                    ReturnLine("Total money in", "£5,967.15", strong=True),
                ),
            ),
            ReturnSection(
                "Does it agree with the bank?",
                (
                    ReturnLine("Balance on the statement on the last day", "£3,222.63"),
                    ReturnLine(
                        "Take away: payments made but not yet on the statement",
                        "£131.25",
                        (("Hexley Care, cheque 000412, 28/09/2026", "£131.25"),),
                    ),
                    ReturnLine("Difference (must be nil)", "£0.00", strong=True),
                ),
            ),
            ReturnSection(
                "People I employ",
                columns=STAFF_COLUMNS,
                rows=(
                    _cells(
                        "A.K.|3|142.5|24||13.10|2,260.00|181.20|68.00|2,010.80|2,010.80|96.40|51"
                    ),
                    _cells("R.O.|13|260|0||12.71|3,304.60|302.10||3,002.50|3,022.50|210.30|"),
                ),
                totals=_cells("All||402.5|24|||5,564.60|483.30|68.00|5,013.30|5,033.30|306.70|51"),
            ),
            ReturnSection("Services I buy", columns=("Provider", "Amount")),
            ReturnSection(
                "Explanations",
                paragraphs=(
                    "A receipt for gloves, £12.40 on 3 August 2026, was lost in the post.",
                ),
            ),
        ),
        statements=(
            "The figures are complete and agree with the statements I have sent.",
            "The money was spent on what the support plan names, except where I have said so.",
        ),
        signatures=(
            Signature("Person receiving the direct payment", "Margaret Ellis"),
            Signature("Nominated, authorised or suitable person"),
        ),
        draft=True,
        dated=date(2026, 9, 30),
        confidence="No council’s own form was seen for this one. Check with your funder.",
        template="generic-quarterly, 2026.11",
        program="DP Employer 0.1.0",
    )
    return replace(paper, **changes)


def an_audit(entries: int = 120, **changes: Any) -> AuditPaper:
    """Return an audit statement with as many entries as asked for."""
    paper = AuditPaper(
        title="Audit statement",
        first_day=date(2026, 7, 1),
        last_day=date(2026, 9, 30),
        prepared_by="Margaret Ellis",
        header=(("Person", "Margaret Ellis"), ("Account", "Hexley Building Society, ending 4471")),
        totals=(
            ReturnLine("Balance brought forward", "£2,319.83"),
            ReturnLine("Money in", "£4,140.00"),
            ReturnLine("Money out", "£3,247.60"),
            ReturnLine("Balance at the end", "£3,212.23", strong=True),
        ),
        agreement=(
            ReturnLine("Statement on the last day", "£3,222.63"),
            ReturnLine("Less payments not yet on it", "£131.25"),
            ReturnLine("Plus receipts not yet on it", "£104.00"),
            ReturnLine("Plus cash in the tin", "£16.85"),
            ReturnLine("Comes to", "£3,212.23", strong=True),
        ),
        entries=tuple(
            AuditEntry(
                date(2026, 7, 1) + timedelta(days=number % 92),
                f"Payee number {number} of Hexley",
                "Agency care" if number % 3 else "Wages (take-home pay)",
                Money(-1_000 - number) if number % 5 else Money(50_000),
                (number, number + 1) if number % 7 else (),
                "" if number % 7 else "The receipt was lost.",
            )
            for number in range(1, entries + 1)
        ),
        evidence=tuple(
            AuditEvidence(
                number, "receipt", f"Receipt {number}", date(2026, 8, 1), f"{number:064x}"
            )
            for number in range(1, 8)
        ),
        commitments=(ReturnLine("Wages earned and not yet paid: A.K.", "£412.65"),),
        changes=(AuditChange("1 July 2026, 10:02", "Margaret", "Kept a bank statement"),),
        hashes=(("Fingerprint of the return’s figures (SHA-256)", "ab" * 32),),
        draft=False,
        dated=date(2026, 10, 4),
        missing=("£12.40 to Boots on 3 August 2026 has no receipt.",),
        program="DP Employer 0.1.0",
    )
    return replace(paper, **changes)


def a_timesheet(**changes: Any) -> TimesheetPaper:
    """Return a timesheet with a night, leave and mileage on it."""
    paper = TimesheetPaper(
        name="Amina Khan",
        employer_name="Margaret Ellis",
        first_day=date(2026, 8, 3),
        last_day=date(2026, 8, 9),
        shifts=(
            Shift(1, 1, date(2026, 8, 3), PayType.BASIC, "Daytime", 450, time(9), time(17), 30),
            Shift(
                2,
                1,
                date(2026, 8, 4),
                PayType.SLEEP_IN,
                "Sleep-in",
                540,
                time(22),
                time(7),
                awake_minutes=40,
                quantity=1,
            ),
            Shift(3, 1, date(2026, 8, 5), PayType.HOLIDAY, "Holiday", 240),
            Shift(4, 1, date(2026, 8, 6), PayType.EXPENSES, "Mileage", quantity=14, note="Clinic"),
        ),
        totals=(("Daytime", "7.5 hours"), ("Sleep-in", "1 night"), ("Holiday", "4 hours")),
    )
    return replace(paper, **changes)


def a_letter(**changes: Any) -> LetterPaper:
    """Return the sheet of what HMRC is owed for a month."""
    paper = LetterPaper(
        heading="What is owed to HMRC for 6 July to 5 August 2026",
        sender="Margaret Ellis\n14 Larch Close\nHexley",
        to="",
        dated=date(2026, 8, 6),
        facts=(("Accounts Office reference", "123PA00012345"), ("Due", "21 August 2026")),
        paragraphs=("Pay this by bank transfer, with the reference above.",),
        columns=("What", "Amount"),
        rows=(("Income tax", "£35.40"), ("National Insurance", "£93.23")),
        totals=("To pay", "£128.63"),
        closing=("The Employment Allowance has been taken off.",),
    )
    return replace(paper, **changes)
