"""Pensions from the first assessment to coming back, through the services that windows use.

Ada works thirty hours a week at £13.20, £396.00, and is paid on Fridays for the week before. In
the week from Monday 8 June 2026, which holds the payday of 12 June, she must be enrolled. Of
£396.00 the part over £120 is £276.00: £11.04 is taken from pay, £2.76 is tax relief, and the
employer pays £8.28, which is £19.32 to the provider.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from dpemployer.errors import EntryError, RefusedError
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.enrolment import (
    EnrolmentEvent,
    EnrolmentKind,
    PensionArrangement,
    PensionContribution,
    PensionDutyKind,
    PensionLetter,
)
from dpemployer.payroll.people import PensionMembership, PensionRelief
from dpemployer.periods import TaxYear
from dpemployer.services.pension_rows import PensionAction, PensionPosition
from dpemployer.services.pensions import Pensions
from dpemployer.services.rows import CommitmentKind
from tests.builders import MONDAY, RATES, an_employment, pounds

if TYPE_CHECKING:
    from dpemployer.services.pension_rows import PensionStanding
    from tests.services.household import Household

ASSESSED, PAYDAY = date(2026, 6, 8), date(2026, 6, 12)
WEEK = timedelta(days=7)
DECEMBER = date(2026, 12, 1)
NEST = PensionArrangement(0, date(2026, 4, 6), "NEST", reference="EMP000123456")


@pytest.fixture
def pensions(household: Household, monkeypatch: pytest.MonkeyPatch) -> Pensions:
    it_is(monkeypatch, date(2026, 6, 30))
    return Pensions(household.book, RATES)


@pytest.fixture
def ada(household: Household) -> int:
    employment = household.take_on()
    household.hours(employment)
    return employment


@pytest.fixture
def member(household: Household, pensions: Pensions, ada: int) -> int:
    """Ada, enrolled by the payday of 12 June, told on the 15th, made a member on the 18th."""
    pensions.set_arrangement(NEST)
    household.pay(ada)
    pensions.told(ada, PensionLetter.ENROLMENT, date(2026, 6, 15))
    pensions.made_member(ada, date(2026, 6, 18))
    return ada


def it_is(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    for module in ("pensions", "pension_duties"):
        monkeypatch.setattr(f"dpemployer.services.{module}.today", lambda: day)


def memberships(household: Household) -> tuple[PensionMembership, ...]:
    with household.book.read() as reading:
        return reading.find(PensionMembership)


def contributions(household: Household) -> tuple[PensionContribution, ...]:
    with household.book.read() as reading:
        return reading.find(PensionContribution)


def events(household: Household, kind: EnrolmentKind) -> tuple[EnrolmentEvent, ...]:
    with household.book.read() as reading:
        return reading.find(EnrolmentEvent, kind=kind)


def owed_to_provider(household: Household) -> Money:
    return Money.total(owed.amount for owed in household.owed(CommitmentKind.PENSION))


def dues(found: PensionStanding) -> list[tuple[str, date]]:
    return [(due.says, due.by) for due in found.due]


def work_and_pay(household: Household, employment: int, weeks: int = 1, **changes: Any) -> None:
    """Work and be paid for one more week: the one that begins so many weeks after 1 June."""
    household.hours(employment, MONDAY + weeks * WEEK, **changes)
    household.pay(employment, MONDAY + weeks * WEEK)


# ── being enrolled ──


def test_a_payday_enrols_and_keeps_what_it_paid_in(
    household: Household, pensions: Pensions, ada: int
) -> None:
    pensions.set_arrangement(NEST)

    household.pay(ada)

    (held,) = memberships(household)
    assert (held.from_day, held.provider, held.to_day) == (ASSESSED, "NEST", None)
    (slip,) = household.slips(ada)
    (paid_in,) = contributions(household)
    assert (paid_in.membership_id, paid_in.payslip_id) == (held.id, slip.id)
    assert (paid_in.employee, paid_in.relief_added) == (pounds("11.04"), pounds("2.76"))
    assert paid_in.employer == pounds("8.28")
    assert owed_to_provider(household) == pounds("19.32")
    (enrolled,) = events(household, EnrolmentKind.ENROLLED)
    assert (enrolled.day, enrolled.payslip_id) == (ASSESSED, slip.id)


def test_the_next_payday_goes_on_with_the_same_membership(
    household: Household, member: int
) -> None:
    work_and_pay(household, member)

    assert len(memberships(household)) == 1
    assert [row.employee for row in contributions(household)] == [pounds("11.04")] * 2
    assert household.pay_runs.differences(TaxYear(2026), member) == ()


def test_where_an_enrolled_worker_stands_is_said_with_what_comes_next(
    household: Household, pensions: Pensions, ada: int
) -> None:
    pensions.set_arrangement(NEST)
    household.pay(ada)

    found = pensions.standing(ada, PAYDAY)

    assert found.position is PensionPosition.MEMBER
    assert found.says == "In the pension with NEST since 8 June 2026."
    assert found.letter is PensionLetter.ENROLMENT
    assert dues(found) == [
        ("Give Ada Keane the letter about being enrolled.", date(2026, 7, 19)),
        (
            "Tell NEST about Ada Keane, and record the day they were made a member.",
            date(2026, 7, 19),
        ),
    ]
    assert found.may == {PensionAction.OPT_OUT, PensionAction.LEAVE, PensionAction.MADE_MEMBER}
    assert "by 19 July 2026" in found.steps[0].sentence


def test_the_month_to_opt_out_is_said_once_both_days_are_known(
    pensions: Pensions, member: int
) -> None:
    during, after = (
        pensions.standing(member, date(2026, 7, 17)),
        pensions.standing(member, date(2026, 7, 18)),
    )

    # From the later of 15 and 18 June, a month ends on 17 July.
    assert during.next_steps == (
        "They may opt out until 17 July 2026. It is for them to ask: you may not suggest it.",
    )
    assert after.next_steps[0].startswith("Their month to opt out ended on 17 July 2026.")
    assert during.due == ()


def test_what_is_to_do_has_its_days_and_goes_away_by_being_done(
    household: Household, pensions: Pensions, ada: int
) -> None:
    pensions.set_arrangement(NEST)
    household.pay(ada)

    before = list(pensions.to_do(date(2026, 7, 20)))
    pensions.told(ada, PensionLetter.ENROLMENT, PAYDAY)
    pensions.made_member(ada, PAYDAY)

    assert [(thing.by, thing.late) for thing in before[:2]] == [(date(2026, 7, 19), True)] * 2
    assert before[0].what == (ada, "pension")
    assert [thing.page for thing in pensions.to_do(date(2026, 7, 20))] == ["settings"]


def test_correcting_the_payday_takes_its_contributions_back_and_the_enrolment_stands(
    household: Household, member: int
) -> None:
    run = household.slips(member)[0].pay_run_id

    corrected = household.pay_runs.correct(run, "Wrong hours")

    assert Money.total(row.employee for row in contributions(household)) == NOTHING
    assert owed_to_provider(household) == NOTHING
    household.pay_runs.finalise(corrected.draft_id)
    assert Money.total(row.employee for row in contributions(household)) == pounds("11.04")
    assert len(memberships(household)) == 1
    assert len(events(household, EnrolmentKind.ENROLLED)) == 1


def test_the_assessment_of_a_payday_explains_itself(household: Household, member: int) -> None:
    (slip,) = household.slips(member)

    found = household.pay_runs.explain(slip.pay_run_id, member, "pension_assessment")

    assert found.amount is None
    assert [step.rule for step in found.steps] == [
        "pension.assessed_on",
        "pension.eligible",
        "pension.enrolled",
    ]


# ── with no pension chosen ──


def test_a_payday_with_no_pension_chosen_remembers_from_when_they_must_be(
    household: Household, pensions: Pensions, ada: int
) -> None:
    household.pay(ada)

    found = pensions.standing(ada, PAYDAY)
    assert found.position is PensionPosition.ELIGIBLE
    assert found.says == "Must be in a pension from 8 June 2026, and is not in one yet."
    assert dues(found) == [
        ("Choose a pension for Ada Keane, who has to be in one.", date(2026, 7, 19))
    ]

    pensions.set_arrangement(NEST)
    assert pensions.standing(ada, PAYDAY).next_steps == ("The next payday enrols them.",)
    work_and_pay(household, ada)

    (held,) = memberships(household)
    assert held.from_day == ASSESSED
    (missed,) = {
        row.as_now
        for row in household.pay_runs.differences(TaxYear(2026), ada)
        if row.figure == "employee_pension"
    }
    assert missed == pounds("11.04")


def test_taking_the_payday_back_forgets_that_they_were_waiting(
    household: Household, ada: int
) -> None:
    household.pay(ada)

    household.pay_runs.correct(household.slips(ada)[0].pay_run_id, "Wrong hours")

    assert events(household, EnrolmentKind.ELIGIBLE) == ()


# ── put off ──


def test_enrolment_is_put_off_and_taken_up_on_the_deferral_day(
    household: Household, pensions: Pensions, ada: int
) -> None:
    pensions.set_arrangement(NEST)
    assert pensions.postpone_from(ada, date(2026, 6, 11)) == (ASSESSED,)

    pensions.postpone(ada, ASSESSED, date(2026, 6, 17))
    household.pay(ada)
    put_off = pensions.standing(ada, PAYDAY)
    work_and_pay(household, ada)

    assert put_off.position is PensionPosition.POSTPONED
    assert put_off.says == "Put off until 17 June 2026."
    assert dues(put_off) == [
        ("Enrolment of Ada Keane is put off only until this day.", date(2026, 6, 17)),
        ("Give Ada Keane the letter that says enrolment is put off.", date(2026, 7, 19)),
    ]
    first, second = household.slips(ada)
    assert (first.employee_pension, second.employee_pension) == (NOTHING, pounds("11.04"))
    assert memberships(household)[0].from_day == date(2026, 6, 17)
    assert household.pay_runs.differences(TaxYear(2026), ada) == ()


def test_enrolment_can_be_put_off_from_the_first_day_of_the_job(
    household: Household, pensions: Pensions
) -> None:
    new = household.take_on(an_employment(started_on=date(2026, 6, 22)))

    assert date(2026, 6, 22) in pensions.postpone_from(new, date(2026, 6, 30))
    pensions.postpone(new, date(2026, 6, 22), date(2026, 9, 21))

    with pytest.raises(EntryError, match="cannot be put off until 22 September 2026"):
        pensions.postpone(new, date(2026, 6, 22), date(2026, 9, 22))


def test_nobody_in_the_pension_is_put_off(pensions: Pensions, member: int) -> None:
    assert pensions.postpone_from(member, date(2026, 6, 30)) == ()
    with pytest.raises(RefusedError, match="cannot be put off"):
        pensions.postpone(member, ASSESSED, date(2026, 7, 1))


def test_who_was_waiting_can_still_be_put_off_while_the_letter_is_in_time(
    household: Household, pensions: Pensions, ada: int
) -> None:
    household.pay(ada)

    assert ASSESSED in pensions.postpone_from(ada, date(2026, 7, 19))
    assert ASSESSED not in pensions.postpone_from(ada, date(2026, 7, 20))
    pensions.postpone(ada, ASSESSED, date(2026, 9, 7))
    assert pensions.standing(ada, date(2026, 7, 20)).position is PensionPosition.POSTPONED


# ── opting out ──


def test_an_opt_out_before_the_payday_takes_nothing_from_it(
    household: Household, pensions: Pensions, member: int
) -> None:
    household.hours(member, MONDAY + WEEK)
    pensions.opt_out(member, date(2026, 6, 19))

    household.pay(member, MONDAY + WEEK)

    first, second = household.slips(member)
    assert first.employee_pension == pounds("11.04")
    assert second.employee_pension == pounds("-11.04")
    assert second.employer_pension == pounds("-8.28")


@pytest.mark.parametrize("opted_out_on", [date(2026, 6, 11), date(2026, 6, 15)])
def test_an_opt_out_with_nothing_taken_leaves_no_membership(
    household: Household, pensions: Pensions, ada: int, opted_out_on: date
) -> None:
    """The payday of 12 June may be done after the opt-out, and it still takes nothing."""
    pensions.set_arrangement(NEST)
    pensions.opt_in(ada, date(2026, 6, 2))
    pensions.told(ada, PensionLetter.ENROLMENT, date(2026, 6, 9))
    pensions.made_member(ada, date(2026, 6, 10))
    pensions.opt_out(ada, opted_out_on)

    household.pay(ada)

    assert memberships(household) == ()
    assert contributions(household) == ()
    assert pensions.standing(ada, date(2026, 6, 30)).refund == NOTHING


def test_who_must_be_enrolled_before_their_own_wish_begins_is_so_until_then(
    household: Household, pensions: Pensions, ada: int
) -> None:
    pensions.set_arrangement(NEST)
    pensions.opt_in(ada, date(2026, 6, 9))

    household.pay(ada)
    work_and_pay(household, ada)

    asked, must_be = memberships(household)
    assert (must_be.from_day, must_be.to_day) == (ASSESSED, date(2026, 6, 14))
    assert (asked.from_day, asked.to_day) == (date(2026, 6, 15), None)
    pensions.told(ada, PensionLetter.ENROLMENT, date(2026, 6, 19))
    pensions.made_member(ada, date(2026, 6, 19))
    pensions.opt_out(ada, date(2026, 6, 22))
    assert pensions.standing(ada, date(2026, 6, 22)).refund == pounds("22.08")


def test_what_was_taken_is_given_back_once_and_everything_adds_up(
    household: Household, pensions: Pensions, member: int
) -> None:
    pensions.opt_out(member, date(2026, 6, 19))
    waiting = pensions.standing(member, date(2026, 6, 19))
    work_and_pay(household, member)
    work_and_pay(household, member, 2)

    assert waiting.position is PensionPosition.OPTED_OUT
    assert waiting.refund == pounds("11.04")
    assert dues(waiting) == [
        ("Give back to Ada Keane the £11.04 taken for the pension.", date(2026, 7, 18))
    ]
    _first, second, third = household.slips(member)
    assert second.net_pay == third.net_pay + pounds("11.04")
    assert household.pay_runs.year_to_date(member, DECEMBER).employee_pension == NOTHING
    assert owed_to_provider(household) == NOTHING
    assert Money.total(row.employee for row in contributions(household)) == NOTHING
    assert pensions.standing(member, DECEMBER).due == ()
    assert household.pay_runs.differences(TaxYear(2026), member) == ()


def test_correcting_the_payday_that_gave_it_back_gives_it_back_again(
    household: Household, pensions: Pensions, member: int
) -> None:
    pensions.opt_out(member, date(2026, 6, 19))
    work_and_pay(household, member)
    run = household.slips(member)[1].pay_run_id

    corrected = household.pay_runs.correct(run, "Wrong hours")
    owed = pensions.standing(member, date(2026, 6, 30)).refund
    household.pay_runs.finalise(corrected.draft_id)

    assert owed == pounds("11.04")
    assert household.slips(member)[-1].employee_pension == pounds("-11.04")
    assert Money.total(row.employee for row in contributions(household)) == NOTHING


def test_correcting_the_payday_that_took_it_takes_it_again(
    household: Household, pensions: Pensions, member: int
) -> None:
    pensions.opt_out(member, date(2026, 6, 19))
    work_and_pay(household, member)
    run = household.slips(member)[0].pay_run_id

    corrected = household.pay_runs.correct(run, "Wrong hours")
    household.pay_runs.finalise(corrected.draft_id)

    assert Money.total(row.employee for row in contributions(household)) == NOTHING
    assert pensions.standing(member, date(2026, 6, 30)).refund == NOTHING


def test_a_net_pay_refund_is_taxed(household: Household, pensions: Pensions, ada: int) -> None:
    pensions.set_arrangement(replace(NEST, relief=PensionRelief.NET_PAY))
    household.pay(ada)
    pensions.told(ada, PensionLetter.ENROLMENT, PAYDAY)
    pensions.made_member(ada, PAYDAY)

    pensions.opt_out(ada, PAYDAY)
    work_and_pay(household, ada)

    first, second = household.slips(ada)
    assert first.taxable_pay == pounds("382.20")
    assert second.taxable_pay == pounds("409.80")
    assert household.pay_runs.year_to_date(ada, DECEMBER).taxable_pay == pounds("792.00")


@pytest.mark.parametrize(
    ("day", "what", "next_step"),
    [
        (date(2026, 6, 17), "17 June 2026 is before the month", "An earlier notice does not count"),
        (
            date(2026, 7, 18),
            "18 July 2026 is too late to opt out.",
            "“They are leaving the pension”",
        ),
    ],
)
def test_outside_its_month_an_opt_out_is_refused_with_what_it_is_instead(
    pensions: Pensions,
    member: int,
    monkeypatch: pytest.MonkeyPatch,
    day: date,
    what: str,
    next_step: str,
) -> None:
    it_is(monkeypatch, date(2026, 8, 1))

    with pytest.raises((EntryError, RefusedError)) as refused:
        pensions.opt_out(member, day)

    assert what in refused.value.what
    assert next_step in refused.value.next_step


def test_an_opt_out_on_the_last_day_counts(
    household: Household, pensions: Pensions, member: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    it_is(monkeypatch, date(2026, 8, 1))

    pensions.opt_out(member, date(2026, 7, 17))

    (gone,) = events(household, EnrolmentKind.OPTED_OUT)
    assert gone.day == date(2026, 7, 17)


def test_the_month_has_not_begun_until_the_letter_and_the_membership(
    household: Household, pensions: Pensions, ada: int
) -> None:
    pensions.set_arrangement(NEST)
    household.pay(ada)
    pensions.told(ada, PensionLetter.ENROLMENT, PAYDAY)

    with pytest.raises(RefusedError, match="has not begun"):
        pensions.opt_out(ada, PAYDAY)


def test_who_says_no_before_being_enrolled_is_told_that_it_comes_later(
    pensions: Pensions, ada: int
) -> None:
    with pytest.raises(RefusedError) as refused:
        pensions.opt_out(ada, date(2026, 6, 9))

    assert refused.value.what == (
        "Ada Keane is not in a pension, so there is nothing to opt out of yet."
    )
    assert "whatever they said before" in refused.value.why
    assert "You may not suggest that they opt out" in refused.value.next_step


@pytest.mark.parametrize("again", [date(2026, 6, 19), date(2026, 6, 20)])
def test_nobody_opts_out_twice(
    household: Household, pensions: Pensions, member: int, again: date
) -> None:
    work_and_pay(household, member)
    pensions.opt_out(member, date(2026, 6, 19))

    assert pensions.standing(member, date(2026, 6, 19)).position is PensionPosition.OPTED_OUT
    with pytest.raises(RefusedError, match="out of the pension already, since 19 June 2026"):
        pensions.opt_out(member, again)


def test_who_was_in_a_pension_before_the_book_leaves_it(
    household: Household, pensions: Pensions, ada: int
) -> None:
    household.people.set_pension(PensionMembership(0, ada, date(2026, 4, 6), "NEST"))

    with pytest.raises(RefusedError, match="cannot opt out of this pension"):
        pensions.opt_out(ada, date(2026, 6, 9))
    before = pensions.standing(ada, date(2026, 6, 9))
    pensions.leave(ada, date(2026, 6, 30))

    assert before.may == {PensionAction.LEAVE}
    assert pensions.standing(ada, date(2026, 7, 1)).position is PensionPosition.LEFT


def test_a_day_to_come_is_no_opt_out(pensions: Pensions, member: int) -> None:
    with pytest.raises(EntryError, match="1 December 2026 has not come yet"):
        pensions.opt_out(member, DECEMBER)


def test_who_opted_out_before_the_book_is_not_enrolled_by_its_paydays(
    household: Household, pensions: Pensions, ada: int
) -> None:
    pensions.set_arrangement(NEST)
    pensions.gone_before(ada, EnrolmentKind.OPTED_OUT, date(2026, 5, 18))

    household.pay(ada)

    assert memberships(household) == ()
    found = pensions.standing(ada, PAYDAY)
    assert (found.position, found.due) == (PensionPosition.OPTED_OUT, ())
    assert found.says == "Opted out on 18 May 2026."
    assert PensionAction.GONE_BEFORE not in found.may


def test_what_happened_since_the_first_payday_is_no_matter_of_before(
    household: Household, pensions: Pensions, ada: int
) -> None:
    household.pay(ada)

    with pytest.raises(RefusedError, match="has paid them on or before 12 June 2026"):
        pensions.gone_before(ada, EnrolmentKind.LEFT, PAYDAY)


# ── leaving ──


def test_leaving_stops_contributions_and_gives_nothing_back(
    household: Household, pensions: Pensions, member: int
) -> None:
    pensions.leave(member, date(2026, 6, 18))
    work_and_pay(household, member)

    _first, second = household.slips(member)
    assert second.employee_pension == NOTHING
    found = pensions.standing(member, date(2026, 6, 30))
    assert found.says == "Left the pension. The last day was 18 June 2026."
    assert found.refund == NOTHING
    assert PensionAction.OPT_IN in found.may


def test_nobody_leaves_what_they_are_not_in(pensions: Pensions, ada: int) -> None:
    with pytest.raises(RefusedError, match="is not in a pension"):
        pensions.leave(ada, date(2026, 6, 18))


# ── asking to come in ──


def test_who_need_not_be_enrolled_may_ask_and_the_employer_pays_in(
    household: Household, pensions: Pensions
) -> None:
    bo = household.take_on(born_on=date(2006, 1, 1), letter="M", first_names="Bo", nino="")
    household.hours(bo)
    household.pay(bo)
    pensions.set_arrangement(NEST)

    before = pensions.standing(bo, PAYDAY)
    pensions.opt_in(bo, PAYDAY)
    coming = pensions.standing(bo, PAYDAY)
    work_and_pay(household, bo)

    assert before.position is PensionPosition.MAY_OPT_IN
    assert before.letter is PensionLetter.RIGHTS
    assert dues(before) == [
        ("Give Bo Keane the letter about asking to be in the pension.", date(2026, 7, 19))
    ]
    # Asked in the week of 8 June, a member from the next: Monday 15 June.
    assert coming.position is PensionPosition.COMING_IN
    assert coming.says == "In the pension with NEST from 15 June 2026."
    assert household.slips(bo)[1].employer_pension == pounds("8.28")
    assert pensions.standing(bo, date(2026, 6, 19)).letter is PensionLetter.ENROLMENT


def test_who_earns_little_may_join_and_the_employer_need_not_pay_in(
    household: Household, pensions: Pensions
) -> None:
    cy = household.take_on(first_names="Cy", nino="")
    household.hours(cy, minutes=60)
    household.pay(cy)
    pensions.set_arrangement(NEST)

    with pytest.raises(RefusedError, match="may ask to join, not to be enrolled"):
        pensions.opt_in(cy, PAYDAY)
    pensions.join(cy, PAYDAY, Decimal(0))
    work_and_pay(household, cy)

    slip = household.slips(cy)[1]
    assert (slip.employee_pension, slip.employer_pension) == (pounds("11.04"), NOTHING)
    found = pensions.standing(cy, date(2026, 6, 19))
    assert found.next_steps == (
        "They can leave at any time. What was paid in stays in the pension.",
    )
    with pytest.raises(RefusedError, match="cannot opt out of this pension"):
        pensions.opt_out(cy, date(2026, 6, 19))


def test_telling_somebody_what_they_may_ask_for_is_done_once(
    household: Household, pensions: Pensions
) -> None:
    cy = household.take_on(first_names="Cy", nino="")
    household.hours(cy, minutes=60)
    household.pay(cy)

    pensions.told(cy, PensionLetter.RIGHTS, PAYDAY)

    found = pensions.standing(cy, PAYDAY)
    assert (found.position, found.due) == (PensionPosition.MAY_JOIN, ())
    assert found.events[0].says == "Was given the letter about asking to be in the pension."
    assert PensionAction.JOIN in found.may


def test_without_a_pension_nobody_comes_in(pensions: Pensions, ada: int) -> None:
    with pytest.raises(RefusedError, match="have not chosen a pension"):
        pensions.opt_in(ada, PAYDAY)


def test_nobody_comes_in_twice(pensions: Pensions, member: int) -> None:
    with pytest.raises(RefusedError, match="Ada Keane is in a pension already"):
        pensions.join(member, PAYDAY, Decimal(0))


def test_who_opted_out_may_ask_to_come_back(
    household: Household, pensions: Pensions, member: int
) -> None:
    pensions.opt_out(member, date(2026, 6, 19))
    pensions.opt_in(member, date(2026, 6, 22))
    work_and_pay(household, member, 3)

    # The refund and the contribution of the same pay are one figure of nothing.
    assert household.slips(member)[1].employee_pension == NOTHING
    assert pensions.standing(member, date(2026, 7, 3)).says == (
        "In the pension with NEST since 29 June 2026."
    )


# ── what was typed ──


def test_what_was_typed_by_mistake_is_taken_out(
    household: Household, pensions: Pensions, member: int
) -> None:
    (told,) = events(household, EnrolmentKind.TOLD)
    (enrolled,) = events(household, EnrolmentKind.ENROLLED)

    pensions.take_out(told.id)

    assert events(household, EnrolmentKind.TOLD) == ()
    with pytest.raises(RefusedError, match="cannot be taken out"):
        pensions.take_out(enrolled.id)
    rows = pensions.standing(member, PAYDAY).events
    assert [row.removable for row in rows] == [True, False]


def test_a_letter_long_before_the_job_is_a_slip_of_the_pen(pensions: Pensions, ada: int) -> None:
    with pytest.raises(EntryError, match="long before Ada Keane began here"):
        pensions.told(ada, PensionLetter.RIGHTS, date(2025, 6, 15))


def test_nobody_is_made_a_member_before_being_enrolled(pensions: Pensions, ada: int) -> None:
    with pytest.raises(RefusedError, match="Nobody was enrolled"):
        pensions.made_member(ada, PAYDAY)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"provider": " "}, "provider is missing"),
        ({"employee_percent": Decimal(101)}, "cannot be a share of pay"),
        ({"employee_percent": Decimal(4)}, "less than is allowed"),
        ({"employer_percent": Decimal(2), "employee_percent": Decimal(6)}, "less than is allowed"),
    ],
)
def test_a_pension_is_chosen_on_terms_the_law_allows(
    pensions: Pensions, changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(EntryError, match=message):
        pensions.set_arrangement(replace(NEST, **changes))

    assert pensions.arrangement(PAYDAY) is None


def test_choosing_again_from_the_same_day_changes_the_choice(pensions: Pensions) -> None:
    first = pensions.set_arrangement(NEST)
    again = pensions.set_arrangement(replace(NEST, provider="Smart"))

    assert again == first
    found = pensions.arrangement(PAYDAY)
    assert found is not None
    assert found.provider == "Smart"


# ── the employer ──


def test_duties_start_with_the_first_worker_and_the_regulator_is_told_in_five_months(
    pensions: Pensions, ada: int
) -> None:
    found = pensions.duties(PAYDAY)

    assert ada
    assert found.duties_start == date(2026, 4, 6)
    assert [(due.says, due.by) for due in found.due] == [
        ("Tell The Pensions Regulator how you met your pension duties.", date(2026, 9, 5))
    ]
    assert found.re_enrolment == (date(2029, 1, 6), date(2029, 7, 5))
    assert "The Pensions Regulator must be told by 5 September 2026." in found.says


def test_nobody_employed_means_no_duties_yet(pensions: Pensions) -> None:
    found = pensions.duties(PAYDAY)

    assert (found.duties_start, found.due, found.says) == (None, (), ())


def test_the_declaration_is_done_when_it_is_recorded(pensions: Pensions, ada: int) -> None:
    pensions.record_duty(PensionDutyKind.DECLARED, PAYDAY, " Code 123 ")

    found = pensions.duties(PAYDAY)
    assert ada
    assert (found.declared_on, found.due) == (PAYDAY, ())
    assert found.done[0].note == "Code 123"
    pensions.take_out_duty(found.done[0].id)
    assert pensions.duties(PAYDAY).declared_on is None


def test_the_declaration_is_on_the_list_two_months_before(pensions: Pensions, ada: int) -> None:
    assert ada
    assert list(pensions.to_do(date(2026, 7, 6))) == []
    (thing,) = pensions.to_do(date(2026, 7, 7))
    assert (thing.by, thing.page, thing.what) == (date(2026, 9, 5), "settings", "pensions")


def test_duties_that_started_before_the_book_are_recorded_as_they_were(
    pensions: Pensions, ada: int
) -> None:
    pensions.record_duty(PensionDutyKind.STARTED, date(2018, 2, 1))
    pensions.record_duty(PensionDutyKind.STARTED, date(2017, 10, 1))
    pensions.record_duty(PensionDutyKind.DECLARED, date(2018, 2, 1))
    pensions.record_duty(PensionDutyKind.RE_ENROLLED, date(2020, 10, 1))

    assert ada
    found = pensions.duties(PAYDAY)
    assert found.duties_start == date(2017, 10, 1)
    assert len(found.done) == 3


@pytest.mark.parametrize(
    ("kind", "day", "message"),
    [
        (PensionDutyKind.DECLARED, DECEMBER, "has not come yet"),
        (PensionDutyKind.DECLARED, date(2026, 4, 1), "before your pension duties started"),
        (PensionDutyKind.RE_ENROLLED, date(2028, 1, 1), "cannot be the three-yearly day"),
    ],
)
def test_days_that_cannot_be_are_refused(
    pensions: Pensions, ada: int, kind: PensionDutyKind, day: date, message: str
) -> None:
    assert ada
    with pytest.raises(EntryError, match=message):
        pensions.record_duty(kind, day)


def test_who_opted_out_is_enrolled_again_after_three_years(
    household: Household, pensions: Pensions, member: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Duties from 1 October 2023: the six months round 1 October 2026 begin on 1 July 2026.
    pensions.record_duty(PensionDutyKind.STARTED, date(2023, 10, 1))
    pensions.record_duty(PensionDutyKind.DECLARED, date(2024, 1, 10))
    pensions.opt_out(member, date(2026, 6, 19))
    for weeks in (1, 2, 3):
        work_and_pay(household, member, weeks)
    it_is(monkeypatch, date(2026, 11, 20))
    with household.book.change("Made it longer ago") as tx:
        (gone,) = tx.find(EnrolmentEvent, kind=EnrolmentKind.OPTED_OUT)
        tx.update(replace(gone, day=date(2025, 6, 18)))
        (enrolled,) = tx.find(EnrolmentEvent, kind=EnrolmentKind.ENROLLED)
        tx.update(replace(enrolled, day=date(2025, 6, 8)))

    open_window = pensions.duties(date(2026, 7, 3))
    assert [due.says for due in open_window.due] == [
        "Choose the day on which people are enrolled in the pension again.",
        "Tell The Pensions Regulator again, after three years.",
    ]
    assert open_window.to_enrol_again == (("Ada Keane", date(2025, 6, 18)),)
    with pytest.raises(EntryError, match="Paydays after 3 July 2026"):
        pensions.record_duty(PensionDutyKind.RE_ENROLLED, date(2026, 7, 3))
    pensions.record_duty(PensionDutyKind.RE_ENROLLED, date(2026, 7, 6))
    work_and_pay(household, member, 4)

    assert household.slips(member)[-1].employee_pension == pounds("11.04")
    found = pensions.standing(member, date(2026, 7, 10))
    assert found.letter is PensionLetter.RE_ENROLMENT
    assert found.says == "In the pension with NEST since 6 July 2026."
    chosen = pensions.duties(date(2026, 7, 10))
    assert "People are enrolled again on 6 July 2026." in chosen.says
    assert [due.by for due in chosen.due] == [date(2027, 2, 28)]
    pensions.record_duty(PensionDutyKind.RE_DECLARED, date(2026, 11, 2))
    assert pensions.duties(date(2026, 11, 2)).re_enrolment == (date(2029, 4, 6), date(2029, 10, 5))


def test_somebody_too_old_has_no_pension_duty(household: Household, pensions: Pensions) -> None:
    old = household.take_on(born_on=date(1950, 1, 1), letter="C", first_names="Di", nino="")
    household.hours(old)
    household.pay(old)

    found = pensions.standing(old, PAYDAY)
    assert (found.position, found.may, found.due) == (PensionPosition.NO_DUTY, frozenset(), ())


def test_before_the_first_payday_nothing_is_known(pensions: Pensions, ada: int) -> None:
    found = pensions.standing(ada, MONDAY)

    assert found.position is PensionPosition.NOT_ASSESSED
    assert found.due == ()
    assert found.may == {
        PensionAction.POSTPONE,
        PensionAction.OPT_IN,
        PensionAction.GONE_BEFORE,
    }
