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
from dpemployer.payroll.checks import known_rates, letter_findings_on, pension_findings
from dpemployer.payroll.entries import (
    checked_employment,
    checked_party,
    checked_pension,
    checked_person,
    checked_rate,
    checked_scheme,
    refuse_backwards,
)
from dpemployer.payroll.household import EmployerScheme, Party, Role, RoleHeld
from dpemployer.payroll.pay_elements import basic_rate_on, rates_on
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import (
    Employment,
    NiCategoryHeld,
    PayRate,
    PensionMembership,
    PersonalAssistant,
    StarterDeclaration,
    StudentLoanHeld,
    TaxCodeHeld,
)
from dpemployer.payroll.starters import starter_code
from dpemployer.payroll.terms import POSTGRADUATE, Terms, held_on, latest_on
from dpemployer.payroll.timesheet import Shift, Timesheet
from dpemployer.periods import age_on
from dpemployer.services.owed import settle_since
from dpemployer.services.reading import live_payslips, terms_of
from dpemployer.services.rows import (
    EmploymentDetail,
    EmploymentRow,
    HouseholdRow,
    PersonRow,
    RoleRow,
    SuggestedNiLetter,
    SuggestedTaxCode,
)
from dpemployer.statutory.national_insurance import NiCategory
from dpemployer.statutory.state_pension_age import over_state_pension_age
from dpemployer.statutory.tax_code import TaxCode

if TYPE_CHECKING:
    from dpemployer.periods import PayFrequency
    from dpemployer.statutory.rates import RateBook
    from dpemployer.store.book import Book, Change
    from dpemployer.store.reading import Reading

_ONE_DAY = timedelta(days=1)
_LOAN_PLANS = ("1", "2", "4", "5", POSTGRADUATE)


class People:
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
        return EmploymentDetail(
            assistant=assistant,
            employment=employment,
            rates=tuple(sorted(terms.rates, key=lambda rate: rate.from_day, reverse=True)),
            tax_codes=tuple(reversed(terms.tax_codes)),
            ni_letters=tuple(reversed(terms.ni_letters)),
            loans=tuple(reversed(terms.loans)),
            pensions=tuple(reversed(terms.pensions)),
            findings=self._term_findings(assistant, terms, on),
        )

    def take_on(
        self, employment: Employment, rates: tuple[PayRate, ...], tax_code: str, ni_letter: str
    ) -> int:
        """Record an employment with its first rates, tax code and letter; return its id.

        The ids inside are 0. An empty `payroll_id` is filled in. An empty tax code takes what
        the starter declaration gives; an empty letter takes what age gives.

        Raises:
            EntryError: If something typed cannot be right; nothing is recorded then.
        """
        rates = tuple(checked_rate(rate) for rate in rates)
        with self._book.change("Took on a personal assistant") as tx:
            person = tx.get(PersonalAssistant, employment.assistant_id)
            employment = _with_payroll_id(tx, checked_employment(employment, person))
            code, code_source = self._first_code(employment, tax_code)
            letter, letter_source = self._first_letter(employment, person, ni_letter)
            employment_id = tx.add(employment)
            started = employment.started_on
            for rate in rates:
                tx.add(replace(rate, employment_id=employment_id))
            tx.add(TaxCodeHeld(0, employment_id, started, code, code_source))
            tx.add(NiCategoryHeld(0, employment_id, started, letter, letter_source))
            return employment_id

    def change_employment(self, employment: Employment) -> None:
        """Replace the undated terms of an employment: schedule, holiday, how it is paid.

        Raises:
            RefusedError: If the schedule would move paydays that were already paid.
        """
        with self._book.change("Changed an employment") as tx:
            before = tx.get(Employment, employment.id)
            person = tx.get(PersonalAssistant, before.assistant_id)
            employment = replace(employment, assistant_id=before.assistant_id)
            employment = _with_payroll_id(tx, checked_employment(employment, person))
            if employment.schedule != before.schedule:
                _refuse_schedule(tx, employment)
            _refuse_work_outside(tx, employment)
            tx.update(employment)

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
            _refuse_work_outside(tx, employment)
            tx.update(employment)

    def set_rate(self, rate: PayRate) -> int:
        """Add a dated rate (`id` 0), or change one already there, and return its id."""
        rate = checked_rate(rate)
        with self._book.change("Set a pay rate") as tx:
            same = tx.find(
                PayRate,
                employment_id=rate.employment_id,
                from_day=rate.from_day,
                pay_type=rate.pay_type,
                label=rate.label,
            )
            if any(other.id != rate.id for other in same):
                raise EntryError(
                    what=_("There is already a rate for “{label}” from {day}.").format(
                        label=rate.label, day=long_date(rate.from_day)
                    ),
                    why=_("One kind of time has one rate on a day."),
                    next_step=_("Change that rate, or give this one another name or day."),
                )
            return _put(tx, rate)

    def remove_rate(self, rate_id: int) -> None:
        """Take out a rate no payslip that stands was worked out with."""
        with self._book.change("Removed a pay rate") as tx:
            rate = tx.get(PayRate, rate_id)
            for slip in live_payslips(tx, rate.employment_id, from_last_day=rate.from_day):
                if any(
                    (line.pay_type, line.label, line.rate) == (rate.pay_type, rate.label, rate.rate)
                    for line in tx.get(Payslip, slip).lines
                ):
                    raise RefusedError(
                        what=_("The rate for “{label}” from {day} has been paid.").format(
                            label=rate.label, day=long_date(rate.from_day)
                        ),
                        why=_("A payslip that stands was worked out with it."),
                        next_step=_("Add a new rate from a later day instead."),
                    )
            tx.remove(rate)

    def set_tax_code(self, employment_id: int, from_day: date, code: str, source: str) -> int:
        """Use a tax code from a day; a code already dated that day is replaced."""
        text = str(TaxCode.parse(code))
        with self._book.change("Set a tax code") as tx:
            same = tx.find_one(TaxCodeHeld, employment_id=employment_id, from_day=from_day)
            held_id = same.id if same else 0
            return _put(tx, TaxCodeHeld(held_id, employment_id, from_day, text, source))

    def set_ni_letter(
        self, employment_id: int, from_day: date, letter: str, source: str = ""
    ) -> tuple[Finding, ...]:
        """Use a category letter from a day, and say if age gives another."""
        category = NiCategory.parse(letter)
        with self._book.change("Set a National Insurance letter") as tx:
            employment = tx.get(Employment, employment_id)
            person = tx.get(PersonalAssistant, employment.assistant_id)
            same = tx.find_one(NiCategoryHeld, employment_id=employment_id, from_day=from_day)
            held_id = same.id if same else 0
            _put(tx, NiCategoryHeld(held_id, employment_id, from_day, category.value, source))
        return letter_findings_on(person, category.value, from_day, self._rates)

    def set_loan(self, employment_id: int, plan: str, from_day: date, source: str) -> int:
        """Start repayments of a loan: plan `1`, `2`, `4`, `5` or `postgraduate`."""
        plan = plan.strip().lower()
        if plan not in _LOAN_PLANS:
            raise EntryError(
                what=_("“{plan}” is not a student loan plan.").format(plan=plan),
                why=_("The plans are 1, 2, 4 and 5, and the postgraduate loan."),
                next_step=_(
                    "The plan is on the start notice from HMRC. Somebody who does not know theirs "
                    "is on plan 5 until the notice comes."
                ),
            )
        with self._book.change("Started student loan repayments") as tx:
            loans = tx.find(StudentLoanHeld, employment_id=employment_id)
            for held in loans:
                same_kind = (held.plan == POSTGRADUATE) == (plan == POSTGRADUATE)
                open_then = held.to_day is None or held.to_day >= from_day
                if not same_kind or not open_then:
                    continue
                if held.plan == plan or held.from_day >= from_day:
                    raise EntryError(
                        what=_("A loan of this kind is already repaid from {day}.").format(
                            day=long_date(held.from_day)
                        ),
                        why=_("One plan at a time is repaid, beside a postgraduate loan."),
                        next_step=_("Stop the other one first, or choose a later day."),
                    )
                tx.update(replace(held, to_day=from_day - _ONE_DAY))
            return tx.add(StudentLoanHeld(0, employment_id, plan, from_day, None, source))

    def stop_loan(self, loan_id: int, last_day: date) -> None:
        """Stop repayments after a day, as HMRC's notice says."""
        with self._book.change("Stopped student loan repayments") as tx:
            loan = tx.get(StudentLoanHeld, loan_id)
            refuse_backwards(loan.from_day, last_day)
            tx.update(replace(loan, to_day=last_day))

    def set_pension(self, membership: PensionMembership) -> int:
        """Start a pension membership (`id` 0), or change one; the one before it ends."""
        membership = checked_pension(membership)
        with self._book.change("Set a pension membership") as tx:
            for held in tx.find(PensionMembership, employment_id=membership.employment_id):
                ends_after = held.to_day is None or held.to_day >= membership.from_day
                starts_inside = membership.to_day is None or held.from_day <= membership.to_day
                if held.id == membership.id or not ends_after or not starts_inside:
                    continue
                if held.from_day >= membership.from_day:
                    raise EntryError(
                        what=_("Another pension membership starts on {day}.").format(
                            day=long_date(held.from_day)
                        ),
                        why=_("Two memberships in force at once would be paid into twice."),
                        next_step=_("Change that one, or choose a later day."),
                    )
                tx.update(replace(held, to_day=membership.from_day - _ONE_DAY))
            return _put(tx, membership)

    def stop_pension(self, membership_id: int, last_day: date) -> None:
        """End a pension membership after a day."""
        with self._book.change("Ended a pension membership") as tx:
            membership = tx.get(PensionMembership, membership_id)
            refuse_backwards(membership.from_day, last_day)
            tx.update(replace(membership, to_day=last_day))

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

    # ── the household ──

    def parties(self) -> tuple[Party, ...]:
        """List everybody who plays, or played, a part."""
        with self._book.read() as reading:
            return reading.find(Party, order_by="name")

    def add_party(self, party: Party) -> int:
        """Record somebody who is not a personal assistant; return the id given."""
        with self._book.change("Added somebody to the household") as tx:
            return tx.add(checked_party(party))

    def change_party(self, party: Party) -> None:
        """Replace the details of a party."""
        with self._book.change("Changed somebody's details") as tx:
            tx.update(checked_party(party))

    def roles(self) -> tuple[RoleRow, ...]:
        """List every part ever played, in order of date."""
        with self._book.read() as reading:
            return _role_rows(reading)

    def hold_role(self, party_id: int, role: Role, from_day: date, capacity: str = "") -> int:
        """Give somebody a part from a day.

        Whoever held it until then ends the day before; only signatories may be several.
        """
        with self._book.change("Gave somebody a part in the household") as tx:
            tx.get(Party, party_id)
            for held in tx.find(RoleHeld, role=role):
                shared = role is Role.SIGNATORY and held.party_id != party_id
                if shared or (held.to_day is not None and held.to_day < from_day):
                    continue
                if held.from_day >= from_day:
                    raise EntryError(
                        what=_("Somebody already has this part from {day}.").format(
                            day=long_date(held.from_day)
                        ),
                        why=_("One person at a time has a part, except signing."),
                        next_step=_("Choose a later day, or end the other first."),
                    )
                tx.update(replace(held, to_day=from_day - _ONE_DAY))
            return tx.add(RoleHeld(0, party_id, role, from_day, None, capacity.strip()))

    def end_role(self, role_id: int, last_day: date) -> None:
        """Record the last day of a part."""
        with self._book.change("Ended a part in the household") as tx:
            held = tx.get(RoleHeld, role_id)
            refuse_backwards(held.from_day, last_day)
            tx.update(replace(held, to_day=last_day))

    def household(self, on: date) -> HouseholdRow:
        """Say who plays which part on a day, and how the employer stands with HMRC."""
        with self._book.read() as reading:
            rows = held_on(_role_rows(reading), on)
            scheme = latest_on(reading.find(EmployerScheme), on)
        first = {row.role: row for row in reversed(rows)}
        return HouseholdRow(
            person_supported=first.get(Role.PERSON_SUPPORTED),
            money_manager=first.get(Role.MONEY_MANAGER),
            employer=first.get(Role.EMPLOYER),
            signatories=tuple(
                sorted(
                    (row for row in rows if row.role is Role.SIGNATORY),
                    key=lambda row: row.from_day,
                )
            ),
            scheme=scheme,
        )

    def schemes(self) -> tuple[EmployerScheme, ...]:
        """List how the employer has stood with HMRC, in order of date."""
        with self._book.read() as reading:
            return reading.find(EmployerScheme, order_by="from_day")

    def set_scheme(self, scheme: EmployerScheme) -> int:
        """Record how the employer stands with HMRC from a day; return the id given.

        What is owed to HMRC for paydays already final follows: the Employment Allowance lowers
        it, and paying by the quarter moves the days it is due.
        """
        scheme = checked_scheme(scheme)
        with self._book.change("Set how the employer stands with HMRC") as tx:
            same = tx.find_one(EmployerScheme, from_day=scheme.from_day)
            if same is not None and not scheme.id:
                scheme = replace(scheme, id=same.id)
            scheme_id = _put(tx, scheme)
            settle_since(tx, self._rates, scheme.from_day)
            return scheme_id

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

    def _first_code(self, employment: Employment, typed: str) -> tuple[str, str]:
        if typed.strip():
            return str(TaxCode.parse(typed)), _("As typed when taken on")
        suggested = self.suggest_tax_code(
            employment.starter_declaration, employment.started_on, frequency=employment.frequency
        )
        return suggested.code, suggested.why

    def _first_letter(
        self, employment: Employment, person: PersonalAssistant, typed: str
    ) -> tuple[str, str]:
        if typed.strip():
            return NiCategory.parse(typed).value, _("As typed when taken on")
        suggested = self.suggest_ni_letter(person.born_on, employment.started_on)
        return suggested.letter, suggested.why


def _put(
    tx: Change, fact: PayRate | TaxCodeHeld | NiCategoryHeld | PensionMembership | EmployerScheme
) -> int:
    """Add a fact, or put it in the place of the one with its id."""
    if not fact.id:
        return tx.add(fact)
    tx.update(fact)
    return fact.id


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


def _refuse_work_outside(tx: Change, employment: Employment) -> None:
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


def _role_rows(reading: Reading) -> tuple[RoleRow, ...]:
    names = {party.id: party.name for party in reading.find(Party)}
    return tuple(
        RoleRow(
            role_id=held.id,
            party_id=held.party_id,
            name=names[held.party_id],
            role=held.role,
            capacity=held.capacity,
            from_day=held.from_day,
            to_day=held.to_day,
        )
        for held in reading.find(RoleHeld, order_by="from_day")
    )
