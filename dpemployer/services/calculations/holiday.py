"""Holiday that builds up, and leave taken, carried over, refused or left at the end."""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from dpemployer.errors import EntryError
from dpemployer.i18n import _
from dpemployer.services.calculations.holiday_money import MONEY_QUESTIONS
from dpemployer.services.calculations.holiday_shapes import (
    FOUR_PLACES,
    class_in,
    hours_in,
    minutes_shown,
    nation_in,
    number_shown,
    plain,
    refuse_northern_ireland,
    rounded,
)
from dpemployer.statutory.holiday import (
    HoursPattern,
    LeaveYear,
    class_of,
    first_year,
    full_year,
    full_year_hours,
    leaver,
    short_year,
    starter,
)
from dpemployer.statutory.holiday_accrual import (
    WeekWorked,
    accrued,
    accrued_under_cap,
    accrued_while_absent,
    running_credit,
)
from dpemployer.statutory.holiday_contract import bank_holiday_use, contract_leave
from dpemployer.statutory.holiday_leave import (
    CarryReason,
    accrued_carry_over,
    keep_record_until,
    leave_notice,
    regular_carry_over,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from dpemployer.bank_days import Nation
    from dpemployer.services.cases import Case, Worked
    from dpemployer.statutory.holiday import Entitlement
    from dpemployer.statutory.rates import RateBook

_MOST_WEEKS = 1000
_MOST_DAYS_IN_YEAR = 366
_DAYS_IN_WEEK = 7
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def holiday(case: Case, rates: RateBook) -> Worked:  # noqa: ARG001 - every kind is asked alike
    """Answer what `fn` asks about holiday."""
    question = case.text("fn")
    answer = _QUESTIONS.get(question)
    if answer is None:
        raise EntryError(
            what=_("“fn” cannot be “{value}”.").format(value=question),
            why=_("It should be one of: {choices}.").format(choices=", ".join(_QUESTIONS)),
            next_step=_("Put it right and ask again."),
        )
    return answer(case.part("inputs"), nation_in(case, "jurisdiction"))


# ── classes and regular hours ──


def _classify(inputs: Case, nation: Nation) -> Worked:
    found = class_of(
        inputs.choice("hours_pattern", HoursPattern),
        nation_in(inputs, "nation", nation),
        inputs.day("leave_year_start"),
    )
    return {"class": found.holiday_class.value, "uncertain": found.uncertain}, found.workings


def _regular_days(inputs: Case, _nation: Nation) -> Worked:
    found = full_year(_days_per_week(inputs))
    return {"days": plain(found.days)}, found.workings


def _regular_hours(inputs: Case, _nation: Nation) -> Worked:
    weekly = _weekly_hours(inputs)
    days = None if inputs.lacks("days_per_week") else _days_per_week(inputs)
    hours = full_year_hours(weekly, days)
    result = {"hours": plain(hours)}
    if not inputs.lacks("book_shift_hours"):
        result["balance_after_booking"] = plain(hours - hours_in(inputs, "book_shift_hours"))
    return result, full_year(days).workings if days is not None else ()


def _weekly_hours(inputs: Case) -> Fraction:
    """Read the hours of a week: said, the average of a rota, or the sum of the week's shifts."""
    if not inputs.lacks("hours_per_week"):
        return hours_in(inputs, "hours_per_week")
    if not inputs.lacks("rotation_hours"):
        weeks = inputs.quantities("rotation_hours")
        return Fraction(sum(weeks)) / max(len(weeks), 1)
    if not inputs.lacks("shifts_hours"):
        return Fraction(sum(inputs.quantities("shifts_hours")))
    return hours_in(inputs, "hours_per_week")


def _starter(inputs: Case, _nation: Nation) -> Worked:
    found = starter(
        _days_per_week(inputs), inputs.day("leave_year_start"), inputs.day("start_date")
    )
    result = {
        "months_counted": found.months,
        "days_exact": plain(found.exact_days),
        "days_rounded_up_half": plain(found.days),
    }
    return {**result, **_in_hours(inputs, found)}, found.workings


def _leaver(inputs: Case, _nation: Nation) -> Worked:
    found = leaver(
        _days_per_week(inputs),
        inputs.day("leave_year_start"),
        inputs.day("leaving_date"),
        None if inputs.lacks("start_date") else inputs.day("start_date"),
    )
    result = {
        "days_exact_6dp": rounded(found.exact_days),
        "days_display_up_1dp": _up_to_tenth(found.days),
    }
    return {**result, **_in_hours(inputs, found)}, found.workings


def _first_year(inputs: Case, _nation: Nation) -> Worked:
    found = first_year(_days_per_week(inputs), inputs.day("start_date"), inputs.day("as_of"))
    taken = Fraction(0) if inputs.lacks("days_taken") else hours_in(inputs, "days_taken")
    result = {
        "months_accrued": found.months,
        "accrued_days": plain(found.days),
        "available_days": plain(found.days - taken),
    }
    return result, found.workings


def _short_year(inputs: Case, _nation: Nation) -> Worked:
    found = short_year(_days_per_week(inputs), inputs.day("from"), inputs.day("to"))
    result = {
        "days_exact_4dp": rounded(found.exact_days, FOUR_PLACES),
        "days_display_up_1dp": _up_to_tenth(found.days),
    }
    return {**result, **_in_hours(inputs, found)}, found.workings


def _in_hours(inputs: Case, found: Entitlement) -> dict[str, list[int]]:
    """Say days as hours and minutes of an average working day, where the week's hours are said."""
    if inputs.lacks("hours_per_week"):
        return {}
    minutes = found.minutes(hours_in(inputs, "hours_per_week"), _days_per_week(inputs))
    return {"hours_minutes": minutes_shown(minutes)}


def _days_per_week(inputs: Case) -> Decimal:
    days = inputs.quantity("days_per_week")
    if not 0 < days <= _DAYS_IN_WEEK:
        raise EntryError(
            what=_("“inputs.days_per_week” cannot be “{value}”.").format(value=days),
            why=_("A week has 7 days, and somebody works on some of them."),
            next_step=_("Put it right and ask again."),
        )
    return days


def _up_to_tenth(days: Fraction) -> str:
    return plain(Fraction(ceil(days * 10), 10))


# ── irregular hours and part-year work ──


def _accrual(inputs: Case, nation: Nation) -> Worked:
    refuse_northern_ireland(nation)
    hours = hours_in(inputs, "hours_worked")
    credit = running_credit([hours])
    return {
        "exact_hours": plain(credit.exact),
        "accrued_hours": accrued(hours),
    }, credit.workings


def _accruals(inputs: Case, nation: Nation) -> Worked:
    refuse_northern_ireland(nation)
    credit = running_credit(inputs.quantities("pay_period_hours"))
    result = {
        "per_period_rounded": list(credit.rounded_hours),
        "statutory_total_hours": sum(credit.rounded_hours),
        "exact_total_hours": plain(credit.exact),
        "recommended_credit_hours": plain(credit.credit),
    }
    return result, credit.workings


def _capped(inputs: Case, nation: Nation) -> Worked:
    refuse_northern_ireland(nation)
    found = accrued_under_cap(
        hours_in(inputs, "prior_accrued_hours"),
        hours_in(inputs, "hours_worked"),
        hours_in(inputs, "year_hours"),
        inputs.whole("year_days_worked", 0, _MOST_DAYS_IN_YEAR),
    )
    result = {
        "cap_hours": None if found.cap is None else plain(found.cap),
        "period_rounded_hours": found.rounded_hours,
        "credited_hours": number_shown(found.credited),
    }
    return result, found.workings


def _while_absent(inputs: Case, nation: Nation) -> Worked:
    refuse_northern_ireland(nation)
    weeks = [
        WeekWorked(run.quantity("hours"), absent=run.yes_if_any("absent"))
        for run in inputs.parts("weeks_most_recent_first")
        for _week in range(run.whole("n", 0, _MOST_WEEKS))
    ]
    if not inputs.lacks("complete_weeks_employed"):
        weeks = weeks[: inputs.whole("complete_weeks_employed", 0, 10 * _MOST_WEEKS)]
    if inputs.lacks("weeks_absent_in_pay_period") and not inputs.lacks("days_absent_in_pay_period"):
        absent = hours_in(inputs, "days_absent_in_pay_period") / _DAYS_IN_WEEK
    else:
        absent = hours_in(inputs, "weeks_absent_in_pay_period")
    found = accrued_while_absent(weeks, absent)
    result = {
        "weeks_used": found.weeks_used,
        "total_hours": plain(Fraction(found.total_hours)),
        "average_hours_6dp": rounded(found.average_hours),
        "accrual_exact_6dp": rounded(found.exact),
        "accrued_hours": found.hours,
    }
    return result, found.workings


# ── carrying over, asking, keeping ──


def _carry_over(inputs: Case, nation: Nation) -> Worked:
    holiday_class = class_in(inputs, nation)
    reason = inputs.choice("reason", CarryReason)
    taken = Fraction(0) if inputs.lacks("taken_hours") else hours_in(inputs, "taken_hours")
    ends = inputs.day("leave_year_end")
    agreed = None if inputs.lacks("agreed_hours") else hours_in(inputs, "agreed_hours")
    if holiday_class.by_the_hour:
        weekly = None if inputs.lacks("weekly_hours") else hours_in(inputs, "weekly_hours")
        built_up = hours_in(inputs, "accrued_hours")
        found = accrued_carry_over(reason, built_up, taken, ends, weekly, agreed)
    else:
        days = None if inputs.lacks("days_per_week") else _days_per_week(inputs)
        weekly_hours = hours_in(inputs, "weekly_hours")
        found = regular_carry_over(reason, weekly_hours, taken, ends, days, agreed)
    use_by = None if found.use_by is None else found.use_by.isoformat()
    return {"carry_hours": plain(found.hours), "use_by": use_by}, found.workings


def _notice(inputs: Case, _nation: Nation) -> Worked:
    first = inputs.day("leave_first_day")
    if inputs.lacks("leave_days"):
        last = inputs.day("leave_last_day")
        if last < first:
            raise EntryError(
                what=_("“inputs.leave_last_day” is before “inputs.leave_first_day”."),
                why=_("Leave ends on or after the day it begins."),
                next_step=_("Put it right and ask again."),
            )
        days = Fraction((last - first).days + 1)
    else:
        days = hours_in(inputs, "leave_days")
    found = leave_notice(first, days)
    result = {
        "worker_notice_by": found.ask_by.isoformat(),
        "employer_refusal_by": found.refuse_by.isoformat(),
    }
    return result, found.workings


def _retention(inputs: Case, _nation: Nation) -> Worked:
    until = keep_record_until(inputs.day("record_made"))
    return {"keep_until_at_least": None if until is None else until.isoformat()}, ()


# ── bank holidays ──


def _bank_holiday_use(inputs: Case, nation: Nation) -> Worked:
    found = bank_holiday_use(
        nation_in(inputs, "nation", nation),
        LeaveYear.starting(inputs.day("leave_year_start")),
        hours_in(inputs, "hours_per_week"),
        _weekdays(inputs),
        deducted=inputs.lacks("bank_holidays_deducted") or inputs.yes("bank_holidays_deducted"),
    )
    result = {
        "entitlement_hours": plain(found.entitlement),
        "bank_holiday_dates": [day.isoformat() for day in found.days],
        "bank_holiday_hours": plain(found.hours),
        "balance_hours": plain(found.balance),
    }
    return result, found.workings


def _contract_check(inputs: Case, nation: Nation) -> Worked:
    found = contract_leave(
        nation_in(inputs, "nation", nation),
        LeaveYear.starting(inputs.day("leave_year_start")),
        _days_per_week(inputs),
        hours_in(inputs, "contract_days_excluding_bank_holidays"),
        bank_holidays_extra=inputs.yes_if_any("bank_holidays_extra"),
        weekdays=None if inputs.lacks("works_weekdays") else _weekdays(inputs),
    )
    result = {
        "bank_holiday_dates": [day.isoformat() for day in found.bank_holidays],
        "contract_total_days": plain(found.given),
        "statutory_days": plain(found.statutory),
        "shortfall_days": plain(found.shortfall),
    }
    return result, found.workings


def _weekdays(inputs: Case) -> tuple[int, ...]:
    """Read the days of the week that are worked: mon, tue and so on, or in full."""
    found = []
    for word in inputs.words("works_weekdays"):
        short = word.strip().lower()[:3]
        if short not in _WEEKDAYS:
            raise EntryError(
                what=_("“inputs.works_weekdays” cannot be “{value}”.").format(value=word),
                why=_("It should be one of: {choices}.").format(choices=", ".join(_WEEKDAYS)),
                next_step=_("Put it right and ask again."),
            )
        found.append(_WEEKDAYS.index(short))
    if not found:
        raise EntryError(
            what=_("“inputs.works_weekdays” is empty."),
            why=_("Bank holidays count where they fall on a day of work."),
            next_step=_("Name the days of the week that are worked."),
        )
    return tuple(sorted(set(found)))


_QUESTIONS: dict[str, Callable[[Case, Nation], Worked]] = {
    "classify": _classify,
    "regular_entitlement_days": _regular_days,
    "regular_entitlement_hours": _regular_hours,
    "starter_entitlement": _starter,
    "leaver_entitlement": _leaver,
    "first_year_accrual": _first_year,
    "short_leave_year": _short_year,
    "irregular_accrual_period": _accrual,
    "irregular_accrual_sequence": _accruals,
    "irregular_accrual_capped": _capped,
    "absence_accrual_15C": _while_absent,
    "carry_over": _carry_over,
    "leave_notice": _notice,
    "holiday_record_retention": _retention,
    "bank_holiday_consumption": _bank_holiday_use,
    "contract_leave_check": _contract_check,
    **MONEY_QUESTIONS,
}
