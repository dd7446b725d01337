"""The start of a tax year, told in order: from the last payday of the old year to the first bill.

Ada is paid every Monday for the week before, and has been since January on a month 1 code. Bo
starts in the middle of April with a P45. Easter Monday is the first payday of the new tax year,
and the banks are closed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from dpemployer.errors import PayRunBlockedError
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.household import EmployerScheme, OpeningHousehold
from dpemployer.payroll.people import OpeningPay, PayType, StarterDeclaration
from dpemployer.periods import PayFrequency, TaxYear
from dpemployer.services.opening import Opening
from dpemployer.services.pay_runs import PayRuns
from dpemployer.services.people import People
from dpemployer.services.rows import CommitmentKind
from dpemployer.services.timesheets import Timesheets
from dpemployer.store.book import Book
from tests.builders import RATES, SLEEP_IN, a_rate, an_employment, pounds
from tests.services.household import Household, sleep_in

if TYPE_CHECKING:
    from collections.abc import Iterator

NEW_YEAR = TaxYear(2026)
EASTER_MONDAY = date(2026, 4, 6)
A_WEEK = timedelta(days=7)


@pytest.fixture
def household() -> Iterator[Household]:
    """A household with a book that began on 1 March 2026."""
    with Book.in_memory(who="Helen Ashby") as book:
        found = Household(
            book,
            People(book, RATES),
            Opening(book, RATES),
            Timesheets(book, RATES),
            PayRuns(book, RATES),
        )
        found.people.set_scheme(
            EmployerScheme(
                0,
                date(2025, 4, 6),
                paye_reference="123/AB45678",
                pays_quarterly=True,
                claims_employment_allowance=True,
            )
        )
        found.opening.set_household(
            OpeningHousehold(0, date(2026, 3, 15), "payslips by hand", pounds("321.00"))
        )
        yield found


def test_a_tax_year_begins(household: Household) -> None:  # noqa: PLR0915 - a story is told whole
    people, pay_runs = household.people, household.pay_runs

    # ── Ada worked through the end of the old tax year, on a month 1 code ──
    ada = household.take_on(
        an_employment(started_on=date(2026, 1, 5), period_anchor=date(2026, 1, 5), days_after=1),
        rates=(
            a_rate("12.21", from_day=date(2026, 1, 5)),
            replace(SLEEP_IN, from_day=date(2026, 1, 5)),
        ),
        code="1257L M1",
    )
    household.opening.set_pay(
        OpeningPay(
            0,
            ada,
            "2025-26",
            "payslip of 9 March 2026",
            pay=pounds("3300.00"),
            taxable_pay=pounds("3300.00"),
            tax=pounds("122.40"),
        )
    )
    for monday in (date(2026, 3, 9), date(2026, 3, 16), date(2026, 3, 23)):
        household.hours(ada, monday)
        household.pay(ada, monday)

    last_of_old = household.slips(ada)[-1]
    assert (last_of_old.pay_date, last_of_old.tax_year) == (date(2026, 3, 30), "2025-26")
    assert last_of_old.tax_code == "1257L M1"
    old_year = pay_runs.year_to_date(ada, date(2026, 4, 5))
    assert old_year.gross_pay == pounds("4398.90")

    # ── the week before Easter is paid on Easter Monday: the banks are closed ──
    household.hours(ada, date(2026, 3, 30))
    easter = household.draft(ada, date(2026, 3, 30))
    preview = pay_runs.preview(easter)

    assert (preview.pay_date, preview.paid_on, preview.moved) == (
        EASTER_MONDAY,
        date(2026, 4, 2),
        True,
    )
    codes = {finding.code for finding in preview.findings}
    assert {"payday_moved", "week1_ended"} <= codes
    # The minimum wage rose on 1 April, and this week began on 30 March.
    assert "minimum_wage_short" not in codes
    pay_runs.finalise(easter)
    first_of_new = household.slips(ada)[-1]
    assert (first_of_new.tax_year, first_of_new.tax_period) == ("2026-27", 1)
    assert first_of_new.tax_code == "1257L"
    assert pay_runs.year_to_date(ada, EASTER_MONDAY).gross_pay == first_of_new.gross_pay

    # ── the week after, the old rate is no longer lawful, and says so ──
    household.hours(ada, EASTER_MONDAY)
    with pytest.raises(PayRunBlockedError) as refused:
        household.pay(ada, EASTER_MONDAY)
    assert "£15.00 less than the minimum wage" in refused.value.why
    people.set_rate(a_rate("13.20", employment_id=ada, from_day=EASTER_MONDAY))
    household.pay(ada, EASTER_MONDAY)
    assert household.slips(ada)[-1].gross_pay == pounds("396.00")
    assert pay_runs.differences(NEW_YEAR, ada) == ()

    # ── Bo starts on 20 April with a P45, and sleeps in ──
    suggested = people.suggest_tax_code(
        StarterDeclaration.P45,
        date(2026, 4, 20),
        p45_code="1257L",
        p45_left_on=date(2026, 4, 17),
        frequency=PayFrequency.WEEKLY,
    )
    assert suggested.counts_p45
    bo = household.take_on(
        an_employment(
            started_on=date(2026, 4, 20),
            period_anchor=date(2026, 4, 20),
            days_after=1,
            starter_declaration=StarterDeclaration.P45,
        ),
        code=suggested.code,
        letter="",
        first_names="Bo",
        nino="",
        born_on=date(2007, 3, 1),
    )
    household.opening.set_p45(
        bo, NEW_YEAR, "P45 of 17 April 2026", pounds("1140.00"), pounds("82.80")
    )
    for employment in (ada, bo):
        household.hours(employment, date(2026, 4, 13) if employment == ada else date(2026, 4, 20))
    household.pay(ada, date(2026, 4, 13))

    household.hours(ada, date(2026, 4, 20))
    sheet = household.timesheets.open(bo, date(2026, 4, 20))
    household.timesheets.unapprove(sheet)
    household.timesheets.add_shift(
        sleep_in(date(2026, 4, 21), timesheet_id=sheet, awake_minutes=30)
    )
    household.timesheets.approve(sheet, "Helen Ashby", date(2026, 4, 27))
    (due,) = pay_runs.due(date(2026, 4, 26))
    assert [name for _employment, name in due.people] == ["Ada Keane", "Bo Keane"]
    run = pay_runs.draft(due.frequency, due.first_day, due.last_day)
    outcome = pay_runs.finalise(run)

    assert outcome.payslips == 2
    (slip,) = household.slips(bo)
    assert (slip.ni_letter, slip.employer_ni) == ("M", NOTHING)
    assert [(line.pay_type, line.amount) for line in slip.lines] == [
        (PayType.BASIC, pounds("396.00")),
        (PayType.SLEEP_IN, pounds("58.00")),
    ]
    # 1,140.00 and 454.00 are 1,594.00; four weeks of 241.92 are free; 20% of 626 less 82.80.
    assert slip.tax == pounds("42.40")
    assert pay_runs.explain(run, bo, "tax").steps[-1].result == "£42.40"

    # ── the first bill to HMRC: the allowance pays the employer's part ──
    month = pay_runs.employer_payment(NEW_YEAR, 1)
    shown = {figure.key: figure.amount for figure in month.figures}
    slips = [
        one for one in (*household.slips(ada), *household.slips(bo)) if one.tax_year == "2026-27"
    ]
    assert shown["employer_ni"] == Money.total(one.employer_ni for one in slips)
    assert shown["allowance"] == -shown["employer_ni"]
    assert month.due_amount == Money.total(one.tax + one.employee_ni for one in slips)
    owed = [one for one in household.owed(CommitmentKind.HMRC) if one.tax_month == "2026-27/1"]
    assert Money.total(one.amount for one in owed) == month.due_amount
    assert {one.due for one in owed} == {date(2026, 7, 22)}

    # ── a mistake comes to light: Ada's week after Easter had an hour too many ──
    wrong = next(one for one in household.slips(ada) if one.first_day == EASTER_MONDAY)
    corrected = pay_runs.correct(wrong.pay_run_id, "an hour too many on 6 April")
    sheet = household.timesheets.open(ada, EASTER_MONDAY)
    household.timesheets.unapprove(sheet)
    shift = household.timesheets.show(sheet).shifts[0].shift
    household.timesheets.change_shift(replace(shift, minutes=shift.minutes - 60))
    household.timesheets.approve(sheet, "Helen Ashby", date(2026, 4, 28))
    pay_runs.finalise(corrected.draft_id)

    wages = household.owed(CommitmentKind.WAGES, employment_id=ada)
    assert Money.total(one.amount for one in wages) == Money.total(
        one.net_pay for one in household.slips(ada)
    )
    owed = [one for one in household.owed(CommitmentKind.HMRC) if one.tax_month == "2026-27/1"]
    due_now = pay_runs.employer_payment(NEW_YEAR, 1).due_amount
    assert Money.total(one.amount for one in owed) == due_now
    # A cumulative code looks back, so the later paydays would come out the same now.
    assert pay_runs.differences(NEW_YEAR, ada) == ()
    assert household.actions()[-1] == "Finalised a pay run"
