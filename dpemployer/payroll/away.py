"""Time away from work: sickness, and leave for a family, with the days and papers of each.

The facts alone. What they are worth on a payday is worked out in `away_pay.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from dpemployer.bank_days import Nation
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.people import PayType
from dpemployer.statutory.average_earnings import Payday
from dpemployer.statutory.family_pay import Because, Event, FamilyPay
from dpemployer.statutory.sick_pay import Absence, NotPaid, fallback_days

if TYPE_CHECKING:
    from collections.abc import Iterable

SELF_CERTIFIED_DAYS = 7
"""Calendar days of sickness for which the person's own word is enough."""


class Bar(StrEnum):
    """What keeps a whole absence from sick pay; asked when it is recorded."""

    NONE = "none"
    NOT_BEGUN = "not_begun"
    ESA = "esa"
    CUSTODY = "custody"
    STRIKE = "strike"
    ABROAD = "abroad"


@dataclass(frozen=True, slots=True)
class Sickness:
    """One absence for sickness, both days counted. `last_day` is None while it goes on."""

    id: int
    employment_id: int
    first_day: date
    last_day: date | None = None
    bar: Bar = Bar.NONE
    self_certified_on: date | None = None
    """The day the person gave their own word for the first week of it."""
    usual_week: Money | None = None
    """The pay agreed for a week, where nobody had been paid yet."""
    note: str = ""

    def through(self, day: date) -> Absence:
        """Return the absence as the law judges it, one that goes on ending on *day*."""
        last = max(self.first_day, day) if self.last_day is None else self.last_day
        barred = None if self.bar is Bar.NONE else NotPaid(self.bar.value)
        return Absence(self.first_day, last, barred)


@dataclass(frozen=True, slots=True)
class FitNote:
    """A doctor's or another professional's note, and the days it is for."""

    id: int
    sickness_id: int
    from_day: date
    to_day: date


@dataclass(frozen=True, slots=True)
class AgreedDays:
    """The weekdays agreed as working days, for a week or from a week on.

    `from_day` is the Sunday the week begins on; `weekdays` are digits, 0 for Monday.
    """

    id: int
    employment_id: int
    from_day: date
    weekdays: str
    one_week: bool = False


@dataclass(frozen=True, slots=True)
class FamilyLeave:
    """Leave for a family with statutory pay: which, the days it hangs on, and the papers."""

    id: int
    employment_id: int
    kind: FamilyPay
    because: Because = Because.BIRTH
    expected_on: date | None = None
    """The day the baby is due."""
    happened_on: date | None = None
    """The day of birth, placement or death, or the day neonatal care began."""
    matched_on: date | None = None
    """The day the adopter was told of the match."""
    care_days: int | None = None
    """Neonatal care: days in care."""
    partner_qualifies: bool = True
    """Shared parental pay: whether the other parent meets the test."""
    proof: str = ""
    """Which paper shows the right to it: MATB1, matching certificate, declaration."""
    proof_on: date | None = None
    """The day it was handed over."""
    notice_on: date | None = None
    """The day the person asked for it."""
    pay_rise: Money = NOTHING
    """What a later rise would have added to the pay of the weeks that count."""
    usual_week: Money | None = None
    """The pay agreed for a week, where nobody had been paid yet."""

    @property
    def event(self) -> Event:
        """The days it hangs on, as the law asks for them."""
        return Event(self.kind, self.because, self.expected_on, self.happened_on, self.matched_on)


@dataclass(frozen=True, slots=True)
class LeaveBlock:
    """Whole weeks of family leave in a row."""

    id: int
    leave_id: int
    first_day: date
    weeks: int

    @property
    def last_day(self) -> date:
        """The last day of the last week."""
        return self.first_day + timedelta(weeks=self.weeks) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PayBefore:
    """What was paid on a payday that has no payslip in this book, and who said so."""

    id: int
    employment_id: int
    pay_date: date
    pay: Money
    source: str = ""


@dataclass(frozen=True, slots=True)
class StatutoryPaid:
    """What one payslip paid of one kind of statutory pay, and for which days.

    A reversal takes its own back, below zero.
    """

    id: int
    employment_id: int
    payslip_id: int
    pay_date: date
    kind: PayType
    leave_id: int
    """Which family leave; 0 for sick pay."""
    amount: Money
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Away:
    """Everything about one person's time away that decides their pay on a payday."""

    sicknesses: tuple[Sickness, ...] = ()
    fit_notes: tuple[FitNote, ...] = ()
    agreed: tuple[AgreedDays, ...] = ()
    leaves: tuple[FamilyLeave, ...] = ()
    blocks: tuple[LeaveBlock, ...] = ()
    paydays: tuple[Payday, ...] = ()
    """Every normal payday that may count for an average, in order."""
    paid: tuple[StatutoryPaid, ...] = ()
    covered: tuple[tuple[date, date], ...] = ()
    """First and last days of the pay periods that have been paid in this book."""
    worked: frozenset[date] = field(default_factory=frozenset)
    """Days with any work on them."""
    holiday: frozenset[date] = field(default_factory=frozenset)
    """Days with holiday on them."""
    nation: Nation = Nation.ENGLAND

    def __bool__(self) -> bool:
        return bool(self.sicknesses or self.leaves)

    def blocks_of(self, leave_id: int) -> tuple[LeaveBlock, ...]:
        """Return the weeks of one leave, in order."""
        blocks = (block for block in self.blocks if block.leave_id == leave_id)
        return tuple(sorted(blocks, key=lambda block: block.first_day))

    def qualifying_days(self, sunday: date) -> frozenset[int]:
        """Return the weekdays agreed for the week that begins on a Sunday.

        Where nothing was agreed the law's last resort is Wednesday.
        """
        agreed = agreed_for(self.agreed, sunday)
        return weekdays_in("" if agreed is None else agreed.weekdays)

    def paid_days(self, kind: PayType, leave_id: int = 0) -> frozenset[date]:
        """Return the days that payslips which stand have paid."""
        count: dict[date, int] = {}
        for row in self.paid:
            if row.kind is kind and row.leave_id == leave_id:
                sign = -1 if row.amount < NOTHING else 1
                for day in row.days:
                    count[day] = count.get(day, 0) + sign
        return frozenset(day for day, times in count.items() if times > 0)


def agreed_for(agreed: Iterable[AgreedDays], sunday: date) -> AgreedDays | None:
    """Return what was agreed for one week: for it alone, or from the latest week before it."""
    found = list(agreed)
    alone = [each for each in found if each.one_week and each.from_day == sunday]
    lasting = [each for each in found if not each.one_week and each.from_day <= sunday]
    return max(alone or lasting, key=lambda each: each.from_day, default=None)


def weekdays_in(digits: str) -> frozenset[int]:
    """Return the weekdays a text of digits names, or the law's last resort."""
    return fallback_days(int(digit) for digit in digits)
