"""Nothing on a paper is cut off, and nothing is printed over anything else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpemployer.documents.layout import Block, Paper
from dpemployer.documents.monitoring_return import (
    ReturnLine,
    audit_statement_pdf,
    return_pdf,
)
from dpemployer.documents.payslip import payslip_pdf
from dpemployer.documents.pdf import About
from dpemployer.documents.tables import Column, Row, share_width
from dpemployer.money import Money
from dpemployer.payroll.payslip import PayslipLine
from dpemployer.payroll.people import PayType
from tests.documents.builders import a_paper, a_payslip, a_return, an_audit
from tests.documents.reading import PAGE, ReadBack, Span
from tests.documents.test_tagging import EVERY_PAPER, PAPERS, read_back

LONG_NAME = "Oluwaseun Adébáyò-Fitzwilliam Llanfairpwllgwyngyllgogerychwyrndrobwllllantysilio III"
ONE_LONG_WORD = "averyveryverylongmailboxname.with.no.break.at.all@" + "subdomain." * 12 + "example"
MARGIN_ORDINARY, MARGIN_LARGE = 48, 42
ABOUT = About("A paper", "Somebody", date(2026, 1, 1))
SIZES = pytest.mark.parametrize("large", [False, True], ids=["ordinary", "large"])


def assert_fits(read: ReadBack, *, large: bool) -> None:
    """Check every piece of text: inside the margins, and apart from every other."""
    margin = MARGIN_LARGE if large else MARGIN_ORDINARY
    for page in range(len(read.reader.pages)):
        spans = [span for span in read.spans if span.page == page and span.text.strip()]
        for span in spans:
            assert span.left >= margin - 0.01, span
            assert _end(span) <= PAGE[0] - margin + 0.01, span
            assert span.baseline >= margin - 0.01, span
            assert span.top <= PAGE[1] - margin + 0.01, span
        spans.sort(key=lambda span: span.baseline)
        for place, one in enumerate(spans):
            for other in spans[place + 1 :]:
                if other.baseline > one.top - 0.01:
                    break
                apart = _end(one) <= other.left + 0.01 or _end(other) <= one.left + 0.01
                assert apart, (one, other)


def _end(span: Span) -> float:
    """Where its letters end; the space that joins it to the next line is not seen."""
    return span.right - (0.26 * span.size if span.text.endswith(" ") else 0)


@pytest.mark.parametrize(("name", "large"), EVERY_PAPER)
def test_every_paper_fits(name: str, *, large: bool) -> None:
    assert_fits(read_back(name, large), large=large)


@SIZES
def test_large_print_is_large_to_the_last_letter(*, large: bool) -> None:
    for name in PAPERS:
        smallest = min(span.size for span in read_back(name, large).spans)

        assert smallest >= (16 if large else 10)


@SIZES
def test_long_names_are_broken_and_not_cut(*, large: bool) -> None:
    slip = a_payslip(
        name=LONG_NAME,
        lines=(PayslipLine(PayType.BASIC, LONG_NAME, Money(75_665), 600, rate=Money(7_566)),),
        deductions=((f"Council tax: {LONG_NAME}", Money(2_500)),),
    )
    paper = a_paper(slip, employer_name=ONE_LONG_WORD, address=f"{LONG_NAME}\n{LONG_NAME}")

    read = ReadBack.of(payslip_pdf(paper, large_print=large))

    assert_fits(read, large=large)
    assert f"Name | {LONG_NAME}" in read.text
    assert f"Employer | {ONE_LONG_WORD}" in read.text
    assert f"{LONG_NAME} | 10 hours | £75.66 an hour | £756.65" in read.text


@SIZES
def test_a_payslip_of_ninety_lines_loses_none(*, large: bool) -> None:
    lines = tuple(
        PayslipLine(PayType.BASIC, f"Bank holiday rate number {n}", Money(n), 60, rate=Money(n))
        for n in range(1, 91)
    )

    read = ReadBack.of(payslip_pdf(a_paper(a_payslip(lines=lines)), large_print=large))

    assert_fits(read, large=large)
    text = read.text
    assert all(f"rate number {n} | 1 hour | " in text for n in range(1, 91))


@SIZES
def test_an_audit_statement_of_two_hundred_entries_loses_none(*, large: bool) -> None:
    read = ReadBack.of(audit_statement_pdf(an_audit(200), large_print=large))

    assert_fits(read, large=large)
    text = read.text
    assert all(f"Payee number {number} of Hexley" in text for number in range(1, 201))


@SIZES
def test_a_return_with_very_long_labels_and_amounts_fits(*, large: bool) -> None:
    section = a_return().sections[0]
    lines = (ReturnLine(LONG_NAME * 4, "−£123,456,789.01", ((LONG_NAME * 3, "£999,999.99"),)),)
    paper = a_return(
        sections=(replace(section, lines=lines, title=LONG_NAME, paragraphs=(LONG_NAME * 60,)),),
        header=((LONG_NAME * 2, LONG_NAME),),
    )

    read = ReadBack.of(return_pdf(paper, large_print=large))

    assert_fits(read, large=large)
    assert LONG_NAME * 60 in read.text


@SIZES
@settings(max_examples=25, deadline=None)
@given(
    rows=st.lists(
        st.tuples(
            st.text(st.characters(codec="utf-8", max_codepoint=0x17F), max_size=90),
            st.text("abcdefghij -@.", max_size=90),
            st.integers(-10_000_000, 10_000_000).map(lambda pence: str(Money(pence))),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_any_table_fits(rows: list[tuple[str, str, str]], *, large: bool) -> None:
    sheet = Paper(ABOUT, large_print=large, foot="A foot that is repeated on every page")
    sheet.heading("A table of anything")
    sheet.table(
        [Column("Some words"), Column("Others"), Column("Amount", figures=True)],
        [Row(row, strong=number % 5 == 4) for number, row in enumerate(rows)],
    )

    read = ReadBack.of(sheet.finish())

    assert_fits(read, large=large)
    drawn = "".join(span.text for span in read.spans).replace(" ", "")
    assert all(amount in drawn for *_words, amount in rows)


@SIZES
def test_a_row_taller_than_a_page_goes_on_over_the_next(*, large: bool) -> None:
    words = " ".join(f"word{number}" for number in range(2_000))
    sheet = Paper(ABOUT, large_print=large)
    sheet.table([Column("Name"), Column("Reason")], [Row(("A", words)), Row(("B", "short"))])

    read = ReadBack.of(sheet.finish())

    assert_fits(read, large=large)
    assert f"A | {words}" in read.text
    assert "B | short" in read.text


@SIZES
def test_a_heading_is_never_alone_at_the_foot_of_a_page(*, large: bool) -> None:
    for lines in range(60):
        sheet = Paper(ABOUT, large_print=large)
        for _line in range(lines):
            sheet.paragraph("x")
        sheet.heading("The heading")
        sheet.table([Column("Column"), Column("Other")], [Row(("first", "row"))])

        spans = ReadBack.of(sheet.finish()).spans

        pages = {span.page for span in spans if span.text in {"The heading", "Column", "first"}}
        assert len(pages) == 1


@SIZES
def test_a_short_table_is_kept_on_one_page(*, large: bool) -> None:
    for lines in range(60):
        sheet = Paper(ABOUT, large_print=large)
        for _line in range(lines):
            sheet.paragraph("x")
        sheet.heading("The heading")
        sheet.table([Column("Column"), Column("Other")], [Row((f"r{n}", "y")) for n in range(5)])

        spans = ReadBack.of(sheet.finish()).spans

        wanted = {"The heading", "Column", *(f"r{n}" for n in range(5))}
        assert len({span.page for span in spans if span.text in wanted}) == 1


@SIZES
def test_a_last_heading_with_nothing_under_it_still_fits(*, large: bool) -> None:
    for lines in range(60):
        sheet = Paper(ABOUT, large_print=large)
        for _line in range(lines):
            sheet.paragraph("x")
        sheet.heading("The last heading")

        assert_fits(ReadBack.of(sheet.finish()), large=large)


@SIZES
def test_blocks_side_by_side_longer_than_a_page_are_all_there(*, large: bool) -> None:
    sheet = Paper(ABOUT, large_print=large)
    sheet.paragraph("Before")
    many = [Row((f"left {number}", "x")) for number in range(90)]
    few = [Row((f"right {number}", "£1.00")) for number in range(3)]
    sheet.beside([Block("Left", many)], [Block("Right", few, figures=True)])
    sheet.paragraph("After")

    read = ReadBack.of(sheet.finish())

    assert_fits(read, large=large)
    assert read.text.splitlines()[-1] == "After"
    assert "left 89 | x" in read.text
    assert "right 2 | £1.00" in read.text


def test_many_columns_of_few_rows_are_turned_on_their_side() -> None:
    sheet = Paper(ABOUT, large_print=True)
    columns = [Column("Initials"), *(Column(f"Figure {n}", figures=True) for n in range(12))]
    sheet.table(columns, [Row(("A.K.", *["£1,000.00"] * 12)), Row(("R.O.", *["£1.00"] * 12))])

    lines = ReadBack.of(sheet.finish()).text.splitlines()

    assert lines[:2] == ["Initials | A.K. | R.O.", "Figure 0 | £1,000.00 | £1.00"]


def test_many_columns_of_many_rows_become_facts() -> None:
    sheet = Paper(ABOUT, large_print=True)
    columns = [Column("Initials"), *(Column(f"Figure {n}", figures=True) for n in range(12))]
    sheet.table(columns, [Row((f"P{n}", *["£1,000.00"] * 11, "")) for n in range(20)])

    read = ReadBack.of(sheet.finish())

    assert_fits(read, large=True)
    assert read.text.count("Figure 0 | £1,000.00") == 20
    assert "Figure 11" not in read.text


@given(
    columns=st.lists(
        st.tuples(st.integers(1, 100_000), st.integers(0, 400_000), st.booleans()),
        min_size=1,
        max_size=8,
    ),
    room=st.integers(1, 800_000),
)
def test_width_is_shared_whole_and_nobody_gets_less_than_they_need(
    columns: list[tuple[int, int, bool]], room: int
) -> None:
    least = [need for need, _more, _words in columns]
    natural = [need + more for need, more, _words in columns]

    widths = share_width(least, natural, [words for *_sizes, words in columns], room)

    if sum(least) > room:
        assert widths is None
    else:
        assert widths is not None
        assert all(width >= need for width, need in zip(widths, least, strict=True))
        assert room - len(columns) <= sum(widths) <= room
