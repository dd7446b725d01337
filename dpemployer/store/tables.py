"""One table for each kind of fact, and what the database itself refuses.

To keep a new kind of fact, three things, in this order:

1. Write the fact as a frozen dataclass in the core, with `id: int` first.
2. Add its table below with `_keeps(Fact, "table_name", columns, rules)`: one column for each
   field, *in the order of the fields* (a test says so), made by the small functions named after
   what they keep: `text`, `whole`, `money`, `day`, `clock`, `instant`, `number`, `yes_no`,
   `choice`, `structured`, `content`, and `link` for the id of another fact. `optional=True`
   where the field may be None. A rule that is certain is a `_rule("name", "SQL")`.
3. Where a rule needs particular values, say them in `FIXED` in `tests/store/examples.py`, from
   which every round-trip test makes its examples.

Changing anything here also needs a migration, which `python -m tests.store.draft_migration`
drafts, and a saved book, which `python -m tests.books.make` makes; until the first release both
are simply made afresh (`--first`). If the fact can become final, say when in `triggers.py`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from dpemployer.bank_days import Nation
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
from dpemployer.bookkeeping.commitments import Commitment, CommitmentKind, CommitmentShare
from dpemployer.bookkeeping.ledger import EntryStatus, LedgerEntry, Method, Split
from dpemployer.bookkeeping.papers import (
    IssuedDocument,
    Paper,
    PaperContent,
    PaperLink,
    Safeguard,
    SafeguardKind,
)
from dpemployer.bookkeeping.reported import Invoice, ReportedHours, ReportedPayslip
from dpemployer.bookkeeping.spending import AgreedSpending, Regime, SpendingAsked, Standing
from dpemployer.findings import Severity
from dpemployer.money import Money
from dpemployer.payroll.away import (
    AgreedDays,
    Bar,
    FamilyLeave,
    FitNote,
    LeaveBlock,
    PayBefore,
    Sickness,
    StatutoryPaid,
)
from dpemployer.payroll.booked_leave import (
    AskedBy,
    BookedLeave,
    CarryReason,
    LeaveCarried,
    LeaveDay,
    LeaveReminder,
    LeaveStatus,
)
from dpemployer.payroll.deduction_terms import (
    AmountsPer,
    AttachmentOrder,
    DeductionLine,
    FixedDeduction,
    OrderKind,
    OwedBack,
    OwedBackKind,
    StandingStatement,
    StatedDeduction,
)
from dpemployer.payroll.endings import Ending, EndingKind, EndingStepDone
from dpemployer.payroll.enrolment import (
    EnrolmentEvent,
    EnrolmentKind,
    PensionArrangement,
    PensionContribution,
    PensionDuty,
    PensionDutyKind,
    PensionLetter,
)
from dpemployer.payroll.household import (
    EmployerScheme,
    OpeningHousehold,
    Party,
    Role,
    RoleHeld,
)
from dpemployer.payroll.leaving import Leaving, LeavingReason, NoticeBy, PayAfterLeaving
from dpemployer.payroll.payday import PayRun, PayRunStatus
from dpemployer.payroll.payslip import Payslip, PayslipLine
from dpemployer.payroll.people import (
    CodeFrom,
    Employment,
    HolidayClass,
    HolidayTerms,
    NiCategoryHeld,
    OpeningHoliday,
    OpeningPay,
    PaidWeek,
    PayRate,
    PayType,
    PensionBasis,
    PensionMembership,
    PensionRelief,
    Per,
    PersonalAssistant,
    StarterDeclaration,
    StudentLoanHeld,
    TaxCodeHeld,
)
from dpemployer.payroll.reporting import (
    AllowanceAnswer,
    HoursBand,
    HowTold,
    NiOfYear,
    ReportedJob,
    ReportKind,
    Told,
)
from dpemployer.payroll.seen import FindingSeen
from dpemployer.payroll.tasks import TaskDone
from dpemployer.payroll.timesheet import Shift, Timesheet, TimesheetStatus
from dpemployer.payroll.working_time import (
    DomesticService,
    HomeProvided,
    RestGiven,
    WageExemption,
    WorkingTimeRecord,
)
from dpemployer.payroll.year_end import NewYearCodes
from dpemployer.periods import PayFrequency
from dpemployer.returns.signed import ReturnAmendment, ReturnChoice, SignedReturn
from dpemployer.statutory.family_pay import Because, FamilyPay
from dpemployer.statutory.pensions import WorkerCategory
from dpemployer.statutory.redundancy import EmployerIs
from dpemployer.store.types import (
    Clock,
    Day,
    DecimalText,
    Instant,
    OneOf,
    Pence,
    Structured,
    YesNo,
)
from dpemployer.workings import ExplainedStep

if TYPE_CHECKING:
    from enum import Enum

    from sqlalchemy.schema import SchemaItem

SCHEMA_VERSION = 1
"""The shape of the tables below. A book of a later version is refused."""

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

FACTS: dict[type, Table] = {}
"""Where each kind of fact is kept."""

_DIGESTED = "digested"
"""Marks a column that the audit log repeats only as its SHA-256."""


# ── columns, named after what they keep ──────────────────────────────────────────────


def text(name: str, *, optional: bool = False) -> Column[Any]:
    """Words."""
    return Column(name, Text, nullable=optional)


def whole(name: str, *, optional: bool = False) -> Column[Any]:
    """A whole number: minutes, a count, an order."""
    return Column(name, Integer, nullable=optional)


def money(name: str, *, optional: bool = False) -> Column[Any]:
    """An amount, in pence."""
    return Column(name, Pence, nullable=optional)


def day(name: str, *, optional: bool = False) -> Column[Any]:
    """A day."""
    return Column(name, Day, nullable=optional)


def clock(name: str, *, optional: bool = False) -> Column[Any]:
    """A time on the wall."""
    return Column(name, Clock, nullable=optional)


def instant(name: str, *, optional: bool = False) -> Column[Any]:
    """When something was recorded."""
    return Column(name, Instant, nullable=optional)


def number(name: str, *, optional: bool = False) -> Column[Any]:
    """An exact number with decimals."""
    return Column(name, DecimalText, nullable=optional)


def yes_no(name: str, *, optional: bool = False) -> Column[Any]:
    """Yes or no."""
    return Column(name, YesNo, nullable=optional)


def choice(name: str, choices: type[Enum], *, optional: bool = False) -> Column[Any]:
    """One of a fixed list."""
    return Column(name, OneOf(choices), nullable=optional)


def structured(name: str, shape: Any, *, digested: bool = False) -> Column[Any]:
    """Frozen dataclasses or tuples, as JSON. `digested`: too long for the audit log."""
    return Column(name, Structured(shape), nullable=False, info={_DIGESTED: digested})


def long_text(name: str) -> Column[Any]:
    """Words too long for the audit log, which keeps their SHA-256."""
    return Column(name, Text, nullable=False, info={_DIGESTED: True})


def content(name: str) -> Column[Any]:
    """Bytes; the audit log keeps their SHA-256."""
    return Column(name, LargeBinary, nullable=False, info={_DIGESTED: True})


def link(name: str, table: str, *, optional: bool = False, once: bool = False) -> Column[Any]:
    """The id of a fact in another table. `once`: no two facts may have the same."""
    return Column(
        name,
        Integer,
        ForeignKey(f"{table}.id"),
        nullable=optional,
        unique=once or None,
        index=None if once else True,
    )


def is_digested(column: Column[Any]) -> bool:
    """Whether the audit log keeps only the SHA-256 of what this column holds."""
    return bool(column.info.get(_DIGESTED))


def _rule(name: str, sql: str) -> CheckConstraint:
    """Something the database refuses to break."""
    return CheckConstraint(sql, name=name)


def _keeps(fact: type, name: str, *items: SchemaItem) -> Table:
    """Keep *fact* in a table of its own."""
    table = Table(name, METADATA, Column("id", Integer, primary_key=True), *items)
    FACTS[fact] = table
    return table


# ── the household ────────────────────────────────────────────────────────────────────

_keeps(
    Party,
    "party",
    text("name"),
    text("address"),
    text("contact"),
    text("reference"),
)

_keeps(
    RoleHeld,
    "role_held",
    link("party_id", "party"),
    choice("role", Role),
    day("from_day"),
    day("to_day", optional=True),
    text("capacity"),
    _rule("days_in_order", "to_day IS NULL OR to_day >= from_day"),
)

_keeps(
    EmployerScheme,
    "employer_scheme",
    day("from_day"),
    text("paye_reference"),
    text("accounts_office_reference"),
    yes_no("pays_quarterly"),
    yes_no("claims_employment_allowance"),
    choice("nation", Nation),
    text("pension_provider"),
    whole("pension_due_day"),
    yes_no("files_on_paper"),
    _rule("pension_due_day", "pension_due_day BETWEEN 1 AND 31"),
    UniqueConstraint("from_day"),
)

_keeps(
    OpeningHousehold,
    "opening_household",
    day("as_of"),
    text("source"),
    money("allowance_used"),
    _rule("allowance_used", "allowance_used >= 0"),
)

# ── people ───────────────────────────────────────────────────────────────────────────

_keeps(
    PersonalAssistant,
    "personal_assistant",
    text("first_names"),
    text("surname"),
    day("born_on"),
    text("nino"),
    text("address"),
    text("contact"),
    text("lives_in"),
)

_keeps(
    Employment,
    "employment",
    link("assistant_id", "personal_assistant"),
    text("payroll_id"),
    day("started_on"),
    choice("frequency", PayFrequency),
    day("period_anchor"),
    whole("days_after"),
    whole("day_of_month"),
    whole("months_after"),
    day("left_on", optional=True),
    choice("starter_declaration", StarterDeclaration),
    text("how_paid"),
    _rule("day_of_month", "day_of_month BETWEEN 1 AND 31"),
    _rule("days_in_order", "left_on IS NULL OR left_on >= started_on"),
)

_keeps(
    WorkingTimeRecord,
    "working_time_record",
    link("employment_id", "employment", once=True),
    choice("domestic_service", DomesticService),
    day("opted_out_on", optional=True),
    day("opt_out_ends_on", optional=True),
    day("night_assessment_on", optional=True),
    yes_no("night_hazard"),
    whole("other_work_minutes", optional=True),
    whole("usual_break_minutes", optional=True),
    yes_no("lives_in"),
    whole("weekly_minutes_allowed", optional=True),
    choice("wage_exemption", WageExemption),
    day("apprentice_from", optional=True),
    day("apprentice_to", optional=True),
    _rule("agreement_in_order", "opt_out_ends_on IS NULL OR opt_out_ends_on > opted_out_on"),
)

_keeps(
    HomeProvided,
    "home_provided",
    link("employment_id", "employment"),
    day("from_day"),
    day("to_day", optional=True),
    whole("days_a_week"),
    money("weekly_charge"),
    _rule("days_in_order", "to_day IS NULL OR to_day >= from_day"),
    _rule("days_a_week", "days_a_week BETWEEN 1 AND 7"),
    _rule("charge_not_below_nothing", "weekly_charge >= 0"),
)

_keeps(
    RestGiven,
    "rest_given",
    link("employment_id", "employment"),
    day("short_day"),
    day("given_on"),
    whole("minutes"),
    text("reason"),
    _rule("more_than_nothing", "minutes > 0"),
    _rule("days_in_order", "given_on >= short_day"),
)

_keeps(
    PayRate,
    "pay_rate",
    link("employment_id", "employment"),
    day("from_day"),
    choice("pay_type", PayType),
    text("label"),
    money("rate"),
    choice("per", Per),
    _rule("rate_not_below_nothing", "rate >= 0"),
    UniqueConstraint("employment_id", "from_day", "pay_type", "label"),
)

_keeps(
    HolidayTerms,
    "holiday_terms",
    link("employment_id", "employment"),
    day("from_day"),
    choice("holiday_class", HolidayClass),
    day("leave_year_start", optional=True),
    number("hours_per_week", optional=True),
    number("days_per_week", optional=True),
    yes_no("rolled_up"),
    text("reason"),
    _rule(
        "rolled_up_only_by_the_hour",
        "rolled_up = 0 OR holiday_class IN ('irregular', 'part_year')",
    ),
    UniqueConstraint("employment_id", "from_day"),
)

_keeps(
    BookedLeave,
    "booked_leave",
    link("employment_id", "employment"),
    day("first_day"),
    day("last_day"),
    structured("days", tuple[LeaveDay, ...]),
    day("asked_on"),
    choice("asked_by", AskedBy),
    choice("status", LeaveStatus),
    day("decided_on", optional=True),
    text("reason"),
    yes_no("while_sick"),
    yes_no("in_advance"),
    text("note"),
    _rule("days_in_order", "last_day >= first_day"),
    Index(None, "employment_id", "first_day"),
)

_keeps(
    LeaveCarried,
    "leave_carried",
    link("employment_id", "employment"),
    day("year_end"),
    whole("left_minutes"),
    whole("carried_minutes"),
    choice("reason", CarryReason),
    day("use_by", optional=True),
    day("decided_on", optional=True),
    text("note"),
    _rule("no_more_than_was_left", "carried_minutes BETWEEN 0 AND left_minutes"),
    UniqueConstraint("employment_id", "year_end"),
)

_keeps(
    LeaveReminder,
    "leave_reminder",
    link("employment_id", "employment"),
    day("year_end"),
    day("sent_on"),
    whole("left_minutes"),
    text("how"),
)

_keeps(
    TaxCodeHeld,
    "tax_code_held",
    link("employment_id", "employment"),
    day("from_day"),
    text("code"),
    text("source"),
    choice("kind", CodeFrom),
    day("noticed_on", optional=True),
    money("previous_pay", optional=True),
    money("previous_tax", optional=True),
    UniqueConstraint("employment_id", "from_day"),
)

_keeps(
    NiCategoryHeld,
    "ni_category_held",
    link("employment_id", "employment"),
    day("from_day"),
    text("letter"),
    text("source"),
    UniqueConstraint("employment_id", "from_day"),
)

_keeps(
    StudentLoanHeld,
    "student_loan_held",
    link("employment_id", "employment"),
    text("plan"),
    day("from_day"),
    day("to_day", optional=True),
    text("source"),
    _rule("days_in_order", "to_day IS NULL OR to_day >= from_day"),
)

_keeps(
    PensionMembership,
    "pension_membership",
    link("employment_id", "employment"),
    day("from_day"),
    text("provider"),
    choice("basis", PensionBasis),
    choice("relief", PensionRelief),
    number("employee_percent"),
    number("employer_percent"),
    day("to_day", optional=True),
    yes_no("minimum_applies"),
    _rule("days_in_order", "to_day IS NULL OR to_day >= from_day"),
)

_keeps(
    EnrolmentEvent,
    "enrolment_event",
    link("employment_id", "employment"),
    choice("kind", EnrolmentKind),
    day("day"),
    day("until", optional=True),
    choice("letter", PensionLetter, optional=True),
    link("payslip_id", "payslip", optional=True),
    text("note"),
    _rule("days_in_order", "until IS NULL OR until >= day"),
)

_keeps(
    PensionArrangement,
    "pension_arrangement",
    day("from_day"),
    text("provider"),
    text("reference"),
    text("worker_group"),
    text("contact"),
    choice("basis", PensionBasis),
    choice("relief", PensionRelief),
    number("employee_percent"),
    number("employer_percent"),
    UniqueConstraint("from_day"),
)

_keeps(
    PensionDuty,
    "pension_duty",
    choice("kind", PensionDutyKind),
    day("day"),
    text("note"),
)

_keeps(
    PensionContribution,
    "pension_contribution",
    link("employment_id", "employment"),
    link("membership_id", "pension_membership"),
    link("payslip_id", "payslip"),
    day("pay_date"),
    text("provider"),
    money("pensionable"),
    money("employee"),
    money("relief_added"),
    money("employer"),
    number("employee_percent"),
    number("employer_percent"),
    Index(None, "pay_date"),
)

_keeps(
    OpeningPay,
    "opening_pay",
    link("employment_id", "employment"),
    text("tax_year"),
    text("source"),
    money("pay"),
    money("taxable_pay"),
    money("tax"),
    money("earnings_for_ni"),
    money("employee_ni"),
    money("employer_ni"),
    money("at_lel"),
    money("lel_to_pt"),
    money("pt_to_uel"),
    money("student_loan"),
    money("postgraduate_loan"),
    money("employee_pension"),
    money("employer_pension"),
    money("previous_pay"),
    money("previous_tax"),
)

_keeps(
    OpeningHoliday,
    "opening_holiday",
    link("employment_id", "employment"),
    day("as_of"),
    whole("minutes_left"),
    text("source"),
)

_keeps(
    PaidWeek,
    "paid_week",
    link("employment_id", "employment"),
    day("week_ending"),
    whole("minutes"),
    money("pay"),
    link("payslip_id", "payslip", optional=True),
    _rule("minutes_not_below_nothing", "minutes >= 0 OR payslip_id IS NOT NULL"),
    Index(None, "employment_id", "week_ending"),
)

# ── what may be taken from pay ───────────────────────────────────────────────────────

_keeps(
    AttachmentOrder,
    "attachment_order",
    link("employment_id", "employment"),
    choice("kind", OrderKind),
    text("issuer"),
    text("reference"),
    day("made_on"),
    day("from_day"),
    day("to_day", optional=True),
    choice("nation", Nation, optional=True),
    choice("amounts_per", AmountsPer),
    money("normal", optional=True),
    money("protected", optional=True),
    money("shortfall"),
    money("total", optional=True),
    whole("pay_by_day", optional=True),
    yes_no("charge"),
    day("charge_told_on", optional=True),
    day("issuer_told_on", optional=True),
    _rule("days_in_order", "to_day IS NULL OR to_day >= from_day"),
    _rule("pay_by_day", "pay_by_day IS NULL OR pay_by_day BETWEEN 1 AND 31"),
    _rule("charge_was_told", "charge_told_on IS NOT NULL OR NOT charge"),
)

_keeps(
    OwedBack,
    "owed_back",
    link("employment_id", "employment"),
    choice("kind", OwedBackKind),
    money("amount"),
    day("day"),
    money("instalment"),
    day("first_on"),
    day("agreed_on", optional=True),
    text("reason"),
    day("stopped_on", optional=True),
    link("commitment_id", "commitment", optional=True),
    yes_no("before_book"),
    _rule("instalment_above_nothing", "instalment > 0"),
)

_keeps(
    FixedDeduction,
    "fixed_deduction",
    link("employment_id", "employment"),
    text("purpose"),
    money("amount"),
    day("from_day"),
    day("agreed_on"),
    day("to_day", optional=True),
    yes_no("needed_for_job"),
    text("payee"),
    _rule("days_in_order", "to_day IS NULL OR to_day >= from_day"),
)

_keeps(
    StandingStatement,
    "standing_statement",
    link("employment_id", "employment"),
    day("given_on"),
    structured("lines", tuple[StatedDeduction, ...]),
)

_keeps(
    DeductionLine,
    "deduction_line",
    link("employment_id", "employment"),
    link("payslip_id", "payslip"),
    day("pay_date"),
    money("amount"),
    link("order_id", "attachment_order", optional=True),
    link("owed_back_id", "owed_back", optional=True),
    link("fixed_id", "fixed_deduction", optional=True),
    money("charge"),
    money("carried"),
    _rule(
        "of_one_thing",
        "(order_id IS NOT NULL) + (owed_back_id IS NOT NULL) + (fixed_id IS NOT NULL) = 1",
    ),
    Index(None, "employment_id", "pay_date"),
)

# ── time away ────────────────────────────────────────────────────────────────────────

_keeps(
    Sickness,
    "sickness",
    link("employment_id", "employment"),
    day("first_day"),
    day("last_day", optional=True),
    choice("bar", Bar),
    day("self_certified_on", optional=True),
    money("usual_week", optional=True),
    text("note"),
    _rule("days_in_order", "last_day IS NULL OR last_day >= first_day"),
)

_keeps(
    FitNote,
    "fit_note",
    link("sickness_id", "sickness"),
    day("from_day"),
    day("to_day"),
    _rule("days_in_order", "to_day >= from_day"),
)

_keeps(
    AgreedDays,
    "agreed_days",
    link("employment_id", "employment"),
    day("from_day"),
    text("weekdays"),
    yes_no("one_week"),
    UniqueConstraint("employment_id", "from_day", "one_week"),
)

_keeps(
    FamilyLeave,
    "family_leave",
    link("employment_id", "employment"),
    choice("kind", FamilyPay),
    choice("because", Because),
    day("expected_on", optional=True),
    day("happened_on", optional=True),
    day("matched_on", optional=True),
    whole("care_days", optional=True),
    yes_no("partner_qualifies"),
    text("proof"),
    day("proof_on", optional=True),
    day("notice_on", optional=True),
    money("pay_rise"),
    money("usual_week", optional=True),
    _rule("pay_rise_not_below_nothing", "pay_rise >= 0"),
)

_keeps(
    LeaveBlock,
    "leave_block",
    link("leave_id", "family_leave"),
    day("first_day"),
    whole("weeks"),
    _rule("at_least_a_week", "weeks >= 1"),
)

_keeps(
    PayBefore,
    "pay_before",
    link("employment_id", "employment"),
    day("pay_date"),
    money("pay"),
    text("source"),
    _rule("pay_not_below_nothing", "pay >= 0"),
    UniqueConstraint("employment_id", "pay_date"),
)

_keeps(
    StatutoryPaid,
    "statutory_paid",
    link("employment_id", "employment"),
    link("payslip_id", "payslip"),
    day("pay_date"),
    choice("kind", PayType),
    whole("leave_id"),
    money("amount"),
    structured("days", tuple[date, ...]),
    Index(None, "pay_date"),
)

# ── leaving ──────────────────────────────────────────────────────────────────────────

_keeps(
    Leaving,
    "leaving",
    link("employment_id", "employment", once=True),
    choice("reason", LeavingReason),
    day("last_day"),
    day("final_first_day"),
    choice("notice_by", NoticeBy),
    day("notice_given_on", optional=True),
    whole("weeks_in_lieu"),
    money("week_pay"),
    yes_no("recover_overtaken"),
    choice("employer_is", EmployerIs),
    money("redundancy_pay"),
    structured("workings", tuple[ExplainedStep, ...], digested=True),
    day("p45_given_on", optional=True),
    text("note"),
    _rule("not_below_nothing", "weeks_in_lieu >= 0 AND redundancy_pay >= 0"),
    Index(None, "final_first_day"),
)

_keeps(
    TaskDone,
    "task_done",
    link("employment_id", "employment", optional=True),
    text("task"),
    day("done_on"),
    text("note"),
    day("valid_until", optional=True),
    UniqueConstraint("employment_id", "task"),
)

_keeps(
    PayAfterLeaving,
    "pay_after_leaving",
    link("employment_id", "employment"),
    day("first_day"),
    text("label"),
    money("amount"),
    Index(None, "first_day"),
)

_keeps(
    Ending,
    "ending",
    choice("kind", EndingKind),
    day("day"),
    text("who_acts"),
    link("employment_id", "employment", optional=True),
    text("note"),
)

_keeps(
    EndingStepDone,
    "ending_step_done",
    link("ending_id", "ending"),
    text("step"),
    day("done_on"),
    text("note"),
    UniqueConstraint("ending_id", "step"),
)

# ── hours and pay ────────────────────────────────────────────────────────────────────

_keeps(
    Timesheet,
    "timesheet",
    link("employment_id", "employment"),
    day("first_day"),
    day("last_day"),
    choice("status", TimesheetStatus),
    day("approved_on", optional=True),
    text("approved_by"),
    _rule("days_in_order", "last_day >= first_day"),
    Index(None, "employment_id", "first_day"),
)

_keeps(
    Shift,
    "shift",
    link("timesheet_id", "timesheet"),
    day("day"),
    choice("pay_type", PayType),
    text("label"),
    whole("minutes"),
    clock("started", optional=True),
    clock("ended", optional=True),
    whole("break_minutes"),
    whole("paid_break_minutes"),
    whole("awake_minutes"),
    whole("quantity"),
    money("amount"),
    text("note"),
    _rule(
        "not_below_nothing",
        "minutes >= 0 AND break_minutes >= 0 AND paid_break_minutes >= 0 AND awake_minutes >= 0"
        " AND quantity >= 0",
    ),
)

_keeps(
    PayRun,
    "pay_run",
    choice("frequency", PayFrequency),
    day("first_day"),
    day("last_day"),
    day("pay_date"),
    day("paid_on"),
    choice("status", PayRunStatus),
    instant("finalised_at", optional=True),
    link("reverses_id", "pay_run", optional=True, once=True),
    link("corrects_id", "pay_run", optional=True, once=True),
    text("reason"),
    _rule("days_in_order", "last_day >= first_day"),
    _rule("final_says_when", "(status = 'final') = (finalised_at IS NOT NULL)"),
    Index(None, "pay_date"),
)

_keeps(
    FindingSeen,
    "finding_seen",
    link("timesheet_id", "timesheet", optional=True),
    link("pay_run_id", "pay_run", optional=True),
    instant("seen_at"),
    text("seen_by"),
    choice("severity", Severity),
    text("code"),
    text("subject"),
    text("message"),
    text("source"),
    _rule("of_one_thing", "(timesheet_id IS NULL) <> (pay_run_id IS NULL)"),
)

_keeps(
    Payslip,
    "payslip",
    link("pay_run_id", "pay_run"),
    link("employment_id", "employment"),
    text("name"),
    day("pay_date"),
    day("paid_on"),
    day("first_day"),
    day("last_day"),
    text("tax_year"),
    whole("tax_period"),
    choice("frequency", PayFrequency),
    text("tax_code"),
    text("ni_letter"),
    money("gross_pay"),
    money("taxable_pay"),
    money("earnings_for_ni"),
    money("tax"),
    money("employee_ni"),
    money("employer_ni"),
    money("at_lel"),
    money("lel_to_pt"),
    money("pt_to_uel"),
    money("student_loan"),
    money("postgraduate_loan"),
    money("employee_pension"),
    money("employer_pension"),
    money("pension_relief"),
    money("expenses"),
    money("redundancy_pay"),
    money("other_deductions"),
    money("net_pay"),
    whole("minutes"),
    whole("worked_minutes"),
    whole("accruing_minutes"),
    whole("absence_minutes"),
    whole("holiday_minutes_earned"),
    whole("holiday_minutes_taken"),
    text("rates_used"),
    structured("lines", tuple[PayslipLine, ...]),
    structured("deductions", tuple[tuple[str, Money], ...]),
    structured("workings", tuple[ExplainedStep, ...], digested=True),
    long_text("inputs"),
    link("reverses_id", "payslip", optional=True, once=True),
    choice("pension_category", WorkerCategory, optional=True),
    _rule("days_in_order", "last_day >= first_day"),
    _rule(
        "net_pay_adds_up",
        "net_pay = gross_pay + expenses + redundancy_pay - tax - employee_ni - student_loan"
        " - postgraduate_loan - employee_pension - other_deductions",
    ),
    UniqueConstraint("pay_run_id", "employment_id"),
    Index(None, "employment_id", "tax_year"),
    Index(None, "employment_id", "first_day"),
    # Everything a holiday balance adds up, so that ten years of it are a few pages to read.
    Index(
        "ix_payslip_holiday",
        "employment_id",
        "last_day",
        "accruing_minutes",
        "absence_minutes",
        "holiday_minutes_earned",
        "holiday_minutes_taken",
    ),
    # And everything the payments to HMRC of a tax year add up.
    Index(
        "ix_payslip_hmrc",
        "tax_year",
        "pay_date",
        "tax",
        "employee_ni",
        "employer_ni",
        "student_loan",
        "postgraduate_loan",
    ),
    Index(None, "pay_date"),
)

# ── telling HMRC ─────────────────────────────────────────────────────────────────────

_keeps(
    Told,
    "told",
    choice("kind", ReportKind),
    text("tax_year"),
    day("told_on"),
    text("told_by"),
    choice("how", HowTold),
    whole("number"),
    link("pay_run_id", "pay_run", optional=True),
    link("employment_id", "employment", optional=True),
    text("reference"),
    text("note"),
    yes_no("final"),
    _rule("number", "number BETWEEN 0 AND 12"),
    Index(None, "tax_year"),
)

_keeps(
    ReportedJob,
    "reported_job",
    link("employment_id", "employment", once=True),
    text("sex"),
    choice("hours_band", HoursBand, optional=True),
    yes_no("irregular"),
    text("statement"),
    _rule("sex", "sex IN ('', 'M', 'F')"),
    _rule("statement", "statement IN ('', 'A', 'B', 'C')"),
)

_keeps(
    NiOfYear,
    "ni_of_year",
    text("tax_year"),
    money("total"),
    text("source"),
    _rule("not_below_nothing", "total >= 0"),
    UniqueConstraint("tax_year"),
)

_keeps(
    AllowanceAnswer,
    "allowance_answer",
    text("tax_year"),
    day("answered_on"),
    yes_no("needs_care"),
    yes_no("only_care"),
    yes_no("connected"),
    yes_no("claimed_elsewhere"),
    text("answered_by"),
    UniqueConstraint("tax_year"),
)

_keeps(
    NewYearCodes,
    "new_year_codes",
    text("tax_year"),
    day("done_on"),
    structured("tax_code_ids", tuple[int, ...]),
    UniqueConstraint("tax_year"),
)

# ── the account ──────────────────────────────────────────────────────────────────────

_keeps(
    Account,
    "account",
    text("key"),
    text("name"),
    choice("kind", AccountKind),
    day("opened_on"),
    money("opening_balance"),
    UniqueConstraint("key"),
)

_keeps(
    Statement,
    "statement",
    link("account_id", "account"),
    day("first_day"),
    day("last_day"),
    money("opening"),
    money("closing"),
    text("layout"),
    text("file_name"),
    text("sha256"),
    _rule("days_in_order", "last_day >= first_day"),
)

_keeps(
    StatementLine,
    "statement_line",
    link("statement_id", "statement"),
    link("account_id", "account"),
    day("day"),
    whole("position"),
    text("description"),
    money("amount"),
    money("balance", optional=True),
    Index(None, "account_id", "day"),
)

_keeps(
    Funder,
    "funder",
    text("key"),
    text("name"),
    choice("kind", FunderKind),
    text("template"),
    UniqueConstraint("key"),
)

_keeps(
    Award,
    "award",
    link("funder_id", "funder"),
    day("from_day"),
    day("to_day", optional=True),
    money("gross_weekly"),
    money("contribution_weekly"),
    money("net_weekly"),
    choice("basis", AwardBasis, optional=True),
    choice("frequency", PaymentFrequency),
    money("payment"),
    text("note"),
    day("first_payment", optional=True),
    _rule("days_in_order", "to_day IS NULL OR to_day >= from_day"),
)

_keeps(
    ExpectedPayment,
    "expected_payment",
    link("funder_id", "funder"),
    day("day"),
    money("amount"),
    choice("kind", ExpectedKind),
    text("reason"),
    day("covers_from", optional=True),
    day("covers_to", optional=True),
)

_keeps(
    ContributionPlan,
    "contribution_plan",
    link("funder_id", "funder", optional=True),
    day("from_day"),
    day("to_day", optional=True),
    yes_no("in_account"),
    money("amount"),
    choice("frequency", PaymentFrequency),
    day("first_due", optional=True),
    text("note"),
    _rule("days_in_order", "to_day IS NULL OR to_day >= from_day"),
)

_keeps(
    ContributionDue,
    "contribution_due",
    link("funder_id", "funder", optional=True),
    day("day"),
    money("amount"),
    whole("times"),
)

_keeps(
    OpeningShare,
    "opening_share",
    link("funder_id", "funder", once=True),
    money("amount"),
)

_keeps(
    SplitRule,
    "split_rule",
    link("funder_id", "funder"),
    whole("weight"),
    structured("categories", tuple[str, ...]),
    _rule("weight_not_below_nothing", "weight >= 0"),
)

_keeps(
    BalanceLimit,
    "balance_limit",
    link("funder_id", "funder"),
    whole("weeks"),
    money("weekly_base"),
)

_keeps(
    Reserve,
    "reserve",
    text("kind"),
    text("label"),
    money("amount"),
    text("agreed_by"),
    day("agreed_on", optional=True),
    day("from_day", optional=True),
    day("to_day", optional=True),
)

_keeps(
    Commitment,
    "commitment",
    choice("kind", CommitmentKind),
    text("payee"),
    money("amount"),
    day("incurred_on"),
    day("due", optional=True),
    link("pay_run_id", "pay_run", optional=True),
    link("employment_id", "employment", optional=True),
    text("tax_month"),
    text("source"),
    text("note"),
    day("until_day", optional=True),
    text("ends_reason"),
    Index(None, "incurred_on"),
    Index(None, "tax_month"),
)

_keeps(
    CommitmentShare,
    "commitment_share",
    link("commitment_id", "commitment"),
    link("funder_id", "funder"),
    money("amount"),
)

_keeps(
    LedgerEntry,
    "ledger_entry",
    link("account_id", "account"),
    day("day"),
    money("amount"),
    text("payee"),
    choice("method", Method),
    text("cheque_no"),
    text("note"),
    link("statement_line_id", "statement_line", optional=True),
    link("refund_of_id", "ledger_entry", optional=True),
    yes_no("brought_forward"),
    choice("status", EntryStatus),
    text("void_reason"),
    link("other_leg_id", "ledger_entry", optional=True),
    yes_no("made_from_line"),
    _rule("void_says_why", "status <> 'void' OR void_reason <> ''"),
    Index(None, "account_id", "day"),
)

_keeps(
    Split,
    "split",
    link("entry_id", "ledger_entry"),
    text("category"),
    money("amount"),
    link("funder_id", "funder", optional=True),
    link("commitment_id", "commitment", optional=True),
    text("note"),
    _rule("not_nothing", "amount <> 0"),
)

# ── what others report ───────────────────────────────────────────────────────────────

_keeps(
    ReportedHours,
    "reported_hours",
    text("assistant"),
    text("reference"),
    day("first_day"),
    day("last_day"),
    day("counts_on"),
    number("worked"),
    number("holiday"),
    number("retainer"),
    money("rate"),
    text("note"),
    Index(None, "counts_on"),
)

_keeps(
    ReportedPayslip,
    "reported_payslip",
    text("assistant"),
    text("reference"),
    day("pay_date"),
    day("counts_on"),
    money("gross"),
    money("tax"),
    money("employee_ni"),
    money("net"),
    money("employee_pension"),
    money("employer_ni"),
    money("employer_pension"),
    money("holiday"),
    Index(None, "counts_on"),
)

_keeps(
    Invoice,
    "invoice",
    text("provider"),
    text("reference"),
    day("day"),
    day("counts_on"),
    money("amount"),
    number("hours", optional=True),
    number("sessions", optional=True),
    money("rate", optional=True),
    money("plan_rate", optional=True),
    day("service_from", optional=True),
    day("service_to", optional=True),
    link("credits_id", "invoice", optional=True),
    link("paid_by_id", "ledger_entry", optional=True),
    Index(None, "counts_on"),
)

# ── returns ──────────────────────────────────────────────────────────────────────────

_keeps(
    ReturnChoice,
    "return_choice",
    text("template"),
    day("from_day"),
    day("anchor", optional=True),
)

_keeps(
    SignedReturn,
    "signed_return",
    text("template"),
    text("template_version"),
    day("first_day"),
    day("last_day"),
    whole("version"),
    text("signed_by"),
    text("capacity"),
    day("declared_on"),
    instant("signed_at"),
    long_text("figures"),
    text("sha256"),
    link("replaces_id", "signed_return", optional=True, once=True),
    text("what_changed"),
    _rule("days_in_order", "last_day >= first_day"),
    _rule("counts_from_one", "version >= 1"),
)

_keeps(
    ReturnAmendment,
    "return_amendment",
    link("signed_return_id", "signed_return", once=True),
    instant("opened_at"),
    text("reason"),
)

# ── papers ───────────────────────────────────────────────────────────────────────────

_keeps(
    Paper,
    "paper",
    whole("number"),
    text("kind"),
    text("title"),
    day("day", optional=True),
    money("amount", optional=True),
    text("file_name"),
    text("media_type"),
    whole("size"),
    text("sha256"),
    instant("kept_on", optional=True),
    text("reference"),
    UniqueConstraint("number"),
)

_keeps(
    PaperContent,
    "paper_content",
    link("paper_id", "paper", once=True),
    content("content"),
)

_keeps(
    PaperLink,
    "paper_link",
    link("paper_id", "paper"),
    link("entry_id", "ledger_entry", optional=True),
    link("timesheet_id", "timesheet", optional=True),
    link("payslip_id", "payslip", optional=True),
    link("commitment_id", "commitment", optional=True),
    _rule(
        "proves_one_thing",
        "(entry_id IS NOT NULL) + (timesheet_id IS NOT NULL) + (payslip_id IS NOT NULL)"
        " + (commitment_id IS NOT NULL) = 1",
    ),
)

_keeps(
    AgreedSpending,
    "agreed_spending",
    text("guide"),
    text("words"),
    choice("standing", Standing),
    day("from_day"),
    day("to_day", optional=True),
    text("who"),
    link("paper_id", "paper", optional=True),
    _rule("days_in_order", "to_day IS NULL OR to_day >= from_day"),
)

_keeps(
    SpendingAsked,
    "spending_asked",
    day("day"),
    text("words"),
    text("guide"),
    choice("answer", SpendingRule),
    choice("regime", Regime),
)

_keeps(
    Safeguard,
    "safeguard",
    choice("kind", SafeguardKind),
    day("day"),
)

_keeps(
    IssuedDocument,
    "issued_document",
    text("kind"),
    whole("subject_id"),
    text("file_name"),
    text("sha256"),
    instant("issued_at"),
    content("content"),
    Index(None, "kind", "subject_id"),
)


# ── what was done ────────────────────────────────────────────────────────────────────

AUDIT_EVENT = Table(
    "audit_event",
    METADATA,
    Column("seq", Integer, primary_key=True),
    instant("at"),
    text("who"),
    text("action"),
    text("reason"),
    text("program"),
    text("changes"),
    text("previous_hash"),
    text("hash"),
)
"""Every change ever made, in order, each holding the hash of the one before."""

BOOK_IDENTITY = Table(
    "book_identity",
    METADATA,
    Column("id", Integer, primary_key=True),
    text("book_id"),
    instant("created_at"),
    _rule("only_one", "id = 1"),
)
"""Which book this is: the keys that open it name it too."""
