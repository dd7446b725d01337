"""The vocabulary is whole, and a slip in it is noticed when it is read."""

from __future__ import annotations

import pytest

from dpemployer.bookkeeping.categories import Categories, CategoryKind, SpendingRule
from dpemployer.data_files import read_text

TEXT = read_text("bookkeeping/categories.toml")


def test_there_are_fifty_two() -> None:
    known = Categories.parse(TEXT)

    assert {kind: len(known.of_kind(kind)) for kind in CategoryKind} == {
        CategoryKind.INCOME: 15,
        CategoryKind.EXPENDITURE: 34,
        CategoryKind.TRANSFER: 3,
    }
    assert "pay.net_wages" in known
    assert known["fin.penalty"].rule is SpendingRule.NOT_ALLOWED


@pytest.mark.parametrize(
    ("code", "needs"),
    [
        ("inc.council_regular", "remittance"),
        ("inc.contribution", ""),
        ("inc.correction", ""),
        ("pay.net_wages", "payslip"),
        ("care.self_employed", "invoice"),
        ("fin.bank_charges", ""),
        ("fin.cash_unexplained", ""),
        ("plan.other", "receipt"),
        ("xfer.cash_drawn", ""),
    ],
)
def test_a_category_asks_for_its_first_paper(code: str, needs: str) -> None:
    assert Categories.parse(TEXT)[code].needs == needs


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('schema = "dp-categories/1"', 'schema = "dp-categories/9"'),
        ('code = "inc.interest"', 'code = "inc.topup"'),
        ('evidence = ["bank_line", "remittance"]', 'evidence = ["bank_line", "a_feather"]'),
        ('net_with = "pay.hmrc"', 'net_with = "pay.nobody"'),
    ],
)
def test_a_slip_is_noticed(old: str, new: str) -> None:
    assert old in TEXT

    with pytest.raises(ValueError, match=r"\w"):
        Categories.parse(TEXT.replace(old, new))
