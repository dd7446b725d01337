"""Settings of this computer, and everything about the book that is said once and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpemployer.i18n import N_, _
from dpemployer.services.money_rows import (
    Account,
    Award,
    ContributionDue,
    ContributionPlan,
    ExpectedPayment,
    Funder,
)
from dpemployer.services.pension_rows import PensionArrangement, PensionDuty
from dpemployer.services.rows import EmployerScheme, Party, RoleHeld
from dpemployer.settings import SETTINGS
from ui.actions import Command
from ui.pages.page import Page
from ui.pages.settings_funding import FundingPart
from ui.pages.settings_history import HistoryPart
from ui.pages.settings_household import HouseholdPart
from ui.pages.settings_part import SettingsPart
from ui.pages.settings_pensions import PensionsPart
from ui.pages.settings_safety import AccessPart, SafetyPart
from ui.widgets.entries import ChoiceEntry, TickEntry
from ui.widgets.sections import Sections
from ui.widgets.words import Card

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QWidget

    from dpemployer.office import Office
    from dpemployer.settings import Setting
    from ui.actions import Commands
    from ui.desk import Desk
    from ui.pages.settings_part import Host
    from ui.widgets.entries import Entry

_PAGE = N_("This page")


class LooksPart(SettingsPart):
    """What belongs to this computer: it changes at once, to see whether it suits."""

    NAME = N_("This computer")

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.entries: dict[str, Entry[Any]] = {}

    def declare(self, commands: Commands) -> None:  # noqa: ARG002 - the shape of every part
        card = Card()
        for setting in SETTINGS:
            entry = self._entry_for(setting)
            entry.edited.connect(lambda each=setting, from_=entry: self._set(each, from_))
            self.entries[setting.key] = entry
            card.box.addWidget(entry)
        self.box.addWidget(card)

    def first_field(self) -> QWidget:
        return next(iter(self.entries.values()))

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

    def _set(self, setting: Setting[Any], entry: Entry[Any]) -> None:
        value = entry.read()
        if value is not None and value != self.desk.settings.get(setting):
            self.desk.settings.set(setting, value)
            self.desk.dressed.emit()


class SettingsPage(Page):
    """What can be chosen, who is who, and how the book is kept safe."""

    ID = "settings"
    NAME = N_("Settings")
    ICON = "settings"
    SHOWS = frozenset(
        {
            Account,
            Award,
            ContributionDue,
            ContributionPlan,
            EmployerScheme,
            ExpectedPayment,
            Funder,
            Party,
            PensionArrangement,
            PensionDuty,
            RoleHeld,
        }
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Settings"))
        self.looks = LooksPart(self)
        self.household = HouseholdPart(self)
        self.funding = FundingPart(self)
        self.pensions = PensionsPart(self)
        self.access = AccessPart(self)
        self.safety = SafetyPart(self)
        self.history = HistoryPart(self)
        self.parts: tuple[SettingsPart, ...] = (
            self.looks,
            self.household,
            self.funding,
            self.pensions,
            self.access,
            self.safety,
            self.history,
        )
        self.sections = Sections(_("Settings"))
        for part in self.parts:
            self.sections.add(_(part.NAME), part)
            part.declare(self.commands)
        self.commands.add(
            Command(
                "settings.next",
                _("Next part"),
                lambda: self.sections.turn(+1),
                _PAGE,
                "Ctrl+PgDown",
            ),
            Command(
                "settings.previous",
                _("Part before"),
                lambda: self.sections.turn(-1),
                _PAGE,
                "Ctrl+PgUp",
            ),
        )
        self.box.addWidget(self.sections)
        self.sections.turned.connect(self._turned)

    # ── what its parts ask of it ──

    def run(self, dialog: QDialog) -> int:
        """Show a dialog over the page until it is done."""
        done = dialog.exec()
        dialog.deleteLater()
        return done

    def in_front(self, part: QWidget) -> bool:
        """Whether a part is the one shown."""
        return self.sections.current is part

    # ── what the window asks of it ──

    def first_field(self) -> QWidget | None:
        """Return where the keyboard goes in the part in front."""
        return self._part.first_field()

    def refresh(self) -> None:
        """Ask for what the part in front shows."""
        part, office = self._part, self.desk.office
        self.desk.operations.ask(
            lambda: self._ask(part, office),
            lambda answer: self._show(part, answer),
            owner=self,
        )

    def show_what(self, what: Any) -> None:
        """Show one part of the page by its name, such as `household` or `history`."""
        part = getattr(self, str(what), None)
        if isinstance(part, SettingsPart):
            self.sections.turn_to(part)

    @staticmethod
    def _ask(part: SettingsPart, office: Office) -> Any:
        return part.ask(office)

    def _show(self, part: SettingsPart, answer: Any) -> None:
        part.show_answer(answer)
        self.commands.refresh()

    @property
    def _part(self) -> SettingsPart:
        part = self.sections.current
        if not isinstance(part, SettingsPart):
            raise TypeError(part)
        return part

    def _turned(self) -> None:
        self.refresh()
        self.commands.refresh()
