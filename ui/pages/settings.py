"""Settings of this computer; who may open the book; its recovery sheet, backup and health."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpemployer.clock import today
from dpemployer.errors import OutsideError
from dpemployer.i18n import N_, _
from dpemployer.settings import SETTINGS
from ui import files
from ui.actions import Command
from ui.dialogs.passphrases import AddPersonDialog, ChangePassphraseDialog
from ui.dialogs.question import Question
from ui.models.rows import Column
from ui.pages.page import Page
from ui.widgets.entries import ChoiceEntry, TickEntry
from ui.widgets.notice import GOOD, Notices
from ui.widgets.table import Table
from ui.widgets.words import Card, Words, hint

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from dpemployer.findings import Finding
    from dpemployer.services.access import WayIn
    from dpemployer.settings import Setting
    from ui.actions import Commands
    from ui.desk import Desk
    from ui.widgets.entries import Entry

_PAGE = N_("This page")

_WAYS: tuple[Column[WayIn], ...] = (
    Column(N_("Who"), text=lambda way: way.person),
    Column(
        N_("How"),
        text=lambda way: _("this computer’s keychain") if way.by_keychain else _("a passphrase"),
    ),
    Column(
        N_("As"),
        text=lambda way: _("owner") if str(way.role) == "owner" else _("helper"),
    ),
    Column(N_("Now"), text=lambda way: _("open this way now") if way.is_mine else ""),
)


class SettingsPage(Page):
    """What can be chosen, and how the book is kept safe."""

    ID = "settings"
    NAME = N_("Settings")
    ICON = "settings"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Settings"))
        self.entries: dict[str, Entry[Any]] = {}
        self.ways: Table[WayIn] = Table(
            _("Who can open this book"), _WAYS, empty=_("Nobody else."), most_rows=6
        )
        self._declare(self.commands)
        self._looks()
        self._keys()
        self._safety()

    def first_field(self) -> QWidget:
        """Return the first setting."""
        return next(iter(self.entries.values())).field()

    def refresh(self) -> None:
        """Ask who can open the book, and whether there is a keychain."""
        access = self.desk.office.access
        self.desk.operations.ask(
            lambda: (access.ways_in(), access.keychain_is_there),
            lambda answer: self._show(*answer),
            owner=self,
        )

    # ── putting it together ──

    def _looks(self) -> None:
        card = Card(_("This computer"))
        for setting in SETTINGS:
            entry = self._entry_for(setting)
            entry.edited.connect(lambda each=setting, from_=entry: self._set(each, from_))
            self.entries[setting.key] = entry
            card.box.addWidget(entry)
        self.box.addWidget(card)

    def _entry_for(self, setting: Setting[Any]) -> Entry[Any]:
        value = self.desk.settings.get(setting)
        if setting.choices:
            choice: ChoiceEntry[Any] = ChoiceEntry(
                _(setting.label),
                [(each, _(words)) for each, words in setting.choices],
                hint=_(setting.explanation),
            )
            choice.set_value(value)
            return choice
        tick = TickEntry(_(setting.label), hint=_(setting.explanation))
        tick.set_value(value)
        return tick

    def _keys(self) -> None:
        card = Card(_("Who can open this book"))
        card.box.addWidget(self.ways)
        card.box.addWidget(
            self.commands.buttons(
                "settings.passphrase", "settings.helper", "settings.remove", "settings.keychain"
            )
        )
        self._keychain = Words("", "hint")
        card.box.addWidget(self._keychain)
        self.box.addWidget(card)

    def _safety(self) -> None:
        card = Card(_("Keeping the book safe"))
        card.box.addWidget(
            hint(
                _(
                    "The recovery sheet opens the book when every passphrase is forgotten. Print "
                    "it and keep it where you keep your passport. A backup is one file: keep it on "
                    "a stick or another computer."
                )
            )
        )
        card.box.addWidget(
            self.commands.buttons("settings.sheet", "settings.backup", "settings.check")
        )
        self.health = Notices()
        card.box.addWidget(self.health)
        self.box.addWidget(card)

    def _declare(self, commands: Commands) -> None:
        commands.add(
            Command("settings.passphrase", _("Change your passphrase"), self.passphrase, _PAGE),
            Command("settings.helper", _("Let a helper open the book"), self.helper, _PAGE),
            Command(
                "settings.remove",
                _("Take this way in away"),
                self.remove,
                _PAGE,
                available=lambda: self.ways.row() is not None,
            ),
            Command("settings.keychain", _("Stay unlocked on this computer"), self.keychain, _PAGE),
            Command("settings.sheet", _("Save the recovery sheet"), self.sheet, _PAGE),
            Command(
                "settings.backup", _("Make a backup"), self.backup, _PAGE, "Ctrl+B", kind="main"
            ),
            Command("settings.check", _("Check the whole book"), self.check, _PAGE),
        )
        self.ways.pointed.connect(lambda _row: commands.refresh())

    def _show(self, ways: tuple[WayIn, ...], keychain: bool) -> None:
        self.ways.show_rows(ways, same=lambda way: way.id)
        kept = any(way.by_keychain for way in ways)
        self._kept = kept
        action = self.commands.action("settings.keychain")
        action.setVisible(keychain or kept)
        action.setEnabled(keychain or kept)
        self._keychain.setText(
            _("This computer opens the book by itself. Take that away in the list above.")
            if kept
            else _("This computer has a keychain: it can open the book without a passphrase.")
            if keychain
            else _("This computer has no keychain the program can trust, so it asks each time.")
        )
        self.commands.refresh()

    # ── what can be done ──

    def passphrase(self) -> None:
        """Change the passphrase."""
        if ChangePassphraseDialog(self.desk, self).exec():
            self.desk.say(_("The passphrase is changed."))
            self.refresh()

    def helper(self) -> None:
        """Let a helper in."""
        if AddPersonDialog(self.desk, self).exec():
            self.desk.say(_("They can open the book now."))
            self.refresh()

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
            self,
        )
        if question.exec():
            way_id, by_keychain = way.id, way.by_keychain
            self.desk.operations.change(
                lambda: access.forget_in_keychain() if by_keychain else access.remove(way_id),
                lambda _none: self.refresh(),
                owner=self,
            )

    def keychain(self) -> None:
        """Let this computer open the book without a passphrase."""
        self.desk.operations.change(
            self.desk.office.access.keep_in_keychain,
            lambda _none: self.refresh(),
            owner=self,
            or_else=self._no_keychain,
        )

    def sheet(self) -> None:
        """Write the recovery sheet."""
        place = files.choose_place(
            self, _("Save the recovery sheet"), _("recovery sheet.pdf"), "*.pdf"
        )
        if place is None:
            return
        office = self.desk.office
        self.desk.operations.ask(
            lambda: files.write(place, office.papers.recovery_sheet()),
            lambda _none: self.desk.say(
                _("Saved as {name}. Print it, then delete the file.").format(name=place.name)
            ),
            owner=self,
        )

    def backup(self) -> None:
        """Write a backup, and say where it is."""
        folder = self.desk.office.folder
        name = _("{book} {day}.dpbackup").format(book=folder.name, day=today().isoformat())
        place = files.choose_place(self, _("Make a backup"), name, "*.dpbackup")
        if place is None:
            return
        office = self.desk.office
        self.desk.operations.ask(
            lambda: office.back_up(place),
            lambda path: self._well(_("The backup is in {place}.").format(place=path)),
            owner=self,
        )

    def check(self) -> None:
        """Check the book from end to end."""
        self.desk.operations.ask(self.desk.office.checks.everything, self._checked, owner=self)

    # ── parts of the above ──

    def _set(self, setting: Setting[Any], entry: Entry[Any]) -> None:
        value = entry.read()
        if value is not None:
            self.desk.settings.set(setting, value)
            self.desk.dressed.emit()

    def _no_keychain(self, error: Any) -> None:
        if isinstance(error, OutsideError):
            self.notices.clear()
            self.notices.show_error(error)

    def _checked(self, findings: tuple[Finding, ...]) -> None:
        self.health.clear()
        if findings:
            self.health.show_findings(findings)
        else:
            self._well(_("Nothing wrong was found."))

    def _well(self, words: str) -> None:
        self.health.clear()
        self.health.say(GOOD, words)
