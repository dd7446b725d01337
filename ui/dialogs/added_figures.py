"""Figures that are sums, each of which says how it came about: a P32, a record, a P60."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from dpemployer.findings import Finding
from dpemployer.i18n import _
from dpemployer.services.hmrc_rows import Added
from dpemployer.workings import Step, explain
from ui import theme
from ui.dialogs.pdf_view import PdfDialog
from ui.dialogs.working import show_working
from ui.models.hmrc import ADDED
from ui.models.rows import Column
from ui.widgets.buttons import ButtonRow, button
from ui.widgets.notice import Notices
from ui.widgets.scroll import Scroll
from ui.widgets.table import Table
from ui.widgets.words import Words, heading, hint, rule

if TYPE_CHECKING:
    from ui.desk import Desk

Line = TypeVar("Line")


@dataclass(frozen=True)
class Figures:
    """What is shown: sums, what stands above them, and how they are printed."""

    words: str
    added: Sequence[Added]
    on: date
    """The day they were added up for."""
    prints: Callable[[bool], bytes]
    """Makes the PDF; in large print when asked."""
    file_name: str
    facts: Sequence[tuple[str, str]] = ()
    findings: Sequence[Finding] = ()


@dataclass(frozen=True)
class Lines(Generic[Line]):
    """Lines that stand above the sums, each of which explains itself."""

    called: str
    columns: Sequence[Column[Line]]
    rows: Sequence[Line]
    explains: Callable[[Line], tuple[str, Sequence[Step]]]
    """The title and the steps of one line."""


class AddedFiguresDialog(QDialog, Generic[Line]):
    """Shows sums, and lines above them if there are any; explains and prints them."""

    def __init__(
        self,
        desk: Desk,
        figures: Figures,
        lines: Lines[Line] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.figures = figures
        self.setWindowTitle(figures.words)
        self.table: Table[Added] = Table(
            _("Figures"), ADDED, empty=_("There are no figures."), most_rows=40
        )
        self.print_button = button(_("Print it"), lambda: self._print(large=False))
        self.large_button = button(_("In large print"), lambda: self._print(large=True))
        self.explain_button = button(_("How was this worked out?"), self.explain)
        close = button(_("Close"), self.accept, kind="main")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, theme.gap(2))
        scroll = Scroll()
        outer.addWidget(scroll, 1)
        box = scroll.box
        box.addWidget(heading(figures.words))
        notices = Notices()
        notices.show_findings(figures.findings)
        box.addWidget(notices)
        for name, value in figures.facts:
            box.addWidget(Words(_("{name}: {value}").format(name=name, value=value)))
        self.lines: Table[Line] | None = None
        if lines is not None:
            self._lines = lines
            self.lines = Table(
                lines.called, lines.columns, empty=_("Nobody was paid."), most_rows=60
            )
            self.lines.show_rows(lines.rows)
            self.lines.opened.connect(self._explain_line)
            box.addWidget(self.lines)
        box.addWidget(hint(_("Press Enter on any line or figure to see how it was worked out.")))
        box.addWidget(self.table)
        holder = QVBoxLayout()
        holder.setContentsMargins(theme.gap(4), 0, theme.gap(4), 0)
        holder.addWidget(
            ButtonRow(close, self.print_button, self.large_button, self.explain_button)
        )
        outer.addWidget(rule())
        outer.addLayout(holder)
        self.table.opened.connect(lambda _row: self.explain())
        self.table.show_rows(figures.added)
        self.table.select(lambda _row: True)
        theme.open_at(self, 110, 40)
        self.table.view.setFocus()

    def explain(self) -> None:
        """Show how the figure the person is on came about."""
        one = self.table.row()
        if one is not None:
            words = _("{figure}: {amount}").format(figure=one.label, amount=one.shown)
            show_working(self.desk, words, explain(one.steps, self.figures.on), self)

    def _explain_line(self, line: Line) -> None:
        title, steps = self._lines.explains(line)
        show_working(self.desk, title, explain(steps, self.figures.on), self)

    def _print(self, *, large: bool) -> None:
        self.desk.operations.ask(
            lambda: self.figures.prints(large),
            lambda pdf: PdfDialog(self.windowTitle(), pdf, self.figures.file_name, self).exec(),
            owner=self,
        )
