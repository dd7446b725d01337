"""Something that is in the plan or that the funder agreed to, in the person's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.i18n import _
from dpemployer.services.money_rows import AgreedSpending, Standing
from ui.widgets.entries import DateEntry, TextEntry
from ui.widgets.form import Form

if TYPE_CHECKING:
    from datetime import date


class AgreedForm(Form):
    """What was agreed, from which day, and by whom."""

    def __init__(self, standing: Standing, words: str, from_day: date) -> None:
        super().__init__()
        self._standing = standing
        in_plan = standing is Standing.PLAN
        self.words = self.add(
            "words",
            TextEntry(
                _("What the plan says") if in_plan else _("What was agreed"),
                hint=_("In a few words, with the sum if one is named."),
                wide=56,
            ),
        )
        self.who = self.add(
            "who", TextEntry(_("Who agreed to it?"), needed=False, hint=_("Name and office."))
        )
        self.from_day = self.add("from_day", DateEntry(_("From")))
        self.to_day = self.add("to_day", DateEntry(_("Until, if it ends"), needed=False))
        self.words.set_value(words)
        self.from_day.set_value(from_day)
        self.who.setVisible(not in_plan)

    def fact(self, guide: str) -> AgreedSpending:
        """Return what was filled in, about one kind of thing."""
        return AgreedSpending(
            id=0,
            guide=guide,
            words=self.words.answer(),
            standing=self._standing,
            from_day=self.from_day.answer(),
            to_day=self.to_day.read(),
            who=self.who.value(),
        )
