"""What is typed about time away: each thing that cannot be gets a sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dpemployer.bank_days import Nation
from dpemployer.errors import EntryError
from dpemployer.payroll.away import AgreedDays, FamilyLeave, FitNote, LeaveBlock, Sickness
from dpemployer.payroll.away_entries import (
    checked_agreed,
    checked_blocks,
    checked_fit_note,
    checked_leave,
    checked_sickness,
)
from dpemployer.statutory.family_pay import Because, FamilyPay
from tests.builders import RATES, an_employment, pounds

TODAY = date(2026, 6, 10)
JOB = an_employment(started_on=date(2024, 4, 1))


def day(text: str) -> date:
    return date.fromisoformat(text)


def sick(first: str, last: str | None = None, **changes: Any) -> Sickness:
    return Sickness(
        **{
            "id": 0,
            "employment_id": 1,
            "first_day": day(first),
            "last_day": None if last is None else day(last),
            **changes,
        }
    )


def check(sickness: Sickness, *others: Sickness, blocks: tuple[LeaveBlock, ...] = ()) -> Sickness:
    return checked_sickness(sickness, JOB, others, blocks, TODAY)


# ── sickness ──


def test_an_absence_whose_days_can_be_is_taken() -> None:
    assert check(sick("2026-06-01", "2026-06-05", note=" flu ")).note == "flu"
    assert check(sick("2026-06-10")).last_day is None


@pytest.mark.parametrize(
    ("sickness", "words"),
    [
        (sick("2026-06-05", "2026-06-01"), "is before the first"),
        (sick("2026-06-11"), "is still to come"),
        (sick("2024-03-31", "2024-04-02"), "before the job began"),
    ],
)
def test_days_that_cannot_be_are_refused(sickness: Sickness, words: str) -> None:
    with pytest.raises(EntryError, match=words):
        check(sickness)


def test_days_after_the_job_are_refused() -> None:
    left = replace(JOB, left_on=day("2026-06-03"))

    for last in ("2026-06-04", None):
        with pytest.raises(EntryError, match="go on after the job ended"):
            checked_sickness(sick("2026-06-01", last), left, (), (), TODAY)
    assert checked_sickness(sick("2026-06-01", "2026-06-03"), left, (), (), TODAY)


def test_sickness_may_not_overlap_sickness() -> None:
    open_one = sick("2026-05-20", None, id=4)
    closed = sick("2026-05-20", "2026-06-01", id=4)

    with pytest.raises(EntryError, match="20 May 2026 is recorded already"):
        check(sick("2026-06-01", "2026-06-02"), open_one)
    with pytest.raises(EntryError, match="recorded already"):
        check(sick("2026-06-01"), closed)
    assert check(sick("2026-06-02"), closed)
    assert check(sick("2026-05-21", None, id=4), closed)
    assert check(sick("2026-05-01", "2026-05-19"), open_one)


def test_sickness_may_not_overlap_family_leave() -> None:
    block = LeaveBlock(1, 1, day("2026-06-08"), 2)

    with pytest.raises(EntryError, match="8 June 2026 to 21 June 2026"):
        check(sick("2026-06-01"), blocks=(block,))
    assert check(sick("2026-06-01", "2026-06-07"), blocks=(block,))


# ── fit notes and agreed days ──


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-06-08", "2026-06-07", "is before the first"),
        ("2026-05-01", "2026-05-31", "for other days"),
        ("2026-06-10", "2026-06-20", "for other days"),
    ],
)
def test_a_fit_note_for_other_days_is_refused(first: str, last: str, words: str) -> None:
    with pytest.raises(EntryError, match=words):
        checked_fit_note(FitNote(0, 1, day(first), day(last)), sick("2026-06-01", "2026-06-09"))


def test_a_fit_note_may_go_on_past_an_absence_that_goes_on() -> None:
    note = FitNote(0, 1, day("2026-06-08"), day("2026-07-08"))

    assert checked_fit_note(note, sick("2026-06-01")) == note


def test_agreed_days_begin_on_the_sunday_of_their_week() -> None:
    agreed = checked_agreed(AgreedDays(0, 1, day("2026-06-10"), "4204"))

    assert (agreed.from_day, agreed.weekdays) == (day("2026-06-07"), "024")
    with pytest.raises(EntryError, match="No working day was chosen"):
        checked_agreed(replace(agreed, weekdays=""))


# ── family leave ──


def leave(kind: FamilyPay = FamilyPay.SMP, **changes: Any) -> FamilyLeave:
    facts: dict[str, Any] = {"expected_on": day("2026-10-05"), **changes}
    return FamilyLeave(1, 1, kind, **facts)


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (leave(expected_on=None), "the day the baby is due"),
        (leave(FamilyPay.SPP, expected_on=None), "the day the baby is due"),
        (leave(FamilyPay.SAP), "the day of the match"),
        (leave(FamilyPay.SPP, because=Because.ADOPTION), "the day of the match"),
        (leave(FamilyPay.SAP, matched_on=day("2026-06-01")), "the day of the placement"),
        (leave(FamilyPay.SPBP), "the day of the death or stillbirth"),
        (leave(FamilyPay.SNCP), "the day neonatal care began"),
        (leave(pay_rise=pounds("-1.00")), "not below nothing"),
    ],
)
def test_the_day_a_leave_hangs_on_is_needed(fact: FamilyLeave, words: str) -> None:
    with pytest.raises(EntryError, match=words):
        checked_leave(fact)


def test_a_leave_with_its_days_is_taken() -> None:
    assert checked_leave(leave(proof=" MATB1 ")).proof == "MATB1"


def blocks(
    fact: FamilyLeave,
    *parts: tuple[str, int],
    nation: Nation = Nation.ENGLAND,
    taken: tuple[tuple[date, date], ...] = (),
    **job: Any,
) -> int:
    given = [
        LeaveBlock(number, 1, day(first), weeks)
        for number, (first, weeks) in enumerate(parts, start=1)
    ]
    found = checked_blocks(fact, given, replace(JOB, **job), taken, nation, RATES, TODAY)
    return len(found)


def test_maternity_leave_may_begin_eleven_weeks_before_the_week_it_is_due() -> None:
    # Due on Monday 5 October: the week begins on Sunday 4 October.
    assert blocks(leave(), ("2026-07-19", 39)) == 1
    with pytest.raises(EntryError, match="at the earliest") as refused:
        blocks(leave(), ("2026-07-18", 39))
    assert "19 July 2026" in str(refused.value)
    early = leave(happened_on=day("2026-07-01"))
    assert blocks(early, ("2026-07-02", 39)) == 1


def test_leave_outside_the_job_is_refused_but_maternity_pay_outlasts_it() -> None:
    with pytest.raises(EntryError, match="before the job began"):
        blocks(leave(), ("2026-07-20", 39), started_on=day("2026-08-01"))
    gone = day("2026-08-01")
    assert blocks(leave(), ("2026-08-10", 39), left_on=gone) == 1
    born = leave(FamilyPay.SPP, happened_on=day("2026-08-20"))
    with pytest.raises(EntryError, match="after the job ended"):
        blocks(born, ("2026-08-20", 1), left_on=gone)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ((("2026-10-05", 0),), "has no weeks"),
        ((("2029-01-01", 1),), "more than two years away"),
        ((("2026-10-05", 40),), "more than there can be"),
        ((("2026-10-05", 2), ("2026-10-12", 2)), "recorded already"),
    ],
)
def test_weeks_that_cannot_be_are_refused(parts: tuple[tuple[str, int], ...], words: str) -> None:
    with pytest.raises(EntryError, match=words):
        blocks(leave(), *parts)


def test_days_of_sickness_are_taken() -> None:
    taken = ((day("2026-10-01"), day("2026-10-05")),)

    with pytest.raises(EntryError, match="from 1 October 2026 on"):
        blocks(leave(), ("2026-10-05", 39), taken=taken)
    assert blocks(leave(), ("2026-10-06", 39), taken=taken) == 1


def test_paternity_leave_has_its_own_limits_in_northern_ireland() -> None:
    born = leave(FamilyPay.SPP, happened_on=day("2026-06-01"))
    there = Nation.NORTHERN_IRELAND

    assert blocks(born, ("2026-06-01", 1), ("2026-09-07", 1)) == 2
    with pytest.raises(EntryError, match="so many parts"):
        blocks(born, ("2026-06-01", 1), ("2026-07-06", 1), nation=there)
    with pytest.raises(EntryError, match="over by 27 July 2026"):
        blocks(born, ("2026-07-27", 1), nation=there)
    with pytest.raises(EntryError, match="1 June 2026 at the earliest"):
        blocks(born, ("2026-05-31", 1))


def test_adoption_leave_may_begin_two_weeks_before_the_placement() -> None:
    placed = leave(
        FamilyPay.SAP,
        because=Because.ADOPTION,
        matched_on=day("2026-06-01"),
        happened_on=day("2026-07-20"),
    )

    assert blocks(placed, ("2026-07-06", 39)) == 1
    with pytest.raises(EntryError, match="6 July 2026 at the earliest"):
        blocks(placed, ("2026-07-05", 39))


def test_neonatal_care_leave_is_a_week_for_each_whole_week_of_care() -> None:
    care = leave(FamilyPay.SNCP, happened_on=day("2026-05-01"), care_days=20)

    assert blocks(care, ("2026-06-01", 2)) == 1
    with pytest.raises(EntryError, match="There can be 2 weeks"):
        blocks(care, ("2026-06-01", 3))
    assert blocks(replace(care, care_days=None), ("2026-06-01", 3)) == 1
    with pytest.raises(EntryError, match="has to be over by"):
        blocks(care, ("2027-08-16", 2))
