"""What automatic enrolment makes of somebody on a payday, and what it takes and gives back.

Thirty hours at £13.20 are £396.00 a week, over the weekly trigger of £192. Paid on Friday 12 June
2026 for the week before, they are assessed in the week that holds the payday, from Monday 8 June.
Of £396.00 the part over £120 is £276.00: 5% is £13.80, of which £11.04 is taken from pay and £2.76
is tax relief, and 3% is £8.28.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpemployer.findings import Severity
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.checks import pension_findings
from dpemployer.payroll.enrolment import (
    EnrolmentEvent,
    EnrolmentHistory,
    EnrolmentKind,
    PensionArrangement,
    PensionBefore,
    PensionContribution,
    PensionLetter,
    ToGiveBack,
    still_to_give_back,
)
from dpemployer.payroll.figures import steps_for
from dpemployer.payroll.inputs import inputs_from, inputs_text
from dpemployer.payroll.issue import issued
from dpemployer.payroll.people import PensionBasis, PensionMembership, PensionRelief
from dpemployer.statutory.pensions import WorkerCategory
from dpemployer.workings import explain
from tests.builders import MONDAY, RATES, a_person, a_shift, an_employment, pounds, terms
from tests.payroll.test_pay_run import RUN, draft, findings_of, pay_of, result_of

if TYPE_CHECKING:
    from dpemployer.payroll.pay_run import WorkedPay

PAYDAY, ASSESSED = date(2026, 6, 12), date(2026, 6, 8)
NEST = PensionArrangement(1, date(2026, 4, 6), "NEST")
MEMBER = PensionMembership(7, 1, MONDAY, "NEST")
ONE_HOUR = (a_shift(minutes=60),)
KIND = EnrolmentKind


def event(kind: EnrolmentKind, day: date, event_id: int = 1, **changes: Any) -> EnrolmentEvent:
    return EnrolmentEvent(event_id, 1, kind, day, **changes)


def before(*events: EnrolmentEvent, chosen: bool = True, **changes: Any) -> PensionBefore:
    return PensionBefore(
        history=EnrolmentHistory(events), arrangement=NEST if chosen else None, **changes
    )


def owed(relief: PensionRelief = PensionRelief.RELIEF_AT_SOURCE, **changes: Any) -> ToGiveBack:
    amounts: dict[str, Any] = {
        "pensionable": pounds("276.00"),
        "employee": pounds("11.04"),
        "relief_added": pounds("2.76"),
        "employer": pounds("8.28"),
        **changes,
    }
    return ToGiveBack(membership=replace(MEMBER, relief=relief), **amounts)


def told_in(pay: WorkedPay) -> list[str]:
    return [step.sentence for step in explain(pay.pension.steps, PAYDAY)]


# ── being enrolled ──


def test_somebody_who_must_be_is_enrolled_with_the_payday_itself() -> None:
    pay = pay_of(pension=before())

    held, begins = pay.pension.membership, pay.pension.begins
    assert held is not None
    assert (held.id, held.from_day, held.provider) == (0, ASSESSED, "NEST")
    assert begins == EnrolmentEvent(0, 1, KIND.ENROLLED, ASSESSED)
    assert pay.result.employee_pension == pounds("11.04")
    assert pay.result.pension_relief == pounds("2.76")
    assert pay.result.employer_pension == pounds("8.28")


def test_the_payday_says_that_it_enrols_and_what_must_be_done_by_when() -> None:
    found = findings_of(pension=before())

    # Six weeks from 8 June end on 19 July.
    assert found["pension_enrolled"].severity is Severity.NOTE
    assert "from 8 June 2026" in found["pension_enrolled"].message
    assert (
        "Tell NEST, and give them the letter, by 19 July 2026" in found["pension_enrolled"].message
    )
    assert "must_be_enrolled" not in found
    assert found["rates_unconfirmed"].subject == "First pension contributions after enrolment"


def test_the_assessment_is_on_the_payslip_and_in_its_workings() -> None:
    pay = pay_of(pension=before())
    slip = issued(RUN, pay)

    assert slip.pension_category is WorkerCategory.ELIGIBLE_JOBHOLDER
    said = [step.sentence for step in steps_for("employee_pension", slip.workings)]
    assert said[0] == (
        "The payday, 12 June 2026, is in the pay period from 8 June 2026 to 14 June 2026. In it "
        "this person is assessed as they are on 8 June 2026."
    )
    assert said[1].startswith("Pay of £396.00 is over £192.00 and this person is 32")
    assert said[2] == "This person is a member of NEST from 8 June 2026."


def test_a_member_is_assessed_too_and_nothing_begins() -> None:
    pay = pay_of(pension=before(), terms=terms(pensions=(MEMBER,)))

    assert pay.pension.assessment.category is WorkerCategory.ELIGIBLE_JOBHOLDER
    assert (pay.pension.membership, pay.pension.begins) == (MEMBER, None)
    assert pay.pension.findings == ()


def test_with_no_pension_chosen_the_payday_says_what_to_do_and_remembers_it() -> None:
    pay = pay_of(pension=before(chosen=False))

    assert pay.pension.membership is None
    assert pay.pension.begins == EnrolmentEvent(0, 1, KIND.ELIGIBLE, ASSESSED)
    (found,) = pay.pension.findings
    assert found.code == "must_be_enrolled"
    assert "by 19 July 2026" in found.message


def test_what_is_remembered_is_remembered_once_and_keeps_its_first_day() -> None:
    waiting = event(KIND.ELIGIBLE, MONDAY)

    pay = pay_of(pension=before(waiting, chosen=False), shifts=ONE_HOUR)

    assert pay.pension.begins is None
    (found,) = pay.pension.findings
    assert "in a pension from 1 June 2026" in found.message


def test_who_was_waiting_is_enrolled_from_their_day_however_little_they_earn_now() -> None:
    pay = pay_of(pension=before(event(KIND.ELIGIBLE, MONDAY)), shifts=ONE_HOUR)

    held = pay.pension.membership
    assert held is not None
    assert held.from_day == MONDAY  # the payday of 5 June came after it
    codes = [found.code for found in pay.pension.findings]
    assert codes == ["pension_enrolled", "rates_unconfirmed", "pension_contributions_missed"]


def test_a_certified_basis_says_that_its_length_was_not_checked() -> None:
    set_3 = replace(NEST, basis=PensionBasis.ALL_EARNINGS_SET_3, employee_percent=Decimal(4))

    new = pay_of(pension=replace(before(), arrangement=set_3))
    member = pay_of(terms=terms(pensions=(replace(MEMBER, basis=PensionBasis.BASIC_PAY_SET_1),)))

    for pay in (new, member):
        subjects = {found.subject for found in pay.pension.findings}
        assert "How long a certificate for pension sets 1 to 3 lasts" in subjects
    assert new.result.employee_pension == pounds("12.67")


def test_nobody_is_enrolled_after_their_last_day() -> None:
    pay = pay_of(pension=before(), employment=an_employment(left_on=date(2026, 6, 7)))

    assert (pay.pension.membership, pay.pension.begins, pay.pension.findings) == (None, None, ())


def test_turning_22_before_the_payday_counts() -> None:
    day = date(2004, 6, 12)
    pay = pay_of(pension=before(), assistant=a_person(born_on=day), terms=terms(letter="A"))

    assert pay.pension.assessed_on == PAYDAY
    assert pay.pension.begins == EnrolmentEvent(0, 1, KIND.ENROLLED, PAYDAY)


def test_reaching_pension_age_after_the_first_day_of_the_period_comes_too_late() -> None:
    # Born 9 June 1960 is 66 years and 3 months on 9 September 2026.
    run = replace(
        RUN,
        first_day=date(2026, 8, 31),
        last_day=date(2026, 9, 6),
        pay_date=date(2026, 9, 11),
        paid_on=date(2026, 9, 11),
    )
    person = a_person(born_on=date(1960, 6, 9))
    shifts = (a_shift(date(2026, 9, 1), 1800),)

    (pay,) = result_of(draft(pension=before(), assistant=person, shifts=shifts), run=run).pays

    assert pay.pension.assessed_on == date(2026, 9, 7)
    assert pay.pension.begins is not None


# ── asking to come in ──


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        (
            {"assistant": a_person(born_on=date(2006, 1, 1)), "terms": terms(letter="M")},
            "may_opt_in",
        ),
        ({"shifts": ONE_HOUR}, "may_join"),
    ],
)
def test_that_somebody_may_ask_is_said_until_they_have_the_letter(
    changes: dict[str, Any], code: str
) -> None:
    told = event(KIND.TOLD, MONDAY, letter=PensionLetter.RIGHTS)

    assert code in findings_of(**changes, pension=before())
    assert code not in findings_of(**changes, pension=before(told))


def test_somebody_too_young_is_told_nothing() -> None:
    child = a_person(born_on=date(2011, 1, 1))

    assert pay_of(assistant=child, terms=terms(letter="X")).pension.findings == ()


def test_somebody_who_went_is_not_asked_again() -> None:
    gone = event(KIND.LEFT, date(2026, 5, 1))

    assert pay_of(shifts=ONE_HOUR, pension=before(gone)).pension.findings == ()


# ── put off ──


def test_while_put_off_nothing_is_taken() -> None:
    off = event(KIND.POSTPONED, ASSESSED, until=date(2026, 9, 1))

    pay = pay_of(pension=before(off))

    assert pay.result.employee_pension == NOTHING
    assert pay.pension.begins is None
    (found,) = pay.pension.findings
    assert (found.code, found.severity) == ("pension_postponed", Severity.NOTE)
    assert "until 1 September 2026" in found.message
    assert told_in(pay)[-1].startswith("From 8 June 2026 enrolment is put off until")


def test_on_the_deferral_day_they_are_assessed_and_enrolled_from_it() -> None:
    off = event(KIND.POSTPONED, date(2026, 4, 6), until=date(2026, 6, 10))

    pay = pay_of(pension=before(off))

    assert pay.pension.assessed_on == date(2026, 6, 10)
    assert pay.pension.begins == EnrolmentEvent(0, 1, KIND.ENROLLED, date(2026, 6, 10))


def test_who_earns_too_little_on_the_deferral_day_is_watched_from_then_on() -> None:
    off = event(KIND.POSTPONED, date(2026, 4, 6), until=date(2026, 6, 10))

    then = pay_of(pension=before(off), shifts=ONE_HOUR)
    later = pay_of(pension=before(replace(off, until=date(2026, 5, 10))))

    assert then.pension.begins is None
    assert later.pension.begins == EnrolmentEvent(0, 1, KIND.ENROLLED, ASSESSED)


# ── after the payday, in the same pay period ──

SATURDAY = date(2026, 6, 13)
"""After the payday of 12 June, and in the week that holds it."""


def test_a_postponement_that_ends_after_the_payday_is_looked_at_with_its_pay() -> None:
    off = event(KIND.POSTPONED, date(2026, 4, 6), until=SATURDAY)

    pay = pay_of(pension=before(off))

    assert pay.pension.membership is None
    assert pay.pension.begins == EnrolmentEvent(0, 1, KIND.ELIGIBLE, SATURDAY)
    assert [found.code for found in pay.pension.findings] == [
        "pension_postponed",
        "pension_enrolled_next",
    ]
    assert told_in(pay)[-1] == (
        "In the same pay period as the payday of 12 June 2026, on 13 June 2026, this person must "
        "be enrolled. The next payday does it."
    )


def test_turning_22_after_the_payday_is_looked_at_with_its_pay() -> None:
    pay = pay_of(
        pension=before(), assistant=a_person(born_on=date(2004, 6, 13)), terms=terms(letter="A")
    )

    assert pay.pension.begins == EnrolmentEvent(0, 1, KIND.ELIGIBLE, SATURDAY)


@pytest.mark.parametrize(
    "changes",
    [
        {"shifts": ONE_HOUR},
        {"employment": an_employment(left_on=PAYDAY)},
        {
            "pension": before(
                event(KIND.POSTPONED, date(2026, 4, 6), until=date(2026, 7, 1)),
            )
        },
        {"pension": before(event(KIND.OPTED_OUT, date(2026, 5, 1)))},
    ],
)
def test_nothing_comes_of_a_birthday_that_changes_nothing(changes: dict[str, Any]) -> None:
    facts = {
        "pension": before(),
        "assistant": a_person(born_on=date(2004, 6, 13)),
        "terms": terms(letter="A"),
    }

    assert pay_of(**{**facts, **changes}).pension.begins is None


def test_who_was_to_be_enrolled_after_the_last_payday_missed_nothing() -> None:
    since = event(KIND.ELIGIBLE, date(2026, 6, 6))  # after the payday of 5 June

    pay = pay_of(pension=before(since), shifts=ONE_HOUR)

    assert pay.pension.begins == EnrolmentEvent(0, 1, KIND.ENROLLED, date(2026, 6, 6))
    codes = [found.code for found in pay.pension.findings]
    assert "pension_contributions_missed" not in codes


# ── gone, and back after three years ──


@pytest.mark.parametrize("kind", [KIND.OPTED_OUT, KIND.LEFT])
def test_who_opted_out_or_left_is_not_enrolled_by_a_payday(kind: EnrolmentKind) -> None:
    pay = pay_of(pension=before(event(KIND.ENROLLED, MONDAY), event(kind, date(2026, 6, 9), 2)))

    assert pay.pension.membership is None
    assert pay.pension.findings == ()
    assert told_in(pay)[-1] == (
        "This person opted out or left the pension on 9 June 2026. Until people are next enrolled "
        "again, £0.00 is taken."
    )


def test_who_went_over_a_year_ago_is_enrolled_again_on_the_three_yearly_day() -> None:
    gone = event(KIND.OPTED_OUT, date(2025, 6, 8))
    chosen = date(2026, 6, 9)

    pay = pay_of(pension=before(gone, re_enrolment_days=(date(2023, 6, 9), chosen)))

    assert pay.pension.begins == EnrolmentEvent(0, 1, KIND.RE_ENROLLED, chosen)
    assert pay.result.employee_pension == pounds("11.04")
    assert pay.pension.findings[0].code == "pension_enrolled_again"


@pytest.mark.parametrize(
    ("gone_on", "chosen"),
    [
        (date(2025, 6, 10), date(2026, 6, 9)),  # within the year before
        (date(2020, 1, 1), date(2026, 6, 5)),  # the day fell to the payday before
        (date(2020, 1, 1), date(2026, 6, 13)),  # and this one to the next
    ],
)
def test_others_are_not_enrolled_again(gone_on: date, chosen: date) -> None:
    gone = event(KIND.OPTED_OUT, gone_on)

    pay = pay_of(pension=before(gone, re_enrolment_days=(chosen,)))

    assert pay.pension.membership is None


def test_who_came_back_and_went_again_went_on_the_later_day() -> None:
    history = EnrolmentHistory(
        (
            event(KIND.OPTED_OUT, date(2024, 6, 8), 1),
            event(KIND.OPTED_IN, date(2025, 1, 1), 2),
        )
    )

    assert history.gone(date(2024, 12, 31)) is not None
    assert history.gone(PAYDAY) is None


def test_a_membership_that_ended_before_coming_in_again_is_long_past() -> None:
    ended = PensionMembership(1, 1, date(2026, 4, 6), "Old", to_day=date(2026, 4, 30))
    history = (event(KIND.OPTED_IN, date(2026, 5, 4)),)

    pay = pay_of(terms=terms(pensions=(ended,)), pension=before(*history))

    assert pay.pension.begins is not None


# ── given back ──


def test_an_opt_out_gives_back_what_was_taken_as_a_line_of_its_own() -> None:
    gone = event(KIND.OPTED_OUT, date(2026, 6, 9))
    back = before(gone, to_give_back=(owed(),))

    pay = pay_of(pension=back)

    assert pay.result.employee_pension == pounds("-11.04")
    assert pay.result.employer_pension == pounds("-8.28")
    assert pay.result.pension_relief == pounds("-2.76")
    assert pay.result.pensionable_pay == pounds("-276.00")
    # 396.00 - 12.32 of National Insurance + 11.04.
    assert pay.result.net_pay == pounds("394.72")
    assert pay.result.taxable_pay == pounds("396.00")
    said = [step.sentence for step in explain(pay.result.workings, PAYDAY)]
    assert said[-1] == (
        "Pay of £396.00, less £12.32 National Insurance, plus £11.04 of pension given back, comes "
        "to £394.72."
    )


def test_what_was_taken_before_tax_is_taxed_when_it_is_given_back() -> None:
    back = before(
        event(KIND.OPTED_OUT, date(2026, 6, 9)),
        to_give_back=(owed(PensionRelief.NET_PAY, employee=pounds("13.80"), relief_added=NOTHING),),
    )

    pay = pay_of(pension=back)

    assert pay.result.taxable_pay == pounds("409.80")
    assert pay.result.employee_pension == pounds("-13.80")
    slip = issued(RUN, pay)
    titles = [step.title for step in steps_for("taxable_pay", slip.workings)]
    assert "Pension contributions given back" in titles


def test_the_refund_says_what_comes_back_from_the_provider() -> None:
    found = findings_of(pension=before(to_give_back=(owed(),), chosen=False))

    assert found["pension_refund"].severity is Severity.NOTE
    assert "NEST gives you that back, and your own £8.28." in found["pension_refund"].message


def test_a_refund_beside_new_contributions_leaves_the_difference() -> None:
    pay = pay_of(terms=terms(pensions=(MEMBER,)), pension=before(to_give_back=(owed(), owed())))

    assert pay.result.employee_pension == pounds("11.04") - pounds("22.08")
    assert pay.result.employer_pension == pounds("-8.28")


def test_inputs_with_a_refund_come_back_from_text() -> None:
    pay = pay_of(terms=terms(pensions=(MEMBER,)), pension=before(to_give_back=(owed(),)))

    assert inputs_from(inputs_text(pay.inputs)) == pay.inputs


def test_a_worker_who_joined_on_low_earnings_has_no_minimum() -> None:
    joined = replace(MEMBER, employer_percent=Decimal(0), minimum_applies=False)

    codes = findings_of(terms=terms(pensions=(joined,)))
    enrolled = findings_of(terms=terms(pensions=(replace(joined, minimum_applies=True),)))

    assert "pension_employer_below_minimum" not in codes
    assert "pension_employer_below_minimum" in enrolled
    assert pension_findings(joined, RATES.on(MONDAY)) == ()


def row(employee: int, membership_id: int = 7, payslip_id: int = 1) -> PensionContribution:
    return PensionContribution(
        id=0,
        employment_id=1,
        membership_id=membership_id,
        payslip_id=payslip_id,
        pay_date=PAYDAY,
        provider="NEST",
        pensionable=Money(employee * 20),
        employee=Money(employee),
        relief_added=Money(employee // 4),
        employer=Money(employee // 2),
    )


@given(taken=st.lists(st.integers(0, 100_000), max_size=6))
def test_what_is_given_back_is_what_was_taken(taken: list[int]) -> None:
    rows = [row(pence, payslip_id=place) for place, pence in enumerate(taken)]

    found = still_to_give_back((MEMBER,), [*rows, row(500, membership_id=8)])

    assert Money.total(one.employee for one in found) == Money(sum(taken))
    given_back = [
        replace(
            row(0),
            employee=-one.employee,
            employer=-one.employer,
            relief_added=-one.relief_added,
            pensionable=-one.pensionable,
        )
        for one in found
    ]
    assert still_to_give_back((MEMBER,), [*rows, *given_back]) == ()


# ── history ──


def test_letters_and_joining_are_found_from_the_day_somebody_came_in() -> None:
    history = EnrolmentHistory(
        (
            event(KIND.TOLD, date(2026, 1, 1), 1, letter=PensionLetter.ENROLMENT),
            event(KIND.ENROLLED, MONDAY, 2),
            event(KIND.MEMBER, MONDAY + timedelta(days=3), 3),
            event(KIND.TOLD, MONDAY + timedelta(days=5), 4, letter=PensionLetter.ENROLMENT),
        )
    )
    letters = frozenset({PensionLetter.ENROLMENT})

    assert history.told(letters, PAYDAY, MONDAY) == date(2026, 6, 6)
    assert history.told(letters, date(2026, 6, 5), MONDAY) is None
    assert history.member_on(PAYDAY, MONDAY) == date(2026, 6, 4)
    assert history.member_on(date(2026, 6, 3), MONDAY) is None


def test_putting_off_answers_what_was_waiting() -> None:
    waiting = event(KIND.ELIGIBLE, MONDAY)
    off = event(KIND.POSTPONED, MONDAY, 2, until=date(2026, 8, 1))

    assert EnrolmentHistory((waiting,)).waiting_since(PAYDAY) == MONDAY
    assert EnrolmentHistory((waiting, off)).waiting_since(PAYDAY) is None


def test_an_opt_out_after_the_payday_but_before_it_is_done_takes_nothing() -> None:
    came_in = event(KIND.ENROLLED, date(2026, 6, 1))
    out = event(KIND.OPTED_OUT, date(2026, 6, 15), 2)

    pay = pay_of(pension=before(came_in, out))

    assert pay.pension.membership is None


def test_an_opt_out_of_a_later_coming_in_has_nothing_to_do_with_the_payday() -> None:
    came_in = event(KIND.RE_ENROLLED, date(2026, 7, 1))
    out = event(KIND.OPTED_OUT, date(2026, 7, 15), 2)

    assert pay_of(pension=before(came_in, out)).pension.begins is not None


def test_what_they_asked_for_from_later_on_follows_what_must_be_now() -> None:
    asked = replace(MEMBER, from_day=date(2026, 6, 15))

    held = pay_of(terms=terms(pensions=(asked,)), pension=before()).pension.membership

    assert held is not None
    assert (held.from_day, held.to_day) == (ASSESSED, date(2026, 6, 14))


def test_how_they_first_came_in_is_counted_since_they_were_last_out() -> None:
    history = EnrolmentHistory(
        (
            event(KIND.ENROLLED, date(2024, 1, 1), 1),
            event(KIND.OPTED_OUT, date(2024, 1, 20), 2),
            event(KIND.RE_ENROLLED, date(2027, 1, 1), 3),
            event(KIND.OPTED_IN, date(2027, 2, 1), 4),
        )
    )

    first = history.first_in(date(2027, 3, 1))
    assert first is not None
    assert first.day == date(2027, 1, 1)
    assert history.first_in(date(2024, 6, 1)) is None


def test_the_letter_about_coming_in_may_come_before_it_but_not_before_they_were_last_out() -> None:
    came_in = event(KIND.OPTED_IN, date(2026, 6, 29), 5)
    letter = event(KIND.TOLD, date(2026, 6, 15), 2, letter=PensionLetter.ENROLMENT)
    out = event(KIND.OPTED_OUT, date(2026, 6, 19), 3)
    again = event(KIND.TOLD, date(2026, 6, 24), 4, letter=PensionLetter.ENROLMENT)
    on = date(2026, 7, 10)

    assert EnrolmentHistory((letter, came_in)).informed_on(came_in, on) == date(2026, 6, 15)
    assert EnrolmentHistory((letter, out, came_in)).informed_on(came_in, on) is None
    both = EnrolmentHistory((letter, out, again, came_in))
    assert both.informed_on(came_in, on) == date(2026, 6, 24)
    assert both.informed_on(replace(came_in, day=date(2026, 9, 1)), on) is None
