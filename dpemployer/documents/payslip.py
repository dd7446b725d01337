"""Payslips: what the law has them say, and what somebody needs to check one.

What a payslip has to say is in the Employment Rights Act 1996, sections 8 and 9: gross pay,
every deduction and what it is for, net pay, how each part of it is paid, and the hours
wherever pay depends on them. The rest is what somebody needs to check it, or to show it to a
landlord or a benefit office.
"""

from __future__ import annotations

from dataclasses import dataclass

from dpemployer.documents.layout import Block, Paper
from dpemployer.documents.pdf import About
from dpemployer.documents.tables import Column, Row
from dpemployer.documents.words import counted, hours, period, rate
from dpemployer.i18n import _, long_date, weekday_name
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.payslip import Payslip, PayslipLine
from dpemployer.payroll.people import NOT_PAY, Per
from dpemployer.periods import PayFrequency
from dpemployer.statutory.pensions import WorkerCategory
from dpemployer.statutory.tax_code import TaxCode


@dataclass(frozen=True, slots=True)
class PayslipPaper:
    """A payslip as it was stored, and what the paper says beside its figures.

    Everything here was fixed when the payslip was issued; nothing is worked out again.
    """

    slip: Payslip
    employer_name: str
    employer_address: str = ""
    paye_reference: str = ""
    address: str = ""
    nino: str = ""
    payroll_id: str = ""
    how_paid: tuple[tuple[str, Money], ...] = ()
    """Each way net pay reaches the person, and how much of it goes that way."""
    to_date: tuple[tuple[str, Money], ...] = ()
    """Totals in this employment since 6 April, each with its name."""
    earlier_job: tuple[tuple[str, Money], ...] = ()
    """What a P45 said of an employment before this one in the same tax year."""
    pension_given_back: Money = NOTHING
    """Contributions of earlier paydays that an opt-out gives back with this one."""
    paid_before: Money | None = None
    """What the payslip paid that this one takes the place of."""
    holiday: tuple[tuple[str, str], ...] = ()
    """What is known about holiday, such as hours left; empty when it is not shown."""
    note: str = ""
    """Anything that must be said first: that this payslip takes back another one."""


def payslip_pdf(paper: PayslipPaper, *, large_print: bool, tagged: bool = True) -> bytes:
    """Print a payslip.

    Args:
        paper: What it says.
        large_print: In type of 16 points and more.
        tagged: False only to measure what tagging costs.
    """
    slip = paper.slip
    heading = _("Payslip for {name}, {day}").format(name=slip.name, day=long_date(slip.pay_date))
    sheet = Paper(
        About(title=heading, author=paper.employer_name, dated=slip.pay_date),
        large_print=large_print,
        foot=heading,
        tagged=tagged,
    )
    sheet.title(_("Payslip"))
    if paper.note:
        sheet.notice(paper.note)
    sheet.beside([_about_the_person(paper)], [_about_the_work(paper)])
    _write_pay(sheet, slip)
    sheet.beside([_deductions(paper)], [_expenses(slip)])
    _write_net_pay(sheet, paper)
    holiday = Block(_("Holiday"), [Row(fact) for fact in paper.holiday], figures=True)
    sheet.beside([_employer_costs(slip), holiday], [_to_date(paper), _earlier_job(paper)])
    return sheet.finish()


def _about_the_work(paper: PayslipPaper) -> Block:
    slip = paper.slip
    facts = [
        (_("Employer"), paper.employer_name),
        (_("Employer’s address"), paper.employer_address),
        (_("Employer PAYE reference"), paper.paye_reference),
        (
            _("Pay period"),
            period(slip.first_day, slip.last_day),
        ),
        (_("Payday"), long_date(slip.pay_date)),
        (_("Tax period"), _tax_period(slip)),
    ]
    if slip.paid_on != slip.pay_date:
        facts.append((_("Money paid on"), long_date(slip.paid_on)))
    return _block(facts)


def _about_the_person(paper: PayslipPaper) -> Block:
    slip = paper.slip
    return _block(
        [
            (_("Name"), slip.name),
            (_("Address"), paper.address),
            (_("Payroll number"), paper.payroll_id),
            (_("National Insurance number"), paper.nino),
            (_("Tax code"), slip.tax_code),
            (_("Tax basis"), _tax_basis(slip.tax_code)),
            (_("National Insurance letter"), slip.ni_letter),
            (_("Pension, by age and pay"), _assessment(slip)),
        ]
    )


def _assessment(slip: Payslip) -> str:
    """Say what automatic enrolment made of the person on the payday."""
    match slip.pension_category:
        case WorkerCategory.ELIGIBLE_JOBHOLDER:
            return _("to be enrolled")
        case WorkerCategory.NON_ELIGIBLE_JOBHOLDER:
            return _("may ask to be enrolled")
        case WorkerCategory.ENTITLED_WORKER:
            return _("may ask to join")
        case _:
            return ""


def _block(facts: list[tuple[str, str]]) -> Block:
    """Return what is known; what is not is left out, not shown empty."""
    return Block("", [Row(fact) for fact in facts if fact[1]])


def _tax_basis(code: str) -> str:
    if TaxCode.parse(code).week1_month1:
        return _("week 1/month 1")
    return _("cumulative")


def _tax_period(slip: Payslip) -> str:
    words = (
        _("month {number} of {year}")
        if slip.frequency is PayFrequency.MONTHLY
        else _("week {number} of {year}")
    )
    return words.format(number=slip.tax_period, year=slip.tax_year)


def _is_pay(line: PayslipLine) -> bool:
    return line.pay_type not in NOT_PAY


def _line_row(line: PayslipLine) -> Row:
    if line.per is Per.HOUR:
        how_much = hours(line.minutes) if line.minutes else ""
    else:
        how_much = counted(line.quantity, line.per) if line.quantity else ""
    each = rate(line.rate, line.per) if line.rate else ""
    return Row((line.label, how_much, each, str(line.amount)))


def _write_pay(sheet: Paper, slip: Payslip) -> None:
    rows = [_line_row(line) for line in slip.lines if _is_pay(line)]
    total_hours = hours(slip.minutes) if slip.minutes else ""
    sheet.heading(_("Pay"))
    sheet.table(
        (
            Column(_("Pay for")),
            Column(_("How much"), figures=True),
            Column(_("Rate"), figures=True),
            Column(_("Amount"), figures=True),
        ),
        [*rows, Row((_("Gross pay"), total_hours, "", str(slip.gross_pay)), strong=True)],
    )


def _deductions(paper: PayslipPaper) -> Block:
    slip, back = paper.slip, paper.pension_given_back
    # On a reversal every sign is turned, and tax given back is not a refund of tax.
    refund = slip.tax < NOTHING and slip.reverses_id is None
    always = [
        (_("Income tax: refund, added to pay") if refund else _("Income tax"), slip.tax),
        (_("National Insurance"), slip.employee_ni),
    ]
    sometimes = [
        (_("Pension: your contribution"), slip.employee_pension + back),
        (_("Pension: given back, added to pay"), -back),
        (_("Student loan repayment"), slip.student_loan),
        (_("Postgraduate loan repayment"), slip.postgraduate_loan),
        *slip.deductions,
    ]
    taken = always + [deduction for deduction in sometimes if deduction[1]]
    total = Money.total(amount for _label, amount in taken)
    rows = [Row((label, str(amount))) for label, amount in taken]
    return Block(
        _("Deductions"),
        [*rows, Row((_("Total deductions"), str(total)), strong=True)],
        figures=True,
    )


def _expenses(slip: Payslip) -> Block:
    rows = []
    for line in slip.lines:
        if not _is_pay(line):
            label, how_much, each, amount = _line_row(line).cells
            if how_much and each:
                label = _("{label}: {how_much} at {rate}").format(
                    label=label, how_much=how_much, rate=each
                )
            rows.append(Row((label, amount)))
    if slip.redundancy_pay:
        total = str(slip.expenses + slip.redundancy_pay)
        rows.append(Row((_("Total on top of pay"), total), strong=True))
        return Block(_("Paid on top, not taxed"), rows, figures=True)
    if rows:
        rows.append(Row((_("Total expenses"), str(slip.expenses)), strong=True))
    return Block(_("Expenses paid back, not pay"), rows, figures=True)


def _write_net_pay(sheet: Paper, paper: PayslipPaper) -> None:
    slip = paper.slip
    sheet.notice("\n".join([_("Net pay: {amount}").format(amount=slip.net_pay), *_ways(paper)]))
    if slip.paid_on != slip.pay_date and _is_paid(paper):
        sheet.paragraph(
            _(
                "Banks are closed on your payday, {payday}, so the money is paid on {day}. "
                "Your tax period stays the same."
            ).format(payday=long_date(slip.pay_date), day=long_date(slip.paid_on))
        )


def _is_paid(paper: PayslipPaper) -> bool:
    """Whether the net pay is paid on the payday, and is not what a correction makes of it."""
    return paper.slip.reverses_id is None and paper.paid_before is None


def _ways(paper: PayslipPaper) -> list[str]:
    """Say how net pay reaches the person, and when."""
    slip = paper.slip
    if not _is_paid(paper):
        return _what_is_left(slip.net_pay, paper.paid_before)
    day = _("{weekday} {day}").format(
        weekday=weekday_name(slip.paid_on), day=long_date(slip.paid_on)
    )
    if not paper.how_paid:
        return [_("paid on {day}").format(day=day)]
    if len(paper.how_paid) == 1:
        return [
            _("by {method} on {day}").format(method=_mid_sentence(paper.how_paid[0][0]), day=day)
        ]
    return [
        _("{amount} by {method} on {day}").format(
            amount=amount, method=_mid_sentence(method), day=day
        )
        for method, amount in paper.how_paid
    ]


def _what_is_left(net_pay: Money, paid_before: Money | None) -> list[str]:
    """Say what a payslip that puts another right still pays."""
    if paid_before is None:
        return [_("No money is paid with this payslip.")]
    rest = net_pay - paid_before
    before = _("{amount} was paid with the payslip this one takes the place of.")
    if rest > NOTHING:
        left = _("{amount} more is to be paid.").format(amount=rest)
    elif rest:
        left = _("That was {amount} too much.").format(amount=-rest)
    else:
        left = _("Nothing more is to be paid.")
    return [before.format(amount=paid_before), left]


def _mid_sentence(words: str) -> str:
    """Begin with a small letter, except for an abbreviation."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _employer_costs(slip: Payslip) -> Block:
    costs = [
        (_("Pension: employer’s contribution"), slip.employer_pension),
        (_("Pension: tax relief the provider adds"), slip.pension_relief),
        (_("Employer’s National Insurance"), slip.employer_ni),
    ]
    return Block(
        _("Paid on top, not taken from pay"),
        [Row((label, str(amount))) for label, amount in costs if amount],
        figures=True,
    )


def _earlier_job(paper: PayslipPaper) -> Block:
    return Block(
        _("In an earlier job since 6 April {year}").format(year=paper.slip.tax_year[:4]),
        [Row((label, str(amount))) for label, amount in paper.earlier_job],
        figures=True,
    )


def _to_date(paper: PayslipPaper) -> Block:
    return Block(
        _("In this job since 6 April {year}").format(year=paper.slip.tax_year[:4]),
        [Row((label, str(amount))) for label, amount in paper.to_date],
        figures=True,
    )
