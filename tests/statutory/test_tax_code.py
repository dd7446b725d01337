"""Tax codes are read as people write them, and impossible ones are refused with what to do."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from dpemployer.errors import EntryError
from dpemployer.statutory.income_tax import check_code
from dpemployer.statutory.tax_code import CodeKind, TaxCode, TaxNation

if TYPE_CHECKING:
    from dpemployer.statutory.rates import RateBook

ENGLAND = TaxNation.ENGLAND_AND_NORTHERN_IRELAND


@pytest.mark.parametrize(
    ("text", "nation", "kind", "number"),
    [
        ("1257L", ENGLAND, CodeKind.FREE_PAY, 1257),
        ("S1257L", TaxNation.SCOTLAND, CodeKind.FREE_PAY, 1257),
        ("C1257L", TaxNation.WALES, CodeKind.FREE_PAY, 1257),
        ("1383M", ENGLAND, CodeKind.FREE_PAY, 1383),
        ("1131N", ENGLAND, CodeKind.FREE_PAY, 1131),
        ("250T", ENGLAND, CodeKind.FREE_PAY, 250),
        ("610P", ENGLAND, CodeKind.FREE_PAY, 610),
        ("647V", ENGLAND, CodeKind.FREE_PAY, 647),
        ("1066Y", ENGLAND, CodeKind.FREE_PAY, 1066),
        ("999999T", ENGLAND, CodeKind.FREE_PAY, 999_999),
        ("0T", ENGLAND, CodeKind.FREE_PAY, 0),
        ("S0T", TaxNation.SCOTLAND, CodeKind.FREE_PAY, 0),
        ("K1", ENGLAND, CodeKind.ADDED_PAY, 1),
        ("SK475", TaxNation.SCOTLAND, CodeKind.ADDED_PAY, 475),
        ("CK9999", TaxNation.WALES, CodeKind.ADDED_PAY, 9999),
        ("BR", ENGLAND, CodeKind.FLAT_RATE, 0),
        ("CBR", TaxNation.WALES, CodeKind.FLAT_RATE, 0),
        ("D0", ENGLAND, CodeKind.FLAT_RATE, 1),
        ("CD1", TaxNation.WALES, CodeKind.FLAT_RATE, 2),
        ("SD3", TaxNation.SCOTLAND, CodeKind.FLAT_RATE, 4),
        ("NT", ENGLAND, CodeKind.NO_TAX, 0),
    ],
)
def test_every_code_hmrc_sends_is_read(
    text: str, nation: TaxNation, kind: CodeKind, number: int
) -> None:
    code = TaxCode.parse(text)

    assert (code.nation, code.kind, code.number) == (nation, kind, number)
    assert str(code) == text
    assert not code.week1_month1


@pytest.mark.parametrize(
    ("text", "code", "mark"),
    [
        ("1257L W1", "1257L", "W1"),
        ("1257L M1", "1257L", "M1"),
        ("1257LX", "1257L", "X"),
        ("1257l x", "1257L", "X"),
        ("1257L W1/M1", "1257L", "W1M1"),
        ("s1257l noncum", "S1257L", "NONCUM"),
        ("BR M1", "BR", "M1"),
        ("k475w1", "K475", "W1"),
        ("0T X", "0T", "X"),
        ("NT M1", "NT", "M1"),
        ("D0 X", "D0", "X"),
    ],
)
def test_a_week_1_or_month_1_mark_is_kept_apart(text: str, code: str, mark: str) -> None:
    parsed = TaxCode.parse(text)

    assert (parsed.text, parsed.mark) == (code, mark)
    assert parsed.week1_month1
    assert TaxCode.parse(str(parsed)) == parsed


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1257 LL", "numbers and then a letter"),
        ("1257", "numbers and then a letter"),
        ("", "numbers and then a letter"),
        ("L", "numbers and then a letter"),
        ("01257L", "numbers and then a letter"),
        ("1257Q", "numbers and then a letter"),
        ("1000000T", "numbers and then a letter"),
        ("X1257L", "numbers and then a letter"),
        ("BR1", "numbers and then a letter"),
        ("१२५७L", "numbers and then a letter"),
        ("K0", "K1 to K9999"),
        ("K10000", "K1 to K9999"),
        ("SNT", "never starts with S or C"),
        ("CNT", "never starts with S or C"),
        ("D2", "D0 to D1"),
        ("CD2", "D0 to D1"),
        ("SD4", "SD0 to SD3"),
        ("OT", "the letter O"),
        ("DO", "the letter O"),
        ("SOT M1", "the letter O"),
    ],
)
def test_a_code_hmrc_could_not_have_sent_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(EntryError) as refusal:
        TaxCode.parse(text)

    assert refusal.value.what.startswith(f"“{text}” is not a tax code")
    assert why in refusal.value.why
    assert refusal.value.next_step


def test_the_top_scottish_code_began_in_2024(rates: RateBook) -> None:
    top = TaxCode.parse("SD3")

    check_code(top, rates.on(date(2024, 4, 6)))
    with pytest.raises(EntryError, match="no tax code SD3 in this tax year"):
        check_code(top, rates.on(date(2024, 4, 5)))


def test_a_code_with_a_number_exists_in_every_year(rates: RateBook) -> None:
    for year in rates.years:
        check_code(TaxCode.parse("1257L"), rates.for_year(year))


def test_only_a_code_that_a_nought_would_put_right_is_said_to_have_the_letter() -> None:
    with pytest.raises(EntryError, match="It has the letter O where tax codes have the number 0"):
        TaxCode.parse("OT")
    with pytest.raises(EntryError, match="usually numbers and then a letter"):
        TaxCode.parse("HELLO")
