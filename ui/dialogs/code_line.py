"""Say what one line of the bank's was for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dpemployer.i18n import _
from dpemployer.services.money_rows import (
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
from ui.widgets.parts import PartChoices, Parts, part_heading
from ui.widgets.table import Table
from ui.widgets.words import Card

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from dpemployer.services.ledger import Ledger
    from ui.desk import Desk


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


def choices_for(ledger: Ledger, line: LineRow) -> LineChoices:
    """Ask the office what a line may be."""
    money_in = line.amount.pence > 0
    entries = ledger.entries(last=line.day) if money_in else ()
    return LineChoices(
        line,
        ledger.proposals(line.line_id),
        ledger.categories(),
        () if money_in else tuple(b for b in ledger.commitments(line.day) if b.outstanding),
        ledger.funders(),
        tuple(e for e in reversed(entries) if e.amount.pence < 0 and not e.void),
    )


class CodeLineDialog(TaskDialog):
    """Takes one of the program's proposals, or the person's own word."""

    def __init__(self, desk: Desk, choices: LineChoices, parent: QWidget | None = None) -> None:
        line = choices.line
        super().__init__(
            desk,
            _("What was this payment for?"),
            _("{day}: {words}").format(day=long_date(line.day), words=line.description),
            _("Keep this"),
            parent,
        )
        self._line = line
        self.box.addWidget(part_heading(line.amount, line.description))
        self.proposals: Table[Proposal] | None = None
        if choices.proposals:
            self._offer(choices.proposals)
        card = Card(_("Say it yourself") if choices.proposals else "")
        self.form = Form()
        self.payee = self.form.add(
            "payee",
            TextEntry(_("Who paid it?") if line.amount.pence > 0 else _("Who was paid?")),
        )
        self.payee.set_value(line.proposal.payee if line.proposal else line.description.title())
        card.box.addWidget(self.form)
        self.parts = Parts(
            line.amount,
            PartChoices(line.amount, choices.categories, choices.bills, choices.funders),
        )
        card.box.addWidget(self.parts)
        more = Form()
        self.refund: ChoiceEntry[int] | None = None
        if choices.costs:
            self.refund = more.add(
                "refund",
                ChoiceEntry(
                    _("Is it a refund of something paid before?"),
                    [
                        (
                            cost.entry_id,
                            _("{day}: {payee}, {amount}").format(
                                day=long_date(cost.day), payee=cost.payee, amount=-cost.amount
                            ),
                        )
                        for cost in choices.costs
                    ],
                    needed=False,
                    as_list=True,
                ),
            )
        self.note = more.add("note", TextEntry(_("A note about all of it"), needed=False))
        card.box.addWidget(more)
        self.box.addWidget(card)
        (self.proposals or self.parts.first).setFocus()

    def do(self) -> None:
        """Keep what the person said."""
        if not (self.form.check() & self.parts.check()):
            return
        parts = self.attempt(self.parts.read)
        if parts is None:
            return
        payee, note = self.payee.answer(), self.note.value()
        refund = None if self.refund is None else self.refund.value()
        ledger, line_id = self.desk.office.ledger, self._line.line_id
        self.change(lambda: ledger.code_line(line_id, payee, parts, refund_of_id=refund, note=note))

    def take(self) -> None:
        """Take the proposal the person is on."""
        if self.proposals is None:
            return
        proposal, ledger = self.proposals.row(), self.desk.office.ledger
        if proposal is not None:
            self.change(lambda: ledger.accept((proposal,)))

    def _offer(self, proposals: tuple[Proposal, ...]) -> None:
        card = Card(_("It looks like this"))
        self.proposals = Table(
            _("What it may be"), PROPOSAL_COLUMNS, empty="", most_rows=6, stretch=1
        )
        self.proposals.show_rows(proposals)
        self.proposals.select(lambda _row: True)
        self.proposals.opened.connect(self.take)
        self.take_button = button(_("Yes, this is it"), self.take, kind="main")
        card.box.addWidget(self.proposals)
        card.box.addWidget(ButtonRow(self.take_button))
        self.box.addWidget(card)
