"""What has to be so: each thing with its mark, and the button that goes to where it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from dpemployer.findings import Severity
from dpemployer.i18n import _
from ui import icons, theme
from ui.widgets.buttons import button
from ui.widgets.notice import GOOD
from ui.widgets.words import Words, rule

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Check:
    """One thing: whether it is so, what to say, and what its button does."""

    done: bool
    words: str
    button: str = ""
    does: Callable[[], object] = lambda: None


class Checklist(QWidget):
    """A list of checks, one under the other."""

    def __init__(self) -> None:
        super().__init__()
        self.checks: tuple[Check, ...] = ()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.gap(2))

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Show these checks in place of those before."""
        if tuple((each.done, each.words) for each in checks) == tuple(
            (each.done, each.words) for each in self.checks
        ):
            return
        self.checks = tuple(checks)
        while (item := self._box.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place, check in enumerate(self.checks):
            if place:
                self._box.addWidget(rule())
            self._box.addWidget(_row(check))


def _row(check: Check) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(theme.gap(2))
    mark, colours = QLabel(), theme.colours()
    said = _("Done") if check.done else _("To do")
    mark.setPixmap(
        icons.pixmap(
            GOOD if check.done else str(Severity.WARNING),
            colours.good if check.done else colours.warn,
            theme.line_height(),
        )
    )
    mark.setAccessibleName(said)
    line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(Words(said, "small"))
    words.addWidget(Words(check.words, "" if check.done else "label"))
    line.addLayout(words, 1)
    if check.button:
        line.addWidget(button(check.button, check.does, describes=check.words))
    return row
