"""Whether somebody has worked long enough to complain of an unfair dismissal.

Source: Employment Rights Act 1996, sections 97 and 108; from 1 January 2027 six months in Great
Britain (Employment Rights Act 2025; SI 2026/559); one year in Northern Ireland. Some reasons, such
as pregnancy or asking for the minimum wage, are unfair from the first day whatever this says.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from dpemployer.bank_days import Nation
from dpemployer.i18n import N_
from dpemployer.statutory.notice import complete_months, months_in_words, relevant_date
from dpemployer.workings import COUNTED, Rule, Step

if TYPE_CHECKING:
    from dpemployer.statutory.rates import RateBook

PARAMETER = "unfair_dismissal.qualifying_months"

_QUALIFIES = Rule(
    "unfair_dismissal.qualifies",
    N_("Long enough to complain of an unfair dismissal"),
    N_(
        "From {start} to {day}, both counted, is {months}. The rule on that day asks for "
        "{needed}, so this person can complain of an unfair dismissal."
    ),
    ("start", "day", "months", "needed"),
    "Employment Rights Act 1996, section 108; SI 2026/559",
    rounding=COUNTED,
)
_DOES_NOT = Rule(
    "unfair_dismissal.too_short",
    N_("Not long enough to complain of an unfair dismissal"),
    N_(
        "From {start} to {day}, both counted, is {months}. The rule on that day asks for "
        "{needed}. Some reasons for dismissing somebody are unfair from the first day all the same."
    ),
    ("start", "day", "months", "needed"),
    "Employment Rights Act 1996, section 108; SI 2026/559",
    rounding=COUNTED,
)


@dataclass(frozen=True, slots=True)
class Qualifying:
    """The day that decides which rule counts, whether service is long enough, and why."""

    effective_date: date
    months: int
    months_needed: int
    workings: tuple[Step, ...] = field(repr=False)

    @property
    def qualifies(self) -> bool:
        """Whether service is long enough."""
        return self.months >= self.months_needed


def qualifying(
    start: date,
    dismissed_on: date,
    nation: Nation,
    rates: RateBook,
    weeks_given: int | None = None,
) -> Qualifying:
    """Say whether somebody dismissed on a day has worked long enough.

    Notice that the law asks for and was not given moves the day on. The rule holds until a later
    one is known, so that a day after the last year known is answered too.
    """
    ended = relevant_date(start, dismissed_on, weeks_given)
    known = rates.on(min(max(ended.day, rates.first_day), rates.last_day))
    figures = known[PARAMETER]
    northern_ireland = nation is Nation.NORTHERN_IRELAND
    needed = figures.whole("northern_ireland" if northern_ireland else "great_britain")
    months = complete_months(start, ended.day)
    rule = _QUALIFIES if months >= needed else _DOES_NOT
    step = Step(
        rule,
        (start, ended.day, months_in_words(months), months_in_words(needed)),
        months >= needed,
        known.since(PARAMETER),
    )
    return Qualifying(ended.day, months, needed, (*ended.workings, step))
