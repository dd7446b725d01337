"""What there is to do when somebody starts or leaves: listed, ticked with a date, and asked for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dpemployer.clock import today
from dpemployer.errors import EntryError
from dpemployer.i18n import _, long_date, ngettext
from dpemployer.payroll.deduction_terms import AttachmentOrder
from dpemployer.payroll.household import EmployerScheme, OpeningHousehold
from dpemployer.payroll.leaving import Leaving
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import Employment, StarterDeclaration
from dpemployer.payroll.reporting import ReportKind, Told
from dpemployer.payroll.tasks import TaskDone as TaskDone  # noqa: PLC0414 - what pages watch
from dpemployer.payroll.tasks import follow_up_on, leaving_tasks, starting_tasks
from dpemployer.payroll.terms import latest_on
from dpemployer.services.agenda import ToDo, ToDoKind
from dpemployer.services.drafts import assistants_of
from dpemployer.services.reading import live_payslips, terms_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpemployer.bank_days import Nation
    from dpemployer.payroll.tasks import Task
    from dpemployer.store.book import Book
    from dpemployer.store.reading import Reading

_ASKED_FOR = timedelta(days=92)
"""How long after a first or last day what was not ticked is still asked for."""
_SOON = timedelta(days=14)
"""And how long before its day."""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One thing to do, and whether and when it was done."""

    key: str
    title: str
    why: str
    by: date | None
    first: bool
    """The law wants it done by its day."""
    done_on: date | None
    note: str
    valid_until: date | None
    runs_out: bool
    household: bool
    by_itself: bool
    """The book says that it is done; it needs no tick."""
    source: str

    def late(self, on: date) -> bool:
        """Whether its day has passed without it."""
        return self.done_on is None and self.by is not None and self.by < on


class Tasks:
    """What there is to do about people, beside their pay, in one book."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def starting(self, employment_id: int, on: date) -> tuple[TaskRow, ...]:
        """List what there is to do when somebody starts; what has run out is open again."""
        with self._book.read() as reading:
            done = _holding(_done(reading, employment_id), on)
            return _starting(reading, reading.get(Employment, employment_id), on, done)

    def leaving(self, employment_id: int) -> tuple[TaskRow, ...]:
        """List what there is to do when somebody leaves; nothing while they stay."""
        with self._book.read() as reading:
            leaving = reading.find_one(Leaving, employment_id=employment_id)
            if leaving is None:
                return ()
            employment = reading.get(Employment, employment_id)
            return _leaving(reading, employment, leaving, _done(reading, employment_id))

    def tick(
        self,
        employment_id: int,
        task: str,
        done_on: date,
        note: str = "",
        valid_until: date | None = None,
        *,
        household: bool = False,
    ) -> None:
        """Record that something was done; what was recorded before is replaced.

        Raises:
            EntryError: If the day is still to come, or it had run out already.
        """
        if done_on > today():
            raise EntryError(
                what=_("It cannot have been done on a day to come."),
                why=_("Only what was done is ticked."),
                next_step=_("Type the day it was done, or wait with the tick."),
            )
        if valid_until is not None and valid_until < done_on:
            raise EntryError(
                what=_("It would have run out before it was done."),
                why=_("The last day it holds comes after the day it was seen."),
                next_step=_("Check both days."),
            )
        whose = None if household else employment_id
        fact = TaskDone(0, whose, task, done_on, note.strip(), valid_until)
        with self._book.change("Ticked something that was done") as tx:
            for before in tx.find(TaskDone, employment_id=whose, task=task):
                tx.remove(before)
            tx.add(fact)

    def untick(self, employment_id: int, task: str, *, household: bool = False) -> None:
        """Take a tick back."""
        whose = None if household else employment_id
        with self._book.change("Took a tick back") as tx:
            for before in tx.find(TaskDone, employment_id=whose, task=task):
                tx.remove(before)

    def to_do(self, on: date) -> Iterator[ToDo]:
        """Say what is to be done about people who start or leave; one thing for each."""
        with self._book.read() as reading:
            began = max((each.as_of for each in reading.find(OpeningHousehold)), default=date.min)
            employments = [
                one
                for one in reading.find(Employment)
                if one.left_on is None or abs(on - one.left_on) <= _ASKED_FOR
            ]
            people = assistants_of(reading, employments)
            leavings = {each.employment_id: each for each in reading.find(Leaving)}
            ticks: dict[int | None, dict[str, TaskDone]] = defaultdict(dict)
            for fact in reading.find(TaskDone):
                ticks[fact.employment_id][fact.task] = fact
            for one in employments:
                name = people[one.assistant_id].name
                leaving = leavings.get(one.id)
                done = _holding({**ticks[None], **ticks[one.id]}, on)
                if leaving is not None:
                    rows = _leaving(reading, one, leaving, done)
                    yield from _asked(rows, on, one.id, name, "leaving")
                elif one.started_on > began and abs(on - one.started_on) <= _ASKED_FOR:
                    rows = _starting(reading, one, on, done)
                    yield from _asked(rows, on, one.id, name, "starting")
                if one.left_on is None or one.left_on >= on:
                    yield from _running_out(ticks[one.id], one.id, name, on)
            staying = [one for one in employments if one.left_on is None or one.left_on >= on]
            if staying:
                yield from _running_out(ticks[None], staying[0].id, "", on)


def _nation(reading: Reading, day: date) -> Nation:
    scheme = latest_on(reading.find(EmployerScheme), day) or EmployerScheme(0, day)
    return scheme.nation


def _done(reading: Reading, employment_id: int) -> dict[str, TaskDone]:
    """Return what was ticked for somebody or for the household, by its key."""
    facts = [
        *reading.find(TaskDone, employment_id=None),
        *reading.find(TaskDone, employment_id=employment_id),
    ]
    return {fact.task: fact for fact in facts}


def _holding(done: dict[str, TaskDone], on: date) -> dict[str, TaskDone]:
    """Return the ticks that have not run out by a day."""
    return {
        key: fact
        for key, fact in done.items()
        if fact.valid_until is None or fact.valid_until >= on
    }


def _starting(
    reading: Reading, employment: Employment, on: date, done: dict[str, TaskDone]
) -> tuple[TaskRow, ...]:
    start = employment.started_on
    scheme = latest_on(reading.find(EmployerScheme), max(on, start))
    itself = {}
    if scheme is not None and scheme.paye_reference:
        itself["register"] = scheme.from_day
    if employment.starter_declaration is not StarterDeclaration.NONE:
        itself["starter_checklist"] = start
    tasks = starting_tasks(employment, _nation(reading, start))
    return tuple(_row(task, done, itself) for task in tasks)


def _leaving(
    reading: Reading, employment: Employment, leaving: Leaving, done: dict[str, TaskDone]
) -> tuple[TaskRow, ...]:
    period = employment.schedule.period_of(leaving.final_first_day)
    itself = {}
    for slip_id in live_payslips(reading, employment.id, first_day=leaving.final_first_day):
        itself["last_pay"] = period.pay_date
        run_id = reading.get(Payslip, slip_id).pay_run_id
        for told in reading.find(Told, kind=ReportKind.PAYDAY, pay_run_id=run_id):
            itself["hmrc"] = told.told_on
    if leaving.p45_given_on is not None:
        itself["p45"] = leaving.p45_given_on
    orders = reading.find(AttachmentOrder, employment_id=employment.id, to_day=None)
    told_of = [order.issuer_told_on for order in orders]
    if all(day is not None and day >= leaving.last_day for day in told_of):
        itself["orders"] = max((day for day in told_of if day), default=leaving.last_day)
    terms = terms_of(reading, (employment.id,))[employment.id]
    tasks = leaving_tasks(
        leaving,
        period.pay_date,
        in_pension=terms.pension_on(leaving.last_day) is not None,
        has_orders=bool(orders),
    )
    return tuple(_row(task, done, itself) for task in tasks)


def _row(task: Task, done: dict[str, TaskDone], itself: dict[str, date]) -> TaskRow:
    fact = done.get(task.key)
    by_itself = fact is None and task.key in itself
    return TaskRow(
        key=task.key,
        title=_(task.title),
        why=_(task.why),
        by=task.by,
        first=task.first,
        done_on=fact.done_on if fact else itself.get(task.key),
        note=fact.note if fact else "",
        valid_until=fact.valid_until if fact else None,
        runs_out=task.runs_out,
        household=task.household,
        by_itself=by_itself,
        source=task.source,
    )


def _asked(
    rows: tuple[TaskRow, ...], on: date, employment_id: int, name: str, part: str
) -> Iterator[ToDo]:
    """Ask for the first thing that is not done, and say how many there are.

    It never stands before wages that are late: what was missed is said in its words.
    """
    open_now = [
        row for row in rows if row.done_on is None and row.by is not None and row.by <= on + _SOON
    ]
    if not open_now:
        return
    pressing = ([row for row in open_now if row.first] or open_now)[0]
    more = len(open_now) - 1
    says = _("{name}: {title}.").format(name=name, title=pressing.title)
    if more:
        says = ngettext(
            "{name}: {title}, and {count} thing more.",
            "{name}: {title}, and {count} things more.",
            more,
        ).format(name=name, title=pressing.title, count=more)
    if pressing.first and pressing.late(on) and pressing.by is not None:
        wanted = _("The law wanted it by {day}.").format(day=long_date(pressing.by))
        says = f"{says} {wanted}"
    yield ToDo(
        ToDoKind.TASK,
        by=max(pressing.by or on, on),
        late=False,
        who=name,
        employment_id=employment_id,
        says=says,
        button=_("Open"),
        page="people",
        what=(employment_id, part),
    )


def _running_out(
    ticks: dict[str, TaskDone], employment_id: int, name: str, on: date
) -> Iterator[ToDo]:
    """Ask again for what runs out while somebody still works."""
    for fact in ticks.values():
        asked_on = follow_up_on(fact)
        if asked_on is None or asked_on > on or fact.valid_until is None:
            continue
        says = (
            _("{name}: the right to work ends. See proof again before that day.").format(name=name)
            if fact.task == "right_to_work"
            else _("The employers’ liability insurance ends. Renew it before that day.")
        )
        yield ToDo(
            ToDoKind.TASK,
            by=fact.valid_until,
            late=fact.valid_until < on,
            who=name,
            employment_id=employment_id,
            says=says,
            button=_("Open"),
            page="people",
            what=(employment_id, "starting"),
        )
