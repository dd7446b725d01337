"""Pay as rows for windows: from a draft just worked out, or from a payslip as it was stored."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from dpemployer.errors import EntryError
from dpemployer.i18n import _
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.figures import (
    FIGURES,
    HOLIDAY,
    LINE,
    MINIMUM_WAGE,
    PENSION_ASSESSMENT,
    TAKEN,
    figure_name,
    steps_for,
    steps_of_deduction,
)
from dpemployer.payroll.issue import issued
from dpemployer.payroll.year_to_date import YearToDate, of_payslip
from dpemployer.periods import TaxYear
from dpemployer.services.rows import (
    DifferenceRow,
    EmployerPaymentRow,
    Figure,
    FigureExplained,
    HolidayBalanceRow,
    PayRunPreview,
    PayslipRow,
    YearToDateRow,
)
from dpemployer.workings import explain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dpemployer.findings import Finding
    from dpemployer.payroll.figures import FigureName
    from dpemployer.payroll.holiday import HolidayBalance
    from dpemployer.payroll.pay_run import WorkedPay
    from dpemployer.payroll.payday import PayRun
    from dpemployer.payroll.payslip import Payslip
    from dpemployer.services.owed import MonthOwed

_NOT_MONEY = (HOLIDAY, MINIMUM_WAGE, PENSION_ASSESSMENT)


def draft_row(run: PayRun, pay: WorkedPay, replaced: Money | None) -> PayslipRow:
    """Return the row of a payslip that would be issued."""
    slip = issued(run, pay)
    to_date = pay.draft.to_date + of_payslip(slip)
    return payslip_row(
        slip,
        year_row(slip.employment_id, str(TaxYear.of(run.pay_date)), to_date),
        holiday_row(slip.employment_id, slip.name, pay.holiday),
        pay.findings,
        replaced=replaced,
    )


def payslip_row(
    slip: Payslip,
    to_date: YearToDateRow,
    holiday: HolidayBalanceRow,
    findings: tuple[Finding, ...] = (),
    *,
    replaced: Money | None = None,
) -> PayslipRow:
    """Return the row of a payslip; one with no id is a draft."""
    return PayslipRow(
        payslip_id=slip.id or None,
        employment_id=slip.employment_id,
        name=slip.name,
        tax_code=slip.tax_code,
        ni_letter=slip.ni_letter,
        minutes=slip.minutes,
        lines=slip.lines,
        gross_pay=slip.gross_pay,
        tax=slip.tax,
        employee_ni=slip.employee_ni,
        student_loan=slip.student_loan,
        postgraduate_loan=slip.postgraduate_loan,
        employee_pension=slip.employee_pension,
        other_deductions=slip.other_deductions,
        expenses=slip.expenses,
        redundancy_pay=slip.redundancy_pay,
        net_pay=slip.net_pay,
        employer_ni=slip.employer_ni,
        employer_pension=slip.employer_pension,
        figures=figures_of(slip),
        year_to_date=to_date,
        holiday=holiday,
        findings=findings,
        pension_category=slip.pension_category,
        reverses_id=slip.reverses_id,
        replaces_net_pay=replaced,
    )


def figures_of(slip: Payslip) -> tuple[Figure, ...]:
    """Return every figure there is something in, and those always shown, in reading order."""
    lines = [
        Figure(f"{LINE}{place}", line.label, line.amount) for place, line in enumerate(slip.lines)
    ]
    taken = [
        Figure(f"{TAKEN}{place}", purpose, amount)
        for place, (purpose, amount) in enumerate(slip.deductions)
    ]
    named: list[Figure] = []
    for name in FIGURES:
        if name.key == "other_deductions":
            named += taken
        if name.always or getattr(slip, name.key):
            named.append(Figure(name.key, _label(slip, name), getattr(slip, name.key)))
    return (*lines, *named)


def _label(slip: Payslip, name: FigureName) -> str:
    """Say what a figure is called on this payslip: an opt-out turns a contribution round."""
    turned = name.key == "employee_pension" and slip.employee_pension < NOTHING
    if turned and slip.reverses_id is None:
        return _("Pension: given back")
    return _(name.label)


def explained(slip: Payslip, key: str) -> FigureExplained:
    """Return one figure of a payslip with the steps that lead to it.

    Raises:
        LookupError: If there is no such figure; keys come from the program.
    """
    if key.startswith(TAKEN):
        purpose, taken = slip.deductions[int(key.removeprefix(TAKEN))]
        return FigureExplained(key, purpose, taken, steps_of_deduction(purpose, slip.workings))
    steps = steps_for(key, slip.workings)
    if key.startswith(LINE):
        line = slip.lines[int(key.removeprefix(LINE))]
        return FigureExplained(key, line.label, line.amount, steps)
    name = figure_name(key)
    amount = None if name in _NOT_MONEY else getattr(slip, key)
    return FigureExplained(key, _label(slip, name), amount, steps)


def whole(slip: Payslip) -> FigureExplained:
    """Return all the workings of a payslip, in order, under what they come to."""
    return FigureExplained("net_pay", _("Net pay"), slip.net_pay, slip.workings)


def figure_asked(slip: Payslip, key: str) -> FigureExplained:
    """Return one figure by a key that somebody typed.

    Raises:
        EntryError: If there is no such figure on this payslip.
    """
    lines = [f"{LINE}{place}" for place in range(len(slip.lines))]
    taken = [f"{TAKEN}{place}" for place in range(len(slip.deductions))]
    keys = (*lines, *taken, *(name.key for name in (*FIGURES, *_NOT_MONEY)))
    if key not in keys:
        raise EntryError(
            what=_("There is no figure “{key}” on this payslip.").format(key=key),
            why=_("Its figures are {keys}.").format(keys=", ".join(keys)),
            next_step=_("Ask for one of them, or for none to see all the steps."),
        )
    return explained(slip, key)


def year_row(employment_id: int, tax_year: str, total: YearToDate) -> YearToDateRow:
    """Return a year to date as a row."""
    amounts = {field.name: getattr(total, field.name) for field in fields(YearToDate)}
    return YearToDateRow(employment_id=employment_id, tax_year=tax_year, **amounts)


def holiday_row(employment_id: int, name: str, found: HolidayBalance) -> HolidayBalanceRow:
    """Return a holiday balance as a row."""
    return HolidayBalanceRow(
        employment_id=employment_id,
        name=name,
        leave_year_first=found.year.first_day,
        leave_year_last=found.year.last_day,
        brought_forward=found.brought_forward,
        earned=found.earned,
        taken=found.taken,
        left=found.left,
    )


def preview(
    run: PayRun, rows: tuple[PayslipRow, ...], findings: tuple[Finding, ...]
) -> PayRunPreview:
    """Return a pay run with its payslips and their totals."""
    gross = Money.total(row.gross_pay for row in rows)
    net = Money.total(row.net_pay for row in rows)
    not_pay = Money.total(row.expenses + row.redundancy_pay for row in rows)
    on_top = Money.total(row.employer_ni + row.employer_pension for row in rows)
    return PayRunPreview(
        pay_run_id=run.id,
        frequency=run.frequency,
        first_day=run.first_day,
        last_day=run.last_day,
        pay_date=run.pay_date,
        paid_on=run.paid_on,
        status=run.status,
        payslips=rows,
        gross_pay=gross,
        deductions=gross + not_pay - net,
        net_pay=net,
        employer_cost=gross + not_pay + on_top,
        findings=findings,
        reverses_id=run.reverses_id,
        corrects_id=run.corrects_id,
        reason=run.reason,
    )


def differing(slip: Payslip, now: Payslip) -> tuple[DifferenceRow, ...]:
    """Return the figures of an issued payslip that would be something else now."""
    return tuple(
        DifferenceRow(
            payslip_id=slip.id,
            pay_run_id=slip.pay_run_id,
            name=slip.name,
            pay_date=slip.pay_date,
            figure=name.key,
            label=_(name.label),
            as_issued=getattr(slip, name.key),
            as_now=getattr(now, name.key),
        )
        for name in FIGURES
        if getattr(slip, name.key) != getattr(now, name.key)
    )


def employer_payment_row(
    months: Sequence[MonthOwed], opening: Iterable[Money]
) -> EmployerPaymentRow:
    """Return what HMRC is owed for some months together, with the rows of the P32.

    Args:
        months: The months, in order.
        opening: What was still owed for each of them from before the book.
    """
    payments = [owed.payment for owed in months]
    from_before = Money.total(opening)
    used = Money.total(payment.allowance_used for payment in payments)
    due = Money.total(payment.due for payment in payments) + from_before
    taken = [payment.deductions for payment in payments]
    rows = (
        ("income_tax", _("Income tax"), Money.total(one.income_tax for one in taken)),
        ("employee_ni", _("National Insurance"), Money.total(one.employee_ni for one in taken)),
        (
            "employer_ni",
            _("Employer's National Insurance"),
            Money.total(one.employer_ni for one in taken),
        ),
        ("student_loans", _("Student loans"), Money.total(one.student_loans for one in taken)),
        (
            "postgraduate_loans",
            _("Postgraduate loans"),
            Money.total(one.postgraduate_loans for one in taken),
        ),
        ("allowance", _("Employment Allowance"), NOTHING - used),
        ("from_before", _("Still owed from before this book"), from_before),
        ("due", _("To pay HMRC"), due),
    )
    return EmployerPaymentRow(
        tax_year=str(months[0].month.year),
        months=tuple(owed.month.number for owed in months),
        figures=tuple(
            Figure(key, label, amount)
            for key, label, amount in rows
            if amount or key in {"income_tax", "employee_ni", "employer_ni", "due"}
        ),
        due_amount=due,
        allowance_used=used,
        allowance_left=payments[-1].allowance_left,
        due_on=months[-1].due_on,
        steps=tuple(
            step for owed in months for step in explain(owed.payment.workings, owed.month.last_day)
        ),
    )
