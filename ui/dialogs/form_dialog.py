"""A form to fill in and save. It closes only when the office has kept what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from dpemployer.errors import EntryError
from dpemployer.i18n import _
from ui import theme
from ui.dialogs.question import Question
from ui.widgets.buttons import ButtonRow, button
from ui.widgets.scroll import Scroll
from ui.widgets.words import Words, rule, title

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.desk import Desk
    from ui.widgets.form import Form


class FormDialog(QDialog):
    """Asks with a form; `save` turns the answers into the work to be done.

    `save` runs on the window thread and may raise `EntryError`; what it returns runs on the
    worker thread. An error leaves the form as it is, with the problem said at its top.
    """

    def __init__(
        self,
        desk: Desk,
        words: str,
        form: Form,
        save: Callable[[], Callable[[], Any]],
        *,
        said: str,
        explained: str = "",
        save_words: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(words)
        self.form = form
        self._desk = desk
        self._save = save
        self._said = said
        self.result_value: Any = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = Scroll()
        outer.addWidget(scroll, 1)
        scroll.box.addWidget(title(words))
        if explained:
            scroll.box.addWidget(Words(explained))
        scroll.box.addWidget(form)
        self.save_button = button(save_words or _("Save"), self.save, kind="main")
        self.save_button.setDefault(True)
        self.cancel_button = button(_("Cancel"), self.reject)
        foot = ButtonRow(self.save_button, self.cancel_button)
        edge = theme.gap(2)
        foot.setContentsMargins(2 * edge, edge, 2 * edge, edge)
        outer.addWidget(rule())
        outer.addWidget(foot)
        self._as_opened = form.typed()
        self._fit()

    def opened_as(self) -> None:
        """Remember what the form says now as unchanged."""
        self._as_opened = self.form.typed()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        first = next(iter(self.form.entries.values()), None)
        if first is not None:
            first.take_focus()

    def save(self) -> None:
        """Check, then have the office keep it; close when it has."""
        if not self.form.check():
            return
        try:
            work = self._save()
        except EntryError as error:
            self.form.show_error(error)
            return
        self.save_button.setEnabled(False)
        self._desk.operations.change(work, self._saved, owner=self, or_else=self._refused)

    def reject(self) -> None:
        """Leave; if something was typed, ask whether to throw it away."""
        if self.form.typed() != self._as_opened:
            question = Question(
                self.windowTitle(),
                _("Leave without saving?"),
                (_("What you typed here would be lost."),),
                _("Leave without saving"),
                self,
            )
            question.cancel_button.setText(_("Stay here"))
            if not question.exec():
                return
        super().reject()

    def _saved(self, value: Any) -> None:
        self.result_value = value
        self._desk.say(self._said)
        self.accept()

    def _refused(self, error: Any) -> None:
        self.save_button.setEnabled(True)
        self.form.show_error(error)

    def _fit(self) -> None:
        """Open as large as the words want and the screen allows."""
        theme.open_at(self, 84, 36)
