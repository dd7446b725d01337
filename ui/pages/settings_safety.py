"""Settings, safety: who can open the book, its recovery sheet, backups and health."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpemployer import clock
from dpemployer.errors import OutsideError
from dpemployer.i18n import N_, _
from ui import files
from ui.actions import Command
from ui.dialogs.form_dialog import FormDialog
from ui.dialogs.passphrases import AddPersonDialog, ChangePassphraseDialog
from ui.dialogs.pdf_view import PdfDialog
from ui.dialogs.question import Question
from ui.dialogs.restore import BACKUP_ENDING, RestoreDialog
from ui.forms.sheet_proof import SheetProof
from ui.models.settings import WAY_COLUMNS
from ui.pages.settings_part import Host, SettingsPart
from ui.widgets.form import Form
from ui.widgets.notice import GOOD, Notices
from ui.widgets.table import Table
from ui.widgets.words import Card, Words, hint

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from dpemployer.findings import Finding
    from dpemployer.office import Office
    from dpemployer.services.access import WayIn
    from ui.actions import Commands

_PAGE = N_("This page")


class AccessPart(SettingsPart):
    """Who can open the book, and how."""

    NAME = N_("Who can open it")

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.ways: Table[WayIn] = Table(
            _("Who can open this book"), WAY_COLUMNS, empty=_("Nobody else."), most_rows=6
        )
        self.notices = Notices()
        self._keychain = Words("", "hint")
        self._can_stay = False
        self.watch(self.ways)

    def declare(self, commands: Commands) -> None:
        for name, words, does, available in (
            ("passphrase", _("Change your passphrase"), self.passphrase, self.here),
            ("helper", _("Let a helper open the book"), self.helper, self.here),
            ("remove", _("Take this way in away"), self.remove, self.on(self.ways)),
            (
                "keychain",
                _("Stay unlocked on this computer"),
                self.keychain,
                lambda: self.here() and self._can_stay,
            ),
        ):
            commands.add(Command(f"settings.{name}", words, does, _PAGE, "", "", available))
        card = Card()
        card.box.addWidget(self.notices)
        card.box.addWidget(self.ways)
        card.box.addWidget(
            commands.buttons("settings.passphrase", "settings.helper", "settings.remove")
        )
        card.box.addWidget(self._keychain)
        card.box.addWidget(commands.buttons("settings.keychain"))
        self.box.addWidget(card)

    def first_field(self) -> QWidget:
        return self.ways.view

    def ask(self, office: Office) -> tuple[tuple[WayIn, ...], bool]:
        return office.access.ways_in(), office.access.keychain_is_there

    def show_answer(self, answer: Any) -> None:
        ways, keychain = answer
        self.ways.show_rows(ways, same=lambda way: way.id)
        kept = any(way.by_keychain for way in ways)
        self._can_stay = keychain and not kept
        self._keychain.setText(
            _("This computer opens the book by itself. Take that away in the list above.")
            if kept
            else _("This computer has a keychain: it can open the book without a passphrase.")
            if keychain
            else _("This computer has no keychain the program can trust, so it asks each time.")
        )

    def passphrase(self) -> None:
        """Change the passphrase."""
        if self.host.run(ChangePassphraseDialog(self.desk, self.window())):
            self.desk.say(_("The passphrase is changed."))
            self.host.refresh()

    def helper(self) -> None:
        """Let a helper in."""
        if self.host.run(AddPersonDialog(self.desk, self.window())):
            self.desk.say(_("They can open the book now."))
            self.host.refresh()

    def remove(self) -> None:
        """Take a way of opening the book away."""
        way, access = self.ways.row(), self.desk.office.access
        if way is None:
            return
        question = Question(
            _("Take this way in away"),
            _("Should {name} no longer open the book this way?").format(name=way.person),
            (_("Copies and backups made before still open with it."),),
            _("Take it away"),
            self.window(),
        )
        if self.host.run(question):
            way_id, by_keychain = way.id, way.by_keychain
            self.desk.operations.change(
                lambda: access.forget_in_keychain() if by_keychain else access.remove(way_id),
                lambda _none: self.host.refresh(),
                owner=self,
            )

    def keychain(self) -> None:
        """Let this computer open the book without a passphrase."""
        self.desk.operations.change(
            self.desk.office.access.keep_in_keychain,
            lambda _none: self.host.refresh(),
            owner=self,
            or_else=self._no_keychain,
        )

    def _no_keychain(self, error: Any) -> None:
        if isinstance(error, OutsideError):
            self.notices.show_error(error)


class SafetyPart(SettingsPart):
    """The recovery sheet, backups, and whether the book is sound."""

    NAME = N_("Keeping it safe")

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.health = Notices()

    def declare(self, commands: Commands) -> None:
        for name, words, does, keys, kind in (
            ("sheet", _("See the recovery sheet"), self.sheet, "", ""),
            ("sheet.kept", _("I have it on paper"), self.sheet_kept, "", ""),
            ("backup", _("Make a backup"), self.backup, "Ctrl+B", "main"),
            ("restore", _("Restore a backup"), self.restore, "", ""),
            ("check", _("Check the whole book"), self.check, "", ""),
        ):
            commands.add(Command(f"settings.{name}", words, does, _PAGE, keys, "", self.here, kind))
        self.box.addWidget(self.health)
        for title, explained, names in (
            (
                _("Backups"),
                _(
                    "A backup is one file with everything in it, locked like the book. Keep one on "
                    "a stick, away from the computer. It is restored into a folder of its own: "
                    "this book is never written over."
                ),
                ("backup", "restore"),
            ),
            (
                _("The recovery sheet"),
                _(
                    "It opens the book when every passphrase is forgotten. Print it and keep it "
                    "where you keep your passport."
                ),
                ("sheet", "sheet.kept"),
            ),
            (
                _("Is the book sound?"),
                _("Every sum is worked out again, and every paper compared with what was kept."),
                ("check",),
            ),
        ):
            card = Card(title)
            card.box.addWidget(hint(explained))
            card.box.addWidget(commands.buttons(*(f"settings.{name}" for name in names)))
            self.box.addWidget(card)

    def sheet(self) -> None:
        """Show the recovery sheet, to print or to save."""
        self.desk.operations.ask(
            self.desk.office.papers.recovery_sheet,
            lambda pdf: self.host.run(
                PdfDialog(_("Recovery sheet"), pdf, _("Recovery sheet.pdf"), self.window())
            ),
            owner=self,
        )

    def sheet_kept(self) -> None:
        """Have the paper proved, and remember that somebody has it."""
        office, form = self.desk.office, Form()
        proof = SheetProof(form)
        proof.ask_about(office.recovery_groups)

        def save() -> Callable[[], Any]:
            proof.check()
            return lambda: office.safety.sheet_is_kept(clock.today())

        self.host.run(
            FormDialog(
                self.desk,
                _("The recovery sheet on paper"),
                form,
                save,
                said=_("Good. Keep it where you keep your passport."),
                parent=self,
            )
        )

    def backup(self) -> None:
        """Write a backup, and say where it is."""
        office = self.desk.office
        name = f"{office.folder.name} {clock.today().isoformat()}{BACKUP_ENDING}"
        day = clock.today()
        place = files.choose_place(self, _("Make a backup"), name, f"*{BACKUP_ENDING}")
        if place is not None:
            self.desk.operations.ask(
                lambda: office.safety.back_up(place, day),
                lambda path: self.health.say(
                    GOOD, _("The backup is in {place}.").format(place=path)
                ),
                owner=self,
                or_else=self.health.show_error,
            )

    def restore(self) -> None:
        """Make a second book out of a backup."""
        dialog = RestoreDialog(self.desk, self.window())
        if self.host.run(dialog) and dialog.folder is not None:
            self.health.say(
                GOOD,
                _(
                    "The book is restored in {place}. Lock this book, and choose that folder to "
                    "open it."
                ).format(place=dialog.folder),
            )

    def check(self) -> None:
        """Check the book from end to end."""
        self.desk.operations.ask(self.desk.office.checks.everything, self._checked, owner=self)

    def _checked(self, findings: tuple[Finding, ...]) -> None:
        if findings:
            self.health.show_findings(findings)
        else:
            self.health.say(GOOD, _("Nothing wrong was found."))
