"""A bill on the way that no payday makes: an invoice, the insurance, holiday built up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer import clock
from dpemployer.i18n import _
from dpemployer.services.money_rows import Commitment, CommitmentKind
from ui.dialogs.task import TaskDialog
from ui.widgets.entries import ChoiceEntry, DateEntry, MoneyEntry, TextEntry
from ui.widgets.form import Form

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.desk import Desk


def bill_kinds() -> tuple[tuple[CommitmentKind, str], ...]:
    """What a bill can be for."""
    return (
        (CommitmentKind.INVOICE, _("An invoice")),
        (CommitmentKind.INSURANCE, _("Insurance")),
        (CommitmentKind.WAGES, _("Wages earned and not yet paid")),
        (CommitmentKind.HOLIDAY, _("Holiday built up and not yet taken")),
        (CommitmentKind.HMRC, _("Tax and National Insurance (HMRC)")),
        (CommitmentKind.PENSION, _("Pension contributions")),
    )


class BillDialog(TaskDialog):
    """Records what is owed, to whom, since when and by when."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            _("Add a bill"),
            _("Money that is in the account and not yours to spend: it is owed already."),
            _("Keep this"),
            parent,
        )
        self.form = Form()
        add = self.form.add
        self.kind = add("kind", ChoiceEntry(_("What is it for?"), bill_kinds(), as_list=True))
        self.payee = add("payee", TextEntry(_("Who is it owed to?")))
        self.amount = add("amount", MoneyEntry(_("How much")))
        self.since = add(
            "since",
            DateEntry(
                _("Owed since"),
                hint=_("The day on the invoice, or the last day that was worked."),
            ),
        )
        self.due = add("due", DateEntry(_("To be paid by"), needed=False))
        self.until = add(
            "until",
            DateEntry(
                _("Counts until"),
                hint=_(
                    "Only for a bill that is worked out afresh for each return, such as holiday: "
                    "the last day of the return."
                ),
                needed=False,
            ),
        )
        self.note = add(
            "note",
            TextEntry(_("A note"), hint=_("For example 19 hours at £13.50."), needed=False),
        )
        self.since.set_value(clock.today())
        self.box.addWidget(self.form)
        self.kind.take_focus()

    def do(self) -> None:
        """Record it."""
        if not self.form.check():
            return
        bill = Commitment(
            id=0,
            kind=self.kind.answer(),
            payee=self.payee.answer(),
            amount=abs(self.amount.answer()),
            incurred_on=self.since.answer(),
            due=self.due.read(),
            source=_("typed in"),
            note=self.note.value(),
            until_day=self.until.read(),
        )
        ledger = self.desk.office.ledger
        self.change(lambda: ledger.add_commitment(bill))
