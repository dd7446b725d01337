"""Papers: payslips issued once and for good, and what is printed as often as it is wanted.

A payslip is printed from what was stored when it was finalised. Its year to date and its
holiday are those of that moment: a correction made since is a payslip of its own, and changes
none that went before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dpemployer import __version__, clock
from dpemployer.documents.explanation import ExplanationPaper, explanation_pdf
from dpemployer.documents.letter import LetterPaper, letter_pdf
from dpemployer.documents.payslip import PayslipPaper, payslip_pdf
from dpemployer.documents.recovery_sheet import recovery_sheet_pdf
from dpemployer.documents.timesheet import TimesheetPaper, timesheet_pdf
from dpemployer.documents.words import counted, hours
from dpemployer.i18n import _, long_date
from dpemployer.identifiers import ACCOUNTS_OFFICE_REFERENCE, NINO, paye_reference_shown
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.enrolment import PensionContribution
from dpemployer.payroll.figures import steps_for
from dpemployer.payroll.household import EmployerScheme
from dpemployer.payroll.payday import PayRun
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import Employment, PayType, Per, PersonalAssistant
from dpemployer.payroll.terms import latest_on
from dpemployer.periods import TaxMonth, TaxYear
from dpemployer.services.drafts import opening_of, year_to_date
from dpemployer.services.holiday_facts import contract_of, holiday_balance
from dpemployer.services.issued import issue
from dpemployer.services.reading import employer_on

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from dpemployer.payroll.holiday import HolidayBalance
    from dpemployer.payroll.year_to_date import YearToDate
    from dpemployer.services.access import Access
    from dpemployer.services.pay_runs import PayRuns
    from dpemployer.services.rows import EmployerPaymentRow, TypeTotal
    from dpemployer.services.timesheets import Timesheets
    from dpemployer.store.book import Book
    from dpemployer.store.reading import Reading
    from dpemployer.workings import ExplainedStep


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A finished paper and what to call it."""

    file_name: str
    content: bytes


class Papers:
    """What one book prints.

    Args:
        book: The book.
        pay_runs: Its pay runs.
        timesheets: Its timesheets.
        folder: Where the book is; None in memory.
        access: Its keys; None in memory.
    """

    def __init__(
        self,
        book: Book,
        pay_runs: PayRuns,
        timesheets: Timesheets,
        folder: Path | None = None,
        access: Access | None = None,
    ) -> None:
        self._book = book
        self._pay_runs = pay_runs
        self._timesheets = timesheets
        self._folder = folder
        self._access = access

    # ── payslips ──

    def payslip(self, payslip_id: int, *, large: bool = False) -> bytes:
        """Return a payslip as it was issued. The first time it is asked for, it is issued.

        Raises:
            RefusedError: If nobody is recorded as the employer on the payday.
        """
        return issue(
            self._book,
            "payslip_large" if large else "payslip",
            payslip_id,
            file_name=self.payslip_file_name(payslip_id, large=large),
            action="Issued a payslip",
            make=lambda: payslip_pdf(self._payslip_paper(payslip_id), large_print=large),
        )

    def payslip_file_name(self, payslip_id: int, *, large: bool = False) -> str:
        """Say what a payslip is called when it is saved."""
        with self._book.read() as reading:
            slip = reading.get(Payslip, payslip_id)
        return _payslip_file_name(slip, large=large)

    def payslips(self, pay_run_id: int, *, large: bool = False) -> tuple[PaperFile, ...]:
        """Return every payslip of a final pay run, each as it was issued."""
        with self._book.read() as reading:
            slips = reading.find(Payslip, pay_run_id=pay_run_id)
        return tuple(
            PaperFile(_payslip_file_name(slip, large=large), self.payslip(slip.id, large=large))
            for slip in slips
        )

    def explanation(
        self, payslip_id: int, figure: str | None = None, *, large: bool = False
    ) -> bytes:
        """Print how a payslip, or one figure of it, was worked out, as it was stored with it."""
        with self._book.read() as reading:
            slip = reading.get(Payslip, payslip_id)
            employer = employer_on(reading, slip.pay_date)
        steps = slip.workings if figure is None else steps_for(figure, slip.workings)
        heading = _("How the payslip of {day} for {name} was worked out")
        year = slip.rates_used.removeprefix("uk-")
        paper = ExplanationPaper(
            heading=heading.format(name=slip.name, day=long_date(slip.pay_date)),
            sender=employer.name,
            dated=slip.pay_date,
            steps=steps,
            facts=(
                (_("Name"), slip.name),
                (_("Employer"), employer.name),
                (_("Payday"), long_date(slip.pay_date)),
                (_("Rates used"), _("those of {year}").format(year=year)),
            ),
        )
        return explanation_pdf(paper, large_print=large)

    def working(
        self, about: str, steps: tuple[ExplainedStep, ...], *, large: bool = False
    ) -> bytes:
        """Print how any figure was worked out, from the steps shown for it.

        Args:
            about: What the figure is, and how much.
            steps: How it was worked out.
            large: In large print.

        Raises:
            RefusedError: If nobody is recorded as the employer today.
        """
        day = clock.today()
        with self._book.read() as reading:
            employer = employer_on(reading, day)
        paper = ExplanationPaper(
            heading=about,
            sender=employer.name,
            dated=day,
            steps=steps,
            facts=(
                (_("Figure"), about),
                (_("Employer"), employer.name),
                (_("Printed on"), long_date(day)),
            ),
        )
        return explanation_pdf(paper, large_print=large)

    # ── other papers ──

    def timesheet(self, timesheet_id: int, *, large: bool = False, blank_rows: int = 0) -> bytes:
        """Print a timesheet to sign, with as many empty lines as asked for."""
        detail = self._timesheets.show(timesheet_id)
        row = detail.row
        with self._book.read() as reading:
            employment = reading.get(Employment, row.employment_id)
            employer = employer_on(reading, row.last_day)
        paper = TimesheetPaper(
            name=row.name,
            employer_name=employer.name,
            first_day=row.first_day,
            last_day=row.last_day,
            shifts=tuple(shown.shift for shown in detail.shifts),
            totals=tuple((total.label, _time_of(total)) for total in detail.totals),
            payroll_id=employment.payroll_id,
            blank_rows=blank_rows,
        )
        return timesheet_pdf(paper, large_print=large)

    def employer_payment(self, tax_year: TaxYear, month: int, *, large: bool = False) -> bytes:
        """Print what HMRC is owed for a tax month, 1 to 12."""
        owed = self._pay_runs.employer_payment(tax_year, month)
        return self._hmrc_sheet(owed, TaxMonth(tax_year, month), TaxMonth(tax_year, month), large)

    def employer_payment_quarter(
        self, tax_year: TaxYear, quarter: int, *, large: bool = False
    ) -> bytes:
        """Print what HMRC is owed for a quarter, 1 to 4."""
        owed = self._pay_runs.employer_payment_quarter(tax_year, quarter)
        first, last = TaxMonth(tax_year, quarter * 3 - 2), TaxMonth(tax_year, quarter * 3)
        return self._hmrc_sheet(owed, first, last, large)

    def recovery_sheet(self, *, large: bool = False) -> bytes:
        """Print the sheet that opens the book when the passphrase is forgotten.

        Raises:
            LookupError: If the book is in memory, where nothing has to be opened.
        """
        if self._access is None or self._folder is None:
            raise LookupError("a book in memory has no keys")
        return recovery_sheet_pdf(
            self._folder.name,
            self._access.recovery_groups,
            clock.today(),
            __version__,
            large_print=large,
        )

    # ── inside ──

    def _payslip_paper(self, payslip_id: int) -> PayslipPaper:
        with self._book.read() as reading:
            slip = reading.get(Payslip, payslip_id)
            employment = reading.get(Employment, slip.employment_id)
            person = reading.get(PersonalAssistant, employment.assistant_id)
            employer = employer_on(reading, slip.pay_date)
            scheme = latest_on(reading.find(EmployerScheme), slip.pay_date)
            holiday = _holiday_as_of(reading, employment, slip)
            replaced = _replaced(reading, slip)
            total = _total_as_of(reading, slip)
            return PayslipPaper(
                slip=slip,
                employer_name=employer.name,
                employer_address=employer.address,
                paye_reference=paye_reference_shown(scheme.paye_reference) if scheme else "",
                address=person.address,
                nino=NINO.shown(person.nino),
                payroll_id=employment.payroll_id,
                how_paid=((employment.how_paid, slip.net_pay),) if employment.how_paid else (),
                to_date=_to_date(total),
                earlier_job=_earlier_job(total),
                pension_given_back=_given_back(reading, slip),
                paid_before=replaced.net_pay if replaced else None,
                holiday=_holiday_facts(slip, holiday),
                note=_note(reading, slip, replaced),
            )

    def _hmrc_sheet(
        self, owed: EmployerPaymentRow, first: TaxMonth, last: TaxMonth, large: bool
    ) -> bytes:
        with self._book.read() as reading:
            employer = employer_on(reading, last.last_day)
            scheme = latest_on(reading.find(EmployerScheme), last.last_day)
        reference = scheme.accounts_office_reference if scheme else ""
        *rows, due = ((figure.label, str(figure.amount)) for figure in owed.figures)
        facts = [
            (_("Accounts Office reference"), ACCOUNTS_OFFICE_REFERENCE.shown(reference)),
            (_("To be with HMRC by"), long_date(owed.due_on)),
            (_("Employment Allowance left this tax year"), str(owed.allowance_left)),
        ]
        paper = LetterPaper(
            heading=_("What is owed to HMRC for {first} to {last}").format(
                first=long_date(first.first_day), last=long_date(last.last_day)
            ),
            sender=f"{employer.name}\n{employer.address}".strip(),
            dated=last.last_day,
            facts=tuple(fact for fact in facts if fact[1]),
            columns=(_("For"), _("Amount")),
            rows=tuple(rows),
            totals=due,
        )
        return letter_pdf(paper, large_print=large)


def _payslip_file_name(slip: Payslip, *, large: bool) -> str:
    words = _("payslip {day} {name}, large print") if large else _("payslip {day} {name}")
    name = words.format(day=slip.pay_date.isoformat(), name=slip.name)
    if slip.reverses_id is not None:
        name = _("{name}, taken back").format(name=name)
    return f"{name}.pdf".replace("/", "-").replace("\\", "-")


def _given_back(reading: Reading, slip: Payslip) -> Money:
    """Return what an opt-out gives back with a payslip; on a reversal every sign is turned."""
    if slip.reverses_id is not None:
        return NOTHING
    taken = reading.rows(PensionContribution, ("employee",), payslip_id=slip.id)
    return Money.total(-amount for (amount,) in taken if amount < NOTHING)


def _later(reading: Reading, slip: Payslip, field: str, first_day: date) -> tuple[int, ...]:
    """Return the payslips issued after *slip* for days that come no later than its own."""
    last_day = getattr(slip, field)
    rows = reading.rows(
        Payslip,
        ("id",),
        employment_id=slip.employment_id,
        between={"id": (slip.id + 1, None), field: (first_day, last_day)},
    )
    return tuple(later for (later,) in rows)


def _total_as_of(reading: Reading, slip: Payslip) -> YearToDate:
    """Add up the tax year as it stood when *slip* was issued."""
    year = TaxYear.parse(slip.tax_year)
    later = _later(reading, slip, "pay_date", year.first_day)
    return opening_of(reading, slip.employment_id, year) + year_to_date(
        reading, slip.employment_id, slip.pay_date, later
    )


def _to_date(total: YearToDate) -> tuple[tuple[str, Money], ...]:
    """Say what a tax year in this employment comes to."""
    always = [
        (_("Gross pay"), total.gross_pay),
        (_("Income tax"), total.tax),
        (_("National Insurance"), total.employee_ni),
    ]
    sometimes = [
        (_("Pension: your contribution"), total.employee_pension),
        (_("Student loan repayments"), total.student_loan),
        (_("Postgraduate loan repayments"), total.postgraduate_loan),
    ]
    return (*always, *(fact for fact in sometimes if fact[1]))


def _earlier_job(total: YearToDate) -> tuple[tuple[str, Money], ...]:
    """Say what a P45 brought of an employment before, where there was one."""
    facts = ((_("Pay"), total.previous_pay), (_("Income tax"), total.previous_tax))
    return facts if total.previous_pay else ()


def _holiday_as_of(reading: Reading, employment: Employment, slip: Payslip) -> HolidayBalance:
    """Return the holiday balance as it stood when *slip* was issued."""
    contract = contract_of(reading, employment)
    year = contract.leave_year_of(slip.last_day)
    later = _later(reading, slip, "last_day", year.first_day)
    return holiday_balance(reading, contract, slip.last_day, later)


def _holiday_facts(slip: Payslip, found: HolidayBalance) -> tuple[tuple[str, str], ...]:
    """Say what this payslip did to holiday, and what is left."""
    facts = [
        (_("Earned this time"), slip.holiday_minutes_earned),
        (_("Taken this time"), slip.holiday_minutes_taken),
    ]
    return (
        *((label, hours(minutes)) for label, minutes in facts if minutes),
        (_("Holiday left"), hours(found.left)),
    )


def _replaced(reading: Reading, slip: Payslip) -> Payslip | None:
    """Return the payslip this one takes the place of, if it does."""
    run = reading.get(PayRun, slip.pay_run_id)
    if run.corrects_id is None:
        return None
    return reading.find_one(Payslip, pay_run_id=run.corrects_id, employment_id=slip.employment_id)


def _note(reading: Reading, slip: Payslip, replaced: Payslip | None) -> str:
    """Say which payslip this one takes back, or takes the place of."""
    if slip.reverses_id is not None:
        words = _(
            "This payslip takes back the one of {day}: every figure on it is below zero. "
            "Reason: {reason}"
        )
    elif replaced is not None:
        words = _("This payslip takes the place of the one of {day}. Reason: {reason}")
    else:
        return ""
    run = reading.get(PayRun, slip.pay_run_id)
    return words.format(day=long_date(slip.pay_date), reason=run.reason)


def _time_of(total: TypeTotal) -> str:
    """Write what one kind of time adds up to."""
    if total.pay_type is PayType.EXPENSES:
        return counted(total.quantity, Per.MILE) if total.quantity else str(total.amount)
    if total.pay_type is PayType.SLEEP_IN and total.quantity:
        return counted(total.quantity, Per.NIGHT)
    return hours(total.minutes)
