"""The sample periods, and how what a program shows is compared with what they expect."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dpemployer.returns.answers import answers
from dpemployer.services.returns import Returns
from dpemployer.services.samples import Sample
from dpemployer.store.book import Book

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = Path(__file__).parent / "cases"
NAMES = sorted(path.stem for path in CASES.glob("*.json"))


def read_case(name: str) -> dict[str, Any]:
    """Read one sample as it stands."""
    data: dict[str, Any] = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return data


def csv_of(name: str) -> bytes:
    """Read what a bank would give of one sample."""
    (path,) = CASES.glob(f"{name}-*.csv")
    return path.read_bytes()


def content(case: dict[str, Any]) -> bytes:
    """Write a sample as a file."""
    return json.dumps(case).encode()


def shown(case: dict[str, Any], template: str = "") -> dict[str, Any]:
    """Load a sample into a book, and return what the return of its period shows."""
    sample = Sample(content(case))
    with Book.in_memory() as book:
        sample.keep_in(book)
        made = Returns(book).figures(template or sample.template, sample.first_day, sample.last_day)
    return answers(made)


def differences(expected: Any, got: Any, place: str = "") -> Iterator[str]:
    """Yield every place where what was shown is not what was expected.

    A key that is left out of `expected`, or is null, is not tested; `reasons` and texts are free.
    """
    if expected is None or place.endswith(("reasons", "text")):
        return
    if isinstance(expected, dict):
        for key, value in expected.items():
            if value is not None:
                there = isinstance(got, dict) and key in got
                yield from differences(value, got[key] if there else 0, f"{place}.{key}")
    elif place.endswith("evidence_missing"):
        if _papers(expected) != _papers(got):
            yield f"{place}: {expected} is not {got}"
    elif place.endswith("exceptions"):
        yield from _unexplained(expected, got)
    elif not _same(expected, got):
        yield f"{place}: {expected!r} is not {got!r}"


def _same(expected: Any, got: Any) -> bool:
    """Whether two plain values are the same: 4, 4.0 and 4.00 are."""
    if isinstance(expected, int | float) and not isinstance(expected, bool):
        return Decimal(str(expected)) == Decimal(str(got))
    return bool(expected == got)


def _papers(rows: list[dict[str, Any]]) -> set[tuple[str, str, int, str]]:
    return {
        (
            row["date"],
            " ".join(row["payee"].casefold().split()),
            row["amount_p"],
            row["needs"],
        )
        for row in rows
    }


def _unexplained(expected: list[Any], got: list[dict[str, Any]]) -> Iterator[str]:
    shown_amounts = {row["amount_p"] for row in got}
    for one in expected:
        if isinstance(one, str):
            amounts = [word for word in one.replace(",", "").split() if word.strip(":").count(".")]
            pence = {int(Decimal(word.strip(":")).scaleb(2)) for word in amounts}
            if not pence & shown_amounts:
                yield f"exceptions: {one}"
        elif not any(
            (row["code"], row["amount_p"]) == (one["code"], one["amount_p"]) for row in got
        ):
            yield f"exceptions: {one}"
