"""Ask any single calculation as a case, and have it answered on its own.

A new kind is a function `(case, rates) -> (result, steps)` in a module beside this one, a name in
`Kind`, and a line in `_CALCULATIONS`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from dpemployer import bank_days, data_files
from dpemployer.errors import DpEmployerError, EntryError
from dpemployer.services.calculations import holiday, leaving, orders, pay, statutory_pay
from dpemployer.services.calculations.funding import funding
from dpemployer.services.calculations.working_time import working_time
from dpemployer.services.cases import Case, Result
from dpemployer.statutory.rates import RateBook
from dpemployer.workings import ExplainedStep, Step, explain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dpemployer.services.cases import Worked


class Kind(StrEnum):
    """What may be asked."""

    PAYE = "paye"
    NATIONAL_INSURANCE = "national-insurance"
    STUDENT_LOANS = "student-loans"
    PENSION = "pension"
    MINIMUM_WAGE = "minimum-wage"
    P32 = "p32"
    SSP = "ssp"
    PARENTAL_PAY = "parental-pay"
    PAYROLL_YEAR = "payroll-year"
    REDUNDANCY = "redundancy"
    WORKING_TIME = "working-time"
    ATTACHMENT_ORDERS = "attachment-orders"
    HOLIDAY = "holiday"
    FUNDING = "funding"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one case: a result, the periods of a year, or why there is none."""

    id: object
    result: Result | None = None
    periods: list[Result] | None = None
    error: str = ""
    workings: tuple[tuple[Step, ...], ...] = field(default=(), repr=False)
    """How each result was worked out: one for a case, one for each period of a year."""
    day: date | None = None
    """The day it was worked out for, where the case says one."""

    def as_json(self) -> Result:
        """Return the answer as it is printed for machines."""
        if self.error:
            return {"id": self.id, "error": self.error}
        if self.periods is not None:
            return {"id": self.id, "periods": self.periods}
        return {"id": self.id, "result": self.result}

    def explained(self, on: date | None = None) -> tuple[tuple[ExplainedStep, ...], ...]:
        """Return how each result was worked out, in words.

        Args:
            on: The day it is asked on: said of rules that have no date where the case has none.
        """
        return tuple(explain(steps, self.day or on) for steps in self.workings)


@cache
def shipped_rates() -> RateBook:
    """Return the rates this program comes with, read once."""
    bank_days.install(data_files.proclaimed_days)
    return RateBook.parse(data_files.texts("statutory", ".toml"))


def answers(kind: Kind, cases: Iterable[object], rates: RateBook) -> Iterator[Answer]:
    """Answer each case in turn."""
    for case in cases:
        name = case.get("id") if isinstance(case, dict) else None
        try:
            yield _answer(kind, name, case, rates)
        except DpEmployerError as error:
            yield Answer(name, error=f"{error.what} {error.why} {error.next_step}")


def _answer(kind: Kind, name: object, raw: object, rates: RateBook) -> Answer:
    case = Case.of(raw)
    if kind is Kind.PAYROLL_YEAR:
        results = list(pay.payroll_year(case, rates))
        return Answer(
            name,
            periods=[pay.period_shown(result) for result in results],
            workings=tuple(result.workings for result in results),
        )
    result, workings = _CALCULATIONS[kind](case, rates)
    return Answer(name, result=result, workings=(tuple(workings),), day=_day_of(case))


def _day_of(case: Case) -> date | None:
    """Return the day a case is about: its payday, or the first day of its tax year."""
    try:
        inputs = case.part_if_any("inputs")
        if not inputs.lacks("pay_date"):
            return inputs.day("pay_date")
        return None if case.lacks("tax_year") else case.tax_year().first_day
    except EntryError:
        # A day that nothing asked for need not be one.
        return None


_CALCULATIONS: dict[Kind, Callable[[Case, RateBook], Worked]] = {
    Kind.PAYE: pay.paye,
    Kind.NATIONAL_INSURANCE: pay.national_insurance,
    Kind.STUDENT_LOANS: pay.student_loans,
    Kind.PENSION: pay.pension,
    Kind.MINIMUM_WAGE: pay.minimum_wage,
    Kind.P32: pay.p32,
    Kind.REDUNDANCY: leaving.redundancy,
    Kind.WORKING_TIME: working_time,
    Kind.ATTACHMENT_ORDERS: orders.attachment_orders,
    Kind.HOLIDAY: holiday.holiday,
    Kind.FUNDING: funding,
    Kind.SSP: statutory_pay.sick_pay,
    Kind.PARENTAL_PAY: statutory_pay.family_pay,
}
