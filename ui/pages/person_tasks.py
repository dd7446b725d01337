"""What there is to do about a person: listed, ticked with a date, read up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpemployer import clock
from dpemployer.i18n import N_, _
from ui.forms.leaving import TickForm
from ui.models.tasks import TASKS
from ui.pages.person_part import PersonPart
from ui.widgets.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from dpemployer.office import Office
    from dpemployer.services.rows import EmploymentDetail
    from dpemployer.services.tasks import TaskRow
    from ui.actions import Commands
    from ui.pages.person_part import Host


class TasksPart(PersonPart):
    """A part with a list of things to tick."""

    LIST = ""
    """What the list is called; marked with `N_`."""
    KEY = ""
    """What its commands begin with."""

    def __init__(self, host: Host, commands: Commands) -> None:
        super().__init__(host, commands)
        self.tasks: Table[TaskRow] = Table(
            _(self.LIST), TASKS, empty=_("There is nothing to do here."), stretch=0
        )

    def declare_tasks(self) -> None:
        """Declare ticking, and lay out the list."""
        self.can(
            f"{self.KEY}.tick",
            _("It is done"),
            self._tick,
            self.on(self.tasks, lambda row: not row.by_itself),
        )
        self.can(
            f"{self.KEY}.untick",
            _("Not done after all"),
            self._untick,
            self.on(self.tasks, lambda row: row.done_on is not None and not row.by_itself),
        )
        self.watch(self.tasks)
        self.card(_(self.LIST), self.tasks, self.buttons(f"{self.KEY}.tick", f"{self.KEY}.untick"))

    def first_field(self) -> QWidget | None:
        return self.tasks.view if self.tasks.model.rows else None

    def show_tasks(self, rows: tuple[TaskRow, ...]) -> None:
        """Show the list."""
        self.tasks.show_rows(rows, same=lambda row: row.key)

    def _tick(self) -> None:
        row = self.tasks.row()
        if row is None:
            return
        form, tasks, employment_id = TickForm(row), self.desk.office.tasks, self.employment_id

        def save() -> Callable[[], Any]:
            done_on, note = form.done_on.answer(), form.note.value()
            until = form.valid_until.read() if form.valid_until is not None else None
            return lambda: tasks.tick(
                employment_id, row.key, done_on, note, until, household=row.household
            )

        self.fill_in(
            row.title, form, save, _("Where it says so: {source}.").format(source=row.source)
        )

    def _untick(self) -> None:
        row, tasks, employment_id = self.tasks.row(), self.desk.office.tasks, self.employment_id
        if row is not None:
            self.desk.operations.change(
                lambda: tasks.untick(employment_id, row.key, household=row.household),
                lambda _none: self.desk.say(_("The tick was taken back.")),
                owner=self,
            )


class StartingPart(TasksPart):
    """What there is to do when somebody starts."""

    NAME = N_("Starting")
    LIST = N_("What there is to do when somebody starts")
    KEY = "starting"

    def declare(self) -> None:
        self.declare_tasks()

    def ask(self, office: Office, employment_id: int) -> tuple[TaskRow, ...]:
        return office.tasks.starting(employment_id, clock.today())

    def show_answer(self, detail: EmploymentDetail, answer: Any) -> None:  # noqa: ARG002 - the shape
        self.show_tasks(answer)
