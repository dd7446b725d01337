"""Money: what the bank says, what each payment was for, what is owed, and the papers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from dpemployer.clock import today
from dpemployer.findings import Severity
from dpemployer.i18n import N_, _, ngettext
from dpemployer.services.money_rows import (
    Account,
    AccountRow,
    CategoryRow,
    Commitment,
    CommitmentRow,
    EntryRow,
    EvidenceMissingRow,
    Funder,
    LayoutRow,
    LedgerEntry,
    LineRow,
    Paper,
    PaperLink,
    PaperRow,
    Split,
    Statement,
    StatementLine,
    StatementRow,
)
from ui import files
from ui.actions import Command
from ui.dialogs.cash_entry import EntryDialog, TransferDialog
from ui.dialogs.code_line import CodeLineDialog, LineChoices, choices_for
from ui.dialogs.paper import PaperDialog, Proof
from ui.dialogs.question import Question
from ui.dialogs.statement_file import StatementFileDialog
from ui.dialogs.typed_statement import StartStatementDialog, TypeLinesDialog
from ui.format import long_date
from ui.models.money import (
    ACCOUNT_COLUMNS,
    BILL_COLUMNS,
    ENTRY_COLUMNS,
    LINE_COLUMNS,
    MISSING_COLUMNS,
    PAPER_COLUMNS,
)
from ui.pages.page import Page
from ui.widgets.entries import TextEntry
from ui.widgets.table import Table
from ui.widgets.words import Card

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QDialog

    from dpemployer.services.ledger import Ledger
    from ui.actions import Commands
    from ui.desk import Desk

_PAGE = N_("This page")


@dataclass(frozen=True, slots=True)
class _Shown:
    """Everything on the page, asked for in one go."""

    accounts: tuple[AccountRow, ...]
    lines: tuple[LineRow, ...]
    entries: tuple[EntryRow, ...]
    waiting: tuple[EntryRow, ...]
    bills: tuple[CommitmentRow, ...]
    missing: tuple[EvidenceMissingRow, ...]
    papers: tuple[PaperRow, ...]
    unfinished: tuple[StatementRow, ...]
    layouts: tuple[LayoutRow, ...]
    categories: tuple[CategoryRow, ...]
    funders: tuple[Funder, ...]
    kinds: tuple[tuple[str, str], ...]


def _everything(ledger: Ledger) -> _Shown:
    day = today()
    accounts = ledger.accounts()
    first = min((row.opened_on for row in accounts), default=day)
    return _Shown(
        accounts=accounts,
        lines=ledger.lines(),
        entries=ledger.entries(with_void=True),
        waiting=ledger.waiting(),
        bills=ledger.commitments(day),
        missing=ledger.evidence_missing(first, day),
        papers=ledger.papers(),
        unfinished=tuple(row for row in ledger.statements() if row.typed and row.left),
        layouts=ledger.layouts(),
        categories=ledger.categories(),
        funders=ledger.funders(),
        kinds=ledger.evidence_kinds(),
    )


class MoneyPage(Page):
    """The account: bring the bank's lines in, say what each was for, keep the papers."""

    ID = "money"
    NAME = N_("Money")
    ICON = "bank"
    SHOWS = frozenset(
        {Account, Commitment, LedgerEntry, Paper, PaperLink, Split, Statement, StatementLine}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Money"))
        self._shown: _Shown | None = None
        self._tables()
        self._declare(self.commands)
        card = Card()
        card.box.addWidget(self.accounts)
        card.box.addWidget(
            self.commands.buttons("money.file", "money.paper", "money.cash", "money.move")
        )
        self.box.addWidget(card)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(_("Parts of the account"))
        self._tab(self.to_code, "money.code", "money.settle")
        self._tab(self.lines, "money.undo", "money.attach")
        self._tab(self.entries, "money.change", "money.void", "money.attach")
        self._tab(self.waiting, "money.change", "money.void")
        self._tab(self.bills)
        self._tab(self.missing, "money.attach")
        self._tab(self.papers, "money.keep", "money.look")
        self.tabs.currentChanged.connect(lambda _place: self.commands.refresh())
        self.box.addWidget(self.tabs)

    def first_field(self) -> QWidget:
        """Return the lines still to be coded, or the accounts while there are none."""
        return self.to_code if self.to_code.model.rows else self.accounts

    def refresh(self) -> None:
        """Ask for everything shown."""
        ledger = self.desk.office.ledger
        self.desk.operations.ask(lambda: _everything(ledger), self._show, owner=self)

    def show_what(self, what: Any) -> None:
        """Show one part of the page: `to_code`, `bills`, `missing`, `papers`."""
        table = getattr(self, str(what), None)
        if isinstance(table, Table):
            self.tabs.setCurrentIndex(self._tables_in_order.index(table))

    # ── putting it together ──

    def _tables(self) -> None:
        self.accounts: Table[AccountRow] = Table(
            _("Accounts"),
            ACCOUNT_COLUMNS,
            empty=_("There is no account yet. Add one in Settings."),
        )
        self.to_code: Table[LineRow] = Table(
            _("Lines to code"),
            LINE_COLUMNS,
            empty=_("Every line of the bank's has been coded."),
            stretch=4,
        )
        self.lines: Table[LineRow] = Table(
            _("All the bank's lines"),
            LINE_COLUMNS,
            empty=_("No statement has been added yet. Add one from a file, or type it from paper."),
            stretch=4,
        )
        self.entries: Table[EntryRow] = Table(
            _("Cash book"), ENTRY_COLUMNS, empty=_("Nothing is in the cash book yet."), stretch=4
        )
        self.waiting: Table[EntryRow] = Table(
            _("Not on a statement yet"),
            ENTRY_COLUMNS,
            empty=_("Nothing is waiting to be seen on a statement."),
            stretch=4,
        )
        self.bills: Table[CommitmentRow] = Table(
            _("Bills on the way"), BILL_COLUMNS, empty=_("Nothing is owed."), stretch=4
        )
        self.missing: Table[EvidenceMissingRow] = Table(
            _("Papers missing"), MISSING_COLUMNS, empty=_("No paper is missing."), stretch=3
        )
        self.papers: Table[PaperRow] = Table(
            _("Papers"), PAPER_COLUMNS, empty=_("No paper is kept yet."), stretch=1
        )
        self._tables_in_order: tuple[Table[Any], ...] = (
            self.to_code,
            self.lines,
            self.entries,
            self.waiting,
            self.bills,
            self.missing,
            self.papers,
        )
        self.to_code.opened.connect(lambda _line: self.code())
        self.missing.opened.connect(lambda _row: self.attach())
        self.papers.opened.connect(lambda _row: self.look())
        for table in self._tables_in_order:
            table.pointed.connect(lambda _row: self.commands.refresh())

    def _declare(self, commands: Commands) -> None:
        commands.add(
            Command(
                "money.file",
                _("Add a statement from a file"),
                self.add_file,
                _PAGE,
                "Ctrl+I",
                available=self._has_account,
                kind="main",
            ),
            Command(
                "money.paper",
                _("Type a statement from paper"),
                self.type_statement,
                _PAGE,
                "Ctrl+T",
                available=self._has_account,
            ),
            Command(
                "money.cash",
                _("Record cash or a cheque"),
                self.add_entry,
                _PAGE,
                "Ctrl+N",
                available=self._has_account,
            ),
            Command(
                "money.move",
                _("Move money between accounts"),
                self.transfer,
                _PAGE,
                available=lambda: self._shown is not None and len(self._shown.accounts) > 1,
            ),
            Command(
                "money.code",
                _("Say what it was for"),
                self.code,
                _PAGE,
                "Ctrl+Return",
                available=lambda: self.to_code.row() is not None,
                kind="main",
            ),
            Command(
                "money.settle",
                _("Accept everything that is certain"),
                self.settle,
                _PAGE,
                "Ctrl+Shift+A",
                available=self._anything_certain,
            ),
            Command(
                "money.undo",
                _("Take back what was said"),
                self.undo,
                _PAGE,
                available=lambda: (
                    (row := self.lines.row()) is not None and row.entry_id is not None
                ),
            ),
            Command(
                "money.change",
                _("Put this entry right"),
                self.change_entry,
                _PAGE,
                available=lambda: (row := self._entry()) is not None and not row.signed,
            ),
            Command(
                "money.void",
                _("Void this entry"),
                self.void,
                _PAGE,
                available=lambda: (
                    (row := self._entry()) is not None and not row.signed and not row.void
                ),
            ),
            Command(
                "money.attach",
                _("Add the paper for it"),
                self.attach,
                _PAGE,
                "Ctrl+P",
                available=lambda: self._to_prove() is not None,
            ),
            Command("money.keep", _("Keep a paper"), self.keep, _PAGE, "Ctrl+Shift+P"),
            Command(
                "money.look",
                _("Save a copy of this paper"),
                self.look,
                _PAGE,
                available=lambda: (row := self.papers.row()) is not None and row.size > 0,
            ),
        )

    def _tab(self, table: Table[Any], *names: str) -> None:
        holder = QWidget()
        box = QVBoxLayout(holder)
        if names:
            box.addWidget(self.commands.buttons(*names))
        box.addWidget(table)
        box.addStretch(1)
        self.tabs.addTab(holder, table.view.accessibleName())

    def _show(self, shown: _Shown) -> None:
        self._shown = shown
        self.accounts.show_rows(shown.accounts, same=lambda row: row.account_id)
        to_code = tuple(line for line in shown.lines if line.entry_id is None)
        self.to_code.show_rows(to_code, same=lambda row: row.line_id)
        self.lines.show_rows(shown.lines, same=lambda row: row.line_id)
        self.entries.show_rows(shown.entries, same=lambda row: row.entry_id)
        self.waiting.show_rows(shown.waiting, same=lambda row: row.entry_id)
        self.bills.show_rows(shown.bills, same=lambda row: row.commitment_id)
        self.missing.show_rows(shown.missing, same=lambda row: row.entry_id)
        self.papers.show_rows(shown.papers, same=lambda row: row.paper_id)
        counts = {self.to_code: len(to_code), self.missing: len(shown.missing)}
        for place, table in enumerate(self._tables_in_order):
            name, count = table.view.accessibleName(), counts.get(table, 0)
            self.tabs.setTabText(place, f"{name} ({count})" if count else name)
        if to_code and self.to_code.row() is None:
            self.to_code.select(lambda _row: True)
        self._unfinished(shown.unfinished)
        self.commands.refresh()

    def _unfinished(self, statements: Sequence[StatementRow]) -> None:
        """Offer to go on with a paper statement that was left in the middle."""
        self.notices.clear()
        for statement in statements:
            notice = self.notices.add(
                Severity.NOTE,
                _("The statement typed to {day} still lacks {left}.").format(
                    day=long_date(statement.last_day), left=statement.left
                ),
                speak=False,
            )
            go_on = self.commands.button("money.paper")
            go_on.setText(_("Go on typing it"))
            go_on.clicked.disconnect()
            go_on.clicked.connect(lambda _on, each=statement: self._type_lines(each))
            notice.add_button(go_on)

    # ── what can be done ──

    def add_file(self) -> None:
        """Add a statement from a bank's file."""
        if self._shown is not None:
            self._run(StatementFileDialog(self.desk, self._banks(), self._shown.layouts, self))

    def type_statement(self) -> None:
        """Type a statement from paper."""
        dialog = StartStatementDialog(self.desk, self._banks(), self)
        if self._run(dialog):
            ledger, wanted = self.desk.office.ledger, dialog.statement_id
            self.desk.operations.ask(
                lambda: next(row for row in ledger.statements() if row.statement_id == wanted),
                self._type_lines,
                owner=self,
            )

    def add_entry(self) -> None:
        """Record cash, or a cheque."""
        if (shown := self._shown) is not None:
            self._run(
                EntryDialog(self.desk, shown.accounts, shown.categories, shown.funders, parent=self)
            )

    def transfer(self) -> None:
        """Move money between accounts."""
        if self._shown is not None:
            self._run(TransferDialog(self.desk, self._shown.accounts, self))

    def code(self) -> None:
        """Say what the line the person is on was for."""
        line, ledger = self.to_code.row(), self.desk.office.ledger
        if line is not None:
            self.desk.operations.ask(lambda: choices_for(ledger, line), self._code_with, owner=self)

    def settle(self) -> None:
        """Accept every proposal that is certain."""
        self.desk.operations.change(
            self.desk.office.ledger.settle,
            lambda count: self.desk.say(
                ngettext("{n} line was coded.", "{n} lines were coded.", count).format(n=count)
            ),
            owner=self,
        )

    def undo(self) -> None:
        """Take back what was said of a line."""
        row, ledger = self.lines.row(), self.desk.office.ledger
        if row is not None:
            line_id = row.line_id
            self.desk.operations.change(
                lambda: ledger.undo(line_id),
                lambda _none: self.desk.say(_("The line is to be coded again.")),
                owner=self,
            )

    def change_entry(self) -> None:
        """Put an entry right."""
        row, shown = self._entry(), self._shown
        if row is not None and shown is not None:
            self._run(
                EntryDialog(
                    self.desk,
                    shown.accounts,
                    shown.categories,
                    shown.funders,
                    entry=row,
                    parent=self,
                )
            )

    def void(self) -> None:
        """Say that an entry was a mistake, and why."""
        row, ledger = self._entry(), self.desk.office.ledger
        if row is None:
            return
        question = Question(
            _("Void this entry"),
            _("Void {amount} {payee} of {day}?").format(
                amount=row.amount, payee=row.payee, day=long_date(row.day)
            ),
            (_("It no longer counts, and stays to be seen with your reason."),),
            _("Void it"),
            self,
        )
        reason = TextEntry(_("Why was it a mistake?"))
        question.inside.addWidget(reason)
        if question.exec() and reason.check() is None:
            entry_id, why = row.entry_id, reason.answer()
            self.desk.operations.change(lambda: ledger.void_entry(entry_id, why), owner=self)

    def attach(self) -> None:
        """Add the paper that proves a payment."""
        entry_id, ledger = self._to_prove(), self.desk.office.ledger
        if entry_id is not None:
            self.desk.operations.ask(lambda: ledger.entry(entry_id), self._attach_to, owner=self)

    def keep(self) -> None:
        """Keep a paper that proves nothing yet."""
        if self._shown is not None:
            self._run(PaperDialog(self.desk, self._shown.kinds, parent=self))

    def look(self) -> None:
        """Write a copy of a paper where the person can open it."""
        row, ledger = self.papers.row(), self.desk.office.ledger
        if row is None or not row.size:
            return
        place = files.choose_place(self, _("Save a copy"), row.file_name, _("All files (*)"))
        if place is not None:
            paper_id = row.paper_id
            self.desk.operations.ask(
                lambda: files.write(place, ledger.paper_content(paper_id)),
                lambda _none: self.desk.say(_("Saved as {name}.").format(name=place.name)),
                owner=self,
            )

    # ── parts of the above ──

    def _run(self, dialog: QDialog) -> int:
        done = dialog.exec()
        dialog.deleteLater()
        return done

    def _type_lines(self, statement: StatementRow) -> None:
        self._run(TypeLinesDialog(self.desk, statement, self))

    def _code_with(self, choices: LineChoices) -> None:
        if self._run(CodeLineDialog(self.desk, choices, self)):
            self.to_code.setFocus()

    def _attach_to(self, entry: EntryRow) -> None:
        if (shown := self._shown) is None:
            return
        self._run(
            PaperDialog(
                self.desk,
                shown.kinds,
                shown.papers,
                Proof(
                    _("It proves {amount} {payee} of {day}.").format(
                        amount=abs(entry.amount), payee=entry.payee, day=long_date(entry.day)
                    ),
                    entry_id=entry.entry_id,
                    kind=entry.needs,
                    day=entry.day,
                    amount=abs(entry.amount),
                ),
                self,
            )
        )

    def _banks(self) -> tuple[AccountRow, ...]:
        """Return the accounts that have statements: all but the cash tin."""
        rows = self._shown.accounts if self._shown is not None else ()
        return tuple(row for row in rows if row.kind != "cash")

    def _has_account(self) -> bool:
        return self._shown is not None and bool(self._shown.accounts)

    def _anything_certain(self) -> bool:
        return any(
            line.proposal is not None and line.proposal.certain for line in self.to_code.model.rows
        )

    def _entry(self) -> EntryRow | None:
        """Return the entry the person is on, in whichever table is in front."""
        table = self._in_front()
        return table.row() if table is self.entries or table is self.waiting else None

    def _to_prove(self) -> int | None:
        """Return the payment the person is on, in whichever table is in front."""
        table = self._in_front()
        row = table.row()
        if row is None or table not in {self.lines, self.entries, self.missing}:
            return None
        entry_id: int | None = row.entry_id
        return entry_id

    def _in_front(self) -> Table[Any]:
        return self._tables_in_order[max(0, self.tabs.currentIndex())]
