"""Money: what the bank says, what each payment was for, what is owed, and the papers."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dpemployer.errors import DpEmployerError
from dpemployer.findings import Severity
from dpemployer.i18n import N_, _
from dpemployer.services.money_rows import (
    Account,
    AgreedSpending,
    Commitment,
    EntryRow,
    Funder,
    Invoice,
    LedgerEntry,
    Paper,
    PaperLink,
    ReportedPayslip,
    Reserve,
    ReturnAmendment,
    SignedReturn,
    SpendingAsked,
    Split,
    Statement,
    StatementLine,
    StatementRow,
)
from ui import files
from ui.actions import Command
from ui.dialogs.cash_entry import EntryDialog, TransferDialog
from ui.dialogs.paper import PaperDialog, Proof
from ui.dialogs.payment import PaymentDialog, proof_of
from ui.dialogs.statement_file import StatementFileDialog
from ui.dialogs.typed_statement import StartStatementDialog, TypeLinesDialog
from ui.format import long_date
from ui.models.money import ACCOUNT_COLUMNS
from ui.pages.money_bank import BankLines, StatementsKept, ToExplain
from ui.pages.money_book import CashBook, Entries, Waiting
from ui.pages.money_owed import Bills, SetAside
from ui.pages.money_papers import Missing, Papers
from ui.pages.money_part import ALWAYS, RECENT, MoneyPart, Shown, shown_now, stretches
from ui.pages.money_reported import Reported
from ui.pages.money_spending import Spending
from ui.pages.page import Page
from ui.widgets.buttons import button
from ui.widgets.entries import ChoiceEntry
from ui.widgets.sections import Sections
from ui.widgets.tab_order import thread
from ui.widgets.table import Table
from ui.widgets.words import Card

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtGui import QDragEnterEvent, QDropEvent
    from PySide6.QtWidgets import QDialog, QWidget

    from dpemployer.services.money_rows import AccountRow
    from ui.actions import Commands
    from ui.desk import Desk
    from ui.files import ChosenFile

_PAGE = N_("This page")
_STATEMENTS = {".csv", ".ofx", ".qif", ".tsv"}
"""Endings of files that are a bank's statement; anything else that is dropped is a paper."""


class MoneyPage(Page):
    """The account: bring the bank's lines in, say what each was for, keep the papers."""

    ID = "money"
    NAME = N_("Money")
    ICON = "bank"
    SHOWS = frozenset(
        {
            Account,
            AgreedSpending,
            Commitment,
            Funder,
            Invoice,
            LedgerEntry,
            Paper,
            PaperLink,
            ReportedPayslip,
            Reserve,
            ReturnAmendment,
            SignedReturn,
            SpendingAsked,
            Split,
            Statement,
            StatementLine,
        }
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Money"))
        self._shown: Shown | None = None
        self.setAcceptDrops(True)
        self.accounts: Table[AccountRow] = Table(
            _("Accounts"), ACCOUNT_COLUMNS, empty=_("There is no account yet. Add one in Settings.")
        )
        self.stretch: ChoiceEntry[int] = ChoiceEntry(_("How far back?"), stretches(), as_list=True)
        self.stretch.set_value(RECENT)
        self.to_explain = ToExplain(self)
        self.lines = BankLines(self)
        self.entries = CashBook(self)
        self.waiting = Waiting(self)
        self.bills = Bills(self)
        self.reserves = SetAside(self)
        self.missing = Missing(self)
        self.reported = Reported(self)
        self.papers = Papers(self)
        self.statements = StatementsKept(self)
        self.spending = Spending(self)
        self.parts: tuple[MoneyPart, ...] = (
            self.to_explain,
            self.missing,
            self.lines,
            self.entries,
            self.waiting,
            self.bills,
            self.reserves,
            self.reported,
            self.papers,
            self.statements,
            self.spending,
        )
        self.sections = Sections(_("Money"))
        for part in self.parts:
            self.sections.add(_(part.NAME), part)
        self._declare(self.commands)
        for part in self.parts:
            part.declare(self.commands)
        card = Card()
        card.box.addWidget(self.accounts)
        card.box.addWidget(
            self.commands.buttons("money.file", "money.paper", "money.cash", "money.move")
        )
        self.box.addWidget(card)
        self.box.addWidget(self.sections)
        self.box.addWidget(self.stretch)
        self.sections.turned.connect(self._turned)
        self._turned()
        self.stretch.edited.connect(self.refresh)

    # ── what its parts ask of it ──

    @property
    def shown(self) -> Shown | None:
        """What is on the page; None until it is known."""
        return self._shown

    def run(self, dialog: QDialog) -> int:
        """Show a dialog over the page until it is done."""
        done = dialog.exec()
        dialog.deleteLater()
        return done

    def in_front(self, part: QWidget) -> bool:
        """Whether a part is the one shown."""
        return self.sections.current is part

    # ── what the window asks of it ──

    def first_field(self) -> QWidget:
        """Return the part in front, or the accounts while it is empty."""
        table = self._part.table
        return table.view if table.model.rows else self.accounts.view

    def refresh(self) -> None:
        """Ask for everything shown."""
        ledger, months = self.desk.office.ledger, self.stretch.value() or 0
        self.desk.operations.ask(lambda: shown_now(ledger, months), self._show, owner=self)

    def show_what(self, what: Any) -> None:
        """Show one part of the page by its name, such as `to_explain`, `bills` or `missing`.

        With a day beside the name, the part goes at least that far back.
        """
        name, since = what if isinstance(what, tuple) else (what, None)
        part = getattr(self, str(name), None)
        if isinstance(part, MoneyPart):
            self.sections.turn_to(part)
            part.come_back()
        if since is not None and (self._shown is None or since < self._shown.first):
            self.stretch.set_value(ALWAYS)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Keep files that are dropped here, one after the other."""
        urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.take_files(Path(url.toLocalFile()) for url in urls)

    def take_files(self, paths: Iterable[Path]) -> None:
        """Keep files as statements or papers, asking about each."""
        for path in paths:
            try:
                chosen = files.read(path)
            except DpEmployerError as error:
                self.notices.show_error(error)
                continue
            if path.suffix.lower() in _STATEMENTS:
                self.add_file(chosen)
            else:
                self._keep_dropped(chosen)

    # ── putting it together ──

    def _declare(self, commands: Commands) -> None:
        commands.add(
            Command(
                "money.file",
                _("Add a statement from a file"),
                self.add_file,
                _PAGE,
                "Ctrl+I",
                _("A CSV, OFX or QIF file from your bank’s website"),
                available=self._has_bank,
                kind="main",
            ),
            Command(
                "money.paper",
                _("Type a statement from paper"),
                self.type_statement,
                _PAGE,
                "Ctrl+T",
                available=self._has_bank,
            ),
            Command(
                "money.cash",
                _("Record cash or a cheque"),
                self.add_entry,
                _PAGE,
                "Ctrl+N",
                available=lambda: self._shown is not None and bool(self._shown.accounts),
            ),
            Command(
                "money.move",
                _("Move money between accounts"),
                self.transfer,
                _PAGE,
                available=lambda: self._shown is not None and len(self._shown.accounts) > 1,
            ),
            Command(
                "money.show",
                _("Show this payment"),
                self.show_payment,
                _PAGE,
                "",
                _("Everything about it, and its papers"),
                available=lambda: self._part.entry_id() is not None,
            ),
            Command(
                "money.attach",
                _("Add the paper for it"),
                self.attach,
                _PAGE,
                "Ctrl+P",
                available=lambda: self._part.entry_id() is not None,
            ),
            Command(
                "money.change",
                _("Put this entry right"),
                lambda: self._entries(Entries.change),
                _PAGE,
                available=self._may_change,
            ),
            Command(
                "money.void",
                _("Void this entry"),
                lambda: self._entries(Entries.void),
                _PAGE,
                "",
                _("For one that never happened; it stays to be seen"),
                available=self._may_change,
            ),
            Command("money.next", _("Next part"), lambda: self._turn(+1), _PAGE, "Ctrl+PgDown"),
            Command("money.previous", _("Part before"), lambda: self._turn(-1), _PAGE, "Ctrl+PgUp"),
        )

    @property
    def _part(self) -> MoneyPart:
        part = self.sections.current
        if not isinstance(part, MoneyPart):
            raise TypeError(part)
        return part

    def _show(self, shown: Shown) -> None:
        self._shown = shown
        self.accounts.show_rows(shown.accounts, same=lambda row: row.account_id)
        for part in self.parts:
            part.show_all(shown)
            name, count = _(part.NAME), part.count()
            self.sections.rename(part, f"{name} ({count})" if count else name)
        self._unfinished([row for row in shown.statements if row.typed and row.left])
        thread(self)
        self.commands.refresh()

    def _unfinished(self, statements: Sequence[StatementRow]) -> None:
        """Offer to go on with a paper statement that was left in the middle."""
        self.notices.clear()
        for statement in statements:
            notice = self.notices.add(
                Severity.NOTE,
                _(
                    "The statement typed up to {day} is not whole: its lines and its last balance "
                    "are {left} apart."
                ).format(day=long_date(statement.last_day), left=abs(statement.left)),
                speak=False,
            )
            notice.add_button(button(_("Go on typing it"), partial(self._type_lines, statement)))

    # ── what can be done ──

    def add_file(self, chosen: ChosenFile | None = None) -> None:
        """Add a statement from a bank's file: the one dropped, or one still to be chosen."""
        if self._shown is not None:
            dialog = StatementFileDialog(
                self.desk, self._shown.banks, self._shown.layouts, self.window()
            )
            if chosen is not None:
                dialog.take(chosen)
            self.run(dialog)

    def type_statement(self) -> None:
        """Type a statement from paper."""
        if self._shown is None:
            return
        dialog = StartStatementDialog(self.desk, self._shown.banks, parent=self.window())
        if self.run(dialog):
            ledger, wanted = self.desk.office.ledger, dialog.statement_id
            self.desk.operations.ask(
                lambda: next(row for row in ledger.statements() if row.statement_id == wanted),
                self._type_lines,
                owner=self,
            )

    def add_entry(self) -> None:
        """Record cash, or a cheque."""
        if (shown := self._shown) is not None:
            self.run(
                EntryDialog(
                    self.desk,
                    shown.accounts,
                    shown.categories,
                    shown.funders,
                    shown.bills,
                    parent=self.window(),
                )
            )

    def transfer(self) -> None:
        """Move money between accounts."""
        if self._shown is not None:
            self.run(TransferDialog(self.desk, self._shown.accounts, self.window()))

    def show_payment(self) -> None:
        """Show everything about the payment the person is on."""
        self._ask_entry(self._show_payment)

    def attach(self) -> None:
        """Add the paper that proves the payment the person is on."""
        self._ask_entry(self._attach_to)

    # ── parts of the above ──

    def _may_change(self) -> bool:
        part = self._part
        return isinstance(part, Entries) and part.may_change()

    def _entries(self, does: Callable[[Entries], None]) -> None:
        if isinstance(self._part, Entries):
            does(self._part)

    def _ask_entry(self, then: Any) -> None:
        entry_id, ledger = self._part.entry_id(), self.desk.office.ledger
        if entry_id is not None:
            self.desk.operations.ask(lambda: ledger.entry(entry_id), then, owner=self)

    def _show_payment(self, entry: EntryRow) -> None:
        if (shown := self._shown) is not None:
            self.run(PaymentDialog(self.desk, entry, shown.kinds, shown.papers, self.window()))
            self._part.come_back()

    def _attach_to(self, entry: EntryRow) -> None:
        if (shown := self._shown) is not None:
            self.run(
                PaperDialog(self.desk, shown.kinds, shown.papers, proof_of(entry), self.window())
            )
            self._part.come_back()

    def _keep_dropped(self, chosen: ChosenFile) -> None:
        """Keep a file that was dropped: on the missing papers, for the payment pointed at."""
        if (shown := self._shown) is None:
            return
        entry_id = self.missing.entry_id() if self.in_front(self.missing) else None
        row = next((each for each in shown.missing if each.entry_id == entry_id), None)
        proof = Proof()
        if row is not None:
            proof = Proof(
                _("It proves {amount}, {payee}, of {day}.").format(
                    amount=row.amount, payee=row.payee, day=long_date(row.day)
                ),
                entry_id=row.entry_id,
                kind=row.needs,
                day=row.day,
                amount=row.amount,
            )
        dialog = PaperDialog(self.desk, shown.kinds, shown.papers, proof, self.window())
        dialog.take(chosen)
        self.run(dialog)

    def _type_lines(self, statement: StatementRow) -> None:
        self.run(TypeLinesDialog(self.desk, statement, self.window()))

    def _turned(self) -> None:
        """Offer to look further back where a part shows only the newest."""
        self.stretch.setVisible(self._part in {self.missing, self.lines, self.entries})
        self.commands.refresh()

    def _turn(self, step: int) -> None:
        self.sections.turn(step)
        self._part.come_back()
        self.sections.chosen.setFocus()

    def _has_bank(self) -> bool:
        return self._shown is not None and bool(self._shown.banks)
