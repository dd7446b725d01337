"""What is typed about working time: checked where it is typed, so that it cannot be nonsense."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.errors import EntryError
from dpemployer.i18n import _, long_date
from dpemployer.money import NOTHING
from dpemployer.payroll.rota import ADULT
from dpemployer.periods import age_on

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dpemployer.payroll.people import PersonalAssistant
    from dpemployer.payroll.working_time import HomeProvided, RestGiven, WorkingTimeRecord

_WEEK = 7 * 24 * 60
_A_DAY = 24 * 60


def checked_record(record: WorkingTimeRecord, person: PersonalAssistant) -> WorkingTimeRecord:
    """Return a record of working time that can be."""
    signed, ends = record.opted_out_on, record.opt_out_ends_on
    if signed is not None and age_on(signed, person.born_on) < ADULT:
        raise EntryError(
            what=_("{name} was under 18 on {day}.").format(name=person.name, day=long_date(signed)),
            why=_("Nobody under 18 can agree to work more than 40 hours a week."),
            next_step=_("Leave the agreement out until they are 18."),
        )
    if ends is not None and (signed is None or ends <= signed):
        raise EntryError(
            what=_("The agreement about the 48 hours ends before it begins."),
            why=_("It begins on the day it is signed, and ends after notice of a week or more."),
            next_step=_("Type the day it was signed, and a later day on which it ends."),
        )
    began, over = record.apprentice_from, record.apprentice_to
    if over is not None and (began is None or over < began):
        raise EntryError(
            what=_("The apprenticeship ends before it begins."),
            why=_("Its first day is needed, and its last day is that day or a later one."),
            next_step=_("Type both days, or neither."),
        )
    usual = record.usual_break_minutes
    if usual is not None and not 0 <= usual <= _A_DAY:
        raise EntryError(
            what=_("So long a break in a shift cannot be."),
            why=_("A break is a part of a shift, and a shift is no longer than a day."),
            next_step=_("Type how long the break is, such as 0:20."),
        )
    for minutes in (record.other_work_minutes, record.weekly_minutes_allowed):
        if minutes is not None and not 0 <= minutes <= _WEEK:
            raise EntryError(
                what=_("So many hours in a week cannot be."),
                why=_("A week has 168 hours."),
                next_step=_("Type the hours of an ordinary week."),
            )
    return record


def checked_home(home: HomeProvided, others: Iterable[HomeProvided]) -> HomeProvided:
    """Return a home that can be provided beside the others of the same job."""
    if not 1 <= home.days_a_week <= 7:
        raise EntryError(
            what=_("{days} days a week cannot be.").format(days=home.days_a_week),
            why=_("A week has seven days."),
            next_step=_("Type on how many full days of a week the home is theirs."),
        )
    if home.weekly_charge < NOTHING:
        raise EntryError(
            what=_("A charge of {charge} cannot be.").format(charge=home.weekly_charge),
            why=_("What somebody pays for a home is nothing or more."),
            next_step=_("Type nothing if the home is free."),
        )
    if home.to_day is not None and home.to_day < home.from_day:
        raise EntryError(
            what=_("The last day, {last}, is before the first, {first}.").format(
                last=long_date(home.to_day), first=long_date(home.from_day)
            ),
            why=_("A home is provided from a day until that day or a later one."),
            next_step=_("Type the days again."),
        )
    for other in others:
        if other.id != home.id and _overlap(home, other):
            raise EntryError(
                what=_("A home is provided from {day} already.").format(
                    day=long_date(other.from_day)
                ),
                why=_("Each day counts once for the minimum wage."),
                next_step=_("End that one first, or change it."),
            )
    return home


def _overlap(one: HomeProvided, other: HomeProvided) -> bool:
    return (one.to_day is None or other.from_day <= one.to_day) and (
        other.to_day is None or one.from_day <= other.to_day
    )


def checked_rest(given: RestGiven) -> RestGiven:
    """Return rest that can have been given for rest that was too short."""
    if not 0 < given.minutes <= _A_DAY:
        raise EntryError(
            what=_("That much rest cannot have been missing."),
            why=_("Between no time and a day can be made up for one short rest."),
            next_step=_("Type how much rest was given."),
        )
    if given.given_on < given.short_day:
        raise EntryError(
            what=_("The rest of {given} comes before {short}.").format(
                given=long_date(given.given_on), short=long_date(given.short_day)
            ),
            why=_("Rest is made up for after it was too short."),
            next_step=_("Type the day the rest was given."),
        )
    return given
