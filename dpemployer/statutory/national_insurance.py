"""Class 1 National Insurance by the exact percentage method.

Source: HMRC, *National Insurance contributions guidance for software developers*, 2026 to 2027;
Social Security (Contributions) Regulations 2001, regulations 2 to 11 (earnings periods) and 12
(rounding).

Each payment stands alone: National Insurance never looks back at earlier paydays.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from dpemployer.errors import EntryError, NegativePayError
from dpemployer.findings import Finding
from dpemployer.i18n import N_, _
from dpemployer.money import NOTHING, Money, Rounding
from dpemployer.workings import EXACT, Rule, Step, dated

if TYPE_CHECKING:
    from dpemployer.periods import PayFrequency
    from dpemployer.statutory.rates import Figures, Rates

_SOURCE = "HMRC, National Insurance contributions guidance for software developers, 2026 to 2027"
_WEEKS, _MONTHS = 52, 12
_IN_USE = (
    "national_insurance.employee_rates",
    "national_insurance.employer_rate",
    "national_insurance.employer_start",
    "national_insurance.lel",
    "national_insurance.primary_threshold",
    "national_insurance.secondary_threshold",
    "national_insurance.upper_earnings_limit",
    "national_insurance.upper_secondary_threshold",
    "national_insurance.freeport_threshold",
)


class NiCategory(StrEnum):
    """A category letter: what it says about a person decides what they and the employer pay."""

    A = "A"
    """From 21 to State Pension age: most people."""
    B = "B"
    """A married woman or widow with a certificate to pay less."""
    C = "C"
    """Over State Pension age."""
    D = "D"
    """Investment zone, paying enough elsewhere."""
    E = "E"
    """Investment zone, with a certificate to pay less."""
    F = "F"
    """Freeport."""
    H = "H"
    """Apprentice under 25."""
    I = "I"  # noqa: E741 - the letter HMRC uses
    """Freeport, with a certificate to pay less."""
    J = "J"
    """Paying enough in another job."""
    K = "K"
    """Investment zone, over State Pension age."""
    L = "L"
    """Freeport, paying enough elsewhere."""
    M = "M"
    """Under 21."""
    N = "N"
    """Investment zone."""
    S = "S"
    """Freeport, over State Pension age."""
    V = "V"
    """Veteran in the first civilian year of work."""
    X = "X"
    """No National Insurance: under 16, or insured abroad."""
    Z = "Z"
    """Under 21, paying enough in another job."""

    @staticmethod
    def parse(text: str) -> NiCategory:
        """Read a category letter.

        Raises:
            EntryError: If there is no such letter.
        """
        try:
            return NiCategory(text.strip().upper())
        except ValueError:
            raise EntryError(
                what=_("“{text}” is not a National Insurance category letter.").format(text=text),
                why=_("The letters are {letters}.").format(letters=" ".join(NiCategory)),
                next_step=_(
                    "Most people aged 21 or over and under State Pension age are A; people over "
                    "State Pension age are C."
                ),
            ) from None


@dataclass(frozen=True, slots=True)
class EarningsPeriod:
    """The length of time a payment is for: whole weeks, or whole months."""

    weeks: int = 0
    months: int = 0

    @staticmethod
    def of(frequency: PayFrequency) -> EarningsPeriod:
        """Return the earnings period of regular pay."""
        return (
            EarningsPeriod(weeks=frequency.weeks) if frequency.weeks else EarningsPeriod(months=1)
        )

    @staticmethod
    def of_weeks(weeks: int) -> EarningsPeriod:
        """Return an earnings period of some whole weeks.

        Raises:
            EntryError: If it is shorter than a week or longer than a year.
        """
        if not 1 <= weeks <= _WEEKS:
            raise EntryError(
                what=_("{weeks} weeks is not an earnings period.").format(weeks=weeks),
                why=_("An earnings period is never shorter than a week or longer than a year."),
                next_step=_("Check how often this person is paid."),
            )
        return EarningsPeriod(weeks=weeks)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Published thresholds and rates for one letter and one earnings period.

    Monthly thresholds are read from the data file, never worked out from the weekly ones; those
    for two or more weeks come from the annual figure, taken up to a whole pound, as HMRC says.
    """

    lower_earnings_limit: Money
    primary_threshold: Money
    upper_earnings_limit: Money
    employer_start: Money
    main_rate: Decimal
    upper_rate: Decimal
    employer_rate: Decimal
    pays_nothing: bool
    one_rounding: bool
    """Whether the employer's two parts are added before they are rounded, as HMRC words it for
    freeports and investment zones."""
    unconfirmed: tuple[Finding, ...]
    since: date
    """The first day on which all of it was so."""


@dataclass(frozen=True, slots=True)
class NiResult:
    """National Insurance on one payment, and the bands HMRC is told of."""

    employee: Money
    employer: Money
    at_lel: Money
    lel_to_pt: Money
    pt_to_uel: Money
    findings: tuple[Finding, ...]
    """Figures used that could not be checked; nearly always none."""
    workings: tuple[Step, ...] = field(repr=False)


def contributions(
    earnings: Money, *, category: NiCategory, period: EarningsPeriod, rates: Rates
) -> NiResult:
    """Work out both contributions on one payment.

    Args:
        earnings: Pay liable for National Insurance, before tax and pension. Two contracts with
            the same employer are added together first.
        category: The letter that is true on the payday.
        period: The earnings period of the payment.
        rates: What is in force on the payday.

    Raises:
        NegativePayError: If `earnings` is below zero. Pay taken back is a reversal of an earlier
            payslip, never a negative payslip of its own.
        EntryError: If the letter did not exist then.
    """
    if earnings.pence < 0:
        raise NegativePayError(earnings)
    limits = thresholds(category, period, rates)
    if limits.pays_nothing:
        step = Step(_NOTHING_DUE, (category.value,), NOTHING, limits.since)
        return NiResult(NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, limits.unconfirmed, (step,))
    steps: list[Step] = []
    employee = _employee(earnings, limits, steps)
    employer = _employer(earnings, category, limits, steps)
    at_lel, lel_to_pt, pt_to_uel = _bands(earnings, limits)
    return NiResult(
        employee=employee,
        employer=employer,
        at_lel=at_lel,
        lel_to_pt=lel_to_pt,
        pt_to_uel=pt_to_uel,
        findings=limits.unconfirmed,
        workings=dated(steps, limits.since),
    )


def _employee(earnings: Money, limits: Thresholds, steps: list[Step]) -> Money:
    if earnings.pence <= limits.primary_threshold.pence:
        steps.append(Step(_EMPLOYEE_UNDER, (earnings, limits.primary_threshold), NOTHING))
        return NOTHING
    if not limits.main_rate and not limits.upper_rate:
        steps.append(Step(_EMPLOYEE_EXEMPT, (), NOTHING))
        return NOTHING
    upper = earnings.above(limits.upper_earnings_limit)
    main = earnings.above(limits.primary_threshold) - upper
    due = Money(_settled(main, limits.main_rate) + _settled(upper, limits.upper_rate))
    if upper:
        figures = (main, limits.main_rate * 100, upper, limits.upper_rate * 100)
        steps.append(Step(_EMPLOYEE_BOTH, (limits.primary_threshold, *figures), due))
    else:
        figures_one = (earnings, limits.primary_threshold, main, limits.main_rate * 100)
        steps.append(Step(_EMPLOYEE_MAIN, figures_one, due))
    return due


def _employer(
    earnings: Money, category: NiCategory, limits: Thresholds, steps: list[Step]
) -> Money:
    if earnings.pence <= limits.employer_start.pence:
        figures = (earnings, limits.employer_start, category.value)
        steps.append(Step(_EMPLOYER_UNDER, figures, NOTHING))
        return NOTHING
    above = earnings.above(limits.employer_start)
    upper = earnings.above(limits.upper_earnings_limit)
    if limits.one_rounding:
        pence = _settled(above, limits.employer_rate)
    else:
        pence = _settled(above - upper, limits.employer_rate)
        pence += _settled(upper, limits.employer_rate)
    due = Money(pence)
    shown = (earnings, limits.employer_start, above, limits.employer_rate * 100, category.value)
    steps.append(Step(_EMPLOYER_DUE, shown, due))
    return due


def _bands(earnings: Money, limits: Thresholds) -> tuple[Money, Money, Money]:
    """Return the earnings HMRC is told of: nothing at all below the lower earnings limit."""
    if earnings.pence < limits.lower_earnings_limit.pence:
        return NOTHING, NOTHING, NOTHING
    below_primary = min(earnings.pence, limits.primary_threshold.pence)
    below_upper = min(earnings.pence, limits.upper_earnings_limit.pence)
    return (
        limits.lower_earnings_limit,
        Money(below_primary - limits.lower_earnings_limit.pence),
        Money(max(0, below_upper - limits.primary_threshold.pence)),
    )


@cache
def _rate_10000(rate: Decimal) -> int:
    return int(rate * 10_000)


def _settled(earnings: Money, rate: Decimal) -> int:
    """Return pence of contribution, settled by the third decimal of a pound alone.

    Everything after the third decimal is dropped first; then five or less goes down. HMRC's own
    examples need it: £1,048.07 a month owes nothing, and ordinary rounding would charge a penny.
    """
    pence, tenth = divmod(earnings.pence * _rate_10000(rate) // 1000, 10)
    return pence + (tenth > 5)


@cache
def thresholds(category: NiCategory, period: EarningsPeriod, rates: Rates) -> Thresholds:
    """Return the thresholds and rates for a letter, an earnings period and the days of *rates*.

    Raises:
        EntryError: If the letter did not exist then.
    """
    rows = rates["national_insurance.employee_rates"].rows("groups")
    group = next((row for row in rows if category in row.texts("categories")), None)
    starts = rates["national_insurance.employer_start"]
    name = next((name for name in starts.names() if category in starts.texts(name)), None)
    if group is None or name is None:
        raise EntryError(
            what=_("There was no National Insurance category letter {letter} then.").format(
                letter=category.value
            ),
            why=_("The letters for investment zones began on 6 April 2024."),
            next_step=_("Check the letter and the payday."),
        )
    lower = rates["national_insurance.lel"]
    pays_nothing = name == "never"
    start = NOTHING if pays_nothing else _threshold(rates[f"national_insurance.{name}"], period)
    return Thresholds(
        lower_earnings_limit=(
            Money(lower.money("weekly").pence * period.weeks)
            if period.weeks
            else lower.money("monthly")
        ),
        primary_threshold=_threshold(rates["national_insurance.primary_threshold"], period),
        upper_earnings_limit=_threshold(rates["national_insurance.upper_earnings_limit"], period),
        employer_start=start,
        main_rate=group.rate("to_upper_earnings_limit"),
        upper_rate=group.rate("above_upper_earnings_limit"),
        employer_rate=rates["national_insurance.employer_rate"].rate(),
        pays_nothing=pays_nothing,
        one_rounding=name == "freeport_threshold",
        unconfirmed=rates.unconfirmed(_IN_USE, about=category.value),
        since=rates.since(*_IN_USE),
    )


def check_letter(category: NiCategory, rates: Rates) -> None:
    """Refuse a letter that does not exist in a tax year, such as N before April 2024.

    Raises:
        EntryError: If there is no such letter then.
    """
    thresholds(category, EarningsPeriod(weeks=1), rates)


def _threshold(figures: Figures, period: EarningsPeriod) -> Money:
    if period.months:
        return figures.money("monthly")
    if period.weeks == 1:
        return figures.money("weekly")
    return Money(-(-figures.money("annual").pence * period.weeks // (_WEEKS * 100)) * 100)


# ── what each step says ──

_NOTHING_DUE = Rule(
    id="ni.none",
    title=N_("No National Insurance"),
    sentence=N_(
        "Category letter {letter} means that neither the employee nor the employer pays National "
        "Insurance: {result}."
    ),
    names=("letter",),
    source=_SOURCE,
    rounding=EXACT,
)
_EMPLOYEE_UNDER = Rule(
    id="ni.employee_under",
    title=N_("Employee’s National Insurance"),
    sentence=N_(
        "Pay of {pay} is not over {threshold}, where the employee’s National Insurance starts, so "
        "it is {result}."
    ),
    names=("pay", "threshold"),
    source=_SOURCE,
    rounding=EXACT,
)
_EMPLOYEE_EXEMPT = Rule(
    id="ni.employee_exempt",
    title=N_("Employee’s National Insurance"),
    sentence=N_(
        "People over State Pension age pay no National Insurance themselves, so it is {result}."
    ),
    names=(),
    source=_SOURCE,
    rounding=EXACT,
)
_EMPLOYEE_MAIN = Rule(
    id="ni.employee",
    title=N_("Employee’s National Insurance"),
    sentence=N_("Of {pay}, the part over {threshold} is {part}. {percent}% of it is {result}."),
    names=("pay", "threshold", "part", "percent"),
    source=_SOURCE,
    rounding=Rounding.NI,
)
_EMPLOYEE_BOTH = Rule(
    id="ni.employee_both",
    title=N_("Employee’s National Insurance"),
    sentence=N_(
        "Over {threshold}, the next {part} is charged at {percent}% and the last {upper} at "
        "{upper_percent}%. Each is settled to the penny; together they are {result}."
    ),
    names=("threshold", "part", "percent", "upper", "upper_percent"),
    source=_SOURCE,
    rounding=Rounding.NI,
)
_EMPLOYER_UNDER = Rule(
    id="ni.employer_under",
    title=N_("Employer’s National Insurance"),
    sentence=N_(
        "For category letter {letter} the employer’s National Insurance starts above {threshold}. "
        "Pay of {pay} is not over it, so it is {result}."
    ),
    names=("pay", "threshold", "letter"),
    source=_SOURCE,
    rounding=EXACT,
)
_EMPLOYER_DUE = Rule(
    id="ni.employer",
    title=N_("Employer’s National Insurance"),
    sentence=N_(
        "For category letter {letter} the employer pays {percent}% on pay over {threshold}. Of "
        "{pay} that is {part}, and the employer owes {result} on top of the pay."
    ),
    names=("pay", "threshold", "part", "percent", "letter"),
    source=_SOURCE,
    rounding=Rounding.NI,
)
