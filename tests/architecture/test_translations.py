"""Words can be collected, translated, compiled and shown again, whole."""

from __future__ import annotations

import ast
import gettext
import importlib.util
import re
import string
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from dpemployer import i18n
from tests.architecture import ROOT, kept_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TRANSLATIONS = ROOT / "resources" / "translations"
LANGUAGES = sorted(TRANSLATIONS.glob("*/LC_MESSAGES/dpemployer.po"))
KEYWORDS: dict[str, Any] = {"_": None, "N_": None, "ngettext": (1, 2)}


@pytest.fixture(scope="module")
def words() -> Catalog:
    """Everything the program can say, as the translator is given it."""
    catalogue = Catalog(domain="dpemployer", charset="utf-8")
    for package in ("dpemployer", "ui"):
        for _file, _line, message, comments, context in extract_from_dir(
            ROOT / package, [("**.py", "python")], keywords=KEYWORDS
        ):
            catalogue.add(message, auto_comments=comments, context=context)
    return catalogue


@pytest.fixture
def in_english_again() -> Iterator[None]:
    yield
    i18n.install(gettext.NullTranslations())


def placeholders(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


def forms(message: Any) -> tuple[str, ...]:
    return message if isinstance(message, tuple) else (message,)


def test_there_are_words_to_translate(words: Catalog) -> None:
    assert words.get("January") is not None
    assert len(words) > 100


def test_no_sentence_is_put_together_before_it_is_translated() -> None:
    """`_(f"…")` and `_("a" + b)` look up words that no translator ever saw."""
    found = [
        f"{module.relative_to(ROOT)}:{node.lineno}"
        for package in ("dpemployer", "ui")
        for module in kept_files(ROOT / package)
        if module.suffix == ".py"
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in KEYWORDS
        and isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
    ]

    assert found == []


def test_every_message_can_be_filled_in(words: Catalog) -> None:
    for message in words:
        for form in forms(message.id):
            placeholders(form)


@pytest.mark.usefixtures("in_english_again")
def test_a_translation_reaches_the_screen(words: Catalog, tmp_path: Path) -> None:
    """The whole way: collected, translated, kept, compiled as a build does, and shown."""
    backwards = Catalog(locale="cy", domain="dpemployer", charset="utf-8")
    for message in words:
        if message.id:
            answer = tuple(f"«{form}»" for form in forms(message.id))
            many = answer[-1:] * backwards.num_plurals
            backwards.add(message.id, many if isinstance(message.id, tuple) else answer[0])
    place = tmp_path / "cy" / "LC_MESSAGES"
    place.mkdir(parents=True)
    with (place / "dpemployer.po").open("wb") as kept:
        write_po(kept, backwards)

    build_hook().compile_catalogue(place / "dpemployer.po")
    i18n.install(gettext.translation("dpemployer", tmp_path, ["cy"]))

    for message in words:
        if isinstance(message.id, str) and message.id:
            assert i18n._(message.id) == f"«{message.id}»"


def build_hook() -> Any:
    """Load the build's own module; `packaging/` is not importable, on purpose."""
    where = ROOT / "packaging" / "hatch_build.py"
    spec = importlib.util.spec_from_file_location("hatch_build", where)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def lost_in_translation(kept: bytes) -> list[str]:
    """Name the messages of a `.po` that fill in something the original does not have."""
    catalogue = read_po(BytesIO(kept), abort_invalid=True)
    return [
        forms(message.id)[0]
        for message in catalogue
        for form in forms(message.string)
        if not placeholders(form) <= placeholders(forms(message.id)[-1])
    ]


def test_a_translation_that_cannot_be_filled_in_is_caught() -> None:
    assert lost_in_translation(
        b'msgid "Pay {name}"\nmsgstr "Talu {enw}"\n\nmsgid "Pay"\nmsgstr "Talu"\n'
    ) == ["Pay {name}"]


def test_every_language_there_is_can_be_filled_in() -> None:
    assert [lost_in_translation(kept.read_bytes()) for kept in LANGUAGES] == [[]] * len(LANGUAGES)


def test_the_commands_for_translators_name_real_places() -> None:
    text = (TRANSLATIONS / "README.md").read_text(encoding="utf-8")

    for path in re.findall(r"-F (\S+)", text):
        assert (ROOT / path).is_file()
