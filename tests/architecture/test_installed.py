"""An installed program has every shipped file, and finds it the same way as a checkout."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from tests.architecture import PACKAGES, ROOT, kept_files

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the program as it is distributed, from a copy with one translation in it."""
    place = tmp_path_factory.mktemp("build")
    for part in (*PACKAGES, "packaging"):
        shutil.copytree(ROOT / part, place / part, ignore=shutil.ignore_patterns("__pycache__"))
    for part in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / part, place)
    welsh = place / "resources" / "translations" / "cy" / "LC_MESSAGES"
    welsh.mkdir(parents=True, exist_ok=True)
    (welsh / "dpemployer.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "January"\nmsgstr "Ionawr"\n',
        encoding="utf-8",
    )
    subprocess.run(
        [sys.executable, "-P", "-m", "hatchling", "build", "-t", "wheel", "-d", place / "dist"],
        cwd=place,
        capture_output=True,
        check=True,
        timeout=120,
    )
    return next((place / "dist").glob("*.whl"))


def test_it_holds_every_file_that_is_kept(wheel: Path) -> None:
    held = set(ZipFile(wheel).namelist())

    kept = {
        path.relative_to(ROOT).as_posix() for name in PACKAGES for path in kept_files(ROOT / name)
    }

    assert kept - held == set()


def test_it_holds_nothing_else_but_translations_made_from_them(wheel: Path) -> None:
    kept = {
        path.relative_to(ROOT).as_posix() for name in PACKAGES for path in kept_files(ROOT / name)
    }

    more = {name for name in ZipFile(wheel).namelist() if name not in kept}

    place = "resources/translations/cy/LC_MESSAGES/dpemployer"
    assert {name for name in more if ".dist-info/" not in name} == {f"{place}.po", f"{place}.mo"}


def test_an_installed_program_works_out_pay(wheel: Path, tmp_path: Path) -> None:
    ZipFile(wheel).extractall(tmp_path / "installed")
    case = {
        "id": "one",
        "tax_year": "2026-27",
        "inputs": {
            "tax_code": "1257L",
            "basis": "cumulative",
            "frequency": "monthly",
            "period_number": 1,
            "pay_this_period": "2000.00",
            "pay_to_date_before": "0.00",
            "tax_to_date_before": "0.00",
        },
    }

    outcome = subprocess.run(
        [sys.executable, "-P", "-m", "dpemployer", "calculate", "paye", "-", "--json"],
        input=json.dumps([case]),
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "installed")},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )

    # Free pay of £1,048.26 leaves £951 at 20%.
    (answer,) = json.loads(outcome.stdout)
    assert answer["result"]["tax_this_period"] == "190.20"
