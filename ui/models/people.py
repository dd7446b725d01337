"""How people and the terms of their jobs are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dpemployer import clock
from dpemployer.i18n import N_, _
from dpemployer.identifiers import NINO
from dpemployer.money import NOTHING
from dpemployer.services.rows import EmploymentRow, PersonRow
from ui import format as words_for
from ui import names
from ui.models.rows import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from dpemployer.services.rows import (
        EmploymentDetail,
        HolidayTerms,
        NiCategoryHeld,
        PayRate,
        PensionMembership,
        StudentLoanHeld,
        TaxCodeHeld,
    )


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One personal assistant with one job, or with none yet."""

    person: PersonRow
    job: EmploymentRow | None

    @property
    def employment_id(self) -> int:
        """The job; 0 when there is none yet."""
        return self.job.employment_id if self.job else 0


def lines_of(people: Iterable[PersonRow]) -> list[PersonLine]:
    """Return a line for each job, those who have left last."""
    lines = [
        PersonLine(person, job) for person in people for job in (person.employments or (None,))
    ]
    return sorted(lines, key=lambda line: bool(line.job and line.job.left_on))


def _how_it_stands(line: PersonLine) -> str:
    if line.job is None:
        return _("No job recorded yet")
    if line.job.left_on is not None:
        return _("Left on {day}").format(day=words_for.long_date(line.job.left_on))
    return _("Since {day}").format(day=words_for.long_date(line.job.started_on))


PEOPLE: tuple[Column[PersonLine], ...] = (
    Column(N_("Personal assistant"), text=lambda line: line.person.name),
    Column(
        N_("Paid"),
        text=lambda line: names.name(line.job.frequency, names.frequencies()) if line.job else "",
    ),
    Column(
        N_("Hourly rate"),
        text=lambda line: str(line.job.hourly_rate) if line.job and line.job.hourly_rate else "",
        numeric=True,
    ),
    Column(N_("Tax code"), text=lambda line: line.job.tax_code if line.job else ""),
    Column(N_("NI letter"), text=lambda line: line.job.ni_letter if line.job else ""),
    Column(N_("How it stands"), text=_how_it_stands),
)


def _from(day: date) -> str:
    return words_for.long_date(day)


def _until(day: date | None) -> str:
    return "" if day is None else words_for.long_date(day)


RATES: tuple[Column[PayRate], ...] = (
    Column(N_("From"), text=lambda rate: _from(rate.from_day)),
    Column(N_("On the payslip"), text=lambda rate: rate.label),
    Column(N_("For"), text=lambda rate: names.name(rate.pay_type, names.pay_types())),
    Column(N_("Rate"), text=lambda rate: names.rate_words(rate.rate, rate.per), numeric=True),
)


def _earlier_jobs(held: TaxCodeHeld) -> str:
    """Say what a notice or a P45 brought of earlier jobs."""
    if held.previous_pay is None:
        return ""
    return _("{pay} pay, {tax} tax").format(pay=held.previous_pay, tax=held.previous_tax or NOTHING)


TAX_CODES: tuple[Column[TaxCodeHeld], ...] = (
    Column(N_("From"), text=lambda held: _from(held.from_day)),
    Column(N_("Tax code"), text=lambda held: held.code),
    Column(N_("Where it comes from"), text=lambda held: held.source),
    Column(N_("Earlier jobs"), text=_earlier_jobs),
)
NI_LETTERS: tuple[Column[NiCategoryHeld], ...] = (
    Column(N_("From"), text=lambda held: _from(held.from_day)),
    Column(N_("Letter"), text=lambda held: held.letter),
    Column(N_("Where it comes from"), text=lambda held: held.source),
)
LOANS: tuple[Column[StudentLoanHeld], ...] = (
    Column(N_("From"), text=lambda held: _from(held.from_day)),
    Column(N_("Until"), text=lambda held: _until(held.to_day)),
    Column(N_("Plan"), text=lambda held: names.name(held.plan, names.loan_plans())),
    Column(N_("Where it comes from"), text=lambda held: held.source),
)
PENSIONS: tuple[Column[PensionMembership], ...] = (
    Column(N_("From"), text=lambda held: _from(held.from_day)),
    Column(N_("Until"), text=lambda held: _until(held.to_day)),
    Column(N_("Provider"), text=lambda held: held.provider),
    Column(
        N_("They pay"),
        text=lambda held: f"{words_for.show_number(held.employee_percent)}%",
        numeric=True,
    ),
    Column(
        N_("You pay"),
        text=lambda held: f"{words_for.show_number(held.employer_percent)}%",
        numeric=True,
    ),
)


def _contracted(held: HolidayTerms) -> str:
    """Say the contracted week."""
    if held.hours_per_week is None or held.days_per_week is None:
        return ""
    return _("{hours} hours on {days} days a week").format(
        hours=words_for.show_number(held.hours_per_week),
        days=words_for.show_number(held.days_per_week),
    )


HOLIDAY_TERMS: tuple[Column[HolidayTerms], ...] = (
    Column(N_("From"), text=lambda held: _from(held.from_day)),
    Column(
        N_("Their hours"),
        text=lambda held: names.name(held.holiday_class, names.holiday_classes()),
    ),
    Column(N_("In the contract"), text=_contracted),
    Column(
        N_("Holiday pay"),
        text=lambda held: _("With the wages") if held.rolled_up else _("When taken"),
    ),
    Column(N_("Why"), text=lambda held: held.reason),
)


def _latest(held: Sequence[HolidayTerms]) -> HolidayTerms:
    """Return the terms in force today, out of some with the newest first."""
    today = clock.today()
    return next((term for term in held if term.from_day <= today), held[-1])


def details_of(detail: EmploymentDetail) -> list[str]:
    """Say who somebody is, a line at a time."""
    person = detail.assistant
    return [
        _("Born on {day}.").format(day=words_for.long_date(person.born_on)),
        _("National Insurance number: {nino}.").format(
            nino=NINO.shown(person.nino) if person.nino else _("not known yet")
        ),
        *(filter(None, (person.address.replace("\n", ", "), person.contact))),
    ]


def job_of(detail: EmploymentDetail) -> list[str]:
    """Say what somebody's job is, a line at a time."""
    job = detail.employment
    period = job.schedule.period_of(clock.today())
    lines = [
        _("Payroll number {number}. Began on {day}.").format(
            number=job.payroll_id, day=words_for.long_date(job.started_on)
        ),
        _("{often}. This period is paid on {day}.").format(
            often=names.name(job.frequency, names.frequencies()),
            day=words_for.long_date(period.pay_date),
        ),
        _("Holiday: {kind}.").format(
            kind=names.name(_latest(detail.holiday).holiday_class, names.holiday_classes()).lower()
        ),
    ]
    if job.left_on is not None:
        lines.append(_("Left on {day}.").format(day=words_for.long_date(job.left_on)))
    return lines
