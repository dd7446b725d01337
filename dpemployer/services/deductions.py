"""What a person can do about deductions: orders, money owed back, fixed deductions, and papers.

What was taken is the sum of the lines stored with payslips. Nothing here keeps a balance.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from dpemployer.bookkeeping.commitments import Commitment, CommitmentKind
from dpemployer.bookkeeping.ledger import Split
from dpemployer.clock import today
from dpemployer.errors import EntryError, RefusedError
from dpemployer.i18n import _, long_date
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.deduction_entries import (
    checked_fixed,
    checked_order,
    checked_owed_back,
    order_findings,
)
from dpemployer.payroll.deduction_terms import (
    AttachmentOrder,
    DeductionLine,
    DeductionsHeld,
    FixedDeduction,
    OwedBack,
    OwedBackKind,
    StandingStatement,
    StatedDeduction,
)
from dpemployer.payroll.deductions import ORDER_NAMES
from dpemployer.payroll.entries import refuse_backwards
from dpemployer.payroll.household import EmployerScheme, OpeningHousehold
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import Employment, PersonalAssistant
from dpemployer.payroll.terms import latest_on
from dpemployer.services.deduction_reading import NO_DEDUCTIONS, deductions_held
from dpemployer.services.deduction_rows import (
    DeductionsState,
    NoticeRow,
    OrderRow,
    OwedBackRow,
)
from dpemployer.services.deduction_tasks import newest_statement, statement_until, to_tell
from dpemployer.services.reading import live_payslips, put

if TYPE_CHECKING:
    from dpemployer.services.agenda import ToDo
    from dpemployer.store.book import Book, Change
    from dpemployer.store.reading import Reading

_A_DAY = timedelta(days=1)
_ADVANCE = "advance"
"""The source of a commitment an advance or loan left."""


class PayDeductions:
    """What is taken from net pay, in one book."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def state(self, employment_id: int, on: date) -> DeductionsState:
        """Show everything that may be taken from one person's pay, and what was."""
        with self._book.read() as reading:
            held = _held(reading, employment_id, on)
            notices = _notices(reading, employment_id, held)
            statement = newest_statement(reading, employment_id)
            scheme = latest_on(reading.find(EmployerScheme), on)
        in_force = [one.order for one in held.orders if one.in_force(on)]
        return DeductionsState(
            orders=tuple(
                OrderRow(
                    one.order,
                    _(ORDER_NAMES[one.order.kind]),
                    one.taken,
                    one.order.shortfall + one.carried,
                    one.left,
                    one.in_force(on),
                )
                for one in held.orders
            ),
            owed_back=tuple(
                OwedBackRow(
                    one.owed,
                    _OWED_BACK[one.owed.kind](),
                    one.taken,
                    one.left,
                    one.in_force(max(on, one.owed.first_on)),
                )
                for one in held.owed_back
            ),
            fixed=held.fixed,
            notices=notices,
            statement=statement,
            statement_until=statement_until(statement) if statement else None,
            findings=order_findings(in_force, scheme.nation if scheme else None),
        )

    # ── orders ──

    def set_order(self, order: AttachmentOrder) -> int:
        """Add an order (`id` 0), or change one, and return its id.

        Raises:
            EntryError: If something its letter says is missing, or cannot be.
            RefusedError: If one like it is in force and only one may be.
        """
        with self._book.change("Set an order to take money from pay") as tx:
            employment = tx.get(Employment, order.employment_id)
            others = tx.find(AttachmentOrder, employment_id=order.employment_id)
            return put(tx, checked_order(order, employment, others, today()))

    def vary_order(
        self, order_id: int, from_day: date, normal: Money | None, protected: Money | None
    ) -> int:
        """Follow a letter that changes an order's amounts from a day; return the later order's id.

        The order as it was ends the day before, so that payslips that are out stay explained.
        What was carried forward and what is still to pay go on with it.

        Raises:
            EntryError: If the day is not after the order began, or an amount is missing.
        """
        with self._book.change("Changed the amounts of an order") as tx:
            order = tx.get(AttachmentOrder, order_id)
            employment = tx.get(Employment, order.employment_id)
            if from_day <= order.from_day:
                raise EntryError(
                    what=_("The new amounts begin on {day}, before the order itself.").format(
                        day=long_date(from_day)
                    ),
                    why=_("The order as it was holds until the day before."),
                    next_step=_(
                        "Type the day from the letter. To put a mistake right, change the order."
                    ),
                )
            (held,) = (
                one for one in _held(tx, employment.id, from_day).orders if one.order == order
            )
            tx.update(replace(order, to_day=from_day - _A_DAY))
            others = tx.find(AttachmentOrder, employment_id=employment.id)
            later = replace(
                order,
                id=0,
                from_day=from_day,
                normal=normal,
                protected=protected,
                shortfall=(order.shortfall + held.carried).above(NOTHING),
                total=held.left,
            )
            return tx.add(checked_order(later, employment, others, max(today(), later.made_on)))

    def remove_order(self, order_id: int) -> None:
        """Take out an order that was put in by mistake.

        Raises:
            RefusedError: If a payslip took something under it.
        """
        with self._book.change("Took out an order to take money from pay") as tx:
            _refuse_taken(tx, order_id=order_id)
            tx.remove(tx.get(AttachmentOrder, order_id))

    def stop_order(self, order_id: int, last_day: date) -> None:
        """Stop an order after a day, as a letter says."""
        with self._book.change("Stopped an order to take money from pay") as tx:
            order = tx.get(AttachmentOrder, order_id)
            refuse_backwards(order.from_day, last_day)
            tx.update(replace(order, to_day=last_day))

    def told_issuer(self, order_id: int, on: date) -> None:
        """Record that whoever made an order was told: pay is too low, or the job has ended."""
        with self._book.change("Told the maker of an order") as tx:
            order = tx.get(AttachmentOrder, order_id)
            tx.update(replace(order, issuer_told_on=on))

    # ── money owed back ──

    def set_owed_back(self, owed: OwedBack) -> int:
        """Add an advance, loan or overpayment (`id` 0), or change one, and return its id.

        An advance or loan is money to be paid out: it is owed until the bank shows it.

        Raises:
            EntryError: If an amount, a day or the agreement is missing, or cannot be.
            RefusedError: If it was paid out already and is given another amount.
        """
        with self._book.change("Set money a personal assistant owes back") as tx:
            employment = tx.get(Employment, owed.employment_id)
            owed = checked_owed_back(owed, employment, _taken_of(tx, owed.id))
            if owed.id:
                before = tx.get(OwedBack, owed.id)
                owed = replace(owed, commitment_id=before.commitment_id)
            return put(tx, _with_commitment(tx, owed, employment))

    def remove_owed_back(self, owed_back_id: int) -> None:
        """Take out an advance, loan or overpayment that was put in by mistake.

        Raises:
            RefusedError: If a payslip took something of it, or it was paid out.
        """
        with self._book.change("Took out money owed back") as tx:
            _refuse_taken(tx, owed_back_id=owed_back_id)
            owed = tx.get(OwedBack, owed_back_id)
            tx.remove(owed)
            if owed.commitment_id is not None:
                bill = tx.get(Commitment, owed.commitment_id)
                if tx.find(Split, commitment_id=bill.id):
                    raise _paid_out(bill)
                tx.remove(bill)

    def stop_owed_back(self, owed_back_id: int, last_day: date) -> None:
        """Take no more instalments after a day. What is still owed stays owed."""
        with self._book.change("Stopped taking back what is owed") as tx:
            owed = tx.get(OwedBack, owed_back_id)
            refuse_backwards(owed.day, last_day)
            tx.update(replace(owed, stopped_on=last_day))

    # ── fixed deductions ──

    def set_fixed(self, fixed: FixedDeduction) -> int:
        """Add a fixed deduction (`id` 0), or change one, and return its id.

        Raises:
            EntryError: If it says no purpose or amount, or was agreed after it began.
        """
        with self._book.change("Set a fixed deduction") as tx:
            employment = tx.get(Employment, fixed.employment_id)
            return put(tx, checked_fixed(fixed, employment))

    def remove_fixed(self, fixed_id: int) -> None:
        """Take out a fixed deduction that was put in by mistake.

        Raises:
            RefusedError: If a payslip took it.
        """
        with self._book.change("Took out a fixed deduction") as tx:
            _refuse_taken(tx, fixed_id=fixed_id)
            tx.remove(tx.get(FixedDeduction, fixed_id))

    def stop_fixed(self, fixed_id: int, last_day: date) -> None:
        """Stop a fixed deduction after a day."""
        with self._book.change("Stopped a fixed deduction") as tx:
            fixed = tx.get(FixedDeduction, fixed_id)
            refuse_backwards(fixed.from_day, last_day)
            tx.update(replace(fixed, to_day=last_day))

    def give_statement(self, employment_id: int, on: date) -> int:
        """Record that a standing statement of fixed deductions is given; return its id.

        Raises:
            RefusedError: If nothing fixed is taken on that day.
        """
        with self._book.change("Gave a standing statement of fixed deductions") as tx:
            fixed = _held(tx, employment_id, on).on(on).fixed
            if not fixed:
                raise RefusedError(
                    what=_("There is no fixed deduction on {day}.").format(day=long_date(on)),
                    why=_("A standing statement lists the fixed deductions in force."),
                    next_step=_("Add the fixed deduction first."),
                )
            lines = tuple(
                StatedDeduction(one.purpose, one.amount, one.from_day, one.payee) for one in fixed
            )
            return tx.add(StandingStatement(0, employment_id, on, lines))

    # ── what is to be done ──

    def to_do(self, on: date) -> tuple[ToDo, ...]:
        """Say whom to tell what, and which standing statement runs out."""
        with self._book.read() as reading:
            return tuple(to_tell(reading, on))


def _held(reading: Reading, employment_id: int, on: date) -> DeductionsHeld:
    return deductions_held(reading, (employment_id,), on).get(employment_id, NO_DEDUCTIONS)


def _notices(reading: Reading, employment_id: int, held: DeductionsHeld) -> tuple[NoticeRow, ...]:
    """List the payslips that stand and took something by order, the newest first."""
    kinds = {one.order.id: _(ORDER_NAMES[one.order.kind]) for one in held.orders}
    if not kinds:
        return ()
    standing = live_payslips(reading, employment_id)
    lines: dict[int, list[DeductionLine]] = defaultdict(list)
    for line in reading.find(
        DeductionLine,
        any_of={"payslip_id": standing},
        not_none=("order_id",),
        employment_id=employment_id,
    ):
        if line.amount:
            lines[line.payslip_id].append(line)
    return tuple(
        NoticeRow(
            slip,
            pay_run_id,
            pay_date,
            ", ".join(kinds[line.order_id] for line in lines[slip] if line.order_id is not None),
            Money.total(line.amount + line.charge for line in lines[slip]),
        )
        for slip, pay_run_id, pay_date in reading.rows(
            Payslip,
            ("id", "pay_run_id", "pay_date"),
            any_of={"id": tuple(lines)},
            order_by=("-pay_date", "-id"),
        )
    )


def _taken_of(tx: Change, owed_back_id: int) -> Money:
    if not owed_back_id:
        return NOTHING
    return tx.sum(DeductionLine, "amount", owed_back_id=owed_back_id)


def _with_commitment(tx: Change, owed: OwedBack, employment: Employment) -> OwedBack:
    """Record the money to pay out for an advance or loan, unless it was before the book."""
    began = max((opening.as_of for opening in tx.find(OpeningHousehold)), default=date.min)
    owed = replace(owed, before_book=owed.day <= began)
    if owed.commitment_id is not None:
        _change_commitment(tx, tx.get(Commitment, owed.commitment_id), owed)
        return owed
    if owed.kind is OwedBackKind.OVERPAYMENT or owed.before_book:
        return owed
    name = tx.get(PersonalAssistant, employment.assistant_id).name
    bill = Commitment(
        id=0,
        kind=CommitmentKind.ADVANCE,
        payee=name,
        amount=owed.amount,
        incurred_on=owed.day,
        due=owed.day,
        employment_id=employment.id,
        source=_ADVANCE,
        note=_OWED_BACK[owed.kind](),
    )
    return replace(owed, commitment_id=tx.add(bill))


def _change_commitment(tx: Change, bill: Commitment, owed: OwedBack) -> None:
    """Let the money to pay out follow what was put right, unless it was paid out already."""
    changed = replace(bill, amount=owed.amount, incurred_on=owed.day, due=owed.day)
    if changed != bill and tx.find(Split, commitment_id=bill.id):
        raise _paid_out(bill)
    tx.update(changed)


def _paid_out(bill: Commitment) -> RefusedError:
    return RefusedError(
        what=_("It has been paid out already: {amount}.").format(amount=bill.amount),
        why=_("The payment in the book says how much it was."),
        next_step=_("Change only how it is paid back, or add another advance."),
    )


def _refuse_taken(tx: Change, **of: Any) -> None:
    """Refuse to take out what a payslip took something under, even one that was taken back."""
    if tx.find(DeductionLine, limit=1, **of):
        raise RefusedError(
            what=_("A payslip has taken something under this already."),
            why=_("What payslips say stays on record, and so does what they go by."),
            next_step=_("Stop it instead, after the last day it holds."),
        )


_OWED_BACK = {
    OwedBackKind.ADVANCE: lambda: _("Advance of pay"),
    OwedBackKind.LOAN: lambda: _("Loan"),
    OwedBackKind.OVERPAYMENT: lambda: _("Overpayment"),
}
