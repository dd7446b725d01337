"""Nothing that is read of a bank's file has a wrong sign, a wrong day or a wrong balance.

Known payments are written in many banks' ways, from seeds, so that a failure can be seen again:
what is read has to be exactly what was written, or it has to be refused.
"""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO

import pytest

from dpemployer.bookkeeping.statements import ReadStatement, StatementRefusedError
from dpemployer.services.statement_files import read_file
from tests.bookkeeping.test_statements import NEUTRAL, PLAIN, read, refusal, rows

DESCRIPTIONS = (
    "STO CONTRIBUTION",
    "HMRC, CUMBERNAULD",
    'SHOP "A"',
    "two\nlines",
    "O'BRIEN",
    "12/07 REF",
    "BALANCE CARS LTD",
    "Opening Doors Ltd",
    "A;B",
    "100.00",
    "03/07/2026",
    "Café £5 off",
)
DAYS = ("%d/%m/%Y",) * 4 + ("%Y-%m-%d", "%d/%m/%y", "%d %b %Y", "%d-%b-%y", "%Y%m%d", "%d.%m.%Y")
HEADINGS = {
    "date": ("Date", "Transaction Date", "DATE", "Date posted"),
    "words": ("Description", "Details", "Narrative", "Reference"),
    "out": ("Paid out", "Debit", "Money out", "Withdrawals", "Paid out (£)"),
    "in": ("Paid in", "Credit", "Money in", "Deposits", "In"),
    "amount": ("Amount", "Value", "Amount (GBP)"),
    "mark": ("Debit/Credit", "CR/DR", "Direction"),
    "balance": ("Balance", "Running balance", "Balance (£)"),
}
SHAPES = (
    ("out", "in"),
    ("in", "out"),
    ("signed",),
    ("unsigned",),
    ("unsigned", "mark"),
    ("mark", "unsigned"),
)


@dataclass(frozen=True)
class _Case:
    """One file, and what is true of it."""

    content: bytes
    moves: list[tuple[str, int, int | None]]
    ends: tuple[int | None, int | None]


class _Bank:
    """One bank's way of writing, drawn from a seed."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        self.day = draw.choice(DAYS)
        self.separator = draw.choice(",,,;\t|")
        self.columns = ["date", "words", *draw.choice(SHAPES)]
        self.balances = draw.random() < 0.75
        if self.balances:
            self.columns.append("balance")
        if draw.random() < 0.15:
            draw.shuffle(self.columns)
        self.below_nothing = draw.choice(("-{}", "-{}", "({})", "{}-", "−{}", "{} DR"))
        self.thousands = draw.random() < 0.3
        self.pound = "£" if draw.random() < 0.2 else ""

    def money(self, pence: int) -> str:
        size = abs(pence)
        pounds = f"{size // 100:,}" if self.thousands else f"{size // 100}"
        text = f"{self.pound}{pounds}.{size % 100:02}"
        return self.below_nothing.format(text) if pence < 0 else text

    def cell(self, column: str, day: date, words: str, amount: int, balance: int) -> str:
        shown = {"out": -amount, "in": amount}.get(column, 0)
        if shown:
            return self.money(shown) if shown > 0 else ""
        return {
            "date": day.strftime(self.day),
            "words": words,
            "signed": self.money(amount),
            "unsigned": self.money(abs(amount)),
            "mark": "DR" if amount < 0 else "CR",
            "balance": self.money(balance),
        }[column]

    def heading(self, column: str) -> str:
        return self.draw.choice(
            HEADINGS[{"signed": "amount", "unsigned": "amount"}.get(column, column)]
        )

    def write(self) -> _Case:
        draw = self.draw
        day = date(2026, 1, 1) + timedelta(days=draw.randrange(400))
        balance = opening = draw.choice((0, 12_345, -5_000, 150_000))
        table, moves = [], []
        for _ in range(draw.choice((1, 1, 2, 3, 5, 12, 30))):
            day += timedelta(days=draw.choice((0, 0, 1, 1, 3, 7, 20)))
            amount = draw.choice((7125, -7125, 1, -1, -122_371, 227_500, draw.randrange(1, 99_999)))
            balance += amount
            words = draw.choice(DESCRIPTIONS)
            table.append([self.cell(one, day, words, amount, balance) for one in self.columns])
            moves.append((day.isoformat(), amount, balance if self.balances else None))
        if draw.random() < 0.35:
            table.reverse()
        if draw.random() < 0.85:
            table.insert(0, [self.heading(column) for column in self.columns])
        if draw.random() < 0.15:
            table[:0] = [["Account Name:", "****1234"], ["Account Balance:", "£1,234.56"], []]
        target = StringIO()
        writer = csv.writer(
            target,
            delimiter=self.separator,
            quoting=draw.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)),
            lineterminator=draw.choice(("\r\n", "\n")),
        )
        writer.writerows(table)
        encoding = draw.choice(("utf-8", "utf-8-sig", "utf-16", "cp1252"))
        if "−" in self.below_nothing and encoding == "cp1252":
            encoding = "utf-8"
        ends = (opening, balance) if self.balances else (None, None)
        return _Case(target.getvalue().encode(encoding), moves, ends)


def _read_or_none(content: bytes) -> ReadStatement | None:
    """Return what was read; none when it was refused, which has to be in words."""
    try:
        return read_file(content)
    except StatementRefusedError as refused:
        if not (refused.what and refused.why and refused.next_step):
            raise
        return None


@pytest.mark.parametrize("hundred", range(12))
def test_what_many_banks_write_is_read_exactly_or_refused(hundred: int) -> None:
    read_whole = 0
    for seed in range(hundred * 100, hundred * 100 + 100):
        case = _Bank(random.Random(seed)).write()  # noqa: S311 - nothing secret
        found = _read_or_none(case.content)
        if found is None:
            continue
        read_whole += 1
        got = [(day, amount, balance) for day, _words, amount, balance in rows(found)]
        if case.ends[0] is None:
            # With no balance, the order within a day is not known.
            assert sorted(got, key=str) == sorted(case.moves, key=str), seed
        else:
            assert got == case.moves, seed
        ends = (found.opening, found.closing)
        assert tuple(None if end is None else end.pence for end in ends) == case.ends, seed
    assert read_whole > 40


@pytest.mark.parametrize("hundred", range(6))
def test_a_damaged_file_adds_up_or_is_refused(hundred: int) -> None:
    marks = b"\",;\t|\r\n\x00\xff\xfe\xef\xbb\xbf\xa3-+().0123456789/:DRC '="
    for seed in range(hundred * 100, hundred * 100 + 100):
        draw = random.Random(seed)  # noqa: S311 - nothing secret
        damaged = bytearray(_Bank(draw).write().content)
        for _ in range(draw.choice((1, 1, 2, 5, 40))):
            place = draw.randrange(len(damaged) + 1)
            what = draw.randrange(4)
            if what == 0:
                damaged[place : place + 1] = bytes([draw.choice(marks)])
            elif what == 1:
                damaged[place:place] = bytes([draw.choice(marks)])
            elif what == 2:
                del damaged[place : place + draw.choice((1, 3, 20))]
            else:
                damaged = damaged[:place] if draw.random() < 0.2 else damaged + damaged[place:]
        found = _read_or_none(bytes(damaged))
        if found is None:
            continue
        running = found.opening
        for line in found.lines:
            if running is not None:
                running += line.amount
                assert line.balance in {None, running}, seed
        assert running == found.closing, seed


# ── what these found ─────────────────────────────────────────────────────────────────


def test_the_first_amount_without_a_sign_is_not_believed() -> None:
    # 5.00 might have gone out or come in: the balance after it fits both.
    error = refusal(NEUTRAL + "13/07/2026,A,5.00,95.00\n14/07/2026,B,10.00,105.00\n")

    assert error.line == 2
    assert "no balance before it" in error.why
    text = NEUTRAL + ",Opening balance,,100.00\n13/07/2026,A,5.00,105.00\n"
    assert rows(read(text)) == [("2026-07-13", "A", 500, 10500)]
    assert rows(read(NEUTRAL + "13/07/2026,A,+5.00,105.00\n"))[0][2] == 500
    assert rows(read(NEUTRAL + "13/07/2026,A,5.00 CR,105.00\n"))[0][2] == 500


def test_a_layout_that_is_chosen_may_have_other_headings_above_it() -> None:
    text = "When,What,How much,Left\n03/04/2026,A,5.00,95.00\n"

    found = read(text, "date-description-amount-balance")
    assert rows(found) == [("2026-04-03", "A", 500, 9500)]


def test_one_row_without_headings_proves_no_column() -> None:
    assert "a guess" in refusal("13/07/2026,A,-71.25,71.25\n").why
    # Read the other way round, these would add up too.
    assert (
        "no balance before it"
        in refusal("13/07/2026,A,71.25,-71.25\n14/07/2026,B,1.00,-70.25\n").why
    )


def test_one_day_that_runs_both_ways_is_refused() -> None:
    error = refusal(PLAIN + "13/07/2026,A,1.00,,99.00\n13/07/2026,B,,1.00,100.00\n")

    assert "last to the first" in error.why
    longer = PLAIN + "13/07/2026,A,1.00,,99.00\n13/07/2026,B,,1.00,100.00\n14/07/2026,C,,5,105\n"
    assert read(longer).opening == read(longer).lines[1].balance


def test_a_row_that_moved_nothing_is_left_out_when_the_balance_shows_it() -> None:
    text = PLAIN + "13/07/2026,A,1.00,,99.00\n14/07/2026,NEW RATE FROM AUGUST,,,99.00\n"

    assert rows(read(text)) == [("2026-07-13", "A", -100, 9900)]
    assert refusal(PLAIN + "14/07/2026,NEW RATE,,,99.00\n15/07/2026,A,1.00,,98.00\n").line == 2
    assert refusal(text.replace(",,99.00\n14", ",,98.00\n14")).line == 3


@pytest.mark.parametrize("text", ["12 50", "1 234.56", "5. 00", "1,23", "1.234,56", "12,50"])
def test_no_amount_is_guessed_out_of_odd_spaces_and_commas(text: str) -> None:
    assert "pounds and pence" in refusal(PLAIN + f'13/07/2026,A,"{text}",,95.00\n').why
