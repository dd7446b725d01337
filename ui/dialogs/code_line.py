"""Say what one line of the bank's was for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from dpemployer.i18n import _
from dpemployer.services.money_rows import (
    AccountRow,
    CategoryRow,
    CommitmentRow,
    EntryRow,
    Funder,
    LineRow,
    Proposal,
)
from ui.dialogs.task import TaskDialog
from ui.format import long_date
from ui.models.money import PROPOSAL_COLUMNS
from ui.widgets.buttons import ButtonRow, button
from ui.widgets.entries import ChoiceEntry, TextEntry
from ui.widgets.form import Form
from ui.widgets.parts import PartChoices, Parts
from ui.widgets.table import Table
from ui.widgets.words import Card

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from dpemployer.services.ledger import Ledger
    from ui.desk import Desk

_REFUNDED_WITHIN = timedelta(days=400)
"""A refund is looked for among payments no older than this."""
_CHEQUE = re.compile(r"\b(?:chq|cheque|chq\.?no)\D{0,6}(\d{3,})", re.IGNORECASE)
_TRANSFER = "xfer."


@dataclass(frozen=True, slots=True)
class LineChoices:
    """Everything one line may be."""

    line: LineRow
    proposals: tuple[Proposal, ...]
    categories: tuple[CategoryRow, ...]
    bills: tuple[CommitmentRow, ...]
    funders: tuple[Funder, ...]
    costs: tuple[EntryRow, ...]
    """Payments that money in may be a refund of."""
    others: tuple[AccountRow, ...]
    """Accounts that may be at the other end, where there are several."""


def choices_for(ledger: Ledger, line: LineRow) -> LineChoices:
    """Ask the office what a line may be."""
    money_in = line.amount.pence > 0
    entries = ledger.entries(line.day - _REFUNDED_WITHIN, line.day) if money_in else ()
    others = tuple(row for row in ledger.accounts() if row.account_id != line.account_id)
    return LineChoices(
        line,
        ledger.proposals(line.line_id),
        ledger.categories(),
        () if money_in else tuple(b for b in ledger.commitments(line.day) if b.outstanding),
        ledger.funders(),
        tuple(e for e in reversed(entries) if e.amount.pence < 0 and not e.void),
        others if len(others) > 1 else (),
    )


class CodeLineDialog(TaskDialog):
    """Takes one of the program's proposals, or the person's own word."""

    def __init__(self, desk: Desk, choices: LineChoices, parent: QWidget | None = None) -> None:
        line = choices.line
        way = (
            _("{day}: {amount} in, “{words}”")
            if line.amount.pence > 0
            else _("{day}: {amount} out, “{words}”")
        )
        super().__init__(
            desk,
            _("What was this payment for?"),
            way.format(day=long_date(line.day), amount=abs(line.amount), words=line.description),
            _("Keep this"),
            parent,
        )
        self._line = line
        self._found = Card(_("It looks like this"))
        self.proposals: Table[Proposal] = Table(
            _("What it may be"), PROPOSAL_COLUMNS, empty="", most_rows=6, stretch=1
        )
        self.proposals.show_rows(choices.proposals)
        self.proposals.select(lambda _row: True)
        self.proposals.opened.connect(self.take)
        self.say_button = button(_("No, I will say it myself"), self.say_it)
        self._found.box.addWidget(self.proposals)
        self._found.box.addWidget(ButtonRow(self.say_button))
        self.box.addWidget(self._found)
        self._own = Card()
        self._ask(choices)
        self.box.addWidget(self._own)
        if choices.proposals:
            self._own.hide()
            self.do_button.setText(_("Yes, this is it"))
            self.proposals.setFocus()
        else:
            self.say_it()

    def do(self) -> None:
        """Keep what the person said, or take the proposal they are on."""
        if self._own.isHidden():
            self.take()
            return
        if not (self.form.check() & self.parts.check()):
            return
        parts = self.attempt(self.parts.read)
        if parts is None:
            return
        payee, note = self.payee.answer(), self.note.value()
        refund = None if self.refund is None else self.refund.value()
        other = None if self.other is None else self.other.value()
        cheque = "" if self.cheque is None else self.cheque.value()
        ledger, line_id = self.desk.office.ledger, self._line.line_id
        self.change(
            lambda: ledger.code_line(
                line_id,
                payee,
                parts,
                refund_of_id=refund,
                cheque_no=cheque,
                note=note,
                other_account_id=other,
            )
        )

    def take(self) -> None:
        """Take the proposal the person is on."""
        proposal, ledger = self.proposals.row(), self.desk.office.ledger
        if proposal is not None:
            self.change(lambda: ledger.accept((proposal,)))

    def say_it(self) -> None:
        """Ask the person, in place of what the program found."""
        self._found.hide()
        self._own.show()
        self.do_button.setText(_("Keep this"))
        (self.parts.first if self.payee.text() else self.payee).take_focus()

    def _ask(self, choices: LineChoices) -> None:
        """Lay out the questions."""
        line = choices.line
        self.form = Form()
        self.payee = self.form.add(
            "payee",
            TextEntry(_("Who paid it?") if line.amount.pence > 0 else _("Who was paid?")),
        )
        found = _CHEQUE.search(line.description)
        self.cheque: TextEntry | None = None
        if found is not None and line.amount.pence < 0:
            self.cheque = self.form.add("cheque", TextEntry(_("Cheque number"), needed=False))
            self.cheque.set_value(found[1])
        elif line.proposal is not None:
            self.payee.set_value(line.proposal.payee)
        elif found is None:
            self.payee.set_value(line.description)
        self._own.box.addWidget(self.form)
        self.parts = Parts(
            line.amount,
            PartChoices(line.amount, choices.categories, choices.bills, choices.funders),
        )
        self._own.box.addWidget(self.parts)
        more = Form()
        self.other: ChoiceEntry[int] | None = None
        if choices.others:
            self.other = more.add(
                "other",
                ChoiceEntry(
                    _("Which of your accounts is at the other end?"),
                    [(row.account_id, row.name) for row in choices.others],
                    as_list=True,
                    needed=False,
                ),
            )
            self.other.hide()
            self.parts.edited.connect(self._show_other)
        self.refund: ChoiceEntry[int] | None = None
        if choices.costs:
            self.refund = more.add(
                "refund",
                ChoiceEntry(
                    _("Is it money back for something paid before?"),
                    [(cost.entry_id, _cost_words(cost)) for cost in choices.costs],
                    needed=False,
                    as_list=True,
                ),
            )
        self.note = more.add("note", TextEntry(_("A note"), needed=False))
        self._own.box.addWidget(more)

    def _show_other(self) -> None:
        if self.other is not None:
            self.other.setVisible(any(c.startswith(_TRANSFER) for c in self.parts.categories))


def _cost_words(cost: EntryRow) -> str:
    return _("{day}: {payee}, {amount}").format(
        day=long_date(cost.day), payee=cost.payee, amount=-cost.amount
    )
