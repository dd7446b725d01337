"""One day is all that is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpemployer import clock
from ui.dialogs.task import TaskDialog
from ui.widgets.entries import DateEntry
from ui.widgets.form import Form

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from ui.desk import Desk


class AskDayDialog(TaskDialog):
    """Asks for a day, and has something done with it. Enter does not do it."""

    ENTER_DOES = False

    def __init__(
        self,
        desk: Desk,
        words: str,
        explained: str,
        day: str,
        work: Callable[[date], Any],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, words, explained, words, parent)
        self._work = work
        self.form = Form()
        self.day = self.form.add("day", DateEntry(day))
        self.day.set_value(clock.today())
        self.box.addWidget(self.form)

    def do(self) -> None:
        """Have it done."""
        if self.form.check():
            day, work = self.day.answer(), self._work
            self.change(lambda: work(day))
