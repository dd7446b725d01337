"""Every pair of ink and ground can be told apart, in every look."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from ui.theme import CONTRAST, DARK, LIGHT, Colours

LOOKS = {"light": (LIGHT, 4.5), "dark": (DARK, 4.5), "contrast": (CONTRAST, 7.0)}
PAIRS = [
    ("text", "page"),
    ("text", "card"),
    ("text", "field"),
    ("quiet", "page"),
    ("quiet", "card"),
    ("quiet", "field"),
    ("accent", "card"),
    ("accent", "page"),
    ("on_accent", "accent"),
    ("on_chosen", "chosen"),
    ("good", "good_ground"),
    ("note", "note_ground"),
    ("warn", "warn_ground"),
    ("stop", "stop_ground"),
    ("stop", "page"),
    ("stop", "card"),
    ("text", "good_ground"),
    ("text", "note_ground"),
    ("text", "warn_ground"),
    ("text", "stop_ground"),
]
EDGES = [("edge", "page"), ("edge", "card"), ("focus", "page"), ("focus", "card")]


def _lightness(colour: str) -> float:
    """Relative luminance as the Web Content Accessibility Guidelines work it out."""
    made = QColor(colour)
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else pow((part + 0.055) / 1.055, 2.4)
        for part in (made.redF(), made.greenF(), made.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(ink: str, ground: str) -> float:
    """Return how far apart two colours are, from 1 to 21."""
    dark, light = sorted((_lightness(ink), _lightness(ground)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("ink", "ground"), PAIRS, ids=lambda name: name)
def test_words_can_be_read(look: str, ink: str, ground: str) -> None:
    colours, wanted = LOOKS[look]

    assert contrast(getattr(colours, ink), getattr(colours, ground)) >= wanted


@pytest.mark.parametrize("colours", [LIGHT, DARK, CONTRAST], ids=["light", "dark", "contrast"])
@pytest.mark.parametrize(("edge", "ground"), EDGES, ids=lambda name: name)
def test_edges_and_the_focus_ring_can_be_seen(colours: Colours, edge: str, ground: str) -> None:
    assert contrast(getattr(colours, edge), getattr(colours, ground)) >= 3.0
