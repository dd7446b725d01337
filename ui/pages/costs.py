"""What an hour costs, and how the funding year will end: try things out, and nothing is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from dpemployer.i18n import N_, _
from ui.pages.cost_hour import HourPart
from ui.pages.cost_year import YearPart
from ui.pages.page import Page
from ui.widgets.sections import Sections
from ui.widgets.words import hint

if TYPE_CHECKING:
    from ui.desk import Desk


class CostsPage(Page):
    """Try what support costs, before it is promised to anybody."""

    ID = "costs"
    NAME = N_("What an hour costs")
    ICON = "calculator"
    KEEPS_WHAT_WAS_TRIED = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("What an hour costs"))
        self.box.addWidget(
            hint(
                _(
                    "Here you can try things out. It begins with what your book says. Whatever "
                    "you put in, nothing in your book is changed."
                )
            )
        )
        self.sections = Sections(_("What an hour costs"))
        self.hour = HourPart(desk, self.commands, self._front)
        self.year = YearPart(desk, self.commands, self._front)
        self.sections.add(_("An hour of support"), self.hour)
        self.sections.add(_("To the end of the year"), self.year)
        self.box.addWidget(self.sections)
        self.sections.turned.connect(self.commands.refresh)

    def refresh(self) -> None:
        self.hour.begin()
        self.year.begin()

    def first_field(self) -> QWidget:
        part = self.sections.current
        return self.year.form.year_ends if part is self.year else self.hour.form.rate

    def show_what(self, what: Any) -> None:
        """Show one of the two parts: `hour` or `year`."""
        part = getattr(self, str(what), None)
        if isinstance(part, QWidget):
            self.sections.turn_to(part)

    def _front(self, part: QWidget) -> bool:
        return self.sections.current is part
