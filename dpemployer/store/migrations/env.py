"""Run by Alembic: migrate on the connection it is given, inside the transaction it has."""

from __future__ import annotations

from alembic import context

from dpemployer.store.tables import METADATA

given = context.config.attributes

context.configure(
    connection=given["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    render_item=given.get("render_item"),
)
with context.begin_transaction():
    context.run_migrations()
