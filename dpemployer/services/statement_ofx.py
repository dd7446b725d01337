"""Statement lines out of an OFX file, version 1 (SGML) or 2 (XML): the only door to ofxtools.

The library turns either into a tree. What it is asked for stops there: its checks of the whole
message refuse files that banks really write. Days are taken as they are written, because turning
them into world time can move a payment to the day before.
"""

from __future__ import annotations

import html
from datetime import date
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import TYPE_CHECKING

from dpemployer.bookkeeping.statements import ReadLine, ReadStatement, StatementRefusedError
from dpemployer.i18n import _
from dpemployer.money import Money

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LAYOUT = "ofx"
TITLE = "OFX"
_HEADER = (
    b"OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nSECURITY:NONE\r\nENCODING:USASCII\r\n"
    b"CHARSET:1252\r\nCOMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:NONE\r\n\r\n"
)
"""What a file that begins with its message is read with."""
_STARTS = (b"OFXHEADER", b"<OFX>", b"<?OFX")
_EARLIEST, _LATEST = 2010, 2059
_MOST_PENCE = 10**12


def is_ofx(content: bytes) -> bool:
    """Whether a file begins as OFX does."""
    start = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").upper()
    return start.startswith(_STARTS) or (start.startswith(b"<?XML") and b"<?OFX" in start)


def read_ofx(content: bytes) -> ReadStatement:
    """Read a statement out of an OFX file. It says no balance from line to line.

    Raises:
        StatementRefusedError: If it cannot be read whole, holds another currency, more than one
            account, or nothing.
    """
    statements = _statements(_tree(content))
    if not statements:
        raise _broken()
    if len(statements) > 1:
        raise StatementRefusedError(
            _("This OFX file holds {count} accounts, and a statement is of one.").format(
                count=len(statements)
            ),
            _("Ask the bank for the file of this one account."),
        )
    (statement,) = statements
    currency = _text(statement, "CURDEF")
    if currency and currency.upper() != "GBP":
        raise StatementRefusedError(
            _("This OFX file is in {currency}, and the account is in pounds.").format(
                currency=currency
            )
        )
    payments = list(statement.iter("STMTTRN"))
    if not payments:
        raise StatementRefusedError(_("There is no payment in this OFX file."))
    lines = [_line(number, each) for number, each in enumerate(payments, start=1)]
    if lines[0].day > lines[-1].day:
        lines.reverse()
    lines.sort(key=lambda line: line.day)
    return ReadStatement(LAYOUT, TITLE, tuple(lines), None, None)


def _tree(content: bytes) -> Element:
    """Turn the file into a tree; whatever stops the library is a sentence about the file."""
    from ofxtools.Parser import OFXTree  # noqa: PLC0415 - only when somebody brings such a file

    tidy = content.lstrip(b"\xef\xbb\xbf \t\r\n")
    if tidy.upper().startswith(b"<OFX>"):
        tidy = _HEADER + tidy
    tree = OFXTree()
    try:
        tree.parse(BytesIO(tidy))
        root: Element | None = tree.getroot()
    except Exception as error:
        raise _broken() from error
    if root is None:
        raise _broken()
    return root


def _broken() -> StatementRefusedError:
    return StatementRefusedError(
        _("This is an OFX file, and it is broken or cut short."),
        _("Download it again, or ask the bank for CSV instead."),
    )


def _statements(root: Element) -> list[Element]:
    return [each for tag in ("STMTRS", "CCSTMTRS") for each in root.iter(tag)]


def _line(number: int, payment: Element) -> ReadLine:
    said = (_text(payment, "NAME"), _text(payment, "MEMO"), _cheque(payment))
    description = " ".join(dict.fromkeys(text for text in said if text))
    return ReadLine(
        number, _day(number, payment), description, _amount(number, payment), balance=None
    )


def _cheque(payment: Element) -> str:
    number = _text(payment, "CHECKNUM")
    return _("cheque {number}").format(number=number) if number else ""


def _text(part: Element, tag: str) -> str:
    found = part.findtext(tag) or ""
    return " ".join(html.unescape(found).split())


def _day(number: int, payment: Element) -> date:
    text = _text(payment, "DTPOSTED")
    try:
        found = date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        found = None
    if found is None or not _EARLIEST <= found.year <= _LATEST:
        raise _refused(number, _("Its day is written “{text}”.").format(text=text))
    return found


def _amount(number: int, payment: Element) -> Money:
    text = _text(payment, "TRNAMT")
    if "," in text:  # between thousands, or in place of the point
        text = text.replace(",", "" if "." in text else ".")
    try:
        pence = Decimal(text).scaleb(2)
        whole = int(pence)
    except (InvalidOperation, ValueError, OverflowError):
        pence, whole = Decimal(0), 1
    if pence != whole or abs(whole) > _MOST_PENCE:
        raise _refused(number, _("Its amount is written “{text}”.").format(text=text))
    return Money(whole)


def _refused(number: int, why: str) -> StatementRefusedError:
    return StatementRefusedError(
        _("Payment {number} of the file cannot be read. {why}").format(number=number, why=why)
    )
