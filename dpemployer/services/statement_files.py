"""Turn the bytes of a bank's file into text, or say what kind of file it is instead."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from dpemployer.bookkeeping.statement_qif import is_qif, read_qif
from dpemployer.bookkeeping.statements import ReadStatement, StatementRefusedError, read_statement
from dpemployer.i18n import N_, _
from dpemployer.services.shipped import heading_words, statement_layouts
from dpemployer.services.statement_ofx import is_ofx, read_ofx

if TYPE_CHECKING:
    from collections.abc import Sequence

LARGEST = 10_000_000
"""Bytes. Ten years of statements are about a tenth of it."""

_OTHERS: Sequence[tuple[bytes, str]] = (
    (b"%PDF", N_("This is a PDF, not a CSV file.")),
    (b"PK\x03\x04", N_("This is a spreadsheet or another packed file, not a CSV file.")),
    (b"\xd0\xcf\x11\xe0", N_("This is an old spreadsheet, not a CSV file.")),
    (b"<?xml", N_("This is an XML file, not a CSV file.")),
    (b"<html", N_("This is a web page, not a CSV file.")),
    (b"<!DOCTYPE", N_("This is a web page, not a CSV file.")),
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_file(content: bytes, layout: str = "") -> ReadStatement:
    """Read a bank's file: CSV and its kin, QIF or OFX, by what it begins with.

    Raises:
        StatementRefusedError: If it cannot be read whole, or could mean two things.
    """
    if len(content) > LARGEST:
        raise StatementRefusedError(_("It is far too large to be a statement."))
    if is_ofx(content):
        return read_ofx(content)
    text = text_of(content)
    if is_qif(text):
        return read_qif(text, layout)
    return read_statement(text, statement_layouts(), heading_words(), layout=layout)


def text_of(content: bytes) -> str:
    """Decode a file: by its byte order mark, as UTF-8, or as Windows wrote it.

    Raises:
        StatementRefusedError: If it is no text.
    """
    start = content[:64].lstrip()
    for beginning, words in _OTHERS:
        if start.lower().startswith(beginning.lower()):
            raise StatementRefusedError(
                _(words),
                _("Ask the bank for CSV instead, or type the statement in from the paper one."),
            )
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    for attempt in (encoding,) if encoding else ("utf-8", "cp1252"):
        try:
            return content.decode(attempt)
        except UnicodeDecodeError:
            continue
    raise StatementRefusedError(_("This is not a text file."))
