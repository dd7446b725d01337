"""Which tax code is used: that of a starter until HMRC says otherwise, and then HMRC's.

Source: HMRC, *CWG2* and *Starter checklist*; GOV.UK, *Tell HMRC about a new employee*; Income
Tax (PAYE) Regulations 2003, regulations 40 to 51. Nobody but HMRC gives a code its S or C.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dpemployer.i18n import _
from dpemployer.payroll.people import CodeFrom, StarterDeclaration
from dpemployer.periods import PayFrequency, TaxYear
from dpemployer.statutory.tax_code import TaxCode, TaxNation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dpemployer.payroll.people import TaxCodeHeld
    from dpemployer.statutory.rates import Rates

_SOURCE = "HMRC, Starter checklist and CWG2"
_LAST_YEARS_P45_UNTIL = (5, 24)
_PREFIXES = {TaxNation.SCOTLAND: "S", TaxNation.WALES: "C"}
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StarterCode:
    """The code a starter gets, and why."""

    code: str
    counts_p45: bool
    why: str
    source: str = _SOURCE
    kind: CodeFrom = CodeFrom.STARTER_CHECKLIST


def starter_code(
    declaration: StarterDeclaration,
    started_on: date,
    rates: Rates,
    *,
    p45_code: str = "",
    p45_left_on: date | None = None,
    frequency: PayFrequency | None = None,
    p45_given_on: date | None = None,
) -> StarterCode:
    """Return the code for a starter.

    A P45 with a code and a leaving day beats a statement; one too old to count leaves it to the
    statement.

    Args:
        declaration: The statement on the starter checklist, or a P45.
        started_on: The first day of the employment.
        rates: What is in force on that day.
        p45_code: The code on the P45, with its week 1 or month 1 mark.
        p45_left_on: The leaving day on the P45.
        frequency: How often the person is paid: decides between W1 and M1.
        p45_given_on: The day it was handed over, if that was after the first day of work.
    """
    if p45_code and p45_left_on is not None:
        used_from = max(started_on, p45_given_on or started_on)
        found = _from_p45(p45_code, p45_left_on, started_on, TaxYear.of(used_from))
        if found is not None:
            return found
        without = _by_statement(declaration, rates, frequency)
        why = _(
            "A P45 counts in its own tax year, and in the next for a job that began by 24 May. "
            "This one is too old. {why}"
        ).format(why=without.why)
        return StarterCode(without.code, counts_p45=False, why=why)
    return _by_statement(declaration, rates, frequency)


def _by_statement(
    declaration: StarterDeclaration, rates: Rates, frequency: PayFrequency | None
) -> StarterCode:
    emergency = rates["income_tax.emergency_code"].text()
    mark = week1_mark(frequency)
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


def _from_p45(p45_code: str, left_on: date, started_on: date, year: TaxYear) -> StarterCode | None:
    """Return what a P45 gives in a tax year; None when it is too old to count."""
    code = TaxCode.parse(p45_code)
    if left_on in year:
        if code.week1_month1:
            why = _("The P45 code is on a week 1 or month 1 basis, so its figures do not count.")
            return StarterCode(str(code), counts_p45=False, why=why, kind=CodeFrom.P45)
        why = _("The P45 is from this tax year, so its code and its figures are carried on.")
        return StarterCode(str(code), counts_p45=True, why=why, kind=CodeFrom.P45)
    month, day = _LAST_YEARS_P45_UNTIL
    if left_on in TaxYear(year.start - 1) and started_on <= date(year.start, month, day):
        why = _(
            "The P45 is from last tax year and the job began by 24 May, so its code is used on a "
            "cumulative basis and its figures are left out."
        )
        return StarterCode(code.text, counts_p45=False, why=why, kind=CodeFrom.P45)
    return None


def sent_by_hmrc(held: Iterable[TaxCodeHeld], year: TaxYear) -> TaxCodeHeld | None:
    """Return the newest code HMRC has sent that holds in a tax year or later: it beats a P45."""
    notices = [
        code
        for code in held
        if code.kind is CodeFrom.HMRC_NOTICE and code.from_day >= year.first_day
    ]
    return max(notices, key=lambda code: code.from_day, default=None)


def used_from(effective: date, started_on: date, last_paid: date | None) -> date:
    """Return the day from which a new code is used: no payday that is done is gone back to.

    Args:
        effective: The day the notice or P45 itself gives, or that it was handed over.
        started_on: First day of the employment.
        last_paid: The last payday that is final; None when there is none.
    """
    earliest = max(effective, started_on)
    return earliest if last_paid is None else max(earliest, last_paid + _ONE_DAY)


def after_leaving(code: TaxCode, frequency: PayFrequency) -> str:
    """Return the code for pay after the P45 was given: 0T on its own, of the same nation.

    Source: HMRC, CWG2: payments after an employee has left.
    """
    return f"{_PREFIXES.get(code.nation, '')}0T {week1_mark(frequency)}"


def week1_mark(frequency: PayFrequency | None) -> str:
    """Return the mark for taxing each payday on its own; X does for any frequency."""
    if frequency is None:
        return "X"
    return "M1" if frequency is PayFrequency.MONTHLY else "W1"
