"""Income Tax on one payment, by the exact method HMRC sets for payroll software.

Source: HMRC, *Specification for PAYE tax table routines* v24.0 (February 2026), sections 3 to
8 and appendices A to C; Income Tax (PAYE) Regulations 2003, regulation 2 (the 50% limit).

Amounts inside are whole numbers: pence, or hundredths of a penny where HMRC keeps four decimals
of a pound. Nothing is rounded that the specification does not round.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from dpemployer.errors import EntryError
from dpemployer.i18n import N_, _
from dpemployer.money import NOTHING, Money, Rounding
from dpemployer.periods import PayFrequency
from dpemployer.statutory.tax_code import CodeKind, TaxCode
from dpemployer.workings import EXACT, Rule, Step, dated

if TYPE_CHECKING:
    from datetime import date

    from dpemployer.statutory.rates import Rates
    from dpemployer.statutory.tax_code import TaxNation

_SOURCE = "HMRC, Specification for PAYE tax table routines v24.0 (February 2026)"
_WEEKS, _MONTHS = 52, 12
_NO_END = 10**18
EXTRA_PERIOD = {
    PayFrequency.WEEKLY: 53,
    PayFrequency.FORTNIGHTLY: 54,
    PayFrequency.FOUR_WEEKLY: 56,
}
"""What HMRC calls the payday after a full year of paydays. It always falls in tax week 53."""
_ALONE_PERIODS = {
    PayFrequency.WEEKLY: 1,
    PayFrequency.FORTNIGHTLY: 2,
    PayFrequency.FOUR_WEEKLY: 4,
    PayFrequency.MONTHLY: 1,
}


@dataclass(frozen=True, slots=True)
class TaxResult:
    """Income Tax on one payment."""

    tax: Money
    """To take from this payment; below zero, to give back."""
    pay_to_date: Money
    """Taxable pay this tax year, this payment included."""
    tax_to_date: Money
    free_pay: Money | None
    """Free of tax in this calculation; below zero, added to pay by a K code."""
    taxable: Money | None
    """Whole pounds that tax was worked out on; nothing for NT."""
    limit_applied: bool
    """Whether the 50% limit held some tax back."""
    alone: bool
    """Whether this payment was taxed on its own, without looking back."""
    workings: tuple[Step, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class PaidBefore:
    """Taxable pay earlier in the tax year, and the tax on it less refunds.

    What a P45 says of an employment before this one is in it, where it counts.
    """

    pay: Money = NOTHING
    tax: Money = NOTHING


@dataclass(frozen=True, slots=True)
class _Band:
    """One band of taxable pay, for the weeks or months gone by."""

    highest: int
    """Pence of taxable pay up to which this is the last band reached, in whole pounds."""
    starts: int
    """Where it starts, in hundredths of a penny."""
    tax_below: int
    """Tax on everything below it, in hundredths of a penny."""
    rate: Decimal
    rate_10000: int


def tax_on(
    pay: Money,
    *,
    code: TaxCode,
    frequency: PayFrequency,
    tax_period: int,
    before: PaidBefore,
    rates: Rates,
    payrolled_benefits: Money = NOTHING,
    week1_month1: bool = False,
) -> TaxResult:
    """Work out the tax on one payment.

    Args:
        pay: Taxable pay now: after any pension taken under a net pay arrangement, and with
            `payrolled_benefits` in it. Below zero, pay is taken back: tax may then be given back
            on a cumulative code, and is never taken.
        code: The code in use on the payday.
        frequency: How often the person is paid.
        tax_period: The tax week of the payday, or for monthly pay the tax month. 53 (weekly),
            54 (fortnightly) or 56 (four-weekly) is the payday after a full year of paydays.
        before: Pay and tax earlier in the tax year.
        rates: What is in force on the payday.
        payrolled_benefits: The value of benefits inside `pay`; the 50% limit leaves it out.
        week1_month1: Whether to tax this payment on its own whatever the code's mark.

    Raises:
        EntryError: If the code does not exist in this tax year, or a figure cannot be.
    """
    if not 0 <= payrolled_benefits.pence <= max(0, pay.pence):
        raise _benefits_do_not_fit(payrolled_benefits, pay)
    extra = frequency in EXTRA_PERIOD and tax_period in {53, EXTRA_PERIOD[frequency]}
    if not extra:
        _check_period(frequency, tax_period)
    alone = extra or week1_month1 or code.week1_month1
    steps: list[Step] = []
    if alone:
        periods = _ALONE_PERIODS[frequency]
        reckoned, taken = pay.pence, 0
        steps.append(Step(_EXTRA if extra else _ALONE, (str(code),), pay))
    else:
        periods = tax_period
        reckoned, taken = before.pay.pence + pay.pence, before.tax.pence
        steps.append(Step(_TO_DATE, (before.pay, pay), Money(reckoned)))
    base = _MONTHS if frequency is PayFrequency.MONTHLY else _WEEKS
    free_pay, taxable, due = _due(code, reckoned, periods, base, rates, steps)
    tax = due - taken
    if not alone:
        rule = _REFUND if tax < 0 else _TO_TAKE
        steps.append(Step(rule, (Money(due), before.tax), Money(abs(tax))))
    limit = max(0, pay.pence - payrolled_benefits.pence) * _limit_10000(rates) // 10_000
    limit_applied = tax > limit
    if limit_applied:
        if pay.pence < 0:
            steps.append(Step(_LIMIT_BELOW_NOTHING, (abs(pay), Money(tax)), NOTHING))
        elif payrolled_benefits:
            figures = (pay, payrolled_benefits, Money(tax))
            steps.append(Step(_LIMIT_BENEFITS, figures, Money(limit)))
        else:
            steps.append(Step(_LIMIT, (pay, Money(tax)), Money(limit)))
        tax = limit
    return TaxResult(
        tax=Money(tax),
        pay_to_date=Money(before.pay.pence + pay.pence),
        tax_to_date=Money(before.tax.pence + tax),
        free_pay=free_pay,
        taxable=taxable,
        limit_applied=limit_applied,
        alone=alone,
        workings=dated(steps, _since(code.nation, rates)),
    )


def check_code(code: TaxCode, rates: Rates) -> None:
    """Refuse a code that does not exist in a tax year, such as SD3 in 2023-24.

    Raises:
        EntryError: If there is no such code then.
    """
    if code.kind is CodeKind.FLAT_RATE:
        _flat_rate(code, rates)


def _due(
    code: TaxCode, pay: int, periods: int, base: int, rates: Rates, steps: list[Step]
) -> tuple[Money | None, Money | None, int]:
    """Return free pay, whole pounds taxed, and pence of tax due on *pay* pence."""
    if code.kind is CodeKind.NO_TAX:
        steps.append(Step(_NO_TAX, (code.text,), NOTHING))
        return None, None, 0
    if code.kind is CodeKind.FLAT_RATE:
        rate, rate_10000 = _flat_rate(code, rates)
        taxable = Money(max(0, pay) // 100 * 100)
        due = taxable.pence * rate_10000 // 10_000
        steps.append(Step(_FLAT, (code.text, rate * 100, taxable), Money(due)))
        return None, taxable, due
    each = _free_pay_each(code.number, base, rates)
    free = each * periods
    if code.kind is CodeKind.ADDED_PAY:
        free = -free
        rule = _ADDED_WEEKS if base == _WEEKS else _ADDED_MONTHS
    elif code.number:
        rule = _FREE_WEEKS if base == _WEEKS else _FREE_MONTHS
    else:
        rule = _NO_FREE_PAY
    shown = (code.text,) if rule is _NO_FREE_PAY else (code.text, Money(each), periods)
    steps.append(Step(rule, shown, Money(abs(free))))
    exact = pay - free
    if exact <= 0:
        rule = _COVERED_ADDED if free < 0 else _COVERED
        steps.append(Step(rule, (Money(pay), Money(abs(free))), NOTHING))
        return Money(free), NOTHING, 0
    taxable = Money(exact // 100 * 100)
    rule = _TAXABLE_ADDED if free < 0 else _TAXABLE
    steps.append(Step(rule, (Money(pay), Money(abs(free))), taxable))
    bands = _bands(rates, code.nation, periods, base)
    band = next(band for band in bands if exact <= band.highest)
    due = (band.tax_below + (taxable.pence * 100 - band.starts) * band.rate_10000 // 10_000) // 100
    if band.starts:
        figures = (Money(band.starts // 100), Money(band.tax_below // 100), band.rate * 100)
        steps.append(Step(_DUE_BANDS, figures, Money(due)))
    else:
        steps.append(Step(_DUE_ONE_BAND, (taxable, band.rate * 100), Money(due)))
    return Money(free), taxable, due


@cache
def _free_pay_each(number: int, base: int, rates: Rates) -> int:
    """Return the pence a code number frees in one week or month.

    The first 1 to 500 of the number is its own sum, cut at four decimals of a pound and then
    taken up to the penny; every further 500 adds a published block.
    """
    if number == 0:
        return 0
    blocks, rest = divmod(number - 1, 500)
    cut = ((rest + 1) * 10 + 9) * 10_000 // base
    block = rates["income_tax.code_block_500"].money("weekly" if base == _WEEKS else "monthly")
    return -(-cut // 100) + blocks * block.pence


@cache
def _bands(rates: Rates, nation: TaxNation, periods: int, base: int) -> tuple[_Band, ...]:
    """Return the bands for so many weeks or months, each cut at four decimals of a pound."""
    made: list[_Band] = []
    width_below = tax_below = 0
    for row in rates[f"income_tax.bands.{nation}"].rows("bands"):
        rate = row.rate("rate")
        rate_10000 = int(rate * 10_000)
        starts = width_below * 100 * periods // base
        below = tax_below * periods // (100 * base)
        width = row.money_if_any("bandwidth")
        highest = _NO_END
        if width is not None:
            width_below += width.pence
            tax_below += width.pence * rate_10000
            ends = width_below * 100 * periods // base
            highest = -(-ends // 10_000) * 100
        made.append(_Band(highest, starts, below, rate, rate_10000))
    return tuple(made)


@cache
def _flat_rate(code: TaxCode, rates: Rates) -> tuple[Decimal, int]:
    figures = rates[f"income_tax.bands.{code.nation}"]
    place = figures.whole("basic_rate_index") - 1 + code.number
    rows = figures.rows("bands")
    if place >= len(rows):
        raise EntryError(
            what=_("There is no tax code {code} in this tax year.").format(code=code.text),
            why=_("The highest rate of tax then has a lower code."),
            next_step=_("Look again at the newest letter from HMRC about this person."),
        )
    rate = rows[place].rate("rate")
    return rate, int(rate * 10_000)


@cache
def _limit_10000(rates: Rates) -> int:
    return int(rates["income_tax.regulatory_limit"].rate() * 10_000)


def _check_period(frequency: PayFrequency, tax_period: int) -> None:
    last = _MONTHS if frequency is PayFrequency.MONTHLY else _WEEKS
    if not 1 <= tax_period <= last:
        raise EntryError(
            what=_("{number} is not a tax week or month for this pay.").format(number=tax_period),
            why=_(
                "Months go from 1 to 12 and weeks from 1 to 52, with one more for a payday on the "
                "very last days: 53 when paid weekly, 54 fortnightly, 56 four-weekly."
            ),
            next_step=_("Count from 6 April, which is in week 1 and month 1."),
        )


def _benefits_do_not_fit(benefits: Money, pay: Money) -> EntryError:
    return EntryError(
        what=_("Benefits of {benefits} cannot be part of pay of {pay}.").format(
            benefits=benefits, pay=pay
        ),
        why=_("Payrolled benefits are counted inside the pay that is taxed."),
        next_step=_("Check both figures."),
    )


@cache
def _since(nation: TaxNation, rates: Rates) -> date:
    """Return since when the bands and the rest of what is used here have been in force."""
    return rates.since(
        f"income_tax.bands.{nation}", "income_tax.code_block_500", "income_tax.regulatory_limit"
    )


# ── what each step says ──

_EACH_UP = N_("up to the penny above, for each week or month")
_WHOLE_POUNDS = N_("down to the whole pound below")

_TO_DATE = Rule(
    id="tax.pay_to_date",
    title=N_("Taxable pay so far this tax year"),
    sentence=N_(
        "Taxable pay earlier in the tax year was {before}. With {now} now, it comes to {result}."
    ),
    names=("before", "now"),
    source=f"{_SOURCE}, section 4.2",
    rounding=EXACT,
)
_ALONE = Rule(
    id="tax.alone",
    title=N_("This payment is taxed on its own"),
    sentence=N_(
        "The tax code is used on a week 1 or month 1 basis ({code}). So only this payment of "
        "{result} is looked at, and nothing earlier in the year."
    ),
    names=("code",),
    source=f"{_SOURCE}, section 8",
    rounding=EXACT,
)
_EXTRA = Rule(
    id="tax.extra_period",
    title=N_("This is one payday more than the year has room for"),
    sentence=N_(
        "This payday falls on the last days of the tax year, after a full year of paydays. HMRC "
        "asks for it to be taxed on its own with code {code}: only this payment of {result} is "
        "looked at."
    ),
    names=("code",),
    source="HMRC, PAYE Manual PAYE70015; " + _SOURCE,
    rounding=EXACT,
)
_NO_TAX = Rule(
    id="tax.no_tax",
    title=N_("No tax"),
    sentence=N_("Code {code} means that no tax is taken, so tax due is {result}."),
    names=("code",),
    source=f"{_SOURCE}, section 7",
    rounding=EXACT,
)
_FLAT = Rule(
    id="tax.flat_rate",
    title=N_("One rate of tax on every pound"),
    sentence=N_(
        "Code {code} means {percent}% tax on every whole pound. {percent}% of {pounds} is {result}."
    ),
    names=("code", "percent", "pounds"),
    source=f"{_SOURCE}, sections 5 and 6",
    rounding=Rounding.TAX,
)
_FREE_WEEKS = Rule(
    id="tax.free_pay_weeks",
    title=N_("Pay that is free of tax"),
    sentence=N_(
        "Code {code} lets {each} a week through free of tax. For {weeks} of the year’s weeks that "
        "is {result}."
    ),
    names=("code", "each", "weeks"),
    source=f"{_SOURCE}, section 4.3.1",
    rounding=_EACH_UP,
)
_FREE_MONTHS = Rule(
    id="tax.free_pay_months",
    title=N_("Pay that is free of tax"),
    sentence=N_(
        "Code {code} lets {each} a month through free of tax. For {months} of the year’s months "
        "that is {result}."
    ),
    names=("code", "each", "months"),
    source=f"{_SOURCE}, section 4.3.1",
    rounding=_EACH_UP,
)
_ADDED_WEEKS = Rule(
    id="tax.added_pay_weeks",
    title=N_("Pay added by a K code"),
    sentence=N_(
        "Code {code} adds {each} a week to the pay that is taxed, usually because tax is owed on "
        "something else. For {weeks} of the year’s weeks that is {result}."
    ),
    names=("code", "each", "weeks"),
    source=f"{_SOURCE}, section 4.3.1",
    rounding=_EACH_UP,
)
_ADDED_MONTHS = Rule(
    id="tax.added_pay_months",
    title=N_("Pay added by a K code"),
    sentence=N_(
        "Code {code} adds {each} a month to the pay that is taxed, usually because tax is owed on "
        "something else. For {months} of the year’s months that is {result}."
    ),
    names=("code", "each", "months"),
    source=f"{_SOURCE}, section 4.3.1",
    rounding=_EACH_UP,
)
_NO_FREE_PAY = Rule(
    id="tax.no_free_pay",
    title=N_("No pay is free of tax"),
    sentence=N_("Code {code} lets no pay through free of tax: the free amount is {result}."),
    names=("code",),
    source=f"{_SOURCE}, section 4.3.1",
    rounding=EXACT,
)
_COVERED = Rule(
    id="tax.covered",
    title=N_("All of it is free of tax"),
    sentence=N_(
        "Pay of {pay} is no more than the {free} that is free of tax, so tax due is {result}."
    ),
    names=("pay", "free"),
    source=f"{_SOURCE}, section 4.3.3",
    rounding=EXACT,
)
_COVERED_ADDED = Rule(
    id="tax.covered_added",
    title=N_("Nothing to tax"),
    sentence=N_(
        "More pay has been taken back than paid. Even with {added} added, {pay} leaves nothing to "
        "tax, so tax due is {result}."
    ),
    names=("pay", "added"),
    source=f"{_SOURCE}, section 4.3.3",
    rounding=EXACT,
)
_TAXABLE = Rule(
    id="tax.taxable",
    title=N_("Pay that is taxed"),
    sentence=N_("From {pay}, {free} is free of tax. Whole pounds of what is left: {result}."),
    names=("pay", "free"),
    source=f"{_SOURCE}, sections 4.3.2 and 4.4.4",
    rounding=_WHOLE_POUNDS,
)
_TAXABLE_ADDED = Rule(
    id="tax.taxable_added",
    title=N_("Pay that is taxed"),
    sentence=N_("To {pay}, {added} is added. Whole pounds of that: {result}."),
    names=("pay", "added"),
    source=f"{_SOURCE}, sections 4.3.2 and 4.4.4",
    rounding=_WHOLE_POUNDS,
)
_DUE_ONE_BAND = Rule(
    id="tax.due_first_band",
    title=N_("Tax due"),
    sentence=N_("{percent}% of {pounds} is {result}, cut to the penny."),
    names=("pounds", "percent"),
    source=f"{_SOURCE}, section 4.4",
    rounding=Rounding.TAX,
)
_DUE_BANDS = Rule(
    id="tax.due_bands",
    title=N_("Tax due"),
    sentence=N_(
        "Tax on the first {starts} is {below}, and the rest is taxed at {percent}%. Together that "
        "is {result}, cut to the penny."
    ),
    names=("starts", "below", "percent"),
    source=f"{_SOURCE}, section 4.4",
    rounding=Rounding.TAX,
)
_TO_TAKE = Rule(
    id="tax.to_take",
    title=N_("Tax to take now"),
    sentence=N_(
        "Tax due so far this tax year is {due}. {taken} was taken before, so {result} is left to "
        "take now."
    ),
    names=("due", "taken"),
    source=f"{_SOURCE}, section 4.5",
    rounding=EXACT,
)
_REFUND = Rule(
    id="tax.refund",
    title=N_("Tax to give back now"),
    sentence=N_(
        "Tax due so far this tax year is {due}, but {taken} was taken before, so {result} is given "
        "back now."
    ),
    names=("due", "taken"),
    source=f"{_SOURCE}, section 4.5",
    rounding=EXACT,
)
_LIMIT = Rule(
    id="tax.limit",
    title=N_("No more than half of the pay"),
    sentence=N_(
        "Tax may not take more than half of a payment. Half of {pay} is {result}, so that is taken "
        "instead of {wanted}."
    ),
    names=("pay", "wanted"),
    source="Income Tax (PAYE) Regulations 2003, regulation 2; " + _SOURCE,
    rounding=Rounding.TAX,
)
_LIMIT_BENEFITS = Rule(
    id="tax.limit_benefits",
    title=N_("No more than half of the pay"),
    sentence=N_(
        "Tax may not take more than half of a payment. Half of {pay}, leaving out {benefits} of "
        "benefits that are not money, is {result}, so that is taken instead of {wanted}."
    ),
    names=("pay", "benefits", "wanted"),
    source="Income Tax (PAYE) Regulations 2003, regulation 2; " + _SOURCE,
    rounding=Rounding.TAX,
)
_LIMIT_BELOW_NOTHING = Rule(
    id="tax.limit_below_nothing",
    title=N_("No tax from pay that is taken back"),
    sentence=N_(
        "Tax may not take more than half of a payment. {pay} is taken back here, which leaves "
        "nothing to take tax from, so {result} is taken instead of {wanted}."
    ),
    names=("pay", "wanted"),
    source="Income Tax (PAYE) Regulations 2003, regulation 2; " + _SOURCE,
    rounding=EXACT,
)
