"""When automatic enrolment asks for what: postponing, telling, joining, opting out, coming back.

Every limit is a `Window`: its first and its last day, both included, and the step that says why.
A month begun on a day ends the day before the same day of the next month; six weeks end on their
forty-second day. Where a limit binds the employer the earlier reading is taken, and where it is
the worker's right the full length.

Source: Pensions Act 2008, sections 2 to 9 and 11; Occupational and Personal Pension Schemes
(Automatic Enrolment) Regulations 2010; Employers' Duties (Registration and Compliance)
Regulations 2010; The Pensions Regulator, detailed guidance 1 to 11.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dpemployer.errors import EntryError, RefusedError
from dpemployer.i18n import N_, _, long_date
from dpemployer.periods import plus_months
from dpemployer.workings import COUNTED, Rule, Step

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dpemployer.statutory.rates import Figures, Rates

_ACT = "Pensions Act 2008"
_REGULATIONS = "Automatic Enrolment Regulations 2010"
_COMPLIANCE = "Employers’ Duties (Registration and Compliance) Regulations 2010"
_ONE_DAY = timedelta(days=1)
_BIRTHDAYS = (16, 22)
"""Birthdays that change what somebody is: from here a pension may be asked for, and must be."""


@dataclass(frozen=True, slots=True)
class Window:
    """Some days in a row, both ends included, and why they are these."""

    first_day: date
    last_day: date
    step: Step = field(repr=False, compare=False)

    def __contains__(self, day: date) -> bool:
        """Whether *day* is one of them."""
        return self.first_day <= day <= self.last_day


def assessment_day(
    born_on: date,
    started_on: date,
    first_day: date,
    last_day: date,
    deferral_day: date | None = None,
) -> date:
    """Return the day of a pay period on which somebody is assessed.

    That is its first day, or the first day of the employment, the birthday that brings them in,
    or the day a postponement ends, where one of these falls later in it.
    """
    marks = [started_on, *(plus_months(born_on, 12 * age) for age in _BIRTHDAYS)]
    if deferral_day is not None:
        marks.append(deferral_day)
    return max([first_day, *(mark for mark in marks if first_day < mark <= last_day)])


# ── putting it off ──


def postponement_window(starts: date, rates: Rates) -> Window:
    """Return the days on which a postponement that starts on a day may end."""
    months = _timing(rates).whole("postponement_max_months")
    last = _end_of_months(starts, months)
    return Window(starts, last, Step(_POSTPONEMENT, (starts, months), last))


def refuse_postponement(
    starts: date, deferral_day: date, may_start: Iterable[date], rates: Rates
) -> None:
    """Refuse to put enrolment off from a day, or until a day, that the law does not allow.

    Args:
        starts: The first day of the postponement.
        deferral_day: Its last day, on which the worker is assessed again.
        may_start: The days it may start on: the first day of the employment or of the duties, a
            day on which the worker became eligible.
        rates: What is in force.

    Raises:
        EntryError: If it ends before it starts, or too late.
        RefusedError: If it may not start on that day.
    """
    days = sorted(set(may_start))
    if starts not in days:
        raise RefusedError(
            what=_("Enrolment cannot be put off from {day}.").format(day=long_date(starts)),
            why=_(
                "It can be put off from the first day of the job, from the day your pension "
                "duties start, and from a day somebody first earns enough. Never when somebody "
                "is enrolled again after three years."
            ),
            next_step=_("Choose one of these days: {days}.").format(
                days="; ".join(long_date(day) for day in days)
            )
            if days
            else _("Enrol them with this payday."),
        )
    window = postponement_window(starts, rates)
    if deferral_day not in window:
        raise EntryError(
            what=_("Enrolment cannot be put off until {day}.").format(day=long_date(deferral_day)),
            why=_("It can be put off for up to three months: from {first} to {last}.").format(
                first=long_date(starts), last=long_date(window.last_day)
            ),
            next_step=_("Choose a day up to and including {last}.").format(
                last=long_date(window.last_day)
            ),
        )


# ── telling and joining ──


def notice_window(starts: date, rates: Rates) -> Window:
    """Return the days in which a worker is told in writing: of a postponement, or of their rights.

    Args:
        starts: The day the postponement starts, or the worker is first assessed.
        rates: What is in force.
    """
    weeks = _timing(rates).whole("notice_within_weeks")
    last = _end_of_weeks(starts, weeks)
    return Window(starts, last, Step(_NOTICE, (starts, weeks), last))


def joining_window(eligible_on: date, rates: Rates) -> Window:
    """Return the days in which an eligible worker is made a member and told about it."""
    weeks = _timing(rates).whole("join_within_weeks")
    last = _end_of_weeks(eligible_on, weeks)
    return Window(eligible_on, last, Step(_JOINING, (eligible_on, weeks), last))


# ── opting out ──


def opt_out_window(member_on: date, informed_on: date, rates: Rates) -> Window:
    """Return the days in which a worker may opt out, as if they had never been a member.

    Args:
        member_on: The day the provider made them a member.
        informed_on: The day they were given the enrolment letter.
        rates: What is in force.
    """
    months = _timing(rates).whole("opt_out_months")
    first = max(member_on, informed_on)
    last = _end_of_months(first, months)
    return Window(first, last, Step(_OPT_OUT, (member_on, informed_on, months), last))


def refund_window(opted_out_on: date, rates: Rates) -> Window:
    """Return the days in which everything taken is given back after an opt-out."""
    months = _timing(rates).whole("refund_within_months")
    last = _end_of_months(opted_out_on, months)
    return Window(opted_out_on, last, Step(_REFUND, (opted_out_on, months), last))


# ── what the regulator is told, and coming back after three years ──


def declaration_window(duties_start: date, rates: Rates) -> Window:
    """Return the days in which the first declaration of compliance is made."""
    months = _timing(rates).whole("declaration_within_months")
    last = _end_of_months(duties_start, months)
    return Window(duties_start, last, Step(_DECLARATION, (duties_start, months), last))


def third_anniversary(since: date, rates: Rates) -> date:
    """Return three years after the duties started, or after people were last enrolled again."""
    return plus_months(since, 12 * _timing(rates).whole("re_enrolment_years"))


def re_enrolment_window(since: date, rates: Rates) -> Window:
    """Return the days one of which is chosen to enrol people again.

    Args:
        since: The day the duties started, or the day people were last enrolled again.
        rates: What is in force.
    """
    anniversary = third_anniversary(since, rates)
    months = _timing(rates).whole("re_enrolment_window_months_each_side")
    first = plus_months(anniversary, -months)
    last = _end_of_months(anniversary, months)
    return Window(first, last, Step(_RE_ENROLMENT, (since, anniversary, months, first), last))


def re_declaration_window(since: date, rates: Rates) -> Window:
    """Return the days in which the regulator is told again, even with nobody to enrol again."""
    anniversary = third_anniversary(since, rates)
    months = _timing(rates).whole("declaration_within_months")
    last = _end_of_months(anniversary, months)
    return Window(anniversary, last, Step(_RE_DECLARATION, (since, anniversary, months), last))


def gone_long_enough(gone_on: date, re_enrolment_day: date, rates: Rates) -> bool:
    """Whether somebody who opted out or left must be enrolled again on the three-yearly day.

    Somebody who went in the twelve months before it need not be.
    """
    months = _timing(rates).whole("gone_longer_than_months")
    return gone_on < plus_months(re_enrolment_day, -months)


# ── paying it over ──


def pay_over_by(pay_date: date, rates: Rates, *, electronic: bool = True) -> date:
    """Return the last day the law allows for what was taken on a payday to reach the provider."""
    name = "pay_over_by_day" if electronic else "pay_over_by_day_not_electronic"
    return plus_months(pay_date.replace(day=1), 1).replace(day=_timing(rates).whole(name))


# ── counting days ──


def _timing(rates: Rates) -> Figures:
    return rates["auto_enrolment.timing"]


def _end_of_weeks(first: date, weeks: int) -> date:
    return first + timedelta(weeks=weeks) - _ONE_DAY


def _end_of_months(first: date, months: int) -> date:
    """Return the last day of so many months begun on *first*.

    That is the day before the same day of the month, or the last day of a month too short to
    have it.
    """
    same = plus_months(first, months)
    return same - _ONE_DAY if same.day == first.day else same


# ── what each step says ──

_POSTPONEMENT = Rule(
    id="pension.postponement",
    title=N_("Enrolment put off"),
    sentence=N_(
        "Enrolment may be put off for up to {months} months. From {starts} that is until {result} "
        "at the latest."
    ),
    names=("starts", "months"),
    source=f"{_ACT}, section 4; The Pensions Regulator, detailed guidance 3a",
    rounding=COUNTED,
)
_NOTICE = Rule(
    id="pension.notice",
    title=N_("Telling the worker in writing"),
    sentence=N_("The letter is due within {weeks} weeks of {starts}: by {result}."),
    names=("starts", "weeks"),
    source=f"{_REGULATIONS}, regulations 21 to 24",
    rounding=COUNTED,
)
_JOINING = Rule(
    id="pension.joining",
    title=N_("Joining the pension"),
    sentence=N_(
        "From {eligible_on} this person must be in the pension. Everything for it, the letter "
        "included, is done within {weeks} weeks: by {result}."
    ),
    names=("eligible_on", "weeks"),
    source=f"{_REGULATIONS}, regulations 2 and 7",
    rounding=COUNTED,
)
_OPT_OUT = Rule(
    id="pension.opt_out",
    title=N_("Opting out"),
    sentence=N_(
        "The pension provider made this person a member on {member_on}, and they got the letter "
        "on {informed_on}. From the later of the two they have {months} month to opt out: until "
        "{result}."
    ),
    names=("member_on", "informed_on", "months"),
    source=f"{_ACT}, section 8; {_REGULATIONS}, regulation 9",
    rounding=COUNTED,
)
_REFUND = Rule(
    id="pension.refund_due",
    title=N_("Giving back what was taken"),
    sentence=N_(
        "They opted out on {opted_out_on}. Everything taken from their pay is given back within "
        "{months} month: by {result}."
    ),
    names=("opted_out_on", "months"),
    source=f"{_REGULATIONS}, regulation 11",
    rounding=COUNTED,
)
_DECLARATION = Rule(
    id="pension.declaration",
    title=N_("Declaration of compliance"),
    sentence=N_(
        "Your pension duties started on {duties_start}. The Pensions Regulator is told how you "
        "met them within {months} months: by {result}."
    ),
    names=("duties_start", "months"),
    source=f"{_COMPLIANCE}, regulation 3",
    rounding=COUNTED,
)
_RE_ENROLMENT = Rule(
    id="pension.re_enrolment",
    title=N_("Enrolling people again"),
    sentence=N_(
        "Three years after {since} is {anniversary}. You choose a day from {months} months before "
        "it, {first}, to {result}."
    ),
    names=("since", "anniversary", "months", "first"),
    source=f"{_ACT}, section 5; {_REGULATIONS}, regulation 12",
    rounding=COUNTED,
)
_RE_DECLARATION = Rule(
    id="pension.re_declaration",
    title=N_("Telling the regulator again"),
    sentence=N_(
        "Three years after {since} is {anniversary}. The Pensions Regulator is told again within "
        "{months} months of that: by {result}, even with nobody to enrol again."
    ),
    names=("since", "anniversary", "months"),
    source=f"{_COMPLIANCE}, regulation 4",
    rounding=COUNTED,
)
