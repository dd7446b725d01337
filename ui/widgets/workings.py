"""How was this worked out? As a table to look through, and as text to hear, copy and print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QTabWidget, QVBoxLayout, QWidget

from dpemployer.i18n import N_, _
from dpemployer.workings import in_words
from ui import theme
from ui.models.rows import Column
from ui.widgets.buttons import ButtonRow, button
from ui.widgets.notice import announce
from ui.widgets.table import Table
from ui.widgets.words import heading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dpemployer.workings import ExplainedStep

COLUMNS: tuple[Column[ExplainedStep], ...] = (
    Column(N_("Step"), text=lambda step: step.title),
    Column(N_("What was done"), text=lambda step: step.sentence),
    Column(N_("Figures"), text=lambda step: step.figures),
    Column(N_("Comes to"), text=lambda step: step.result, numeric=True),
    Column(N_("Rounded"), text=lambda step: step.rounding),
    Column(N_("In force"), text=lambda step: step.dated),
    Column(N_("The rule"), text=lambda step: step.source),
)


def _nothing() -> str:
    return _("There is nothing to work out: this figure is as it was entered.")


def as_text(steps: Sequence[ExplainedStep]) -> str:
    """Write workings as numbered sentences, each with its figures, its rule and its source."""
    return in_words(steps) or _nothing()


class Workings(QWidget):
    """The steps behind one figure."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table: Table[ExplainedStep] = Table(
            _("Steps of the working"),
            COLUMNS,
            empty=_nothing(),
            stretch=1,
        )
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("The working as text"))
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(_("Ways of showing the working"))
        self.tabs.addTab(self.text, _("As text"))
        self.tabs.addTab(self.table, _("As a table"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.tabs)

    def show_steps(self, steps: Sequence[ExplainedStep]) -> None:
        """Show the steps behind one figure."""
        self.table.show_rows(steps)
        self.text.setPlainText(as_text(steps))


class WorkingsDialog(QDialog):
    """Answers “how was this worked out?” for one figure.

    `show_working` of `ui.dialogs.working` opens one; `prints` shows the page to print.
    """

    def __init__(
        self,
        title: str,
        steps: Sequence[ExplainedStep],
        parent: QWidget | None = None,
        *,
        prints: Callable[[QWidget], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("How was this worked out?"))
        self._workings = Workings()
        self._workings.show_steps(steps)
        copy = button(_("Copy as text"), self._copy)
        close = button(_("Close"), self.accept, kind="main")
        self._title = title
        box = QVBoxLayout(self)
        edge = theme.gap(3)
        box.setContentsMargins(edge, edge, edge, edge)
        box.setSpacing(theme.gap(2))
        box.addWidget(heading(title))
        box.addWidget(self._workings, 1)
        self.buttons = ButtonRow(close, copy)
        if prints is not None and steps:
            self.buttons.add(button(_("As a page to print…"), lambda: prints(self)))
        box.addWidget(self.buttons)
        theme.open_at(self, 100, 24)
        self._workings.text.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self._title}\n\n{self._workings.text.toPlainText()}")
        announce(self, _("Copied."))
