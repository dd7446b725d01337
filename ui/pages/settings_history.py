"""Settings, the history: everything ever done to the book, when, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from dpemployer.i18n import N_, _
from ui import theme
from ui.actions import Command
from ui.models.settings import CHANGE_COLUMNS, HISTORY_COLUMNS, moment
from ui.pages.settings_part import Host, SettingsPart
from ui.widgets.buttons import ButtonRow, button
from ui.widgets.table import Table
from ui.widgets.words import Card, Words, heading, hint

if TYPE_CHECKING:
    from dpemployer.office import Office
    from dpemployer.services.history import ChangeRow, HistoryRow
    from ui.actions import Commands

_PAGE = N_("This page")
_AT_FIRST, _MORE = 100, 400


class HistoryPart(SettingsPart):
    """The log nobody can alter. The newest is at the top."""

    NAME = N_("What was done")

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._limit = _AT_FIRST
        self.table: Table[HistoryRow] = Table(
            _("What was done"), HISTORY_COLUMNS, empty=_("Nothing yet."), stretch=2, most_rows=20
        )
        self.watch(self.table)
        self.table.opened.connect(lambda _row: self.look())

    def declare(self, commands: Commands) -> None:
        commands.add(
            Command(
                "settings.look",
                _("What changed?"),
                self.look,
                _PAGE,
                "",
                _("Before and after, part by part"),
                available=self.on(self.table),
                kind="main",
            ),
            Command(
                "settings.older",
                _("Show older"),
                self.older,
                _PAGE,
                available=lambda: self.here() and len(self.table.model.rows) >= self._limit,
            ),
        )
        card = Card()
        card.box.addWidget(
            hint(
                _(
                    "Every change is written down by itself and sealed to the one before it. "
                    "Nobody can take anything out, and nobody has to keep it."
                )
            )
        )
        card.box.addWidget(commands.buttons("settings.look", "settings.older"))
        card.box.addWidget(self.table)
        self.box.addWidget(card)

    def first_field(self) -> QWidget:
        return self.table.view

    def ask(self, office: Office) -> tuple[HistoryRow, ...]:
        return office.checks.history(self._limit)

    def show_answer(self, answer: Any) -> None:
        self.table.show_rows(answer, same=lambda row: row.number)

    def older(self) -> None:
        """Show more of it."""
        self._limit += _MORE
        self.host.refresh()

    def look(self) -> None:
        """Show what one event changed."""
        row = self.table.row()
        if row is not None:
            self.host.run(ChangesDialog(row, self.window()))
            self.table.setFocus()


class ChangesDialog(QDialog):
    """One thing that was done, with everything it changed."""

    def __init__(self, row: HistoryRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("What changed?"))
        box = QVBoxLayout(self)
        edge = theme.gap(4)
        box.setContentsMargins(edge, edge, edge, edge)
        box.setSpacing(theme.gap(2))
        box.addWidget(heading(row.action))
        said = _("{when}, by {who}, with version {version} of the program.").format(
            when=moment(row.at), who=row.who, version=row.program
        )
        box.addWidget(Words("\n".join(filter(None, (said, row.reason)))))
        self.table: Table[ChangeRow] = Table(
            _("What changed"), CHANGE_COLUMNS, empty=_("Nothing in the book changed."), stretch=3
        )
        self.table.show_rows(row.changes)
        box.addWidget(self.table, 1)
        close = button(_("Close"), self.accept, kind="main")
        close.setDefault(True)
        box.addWidget(ButtonRow(close))
        theme.open_at(self, 96, 26)
        (self.table if row.changes else close).setFocus()
