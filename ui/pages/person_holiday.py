"""Their holiday."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpemployer import clock
from dpemployer.i18n import N_, _, hours_and_minutes, long_date
from ui.pages.person_part import PersonPart
from ui.widgets.words import Words

if TYPE_CHECKING:
    from dpemployer.office import Office
    from dpemployer.services.rows import EmploymentDetail, HolidayBalanceRow
    from ui.actions import Commands
    from ui.pages.person_part import Host


class HolidayPart(PersonPart):
    """How much holiday there is."""

    NAME = N_("Holiday")

    def __init__(self, host: Host, commands: Commands) -> None:
        super().__init__(host, commands)
        self._holiday = Words()

    def declare(self) -> None:
        self.card(_("Holiday"), self._holiday)

    def ask(self, office: Office, employment_id: int) -> HolidayBalanceRow:
        return office.pay_runs.holiday(employment_id, clock.today())

    def show_answer(self, detail: EmploymentDetail, answer: Any) -> None:  # noqa: ARG002 - the shape
        holiday: HolidayBalanceRow = answer
        self._holiday.setText(
            _("{left} left: {earned} built up and {taken} taken since {day}.").format(
                left=hours_and_minutes(holiday.left),
                earned=hours_and_minutes(holiday.brought_forward + holiday.earned),
                taken=hours_and_minutes(holiday.taken),
                day=long_date(holiday.leave_year_first),
            )
        )
