"""Questions about working time: rest, breaks, average hours, what an hour came to, miles.

Each case has the question in `fn` and what it is about in `inputs`. Times are what the clock on
the wall says, without a zone.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from dpemployer.i18n import _
from dpemployer.statutory import rest
from dpemployer.statutory.mileage import Vehicle, mileage_paid
from dpemployer.statutory.minimum_wage import effective_rate
from dpemployer.statutory.working_time import (
    DomesticService,
    HoursLimits,
    night_average,
    weekly_average,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from dpemployer.services.cases import Case, Worked
    from dpemployer.statutory.rates import RateBook, Rates


class Question(StrEnum):
    """What may be asked about working time."""

    DAILY_REST = "daily_rest_breaches"
    WEEKLY_REST = "weekly_rest_met"
    REST_BREAK = "rest_break_met"
    WEEKLY_AVERAGE = "weekly_average_48"
    NIGHT_AVERAGE = "night_average_8"
    EFFECTIVE_RATE = "nmw_effective_rate"
    MILEAGE = "mileage_reimbursement"


def working_time(case: Case, book: RateBook) -> Worked:
    """Answer one question about working time."""
    return _QUESTIONS[case.choice("fn", Question)](case.part("inputs"), book)


def _today(book: RateBook) -> Rates:
    """Return the limits of working time, which do not follow the tax year."""
    return book.on(book.last_day)


def _daily_rest(inputs: Case, _book: RateBook) -> Worked:
    work = [rest.Stretch(*span) for span in inputs.spans("shifts")]
    required = _required(inputs)
    days = rest.daily_rests(work)
    short = [day for day in days if day.longest < required]
    steps = [
        rest.daily_step(
            day.start, day.longest, required, _("too short") if day in short else _("enough")
        )
        for day in days
    ]
    starts = [day.start.isoformat(timespec="minutes") for day in short]
    return {"breach_at_shift_start": starts}, steps


def _weekly_rest(inputs: Case, _book: RateBook) -> Worked:
    work = [rest.Stretch(*span) for span in inputs.spans("shifts")]
    first = inputs.clock_time("week_start")
    required = _required(inputs)
    longest = rest.weekly_rest(work, first)
    met = longest >= required
    answer = _("enough") if met else _("too short")
    return {"met": met}, [rest.weekly_step(first, longest, required, answer)]


def _required(inputs: Case) -> timedelta:
    hours = inputs.number("required_hours")
    return timedelta(minutes=int(hours * 60))


def _rest_break(inputs: Case, book: RateBook) -> Worked:
    shift = rest.Stretch(*inputs.span("start", "end"))
    breaks = [] if inputs.lacks("breaks") else inputs.spans("breaks")
    limits = rest.RestLimits.of(_today(book), young=inputs.yes_if_any("young_worker"))
    longest = rest.longest_break(shift, (rest.Stretch(*span) for span in breaks))
    met = rest.break_is_enough(shift.length, longest, limits)
    answer = _("nothing is missing") if met else _("too short")
    return {"met": met}, [rest.break_step(shift.length, longest, limits, answer)]


def _weekly_average(inputs: Case, book: RateBook) -> Worked:
    made_up = "makeup_hours_for_excluded_days"
    outcome = weekly_average(
        inputs.number("hours_in_17_weeks"),
        inputs.number(made_up, missing=0),
        inputs.number("weeks"),
        HoursLimits.of(_today(book)),
        opted_out=inputs.yes_if_any("opt_out_signed"),
        domestic_service=_domestic_service(inputs),
    )
    return {"average": outcome.shown, "warn": outcome.warn}, outcome.workings


def _night_average(inputs: Case, book: RateBook) -> Worked:
    outcome = night_average(
        inputs.number("normal_hours_in_17_weeks"),
        inputs.number("days"),
        inputs.number("weekly_rest_days", missing=0),
        HoursLimits.of(_today(book)),
        domestic_service=_domestic_service(inputs),
    )
    return {"average": outcome.shown, "warn": outcome.warn}, outcome.workings


def _domestic_service(inputs: Case) -> DomesticService:
    if inputs.lacks("domestic_servant"):
        return DomesticService.UNKNOWN
    return inputs.choice("domestic_servant", DomesticService)


def _effective_rate(inputs: Case, _book: RateBook) -> Worked:
    outcome = effective_rate(
        inputs.money("pay_counting"), inputs.number("nmw_hours"), inputs.money("nmw_rate")
    )
    shown = None if outcome.rate is None else str(outcome.rate)
    return {"effective_rate_4dp": shown, "meets_nmw": outcome.lawful}, outcome.workings


def _mileage(inputs: Case, book: RateBook) -> Worked:
    outcome = mileage_paid(
        inputs.number("business_miles"),
        inputs.number("miles_already_this_tax_year", missing=0),
        inputs.number("rate_paid"),
        Vehicle.CAR if inputs.lacks("vehicle") else inputs.choice("vehicle", Vehicle),
        book.for_year(inputs.tax_year()),
    )
    result = {
        "paid": outcome.paid.plain,
        "tax_free": outcome.tax_free.plain,
        "taxable_excess": outcome.taxable.plain,
    }
    return result, outcome.workings


_QUESTIONS: dict[Question, Callable[[Case, RateBook], Worked]] = {
    Question.DAILY_REST: _daily_rest,
    Question.WEEKLY_REST: _weekly_rest,
    Question.REST_BREAK: _rest_break,
    Question.WEEKLY_AVERAGE: _weekly_average,
    Question.NIGHT_AVERAGE: _night_average,
    Question.EFFECTIVE_RATE: _effective_rate,
    Question.MILEAGE: _mileage,
}
