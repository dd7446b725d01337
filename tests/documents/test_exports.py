"""A file of anything listed opens in a spreadsheet as what it is, and runs nothing."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpemployer.documents.exports import csv_bytes
from dpemployer.money import Money


def cell(value: object) -> str:
    """Return one value as the file holds it."""
    text = csv_bytes(["a"], [[value]]).decode("utf-8-sig")  # type: ignore[list-item]
    (row,) = list(csv.reader(StringIO(text, newline="")))[1:]
    return row[0] if row else ""


def test_the_bytes_are_what_a_spreadsheet_expects() -> None:
    data = csv_bytes(["Day", "Amount"], [[date(2026, 7, 1), Money(-1_250)]])

    assert data == b"\xef\xbb\xbfDay,Amount\r\n2026-07-01,-12.50\r\n"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Money(123_456), "1234.56"),
        (Money(-5), "-0.05"),
        (Decimal("-1.50"), "-1.50"),
        (Decimal("1E+3"), "1000"),
        (7, "7"),
        (None, ""),
        ("Zoë, “Café” Ltd", "Zoë, “Café” Ltd"),
        ("two\nlines", "two\nlines"),
    ],
)
def test_a_value_is_written_plainly(value: object, written: str) -> None:
    assert cell(value) == written


@pytest.mark.parametrize(
    "text", ["=1+1", "+44 1632 960983", "-cmd", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"]
)
def test_text_that_a_spreadsheet_would_run_is_marked_as_text(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["a=b", "Smith-Jones", " =not first", "−£5.00", ""])
def test_other_text_is_left_alone(text: str) -> None:
    assert cell(text) == text


def test_headings_are_guarded_as_well() -> None:
    assert csv_bytes(["=1"], []).decode("utf-8-sig") == "'=1\r\n"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
def test_text_comes_back_as_it_went_in_but_for_the_guard(texts: list[str]) -> None:
    data = csv_bytes(["h"] * len(texts), [texts]).decode("utf-8-sig")

    row = list(csv.reader(StringIO(data, newline="")))[1]

    assert [text.removeprefix("'") for text in row] == [t.removeprefix("'") for t in texts]
