"""Who works here and on what terms, and who is who in the household.

Terms are dated: each holds from a day until the next of its kind. What is typed is checked
here, where it is typed, and every change is one named transaction in the audit log. Terms may
be put in from a day that has already been paid: payslips that were issued stay as they are,
and `PayRuns.differences` says which of them would come out differently now.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dpemployer.clock import today
from dpemployer.errors import EntryError, RefusedError
from dpemployer.findings import Finding, Severity
from dpemployer.i18n import _, long_date
from dpemployer.identifiers import NINO
from dpemployer.payroll.checks import (
    known_rates,
    letter_findings_on,
    nation_findings,
    pension_findings,
)
from dpemployer.payroll.entries import (
    checked_employment,
    checked_holiday_terms,
    checked_person,
    checked_rate,
)
from dpemployer.payroll.household import OpeningHousehold
from dpemployer.payroll.leave_years import HolidayContract
from dpemployer.payroll.pay_elements import basic_rate_on, rates_on
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import (
    CodeFrom,
    Employment,
    HolidayTerms,
    NiCategoryHeld,
    PayRate,
    PersonalAssistant,
    StarterDeclaration,
    TaxCodeHeld,
)
from dpemployer.payroll.starters import starter_code
from dpemployer.payroll.terms import Terms, latest_on
from dpemployer.payroll.timesheet import Shift, Timesheet
from dpemployer.payroll.wage_checks import agreed_rate_findings
from dpemployer.payroll.working_time import WorkingTimeRecord
from dpemployer.periods import TaxYear, age_on
from dpemployer.services.people_holiday import (
    DatedHoliday,
    holiday_term_findings,
    nation_on,
    refuse_rolled_up,
)
from dpemployer.services.people_household import HouseholdParts
from dpemployer.services.people_terms import DatedTerms
from dpemployer.services.reading import terms_of
from dpemployer.services.rows import (
    EmploymentDetail,
    EmploymentRow,
    PersonRow,
    SuggestedNiLetter,
    SuggestedTaxCode,
)
from dpemployer.statutory.income_tax import check_code
from dpemployer.statutory.national_insurance import NiCategory
from dpemployer.statutory.state_pension_age import over_state_pension_age
from dpemployer.statutory.tax_code import TaxCode

if TYPE_CHECKING:
    from dpemployer.periods import PayFrequency
    from dpemployer.statutory.rates import RateBook
    from dpemployer.store.book import Book, Change
    from dpemployer.store.reading import Reading

_ONE_DAY = timedelta(days=1)


class People(DatedTerms, DatedHoliday, HouseholdParts):
    """Personal assistants, their employments, and the household, in one book."""

    def __init__(self, book: Book, rates: RateBook) -> None:
        self._book = book
        self._rates = rates

    # ── personal assistants ──

    def assistants(self, on: date) -> tuple[PersonRow, ...]:
        """List everybody ever taken on, by surname, with their employments as they stand *on*."""
        with self._book.read() as reading:
            employments = self._employment_rows(reading, on)
            return tuple(
                PersonRow(
                    assistant_id=person.id,
                    name=person.name,
                    initials=person.initials,
                    nino=NINO.shown(person.nino),
                    born_on=person.born_on,
                    contact=person.contact,
                    employments=tuple(row for row in employments if row.assistant_id == person.id),
                )
                for person in reading.find(PersonalAssistant, order_by=("surname", "first_names"))
            )

    def assistant(self, assistant_id: int) -> PersonalAssistant:
        """Return one personal assistant."""
        with self._book.read() as reading:
            return reading.get(PersonalAssistant, assistant_id)

    def add_assistant(self, assistant: PersonalAssistant) -> int:
        """Record a personal assistant (its `id` is 0) and return the id given.

        Raises:
            EntryError: If a name, date of birth or National Insurance number cannot be right.
        """
        assistant = checked_person(assistant, today())
        with self._book.change("Added a personal assistant") as tx:
            _refuse_second_nino(tx, assistant)
            return tx.add(assistant)

    def change_assistant(self, assistant: PersonalAssistant) -> None:
        """Replace the details of a personal assistant already recorded."""
        assistant = checked_person(assistant, today())
        with self._book.change("Changed a personal assistant's details") as tx:
            _refuse_second_nino(tx, assistant)
            tx.update(assistant)

    # ── employments and their dated terms ──

    def employments(self, on: date, *, with_leavers: bool = True) -> tuple[EmploymentRow, ...]:
        """List employments by name, with the terms in force *on* a day."""
        with self._book.read() as reading:
            rows = self._employment_rows(reading, on)
        return tuple(
            row for row in rows if with_leavers or row.left_on is None or row.left_on >= on
        )

    def employment(self, employment_id: int, on: date) -> EmploymentDetail:
        """Return one employment with every dated term, and findings about those in force *on*."""
        with self._book.read() as reading:
            employment = reading.get(Employment, employment_id)
            assistant = reading.get(PersonalAssistant, employment.assistant_id)
            terms = terms_of(reading, (employment_id,))[employment_id]
            holiday = HolidayContract.of(employment, terms).on(on)
            about_holiday = holiday_term_findings(assistant.name, holiday, nation_on(reading, on))
            record = reading.find_one(WorkingTimeRecord, employment_id=employment_id)
        about_rates: tuple[Finding, ...] = ()
        if record is None or not record.wage_exemption.holds(on):
            about_rates = agreed_rate_findings(
                assistant,
                terms.rates,
                on,
                self._rates,
                rolled_up=holiday.rolled_up,
                record=record,
            )
        return EmploymentDetail(
            assistant=assistant,
            employment=employment,
            rates=tuple(sorted(terms.rates, key=lambda rate: rate.from_day, reverse=True)),
            tax_codes=tuple(reversed(terms.tax_codes)),
            ni_letters=tuple(reversed(terms.ni_letters)),
            loans=tuple(reversed(terms.loans)),
            pensions=tuple(reversed(terms.pensions)),
            holiday=tuple(reversed(terms.holiday)),
            findings=(
                *self._term_findings(assistant, terms, on),
                *about_rates,
                *about_holiday,
            ),
        )

    def take_on(
        self,
        employment: Employment,
        rates: tuple[PayRate, ...],
        tax_code: str,
        ni_letter: str,
        holiday: HolidayTerms | None = None,
    ) -> int:
        """Record an employment with its first rates, tax code, letter and holiday; return its id.

        The ids inside are 0. An empty `payroll_id` is filled in. An empty tax code takes what
        the starter declaration gives; an empty letter takes what age gives. A code marked week 1
        or month 1 is in use from this tax year, whenever the employment began. Holiday terms hold
        from the first day; without any, hours vary and leave years begin on that day.

        Raises:
            EntryError: If something typed cannot be right; nothing is recorded then.
        """
        rates = tuple(checked_rate(rate) for rate in rates)
        terms = checked_holiday_terms(
            replace(
                holiday or HolidayTerms(0, 0, employment.started_on),
                id=0,
                from_day=employment.started_on,
            )
        )
        with self._book.change("Took on a personal assistant") as tx:
            person = tx.get(PersonalAssistant, employment.assistant_id)
            employment = _with_payroll_id(tx, checked_employment(employment, person, today()))
            code, code_source, kind = self._first_code(employment, tax_code)
            letter, letter_source = self._first_letter(employment, person, ni_letter)
            refuse_rolled_up(
                HolidayContract(employment, (terms,)), terms, nation_on(tx, terms.from_day)
            )
            employment_id = tx.add(employment)
            started = employment.started_on
            for rate in rates:
                tx.add(replace(rate, employment_id=employment_id))
            code_from = self._code_in_use_from(tx, started, TaxCode.parse(code))
            tx.add(TaxCodeHeld(0, employment_id, code_from, code, code_source, kind))
            tx.add(NiCategoryHeld(0, employment_id, started, letter, letter_source))
            tx.add(replace(terms, employment_id=employment_id))
            return employment_id

    def change_employment(self, employment: Employment) -> None:
        """Replace the undated terms of an employment: its days, its schedule, how it is paid.

        Raises:
            RefusedError: If the schedule would move paydays that were already paid.
        """
        with self._book.change("Changed an employment") as tx:
            before = tx.get(Employment, employment.id)
            person = tx.get(PersonalAssistant, before.assistant_id)
            employment = replace(employment, assistant_id=before.assistant_id)
            employment = _with_payroll_id(tx, checked_employment(employment, person, today()))
            if employment.schedule != before.schedule:
                _refuse_schedule(tx, employment)
            refuse_work_outside(tx, employment)
            tx.update(employment)
            _move_first_terms(tx, before, employment)

    def end_employment(self, employment_id: int, left_on: date) -> None:
        """Record the last day of an employment."""
        with self._book.change("Ended an employment") as tx:
            employment = tx.get(Employment, employment_id)
            if left_on < employment.started_on:
                raise EntryError(
                    what=_("The last day, {day}, is before the first, {first}.").format(
                        day=long_date(left_on), first=long_date(employment.started_on)
                    ),
                    why=_("An employment ends on or after the day it began."),
                    next_step=_("Type the last day again."),
                )
            employment = replace(employment, left_on=left_on)
            refuse_work_outside(tx, employment)
            tx.update(employment)

    def suggest_tax_code(
        self,
        declaration: StarterDeclaration,
        started_on: date,
        p45_code: str = "",
        p45_left_on: date | None = None,
        frequency: PayFrequency | None = None,
    ) -> SuggestedTaxCode:
        """Work out which code a starter gets until HMRC says otherwise."""
        suggested = starter_code(
            declaration,
            started_on,
            self._rates.on(started_on),
            p45_code=p45_code,
            p45_left_on=p45_left_on,
            frequency=frequency,
        )
        return SuggestedTaxCode(
            suggested.code, suggested.counts_p45, suggested.why, suggested.source
        )

    def suggest_ni_letter(self, born_on: date, on: date) -> SuggestedNiLetter:
        """Work out which category letter age alone gives on a payday."""
        age = age_on(on, born_on)
        if age < 16:
            letter, why = "X", _("Under 16 there is no National Insurance.")
        elif over_state_pension_age(born_on, on, known_rates(self._rates, on)):
            letter, why = "C", _("State Pension age has been reached. Keep proof of it.")
        elif age < 21:
            letter, why = "M", _("Under 21 the employer pays less.")
        else:
            letter, why = "A", _("From 21 to State Pension age most people have this letter.")
        return SuggestedNiLetter(letter, why, "HMRC, CWG2: National Insurance category letters")

    # ── inside ──

    def _employment_rows(self, reading: Reading, on: date) -> tuple[EmploymentRow, ...]:
        employments = reading.find(Employment)
        people = {person.id: person for person in reading.find(PersonalAssistant)}
        terms = terms_of(reading, tuple(employment.id for employment in employments))
        rows = []
        for employment in employments:
            person = people[employment.assistant_id]
            held = terms[employment.id]
            code = latest_on(held.tax_codes, on)
            rate = basic_rate_on(held.rates, on)
            rows.append(
                EmploymentRow(
                    employment_id=employment.id,
                    assistant_id=person.id,
                    name=person.name,
                    payroll_id=employment.payroll_id,
                    frequency=employment.frequency,
                    started_on=employment.started_on,
                    left_on=employment.left_on,
                    tax_code=code.code if code else "",
                    ni_letter=held.ni_letter_on(on) or "",
                    hourly_rate=rate.rate if rate else None,
                    has_rate=bool(held.rates),
                )
            )
        rows.sort(key=lambda row: (people[row.assistant_id].surname.casefold(), row.name))
        return tuple(rows)

    def _term_findings(
        self, assistant: PersonalAssistant, terms: Terms, on: date
    ) -> tuple[Finding, ...]:
        """Say what there is to look at in the terms in force on a day."""
        findings: list[Finding] = []
        letter = terms.ni_letter_on(on)
        if letter is not None:
            findings += letter_findings_on(assistant, letter, on, self._rates)
        code = terms.tax_code_on(on)
        if code is not None:
            findings += nation_findings(code.code, assistant)
        pension = terms.pension_on(on)
        if pension is not None:
            findings += pension_findings(pension, known_rates(self._rates, on))
        if not rates_on(terms.rates, on):
            findings.append(
                Finding(
                    severity=Severity.WARNING,
                    code="no_rates",
                    subject=assistant.name,
                    message=_(
                        "There is no rate of pay yet on {day}. Add one before hours are recorded."
                    ).format(day=long_date(on)),
                )
            )
        return tuple(findings)

    def _first_code(self, employment: Employment, typed: str) -> tuple[str, str, CodeFrom]:
        if typed.strip():
            code = TaxCode.parse(typed)
            check_code(code, known_rates(self._rates, today()))
            return str(code), _("As typed when taken on"), CodeFrom.TYPED
        if employment.started_on < self._rates.first_day:
            raise EntryError(
                what=_("The tax code is missing."),
                why=_(
                    "The starter checklist says only which code somebody begins with, and this "
                    "employment began on {day}."
                ).format(day=long_date(employment.started_on)),
                next_step=_("Type the code on the last payslip, or on HMRC's newest letter."),
            )
        suggested = self.suggest_tax_code(
            employment.starter_declaration, employment.started_on, frequency=employment.frequency
        )
        return suggested.code, suggested.why, CodeFrom.STARTER_CHECKLIST

    def _code_in_use_from(self, reading: Reading, started_on: date, code: TaxCode) -> date:
        """Return the day the first tax code of an employment is used from.

        A week 1 or month 1 mark ends with its tax year. So one typed for somebody who has long
        been here is of the tax year this book begins in, or of today's.
        """
        if not code.week1_month1:
            return started_on
        begins = max(
            (opening.as_of + _ONE_DAY for opening in reading.find(OpeningHousehold)),
            default=min(today(), self._rates.last_day),
        )
        return max(started_on, TaxYear.of(begins).first_day)

    def _first_letter(
        self, employment: Employment, person: PersonalAssistant, typed: str
    ) -> tuple[str, str]:
        if typed.strip():
            return NiCategory.parse(typed).value, _("As typed when taken on")
        suggested = self.suggest_ni_letter(person.born_on, employment.started_on)
        return suggested.letter, suggested.why


def _move_first_terms(tx: Change, before: Employment, employment: Employment) -> None:
    """Let the first holiday terms go on holding from the first day, where that day is changed."""
    if before.started_on == employment.started_on:
        return
    first, *others = tx.find(HolidayTerms, employment_id=employment.id, order_by="from_day")
    for term in others:
        if term.from_day <= employment.started_on:
            raise EntryError(
                what=_("The holiday terms changed on {day}.").format(day=long_date(term.from_day)),
                why=_("They cannot change before the first day of the job."),
                next_step=_("Take those terms out first, or check the day."),
            )
    tx.update(replace(first, from_day=employment.started_on))


def _refuse_second_nino(tx: Change, person: PersonalAssistant) -> None:
    if not person.nino:
        return
    for other in tx.find(PersonalAssistant, nino=person.nino):
        if other.id != person.id:
            raise EntryError(
                what=_("{name} already has this National Insurance number.").format(
                    name=other.name
                ),
                why=_("A National Insurance number belongs to one person."),
                next_step=_(
                    "Check the number. To employ the same person again, add an employment to "
                    "them instead."
                ),
            )


def _with_payroll_id(tx: Change, employment: Employment) -> Employment:
    """Fill in or check the number payroll and HMRC know this employment by."""
    taken = {other.payroll_id for other in tx.find(Employment) if other.id != employment.id}
    if not employment.payroll_id:
        number = len(taken) + 1
        while str(number) in taken:
            number += 1
        return replace(employment, payroll_id=str(number))
    if employment.payroll_id in taken:
        raise EntryError(
            what=_("Payroll ID {number} is already used.").format(number=employment.payroll_id),
            why=_("HMRC tells employments apart by it, so each has its own, even after a break."),
            next_step=_("Type another, or leave it empty to have one given."),
        )
    return employment


def _refuse_schedule(tx: Change, employment: Employment) -> None:
    """Refuse a schedule that would cut through days already paid or being recorded."""
    first_days = {
        sheet.first_day: sheet for sheet in tx.find(Timesheet, employment_id=employment.id)
    }
    paid = tx.rows(
        Payslip, ("last_day",), employment_id=employment.id, order_by="-last_day", limit=1
    )
    if paid:
        paid_until: date = paid[0][0]
        if employment.schedule.period_of(paid_until + _ONE_DAY).first_day != paid_until + _ONE_DAY:
            raise RefusedError(
                what=_("These paydays do not follow on from the last one paid."),
                why=_("Pay has been finalised up to {day}.").format(day=long_date(paid_until)),
                next_step=_("Choose periods of which one begins on {day}.").format(
                    day=long_date(paid_until + _ONE_DAY)
                ),
            )
    else:
        paid_until = date.min
    for sheet in first_days.values():
        period = employment.schedule.period_of(sheet.first_day)
        fits = (period.first_day, period.last_day) == (sheet.first_day, sheet.last_day)
        if sheet.first_day > paid_until and not fits:
            raise RefusedError(
                what=_("There is a timesheet from {first} to {last}.").format(
                    first=long_date(sheet.first_day), last=long_date(sheet.last_day)
                ),
                why=_("It does not fit into the new pay periods."),
                next_step=_("Pay it first, or take its shifts out."),
            )


def refuse_work_outside(tx: Change, employment: Employment) -> None:
    """Refuse a first or last day that leaves shifts outside the employment."""
    sheets = tx.find(Timesheet, employment_id=employment.id)
    last = employment.left_on or date.max
    outside = tx.rows(
        Shift,
        ("day",),
        any_of={
            "timesheet_id": [
                sheet.id
                for sheet in sheets
                if sheet.first_day < employment.started_on or sheet.last_day > last
            ]
        },
    )
    for (day,) in outside:
        if not employment.started_on <= day <= last:
            raise RefusedError(
                what=_("There is a shift on {day}.").format(day=long_date(day)),
                why=_("That is outside the first and last day of this employment."),
                next_step=_("Take the shift out of the timesheet, or choose another day."),
            )
