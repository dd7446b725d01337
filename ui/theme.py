"""How everything looks: type, spacing, colour, contrast and text size, decided in one place.

Fusion with palettes of our own, because a system's dark or contrast setting is not followed
by every Qt platform. Sizes are worked out from the text, so that text at 300% still fits.
Every pair of text and ground below has a contrast of at least 4.5 to 1, and 7 to 1 in
high contrast; `tests/ui/test_theme.py` measures them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from dpemployer import data_files

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST_PERCENT, MOST_PERCENT = 100, 300
_BASE_POINTS = 12
_FAMILY = "Noto Sans"
_FIRST_FONTS = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf")
_HALF_LIGHT = 128
STYLE = ("-style", "fusion")
"""Given to every application: the one style that looks the same everywhere, as an argument,
because asking Qt for its style object is slow."""
_GENTLE_GROWTH = 150
"""Gaps grow with the text only to here: beyond it the room is needed for words."""


class Look(StrEnum):
    """Which colours are used."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one look, by what they are for."""

    page: str
    card: str
    field: str
    text: str
    quiet: str
    line: str
    edge: str
    accent: str
    on_accent: str
    chosen: str
    on_chosen: str
    focus: str
    good: str
    good_ground: str
    note: str
    note_ground: str
    warn: str
    warn_ground: str
    stop: str
    stop_ground: str
    border: int = 1
    """How thick an ordinary edge is, in pixels."""


LIGHT = Colours(
    page="#f7f5f1",
    card="#ffffff",
    field="#ffffff",
    text="#1d2730",
    quiet="#4d5a66",
    line="#ddd8cf",
    edge="#77818b",
    accent="#1b5a73",
    on_accent="#ffffff",
    chosen="#dcecf2",
    on_chosen="#12394a",
    focus="#b4460f",
    good="#1c6238",
    good_ground="#e5f3ea",
    note="#1b4f6b",
    note_ground="#e4f0f6",
    warn="#7a4a00",
    warn_ground="#fdf1d8",
    stop="#96231c",
    stop_ground="#fbe6e3",
)
DARK = Colours(
    page="#171b1f",
    card="#20262b",
    field="#14181b",
    text="#e9e6e0",
    quiet="#b3bac0",
    line="#3a434b",
    edge="#8b959d",
    accent="#7cc3da",
    on_accent="#0e2129",
    chosen="#27495a",
    on_chosen="#eef7fa",
    focus="#ffb35c",
    good="#8fd6a9",
    good_ground="#1a3324",
    note="#98cfe6",
    note_ground="#16303d",
    warn="#f3c878",
    warn_ground="#3a2c10",
    stop="#ffaca3",
    stop_ground="#431d1a",
)
CONTRAST = Colours(
    page="#000000",
    card="#000000",
    field="#000000",
    text="#ffffff",
    quiet="#ffffff",
    line="#ffffff",
    edge="#ffffff",
    accent="#ffe14d",
    on_accent="#000000",
    chosen="#ffe14d",
    on_chosen="#000000",
    focus="#4de1ff",
    good="#7dffa5",
    good_ground="#000000",
    note="#9fe3ff",
    note_ground="#000000",
    warn="#ffe14d",
    warn_ground="#000000",
    stop="#ffb0a8",
    stop_ground="#000000",
    border=2,
)


class _Current:
    """What is in force now; set by `apply` and read by whatever paints for itself."""

    colours: Colours = LIGHT
    percent: int = 100


def colours() -> Colours:
    """Return the colours in force."""
    return _Current.colours


def percent() -> int:
    """Return the text size in force, in hundredths of the ordinary size."""
    return _Current.percent


def gap(steps: int = 1) -> int:
    """Return a distance in pixels: steps of a third of an ordinary line."""
    return steps * 6 * min(_Current.percent, _GENTLE_GROWTH) // 100


def line_height(lines: int = 1) -> int:
    """Return the height of lines of text at the size in force."""
    return lines * QFontMetrics(QApplication.font()).lineSpacing()


def characters(count: int) -> int:
    """Return the width of so many ordinary characters at the size in force."""
    return count * QFontMetrics(QApplication.font()).averageCharWidth()


def open_at(window: QWidget, across: int, lines: int) -> None:
    """Have a window open with room for so much text, or for as much as the screen has."""
    screen = QApplication.primaryScreen().availableSize()
    window.resize(
        min(characters(across), screen.width() * 9 // 10),
        min(line_height(lines), screen.height() * 9 // 10),
    )


def load_fonts(names: Sequence[str] = _FIRST_FONTS) -> None:
    """Make shipped fonts known: by themselves the first two, which are all English needs."""
    for name in names:
        data = data_files.read_bytes(f"fonts/{name}")
        QFontDatabase.addApplicationFontFromData(QByteArray(data))


def load_other_fonts() -> None:
    """Make every other shipped font known; called once the first window is on screen."""
    names = [file.name for file in data_files.folder("fonts").iterdir()]
    load_fonts(
        [name for name in sorted(names) if name.endswith(".ttf") and name not in _FIRST_FONTS]
    )


def resolve(look: Look, app: QApplication) -> Look:
    """Settle what following the system means on this computer."""
    if look is not Look.SYSTEM:
        return look
    from PySide6.QtCore import Qt  # noqa: PLC0415 - takes as long as the first window does

    hints = app.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return Look.CONTRAST
    return Look.DARK if hints.colorScheme() == Qt.ColorScheme.Dark else Look.LIGHT


def first_look(look: Look, app: QApplication) -> Look:
    """Guess what following the system means from the colours Qt starts with.

    `resolve` is sure, and slower; it is asked once the first window is on screen.
    """
    if look is not Look.SYSTEM:
        return look
    ground = app.palette().color(QPalette.ColorRole.Window)
    return Look.DARK if ground.lightness() < _HALF_LIGHT else Look.LIGHT


def apply(app: QApplication, look: Look = Look.LIGHT, size: int = 100) -> None:
    """Put a look and a text size in force everywhere, at once. `SYSTEM` counts as light."""
    _Current.percent = max(LEAST_PERCENT, min(size, MOST_PERCENT))
    _Current.colours = {Look.DARK: DARK, Look.CONTRAST: CONTRAST}.get(look, LIGHT)
    font = QFont(_FAMILY)
    font.setPointSize(_BASE_POINTS * _Current.percent // 100)
    if app.styleSheet():
        # Undressing first makes dressing anew five times as quick: 0.4 s, not 2, with a book open.
        app.setStyleSheet("")
    app.setFont(font)
    app.setPalette(_palette(_Current.colours))
    app.setStyleSheet(_style_sheet(_Current.colours))


def mark(widget: QWidget, **what: str | bool) -> None:
    """Say what a new widget is for (`kind="title"`), so that the style sheet can dress it."""
    for name, value in what.items():
        widget.setProperty(name, value)


def remark(widget: QWidget, **what: str | bool) -> None:
    """Say something new of a widget that is dressed already, and have it dressed again."""
    mark(widget, **what)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def _palette(c: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for part, colour in {
        role.Window: c.page,
        role.WindowText: c.text,
        role.Base: c.field,
        role.AlternateBase: c.card,
        role.Text: c.text,
        role.Button: c.card,
        role.ButtonText: c.text,
        role.BrightText: c.stop,
        role.ToolTipBase: c.card,
        role.ToolTipText: c.text,
        role.PlaceholderText: c.quiet,
        role.Highlight: c.chosen,
        role.HighlightedText: c.on_chosen,
        role.Accent: c.accent,
        role.Link: c.accent,
        role.LinkVisited: c.accent,
        role.Light: c.line,
        role.Midlight: c.line,
        role.Mid: c.edge,
        role.Dark: c.edge,
        role.Shadow: c.edge,
    }.items():
        palette.setColor(part, QColor(colour))
    for part in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, part, QColor(c.quiet))
    return palette


def _style_sheet(c: Colours) -> str:
    """Dress the widgets. A focused edge is thicker and its padding thinner, so nothing moves."""
    base = _BASE_POINTS * _Current.percent // 100
    title, heading, small = base * 17 // 10, base * 13 // 10, base * 92 // 100
    pad, thin = gap(1), c.border
    thick = thin + 2
    side = pad * 2
    return f"""
QWidget {{ color: {c.text}; }}
QMainWindow, QDialog, QWidget[kind="page"], QScrollArea[kind="page"],
QScrollArea[kind="page"] > QWidget > QWidget {{ background: {c.page}; }}
QScrollArea {{ border: none; }}
QToolTip {{ color: {c.text}; background: {c.card}; border: 1px solid {c.edge}; padding: {pad}px; }}

QLabel[kind="title"] {{ font-size: {title}pt; font-weight: 600; }}
QLabel[kind="heading"] {{ font-size: {heading}pt; font-weight: 600; }}
QLabel[kind="label"] {{ font-weight: 600; }}
QLabel[kind="quiet"], QLabel[kind="hint"] {{ color: {c.quiet}; }}
QLabel[kind="small"] {{ color: {c.quiet}; font-size: {small}pt; }}
QLabel[kind="figure"] {{ font-size: {heading}pt; font-weight: 600; }}
QLabel[kind="problem"] {{ color: {c.stop}; font-weight: 600; }}
QLabel[kind="code"] {{ font-family: "DejaVu Sans Mono", monospace; font-size: {heading}pt; }}

QFrame[kind="card"] {{
    background: {c.card}; border: {thin}px solid {c.line}; border-radius: 8px; }}
QFrame[kind="rule"] {{ background: {c.line}; border: none; max-height: 1px; min-height: 1px; }}

QFrame[severity] {{ border: {thin}px solid {c.edge}; border-left-width: 6px; }}
QFrame[severity="good"] {{ background: {c.good_ground}; border-color: {c.good}; }}
QFrame[severity="note"] {{ background: {c.note_ground}; border-color: {c.note}; }}
QFrame[severity="warning"] {{ background: {c.warn_ground}; border-color: {c.warn}; }}
QFrame[severity="blocking"] {{ background: {c.stop_ground}; border-color: {c.stop}; }}
QFrame[severity="good"] QLabel[kind="severity"] {{ color: {c.good}; }}
QFrame[severity="note"] QLabel[kind="severity"] {{ color: {c.note}; }}
QFrame[severity="warning"] QLabel[kind="severity"] {{ color: {c.warn}; }}
QFrame[severity="blocking"] QLabel[kind="severity"] {{ color: {c.stop}; }}
QLabel[kind="severity"] {{ font-weight: 600; }}

QPushButton, QToolButton[kind="button"] {{
    background: {c.card}; color: {c.text};
    border: {thin}px solid {c.edge}; border-radius: 6px;
    padding: {pad + thick - thin}px {side + thick - thin}px; }}
QPushButton:hover, QToolButton[kind="button"]:hover {{
    border-color: {c.accent}; color: {c.accent}; }}
QPushButton:pressed, QPushButton:checked {{ background: {c.chosen}; color: {c.on_chosen}; }}
QPushButton:disabled {{ color: {c.quiet}; border-style: dashed; }}
QPushButton[kind="main"] {{
    background: {c.accent}; color: {c.on_accent}; border-color: {c.accent}; font-weight: 600; }}
QPushButton[kind="main"]:hover {{ color: {c.on_accent}; border-color: {c.text}; }}
QPushButton[kind="main"]:disabled {{
    background: {c.page}; color: {c.quiet}; border-color: {c.edge}; }}
QPushButton[kind="link"] {{
    background: transparent; border-color: transparent; color: {c.accent};
    text-decoration: underline; text-align: left;
    padding: {pad // 2 + thick - thin}px {3 + thick - thin}px; }}
QPushButton:focus, QToolButton[kind="button"]:focus {{
    border: {thick}px solid {c.focus}; padding: {pad}px {side}px; }}
QPushButton[kind="link"]:focus {{
    border: {thick}px solid {c.focus}; padding: {pad // 2}px 3px; }}

QLineEdit, QPlainTextEdit, QTextBrowser, QComboBox, QSpinBox {{
    background: {c.field}; color: {c.text};
    border: {thin}px solid {c.edge}; border-radius: 5px;
    padding: {pad - 1 + thick - thin}px {pad + thick - thin}px;
    selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextBrowser:focus, QComboBox:focus, QSpinBox:focus {{
    border: {thick}px solid {c.focus}; padding: {pad - 1}px {pad}px; }}
QLineEdit[problem="true"], QPlainTextEdit[problem="true"], QComboBox[problem="true"] {{
    border: {thick}px solid {c.stop}; padding: {pad - 1}px {pad}px; }}
QLineEdit:disabled, QComboBox:disabled {{ background: {c.page}; color: {c.quiet}; }}
QLineEdit[readOnly="true"] {{ background: {c.page}; }}
QComboBox {{ combobox-popup: 0; }}
QComboBox::drop-down {{ border: none; width: {line_height() + pad}px; }}
QComboBox::down-arrow {{ image: none; }}
QComboBox QAbstractItemView, QComboBox QAbstractItemView:focus {{
    background: {c.card}; border: {thin}px solid {c.edge}; border-radius: 0; padding: 0;
    outline: none; }}
QComboBox QAbstractItemView::item {{ padding: {pad}px; border-radius: 0; }}
QComboBox QAbstractItemView::item:selected {{ background: {c.chosen}; color: {c.on_chosen}; }}

QTableView, QListView, QListWidget {{
    background: {c.card}; alternate-background-color: {c.page};
    border: {thin}px solid {c.line}; border-radius: 6px; gridline-color: {c.line};
    padding: 2px; outline: none;
    selection-background-color: {c.chosen}; selection-color: {c.on_chosen}; }}
QTableView:focus, QListView:focus, QListWidget:focus {{
    border: {thick}px solid {c.focus}; padding: {max(0, 2 - thick + thin)}px; }}
QTableView::item {{ padding: {pad - 1}px {pad}px; }}
QTableView[kind="rows"]::item {{ border-bottom: 1px solid {c.line}; }}
QTableView::item:focus {{ border: 2px solid {c.focus}; }}
QTableView QLineEdit {{ padding: 0px {pad}px; border: 2px solid {c.focus}; border-radius: 0; }}
QTableView QComboBox {{ padding: 0px {pad}px; border-radius: 0; }}
QListView::item {{ padding: {pad}px; border-radius: 4px; }}
QListView::item:selected {{ background: {c.chosen}; color: {c.on_chosen}; }}
QHeaderView {{ background: {c.card}; border: none; }}
QHeaderView::section {{
    background: {c.card}; color: {c.quiet}; font-weight: 600;
    border: none; border-bottom: 2px solid {c.line}; padding: {pad}px {pad + 3}px; }}
QTableCornerButton::section {{ background: {c.card}; border: none; }}

QListWidget[kind="places"] {{
    background: {c.card}; border: none; border-right: {thin}px solid {c.line};
    border-radius: 0; padding: {pad}px; }}
QListWidget[kind="places"]::item {{
    padding: {pad + 2}px {pad}px; margin: 1px 0;
    border: 2px solid transparent; border-radius: 6px; }}
QListWidget[kind="places"]::item:selected {{
    background: {c.chosen}; color: {c.on_chosen}; font-weight: 600; }}
QListWidget[kind="places"]:focus {{ border: none; border-right: {thin}px solid {c.line};
    padding: {pad}px; }}
QListWidget[kind="places"]::item:selected:focus {{ border-color: {c.focus}; }}
QListWidget[kind="places"]::item:hover:!selected {{ background: {c.page}; }}

QMenuBar {{ background: {c.card}; border-bottom: {thin}px solid {c.line}; padding: 2px; }}
QMenuBar::item {{ padding: {pad}px {side}px; border-radius: 4px; background: transparent; }}
QMenuBar::item:selected {{ background: {c.chosen}; color: {c.on_chosen}; }}
QMenu {{ background: {c.card}; border: {thin}px solid {c.edge}; padding: {pad // 2}px; }}
QMenu::item {{ padding: {pad}px {side * 2}px {pad}px {side}px; border-radius: 4px; }}
QMenu::item:selected {{ background: {c.chosen}; color: {c.on_chosen}; }}
QMenu::item:disabled {{ color: {c.quiet}; }}
QMenu::separator {{ height: 1px; background: {c.line}; margin: {pad // 2}px; }}
QStatusBar {{ background: {c.card}; border-top: {thin}px solid {c.line}; }}
QStatusBar::item {{ border: none; }}

QProgressBar {{
    background: {c.field}; border: {thin}px solid {c.edge}; border-radius: 5px;
    text-align: center; min-height: {line_height()}px; }}
QProgressBar::chunk {{ background: {c.chosen}; border-radius: 4px; }}

QTabBar::tab {{
    padding: {pad}px {side}px;
    border: {thin}px solid transparent; border-bottom: 3px solid {c.line}; }}
QTabBar::tab:selected {{ border-bottom-color: {c.accent}; font-weight: 600; }}
QTabBar::tab:focus {{ border: {thick}px solid {c.focus}; }}
QTabWidget::pane {{ border: none; }}

QScrollBar:vertical {{ background: {c.page}; width: {max(14, gap(2))}px; margin: 0; }}
QScrollBar:horizontal {{ background: {c.page}; height: {max(14, gap(2))}px; margin: 0; }}
QScrollBar::handle {{
    background: {c.edge}; border-radius: 5px; min-height: 40px; min-width: 40px; margin: 3px; }}
QScrollBar::handle:hover {{ background: {c.accent}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""
