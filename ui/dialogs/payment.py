"""Everything about one payment: what it was for, how it was paid, and its papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from dpemployer.i18n import N_, _, long_date
from ui import theme
from ui.dialogs.paper import PaperDialog, Proof
from ui.dialogs.paper_view import show_paper
from ui.models.money import how
from ui.models.rows import Column
from ui.widgets.buttons import ButtonRow, button
from ui.widgets.scroll import Scroll
from ui.widgets.table import Table
from ui.widgets.words import Words, heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dpemployer.services.money_rows import EntryRow, PaperRow, PartRow
    from ui.desk import Desk

_PARTS: tuple[Column[PartRow], ...] = (
    Column(N_("What for"), text=lambda part: part.category_label),
    Column(N_("Amount"), text=lambda part: str(abs(part.amount)), numeric=True),
    Column(N_("Whose money"), text=lambda part: part.funder),
    Column(N_("Note"), text=lambda part: part.note),
)
_PAPERS: tuple[Column[PaperRow], ...] = (
    Column(N_("Number"), text=lambda paper: str(paper.number), numeric=True),
    Column(N_("What it is"), text=lambda paper: paper.title),
    Column(N_("Kind"), text=lambda paper: paper.kind_label),
)


class PaymentDialog(QDialog):
    """Shows one payment; its papers can be opened, added and taken off."""

    def __init__(
        self,
        desk: Desk,
        entry: EntryRow,
        kinds: Sequence[tuple[str, str]],
        held: Sequence[PaperRow],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self._entry = entry
        self._kinds, self._held = kinds, held
        self.setWindowTitle(_("A payment"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, theme.gap(2))
        scroll = Scroll()
        outer.addWidget(scroll, 1)
        box = scroll.box
        box.addWidget(heading(payment_words(entry)))
        self._facts = Words("")
        box.addWidget(self._facts)
        parts: Table[PartRow] = Table(_("What it was for"), _PARTS, empty="", stretch=0)
        parts.show_rows(entry.parts)
        box.addWidget(parts)
        box.addWidget(heading(_("Its papers")))
        self.papers: Table[PaperRow] = Table(
            _("Its papers"), _PAPERS, empty=_("No paper is joined to it yet."), stretch=1
        )
        box.addWidget(self.papers)
        self.add_button = button(_("Add a paper"), self.add)
        self.open_button = button(_("Open this paper"), self.open_paper)
        self.off_button = button(_("Take this paper off"), self.take_off)
        box.addWidget(ButtonRow(self.open_button, self.add_button, self.off_button))
        close = button(_("Close"), self.accept, kind="main")
        foot = QVBoxLayout()
        foot.setContentsMargins(theme.gap(4), 0, theme.gap(4), 0)
        foot.addWidget(ButtonRow(close))
        outer.addLayout(foot)
        self.papers.opened.connect(lambda _row: self.open_paper())
        self.papers.pointed.connect(lambda _row: self._what_can_be_done())
        self._show(entry)
        theme.open_at(self, 84, 30)
        (self.papers if entry.papers else self.add_button).setFocus()

    def refresh(self) -> None:
        """Ask for the payment again."""
        ledger, entry_id = self.desk.office.ledger, self._entry.entry_id
        self.desk.operations.ask(lambda: ledger.entry(entry_id), self._show, owner=self)

    def add(self) -> None:
        """Add a paper that proves it."""
        dialog = PaperDialog(self.desk, self._kinds, self._held, proof_of(self._entry), self)
        if dialog.exec():
            self.refresh()
        dialog.deleteLater()

    def open_paper(self) -> None:
        """Open the paper the person is on."""
        paper = self.papers.row()
        if paper is not None and paper.size:
            show_paper(self.desk, paper, self)

    def take_off(self) -> None:
        """Say that a paper does not prove this payment after all; it stays in the book."""
        paper, ledger, entry_id = self.papers.row(), self.desk.office.ledger, self._entry.entry_id
        if paper is not None:
            paper_id = paper.paper_id
            self.desk.operations.change(
                lambda: ledger.detach(paper_id, entry_id=entry_id),
                lambda _none: self.refresh(),
                owner=self,
            )

    def _show(self, entry: EntryRow) -> None:
        self._entry = entry
        self._facts.setText("\n".join(_facts(entry)))
        self.papers.show_rows(entry.papers, same=lambda row: row.paper_id)
        if entry.papers and self.papers.row() is None:
            self.papers.select(lambda _row: True)
        self._what_can_be_done()

    def _what_can_be_done(self) -> None:
        paper = self.papers.row()
        self.open_button.setEnabled(paper is not None and paper.size > 0)
        self.off_button.setEnabled(paper is not None and not self._entry.signed)


def payment_words(entry: EntryRow) -> str:
    """Write a payment in one line."""
    way = _("{amount} in from {payee}") if entry.amount.pence > 0 else _("{amount} out to {payee}")
    return way.format(amount=abs(entry.amount), payee=entry.payee)


def proof_of(entry: EntryRow) -> Proof:
    """Return what a paper of this payment is to prove."""
    return Proof(
        _("It proves {amount}, {payee}, of {day}.").format(
            amount=abs(entry.amount), payee=entry.payee, day=long_date(entry.day)
        ),
        entry_id=entry.entry_id,
        kind=entry.needs,
        day=entry.day,
        amount=abs(entry.amount),
    )


def _facts(entry: EntryRow) -> Iterator[str]:
    yield _("{day}, by {how}, {account}.").format(
        day=long_date(entry.day), how=how(entry), account=entry.account
    )
    if entry.line_day is not None:
        yield _("On the bank’s statement on {day}.").format(day=long_date(entry.line_day))
    if entry.note:
        yield _("Note: {note}").format(note=entry.note)
    if entry.refund_of_id is not None:
        yield _("It is a refund of something paid before.")
    if entry.void:
        yield _("Void: {reason}").format(reason=entry.void_reason)
    if entry.brought_forward:
        yield _("It was counted before this book began, and only waits for the bank.")
    if entry.needs:
        yield _("A paper is missing: {kind}.").format(kind=entry.needs_label)
    if entry.signed:
        yield _("It is in a signed return, and stays as it is.")
