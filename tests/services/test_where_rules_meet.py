"""Payslips on which several rules meet: each takes what the one before it left."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from dpemployer.bank_days import Nation
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.away import AgreedDays, Sickness, StatutoryPaid
from dpemployer.payroll.deduction_terms import DeductionLine, OrderKind
from dpemployer.payroll.enrolment import PensionArrangement, PensionContribution, PensionLetter
from dpemployer.payroll.leaving import Leaving, LeavingReason, NoticeBy
from dpemployer.payroll.people import PayType
from dpemployer.periods import TaxYear
from dpemployer.services.deductions import PayDeductions
from dpemployer.services.leaving import Leavings
from dpemployer.services.pensions import Pensions
from dpemployer.services.rows import Commitment, CommitmentKind
from tests.builders import MONDAY, RATES, a_rate, an_employment, holiday_terms, pounds
from tests.payroll.test_deductions import an_order

if TYPE_CHECKING:
    from dpemployer.payroll.payslip import Payslip
    from tests.services.household import Household

STARTED, LONG_AGO = date(2025, 4, 7), date(2019, 5, 13)
WEEK, DAY = timedelta(weeks=1), timedelta(days=1)
FIRST = date(2026, 4, 13)
TENTH = FIRST + 9 * WEEK
YEAR = TaxYear(2026)
TODAY = date(2026, 8, 31)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("leaving", "people", "pensions", "pension_duties", "deductions", "time_away"):
        monkeypatch.setattr(f"dpemployer.services.{module}.today", lambda: TODAY)


def somebody(household: Household, started_on: date = STARTED, **said: Any) -> int:
    household.scheme()
    return household.take_on(
        an_employment(started_on=started_on), (a_rate(from_day=started_on),), **said
    )


def rolled_up() -> Any:
    return holiday_terms(from_day=STARTED, rolled_up=True, reason="The contract says so.")


def paid_weeks(household: Household, who: int, first: date, count: int) -> None:
    """Pay 30 hours, £396.00, in each of some weeks."""
    for number in range(count):
        household.hours(who, first + number * WEEK)
        household.pay(who, first + number * WEEK)


def ill(household: Household, who: int, days: int) -> None:
    """Be ill from the Monday of the tenth week; Monday to Friday are agreed as working days."""
    with household.book.change("For a test") as tx:
        tx.add(Sickness(0, who, TENTH, TENTH + (days - 1) * DAY))
        tx.add(AgreedDays(0, who, date(2026, 1, 4), "01234"))


def lines(slip: Payslip) -> list[tuple[PayType, Money]]:
    return [(line.pay_type, line.amount) for line in slip.lines]


def sentences(slip: Payslip, rule: str) -> list[str]:
    return [step.sentence for step in slip.workings if step.rule.startswith(rule)]


def codes(household: Household, run: int) -> set[str]:
    return {finding.code for finding in household.pay_runs.preview(run).findings}


def test_sick_pay_beside_holiday_pay_with_the_wages(household: Household) -> None:
    who = somebody(household, holiday=rolled_up())
    paid_weeks(household, who, FIRST, 9)
    ill(household, who, 3)
    household.hours(who, TENTH + 3 * DAY, days=2)
    household.pay(who, TENTH)

    # 12.07% of 158.40 is 19.12. 396.00 a week has paid 47.80: three of seven days are 20.49.
    # Average pay is 443.80, so a week of sick pay is 123.25: three of five days are 73.95.
    slip = household.slips(who)[-1]
    assert lines(slip) == [
        (PayType.BASIC, pounds("158.40")),
        (PayType.ROLLED_UP_HOLIDAY, pounds("20.49")),
        (PayType.ROLLED_UP_HOLIDAY, pounds("19.12")),
        (PayType.SSP, pounds("73.95")),
    ]
    assert slip.gross_pay == pounds("271.96")


def test_an_order_takes_from_sick_pay_alone_and_from_tax_given_back(household: Household) -> None:
    who = somebody(household)
    paid_weeks(household, who, FIRST, 9)
    ill(household, who, 7)
    PayDeductions(household.book).set_order(an_order(id=0, employment_id=who, normal=Money(60_00)))
    household.hours(who, TENTH, 0, days=0)
    household.pay(who, TENTH)

    # 3,564.00 + 123.25 = 3,687.25, less 2,903.04, is 784: 156.80, and 180.40 was taken before.
    # 123.25 + 23.60 is 146.85. 60% of it, 88.11, has to be left.
    slip = household.slips(who)[-1]
    assert (slip.gross_pay, slip.tax) == (pounds("123.25"), -pounds("23.60"))
    assert slip.net_pay == pounds("88.11")
    assert slip.other_deductions == pounds("58.74")
    assert sentences(slip, "deduction.net_earnings") == [
        (
            "Pay of £123.25, less nothing, plus £23.60 of tax given back, comes to £146.85 for "
            "orders to be worked out on."
        )
    ]


def test_a_pension_given_back_with_the_last_pay_is_left_alone_by_orders(
    household: Household,
) -> None:
    who = somebody(household, LONG_AGO)
    pensions = Pensions(household.book, RATES)
    pensions.set_arrangement(PensionArrangement(0, date(2026, 4, 6), "NEST"))
    paid_weeks(household, who, MONDAY, 2)
    pensions.told(who, PensionLetter.ENROLMENT, date(2026, 6, 15))
    pensions.made_member(who, date(2026, 6, 16))
    pensions.opt_out(who, date(2026, 6, 19))
    last = MONDAY + 2 * WEEK
    Leavings(household.book, RATES).record(
        Leaving(
            id=0,
            employment_id=who,
            reason=LeavingReason.RESIGNED,
            last_day=last + 4 * DAY,
            final_first_day=last,
            notice_by=NoticeBy.ASSISTANT,
            notice_given_on=last - 3 * DAY,
        )
    )
    PayDeductions(household.book).set_order(
        an_order(OrderKind.CTAEO, id=0, employment_id=who, normal=None, nation=Nation.ENGLAND)
    )
    household.hours(who, last)
    run = household.draft(who, last)
    found = codes(household, run)
    household.pay_runs.finalise(run)

    # 396.00 and 12 h of holiday, 158.40, less 24.99: 17% of 505.00 and 50% of 24.41 are 98.05.
    slip = household.slips(who)[-1]
    assert (slip.gross_pay, slip.other_deductions) == (pounds("554.40"), pounds("98.05"))
    assert slip.employee_pension == -pounds("22.08")
    assert slip.net_pay == pounds("554.40") - pounds("24.99") - pounds("98.05") + pounds("22.08")
    assert sentences(slip, "deduction.net_earnings") == [
        (
            "Pay of £554.40, less £24.99 National Insurance, leaves £529.41 for orders to be "
            "worked out on."
        )
    ]
    assert "pension_refund" in found
    assert "order_beside_family_pay" not in found
    assert Money.total(one.amount for one in household.owed(CommitmentKind.PENSION)) == NOTHING


def test_redundancy_notice_and_holiday_in_lieu_beside_an_order(household: Household) -> None:
    who = somebody(household, LONG_AGO, born_on=date(1990, 7, 4))
    paid_weeks(household, who, FIRST, 7)
    leavings = Leavings(household.book, RATES)
    PayDeductions(household.book).set_order(
        an_order(
            OrderKind.AEO_PRIORITY, id=0, employment_id=who, issuer="Court", protected=Money(100_00)
        )
    )
    leavings.record(
        Leaving(
            id=0,
            employment_id=who,
            reason=LeavingReason.REDUNDANCY,
            last_day=MONDAY + 4 * DAY,
            final_first_day=MONDAY,
            notice_by=NoticeBy.NOBODY,
            notice_given_on=None,
            weeks_in_lieu=7,
        )
    )
    household.hours(who)
    household.pay(who)

    slip = household.slips(who)[-1]
    assert slip.gross_pay == pounds("396.00") + pounds("422.40") + pounds("2772.00")
    assert slip.redundancy_pay == pounds("2772.00")
    assert sentences(slip, "deduction.net_earnings") == [
        (
            "Pay of £3,590.40, less £669.80 Income Tax, £110.47 National Insurance, leaves "
            "£2,810.13 for orders to be worked out on."
        )
    ]
    wages = household.owed(CommitmentKind.WAGES)[-1].amount
    (redundancy,) = household.owed(CommitmentKind.REDUNDANCY)
    assert wages + redundancy.amount == slip.net_pay == pounds("5532.13")
    p45 = leavings.p45(who)
    assert (p45.total_pay, p45.total_tax) == (pounds("6362.40"), pounds("788.60"))


def test_a_correction_undoes_order_pension_and_sick_pay_exactly(household: Household) -> None:
    who = somebody(household, holiday=rolled_up())
    Pensions(household.book, RATES).set_arrangement(PensionArrangement(0, date(2026, 4, 6), "NEST"))
    paid_weeks(household, who, FIRST, 9)
    ill(household, who, 2)
    PayDeductions(household.book).set_order(
        an_order(id=0, employment_id=who, normal=Money(500_00), from_day=TENTH + 5 * DAY)
    )
    household.hours(who, TENTH + 2 * DAY, days=3)
    before, sums = _as_it_stands(household, who), _sums(household)

    run = household.pay(who, TENTH).pay_run_id
    first = household.slips(who)[-1]
    with_it = _sums(household)
    draft = household.pay_runs.correct(run, "Something was wrong.").draft_id

    reversal = household.slips(who)[-1]
    assert _as_it_stands(household, who) == before
    assert _sums(household) == sums
    for name in (field.name for field in fields(first)):
        amount = getattr(first, name)
        if isinstance(amount, Money):
            assert getattr(reversal, name) == -amount, name

    household.pay_runs.finalise(draft)
    again = household.slips(who)[-1]
    assert _sums(household) == with_it
    for name in (field.name for field in fields(first)):
        if name not in {"id", "pay_run_id"}:
            assert getattr(again, name) == getattr(first, name), name
    assert household.pay_runs.differences(YEAR, who) == ()


def _as_it_stands(household: Household, who: int) -> tuple[object, ...]:
    """Return what the paydays so far come to, for the person, the maker of the order, and HMRC."""
    later = TENTH + 2 * WEEK
    return (
        household.pay_runs.year_to_date(who, later),
        household.pay_runs.holiday(who, later),
        PayDeductions(household.book).state(who, TODAY),
        [household.pay_runs.employer_payment(YEAR, month) for month in range(1, 13)],
    )


def _sums(household: Household) -> dict[str, Money]:
    """Add up everything a payday leaves behind, by what it is."""
    with household.book.read() as reading:
        kept = [
            *((f"owed {one.kind} {one.payee}", one.amount) for one in reading.find(Commitment)),
            *(("deduction", one.amount) for one in reading.find(DeductionLine)),
            *(("carried", one.carried) for one in reading.find(DeductionLine)),
            *((f"statutory {one.kind}", one.amount) for one in reading.find(StatutoryPaid)),
        ]
        paid_in = reading.find(PensionContribution)
    for what in ("pensionable", "employee", "employer", "relief_added"):
        kept += [(what, getattr(one, what)) for one in paid_in]
    found: dict[str, Money] = {}
    for name, amount in kept:
        found[name] = found.get(name, NOTHING) + amount
    return {name: amount for name, amount in found.items() if amount}


def test_week_53_is_taxed_alone_and_an_order_takes_as_ever(household: Household) -> None:
    household.scheme()
    who = household.take_on(
        an_employment(started_on=STARTED, days_after=8, period_anchor=date(2026, 3, 30)),
        (a_rate(from_day=STARTED),),
    )
    PayDeductions(household.book).set_order(an_order(id=0, employment_id=who, normal=Money(60_00)))
    paid_weeks(household, who, date(2027, 3, 15), 2)

    # In week 52 nothing is over the year's allowance; in week 53, 154.00 is over one week's.
    last, extra = household.slips(who)
    assert (last.tax_period, last.tax, last.other_deductions) == (52, NOTHING, Money(60_00))
    assert (extra.tax_period, extra.tax) == (53, pounds("30.80"))
    assert extra.other_deductions == Money(60_00)
    assert extra.net_pay == pounds("396.00") - pounds("30.80") - pounds("12.32") - Money(60_00)


def test_a_p45_after_tax_given_back_says_what_is_left_of_it(household: Household) -> None:
    who = somebody(household)
    paid_weeks(household, who, FIRST, 7)
    leavings = Leavings(household.book, RATES)
    leavings.record(
        Leaving(
            id=0,
            employment_id=who,
            reason=LeavingReason.RESIGNED,
            last_day=MONDAY,
            final_first_day=MONDAY,
            notice_by=NoticeBy.ASSISTANT,
            notice_given_on=MONDAY - WEEK,
            week_pay=NOTHING,
        )
    )
    household.hours(who, MONDAY, 0, days=0)
    household.pay(who, MONDAY)

    slip, figures = household.slips(who)[-1], leavings.p45(who)
    paid = Money.total(one.gross_pay for one in household.slips(who))
    taken = Money.total(one.tax for one in household.slips(who))
    assert slip.tax.pence < 0 or slip.gross_pay > pounds("241.92")
    assert (figures.total_pay, figures.total_tax) == (paid, taken)
    assert (figures.pay_here, figures.tax_here) == (None, None)
