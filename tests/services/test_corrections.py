"""A correction shows what it does to later payslips before it happens, and then does just that."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dpemployer.errors import PayRunBlockedError, RefusedError
from dpemployer.money import Money
from dpemployer.payroll.people import PayRate
from dpemployer.periods import PayFrequency, TaxYear
from dpemployer.services.corrections import Corrections
from dpemployer.services.opening import Opening
from dpemployer.services.pay_runs import PayRuns
from dpemployer.services.people import People
from dpemployer.services.rows import CommitmentKind, PayRunStatus
from dpemployer.services.timesheets import Timesheets
from dpemployer.store.book import Book
from tests.builders import MONDAY, RATES, an_employment, regular
from tests.services.household import Household

if TYPE_CHECKING:
    from dpemployer.services.rows import PayRunCorrected

YEAR = TaxYear(2026)
SECOND, THIRD = MONDAY + timedelta(days=7), MONDAY + timedelta(days=14)


@pytest.fixture
def corrections(book: Book, household: Household) -> Corrections:
    return Corrections(book, household.pay_runs)


@pytest.fixture
def ada(household: Household) -> int:
    household.scheme()
    return household.take_on(an_employment(started_on=MONDAY), code="1000L")


def three_weeks(household: Household, employment_id: int, minutes: int = 600) -> list[int]:
    """Pay three weeks of fifty hours, enough for tax; return the pay runs."""
    runs = []
    for day in (MONDAY, SECOND, THIRD):
        household.hours(employment_id, day, minutes)
        runs.append(household.pay(employment_id, day).pay_run_id)
    return runs


def take_back(household: Household, run: int, day: date, minutes: int) -> PayRunCorrected:
    """Take a payday back and put other hours on its timesheet."""
    corrected = household.pay_runs.correct(run, "Hours were wrong.")
    (sheet,) = (row for row in household.timesheets.of_day(day) if row.timesheet_id)
    household.timesheets.unapprove(sheet.timesheet_id)
    for row in household.timesheets.show(sheet.timesheet_id).shifts:
        household.timesheets.change_shift(replace(row.shift, minutes=minutes))
    household.timesheets.approve(sheet.timesheet_id, "Helen Ashby", day)
    return corrected


def standing_tax(household: Household, employment_id: int) -> Money:
    return Money.total(slip.tax for slip in household.slips(employment_id))


def test_other_hours_on_a_cumulative_code_move_no_later_tax(
    household: Household, corrections: Corrections, ada: int
) -> None:
    """Tax due to date and tax taken to date fall by the same, so the weeks after stay."""
    runs = three_weeks(household, ada)
    draft = take_back(household, runs[0], MONDAY, 300).draft_id

    assert corrections.later(draft) == ()
    assert household.pay_runs.preview(draft).status is PayRunStatus.DRAFT


def test_a_missed_code_change_shows_every_payslip_it_would_alter(
    household: Household, corrections: Corrections, ada: int
) -> None:
    """From the second payday the code should have been BR, one fifth of all pay to date."""
    runs = three_weeks(household, ada)
    household.people.set_tax_code(ada, date(2026, 6, 15), "BR", "a notice that came late")
    draft = household.pay_runs.correct(runs[1], "The notice was overlooked.").draft_id
    before = household.actions()

    (third,) = corrections.later(draft)

    assert (third.pay_run_id, third.name, third.blocked) == (runs[2], "Ada Keane", "")
    assert [label for label, _was, _now in third.figures] == ["Income tax", "Net pay"]
    was, now = third.figures[0][1:]
    assert third.change == was - now
    assert household.actions() == before, "looking changes nothing"


def test_what_was_shown_is_what_happens(
    household: Household, corrections: Corrections, ada: int
) -> None:
    runs = three_weeks(household, ada)
    household.people.set_tax_code(ada, date(2026, 6, 15), "BR", "a notice that came late")
    draft = household.pay_runs.correct(runs[1], "The notice was overlooked.").draft_id
    shown = corrections.later(draft)

    outcome, done = corrections.finalise_and_follow(draft)

    assert outcome.pay_run_id == draft
    assert done == shown
    standing = household.slips(ada)[-1]
    assert standing.net_pay == shown[0].net_after
    assert standing_tax(household, ada) == Money(396_00)  # a fifth of 3 x 660.00
    assert household.actions()[-2:] == ("Finalised a pay run", "Worked a later payday out again")
    assert corrections.later(draft) == ()
    assert household.pay_runs.differences(YEAR, ada) == ()
    owed = Money.total(one.amount for one in household.owed(CommitmentKind.HMRC))
    months = [household.pay_runs.employer_payment(YEAR, month).due_amount for month in (3,)]
    assert owed == Money.total(months)


def test_they_can_be_put_right_one_by_one(
    household: Household, corrections: Corrections, ada: int
) -> None:
    runs = three_weeks(household, ada)
    household.people.set_tax_code(ada, date(2026, 6, 15), "BR", "a notice that came late")
    draft = household.pay_runs.correct(runs[1], "The notice was overlooked.").draft_id
    household.pay_runs.finalise(draft)
    (row,) = corrections.later(draft)

    stands = corrections.recalculate(row.pay_run_id, draft)

    assert corrections.later(draft) == ()
    preview = household.pay_runs.preview(stands)
    assert preview.reason == "Follows from the payday of 19 June 2026: The notice was overlooked."
    with pytest.raises(RefusedError, match="does not come after"):
        corrections.recalculate(row.pay_run_id, draft)


def test_a_later_payday_that_is_blocked_is_said_and_left(
    household: Household, corrections: Corrections, ada: int
) -> None:
    """The rate of the third week was put in below the minimum wage since."""
    runs = three_weeks(household, ada)
    household.people.set_tax_code(ada, date(2026, 6, 15), "BR", "a notice that came late")
    household.people.set_rate(
        PayRate(
            0, ada, THIRD, next(iter(household.slips(ada)[0].lines)).pay_type, "Day", Money(1_00)
        )
    )
    draft = household.pay_runs.correct(runs[1], "The notice was overlooked.").draft_id

    (third,) = corrections.later(draft)
    assert "minimum wage" in third.blocked
    _outcome, done = corrections.finalise_and_follow(draft)

    assert done == (third,)
    assert household.pay_runs.preview(runs[2]).status is PayRunStatus.FINAL
    with pytest.raises(PayRunBlockedError):
        corrections.recalculate(runs[2], draft)
    assert household.slips(ada)[-1].pay_run_id == draft, "nothing half done"


def test_a_draft_that_is_blocked_says_why(
    household: Household, corrections: Corrections, ada: int
) -> None:
    (run, *_rest) = three_weeks(household, ada)
    draft = household.pay_runs.correct(run, "Wrong.").draft_id
    (sheet,) = (row for row in household.timesheets.of_day(MONDAY) if row.timesheet_id)
    household.timesheets.unapprove(sheet.timesheet_id)

    with pytest.raises(PayRunBlockedError, match="cannot be finalised yet"):
        corrections.later(draft)


def test_a_correction_after_the_tax_year_s_end_settles_the_old_year(
    household: Household, corrections: Corrections
) -> None:
    """A month of March is put right in May: the year before changes, this one does not."""
    household.scheme()
    ada = household.take_on(
        regular(started_on=date(2025, 3, 1), period_anchor=date(2025, 3, 1)), code="1257L"
    )
    for rate in household.people.employment(ada, MONDAY).rates:
        household.people.set_rate(replace(rate, from_day=date(2025, 3, 1)))
    runs = []
    for day in (date(2026, 3, 2), date(2026, 4, 6)):
        household.hours(ada, day, 600, days=20 if day.month == 4 else 5)
        runs.append(household.pay(ada, day).pay_run_id)
    year_now = household.pay_runs.year_to_date(ada, date(2026, 4, 30))
    owed_now = household.pay_runs.employer_payment(YEAR, 1)

    draft = take_back(household, runs[0], date(2026, 3, 2), 540).draft_id
    outcome, later = corrections.finalise_and_follow(draft)

    assert later == ()
    assert outcome.payslips == 1
    old = household.pay_runs.year_to_date(ada, date(2026, 3, 31))
    assert old.gross_pay == Money(45 * 13_20)
    assert household.pay_runs.year_to_date(ada, date(2026, 4, 30)) == year_now
    assert household.pay_runs.employer_payment(YEAR, 1) == owed_now
    assert household.pay_runs.runs(TaxYear(2025))[0].frequency is PayFrequency.MONTHLY


CODES = st.sampled_from(["1257L", "500L", "BR", "K200", "1257L W1"])


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    hours=st.lists(st.integers(1, 12), min_size=3, max_size=3),
    changed=st.integers(1, 12),
    place=st.integers(0, 2),
    codes=st.tuples(CODES, CODES),
)
def test_whatever_is_put_right_what_was_shown_is_what_happens(
    hours: list[int], changed: int, place: int, codes: tuple[str, str]
) -> None:
    """Other hours in one week and another code from the second: afterwards nothing differs."""
    with Book.in_memory(who="Helen Ashby") as book:
        household = Household(
            book,
            People(book, RATES),
            Opening(book, RATES),
            Timesheets(book, RATES),
            PayRuns(book, RATES),
        )
        household.scheme()
        ada = household.take_on(an_employment(started_on=MONDAY), code=codes[0])
        runs = []
        for day, worked in zip((MONDAY, SECOND, THIRD), hours, strict=True):
            household.hours(ada, day, worked * 60)
            runs.append(household.pay(ada, day).pay_run_id)
        household.people.set_tax_code(ada, SECOND, codes[1], "a notice that came late")
        day = (MONDAY, SECOND, THIRD)[place]
        draft = take_back(household, runs[place], day, changed * 60).draft_id
        corrections = Corrections(book, household.pay_runs)

        shown = corrections.later(draft)
        _outcome, done = corrections.finalise_and_follow(draft)

        assert done == shown
        assert corrections.later(draft) == ()
        left = household.pay_runs.differences(YEAR, ada)
        assert all(row.pay_date <= household.pay_runs.preview(draft).pay_date for row in left)
        owed = Money.total(one.amount for one in household.owed(CommitmentKind.HMRC))
        assert owed == Money.total(
            household.pay_runs.employer_payment(YEAR, month).due_amount for month in range(1, 13)
        )
        net = Money.total(slip.net_pay for slip in household.slips(ada))
        assert net == Money.total(one.amount for one in household.owed(CommitmentKind.WAGES))
