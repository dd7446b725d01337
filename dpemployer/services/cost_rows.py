"""What an hour costs, as questions that windows ask and rows that they are shown.

A question is a what-if: nothing in it is ever written to the book.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from dpemployer.bookkeeping.forecast import Band as Band  # noqa: PLC0414 - shown as it is
from dpemployer.findings import Finding
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.cost_terms import PensionMode as PensionMode  # noqa: PLC0414 - asked as it is
from dpemployer.workings import ExplainedStep


class FixedCost(StrEnum):
    """What is paid in a year however many hours are worked."""

    INSURANCE = "insurance"
    PAYROLL = "payroll"
    TRAINING = "training"
    RECRUITMENT = "recruitment"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class CostPerson:
    """One personal assistant, and their part of the hours."""

    name: str
    share: Decimal
    """Of all hours, as a part of 1."""
    under_21: bool = False
    redundancy_weeks: Decimal = Decimal(1)
    """Weeks of redundancy pay that a year adds at this person's age."""
    must_enrol: bool = True
    """From 22 to State Pension age, so that earning enough means being enrolled."""
    in_pension: bool = False
    """A member now, for whom the employer pays in whatever the pay."""


@dataclass(frozen=True, slots=True)
class CostQuestion:
    """What is asked of an hour of support. It begins as the book stands, and may be changed."""

    on: date
    """The day whose rates of the law count."""
    hourly_rate: Money
    weekly_hours: Decimal
    people: tuple[CostPerson, ...]
    pension: PensionMode | None = None
    """None: by law, and whoever is a member already."""
    allowance: bool = True
    northern_ireland: bool = False
    sleep_ins: Decimal = Decimal(0)
    """Nights slept in a week."""
    sleep_in_rate: Money = NOTHING
    bank_holiday_percent: Decimal = Decimal(0)
    """Paid on top on a bank holiday: 50 for time and a half, 100 for double time."""
    bank_holiday_hours: Decimal = Decimal(0)
    sick_days: Decimal = Decimal(0)
    sick_day_rate: Money = NOTHING
    redundancy: bool = False
    fixed: tuple[tuple[FixedCost, Money], ...] = ()
    contingency_percent: Decimal = Decimal(0)
    weekly_budget: Money | None = None
    funded_rate: Money | None = None
    """What the funder pays for an hour."""
    next_rate: Money | None = None
    """What would be paid for an hour from the next 1 April."""


@dataclass(frozen=True, slots=True)
class CostLine:
    """One part of what support costs."""

    label: str
    a_week: Money
    a_year: Money
    an_hour: Money | None
    """Absent while no hours are asked for."""
    total: bool = False


@dataclass(frozen=True, slots=True)
class NextApril:
    """What the next April would change."""

    from_day: date
    hourly_rate: Money
    total: Money
    more: Money
    """For a year, over what it costs now; below nothing when it costs less."""
    per_hour: Money | None
    affordable: Decimal | None
    """Hours a week the budget would buy; absent when there is no budget, or it buys none."""
    law_known: bool
    """Whether the rates of the law were known, or those of now were used."""


@dataclass(frozen=True, slots=True)
class CostAnswer:
    """What an hour costs, with everything said in words too."""

    question: CostQuestion
    lines: tuple[CostLine, ...]
    """In order, the total last."""
    total: Money
    per_hour: Money | None
    times_the_wage: Decimal | None
    affordable: Decimal | None
    """Hours a week; absent when there is no budget, or the fixed costs alone exceed it."""
    weekly_surplus: Money | None
    sentences: tuple[str, ...]
    findings: tuple[Finding, ...]
    next_april: NextApril | None
    steps: tuple[ExplainedStep, ...]
    affordable_steps: tuple[ExplainedStep, ...] = ()
    next_steps: tuple[ExplainedStep, ...] = ()


@dataclass(frozen=True, slots=True)
class ForecastQuestion:
    """What the end of the funding year is reckoned from. It begins as the book stands."""

    on: date
    year_ends: date
    opening: Money
    received: Money
    weekly_funding: Money
    spent: Money
    unpaid: Money
    """Bills, wages, tax and pension owed and not paid."""
    holiday_owed: Money
    weekly_cost: Money
    one_offs: Money = NOTHING
    ring_fenced: Money = NOTHING
    retention_weeks: Decimal = Decimal(8)
    weeks_known: int = 0
    """How many weeks of the book the usual week was taken from."""
    steps: tuple[ExplainedStep, ...] = ()
    """How the usual week and the holiday owed were worked out."""

    @property
    def weeks_left(self) -> Decimal:
        """Weeks from now to the end of the year, to one place."""
        days = max(0, (self.year_ends - self.on).days)
        return (Decimal(days) / 7).quantize(Decimal("0.1"))


@dataclass(frozen=True, slots=True)
class ForecastLine:
    """One figure of the forecast."""

    label: str
    amount: Money
    strong: bool = False


@dataclass(frozen=True, slots=True)
class ForecastAnswer:
    """How the funding year will end."""

    question: ForecastQuestion
    lines: tuple[ForecastLine, ...]
    closing: Money
    at_risk: Money
    shortfall: Money
    band: Band
    sentences: tuple[str, ...]
    findings: tuple[Finding, ...]
    steps: tuple[ExplainedStep, ...]
