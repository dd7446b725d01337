"""Their payslips of this tax year looked at again, and figures from before the book."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from dpemployer import clock
from dpemployer.i18n import N_, _
from dpemployer.periods import TaxYear
from ui.dialogs.differences import DifferencesDialog
from ui.forms.opening import OpeningPayForm
from ui.forms.paid_weeks import PaidWeeksForm
from ui.pages.person_part import PersonPart
from ui.widgets.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dpemployer.services.rows import DifferenceRow, OpeningState, PaidWeek

_A_DAY = timedelta(days=1)


class YearPart(PersonPart):
    """This tax year."""

    NAME = N_("This tax year")

    def declare(self) -> None:
        self.can("differences", _("Check this year’s payslips"), self._check_payslips)
        self.can("opening", _("Figures from before the book"), self._opening)
        self.can("weeks", _("Weeks paid before the book"), self._weeks)
        self.card(
            _("This tax year"),
            Words(
                _(
                    "Payslips stay as they were issued. If something was put right since, this "
                    "shows which of them would be different now."
                )
            ),
            self.buttons("differences", "opening", "weeks"),
        )

    def _check_payslips(self) -> None:
        pay_runs, employment_id = self.desk.office.pay_runs, self.employment_id
        year = TaxYear.of(clock.today())
        self.desk.operations.ask(
            lambda: pay_runs.differences(year, employment_id), self._show_differences, owner=self
        )

    def _show_differences(self, found: Sequence[DifferenceRow]) -> None:
        if not found:
            self.desk.say(_("Every payslip of this tax year would be the same now."))
            return
        DifferencesDialog(found, self).exec()

    def _opening(self) -> None:
        """Ask what is known first, then show the form."""
        tax_year = TaxYear.of(clock.today())
        self.desk.operations.ask(
            lambda: self.desk.office.opening.state(tax_year),
            lambda state: self._show_opening(state, tax_year),
            owner=self,
        )

    def _weeks(self) -> None:
        """Ask what is known first, then show the form."""
        opening, employment_id = self.desk.office.opening, self.employment_id
        self.desk.operations.ask(
            lambda: opening.paid_weeks(employment_id), self._show_weeks, owner=self
        )

    def _show_weeks(self, known: Sequence[PaidWeek]) -> None:
        form, employment_id = PaidWeeksForm(), self.employment_id
        form.show_weeks(known)

        def save() -> Callable[[], Any]:
            weeks = form.weeks(employment_id)
            return lambda: self.desk.office.opening.set_paid_weeks(employment_id, weeks)

        self.fill_in(
            _("Weeks paid before the book"),
            form,
            save,
            _("Where hours change, holiday is paid at the average of the weeks before it."),
        )

    def _show_opening(self, state: OpeningState, tax_year: TaxYear) -> None:
        form, employment_id = OpeningPayForm(), self.employment_id
        form.show_state(state, employment_id)
        as_of = state.household.as_of if state.household else tax_year.first_day - _A_DAY
        self.fill_in(
            _("Figures from before the book"),
            form,
            lambda: form.keep(self.desk.office, employment_id, tax_year, as_of),
            state.locked,
        )
