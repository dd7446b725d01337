"""A page on the screen, over a real book, and waiting until it is still."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from tests.ui.modal import asks

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from ui.desk import Desk
    from ui.pages.page import Page

ThePage = TypeVar("ThePage", bound="Page")


class Shown(Generic[ThePage]):
    """One page by itself."""

    def __init__(self, page: ThePage, desk: Desk, qtbot: QtBot) -> None:
        self.page = page
        self.desk = desk
        self.qtbot = qtbot
        self.said: list[str] = []
        self.went: list[tuple[str, Any]] = []
        desk.said.connect(self.said.append)
        desk.went.connect(lambda place, what: self.went.append((place, what)))
        qtbot.addWidget(page)
        page.resize(1300, 900)
        page.show()
        page.activateWindow()
        page.visit()
        self.settle()
        qtbot.waitUntil(page.isActiveWindow)

    def settle(self) -> None:
        """Wait until nothing is going on."""
        for _turn in range(3):
            self.qtbot.waitUntil(lambda: self.desk.operations.idle)
            self.qtbot.wait(1)

    def asks(self, opens: Callable[[], object], *does: Callable[[Any], object]) -> None:
        """Open a window, and do something in it."""
        asks(self.qtbot, opens, *does)
        self.settle()

    def done(self, dialog: Any) -> None:
        """Press the main button of a dialog, and wait for what comes of it."""
        dialog.do_button.click()
        self.settle()

    def do(self, name: str) -> None:
        """Do a command of the page."""
        action = self.page.commands.action(name)
        assert action.isEnabled(), f"{name} cannot be done now"
        action.trigger()
        self.settle()

    def turn_to(self, name: str) -> Any:
        """Turn to a part of the page, and return its table."""
        part = getattr(self.page, name)
        self.page.sections.turn_to(part)  # type: ignore[attr-defined]
        part.table.setFocus()
        self.settle()
        return part.table
