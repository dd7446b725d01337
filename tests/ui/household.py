"""A small household in a book: one employer, two personal assistants, a week of hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING

from dpemployer.money import Money
from dpemployer.services.money_rows import (
    Account,
    AccountKind,
    Award,
    AwardBasis,
    Funder,
    FunderKind,
    Method,
    Part,
    PaymentFrequency,
)
from dpemployer.services.rows import (
    EmployerScheme,
    Employment,
    LedgerEntry,
    Party,
    PayFrequency,
    PayRate,
    PayType,
    Per,
    PersonalAssistant,
    Role,
    Shift,
)

if TYPE_CHECKING:
    from dpemployer.office import Office

FRIDAY = date(2026, 7, 10)
"""The day these tests live on: a payday."""
_WEEK = date(2026, 6, 29)


@dataclass(frozen=True)
class Household:
    """What the book knows them by."""

    asha: int
    """Paid weekly; her week is approved."""
    ben: int
    """Paid every four weeks; nothing recorded yet."""
    timesheet: int
    account: int


def move_in(office: Office) -> Household:
    """Fill an empty book."""
    people = office.people
    jo = people.add_party(Party(0, "Jo Marsh", "1 Mill Lane\nExampleton", "01632 960001", "C12345"))
    for role in Role:
        people.hold_role(jo, role, date(2026, 6, 1), "themselves")
    people.set_scheme(EmployerScheme(0, date(2026, 6, 1), "123AB456", pays_quarterly=True))
    funder = office.ledger.set_funder(
        Funder(0, "example", "Example Borough Council", FunderKind.LOCAL_AUTHORITY)
    )
    office.ledger.set_award(
        Award(
            id=0,
            funder_id=funder,
            from_day=date(2026, 6, 29),
            to_day=None,
            gross_weekly=Money(41_250),
            contribution_weekly=Money(0),
            net_weekly=Money(41_250),
            basis=AwardBasis.NONE,
            frequency=PaymentFrequency.FOUR_WEEKLY,
            payment=Money(165_000),
            first_payment=date(2026, 7, 3),
        )
    )
    account = office.opening.set_account(
        Account(
            0,
            "current",
            "Direct payment account",
            AccountKind.BANK,
            date(2026, 6, 29),
            Money(200_000),
        )
    )
    asha = _take_on(office, "Asha", "Khan", PayFrequency.WEEKLY, "AB123451C")
    ben = _take_on(office, "Ben", "Okafor", PayFrequency.FOUR_WEEKLY, "AB123452C")
    timesheet = _a_week_of_hours(office, asha)
    office.ledger.add_entry(
        LedgerEntry(
            0, account, date(2026, 7, 2), Money(-4_500), "Bell Street Pharmacy", Method.CHEQUE
        ),
        [Part(_a_kind_of_spending(office), Money(-4_500))],
    )
    return Household(asha, ben, timesheet, account)


def _take_on(office: Office, first: str, surname: str, frequency: PayFrequency, nino: str) -> int:
    assistant = office.people.add_assistant(
        PersonalAssistant(0, first, surname, date(1990, 5, 3), nino, "2 High Street\nExampleton")
    )
    return office.people.take_on(
        Employment(
            0, assistant, "", _WEEK, frequency, _WEEK, days_after=5, how_paid="Bank transfer"
        ),
        (
            PayRate(0, 0, _WEEK, PayType.BASIC, "Weekday hours", Money(1310)),
            PayRate(0, 0, _WEEK, PayType.SLEEP_IN, "Sleep-in", Money(6500), Per.NIGHT),
            PayRate(0, 0, _WEEK, PayType.EXPENSES, "Mileage", Money(45), Per.MILE),
        ),
        "1257L",
        "A",
    )


def _a_week_of_hours(office: Office, employment: int) -> int:
    timesheets = office.timesheets
    sheet = timesheets.open(employment, _WEEK)
    for day, hours in ((29, 450), (30, 450)):
        timesheets.add_shift(
            Shift(0, sheet, date(2026, 6, day), PayType.BASIC, "Weekday hours", hours)
        )
    timesheets.add_shift(
        Shift(
            0,
            sheet,
            date(2026, 7, 1),
            PayType.BASIC,
            "Weekday hours",
            started=time(9),
            ended=time(14, 30),
            break_minutes=30,
        )
    )
    timesheets.add_shift(
        Shift(
            0,
            sheet,
            date(2026, 7, 3),
            PayType.SLEEP_IN,
            "Sleep-in",
            started=time(22),
            ended=time(7),
            awake_minutes=45,
        )
    )
    timesheets.add_shift(
        Shift(0, sheet, date(2026, 7, 3), PayType.EXPENSES, "Mileage", quantity=12)
    )
    return sheet


def _a_kind_of_spending(office: Office) -> str:
    return next(row.code for row in office.ledger.categories() if row.kind == "expenditure")
