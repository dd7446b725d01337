"""Pages, and what they mean, written as a PDF: the only module that builds one.

ReportLab writes the objects and the fonts, but knows nothing of tagging. Added here, for
people who listen to a paper or see it in another shape: marked content around everything
drawn, a structure tree that says what each piece is and in which order it is read, and the
true text behind shaped glyphs. Rules, page numbers and repeated headings are marked as
artifacts and stay out of the tree.

The same pages give the same bytes: no clock, no random number, nothing from the computer.

Source: ISO 32000-1:2008, sections 14.6 to 14.9.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from dpemployer.documents.fonts import Line
from dpemployer.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dpemployer.documents.fonts import Piece

A4 = (595_276, 841_890)
"""Width and height in thousandths of a point, the unit of everything here."""

_ARTIFACT = "/Artifact BMC"
_FURNITURE = "/Artifact <</Type /Pagination>> BDC"


class Element:
    """A part of the structure tree: what something is, and what it is made of."""

    __slots__ = ("attributes", "kids", "tag")

    def __init__(self, tag: str, attributes: str = "") -> None:
        self.tag = tag
        self.attributes = attributes
        """Such as a header cell's scope, in PDF's own notation."""
        self.kids: list[Element | tuple[int, int]] = []
        """Smaller parts, or (page, mark) of something drawn."""

    def add(self, tag: str, attributes: str = "") -> Element:
        """Add a part at the end and return it."""
        part = Element(tag, attributes)
        self.kids.append(part)
        return part


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text at a place on a page. Without an element it is page furniture."""

    left: int
    baseline: int
    """Down from the top edge."""
    line: Line
    size: int
    """In whole points."""
    element: Element | None


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle; a rule is a thin one. Decoration, never read out."""

    left: int
    top: int
    width: int
    height: int
    grey: int
    """In thousandths, from black at 0 to white."""


@dataclass(slots=True)
class Page:
    """What is drawn on one page, in the order it is drawn."""

    marks: list[Words | Box] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class About:
    """What a PDF says about itself."""

    title: str
    author: str
    dated: date
    language: str = "en-GB"


def write(pages: Sequence[Page], tree: Element, about: About, *, tagged: bool = True) -> bytes:
    """Write *pages* as a PDF.

    Args:
        pages: In order; every element they name is in *tree*.
        tree: The whole document's structure; what was drawn is added to it here.
        about: Title, author, date and language.
        tagged: False draws the same pages without any tagging, to measure what it costs.
    """
    from reportlab.pdfbase import pdfdoc  # noqa: PLC0415 - a tenth of a second to load

    document = pdfdoc.PDFDocument(
        compression=1, invariant=1, pdfVersion=(1, 7), lang=about.language
    )
    document.setTitle(about.title)
    document.setAuthor(about.author)
    document.setSubject(about.title)
    document.setCreator(_("DP Employer"))
    document.setDateFormatter(lambda *_now: f"D:{about.dated:%Y%m%d}")
    parents: list[list[Element]] = []
    for number, page in enumerate(pages):
        marked: list[Element] = []
        code = _tagged(page, number, document, marked) if tagged else _untagged(page, document)
        parents.append(marked)
        _add_page(pdfdoc, document, code, number if tagged else None)
    catalog = document.Catalog
    catalog.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": "true"})
    catalog.Metadata = _metadata(pdfdoc, about)
    if tagged:
        catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
        catalog.StructTreeRoot = _write_tree(document, tree, parents)
    data: bytes = document.GetPDFData(None)
    return data


def _add_page(pdfdoc: Any, document: Any, code: list[str], struct_parents: int | None) -> None:
    page = pdfdoc.PDFPage()
    # ReportLab would otherwise make the stream itself, a quarter bigger and much more slowly.
    page.Override_default_compilation = 1
    page.Contents = pdfdoc.PDFStream(content="\n".join(code), filters=[pdfdoc.PDFZCompress])
    page.MediaBox = f"[0 0 {_points(A4[0])} {_points(A4[1])}]"
    page.Resources = pdfdoc.PDFResourceDictionary()
    page.Resources.basicFonts()
    page.Parent = document.Pages
    if struct_parents is not None:
        page.StructParents = struct_parents
        page.Tabs = "/S"
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
    document.addPage(page)


def _metadata(pdfdoc: Any, about: About) -> Any:
    """Title and language again, as XMP, where newer readers look first."""
    title = escape(about.title)
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>\n'
        f"<dc:language><rdf:Bag><rdf:li>{about.language}</rdf:li></rdf:Bag></dc:language>\n"
        "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n"
        '<?xpacket end="r"?>\n'
    )
    stream = pdfdoc.XMP(creator=lambda _document: packet.encode())
    # Never compressed, so that it can be read without understanding PDF.
    stream.filters = []
    return stream


# ── what is drawn ─────────────────────────────────────────────────────────────────────


def _untagged(page: Page, document: Any) -> list[str]:
    code: list[str] = []
    for mark in page.marks:
        if isinstance(mark, Box):
            code.append(_box(mark))
        else:
            code.extend(_words(mark, document))
    return code


def _tagged(page: Page, number: int, document: Any, marked: list[Element]) -> list[str]:
    """Draw a page with marks around it, and note in *marked* whose each mark is."""
    code: list[str] = []
    within: object = None
    for mark in page.marks:
        if isinstance(mark, Box):
            wanted: object = _ARTIFACT
        else:
            wanted = mark.element or _FURNITURE
        if wanted is not within:
            if within is not None:
                code.append("EMC")
            within = wanted
            if isinstance(wanted, Element):
                wanted.kids.append((number, len(marked)))
                code.append(f"/{wanted.tag} <</MCID {len(marked)}>> BDC")
                marked.append(wanted)
            else:
                code.append(str(wanted))
        if isinstance(mark, Box):
            code.append(_box(mark))
        elif mark.line.shaped:
            code.append(f"/Span <</ActualText {_hex(mark.line.says)}>> BDC")
            code.extend(_words(mark, document))
            code.append("EMC")
        else:
            code.extend(_words(mark, document))
    if within is not None:
        code.append("EMC")
    return code


def _box(box: Box) -> str:
    bottom = A4[1] - box.top - box.height
    return (
        f"{_points(box.grey)} g {_points(box.left)} {_points(bottom)} "
        f"{_points(box.width)} {_points(box.height)} re f 0 g"
    )


def _words(words: Words, document: Any) -> Iterator[str]:
    """Draw a line: one text object, each piece following on from the one before."""
    yield f"BT {_points(words.left)} {_points(A4[1] - words.baseline)} Td"
    for piece in words.line.pieces:
        yield from _piece(piece, words.size, document)
    yield "ET"


def _piece(piece: Piece, size: int, document: Any) -> Iterator[str]:
    font = piece.font
    if not piece.glyphs:
        for subset, codes in font.splitString(piece.letters, document):
            yield f"{font.getSubsetInternalName(subset, document)} {size} Tf ({_escaped(codes)}) Tj"
        return
    glyphs = iter(piece.glyphs)
    text = "".join(glyph.code for glyph in piece.glyphs)
    for subset, codes in font.splitString(text, document):
        yield f"{font.getSubsetInternalName(subset, document)} {size} Tf"
        for code, glyph in zip(codes, glyphs, strict=False):
            # PDF moves the pen by the glyph's width; shaping wants it moved by the advance.
            back = glyph.width + glyph.right - glyph.advance
            drawn = f"[{-glyph.right} ({_escaped(bytes([code]))}) {back}] TJ"
            yield f"{_points(glyph.up * size)} Ts {drawn} 0 Ts" if glyph.up else drawn


_ESCAPES = {code: f"\\{code:03o}" for code in (*range(32), *range(127, 256))} | {
    ord(character): f"\\{character}" for character in "()\\"
}


def _escaped(codes: bytes) -> str:
    return codes.decode("latin-1").translate(_ESCAPES)


def _points(thousandths: int) -> str:
    """Write thousandths of a point as points."""
    if thousandths % 1000 == 0:
        return str(thousandths // 1000)
    sign = "-" if thousandths < 0 else ""
    whole, rest = divmod(abs(thousandths), 1000)
    return f"{sign}{whole}.{rest:03d}"


def _hex(text: str) -> str:
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


# ── what it means ─────────────────────────────────────────────────────────────────────


def _write_tree(document: Any, tree: Element, parents: Iterable[list[Element]]) -> Any:
    """Write every element as an object of its own, and who owns each mark on each page."""
    elements = list(_every(tree))
    first = document.objectcounter + 1
    root_number = first + len(elements)
    numbers = {id(element): first + place for place, element in enumerate(elements)}
    page_numbers = [
        document.idToObjectNumberAndVersion[f"Page{place}"][0]
        for place in range(1, document.pageCounter)
    ]
    above = {
        id(kid): numbers[id(e)] for e in elements for kid in e.kids if isinstance(kid, Element)
    }
    for element in elements:
        parent = above.get(id(element), root_number)
        kids = " ".join(_kids(element, numbers, page_numbers))
        attributes = f" /A <<{element.attributes}>>" if element.attributes else ""
        document.Reference(
            f"<</Type /StructElem /S /{element.tag} /P {parent} 0 R{attributes} /K [{kids}]>>",
            f"Struct{numbers[id(element)]}",
        )
    owners = " ".join(
        f"{number} [{' '.join(f'{numbers[id(element)]} 0 R' for element in marked)}]"
        for number, marked in enumerate(parents)
    )
    return document.Reference(
        f"<</Type /StructTreeRoot /K [{first} 0 R] /ParentTree <</Nums [{owners}]>> "
        f"/ParentTreeNextKey {len(page_numbers)}>>",
        "StructTreeRoot",
    )


def _every(element: Element) -> Iterator[Element]:
    yield element
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from _every(kid)


def _kids(element: Element, numbers: dict[int, int], page_numbers: list[int]) -> Iterator[str]:
    for kid in element.kids:
        if isinstance(kid, Element):
            yield f"{numbers[id(kid)]} 0 R"
        else:
            page, mark = kid
            yield f"<</Type /MCR /Pg {page_numbers[page]} 0 R /MCID {mark}>>"
