"""What a person can do with the direct-payment account: the bank, the cash tin and the bills.

A statement's lines are what the bank says; an entry is what the person says; the two are
joined line by line. A line without an entry is still to be coded. An entry without a line is
in the cash tin, or waiting to be seen on the statement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dpemployer.bookkeeping.accounts import Account
    from dpemployer.bookkeeping.awards import (
        Award,
        BalanceLimit,
        ContributionDue,
        ContributionPlan,
        ExpectedPayment,
        Funder,
        OpeningShare,
        Reserve,
        SplitRule,
    )
    from dpemployer.bookkeeping.commitments import Commitment
    from dpemployer.bookkeeping.ledger import LedgerEntry, Method
    from dpemployer.bookkeeping.reported import Invoice
    from dpemployer.money import Money
    from dpemployer.services.money_rows import (
        AccountRow,
        CategoryRow,
        CommitmentRow,
        EntryRow,
        EvidenceMissingRow,
        ExpectedRow,
        LayoutRow,
        LineRow,
        MoneyToDo,
        PaperRow,
        Part,
        Proposal,
        StatementImported,
        StatementPreview,
        StatementRow,
        TypedLine,
    )
    from dpemployer.store.book import Book


class Ledger:
    """Money in and out of one book."""

    def __init__(self, book: Book) -> None:
        self._book = book

    # ── accounts, categories, funders ────────────────────────────────────────────────

    def accounts(self) -> tuple[AccountRow, ...]:
        """List the accounts and the cash tin, each with what the bank and the book say."""
        raise NotImplementedError

    def add_account(self, account: Account) -> int:
        """Record an account, or the cash tin, with what was in it on its first day."""
        raise NotImplementedError

    def change_account(self, account: Account) -> None:
        """Put right an account's name, or its opening while nothing stands on it yet."""
        raise NotImplementedError

    def categories(self) -> tuple[CategoryRow, ...]:
        """List every kind of money in, money out and transfer."""
        raise NotImplementedError

    def funders(self) -> tuple[Funder, ...]:
        """List the funders; odd pennies go to the first."""
        raise NotImplementedError

    def set_funder(self, funder: Funder) -> int:
        """Record a funder (id 0), or put right one already here."""
        raise NotImplementedError

    def awards(self) -> tuple[Award, ...]:
        """List every rate of every funder, by funder and first day."""
        raise NotImplementedError

    def set_award(self, award: Award) -> int:
        """Record a rate (id 0), or put right one. A new rate ends the one before it."""
        raise NotImplementedError

    def expect_payment(self, payment: ExpectedPayment) -> int:
        """Record one payment a funder should make: a back payment, a payment held back."""
        raise NotImplementedError

    def set_contribution(self, plan: ContributionPlan) -> int:
        """Record what the person should pay in from a day; it ends the plan before it."""
        raise NotImplementedError

    def contributions(self) -> tuple[ContributionPlan, ...]:
        """List what the person should pay in, by first day."""
        raise NotImplementedError

    def contribution_due(self, due: ContributionDue) -> int:
        """Record one amount the person should pay in on one day."""
        raise NotImplementedError

    def expected(self, first: date, last: date) -> tuple[ExpectedRow, ...]:
        """List what funders should pay, and the person pay in, from first to last."""
        raise NotImplementedError

    def set_split_rules(self, rules: Sequence[SplitRule]) -> None:
        """Record how shared costs divide between funders; replaces the rules before."""
        raise NotImplementedError

    def set_balance_limits(self, limits: Sequence[BalanceLimit]) -> None:
        """Record how much of its part each funder lets stand; replaces the limits before."""
        raise NotImplementedError

    def set_opening_shares(self, shares: Sequence[OpeningShare]) -> None:
        """Record which part of the opening balance is whose; replaces what was there."""
        raise NotImplementedError

    def reserves(self) -> tuple[Reserve, ...]:
        """List the money set aside."""
        raise NotImplementedError

    def set_reserve(self, reserve: Reserve) -> int:
        """Record money set aside (id 0), or put it right."""
        raise NotImplementedError

    def remove_reserve(self, reserve_id: int) -> None:
        """Take out money set aside by mistake."""
        raise NotImplementedError

    # ── statements ───────────────────────────────────────────────────────────────────

    def layouts(self) -> tuple[LayoutRow, ...]:
        """List the statement layouts the program knows."""
        raise NotImplementedError

    def preview(
        self, account_id: int, file_name: str, content: bytes, *, layout: str = ""
    ) -> StatementPreview:
        """Read a bank's file and say what keeping it would do; nothing is kept.

        Args:
            account_id: The account it is a statement of.
            file_name: What the file is called, to be remembered with the statement.
            content: The file, as it is.
            layout: A layout's id, when the person has said which it is; empty: find out.

        Raises:
            EntryError: If it cannot be read whole, or could mean two things. It names the line.
        """
        raise NotImplementedError

    def keep_statement(
        self,
        account_id: int,
        file_name: str,
        content: bytes,
        *,
        layout: str = "",
        also: Sequence[int] = (),
        settle: bool = True,
    ) -> StatementImported:
        """Read a bank's file and keep its new lines: all of them, or none.

        Args:
            account_id: The account it is a statement of.
            file_name: What the file is called.
            content: The file, as it is.
            layout: A layout's id; empty: find out.
            also: Numbers of doubtful lines that are payments of their own after all.
            settle: Join each new line at once to what it certainly pays for.

        Raises:
            EntryError: As `preview`.
        """
        raise NotImplementedError

    def statements(self, account_id: int | None = None) -> tuple[StatementRow, ...]:
        """List the statements, the newest last."""
        raise NotImplementedError

    def start_statement(
        self, account_id: int, first_day: date, last_day: date, opening: Money, closing: Money
    ) -> int:
        """Begin to type a paper statement. Returns its id; its lines follow one by one."""
        raise NotImplementedError

    def type_line(
        self,
        statement_id: int,
        day: date,
        description: str,
        amount: Money,
        *,
        balance: Money | None = None,
    ) -> TypedLine:
        """Keep one line typed from paper, in its order on the page.

        Raises:
            EntryError: If the balance printed beside it does not follow from the line before,
                or the day is outside the statement. Nothing is kept then.
        """
        raise NotImplementedError

    def typed_lines(self, statement_id: int) -> tuple[TypedLine, ...]:
        """List the lines typed so far, in order."""
        raise NotImplementedError

    def change_statement(
        self, statement_id: int, first_day: date, last_day: date, opening: Money, closing: Money
    ) -> None:
        """Put right the days or balances of a typed statement."""
        raise NotImplementedError

    def remove_line(self, line_id: int) -> None:
        """Take out a typed line that was mistaken; what it was joined to waits again."""
        raise NotImplementedError

    def remove_statement(self, statement_id: int) -> None:
        """Take out a statement kept by mistake, while none of its lines has been coded."""
        raise NotImplementedError

    # ── joining lines to what they are for ───────────────────────────────────────────

    def lines(
        self,
        account_id: int | None = None,
        first: date | None = None,
        last: date | None = None,
        *,
        to_code_only: bool = False,
    ) -> tuple[LineRow, ...]:
        """List the bank's lines, each with what became of it or what it may be."""
        raise NotImplementedError

    def proposals(self, line_id: int) -> tuple[Proposal, ...]:
        """Say what one line may be, the likeliest first."""
        raise NotImplementedError

    def accept(self, proposals: Sequence[Proposal]) -> int:
        """Do what the proposals say, in one change. Returns how many lines were coded."""
        raise NotImplementedError

    def settle(self) -> int:
        """Accept every certain proposal. Returns how many lines were coded."""
        raise NotImplementedError

    def code_line(
        self,
        line_id: int,
        payee: str,
        parts: Sequence[Part],
        *,
        method: Method | None = None,
        refund_of_id: int | None = None,
        cheque_no: str = "",
        note: str = "",
    ) -> int:
        """Say what a line of the bank's was for. Returns the new entry's id.

        Raises:
            EntryError: If the parts do not add up to the line, or a category does not fit.
            RefusedError: If the line is coded already.
        """
        raise NotImplementedError

    def join(self, line_id: int, entry_id: int) -> None:
        """Say that a line is an entry already in the cash book: a cheque that has cleared."""
        raise NotImplementedError

    def undo(self, line_id: int) -> None:
        """Take back what was said of a line: it is to be coded again.

        An entry made from the line goes; an entry that was waiting waits again.
        """
        raise NotImplementedError

    # ── the cash book ────────────────────────────────────────────────────────────────

    def entries(
        self,
        first: date | None = None,
        last: date | None = None,
        account_id: int | None = None,
        *,
        with_void: bool = False,
    ) -> tuple[EntryRow, ...]:
        """List entries by day."""
        raise NotImplementedError

    def entry(self, entry_id: int) -> EntryRow:
        """Return one entry with its parts and papers."""
        raise NotImplementedError

    def add_entry(self, entry: LedgerEntry, parts: Sequence[Part]) -> int:
        """Record money in or out that is not on a statement: cash, or a cheque written today.

        Raises:
            EntryError: If the parts do not add up, or a category does not fit.
            RefusedError: If the day is inside a signed return.
        """
        raise NotImplementedError

    def change_entry(self, entry: LedgerEntry, parts: Sequence[Part]) -> None:
        """Put right an entry. The amount and day of one on a statement are the bank's."""
        raise NotImplementedError

    def void_entry(self, entry_id: int, reason: str) -> None:
        """Say that an entry was a mistake, and why. It stays visible, struck through."""
        raise NotImplementedError

    def set_refund(self, entry_id: int, refund_of_id: int | None) -> None:
        """Join money back to the cost it reduces, or take them apart."""
        raise NotImplementedError

    def transfer(
        self, from_account_id: int, to_account_id: int, day: date, amount: Money, note: str = ""
    ) -> tuple[int, ...]:
        """Move money between the person's own accounts. Returns the ids of the entries."""
        raise NotImplementedError

    def bring_forward(self, entry: LedgerEntry) -> int:
        """Record something counted before the book began that has not cleared yet."""
        raise NotImplementedError

    def waiting(self, account_id: int | None = None) -> tuple[EntryRow, ...]:
        """List entries not yet seen on a statement: cheques written, money paid in."""
        raise NotImplementedError

    # ── papers ───────────────────────────────────────────────────────────────────────

    def keep_paper(
        self,
        file_name: str,
        content: bytes,
        kind: str,
        title: str,
        *,
        day: date | None = None,
        amount: Money | None = None,
        reference: str = "",
    ) -> PaperRow:
        """Keep a paper inside the book. A photograph is made no larger than it needs to be.

        The same bytes again give the paper already here.

        Raises:
            EntryError: If it is empty, too large, or no PDF, JPEG, PNG or text.
        """
        raise NotImplementedError

    def attach(
        self,
        paper_id: int,
        *,
        entry_id: int | None = None,
        timesheet_id: int | None = None,
        payslip_id: int | None = None,
        commitment_id: int | None = None,
    ) -> None:
        """Say what a paper proves: exactly one thing at a time."""
        raise NotImplementedError

    def detach(
        self,
        paper_id: int,
        *,
        entry_id: int | None = None,
        timesheet_id: int | None = None,
        payslip_id: int | None = None,
        commitment_id: int | None = None,
    ) -> None:
        """Take back that a paper proves something."""
        raise NotImplementedError

    def papers(self) -> tuple[PaperRow, ...]:
        """List every paper, by number."""
        raise NotImplementedError

    def paper_content(self, paper_id: int) -> bytes:
        """Return a paper's bytes."""
        raise NotImplementedError

    def evidence_kinds(self) -> tuple[tuple[str, str], ...]:
        """List the kinds of paper: code and label."""
        raise NotImplementedError

    # ── what is left ─────────────────────────────────────────────────────────────────

    def evidence_missing(self, first: date, last: date) -> tuple[EvidenceMissingRow, ...]:
        """List the payments from first to last without the paper they ask for."""
        raise NotImplementedError

    def commitments(self, as_of: date, *, with_settled: bool = False) -> tuple[CommitmentRow, ...]:
        """List what was owed and not yet paid at the end of a day."""
        raise NotImplementedError

    def add_commitment(self, commitment: Commitment) -> int:
        """Record a bill on the way: an invoice, holiday built up, insurance coming due."""
        raise NotImplementedError

    def end_commitment(self, commitment_id: int, until: date, reason: str) -> None:
        """Say that a bill stopped being owed without being paid, and why."""
        raise NotImplementedError

    def add_invoice(self, invoice: Invoice) -> int:
        """Record what a provider charged, or a credit note."""
        raise NotImplementedError

    def to_do(self, as_of: date) -> MoneyToDo:
        """Count what is left to do about money."""
        raise NotImplementedError
