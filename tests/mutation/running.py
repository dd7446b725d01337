"""Run mutmut over one module, in a copy of what its tests need, for so many minutes at most."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.mutation.reading import Outcome, read

if TYPE_CHECKING:
    from collections.abc import Iterable

MUTMUT = "mutmut==3.8.1"
"""The version that this was written for; it is no dependency of the program or of its tests."""
ROOT = Path(__file__).parents[2]
_COPIED = ("dpemployer", "resources", "tests", "ui")
_FAST = (
    "tests/statutory",
    "tests/payroll",
    "tests/bookkeeping",
    "tests/words",
    "tests/doors",
)
_BY_EXAMPLES = (
    "tests/services/test_calculations.py",
    "tests/services/test_order_calculations.py",
    "tests/services/test_funding_calculations.py",
)
"""Published and worked examples, asked as cases: they go through most of `statutory/`."""
_SLOW = {"test_rules.py"}
"""Tests that look at every module at once, and would be run for every mutant."""
_SECONDS = 60


def tests_of(module: str) -> tuple[str, ...]:
    """Return the fast tests that import a module, its own first."""
    if not (ROOT / _file_of(module)).is_file():
        return ()
    package, _dot, name = map(re.escape, module.rpartition("."))
    imports = re.compile(
        rf"^from dpemployer\.{package}(\.{name} import| import .*\b{name}\b)",
        re.MULTILINE,
    )
    found = [
        file.relative_to(ROOT).as_posix()
        for folder in _FAST
        for file in sorted((ROOT / folder).glob("test_*.py"))
        if file.name not in _SLOW and imports.search(file.read_text(encoding="utf-8"))
    ]
    own = f"test_{module.rpartition('.')[2]}.py"
    return (*sorted(found, key=lambda file: not file.endswith(own)), *_BY_EXAMPLES)


def mutate(module: str, place: Path, minutes: float, only: tuple[str, ...] = ()) -> Outcome:
    """Make one module wrong in many ways, and return what the tests made of it.

    Args:
        module: From the program's own package.
        place: An empty folder.
        minutes: The most it may take.
        only: The mutants to try; all of them when there are none.
    """
    for folder in _COPIED:
        shutil.copytree(
            ROOT / folder, place / folder, ignore=shutil.ignore_patterns("__pycache__", "books")
        )
    shutil.copy(ROOT / "pyproject.toml", place)
    file = _file_of(module)
    _uncache(place / file)
    _write_settings(place, file, tests_of(module))
    _run(place, minutes, only)
    return read(module, place, file)


def _file_of(module: str) -> str:
    return f"dpemployer/{module.replace('.', '/')}.py"


def _uncache(file: Path) -> None:
    """Take `@cache` away: mutmut leaves decorated functions alone, and the answers are the same."""
    text = file.read_text(encoding="utf-8")
    bare = re.sub(r"^@(lru_)?cache(\(.*\))?\n", "", text, flags=re.MULTILINE)
    file.write_text(bare, encoding="utf-8")


def _write_settings(place: Path, file: str, tests: Iterable[str]) -> None:
    lines = [
        "[mutmut]",
        f"source_paths={file}",
        "pytest_add_cli_args_test_selection=",
        *(f"    {test}" for test in tests),
        "pytest_add_cli_args=",
        "    -p",
        "    no:cacheprovider",
        "    -p",
        "    tests.mutation.profile",
        "also_copy=",
        *(f"    {folder}" for folder in _COPIED),
        "    pyproject.toml",
    ]
    (place / "setup.cfg").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _run(place: Path, minutes: float, only: tuple[str, ...]) -> None:
    """Run mutmut on one core; what it has found when the time is up is kept in its files."""
    settings = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    process = subprocess.Popen(
        [sys.executable, "-m", "mutmut", "run", "--max-children", "1", *only],
        cwd=place,
        env=settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(timeout=minutes * _SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()
