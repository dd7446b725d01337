"""What is known of somebody's working time: agreements, rest made up, a home that is provided.

Facts alone; `rota.py` and `wage_checks.py` look at them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dpemployer.money import NOTHING, Money
from dpemployer.statutory.minimum_wage import WageExemption as WageExemption  # noqa: PLC0414
from dpemployer.statutory.working_time import (
    DomesticService as DomesticService,  # noqa: PLC0414 - a fact of an employment, named by law
)


@dataclass(frozen=True, slots=True)
class WorkingTimeRecord:
    """What was agreed, asked and offered about the working time of one employment."""

    id: int
    employment_id: int
    domestic_service: DomesticService = DomesticService.UNKNOWN
    opted_out_on: date | None = None
    """The day a written agreement that the 48-hour limit does not apply was signed."""
    opt_out_ends_on: date | None = None
    """The first day the limit applies again, after notice."""
    night_assessment_on: date | None = None
    """When a free health assessment for night work was last offered."""
    night_hazard: bool = False
    """The risk assessment says that the nights are a special hazard or a heavy strain."""
    other_work_minutes: int | None = None
    """Work for others in an ordinary week, as the person says; None: not asked."""
    usual_break_minutes: int | None = None
    """A paid break in one go in every long shift, where the shift itself says nothing."""
    lives_in: bool = False
    weekly_minutes_allowed: int | None = None
    """The most a visa allows in a week."""
    wage_exemption: WageExemption = WageExemption.NONE
    apprentice_from: date | None = None
    apprentice_to: date | None = None
    """The last day of an apprenticeship; None: it goes on."""

    def apprentice_since(self, day: date) -> date | None:
        """Return when an apprenticeship began that goes on on a day."""
        ends = self.apprentice_to
        return self.apprentice_from if ends is None or day <= ends else None

    def opted_out(self, day: date) -> bool:
        """Whether the agreement about the 48-hour limit is in force on a day."""
        signed, ends = self.opted_out_on, self.opt_out_ends_on
        return signed is not None and signed <= day and (ends is None or day < ends)


@dataclass(frozen=True, slots=True)
class HomeProvided:
    """A home the employer provides for somebody who works there, from a date to a date."""

    id: int
    employment_id: int
    from_day: date
    to_day: date | None = None
    days_a_week: int = 7
    """Full days of an ordinary week on which it is theirs."""
    weekly_charge: Money = NOTHING
    """What they pay for it, with heating, laundry and furniture they have to take."""


@dataclass(frozen=True, slots=True)
class RestGiven:
    """Rest given later in place of rest that was too short, and why it was."""

    id: int
    employment_id: int
    short_day: date
    """The day on which the rest was too short."""
    given_on: date
    minutes: int
    reason: str = ""
