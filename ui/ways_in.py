"""The two ways into a book: its passphrase, and its recovery sheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from dpemployer.i18n import _
from ui.widgets.buttons import ButtonRow, button
from ui.widgets.choice_entry import ChoiceEntry
from ui.widgets.entry import PassphraseEntry, TextEntry
from ui.widgets.form import Form
from ui.widgets.words import Card, Words

if TYPE_CHECKING:
    from collections.abc import Sequence


class PassphrasePart(Card):
    """Which book, and its passphrase."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.form = Form()
        self.book: ChoiceEntry[Path] = self.form.add(
            "book", ChoiceEntry(_("Book"), [], as_list=True)
        )
        self.other = button(_("Choose another folder…"), _nothing, kind="link")
        self.form.add_widget(ButtonRow(self.other))
        self.passphrase = self.form.add("passphrase", PassphraseEntry(_("Passphrase")))
        self.unlock = button(_("Unlock"), self._ask, kind="main")
        self.keychain = button(_("Use this computer’s keychain"), _nothing, kind="link")
        self.forgotten = button(_("Use the recovery sheet"), _nothing, kind="link")
        self.box.addWidget(self.form)
        self.box.addWidget(ButtonRow(self.unlock, self.keychain, self.forgotten))
        self.passphrase.line.returnPressed.connect(self._ask)

    def offer(self, books: Sequence[Path]) -> None:
        """Offer *books*, with the first chosen."""
        self.book.set_choices([(path, _shown(path)) for path in books])
        self.book.set_value(books[0])
        self.passphrase.take_focus()

    def again(self) -> None:
        """Select what was typed, so that typing replaces it and arrows keep it."""
        self.passphrase.take_focus()
        self.passphrase.line.selectAll()

    def _ask(self) -> None:
        if self.form.check():
            self.asked.emit(self.passphrase.answer())


class SheetPart(Card):
    """The code on the recovery sheet, and a new passphrase."""

    asked = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(_("Open with the recovery sheet"))
        self._name = Words("", "quiet")
        self.form = Form()
        self.code = self.form.add(
            "code",
            TextEntry(
                _("The code on the recovery sheet"),
                hint=_("Type the groups of letters as printed. Spaces and dashes do not matter."),
                wide=96,
            ),
        )
        self.passphrase = self.form.add(
            "passphrase",
            PassphraseEntry(
                _("A new passphrase"), hint=_("It takes the place of the one you forgot.")
            ),
        )
        self.back = button(_("Back"), _nothing)
        go = button(_("Open the book"), self._ask, kind="main")
        self.box.addWidget(self._name)
        self.box.addWidget(self.form)
        self.box.addWidget(ButtonRow(go, self.back))
        self.passphrase.line.returnPressed.connect(self._ask)

    def begin(self, folder: Path) -> None:
        """Start afresh for one book."""
        self._name.setText(_("Book: {book}").format(book=_shown(folder)))
        self.form.clear_notices()
        self.code.take_focus()

    def _ask(self) -> None:
        if self.form.check():
            self.asked.emit(self.code.answer(), self.passphrase.answer())


def _nothing() -> None:
    """The window these buttons are in says what they do."""


def _shown(folder: Path) -> str:
    """Name a book by its folder, and say where that is."""
    home = Path.home()
    place = folder.parent
    where = f"~/{place.relative_to(home)}" if place.is_relative_to(home) else str(place)
    return f"{folder.name}  ({where})"
