"""What an hour costs: what each part of the page has, a form and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpemployer.i18n import _
from ui import theme
from ui.widgets.notice import GOOD, Notices, announce
from ui.widgets.words import Card

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.actions import Commands
    from ui.desk import Desk
    from ui.widgets.form import Form

_A_MOMENT = 400
"""Milliseconds after the last key, so that it is not worked out between two figures of a number."""


class CostPart(QWidget):
    """A form that is answered as it is filled in: what was found stands above it.

    What was found is put together first, so that Tab comes to it first.
    """

    def __init__(self, desk: Desk, commands: Commands, front: Callable[[QWidget], bool]) -> None:
        super().__init__()
        self.desk = desk
        self.commands = commands
        self._front = front
        self._speaks = False
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(theme.gap(2))
        self.result = Card(_("What comes of it"))
        self.said = Notices()
        self.findings = Notices()
        self.result.box.addWidget(self.said)
        self.result.box.addWidget(self.findings)
        self.box.addWidget(self.result)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_A_MOMENT)
        self._soon.timeout.connect(self.work_out)

    def put_form(self, form: Form, *names: str) -> None:
        """Put the form under the answer, and what can be done with it under the form."""
        asked = Card(_("What if …"))
        asked.box.addWidget(form)
        asked.box.addWidget(self.commands.buttons(*names))
        self.box.addWidget(asked)
        form.edited.connect(self._soon.start)

    def work_out(self) -> None:
        """Answer what is asked now, if all of it is there."""
        raise NotImplementedError

    def here(self) -> bool:
        """Whether this part is the one in front."""
        return self._front(self)

    def say(self, severity: str, sentences: tuple[str, ...]) -> None:
        """Put what was found at the top of the answer, and read it out when it was asked for."""
        self.said.clear()
        if sentences:
            word = _("In short") if severity == GOOD else ""
            self.said.add(severity, "\n".join(sentences), word=word, speak=False)
        if self._speaks:
            self._speaks = False
            self.said.bring_into_sight()
            announce(self, " ".join(sentences))
