"""What decides each person's pay on one payday: facts alone, gathered beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from dpemployer.money import Money
from dpemployer.payroll.away import Away
from dpemployer.payroll.deduction_terms import DeductionsHeld
from dpemployer.payroll.enrolment import PensionBefore
from dpemployer.payroll.holiday import HolidayBefore
from dpemployer.payroll.leave_years import HolidayContract
from dpemployer.payroll.leaving import Leaving, PayAfterLeaving
from dpemployer.payroll.payday import PayRun
from dpemployer.payroll.people import Employment, PersonalAssistant
from dpemployer.payroll.terms import Terms
from dpemployer.payroll.timesheet import Shift, Timesheet
from dpemployer.payroll.working_time import HomeProvided, WorkingTimeRecord
from dpemployer.payroll.year_to_date import YearToDate


@dataclass(frozen=True, slots=True)
class DraftPay:
    """Every fact that decides one person's pay in one run."""

    assistant: PersonalAssistant
    employment: Employment
    terms: Terms
    timesheet: Timesheet
    shifts: tuple[Shift, ...] = ()
    to_date: YearToDate = field(default_factory=YearToDate)
    """This tax year before this payment, opening figures included."""
    holiday: HolidayBefore = field(default_factory=HolidayBefore)
    paid_weeks: Mapping[date, tuple[int, Money]] = field(default_factory=dict)
    """For the day each week ends: minutes and pay, from payslips and from before the book."""
    other_employments: int = 0
    """Further employments of the same person in force on the payday."""
    same_job_twice: bool = False
    """One of those is paid as often and at the same rates: it is this one, recorded again."""
    pension: PensionBefore = field(default_factory=PensionBefore)
    """How they stand with the pension, apart from the terms of a membership."""
    working_time: WorkingTimeRecord | None = None
    homes: tuple[HomeProvided, ...] = ()
    """Homes the employer provides, whenever."""
    earlier_miles: tuple[Shift, ...] = ()
    """Mileage earlier in the tax years of the miles in `shifts`."""
    deductions: DeductionsHeld = field(default_factory=DeductionsHeld)
    """What may be taken from net pay, with what stored payslips took before."""
    away: Away = field(default_factory=Away)
    """Sickness and family leave that may matter on this payday."""
    leaving: Leaving | None = None
    """How the employment ends, once that is known."""
    after_leaving: tuple[PayAfterLeaving, ...] = ()
    """What is paid with this payday after the last pay."""
    not_ticked: tuple[str, ...] = ()
    """With the first pay: what the law wanted done before it, and nobody has ticked."""
    rolled_up_before: tuple[Money, ...] = ()
    """Holiday pay paid with the wages in each pay period of the year before an absence."""

    @property
    def contract(self) -> HolidayContract:
        """The employment with the dated terms of its holiday."""
        return HolidayContract.of(self.employment, self.terms)


@dataclass(frozen=True, slots=True)
class DraftPayRun:
    """A pay run and everybody in it.

    `unrecorded` names those who have no timesheet, `away` those of them who are away with
    statutory pay.
    """

    run: PayRun
    people: tuple[DraftPay, ...]
    unrecorded: tuple[str, ...] = ()
    away: tuple[str, ...] = ()
