"""How answers about spending are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.i18n import N_, _
from dpemployer.services.money_rows import SpendingRule
from ui.format import short_date
from ui.models.rows import Column

if TYPE_CHECKING:
    from dpemployer.services.money_rows import SpendingAsked, SpendingRow

_ORDER = list(SpendingRule)


def answer_words(answer: SpendingRule) -> str:
    """Say an answer in a few neutral words."""
    match answer:
        case SpendingRule.ALLOWED:
            return _("usually yes")
        case SpendingRule.NOT_ALLOWED:
            return _("usually not")
        case _:
            return _("ask first")


SPENDING: tuple[Column[SpendingRow], ...] = (
    Column(N_("What"), text=lambda row: row.item),
    Column(
        N_("Answer"),
        text=lambda row: answer_words(row.answer),
        sort_by=lambda row: _ORDER.index(row.answer),
    ),
    Column(N_("Why"), text=lambda row: row.why),
)

ASKED: tuple[Column[SpendingAsked], ...] = (
    Column(N_("Day"), text=lambda row: short_date(row.day), sort_by=lambda row: row.day),
    Column(N_("What you asked"), text=lambda row: row.words),
    Column(N_("The answer then"), text=lambda row: answer_words(row.answer)),
)
