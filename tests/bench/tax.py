"""Income Tax, with its workings, against the public `paye` package, which gives the tax alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from dpemployer import data_files
from dpemployer.money import Money
from dpemployer.payroll.payslip import PayslipInputs, PensionTerms
from dpemployer.payroll.people import PensionBasis, PensionRelief
from dpemployer.payroll.work_out import work_out
from dpemployer.periods import PayFrequency
from dpemployer.statutory.income_tax import PaidBefore, tax_on
from dpemployer.statutory.rates import RateBook
from dpemployer.statutory.tax_code import TaxCode
from tests.bench import peers
from tests.bench.measuring import Comparison, side_by_side

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CODES = ("1257L", "BR", "S1257L", "K475", "C1257L", "0T", "D0", "1100T", "SD1", "1257L M1")
PAYDAYS = tuple(date(2026 + (month > 12), (month - 1) % 12 + 1, 28) for month in range(4, 16))


class Case(NamedTuple):
    """One payment to tax, before either program has seen it."""

    payday: date
    code: str
    pence: int
    pence_before: int
    tax_pence_before: int


def thousand_cases() -> tuple[Case, ...]:
    """Monthly payments of £200 to £9,600: ten codes, twelve months, and a past for each."""
    return tuple(_cases())


def _cases() -> Iterator[Case]:
    for number in range(1000):
        month = number // 10 % 12
        pence = 20_000 + number * 7_919 % 940_000
        before = month * (pence + number * 311 % 9_000)
        yield Case(PAYDAYS[month], CODES[number % 10], pence, before, before * (number % 4) // 20)


def rate_book() -> RateBook:
    """Read the shipped rates."""
    return RateBook.parse(data_files.texts("statutory", ".toml"))


def paye_on(cases: tuple[Case, ...]) -> Callable[[], list[Any]]:
    """Make the thing the public package is timed at: the tax on each case."""
    public = peers.paye()
    ready = [
        (
            public.FiscalDate(c.payday.year, c.payday.month, c.payday.day),
            c.code,
            Decimal(c.pence).scaleb(-2),
            Decimal(c.pence_before + c.pence).scaleb(-2),
            Decimal(c.tax_pence_before).scaleb(-2),
        )
        for c in cases
    ]

    def ask_paye() -> list[Any]:
        return [
            public.Payslip(
                pay_date=day,
                basic_pay=pay,
                code=public.TaxCode(code),
                pay_to_date=to_date,
                tax_to_date_non_inclusive=tax_before,
            ).income_tax
            for day, code, pay, to_date, tax_before in ready
        ]

    return ask_paye


def income_tax() -> Comparison:
    """A thousand payments, from the code as printed to the tax."""
    cases = thousand_cases()
    ask_paye = paye_on(cases)
    rates = rate_book()
    monthly = PayFrequency.MONTHLY
    ready = [
        (
            c.payday,
            c.code,
            Money(c.pence),
            PaidBefore(Money(c.pence_before), Money(c.tax_pence_before)),
        )
        for c in cases
    ]

    def work_out() -> list[Money]:
        return [
            tax_on(
                pay,
                code=TaxCode.parse(code),
                frequency=monthly,
                tax_period=monthly.tax_period(day),
                before=before,
                rates=rates.on(day),
            ).tax
            for day, code, pay, before in ready
        ]

    timings = side_by_side(
        ("ours, with workings", work_out), ("paye 0.8.0, tax alone", ask_paye), rounds=15
    )
    agreed = sum(mine.pounds == other for mine, other in zip(work_out(), ask_paye(), strict=True))
    return Comparison(
        "Income Tax with workings, against paye 0.8.0",
        "1,000 monthly payments of 2026-27, ten kinds of code, from the code as printed to the tax",
        *timings,
        goal=1.0,
        note=f"{agreed} of the 1,000 taxes are the same to the penny.",
    )


def whole_payslip() -> Comparison:
    """The same thousand payments, each a whole payslip."""
    cases = thousand_cases()
    ask_paye = paye_on(cases)
    rates = rate_book()
    pension = PensionTerms(
        PensionBasis.QUALIFYING_EARNINGS, PensionRelief.RELIEF_AT_SOURCE, Decimal(5), Decimal(3)
    )
    loans = (None, None, "2", "1")
    ready = [
        PayslipInputs(
            pay_date=c.payday,
            frequency=PayFrequency.MONTHLY,
            tax_code=c.code,
            ni_letter="A",
            pay=Money(c.pence),
            taxable_pay_to_date=Money(c.pence_before),
            tax_to_date=Money(c.tax_pence_before),
            loan_plan=loans[number % len(loans)],
            pension=pension,
        )
        for number, c in enumerate(cases)
    ]

    def work_out_all() -> list[Money]:
        return [work_out(inputs, rates).tax for inputs in ready]

    timings = side_by_side(
        ("ours, whole payslip", work_out_all), ("paye 0.8.0, tax alone", ask_paye), rounds=15
    )
    agreed = sum(
        mine.pounds == other for mine, other in zip(work_out_all(), ask_paye(), strict=True)
    )
    return Comparison(
        "A whole payslip with workings, against the tax alone from paye 0.8.0",
        "the same 1,000 payments: pension, tax, National Insurance, a student loan on every second",
        *timings,
        goal=6.0,
        note=f"{agreed} of the 1,000 taxes are the same to the penny.",
    )
