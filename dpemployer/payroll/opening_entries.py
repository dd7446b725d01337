"""What is typed about the time before the book, checked where it is typed.

Each function refuses what cannot be right with a sentence that says what, why, and what to do.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from dpemployer.errors import EntryError
from dpemployer.i18n import _, hours_and_minutes, long_date
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.people import OpeningPay
from dpemployer.periods import TaxYear

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from dpemployer.payroll.household import OpeningHousehold
    from dpemployer.payroll.people import OpeningHoliday, PaidWeek

_MINUTES_IN_A_WEEK = 7 * 24 * 60
_MOST_HOLIDAY = 12 * _MINUTES_IN_A_WEEK
"""Twice the 5.6 weeks of somebody who lives in, and a little over."""
OPENING_AMOUNTS = tuple(field.name for field in fields(OpeningPay) if field.default == NOTHING)
"""The names of every amount that pay to date has."""


def check_beginning(opening: OpeningHousehold, allowance: Money, today: date) -> None:
    """Refuse a beginning of the book that cannot be.

    Args:
        opening: When the book begins, and the Employment Allowance used by then.
        allowance: The allowance of that whole tax year.
        today: The day it is.

    Raises:
        EntryError: If it cannot be right.
    """
    check_source(opening.source)
    refuse_future(opening.as_of, today)
    if opening.allowance_used < NOTHING:
        raise _below_nothing(_("The allowance used"))
    if opening.allowance_used > allowance:
        raise EntryError(
            what=_("An allowance of {used} cannot have been used.").format(
                used=opening.allowance_used
            ),
            why=_("The Employment Allowance of that tax year is {whole}.").format(whole=allowance),
            next_step=_("Type how much of it the payroll so far has used."),
        )


def checked_pay_to_date(opening: OpeningPay, today: date) -> TaxYear:
    """Refuse figures to date that cannot be; return their tax year.

    Raises:
        EntryError: If they cannot be right.
    """
    check_source(opening.source)
    year = _begun_year(opening.tax_year, today)
    if any(getattr(opening, name) < NOTHING for name in OPENING_AMOUNTS):
        raise _below_nothing(_("Something among the figures to date"))
    loans = opening.student_loan + opening.postgraduate_loan
    taken = opening.tax + opening.employee_ni + opening.employee_pension + loans
    bands = opening.at_lel + opening.lel_to_pt + opening.pt_to_uel
    for part, whole, name in (
        (opening.tax, opening.pay, _("tax")),
        (opening.employee_ni, opening.pay, _("National Insurance")),
        (opening.employee_pension, opening.pay, _("pension")),
        (taken, opening.pay, _("sum of everything taken")),
        (opening.previous_tax, opening.previous_pay, _("tax on the P45")),
    ):
        if part > whole:
            raise EntryError(
                what=_("The {name} to date, {part}, is more than the pay, {pay}.").format(
                    name=name, part=part, pay=whole
                ),
                why=_("Nobody pays more than all of their pay."),
                next_step=_("Compare both with the last payslip or the P45."),
            )
    if bands > opening.earnings_for_ni:
        raise EntryError(
            what=_(
                "The earnings between the National Insurance limits, {bands}, are more than all "
                "earnings, {earnings}."
            ).format(bands=bands, earnings=opening.earnings_for_ni),
            why=_("They are parts of the pay that National Insurance is worked out on."),
            next_step=_("Compare them with the last payroll report, or leave them out."),
        )
    if loans.pence % 100:
        raise EntryError(
            what=_("Loan repayments of {loans} cannot be.").format(loans=loans),
            why=_("Student and postgraduate loans are always repaid in whole pounds."),
            next_step=_("Compare them with the last payslip."),
        )
    return year


def _begun_year(label: str, today: date) -> TaxYear:
    try:
        year = TaxYear.parse(label)
    except ValueError:
        year = None
    if year is None or year.first_day > today:
        raise EntryError(
            what=_("“{year}” is not a tax year that has begun.").format(year=label),
            why=_("Pay to date is pay of a tax year, from 6 April on."),
            next_step=_("Write it like 2026-27."),
        )
    return year


def _below_nothing(what: str) -> EntryError:
    return EntryError(
        what=_("{what} is less than nothing.").format(what=what),
        why=_("Figures to date add up from nothing."),
        next_step=_("Type the figure as it stands on the last payslip."),
    )


def check_source(source: str) -> None:
    """Refuse figures nobody said where they come from."""
    if not source.strip():
        raise EntryError(
            what=_("Where the figures come from is missing."),
            why=_("Whoever checks them later needs to know."),
            next_step=_("For example: payslip of 26 June 2026."),
        )


def refuse_future(as_of: date, today: date) -> None:
    """Refuse a day that has not come."""
    if as_of > today:
        raise EntryError(
            what=_("{day} has not come yet.").format(day=long_date(as_of)),
            why=_("Opening figures say how things stood at the end of a day gone by."),
            next_step=_("Choose the last day before this book begins."),
        )


def check_holiday(opening: OpeningHoliday, today: date) -> None:
    """Refuse holiday left that cannot be; less than nothing was taken in advance.

    Raises:
        EntryError: If it cannot be right.
    """
    check_source(opening.source)
    refuse_future(opening.as_of, today)
    if abs(opening.minutes_left) > _MOST_HOLIDAY:
        raise EntryError(
            what=_("{length} of holiday cannot be left.").format(
                length=hours_and_minutes(opening.minutes_left)
            ),
            why=_("Nobody builds up so much, even over two years of living in."),
            next_step=_("Type the hours left, such as 42.5."),
        )


def check_weeks(weeks: Iterable[PaidWeek], today: date) -> None:
    """Refuse weeks paid before the book that cannot be.

    Raises:
        EntryError: If one of them cannot be right.
    """
    endings = set()
    for week in weeks:
        refuse_future(week.week_ending, today)
        if week.minutes < 0 or week.pay < NOTHING:
            raise _below_nothing(_("The week ending {day}").format(day=long_date(week.week_ending)))
        if week.minutes > _MINUTES_IN_A_WEEK:
            raise EntryError(
                what=_("The week ending {day} has {length}.").format(
                    day=long_date(week.week_ending), length=hours_and_minutes(week.minutes)
                ),
                why=_("A week has 168 hours."),
                next_step=_("Type the hours paid for that one week."),
            )
        if week.pay and not week.minutes:
            raise EntryError(
                what=_("The week ending {day} has pay and no hours.").format(
                    day=long_date(week.week_ending)
                ),
                why=_("Holiday is paid at the average of pay and hours together."),
                next_step=_("Type the hours that were paid for, or leave the week out."),
            )
        if week.week_ending in endings:
            raise EntryError(
                what=_("The week ending {day} is there twice.").format(
                    day=long_date(week.week_ending)
                ),
                why=_("Each week counts once in the average."),
                next_step=_("Take one of them out."),
            )
        endings.add(week.week_ending)
