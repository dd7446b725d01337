"""Year to date: always added up, never kept.

A total is the sum of the finals of the tax year, reversals included, and of what the book
began with. Figures of an earlier employment (a P45) are kept apart from it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from dpemployer.money import NOTHING, Money

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dpemployer.payroll.payslip import Payslip
    from dpemployer.payroll.people import OpeningPay


@dataclass(frozen=True, slots=True)
class YearToDate:
    """The sums of one employment in one tax year."""

    gross_pay: Money = NOTHING
    taxable_pay: Money = NOTHING
    tax: Money = NOTHING
    earnings_for_ni: Money = NOTHING
    employee_ni: Money = NOTHING
    employer_ni: Money = NOTHING
    at_lel: Money = NOTHING
    lel_to_pt: Money = NOTHING
    pt_to_uel: Money = NOTHING
    student_loan: Money = NOTHING
    postgraduate_loan: Money = NOTHING
    employee_pension: Money = NOTHING
    employer_pension: Money = NOTHING
    net_pay: Money = NOTHING
    """Of payslips in this book only: opening figures do not say it."""
    previous_pay: Money = NOTHING
    """On a P45: of an earlier employment this tax year."""
    previous_tax: Money = NOTHING

    def __add__(self, other: YearToDate) -> YearToDate:
        return YearToDate(
            **{
                field.name: getattr(self, field.name) + getattr(other, field.name)
                for field in fields(YearToDate)
            }
        )


ADDED_UP = tuple(
    field.name for field in fields(YearToDate) if not field.name.startswith("previous")
)
"""The figures of a payslip that a year to date adds up, under the same names."""


def of_payslip(payslip: Payslip) -> YearToDate:
    """Return what one payslip adds to the year."""
    return YearToDate(**{name: getattr(payslip, name) for name in ADDED_UP})


def of_opening(openings: Iterable[OpeningPay]) -> YearToDate:
    """Return what the book began a tax year with, for one employment."""
    total = YearToDate()
    for opening in openings:
        total += YearToDate(
            gross_pay=opening.pay,
            taxable_pay=opening.taxable_pay,
            tax=opening.tax,
            earnings_for_ni=opening.earnings_for_ni,
            employee_ni=opening.employee_ni,
            employer_ni=opening.employer_ni,
            at_lel=opening.at_lel,
            lel_to_pt=opening.lel_to_pt,
            pt_to_uel=opening.pt_to_uel,
            student_loan=opening.student_loan,
            postgraduate_loan=opening.postgraduate_loan,
            employee_pension=opening.employee_pension,
            employer_pension=opening.employer_pension,
            previous_pay=opening.previous_pay,
            previous_tax=opening.previous_tax,
        )
    return total
