"""What several services ask a book, asked in one way.

Every question names the employment and the days or the tax year it is about, so that a book of
ten years answers as quickly as a book of one.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from dpemployer.errors import RefusedError
from dpemployer.i18n import _, long_date
from dpemployer.payroll.household import Party, Role, RoleHeld
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import (
    HolidayTerms,
    NiCategoryHeld,
    PayRate,
    PensionMembership,
    StudentLoanHeld,
    TaxCodeHeld,
)
from dpemployer.payroll.terms import Terms, held_on

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dpemployer.store.book import Change
    from dpemployer.store.reading import Reading


def terms_of(reading: Reading, employment_ids: Sequence[int]) -> dict[int, Terms]:
    """Return every dated term of some employments, each kind in order of date."""
    found: dict[int, dict[str, list[Any]]] = {
        employment_id: defaultdict(list) for employment_id in employment_ids
    }
    kinds: dict[str, type[Any]] = {
        "rates": PayRate,
        "tax_codes": TaxCodeHeld,
        "ni_letters": NiCategoryHeld,
        "loans": StudentLoanHeld,
        "pensions": PensionMembership,
        "holiday": HolidayTerms,
    }
    for name, kind in kinds.items():
        for fact in reading.find(
            kind, any_of={"employment_id": employment_ids}, order_by="from_day"
        ):
            found[fact.employment_id][name].append(fact)
    return {
        employment_id: Terms(**{name: tuple(facts) for name, facts in held.items()})
        for employment_id, held in found.items()
    }


def live_payslips(
    reading: Reading,
    employment_id: int,
    *,
    first_day: date | None = None,
    from_last_day: date | None = None,
) -> tuple[int, ...]:
    """Return the ids of payslips that stand: neither reversed nor a reversal.

    `first_day`: only those of the pay period that begins then. `from_last_day`: only those of
    periods that end on or after it.
    """
    equals: dict[str, Any] = {} if first_day is None else {"first_day": first_day}
    rows = reading.rows(
        Payslip,
        ("id", "reverses_id"),
        between={"last_day": (from_last_day, None)},
        employment_id=employment_id,
        **equals,
    )
    reversed_ids = {reverses for _id, reverses in rows if reverses is not None}
    return tuple(slip for slip, reverses in rows if reverses is None and slip not in reversed_ids)


def put(tx: Change, fact: Any) -> int:
    """Add a fact, or put it in the place of the one with its id; return the id."""
    if not fact.id:
        return tx.add(fact)
    tx.update(fact)
    return int(fact.id)


def employer_on(reading: Reading, day: date) -> Party:
    """Return who the employer was on a day.

    Raises:
        RefusedError: If nobody is recorded.
    """
    held = held_on(reading.find(RoleHeld, role=Role.EMPLOYER), day)
    if not held:
        raise RefusedError(
            what=_("Nobody is recorded as the employer on {day}.").format(day=long_date(day)),
            why=_("Papers have to say who the employer is."),
            next_step=_("Say in Settings who the employer is and since when, and print again."),
        )
    return reading.get(Party, held[0].party_id)
