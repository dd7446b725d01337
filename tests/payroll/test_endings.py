"""Each ending has its steps in order, its first words, and what is kept."""

from __future__ import annotations

from datetime import date

import pytest

from dpemployer.payroll.endings import (
    Ending,
    EndingKind,
    EndingStepDone,
    by_key,
    ending_steps,
    kept,
    opening_words,
)

DAY = date(2026, 6, 10)


def steps(kind: EndingKind, weeks: int = 0) -> dict[str, date | None]:
    return {step.key: step.by for step in ending_steps(Ending(1, kind, DAY, "Jo"), weeks)}


@pytest.mark.parametrize("kind", EndingKind)
def test_every_ending_says_what_to_do_and_what_is_kept(kind: EndingKind) -> None:
    found = ending_steps(Ending(1, kind, DAY, "Jo"), 3)

    assert len({step.key for step in found}) == len(found) >= 10
    assert all(step.title and step.why.endswith(".") for step in found)
    assert "last_pay" in steps(kind)
    assert opening_words(kind)
    assert len(kept(kind)) == 3


def test_an_employers_death_ends_the_jobs_and_gives_the_estate_eight_weeks() -> None:
    found = steps(EndingKind.EMPLOYER_DIED)

    assert found["take_on_again"] == date(2026, 8, 5)
    assert "give_notice" not in found
    assert "backup" in kept(EndingKind.EMPLOYER_DIED)[0]


def test_where_somebody_else_is_the_employer_notice_is_given() -> None:
    found = steps(EndingKind.RECIPIENT_DIED, 4)

    assert found["give_notice"] == date(2026, 6, 17)
    assert found["last_pay"] == date(2026, 8, 15)


def test_before_a_direct_payment_ends_there_is_time_for_the_notice() -> None:
    found = steps(EndingKind.DIRECT_PAYMENT, 4)

    assert found["give_notice"] == date(2026, 5, 13)
    assert found["ask_funder"] == date(2026, 4, 29)


def test_no_p45_is_given_to_an_estate() -> None:
    found = steps(EndingKind.ASSISTANT_DIED)

    assert "p45" not in found
    assert "letter" in found


def test_ticks_are_found_by_their_step() -> None:
    tick = EndingStepDone(1, 1, "insurer", DAY)

    assert by_key([tick]) == {"insurer": tick}
