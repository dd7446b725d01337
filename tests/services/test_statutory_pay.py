"""Time away in a book becomes statutory pay on payslips, and what HMRC gives back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from dpemployer.money import NOTHING, Money
from dpemployer.payroll.away import (
    AgreedDays,
    FamilyLeave,
    LeaveBlock,
    PayBefore,
    Sickness,
    StatutoryPaid,
)
from dpemployer.payroll.household import OpeningHousehold
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import Employment, HolidayTerms, OpeningPay, PayType
from dpemployer.payroll.reporting import NiOfYear
from dpemployer.periods import TaxMonth, TaxYear
from dpemployer.services.away_reading import away_of
from dpemployer.services.hmrc import Hmrc
from dpemployer.services.hmrc_sheets import recovered_parts
from dpemployer.services.rows import CommitmentKind
from dpemployer.services.statutory_paid import (
    class_1_is_known,
    class_1_of,
    recovered_by_month,
    sick_hours,
    small_employer_for,
)
from dpemployer.statutory.family_pay import FamilyPay
from tests.builders import MONDAY, RATES, a_rate, an_employment, pounds

if TYPE_CHECKING:
    from tests.services.household import Household

LONG_AGO = date(2024, 4, 1)
YEAR = TaxYear(2026)
WEEK = timedelta(weeks=1)
FIRST = date(2026, 4, 27)


def week(number: int) -> date:
    """Return the Monday of a week, counted from 27 April 2026."""
    return FIRST + number * WEEK


def somebody(household: Household, **person: Any) -> int:
    """Take somebody on long ago, on 13.20 an hour."""
    household.scheme()
    return household.take_on(
        an_employment(started_on=LONG_AGO), (a_rate(from_day=LONG_AGO),), **person
    )


def paid_eight_weeks(household: Household, employment_id: int) -> None:
    """Pay 20 hours, 264.00, on each of the eight Fridays up to 26 June."""
    for number in range(8):
        household.hours(employment_id, week(number), 240)
        household.pay(employment_id, week(number))


def keep(household: Household, *facts: object) -> list[int]:
    with household.book.change("For a test") as tx:
        return [tx.add(fact) for fact in facts]


def statutory(household: Household, employment_id: int) -> list[tuple[date, Money]]:
    return [
        (slip.first_day, line.amount)
        for slip in household.slips(employment_id)
        for line in slip.lines
        if line.pay_type in {PayType.SSP, PayType.SMP, PayType.SPP}
    ]


def test_sickness_in_the_book_is_paid_and_what_was_paid_is_kept(household: Household) -> None:
    ada = somebody(household)
    paid_eight_weeks(household, ada)
    first = week(9)
    keep(
        household,
        Sickness(0, ada, first, first + timedelta(days=2)),
        AgreedDays(0, ada, date(2026, 1, 4), "01234"),
    )
    household.hours(ada, week(8), 240)
    household.pay(ada, week(8))
    household.hours(ada, first, 0, days=0)
    household.pay(ada, first)

    # 80% of 264 is 211.20, so 123.25; three of five days.
    assert statutory(household, ada) == [(first, pounds("73.95"))]
    with household.book.read() as reading:
        (row,) = reading.find(StatutoryPaid)
    assert (row.kind, row.leave_id, row.amount) == (PayType.SSP, 0, pounds("73.95"))
    assert row.days == (first, first + timedelta(days=1), first + timedelta(days=2))


def test_a_correction_takes_back_what_was_paid_and_pays_it_again(household: Household) -> None:
    ada = somebody(household)
    paid_eight_weeks(household, ada)
    first = week(9)
    keep(household, Sickness(0, ada, first, first), AgreedDays(0, ada, date(2026, 1, 4), "01234"))
    household.hours(ada, first, 0, days=0)
    run = household.pay(ada, first).pay_run_id
    with household.book.read() as reading:
        (sickness,) = reading.find(Sickness)

    corrected = household.pay_runs.correct(run, "Sick a day longer")
    with household.book.change("For a test") as tx:
        tx.update(Sickness(sickness.id, ada, first, first + timedelta(days=1)))
    household.pay_runs.finalise(corrected.draft_id)

    assert [amount.pence for _day, amount in statutory(household, ada)] == [2465, -2465, 4930]
    with household.book.read() as reading:
        kept = [row.amount.pence for row in reading.find(StatutoryPaid)]
    assert kept == [2465, -2465, 4930]
    assert household.pay_runs.differences(YEAR, ada) == ()


def test_sickness_known_too_late_is_paid_next_time(household: Household) -> None:
    ada = somebody(household)
    paid_eight_weeks(household, ada)
    for number in (8, 9):
        household.hours(ada, week(number), 240, days=4)
        household.pay(ada, week(number))
    late = week(9) + timedelta(days=4)
    keep(household, Sickness(0, ada, late, late), AgreedDays(0, ada, date(2026, 1, 4), "01234"))
    for number in (10, 11):
        household.hours(ada, week(number), 240)
        household.pay(ada, week(number))

    assert statutory(household, ada) == [(week(10), pounds("24.65"))]
    assert household.pay_runs.differences(YEAR, ada) == ()


def test_pay_from_before_the_book_is_asked_for_and_then_counts(household: Household) -> None:
    ada = somebody(household)
    keep(
        household,
        Sickness(0, ada, MONDAY, MONDAY),
        AgreedDays(0, ada, date(2026, 1, 4), "01234"),
    )
    sheet = household.hours(ada, MONDAY, 0, days=0)
    assert sheet
    draft = household.draft(ada, MONDAY)
    asked = [
        f for f in household.pay_runs.preview(draft).findings if f.code == "average_pay_missing"
    ]
    assert "10 April 2026" in asked[0].message
    paydays = [date(2026, 4, 10) + number * WEEK for number in range(8)]
    keep(household, *(PayBefore(0, ada, day, pounds("100.00")) for day in paydays))

    row = household.pay_runs.preview(draft).payslips[0]

    # 80 a week, a fifth of it.
    assert [line.amount for line in row.lines] == [pounds("16.00")]


def test_pay_between_two_paydays_counts_with_the_later_of_them(household: Household) -> None:
    ada = somebody(household)
    paid_eight_weeks(household, ada)
    with household.book.change("For a test") as tx:
        employment = tx.get(Employment, ada)
        # Paid on Thursdays from now on: every Friday of before is between two paydays.
        tx.update(replace(employment, days_after=4))
    keep(household, Sickness(0, ada, week(9), week(9)))
    with household.book.read() as reading:
        away = away_of(reading, reading.get(Employment, ada), week(9))

    counted = [each.pay for each in away.paydays if each.pay_date >= date(2026, 5, 14)]
    assert counted[:7] == [pounds("264.00")] * 7


def a_leave(household: Household, employment_id: int, kind: FamilyPay = FamilyPay.SMP) -> int:
    """Record leave from the 27 July on, for a baby due on 5 October 2026."""
    (leave,) = keep(
        household, FamilyLeave(0, employment_id, kind, expected_on=date(2026, 10, 5), proof="MATB1")
    )
    keep(household, LeaveBlock(0, leave, week(13), 39 if kind is FamilyPay.SMP else 1))
    return leave


def test_family_pay_lowers_what_hmrc_is_owed(household: Household) -> None:
    ada = somebody(household)
    paid_eight_weeks(household, ada)
    a_leave(household, ada)
    household.hours(ada, week(13), 0, days=0)
    household.pay(ada, week(13))

    # 90% of 264 is 237.60, paid on Friday 7 August: tax month 5.
    assert statutory(household, ada) == [(week(13), pounds("237.60"))]
    with household.book.read() as reading:
        (back,) = recovered_by_month(reading, RATES, YEAR)[5]
    assert (back.kind, back.paid) == (FamilyPay.SMP, pounds("237.60"))
    assert (back.recovered, back.compensation) == (pounds("237.60"), pounds("21.38"))
    row = household.pay_runs.employer_payment(YEAR, 5)
    # Employer’s National Insurance on 237.60: 15% of what is above 96.00.
    assert row.due_amount == pounds("21.24") - pounds("258.98")


def test_saying_what_a_year_came_to_changes_what_is_owed(household: Household) -> None:
    ada = somebody(household)
    paid_eight_weeks(household, ada)
    a_leave(household, ada)
    household.hours(ada, week(13), 0, days=0)
    household.pay(ada, week(13))
    assert household.pay_runs.employer_payment(YEAR, 5).due_amount == pounds("-237.74")

    Hmrc(household.book, RATES).set_ni_of_year(TaxYear(2025), pounds("50000.00"), "a test")

    # 92% of 237.60 is 218.59, and no compensation.
    due = household.pay_runs.employer_payment(YEAR, 5).due_amount
    assert due == pounds("21.24") - pounds("218.59")
    owed = household.owed(CommitmentKind.HMRC, tax_month="2026-27/5")
    assert Money.total(each.amount for each in owed) == due


def test_a_large_employer_gets_92_in_a_hundred(household: Household) -> None:
    ada = somebody(household)
    leave = a_leave(household, ada)
    with household.book.read() as reading:
        assert small_employer_for(reading, RATES, leave)
        assert not class_1_is_known(reading, TaxYear(2025))
    keep(household, NiOfYear(0, "2025-26", pounds("45000.01"), "a test"))
    with household.book.read() as reading:
        assert not small_employer_for(reading, RATES, leave)
        assert class_1_is_known(reading, TaxYear(2025))


def test_national_insurance_of_a_year_counts_what_the_book_began_with(household: Household) -> None:
    ada = somebody(household)
    keep(
        household,
        OpeningPay(
            0, ada, "2025-26", "a test", employee_ni=pounds("10.00"), employer_ni=pounds("20.00")
        ),
    )
    with household.book.read() as reading:
        assert class_1_of(reading, TaxYear(2025)) == pounds("30.00")


@pytest.mark.parametrize(("began", "known"), [(None, True), (date(2026, 5, 31), False)])
def test_a_year_is_known_when_the_book_holds_it_whole(
    household: Household, began: date | None, *, known: bool
) -> None:
    ada = somebody(household)
    household.hours(ada)
    household.pay(ada)
    if began is not None:
        keep(household, OpeningHousehold(0, began, "a test"))
    with household.book.read() as reading:
        assert class_1_is_known(reading, YEAR) is known
        assert not class_1_is_known(reading, TaxYear(2025))


def test_somebody_away_without_a_timesheet_stops_the_payday(household: Household) -> None:
    ada = somebody(household)
    other = household.take_on(nino="", rates=(a_rate(),), first_names="Ben")
    paid_eight_weeks(household, ada)
    keep(household, Sickness(0, ada, week(9), None))
    household.hours(other, week(9))

    found = household.pay_runs.preview(household.draft(ada, week(9))).findings
    codes = {finding.code: finding for finding in found}
    assert codes["away_without_timesheet"].blocks
    assert "no_timesheet" not in codes
    household.hours(ada, week(9), 0, days=0)
    assert household.pay(ada, week(9))


def test_somebody_on_leave_without_a_timesheet_stops_the_payday_too(household: Household) -> None:
    ada = somebody(household)
    other = household.take_on(nino="", rates=(a_rate(),), first_names="Ben")
    a_leave(household, ada)
    household.hours(other, week(13))
    household.hours(other, week(12))

    for number, stops in ((12, False), (13, True)):
        found = household.pay_runs.preview(household.draft(ada, week(number))).findings
        assert ("away_without_timesheet" in {f.code for f in found}) is stops


def test_hours_of_sickness_are_those_of_the_contract(household: Household) -> None:
    ada = somebody(household)
    paid_eight_weeks(household, ada)
    keep(
        household,
        Sickness(0, ada, week(9), week(9) + timedelta(days=1)),
        AgreedDays(0, ada, date(2026, 1, 4), "01234"),
    )
    household.hours(ada, week(9), 0, days=0)
    run = household.pay(ada, week(9)).pay_run_id

    def hours() -> list[Fraction]:
        with household.book.read() as reading:
            found = sick_hours(reading, reading.find(Payslip, employment_id=ada))
        return list(found.values())

    assert hours() == [0]
    with household.book.change("For a test") as tx:
        (terms,) = tx.find(HolidayTerms, employment_id=ada)
        tx.update(replace(terms, hours_per_week=Decimal(22), days_per_week=Decimal(5)))
    # Two fifths of 22 hours.
    assert hours() == [Fraction("8.8")]
    household.pay_runs.correct(run, "A test")
    assert hours() == [Fraction("8.8"), Fraction("-8.8")]


def test_what_came_back_is_told_to_date_payment_by_payment(household: Household) -> None:
    ada = somebody(household)
    paid_eight_weeks(household, ada)
    a_leave(household, ada)
    for number in (13, 14, 19):
        household.hours(ada, week(number), 0, days=0)
        household.pay(ada, week(number))

    with household.book.read() as reading:
        months = recovered_by_month(reading, RATES, YEAR)
        items = recovered_parts(reading, RATES, TaxMonth(YEAR, 6))
    # 237.60 on 7 and 14 August, 194.32 on 18 September.
    assert [months[number][0].paid for number in (5, 6)] == [pounds("475.20"), pounds("194.32")]
    assert {item.key: item.value for item in items} == {
        "recovered_smp": "£669.52",
        "compensation_smp": "£60.26",
    }


def test_sickness_over_the_change_of_april_2026(household: Household) -> None:
    """Average 130: three waiting days, two at the old rate, then the full rate of the new year."""
    household.scheme()
    ada = household.take_on(an_employment(started_on=LONG_AGO), (a_rate(from_day=LONG_AGO),))
    first = date(2026, 3, 30)
    paydays = [date(2026, 1, 30) + number * WEEK for number in range(9)]
    keep(
        household,
        *(PayBefore(0, ada, day, pounds("130.00")) for day in paydays),
        Sickness(0, ada, first, date(2026, 4, 19)),
        AgreedDays(0, ada, date(2026, 1, 4), "01234"),
    )
    for number in range(3):
        household.hours(ada, first + number * WEEK, 0, days=0)
        household.pay(ada, first + number * WEEK)

    # 118.75 / 5 x 2; then 123.25 though 80% of 130 is 104.00.
    assert statutory(household, ada) == [
        (first, pounds("47.50")),
        (first + WEEK, pounds("123.25")),
        (first + 2 * WEEK, pounds("123.25")),
    ]


def test_sick_pay_is_never_given_back(household: Household) -> None:
    ada = somebody(household)
    paid_eight_weeks(household, ada)
    keep(household, Sickness(0, ada, week(9), week(9)))
    household.hours(ada, week(9), 0, days=0)
    household.pay(ada, week(9))

    with household.book.read() as reading:
        assert recovered_by_month(reading, RATES, YEAR) == {}
        assert reading.sum(Payslip, "net_pay", employment_id=ada) > NOTHING
