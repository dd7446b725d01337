"""Automatic enrolment: who must be enrolled, and what is paid in.

Source: Pensions Act 2008, sections 1 to 20; The Pensions Regulator, detailed guidance 3 and 4 and
*Earnings thresholds*. How an odd half penny is settled is left to each scheme; here each party's
share goes to the nearest penny, a half going up.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from dpemployer.errors import EntryError, NegativePayError
from dpemployer.findings import Finding, Severity
from dpemployer.i18n import N_, _
from dpemployer.money import NOTHING, Money, Rounding
from dpemployer.workings import EXACT, Rule, Step, dated

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from dpemployer.periods import PayFrequency
    from dpemployer.statutory.rates import Rates

_ACT = "Pensions Act 2008"
_THRESHOLDS = "The Pensions Regulator, Earnings thresholds"
_FIRST_AGE, _ENROLMENT_AGE, _LAST_AGE = 16, 22, 74


class PensionBasis(StrEnum):
    """Which earnings contributions are worked out on."""

    QUALIFYING_EARNINGS = "qualifying_earnings"
    BASIC_PAY_SET_1 = "basic_pay_set_1"
    BASIC_PAY_SET_2 = "basic_pay_set_2"
    ALL_EARNINGS_SET_3 = "all_earnings_set_3"


class PensionRelief(StrEnum):
    """How tax relief on the worker's share is given."""

    RELIEF_AT_SOURCE = "relief_at_source"
    NET_PAY = "net_pay"


class WorkerCategory(StrEnum):
    """What automatic enrolment makes of somebody in one pay period."""

    ELIGIBLE_JOBHOLDER = "eligible_jobholder"
    """Must be enrolled, and the employer pays in."""
    NON_ELIGIBLE_JOBHOLDER = "non_eligible_jobholder"
    """May ask to join, and then the employer pays in."""
    ENTITLED_WORKER = "entitled_worker"
    """May ask to join; the employer need not pay in."""
    NOT_A_JOBHOLDER = "not_a_jobholder"
    """Under 16 or over 74: no duty."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """What automatic enrolment makes of somebody, and why."""

    category: WorkerCategory
    workings: tuple[Step, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Contribution:
    """Pension contributions on one payment."""

    pensionable: Money
    employee_total: Money
    """The worker's share, tax relief included."""
    employee_taken: Money
    """What leaves the worker's pay."""
    relief_added: Money
    """What the provider claims and adds."""
    employer: Money
    workings: tuple[Step, ...] = field(repr=False)


def assess(
    earnings: Money,
    *,
    frequency: PayFrequency,
    age: int,
    over_state_pension_age: bool,
    rates: Rates,
) -> Assessment:
    """Say what duty there is to somebody in one pay reference period.

    Args:
        earnings: Everything payable in the period: wages, overtime, sick pay and the rest.
        frequency: How long the period is.
        age: Whole years, on the day of assessment.
        over_state_pension_age: Whether State Pension age has been reached by then.
        rates: What is in force on the first day of the period.

    Raises:
        NegativePayError: If `earnings` is below zero.
    """
    if earnings.pence < 0:
        raise NegativePayError(earnings)
    lower, trigger, _upper = _levels(frequency, rates)
    if not _FIRST_AGE <= age <= _LAST_AGE:
        category, step = WorkerCategory.NOT_A_JOBHOLDER, Step(_OUTSIDE_AGES, (age,), NOTHING)
    elif earnings.pence <= lower.pence:
        category, step = WorkerCategory.ENTITLED_WORKER, Step(_ENTITLED, (earnings,), lower)
    elif earnings.pence <= trigger.pence:
        category = WorkerCategory.NON_ELIGIBLE_JOBHOLDER
        step = Step(_UNDER_TRIGGER, (earnings, lower), trigger)
    elif age < _ENROLMENT_AGE or over_state_pension_age:
        category = WorkerCategory.NON_ELIGIBLE_JOBHOLDER
        step = Step(_NOT_OF_AGE, (earnings, age), trigger)
    else:
        category = WorkerCategory.ELIGIBLE_JOBHOLDER
        step = Step(_ELIGIBLE, (earnings, age), trigger)
    return Assessment(category, dated((step,), _since(rates)))


def contribute(
    earnings: Money,
    *,
    frequency: PayFrequency,
    basis: PensionBasis,
    relief: PensionRelief,
    employee_percent: Decimal,
    employer_percent: Decimal,
    rates: Rates,
) -> Contribution:
    """Work out what both sides pay into the pension on one payment.

    Args:
        earnings: For qualifying earnings and set 3, all pay; for sets 1 and 2, basic pay.
        frequency: How often the person is paid.
        basis: Which earnings count.
        relief: How tax relief on the worker's share is given.
        employee_percent: The worker's share of pensionable pay, tax relief included.
        employer_percent: The employer's share.
        rates: What is in force on the first day of the pay reference period.

    Raises:
        NegativePayError: If `earnings` is below zero.
        EntryError: If a share is below nothing or above the whole.
    """
    if earnings.pence < 0:
        raise NegativePayError(earnings)
    for percent in (employee_percent, employer_percent):
        _check_percent(percent)
    steps: list[Step] = []
    pensionable = _pensionable(earnings, frequency, basis, rates, steps)
    total = _share(pensionable, employee_percent)
    employer = _share(pensionable, employer_percent)
    if relief is PensionRelief.NET_PAY:
        taken = total
        steps.append(Step(_WORKER_NET_PAY, (employee_percent, pensionable), taken))
    else:
        taken = _share(total, 100 - relief_percent(rates))
        figures = (employee_percent, pensionable, total, total - taken)
        steps.append(Step(_WORKER_AT_SOURCE, figures, taken))
    steps.append(Step(_EMPLOYER, (employer_percent, pensionable), employer))
    workings = dated(steps, _since(rates))
    return Contribution(pensionable, total, taken, total - taken, employer, workings)


def below_minimum(
    basis: PensionBasis, employee_percent: Decimal, employer_percent: Decimal, rates: Rates
) -> tuple[Finding, ...]:
    """Say where shares are less than automatic enrolment allows."""
    total_least, employer_least = least_shares(basis, rates)
    source = f"{_ACT}, sections 20 and 28"
    findings = []
    if employer_percent < employer_least:
        findings.append(
            Finding(
                severity=Severity.WARNING,
                code="pension_employer_below_minimum",
                subject=_("Pension"),
                message=_(
                    "The employer’s share is {percent}% and must be at least {least}%. Change it "
                    "before the next payday."
                ).format(percent=employer_percent, least=employer_least),
                source=source,
            )
        )
    if employee_percent + employer_percent < total_least:
        findings.append(
            Finding(
                severity=Severity.WARNING,
                code="pension_total_below_minimum",
                subject=_("Pension"),
                message=_(
                    "Both shares together are {percent}% and must be at least {least}%. Change "
                    "one of them before the next payday."
                ).format(percent=employee_percent + employer_percent, least=total_least),
                source=source,
            )
        )
    return tuple(findings)


def basic_pay_is_enough(basic_pay: Money, pay: Money, rates: Rates) -> bool:
    """Whether basic pay is the share of all pay that set 2 asks for."""
    least = rates["auto_enrolment.minimum_contributions"].rate("set_2_basic_share_of_total_pay")
    return basic_pay.pence * 100 >= pay.pence * least


def _pensionable(
    earnings: Money,
    frequency: PayFrequency,
    basis: PensionBasis,
    rates: Rates,
    steps: list[Step],
) -> Money:
    match basis:
        case PensionBasis.QUALIFYING_EARNINGS:
            lower, _trigger, upper = _levels(frequency, rates)
            pensionable = earnings.above(lower) - earnings.above(upper)
            steps.append(Step(_QUALIFYING, (earnings, lower, upper), pensionable))
        case PensionBasis.ALL_EARNINGS_SET_3:
            pensionable = earnings
            steps.append(Step(_ALL_PAY, (), pensionable))
        case _:
            pensionable = earnings
            steps.append(Step(_BASIC_PAY, (), pensionable))
    return pensionable


def _share(amount: Money, percent: Decimal) -> Money:
    return Money.of(amount.pounds * percent / 100, Rounding.PENSION)


@cache
def _levels(frequency: PayFrequency, rates: Rates) -> tuple[Money, Money, Money]:
    """Return the lower level, the trigger and the upper level, as published for the period."""
    lower, trigger, upper = (
        rates[f"auto_enrolment.{name}"].money(frequency) for name in ("lower", "trigger", "upper")
    )
    return lower, trigger, upper


@cache
def _since(rates: Rates) -> date:
    return rates.since(*(f"auto_enrolment.{name}" for name in ("lower", "trigger", "upper")))


@cache
def relief_percent(rates: Rates) -> Decimal:
    """Return the basic rate of tax, which is what a provider claims everywhere in the UK."""
    figures = rates["income_tax.bands.england_and_northern_ireland"]
    return figures.rows("bands")[figures.whole("basic_rate_index") - 1].rate("rate") * 100


def least_shares(basis: PensionBasis, rates: Rates) -> tuple[Decimal, Decimal]:
    """Return the least both shares may come to together, and the least the employer may pay."""
    figures = rates["auto_enrolment.minimum_contributions"]
    total, employer = {
        PensionBasis.QUALIFYING_EARNINGS: (
            "qualifying_earnings_total",
            "qualifying_earnings_employer",
        ),
        PensionBasis.BASIC_PAY_SET_1: ("set_1_basic_pay_total", "set_1_employer"),
        PensionBasis.BASIC_PAY_SET_2: ("set_2_basic_pay_total", "set_2_employer"),
        PensionBasis.ALL_EARNINGS_SET_3: ("set_3_all_earnings_total", "set_3_employer"),
    }[basis]
    return figures.rate(total), figures.rate(employer)


def _check_percent(percent: Decimal) -> None:
    if not 0 <= percent <= 100:
        raise EntryError(
            what=_("{percent}% cannot be a share of pay.").format(percent=percent),
            why=_("A share is between 0% and 100%."),
            next_step=_("Check the percentages the pension provider gave you."),
        )


# ── what each step says ──

_OUTSIDE_AGES = Rule(
    id="pension.outside_ages",
    title=N_("No pension duty"),
    sentence=N_(
        "Automatic enrolment is for people aged 16 to 74. At {age} there is no duty, whatever the "
        "pay: {result} must be paid in."
    ),
    names=("age",),
    source=f"{_ACT}, section 1",
    rounding=EXACT,
)
_ENTITLED = Rule(
    id="pension.entitled",
    title=N_("May ask to join"),
    sentence=N_(
        "Pay of {pay} is not over {result}, so this person may ask to join a pension, but the "
        "employer need not pay in."
    ),
    names=("pay",),
    source=f"{_ACT}, section 8; {_THRESHOLDS}",
    rounding=EXACT,
)
_UNDER_TRIGGER = Rule(
    id="pension.under_trigger",
    title=N_("May ask to be enrolled"),
    sentence=N_(
        "Pay of {pay} is over {lower} but not over {result}, so this person need not be enrolled. "
        "If they ask to be, the employer pays in."
    ),
    names=("pay", "lower"),
    source=f"{_ACT}, sections 3 and 7; {_THRESHOLDS}",
    rounding=EXACT,
)
_NOT_OF_AGE = Rule(
    id="pension.not_of_age",
    title=N_("May ask to be enrolled"),
    sentence=N_(
        "Pay of {pay} is over {result}, but only people from 22 to State Pension age must be "
        "enrolled, and this person is {age}. If they ask to be, the employer pays in."
    ),
    names=("pay", "age"),
    source=f"{_ACT}, sections 3 and 7",
    rounding=EXACT,
)
_ELIGIBLE = Rule(
    id="pension.eligible",
    title=N_("Must be enrolled"),
    sentence=N_(
        "Pay of {pay} is over {result} and this person is {age}, so they must be enrolled in a "
        "pension and the employer pays in."
    ),
    names=("pay", "age"),
    source=f"{_ACT}, section 3; {_THRESHOLDS}",
    rounding=EXACT,
)
_QUALIFYING = Rule(
    id="pension.qualifying",
    title=N_("Pay that counts for the pension"),
    sentence=N_("Of pay of {pay}, the part between {lower} and {upper} counts: {result}."),
    names=("pay", "lower", "upper"),
    source=f"{_ACT}, section 13; {_THRESHOLDS}",
    rounding=EXACT,
)
_ALL_PAY = Rule(
    id="pension.all_pay",
    title=N_("Pay that counts for the pension"),
    sentence=N_("All pay counts, from the first pound: {result}."),
    names=(),
    source=f"{_ACT}, section 28 (set 3)",
    rounding=EXACT,
)
_BASIC_PAY = Rule(
    id="pension.basic_pay",
    title=N_("Pay that counts for the pension"),
    sentence=N_("All basic pay counts, from the first pound: {result}."),
    names=(),
    source=f"{_ACT}, section 28 (sets 1 and 2)",
    rounding=EXACT,
)
_WORKER_AT_SOURCE = Rule(
    id="pension.worker_at_source",
    title=N_("The worker’s pension contribution"),
    sentence=N_(
        "The worker’s share is {percent}% of {counted}, which is {total}. {result} of it is taken "
        "from pay, and the pension provider claims the other {relief} from HMRC."
    ),
    names=("percent", "counted", "total", "relief"),
    source="Finance Act 2004, section 192 (relief at source)",
    rounding=Rounding.PENSION,
)
_WORKER_NET_PAY = Rule(
    id="pension.worker_net_pay",
    title=N_("The worker’s pension contribution"),
    sentence=N_(
        "The worker’s share is {percent}% of {counted}, which is {result}. It is taken from pay "
        "before tax is worked out."
    ),
    names=("percent", "counted"),
    source="Finance Act 2004, section 193 (net pay arrangement)",
    rounding=Rounding.PENSION,
)
_EMPLOYER = Rule(
    id="pension.employer",
    title=N_("The employer’s pension contribution"),
    sentence=N_(
        "The employer’s share is {percent}% of {counted}, which is {result}. It is paid on top of "
        "the wages."
    ),
    names=("percent", "counted"),
    source=f"{_ACT}, section 20",
    rounding=Rounding.PENSION,
)
