"""Start the program, or a bare window, and stop when its first window has been painted.

Run by itself, so that nothing is loaded but what is asked for: `ours` or `bare`. With `--modules`
it prints the name of everything loaded at that moment.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)


class Watcher(QObject):
    """Notices the first paint of anything in a window."""

    def __init__(self) -> None:
        super().__init__()
        self.painted = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - as Qt spells it
        """Look at every event and stop none."""
        if event.type() == QEvent.Type.Paint and watched.isWidgetType():
            self.painted = True
        return False


def run_until_painted(*_self: object) -> int:
    """Do the work of `QApplication.exec` until a window has been painted."""
    watcher = Watcher()
    app = QCoreApplication.instance()
    if app is None:
        raise RuntimeError("there is no application")
    app.installEventFilter(watcher)
    while not watcher.painted:
        QCoreApplication.processEvents()
    if "--modules" in sys.argv:
        sys.stdout.write("\n".join(sorted(sys.modules)))
    sys.stdout.flush()
    # What the worker thread was importing can stop where it is.
    import os  # noqa: PLC0415 - after the list

    os._exit(0)


def bare() -> None:
    """Show a window with what the first window has, and nothing of the program's own."""
    app = QApplication([])
    window = QWidget()
    box = QVBoxLayout(window)
    for part in (QLabel("DP Employer"), QLineEdit(), QPushButton("Open"), QPushButton("New")):
        box.addWidget(part)
    window.resize(800, 600)
    window.show()
    app.exec()


def ours() -> None:
    """Start the program as `python -m ui` does."""
    from ui.app import main  # noqa: PLC0415 - not for the bare window

    main(["dpemployer"])


if __name__ == "__main__":
    QApplication.exec = run_until_painted  # type: ignore[method-assign] # see above
    {"ours": ours, "bare": bare}[sys.argv[1]]()
