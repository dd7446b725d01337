"""Every window test is drawn in our own look, at the text size it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ui import theme
from ui.operations import Operations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@pytest.fixture(scope="session", autouse=True)
def _fonts(qapp: QApplication) -> None:
    theme.load_fonts()
    theme.apply(qapp, theme.Look.LIGHT, 100)


@pytest.fixture
def text_size(qapp: QApplication) -> Iterator[Callable[[int], None]]:
    """Give the window that is made next bigger text."""

    def use(percent: int) -> None:
        theme.apply(qapp, theme.Look.LIGHT, percent)

    yield use
    theme.apply(qapp, theme.Look.LIGHT, 100)


@pytest.fixture
def operations(qtbot: QtBot) -> Iterator[Operations]:
    """A worker thread, stopped when the test is over."""
    made = Operations()
    yield made
    qtbot.waitUntil(lambda: made.idle)
    made.close()
