"""Holiday terms hold from a day, and what the law does not allow is refused in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from dpemployer.bank_days import Nation
from dpemployer.errors import EntryError, RefusedError
from dpemployer.payroll.people import HolidayClass, HolidayTerms
from tests.builders import MONDAY, holiday_terms, regular, regular_terms

if TYPE_CHECKING:
    from tests.services.household import Household

STARTED = date(2026, 4, 6)
JULY = date(2026, 7, 1)
ROLLED_UP = {"rolled_up": True, "reason": "In the contract of 1 July"}


@pytest.fixture
def ada(household: Household) -> int:
    return household.take_on()


def held(household: Household, employment: int) -> tuple[HolidayTerms, ...]:
    return household.people.employment(employment, MONDAY).holiday


def terms(employment: int, **changes: object) -> HolidayTerms:
    return holiday_terms(**{"id": 0, "employment_id": employment, "from_day": JULY, **changes})


def test_somebody_taken_on_has_holiday_terms_from_the_first_day(
    household: Household, ada: int
) -> None:
    (only,) = held(household, ada)

    assert (only.from_day, only.holiday_class) == (STARTED, HolidayClass.IRREGULAR)


def test_new_terms_come_after_those_before(household: Household, ada: int) -> None:
    household.people.set_holiday_terms(regular_terms(id=0, employment_id=ada, from_day=JULY))

    latest, first = held(household, ada)

    assert (latest.from_day, latest.holiday_class) == (JULY, HolidayClass.REGULAR)
    assert first.from_day == STARTED


def test_terms_of_the_same_day_are_replaced(household: Household, ada: int) -> None:
    first = household.people.set_holiday_terms(terms(ada, reason="A first try"))

    again = household.people.set_holiday_terms(terms(ada, reason="Put right"))

    assert again == first
    assert [term.reason for term in held(household, ada)] == ["Put right", ""]


def test_terms_cannot_be_moved_onto_the_day_of_others(household: Household, ada: int) -> None:
    household.people.set_holiday_terms(terms(ada))
    later = household.people.set_holiday_terms(terms(ada, from_day=date(2026, 8, 1)))

    with pytest.raises(EntryError, match="already holiday terms from 1 July 2026"):
        household.people.set_holiday_terms(terms(ada, id=later))


@pytest.mark.parametrize("day", [date(2026, 4, 5), date(2026, 4, 7)])
def test_the_first_terms_hold_from_the_first_day(household: Household, ada: int, day: date) -> None:
    first = replace(held(household, ada)[-1], from_day=day)

    with pytest.raises(EntryError, match="hold from the first day of the job, 6 April 2026"):
        household.people.set_holiday_terms(first)


def test_terms_before_the_employment_are_refused(household: Household, ada: int) -> None:
    with pytest.raises(EntryError, match="would hold from 1 April 2026"):
        household.people.set_holiday_terms(terms(ada, from_day=date(2026, 4, 1)))

    assert len(held(household, ada)) == 1


def test_a_leave_year_moves_where_the_new_one_begins(household: Household, ada: int) -> None:
    with pytest.raises(EntryError, match="would begin on another day"):
        household.people.set_holiday_terms(terms(ada, leave_year_start=date(2026, 9, 1)))

    household.people.set_holiday_terms(
        terms(ada, from_day=date(2026, 9, 1), leave_year_start=date(2026, 9, 1))
    )
    assert household.pay_runs.holiday(ada, MONDAY).leave_year_last == date(2026, 8, 31)


def test_holiday_may_be_paid_with_the_wages_where_hours_vary(
    household: Household, ada: int
) -> None:
    household.people.set_holiday_terms(terms(ada, **ROLLED_UP))

    assert held(household, ada)[0].rolled_up


@pytest.mark.parametrize(
    ("changes", "nation", "words"),
    [
        (
            {
                "holiday_class": HolidayClass.REGULAR,
                "hours_per_week": Decimal(20),
                "days_per_week": Decimal(4),
            },
            Nation.ENGLAND,
            "paid when it is taken",
        ),
        ({}, Nation.NORTHERN_IRELAND, "In Northern Ireland"),
    ],
)
def test_holiday_paid_with_the_wages_is_refused_where_it_is_not_lawful(
    household: Household, ada: int, changes: dict[str, object], nation: Nation, words: str
) -> None:
    household.scheme(nation=nation)

    with pytest.raises(RefusedError, match=words):
        household.people.set_holiday_terms(terms(ada, **ROLLED_UP, **changes))

    assert len(held(household, ada)) == 1


def test_nobody_is_taken_on_with_unlawful_holiday_pay(household: Household) -> None:
    household.scheme(nation=Nation.NORTHERN_IRELAND)

    with pytest.raises(RefusedError, match="may not be paid with the wages"):
        household.take_on(holiday=holiday_terms(**ROLLED_UP))


def test_the_first_terms_cannot_be_taken_out(household: Household, ada: int) -> None:
    later = household.people.set_holiday_terms(terms(ada))

    household.people.remove_holiday_terms(later)

    (first,) = held(household, ada)
    with pytest.raises(RefusedError, match="Change them instead"):
        household.people.remove_holiday_terms(first.id)


def test_the_first_terms_follow_the_first_day(household: Household, ada: int) -> None:
    job = household.people.employment(ada, MONDAY).employment
    household.people.change_employment(replace(job, started_on=date(2026, 4, 20)))

    assert held(household, ada)[0].from_day == date(2026, 4, 20)

    household.people.set_holiday_terms(terms(ada))
    with pytest.raises(EntryError, match="The holiday terms changed on 1 July 2026"):
        household.people.change_employment(replace(job, started_on=JULY))


def test_terms_of_another_nation_are_said(household: Household) -> None:
    here = household.take_on(holiday=holiday_terms(holiday_class=HolidayClass.NORTHERN_IRELAND))

    assert "not there" in household.people.employment(here, MONDAY).findings[-1].message

    household.scheme(nation=Nation.NORTHERN_IRELAND)
    assert not household.people.employment(here, MONDAY).findings
    there = household.take_on(regular(), first_names="Bo", nino="")
    assert "5.6 weeks" in household.people.employment(there, MONDAY).findings[-1].message
