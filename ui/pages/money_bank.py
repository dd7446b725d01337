"""Money, the bank's side: lines to explain, every line, and the statements they came on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.i18n import N_, _, ngettext
from ui.actions import Command
from ui.dialogs.code_line import CodeLineDialog, LineChoices, choices_for
from ui.dialogs.question import Question
from ui.dialogs.typed_statement import TypeLinesDialog
from ui.format import long_date, show_days
from ui.models.money import LINE_COLUMNS, STATEMENT_COLUMNS
from ui.pages.money_part import Host, MoneyPart, Shown
from ui.widgets.table import Table

if TYPE_CHECKING:
    from dpemployer.services.money_rows import LineRow, StatementRow
    from ui.actions import Commands

_PAGE = N_("This page")


class ToExplain(MoneyPart):
    """Lines of the bank's that nobody has said anything about yet."""

    NAME = N_("To explain")

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._table: Table[LineRow] = Table(
            _("Lines to explain"),
            LINE_COLUMNS,
            empty=_("Every line of the bank’s has been explained."),
            stretch=4,
        )
        self.watch(self._table).opened.connect(lambda _line: self.code())

    @property
    def table(self) -> Table[LineRow]:
        return self._table

    def count(self) -> int:
        return len(self._table.model.rows)

    def declare(self, commands: Commands) -> None:
        commands.add(
            Command(
                "money.code",
                _("Say what it was for"),
                self.code,
                _PAGE,
                "Ctrl+Return",
                available=self.on(),
                kind="main",
            ),
            Command(
                "money.settle",
                _("Accept everything that is certain"),
                self.settle,
                _PAGE,
                "Ctrl+Shift+A",
                _("Joins every line to what it certainly pays for"),
                available=self._anything_certain,
            ),
        )
        self.put(commands.buttons("money.code", "money.settle"), self._table)

    def show_all(self, shown: Shown) -> None:
        """Show the lines; the person stays where they were, even when that line has gone."""
        place = self._table.view.currentIndex().row()
        self._table.show_rows(shown.to_code, same=lambda row: row.line_id)
        if shown.to_code and self._table.row() is None:
            following = shown.to_code[min(max(0, place), len(shown.to_code) - 1)]
            self._table.select(lambda row: row is following)

    def code(self) -> None:
        """Say what the line the person is on was for."""
        line, ledger = self._table.row(), self.desk.office.ledger
        if line is not None:
            self.desk.operations.ask(lambda: choices_for(ledger, line), self._code_with, owner=self)

    def settle(self) -> None:
        """Accept every proposal that is certain."""
        self.desk.operations.change(
            self.desk.office.ledger.settle,
            lambda count: self.desk.say(
                ngettext("{n} line was explained.", "{n} lines were explained.", count).format(
                    n=count
                )
            ),
            owner=self,
        )

    def _code_with(self, choices: LineChoices) -> None:
        self.host.run(CodeLineDialog(self.desk, choices, self.window()))
        self.come_back()

    def _anything_certain(self) -> bool:
        return self.here() and any(
            line.proposal is not None and line.proposal.certain for line in self._table.model.rows
        )


class BankLines(MoneyPart):
    """Every line of the bank's, and what became of it."""

    NAME = N_("Bank lines")

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._table: Table[LineRow] = Table(
            _("The bank’s lines"),
            LINE_COLUMNS,
            empty=_("No statement is in the book yet. Add one from a file, or type it from paper."),
            stretch=4,
        )
        self.watch(self._table)

    @property
    def table(self) -> Table[LineRow]:
        return self._table

    def declare(self, commands: Commands) -> None:
        commands.add(
            Command(
                "money.undo",
                _("Take the explanation back"),
                self.undo,
                _PAGE,
                "",
                _("The line is to be explained again"),
                available=self.on(lambda row: row.entry_id is not None),
            )
        )
        self.put(commands.buttons("money.show", "money.attach", "money.undo"), self._table)
        self._table.opened.connect(lambda _row: commands.action("money.show").trigger())

    def show_all(self, shown: Shown) -> None:
        self._table.show_rows(shown.lines, same=lambda row: row.line_id)

    def entry_id(self) -> int | None:
        row = self._table.row()
        return None if row is None else row.entry_id

    def undo(self) -> None:
        """Take back what was said of a line."""
        row, ledger = self._table.row(), self.desk.office.ledger
        if row is not None:
            line_id = row.line_id
            self.desk.operations.change(
                lambda: ledger.undo(line_id),
                lambda _none: self.desk.say(_("The line is to be explained again.")),
                owner=self,
            )


class StatementsKept(MoneyPart):
    """The statements that are in the book."""

    NAME = N_("Statements")

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._table: Table[StatementRow] = Table(
            _("Statements in the book"),
            STATEMENT_COLUMNS,
            empty=_("No statement is in the book yet. Add one from a file, or type it from paper."),
            stretch=0,
        )
        self.watch(self._table).opened.connect(lambda _row: self.go_on())

    @property
    def table(self) -> Table[StatementRow]:
        return self._table

    def declare(self, commands: Commands) -> None:
        commands.add(
            Command(
                "money.go_on",
                _("Go on typing it"),
                self.go_on,
                _PAGE,
                available=self.on(lambda row: row.typed),
            ),
            Command(
                "money.remove",
                _("Take this statement out"),
                self.remove,
                _PAGE,
                "",
                _("For one that was added by mistake"),
                available=self.on(),
            ),
        )
        self.put(commands.buttons("money.go_on", "money.remove"), self._table)

    def show_all(self, shown: Shown) -> None:
        newest_first = tuple(reversed(shown.statements))
        self._table.show_rows(newest_first, same=lambda row: row.statement_id)

    def go_on(self) -> None:
        """Type the rest of a statement from paper, or look at what is typed."""
        row = self._table.row()
        if row is not None and row.typed:
            self.host.run(TypeLinesDialog(self.desk, row, self.window()))
            self.come_back()

    def remove(self) -> None:
        """Take out a statement that was added by mistake."""
        row, ledger = self._table.row(), self.desk.office.ledger
        if row is None:
            return
        question = Question(
            _("Take this statement out"),
            _("Take out the statement of {days}?").format(
                days=show_days(row.first_day, row.last_day)
            ),
            (
                ngettext(
                    "Its {n} line goes with it.", "Its {n} lines go with it.", row.lines
                ).format(n=row.lines),
                _("The file or the paper it came from can be added again afterwards."),
            ),
            _("Take it out"),
            self.window(),
        )
        if self.host.run(question):
            statement_id, day = row.statement_id, row.last_day
            self.desk.operations.change(
                lambda: ledger.remove_statement(statement_id),
                lambda _none: self.desk.say(
                    _("The statement to {day} is out of the book.").format(day=long_date(day))
                ),
                owner=self,
            )
