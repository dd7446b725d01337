"""Pay runs are fixed once finalised, leave what they owe, and are put right only by reversal."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dpemployer.errors import (
    AlreadyFinalisedError,
    EntryError,
    PayRunBlockedError,
    RatesUnknownError,
    RefusedError,
)
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.household import OpeningHousehold
from dpemployer.payroll.inputs import inputs_from
from dpemployer.payroll.payday import PayRunStatus
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import (
    HolidayClass,
    OpeningHoliday,
    PaidWeek,
    PayType,
    PensionMembership,
)
from dpemployer.payroll.work_out import work_out
from dpemployer.periods import PayFrequency, TaxMonth, TaxYear
from dpemployer.services.rows import Commitment, CommitmentKind
from tests.builders import (
    MONDAY,
    RATES,
    a_rate,
    a_shift,
    an_employment,
    holiday_terms,
    pounds,
    regular,
    regular_terms,
)
from tests.services.household import RATES_HELD, sleep_in

if TYPE_CHECKING:
    from dpemployer.services.pay_runs import PayRuns
    from tests.services.household import Household

YEAR = TaxYear(2026)
NEXT_MONDAY = date(2026, 6, 8)
WAGES, HMRC, PENSION = CommitmentKind.WAGES, CommitmentKind.HMRC, CommitmentKind.PENSION


@pytest.fixture
def ada(household: Household) -> int:
    """Somebody paid weekly, who has worked thirty approved hours from 1 June 2026."""
    employment = household.take_on()
    household.hours(employment)
    return employment


# ── what is due ──


def test_a_payday_is_due_for_everybody_who_shares_it(household: Household, ada: int) -> None:
    bo = household.take_on(first_names="Bo", nino="")
    household.hours(bo)
    draft = household.draft(ada)

    rows = household.pay_runs.due(date(2026, 6, 7))

    june = next(row for row in rows if row.first_day == MONDAY)
    assert june.people == ((ada, "Ada Keane"), (bo, "Bo Keane"))
    assert (june.pay_date, june.paid_on, june.pay_run_id) == (
        date(2026, 6, 12),
        date(2026, 6, 12),
        draft,
    )


def test_a_payday_that_is_final_is_not_due(household: Household, ada: int) -> None:
    household.pay(ada)

    rows = household.pay_runs.due(date(2026, 6, 14))

    assert [row.first_day for row in rows] == [NEXT_MONDAY]


def test_paydays_before_the_book_are_not_due(household: Household, ada: int) -> None:
    household.opening.set_household(OpeningHousehold(0, date(2026, 6, 5), "a test"))

    rows = household.pay_runs.due(date(2026, 6, 7))

    # The week to 31 May was paid on 5 June, the last day before the book.
    assert [row.first_day for row in rows] == [MONDAY]
    assert rows[0].people == ((ada, "Ada Keane"),)


def test_without_a_beginning_long_gone_paydays_are_not_due(household: Household) -> None:
    ada = household.take_on(an_employment(started_on=date(2020, 1, 6)))

    rows = household.pay_runs.due(date(2026, 6, 7))

    assert rows[0].pay_date == date(2026, 4, 10)
    assert household.pay_runs.due(date(2026, 1, 7))[0].people == ((ada, "Ada Keane"),)


def test_a_missed_payday_with_hours_is_due_however_much_has_been_paid_since(
    household: Household, ada: int
) -> None:
    household.hours(ada, NEXT_MONDAY)
    household.pay(ada, NEXT_MONDAY)
    household.timesheets.open(ada, date(2026, 5, 25))

    rows = household.pay_runs.due(date(2026, 6, 14))

    assert [row.first_day for row in rows] == [MONDAY]


def test_the_same_days_on_different_paydays_are_different_pay_runs(household: Household) -> None:
    ada = household.take_on()
    bo = household.take_on(an_employment(days_after=1), first_names="Bo", nino="")
    for employment in (ada, bo):
        household.hours(employment)
    weekly, first, last = PayFrequency.WEEKLY, MONDAY, date(2026, 6, 7)

    with pytest.raises(EntryError, match="different paydays"):
        household.pay_runs.draft(weekly, first, last)
    run = household.pay_runs.draft(weekly, first, last, date(2026, 6, 8))

    assert [slip.name for slip in household.pay_runs.preview(run).payslips] == ["Bo Keane"]
    with pytest.raises(EntryError, match="Nobody is paid"):
        household.pay_runs.draft(weekly, first, last, date(2026, 6, 9))


# ── drafts ──


def test_a_draft_is_begun_once(household: Household, ada: int) -> None:
    assert household.draft(ada) == household.draft(ada)
    assert household.actions()[-1] == "Began a pay run"


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 6, 2), date(2026, 6, 8)),
        (MONDAY, date(2026, 6, 14)),
        (date(2026, 3, 30), date(2026, 4, 5)),
    ],
)
def test_only_pay_periods_can_be_paid(
    household: Household, ada: int, first: date, last: date
) -> None:
    assert ada
    with pytest.raises(EntryError, match="Nobody is paid for"):
        household.pay_runs.draft(PayFrequency.WEEKLY, first, last)


def test_a_payday_outside_the_years_known_is_refused_by_name(household: Household) -> None:
    ada = household.take_on()

    with pytest.raises(RatesUnknownError, match="9 April 2027"):
        household.draft(ada, date(2027, 3, 29))
    assert household.pay_runs.runs() == ()


def test_a_draft_can_be_given_up(household: Household, ada: int) -> None:
    household.pay_runs.discard(household.draft(ada))

    assert household.pay_runs.runs() == ()


def test_a_draft_follows_what_changes(household: Household, ada: int) -> None:
    run = household.draft(ada)
    before = household.pay_runs.preview(run)
    sheet = household.timesheets.open(ada, MONDAY)
    household.timesheets.unapprove(sheet)
    household.timesheets.add_shift(sleep_in(timesheet_id=sheet))

    after = household.pay_runs.preview(run)

    assert (before.gross_pay, after.gross_pay) == (pounds("396.00"), pounds("454.00"))
    assert (before.blocked, after.blocked) == (False, True)
    assert after.findings[0].code == "timesheet_not_approved"


def test_a_preview_shows_every_figure(household: Household, ada: int) -> None:
    preview = household.pay_runs.preview(household.draft(ada))

    (row,) = preview.payslips
    assert (preview.status, preview.moved, row.payslip_id) == (PayRunStatus.DRAFT, False, None)
    assert (row.name, row.tax_code, row.ni_letter, row.minutes) == ("Ada Keane", "1257L", "A", 1800)
    assert [(figure.key, figure.amount) for figure in row.figures] == [
        ("line:0", pounds("396.00")),
        ("gross_pay", pounds("396.00")),
        ("taxable_pay", pounds("396.00")),
        ("tax", NOTHING),
        ("employee_ni", pounds("12.32")),
        ("net_pay", pounds("383.68")),
        ("employer_ni", pounds("45.00")),
    ]
    assert (preview.deductions, preview.net_pay) == (pounds("12.32"), pounds("383.68"))
    assert preview.employer_cost == pounds("441.00")
    assert row.year_to_date.gross_pay == pounds("396.00")
    assert (row.holiday.earned, row.holiday.left) == (240, 240)


def test_every_figure_of_a_draft_can_be_explained(household: Household, ada: int) -> None:
    run = household.draft(ada)
    (row,) = household.pay_runs.preview(run).payslips

    for figure in row.figures:
        explained = household.pay_runs.explain(run, ada, figure.key)
        assert explained.steps
        assert (explained.label, explained.amount) == (figure.label, figure.amount)
    ni = household.pay_runs.explain(run, ada, "employee_ni")
    assert ni.text.startswith(
        "1. Employee’s National Insurance: Of £396.00, the part over £242.00 is £154.00. 8% of it "
        "is £12.32.\nFigures: pay: £396.00; threshold: £242.00; part: £154.00; percent: 8\n"
        "Comes to: £12.32\nRounded: by the third decimal place alone"
    )
    assert household.pay_runs.explain(run, ada, "holiday").amount is None
    assert household.pay_runs.explain(run, ada, "minimum_wage").steps
    with pytest.raises(LookupError):
        household.pay_runs.explain(run, ada, "colour")
    with pytest.raises(LookupError):
        household.pay_runs.explain(run, 99, "tax")


def test_somebody_without_hours_is_named_and_not_paid(household: Household, ada: int) -> None:
    bo = household.take_on(first_names="Bo", nino="")
    household.timesheets.open(bo, MONDAY)

    preview = household.pay_runs.preview(household.draft(ada))

    assert [row.employment_id for row in preview.payslips] == [ada]
    assert [found.subject for found in preview.findings if found.code == "no_timesheet"] == [
        "Bo Keane"
    ]
    assert household.pay(ada).payslips == 1
    assert household.pay_runs.due(date(2026, 6, 7))[-1].people == ((bo, "Bo Keane"),)


def test_an_approved_empty_timesheet_makes_a_payslip_for_nothing(household: Household) -> None:
    ada = household.take_on()
    household.hours(ada, minutes=720)
    household.pay(ada)
    household.hours(ada, NEXT_MONDAY, days=0)

    final = household.pay(ada, NEXT_MONDAY)

    # A week more of free pay and no pay: tax comes back.
    (slip,) = household.slips(ada)[1:]
    assert slip.gross_pay == NOTHING
    assert final.net_pay == -slip.tax
    assert slip.tax < NOTHING or household.slips(ada)[0].tax == NOTHING


def test_a_joiner_and_a_leaver_are_paid_for_their_own_days(household: Household) -> None:
    joiner = household.take_on(an_employment(started_on=date(2026, 6, 4)))
    household.hours(joiner, date(2026, 6, 4), days=2)
    leaver = household.take_on(an_employment(left_on=date(2026, 6, 3)), first_names="Bo", nino="")
    household.hours(leaver, days=3)

    preview = household.pay_runs.preview(household.draft(joiner))

    assert [row.gross_pay for row in preview.payslips] == [pounds("158.40"), pounds("237.60")]
    assert "has_left" in {finding.code for finding in preview.payslips[1].findings}
    household.pay(joiner)
    assert household.pay_runs.due(date(2026, 6, 14))[0].people == ((joiner, "Ada Keane"),)


def test_employing_somebody_twice_is_looked_at(household: Household, ada: int) -> None:
    person = household.people.employment(ada, MONDAY).assistant
    household.people.take_on(
        regular(id=0, assistant_id=person.id, payroll_id=""), RATES_HELD, "BR", "A"
    )

    preview = household.pay_runs.preview(household.draft(ada))

    assert "pay_must_be_added_together" in {finding.code for finding in preview.findings}


# ── finalising ──


def test_finalising_fixes_payslips_and_what_is_owed(household: Household, ada: int) -> None:
    run = household.draft(ada)

    outcome = household.pay_runs.finalise(run)

    assert (outcome.pay_run_id, outcome.payslips, outcome.net_pay) == (run, 1, pounds("383.68"))
    assert {(owed.kind, owed.payee, owed.amount) for owed in outcome.commitments} == {
        (WAGES, "Ada Keane", pounds("383.68")),
        (HMRC, "HMRC", pounds("57.32")),
    }
    (wages,) = household.owed(WAGES)
    assert (wages.incurred_on, wages.due, wages.employment_id) == (
        date(2026, 6, 7),
        date(2026, 6, 12),
        ada,
    )
    (hmrc,) = household.owed(HMRC)
    assert (hmrc.incurred_on, hmrc.due, hmrc.tax_month) == (
        date(2026, 6, 7),
        date(2026, 7, 22),
        "2026-27/3",
    )
    assert household.actions()[-1] == "Finalised a pay run"


def test_every_penny_of_gross_pay_is_owed_to_somebody(household: Household, ada: int) -> None:
    household.people.set_pension(PensionMembership(0, ada, date(2026, 4, 6), "NEST"))
    household.people.set_loan(ada, "1", date(2026, 4, 6), "SL1")

    outcome = household.pay(ada)

    (slip,) = household.slips(ada)
    total = Money.total(owed.amount for owed in outcome.commitments)
    assert total == slip.gross_pay + slip.employer_ni + slip.employer_pension
    (pension,) = household.owed(PENSION)
    assert (pension.payee, pension.amount) == (
        "NEST",
        slip.employee_pension + slip.employer_pension,
    )
    assert (pension.incurred_on, pension.due) == (date(2026, 6, 7), date(2026, 7, 22))


def test_pay_under_the_pension_level_leaves_the_provider_nothing(household: Household) -> None:
    ada = household.take_on()
    household.people.set_pension(PensionMembership(0, ada, date(2026, 4, 6), "NEST"))
    household.hours(ada, minutes=60, days=1)

    household.pay(ada)

    assert household.owed(PENSION) == []
    assert household.owed(HMRC) == []
    assert [owed.amount for owed in household.owed(WAGES)] == [pounds("13.20")]


def test_a_finalised_pay_run_cannot_be_finalised_again(household: Household, ada: int) -> None:
    run = household.draft(ada)
    household.pay_runs.finalise(run)

    with pytest.raises(AlreadyFinalisedError, match="already been finalised"):
        household.pay_runs.finalise(run)
    with pytest.raises(AlreadyFinalisedError, match="already been finalised"):
        household.pay_runs.discard(run)


def test_a_blocked_pay_run_leaves_nothing(household: Household) -> None:
    ada = household.take_on(rates=(a_rate("12.70"),))
    household.hours(ada)
    run = household.draft(ada)

    with pytest.raises(PayRunBlockedError, match="cannot be finalised yet"):
        household.pay_runs.finalise(run)

    assert household.slips(ada) == ()
    assert household.owed(WAGES) == []
    assert household.pay_runs.runs()[0].status is PayRunStatus.DRAFT


def test_a_final_is_shown_as_it_was_stored(household: Household, ada: int) -> None:
    run = household.draft(ada)
    draft = household.pay_runs.preview(run)
    household.pay_runs.finalise(run)
    household.people.set_tax_code(ada, date(2026, 4, 6), "BR", "typed late")

    final = household.pay_runs.preview(run)

    (stored,) = final.payslips
    assert stored == replace(draft.payslips[0], payslip_id=stored.payslip_id, findings=())
    assert household.pay_runs.payslip(stored.payslip_id or 0) == stored
    assert household.pay_runs.explain(run, ada, "tax").steps


def test_what_was_stored_can_be_worked_out_again(household: Household, ada: int) -> None:
    household.pay(ada)

    (slip,) = household.slips(ada)
    again = work_out(inputs_from(slip.inputs), RATES)

    assert (again.tax, again.employee_ni, again.net_pay) == (
        slip.tax,
        slip.employee_ni,
        slip.net_pay,
    )


def test_a_payday_when_banks_are_closed_is_paid_before_and_keeps_its_tax_week(
    household: Household,
) -> None:
    ada = household.take_on(an_employment(days_after=1))
    household.hours(ada, date(2026, 8, 24))

    household.pay(ada, date(2026, 8, 24))

    (slip,) = household.slips(ada)
    assert (slip.pay_date, slip.paid_on, slip.tax_period) == (
        date(2026, 8, 31),
        date(2026, 8, 28),
        22,
    )
    assert household.owed(WAGES)[0].due == date(2026, 8, 28)
    # 22 September is a Tuesday; 22 August 2026 is a Saturday and would be the 21st.
    assert household.owed(HMRC)[0].due == date(2026, 9, 22)


def test_due_days_on_which_banks_are_closed_are_the_banking_day_before(
    household: Household,
) -> None:
    ada = household.take_on()
    household.people.set_pension(PensionMembership(0, ada, date(2026, 4, 6), "NEST"))
    household.hours(ada, date(2026, 7, 6))

    household.pay(ada, date(2026, 7, 6))

    assert household.owed(HMRC)[0].due == date(2026, 8, 21)
    assert household.owed(PENSION)[0].due == date(2026, 8, 21)


@pytest.mark.parametrize(("day", "due"), [(5, date(2026, 6, 5)), (31, date(2026, 6, 22))])
def test_the_pension_is_due_on_the_providers_day_and_no_later_than_the_law_allows(
    household: Household, day: int, due: date
) -> None:
    household.scheme(pension_due_day=day)
    ada = household.take_on()
    household.people.set_pension(PensionMembership(0, ada, date(2026, 4, 6), "NEST"))
    household.hours(ada, date(2026, 5, 11))

    household.pay(ada, date(2026, 5, 11))

    assert household.owed(PENSION)[0].due == due


@pytest.mark.parametrize(
    ("frequency", "days", "tax_period"),
    [
        (PayFrequency.WEEKLY, 7, 9),
        (PayFrequency.FORTNIGHTLY, 14, 10),
        (PayFrequency.FOUR_WEEKLY, 28, 12),
    ],
)
def test_every_frequency_is_paid(
    household: Household, frequency: PayFrequency, days: int, tax_period: int
) -> None:
    ada = household.take_on(an_employment(frequency=frequency, days_after=0))
    household.hours(ada)

    household.pay(ada)

    (slip,) = household.slips(ada)
    assert (slip.last_day - slip.first_day).days + 1 == days
    assert slip.tax_period == tax_period


def test_a_month_is_paid(household: Household) -> None:
    ada = household.take_on(regular(), holiday=regular_terms())
    household.hours(ada)

    household.pay(ada)

    (slip,) = household.slips(ada)
    assert (slip.first_day, slip.last_day, slip.pay_date, slip.tax_period) == (
        MONDAY,
        date(2026, 6, 30),
        date(2026, 6, 30),
        3,
    )


def test_lists_of_runs_and_payslips(household: Household, ada: int) -> None:
    household.pay(ada)
    household.hours(ada, NEXT_MONDAY)
    household.pay(ada, NEXT_MONDAY)

    runs = household.pay_runs.runs(YEAR)

    assert [run.pay_date for run in runs] == [date(2026, 6, 19), date(2026, 6, 12)]
    assert [(run.payslips, run.gross_pay) for run in runs] == [(1, pounds("396.00"))] * 2
    assert household.pay_runs.runs(TaxYear(2025)) == ()
    assert (
        len(household.pay_runs.payslips(YEAR)) == len(household.pay_runs.payslips(YEAR, ada)) == 2
    )
    assert household.pay_runs.payslips(YEAR, 99) == ()
    assert household.pay_runs.year_to_date(ada, date(2026, 6, 18)).gross_pay == pounds("396.00")
    assert household.pay_runs.year_to_date(ada, date(2026, 6, 19)).gross_pay == pounds("792.00")


# ── HMRC: commitments always add up to the P32 figure ──


def owed_by_month(household: Household) -> dict[str, Money]:
    months: dict[str, Money] = defaultdict(lambda: NOTHING)
    for owed in household.owed(HMRC):
        months[owed.tax_month] += owed.amount
    return months


def p32_by_month(household: Household) -> dict[str, Money]:
    rows = {
        f"2026-27/{month}": household.pay_runs.employer_payment(YEAR, month).due_amount
        for month in range(1, 13)
    }
    return {month: due for month, due in rows.items() if due}


def test_hmrc_is_owed_by_the_tax_month(household: Household, ada: int) -> None:
    for day in (MONDAY, NEXT_MONDAY, date(2026, 6, 29)):
        if day != MONDAY:
            household.hours(ada, day)
        household.pay(ada, day)

    assert owed_by_month(household) == p32_by_month(household)
    assert set(owed_by_month(household)) == {"2026-27/3", "2026-27/4"}
    row = household.pay_runs.employer_payment(YEAR, 3)
    assert [(figure.key, figure.amount) for figure in row.figures] == [
        ("income_tax", NOTHING),
        ("employee_ni", pounds("24.64")),
        ("employer_ni", pounds("90.00")),
        ("due", pounds("114.64")),
    ]
    assert (row.months, row.due_on) == ((3,), date(2026, 7, 22))
    assert row.steps[0].result == "£114.64"


def test_the_allowance_is_used_in_order_until_it_is_gone(household: Household) -> None:
    household.scheme(claims_employment_allowance=True)
    household.opening.set_household(
        OpeningHousehold(0, date(2026, 5, 31), "a test", pounds("10390.00"))
    )
    ada = household.take_on()
    weeks = [MONDAY, NEXT_MONDAY, date(2026, 6, 29), date(2026, 7, 6)]
    for day in weeks:
        household.hours(ada, day)
        household.pay(ada, day)

    # 110.00 was left: 90.00 of it goes on June's two paydays, the last 20.00 on July's first.
    june, july = (household.pay_runs.employer_payment(YEAR, month) for month in (3, 4))
    assert (june.allowance_used, july.allowance_used) == (pounds("90.00"), pounds("20.00"))
    assert (june.due_amount, july.due_amount) == (pounds("24.64"), pounds("94.64"))
    assert (july.allowance_left, household.pay_runs.employer_payment(YEAR, 5).allowance_left) == (
        NOTHING,
        NOTHING,
    )
    assert owed_by_month(household) == p32_by_month(household)


def test_a_correction_in_one_month_moves_the_allowance_of_a_later_one(
    household: Household,
) -> None:
    household.scheme(claims_employment_allowance=True)
    household.opening.set_household(
        OpeningHousehold(0, date(2026, 5, 31), "a test", pounds("10440.00"))
    )
    ada = household.take_on()
    household.hours(ada, MONDAY)
    first = household.pay(ada, MONDAY)
    household.hours(ada, date(2026, 6, 29))
    household.pay(ada, date(2026, 6, 29))
    assert owed_by_month(household) == p32_by_month(household)

    household.pay_runs.correct(first.pay_run_id, "never worked")

    # June's 45.00 of allowance is free again, and July's 45.00 is covered whole by the 60.00.
    july = household.pay_runs.employer_payment(YEAR, 4)
    assert july.allowance_used == pounds("45.00")
    assert owed_by_month(household) == {"2026-27/3": NOTHING, **p32_by_month(household)}
    moved = household.owed(HMRC)[-1]
    assert (moved.tax_month, moved.amount) == ("2026-27/4", pounds("-30.00"))


def test_claiming_the_allowance_later_lowers_what_is_already_owed(household: Household) -> None:
    household.scheme()
    ada = household.take_on()
    household.hours(ada)
    household.pay(ada)

    household.scheme(claims_employment_allowance=True, pays_quarterly=True)

    assert owed_by_month(household) == p32_by_month(household) == {"2026-27/3": pounds("12.32")}
    assert {owed.due for owed in household.owed(HMRC)} == {date(2026, 7, 22)}
    assert household.owed(HMRC)[-1].pay_run_id is None


def test_going_over_to_paying_by_the_quarter_moves_the_days_it_is_due(
    household: Household,
) -> None:
    household.scheme()
    ada = household.take_on()
    for day in (MONDAY, date(2026, 7, 6), date(2026, 8, 10)):
        household.hours(ada, day)
        household.pay(ada, day)
    by_month = {owed.tax_month: owed.due for owed in household.owed(HMRC)}

    household.scheme(pays_quarterly=True)
    by_quarter = {owed.tax_month: owed.due for owed in household.owed(HMRC)}
    household.scheme()

    assert by_month == {
        "2026-27/3": date(2026, 7, 22),
        "2026-27/4": date(2026, 8, 21),
        "2026-27/5": date(2026, 9, 22),
    }
    assert by_quarter == {
        "2026-27/3": date(2026, 7, 22),
        "2026-27/4": date(2026, 10, 22),
        "2026-27/5": date(2026, 10, 22),
    }
    assert {owed.tax_month: owed.due for owed in household.owed(HMRC)} == by_month


def test_by_the_quarter_all_three_months_are_due_together(household: Household) -> None:
    household.scheme(pays_quarterly=True)
    ada = household.take_on()
    for day in (date(2026, 7, 6), date(2026, 8, 10), date(2026, 9, 14)):
        household.hours(ada, day)
        household.pay(ada, day)

    quarter = household.pay_runs.employer_payment_quarter(YEAR, 2)

    assert {owed.due for owed in household.owed(HMRC)} == {date(2026, 10, 22)}
    assert len(owed_by_month(household)) == 3
    assert quarter.due_amount == Money.total(owed.amount for owed in household.owed(HMRC))
    assert (quarter.months, quarter.due_on) == ((4, 5, 6), date(2026, 10, 22))


def test_what_was_owed_before_the_book_is_beside_it(household: Household, ada: int) -> None:
    household.opening.set_hmrc_owed(TaxMonth(YEAR, 3), pounds("100.00"), "payslips by hand")

    household.pay(ada)

    row = household.pay_runs.employer_payment(YEAR, 3)
    assert row.due_amount == pounds("157.32")
    assert [figure.amount for figure in row.figures if figure.key == "from_before"] == [
        pounds("100.00")
    ]
    assert owed_by_month(household) == p32_by_month(household)


def test_a_year_not_known_has_no_employer_payment(pay_runs: PayRuns) -> None:
    with pytest.raises(RatesUnknownError):
        pay_runs.employer_payment(TaxYear(2027), 1)


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.tuples(st.integers(60, 720), st.booleans()), min_size=1, max_size=6),
    st.booleans(),
)
def test_whatever_is_paid_and_taken_back_the_commitments_add_up(
    household: Household, weeks: list[tuple[int, bool]], claims: bool
) -> None:
    household.scheme(claims_employment_allowance=claims)
    ada = household.take_on(nino="", first_names=f"Ada {len(household.people.parties())}")
    for place, (minutes, corrected) in enumerate(weeks):
        day = MONDAY + timedelta(days=14 * place)
        household.hours(ada, day, minutes)
        final = household.pay(ada, day)
        if corrected:
            household.pay_runs.correct(final.pay_run_id, "a test")

    owed = {month: due for month, due in owed_by_month(household).items() if due}
    assert owed == p32_by_month(household)
    net = Money.total(slip.net_pay for slip in household.slips(ada))
    assert Money.total(one.amount for one in household.owed(WAGES, employment_id=ada)) == net


# ── corrections ──


def test_correcting_takes_everything_back_and_begins_again(household: Household, ada: int) -> None:
    household.people.set_pension(PensionMembership(0, ada, date(2026, 4, 6), "NEST"))
    first = household.pay(ada)

    outcome = household.pay_runs.correct(first.pay_run_id, " two hours too many ")

    original, mirror = household.slips(ada)
    assert (mirror.reverses_id, mirror.pay_run_id) == (original.id, outcome.reversal_id)
    assert mirror.net_pay == -original.net_pay
    assert household.pay_runs.year_to_date(ada, date(2026, 6, 12)).gross_pay == NOTHING
    assert household.pay_runs.holiday(ada, date(2026, 6, 12)).left == 0
    for kind in (WAGES, PENSION, HMRC):
        assert Money.total(owed.amount for owed in household.owed(kind)) == NOTHING
    reversal = household.pay_runs.preview(outcome.reversal_id)
    assert (reversal.status, reversal.reverses_id, reversal.reason) == (
        PayRunStatus.FINAL,
        first.pay_run_id,
        "two hours too many",
    )
    draft = household.pay_runs.preview(outcome.draft_id)
    assert (draft.status, draft.corrects_id) == (PayRunStatus.DRAFT, first.pay_run_id)
    assert draft.payslips[0].net_pay == draft.payslips[0].replaces_net_pay == original.net_pay


def test_the_replacement_is_what_it_should_have_been(household: Household, ada: int) -> None:
    first = household.pay(ada)
    outcome = household.pay_runs.correct(first.pay_run_id, "two hours too many")
    sheet = household.timesheets.open(ada, MONDAY)
    household.timesheets.unapprove(sheet)
    shift = household.timesheets.show(sheet).shifts[0].shift
    household.timesheets.change_shift(replace(shift, minutes=240))
    household.timesheets.approve(sheet, "Helen Ashby", date(2026, 6, 15))

    household.pay_runs.finalise(outcome.draft_id)

    slips = household.slips(ada)
    assert [slip.gross_pay for slip in slips] == [
        pounds("396.00"),
        pounds("-396.00"),
        pounds("369.60"),
    ]
    owed = Money.total(one.amount for one in household.owed(WAGES))
    assert owed == slips[2].net_pay
    assert owed_by_month(household) == p32_by_month(household)
    assert household.pay_runs.holiday(ada, date(2026, 6, 12)).left == 180
    runs = {run.pay_run_id: run for run in household.pay_runs.runs()}
    assert runs[first.pay_run_id].reversed_by_id == outcome.reversal_id
    assert runs[outcome.draft_id].corrects_id == first.pay_run_id
    assert household.pay_runs.due(date(2026, 6, 7)) == ()


def test_a_correction_of_a_correction(household: Household, ada: int) -> None:
    first = household.pay(ada)
    second = household.pay_runs.correct(first.pay_run_id, "wrong code")
    household.people.set_tax_code(ada, date(2026, 4, 6), "BR", "P6")
    household.pay_runs.finalise(second.draft_id)

    third = household.pay_runs.correct(second.draft_id, "wrong again")
    household.people.set_tax_code(ada, date(2026, 4, 6), "D0", "P6")
    household.pay_runs.finalise(third.draft_id)

    assert [slip.tax for slip in household.slips(ada)] == [
        NOTHING,
        NOTHING,
        pounds("79.20"),
        pounds("-79.20"),
        pounds("158.40"),
    ]
    assert owed_by_month(household) == p32_by_month(household)


def test_what_cannot_be_corrected(household: Household, ada: int) -> None:
    run = household.draft(ada)
    with pytest.raises(RefusedError, match="is not final"):
        household.pay_runs.correct(run, "a test")
    household.pay_runs.finalise(run)
    with pytest.raises(EntryError, match="reason for the correction is missing"):
        household.pay_runs.correct(run, " ")
    outcome = household.pay_runs.correct(run, "a test")

    with pytest.raises(RefusedError, match="already been taken back"):
        household.pay_runs.correct(run, "again")
    with pytest.raises(RefusedError, match="takes another one back"):
        household.pay_runs.correct(outcome.reversal_id, "again")


def test_a_correction_given_up_leaves_the_payday_due_again(household: Household, ada: int) -> None:
    outcome = household.pay_runs.correct(household.pay(ada).pay_run_id, "never worked")

    household.pay_runs.discard(outcome.draft_id)

    assert household.pay_runs.due(date(2026, 6, 7))[-1].people == ((ada, "Ada Keane"),)
    assert household.pay(ada).payslips == 1


def test_the_reason_is_in_the_audit_log(household: Household, ada: int) -> None:
    household.pay_runs.correct(household.pay(ada).pay_run_id, "two hours too many")

    assert household.actions()[-1] == "Corrected a pay run"


def test_later_paydays_that_would_differ_are_shown_and_left_alone(
    household: Household, ada: int
) -> None:
    household.people.set_tax_code(ada, date(2026, 4, 6), "BR", "P6")
    first = household.pay(ada)
    household.hours(ada, NEXT_MONDAY)
    household.pay(ada, NEXT_MONDAY)
    assert household.pay_runs.differences(YEAR, ada) == ()

    outcome = household.pay_runs.correct(first.pay_run_id, "two hours too many")
    sheet = household.timesheets.open(ada, MONDAY)
    household.timesheets.unapprove(sheet)
    shift = household.timesheets.show(sheet).shifts[0].shift
    household.timesheets.change_shift(replace(shift, minutes=300))
    household.timesheets.approve(sheet, "Helen Ashby", date(2026, 6, 22))
    household.pay_runs.finalise(outcome.draft_id)
    household.people.set_tax_code(ada, date(2026, 6, 15), "NT", "typed late")

    rows = household.pay_runs.differences(YEAR, ada)

    # BR on 382.80 is 76.40; a code without tax gives all of it back on the later payday.
    assert {(row.figure, row.as_issued, row.as_now) for row in rows} == {
        ("tax", pounds("79.20"), pounds("-76.40")),
        ("net_pay", pounds("304.48"), pounds("460.08")),
    }
    assert {row.pay_date for row in rows} == {date(2026, 6, 19)}
    assert rows[0].difference == rows[0].as_now - rows[0].as_issued
    assert len(household.slips(ada)) == 4


def test_a_payslip_with_holiday_is_worked_out_again_without_counting_itself(
    household: Household, ada: int
) -> None:
    household.pay(ada)
    sheet = household.timesheets.open(ada, NEXT_MONDAY)
    household.timesheets.add_shift(a_shift(NEXT_MONDAY, 720, timesheet_id=sheet))
    household.timesheets.add_shift(
        a_shift(date(2026, 6, 9), 240, PayType.HOLIDAY, "Holiday", timesheet_id=sheet)
    )
    household.timesheets.approve(sheet, "Helen Ashby", date(2026, 6, 15))
    household.pay(ada, NEXT_MONDAY)

    assert household.pay_runs.differences(YEAR, ada) == ()


def test_a_schedule_that_has_changed_does_not_stop_a_correction(
    household: Household, ada: int
) -> None:
    first = household.pay(ada)
    contract = household.people.employment(ada, MONDAY).employment
    household.people.change_employment(
        replace(contract, frequency=PayFrequency.FOUR_WEEKLY, period_anchor=NEXT_MONDAY)
    )

    outcome = household.pay_runs.correct(first.pay_run_id, "wrong rate")

    assert household.pay_runs.finalise(outcome.draft_id).payslips == 1


# ── holiday ──


def test_holiday_is_opening_and_earned_less_taken(household: Household) -> None:
    ada = household.take_on()
    household.opening.set_holiday(OpeningHoliday(0, ada, date(2026, 5, 31), 600, "a test"))
    household.opening.set_paid_weeks(
        ada, (PaidWeek(0, ada, date(2026, 5, 31), 600, pounds("150.00")),)
    )
    sheet = household.timesheets.open(ada, MONDAY)
    household.timesheets.add_shift(a_shift(minutes=1200, timesheet_id=sheet))
    household.timesheets.add_shift(
        a_shift(date(2026, 6, 3), 240, PayType.HOLIDAY, "Holiday", timesheet_id=sheet)
    )
    household.timesheets.approve(sheet, "Helen Ashby", NEXT_MONDAY)
    household.pay(ada)

    row = household.pay_runs.holiday(ada, date(2026, 6, 12))

    assert (row.brought_forward, row.earned, row.taken, row.left) == (600, 120, 240, 480)
    assert (row.name, row.leave_year_first) == ("Ada Keane", date(2026, 4, 6))
    (slip,) = household.slips(ada)
    assert slip.lines[1].amount == pounds("60.00")
    assert (slip.holiday_minutes_earned, slip.holiday_minutes_taken) == (120, 240)


def test_holiday_pay_looks_back_over_what_was_paid_here(household: Household, ada: int) -> None:
    household.pay(ada)
    sheet = household.timesheets.open(ada, NEXT_MONDAY)
    household.timesheets.add_shift(
        a_shift(NEXT_MONDAY, 60, PayType.HOLIDAY, "Holiday", timesheet_id=sheet)
    )
    household.timesheets.approve(sheet, "Helen Ashby", NEXT_MONDAY)
    household.people.set_rate(a_rate("20.00", employment_id=ada, from_day=NEXT_MONDAY))

    household.pay(ada, NEXT_MONDAY)

    assert household.slips(ada)[1].gross_pay == pounds("13.20")


def test_weeks_taken_back_do_not_count_in_the_average(household: Household, ada: int) -> None:
    household.pay_runs.correct(household.pay(ada).pay_run_id, "never worked")
    sheet = household.timesheets.open(ada, NEXT_MONDAY)
    household.timesheets.add_shift(
        a_shift(NEXT_MONDAY, 60, PayType.HOLIDAY, "Holiday", timesheet_id=sheet)
    )
    household.timesheets.approve(sheet, "Helen Ashby", NEXT_MONDAY)
    household.people.set_rate(a_rate("20.00", employment_id=ada, from_day=NEXT_MONDAY))

    household.pay(ada, NEXT_MONDAY)

    # No paid week stands, so the usual rate is used.
    assert household.slips(ada)[-1].gross_pay == pounds("20.00")


def test_in_northern_ireland_holiday_is_weeks_of_the_average(household: Household) -> None:
    ada = household.take_on(holiday=holiday_terms(holiday_class=HolidayClass.NORTHERN_IRELAND))
    household.opening.set_paid_weeks(
        ada, (PaidWeek(0, ada, date(2026, 5, 31), 600, pounds("150.00")),)
    )
    household.hours(ada, minutes=120)
    household.pay(ada)

    row = household.pay_runs.holiday(ada, date(2026, 6, 12))

    assert row.earned == 3360
    assert household.pay_runs.preview(household.draft(ada, NEXT_MONDAY)).payslips == ()


def test_regular_hours_have_the_year_at_its_start(household: Household) -> None:
    ada = household.take_on(regular(), holiday=regular_terms(leave_year_start=date(2026, 4, 6)))

    assert household.pay_runs.holiday(ada, MONDAY).left == 112 * 60


# ── the questions stay small ──


def test_a_payslip_is_found_without_reading_the_years_before(household: Household) -> None:
    ada = household.take_on(an_employment(started_on=date(2025, 4, 7)))
    household.people.set_rate(a_rate(employment_id=ada, from_day=date(2025, 4, 7)))
    household.people.set_tax_code(ada, date(2025, 4, 7), "1257L", "P9")
    household.people.set_ni_letter(ada, date(2025, 4, 7), "A")
    for week in (date(2026, 3, 16), date(2026, 3, 23), date(2026, 4, 6)):
        household.hours(ada, week)
        household.pay(ada, week)

    slips = household.slips(ada)

    assert [slip.tax_year for slip in slips] == ["2025-26", "2025-26", "2026-27"]
    assert inputs_from(slips[2].inputs).taxable_pay_to_date == NOTHING
    assert inputs_from(slips[1].inputs).taxable_pay_to_date == pounds("396.00")


def test_windows_are_told_what_finalising_touched(household: Household, ada: int) -> None:
    run = household.draft(ada)
    touched: list[type] = []
    household.book.listen(touched.extend)

    household.pay_runs.finalise(run)

    assert {Payslip, Commitment} <= set(touched)


def test_the_same_job_recorded_twice_is_not_paid_twice(household: Household) -> None:
    first = household.take_on()
    job = household.people.employment(first, MONDAY).employment
    again = replace(job, id=0, payroll_id="")
    second = household.people.take_on(again, RATES_HELD, "1257L", "A")
    household.hours(first)
    run = household.draft(first)

    codes = {finding.code for finding in household.pay_runs.preview(run).findings}
    assert {"same_job_twice", "pay_must_be_added_together"} <= codes
    for rate in household.people.employment(second, MONDAY).rates:
        household.people.set_rate(replace(rate, rate=rate.rate + pounds("1.00")))

    codes = {finding.code for finding in household.pay_runs.preview(run).findings}
    assert "same_job_twice" not in codes
