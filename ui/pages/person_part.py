"""What every part of the page about a person has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpemployer.i18n import N_, _
from ui import theme
from ui.actions import Command
from ui.dialogs.form_dialog import FormDialog
from ui.widgets.words import Card

if TYPE_CHECKING:
    from collections.abc import Callable

    from dpemployer.office import Office
    from dpemployer.services.rows import EmploymentDetail
    from ui.actions import Commands
    from ui.desk import Desk
    from ui.widgets.buttons import ButtonRow
    from ui.widgets.form import Form
    from ui.widgets.table import Table

HERE = N_("This page")


class Host(Protocol):
    """What a part needs of the page it is on."""

    desk: Desk
    detail: EmploymentDetail | None

    def showing(self) -> bool:
        """Whether somebody's job is shown at all."""

    def in_front(self, part: QWidget) -> bool:
        """Whether a part is the one shown."""

    def refresh(self) -> None:
        """Ask for everything again."""


class PersonPart(QWidget):
    """One part of the page. It says what to ask the office, and shows the answer."""

    NAME: ClassVar[str] = ""
    """Marked with `N_`."""

    def __init__(self, host: Host, commands: Commands) -> None:
        super().__init__()
        self.host = host
        self.desk = host.desk
        self.commands = commands
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(theme.gap(3))

    def declare(self) -> None:
        """Say what can be done here, and lay it out."""

    def ask(self, office: Office, employment_id: int) -> Any:
        """Ask, on the worker thread, for what is shown here beside the job itself."""

    def show_answer(self, detail: EmploymentDetail, answer: Any) -> None:
        """Show what the office said."""

    def first_field(self) -> QWidget | None:
        """Return where the keyboard goes in this part."""
        return None

    # ── for the parts themselves ──

    @property
    def detail(self) -> EmploymentDetail:
        """The job shown."""
        if self.host.detail is None:
            raise RuntimeError("no job is shown")
        return self.host.detail

    @property
    def employment_id(self) -> int:
        """The job shown."""
        return self.detail.employment.id

    def card(self, words: str, *widgets: QWidget) -> None:
        """Lay out a card."""
        card = Card(words)
        for widget in widgets:
            card.box.addWidget(widget)
        self.box.addWidget(card)

    def can(
        self,
        name: str,
        words: str,
        does: Callable[[], object],
        available: Callable[[], bool] | None = None,
        *,
        kind: str = "",
    ) -> None:
        """Declare a command of this part: whenever a job is shown, unless `available` says less."""
        self.commands.add(
            Command(
                f"person.{name}",
                words,
                does,
                HERE,
                available=available or self.host.showing,
                kind=kind,
            )
        )

    def buttons(self, *names: str) -> ButtonRow:
        """Return the buttons of some commands of this part."""
        return self.commands.buttons(*(f"person.{name}" for name in names))

    def on(
        self, table: Table[Any], wanted: Callable[[Any], bool] = lambda _row: True
    ) -> Callable[[], bool]:
        """Return whether this part is in front and the person is on a row that is *wanted*."""

        def now() -> bool:
            row = table.row()
            front = self.host.showing() and self.host.in_front(self)
            return front and row is not None and wanted(row)

        return now

    def watch(self, *tables: Table[Any]) -> None:
        """Ask again what can be done whenever the person moves in one of *tables*."""
        for table in tables:
            table.pointed.connect(lambda _row: self.commands.refresh())

    def fill_in(
        self, words: str, form: Form, save: Callable[[], Callable[[], Any]], explained: str = ""
    ) -> None:
        """Show a form over the page, and save what is answered."""
        FormDialog(
            self.desk,
            words,
            form,
            save,
            said=_("Saved."),
            explained=explained,
            parent=self,
        ).exec()
