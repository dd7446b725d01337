"""A payslip as a tagged PDF, against ReportLab's own drawing of the same page without tags."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from dpemployer.documents import layout, pdf
from dpemployer.documents.payslip import payslip_pdf
from tests.bench.measuring import Comparison, side_by_side
from tests.documents.builders import a_paper

if TYPE_CHECKING:
    from collections.abc import Sequence


class Drawn(NamedTuple):
    """Something on the page, where ReportLab's canvas would be told to draw it."""

    left: float
    """In points, as ReportLab is given them."""
    bottom: float
    font: Any
    size: int
    text: str
    box: tuple[float, float] | None


def payslip() -> Comparison:
    """One payslip: from its figures to bytes, laid out and tagged; from known places to bytes."""
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415 - the door to paper is `documents`
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - as above

    paper = a_paper()
    pages = _laid_out(paper)
    for font in {
        drawn.font.fontName: drawn.font for page in pages for drawn in page if drawn.font
    }.values():
        pdfmetrics.registerFont(font)

    def ours() -> bytes:
        return payslip_pdf(paper, large_print=False)

    def reportlab() -> bytes:
        out = BytesIO()
        canvas = Canvas(out, pagesize=(595.276, 841.89), pageCompression=1, invariant=1)
        for page in pages:
            for drawn in page:
                if drawn.box is None:
                    canvas.setFont(drawn.font.fontName, drawn.size)
                    canvas.drawString(drawn.left, drawn.bottom, drawn.text)
                else:
                    canvas.rect(drawn.left, drawn.bottom, *drawn.box, stroke=0, fill=1)
            canvas.showPage()
        canvas.save()
        return out.getvalue()

    marks = sum(map(len, pages))
    timings = side_by_side(("ours, tagged", ours), ("ReportLab's canvas", reportlab), rounds=40)
    return Comparison(
        "A tagged payslip PDF, against ReportLab's own untagged drawing of it",
        f"one page, {marks} pieces of text and rules in Noto Sans; ours also lays it out",
        *timings,
        goal=1.5,
        note=f"{len(ours()):,} bytes, against {len(reportlab()):,}.",
    )


def _laid_out(paper: Any) -> list[list[Drawn]]:
    """Lay the payslip out once, and note where everything is drawn."""
    caught: list[Sequence[pdf.Page]] = []
    write = pdf.write

    def catch(pages: Sequence[pdf.Page], *rest: Any, **named: Any) -> bytes:
        caught.append(pages)
        return write(pages, *rest, **named)

    layout.write = catch  # type: ignore[attr-defined] # put back below
    try:
        payslip_pdf(paper, large_print=False)
    finally:
        layout.write = write  # type: ignore[attr-defined] # as it was
    return [[_drawn(mark) for mark in page.marks] for page in caught[0]]


def _drawn(mark: pdf.Words | pdf.Box) -> Drawn:
    if isinstance(mark, pdf.Box):
        bottom = _points(pdf.A4[1] - mark.top - mark.height)
        return Drawn(
            _points(mark.left), bottom, None, 0, "", (_points(mark.width), _points(mark.height))
        )
    (piece,) = mark.line.pieces
    baseline = _points(pdf.A4[1] - mark.baseline)
    return Drawn(_points(mark.left), baseline, piece.font, mark.size, piece.letters, None)


def _points(thousandths: int) -> float:
    return thousandths / 1000
