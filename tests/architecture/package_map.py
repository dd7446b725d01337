"""Draw the map of modules in ARCHITECTURE.md from the first line of each module's docstring.

`python -m tests.architecture.package_map` brings it up to date; a test says when it is not.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from tests.architecture import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DOCUMENT = ROOT / "ARCHITECTURE.md"
_COLUMN = 34
_ROOM = 68
_STARTS = "```text\ndpemployer/ "
_ENDS = "\nresources/ "
_HEADS = {"dpemployer": "everything that is not a window; no Qt in it", "ui": "the windows"}


def drawn() -> str:
    """Draw every module of the program and of the windows."""
    return "\n\n".join("\n".join(_package(ROOT / name)) for name in _HEADS)


def in_the_document() -> str:
    """Return the map as it stands in ARCHITECTURE.md."""
    text = DOCUMENT.read_text(encoding="utf-8")
    begin = text.index(_STARTS) + len("```text\n")
    return text[begin : text.index(_ENDS, begin)].strip("\n")


def bring_up_to_date() -> None:
    """Put the map as it is drawn into ARCHITECTURE.md."""
    text = DOCUMENT.read_text(encoding="utf-8")
    DOCUMENT.write_text(text.replace(in_the_document(), drawn()), encoding="utf-8")


def _package(top: Path) -> Iterator[str]:
    yield _row(f"{top.name}/", _HEADS[top.name])
    for module in _modules(top):
        yield _row(f"├── {module.name}", _says(module))
    for folder in sorted(path.parent for path in top.glob("*/__init__.py")):
        yield _row(f"├── {folder.name}/", _says(folder / "__init__.py"))
        for module in _modules(folder):
            yield _row(f"│   ├── {module.name}", _says(module))
        if (folder / "migrations").is_dir():
            yield _row("│   └── migrations/", "one file for each change of shape")


def _modules(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.glob("*.py")) if path.name != "__init__.py"]


def _row(name: str, says: str) -> str:
    return f"{name:{_COLUMN}}{says}".rstrip()


def _says(module: Path) -> str:
    """Return the first sentence of a docstring, or as much of it as there is room for."""
    line = (ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or "").split("\n")[0]
    line = re.split(r"(?<=[\w`])\. ", line)[0].rstrip(".")
    while len(line) > _ROOM:
        cut = max(line.rfind(mark, 12, len(line) - 1) for mark in ",:;")
        if cut < 0:
            return f"{line[: line.rfind(' ', 0, _ROOM)]} …"
        line = line[:cut]
    return line


if __name__ == "__main__":
    bring_up_to_date()
