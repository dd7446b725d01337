"""What needs doing next, gathered from everything else: the most urgent first.

Nothing here is stored. Each thing is found afresh, so that it goes away by being done.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from dpemployer.bookkeeping.accounts import AccountKind
from dpemployer.i18n import _
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.timesheet import TimesheetStatus
from dpemployer.services.rows import PaydayRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from dpemployer.services.ledger import Ledger
    from dpemployer.services.pay_runs import PayRuns
    from dpemployer.services.people import People
    from dpemployer.services.returns import Returns
    from dpemployer.services.timesheets import Timesheets

_STATEMENT_AGE = timedelta(days=35)
"""A monthly statement is a few days late in the post; older than this, one is missing."""
_HORIZON = timedelta(days=14)
"""Bills due later than this are not yet anything to do."""


class ToDoKind(StrEnum):
    """What sort of thing it is to do."""

    SET_UP = "set_up"
    APPROVE = "approve"
    PAY_RUN = "pay_run"
    PAY_BILL = "pay_bill"
    STATEMENT = "statement"
    CODE_LINES = "code_lines"
    PAPERS = "papers"
    RETURN = "return"
    TASK = "task"
    """It says for itself what is to be done, and where."""


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do. What does not belong to its kind is empty."""

    kind: ToDoKind
    by: date | None
    """The day it should be done by."""
    late: bool
    who: str = ""
    """Whose hours, who is paid, who is owed."""
    first_day: date | None = None
    last_day: date | None = None
    """Of the pay period, the return, or how far the statements go."""
    amount: Money | None = None
    count: int = 0
    employment_id: int = 0
    pay_day: PaydayRow | None = None
    template: str = ""
    says: str = ""
    """Of a task: what is to be done, as a sentence."""
    button: str = ""
    """Of a task: what its button is called."""
    page: str = ""
    """Of a task: the page it is done on."""
    what: object = None
    """Of a task: what that page is to show."""


@dataclass(frozen=True, slots=True)
class MoneyNow:
    """How the account stands: each figure under the one name it has everywhere."""

    in_the_book: Money
    """What the cash book says is there, cheques on their way taken off."""
    still_owed: Money
    """Wages, HMRC, pension and bills that have not been paid."""
    left: Money
    """What is there once everything owed is paid."""
    statement_to: date | None
    """How far the statements go, of the account they go least far in."""


class Agenda:
    """What one book wants from its keeper."""

    def __init__(
        self,
        people: People,
        timesheets: Timesheets,
        pay_runs: PayRuns,
        ledger: Ledger,
        returns: Returns,
        more: Sequence[Callable[[date], Iterable[ToDo]]] = (),
    ) -> None:
        self._people = people
        self._timesheets = timesheets
        self._pay_runs = pay_runs
        self._ledger = ledger
        self._returns = returns
        self._more = more

    def things(self, on: date) -> tuple[ToDo, ...]:
        """List what there is to do on a day: what is late first, then by its day."""
        found = [
            *self._set_up(on),
            *self._pay(on),
            *self._bills(on),
            *self._money(on),
            *self._forms(on),
            *(thing for things in self._more for thing in things(on)),
        ]
        return tuple(sorted(found, key=lambda each: (not each.late, each.by or date.max)))

    def money(self, on: date) -> MoneyNow | None:
        """Say how the account stands; None before there is one."""
        accounts = self._ledger.accounts()
        if not accounts:
            return None
        there = Money.total(account.book_balance for account in accounts)
        owed = Money.total(bill.outstanding for bill in self._ledger.commitments(on))
        reached = [
            account.statement_to or account.opened_on - timedelta(days=1)
            for account in accounts
            if account.kind is not AccountKind.CASH
        ]
        return MoneyNow(there, owed, there - owed, min(reached, default=None))

    def _set_up(self, on: date) -> Iterator[ToDo]:
        household = self._people.household(on)
        missing = [
            part
            for part in (household.person_supported, household.money_manager, household.employer)
            if part is None
        ]
        assistants = self._people.assistants(on)
        if missing or not assistants or not self._ledger.accounts():
            yield ToDo(ToDoKind.SET_UP, None, late=False)
            return
        for person in assistants:
            if not person.employments:
                says = _("Finish taking on {name}. Nothing is known yet of the job.")
                yield _to_finish(says.format(name=person.name), None)
            for job in person.employments:
                if job.left_on is None and not job.has_rate:
                    says = _("Finish taking on {name}. There is no rate of pay yet.")
                    yield _to_finish(says.format(name=job.name), (job.employment_id, "pay"))

    def _pay(self, on: date) -> Iterator[ToDo]:
        """Hours to approve once their period is over, and then the payday itself."""
        for payday in self._pay_runs.due(on):
            waiting = 0
            for employment_id, name in payday.people:
                if not self._approved(employment_id, payday.first_day):
                    waiting += 1
                    if payday.last_day <= on:
                        yield ToDo(
                            ToDoKind.APPROVE,
                            by=payday.paid_on,
                            late=payday.paid_on < on,
                            who=name,
                            first_day=payday.first_day,
                            last_day=payday.last_day,
                            employment_id=employment_id,
                        )
            if not waiting and payday.people:
                yield ToDo(
                    ToDoKind.PAY_RUN,
                    by=payday.paid_on,
                    late=payday.paid_on < on,
                    who=", ".join(name for _employment, name in payday.people),
                    first_day=payday.first_day,
                    last_day=payday.last_day,
                    pay_day=payday,
                )

    def _approved(self, employment_id: int, day: date) -> bool:
        return any(
            row.employment_id == employment_id
            and (row.paid or row.status is TimesheetStatus.APPROVED)
            for row in self._timesheets.of_day(day)
        )

    def _bills(self, on: date) -> Iterator[ToDo]:
        """What is owed to one payee on one day is one thing: it is paid together.

        What was taken back, by a correction or a pension given back, lowers it.
        """
        owed: dict[tuple[str, date], Money] = defaultdict(lambda: NOTHING)
        for bill in self._ledger.commitments(on):
            if bill.outstanding and bill.due is not None and bill.due <= on + _HORIZON:
                owed[bill.payee, bill.due] += bill.outstanding
        for (payee, due), amount in owed.items():
            if amount > NOTHING:
                yield ToDo(ToDoKind.PAY_BILL, by=due, late=due < on, who=payee, amount=amount)

    def _money(self, on: date) -> Iterator[ToDo]:
        ledger = self._ledger
        for account in ledger.accounts():
            reached = account.statement_to or account.opened_on - timedelta(days=1)
            if account.kind is not AccountKind.CASH and on - reached > _STATEMENT_AGE:
                yield ToDo(
                    ToDoKind.STATEMENT,
                    by=None,
                    late=False,
                    who=account.name,
                    last_day=reached,
                )
        left = ledger.to_do(on)
        if left.lines_to_code:
            yield ToDo(ToDoKind.CODE_LINES, None, late=False, count=left.lines_to_code)
        if left.evidence_missing:
            yield ToDo(ToDoKind.PAPERS, None, late=False, count=left.evidence_missing)

    def _forms(self, on: date) -> Iterator[ToDo]:
        chosen = self._returns.chosen(on)
        if chosen is None:
            return
        for period in self._returns.periods(chosen.template, on):
            if period.signed_id is None and period.last_day < on:
                yield ToDo(
                    ToDoKind.RETURN,
                    by=period.due,
                    late=period.due is not None and period.due < on,
                    who=chosen.title,
                    first_day=period.first_day,
                    last_day=period.last_day,
                    template=chosen.template,
                )


def _to_finish(says: str, what: object) -> ToDo:
    return ToDo(
        ToDoKind.TASK,
        by=None,
        late=False,
        says=says,
        button=_("Go on"),
        page="people",
        what=what,
    )
