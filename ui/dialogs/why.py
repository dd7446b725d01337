"""Something grave that needs a reason: it is not done by Enter, nor without the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpemployer import clock
from ui.dialogs.task import TaskDialog
from ui.widgets.entries import DateEntry, LongTextEntry
from ui.widgets.form import Form
from ui.widgets.words import Words, heading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from ui.desk import Desk


class WhyDialog(TaskDialog):
    """Says what will happen, asks why, and has it done.

    `work` is done on the worker thread with the reason, and with the day where `until` asks for
    one.
    """

    ENTER_DOES = False

    def __init__(
        self,
        desk: Desk,
        words: str,
        question: str,
        consequences: Sequence[str],
        *,
        why: str,
        work: Callable[[str, date | None], Any],
        until: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, words, "", words, parent)
        self.setAccessibleDescription(" ".join((question, *consequences)))
        self._work = work
        self.box.addWidget(heading(question))
        for sentence in consequences:
            self.box.addWidget(Words(sentence))
        self.form = Form()
        self.until: DateEntry | None = None
        if until:
            self.until = self.form.add("until", DateEntry(until))
            self.until.set_value(clock.today())
        self.reason = self.form.add("reason", LongTextEntry(why, lines=2))
        self.box.addWidget(self.form)
        self.reason.take_focus()

    def do(self) -> None:
        """Have it done, with the reason."""
        if not self.form.check():
            return
        reason, work = self.reason.answer(), self._work
        until = None if self.until is None else self.until.answer()
        self.change(lambda: work(reason, until))
