"""What a funder asks for: the sections and lines of a form, its evidence, its balance rule.

A line adds up categories of the cash book or shows one known figure; there is no formula.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dpemployer.i18n import _
from dpemployer.returns.balance_rules import BalanceRule


class SectionKind(StrEnum):
    """What one block of a form is about."""

    OPENING = "opening"
    INCOME = "income"
    EXPENDITURE = "expenditure"
    CLOSING = "closing"
    BANK_RECONCILIATION = "bank_reconciliation"
    AWARD_CHECK = "award_check"
    CONTRIBUTION_CHECK = "contribution_check"
    FUNDING_STREAMS = "funding_streams"
    FUNDER_SPLIT = "funder_split"
    STAFF_SUMMARY = "staff_summary"
    SERVICE_SUMMARY = "service_summary"
    PAYROLL_PROVIDER_SUMMARY = "payroll_provider_summary"
    COMMITMENTS = "commitments"
    BALANCE_TEST = "balance_test"
    OFFSET = "offset"
    AUDIT_SUMMARY = "audit_summary"
    EXPLANATIONS = "explanations"
    EXCEPTIONS = "exceptions"
    NOTES = "notes"
    TRANSACTION_LIST = "transaction_list"


class Source(StrEnum):
    """A figure the program works out, and a line can show."""

    BOOK_OPENING = "book_opening"
    STATEMENT_OPENING = "statement_opening"
    SUM_INCOME = "sum_income"
    SUM_EXPENDITURE = "sum_expenditure"
    BOOK_CLOSING = "book_closing"
    STATEMENT_CLOSING = "statement_closing"
    UNPRESENTED_PAYMENTS = "unpresented_payments"
    OUTSTANDING_RECEIPTS = "outstanding_receipts"
    CASH_IN_HAND = "cash_in_hand"
    RECONCILED_BALANCE = "reconciled_balance"
    RECONCILIATION_DIFFERENCE = "reconciliation_difference"
    AWARD_EXPECTED = "award_expected"
    AWARD_RECEIVED = "award_received"
    AWARD_VARIANCE = "award_variance"
    AWARD_RATES = "award_rates"
    AWARD_STREAMS_TOTAL = "award_streams_total"
    CONTRIBUTION_EXPECTED = "contribution_expected"
    CONTRIBUTION_RECEIVED = "contribution_received"
    CONTRIBUTION_SHORTFALL = "contribution_shortfall"
    CONTRIBUTION_SHORTFALL_CUMULATIVE = "contribution_shortfall_cumulative"
    CONTRIBUTION_WEEKLY = "contribution_weekly"
    STAFF_TOTALS = "staff_totals"
    SERVICE_TOTALS = "service_totals"
    PAYROLL_GROSS = "payroll_gross"
    PAYROLL_NET = "payroll_net"
    PAYROLL_HMRC = "payroll_hmrc"
    PAYROLL_PENSION = "payroll_pension"
    PAYROLL_DIFFERENCE = "payroll_difference"
    COMMITMENTS = "commitments"
    RESERVES_AGREED = "reserves_agreed"
    BALANCE_WEEKS = "balance_weeks"
    BALANCE_ALLOWED = "balance_allowed"
    BALANCE_AFTER_COMMITMENTS = "balance_after_commitments"
    SURPLUS = "surplus"
    WEEKS_HELD = "weeks_held"
    RETAINED_TOTAL = "retained_total"
    REPAYMENT_REQUESTED = "repayment_requested"
    NEXT_REGULAR_PAYMENT = "next_regular_payment"
    NEXT_PAYMENT_EXPECTED = "next_payment_expected"
    FUNDER_SPLIT = "funder_split"
    EXCEPTIONS = "exceptions"


class Confidence(StrEnum):
    """How much of a form was really seen."""

    DOCUMENTED = "documented"
    PARTLY_DOCUMENTED = "partly-documented"
    INFERRED = "inferred"
    GENERIC = "generic"


class Refunds(StrEnum):
    """Where money back from a supplier is shown."""

    NET_AGAINST_EXPENSE = "net_against_expense"
    """It reduces the cost it belongs to."""
    AS_INCOME = "as_income"
    """It is money in, and the cost stays whole."""


class Alignment(StrEnum):
    """What decides the first day of a period."""

    CALENDAR_MONTH = "calendar_month"
    CALENDAR_QUARTER = "calendar_quarter"
    FINANCIAL_YEAR = "financial_year"
    AWARD_START = "award_start"
    PAYMENT_CYCLE = "payment_cycle"
    LAST_RETURN_END = "last_return_end"
    FUNDER_SCHEDULE = "funder_schedule"
    REQUEST_DATES = "request_dates"
    PAYMENT_DATE = "payment_date"


class Required(StrEnum):
    """When a kind of paper is asked for."""

    ALWAYS = "always"
    IF_USED = "if_used"
    """Only when there was money in or out of a kind it proves."""
    ON_REQUEST = "on_request"
    """Keep it, and do not send it."""
    ONE_OF = "one_of"
    """Any paper of the group will do."""


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """Which days a return is for, and when it is due."""

    frequency: str
    unit: str
    """`day`, `week` or `month`."""
    length: int
    alignment: Alignment
    due_days: int
    due_from: str
    due_is_assumed: bool
    reminder_days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class HeaderField:
    """One thing asked at the top of the form."""

    id: str
    label: str
    required: bool
    filled_by_funder: bool = False


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """One line: categories to add up, or one known figure."""

    id: str
    label: str
    categories: tuple[str, ...] = ()
    source: Source | None = None
    itemise: bool = False
    """The form lists what makes it up."""
    must_equal: int | None = None
    explain: bool = False
    """Whatever is on it has to be explained."""


@dataclass(frozen=True, slots=True)
class TemplateSection:
    """One block of the form."""

    id: str
    kind: SectionKind
    title: str
    lines: tuple[TemplateLine, ...]
    columns: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceRule:
    """One kind of paper the funder asks for."""

    code: str
    required: Required
    label: str
    per: str = ""
    when: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Something the form asks in words."""

    id: str
    label: str
    kind: str
    required: bool


@dataclass(frozen=True, slots=True)
class SignatoryRule:
    """Who signs."""

    role: str
    label: str
    required: bool
    or_role: str = ""


@dataclass(frozen=True, slots=True)
class ReturnTemplate:
    """One funder's return."""

    id: str
    version: str
    title: str
    jurisdiction: str
    funder_kind: str
    confidence: Confidence
    basis_note: str
    modelled_on: str
    period: PeriodRule
    account_kinds: tuple[str, ...]
    statement_required: bool
    contribution_basis: str
    refunds: Refunds
    list_transactions: str
    show_zero_lines: bool
    header: tuple[HeaderField, ...]
    sections: tuple[TemplateSection, ...]
    balance_rule: BalanceRule
    evidence: tuple[EvidenceRule, ...]
    questions: tuple[Question, ...]
    statements: tuple[str, ...]
    """What is declared."""
    methods: tuple[str, ...]
    signatories: tuple[SignatoryRule, ...]
    if_late: str
    if_evidence_missing: str
    warnings: tuple[str, ...] = ()
    """What it says that this program does not know, and that changes no figure."""

    @property
    def lines(self) -> tuple[TemplateLine, ...]:
        """Every line of every section."""
        return tuple(line for section in self.sections for line in section.lines)

    def section_of(self, kind: SectionKind) -> tuple[TemplateSection, ...]:
        """Return the sections of one kind."""
        return tuple(section for section in self.sections if section.kind is kind)

    @property
    def confidence_words(self) -> str:
        """Say how much of the form was seen, and to check with the funder."""
        return _CONFIDENCE[self.confidence]()


_CONFIDENCE = {
    Confidence.DOCUMENTED: lambda: _(
        "The rules of this return were seen in public papers, which may be out of date. Check "
        "with your funder before you rely on it."
    ),
    Confidence.PARTLY_DOCUMENTED: lambda: _(
        "Some rules of this return were seen in public papers and the rest is a careful guess. "
        "Check with your funder before you rely on it."
    ),
    Confidence.INFERRED: lambda: _(
        "This return is a careful guess from what is known about this funder. Check with your "
        "funder before you rely on it."
    ),
    Confidence.GENERIC: lambda: _(
        "This is a general return and not one funder's own form. Check with your funder what "
        "they ask for."
    ),
}
