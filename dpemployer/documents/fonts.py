"""Lines of text, measured and put in drawing order, in whatever script a name is written.

Widths are whole thousandths of the type size, as the font files give them, so that a layout
is exact and is the same on every computer.

Text in Latin letters, Greek and Cyrillic is drawn letter by letter. Everything else goes the
long way round: Unicode's bidirectional algorithm settles which part runs which way, each part
goes to the typeface for its script, and HarfBuzz turns it into glyphs. Glyphs are not text,
so such a line carries the words it says, for whoever listens to or copies the paper.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from dpemployer.data_files import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

REGULAR = "NotoSans-Regular"
BOLD = "NotoSans-Bold"
SCRIPTS = (
    ("NotoSansArabic-Regular", "\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc"),
    ("NotoSansBengali-Regular", "\u0980-\u09ff"),
    ("NotoSansDevanagari-Regular", "\u0900-\u097f\ua8e0-\ua8ff"),
    ("NotoSansGujarati-Regular", "\u0a80-\u0aff"),
    ("NotoSansGurmukhi-Regular", "\u0a00-\u0a7f"),
    ("NotoSansHebrew-Regular", "\u0590-\u05ff\ufb1d-\ufb4f"),
    ("NotoSansTamil-Regular", "\u0b80-\u0bff"),
)
"""Each typeface beside Noto Sans, and the characters it is for."""

_SCRIPT_PATTERNS = tuple((face, re.compile(f"[{ranges}]")) for face, ranges in SCRIPTS)
_LETTER_BY_LETTER = re.compile(
    "[ -~\u00a0-\u02af\u0370-\u0482\u048a-\u052f\u1e00-\u1eff"
    "\u2010-\u2027\u2030-\u205e\u20a0-\u22ff]*"
)
"""Text without marks to place and without anything that runs right to left."""
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc]")
_DANDAS = "\u0964\u0965"
_JOINERS = "\u200c\u200d"
_TAKEN_OUT = {"RLE", "LRE", "RLO", "LRO", "PDF", "BN"}
_UNSEEN = re.compile("[\u0000-\u001f\u007f-\u009f\u2028\u2029]")


class Glyph(NamedTuple):
    """One shaped glyph: the code it is drawn by, and how the pen moves, in thousandths."""

    code: str
    width: int
    advance: int
    right: int
    up: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a line in one typeface: letters, or glyphs in the order they are drawn."""

    font: Any
    """A ReportLab `TTFont`, which has no types."""
    letters: str
    glyphs: tuple[Glyph, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, ready to draw from left to right."""

    pieces: tuple[Piece, ...]
    width: int
    """In thousandths of the type size."""
    says: str
    """The text itself, as it is read aloud."""
    shaped: bool = False
    """Whether it has to carry `says`, because what is drawn is glyphs."""


class Typesetter:
    """Sets lines for one paper.

    A shaped glyph without a character of its own is given a private one, in the order glyphs
    turn up. Each paper therefore has its own copy of every typeface it shapes with: otherwise
    the bytes of one paper would depend on which papers were made before it.
    """

    def __init__(self) -> None:
        self._shaping: dict[str, Any] = {}
        self._plain = {False: _face(REGULAR), True: _face(BOLD)}

    def width(self, text: str, *, bold: bool = False) -> int:
        """Measure *text* on one line, in thousandths of the type size."""
        width = _letters_width(self._plain[bold], text)
        return self.line(text, bold=bold).width if width is None else width

    def line(self, text: str, *, bold: bool = False, space_after: bool = False) -> Line:
        """Set *text* as one line.

        Args:
            text: What it says, in reading order.
            bold: In heavier type; scripts that have one weight are drawn in that.
            space_after: Whether the text goes on below after a space, which is then drawn, so
                that the last word here and the first word there stay two words when read out.
        """
        end = " " if space_after else ""
        font = self._plain[bold]
        plain_width = _letters_width(font, text)
        if plain_width is not None:
            return Line((Piece(font, text + end),), plain_width, text + end)
        pieces = tuple(self._pieces(text, bold=bold))
        width = sum(_piece_width(piece) for piece in pieces)
        if end:
            pieces = (*pieces, Piece(font, end))
        return Line(pieces, width, text + end, shaped=True)

    def wrap(self, text: str, room: int, *, bold: bool = False) -> tuple[Line, ...]:
        """Break *text* into lines no wider than *room*, in thousandths of the type size.

        Lines break at spaces. A word too long for a whole line is broken inside, so that
        nothing is ever lost over the edge of a page. No text is one empty line.
        """
        *others, last = _tidy(text)
        lines = [
            line
            for paragraph in others
            for line in self._wrapped(paragraph, room, bold=bold, more=True)
        ]
        return (*lines, *self._wrapped(last, room, bold=bold, more=False))

    def longest_word(self, text: str, *, bold: bool = False) -> int:
        """Measure the widest word of *text*, in thousandths of the type size."""
        words = [word for paragraph in _tidy(text) for word in paragraph.split(" ")]
        return max(self.width(word, bold=bold) for word in words)

    def longest_line(self, text: str, *, bold: bool = False) -> int:
        """Measure the widest paragraph of *text* unwrapped, in thousandths of the type size."""
        return max(self.width(paragraph, bold=bold) for paragraph in _tidy(text))

    def _wrapped(self, paragraph: str, room: int, *, bold: bool, more: bool) -> Iterator[Line]:
        """Break one paragraph; `more` says that another follows."""
        if self.width(paragraph, bold=bold) <= room:
            yield self.line(paragraph, bold=bold, space_after=more)
            return
        so_far = ""
        for word in paragraph.split(" "):
            longer = f"{so_far} {word}" if so_far else word
            if self.width(longer, bold=bold) <= room:
                so_far = longer
                continue
            if so_far:
                yield self.line(so_far, bold=bold, space_after=True)
            so_far = word
            while self.width(so_far, bold=bold) > room:
                cut = self._longest_start(so_far, room, bold=bold)
                yield self.line(so_far[:cut], bold=bold)
                so_far = so_far[cut:]
        yield self.line(so_far, bold=bold, space_after=more)

    def _longest_start(self, word: str, room: int, *, bold: bool) -> int:
        """Return how many characters of *word* fit in *room*: one at least, marks kept on."""
        places = [at for at in range(1, len(word)) if not _joins(word[at])]
        fits = [at for at in places if self.width(word[:at], bold=bold) <= room]
        return max(fits, default=places[0] if places else len(word))

    def _pieces(self, text: str, *, bold: bool) -> Iterator[Piece]:
        """Divide a line by direction and typeface, and put the parts in drawing order."""
        spans: list[tuple[int, str, str]] = []
        with_levels = _levels(text) if _RIGHT_TO_LEFT.search(text) else ((c, 0) for c in text)
        face = ""
        by_face = []
        for character, level in with_levels:
            face = self._face_for(character, face)
            by_face.append((level, face, character))
        for (level, face), group in groupby(by_face, key=lambda part: part[:2]):
            spans.append((level, face, "".join(character for *_, character in group)))
        for level, face, part in _visual_order(spans):
            if not face and level % 2 == 0 and not any(map(_joins, part)):
                yield Piece(self._plain[bold], part)
            else:
                yield self._shaped(face or (BOLD if bold else REGULAR), part, level)

    def _face_for(self, character: str, current: str) -> str:
        """Return the typeface for *character*, or nothing for Noto Sans.

        Marks, joiners, spaces and punctuation stay with the letters before them where that
        typeface has them: shaped apart, they would land in the wrong place.
        """
        follows = unicodedata.category(character)[0] in "MPZC" or character in _DANDAS
        if current and follows and ord(character) in self._own(current).face.charToGlyph:
            return current
        for face, characters in _SCRIPT_PATTERNS:
            if characters.match(character):
                return face
        return ""

    def _own(self, face: str) -> Any:
        """Return this paper's own copy of a typeface."""
        if face not in self._shaping:
            own = _new_face(face)
            # The plain copy may be in the same document, and names there have to differ.
            own.fontName += "-Shaped"
            own.face.name += b"-Shaped"
            self._shaping[face] = own
        return self._shaping[face]

    def _shaped(self, face: str, text: str, level: int) -> Piece:
        """Shape *text* with HarfBuzz, left to right on an even level and back on an odd one."""
        import uharfbuzz  # noqa: PLC0415 - few papers need it, and it takes time to load

        font = self._own(face)
        harfbuzz = font.hbFont()
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.direction = "rtl" if level % 2 else "ltr"
        # Otherwise HarfBuzz asks the computer which language it is set to.
        buffer.language = "en"
        buffer.guess_segment_properties()
        uharfbuzz.shape(harfbuzz, buffer)
        glyphs = tuple(
            self._glyph(font, harfbuzz, info.codepoint, position)
            for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        )
        return Piece(font, text, glyphs)

    @staticmethod
    def _glyph(font: Any, harfbuzz: Any, number: int, position: Any) -> Glyph:
        width = font.face.hmetrics[number][0]
        known = font.face.glyphToChar.get(number)
        if known:
            code = known[0]
        else:
            code = font.hbAddPrivate(harfbuzz.glyph_to_string(number), number, width)
        return Glyph(chr(code), width, position.x_advance, position.x_offset, position.y_offset)


def _tidy(text: str) -> Iterator[str]:
    """Divide *text* into paragraphs, each in composed form and without control characters."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    for paragraph in text.split("\n"):
        yield _UNSEEN.sub(" ", paragraph)


def _joins(character: str) -> bool:
    """Whether *character* belongs to the one before it."""
    return unicodedata.category(character) in {"Mn", "Mc", "Me", "Cf"}


def _letters_width(font: Any, text: str) -> int | None:
    """Measure *text* letter by letter, or return nothing when it needs more than that."""
    if not _LETTER_BY_LETTER.fullmatch(text):
        return None
    widths: dict[int, int] = font.face.charWidths
    try:
        return sum(map(widths.__getitem__, map(ord, text)))
    except KeyError:
        return None


def _piece_width(piece: Piece) -> int:
    if piece.glyphs:
        return sum(glyph.advance for glyph in piece.glyphs)
    face = piece.font.face
    widths: dict[int, int] = face.charWidths
    otherwise: int = face.defaultWidth
    return sum(widths.get(ord(character), otherwise) for character in piece.letters)


def _levels(text: str) -> Iterator[tuple[str, int]]:
    """Give each character of a line its level: even runs left to right, odd right to left.

    Source: Unicode Standard Annex 9, *Unicode Bidirectional Algorithm*, rules P2 to I2.
    """
    from bidi import algorithm  # noqa: PLC0415 - few papers need it

    storage = algorithm.get_empty_storage()
    base = algorithm.get_base_level(text)
    storage["base_level"] = base
    storage["base_dir"] = "R" if base else "L"
    algorithm.get_embedding_levels(text, storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, debug=False)
    algorithm.resolve_implicit_levels(storage, debug=False)
    settled = iter(storage["chars"])
    level = base
    for character in text:
        if unicodedata.bidirectional(character) not in _TAKEN_OUT:
            level = next(settled)["level"]
            yield character, level
        elif character in _JOINERS:
            # The algorithm has no use for these; the shapes of the letters beside them do.
            yield character, level


def _visual_order(spans: list[tuple[int, str, str]]) -> list[tuple[int, str, str]]:
    """Put spans in the order they are drawn: rule L2 of the bidirectional algorithm."""
    spans = list(spans)
    levels = {level for level, *_ in spans}
    for lowest in range(max(levels), 0, -1):
        start = 0
        while start < len(spans):
            end = start
            while end < len(spans) and spans[end][0] >= lowest:
                end += 1
            spans[start:end] = spans[start:end][::-1]
            start = end + 1
    return spans


@cache
def _face(name: str) -> Any:
    """Return a typeface that is only ever drawn letter by letter, shared by all papers."""
    return _new_face(name)


def _new_face(name: str) -> Any:
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415 - see below

    # ReportLab takes a tenth of a second to load: only when a paper is really made.
    data = BytesIO(read_bytes(f"fonts/{name}.ttf"))
    return TTFont(name, data, asciiReadable=False)
