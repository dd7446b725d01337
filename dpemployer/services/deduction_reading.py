"""What may be taken from pay, with what stored payslips took before: asked of a book in one way."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

from dpemployer.money import NOTHING, Money
from dpemployer.payroll.deduction_terms import (
    AttachmentOrder,
    DeductionLine,
    DeductionsHeld,
    FixedDeduction,
    OrderHeld,
    OwedBack,
    OwedBackHeld,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from dpemployer.store.reading import Reading

NO_DEDUCTIONS = DeductionsHeld()
_Held = TypeVar("_Held", AttachmentOrder, OwedBack, FixedDeduction)


def deductions_held(
    reading: Reading,
    employment_ids: Sequence[int],
    on: date,
    left_out: Collection[int] = (),
) -> Mapping[int, DeductionsHeld]:
    """Gather what may be taken from the pay of some employments; whoever has nothing is absent.

    Args:
        reading: The book.
        employment_ids: Whose.
        on: The payday it is for: what is carried forward is that of the paydays before it.
        left_out: Payslips to leave out of every sum: those being worked out again.
    """
    orders = _by_employment(reading, AttachmentOrder, employment_ids)
    owed_back = _by_employment(reading, OwedBack, employment_ids)
    fixed = _by_employment(reading, FixedDeduction, employment_ids)
    concerned = sorted({*orders, *owed_back})
    lines = _lines(reading, concerned, left_out) if concerned else {}
    return {
        employment_id: DeductionsHeld(
            tuple(_order_held(one, lines, on) for one in orders.get(employment_id, ())),
            tuple(
                OwedBackHeld(one, _taken(lines, one)) for one in owed_back.get(employment_id, ())
            ),
            tuple(fixed.get(employment_id, ())),
        )
        for employment_id in {*concerned, *fixed}
    }


def _by_employment(
    reading: Reading, kind: type[_Held], employment_ids: Sequence[int]
) -> dict[int, list[_Held]]:
    found: dict[int, list[_Held]] = defaultdict(list)
    for fact in reading.find(kind, any_of={"employment_id": employment_ids}, order_by="id"):
        found[fact.employment_id].append(fact)
    return dict(found)


def _lines(
    reading: Reading, employment_ids: Sequence[int], left_out: Collection[int]
) -> dict[tuple[str, int], list[DeductionLine]]:
    found: dict[tuple[str, int], list[DeductionLine]] = defaultdict(list)
    for line in reading.find(DeductionLine, any_of={"employment_id": employment_ids}):
        if line.payslip_id in left_out:
            continue
        if line.order_id is not None:
            found["order", line.order_id].append(line)
        elif line.owed_back_id is not None:
            found["owed_back", line.owed_back_id].append(line)
    return found


def _order_held(
    order: AttachmentOrder, lines: Mapping[tuple[str, int], Iterable[DeductionLine]], on: date
) -> OrderHeld:
    own = tuple(lines.get(("order", order.id), ()))
    by_day: dict[date, Money] = defaultdict(lambda: NOTHING)
    for line in own:
        if line.pay_date < on:
            by_day[line.pay_date] += line.amount
    return OrderHeld(
        order,
        taken=Money.total(line.amount for line in own),
        carried=Money.total(line.carried for line in own if line.pay_date <= on),
        last_on=max((day for day, amount in by_day.items() if amount), default=None),
    )


def _taken(lines: Mapping[tuple[str, int], Iterable[DeductionLine]], owed: OwedBack) -> Money:
    return Money.total(line.amount for line in lines.get(("owed_back", owed.id), ()))
