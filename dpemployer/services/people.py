"""Who works here and on what terms, and who is who in the household.

Terms are dated: each holds from a day until the next of its kind. What is typed is checked
here, where it is typed, and every change is one named transaction in the audit log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from dpemployer.findings import Finding
    from dpemployer.payroll.household import EmployerScheme, Party, Role
    from dpemployer.payroll.people import (
        Employment,
        PayRate,
        PensionMembership,
        PersonalAssistant,
        StarterDeclaration,
    )
    from dpemployer.services.rows import (
        EmploymentDetail,
        EmploymentRow,
        HouseholdRow,
        PersonRow,
        RoleRow,
        SuggestedNiLetter,
        SuggestedTaxCode,
    )
    from dpemployer.statutory.rates import RateBook
    from dpemployer.store.book import Book


class People:
    """Personal assistants, their employments, and the household, in one book."""

    def __init__(self, book: Book, rates: RateBook) -> None:
        self._book = book
        self._rates = rates

    # ── personal assistants ──

    def assistants(self, on: date) -> tuple[PersonRow, ...]:
        """List everybody ever taken on, by surname, with their employments as they stand *on*."""
        raise NotImplementedError

    def assistant(self, assistant_id: int) -> PersonalAssistant:
        """Return one personal assistant."""
        raise NotImplementedError

    def add_assistant(self, assistant: PersonalAssistant) -> int:
        """Record a personal assistant (its `id` is 0) and return the id given.

        Raises:
            EntryError: If a name, date of birth or National Insurance number cannot be right.
        """
        raise NotImplementedError

    def change_assistant(self, assistant: PersonalAssistant) -> None:
        """Replace the details of a personal assistant already recorded."""
        raise NotImplementedError

    # ── employments and their dated terms ──

    def employments(self, on: date, *, with_leavers: bool = True) -> tuple[EmploymentRow, ...]:
        """List employments by name, with the terms in force *on* a day."""
        raise NotImplementedError

    def employment(self, employment_id: int, on: date) -> EmploymentDetail:
        """Return one employment with every dated term, and findings about those in force *on*."""
        raise NotImplementedError

    def take_on(
        self, employment: Employment, rates: tuple[PayRate, ...], tax_code: str, ni_letter: str
    ) -> int:
        """Record an employment with its first rates, tax code and letter; return its id.

        The ids inside are 0. An empty `payroll_id` is filled in. An empty tax code takes what
        the starter declaration gives; an empty letter takes what age gives.

        Raises:
            EntryError: If something typed cannot be right; nothing is recorded then.
        """
        raise NotImplementedError

    def change_employment(self, employment: Employment) -> None:
        """Replace the undated terms of an employment: schedule, holiday, how it is paid.

        Raises:
            RefusedError: If the schedule would move paydays that were already paid.
        """
        raise NotImplementedError

    def end_employment(self, employment_id: int, left_on: date) -> None:
        """Record the last day of an employment."""
        raise NotImplementedError

    def set_rate(self, rate: PayRate) -> int:
        """Add a dated rate (`id` 0), or change one already there, and return its id."""
        raise NotImplementedError

    def remove_rate(self, rate_id: int) -> None:
        """Take out a rate no payslip that stands was worked out with."""
        raise NotImplementedError

    def set_tax_code(self, employment_id: int, from_day: date, code: str, source: str) -> int:
        """Use a tax code from a day; a code already dated that day is replaced."""
        raise NotImplementedError

    def set_ni_letter(
        self, employment_id: int, from_day: date, letter: str, source: str = ""
    ) -> tuple[Finding, ...]:
        """Use a category letter from a day, and say if age gives another."""
        raise NotImplementedError

    def set_loan(self, employment_id: int, plan: str, from_day: date, source: str) -> int:
        """Start repayments of a loan: plan `1`, `2`, `4`, `5` or `postgraduate`."""
        raise NotImplementedError

    def stop_loan(self, loan_id: int, last_day: date) -> None:
        """Stop repayments after a day, as HMRC's notice says."""
        raise NotImplementedError

    def set_pension(self, membership: PensionMembership) -> int:
        """Start a pension membership (`id` 0), or change one; the one before it ends."""
        raise NotImplementedError

    def stop_pension(self, membership_id: int, last_day: date) -> None:
        """End a pension membership after a day."""
        raise NotImplementedError

    def suggest_tax_code(
        self,
        declaration: StarterDeclaration,
        started_on: date,
        p45_code: str = "",
        p45_left_on: date | None = None,
    ) -> SuggestedTaxCode:
        """Work out which code a starter gets until HMRC says otherwise."""
        raise NotImplementedError

    def suggest_ni_letter(self, born_on: date, on: date) -> SuggestedNiLetter:
        """Work out which category letter age alone gives on a payday."""
        raise NotImplementedError

    # ── the household ──

    def parties(self) -> tuple[Party, ...]:
        """List everybody who plays, or played, a part."""
        raise NotImplementedError

    def add_party(self, party: Party) -> int:
        """Record somebody who is not a personal assistant; return the id given."""
        raise NotImplementedError

    def change_party(self, party: Party) -> None:
        """Replace the details of a party."""
        raise NotImplementedError

    def roles(self) -> tuple[RoleRow, ...]:
        """List every part ever played, in order of date."""
        raise NotImplementedError

    def hold_role(self, party_id: int, role: Role, from_day: date, capacity: str = "") -> int:
        """Give somebody a part from a day.

        Whoever held it until then ends the day before; only signatories may be several.
        """
        raise NotImplementedError

    def end_role(self, role_id: int, last_day: date) -> None:
        """Record the last day of a part."""
        raise NotImplementedError

    def household(self, on: date) -> HouseholdRow:
        """Say who plays which part on a day, and how the employer stands with HMRC."""
        raise NotImplementedError

    def schemes(self) -> tuple[EmployerScheme, ...]:
        """List how the employer has stood with HMRC, in order of date."""
        raise NotImplementedError

    def set_scheme(self, scheme: EmployerScheme) -> int:
        """Record how the employer stands with HMRC from a day; return the id given."""
        raise NotImplementedError
