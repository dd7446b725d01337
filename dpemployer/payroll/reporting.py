"""Telling HMRC: what was told, when and how, and by which day each thing must be told.

Sources: Income Tax (Pay As You Earn) Regulations 2003, regulations 67B (each payday), 67D (care
and support employers on paper) and 67F (nothing paid); GOV.UK, *Running payroll* and *Payroll:
annual reporting and tasks*; HMRC, RTI data item guide, items 40A and 54.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from dpemployer.errors import EntryError
from dpemployer.findings import UNCONFIRMED, Finding, Severity
from dpemployer.i18n import _, long_date
from dpemployer.money import NOTHING, Money
from dpemployer.periods import TaxMonth, TaxYear

if TYPE_CHECKING:
    from dpemployer.statutory.rates import Rates

PAPER_QUARTER = "reporting.paper_quarter"
"""The rule for the quarterly form. It is unconfirmed, and whoever uses it says so."""


class ReportKind(StrEnum):
    """What HMRC, or a worker, is told."""

    PAYDAY = "payday"
    """The full payment submission (FPS) of one payday."""
    MONTH = "month"
    """The employer payment summary (EPS) of one tax month."""
    QUARTER = "quarter"
    """The paper form of one quarter, for an employer who is exempt from filing online."""
    YEAR = "year"
    """That the tax year is finished, when no payday's report said so."""
    P60 = "p60"
    """The end-of-year certificate, given to somebody employed on 5 April."""


class HowTold(StrEnum):
    """By which way it was told."""

    BASIC_PAYE_TOOLS = "basic_paye_tools"
    OTHER_SOFTWARE = "other_software"
    PAYROLL_SERVICE = "payroll_service"
    PAPER = "paper"
    BY_HAND = "by_hand"
    """Given to the person, or sent to them."""


class HoursBand(StrEnum):
    """Normal hours in a week, as HMRC asks for them."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that was told, by whom, when and how: set by a person, never by the program.

    `number` is the tax month or quarter, and 0 for a payday or a certificate.
    """

    id: int
    kind: ReportKind
    tax_year: str
    told_on: date
    told_by: str
    how: HowTold
    number: int = 0
    pay_run_id: int | None = None
    employment_id: int | None = None
    reference: str = ""
    """What came back: the receipt or its reference."""
    note: str = ""
    final: bool = False
    """It also said that it was the last report of the tax year."""


@dataclass(frozen=True, slots=True)
class ReportedJob:
    """What HMRC asks about a job and the terms of the job do not say."""

    id: int
    employment_id: int
    sex: str = ""
    """M or F, as HMRC has it on record; empty while it is not known."""
    hours_band: HoursBand | None = None
    """None: as the contracted hours say."""
    irregular: bool = False
    """Casual work, or unpaid for three months or longer: said every time, or HMRC ends the job."""
    statement: str = ""
    """A, B or C of the starter checklist, asked of somebody who brought a P45; or not known yet."""


def band_of(hours: Decimal | None, job: ReportedJob, rates: Rates) -> HoursBand:
    """Return the band of normal weekly hours: the one chosen, or what the contract says.

    Args:
        hours: A week in the contract, by the holiday terms of the day; None where they vary.
        job: What was chosen, if anything.
        rates: The figures of the day.
    """
    if job.hours_band is not None:
        return job.hours_band
    if hours is None:
        return HoursBand.E
    limits = rates["reporting.hours_bands"]
    bands = (
        (HoursBand.D, limits.rate("d_from")),
        (HoursBand.C, limits.rate("c_from")),
        (HoursBand.B, limits.rate("b_from")),
        (HoursBand.A, Decimal(0)),
    )
    return next(band for band, least in bands if hours >= least)


# ── by which day ──


def month_due(month: TaxMonth, rates: Rates) -> date:
    """Return the last day to tell HMRC about a tax month as a whole (EPS)."""
    return month.last_day.replace(day=rates["hmrc_payment"].whole("eps_deadline_day"))


@dataclass(frozen=True, slots=True)
class PaperQuarter:
    """One quarter of an employer who tells HMRC on paper."""

    year: TaxYear
    number: int
    first_day: date
    last_day: date
    by_days: date
    """So many days after the quarter, as the regulation says."""
    by_day_of_month: date
    """The day of the month, as HMRC's manual says."""

    @property
    def due(self) -> date:
        """The earlier of the two, which is safe whichever is right."""
        return min(self.by_days, self.by_day_of_month)


def paper_quarter(year: TaxYear, number: int, rates: Rates) -> PaperQuarter:
    """Return a quarter, 1 to 4, and by when its form must arrive."""
    last = TaxMonth(year, number * 3).last_day
    rule = rates[PAPER_QUARTER]
    return PaperQuarter(
        year,
        number,
        TaxMonth(year, number * 3 - 2).first_day,
        last,
        last + timedelta(days=rule.whole("days_after_quarter")),
        last.replace(day=rule.whole("day_of_month")),
    )


def paper_findings(rates: Rates) -> tuple[Finding, ...]:
    """Say what is not certain about telling HMRC on paper."""
    rule = rates.entry(PAPER_QUARTER)
    if rule.confirmed:
        return ()
    return (
        Finding(
            severity=Severity.NOTE,
            code=UNCONFIRMED,
            subject=_("The paper form"),
            message=_(
                "The day by which the form must arrive could not be checked against enough "
                "published sources. {note}"
            ).format(note=rule.note),
            source=rule.source,
        ),
    )


def p60_due(year: TaxYear, rates: Rates) -> date:
    """Return the last day to give people their end-of-year figures."""
    return _day_after(year, rates["reporting.year_end"].text("p60_by"))


def last_report_due(year: TaxYear, rates: Rates) -> date:
    """Return the last day to send what closes the tax year, when no payday did."""
    return _day_after(year, rates["reporting.year_end"].text("last_report_by"))


def _day_after(year: TaxYear, month_and_day: str) -> date:
    return date.fromisoformat(f"{year.start + 1}-{month_and_day}")


# ── what is typed ──


def checked_told(told: Told, today: date) -> Told:
    """Refuse a day that is yet to come, or nobody's name."""
    if told.told_on > today:
        raise EntryError(
            what=_("{day} is still to come.").format(day=long_date(told.told_on)),
            why=_("This is ticked when it has been done."),
            next_step=_("Type the day it was done, or come back when it is."),
        )
    if not told.told_by.strip():
        raise EntryError(
            what=_("Who did it is missing."),
            why=_("Months later, somebody may have to ask them about it."),
            next_step=_("Type their name."),
        )
    return told


def late_finding(what: str, due: date, told_on: date) -> Finding | None:
    """Say that something was told after its day; nothing when it was in time."""
    if told_on <= due:
        return None
    return Finding(
        severity=Severity.WARNING,
        code="told_late",
        subject=what,
        message=_(
            "HMRC had to be told by {due}, and was told on {day}. HMRC does not usually charge for "
            "the first time in a tax year, nor for three days or less."
        ).format(due=long_date(due), day=long_date(told_on)),
        source="GOV.UK, What happens if you do not report payroll information on time",
    )


@dataclass(frozen=True, slots=True)
class NiOfYear:
    """All Class 1 National Insurance of a tax year the book does not hold whole."""

    id: int
    tax_year: str
    total: Money = NOTHING
    """Employees' and employer's together, before the Employment Allowance."""
    source: str = ""


@dataclass(frozen=True, slots=True)
class AllowanceAnswer:
    """What the employer answered about the Employment Allowance for one tax year."""

    id: int
    tax_year: str
    answered_on: date
    needs_care: bool
    """Somebody needs the help because of age, illness, disability or dependence."""
    only_care: bool
    """Everything every worker does is for that person."""
    connected: bool
    """The employer also runs, or is connected with, another business that has workers."""
    claimed_elsewhere: bool
    """The allowance is claimed on another PAYE scheme of this employer."""
    answered_by: str = ""
