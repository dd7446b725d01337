"""What an hour of support costs, what a budget buys, and how the funding year will end."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dpemployer.bookkeeping.forecast import RETENTION_WEEKS, ForecastFacts, forecast
from dpemployer.errors import EntryError
from dpemployer.i18n import _
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.budgeting import holiday_owed, sick_pay_week
from dpemployer.payroll.cost_of_support import QUARTER_HOUR, affordable_hours, cost_of_support
from dpemployer.payroll.cost_terms import (
    WEEKS,
    CostLaw,
    CostTerms,
    PensionMode,
    WorkShare,
    to_places,
)
from dpemployer.periods import TaxYear
from dpemployer.statutory.holiday_accrual import ACCRUAL_RATE

if TYPE_CHECKING:
    from collections.abc import Callable

    from dpemployer.services.cases import Case, Worked
    from dpemployer.statutory.rates import RateBook, Rates

_YEAR = TaxYear(2026)
"""The year whose rates count where a case names none."""
_NORTHERN_IRELAND = frozenset({"ni", "northern_ireland", "northern ireland"})
_FIXED_TOO_HIGH = "FIXED_COSTS_EXCEED_BUDGET"


def funding(case: Case, rates: RateBook) -> Worked:
    """Answer what `fn` asks: a cost, affordable hours, sick pay, a forecast, or holiday owed."""
    question = case.text("fn")
    answer = _QUESTIONS.get(question)
    if answer is None:
        raise EntryError(
            what=_("“fn” cannot be “{value}”.").format(value=question),
            why=_("It should be one of: {choices}.").format(choices=", ".join(_QUESTIONS)),
            next_step=_("Put it right and ask again."),
        )
    return answer(case, rates)


def _employment_cost(case: Case, book: RateBook) -> Worked:
    inputs = case.part("inputs")
    cost = cost_of_support(_terms(case, book), inputs.number("weekly_hours"))
    an_hour = None if cost.per_hour is None else cost.per_hour.plain
    result = {
        "basic": cost.basic.plain,
        "holiday": cost.holiday.plain,
        "bank_holiday": cost.bank_holiday.plain,
        "employer_ni_gross": cost.employer_ni_gross.plain,
        "employer_ni": cost.employer_ni.plain,
        "pension": cost.pension.plain,
        "redundancy_reserve": cost.redundancy_reserve.plain,
        "ssp": cost.ssp.plain,
        "fixed": cost.fixed.plain,
        "contingency": cost.contingency.plain,
        "total": cost.total.plain,
        "per_hour_4dp": None if cost.an_hour is None else to_places(cost.an_hour, 4),
        "per_hour": an_hour,
    }
    return result, cost.workings


def _affordable_hours(case: Case, book: RateBook) -> Worked:
    inputs = case.part("inputs")
    step = _or(inputs, "step_hours", QUARTER_HOUR)
    found = affordable_hours(_terms(case, book), inputs.money("weekly_budget"), step)
    if found is None:
        return {"weekly_hours": None, "error": _FIXED_TOO_HIGH}, ()
    result = {
        "weekly_hours": _with_two_places(found.weekly_hours),
        "annual_cost": found.cost.total.plain,
        "annual_budget": found.annual_budget.plain,
        "weekly_surplus": found.weekly_surplus.plain,
    }
    return result, found.workings


def _sick_pay_week(case: Case, book: RateBook) -> Worked:
    earnings = case.part("inputs").number("average_weekly_earnings")
    week, workings = sick_pay_week(earnings, _rates(case, book))
    return {"weekly_rate": week.plain}, workings


def _year_end_forecast(case: Case, _book: RateBook) -> Worked:
    inputs = case.part("inputs")

    def amount(name: str) -> Money:
        return NOTHING if inputs.lacks(name) else inputs.money(name, below_nothing=True)

    found = forecast(
        ForecastFacts(
            opening=inputs.money("opening_balance", below_nothing=True),
            received=inputs.money("received_to_date", below_nothing=True),
            weekly_funding=inputs.money("weekly_funding"),
            spent=inputs.money("spent_to_date", below_nothing=True),
            unpaid=amount("unpaid_liabilities"),
            weeks_left=inputs.number("weeks_remaining"),
            weekly_cost=inputs.money("weekly_run_rate", below_nothing=True),
            one_offs=() if inputs.lacks("planned_one_offs") else inputs.amounts("planned_one_offs"),
            ring_fenced=amount("ring_fenced_reserve"),
            retention_weeks=_or(inputs, "retention_weeks", RETENTION_WEEKS),
        )
    )
    result = {
        "forecast_closing_balance": found.closing.plain,
        "uncommitted": found.uncommitted.plain,
        "retention_allowance": found.retention_allowance.plain,
        "at_risk_of_recovery": found.at_risk.plain,
        "shortfall": found.shortfall.plain,
    }
    return result, found.workings


def _holiday_liability(case: Case, _book: RateBook) -> Worked:
    inputs = case.part("inputs")
    balances = [(one.exact("hours"), one.number("rate")) for one in inputs.parts("balances")]
    owed, workings = holiday_owed(balances, inputs.number("employer_on_cost_pct", 0))
    return {"liability": owed.plain}, workings


_QUESTIONS: dict[str, Callable[[Case, RateBook], Worked]] = {
    "employment_cost": _employment_cost,
    "affordable_hours": _affordable_hours,
    "ssp_weekly_rate_2026_27": _sick_pay_week,
    "year_end_forecast": _year_end_forecast,
    "holiday_liability": _holiday_liability,
}


def _rates(case: Case, book: RateBook) -> Rates:
    return book.for_year(_YEAR if case.lacks("tax_year") else case.tax_year())


def _terms(case: Case, book: RateBook) -> CostTerms:
    inputs = case.part("inputs")
    return CostTerms(
        law=_law(case, book),
        hourly_rate=inputs.number("hourly_rate"),
        shares=_shares(inputs),
        weeks=_or(inputs, "weeks", WEEKS),
        holiday_rate=_or(inputs, "holiday_pct", ACCRUAL_RATE),
        bank_holiday_extra=inputs.number("bank_holiday_extra", 0),
        bank_holiday_hours=inputs.number("bank_holiday_hours", 0),
        sick_days=inputs.number("ssp_days", 0),
        sick_day_rate=inputs.number("ssp_daily", None if _sick(inputs) else 0),
        fixed=inputs.named_amounts("fixed_annual"),
        contingency=inputs.number("contingency_pct", 0),
    )


def _sick(inputs: Case) -> bool:
    return bool(inputs.number("ssp_days", 0))


def _law(case: Case, book: RateBook) -> CostLaw:
    """Return what the law sets, but for what the case sets itself."""
    inputs = case.part("inputs")
    nation = "" if case.lacks("jurisdiction") else case.text("jurisdiction")
    law = CostLaw.of(
        _rates(case, book), northern_ireland=nation.strip().lower() in _NORTHERN_IRELAND
    )
    changes: dict[str, Any] = {
        field: inputs.number(name) for name, field in _RATES.items() if not inputs.lacks(name)
    }
    changes |= {
        field: inputs.money(name) for name, field in _AMOUNTS.items() if not inputs.lacks(name)
    }
    return replace(law, **changes)


_RATES = {"ni_rate": "ni_rate", "pension_rate": "pension_rate"}
_AMOUNTS = {
    "ni_threshold": "ni_threshold",
    "employment_allowance": "allowance",
    "pension_lower": "pension_lower",
    "pension_upper": "pension_upper",
    "pension_trigger": "pension_trigger",
    "week_pay_cap": "week_pay_cap",
}


def _shares(inputs: Case) -> tuple[WorkShare, ...]:
    """Read who has which part of the work, and what a year of it adds to redundancy pay."""
    shares = _numbers(inputs, "shares") or (Decimal(1),)
    weeks = _numbers(inputs, "redundancy_weeks_per_year") or (Decimal(0),) * len(shares)
    if len(weeks) != len(shares):
        raise EntryError(
            what=_("“redundancy_weeks_per_year” has {weeks} figures for {people} people.").format(
                weeks=len(weeks), people=len(shares)
            ),
            why=_("Each person has weeks of their own, in the order of “shares”."),
            next_step=_("Put it right and ask again."),
        )
    mode = (
        PensionMode.AUTO
        if inputs.lacks("pension_mode")
        else inputs.choice("pension_mode", PensionMode)
    )
    return tuple(
        WorkShare(share, of_a_year, mode) for share, of_a_year in zip(shares, weeks, strict=True)
    )


def _numbers(inputs: Case, name: str) -> tuple[Decimal, ...]:
    return () if inputs.lacks(name) else inputs.numbers(name)


def _or(inputs: Case, name: str, usual: Decimal) -> Decimal:
    return usual if inputs.lacks(name) else inputs.number(name)


def _with_two_places(hours: Decimal) -> str:
    """Write hours with two decimals, and with more only where there are more."""
    settled = hours.quantize(Decimal("0.01"))
    return format(settled if settled == hours else hours.normalize(), "f")
