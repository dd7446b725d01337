"""What the first run asked, asked again later: one account, funder, rate or signatory."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ui.wizards.funding import AccountStep, AwardStep, FunderStep
from ui.wizards.household import SignatoryStep

if TYPE_CHECKING:
    from dpemployer.services.money_rows import Award, Funder
    from dpemployer.services.rows import HouseholdRow, RoleRow


class OneFunder(FunderStep):
    """A funder already in the book, or one more."""

    def __init__(self, funder: Funder | None, *, is_first: bool) -> None:
        super().__init__()
        self._which = funder
        self._is_first = is_first

    def show_answer(self, answer: Any) -> None:
        """Show this funder. Only the first one's return is that of the whole account."""
        _funders, templates, chosen = answer
        mine = () if self._which is None else (self._which,)
        super().show_answer((mine, templates, chosen if self._is_first else None))
        self.template.setVisible(self._is_first)
        self.from_day.setVisible(self._is_first)


class OneAward(AwardStep):
    """A rate already in the book, or one more from a day."""

    def __init__(self, funder: Funder, award: Award | None) -> None:
        super().__init__()
        self._funder = funder
        self._which = award

    def show_answer(self, answer: Any) -> None:
        """Show this rate; a new one begins with what the last one said."""
        _funders, awards, plans = answer
        mine = [each for each in awards if each.funder_id == self._funder.id]
        shown = mine if self._which is None else [self._which]
        super().show_answer(((self._funder,), shown, plans))
        if self._which is None:
            self._award_id = 0
            self.from_day.set_value(None)
            self.first_payment.set_value(None)


class OneAccount(AccountStep):
    """An account already in the book, or one more."""

    def __init__(self, account_id: int | None) -> None:
        super().__init__()
        self._which = account_id

    def show_answer(self, answer: Any) -> None:
        """Show this account."""
        super().show_answer(tuple(each for each in answer if each.id == self._which))
        if self._which is None:
            self.name.set_value("")


class OneSignatory(SignatoryStep):
    """Somebody who signs already, or one more."""

    def __init__(self, row: RoleRow | None) -> None:
        super().__init__()
        self._which = row

    def show_answer(self, answer: Any) -> None:
        """Show this one alone."""
        parties, household = answer
        mine = () if self._which is None else (self._which,)
        super().show_answer((parties, replace(household, signatories=mine)))

    def _held(self, household: HouseholdRow) -> RoleRow | None:
        wanted = 0 if self._which is None else self._which.role_id
        return next((row for row in household.signatories if row.role_id == wanted), None)
