"""What they are paid, from which day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpemployer import clock
from dpemployer.i18n import N_, _
from ui.forms.people import RateForm
from ui.models.people import RATES
from ui.pages.person_part import PersonPart
from ui.widgets.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from dpemployer.services.rows import EmploymentDetail, PayRate
    from ui.actions import Commands
    from ui.pages.person_part import Host


class PayPart(PersonPart):
    """Rates of pay."""

    NAME = N_("Pay")

    def __init__(self, host: Host, commands: Commands) -> None:
        super().__init__(host, commands)
        self.rates: Table[PayRate] = Table(
            _("Rates of pay"), RATES, empty=_("No rate yet: nothing can be paid."), stretch=2
        )

    def declare(self) -> None:
        self.can("rate", _("Add a rate"), self._add_rate)
        self.can("rate.change", _("Change this rate"), self._change_rate, self.on(self.rates))
        self.can("rate.remove", _("Take this rate out"), self._remove_rate, self.on(self.rates))
        self.watch(self.rates)
        self.card(_("Pay"), self.rates, self.buttons("rate", "rate.change", "rate.remove"))

    def show_answer(self, detail: EmploymentDetail, answer: Any) -> None:  # noqa: ARG002 - the shape
        self.rates.show_rows(detail.rates, same=lambda row: row.id)

    def first_field(self) -> QWidget | None:
        return self.rates.view if self.rates.model.rows else None

    def _add_rate(self) -> None:
        self._rate_form(RateForm(clock.today()), 0)

    def _change_rate(self) -> None:
        rate = self.rates.row()
        if rate is not None:
            form = RateForm()
            form.show_fact(rate)
            self._rate_form(form, rate.id)

    def _rate_form(self, form: RateForm, rate_id: int) -> None:
        people, employment_id = self.desk.office.people, self.employment_id

        def save() -> Callable[[], Any]:
            fact = form.fact(employment_id, rate_id)
            return lambda: people.set_rate(fact)

        self.fill_in(
            _("A rate of pay"),
            form,
            save,
            _("Payslips that are out already stay as they are."),
        )

    def _remove_rate(self) -> None:
        rate, people = self.rates.row(), self.desk.office.people
        if rate is not None:
            self.desk.operations.change(
                lambda: people.remove_rate(rate.id),
                lambda _none: self.desk.say(_("The rate was taken out.")),
                owner=self,
            )
