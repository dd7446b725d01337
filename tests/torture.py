"""Hours of what the tests do for seconds: `python -m tests.torture [MINUTES]`.

Bank files in many banks' ways, samples of every shape and files that overlap are made from seeds
no test run has used. The first that goes wrong is shown with its seed, and the exit status is 1.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter

from tests.bookkeeping import test_statement_attacks as attacks
from tests.returns import test_samples
from tests.services import test_ledger_overlap as overlap


def a_hundred_bank_files(turn: int) -> None:
    attacks.test_what_many_banks_write_is_read_exactly_or_refused(turn)
    attacks.test_a_damaged_file_adds_up_or_is_refused(turn)


def many_samples(_turn: int) -> None:
    test_samples.test_whatever_fits_the_format_comes_out_by_its_formulas()


def many_overlaps(_turn: int) -> None:
    overlap.test_files_with_balances_in_any_order_make_one_history()
    overlap.test_nothing_is_kept_twice_and_nothing_is_left_out_unsaid()
    overlap.test_a_bank_may_put_the_lines_of_a_day_into_another_order()


WORK = (a_hundred_bank_files, a_hundred_bank_files, many_samples, many_overlaps)


def main(minutes: int) -> int:
    """Go on until the time is up."""
    until = time.monotonic() + minutes * 60
    first = random.SystemRandom().randrange(1000, 10**6)
    done: Counter[str] = Counter()
    turn = first
    while time.monotonic() < until:
        for work in WORK:
            turn += 1
            work(turn)
            done[work.__name__] += 1
    for name, times in done.items():
        print(f"{name.replace('_', ' ')}: {times} times, from turn {first}")  # noqa: T201 - for people
    return 0


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10))
