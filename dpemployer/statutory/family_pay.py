"""Statutory family pay: who is entitled to it, how much each week, and what comes back from HMRC.

Maternity (SMP), adoption (SAP), paternity (SPP), shared parental (ShPP), parental bereavement
(SPBP) and neonatal care pay (SNCP). Weeks run Sunday to Saturday where the law counts them, and
from the first day of pay where they are paid.

Source: Social Security Contributions and Benefits Act 1992, Parts XII to XIIZE; Statutory Maternity
Pay (General) Regulations 1986; GOV.UK, employer guides to each payment.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from dpemployer.bank_days import Nation
from dpemployer.errors import EntryError
from dpemployer.i18n import N_, _
from dpemployer.money import NOTHING, Money, Rounding
from dpemployer.statutory.average_earnings import UP, exact_pounds
from dpemployer.workings import EXACT, Rule, Step

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dpemployer.statutory.rates import Figures, RateBook, Rates

DAYS_IN_WEEK = 7
QUALIFYING_WEEKS_BEFORE = 15
"""How many weeks before the week a baby is due the qualifying week is."""
SERVICE_WEEKS = 26
"""How long somebody must have been employed by the end of the week that counts."""
_ONE_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_PART_XII = "Social Security Contributions and Benefits Act 1992, Part XII"


class FamilyPay(StrEnum):
    """Which payment."""

    SMP = "smp"
    SAP = "sap"
    SPP = "spp"
    SHPP = "shpp"
    SPBP = "spbp"
    SNCP = "sncp"

    @property
    def has_higher_weeks(self) -> bool:
        """Whether the first weeks are paid without a ceiling."""
        return self in {FamilyPay.SMP, FamilyPay.SAP}


class Because(StrEnum):
    """What a family is expecting or has been through."""

    BIRTH = "birth"
    ADOPTION = "adoption"


class NotEntitled(StrEnum):
    """Why there is no pay at all."""

    SERVICE = "service"
    """Not employed for 26 weeks into the week that counts."""
    NOT_EMPLOYED = "not_employed"
    """Not employed in the week that counts."""
    EARNINGS = "earnings"
    NOT_IN_NORTHERN_IRELAND = "not_in_northern_ireland"
    NOT_YET_LAW = "not_yet_law"
    PARTNER = "partner"
    """Shared parental pay: the other parent does not meet the test."""
    CARE_TOO_SHORT = "care_too_short"
    """Neonatal care of less than seven days, or begun after the first 28 days."""


@dataclass(frozen=True, slots=True)
class Event:
    """The days a claim hangs on.

    `expected_on` is the day the baby is due. `happened_on` is the day of birth, placement or death,
    or the day neonatal care began. `matched_on` is the day an adopter was told of the match.
    """

    kind: FamilyPay
    because: Because = Because.BIRTH
    expected_on: date | None = None
    happened_on: date | None = None
    matched_on: date | None = None


@dataclass(frozen=True, slots=True)
class Entitlement:
    """Whether there is pay, and how that was decided."""

    reasons: tuple[NotEntitled, ...]
    week: tuple[date, date]
    """The Sunday and the Saturday of the week that counts."""
    workings: tuple[Step, ...] = field(repr=False)

    @property
    def entitled(self) -> bool:
        """Whether there is pay."""
        return not self.reasons


@dataclass(frozen=True, slots=True)
class PayWeek:
    """One week of leave with pay: its number from 1, its first day, and its amount if paid."""

    number: int
    first_day: date
    paid: bool = True
    """Not where work is done in it that takes the pay of the week away."""

    @property
    def last_day(self) -> date:
        """The seventh day."""
        return self.first_day + _WEEK - _ONE_DAY


@dataclass(frozen=True, slots=True)
class PartPaid:
    """What one payday pays of one week."""

    week: PayWeek
    days: int
    weekly: Money
    amount: Money
    rate_of: date
    """The day whose rate it is."""


@dataclass(frozen=True, slots=True)
class Recovery:
    """What HMRC gives back for statutory family pay."""

    recovered: Money
    compensation: Money
    workings: tuple[Step, ...] = field(repr=False)

    @property
    def total(self) -> Money:
        """Both together."""
        return self.recovered + self.compensation


# ── the weeks that count ──


def sunday_of(day: date) -> date:
    """Return the Sunday that begins the week of a day."""
    return day - timedelta(days=(day.weekday() + 1) % DAYS_IN_WEEK)


def qualifying_week(expected_on: date) -> tuple[date, date]:
    """Return the first and last day of the 15th week before the week a baby is due."""
    first = sunday_of(expected_on) - QUALIFYING_WEEKS_BEFORE * _WEEK
    return first, first + _WEEK - _ONE_DAY


def service_week(event: Event) -> tuple[date, date]:
    """Return the week by which somebody must have been employed for 26 weeks.

    Raises:
        EntryError: If the day it hangs on is not known.
    """
    kind = event.kind
    if kind is FamilyPay.SPBP or (kind is FamilyPay.SNCP and event.expected_on is None):
        happened = _needed(event.happened_on, _("the day it happened"))
        first = sunday_of(happened) - _WEEK
        return first, first + _WEEK - _ONE_DAY
    if kind is FamilyPay.SAP or event.because is Because.ADOPTION:
        first = sunday_of(_needed(event.matched_on, _("the day of the match")))
        return first, first + _WEEK - _ONE_DAY
    return qualifying_week(_needed(event.expected_on, _("the day the baby is due")))


def earnings_week(event: Event) -> tuple[date, date]:
    """Return the week whose Saturday ends the look-back for average earnings.

    It is the week of the service test, or the week before the birth of a baby born so early that
    this comes first.
    """
    first, last = service_week(event)
    born = event.happened_on
    by_due_day = event.because is Because.BIRTH and event.expected_on is not None
    if by_due_day and event.kind is not FamilyPay.SPBP and born is not None and born <= last:
        first = sunday_of(born) - _WEEK
    return first, first + _WEEK - _ONE_DAY


def latest_start(week_first_day: date) -> date:
    """Return the last day on which a job can have begun: a part of a week counts as a week."""
    return week_first_day - (SERVICE_WEEKS - 2) * _WEEK - _ONE_DAY


def least_earnings(week_last_day: date, rates: RateBook) -> Money:
    """Return the average that must be reached, for a week that ends on a day."""
    return rates.on(week_last_day)["parental.earnings_test"].money()


def entitlement(
    event: Event,
    average: Fraction,
    *,
    started_on: date,
    left_on: date | None,
    nation: Nation,
    rates: RateBook,
    partner_qualifies: bool = True,
    care_days: int | None = None,
) -> Entitlement:
    """Say whether there is pay.

    Args:
        event: The days it hangs on.
        average: Average weekly earnings in pounds, exact.
        started_on: The first day of the job.
        left_on: Its last day, where it has one.
        nation: Where the employment is.
        rates: The rates by date.
        partner_qualifies: Shared parental pay: whether the other parent meets the test.
        care_days: Neonatal care pay: days in care that began in the first 28 days.

    Raises:
        EntryError: If a day it hangs on is not known.
        RatesUnknownError: If no rates are known for the week that counts.
    """
    kind = event.kind
    week = service_week(event)
    paid_to = earnings_week(event)[1]
    start_by = latest_start(week[0])
    lowest = least_earnings(paid_to, rates)
    reasons: list[NotEntitled] = []
    if kind is FamilyPay.SNCP:
        reasons += _neonatal(event, nation, rates, care_days)
    if started_on > start_by:
        reasons.append(NotEntitled.SERVICE)
    if left_on is not None and left_on < _employed_until(event, week[0]):
        reasons.append(NotEntitled.NOT_EMPLOYED)
    if average < Fraction(lowest.pence, 100):
        reasons.append(NotEntitled.EARNINGS)
    if kind is FamilyPay.SHPP and not partner_qualifies:
        reasons.append(NotEntitled.PARTNER)
    steps = (
        Step(_WEEK_THAT_COUNTS, (week[0],), week[1]),
        Step(_SERVICE_FAILED if started_on > start_by else _SERVICE, (started_on,), start_by),
        Step(
            _EARNINGS_FAILED if NotEntitled.EARNINGS in reasons else _EARNINGS,
            (exact_pounds(average), paid_to),
            lowest,
        ),
    )
    return Entitlement(tuple(reasons), week, steps)


def windows(rates: RateBook, day: date) -> Figures:
    """Return how early and how late leave may be, and how much may be worked in it.

    These tables do not follow the tax year, so they answer for leave planned after the last one.
    """
    return rates.on(min(day, rates.last_day))["parental.windows"]


def _employed_until(event: Event, week_first_day: date) -> date:
    """Return the day the job must not have ended before."""
    if event.happened_on is None:
        return week_first_day
    if event.kind in {FamilyPay.SPP, FamilyPay.SPBP}:
        return max(week_first_day, event.happened_on)
    return min(week_first_day, event.happened_on)


def _neonatal(
    event: Event, nation: Nation, rates: RateBook, care_days: int | None
) -> list[NotEntitled]:
    began = _needed(event.happened_on, _("the day neonatal care began"))
    figures = windows(rates, began)
    reasons = []
    if nation is Nation.NORTHERN_IRELAND:
        reasons.append(NotEntitled.NOT_IN_NORTHERN_IRELAND)
    if began < figures.day("sncp_from"):
        reasons.append(NotEntitled.NOT_YET_LAW)
    if care_days is not None and care_days < figures.whole("sncp_care_days"):
        reasons.append(NotEntitled.CARE_TOO_SHORT)
    return reasons


def _needed(day: date | None, name: str) -> date:
    if day is None:
        raise EntryError(
            what=_("One day is missing: {name}.").format(name=name),
            why=_("Which weeks of pay count is worked out from it."),
            next_step=_("Enter the day."),
        )
    return day


# ── how much ──


def most_weeks(kind: FamilyPay, rates: Rates) -> int:
    """Return how many weeks of a payment there can be: none where there is no such payment yet."""
    weeks = rates["parental.weeks"]
    return weeks.whole(kind.value) if kind.value in weeks.names() else 0


def earnings_related(average: Fraction, rates: Rates) -> Money:
    """Return 90% of average earnings, any part of a penny going up."""
    return Money.up(average * Fraction(rates["parental.earnings_rate"].rate()))


def standard_rate(kind: FamilyPay, rates: Rates) -> Money:
    """Return the standard weekly rate of a payment."""
    return rates[_standard_name(kind)].money()


def _standard_name(kind: FamilyPay) -> str:
    name = "smp_standard_rate" if kind.has_higher_weeks else "other_standard_rate"
    return f"parental.{name}"


def weekly_amount(kind: FamilyPay, average: Fraction, number: int, rates: Rates) -> Money:
    """Return what one whole week is worth.

    Args:
        kind: Which payment.
        average: Average weekly earnings in pounds, exact.
        number: Which week of the pay it is, from 1.
        rates: What is in force on the first day of that week.
    """
    ninety = earnings_related(average, rates)
    if kind.has_higher_weeks and number <= rates["parental.weeks"].whole("smp_higher"):
        return ninety
    return min(ninety, standard_rate(kind, rates))


def rate_day(kind: FamilyPay, week: PayWeek, day: date) -> date:
    """Return the day whose rate pays a day of a week.

    SMP and SAP keep the rate of the first day of the week, and a new rate starts with the weeks
    that begin on or after the first Sunday in April. The other payments have the rate of the day.
    """
    if not kind.has_higher_weeks:
        return day
    first = week.first_day
    april = date(first.year, 4, 1)
    first_sunday = april + timedelta(days=(6 - april.weekday()) % DAYS_IN_WEEK)
    return april - _ONE_DAY if april <= first < first_sunday else first


def rate_is_known(kind: FamilyPay, week: PayWeek, rates: RateBook) -> bool:
    """Whether the rates of every day of a week are known."""
    day = rate_day(kind, week, week.last_day)
    return day <= rates.last_day and _standard_name(kind) in rates.on(day)


def pay_weeks(blocks: Iterable[tuple[date, int]], most: int) -> tuple[PayWeek, ...]:
    """Return the weeks of one or more blocks of leave in order, never more than *most* of them."""
    firsts = [first + number * _WEEK for first, weeks in sorted(blocks) for number in range(weeks)]
    return tuple(PayWeek(number, first) for number, first in enumerate(firsts[:most], start=1))


def without_worked(
    kind: FamilyPay, weeks: Iterable[PayWeek], worked: Iterable[date], rates: RateBook
) -> tuple[PayWeek, ...]:
    """Mark the weeks whose pay is lost by working in them.

    So many keeping-in-touch days may be worked without losing any; where the payment has none,
    each week with work in it is lost.
    """
    days = set(worked)
    planned = tuple(weeks)
    if not planned:
        return ()
    allowed = windows(rates, planned[0].first_day).whole(f"{kind.value}_touch_days")
    marked = []
    for week in planned:
        inside = [day for day in days if week.first_day <= day <= week.last_day]
        lost = len(inside) > allowed
        allowed = max(0, allowed - len(inside))
        marked.append(PayWeek(week.number, week.first_day, paid=not lost))
    return tuple(marked)


def paid_between(
    kind: FamilyPay,
    average: Fraction,
    weeks: Iterable[PayWeek],
    first_day: date,
    last_day: date,
    rates: RateBook,
) -> tuple[PartPaid, ...]:
    """Return what the days of one pay period are paid, week by week.

    A part of a week is paid by the day: a seventh of the week for each, and any part of a penny of
    them together goes up. A week of SMP or SAP has the rate of its first day; in the other payments
    the rate that starts on 6 April is paid from that day.

    Raises:
        RatesUnknownError: If no rates are known for one of the days.
    """
    found = []
    for week in weeks:
        first, last = max(first_day, week.first_day), min(last_day, week.last_day)
        if week.paid and first <= last:
            found += _parts(kind, average, week, (first, last), rates)
    return tuple(found)


def _parts(
    kind: FamilyPay, average: Fraction, week: PayWeek, days: tuple[date, date], rates: RateBook
) -> list[PartPaid]:
    first, last = days
    held: dict[Money, list[date]] = {}
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        rate_of = rate_day(kind, week, day)
        weekly = weekly_amount(kind, average, week.number, rates.on(rate_of))
        held.setdefault(weekly, []).append(rate_of)
    return [
        PartPaid(
            week,
            len(of_days),
            weekly,
            Money.up(Fraction(weekly.pence * len(of_days), 100 * DAYS_IN_WEEK)),
            of_days[0],
        )
        for weekly, of_days in held.items()
    ]


def payment_steps(
    kind: FamilyPay, average: Fraction, parts: Iterable[PartPaid], rates: RateBook
) -> tuple[Step, ...]:
    """Say how one payment was worked out."""
    steps: list[Step] = []
    said: set[Money] = set()
    total = NOTHING
    for part in parts:
        total += part.amount
        if part.weekly not in said:
            said.add(part.weekly)
            steps.append(week_step(kind, average, part, rates))
        figures = (part.week.number, part.week.first_day, part.days, part.weekly)
        steps.append(Step(_PART, figures, part.amount))
    return (*steps, Step(_TOTAL, (), total))


def week_step(kind: FamilyPay, average: Fraction, part: PartPaid, rates: RateBook) -> Step:
    """Say what a whole week is worth."""
    today = rates.on(part.rate_of)
    ninety = earnings_related(average, today)
    if kind.has_higher_weeks and part.week.number <= today["parental.weeks"].whole("smp_higher"):
        since = today.since("parental.earnings_rate")
        return Step(_HIGHER, (exact_pounds(average),), part.weekly, since)
    figures = (exact_pounds(average), ninety, standard_rate(kind, today))
    return Step(_STANDARD, figures, part.weekly, today.since(_standard_name(kind)))


# ── what HMRC gives back ──


def is_small(ni_of_year: Money, rates: Rates) -> bool:
    """Whether all Class 1 National Insurance of a tax year makes an employer a small one.

    Both shares count, before Employment Allowance, of the last whole tax year before the week that
    counts.
    """
    return ni_of_year <= rates["parental.recovery"].money("small_threshold")


def recover(paid: Money, rates: Rates, *, small_employer: bool) -> Recovery:
    """Return what HMRC gives back.

    Args:
        paid: The statutory amount paid, and nothing on top of it. Sick pay is never given back.
        rates: What is in force in the tax year of the payment.
        small_employer: Whether the small employer's rate applies.
    """
    if not paid:
        return Recovery(NOTHING, NOTHING, ())
    figures = rates["parental.recovery"]
    share = figures.rate("small_recovery" if small_employer else "standard")
    extra = figures.rate("small_compensation") if small_employer else share * 0
    recovered = Money.of(paid.pounds * share, Rounding.PAY)
    compensation = Money.of(paid.pounds * extra, Rounding.PAY)
    figures_used = (paid, share * 100, extra * 100, compensation)
    step = Step(_RECOVERED, figures_used, recovered, rates.since("parental.recovery"))
    return Recovery(recovered, compensation, (step,))


# ── what each step says ──

_WEEK_THAT_COUNTS = Rule(
    id="family.week",
    title=N_("The week that counts"),
    sentence=N_(
        "Whether there is pay, and how much, is decided by the week from Sunday {first} to "
        "Saturday {result}."
    ),
    names=("first",),
    source=_PART_XII,
    rounding=EXACT,
)
_SERVICE = Rule(
    id="family.service",
    title=N_("How long the job has lasted"),
    sentence=N_(
        "The job began on {started}. It had to begin by {result} to have lasted 26 weeks by the "
        "end of the week that counts, and it did."
    ),
    names=("started",),
    source=_PART_XII,
    rounding=EXACT,
)
_SERVICE_FAILED = Rule(
    id="family.service_failed",
    title=N_("How long the job has lasted"),
    sentence=N_(
        "The job began on {started}. It had to begin by {result} to have lasted 26 weeks by the "
        "end of the week that counts, so there is no pay."
    ),
    names=("started",),
    source=_PART_XII,
    rounding=EXACT,
)
_EARNINGS = Rule(
    id="family.earnings",
    title=N_("Whether average pay is enough"),
    sentence=N_(
        "Average pay up to {day} was {average} a week. It has to be at least {result}, and it is."
    ),
    names=("average", "day"),
    source=_PART_XII,
    rounding=EXACT,
)
_EARNINGS_FAILED = Rule(
    id="family.earnings_failed",
    title=N_("Whether average pay is enough"),
    sentence=N_(
        "Average pay up to {day} was {average} a week. It has to be at least {result}, so there "
        "is no pay."
    ),
    names=("average", "day"),
    source=_PART_XII,
    rounding=EXACT,
)
_HIGHER = Rule(
    id="family.higher",
    title=N_("A week of the first six"),
    sentence=N_(
        "Each of the first six weeks is 90% of the average of {average}, with any part of a penny "
        "going up: {result}."
    ),
    names=("average",),
    source="Statutory Maternity Pay (General) Regulations 1986, regulations 6 and 28",
    rounding=UP,
)
_STANDARD = Rule(
    id="family.standard",
    title=N_("A week of pay"),
    sentence=N_(
        "90% of the average of {average} is {ninety}. The standard rate is {standard}. The lower "
        "of the two is paid: {result} a week."
    ),
    names=("average", "ninety", "standard"),
    source="GOV.UK, Rates and thresholds for employers",
    rounding=UP,
)
_PART = Rule(
    id="family.part",
    title=N_("What this payday pays of one week"),
    sentence=N_(
        "Week {number}, which begins on {first}: {days} of its 7 days at {weekly} a week come to "
        "{result}. Any part of a penny goes up."
    ),
    names=("number", "first", "days", "weekly"),
    source="Statutory Maternity Pay (General) Regulations 1986, regulation 28",
    rounding=UP,
)
_TOTAL = Rule(
    id="family.total",
    title=N_("All of it on this payday"),
    sentence=N_("Together that is {result}."),
    names=(),
    source=_PART_XII,
    rounding=EXACT,
)
_RECOVERED = Rule(
    id="p32.recovered",
    title=N_("Parental pay got back"),
    sentence=N_(
        "{percent}% of the {paid} of statutory parental pay comes back, which is {result}. A small "
        "employer gets {extra_percent}% on top of it, which is {extra}."
    ),
    names=("paid", "percent", "extra_percent", "extra"),
    source="GOV.UK, Get financial help with statutory pay",
    rounding=Rounding.PAY,
)
