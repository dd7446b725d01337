"""The vocabulary of money in and out, and the papers that prove it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

SCHEMA = "dp-categories/1"

_NOT_PAPERS = {"bank_line", "note"}
"""Evidence that is in the book by itself: the bank's line, and the person's own words."""


class CategoryKind(StrEnum):
    """What a category does to the balance."""

    INCOME = "income"
    EXPENDITURE = "expenditure"
    TRANSFER = "transfer"
    """Moves money between the person's own accounts; never on a return."""


class SpendingRule(StrEnum):
    """Where the question “may I buy this?” starts, before the plan and the funder are heard."""

    ALLOWED = "allowed"
    ASK = "ask"
    NOT_ALLOWED = "not_allowed"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of money in, money out or transfer. Codes are stable; labels may be reworded."""

    code: str
    kind: CategoryKind
    label: str
    rule: SpendingRule
    evidence: tuple[str, ...]
    """What normally proves it, the most usual first."""
    net_with: str = ""
    """The cost a refund of this kind is usually taken off."""
    hint: str = ""

    @property
    def needs(self) -> str:
        """The paper it asks for; empty where the bank's line or a note is enough."""
        return next((code for code in self.evidence if code not in _NOT_PAPERS), "")


@dataclass(frozen=True, slots=True)
class Categories:
    """Every category, in the order of the list, and every kind of evidence."""

    all: Mapping[str, Category]
    evidence: Mapping[str, str]
    """Labels, by code."""

    @classmethod
    def parse(cls, text: str) -> Categories:
        """Read `categories.toml`. It is shipped, so anything wrong with it is a mistake of ours."""
        data = tomllib.loads(text)
        if data.pop("schema") != SCHEMA:
            raise ValueError(SCHEMA)
        found = [_category(row) for row in data["category"]]
        categories = cls({one.code: one for one in found}, data["evidence"])
        if len(categories.all) != len(found):
            raise ValueError("a category code is listed twice")
        asked = {code for one in found for code in one.evidence}
        netted = {one.net_with for one in found if one.net_with}
        unknown = asked - set(categories.evidence) | netted - set(categories.all)
        if unknown:
            raise ValueError(f"unknown codes: {', '.join(sorted(unknown))}")
        return categories

    def __getitem__(self, code: str) -> Category:
        return self.all[code]

    def __contains__(self, code: object) -> bool:
        return code in self.all

    def of_kind(self, kind: CategoryKind) -> tuple[str, ...]:
        """List the codes of one kind."""
        return tuple(code for code, one in self.all.items() if one.kind is kind)


def _category(row: dict[str, Any]) -> Category:
    return Category(
        code=row["code"],
        kind=CategoryKind(row["kind"]),
        label=row["label"],
        rule=SpendingRule(row["default_rule"]),
        evidence=tuple(row["evidence"]),
        net_with=row.get("net_with", ""),
        hint=row.get("person_note", ""),
    )
