"""What may be taken from somebody's pay, as rows for windows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dpemployer.findings import Finding
from dpemployer.money import Money
from dpemployer.payroll.deduction_terms import (
    AmountsPer as AmountsPer,  # noqa: PLC0414 - windows take their names from here
)
from dpemployer.payroll.deduction_terms import (
    AttachmentOrder as AttachmentOrder,  # noqa: PLC0414 - the same
)
from dpemployer.payroll.deduction_terms import (
    DeductionLine as DeductionLine,  # noqa: PLC0414 - the same
)
from dpemployer.payroll.deduction_terms import (
    FixedDeduction as FixedDeduction,  # noqa: PLC0414 - the same
)
from dpemployer.payroll.deduction_terms import (
    OrderKind as OrderKind,  # noqa: PLC0414 - the same
)
from dpemployer.payroll.deduction_terms import (
    OwedBack as OwedBack,  # noqa: PLC0414 - the same
)
from dpemployer.payroll.deduction_terms import (
    OwedBackKind as OwedBackKind,  # noqa: PLC0414 - the same
)
from dpemployer.payroll.deduction_terms import (
    StandingStatement as StandingStatement,  # noqa: PLC0414 - the same
)
from dpemployer.statutory.attachment_kinds import (
    BY_THE_DAY as BY_THE_DAY,  # noqa: PLC0414 - the same
)
from dpemployer.statutory.attachment_kinds import (
    CARRIES_SHORTFALL as CARRIES_SHORTFALL,  # noqa: PLC0414 - the same
)
from dpemployer.statutory.attachment_kinds import (
    NAMES_AN_AMOUNT as NAMES_AN_AMOUNT,  # noqa: PLC0414 - the same
)
from dpemployer.statutory.attachment_kinds import (
    NAMES_PROTECTED as NAMES_PROTECTED,  # noqa: PLC0414 - the same
)


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One order, and what payslips took under it."""

    order: AttachmentOrder
    name: str
    """What its kind is called."""
    taken: Money
    carried: Money
    """To be added on the next payday."""
    left: Money | None
    """Still to be paid; None where the order has no end."""
    in_force: bool

    @property
    def id(self) -> int:
        """The order's own."""
        return self.order.id


@dataclass(frozen=True, slots=True)
class OwedBackRow:
    """An advance, a loan or an overpayment, and how much of it has come back."""

    owed: OwedBack
    name: str
    taken: Money
    left: Money
    in_force: bool

    @property
    def id(self) -> int:
        """Its own."""
        return self.owed.id


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One payslip that took something by order, of which the person is told in writing."""

    payslip_id: int
    pay_run_id: int
    pay_date: date
    orders: str
    """What they are called."""
    amount: Money
    """Taken by order, charges included."""

    @property
    def id(self) -> int:
        """The payslip's."""
        return self.payslip_id


@dataclass(frozen=True, slots=True)
class DeductionsState:
    """Everything that may be taken from one person's net pay, and what was."""

    orders: tuple[OrderRow, ...]
    owed_back: tuple[OwedBackRow, ...]
    fixed: tuple[FixedDeduction, ...]
    notices: tuple[NoticeRow, ...]
    """The newest first."""
    statement: StandingStatement | None
    """The newest standing statement of fixed deductions."""
    statement_until: date | None
    """The last day it holds."""
    findings: tuple[Finding, ...]
