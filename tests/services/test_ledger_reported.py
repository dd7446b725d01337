"""What others report is kept, counted on the return, and taken out again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from dpemployer.errors import EntryError
from dpemployer.money import NOTHING, Money
from dpemployer.returns.answers import answers
from dpemployer.services.money_rows import (
    Account,
    AccountKind,
    Invoice,
    ReportedHours,
    ReportedPayslip,
)

if TYPE_CHECKING:
    from dpemployer.office import Office

PAYDAY = date(2026, 9, 4)
SLIP = ReportedPayslip(
    0, "G", "PS-1", PAYDAY, PAYDAY, Money(74_250), Money(1_000), Money(500), Money(72_750)
)
HOURS = ReportedHours(
    0,
    "G",
    "TS-1",
    date(2026, 8, 1),
    date(2026, 8, 31),
    PAYDAY,
    Decimal(55),
    Decimal(0),
    Decimal(0),
    Money(1_350),
)
INVOICE = Invoice(0, "T Marsh", "TM-31", date(2026, 8, 31), date(2026, 8, 31), Money(10_500))


def test_a_payslip_and_its_hours_count_on_the_return(office: Office) -> None:
    office.ledger.add_account(Account(0, "", "Bank", AccountKind.BANK, date(2026, 7, 1), NOTHING))

    office.ledger.add_reported(SLIP, HOURS)

    made = office.returns.figures("generic-quarterly", date(2026, 7, 1), date(2026, 9, 30))
    assert answers(made)["staff_hours"] == {"G": {"worked": Decimal(55), "holiday": Decimal(0)}}
    assert [slip.net for slip in office.ledger.reported_payslips()] == [Money(72_750)]
    assert [hours.worked for hours in office.ledger.reported_hours()] == [Decimal(55)]


def test_a_payslip_is_taken_out_with_its_hours(office: Office) -> None:
    other = replace(HOURS, counts_on=date(2026, 10, 5))
    slip_id = office.ledger.add_reported(SLIP, HOURS)
    office.ledger.add_reported(replace(SLIP, counts_on=date(2026, 10, 5)), other)

    office.ledger.remove_reported(slip_id)

    assert [hours.counts_on for hours in office.ledger.reported_hours()] == [date(2026, 10, 5)]
    assert len(office.ledger.reported_payslips()) == 1


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"assistant": " "}, "A payslip is somebody's."),
        ({"tax": Money(-1)}, "An amount on this payslip is below nothing."),
        ({"net": Money(74_251)}, "cannot be what is left"),
        ({"net": Money(73_000)}, "cannot be what is left"),
    ],
)
def test_a_payslip_that_cannot_be_is_refused(
    changes: dict[str, object], what: str, office: Office
) -> None:
    with pytest.raises(EntryError, match=what):
        office.ledger.add_reported(replace(SLIP, **changes), None)  # type: ignore[arg-type]

    assert office.ledger.reported_payslips() == ()


@pytest.mark.parametrize("part", ["worked", "holiday", "retainer"])
def test_hours_below_nothing_are_refused(part: str, office: Office) -> None:
    with pytest.raises(EntryError, match="Hours are never below nothing"):
        office.ledger.add_reported(SLIP, replace(HOURS, **{part: Decimal(-1)}))  # type: ignore[arg-type]


def test_an_invoice_is_taken_out_and_its_credit_note_stays(office: Office) -> None:
    invoice_id = office.ledger.add_invoice(INVOICE)
    office.ledger.add_invoice(
        replace(INVOICE, amount=Money(-1_000), day=date(2026, 9, 1), credits_id=invoice_id)
    )

    office.ledger.remove_invoice(invoice_id)

    (credit,) = office.ledger.invoices()
    assert (credit.amount, credit.credits_id) == (Money(-1_000), None)
