"""Settings, the household: who has which part, and how the employer stands with HMRC."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpemployer import clock
from dpemployer.i18n import N_, _
from dpemployer.identifiers import paye_reference_shown
from dpemployer.services.rows import Role
from ui import names
from ui.actions import Command
from ui.dialogs.ask_day import AskDayDialog
from ui.models.settings import PART_COLUMNS, PartHeld
from ui.pages.settings_part import Host, SettingsPart
from ui.widgets.table import Table
from ui.widgets.words import Card, hint
from ui.wizards.household import (
    EmployerStep,
    ManagerStep,
    SchemeStep,
    SupportedStep,
)
from ui.wizards.later import OneSignatory
from ui.wizards.one_step import StepDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from dpemployer.office import Office
    from dpemployer.services.rows import HouseholdRow, RoleRow
    from ui.actions import Commands
    from ui.wizards.wizard import Step

_PAGE = N_("This page")
_STEPS = {
    Role.PERSON_SUPPORTED: SupportedStep,
    Role.MONEY_MANAGER: ManagerStep,
    Role.EMPLOYER: EmployerStep,
}
_SCHEME = "scheme"


class HouseholdPart(SettingsPart):
    """Who is who. A change is dated: what was so before stays on the papers of its time."""

    NAME = N_("The household")

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.table: Table[PartHeld] = Table(
            _("Who is who"), PART_COLUMNS, empty=_("Nobody is named yet."), stretch=3
        )
        self._roles: dict[str, RoleRow] = {}
        self.watch(self.table)
        self.table.opened.connect(lambda _row: self.change())

    def declare(self, commands: Commands) -> None:
        commands.add(
            Command(
                "settings.part",
                _("Change this part"),
                self.change,
                _PAGE,
                "",
                _("Who has it, since when, and their details"),
                available=self.on(self.table),
                kind="main",
            ),
            Command(
                "settings.signatory",
                _("Add somebody who signs"),
                self.add_signatory,
                _PAGE,
                available=self.here,
            ),
            Command(
                "settings.end_part",
                _("They have it no longer"),
                self.end,
                _PAGE,
                available=self.on(self.table, lambda row: row.key in self._roles),
            ),
        )
        card = Card()
        card.box.addWidget(
            hint(_("These parts are kept apart because they are not always the same person."))
        )
        card.box.addWidget(self.table)
        card.box.addWidget(
            commands.buttons("settings.part", "settings.signatory", "settings.end_part")
        )
        self.box.addWidget(card)

    def first_field(self) -> QWidget:
        return self.table.view

    def ask(self, office: Office) -> HouseholdRow:
        return office.people.household(clock.today())

    def show_answer(self, answer: Any) -> None:
        household: HouseholdRow = answer
        held: list[tuple[Role, RoleRow | None]] = [
            (Role.PERSON_SUPPORTED, household.person_supported),
            (Role.MONEY_MANAGER, household.money_manager),
            (Role.EMPLOYER, household.employer),
            *((Role.SIGNATORY, row) for row in household.signatories or (None,)),
        ]
        keyed = [(f"{role} {place}", role, row) for place, (role, row) in enumerate(held)]
        self._roles = {key: row for key, _role, row in keyed if row is not None}
        rows = [
            PartHeld(
                key,
                names.name(role, names.roles()),
                "" if row is None else row.name,
                None if row is None else row.from_day,
                "" if row is None else names.name(row.capacity, names.capacities()),
            )
            for key, role, row in keyed
        ]
        scheme = household.scheme
        rows.append(
            PartHeld(
                _SCHEME,
                _("You and HMRC"),
                paye_reference_shown(scheme.paye_reference) or _("no reference yet")
                if scheme
                else _("not an employer yet"),
                scheme.from_day if scheme else None,
                scheme.pension_provider if scheme else "",
            )
        )
        self.table.show_rows(rows, same=lambda row: row.key)

    def change(self) -> None:
        """Change who has a part."""
        row = self.table.row()
        if row is None:
            return
        self.host.run(StepDialog(self.desk, self._step_for(row), self.window()))
        self.table.setFocus()

    def _step_for(self, row: PartHeld) -> Step:
        if row.key == _SCHEME:
            return SchemeStep()
        role = Role(row.key.partition(" ")[0])
        if role is Role.SIGNATORY:
            return OneSignatory(self._roles.get(row.key))
        return _STEPS[role]()

    def add_signatory(self) -> None:
        """Name one more person who signs."""
        self.host.run(StepDialog(self.desk, OneSignatory(None), self.window()))
        self.table.setFocus()

    def end(self) -> None:
        """Say that somebody has a part no longer."""
        row, people = self.table.row(), self.desk.office.people
        if row is None:
            return
        role = self._roles[row.key]
        self.host.run(
            AskDayDialog(
                self.desk,
                _("They have it no longer"),
                _("{part}: {who}").format(part=row.part, who=role.name),
                _("The last day they had it"),
                lambda day: people.end_role(role.role_id, day),
                self.window(),
            )
        )
        self.table.setFocus()
