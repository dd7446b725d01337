"""Compile the translations when a distribution is built.

Only the `.po` files are kept. Each becomes a `.mo` beside it, which gettext reads and
the distribution carries. A message that cannot be compiled stops the build.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class TranslationsBuildHook(BuildHookInterface[Any]):
    """Puts a `.mo` beside every `.po` under `resources/translations/`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile every language before anything is collected."""
        del version, build_data
        for source in sorted(Path(self.root, "resources", "translations").rglob("*.po")):
            compile_catalogue(source)


def compile_catalogue(source: Path) -> Path:
    """Compile one `.po`, and return where the `.mo` went."""
    language = source.parent.parent.name
    with source.open("rb") as text:
        catalogue = read_po(text, locale=language, abort_invalid=True)
    compiled = source.with_suffix(".mo")
    with compiled.open("wb") as out:
        write_mo(out, catalogue)
    return compiled
