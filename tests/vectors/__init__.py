"""Published and worked examples, each with its source, read the same way for every calculation.

Each folder is a subject; each file in it is a JSON list of examples with `id`, `source`,
`tax_year`, `inputs`, `expected` and sometimes a `note`. Expected figures are copied from the
source or worked out by hand, never produced by the code under test.

Contains public sector information licensed under the Open Government Licence v3.0. Source: HM
Revenue & Customs. (The examples in files whose names begin with `hmrc-`.)
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Vector:
    """One example."""

    id: str
    source: str
    inputs: dict[str, Any]
    expected: dict[str, Any]
    tax_year: str
    note: str
    fn: str = ""
    """Which question of a kind it asks, where a kind has several."""
    jurisdiction: str = ""

    @classmethod
    def read(cls, case: dict[str, Any]) -> Vector:
        return cls(
            id=case["id"],
            source=case.get("source", ""),
            inputs=case["inputs"],
            expected=case["expected"],
            tax_year=case.get("tax_year", ""),
            note=case.get("note", case.get("explain", "")),
            fn=case.get("fn", ""),
            jurisdiction=case.get("jurisdiction", ""),
        )

    @property
    def case(self) -> dict[str, Any]:
        """The example as `dpemployer calculate` is asked it."""
        if self.fn:
            asked = {"id": self.id, "fn": self.fn, "jurisdiction": self.jurisdiction}
        else:
            asked = {"id": self.id, "tax_year": self.tax_year}
        return {**asked, "inputs": self.inputs}

    def __str__(self) -> str:
        return self.id


def vectors(subject: str) -> list[Vector]:
    """Read every example of a subject."""
    return [
        Vector.read(case)
        for file in sorted((_HERE / subject).glob("*.json"))
        for case in json.loads(file.read_text(encoding="utf-8"))
    ]


def vector(subject: str, name: str) -> Vector:
    """Read one example by its id."""
    return next(example for example in vectors(subject) if example.id == name)


@dataclass(frozen=True)
class Sequence:
    """One person's pay for one tax year in one employment, payday by payday."""

    id: str
    title: str
    year_totals: dict[str, str]
    question: dict[str, Any]
    """The sequence as `dpemployer calculate payroll-year` is asked it."""
    expected: list[dict[str, str]]

    def __str__(self) -> str:
        return self.id


def sequences() -> list[Sequence]:
    """Read every whole-year sequence."""
    return [
        _sequence(raw)
        for file in sorted((_HERE / "payroll_year").glob("*.json"))
        for raw in json.loads(file.read_text(encoding="utf-8"))["sequences"]
    ]


def _sequence(raw: dict[str, Any]) -> Sequence:
    periods = [{k: v for k, v in period.items() if k != "expect"} for period in raw["periods"]]
    question = {k: v for k, v in raw.items() if k not in {"periods", "year_totals"}}
    return Sequence(
        id=raw["id"],
        title=raw["title"],
        year_totals=raw["year_totals"],
        question={**question, "periods": periods},
        expected=[period["expect"] for period in raw["periods"]],
    )
