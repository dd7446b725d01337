"""The import contracts cover everything there is, and catch what they are for."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from tests.architecture import PACKAGES, ROOT, kept_files

if TYPE_CHECKING:
    from pathlib import Path

CORE = {
    "bank_days",
    "bookkeeping",
    "errors",
    "findings",
    "identifiers",
    "money",
    "payroll",
    "periods",
    "returns",
    "statutory",
    "workings",
}
"""Figures and reasons out of facts and rules; no input or output."""

BEHIND_THE_SERVICES = {
    "bookkeeping",
    "documents",
    "keychain",
    "payroll",
    "returns",
    "rti",
    "statutory",
    "store",
}
"""What windows reach only through services."""

DOORS = {"clock", "data_files", "keychain", "log", "settings"}
"""What the calculation core may not open."""

LIBRARIES = {
    "One door for the database": {"office", "rti", "cli", "services", "documents"},
    "One door for paper": {"office", "rti", "cli", "services", "store"},
    "One door for the keychain": {"office", "rti", "cli", "services", "documents", "store"},
    "One door for the pages of a PDF": {"office", "rti", "cli", "services", "store"},
    "One door for OFX": {"office", "rti", "cli", "documents", "store"},
}
"""Which packages each library is kept from."""


@pytest.fixture(scope="module")
def contracts() -> dict[str, dict[str, Any]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    listed: list[dict[str, Any]] = settings["tool"]["importlinter"]["contracts"]
    return {contract["name"]: contract for contract in listed}


def there(names: set[str]) -> set[str]:
    """Return the modules among *names* that exist, as they are imported."""
    package = ROOT / "dpemployer"
    return {
        f"dpemployer.{name}"
        for name in names
        if (package / f"{name}.py").exists() or (package / name / "__init__.py").exists()
    }


def test_the_whole_calculation_core_is_kept_from_input_and_output(
    contracts: dict[str, dict[str, Any]],
) -> None:
    contract = contracts["The calculation core does no input or output"]

    assert there(CORE) <= set(contract["source_modules"])
    assert there(DOORS) <= set(contract["forbidden_modules"])


def test_windows_are_kept_from_everything_behind_the_services(
    contracts: dict[str, dict[str, Any]],
) -> None:
    contract = contracts["Windows reach in only through services"]

    assert there(BEHIND_THE_SERVICES) <= set(contract["forbidden_modules"])


@pytest.mark.parametrize("name", sorted(LIBRARIES))
def test_each_library_has_one_door(name: str, contracts: dict[str, dict[str, Any]]) -> None:
    assert there(LIBRARIES[name]) <= set(contracts[name]["source_modules"])


BROKEN_ON_PURPOSE = (
    # where, the line that breaks it, and what must be said about it
    ("dpemployer/statutory/__init__.py", "import os", "dpemployer.statutory -> os"),
    ("dpemployer/periods.py", "import time", "dpemployer.periods -> time"),
    ("dpemployer/money.py", "import PySide6", "dpemployer.money -> PySide6"),
    ("dpemployer/services/__init__.py", "import sqlalchemy", "dpemployer.services -> sqlalchemy"),
    ("dpemployer/services/__init__.py", "import reportlab", "dpemployer.services -> reportlab"),
    ("dpemployer/documents/__init__.py", "import keyring", "dpemployer.documents -> keyring"),
    ("dpemployer/documents/__init__.py", "import ofxtools", "dpemployer.documents -> ofxtools"),
    ("dpemployer/services/__init__.py", "import pypdf", "dpemployer.services -> pypdf"),
    ("ui/__init__.py", "import dpemployer.store", "ui -> dpemployer.store"),
    ("dpemployer/clock.py", "import resources", "dpemployer.clock -> resources"),
    ("dpemployer/payroll/__init__.py", "import ui", "dpemployer.payroll -> ui"),
    (
        "dpemployer/payroll/__init__.py",
        "import dpemployer.services",
        "dpemployer.payroll -> dpemployer.services",
    ),
    ("dpemployer/errors.py", "import dpemployer.money", "No import cycles"),
    ("dpemployer/money.py", "import dpemployer.errors", "dpemployer.money -> dpemployer.errors"),
    ("dpemployer/afterthought.py", "", "- dpemployer.afterthought"),
)


def lint_a_skeleton(place: Path, *, broken: bool) -> str:
    """Check a copy of the program that has every module and nothing in any of them."""
    for package in PACKAGES:
        for module in kept_files(ROOT / package):
            if module.suffix == ".py":
                copy = place / module.relative_to(ROOT)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.touch()
    shutil.copy(ROOT / "pyproject.toml", place)
    for where, line, _said in BROKEN_ON_PURPOSE if broken else ():
        with (place / where).open("a", encoding="utf-8") as text:
            text.write(f"{line}\n")

    code = "import importlinter.cli as c; c.lint_imports_command()"
    outcome = subprocess.run(
        [sys.executable, "-c", code, "--no-logo", "--no-cache"],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(place)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == (1 if broken else 0), outcome.stdout + outcome.stderr
    return outcome.stdout


def test_a_program_that_imports_nothing_breaks_no_contract(tmp_path: Path) -> None:
    said = lint_a_skeleton(tmp_path, broken=False)

    assert re.search(r"Contracts: (\d+) kept, 0 broken", said)


def test_every_contract_broken_on_purpose_is_caught(
    tmp_path: Path, contracts: dict[str, dict[str, Any]]
) -> None:
    said = lint_a_skeleton(tmp_path, broken=True)

    for _where, _line, complaint in BROKEN_ON_PURPOSE:
        assert complaint in said
    assert set(re.findall(r"^(.+) BROKEN", said, re.MULTILINE)) == set(contracts)
