"""HMRC is told of each payday, month, quarter and year; a person ticks each when it is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from dpemployer import clock
from dpemployer.errors import EntryError
from dpemployer.money import Money
from dpemployer.payroll.household import OpeningHousehold
from dpemployer.payroll.people import OpeningPay
from dpemployer.payroll.reporting import HoursBand, HowTold, ReportedJob, ReportKind
from dpemployer.periods import TaxYear
from dpemployer.services.hmrc import Hmrc
from dpemployer.services.ledger import Ledger
from dpemployer.services.money_rows import Account, AccountKind, LedgerEntry, Method, Part
from dpemployer.services.rows import CommitmentKind
from tests.builders import MONDAY, RATES, an_employment

if TYPE_CHECKING:
    from dpemployer.services.hmrc_rows import PersonSheet, ReportRow
    from dpemployer.services.rows import PayRunCorrected
    from dpemployer.store.book import Book
    from tests.services.household import Household

YEAR = TaxYear(2026)
NEXT_MONDAY = MONDAY + timedelta(days=7)
FRIDAY, NEXT_FRIDAY = date(2026, 6, 12), date(2026, 6, 19)
"""The paydays of the weeks that begin on MONDAY and NEXT_MONDAY."""
ONLINE = {"paye_reference": "123/AB456", "accounts_office_reference": "123PA00045678"}
BPT = HowTold.BASIC_PAYE_TOOLS


@pytest.fixture(autouse=True)
def _live_in_july(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 7, 20))


@pytest.fixture
def hmrc(book: Book) -> Hmrc:
    return Hmrc(book, RATES)


@pytest.fixture
def ada(household: Household) -> int:
    """Somebody taken on on 1 June, paid weekly, with a scheme that files online."""
    household.scheme(**ONLINE)
    return household.take_on(an_employment(started_on=MONDAY))


def pay(household: Household, employment_id: int, day: date = MONDAY, minutes: int = 360) -> int:
    household.hours(employment_id, day, minutes)
    return household.pay(employment_id, day).pay_run_id


def of(rows: tuple[ReportRow, ...], kind: ReportKind) -> list[ReportRow]:
    return [row for row in rows if row.kind is kind]


def paydays(hmrc: Hmrc, on: date = date(2026, 6, 30)) -> list[ReportRow]:
    return of(hmrc.reports(YEAR, on), ReportKind.PAYDAY)


def values(sheet: PersonSheet, part: str) -> dict[str, str]:
    return {item.key: item.value for one in sheet.parts if one.key == part for item in one.items}


def correct(household: Household, run: int, sheet: int, minutes: int) -> PayRunCorrected:
    """Take a payday back and put other hours in."""
    corrected = household.pay_runs.correct(run, "Hours were wrong.")
    household.timesheets.unapprove(sheet)
    detail = household.timesheets.show(sheet)
    for row in detail.shifts:
        household.timesheets.change_shift(replace(row.shift, minutes=minutes))
    household.timesheets.approve(sheet, "Helen Ashby", FRIDAY)
    return corrected


# ── paydays ──


def test_a_payday_is_to_be_told_on_or_before_it(household: Household, hmrc: Hmrc, ada: int) -> None:
    run = pay(household, ada)

    (row,) = paydays(hmrc, FRIDAY)

    assert (row.pay_run_id, row.day, row.due, row.who) == (run, FRIDAY, FRIDAY, "Ada Keane")
    assert not row.late
    assert paydays(hmrc, FRIDAY + timedelta(days=1))[0].late


def test_a_payday_that_is_not_final_is_not_told(household: Household, hmrc: Hmrc, ada: int) -> None:
    household.hours(ada)
    household.draft(ada)

    assert paydays(hmrc) == []


def test_what_was_told_is_ticked_with_who_when_and_how(
    household: Household, hmrc: Hmrc, ada: int
) -> None:
    pay(household, ada)
    (row,) = paydays(hmrc)

    finding = hmrc.tell(row, FRIDAY, " Helen Ashby ", BPT, reference="ABC2345")

    assert finding is None
    (row,) = paydays(hmrc)
    assert row.told is not None
    assert (row.told.told_by, row.told.told_on, row.told.how) == ("Helen Ashby", FRIDAY, BPT)
    assert row.told.reference == "ABC2345"
    assert not row.late
    assert "Ticked what HMRC was told" in household.actions()


def test_telling_late_is_said_plainly(household: Household, hmrc: Hmrc, ada: int) -> None:
    pay(household, ada)
    (row,) = paydays(hmrc)

    finding = hmrc.tell(row, FRIDAY + timedelta(days=3), "Helen", BPT)

    assert finding is not None
    assert "by 12 June 2026, and was told on 15 June 2026" in finding.message


def test_nothing_is_ticked_twice(household: Household, hmrc: Hmrc, ada: int) -> None:
    pay(household, ada)
    (row,) = paydays(hmrc)
    hmrc.tell(row, FRIDAY, "Helen", BPT)

    with pytest.raises(EntryError, match="ticked already: Helen did it on 12 June 2026"):
        hmrc.tell(row, FRIDAY, "Helen", BPT)


def test_a_tick_can_be_put_right_and_taken_back(household: Household, hmrc: Hmrc, ada: int) -> None:
    pay(household, ada)
    hmrc.tell(paydays(hmrc)[0], FRIDAY, "Helen", BPT)
    told = paydays(hmrc)[0].told
    assert told is not None

    hmrc.change_told(replace(told, told_by="Ravi", how=HowTold.OTHER_SOFTWARE))
    assert paydays(hmrc)[0].told == replace(told, told_by="Ravi", how=HowTold.OTHER_SOFTWARE)
    with pytest.raises(EntryError, match="reason is missing"):
        hmrc.untell(told.id, " ")
    hmrc.untell(told.id, "It was the week before.")

    assert paydays(hmrc)[0].told is None
    assert household.actions()[-2:] == (
        "Put right what HMRC was told",
        "Took back that HMRC was told",
    )


def test_the_sheet_of_a_first_payday_has_the_starter_s_block(
    household: Household, hmrc: Hmrc, ada: int
) -> None:
    pay(household, ada)
    sheet = hmrc.sheet(paydays(hmrc)[0])

    (person,) = sheet.people
    assert values(person, "starting")["started_on"] == "1 June 2026"
    assert values(person, "typed")["taxable_pay"] == "£396.00"
    assert values(person, "to_date")["pay_to_date"] == "£396.00"
    assert sheet.parts[0].items[0].value == "123/AB456"
    assert "12 June 2026" in sheet.notes[2]
    assert [finding.code for finding in person.findings] == ["sex_not_known", "no_address"]


def test_the_next_payday_adds_up_and_starts_nobody(
    household: Household, hmrc: Hmrc, ada: int
) -> None:
    pay(household, ada)
    pay(household, ada, NEXT_MONDAY)

    (person,) = hmrc.sheet(paydays(hmrc)[1]).people

    assert values(person, "starting") == {}
    assert values(person, "to_date")["pay_to_date"] == "£792.00"
    (first,) = hmrc.sheet(paydays(hmrc)[0]).people
    assert values(first, "to_date")["pay_to_date"] == "£396.00"


def test_somebody_who_was_here_before_the_book_is_no_starter(
    household: Household, hmrc: Hmrc, ada: int
) -> None:
    with household.book.change("Began") as tx:
        tx.add(OpeningHousehold(0, date(2026, 6, 1), "the bureau"))
        tx.add(
            OpeningPay(
                0, ada, "2026-27", "the bureau", pay=Money(100_00), taxable_pay=Money(100_00)
            )
        )
        tx.add(OpeningPay(0, ada, "2026-27", "P45", previous_pay=Money(999_00)))
    pay(household, ada)

    (person,) = hmrc.sheet(paydays(hmrc)[0]).people

    assert values(person, "starting") == {}
    assert values(person, "to_date")["pay_to_date"] == "£496.00"


def test_a_payday_corrected_before_it_was_told_is_told_once_as_it_is(
    household: Household, hmrc: Hmrc, ada: int
) -> None:
    sheet = household.hours(ada)
    run = household.pay(ada).pay_run_id
    corrected = correct(household, run, sheet, 300)
    household.pay_runs.finalise(corrected.draft_id)

    (row,) = paydays(hmrc)
    (person,) = hmrc.sheet(row).people

    assert row.pay_run_id == corrected.draft_id
    assert not row.corrects
    assert values(person, "starting")["started_on"] == "1 June 2026"
    assert values(person, "correcting") == {}
    assert values(person, "to_date")["pay_to_date"] == "£330.00"


def test_a_correction_of_what_was_told_is_told_with_the_year_to_date(
    household: Household, hmrc: Hmrc, ada: int
) -> None:
    sheet = household.hours(ada)
    run = household.pay(ada).pay_run_id
    hmrc.tell(paydays(hmrc)[0], FRIDAY, "Helen", BPT)
    pay(household, ada, NEXT_MONDAY)
    corrected = correct(household, run, sheet, 480)
    household.pay_runs.finalise(corrected.draft_id)

    rows = paydays(hmrc)
    correction = next(row for row in rows if row.corrects)
    (person,) = hmrc.sheet(correction).people

    assert [row.pay_run_id for row in rows if row.told is None and not row.corrects] != [run]
    assert any(row.pay_run_id == run and row.told for row in rows)
    assert values(person, "correcting")["late_reason"] == "H: a correction"
    assert values(person, "correcting")["was_taxable_pay"] == "told as £396.00; now £528.00"
    assert values(person, "to_date")["pay_to_date"] == "£924.00"
    assert "as soon as you can" in hmrc.sheet(correction).notes[2]


def test_a_payday_taken_back_and_not_replaced_is_told_as_a_correction(
    household: Household, hmrc: Hmrc, ada: int
) -> None:
    run = pay(household, ada)
    hmrc.tell(paydays(hmrc)[0], FRIDAY, "Helen", BPT)
    corrected = household.pay_runs.correct(run, "Nobody worked.")
    assert [row.pay_run_id for row in paydays(hmrc)] == [run]

    household.pay_runs.discard(corrected.draft_id)

    (told, back) = paydays(hmrc)
    assert (told.pay_run_id, back.pay_run_id) == (run, corrected.reversal_id)
    (person,) = hmrc.sheet(back).people
    assert values(person, "to_date")["pay_to_date"] == "£0.00"
    assert values(person, "correcting")["was_taxable_pay"] == "told as £396.00; now £0.00"
    assert values(person, "typed")["taxable_pay"] == "£0.00"


def test_somebody_taken_off_a_payday_that_was_told_is_told_with_nothing(
    household: Household, hmrc: Hmrc, ada: int
) -> None:
    """Ben was paid by mistake; the corrected payday is Ada's alone."""
    ben = household.take_on(an_employment(started_on=MONDAY), first_names="Ben", nino="AB123457C")
    sheet = household.hours(ben)
    household.hours(ada)
    run = household.pay(ada).pay_run_id
    hmrc.tell(paydays(hmrc)[0], FRIDAY, "Helen", BPT)
    corrected = household.pay_runs.correct(run, "Ben did not work.")
    household.timesheets.unapprove(sheet)
    for row in household.timesheets.show(sheet).shifts:
        household.timesheets.remove_shift(row.shift.id)
    household.pay_runs.finalise(corrected.draft_id)

    people = {
        person.employment_id: person
        for person in hmrc.sheet(next(row for row in paydays(hmrc) if row.corrects)).people
    }

    assert set(people) == {ada, ben}
    assert values(people[ben], "correcting")["was_taxable_pay"] == "told as £396.00; now £0.00"
    assert values(people[ben], "to_date")["pay_to_date"] == "£0.00"
    assert values(people[ada], "to_date")["pay_to_date"] == "£396.00"


def test_a_payday_not_told_yet_carries_the_year_as_it_is_put_right_since(
    household: Household, hmrc: Hmrc, ada: int
) -> None:
    """The first week is put right after the second was finalised, and neither was told."""
    sheet = household.hours(ada)
    run = household.pay(ada).pay_run_id
    second = pay(household, ada, NEXT_MONDAY)
    household.pay_runs.finalise(correct(household, run, sheet, 480).draft_id)

    (row,) = (row for row in paydays(hmrc) if row.pay_run_id == second)
    (person,) = hmrc.sheet(row).people
    assert values(person, "to_date")["pay_to_date"] == "£924.00"
    hmrc.tell(row, NEXT_FRIDAY, "Helen", BPT)

    (person,) = hmrc.sheet(row).people
    assert values(person, "to_date")["pay_to_date"] == "£792.00", "as it was when issued"


def test_a_payday_that_is_late_says_what_to_answer(
    household: Household, hmrc: Hmrc, ada: int
) -> None:
    pay(household, ada)

    (row,) = paydays(hmrc, date(2026, 7, 20))

    assert "Choose G if there is a reasonable excuse" in hmrc.sheet(row).notes[-1]


def test_a_leaver_and_a_payment_after_leaving(household: Household, hmrc: Hmrc, ada: int) -> None:
    pay(household, ada)
    household.people.end_employment(ada, date(2026, 6, 7))
    (person,) = hmrc.sheet(paydays(hmrc)[0]).people

    assert values(person, "leaving") == {"left_on": "7 June 2026", "after_leaving": "no"}


# ── a month as a whole ──


def months(hmrc: Hmrc, on: date) -> list[ReportRow]:
    return of(hmrc.reports(YEAR, on), ReportKind.MONTH)


def test_a_month_in_which_nobody_was_paid_is_told_by_the_19th(
    household: Household, hmrc: Hmrc, ada: int
) -> None:
    """Paid once, in the tax month to 5 July: nothing is expected before, and each month after."""
    pay(household, ada)

    (row,) = months(hmrc, date(2026, 8, 20))

    assert (row.number, row.first_day, row.day) == (4, date(2026, 7, 6), date(2026, 8, 5))
    assert row.due == date(2026, 8, 19)
    assert row.late
    assert row.reasons == ("Nobody was paid in this tax month.",)
    assert months(hmrc, date(2026, 8, 5)) == []


def test_nothing_is_expected_before_the_first_payday(
    household: Household, hmrc: Hmrc, ada: int
) -> None:
    household.hours(ada)

    assert hmrc.reports(YEAR, date(2026, 8, 20)) == ()


def test_the_allowance_is_claimed_once(household: Household, hmrc: Hmrc) -> None:
    household.scheme(**ONLINE, claims_employment_allowance=True)
    ada = household.take_on(an_employment(started_on=date(2026, 6, 6)))
    pay(household, ada, NEXT_MONDAY)

    (row,) = months(hmrc, date(2026, 7, 5))

    assert row.number == 3
    assert row.reasons == ("You claim the Employment Allowance, once for the tax year.",)
    sheet = hmrc.sheet(row)
    assert sheet.parts[1].items[1].value == row.reasons[0]
    assert "State aid" in sheet.notes[1]


def test_an_allowance_claimed_before_the_book_is_not_claimed_again(
    household: Household, hmrc: Hmrc
) -> None:
    household.scheme(**ONLINE, claims_employment_allowance=True)
    household.take_on(an_employment(started_on=date(2026, 4, 6)))
    with household.book.change("Began") as tx:
        tx.add(OpeningHousehold(0, date(2026, 6, 5), "the bureau", Money(50_00)))

    assert months(hmrc, date(2026, 7, 5)) == []


def test_without_a_scheme_nothing_is_told(household: Household, hmrc: Hmrc) -> None:
    ada = household.take_on()
    pay(household, ada)

    assert hmrc.reports(YEAR, date(2026, 7, 20)) == ()
    (finding,) = hmrc.findings(date(2026, 7, 20))
    assert "£96.00 a week or more" in finding.message


def test_a_year_without_rates_has_nothing_to_tell(hmrc: Hmrc) -> None:
    assert hmrc.reports(TaxYear(2031), date(2032, 1, 1)) == ()


# ── on paper ──


@pytest.fixture
def on_paper(household: Household) -> int:
    household.scheme(**ONLINE, files_on_paper=True)
    return household.take_on(an_employment(started_on=MONDAY), address="1 Mill Street")


def test_an_employer_on_paper_tells_by_the_quarter(
    household: Household, hmrc: Hmrc, on_paper: int
) -> None:
    pay(household, on_paper)
    pay(household, on_paper, NEXT_MONDAY)

    (row,) = hmrc.reports(YEAR, date(2026, 7, 20))

    assert (row.kind, row.number, row.due) == (ReportKind.QUARTER, 1, date(2026, 7, 19))
    assert row.late
    assert hmrc.reports(YEAR, date(2026, 7, 5)) == ()
    sheet = hmrc.sheet(row)
    (person,) = sheet.people
    assert [part.key for part in person.parts] == [
        "person",
        "starting",
        "quarter",
        "to_date",
        "ni_A",
    ]
    assert values(person, "quarter")["taxable_pay"] == "£792.00"
    assert values(person, "quarter")["employee_ni"] == "£24.64"
    assert "A_employee_ni" in values(person, "ni_A")
    assert "A_employee_now" not in values(person, "ni_A")
    assert "RT2" in sheet.notes[0]
    assert "Universal Credit" in sheet.notes[-1]
    assert "could not be checked" in sheet.findings[0].message
    assert hmrc.findings(date(2026, 7, 20)) == sheet.findings


def test_a_quarter_in_which_nobody_was_paid_says_so(
    household: Household, hmrc: Hmrc, on_paper: int
) -> None:
    pay(household, on_paper)

    rows = hmrc.reports(YEAR, date(2026, 10, 10))

    assert [(row.number, row.reasons) for row in rows] == [
        (1, ()),
        (2, ("Nobody was paid in this quarter.",)),
    ]
    assert hmrc.sheet(rows[1]).people == ()


def test_the_second_quarter_starts_nobody(household: Household, hmrc: Hmrc, on_paper: int) -> None:
    pay(household, on_paper)
    pay(household, on_paper, date(2026, 7, 6))

    second = hmrc.reports(YEAR, date(2026, 10, 10))[1]
    (person,) = hmrc.sheet(second).people

    assert [part.key for part in person.parts] == ["person", "quarter", "to_date", "ni_A"]
    assert values(person, "quarter")["taxable_pay"] == "£396.00"
    assert values(person, "to_date")["pay_to_date"] == "£792.00"


def test_a_payday_put_right_after_its_quarter_was_told_is_told_by_itself(
    household: Household, hmrc: Hmrc, on_paper: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = household.hours(on_paper)
    run = household.pay(on_paper).pay_run_id
    later = date(2030, 1, 1)  # after the day this test runs on: a pay run is finalised now
    monkeypatch.setattr(clock, "today", lambda: later)
    hmrc.tell(hmrc.reports(YEAR, date(2026, 7, 20))[0], later, "Helen", HowTold.PAPER)
    assert [row.kind for row in hmrc.reports(YEAR, date(2026, 7, 20))] == [ReportKind.QUARTER]

    corrected = correct(household, run, sheet, 480)
    household.pay_runs.finalise(corrected.draft_id)

    (row,) = paydays(hmrc, date(2026, 7, 20))
    assert row.corrects
    found = hmrc.sheet(row)
    assert "Write to HMRC with the right figures" in found.notes[0]
    (person,) = found.people
    assert values(person, "correcting")["was_taxable_pay"] == "told as £396.00; now £528.00"


# ── what is to do ──


def test_home_says_the_oldest_and_how_many_more(household: Household, hmrc: Hmrc, ada: int) -> None:
    pay(household, ada)
    pay(household, ada, NEXT_MONDAY)

    things = {thing.says: thing for thing in hmrc.to_do(date(2026, 6, 15))}

    said = "Tell HMRC about the payday of 12 June 2026. 1 more is waiting."
    assert things[said].late
    assert things[said].by == FRIDAY
    assert (things[said].page, things[said].what) == ("hmrc", ("reports", "2026-27"))
    assert "Tell HMRC about the tax month to 5 August 2026." in {
        thing.says for thing in hmrc.to_do(date(2026, 8, 10))
    }


def test_what_is_told_is_no_longer_to_do(household: Household, hmrc: Hmrc, ada: int) -> None:
    pay(household, ada)
    for row in hmrc.reports(YEAR, date(2026, 6, 20)):
        hmrc.tell(row, FRIDAY, "Helen", BPT)

    assert list(hmrc.to_do(date(2026, 6, 20))) == []


# ── what HMRC asks about a job ──


def test_what_hmrc_asks_about_a_job_is_kept(household: Household, hmrc: Hmrc, ada: int) -> None:
    (row,) = hmrc.jobs(MONDAY)
    assert (row.name, row.band, row.job.sex) == ("Ada Keane", HoursBand.E, "")

    hmrc.set_job(ReportedJob(0, ada, "F", HoursBand.B, irregular=True))
    hmrc.set_job(ReportedJob(0, ada, "F", HoursBand.C))

    (row,) = hmrc.jobs(MONDAY)
    assert (row.band, row.job.irregular) == (HoursBand.C, False)
    pay(household, ada)
    (person,) = hmrc.sheet(paydays(hmrc)[0]).people
    assert values(person, "payment")["hours_band"] == "C: 24 to 29.99 hours"


# ── records ──


def test_the_p32_agrees_with_what_the_ledger_owes(
    household: Household, hmrc: Hmrc, ada: int
) -> None:
    """£396 a week: 8% of 154 is 12.32, 15% of 300 is 45.00, tax 20% of 154 on cumulative pay."""
    pay(household, ada)

    months = hmrc.p32(YEAR)

    june = months[2]
    assert (june.months, june.first_day) == ((3,), date(2026, 6, 6))
    assert june.amount("employee_ni") == Money(12_32)
    assert june.amount("employer_ni") == Money(45_00)
    assert june.amount("due") == household.pay_runs.employer_payment(YEAR, 3).due_amount
    (quarter, *_rest) = hmrc.p32_quarters(YEAR)
    assert quarter.amount("due") == june.amount("due")
    assert hmrc.p32_year(YEAR).amount("due") == june.amount("due")
    assert hmrc.quarterly(YEAR, date(2026, 7, 20)).yes


def test_the_p32_says_what_has_been_paid_and_when(
    household: Household, hmrc: Hmrc, ada: int, book: Book
) -> None:
    pay(household, ada)
    (owed,) = household.owed(CommitmentKind.HMRC)
    ledger = Ledger(book)
    account = ledger.add_account(
        Account(0, "", "The account", AccountKind.BANK, date(2026, 6, 1), Money(500_00))
    )
    ledger.add_entry(
        LedgerEntry(0, account, date(2026, 7, 21), Money(-50_00), "HMRC", Method.BACS),
        [Part("pay.hmrc", Money(-50_00), commitment_id=owed.id)],
    )

    june = hmrc.p32(YEAR)[2]

    assert (june.amount("due"), june.paid, june.paid_on) == (
        Money(57_32),
        Money(50_00),
        date(2026, 7, 21),
    )
    assert hmrc.p32_quarters(YEAR)[0].paid == Money(50_00)
    assert hmrc.p32_year(YEAR).paid_on == date(2026, 7, 21)


def test_the_record_and_the_p60_agree_with_the_payslips(
    household: Household, hmrc: Hmrc, ada: int
) -> None:
    pay(household, ada)
    pay(household, ada, NEXT_MONDAY)

    record = hmrc.record(ada, YEAR)
    (p60,) = hmrc.p60s(YEAR, date(2027, 4, 6))

    assert record.lines[-1].pay_to_date == Money(792_00)
    assert dict(record.facts)["Payroll ID"] == "1"
    pay_of = {one.key: one.amount for one in p60.p60.figures}
    assert pay_of["pay"] == Money(792_00)
    assert (p60.due, p60.told) == (date(2027, 5, 31), None)
    (finding,) = p60.findings
    assert "told of 2 paydays yet, the first that of 12 June 2026" in finding.message
    assert hmrc.p60(ada, YEAR, date(2027, 4, 6)) == p60


def test_somebody_who_has_left_gets_no_p60(household: Household, hmrc: Hmrc, ada: int) -> None:
    pay(household, ada)
    household.people.end_employment(ada, date(2026, 6, 7))

    assert hmrc.p60s(YEAR, date(2027, 4, 6)) == ()


def test_the_small_employer_test_needs_a_whole_year(
    household: Household, hmrc: Hmrc, ada: int
) -> None:
    pay(household, ada)
    verdict = hmrc.small_employer(YEAR)
    assert verdict is not None
    assert verdict.yes
    assert "£57.32" in verdict.steps[0].sentence
    with household.book.change("Began") as tx:
        tx.add(OpeningHousehold(0, date(2026, 6, 1), "the bureau"))

    assert hmrc.small_employer(YEAR) is None
    hmrc.set_ni_of_year(YEAR, Money(45_000_01), "P32s of the bureau")
    hmrc.set_ni_of_year(YEAR, Money(45_000_01), "P32s of the bureau, read again")
    verdict = hmrc.small_employer(YEAR)
    assert verdict is not None
    assert not verdict.yes


# ── the end of the year ──


def test_the_year_s_end_is_told_by_19_april_unless_a_payday_said_so(
    household: Household, hmrc: Hmrc, ada: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    pay(household, ada)
    monkeypatch.setattr(clock, "today", lambda: date(2027, 4, 10))
    (row,) = of(hmrc.reports(YEAR, date(2027, 4, 10)), ReportKind.YEAR)
    assert (row.due, row.late) == (date(2027, 4, 19), False)
    assert "final submission" in hmrc.sheet(row).notes[0]

    hmrc.tell(paydays(hmrc)[0], FRIDAY, "Helen", BPT, final=True)

    assert of(hmrc.reports(YEAR, date(2027, 4, 10)), ReportKind.YEAR) == []


def test_everybody_employed_on_5_april_is_given_a_p60_by_31_may(
    household: Household, hmrc: Hmrc, ada: int
) -> None:
    pay(household, ada)

    (row,) = of(hmrc.reports(YEAR, date(2027, 6, 1)), ReportKind.P60)

    assert (row.employment_id, row.who, row.due) == (ada, "Ada Keane", date(2027, 5, 31))
    assert row.late
    assert "total_pay" in {item.key for item in hmrc.sheet(row).parts[0].items}
    things = [thing for thing in hmrc.to_do(date(2027, 5, 20)) if thing.what == ("p60s", "2026-27")]
    assert things[0].says == "Give Ada Keane the P60 figures for 2026-27."


def test_with_nobody_left_at_its_end_no_payday_is_the_last_of_the_year(
    household: Household, hmrc: Hmrc, ada: int
) -> None:
    pay(household, ada)
    household.people.end_employment(ada, date(2026, 6, 7))

    assert [row.final for row in paydays(hmrc)] == [False]


def test_the_last_payday_of_the_year_is_marked(household: Household, hmrc: Hmrc, ada: int) -> None:
    """Weeks end on Sunday and are paid the Friday after: the last payday is 2 April 2027."""
    pay(household, ada)
    household.hours(ada, date(2027, 3, 22))
    household.pay(ada, date(2027, 3, 22))

    rows = paydays(hmrc, date(2027, 4, 1))

    assert [(row.day, row.final) for row in rows] == [
        (FRIDAY, False),
        (date(2027, 4, 2), True),
    ]
    assert "final submission" in hmrc.sheet(rows[1]).notes[-1]
