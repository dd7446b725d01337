"""The first painted window, whole process, against a bare PySide6 window."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.measuring import Comparison, run, side_by_side


def first_paint() -> Comparison:
    """Start the program on a computer where it has never run, until something is painted."""
    root = Path(__file__).parent.parent.parent
    start = (sys.executable, "-P", root / "tests" / "architecture" / "first_paint.py")
    with TemporaryDirectory() as home:
        environment = {
            "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
            "QT_LOGGING_RULES": "*.warning=false",
        }
        timings = side_by_side(
            ("ours, the unlock window", run((*start, "ours"), Path(home), **environment)),
            ("bare PySide6 window", run((*start, "bare"), Path(home), **environment)),
            rounds=21,
        )
    return Comparison(
        "The first painted window, against a bare PySide6 window",
        "the whole process from start to the first paint; bare: a label, a line edit, two buttons",
        *timings,
        goal=1.3,
    )
