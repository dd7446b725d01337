"""Income Tax agrees with HMRC's examples, to the penny, and never takes what it may not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpemployer.data_files import texts
from dpemployer.errors import EntryError
from dpemployer.money import NOTHING, Money
from dpemployer.periods import PayFrequency, TaxYear
from dpemployer.statutory.income_tax import PaidBefore, TaxResult, tax_on
from dpemployer.statutory.rates import RateBook
from dpemployer.statutory.tax_code import TaxCode
from dpemployer.workings import explain
from tests.vectors import vectors

if TYPE_CHECKING:
    from tests.vectors import Vector

RATES = RateBook.parse(texts("statutory", ".toml")).on(date(2026, 5, 1))
CODES = st.sampled_from(
    ["1257L", "S1257L", "C1257L", "K475", "SK2500", "0T", "BR", "SD2", "D0", "500T", "NT"]
)
PENCE = st.integers(0, 1_000_000)


def taxed(
    pay: int,
    code: str = "1257L",
    *,
    frequency: PayFrequency = PayFrequency.MONTHLY,
    tax_period: int = 1,
    before: PaidBefore | None = None,
    benefits: int = 0,
    alone: bool = False,
) -> TaxResult:
    """Tax *pay* pence in 2026-27."""
    return tax_on(
        Money(pay),
        code=TaxCode.parse(code),
        frequency=frequency,
        tax_period=tax_period,
        before=before or PaidBefore(),
        rates=RATES,
        payrolled_benefits=Money(benefits),
        week1_month1=alone,
    )


@pytest.mark.parametrize("example", vectors("income_tax"), ids=str)
def test_agrees_with_the_example(rates: RateBook, example: Vector) -> None:
    inputs = example.inputs

    outcome = tax_on(
        Money.parse(inputs["pay_this_period"]),
        code=TaxCode.parse(inputs["tax_code"]),
        frequency=PayFrequency(inputs["frequency"]),
        tax_period=inputs["period_number"],
        before=PaidBefore(
            Money.parse(inputs["pay_to_date_before"]), Money.parse(inputs["tax_to_date_before"])
        ),
        rates=rates.for_year(TaxYear.parse(example.tax_year)),
        payrolled_benefits=Money.parse(inputs.get("payrolled_benefits_in_pay", "0.00")),
        week1_month1=inputs["basis"] == "week1_month1",
    )

    got = {
        "tax_this_period": outcome.tax.plain,
        "tax_to_date": outcome.tax_to_date.plain,
        "free_pay_applied": None if outcome.free_pay is None else outcome.free_pay.plain,
        "taxable_pay_rounded": (
            None if outcome.taxable is None else str(outcome.taxable.pence // 100)
        ),
        "regulatory_limit_applied": outcome.limit_applied,
    }
    assert {key: got[key] for key in example.expected} == example.expected


def test_a_week_53_payment_is_taxed_on_its_own_whatever_the_code_says() -> None:
    before = PaidBefore(Money(2_000_000), Money(100_000))

    for frequency, number, weeks in [
        (PayFrequency.WEEKLY, 53, 1),
        (PayFrequency.FORTNIGHTLY, 54, 2),
        (PayFrequency.FORTNIGHTLY, 53, 2),
        (PayFrequency.FOUR_WEEKLY, 56, 4),
        (PayFrequency.FOUR_WEEKLY, 53, 4),
    ]:
        extra = taxed(40_000 * weeks, frequency=frequency, tax_period=number, before=before)
        alone = taxed(40_000 * weeks, frequency=frequency, tax_period=weeks, alone=True)

        assert extra.tax == alone.tax
        assert extra.alone
        assert extra.tax_to_date == before.tax + extra.tax


def test_a_week_53_payment_below_free_pay_gives_nothing_back() -> None:
    low = taxed(
        100_00,
        frequency=PayFrequency.WEEKLY,
        tax_period=53,
        before=PaidBefore(Money(10_000_00), Money(500_00)),
    )

    assert low.tax == NOTHING


def test_a_nil_payment_on_a_cumulative_code_gives_tax_back() -> None:
    nothing = taxed(0, tax_period=3, before=PaidBefore(Money(300_000), Money(18_000)))

    assert nothing.tax == Money(-18_000)
    assert nothing.tax_to_date == NOTHING


def test_week_1_basis_never_gives_tax_back_but_keeps_the_running_totals() -> None:
    low = taxed(50_000, alone=True, before=PaidBefore(Money(300_000), Money(18_000)))

    assert low.tax == NOTHING
    assert low.pay_to_date == Money(350_000)
    assert low.tax_to_date == Money(18_000)


def test_nt_gives_back_everything_taken_earlier_in_the_year() -> None:
    back = taxed(100_000, "NT", tax_period=6, before=PaidBefore(Money(500_000), Money(40_000)))

    assert back.tax == Money(-40_000)
    assert back.free_pay is None
    assert back.taxable is None


def test_what_the_limit_holds_back_is_taken_later_by_itself() -> None:
    first = taxed(83_333, "K2500")
    second = taxed(
        300_000, "K2500", tax_period=2, before=PaidBefore(first.pay_to_date, first.tax_to_date)
    )

    assert first.tax == Money(41_666)
    assert first.limit_applied
    assert second.tax == Money(150_000)


# ── pay taken back ──


def test_pay_taken_back_gives_tax_back_on_a_cumulative_code() -> None:
    # £3,000.00 paid and £180.00 of tax taken by month 2. With £200.00 taken back in month 3,
    # £2,800.00 is less than the £3,144.78 that three months let through.
    back = taxed(-200_00, tax_period=3, before=PaidBefore(Money(3_000_00), Money(180_00)))

    assert back.tax == Money(-180_00)
    assert back.pay_to_date == Money(2_800_00)
    assert back.tax_to_date == NOTHING
    assert not back.limit_applied


def test_pay_taken_back_at_one_rate_gives_back_the_tax_on_it() -> None:
    # 20% of £938.75 in whole pounds is £187.60, and of £105.64 it is £21.00.
    back = taxed(-833_11, "BR", tax_period=2, before=PaidBefore(Money(938_75), Money(187_60)))

    assert back.tax == Money(-166_60)


def test_pay_taken_back_gives_nothing_back_on_a_week_1_or_month_1_basis() -> None:
    before = PaidBefore(Money(3_000_00), Money(180_00))

    assert taxed(-200_00, tax_period=3, before=before, alone=True).tax == NOTHING


@pytest.mark.parametrize(
    ("code", "before"),
    [
        ("D0", PaidBefore(Money(1_000_00), Money(200_00))),
        ("K475", PaidBefore(Money(1_000_00), Money(20_00))),
    ],
)
def test_no_tax_is_taken_from_pay_that_is_taken_back(code: str, before: PaidBefore) -> None:
    back = taxed(-100_00, code, tax_period=3, before=before)

    assert back.limit_applied
    assert back.tax == NOTHING
    assert back.tax_to_date == before.tax
    assert [step.sentence for step in explain(back.workings)][-1].startswith(
        "Tax may not take more than half of a payment. £100.00 is taken back here"
    )


@pytest.mark.parametrize("code", ["1257L", "K1", "BR", "NT"])
def test_more_taken_back_than_was_paid_leaves_nothing_to_tax(code: str) -> None:
    back = taxed(-100_00, code, before=PaidBefore(Money(50_00), Money(10_00)))

    assert back.tax == Money(-10_00)
    assert back.tax_to_date == NOTHING


@pytest.mark.parametrize(("pay", "benefits"), [(50_000, -1), (50_000, 50_001), (-50_000, 1)])
def test_benefits_that_do_not_fit_in_the_pay_are_refused(pay: int, benefits: int) -> None:
    with pytest.raises(EntryError, match="cannot be part of pay"):
        taxed(pay, benefits=benefits)


@pytest.mark.parametrize(
    ("frequency", "number"),
    [
        (PayFrequency.MONTHLY, 0),
        (PayFrequency.MONTHLY, 13),
        (PayFrequency.MONTHLY, 53),
        (PayFrequency.WEEKLY, 54),
        (PayFrequency.WEEKLY, -1),
        (PayFrequency.FORTNIGHTLY, 56),
        (PayFrequency.FOUR_WEEKLY, 54),
    ],
)
def test_a_week_or_month_there_is_not_is_refused(frequency: PayFrequency, number: int) -> None:
    with pytest.raises(EntryError, match="not a tax week or month"):
        taxed(50_000, frequency=frequency, tax_period=number)


def test_sd3_is_refused_in_2023_24(rates: RateBook) -> None:
    with pytest.raises(EntryError, match="no tax code SD3"):
        tax_on(
            Money(100),
            code=TaxCode.parse("SD3"),
            frequency=PayFrequency.MONTHLY,
            tax_period=1,
            before=PaidBefore(),
            rates=rates.for_year(TaxYear(2023)),
        )


def test_the_scottish_top_rate_before_2024_was_sd2(rates: RateBook) -> None:
    year = rates.for_year(TaxYear(2023))

    outcome = tax_on(
        Money(100_00),
        code=TaxCode.parse("SD2"),
        frequency=PayFrequency.MONTHLY,
        tax_period=1,
        before=PaidBefore(),
        rates=year,
    )

    assert outcome.tax == Money(47_00)


# ── what is true of every payment ──


@given(
    code=CODES,
    pay=PENCE,
    month=st.integers(1, 12),
    earlier=PENCE,
    tax=PENCE,
    alone=st.booleans(),
)
def test_tax_never_takes_more_than_half_of_a_payment(
    code: str, pay: int, month: int, earlier: int, tax: int, *, alone: bool
) -> None:
    before = PaidBefore(Money(earlier), Money(min(tax, earlier // 2)))

    outcome = taxed(pay, code, tax_period=month, before=before, alone=alone)

    assert outcome.tax.pence <= pay // 2
    assert outcome.tax_to_date == before.tax + outcome.tax
    assert outcome.tax_to_date >= NOTHING
    assert not alone or outcome.tax >= NOTHING


@given(st.sampled_from(["1257L", "S1257L", "0T", "BR"]), PENCE, PENCE)
def test_more_pay_never_means_less_tax(code: str, one: int, other: int) -> None:
    less, more = sorted((one, other))

    assert taxed(less, code).tax <= taxed(more, code).tax


@given(CODES, st.lists(PENCE, min_size=1, max_size=12))
def test_a_year_of_paydays_comes_to_the_tax_on_the_year(code: str, pays: list[int]) -> None:
    before = PaidBefore()
    limited = False
    for month, pay in enumerate(pays, start=1):
        outcome = taxed(pay, code, tax_period=month, before=before)
        before = PaidBefore(outcome.pay_to_date, outcome.tax_to_date)
        limited = limited or outcome.limit_applied

    at_once = taxed(sum(pays), code, tax_period=len(pays))

    assert before.pay == at_once.pay_to_date
    assert limited or at_once.limit_applied or before.tax == at_once.tax


@given(
    code=CODES,
    pay=st.integers(-1_000_000, 1_000_000),
    month=st.integers(1, 12),
    earlier=PENCE,
    alone=st.booleans(),
)
def test_every_step_can_be_said_in_words(
    code: str, pay: int, month: int, earlier: int, *, alone: bool
) -> None:
    before = PaidBefore(Money(earlier), Money(earlier // 5))
    benefits = max(0, pay) // 3
    outcome = taxed(pay, code, tax_period=month, before=before, alone=alone, benefits=benefits)

    said = explain(outcome.workings)

    assert len(said) == len(outcome.workings)
    assert all(step.sentence.endswith(".") and "{" not in step.sentence for step in said)
    assert all(step.source for step in said)


def test_the_words_carry_the_figures() -> None:
    said = [step.sentence for step in explain(taxed(150_000, tax_period=2).workings)]

    assert said == [
        "Taxable pay earlier in the tax year was £0.00. With £1,500.00 now, it comes to £1,500.00.",
        (
            "Code 1257L lets £1,048.26 a month through free of tax. For 2 of the year’s months "
            "that is £2,096.52."
        ),
        "Pay of £1,500.00 is no more than the £2,096.52 that is free of tax, so tax due is £0.00.",
        (
            "Tax due so far this tax year is £0.00. £0.00 was taken before, so £0.00 is left to "
            "take now."
        ),
    ]


def last_said(outcome: TaxResult) -> tuple[str, str]:
    """Return the last step and what it comes to."""
    step = explain(outcome.workings)[-1]
    return step.rule, step.result


def test_a_band_reaches_up_to_the_whole_pound_above_it() -> None:
    # A month of the basic rate is £3,141.66…, taken up to £3,142 for choosing the band (the
    # specification, section 4.4.2). A penny more is taxed at 40% from £3,141.66 on.
    assert last_said(taxed(4_190_26, alone=True)) == ("tax.due_first_band", "£628.40")
    assert last_said(taxed(4_190_27, alone=True)) == ("tax.due_bands", "£628.46")


def test_pay_that_is_just_free_of_tax_says_so_and_a_penny_more_is_taxed() -> None:
    free = taxed(241_92, frequency=PayFrequency.WEEKLY, alone=True)
    more = taxed(241_93, frequency=PayFrequency.WEEKLY, alone=True)

    assert last_said(free) == ("tax.covered", "£0.00")
    assert last_said(more) == ("tax.due_first_band", "£0.00")


def test_pay_taken_back_on_a_code_without_free_pay_is_not_said_to_have_pay_added() -> None:
    outcome = taxed(-50_00, "0T", frequency=PayFrequency.WEEKLY, before=PaidBefore(Money(10_00)))

    assert "tax.covered" in [step.rule.id for step in outcome.workings]


def test_the_basic_rate_of_a_whole_year_reaches_up_to_its_last_pound() -> None:
    # 12 x £1,048.26 is free; the £37,699 left are all within the £37,700 of the basic rate
    outcome = taxed(4_190_00, tax_period=12, before=PaidBefore(Money(46_088_12), Money(7_000_00)))

    assert outcome.tax == Money(539_80)


def test_a_payment_of_nothing_is_not_said_to_be_taken_back() -> None:
    assert last_said(taxed(0, "K475")) == ("tax.limit", "£0.00")
    assert last_said(taxed(-1, "K475", before=PaidBefore(Money(10_00)))) == (
        "tax.limit_below_nothing",
        "£0.00",
    )
