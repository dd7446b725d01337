"""A question is answered from the person's own plan first, and it is remembered that they asked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from dpemployer.bookkeeping.awards import Funder, FunderKind
from dpemployer.bookkeeping.categories import SpendingRule
from dpemployer.bookkeeping.spending import AgreedSpending, Regime, Standing
from dpemployer.errors import EntryError
from dpemployer.services.spending import answers_without_a_book

if TYPE_CHECKING:
    from dpemployer.office import Office

TODAY = date(2026, 11, 28)
GYM = AgreedSpending(0, "activity", " gym at Example Pool ", Standing.PLAN, date(2026, 4, 1), None)


def test_an_answer_has_its_reason_and_the_question_to_send(office: Office) -> None:
    first, *_rest = office.spending.ask("a taxi to choir", TODAY)

    assert (first.guide, first.answer, first.regime) == (
        "transport-plan",
        SpendingRule.ASK,
        Regime.ENGLAND,
    )
    assert first.why
    assert "Yours may differ" in first.rests_on
    assert "for this: a taxi to choir. Please tell me in writing" in first.question


def test_it_is_remembered_that_somebody_asked(office: Office) -> None:
    office.spending.ask("taxi", TODAY)
    office.spending.ask("wine", TODAY)
    assert office.spending.ask("xyzzy", TODAY) == ()

    assert [(each.words, each.answer) for each in office.spending.asked()] == [
        ("wine", SpendingRule.NOT_ALLOWED),
        ("taxi", SpendingRule.ASK),
    ]


def test_the_plan_comes_first_and_is_named(office: Office) -> None:
    office.spending.agree(GYM)
    (found, *_rest) = office.spending.ask("gym", TODAY)

    assert found.answer is SpendingRule.ALLOWED
    assert found.why == "It is in your plan, from 1 April 2026: gym at Example Pool."
    assert "counts before any list" in found.rests_on


def test_an_agreement_says_who_agreed(office: Office) -> None:
    asked = AgreedSpending(0, "food", "meal kits", Standing.AGREEMENT, date(2026, 4, 1), None)
    number = office.spending.agree(asked)
    assert "It was agreed to in writing" in office.spending.ask("groceries", TODAY)[0].why
    (kept,) = office.spending.agreed()

    office.spending.agree(
        AgreedSpending(number, "food", "meal kits", Standing.AGREEMENT, kept.from_day, None, "Jo")
    )

    assert office.spending.ask("groceries", TODAY)[0].why.startswith("Jo agreed to it in writing")


def test_the_funder_decides_whose_rules_apply(office: Office) -> None:
    council = office.ledger.set_funder(
        Funder(0, "council", "Example Council", FunderKind.LOCAL_AUTHORITY)
    )
    health = office.ledger.set_funder(Funder(0, "nhs", "Example ICB", FunderKind.NHS))

    assert office.spending.ask("training", TODAY)[0].answer is SpendingRule.ASK
    assert office.spending.ask("training", TODAY, council)[0].regime is Regime.ENGLAND
    assert office.spending.ask("training", TODAY, health)[0].answer is SpendingRule.ALLOWED
    assert "necessary" in office.spending.family_rule(TODAY, council)


def test_everything_is_listed_with_what_is_allowed_first(office: Office) -> None:
    found = [row.answer for row in office.spending.listed(TODAY)]

    assert len(found) == 61
    assert found[0] is SpendingRule.ALLOWED
    assert found[-1] is SpendingRule.NOT_ALLOWED


@pytest.mark.parametrize(
    ("agreed", "what"),
    [
        (AgreedSpending(0, "food", " ", Standing.PLAN, TODAY, None), "does not say what"),
        (
            AgreedSpending(0, "food", "x", Standing.PLAN, TODAY, date(2026, 1, 1)),
            "last day is before",
        ),
    ],
)
def test_what_cannot_be_is_refused(office: Office, agreed: AgreedSpending, what: str) -> None:
    with pytest.raises(EntryError, match=what):
        office.spending.agree(agreed)
    assert office.spending.agreed() == ()


def test_nothing_asked_is_refused(office: Office) -> None:
    with pytest.raises(EntryError, match="Nothing was asked"):
        office.spending.ask("  ", TODAY)


def test_unconfirmed_law_is_said_to_be_so() -> None:
    (found, *_rest) = answers_without_a_book("my husband", Regime.ENGLAND, TODAY)

    assert "not read again in its current text" in found.rests_on
    (law, *_rest) = answers_without_a_book("pension", Regime.ENGLAND, TODAY)
    assert law.rests_on == "This rests on law or national guidance."
