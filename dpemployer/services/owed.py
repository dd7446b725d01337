"""What a final pay run leaves owing, kept so that it always adds up.

- **Wages**: one commitment for each payslip, for its net pay.
- **Pension**: one for each provider, the worker's and the employer's shares together.
- **Deductions**: one for each order or agreement that is for somebody else.
- **HMRC**: for each tax month, whatever makes the commitments of that month add up to the
  month's P32 figure. A pay run therefore leaves the *difference* it makes, and a reversal
  takes its own away. The Employment Allowance is used month by month in order, so a change in
  one month can move a later one; every month of the tax year is settled each time, and only
  those that differ leave a commitment.

Commitments from before the book (`source` “opening”) are beside these and never counted among
them: they are what was still owed for payslips this book does not hold.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dpemployer.bank_days import banking_day_on_or_before
from dpemployer.bookkeeping.commitments import Commitment, CommitmentKind
from dpemployer.i18n import _
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.deductions import overpaid_taken, owed_to_others
from dpemployer.payroll.employer_payment import (
    Deductions,
    EmployerPayment,
    allowance_for_year,
    employer_payment,
    payment_period,
)
from dpemployer.payroll.household import EmployerScheme, OpeningHousehold
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.statutory_recovery import together
from dpemployer.payroll.terms import latest_on
from dpemployer.periods import TaxMonth, TaxYear, plus_months
from dpemployer.services.statutory_paid import recovered_by_month
from dpemployer.statutory.enrolment import pay_over_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dpemployer.payroll.pay_run import WorkedPay
    from dpemployer.payroll.payday import PayRun
    from dpemployer.statutory.rates import RateBook, Rates
    from dpemployer.store.book import Change
    from dpemployer.store.reading import Reading

OPENING = "opening"
"""The source of a commitment from before the book."""
PAY_RUN = "pay run"
"""The source of a commitment a pay run left."""
ADJUSTED = "adjusted"
"""The source of a commitment left by a change to how the employer stands with HMRC."""

_ONE_DAY = timedelta(days=1)
_DEFAULT_DUE_DAY = 22


@dataclass(frozen=True, slots=True)
class MonthOwed:
    """What HMRC is owed for one tax month."""

    month: TaxMonth
    payment: EmployerPayment
    due_on: date
    """Moved to the banking day before, when banks are closed on it."""


def month_key(month: TaxMonth) -> str:
    """Return how a commitment names a tax month: 2026-27/4."""
    return f"{month.year}/{month.number}"


def schemes(reading: Reading) -> tuple[EmployerScheme, ...]:
    """Return how the employer has stood with HMRC, in order of date."""
    return reading.find(EmployerScheme, order_by="from_day")


def hmrc_months(reading: Reading, rates: RateBook, year: TaxYear) -> tuple[MonthOwed, ...]:
    """Work out every tax month of a year, the Employment Allowance used in order.

    Raises:
        RatesUnknownError: If there are no rates for the year.
    """
    held = schemes(reading)
    sums = _deductions_by_month(reading, year)
    back = recovered_by_month(reading, rates, year)
    left = allowance_at_start(reading, rates, year)
    months = []
    for number in range(1, 13):
        month = TaxMonth(year, number)
        payment = employer_payment(
            sums.get(number, Deductions()),
            allowance_left=left,
            rates=rates.on(month.first_day),
            given_back=together(back.get(number, ())),
        )
        left = payment.allowance_left
        months.append(MonthOwed(month, payment, hmrc_due_on(held, rates, month)))
    return tuple(months)


def allowance_at_start(reading: Reading, rates: RateBook, year: TaxYear) -> Money:
    """Return the allowance a tax year's payslips in this book may use.

    An employer who claims it at any time in the year has it for the whole year. What was used
    before the book began is taken off.
    """
    in_force = _in_force(schemes(reading), year)
    if not any(scheme.claims_employment_allowance for scheme in in_force):
        return NOTHING
    used = Money.total(
        opening.allowance_used
        for opening in reading.find(OpeningHousehold)
        if opening.as_of in year
    )
    return allowance_for_year(rates.for_year(year)).above(used)


def _in_force(held: Iterable[EmployerScheme], year: TaxYear) -> list[EmployerScheme]:
    """Return the schemes in force on any day of a tax year."""
    found = list(held)
    first = latest_on(found, year.first_day)
    later = [scheme for scheme in found if year.first_day < scheme.from_day <= year.last_day]
    return [*([first] if first else []), *later]


def _deductions_by_month(reading: Reading, year: TaxYear) -> Mapping[int, Deductions]:
    """Add up the payslips of each tax month, reversals included."""
    totals: dict[int, list[Money]] = defaultdict(lambda: [NOTHING] * 5)
    for pay_date, *amounts in reading.rows(
        Payslip,
        ("pay_date", "tax", "employee_ni", "employer_ni", "student_loan", "postgraduate_loan"),
        tax_year=str(year),
    ):
        number = TaxMonth.of(pay_date).number
        totals[number] = [
            total + amount for total, amount in zip(totals[number], amounts, strict=True)
        ]
    return {number: Deductions(*amounts) for number, amounts in totals.items()}


def hmrc_due_on(held: Iterable[EmployerScheme], rates: RateBook, month: TaxMonth) -> date:
    """Return the day HMRC must have the money for a tax month, by the month or the quarter."""
    scheme = latest_on(held, month.last_day)
    return payment_period(
        month.first_day,
        quarterly=scheme is not None and scheme.pays_quarterly,
        rates=rates.on(month.first_day),
        banking_day_on_or_before=banking_day_on_or_before,
    ).electronic_by


def pension_due_on(held: Iterable[EmployerScheme], rates: RateBook, pay_date: date) -> date:
    """Return the day a pension provider must have the contributions of a payday.

    That is the provider's own day, and never later than the law allows.
    """
    scheme = latest_on(held, pay_date)
    day = scheme.pension_due_day if scheme else _DEFAULT_DUE_DAY
    next_month = plus_months(pay_date.replace(day=1), 1)
    last = plus_months(next_month, 1) - _ONE_DAY
    theirs = next_month.replace(day=min(day, last.day))
    return banking_day_on_or_before(min(theirs, pay_over_by(pay_date, rates.on(pay_date))))


def owe_wages(tx: Change, run: PayRun, payslips: Iterable[Payslip]) -> None:
    """Record net pay owed to each person; nothing for a payslip that pays nothing.

    Redundancy pay is owed beside it: one payment settles both, and a return asks for it apart.
    """
    for slip in payslips:
        parts = {
            CommitmentKind.WAGES: slip.net_pay - slip.redundancy_pay,
            CommitmentKind.REDUNDANCY: slip.redundancy_pay,
        }
        for kind, amount in parts.items():
            if amount:
                tx.add(
                    Commitment(
                        id=0,
                        kind=kind,
                        payee=slip.name,
                        amount=amount,
                        incurred_on=run.last_day,
                        due=run.paid_on,
                        pay_run_id=run.id,
                        employment_id=slip.employment_id,
                        source=PAY_RUN,
                    )
                )


def owe_pension(tx: Change, rates: RateBook, run: PayRun, owed: Mapping[str, Money]) -> None:
    """Record what is owed to each pension provider."""
    due = pension_due_on(schemes(tx), rates, run.pay_date)
    for provider, amount in sorted(owed.items()):
        if amount:
            tx.add(
                Commitment(
                    id=0,
                    kind=CommitmentKind.PENSION,
                    payee=provider,
                    amount=amount,
                    incurred_on=_earned_by(run),
                    due=due,
                    pay_run_id=run.id,
                    source=PAY_RUN,
                )
            )


def owe_deductions(tx: Change, run: PayRun, rates: Rates, pays: Iterable[WorkedPay]) -> None:
    """Record what was taken from pay for somebody else: one for each order and person.

    An overpayment that comes back from pay is set off against what the book says was overpaid:
    it is owed like the wages it was kept from, on no day, and nobody is asked to pay it.
    """
    for pay in pays:
        held = pay.draft.deductions
        for amount in overpaid_taken(pay.taken.kept, held):
            tx.add(
                Commitment(
                    id=0,
                    kind=CommitmentKind.WAGES,
                    payee=pay.draft.assistant.name,
                    amount=amount,
                    incurred_on=run.last_day,
                    pay_run_id=run.id,
                    employment_id=pay.draft.employment.id,
                    source=PAY_RUN,
                    note=_("Overpayment paid back from pay"),
                )
            )
        for owed in owed_to_others(pay.taken.kept, held, rates):
            tx.add(
                Commitment(
                    id=0,
                    kind=CommitmentKind.DEDUCTION,
                    payee=owed.payee,
                    amount=owed.amount,
                    incurred_on=_earned_by(run),
                    due=deduction_due_on(owed.by_day, run),
                    pay_run_id=run.id,
                    employment_id=pay.draft.employment.id,
                    source=PAY_RUN,
                    note=owed.reference,
                )
            )


def deduction_due_on(by_day: int | None, run: PayRun) -> date:
    """Return the day what was taken from pay has to be there: the payday where no day is set."""
    if by_day is None:
        return run.paid_on
    next_month = plus_months(run.pay_date.replace(day=1), 1)
    last = plus_months(next_month, 1) - _ONE_DAY
    return banking_day_on_or_before(next_month.replace(day=min(by_day, last.day)))


def take_back(tx: Change, original_id: int, reversal: PayRun) -> None:
    """Take back everything a pay run left owing but HMRC, which `settle_hmrc` settles."""
    for owed in tx.find(Commitment, pay_run_id=original_id):
        if owed.kind is not CommitmentKind.HMRC:
            tx.add(
                Commitment(
                    id=0,
                    kind=owed.kind,
                    payee=owed.payee,
                    amount=-owed.amount,
                    incurred_on=owed.incurred_on,
                    due=owed.due,
                    pay_run_id=reversal.id,
                    employment_id=owed.employment_id,
                    source=PAY_RUN,
                    note=owed.note,
                )
            )


def settle_hmrc(tx: Change, rates: RateBook, year: TaxYear, run: PayRun | None) -> None:
    """Make the commitments of every tax month of a year add up to its P32 figure.

    Args:
        tx: The change under way; the payslips of `run` are already in it.
        rates: The rate book.
        year: The tax year.
        run: The pay run that makes the difference; None when it is a change to the scheme.
    """
    recorded: dict[str, Money] = defaultdict(lambda: NOTHING)
    months = hmrc_months(tx, rates, year)
    keys = [month_key(owed.month) for owed in months]
    for key, amount, source in tx.rows(
        Commitment,
        ("tax_month", "amount", "source"),
        kind=CommitmentKind.HMRC,
        any_of={"tax_month": keys},
    ):
        if source != OPENING:
            recorded[key] += amount
    for owed, key in zip(months, keys, strict=True):
        difference = owed.payment.due - recorded[key]
        if difference:
            own_month = run is not None and TaxMonth.of(run.pay_date) == owed.month
            tx.add(
                Commitment(
                    id=0,
                    kind=CommitmentKind.HMRC,
                    payee="HMRC",
                    amount=difference,
                    incurred_on=_earned_by(run) if run and own_month else owed.month.last_day,
                    due=owed.due_on,
                    pay_run_id=run.id if run else None,
                    tax_month=key,
                    source=PAY_RUN if run else ADJUSTED,
                )
            )


def _earned_by(run: PayRun) -> date:
    """Return the day from which tax, National Insurance and pension of a pay run are owed.

    That is the last day worked, as for the wages they are part of: on the last day of a return
    a week worked and not yet paid is owed whole, not only the part that goes to the person.
    """
    return min(run.last_day, run.pay_date)


def settle_since(tx: Change, rates: RateBook, day: date) -> None:
    """Settle every tax year from the one that holds *day*, after a change to the scheme.

    Commitments keep adding up to the P32 figure, and each is due on the day the scheme says.
    """
    since = TaxYear.of(day)
    paid = tx.rows(Payslip, ("tax_year",), between={"pay_date": (since.first_day, None)})
    for year in sorted({tax_year for (tax_year,) in paid}):
        settle_hmrc(tx, rates, TaxYear.parse(year), None)
    held = schemes(tx)
    for owed in tx.find(
        Commitment, kind=CommitmentKind.HMRC, between={"tax_month": (f"{since}/", None)}
    ):
        tx.update(replace(owed, due=hmrc_due_on(held, rates, _month_of(owed))))


def _month_of(owed: Commitment) -> TaxMonth:
    year, _slash, number = owed.tax_month.partition("/")
    return TaxMonth(TaxYear.parse(year), int(number))


def opening_hmrc(reading: Reading, month: TaxMonth) -> Money:
    """Return what was still owed to HMRC for a tax month from before the book."""
    return reading.sum(
        Commitment,
        "amount",
        kind=CommitmentKind.HMRC,
        tax_month=month_key(month),
        source=OPENING,
    )
