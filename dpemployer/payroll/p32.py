"""The employer payment record (P32): each tax month and quarter in HMRC's columns, explained.

Source: HMRC, *P32 employer payment record*; National Insurance Contributions Act 2014, sections 1
to 4; GOV.UK, *Pay employers' PAYE*.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from dpemployer.i18n import N_, _
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.added_up import Added, added, together
from dpemployer.workings import EXACT, Rule, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dpemployer.payroll.employer_payment import EmployerPayment
    from dpemployer.payroll.payslip import Payslip

_FIELDS = (
    ("income_tax", N_("Income tax"), "tax"),
    ("student_loans", N_("Student loans"), "student_loan"),
    ("postgraduate_loans", N_("Postgraduate loans"), "postgraduate_loan"),
    ("employee_ni", N_("Employees’ National Insurance"), "employee_ni"),
    ("employer_ni", N_("Employer’s National Insurance"), "employer_ni"),
)
_SOURCE = "HMRC, P32 employer payment record"

COLUMNS = (
    "income_tax",
    "student_loans",
    "postgraduate_loans",
    "net_income_tax",
    "employee_ni",
    "employer_ni",
    "gross_ni",
    "allowance",
    "recovered",
    "compensation",
    "deductions",
    "net_ni",
    "from_before",
    "due",
)
"""The columns of the record, in HMRC's order, with what came from before the book."""


def p32_of_month(
    slips: Sequence[Payslip], payment: EmployerPayment, from_before: Money = NOTHING
) -> tuple[Added, ...]:
    """Return every column of one tax month.

    Args:
        slips: The payslips of the month, those that take others back included.
        payment: What the month came to.
        from_before: What was still owed for it when the book began.
    """
    taken = {key: added(key, _(label), slips, attrgetter(field)) for key, label, field in _FIELDS}
    steps = payment.workings
    net_tax = _sum("net_income_tax", _("Tax and loans"), taken, _FIELDS[:3])
    gross_ni = _sum("gross_ni", _("National Insurance before deductions"), taken, _FIELDS[3:])
    allowance = _one("allowance", _("Employment Allowance"), payment.allowance_used, steps)
    recovered = _one("recovered", _("Parental pay got back"), payment.statutory_recovered, steps)
    extra = _one("compensation", _("Compensation on it"), payment.ni_compensation, steps)
    deductions = together("deductions", _("Deductions"), (allowance, recovered, extra))
    net_ni = Added(
        "net_ni",
        _("National Insurance after deductions"),
        gross_ni.amount - deductions.amount,
        (
            *gross_ni.steps,
            *deductions.steps,
            Step(
                _LESS,
                (gross_ni.amount, deductions.amount),
                gross_ni.amount - deductions.amount,
            ),
        ),
    )
    before = Added(
        "from_before",
        _("Still owed from before this book"),
        from_before,
        (Step(_FROM_BEFORE, (), from_before),) if from_before else (),
    )
    due = Added(
        "due",
        _("To pay HMRC"),
        payment.due + from_before,
        (*payment.workings, *before.steps),
    )
    return (
        *(taken[key] for key, _label, _field in _FIELDS[:3]),
        net_tax,
        taken["employee_ni"],
        taken["employer_ni"],
        gross_ni,
        allowance,
        recovered,
        extra,
        deductions,
        net_ni,
        before,
        due,
    )


def p32_together(periods: Sequence[tuple[str, tuple[Added, ...]]]) -> tuple[Added, ...]:
    """Return every column of several months together: a quarter, or the year.

    Args:
        periods: Each month's name and its columns.
    """
    columns = zip(*(columns for _name, columns in periods), strict=True)
    return tuple(_across([name for name, _columns in periods], column) for column in columns)


def _across(names: Sequence[str], column: Sequence[Added]) -> Added:
    parts = tuple(zip(names, (one.amount for one in column), strict=True))
    total = Money.total(one.amount for one in column)
    steps = tuple(step for one in column if one.amount for step in one.steps)
    first = column[0]
    if len(column) == 1:
        return first
    return Added(
        first.key, first.label, total, (*steps, Step(_MONTHS, (first.label, parts), total))
    )


def _sum(
    key: str, label: str, taken: dict[str, Added], fields: Sequence[tuple[str, str, str]]
) -> Added:
    return together(key, label, [taken[name] for name, _label, _field in fields])


_STEP_OF = {
    "allowance": "p32.allowance",
    "recovered": "p32.recovered",
    "compensation": "p32.recovered",
}


def _one(key: str, label: str, amount: Money, steps: Sequence[Step]) -> Added:
    """Return a column that is worked out, with every step of its rule: one for each payment."""
    return Added(key, label, amount, tuple(step for step in steps if step.rule.id == _STEP_OF[key]))


_LESS = Rule(
    "p32.net_ni",
    N_("Deductions taken off"),
    N_("{gross} of National Insurance, less deductions of {deductions}, is {result}."),
    ("gross", "deductions"),
    _SOURCE,
    rounding=EXACT,
)
_FROM_BEFORE = Rule(
    "p32.from_before",
    N_("From before this book"),
    N_("{result} was still owed for this month when the book began, as you entered it then."),
    (),
    "The opening figures of this book",
    rounding=EXACT,
)
_MONTHS = Rule(
    "p32.months",
    N_("The months together"),
    N_("{figure}: {months}. Together that is {result}."),
    ("figure", "months"),
    _SOURCE,
    rounding=EXACT,
)
