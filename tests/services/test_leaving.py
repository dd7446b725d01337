"""Somebody leaves: notice, the last pay, the P45, what comes after it, and taking it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from dpemployer.bookkeeping.commitments import CommitmentKind
from dpemployer.errors import EntryError, RefusedError
from dpemployer.money import NOTHING
from dpemployer.payroll.leaving import Leaving, LeavingReason, NoticeBy
from dpemployer.payroll.people import CodeFrom, PayType
from dpemployer.payroll.terms import Terms
from dpemployer.periods import TaxYear
from dpemployer.services.agenda import Agenda, ToDoKind
from dpemployer.services.leaving import Leavings
from dpemployer.services.ledger import Ledger
from dpemployer.services.returns import Returns
from dpemployer.statutory.redundancy import EmployerIs
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

if TYPE_CHECKING:
    from dpemployer.payroll.payslip import Payslip
    from dpemployer.store.book import Book
    from tests.services.household import Household

LONG_AGO, WEEK = date(2019, 5, 13), timedelta(weeks=1)
TODAY = date(2026, 8, 1)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("leaving", "people"):
        monkeypatch.setattr(f"dpemployer.services.{module}.today", lambda: TODAY)


@pytest.fixture
def leavings(book: Book) -> Leavings:
    return Leavings(book, RATES)


def leaving(employment_id: int, last_day: date = date(2026, 6, 14), **changes: Any) -> Leaving:
    """Somebody resigns, with a week's notice."""
    facts: dict[str, Any] = {
        "id": 0,
        "employment_id": employment_id,
        "reason": LeavingReason.RESIGNED,
        "last_day": last_day,
        "final_first_day": last_day,
        "notice_by": NoticeBy.ASSISTANT,
        "notice_given_on": last_day - timedelta(days=3),
        **changes,
    }
    return Leaving(**facts)


def redundant(employment_id: int, last_day: date = date(2026, 6, 14), **changes: Any) -> Leaving:
    """Somebody's work ends, without notice."""
    facts = {
        "reason": LeavingReason.REDUNDANCY,
        "notice_by": NoticeBy.NOBODY,
        "notice_given_on": None,
        **changes,
    }
    return leaving(employment_id, last_day, **facts)


def since_long(household: Household, **person: Any) -> int:
    """Employ somebody by the hour since 2019, paid in this book from June 2026."""
    return household.take_on(
        an_employment(started_on=LONG_AGO),
        rates=(a_rate(from_day=LONG_AGO),),
        **{"born_on": date(1990, 7, 4), **person},
    )


def paid_week(household: Household, employment_id: int, day: date = MONDAY) -> Payslip:
    household.hours(employment_id, day)
    household.pay(employment_id, day)
    return household.slips(employment_id)[-1]


def lines(slip: Payslip) -> dict[PayType, Any]:
    return {line.pay_type: line.amount for line in slip.lines}


# ── the last pay ──


def test_holiday_not_taken_is_paid_with_the_last_pay(
    household: Household, leavings: Leavings
) -> None:
    ada = household.take_on(an_employment(started_on=MONDAY))
    first = paid_week(household, ada)
    leavings.record(leaving(ada))

    last = paid_week(household, ada, MONDAY + WEEK)

    # Two weeks of 30 hours: 12.07% of each is rounded to 4 hours, and 8 at £13.20 come to this.
    assert lines(last) == {
        PayType.BASIC: pounds("396.00"),
        PayType.HOLIDAY_IN_LIEU: pounds("105.60"),
    }
    assert last.gross_pay == pounds("501.60")
    assert first.holiday_minutes_earned + last.holiday_minutes_earned == 480
    assert last.holiday_minutes_taken == 480
    assert last.minutes == 1800
    assert household.pay_runs.holiday(ada, date(2026, 6, 14)).left == 0
    assert any("Holiday of 8 h is left" in step.sentence for step in last.workings)


def test_holiday_taken_too_much_comes_off_only_where_that_was_agreed(
    household: Household, leavings: Leavings
) -> None:
    def last_pay(*, agreed: bool) -> Any:
        ada = household.take_on(
            regular(started_on=MONDAY), nino="", holiday=regular_terms(from_day=MONDAY)
        )
        sheet = household.timesheets.open(ada, MONDAY)
        for day in range(5):
            household.timesheets.add_shift(
                a_shift(MONDAY + timedelta(days=day), 300, PayType.HOLIDAY, "", timesheet_id=sheet)
            )
        household.timesheets.add_shift(a_shift(MONDAY + timedelta(days=7), 300, timesheet_id=sheet))
        household.timesheets.approve(sheet, "Helen", MONDAY)
        leavings.record(leaving(ada, date(2026, 6, 14), recover_overtaken=agreed))
        (row,) = household.pay_runs.preview(household.draft(ada)).payslips
        found = household.pay_runs.preview(household.draft(ada))
        household.pay(ada)
        return row, {finding.code for finding in found.findings}, household.slips(ada)[-1]

    # 14 of 365 days of 22.4 days is 0.859 days, and five were taken.
    row, codes, slip = last_pay(agreed=True)
    assert "overtaken_not_agreed" not in codes
    assert lines(slip)[PayType.HOLIDAY_IN_LIEU] < NOTHING
    assert slip.gross_pay == row.gross_pay < pounds("396.00")
    assert slip.minutes == 1800
    _row, codes, slip = last_pay(agreed=False)
    assert "overtaken_not_agreed" in codes
    assert PayType.HOLIDAY_IN_LIEU not in lines(slip)


def test_redundancy_and_notice_are_paid_and_only_notice_is_taxed(
    household: Household, leavings: Leavings
) -> None:
    ada = since_long(household)
    paid_week(household, ada)
    worked = leavings.record(redundant(ada, weeks_in_lieu=7))

    last = paid_week(household, ada, MONDAY + WEEK)

    # 2019-05-13 to 2026-06-14 is seven years, and seven weeks of notice make no eighth.
    assert worked.redundancy is not None
    assert (worked.redundancy.weeks, worked.leaving.week_pay) == (Decimal(7), pounds("396.00"))
    found = lines(last)
    assert found[PayType.NOTICE_IN_LIEU] == pounds("2772.00")
    assert found[PayType.REDUNDANCY] == pounds("2772.00")
    assert last.redundancy_pay == pounds("2772.00")
    assert last.gross_pay == last.earnings_for_ni == last.taxable_pay
    assert last.gross_pay == (
        found[PayType.BASIC] + found[PayType.NOTICE_IN_LIEU] + found[PayType.HOLIDAY_IN_LIEU]
    )
    taken = last.tax + last.employee_ni
    assert last.net_pay == last.gross_pay - taken + pounds("2772.00")
    run = {"pay_run_id": last.pay_run_id}
    (wages,) = household.owed(CommitmentKind.WAGES, **run)
    (redundancy,) = household.owed(CommitmentKind.REDUNDANCY, **run)
    assert wages.amount + redundancy.amount == last.net_pay
    assert redundancy.amount == pounds("2772.00")


def test_when_the_last_days_are_paid_already_the_next_payday_settles_the_end(
    household: Household, leavings: Leavings
) -> None:
    ada = since_long(household)
    paid_week(household, ada)

    worked = leavings.record(redundant(ada, date(2026, 6, 7)))

    assert worked.leaving.final_first_day == date(2026, 6, 8)
    (due,) = household.pay_runs.due(date(2026, 6, 20))
    assert (due.first_day, [name for _id, name in due.people]) == (date(2026, 6, 8), ["Ada Keane"])
    household.pay(ada, date(2026, 6, 8))
    last = household.slips(ada)[-1]
    assert set(lines(last)) == {PayType.HOLIDAY_IN_LIEU, PayType.REDUNDANCY}
    assert household.pay_runs.due(date(2026, 7, 20)) == ()


def test_a_correction_of_the_last_pay_has_everything_again(
    household: Household, leavings: Leavings
) -> None:
    ada = since_long(household)
    paid_week(household, ada)
    leavings.record(redundant(ada, weeks_in_lieu=1))
    paid = household.slips(ada)[-1].pay_run_id
    last = paid_week(household, ada, MONDAY + WEEK)
    assert paid != last.pay_run_id

    corrected = household.pay_runs.correct(last.pay_run_id, "A shift was missing")
    household.pay_runs.finalise(corrected.draft_id)

    again = household.slips(ada)[-1]
    assert (again.gross_pay, again.net_pay, again.lines) == (
        last.gross_pay,
        last.net_pay,
        last.lines,
    )


# ── what is worked out ──


def test_what_the_law_asks_for_is_said(household: Household, leavings: Leavings) -> None:
    ada = since_long(household)
    paid_week(household, ada)

    found = leavings.work_out(redundant(ada, notice_by=NoticeBy.EMPLOYER, notice_given_on=MONDAY))

    assert (found.employer_weeks, found.employee_weeks) == (7, 1)
    assert found.missing_weeks == 6
    assert found.may_complain
    assert {finding.code for finding in found.findings} == {
        "notice_missing",
        "redundancy_steps",
        "redundancy_funding",
    }
    assert found.redundancy is not None
    assert found.redundancy.relevant_date == date(2026, 7, 26)


def test_a_dismissal_after_long_enough_says_what_to_follow(
    household: Household, leavings: Leavings
) -> None:
    ada = since_long(household)
    asked = leaving(
        ada,
        reason=LeavingReason.DISMISSED,
        notice_by=NoticeBy.EMPLOYER,
        notice_given_on=date(2026, 4, 6),
        weeks_in_lieu=0,
    )

    found = leavings.work_out(asked)
    household.scheme(nation="northern_ireland")
    in_ni = leavings.work_out(asked)

    assert [finding.code for finding in found.findings] == ["may_complain"]
    assert "Acas code" in found.findings[0].message
    assert "LRA code" in in_ni.findings[0].message


def test_family_has_no_right_and_more_may_be_agreed(
    household: Household, leavings: Leavings
) -> None:
    ada = since_long(household)
    paid_week(household, ada)

    family = leavings.work_out(redundant(ada, employer_is=EmployerIs.PARENT))
    agreed = leavings.work_out(
        redundant(ada, employer_is=EmployerIs.PARENT, redundancy_pay=pounds("500"))
    )

    assert family.leaving.redundancy_pay == NOTHING
    assert agreed.leaving.redundancy_pay == pounds("500")
    assert "It was agreed to pay £500.00." in agreed.leaving.workings[-2].sentence


def test_regular_hours_are_paid_by_the_contract_or_the_average_hour_if_more(
    household: Household, leavings: Leavings
) -> None:
    ada = household.take_on(
        regular(started_on=date(2024, 6, 1)),
        rates=(a_rate(from_day=date(2024, 6, 1)),),
        holiday=regular_terms(from_day=date(2024, 6, 1)),
    )

    found = leavings.work_out(redundant(ada, date(2026, 6, 30)))

    assert found.leaving.week_pay == pounds("264.00")
    assert found.redundancy is not None
    assert found.redundancy.amount == pounds("528.00")
    said = [step.sentence for step in found.leaving.workings]
    assert "The contract says 20 hours a week. At £13.20 an hour that is £264.00." in said


def test_pay_below_the_minimum_wage_is_raised_to_it(
    household: Household, leavings: Leavings
) -> None:
    contract = regular(started_on=date(2024, 6, 1))
    ada = household.take_on(
        contract,
        rates=(a_rate("10.00", from_day=date(2024, 6, 1)),),
        holiday=regular_terms(from_day=date(2024, 6, 1)),
    )

    assert leavings.work_out(redundant(ada, date(2026, 6, 30))).leaving.week_pay == pounds("254.20")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"last_day": date(2026, 5, 31)}, "is before the first"),
        ({"notice_given_on": date(2026, 5, 31)}, "cannot have been given"),
        ({"notice_given_on": date(2026, 6, 15)}, "cannot have been given"),
        ({"notice_given_on": None}, "day notice was given is missing"),
        ({"reason": LeavingReason.DEATH_OF_EMPLOYER}, "no notice when a contract ends by a death"),
        ({"redundancy_pay": pounds("10")}, "for work that has ended"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    household: Household, leavings: Leavings, changes: dict[str, Any], said: str
) -> None:
    ada = household.take_on(an_employment(started_on=MONDAY))

    with pytest.raises(EntryError, match=said):
        leavings.record(replace(leaving(ada), **changes))

    assert leavings.state(ada).leaving is None
    assert household.people.employment(ada, MONDAY).employment.left_on is None


def test_a_death_is_not_recorded_before_its_day(household: Household, leavings: Leavings) -> None:
    ada = household.take_on(an_employment(started_on=MONDAY))

    with pytest.raises(EntryError, match="still to come"):
        leavings.record(
            redundant(ada, TODAY + timedelta(days=1), reason=LeavingReason.DEATH_OF_EMPLOYER)
        )


def test_redundancy_pay_above_what_is_free_of_tax_is_refused(
    household: Household, leavings: Leavings
) -> None:
    ada = since_long(household)
    paid_week(household, ada)

    with pytest.raises(RefusedError, match="is above £30,000"):
        leavings.record(redundant(ada, redundancy_pay=pounds("30000.01")))
    with pytest.raises(RefusedError, match="less redundancy pay than the law says"):
        leavings.record(redundant(ada, redundancy_pay=pounds("100")))
    assert leavings.record(redundant(ada, redundancy_pay=pounds("30000"))).leaving.id


def test_days_recorded_after_the_last_are_in_the_way(
    household: Household, leavings: Leavings
) -> None:
    ada = household.take_on(an_employment(started_on=MONDAY))
    household.hours(ada)

    with pytest.raises(RefusedError, match="There is a shift on 5 June 2026"):
        leavings.record(leaving(ada, date(2026, 6, 4), notice_given_on=MONDAY))


def test_a_week_of_notice_is_asked_for_where_nothing_is_paid_yet(
    household: Household, leavings: Leavings
) -> None:
    ada = household.take_on(an_employment(started_on=MONDAY))

    with pytest.raises(EntryError, match="a week of notice comes to is not known"):
        leavings.record(redundant(ada, weeks_in_lieu=1))

    agreed = leavings.record(redundant(ada, weeks_in_lieu=1, week_pay=pounds("300")))
    assert agreed.leaving.week_pay == pounds("300")


def test_holiday_that_nothing_can_price_stops_the_last_pay(
    household: Household, leavings: Leavings
) -> None:
    ada = household.take_on(
        regular(started_on=MONDAY), rates=(), holiday=regular_terms(from_day=MONDAY)
    )
    sheet = household.timesheets.open(ada, MONDAY)
    household.timesheets.approve(sheet, "Helen", MONDAY)
    leavings.record(leaving(ada))

    found = household.pay_runs.preview(household.draft(ada)).findings

    assert "no_rate_for_holiday_left" in {finding.code for finding in found}


def test_holiday_paid_with_the_wages_is_not_paid_again(
    household: Household, leavings: Leavings
) -> None:
    rolled_up = holiday_terms(from_day=MONDAY, rolled_up=True, reason="Contract, clause 7")
    ada = household.take_on(an_employment(started_on=MONDAY), holiday=rolled_up)
    leavings.record(leaving(ada, date(2026, 6, 7)))

    slip = paid_week(household, ada)

    assert PayType.HOLIDAY_IN_LIEU not in lines(slip)


def test_an_hour_too_much_comes_off_whole_where_the_pay_is_enough(
    household: Household, leavings: Leavings
) -> None:
    ada = household.take_on(an_employment(started_on=MONDAY), rates=(a_rate("20.00"),))
    sheet = household.timesheets.open(ada, MONDAY)
    household.timesheets.add_shift(
        a_shift(MONDAY + timedelta(days=5), 300, PayType.HOLIDAY, "", timesheet_id=sheet)
    )
    for day in range(5):
        household.timesheets.add_shift(
            a_shift(MONDAY + timedelta(days=day), 360, timesheet_id=sheet)
        )
    household.timesheets.approve(sheet, "Helen", MONDAY)
    leavings.record(leaving(ada, date(2026, 6, 7), recover_overtaken=True))
    household.pay(ada)

    slip = household.slips(ada)[-1]

    # 30 hours earn 4 of holiday, and 5 were taken.
    assert lines(slip)[PayType.HOLIDAY_IN_LIEU] == pounds("-20.00")
    assert slip.gross_pay == pounds("680.00")


def test_no_more_holiday_comes_off_than_leaves_the_minimum_wage(
    household: Household, leavings: Leavings
) -> None:
    ada = household.take_on(an_employment(started_on=MONDAY))
    sheet = household.timesheets.open(ada, MONDAY)
    for day in range(5):
        household.timesheets.add_shift(
            a_shift(MONDAY + timedelta(days=day), 360, PayType.HOLIDAY, "", timesheet_id=sheet)
        )
    household.timesheets.approve(sheet, "Helen", MONDAY)
    household.pay(ada)
    leavings.record(leaving(ada, recover_overtaken=True))
    household.hours(ada, MONDAY + WEEK, minutes=60, days=1)
    household.pay(ada, MONDAY + WEEK)

    last = household.slips(ada)[-1]

    assert lines(last) == {
        PayType.BASIC: pounds("13.20"),
        PayType.HOLIDAY_IN_LIEU: pounds("-0.49"),
    }
    assert last.gross_pay == pounds("12.71")
    assert household.pay_runs.holiday(ada, date(2026, 6, 14)).left == 0
    assert any("Only £0.49 can come off" in step.sentence for step in last.workings)


def test_holiday_goes_on_with_a_job_that_goes_on(household: Household, leavings: Leavings) -> None:
    ada = since_long(household)
    leavings.record(redundant(ada, reason=LeavingReason.TRANSFERRED))

    last = paid_week(household, ada, MONDAY + WEEK)

    assert set(lines(last)) == {PayType.BASIC}


def test_nothing_is_settled_where_no_holiday_was_earned(
    household: Household, leavings: Leavings
) -> None:
    ada = household.take_on(an_employment(started_on=MONDAY))
    sheet = household.timesheets.open(ada, MONDAY)
    household.timesheets.approve(sheet, "Helen", MONDAY)
    leavings.record(leaving(ada, date(2026, 6, 7)))
    household.pay(ada)

    assert household.slips(ada)[-1].lines == ()


def test_notice_left_out_is_said_again_with_the_last_pay(
    household: Household, leavings: Leavings
) -> None:
    def said(reason: LeavingReason) -> str:
        leavings.record(redundant(ada, reason=reason))
        found = household.pay_runs.preview(household.draft(ada, MONDAY + WEEK)).findings
        return next(finding.message for finding in found if finding.code == "notice_missing")

    ada = since_long(household)
    paid_week(household, ada)
    household.hours(ada, MONDAY + WEEK)

    assert said(LeavingReason.REDUNDANCY).endswith("is paid. Pay it instead.")
    assert "gross misconduct" in said(LeavingReason.DISMISSED)


def test_notice_paid_in_lieu_explains_the_week_and_a_transfer_says_to_take_advice(
    household: Household, leavings: Leavings
) -> None:
    ada = since_long(household)
    paid_week(household, ada)

    dismissed = leavings.work_out(redundant(ada, reason=LeavingReason.DISMISSED, weeks_in_lieu=7))
    moved = leavings.work_out(redundant(ada, reason=LeavingReason.TRANSFERRED))

    said = [step.sentence for step in dismissed.leaving.workings]
    assert any("average of the last 1 week in" in sentence for sentence in said)
    assert [finding.code for finding in moved.findings] == ["transfer"]
    assert moved.redundancy is None


# ── deaths ──


def test_when_the_employer_dies_no_notice_is_due(household: Household, leavings: Leavings) -> None:
    ada = since_long(household)
    paid_week(household, ada)
    died = redundant(ada, date(2026, 6, 10), reason=LeavingReason.DEATH_OF_EMPLOYER)

    found = leavings.record(died)

    assert found.redundancy is not None
    assert found.redundancy.relevant_date == date(2026, 6, 10)
    assert (found.employer_weeks, found.missing_weeks, found.may_complain) == (0, 0, False)


def test_pay_after_a_personal_assistants_death_has_no_national_insurance(
    household: Household, leavings: Leavings
) -> None:
    ada = since_long(household)
    paid_week(household, ada)
    leavings.record(redundant(ada, date(2026, 6, 12), reason=LeavingReason.DEATH_OF_ASSISTANT))

    last = paid_week(household, ada, MONDAY + WEEK)

    assert last.pay_date == date(2026, 6, 19)
    assert (last.ni_letter, last.employee_ni, last.employer_ni) == ("X", NOTHING, NOTHING)
    assert last.redundancy_pay == NOTHING
    assert PayType.HOLIDAY_IN_LIEU in lines(last)


# ── taking it back ──


def test_it_can_be_changed_and_taken_back_until_the_last_pay_is_final(
    household: Household, leavings: Leavings
) -> None:
    ada = since_long(household)
    paid_week(household, ada)
    leavings.record(redundant(ada, date(2026, 6, 7), reason=LeavingReason.DEATH_OF_ASSISTANT))
    leavings.record(leaving(ada, date(2026, 6, 21)))

    state = leavings.state(ada)
    assert state.leaving is not None
    assert state.leaving.reason is LeavingReason.RESIGNED
    assert (state.final, state.pay_date) == (False, date(2026, 6, 26))
    assert [sheet.first_day for sheet in household.timesheets.of_employment(ada)] == [MONDAY]
    assert [letter.letter for letter in household.people.employment(ada, TODAY).ni_letters] == ["A"]

    leavings.take_back(ada)

    assert leavings.state(ada).leaving is None
    assert household.people.employment(ada, MONDAY).employment.left_on is None
    with pytest.raises(LookupError):
        leavings.take_back(ada)


def test_a_last_pay_that_is_final_is_corrected_first(
    household: Household, leavings: Leavings
) -> None:
    ada = since_long(household)
    leavings.record(leaving(ada))
    last = paid_week(household, ada, MONDAY + WEEK)

    with pytest.raises(RefusedError, match="The last pay is final"):
        leavings.take_back(ada)

    corrected = household.pay_runs.correct(last.pay_run_id, "They stay")
    leavings.take_back(ada)
    household.pay_runs.finalise(corrected.draft_id)
    assert PayType.HOLIDAY_IN_LIEU not in lines(household.slips(ada)[-1])


# ── the P45 ──


def test_the_figures_of_a_p45_come_from_the_payslips(
    household: Household, leavings: Leavings
) -> None:
    household.scheme(paye_reference="123/AB456")
    ada = household.take_on(an_employment(started_on=MONDAY))
    household.opening.set_p45(ada, TaxYear(2026), "P45", pounds("3000"), pounds("120"))
    first = paid_week(household, ada)
    leavings.record(leaving(ada))
    with pytest.raises(RefusedError, match="is not final yet"):
        leavings.p45(ada)
    last = paid_week(household, ada, MONDAY + WEEK)

    found = leavings.p45(ada)

    here = first.taxable_pay + last.taxable_pay
    assert (found.tax_code, found.week1_month1, found.tax_period) == ("1257L", False, 11)
    assert (found.total_pay, found.pay_here) == (here + pounds("3000"), here)
    assert found.total_tax == first.tax + last.tax + pounds("120")
    assert found.tax_here == first.tax + last.tax
    assert (found.paye_reference, found.left_on) == ("123AB456", date(2026, 6, 14))
    assert not found.student_loan


def test_a_code_on_its_own_leaves_the_totals_empty(
    household: Household, leavings: Leavings
) -> None:
    ada = household.take_on(an_employment(started_on=MONDAY), code="1257L W1")
    leavings.record(leaving(ada, date(2026, 6, 7)))
    slip = paid_week(household, ada)

    found = leavings.p45(ada)

    assert (found.total_pay, found.total_tax) == (None, None)
    assert (found.pay_here, found.tax_here) == (slip.taxable_pay, slip.tax)
    assert found.week1_month1


def test_one_total_is_enough_without_an_earlier_job(
    household: Household, leavings: Leavings
) -> None:
    ada = household.take_on(an_employment(started_on=MONDAY))
    leavings.record(leaving(ada, date(2026, 6, 7)))
    slip = paid_week(household, ada)

    found = leavings.p45(ada)

    assert (found.total_pay, found.pay_here) == (slip.taxable_pay, None)


def test_pay_after_the_p45_is_taxed_alone_and_makes_no_second_p45(
    household: Household, leavings: Leavings
) -> None:
    ada = household.take_on(an_employment(started_on=MONDAY), code="S1257L")
    leavings.record(leaving(ada, date(2026, 6, 7)))
    paid_week(household, ada)
    before = leavings.p45(ada)
    leavings.give_p45(ada, date(2026, 6, 13))

    late = leavings.pay_after(ada, "Rise from May", pounds("100.00"))

    assert late.first_day == date(2026, 7, 27)
    (due,) = household.pay_runs.due(TODAY)
    assert due.first_day == date(2026, 7, 27)
    household.pay(ada, date(2026, 7, 27))
    slip = household.slips(ada)[-1]
    assert (slip.tax_code, slip.tax) == ("S0T W1", pounds("19.23"))
    assert lines(slip) == {PayType.AFTER_LEAVING: pounds("100.00")}
    codes = household.people.employment(ada, TODAY).tax_codes
    assert [code.kind for code in codes] == [CodeFrom.AFTER_LEAVING, CodeFrom.TYPED]
    assert leavings.p45(ada).total_pay == before.total_pay
    with pytest.raises(RefusedError, match="The P45 was given on 13 June 2026"):
        leavings.give_p45(ada, date(2026, 6, 20))
    with pytest.raises(RefusedError, match="The P45 has been given"):
        leavings.take_back(ada)
    with pytest.raises(RefusedError, match="has been paid"):
        leavings.remove_pay_after(late.id)


def test_a_payday_after_leaving_is_one_to_do_on_home(
    household: Household, leavings: Leavings, book: Book
) -> None:
    ada = household.take_on(an_employment(started_on=MONDAY))
    leavings.record(leaving(ada, date(2026, 6, 7)))
    paid_week(household, ada)
    leavings.pay_after(ada, "Rise from May", pounds("100.00"))
    ledger = Ledger(book)
    agenda = Agenda(
        household.people, household.timesheets, household.pay_runs, ledger, Returns(book)
    )

    kinds = [thing.kind for thing in agenda.things(TODAY) if thing.who == "Ada Keane"]

    assert ToDoKind.PAY_RUN in kinds
    assert ToDoKind.APPROVE not in kinds
    assert [sheet.name for sheet in household.timesheets.of_day(date(2026, 7, 28))] == ["Ada Keane"]
    assert household.timesheets.of_day(date(2026, 7, 20)) == ()


def test_the_code_after_leaving_lasts_into_another_tax_year(
    household: Household, leavings: Leavings
) -> None:
    ada = household.take_on(an_employment(started_on=MONDAY))
    leavings.record(leaving(ada, date(2026, 6, 7)))
    paid_week(household, ada)
    leavings.give_p45(ada, date(2026, 6, 13))
    terms = Terms(tax_codes=household.people.employment(ada, TODAY).tax_codes)

    later = terms.tax_code_on(date(2027, 5, 1))

    assert later is not None
    assert (str(later.code), later.week1_month1, later.mark_dropped) == ("0T W1", True, False)


def test_pay_after_leaving_can_be_taken_out_until_it_is_paid(
    household: Household, leavings: Leavings
) -> None:
    ada = household.take_on(an_employment(started_on=MONDAY))
    leavings.record(leaving(ada, date(2026, 6, 7)))
    with pytest.raises(RefusedError, match="last pay is not final"):
        leavings.pay_after(ada, "Late hours", pounds("10"))
    paid_week(household, ada)
    with pytest.raises(EntryError, match="a name and an amount"):
        leavings.pay_after(ada, " ", pounds("10"))

    first = leavings.pay_after(ada, "Late hours", pounds("10"))
    second = leavings.pay_after(ada, "A bonus", pounds("20"))
    assert [(late.label, paid) for late, paid in leavings.state(ada).after] == [
        ("Late hours", False),
        ("A bonus", False),
    ]
    leavings.remove_pay_after(first.id)
    assert len(household.timesheets.of_employment(ada)) == 2
    leavings.remove_pay_after(second.id)

    assert len(household.timesheets.of_employment(ada)) == 1
    assert leavings.state(ada).after == ()


def test_a_p45_is_given_on_a_day_that_can_be(household: Household, leavings: Leavings) -> None:
    ada = household.take_on(an_employment(started_on=MONDAY))
    with pytest.raises(RefusedError, match="not recorded that this person leaves"):
        leavings.give_p45(ada, MONDAY)
    leavings.record(leaving(ada, date(2026, 6, 7)))
    paid_week(household, ada)

    for day in (date(2026, 6, 6), TODAY + timedelta(days=1)):
        with pytest.raises(EntryError, match="cannot have been given"):
            leavings.give_p45(ada, day)
