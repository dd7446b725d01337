"""What there is to do about deductions: whom to tell what, and which statement runs out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from dpemployer.i18n import _, long_date
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.deduction_terms import (
    AttachmentOrder,
    DeductionLine,
    DeductionsHeld,
    StandingStatement,
)
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import Employment, PersonalAssistant
from dpemployer.periods import plus_months
from dpemployer.services.agenda import ToDo, ToDoKind
from dpemployer.services.deduction_reading import NO_DEDUCTIONS, deductions_held
from dpemployer.services.reading import live_payslips

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpemployer.payroll.deduction_terms import OrderHeld
    from dpemployer.store.reading import Reading

_A_DAY = timedelta(days=1)
_STATEMENT_MONTHS = 12
_STATEMENT_SOON = timedelta(days=30)
_TELL_WITHIN = timedelta(days=10)
"""The shortest time that any of the letters gives."""
_BEFORE_PAYDAY = timedelta(days=62)
"""A pay period ends this long before its payday at most."""
_PAGE, _PART = "people", "deductions"


def to_tell(reading: Reading, on: date) -> Iterator[ToDo]:
    """Say whom to tell what, and which standing statement runs out."""
    concerned = {
        *(ident for (ident,) in reading.rows(AttachmentOrder, ("employment_id",))),
        *(ident for (ident,) in reading.rows(StandingStatement, ("employment_id",))),
    }
    held = deductions_held(reading, sorted(concerned), on)
    for employment_id in sorted(concerned):
        employment = reading.get(Employment, employment_id)
        name = reading.get(PersonalAssistant, employment.assistant_id).name
        own = held.get(employment_id, NO_DEDUCTIONS)
        for one in own.orders:
            yield from _tell(reading, one, employment, name, on)
        yield from _renew(reading, own, employment_id, name, on)


def newest_statement(reading: Reading, employment_id: int) -> StandingStatement | None:
    """Return the standing statement given last; None when there is none."""
    return max(
        reading.find(StandingStatement, employment_id=employment_id),
        key=lambda given: (given.given_on, given.id),
        default=None,
    )


def statement_until(statement: StandingStatement) -> date:
    """Return the last of the twelve months a standing statement holds for."""
    return plus_months(statement.given_on, _STATEMENT_MONTHS) - _A_DAY


def _tell(
    reading: Reading, held: OrderHeld, employment: Employment, name: str, on: date
) -> Iterator[ToDo]:
    """Say that whoever made an order is to be told: the job has ended, or pay is too low."""
    order = held.order
    told = order.issuer_told_on or date.min
    left_on = employment.left_on
    if left_on is not None and left_on < on and told <= left_on:
        if order.to_day is None and held.left != NOTHING:
            says = _("Tell {issuer} that {name} left on {day}: there is an order of theirs.")
            yield _task(
                says.format(issuer=order.issuer, name=name, day=long_date(left_on)),
                employment.id,
                left_on + _TELL_WITHIN,
                on,
            )
        return
    if not held.in_force(on):
        return
    last = _last_payday(reading, employment.id, order.from_day)
    if last is None or last <= told:
        return
    lines = reading.find(DeductionLine, order_id=order.id, pay_date=last)
    taken = Money.total(line.amount for line in lines)
    carried = Money.total(line.carried for line in lines)
    if not lines and not _was_looked_at(reading, order, last):
        says = _(
            "The payslip of {name} for {day} was made without the order of {issuer}. Correct that "
            "payday, or tell {issuer} that the order is met from the next one."
        )
        yield _task(
            says.format(issuer=order.issuer, name=name, day=long_date(last)),
            employment.id,
            last + _TELL_WITHIN,
            on,
        )
    elif not taken or carried > NOTHING:
        says = _("Tell {issuer} that the pay of {name} on {day} was too low for their order.")
        yield _task(
            says.format(issuer=order.issuer, name=name, day=long_date(last)),
            employment.id,
            last + _TELL_WITHIN,
            on,
        )


def _last_payday(reading: Reading, employment_id: int, since: date) -> date | None:
    """Return the newest payday of a payslip that stands."""
    standing = live_payslips(reading, employment_id, from_last_day=since - _BEFORE_PAYDAY)
    rows = reading.rows(
        Payslip, ("pay_date",), any_of={"id": standing}, between={"pay_date": (since, None)}
    )
    return max((pay_date for (pay_date,) in rows), default=None)


def _was_looked_at(reading: Reading, order: AttachmentOrder, payday: date) -> bool:
    """Whether the payslips of a payday were worked out with an order, even if it took nothing."""
    return any(
        step.rule == "deduction.order" and order.issuer in step.sentence
        for slip in reading.find(Payslip, employment_id=order.employment_id, pay_date=payday)
        for step in slip.workings
    )


def _renew(
    reading: Reading, held: DeductionsHeld, employment_id: int, name: str, on: date
) -> Iterator[ToDo]:
    statement = newest_statement(reading, employment_id)
    if statement is None or not held.on(on).fixed:
        return
    until = statement_until(statement)
    if until - on <= _STATEMENT_SOON:
        yield _task(
            _("Give {name} a new standing statement of fixed deductions.").format(name=name),
            employment_id,
            until,
            on,
        )


def _task(says: str, employment_id: int, by: date, on: date) -> ToDo:
    return ToDo(
        ToDoKind.TASK,
        by=by,
        late=by < on,
        says=says,
        button=_("See the deductions"),
        page=_PAGE,
        what=(employment_id, _PART),
    )
