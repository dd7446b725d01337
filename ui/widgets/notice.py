"""A sentence that matters, with its severity as a picture, a word and a colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dpemployer.findings import Severity
from dpemployer.i18n import _
from ui import theme
from ui.widgets.buttons import ButtonRow
from ui.widgets.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dpemployer.errors import DpEmployerError
    from dpemployer.findings import Finding

GOOD = "good"
"""Something went as wished; the other severities are those of findings."""


def severity_word(severity: str) -> str:
    """Return the word a severity is called by."""
    return {
        GOOD: _("Done"),
        Severity.NOTE: _("Good to know"),
        Severity.WARNING: _("Worth a look"),
        Severity.BLOCKING: _("To put right"),
    }[severity]


def announce(widget: QWidget, words: str, *, urgent: bool = False) -> None:
    """Have a screen reader say something, wherever the focus is."""
    event = QAccessibleAnnouncementEvent(widget, words)
    event.setPoliteness(
        QAccessible.AnnouncementPoliteness.Assertive
        if urgent
        else QAccessible.AnnouncementPoliteness.Polite
    )
    QAccessible.updateAccessibility(event)


class Notice(QFrame):
    """One message with its severity, and buttons for what can be done about it."""

    def __init__(
        self, severity: str, message: str, *, word: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.severity = severity
        self.message = message
        self.word = word or severity_word(severity)
        theme.mark(self, severity=str(severity))
        edge, space = theme.gap(2), theme.gap(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(edge, edge, edge, edge)
        row.setSpacing(edge)
        row.addWidget(self._picture(), 0, Qt.AlignmentFlag.AlignTop)
        self.box = QVBoxLayout()
        self.box.setSpacing(space)
        row.addLayout(self.box, 1)
        self.box.addWidget(Words(self.word, "severity"))
        for paragraph in message.split("\n"):
            if paragraph:
                self.box.addWidget(Words(paragraph))
        self._buttons: ButtonRow | None = None

    def add_button(self, made: QPushButton) -> QPushButton:
        """Put a button under the message and return it."""
        if self._buttons is None:
            self._buttons = ButtonRow()
            self.box.addWidget(self._buttons)
        return self._buttons.add(made)

    def announce(self) -> None:
        """Have a screen reader say it."""
        announce(self, f"{self.word}: {self.message}", urgent=self.severity == Severity.BLOCKING)

    def _picture(self) -> QLabel:
        # Drawn only when there is something to say: the first window is quicker without it.
        from ui import icons  # noqa: PLC0415

        picture = QLabel()
        colours = theme.colours()
        colour = {
            GOOD: colours.good,
            Severity.NOTE: colours.note,
            Severity.WARNING: colours.warn,
            Severity.BLOCKING: colours.stop,
        }[self.severity]
        picture.setPixmap(icons.pixmap(str(self.severity), colour, theme.line_height()))
        picture.setAccessibleName(self.word)
        return picture


class Notices(QWidget):
    """The messages of a page or a form, one under another; empty, it takes no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.gap(1))
        self.hide()

    @property
    def shown(self) -> tuple[Notice, ...]:
        """The messages on screen."""
        items = (self._box.itemAt(place) for place in range(self._box.count()))
        found = (item.widget() for item in items if item is not None)
        return tuple(each for each in found if isinstance(each, Notice))

    def clear(self) -> None:
        """Take every message away."""
        for notice in self.shown:
            self._box.removeWidget(notice)
            notice.hide()
            notice.deleteLater()
        self.hide()

    def add(self, severity: str, message: str, *, word: str = "", speak: bool = True) -> Notice:
        """Show a message under those already there."""
        notice = Notice(severity, message, word=word)
        self._box.addWidget(notice)
        notice.show()
        self.show()
        if speak:
            notice.announce()
        return notice

    def say(self, severity: str, message: str, *, word: str = "") -> Notice:
        """Show one message in place of whatever was there, and bring it into sight."""
        self.clear()
        notice = self.add(severity, message, word=word)
        self.bring_into_sight()
        return notice

    def bring_into_sight(self) -> None:
        """Scroll to the messages once they have their place: the answer to what was just done."""
        QTimer.singleShot(0, self, self._scroll_here)

    def _scroll_here(self) -> None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(self, theme.gap(4), theme.gap(4))

    def show_error(self, error: DpEmployerError) -> Notice:
        """Show an error in its three parts: what, why, and what to do next."""
        return self.say(Severity.BLOCKING, str(error), word=_("There is a problem"))

    def show_findings(self, findings: Iterable[Finding]) -> None:
        """Show findings, the gravest first."""
        self.clear()
        order = (Severity.BLOCKING, Severity.WARNING, Severity.NOTE)
        for finding in sorted(findings, key=lambda each: order.index(each.severity)):
            words = f"{finding.subject}: {finding.message}" if finding.subject else finding.message
            self.add(finding.severity, words, speak=False)
