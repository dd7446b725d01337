"""Notice: how long somebody has worked, and how much notice the law asks for, both ways.

Source: Employment Rights Act 1996, sections 86, 97, 145 and 211; the same lengths apply in
Northern Ireland by the Employment Rights (Northern Ireland) Order 1996, articles 118 and following.

The first day and the last day of an employment both count. A month or a year that begins on a day
its last month lacks is complete on the day before that month ends: the reading that never gives
somebody a right too late.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dpemployer.i18n import N_, ngettext
from dpemployer.periods import plus_months
from dpemployer.workings import COUNTED, Rule, Step, shown

if TYPE_CHECKING:
    from decimal import Decimal
    from typing import Final

MOST_WEEKS: Final = 12
"""The longest notice the law asks an employer for, however long somebody has worked."""

_MONTHS_IN_YEAR = 12
_YEARS_OF_ONE_WEEK = 2
_ONE_DAY = timedelta(days=1)
_ACT = "Employment Rights Act 1996, section 86 (in Northern Ireland: 1996 Order, article 118)"

_NONE = Rule(
    "notice.none",
    N_("Notice by the employer"),
    N_("Between {start} and {day} there is less than a month of work, so no notice is due."),
    ("start", "day"),
    _ACT,
    rounding=COUNTED,
)
_ONE_WEEK = Rule(
    "notice.one_week",
    N_("Notice by the employer"),
    N_(
        "Between {start} and {day} there is a month of work or more, and less than two years. "
        "Notice is one week."
    ),
    ("start", "day"),
    _ACT,
    rounding=COUNTED,
)
_BY_YEARS = Rule(
    "notice.by_years",
    N_("Notice by the employer"),
    N_(
        "From {start} to {day}, both counted, is {years}. Notice is a week for each whole year, "
        "and {most} weeks at most: {weeks}."
    ),
    ("start", "day", "years", "most", "weeks"),
    _ACT,
    rounding=COUNTED,
)
_BY_EMPLOYEE = Rule(
    "notice.by_employee",
    N_("Notice by the personal assistant"),
    N_(
        "Somebody who has worked a month or more gives a week’s notice; before that, none. "
        "From {start} to {day}, both counted, is {months}, so it is {weeks}. "
        "The contract may ask for more."
    ),
    ("start", "day", "months", "weeks"),
    _ACT,
    rounding=COUNTED,
)
_AS_GIVEN = Rule(
    "notice.relevant_date.as_given",
    N_("The day service is counted to"),
    N_("The last day of work is {last_day}, and no notice the law asks for was left out."),
    ("last_day",),
    "Employment Rights Act 1996, sections 97 and 145",
    rounding=COUNTED,
)
_WITH_MISSING = Rule(
    "notice.relevant_date.with_missing",
    N_("The day service is counted to"),
    N_(
        "The last day of work is {last_day}. The law asks for notice of {due}, and notice of "
        "{given} was given. What is missing is added, so service is counted to {result}."
    ),
    ("last_day", "due", "given"),
    "Employment Rights Act 1996, sections 97(2) and 145(5)",
    rounding=COUNTED,
)


@dataclass(frozen=True, slots=True)
class Notice:
    """Whole weeks of notice, and why."""

    weeks: int
    workings: tuple[Step, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class RelevantDate:
    """The day up to which service is counted, and why."""

    day: date
    missing_weeks: int
    workings: tuple[Step, ...] = field(repr=False)


def complete_months(start: date, last_day: date) -> int:
    """Return the whole months from *start* to *last_day*, both counted; never below nothing."""
    after = last_day + _ONE_DAY
    months = (after.year - start.year) * _MONTHS_IN_YEAR + after.month - start.month
    if plus_months(start, months) > after:
        months -= 1
    return max(months, 0)


def complete_years(start: date, last_day: date) -> int:
    """Return the whole years from *start* to *last_day*, both counted; never below nothing."""
    return complete_months(start, last_day) // _MONTHS_IN_YEAR


def years_in_words(years: int) -> str:
    """Say how many complete years."""
    return ngettext("{count} year", "{count} years", years).format(count=years)


def months_in_words(months: int) -> str:
    """Say how many complete months."""
    return ngettext("{count} month", "{count} months", months).format(count=months)


def weeks_in_words(weeks: Decimal | int) -> str:
    """Say how many weeks; there may be half of one."""
    plural = 1 if weeks == 1 else 2
    return ngettext("{count} week", "{count} weeks", plural).format(count=shown(weeks))


def notice_by_employer(start: date, day: date) -> Notice:
    """Return the notice an employer has to give somebody who has worked from *start* to *day*."""
    if complete_months(start, day) < 1:
        return Notice(0, (Step(_NONE, (start, day), 0),))
    years = complete_years(start, day)
    if years < _YEARS_OF_ONE_WEEK:
        return Notice(1, (Step(_ONE_WEEK, (start, day), 1),))
    weeks = min(years, MOST_WEEKS)
    words = (start, day, years_in_words(years), MOST_WEEKS, weeks_in_words(weeks))
    return Notice(weeks, (Step(_BY_YEARS, words, weeks),))


def notice_by_employee(start: date, day: date) -> Notice:
    """Return the notice somebody has to give who has worked from *start* to *day*."""
    months = complete_months(start, day)
    weeks = 1 if months else 0
    words = (start, day, months_in_words(months), weeks_in_words(weeks))
    return Notice(weeks, (Step(_BY_EMPLOYEE, words, weeks),))


def relevant_date(start: date, last_day: date, weeks_given: int | None = None) -> RelevantDate:
    """Return the day up to which service is counted: later if notice the law asks for is missing.

    Args:
        start: First day of continuous employment.
        last_day: Last day of employment.
        weeks_given: Whole weeks of notice given. None: all the law asks for, or it asks for none,
            as when an employer dies.
    """
    due = notice_by_employer(start, last_day)
    missing = 0 if weeks_given is None else max(due.weeks - weeks_given, 0)
    if not missing:
        return RelevantDate(last_day, 0, (Step(_AS_GIVEN, (last_day,), last_day),))
    day = last_day + timedelta(weeks=missing)
    words = (last_day, weeks_in_words(due.weeks), weeks_in_words(due.weeks - missing))
    step = Step(_WITH_MISSING, words, day)
    return RelevantDate(day, missing, (*due.workings, step))
