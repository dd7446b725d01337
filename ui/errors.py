"""When something goes wrong: an error in its three parts, or a bug as a report.

An error leaves whatever was typed where it is. A report is written by `dpemployer.log`, with
nothing of the book in it.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from dpemployer.errors import DpEmployerError
from dpemployer.i18n import _
from dpemployer.log import keep_report, report_of
from ui import theme
from ui.widgets.buttons import ButtonRow, button
from ui.widgets.notice import announce
from ui.widgets.words import Words, heading

if TYPE_CHECKING:
    from types import TracebackType

    from ui.operations import Operations


class ErrorDialog(QDialog):
    """What happened, why, and what to do next."""

    def __init__(self, error: DpEmployerError, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("There is a problem"))
        self.setAccessibleDescription(str(error))
        box = QVBoxLayout(self)
        edge = theme.gap(4)
        box.setContentsMargins(edge, edge, edge, edge)
        box.setSpacing(theme.gap(2))
        box.addWidget(heading(error.what))
        box.addWidget(Words(error.why))
        box.addWidget(Words(error.next_step))
        self.back = button(_("Back to what I was doing"), self.reject, kind="main")
        self.back.setDefault(True)
        box.addWidget(ButtonRow(self.back))
        self.setMinimumWidth(min(theme.characters(64), 900))
        self.back.setFocus()


class BugDialog(QDialog):
    """Owns up to a mistake in the program, and offers a report."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("The program has made a mistake"))
        what = _("The program has made a mistake, and could not do what you asked.")
        kept = _(
            "Nothing you had saved is lost. What was being done just now has not been done. "
            "You can go on, or close the program and open it again."
        )
        offer = _(
            "This report says where in the program it happened. It holds nothing from your "
            "book: no names and no figures. You can copy it and send it to whoever helps you."
        )
        self.setAccessibleDescription(f"{what} {kept}")
        self.report = QPlainTextEdit(report_of(error))
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setAccessibleName(_("The report"))
        close = button(_("Go on"), self.reject, kind="main")
        close.setDefault(True)
        copy = button(_("Copy the report"), self._copy)
        box = QVBoxLayout(self)
        edge = theme.gap(4)
        box.setContentsMargins(edge, edge, edge, edge)
        box.setSpacing(theme.gap(2))
        box.addWidget(heading(what))
        box.addWidget(Words(kept))
        box.addWidget(Words(offer))
        box.addWidget(self.report)
        box.addWidget(ButtonRow(close, copy))
        theme.open_at(self, 72, 20)
        close.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
        announce(self, _("Copied."))


class Reporter(QObject):
    """The one place that meets errors nobody else wanted, and bugs."""

    def __init__(self, operations: Operations, parent: QObject | None = None) -> None:
        super().__init__(parent)
        operations.failed.connect(show_error)
        operations.broken.connect(show_bug)

    def install(self) -> None:
        """Meet bugs of the window thread too."""
        sys.excepthook = self._unexpected

    @staticmethod
    def _unexpected(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        elif isinstance(error, DpEmployerError):
            show_error(error, None)
        else:
            show_bug(error, None)


def show_error(error: DpEmployerError, owner: QObject | None) -> None:
    """Show an error over the window that asked."""
    ErrorDialog(error, _window_of(owner)).exec()


def show_bug(error: BaseException, owner: QObject | None) -> None:
    """Show a bug over the window that asked, and keep its report where a helper will look."""
    keep_report(error)
    BugDialog(error, _window_of(owner)).exec()


def _window_of(owner: QObject | None) -> QWidget | None:
    return owner.window() if isinstance(owner, QWidget) else None
