"""Who is who: the person supported, whoever manages the money, the employer, and who signs.

They are often one person and often not, and they change, so each part is held by somebody from
a date to a date. Nobody's part is ever inferred from another's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dpemployer.bank_days import Nation
from dpemployer.money import NOTHING, Money


class Role(StrEnum):
    """A part somebody plays in a book."""

    PERSON_SUPPORTED = "person_supported"
    MONEY_MANAGER = "money_manager"
    EMPLOYER = "employer"
    SIGNATORY = "signatory"


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody named in the book who is not a personal assistant."""

    id: int
    name: str
    address: str = ""
    contact: str = ""
    """Telephone or email."""
    reference: str = ""
    """The funder's own number for the person supported."""


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A part held by a party from a first day to a last day, both included."""

    id: int
    party_id: int
    role: Role
    from_day: date
    to_day: date | None = None
    capacity: str = ""
    """In what standing: themselves, attorney, deputy, appointee, nominated, suitable person …"""


@dataclass(frozen=True, slots=True)
class EmployerScheme:
    """How this employer stands with HMRC, from a date."""

    id: int
    from_day: date
    paye_reference: str = ""
    accounts_office_reference: str = ""
    pays_quarterly: bool = False
    claims_employment_allowance: bool = False
    nation: Nation = Nation.ENGLAND
    pension_provider: str = ""
    pension_due_day: int = 22
    files_on_paper: bool = False
    """HMRC has agreed that this employer, who arranges care, need not file online."""


@dataclass(frozen=True, slots=True)
class OpeningHousehold:
    """What the household brings with it when it starts in the middle of a year.

    Money is positive when it is still owed. `as_of` is the last day before the book begins.
    """

    id: int
    as_of: date
    source: str
    allowance_used: Money = NOTHING
    """Of the Employment Allowance, in the tax year of `as_of`."""
