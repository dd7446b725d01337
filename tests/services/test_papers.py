"""A payslip is issued once and for good; other papers say what the book says."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from dpemployer.bookkeeping.papers import IssuedDocument
from dpemployer.clock import today
from dpemployer.errors import RefusedError
from dpemployer.money import Money
from dpemployer.office import Office
from dpemployer.payroll.household import EmployerScheme, Party, Role
from dpemployer.payroll.people import Employment, PayRate, PayType, Per, PersonalAssistant
from dpemployer.payroll.timesheet import Shift
from dpemployer.periods import PayFrequency, TaxYear
from dpemployer.store.keys import Stretching
from tests.documents.reading import ReadBack

if TYPE_CHECKING:
    from pathlib import Path

MONDAY = date(2026, 7, 6)
YEAR = TaxYear(2026)


@dataclass
class Household:
    """One employer, one personal assistant paid weekly on the Friday after."""

    office: Office
    employment_id: int
    sheets: list[int]

    def work_a_week(self, week: int, minutes: int = 1_200) -> int:
        """Record a week, pay it, and return the pay run."""
        first = MONDAY + timedelta(weeks=week)
        sheet = self.office.timesheets.open(self.employment_id, first)
        self.sheets.append(sheet)
        shift = Shift(0, sheet, first, PayType.BASIC, "Daytime", minutes // 2)
        self.office.timesheets.add_shift(shift)
        self.office.timesheets.add_shift(replace(shift, day=first + timedelta(days=1)))
        self.office.timesheets.approve(sheet, "Margaret Ellis", first)
        return self.pay(week)

    def pay(self, week: int) -> int:
        """Draft and finalise a payday, and return the pay run."""
        first = MONDAY + timedelta(weeks=week)
        runs = self.office.pay_runs
        run = runs.draft(PayFrequency.WEEKLY, first, first + timedelta(days=6))
        return runs.finalise(run).pay_run_id

    def slips(self, run: int) -> list[int]:
        """Return the payslips of a pay run."""
        return [s.id for s in self.office.pay_runs.payslips(YEAR) if s.pay_run_id == run]

    def printed(self, payslip_id: int, *, large: bool = False) -> list[str]:
        """Return what a payslip says."""
        pdf = self.office.papers.payslip(payslip_id, large=large)
        return ReadBack.of(pdf).text.splitlines()


@pytest.fixture
def household(office: Office) -> Household:
    people = office.people
    party = people.add_party(Party(0, "Margaret Ellis", "14 Larch Close\nHexley"))
    people.hold_role(party, Role.EMPLOYER, date(2026, 4, 6))
    people.set_scheme(
        EmployerScheme(0, date(2026, 4, 6), "123AB45678", accounts_office_reference="123PA00012345")
    )
    person = people.add_assistant(
        PersonalAssistant(0, "Amina", "Khan", date(1990, 5, 1), "AB123456C", "9 Mill Street")
    )
    employment = Employment(
        0,
        person,
        "PA-002",
        date(2026, 4, 6),
        PayFrequency.WEEKLY,
        MONDAY,
        days_after=5,
        how_paid="Bank transfer",
    )
    rate = PayRate(0, 0, date(2026, 4, 6), PayType.BASIC, "Daytime", Money(1_310), Per.HOUR)
    return Household(office, people.take_on(employment, (rate,), "1257L", "A"), [])


def test_a_payslip_says_what_was_stored_and_who_is_who(household: Household) -> None:
    (slip,) = household.slips(household.work_a_week(0))

    lines = household.printed(slip)

    assert lines[:14] == [
        "Payslip",
        "Name | Amina Khan",
        "Address | 9 Mill Street",
        "Payroll number | PA-002",
        "National Insurance number | AB 12 34 56 C",
        "Tax code | 1257L",
        "Tax basis | cumulative",
        "National Insurance letter | A",
        "Pension, by age and pay | to be enrolled",
        "Employer | Margaret Ellis",
        "Employer’s address | 14 Larch Close Hexley",
        "Employer PAYE reference | 123/AB45678",
        "Pay period | 6 to 12 July 2026",
        "Payday | 17 July 2026",
    ]
    assert "Daytime | 20 hours | £13.10 an hour | £262.00" in lines
    assert any("by bank transfer on Friday 17 July 2026" in line for line in lines)
    assert any(line.startswith("Holiday left | ") for line in lines)


def test_issuing_it_again_gives_the_same_bytes_though_people_have_moved(
    household: Household,
) -> None:
    (slip,) = household.slips(household.work_a_week(0))
    first = household.office.papers.payslip(slip)
    people = household.office.people
    (person,) = people.assistants(MONDAY)
    people.change_assistant(
        replace(people.assistant(person.assistant_id), address="1 New Road", surname="Malik")
    )

    assert household.office.papers.payslip(slip) == first


def test_what_was_issued_is_kept_with_its_hash(household: Household) -> None:
    (slip,) = household.slips(household.work_a_week(0))
    content = household.office.papers.payslip(slip)
    household.office.papers.payslip(slip)

    with household.office.book.read() as reading:
        (kept,) = reading.find(IssuedDocument)
        actions = reading.audit_actions()

    assert (kept.kind, kept.subject_id, kept.content) == ("payslip", slip, content)
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert kept.file_name == "payslip 2026-07-17 Amina Khan.pdf"
    assert actions.count("Issued a payslip") == 1


def test_large_print_is_a_document_of_its_own_that_says_the_same(household: Household) -> None:
    (slip,) = household.slips(household.work_a_week(0))

    assert household.printed(slip, large=True) == household.printed(slip)
    assert household.office.papers.payslip_file_name(slip, large=True) == (
        "payslip 2026-07-17 Amina Khan, large print.pdf"
    )


def test_the_year_so_far_is_that_of_the_day_it_was_issued(household: Household) -> None:
    first = household.work_a_week(0)
    (july,) = household.slips(household.work_a_week(1))
    household.office.pay_runs.correct(first, "Two hours were forgotten")
    timesheets = household.office.timesheets
    timesheets.unapprove(household.sheets[0])
    timesheets.add_shift(
        Shift(0, household.sheets[0], MONDAY + timedelta(days=3), PayType.BASIC, "Daytime", 120)
    )
    timesheets.approve(household.sheets[0], "Margaret Ellis", MONDAY)
    (put_right,) = household.slips(household.pay(0))

    assert "Gross pay | £524.00" in household.printed(july)
    assert "Gross pay | £288.20" in household.printed(put_right)


def test_holiday_left_is_that_of_the_day_it_was_issued(household: Household) -> None:
    first = household.work_a_week(0)
    (before,) = household.slips(household.work_a_week(1))
    expected = household.office.pay_runs.payslip(before).holiday.left // 60
    household.office.pay_runs.correct(first, "It was never worked")

    assert f"Holiday left | {expected} hours" in household.printed(before)


def test_a_reversal_says_first_what_it_takes_back_and_why(household: Household) -> None:
    run = household.work_a_week(0)
    reversal = household.office.pay_runs.correct(run, "The wrong week").reversal_id
    (slip,) = household.slips(reversal)

    lines = household.printed(slip)

    assert lines[1] == (
        "This payslip takes back the one of 17 July 2026: every figure on it is below zero. "
        "Reason: The wrong week"
    )
    assert "Daytime | −20 hours | £13.10 an hour | −£262.00" in lines
    assert any("No money is paid with this payslip." in line for line in lines)
    assert household.office.papers.payslip_file_name(slip) == (
        "payslip 2026-07-17 Amina Khan, taken back.pdf"
    )


def test_the_payslip_put_in_its_place_says_so(household: Household) -> None:
    run = household.work_a_week(0)
    household.office.pay_runs.correct(run, "The wrong week")
    (slip,) = household.slips(household.pay(0))

    lines = household.printed(slip)
    assert lines[1] == (
        "This payslip takes the place of the one of 17 July 2026. Reason: The wrong week"
    )
    assert any("Nothing more is to be paid." in line for line in lines)


def test_every_payslip_of_a_payday_comes_with_its_name(household: Household) -> None:
    run = household.work_a_week(0)
    (slip,) = household.slips(run)

    (paper,) = household.office.papers.payslips(run)

    assert paper.file_name == "payslip 2026-07-17 Amina Khan.pdf"
    assert paper.content == household.office.papers.payslip(slip)


def test_a_payslip_needs_an_employer(household: Household) -> None:
    (slip,) = household.slips(household.work_a_week(0))
    (role,) = household.office.people.roles()
    household.office.people.end_role(role.role_id, date(2026, 4, 30))

    with pytest.raises(RefusedError, match="Nobody is recorded as the employer on 17 July 2026"):
        household.office.papers.payslip(slip)


def test_the_explanation_has_every_step_stored_with_the_payslip(household: Household) -> None:
    run = household.work_a_week(0)
    (slip,) = household.slips(run)
    stored = household.office.pay_runs.payslips(YEAR)[0].workings

    every = ReadBack.of(household.office.papers.explanation(slip)).text.splitlines()
    of_tax = ReadBack.of(household.office.papers.explanation(slip, "tax")).text.splitlines()

    assert [line for line in every if line.startswith("Step ")][-1].startswith(
        f"Step {len(stored)}: "
    )
    assert all(step.sentence in every for step in stored)
    assert 0 < len(of_tax) < len(every)


def test_a_timesheet_to_sign_lists_what_was_recorded(household: Household) -> None:
    household.work_a_week(0)

    pdf = household.office.papers.timesheet(household.sheets[0], blank_rows=2)

    lines = ReadBack.of(pdf).text.splitlines()
    assert "Monday 06/07/2026 | Daytime |  |  |  | 10 hours" in lines
    assert "Daytime | 20 hours" in lines
    assert "Signed for Margaret Ellis" in lines
    assert lines.count(" |  |  |  |  | ") == 2


def test_what_is_owed_to_hmrc_is_printed_for_a_month_and_a_quarter(household: Household) -> None:
    for week in range(4):
        household.work_a_week(week, minutes=2_400)
    owed = household.office.pay_runs.employer_payment(YEAR, 4)
    quarter = household.office.pay_runs.employer_payment_quarter(YEAR, 2)

    month = ReadBack.of(household.office.papers.employer_payment(YEAR, 4)).text.splitlines()
    three = ReadBack.of(household.office.papers.employer_payment_quarter(YEAR, 2)).text

    assert "What is owed to HMRC for 6 July 2026 to 5 August 2026" in month
    assert "Accounts Office reference | 123 PA 00012345" in month
    assert f"To pay HMRC | {owed.due_amount}" in month
    assert owed.due_amount > Money(0)
    assert f"To pay HMRC | {quarter.due_amount}" in three


def test_the_recovery_sheet_names_the_book_and_holds_its_key(tmp_path: Path) -> None:
    folder = tmp_path / "The Ellis book"
    quick = Stretching(memory_kib=8, passes=1, lanes=1)

    with Office.create(folder, "a passphrase", "Margaret", stretching=quick) as office:
        groups = office.recovery_groups
        read = ReadBack.of(office.papers.recovery_sheet())

    lines = read.text.splitlines()
    assert lines[0] == "Recovery sheet for The Ellis book"
    assert all(f"{number}. | {group}" in lines for number, group in enumerate(groups, 1))
    assert read.reader.metadata is not None
    assert read.reader.metadata.creation_date is not None
    assert read.reader.metadata.creation_date.date() == today()


def test_a_book_in_memory_has_no_recovery_sheet(office: Office) -> None:
    with pytest.raises(LookupError):
        office.papers.recovery_sheet()
