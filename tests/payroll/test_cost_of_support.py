"""What an hour of support costs, and how many hours a budget buys."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpemployer.data_files import texts
from dpemployer.errors import EntryError
from dpemployer.money import Money
from dpemployer.payroll.budgeting import (
    RATE_TOO_LOW,
    holiday_owed,
    least_rate,
    rate_findings,
    sick_pay_week,
)
from dpemployer.payroll.cost_of_support import affordable_hours, cost_of_support
from dpemployer.payroll.cost_terms import (
    CostLaw,
    CostTerms,
    PensionMode,
    WorkShare,
    at_rate,
    exact_pounds,
    to_places,
    to_the_penny,
)
from dpemployer.periods import TaxYear
from dpemployer.statutory.rates import RateBook
from dpemployer.workings import explain

RATES = RateBook.parse(texts("statutory", ".toml"))
LAW = CostLaw.of(RATES.for_year(TaxYear(2026)))
FIXED = (("insurance", Money(12_000)), ("payroll", Money(31_200)))
PLAIN = CostTerms(LAW, Decimal("13.00"))


def said(terms: CostTerms, hours: str) -> dict[str, str]:
    """Return what each step says, by its rule."""
    return {
        step.rule: step.sentence
        for step in explain(cost_of_support(terms, Decimal(hours)).workings)
    }


pounds = st.decimals(1, 60, places=2)
quarters = st.integers(0, 1200).map(lambda quarter: Decimal(quarter) / 4)
parts = st.sampled_from(
    [
        (Decimal(1),),
        (Decimal("0.5"), Decimal("0.5")),
        (Decimal("0.7"), Decimal("0.3")),
        (Decimal("0.34"), Decimal("0.33"), Decimal("0.33")),
    ]
)


@st.composite
def terms(draw: st.DrawFn) -> CostTerms:
    """Make up terms that could be agreed."""
    shares = tuple(
        WorkShare(
            share,
            draw(st.sampled_from([Decimal(0), Decimal("0.5"), Decimal(1), Decimal("1.5")])),
            draw(st.sampled_from(PensionMode)),
            draw(st.booleans()),
        )
        for share in draw(parts)
    )
    return CostTerms(
        law=replace(LAW, allowance=draw(st.sampled_from([Money(0), LAW.allowance]))),
        hourly_rate=draw(pounds),
        shares=shares,
        sleep_ins=draw(st.sampled_from([Decimal(0), Decimal("1.5")])),
        sleep_in_rate=Decimal(50),
        weeks=draw(st.sampled_from([Decimal(52), Decimal(53), Decimal("52.14")])),
        bank_holiday_extra=draw(st.sampled_from([Decimal(0), Decimal("0.5"), Decimal(1)])),
        bank_holiday_hours=draw(st.decimals(0, 200, places=1)),
        sick_days=draw(st.decimals(0, 20, places=0)),
        sick_day_rate=Decimal("24.65"),
        fixed=draw(st.sampled_from([(), FIXED])),
        contingency=draw(st.decimals(0, "0.1", places=2)),
    )


# ── what an hour costs ──


@given(terms=terms(), hours=quarters, more=st.integers(1, 40))
@settings(max_examples=60)
def test_more_hours_always_cost_more(terms: CostTerms, hours: Decimal, more: int) -> None:
    dearer = cost_of_support(terms, hours + Decimal(more) / 4)

    assert dearer.exact > cost_of_support(terms, hours).exact


@given(terms=terms(), hours=quarters)
@settings(max_examples=60)
def test_the_parts_add_up_to_the_total_but_for_pennies_of_rounding(
    terms: CostTerms, hours: Decimal
) -> None:
    cost = cost_of_support(terms, hours)

    added = Money.total(
        (
            cost.basic,
            cost.sleep_ins,
            cost.holiday,
            cost.bank_holiday,
            cost.employer_ni,
            cost.pension,
            cost.redundancy_reserve,
            cost.ssp,
            cost.fixed,
            cost.contingency,
        )
    )
    assert abs(added - cost.total) <= Money(5)
    assert cost.total == to_the_penny(cost.exact)


@given(terms=terms(), hours=quarters)
@settings(max_examples=60)
def test_an_hour_times_the_hours_is_the_total(terms: CostTerms, hours: Decimal) -> None:
    cost = cost_of_support(terms, hours)

    if not hours:
        assert (cost.an_hour, cost.per_hour) == (None, None)
    else:
        assert cost.an_hour is not None
        assert cost.an_hour * Fraction(hours * terms.weeks) == cost.exact
        assert cost.per_hour == to_the_penny(cost.an_hour)
        assert cost.an_hour >= least_rate(terms)


@given(terms=terms(), hours=quarters)
@settings(max_examples=30)
def test_every_cost_is_said_in_words_and_dated(terms: CostTerms, hours: Decimal) -> None:
    steps = explain(cost_of_support(terms, hours).workings)

    assert steps[0].rule == "cost.basic"
    assert all(step.dated == "from 6 April 2026" for step in steps)
    assert all("{" not in step.sentence for step in steps)


def test_losing_the_employment_allowance_costs_all_the_national_insurance() -> None:
    # 20 x 13 x 52 = 13,520; with holiday 15,151.86; 15% of the 10,151.86 over 5,000 = 1,522.78
    with_it = cost_of_support(PLAIN, Decimal(20))
    without = cost_of_support(replace(PLAIN, law=replace(LAW, allowance=Money(0))), Decimal(20))

    assert (with_it.employer_ni, without.employer_ni) == (Money(0), Money(152_278))
    assert to_the_penny(without.exact - with_it.exact) == Money(152_278)
    assert "cost.allowance" in said(PLAIN, "20")


def test_nobody_under_twenty_one_costs_national_insurance_up_to_a_high_pay() -> None:
    young = replace(PLAIN, shares=(WorkShare(under_21=True),), law=replace(LAW, allowance=Money(0)))

    assert cost_of_support(young, Decimal(20)).employer_ni_gross == Money(0)
    assert "over £50,270.00 for somebody under 21" in said(young, "20")["cost.employer_ni_under_21"]


def test_national_insurance_starts_on_the_first_penny_over_the_threshold() -> None:
    # 100 hours a year at £50 are £5,000 exactly: 1/0.52 hours a week would be needed, so use weeks
    at = CostTerms(LAW, Decimal(50), weeks=Decimal(1), holiday_rate=Decimal(0))

    assert cost_of_support(at, Decimal(100)).employer_ni_gross == Money(0)
    assert cost_of_support(at, Decimal("100.02")).employer_ni_gross == Money(15)


@pytest.mark.parametrize(
    ("mode", "pay", "expected"),
    [
        # (pay - 6,240) x 3%, from where each mode begins
        (PensionMode.AUTO, 10_000, 0),
        (PensionMode.AUTO, 10_001, 11_283),
        (PensionMode.AUTO, 60_000, 132_090),
        (PensionMode.OPT_IN, 6_240, 0),
        (PensionMode.OPT_IN, 6_241, 3),
        (PensionMode.OPT_IN, 10_000, 11_280),
        (PensionMode.OPT_IN, 60_000, 132_090),
        (PensionMode.FULL, 6_000, 18_000),
        (PensionMode.FULL, 60_000, 180_000),
        (PensionMode.NONE, 60_000, 0),
    ],
)
def test_pension_begins_and_ends_where_the_way_of_budgeting_says(
    mode: PensionMode, pay: int, expected: int
) -> None:
    on = CostTerms(
        LAW,
        Decimal(1),
        (WorkShare(pension=mode),),
        weeks=Decimal(1),
        holiday_rate=Decimal(0),
    )

    assert cost_of_support(on, Decimal(pay)).pension == Money(expected)


def test_pension_says_which_way_it_was_budgeted() -> None:
    modes = {mode: replace(PLAIN, shares=(WorkShare(pension=mode),)) for mode in PensionMode}

    assert "cost.pension" in said(modes[PensionMode.AUTO], "20")
    assert "cost.pension" in said(modes[PensionMode.OPT_IN], "20")
    assert "cost.pension_full" in said(modes[PensionMode.FULL], "20")
    assert "cost.pension_none" in said(modes[PensionMode.NONE], "20")


def test_a_week_s_pay_for_redundancy_stops_at_the_limit() -> None:
    dear = CostTerms(LAW, Decimal(30), (WorkShare(redundancy_weeks=Decimal(1)),))

    # 30 x 40 = 1,200 a week, over the limit of 751; 30 x 10 x 1.1207 = 336.21 is under it
    assert cost_of_support(dear, Decimal(40)).redundancy_reserve == Money(75_100)
    assert cost_of_support(dear, Decimal(10)).redundancy_reserve == Money(33_621)
    two = replace(
        dear, shares=(WorkShare(Decimal("0.5"), Decimal("1.5")), WorkShare(Decimal("0.5")))
    )
    assert said(dear, "40")["cost.redundancy_reserve"].endswith(
        "A week counts up to £751.00. 1 × £751.00 comes to £751.00 a year."
    )
    # 30 x 10 x 1.1207 / 2 = 168.105 a week
    assert "1.5 × £168.11 comes to £252.16" in said(two, "10")["cost.redundancy_reserve"]


def test_the_pay_of_each_person_is_said() -> None:
    two = replace(PLAIN, shares=(WorkShare(Decimal("0.6")), WorkShare(Decimal("0.4"))))
    words = said(two, "20")

    # 60% and 40% of 15,151.864
    assert "The pay is £9,091.12 + £6,060.75." in words["cost.employer_ni"]
    assert "The pay is £9,091.12 + £6,060.75." in words["cost.pension"]


def test_the_limit_on_a_week_s_pay_is_northern_ireland_s_own() -> None:
    rates = RATES.for_year(TaxYear(2026))

    assert CostLaw.of(rates, northern_ireland=True).week_pay_cap == Money(78_300)
    assert CostLaw.of(rates, allowance=False).allowance == Money(0)


def test_the_rest_is_added_and_said() -> None:
    full = replace(
        PLAIN,
        bank_holiday_extra=Decimal("0.5"),
        bank_holiday_hours=Decimal(16),
        sick_days=Decimal(6),
        sick_day_rate=Decimal("24.65"),
        fixed=FIXED,
        contingency=Decimal("0.02"),
    )
    cost = cost_of_support(full, Decimal(20))
    words = said(full, "20")

    # 16 x 13 x 0.5 = 104; 6 x 24.65; 120 + 312; 2% of 15,151.864 + 104 = 305.12
    assert cost.bank_holiday == Money(10_400)
    assert cost.ssp == Money(14_790)
    assert cost.fixed == Money(43_200)
    assert cost.contingency == Money(30_512)
    assert words["cost.fixed"].startswith("However many hours are worked, a year costs £120.00 ins")
    assert words["cost.an_hour"].endswith(f"for 1040 hours of support is {cost.per_hour} an hour.")


def test_a_whole_cost_is_said_word_for_word() -> None:
    everything = CostTerms(
        LAW,
        Decimal("13.20"),
        (WorkShare(Decimal("0.6"), Decimal("1.5")), WorkShare(Decimal("0.4"), Decimal(1))),
        fixed=FIXED,
        bank_holiday_extra=Decimal(1),
        bank_holiday_hours=Decimal(16),
        sick_days=Decimal(6),
        sick_day_rate=Decimal("24.65"),
        contingency=Decimal("0.02"),
    )

    # The worked example FUND-006, but for its fixed costs
    assert list(said(everything, "30").values()) == [
        "30 hours a week at £13.20 an hour, for 52 weeks, come to £20,592.00.",
        (
            "Somebody else works while a personal assistant is on holiday, and both are paid. That "
            "adds 12.07% to £20,592.00, which is £2,485.45."
        ),
        "16 hours in the year at 100% extra on £13.20 come to £211.20.",
        (
            "15% is owed on each person’s pay over £5,000.00 a year. The pay is £13,973.19 + "
            "£9,315.46. For everybody together that is £1,993.30."
        ),
        (
            "The Employment Allowance pays up to £10,500.00 in a year. Of £1,993.30, that leaves "
            "£0.00. It is for you only if your personal assistants do nothing but care and support."
        ),
        (
            "Whoever earns over £10,000.00 a year joins, and so may others who earn over "
            "£6,240.00. The pay is £13,973.19 + £9,315.46. You pay in 3% of what members earn "
            "between £6,240.00 and £50,270.00. That is £232.00."
        ),
        (
            "Each year of work adds half a week, one week or one and a half weeks of redundancy "
            "pay, by age. A week counts up to £751.00. 1.5 × £268.72 + 1 × £179.14 comes to "
            "£582.22 a year."
        ),
        "6 days in the year at £24.65 a day come to £147.90. HMRC does not pay it back.",
        (
            "However many hours are worked, a year costs £120.00 insurance, £312.00 payroll. "
            "Together that is £432.00."
        ),
        "2% of pay of £23,288.65 is kept for what nobody can foresee: £465.77.",
        "Pay of £23,288.65 and £1,859.89 on top of it come to £25,148.54 for a year.",
        "£25,148.54 for 1560 hours of support is £16.12 an hour.",
    ]
    found = affordable_hours(everything, Money(48_000))
    assert found is not None
    assert explain(found.workings)[-1].sentence == (
        "£480.00 a week is £24,960.00 a year. 29.75 hours a week cost £24,944.11, which fits. The "
        "next step, 30 hours, would cost £25,148.54."
    )
    full = replace(everything, shares=(WorkShare(pension=PensionMode.FULL),))
    assert said(full, "30")["cost.pension_full"] == (
        "Some councils set 3% of all pay aside. Of £23,288.65 that is £698.66."
    )


def test_nights_slept_in_are_pay_with_holiday_of_its_own() -> None:
    nights = replace(PLAIN, sleep_ins=Decimal(2), sleep_in_rate=Decimal("55.00"))
    cost = cost_of_support(nights, Decimal(20))

    # 2 x 55 x 52 = 5,720; 12.07% of 13,520 + 5,720 = 2,322.27
    assert (cost.basic, cost.sleep_ins) == (Money(1_352_000), Money(572_000))
    assert cost.holiday == Money(232_227)
    assert said(nights, "20")["cost.sleep_ins"] == (
        "2 a week at £55.00 a night, for 52 weeks, come to £5,720.00."
    )


def test_a_rate_is_shown_as_exactly_as_it_was_agreed() -> None:
    assert exact_pounds(Decimal("13.50")) == Money(1350)
    assert exact_pounds(Decimal("13.505")) == "£13.505"
    assert to_places(Fraction(1, 8), 2) == "0.13"


@pytest.mark.parametrize(
    ("pence", "settled"), [("0.5", 1), ("-0.5", -1), ("0.49", 0), ("-2.4", -2)]
)
def test_a_half_penny_goes_away_from_nothing(pence: str, settled: int) -> None:
    assert to_the_penny(Fraction(pence) / 100) == Money(settled)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"hourly_rate": Decimal(0)}, "0 cannot be the rate of pay for an hour."),
        ({"weeks": Decimal(0)}, "0 cannot be the weeks in a year."),
        ({"shares": ()}, "do not add up"),
        ({"shares": (WorkShare(Decimal("0.5")),)}, "do not add up"),
        ({"shares": (WorkShare(Decimal("1.5")), WorkShare(Decimal("-0.5")))}, "do not add up"),
    ],
)
def test_terms_that_cannot_be_are_refused_in_words(changes: dict[str, object], words: str) -> None:
    wrong = replace(PLAIN, **changes)  # type: ignore[arg-type] # any one field

    with pytest.raises(EntryError, match=words):
        cost_of_support(wrong, Decimal(20))
    with pytest.raises(EntryError, match=words):
        affordable_hours(wrong, Money(1))


def test_thirds_to_the_second_place_are_the_whole() -> None:
    thirds = replace(PLAIN, shares=(WorkShare(Decimal("0.33")),) * 3)

    assert cost_of_support(thirds, Decimal(20)).basic == Money(1_352_000)


def test_hours_below_nothing_and_a_step_of_nothing_are_refused() -> None:
    with pytest.raises(EntryError, match="hours a week"):
        cost_of_support(PLAIN, Decimal(-1))
    with pytest.raises(EntryError, match="step of hours"):
        affordable_hours(PLAIN, Money(10_000), Decimal(0))


# ── the hours a budget buys ──


@given(terms=terms(), budget=st.integers(0, 400_000))
@settings(max_examples=60)
def test_the_hours_are_the_most_that_fit(terms: CostTerms, budget: int) -> None:
    found = affordable_hours(terms, Money(budget))
    a_year = Fraction(budget, 100) * Fraction(terms.weeks)

    if found is None:
        assert cost_of_support(terms, Decimal(0)).exact > a_year
    else:
        assert found.cost.exact <= a_year
        assert cost_of_support(terms, found.weekly_hours + Decimal("0.25")).exact > a_year
        assert found.weekly_surplus >= Money(0)
        assert found.workings[-1].result == found.weekly_hours


def test_the_hours_step_down_where_the_pension_begins() -> None:
    # Just under the trigger: 13 x 13 x 52 x 1.1207 = 9,848.71; a quarter hour more is 10,038.11,
    # and with it comes a pension of 113.94
    found = affordable_hours(PLAIN, Money(19_400))

    assert found is not None
    assert (found.weekly_hours, found.cost.pension) == (Decimal("13.00"), Money(0))
    assert cost_of_support(PLAIN, Decimal("13.25")).pension == Money(11_394)


def test_a_budget_that_is_spent_to_the_penny_fits() -> None:
    exact = CostTerms(LAW, Decimal(10), weeks=Decimal(1), holiday_rate=Decimal(0))

    found = affordable_hours(exact, Money(10_000), Decimal(1))

    assert found is not None
    assert (found.weekly_hours, found.weekly_surplus) == (Decimal(10), Money(0))


@pytest.mark.parametrize("hours", [1, 2, 8, 9, 16])
def test_hours_that_use_up_the_budget_exactly_are_found_wherever_the_search_meets_them(
    hours: int,
) -> None:
    exact = CostTerms(LAW, Decimal(10), weeks=Decimal(1), holiday_rate=Decimal(0))

    found = affordable_hours(exact, Money(1_000 * hours), Decimal(1))

    assert found is not None
    assert (found.weekly_hours, found.weekly_surplus) == (Decimal(hours), Money(0))


def test_fixed_costs_alone_may_be_too_much() -> None:
    dear = replace(PLAIN, fixed=(("insurance", Money(100_000)),))

    assert affordable_hours(dear, Money(1_000)) is None
    nothing_left = affordable_hours(replace(PLAIN, fixed=(("x", Money(5_200)),)), Money(100))
    assert nothing_left is not None
    assert (nothing_left.weekly_hours, nothing_left.weekly_surplus) == (Decimal(0), Money(0))


def test_a_rise_in_april_buys_fewer_hours() -> None:
    risen = at_rate(PLAIN, Decimal("13.60"))
    before, after = (affordable_hours(one, Money(35_000)) for one in (PLAIN, risen))

    assert before is not None
    assert after is not None
    assert (risen.law, before.weekly_hours > after.weekly_hours) == (PLAIN.law, True)
    assert at_rate(PLAIN, Decimal(14), replace(LAW, allowance=Money(0))).law.allowance == Money(0)


# ── what else a budget needs ──


def test_a_funder_s_rate_below_wages_and_holiday_is_said() -> None:
    # 13.00 x 1.1207 = 14.5691
    (finding,) = rate_findings(PLAIN, Money(1456))

    assert finding.code == RATE_TOO_LOW
    assert "£14.56 for an hour. Wages and holiday alone cost £14.57" in finding.message
    assert rate_findings(PLAIN, Money(1457)) == ()


@pytest.mark.parametrize(
    ("earnings", "expected"),
    [("0", 0), ("120.00", 9_600), ("154.06", 12_325), ("154.07", 12_325), ("900", 12_325)],
)
def test_a_week_of_sick_pay_is_the_lower_of_two(earnings: str, expected: int) -> None:
    week, steps = sick_pay_week(Decimal(earnings), RATES.on(date(2026, 6, 1)))

    assert week == Money(expected)
    assert explain(steps)[0].result == str(week)


def test_earnings_below_nothing_are_refused() -> None:
    with pytest.raises(EntryError, match="below nothing"):
        sick_pay_week(Decimal(-1), RATES.on(date(2026, 6, 1)))


def test_holiday_owed_leaves_out_what_was_taken_too_early() -> None:
    balances = [(Decimal("22.5"), Decimal("13.10")), (Decimal(-3), Decimal("12.90"))]

    owed, steps = holiday_owed(balances, Decimal("0.03"))

    assert owed == Money(30_359)
    assert "22.5 hours of holiday are left, worth £294.75" in explain(steps)[0].sentence
    assert holiday_owed([], Decimal(0))[0] == Money(0)
