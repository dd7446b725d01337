"""Their workplace pension."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpemployer.i18n import N_, _
from ui.forms.people import LastDayForm, PensionForm
from ui.models.people import PENSIONS
from ui.pages.person_part import PersonPart
from ui.widgets.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from dpemployer.services.rows import EmploymentDetail, PensionMembership
    from ui.actions import Commands
    from ui.pages.person_part import Host


class PensionPart(PersonPart):
    """Membership of a workplace pension, and on what terms."""

    NAME = N_("Pension")

    def __init__(self, host: Host, commands: Commands) -> None:
        super().__init__(host, commands)
        self.pensions: Table[PensionMembership] = Table(
            _("Workplace pension"), PENSIONS, empty=_("Not in a workplace pension."), stretch=2
        )

    def declare(self) -> None:
        self.can("pension", _("Start a pension"), self._add_pension)
        on = self.on(self.pensions)
        self.can("pension.change", _("Change this pension"), self._change_pension, on)
        self.can("pension.stop", _("Leave this pension"), self._stop_pension, on)
        self.watch(self.pensions)
        self.card(
            _("Pension"),
            self.pensions,
            self.buttons("pension", "pension.change", "pension.stop"),
        )

    def show_answer(self, detail: EmploymentDetail, answer: Any) -> None:  # noqa: ARG002 - the shape
        self.pensions.show_rows(detail.pensions, same=lambda row: row.id)

    def first_field(self) -> QWidget | None:
        return self.pensions.view if self.pensions.model.rows else None

    def _add_pension(self) -> None:
        self._pension_form(PensionForm(), 0)

    def _change_pension(self) -> None:
        held = self.pensions.row()
        if held is not None:
            form = PensionForm()
            form.show_fact(held)
            self._pension_form(form, held.id)

    def _pension_form(self, form: PensionForm, membership_id: int) -> None:
        people, employment_id = self.desk.office.people, self.employment_id

        def save() -> Callable[[], Any]:
            fact = form.fact(employment_id, membership_id)
            return lambda: people.set_pension(fact)

        self.fill_in(_("Workplace pension"), form, save)

    def _stop_pension(self) -> None:
        held, people = self.pensions.row(), self.desk.office.people
        if held is None:
            return
        form = LastDayForm(_("The last day in the pension"))

        def save() -> Callable[[], Any]:
            last_day = form.last_day.answer()
            return lambda: people.stop_pension(held.id, last_day)

        self.fill_in(_("Leave the pension"), form, save)
