"""The plain, frozen rows about pensions that windows and commands are shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dpemployer.money import NOTHING, Money
from dpemployer.payroll.enrolment import (
    EnrolmentEvent,
    EnrolmentKind,
    PensionArrangement,
    PensionContribution,
    PensionDuty,
    PensionDutyKind,
    PensionLetter,
)
from dpemployer.payroll.people import PensionBasis, PensionMembership, PensionRelief
from dpemployer.workings import ExplainedStep

__all__ = [
    "EnrolmentEvent",
    "EnrolmentKind",
    "PensionAction",
    "PensionArrangement",
    "PensionBasis",
    "PensionContribution",
    "PensionDue",
    "PensionDuties",
    "PensionDuty",
    "PensionDutyKind",
    "PensionEventRow",
    "PensionLetter",
    "PensionMembership",
    "PensionPosition",
    "PensionRelief",
    "PensionStanding",
]


class PensionPosition(StrEnum):
    """How a worker stands with the pension on a day."""

    NOT_ASSESSED = "not_assessed"
    NO_DUTY = "no_duty"
    MAY_JOIN = "may_join"
    MAY_OPT_IN = "may_opt_in"
    ELIGIBLE = "eligible"
    POSTPONED = "postponed"
    COMING_IN = "coming_in"
    """They asked, and their membership begins with the next pay period."""
    MEMBER = "member"
    OPTED_OUT = "opted_out"
    LEFT = "left"


class PensionAction(StrEnum):
    """What can be done now."""

    POSTPONE = "postpone"
    OPT_IN = "opt_in"
    JOIN = "join"
    OPT_OUT = "opt_out"
    LEAVE = "leave"
    MADE_MEMBER = "made_member"
    GONE_BEFORE = "gone_before"
    """They opted out or left before this book began, and it does not know yet."""


@dataclass(frozen=True, slots=True)
class PensionDue:
    """Something to be done about a pension, as a sentence, and by when."""

    says: str
    by: date
    letter: PensionLetter | None = None
    """The letter it is about."""


@dataclass(frozen=True, slots=True)
class PensionEventRow:
    """One thing that happened, in words."""

    event_id: int
    day: date
    says: str
    removable: bool
    """It was typed, and can be taken out again."""


@dataclass(frozen=True, slots=True)
class PensionStanding:
    """How one worker stands with the pension: in words, what happens next, what can be done."""

    employment_id: int
    name: str
    position: PensionPosition
    says: str
    next_steps: tuple[str, ...]
    due: tuple[PensionDue, ...]
    events: tuple[PensionEventRow, ...]
    may: frozenset[PensionAction]
    letter: PensionLetter | None
    """The letter that belongs to where they stand."""
    steps: tuple[ExplainedStep, ...]
    """How the days were worked out."""
    refund: Money = NOTHING
    """Still to be given back to them after an opt-out."""


@dataclass(frozen=True, slots=True)
class PensionDuties:
    """What the employer has done about automatic enrolment, and what comes next."""

    duties_start: date | None
    """None before anybody is employed."""
    arrangement: PensionArrangement | None
    declared_on: date | None
    re_enrolment: tuple[date, date] | None
    """The days from which the next three-yearly day is chosen."""
    to_enrol_again: tuple[tuple[str, date], ...]
    """Who would be enrolled again if they earn enough, and the day they went."""
    says: tuple[str, ...]
    due: tuple[PensionDue, ...]
    done: tuple[PensionDuty, ...]
    """Everything recorded, the newest first."""
    steps: tuple[ExplainedStep, ...]
