"""What is typed is checked where it is typed, and refused with what to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dpemployer.errors import EntryError
from dpemployer.money import Money
from dpemployer.payroll.enrolment import PensionArrangement
from dpemployer.payroll.entries import (
    checked_arrangement,
    checked_employment,
    checked_holiday_terms,
    checked_party,
    checked_pension,
    checked_person,
    checked_rate,
    checked_scheme,
    refuse_leave_year_inside,
)
from dpemployer.payroll.household import EmployerScheme, Party
from dpemployer.payroll.people import HolidayClass, PayType, PensionMembership, Per
from tests.builders import (
    MILEAGE,
    RATES,
    SLEEP_IN,
    a_person,
    a_rate,
    an_employment,
    holiday_terms,
    regular,
)

TODAY = date(2026, 11, 24)


def refusal(what: str) -> pytest.RaisesExc[EntryError]:
    return pytest.raises(
        EntryError, match=what, check=lambda error: bool(error.why and error.next_step)
    )


def test_a_person_is_kept_with_tidy_names_and_number() -> None:
    person = checked_person(
        a_person(first_names=" Ada ", surname=" Keane ", nino="ab 12 34 56 c"), TODAY
    )

    assert (person.first_names, person.surname, person.nino) == ("Ada", "Keane", "AB123456C")


def test_a_person_without_a_number_is_allowed() -> None:
    assert checked_person(a_person(nino=" "), TODAY).nino == ""


def test_somebody_may_live_abroad() -> None:
    assert checked_person(a_person(lives_in="abroad"), TODAY).lives_in == "abroad"


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"surname": "  "}, "surname is missing"),
        ({"born_on": date(2026, 11, 25)}, "25 November 2026 cannot be"),
        ({"born_on": date(2014, 1, 1)}, "cannot be this person's date of birth"),
        ({"born_on": date(1894, 5, 17)}, "17 May 1894"),
        ({"nino": "AB 12 34 56"}, "is not a National Insurance number"),
        ({"nino": "QQ123456C"}, "is not a National Insurance number"),
        ({"lives_in": "england and wales"}, "not one of the nations"),
    ],
)
def test_a_person_who_cannot_be_is_refused(changes: dict[str, Any], what: str) -> None:
    with refusal(what):
        checked_person(a_person(**changes), TODAY)


def test_an_employment_is_kept() -> None:
    employment = an_employment(payroll_id=" 7 ")

    found = checked_employment(employment, a_person(), TODAY)

    assert found.payroll_id == "7"


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"started_on": date(2005, 1, 1)}, "was under 13"),
        ({"started_on": date(2062, 6, 1)}, "1 June 2062 is more than a year away"),
        ({"left_on": date(2026, 4, 5)}, "before the first, 6 April 2026"),
        ({"day_of_month": 32}, "not a day of the month"),
        ({"day_of_month": 0}, "not a day of the month"),
        ({"months_after": 2}, "not a day of the month"),
        ({"days_after": 32}, "too far"),
        ({"days_after": -28}, "too far"),
    ],
)
def test_an_employment_that_cannot_be_is_refused(changes: dict[str, Any], what: str) -> None:
    with refusal(what):
        checked_employment(an_employment(**changes), a_person(), TODAY)


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"hours_per_week": Decimal(0)}, "hours or days a week cannot be"),
        ({"hours_per_week": Decimal(169)}, "hours or days a week cannot be"),
        ({"days_per_week": Decimal(8)}, "hours or days a week cannot be"),
        ({"days_per_week": Decimal("NaN")}, "hours or days a week cannot be"),
        ({"holiday_class": HolidayClass.REGULAR}, "need the hours and the days"),
        (
            {"holiday_class": HolidayClass.REGULAR, "hours_per_week": Decimal(20)},
            "need the hours and the days",
        ),
        (
            {"holiday_class": HolidayClass.IRREGULAR, "rolled_up": True, "reason": " "},
            "not said why holiday is paid with the wages",
        ),
    ],
)
def test_holiday_terms_that_cannot_be_are_refused(changes: dict[str, Any], what: str) -> None:
    with refusal(what):
        checked_holiday_terms(holiday_terms(**changes))


def test_what_was_agreed_about_holiday_is_kept_tidy() -> None:
    terms = checked_holiday_terms(holiday_terms(rolled_up=True, reason=" Agreed on 1 May "))

    assert terms.reason == "Agreed on 1 May"


@pytest.mark.parametrize("start", [date(2026, 9, 1), date(2020, 9, 1)])
def test_the_leave_year_moves_only_where_the_new_one_begins(start: date) -> None:
    before = holiday_terms(leave_year_start=date(2026, 4, 1))
    moved = holiday_terms(from_day=date(2026, 9, 1), leave_year_start=start)
    inside = holiday_terms(from_day=date(2026, 8, 1), leave_year_start=start)

    refuse_leave_year_inside(moved, before, date(2020, 1, 6))
    with refusal("would begin on another day than these terms"):
        refuse_leave_year_inside(inside, before, date(2020, 1, 6))


def test_regular_hours_with_their_pattern_are_kept() -> None:
    assert checked_employment(regular(), a_person(), TODAY) == regular()


def test_rates_are_kept() -> None:
    assert checked_rate(a_rate(label=" Day ")).label == "Day"
    assert checked_rate(SLEEP_IN) == SLEEP_IN
    assert checked_rate(MILEAGE) == MILEAGE


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"rate": Money(0)}, "cannot be paid"),
        ({"rate": Money(-1)}, "−£0.01 cannot be paid"),
        ({"label": " "}, "has no name"),
        ({"pay_type": PayType.HOLIDAY}, "Holiday has no rate"),
        ({"pay_type": PayType.SSP}, "no rate of its own"),
        ({"per": Per.MILE}, "Only mileage"),
        ({"pay_type": PayType.EXPENSES}, "Only mileage"),
    ],
)
def test_a_rate_that_cannot_be_is_refused(changes: dict[str, Any], what: str) -> None:
    with refusal(what):
        checked_rate(replace(a_rate(), **changes))


def test_a_pension_is_kept() -> None:
    membership = PensionMembership(0, 1, date(2026, 4, 6), " NEST ", to_day=date(2026, 4, 6))

    assert checked_pension(membership).provider == "NEST"
    assert checked_pension(replace(membership, to_day=None)).to_day is None


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"employee_percent": Decimal(101)}, "101% cannot be"),
        ({"employer_percent": Decimal(-1)}, "-1% cannot be"),
        ({"employee_percent": Decimal("NaN")}, "NaN% cannot be"),
        ({"provider": ""}, "provider is missing"),
        ({"to_day": date(2026, 4, 5)}, "before the first"),
    ],
)
def test_a_pension_that_cannot_be_is_refused(changes: dict[str, Any], what: str) -> None:
    membership = PensionMembership(0, 1, date(2026, 4, 6), "NEST")

    with refusal(what):
        checked_pension(replace(membership, **changes))


def test_a_party_has_a_name() -> None:
    assert checked_party(Party(0, " Helen ")).name == "Helen"
    with refusal("name is missing"):
        checked_party(Party(0, " "))


def test_a_scheme_is_kept_with_tidy_references() -> None:
    scheme = EmployerScheme(
        0, date(2026, 4, 6), paye_reference="123/ab45678", accounts_office_reference="123PA00012345"
    )

    found = checked_scheme(scheme)

    assert (found.paye_reference, found.accounts_office_reference) == (
        "123AB45678",
        "123PA00012345",
    )
    assert checked_scheme(EmployerScheme(0, date(2026, 4, 6))).paye_reference == ""


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"pension_due_day": 0}, "0 is not a day"),
        ({"pension_due_day": 32}, "32 is not a day"),
        ({"paye_reference": "12/AB"}, "is not an employer PAYE reference"),
        ({"accounts_office_reference": "123"}, "Accounts Office reference"),
    ],
)
def test_a_scheme_that_cannot_be_is_refused(changes: dict[str, Any], what: str) -> None:
    with refusal(what):
        checked_scheme(replace(EmployerScheme(0, date(2026, 4, 6)), **changes))


def test_the_pension_people_are_enrolled_in_is_kept_tidy() -> None:
    chosen = PensionArrangement(0, TODAY, " NEST ", " EMP1 ", " default ", " nestpensions.org.uk ")

    kept = checked_arrangement(chosen, RATES.on(TODAY))

    assert (kept.provider, kept.reference) == ("NEST", "EMP1")
    assert (kept.worker_group, kept.contact) == ("default", "nestpensions.org.uk")


@pytest.mark.parametrize(("employee", "employer"), [("4", "3"), ("6", "2")])
def test_nobody_is_enrolled_on_less_than_the_law_asks(employee: str, employer: str) -> None:
    chosen = PensionArrangement(
        0,
        TODAY,
        "NEST",
        employee_percent=Decimal(employee),
        employer_percent=Decimal(employer),
    )

    with refusal("less than is allowed"):
        checked_arrangement(chosen, RATES.on(TODAY))
