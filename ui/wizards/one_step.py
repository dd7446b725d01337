"""One page of the first run, by itself: to put right later what was said then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpemployer.errors import EntryError
from dpemployer.i18n import _
from ui.dialogs.task import TaskDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.desk import Desk
    from ui.wizards.wizard import Step


class StepDialog(TaskDialog):
    """Asks what a step asks, shows what the book says already, and keeps the answer."""

    def __init__(self, desk: Desk, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(desk, step.words, "", _("Save"), parent)
        self.step = step
        step.office = desk.office
        self.box.addWidget(step)
        office = desk.office
        desk.operations.ask(lambda: step.question(office), self._answer, owner=self)
        step.take_focus()

    def do(self) -> None:
        """Keep what was typed."""
        if not self.step.check():
            return
        try:
            work = self.step.work(self.desk.office)
        except EntryError as error:
            self.step.form.show_error(error)
            return
        self.change(work)

    def _answer(self, answer: Any) -> None:
        self.step.show_answer(answer)
        self.step.remember()
        self.opened_as()
        self.step.take_focus()
