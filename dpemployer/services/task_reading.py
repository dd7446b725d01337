"""Things to do when somebody starts or leaves, as a book has them: ticked, and open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dpemployer.i18n import _
from dpemployer.payroll.deduction_terms import AttachmentOrder
from dpemployer.payroll.household import EmployerScheme, OpeningHousehold
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import StarterDeclaration
from dpemployer.payroll.reporting import ReportKind, Told
from dpemployer.payroll.tasks import TaskDone, leaving_tasks, starting_tasks
from dpemployer.payroll.terms import latest_on
from dpemployer.services.reading import live_payslips, terms_of

if TYPE_CHECKING:
    from dpemployer.bank_days import Nation
    from dpemployer.payroll.leaving import Leaving
    from dpemployer.payroll.people import Employment
    from dpemployer.payroll.tasks import Task
    from dpemployer.store.reading import Reading


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


def _nation(reading: Reading, day: date) -> Nation:
    scheme = latest_on(reading.find(EmployerScheme), day) or EmployerScheme(0, day)
    return scheme.nation


def ticked(reading: Reading, employment_id: int) -> dict[str, TaskDone]:
    """Return what was ticked for somebody or for the household, by its key."""
    facts = [
        *reading.find(TaskDone, employment_id=None),
        *reading.find(TaskDone, employment_id=employment_id),
    ]
    return {fact.task: fact for fact in facts}


def still_holding(done: dict[str, TaskDone], on: date) -> dict[str, TaskDone]:
    """Return the ticks that have not run out by a day."""
    return {
        key: fact
        for key, fact in done.items()
        if fact.valid_until is None or fact.valid_until >= on
    }


def starting_rows(
    reading: Reading, employment: Employment, on: date, done: dict[str, TaskDone]
) -> tuple[TaskRow, ...]:
    """List what there is to do when somebody starts, with what is ticked."""
    start = employment.started_on
    scheme = latest_on(reading.find(EmployerScheme), max(on, start))
    itself = {}
    if scheme is not None and scheme.paye_reference:
        itself["register"] = scheme.from_day
    if employment.starter_declaration is not StarterDeclaration.NONE:
        itself["starter_checklist"] = start
    tasks = starting_tasks(employment, _nation(reading, start))
    return tuple(_row(task, done, itself) for task in tasks)


def leaving_rows(
    reading: Reading, employment: Employment, leaving: Leaving, done: dict[str, TaskDone]
) -> tuple[TaskRow, ...]:
    """List what there is to do when somebody leaves, with what is ticked."""
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


def open_before_pay(reading: Reading, employment: Employment, on: date) -> tuple[str, ...]:
    """Return what the law wanted done before somebody's first pay, and nobody has ticked.

    Somebody who worked here before the book began is not asked about.
    """
    if any(each.as_of >= employment.started_on for each in reading.find(OpeningHousehold)):
        return ()
    done = still_holding(ticked(reading, employment.id), on)
    return tuple(
        row.title
        for row in starting_rows(reading, employment, on, done)
        if row.first and row.done_on is None and row.by is not None and row.by <= on
    )
