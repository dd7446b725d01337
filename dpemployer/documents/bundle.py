"""The evidence bundle: a return with everything behind it in one PDF, numbered both ways.

Every figure names its payments, every payment its figure and its papers, every paper its payment
and the page it begins on. The index is laid out twice: once to learn how many pages it takes, and
again with the page numbers in it.

pypdf puts the pages together. What it does not carry over from a part is that part's tagging, so
the bundle says nothing of being tagged; the return itself does, on its own.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dpemployer.documents.layout import Paper
from dpemployer.documents.letter import LetterPaper, letter_pdf
from dpemployer.documents.pdf import About
from dpemployer.documents.tables import Row, columns_of
from dpemployer.documents.words import period
from dpemployer.i18n import _, ngettext, short_date

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pypdf import PageObject, PdfReader, PdfWriter

    Progress = Callable[[int, int], None]

_A4 = (595, 842)
"""Points, whole: what is drawn here is a picture or a stamp, and need not be finer."""
_MARGIN, _STAMP_SIZE, _ROOM_FOR_STAMP = 36, 9, 24
_MOST_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class BundlePart:
    """A part made by the program: its name in the index, and its pages."""

    title: str
    pdf: bytes


@dataclass(frozen=True, slots=True)
class BundleFigure:
    """One figure of the return, and the numbers of the payments it is made of."""

    label: str
    figure: str
    payments: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BundlePayment:
    """One payment, numbered."""

    number: int
    day: date
    payee: str
    what_for: str
    amount: str
    on_statement: str
    """Which line of which statement; or that it is on none."""
    papers: tuple[str, ...]
    """Labels of the papers that prove it."""
    missing: str = ""
    """The paper it asks for and has not got, and why; empty when nothing is missing."""


@dataclass(frozen=True, slots=True)
class BundlePaper:
    """One paper, as it was kept."""

    label: str
    """E and its number in the book, as on the paper's corner."""
    kind: str
    title: str
    day: date | None
    payments: tuple[int, ...]
    content: bytes
    media_type: str
    left_out: str = ""
    """Why it is not in the bundle; empty when it is."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Everything in one bundle, in order."""

    title: str
    prepared_by: str
    first_day: date
    last_day: date
    header: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    """What whoever reads it should know first."""
    figures: tuple[BundleFigure, ...]
    payments: tuple[BundlePayment, ...]
    before: tuple[BundlePart, ...]
    """After the index and before the papers: the return itself."""
    papers: tuple[BundlePaper, ...]
    after: tuple[BundlePart, ...]
    """Payslips, timesheets, the audit statement."""


def bundle_pdf(bundle: Bundle, progress: Progress | None = None) -> bytes:
    """Put a bundle together.

    Args:
        bundle: What is in it.
        progress: Told how many papers are in so far, and of how many. Whatever it
            raises ends the work, and nothing is left.
    """
    from pypdf import PdfWriter  # noqa: PLC0415 - slow, and only a bundle needs it

    papers = []
    for done, paper in enumerate(bundle.papers):
        if progress is not None:
            progress(done, len(bundle.papers))
        papers.append(_pages_of(paper))
    before = [_reader(part.pdf) for part in bundle.before]
    after = [_reader(part.pdf) for part in bundle.after]
    index, starts = _settled_index(bundle, before, papers, after)
    writer = PdfWriter()
    writer.append(_reader(index), import_outline=False)
    writer.add_outline_item(title=_("Index"), page_number=0)
    for part, pages in zip(bundle.before, before, strict=True):
        _append(writer, part.title, pages)
    _append_papers(writer, bundle, papers)
    for part, pages in zip(bundle.after, after, strict=True):
        _append(writer, part.title, pages)
    _stamp(writer, bundle, starts)
    writer.add_metadata({"/Title": bundle.title, "/Author": bundle.prepared_by})
    found = io.BytesIO()
    writer.write(found)
    if progress is not None:
        progress(len(bundle.papers), len(bundle.papers))
    return found.getvalue()


# ── the index ──


def _settled_index(
    bundle: Bundle,
    before: Sequence[PdfReader],
    papers: Sequence[PdfReader],
    after: Sequence[PdfReader],
) -> tuple[bytes, dict[str, int]]:
    """Lay the index out until the page numbers in it are those of the bundle."""
    length = 1
    for _round in range(_MOST_ROUNDS):
        starts = _starts(bundle, length, before, papers, after)
        index = _index_pdf(bundle, starts)
        pages = len(_reader(index).pages)
        if pages == length:
            break
        length = pages
    return index, starts


def _starts(
    bundle: Bundle,
    index_pages: int,
    before: Sequence[PdfReader],
    papers: Sequence[PdfReader],
    after: Sequence[PdfReader],
) -> dict[str, int]:
    """Return the page each part and each paper begins on."""
    page, starts = index_pages + 1, {}
    names = (
        *(part.title for part in bundle.before),
        *(paper.label for paper in bundle.papers),
        *(part.title for part in bundle.after),
    )
    for name, pages in zip(names, (*before, *papers, *after), strict=True):
        starts[name] = page
        page += len(pages.pages)
    return starts


def _index_pdf(bundle: Bundle, starts: dict[str, int]) -> bytes:
    sheet = Paper(
        About(title=bundle.title, author=bundle.prepared_by, dated=bundle.last_day),
        large_print=False,
        foot=bundle.title,
    )
    sheet.title(bundle.title)
    sheet.facts((*bundle.header, (_("For"), period(bundle.first_day, bundle.last_day))))
    for note in bundle.notes:
        sheet.paragraph(note)
    sheet.heading(_("What is where"))
    parts = [(part.title, str(starts[part.title])) for part in (*bundle.before, *bundle.after)]
    sheet.table(columns_of((_("Part"), _("Page")), parts), [Row(row) for row in parts])
    _figures(sheet, bundle)
    _payments(sheet, bundle)
    _papers(sheet, bundle, starts)
    _missing(sheet, bundle)
    return sheet.finish()


def _figures(sheet: Paper, bundle: Bundle) -> None:
    if not bundle.figures:
        return
    sheet.heading(_("Each figure, and the payments behind it"))
    rows = [(each.label, each.figure, _numbers(each.payments)) for each in bundle.figures]
    heads = (_("Figure"), _("Amount"), _("Payments"))
    sheet.table(columns_of(heads, rows), [Row(row) for row in rows])


def _payments(sheet: Paper, bundle: Bundle) -> None:
    sheet.heading(_("Each payment, and its papers"))
    rows = [
        (
            str(each.number),
            short_date(each.day),
            f"{each.payee}: {each.what_for}" if each.what_for else each.payee,
            each.amount,
            each.on_statement,
            ", ".join(each.papers) or each.missing or _("none needed"),
        )
        for each in bundle.payments
    ]
    heads = (_("No."), _("Day"), _("Who, and what for"), _("Amount"), _("Statement"), _("Papers"))
    if rows:
        sheet.table(columns_of(heads, rows), [Row(row) for row in rows])
    else:
        sheet.paragraph(_("There is no payment in these days."))


def _papers(sheet: Paper, bundle: Bundle, starts: dict[str, int]) -> None:
    sheet.heading(_("Each paper, and what it proves"))
    rows = [
        (
            each.label,
            each.kind,
            each.title,
            "" if each.day is None else short_date(each.day),
            _numbers(each.payments),
            each.left_out or str(starts[each.label]),
        )
        for each in bundle.papers
    ]
    heads = (_("Paper"), _("Kind"), _("What it is"), _("Day"), _("Payments"), _("Page"))
    if rows:
        sheet.table(columns_of(heads, rows), [Row(row) for row in rows])
    else:
        sheet.paragraph(_("No paper is kept in the book for these days."))


def _missing(sheet: Paper, bundle: Bundle) -> None:
    missing = [each for each in bundle.payments if each.missing]
    if missing:
        sheet.heading(_("Papers that are missing"))
        sheet.bullets(
            _("Payment {number}, {payee}, {amount}: {missing}").format(
                number=each.number, payee=each.payee, amount=each.amount, missing=each.missing
            )
            for each in missing
        )


def _numbers(numbers: Sequence[int]) -> str:
    """Write numbers of payments, runs of them with a dash: 1–4, 9."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


# ── pages ──


def _reader(pdf: bytes) -> PdfReader:
    from pypdf import PdfReader  # noqa: PLC0415 - as above

    return PdfReader(io.BytesIO(pdf))


def _pages_of(paper: BundlePaper) -> PdfReader:
    """Return the pages of a paper; one that cannot be shown is a page that says so."""
    if paper.left_out:
        return _said(paper, paper.left_out)
    if not paper.content:
        return _said(paper, _("It is held on paper; there is no picture of it in the book."))
    if paper.media_type == "application/pdf":
        return _document(paper)
    if paper.media_type.startswith("image/"):
        return _picture(paper)
    return _said(paper, *paper.content.decode("utf-8", "replace").splitlines())


def _document(paper: BundlePaper) -> PdfReader:
    try:
        reader = _reader(paper.content)
        if reader.is_encrypted or not reader.pages:
            return _said(paper, _("This PDF is locked, or has no page."))
    except Exception:  # noqa: BLE001 - the library fails in many ways on a broken file
        return _said(paper, _("This PDF is damaged and cannot be shown."))
    return reader


def _said(paper: BundlePaper, *paragraphs: str) -> PdfReader:
    sheet = LetterPaper(
        heading=f"{paper.label}: {paper.title}",
        sender="",
        dated=paper.day or date(2000, 1, 1),
        facts=((_("Kind"), paper.kind),),
        paragraphs=tuple(text for text in paragraphs if text.strip()),
    )
    return _reader(letter_pdf(sheet, large_print=False))


def _picture(paper: BundlePaper) -> PdfReader:
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - as above
    from reportlab.lib.utils import ImageReader  # noqa: PLC0415 - as above
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - as above

    try:
        with Image.open(io.BytesIO(paper.content)) as picture:
            image = ImageReader(picture.convert("RGB"))
    except (OSError, UnidentifiedImageError, ValueError):
        return _said(paper, _("This picture is damaged and cannot be shown."))
    page = io.BytesIO()
    canvas = Canvas(page, pagesize=_A4, invariant=1)
    canvas.drawImage(
        image,
        _MARGIN,
        _MARGIN,
        _A4[0] - 2 * _MARGIN,
        _A4[1] - 2 * _MARGIN - _ROOM_FOR_STAMP,
        preserveAspectRatio=True,
        anchor="n",
    )
    canvas.save()
    return _reader(page.getvalue())


def _append(writer: PdfWriter, title: str, pages: PdfReader) -> None:
    first = len(writer.pages)
    writer.append(pages, import_outline=False)
    writer.add_outline_item(title=title, page_number=first)


def _append_papers(writer: PdfWriter, bundle: Bundle, papers: Sequence[PdfReader]) -> None:
    parent = None
    for paper, pages in zip(bundle.papers, papers, strict=True):
        first = len(writer.pages)
        writer.append(pages, import_outline=False)
        if parent is None:
            parent = writer.add_outline_item(title=_("Papers"), page_number=first)
        title = f"{paper.label} {paper.title}"
        writer.add_outline_item(title=title, page_number=first, parent=parent)


def _stamp(writer: PdfWriter, bundle: Bundle, starts: dict[str, int]) -> None:
    """Write on each page its number in the bundle, and on a paper's what it proves."""
    count = len(writer.pages)
    labels = {starts[paper.label]: _stamp_words(paper) for paper in bundle.papers}
    begin = {starts[part.title] for part in (*bundle.before, *bundle.after)}
    said = ""
    for number, page in enumerate(writer.pages, start=1):
        said = labels.get(number, "" if number in begin else said)
        words = _("Bundle page {number} of {count}").format(number=number, count=count)
        size = (int(page.mediabox.width), int(page.mediabox.height))
        page.merge_page(_stamp_page(f"{said}  {words}".strip(), size))


def _stamp_words(paper: BundlePaper) -> str:
    if not paper.payments:
        return paper.label
    return ngettext(
        "{label}, for payment {numbers}", "{label}, for payments {numbers}", len(paper.payments)
    ).format(label=paper.label, numbers=_numbers(paper.payments))


def _stamp_page(words: str, size: tuple[int, int]) -> PageObject:
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - as above

    page = io.BytesIO()
    canvas = Canvas(page, pagesize=size, invariant=1)
    canvas.setFont("Helvetica", _STAMP_SIZE)
    width = canvas.stringWidth(words, "Helvetica", _STAMP_SIZE)
    left, top = size[0] - width - _MARGIN // 2, size[1] - 3 * _STAMP_SIZE // 2
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(left - 3, top - 3, width + 6, _STAMP_SIZE + 5, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.drawString(left, top, words)
    canvas.save()
    return _reader(page.getvalue()).pages[0]
