"""Their holiday: what is left, and the terms it builds up by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpemployer import clock
from dpemployer.i18n import N_, _, hours_and_minutes, long_date
from ui.forms.holiday import HolidayTermsForm
from ui.models.people import HOLIDAY_TERMS
from ui.pages.person_part import PersonPart
from ui.widgets.table import Table
from ui.widgets.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from dpemployer.office import Office
    from dpemployer.services.rows import EmploymentDetail, HolidayBalanceRow, HolidayTerms
    from ui.actions import Commands
    from ui.pages.person_part import Host


class HolidayPart(PersonPart):
    """How much holiday there is, and how it builds up."""

    NAME = N_("Holiday")

    def __init__(self, host: Host, commands: Commands) -> None:
        super().__init__(host, commands)
        self._holiday = Words()
        self.terms: Table[HolidayTerms] = Table(
            _("Holiday terms"), HOLIDAY_TERMS, empty=_("No holiday terms yet."), stretch=4
        )

    def declare(self) -> None:
        self.can("holiday.terms", _("New holiday terms"), self._add_terms)
        self.can(
            "holiday.terms.change",
            _("Change these terms"),
            self._change_terms,
            self.on(self.terms),
        )
        self.can(
            "holiday.terms.remove",
            _("Take these terms out"),
            self._remove_terms,
            self.on(self.terms, lambda row: row is not self.terms.model.rows[-1]),
        )
        self.watch(self.terms)
        self.card(_("Holiday"), self._holiday)
        self.card(
            _("How holiday builds up"),
            self.terms,
            self.buttons("holiday.terms", "holiday.terms.change", "holiday.terms.remove"),
        )

    def ask(self, office: Office, employment_id: int) -> HolidayBalanceRow:
        return office.pay_runs.holiday(employment_id, clock.today())

    def show_answer(self, detail: EmploymentDetail, answer: Any) -> None:
        holiday: HolidayBalanceRow = answer
        self._holiday.setText(
            _("{left} left: {earned} built up and {taken} taken since {day}.").format(
                left=hours_and_minutes(holiday.left),
                earned=hours_and_minutes(holiday.brought_forward + holiday.earned),
                taken=hours_and_minutes(holiday.taken),
                day=long_date(holiday.leave_year_first),
            )
        )
        self.terms.show_rows(detail.holiday, same=lambda row: row.id)

    def first_field(self) -> QWidget | None:
        return self.terms.view

    # ── terms ──

    def _add_terms(self) -> None:
        form = HolidayTermsForm()
        latest = self.detail.holiday[0]
        form.show_fact(latest)
        form.from_day.set_value(clock.today())
        form.reason.set_value("")
        self._terms_form(form, 0)

    def _change_terms(self) -> None:
        terms = self.terms.row()
        if terms is not None:
            form = HolidayTermsForm()
            form.show_fact(terms)
            self._terms_form(form, terms.id)

    def _terms_form(self, form: HolidayTermsForm, terms_id: int) -> None:
        people, employment_id = self.desk.office.people, self.employment_id

        def save() -> Callable[[], Any]:
            fact = form.fact(employment_id, terms_id)
            return lambda: people.set_holiday_terms(fact)

        self.fill_in(
            _("How holiday builds up"),
            form,
            save,
            _(
                "Each part of a leave year counts by its own terms. Payslips that are out already "
                "stay as they are."
            ),
        )

    def _remove_terms(self) -> None:
        terms, people = self.terms.row(), self.desk.office.people
        if terms is not None:
            self.desk.operations.change(
                lambda: people.remove_holiday_terms(terms.id),
                lambda _none: self.desk.say(_("The terms were taken out.")),
                owner=self,
            )
