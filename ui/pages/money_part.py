"""What the money page shows, asked for in one go, and what every part of the page has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpemployer import clock
from dpemployer.i18n import _
from dpemployer.periods import plus_months
from dpemployer.services.money_rows import (
    AccountRow,
    CategoryRow,
    CommitmentRow,
    EntryRow,
    EvidenceMissingRow,
    Funder,
    Invoice,
    LayoutRow,
    LineRow,
    PaperRow,
    ReportedPayslip,
    Reserve,
    StatementRow,
)
from ui import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QDialog

    from dpemployer.services.ledger import Ledger
    from ui.actions import Commands
    from ui.desk import Desk
    from ui.widgets.buttons import ButtonRow
    from ui.widgets.sections import Sections
    from ui.widgets.table import Table

RECENT, YEAR, ALWAYS = 3, 12, 0
"""How many months of the bank's lines and the cash book are shown; 0 is every one."""


def stretches() -> tuple[tuple[int, str], ...]:
    """What stretch of time can be shown."""
    return (
        (RECENT, _("The last three months")),
        (YEAR, _("The last twelve months")),
        (ALWAYS, _("Everything since the book began")),
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything on the page."""

    first: date
    last: date
    accounts: tuple[AccountRow, ...]
    to_code: tuple[LineRow, ...]
    lines: tuple[LineRow, ...]
    entries: tuple[EntryRow, ...]
    waiting: tuple[EntryRow, ...]
    bills: tuple[CommitmentRow, ...]
    reserves: tuple[Reserve, ...]
    missing: tuple[EvidenceMissingRow, ...]
    papers: tuple[PaperRow, ...]
    statements: tuple[StatementRow, ...]
    layouts: tuple[LayoutRow, ...]
    categories: tuple[CategoryRow, ...]
    funders: tuple[Funder, ...]
    kinds: tuple[tuple[str, str], ...]
    invoices: tuple[Invoice, ...]
    bureau: tuple[ReportedPayslip, ...]

    @property
    def banks(self) -> tuple[AccountRow, ...]:
        """The accounts that have statements: all but the cash tin."""
        return tuple(row for row in self.accounts if row.kind != "cash")


def shown_now(ledger: Ledger, months: int) -> Shown:
    """Ask for everything on the page: of the bank and the cash book, the newest months."""
    accounts = ledger.accounts()
    began = min((row.opened_on for row in accounts), default=clock.today())
    newest = max((row.statement_to for row in accounts if row.statement_to), default=clock.today())
    last = max(newest, clock.today())
    first = began
    if months:
        first = max(began, plus_months(newest.replace(day=1), -months))
    return Shown(
        first=first,
        last=last,
        accounts=accounts,
        to_code=ledger.lines(to_code_only=True),
        lines=ledger.lines(first=first),
        entries=ledger.entries(first, with_void=True),
        waiting=ledger.waiting(),
        bills=ledger.commitments(last),
        reserves=ledger.reserves(),
        missing=ledger.evidence_missing(first, last),
        papers=ledger.papers(),
        statements=ledger.statements(),
        layouts=ledger.layouts(),
        categories=ledger.categories(),
        funders=ledger.funders(),
        kinds=ledger.evidence_kinds(),
        invoices=ledger.invoices(),
        bureau=ledger.reported_payslips(),
    )


class Host(Protocol):
    """What a part needs of the page it is on."""

    desk: Desk
    commands: Commands
    sections: Sections

    @property
    def shown(self) -> Shown | None:
        """What is on the page; None until it is known."""

    def run(self, dialog: QDialog) -> int:
        """Show a dialog over the page until it is done."""

    def in_front(self, part: QWidget) -> bool:
        """Whether a part is the one shown."""


class MoneyPart(QWidget):
    """One part of the page: its buttons, then its table."""

    NAME: ClassVar[str] = ""
    """Marked with `N_`."""

    def __init__(self, host: Host) -> None:
        super().__init__()
        self.host = host
        self.desk = host.desk
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(theme.gap(2))

    @property
    def table(self) -> Table[Any]:
        """Where the keyboard goes in this part."""
        raise NotImplementedError

    def declare(self, commands: Commands) -> None:
        """Say what can be done here."""

    def show_all(self, shown: Shown) -> None:
        """Show what the office said."""
        raise NotImplementedError

    def count(self) -> int:
        """How many things are to be done here; it stands beside the name."""
        return 0

    def entry_id(self) -> int | None:
        """Return the payment the person is on, if there is one."""
        return None

    def come_back(self) -> None:
        """Put the keyboard here again: on the rows, or while there are none on the part's name."""
        if self.table.model.rows:
            self.table.setFocus()
        else:
            self.host.sections.chosen.setFocus()

    def put(self, *widgets: QWidget | ButtonRow) -> None:
        """Place widgets under each other."""
        for widget in widgets:
            self.box.addWidget(widget)

    def on(self, wanted: Callable[[Any], bool] = lambda _row: True) -> Callable[[], bool]:
        """Return whether this part is in front and the person is on a row that is *wanted*."""

        def now() -> bool:
            row = self.table.row()
            return self.host.in_front(self) and row is not None and wanted(row)

        return now

    def here(self) -> bool:
        """Whether this part is in front and the page is filled."""
        return self.host.in_front(self) and self.host.shown is not None

    def watch(self, table: Table[Any]) -> Table[Any]:
        """Ask again what can be done whenever the person moves in *table*; return it."""
        table.pointed.connect(lambda _row: self.host.commands.refresh())
        return table
