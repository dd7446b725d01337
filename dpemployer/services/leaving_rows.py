"""The plain, frozen rows about leaving that windows and papers are shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dpemployer.money import Money
from dpemployer.payroll.leaving import Leaving as Leaving  # noqa: PLC0414 - what windows fill in
from dpemployer.payroll.leaving import (
    LeavingReason as LeavingReason,  # noqa: PLC0414 - the same
)
from dpemployer.payroll.leaving import NoticeBy as NoticeBy  # noqa: PLC0414 - the same
from dpemployer.payroll.leaving import (
    PayAfterLeaving as PayAfterLeaving,  # noqa: PLC0414 - the same
)
from dpemployer.payroll.leaving_terms import (
    LeavingWorked as LeavingWorked,  # noqa: PLC0414 - the same
)
from dpemployer.payroll.people import Employment
from dpemployer.periods import PayFrequency
from dpemployer.statutory.redundancy import EmployerIs as EmployerIs  # noqa: PLC0414 - the same


@dataclass(frozen=True, slots=True)
class LeavingState:
    """How somebody leaves, and how far that has got."""

    employment: Employment
    leaving: Leaving | None
    worked: LeavingWorked | None
    """As it would be worked out today; what is recorded stays as it is."""
    final: bool
    """Whether the last pay is final."""
    holiday_left: int
    """Minutes, by the payslips so far."""
    after: tuple[tuple[PayAfterLeaving, bool], ...]
    """What is paid after the last pay, and whether it has been."""
    pay_date: date | None = None
    """Of the last pay."""


@dataclass(frozen=True, slots=True)
class P45Figures:
    """What goes in each box of a P45."""

    paye_reference: str
    nino: str
    surname: str
    first_names: str
    left_on: date
    student_loan: bool
    tax_code: str
    week1_month1: bool
    frequency: PayFrequency
    tax_period: int
    tax_year: str
    total_pay: Money | None
    """Earlier jobs of the year included; None on a week 1 or month 1 basis."""
    total_tax: Money | None
    pay_here: Money | None
    """In this job; None where it is the same as the total."""
    tax_here: Money | None
    payroll_id: str
    born_on: date
    address: str
    pay_date: date
    given_on: date | None
    died: bool = False
    """The job ended by the personal assistant’s death: no P45 is given to the estate."""
