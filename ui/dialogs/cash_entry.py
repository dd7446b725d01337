"""Money that is on no statement yet: cash from the tin, or a cheque written today."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dpemployer.i18n import _
from dpemployer.money import NOTHING, Money
from dpemployer.services.money_rows import AccountKind, LedgerEntry, Method
from ui.dialogs.task import TaskDialog
from ui.widgets.entries import ChoiceEntry, DateEntry, MoneyEntry, TextEntry
from ui.widgets.form import Form
from ui.widgets.parts import PartChoices, Parts
from ui.widgets.tab_order import thread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from dpemployer.services.money_rows import (
        AccountRow,
        CategoryRow,
        CommitmentRow,
        EntryRow,
        Funder,
    )
    from ui.desk import Desk


class EntryDialog(TaskDialog):
    """Records money in or out that is not on a statement, or puts such an entry right."""

    def __init__(
        self,
        desk: Desk,
        accounts: Sequence[AccountRow],
        categories: Sequence[CategoryRow],
        funders: Sequence[Funder],
        bills: Sequence[CommitmentRow],
        *,
        entry: EntryRow | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            desk,
            _("Cash, or a cheque") if entry is None else _("Put this entry right"),
            _(
                "For cash from the tin, a cheque written, or money paid in that the bank has not "
                "shown yet. When the statement comes, the line is joined to it."
            ),
            _("Keep this"),
            parent,
        )
        self._entry = entry
        self._kinds = {row.account_id: row.kind for row in accounts}
        self._categories, self._funders, self._bills = categories, funders, tuple(bills)
        self.form = Form()
        self.account: ChoiceEntry[int] = self.form.add(
            "account",
            ChoiceEntry(_("From which account?"), [(a.account_id, a.name) for a in accounts]),
        )
        self.way: ChoiceEntry[int] = self.form.add("way", _way())
        self.day = self.form.add("day", DateEntry(_("Day")))
        self.amount = self.form.add("amount", MoneyEntry(_("How much")))
        self.payee = self.form.add("payee", TextEntry(_("Who was paid, or who paid?")))
        self.cheque = self.form.add("cheque", TextEntry(_("Cheque number"), needed=False, wide=12))
        self.note = self.form.add("note", TextEntry(_("A note"), needed=False))
        self.box.addWidget(self.form)
        self.way.set_value(-1)
        if len(accounts) == 1:
            self.account.set_value(accounts[0].account_id)
        self.parts = self._make_parts(Money(-1))
        self.way.edited.connect(self._turn)
        if entry is not None:
            self._fill(entry)

    def do(self) -> None:
        """Keep the entry."""
        if not (self.form.check() & self.parts.check()):
            return
        amount = Money(self.way.answer() * abs(self.amount.answer()).pence)
        self.parts.set_amount(amount)
        parts = self.attempt(self.parts.read)
        if parts is None:
            return
        account, cheque = self.account.answer(), self.cheque.value()
        if self._kinds[account] is AccountKind.CASH:
            method = Method.CASH
        else:
            method = Method.CHEQUE if cheque else Method.BACS
        entry = LedgerEntry(
            id=0,
            account_id=account,
            day=self.day.answer(),
            amount=amount,
            payee=self.payee.answer(),
            method=method,
            cheque_no=cheque,
            note=self.note.value(),
        )
        ledger = self.desk.office.ledger
        if self._entry is None:
            self.change(lambda: ledger.add_entry(entry, parts))
            return
        before = self._entry
        changed = replace(
            entry,
            id=before.entry_id,
            method=before.method,
            statement_line_id=before.line_id,
            refund_of_id=before.refund_of_id,
        )
        self.change(lambda: ledger.change_entry(changed, parts))

    def _fill(self, entry: EntryRow) -> None:
        self.account.set_value(entry.account_id)
        self.way.set_value(1 if entry.amount > NOTHING else -1)
        self._turn()
        self.day.set_value(entry.day)
        self.amount.set_value(abs(entry.amount))
        self.payee.set_value(entry.payee)
        self.cheque.set_value(entry.cheque_no)
        self.note.set_value(entry.note)
        self.parts.set_amount(entry.amount)
        self.parts.show_parts(entry.parts)
        if entry.line_id is not None:
            for fixed in (self.account, self.way, self.day, self.amount):
                fixed.setEnabled(False)

    def _make_parts(self, amount: Money) -> Parts:
        parts = Parts(amount, PartChoices(amount, self._categories, self._bills, self._funders))
        self.box.addWidget(parts)
        self.amount.edited.connect(self._measure)
        return parts

    def _turn(self) -> None:
        """Offer the kinds of money that go the way the person said."""
        old = self.parts
        self.amount.edited.disconnect(self._measure)
        self.parts = self._make_parts(Money(self.way.value() or -1))
        self.box.removeWidget(old)
        old.hide()
        old.deleteLater()
        self._measure()
        thread(self)

    def _measure(self) -> None:
        if self.amount.check() is None and (amount := self.amount.read()) is not None:
            self.parts.set_amount(Money((self.way.value() or -1) * abs(amount).pence))


class TransferDialog(TaskDialog):
    """Moves money between the person's own accounts: the bank, a card, the cash tin."""

    def __init__(
        self, desk: Desk, accounts: Sequence[AccountRow], parent: QWidget | None = None
    ) -> None:
        super().__init__(
            desk,
            _("Move money between your accounts"),
            _("For cash drawn from the bank into the tin, or paid back in: it is never spending."),
            _("Keep this"),
            parent,
        )
        self.form = Form()
        choices = [(row.account_id, row.name) for row in accounts]
        self.source: ChoiceEntry[int] = self.form.add("from", ChoiceEntry(_("Out of"), choices))
        self.target: ChoiceEntry[int] = self.form.add("to", ChoiceEntry(_("Into"), choices))
        self.day = self.form.add("day", DateEntry(_("Day")))
        self.amount = self.form.add("amount", MoneyEntry(_("How much")))
        self.note = self.form.add("note", TextEntry(_("A note"), needed=False))
        self.box.addWidget(self.form)

    def do(self) -> None:
        """Keep both sides of it."""
        if not self.form.check():
            return
        source, target, day = self.source.answer(), self.target.answer(), self.day.answer()
        amount, note = abs(self.amount.answer()), self.note.value()
        ledger = self.desk.office.ledger
        self.change(lambda: ledger.transfer(source, target, day, amount, note))


class WaitingBeforeDialog(TaskDialog):
    """Records what an earlier return counted and the bank had not shown yet: it only waits."""

    def __init__(
        self, desk: Desk, accounts: Sequence[AccountRow], parent: QWidget | None = None
    ) -> None:
        super().__init__(
            desk,
            _("From before this book"),
            _(
                "A cheque or a payment that an earlier return counted already. It is neither in "
                "nor out here: it waits until the bank shows it."
            ),
            _("Keep this"),
            parent,
        )
        self.form = Form()
        add = self.form.add
        self.account: ChoiceEntry[int] = add(
            "account",
            ChoiceEntry(
                _("Which account is it of?"),
                [(row.account_id, row.name) for row in accounts],
                as_list=True,
            ),
        )
        self.way: ChoiceEntry[int] = add("way", _way())
        self.day = add("day", DateEntry(_("The day it was written or paid in")))
        self.amount = add("amount", MoneyEntry(_("How much")))
        self.payee = add("payee", TextEntry(_("Who was paid, or who paid?")))
        self.cheque = add("cheque", TextEntry(_("Cheque number"), needed=False, wide=12))
        self.note = add("note", TextEntry(_("A note"), needed=False))
        self.box.addWidget(self.form)
        self.way.set_value(-1)
        if len(accounts) == 1:
            self.account.set_value(accounts[0].account_id)
        self.day.take_focus()

    def do(self) -> None:
        """Keep it."""
        if not self.form.check():
            return
        cheque = self.cheque.value()
        entry = LedgerEntry(
            id=0,
            account_id=self.account.answer(),
            day=self.day.answer(),
            amount=Money(self.way.answer() * abs(self.amount.answer()).pence),
            payee=self.payee.answer(),
            method=Method.CHEQUE if cheque else Method.BACS,
            cheque_no=cheque,
            note=self.note.value(),
            brought_forward=True,
        )
        ledger = self.desk.office.ledger
        self.change(lambda: ledger.bring_forward(entry))


def _way() -> ChoiceEntry[int]:
    return ChoiceEntry(_("Which way did it go?"), [(-1, _("Money out")), (1, _("Money in"))])
