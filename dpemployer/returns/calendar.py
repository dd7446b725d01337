"""Which days a return is for, and when it is due."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from dpemployer.periods import plus_months
from dpemployer.returns.template import Alignment

if TYPE_CHECKING:
    from dpemployer.returns.template import PeriodRule

_ONE_DAY = timedelta(days=1)
_FIXED = {
    Alignment.CALENDAR_MONTH: date(2001, 1, 1),
    Alignment.CALENDAR_QUARTER: date(2001, 1, 1),
    Alignment.FINANCIAL_YEAR: date(2001, 4, 1),
}
"""First days of some period, for the alignments that need nobody to say when."""


def needs_anchor(rule: PeriodRule) -> bool:
    """Whether somebody has to say when any one period began."""
    return rule.alignment not in _FIXED


def period_holding(rule: PeriodRule, day: date, anchor: date | None) -> tuple[date, date]:
    """Return the first and last day of the period that holds *day*.

    `anchor` is the first day of any one period; it is not needed, and not used, where the
    calendar decides. Without one, the period begins on *day*.
    """
    start = _FIXED.get(rule.alignment) or anchor or day
    if rule.unit != "month":
        length = rule.length * (7 if rule.unit == "week" else 1)
        first = day - timedelta(days=(day - start).days % length)
        return first, first + timedelta(days=length - 1)
    months = (day.year - start.year) * 12 + day.month - start.month
    number = months // rule.length
    if plus_months(start, number * rule.length) > day:
        number -= 1
    first = plus_months(start, number * rule.length)
    return first, plus_months(start, (number + 1) * rule.length) - _ONE_DAY


def due_day(rule: PeriodRule, last_day: date) -> date | None:
    """Return the day a return is due; None where a letter or list of the funder's decides."""
    return last_day + timedelta(days=rule.due_days) if rule.due_from == "period_end" else None
