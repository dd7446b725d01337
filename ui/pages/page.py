"""What every page has: a name, a scrolling column for its contents, messages, and commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.actions import Commands
from ui.widgets.notice import Notices
from ui.widgets.scroll import Scroll
from ui.widgets.words import Words, title

if TYPE_CHECKING:
    from ui.desk import Desk


class Page(QWidget):
    """One screen. A subclass fills `box`, declares `commands`, and says how to `refresh`."""

    ID: ClassVar[str] = ""
    """What other pages go to it by; also the name of its help page, unless `HELP` differs."""
    NAME: ClassVar[str] = ""
    """Its words in the list of places, marked with `N_`."""
    ICON: ClassVar[str] = ""
    HELP: ClassVar[str] = ""
    SHOWS: ClassVar[frozenset[type]] = frozenset()
    """The kinds of fact it shows: when one is touched while it is on screen, it asks again.

    Whatever was changed elsewhere, it asks again when somebody comes back to it.
    """
    KEEPS_WHAT_WAS_TRIED: ClassVar[bool] = False
    """Whether it is left as it was when somebody comes back to it."""

    def __init__(self, desk: Desk, words: str = "") -> None:
        super().__init__()
        theme.mark(self, kind="page")
        self.desk = desk
        self.commands = Commands(self)
        self._stale = True
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.column = Scroll()
        outer.addWidget(self.column)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.box = self.column.box
        self.title: Words = title(words)
        self.box.addWidget(self.title)
        self.notices = Notices()
        self.box.addWidget(self.notices)
        desk.operations.changed.connect(self._touched)

    @property
    def help_page(self) -> str:
        """The help page of this screen."""
        return self.HELP or self.ID

    def refresh(self) -> None:
        """Ask the office again for everything shown."""

    def show_what(self, what: Any) -> None:
        """Show one thing another page pointed at; by itself, nothing particular."""

    def first_field(self) -> QWidget | None:
        """Return where the keyboard goes when the page is opened."""
        return None

    def visit(self, what: Any = None) -> None:
        """The person has come to this page."""
        if what is not None:
            self.show_what(what)
        if self._stale:
            self._stale = False
            self.refresh()
        self.commands.refresh()

    def _touched(self, subjects: frozenset[type]) -> None:
        if not self.isVisible():
            self._stale = self._stale or not self.KEEPS_WHAT_WAS_TRIED
        elif subjects & self.SHOWS:
            self.refresh()
