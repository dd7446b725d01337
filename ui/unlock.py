"""The first window: which book, and its passphrase. Painted with Qt alone."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QVBoxLayout,
    QWidget,
)

from dpemployer.i18n import _
from ui import theme
from ui.widgets.buttons import ButtonRow, button
from ui.widgets.scroll import Scroll
from ui.widgets.switch import Switch
from ui.widgets.words import Card, Words, hint, title

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent, QPaintEvent

    from dpemployer.errors import DpEmployerError
    from ui.ways_in import PassphrasePart, SheetPart


_A_MOMENT = 20
"""Milliseconds: long enough for the first picture to reach the screen."""


class UnlockWindow(QWidget):
    """Open a book known here or found in a folder, with its passphrase or its recovery sheet."""

    open_asked = Signal(object, str)
    """The folder, and the passphrase."""
    keychain_asked = Signal(object)
    """The folder, to be opened with what this computer's keychain holds."""
    sheet_asked = Signal(object, str, str)
    """The folder, the code on the recovery sheet, and a new passphrase."""
    new_asked = Signal()
    help_asked = Signal(str)
    settled = Signal()
    """It has been on screen for a moment: what was put off can begin."""
    closed = Signal()

    def __init__(self, recent: Sequence[Path]) -> None:
        super().__init__()
        self.setWindowTitle(_("DP Employer"))
        theme.mark(self, kind="page")
        self._recent = list(recent)
        self._on_screen = False
        scroll = Scroll(finished=False)
        self.settled.connect(scroll.finish)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        scroll.box.addWidget(title(_("DP Employer")))
        scroll.box.addWidget(
            hint(_("Pay the people who support you, and show where the money went."))
        )
        self._switch = Switch(self._first_part())
        self._waiting = Words("", "quiet")
        scroll.box.addWidget(self._switch)
        scroll.box.addWidget(self._waiting)
        theme.open_at(self, 84, 30)
        if self._recent:
            self._offer()
        else:
            self.new_button.setFocus()

    @property
    def folder(self) -> Path | None:
        """The folder of the book chosen."""
        return self.passphrase_part.book.value() if self._recent else None

    @cached_property
    def passphrase_part(self) -> PassphrasePart:
        """The usual way in; made when there is a book to open."""
        from ui.ways_in import PassphrasePart  # noqa: PLC0415 - see above

        part = PassphrasePart()
        part.asked.connect(self._unlock)
        part.keychain.clicked.connect(self._use_keychain)
        part.forgotten.clicked.connect(self._use_sheet)
        part.other.clicked.connect(lambda: self.choose_folder())  # noqa: PLW0108 - no `checked`
        self._first_box.insertWidget(0, part)
        return part

    @cached_property
    def sheet_part(self) -> SheetPart:
        """The way in when the passphrase is forgotten; made when it is."""
        from ui.ways_in import SheetPart  # noqa: PLC0415 - see above

        part = SheetPart()
        part.asked.connect(self._open_with_sheet)
        part.back.clicked.connect(lambda: self._switch.show_part(self._first))
        self._switch.add(part)
        return part

    def choose_folder(self) -> None:
        """Let the person find the folder of a book."""
        from ui import files  # noqa: PLC0415 - not before the first window

        found = files.choose_folder(self, _("Choose the folder of the book"))
        if found is not None:
            self.use_folder(found)

    def use_folder(self, folder: Path) -> None:
        """Put a folder first among the books offered, and choose it."""
        if folder in self._recent:
            self._recent.remove(folder)
        self._recent.insert(0, folder)
        self._offer()

    def set_busy(self, words: str) -> None:
        """Say that the book is being opened, or (nothing) that the person may go on."""
        self._waiting.setText(words)
        self._switch.setEnabled(not words)

    def show_error(self, error: DpEmployerError) -> None:
        """Say why the book did not open; the passphrase stays to be put right."""
        self.set_busy("")
        if self._switch.current is self._first:
            self.passphrase_part.form.show_error(error)
            self.passphrase_part.again()
        else:
            self.sheet_part.form.show_error(error)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._on_screen:
            self._on_screen = True
            QTimer.singleShot(_A_MOMENT, self, self.settled.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self.closed.emit()

    def _first_part(self) -> QWidget:
        """Return what is seen first: the book to open, if there is one, and making a new one."""
        self._first = QWidget()
        self._first_box = QVBoxLayout(self._first)
        self._first_box.setContentsMargins(0, 0, 0, 0)
        self._first_box.setSpacing(theme.gap(3))
        new = Card(_("No book yet?"))
        new.box.addWidget(
            Words(
                _(
                    "A book is a locked folder on this computer that holds everything about one "
                    "employer. Nothing in it is sent anywhere."
                )
            )
        )
        self.new_button = button(_("Make a new book"), self.new_asked.emit)
        buttons = [self.new_button]
        if not self._recent:
            buttons.append(button(_("Open a book I have"), self.choose_folder))
        buttons.append(button(_("Help"), lambda: self.help_asked.emit("unlock"), kind="link"))
        new.box.addWidget(ButtonRow(*buttons))
        self._first_box.addWidget(new)
        return self._first

    def _offer(self) -> None:
        """Offer the books known, the newest chosen, with the keyboard where its passphrase goes."""
        self.passphrase_part.offer(self._recent)

    def _unlock(self, passphrase: str) -> None:
        self.set_busy(_("Opening the book…"))
        self.open_asked.emit(self.folder, passphrase)

    def _use_keychain(self) -> None:
        if self.folder is not None:
            self.set_busy(_("Opening the book…"))
            self.keychain_asked.emit(self.folder)

    def _use_sheet(self) -> None:
        if self.folder is not None:
            self.sheet_part.begin(self.folder)
            self._switch.show_part(self.sheet_part)
        else:
            self.passphrase_part.form.check()

    def _open_with_sheet(self, code: str, passphrase: str) -> None:
        self.set_busy(_("Opening the book…"))
        self.sheet_asked.emit(self.folder, code, passphrase)
