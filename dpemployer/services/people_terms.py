"""The dated terms of an employment: rates, tax codes, letters, loans and pensions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dpemployer.errors import EntryError, RefusedError
from dpemployer.i18n import _, long_date
from dpemployer.payroll.checks import known_rates, letter_findings_on
from dpemployer.payroll.entries import checked_pension, checked_rate, refuse_backwards
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import (
    Employment,
    NiCategoryHeld,
    PayRate,
    PensionMembership,
    PersonalAssistant,
    StudentLoanHeld,
    TaxCodeHeld,
)
from dpemployer.payroll.terms import POSTGRADUATE
from dpemployer.services.reading import live_payslips, put
from dpemployer.statutory.income_tax import check_code
from dpemployer.statutory.national_insurance import NiCategory, check_letter
from dpemployer.statutory.student_loans import LoanPlan, check_plan
from dpemployer.statutory.tax_code import TaxCode

if TYPE_CHECKING:
    from dpemployer.findings import Finding
    from dpemployer.statutory.rates import RateBook
    from dpemployer.store.book import Book

_ONE_DAY = timedelta(days=1)
_LOAN_PLANS = ("1", "2", "4", "5", POSTGRADUATE)


class DatedTerms:
    """The terms of every employment in one book, each from a day on."""

    _book: Book
    _rates: RateBook

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
            return put(tx, rate)

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
        """Use a tax code from a day; a code already dated that day is replaced.

        Raises:
            EntryError: If there is no such code, or there was none on that day.
        """
        parsed = TaxCode.parse(code)
        if self._rates.first_day <= from_day:
            check_code(parsed, known_rates(self._rates, from_day))
        text = str(parsed)
        with self._book.change("Set a tax code") as tx:
            same = tx.find_one(TaxCodeHeld, employment_id=employment_id, from_day=from_day)
            if same is not None and (same.code, same.source) == (text, source):
                return same.id
            held_id = same.id if same else 0
            return put(tx, TaxCodeHeld(held_id, employment_id, from_day, text, source))

    def set_ni_letter(
        self, employment_id: int, from_day: date, letter: str, source: str = ""
    ) -> tuple[Finding, ...]:
        """Use a category letter from a day, and say if age gives another."""
        category = NiCategory.parse(letter)
        if self._rates.first_day <= from_day:
            check_letter(category, known_rates(self._rates, from_day))
        with self._book.change("Set a National Insurance letter") as tx:
            employment = tx.get(Employment, employment_id)
            person = tx.get(PersonalAssistant, employment.assistant_id)
            same = tx.find_one(NiCategoryHeld, employment_id=employment_id, from_day=from_day)
            held_id = same.id if same else 0
            put(tx, NiCategoryHeld(held_id, employment_id, from_day, category.value, source))
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
        if plan != POSTGRADUATE:
            check_plan(LoanPlan(plan), known_rates(self._rates, from_day))
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
            return put(tx, membership)

    def stop_pension(self, membership_id: int, last_day: date) -> None:
        """End a pension membership after a day."""
        with self._book.change("Ended a pension membership") as tx:
            membership = tx.get(PensionMembership, membership_id)
            refuse_backwards(membership.from_day, last_day)
            tx.update(replace(membership, to_day=last_day))
