"""Somebody at the whole program with a keyboard: pages, parts of pages, tables, and windows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QRadioButton, QTableView

from tests.ui.keyboard import Keyboard
from tests.ui.keys import press, write
from tests.ui.modal import asks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.app import Program

_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
PLACES = ("Home", "People", "Timesheets", "Pay", "Money", "Return", "Costs", "HMRC", "Settings")


class Person(Keyboard):
    """Goes anywhere in the program, by keys alone."""

    def __init__(self, program: Program, qtbot: QtBot) -> None:
        super().__init__(qtbot, lambda: program.operations.idle)
        self.program = program
        self.qtbot = qtbot

    # ── going about ──

    def go(self, place: str) -> None:
        """Go to a place, and put the keyboard on its page."""
        press(getattr(Qt.Key, f"Key_{PLACES.index(place) + 1}"), _ALT)
        self.settle()
        press(Qt.Key.Key_F6, _SHIFT)
        self.settle()

    def turn_to(self, part: str) -> None:
        """Turn to a part of the page: to the names of the parts by Tab, then with the arrows."""
        for _stop in range(200):
            if isinstance(self.where, QRadioButton) and ", part of " in self.hears:
                break
            press(Qt.Key.Key_Tab)
        for _name in range(20):
            if self.hears.startswith(part):
                self.settle()
                return
            press(Qt.Key.Key_Right)
        raise AssertionError(f"there is no part {part!r}")

    def on_row(self, table: str, *words: str) -> None:
        """Go to a table by Tab, and in it to the row that says all these words."""
        view = self.to(table, QTableView)
        assert isinstance(view, QTableView)
        press(Qt.Key.Key_Home, _CONTROL)
        for _row in range(view.model().rowCount()):
            if all(word in self._row_of(view) for word in words):
                return
            press(Qt.Key.Key_Down)
        raise AssertionError(f"{table!r} has no row with {words}")

    def rows(self, table: str) -> list[str]:
        """Go to a table by Tab, and read every row of it."""
        view = self.to(table, QTableView)
        assert isinstance(view, QTableView)
        model = view.model()
        return [
            " | ".join(
                str(model.index(row, column).data() or "") for column in range(model.columnCount())
            )
            for row in range(model.rowCount())
        ]

    @staticmethod
    def _row_of(view: QTableView) -> str:
        model, row = view.model(), view.currentIndex().row()
        return " | ".join(
            str(model.index(row, column).data() or "") for column in range(model.columnCount())
        )

    def choose(self, name: str, words: str) -> None:
        """Choose, and wait for what the choice changes on the page."""
        super().choose(name, words)
        self.settle()

    # ── windows that stand in front ──

    def asked(self, opens: Callable[[], object], *does: Callable[[], object]) -> None:
        """Open a window, and do something in it with the keyboard; and in those that follow."""

        def without(each: Callable[[], object]) -> Callable[[Any], object]:
            return lambda _window: each()

        asks(self.qtbot, opens, *(without(each) for each in does))
        self.settle()

    def shortcut(self, key: Qt.Key, *does: Callable[[], object], shift: bool = False) -> None:
        """Press Ctrl and a key, and do something in each window that opens because of it."""
        modifier = _CONTROL | _SHIFT if shift else _CONTROL
        self.asked(lambda: press(key, modifier), *does)

    def shortcut_to_wizard(self, key: Qt.Key) -> None:
        """Press Ctrl and a key that opens a longer job in front of everything else."""
        press(key, _CONTROL)
        self.settle()
        wizard = self.program.wizard
        assert wizard is not None
        wizard.activateWindow()
        self.qtbot.waitUntil(wizard.isActiveWindow)
        self.settle()

    def button(self, name: str, *does: Callable[[], object]) -> None:
        """Press a button with the space bar, and do something in the windows it opens."""
        self.asked(lambda: self._press(name), *does)

    def form(self, *typed: tuple[str, str]) -> None:
        """Fill in fields by their names."""
        for name, text in typed:
            self.fill(name, text)

    def enter(self) -> None:
        """Press Enter, and wait for what comes of it."""
        press(Qt.Key.Key_Return)
        self.settle()

    def save(self, name: str) -> None:
        """Press the button that keeps what was typed."""
        self._press(name)
        self.settle()

    def choose_file(self, path: Path) -> None:
        """Press “Choose the file”, and type where it is."""

        def type_it() -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, QFileDialog)
            if not isinstance(self.where, QLineEdit):
                self.to("File name", QLineEdit)
            write(str(path))
            press(Qt.Key.Key_Return)

        self.button("Choose the file", type_it)

    def _press(self, name: str) -> None:
        from PySide6.QtWidgets import QPushButton  # noqa: PLC0415 - only here

        self.to(name, QPushButton)
        press(Qt.Key.Key_Space)
        self.qtbot.wait(1)


def pounds(pence: int) -> str:
    """Write pence as a person types them."""
    sign = "-" if pence < 0 else ""
    return f"{sign}{abs(pence) // 100}.{abs(pence) % 100:02d}"


def day(iso: str) -> str:
    """Write a day as a person types it: 11/8/2026."""
    year, month, number = iso.split("-")
    return f"{int(number)}/{int(month)}/{year}"


def first_words(text: str, count: int = 3) -> str:
    """Return the first words of something, to look for it by."""
    return " ".join(text.split()[:count])


def unique(values: Sequence[str]) -> list[str]:
    """Return every value once, in order."""
    return list(dict.fromkeys(values))
