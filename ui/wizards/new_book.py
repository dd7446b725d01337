"""The first two pages: where the book goes with its passphrase, and the recovery sheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QWidget

from dpemployer import clock
from dpemployer.errors import EntryError
from dpemployer.i18n import _
from ui import theme
from ui.dialogs.pdf_view import PdfDialog
from ui.forms.sheet_proof import SheetProof
from ui.widgets.buttons import ButtonRow, button
from ui.widgets.entries import PassphraseEntry, TextEntry
from ui.widgets.flow import Flow
from ui.widgets.words import Card, Words
from ui.wizards.wizard import BookMaker, Step, Wizard

if TYPE_CHECKING:
    from collections.abc import Callable

    from dpemployer.office import Office

_SHORT, _MIDDLING = 10, 18
_FEW_WORDS = 3
_COMMON = ("password", "passphrase", "letmein", "qwerty", "12345678", "welcome", "abc123")


def strength(passphrase: str) -> str:
    """Say in words how hard a passphrase is to guess. No passphrase is refused for it."""
    words = passphrase.split()
    plain = passphrase.casefold().replace(" ", "")
    if not passphrase:
        return ""
    if any(common in plain for common in _COMMON) or len(set(plain)) < 5:
        return _("Easy to guess: it is among the first that anybody would try.")
    if len(passphrase) < _SHORT:
        return _("Easy to guess: it is short. Three or four unusual words would be better.")
    if len(passphrase) < _MIDDLING and len(words) < _FEW_WORDS:
        return _("Could be better: one more unusual word would make it much harder to guess.")
    return _("Hard to guess.")


class BookStep(BookMaker):
    """Where the book goes, whose it is, and the passphrase that opens it."""

    ID = "book"
    MAY_SKIP = False

    def __init__(self, parent_folder: Path) -> None:
        super().__init__(
            _("A new book"),
            _(
                "A book is a folder on this computer, locked with a passphrase. It holds "
                "everything about one employer. You can stop at any page from here on, and "
                "go on another day."
            ),
        )
        self.your_name = self.form.add(
            "your_name",
            TextEntry(_("Your name"), hint=_("Each change in the book says who made it.")),
        )
        self.book_name = self.form.add(
            "book_name",
            TextEntry(_("A name for the book"), hint=_("For example Our book, or Mum.")),
        )
        self.place = self.form.add("place", TextEntry(_("The folder it goes in"), wide=56))
        self.place.set_value(str(parent_folder))
        self.form.add_widget(
            ButtonRow(button(_("Choose another folder…"), self._choose_folder, kind="link"))
        )
        self.passphrase = self.form.add(
            "passphrase",
            PassphraseEntry(
                _("Passphrase"),
                hint=_(
                    "Three or four words that you will remember and others would not guess. "
                    "Nobody can look it up for you."
                ),
            ),
        )
        self.strength = Words("", "quiet")
        self.form.add_widget(self.strength)
        self.again = self.form.add("again", PassphraseEntry(_("The same passphrase again")))
        self.passphrase.edited.connect(
            lambda: self.strength.setText(strength(self.passphrase.text()))
        )
        self.remember()

    @property
    def folder(self) -> Path:
        """The folder of the book itself.

        Raises:
            EntryError: If a name is missing.
        """
        return Path(self.place.answer()).expanduser() / self.book_name.answer()

    def make(self) -> Callable[[], Office]:
        passphrase = self.passphrase.answer()
        if passphrase != self.again.answer():
            raise EntryError(
                _("The two passphrases are not the same."),
                _("It is asked twice so that a slip of the finger cannot lock you out."),
                _("Show both, and put right the one that is wrong."),
            )
        folder, your_name = self.folder, self.your_name.answer()

        def create() -> Office:
            from dpemployer.office import Office  # noqa: PLC0415 - on the worker thread

            return Office.create(folder, passphrase, your_name)

        return create

    def kept(self, value: Any) -> None:
        self.office = value

    def _choose_folder(self) -> None:
        found = QFileDialog.getExistingDirectory(
            self, _("Choose the folder the book goes in"), self.place.text()
        )
        if found:
            self.place.set_value(found)


class SheetStep(Step):
    """The recovery sheet: shown, printed or saved, and proved by typing a group of it."""

    ID = "sheet"
    MAY_SKIP = False

    def __init__(self) -> None:
        super().__init__(
            _("The recovery sheet"),
            _(
                "If the passphrase is ever forgotten, these letters open the book. Print them, or "
                "write them down, and put the paper where you keep important things. Nobody else "
                "can give them to you again."
            ),
        )
        card = Card(_("The letters"))
        self._letters = QWidget()
        self._flow = Flow(self._letters, theme.gap(4))
        card.box.addWidget(self._letters)
        self.print = button(_("Print or save the sheet…"), self._open_sheet)
        card.box.addWidget(ButtonRow(self.print))
        self.box.insertWidget(1, card)
        self.box.setSpacing(theme.gap(3))
        self.proof = SheetProof(self.form)

    def question(self, office: Office) -> Any:
        return office.recovery_groups

    def show_answer(self, answer: Any) -> None:
        for number, group in enumerate(answer, start=1):
            label = Words(f"{number:>2} {group}", "code")
            label.setWordWrap(False)
            self._flow.addWidget(label)
        self.proof.ask_about(answer)

    def work(self, office: Office) -> Callable[[], Any]:
        self.proof.check()
        return lambda: office.safety.sheet_is_kept(clock.today())

    def _open_sheet(self) -> None:
        window = self.window()
        if isinstance(window, Wizard) and window.office is not None:
            office = window.office
            window.operations.ask(office.papers.recovery_sheet, self._show_sheet, owner=self)

    def _show_sheet(self, pdf: bytes) -> None:
        PdfDialog(_("Recovery sheet"), pdf, _("Recovery sheet.pdf"), self.window()).exec()
