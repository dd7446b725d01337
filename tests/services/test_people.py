"""People are taken on, their terms change by date, and who is who is kept apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from dpemployer.clock import today
from dpemployer.errors import EntryError, RatesUnknownError, RefusedError
from dpemployer.payroll.household import EmployerScheme, OpeningHousehold, Party, Role
from dpemployer.payroll.people import (
    PayType,
    PensionMembership,
    StarterDeclaration,
)
from dpemployer.periods import PayFrequency, TaxYear
from tests.builders import (
    MONDAY,
    RATES,
    a_person,
    a_rate,
    a_shift,
    an_employment,
    pounds,
    regular,
    regular_terms,
)
from tests.services.household import RATES_HELD

if TYPE_CHECKING:
    from dpemployer.services.people import People
    from tests.services.household import Household

APRIL, JULY = date(2026, 4, 6), date(2026, 7, 6)
DAY = timedelta(days=1)
LONG_AGO = date(2025, 2, 3)


# ── personal assistants ──


def test_somebody_is_recorded_with_a_tidy_number(people: People) -> None:
    person = people.add_assistant(a_person(id=0, nino="ab 12 34 56 c"))

    (row,) = people.assistants(MONDAY)
    assert people.assistant(person).nino == "AB123456C"
    assert (row.name, row.initials, row.nino) == ("Ada Keane", "A.K.", "AB 12 34 56 C")
    assert row.employments == ()


def test_what_cannot_be_is_refused_where_it_is_typed(people: People) -> None:
    with pytest.raises(EntryError, match="is not a National Insurance number"):
        people.add_assistant(a_person(id=0, nino="ZZ123456C"))

    assert people.assistants(MONDAY) == ()


def test_a_number_belongs_to_one_person(people: People) -> None:
    people.add_assistant(a_person(id=0))
    other = people.add_assistant(a_person(id=0, first_names="Bo", nino=""))

    with pytest.raises(EntryError, match="Ada Keane already has this"):
        people.change_assistant(a_person(id=other, first_names="Bo"))


def test_details_can_be_changed(people: People) -> None:
    person = people.add_assistant(a_person(id=0))

    people.change_assistant(a_person(id=person, surname="Keane-Lund", contact="ada@example.org"))

    assert people.assistant(person).name == "Ada Keane-Lund"


def test_people_are_listed_by_surname(people: People) -> None:
    for first, last in (("Ada", "Young"), ("Zoe", "Abel")):
        people.add_assistant(a_person(id=0, first_names=first, surname=last, nino=""))

    assert [row.name for row in people.assistants(MONDAY)] == ["Zoe Abel", "Ada Young"]


# ── employments ──


def test_taking_somebody_on_records_their_terms_at_once(household: Household) -> None:
    employment = household.take_on()

    (row,) = household.people.employments(MONDAY)
    assert (row.employment_id, row.name, row.payroll_id) == (employment, "Ada Keane", "1")
    assert (row.tax_code, row.ni_letter, row.hourly_rate) == ("1257L", "A", pounds("13.20"))
    assert household.people.assistants(MONDAY)[0].employments == (row,)
    assert household.actions() == ("Added a personal assistant", "Took on a personal assistant")


def test_before_the_terms_begin_there_are_none(household: Household) -> None:
    household.take_on()

    (row,) = household.people.employments(date(2026, 4, 5))
    assert (row.tax_code, row.ni_letter, row.hourly_rate) == ("", "", None)


@pytest.mark.parametrize(
    ("declaration", "born_on", "code", "letter"),
    [
        (StarterDeclaration.A, date(1994, 5, 17), "1257L", "A"),
        (StarterDeclaration.B, date(2007, 5, 17), "1257L W1", "M"),
        (StarterDeclaration.C, date(1957, 5, 14), "BR", "C"),
        (StarterDeclaration.NONE, date(2011, 1, 1), "0T W1", "X"),
    ],
)
def test_without_a_code_or_letter_the_rules_give_them(
    household: Household, declaration: StarterDeclaration, born_on: date, code: str, letter: str
) -> None:
    employment = household.take_on(
        an_employment(starter_declaration=declaration), code="", letter="", born_on=born_on
    )

    detail = household.people.employment(employment, MONDAY)
    assert [held.code for held in detail.tax_codes] == [code]
    assert [held.letter for held in detail.ni_letters] == [letter]
    assert detail.tax_codes[0].source
    assert detail.ni_letters[0].source


def test_nothing_is_recorded_when_something_cannot_be(household: Household) -> None:
    with pytest.raises(EntryError, match="is not a tax code"):
        household.take_on(code="12S7L")

    assert household.people.employments(MONDAY) == ()


@pytest.mark.parametrize(
    ("started_on", "code", "from_day"),
    [
        (LONG_AGO, "1257L", LONG_AGO),
        (LONG_AGO, "1257L M1", APRIL),
        (JULY, "1257L M1", JULY),
    ],
)
def test_a_code_with_a_mark_is_of_the_year_the_book_begins_in(
    household: Household, started_on: date, code: str, from_day: date
) -> None:
    household.opening.set_household(OpeningHousehold(0, date(2026, 8, 31), "payslips"))

    employment = household.take_on(an_employment(started_on=started_on), code=code)

    (held,) = household.people.employment(employment, MONDAY).tax_codes
    assert (held.code, held.from_day) == (code, from_day)


def test_without_a_beginning_a_code_with_a_mark_is_of_this_year(household: Household) -> None:
    employment = household.take_on(an_employment(started_on=LONG_AGO), code="1257L W1")

    (held,) = household.people.employment(employment, MONDAY).tax_codes
    assert held.from_day == TaxYear.of(min(today(), RATES.last_day)).first_day


def test_the_code_of_somebody_long_here_has_to_be_typed(household: Household) -> None:
    long_here = an_employment(started_on=date(2019, 5, 3))

    with pytest.raises(EntryError, match="tax code is missing") as refused:
        household.take_on(long_here, code="")
    household.take_on(long_here, code="1257L", first_names="Bo", nino="")

    assert "began on 3 May 2019" in refused.value.why
    assert [row.name for row in household.people.employments(MONDAY)] == ["Bo Keane"]


@pytest.mark.parametrize("letter", ["Q", "AA"])
def test_a_letter_there_is_not_is_refused(household: Household, letter: str) -> None:
    with pytest.raises(EntryError, match="is not a National Insurance category letter"):
        household.take_on(letter=letter)


def test_each_employment_has_its_own_payroll_id(household: Household) -> None:
    first = household.take_on()
    person = household.people.employment(first, MONDAY).assistant
    again = an_employment(id=0, assistant_id=person.id, payroll_id="1")

    with pytest.raises(EntryError, match="Payroll ID 1 is already used"):
        household.people.take_on(again, (), "1257L", "A")
    second = household.people.take_on(replace(again, payroll_id=""), (), "1257L", "A")
    third = household.people.take_on(replace(again, payroll_id="3"), (), "1257L", "A")
    fourth = household.people.take_on(replace(again, payroll_id=""), (), "1257L", "A")

    ids = {row.employment_id: row.payroll_id for row in household.people.employments(MONDAY)}
    assert [ids[one] for one in (second, third, fourth)] == ["2", "3", "4"]


def test_a_payroll_id_that_was_typed_is_not_given_again(household: Household) -> None:
    first = household.take_on()
    person = household.people.employment(first, MONDAY).assistant
    contract = household.people.employment(first, MONDAY).employment
    household.people.change_employment(replace(contract, payroll_id="2"))

    second = household.people.take_on(
        an_employment(id=0, assistant_id=person.id, payroll_id=""), (), "1257L", "A"
    )

    assert household.people.employment(second, MONDAY).employment.payroll_id == "3"


def test_leavers_can_be_left_out_of_the_list(household: Household) -> None:
    employment = household.take_on()
    household.people.end_employment(employment, date(2026, 6, 30))

    people = household.people
    assert people.employments(date(2026, 6, 30), with_leavers=False)
    assert people.employments(date(2026, 7, 1), with_leavers=False) == ()
    assert people.employments(date(2026, 7, 1))[0].left_on == date(2026, 6, 30)


def test_an_employment_cannot_end_before_it_began(household: Household) -> None:
    employment = household.take_on()

    with pytest.raises(EntryError, match="is before the first"):
        household.people.end_employment(employment, date(2026, 4, 5))


def test_an_employment_cannot_end_before_hours_already_recorded(household: Household) -> None:
    employment = household.take_on()
    household.hours(employment)

    with pytest.raises(RefusedError, match="There is a shift on 4 June 2026"):
        household.people.end_employment(employment, date(2026, 6, 3))
    household.people.end_employment(employment, date(2026, 6, 5))


def test_other_terms_can_be_changed(household: Household) -> None:
    employment = household.take_on()
    contract = household.people.employment(employment, MONDAY).employment

    household.people.change_employment(
        replace(contract, how_paid="cheque", days_after=12, payroll_id="A1", assistant_id=99)
    )

    changed = household.people.employment(employment, MONDAY).employment
    assert (changed.how_paid, changed.days_after, changed.payroll_id) == ("cheque", 12, "A1")
    assert changed.assistant_id == contract.assistant_id


def test_a_new_schedule_follows_on_from_the_last_day_paid(household: Household) -> None:
    employment = household.take_on()
    household.hours(employment)
    household.pay(employment)
    contract = household.people.employment(employment, MONDAY).employment

    with pytest.raises(RefusedError, match="do not follow on"):
        household.people.change_employment(replace(contract, period_anchor=date(2026, 6, 3)))
    household.people.change_employment(
        replace(contract, frequency=PayFrequency.FOUR_WEEKLY, period_anchor=date(2026, 6, 8))
    )

    assert household.period(employment, date(2026, 6, 8)).last_day == date(2026, 7, 5)


def test_a_new_schedule_does_not_cut_through_hours_already_recorded(household: Household) -> None:
    employment = household.take_on()
    household.hours(employment)
    contract = household.people.employment(employment, MONDAY).employment

    with pytest.raises(RefusedError, match="There is a timesheet from 1 June 2026"):
        household.people.change_employment(replace(contract, period_anchor=date(2026, 6, 3)))


def test_regular_hours_need_their_pattern(household: Household) -> None:
    with pytest.raises(EntryError, match="need the hours and the days"):
        household.take_on(regular(), holiday=regular_terms(hours_per_week=None))


# ── rates ──


def test_several_rates_are_in_force_at_once(household: Household) -> None:
    employment = household.take_on()

    kinds = [choice.pay_type for choice in household.timesheets.choices(employment, MONDAY)]

    assert kinds == [
        PayType.BASIC,
        PayType.ENHANCED,
        PayType.WAKING_NIGHT,
        PayType.SLEEP_IN,
        PayType.EXPENSES,
        PayType.HOLIDAY,
        PayType.EXPENSES,
    ]


def test_a_rate_is_changed_from_a_day(household: Household) -> None:
    employment = household.take_on()

    rise = a_rate("13.60", employment_id=employment, from_day=JULY)
    rate_id = household.people.set_rate(rise)
    household.people.set_rate(replace(rise, id=rate_id, rate=pounds("13.70")))

    detail = household.people.employment(employment, JULY)
    assert detail.rates[0].rate == pounds("13.70")
    assert household.people.employments(JULY)[0].hourly_rate == pounds("13.70")
    assert household.people.employments(MONDAY)[0].hourly_rate == pounds("13.20")


def test_one_kind_of_time_has_one_rate_on_a_day(household: Household) -> None:
    employment = household.take_on()

    with pytest.raises(EntryError, match="already a rate for “Day” from 6 April 2026"):
        household.people.set_rate(a_rate("14.00", employment_id=employment))


def test_a_rate_that_was_paid_stays(household: Household) -> None:
    employment = household.take_on()
    household.hours(employment)
    household.pay(employment)
    rates = {rate.label: rate.id for rate in household.people.employment(employment, MONDAY).rates}

    with pytest.raises(RefusedError, match="“Day” from 6 April 2026 has been paid"):
        household.people.remove_rate(rates["Day"])
    household.people.remove_rate(rates["Weekend"])

    assert "Weekend" not in {
        rate.label for rate in household.people.employment(employment, MONDAY).rates
    }


# ── tax codes, letters, loans, pensions ──


def test_a_tax_code_is_dated_and_replaced_on_its_own_day(household: Household) -> None:
    employment = household.take_on()
    people = household.people

    people.set_tax_code(employment, JULY, "s1257l", "P6 of 1 July")
    people.set_tax_code(employment, JULY, "BR", "P6 of 2 July")

    detail = people.employment(employment, JULY)
    assert [(held.code, held.from_day) for held in detail.tax_codes] == [
        ("BR", JULY),
        ("1257L", APRIL),
    ]


def test_what_did_not_exist_then_is_refused_where_it_is_typed(household: Household) -> None:
    employment = household.take_on()
    people, then = household.people, date(2024, 4, 5)

    with pytest.raises(EntryError, match="no tax code SD3"):
        people.set_tax_code(employment, then, "SD3", "a letter")
    with pytest.raises(EntryError, match="no National Insurance category letter N"):
        people.set_ni_letter(employment, then, "N")
    with pytest.raises(EntryError, match="Nothing was deducted for this student loan plan"):
        people.set_loan(employment, "5", date(2026, 4, 5), "a guess")

    people.set_tax_code(employment, date(2020, 4, 6), "SD3", "before the years known")
    people.set_tax_code(employment, date(2024, 4, 6), "SD3", "a letter")
    people.set_ni_letter(employment, date(2024, 4, 6), "N")
    people.set_loan(employment, "5", APRIL, "SL1")
    assert len(people.employment(employment, MONDAY).tax_codes) == 3


def test_a_letter_that_does_not_suit_the_age_is_kept_and_said(household: Household) -> None:
    employment = household.take_on()

    findings = household.people.set_ni_letter(employment, JULY, "c")

    assert [finding.code for finding in findings] == ["ni_letter_for_age"]
    assert household.people.employment(employment, JULY).ni_letters[0].letter == "C"
    assert household.people.set_ni_letter(employment, JULY, "A", "no proof of age") == ()
    assert [found.code for found in household.people.employment(employment, JULY).findings] == []


def test_a_letter_from_before_the_years_known_can_be_kept(household: Household) -> None:
    employment = household.take_on()

    assert household.people.set_ni_letter(employment, date(2016, 1, 1), "A") == ()


def test_one_plan_is_repaid_at_a_time_beside_a_postgraduate_loan(household: Household) -> None:
    employment = household.take_on()
    people = household.people
    people.set_loan(employment, "2", APRIL, "SL1")
    people.set_loan(employment, "Postgraduate", APRIL, "PGL1")

    people.set_loan(employment, "1", JULY, "SL1")

    loans = {loan.plan: loan for loan in people.employment(employment, JULY).loans}
    assert loans["2"].to_day == date(2026, 7, 5)
    assert loans["postgraduate"].to_day is None
    with pytest.raises(EntryError, match="already repaid from 6 July 2026"):
        people.set_loan(employment, "1", date(2026, 8, 1), "SL1")
    with pytest.raises(EntryError, match="already repaid from 6 April 2026"):
        people.set_loan(employment, "4", APRIL, "SL1")
    with pytest.raises(EntryError, match="“3” is not a student loan plan"):
        people.set_loan(employment, "3", APRIL, "SL1")


def test_a_loan_stops_with_hmrcs_notice(household: Household) -> None:
    employment = household.take_on()
    loan = household.people.set_loan(employment, "2", JULY, "SL1")

    with pytest.raises(EntryError, match="is before the first"):
        household.people.stop_loan(loan, APRIL)
    household.people.stop_loan(loan, date(2026, 8, 1))

    assert household.people.employment(employment, JULY).loans[0].to_day == date(2026, 8, 1)


def test_a_new_pension_ends_the_one_before(household: Household) -> None:
    employment = household.take_on()
    people = household.people
    people.set_pension(PensionMembership(0, employment, APRIL, "NEST"))

    second = people.set_pension(PensionMembership(0, employment, JULY, "Smart"))
    people.set_pension(
        PensionMembership(second, employment, JULY, "Smart", employer_percent=Decimal(1))
    )

    pensions = people.employment(employment, JULY).pensions
    assert [(held.provider, held.to_day) for held in pensions] == [
        ("Smart", None),
        ("NEST", date(2026, 7, 5)),
    ]
    assert [found.code for found in people.employment(employment, JULY).findings] == [
        "pension_employer_below_minimum",
        "pension_total_below_minimum",
    ]
    with pytest.raises(EntryError, match="Another pension membership starts on 6 April 2026"):
        people.set_pension(PensionMembership(0, employment, APRIL, "Other"))
    people.set_pension(
        PensionMembership(0, employment, date(2026, 1, 1), "Old", to_day=date(2026, 3, 31))
    )


def test_a_pension_ends(household: Household) -> None:
    employment = household.take_on()
    pension = household.people.set_pension(PensionMembership(0, employment, APRIL, "NEST"))

    household.people.stop_pension(pension, JULY)

    assert household.people.employment(employment, JULY).pensions[0].to_day == JULY


def test_an_employment_without_rates_says_so(household: Household) -> None:
    employment = household.take_on(rates=())

    detail = household.people.employment(employment, MONDAY)

    assert [finding.code for finding in detail.findings] == ["no_rates"]


def test_terms_not_begun_have_nothing_to_look_at_but_rates(household: Household) -> None:
    employment = household.take_on()

    detail = household.people.employment(employment, date(2026, 4, 5))

    assert [finding.code for finding in detail.findings] == ["no_rates"]


# ── suggestions ──


def test_a_p45_of_this_year_is_carried_on(people: People) -> None:
    found = people.suggest_tax_code(
        StarterDeclaration.P45, MONDAY, p45_code="1100L", p45_left_on=date(2026, 4, 24)
    )

    assert (found.code, found.counts_p45) == ("1100L", True)


def test_a_code_is_not_suggested_for_years_not_known(people: People) -> None:
    with pytest.raises(RatesUnknownError, match="1 May 2027"):
        people.suggest_tax_code(StarterDeclaration.A, date(2027, 5, 1))


@pytest.mark.parametrize(
    ("born_on", "letter"),
    [
        (date(2010, 6, 2), "X"),
        (date(2010, 6, 1), "M"),
        (date(2005, 6, 2), "M"),
        (date(2005, 6, 1), "A"),
        (date(1960, 1, 1), "C"),
        (date(1961, 1, 1), "A"),
    ],
)
def test_age_gives_a_letter(people: People, born_on: date, letter: str) -> None:
    found = people.suggest_ni_letter(born_on, MONDAY)

    assert found.letter == letter
    assert found.why.endswith(".")


# ── the household ──


def test_parts_are_held_apart_and_dated(people: People) -> None:
    rowan = people.add_party(Party(0, "Rowan Ashby", reference="MC-1"))
    helen = people.add_party(Party(0, "Helen Ashby"))
    service = people.add_party(Party(0, "Money service"))
    people.hold_role(rowan, Role.PERSON_SUPPORTED, date(2024, 3, 1))
    people.hold_role(rowan, Role.EMPLOYER, date(2024, 3, 1), " themselves ")
    people.hold_role(service, Role.MONEY_MANAGER, date(2024, 3, 1))
    people.hold_role(helen, Role.MONEY_MANAGER, date(2025, 1, 6), "nominated person")
    people.hold_role(rowan, Role.SIGNATORY, date(2024, 3, 1))
    people.hold_role(helen, Role.SIGNATORY, date(2025, 1, 6))

    before, after = people.household(date(2025, 1, 5)), people.household(date(2025, 1, 6))

    assert before.money_manager is not None
    assert after.money_manager is not None
    assert (before.money_manager.name, after.money_manager.name) == (
        "Money service",
        "Helen Ashby",
    )
    assert after.person_supported is not None
    assert after.employer is not None
    assert after.employer.capacity == "themselves"
    assert [row.name for row in after.signatories] == ["Rowan Ashby", "Helen Ashby"]
    assert before.money_manager.to_day == date(2025, 1, 5)
    assert people.household(date(2024, 2, 29)).employer is None
    assert len(people.roles()) == 6
    assert [party.name for party in people.parties()] == [
        "Helen Ashby",
        "Money service",
        "Rowan Ashby",
    ]


def test_one_person_at_a_time_has_a_part(people: People) -> None:
    rowan = people.add_party(Party(0, "Rowan Ashby"))
    people.hold_role(rowan, Role.EMPLOYER, JULY)

    with pytest.raises(EntryError, match="already has this part from 6 July 2026"):
        people.hold_role(rowan, Role.EMPLOYER, APRIL)


def test_a_part_put_in_from_the_wrong_day_is_put_right(people: People) -> None:
    rowan = people.add_party(Party(0, "Rowan Ashby"))
    held = people.hold_role(rowan, Role.EMPLOYER, JULY, "themselves")

    people.change_role(held, rowan, APRIL, "attorney")

    (role,) = people.roles()
    assert (role.role_id, role.from_day, role.capacity) == (held, APRIL, "attorney")


def test_the_wrong_person_in_a_part_is_put_right(people: People) -> None:
    rowan = people.add_party(Party(0, "Rowan Ashby"))
    helen = people.add_party(Party(0, "Helen Ashby"))
    held = people.hold_role(rowan, Role.EMPLOYER, JULY)

    people.change_role(held, helen, JULY)

    assert [(role.name, role.from_day) for role in people.roles()] == [("Helen Ashby", JULY)]


def test_from_a_later_day_somebody_else_has_the_part(people: People) -> None:
    rowan = people.add_party(Party(0, "Rowan Ashby"))
    helen = people.add_party(Party(0, "Helen Ashby"))
    employer = people.hold_role(rowan, Role.EMPLOYER, APRIL)
    signs = people.hold_role(rowan, Role.SIGNATORY, APRIL)

    people.change_role(employer, helen, JULY)
    people.change_role(signs, helen, JULY)

    assert [(role.name, role.from_day, role.to_day) for role in people.roles()] == [
        ("Rowan Ashby", APRIL, JULY - DAY),
        ("Rowan Ashby", APRIL, JULY - DAY),
        ("Helen Ashby", JULY, None),
        ("Helen Ashby", JULY, None),
    ]


@pytest.mark.parametrize("day", [date(2026, 5, 1), date(2026, 7, 20)])
def test_a_part_passes_on_when_it_is_now_said_to_have(people: People, day: date) -> None:
    rowan = people.add_party(Party(0, "Rowan Ashby"))
    helen = people.add_party(Party(0, "Helen Ashby"))
    people.hold_role(rowan, Role.MONEY_MANAGER, APRIL)
    held = people.hold_role(helen, Role.MONEY_MANAGER, JULY)

    people.change_role(held, helen, day)

    assert [(role.name, role.from_day, role.to_day) for role in people.roles()] == [
        ("Rowan Ashby", APRIL, day - DAY),
        ("Helen Ashby", day, None),
    ]


def test_a_part_that_is_over_is_not_begun_after_its_end(people: People) -> None:
    rowan = people.add_party(Party(0, "Rowan Ashby"))
    helen = people.add_party(Party(0, "Helen Ashby"))
    held = people.hold_role(rowan, Role.SIGNATORY, APRIL)
    people.end_role(held, date(2026, 5, 1))

    with pytest.raises(EntryError, match="is before the first"):
        people.change_role(held, rowan, JULY)
    people.change_role(held, helen, JULY)

    assert [(role.name, role.to_day) for role in people.roles()] == [
        ("Rowan Ashby", date(2026, 5, 1)),
        ("Helen Ashby", None),
    ]


def test_a_part_is_not_put_right_over_somebody_elses(people: People) -> None:
    rowan = people.add_party(Party(0, "Rowan Ashby"))
    helen = people.add_party(Party(0, "Helen Ashby"))
    people.hold_role(rowan, Role.EMPLOYER, MONDAY)
    held = people.hold_role(helen, Role.EMPLOYER, JULY)

    with pytest.raises(EntryError, match="already has this part"):
        people.change_role(held, helen, MONDAY - DAY)


def test_somebody_who_stopped_signing_may_sign_again(people: People) -> None:
    rowan = people.add_party(Party(0, "Rowan Ashby"))
    first = people.hold_role(rowan, Role.SIGNATORY, APRIL)
    people.end_role(first, date(2026, 5, 1))
    people.hold_role(rowan, Role.SIGNATORY, JULY)

    assert people.household(MONDAY).signatories == ()
    assert len(people.household(JULY).signatories) == 1


def test_a_part_cannot_end_before_it_began(people: People) -> None:
    rowan = people.add_party(Party(0, "Rowan Ashby"))
    held = people.hold_role(rowan, Role.EMPLOYER, JULY)

    with pytest.raises(EntryError, match="is before the first"):
        people.end_role(held, APRIL)


def test_a_party_can_be_put_right(people: People) -> None:
    rowan = people.add_party(Party(0, "Rowan Ashby"))

    people.change_party(Party(rowan, "Rowan Ashby-Lund"))

    assert people.parties()[0].name == "Rowan Ashby-Lund"


def test_another_way_with_hmrc_from_a_later_day_leaves_what_was_before(people: People) -> None:
    """Going over to paper in July does not say that April was on paper."""
    first = people.set_scheme(EmployerScheme(0, APRIL, paye_reference="123/AB45678"))
    before = people.schemes()[0]

    later = people.set_scheme(replace(before, from_day=JULY, files_on_paper=True))

    assert later != first
    assert people.schemes() == (
        before,
        replace(before, id=later, from_day=JULY, files_on_paper=True),
    )
    moved = people.set_scheme(replace(before, from_day=date(2026, 4, 20)))
    assert moved == first, "only the day was wrong"
    assert [scheme.from_day for scheme in people.schemes()] == [date(2026, 4, 20), JULY]
    assert people.set_scheme(replace(before, from_day=JULY)) == later


def test_the_scheme_is_dated_and_replaced_on_its_own_day(people: People) -> None:
    first = people.set_scheme(EmployerScheme(0, APRIL, paye_reference="123/AB45678"))
    again = people.set_scheme(
        EmployerScheme(0, APRIL, paye_reference="123/AB45678", pays_quarterly=True)
    )
    people.set_scheme(EmployerScheme(0, JULY, claims_employment_allowance=True))

    assert first == again
    assert [scheme.from_day for scheme in people.schemes()] == [APRIL, JULY]
    in_june = people.household(MONDAY).scheme
    assert in_june is not None
    assert (in_june.paye_reference, in_june.pays_quarterly) == ("123AB45678", True)
    assert people.household(date(2026, 4, 5)).scheme is None


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"paye_reference": "AB/123"}, "employer PAYE reference"),
        ({"accounts_office_reference": "123"}, "Accounts Office reference"),
        ({"pension_due_day": 32}, "not a day of the month"),
    ],
)
def test_a_scheme_that_cannot_be_is_refused(
    people: People, changes: dict[str, Any], what: str
) -> None:
    with pytest.raises(EntryError, match=what):
        people.set_scheme(EmployerScheme(0, APRIL, **changes))

    assert people.schemes() == ()


def test_every_change_is_named_in_the_audit_log(household: Household) -> None:
    employment = household.take_on(rates=RATES_HELD)
    household.people.set_tax_code(employment, JULY, "BR", "P6")
    sheet = household.timesheets.open(employment, MONDAY)
    household.timesheets.add_shift(a_shift(minutes=60, timesheet_id=sheet))

    assert household.actions()[2:] == ("Set a tax code", "Began a timesheet", "Recorded hours")
