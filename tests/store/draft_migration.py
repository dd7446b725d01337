"""Draft the migration that brings the last version of a book to what the tables now say.

    python -m tests.store.draft_migration "Keep what a holiday was taken for"

It makes a book by the migrations there are, compares it with `tables.py`, and writes the next
numbered file for a person to read and put right. Then raise `SCHEMA_VERSION` in `tables.py`, and
keep a book of the version before under `tests/books/` if that was released.

Until the first release there is one migration, and it is drafted afresh instead:

    python -m tests.store.draft_migration --first
"""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

from alembic import command

from dpemployer.store.engine import WRITES, engine_in_memory
from dpemployer.store.tables import METADATA
from dpemployer.store.upgrade import SCRIPTS, alembic_config, run_alembic

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy.engine import Connection

VERSIONS = SCRIPTS / "versions"


def render_plainly(kind: str, item: Any, _context: Any) -> str | bool:
    """Write a column's type as what is stored, so that old migrations never change meaning."""
    if kind != "type":
        return False
    stored = getattr(item, "impl_instance", item)
    return f"sa.{type(stored).__name__}()"


def draft(connection: Connection, title: str, number: int) -> None:
    """Write one migration."""
    config: Config = alembic_config(connection)
    config.attributes["render_item"] = render_plainly
    command.revision(config, title, autogenerate=True, rev_id=f"{number:04d}")


def main(arguments: list[str]) -> int:
    """Draft the next migration, or the first one afresh."""
    if len(arguments) != 1:
        sys.stderr.write(__doc__ or "")
        return 2
    (title,) = arguments
    old = sorted(VERSIONS.glob("*.py"))
    if title == "--first":
        title = "The first shape of a book"
        for path in old:
            path.unlink()
        old = []
    engine = engine_in_memory()
    with engine.connect() as connection:
        connection.execution_options(**{WRITES: True})
        with connection.begin():
            if old:
                run_alembic(connection)
            draft(connection, title, len(old) + 1)
    for tidying in (["check", "--fix", "--quiet"], ["format", "--quiet"]):
        subprocess.run([sys.executable, "-m", "ruff", *tidying, str(VERSIONS)], check=True)
    sys.stdout.write(f"{len(METADATA.tables)} tables compared. Read what was drafted.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
