"""How an employment ends: why, with what notice, and what is paid with the last pay or after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from dpemployer.money import NOTHING, Money
from dpemployer.statutory.notice import notice_by_employer
from dpemployer.statutory.redundancy import EmployerIs
from dpemployer.workings import ExplainedStep


class LeavingReason(StrEnum):
    """Why an employment ends, as far as it changes what is due."""

    RESIGNED = "resigned"
    REDUNDANCY = "redundancy"
    """The work has ended or is less: the direct payment ends, care moves elsewhere."""
    DISMISSED = "dismissed"
    FIXED_TERM = "fixed_term"
    AGREED = "agreed"
    TRANSFERRED = "transferred"
    """The contract goes on with another employer."""
    DEATH_OF_EMPLOYER = "death_of_employer"
    DEATH_OF_ASSISTANT = "death_of_assistant"


class NoticeBy(StrEnum):
    """Who gave notice."""

    EMPLOYER = "employer"
    ASSISTANT = "assistant"
    NOBODY = "nobody"


REDUNDANT = frozenset({LeavingReason.REDUNDANCY, LeavingReason.DEATH_OF_EMPLOYER})
"""Reasons that give a right to redundancy pay after two years."""
BY_DEATH = frozenset({LeavingReason.DEATH_OF_EMPLOYER, LeavingReason.DEATH_OF_ASSISTANT})
"""The contract ends that day by itself, and nobody gives notice."""
ENDED_BY_EMPLOYER = frozenset({LeavingReason.REDUNDANCY, LeavingReason.DISMISSED})
"""Reasons for which the law asks the employer to give notice."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """The end of one employment. The last pay follows from it until it is final."""

    id: int
    employment_id: int
    reason: LeavingReason
    last_day: date
    final_first_day: date
    """First day of the pay period whose payslip has everything still due at the end."""
    notice_by: NoticeBy = NoticeBy.NOBODY
    notice_given_on: date | None = None
    weeks_in_lieu: int = 0
    """Weeks of notice paid instead of worked."""
    week_pay: Money = NOTHING
    """What a week of notice comes to."""
    recover_overtaken: bool = False
    """Agreed in writing: holiday taken too much comes off the last pay."""
    employer_is: EmployerIs = EmployerIs.OTHER
    redundancy_pay: Money = NOTHING
    """What is paid: never less than the law says, never above what is free of tax."""
    workings: tuple[ExplainedStep, ...] = ()
    """How notice and redundancy pay were worked out when this was recorded."""
    p45_given_on: date | None = None
    note: str = ""

    @property
    def weeks_given(self) -> int | None:
        """Whole weeks of notice the employer gave and that ran; None where none was asked for."""
        if self.reason not in ENDED_BY_EMPLOYER:
            return None
        if self.notice_by is not NoticeBy.EMPLOYER or self.notice_given_on is None:
            return 0
        return max((self.last_day - self.notice_given_on).days // 7, 0)


@dataclass(frozen=True, slots=True)
class PayAfterLeaving:
    """Something paid after the last pay: hours found later, a rise agreed for the past."""

    id: int
    employment_id: int
    first_day: date
    """Of the pay period with whose payday it is paid."""
    label: str
    amount: Money


def weeks_missing(leaving: Leaving, started_on: date) -> int:
    """Return the weeks of notice the law asks the employer for that were neither given nor paid."""
    given = leaving.weeks_given
    if given is None:
        return 0
    due = notice_by_employer(started_on, leaving.last_day).weeks
    return max(due - given - leaving.weeks_in_lieu, 0)


def calculation_date(leaving: Leaving, started_on: date) -> date:
    """Return the day up to which a week's pay is averaged.

    With the notice the law asks for, the day that notice began; without it, the last day.
    Source: Employment Rights Act 1996, section 226.
    """
    given = leaving.weeks_given
    due = notice_by_employer(started_on, leaving.last_day).weeks
    if not given or given < due:
        return leaving.last_day
    return leaving.last_day - timedelta(weeks=due)
