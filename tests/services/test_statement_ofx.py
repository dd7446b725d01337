"""OFX, both versions: read whole and as it is written, or refused in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpemployer.bookkeeping.statements import StatementRefusedError
from dpemployer.money import Money
from dpemployer.services.statement_files import read_file

if TYPE_CHECKING:
    from dpemployer.bookkeeping.statements import ReadStatement

HEAD_1 = (
    "OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nSECURITY:NONE\r\nENCODING:USASCII\r\n"
    "CHARSET:1252\r\nCOMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:NONE\r\n\r\n"
)
HEAD_2 = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<?OFX OFXHEADER="200" VERSION="211" '
    'SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>\n'
)


def sgml(*payments: str, currency: str = "GBP") -> bytes:
    inside = "".join(f"<STMTTRN>{payment}</STMTTRN>" for payment in payments)
    return (
        f"{HEAD_1}<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>{currency}<BANKACCTFROM>"
        f"<BANKID>112233<ACCTID>12345678</BANKACCTFROM><BANKTRANLIST>{inside}</BANKTRANLIST>"
        "</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
    ).encode("cp1252")


def payment(day: str = "20260724", amount: str = "-12.34", more: str = "<NAME>x") -> str:
    return f"<TRNTYPE>DEBIT<DTPOSTED>{day}<TRNAMT>{amount}<FITID>1{more}"


def shown(read: ReadStatement) -> list[tuple[date, str, Money]]:
    return [(line.day, line.description, line.amount) for line in read.lines]


def test_version_1_is_read_oldest_first() -> None:
    read = read_file(
        sgml(
            payment("20260724", "-1234.56", "<NAME>SMITH & SONS £<MEMO>Invoice 12"),
            payment("20260701120000", "500.00", "<NAME>EXAMPLE COUNCIL<MEMO>EXAMPLE COUNCIL"),
            payment("20260630", "-4.50", "<CHECKNUM>000123<NAME>Pharmacy"),
        )
    )

    assert shown(read) == [
        (date(2026, 6, 30), "Pharmacy cheque 000123", Money(-450)),
        (date(2026, 7, 1), "EXAMPLE COUNCIL", Money(50_000)),
        (date(2026, 7, 24), "SMITH & SONS £ Invoice 12", Money(-123_456)),
    ]
    assert (read.layout, read.opening, read.closing) == ("ofx", None, None)


def test_version_2_is_read() -> None:
    content = (
        f"{HEAD_2}<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>GBP</CURDEF><BANKTRANLIST><STMTTRN>"
        "<DTPOSTED>20260724</DTPOSTED><TRNAMT>+12.340</TRNAMT><NAME>A &amp; B</NAME></STMTTRN>"
        "</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
    ).encode()

    assert shown(read_file(content)) == [(date(2026, 7, 24), "A & B", Money(1234))]


def test_a_file_without_its_header_is_read() -> None:
    content = sgml(payment()).removeprefix(HEAD_1.encode())

    assert len(read_file(b"\xef\xbb\xbf" + content).lines) == 1


def test_a_day_stays_the_day_the_bank_wrote() -> None:
    read = read_file(sgml(payment("20260401000000[+1:BST]")))

    assert read.lines[0].day == date(2026, 4, 1)


@pytest.mark.parametrize(
    ("written", "pence"), [("-1,234.56", -123_456), ("-12,34", -1234), ("5", 500), ("0.00", 0)]
)
def test_amounts_are_written_in_several_ways(written: str, pence: int) -> None:
    assert read_file(sgml(payment(amount=written))).lines[0].amount == Money(pence)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (sgml(), "no payment"),
        (sgml(payment(), currency="EUR"), "is in EUR"),
        (sgml(payment(day="20261301")), "Its day is written “20261301”"),
        (sgml(payment(day="")), "Its day is written"),
        (sgml(payment(day="18990101")), "Its day is written"),
        (sgml(payment(amount="1.234")), "Its amount is written “1.234”"),
        (sgml(payment(amount="many")), "Payment 1 of the file cannot be read"),
        (sgml(payment(amount="NaN")), "cannot be read"),
        (sgml(payment(amount="9e99")), "cannot be read"),
        (HEAD_1.encode() + b"<OFX><SIGNONMSGSRSV1></SIGNONMSGSRSV1></OFX>", "broken"),
        (sgml(payment()).replace(b"</STMTRS>", b"</STMTRS><STMTRS></STMTRS>"), "2 accounts"),
        (HEAD_1.encode(), "broken or cut short"),
        (HEAD_1.encode() + b"<OFX><A", "broken or cut short"),
        (b"OFXHEADER:100", "broken or cut short"),
        (HEAD_1.replace("USASCII", "UTF-8").encode() + b"<OFX>\xa3</OFX>", "broken"),
    ],
)
def test_what_cannot_be_read_is_named(content: bytes, why: str) -> None:
    with pytest.raises(StatementRefusedError, match=why):
        read_file(content)


@settings(max_examples=300)
@given(st.data())
def test_a_damaged_file_is_read_whole_or_refused(data: st.DataObject) -> None:
    content = bytearray(sgml(payment(), payment("20260725", "7.00")))
    for _change in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    try:
        read = read_file(bytes(content))
    except StatementRefusedError:
        return
    assert read.lines
