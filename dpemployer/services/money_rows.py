"""The plain, frozen rows about money and returns that windows and commands are shown.

Facts that a person types in whole (a funder, an award, a reserve) are themselves plain and
frozen, so they are handed over as they are, and windows take their names from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dpemployer.bookkeeping.accounts import Account, AccountKind, Statement, StatementLine
from dpemployer.bookkeeping.awards import (
    Award,
    AwardBasis,
    BalanceLimit,
    ContributionDue,
    ContributionPlan,
    ExpectedKind,
    ExpectedPayment,
    Funder,
    FunderKind,
    OpeningShare,
    PaymentFrequency,
    Reserve,
    SplitRule,
)
from dpemployer.bookkeeping.categories import SpendingRule
from dpemployer.bookkeeping.commitments import Commitment, CommitmentKind
from dpemployer.bookkeeping.ledger import LedgerEntry, Method, Split
from dpemployer.bookkeeping.papers import Paper, PaperLink, Safeguard
from dpemployer.bookkeeping.reconciliation import Part, Proposal, ProposalKind
from dpemployer.bookkeeping.reported import Invoice, ReportedHours, ReportedPayslip
from dpemployer.bookkeeping.spending import AgreedSpending, Regime, SpendingAsked, Standing
from dpemployer.findings import Finding, Severity
from dpemployer.money import NOTHING, Money
from dpemployer.returns.signed import ReturnAmendment, ReturnChoice, SignedReturn

__all__ = [
    "Account",
    "AccountKind",
    "AccountRow",
    "AgreedSpending",
    "Award",
    "AwardBasis",
    "BalanceLimit",
    "CategoryRow",
    "ChecklistRow",
    "Commitment",
    "CommitmentKind",
    "CommitmentRow",
    "ContributionDue",
    "ContributionPlan",
    "Declaration",
    "EntryRow",
    "EvidenceMissingRow",
    "ExpectedKind",
    "ExpectedPayment",
    "ExpectedRow",
    "Finding",
    "Funder",
    "FunderKind",
    "Invoice",
    "LayoutRow",
    "LedgerEntry",
    "Letter",
    "LineRow",
    "Method",
    "MoneyToDo",
    "OpeningShare",
    "Paper",
    "PaperAskedRow",
    "PaperLink",
    "PaperRow",
    "Part",
    "PartRow",
    "PaymentFrequency",
    "PeriodRow",
    "PreviewLine",
    "Proposal",
    "ProposalKind",
    "Regime",
    "ReportedHours",
    "ReportedPayslip",
    "Reserve",
    "ReturnAmendment",
    "ReturnChoice",
    "ReturnItemRow",
    "ReturnLineRow",
    "ReturnPrepared",
    "ReturnSectionRow",
    "Safeguard",
    "Severity",
    "Signatory",
    "SignedReturn",
    "SignedRow",
    "SpendingAsked",
    "SpendingRow",
    "SpendingRule",
    "Split",
    "SplitRule",
    "Standing",
    "Statement",
    "StatementImported",
    "StatementLine",
    "StatementPreview",
    "StatementRow",
    "TemplateRow",
    "TypedLine",
]


# ── accounts and categories ───────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account, and how far it is understood."""

    account_id: int
    name: str
    kind: AccountKind
    opened_on: date
    statement_balance: Money
    """What the newest statement says; in the tin, what should be there."""
    statement_to: date | None
    """The last day of the newest statement; None: no statement yet, or the tin."""
    book_balance: Money
    """What the cash book says, cheques on their way included."""
    lines_to_code: int


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """One kind of money in or out."""

    code: str
    kind: str
    """`income`, `expenditure` or `transfer`."""
    label: str
    hint: str
    needs: str
    """The paper it asks for, as an evidence code; empty: the bank's line or a note is enough."""
    needs_label: str


# ── statements ────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class LayoutRow:
    """One known way of writing a statement."""

    layout: str
    title: str


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One line of a file that was read and not yet kept."""

    number: int
    """Its place among the lines of the file, from 0."""
    file_line: int
    """The line of the file it stands on, as a text editor counts."""
    day: date
    description: str
    amount: Money
    balance: Money | None
    already_here: bool
    """The book has this line already; it is not added again."""
    doubtful: bool
    """It looks like a line already here, and no balance says whether it is the same one."""


@dataclass(frozen=True, slots=True)
class StatementPreview:
    """What keeping a file would do. Nothing has been kept."""

    account_id: int
    file_name: str
    layout: str
    layout_title: str
    first_day: date
    last_day: date
    opening: Money | None
    closing: Money | None
    lines: tuple[PreviewLine, ...]
    new: int
    already_here: int
    findings: tuple[Finding, ...]
    """A gap since the last statement, for example."""


@dataclass(frozen=True, slots=True)
class StatementImported:
    """What was kept."""

    statement_id: int
    """The first of the statements it makes; 0 when nothing was new."""
    added: int
    already_here: int
    settled: int
    """How many of the new lines found what they pay for by themselves."""


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement in a list."""

    statement_id: int
    account_id: int
    first_day: date
    last_day: date
    opening: Money
    closing: Money
    layout: str
    typed: bool
    lines: int
    left: Money
    """What the lines still lack to reach the closing balance: nothing, once it is whole."""


@dataclass(frozen=True, slots=True)
class TypedLine:
    """One line typed from paper, and where it leads."""

    line_id: int
    statement_id: int
    day: date
    description: str
    amount: Money
    balance: Money
    """Worked out from the opening balance and every line up to this one."""
    left: Money
    """What is still missing to the closing balance of the statement."""


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of the bank's, and what became of it."""

    line_id: int
    statement_id: int
    account_id: int
    day: date
    description: str
    amount: Money
    balance: Money | None
    entry_id: int | None
    """None: still to be coded."""
    payee: str
    what_for: str
    """The categories, in words."""
    needs: str
    """The paper still missing, as an evidence code."""
    proposal: Proposal | None
    """For a line still to be coded."""


# ── the cash book ─────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part of an entry, in words."""

    category: str
    category_label: str
    amount: Money
    funder_id: int | None
    funder: str
    """Empty: the rules decide."""
    commitment_id: int | None
    note: str


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry of the cash book."""

    entry_id: int
    account_id: int
    account: str
    day: date
    amount: Money
    payee: str
    method: Method
    cheque_no: str
    note: str
    parts: tuple[PartRow, ...]
    line_id: int | None
    line_day: date | None
    """The day it was on the statement."""
    refund_of_id: int | None
    brought_forward: bool
    void: bool
    void_reason: str
    papers: tuple[PaperRow, ...]
    needs: str
    """The paper still missing, as an evidence code; empty when there is one or none is asked."""
    needs_label: str
    signed: bool
    """Inside a signed return: it cannot be changed."""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper kept in the book."""

    paper_id: int
    number: int
    kind: str
    kind_label: str
    title: str
    day: date | None
    amount: Money | None
    file_name: str
    media_type: str
    size: int
    """0: the paper is held, and there is no picture of it here."""
    sha256: str
    reference: str
    entry_ids: tuple[int, ...] = ()
    timesheet_ids: tuple[int, ...] = ()
    payslip_ids: tuple[int, ...] = ()
    commitment_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceMissingRow:
    """One payment without the paper it asks for."""

    entry_id: int
    day: date
    payee: str
    amount: Money
    """Positive."""
    needs: str
    needs_label: str


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """One bill, and how much of it is left."""

    commitment_id: int
    kind: CommitmentKind
    kind_label: str
    payee: str
    amount: Money
    settled: Money
    outstanding: Money
    """Below nothing: too much was paid."""
    incurred_on: date
    due: date | None
    overdue: bool
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class ExpectedRow:
    """One payment a funder should make, or a contribution, and whether it came."""

    funder_id: int | None
    funder: str
    day: date
    amount: Money
    kind: str
    """`regular`, `rate_adjustment`, `adjustment` or `contribution`."""
    reason: str


@dataclass(frozen=True, slots=True)
class MoneyToDo:
    """What is left to do about money, counted."""

    lines_to_code: int
    evidence_missing: int
    waiting: int
    """Entries not yet seen on a statement."""
    overdue: int
    statements_unfinished: int
    """Typed statements whose lines do not reach the closing balance."""


# ── returns ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One return a funder might ask for."""

    template: str
    version: str
    title: str
    jurisdiction: str
    funder_kind: str
    confidence: str
    confidence_words: str
    """How much of it was seen, as a whole sentence that says to check with the funder."""
    basis_note: str
    modelled_on: str
    frequency: str
    alignment: str
    own: bool
    """Kept beside the book by the person, not shipped."""
    problem: str = ""
    """Why a template of one's own cannot be used."""


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """One period a return is for."""

    first_day: date
    last_day: date
    due: date | None
    due_is_assumed: bool
    signed_id: int | None


@dataclass(frozen=True, slots=True)
class ReturnItemRow:
    """One thing that makes up a line."""

    day: date | None
    label: str
    amount: Money
    entry_id: int | None
    papers: tuple[int, ...]
    """Numbers of the papers that prove it."""


@dataclass(frozen=True, slots=True)
class ReturnLineRow:
    """One line of the form, and what makes it up."""

    line: str
    label: str
    amount: Money | None
    text: str
    """The figure as it prints: an amount, a number of weeks, or words."""
    itemised: bool
    """The form itself lists the items."""
    items: tuple[ReturnItemRow, ...]
    how: str
    """How the figure is worked out, as a whole sentence."""


@dataclass(frozen=True, slots=True)
class ReturnSectionRow:
    """One block of the form."""

    section: str
    kind: str
    title: str
    lines: tuple[ReturnLineRow, ...]
    columns: tuple[str, ...]
    """Headings of its table, where it has one."""
    rows: tuple[tuple[str, ...], ...]
    """The table, as it prints."""


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """One thing that has to be so before the return can be signed."""

    code: str
    done: bool
    text: str
    """What is so, or what to do, as a whole sentence."""


@dataclass(frozen=True, slots=True)
class Signatory:
    """Somebody who may sign."""

    role: str
    label: str
    name: str
    """Who has that part now; empty when nobody is named."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """What is declared when a return is signed: shown whole, never ticked beforehand."""

    statements: tuple[str, ...]
    methods: tuple[str, ...]
    signatories: tuple[Signatory, ...]


@dataclass(frozen=True, slots=True)
class PaperAskedRow:
    """One kind of paper the funder asks for with the return."""

    code: str
    label: str
    words: str
    """What to do about it: send it, keep it, or how many are lacking."""
    applies: bool
    held: int
    lacking: tuple[int, ...]
    """Entries that should have one each and have none."""


@dataclass(frozen=True, slots=True)
class ReturnPrepared:
    """One return as it stands now."""

    template: TemplateRow
    first_day: date
    last_day: date
    header: tuple[tuple[str, str], ...]
    sections: tuple[ReturnSectionRow, ...]
    opening: Money
    income: Money
    expenditure: Money
    closing: Money
    difference: Money
    """What the bank and the book disagree by; it must be nothing."""
    findings: tuple[Finding, ...]
    checklist: tuple[ChecklistRow, ...]
    evidence_missing: tuple[EvidenceMissingRow, ...]
    declaration: Declaration
    due: date | None
    signed: SignedRow | None
    """The version in force, when it has been signed."""
    amending: bool
    """A signed return that was opened again."""
    papers_asked: tuple[PaperAskedRow, ...] = ()

    @property
    def may_be_signed(self) -> bool:
        """Nothing blocks."""
        return not any(finding.blocks for finding in self.findings)


@dataclass(frozen=True, slots=True)
class SignedRow:
    """One signed version."""

    signed_id: int
    template: str
    title: str
    first_day: date
    last_day: date
    version: int
    signed_by: str
    capacity: str
    declared_on: date
    signed_at: datetime
    sha256: str
    what_changed: str
    replaced: bool
    """A later version stands in its place."""
    amending: bool
    """It was opened again and the next version is not signed yet."""
    closing: Money = NOTHING


@dataclass(frozen=True, slots=True)
class SpendingRow:
    """One answer, as it is shown and printed."""

    guide: str
    item: str
    """What kind of thing it is about."""
    category: str
    answer: SpendingRule
    why: str
    condition: str
    """Empty where there is none."""
    rests_on: str
    """Whether it is law or custom, or the person's own plan, and by whom it was agreed."""
    regime: Regime
    source: str
    """The law or guidance; empty for what many funders do without it."""
    question: str
    """What to ask the funder, ready to send."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it stands: everything in it can be changed before it is printed."""

    heading: str
    sender: str
    """Name and address, one line each."""
    to: str
    reference: str
    """What the funder calls the person supported; empty when it is not known."""
    paragraphs: tuple[str, ...]
    signed: str
