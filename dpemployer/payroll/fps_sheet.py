"""What HMRC is told about one person on one payday, in the order Basic PAYE Tools asks for it.

Basic PAYE Tools works tax and National Insurance out itself. So what is typed comes first, and
what it should then show comes second, to be compared. Figures to date are of this employment
alone: what a P45 brought is never among them.

Sources: HMRC, RTI data item guide (the numbers of the items); HMRC, Full Payment Submission schema
2026-27; GOV.UK, *Basic PAYE Tools: user guide* and *Fix problems with running payroll*.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from dpemployer.findings import Finding, Severity
from dpemployer.i18n import _, long_date
from dpemployer.identifiers import NINO
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.added_up import (
    Added,
    pension_after_tax,
    pension_before_tax,
    statutory_names,
    statutory_of,
)
from dpemployer.payroll.annual_figures import letter_figures, letters_of, to_date
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import Employment, OpeningPay, PersonalAssistant, StarterDeclaration
from dpemployer.payroll.reporting import HoursBand, ReportedJob, band_of
from dpemployer.periods import PayFrequency
from dpemployer.statutory.tax_code import TaxCode, TaxNation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dpemployer.statutory.rates import Rates

_NO_BLOCK = "X"
"""The letter of somebody under 16: HMRC is told nothing about their National Insurance."""


@dataclass(frozen=True, slots=True)
class SheetItem:
    """One thing to type or to compare. `note` says what to watch for."""

    key: str
    label: str
    value: str
    note: str = ""
    added: Added | None = None
    """How a figure to date came to that."""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """What is asked on one screen, or a group of figures to compare."""

    key: str
    title: str
    items: tuple[SheetItem, ...]
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Reported:
    """Everything about one person that HMRC is told on one payday."""

    person: PersonalAssistant
    employment: Employment
    job: ReportedJob
    slip: Payslip
    year: tuple[Payslip, ...]
    """Every payslip of the tax year that counts to date, this one included, in order."""
    openings: tuple[OpeningPay, ...] = ()
    """Of this employment, from before the book."""
    starts: bool = False
    """HMRC has not been told of this job before."""
    has_left: bool = False
    weekly_hours: Decimal | None = None
    """In the contract on the payday (`HolidayTerms`); None where they vary."""
    """Their last day is in or before the days paid for."""
    left_before: bool = False
    """A payslip before this one was their last: this is paid after leaving."""
    loan_plan: str | None = None
    postgraduate_loan: bool = False
    replaces: Payslip | None = None
    """The payslip this one takes the place of, which HMRC was told about."""
    last_told_payday: date | None = None
    """The last payday HMRC was told of for this person in that tax year."""
    year_is_over: bool = False
    """The correction is made after the tax year it belongs to."""


def sheet_of(told: Reported, rates: Rates) -> tuple[SheetPart, ...]:
    """Return the sheet of one person on one payday, in the order it is typed."""
    parts = (
        _person(told),
        _starting(told),
        _correcting(told),
        _payment(told, rates),
        _typed(told),
        _compared(told),
        _to_date(told),
        *_insurance(told),
        _leaving(told),
    )
    return tuple(part for part in parts if part.items)


def sheet_findings(told: Reported) -> tuple[Finding, ...]:
    """Say what HMRC asks and is not known here."""
    missing: list[tuple[str, str]] = []
    if not told.job.sex:
        missing.append(
            (
                "sex_not_known",
                _(
                    "HMRC asks whether it has them on record as male or female. Ask them, and add "
                    "it under “What HMRC asks about jobs” on the HMRC page."
                ),
            )
        )
    if told.starts and not _statement(told):
        missing.append(
            (
                "no_statement",
                _(
                    "HMRC asks for statement A, B or C of the starter checklist, even with a P45. "
                    "Ask them which is true, and add it under “What HMRC asks about jobs” on the "
                    "HMRC page."
                ),
            )
        )
    if not told.person.address.strip() and (told.starts or not told.person.nino):
        missing.append(
            (
                "no_address",
                _(
                    "HMRC needs the address of somebody who starts or has no National Insurance "
                    "number. Add it to their details."
                ),
            )
        )
    return tuple(
        Finding(Severity.WARNING, code, told.person.name, message, "HMRC, RTI data item guide")
        for code, message in missing
    )


def _person(told: Reported) -> SheetPart:
    person, with_address = told.person, told.starts or not told.person.nino
    return _part(
        "person",
        _("Who it is"),
        [
            ("name", _("First names"), person.first_names, ""),
            ("surname", _("Surname"), person.surname, ""),
            (
                "nino",
                _("National Insurance number"),
                NINO.shown(person.nino) if person.nino else _("leave empty"),
                "" if person.nino else _("Never a number that is made up. Give the address."),
            ),
            ("born_on", _("Date of birth"), long_date(person.born_on), ""),
            ("sex", _("Male or female"), _sex(told.job.sex), _("As HMRC has it on record.")),
            ("payroll_id", _("Payroll ID"), told.employment.payroll_id, ""),
            ("address", _("Address"), person.address if with_address else "", ""),
        ],
    )


def _sex(sex: str) -> str:
    return {"M": _("Male"), "F": _("Female")}.get(sex, _("not known here: ask them"))


def _starting(told: Reported) -> SheetPart:
    if not told.starts:
        return _part("starting", "", [])
    said = _statement(told)
    return _part(
        "starting",
        _("They have just started"),
        [
            ("started_on", _("Start date"), long_date(told.employment.started_on), ""),
            (
                "statement",
                _("Starter statement"),
                said or _("not known here: ask them"),
                "" if said else _("A, B or C of the starter checklist."),
            ),
            (
                "starter_loan",
                _("Student loan"),
                _("plan {plan}").format(plan=told.loan_plan) if told.loan_plan else _("no"),
                "",
            ),
            (
                "starter_postgraduate",
                _("Postgraduate loan"),
                _("yes") if told.postgraduate_loan else _("no"),
                "",
            ),
        ],
        _("Add them in Basic PAYE Tools first, under “Manage employees”."),
    )


def _statement(told: Reported) -> str:
    """Return A, B or C: as said when they were taken on, or as asked since."""
    said = told.employment.starter_declaration
    if said in {StarterDeclaration.A, StarterDeclaration.B, StarterDeclaration.C}:
        return str(said.value)
    return told.job.statement


def _correcting(told: Reported) -> SheetPart:
    before = told.replaces
    if before is None:
        return _part("correcting", "", [])
    items: list[tuple[str, str, str, str]] = [
        ("late_reason", _("Reason for reporting late"), _("H: a correction"), ""),
    ]
    if told.year_is_over and told.last_told_payday is not None:
        items.append(
            (
                "correction_date",
                _("Payment date to give"),
                long_date(told.last_told_payday),
                _(
                    "The last payday told for them in the tax year {year}, in that year’s FPS."
                ).format(year=told.slip.tax_year),
            )
        )
    names = (
        ("taxable_pay", _("Pay for tax")),
        ("tax", _("Income tax")),
        ("employee_ni", _("Their National Insurance")),
        ("employer_ni", _("Your National Insurance")),
        ("student_loan", _("Student loan")),
        ("postgraduate_loan", _("Postgraduate loan")),
    )
    for key, label in names:
        was, now = getattr(before, key), getattr(told.slip, key)
        if was != now:
            items.append(
                (
                    f"was_{key}",
                    label,
                    _("told as {was}; now {now}").format(was=was, now=now),
                    _("A change of {change}.").format(change=now - was),
                )
            )
    hint = _(
        "HMRC was told other figures for this payday. The figures to date below are the right "
        "ones, and they are what counts."
    )
    if told.year_is_over:
        hint += " " + _(
            "The tax year is over, so they go in a report for that year, with the figures to date "
            "as they are at its end."
        )
    return _part("correcting", _("This puts an earlier report right"), items, hint)


def _payment(told: Reported, rates: Rates) -> SheetPart:
    slip, code = told.slip, TaxCode.parse(told.slip.tax_code)
    month = slip.frequency is PayFrequency.MONTHLY
    band = band_of(told.weekly_hours, told.job, rates)
    return _part(
        "payment",
        _("The payment"),
        [
            (
                "pay_date",
                _("Payment date"),
                long_date(slip.pay_date),
                _("The usual payday, although the money moved on {day}.").format(
                    day=long_date(slip.paid_on)
                )
                if slip.paid_on != slip.pay_date
                else "",
            ),
            ("frequency", _("How often they are paid"), _frequency(slip.frequency), ""),
            (
                "tax_period",
                _("Tax month") if month else _("Tax week"),
                str(slip.tax_period),
                _extra_period(slip),
            ),
            ("periods", _("Pay periods covered"), "1", ""),
            (
                "hours_band",
                _("Normal hours a week"),
                _hours(band),
                _("Not the hours of this payday."),
            ),
            (
                "irregular",
                _("Irregular payment"),
                _("yes") if told.job.irregular else "",
                _("Every time, or HMRC closes the job."),
            ),
            ("tax_code", _("Tax code"), code.text, _nation(code.nation)),
            (
                "week1_month1",
                _("Week 1/month 1"),
                _("yes") if code.week1_month1 else _("no"),
                "",
            ),
            ("ni_letter", _("National Insurance letter"), slip.ni_letter, ""),
        ],
    )


def _extra_period(slip: Payslip) -> str:
    if slip.frequency is PayFrequency.MONTHLY or slip.tax_period < 53:
        return ""
    return _("One payday more than the year has weeks for: HMRC’s number for it.")


def _frequency(frequency: PayFrequency) -> str:
    return {
        PayFrequency.WEEKLY: _("Weekly"),
        PayFrequency.FORTNIGHTLY: _("Fortnightly"),
        PayFrequency.FOUR_WEEKLY: _("4 weekly"),
        PayFrequency.MONTHLY: _("Calendar monthly"),
    }[frequency]


def _hours(band: HoursBand) -> str:
    return {
        HoursBand.A: _("A: up to 15.99 hours"),
        HoursBand.B: _("B: 16 to 23.99 hours"),
        HoursBand.C: _("C: 24 to 29.99 hours"),
        HoursBand.D: _("D: 30 hours or more"),
        HoursBand.E: _("E: other (no regular hours)"),
    }[band]


def _nation(nation: TaxNation) -> str:
    return {
        TaxNation.SCOTLAND: _("Scotland: S comes before the code."),
        TaxNation.WALES: _("Wales: C comes before the code."),
    }.get(nation, "")


def _typed(told: Reported) -> SheetPart:
    slip = told.slip
    before, after = pension_before_tax(slip), pension_after_tax(slip)
    items = [
        _money("taxable_pay", _("Pay for tax"), slip.taxable_pay, always=True),
        _money("ni_pay", _("Pay for National Insurance"), slip.earnings_for_ni, always=True),
        _money("pension_before", _("Pension taken before tax"), before),
        _money("pension_after", _("Pension taken after tax"), after),
        _money(
            "not_taxed",
            _("Payments that are not taxed, such as mileage"),
            slip.expenses + slip.redundancy_pay,
        ),
        _money(
            "from_net",
            _("Taken from net pay"),
            slip.other_deductions + after,
            note=_("The pension taken after tax is part of it.") if after else "",
        ),
        *(_money(f"paid_{key}", name, statutory_of(slip, key)) for key, name in statutory_names()),
    ]
    return SheetPart("typed", _("What to type"), tuple(item for item in items if item.value))


def _compared(told: Reported) -> SheetPart:
    slip = told.slip
    after = slip.gross_pay - Money.total(
        (slip.tax, slip.employee_ni, slip.student_loan, slip.postgraduate_loan)
    )
    items = (
        _money(
            "tax",
            _("Income tax taken off"),
            slip.tax,
            always=True,
            note=_("Below zero: a refund.") if slip.tax < NOTHING else "",
        ),
        _money("employee_ni", _("Their National Insurance"), slip.employee_ni, always=True),
        _money("employer_ni", _("Your National Insurance"), slip.employer_ni, always=True),
        _money("student_loan", _("Student loan"), slip.student_loan, whole=True),
        _money("postgraduate_loan", _("Postgraduate loan"), slip.postgraduate_loan, whole=True),
        _money("after_deductions", _("Pay after statutory deductions"), after, always=True),
    )
    return SheetPart(
        "compared",
        _("What it should then show"),
        tuple(item for item in items if item.value),
        _(
            "Basic PAYE Tools works these out itself. If one differs by more than a penny, do not "
            "send it yet: look at the tax code, the letter and the figures to date."
        ),
    )


def _to_date(told: Reported) -> SheetPart:
    always = {"pay_to_date", "tax_to_date"}
    return SheetPart(
        "to_date",
        _("The tax year to date"),
        tuple(
            SheetItem(one.key, one.label, one.shown, added=one)
            for one in to_date(told.year, told.openings)
            if one.amount or one.key in always
        ),
        _("Of this job alone: what a P45 brought is left out."),
    )


def _insurance(told: Reported) -> tuple[SheetPart, ...]:
    parts = []
    for letter in letters_of(told.year):
        title = _("National Insurance, letter {letter}").format(letter=letter)
        if letter == _NO_BLOCK:
            none = SheetItem("X_none", _("National Insurance"), _("leave empty"))
            parts.append(SheetPart(f"ni_{letter}", title, (none,), _("They are under 16.")))
            continue
        now = told.slip if told.slip.ni_letter == letter else None
        this = (
            ("earnings_now", _("Pay for National Insurance this time"), "earnings_for_ni"),
            ("employer_now", _("Your National Insurance this time"), "employer_ni"),
            ("employee_now", _("Their National Insurance this time"), "employee_ni"),
        )
        items = [
            SheetItem(f"{letter}_{key}", label, str(getattr(now, field) if now else NOTHING))
            for key, label, field in this
        ]
        items += [
            SheetItem(one.key, one.label, one.shown, added=one)
            for one in letter_figures(letter, told.year, told.openings)
        ]
        parts.append(SheetPart(f"ni_{letter}", title, tuple(items)))
    return tuple(parts)


def _leaving(told: Reported) -> SheetPart:
    left = told.employment.left_on
    if left is None or not told.has_left:
        return _part("leaving", "", [])
    return _part(
        "leaving",
        _("They have left"),
        [
            ("left_on", _("Leaving date"), long_date(left), ""),
            (
                "after_leaving",
                _("Payment after leaving"),
                _("yes") if told.left_before else _("no"),
                _("Taxed with code 0T on a week 1/month 1 basis; no second P45.")
                if told.left_before
                else "",
            ),
        ],
        _("Type the last payment first. Then open “Leaver summary” and add the leaving date."),
    )


def _part(
    key: str, title: str, items: Iterable[tuple[str, str, str, str]], hint: str = ""
) -> SheetPart:
    return SheetPart(key, title, tuple(SheetItem(*item) for item in items if item[2]), hint)


def _money(
    key: str,
    label: str,
    amount: Money,
    *,
    note: str = "",
    always: bool = False,
    whole: bool = False,
) -> SheetItem:
    shown = str(amount) if amount or always else ""
    return SheetItem(key, label, shown.removesuffix(".00") if whole else shown, note)
