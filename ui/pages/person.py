"""One person's job, part by part: each says what there is and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpemployer import clock
from dpemployer.i18n import _
from ui import theme
from ui.actions import Command
from ui.pages.person_away import AwayPart
from ui.pages.person_deductions import DeductionsPart
from ui.pages.person_holiday import HolidayPart
from ui.pages.person_job import JobPart
from ui.pages.person_leaving import LeavingPart
from ui.pages.person_part import HERE, PersonPart
from ui.pages.person_pay import PayPart
from ui.pages.person_pension import PensionPart
from ui.pages.person_tasks import StartingPart
from ui.pages.person_tax import TaxPart
from ui.pages.person_time import TimePart
from ui.pages.person_year import YearPart
from ui.widgets.notice import Notices
from ui.widgets.sections import Sections
from ui.widgets.words import heading

if TYPE_CHECKING:
    from dpemployer.office import Office
    from dpemployer.services.rows import EmploymentDetail
    from ui.actions import Commands
    from ui.desk import Desk


class Person(QWidget):
    """Everything about one employment."""

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__()
        self.desk = desk
        self._commands = commands
        self.detail: EmploymentDetail | None = None
        self._employment_id = 0
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(theme.gap(3))
        self._name = heading("")
        self._notices = Notices()
        self.job = JobPart(self, commands)
        self.pay = PayPart(self, commands)
        self.tax = TaxPart(self, commands)
        self.pension = PensionPart(self, commands)
        self.holiday = HolidayPart(self, commands)
        self.away = AwayPart(self, commands)
        self.deductions = DeductionsPart(self, commands)
        self.time = TimePart(self, commands)
        self.year = YearPart(self, commands)
        self.starting = StartingPart(self, commands)
        self.leaving = LeavingPart(self, commands)
        self.parts: tuple[PersonPart, ...] = (
            self.job,
            self.pay,
            self.tax,
            self.pension,
            self.holiday,
            self.away,
            self.deductions,
            self.time,
            self.year,
            self.starting,
            self.leaving,
        )
        self.sections = Sections(_("About this person"))

    def declare(self) -> None:
        """Declare what can be done about a person, and lay the page out."""
        self._commands.add(
            Command(
                "person.next",
                _("Next part"),
                lambda: self.sections.turn(+1),
                HERE,
                "Ctrl+PgDown",
                available=self.showing,
            ),
            Command(
                "person.previous",
                _("Part before"),
                lambda: self.sections.turn(-1),
                HERE,
                "Ctrl+PgUp",
                available=self.showing,
            ),
        )
        self.box.addWidget(self._commands.buttons("people.back"))
        self.box.addWidget(self._name)
        self.box.addWidget(self._notices)
        for part in self.parts:
            self.sections.add(_(part.NAME), part)
            part.declare()
        self.box.addWidget(self.sections)
        self.sections.turned.connect(self._turned)

    def show_employment(self, employment_id: int, part: str = "") -> None:
        """Show one job, and one part of the page by its name, such as `tax`."""
        self._employment_id = employment_id
        wanted = getattr(self, part, None) if part else None
        if isinstance(wanted, PersonPart):
            self.sections.turn_to(wanted)
        self.refresh()

    def first_field(self) -> QWidget:
        """Return where the keyboard goes."""
        return self._part.first_field() or self.sections.chosen

    def refresh(self) -> None:
        """Ask again about the job shown, if one is."""
        employment_id, office, part = self._employment_id, self.desk.office, self._part
        if employment_id:
            self.desk.operations.ask(
                lambda: (
                    office.people.employment(employment_id, clock.today()),
                    self._ask(part, office, employment_id),
                ),
                lambda answer: self._show(part, *answer),
                owner=self,
            )

    # ── what its parts ask of it ──

    def showing(self) -> bool:
        """Whether somebody's job is shown at all."""
        return not self.isHidden() and self.detail is not None

    def in_front(self, part: QWidget) -> bool:
        """Whether a part is the one shown."""
        return self.sections.current is part

    # ── showing ──

    @staticmethod
    def _ask(part: PersonPart, office: Office, employment_id: int) -> Any:
        return part.ask(office, employment_id)

    def _show(self, part: PersonPart, detail: EmploymentDetail, answer: Any) -> None:
        self.detail = detail
        self._name.setText(detail.assistant.name)
        self._notices.show_findings(detail.findings)
        part.show_answer(detail, answer)
        self._commands.refresh()

    @property
    def _part(self) -> PersonPart:
        part = self.sections.current
        if not isinstance(part, PersonPart):
            raise TypeError(part)
        return part

    def _turned(self) -> None:
        self.refresh()
        self._commands.refresh()
