"""Make a book out of a backup, in a folder of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dpemployer.i18n import _
from dpemployer.office import restore
from ui import files
from ui.dialogs.task import TaskDialog
from ui.widgets.buttons import ButtonRow, button
from ui.widgets.entries import TextEntry
from ui.widgets.form import Form

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.desk import Desk

BACKUP_ENDING = ".dpebackup"


class RestoreDialog(TaskDialog):
    """Asks for the backup's file, and for a folder that is not there yet."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            _("Restore a backup"),
            _(
                "The backup becomes a book in a new folder. It is checked while it is restored, "
                "and opens with the passphrase it was made with."
            ),
            _("Restore it"),
            parent,
        )
        self.folder: Path | None = None
        self.form = Form()
        self.file = self.form.add("file", TextEntry(_("The backup"), wide=56))
        self.form.add_widget(ButtonRow(button(_("Choose the file"), self.choose_file)))
        self.place = self.form.add(
            "place", TextEntry(_("The new folder"), hint=_("It must not be there yet."), wide=56)
        )
        self.form.add_widget(ButtonRow(button(_("Choose where it goes"), self.choose_place)))
        self.box.addWidget(self.form)

    def choose_file(self) -> None:
        """Let the person choose the backup."""
        path = files.choose_path(self, _("Choose the backup"), f"*{BACKUP_ENDING}")
        if path is not None:
            self.file.set_value(str(path))
            if not self.place.text():
                self.place.set_value(str(path.with_suffix("")))

    def choose_place(self) -> None:
        """Let the person choose the folder the new one goes into."""
        found = files.choose_folder(self, _("Choose where it goes"))
        if found is not None:
            name = Path(self.file.text()).stem or self.desk.office.folder.name
            self.place.set_value(str(found / name))

    def do(self) -> None:
        """Restore it."""
        if not self.form.check():
            return
        backup, folder = Path(self.file.answer()), Path(self.place.answer()).expanduser()
        self.folder = folder
        self.change(lambda: restore(backup, folder))
