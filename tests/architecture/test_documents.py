"""What is written about the program is true of it."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.architecture import ROOT, kept_files, package_map

if TYPE_CHECKING:
    from pathlib import Path

DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
DOCUMENTS = [path for path in kept_files() if path.suffix == ".md" and "help" not in path.parts]


def test_decisions_are_numbered_without_gaps() -> None:
    assert [int(record.name[:4]) for record in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("record", DECISIONS, ids=lambda record: record.stem)
def test_a_decision_says_what_was_asked_weighed_chosen_and_follows(record: Path) -> None:
    text = record.read_text(encoding="utf-8")

    title, _blank, when, *_rest = text.splitlines()
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)

    assert re.match(rf"# {int(record.name[:4])}\. ", title)
    assert re.match(r"Decided on \d+ \w+ \d{4}\. (Stands[^.]*|Superseded by \[\d+\]\(.+\))\.", when)
    assert headings[0] == "The question"
    assert headings[-1] == "What follows"
    assert any(heading.startswith("What we considered") for heading in headings)


def test_every_decision_is_listed_in_the_architecture() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")

    listed = set(re.findall(r"\(docs/decisions/(\S+\.md)\)", text))

    assert listed == {record.name for record in DECISIONS}


def test_every_dependency_has_a_decision() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    dev = (ROOT / "packaging" / "requirements-dev.in").read_text(encoding="utf-8")
    build = (ROOT / "packaging" / "requirements-build.in").read_text(encoding="utf-8")
    names = [re.split(r"[>=\[]", line)[0] for line in project["dependencies"]]
    names += re.findall(r"^([\w-]+)==", dev + build, re.MULTILINE)
    told = "\n".join(record.read_text(encoding="utf-8") for record in DECISIONS).lower()

    assert [name for name in names if name.lower() not in told] == []


def test_what_the_program_asks_for_is_what_is_installed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = (ROOT / "packaging" / "requirements.in").read_text(encoding="utf-8")

    assert {re.split(r"[>=\[]", line)[0] for line in project["dependencies"]} == set(
        re.findall(r"^([\w-]+)(?:\[\w+\])?==", asked, re.MULTILINE)
    )


def test_every_dependency_is_used() -> None:
    """What nothing imports is not asked for."""
    imported = {
        "PySide6-Essentials": "PySide6",
        "PySide6-Pdf": "PySide6.QtPdf",
        "SQLAlchemy": "sqlalchemy",
        "python-bidi": "bidi",
        "python-dateutil": "dateutil",
        "pillow": "PIL",
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for package in ("dpemployer", "ui")
        for path in kept_files(ROOT / package)
        if path.suffix == ".py"
    )
    names = [re.split(r"[>=\[]", line)[0] for line in project["dependencies"]]
    modules = [imported.get(name, name) for name in names]

    unused = [
        module
        for module in modules
        if not re.search(rf"^\s*(from|import) {re.escape(module)}\b", code, re.MULTILINE)
    ]
    assert unused == []


def test_the_map_of_modules_is_as_it_would_be_drawn() -> None:
    """`python -m tests.architecture.package_map` brings it up to date."""
    assert package_map.in_the_document().splitlines() == package_map.drawn().splitlines()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_to_files_lead_somewhere(document: Path) -> None:
    text = re.sub(r"```.*?```", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)

    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
        assert (document.parent / target).exists(), target


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_to_headings_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    anchors = {
        re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    }

    for anchor in re.findall(r"\]\(#([^)]+)\)", text):
        assert anchor in anchors
