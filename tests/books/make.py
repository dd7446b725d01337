"""Save a book of the tables as they are now, with one of every kind of fact in it.

    python -m tests.books.make

Run it when `SCHEMA_VERSION` goes up; until that version is released it may be run again, which
makes the book afresh.
"""

from __future__ import annotations

import shutil
import sys

from dpemployer.office import Office
from dpemployer.store.tables import FACTS, METADATA, SCHEMA_VERSION
from tests.books import FOLDER, PASSPHRASE
from tests.store.conftest import QUICK
from tests.store.examples import example


def main() -> int:
    """Make the book of this version."""
    folder = FOLDER / f"version-{SCHEMA_VERSION:04d}"
    shutil.rmtree(folder, ignore_errors=True)
    order = METADATA.sorted_tables
    with (
        Office.create(folder, PASSPHRASE, "Ann Owner", stretching=QUICK) as office,
        office.book.change("Recorded one of everything") as tx,
    ):
        for kind in sorted(FACTS, key=lambda kind: order.index(FACTS[kind])):
            tx.add(example(kind))
    sys.stdout.write(f"{folder}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
