"""The plain, frozen rows that windows and commands are shown.

Facts that a person types in whole (a personal assistant, a shift, a rate) are themselves plain
and frozen, so they are handed over as they are, and windows take their names from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dpemployer.bank_days import Nation
from dpemployer.bookkeeping.accounts import Account, AccountKind
from dpemployer.bookkeeping.commitments import Commitment, CommitmentKind
from dpemployer.bookkeeping.ledger import LedgerEntry, Method
from dpemployer.findings import Finding, Severity
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.household import (
    EmployerScheme,
    OpeningHousehold,
    Party,
    Role,
    RoleHeld,
)
from dpemployer.payroll.payday import PayRun, PayRunStatus
from dpemployer.payroll.payslip import Payslip, PayslipLine
from dpemployer.payroll.people import (
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
from dpemployer.payroll.timesheet import Shift, Timesheet, TimesheetStatus
from dpemployer.payroll.working_time import (
    DomesticService,
    HomeProvided,
    RestGiven,
    WageExemption,
    WorkingTimeRecord,
)
from dpemployer.periods import PayFrequency
from dpemployer.statutory.pensions import WorkerCategory
from dpemployer.workings import ExplainedStep, in_words

__all__ = [
    "Account",
    "AccountKind",
    "Commitment",
    "CommitmentKind",
    "DifferenceRow",
    "DomesticService",
    "EmployerPaymentRow",
    "EmployerScheme",
    "Employment",
    "EmploymentDetail",
    "EmploymentRow",
    "ExplainedStep",
    "Figure",
    "FigureExplained",
    "Finding",
    "HolidayBalanceRow",
    "HolidayClass",
    "HolidayTerms",
    "HomeProvided",
    "HouseholdRow",
    "LedgerEntry",
    "Method",
    "Nation",
    "NiCategoryHeld",
    "OpeningHoliday",
    "OpeningHousehold",
    "OpeningPay",
    "OpeningState",
    "PaidWeek",
    "Party",
    "PayFrequency",
    "PayRate",
    "PayRun",
    "PayRunCorrected",
    "PayRunFinalised",
    "PayRunPreview",
    "PayRunRow",
    "PayRunStatus",
    "PayType",
    "PaydayRow",
    "Payslip",
    "PayslipLine",
    "PayslipRow",
    "PensionBasis",
    "PensionMembership",
    "PensionRelief",
    "Per",
    "PersonRow",
    "PersonalAssistant",
    "RateChoice",
    "RestGiven",
    "Role",
    "RoleHeld",
    "RoleRow",
    "Severity",
    "Shift",
    "ShiftRow",
    "StarterDeclaration",
    "StudentLoanHeld",
    "SuggestedNiLetter",
    "SuggestedTaxCode",
    "TaxCodeHeld",
    "Timesheet",
    "TimesheetDetail",
    "TimesheetRow",
    "TimesheetStatus",
    "TypeTotal",
    "WageExemption",
    "WorkerCategory",
    "WorkingTimeDetail",
    "WorkingTimeRecord",
    "YearToDateRow",
]


# ── people ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One personal assistant in a list."""

    assistant_id: int
    name: str
    initials: str
    nino: str
    """With its usual spaces; empty when not known yet."""
    born_on: date
    contact: str
    employments: tuple[EmploymentRow, ...]


@dataclass(frozen=True, slots=True)
class EmploymentRow:
    """One employment in a list, with the terms in force on the day asked about."""

    employment_id: int
    assistant_id: int
    name: str
    payroll_id: str
    frequency: PayFrequency
    started_on: date
    left_on: date | None
    tax_code: str
    """Empty: none yet."""
    ni_letter: str
    hourly_rate: Money | None
    """The basic rate, when there is one."""
    has_rate: bool
    """Whether any kind of time has a rate at all, from some day."""


@dataclass(frozen=True, slots=True)
class EmploymentDetail:
    """One employment with every dated term, the newest first within each kind."""

    assistant: PersonalAssistant
    employment: Employment
    rates: tuple[PayRate, ...]
    tax_codes: tuple[TaxCodeHeld, ...]
    ni_letters: tuple[NiCategoryHeld, ...]
    loans: tuple[StudentLoanHeld, ...]
    pensions: tuple[PensionMembership, ...]
    holiday: tuple[HolidayTerms, ...]
    findings: tuple[Finding, ...]
    """What to look at about these terms on the day asked about."""


@dataclass(frozen=True, slots=True)
class WorkingTimeDetail:
    """What is known of the working time of one employment; the newest first in each list."""

    record: WorkingTimeRecord
    """With the id 0 as long as nothing is recorded."""
    homes: tuple[HomeProvided, ...]
    rests: tuple[RestGiven, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class SuggestedTaxCode:
    """The code the rules give a starter, and why."""

    code: str
    """With its week 1/month 1 mark, as it is kept: `1257L M1`."""
    counts_p45: bool
    """Whether the pay and tax on the P45 count."""
    why: str
    source: str


@dataclass(frozen=True, slots=True)
class CodeRecorded:
    """A code from a notice or a P45, and from when it is used."""

    code: str
    from_day: date
    """The first payday on or after this day uses it."""
    why: str
    counts_figures: bool
    """Whether pay and tax of earlier jobs came with it."""


@dataclass(frozen=True, slots=True)
class SuggestedNiLetter:
    """The category letter age alone gives, and why."""

    letter: str
    why: str
    source: str


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One part somebody plays."""

    role_id: int
    party_id: int
    name: str
    role: Role
    capacity: str
    from_day: date
    to_day: date | None


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """Who plays which part on a day."""

    person_supported: RoleRow | None
    money_manager: RoleRow | None
    employer: RoleRow | None
    signatories: tuple[RoleRow, ...]
    scheme: EmployerScheme | None


# ── opening ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class OpeningState:
    """Everything the book began with, and whether it can still be changed."""

    household: OpeningHousehold | None
    pay: tuple[OpeningPay, ...]
    """This employment's figures to date."""
    p45s: tuple[OpeningPay, ...]
    """An earlier employment's figures."""
    holidays: tuple[OpeningHoliday, ...]
    owed: tuple[Commitment, ...]
    accounts: tuple[Account, ...]
    uncleared: tuple[LedgerEntry, ...]
    locked: str
    """Why opening figures cannot be changed any more; empty while they can."""
    findings: tuple[Finding, ...]


# ── timesheets ────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class RateChoice:
    """One thing a shift can be, on one day: a pay type with its label and rate."""

    pay_type: PayType
    label: str
    rate: Money
    per: Per


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """One shift in a week grid."""

    shift: Shift
    minutes: int
    """Paid time."""
    ends_next_day: bool
    clock_change: str
    """A sentence when the clocks change during it; otherwise empty."""


@dataclass(frozen=True, slots=True)
class TypeTotal:
    """What one kind of time comes to on a timesheet."""

    pay_type: PayType
    label: str
    minutes: int
    quantity: int
    amount: Money
    """What it is worth at the rates in force; nothing when there is no rate yet."""


@dataclass(frozen=True, slots=True)
class TimesheetRow:
    """One timesheet in a list."""

    timesheet_id: int
    """0: nothing recorded yet for this period."""
    employment_id: int
    name: str
    first_day: date
    last_day: date
    pay_date: date
    status: TimesheetStatus
    paid: bool
    """A payslip that stands has been issued for it."""
    minutes: int
    """Paid time of every kind, holiday included."""
    holiday_minutes: int
    nights: int
    """Sleep-in nights."""


@dataclass(frozen=True, slots=True)
class TimesheetDetail:
    """One timesheet with its shifts in order, its totals, and what to look at."""

    row: TimesheetRow
    timesheet: Timesheet
    shifts: tuple[ShiftRow, ...]
    totals: tuple[TypeTotal, ...]
    findings: tuple[Finding, ...]
    choices: tuple[RateChoice, ...]
    """What a shift in this period can be, on its first day."""
    seen: tuple[Finding, ...] = ()
    """What there was to look at when it was approved, as it was worded then."""


# ── pay runs ──────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure on a payslip or a payment to HMRC: ask for its workings by its key."""

    key: str
    label: str
    amount: Money


@dataclass(frozen=True, slots=True)
class FigureExplained:
    """How one figure was worked out."""

    key: str
    label: str
    amount: Money | None
    """None: the figure is not money, such as holiday earned."""
    steps: tuple[ExplainedStep, ...]

    @property
    def text(self) -> str:
        """The steps in words, for reading aloud and copying."""
        return in_words(self.steps)


@dataclass(frozen=True, slots=True)
class PaydayRow:
    """A payday somebody is due on, and how far it has got."""

    frequency: PayFrequency
    first_day: date
    last_day: date
    pay_date: date
    paid_on: date
    people: tuple[tuple[int, str], ...]
    """Employment and name of everybody who has not been paid for it."""
    pay_run_id: int | None
    """The draft, when there is one."""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class PayRunRow:
    """One pay run in a list."""

    pay_run_id: int
    frequency: PayFrequency
    first_day: date
    last_day: date
    pay_date: date
    paid_on: date
    status: PayRunStatus
    payslips: int
    gross_pay: Money
    net_pay: Money
    reverses_id: int | None
    corrects_id: int | None
    reversed_by_id: int | None
    reason: str
    names: tuple[str, ...] = ()
    """Whose payslips they are, in order."""


@dataclass(frozen=True, slots=True)
class YearToDateRow:
    """The sums of a tax year up to a payday: finals, reversals and opening figures."""

    employment_id: int
    tax_year: str
    gross_pay: Money
    taxable_pay: Money
    tax: Money
    earnings_for_ni: Money
    employee_ni: Money
    employer_ni: Money
    at_lel: Money
    lel_to_pt: Money
    pt_to_uel: Money
    student_loan: Money
    postgraduate_loan: Money
    employee_pension: Money
    employer_pension: Money
    net_pay: Money
    """Of the payslips in this book only."""
    previous_pay: Money = NOTHING
    """From a P45, kept apart."""
    previous_tax: Money = NOTHING


@dataclass(frozen=True, slots=True)
class HolidayBalanceRow:
    """Holiday of one employment in the leave year that holds a day, in minutes."""

    employment_id: int
    name: str
    leave_year_first: date
    leave_year_last: date
    brought_forward: int
    """Left when the leave year, or the book, began."""
    earned: int
    taken: int
    left: int


@dataclass(frozen=True, slots=True)
class PayslipRow:
    """One person's pay in one pay run, as previewed or as issued."""

    payslip_id: int | None
    """None: a draft, nothing is stored yet."""
    employment_id: int
    name: str
    tax_code: str
    ni_letter: str
    minutes: int
    lines: tuple[PayslipLine, ...]
    gross_pay: Money
    tax: Money
    employee_ni: Money
    student_loan: Money
    postgraduate_loan: Money
    employee_pension: Money
    other_deductions: Money
    expenses: Money
    redundancy_pay: Money
    net_pay: Money
    employer_ni: Money
    employer_pension: Money
    figures: tuple[Figure, ...]
    """Every figure in reading order, each of which can be explained."""
    year_to_date: YearToDateRow
    """This payslip included."""
    holiday: HolidayBalanceRow
    """This payslip included."""
    findings: tuple[Finding, ...]
    pension_category: WorkerCategory | None = None
    """What automatic enrolment made of the person on this payday."""
    reverses_id: int | None = None
    replaces_net_pay: Money | None = None
    """In a draft that puts another pay run right: the net pay of the payslip it replaces."""


@dataclass(frozen=True, slots=True)
class PayRunPreview:
    """A pay run as it stands: worked out afresh for a draft, as stored for a final."""

    pay_run_id: int
    frequency: PayFrequency
    first_day: date
    last_day: date
    pay_date: date
    paid_on: date
    status: PayRunStatus
    payslips: tuple[PayslipRow, ...]
    gross_pay: Money
    deductions: Money
    net_pay: Money
    employer_cost: Money
    """Gross pay, employer National Insurance, employer pension, expenses and redundancy pay."""
    findings: tuple[Finding, ...]
    """About the run and everybody in it."""
    reverses_id: int | None = None
    corrects_id: int | None = None
    reason: str = ""

    @property
    def blocked(self) -> bool:
        """Whether something must be put right before this run can be finalised."""
        return any(finding.blocks for finding in self.findings)

    @property
    def moved(self) -> bool:
        """Whether banks are closed on the payday, so that the money moves earlier."""
        return self.paid_on != self.pay_date


@dataclass(frozen=True, slots=True)
class PayRunFinalised:
    """What finalising a pay run came to."""

    pay_run_id: int
    payslips: int
    net_pay: Money
    commitments: tuple[Commitment, ...]


@dataclass(frozen=True, slots=True)
class PayRunCorrected:
    """The reversal that was made, and the draft that takes the original's place."""

    reversal_id: int
    draft_id: int


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """A payslip that stands, beside what today's facts would make of it."""

    payslip_id: int
    pay_run_id: int
    name: str
    pay_date: date
    figure: str
    label: str
    as_issued: Money
    as_now: Money

    @property
    def difference(self) -> Money:
        """What more it would be now."""
        return self.as_now - self.as_issued


@dataclass(frozen=True, slots=True)
class EmployerPaymentRow:
    """What HMRC is owed for a tax month or a quarter (the P32 figure)."""

    tax_year: str
    months: tuple[int, ...]
    figures: tuple[Figure, ...]
    """The rows of the P32 in order; the last is the amount due."""
    due_amount: Money
    allowance_used: Money
    allowance_left: Money
    due_on: date
    """Moved to the banking day before, when banks are closed on it."""
    steps: tuple[ExplainedStep, ...]
