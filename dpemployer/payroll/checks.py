"""What there is to look at before somebody is paid.

Each check returns findings; a blocking one stops finalising. Whether a figure is right is the
engine's business; whether it is lawful, or likely to surprise somebody, is looked at here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.findings import Finding, Severity
from dpemployer.i18n import _, hours_and_minutes, long_date
from dpemployer.money import NOTHING
from dpemployer.payroll.people import CodeFrom, StarterDeclaration
from dpemployer.periods import PayFrequency, TaxYear, tax_week
from dpemployer.statutory.national_insurance import NiCategory
from dpemployer.statutory.pensions import below_minimum
from dpemployer.statutory.state_pension_age import letter_findings
from dpemployer.statutory.tax_code import CodeKind, TaxNation

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from dpemployer.money import Money
    from dpemployer.payroll.holiday import HolidayBalance
    from dpemployer.payroll.people import Employment, PensionMembership, PersonalAssistant
    from dpemployer.payroll.terms import CodeInUse
    from dpemployer.payroll.timesheet import Shift
    from dpemployer.payroll.year_to_date import YearToDate
    from dpemployer.statutory.rates import RateBook, Rates
    from dpemployer.statutory.tax_code import TaxCode

_LONG_FOR_AN_EMERGENCY_CODE = 61
"""Days; HMRC mostly answers a starter’s first report within weeks."""
_NATIONS = {"scotland": TaxNation.SCOTLAND, "wales": TaxNation.WALES}


def known_rates(rates: RateBook, day: date) -> Rates:
    """Return the rates of a day, or of the nearest day known: for advice, never for pay."""
    return rates.on(min(max(day, rates.first_day), rates.last_day))


def letter_findings_on(
    person: PersonalAssistant, letter: str, day: date, rates: RateBook
) -> tuple[Finding, ...]:
    """Say where a category letter does not suit somebody's age on a day."""
    category = NiCategory.parse(letter)
    return letter_findings(category, person.born_on, day, known_rates(rates, day), person.name)


def pension_findings(pension: PensionMembership, rates: Rates) -> tuple[Finding, ...]:
    """Say where a membership pays in less than the law asks."""
    if not pension.minimum_applies:
        return ()
    return below_minimum(pension.basis, pension.employee_percent, pension.employer_percent, rates)


def code_findings(
    code: CodeInUse, employment: Employment, person: PersonalAssistant, to_date: YearToDate
) -> tuple[Finding, ...]:
    """Say what is unusual about the tax code in use."""
    findings: list[Finding] = []
    if code.mark_dropped:
        findings.append(
            Finding(
                severity=Severity.NOTE,
                code="week1_ended",
                subject=person.name,
                message=_(
                    "Code {code} was on a week 1 or month 1 basis. Such marks end with the tax "
                    "year, so it is used on a cumulative basis now."
                ).format(code=code.code.text),
                source="HMRC, P9X",
            )
        )
    findings += _starter_code_findings(code, person)
    findings += nation_findings(code.code, person)
    if (
        employment.starter_declaration is StarterDeclaration.P45
        and not to_date.previous_pay
        and not code.week1_month1
        and not to_date.gross_pay
    ):
        findings.append(
            Finding(
                severity=Severity.NOTE,
                code="no_p45_figures",
                subject=person.name,
                message=_(
                    "This person brought a P45, and no pay or tax from it is recorded. If it is "
                    "from this tax year, enter its figures before the first payday."
                ),
                source="HMRC, P45",
            )
        )
    return tuple(findings)


def nation_findings(code: TaxCode, person: PersonalAssistant) -> tuple[Finding, ...]:
    """Say when a code is of another nation than the one a person lives in."""
    nation = _NATIONS.get(person.lives_in, TaxNation.ENGLAND_AND_NORTHERN_IRELAND)
    if code.nation is nation or code.kind is CodeKind.NO_TAX:
        return ()
    return (
        Finding(
            severity=Severity.NOTE,
            code="code_for_another_nation",
            subject=person.name,
            message=_(
                "Code {code} is not the kind used for somebody who lives where this person "
                "does. Use it as it is: only HMRC gives a code its S or C. The person can "
                "tell HMRC their address."
            ).format(code=code.text),
            source="HMRC, Scottish and Welsh taxpayer codes",
        ),
    )


def _starter_code_findings(code: CodeInUse, person: PersonalAssistant) -> tuple[Finding, ...]:
    """Say what a starter’s code still waits for."""
    if code.kind is CodeFrom.STARTER_CHECKLIST and code.code.text == "0T":
        severity, found = Severity.WARNING, "no_starter_statement"
        message = _(
            "There is neither a P45 nor a starter checklist, so all of this pay is taxed. Ask for "
            "one of them before the payday."
        )
    elif (
        code.kind in {CodeFrom.STARTER_CHECKLIST, CodeFrom.P45}
        and code.week1_month1
        and code.days_used > _LONG_FOR_AN_EMERGENCY_CODE
    ):
        severity, found = Severity.NOTE, "emergency_code_for_long"
        message = _(
            "Code {code} is for the first paydays, until HMRC sends another. That has not come for "
            "two months. The person can ask HMRC, or look in their personal tax account."
        ).format(code=code.code)
    else:
        return ()
    return (Finding(severity, found, person.name, message, "HMRC, Starter checklist and CWG2"),)


def person_findings(
    employment: Employment, person: PersonalAssistant, pay_date: date, other_employments: int
) -> tuple[Finding, ...]:
    """Say what is unusual about who is paid."""
    findings: list[Finding] = []
    if not person.nino:
        findings.append(
            Finding(
                severity=Severity.NOTE,
                code="no_nino",
                subject=person.name,
                message=_(
                    "There is no National Insurance number yet. They can be paid all the same; "
                    "ask for it, and add it when it comes."
                ),
                source="HMRC, RTI data item guide, item 7",
            )
        )
    if other_employments:
        findings.append(
            Finding(
                severity=Severity.WARNING,
                code="pay_must_be_added_together",
                subject=person.name,
                message=_(
                    "You employ this person twice. National Insurance has to be worked out on "
                    "both pays added together, which this program does not do. Put all their "
                    "hours in one employment, with a rate for each kind of work."
                ),
                source="Social Security Contributions and Benefits Act 1992, schedule 1",
            )
        )
    if employment.left_on is not None and employment.left_on < pay_date:
        findings.append(
            Finding(
                severity=Severity.NOTE,
                code="has_left",
                subject=person.name,
                message=_(
                    "Their last day was {day}. After the last payday give them the figures for "
                    "their P45, from the Leaving part of the page about them. Anything paid after "
                    "that is taxed with code 0T on a week 1 or month 1 basis."
                ).format(day=long_date(employment.left_on)),
                source="HMRC, P45",
            )
        )
    return tuple(findings)


def same_job_findings(person: PersonalAssistant, *, same_job_twice: bool) -> tuple[Finding, ...]:
    """Refuse to pay one job twice."""
    if not same_job_twice:
        return ()
    return (
        Finding(
            severity=Severity.BLOCKING,
            code="same_job_twice",
            subject=person.name,
            message=_(
                "This person has two jobs with the same pay at the same time, which are one job. "
                "Put all their hours in one of them, and give the other its last day."
            ),
        ),
    )


def starter_findings(not_ticked: tuple[str, ...], person: PersonalAssistant) -> tuple[Finding, ...]:
    """Say with somebody's first pay what the law wanted done before it."""
    if not not_ticked:
        return ()
    return (
        Finding(
            severity=Severity.WARNING,
            code="starter_not_ticked",
            subject=person.name,
            message=_(
                "This is their first pay, and these are not ticked: {things}. The law wants them "
                "done before somebody starts or is paid. Tick them on the Starting part of their "
                "page, or do them now. Their pay is due all the same."
            ).format(things="; ".join(not_ticked)),
            source="Immigration, Asylum and Nationality Act 2006, section 15; Employment Rights "
            "Act 1996, section 1",
        ),
    )


def shift_day_findings(
    shifts: Iterable[Shift], employment: Employment, person: PersonalAssistant
) -> tuple[Finding, ...]:
    """Refuse to pay for days outside the employment."""
    return tuple(
        Finding(
            severity=Severity.BLOCKING,
            code="shift_outside_employment",
            subject=person.name,
            message=_(
                "There is a shift on {day}, outside this employment. Put the first or last day of "
                "the employment right, or take the shift out."
            ).format(day=long_date(shift.day)),
        )
        for shift in shifts
        if shift.day < employment.started_on
        or (employment.left_on is not None and shift.day > employment.left_on)
    )


def holiday_findings(balance: HolidayBalance, person: PersonalAssistant) -> tuple[Finding, ...]:
    """Say when more holiday has been taken than there was."""
    if balance.left >= 0:
        return ()
    return (
        Finding(
            severity=Severity.WARNING,
            code="holiday_overtaken",
            subject=person.name,
            message=_(
                "With this payday they have taken {over} more holiday than they had. Check the "
                "timesheet, or agree it as leave in advance."
            ).format(over=hours_and_minutes(-balance.left)),
            source="Working Time Regulations 1998, regulations 13 to 15B",
        ),
    )


def nothing_paid_findings(gross: Money, person: PersonalAssistant) -> tuple[Finding, ...]:
    """Say that a payslip for nothing is made."""
    if gross > NOTHING:
        return ()
    return (
        Finding(
            severity=Severity.NOTE,
            code="nothing_paid",
            subject=person.name,
            message=_(
                "There is no pay for these days. A payslip is made all the same, and tax taken "
                "before may be given back with it."
            ),
        ),
    )


def payday_findings(pay_date: date, paid_on: date, frequency: PayFrequency) -> tuple[Finding, ...]:
    """Say what is unusual about the payday itself."""
    findings: list[Finding] = []
    if paid_on != pay_date:
        findings.append(
            Finding(
                severity=Severity.NOTE,
                code="payday_moved",
                subject=long_date(pay_date),
                message=_(
                    "Banks are closed on {day}, so the money is sent on {earlier}. Tax and "
                    "National Insurance stay those of {day}."
                ).format(day=long_date(pay_date), earlier=long_date(paid_on)),
                source="GOV.UK, Running payroll: paydays on non-banking days",
            )
        )
    if is_extra_payday(pay_date, frequency):
        findings.append(
            Finding(
                severity=Severity.NOTE,
                code="extra_payday",
                subject=long_date(pay_date),
                message=_(
                    "This is one payday more than the tax year {year} has weeks for. It is taxed "
                    "on its own, as HMRC says for weeks 53, 54 and 56."
                ).format(year=TaxYear.of(pay_date)),
                source="HMRC, PAYE Manual PAYE70015",
            )
        )
    return tuple(findings)


def is_extra_payday(pay_date: date, frequency: PayFrequency) -> bool:
    """Whether a payday falls in the last day or two of the year, beyond its 52 weeks."""
    return frequency is not PayFrequency.MONTHLY and tax_week(pay_date) == 53
