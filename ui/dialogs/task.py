"""A window for one piece of work: it stays, with everything typed, until the work is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from dpemployer.errors import DpEmployerError
from dpemployer.i18n import _
from ui import theme
from ui.widgets.buttons import ButtonRow, button
from ui.widgets.notice import Notices
from ui.widgets.scroll import Scroll
from ui.widgets.words import Words, heading

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.desk import Desk


class TaskDialog(QDialog):
    """Asks for what is needed, does it off the window thread, and closes when it is done.

    A subclass fills `box`, and says in `do` what happens when the main button is pressed.
    """

    def __init__(
        self, desk: Desk, words: str, explained: str, do_it: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setWindowTitle(words)
        self.setAccessibleDescription(explained)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, theme.gap(2))
        self._scroll = Scroll()
        outer.addWidget(self._scroll, 1)
        self.box = self._scroll.box
        self.box.addWidget(heading(words))
        if explained:
            self.box.addWidget(Words(explained))
        self.notices = Notices()
        self.box.addWidget(self.notices)
        self.do_button = button(do_it, self.do, kind="main")
        self.cancel_button = button(_("Cancel"), self.reject)
        self.row = ButtonRow(self.do_button, self.cancel_button)
        holder = QVBoxLayout()
        holder.setContentsMargins(theme.gap(4), 0, theme.gap(4), 0)
        holder.addWidget(self.row)
        outer.addLayout(holder)
        self.resize(theme.characters(84), theme.line_height(28))

    def do(self) -> None:
        """Do what the main button says."""
        raise NotImplementedError

    def change(self, work: Callable[[], Any], done: Callable[[Any], None] | None = None) -> None:
        """Have the office change something; close when it has, or say why it has not."""
        self.do_button.setEnabled(False)

        def then(answer: Any) -> None:
            self.do_button.setEnabled(True)
            if done is None:
                self.accept()
            else:
                done(answer)

        self.desk.operations.change(work, then, owner=self, or_else=self.show_error)

    def show_error(self, error: DpEmployerError) -> None:
        """Say what is wrong; everything typed stays."""
        self.do_button.setEnabled(True)
        self.notices.clear()
        self.notices.show_error(error)
        self._scroll.ensureWidgetVisible(self.notices)

    def attempt(self, read: Callable[[], Any]) -> Any:
        """Read something typed; say what is wrong and return None if it cannot be."""
        try:
            return read()
        except DpEmployerError as error:
            self.show_error(error)
            return None
