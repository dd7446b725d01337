"""The deductions record of one job in one tax year: what was paid and taken on each payday.

The law calls it a deductions working sheet; HMRC's paper form for it is the RT11, which is kept
and never sent. A quarter of it is what an employer exempt from filing online copies on to the
quarterly form.

Source: Income Tax (Pay As You Earn) Regulations 2003, regulation 66; HMRC, RT7 guidance.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING

from dpemployer.i18n import N_, _, long_date
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.added_up import Added, added, opening_parts
from dpemployer.workings import EXACT, Rule, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dpemployer.payroll.payslip import Payslip
    from dpemployer.payroll.people import OpeningPay
    from dpemployer.workings import Amounts


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One payday on the record."""

    day: date
    period: int
    """The tax week or month."""
    code: str
    pay: Money
    pay_to_date: Money
    tax: Money
    tax_to_date: Money
    letter: str
    at_lel: Money
    lel_to_pt: Money
    pt_to_uel: Money
    employee_ni: Money
    employer_ni: Money
    student_loan: Money
    postgraduate_loan: Money
    taken_back: bool
    """It takes an earlier line back, and every figure on it is turned."""
    steps: tuple[Step, ...] = field(default=(), repr=False)
    """Where its figures come from, and how those to date were added up."""


def record_lines(
    slips: Sequence[Payslip], openings: Iterable[OpeningPay] = ()
) -> tuple[RecordLine, ...]:
    """Return the lines of a year in order, with running totals that include what came before."""
    held = tuple(openings)
    before_pay = opening_parts(held, attrgetter("taxable_pay"))
    before_tax = opening_parts(held, attrgetter("tax"))
    pay = Money.total(opening.taxable_pay for opening in held)
    tax = Money.total(opening.tax for opening in held)
    lines = []
    for place, slip in enumerate(slips, start=1):
        pay += slip.taxable_pay
        tax += slip.tax
        so_far = slips[:place]
        lines.append(
            RecordLine(
                day=slip.pay_date,
                period=slip.tax_period,
                code=slip.tax_code,
                pay=slip.taxable_pay,
                pay_to_date=pay,
                tax=slip.tax,
                tax_to_date=tax,
                letter=slip.ni_letter,
                at_lel=slip.at_lel,
                lel_to_pt=slip.lel_to_pt,
                pt_to_uel=slip.pt_to_uel,
                employee_ni=slip.employee_ni,
                employer_ni=slip.employer_ni,
                student_loan=slip.student_loan,
                postgraduate_loan=slip.postgraduate_loan,
                taken_back=slip.reverses_id is not None,
                steps=(
                    Step(_FROM_PAYSLIP, (slip.pay_date, _of_payslip(slip)), slip.taxable_pay),
                    *added(
                        "pay", _("Pay to date"), so_far, attrgetter("taxable_pay"), before_pay
                    ).steps,
                    *added("tax", _("Tax to date"), so_far, attrgetter("tax"), before_tax).steps,
                ),
            )
        )
    return tuple(lines)


def record_totals(
    slips: Sequence[Payslip], openings: Sequence[OpeningPay] = ()
) -> tuple[Added, ...]:
    """Return the totals of a year, or of the payslips given, each with its working."""
    names = (
        ("taxable_pay", _("Pay for tax"), False),
        ("tax", _("Income tax"), False),
        ("earnings_for_ni", _("Pay for National Insurance"), False),
        ("at_lel", _("Earnings at the lower limit"), True),
        ("lel_to_pt", _("From the lower limit to the employee’s threshold"), False),
        ("pt_to_uel", _("From that threshold to the upper limit"), False),
        ("employee_ni", _("Their National Insurance"), False),
        ("employer_ni", _("Your National Insurance"), False),
        ("student_loan", _("Student loan"), True),
        ("postgraduate_loan", _("Postgraduate loan"), True),
    )
    return tuple(
        added(
            key,
            label,
            slips,
            attrgetter(key),
            opening_parts(openings, attrgetter(key)),
            whole_pounds=whole,
        )
        for key, label, whole in names
    )


def cells_of(line: RecordLine) -> tuple[str, ...]:
    """Write one line as the cells of a table, in the order of `headings`."""
    return (
        _("{day}, taken back").format(day=long_date(line.day))
        if line.taken_back
        else long_date(line.day),
        str(line.period),
        line.code,
        str(line.pay),
        str(line.pay_to_date),
        str(line.tax),
        str(line.tax_to_date),
        line.letter,
        _pounds(line.at_lel),
        str(line.lel_to_pt),
        str(line.pt_to_uel),
        str(line.employee_ni),
        str(line.employer_ni),
        _pounds(line.student_loan + line.postgraduate_loan),
    )


def headings() -> tuple[str, ...]:
    """Return what stands over each column."""
    return (
        _("Payday"),
        _("Week or month"),
        _("Code"),
        _("Pay"),
        _("Pay to date"),
        _("Tax"),
        _("Tax to date"),
        _("Letter"),
        _("At lower limit"),
        _("To threshold"),
        _("To upper limit"),
        _("Their NI"),
        _("Your NI"),
        _("Loans"),
    )


def _pounds(amount: Money) -> str:
    return str(amount).removesuffix(".00") if amount else str(NOTHING).removesuffix(".00")


def _of_payslip(slip: Payslip) -> Amounts:
    return (
        (N_("of income tax"), slip.tax),
        (N_("of their National Insurance"), slip.employee_ni),
        (N_("of yours"), slip.employer_ni),
        (N_("of loans"), slip.student_loan + slip.postgraduate_loan),
    )


_FROM_PAYSLIP = Rule(
    "record.from_payslip",
    N_("From the payslip"),
    N_("The payslip of {pay_date} has {result} of pay for tax, and {amounts}. It says how."),
    ("pay_date", "amounts"),
    "Income Tax (Pay As You Earn) Regulations 2003, regulation 66 (deductions working sheet)",
    rounding=EXACT,
)
