"""Every rule that explains a figure: plain sentences, its names, its source, its rounding."""

from __future__ import annotations

import importlib
import pkgutil
import re
from string import Formatter
from typing import TYPE_CHECKING

import pytest

from dpemployer import bookkeeping, payroll, services, statutory
from dpemployer.money import Rounding
from dpemployer.workings import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_SENTENCE = 26
"""Words. Somebody who left school at sixteen follows sentences of about this length at most."""
HARDEST_GRADE = 9.5
"""The Flesch-Kincaid grade of a whole explanation: about the reading age of a fourteen-year-old."""
EVERYDAY = {"national": 2, "insurance": 2, "employment": 2, "employee": 2, "employer": 2}
"""Long words that every payslip has: counted as words of two syllables."""


def rules() -> Iterator[tuple[str, Rule]]:
    """Find every rule in the calculation core and the services, with the module it is in."""
    for package in (statutory, payroll, bookkeeping, services):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for value in vars(importlib.import_module(module.name)).values():
                if isinstance(value, Rule):
                    yield module.name, value


RULES = {rule.id: rule for _module, rule in rules()}
EACH = pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)


def as_read(rule: Rule) -> str:
    """Return the sentence as it is read, with an ordinary figure wherever one goes."""
    figures = dict.fromkeys((*rule.names, "result"), "ten")
    return rule.sentence.format(**figures)


def syllables(word: str) -> int:
    """Count vowel groups, as readability measures do; a silent e at the end is not one."""
    word = word.lower().removesuffix("’s").removesuffix("’")
    if word.removesuffix("s") in EVERYDAY:
        return EVERYDAY[word.removesuffix("s")]
    groups = len(re.findall(r"[aeiouy]+", word))
    return max(1, groups - (word.endswith("e") and not word.endswith("le")))


def test_the_rules_are_found_and_each_has_its_own_name() -> None:
    found = {id(rule): rule for _module, rule in rules()}

    assert len(found) > 50
    assert len({rule.id for rule in found.values()}) == len(found)


@EACH
def test_a_rule_names_its_source(rule: Rule) -> None:
    assert len(rule.source) > 10
    assert rule.source[0].isupper()
    assert not rule.source.endswith(".")


@EACH
def test_a_rule_has_a_title_and_a_whole_sentence(rule: Rule) -> None:
    assert rule.title
    assert rule.title[0].isupper() or rule.title[0].isdigit()
    assert not rule.title.endswith(".")
    said = as_read(rule)
    assert re.match(r"[A-Z0-9]|ten\b", said), said
    assert said.endswith((".", "ten")), said


@EACH
def test_the_names_of_a_rule_are_those_of_its_sentence(rule: Rule) -> None:
    used = {name for _text, name, _spec, _conversion in Formatter().parse(rule.sentence) if name}

    assert used - {"result"} == set(rule.names)
    assert len(set(rule.names)) == len(rule.names)


@EACH
def test_a_rule_says_who_gets_the_odd_fraction(rule: Rule) -> None:
    assert rule.rounding
    if isinstance(rule.rounding, str):
        assert not rule.rounding.endswith(".")
    else:
        assert rule.rounding in Rounding


@EACH
def test_a_rule_is_said_in_short_sentences_and_plain_words(rule: Rule) -> None:
    sentences = [part for part in re.split(r"(?<=[.?!:;])\s+", as_read(rule)) if part]
    words = [re.findall(r"[\w’'-]+", sentence) for sentence in sentences]
    every = [word for sentence in words for word in sentence]

    longest = max(map(len, words))
    grade = (
        0.39 * len(every) / len(sentences) + 11.8 * sum(map(syllables, every)) / len(every) - 15.59
    )

    assert longest <= LONGEST_SENTENCE, f"{longest} words: {as_read(rule)}"
    assert grade <= HARDEST_GRADE, f"grade {grade:.1f}: {as_read(rule)}"
