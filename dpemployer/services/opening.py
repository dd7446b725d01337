"""Starting in the middle: what was so on the day before the book began.

Each figure is a fact with its source. It can be changed until the first pay run of its tax
year is final. Those of an earlier job, from a P45 or a notice, may still come or be put right
later, and count from the next payday.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dpemployer.bookkeeping.accounts import Account
from dpemployer.bookkeeping.commitments import Commitment, CommitmentKind
from dpemployer.bookkeeping.ledger import LedgerEntry
from dpemployer.clock import today
from dpemployer.errors import EntryError, RefusedError
from dpemployer.findings import Finding, Severity
from dpemployer.i18n import _
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.checks import known_rates
from dpemployer.payroll.employer_payment import allowance_for_year
from dpemployer.payroll.entries import refuse_backwards
from dpemployer.payroll.household import OpeningHousehold
from dpemployer.payroll.opening_entries import (
    OPENING_AMOUNTS,
    check_beginning,
    check_holiday,
    check_source,
    check_weeks,
    checked_pay_to_date,
)
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import Employment, OpeningHoliday, OpeningPay, PaidWeek
from dpemployer.periods import TaxYear
from dpemployer.services.drafts import assistants_of
from dpemployer.services.holiday_facts import contract_of
from dpemployer.services.ledger import Ledger
from dpemployer.services.owed import OPENING, hmrc_due_on, month_key, schemes
from dpemployer.services.reading import live_payslips
from dpemployer.services.rows import OpeningState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from dpemployer.periods import TaxMonth
    from dpemployer.statutory.rates import RateBook
    from dpemployer.store.book import Book, Change
    from dpemployer.store.reading import Reading

_OF_P45 = frozenset({"previous_pay", "previous_tax"})


class Opening:
    """The figures one book began with."""

    def __init__(self, book: Book, rates: RateBook) -> None:
        self._book = book
        self._rates = rates
        self._ledger = Ledger(book)

    def state(self, tax_year: TaxYear) -> OpeningState:
        """Return everything entered so far, and whether it can still be changed."""
        with self._book.read() as reading:
            households = reading.find(OpeningHousehold, order_by="-as_of", limit=1)
            pay = reading.find(OpeningPay, tax_year=str(tax_year))
            return OpeningState(
                household=households[0] if households else None,
                pay=tuple(opening for opening in pay if not _is_p45(opening)),
                p45s=tuple(opening for opening in pay if _is_p45(opening)),
                holidays=reading.find(OpeningHoliday),
                owed=reading.find(Commitment, source=OPENING, order_by="incurred_on"),
                accounts=reading.find(Account),
                uncleared=reading.find(LedgerEntry, brought_forward=True, order_by="day"),
                locked=_why_locked(reading, tax_year),
                findings=_missing(reading, households, pay, tax_year),
            )

    def set_household(self, opening: OpeningHousehold) -> int:
        """Record the last day before the book, and the Employment Allowance used by then."""
        rates = known_rates(self._rates, opening.as_of)
        check_beginning(opening, allowance_for_year(rates), today())
        with self._book.change("Recorded where the book begins") as tx:
            _refuse_locked(tx, TaxYear.of(opening.as_of))
            before = tx.find(OpeningHousehold)
            for other in before:
                _refuse_locked(tx, TaxYear.of(other.as_of))
            if not before:
                return tx.add(replace(opening, id=0))
            tx.update(replace(opening, id=before[0].id))
            return before[0].id

    # ── pay to date ──

    def set_pay(self, opening: OpeningPay) -> int:
        """Record pay to date in this employment; a row already there for the year is replaced.

        P45 figures inside are kept apart, in a row of their own, as `set_p45` would.
        """
        year = checked_pay_to_date(opening, today())
        nothing_here: dict[str, Any] = dict.fromkeys(set(OPENING_AMOUNTS) - _OF_P45, NOTHING)
        p45 = replace(opening, **nothing_here)
        here = replace(opening, previous_pay=NOTHING, previous_tax=NOTHING)
        with self._book.change("Recorded pay to date") as tx:
            if _is_p45(p45):
                put_opening_pay(tx, p45, year)
            return put_opening_pay(tx, here, year)

    def set_p45(
        self,
        employment_id: int,
        tax_year: TaxYear,
        source: str,
        previous_pay: Money,
        previous_tax: Money,
    ) -> int:
        """Record pay and tax of an earlier employment this year, from a P45 or HMRC's notice.

        They may come, or be put right, after the first payday: HMRC's notice beats a P45. They
        count from the next payday, which makes up for those before; payslips stay as they are.
        """
        p45 = OpeningPay(
            id=0,
            employment_id=employment_id,
            tax_year=str(tax_year),
            source=source,
            previous_pay=previous_pay,
            previous_tax=previous_tax,
        )
        checked_pay_to_date(p45, today())
        if not _is_p45(p45):
            raise EntryError(
                what=_("The P45 has no figures."),
                why=_("A P45 with no pay and no tax changes nothing."),
                next_step=_("Type the pay and the tax to date from it, or leave it out."),
            )
        with self._book.change("Recorded the figures of a P45") as tx:
            return put_opening_pay(tx, p45, tax_year)

    def remove_pay(self, opening_id: int) -> None:
        """Take out pay to date or P45 figures no payslip was worked out with."""
        with self._book.change("Removed pay to date") as tx:
            opening = tx.get(OpeningPay, opening_id)
            _refuse_paid(tx, opening.employment_id, TaxYear.parse(opening.tax_year))
            tx.remove(opening)

    # ── holiday ──

    def set_holiday(self, opening: OpeningHoliday) -> int:
        """Record holiday left; what was recorded before for this employment is replaced."""
        check_holiday(opening, today())
        with self._book.change("Recorded holiday left") as tx:
            tx.get(Employment, opening.employment_id)
            _refuse_paid(tx, opening.employment_id, TaxYear.of(opening.as_of))
            before = tx.find_one(OpeningHoliday, employment_id=opening.employment_id)
            if before is None:
                return tx.add(replace(opening, id=0))
            tx.update(replace(opening, id=before.id))
            return before.id

    def set_paid_weeks(self, employment_id: int, weeks: tuple[PaidWeek, ...]) -> None:
        """Record the paid weeks before the book, for holiday pay; they replace any before."""
        check_weeks(weeks, today())
        with self._book.change("Recorded the paid weeks before the book") as tx:
            tx.get(Employment, employment_id)
            for week in weeks:
                _refuse_paid(tx, employment_id, TaxYear.of(week.week_ending))
            for before in tx.find(PaidWeek, employment_id=employment_id, payslip_id=None):
                tx.remove(before)
            for week in weeks:
                tx.add(replace(week, id=0, employment_id=employment_id, payslip_id=None))

    def paid_weeks(self, employment_id: int) -> tuple[PaidWeek, ...]:
        """List the paid weeks before the book, the newest first."""
        with self._book.read() as reading:
            return reading.find(
                PaidWeek,
                employment_id=employment_id,
                payslip_id=None,
                order_by="-week_ending",
            )

    # ── what is still owed ──

    def set_hmrc_owed(self, month: TaxMonth, amount: Money, source: str) -> int:
        """Record what is still owed to HMRC for a tax month from before the book.

        It is due when the employer's scheme says, by the month or by the quarter. What was
        recorded before for the month is replaced. Below zero: HMRC owes the employer.
        """
        check_source(source)
        _refuse_nothing(amount)
        with self._book.change("Recorded what is still owed to HMRC") as tx:
            _refuse_locked(tx, month.year)
            owed = Commitment(
                id=0,
                kind=CommitmentKind.HMRC,
                payee="HMRC",
                amount=amount,
                incurred_on=_no_later_than_opening(tx, month.last_day),
                due=hmrc_due_on(schemes(tx), self._rates, month),
                tax_month=month_key(month),
                source=OPENING,
                note=source.strip(),
            )
            before = tx.find_one(
                Commitment,
                kind=CommitmentKind.HMRC,
                tax_month=owed.tax_month,
                source=OPENING,
            )
            if before is None:
                return tx.add(owed)
            tx.update(replace(owed, id=before.id))
            return before.id

    def set_pension_owed(
        self, provider: str, amount: Money, incurred_on: date, due: date, source: str
    ) -> int:
        """Record what is still owed to a pension provider from before the book.

        What was recorded before for the same provider and payday is replaced.
        """
        check_source(source)
        provider = provider.strip()
        if amount <= NOTHING or not provider:
            raise EntryError(
                what=_("What is owed to the pension needs a provider and an amount."),
                why=_("It is paid to somebody, and is more than nothing."),
                next_step=_("Type both, or leave it out."),
            )
        refuse_backwards(incurred_on, due)
        with self._book.change("Recorded what is still owed to the pension") as tx:
            _refuse_locked(tx, TaxYear.of(incurred_on))
            owed = Commitment(
                id=0,
                kind=CommitmentKind.PENSION,
                payee=provider,
                amount=amount,
                incurred_on=incurred_on,
                due=due,
                source=OPENING,
                note=source.strip(),
            )
            before = tx.find_one(
                Commitment,
                kind=CommitmentKind.PENSION,
                payee=provider,
                incurred_on=incurred_on,
                source=OPENING,
            )
            if before is None:
                return tx.add(owed)
            tx.update(replace(owed, id=before.id))
            return before.id

    def remove_owed(self, commitment_id: int) -> None:
        """Take out something owed that was entered by mistake."""
        with self._book.change("Removed something owed from before the book") as tx:
            owed = tx.get(Commitment, commitment_id)
            if owed.source != OPENING:
                raise RefusedError(
                    what=_("This was not entered with the opening figures."),
                    why=_("What a pay run leaves owing is taken back by correcting the pay run."),
                    next_step=_("Open the pay run and choose “Correct this pay run”."),
                )
            _refuse_locked(tx, TaxYear.of(owed.incurred_on))
            tx.remove(owed)

    # ── the account ──

    def set_account(self, account: Account) -> int:
        """Record an account or the cash tin with its balance on the last statement."""
        if not account.id:
            return self._ledger.add_account(account)
        self._ledger.change_account(account)
        return account.id

    def add_uncleared(self, entry: LedgerEntry) -> int:
        """Record money already counted before the book that the bank has not yet shown."""
        return self._ledger.bring_forward(replace(entry, brought_forward=True))

    def remove_uncleared(self, entry_id: int) -> None:
        """Take out an item entered by mistake."""
        with self._book.change("Removed an item from before the book") as tx:
            entry = tx.get(LedgerEntry, entry_id)
            if not entry.brought_forward or entry.statement_line_id is not None:
                raise RefusedError(
                    what=_("This item has cleared, or is not from before the book."),
                    why=_("Only an item still waiting to clear can be taken out here."),
                    next_step=_("Undo its match to the statement first, or void the entry."),
                )
            tx.remove(entry)


def _is_p45(opening: OpeningPay) -> bool:
    return bool(opening.previous_pay or opening.previous_tax)


def _refuse_nothing(amount: Money) -> None:
    if not amount:
        raise EntryError(
            what=_("There is nothing owed in that."),
            why=_("A bill for nothing need not be kept."),
            next_step=_("Type what is owed, or leave it out."),
        )


# ── until when figures can be changed ──


def _why_locked(reading: Reading, year: TaxYear) -> str:
    """Return why a tax year's opening figures are fixed; empty while they are not."""
    rows = reading.rows(Payslip, ("id", "reverses_id"), tax_year=str(year))
    taken_back = {reverses for _id, reverses in rows if reverses is not None}
    if not any(reverses is None and slip not in taken_back for slip, reverses in rows):
        return ""
    return _(
        "A pay run of {year} is final and was worked out with these figures. To change them, "
        "correct its pay runs back to the first."
    ).format(year=year)


def _refuse_locked(tx: Change, year: TaxYear) -> None:
    why = _why_locked(tx, year)
    if why:
        raise RefusedError(
            what=_("The opening figures of {year} are fixed.").format(year=year),
            why=why,
            next_step=_("If the difference is small, put it right with HMRC or the provider."),
        )


def _refuse_paid(tx: Change, employment_id: int, year: TaxYear) -> None:
    """Refuse a change to figures one person's payslips were worked out with."""
    standing = live_payslips(tx, employment_id, from_last_day=year.first_day)
    if tx.count(Payslip, any_of={"id": standing}, tax_year=str(year)):
        raise RefusedError(
            what=_("The opening figures of this person for {year} are fixed.").format(year=year),
            why=_("A payslip of that tax year is final and was worked out with them."),
            next_step=_("To change them, correct that person's pay runs back to the first."),
        )


def put_opening_pay(tx: Change, opening: OpeningPay, year: TaxYear) -> int:
    """Add figures to date, or put them in the place of those of the same kind and year."""
    tx.get(Employment, opening.employment_id)
    kind = _is_p45(opening)
    same = [
        before
        for before in tx.find(
            OpeningPay, employment_id=opening.employment_id, tax_year=opening.tax_year
        )
        if _is_p45(before) == kind
    ]
    if not kind:
        _refuse_paid(tx, opening.employment_id, year)
    if not same:
        return tx.add(replace(opening, id=0))
    tx.update(replace(opening, id=same[0].id))
    return same[0].id


def _no_later_than_opening(reading: Reading, day: date) -> date:
    """Return *day*, or the last day before the book where that is earlier."""
    began = [opening.as_of for opening in reading.find(OpeningHousehold)]
    return min([day, *began])


# ── what is missing ──


def _missing(
    reading: Reading,
    households: Iterable[OpeningHousehold],
    pay: Iterable[OpeningPay],
    year: TaxYear,
) -> tuple[Finding, ...]:
    """Say which figures of people employed before the book are still missing."""
    findings: list[Finding] = []
    with_pay = {opening.employment_id for opening in pay if not _is_p45(opening)}
    with_holiday = {opening.employment_id for opening in reading.find(OpeningHoliday)}
    with_weeks = {employment_id for (employment_id,) in reading.rows(PaidWeek, ("employment_id",))}
    employments = reading.find(Employment)
    people = assistants_of(reading, employments)
    for household in households:
        for employment in employments:
            left = employment.left_on
            if employment.started_on > household.as_of or (left and left <= household.as_of):
                continue
            name = people[employment.assistant_id].name
            if household.as_of in year and employment.id not in with_pay:
                findings.append(_no_pay(name))
            if employment.id not in with_holiday:
                findings.append(_no_holiday(name))
            if employment.id not in with_weeks and _by_the_hour(
                reading, employment, household.as_of
            ):
                findings.append(_no_weeks(name))
    return tuple(findings)


def _by_the_hour(reading: Reading, employment: Employment, day: date) -> bool:
    return contract_of(reading, employment).on(day).holiday_class.by_the_hour


def _no_pay(name: str) -> Finding:
    return Finding(
        severity=Severity.WARNING,
        code="no_opening_pay",
        subject=name,
        message=_(
            "Pay and tax to date are missing. Without them the next payslips take too little tax."
        ),
    )


def _no_holiday(name: str) -> Finding:
    return Finding(
        severity=Severity.WARNING,
        code="no_opening_holiday",
        subject=name,
        message=_("Holiday left is missing. Type what the last payslip or holiday sheet says."),
    )


def _no_weeks(name: str) -> Finding:
    return Finding(
        severity=Severity.NOTE,
        code="no_paid_weeks",
        subject=name,
        message=_(
            "The paid weeks before the book are missing. Holiday pay is then the average of the "
            "weeks since."
        ),
        source="Working Time Regulations 1998, regulation 16",
    )
