"""What an hour costs, its first part: the cost, the hours a budget buys, and next April."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer import clock
from dpemployer.errors import EntryError, OutsideError
from dpemployer.i18n import N_, _
from ui import files
from ui.actions import Command
from ui.dialogs.pdf_view import PdfDialog
from ui.dialogs.working import show_working
from ui.errors import show_error
from ui.forms.costs import CostForm
from ui.models.costs import COST_COLUMNS
from ui.pages.cost_part import CostPart
from ui.widgets.notice import GOOD
from ui.widgets.share_bar import ShareBar
from ui.widgets.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from dpemployer.services.cost_rows import CostAnswer, CostLine, CostQuestion
    from dpemployer.workings import ExplainedStep
    from ui.actions import Commands
    from ui.desk import Desk

_PAGE = N_("This page")


class HourPart(CostPart):
    """What an hour costs, what a budget buys, and what next April changes."""

    def __init__(self, desk: Desk, commands: Commands, front: Callable[[QWidget], bool]) -> None:
        super().__init__(desk, commands, front)
        self.answer: CostAnswer | None = None
        self.table: Table[CostLine] = Table(
            _("What an hour of support costs"), COST_COLUMNS, empty=_("Nothing is worked out yet.")
        )
        self.picture = ShareBar(_("What each pound goes on"))
        self._declare()
        self.form = CostForm()
        self.put_form(self.form, "costs.work_out", "costs.afresh")

    def _declare(self) -> None:
        self.commands.add(
            Command(
                "costs.work_out",
                _("Work it out"),
                self.ask,
                _PAGE,
                "Ctrl+Return",
                _("It is also worked out as you type"),
                available=self.here,
                kind="main",
            ),
            Command(
                "costs.afresh",
                _("Begin again from the book"),
                self.begin,
                _PAGE,
                available=self.here,
            ),
            Command(
                "costs.explain",
                _("How was this worked out?"),
                self._explain,
                _PAGE,
                "Ctrl+H",
                available=self.known,
            ),
            Command(
                "costs.explain_hours",
                _("How were the hours found?"),
                self._explain_hours,
                _PAGE,
                available=lambda: (
                    self.known() and bool(self.answer and self.answer.affordable_steps)
                ),
            ),
            Command(
                "costs.explain_april",
                _("How was next April worked out?"),
                self._explain_april,
                _PAGE,
                available=lambda: self.known() and bool(self.answer and self.answer.next_steps),
            ),
            Command(
                "costs.print",
                _("As a page for the council"),
                lambda: self._print(large=False),
                _PAGE,
                "Ctrl+P",
                available=self.known,
            ),
            Command(
                "costs.large",
                _("The same in large print"),
                lambda: self._print(large=True),
                _PAGE,
                available=self.known,
            ),
            Command(
                "costs.export",
                _("Save as a table for a spreadsheet"),
                self._export,
                _PAGE,
                available=self.known,
            ),
        )
        self.result.box.addWidget(self.table)
        self.result.box.addWidget(self.picture)
        self.result.box.addWidget(
            self.commands.buttons(
                "costs.explain",
                "costs.explain_hours",
                "costs.explain_april",
                "costs.print",
                "costs.large",
                "costs.export",
            )
        )

    def known(self) -> bool:
        """Whether this part is in front and has been answered."""
        return self.here() and self.answer is not None

    def begin(self) -> None:
        """Ask the book what to begin with."""
        costs, day = self.desk.office.costs, clock.today()
        self.desk.operations.ask(lambda: costs.question(day), self._begin, owner=self)

    def ask(self) -> None:
        """Check what is typed, answer it, and have the answer read out."""
        if self.form.check():
            self._speaks = True
            self.work_out()

    def work_out(self) -> None:
        self._soon.stop()
        question = self._question()
        if question is not None:
            costs = self.desk.office.costs
            self.desk.operations.ask(lambda: costs.answer(question), self._show, owner=self)

    def _question(self) -> CostQuestion | None:
        try:
            return self.form.question()
        except EntryError:
            return None

    def _begin(self, question: CostQuestion) -> None:
        self.form.show_question(question)
        self.work_out()

    def _show(self, answer: CostAnswer) -> None:
        self.answer = answer
        self.table.show_rows([line for line in answer.lines if line.a_year or line.total])
        self.picture.show_parts(
            [(line.label, line.a_year.pence) for line in answer.lines if not line.total]
        )
        self.findings.show_findings(answer.findings)
        self.say(GOOD, answer.sentences)
        self.commands.refresh()

    # ── what can be done with the answer ──

    def _explain(self) -> None:
        if self.answer is not None:
            title = _("An hour of support: {amount}").format(amount=self.answer.per_hour or "")
            self._show_steps(title, self.answer.steps)

    def _explain_hours(self) -> None:
        if self.answer is not None:
            self._show_steps(_("The hours a budget buys"), self.answer.affordable_steps)

    def _explain_april(self) -> None:
        if self.answer is not None and self.answer.next_april is not None:
            title = _("A year from next April: {amount}").format(
                amount=self.answer.next_april.total
            )
            self._show_steps(title, self.answer.next_steps)

    def _show_steps(self, title: str, steps: tuple[ExplainedStep, ...]) -> None:
        show_working(self.desk, title, steps, self)

    def _print(self, *, large: bool) -> None:
        if self.answer is None:
            return
        costs, question = self.desk.office.costs, self.answer.question
        words = _("What an hour of support costs")
        self.desk.operations.ask(
            lambda: costs.paper(question, large=large),
            lambda pdf: PdfDialog(words, pdf, f"{words}.pdf", self).exec(),
            owner=self,
        )

    def _export(self) -> None:
        if self.answer is not None:
            costs, question = self.desk.office.costs, self.answer.question
            self.desk.operations.ask(lambda: costs.table(question), self._save, owner=self)

    def _save(self, content: bytes) -> None:
        place = files.choose_place(
            self,
            _("Save as a table for a spreadsheet"),
            _("What an hour of support costs") + ".csv",
            _("Tables (*.csv)"),
        )
        if place is None:
            return
        try:
            files.write(place, content)
        except OutsideError as error:
            show_error(error, self)
        else:
            self.desk.say(_("Saved."))
