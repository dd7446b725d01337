"""Codes from HMRC and from a P45: kept as the paper says, and used from the next payday."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from dpemployer import clock
from dpemployer.errors import EntryError, RefusedError
from dpemployer.payroll.people import CodeFrom, StarterDeclaration
from dpemployer.periods import TaxYear
from dpemployer.services.tax_codes import TaxCodes
from tests.builders import MONDAY, RATES, an_employment, pounds

if TYPE_CHECKING:
    from dpemployer.payroll.people import TaxCodeHeld
    from dpemployer.services.pay_runs import PayRuns
    from dpemployer.store.book import Book
    from tests.services.household import Household

FIRST_PAYDAY, NEXT_MONDAY = date(2026, 6, 12), date(2026, 6, 8)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dpemployer.services.tax_codes.today", lambda: date(2026, 7, 1))
    monkeypatch.setattr(clock, "today", lambda: date(2026, 7, 1))


@pytest.fixture
def codes(book: Book) -> TaxCodes:
    return TaxCodes(book, RATES)


def held(household: Household, employment_id: int) -> tuple[TaxCodeHeld, ...]:
    return household.people.employment(employment_id, MONDAY).tax_codes


def starter(household: Household, declaration: StarterDeclaration = StarterDeclaration.B) -> int:
    contract = an_employment(started_on=MONDAY, starter_declaration=declaration)
    return household.take_on(contract, code="")


def test_a_notice_is_kept_with_its_date_and_its_figures(
    household: Household, codes: TaxCodes
) -> None:
    ada = starter(household)

    said = codes.record_notice(
        ada, "1185l", date(2026, 6, 3), None, pounds("2000.00"), pounds("61.20")
    )

    newest = held(household, ada)[0]
    assert (said.code, said.from_day, said.counts_figures) == ("1185L", date(2026, 6, 3), True)
    assert (newest.kind, newest.noticed_on) == (CodeFrom.HMRC_NOTICE, date(2026, 6, 3))
    assert (newest.previous_pay, newest.previous_tax) == (pounds("2000.00"), pounds("61.20"))
    to_date = household.pay_runs.year_to_date(ada, FIRST_PAYDAY)
    assert (to_date.previous_pay, to_date.previous_tax) == (pounds("2000.00"), pounds("61.20"))


def test_a_notice_never_goes_back_to_a_payday_that_is_done(
    household: Household, codes: TaxCodes, pay_runs: PayRuns
) -> None:
    ada = starter(household)
    household.hours(ada)
    household.pay(ada)

    said = codes.record_notice(ada, "1257L", date(2026, 6, 5))
    household.hours(ada, NEXT_MONDAY)
    household.pay(ada, NEXT_MONDAY)

    assert said.from_day == date(2026, 6, 13)
    first, second = household.slips(ada)
    assert (first.tax_code, second.tax_code) == ("1257L W1", "1257L")
    assert second.tax < first.tax  # the cumulative code gives back what the first took
    assert not pay_runs.differences(TaxYear(2026), ada)


def test_a_notice_may_say_from_when(household: Household, codes: TaxCodes) -> None:
    ada = starter(household)

    codes.record_notice(ada, "1300L", date(2026, 6, 3), date(2027, 4, 6))

    assert [code.from_day for code in held(household, ada)] == [date(2027, 4, 6), MONDAY]


def test_a_p45_takes_the_place_of_the_checklist_from_the_next_payday(
    household: Household, codes: TaxCodes
) -> None:
    ada = starter(household, StarterDeclaration.NONE)
    household.hours(ada)
    household.pay(ada)

    said = codes.record_p45(
        ada, "1257L", date(2026, 5, 22), pounds("2400"), pounds("70"), date(2026, 6, 15)
    )

    newest = held(household, ada)[0]
    assert (said.from_day, said.counts_figures) == (date(2026, 6, 15), True)
    assert (newest.kind, newest.noticed_on) == (CodeFrom.P45, date(2026, 5, 22))
    assert household.pay_runs.year_to_date(ada, date(2026, 6, 19)).previous_pay == pounds("2400")
    detail = household.people.employment(ada, MONDAY)
    assert detail.employment.starter_declaration is StarterDeclaration.P45


def test_a_p45_of_last_year_brings_its_code_and_no_figures(
    household: Household, codes: TaxCodes
) -> None:
    contract = an_employment(started_on=date(2026, 5, 4), starter_declaration=StarterDeclaration.A)
    ada = household.take_on(contract, code="")

    said = codes.record_p45(
        ada, "S1257L M1", date(2026, 3, 31), pounds("9000"), pounds("400"), date(2026, 5, 4)
    )

    newest = held(household, ada)[0]
    assert (said.code, said.counts_figures) == ("S1257L", False)
    assert (newest.previous_pay, newest.from_day) == (None, date(2026, 5, 4))
    assert len(held(household, ada)) == 1


def test_a_p45_does_not_beat_what_hmrc_sent(household: Household, codes: TaxCodes) -> None:
    ada = starter(household)
    codes.record_notice(ada, "BR", date(2026, 6, 3))

    with pytest.raises(RefusedError, match="HMRC has already sent code BR"):
        codes.record_p45(
            ada, "1257L", date(2026, 5, 22), pounds("1"), pounds("0"), date(2026, 6, 4)
        )

    assert len(held(household, ada)) == 2


def test_a_p45_too_old_is_refused_with_what_to_ask_for(
    household: Household, codes: TaxCodes
) -> None:
    ada = starter(household)

    with pytest.raises(RefusedError, match="too old") as refusal:
        codes.record_p45(
            ada, "1257L", date(2026, 3, 31), pounds("1"), pounds("0"), date(2026, 6, 4)
        )

    assert "starter checklist" in refusal.value.next_step


@pytest.mark.parametrize(
    ("pay", "tax", "said"),
    [
        ("100", "200", "is more than the pay"),
        ("-1", "0", "go together"),
        ("1", "-1", "go together"),
    ],
)
def test_figures_that_cannot_be_are_refused(
    household: Household, codes: TaxCodes, pay: str, tax: str, said: str
) -> None:
    ada = starter(household)

    with pytest.raises(EntryError, match=said):
        codes.record_notice(ada, "BR", date(2026, 6, 3), None, pounds(pay), pounds(tax))
    with pytest.raises(EntryError, match=said):
        codes.record_p45(ada, "BR", date(2026, 5, 3), pounds(pay), pounds(tax), date(2026, 6, 3))
    assert len(held(household, ada)) == 1


def test_tax_without_pay_and_days_that_cannot_be_are_refused(
    household: Household, codes: TaxCodes
) -> None:
    ada = starter(household)

    with pytest.raises(EntryError, match="go together"):
        codes.record_notice(ada, "BR", date(2026, 6, 3), None, None, pounds("3"))
    with pytest.raises(EntryError, match="still to come"):
        codes.record_notice(ada, "BR", date(2026, 7, 2))
    with pytest.raises(EntryError, match="is not a tax code"):
        codes.record_notice(ada, "1257", date(2026, 6, 3))
    with pytest.raises(EntryError, match="after they gave it to you"):
        codes.record_p45(ada, "BR", date(2026, 6, 20), pounds("3"), pounds("0"), date(2026, 6, 10))


def test_saying_the_same_code_again_keeps_where_it_came_from(
    household: Household, codes: TaxCodes
) -> None:
    ada = starter(household)
    codes.record_notice(ada, "BR", date(2026, 6, 3))
    newest = held(household, ada)[0]

    household.people.set_tax_code(ada, newest.from_day, newest.code, newest.source)
    assert held(household, ada)[0].kind is CodeFrom.HMRC_NOTICE

    household.people.set_tax_code(ada, newest.from_day, "D0", "By hand")
    assert held(household, ada)[0].kind is CodeFrom.TYPED
