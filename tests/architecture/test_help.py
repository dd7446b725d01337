"""Help is whole: every page has a title, every link a page, and every idea its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from dpemployer.settings import SETTINGS
from tests.architecture import ROOT, kept_files

if TYPE_CHECKING:
    from pathlib import Path

HELP = ROOT / "resources" / "help" / "en"
PAGES = sorted(HELP.glob("*.md"))

SCREENS = {
    "backup",
    "costs",
    "first-run",
    "hmrc",
    "home",
    "money",
    "pay",
    "people",
    "recovery-sheet",
    "return",
    "settings",
    "timesheets",
    "unlock",
}
IDEAS = {
    "away",
    "balance-test",
    "commitment",
    "deductions",
    "direct-payment",
    "evidence",
    "leaving",
    "holiday-accrual",
    "leave",
    "mileage",
    "minimum-wage",
    "national-insurance-letter",
    "pension",
    "reversal",
    "tax-code",
    "working-time",
    "year-end",
    "when-things-end",
}


def test_every_screen_and_every_idea_has_a_page() -> None:
    assert {page.stem for page in PAGES} == SCREENS | IDEAS | {"whats-new"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_begins_with_its_only_title(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    assert text.startswith("# ")
    assert len(re.findall(r"^# ", text, re.MULTILINE)) == 1


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_link_leads_to_a_page(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    for target in re.findall(r"\]\(([^)]*)\)", text):
        assert (HELP / target).is_file(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_can_be_reached_from_another(page: Path) -> None:
    """Home and what's new are opened by name, from the menu."""
    if page.name in {"home.md", "whats-new.md", "first-run.md"}:
        return

    links = {
        target
        for other in PAGES
        if other.name != page.name
        for target in re.findall(r"\]\(([^)]*)\)", other.read_text(encoding="utf-8"))
    }

    assert page.name in links


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_sentences_are_short_enough_to_read(page: Path) -> None:
    """About what a reader of twelve takes in: no sentence past forty words, few past thirty."""
    text = page.read_text(encoding="utf-8")
    plain = re.sub(r"^[#|>].*$", "", text, flags=re.MULTILINE)
    plain = re.sub(r"\]\([^)]*\)", "]", plain)
    sentences = [
        len(sentence.split())
        for paragraph in re.split(r"\n\s*\n|\n(?=- |\d\. )", plain)
        for sentence in re.split(r"(?<=[.?!:;])\s+", paragraph)
        if sentence.strip()
    ]

    assert max(sentences) <= 40
    assert sum(length > 30 for length in sentences) <= 2


def test_every_setting_is_explained_by_its_name() -> None:
    page = (HELP / "settings.md").read_text(encoding="utf-8")

    assert [s.key for s in SETTINGS if f"## {s.label}\n" not in page] == []


def test_windows_link_only_to_pages_there_are() -> None:
    """Windows name a page as `help_page="timesheets"` or `show_page("timesheets")`."""
    named = {
        found
        for module in kept_files(ROOT / "ui")
        if module.suffix == ".py"
        for found in re.findall(
            r"(?:help_page\s*=\s*|show_page\(|open_page\(|help_name\s*=\s*)\"([\w-]+)\"",
            module.read_text(encoding="utf-8"),
        )
    }

    assert named <= {page.stem for page in PAGES}
