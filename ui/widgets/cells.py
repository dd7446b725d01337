"""A table of words that need no more doing to: the lists of a return."""

from __future__ import annotations

from dpemployer.i18n import _
from ui.models.rows import Column
from ui.widgets.table import Table

Cells = tuple[str, ...]


def cells_table(name: str, headings: Cells) -> Table[Cells]:
    """Return a table whose cells are words already."""
    return Table(
        name,
        tuple(
            Column(heading_words, text=lambda row, place=place: row[place])  # type: ignore[misc]
            for place, heading_words in enumerate(headings)
        ),
        empty=_("There is nothing to list."),
        most_rows=30,
    )
