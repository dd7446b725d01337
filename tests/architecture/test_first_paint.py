"""The first window is painted with Qt alone; everything slow comes while somebody types."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

NOT_YET = (
    *("alembic", "bidi", "cryptography", "dateutil", "holidays", "keyring", "PIL", "pypdf"),
    *("reportlab", "sqlalchemy", "sqlcipher3", "sqlite3", "uharfbuzz"),
    *("dpemployer.office", "dpemployer.services", "dpemployer.store", "dpemployer.documents"),
    *("dpemployer.payroll", "dpemployer.statutory", "dpemployer.bookkeeping"),
    *("dpemployer.returns", "ui.pages", "ui.wizards", "ui.main_window"),
)
"""What the unlock window does without."""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Return the name of every module loaded when the first window was painted."""
    outcome = subprocess.run(
        [sys.executable, "-P", Path(__file__).with_name("first_paint.py"), "ours", "--modules"],
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_CONFIG_HOME": str(tmp_path_factory.mktemp("home")),
        },
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return set(outcome.stdout.splitlines())


def test_the_first_window_is_the_programs_own(loaded: set[str]) -> None:
    assert "ui.unlock" in loaded


@pytest.mark.parametrize("module", NOT_YET)
def test_it_is_painted_without(module: str, loaded: set[str]) -> None:
    early = {name for name in loaded if name == module or name.startswith(f"{module}.")}

    assert early == set()
