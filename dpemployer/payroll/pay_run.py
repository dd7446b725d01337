"""A payday for everybody paid together: draft, then final, put right only by reversal.

`calculate` turns a draft and the facts behind it into payslips, workings and findings. It is
called for every preview and once more when the run is finalised; nothing but the facts and
the rates decides what comes out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from dpemployer.errors import EntryError, PayRunBlockedError
from dpemployer.findings import Finding, Severity
from dpemployer.i18n import _, long_date
from dpemployer.money import Money
from dpemployer.payroll import checks
from dpemployer.payroll.added_pay import added_pay
from dpemployer.payroll.deductions import Deductions, deductions
from dpemployer.payroll.draft_pay import DraftPay, DraftPayRun
from dpemployer.payroll.holiday import Accrual, HolidayBalance
from dpemployer.payroll.holiday_payday import holiday_on_payday
from dpemployer.payroll.holiday_rates import week_ending, worth
from dpemployer.payroll.mileage import mileage_findings
from dpemployer.payroll.pay_elements import Elements, pay_by_week
from dpemployer.payroll.payday import PayRun
from dpemployer.payroll.payslip import PayslipInputs, PayslipResult
from dpemployer.payroll.pension_payday import PensionPayday, pension_on_payday
from dpemployer.payroll.terms import CodeInUse
from dpemployer.payroll.timesheet import TimesheetStatus, shift_findings
from dpemployer.payroll.wage_checks import wages_of
from dpemployer.payroll.work_out import work_out
from dpemployer.workings import Step

if TYPE_CHECKING:
    from dpemployer.payroll.people import PersonalAssistant
    from dpemployer.statutory.rates import RateBook


@dataclass(frozen=True, slots=True)
class WorkedPay:
    """One person's pay as it would be issued."""

    draft: DraftPay
    inputs: PayslipInputs
    result: PayslipResult
    elements: Elements
    taken: Deductions
    """From net pay, by order or agreement."""
    code: CodeInUse
    pension: PensionPayday
    weeks: Mapping[date, tuple[int, Money]]
    """What this payment pays for each week, by the day it ends."""
    accrual: Accrual
    holiday: HolidayBalance
    """This payment included."""
    steps: tuple[Step, ...] = field(repr=False)
    findings: tuple[Finding, ...]

    @property
    def tax_code(self) -> str:
        """The code as the payslip prints it."""
        return str(self.code.code) if self.code.week1_month1 else self.code.code.text


@dataclass(frozen=True, slots=True)
class PayRunResult:
    """What a pay run comes to."""

    run: PayRun
    pays: tuple[WorkedPay, ...]
    findings: tuple[Finding, ...]
    """About the run and everybody in it."""

    @property
    def net_pay(self) -> Money:
        """To everybody together."""
        return Money.total(pay.result.net_pay for pay in self.pays)

    def refuse_if_blocked(self) -> None:
        """Refuse to go on while something must be put right.

        Raises:
            PayRunBlockedError: If anything blocks, or there is nobody to pay.
        """
        blocking = [finding for finding in self.findings if finding.blocks]
        if blocking:
            raise PayRunBlockedError(
                what=_("The pay run for {day} cannot be finalised yet.").format(
                    day=long_date(self.run.pay_date)
                ),
                why="\n".join(
                    _("{subject}: {message}").format(
                        subject=finding.subject, message=finding.message
                    )
                    for finding in blocking
                ),
                next_step=_("Put that right, then finalise the pay run."),
            )
        if not self.pays:
            raise self._nobody_to_pay()

    def _nobody_to_pay(self) -> PayRunBlockedError:
        what = _("There is nobody to pay on {day}.").format(day=long_date(self.run.pay_date))
        if not any(finding.code == "no_timesheet" for finding in self.findings):
            return PayRunBlockedError(
                what=what,
                why=_("Everybody paid together for these days has been paid for them."),
                next_step=_("Give this pay run up. To change what was paid, correct that one."),
            )
        return PayRunBlockedError(
            what=what,
            why=_("Nobody has a timesheet for these days."),
            next_step=_(
                "Record and approve hours first. Approve an empty timesheet for somebody who "
                "did not work, to give them a payslip all the same."
            ),
        )


def calculate(draft: DraftPayRun, rates: RateBook) -> PayRunResult:
    """Work out everybody's pay in a run.

    Raises:
        RatesUnknownError: If no rates are known for the payday or the first day of the period.
    """
    run = draft.run
    rates.on(run.pay_date)
    findings = list(checks.payday_findings(run.pay_date, run.paid_on, run.frequency))
    findings += [_unrecorded(name) for name in draft.unrecorded if name not in draft.away]
    findings += [_away_unrecorded(name) for name in draft.away]
    pays: list[WorkedPay] = []
    for person in draft.people:
        try:
            worked = _work_out(run, person, rates)
        except EntryError as error:
            findings.append(_impossible(person, error))
            continue
        if isinstance(worked, Finding):
            findings.append(worked)
            continue
        pays.append(worked)
        findings += worked.findings
    return PayRunResult(run, tuple(pays), tuple(findings))


def _work_out(run: PayRun, draft: DraftPay, rates: RateBook) -> WorkedPay | Finding:
    """Work out one person's pay, or say which term it cannot be worked out without."""
    code = draft.terms.tax_code_on(run.pay_date)
    letter = draft.terms.ni_letter_on(run.pay_date)
    if code is None or letter is None:
        return _missing_term(draft.assistant, code)
    employment = draft.employment
    worked = worth(draft.contract, draft.terms.rates, draft.shifts, draft.paid_weeks)
    elements = worked.with_added(added_pay(run, draft, worked, rates))
    weeks = pay_by_week(elements.elements, lambda day: week_ending(employment, day))
    pension = pension_on_payday(run, draft, elements.gross, rates)
    inputs = _inputs(run, draft, elements, code, letter, pension)
    taken = deductions(run, draft, elements, inputs, rates)
    inputs = replace(inputs, other_deductions=taken.lines, loan_room=taken.loan_room)
    result = work_out(inputs, rates)
    holiday = holiday_on_payday(run, draft, elements)
    wages, about_wages = wages_of(run, draft, elements, taken.for_employer, rates)
    findings = (
        *_timesheet_findings(draft),
        *elements.findings,
        *checks.shift_day_findings(draft.shifts, employment, draft.assistant),
        *about_wages,
        *_standing_findings(run, draft, code, letter, rates),
        *pension.findings,
        *checks.holiday_findings(holiday.balance, draft.assistant),
        *mileage_findings(
            draft.shifts, draft.earlier_miles, draft.terms.rates, draft.assistant, rates
        ),
        *checks.nothing_paid_findings(elements.gross, draft.assistant),
        *taken.findings,
        *result.findings,
    )
    return WorkedPay(
        draft=draft,
        inputs=inputs,
        result=result,
        elements=elements,
        taken=taken,
        code=code,
        pension=pension,
        weeks=weeks,
        accrual=holiday.accrual,
        holiday=holiday.balance,
        steps=(
            *elements.steps(),
            *pension.steps,
            *taken.steps,
            *result.workings,
            *wages.workings,
            *holiday.accrual.steps,
            holiday.balance.step(),
        ),
        findings=findings,
    )


def _inputs(
    run: PayRun,
    draft: DraftPay,
    elements: Elements,
    code: CodeInUse,
    letter: str,
    pension: PensionPayday,
) -> PayslipInputs:
    terms, to_date = draft.terms, draft.to_date
    counts = not code.week1_month1
    return PayslipInputs(
        pay_date=run.pay_date,
        frequency=run.frequency,
        tax_code=code.code.text,
        ni_letter=letter,
        pay=elements.gross,
        basic_pay=elements.basic_pay,
        week1_month1=code.week1_month1,
        period_number=run.frequency.tax_period(run.pay_date),
        extra_period=checks.is_extra_payday(run.pay_date, run.frequency),
        taxable_pay_to_date=to_date.taxable_pay,
        tax_to_date=to_date.tax,
        previous_pay=to_date.previous_pay if counts else Money(0),
        previous_tax=to_date.previous_tax if counts else Money(0),
        loan_plan=terms.loan_plan_on(run.pay_date),
        postgraduate_loan=terms.postgraduate_loan_on(run.pay_date),
        pension=pension.terms,
        pension_given_back=pension.given_back,
        expenses=elements.expenses,
        redundancy_pay=elements.redundancy_pay,
        first_day=run.first_day,
    )


def _standing_findings(
    run: PayRun, draft: DraftPay, code: CodeInUse, letter: str, rates: RateBook
) -> tuple[Finding, ...]:
    """Say what there is to look at in the terms, whatever was worked."""
    assistant, employment = draft.assistant, draft.employment
    return (
        *checks.person_findings(employment, assistant, run.pay_date, draft.other_employments),
        *checks.same_job_findings(assistant, same_job_twice=draft.same_job_twice),
        *checks.starter_findings(draft.not_ticked, assistant),
        *checks.code_findings(code, employment, assistant, draft.to_date),
        *checks.letter_findings_on(assistant, letter, run.pay_date, rates),
    )


def _timesheet_findings(draft: DraftPay) -> tuple[Finding, ...]:
    about_shifts = shift_findings(draft.shifts)
    if draft.timesheet.status is TimesheetStatus.APPROVED:
        return about_shifts
    not_approved = Finding(
        severity=Severity.BLOCKING,
        code="timesheet_not_approved",
        subject=draft.assistant.name,
        message=_(
            "The timesheet for {first} to {last} has not been approved. Approve it, or take its "
            "shifts out."
        ).format(
            first=long_date(draft.timesheet.first_day), last=long_date(draft.timesheet.last_day)
        ),
    )
    return (not_approved, *about_shifts)


def _unrecorded(name: str) -> Finding:
    return Finding(
        severity=Severity.WARNING,
        code="no_timesheet",
        subject=name,
        message=_(
            "There is no timesheet for these days, so no payslip is made. Record the hours, or "
            "approve an empty timesheet to make a payslip for nothing."
        ),
    )


def _away_unrecorded(name: str) -> Finding:
    return Finding(
        severity=Severity.BLOCKING,
        code="away_without_timesheet",
        subject=name,
        message=_(
            "{name} is recorded as away on some of these days, and there may be statutory pay to "
            "pay. Record any hours, or approve an empty timesheet, so that a payslip is made."
        ).format(name=name),
    )


def _missing_term(assistant: PersonalAssistant, code: CodeInUse | None) -> Finding:
    if code is None:
        message = _("There is no tax code on this payday. Add one to this person's terms.")
        return Finding(Severity.BLOCKING, "no_tax_code", assistant.name, message)
    message = _(
        "There is no National Insurance letter on this payday. Add one to this person's terms."
    )
    return Finding(Severity.BLOCKING, "no_ni_letter", assistant.name, message)


def _impossible(draft: DraftPay, error: EntryError) -> Finding:
    return Finding(
        severity=Severity.BLOCKING,
        code="cannot_be_worked_out",
        subject=draft.assistant.name,
        message=f"{error.what} {error.why} {error.next_step}",
    )
