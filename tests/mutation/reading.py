"""What came of mutating one module: how many were noticed, and what each of the others changed."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_KILLED = {1, 3, 36, -24, 24, 152, 255}
"""Ended by a test that failed, or by taking far longer than it should."""
_SURVIVED = {0}
_NO_TESTS = {5, 33}
_SAID = ("Error", "Finding")
"""How the names end of what is made of words alone."""


@dataclass(frozen=True)
class Survivor:
    """One mutant that no test noticed."""

    name: str
    diff: str
    only_words: bool
    """It changes no more than the words of an error or a finding."""


@dataclass(frozen=True)
class Outcome:
    """One module."""

    HEADINGS: ClassVar[str] = (
        "| Module | Mutants | Noticed | Words of errors only | Not noticed | Not tried in time "
        "| Score |\n|---|---|---|---|---|---|---|"
    )

    module: str
    mutants: int
    killed: int
    untried: tuple[str, ...]
    """Those there was no time for."""
    survivors: tuple[Survivor, ...]

    @property
    def unnoticed(self) -> tuple[Survivor, ...]:
        """Those that change what the program does."""
        return tuple(one for one in self.survivors if not one.only_words)

    @property
    def score(self) -> float:
        """How many were noticed, of those that were tried and change what the program does."""
        tried = self.killed + len(self.unnoticed)
        return 100 * self.killed / tried if tried else 100.0

    def as_row(self) -> str:
        """Say it as a row of the table in docs/mutation.md."""
        words = len(self.survivors) - len(self.unnoticed)
        cells = (
            f"`{self.module}`",
            self.mutants,
            self.killed,
            words,
            len(self.unnoticed),
            len(self.untried),
            f"{self.score:.1f}%",
        )
        return f"| {' | '.join(map(str, cells))} |"

    def as_text(self, *, with_words: bool) -> str:
        """Say it for a terminal, with every survivor to read."""
        shown = self.survivors if with_words else self.unnoticed
        late = ("\nNot tried in time:", *self.untried) if self.untried else ()
        return "\n".join((self.as_row(), *(one.diff for one in shown), *late))


def named_in(printed: str) -> tuple[str, ...]:
    """Return the mutants named in what was printed before."""
    return tuple(line for line in printed.splitlines() if line.startswith("dpemployer."))


def read(module: str, place: Path, file: str) -> Outcome:
    """Read what mutmut wrote down about one module, whether or not it was finished."""
    meta = place / "mutants" / f"{file}.meta"
    codes: dict[str, int | None] = {}
    if meta.is_file():
        codes = json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
    source = (place / file).read_text(encoding="utf-8")
    survived = [name for name, code in codes.items() if code in _SURVIVED | _NO_TESTS]
    spans = tuple(_spans_of_words(source))
    return Outcome(
        module,
        mutants=len(codes),
        killed=sum(code in _KILLED for code in codes.values()),
        untried=tuple(name for name, code in codes.items() if code is None),
        survivors=tuple(
            _survivor(name, diff, source, spans)
            for name, diff in zip(survived, _diffs(survived, place, file), strict=True)
        ),
    )


def _survivor(name: str, diff: str, source: str, spans: tuple[range, ...]) -> Survivor:
    changed = [
        line
        for line in diff.splitlines()
        if line.startswith(("+", "-")) and not line.startswith(("+++", "---"))
    ]
    first = next((line[1:] for line in changed if line.startswith("-")), "").strip()
    lines = (line.strip() for line in source.splitlines())
    places = [at for at, line in enumerate(lines, start=1) if line == first]
    words = bool(places) and all(any(at in span for span in spans) for at in places)
    return Survivor(name, "\n".join((f"\n{name}", *changed)), only_words=words)


_DIFFS = """
import json, sys
from mutmut.mutation.diff_apply import get_diff_for_mutant
print(json.dumps([get_diff_for_mutant(name, path=sys.argv[1]) for name in sys.argv[2:]]))
"""


def _diffs(names: list[str], place: Path, file: str) -> list[str]:
    """Ask mutmut what each mutant changed, all in one process."""
    if not names:
        return []
    said = subprocess.run(
        [sys.executable, "-c", _DIFFS, file, *names],
        cwd=place,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    found: list[str] = json.loads(said.splitlines()[-1])
    return found


def _spans_of_words(source: str) -> Iterator[range]:
    """Find the lines of every error and every finding that is made."""
    tree = ast.parse(source)
    makers = {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and node.returns is not None
        and ast.unparse(node.returns).endswith(_SAID)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            called = node.func.id
            if called in makers or called.endswith(_SAID):
                first = node.lineno if called in makers else node.lineno + 1
                yield range(first, (node.end_lineno or node.lineno) + 1)
