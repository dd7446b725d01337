"""How paydays, pay runs, payslips and their figures are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.i18n import N_, _, hours_and_minutes, long_date
from dpemployer.periods import TaxMonth, TaxYear
from dpemployer.services.rows import PayRunStatus, Per
from ui import format as words_for
from ui import names
from ui.models.rows import Column

if TYPE_CHECKING:
    from dpemployer.services.rows import (
        DifferenceRow,
        EmployerPaymentRow,
        Figure,
        PaydayRow,
        PayRunRow,
        PayslipLine,
        PayslipRow,
    )


def _always(_row: object) -> bool:
    return True


def _whose(row: PaydayRow) -> str:
    return ", ".join(name for _employment, name in row.people)


PAYDAYS: tuple[Column[PaydayRow], ...] = (
    Column(N_("Payday"), text=lambda row: words_for.show_day(row.pay_date)),
    Column(
        N_("Money moves"),
        text=lambda row: long_date(row.paid_on) if row.paid_on != row.pay_date else _("that day"),
    ),
    Column(N_("Pays for"), text=lambda row: words_for.show_days(row.first_day, row.last_day)),
    Column(N_("Who"), text=_whose),
    Column(
        N_("How far"),
        text=lambda row: _("Begun") if row.pay_run_id is not None else _("Not begun"),
    ),
)


def run_status(row: PayRunRow) -> str:
    """Say what a pay run is."""
    if row.status is PayRunStatus.DRAFT:
        return _("Being worked out")
    if row.reverses_id is not None:
        return _("Takes an earlier one back")
    if row.reversed_by_id is not None:
        return _("Taken back")
    return _("Final: a correction") if row.corrects_id is not None else _("Final")


RUNS: tuple[Column[PayRunRow], ...] = (
    Column(N_("Payday"), text=lambda row: long_date(row.pay_date)),
    Column(N_("Pays for"), text=lambda row: words_for.show_days(row.first_day, row.last_day)),
    Column(N_("Who"), text=lambda row: ", ".join(row.names)),
    Column(N_("Paid out"), text=lambda row: str(row.net_pay), numeric=True),
    Column(N_("What it is"), text=run_status),
)
PAYSLIPS: tuple[Column[PayslipRow], ...] = (
    Column(N_("Personal assistant"), text=lambda row: row.name),
    Column(N_("Paid time"), text=lambda row: hours_and_minutes(row.minutes), numeric=True),
    Column(N_("Gross pay"), text=lambda row: str(row.gross_pay), numeric=True),
    Column(N_("Tax"), text=lambda row: str(row.tax), numeric=True),
    Column(N_("National Insurance"), text=lambda row: str(row.employee_ni), numeric=True),
    Column(N_("Pension"), text=lambda row: str(row.employee_pension), numeric=True),
    Column(
        N_("Take-home pay"),
        text=lambda row: str(row.net_pay),
        numeric=True,
        strong=_always,
    ),
)


def owed_for(row: EmployerPaymentRow) -> str:
    """Say which days a payment to HMRC is for."""
    year = TaxYear.parse(row.tax_year)
    first, last = TaxMonth(year, row.months[0]), TaxMonth(year, row.months[-1])
    return words_for.show_days(first.first_day, last.last_day)


OWED: tuple[Column[EmployerPaymentRow], ...] = (
    Column(N_("For"), text=owed_for),
    Column(N_("To be with HMRC by"), text=lambda row: long_date(row.due_on)),
    Column(N_("Allowance used"), text=lambda row: str(row.allowance_used), numeric=True),
    Column(N_("To pay"), text=lambda row: str(row.due_amount), numeric=True, strong=_always),
)


FIGURES: tuple[Column[Figure], ...] = (
    Column(N_("Figure"), text=lambda row: row.label),
    Column(N_("Amount"), text=lambda row: str(row.amount), numeric=True),
)
DIFFERENCES: tuple[Column[DifferenceRow], ...] = (
    Column(N_("Payday"), text=lambda row: long_date(row.pay_date)),
    Column(N_("Figure"), text=lambda row: row.label),
    Column(N_("On the payslip"), text=lambda row: str(row.as_issued), numeric=True),
    Column(N_("It would be now"), text=lambda row: str(row.as_now), numeric=True),
)


def line_words(line: PayslipLine) -> str:
    """Say one line of pay: what, how much of it, and what it comes to."""
    if line.rate and line.per is Per.HOUR and line.minutes:
        how_much = hours_and_minutes(line.minutes)
    elif line.rate and line.quantity:
        how_much = str(line.quantity)
    else:
        return f"{line.label}: {line.amount}"
    return _("{label}: {how_much} at {rate}, {amount}").format(
        label=line.label,
        how_much=how_much,
        rate=names.rate_words(line.rate, line.per),
        amount=line.amount,
    )
