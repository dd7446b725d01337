"""`./dpe bench [NAME ...]`: measure, and say what falls short."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from typing import TYPE_CHECKING

from tests.bench import book, encryption, paper, tax, window, year
from tests.bench.measuring import CannotMeasureError, Comparison

if TYPE_CHECKING:
    from collections.abc import Callable

# Each is measured by itself, in this order.
MEASUREMENTS: dict[str, Callable[[], Comparison]] = {
    "tax": tax.income_tax,
    "payslip": tax.whole_payslip,
    "year": year.payslips_for_a_year,
    "payday": book.payday,
    "quarter": book.quarter,
    "process": book.whole_process,
    "paper": paper.payslip,
    "window": window.first_paint,
    "writing": encryption.writing,
    "reading": encryption.reading,
}


def main() -> int:
    """Run what was asked for, or all of it."""
    asked = argparse.ArgumentParser(prog="./dpe bench", description=__doc__)
    asked.add_argument("names", nargs="*", metavar="NAME", help=", ".join(MEASUREMENTS))
    asked.add_argument("--table", action="store_true", help="end with rows for a Markdown table")
    options = asked.parse_args()
    if unknown := [name for name in options.names if name not in MEASUREMENTS]:
        asked.error(f"there is no measurement called {', '.join(unknown)}")

    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}\n")
    measured: list[Comparison] = []
    for name in options.names or MEASUREMENTS:
        try:
            comparison = MEASUREMENTS[name]()
        except CannotMeasureError as reason:
            print(f"{name}: not measured. {reason}\n")
            continue
        print(f"{comparison.as_text()}\n", flush=True)
        measured.append(comparison)

    if options.table:
        print("\n".join(comparison.as_row() for comparison in measured), end="\n\n")
    short = [m.title for m in measured if m.goal is not None and m.ratio > m.goal]
    print(f"{len(measured)} measured; {len(short)} short of the goal.")
    for title in short:
        print(f"  {title}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
