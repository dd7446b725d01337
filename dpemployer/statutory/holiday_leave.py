"""Asking for leave, carrying it over, leaving with some of it, and the record to keep.

Source: Working Time Regulations 1998, regulations 13(9) to (17), 14, 15, 15D, 15E and 16B; in
Northern Ireland the Working Time Regulations (Northern Ireland) 2016, which mirror carrying over
and leaving, and ask for no record.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from math import ceil

from dpemployer.i18n import N_
from dpemployer.money import NOTHING, Money, Rounding
from dpemployer.periods import plus_months
from dpemployer.statutory.holiday import (
    FIRST_POT_WEEKS,
    NEW_RULES_FROM,
    REGULATIONS,
    WEEKS,
    Quantity,
    as_read,
    full_year_hours,
)
from dpemployer.workings import EXACT, Rule, Step

RECORDS_FROM = date(2026, 4, 6)
"""Records made from this day must be kept: regulation 16B."""
RECORD_YEARS = 6

_ONE_DAY = timedelta(days=1)
_SICK_CARRY_MONTHS = 18
_HALF = Fraction(1, 2)


class CarryReason(StrEnum):
    """Why leave was not taken in its own leave year."""

    SICK_LEAVE = "sick_leave"
    STATUTORY_LEAVE = "statutory_leave"
    """Maternity, adoption, shared parental and all other leave the law gives for family."""
    EMPLOYER_FAILURE = "employer_failure"
    """The right was not recognised, there was no fair chance to take it, or no warning."""
    AGREEMENT = "agreement"


@dataclass(frozen=True, slots=True)
class CarryOver:
    """Hours that go on into the next leave year, and until when they may be taken."""

    hours: Fraction
    use_by: date | None
    """None: there is no fixed day."""
    workings: tuple[Step, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Settlement:
    """Holiday at the end of an employment: hours not taken, or taken and not earned."""

    accrued: Fraction
    """Hours built up by the last day, carried ones included."""
    untaken: Fraction
    """Below nothing where more was taken than had built up."""
    pay_in_lieu: Money
    deduction: Money
    """What may be taken from the last pay; nothing without an agreement in writing."""
    workings: tuple[Step, ...] = field(repr=False)

    @property
    def overtaken(self) -> Fraction:
        """Hours taken and not earned."""
        return max(Fraction(0), -self.untaken)


@dataclass(frozen=True, slots=True)
class LeaveNotice:
    """The last days for asking for leave and for refusing it, where the contract is silent."""

    ask_by: date
    refuse_by: date
    workings: tuple[Step, ...] = field(repr=False)


# ── carrying over ──


def regular_carry_over(
    reason: CarryReason,
    weekly_hours: Quantity,
    taken_hours: Quantity,
    leave_year_end: date,
    days_per_week: Quantity | None = None,
    agreed_hours: Quantity | None = None,
) -> CarryOver:
    """Return what somebody with regular hours, or in Northern Ireland, carries over.

    Args:
        reason: Why it was not taken.
        weekly_hours: In the contract.
        taken_hours: Leave taken in the leave year, the first four weeks first.
        leave_year_end: The last day of the leave year.
        days_per_week: In the contract; the 28 days are the most above five.
        agreed_hours: With an agreement, what was agreed; all of the 1.6 weeks where not said.
    """
    whole = full_year_hours(weekly_hours, days_per_week)
    first_pot = min(whole, FIRST_POT_WEEKS * Fraction(weekly_hours))
    taken = Fraction(taken_hours)
    left = max(Fraction(0), whole - taken)
    if reason is CarryReason.STATUTORY_LEAVE:
        limit, hours = whole, left
    elif reason is CarryReason.AGREEMENT:
        limit = whole - first_pot
        hours = min(left, limit if agreed_hours is None else Fraction(agreed_hours))
    else:
        limit = first_pot
        hours = max(Fraction(0), first_pot - taken)
    use_by = last_day_to_use(reason, leave_year_end)
    figures = (as_read(limit), as_read(taken), *(() if use_by is None else (use_by,)))
    step = Step(_REGULAR_CARRY[reason], figures, as_read(hours))
    return CarryOver(hours, use_by, (step,))


def accrued_carry_over(
    reason: CarryReason,
    accrued_hours: Quantity,
    taken_hours: Quantity,
    leave_year_end: date,
    weekly_hours: Quantity | None = None,
    agreed_hours: Quantity | None = None,
) -> CarryOver:
    """Return what somebody with irregular hours or part-year work carries over.

    Args:
        reason: Why it was not taken.
        accrued_hours: Built up in the leave year.
        taken_hours: Leave taken in it.
        leave_year_end: The last day of the leave year.
        weekly_hours: An average week, where 5.6 of those are the most there can be.
        agreed_hours: With an agreement, what was agreed; everything left where not said.
    """
    built_up, taken = Fraction(accrued_hours), Fraction(taken_hours)
    if weekly_hours is not None:
        built_up = min(built_up, WEEKS * Fraction(weekly_hours))
    hours = max(Fraction(0), built_up - taken)
    if reason is CarryReason.AGREEMENT and agreed_hours is not None:
        hours = min(hours, Fraction(agreed_hours))
    use_by = last_day_to_use(reason, leave_year_end)
    step = Step(_ACCRUED_CARRY, (as_read(built_up), as_read(taken), use_by), as_read(hours))
    return CarryOver(hours, use_by, (step,))


def last_day_to_use(reason: CarryReason, leave_year_end: date) -> date | None:
    """Return the last day carried leave may be taken on; None where no day is fixed.

    The 18 months after sickness end on the day of the same number (Dodds v Walker [1981] 1 WLR
    1027), or with a shorter month; every other reason gives the whole of the next leave year.
    """
    if reason is CarryReason.EMPLOYER_FAILURE:
        return None
    if reason is CarryReason.SICK_LEAVE:
        return plus_months(leave_year_end, _SICK_CARRY_MONTHS)
    return plus_months(leave_year_end + _ONE_DAY, 12) - _ONE_DAY


# ── leaving ──


def settle_leaver(
    accrued_hours: Quantity,
    taken_hours: Quantity,
    hourly: Quantity,
    *,
    agreed_in_writing: bool = False,
) -> Settlement:
    """Return what is owed for holiday, or was taken too much, on the last day of an employment.

    Args:
        accrued_hours: Built up by the last day, exactly, with what was carried over.
        taken_hours: Taken.
        hourly: Pounds an hour of holiday is paid at.
        agreed_in_writing: Whether a written agreement lets the employer take back pay for leave
            that was taken and not earned. Without one nothing may be deducted.
    """
    accrued, taken, rate = Fraction(accrued_hours), Fraction(taken_hours), Fraction(hourly)
    untaken = accrued - taken
    worth = Money(int(abs(untaken) * rate * 100 + _HALF))
    figures = (as_read(accrued, 4), as_read(taken, 4), as_read(abs(untaken), 4), as_read(rate, 4))
    if untaken >= 0:
        step = Step(_IN_LIEU, figures, worth)
        return Settlement(accrued, untaken, worth, NOTHING, (step,))
    deduction = worth if agreed_in_writing else NOTHING
    rule = _OVERTAKEN if agreed_in_writing else _OVERTAKEN_KEPT
    return Settlement(accrued, untaken, NOTHING, deduction, (Step(rule, figures, deduction),))


# ── asking and refusing ──


def leave_notice(first_day: date, days: Quantity) -> LeaveNotice:
    """Return the last days for asking for leave and for refusing it.

    Asking takes twice as many days as the leave has, before its first day; refusing as many. An
    employer who tells somebody to take leave has to say so as early as somebody who asks.

    Args:
        first_day: Of the leave.
        days: Days of leave; part of a day makes a whole day of notice.
    """
    ask_by = first_day - timedelta(days=ceil(2 * Fraction(days)) + 1)
    refuse_by = first_day - timedelta(days=ceil(Fraction(days)) + 1)
    step = Step(_NOTICE, (as_read(days), first_day, ask_by), refuse_by)
    return LeaveNotice(ask_by, refuse_by, (step,))


# ── the record ──


def keep_record_until(made_on: date) -> date | None:
    """Return the day a holiday record must be kept until at least; None before the duty began.

    The duty is for Great Britain. In Northern Ireland nothing asks for the record; this program
    advises keeping it as long.
    """
    if made_on < RECORDS_FROM:
        return None
    return plus_months(made_on, 12 * RECORD_YEARS)


# ── what each step says ──

_CARRY_SOURCE = f"{REGULATIONS}, regulation 13(9) to (17)"

_SICK_CARRY = Rule(
    id="holiday.carry.sick",
    title=N_("Holiday carried over after sick leave"),
    sentence=N_(
        "After sick leave the first four weeks go on: {limit} hours, less {taken} taken. That "
        "leaves {result} hours, to be used by {use_by}."
    ),
    names=("limit", "taken", "use_by"),
    source=_CARRY_SOURCE,
    rounding=EXACT,
    since=date(2024, 1, 1),
)
_FAMILY_CARRY = Rule(
    id="holiday.carry.family",
    title=N_("Holiday carried over after family leave"),
    sentence=N_(
        "After maternity or other family leave the whole 5.6 weeks go on: {limit} hours, less "
        "{taken} taken. That leaves {result} hours, to be used by {use_by}."
    ),
    names=("limit", "taken", "use_by"),
    source=_CARRY_SOURCE,
    rounding=EXACT,
    since=date(2024, 1, 1),
)
_FAILURE_CARRY = Rule(
    id="holiday.carry.failure",
    title=N_("Holiday carried over because there was no fair chance to take it"),
    sentence=N_(
        "Where the employer gave no fair chance to take leave, or no warning that it would be "
        "lost, the first four weeks go on: {limit} hours, less {taken} taken. That leaves {result} "
        "hours, until the end of the first full leave year in which this is put right."
    ),
    names=("limit", "taken"),
    source=_CARRY_SOURCE,
    rounding=EXACT,
    since=date(2024, 1, 1),
)
_AGREED_CARRY = Rule(
    id="holiday.carry.agreed",
    title=N_("Holiday carried over by agreement"),
    sentence=N_(
        "By agreement up to 1.6 weeks may go on: {limit} hours. {taken} hours were taken, and "
        "{result} hours go on, to be used by {use_by}."
    ),
    names=("limit", "taken", "use_by"),
    source=f"{REGULATIONS}, regulation 13A(7)",
    rounding=EXACT,
)
_REGULAR_CARRY = {
    CarryReason.SICK_LEAVE: _SICK_CARRY,
    CarryReason.STATUTORY_LEAVE: _FAMILY_CARRY,
    CarryReason.EMPLOYER_FAILURE: _FAILURE_CARRY,
    CarryReason.AGREEMENT: _AGREED_CARRY,
}
_ACCRUED_CARRY = Rule(
    id="holiday.carry.accrued",
    title=N_("Holiday carried over where hours vary"),
    sentence=N_(
        "{built_up} hours had built up and {taken} were taken, so {result} hours go on. The last "
        "day to use them: {use_by}."
    ),
    names=("built_up", "taken", "use_by"),
    source=f"{REGULATIONS}, regulation 15D",
    rounding=EXACT,
    since=NEW_RULES_FROM,
)
_LEAVING_SOURCE = f"{REGULATIONS}, regulations 14 and 15E"
_IN_LIEU = Rule(
    id="holiday.in_lieu",
    title=N_("Holiday not taken by the last day"),
    sentence=N_(
        "{accrued} hours had built up and {taken} were taken. The {rest} hours left, at £{rate} an "
        "hour, are {result}."
    ),
    names=("accrued", "taken", "rest", "rate"),
    source=_LEAVING_SOURCE,
    rounding=Rounding.PAY,
)
_OVERTAKEN = Rule(
    id="holiday.overtaken",
    title=N_("Holiday taken and not earned"),
    sentence=N_(
        "{accrued} hours had built up and {taken} were taken. The {rest} hours too many, at "
        "£{rate} an hour, are {result}, which the written agreement lets the employer take back."
    ),
    names=("accrued", "taken", "rest", "rate"),
    source=_LEAVING_SOURCE,
    rounding=Rounding.PAY,
)
_OVERTAKEN_KEPT = Rule(
    id="holiday.overtaken_kept",
    title=N_("Holiday taken and not earned"),
    sentence=N_(
        "{accrued} hours had built up and {taken} were taken, {rest} hours too many at £{rate} an "
        "hour. There is no written agreement to take the pay back, so {result} is deducted."
    ),
    names=("accrued", "taken", "rest", "rate"),
    source=_LEAVING_SOURCE,
    rounding=Rounding.PAY,
)
_NOTICE = Rule(
    id="holiday.notice",
    title=N_("Asking for leave, and refusing it"),
    sentence=N_(
        "Leave of {days} days from {first} must be asked for by {ask_by}: twice as many days "
        "before. It may be refused until {result}: as many days before. The contract may say "
        "otherwise."
    ),
    names=("days", "first", "ask_by"),
    source=f"{REGULATIONS}, regulation 15",
    rounding=N_("up to the next whole day, so that nobody has too little notice"),
)
