"""Sick pay and family pay on a payslip: the right days, once, explained, and what to look at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from dpemployer.bank_days import Nation
from dpemployer.findings import Severity
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.away import (
    AgreedDays,
    Away,
    Bar,
    FamilyLeave,
    FitNote,
    LeaveBlock,
    Sickness,
    StatutoryPaid,
    agreed_for,
    weekdays_in,
)
from dpemployer.payroll.away_pay import maternity_periods, payable_days
from dpemployer.payroll.draft_pay import DraftPay, DraftPayRun
from dpemployer.payroll.figures import steps_for
from dpemployer.payroll.issue import issued
from dpemployer.payroll.pay_run import calculate
from dpemployer.payroll.payday import PayRun
from dpemployer.payroll.people import PayType, PensionMembership
from dpemployer.payroll.statutory_recovery import recovered, together
from dpemployer.payroll.timesheet import Timesheet, TimesheetStatus
from dpemployer.periods import PayFrequency
from dpemployer.statutory.average_earnings import Payday
from dpemployer.statutory.family_pay import Because, FamilyPay
from tests.builders import RATES, a_person, a_rate, an_employment, pounds, terms

if TYPE_CHECKING:
    from dpemployer.findings import Finding
    from dpemployer.payroll.pay_run import WorkedPay

STARTED = date(2024, 4, 1)
WEEKDAYS = AgreedDays(1, 1, date(2020, 1, 5), "01234")


def day(text: str) -> date:
    return date.fromisoformat(text)


def a_run(first: str = "2026-06-01", last: str = "2026-06-07") -> PayRun:
    pay_date = day(last) + timedelta(days=5)
    return PayRun(1, PayFrequency.WEEKLY, day(first), day(last), pay_date, pay_date)


def paydays(pay: str | None = "200.00", until: str = "2026-06-26") -> tuple[Payday, ...]:
    """Weekly paydays on Fridays, each with the same pay, back to the start of 2025."""
    found = []
    first = date(2025, 1, 6)
    while first + timedelta(days=11) <= day(until):
        last = first + timedelta(days=6)
        amount = None if pay is None else pounds(pay)
        found.append(Payday(last + timedelta(days=5), first, last, amount))
        first += timedelta(days=7)
    return tuple(found)


def sick(first: str, last: str | None, **changes: Any) -> Sickness:
    return Sickness(1, 1, day(first), None if last is None else day(last), **changes)


def away(*sicknesses: Sickness, **changes: Any) -> Away:
    facts: dict[str, Any] = {
        "sicknesses": sicknesses,
        "agreed": (WEEKDAYS,),
        "paydays": paydays(),
        **changes,
    }
    return Away(**facts)


def on_leave(*blocks: tuple[str, int], kind: FamilyPay = FamilyPay.SMP, **changes: Any) -> Away:
    """Family leave with a baby due on 1 August 2026, of somebody paid 300.00 a week."""
    facts: dict[str, Any] = {"expected_on": day("2026-08-01"), "proof": "MATB1", **changes}
    extra = {
        name: facts.pop(name)
        for name in ("worked", "holiday", "paid", "covered", "nation", "sicknesses", "paydays")
        if name in facts
    }
    return Away(
        leaves=(FamilyLeave(7, 1, kind, **facts),),
        blocks=tuple(
            LeaveBlock(number, 7, day(first), weeks)
            for number, (first, weeks) in enumerate(blocks, start=1)
        ),
        **{"paydays": paydays("300.00"), **extra},
    )


def worked_out(
    time_away: Away, run: PayRun | None = None, **changes: Any
) -> tuple[WorkedPay | None, dict[str, Finding]]:
    run = run or a_run()
    facts: dict[str, Any] = {
        "assistant": a_person(),
        "employment": an_employment(started_on=STARTED),
        "terms": terms(a_rate(from_day=STARTED)),
        "timesheet": Timesheet(1, 1, run.first_day, run.last_day, TimesheetStatus.APPROVED),
        "away": time_away,
        **changes,
    }
    result = calculate(DraftPayRun(run, (DraftPay(**facts),)), RATES)
    codes = {finding.code: finding for finding in result.findings}
    return (result.pays[0] if result.pays else None), codes


def lines(time_away: Away, run: PayRun | None = None, **changes: Any) -> dict[PayType, Money]:
    pay, _codes = worked_out(time_away, run, **changes)
    assert pay is not None
    return {line.pay_type: line.amount for line in pay.elements.lines}


def codes(time_away: Away, run: PayRun | None = None, **changes: Any) -> dict[str, Finding]:
    return worked_out(time_away, run, **changes)[1]


# ── sick pay ──


def test_the_days_of_this_pay_period_are_paid() -> None:
    # 80% of 200 is 160, so 123.25; three of five days, 73.95.
    assert lines(away(sick("2026-06-03", "2026-06-09"))) == {PayType.SSP: pounds("73.95")}


def test_sickness_that_goes_on_is_paid_to_the_end_of_the_period() -> None:
    assert lines(away(sick("2026-06-03", None))) == {PayType.SSP: pounds("73.95")}
    assert lines(away(sick("2026-06-08", None))) == {}


def test_somebody_never_away_has_no_lines_for_it() -> None:
    assert lines(Away()) == {}


def test_what_is_not_settled_about_sick_pay_is_noted() -> None:
    plain = away(sick("2026-06-01", "2026-06-07"))
    # 80% of 107.53 is 86.024.
    uneven = replace(plain, paydays=paydays("107.53"))

    assert "rates_unconfirmed" not in codes(plain)
    assert "never pays a penny too little" in codes(uneven)["rates_unconfirmed"].message


def test_statutory_pay_is_pay_and_no_work() -> None:
    pay, _codes = worked_out(away(sick("2026-06-01", "2026-06-07")))

    assert pay is not None
    assert pay.result.pay == pounds("123.25")
    assert pay.elements.counted_pay == NOTHING
    assert pay.elements.worked_minutes == 0
    assert pay.elements.basic_pay == pounds("123.25")
    assert pay.weeks == {}
    assert [line.label for line in pay.elements.lines] == ["Statutory Sick Pay (5 days)"]


def test_the_line_says_how_it_was_worked_out() -> None:
    pay, _codes = worked_out(away(sick("2026-06-03", "2026-06-09")))

    assert pay is not None
    slip = issued(a_run(), pay)
    assert [step.sentence for step in steps_for("line:0", slip.workings)] == [
        (
            "Pay counts from 4 April 2026, the day after a payday at least 8 weeks before "
            "the last one that counts, to that payday, 29 May 2026. There are 8 paydays in them."
        ),
        (
            "Paid in them, before anything was taken off: £200.00 + £200.00 + £200.00 + "
            "£200.00 + £200.00 + £200.00 + £200.00 + £200.00. Together that is £1,600.00."
        ),
        "£1,600.00 divided by 8 weeks is £200.00 for an average week. This is not rounded.",
        (
            "80% of the average of £200.00 is £160.00. A week of Statutory Sick Pay is that, "
            "but never more than £123.25: £123.25."
        ),
        (
            "£123.25 a week is shared by the 5 working days agreed for that week. For 3 days "
            "of sickness that is £73.95, not rounded yet."
        ),
        "2 days not paid: not one of the days agreed as working days.",
        "£73.95 goes up to the next penny: £73.95.",
        "Weeks of sick pay used in all: 0.6 of 28.",
        "Statutory Sick Pay for 3 days comes to £73.95.",
    ]


def test_a_day_known_too_late_is_paid_with_the_next_payslip_and_once() -> None:
    late = away(sick("2026-05-28", "2026-06-01"), covered=((day("2026-05-25"), day("2026-05-31")),))
    paid = StatutoryPaid(
        1, 1, 5, day("2026-06-05"), PayType.SSP, 0, pounds("24.65"), (day("2026-05-28"),)
    )
    taken_back = replace(paid, id=2, amount=-paid.amount)

    assert lines(late) == {PayType.SSP: pounds("73.95")}
    assert lines(replace(late, paid=(paid,))) == {PayType.SSP: pounds("49.30")}
    assert lines(replace(late, paid=(paid, taken_back))) == {PayType.SSP: pounds("73.95")}
    assert lines(replace(late, covered=())) == {PayType.SSP: pounds("24.65")}


def test_only_periods_before_this_one_are_made_up_for() -> None:
    run = a_run()
    both = Away(covered=((run.first_day, run.last_day), (day("2026-05-25"), day("2026-06-02"))))

    assert min(payable_days(both, run.first_day, run.last_day)) == day("2026-05-25")
    assert max(payable_days(both, run.first_day, run.last_day)) == run.last_day


def test_linked_sickness_keeps_the_average_of_the_first() -> None:
    # The first absence began before a rise: 100 a week, so 80.
    before = tuple(
        replace(each, pay=pounds("100.00")) if each.pay_date < day("2026-04-20") else each
        for each in paydays("400.00")
    )
    linked = away(
        sick("2026-04-20", "2026-04-24"), sick("2026-06-01", "2026-06-07"), paydays=before
    )
    alone = away(sick("2026-03-02", "2026-03-06"), sick("2026-06-01", "2026-06-07"), paydays=before)

    assert lines(linked) == {PayType.SSP: pounds("80.00")}
    assert lines(alone) == {PayType.SSP: pounds("123.25")}


def test_the_pay_of_a_payday_nobody_knows_is_asked_for() -> None:
    pay, found = worked_out(away(sick("2026-06-01", None), paydays=paydays(None)))

    assert found["average_pay_missing"].severity is Severity.BLOCKING
    assert "29 May 2026" in found["average_pay_missing"].message
    assert pay is not None
    assert pay.elements.lines == ()


def test_somebody_never_paid_yet_needs_the_pay_of_a_usual_week() -> None:
    unpaid = away(sick("2026-06-01", "2026-06-05"), paydays=())
    said = away(sick("2026-06-01", "2026-06-05", usual_week=pounds("100.00")), paydays=())

    assert "nobody had been paid yet" in codes(unpaid)["average_pay_missing"].message
    assert lines(said) == {PayType.SSP: pounds("80.00")}


def test_days_agreed_for_one_week_beat_those_that_last() -> None:
    alone = AgreedDays(2, 1, day("2026-05-31"), "56", one_week=True)
    # Saturday and Sunday alone: Sunday 31 May is before, Saturday 6 June is half a week.
    both = away(sick("2026-06-01", "2026-06-07"), agreed=(WEEKDAYS, alone))

    assert lines(both) == {PayType.SSP: pounds("61.63")}
    assert agreed_for((WEEKDAYS, alone), day("2026-06-07")) == WEEKDAYS
    assert agreed_for((), day("2026-06-07")) is None
    assert weekdays_in("") == {2}


# ── what there is to look at about sickness ──


def test_work_and_holiday_on_a_day_of_sickness_are_pointed_out() -> None:
    clash = away(
        sick("2026-06-01", "2026-06-05"),
        worked=frozenset({day("2026-06-02")}),
        holiday=frozenset({day("2026-06-03")}),
    )

    found = codes(clash)
    assert "2 June 2026" in found["sick_and_worked"].message
    assert "3 June 2026" in found["sick_and_holiday"].message
    assert lines(clash) == {PayType.SSP: pounds("98.60")}


def test_a_fit_note_is_asked_for_after_seven_days() -> None:
    long = away(sick("2026-05-28", None))
    note = FitNote(1, 1, day("2026-06-04"), day("2026-06-06"))

    assert "4 June 2026 to 7 June 2026" in codes(long)["fit_note_missing"].message
    half = replace(long, fit_notes=(note,))
    assert "7 June 2026 to 7 June 2026" in codes(half)["fit_note_missing"].message
    whole = replace(long, fit_notes=(replace(note, to_day=day("2026-06-30")),))
    assert "fit_note_missing" not in codes(whole)


@pytest.mark.parametrize(
    ("bar", "words"),
    [(Bar.ESA, "Employment and Support Allowance"), (Bar.CUSTODY, "in custody")],
)
def test_what_keeps_somebody_from_sick_pay_asks_for_the_form(bar: Bar, words: str) -> None:
    found = codes(away(sick("2026-06-01", "2026-06-05", bar=bar)))

    assert words in found["no_sick_pay"].message
    assert "SSP1" in found["no_sick_pay"].message


def test_the_form_is_asked_for_when_22_weeks_have_been_paid() -> None:
    # 22 weeks from 5 January 2026 end on Friday 5 June; three waiting days more.
    found = codes(away(sick("2025-12-31", None)))

    assert "22 weeks of sick pay on 5 June 2026" in found["sick_pay_running_out"].message


def test_sickness_of_under_four_days_before_the_change_is_noted() -> None:
    run = a_run("2026-03-30", "2026-04-05")

    found = codes(away(sick("2026-03-30", "2026-04-01")), run)

    assert found["short_sickness_links_nothing"].severity is Severity.NOTE


def test_days_paid_that_are_not_sick_any_more_are_pointed_out() -> None:
    paid = StatutoryPaid(
        1,
        1,
        5,
        day("2026-06-05"),
        PayType.SSP,
        0,
        pounds("49.30"),
        (day("2026-05-28"), day("2026-05-29")),
    )
    shortened = away(
        sick("2026-05-28", "2026-05-28"),
        paid=(paid,),
        covered=((day("2026-05-25"), day("2026-05-31")),),
    )

    found = codes(shortened)
    assert "29 May 2026" in found["sick_pay_paid_too_much"].message
    assert "for 1 day" in found["sick_pay_paid_too_much"].message


# ── family pay ──


def test_maternity_pay_is_paid_by_the_days_of_the_period() -> None:
    # 90% of 300 is 270 a week: from Thursday, four sevenths of it: 154.2857...
    assert lines(on_leave(("2026-06-04", 39))) == {PayType.SMP: pounds("154.29")}


def test_family_pay_says_how_it_was_worked_out() -> None:
    pay, _codes = worked_out(on_leave(("2026-06-01", 39)))

    assert pay is not None
    slip = issued(a_run(), pay)
    rules = [step.rule for step in steps_for("line:0", slip.workings)]
    assert rules == [
        "average.look_back",
        "average.paid",
        "average.by_weeks",
        "family.week",
        "family.service",
        "family.earnings",
        "family.higher",
        "family.part",
        "family.total",
        "pay.line.statutory",
    ]
    assert pay.elements.elements[0].about == 7


def test_leave_that_has_not_begun_asks_for_nothing() -> None:
    later = on_leave(("2026-07-06", 39), paydays=())

    assert lines(later) == {}
    assert "average_pay_missing" not in codes(later)
    assert lines(on_leave()) == {}


def test_family_pay_in_arrears_skips_the_days_already_paid() -> None:
    paid = StatutoryPaid(
        1,
        1,
        5,
        day("2026-06-05"),
        PayType.SMP,
        7,
        pounds("77.15"),
        (day("2026-05-30"), day("2026-05-31")),
    )
    late = on_leave(
        ("2026-05-28", 39),
        covered=((day("2026-05-25"), day("2026-05-31")),),
        paid=(paid,),
    )

    # 28 and 29 May: 77.15; then 1 to 3 June: 115.72; then four days of week 2: 154.29.
    assert lines(late) == {PayType.SMP: pounds("347.16")}


def test_too_little_service_or_pay_is_said_with_the_form() -> None:
    late_start = an_employment(started_on=day("2026-02-02"))
    pay, found = worked_out(on_leave(("2026-06-01", 39)), employment=late_start)

    assert pay is not None
    assert pay.elements.lines == ()
    assert "26 weeks" in found["no_family_pay"].message
    assert "SMP1" in found["no_family_pay"].message
    low = codes(
        on_leave(
            ("2026-06-01", 2),
            kind=FamilyPay.SHPP,
            paydays=paydays("100.00"),
            partner_qualifies=False,
        )
    )
    assert "lower earnings limit; the other parent" in low["no_family_pay"].message
    assert "Say so in writing" in low["no_family_pay"].message


def test_the_pay_behind_family_pay_may_be_asked_for_too() -> None:
    found = codes(on_leave(("2026-06-01", 39), paydays=paydays(None)))

    assert "Statutory Maternity Pay is worked out" in found["average_pay_missing"].message


def test_two_single_weeks_of_paternity_leave_are_two_blocks() -> None:
    born: dict[str, Any] = {"happened_on": day("2026-05-20"), "kind": FamilyPay.SPP}
    first = on_leave(("2026-06-01", 1), ("2026-07-06", 1), **born)

    assert lines(first) == {PayType.SPP: pounds("194.32")}
    assert lines(first, a_run("2026-07-06", "2026-07-12")) == {PayType.SPP: pounds("194.32")}
    assert lines(first, a_run("2026-06-08", "2026-06-14")) == {}


def test_a_week_lost_by_working_in_it_pays_nothing() -> None:
    worked = on_leave(("2026-06-01", 1), kind=FamilyPay.SPP, worked=frozenset({day("2026-06-02")}))

    assert lines(worked) == {}


def test_a_paper_and_the_pension_are_seen_to() -> None:
    member = PensionMembership(1, 1, day("2026-04-06"), "Nest")
    found = codes(
        on_leave(("2026-06-01", 39), proof=""),
        terms=terms(a_rate(from_day=STARTED), pensions=(member,)),
    )

    assert "MATB1" in found["leave_proof_missing"].message
    assert "Nest" not in found["leave_pension_on_usual_pay"].message
    assert "usually have had" in found["leave_pension_on_usual_pay"].message


def test_sickness_and_holiday_in_family_leave_are_pointed_out() -> None:
    both = on_leave(
        ("2026-06-01", 39),
        sicknesses=(sick("2026-06-02", "2026-06-05"),),
        holiday=frozenset({day("2026-06-01"), day("2026-07-01")}),
    )

    found = codes(both)
    assert lines(both) == {PayType.SMP: pounds("270.00")}
    assert "no sick pay in a maternity pay period" in found["sick_in_family_leave"].message
    assert "1 June 2026" in found["holiday_in_family_leave"].message
    assert "July" not in found["holiday_in_family_leave"].message
    assert "sick pay is not paid in a maternity pay period" in found["no_sick_pay"].message


def test_a_pay_rise_before_the_end_of_maternity_leave_is_pointed_out() -> None:
    risen = terms(
        a_rate(from_day=STARTED),
        a_rate("12.00", from_day=day("2026-04-01")),
        a_rate("14.00", from_day=day("2026-10-01")),
        a_rate("15.00", from_day=day("2026-11-01")),
    )
    leave = on_leave(("2026-06-01", 39))

    said = codes(leave, terms=risen)["leave_pay_rise"].message
    assert "goes up on 1 October 2026" in said
    (known,) = leave.leaves
    counted = replace(leave, leaves=(replace(known, pay_rise=pounds("80.00")),))
    assert "leave_pay_rise" not in codes(counted, terms=risen)
    # 80.00 more in eight weeks is 10.00 a week: 90% of 310.
    assert lines(counted, terms=risen) == {PayType.SMP: pounds("279.00")}
    other = on_leave(("2026-06-01", 1), kind=FamilyPay.SPP)
    assert "leave_pay_rise" not in codes(other, terms=risen)


def test_a_usual_week_may_stand_for_pay_where_a_rise_matters_to_nobody() -> None:
    unpaid = on_leave(("2026-06-01", 39), paydays=(), usual_week=pounds("300.00"))

    assert lines(unpaid) == {PayType.SMP: pounds("270.00")}


def test_days_worked_in_leave_that_was_not_read_up_are_noted() -> None:
    worked = on_leave(
        ("2026-06-01", 39),
        kind=FamilyPay.SAP,
        because=Because.ADOPTION,
        matched_on=day("2026-05-06"),
        worked=frozenset({day("2026-06-02")}),
    )

    assert lines(worked) == {PayType.SAP: pounds("270.00")}
    assert "Days worked in leave" in codes(worked)["rates_unconfirmed"].message


def test_leave_before_the_job_is_pointed_out() -> None:
    found = codes(
        on_leave(("2026-06-01", 39)), employment=an_employment(started_on=day("2026-06-03"))
    )

    assert "begins before the job does" in found["leave_before_the_job"].message


def test_other_leave_leaves_sick_pay_alone() -> None:
    adoption = on_leave(
        ("2026-06-01", 39),
        kind=FamilyPay.SAP,
        because=Because.ADOPTION,
        matched_on=day("2026-05-06"),
    )

    assert maternity_periods(adoption, RATES) == ()
    assert maternity_periods(on_leave(), RATES) == ()
    assert lines(adoption) == {PayType.SAP: pounds("270.00")}


def test_a_rate_that_is_not_known_stops_one_person_and_says_so() -> None:
    run = PayRun(
        1,
        PayFrequency.WEEKLY,
        day("2027-03-29"),
        day("2027-04-11"),
        day("2027-04-05"),
        day("2027-04-05"),
    )
    leave = on_leave(("2026-10-05", 39), expected_on=day("2026-10-05"), paydays=paydays("300.00"))
    _pay, found = worked_out(leave, run)
    assert "Statutory Maternity Pay cannot be worked out" in found["statutory_rate_unknown"].message
    _pay, found = worked_out(
        away(sick("2027-04-01", None), paydays=paydays(until="2027-04-02")), run
    )
    assert "Statutory Sick Pay cannot be worked out" in found["statutory_rate_unknown"].message


def test_neonatal_care_pay_stays_in_great_britain() -> None:
    care: dict[str, Any] = {
        "kind": FamilyPay.SNCP,
        "expected_on": None,
        "happened_on": day("2026-05-06"),
        "care_days": 8,
    }

    assert lines(on_leave(("2026-06-01", 1), **care)) == {PayType.SNCP: pounds("194.32")}
    there = on_leave(("2026-06-01", 1), **care, nation=Nation.NORTHERN_IRELAND)
    assert "Northern Ireland" in codes(there)["no_family_pay"].message


# ── what comes back ──


def test_each_payment_comes_back_by_itself() -> None:
    rates = RATES.on(day("2026-06-06"))
    back = recovered(
        {
            (FamilyPay.SPP, True): pounds("194.32"),
            (FamilyPay.SMP, True): pounds("777.28"),
            (FamilyPay.SMP, False): pounds("100.00"),
            (FamilyPay.SAP, True): NOTHING,
        },
        rates,
    )

    assert [(one.kind, one.paid, one.recovered, one.compensation) for one in back] == [
        (FamilyPay.SMP, pounds("877.28"), pounds("869.28"), pounds("69.96")),
        (FamilyPay.SPP, pounds("194.32"), pounds("194.32"), pounds("17.49")),
    ]
    assert together(back).total == pounds("1151.05")
    assert together(()).total == NOTHING
    assert Decimal(len(together(back).workings)) == 3


# ── at the edges ──


def test_pay_on_the_first_day_of_sickness_does_not_count() -> None:
    # Friday 5 June is a payday: 8 paydays to 29 May count, not this one of 1,000.
    usual = paydays("100.00")
    paid = tuple(
        replace(each, pay=pounds("1000.00")) if each.pay_date == day("2026-06-05") else each
        for each in usual
    )

    assert lines(away(sick("2026-06-05", "2026-06-05"), paydays=paid)) == {
        PayType.SSP: pounds("16.00")
    }


def test_one_day_is_one_day_of_the_28_weeks() -> None:
    pay, _codes = worked_out(away(sick("2026-06-05", "2026-06-05")))

    assert pay is not None
    (element,) = pay.elements.elements
    assert (element.line.label, element.about) == ("Statutory Sick Pay (1 day)", 0)
    assert element.explained[-1].result == Decimal("0.20")


def test_a_maternity_pay_period_is_all_its_weeks_of_every_child() -> None:
    one = on_leave(("2026-06-01", 39))
    (leave,) = one.leaves
    second = replace(leave, id=8)
    two = replace(
        one,
        leaves=(leave, second),
        blocks=(*one.blocks, LeaveBlock(9, 8, day("2024-06-03"), 30)),
    )

    assert maternity_periods(two, RATES) == (
        (day("2026-06-01"), day("2027-02-28")),
        (day("2024-06-03"), day("2024-12-29")),
    )


def test_never_more_weeks_than_there_can_be() -> None:
    long = on_leave(("2026-05-18", 4), kind=FamilyPay.SPP, happened_on=day("2026-05-10"))

    assert lines(long, a_run("2026-05-25", "2026-05-31")) == {PayType.SPP: pounds("194.32")}
    assert lines(long, a_run("2026-06-01", "2026-06-07")) == {}


def test_the_partner_the_care_and_the_end_of_the_job_are_looked_at() -> None:
    shared = on_leave(("2026-06-01", 1), kind=FamilyPay.SHPP)
    short = on_leave(
        ("2026-06-01", 1),
        kind=FamilyPay.SNCP,
        expected_on=None,
        happened_on=day("2026-05-06"),
        care_days=6,
    )
    gone = an_employment(started_on=STARTED, left_on=day("2026-04-01"))

    assert lines(shared) == {PayType.SHPP: pounds("194.32")}
    assert "less than seven days" in codes(short)["no_family_pay"].message
    ended = codes(on_leave(("2026-06-01", 39)), employment=gone)
    assert "the job had ended before the week that counts" in ended["no_family_pay"].message


def test_what_is_missing_is_asked_in_whole_sentences() -> None:
    missing = codes(away(sick("2026-06-01", None), paydays=paydays(None)))["average_pay_missing"]
    nothing = codes(away(sick("2026-06-01", None), paydays=()))["average_pay_missing"]

    assert missing.subject == nothing.subject == "Ada Keane"
    assert missing.message.startswith(
        "Statutory Sick Pay is worked out from what was paid on 10 April 2026, 17 April 2026, "
    )
    assert missing.message.endswith(
        "and this book does not say how much that was. Finish those paydays first, or enter the "
        "pay under “Away from work”."
    )
    assert nothing.message == (
        "Statutory Sick Pay is worked out from average pay, and nobody had been paid yet. Enter "
        "the pay agreed for a usual week under “Away from work”."
    )


def test_sick_pay_and_two_kinds_of_family_pay_stand_beside_each_other() -> None:
    paternity = FamilyLeave(
        7, 1, FamilyPay.SPP, expected_on=day("2026-08-01"), happened_on=day("2026-05-20"), proof="x"
    )
    bereaved = FamilyLeave(8, 1, FamilyPay.SPBP, happened_on=day("2026-05-30"), proof="x")
    all_of_them = away(
        sick("2026-06-01", "2026-06-01"),
        paydays=paydays("300.00"),
        leaves=(paternity, bereaved),
        blocks=(
            LeaveBlock(1, 7, day("2026-05-27"), 1),
            LeaveBlock(2, 8, day("2026-06-07"), 1),
        ),
    )

    # A fifth of 123.25; two sevenths and one seventh of 194.32.
    assert lines(all_of_them) == {
        PayType.SSP: pounds("24.65"),
        PayType.SPP: pounds("55.52"),
        PayType.SPBP: pounds("27.76"),
    }
    unknown = tuple(
        replace(each, pay=None) if each.pay_date < day("2026-04-03") else each
        for each in all_of_them.paydays
    )
    found = codes(replace(all_of_them, paydays=unknown))
    assert "Statutory Paternity Pay" in found["average_pay_missing"].message
    assert lines(replace(all_of_them, paydays=unknown)) == {
        PayType.SSP: pounds("24.65"),
        PayType.SPBP: pounds("27.76"),
    }


def test_two_series_are_paid_together_each_with_its_own_average() -> None:
    before = tuple(
        replace(each, pay=pounds("100.00")) if each.pay_date < day("2026-04-06") else each
        for each in paydays("200.00")
    )
    both = away(
        sick("2026-04-07", "2026-04-07"),
        sick("2026-06-04", "2026-06-04"),
        paydays=before,
        covered=((day("2026-04-06"), day("2026-04-12")),),
    )
    pay, _codes = worked_out(both)

    # A fifth of 80.00 and a fifth of 123.25.
    assert pay is not None
    (element,) = pay.elements.elements
    assert element.line.amount == pounds("40.65")
    assert element.days == ((day("2026-04-07"), 0, 1), (day("2026-06-04"), 0, 1))


def test_sickness_ends_with_the_job() -> None:
    gone = an_employment(started_on=STARTED, left_on=day("2026-06-02"))

    assert lines(away(sick("2026-06-01", "2026-06-05")), employment=gone) == {
        PayType.SSP: pounds("49.30")
    }


def test_days_worked_in_maternity_leave_are_read_up_and_days_off_are_no_work() -> None:
    worked = on_leave(("2026-06-01", 39), worked=frozenset({day("2026-06-02")}))
    idle = on_leave(
        ("2026-06-01", 39),
        kind=FamilyPay.SAP,
        because=Because.ADOPTION,
        matched_on=day("2026-05-06"),
    )

    assert "rates_unconfirmed" not in codes(worked)
    assert "rates_unconfirmed" not in codes(idle)


def test_a_note_about_a_figure_pushes_nothing_else_aside() -> None:
    # Seven of 107.52 and one of 107.51 are 107.51875 a week; 80% of it is 86.015.
    half = tuple(
        replace(each, pay=pounds("107.52") if number % 8 else pounds("107.51"))
        for number, each in enumerate(paydays())
    )
    found = codes(away(sick("2026-05-25", None), paydays=half))
    assert {"fit_note_missing", "rates_unconfirmed"} <= set(found)
    adopting = on_leave(
        ("2026-06-01", 39),
        kind=FamilyPay.SAP,
        because=Because.ADOPTION,
        matched_on=day("2026-05-06"),
        proof="",
        worked=frozenset({day("2026-06-02")}),
    )
    assert {"leave_proof_missing", "rates_unconfirmed"} <= set(codes(adopting))


def test_a_rate_that_is_not_known_is_said_whole() -> None:
    run = PayRun(
        1,
        PayFrequency.WEEKLY,
        day("2027-03-29"),
        day("2027-04-11"),
        day("2027-04-05"),
        day("2027-04-05"),
    )
    absence = away(sick("2027-04-01", None), paydays=paydays(until="2027-04-02"))

    finding = codes(absence, run)["statutory_rate_unknown"]
    assert (finding.severity, finding.subject) == (Severity.BLOCKING, "Ada Keane")
    assert finding.message == (
        "Statutory Sick Pay cannot be worked out. No rates are known for 11 April 2027. If the "
        "date is right, get the newest version of the program: new rates come with it each spring."
    )
