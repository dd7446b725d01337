"""One example of every kind of fact, made from what its fields are declared to be.

A new kind of fact needs nothing here unless the database has rules about it: then say in
`FIXED` what its fields must be for those to hold.
"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from types import NoneType
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from dpemployer.bookkeeping.ledger import EntryStatus
from dpemployer.bookkeeping.papers import PaperLink
from dpemployer.money import Money
from dpemployer.payroll.deduction_terms import AttachmentOrder, DeductionLine
from dpemployer.payroll.payday import PayRun, PayRunStatus
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import HolidayClass, HolidayTerms
from dpemployer.payroll.reporting import ReportedJob
from dpemployer.payroll.seen import FindingSeen
from dpemployer.payroll.working_time import WorkingTimeRecord
from dpemployer.store import tables

if TYPE_CHECKING:
    from collections.abc import Mapping

FIXED: Mapping[type, Mapping[str, Any]] = {
    ReportedJob: {"sex": "F", "statement": "B"},
    HolidayTerms: {"holiday_class": HolidayClass.IRREGULAR},
    PayRun: {"status": PayRunStatus.DRAFT, "finalised_at": None},
    Payslip: {
        "gross_pay": Money(100_000),
        "expenses": Money(1_000),
        "redundancy_pay": Money(0),
        "tax": Money(10_000),
        "employee_ni": Money(2_000),
        "student_loan": Money(300),
        "postgraduate_loan": Money(40),
        "employee_pension": Money(5_000),
        "other_deductions": Money(60),
        "net_pay": Money(83_600),
    },
    WorkingTimeRecord: {"opt_out_ends_on": date(2026, 6, 1)},
    FindingSeen: {"timesheet_id": 1, "pay_run_id": None},
    DeductionLine: {"owed_back_id": None, "fixed_id": None, "order_id": 1},
    AttachmentOrder: {"charge": False, "pay_by_day": 19},
    PaperLink: {"entry_id": 1, "timesheet_id": None, "payslip_id": None, "commitment_id": None},
}

_DAY = date(2026, 4, 6)
_NAMES = {"date": date, "datetime": datetime, "time": time, "Decimal": Decimal}


def hints(fact: type) -> dict[str, Any]:
    """Return what each field of a fact is declared to be."""
    module = vars(sys.modules[fact.__module__])
    return get_type_hints(fact, {**vars(tables), **_NAMES, **module})


def example(fact: type, *, sparse: bool = False) -> Any:
    """Make an example with id 1 that links to facts with id 1; `sparse`: None where it may be."""
    given = FIXED.get(fact, {})
    made = {
        name: given[name] if name in given else _value(name, hint, sparse=sparse)
        for name, hint in hints(fact).items()
    }
    return fact(**made)


def _value(name: str, hint: Any, *, sparse: bool) -> Any:
    """Make a value of the declared kind that is not its default, so that a lost one shows."""
    parts = get_args(hint)
    if get_origin(hint) is tuple:
        if Ellipsis in parts:
            return (_value(name, parts[0], sparse=sparse),) * 2
        return tuple(_value(name, part, sparse=sparse) for part in parts)
    if NoneType in parts:
        if sparse:
            return None
        (hint,) = (part for part in parts if part is not NoneType)
    return _plain_value(name, hint, sparse=sparse)


def _plain_value(name: str, hint: Any, *, sparse: bool) -> Any:
    simple = {
        bool: True,
        int: 1,
        str: f"{name} “ünï”",
        bytes: b"\x00\xff" + name.encode(),
        date: _DAY,
        datetime: datetime(2026, 4, 6, 7, 8, 9, 123456, tzinfo=UTC),
        time: time(7, 30),
        Decimal: Decimal("5.50"),
        Money: Money(-1_234 if name in {"amount", "closing"} else 1_234),
    }
    if hint in simple:
        return simple[hint]
    if issubclass(hint, Enum):
        choices = [choice for choice in hint if choice is not EntryStatus.VOID]
        return choices[-1]
    return hint(
        **{field: _value(field, inner, sparse=sparse) for field, inner in hints(hint).items()}
    )
