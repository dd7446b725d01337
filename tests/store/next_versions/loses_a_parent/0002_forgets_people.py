"""A migration that takes people out and leaves their parts behind."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Take everybody out."""
    op.execute("DELETE FROM party")
