"""A window for one piece of work: it stays, with everything typed, until the work is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from dpemployer.errors import DpEmployerError
from dpemployer.i18n import _
from ui import theme
from ui.dialogs.question import Question
from ui.widgets.buttons import ButtonRow, button
from ui.widgets.entries import Entry
from ui.widgets.notice import Notices
from ui.widgets.scroll import Scroll
from ui.widgets.words import Words, heading, rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

    from ui.desk import Desk


class TaskDialog(QDialog):
    """Asks for what is needed, does it off the window thread, and closes when it is done.

    A subclass fills `box`, and says in `do` what happens when the main button is pressed. Enter
    in a field presses it, unless `ENTER_DOES` says that the work is too grave for that.
    """

    ENTER_DOES = True

    def __init__(
        self, desk: Desk, words: str, explained: str, do_it: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self._busy = False
        self._as_opened: list[str] | None = None
        self.setWindowTitle(words)
        self.setAccessibleDescription(explained)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, theme.gap(2))
        outer.setSpacing(theme.gap(2))
        self._scroll = Scroll()
        outer.addWidget(self._scroll, 1)
        self.box = self._scroll.box
        self.box.addWidget(heading(words))
        if explained:
            self.box.addWidget(Words(explained))
        self.notices = Notices()
        self.box.addWidget(self.notices)
        self.do_button = button(do_it, self._asked, kind="main")
        self.do_button.setDefault(self.ENTER_DOES)
        self.cancel_button = button(_("Cancel"), self.reject)
        self.row = ButtonRow(self.do_button, self.cancel_button)
        holder = QVBoxLayout()
        holder.setContentsMargins(theme.gap(4), 0, theme.gap(4), 0)
        holder.addWidget(self.row)
        outer.addWidget(rule())
        outer.addLayout(holder)
        theme.open_at(self, 84, 30)

    def do(self) -> None:
        """Do what the main button says."""
        raise NotImplementedError

    def change(self, work: Callable[[], Any], done: Callable[[Any], None] | None = None) -> None:
        """Have the office change something; close when it has, or say why it has not."""
        self._busy = True

        def then(answer: Any) -> None:
            self._busy = False
            if done is None:
                self.accept()
            else:
                done(answer)

        self.desk.operations.change(work, then, owner=self, or_else=self.show_error)

    def show_error(self, error: DpEmployerError) -> None:
        """Say what is wrong; everything typed stays, and so does the keyboard."""
        self._busy = False
        self.notices.show_error(error)
        self._scroll.verticalScrollBar().setValue(0)

    def attempt(self, read: Callable[[], Any]) -> Any:
        """Read something typed; say what is wrong and return None if it cannot be."""
        try:
            return read()
        except DpEmployerError as error:
            self.show_error(error)
            return None

    def opened_as(self) -> None:
        """Take what is typed now as unchanged."""
        self._as_opened = self._typed()

    def reject(self) -> None:
        """Leave; if something was typed, ask whether to throw it away."""
        if self._as_opened is not None and self._typed() != self._as_opened:
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

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._as_opened is None:
            self.opened_as()
            self._begin()

    def _asked(self) -> None:
        """Do it, unless it is being done already."""
        if not self._busy:
            self.do()

    def _begin(self) -> None:
        """Put the keyboard on the first question, if nothing else has asked for it."""
        if self.focusWidget() in {None, self.do_button}:
            for entry in self.findChildren(Entry):
                if entry.isVisible():
                    entry.setFocus()
                    return

    def _typed(self) -> list[str]:
        """Return what every entry of this window says; windows over it are their own affair."""
        return [entry.text() for entry in self.findChildren(Entry) if entry.window() is self]
