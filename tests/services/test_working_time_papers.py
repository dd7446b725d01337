"""The agreement that the 48-hour limit does not apply."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from dpemployer.bank_days import Nation
from dpemployer.errors import RefusedError
from dpemployer.payroll.household import Party, Role
from dpemployer.services.working_time_papers import WorkingTimePapers
from tests.builders import RATES
from tests.documents.reading import ReadBack

if TYPE_CHECKING:
    from tests.services.household import Household

JUNE = date(2026, 6, 1)


@pytest.fixture
def papers(household: Household) -> WorkingTimePapers:
    return WorkingTimePapers(household.book, RATES)


def test_the_agreement_says_what_is_agreed_and_how_it_ends(
    household: Household, papers: WorkingTimePapers
) -> None:
    employer = household.people.add_party(Party(0, "Jo Marsh", "1 Mill Lane"))
    household.people.hold_role(employer, Role.EMPLOYER, JUNE, "themselves")

    pdf, name = papers.agreement(household.take_on(), JUNE)

    said = ReadBack.of(pdf).text
    for words in (
        "Agreement that the 48-hour limit does not apply",
        "Jo Marsh",
        "Ada Keane",
        "over 17 weeks",
        "I may say no",
        "seven days before",
        "Signed by the personal assistant",
    ):
        assert words in said
    assert name == "48-hour agreement Ada Keane.pdf"
    large, _name = papers.agreement(1, JUNE, large=True)
    assert "I may say no" in ReadBack.of(large).text


def test_northern_ireland_has_its_own_regulations(
    household: Household, papers: WorkingTimePapers
) -> None:
    household.scheme(nation=Nation.NORTHERN_IRELAND)
    employer = household.people.add_party(Party(0, "Jo Marsh", "1 Mill Lane"))
    household.people.hold_role(employer, Role.EMPLOYER, JUNE, "themselves")

    pdf, _name = papers.agreement(household.take_on(), JUNE)

    assert "Working Time Regulations (Northern Ireland) 2016" in ReadBack.of(pdf).text


def test_nobody_under_eighteen_is_asked_to_sign(
    household: Household, papers: WorkingTimePapers
) -> None:
    employer = household.people.add_party(Party(0, "Jo Marsh", "1 Mill Lane"))
    household.people.hold_role(employer, Role.EMPLOYER, JUNE, "themselves")
    young = household.take_on(born_on=date(2008, 6, 2), nino="")

    with pytest.raises(RefusedError, match="Ada Keane is under 18"):
        papers.agreement(young, JUNE)


def test_the_agreement_has_to_name_an_employer(
    household: Household, papers: WorkingTimePapers
) -> None:
    with pytest.raises(RefusedError, match="Nobody is recorded as the employer"):
        papers.agreement(household.take_on(), JUNE)
