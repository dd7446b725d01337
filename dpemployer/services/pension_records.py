"""What paydays leave recorded about pensions, and what is read of it before the next one.

A payday that enrols somebody begins their membership; each payslip keeps what it paid into which
membership, or gave back. Taking a payslip back takes its contributions back by their mirror image.
That somebody was enrolled stands all the same: they were told, and only they can opt out.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from dpemployer.money import NOTHING, Money
from dpemployer.payroll.enrolment import (
    EnrolmentEvent,
    EnrolmentHistory,
    EnrolmentKind,
    PensionArrangement,
    PensionBefore,
    PensionContribution,
    PensionDuty,
    PensionDutyKind,
    still_to_give_back,
)
from dpemployer.payroll.terms import latest_on

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from dpemployer.payroll.enrolment import ToGiveBack
    from dpemployer.payroll.pay_run import WorkedPay
    from dpemployer.payroll.payslip import Payslip
    from dpemployer.payroll.people import PensionMembership
    from dpemployer.payroll.terms import Terms
    from dpemployer.store.book import Change
    from dpemployer.store.reading import Reading


def histories(reading: Reading, employment_ids: Collection[int]) -> Mapping[int, EnrolmentHistory]:
    """Return what happened between each worker and the pension, in order of day."""
    found: dict[int, list[EnrolmentEvent]] = {each: [] for each in employment_ids}
    for event in reading.find(
        EnrolmentEvent, any_of={"employment_id": list(found)}, order_by=("day", "id")
    ):
        found[event.employment_id].append(event)
    return {each: EnrolmentHistory(tuple(events)) for each, events in found.items()}


def pensions_before(
    reading: Reading,
    terms: Mapping[int, Terms],
    pay_date: date,
    left_out: Collection[int] = (),
) -> Mapping[int, PensionBefore]:
    """Gather what a payday needs to know of everybody's pension.

    Args:
        reading: The book.
        terms: The dated terms of each employment.
        pay_date: The payday.
        left_out: Payslips to leave out: those being worked out again.
    """
    found = histories(reading, terms)
    arrangement = latest_on(reading.find(PensionArrangement), pay_date)
    duties = reading.find(PensionDuty, kind=PensionDutyKind.RE_ENROLLED)
    return {
        employment_id: PensionBefore(
            history=history,
            arrangement=arrangement,
            re_enrolment_days=tuple(duty.day for duty in duties),
            to_give_back=to_give_back(
                reading, history, terms[employment_id].pensions, pay_date, left_out
            ),
        )
        for employment_id, history in found.items()
    }


def to_give_back(
    reading: Reading,
    history: EnrolmentHistory,
    memberships: Sequence[PensionMembership],
    pay_date: date,
    left_out: Collection[int] = (),
) -> tuple[ToGiveBack, ...]:
    """Say what is still to be given back to somebody who opted out, as of a payday."""
    undone = opted_out_of(history, memberships, pay_date)
    if not undone:
        return ()
    rows = [
        row
        for row in reading.find(
            PensionContribution, any_of={"membership_id": [held.id for held in undone]}
        )
        if row.payslip_id not in left_out and row.pay_date <= pay_date
    ]
    return still_to_give_back(undone, rows)


def opted_out_of(
    history: EnrolmentHistory, memberships: Iterable[PensionMembership], on: date
) -> tuple[PensionMembership, ...]:
    """Return the memberships an opt-out has undone by a day: those begun with the way in."""
    undone = []
    for event in history.events:
        if event.kind is EnrolmentKind.OPTED_OUT and event.day <= on:
            before = EnrolmentHistory(history.events[: history.events.index(event)])
            came_in = before.first_in(event.day)
            if came_in is not None:
                undone += [
                    held for held in memberships if came_in.day <= held.from_day <= event.day
                ]
    return tuple(undone)


def record_pension(tx: Change, slip: Payslip, pay: WorkedPay) -> None:
    """Record what a payslip does to a pension: who is enrolled, what is paid in or given back."""
    payday = pay.pension
    held = payday.membership
    if held is not None and not held.id:
        held = replace(held, id=tx.add(held))
    if payday.begins is not None:
        tx.add(replace(payday.begins, payslip_id=slip.id))
    back = payday.given_back
    if held is not None:
        result = pay.result
        tx.add(
            PensionContribution(
                id=0,
                employment_id=slip.employment_id,
                membership_id=held.id,
                payslip_id=slip.id,
                pay_date=slip.pay_date,
                provider=held.provider,
                pensionable=result.pensionable_pay + (back.pensionable if back else NOTHING),
                employee=result.employee_pension + (back.employee if back else NOTHING),
                relief_added=result.pension_relief + (back.relief_added if back else NOTHING),
                employer=result.employer_pension + (back.employer if back else NOTHING),
                employee_percent=held.employee_percent,
                employer_percent=held.employer_percent,
            )
        )
    for owed in payday.to_give_back:
        tx.add(
            PensionContribution(
                id=0,
                employment_id=slip.employment_id,
                membership_id=owed.membership.id,
                payslip_id=slip.id,
                pay_date=slip.pay_date,
                provider=owed.membership.provider,
                pensionable=-owed.pensionable,
                employee=-owed.employee,
                relief_added=-owed.relief_added,
                employer=-owed.employer,
                employee_percent=owed.membership.employee_percent,
                employer_percent=owed.membership.employer_percent,
            )
        )


def take_back_pension(tx: Change, slip: Payslip, mirrored_id: int) -> None:
    """Take back what a payslip did to a pension.

    What it paid in or gave back is mirrored. That somebody should have been enrolled is asked
    afresh by the payslip that takes its place; that somebody was enrolled stands.
    """
    for row in tx.find(PensionContribution, payslip_id=slip.id):
        tx.add(
            replace(
                row,
                id=0,
                payslip_id=mirrored_id,
                pensionable=-row.pensionable,
                employee=-row.employee,
                relief_added=-row.relief_added,
                employer=-row.employer,
            )
        )
    for event in tx.find(EnrolmentEvent, payslip_id=slip.id):
        if event.kind is EnrolmentKind.ELIGIBLE:
            tx.remove(event)


def pension_owed(reading: Reading, slips: Iterable[Payslip]) -> Mapping[str, Money]:
    """Add up what each provider is owed for some payslips, both shares; below nothing: due back."""
    owed: dict[str, Money] = defaultdict(lambda: NOTHING)
    for row in reading.find(
        PensionContribution, any_of={"payslip_id": [slip.id for slip in slips]}
    ):
        owed[row.provider] += row.employee + row.employer
    return owed
