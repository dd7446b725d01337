"""Names print in their own script, in the right order, and are read out as they were typed."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from dpemployer.data_files import folder
from dpemployer.documents.fonts import BOLD, REGULAR, SCRIPTS, Line, Typesetter
from dpemployer.documents.layout import Paper
from dpemployer.documents.pdf import About
from tests.documents.reading import ReadBack

SCRIPTS_AND_NAMES = {
    "Arabic": "احمد علی خان",
    "Bengali": "শিল্পী চৌধুরী",
    "Devanagari": "प्रिया शर्मा",
    "Gujarati": "ગુજરાતી ક્ષમા",
    "Gurmukhi": "ਪੰਜਾਬੀ ਕੌਰ",
    "Hebrew": "שרה כהן",
    "Tamil": "தமிழ்ச்செல்வி",
}


@pytest.fixture
def typesetter() -> Typesetter:
    return Typesetter()


def drawn(line: Line) -> list[tuple[str, str]]:
    """Return the typeface and the text of each piece, from left to right."""
    return [(piece.font.fontName.removesuffix("-Shaped"), piece.letters) for piece in line.pieces]


def paper_saying(*paragraphs: str) -> bytes:
    """Print a few paragraphs."""
    sheet = Paper(About("A", "B", date(2026, 1, 1)), large_print=False)
    for text in paragraphs:
        sheet.paragraph(text)
    return sheet.finish()


def words(line: Line) -> list[str]:
    """Return the words of each piece, from left to right."""
    return [text.strip() for _face, text in drawn(line) if text.strip()]


@pytest.mark.parametrize("name", [REGULAR, BOLD, *(face for face, _ranges in SCRIPTS)])
def test_widths_are_whole_thousandths_in_every_typeface(name: str) -> None:
    font = Typesetter()._own(name)

    assert font.face.unitsPerEm == 1000


def test_every_typeface_shipped_is_used_and_its_licence_with_it() -> None:
    shipped = {file.name for file in folder("fonts").iterdir()}
    used = {f"{name}.ttf" for name in (REGULAR, BOLD, *(face for face, _ranges in SCRIPTS))}

    assert shipped == {*used, "OFL.txt"}


@pytest.mark.parametrize(("script", "name"), list(SCRIPTS_AND_NAMES.items()))
def test_a_name_is_drawn_whole_in_its_own_typeface(
    typesetter: Typesetter, script: str, name: str
) -> None:
    line = typesetter.line(name)

    assert {face for face, _text in drawn(line)} == {f"NotoSans{script}-Regular"}
    assert all(piece.glyphs for piece in line.pieces)
    missing = chr(0)
    assert missing not in {glyph.code for piece in line.pieces for glyph in piece.glyphs}


@pytest.mark.parametrize("name", SCRIPTS_AND_NAMES.values(), ids=SCRIPTS_AND_NAMES)
def test_a_name_is_read_out_as_it_was_typed(name: str) -> None:
    sheet = Paper(About(name, name, date(2026, 1, 1)), large_print=False, foot=name)
    sheet.paragraph(f"For {name}, by hand.")

    read = ReadBack.of(sheet.finish())

    assert read.text == f"For {name}, by hand."
    assert name in read.furniture(0)
    assert read.reader.metadata is not None
    assert read.reader.metadata.title == name


@pytest.mark.parametrize("name", ["শিল্পী চৌধুরী", "ગુજરાતી ક્ષમા", "ਪੰਜਾਬੀ ਕੌਰ"])
def test_an_ordinary_reader_finds_the_name_too(name: str) -> None:
    page = ReadBack.of(paper_saying(name)).reader.pages[0]

    content = page.get_contents()
    assert content is not None
    assert name.encode("utf-16-be").hex().upper().encode() in content.get_data()


def test_right_to_left_runs_from_the_right_and_its_numbers_from_the_left(
    typesetter: Typesetter,
) -> None:
    line = typesetter.line("احمد 123 علی")

    assert words(line) == ["علی", "123", "احمد"]


def test_brackets_in_right_to_left_text_open_the_other_way(typesetter: Typesetter) -> None:
    line = typesetter.line("שרה (בת)")

    (piece,) = line.pieces
    codes = [glyph.code for glyph in piece.glyphs]
    assert codes[0] == "("
    assert codes.index(")") > 0


def test_a_latin_word_inside_right_to_left_text_reads_forwards(typesetter: Typesetter) -> None:
    line = typesetter.line("شرکت Hexley Care ہے")

    assert words(line) == ["ہے", "Hexley Care", "شرکت"]


def test_right_to_left_inside_latin_text_leaves_the_sentence_alone(
    typesetter: Typesetter,
) -> None:
    line = typesetter.line("Paid to احمد علی today")

    assert words(line) == ["Paid to", "احمد علی", "today"]


def test_a_joiner_shapes_the_letters_beside_it(typesetter: Typesetter) -> None:
    joined = typesetter.line("می\u200cشود")
    plain = typesetter.line("میشود")

    assert [g.code for p in joined.pieces for g in p.glyphs] != [
        g.code for p in plain.pieces for g in p.glyphs
    ]


def test_a_mark_with_no_letter_of_its_own_is_placed_on_its_letter(
    typesetter: Typesetter,
) -> None:
    line = typesetter.line("O\u0301lu\u0323\u0301")

    assert line.shaped
    assert line.says == "O\u0301lu\u0323\u0301"
    assert any(glyph.right or glyph.advance == 0 for p in line.pieces for glyph in p.glyphs)


def test_a_letter_typed_in_two_parts_is_printed_as_one(typesetter: Typesetter) -> None:
    (line,) = typesetter.wrap("Ade\u0301la", 10_000)

    assert line.says == "Adéla"
    assert not line.shaped


def test_marks_and_plain_words_go_on_one_paper() -> None:
    text = "O\u0301lu\u0323\u0301 Smith, 12 Mill Street"
    sheet = Paper(About("A", "B", date(2026, 1, 1)), large_print=False)
    sheet.paragraph("Plain")
    sheet.paragraph(text)
    sheet.title("Heavy")
    sheet.paragraph("ગુજરાતી")

    assert ReadBack.of(sheet.finish()).text.splitlines() == [
        "Plain",
        unicodedata.normalize("NFC", text),
        "Heavy",
        "ગુજરાતી",
    ]


@pytest.mark.parametrize("name", ["ક્ષમા", "ગુજરાતી શ્રી"])
def test_the_glyphs_of_one_paper_do_not_depend_on_the_ones_before(name: str) -> None:
    line = Typesetter().line(name)

    private = [g.code for p in line.pieces for g in p.glyphs if "\ue000" <= g.code <= "\uf8ff"]
    assert private[0] == "\ue000"


def test_a_character_no_typeface_has_is_still_read_out() -> None:
    assert ReadBack.of(paper_saying("王芳")).text == "王芳"


def test_heavy_names_in_scripts_of_one_weight_keep_their_latin_words_heavy(
    typesetter: Typesetter,
) -> None:
    line = typesetter.line("ગુજરાતી Patel", bold=True)

    assert drawn(line) == [("NotoSansGujarati-Regular", "ગુજરાતી "), (BOLD, "Patel")]


def test_lines_break_at_spaces_and_keep_the_space_for_reading_aloud(
    typesetter: Typesetter,
) -> None:
    lines = typesetter.wrap("one two three", typesetter.width("one two"))

    assert [line.says for line in lines] == ["one two ", "three"]


def test_a_word_too_long_for_a_line_is_broken_with_its_marks_kept_on(
    typesetter: Typesetter,
) -> None:
    word = "ગુજરાતીગુજરાતી"

    lines = typesetter.wrap(word, typesetter.width("ગુજરા") + 1)

    assert "".join(line.says for line in lines) == word
    assert len(lines) > 2
    assert not any(line.says[0] in "ુારતી"[:2] for line in lines)


def test_control_characters_become_spaces(typesetter: Typesetter) -> None:
    (line,) = typesetter.wrap("a\tb\x00c", 10_000)

    assert line.says == "a b c"
