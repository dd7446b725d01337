"""What is asked when something ends, or somebody has died."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer import clock
from dpemployer.i18n import _
from dpemployer.services.endings import Ending, EndingKind
from ui import names
from ui.widgets.choice_entry import ChoiceEntry
from ui.widgets.entries import DateEntry, TextEntry
from ui.widgets.form import Form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dpemployer.services.rows import EmploymentRow


class EndingForm(Form):
    """What has ended, when, and who sees to it."""

    def __init__(self, people: Sequence[EmploymentRow]) -> None:
        super().__init__()
        self.kind = self.add(
            "kind", ChoiceEntry(_("What has happened"), names.ending_kinds(), as_list=True)
        )
        self.who = self.add(
            "who",
            ChoiceEntry(
                _("Who has died"),
                tuple((person.employment_id, person.name) for person in people),
                as_list=True,
                needed=False,
            ),
        )
        self.day = self.add(
            "day",
            DateEntry(
                _("The day"), hint=_("The day of the death, or the last day of the direct payment.")
            ),
        )
        self.acts = self.add(
            "acts",
            TextEntry(
                _("Who sees to it"),
                hint=_("For example the employer, or an executor: a name, and in what standing."),
            ),
        )
        self.note = self.add("note", TextEntry(_("Note"), needed=False))
        self.kind.set_value(EndingKind.DIRECT_PAYMENT)
        self.day.set_value(clock.today())
        self.kind.edited.connect(self._show_who)
        self._show_who()

    def fact(self) -> Ending:
        """Return what was typed."""
        kind = self.kind.answer()
        return Ending(
            id=0,
            kind=kind,
            day=self.day.answer(),
            who_acts=self.acts.answer(),
            employment_id=self.who.read() if kind is EndingKind.ASSISTANT_DIED else None,
            note=self.note.value(),
        )

    def _show_who(self) -> None:
        self.who.setVisible(self.kind.value() is EndingKind.ASSISTANT_DIED)


class StepForm(Form):
    """The day a step was done."""

    def __init__(self) -> None:
        super().__init__()
        self.done_on = self.add("done_on", DateEntry(_("The day it was done")))
        self.note = self.add("note", TextEntry(_("Note"), needed=False))
        self.done_on.set_value(clock.today())
