"""Personal assistants: who they are, on what terms, and how those terms have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpemployer import clock
from dpemployer.i18n import N_, _
from dpemployer.services.away_rows import AWAY_FACTS
from dpemployer.services.deduction_rows import (
    AttachmentOrder,
    DeductionLine,
    FixedDeduction,
    OwedBack,
    StandingStatement,
)
from dpemployer.services.endings import Ending, EndingStepDone
from dpemployer.services.holiday_rows import HOLIDAY_FACTS
from dpemployer.services.leaving_rows import Leaving, PayAfterLeaving
from dpemployer.services.pension_rows import EnrolmentEvent, PensionArrangement
from dpemployer.services.rows import (
    Employment,
    HomeProvided,
    NiCategoryHeld,
    OpeningPay,
    PayRate,
    PensionMembership,
    PersonalAssistant,
    RestGiven,
    StudentLoanHeld,
    TaxCodeHeld,
    WorkingTimeRecord,
)
from dpemployer.services.tasks import TaskDone
from ui.actions import Command
from ui.models.people import PEOPLE, PersonLine, lines_of
from ui.pages.endings import Endings
from ui.pages.page import Page
from ui.pages.person import Person
from ui.widgets.switch import Switch
from ui.widgets.table import Table
from ui.widgets.words import Card, hint
from ui.wizards.first_run import taking_on

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.desk import Desk

_HERE = N_("This page")


class PeoplePage(Page):
    """Everybody, and one person at a time."""

    ID = "people"
    NAME = N_("People")
    ICON = "people"
    SHOWS = (AWAY_FACTS | HOLIDAY_FACTS) | frozenset(
        {
            PersonalAssistant,
            Employment,
            PayRate,
            TaxCodeHeld,
            NiCategoryHeld,
            StudentLoanHeld,
            PensionMembership,
            PensionArrangement,
            EnrolmentEvent,
            OpeningPay,
            Leaving,
            PayAfterLeaving,
            TaskDone,
            AttachmentOrder,
            OwedBack,
            FixedDeduction,
            StandingStatement,
            DeductionLine,
            WorkingTimeRecord,
            HomeProvided,
            RestGiven,
            Ending,
            EndingStepDone,
        }
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("People"))
        self.table: Table[PersonLine] = Table(
            _("Personal assistants"),
            PEOPLE,
            empty=_("Nobody works here yet. Take somebody on to begin."),
        )
        self.person = Person(desk, self.commands)
        self.endings = Endings(desk, self.commands)
        self.commands.add(
            Command(
                "people.take_on",
                _("Take somebody on"),
                self._take_on,
                _HERE,
                "Ctrl+N",
                _("A new personal assistant, page by page"),
                kind="main",
            ),
            Command(
                "people.open",
                _("Open"),
                self._open,
                _HERE,
                "",
                _("Everything about the person you are on"),
                available=lambda: self._in_list() and self.table.row() is not None,
            ),
            Command(
                "people.endings",
                _("When things end"),
                self.show_endings,
                _HERE,
                "",
                _("The direct payment ends, or somebody has died: what to do, step by step"),
                available=self._in_list,
            ),
            Command(
                "people.back",
                _("Back to everybody"),
                self.show_everybody,
                _HERE,
                "Alt+Left",
                available=lambda: not self._in_list(),
            ),
        )
        everybody = Card()
        everybody.box.addWidget(hint(_("Press Enter on somebody to see and change their terms.")))
        everybody.box.addWidget(self.table)
        everybody.box.addWidget(
            self.commands.buttons("people.take_on", "people.open", "people.endings")
        )
        self._everybody = everybody
        self._switch = Switch(everybody, self.person, self.endings)
        self.box.addWidget(self._switch)
        self.person.declare()
        self.endings.declare()
        self.table.opened.connect(lambda _line: self._open())
        self.table.pointed.connect(lambda _line: self.commands.refresh())

    def refresh(self) -> None:
        self.desk.operations.ask(
            lambda: self.desk.office.people.assistants(clock.today()),
            self._show,
            owner=self,
        )
        self.person.refresh()
        if not self.endings.isHidden():
            self.endings.refresh()

    def show_what(self, what: Any) -> None:
        """Show one employment by its id, or with it a part of the page: `(id, "tax")`.

        An ending is shown by `("ending", its id)`.
        """
        employment_id, part = what if isinstance(what, tuple) else (what, "")
        if employment_id == "ending":
            self.show_endings(part)
        else:
            self.show_employment(employment_id, part)

    def first_field(self) -> QWidget | None:
        if not self.endings.isHidden():
            return self.endings.first_field()
        return self.table.view if self._in_list() else self.person.first_field()

    def show_everybody(self) -> None:
        """Go back to the list, on the person just looked at."""
        self._switch.show_part(self._everybody)
        self.title.setText(_("People"))
        self.commands.refresh()
        self.table.view.setFocus()

    def show_employment(self, employment_id: int, part: str = "") -> None:
        """Show everything about one job, beginning with a part of the page."""
        self.person.show_employment(employment_id, part)
        self._switch.show_part(self.person)
        self.commands.refresh()

    def show_endings(self, ending_id: int = 0) -> None:
        """Show what has ended, and one ending of it."""
        self._switch.show_part(self.endings)
        self.endings.show_ending(ending_id)
        self.commands.refresh()

    def _show(self, people: Any) -> None:
        self.table.show_rows(
            lines_of(people), same=lambda line: (line.person.assistant_id, line.employment_id)
        )
        if self.table.row() is None:
            self.table.select(lambda _line: True)
        self.commands.refresh()

    def _open(self) -> None:
        line = self.table.row()
        if line is None:
            return
        if line.employment_id:
            self.show_employment(line.employment_id)
        else:
            self.desk.wizard_asked.emit(
                taking_on(
                    self.desk.operations, self.desk.office, assistant_id=line.person.assistant_id
                )
            )

    def _take_on(self) -> None:
        self.desk.wizard_asked.emit(taking_on(self.desk.operations, self.desk.office))

    def _in_list(self) -> bool:
        return not self._everybody.isHidden()
