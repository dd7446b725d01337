"""Garbage is collected on the window thread alone.

Python looks for forgotten objects whenever any thread has made enough new ones, and on that
thread. A window that is forgotten would then be taken apart by the worker thread, in the middle
of a question to the book, which Qt does not survive. So Python is told not to look by itself,
and the window thread looks a few times a second instead.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY = 250
"""Milliseconds between looks; a look that finds little to do takes a fraction of one."""


class Tidying(QObject):
    """Looks for forgotten objects here, as often and as deep as Python itself would."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(_EVERY)

    def look(self) -> None:
        """Collect the generations that have grown past Python's own limits."""
        for generation, (count, limit) in enumerate(
            zip(gc.get_count(), gc.get_threshold(), strict=True)
        ):
            if count <= limit:
                return
            gc.collect(generation)

    def stop(self) -> None:
        """Let Python look by itself again: the worker thread has ended."""
        self._timer.stop()
        gc.enable()
