"""What putting one payday right does to the paydays after it: shown first, then done or left.

Tax looks back over the year, and holiday pay over a year of weeks, so a payslip put right can
make later ones come out differently. They are worked out by doing the whole correction and not
keeping it: what is shown is what would happen, to the penny.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from dpemployer.errors import RefusedError
from dpemployer.i18n import _, long_date
from dpemployer.payroll.payday import PayRun, PayRunStatus
from dpemployer.payroll.payslip import Payslip
from dpemployer.services.hmrc_rows import LaterRow
from dpemployer.services.pay_rows import differing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dpemployer.services.pay_runs import PayRuns
    from dpemployer.services.rows import PayRunFinalised
    from dpemployer.store.book import Book, Change
    from dpemployer.store.reading import Reading


class _NotKept(Exception):  # noqa: N818 - nothing has gone wrong
    """Ends a change that was only to be looked at; the database forgets it."""

    def __init__(self, found: tuple[LaterRow, ...]) -> None:
        super().__init__()
        self.found = found


class Corrections:
    """Corrections in one book, and what follows from them."""

    def __init__(self, book: Book, pay_runs: PayRuns) -> None:
        self._book = book
        self._pay_runs = pay_runs

    def later(self, pay_run_id: int) -> tuple[LaterRow, ...]:
        """Say which later payslips would be different, in the order of their paydays.

        A draft is looked at as if it were finalised. Nothing is changed.

        Raises:
            PayRunBlockedError: If the draft itself cannot be finalised yet.
        """
        try:
            with self._book.change("Looked at what a correction changes") as tx:
                self._look(tx, pay_run_id)
        except _NotKept as looked:
            return looked.found

    def finalise_and_follow(self, pay_run_id: int) -> tuple[PayRunFinalised, tuple[LaterRow, ...]]:
        """Finalise a correction, and put every later payday right that it changes.

        The correction is one change, and each later payday one of its own. One that is blocked
        is left as it is and said.

        Raises:
            PayRunBlockedError: If the correction itself cannot be finalised yet.
        """
        outcome = self._pay_runs.finalise(pay_run_id)
        return outcome, self.follow(pay_run_id)

    def follow(self, pay_run_id: int) -> tuple[LaterRow, ...]:
        """Put every later payday right that a final correction changes, each as one change."""
        done: list[LaterRow] = []
        with self._book.read() as reading:
            runs = _later_runs(reading, pay_run_id)
        for run_id in runs:
            with self._book.read() as reading:
                rows = self._rows(reading, run_id, _people_of(reading, pay_run_id))
            if rows and not any(row.blocked for row in rows):
                self.recalculate(run_id, pay_run_id)
            done += rows
        return tuple(done)

    def recalculate(self, pay_run_id: int, because_of: int) -> int:
        """Put one later payday right, as one change; return the pay run that now stands.

        Raises:
            RefusedError: If it does not stand any more.
            PayRunBlockedError: If it cannot be worked out again; nothing is changed then.
        """
        with self._book.read() as reading:
            changed = reading.get(PayRun, because_of)
            if pay_run_id not in _later_runs(reading, because_of):
                raise RefusedError(
                    what=_("This payday does not come after the one put right."),
                    why=_("Only paydays that stand, of the same people, are worked out again."),
                    next_step=_("Open the payday itself, and choose “Correct this pay run”."),
                )
        reason = _("Follows from the payday of {day}: {reason}").format(
            day=long_date(changed.pay_date), reason=changed.reason
        )
        with self._book.change("Worked a later payday out again", reason) as tx:
            draft = self._pay_runs.correct_within(tx, pay_run_id, reason).draft_id
            self._pay_runs.finalise_within(tx, draft)
        return draft

    # ── inside ──

    def _look(self, tx: Change, pay_run_id: int) -> NoReturn:
        """Do the whole correction within a change that is then not kept."""
        if tx.get(PayRun, pay_run_id).status is PayRunStatus.DRAFT:
            self._pay_runs.finalise_within(tx, pay_run_id)
        raise _NotKept(self._follow_all(tx, pay_run_id))

    def _follow_all(self, tx: Change, pay_run_id: int) -> tuple[LaterRow, ...]:
        """Put every later payday right within a change, and say what became of each."""
        people = _people_of(tx, pay_run_id)
        found: list[LaterRow] = []
        for run_id in _later_runs(tx, pay_run_id):
            rows = self._rows(tx, run_id, people)
            if rows and not any(row.blocked for row in rows):
                draft = self._pay_runs.correct_within(tx, run_id, _("Only looked at."))
                self._pay_runs.finalise_within(tx, draft.draft_id)
            found += rows
        return tuple(found)

    def _rows(self, reading: Reading, run_id: int, people: Iterable[int]) -> tuple[LaterRow, ...]:
        """Return whose payslips of one payday would be different, and by how much."""
        rows = []
        for slip in reading.find(
            Payslip, pay_run_id=run_id, any_of={"employment_id": tuple(people)}
        ):
            now, blocking = self._pay_runs.would_differ(reading, slip)
            if now is None:
                now = slip
            figures = tuple(
                (each.label, each.as_issued, each.as_now) for each in differing(slip, now)
            )
            if figures or blocking:
                rows.append(
                    LaterRow(
                        pay_run_id=run_id,
                        pay_date=slip.pay_date,
                        employment_id=slip.employment_id,
                        name=slip.name,
                        figures=figures,
                        net_before=slip.net_pay,
                        net_after=now.net_pay,
                        blocked=blocking[0].message if blocking else "",
                    )
                )
        return tuple(rows)


def _people_of(reading: Reading, pay_run_id: int) -> frozenset[int]:
    """Return whose pay a pay run is, or was before it was put right."""
    run = reading.get(PayRun, pay_run_id)
    ids = [pay_run_id] if run.corrects_id is None else [pay_run_id, run.corrects_id]
    return frozenset(
        employment_id
        for (employment_id,) in reading.rows(
            Payslip, ("employment_id",), any_of={"pay_run_id": ids}
        )
    )


def _later_runs(reading: Reading, pay_run_id: int) -> tuple[int, ...]:
    """Return the pay runs that stand, of the same people, with a later payday, in order."""
    run = reading.get(PayRun, pay_run_id)
    people = _people_of(reading, pay_run_id)
    rows = reading.rows(
        Payslip,
        ("pay_run_id",),
        any_of={"employment_id": tuple(people)},
        between={"pay_date": (run.pay_date, None)},
    )
    runs = reading.find(
        PayRun,
        any_of={"id": {run_id for (run_id,) in rows}},
        order_by=("pay_date", "id"),
    )
    reversed_ids = {one.reverses_id for one in runs if one.reverses_id is not None}
    return tuple(
        one.id
        for one in runs
        if one.pay_date > run.pay_date
        and one.reverses_id is None
        and one.id not in reversed_ids
        and one.status is PayRunStatus.FINAL
    )
