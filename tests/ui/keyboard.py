"""A person who has a keyboard and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QPushButton, QRadioButton, QWidget

from tests.ui.keys import press, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

_CONTROL = Qt.KeyboardModifier.ControlModifier
_ENOUGH = 120
"""More presses of Tab than any page has stops."""


class Keyboard:
    """Finds things by the name a screen reader says, going there by Tab alone."""

    def __init__(self, qtbot: QtBot, idle: Callable[[], bool]) -> None:
        self._qtbot = qtbot
        self._idle = idle

    def settle(self) -> None:
        """Wait until nothing is going on."""
        for _turn in range(4):
            self._qtbot.waitUntil(self._idle, timeout=20_000)
            QApplication.processEvents()
        if QApplication.activeWindow() is None:
            # As a window manager does when the window in front has closed.
            shown = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
            shown[0].activateWindow()
        self._qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)

    @property
    def where(self) -> QWidget:
        """The widget that has the keyboard."""
        widget = QApplication.focusWidget()
        if widget is None:
            raise AssertionError("nothing has the keyboard")
        return widget

    @property
    def hears(self) -> str:
        """The name of what has the keyboard.

        A list that opens says its choice for a name on some systems, and its label as a relation;
        the label is what it is asked for here.
        """
        if self.where.accessibleName():
            return self.where.accessibleName()
        node = QAccessible.queryAccessibleInterface(self.where)
        return node.text(QAccessible.Text.Name) if node is not None else ""

    def to(self, name: str, kind: type[QWidget] = QWidget) -> QWidget:
        """Press Tab until what is called *name* has the keyboard."""
        heard = []
        for _stop in range(_ENOUGH):
            if self.hears.startswith(name) and isinstance(self.where, kind):
                return self.where
            heard.append(self.hears)
            press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never comes to {name!r}, only to {list(dict.fromkeys(heard))}")

    def fill(self, name: str, text: str) -> None:
        """Go to a field and type into it, over whatever was there."""
        self.to(name)
        press(Qt.Key.Key_A, _CONTROL)
        write(text)

    def choose(self, name: str, words: str) -> None:
        """Go to a choice and choose what begins with *words*, by arrow keys."""
        widget = self.to(name)
        if isinstance(widget, QComboBox):
            for place in range(widget.count()):
                if widget.itemText(place).startswith(words):
                    press(Qt.Key.Key_Home)
                    press(Qt.Key.Key_Down, times=place)
                    return
        elif isinstance(widget, QRadioButton):
            for _option in range(_ENOUGH):
                if self.hears.startswith(f"{name}: {words}"):
                    press(Qt.Key.Key_Space)
                    return
                press(Qt.Key.Key_Down)
        raise AssertionError(f"{name!r} has no choice {words!r}")

    def press_button(self, name: str) -> None:
        """Go to a button and press it with the space bar."""
        self.to(name, QPushButton)
        press(Qt.Key.Key_Space)
        self._qtbot.wait(10)
        self.settle()

    def when_asked(self, kind: type[QDialog], answer: Callable[[], None]) -> None:
        """As soon as a dialog of a kind asks something, give it an *answer*."""

        def look() -> None:
            asking = QApplication.activeModalWidget()
            if isinstance(asking, kind) and asking.isActiveWindow():
                answer()
            else:
                QTimer.singleShot(20, look)

        QTimer.singleShot(0, look)

    def keys(self, key: Qt.Key, modifier: Qt.KeyboardModifier = _CONTROL) -> None:
        """Press a shortcut."""
        press(key, modifier)
        self.settle()
