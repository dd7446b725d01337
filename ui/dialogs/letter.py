"""A letter begun from what the book knows: read it, change any of it, print it, keep a copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer import clock
from dpemployer.i18n import _
from dpemployer.services.money_rows import Letter
from ui.dialogs.pdf_view import PdfDialog
from ui.dialogs.task import TaskDialog
from ui.widgets.entries import LongTextEntry, TextEntry, TickEntry
from ui.widgets.form import Form

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.desk import Desk

_BETWEEN = "\n\n"


class LetterDialog(TaskDialog):
    """Shows a letter in fields, and prints it."""

    ENTER_DOES = False

    def __init__(self, desk: Desk, letter: Letter, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            _("Write a letter"),
            _("Everything here can be changed. Nothing is sent: you print it or save it."),
            _("See it on paper"),
            parent,
        )
        self.form = Form()
        add = self.form.add
        self.from_whom = add("sender", LongTextEntry(_("From"), needed=False))
        self.to = add("to", LongTextEntry(_("To"), hint=_("The name and address it goes to.")))
        self.reference = add("reference", TextEntry(_("Their reference"), needed=False))
        self.heading = add("heading", TextEntry(_("What it is about"), wide=56))
        self.words = add("words", LongTextEntry(_("The letter"), lines=12))
        self.signed = add("signed", TextEntry(_("Name under it"), needed=False))
        self.large = add("large", TickEntry(_("In large print")))
        self.keep = add(
            "keep", TickEntry(_("Keep a copy among the papers of the book when it is shown"))
        )
        self.from_whom.set_value(letter.sender)
        self.to.set_value(letter.to)
        self.reference.set_value(letter.reference)
        self.heading.set_value(letter.heading)
        self.words.set_value(_BETWEEN.join(letter.paragraphs))
        self.signed.set_value(letter.signed)
        self.box.addWidget(self.form)
        self.cancel_button.setText(_("Close"))
        self.words.take_focus()

    def letter(self) -> Letter:
        """Return the letter as it stands in the fields."""
        paragraphs = self.words.answer().replace("\r\n", "\n").split(_BETWEEN)
        return Letter(
            heading=self.heading.answer(),
            sender=self.from_whom.value(),
            to=self.to.answer(),
            reference=self.reference.value(),
            paragraphs=tuple(text.strip() for text in paragraphs if text.strip()),
            signed=self.signed.value(),
        )

    def do(self) -> None:
        """Show it as it prints; keep a copy first where that was asked for."""
        if not self.form.check():
            return
        letter, on, letters = self.letter(), clock.today(), self.desk.office.letters
        large, keep = bool(self.large.read()), bool(self.keep.read())
        self.change(
            lambda: letters.pdf(letter, on, large=large, keep=keep),
            lambda pdf: self._show(letter, pdf),
        )

    def _show(self, letter: Letter, pdf: bytes) -> None:
        self.opened_as()
        name = _("{heading} {day}.pdf").format(
            heading=letter.heading, day=clock.today().isoformat()
        )
        PdfDialog(letter.heading, pdf, name.replace("/", "-"), self).exec()
