"""Another shape of the parent, and of a table that triggers guard."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Copy both tables into new ones, as SQLite must; the old ones are dropped."""
    with op.batch_alter_table("parent", recreate="always") as parent:
        parent.add_column(sa.Column("name", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("audit_event", recreate="always") as log:
        log.add_column(sa.Column("place", sa.Text(), nullable=False, server_default=""))
