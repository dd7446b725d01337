"""The program starts with Qt alone, stays up, and closes what it opened."""

from __future__ import annotations

import subprocess
import sys
from textwrap import dedent

LATER = ("sqlalchemy", "alembic", "reportlab", "keyring", "cryptography", "sqlcipher3")


def _run(program: str) -> str:
    """Run a small program in a Python of its own, and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", dedent(program)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_first_window_is_painted_with_qt_alone() -> None:
    said = _run(
        f"""
        import sys
        from pathlib import Path
        from PySide6.QtWidgets import QApplication
        from dpemployer.settings import Settings
        from ui.app import Program

        app = QApplication([])
        program = Program(app, Settings(Path("nowhere/settings.json")))
        program.start()
        program.unlock.grab()
        print([name for name in {LATER!r} if name in sys.modules])
        program.operations.close()
        """
    )

    assert said.strip() == "[]"


def test_what_the_first_window_did_without_is_there_when_it_is_wanted() -> None:
    said = _run(
        """
        import sys
        from pathlib import Path
        from PySide6.QtWidgets import QApplication
        from dpemployer.settings import Settings
        from ui.app import Program

        app = QApplication([])
        program = Program(app, Settings(Path("nowhere/settings.json")))
        program.start()
        while "ui.pages.all_pages" not in sys.modules or not program.operations.idle:
            app.processEvents()
        print("sqlalchemy" in sys.modules)
        program.operations.close()
        """
    )

    assert said.strip() == "True"


def test_qt_can_be_called_more_often_than_none_was_ever_counted() -> None:
    said = _run(
        """
        import ui
        from PySide6.QtCore import QObject

        thing = QObject()
        for _call in range(100_000):
            thing.setObjectName("x")
            thing.blockSignals(False)
        print("still here")
        """
    )

    assert said.strip() == "still here"
