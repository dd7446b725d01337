"""Entries asked together: checked together, their problems said twice, and what was typed kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpemployer.i18n import _
from ui import theme
from ui.widgets.buttons import button
from ui.widgets.words import heading, hint

if TYPE_CHECKING:
    from dpemployer.errors import DpEmployerError, EntryError
    from ui.widgets.entry import Entry
    from ui.widgets.notice import Notices

AnEntry = TypeVar("AnEntry", bound="Entry[Any]")


class Form(QWidget):
    """A column of entries, each known by a name that its draft is kept under."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: dict[str, Entry[Any]] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.gap(3))
        self._notices: Notices | None = None

    def add(self, name: str, entry: AnEntry) -> AnEntry:
        """Put an entry under those already there, and return it."""
        self._entries[name] = entry
        self._box.addWidget(entry)
        entry.edited.connect(self.edited)
        return entry

    def add_heading(self, words: str, explained: str = "") -> None:
        """Begin a new part of the form."""
        self._box.addSpacing(theme.gap(1))
        self._box.addWidget(heading(words))
        if explained:
            self._box.addWidget(hint(explained))

    def add_widget(self, widget: QWidget) -> None:
        """Put something that is not an entry into the column."""
        self._box.addWidget(widget)

    @property
    def notices(self) -> Notices:
        """What is said at the top of the form; made when there is first something to say."""
        if self._notices is None:
            from ui.widgets.notice import Notices  # noqa: PLC0415 - as said above

            self._notices = Notices()
            self._box.insertWidget(0, self._notices)
        return self._notices

    @property
    def entries(self) -> dict[str, Entry[Any]]:
        """The entries by name."""
        return self._entries

    def check(self) -> bool:
        """Check every entry in sight; say what is wrong at the top and beside each field.

        The keyboard goes to the first problem's link, from where Enter goes to its field.
        """
        problems = {
            name: problem
            for name, entry in self._entries.items()
            if entry.isVisibleTo(self) and (problem := entry.check()) is not None
        }
        if not problems:
            self.clear_notices()
            return True
        self._list(problems)
        return False

    def show_error(self, error: DpEmployerError) -> None:
        """Show an error that came back from the office; nothing typed is lost."""
        notice = self.notices.show_error(error)
        notice.setFocus()

    def clear_notices(self) -> None:
        """Take away what was said at the top."""
        if self._notices is not None:
            self._notices.clear()

    def typed(self) -> dict[str, str]:
        """Return everything typed, exactly, for keeping."""
        return {name: entry.text() for name, entry in self._entries.items()}

    def restore(self, typed: dict[str, str]) -> None:
        """Put back what `typed` returned; names no longer asked are passed over."""
        for name, text in typed.items():
            if name in self._entries:
                self._entries[name].set_text(text)

    def is_empty(self) -> bool:
        """Whether nothing at all has been typed or chosen."""
        return not any(self.typed().values())

    def _list(self, problems: dict[str, EntryError]) -> None:
        notice = self.notices.say(
            "blocking", _("Nothing has been lost."), word=_("There is a problem")
        )
        for place, (name, error) in enumerate(problems.items()):
            link = button(error.what, self._entries[name].take_focus, kind="link")
            notice.box.addWidget(link)
            link.show()  # now, so that it can take the keyboard
            if place == 0:
                link.setFocus()
