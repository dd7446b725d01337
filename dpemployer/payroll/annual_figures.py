"""The figures of one job over a tax year: to date, by National Insurance letter, and at its end.

They are of this employment alone: what a P45 brought is never among them. A change here changes
what HMRC is told with each payday and what a P60 says, which must always be the same.

Source: HMRC, RTI data item guide, items 41A to 41C, 70 to 73, 79 to 86B, 150, 151 and 194.
"""

from __future__ import annotations

from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING

from dpemployer.i18n import _
from dpemployer.payroll.added_up import (
    Added,
    added,
    opening_parts,
    pension_after_tax,
    pension_before_tax,
    statutory_names,
    statutory_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dpemployer.money import Money
    from dpemployer.payroll.payslip import Payslip
    from dpemployer.payroll.people import OpeningPay


def to_date(slips: Sequence[Payslip], openings: Sequence[OpeningPay]) -> tuple[Added, ...]:
    """Return every figure of a job's tax year to date, each with how it was added up."""

    def of(key: str, label: str, field: str, *, whole: bool = False) -> Added:
        return added(
            key,
            label,
            slips,
            attrgetter(field),
            opening_parts(openings, attrgetter(field)),
            whole_pounds=whole,
        )

    return (
        of("pay_to_date", _("Pay for tax to date"), "taxable_pay"),
        of("tax_to_date", _("Income tax to date"), "tax"),
        of("student_loan_to_date", _("Student loan to date"), "student_loan", whole=True),
        of(
            "postgraduate_loan_to_date",
            _("Postgraduate loan to date"),
            "postgraduate_loan",
            whole=True,
        ),
        added(
            "pension_before_to_date",
            _("Pension taken before tax, to date"),
            slips,
            pension_before_tax,
            opening_parts(openings, _opening_before_tax),
        ),
        added(
            "pension_after_to_date",
            _("Pension taken after tax, to date"),
            slips,
            pension_after_tax,
            opening_parts(openings, lambda one: one.employee_pension - _opening_before_tax(one)),
        ),
        *statutory_to_date(slips),
    )


def _opening_before_tax(opening: OpeningPay) -> Money:
    return opening.pay - opening.taxable_pay


def statutory_to_date(slips: Sequence[Payslip]) -> tuple[Added, ...]:
    """Return what was paid to date of each statutory payment HMRC is told apart."""
    return tuple(
        added(
            f"{key}_to_date",
            _("{payment} to date").format(payment=name),
            slips,
            partial(_statutory, pay_type=key),
        )
        for key, name in statutory_names()
    )


def _statutory(slip: Payslip, *, pay_type: str) -> Money:
    return statutory_of(slip, pay_type)


_LETTER_FIGURES = (
    ("earnings", "earnings_for_ni", False),
    ("at_lel", "at_lel", True),
    ("lel_to_pt", "lel_to_pt", False),
    ("pt_to_uel", "pt_to_uel", False),
    ("employer_ni", "employer_ni", False),
    ("employee_ni", "employee_ni", False),
)
"""What HMRC is told of each letter: the key, the field of a payslip, and whether in pounds."""


def letters_of(slips: Iterable[Payslip]) -> tuple[str, ...]:
    """Return the category letters used in a year, in the order they were first used."""
    return tuple(dict.fromkeys(slip.ni_letter for slip in slips))


def letter_figures(
    letter: str, slips: Sequence[Payslip], openings: Sequence[OpeningPay]
) -> tuple[Added, ...]:
    """Return the figures of one letter to date.

    Figures from before the book say no letter: they count with the first letter used.
    """
    own = [slip for slip in slips if slip.ni_letter == letter]
    first = letters_of(slips)[:1] == (letter,)
    names = _letter_names()
    return tuple(
        added(
            f"{letter}_{key}",
            names[key],
            own,
            attrgetter(field),
            opening_parts(openings if first else (), attrgetter(field)),
            whole_pounds=whole,
        )
        for key, field, whole in _LETTER_FIGURES
    )


def _letter_names() -> dict[str, str]:
    return {
        "earnings": _("Pay for National Insurance to date"),
        "at_lel": _("Earnings at the lower limit to date"),
        "lel_to_pt": _("From the lower limit to the employee’s threshold, to date"),
        "pt_to_uel": _("From that threshold to the upper limit, to date"),
        "employer_ni": _("Your National Insurance to date"),
        "employee_ni": _("Their National Insurance to date"),
    }
