"""Time two things in turn, so that whatever else the machine does falls on both alike."""

from __future__ import annotations

import gc
import os
import subprocess
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


class CannotMeasureError(Exception):
    """Something to compare with is not on this machine."""


@dataclass(frozen=True)
class Timing:
    """How long one thing took, in seconds."""

    name: str
    cold: float
    """The first time."""
    warm: float
    """The median of the times after it."""
    fastest: float


@dataclass(frozen=True)
class Comparison:
    """Ours against something else, and the goal that was set beforehand."""

    title: str
    workload: str
    ours: Timing
    theirs: Timing
    goal: float | None
    """The most that ours may take, as a multiple of the other's; nothing: only told."""
    note: str = ""

    @property
    def ratio(self) -> float:
        """Ours as a multiple of theirs, warm."""
        return self.ours.warm / self.theirs.warm

    @property
    def verdict(self) -> str:
        """Whether the goal was reached."""
        if self.goal is None:
            return f"{self.ratio:.2f} times"
        reached = "reached" if self.ratio <= self.goal else "NOT REACHED"
        return f"{self.ratio:.2f} times; goal at most {self.goal:g}: {reached}"

    def as_text(self) -> str:
        """Say it for a terminal."""
        width = max(len(self.ours.name), len(self.theirs.name))
        lines = [self.title, f"  {self.workload}", f"  {'':{width}}  {'cold':>10}  {'warm':>10}"]
        lines += [
            f"  {timing.name:{width}}  {_shown(timing.cold):>10}  {_shown(timing.warm):>10}"
            for timing in (self.ours, self.theirs)
        ]
        lines.append(f"  {self.verdict}")
        if self.note:
            lines.append(f"  {self.note}")
        return "\n".join(lines)

    def as_row(self) -> str:
        """Say it as a row of the table in docs/measurements.md."""
        cells = (
            self.title,
            f"{_shown(self.ours.cold)} / {_shown(self.ours.warm)}",
            f"{_shown(self.theirs.cold)} / {_shown(self.theirs.warm)}",
            self.verdict,
        )
        return f"| {' | '.join(cells)} |"


def side_by_side(
    ours: tuple[str, Callable[[], object]],
    theirs: tuple[str, Callable[[], object]],
    *,
    rounds: int,
    prepare: Callable[[], object] | None = None,
) -> tuple[Timing, Timing]:
    """Time both *rounds* times after a first, turn and turn about.

    *prepare* runs before each, untimed. Garbage is collected before each and not during it.
    """
    times: tuple[list[float], list[float]] = ([], [])
    for round_number in range(rounds + 1):
        both = ((times[0], ours[1]), (times[1], theirs[1]))
        for kept, work in both if round_number % 2 else reversed(both):
            if prepare is not None:
                prepare()
            gc.collect()
            gc.disable()
            began = perf_counter()
            work()
            kept.append(perf_counter() - began)
            gc.enable()
    return _timing(ours[0], times[0]), _timing(theirs[0], times[1])


def run(command: Sequence[str | Path], home: Path, **environment: str) -> Callable[[], object]:
    """Make a thing to time out of a whole process, which must succeed.

    *home* is where it may keep things: its settings, and what Python makes of its modules the
    first time, as it would on anybody's computer.
    """
    settings = {
        **os.environ,
        "XDG_CONFIG_HOME": str(home),
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(home),
        **environment,
    }

    def once() -> None:
        subprocess.run(
            [str(part) for part in command],
            env=settings,
            stdout=subprocess.DEVNULL,
            check=True,
        )

    return once


def _timing(name: str, times: list[float]) -> Timing:
    cold, *warm = times
    return Timing(name, cold, median(warm), min(warm))


def _shown(seconds: float) -> str:
    if seconds < 0.001:
        return f"{seconds * 1e6:.0f} µs"
    if seconds < 1:
        return f"{seconds * 1e3:.1f} ms"
    return f"{seconds:.2f} s"
