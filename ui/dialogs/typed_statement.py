"""Copy a paper statement line by line; the balance is checked as it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.errors import EntryError
from dpemployer.findings import Severity
from dpemployer.i18n import _
from ui.dialogs.task import TaskDialog
from ui.models.money import TYPED_COLUMNS
from ui.widgets.buttons import ButtonRow, button
from ui.widgets.entries import ChoiceEntry, DateEntry, MoneyEntry, TextEntry
from ui.widgets.form import Form
from ui.widgets.notice import GOOD
from ui.widgets.table import Table
from ui.widgets.words import heading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from dpemployer.money import Money
    from dpemployer.services.money_rows import AccountRow, StatementRow, TypedLine
    from ui.desk import Desk


class StartStatementDialog(TaskDialog):
    """Asks for what stands at the top and the foot of a paper statement."""

    def __init__(
        self, desk: Desk, accounts: Sequence[AccountRow], parent: QWidget | None = None
    ) -> None:
        super().__init__(
            desk,
            _("Type a statement from paper"),
            _("First copy its days and its two balances. Then type its lines one by one."),
            _("Go on to the lines"),
            parent,
        )
        self.statement_id = 0
        self.form = Form()
        self.account: ChoiceEntry[int] = self.form.add(
            "account",
            ChoiceEntry(
                _("Which account is it of?"),
                [(row.account_id, row.name) for row in accounts],
                as_list=True,
            ),
        )
        self.first = self.form.add("first", DateEntry(_("First day of the statement")))
        self.last = self.form.add("last", DateEntry(_("Last day of the statement")))
        self.opening = self.form.add(
            "opening",
            MoneyEntry(
                _("Balance at the start"),
                hint=_("Often called “balance brought forward”. Put a minus if it was overdrawn."),
            ),
        )
        self.closing = self.form.add("closing", MoneyEntry(_("Balance at the end")))
        if len(accounts) == 1:
            self.account.set_value(accounts[0].account_id)
            self.opening.set_value(accounts[0].statement_balance)
        self.box.addWidget(self.form)

    def do(self) -> None:
        """Begin the statement."""
        if not self.form.check():
            return
        ledger = self.desk.office.ledger
        account, first, last = self.account.answer(), self.first.answer(), self.last.answer()
        opening, closing = self.opening.answer(), self.closing.answer()
        self.change(
            lambda: ledger.start_statement(account, first, last, opening, closing), self._begun
        )

    def _begun(self, statement_id: int) -> None:
        self.statement_id = statement_id
        self.accept()


class TypeLinesDialog(TaskDialog):
    """Keeps each line as it is typed, and says how much is still missing."""

    def __init__(self, desk: Desk, statement: StatementRow, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            _("The lines of the statement"),
            _(
                "Type them in the order they stand on the page. Each is kept as soon as you add "
                "it, so you can stop at any time and go on later."
            ),
            _("Add this line"),
            parent,
        )
        self._statement = statement
        self.table: Table[TypedLine] = Table(
            _("Lines typed so far"), TYPED_COLUMNS, empty=_("No line is typed yet."), stretch=1
        )
        self.remove_button = button(_("Take the chosen line out"), self.remove)
        self.box.addWidget(self.table)
        self.box.addWidget(ButtonRow(self.remove_button))
        self.box.addWidget(heading(_("The next line")))
        self.form = Form()
        self.day = self.form.add("day", DateEntry(_("Day")))
        self.words = self.form.add("words", TextEntry(_("What the bank wrote")))
        self.paid_out = self.form.add("out", MoneyEntry(_("Paid out"), needed=False))
        self.paid_in = self.form.add("in", MoneyEntry(_("Paid in"), needed=False))
        self.balance = self.form.add(
            "balance",
            MoneyEntry(
                _("Balance printed beside it"),
                hint=_("Where one is printed, type it: a slip shows at once."),
                needed=False,
            ),
        )
        self.box.addWidget(self.form)
        self.cancel_button.setText(_("Close"))
        self.day.set_value(statement.first_day)
        self.refresh()
        self.day.take_focus()

    def refresh(self) -> None:
        """Show the lines typed so far."""
        ledger, statement = self.desk.office.ledger, self._statement.statement_id
        self.desk.operations.ask(lambda: ledger.typed_lines(statement), self._show, owner=self)

    def do(self) -> None:
        """Keep the line that was typed."""
        if not self.form.check():
            return
        amount = self.attempt(self._amount)
        if amount is None:
            return
        day, words, balance = self.day.answer(), self.words.answer(), self.balance.read()
        ledger, statement = self.desk.office.ledger, self._statement.statement_id
        self.change(
            lambda: ledger.type_line(statement, day, words, amount, balance=balance),
            lambda _line: self._kept(day),
        )

    def remove(self) -> None:
        """Take out the line the person is on."""
        line, ledger = self.table.row(), self.desk.office.ledger
        if line is not None:
            line_id = line.line_id
            self.change(lambda: ledger.remove_line(line_id), lambda _none: self.refresh())

    def _amount(self) -> Money:
        paid_out, paid_in = self.paid_out.read(), self.paid_in.read()
        if paid_out is not None and paid_in is not None:
            raise EntryError(
                _("This line has an amount out and an amount in."),
                _("A line of a statement goes one way only."),
                _("Take one of the two amounts away."),
            )
        return -abs(self.paid_out.answer()) if paid_in is None else abs(paid_in)

    def _kept(self, day: date) -> None:
        self.notices.clear()
        for entry in (self.words, self.paid_out, self.paid_in, self.balance):
            entry.set_text("")
        self.day.set_value(day)
        self.refresh()
        self.day.take_focus()

    def _show(self, lines: Sequence[TypedLine]) -> None:
        self.table.show_rows(lines)
        self.remove_button.setEnabled(bool(lines))
        left = lines[-1].left if lines else self._statement.closing - self._statement.opening
        self.notices.clear()
        if lines and not left:
            self.notices.say(GOOD, _("The lines reach the balance at the end of the statement."))
        else:
            self.notices.say(
                Severity.NOTE,
                _("The lines still lack {left} to reach the balance at the end.").format(left=left),
            )
