"""The first window: which book, and its passphrase. Painted with Qt alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from dpemployer.i18n import _
from ui import theme
from ui.widgets.buttons import ButtonRow, button
from ui.widgets.entries import ChoiceEntry, PassphraseEntry, TextEntry
from ui.widgets.form import Form
from ui.widgets.scroll import Scroll
from ui.widgets.switch import Switch
from ui.widgets.words import Card, Words, heading, hint, title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QCloseEvent

    from dpemployer.errors import DpEmployerError


class UnlockWindow(QWidget):
    """Open a book known here or found in a folder, with its passphrase or its recovery sheet."""

    open_asked = Signal(object, str)
    """The folder, and the passphrase."""
    sheet_asked = Signal(object, str, str)
    """The folder, the code on the recovery sheet, and a new passphrase."""
    new_asked = Signal()
    help_asked = Signal(str)
    closed = Signal()

    def __init__(self, recent: Sequence[Path]) -> None:
        super().__init__()
        self.setWindowTitle(_("DP Employer"))
        theme.mark(self, kind="page")
        self._recent = list(recent)
        scroll = Scroll()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        scroll.box.addWidget(title(_("DP Employer")))
        scroll.box.addWidget(
            hint(_("Pay the people who support you, and show where the money went."))
        )
        self._passphrase_part = _PassphrasePart(self._recent)
        self._sheet_part = _SheetPart()
        self._stack = Switch(self._passphrase_part, self._sheet_part)
        self._waiting = QLabel()
        scroll.box.addWidget(self._stack)
        scroll.box.addWidget(self._waiting)
        self._connect()
        self.resize(theme.characters(84), theme.line_height(30))
        self._passphrase_part.begin()

    @property
    def folder(self) -> Path | None:
        """The folder of the book chosen."""
        return self._passphrase_part.folder()

    def set_busy(self, words: str) -> None:
        """Say that the book is being opened, or (nothing) that the person may go on."""
        self._waiting.setText(words)
        self._stack.setEnabled(not words)

    def show_error(self, error: DpEmployerError) -> None:
        """Say why the book did not open; the passphrase stays to be put right."""
        self.set_busy("")
        if self._stack.current is self._sheet_part:
            self._sheet_part.form.show_error(error)
        else:
            self._passphrase_part.form.show_error(error)
            self._passphrase_part.again()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self.closed.emit()

    def _connect(self) -> None:
        first, sheet = self._passphrase_part, self._sheet_part
        first.unlock_asked.connect(self._unlock)
        first.new_button.clicked.connect(lambda: self.new_asked.emit())  # noqa: PLW0108 - no `checked`
        first.forgotten.clicked.connect(self._show_sheet)
        first.help.clicked.connect(lambda: self.help_asked.emit("unlock"))
        sheet.back.clicked.connect(lambda: self._stack.show_part(first))
        sheet.asked.connect(self._open_with_sheet)

    def _unlock(self, folder: Path, passphrase: str) -> None:
        self.set_busy(_("Opening the book…"))
        self.open_asked.emit(folder, passphrase)

    def _show_sheet(self) -> None:
        folder = self.folder
        if folder is not None:
            self._sheet_part.begin(folder)
            self._stack.show_part(self._sheet_part)
        else:
            self._passphrase_part.form.check()

    def _open_with_sheet(self, code: str, passphrase: str) -> None:
        self.set_busy(_("Opening the book…"))
        self.sheet_asked.emit(self.folder, code, passphrase)


class _PassphrasePart(QWidget):
    """The usual way in."""

    unlock_asked = Signal(object, str)

    def __init__(self, recent: list[Path]) -> None:
        super().__init__()
        self._recent = recent
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.gap(3))
        card = Card()
        self.form = Form()
        card.box.addWidget(self.form)
        self.book = self.form.add(
            "book",
            ChoiceEntry(_("Book"), [(path, _shown(path)) for path in recent], as_list=True),
        )
        self.form.add_widget(
            ButtonRow(button(_("Choose another folder…"), self.choose_folder, kind="link"))
        )
        self.passphrase = self.form.add("passphrase", PassphraseEntry(_("Passphrase")))
        self.unlock = button(_("Unlock"), self._ask, kind="main")
        self.forgotten = button(_("Use the recovery sheet"), lambda: None, kind="link")
        card.box.addWidget(ButtonRow(self.unlock, self.forgotten))
        box.addWidget(card)
        new = Card(_("No book yet?"))
        new.box.addWidget(
            Words(
                _(
                    "A book is a locked folder on this computer that holds everything about one "
                    "employer. Nothing in it is sent anywhere."
                )
            )
        )
        self.new_button = button(_("Make a new book"), lambda: None)
        self.help = button(_("Help"), lambda: None, kind="link")
        new.box.addWidget(ButtonRow(self.new_button, self.help))
        box.addWidget(new)
        self.passphrase.line.returnPressed.connect(self._ask)
        if not recent:
            card.hide()
            self.open_other = button(_("Open a book I have"), self.choose_folder)
            new.box.addWidget(ButtonRow(self.open_other))
        self._card = card

    def begin(self) -> None:
        """Point at the newest book, with the keyboard where the passphrase goes."""
        if self._recent:
            self.book.set_value(self._recent[0])
            self.passphrase.take_focus()
        else:
            self.new_button.setFocus()

    def folder(self) -> Path | None:
        """Return the folder chosen."""
        return self.book.value()

    def again(self) -> None:
        """Select what was typed, so that typing replaces it and arrows keep it."""
        self.passphrase.take_focus()
        self.passphrase.line.selectAll()

    def choose_folder(self) -> None:
        """Let the person find the folder of a book."""
        found = QFileDialog.getExistingDirectory(self, _("Choose the folder of the book"))
        if found:
            self.use_folder(Path(found))

    def use_folder(self, folder: Path) -> None:
        """Put a folder first among the books offered, and choose it."""
        if folder in self._recent:
            self._recent.remove(folder)
        self._recent.insert(0, folder)
        self.book.set_choices([(path, _shown(path)) for path in self._recent])
        self.book.set_value(folder)
        self._card.show()
        self.passphrase.take_focus()

    def _ask(self) -> None:
        if self.form.check():
            self.unlock_asked.emit(self.book.answer(), self.passphrase.answer())


class _SheetPart(QWidget):
    """The way in when the passphrase is forgotten."""

    asked = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        card = Card()
        self._name = Words("", "quiet")
        self.form = Form()
        self.code = self.form.add(
            "code",
            TextEntry(
                _("The code on the recovery sheet"),
                hint=_("Type the groups of letters as printed. Spaces and dashes do not matter."),
                wide=56,
            ),
        )
        self.passphrase = self.form.add(
            "passphrase",
            PassphraseEntry(
                _("A new passphrase"), hint=_("It takes the place of the one you forgot.")
            ),
        )
        self.back = button(_("Back"), lambda: None)
        go = button(_("Open the book"), self._ask, kind="main")
        card.box.addWidget(heading(_("Open with the recovery sheet")))
        card.box.addWidget(self._name)
        card.box.addWidget(self.form)
        card.box.addWidget(ButtonRow(go, self.back))
        box.addWidget(card)
        box.addStretch(1)
        self.passphrase.line.returnPressed.connect(self._ask)

    def begin(self, folder: Path) -> None:
        """Start afresh for one book."""
        self._name.setText(_("Book: {book}").format(book=_shown(folder)))
        self.form.notices.clear()
        self.code.take_focus()

    def _ask(self) -> None:
        if self.form.check():
            self.asked.emit(self.code.answer(), self.passphrase.answer())


def _shown(folder: Path) -> str:
    """Name a book by its folder, and say where that is."""
    home = Path.home()
    place = folder.parent
    where = f"~/{place.relative_to(home)}" if place.is_relative_to(home) else str(place)
    return f"{folder.name}  ({where})"
