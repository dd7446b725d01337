"""Keep a paper in the book, and say what it proves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dpemployer.errors import DpEmployerError, EntryError
from dpemployer.i18n import _
from dpemployer.money import Money
from ui import files
from ui.dialogs.task import TaskDialog
from ui.widgets.buttons import ButtonRow, button
from ui.widgets.entries import ChoiceEntry, DateEntry, MoneyEntry, TextEntry
from ui.widgets.form import Form
from ui.widgets.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from dpemployer.services.money_rows import PaperRow
    from ui.desk import Desk
    from ui.files import ChosenFile


@dataclass(frozen=True, slots=True)
class Proof:
    """What a paper is to prove, and what is known of it already."""

    words: str = ""
    entry_id: int | None = None
    timesheet_id: int | None = None
    commitment_id: int | None = None
    kind: str = ""
    day: date | None = None
    amount: Money | None = None

    @property
    def of(self) -> dict[str, int | None]:
        """The one thing it proves, as the office asks for it."""
        return {
            "entry_id": self.entry_id,
            "timesheet_id": self.timesheet_id,
            "commitment_id": self.commitment_id,
        }


class PaperDialog(TaskDialog):
    """Takes a file, or a paper already here, and joins it to what it proves."""

    def __init__(
        self,
        desk: Desk,
        kinds: Sequence[tuple[str, str]],
        held: Sequence[PaperRow] = (),
        proof: Proof = Proof(),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            desk,
            _("Keep a paper"),
            proof.words
            or _(
                "A receipt, an invoice, a signed timesheet, a letter: it is kept inside the book."
            ),
            _("Keep it"),
            parent,
        )
        self._proves = proof.of
        self._file: ChosenFile | None = None
        self.choose_button = button(_("Choose the file"), self.choose)
        self._chosen = Words(_("No file is chosen yet."), "quiet")
        self.box.addWidget(ButtonRow(self.choose_button))
        self.box.addWidget(self._chosen)
        self.form = Form()
        self.kind: ChoiceEntry[str] = self.form.add(
            "kind", ChoiceEntry(_("What kind of paper is it?"), kinds, as_list=True)
        )
        self.title = self.form.add(
            "title",
            TextEntry(_("What is it?"), hint=_("For example: gloves, Bell Street Pharmacy")),
        )
        self.day = self.form.add("day", DateEntry(_("The day on it"), needed=False))
        self.amount = self.form.add("amount", MoneyEntry(_("The amount on it"), needed=False))
        self.held: ChoiceEntry[int] | None = None
        if held and any(self._proves.values()):
            self.held = ChoiceEntry(
                _("Or is it a paper already in the book?"),
                [
                    (row.paper_id, _("{n}: {title}").format(n=row.number, title=row.title))
                    for row in held
                ],
                needed=False,
                as_list=True,
            )
        self.box.addWidget(self.form)
        if self.held is not None:
            self.box.addWidget(self.held)
        self.kind.set_value(proof.kind or None)
        self.day.set_value(proof.day)
        self.amount.set_value(proof.amount)
        self.choose_button.setFocus()

    def choose(self) -> None:
        """Let the person choose the file."""
        try:
            chosen = files.choose(
                self,
                _("Choose a paper"),
                _("Papers and photographs (*.pdf *.jpg *.jpeg *.png *.txt);;All files (*)"),
            )
        except DpEmployerError as error:
            self.show_error(error)
            return
        if chosen is not None:
            self.take(chosen)

    def take(self, chosen: ChosenFile) -> None:
        """Use a file that was chosen."""
        self._file = chosen
        self._chosen.setText(_("The file: {name}").format(name=chosen.name))
        if not self.title.text():
            self.title.set_value(chosen.name.rsplit(".", 1)[0].replace("-", " ").replace("_", " "))
        self.title.take_focus()

    def do(self) -> None:
        """Keep the paper, and join it."""
        held = None if self.held is None else self.held.value()
        ledger, proves = self.desk.office.ledger, self._proves
        if held is not None:
            self.change(lambda: ledger.attach(held, **proves))
            return
        chosen = self._file
        if chosen is None:
            self.show_error(
                EntryError(
                    _("No file is chosen."),
                    _("The paper itself is kept in the book, so that nobody has to look for it."),
                    _("Choose the scan or photograph, then keep it."),
                )
            )
            return
        if not self.form.check():
            return
        kind, title = self.kind.answer(), self.title.answer()
        day, amount = self.day.read(), self.amount.read()

        def keep() -> None:
            paper = ledger.keep_paper(
                chosen.name, chosen.content, kind, title, day=day, amount=amount
            )
            if any(proves.values()):
                ledger.attach(paper.paper_id, **proves)

        self.change(keep)
