"""May I buy this? Words find the rule, and what was agreed comes before every rule."""

from __future__ import annotations

from datetime import date

import pytest

from dpemployer.bank_days import Nation
from dpemployer.bookkeeping.awards import FunderKind
from dpemployer.bookkeeping.categories import SpendingRule
from dpemployer.bookkeeping.spending import (
    AgreedSpending,
    Regime,
    SpendingRules,
    Standing,
    answer,
    regime_of,
)
from dpemployer.data_files import read_text
from dpemployer.services.shipped import categories

TEXT = read_text("bookkeeping/spending.toml")
RULES = SpendingRules.parse(TEXT)
TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("words", "guide"),
    [
        ("gym membership", "activity"),
        ("Can I buy a wheelchair?", "equipment-plan"),
        ("wages for my sister", "relative-elsewhere"),
        ("my husband", "spouse-care"),
        ("taxis to the hospital appointment", "transport-plan"),
        ("wine", "alcohol"),
        ("employers’ liability insurance", "insurance"),
        ("first aid course", "training"),
        ("boxes of gloves", "ppe"),
        ("swimming classes", "activity"),
        ("a present for my PA", "bonus"),
        ("holiday pay", "holiday"),
        ("bus fares", "transport-plan"),
    ],
)
def test_words_find_the_rule_they_are_about(words: str, guide: str) -> None:
    assert RULES.matching(words)[0].id == guide


def test_words_that_are_about_nothing_find_nothing() -> None:
    assert RULES.matching("xyzzy") == ()
    assert RULES.matching("") == ()


def test_words_of_the_description_find_it_when_no_keyword_does() -> None:
    assert "adaptation" in [guide.id for guide in RULES.matching("building")]


def test_every_rule_belongs_to_a_category_there_is() -> None:
    known = categories().all

    assert len(RULES.guides) == 61
    assert {guide.category for guide in RULES.guides if guide.category} <= set(known)
    assert all(set(guide.answers) == set(Regime) and guide.why for guide in RULES.guides)


def test_every_rule_is_found_by_each_of_its_keywords() -> None:
    for guide in RULES.guides:
        for keyword in guide.keywords:
            assert guide in RULES.matching(keyword), (guide.id, keyword)


def test_what_is_allowed_is_listed_first() -> None:
    found = [guide.answers[Regime.ENGLAND] for guide in RULES.listed(Regime.ENGLAND)]
    order = [SpendingRule.ALLOWED, SpendingRule.ASK, SpendingRule.NOT_ALLOWED]

    assert found == sorted(found, key=order.index)


def test_whose_rules_apply() -> None:
    assert regime_of(Nation.WALES, FunderKind.LOCAL_AUTHORITY) is Regime.WALES
    assert regime_of(Nation.ENGLAND, FunderKind.NHS) is Regime.NHS
    assert regime_of(Nation.SCOTLAND, FunderKind.ILF) is Regime.ILF
    assert regime_of(Nation.NORTHERN_IRELAND, None) is Regime.NORTHERN_IRELAND


def test_an_agreement_comes_before_the_plan_and_both_before_the_rules() -> None:
    guide = RULES.guide("food")
    plan = AgreedSpending(1, "food", "meals out", Standing.PLAN, date(2026, 1, 1), None)
    letter = AgreedSpending(
        2, "food", "meals out", Standing.AGREEMENT, date(2026, 6, 1), date(2026, 12, 31), "Jo"
    )

    assert answer(guide, Regime.ENGLAND, (), TODAY).answer is SpendingRule.NOT_ALLOWED
    assert answer(guide, Regime.ENGLAND, (plan, letter), TODAY).agreed is letter
    assert answer(guide, Regime.ENGLAND, (plan, letter), date(2027, 1, 1)).agreed is plan
    assert answer(guide, Regime.ENGLAND, (plan,), date(2025, 12, 31)).agreed is None
    assert answer(RULES.guide("alcohol"), Regime.ENGLAND, (plan,), TODAY).agreed is None


def test_the_kinds_of_a_category_are_known() -> None:
    assert [guide.id for guide in RULES.for_category("emp.insurance")] == ["insurance"]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("dp-spending/1", "dp-spending/2", "schema"),
        ('id = "agency-topup"', 'id = "agency"', "twice"),
        ('england = "ask"', 'england = "neutral"', "answer"),
        ('england = "ask"', 'england = "perhaps"', "perhaps"),
    ],
)
def test_a_file_that_is_wrong_is_refused(old: str, new: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        SpendingRules.parse(TEXT.replace(old, new, 1))


def test_a_kind_there_is_not_is_refused() -> None:
    with pytest.raises(KeyError):
        RULES.guide("unheard-of")
