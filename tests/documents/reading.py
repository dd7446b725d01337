"""Reads a PDF back: what is drawn where, and what the structure tree says it is.

Written from the PDF specification and not from the code under test, for the operators that
code uses; anything else in a page is an error.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader
from pypdf.generic import ContentStream

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = (595.276, 841.89)


@dataclass(frozen=True, slots=True)
class Span:
    """Text drawn without a break: where it is, what it says, and whose mark it is in."""

    page: int
    left: float
    right: float
    baseline: float
    size: float
    text: str
    mark: int | None
    """None: an artifact."""

    @property
    def top(self) -> float:
        """Where capital letters end."""
        return self.baseline + 0.72 * self.size


@dataclass(frozen=True, slots=True)
class Part:
    """An element of the structure tree."""

    tag: str
    text: str
    """What is drawn for it and for its parts, in order."""
    scope: str = ""
    parts: tuple[Part, ...] = ()

    def every(self, tag: str) -> Iterator[Part]:
        """Find parts by tag, in order, at any depth."""
        for part in self.parts:
            if part.tag == tag:
                yield part
            yield from part.every(tag)


@dataclass(slots=True)
class ReadBack:
    """A PDF read back."""

    reader: PdfReader
    spans: list[Span] = field(default_factory=list)
    balanced: bool = True

    @classmethod
    def of(cls, data: bytes) -> ReadBack:
        """Read a PDF from its bytes."""
        read = cls(PdfReader(BytesIO(data), strict=True))
        for number, page in enumerate(read.reader.pages):
            read.spans.extend(read._spans(number, page))
        return read

    @property
    def catalog(self) -> Any:
        """The document catalog."""
        return self.reader.trailer["/Root"]

    @property
    def tree(self) -> Part:
        """The structure tree, with the text of every part."""
        root = self.catalog["/StructTreeRoot"]
        (top,) = root["/K"]
        pages = {page.indirect_reference: n for n, page in enumerate(self.reader.pages)}
        texts: dict[tuple[int, int | None], str] = defaultdict(str)
        for span in self.spans:
            texts[span.page, span.mark] += span.text
        return self._part(top.get_object(), pages, texts)

    @property
    def text(self) -> str:
        """Everything in the tree, one line for each heading, paragraph, list item and row."""
        return "\n".join(_lines(self.tree))

    def furniture(self, page: int) -> str:
        """What is drawn on a page and not part of the document: foot, repeated headings."""
        return " ".join(span.text for span in self.spans if span.page == page and span.mark is None)

    def _part(
        self, element: Any, pages: dict[Any, int], drawn: dict[tuple[int, int | None], str]
    ) -> Part:
        parts: list[Part] = []
        texts: list[str] = []
        for kid in element["/K"]:
            found = kid.get_object()
            if found.get("/Type") == "/MCR":
                texts.append(drawn[pages[found.raw_get("/Pg")], found["/MCID"]])
            else:
                parts.append(self._part(found, pages, drawn))
                texts.append(parts[-1].text)
        scope = element["/A"]["/Scope"] if "/A" in element else ""
        return Part(element["/S"][1:], "".join(texts), scope[1:], tuple(parts))

    def _spans(self, number: int, page: Any) -> Iterator[Span]:  # noqa: C901, PLR0912 - one branch for each operator
        fonts = {
            name: _Font(font.get_object()) for name, font in page["/Resources"]["/Font"].items()
        }
        x = y = start = 0.0
        size, font = 0.0, None
        text = ""
        within: list[tuple[str, Any]] = []
        for operands, operator in ContentStream(page.get_contents(), self.reader).operations:
            match operator:
                case b"BDC":
                    within.append((operands[0], operands[1]))
                case b"BMC":
                    within.append((operands[0], {}))
                case b"EMC":
                    if not within:
                        self.balanced = False
                    tag, _properties = within.pop()
                    if tag == "/Span":
                        text = ""
                case b"BT":
                    x = y = 0.0
                    text = ""
                case b"Td":
                    x, y = float(operands[0]), float(operands[1])
                    start = x
                case b"Tf":
                    font, size = fonts[operands[0]], float(operands[1])
                case b"Tj" | b"TJ":
                    assert font is not None
                    shown = operands[0] if operator == b"TJ" else [operands[0]]
                    for piece in shown:
                        if isinstance(piece, (bytes, str)):
                            codes = _codes(piece)
                            text += "".join(font.unicode.get(code, "\ufffd") for code in codes)
                            x += sum(font.widths[code] for code in codes) * size / 1000
                        else:
                            x -= float(piece) * size / 1000
                case b"ET":
                    said = next((p["/ActualText"] for t, p in within if t == "/Span"), text)
                    mark = next((p["/MCID"] for _t, p in within if "/MCID" in p), None)
                    yield Span(number, start, x, y, size, said, mark)
                case b"Ts" | b"g" | b"re" | b"f":
                    pass
                case _:
                    raise AssertionError(operator)
        self.balanced = self.balanced and not within


class _Font:
    def __init__(self, font: Any) -> None:
        first = font["/FirstChar"]
        self.widths = {first + place: float(w) for place, w in enumerate(font["/Widths"])}
        self.embedded = "/FontFile2" in font["/FontDescriptor"]
        cmap = font["/ToUnicode"].get_data().decode("latin-1")
        listed = cmap.partition("beginbfchar")[2].partition("endbfchar")[0]
        self.unicode = {
            int(code, 16): bytes.fromhex(text).decode("utf-16-be")
            for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", listed)
        }


def _codes(piece: bytes | str) -> bytes:
    return piece if isinstance(piece, bytes) else piece.original_bytes  # type: ignore[attr-defined]


def _lines(part: Part) -> Iterator[str]:
    match part.tag:
        case "TR" | "LI":
            yield " | ".join(cell.text for cell in part.parts)
        case "Document" | "Table" | "L":
            for smaller in part.parts:
                yield from _lines(smaller)
        case _:
            yield part.text
