"""QIF: a letter and a value on each line, and nothing that says which of day and month is first."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpemployer.bookkeeping.statement_qif import DAY_FIRST, MONTH_FIRST, is_qif, read_qif
from dpemployer.bookkeeping.statements import StatementRefusedError
from dpemployer.money import Money

THREE = """!Type:Bank
D24/07/2026
T-1,234.56
PExample Care Ltd
MInvoice 12
N000123
^
D23/07/2026
T500.00
PEXAMPLE COUNCIL
^
D01/07/2026
T-4.50
PPharmacy
MPharmacy
^
"""


def test_payments_are_read_oldest_first() -> None:
    read = read_qif(THREE)

    assert [(line.day, line.description, line.amount, line.balance) for line in read.lines] == [
        (date(2026, 7, 1), "Pharmacy", Money(-450), None),
        (date(2026, 7, 23), "EXAMPLE COUNCIL", Money(50_000), None),
        (date(2026, 7, 24), "Example Care Ltd Invoice 12", Money(-123_456), None),
    ]
    assert (read.layout, read.title, read.opening, read.closing) == (DAY_FIRST, "QIF", None, None)


def test_two_payments_on_one_day_keep_their_order() -> None:
    text = "!Type:Bank\nD13/7/26\nT-1\nPone\n^\nD13/7/26\nT-1\nPtwo\n^\n"

    assert [line.description for line in read_qif(text).lines] == ["one", "two"]


def test_a_file_cut_off_after_its_last_record_is_whole() -> None:
    assert len(read_qif("!Type:Bank\nD13/07/2026\nT5").lines) == 1


def test_an_amount_may_stand_under_either_letter() -> None:
    assert read_qif("!Type:Bank\nD13/07/2026\nU-5.00\n^\n").lines[0].amount == Money(-500)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("13/7'26", date(2026, 7, 13)),
        ("13/ 7'2026", None),
        ("13/07' 6", date(2006, 7, 13)),
        ("13-07-26", date(2026, 7, 13)),
        ("13.07.2026", date(2026, 7, 13)),
        ("2026-07-13", date(2026, 7, 13)),
        ("7/13/2026", date(2026, 7, 13)),
    ],
)
def test_days_are_written_in_many_ways(written: str, day: date | None) -> None:
    text = f"!Type:Bank\nD{written}\nT-1.00\n^\n"
    if day is None or day.year < 2010:
        with pytest.raises(StatementRefusedError, match="is not a day"):
            read_qif(text)
    else:
        assert read_qif(text).lines[0].day == day


def test_a_day_that_could_be_two_is_asked_about_and_never_guessed() -> None:
    text = "!Type:Bank\nD03/04/2026\nT-1.00\n^\nD05/06/2026\nT-1.00\n^\n"

    with pytest.raises(StatementRefusedError, match="two different days") as asked:
        read_qif(text)
    assert "the day or the month comes first" in asked.value.next_step
    assert read_qif(text, DAY_FIRST).lines[0].day == date(2026, 4, 3)
    assert read_qif(text, MONTH_FIRST).lines[0].day == date(2026, 3, 4)
    assert read_qif(text, MONTH_FIRST).layout == MONTH_FIRST


def test_dates_that_agree_on_no_order_are_refused() -> None:
    text = "!Type:Bank\nD13/07/2026\nT-1.00\n^\nD07/13/2026\nT-1.00\n^\n"

    with pytest.raises(StatementRefusedError, match="not all written in one order"):
        read_qif(text)
    with pytest.raises(StatementRefusedError, match="not a day in that order"):
        read_qif(text, DAY_FIRST)


def test_dates_with_the_month_first_throughout_are_read_so() -> None:
    read = read_qif("!Type:Bank\nD07/13/2026\nT-1.00\n^\nD07/03/2026\nT-1.00\n^\n")

    assert [line.day for line in read.lines] == [date(2026, 7, 3), date(2026, 7, 13)]
    assert read.layout == MONTH_FIRST


def test_accounts_and_options_are_passed_over() -> None:
    text = f"!Option:AutoSwitch\n!Account\nNCurrent\nTBank\n^\n{THREE}!Type:Cat\n"

    with pytest.raises(StatementRefusedError, match="“Cat”, which is not a bank account"):
        read_qif(text)
    assert len(read_qif(text.removesuffix("!Type:Cat\n")).lines) == 3


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("!Type:Bank\n", "no payment"),
        ("!Type:Bank\n^\n", "no payment"),
        ("!Type:Bank\nD13/07/2026\nTmany\n^\n", "“many” is not an amount"),
        ("!Type:Bank\nD13/07/2026\n^\n", "“” is not an amount"),
        ("!Type:Bank\nDsoon\nT1\n^\n", "“soon” is not a day"),
        ("!Type:Bank\nT1\n^\n", "“” is not a day"),
        ("!Type:Invst\nD13/07/2026\nT1\n^\n", "not a bank account"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, why: str) -> None:
    with pytest.raises(StatementRefusedError, match=why):
        read_qif(text)


def test_it_is_known_by_its_beginning() -> None:
    assert is_qif("\ufeff!type:Bank\n")
    assert is_qif("!Account\n")
    assert not is_qif("Date,Amount\n")


LINES = st.lists(
    st.one_of(
        st.sampled_from(["!Type:Bank", "^", "D13/07/2026", "D01/02/2026", "T-1.00", "T", "Px"]),
        st.text(max_size=12),
    ),
    max_size=20,
)


@given(LINES)
def test_whatever_it_holds_it_is_read_whole_or_refused(lines: list[str]) -> None:
    try:
        read = read_qif("\n".join(lines))
    except StatementRefusedError:
        return
    assert [line.day for line in read.lines] == sorted(line.day for line in read.lines)


@given(
    st.lists(
        st.tuples(
            st.dates(date(2020, 1, 1), date(2030, 12, 31)),
            st.integers(-(10**8), 10**8),
        ),
        min_size=1,
        max_size=10,
    )
)
def test_what_is_written_is_read_back(payments: list[tuple[date, int]]) -> None:
    text = "!Type:Bank\n" + "".join(
        f"D{day:%d/%m/%Y}\nT{Money(pence).plain}\nPx\n^\n" for day, pence in payments
    )

    read = read_qif(text, DAY_FIRST)

    assert sorted((line.day, line.amount) for line in read.lines) == sorted(
        (day, Money(pence)) for day, pence in payments
    )
