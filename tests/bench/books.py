"""Two books for measuring: ten years of one household, and its last year alone.

Five assistants are paid every week for 25 shifts between them, and the bank shows sixteen lines
a week: some 13,000 shifts, 2,600 payslips and 8,000 bank lines in ten years. The last year is
made by the services a person uses; the nine before it are copies of it, each 52 weeks earlier,
so that both books hold the very same tax year.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from dpemployer.bookkeeping.accounts import Account, AccountKind, Statement, StatementLine
from dpemployer.bookkeeping.awards import (
    Award,
    AwardBasis,
    Funder,
    FunderKind,
    PaymentFrequency,
)
from dpemployer.bookkeeping.commitments import CATEGORY_OF, Commitment
from dpemployer.bookkeeping.ledger import LedgerEntry, Method, Split
from dpemployer.money import Money
from dpemployer.office import Office
from dpemployer.payroll.household import EmployerScheme, Party, Role
from dpemployer.payroll.payday import PayRun, PayRunStatus
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import (
    Employment,
    PayRate,
    PayType,
    PensionMembership,
    PersonalAssistant,
)
from dpemployer.payroll.timesheet import Shift, Timesheet
from dpemployer.periods import PayFrequency, TaxYear
from dpemployer.returns.signed import ReturnChoice
from dpemployer.store.tables import FACTS

if TYPE_CHECKING:
    from collections.abc import Iterator

PASSPHRASE = "seventeen quiet herons"
TEMPLATE = "generic-quarterly"
QUARTER = (date(2026, 10, 1), date(2026, 12, 31))
FIRST_WEEK = date(2026, 3, 30)
"""A Monday; its payday is the first of the tax year."""
WEEKS_PAID = 39
WEEKS = 51
"""Hours are recorded and approved for all of them, so that the later ones can be paid."""
LINES_A_WEEK = 16
YEARS = 10
_YEAR = timedelta(weeks=52)
_STRIDE = 1_000_000
"""Between the ids of one year and the same facts a year earlier."""

COPIED: tuple[type, ...] = (
    Timesheet,
    Shift,
    PayRun,
    Payslip,
    Statement,
    StatementLine,
    Commitment,
    LedgerEntry,
    Split,
)


class Books(NamedTuple):
    """Where the two books are."""

    one_year: Path
    ten_years: Path
    passphrase: Path
    """The file that holds it."""


@contextmanager
def one_and_ten_years() -> Iterator[Books]:
    """Make both books, and take them away again."""
    with TemporaryDirectory() as place:
        books = Books(Path(place, "one"), Path(place, "ten"), Path(place, "passphrase"))
        books.passphrase.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
        for folder, years in ((books.one_year, 1), (books.ten_years, YEARS)):
            office = Office.create(folder, PASSPHRASE, "Bench")
            try:
                make_household(office, FIRST_WEEK - (years - 1) * _YEAR)
                make_last_year(office)
                for back in range(1, years):
                    copy_year(office, back)
                start_the_account_earlier(office)
            finally:
                office.close()
        yield books


def payday(week: int) -> date:
    """Return the Friday after week *week* (from 0) is worked."""
    return FIRST_WEEK + timedelta(weeks=week, days=11)


def make_household(office: Office, first_day: date) -> None:
    """Set up everything that is not hours, pay or the bank."""
    people = office.people
    party = people.add_party(Party(0, "Margaret Ellis"))
    for role in Role:
        people.hold_role(party, role, first_day)
    people.set_scheme(EmployerScheme(0, first_day, "123/AB45678", "123PA00012345"))
    for number in range(5):
        person = people.add_assistant(
            PersonalAssistant(0, f"Assistant {number + 1}", "Jones", date(1985, 3, 1 + number))
        )
        employment = people.take_on(
            Employment(
                id=0,
                assistant_id=person,
                payroll_id=f"PA-{number + 1}",
                started_on=first_day,
                frequency=PayFrequency.WEEKLY,
                period_anchor=FIRST_WEEK,
                days_after=5,
            ),
            (
                PayRate(0, 0, first_day, PayType.BASIC, "Daytime", Money(1_310 + 20 * number)),
                PayRate(0, 0, first_day, PayType.ENHANCED, "Weekend", Money(1_500)),
            ),
            "1257L",
            "A",
        )
        if number < 3:
            people.set_pension(
                PensionMembership(
                    0,
                    employment,
                    first_day,
                    "A pension",
                    employee_percent=Decimal(5),
                    employer_percent=Decimal(3),
                )
            )
    with office.book.change("Opened the account") as tx:
        tx.add(Account(0, "main", "Direct payment", AccountKind.BANK, first_day, Money(500_000)))
        funder = tx.add(Funder(0, "council", "The council", FunderKind.LOCAL_AUTHORITY))
        tx.add(
            Award(
                id=0,
                funder_id=funder,
                from_day=first_day,
                to_day=None,
                gross_weekly=Money(240_000),
                contribution_weekly=Money(0),
                net_weekly=Money(240_000),
                basis=AwardBasis.NET,
                frequency=PaymentFrequency.FOUR_WEEKLY,
                payment=Money(960_000),
            )
        )
        tx.add(ReturnChoice(0, TEMPLATE, first_day))


def make_last_year(office: Office) -> None:
    """Record a year of hours, pay for most of it, and put the bank's lines beside it."""
    with office.book.read() as now:
        employments = now.find(Employment)
    for week in range(WEEKS):
        _record_hours(office, employments, FIRST_WEEK + timedelta(weeks=week))
        if week < WEEKS_PAID:
            pay(office, week)
    for week in range(WEEKS_PAID):
        _record_bank(office, week)


def pay(office: Office, week: int) -> None:
    """Draft and finalise the payday of one week."""
    office.pay_runs.finalise(draft(office, week))


def draft(office: Office, week: int) -> int:
    """Begin the pay run of one week."""
    first = FIRST_WEEK + timedelta(weeks=week)
    return office.pay_runs.draft(PayFrequency.WEEKLY, first, first + timedelta(days=6))


def _record_hours(office: Office, employments: tuple[Employment, ...], monday: date) -> None:
    for number, employment in enumerate(employments):
        sheet = office.timesheets.open(employment.id, monday)
        for day in range(5):
            kind = (PayType.ENHANCED, "Weekend") if day == 4 else (PayType.BASIC, "Daytime")
            office.timesheets.add_shift(
                Shift(
                    id=0,
                    timesheet_id=sheet,
                    day=monday + timedelta(days=day + (number + day) % 2),
                    pay_type=kind[0],
                    label=kind[1],
                    minutes=240 + 30 * ((number + day + monday.toordinal() // 7) % 5),
                )
            )
        office.timesheets.approve(sheet, "Margaret Ellis", monday + timedelta(days=7))


def _record_bank(office: Office, week: int) -> None:
    """Bring in a week's statement: everything the payday left owing, and other lines."""
    day = payday(week)
    with office.book.change("Recorded a week of the bank") as tx:
        run = tx.find(PayRun, first_day=FIRST_WEEK + timedelta(weeks=week))[0].id
        amounts: list[tuple[str, Money, str, int | None]] = [
            (owed.payee, -owed.amount, CATEGORY_OF[owed.kind], owed.id)
            for owed in tx.find(Commitment, pay_run_id=run)
            if owed.amount
        ]
        if week % 4 == 0:
            amounts.append(("The council", Money(960_000), "inc.council_regular", None))
        while len(amounts) < LINES_A_WEEK:
            cost = Money(-(500 + (week * 131 + len(amounts) * 977) % 9_000))
            amounts.append((f"Shop {len(amounts)}", cost, "plan.domestic", None))
        net = Money.total(amount for _who, amount, _what, _owed in amounts)
        before = Money.total(line.amount for line in tx.find(StatementLine)) + Money(500_000)
        statement = tx.add(
            Statement(
                id=0,
                account_id=1,
                first_day=day - timedelta(days=6),
                last_day=day,
                opening=before,
                closing=before + net,
                layout="bench",
            )
        )
        for position, (who, amount, category, commitment) in enumerate(amounts):
            line = tx.add(StatementLine(0, statement, 1, day, position, who, amount))
            entry = tx.add(LedgerEntry(0, 1, day, amount, who, Method.BACS, statement_line_id=line))
            tx.add(Split(0, entry, category, amount, commitment_id=commitment))


def copy_year(office: Office, back: int) -> None:
    """Copy the last year to *back* years earlier, its first weeks twice to make it whole."""
    with office.book.change(f"Copied the year {back} years back") as tx:
        facts: dict[type, tuple[Any, ...]] = {
            kind: tx.find(kind, between={"id": (1, _STRIDE - 1)}) for kind in COPIED
        }
        weeks = _weeks_of(facts)
        finalised = facts[PayRun][0].finalised_at
        again = timedelta(weeks=WEEKS_PAID)
        for part, (chosen, earlier) in enumerate(
            (
                (range(WEEKS_PAID), back * _YEAR),
                (range(52 - WEEKS_PAID), back * _YEAR - again),
            )
        ):
            stride = (2 * back + part) * _STRIDE
            for kind in COPIED:
                for fact in facts[kind]:
                    if weeks[kind, fact.id] in chosen:
                        tx.add(_earlier(fact, earlier, stride))
            for run in tx.find(PayRun, between={"id": (stride, stride + _STRIDE - 1)}):
                tx.update(replace(run, status=PayRunStatus.FINAL, finalised_at=finalised))


def start_the_account_earlier(office: Office) -> None:
    """Open the account with whatever leaves the last year beginning with what it began with."""
    with office.book.change("Worked out the opening balance") as tx:
        account = tx.get(Account, 1)
        earlier = tx.sum(StatementLine, "amount", between={"id": (_STRIDE, None)})
        tx.update(replace(account, opening_balance=account.opening_balance - earlier))


def _weeks_of(facts: dict[type, tuple[Any, ...]]) -> dict[tuple[type, int], int]:
    """Say which week (from 0) each fact belongs to."""
    weeks: dict[tuple[type, int], int] = {}
    for kind in COPIED:
        for fact in facts[kind]:
            match fact:
                case Timesheet() | PayRun() | Payslip():
                    week = (fact.first_day - FIRST_WEEK).days // 7
                case Shift():
                    week = weeks[Timesheet, fact.timesheet_id]
                case Commitment(pay_run_id=int(run)):
                    week = weeks[PayRun, run]
                case Statement():
                    week = (fact.last_day - payday(0)).days // 7
                case StatementLine() | LedgerEntry():
                    week = (fact.day - payday(0)).days // 7
                case Split():
                    week = weeks[LedgerEntry, fact.entry_id]
            weeks[kind, fact.id] = week
    return weeks


def _links(kind: type) -> list[str]:
    """Name the columns of a fact that point at another that is copied too."""
    copied = {FACTS[other] for other in COPIED}
    return [
        column.name
        for column in FACTS[kind].c
        for key in column.foreign_keys
        if key.column.table in copied
    ]


def _earlier(fact: Any, earlier: timedelta, stride: int) -> Any:
    links = _links(type(fact))
    changed: dict[str, Any] = {"id": fact.id + stride}
    for field in fields(fact):
        value = getattr(fact, field.name)
        if type(value) is date:
            changed[field.name] = value - earlier
        elif field.name in links and value is not None:
            changed[field.name] = value + stride
    if isinstance(fact, Payslip):
        changed["tax_year"] = str(TaxYear.of(fact.pay_date - earlier))
    if isinstance(fact, PayRun):
        changed |= {"status": PayRunStatus.DRAFT, "finalised_at": None}
    return replace(fact, **changed)


def size(office: Office) -> str:
    """Say how much is in a book."""
    with office.book.read() as now:
        return (
            f"{now.count(Shift):,} shifts, {now.count(Payslip):,} payslips, "
            f"{now.count(StatementLine):,} bank lines"
        )
