"""What a provider is sent is what was paid, in the fields of PAPDIS 1.0 and in words beside it."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from dpemployer.documents.exports import csv_bytes
from dpemployer.errors import RefusedError
from dpemployer.money import Money
from dpemployer.payroll.enrolment import PensionLetter
from dpemployer.payroll.household import Party, Role, RoleHeld
from dpemployer.services.pension_files import COLUMNS, PensionFiles
from tests.builders import MONDAY, RATES
from tests.services.test_pension_letters import said
from tests.services.test_pensions import (
    NEST,
    PAYDAY,
    ada,
    member,
    pensions,
    work_and_pay,
)

if TYPE_CHECKING:
    from dpemployer.services.papers import PaperFile
    from dpemployer.services.pensions import Pensions
    from tests.services.household import Household

__all__ = ["ada", "member", "pensions"]
"""Fixtures of the tests of pensions, used here."""


@pytest.fixture
def files(household: Household) -> PensionFiles:
    with household.book.change("Said who the employer is") as tx:
        party = tx.add(Party(0, "Helen Ashby"))
        tx.add(RoleHeld(0, party, Role.EMPLOYER, date(2026, 4, 6)))
    return PensionFiles(household.book, RATES)


def run_of(household: Household, employment: int, place: int = -1) -> int:
    return household.slips(employment)[place].pay_run_id


def table(file: PaperFile) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(file.content.decode())))


def test_a_payday_is_written_in_the_fields_of_papdis(
    household: Household, pensions: Pensions, files: PensionFiles
) -> None:
    ada = household.take_on(
        address="14 Orchard Road, Knighton\nLeicester\nle2 3cd",
        contact="07700 900123, ada@example.org",
        first_names="Ada Mary",
    )
    household.hours(ada)
    pensions.set_arrangement(NEST)
    household.pay(ada)
    pensions.told(ada, PensionLetter.ENROLMENT, PAYDAY)

    papdis, _summary = files.contribution_file(run_of(household, ada))

    assert papdis.file_name == "pension 2026-06-12 PAPDIS.csv"
    (row,) = table(papdis)
    assert tuple(row) == COLUMNS
    assert {name: value for name, value in row.items() if value} == {
        "PAPDISVersion": "PAP01",
        "EmployerId": "EMP000123456",
        "Group": "default",
        "PayPeriodStartDate": "2026-06-01",
        "PayPeriodEndDate": "2026-06-07",
        "ContributionDeductionDate": "2026-06-12",
        "FrequencyCode": "W1",
        "TaxPeriod": "10",
        "Forename1": "Ada",
        "Forename2": "Mary",
        "Surname": "Keane",
        "EmployeeId": "1",
        "BirthDate": "1994-05-17",
        "NationalInsuranceNumber": "AB123456C",
        "Address1": "14 Orchard Road",
        "Address2": "Knighton",
        "Address3": "Leicester",
        "Postcode": "LE2 3CD",
        "EmailAddress": "ada@example.org",
        "EmploymentStartDate": "2026-04-06",
        "AssessmentCode": "1",
        "EventCode": "1",
        "EventDate": "2026-06-08",
        "EnrolmentCommunicationsIssuedDate": "2026-06-12",
        "EmployerContributionsAmount": "8.28",
        "EmployeeContributionsAmount": "11.04",
        "AdditionalVoluntaryContributionsAmount": "0.00",
        "PensionableEarningsAmount": "276.00",
        "EmployerContributionsPercent": "3",
        "EmployeeContributionsPercent": "5",
        "SalarySacrificeIndicator": "0",
    }


def test_the_summary_says_what_to_pay_and_by_when(
    household: Household, files: PensionFiles, member: int
) -> None:
    _papdis, summary = files.contribution_file(run_of(household, member))

    text = said(summary.content)
    assert summary.file_name == "pension 2026-06-12.pdf"
    for part in (
        "Pension contributions for 12 June 2026",
        "Pension provider NEST",
        "Your number with them EMP000123456",
        "To pay £19.32",
        "To be with them by 22 July 2026",
        "Ada Keane £276.00 £11.04 £8.28 £2.76",
        "Ada Keane is a member from 8 June 2026: tell the provider.",
    ):
        assert part in text


def test_a_member_who_was_one_already_is_no_event(
    household: Household, files: PensionFiles, member: int
) -> None:
    work_and_pay(household, member)

    (row,) = table(files.contribution_file(run_of(household, member))[0])

    assert (row["EventCode"], row["EventDate"]) == ("0", "")
    assert row["EmployeeContributionsAmount"] == "11.04"


def test_an_opt_out_is_told_with_nothing_paid_in_and_what_comes_back_is_said(
    household: Household, pensions: Pensions, files: PensionFiles, member: int
) -> None:
    pensions.opt_out(member, date(2026, 6, 19))
    work_and_pay(household, member)

    papdis, summary = files.contribution_file(run_of(household, member))

    (row,) = table(papdis)
    assert (row["AEOptOutDate"], row["ExitDate"]) == ("2026-06-19", "")
    assert row["EmployeeContributionsAmount"] == "0.00"
    text = said(summary.content)
    assert "Ada Keane opted out on 19 June 2026." in text
    assert (
        "NEST gives back £11.04 taken from Ada Keane’s pay and your £8.28: £19.32 together." in text
    )
    work_and_pay(household, member, 2)
    with pytest.raises(RefusedError, match="pays into no pension"):
        files.contribution_file(run_of(household, member))


def test_leaving_is_told_once_with_its_day(
    household: Household, pensions: Pensions, files: PensionFiles, member: int
) -> None:
    pensions.leave(member, date(2026, 6, 18))
    work_and_pay(household, member)

    papdis, summary = files.contribution_file(run_of(household, member))

    (row,) = table(papdis)
    assert (row["ExitDate"], row["AEOptOutDate"]) == ("2026-06-18", "")
    assert "Ada Keane left the pension on 18 June 2026." in said(summary.content)


@pytest.mark.parametrize(("minutes", "kind", "code"), [(360, "opt_in", "2"), (60, "join", "3")])
def test_asking_to_come_in_has_its_own_code(
    household: Household,
    pensions: Pensions,
    files: PensionFiles,
    minutes: int,
    kind: str,
    code: str,
) -> None:
    bo = household.take_on(born_on=date(2006, 1, 1), letter="M", first_names="Bo", nino="")
    household.hours(bo, minutes=minutes)
    household.pay(bo)
    pensions.set_arrangement(replace(NEST, worker_group="carers", reference=""))
    if kind == "join":
        pensions.join(bo, PAYDAY, Decimal(0))
    else:
        pensions.opt_in(bo, PAYDAY)
    work_and_pay(household, bo, 1, minutes=minutes)

    (row,) = table(files.contribution_file(run_of(household, bo))[0])

    assert (row["EventCode"], row["EventDate"]) == (code, "2026-06-15")
    assert row["Group"] == "carers"
    assert row["AssessmentCode"] == code


def test_before_a_final_payday_there_is_nothing_to_send(
    household: Household, files: PensionFiles, ada: int
) -> None:
    with pytest.raises(RefusedError, match="is not final"):
        files.contribution_file(household.draft(ada))


def test_a_reversal_is_not_sent(household: Household, files: PensionFiles, member: int) -> None:
    corrected = household.pay_runs.correct(run_of(household, member), "Wrong hours")

    with pytest.raises(RefusedError, match="takes another one back"):
        files.contribution_file(corrected.reversal_id)
    household.pay_runs.finalise(corrected.draft_id)
    (row,) = table(files.contribution_file(corrected.draft_id)[0])
    assert row["EmployeeContributionsAmount"] == "11.04"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("", ("", "", "", "", "")),
        ("LE2 3CD", ("", "", "", "", "LE2 3CD")),
        ("1 High Street, Anytown", ("1 High Street", "Anytown", "", "", "")),
        ("A\nB\nC\nD\nE LE23CD", ("A", "B", "C", "D, E", "LE2 3CD")),
    ],
)
def test_an_address_is_divided_as_it_is_written(
    household: Household,
    pensions: Pensions,
    files: PensionFiles,
    address: str,
    expected: tuple[str, ...],
) -> None:
    bo = household.take_on(address=address)
    household.hours(bo)
    pensions.set_arrangement(NEST)
    household.pay(bo)

    (row,) = table(files.contribution_file(run_of(household, bo))[0])

    fields = ("Address1", "Address2", "Address3", "Address4", "Postcode")
    assert tuple(row[name] for name in fields) == expected


def test_a_file_for_a_program_has_no_mark_and_no_apostrophe() -> None:
    content = csv_bytes(("A", "B"), [("=1+1", Money(-5)), (None, "")], for_a_program=True)

    assert content == b"A,B\r\n=1+1,-0.05\r\n,\r\n"


def test_everybody_of_the_payday_is_in_one_file(
    household: Household, pensions: Pensions, files: PensionFiles
) -> None:
    people = [household.take_on(first_names=name, nino="") for name in ("Bo", "Cy", "Di")]
    pensions.set_arrangement(NEST)
    for one in people:
        household.hours(one, MONDAY, minutes=60 if one == people[1] else 360)
    household.pay(people[0])

    rows = table(files.contribution_file(run_of(household, people[0]))[0])

    assert [row["Forename1"] for row in rows] == ["Bo", "Di"]
