"""What holiday is paid at, rolled-up holiday pay, and holiday at the end of an employment."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from dpemployer.bank_days import Nation
from dpemployer.errors import EntryError
from dpemployer.i18n import _
from dpemployer.money import Money
from dpemployer.services.calculations.holiday_shapes import (
    FOUR_PLACES,
    class_in,
    hours_in,
    nation_in,
    plain,
    refuse_northern_ireland,
    rounded,
)
from dpemployer.statutory.holiday import HolidayClass, full_year_hours, leaver
from dpemployer.statutory.holiday_accrual import (
    LOOK_BACK_WEEKS,
    RELEVANT_WEEKS,
    accrued,
)
from dpemployer.statutory.holiday_leave import settle_leaver
from dpemployer.statutory.holiday_pay import (
    RELEVANT_WEEKS_NI,
    PaidWeekBefore,
    average_week_pay,
    inclusive_rate,
    pay_at_average,
    pay_for_shift,
    rolled_up_pay,
    rolled_up_refusal,
    rolled_up_while_absent,
    two_pots,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from dpemployer.services.cases import Case, Worked

_MOST_WEEKS = 1000
_FULL_DAYS = 28
_NOT_PAY_FOR_WORK = frozenset(
    {
        "accommodation",
        "advance",
        "expense",
        "expenses",
        "holiday",
        "holiday_in_lieu",
        "holiday_pay",
        "loan",
        "mileage",
        "notice_in_lieu",
        "pay_in_lieu",
        "pay_in_lieu_of_notice",
        "pilon",
        "redundancy",
        "redundancy_pay",
        "reimbursement",
        "rhp",
        "rolled_up",
        "rolled_up_holiday",
        "rolled_up_holiday_pay",
        "sap",
        "shpp",
        "smp",
        "sncp",
        "spbp",
        "spp",
        "ssp",
        "travel_expenses",
    }
)
"""What is not pay for work done: costs given back, statutory pay, and holiday pay itself."""


def _average_week(inputs: Case, nation: Nation) -> Worked:
    northern_ireland = nation is Nation.NORTHERN_IRELAND
    window = RELEVANT_WEEKS_NI if northern_ireland else RELEVANT_WEEKS
    look_back = None if northern_ireland else LOOK_BACK_WEEKS
    if not inputs.lacks("window"):
        window = inputs.whole("window", 1, _MOST_WEEKS)
    if not inputs.lacks("lookback_limit"):
        look_back = inputs.whole("lookback_limit", 0, 10 * _MOST_WEEKS)
    found = average_week_pay(_weeks(inputs), window, look_back)
    result = {
        "weeks_used": found.weeks_used,
        "total_pay": found.total.plain,
        "week_pay": None if found.week_pay is None else found.week_pay.plain,
    }
    return result, found.workings


def _weeks(inputs: Case) -> list[PaidWeekBefore]:
    weeks = [
        PaidWeekBefore(
            run.money("pay"),
            Fraction(0) if run.lacks("hours") else hours_in(run, "hours"),
            reduced=run.yes_if_any("reduced"),
        )
        for run in inputs.parts("weeks_most_recent_first")
        for _week in range(run.whole("n", 0, _MOST_WEEKS))
    ]
    if not inputs.lacks("complete_weeks_employed"):
        weeks = weeks[: inputs.whole("complete_weeks_employed", 0, 10 * _MOST_WEEKS)]
    return weeks


def _hourly_rate(inputs: Case, _nation: Nation) -> Worked:
    if inputs.lacks("total_pay") and not inputs.lacks("weeks_most_recent_first"):
        average = average_week_pay(_weeks(inputs))
        pay, hours = average.total, average.hours
    else:
        pay, hours = inputs.money("total_pay"), hours_in(inputs, "total_hours")
    found = pay_at_average(pay, hours, hours_in(inputs, "leave_hours"))
    result = {
        "hourly_rate_4dp": rounded(found.hourly, FOUR_PLACES),
        "holiday_pay": found.amount.plain,
    }
    return result, found.workings


def _two_pots(inputs: Case, nation: Nation) -> Worked:
    regular = inputs.lacks("class")
    found = two_pots(
        inputs.money("weekly_basic"),
        inputs.money("weekly_normal_remuneration"),
        HolidayClass.REGULAR if regular else class_in(inputs, nation),
    )
    result = {
        "first_4_weeks": found.first_weeks.plain,
        "last_1_6_weeks": found.other_weeks.plain,
        "total_minimum": found.least.plain,
        "total_if_all_normal": found.all_normal.plain,
    }
    return result, found.workings


def _shift_pay(inputs: Case, _nation: Nation) -> Worked:
    found = pay_for_shift(
        inputs.money("week_pay"), hours_in(inputs, "weekly_hours"), hours_in(inputs, "shift_hours")
    )
    return {"holiday_pay": found.amount.plain}, found.workings


# ── rolled-up holiday pay ──


def _rolled_up(inputs: Case, nation: Nation) -> Worked:
    refuse_northern_ireland(nation)
    found = rolled_up_pay(inputs.money("pay_for_work"))
    return {"holiday_pay": found.amount.plain}, found.workings


def _rolled_up_components(inputs: Case, nation: Nation) -> Worked:
    refuse_northern_ireland(nation)
    base = Money.total(
        part.money("amount") for part in inputs.parts("components") if _for_work(part.text("type"))
    )
    found = rolled_up_pay(base)
    return {"base": base.plain, "holiday_pay": found.amount.plain}, found.workings


def _for_work(kind: str) -> bool:
    """Whether a kind of payment is pay for work; one nobody knows is, so that nobody loses."""
    kind = kind.strip().lower().replace("-", "_").replace(" ", "_")
    return kind not in _NOT_PAY_FOR_WORK and not kind.startswith("statutory")


def _rolled_up_absent(inputs: Case, nation: Nation) -> Worked:
    refuse_northern_ireland(nation)
    found = rolled_up_while_absent(inputs.amounts("rolled_up_paid_in_relevant_period"))
    return {"holiday_pay_per_pay_period": found.amount.plain}, found.workings


def _inclusive(inputs: Case, _nation: Nation) -> Worked:
    found = inclusive_rate(inputs.money("inclusive_rate"), inputs.money("nmw"))
    result = {
        "basic_rate_4dp": rounded(found.basic, FOUR_PLACES),
        "meets_nmw": found.lawful,
        "minimum_inclusive_rate": found.least_inclusive.plain,
    }
    return result, found.workings


def _rolled_up_allowed(inputs: Case, nation: Nation) -> Worked:
    where = nation_in(inputs, "nation", nation)
    refusal = rolled_up_refusal(class_in(inputs, where), inputs.day("leave_year_start"), where)
    return {"allowed": refusal is None, "reason": "OK" if refusal is None else refusal.value}, ()


# ── leaving ──


def _termination(inputs: Case, nation: Nation) -> Worked:
    regular = not class_in(inputs, nation).by_the_hour
    carried = Fraction(0) if inputs.lacks("carried_hours") else hours_in(inputs, "carried_hours")
    built_up = (_built_up(inputs) if regular else _accrued(inputs)) + carried
    found = settle_leaver(
        built_up,
        Fraction(0) if inputs.lacks("taken_hours") else hours_in(inputs, "taken_hours"),
        _rate(inputs),
        agreed_in_writing=inputs.yes_if_any("overtaken_clause"),
    )
    result: dict[str, object] = {}
    suffix, said = "", plain
    if regular:
        suffix, said = "_4dp", partial(rounded, places=FOUR_PLACES)
        result["accrued_hours_4dp"] = said(found.accrued)
    if found.untaken >= 0:
        result[f"untaken_hours{suffix}"] = said(found.untaken)
        result["pay_in_lieu"] = found.pay_in_lieu.plain
    else:
        result[f"overtaken_hours{suffix}"] = said(found.overtaken)
        result["deduction"] = found.deduction.plain
    return result, found.workings


def _built_up(inputs: Case) -> Fraction:
    """Return the exact hours of regular hours by the last day: the year's, by days of it."""
    weekly = hours_in(inputs, "weekly_hours")
    days = None if inputs.lacks("days_per_week") else inputs.quantity("days_per_week")
    fraction = leaver(
        5,
        inputs.day("leave_year_start"),
        inputs.day("leaving_date"),
        None if inputs.lacks("start_date") else inputs.day("start_date"),
    )
    return full_year_hours(weekly, days) * fraction.days / _FULL_DAYS


def _accrued(inputs: Case) -> Fraction:
    """Return the hours of irregular hours; a last part of a pay period adds its own first."""
    hours = hours_in(inputs, "accrued_hours")
    if not inputs.lacks("final_period_hours"):
        hours += accrued(hours_in(inputs, "final_period_hours"))
    return hours


def _rate(inputs: Case) -> Fraction:
    if not inputs.lacks("hourly_rate"):
        return hours_in(inputs, "hourly_rate")
    if inputs.lacks("total_pay"):
        raise EntryError(
            what=_("“inputs.hourly_rate” is missing."),
            why=_("Holiday is paid at a rate, or at the average of the weeks before."),
            next_step=_("Add it, or add “inputs.total_pay” and “inputs.total_hours”."),
        )
    return pay_at_average(inputs.money("total_pay"), hours_in(inputs, "total_hours"), 1).hourly


MONEY_QUESTIONS: dict[str, Callable[[Case, Nation], Worked]] = {
    "average_week_pay": _average_week,
    "irregular_holiday_hourly_rate": _hourly_rate,
    "two_pot_cost": _two_pots,
    "regular_leave_shift_pay": _shift_pay,
    "rolled_up_holiday_pay": _rolled_up,
    "rolled_up_holiday_pay_components": _rolled_up_components,
    "rolled_up_during_absence": _rolled_up_absent,
    "inclusive_rate_nmw_check": _inclusive,
    "rolled_up_allowed": _rolled_up_allowed,
    "termination_pay": _termination,
}
