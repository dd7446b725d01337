"""Books for window tests: a household's account, made through the services."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dpemployer.money import Money
from dpemployer.services.money_rows import (
    Account,
    AccountKind,
    Award,
    AwardBasis,
    ContributionPlan,
    Funder,
    FunderKind,
    PaymentFrequency,
)
from dpemployer.services.rows import Party, Role
from dpemployer.services.samples import Sample

if TYPE_CHECKING:
    from dpemployer.office import Office

CASES = Path(__file__).parents[1] / "returns" / "cases"
S1, S2 = "s1-quarterly-bank-two-pas", "s2-annotated-cheques-cash"


def load_sample(office: Office, name: str) -> Sample:
    """Load an invented return period whole."""
    sample = Sample((CASES / f"{name}.json").read_bytes())
    sample.keep_in(office.book)
    return sample


def bank_file(name: str) -> bytes:
    """Return what the bank of an invented return period would give."""
    (found,) = CASES.glob(f"{name}-*.csv")
    return found.read_bytes()


def an_account(
    office: Office, *, first_day: date = date(2026, 7, 1), opening: int = 311_842
) -> int:
    """Record an account, by itself those of the first sample; `opening` is pence."""
    return office.ledger.add_account(
        Account(0, "", "Direct payment account", AccountKind.BANK, first_day, Money(opening))
    )


def a_council(office: Office, name: str = "Riverton Borough Council") -> int:
    """Record a funder that pays every four weeks, and the person's own share."""
    ledger = office.ledger
    funder_id = ledger.set_funder(Funder(0, "", name, FunderKind.LOCAL_AUTHORITY))
    ledger.set_award(
        Award(
            0,
            funder_id,
            date(2026, 4, 6),
            None,
            gross_weekly=Money(64_000),
            contribution_weekly=Money(7_125),
            net_weekly=Money(56_875),
            basis=AwardBasis.NET,
            frequency=PaymentFrequency.FOUR_WEEKLY,
            payment=Money(227_500),
            first_payment=date(2026, 7, 27),
        )
    )
    ledger.set_contribution(
        ContributionPlan(
            0,
            funder_id,
            date(2026, 4, 6),
            amount=Money(7_125),
            frequency=PaymentFrequency.WEEKLY,
            first_due=date(2026, 7, 3),
        )
    )
    return funder_id


def a_signatory(office: Office, name: str = "Jo Marsh", since: date = date(2026, 1, 1)) -> int:
    """Name the person supported, who signs too."""
    party_id = office.people.add_party(Party(0, name, reference="EB-1"))
    office.people.hold_role(party_id, Role.PERSON_SUPPORTED, since)
    for role in (Role.MONEY_MANAGER, Role.SIGNATORY):
        office.people.hold_role(party_id, role, since, "themselves")
    return party_id
