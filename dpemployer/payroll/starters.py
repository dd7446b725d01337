"""Which tax code a starter gets until HMRC says otherwise.

Source: HMRC, *CWG2* and *Starter checklist*; GOV.UK, *Tell HMRC about a new employee*; Income
Tax (PAYE) Regulations 2003, regulations 40 to 51. Nobody but HMRC gives a code its S or C.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dpemployer.i18n import _
from dpemployer.payroll.people import StarterDeclaration
from dpemployer.periods import PayFrequency, TaxYear
from dpemployer.statutory.tax_code import TaxCode

if TYPE_CHECKING:
    from dpemployer.statutory.rates import Rates

_SOURCE = "HMRC, Starter checklist and CWG2"
_LAST_YEARS_P45_UNTIL = (5, 24)


@dataclass(frozen=True, slots=True)
class StarterCode:
    """The code a starter gets, and why."""

    code: str
    counts_p45: bool
    why: str
    source: str = _SOURCE


def starter_code(
    declaration: StarterDeclaration,
    started_on: date,
    rates: Rates,
    *,
    p45_code: str = "",
    p45_left_on: date | None = None,
    frequency: PayFrequency | None = None,
) -> StarterCode:
    """Return the code for a starter.

    Args:
        declaration: The statement on the starter checklist, or a P45.
        started_on: The first day of the employment.
        rates: What is in force on that day.
        p45_code: The code on the P45, with its week 1 or month 1 mark.
        p45_left_on: The leaving day on the P45.
        frequency: How often the person is paid: decides between W1 and M1.
    """
    if declaration is StarterDeclaration.P45 and p45_code and p45_left_on is not None:
        return _from_p45(p45_code, p45_left_on, started_on, rates, frequency)
    emergency = rates["income_tax.emergency_code"].text()
    mark = _mark(frequency)
    match declaration:
        case StarterDeclaration.A:
            why = _("Statement A: this is the first job since 6 April.")
            return StarterCode(emergency, counts_p45=False, why=why)
        case StarterDeclaration.B:
            why = _(
                "Statement B: this is the only job now, but there was another, or a taxed benefit, "
                "since 6 April. Each payday is taxed on its own until HMRC sends a code."
            )
            return StarterCode(f"{emergency} {mark}", counts_p45=False, why=why)
        case StarterDeclaration.C:
            why = _("Statement C: there is another job or a pension, which uses the allowance.")
            return StarterCode("BR", counts_p45=False, why=why)
        case _:
            why = _(
                "Neither the figures of a P45 nor a statement is known, so all pay is taxed, each "
                "payday on its own, until there is one."
            )
            return StarterCode(f"0T {mark}", counts_p45=False, why=why)


def _from_p45(
    p45_code: str,
    left_on: date,
    started_on: date,
    rates: Rates,
    frequency: PayFrequency | None,
) -> StarterCode:
    code = TaxCode.parse(p45_code)
    year = TaxYear.of(started_on)
    if left_on in year:
        if code.week1_month1:
            why = _("The P45 code is on a week 1 or month 1 basis, so its figures do not count.")
            return StarterCode(str(code), counts_p45=False, why=why)
        why = _("The P45 is from this tax year, so its code and its figures are carried on.")
        return StarterCode(str(code), counts_p45=True, why=why)
    month, day = _LAST_YEARS_P45_UNTIL
    if left_on in TaxYear(year.start - 1) and started_on <= date(year.start, month, day):
        why = _(
            "The P45 is from last tax year and the job began by 24 May, so its code is used on a "
            "cumulative basis and its figures are left out."
        )
        return StarterCode(code.text, counts_p45=False, why=why)
    without = starter_code(StarterDeclaration.NONE, started_on, rates, frequency=frequency)
    why = _(
        "A P45 counts in its own tax year, and until 24 May in the next. Ask for a starter "
        "checklist; until there is one, all pay is taxed, each payday on its own."
    )
    return StarterCode(without.code, counts_p45=False, why=why)


def _mark(frequency: PayFrequency | None) -> str:
    """Return the mark for taxing each payday on its own; X does for any frequency."""
    if frequency is None:
        return "X"
    return "M1" if frequency is PayFrequency.MONTHLY else "W1"
