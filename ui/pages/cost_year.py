"""What an hour costs, its second part: how the funding year will end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer import clock
from dpemployer.errors import EntryError
from dpemployer.i18n import N_, _
from dpemployer.services.cost_rows import Band
from ui.actions import Command
from ui.dialogs.working import show_working
from ui.forms.costs import ForecastForm
from ui.models.costs import FORECAST_COLUMNS
from ui.pages.cost_part import CostPart
from ui.widgets.notice import GOOD
from ui.widgets.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from dpemployer.services.cost_rows import ForecastAnswer, ForecastLine, ForecastQuestion
    from ui.actions import Commands
    from ui.desk import Desk

_PAGE = N_("This page")
_SEVERITY = {Band.GREEN: GOOD, Band.AMBER: "warning", Band.RED: "blocking"}


class YearPart(CostPart):
    """How the funding year will end, if things go on as they are."""

    def __init__(self, desk: Desk, commands: Commands, front: Callable[[QWidget], bool]) -> None:
        super().__init__(desk, commands, front)
        self.answer: ForecastAnswer | None = None
        self.table: Table[ForecastLine] = Table(
            _("To the end of the year"), FORECAST_COLUMNS, empty=_("Nothing is worked out yet.")
        )
        self._declare()
        self.form = ForecastForm()
        self.put_form(self.form, "costs.year", "costs.year_afresh")

    def _declare(self) -> None:
        self.commands.add(
            Command(
                "costs.year",
                _("Work out the year"),
                self.ask,
                _PAGE,
                "",
                _("It is also worked out as you type"),
                available=self.here,
                kind="main",
            ),
            Command(
                "costs.year_afresh",
                _("Begin the year again from the book"),
                self.begin,
                _PAGE,
                available=self.here,
            ),
            Command(
                "costs.year_explain",
                _("How was the year worked out?"),
                self._explain,
                _PAGE,
                available=lambda: self.here() and self.answer is not None,
            ),
        )
        self.result.box.addWidget(self.table)
        self.result.box.addWidget(self.commands.buttons("costs.year_explain"))

    def begin(self) -> None:
        """Ask the book what to begin with."""
        costs, day = self.desk.office.costs, clock.today()
        self.desk.operations.ask(lambda: costs.forecast_question(day), self._begin, owner=self)

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
            self.desk.operations.ask(lambda: costs.forecast(question), self._show, owner=self)

    def _question(self) -> ForecastQuestion | None:
        try:
            return self.form.question()
        except EntryError:
            return None

    def _begin(self, question: ForecastQuestion) -> None:
        self.form.show_question(question)
        self.work_out()

    def _show(self, answer: ForecastAnswer) -> None:
        self.answer = answer
        self.table.show_rows(answer.lines)
        self.findings.show_findings(answer.findings)
        self.say(_SEVERITY[answer.band], answer.sentences)
        self.commands.refresh()

    def _explain(self) -> None:
        if self.answer is not None:
            title = _("There when the year ends: {amount}").format(amount=self.answer.closing)
            show_working(self.desk, title, self.answer.steps, self)
