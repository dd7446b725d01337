"""`python -m tests.mutation MODULE ...`: make each module wrong in many small ways, one at a time.

A module is named from the program's own package, such as `statutory.student_loans`. It is copied
with the tests that import it into a folder of its own; nothing in the project is changed. What no
test noticed is printed, to be read: each is killed by a test, or shown to change nothing.
"""

from __future__ import annotations

import argparse
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.mutation.reading import Outcome, named_in
from tests.mutation.running import MUTMUT, mutate, tests_of

_DONE, _NOT_THERE = 0, 2


def main() -> int:
    """Mutate what was asked for, one module after the other."""
    asked = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    asked.add_argument("modules", nargs="+", metavar="MODULE", help="such as statutory.tax_code")
    asked.add_argument("--minutes", type=float, default=5, help="the most time for each module (5)")
    asked.add_argument(
        "--words", action="store_true", help="show also what only changes the words of an error"
    )
    asked.add_argument(
        "--again", type=Path, metavar="FILE", help="only those named in what was printed before"
    )
    options = asked.parse_args()
    again = named_in(options.again.read_text(encoding="utf-8")) if options.again else ()
    if find_spec("mutmut") is None:
        print(f"mutmut is not installed. Install it: .venv/bin/python -m pip install {MUTMUT}")
        return _NOT_THERE
    outcomes = []
    for module in options.modules:
        if not tests_of(module):
            print(f"{module}: there is no such module, or no fast test imports it.")
            return _NOT_THERE
        with TemporaryDirectory() as place:
            outcome = mutate(module, Path(place), options.minutes, again)
        print(outcome.as_text(with_words=options.words), flush=True)
        outcomes.append(outcome)
    print(Outcome.HEADINGS)
    print("\n".join(outcome.as_row() for outcome in outcomes))
    return _DONE


if __name__ == "__main__":
    sys.exit(main())
