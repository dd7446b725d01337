"""A migration that goes wrong after it has done something."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Do something, then trip."""
    op.create_table("half_done", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("UPDATE party SET name = 'Somebody else'")
    op.execute("SELECT no_such_function()")
