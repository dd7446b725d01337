"""Why something is done that cannot be undone: kept with it, in the person's own words."""

from __future__ import annotations

from dpemployer.i18n import _
from ui.widgets.entries import LongTextEntry
from ui.widgets.form import Form


class ReasonForm(Form):
    """A reason."""

    def __init__(self) -> None:
        super().__init__()
        self.reason = self.add(
            "reason",
            LongTextEntry(
                _("What was wrong?"), hint=_("A sentence that will still be clear in a year.")
            ),
        )
