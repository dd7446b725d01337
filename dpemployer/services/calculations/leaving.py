"""What somebody who leaves is owed, and when: notice, redundancy pay, the last pay."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from dpemployer.bank_days import Nation
from dpemployer.errors import EntryError
from dpemployer.i18n import _, long_date
from dpemployer.payroll.final_pay import final_pay
from dpemployer.statutory.notice import notice_by_employee, notice_by_employer
from dpemployer.statutory.redundancy import (
    EmployerIs,
    agreed_week_pay,
    family_excluded,
    family_test,
    redundancy_pay,
    week_pay,
)
from dpemployer.statutory.unfair_dismissal import qualifying
from dpemployer.workings import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from dpemployer.money import Money
    from dpemployer.services.cases import Case, Worked
    from dpemployer.statutory.rates import RateBook
    from dpemployer.statutory.redundancy import WeekPay

_MOST_WEEKS = 520
_MOST_YEARS = 80
_NORTHERN_IRELAND = frozenset({"ni", "northern_ireland", "northern ireland"})
_DEATH = "death_of_employer"


def redundancy(case: Case, rates: RateBook) -> Worked:
    """Answer what `fn` asks: notice, redundancy pay, the last pay, or unfair dismissal."""
    question = case.text("fn")
    answer = _QUESTIONS.get(question)
    if answer is None:
        raise EntryError(
            what=_("“fn” cannot be “{value}”.").format(value=question),
            why=_("It should be one of: {choices}.").format(choices=", ".join(_QUESTIONS)),
            next_step=_("Put it right and ask again."),
        )
    return answer(case.part("inputs"), _nation(case), rates)


def _statutory_redundancy(inputs: Case, nation: Nation, rates: RateBook) -> Worked:
    start, last_day = _days(inputs, "employment_start", "employment_end")
    died = not inputs.lacks("reason") and inputs.text("reason") == _DEATH
    found = redundancy_pay(
        born_on=_days(inputs, "date_of_birth", "employment_start")[0],
        start=start,
        last_day=last_day,
        week=_week(inputs),
        nation=nation,
        rates=rates,
        weeks_given=None if died else _weeks_given(inputs),
        employer_is=_employer_is(inputs),
        domestic=inputs.lacks("domestic_worker") or inputs.yes("domestic_worker"),
    )
    result = {
        "relevant_date": found.relevant_date.isoformat(),
        "complete_years": found.complete_years,
        "eligible": found.due,
        "multiplier_weeks": shown(found.weeks),
        "week_pay_cap": None if found.cap is None else shown(found.cap.pounds),
        "amount": found.amount.plain,
    }
    return result, found.workings


def _family_exclusion(inputs: Case, _nation: Nation, _rates: RateBook) -> Worked:
    employer_is, domestic = _employer_is(inputs), inputs.yes("domestic_worker")
    excluded = family_excluded(employer_is, domestic=domestic)
    years = 0 if excluded else inputs.whole("complete_years", 0, _MOST_YEARS)
    due, workings = family_test(employer_is, years, domestic=domestic)
    return {"statutory_redundancy_due": due}, workings


def _notice_by_employer(inputs: Case, _nation: Nation, _rates: RateBook) -> Worked:
    found = notice_by_employer(*_days(inputs, "employment_start", "as_of"))
    return {"weeks": found.weeks}, found.workings


def _notice_by_employee(inputs: Case, _nation: Nation, _rates: RateBook) -> Worked:
    found = notice_by_employee(*_days(inputs, "employment_start", "as_of"))
    return {"weeks": found.weeks}, found.workings


def _final_pay(inputs: Case, _nation: Nation, _rates: RateBook) -> Worked:
    hours = _quantity(inputs, "unpaid_hours")
    holiday = _quantity(inputs, "untaken_holiday_hours")
    notice = _quantity(inputs, "notice_weeks_in_lieu")
    weeks = _quantity(inputs, "redundancy_weeks")
    found = final_pay(
        hourly_rate=_money(inputs, "hourly_rate", needed=bool(hours or holiday)),
        unpaid_hours=hours,
        untaken_holiday_hours=holiday,
        notice_weeks=notice,
        redundancy_weeks=weeks,
        week_pay=_money(inputs, "week_pay", needed=bool(notice or weeks)),
    )
    result = {
        "wages": found.wages.plain,
        "holiday_in_lieu": found.holiday_in_lieu.plain,
        "pay_in_lieu_of_notice": found.notice_in_lieu.plain,
        "statutory_redundancy": found.redundancy.plain,
        "taxable_and_nicable": found.taxable.plain,
        "exempt_redundancy": found.exempt.plain,
    }
    return result, found.workings


def _unfair_dismissal(inputs: Case, nation: Nation, rates: RateBook) -> Worked:
    start, dismissed_on = _days(inputs, "employment_start", "dismissal_date")
    found = qualifying(start, dismissed_on, nation, rates, _weeks_given(inputs))
    result = {
        "effective_date_for_qualifying": found.effective_date.isoformat(),
        "qualifies": found.qualifies,
    }
    return result, found.workings


_QUESTIONS: dict[str, Callable[[Case, Nation, RateBook], Worked]] = {
    "statutory_redundancy": _statutory_redundancy,
    "redundancy_family_exclusion": _family_exclusion,
    "statutory_notice_employer": _notice_by_employer,
    "statutory_notice_employee": _notice_by_employee,
    "final_pay": _final_pay,
    "unfair_dismissal_qualifies": _unfair_dismissal,
}


def _nation(case: Case) -> Nation:
    """Read whose law applies; one law does for England, Scotland and Wales."""
    if case.lacks("jurisdiction"):
        return Nation.ENGLAND
    said = case.text("jurisdiction").strip().lower()
    return Nation.NORTHERN_IRELAND if said in _NORTHERN_IRELAND else Nation.ENGLAND


def _days(inputs: Case, first: str, last: str) -> tuple[date, date]:
    """Read two days, the first not after the last."""
    start, end = inputs.day(first), inputs.day(last)
    if end < start:
        raise EntryError(
            what=_("“{last}”, {end}, is before “{first}”, {start}.").format(
                last=last, end=long_date(end), first=first, start=long_date(start)
            ),
            why=_("Nobody works before they are born, or after a job has ended."),
            next_step=_("Put it right and ask again."),
        )
    return start, end


def _weeks_given(inputs: Case) -> int | None:
    if inputs.lacks("statutory_notice_weeks_given"):
        return None
    return inputs.whole("statutory_notice_weeks_given", 0, _MOST_WEEKS)


def _employer_is(inputs: Case) -> EmployerIs:
    if inputs.lacks("employer_is"):
        return EmployerIs.OTHER
    return EmployerIs.parse(inputs.text("employer_is"))


def _week(inputs: Case) -> WeekPay:
    """Read a week's pay, or the weeks to average it over: the newest first, each `n` times."""
    if inputs.lacks("average_week_pay_from"):
        return agreed_week_pay(inputs.money("week_pay"))
    return week_pay(_paid_weeks(inputs))


def _paid_weeks(inputs: Case) -> Iterator[Money]:
    for group in inputs.parts("average_week_pay_from"):
        times = 1 if group.lacks("n") else group.whole("n", 0, _MOST_WEEKS)
        pay = group.money("pay")
        for _week_of_it in range(times):
            yield pay


def _quantity(inputs: Case, name: str) -> Decimal:
    return Decimal(0) if inputs.lacks(name) else inputs.exact(name)


def _money(inputs: Case, name: str, *, needed: bool) -> Money:
    return inputs.money(name) if needed else inputs.money_if_any(name)
