"""The end of a tax year: what a P60 says, the codes of the new year, and the payday too many.

Sources: Income Tax (Pay As You Earn) Regulations 2003, regulations 19 (codes from year to year)
and 67 (certificates); HMRC, P9X; HMRC, PAYE Manual PAYE70015 (extra paydays); HMRC, RD1.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING

from dpemployer.i18n import N_, _, long_date
from dpemployer.payroll.added_up import Added, added, opening_parts, together
from dpemployer.payroll.annual_figures import letter_figures, letters_of, statutory_to_date
from dpemployer.periods import PayFrequency, TaxYear
from dpemployer.statutory.tax_code import CodeKind, TaxCode
from dpemployer.workings import EXACT, Rule, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dpemployer.money import Money
    from dpemployer.payroll.payslip import Payslip
    from dpemployer.payroll.people import OpeningPay
    from dpemployer.periods import PaySchedule
    from dpemployer.statutory.rates import Rates


# ── what a P60 says ──


@dataclass(frozen=True, slots=True)
class P60:
    """What the end-of-year certificate of one job says, in HMRC's order."""

    pay_and_tax: tuple[Added, ...]
    final_code: str
    insurance: tuple[tuple[str, tuple[Added, ...]], ...]
    """Each letter used, with its figures; the employer's share is not on a P60."""
    statutory: tuple[Added, ...]
    loans: tuple[Added, ...]

    @property
    def figures(self) -> tuple[Added, ...]:
        """Every figure of it, in order."""
        by_letter = tuple(one for _letter, figures in self.insurance for one in figures)
        return (*self.pay_and_tax, *by_letter, *self.statutory, *self.loans)


_ON_A_P60 = frozenset({"at_lel", "lel_to_pt", "pt_to_uel", "employee_ni"})


def p60_of(
    slips: Sequence[Payslip],
    openings: Sequence[OpeningPay],
    p45s: Sequence[OpeningPay],
    code: str,
) -> P60:
    """Return what a P60 says.

    Args:
        slips: Every payslip of the tax year, those that take others back included.
        openings: Figures of this job from before the book.
        p45s: Figures of an earlier employment.
        code: The code in use at the end of the year, with any week 1/month 1 mark.
    """
    before_pay = added(
        "previous_pay",
        _("Pay in previous employment"),
        (),
        attrgetter("taxable_pay"),
        _from_p45(p45s, "previous_pay"),
    )
    before_tax = added(
        "previous_tax",
        _("Tax in previous employment"),
        (),
        attrgetter("tax"),
        _from_p45(p45s, "previous_tax"),
    )
    pay = added(
        "pay",
        _("Pay in this employment"),
        slips,
        attrgetter("taxable_pay"),
        opening_parts(openings, attrgetter("taxable_pay")),
    )
    tax = added(
        "tax",
        _("Tax deducted in this employment"),
        slips,
        attrgetter("tax"),
        opening_parts(openings, attrgetter("tax")),
    )
    return P60(
        pay_and_tax=(
            before_pay,
            before_tax,
            pay,
            tax,
            together("total_pay", _("Total pay for the year"), (before_pay, pay)),
            together("total_tax", _("Total tax for the year"), (before_tax, tax)),
        ),
        final_code=code,
        insurance=tuple(
            (
                letter,
                tuple(
                    one
                    for one in letter_figures(letter, slips, openings)
                    if one.key.partition("_")[2] in _ON_A_P60
                ),
            )
            for letter in letters_of(slips)
        ),
        statutory=tuple(one for one in statutory_to_date(slips) if one.amount),
        loans=tuple(
            added(
                key,
                label,
                slips,
                attrgetter(key),
                opening_parts(openings, attrgetter(key)),
                whole_pounds=True,
            )
            for key, label in (
                ("student_loan", _("Student loan deductions")),
                ("postgraduate_loan", _("Postgraduate loan deductions")),
            )
        ),
    )


def _from_p45(p45s: Sequence[OpeningPay], field: str) -> tuple[tuple[str, Money], ...]:
    return tuple(
        (_("from {source}").format(source=one.source), getattr(one, field)) for one in p45s
    )


# ── the codes of the new year ──


@dataclass(frozen=True, slots=True)
class NewCode:
    """The code somebody begins a tax year with, and why."""

    before: str
    after: str
    steps: tuple[Step, ...]

    @property
    def changes(self) -> bool:
        """Whether it is another code than before."""
        return self.before != self.after


_UPLIFTED = "LMN"
"""The letters HMRC raises together when it raises codes at all (P9X)."""


def new_code(text: str, year: TaxYear, rates: Rates) -> NewCode:
    """Carry a code over into a new tax year.

    Every week 1/month 1 mark is dropped; a code with one of the letters HMRC raises goes up by
    what the year's P9X says, which may be nothing. A newer notice from HMRC comes before this.

    Args:
        text: The code at the end of the year before, with its mark.
        year: The new tax year.
        rates: What is in force on its first day.
    """
    code, steps = TaxCode.parse(text), []
    if code.mark:
        bare = replace(code, mark="")
        steps.append(Step(_MARK_DROPPED, (str(code), str(year)), bare.text))
        code = bare
    entry = rates.entry("income_tax.uplift")
    points = int(entry.figures.rate())
    if code.kind is CodeKind.FREE_PAY and code.text[-1] in _UPLIFTED and points:
        raised = TaxCode.parse(_with_number(code.text, code.number + points))
        steps.append(Step(_RAISED, (code.text, points, str(year)), raised.text))
        code = raised
    if not steps:
        steps.append(Step(_CARRIED, (code.text, str(year)), code.text))
    return NewCode(str(TaxCode.parse(text)), str(code), tuple(steps))


def _with_number(text: str, number: int) -> str:
    """Write another number into a code with a letter at its end."""
    nation = text[0] if text[0].isalpha() else ""
    return f"{nation}{number}{text[-1]}"


@dataclass(frozen=True, slots=True)
class NewYearCodes:
    """The codes that were carried over into a tax year: a fact, taken back only before a payday."""

    id: int
    tax_year: str
    done_on: date
    tax_code_ids: tuple[int, ...]
    """The codes this put into people's terms."""


# ── the payday too many ──


@dataclass(frozen=True, slots=True)
class ExtraPayday:
    """A payday beyond the whole weeks of a tax year."""

    day: date
    number: int
    """53, 54 or 56, as HMRC is told."""
    steps: tuple[Step, ...]


_EXTRA = {PayFrequency.WEEKLY: 53, PayFrequency.FORTNIGHTLY: 54, PayFrequency.FOUR_WEEKLY: 56}


def extra_payday(schedule: PaySchedule, year: TaxYear) -> ExtraPayday | None:
    """Return the payday of a tax year that comes after its 52 weeks; None when there is none."""
    number = _EXTRA.get(schedule.frequency)
    if number is None:
        return None
    day = year.first_day + timedelta(weeks=52)
    while day <= year.last_day:
        last_day = day - timedelta(days=schedule.days_after)
        if schedule.period_of(last_day).last_day == last_day:
            step = Step(_TOO_MANY, (str(year), day, schedule.frequency.weeks), number)
            return ExtraPayday(day, number, (step,))
        day += timedelta(days=1)
    return None


def extra_payday_words(extra: ExtraPayday) -> str:
    """Say in one sentence what a payday too many is."""
    return _(
        "The payday of {day} is one more than the tax year has weeks for. HMRC calls it week "
        "{number}."
    ).format(day=long_date(extra.day), number=extra.number)


_MARK_DROPPED = Rule(
    "new_year.mark_dropped",
    N_("Week 1/month 1 ends with the year"),
    N_(
        "{code} was used without looking back. That ends on 5 April, so {year} begins with "
        "{result}."
    ),
    ("code", "year"),
    "HMRC, P9X: tax codes to use from 6 April",
    rounding=EXACT,
)
_RAISED = Rule(
    "new_year.raised",
    N_("Raised for the new year"),
    N_("HMRC raises codes like {code} by {points} for {year}, to {result}."),
    ("code", "points", "year"),
    "HMRC, P9X: tax codes to use from 6 April",
    rounding=EXACT,
)
_CARRIED = Rule(
    "new_year.carried",
    N_("Carried over"),
    N_("{code} is carried over into {year} as it is, because HMRC raises no code like it."),
    ("code", "year"),
    "HMRC, P9X: tax codes to use from 6 April",
    rounding=EXACT,
)
_TOO_MANY = Rule(
    "new_year.extra_payday",
    N_("One payday more than the year has weeks for"),
    N_(
        "The tax year {year} is 52 weeks and a day long, or two days in a leap year. {day} falls "
        "after its 52nd week. So it is taxed on its own, with the free pay of {weeks} weeks and "
        "nothing carried from before, and HMRC is told week {result}."
    ),
    ("year", "day", "weeks"),
    "HMRC, PAYE Manual PAYE70015",
    rounding=EXACT,
)
