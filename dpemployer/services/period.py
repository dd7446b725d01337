"""Gather from a book everything one return is built from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from dpemployer.bookkeeping.accounts import (
    FROM_A_SAMPLE,
    TYPED,
    Account,
    AccountKind,
    Statement,
    StatementLine,
)
from dpemployer.bookkeeping.awards import (
    Award,
    BalanceLimit,
    ContributionDue,
    ContributionPlan,
    ExpectedPayment,
    Funder,
    OpeningShare,
    Reserve,
    SplitRule,
    contributions_expected,
    payments_expected,
)
from dpemployer.bookkeeping.commitments import Commitment
from dpemployer.bookkeeping.funding import FunderRules, Posted
from dpemployer.bookkeeping.ledger import EntryStatus, LedgerEntry, Split
from dpemployer.bookkeeping.papers import Paper
from dpemployer.bookkeeping.reported import Invoice, ReportedHours, ReportedPayslip
from dpemployer.findings import Finding, Severity
from dpemployer.i18n import _, long_date
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import Employment, PayType, PersonalAssistant
from dpemployer.returns.monitoring_return import FROM_THE_PERSON
from dpemployer.returns.period_facts import (
    AccountPeriod,
    PeriodEntry,
    PeriodFacts,
    StaffMember,
)
from dpemployer.services.statutory_paid import sick_hours
from dpemployer.store import account_reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from dpemployer.store.reading import Reading

_ONE_DAY = timedelta(days=1)
_HUNDREDTH = Decimal("0.01")
_RECENTLY = timedelta(days=100)
"""How far back the bank's own balance is looked for: the whole of ten years would take too long."""


def gather(reading: Reading, first: date, last: date, *, whole_form: bool = False) -> PeriodFacts:
    """Gather one period.

    Args:
        reading: A moment of the book.
        first: The first day.
        last: The last day.
        whole_form: Also find out what only the form shows: what contribution was short before
            the first day, and what kind each paper is.
    """
    accounts = [one for one in reading.find(Account) if one.opened_on <= last]
    kinds = {one.id: one.kind for one in accounts}
    statements = _statements(reading, accounts, first)
    periods = tuple(_account_periods(reading, accounts, statements, first, last))
    moved = account_reading.moved_before(reading, first)
    opening = {one.id: one.opening_balance + moved.get(one.id, NOTHING) for one in accounts}
    funders = reading.find(Funder, order_by="id")
    rules = FunderRules.of([one.id for one in funders], reading.find(SplitRule))
    awards = reading.find(Award)
    listed = reading.find(ExpectedPayment)
    plans, dues = reading.find(ContributionPlan), reading.find(ContributionDue)
    opening_book = Money.total(opening.values())
    staff, retainer = _staff(reading, first, last)
    entries = _entries(reading, first, last, kinds)
    before = NOTHING
    if whole_form:
        due = contributions_expected(plans, dues, _earliest(plans, dues, first), first - _ONE_DAY)
        paid = account_reading.received(reading, FROM_THE_PERSON, None, first - _ONE_DAY)
        before = Money.total(one.amount for one in due) - paid
    return PeriodFacts(
        first_day=first,
        last_day=last,
        accounts=periods,
        opening_book=opening_book,
        tin_opening=Money.total(
            amount for one, amount in opening.items() if kinds[one] is AccountKind.CASH
        ),
        entries=entries,
        waiting=account_reading.waiting(reading, last),
        account_kinds=kinds,
        lines_to_code=sum(account_reading.count_lines_to_code(reading, last).values()),
        funders=funders,
        rules=rules,
        opening_by_funder=_opening_by_funder(reading, rules, opening_book, first),
        awards=awards,
        expected=payments_expected(awards, listed, first, last),
        payments_known=bool(listed) or any(one.first_payment is not None for one in awards),
        contributions=contributions_expected(plans, dues, first, last),
        contributions_by_funder=any(one.funder_id is not None for one in plans)
        or any(one.funder_id is not None for one in dues),
        contribution_short_before=before,
        owed=account_reading.owed(reading, last),
        reserves=tuple(
            one
            for one in reading.find(Reserve)
            if (one.from_day is None or one.from_day <= last)
            and (one.to_day is None or one.to_day >= last)
        ),
        limits=reading.find(BalanceLimit),
        staff=staff,
        wages_paid=_wages_paid(reading, entries),
        retainer=retainer,
        invoices=reading.find(
            Invoice, between={"counts_on": (first, last)}, order_by=("counts_on", "day")
        ),
        paper_kinds=_paper_kinds(reading, entries) if whole_form else {},
        findings=tuple(_unsound(reading, periods, statements, first, last)),
    )


def _earliest(
    plans: Iterable[ContributionPlan], dues: Iterable[ContributionDue], otherwise: date
) -> date:
    days = [one.from_day for one in plans] + [one.day for one in dues]
    return min(days, default=otherwise)


# ── the cash book ────────────────────────────────────────────────────────────────────


def _entries(
    reading: Reading, first: date, last: date, kinds: dict[int, AccountKind]
) -> tuple[PeriodEntry, ...]:
    found = reading.find(
        LedgerEntry,
        any_of={"account_id": kinds},
        between={"day": (first, last)},
        status=EntryStatus.LIVE,
        brought_forward=False,
        order_by="day",
    )
    papers = account_reading.papers_of(reading, [one.id for one in found])
    return tuple(
        PeriodEntry(posted, papers.get(posted.entry.id, ()), in_book=posted.entry.id in papers)
        for posted in post(reading, found)
    )


def _paper_kinds(reading: Reading, entries: Sequence[PeriodEntry]) -> dict[int, str]:
    numbers = {number for one in entries for number in one.papers}
    return dict(reading.rows(Paper, ("number", "kind"), any_of={"number": numbers}))


def post(reading: Reading, entries: Sequence[LedgerEntry]) -> tuple[Posted, ...]:
    """Give each entry its parts, and the cost it reduces."""
    here = {one.id: one for one in entries}
    costs = {one.refund_of_id for one in entries if one.refund_of_id is not None}
    elsewhere = costs - set(here)
    earlier = {one.id: one for one in reading.find(LedgerEntry, any_of={"id": elsewhere})}
    splits: dict[int, list[Split]] = {}
    for split in reading.find(Split, any_of={"entry_id": [*here, *earlier]}):
        splits.setdefault(split.entry_id, []).append(split)

    def posted(entry: LedgerEntry) -> Posted:
        return Posted(entry, tuple(splits.get(entry.id, ())))

    return tuple(
        replace(
            posted(one),
            cost=posted(here.get(one.refund_of_id) or earlier[one.refund_of_id])
            if one.refund_of_id is not None
            else None,
        )
        for one in entries
    )


def _opening_by_funder(
    reading: Reading, rules: FunderRules, opening: Money, first: date
) -> dict[int, Money]:
    """Return each funder's part of the opening balance: as it was, and what moved since."""
    if len(rules.funder_ids) < 2:
        return dict.fromkeys(rules.funder_ids, opening)
    shares = {one.funder_id: one.amount for one in reading.find(OpeningShare)}
    parts = {funder: shares.get(funder, NOTHING) for funder in rules.funder_ids}
    earlier = reading.find(
        LedgerEntry,
        between={"day": (None, first - _ONE_DAY)},
        status=EntryStatus.LIVE,
        brought_forward=False,
    )
    for posted in post(reading, earlier):
        for slice_ in rules.slices(posted):
            if slice_.funder_id is not None and not slice_.category.startswith("xfer."):
                parts[slice_.funder_id] += slice_.amount
    return parts


# ── the bank ─────────────────────────────────────────────────────────────────────────


def _statements(
    reading: Reading, accounts: Iterable[Account], first: date
) -> tuple[Statement, ...]:
    """Find every statement a period needs: those that end in it or later, and the one before."""
    before = [
        one
        for account in accounts
        for one in reading.find(
            Statement,
            account_id=account.id,
            between={"last_day": (None, first - _ONE_DAY)},
            order_by=("-last_day", "-id"),
            limit=1,
        )
    ]
    return (
        *before,
        *reading.find(Statement, between={"last_day": (first, None)}, order_by="last_day"),
    )


def _account_periods(
    reading: Reading,
    accounts: Sequence[Account],
    statements: Sequence[Statement],
    first: date,
    last: date,
) -> Iterator[AccountPeriod]:
    for account in accounts:
        if account.kind is not AccountKind.CASH:
            own = [one for one in statements if one.account_id == account.id]
            yield AccountPeriod(
                account,
                statement_balance(reading, account, own, first - _ONE_DAY),
                statement_balance(reading, account, own, last),
            )


def statement_balance(
    reading: Reading, account: Account, statements: Sequence[Statement], day: date
) -> Money:
    """Return what the bank says was there at the end of a day.

    It is the closing balance printed on the newest statement that is not a file, or the balance
    that a file's lines end with, whichever is later, and what came after it without a balance.
    """
    printed = [
        one for one in statements if one.last_day <= day and one.layout in {TYPED, FROM_A_SAMPLE}
    ]
    if printed:
        newest = max(printed, key=lambda one: (one.last_day, one.id))
        balance, since = newest.closing, newest.last_day + _ONE_DAY
    else:
        balance, since = account.opening_balance, account.opened_on
    ended = _last_known_end(reading, account, since, day)
    if ended is not None:
        last_day, balance = ended
        since = last_day + _ONE_DAY
    return balance + reading.sum(
        StatementLine, "amount", account_id=account.id, between={"day": (since, day)}
    )


def _last_known_end(
    reading: Reading, account: Account, first: date, last: date
) -> tuple[date, Money] | None:
    """Return the last day whose lines all have balances, and the balance they end with.

    It is looked for among the last lines only, so that ten years answer as quickly as one.

    A day may have come in two files, the later half first: the balance it ends with is the one
    that no other line goes on from. A day on which as much came in as went out has none such.
    """
    asked: dict[str, Any] = {"account_id": account.id, "order_by": "-day", "limit": 1}
    any_line = reading.rows(StatementLine, ("day",), between={"day": (first, last)}, **asked)
    if not any_line:
        return None
    ((until,),) = any_line
    since = max(first, until - _RECENTLY)
    while until >= since:
        newest = reading.rows(
            StatementLine,
            ("day",),
            between={"day": (since, until)},
            not_none=("balance",),
            **asked,
        )
        if not newest:
            return None
        ((day,),) = newest
        lines = reading.rows(
            StatementLine,
            ("day", "amount", "balance"),
            account_id=account.id,
            day=day,
            order_by=("position", "id"),
        )
        if all(balance is not None for _day, _amount, balance in lines):
            after = Counter(balance for _day, _amount, balance in lines)
            after.subtract(balance - amount for _day, amount, balance in lines)
            ends = [balance for balance, times in after.items() if times > 0]
            if ends:
                return day, ends[0] if len(ends) == 1 else lines[-1][2]
        until = day - _ONE_DAY
    return None


def _unsound(
    reading: Reading,
    periods: Sequence[AccountPeriod],
    statements: Sequence[Statement],
    first: date,
    last: date,
) -> Iterator[Finding]:
    """Say where the bank's own figures, or the two ends of something, do not fit together."""
    lines = account_reading.lines_up_to(reading, last)
    for period in periods:
        account, stated = period.account, period.closing
        own = [one for one in statements if one.account_id == account.id]
        worked = account.opening_balance + lines.get(account.id, NOTHING)
        if stated != worked:
            yield Finding(
                Severity.BLOCKING,
                "statement",
                account.name,
                _(
                    "The statements of {account} end at {stated}, and their lines lead to "
                    "{worked}. A page may be missing, or a line typed wrong."
                ).format(account=account.name, stated=stated, worked=worked),
            )
        yield from _not_running(reading, account, own)
        if not _covered(account, own, first, last):
            yield Finding(
                Severity.WARNING,
                "statements_missing",
                account.name,
                _("There is not a statement of {account} for every day up to {day}.").format(
                    account=account.name, day=long_date(last)
                ),
            )
    for day, words, difference in account_reading.disagreeing(reading, first, last):
        yield Finding(
            Severity.BLOCKING,
            "entry_not_line",
            words,
            _("On {day} the book has {difference} more or less than the bank: {words}.").format(
                day=long_date(day), difference=abs(difference), words=words
            ),
        )
    for entry in account_reading.lopsided_transfers(reading, first, last):
        yield Finding(
            Severity.BLOCKING,
            "transfer",
            entry.payee,
            _("A transfer on {day} is not the same amount at both ends.").format(
                day=long_date(entry.day)
            ),
        )


def _not_running(
    reading: Reading, account: Account, statements: Sequence[Statement]
) -> Iterator[Finding]:
    """Say where a balance that came with a sample does not follow from the one before it.

    What is read from a bank's file, or typed, is checked as it is kept.
    """
    for statement in statements:
        if statement.layout != FROM_A_SAMPLE:
            continue
        fields = ("day", "description", "amount", "balance")
        rows = reading.rows(
            StatementLine, fields, statement_id=statement.id, order_by=("position", "id")
        )
        for (*_before, running), (day, words, amount, balance) in pairwise(rows):
            if balance != running + amount:
                yield Finding(
                    Severity.BLOCKING,
                    "statement",
                    account.name,
                    _(
                        "On {day} the balance of {account} beside {words} is {balance}, which does "
                        "not follow from {running} before it."
                    ).format(
                        day=long_date(day),
                        account=account.name,
                        words=words,
                        balance=balance,
                        running=running,
                    ),
                )


def _covered(account: Account, statements: Sequence[Statement], first: date, last: date) -> bool:
    """Whether nothing is missing from the statements of a period, from its first day to its last.

    A file from a bank begins on the day of its first payment. Where that one begins with the
    balance the one before ended with, nothing happened in between.
    """
    day, balance = max(first, account.opened_on), account.opening_balance
    for one in sorted(statements, key=lambda one: (one.first_day, one.id)):
        if one.first_day <= day or one.opening == balance:
            day, balance = max(day, one.last_day + _ONE_DAY), one.closing
    return day > last


# ── hours and pay ────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class _Worked:
    """One personal assistant's sums while they are added up."""

    member: StaffMember
    worked_minutes: int = 0
    holiday_minutes: int = 0
    sick_hours: Fraction = Fraction(0)

    def add(self, *, rates: Iterable[Money] = (), **figures: Money | Decimal | int) -> None:
        """Add figures to the sums of the same name."""
        changed = {name: getattr(self.member, name) + more for name, more in figures.items()}
        seen = tuple(dict.fromkeys((*self.member.rates, *rates)))
        self.member = replace(self.member, **changed, rates=seen)

    def whole(self) -> StaffMember:
        """Return the sums, with minutes made into hours once, at the end."""
        return replace(
            self.member,
            worked=self.member.worked + _hours(self.worked_minutes),
            holiday=self.member.holiday + _hours(self.holiday_minutes),
            sick=self.member.sick + _hours(round(self.sick_hours * 60)),
        )


def _hours(minutes: int) -> Decimal:
    """Return hours, to the hundredth where they do not come out even."""
    exact = Decimal(minutes) / 60
    settled = exact.quantize(_HUNDREDTH, ROUND_HALF_UP)
    return settled.normalize() + 0 if settled == exact else settled


def _staff(reading: Reading, first: date, last: date) -> tuple[tuple[StaffMember, ...], Money]:
    """Add up hours and pay, from payslips made here and from what others report."""
    found: dict[str, _Worked] = {}
    retainer = _own_payslips(reading, first, last, found)
    exact = Decimal(0)
    for sheet in reading.find(
        ReportedHours, between={"counts_on": (first, last)}, order_by="first_day"
    ):
        found.setdefault(sheet.assistant, _Worked(StaffMember(sheet.assistant))).add(
            worked=sheet.worked, holiday=sheet.holiday, rates=[sheet.rate]
        )
        exact += sheet.retainer * sheet.rate.pence
    for slip in reading.find(
        ReportedPayslip, between={"counts_on": (first, last)}, order_by="pay_date"
    ):
        found.setdefault(slip.assistant, _Worked(StaffMember(slip.assistant))).add(
            periods=1,
            gross=slip.gross,
            tax=slip.tax,
            employee_ni=slip.employee_ni,
            employee_pension=slip.employee_pension,
            net=slip.net,
            employer_ni=slip.employer_ni,
            employer_pension=slip.employer_pension,
        )
    reported = Money(int(exact.quantize(Decimal(1), ROUND_HALF_UP)))
    return tuple(one.whole() for one in found.values()), retainer + reported


def _own_payslips(reading: Reading, first: date, last: date, found: dict[str, _Worked]) -> Money:
    """Add this program's own payslips of the period, and return the retainers in them."""
    slips = reading.find(Payslip, between={"paid_on": (first, last)}, order_by="paid_on")
    names = _initials(reading) if slips else {}
    sick = sick_hours(reading, slips)
    retainer = NOTHING
    for slip in slips:
        name = names[slip.employment_id]
        taken_back = slip.reverses_id is not None
        sums = found.setdefault(name, _Worked(StaffMember(name)))
        sums.worked_minutes += slip.worked_minutes
        sums.holiday_minutes += slip.holiday_minutes_taken
        sums.sick_hours += sick.get(slip.id, Fraction(0))
        sums.add(
            periods=-1 if taken_back else 1,
            rates=[line.rate for line in slip.lines if line.pay_type is PayType.BASIC],
            gross=slip.gross_pay,
            tax=slip.tax,
            employee_ni=slip.employee_ni,
            employee_pension=slip.employee_pension,
            net=slip.net_pay,
            employer_ni=slip.employer_ni,
            employer_pension=slip.employer_pension,
            loans=slip.student_loan + slip.postgraduate_loan,
        )
        retainer += Money.total(
            line.amount for line in slip.lines if line.pay_type is PayType.RETAINER
        )
    return retainer


def _wages_paid(reading: Reading, entries: Sequence[PeriodEntry]) -> dict[str, Money]:
    """Add up what each personal assistant was paid, by the bills the payments settled."""
    settling = [
        split for one in entries for split in one.posted.splits if split.commitment_id is not None
    ]
    wages = {
        one.id: one.employment_id
        for one in reading.find(
            Commitment,
            any_of={"id": {split.commitment_id for split in settling}},
            not_none=("employment_id",),
        )
    }
    names = _initials(reading) if wages else {}
    paid: dict[str, Money] = {}
    for split in settling:
        employment = wages.get(split.commitment_id or 0)
        if employment is not None:
            name = names[employment]
            paid[name] = paid.get(name, NOTHING) - split.amount
    return paid


def _initials(reading: Reading) -> dict[int, str]:
    """Return initials for each employment; the whole name where two would be the same."""
    people = {one.id: one for one in reading.find(PersonalAssistant)}
    initials = [one.initials for one in people.values()]
    return {
        employment.id: person.initials if initials.count(person.initials) == 1 else person.name
        for employment in reading.find(Employment)
        for person in (people[employment.assistant_id],)
    }
