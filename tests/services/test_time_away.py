"""Time away recorded, looked at, explained, printed and followed up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from dpemployer.errors import EntryError, RefusedError
from dpemployer.payroll.away import AgreedDays, Bar, FamilyLeave, FitNote, LeaveBlock, Sickness
from dpemployer.payroll.household import Party, Role, RoleHeld
from dpemployer.payroll.reporting import NiOfYear
from dpemployer.services.away_papers import AwayPapers
from dpemployer.services.time_away import TimeAway
from dpemployer.statutory.family_pay import FamilyPay
from tests.builders import RATES, pounds
from tests.services.test_statutory_pay import paid_eight_weeks, somebody, week

if TYPE_CHECKING:
    from tests.services.household import Household

TODAY = date(2026, 7, 10)


@pytest.fixture
def away(household: Household, monkeypatch: pytest.MonkeyPatch) -> TimeAway:
    """Time away in the book, on 10 July 2026."""
    monkeypatch.setattr("dpemployer.services.time_away.today", lambda: TODAY)
    return TimeAway(household.book, RATES)


@pytest.fixture
def ada(household: Household) -> int:
    """Somebody paid 264.00 on each of the eight Fridays up to 26 June."""
    employment_id = somebody(household)
    paid_eight_weeks(household, employment_id)
    return employment_id


def sick(employment_id: int, first: date, last: date | None, **changes: Any) -> Sickness:
    return replace(Sickness(0, employment_id, first, last), **changes)


def text_of(content: bytes) -> str:
    pages = (page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return " ".join(" ".join(pages).split())


def test_sickness_recorded_with_its_days_says_what_it_comes_to(away: TimeAway, ada: int) -> None:
    first = week(9)
    away.record_sickness(sick(ada, first, first + timedelta(days=6)), "024")

    detail = away.detail(ada, TODAY)
    (row,) = detail.sick
    assert (row.due, row.days_paid, row.weeks_used) == (pounds("123.25"), 3, "1")
    assert row.says == (
        "3 days of sick pay: £123.25. Other days: not one of the days agreed as working days."
    )
    assert detail.weekdays_now == "024"
    assert detail.missing == ()
    assert [step.rule for step in away.explain_sickness(row.fact.id, TODAY)] == [
        "average.look_back",
        "average.paid",
        "average.by_weeks",
        "ssp.week",
        "ssp.days",
        "ssp.not_paid",
        "ssp.amount",
        "ssp.used",
    ]


def test_an_absence_can_be_put_right_and_taken_out(away: TimeAway, ada: int) -> None:
    sickness_id = away.record_sickness(sick(ada, week(9), None), "01234")
    away.record_sickness(sick(ada, week(9), week(9), id=sickness_id))
    note = away.add_fit_note(FitNote(0, sickness_id, week(9), week(9)))
    away.remove_fit_note(note)
    away.add_fit_note(FitNote(0, sickness_id, week(9), week(9)))

    assert [row.fact.last_day for row in away.detail(ada, TODAY).sick] == [week(9)]
    away.remove_sickness(sickness_id)
    assert away.detail(ada, TODAY).sick == ()


def test_sickness_that_was_paid_stays(away: TimeAway, household: Household, ada: int) -> None:
    sickness_id = away.record_sickness(sick(ada, week(9), week(9)), "01234")
    household.hours(ada, week(9), 0, days=0)
    household.pay(ada, week(9))

    with pytest.raises(RefusedError, match="29 June 2026"):
        away.remove_sickness(sickness_id)


def test_nothing_is_half_saved(away: TimeAway, ada: int) -> None:
    with pytest.raises(EntryError, match="No working day"):
        away.record_sickness(sick(ada, week(9), week(9)), "")

    assert away.detail(ada, TODAY).sick == ()


def test_days_agreed_again_for_a_week_take_the_place_of_those_before(
    away: TimeAway, ada: int
) -> None:
    away.agree_days(AgreedDays(0, ada, week(9), "01"))
    away.agree_days(AgreedDays(0, ada, week(9) + timedelta(days=2), "34"))
    only = away.agree_days(AgreedDays(0, ada, week(10), "5", one_week=True))

    assert [each.weekdays for each in away.detail(ada, TODAY).agreed] == ["5", "34"]
    away.remove_agreed(only)
    assert [each.weekdays for each in away.detail(ada, TODAY).agreed] == ["34"]


def test_pay_that_is_missing_is_named_and_can_be_said(away: TimeAway, household: Household) -> None:
    ada = somebody(household)
    sickness_id = away.record_sickness(sick(ada, week(9), week(9)), "01234")

    detail = away.detail(ada, TODAY)
    assert [each.pay_date for each in detail.missing] == [
        date(2026, 5, 8) + timedelta(weeks=number) for number in range(8)
    ]
    assert "the pay of 8 paydays" in detail.sick[0].says
    with pytest.raises(RefusedError, match="8 paydays"):
        away.explain_sickness(sickness_id, TODAY)
    assert "on 8 paydays" in " ".join(thing.says for thing in away.to_do(TODAY))
    for each in detail.missing:
        away.say_pay(ada, each.pay_date, pounds("90.00"), "Payslips of the bureau")
        away.say_pay(ada, each.pay_date, pounds("100.00"), "Payslips of the bureau")

    # 80 a week, a fifth of it.
    assert away.detail(ada, TODAY).sick[0].due == pounds("16.00")


def test_somebody_never_paid_needs_the_pay_of_a_week(away: TimeAway, household: Household) -> None:
    household.scheme()
    new = household.take_on()
    first = date(2026, 4, 7)
    sickness_id = away.record_sickness(sick(new, first, first), "01234")

    assert "nobody had been paid" in away.detail(new, TODAY).sick[0].says
    away.record_sickness(sick(new, first, first, id=sickness_id, usual_week=pounds("100.00")))
    assert away.detail(new, TODAY).sick[0].due == pounds("16.00")


def test_sickness_before_the_rates_says_so(away: TimeAway, household: Household) -> None:
    household.scheme()
    from tests.builders import a_rate, an_employment  # noqa: PLC0415 - this test alone

    started = date(2022, 1, 3)
    old = household.take_on(an_employment(started_on=started), (a_rate(from_day=started),))
    away.record_sickness(sick(old, date(2022, 6, 6), date(2022, 6, 10)), "01234")

    detail = away.detail(old, TODAY)
    assert "No rates are known" in detail.sick[0].says
    assert detail.missing == ()


def test_what_keeps_somebody_from_sick_pay_is_said(away: TimeAway, ada: int) -> None:
    away.record_sickness(sick(ada, week(9), week(9), bar=Bar.STRIKE), "01234")

    assert away.detail(ada, TODAY).sick[0].says == (
        "No sick pay: the person was on strike on the first day."
    )


# ── family leave ──


def expecting(employment_id: int, **changes: Any) -> FamilyLeave:
    leave = FamilyLeave(0, employment_id, FamilyPay.SMP, expected_on=date(2026, 10, 5))
    return replace(leave, **changes)


def test_maternity_leave_says_what_each_week_comes_to(away: TimeAway, ada: int) -> None:
    leave_id = away.record_leave(expecting(ada), week(13), 39)

    (row,) = away.detail(ada, TODAY).leaves
    assert row.entitled
    assert row.says == (
        "Statutory Maternity Pay: 39 weeks, 6 of them at £237.60 a week, then £194.32 a week."
    )
    rules = [step.rule for step in away.explain_leave(leave_id, TODAY)]
    assert rules[:6] == [
        "average.look_back",
        "average.paid",
        "average.by_weeks",
        "family.week",
        "family.service",
        "family.earnings",
    ]
    # The weeks up to 5 April 2027 are explained; after it no rate is known yet.
    assert rules.count("family.part") == 36


def test_a_year_that_decides_what_comes_back_and_is_not_known_is_noted(
    away: TimeAway, household: Household, ada: int
) -> None:
    away.record_leave(expecting(ada), week(13), 39)

    (finding,) = away.detail(ada, TODAY).findings
    assert "All National Insurance of 2025-26" in finding.message
    with household.book.change("For a test") as tx:
        tx.add(NiOfYear(0, "2025-26", pounds("1200.00"), "a test"))
    assert away.detail(ada, TODAY).findings == ()


def test_leave_can_be_changed_and_taken_out(away: TimeAway, ada: int) -> None:
    born = date(2026, 7, 1)
    leave = expecting(ada, kind=FamilyPay.SPP, happened_on=born)
    leave_id = away.record_leave(leave, born, 1)
    away.set_block(LeaveBlock(0, leave_id, date(2026, 9, 7), 1))

    (row,) = away.detail(ada, TODAY).leaves
    assert (row.weeks, row.says) == (2, "Statutory Paternity Pay: 2 weeks at £194.32 a week.")
    away.change_leave(replace(row.fact, proof="Declaration"))
    with pytest.raises(EntryError, match="at the earliest"):
        away.change_leave(replace(row.fact, happened_on=date(2026, 7, 2)))
    assert away.detail(ada, TODAY).leaves[0].fact.proof == "Declaration"
    away.remove_leave(leave_id)
    assert away.detail(ada, TODAY).leaves == ()


def test_leave_may_not_overlap_sickness(away: TimeAway, ada: int) -> None:
    away.record_sickness(sick(ada, week(9), None), "01234")

    with pytest.raises(EntryError, match="recorded already"):
        away.record_leave(expecting(ada, kind=FamilyPay.SPP, happened_on=week(9)), week(9), 1)
    assert away.detail(ada, TODAY).leaves == ()


def test_leave_that_was_paid_stays(away: TimeAway, household: Household, ada: int) -> None:
    leave_id = away.record_leave(expecting(ada, proof="MATB1"), week(13), 39)
    household.hours(ada, week(13), 0, days=0)
    household.pay(ada, week(13))

    with pytest.raises(RefusedError, match="27 July 2026"):
        away.remove_leave(leave_id)


def test_leave_whose_pay_cannot_be_known_yet_says_why(
    away: TimeAway, household: Household, ada: int
) -> None:
    far = away.record_leave(expecting(ada, expected_on=date(2027, 9, 6)), date(2027, 7, 5), 39)
    unpaid = somebody(household, nino="")
    asked = away.record_leave(expecting(unpaid), week(13), 39)

    assert "the week that counts ends on 29 May 2027" in away.detail(ada, TODAY).leaves[0].says
    assert away.detail(ada, TODAY).missing == ()
    row = away.detail(unpaid, TODAY).leaves[0]
    assert row.entitled is None
    assert "the pay of 8 paydays" in row.says
    assert len(away.detail(unpaid, TODAY).missing) == 8
    with pytest.raises(RefusedError, match="29 May 2027"):
        away.explain_leave(far, TODAY)
    with pytest.raises(RefusedError, match="8 paydays"):
        away.explain_leave(asked, TODAY)


def test_too_little_service_is_said_without_any_weeks(away: TimeAway, household: Household) -> None:
    household.scheme()
    new = household.take_on()
    paid_eight_weeks(household, new)
    leave_id = away.record_leave(expecting(new), week(13), 39)

    row = away.detail(new, TODAY).leaves[0]
    assert row.entitled is False
    assert row.says == (
        "No Statutory Maternity Pay: the job has not lasted 26 weeks by the end of the week that "
        "counts."
    )
    assert [step.rule for step in away.explain_leave(leave_id, TODAY)][-2:] == [
        "family.service_failed",
        "family.earnings",
    ]


# ── what is to do ──


def test_a_fit_note_is_asked_for_from_the_eighth_day(away: TimeAway, ada: int) -> None:
    sickness_id = away.record_sickness(sick(ada, week(9), None), "01234")

    assert [thing.says for thing in away.to_do(week(9) + timedelta(days=6))] == []
    (thing,) = away.to_do(TODAY)
    assert thing.says == (
        "Ask Ada Keane for a fit note from 6 July 2026 on, or record the last day of sickness."
    )
    assert (thing.late, thing.page, thing.what) == (True, "people", (ada, "away"))
    away.add_fit_note(FitNote(0, sickness_id, week(10), week(12)))
    assert list(away.to_do(TODAY)) == []


def test_the_form_is_asked_for_before_sick_pay_ends(away: TimeAway, ada: int) -> None:
    away.record_sickness(sick(ada, week(9), None), "01234")

    late = date(2026, 12, 7)
    assert any("form SSP1" in thing.says for thing in away.to_do(late))
    assert not any("form SSP1" in thing.says for thing in away.to_do(date(2026, 11, 20)))
    assert not any("form SSP1" in thing.says for thing in away.to_do(date(2027, 2, 1)))


def test_the_paper_for_family_leave_is_asked_for(away: TimeAway, ada: int) -> None:
    leave_id = away.record_leave(expecting(ada), week(13), 39)

    (thing,) = away.to_do(TODAY)
    assert "MATB1" in thing.says
    leave = away.detail(ada, TODAY).leaves[0].fact
    away.change_leave(replace(leave, id=leave_id, proof="MATB1"))
    assert list(away.to_do(TODAY)) == []


def test_nothing_is_asked_about_pay_long_past(away: TimeAway, household: Household) -> None:
    ada = somebody(household)
    away.record_sickness(sick(ada, date(2025, 6, 2), date(2025, 6, 6)), "01234")

    assert list(away.to_do(TODAY)) == []


def test_a_form_is_not_asked_for_before_the_pay_behind_it_is_known(
    away: TimeAway, household: Household
) -> None:
    ada = somebody(household)
    away.record_sickness(sick(ada, week(9), None), "01234")

    assert not any("SSP1" in thing.says for thing in away.to_do(date(2026, 12, 7)))


def test_maternity_pay_that_outlasts_the_job_is_not_forgotten(
    away: TimeAway, household: Household, ada: int
) -> None:
    away.record_leave(expecting(ada, proof="MATB1"), week(13), 39)
    employment = household.people.employment(ada, TODAY).employment
    household.people.change_employment(replace(employment, left_on=date(2026, 8, 31)))

    assert list(away.to_do(date(2026, 8, 31))) == []
    (thing,) = away.to_do(date(2026, 9, 1))
    assert "goes on until 25 April 2027, though the job has ended" in thing.says
    assert list(away.to_do(date(2027, 4, 26))) == []


# ── papers ──


@pytest.fixture
def papers(household: Household) -> AwayPapers:
    """What is printed, with Helen Ashby as the employer."""
    with household.book.change("For a test") as tx:
        helen = tx.add(Party(0, "Helen Ashby", "1 Green Lane"))
        tx.add(RoleHeld(0, helen, Role.EMPLOYER, date(2024, 1, 1)))
    return AwayPapers(household.book, RATES)


def test_a_statement_of_sick_pay_has_the_figures(
    away: TimeAway, papers: AwayPapers, household: Household, ada: int
) -> None:
    first = week(9)
    sickness_id = away.record_sickness(sick(ada, first, first + timedelta(days=6)), "024")

    text = text_of(papers.sickness(sickness_id, TODAY))
    for words in ("Helen Ashby", "Ada Keane", "£264.00", "£123.25", "Monday, Wednesday, Friday"):
        assert words in text
    assert "SSP1" not in text
    household.hours(ada, first)
    worked = text_of(papers.sickness(sickness_id, TODAY))
    assert "some work was done that day" in worked
    assert "SSP1" not in worked
    assert papers.sickness_file_name(sickness_id) == "Sick pay from 2026-06-29.pdf"


def test_a_statement_of_no_sick_pay_says_why_and_what_to_do(
    away: TimeAway, papers: AwayPapers, ada: int
) -> None:
    sickness_id = away.record_sickness(sick(ada, week(9), None, bar=Bar.ESA))

    text = text_of(papers.sickness(sickness_id, TODAY, large=True))
    assert "Employment and Support Allowance was paid in the 12 weeks before" in text
    assert "SSP1" in text
    assert "still going on" in text


def test_a_statement_of_maternity_pay_lists_its_weeks(
    away: TimeAway, papers: AwayPapers, ada: int
) -> None:
    leave_id = away.record_leave(expecting(ada), week(13), 39)

    text = text_of(papers.leave(leave_id, TODAY))
    assert "£237.60" in text
    assert "£194.32" in text
    assert "the rate of the next tax year is not known yet" in text
    assert papers.leave_file_name(leave_id) == "Family pay SMP.pdf"


def test_a_statement_of_no_family_pay_says_why(
    away: TimeAway, papers: AwayPapers, household: Household
) -> None:
    household.scheme()
    new = household.take_on(nino="")
    paid_eight_weeks(household, new)
    maternity = away.record_leave(expecting(new), week(13), 39)
    shared = expecting(new, kind=FamilyPay.SHPP)
    other = away.record_leave(shared, date(2027, 5, 3), 1)

    text = text_of(papers.leave(maternity, TODAY))
    assert "Why there is no Statutory Maternity Pay" in text
    assert "has not lasted 26 weeks" in text
    assert "SMP1" in text
    assert "Form" not in text_of(papers.leave(other, TODAY))


def test_a_statement_needs_the_pay_it_is_worked_out_from(
    away: TimeAway, papers: AwayPapers, household: Household
) -> None:
    ada = somebody(household)
    sickness_id = away.record_sickness(sick(ada, week(9), week(9)), "01234")
    leave_id = away.record_leave(expecting(ada), week(13), 39)

    with pytest.raises(RefusedError, match="8 paydays"):
        papers.sickness(sickness_id, TODAY)
    with pytest.raises(RefusedError, match="8 paydays"):
        papers.leave(leave_id, TODAY)
