"""Copy a paper statement line by line; the balance is checked as it goes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from dpemployer.errors import EntryError
from dpemployer.findings import Severity
from dpemployer.i18n import _, long_date
from ui.dialogs.task import TaskDialog
from ui.format import show_days
from ui.models.money import TYPED_COLUMNS
from ui.widgets.buttons import ButtonRow, button
from ui.widgets.entries import ChoiceEntry, DateEntry, MoneyEntry, TextEntry
from ui.widgets.flow import Flow
from ui.widgets.form import Form
from ui.widgets.notice import GOOD, Notices
from ui.widgets.table import Table
from ui.widgets.words import heading, hint

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dpemployer.money import Money
    from dpemployer.services.money_rows import AccountRow, StatementRow, TypedLine
    from ui.desk import Desk

_ONE_DAY = timedelta(days=1)


class StartStatementDialog(TaskDialog):
    """Asks for what stands at the top and the foot of a paper statement, or puts that right."""

    def __init__(
        self,
        desk: Desk,
        accounts: Sequence[AccountRow],
        *,
        statement: StatementRow | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            desk,
            _("Type a statement from paper") if statement is None else _("Its days and balances"),
            _("First copy its days and its two balances. Then type its lines one by one.")
            if statement is None
            else _("They stand at the top and the foot of the statement."),
            _("Go on to the lines") if statement is None else _("Keep this"),
            parent,
        )
        self.statement_id = 0 if statement is None else statement.statement_id
        self._statement = statement
        self._accounts = {row.account_id: row for row in accounts}
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
        self.box.addWidget(self.form)
        if statement is not None:
            self._show(statement)
            return
        self.account.edited.connect(self._go_on_from)
        if len(accounts) == 1:
            self.account.set_value(accounts[0].account_id)
            self._go_on_from()
            self.account.hide()
        (self.first if self.account.isHidden() else self.account).take_focus()

    def do(self) -> None:
        """Begin the statement, or put its top right."""
        if not self.form.check():
            return
        ledger = self.desk.office.ledger
        first, last = self.first.answer(), self.last.answer()
        opening, closing = self.opening.answer(), self.closing.answer()
        if self._statement is not None:
            statement_id = self.statement_id
            self.change(
                lambda: ledger.change_statement(statement_id, first, last, opening, closing)
            )
            return
        account = self.account.answer()
        self.change(
            lambda: ledger.start_statement(account, first, last, opening, closing), self._begun
        )

    def _show(self, statement: StatementRow) -> None:
        self.account.set_value(statement.account_id)
        self.account.hide()
        self.first.set_value(statement.first_day)
        self.last.set_value(statement.last_day)
        self.opening.set_value(statement.opening)
        self.closing.set_value(statement.closing)
        self.first.take_focus()

    def _go_on_from(self) -> None:
        """Begin where the statement before ended: a new one usually does."""
        row = self._accounts.get(self.account.value() or 0)
        if row is not None and not self.opening.text():
            before = row.statement_to
            self.first.set_value(row.opened_on if before is None else before + _ONE_DAY)
            self.opening.set_value(row.statement_balance)

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
        self._above: TypedLine | None = None
        self._last_day = statement.first_day
        self._days = hint("")
        self.box.addWidget(self._days)
        self._where = Notices()
        self.box.addWidget(self._where)
        self.form = Form()
        self.day = self.form.add("day", DateEntry(_("Day")))
        self.words = self.form.add("words", TextEntry(_("What the bank wrote")))
        self.paid_out = self.form.add("out", MoneyEntry(_("Paid out"), needed=False))
        self.paid_in = self.form.add("in", MoneyEntry(_("Paid in"), needed=False))
        self.balance = self.form.add(
            "balance", MoneyEntry(_("Balance, where one is printed"), needed=False)
        )
        amounts = QWidget()
        flow = Flow(amounts)
        for entry in (self.paid_out, self.paid_in, self.balance):
            entry.rename(entry.label)
            flow.addWidget(entry)
        self.form.add_widget(amounts)
        self.box.addWidget(self.form)
        self.status = Notices()
        self.box.addWidget(self.status)
        self.box.addWidget(heading(_("Lines typed so far, the newest first")))
        self.table: Table[TypedLine] = Table(
            _("Lines typed so far"),
            TYPED_COLUMNS,
            empty=_("No line is typed yet."),
            stretch=1,
            most_rows=8,
        )
        self.above_button = button(
            _("Put a missed line above it"),
            self.put_above,
            describes=_("Above the chosen line, on the paper"),
        )
        self.remove_button = button(_("Take the chosen line out"), self.remove)
        self.top_button = button(_("Put its days and balances right"), self.change_top)
        self.box.addWidget(ButtonRow(self.above_button, self.remove_button, self.top_button))
        self.box.addWidget(self.table)
        self.cancel_button.setText(_("Close"))
        self.day.set_value(statement.first_day)
        self.refresh()
        self._to_day()

    def refresh(self) -> None:
        """Show the lines typed so far."""
        ledger, wanted = self.desk.office.ledger, self._statement.statement_id

        def ask() -> tuple[StatementRow, tuple[TypedLine, ...]]:
            row = next(each for each in ledger.statements() if each.statement_id == wanted)
            return row, ledger.typed_lines(wanted)

        self.desk.operations.ask(ask, lambda answer: self._show(*answer), owner=self)

    def do(self) -> None:
        """Keep the line that was typed."""
        if not self.form.check():
            return
        amount = self.attempt(self._amount)
        if amount is None:
            return
        day, words, balance = self.day.answer(), self.words.answer(), self.balance.read()
        ledger, statement = self.desk.office.ledger, self._statement.statement_id
        above = None if self._above is None else self._above.line_id
        self.change(
            lambda: ledger.type_line(statement, day, words, amount, balance=balance, above=above),
            lambda _line: self._kept(day),
        )

    def put_above(self) -> None:
        """Type a line that was missed: it stands above the one the person is on."""
        self._go_above(self.table.row() if self._above is None else None)
        self._to_day()

    def remove(self) -> None:
        """Take out the line the person is on."""
        line, ledger = self.table.row(), self.desk.office.ledger
        if line is not None:
            line_id = line.line_id
            self.change(lambda: ledger.remove_line(line_id), self._removed)

    def change_top(self) -> None:
        """Put right the days or the balances of the statement."""
        dialog = StartStatementDialog(self.desk, (), statement=self._statement, parent=self)
        if dialog.exec():
            self.refresh()
        dialog.deleteLater()

    def _amount(self) -> Money:
        paid_out, paid_in = self.paid_out.read(), self.paid_in.read()
        if paid_out is not None and paid_in is not None:
            raise EntryError(
                _("This line has an amount out and an amount in."),
                _("A line of a statement goes one way only."),
                _("Take one of the two amounts away."),
            )
        if paid_out is None and paid_in is None:
            raise EntryError(
                _("This line has no amount."),
                _("Every line of a statement moves some money."),
                _("Type how much went out, or how much came in."),
            )
        return abs(paid_in) if paid_in is not None else -abs(self.paid_out.answer())

    def _go_above(self, line: TypedLine | None) -> None:
        """Let the next line stand above another; None: at the end, as lines usually do."""
        self._above = line
        self._where.clear()
        self.above_button.setText(
            _("Put a missed line above it") if line is None else _("Go on at the end")
        )
        self.above_button.setAccessibleDescription(
            _("Above the chosen line, on the paper") if line is None else ""
        )
        if line is not None:
            self.day.set_value(line.day)
            self._where.say(
                Severity.NOTE,
                _("The next line you add goes above {amount}, {words}, of {day}.").format(
                    amount=line.amount, words=line.description, day=long_date(line.day)
                ),
                word=_("A missed line"),
            )

    def _kept(self, day: date) -> None:
        self.notices.clear()
        if self._above is not None:
            self._go_above(None)
            day = self._last_day
        for entry in (self.words, self.paid_out, self.paid_in, self.balance):
            entry.set_text("")
        self.day.set_value(day)
        self.opened_as()
        self.refresh()
        self._to_day()

    def _removed(self, _none: Any) -> None:
        self.refresh()
        self._to_day()

    def _to_day(self) -> None:
        self.day.take_focus()
        self.day.line.selectAll()

    def _show(self, statement: StatementRow, lines: Sequence[TypedLine]) -> None:
        self._statement = statement
        self._last_day = max((line.day for line in lines), default=statement.first_day)
        self._days.setText(
            _("{days}, from {opening} to {closing}").format(
                days=show_days(statement.first_day, statement.last_day),
                opening=statement.opening,
                closing=statement.closing,
            )
        )
        self.table.show_rows(tuple(reversed(lines)), same=lambda row: row.line_id)
        if lines and self.table.row() is None:
            self.table.select(lambda _row: True)
        if self._above is not None and all(line.line_id != self._above.line_id for line in lines):
            self._go_above(None)
        for each in (self.above_button, self.remove_button):
            each.setEnabled(bool(lines))
        if lines and not statement.left:
            self.status.say(
                GOOD, _("The lines reach the balance at the end. You can close this window.")
            )
        else:
            self.status.clear()
            self.status.add(
                Severity.NOTE,
                _("Typed so far, the lines lead to {reached}. The statement ends at {end}.").format(
                    reached=lines[-1].balance if lines else statement.opening,
                    end=statement.closing,
                ),
                word=_("Not whole yet"),
                speak=False,
            )
