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

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

_EVERY, _PATIENCE = 5, 20_000
"""Milliseconds."""


class _Answer:
    """What is to be done in the next window, and what came of it."""

    def __init__(self, does: Callable[[Any], object], before: QWidget | None) -> None:
        self._does = does
        self._before = before
        self._waited = 0
        self.over = False
        self.error: BaseException | None = None
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(_EVERY)

    def _look(self) -> None:
        window = QApplication.activeModalWidget()
        self._waited += _EVERY
        if window is None or window is self._before:
            if self._waited > _PATIENCE:
                self._end(AssertionError("no window opened"))
            return
        self._timer.stop()
        try:
            self._does(window)
        except BaseException as error:  # noqa: BLE001 - raised again where the test is
            self._close(window, error)
            return
        self._waited = 0
        self._leave(window)

    def _leave(self, window: QWidget) -> None:
        """Give the window time to close by itself."""
        if window.isHidden():
            self._end(None)
            return
        self._waited += _EVERY
        if self._waited > _PATIENCE:
            self._close(window, AssertionError(f"“{window.windowTitle()}” is still open"))
            return
        QTimer.singleShot(_EVERY, lambda: self._leave(window))

    def _close(self, window: QWidget, error: BaseException) -> None:
        self._end(error)
        if isinstance(window, QDialog):
            window.done(0)

    def _end(self, error: BaseException | None) -> None:
        self._timer.stop()
        self.error = error
        self.over = True


def asks(
    qtbot: QtBot, opens: Callable[[], object], *does: Callable[[Any], object]
) -> None:
    """Open a window and do something in it; with several, in the windows that follow it."""
    first, *others = does
    answer = _Answer(first, QApplication.activeModalWidget())
    opens()
    qtbot.waitUntil(lambda: answer.over, timeout=2 * _PATIENCE)
    if answer.error is not None:
        raise answer.error
    for each in others:
        asks(qtbot, lambda: None, each)
