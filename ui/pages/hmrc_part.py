"""What every part of the HMRC page has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtWidgets import QDialog

    from dpemployer.office import Office
    from dpemployer.periods import TaxYear
    from ui.actions import Commands
    from ui.desk import Desk
    from ui.widgets.table import Table


class Host(Protocol):
    """What a part needs of the page it is on."""

    desk: Desk
    commands: Commands

    @property
    def year(self) -> TaxYear:
        """The tax year chosen."""

    def run(self, dialog: QDialog) -> int:
        """Show a dialog over the page until it is done."""

    def in_front(self, part: QWidget) -> bool:
        """Whether a part is the one shown."""

    def turn_to(self, name: str) -> None:
        """Turn to a part by its name."""


class HmrcPart(QWidget):
    """One part of the page. It says what to ask the office of a tax year, and shows the answer."""

    NAME: ClassVar[str] = ""
    """Marked with `N_`."""

    def __init__(self, host: Host) -> None:
        super().__init__()
        self.host = host
        self.desk = host.desk
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(theme.gap(3))

    def declare(self, commands: Commands) -> None:
        """Say what can be done here, and lay it out."""

    def ask(self, office: Office, year: TaxYear, on: date) -> Any:
        """Ask, on the worker thread, for what is shown here."""

    def show_answer(self, answer: Any) -> None:
        """Show what the office said."""

    def first_field(self) -> QWidget | None:
        """Return where the keyboard goes in this part."""
        return None

    def on(
        self, table: Table[Any], wanted: Callable[[Any], bool] = lambda _row: True
    ) -> Callable[[], bool]:
        """Return whether this part is in front and the person is on a row that is *wanted*."""

        def now() -> bool:
            row = table.row()
            return self.host.in_front(self) and row is not None and wanted(row)

        return now

    def here(self) -> bool:
        """Whether this part is in front."""
        return self.host.in_front(self)

    def watch(self, *tables: Table[Any]) -> None:
        """Ask again what can be done whenever the person moves in one of *tables*."""
        for table in tables:
            table.pointed.connect(lambda _row: self.host.commands.refresh())
