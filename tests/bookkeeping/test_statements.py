"""A bank's file is read whole or refused, and what is read adds up."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from io import StringIO

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from dpemployer.bookkeeping.statement_cells import (
    DateOrder,
    NotAnAmountError,
    amount_cell,
    date_cell,
    is_amount,
)
from dpemployer.bookkeeping.statement_layouts import Column, Layout, Words, heading
from dpemployer.bookkeeping.statements import (
    ReadStatement,
    StatementRefusedError,
    read_statement,
)
from dpemployer.data_files import texts
from dpemployer.money import Money

SHIPPED = texts("statements", ".toml")
WORDS = Words.parse(SHIPPED["words"])
LAYOUTS = [Layout.parse(text) for name, text in SHIPPED.items() if name != "words"]
PLAIN = "Date,Description,Paid out,Paid in,Balance\n"
NEUTRAL = "Date,Description,Amount,Balance\n"


def read(text: str, layout: str = "") -> ReadStatement:
    return read_statement(text, LAYOUTS, WORDS, layout=layout)


def rows(found: ReadStatement) -> list[tuple[str, str, int, int | None]]:
    return [
        (
            line.day.isoformat(),
            line.description,
            line.amount.pence,
            None if line.balance is None else line.balance.pence,
        )
        for line in found.lines
    ]


def refusal(text: str, layout: str = "") -> StatementRefusedError:
    with pytest.raises(StatementRefusedError) as caught:
        read(text, layout)
    assert caught.value.what
    assert caught.value.why
    assert caught.value.next_step
    return caught.value


# ── the known layouts ────────────────────────────────────────────────────────────────

KNOWN = {
    "paid-out-paid-in": PLAIN + "13/07/2026,SHOP,5.00,,95.00\n14/07/2026,ANNA,,10.00,105.00\n",
    "lloyds-halifax": (
        "Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,"
        "Debit Amount,Credit Amount,Balance,\n"
        "14/07/2026,FPI,'11-22-33,12345678,ANNA,,10.00,105.00,\n"
        "13/07/2026,DEB,'11-22-33,12345678,SHOP,5.00,,95.00,\n"
    ),
    "nationwide": (
        '"Account Name:","FlexAccount ****1234"\n"Account Balance:","£105.00"\n'
        '"Available Balance: ","£105.00"\n\n'
        '"Date","Transaction type","Description","Paid out","Paid in","Balance"\n'
        '"13 Jul 2026","Visa purchase","SHOP","£5.00","","£95.00"\n'
        '"14 Jul 2026","Bank credit","ANNA","","£10.00","£105.00"\n'
    ),
    "natwest": (
        "Date, Type, Description, Value, Balance, Account Name, Account Number\n\n"
        '14/07/2026,BAC,"\'ANNA",10.00,105.00,"\'X","\'112233-12345678",\n'
        '13/07/2026,POS,"\'SHOP",-5.00,95.00,"\'X","\'112233-12345678",\n'
    ),
    "starling": (
        "Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP),Spending Category,Notes\n"
        "13/07/2026,SHOP,SHOP,CARD,-5.00,95.00,SHOPPING,\n"
        "14/07/2026,ANNA,,FASTER PAYMENT,10.00,105.00,INCOME,\n"
    ),
    "co-operative": (
        "Date,Description,Type,Money In,Money Out,Balance\n"
        "2026-07-14,ANNA,TFR,10.00,,105.00\n2026-07-13,SHOP,POS,,5.00,95.00\n"
    ),
}
WITHOUT_BALANCE = {
    "barclays": (
        "Number,Date,Account,Amount,Subcategory,Memo\n"
        ",14/07/2026,20-00-00 12345678,10.00,DIRECTDEP,ANNA\n"
        ",13/07/2026,20-00-00 12345678,-5.00,PAYMENT,SHOP\n"
    ),
    "monzo": (
        "Transaction ID,Date,Time,Type,Name,Emoji,Category,Amount,Currency,Local amount,"
        "Local currency,Notes and #tags,Address,Receipt,Description,Category split,"
        "Money Out,Money In\n"
        "tx1,13/07/2026,09:00:00,Card payment,SHOP,,Shopping,-5.00,GBP,-5.00,GBP,,,,SHOP,,-5.00,\n"
        "tx2,14/07/2026,10:00:00,Faster payment,ANNA,,Income,10.00,GBP,10.00,GBP,,,,A,,,10.00\n"
    ),
}


@pytest.mark.parametrize("layout", KNOWN)
def test_a_known_layout_is_known(layout: str) -> None:
    found = read(KNOWN[layout])

    assert found.layout == layout
    assert rows(found) == [
        ("2026-07-13", "SHOP", -500, 9500),
        ("2026-07-14", "ANNA", 1000, 10500),
    ]
    assert (found.opening, found.closing) == (Money(10000), Money(10500))


@pytest.mark.parametrize("layout", WITHOUT_BALANCE)
def test_a_known_layout_without_balances(layout: str) -> None:
    found = read(WITHOUT_BALANCE[layout])

    assert found.layout == layout
    assert rows(found) == [("2026-07-13", "SHOP", -500, None), ("2026-07-14", "ANNA", 1000, None)]
    assert (found.opening, found.closing) == (None, None)


@pytest.mark.parametrize("layout", sorted(SHIPPED))
def test_every_layout_says_what_it_is(layout: str) -> None:
    if layout != "words":
        assert Layout.parse(SHIPPED[layout]).id == layout


def test_a_layout_of_another_schema_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="dp-statement/9"):
        Layout.parse(SHIPPED["monzo"].replace("dp-statement/1", "dp-statement/9"))
    with pytest.raises(ValueError, match="words/9"):
        Words.parse(SHIPPED["words"].replace("words/1", "words/9"))


# ── layouts nobody described ─────────────────────────────────────────────────────────


OTHERS = {
    "semicolons": (
        "Date;Details;Debit;Credit;Balance\n13/07/2026;SHOP;-5.00;;95\n14/07/2026;ANNA;;10;105\n"
    ),
    "tabs": (
        "Value date\tNarrative\tAmount\tBalance\n"
        "13.07.2026\tSHOP\t-5\t95\n14.07.2026\tANNA\t10\t105\n"
    ),
    "direction": (
        "Posting Date|Payee|Amount|CR/DR|Running Balance\n"
        "13-Jul-26|SHOP|5.00|DR|95.00\n14-Jul-26|ANNA|10.00|CR|105.00\n"
    ),
    "preamble": (
        "Our bank\nAccount 1\n\nBalance,Paid in (£),Paid out (£),Details,Date\n"
        '95.00,,"5.00",SHOP,13/07/2026\n105.00,"10.00",,ANNA,14/07/2026\n'
    ),
    "both": (
        "Date,Description,Amount,Money Out,Money In,Balance\n"
        "13/07/2026,SHOP,-5.00,5.00,,95.00\n14/07/2026,ANNA,10.00,,10.00,105.00\n"
    ),
    "two dates": (
        "Date,Value date,Description,Amount,Balance\n"
        "13/07/2026,15/07/2026,SHOP,-5.00,95.00\n14/07/2026,16/07/2026,ANNA,10.00,105.00\n"
    ),
    "twice": (
        "Date,Description,Amount,Balance,Balance\n"
        "13/07/2026,SHOP,-5.00,95.00,95.00\n14/07/2026,ANNA,10.00,105.00,105.00\n"
    ),
}


@pytest.mark.parametrize("text", OTHERS.values(), ids=list(OTHERS))
def test_headings_say_what_is_what(text: str) -> None:
    found = read(text)

    assert found.layout == "headings"
    assert rows(found) == [
        ("2026-07-13", "SHOP", -500, 9500),
        ("2026-07-14", "ANNA", 1000, 10500),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "13/07/2026,SHOP,-5.00,95.00\n14/07/2026,ANNA,10.00,105.00\n",
        "13/07/2026,SHOP,95.00,-5.00\n14/07/2026,ANNA,105.00,10.00\n",
        "SHOP,13/07/2026,5.00,,95.00\nANNA,14/07/2026,,10.00,105.00\n",
    ],
)
def test_columns_say_what_they_hold_where_there_are_no_headings(text: str) -> None:
    found = read(text)

    assert found.layout == "columns"
    assert [line.amount.pence for line in found.lines] == [-500, 1000]


def test_one_signed_column_without_headings() -> None:
    assert rows(read('13/07/2026,SHOP,"-1,005.00"\n14/07/2026,ANNA,10\n')) == [
        ("2026-07-13", "SHOP", -100500, None),
        ("2026-07-14", "ANNA", 1000, None),
    ]


def test_a_layout_that_was_chosen_is_used() -> None:
    text = "03/07/2026,SHOP,-5.00\n04/07/2026,ANNA,10.00\n"

    assert read(text, "date-description-amount").layout == "date-description-amount"
    assert refusal(KNOWN["natwest"], "monzo").why


def test_columns_that_could_be_anything_are_refused() -> None:
    in_or_out = "13/07/2026,SHOP,5.00,\n14/07/2026,ANNA,,10.00\n"

    assert "more than one way" in refusal(in_or_out).why
    assert "layout" in refusal(in_or_out).next_step


@pytest.mark.parametrize(
    "text",
    [
        "Date,Details,Debit\n1,2,3\n",
        "13/07/2026,SHOP,1,2,3,4\n",
        "a,b\nc,d\n",
        "13/07/2026,5.00\n",
        "x\ny\n",
        "1,2,3,4,5,6\n",
    ],
)
def test_columns_that_are_no_statement_are_refused(text: str) -> None:
    assert "no columns" in refusal(text).why


# ── signs ────────────────────────────────────────────────────────────────────────────


def test_amounts_without_any_sign_are_refused() -> None:
    error = refusal("Date,Description,Amount\n13/07/2026,SHOP,5.00\n14/07/2026,ANNA,10.00\n")

    assert "told" in error.why


def test_a_minus_sign_in_one_line_of_money_out_is_refused() -> None:
    error = refusal(PLAIN + "13/07/2026,SHOP,5.00,,95.00\n14/07/2026,ANNA,-5.00,,100.00\n")

    assert error.line == 3
    assert "minus" in error.why


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("13/07/2026,SHOP,5.00,6.00,95.00", "both in and out"),
        ("13/07/2026,SHOP,,-6.00,95.00", "less than nothing"),
        ("13/07/2026,SHOP,,,95.00", "no amount"),
        ("13/07/2026,SHOP,5.005,,95.00", "pounds and pence"),
        ("13/07/2026,SHOP,five,,95.00", "pounds and pence"),
        ("13/07/2026,SHOP,5.00,,95.00,extra", "more columns"),
        ("31/06/2026,SHOP,5.00,,95.00", "not a date"),
        ("yesterday,SHOP,5.00,,95.00", "not a date"),
        (",SHOP,5.00,,95.00", "no date"),
        ("13/07/1926,SHOP,5.00,,95.00", "not a date"),
        ('13/07/2026,"SHOP,5.00,,95.00', "quotation"),
        ("13/07/2026,SHOP", "no amount"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(row: str, why: str) -> None:
    error = refusal(PLAIN + "12/07/2026,OPEN,,100.00,100.00\n" + row + "\n")

    assert error.line == 3
    assert why in error.why
    assert "Line 3" in error.what


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("13/07/2026,SHOP,5.00,sideways,95.00", "in or out"),
        ("13/07/2026,SHOP,,DR,95.00", "no amount"),
    ],
)
def test_a_direction_that_says_nothing_is_refused(row: str, why: str) -> None:
    assert why in refusal("Date,Description,Amount,Dr/Cr,Balance\n" + row + "\n").why


def test_an_amount_that_disagrees_with_its_own_column_is_refused() -> None:
    text = "Date,Description,Amount,Money out,Money in,Balance\n13/07/2026,SHOP,-5.00,6.00,,95.00\n"

    assert "does not agree" in refusal(text).why


# ── days ─────────────────────────────────────────────────────────────────────────────


def test_a_date_that_fits_no_order_is_named() -> None:
    error = refusal(PLAIN + "13/07/2026,A,5.00,,95.00\n07/14/2026,B,5.00,,90.00\n")

    assert error.line == 3
    assert "07/14/2026" in error.why


def test_dates_that_agree_on_no_order_are_refused_at_the_first_that_is_odd() -> None:
    error = refusal(NEUTRAL + "13/07/2026,A,-5,95\n14/07/2026,B,-5,90\n07/15/2026,C,-5,85\n")

    assert error.line == 4


def test_american_dates_are_refused_and_not_misread() -> None:
    text = (
        NEUTRAL + "07/01/2026,A,-5.00,95.00\n07/08/2026,B,-5.00,90.00\n08/05/2026,C,-5.00,85.00\n"
    )

    assert "two ways" in refusal(text).why
    assert refusal(PLAIN + "07/13/2026,A,5.00,,95.00\n").line == 2


def test_dates_that_can_only_be_american_are_read_where_no_layout_forbids_it() -> None:
    found = read(NEUTRAL + "07/13/2026,A,-5.00,95.00\n08/05/2026,B,-5.00,90.00\n")

    assert [line.day for line in found.lines] == [date(2026, 7, 13), date(2026, 8, 5)]


def test_dates_that_nothing_decides_are_refused_and_can_be_settled_by_the_layout() -> None:
    lines = "01/02/2026,A,-5.00,95.00\n02/03/2026,B,-5.00,90.00\n"
    error = refusal(NEUTRAL + lines)

    assert "1 February 2026 or 2 January 2026" in error.why
    chosen = read(lines, "date-description-amount-balance")
    assert [line.day for line in chosen.lines] == [date(2026, 2, 1), date(2026, 3, 2)]


def test_dates_close_together_day_first_are_day_first() -> None:
    found = read(NEUTRAL + "01/07/2026,A,-5.00,95.00\n02/07/2026,B,-5.00,90.00\n")

    assert [line.day for line in found.lines] == [date(2026, 7, 1), date(2026, 7, 2)]


def test_british_headings_put_the_day_first() -> None:
    found = read(
        "Date,Details,Money out,Money in,Balance\n01/02/2026,A,5,,95\n02/03/2026,B,5,,90\n"
    )

    assert found.lines[0].day == date(2026, 2, 1)


def test_a_known_layout_puts_the_day_first_even_out_of_order() -> None:
    found = read(
        PLAIN + "01/02/2026,A,5,,95\n03/02/2026,B,5,,90\n02/02/2026,C,5,,85\n04/01/2026,D,5,,80\n"
    )

    assert [line.day for line in found.lines] == [
        date(2026, 2, 1),
        date(2026, 2, 3),
        date(2026, 2, 2),
        date(2026, 1, 4),
    ]


def test_two_figures_for_the_year_may_come_first_or_last() -> None:
    assert read(PLAIN + "12/11/10,A,5,,95\n").lines[0].day == date(2010, 11, 12)
    assert "two ways" in refusal(NEUTRAL + "13/07/26,A,-5,95\n").why
    assert read(PLAIN + "03/07/26,A,5,,95\n").lines[0].day == date(2026, 7, 3)
    assert "two ways" in refusal(NEUTRAL + "26/07/13,A,-5,95\n").why
    assert read(PLAIN + "20260713,A,5,,95\n").lines[0].day == date(2026, 7, 13)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-07-03", date(2026, 7, 3)),
        ("2026/7/3", date(2026, 7, 3)),
        ("2026-07-03 19:42:42", date(2026, 7, 3)),
        ("2026-07-03T19:42:42.123Z", date(2026, 7, 3)),
        ("3 July 2026", date(2026, 7, 3)),
        ("Fri 3rd Jul 26", date(2026, 7, 3)),
        ("Sept 3, 2026", date(2026, 9, 3)),
        ("03Jul2026", date(2026, 7, 3)),
        ("20260703", date(2026, 7, 3)),
        ("03072026", date(2026, 7, 3)),
    ],
)
def test_a_day_can_be_written_many_ways(text: str, day: date) -> None:
    cell = date_cell(text)
    assert day in {cell.read(order) for order in DateOrder}


@pytest.mark.parametrize(
    "text",
    ["", "3 Julyish 2026", "July", "2026-07", "99/99/2026", "1/2/3", "123/1/2026", "1-2-20266"],
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert not date_cell(text)


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("£1,234.56", 123456),
        ("-£12", -1200),
        ("£-12.5", -1250),
        ("12.00-", -1200),
        ("(12.00)", -1200),
        ("12.00 DR", -1200),
        ("12.00CR", 1200),
        ("1.00 OD", -100),
        ("+.50", 50),
        ("−3.00", -300),
        ("12.500", 1250),
        ("GBP 1,234,567", 123456700),
        ("0.00", 0),
    ],
)
def test_an_amount_can_be_written_many_ways(text: str, pence: int) -> None:
    assert amount_cell(text) == Money(pence)
    assert is_amount(text)


@pytest.mark.parametrize(
    "text",
    [
        "1,23",
        "12,34.56",
        "1.234,56",
        "12.345",
        "(12",
        "12)",
        "--1",
        "-1 DR",
        "x",
        ".",
        "1e3",
        "12345678901",
    ],
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(NotAnAmountError):
        amount_cell(text)
    assert not is_amount(text)


@pytest.mark.parametrize("text", ["", " ", "-", "£"])
def test_a_blank_is_no_amount(text: str) -> None:
    assert amount_cell(text) is None


# ── order and balance ────────────────────────────────────────────────────────────────


def test_a_balance_that_does_not_follow_is_named() -> None:
    error = refusal(PLAIN + "13/07/2026,A,5.00,,95.00\n14/07/2026,B,5.00,,91.00\n")

    assert error.line == 3
    assert "£91.00" in error.why
    assert "−£5.00" in error.why


def test_one_day_written_newest_first_is_found_by_its_balances() -> None:
    found = read(PLAIN + "13/07/2026,B,2.00,,93.00\n13/07/2026,A,5.00,,95.00\n")

    assert [line.description for line in found.lines] == ["A", "B"]


def test_days_newest_first_with_each_day_in_order_are_put_in_order() -> None:
    found = read(
        PLAIN
        + "14/07/2026,C,1.00,,92.00\n14/07/2026,D,1.00,,91.00\n"
        + "13/07/2026,A,5.00,,95.00\n13/07/2026,B,2.00,,93.00\n"
    )

    assert [line.description for line in found.lines] == ["A", "B", "C", "D"]


def test_balances_may_be_missing_in_between() -> None:
    found = read(PLAIN + "13/07/2026,A,5.00,,\n13/07/2026,B,5.00,,90.00\n14/07/2026,C,,1.00,\n")

    assert (found.opening, found.closing) == (Money(10000), Money(9100))
    assert (
        refusal(PLAIN + "13/07/2026,A,5.00,,95\n13/07/2026,B,5,,\n14/07/2026,C,,1,92\n").line == 4
    )


def test_rows_that_only_state_the_balance_are_checked_and_left_out() -> None:
    found = read(
        PLAIN
        + ",Balance brought forward,,,100.00\n13/07/2026,A,5.00,,95.00\n,Closing balance,,,95.00\n"
        + "Thank you for banking with us\n"
    )

    assert rows(found) == [("2026-07-13", "A", -500, 9500)]
    assert found.opening == Money(10000)
    assert (
        refusal(PLAIN + "12/07/2026,Opening balance,,,99.00\n13/07/2026,A,5.00,,95.00\n").line == 3
    )


def test_payments_of_nothing_are_left_out() -> None:
    assert len(read(PLAIN + "13/07/2026,A,5.00,,95.00\n13/07/2026,NOTE,0.00,,95.00\n").lines) == 1


@pytest.mark.parametrize(
    "text", [PLAIN, PLAIN + "13/07/2026,Opening balance,,,5.00\n", PLAIN + "13/07/2026,A,0,,5.00\n"]
)
def test_a_statement_without_payments_is_refused(text: str) -> None:
    assert "no payment" in refusal(text).why


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "empty"), (" \n\n", "empty"), ("a\0b", "text file"), ("hello", "columns")],
)
def test_what_is_no_statement_is_refused(text: str, why: str) -> None:
    assert why in refusal(text).why


def test_a_footer_that_may_be_a_payment_is_not_left_out() -> None:
    assert refusal(PLAIN + "13/07/2026,A,5.00,,95.00\n14/07/20,B\n").line == 3


def test_headings_make_no_difference_by_case_or_sign() -> None:
    assert heading("  Paid-Out (£) ") == "paid-out"
    assert heading("CR/DR") == "cr dr"


def test_quoted_descriptions_keep_their_commas_and_line_breaks() -> None:
    found = read(PLAIN + '13/07/2026,"A, and\r\nB",5.00,,95.00\r\n14/07/2026,C,1,,94\r\n')

    assert [line.description for line in found.lines] == ["A, and B", "C"]
    assert found.lines[1].file_line == 4


# ── whatever comes ───────────────────────────────────────────────────────────────────

CELLS = st.one_of(
    st.sampled_from(
        ["13/07/2026", "2026-07-01", "5.00", "-5.00", "£1,000.00", "", "SHOP", "Balance", 'x"y']
    ),
    st.text(max_size=8),
)


def _read_or_refused(text: str) -> ReadStatement | StatementRefusedError:
    try:
        return read(text)
    except StatementRefusedError as error:
        return error


@settings(max_examples=400, deadline=None)
@given(
    header=st.sampled_from(
        [PLAIN, NEUTRAL, "", *(text.split("\n")[0] + "\n" for text in KNOWN.values())]
    ),
    table=st.lists(st.lists(CELLS, max_size=7), max_size=6),
    separator=st.sampled_from(",;\t|"),
)
@example(header="", table=[["13/07/2026"], ["5.00"]], separator=",")
def test_whatever_comes_is_refused_in_words_or_adds_up(
    header: str, table: list[list[str]], separator: str
) -> None:
    text = header + "\n".join(separator.join(row) for row in table)
    found = _read_or_refused(text)
    if isinstance(found, StatementRefusedError):
        assert found.why
        assert found.next_step
        return
    assert found.lines
    running = found.opening
    for line in found.lines:
        if running is not None:
            running += line.amount
            assert line.balance in {None, running}
    assert running == found.closing


@settings(max_examples=150, deadline=None)
@given(
    moves=st.lists(
        st.tuples(
            st.integers(-90_000, 90_000).filter(bool),
            st.integers(0, 40),
            st.text(st.characters(min_codepoint=33, max_codepoint=0x24F), min_size=1, max_size=12),
        ),
        min_size=1,
        max_size=20,
    ),
    opening=st.integers(-10_000, 100_000),
    newest_first=st.booleans(),
    gaps=st.lists(st.booleans(), min_size=20, max_size=20),
)
def test_what_was_written_is_read_back(
    moves: list[tuple[int, int, str]], opening: int, newest_first: bool, gaps: list[bool]
) -> None:
    moves.sort(key=lambda move: move[1])
    balance, written, expected = opening, [], []
    for (amount, days, words), gap in zip(moves, gaps, strict=False):
        balance += amount
        day = date(2026, 6, 1) + timedelta(days=days)
        shown = "" if gap else Money(balance).plain
        money = [Money(-amount).plain, ""] if amount < 0 else ["", Money(amount).plain]
        written.append([day.strftime("%d/%m/%Y"), f"x{words}", *money, shown])
        expected.append((day, amount, None if gap else balance))
    # Rows of one day that run both ways are refused: see the test of that.
    one_day = len({day for day, _amount, _balance in expected}) == 1
    assume(not (one_day and balance == opening))
    target = StringIO()
    csv.writer(target).writerows(reversed(written) if newest_first else written)
    found = read(PLAIN + target.getvalue())

    same_day = len({day for day, _amount, _balance in expected}) < len(expected)
    got = [
        (line.day, line.amount.pence, None if line.balance is None else line.balance.pence)
        for line in found.lines
    ]
    if newest_first and same_day:
        # Without every balance, the order within a day cannot be known; the days always are.
        assert sorted(got, key=str) == sorted(expected, key=str)
    else:
        assert got == expected


def test_columns_are_all_named() -> None:
    assert {column.value for column in Column} == {
        "date",
        "description",
        "paid_out",
        "paid_in",
        "amount",
        "balance",
        "direction",
    }
