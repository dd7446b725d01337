"""What others report about pay and services: a bureau's payslips, sheets of hours, invoices.

Where this program runs the payroll, hours and pay come from its own payslips; these facts are
for a book whose payroll is done elsewhere, and for what a provider charges.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dpemployer.money import NOTHING, Money


@dataclass(frozen=True, slots=True)
class ReportedHours:
    """One sheet of hours of one personal assistant."""

    id: int
    assistant: str
    """Initials or a short name, as the sheet has it."""
    reference: str
    """The sheet's own number; one sheet may cover several weeks."""
    first_day: date
    last_day: date
    counts_on: date
    """The return that holds this day counts these hours: the day they were paid."""
    worked: Decimal
    holiday: Decimal
    retainer: Decimal
    """Paid, not worked."""
    rate: Money
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReportedPayslip:
    """One payslip made by somebody else, as reported."""

    id: int
    assistant: str
    reference: str
    pay_date: date
    counts_on: date
    """The return that holds this day counts it."""
    gross: Money
    tax: Money
    employee_ni: Money
    net: Money
    employee_pension: Money = NOTHING
    employer_ni: Money = NOTHING
    employer_pension: Money = NOTHING
    holiday: Money = NOTHING
    """The part of gross that is holiday pay."""


@dataclass(frozen=True, slots=True)
class Invoice:
    """What a provider charged. A credit note is below zero and names what it credits."""

    id: int
    provider: str
    reference: str
    day: date
    counts_on: date
    """The return that holds this day lists it."""
    amount: Money
    hours: Decimal | None = None
    sessions: Decimal | None = None
    rate: Money | None = None
    plan_rate: Money | None = None
    """The rate agreed in the plan."""
    service_from: date | None = None
    service_to: date | None = None
    credits_id: int | None = None
    paid_by_id: int | None = None
    """The entry that paid it, where known."""
