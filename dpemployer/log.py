"""What is written down about the program's own mistakes, and what never is.

There is no running log: nothing about the work, the people or the money is written anywhere
but in the book. When the program meets a mistake of its own, one report is written on this
computer. It names kinds of error and places in the program, and holds no message, figure, name
or path of the person's, because any of those could say something about somebody.
"""

from __future__ import annotations

import os
import platform
import traceback
from pathlib import Path

from dpemployer import __version__
from dpemployer.clock import now

_PARTS = ("dpemployer", "ui", "resources")


def report_of(error: BaseException) -> str:
    """Describe a bug by where it happened, with no words or figures of the book in it."""
    lines = [
        f"DP Employer {__version__}",
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}",
        f"{now():%Y-%m-%d %H:%M} UTC",
        "",
    ]
    each: BaseException | None = error
    while each is not None:
        lines.append(kind_of(each))
        lines.extend(
            f"  {_place(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(each.__traceback__)
        )
        each = each.__cause__ or each.__context__
    return "\n".join(lines) + "\n"


def kind_of(error: BaseException) -> str:
    """Name the kind of an error: all that can be said of it without saying what it says."""
    kind = type(error)
    name = kind.__qualname__
    return name if kind.__module__ == "builtins" else f"{kind.__module__}.{name}"


def keep_report(error: BaseException) -> Path | None:
    """Write the report of a bug, and return where; None if it cannot be written."""
    from platformdirs import user_log_path  # noqa: PLC0415 - only a bug needs it

    path = user_log_path("dpemployer", appauthor=False) / f"report-{now():%Y-%m-%d-%H%M%S}.txt"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(report_of(error))
    except OSError:
        return None
    return path


def _place(file_name: str) -> str:
    """Shorten a path to its part inside a package: folders can hold a person's name."""
    parts = Path(file_name).parts
    for name in _PARTS:
        if name in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(name) :])
    return "/".join(parts[-2:])
