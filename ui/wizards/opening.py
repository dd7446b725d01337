"""Where things stand when the book begins in the middle: each figure with where it comes from."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from dpemployer import clock
from dpemployer.i18n import _
from dpemployer.money import NOTHING
from dpemployer.periods import TaxMonth, TaxYear
from dpemployer.services.rows import OpeningHousehold
from ui.forms.opening import OpeningPayForm
from ui.widgets.entries import ChoiceEntry, DateEntry, MoneyEntry, TextEntry
from ui.wizards.wizard import Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from dpemployer.office import Office
    from ui.wizards.assistant import Starter

_ONE_DAY = timedelta(days=1)


class Beginning:
    """Whether somebody has been paid already this tax year, and up to when."""

    def __init__(self) -> None:
        self.in_the_middle = False
        self.as_of = clock.today()

    @property
    def tax_year(self) -> TaxYear:
        """The tax year the book begins in."""
        return TaxYear.of(self.as_of + _ONE_DAY)


class BeginningStep(Step):
    """Is this the start, or the middle?"""

    ID = "beginning"

    def __init__(self, beginning: Beginning) -> None:
        super().__init__(
            _("Where things stand"),
            _(
                "If people have been paid since 6 April, tax is worked out on what they have had "
                "so far. Their last payslips have the figures."
            ),
        )
        self._beginning = beginning
        self._opening_id = 0
        add = self.form.add
        self.middle: ChoiceEntry[bool] = add(
            "middle",
            ChoiceEntry(
                _("Has anybody been paid already this tax year?"),
                [
                    (False, _("No. The first payday is still to come.")),
                    (True, _("Yes. I have their last payslips.")),
                ],
            ),
        )
        self.as_of = add(
            "as_of",
            DateEntry(
                _("The last day before this book"),
                hint=_("Paydays up to and including this day are not in the book."),
            ),
        )
        self.source = add(
            "source",
            TextEntry(_("Where the figures come from"), hint=_("For example payslips, June 2026.")),
        )
        self.allowance = add(
            "allowance",
            MoneyEntry(_("Employment Allowance used so far this tax year"), needed=False),
        )
        self.hmrc = add("hmrc", MoneyEntry(_("Still owed to HMRC"), needed=False))
        self.hmrc_day = add(
            "hmrc_day",
            DateEntry(
                _("The last payday that is owed to HMRC for"),
                hint=_("It says which tax month the debt belongs to."),
                needed=False,
            ),
        )
        self.pension = add(
            "pension", MoneyEntry(_("Still owed to the pension provider"), needed=False)
        )
        self.pension_provider = add(
            "pension_provider", TextEntry(_("Pension provider"), needed=False)
        )
        self.pension_due = add(
            "pension_due", DateEntry(_("When the pension must be paid"), needed=False)
        )
        self.middle.edited.connect(self._show_rest)
        self._show_rest()
        self.remember()

    def question(self, office: Office) -> Any:
        tax_year = TaxYear.of(clock.today())
        return office.opening.state(tax_year)

    def show_answer(self, answer: Any) -> None:
        if answer.household is not None:
            household: OpeningHousehold = answer.household
            self._opening_id = household.id
            self.middle.set_value(True)
            self.as_of.set_value(household.as_of)
            self.source.set_value(household.source)
            self.allowance.set_value(household.allowance_used)
        elif answer.accounts:
            self.as_of.set_value(answer.accounts[0].opened_on - _ONE_DAY)
        self._show_rest()

    def work(self, office: Office) -> Callable[[], Any]:
        self._beginning.in_the_middle = self.middle.answer()
        if not self._beginning.in_the_middle:
            return lambda: 0
        self._beginning.as_of = self.as_of.answer()
        source = self.source.answer()
        household = OpeningHousehold(
            id=self._opening_id,
            as_of=self._beginning.as_of,
            source=source,
            allowance_used=self.allowance.read() or NOTHING,
        )
        hmrc, hmrc_day = self.hmrc.read(), self.hmrc_day.read() or household.as_of
        pension, provider = self.pension.read(), self.pension_provider.value()
        due = self.pension_due.read() or household.as_of

        def keep() -> int:
            opening_id = office.opening.set_household(household)
            if hmrc is not None:
                office.opening.set_hmrc_owed(TaxMonth.of(hmrc_day), hmrc, source)
            if pension is not None:
                office.opening.set_pension_owed(provider, pension, household.as_of, due, source)
            return opening_id

        return keep

    def kept(self, value: Any) -> None:
        self._opening_id = value

    def _show_rest(self) -> None:
        for name, entry in self.form.entries.items():
            if name != "middle":
                entry.setVisible(self.middle.value() is True)


class OpeningPayStep(Step):
    """What one person has had so far this tax year."""

    ID = "opening_pay"

    def __init__(self, starter: Starter, beginning: Beginning) -> None:
        super().__init__(
            _("What they have been paid so far"),
            _(
                "Copy the figures “to date” from their last payslip. What the payslip does not "
                "show can stay empty."
            ),
        )
        self.starter = starter
        self._beginning = beginning
        self._form = OpeningPayForm()
        self.box.removeWidget(self.form)
        self.form.deleteLater()
        self.form = self._form
        self.box.addWidget(self._form)
        self.remember()

    def wanted(self) -> bool:
        return self._beginning.in_the_middle and self.starter.employment_id != 0

    def question(self, office: Office) -> Any:
        return office.opening.state(self._beginning.tax_year)

    def show_answer(self, answer: Any) -> None:
        self._form.show_state(answer, self.starter.employment_id)

    def work(self, office: Office) -> Callable[[], Any]:
        return self._form.keep(
            office, self.starter.employment_id, self._beginning.tax_year, self._beginning.as_of
        )
