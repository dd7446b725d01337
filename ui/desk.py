"""What every page works with: the open office, the worker thread, and a way to other pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from dpemployer.office import Office
    from dpemployer.settings import Settings
    from ui.operations import Operations


class Desk(QObject):
    """Handed to every page when it is made."""

    went = Signal(str, object)
    """The place to go to, and what to show there (an id, or nothing)."""
    helped = Signal(str)
    """The help page to open."""
    wizard_asked = Signal(object)
    """A wizard to show in front of everything else."""
    said = Signal(str)
    """A short sentence for the status line: something was done."""
    dressed = Signal()
    """Colours or the size of text were chosen anew."""

    def __init__(
        self,
        office: Office,
        operations: Operations,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.office = office
        self.operations = operations
        self.settings = settings

    def go(self, place: str, what: Any = None) -> None:
        """Go to another page."""
        self.went.emit(place, what)

    def help(self, page: str) -> None:
        """Open a help page."""
        self.helped.emit(page)

    def say(self, words: str) -> None:
        """Say in the status line, and to a screen reader, that something was done."""
        self.said.emit(words)
