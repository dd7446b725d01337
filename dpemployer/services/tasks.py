"""What there is to do when somebody starts or leaves: listed, ticked with a date, and asked for."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dpemployer.clock import today
from dpemployer.errors import EntryError
from dpemployer.i18n import _, long_date, ngettext
from dpemployer.payroll.household import OpeningHousehold
from dpemployer.payroll.leaving import Leaving
from dpemployer.payroll.people import Employment
from dpemployer.payroll.tasks import TaskDone as TaskDone  # noqa: PLC0414 - what pages watch
from dpemployer.payroll.tasks import follow_up_on
from dpemployer.services.agenda import ToDo, ToDoKind
from dpemployer.services.drafts import assistants_of
from dpemployer.services.task_reading import TaskRow as TaskRow  # noqa: PLC0414 - what windows show
from dpemployer.services.task_reading import (
    leaving_rows,
    starting_rows,
    still_holding,
    ticked,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpemployer.store.book import Book

_ASKED_FOR = timedelta(days=92)
"""How long after a first or last day what was not ticked is still asked for."""
_SOON = timedelta(days=14)
"""And how long before its day."""


class Tasks:
    """What there is to do about people, beside their pay, in one book."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def starting(self, employment_id: int, on: date) -> tuple[TaskRow, ...]:
        """List what there is to do when somebody starts; what has run out is open again."""
        with self._book.read() as reading:
            done = still_holding(ticked(reading, employment_id), on)
            return starting_rows(reading, reading.get(Employment, employment_id), on, done)

    def leaving(self, employment_id: int) -> tuple[TaskRow, ...]:
        """List what there is to do when somebody leaves; nothing while they stay."""
        with self._book.read() as reading:
            leaving = reading.find_one(Leaving, employment_id=employment_id)
            if leaving is None:
                return ()
            employment = reading.get(Employment, employment_id)
            return leaving_rows(reading, employment, leaving, ticked(reading, employment_id))

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
                done = still_holding({**ticks[None], **ticks[one.id]}, on)
                if leaving is not None:
                    rows = leaving_rows(reading, one, leaving, done)
                    yield from _asked(rows, on, one.id, name, "leaving")
                elif one.started_on > began and abs(on - one.started_on) <= _ASKED_FOR:
                    rows = starting_rows(reading, one, on, done)
                    yield from _asked(rows, on, one.id, name, "starting")
                if one.left_on is None or one.left_on >= on:
                    yield from _running_out(ticks[one.id], one.id, name, on)
            staying = [one for one in employments if one.left_on is None or one.left_on >= on]
            if staying:
                yield from _running_out(ticks[None], staying[0].id, "", on)


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
