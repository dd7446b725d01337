"""Pressing keys and buttons as a person does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton, QWidget

_NONE = Qt.KeyboardModifier.NoModifier


def press(
    key: Qt.Key, modifier: Qt.KeyboardModifier = _NONE, *, times: int = 1, on: QWidget | None = None
) -> None:
    """Press a key where the keyboard is, or on one widget."""
    for _each in range(times):
        where = on or _keyboard()
        QTest.keyClick(where, key, modifier)


def write(text: str, on: QWidget | None = None) -> None:
    """Type text where the keyboard is, or into one widget."""
    for letter in text:
        # The first letter may open a field that the others go into.
        QTest.keyClicks(on or _keyboard(), letter)


def click(button: QAbstractButton) -> None:
    """Press a button with the mouse."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def _keyboard() -> QWidget:
    where = QApplication.focusWidget()
    if where is None:
        raise AssertionError("nothing has the keyboard")
    return where
