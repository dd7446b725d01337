"""What HMRC is told of parental pay got back, and of somebody who leaves and is paid after it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from dpemployer import clock
from dpemployer.money import Money
from dpemployer.payroll.away import FamilyLeave, LeaveBlock
from dpemployer.payroll.leaving import Leaving, LeavingReason, NoticeBy
from dpemployer.payroll.reporting import ReportKind
from dpemployer.periods import TaxYear
from dpemployer.services.hmrc import Hmrc
from dpemployer.services.leaving import Leavings
from dpemployer.statutory.family_pay import FamilyPay
from dpemployer.workings import explain
from tests.builders import MONDAY, RATES, a_rate, an_employment, pounds

if TYPE_CHECKING:
    from dpemployer.services.hmrc_rows import PersonSheet, ReportRow
    from dpemployer.store.book import Book
    from tests.services.household import Household

YEAR = TaxYear(2026)
WEEK = timedelta(weeks=1)
LONG_AGO = date(2024, 4, 1)
FIRST = date(2026, 4, 27)
BIRTH_WEEK = FIRST + 13 * WEEK
"""Leave begins on Monday 27 July 2026."""


@pytest.fixture
def hmrc(book: Book, monkeypatch: pytest.MonkeyPatch) -> Hmrc:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 8, 10))
    return Hmrc(book, RATES)


def values(sheet: PersonSheet, part: str) -> dict[str, str]:
    return {item.key: item.value for one in sheet.parts if one.key == part for item in one.items}


def paydays(hmrc: Hmrc) -> list[ReportRow]:
    rows = hmrc.reports(YEAR, date(2026, 9, 1))
    return [row for row in rows if row.kind is ReportKind.PAYDAY]


def test_maternity_pay_is_told_to_date_and_got_back_with_an_eps(
    household: Household, hmrc: Hmrc
) -> None:
    """90% of 264 is 237.60, paid on 7 August in tax month 5; all of it comes back, and 9% more."""
    household.scheme(paye_reference="123/AB456")
    ada = household.take_on(
        an_employment(started_on=LONG_AGO), (a_rate(from_day=LONG_AGO),), address="1 Mill Street"
    )
    for number in range(8):
        household.hours(ada, FIRST + number * WEEK, 240)
        household.pay(ada, FIRST + number * WEEK)
    with household.book.change("For a test") as tx:
        leave = tx.add(
            FamilyLeave(0, ada, FamilyPay.SMP, expected_on=date(2026, 10, 5), proof="MATB1")
        )
        tx.add(LeaveBlock(0, leave, BIRTH_WEEK, 39))
    for number in (13, 14):
        household.hours(ada, FIRST + number * WEEK, 0, days=0)
        household.pay(ada, FIRST + number * WEEK)

    (person,) = hmrc.sheet(paydays(hmrc)[-1]).people
    assert values(person, "typed")["paid_smp"] == "£237.60"
    assert values(person, "to_date")["smp_to_date"] == "£475.20"

    eps = [row for row in hmrc.reports(YEAR, date(2026, 9, 1)) if row.number == 5]
    assert [row.reasons for row in eps] == [("You get statutory parental pay back.",)]
    whole = {item.key: item.value for item in hmrc.sheet(eps[0]).parts[1].items}
    assert whole["recovered_smp"] == "£475.20"
    assert whole["compensation_smp"] == "£42.77"  # 9% of 475.20 is 42.768

    august = hmrc.p32(YEAR)[4]
    assert august.amount("recovered") == pounds("475.20")
    assert august.amount("compensation") == pounds("42.77")
    assert august.amount("due") < Money(0)
    recovered = next(one for one in august.figures if one.key == "recovered")
    assert "475.20" in explain(recovered.steps)[0].sentence
    (p60,) = hmrc.p60s(YEAR, date(2026, 9, 1))
    assert [(one.key, str(one.amount)) for one in p60.p60.statutory] == [("smp_to_date", "£475.20")]


def test_a_leaver_s_last_pay_and_what_is_paid_after_it(
    household: Household, book: Book, hmrc: Hmrc, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("leaving", "people"):
        monkeypatch.setattr(f"dpemployer.services.{module}.today", lambda: date(2026, 8, 1))
    household.scheme(paye_reference="123/AB456")
    ada = household.take_on(an_employment(started_on=date(2026, 4, 6)))
    leavings = Leavings(book, RATES)
    for number in range(2):
        household.hours(ada, MONDAY + number * WEEK)
        if number == 1:
            leavings.record(
                Leaving(
                    0,
                    ada,
                    LeavingReason.RESIGNED,
                    date(2026, 6, 14),
                    date(2026, 6, 14),
                    notice_by=NoticeBy.ASSISTANT,
                    notice_given_on=date(2026, 6, 1),
                )
            )
        household.pay(ada, MONDAY + number * WEEK)
    before, last = (hmrc.sheet(row).people[0] for row in paydays(hmrc))

    assert values(before, "leaving") == {}
    assert values(last, "leaving") == {"left_on": "14 June 2026", "after_leaving": "no"}

    leavings.give_p45(ada, date(2026, 6, 20))
    late = leavings.pay_after(ada, "Hours found later", pounds("40.00"))
    household.pay(ada, late.first_day)
    after = hmrc.sheet(paydays(hmrc)[-1]).people[0]

    assert values(after, "leaving") == {"left_on": "14 June 2026", "after_leaving": "yes"}
    assert values(after, "payment")["tax_code"] == "0T"
    assert values(after, "payment")["week1_month1"] == "yes"
