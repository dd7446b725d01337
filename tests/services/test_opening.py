"""A book may begin in the middle of a year: each figure is a fact with its source."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from dpemployer.bookkeeping.accounts import Account, AccountKind
from dpemployer.bookkeeping.ledger import LedgerEntry, Method
from dpemployer.errors import EntryError, RefusedError
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.household import OpeningHousehold
from dpemployer.payroll.inputs import inputs_from
from dpemployer.payroll.people import OpeningHoliday, OpeningPay, PaidWeek
from dpemployer.periods import TaxMonth, TaxYear
from dpemployer.services.rows import Commitment, CommitmentKind
from tests.builders import MONDAY, an_employment, pounds, regular, regular_terms

if TYPE_CHECKING:
    from dpemployer.services.opening import Opening
    from tests.services.household import Household

YEAR, LAST_YEAR = TaxYear(2026), TaxYear(2025)
END_OF_MAY = date(2026, 5, 31)
BEGINNING = OpeningHousehold(0, END_OF_MAY, "closing summary of 31 May", pounds("847.00"))


@pytest.fixture
def ada(household: Household) -> int:
    """Somebody already employed when the book begins."""
    return household.take_on()


def to_date(employment: int, **changes: Any) -> OpeningPay:
    facts: dict[str, Any] = {
        "id": 0,
        "employment_id": employment,
        "tax_year": "2026-27",
        "source": "payslip of 29 May 2026",
        "pay": pounds("3276.30"),
        "taxable_pay": pounds("3276.30"),
        "tax": pounds("219.80"),
        "employee_ni": pounds("107.23"),
        **changes,
    }
    return OpeningPay(**facts)


# ── the household ──


def test_the_book_begins_after_a_day_with_some_allowance_used(opening: Opening) -> None:
    first = opening.set_household(BEGINNING)
    again = opening.set_household(replace(BEGINNING, as_of=date(2026, 5, 30)))

    found = opening.state(YEAR).household
    assert first == again
    assert found is not None
    assert (found.as_of, found.allowance_used) == (date(2026, 5, 30), pounds("847.00"))


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"source": " "}, "Where the figures come from is missing"),
        ({"as_of": date(2126, 1, 1)}, "1 January 2126 has not come yet"),
        ({"allowance_used": Money(-1)}, "allowance used is less than nothing"),
    ],
)
def test_a_beginning_that_cannot_be_is_refused(
    opening: Opening, changes: dict[str, Any], what: str
) -> None:
    with pytest.raises(EntryError, match=what):
        opening.set_household(replace(BEGINNING, **changes))


# ── pay to date and P45s ──


def test_pay_to_date_is_part_of_the_year_to_date(household: Household, ada: int) -> None:
    household.opening.set_pay(to_date(ada))
    household.hours(ada)

    household.pay(ada)

    total = household.pay_runs.year_to_date(ada, date(2026, 6, 12))
    assert total.gross_pay == pounds("3672.30")
    assert total.tax == pounds("219.80") + household.slips(ada)[0].tax
    # (3,672.30 - 10 x 241.92) = 1,253.10: 20% of 1,253 is 250.60, less 219.80.
    assert household.slips(ada)[0].tax == pounds("30.80")
    assert total.net_pay == household.slips(ada)[0].net_pay


def test_a_p45_is_kept_apart_and_counts_in_the_tax(household: Household, ada: int) -> None:
    household.opening.set_pay(
        to_date(ada, previous_pay=pounds("1140.00"), previous_tax=pounds("82.80"))
    )
    household.hours(ada)

    household.pay(ada)

    state = household.opening.state(YEAR)
    assert [(row.pay, row.previous_pay) for row in state.pay] == [(pounds("3276.30"), NOTHING)]
    assert [(row.pay, row.previous_pay) for row in state.p45s] == [(NOTHING, pounds("1140.00"))]
    total = household.pay_runs.year_to_date(ada, date(2026, 6, 12))
    assert (total.gross_pay, total.previous_pay) == (pounds("3672.30"), pounds("1140.00"))
    assert household.slips(ada)[0].tax == pounds("176.00")


def test_figures_can_be_changed_until_the_first_pay_run_is_final(
    household: Household, ada: int
) -> None:
    opening = household.opening
    first = opening.set_pay(to_date(ada))
    assert opening.set_pay(to_date(ada, tax=pounds("220.00"))) == first
    household.hours(ada)
    run = household.pay(ada)

    for change in (
        lambda: opening.set_pay(to_date(ada)),
        lambda: opening.remove_pay(first),
        lambda: opening.set_holiday(OpeningHoliday(0, ada, END_OF_MAY, 600, "a test")),
        lambda: opening.set_paid_weeks(ada, (PaidWeek(0, ada, END_OF_MAY, 60, pounds("13.20")),)),
    ):
        with pytest.raises(RefusedError, match="of this person for 2026-27 are fixed") as refused:
            change()
    assert "correct that person's pay runs" in refused.value.next_step
    household.pay_runs.correct(run.pay_run_id, "opening figures were wrong")
    opening.set_pay(to_date(ada, tax=pounds("221.00")))
    assert opening.state(YEAR).pay[0].tax == pounds("221.00")


def test_figures_of_another_year_stay_open(household: Household, ada: int) -> None:
    household.hours(ada)
    household.pay(ada)

    household.opening.set_pay(to_date(ada, tax_year="2025-26"))

    assert household.opening.state(LAST_YEAR).pay


def test_a_p45_that_comes_late_and_a_notice_that_beats_it_count_from_the_next_payday(
    household: Household, ada: int
) -> None:
    for place, (pay, tax) in enumerate([("", ""), ("1140.00", "82.80"), ("2000.00", "100.00")]):
        day = MONDAY + timedelta(days=7 * place)
        if pay:
            household.opening.set_p45(ada, YEAR, "P45 or P6", pounds(pay), pounds(tax))
        household.hours(ada, day)
        household.pay(ada, day)

    used = [inputs_from(slip.inputs) for slip in household.slips(ada)]
    assert [(each.previous_pay, each.previous_tax) for each in used] == [
        (NOTHING, NOTHING),
        (pounds("1140.00"), pounds("82.80")),
        (pounds("2000.00"), pounds("100.00")),
    ]
    (p45,) = household.opening.state(YEAR).p45s
    assert p45.previous_pay == pounds("2000.00")
    with pytest.raises(RefusedError, match="are fixed"):
        household.opening.remove_pay(p45.id)


def test_a_p45_can_be_put_right_before_it_is_used(household: Household, ada: int) -> None:
    first = household.opening.set_p45(ada, YEAR, "P45", pounds("1140.00"), pounds("82.80"))
    again = household.opening.set_p45(ada, YEAR, "P45", pounds("1150.00"), pounds("82.80"))

    assert first == again
    household.opening.remove_pay(again)
    assert household.opening.state(YEAR).p45s == ()


def test_a_p45_without_figures_is_refused(household: Household, ada: int) -> None:
    with pytest.raises(EntryError, match="P45 has no figures"):
        household.opening.set_p45(ada, YEAR, "P45", NOTHING, NOTHING)


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"tax": pounds("4000.00")}, "The tax to date, £4,000.00, is more than the pay"),
        ({"previous_tax": pounds("1.00")}, "tax on the P45 to date"),
    ],
)
def test_figures_that_cannot_be_are_refused(
    household: Household, ada: int, changes: dict[str, Any], what: str
) -> None:
    with pytest.raises(EntryError, match=what):
        household.opening.set_pay(to_date(ada, **changes))

    assert household.opening.state(YEAR).pay == ()


# ── holiday ──


def test_holiday_left_and_the_weeks_behind_it(household: Household, ada: int) -> None:
    opening = household.opening
    first = opening.set_holiday(OpeningHoliday(0, ada, END_OF_MAY, 600, "payslip"))
    again = opening.set_holiday(OpeningHoliday(0, ada, END_OF_MAY, 2160, "payslip"))
    opening.set_paid_weeks(ada, (PaidWeek(0, ada, date(2026, 5, 24), 60, pounds("1.00")),))
    weeks = tuple(PaidWeek(0, 0, date(2026, 5, day), 600, pounds("132.00")) for day in (24, 31))
    opening.set_paid_weeks(ada, weeks)

    assert first == again
    assert household.pay_runs.holiday(ada, MONDAY).left == 2160
    assert [week.week_ending for week in opening.paid_weeks(ada)] == [
        date(2026, 5, 31),
        date(2026, 5, 24),
    ]
    assert {week.pay for week in opening.paid_weeks(ada)} == {pounds("132.00")}


def test_weeks_that_cannot_be_are_refused(household: Household, ada: int) -> None:
    week = PaidWeek(0, ada, date(2026, 5, 31), 60, pounds("1.00"))

    with pytest.raises(EntryError, match="31 May 2026 is there twice"):
        household.opening.set_paid_weeks(ada, (week, week))

    assert household.opening.paid_weeks(ada) == ()


# ── what is still owed ──


def test_what_is_owed_to_hmrc_is_due_as_the_scheme_says(household: Household) -> None:
    household.opening.set_household(BEGINNING)
    household.scheme(pays_quarterly=True)

    first = household.opening.set_hmrc_owed(TaxMonth(YEAR, 2), pounds("403.02"), "summary")
    again = household.opening.set_hmrc_owed(TaxMonth(YEAR, 2), pounds("310.47"), "summary")

    (owed,) = household.opening.state(YEAR).owed
    assert first == again
    assert (owed.amount, owed.due, owed.tax_month) == (
        pounds("310.47"),
        date(2026, 7, 22),
        "2026-27/2",
    )
    assert (owed.incurred_on, owed.source, owed.note) == (END_OF_MAY, "opening", "summary")


def test_what_is_owed_to_the_pension(household: Household) -> None:
    facts = ("NEST", END_OF_MAY, date(2026, 6, 22), "summary")
    provider, incurred, due, source = facts

    first = household.opening.set_pension_owed(provider, pounds("60.00"), incurred, due, source)
    again = household.opening.set_pension_owed(provider, pounds("63.25"), incurred, due, source)

    assert first == again
    (owed,) = household.opening.state(YEAR).owed
    assert (owed.kind, owed.payee, owed.amount) == (
        CommitmentKind.PENSION,
        "NEST",
        pounds("63.25"),
    )
    household.opening.remove_owed(owed.id)
    assert household.opening.state(YEAR).owed == ()


def test_nothing_is_not_owed(opening: Opening) -> None:
    with pytest.raises(EntryError, match="nothing owed"):
        opening.set_hmrc_owed(TaxMonth(YEAR, 2), NOTHING, "summary")
    for provider, amount in (("NEST", NOTHING), (" ", pounds("1.00"))):
        with pytest.raises(EntryError, match="a provider and an amount"):
            opening.set_pension_owed(provider, amount, END_OF_MAY, END_OF_MAY, "summary")


def test_what_the_household_brought_is_fixed_by_the_first_final_pay_run(
    household: Household, ada: int
) -> None:
    opening = household.opening
    opening.set_household(BEGINNING)
    owed = opening.set_hmrc_owed(TaxMonth(YEAR, 2), pounds("403.02"), "summary")
    assert opening.state(YEAR).locked == ""
    household.hours(ada)
    household.pay(ada)

    assert "A pay run of 2026-27 is final" in opening.state(YEAR).locked
    for change in (
        lambda: opening.set_household(BEGINNING),
        lambda: opening.set_household(replace(BEGINNING, as_of=date(2026, 4, 5))),
        lambda: opening.set_hmrc_owed(TaxMonth(YEAR, 2), pounds("1.00"), "summary"),
        lambda: opening.set_pension_owed("NEST", pounds("1.00"), END_OF_MAY, END_OF_MAY, "it"),
        lambda: opening.remove_owed(owed),
    ):
        with pytest.raises(RefusedError, match="opening figures of 2026-27 are fixed"):
            change()
    assert opening.state(LAST_YEAR).locked == ""


def test_what_a_pay_run_leaves_owing_is_not_taken_out_here(household: Household, ada: int) -> None:
    household.hours(ada)
    household.pay(ada)
    (wages,) = household.owed(CommitmentKind.WAGES)

    with pytest.raises(RefusedError, match="not entered with the opening figures"):
        household.opening.remove_owed(wages.id)


# ── the account ──


BANK = Account(
    0, "bank", "Direct payment account", AccountKind.BANK, date(2026, 6, 1), pounds("5412.47")
)


def test_the_balance_on_the_last_statement_and_what_has_not_cleared(household: Household) -> None:
    account = household.opening.set_account(BANK)
    household.opening.set_account(replace(BANK, id=account, opening_balance=pounds("5412.46")))
    cheque = LedgerEntry(
        0, account, date(2026, 5, 24), pounds("-36.00"), "Swimming club", Method.CHEQUE, "000117"
    )

    entry = household.opening.add_uncleared(cheque)

    state = household.opening.state(YEAR)
    assert [found.opening_balance for found in state.accounts] == [pounds("5412.46")]
    assert [(found.amount, found.brought_forward) for found in state.uncleared] == [
        (pounds("-36.00"), True)
    ]
    household.opening.remove_uncleared(entry)
    assert household.opening.state(YEAR).uncleared == ()


def test_only_what_is_waiting_to_clear_can_be_taken_out(household: Household) -> None:
    account = household.opening.set_account(BANK)
    with household.book.change("Recorded money out") as tx:
        entry = tx.add(LedgerEntry(0, account, MONDAY, pounds("-1.00"), "Shop", Method.CARD))

    with pytest.raises(RefusedError, match="not from before the book"):
        household.opening.remove_uncleared(entry)


# ── what is missing ──


def test_what_is_missing_of_people_employed_before_the_book_is_said(
    household: Household, ada: int
) -> None:
    bo = household.take_on(regular(), holiday=regular_terms(), first_names="Bo", nino="")
    household.take_on(an_employment(started_on=MONDAY), first_names="New", nino="")
    household.take_on(an_employment(left_on=END_OF_MAY), first_names="Gone", nino="")
    household.opening.set_household(BEGINNING)

    def missing() -> set[tuple[str, str]]:
        findings = household.opening.state(YEAR).findings
        return {(finding.subject, finding.code) for finding in findings}

    assert missing() == {
        ("Ada Keane", "no_opening_pay"),
        ("Ada Keane", "no_opening_holiday"),
        ("Ada Keane", "no_paid_weeks"),
        ("Bo Keane", "no_opening_pay"),
        ("Bo Keane", "no_opening_holiday"),
    }
    household.opening.set_pay(to_date(ada))
    household.opening.set_holiday(OpeningHoliday(0, ada, END_OF_MAY, 600, "payslip"))
    household.opening.set_paid_weeks(ada, (PaidWeek(0, ada, END_OF_MAY, 60, pounds("13.20")),))
    assert missing() == {("Bo Keane", "no_opening_pay"), ("Bo Keane", "no_opening_holiday")}
    assert bo
    next_year = household.opening.state(TaxYear(2027)).findings
    assert "no_opening_pay" not in {finding.code for finding in next_year}


def test_a_book_that_begins_at_the_beginning_misses_nothing(household: Household, ada: int) -> None:
    assert ada
    assert household.opening.state(YEAR).findings == ()


def test_every_figure_is_named_in_the_audit_log(household: Household, ada: int) -> None:
    household.opening.set_pay(to_date(ada))

    assert household.actions()[-1] == "Recorded pay to date"
    with household.book.read() as reading:
        assert reading.count(Commitment) == 0
