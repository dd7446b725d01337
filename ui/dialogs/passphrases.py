"""Change a passphrase, or let somebody else open the book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.errors import EntryError
from dpemployer.i18n import _
from ui.dialogs.task import TaskDialog
from ui.widgets.entries import PassphraseEntry, TextEntry
from ui.widgets.form import Form

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.desk import Desk


def _differ() -> EntryError:
    return EntryError(
        _("The new passphrase was typed in two different ways."),
        _("It is asked twice because nobody can see it while it is typed."),
        _("Type it again in both places. “Show” lets you see it."),
    )


class ChangePassphraseDialog(TaskDialog):
    """Takes the old passphrase and a new one."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            _("Change your passphrase"),
            _("The book and the recovery sheet stay as they are; only the passphrase changes."),
            _("Change it"),
            parent,
        )
        self.form = Form()
        self.old = self.form.add("old", PassphraseEntry(_("The passphrase you use now")))
        self.new = self.form.add("new", PassphraseEntry(_("The new passphrase")))
        self.again = self.form.add("again", PassphraseEntry(_("The new passphrase again")))
        self.box.addWidget(self.form)
        self.old.take_focus()

    def do(self) -> None:
        """Change it."""
        if not self.form.check():
            return
        old, new = self.old.answer(), self.new.answer()
        if new != self.again.answer():
            self.show_error(_differ())
            return
        access = self.desk.office.access
        self.change(lambda: access.change_passphrase(old, new))


class AddPersonDialog(TaskDialog):
    """Gives a helper a passphrase of their own."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            _("Let a helper open the book"),
            _(
                "They get a passphrase of their own, which you can take away again. What they do "
                "is in the history under their name."
            ),
            _("Let them in"),
            parent,
        )
        self.form = Form()
        self.name = self.form.add("name", TextEntry(_("Their name")))
        self.new = self.form.add("new", PassphraseEntry(_("Their passphrase")))
        self.again = self.form.add("again", PassphraseEntry(_("Their passphrase again")))
        self.box.addWidget(self.form)
        self.name.take_focus()

    def do(self) -> None:
        """Let them in."""
        if not self.form.check():
            return
        name, new = self.name.answer(), self.new.answer()
        if new != self.again.answer():
            self.show_error(_differ())
            return
        access = self.desk.office.access
        self.change(lambda: access.add_person(name, new))
