"""A paper can be listened to: everything drawn is named, in order, and nothing is named twice."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from dpemployer.documents.layout import Block, Paper
from dpemployer.documents.letter import letter_pdf
from dpemployer.documents.monitoring_return import audit_statement_pdf, return_pdf
from dpemployer.documents.payslip import payslip_pdf
from dpemployer.documents.pdf import About
from dpemployer.documents.recovery_sheet import recovery_sheet_pdf
from dpemployer.documents.tables import Column, Row
from dpemployer.documents.timesheet import timesheet_pdf
from tests.documents.builders import (
    a_letter,
    a_paper,
    a_payslip,
    a_return,
    a_timesheet,
    an_audit,
)
from tests.documents.reading import ReadBack

if TYPE_CHECKING:
    from collections.abc import Callable

GROUPS = tuple(f"AB{number:02d}C" for number in range(22, 36))
PAPERS: dict[str, Callable[[bool], bytes]] = {
    "payslip": lambda large: payslip_pdf(a_paper(), large_print=large),
    "payslip in four scripts": lambda large: payslip_pdf(
        a_paper(
            a_payslip(name="ગુજરાતી નામ"),
            employer_name="نام احمد 12",
            address="শিল্পী\nਪੰਜਾਬੀ ਕੌਰ",
        ),
        large_print=large,
    ),
    "return": lambda large: return_pdf(a_return(), large_print=large),
    "audit statement": lambda large: audit_statement_pdf(an_audit(60), large_print=large),
    "timesheet": lambda large: timesheet_pdf(a_timesheet(blank_rows=40), large_print=large),
    "letter": lambda large: letter_pdf(a_letter(), large_print=large),
    "recovery sheet": lambda large: recovery_sheet_pdf(
        "The Ellis book", GROUPS, date(2026, 7, 1), "0.1.0", large_print=large
    ),
}
EVERY_PAPER = [(name, large) for name in PAPERS for large in (False, True)]


@pytest.fixture(
    params=EVERY_PAPER, ids=[f"{name}{', large' if large else ''}" for name, large in EVERY_PAPER]
)
def paper(request: pytest.FixtureRequest) -> ReadBack:
    return read_back(*request.param)


@cache
def read_back(name: str, large: bool) -> ReadBack:
    return ReadBack.of(PAPERS[name](large))


def test_everything_drawn_belongs_to_one_element_or_is_furniture(paper: ReadBack) -> None:
    owners = Counter(_marks_in_tree(paper))
    drawn = {(span.page, span.mark) for span in paper.spans if span.mark is not None}

    assert paper.balanced
    assert set(owners.values()) == {1}
    assert set(owners) == drawn


def test_the_parent_tree_leads_from_each_mark_to_the_element_it_is_in(paper: ReadBack) -> None:
    root = paper.catalog["/StructTreeRoot"]
    listed = root["/ParentTree"]["/Nums"]
    by_page = dict(zip(listed[::2], listed[1::2], strict=True))

    for number, page in enumerate(paper.reader.pages):
        owners = by_page[page["/StructParents"]]
        for mark, owner in enumerate(owners):
            assert (number, mark) in [
                (number, kid["/MCID"])
                for kid in owner.get_object()["/K"]
                if kid.get_object().get("/Type") == "/MCR"
                and kid.raw_get("/Pg") == page.indirect_reference
            ]


def test_every_element_knows_its_parent(paper: ReadBack) -> None:
    root = paper.catalog["/StructTreeRoot"]
    (top,) = root["/K"]

    assert top.get_object().raw_get("/P") == paper.catalog.raw_get("/StructTreeRoot")
    for parent, child in _parents_and_children(top):
        assert child.get_object().raw_get("/P") == parent


def test_every_header_cell_says_what_it_heads(paper: ReadBack) -> None:
    headers = list(paper.tree.every("TH"))

    assert {header.scope for header in headers} <= {"Row", "Column"}


def test_every_row_of_a_table_has_every_cell(paper: ReadBack) -> None:
    for table in paper.tree.every("Table"):
        assert {part.tag for part in table.parts} == {"TR"}
        assert len({len(row.parts) for row in table.parts}) == 1
        assert all(row.parts[0].tag == "TH" for row in table.parts)


def test_a_list_is_made_of_items_with_a_label_and_a_body(paper: ReadBack) -> None:
    for listed in paper.tree.every("L"):
        for item in listed.parts:
            assert [part.tag for part in item.parts] == ["Lbl", "LBody"]


def test_headings_go_down_one_step_at_a_time(paper: ReadBack) -> None:
    levels = [int(part.tag[1]) for part in paper.tree.parts if part.tag in {"H1", "H2", "H3"}]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_document_says_what_it_is_and_in_which_language(paper: ReadBack) -> None:
    catalog = paper.catalog
    metadata = catalog["/Metadata"].get_data().decode()

    assert catalog["/Lang"] == "en-GB"
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert paper.reader.metadata is not None
    assert f">{paper.reader.metadata.title}</rdf:li>" in metadata
    assert {str(page["/Tabs"]) for page in paper.reader.pages} == {"/S"}


def test_no_conformance_is_claimed_that_nobody_has_shown(paper: ReadBack) -> None:
    assert b"pdfuaid" not in paper.catalog["/Metadata"].get_data()


def test_every_typeface_is_inside_the_file(paper: ReadBack) -> None:
    for page in paper.reader.pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            assert "/FontFile2" in font["/FontDescriptor"]


@pytest.mark.parametrize("name", list(PAPERS))
def test_the_same_paper_is_the_same_bytes_whatever_was_printed_before(name: str) -> None:
    alone = PAPERS[name](False)
    for other in PAPERS.values():
        other(True)

    assert PAPERS[name](False) == alone


def test_what_is_measured_against_looks_the_same_and_has_no_tags() -> None:
    tagged = ReadBack.of(payslip_pdf(a_paper(), large_print=False))
    plain = ReadBack.of(payslip_pdf(a_paper(), large_print=False, tagged=False))

    assert "/StructTreeRoot" not in plain.catalog
    assert [(s.left, s.baseline, s.text) for s in plain.spans] == [
        (s.left, s.baseline, s.text) for s in tagged.spans
    ]


def test_a_heading_drawn_again_on_the_next_page_is_read_out_once() -> None:
    sheet = Paper(About("A", "B", date(2026, 1, 1)), large_print=False)
    sheet.table(
        [Column("Day"), Column("Amount", figures=True)],
        [Row((f"Day {number}", f"£{number}.00")) for number in range(200)],
    )

    read = ReadBack.of(sheet.finish())

    assert len(read.reader.pages) > 3
    assert all("Day Amount" in read.furniture(page) for page in range(1, 4))
    assert read.text.count("Day | Amount") == 1
    assert read.text.splitlines()[1:] == [f"Day {n} | £{n}.00" for n in range(200)]


def test_blocks_side_by_side_are_read_one_after_the_other() -> None:
    sheet = Paper(About("A", "B", date(2026, 1, 1)), large_print=False)
    sheet.title("T")
    sheet.beside(
        [Block("Left", [Row(("a", "1")), Row(("b", "2"))])],
        [Block("Right", [Row(("c", "3")), Row(("d", "4"))], figures=True)],
    )

    read = ReadBack.of(sheet.finish())

    assert read.text.splitlines() == ["T", "Left", "a | 1", "b | 2", "Right", "c | 3", "d | 4"]
    assert len({span.baseline for span in read.spans if span.text in {"a", "c"}}) == 1


def _marks_in_tree(paper: ReadBack) -> list[tuple[int, int]]:
    pages = {page.indirect_reference: n for n, page in enumerate(paper.reader.pages)}
    marks = []
    waiting = [paper.catalog["/StructTreeRoot"]["/K"][0].get_object()]
    while waiting:
        for kid in waiting.pop()["/K"]:
            found = kid.get_object()
            if found.get("/Type") == "/MCR":
                marks.append((pages[found.raw_get("/Pg")], int(found["/MCID"])))
            else:
                waiting.append(found)
    return marks


def _parents_and_children(top: Any) -> list[tuple[Any, Any]]:
    pairs = []
    waiting = [top]
    while waiting:
        parent = waiting.pop()
        for kid in parent.get_object()["/K"]:
            if kid.get_object().get("/Type") != "/MCR":
                pairs.append((parent, kid))
                waiting.append(kid)
    return pairs
