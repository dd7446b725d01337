"""Every window test is drawn in our own look, at the text size it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dpemployer.settings import Settings
from ui import theme
from ui.desk import Desk
from ui.operations import Operations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from dpemployer.office import Office


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Start Qt as the program does."""
    return ["dpemployer", *theme.STYLE]


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
    bugs: list[BaseException] = []
    made.broken.connect(lambda bug, _owner: bugs.append(bug))
    yield made
    qtbot.waitUntil(lambda: made.idle)
    made.close()
    for bug in bugs:
        raise bug


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a computer nobody has used."""
    return Settings(tmp_path / "settings.json")


@pytest.fixture
def desk(office: Office, operations: Operations, settings: Settings) -> Desk:
    """What a page works with, over a book in memory."""
    office.listen(operations.announce)
    return Desk(office, operations, settings)
