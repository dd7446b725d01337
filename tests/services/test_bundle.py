"""The evidence bundle: every figure leads to its payments and papers, and each leads back."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from dpemployer.bookkeeping.accounts import Account, AccountKind
from dpemployer.bookkeeping.awards import Funder, FunderKind
from dpemployer.documents.letter import LetterPaper, letter_pdf
from dpemployer.errors import EntryError, OutsideError
from dpemployer.money import Money
from dpemployer.office import Office
from dpemployer.payroll.household import Party, Role, RoleHeld
from dpemployer.payroll.people import PersonalAssistant
from dpemployer.services.money_rows import Part

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)
ASKED = ("generic-quarterly", FIRST, LAST)
STATEMENT = """Date,Description,Paid out,Paid in,Balance
13/07/2026,THE MILL,50.00,,950.00
14/07/2026,ADA KEANE,120.00,,830.00
20/07/2026,PHARMACY,18.49,,811.51
27/07/2026,RIVERTON,,2275.00,3086.51
"""
CODED = (
    ("The Mill", "care.day_service"),
    ("Ada Keane", "pay.net_wages"),
    ("Pharmacy", "emp.ppe"),
    ("Riverton Council", "inc.council_regular"),
)


def a_pdf(*paragraphs: str) -> bytes:
    paper = LetterPaper("Invoice 12", "The Mill", FIRST, paragraphs=paragraphs)
    return letter_pdf(paper, large_print=False)


def a_photograph() -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (300, 500), "white").save(picture, "JPEG")
    return picture.getvalue()


def a_locked_pdf() -> bytes:
    writer, found = PdfWriter(PdfReader(io.BytesIO(a_pdf("x")))), io.BytesIO()
    writer.encrypt("secret")
    writer.write(found)
    return found.getvalue()


@pytest.fixture
def office() -> Iterator[Office]:
    with Office.in_memory() as office:
        ledger = office.ledger
        bank = ledger.add_account(
            Account(0, "", "Direct payment account", AccountKind.BANK, FIRST, Money(1000_00))
        )
        ledger.set_funder(Funder(0, "rbc", "Riverton Council", FunderKind.LOCAL_AUTHORITY))
        ledger.keep_statement(bank, "q.csv", STATEMENT.encode(), settle=False)
        for line, (payee, category) in zip(ledger.lines(), CODED, strict=True):
            ledger.code_line(line.line_id, payee, [Part(category, line.amount)])
        with office.book.change("Named who is who") as tx:
            person = tx.add(Party(0, "Mary Holt", reference="RB-1"))
            for role in Role:
                tx.add(RoleHeld(0, person, role, FIRST))
            tx.add(PersonalAssistant(0, "Ada", "Keane", date(1990, 1, 1)))
        yield office


def attach(office: Office, payee: str, kind: str, title: str, content: bytes) -> None:
    entry = next(one for one in office.ledger.entries(FIRST) if one.payee == payee)
    paper = office.ledger.keep_paper(title, content, kind, title, day=entry.day)
    office.ledger.attach(paper.paper_id, entry_id=entry.entry_id)


def read(pdf: bytes) -> tuple[PdfReader, list[str]]:
    reader = PdfReader(io.BytesIO(pdf))
    return reader, [" ".join(page.extract_text().split()) for page in reader.pages]


def bookmarks(reader: PdfReader) -> list[tuple[str, int]]:
    """Return each bookmark and the page it leads to, counted from 1."""

    def walk(items: list[Any]) -> Iterator[tuple[str, int]]:
        for item in items:
            if isinstance(item, list):
                yield from walk(item)
            else:
                place = reader.get_destination_page_number(item)
                assert place is not None
                yield item.title, place + 1

    return list(walk(reader.outline))


def test_numbers_point_both_ways(office: Office) -> None:
    attach(office, "The Mill", "invoice", "Invoice 12", a_pdf("Two days at the mill"))
    attach(office, "The Mill", "receipt", "Receipt of the Mill", a_photograph())

    reader, pages = read(office.bundles.pdf(*ASKED))
    index = " ".join(pages[:2])

    assert re.search(r"Day .*?£50\.00 1\b", index)
    assert re.search(r"1 13/07/2026 The Mill: .*?−£50\.00 .*?E1, E2", index)
    found = re.search(r"E1 Invoice .*?Invoice 12 13/07/2026 1 (\d+)", index)
    assert found is not None
    page = int(found[1])
    assert "Two days at the mill" in pages[page - 1]
    assert f"E1, for payment 1 Bundle page {page} of {len(pages)}" in pages[page - 1]
    assert ("E1 Invoice 12", page) in bookmarks(reader)


def test_every_page_says_its_number_and_every_part_has_a_bookmark(office: Office) -> None:
    reader, pages = read(office.bundles.pdf(*ASKED))

    for number, page in enumerate(pages, start=1):
        assert f"Bundle page {number} of {len(pages)}" in page
    assert [name for name, _page in bookmarks(reader)] == [
        "Index",
        "The return",
        "Audit statement",
    ]
    assert reader.metadata is not None
    assert reader.metadata.title == "Evidence for the Quarterly return"


def test_what_is_missing_is_listed_with_its_payment(office: Office) -> None:
    index = read(office.bundles.pdf(*ASKED))[1][0:3]

    assert "Papers that are missing" in " ".join(index)
    assert re.search(r"Payment 3, Pharmacy, −£18\.49: missing: ", " ".join(index))


def test_a_paper_that_cannot_be_shown_is_a_page_that_says_so(office: Office) -> None:
    attach(office, "The Mill", "invoice", "Locked", a_locked_pdf())
    attach(office, "The Mill", "invoice", "Broken", b"%PDF-1.7\nnothing")
    attach(office, "Pharmacy", "receipt", "Typed", b"Gloves, bought by card")

    text = " ".join(read(office.bundles.pdf(*ASKED))[1])

    assert "This PDF is locked" in text
    assert "This PDF is damaged" in text or "has no page" in text
    assert "Gloves, bought by card" in text


def test_the_private_copy_holds_no_name_and_no_private_paper(office: Office) -> None:
    attach(office, "Ada Keane", "timesheet", "Hours of Ada Keane", a_pdf("Ada Keane, 9 hours"))

    whole = " ".join(read(office.bundles.pdf(*ASKED))[1])
    private = office.bundles.pdf(*ASKED, private=True)
    said = " ".join(read(private)[1])

    assert "Ada Keane, 9 hours" in whole
    assert "keane" not in said.casefold()
    assert "A.K." in said
    assert "left out: it says private things" in said
    assert b"Keane" not in private


def test_progress_is_told_and_can_stop_it(office: Office, tmp_path: Path) -> None:
    attach(office, "The Mill", "invoice", "Invoice 12", a_pdf("x"))
    told: list[tuple[int, int]] = []

    office.bundles.pdf(*ASKED, progress=lambda done, total: told.append((done, total)))

    assert told == [(0, 1), (1, 1)]

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        office.bundles.write_file(tmp_path / "b.pdf", *ASKED, progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_a_file_or_a_folder_is_written_whole_and_over_nothing(
    office: Office, tmp_path: Path
) -> None:
    attach(office, "The Mill", "invoice", "Invoice/12", a_pdf("Two days"))
    attach(office, "The Mill", "receipt", "Photograph", a_photograph())
    file, folder = tmp_path / "bundle.pdf", tmp_path / "bundle"

    assert office.bundles.write_file(file, *ASKED) == file
    office.bundles.write_folder(folder, *ASKED)

    assert sorted(path.name for path in folder.iterdir()) == [
        "0 bundle with index.pdf",
        "Audit statement.pdf",
        "E1 Invoice-12.pdf",
        "E2 Photograph.jpg",
        "The return.pdf",
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bundle", "bundle.pdf"]
    for write in (office.bundles.write_file, office.bundles.write_folder):
        with pytest.raises(EntryError, match="there already"):
            write(folder, *ASKED)


def test_a_place_that_cannot_be_written_is_said_in_words(office: Office, tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="could not be written"):
        office.bundles.write_file(tmp_path / "nowhere" / "b.pdf", *ASKED)
