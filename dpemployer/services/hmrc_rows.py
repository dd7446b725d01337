"""The plain, frozen rows about HMRC and the tax year's end that windows and papers are shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dpemployer.findings import Finding
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.added_up import Added
from dpemployer.payroll.deductions_record import RecordLine
from dpemployer.payroll.fps_sheet import SheetItem, SheetPart
from dpemployer.payroll.reporting import (
    AllowanceAnswer,
    HoursBand,
    HowTold,
    NiOfYear,
    ReportedJob,
    ReportKind,
    Told,
)
from dpemployer.payroll.year_end import P60, NewYearCodes
from dpemployer.workings import ExplainedStep

__all__ = [
    "P60",
    "Added",
    "AllowanceAnswer",
    "AllowanceRow",
    "HoursBand",
    "HowTold",
    "JobRow",
    "LaterRow",
    "NewCodeRow",
    "NewYear",
    "NewYearCodes",
    "NiOfYear",
    "P32Row",
    "P60Row",
    "PersonSheet",
    "RecordLine",
    "RecordSheet",
    "ReportKind",
    "ReportRow",
    "ReportSheet",
    "ReportedJob",
    "SheetItem",
    "SheetPart",
    "Told",
    "VerdictRow",
    "YearStep",
]


# ── telling HMRC ──


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One thing HMRC, or a worker, is to be told, and whether it has been."""

    kind: ReportKind
    tax_year: str
    number: int
    """The tax month or quarter; 0 where there is none."""
    pay_run_id: int | None
    employment_id: int | None
    day: date
    """The payday, or the last day of what is told."""
    first_day: date
    who: str
    """Whose pay it is about."""
    due: date
    told: Told | None
    late: bool
    """It has not been told, and its day has passed."""
    reasons: tuple[str, ...] = ()
    """Why a month or a year has to be told as a whole."""
    corrects: bool = False
    """HMRC was told other figures for this payday before."""
    final: bool = False
    """It is the last report of the tax year."""

    @property
    def key(self) -> tuple[ReportKind, str, int, int | None, int | None]:
        """What tells it from every other."""
        return self.kind, self.tax_year, self.number, self.pay_run_id, self.employment_id


@dataclass(frozen=True, slots=True)
class PersonSheet:
    """What is told about one person."""

    employment_id: int
    name: str
    parts: tuple[SheetPart, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """Everything to type, or to copy on to a form, for one report."""

    row: ReportRow
    title: str
    parts: tuple[SheetPart, ...]
    """About the employer as a whole."""
    people: tuple[PersonSheet, ...]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()
    """What to know while doing it, in order."""


@dataclass(frozen=True, slots=True)
class JobRow:
    """What HMRC asks about a job beside its terms."""

    employment_id: int
    name: str
    job: ReportedJob
    band: HoursBand
    """The one chosen, or what the contracted hours say."""


# ── records ──


@dataclass(frozen=True, slots=True)
class P32Row:
    """One tax month, quarter or the year on the employer payment record."""

    tax_year: str
    months: tuple[int, ...]
    first_day: date
    last_day: date
    figures: tuple[Added, ...]
    due_on: date
    paid: Money = NOTHING
    """What the account has paid of it so far."""
    paid_on: date | None = None
    """When something was last paid of it."""

    def amount(self, key: str) -> Money:
        """Return one column."""
        return next(one.amount for one in self.figures if one.key == key)


@dataclass(frozen=True, slots=True)
class RecordSheet:
    """The deductions record of one job in a tax year, or a part of it."""

    employment_id: int
    name: str
    tax_year: str
    facts: tuple[tuple[str, str], ...]
    lines: tuple[RecordLine, ...]
    totals: tuple[Added, ...]


@dataclass(frozen=True, slots=True)
class P60Row:
    """What one person's P60 says, and whether they have it."""

    employment_id: int
    name: str
    tax_year: str
    facts: tuple[tuple[str, str], ...]
    p60: P60
    due: date
    told: Told | None
    findings: tuple[Finding, ...]


# ── the year's end ──


@dataclass(frozen=True, slots=True)
class NewCodeRow:
    """The code one person begins a tax year with."""

    employment_id: int
    name: str
    before: str
    after: str
    why: tuple[ExplainedStep, ...]
    kept: bool
    """A notice from HMRC for the new year is there already, and stays."""

    @property
    def changes(self) -> bool:
        """Whether another code is put into this person's terms."""
        return not self.kept and self.before != self.after


@dataclass(frozen=True, slots=True)
class NewYear:
    """The codes of a new tax year: as they would be, or as they were carried over."""

    tax_year: str
    rows: tuple[NewCodeRow, ...]
    done_on: date | None
    may_undo: bool


@dataclass(frozen=True, slots=True)
class YearStep:
    """One step of the year's end: what it is, whether it is done, and where it is done."""

    key: str
    words: str
    done: bool
    by: date | None = None
    part: str = ""
    """The part of the HMRC page it is done on; `pay` and `money` are pages of their own."""


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """A yes or no with its reasons."""

    yes: bool
    steps: tuple[ExplainedStep, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def text(self) -> str:
        """The last step, which says what it comes to."""
        return self.steps[-1].sentence


@dataclass(frozen=True, slots=True)
class AllowanceRow:
    """The answers about the Employment Allowance for a year, and what follows from them."""

    tax_year: str
    answer: AllowanceAnswer | None
    verdict: VerdictRow | None
    claims: bool
    """The book says that it is claimed in that year."""


# ── corrections ──


@dataclass(frozen=True, slots=True)
class LaterRow:
    """A later payslip that would be different if a correction is finalised."""

    pay_run_id: int
    pay_date: date
    employment_id: int
    name: str
    figures: tuple[tuple[str, Money, Money], ...]
    """Each figure that differs: what it is called, as issued, and as it would be."""
    net_before: Money
    net_after: Money
    blocked: str = ""
    """Why it cannot be worked out again; empty when it can."""

    @property
    def change(self) -> Money:
        """What more would be paid."""
        return self.net_after - self.net_before
