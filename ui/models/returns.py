"""How a return, what makes it up, and what is left to do about it are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dpemployer.i18n import N_, _, ngettext
from dpemployer.services.money_rows import ReturnLineRow, ReturnSectionRow
from ui.format import long_date, short_date
from ui.models.rows import Column

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dpemployer.services.money_rows import ReturnItemRow, SignedRow


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row of the form on screen: the heading of a section, or a line of it."""

    section: ReturnSectionRow
    line: ReturnLineRow | None

    @property
    def key(self) -> tuple[str, str]:
        """What stays the same when the figures change."""
        return self.section.section, "" if self.line is None else self.line.line


def form_rows(sections: Sequence[ReturnSectionRow]) -> Iterator[FormRow]:
    """Return every section's heading, then its lines."""
    for section in sections:
        yield FormRow(section, None)
        for line in section.lines:
            yield FormRow(section, line)


def made_of(row: FormRow) -> str:
    """Say how many things make a row up."""
    if row.line is None:
        count = len(row.section.rows)
        words = ngettext("{n} row in its list", "{n} rows in its list", count)
    else:
        count = len(row.line.items)
        words = ngettext("{n} part", "{n} parts", count)
    return words.format(n=count) if count else ""


FORM_COLUMNS: tuple[Column[FormRow], ...] = (
    Column(
        N_("Line of the form"),
        text=lambda row: row.section.title if row.line is None else row.line.label,
        strong=lambda row: row.line is None,
    ),
    Column(
        N_("Figure"),
        text=lambda row: "" if row.line is None else row.line.text,
        numeric=True,
    ),
    Column(
        N_("Made of"),
        text=made_of,
    ),
)

ITEM_COLUMNS: tuple[Column[ReturnItemRow], ...] = (
    Column(N_("Day"), text=lambda item: "" if item.day is None else short_date(item.day)),
    Column(N_("What"), text=lambda item: item.label),
    Column(N_("Amount"), text=lambda item: str(item.amount), numeric=True),
    Column(N_("Papers"), text=lambda item: ", ".join(str(number) for number in item.papers)),
)

SIGNED_COLUMNS: tuple[Column[SignedRow], ...] = (
    Column(
        N_("Period"),
        text=lambda row: _("{first} to {last}").format(
            first=long_date(row.first_day), last=long_date(row.last_day)
        ),
    ),
    Column(N_("Return"), text=lambda row: row.title),
    Column(N_("Version"), text=lambda row: str(row.version), numeric=True),
    Column(N_("Signed by"), text=lambda row: row.signed_by),
    Column(N_("On"), text=lambda row: short_date(row.declared_on)),
    Column(
        N_("State"),
        text=lambda row: (
            _("a later version stands in its place")
            if row.replaced
            else _("opened again, not signed yet")
            if row.amending
            else _("stands")
        ),
    ),
)
