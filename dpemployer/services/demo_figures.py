"""What the invented household came to, beside what was worked out by hand beforehand.

Both sides are read out as words and compared as words, so that nothing is compared that is not
also shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from dpemployer.i18n import _, hours_and_minutes, long_date
from dpemployer.money import NOTHING, Money
from dpemployer.services.demo import TAX_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dpemployer.payroll.payslip import Payslip, PayslipLine
    from dpemployer.returns.monitoring_return import MonitoringReturn
    from dpemployer.services.demo import Demo, Services, Table


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure: by hand, and by the program."""

    what: str
    by_hand: str
    by_program: str
    headline: bool = False
    """Worth a line of its own in the table, even when both agree."""

    @property
    def same(self) -> bool:
        """Whether the two agree."""
        return self.by_hand == self.by_program


def compare(services: Services, demo: Demo, expected: Table) -> tuple[Compared, ...]:
    """Compare every figure that was worked out by hand with what is in the book."""
    return (
        *_payslips(services, demo, expected),
        *_holiday(services, demo, expected),
        *_hmrc(services, expected),
        *_commitments(services, demo, expected),
        *_return(services, demo, expected["return"]),
    )


# ── payslips ──

_SLIP_FIGURES = (
    ("gross", "gross_pay"),
    ("tax", "tax"),
    ("employee_ni", "employee_ni"),
    ("employer_ni", "employer_ni"),
    ("postgraduate_loan", "postgraduate_loan"),
    ("employee_pension", "employee_pension"),
    ("pension_relief", "pension_relief"),
    ("employer_pension", "employer_pension"),
    ("net", "net_pay"),
    ("at_lel", "at_lel"),
    ("lel_to_pt", "lel_to_pt"),
    ("pt_to_uel", "pt_to_uel"),
)
_TO_DATE = (
    ("pay", "gross_pay"),
    ("tax", "tax"),
    ("employee_ni", "employee_ni"),
    ("employer_ni", "employer_ni"),
    ("postgraduate_loan", "postgraduate_loan"),
    ("employee_pension", "employee_pension"),
    ("employer_pension", "employer_pension"),
)
_IN_THE_TABLE = ("gross", "tax", "employee_ni", "net")


def _payslips(services: Services, demo: Demo, expected: Table) -> Iterator[Compared]:
    issued = services.pay_runs.payslips(TAX_YEAR)
    yield Compared(_("Payslips issued"), str(len(expected["payslip"])), str(len(issued)), True)
    found = {(slip.employment_id, slip.pay_date): slip for slip in issued}
    for wanted in expected["payslip"]:
        employment = demo.employments[wanted["assistant"]]
        slip = found.get((employment, wanted["pay_date"]))
        subject = f"{demo.name_of(wanted['assistant'])}, {long_date(wanted['pay_date'])}"
        if slip is None:
            yield Compared(subject, _("a payslip"), _("none"), True)
            continue
        yield from _payslip(subject, wanted, slip)
        to_date = services.pay_runs.year_to_date(employment, wanted["pay_date"])
        for name, attribute in _TO_DATE:
            yield Compared(
                f"{subject}: {name} to date",
                _pounds(wanted["to_date"][f"{name}_p"]),
                str(getattr(to_date, attribute)),
            )


def _payslip(subject: str, wanted: Table, slip: Payslip) -> Iterator[Compared]:
    for name, attribute in _SLIP_FIGURES:
        yield Compared(
            f"{subject}: {name}",
            _pounds(wanted[f"{name}_p"]),
            str(getattr(slip, attribute)),
            name in _IN_THE_TABLE,
        )
    for name in ("paid_on", "first_day", "last_day", "tax_period"):
        yield Compared(f"{subject}: {name}", str(wanted[name]), str(getattr(slip, name)))
    for name, minutes in (
        ("minutes_worked", slip.worked_minutes),
        ("holiday_minutes_taken", slip.holiday_minutes_taken),
        ("holiday_minutes_earned", slip.holiday_minutes_earned),
    ):
        if name in wanted:
            yield Compared(
                f"{subject}: {name}",
                hours_and_minutes(wanted[name]),
                hours_and_minutes(minutes),
            )
    yield from _lines(subject, wanted["lines"], slip.lines)


def _lines(
    subject: str, wanted: Sequence[Table], found: Sequence[PayslipLine]
) -> Iterator[Compared]:
    by_hand = sorted(wanted, key=lambda line: (line["pay_type"], line["label"], line["amount_p"]))
    by_program = sorted(found, key=lambda line: (line.pay_type, line.label, line.amount))
    for one, other in zip_longest(by_hand, by_program):
        yield Compared(
            f"{subject}: a line of pay",
            _line_by_hand(one) if one else _("none"),
            _line_by_program(other, with_rate=not one or "rate_p" in one) if other else _("none"),
        )


def _line_by_hand(line: Table) -> str:
    rate = f" × {_pounds(line['rate_p'])}" if "rate_p" in line else ""
    return _line(
        line["pay_type"], line["label"], line["minutes"], line.get("quantity", 0), rate
    ) + _pounds(line["amount_p"])


def _line_by_program(line: PayslipLine, *, with_rate: bool) -> str:
    rate = f" × {line.rate}" if with_rate else ""
    return _line(line.pay_type.value, line.label, line.minutes, line.quantity, rate) + str(
        line.amount
    )


def _line(pay_type: str, label: str, minutes: int, quantity: int, rate: str) -> str:
    nights = f", {quantity}" if quantity else ""
    return f"{pay_type} {label}, {hours_and_minutes(minutes)}{nights}{rate} = "


# ── holiday, and what HMRC is owed ──


def _holiday(services: Services, demo: Demo, expected: Table) -> Iterator[Compared]:
    last = max(slip["last_day"] for slip in expected["payslip"])
    for key, minutes in expected["holiday_left_minutes"].items():
        left = services.pay_runs.holiday(demo.employments[key], last).left
        yield Compared(
            _("{name}: holiday left").format(name=demo.name_of(key)),
            hours_and_minutes(minutes),
            hours_and_minutes(left),
            headline=True,
        )


def _hmrc(services: Services, expected: Table) -> Iterator[Compared]:
    for wanted in expected["p32_month"]:
        month = int(wanted["tax_month"].partition("/")[2])
        found = services.pay_runs.employer_payment(TAX_YEAR, month)
        subject = _("HMRC, tax month {month}").format(month=month)
        rows = {figure.key: figure.amount for figure in found.figures}
        by_hand = {
            name.removesuffix("_p"): pence
            for name, pence in wanted.items()
            if name.endswith("_p") and name != "allowance_left_p"
        }
        for name in dict.fromkeys((*by_hand, *rows)):
            yield Compared(
                f"{subject}: {name}",
                _pounds(by_hand.get(name, 0)),
                str(rows.get(name, NOTHING)),
                headline=name == "due",
            )
        if "allowance_left_p" in wanted:
            yield Compared(
                f"{subject}: allowance left",
                _pounds(wanted["allowance_left_p"]),
                str(found.allowance_left),
            )
    for wanted in expected["p32_quarter"]:
        found = services.pay_runs.employer_payment_quarter(TAX_YEAR, wanted["quarter"])
        what = _("HMRC, quarter {number}").format(number=wanted["quarter"])
        yield Compared(what, _pounds(wanted["due_p"]), str(found.due_amount), headline=True)
        yield Compared(f"{what}: {_('pay by')}", str(wanted["pay_by"]), str(found.due_on))


# ── bills on the way ──


def _commitments(services: Services, demo: Demo, expected: Table) -> Iterator[Compared]:
    owed: dict[str, Money] = {}
    due: dict[str, set[str]] = {}
    for row in services.ledger.commitments(demo.period[1]):
        owed[row.kind.value] = owed.get(row.kind.value, NOTHING) + row.outstanding
        due.setdefault(row.kind.value, set()).add(str(row.due))
    for wanted in expected["commitment"]:
        kind = wanted["kind"]
        what = _("Bill on the way: {payee}").format(payee=wanted["payee"])
        yield Compared(
            what, _pounds(wanted["amount_p"]), str(owed.pop(kind, NOTHING)), headline=True
        )
        yield Compared(
            f"{what}: {_('due')}", str(wanted["due"]), ", ".join(sorted(due.get(kind, ())))
        )
    for kind, amount in owed.items():
        yield Compared(kind, str(NOTHING), str(amount), headline=True)


# ── the return ──

_SECTIONS_IN_THE_TABLE = frozenset(
    {"totals_p", "reconciliation_p", "award_p", "contribution_p", "commitments_p", "balance_test"}
)
_COUNTS = frozenset({"weeks", "min_weeks", "pay_periods"})


def _return(services: Services, demo: Demo, wanted: Table) -> Iterator[Compared]:
    found = services.returns.figures(demo.template, *demo.period)
    yield from _amounts(_("Return"), wanted["income_by_category_p"], found.income)
    yield from _amounts(_("Return"), wanted["expenditure_by_category_p"], found.expenditure)
    yield from _amounts(_("Return, line"), wanted["template_lines_p"], found.lines)
    for section, pairs in _groups(found).items():
        for name, text in pairs.items():
            yield Compared(
                f"{section.removesuffix('_p')}: {name.removesuffix('_p')}",
                _by_hand(name, wanted[section][name]),
                text,
                section in _SECTIONS_IN_THE_TABLE,
            )
    yield from _staff(demo, wanted["staff"], found)
    yield from _set(
        _("Evidence missing"),
        [
            f"{one['date']} {one['payee']} {_pounds(one['amount_p'])} {one['needs']}"
            for one in wanted["evidence_missing"]
        ],
        [f"{one.day} {one.payee} {one.amount} {one.needs}" for one in found.evidence_missing],
    )
    yield from _set(
        _("To explain"),
        [f"{one['code']} {_pounds(one['amount_p'])}" for one in wanted["exceptions"]],
        [f"{one.code} {one.amount}" for one in found.exceptions],
    )


def _amounts(
    subject: str, wanted: Mapping[str, int], found: Mapping[str, Money]
) -> Iterator[Compared]:
    """Compare amounts by name; one that is nothing need not be there."""
    for name in dict.fromkeys((*wanted, *found)):
        by_hand, by_program = Money(wanted.get(name, 0)), found.get(name, NOTHING)
        if by_hand or by_program:
            yield Compared(f"{subject}: {name}", str(by_hand), str(by_program), headline=True)


def _groups(found: MonitoringReturn) -> dict[str, dict[str, str]]:
    """Read out the figures that stand alone, under the names they have in the file."""
    totals, bank, test = found.totals, found.agreement, found.balance
    staff = found.facts.staff
    return {
        "totals_p": {
            "opening_book": str(totals.opening),
            "income": str(totals.income),
            "expenditure": str(totals.expenditure),
            "closing_book": str(totals.closing),
        },
        "as_income_alternative_p": {
            "income": str(totals.income_gross),
            "expenditure": str(totals.expenditure_gross),
        },
        "reconciliation_p": {
            "statement_closing": str(bank.statement_closing),
            "unpresented_payments": str(bank.unpresented),
            "outstanding_receipts": str(bank.outstanding),
            "cash_in_hand": str(bank.cash_in_hand),
            "reconciled_balance": str(bank.reconciled),
            "difference": str(bank.difference),
        },
        "award_p": {
            "expected": str(found.award.expected),
            "received": str(found.award.received),
            "variance": str(found.award.over),
        },
        "contribution_p": {
            "expected": str(found.contribution.expected),
            "received": str(found.contribution.received),
            "shortfall": str(found.contribution.short),
            "refunded_to_person": str(found.contribution_given_back),
        },
        "commitments_p": {"total": str(found.commitments)},
        "balance_test": {
            "by_funder": str(test.by_funder),
            "rule": found.template.balance_rule.kind.value,
            "weeks": str(test.tested.weeks),
            "min_weeks": str(found.template.balance_rule.least_weeks),
            "weekly_base_p": str(test.tested.weekly_base),
            "deduct_commitments": str(found.template.balance_rule.deduct_commitments),
            "reserves_p": str(test.reserves),
            "net_p": str(test.tested.net),
            "allowed_p": str(test.tested.allowed),
            "surplus_p": str(test.tested.surplus),
            "weeks_held": str(test.tested.weeks_held),
            "action": found.template.balance_rule.action,
            "repay_p": str(test.repay),
        },
        "payroll_p": {
            "gross": str(Money.total(one.gross for one in staff)),
            "net": str(Money.total(one.net for one in staff)),
            "tax": str(Money.total(one.tax for one in staff)),
            "ni_employee": str(Money.total(one.employee_ni for one in staff)),
            "postgraduate_loan": str(Money.total(one.loans for one in staff)),
            "pension_employee": str(Money.total(one.employee_pension for one in staff)),
            "employer_pension": str(Money.total(one.employer_pension for one in staff)),
            "employer_ni": str(Money.total(one.employer_ni for one in staff)),
        },
    }


def _staff(demo: Demo, wanted: Mapping[str, Table], found: MonitoringReturn) -> Iterator[Compared]:
    staff = {one.key: one for one in found.facts.staff}
    for key, by_hand in wanted.items():
        one = staff.get(demo.initials_of(key))
        subject = _("Return, {name}").format(name=demo.name_of(key))
        if one is None:
            yield Compared(subject, _("on the return"), _("missing"), headline=True)
            continue
        by_program = {
            "pay_periods": str(one.periods),
            "worked_minutes": hours_and_minutes(int(one.worked * 60)),
            "holiday_minutes": hours_and_minutes(int(one.holiday * 60)),
            "gross_p": str(one.gross),
            "tax_ni_employee_p": str(one.tax + one.employee_ni),
            "pension_employee_p": str(one.employee_pension),
            "net_p": str(one.net),
            "employer_ni_p": str(one.employer_ni),
            "employer_pension_p": str(one.employer_pension),
        }
        for name, text in by_program.items():
            yield Compared(f"{subject}: {name}", _by_hand(name, by_hand[name]), text)


def _set(what: str, by_hand: Sequence[str], by_program: Sequence[str]) -> Iterator[Compared]:
    """Compare two lists in which order means nothing."""
    yield Compared(what, "; ".join(sorted(by_hand)), "; ".join(sorted(by_program)), headline=True)


def _by_hand(name: str, value: str | int) -> str:
    """Write a figure of the file as the program's own are written."""
    if isinstance(value, str | bool) or name in _COUNTS:
        return str(value)
    if name.endswith("minutes"):
        return hours_and_minutes(value)
    return _pounds(value)


def _pounds(pence: int) -> str:
    return str(Money(pence))
