"""Employment Allowance, the small-employer test and the quarterly test, in plain words.

Sources: National Insurance Contributions Act 2014, sections 2(3A), 3 and 4A; Employment Allowance
(Care and Support Workers) Regulations 2015; HMRC, NIM06520 and NIM06535; GOV.UK, *Get financial
help with statutory pay* and *Pay employers' PAYE*.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from dpemployer.findings import Finding, Severity
from dpemployer.i18n import N_, _
from dpemployer.money import NOTHING, Money, Rounding
from dpemployer.workings import EXACT, Rule, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dpemployer.payroll.reporting import AllowanceAnswer
    from dpemployer.periods import TaxYear
    from dpemployer.statutory.rates import Rates
    from dpemployer.workings import Amounts

_ACT = "National Insurance Contributions Act 2014, sections 2(3A) and 3"
_MANUAL = "HMRC, National Insurance Manual NIM06520 and NIM06535"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something is so, and every reason for it."""

    yes: bool
    workings: tuple[Step, ...]
    findings: tuple[Finding, ...] = ()


def may_claim(answer: AllowanceAnswer) -> Verdict:
    """Say whether a household employer may claim the Employment Allowance for a year.

    A worker taken on for somebody's personal, family or household affairs earns no allowance,
    unless all their duties are for a person who needs them because of age, illness, disability
    or dependence. The safe reading of “connected” is taken: it asks for advice, and never claims
    by itself.
    """
    steps: list[Step] = []
    findings: list[Finding] = []
    is_care = answer.needs_care and answer.only_care
    steps.append(Step(_CARE if is_care else _NOT_CARE, (answer.tax_year,), None))
    if answer.connected:
        steps.append(Step(_CONNECTED, (), None))
        findings.append(
            Finding(
                severity=Severity.WARNING,
                code="connected_employers",
                subject=_("Employment Allowance"),
                message=_(
                    "Employers who are connected have one allowance between them. Ask HMRC’s "
                    "employer helpline which of them may claim before you do."
                ),
                source=_ACT,
            )
        )
    if answer.claimed_elsewhere:
        steps.append(Step(_ELSEWHERE, (), None))
    yes = is_care and not answer.connected and not answer.claimed_elsewhere
    steps.append(Step(_MAY if yes else _MAY_NOT, (answer.tax_year,), None))
    return Verdict(yes, tuple(steps), tuple(findings))


def is_small_employer(
    employee_ni: Money, employer_ni: Money, year: TaxYear, rates: Rates
) -> Verdict:
    """Say whether all Class 1 National Insurance of a year makes a small employer.

    Args:
        employee_ni: Employees' share in the last complete tax year before the week that counts.
        employer_ni: The employer's share, before the Employment Allowance.
        year: That tax year.
        rates: What is in force in the week that counts; the limit is 45,000 pounds in all of them.
    """
    total = employee_ni + employer_ni
    return _small(Step(_CLASS_1, (employee_ni, employer_ni, str(year)), total), total, rates)


def is_small_by(total: Money, source: str, year: TaxYear, rates: Rates) -> Verdict:
    """Say the same of a year somebody has said the total of.

    Args:
        total: Both shares together, before the Employment Allowance.
        source: Where that comes from.
        year: That tax year.
        rates: What is in force in the week that counts.
    """
    return _small(Step(_CLASS_1_SAID, (str(year), source), total), total, rates)


def _small(step: Step, total: Money, rates: Rates) -> Verdict:
    limit = rates["parental.recovery"].money("small_threshold")
    small = total <= limit
    return Verdict(small, (step, Step(_SMALL if small else _NOT_SMALL, (total, limit), None)))


def quarterly_test(months: Sequence[tuple[str, Money]], rates: Rates) -> Verdict:
    """Say whether HMRC lets this employer pay by the quarter.

    Args:
        months: Every tax month that counts, by its name, and what is owed for it. Only months
            that were worked out count; the average is over them.
        rates: What is in force.
    """
    limit = rates["hmrc_payment"].money("quarterly_if_average_monthly_below")
    total = Money.total(owed for _month, owed in months)
    parts: Amounts = tuple(months)
    if not months:
        return Verdict(yes=True, workings=(Step(_NOTHING_YET, (limit,), NOTHING),))
    exact = Fraction(total.pence, len(months))
    average = Money.of(total.pounds / len(months), Rounding.TAX)
    under = exact < limit.pence
    steps = (
        Step(_ADDED_MONTHS, (parts,), total),
        Step(_AVERAGE, (total, len(months)), average),
        Step(_UNDER if under else _NOT_UNDER, (average, limit), None),
    )
    return Verdict(under, steps)


_CARE = Rule(
    "allowance.care",
    N_("The work is care and support"),
    N_(
        "In {tax_year} all the work is for somebody who needs it because of age, illness, "
        "disability or dependence. So it counts for the allowance."
    ),
    ("tax_year",),
    _MANUAL,
    rounding=EXACT,
)
_NOT_CARE = Rule(
    "allowance.not_care",
    N_("The work is not only care and support"),
    N_(
        "In {tax_year} some of the work is plain work for the household. Or it is not for somebody "
        "who needs it because of age, illness, disability or dependence. A worker who does any of "
        "it does not count."
    ),
    ("tax_year",),
    _MANUAL,
    rounding=EXACT,
)
_CONNECTED = Rule(
    "allowance.connected",
    N_("Connected employers"),
    N_("You have ties with another business that has workers. The two share one allowance."),
    (),
    _ACT,
    rounding=EXACT,
)
_ELSEWHERE = Rule(
    "allowance.elsewhere",
    N_("Claimed on another scheme"),
    N_("You claim it on another PAYE scheme, and it can be claimed on one scheme only."),
    (),
    _ACT,
    rounding=EXACT,
)
_MAY = Rule(
    "allowance.may",
    N_("You may claim it"),
    N_("You may claim the Employment Allowance for {tax_year}. Claim it once, with an EPS."),
    ("tax_year",),
    _ACT,
    rounding=EXACT,
)
_MAY_NOT = Rule(
    "allowance.may_not",
    N_("Do not claim it"),
    N_("By these answers the Employment Allowance is not to be claimed for {tax_year}."),
    ("tax_year",),
    _ACT,
    rounding=EXACT,
)
_CLASS_1 = Rule(
    "small.class_1",
    N_("All Class 1 National Insurance of the year"),
    N_(
        "Employees’ {employee_ni} and employer’s {employer_ni} in {year}, before any Employment "
        "Allowance, come to {result}."
    ),
    ("employee_ni", "employer_ni", "year"),
    "GOV.UK, Get financial help with statutory pay",
    rounding=EXACT,
)
_CLASS_1_SAID = Rule(
    "small.class_1_said",
    N_("All Class 1 National Insurance of the year"),
    N_("In {year} it came to {result}, as you said. Where that comes from: {source}."),
    ("year", "source"),
    "GOV.UK, Get financial help with statutory pay",
    rounding=EXACT,
)
_SMALL = Rule(
    "small.yes",
    N_("A small employer"),
    N_(
        "{total} is not more than {limit}, so you are a small employer: all statutory parental pay "
        "comes back, and something on top."
    ),
    ("total", "limit"),
    "GOV.UK, Get financial help with statutory pay",
    rounding=EXACT,
)
_NOT_SMALL = Rule(
    "small.no",
    N_("Not a small employer"),
    N_("{total} is more than {limit}, so 92% of statutory parental pay comes back."),
    ("total", "limit"),
    "GOV.UK, Get financial help with statutory pay",
    rounding=EXACT,
)
_NOTHING_YET = Rule(
    "quarterly.nothing_yet",
    N_("Nothing to go by yet"),
    N_(
        "No month is worked out yet. You may pay by the quarter if you expect less than {limit} a "
        "month on average."
    ),
    ("limit",),
    "GOV.UK, Pay employers’ PAYE",
    rounding=EXACT,
)
_ADDED_MONTHS = Rule(
    "quarterly.added",
    N_("What the months come to"),
    N_("{months} come to {result}."),
    ("months",),
    "GOV.UK, Pay employers’ PAYE",
    rounding=EXACT,
)
_AVERAGE = Rule(
    "quarterly.average",
    N_("The average month"),
    N_("{total}, divided by {count} for the months, is {result} a month."),
    ("total", "count"),
    "GOV.UK, Pay employers’ PAYE",
    rounding=Rounding.TAX,
)
_UNDER = Rule(
    "quarterly.under",
    N_("You may pay by the quarter"),
    N_("{average} a month is less than {limit}. Ask HMRC before you change over."),
    ("average", "limit"),
    "GOV.UK, Pay employers’ PAYE",
    rounding=EXACT,
)
_NOT_UNDER = Rule(
    "quarterly.not_under",
    N_("Pay by the month"),
    N_("{average} a month is not less than {limit}, so HMRC is paid every month."),
    ("average", "limit"),
    "GOV.UK, Pay employers’ PAYE",
    rounding=EXACT,
)
