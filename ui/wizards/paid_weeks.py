"""The weeks somebody was paid before the book began, for their holiday pay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpemployer.i18n import _
from ui.forms.paid_weeks import PaidWeeksForm
from ui.wizards.wizard import Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from dpemployer.office import Office
    from ui.wizards.assistant import Starter
    from ui.wizards.opening import Beginning


class PaidWeeksStep(Step):
    """Asked where hours change: holiday is then paid at the average of the weeks before."""

    ID = "paid_weeks"

    def __init__(self, starter: Starter, beginning: Beginning) -> None:
        super().__init__(
            _("The weeks they were paid before"),
            _(
                "Holiday is paid at the average of the weeks that were paid before it: up to 52 of "
                "them, or as many as there are. Their payslips show the hours and the pay of each."
            ),
        )
        self.starter = starter
        self._beginning = beginning
        self._form = PaidWeeksForm()
        self.box.removeWidget(self.form)
        self.form.deleteLater()
        self.form = self._form
        self.box.addWidget(self._form)
        self.remember()

    def wanted(self) -> bool:
        return (
            self._beginning.in_the_middle
            and self.starter.employment_id != 0
            and not self.starter.hours_are_fixed
        )

    def question(self, office: Office) -> Any:
        return office.opening.paid_weeks(self.starter.employment_id)

    def show_answer(self, answer: Any) -> None:
        self._form.show_weeks(answer)

    def work(self, office: Office) -> Callable[[], Any]:
        weeks = self._form.weeks(self.starter.employment_id)
        return lambda: office.opening.set_paid_weeks(self.starter.employment_id, weeks)
