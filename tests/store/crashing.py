"""Kill a program that is writing to a book, again and again, and look at what is left.

    python -m tests.store.crashing 500

Each round starts a process that makes changes of 42 facts each and says which it has finished;
kills it at a moment nobody chose; then opens the book, checks it from end to end, and asks
whether every change that was said to be finished is there whole, and no other change in part.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from dpemployer.office import Office
from dpemployer.payroll.household import Party
from dpemployer.store.book import Book
from dpemployer.store.keys import KeyFile
from tests.store.conftest import PASSPHRASE, QUICK

FACTS_IN_A_CHANGE = 42

_WRITER = """
import sys
from pathlib import Path
from dpemployer.office import Office
from dpemployer.payroll.household import Party
with Office.open(Path(sys.argv[1]), sys.argv[2]) as office:
    print("open", flush=True)
    while True:
        with office.book.change("Named people") as tx:
            for number in range(int(sys.argv[3])):
                tx.add(Party(0, f"Person {number}"))
        print("saved", flush=True)
"""


class Left(NamedTuple):
    """What was left after one process was killed."""

    said_saved: int
    """Changes it said were finished, in this round."""
    kept: int
    """Changes in the book, over all rounds."""
    facts: int
    findings: tuple[str, ...]


def new_book(folder: Path) -> None:
    """Make a book that is quick to open."""
    key = random.Random(1).randbytes(32)  # noqa: S311 - the same book every time, and no secret
    keys = KeyFile.new().with_passphrase(key, PASSPHRASE, "Ann", stretching=QUICK)
    Book.create(folder, key, keys, who="Ann").close()


def kill_once(folder: Path, seconds: float) -> Left:
    """Start a writer, kill it after it has been writing for a while, and open the book."""
    command = [sys.executable, "-c", _WRITER, str(folder), PASSPHRASE, str(FACTS_IN_A_CHANGE)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "open\n"
        time.sleep(seconds)
        writer.kill()
        said = writer.stdout.read().count("saved\n")
    with Office.open(folder, PASSPHRASE) as office:
        findings = tuple(finding.code for finding in office.checks.everything())
        with office.book.read() as reading:
            return Left(said, len(reading.audit_actions()), reading.count(Party), findings)


def rounds(count: int) -> list[str]:
    """Kill *count* writers of one book, and return what was wrong, in words."""
    moments = random.Random()  # noqa: S311 - any moment will do
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "book"
        new_book(folder)
        before = 0
        for number in range(1, count + 1):
            left = kill_once(folder, moments.uniform(0, 0.05))
            if left.findings:
                wrong.append(f"round {number}: {left.findings}")
            if left.kept - before not in {left.said_saved, left.said_saved + 1}:
                wrong.append(f"round {number}: {left.said_saved} saved, {left.kept - before} kept")
            if left.facts != left.kept * FACTS_IN_A_CHANGE:
                wrong.append(f"round {number}: part of a change is there")
            before = left.kept
    return wrong


if __name__ == "__main__":
    rounds_asked = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    found = rounds(rounds_asked)
    sys.stdout.write("\n".join([*found, f"{rounds_asked} rounds, {len(found)} wrong\n"]))
    sys.exit(1 if found else 0)
