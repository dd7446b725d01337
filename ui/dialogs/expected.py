"""What should come into the account: the person's contribution, and single payments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.i18n import _
from dpemployer.services.money_rows import (
    ContributionPlan,
    ExpectedKind,
    ExpectedPayment,
    PaymentFrequency,
)
from ui import names
from ui.dialogs.task import TaskDialog
from ui.widgets.entries import ChoiceEntry, DateEntry, MoneyEntry, TextEntry, TickEntry
from ui.widgets.form import Form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from dpemployer.services.money_rows import Funder
    from ui.desk import Desk


def _funder_entry(funders: Sequence[Funder]) -> ChoiceEntry[int]:
    entry: ChoiceEntry[int] = ChoiceEntry(
        _("Which funder?"), [(funder.id, funder.name) for funder in funders], as_list=True
    )
    if len(funders) == 1:
        entry.set_value(funders[0].id)
        entry.hide()
    return entry


class ContributionDialog(TaskDialog):
    """What the person should pay in from a day; it ends what was so before."""

    def __init__(
        self,
        desk: Desk,
        funders: Sequence[Funder],
        plan: ContributionPlan | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            desk,
            _("Your contribution"),
            _("The share of the cost that is yours, as the funder worked it out."),
            _("Save"),
            parent,
        )
        self._id = 0 if plan is None else plan.id
        self.form = Form()
        self.funder = self.form.add("funder", _funder_entry(funders))
        self.in_account = self.form.add(
            "in_account",
            TickEntry(
                _("I pay it into this account"),
                hint=_("Without a tick, the funder sends you a bill for it."),
            ),
        )
        self.amount = self.form.add("amount", MoneyEntry(_("How much each time")))
        self.frequency = self.form.add(
            "frequency", ChoiceEntry(_("How often"), names.payment_frequencies())
        )
        self.from_day = self.form.add("from_day", DateEntry(_("This is so from")))
        self.first_due = self.form.add(
            "first_due",
            DateEntry(
                _("A day it is paid on"), hint=_("The other days follow from it."), needed=False
            ),
        )
        self.box.addWidget(self.form)
        self.in_account.set_value(plan is None or plan.in_account)
        if plan is not None:
            self.funder.set_value(plan.funder_id)
            self.amount.set_value(plan.amount)
            self.frequency.set_value(plan.frequency)
            self.from_day.set_value(plan.from_day)
            self.first_due.set_value(plan.first_due)
        else:
            self.frequency.set_value(PaymentFrequency.FOUR_WEEKLY)

    def do(self) -> None:
        """Keep it."""
        if not self.form.check():
            return
        from_day = self.from_day.answer()
        plan = ContributionPlan(
            id=self._id,
            funder_id=self.funder.value(),
            from_day=from_day,
            in_account=self.in_account.read(),
            amount=abs(self.amount.answer()),
            frequency=self.frequency.answer(),
            first_due=self.first_due.read() or from_day,
        )
        ledger = self.desk.office.ledger
        self.change(lambda: ledger.set_contribution(plan))


class ExpectedPaymentDialog(TaskDialog):
    """One payment a funder should make besides the usual ones."""

    def __init__(
        self, desk: Desk, funders: Sequence[Funder], parent: QWidget | None = None
    ) -> None:
        super().__init__(
            desk,
            _("One more payment to come"),
            _("A back payment, a first payment, or one that is more or less than usual."),
            _("Save"),
            parent,
        )
        self.form = Form()
        self.funder = self.form.add("funder", _funder_entry(funders))
        self.day = self.form.add("day", DateEntry(_("The day it is due")))
        self.amount = self.form.add(
            "amount",
            MoneyEntry(
                _("How much"), hint=_("Put a minus for money held back from the next payment.")
            ),
        )
        self.reason = self.form.add("reason", TextEntry(_("What it is for")))
        self.box.addWidget(self.form)

    def do(self) -> None:
        """Keep it."""
        if not self.form.check():
            return
        payment = ExpectedPayment(
            id=0,
            funder_id=self.funder.answer(),
            day=self.day.answer(),
            amount=self.amount.answer(),
            kind=ExpectedKind.ADJUSTMENT,
            reason=self.reason.answer(),
        )
        ledger = self.desk.office.ledger
        self.change(lambda: ledger.expect_payment(payment))
