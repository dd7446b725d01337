"""Doing something in a window that stands in front until it is closed.

Such a window holds up whoever opened it, so what is done in it has to be agreed beforehand:

    asks(qtbot, page.add_entry, fill_in)

does the first thing, and the second as soon as the window it opens is there. If the second leaves
the window open, or goes wrong, the window is closed and the test fails: it never hangs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from tests.ui.looking import heard

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pytestqt.qtbot import QtBot

_EVERY, _PATIENCE, _FAR_TOO_LONG = 5, 10_000, 60_000
"""Milliseconds."""


class _Answers:
    """What is to be done in each window that opens, one after the other, and what came of it."""

    def __init__(self, does: Sequence[Callable[[Any], object]], before: QWidget | None) -> None:
        self._does = list(does)
        self._before = before
        self._waited = 0
        self.over = False
        self.error: BaseException | None = None
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(_EVERY)
        self._guard = QTimer()
        self._guard.timeout.connect(self._give_up)
        self._guard.start(_FAR_TOO_LONG)

    def _look(self) -> None:
        window = QApplication.activeModalWidget()
        self._waited += _EVERY
        if window is None or window is self._before or not window.isActiveWindow():
            if self._waited > _PATIENCE:
                self.end(AssertionError("no window opened"))
            return
        self._timer.stop()
        try:
            self._does.pop(0)(window)
        except BaseException as error:  # noqa: BLE001 - raised again where the test is
            self._close(window, error)
            return
        self._waited = 0
        self._leave(window)

    def _leave(self, window: QWidget) -> None:
        """Give the window time to close by itself, then wait for the next."""
        if not isValid(window) or window.isHidden():
            self._waited = 0
            if self._does:
                self._timer.start(_EVERY)
            else:
                self.end(None)
            return
        self._waited += _EVERY
        if self._waited > _PATIENCE:
            self._close(window, AssertionError(f"still open: {heard(window)}"))
            return
        QTimer.singleShot(_EVERY, lambda: self._leave(window))

    def _give_up(self) -> None:
        """Close whatever has been open for far too long: nobody is going to."""
        window = QApplication.activeModalWidget()
        said = "" if window is None else window.windowTitle()
        self.error = self.error or AssertionError(f"nobody closed “{said}”")
        if isinstance(window, QDialog):
            QDialog.done(window, 0)

    def _close(self, window: QWidget, error: BaseException) -> None:
        self.end(error)
        if isinstance(window, QDialog):
            window.done(0)

    def end(self, error: BaseException | None) -> None:
        """Wait for nothing more."""
        self._timer.stop()
        self._guard.stop()
        self.error = self.error or error
        self.over = True


def asks(qtbot: QtBot, opens: Callable[[], object], *does: Callable[[Any], object]) -> None:
    """Open a window and do something in it; with several, in the windows that follow it."""
    before = QApplication.activeWindow()
    answers = _Answers(does, QApplication.activeModalWidget())
    try:
        opens()
        qtbot.waitUntil(lambda: answers.over, timeout=2 * _PATIENCE)
    finally:
        answers.end(None)
    if before is not None and isValid(before) and before.isVisible():
        before.activateWindow()  # off screen nobody else does
        qtbot.waitUntil(lambda: QApplication.activeWindow() is not None)
    if answers.error is not None:
        raise answers.error
