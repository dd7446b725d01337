"""The shape of the program: what may be where, and what must not be anywhere."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
"""The folder everything is in."""

PACKAGES = ("dpemployer", "ui", "resources")
"""What is installed."""

_NOT_OURS = {
    ".bench",
    ".git",
    ".hypothesis",
    ".import_linter_cache",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".venv",
    "__pycache__",
    "build",
    "demo-output",
    "dist",
    "htmlcov",
    "mutants",
}
"""What setting up, testing and running leave behind; git ignores all of it."""

_LEFT_BEHIND = (".dpe.lock", ".coverage", ".mo", ".pyc", ".egg-info")


def kept_files(start: Path = ROOT) -> list[Path]:
    """List every file that is kept with the program, in order."""
    found: list[Path] = []
    for path in sorted(start.iterdir()):
        if path.name in _NOT_OURS or path.name.startswith(".coverage"):
            continue
        if path.is_dir():
            found.extend(kept_files(path))
        elif not path.name.endswith(_LEFT_BEHIND):
            found.append(path)
    return found


def text_of(path: Path) -> str | None:
    """Return what a text file says; nothing for a picture, a font or a PDF."""
    content = path.read_bytes()
    if b"\0" in content:
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None
