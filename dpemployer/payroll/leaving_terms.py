"""What follows from how an employment ends: notice both ways, a week's pay, redundancy pay.

Nothing is decided here that a person has to decide: why somebody leaves, who gave notice and when,
and whether more is paid than the law asks for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from dpemployer.bank_days import Nation
from dpemployer.errors import EntryError, RefusedError
from dpemployer.findings import Finding, Severity
from dpemployer.i18n import N_, _, long_date
from dpemployer.money import NOTHING, Money, Rounding
from dpemployer.payroll.holiday_rates import complete_weeks
from dpemployer.payroll.leave_years import HolidayContract
from dpemployer.payroll.leaving import (
    BY_DEATH,
    ENDED_BY_EMPLOYER,
    REDUNDANT,
    Leaving,
    LeavingReason,
    NoticeBy,
    calculation_date,
    weeks_missing,
)
from dpemployer.payroll.pay_elements import basic_rate_on
from dpemployer.payroll.people import Employment, HolidayClass, PayRate, PersonalAssistant
from dpemployer.statutory.minimum_wage import check_pay, wage_band
from dpemployer.statutory.notice import notice_by_employee, notice_by_employer, weeks_in_words
from dpemployer.statutory.redundancy import (
    AVERAGE_WEEKS,
    FREE_OF_TAX,
    RedundancyPay,
    WeekPay,
    at_least,
    redundancy_pay,
    week_pay,
)
from dpemployer.statutory.unfair_dismissal import qualifying
from dpemployer.workings import EXACT, Rule, Step, explain

if TYPE_CHECKING:
    from dpemployer.statutory.rates import RateBook


@dataclass(frozen=True, slots=True)
class LeavingFacts:
    """What the book knows that the end of an employment is worked out from."""

    contract: HolidayContract
    """The employment, with the dated terms of its holiday and hours."""
    person: PersonalAssistant
    rates: Sequence[PayRate]
    weeks: Mapping[date, tuple[int, Money]]
    """For the day each paid week ends: minutes and pay."""
    nation: Nation

    @property
    def employment(self) -> Employment:
        """The employment that ends."""
        return self.contract.employment


@dataclass(frozen=True, slots=True)
class LeavingWorked:
    """The end of an employment with everything that follows from it."""

    leaving: Leaving
    employer_weeks: int
    """Notice the law asks the employer for."""
    employee_weeks: int
    missing_weeks: int
    """Of the employer's: neither given nor paid."""
    redundancy: RedundancyPay | None
    """None where the reason gives no right to it."""
    may_complain: bool
    """Whether service is long enough to complain of an unfair dismissal."""
    findings: tuple[Finding, ...]
    workings: tuple[Step, ...] = field(repr=False)


def work_out_leaving(leaving: Leaving, facts: LeavingFacts, rates: RateBook) -> LeavingWorked:
    """Work out what follows from how an employment ends.

    `leaving.redundancy_pay` and `leaving.week_pay` are what was agreed; nothing there, or less than
    follows from the law, means what the law says.

    Raises:
        EntryError: If something typed cannot be right.
        RefusedError: If more redundancy pay is wanted than is free of tax, or less than the law
            says.
        RatesUnknownError: If redundancy pay is due on a day without a known limit.
    """
    _check(leaving, facts.employment)
    start, last_day = facts.employment.started_on, leaving.last_day
    by_employer = notice_by_employer(start, last_day)
    by_employee = notice_by_employee(start, last_day)
    week = _week(leaving, facts, rates)
    if leaving.weeks_in_lieu and not max(leaving.week_pay, week.shown):
        raise _no_week_pay()
    leaving = replace(leaving, week_pay=max(leaving.week_pay, week.shown))
    steps: list[Step] = []
    if leaving.reason in ENDED_BY_EMPLOYER:
        steps += by_employer.workings
    elif leaving.reason is LeavingReason.RESIGNED:
        steps += by_employee.workings
    if leaving.weeks_in_lieu and leaving.reason not in REDUNDANT:
        steps += week.workings
    redundancy = None
    if leaving.reason in REDUNDANT:
        redundancy = redundancy_pay(
            born_on=facts.person.born_on,
            start=start,
            last_day=last_day,
            week=week,
            nation=facts.nation,
            rates=rates,
            weeks_given=leaving.weeks_given,
            employer_is=leaving.employer_is,
        )
        steps += redundancy.workings
    paid = _redundancy_paid(leaving, redundancy)
    if redundancy is not None and paid > redundancy.amount:
        steps.append(Step(_AGREED_MORE, (redundancy.amount,), paid))
    qualified = qualifying(start, last_day, facts.nation, rates, leaving.weeks_given)
    ended = leaving.reason in ENDED_BY_EMPLOYER | {LeavingReason.FIXED_TERM}
    if ended:
        steps += qualified.workings[-1:]
    leaving = replace(leaving, redundancy_pay=paid, workings=explain(steps, last_day))
    missing = weeks_missing(leaving, start)
    return LeavingWorked(
        leaving=leaving,
        employer_weeks=by_employer.weeks if leaving.reason in ENDED_BY_EMPLOYER else 0,
        employee_weeks=by_employee.weeks,
        missing_weeks=missing,
        redundancy=redundancy,
        may_complain=ended and qualified.qualifies,
        findings=_findings(leaving, facts, redundancy, missing, may_complain=qualified.qualifies),
        workings=tuple(steps),
    )


def _check(leaving: Leaving, employment: Employment) -> None:
    start, last_day, given_on = employment.started_on, leaving.last_day, leaving.notice_given_on
    if last_day < start:
        raise EntryError(
            what=_("The last day, {day}, is before the first, {first}.").format(
                day=long_date(last_day), first=long_date(start)
            ),
            why=_("An employment ends on or after the day it began."),
            next_step=_("Type the last day again."),
        )
    if given_on is not None and not start <= given_on <= last_day:
        raise EntryError(
            what=_("Notice cannot have been given on {day}.").format(day=long_date(given_on)),
            why=_("It is given between the first day, {first}, and the last, {last}.").format(
                first=long_date(start), last=long_date(last_day)
            ),
            next_step=_("Check both days."),
        )
    if leaving.notice_by is not NoticeBy.NOBODY and given_on is None:
        raise EntryError(
            what=_("The day notice was given is missing."),
            why=_("How much of the notice has run is counted from it."),
            next_step=_("Type the day, or say that nobody gave notice."),
        )
    if leaving.reason in BY_DEATH and (
        leaving.notice_by is not NoticeBy.NOBODY or leaving.weeks_in_lieu
    ):
        raise EntryError(
            what=_("There is no notice when a contract ends by a death."),
            why=_("The contract ends that day by itself, and no notice is due or paid."),
            next_step=_(
                "Say that nobody gave notice. Where the contract promises notice pay all the same, "
                "pay it after the last pay."
            ),
        )
    if leaving.redundancy_pay > FREE_OF_TAX:
        raise RefusedError(
            what=_("Redundancy pay of {amount} is above {limit}.").format(
                amount=leaving.redundancy_pay, limit=FREE_OF_TAX
            ),
            why=_("Above that it is taxed in a way this program does not work out."),
            next_step=_("Pay {limit} here, and ask HMRC or an accountant about the rest.").format(
                limit=FREE_OF_TAX
            ),
        )


def _no_week_pay() -> EntryError:
    return EntryError(
        what=_("What a week of notice comes to is not known."),
        why=_("It is the average of the weeks paid so far, and none has been paid."),
        next_step=_("Type what you have agreed for a week, or pay no notice instead."),
    )


def _redundancy_paid(leaving: Leaving, redundancy: RedundancyPay | None) -> Money:
    """Return what is paid: what was agreed, or what the law says, whichever is more."""
    due = redundancy.amount if redundancy is not None else NOTHING
    wanted = leaving.redundancy_pay
    if leaving.reason not in REDUNDANT and wanted:
        raise EntryError(
            what=_("Redundancy pay is for work that has ended."),
            why=_("With another reason for leaving it would not be free of tax."),
            next_step=_("Leave it out, or choose redundancy as the reason."),
        )
    if NOTHING < wanted < due:
        raise RefusedError(
            what=_("{amount} is less redundancy pay than the law says.").format(amount=wanted),
            why=_("The law says {due}.").format(due=due),
            next_step=_("Leave the amount out to pay what the law says, or type more."),
        )
    return max(wanted, due)


def _week(leaving: Leaving, facts: LeavingFacts, rates: RateBook) -> WeekPay:
    """Return a week's pay: normal hours at their usual or average rate, or an average week."""
    employment = facts.employment
    until = calculation_date(leaving, employment.started_on)
    complete = complete_weeks(employment, facts.weeks)
    newest = [
        complete[ending]
        for ending in sorted(complete, reverse=True)
        if ending <= until and complete[ending][1] > NOTHING
    ][:AVERAGE_WEEKS]
    terms = facts.contract.on(until)
    hours = terms.hours_per_week
    rate = basic_rate_on(facts.rates, until)
    if terms.holiday_class is HolidayClass.REGULAR and hours is not None and rate is not None:
        found = _normal_hours(hours, rate.rate, newest)
        minutes = Fraction(hours) * 60
    else:
        found = week_pay(pay for _minutes, pay in newest)
        minutes = Fraction(sum(length for length, _pay in newest), max(len(newest), 1))
    day = min(max(until, rates.first_day), rates.last_day)
    known = rates.on(day)
    if not minutes or "minimum_wage" not in known:
        return found
    band = wage_band(facts.person.born_on, day, known)
    least = check_pay(NOTHING, minutes / 60, band, known).minimum_due
    return at_least(found, least)


def _normal_hours(hours: Decimal, rate: Money, newest: Sequence[tuple[int, Money]]) -> WeekPay:
    """Pay normal hours at the usual rate, or at the average hour of twelve weeks where more."""
    minutes = sum(length for length, _pay in newest)
    total = Money.total(pay for _minutes, pay in newest)
    usual = Fraction(rate.pence, 100)
    average = Fraction(total.pence, 100) * 60 / minutes if minutes else usual
    an_hour = max(usual, average)
    pounds = an_hour * Fraction(hours)
    shown = Money.of(Decimal(pounds.numerator) / Decimal(pounds.denominator), Rounding.PAY)
    rule = _NORMAL_HOURS if an_hour == usual else _NORMAL_HOURS_AVERAGE
    hourly = Money.of(Decimal(an_hour.numerator) / Decimal(an_hour.denominator), Rounding.PAY)
    return WeekPay(pounds, (Step(rule, (hours, hourly), shown),))


def _findings(
    leaving: Leaving,
    facts: LeavingFacts,
    redundancy: RedundancyPay | None,
    missing: int,
    *,
    may_complain: bool,
) -> tuple[Finding, ...]:
    name = facts.person.name
    found: list[Finding] = []
    if missing:
        found.append(
            Finding(
                Severity.WARNING,
                "notice_missing",
                name,
                _(
                    "The law asks for {weeks} of notice more than was given. Let it run, or pay "
                    "it instead."
                ).format(weeks=weeks_in_words(missing)),
                "Employment Rights Act 1996, section 86",
            )
        )
    if leaving.reason is LeavingReason.DISMISSED and may_complain:
        found.append(
            Finding(
                Severity.WARNING,
                "may_complain",
                name,
                _(
                    "They have worked long enough to complain of an unfair dismissal. Follow the "
                    "{code}, give the reason in writing, and take advice before the last day."
                ).format(code=_code_of_practice(facts.nation)),
                "Employment Rights Act 1996, section 108",
            )
        )
    if leaving.reason is LeavingReason.REDUNDANCY:
        found.append(
            Finding(
                Severity.NOTE,
                "redundancy_steps",
                name,
                _(
                    "Warn and meet them before you decide, look for other hours or work together, "
                    "and give the reason and the sum in writing. After two years they may take "
                    "paid time off to look for work."
                ),
                "Employment Rights Act 1996, sections 52 and 135; Acas",
            )
        )
    if redundancy is not None:
        found += redundancy.findings
        if redundancy.due:
            found.append(
                Finding(
                    Severity.NOTE,
                    "redundancy_funding",
                    name,
                    _(
                        "Redundancy pay is a cost of the direct payment. Ask the council or health "
                        "board for it before it is paid. If it cannot be paid, the Redundancy "
                        "Payments Service can be asked."
                    ),
                    "Care and Support Statutory Guidance, chapter 12; Employment Rights Act 1996, "
                    "section 166",
                )
            )
    if leaving.reason is LeavingReason.TRANSFERRED:
        found.append(
            Finding(
                Severity.NOTE,
                "transfer",
                name,
                _(
                    "When the contract goes on elsewhere, nothing is paid for notice or "
                    "redundancy, and holiday goes with them where both employers agree. Take "
                    "advice before the day is fixed."
                ),
                "Transfer of Undertakings (Protection of Employment) Regulations 2006",
            )
        )
    return tuple(found)


def _code_of_practice(nation: Nation) -> str:
    if nation is Nation.NORTHERN_IRELAND:
        return _("LRA code and the statutory dismissal procedure")
    return _("Acas code")


_NORMAL_HOURS = Rule(
    "redundancy.week_pay.normal_hours",
    N_("A week’s pay"),
    N_("The contract says {hours} hours a week. At {rate} an hour that is {result}."),
    ("hours", "rate"),
    "Employment Rights Act 1996, section 221",
    rounding=Rounding.PAY,
)
_NORMAL_HOURS_AVERAGE = Rule(
    "redundancy.week_pay.average_hour",
    N_("A week’s pay"),
    N_(
        "The contract says {hours} hours a week. Over the last twelve weeks with pay an hour came "
        "to {rate} on average, more than the basic rate. So a week is {result}."
    ),
    ("hours", "rate"),
    "Employment Rights Act 1996, section 222",
    rounding=Rounding.PAY,
)
_AGREED_MORE = Rule(
    "redundancy.agreed_more",
    N_("More than the law says"),
    N_("The law says {due}. It was agreed to pay {result}."),
    ("due",),
    "Agreement with the personal assistant",
    rounding=EXACT,
)
