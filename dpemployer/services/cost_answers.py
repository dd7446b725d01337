"""Answer what an hour costs, and how the funding year will end, from a question alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from dpemployer.bookkeeping.forecast import FEWEST_WEEKS, Band, ForecastFacts, forecast
from dpemployer.errors import RatesUnknownError
from dpemployer.findings import Finding, Severity
from dpemployer.i18n import N_, _, long_date, ngettext
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.budgeting import rate_findings
from dpemployer.payroll.cost_of_support import affordable_hours, cost_of_support
from dpemployer.payroll.cost_terms import (
    WEEKS,
    CostLaw,
    CostTerms,
    PensionMode,
    WorkShare,
    at_rate,
    to_the_penny,
)
from dpemployer.services.cost_rows import (
    CostAnswer,
    CostLine,
    FixedCost,
    ForecastAnswer,
    ForecastLine,
    NextApril,
)
from dpemployer.statutory.minimum_wage import WageBand, hourly_minimum
from dpemployer.workings import explain, shown

if TYPE_CHECKING:
    from dpemployer.payroll.cost_of_support import AffordableHours, CostOfSupport
    from dpemployer.services.cost_rows import CostPerson, CostQuestion, ForecastQuestion
    from dpemployer.statutory.rates import RateBook
    from dpemployer.workings import ExplainedStep

FIXED_LABELS = {
    FixedCost.INSURANCE: N_("insurance"),
    FixedCost.PAYROLL: N_("payroll"),
    FixedCost.TRAINING: N_("training"),
    FixedCost.RECRUITMENT: N_("finding people and checks"),
    FixedCost.OTHER: N_("other costs"),
}
_APRIL = 4
_NEW_TAX_YEAR = 6
"""The rest of the law changes five days after the minimum wage."""


def cost_answer(question: CostQuestion, rates: RateBook) -> CostAnswer:
    """Say what an hour costs.

    Raises:
        EntryError: If something asked cannot be.
        RatesUnknownError: If no rates are known for the day.
    """
    terms = _terms(question, rates)
    cost = cost_of_support(terms, question.weekly_hours)
    budget = question.weekly_budget
    found = None if budget is None else affordable_hours(terms, budget)
    coming = None if question.next_rate is None else _next_april(question, terms, cost, rates)
    times = None
    if cost.an_hour is not None:
        ratio = cost.an_hour / Fraction(question.hourly_rate.pounds)
        times = Decimal(to_the_penny(ratio).pence).scaleb(-2)
    return CostAnswer(
        question=question,
        lines=_lines(cost),
        total=cost.total,
        per_hour=cost.per_hour,
        times_the_wage=times,
        affordable=None if found is None else found.weekly_hours,
        weekly_surplus=None if found is None else found.weekly_surplus,
        sentences=_sentences(cost, times, question, found, coming),
        findings=(*_cost_findings(question, terms, rates), *_april_findings(coming)),
        next_april=coming,
        steps=explain(cost.workings, question.on),
        affordable_steps=() if found is None else explain(found.workings, question.on),
        next_steps=() if coming is None else _april_steps(question, terms, rates),
    )


def next_first_of_april(day: date) -> date:
    """Return the next day on which the minimum wage changes."""
    this_year = date(day.year, _APRIL, 1)
    return this_year if day < this_year else date(day.year + 1, _APRIL, 1)


def forecast_answer(question: ForecastQuestion) -> ForecastAnswer:
    """Say how the funding year will end, if things go on as they are."""
    found = forecast(
        ForecastFacts(
            opening=question.opening,
            received=question.received,
            weekly_funding=question.weekly_funding,
            spent=question.spent,
            unpaid=question.unpaid + question.holiday_owed,
            weeks_left=question.weeks_left,
            weekly_cost=question.weekly_cost,
            one_offs=(question.one_offs,),
            ring_fenced=question.ring_fenced,
            retention_weeks=question.retention_weeks,
        )
    )
    to_come = to_the_penny(Fraction(question.weeks_left) * Fraction(question.weekly_funding.pounds))
    to_spend = to_the_penny(Fraction(question.weeks_left) * Fraction(question.weekly_cost.pounds))
    lines = (
        ForecastLine(_("There when the year began"), question.opening),
        ForecastLine(_("Came in since"), question.received),
        ForecastLine(_("Spent since"), -question.spent),
        ForecastLine(_("Owed and not yet paid"), -question.unpaid),
        ForecastLine(_("Holiday that is still owed"), -question.holiday_owed),
        ForecastLine(_("Planned before the year ends"), -question.one_offs),
        ForecastLine(_("Still to come in"), to_come),
        ForecastLine(_("Still to be spent in usual weeks"), -to_spend),
        ForecastLine(_("There when the year ends"), found.closing, strong=True),
        ForecastLine(_("Set aside"), -question.ring_fenced),
        ForecastLine(_("Free when the year ends"), found.uncommitted, strong=True),
        ForecastLine(_("What the council lets you keep"), found.retention_allowance),
        ForecastLine(_("What the council may ask for back"), found.at_risk, strong=True),
    )
    return ForecastAnswer(
        question=question,
        lines=lines,
        closing=found.closing,
        at_risk=found.at_risk,
        shortfall=found.shortfall,
        band=found.band,
        sentences=_forecast_sentences(question, found.closing, found.at_risk, found.band),
        findings=_forecast_findings(question),
        steps=(*question.steps, *explain(found.workings, question.on)),
    )


# ── inside: the cost ──


def _terms(question: CostQuestion, rates: RateBook) -> CostTerms:
    law = CostLaw.of(
        rates.on(question.on),
        northern_ireland=question.northern_ireland,
        allowance=question.allowance,
    )
    return CostTerms(
        law=law,
        hourly_rate=question.hourly_rate.pounds,
        shares=tuple(_share(question, person) for person in question.people),
        sleep_ins=question.sleep_ins,
        sleep_in_rate=question.sleep_in_rate.pounds,
        bank_holiday_extra=question.bank_holiday_percent / 100,
        bank_holiday_hours=question.bank_holiday_hours,
        sick_days=question.sick_days,
        sick_day_rate=question.sick_day_rate.pounds,
        fixed=tuple((FIXED_LABELS[kind], amount) for kind, amount in question.fixed if amount),
        contingency=question.contingency_percent / 100,
    )


def _share(question: CostQuestion, person: CostPerson) -> WorkShare:
    mode = question.pension
    if mode is None:
        mode = PensionMode.AUTO if person.must_enrol else PensionMode.NONE
        mode = PensionMode.OPT_IN if person.in_pension else mode
    return WorkShare(
        share=person.share,
        redundancy_weeks=person.redundancy_weeks if question.redundancy else Decimal(0),
        pension=mode,
        under_21=person.under_21,
    )


def _lines(cost: CostOfSupport) -> tuple[CostLine, ...]:
    parts = (
        (_("Pay for the hours"), cost.basic),
        (_("Nights slept in"), cost.sleep_ins),
        (_("Paid holiday"), cost.holiday),
        (_("Extra pay on bank holidays"), cost.bank_holiday),
        (_("Employer’s National Insurance"), cost.employer_ni),
        (_("Employer’s pension"), cost.pension),
        (_("Set aside for redundancy"), cost.redundancy_reserve),
        (_("Sick pay"), cost.ssp),
        (_("Costs that stay the same"), cost.fixed),
        (_("Kept in hand"), cost.contingency),
    )
    return (
        *(_line(cost, label, amount) for label, amount in parts),
        _line(cost, _("Everything"), cost.total, total=True),
    )


def _line(cost: CostOfSupport, label: str, a_year: Money, *, total: bool = False) -> CostLine:
    hours = Fraction(cost.weekly_hours) * Fraction(WEEKS)
    exact = Fraction(a_year.pounds)
    return CostLine(
        label=label,
        a_week=to_the_penny(exact / Fraction(WEEKS)),
        a_year=a_year,
        an_hour=to_the_penny(exact / hours) if hours else None,
        total=total,
    )


def _sentences(
    cost: CostOfSupport,
    times: Decimal | None,
    question: CostQuestion,
    found: AffordableHours | None,
    coming: NextApril | None,
) -> tuple[str, ...]:
    said = []
    if cost.per_hour is not None and times is not None:
        said.append(
            _(
                "An hour of support costs {cost}. That is {times} times the pay of {rate}. A year "
                "of {hours} hours a week costs {total}."
            ).format(
                cost=cost.per_hour,
                times=shown(times),
                rate=question.hourly_rate,
                hours=shown(cost.weekly_hours),
                total=cost.total,
            )
        )
    if found is not None:
        said.append(
            _("{budget} a week buys {hours} hours a week, and {left} a week is left.").format(
                budget=question.weekly_budget,
                hours=shown(found.weekly_hours),
                left=found.weekly_surplus,
            )
        )
    elif question.weekly_budget is not None:
        said.append(
            _("{budget} a week does not even pay the costs that stay the same.").format(
                budget=question.weekly_budget
            )
        )
    if coming is not None:
        said.append(_april_sentence(coming))
    return tuple(said)


def _april_sentence(coming: NextApril) -> str:
    words = (
        _("From {day}, at {rate} an hour, the same hours cost {less} a year less: {total}.")
        if coming.more < NOTHING
        else _("From {day}, at {rate} an hour, the same hours cost {more} a year more: {total}.")
    )
    said = words.format(
        day=long_date(coming.from_day),
        rate=coming.hourly_rate,
        less=abs(coming.more),
        more=coming.more,
        total=coming.total,
    )
    if coming.affordable is None:
        return said
    return _("{said} The same budget then buys {hours} hours a week.").format(
        said=said, hours=shown(coming.affordable)
    )


def _cost_findings(
    question: CostQuestion, terms: CostTerms, rates: RateBook
) -> tuple[Finding, ...]:
    least = hourly_minimum(WageBand.AGE_21_PLUS, rates.on(question.on))
    findings: list[Finding] = []
    if question.hourly_rate < least:
        findings.append(_below_minimum(question.hourly_rate, least, question.on))
    if question.funded_rate is not None:
        findings += rate_findings(terms, question.funded_rate)
    return tuple(findings)


def _below_minimum(rate: Money, least: Money, day: date) -> Finding:
    return Finding(
        severity=Severity.WARNING,
        code="cost_below_minimum_wage",
        subject=_("Pay for an hour"),
        message=_(
            "{rate} an hour is below the minimum wage of {least} on {day} for somebody of 21 or "
            "over. Nobody of that age may be paid so little."
        ).format(rate=rate, least=least, day=long_date(day)),
        source="National Minimum Wage Regulations 2015",
    )


# ── inside: next April ──


def _law_then(question: CostQuestion, terms: CostTerms, rates: RateBook) -> tuple[CostLaw, bool]:
    """Return what the law sets from next April; what it sets now while that is not known."""
    first = next_first_of_april(question.on)
    try:
        then = rates.on(first.replace(day=_NEW_TAX_YEAR))
    except RatesUnknownError:
        return terms.law, False
    law = CostLaw.of(then, northern_ireland=question.northern_ireland, allowance=question.allowance)
    return law, True


def _next_april(
    question: CostQuestion, terms: CostTerms, now: CostOfSupport, rates: RateBook
) -> NextApril:
    rate = question.next_rate or question.hourly_rate
    law, known = _law_then(question, terms, rates)
    later = at_rate(terms, rate.pounds, law)
    cost = cost_of_support(later, question.weekly_hours)
    budget = question.weekly_budget
    found = None if budget is None else affordable_hours(later, budget)
    return NextApril(
        from_day=next_first_of_april(question.on),
        hourly_rate=rate,
        total=cost.total,
        more=cost.total - now.total,
        per_hour=cost.per_hour,
        affordable=None if found is None else found.weekly_hours,
        law_known=known,
    )


def _april_steps(
    question: CostQuestion, terms: CostTerms, rates: RateBook
) -> tuple[ExplainedStep, ...]:
    rate = question.next_rate or question.hourly_rate
    law, _known = _law_then(question, terms, rates)
    cost = cost_of_support(at_rate(terms, rate.pounds, law), question.weekly_hours)
    return explain(cost.workings, next_first_of_april(question.on))


def _april_findings(coming: NextApril | None) -> tuple[Finding, ...]:
    if coming is None or coming.law_known:
        return ()
    return (
        Finding(
            severity=Severity.NOTE,
            code="next_april_not_known",
            subject=_("Next April"),
            message=_(
                "The rates from {day} are not in this program yet. Your own rate of {rate} was "
                "used, and everything else as it is now. Look again when the new rates are out."
            ).format(day=long_date(coming.from_day), rate=coming.hourly_rate),
            source="GOV.UK, rates and thresholds for employers",
        ),
    )


# ── inside: the forecast ──


def _forecast_sentences(
    question: ForecastQuestion, closing: Money, at_risk: Money, band: Band
) -> tuple[str, ...]:
    day = long_date(question.year_ends)
    if band is Band.RED:
        return (
            _("On {day} {missing} will be missing. Tell the council now, in writing.").format(
                day=day, missing=abs(closing)
            ),
        )
    if at_risk:
        return (
            _(
                "On {day} there will be {closing}. The council may ask for {at_risk} of it back. "
                "Ask it what the money may still be used for."
            ).format(day=day, closing=closing, at_risk=at_risk),
        )
    if band is Band.AMBER:
        return (
            _(
                "On {day} there will be {closing}. That is less than two weeks of money: one bill "
                "you did not expect could use it up."
            ).format(day=day, closing=closing),
        )
    return (
        _("On {day} there will be {closing}. That is enough, and no more than may be kept.").format(
            day=day, closing=closing
        ),
    )


def _forecast_findings(question: ForecastQuestion) -> tuple[Finding, ...]:
    if question.weeks_known >= FEWEST_WEEKS:
        return ()
    return (
        Finding(
            severity=Severity.NOTE,
            code="forecast_few_weeks",
            subject=_("What a usual week costs"),
            message=ngettext(
                "This book has {count} week of payslips to go by. With fewer than {needed}, look "
                "at the figure and put in what you expect.",
                "This book has {count} weeks of payslips to go by. With fewer than {needed}, look "
                "at the figure and put in what you expect.",
                question.weeks_known,
            ).format(count=question.weeks_known, needed=FEWEST_WEEKS),
            source="",
        ),
    )
