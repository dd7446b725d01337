"""Pension letters say what the law asks them to, are issued once, and lead nobody to opt out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from dpemployer.bookkeeping.papers import IssuedDocument
from dpemployer.errors import RefusedError
from dpemployer.payroll.enrolment import (
    EnrolmentEvent,
    EnrolmentKind,
    PensionDutyKind,
    PensionLetter,
)
from dpemployer.payroll.household import Party, Role, RoleHeld
from dpemployer.payroll.people import PensionBasis, PensionRelief
from dpemployer.services.papers import Papers
from dpemployer.services.pension_letters import PensionLetters
from tests.builders import RATES
from tests.documents.reading import ReadBack
from tests.services.test_pensions import (
    ASSESSED,
    NEST,
    PAYDAY,
    ada,
    pensions,
    work_and_pay,
)

if TYPE_CHECKING:
    from dpemployer.services.pensions import Pensions
    from tests.services.household import Household

__all__ = ["ada", "pensions"]
"""Fixtures of the tests of pensions, used here."""

CHOSEN = replace(NEST, contact="NEST, Nene Hall, Peterborough\nwww.nestpensions.org.uk")


@pytest.fixture
def letters(household: Household) -> PensionLetters:
    with household.book.change("Said who the employer is") as tx:
        party = tx.add(Party(0, "Helen Ashby", "2 Mill Lane\nLeicester"))
        tx.add(RoleHeld(0, party, Role.EMPLOYER, date(2026, 4, 6)))
    return PensionLetters(household.book, RATES)


def said(content: bytes) -> str:
    """Return what a letter says, on one line."""
    return " ".join(ReadBack.of(content).text.replace("|", " ").split())


ENROLMENT = (
    "Helen Ashby 2 Mill Lane Leicester",
    "Ada Keane",
    "Pension provider NEST",
    "NEST, Nene Hall, Peterborough www.nestpensions.org.uk",
    "You are a member from 8 June 2026",
    "Your share 5% of pay that counts",
    "My share 3% of pay that counts",
    "the part of your pay between £120.00 and £967.00 a week",
    "from 22 to State Pension age and earn over £192.00 a week",
    "Contributions are taken from your pay on each payday from 8 June 2026.",
    "Of every £100 of your share, £80 is taken from your pay.",
    "NEST claims the other £20 from the government as tax relief, even if you pay no tax.",
    "The month begins when NEST has made you a member and you have this letter",
    "The form for it comes from NEST, not from me.",
    "everything taken from your pay is given back to you",
    "After that month you can no longer opt out. You can leave at any time.",
    "Once in every twelve months I must let you.",
    "About every three years the law asks me to enrol you again",
    "I may not treat you worse for it, or offer you anything to stay out.",
    "www.gov.uk/workplacepensions",
    "www.moneyhelper.org.uk",
)
"""What a letter about being enrolled must say, after the regulator's list."""


def test_the_letter_about_being_enrolled_says_all_it_must(
    household: Household, pensions: Pensions, letters: PensionLetters, ada: int
) -> None:
    pensions.set_arrangement(CHOSEN)
    household.pay(ada)

    found = letters.letter(ada, PensionLetter.ENROLMENT, PAYDAY)

    text = said(found.content)
    assert [part for part in ENROLMENT if part not in text] == []
    assert found.file_name == "You are in a workplace pension for Ada Keane.pdf"


def test_once_both_days_are_known_the_letter_says_until_when(
    household: Household, pensions: Pensions, letters: PensionLetters, ada: int
) -> None:
    pensions.set_arrangement(NEST)
    household.pay(ada)
    pensions.made_member(ada, PAYDAY)

    text = said(letters.letter(ada, PensionLetter.ENROLMENT, date(2026, 6, 15)).content)

    assert "You can opt out until 14 July 2026. The form for it" in text
    assert "Opting out until 14 July 2026" in text


def test_a_letter_is_issued_once_and_comes_back_the_same(
    household: Household, pensions: Pensions, letters: PensionLetters, ada: int
) -> None:
    pensions.set_arrangement(NEST)
    household.pay(ada)

    first = letters.letter(ada, PensionLetter.ENROLMENT, PAYDAY)
    pensions.made_member(ada, PAYDAY)
    again = letters.letter(ada, PensionLetter.ENROLMENT, date(2026, 7, 1))
    large = letters.letter(ada, PensionLetter.ENROLMENT, PAYDAY, large=True)

    assert again == first
    assert large.content != first.content
    assert large.file_name == "You are in a workplace pension for Ada Keane, large print.pdf"
    with household.book.read() as reading:
        kinds = [document.kind for document in reading.find(IssuedDocument)]
    assert kinds == ["pension_enrolment", "pension_enrolment_large"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"relief": PensionRelief.NET_PAY},
            "Your share is taken before tax is worked out, so you get tax relief at once.",
        ),
        (
            {"employee_percent": Decimal(0), "employer_percent": Decimal(8)},
            "Nothing is taken from your pay: I pay in everything.",
        ),
        (
            {"basis": PensionBasis.ALL_EARNINGS_SET_3},
            "all your pay, from the first pound",
        ),
        (
            {"basis": PensionBasis.BASIC_PAY_SET_1, "employer_percent": Decimal(4)},
            "your basic pay, from the first pound",
        ),
    ],
)
def test_other_terms_are_said_as_they_are(
    household: Household,
    pensions: Pensions,
    letters: PensionLetters,
    ada: int,
    changes: dict[str, Any],
    expected: str,
) -> None:
    pensions.set_arrangement(replace(NEST, **changes))
    household.pay(ada)

    assert expected in said(letters.letter(ada, PensionLetter.ENROLMENT, PAYDAY).content)


def test_the_letter_that_enrolment_is_put_off_says_until_when_and_what_can_be_asked(
    pensions: Pensions, letters: PensionLetters, ada: int
) -> None:
    pensions.set_arrangement(NEST)
    pensions.postpone(ada, ASSESSED, date(2026, 9, 7))

    text = said(letters.letter(ada, PensionLetter.POSTPONEMENT, PAYDAY).content)

    for part in (
        "I have put off enrolling you in a workplace pension until 7 September 2026.",
        "The law allows this for up to three months.",
        "If you are from 22 to State Pension age and earn over £192.00 a week then, I enrol you",
        "If you are from 16 to 74 and earn over £120.00 a week, you can ask me to enrol you.",
        "Then I pay in as well",
        "If you earn £120.00 a week or less, you can ask to join a pension.",
        "Write to me and sign it, or send an email that says you wrote it yourself.",
        "The pension is with NEST.",
        "www.moneyhelper.org.uk",
    ):
        assert part in text


def test_the_letter_about_rights_is_for_everybody_the_law_does_not_enrol(
    letters: PensionLetters, ada: int
) -> None:
    text = said(letters.letter(ada, PensionLetter.RIGHTS, PAYDAY).content)

    assert "At present it does not ask me to enrol you." in text
    assert "you can ask to join a pension" in text
    assert "The pension is with" not in text


def test_who_asked_is_told_so_and_who_joined_cannot_opt_out(
    household: Household, pensions: Pensions, letters: PensionLetters, ada: int
) -> None:
    pensions.set_arrangement(NEST)
    pensions.join(ada, date(2026, 6, 2), Decimal(0))
    household.hours(ada, date(2026, 6, 8))

    text = said(letters.letter(ada, PensionLetter.ENROLMENT, date(2026, 6, 3)).content)

    assert "You asked for a workplace pension. From 8 June 2026 you are a member" in text
    assert "The law does not ask me to pay in on earnings like yours." in text
    assert "Opting out" not in text
    assert "The form for it" not in text


def test_being_enrolled_again_has_a_letter_of_its_own(
    household: Household, pensions: Pensions, letters: PensionLetters, ada: int
) -> None:
    pensions.set_arrangement(NEST)
    pensions.record_duty(PensionDutyKind.STARTED, date(2023, 6, 10))
    with household.book.change("Left long ago") as tx:
        tx.add(EnrolmentEvent(0, ada, EnrolmentKind.LEFT, date(2024, 1, 1)))
    pensions.record_duty(PensionDutyKind.RE_ENROLLED, date(2026, 6, 9))
    household.pay(ada)

    found = letters.letter(ada, PensionLetter.RE_ENROLMENT, PAYDAY)

    text = said(found.content)
    assert "You were out of the workplace pension. Every three years the law asks" in text
    assert "From 9 June 2026 you are a member" in text


@pytest.mark.parametrize("letter", [PensionLetter.ENROLMENT, PensionLetter.POSTPONEMENT])
def test_there_is_no_letter_about_what_has_not_happened(
    letters: PensionLetters, ada: int, letter: PensionLetter
) -> None:
    with pytest.raises(RefusedError, match="has not been"):
        letters.letter(ada, letter, PAYDAY)


def test_a_letter_needs_somebody_who_writes_it(household: Household, ada: int) -> None:
    with pytest.raises(RefusedError, match="Nobody is recorded as the employer"):
        PensionLetters(household.book, RATES).letter(ada, PensionLetter.RIGHTS, PAYDAY)


def test_no_letter_leads_anybody_to_opt_out(
    household: Household, pensions: Pensions, letters: PensionLetters, ada: int
) -> None:
    pensions.set_arrangement(NEST)
    household.pay(ada)
    work_and_pay(household, ada)

    for letter in (PensionLetter.ENROLMENT, PensionLetter.RIGHTS):
        text = said(letters.letter(ada, letter, PAYDAY).content).lower()
        for leading in (
            "recommend",
            "should opt out",
            "better off",
            "please opt out",
            "save money",
        ):
            assert leading not in text


def test_a_refund_is_a_line_of_its_own_on_the_payslip(
    household: Household, pensions: Pensions, letters: PensionLetters, ada: int
) -> None:
    assert letters
    pensions.set_arrangement(NEST)
    household.pay(ada)
    pensions.told(ada, PensionLetter.ENROLMENT, PAYDAY)
    pensions.made_member(ada, PAYDAY)
    pensions.opt_out(ada, PAYDAY)
    work_and_pay(household, ada)
    papers = Papers(household.book, household.pay_runs, household.timesheets)

    first, second = (said(papers.payslip(slip.id)) for slip in household.slips(ada))

    assert "Pension: your contribution £11.04" in first
    assert "Pension, by age and pay to be enrolled" in first
    assert "Pension: given back, added to pay −£11.04" in second
    assert "Pension: your contribution" not in second
    run = household.slips(ada)[1].pay_run_id
    reversal = household.pay_runs.correct(run, "Wrong hours").reversal_id
    (mirrored,) = (slip for slip in household.slips(ada) if slip.pay_run_id == reversal)
    assert "Pension: your contribution £11.04" in said(papers.payslip(mirrored.id))
