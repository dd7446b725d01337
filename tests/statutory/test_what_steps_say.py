"""What tax, National Insurance and pensions say of how they were worked out, word for word.

Each sentence was read, and each of its figures worked out again by hand from the rates of 2026-27.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

import pytest

from dpemployer.data_files import texts
from dpemployer.money import Money
from dpemployer.periods import PayFrequency
from dpemployer.statutory.income_tax import PaidBefore, tax_on
from dpemployer.statutory.national_insurance import EarningsPeriod, NiCategory, contributions
from dpemployer.statutory.pensions import PensionBasis, PensionRelief, assess, contribute
from dpemployer.statutory.rates import RateBook
from dpemployer.statutory.tax_code import TaxCode
from dpemployer.workings import EXACT, Rule, Step, explain, facts

RATES = RateBook.parse(texts("statutory", ".toml")).on(date(2026, 5, 1))


class TaxCase(NamedTuple):
    """One payment, in pence."""

    pay: int
    code: str
    frequency: PayFrequency
    period: int
    pay_before: int = 0
    tax_before: int = 0
    benefits: int = 0


def said(steps: tuple[Step, ...]) -> list[str]:
    """Return what each step says; each also says since when its figures hold."""
    explained = explain(steps)
    assert {step.dated for step in explained} == {"from 6 April 2026"}
    return [step.sentence for step in explained]


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (
            TaxCase(150000, "1257L", PayFrequency.MONTHLY, 2, 120000, 3060, 0),
            [
                (
                    "Taxable pay earlier in the tax year was £1,200.00. With £1,500.00 now, it "
                    "comes to £2,700.00."
                ),
                (
                    "Code 1257L lets £1,048.26 a month through free of tax. For 2 of the year’s "
                    "months that is £2,096.52."
                ),
                (
                    "From £2,700.00, £2,096.52 is free of tax. Whole pounds of what is left: "
                    "£603.00."
                ),
                "20% of £603.00 is £120.60, cut to the penny.",
                (
                    "Tax due so far this tax year is £120.60. £30.60 was taken before, so £90.00 is"
                    " left to take now."
                ),
            ],
        ),
        (
            TaxCase(500000, "1257L", PayFrequency.MONTHLY, 2, 500000, 70000, 0),
            [
                (
                    "Taxable pay earlier in the tax year was £5,000.00. With £5,000.00 now, it "
                    "comes to £10,000.00."
                ),
                (
                    "Code 1257L lets £1,048.26 a month through free of tax. For 2 of the year’s "
                    "months that is £2,096.52."
                ),
                (
                    "From £10,000.00, £2,096.52 is free of tax. Whole pounds of what is left: "
                    "£7,903.00."
                ),
                (
                    "Tax on the first £6,283.33 is £1,256.66, and the rest is taxed at 40%. "
                    "Together that is £1,904.53, cut to the penny."
                ),
                (
                    "Tax due so far this tax year is £1,904.53. £700.00 was taken before, so "
                    "£1,204.53 is left to take now."
                ),
            ],
        ),
        (
            TaxCase(10000, "1257L", PayFrequency.WEEKLY, 3, 10000, 0, 0),
            [
                (
                    "Taxable pay earlier in the tax year was £100.00. With £100.00 now, it comes to"
                    " £200.00."
                ),
                (
                    "Code 1257L lets £241.92 a week through free of tax. For 3 of the year’s weeks "
                    "that is £725.76."
                ),
                (
                    "Pay of £200.00 is no more than the £725.76 that is free of tax, so tax due is "
                    "£0.00."
                ),
                (
                    "Tax due so far this tax year is £0.00. £0.00 was taken before, so £0.00 is "
                    "left to take now."
                ),
            ],
        ),
        (
            TaxCase(40000, "1257L M1", PayFrequency.WEEKLY, 3, 0, 0, 0),
            [
                (
                    "The tax code is used on a week 1 or month 1 basis (1257L M1). So only this "
                    "payment of £400.00 is looked at, and nothing earlier in the year."
                ),
                (
                    "Code 1257L lets £241.92 a week through free of tax. For 1 of the year’s weeks "
                    "that is £241.92."
                ),
                "From £400.00, £241.92 is free of tax. Whole pounds of what is left: £158.00.",
                "20% of £158.00 is £31.60, cut to the penny.",
            ],
        ),
        (
            TaxCase(40000, "BR", PayFrequency.WEEKLY, 53, 0, 0, 0),
            [
                (
                    "This payday falls on the last days of the tax year, after a full year of "
                    "paydays. HMRC asks for it to be taxed on its own with code BR: only this "
                    "payment of £400.00 is looked at."
                ),
                "Code BR means 20% tax on every whole pound. 20% of £400.00 is £80.00.",
            ],
        ),
        (
            TaxCase(40000, "NT", PayFrequency.WEEKLY, 3, 10000, 300, 0),
            [
                (
                    "Taxable pay earlier in the tax year was £100.00. With £400.00 now, it comes to"
                    " £500.00."
                ),
                "Code NT means that no tax is taken, so tax due is £0.00.",
                (
                    "Tax due so far this tax year is £0.00, but £3.00 was taken before, so £3.00 is"
                    " given back now."
                ),
            ],
        ),
        (
            TaxCase(40000, "0T", PayFrequency.WEEKLY, 1, 0, 0, 0),
            [
                (
                    "Taxable pay earlier in the tax year was £0.00. With £400.00 now, it comes to "
                    "£400.00."
                ),
                "Code 0T lets no pay through free of tax: the free amount is £0.00.",
                "From £400.00, £0.00 is free of tax. Whole pounds of what is left: £400.00.",
                "20% of £400.00 is £80.00, cut to the penny.",
                (
                    "Tax due so far this tax year is £80.00. £0.00 was taken before, so £80.00 is "
                    "left to take now."
                ),
            ],
        ),
        (
            TaxCase(200000, "K475", PayFrequency.MONTHLY, 1, 0, 0, 0),
            [
                (
                    "Taxable pay earlier in the tax year was £0.00. With £2,000.00 now, it comes to"
                    " £2,000.00."
                ),
                (
                    "Code K475 adds £396.59 a month to the pay that is taxed, usually because tax "
                    "is owed on something else. For 1 of the year’s months that is £396.59."
                ),
                "To £2,000.00, £396.59 is added. Whole pounds of that: £2,396.00.",
                "20% of £2,396.00 is £479.20, cut to the penny.",
                (
                    "Tax due so far this tax year is £479.20. £0.00 was taken before, so £479.20 is"
                    " left to take now."
                ),
            ],
        ),
        (
            TaxCase(-60000, "K475", PayFrequency.WEEKLY, 2, 10000, 0, 0),
            [
                (
                    "Taxable pay earlier in the tax year was £100.00. With −£600.00 now, it comes "
                    "to −£500.00."
                ),
                (
                    "Code K475 adds £91.52 a week to the pay that is taxed, usually because tax is "
                    "owed on something else. For 2 of the year’s weeks that is £183.04."
                ),
                (
                    "More pay has been taken back than paid. Even with £183.04 added, −£500.00 "
                    "leaves nothing to tax, so tax due is £0.00."
                ),
                (
                    "Tax due so far this tax year is £0.00. £0.00 was taken before, so £0.00 is "
                    "left to take now."
                ),
            ],
        ),
        (
            TaxCase(10000, "K9999", PayFrequency.WEEKLY, 1, 0, 0, 0),
            [
                (
                    "Taxable pay earlier in the tax year was £0.00. With £100.00 now, it comes to "
                    "£100.00."
                ),
                (
                    "Code K9999 adds £1,923.18 a week to the pay that is taxed, usually because tax"
                    " is owed on something else. For 1 of the year’s weeks that is £1,923.18."
                ),
                "To £100.00, £1,923.18 is added. Whole pounds of that: £2,023.00.",
                (
                    "Tax on the first £725.00 is £145.00, and the rest is taxed at 40%. Together "
                    "that is £664.20, cut to the penny."
                ),
                (
                    "Tax due so far this tax year is £664.20. £0.00 was taken before, so £664.20 is"
                    " left to take now."
                ),
                (
                    "Tax may not take more than half of a payment. Half of £100.00 is £50.00, so "
                    "that is taken instead of £664.20."
                ),
            ],
        ),
        (
            TaxCase(10000, "K9999", PayFrequency.WEEKLY, 1, 0, 0, 2000),
            [
                (
                    "Taxable pay earlier in the tax year was £0.00. With £100.00 now, it comes to "
                    "£100.00."
                ),
                (
                    "Code K9999 adds £1,923.18 a week to the pay that is taxed, usually because tax"
                    " is owed on something else. For 1 of the year’s weeks that is £1,923.18."
                ),
                "To £100.00, £1,923.18 is added. Whole pounds of that: £2,023.00.",
                (
                    "Tax on the first £725.00 is £145.00, and the rest is taxed at 40%. Together "
                    "that is £664.20, cut to the penny."
                ),
                (
                    "Tax due so far this tax year is £664.20. £0.00 was taken before, so £664.20 is"
                    " left to take now."
                ),
                (
                    "Tax may not take more than half of a payment. Half of £100.00, leaving out "
                    "£20.00 of benefits that are not money, is £40.00, so that is taken instead of "
                    "£664.20."
                ),
            ],
        ),
        (
            TaxCase(-1000, "BR", PayFrequency.WEEKLY, 2, 100000, 0, 0),
            [
                (
                    "Taxable pay earlier in the tax year was £1,000.00. With −£10.00 now, it comes "
                    "to £990.00."
                ),
                "Code BR means 20% tax on every whole pound. 20% of £990.00 is £198.00.",
                (
                    "Tax due so far this tax year is £198.00. £0.00 was taken before, so £198.00 is"
                    " left to take now."
                ),
                (
                    "Tax may not take more than half of a payment. £10.00 is taken back here, which"
                    " leaves nothing to take tax from, so £0.00 is taken instead of £198.00."
                ),
            ],
        ),
    ],
    ids=lambda value: value.code if isinstance(value, TaxCase) else "",
)
def test_tax_says_how_it_was_worked_out(case: TaxCase, expected: list[str]) -> None:
    outcome = tax_on(
        Money(case.pay),
        code=TaxCode.parse(case.code),
        frequency=case.frequency,
        tax_period=case.period,
        before=PaidBefore(Money(case.pay_before), Money(case.tax_before)),
        rates=RATES,
        payrolled_benefits=Money(case.benefits),
    )

    assert said(outcome.workings) == expected


@pytest.mark.parametrize(
    ("pence", "letter", "expected"),
    [
        (
            24200,
            "A",
            [
                (
                    "Pay of £242.00 is not over £242.00, where the employee’s National Insurance "
                    "starts, so it is £0.00."
                ),
                (
                    "For category letter A the employer pays 15% on pay over £96.00. Of £242.00 "
                    "that is £146.00, and the employer owes £21.90 on top of the pay."
                ),
            ],
        ),
        (
            39600,
            "A",
            [
                "Of £396.00, the part over £242.00 is £154.00. 8% of it is £12.32.",
                (
                    "For category letter A the employer pays 15% on pay over £96.00. Of £396.00 "
                    "that is £300.00, and the employer owes £45.00 on top of the pay."
                ),
            ],
        ),
        (
            9600,
            "A",
            [
                (
                    "Pay of £96.00 is not over £242.00, where the employee’s National Insurance "
                    "starts, so it is £0.00."
                ),
                (
                    "For category letter A the employer’s National Insurance starts above £96.00. "
                    "Pay of £96.00 is not over it, so it is £0.00."
                ),
            ],
        ),
        (
            150000,
            "A",
            [
                (
                    "Over £242.00, the next £725.00 is charged at 8% and the last £533.00 at 2%. "
                    "Each is settled to the penny; together they are £68.66."
                ),
                (
                    "For category letter A the employer pays 15% on pay over £96.00. Of £1,500.00 "
                    "that is £1,404.00, and the employer owes £210.60 on top of the pay."
                ),
            ],
        ),
        (
            39600,
            "C",
            [
                (
                    "People over State Pension age pay no National Insurance themselves, so it is "
                    "£0.00."
                ),
                (
                    "For category letter C the employer pays 15% on pay over £96.00. Of £396.00 "
                    "that is £300.00, and the employer owes £45.00 on top of the pay."
                ),
            ],
        ),
        (
            39600,
            "X",
            [
                (
                    "Category letter X means that neither the employee nor the employer pays "
                    "National Insurance: £0.00."
                ),
            ],
        ),
        (
            39600,
            "M",
            [
                "Of £396.00, the part over £242.00 is £154.00. 8% of it is £12.32.",
                (
                    "For category letter M the employer’s National Insurance starts above £967.00. "
                    "Pay of £396.00 is not over it, so it is £0.00."
                ),
            ],
        ),
    ],
)
def test_national_insurance_says_how_it_was_worked_out(
    pence: int, letter: str, expected: list[str]
) -> None:
    outcome = contributions(
        Money(pence), category=NiCategory(letter), period=EarningsPeriod(weeks=1), rates=RATES
    )

    assert said(outcome.workings) == expected


@pytest.mark.parametrize(
    ("pence", "age", "over", "expected"),
    [
        (
            1,
            15,
            False,
            (
                "Automatic enrolment is for people aged 16 to 74. At 15 there is no duty, "
                "whatever the pay: £0.00 must be paid in."
            ),
        ),
        (
            52000,
            30,
            False,
            (
                "Pay of £520.00 is not over £520.00, so this person may ask to join a pension, "
                "but the employer need not pay in."
            ),
        ),
        (
            83300,
            30,
            False,
            (
                "Pay of £833.00 is over £520.00 but not over £833.00, so this person need not "
                "be enrolled. If they ask to be, the employer pays in."
            ),
        ),
        (
            83400,
            21,
            False,
            (
                "Pay of £834.00 is over £833.00, but only people from 22 to State Pension age "
                "must be enrolled, and this person is 21. If they ask to be, the employer pays "
                "in."
            ),
        ),
        (
            83400,
            70,
            True,
            (
                "Pay of £834.00 is over £833.00, but only people from 22 to State Pension age "
                "must be enrolled, and this person is 70. If they ask to be, the employer pays "
                "in."
            ),
        ),
        (
            83400,
            30,
            False,
            (
                "Pay of £834.00 is over £833.00 and this person is 30, so they must be enrolled"
                " in a pension and the employer pays in."
            ),
        ),
    ],
)
def test_an_assessment_says_why(pence: int, age: int, *, over: bool, expected: str) -> None:
    outcome = assess(
        Money(pence),
        frequency=PayFrequency.MONTHLY,
        age=age,
        over_state_pension_age=over,
        rates=RATES,
    )

    assert said(outcome.workings) == [expected]


@pytest.mark.parametrize(
    ("basis", "relief", "expected"),
    [
        (
            PensionBasis.QUALIFYING_EARNINGS,
            PensionRelief.RELIEF_AT_SOURCE,
            [
                "Of pay of £1,500.00, the part between £520.00 and £4,189.00 counts: £980.00.",
                (
                    "The worker’s share is 5% of £980.00, which is £49.00. £39.20 of it is taken "
                    "from pay, and the pension provider claims the other £9.80 from HMRC."
                ),
                (
                    "The employer’s share is 3% of £980.00, which is £29.40. It is paid on top of "
                    "the wages."
                ),
            ],
        ),
        (
            PensionBasis.ALL_EARNINGS_SET_3,
            PensionRelief.NET_PAY,
            [
                "All pay counts, from the first pound: £1,500.00.",
                (
                    "The worker’s share is 5% of £1,500.00, which is £75.00. It is taken from pay "
                    "before tax is worked out."
                ),
                (
                    "The employer’s share is 3% of £1,500.00, which is £45.00. It is paid on top of"
                    " the wages."
                ),
            ],
        ),
        (
            PensionBasis.BASIC_PAY_SET_1,
            PensionRelief.RELIEF_AT_SOURCE,
            [
                "All basic pay counts, from the first pound: £1,500.00.",
                (
                    "The worker’s share is 5% of £1,500.00, which is £75.00. £60.00 of it is taken "
                    "from pay, and the pension provider claims the other £15.00 from HMRC."
                ),
                (
                    "The employer’s share is 3% of £1,500.00, which is £45.00. It is paid on top of"
                    " the wages."
                ),
            ],
        ),
    ],
)
def test_a_pension_contribution_says_how_it_was_worked_out(
    basis: PensionBasis, relief: PensionRelief, expected: list[str]
) -> None:
    outcome = contribute(
        Money(1_500_00),
        frequency=PayFrequency.MONTHLY,
        basis=basis,
        relief=relief,
        employee_percent=Decimal(5),
        employer_percent=Decimal(3),
        rates=RATES,
    )

    assert said(outcome.workings) == expected


def test_a_step_that_comes_to_no_figure_says_none_and_no_rounding() -> None:
    only_said = Rule("t.said", "Said", "It is so since {day}.", ("day",), "A test", EXACT)
    ends = Rule("t.ends", "Ends", "It ends: {result}.", (), "A test", EXACT)

    said_so, ended = explain((Step(only_said, (date(2026, 4, 6),), None), Step(ends, (), None)))

    assert said_so.sentence == "It is so since 6 April 2026."
    assert (said_so.result, said_so.rounding) == ("", "")
    assert [label for label, _text in facts(said_so)] == ["Figures", "The rule"]
    assert (ended.sentence, ended.result) == ("It ends: none.", "none")
