"""May I buy this? What the rules say, and what the person's own plan and agreements say first.

The order of authority: an agreement in writing from the funder, the person's plan, then the rules
that came with the program. Nothing here refuses to record a payment: it answers a question.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from dpemployer.bookkeeping.awards import FunderKind
from dpemployer.bookkeeping.categories import SpendingRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dpemployer.bank_days import Nation

SCHEMA = "dp-spending/1"

_ANSWERS = (SpendingRule.ALLOWED, SpendingRule.ASK, SpendingRule.NOT_ALLOWED)
"""In the order they are shown: what is allowed comes first."""
_WORD = re.compile(r"[\w'’-]+")
_HISSING = ("ses", "xes", "zes", "ches", "shes")
"""How a word ends whose plural is said with a syllable of its own."""
_WHOLE_KEYWORD, _GENERAL_KEYWORD = 10, 5
"""What a word of a keyword counts, beside one for a word of the description."""


class Regime(StrEnum):
    """Whose rules a payment is under: a nation's, the NHS's or the Independent Living Fund's."""

    ENGLAND = "england"
    SCOTLAND = "scotland"
    WALES = "wales"
    NORTHERN_IRELAND = "northern_ireland"
    NHS = "nhs"
    ILF = "ilf"


def regime_of(nation: Nation, funder: FunderKind | None) -> Regime:
    """Return whose rules apply to money from a kind of funder in a nation."""
    match funder:
        case FunderKind.NHS:
            return Regime.NHS
        case FunderKind.ILF:
            return Regime.ILF
        case _:
            return Regime(nation.value)


class Basis(StrEnum):
    """What an answer rests on."""

    STATUTE = "statute"
    """Law or national guidance."""
    LOCAL = "local"
    """Common among councils, and not the same everywhere."""


@dataclass(frozen=True, slots=True)
class SpendingGuide:
    """What the rules say of one kind of thing, for every regime."""

    id: str
    item: str
    category: str
    """Where such a payment belongs; empty where nothing is paid."""
    keywords: tuple[str, ...]
    answers: Mapping[Regime, SpendingRule]
    why: str
    condition: str
    basis: Basis
    unconfirmed: bool = False
    """The law it rests on was not read again in its current text."""
    general: bool = False
    """Its keywords stand in many questions that are about something else."""


class Standing(StrEnum):
    """What says that the person may have something, whatever the rules say."""

    AGREEMENT = "agreement"
    """The funder agreed in writing."""
    PLAN = "plan"
    """It is in the person's plan."""


@dataclass(frozen=True, slots=True)
class AgreedSpending:
    """Something the funder agreed to or that is in the plan, in the person's own words."""

    id: int
    guide: str
    """The kind of thing it is, by the guide's id."""
    words: str
    standing: Standing
    from_day: date
    to_day: date | None
    """None: until further notice."""
    who: str = ""
    """Who agreed it."""
    paper_id: int | None = None
    """The paper that shows it."""


@dataclass(frozen=True, slots=True)
class SpendingAsked:
    """A question that was asked, and the answer it got that day: “I checked first”."""

    id: int
    day: date
    words: str
    guide: str
    answer: SpendingRule
    regime: Regime


@dataclass(frozen=True, slots=True)
class SpendingAnswer:
    """One answer: may I, why, and on what condition."""

    guide: SpendingGuide
    regime: Regime
    answer: SpendingRule
    agreed: AgreedSpending | None = None
    """What outranks the rules here, if anything does."""


@dataclass(frozen=True, slots=True)
class SpendingRules:
    """Every rule that came with the program, the sources of each regime, and the family rules."""

    guides: tuple[SpendingGuide, ...]
    sources: Mapping[Regime, str]
    family: Mapping[Regime, str]
    """What to know before a relative is employed."""

    @staticmethod
    def parse(text: str) -> SpendingRules:
        """Read the shipped file.

        Raises:
            ValueError: If it is not the file this version reads, or an id stands twice.
        """
        found: dict[str, Any] = tomllib.loads(text)
        if found.get("schema") != SCHEMA:
            raise ValueError("schema", found.get("schema"))
        guides = tuple(_guide(each) for each in found["rule"])
        if len({guide.id for guide in guides}) != len(guides):
            raise ValueError("an id stands twice")
        return SpendingRules(guides, _by_regime(found["sources"]), _by_regime(found["family"]))

    def guide(self, guide_id: str) -> SpendingGuide:
        """Return one kind of thing.

        Raises:
            KeyError: If there is no such kind.
        """
        return {each.id: each for each in self.guides}[guide_id]

    def listed(self, regime: Regime) -> tuple[SpendingGuide, ...]:
        """Return every kind of thing, what is allowed first."""
        return tuple(sorted(self.guides, key=lambda each: _ANSWERS.index(each.answers[regime])))

    def matching(self, words: str) -> tuple[SpendingGuide, ...]:
        """Return the kinds of thing that words are about, the likeliest first.

        A keyword that stands whole in the words counts far more than a word of the description;
        of two that count the same, the one said first is the likelier.
        """
        asked = _words(words)
        scored = [(*_score(guide, asked), guide) for guide in self.guides]
        best = max((points for points, _place, _guide in scored), default=0)
        least = _WHOLE_KEYWORD if best >= _WHOLE_KEYWORD else max(best, 1)
        likely = [each for each in scored if each[0] >= least]
        likely.sort(key=lambda each: (-each[0], each[1]))
        return tuple(guide for _points, _place, guide in likely)

    def for_category(self, category: str) -> tuple[SpendingGuide, ...]:
        """Return the kinds of thing that belong to a category."""
        return tuple(guide for guide in self.guides if guide.category == category)


def answer(
    guide: SpendingGuide, regime: Regime, agreed: Iterable[AgreedSpending], on: date
) -> SpendingAnswer:
    """Answer for one kind of thing on a day: an agreement first, then the plan, then the rules."""
    standing = [
        each
        for each in agreed
        if each.guide == guide.id
        and each.from_day <= on
        and (each.to_day is None or on <= each.to_day)
    ]
    standing.sort(key=lambda each: (list(Standing).index(each.standing), each.from_day))
    if standing:
        return SpendingAnswer(guide, regime, SpendingRule.ALLOWED, standing[0])
    return SpendingAnswer(guide, regime, guide.answers[regime])


def _guide(found: Mapping[str, Any]) -> SpendingGuide:
    return SpendingGuide(
        id=found["id"],
        item=found["item"],
        category=found["category"],
        keywords=tuple(found["keywords"]),
        answers={regime: _answer_of(found[regime.value]) for regime in Regime},
        why=found["why"],
        condition=found["condition"],
        basis=Basis(found["basis"]),
        unconfirmed=found.get("unconfirmed", False),
        general=found.get("general", False),
    )


def _answer_of(text: str) -> SpendingRule:
    rule = SpendingRule(text)
    if rule not in _ANSWERS:
        raise ValueError("answer", text)
    return rule


def _by_regime(found: Mapping[str, str]) -> Mapping[Regime, str]:
    return {regime: found[regime.value] for regime in Regime}


def _words(text: str) -> tuple[str, ...]:
    """Split words out of text, each without the ending of a plural."""
    return tuple(_singular(word) for word in _WORD.findall(text.casefold().replace("’", "'")))


def _singular(word: str) -> str:
    if len(word) < 4 or word.endswith("ss") or not word.endswith("s"):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(_HISSING) else word[:-1]


def _score(guide: SpendingGuide, asked: Sequence[str]) -> tuple[int, int]:
    """Return how well a guide fits, and where the first keyword of it stands."""
    said = f" {' '.join(asked)} "
    each = _GENERAL_KEYWORD if guide.general else _WHOLE_KEYWORD
    points, place = 0, len(said)
    for keyword in guide.keywords:
        words = _words(keyword)
        found = said.find(f" {' '.join(words)} ")
        if found >= 0:
            points += each * len(words)
            place = min(place, found)
    item = set(_words(guide.item))
    return points + len({word for word in asked if len(word) > 3} & item), place
