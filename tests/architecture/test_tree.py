"""Everything is where ARCHITECTURE.md says, and nothing else is there."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, TypeGuard

import pytest

from tests.architecture import ROOT, kept_files, text_of

if TYPE_CHECKING:
    from pathlib import Path

TOP_LEVEL = {
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "README.md",
    "docs",
    "dpe",
    "dpemployer",
    "packaging",
    "pyproject.toml",
    "resources",
    "tests",
    "ui",
}

MODULES = [path for path in kept_files(ROOT / "dpemployer") if path.suffix == ".py"]


def test_the_top_level_is_fixed() -> None:
    found = {
        path.relative_to(ROOT).parts[0]
        for path in kept_files()
        if not path.relative_to(ROOT).parts[0].startswith(".")
    }

    assert found == TOP_LEVEL


def test_packaging_is_never_importable() -> None:
    """An `__init__.py` there would hide the `packaging` library from every build."""
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_resources_is_importable_and_empty() -> None:
    assert (ROOT / "resources" / "__init__.py").read_bytes() == b""


def test_the_commands_can_be_run() -> None:
    assert (ROOT / "dpe").stat().st_mode & 0o111
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_there_is_no_place_for_things_without_a_subject() -> None:
    vague = {"utils", "util", "helpers", "common", "misc", "base", "manager", "core"}

    names = {path.stem for path in MODULES} | {path.parent.name for path in MODULES}

    assert not names & vague


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_there_is_no_float(module: Path) -> None:
    """A binary fraction cannot hold a penny."""
    tree = ast.parse(module.read_text(encoding="utf-8"))

    found = [f"line {node.lineno}" for node in ast.walk(tree) if _makes_a_float(node)]

    assert found == []


def _makes_a_float(node: ast.AST) -> TypeGuard[ast.expr]:
    """Tell the ways a binary fraction comes into being that types do not already refuse.

    A whole number divided by another is refused by mypy where `Money`, a whole number or a
    `Decimal` is asked for.
    """
    match node:
        case ast.Name(id="float"):
            return True
        case ast.Constant(value=float() | complex()):
            return True
        case ast.Attribute(attr="total_seconds" | "fsum" | "as_integer_ratio"):
            return True
        case _:
            return False


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_what_it_is_for(module: Path) -> None:
    assert ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))


def test_the_lock_files_hold_names_versions_and_hashes_and_no_addresses() -> None:
    locks = sorted((ROOT / "packaging").glob("requirements*.txt"))
    assert [lock.name for lock in locks] == [
        "requirements-build.txt",
        "requirements-dev.txt",
        "requirements.txt",
    ]

    for lock in locks:
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        assert "index-url" not in text
        names = re.findall(r"^([a-z0-9-]+)==", text, re.MULTILINE)
        assert len(names) == len(set(names))
        for block in re.split(r"\n(?=\S)", text.strip()):
            assert re.match(r"^[a-z0-9-]+==\S+", block), block
            assert "--hash=sha256:" in block


def test_what_is_asked_for_is_what_is_locked() -> None:
    for name in ("requirements", "requirements-build", "requirements-dev"):
        asked = (ROOT / "packaging" / f"{name}.in").read_text(encoding="utf-8")
        locked = (ROOT / "packaging" / f"{name}.txt").read_text(encoding="utf-8")
        for package, version in re.findall(r"^([\w-]+)(?:\[\w+\])?==(\S+)$", asked, re.MULTILINE):
            assert f"{package.lower()}=={version} " in locked


def test_nothing_names_a_package_registry_or_the_machine_it_was_made_on() -> None:
    """The program is read, built and run anywhere, from any mirror."""
    hosts = ("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".com", "deb.debian" + ".org")
    places = ("/wo" + "rk/", "/ro" + "ot/", "/home/" + "user", "/tm" + "p/scratch")

    found = [
        f"{path.relative_to(ROOT)}: {trace}"
        for path in kept_files()
        if (text := text_of(path)) is not None
        for trace in (*hosts, *places)
        if trace in text
    ]

    assert found == []
