"""Statutory pay: sick pay, family pay, the average earnings behind both, and what comes back."""

from __future__ import annotations

from datetime import timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from dpemployer.errors import EntryError
from dpemployer.i18n import N_, _, long_date
from dpemployer.money import NOTHING, Money
from dpemployer.statutory.average_earnings import UP, Average, Span, average_of, exact_pounds
from dpemployer.statutory.family_pay import (
    FamilyPay,
    earnings_related,
    least_earnings,
    most_weeks,
    qualifying_week,
    recover,
    weekly_amount,
)
from dpemployer.statutory.sick_pay import (
    NEW_RULES_FROM,
    clear_days_between,
    earns_enough,
    links,
    straddling_rate,
    weekly_rate,
)
from dpemployer.statutory.sick_pay_steps import week_step
from dpemployer.workings import EXACT, Rule, Step

if TYPE_CHECKING:
    from dpemployer.periods import TaxYear
    from dpemployer.services.cases import Case, Worked
    from dpemployer.statutory.rates import RateBook, Rates

_ONE_DAY = timedelta(days=1)
_FIVE_PLACES = Decimal("0.00001")
_MOST_DAYS = 7 * 52 * 4
_MOST_COUNT = 10_000


class SickQuestion(StrEnum):
    """What a case about sick pay asks."""

    AVERAGE = "awe"
    PAY = "ssp"
    TRANSITION = "ssp_transition"
    LINKING = "linking"


class FamilyQuestion(StrEnum):
    """What a case about family pay asks, besides each payment by its own name."""

    SMP = "smp"
    SAP = "sap"
    SPP = "spp"
    SHPP = "shpp"
    SPBP = "spbp"
    SNCP = "sncp"
    QUALIFYING_WEEK = "qualifying_week"
    AVERAGE = "awe"
    AVERAGE_TEST = "awe_test"
    RECOVERY = "recovery"


class SickRules(StrEnum):
    """Which of the two sets of rules a case is about."""

    NEW = "from_2026_04_06"
    OLD = "to_2026_04_05"


def sick_pay(case: Case, book: RateBook) -> Worked:
    """Answer a case about Statutory Sick Pay."""
    year, inputs = case.tax_year(), case.part("inputs")
    match inputs.choice("kind", SickQuestion):
        case SickQuestion.AVERAGE:
            return _average(inputs)
        case SickQuestion.LINKING:
            return _linking(inputs, book)
        case SickQuestion.TRANSITION:
            return _transition(inputs, book)
        case _:
            return _sick_days(inputs, year, book)


def family_pay(case: Case, book: RateBook) -> Worked:
    """Answer a case about maternity, paternity and other family pay."""
    year, inputs = case.tax_year(), case.part("inputs")
    match inputs.choice("kind", FamilyQuestion):
        case FamilyQuestion.AVERAGE:
            return _average(inputs)
        case FamilyQuestion.AVERAGE_TEST:
            return _average_test(inputs, book)
        case FamilyQuestion.QUALIFYING_WEEK:
            return _qualifying_week(inputs)
        case FamilyQuestion.RECOVERY:
            return _recovery(inputs, year, book)
        case question:
            kind = FamilyPay(question.value)
            rates = _rates_of(year, book)
            if kind.has_higher_weeks:
                return _all_the_weeks(kind, inputs, rates)
            return _some_weeks(kind, inputs, rates)


# ── average earnings ──


def _average(inputs: Case) -> Worked:
    average = _asked_average(inputs)
    return {"awe_unrounded": _average_shown(inputs, average)}, average.workings


def _average_test(inputs: Case, book: RateBook) -> Worked:
    average = _asked_average(inputs)
    lowest = least_earnings(inputs.day("qw_end"), book)
    qualifies = average.exact >= Fraction(lowest.pence, 100)
    result = {
        "awe_unrounded": _average_shown(inputs, average),
        "lel": _without_empty_pence(lowest),
        "qualifies": qualifies,
    }
    rule = _REACHES if qualifies else _FALLS_SHORT
    return result, (*average.workings, Step(rule, (average.shown,), lowest))


def _asked_average(inputs: Case) -> Average:
    count = inputs.whole("count", 1, _MOST_COUNT)
    return average_of(inputs.money("earnings_total"), inputs.choice("units", Span), count)


def _average_shown(inputs: Case, average: Average) -> str:
    """Write an average to five places, as its source does.

    HMRC's monthly example is cut there; averages by weeks and by days go to the nearest.
    """
    cut = inputs.choice("units", Span) is Span.MONTHS
    exact = Decimal(average.exact.numerator) / Decimal(average.exact.denominator)
    return _trimmed(exact.quantize(_FIVE_PLACES, ROUND_DOWN if cut else ROUND_HALF_UP))


# ── sick pay ──


def _sick_days(inputs: Case, year: TaxYear, book: RateBook) -> Worked:
    rates = _rates_of(year, book)
    rules = inputs.choice("pay_date_rules", SickRules)
    if (rules is SickRules.NEW) is not (year.first_day >= NEW_RULES_FROM):
        raise EntryError(
            what=_("The rules of “{rules}” are not those of {year}.").format(
                rules=rules.value, year=year
            ),
            why=_("The rules for sick pay changed on {day}.").format(day=long_date(NEW_RULES_FROM)),
            next_step=_("Give the tax year of the sickness, or the other rules."),
        )
    average = _asked_week(inputs, "awe")
    divisor = inputs.whole("qualifying_days_per_week", 1, 7)
    days = inputs.whole("sick_qualifying_days", 0, _MOST_DAYS)
    if rules is SickRules.NEW:
        weekly = weekly_rate(average, rates)
        week = week_step(average, weekly, rates)
        paid, step = _for_days(weekly, divisor, days, rates)
        result = {"weekly_rate_unrounded": _with_a_decimal(weekly), "ssp": paid.plain}
        return result, (week, step)
    return _old_sick_days(average, divisor, days, rates)


def _old_sick_days(average: Fraction, divisor: int, days: int, rates: Rates) -> Worked:
    waiting = rates["ssp.waiting_days"].whole()
    lowest = rates["national_insurance.lel"].money("weekly")
    if average < Fraction(lowest.pence, 100):
        step = Step(_TOO_LOW, (exact_pounds(average), lowest), NOTHING)
        return {"waiting_days": waiting, "ssp": NOTHING.plain}, (step,)
    weekly = weekly_rate(average, rates)
    week = week_step(average, weekly, rates)
    waited = Step(_WAITED, (days,), min(days, waiting))
    paid, step = _for_days(weekly, divisor, max(0, days - waiting), rates)
    return {"waiting_days": waiting, "ssp": paid.plain}, (week, waited, step)


def _for_days(weekly: Fraction, divisor: int, days: int, rates: Rates) -> tuple[Money, Step]:
    """Return what so many days come to, never above the weeks there can be."""
    most = rates["ssp.limits"].whole("maximum_weeks")
    counted = min(days, most * divisor)
    paid = Money.up(weekly / divisor * counted)
    return paid, Step(_DAYS, (exact_pounds(weekly), divisor, counted, most), paid)


def _transition(inputs: Case, book: RateBook) -> Worked:
    average = _asked_week(inputs, "awe")
    first_day = inputs.day("first_sick_day")
    receiving = inputs.yes("was_receiving_ssp_on_2026_04_05")
    returned = inputs.yes_if_any("returned_to_work")
    divisor = inputs.whole("qualifying_days_per_week", 1, 7)
    days = inputs.whole("days_paid_on_or_after_2026_04_06", 0, _MOST_DAYS)
    if first_day >= NEW_RULES_FROM and receiving:
        raise EntryError(
            what=_("Sickness from {day} cannot have been paid before it began.").format(
                day=long_date(first_day)
            ),
            why=_("The case says that sick pay was being paid on 5 April 2026."),
            next_step=_("Correct the first day, or say that it was not being paid."),
        )
    rates = book.on(NEW_RULES_FROM)
    weekly = straddling_rate(average, first_day, book, receiving=receiving, returned=returned)
    paid, step = _for_days(weekly, divisor, days, rates)
    result = {"weekly_rate": Money.up(weekly).plain, "ssp": paid.plain}
    waiting = not receiving and first_day < NEW_RULES_FROM and not returned
    if waiting and earns_enough(average, first_day, book):
        result["ssp_before_2026_04_06"] = NOTHING.plain
    why = _why_the_rate(weekly, average, rates, receiving=receiving and not returned)
    return result, (why, step)


def _why_the_rate(weekly: Fraction, average: Fraction, rates: Rates, *, receiving: bool) -> Step:
    if receiving:
        return Step(_KEPT, (), exact_pounds(weekly))
    if not weekly and average:
        return Step(_LONG, (exact_pounds(average),), exact_pounds(weekly))
    return week_step(average, weekly, rates)


def _linking(inputs: Case, book: RateBook) -> Worked:
    last, first = inputs.day("last_day_of_first_absence"), inputs.day("first_day_of_next_absence")
    if first <= last:
        raise EntryError(
            what=_("The next absence begins on {first}, before the first is over.").format(
                first=long_date(first)
            ),
            why=_("The first absence lasts until {last}.").format(last=long_date(last)),
            next_step=_("Correct one of the two days."),
        )
    rates = book.on(min(max(first, book.first_day), book.last_day))
    between, linked = clear_days_between(last, first), links(last, first, rates)
    gap = rates["ssp.limits"].whole("link_gap_days")
    rule = _LINKED if linked else _NOT_LINKED
    result = {"clear_days_between": between, "linked": linked}
    return result, (Step(rule, (last, first, gap), between),)


# ── family pay ──


def _all_the_weeks(kind: FamilyPay, inputs: Case, rates: Rates) -> Worked:
    average = _asked_week(inputs, "awe")
    weeks = rates["parental.weeks"]
    higher = weeks.whole("smp_higher")
    rest = most_weeks(kind, rates) - higher
    first, later = (weekly_amount(kind, average, number, rates) for number in (1, higher + 1))
    total = Money(first.pence * higher + later.pence * rest)
    result = {
        "weeks_1_to_6": first.plain,
        "weeks_7_to_39": later.plain,
        "total_39_weeks": total.plain,
    }
    steps = (
        Step(_NINETY, (exact_pounds(average),), first),
        Step(_LOWER, (first, rates["parental.smp_standard_rate"].money()), later),
        Step(_IN_ALL, (higher, first, rest, later), total),
    )
    return result, steps


def _some_weeks(kind: FamilyPay, inputs: Case, rates: Rates) -> Worked:
    average = _asked_week(inputs, "awe")
    most = most_weeks(kind, rates)
    if not most:
        raise EntryError(
            what=_("There was no such payment in that tax year."),
            why=_("Statutory Neonatal Care Pay began on 6 April 2025."),
            next_step=_("Check the tax year, and ask again."),
        )
    if not inputs.lacks("nation") and inputs.text("nation") == "northern_ireland":
        _refuse_in_northern_ireland(kind)
    weeks = min(inputs.whole("weeks", 0, 52), most)
    weekly = weekly_amount(kind, average, 1, rates)
    total = Money(weekly.pence * weeks)
    steps = (
        Step(_NINETY, (exact_pounds(average),), earnings_related(average, rates)),
        Step(
            _LOWER,
            (earnings_related(average, rates), rates["parental.other_standard_rate"].money()),
            weekly,
        ),
        Step(_WEEKS, (weeks, weekly, most), total),
    )
    return {"weekly": weekly.plain, "total": total.plain}, steps


def _refuse_in_northern_ireland(kind: FamilyPay) -> None:
    if kind is FamilyPay.SNCP:
        raise EntryError(
            what=_("There is no Statutory Neonatal Care Pay in Northern Ireland."),
            why=_("The law that made it is for Great Britain."),
            next_step=_("Check which nation the work is in."),
        )


def _qualifying_week(inputs: Case) -> Worked:
    due = inputs.day("due_date")
    first, last = qualifying_week(due)
    result = {"qw_start": first.isoformat(), "qw_end": last.isoformat()}
    return result, (Step(_QUALIFYING, (due, first), last),)


def _recovery(inputs: Case, year: TaxYear, book: RateBook) -> Worked:
    back = recover(
        inputs.money("statutory_paid"),
        book.for_year(year),
        small_employer=inputs.yes("small_employer"),
    )
    result = {
        "recovered": back.recovered.plain,
        "ni_compensation": back.compensation.plain,
        "total": back.total.plain,
    }
    return result, back.workings


# ── reading and writing ──


def _rates_of(year: TaxYear, book: RateBook) -> Rates:
    """Return the rates of a tax year once all of them have started.

    Those of maternity pay start on the first Sunday in April, up to six days into it.
    """
    return book.on(year.first_day + 6 * _ONE_DAY)


def _asked_week(inputs: Case, name: str) -> Fraction:
    """Read average weekly earnings: pounds with as many decimals as they have."""
    exact = inputs.exact(name)
    if exact < 0:
        inputs.money(name)
    return Fraction(exact)


def _trimmed(amount: Decimal) -> str:
    text = format(amount, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _with_a_decimal(pounds: Fraction) -> str:
    """Write pounds with every decimal they have, and at least one."""
    exact = (Decimal(pounds.numerator) / Decimal(pounds.denominator)).normalize()
    text = format(exact, "f")
    return text if "." in text else f"{text}.0"


def _without_empty_pence(amount: Money) -> str:
    return _trimmed(amount.pounds)


# ── what each step says ──

_SSP = "GOV.UK, Statutory Sick Pay: employer guide"
_SMP = "GOV.UK, Statutory Maternity Pay: how to work it out"

_TOO_LOW = Rule(
    id="ssp.too_low",
    title=N_("Earnings too low for sick pay"),
    sentence=N_(
        "Before 6 April 2026 average earnings had to reach {lowest} a week. They were {average}, "
        "so sick pay is {result}."
    ),
    names=("average", "lowest"),
    source=_SSP,
    rounding=EXACT,
)
_WAITED = Rule(
    id="ssp.waited",
    title=N_("Waiting days"),
    sentence=N_(
        "Of {days} working days of sickness, the first {result} are waiting days without pay."
    ),
    names=("days",),
    source=_SSP,
    rounding=EXACT,
)
_DAYS = Rule(
    id="ssp.case",
    title=N_("Statutory Sick Pay"),
    sentence=N_(
        "{weekly} a week is shared by {divisor} working days. For {days} days, and never more "
        "than {most} weeks of them, that is {result}: any part of a penny goes up."
    ),
    names=("weekly", "divisor", "days", "most"),
    source=_SSP,
    rounding=UP,
)
_KEPT = Rule(
    id="ssp.kept",
    title=N_("A week of sick pay"),
    sentence=N_(
        "Sick pay was being paid on 5 April 2026, so this absence keeps the full rate: {result} "
        "a week."
    ),
    names=(),
    source="GOV.UK, Sickness absences that start before and end on or after 6 April 2026",
    rounding=EXACT,
)
_LONG = Rule(
    id="ssp.long",
    title=N_("A week of sick pay"),
    sentence=N_(
        "Earnings of {average} a week were too low for sick pay, and the absence has not been "
        "broken since 21 September 2025 or before. A week is {result}."
    ),
    names=("average",),
    source="GOV.UK, Sickness absences that start before and end on or after 6 April 2026",
    rounding=EXACT,
)
_LINKED = Rule(
    id="ssp.linked",
    title=N_("Absences that count as one"),
    sentence=N_(
        "Between {last} and {first} there are {result} days. {gap} or fewer, so the two absences "
        "count as one."
    ),
    names=("last", "first", "gap"),
    source=_SSP,
    rounding=EXACT,
)
_NOT_LINKED = Rule(
    id="ssp.not_linked",
    title=N_("Absences that do not count as one"),
    sentence=N_(
        "Between {last} and {first} there are {result} days. That is more than {gap}, so the "
        "second absence stands alone."
    ),
    names=("last", "first", "gap"),
    source=_SSP,
    rounding=EXACT,
)
_REACHES = Rule(
    id="family.reaches",
    title=N_("Whether average pay is enough"),
    sentence=N_("The average of {average} is at least {result}, so there is pay."),
    names=("average",),
    source=_SMP,
    rounding=EXACT,
)
_FALLS_SHORT = Rule(
    id="family.falls_short",
    title=N_("Whether average pay is enough"),
    sentence=N_("The average of {average} is less than {result}, so there is no pay."),
    names=("average",),
    source=_SMP,
    rounding=EXACT,
)
_NINETY = Rule(
    id="family.ninety",
    title=N_("90% of average pay"),
    sentence=N_("90% of {average} is {result}: any part of a penny goes up."),
    names=("average",),
    source="Statutory Maternity Pay (General) Regulations 1986, regulation 28",
    rounding=UP,
)
_LOWER = Rule(
    id="family.lower",
    title=N_("The standard rate, or 90% if that is less"),
    sentence=N_("The lower of {ninety} and the standard rate of {standard} is {result} a week."),
    names=("ninety", "standard"),
    source="GOV.UK, Rates and thresholds for employers",
    rounding=EXACT,
)
_IN_ALL = Rule(
    id="family.in_all",
    title=N_("All the weeks"),
    sentence=N_(
        "{higher} weeks at {first} and {rest} weeks at {later} come to {result}, if no rate "
        "changes."
    ),
    names=("higher", "first", "rest", "later"),
    source=_SMP,
    rounding=EXACT,
)
_WEEKS = Rule(
    id="family.weeks",
    title=N_("All the weeks"),
    sentence=N_("{weeks} weeks at {weekly}, of {most} at most, come to {result}."),
    names=("weeks", "weekly", "most"),
    source="GOV.UK employer guides",
    rounding=EXACT,
)
_QUALIFYING = Rule(
    id="family.qualifying_week",
    title=N_("The qualifying week"),
    sentence=N_(
        "For a baby due on {due}, the 15th week before the week of that day runs from {first} to "
        "{result}."
    ),
    names=("due", "first"),
    source=_SMP,
    rounding=EXACT,
)
