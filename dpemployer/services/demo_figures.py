"""What the invented household came to, beside what was worked out by hand beforehand.

Both sides are read out as words and compared as words, so that nothing is compared that is not
also shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from dpemployer.i18n import N_, _, hours_and_minutes, long_date
from dpemployer.money import NOTHING, Money
from dpemployer.services.demo import TAX_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dpemployer.payroll.payslip import PayslipLine
    from dpemployer.returns.monitoring_return import MonitoringReturn
    from dpemployer.returns.period_facts import StaffMember
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


class _Asked(NamedTuple):
    """One figure: its name in the file of expected figures, where it is here, and in words."""

    name: str
    attribute: str
    words: str
    headline: bool = False


def compare(services: Services, demo: Demo, expected: Table) -> tuple[Compared, ...]:
    """Compare every figure that was worked out by hand with what is in the book."""
    return (
        *_payslips(services, demo, expected),
        *_holiday(services, demo, expected),
        *_hmrc(services, expected),
        *_commitments(services, demo, expected),
        *_refused(demo, expected["refused"]),
        *_return(services, demo, expected["return"]),
    )


def _asked(
    subject: str, asked: Sequence[_Asked], by_hand: Table, by_program: object
) -> Iterator[Compared]:
    """Compare some figures of one thing; a name the file does not have is not compared."""
    for one in asked:
        if one.name in by_hand:
            yield Compared(
                f"{subject}: {_(one.words)}",
                _shown(one.name, by_hand[one.name]),
                _shown(one.name, attrgetter(one.attribute)(by_program)),
                one.headline,
            )


def _shown(name: str, figure: object) -> str:
    """Write a figure as people read it: amounts in pounds, lengths of time in hours."""
    if name.endswith("_p") and isinstance(figure, int):
        return str(Money(figure))
    if "minutes" in name and isinstance(figure, int):
        return hours_and_minutes(figure)
    return str(figure)


def _amounts(
    subject: str,
    by_hand: Mapping[str, int],
    by_program: Mapping[str, Money],
    words: Mapping[str, str],
    *,
    headline: bool = False,
) -> Iterator[Compared]:
    """Compare amounts by name; one that is nothing need not be there."""
    for name in dict.fromkeys((*by_hand, *by_program)):
        one, other = Money(by_hand.get(name, 0)), by_program.get(name, NOTHING)
        if one or other:
            yield Compared(f"{subject}: {words.get(name, name)}", str(one), str(other), headline)


# ── payslips ──

_PAYSLIP = (
    _Asked("gross_p", "gross_pay", N_("gross pay"), headline=True),
    _Asked("tax_p", "tax", N_("tax"), headline=True),
    _Asked("employee_ni_p", "employee_ni", N_("National Insurance"), headline=True),
    _Asked("postgraduate_loan_p", "postgraduate_loan", N_("postgraduate loan")),
    _Asked("employee_pension_p", "employee_pension", N_("pension")),
    _Asked("net_p", "net_pay", N_("net pay"), headline=True),
    _Asked("pension_relief_p", "pension_relief", N_("tax relief on the pension")),
    _Asked("employer_ni_p", "employer_ni", N_("employer's National Insurance")),
    _Asked("employer_pension_p", "employer_pension", N_("employer's pension")),
    _Asked("at_lel_p", "at_lel", N_("earnings at the lower earnings limit")),
    _Asked("lel_to_pt_p", "lel_to_pt", N_("earnings up to the primary threshold")),
    _Asked("pt_to_uel_p", "pt_to_uel", N_("earnings up to the upper earnings limit")),
    _Asked("paid_on", "paid_on", N_("day the money moves")),
    _Asked("first_day", "first_day", N_("first day")),
    _Asked("last_day", "last_day", N_("last day")),
    _Asked("tax_period", "tax_period", N_("tax week or month")),
    _Asked("minutes_worked", "worked_minutes", N_("time worked")),
    _Asked("holiday_minutes_taken", "holiday_minutes_taken", N_("holiday taken")),
    _Asked("holiday_minutes_earned", "holiday_minutes_earned", N_("holiday earned")),
)
_TO_DATE = (
    _Asked("pay_p", "gross_pay", N_("pay to date")),
    _Asked("tax_p", "tax", N_("tax to date")),
    _Asked("employee_ni_p", "employee_ni", N_("National Insurance to date")),
    _Asked("employer_ni_p", "employer_ni", N_("employer's National Insurance to date")),
    _Asked("postgraduate_loan_p", "postgraduate_loan", N_("postgraduate loan to date")),
    _Asked("employee_pension_p", "employee_pension", N_("pension to date")),
    _Asked("employer_pension_p", "employer_pension", N_("employer's pension to date")),
)


def _payslips(services: Services, demo: Demo, expected: Table) -> Iterator[Compared]:
    issued = services.pay_runs.payslips(TAX_YEAR)
    yield Compared(_("Payslips"), str(len(expected["payslip"])), str(len(issued)), headline=True)
    found = {(slip.employment_id, slip.pay_date): slip for slip in issued}
    for by_hand in expected["payslip"]:
        employment = demo.employments[by_hand["assistant"]]
        slip = found.get((employment, by_hand["pay_date"]))
        subject = f"{demo.name_of(by_hand['assistant'])}, {long_date(by_hand['pay_date'])}"
        if slip is None:
            yield Compared(subject, _("a payslip"), _("none"))
            continue
        yield from _asked(subject, _PAYSLIP, by_hand, slip)
        yield from _lines(subject, by_hand["lines"], slip.lines)
        to_date = services.pay_runs.year_to_date(employment, by_hand["pay_date"])
        yield from _asked(subject, _TO_DATE, by_hand["to_date"], to_date)


def _lines(
    subject: str, by_hand: Sequence[Table], by_program: Sequence[PayslipLine]
) -> Iterator[Compared]:
    hand = sorted(by_hand, key=lambda line: (line["pay_type"], line["label"], line["amount_p"]))
    program = sorted(by_program, key=lambda line: (line.pay_type, line.label, line.amount))
    for one, other in zip_longest(hand, program):
        yield Compared(
            _("{payslip}: a line of pay").format(payslip=subject),
            _line_by_hand(one) if one else _("none"),
            _line_by_program(other, with_rate=not one or "rate_p" in one) if other else _("none"),
        )


def _line_by_hand(line: Table) -> str:
    rate = Money(line["rate_p"]) if "rate_p" in line else None
    return _line(
        line["pay_type"],
        line["label"],
        (line["minutes"], line.get("quantity", 0)),
        rate,
        Money(line["amount_p"]),
    )


def _line_by_program(line: PayslipLine, *, with_rate: bool) -> str:
    return _line(
        line.pay_type.value,
        line.label,
        (line.minutes, line.quantity),
        line.rate if with_rate else None,
        line.amount,
    )


def _line(
    pay_type: str, label: str, time: tuple[int, int], rate: Money | None, amount: Money
) -> str:
    minutes, nights = time
    at = "" if rate is None else f" × {rate}"
    return f"{pay_type} {label}: {nights or ''} {hours_and_minutes(minutes)}{at} = {amount}"


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


_QUARTER = (
    _Asked("due_p", "due_amount.pence", N_("due"), headline=True),
    _Asked("pay_by", "due_on", N_("to be paid by")),
)
_LEFT = (_Asked("allowance_left_p", "allowance_left.pence", N_("Employment Allowance left")),)


def _hmrc(services: Services, expected: Table) -> Iterator[Compared]:
    for by_hand in expected["p32_month"]:
        month = int(by_hand["tax_month"].partition("/")[2])
        found = services.pay_runs.employer_payment(TAX_YEAR, month)
        subject = _("HMRC, tax month {month}").format(month=month)
        yield from _amounts(
            subject,
            {
                name.removesuffix("_p"): pence
                for name, pence in by_hand.items()
                if name.endswith("_p") and name != "allowance_left_p"
            },
            {figure.key: figure.amount for figure in found.figures},
            {figure.key: figure.label for figure in found.figures},
        )
        yield from _asked(subject, _LEFT, by_hand, found)
    for by_hand in expected["p32_quarter"]:
        quarter = by_hand["quarter"]
        found = services.pay_runs.employer_payment_quarter(TAX_YEAR, quarter)
        subject = _("HMRC, quarter {number}").format(number=quarter)
        yield from _asked(subject, _QUARTER, by_hand, found)


# ── bills on the way ──


def _commitments(services: Services, demo: Demo, expected: Table) -> Iterator[Compared]:
    owed: dict[str, Money] = {}
    due: dict[str, set[str]] = {}
    for row in services.ledger.commitments(demo.period[1]):
        owed[row.kind.value] = owed.get(row.kind.value, NOTHING) + row.outstanding
        due.setdefault(row.kind.value, set()).add(str(row.due))
    for by_hand in expected["commitment"]:
        kind = by_hand["kind"]
        subject = _("Bill on the way, {payee}").format(payee=by_hand["payee"])
        yield Compared(
            subject, str(Money(by_hand["amount_p"])), str(owed.pop(kind, NOTHING)), headline=True
        )
        yield Compared(
            _("{bill}: due").format(bill=subject),
            str(by_hand["due"]),
            ", ".join(sorted(due.get(kind, ()))),
        )
    for kind, amount in owed.items():
        yield Compared(kind, str(NOTHING), str(amount))


# ── signing, while a line was still to be coded ──


def _refused(demo: Demo, expected: Table) -> Iterator[Compared]:
    refusal = demo.refusal
    yield Compared(
        _("Signing refused at first"),
        _("yes"),
        _("yes") if refusal else _("no"),
        headline=True,
    )
    if refusal:
        subject = _("Return, with a line to code")
        yield Compared(
            _("{subject}: money at the end").format(subject=subject),
            str(Money(expected["closing_book_p"])),
            str(refusal.closing),
        )
        yield Compared(
            _("{subject}: difference").format(subject=subject),
            str(Money(expected["difference_p"])),
            str(refusal.difference),
            headline=True,
        )


# ── the return ──

_SECTIONS = {
    "totals_p": (
        _Asked("opening_book", "totals.opening", N_("money at the start"), headline=True),
        _Asked("income", "totals.income", N_("money in"), headline=True),
        _Asked("expenditure", "totals.expenditure", N_("money out"), headline=True),
        _Asked("closing_book", "totals.closing", N_("money at the end"), headline=True),
    ),
    "as_income_alternative_p": (
        _Asked("income", "totals.income_gross", N_("money in, refunds counted in")),
        _Asked("expenditure", "totals.expenditure_gross", N_("money out, refunds not taken off")),
    ),
    "reconciliation_p": (
        _Asked(
            "statement_closing",
            "agreement.statement_closing",
            N_("on the statement"),
            headline=True,
        ),
        _Asked("unpresented_payments", "agreement.unpresented", N_("not yet on it"), headline=True),
        _Asked("outstanding_receipts", "agreement.outstanding", N_("receipts not yet on it")),
        _Asked("cash_in_hand", "agreement.cash_in_hand", N_("cash")),
        _Asked(
            "reconciled_balance",
            "agreement.reconciled",
            N_("what the bank comes to"),
            headline=True,
        ),
        _Asked("difference", "agreement.difference", N_("difference"), headline=True),
    ),
    "award_p": (
        _Asked("expected", "award.expected", N_("the council should pay"), headline=True),
        _Asked("received", "award.received", N_("the council paid"), headline=True),
        _Asked("variance", "award.over", N_("the council paid more or less")),
    ),
    "contribution_p": (
        _Asked("expected", "contribution.expected", N_("contribution due"), headline=True),
        _Asked("received", "contribution.received", N_("contribution paid in"), headline=True),
        _Asked("shortfall", "contribution.short", N_("contribution short"), headline=True),
        _Asked("refunded_to_person", "contribution_given_back", N_("contribution given back")),
    ),
    "commitments_p": (_Asked("total", "commitments", N_("bills on the way"), headline=True),),
    "balance_test": (
        _Asked("by_funder", "balance.by_funder", N_("tested funder by funder")),
        _Asked("rule", "template.balance_rule.kind", N_("balance rule")),
        _Asked("weeks", "balance.tested.weeks", N_("weeks that may be kept")),
        _Asked("min_weeks", "template.balance_rule.least_weeks", N_("fewest weeks")),
        _Asked("weekly_base_p", "balance.tested.weekly_base", N_("what a week is worth")),
        _Asked(
            "deduct_commitments",
            "template.balance_rule.deduct_commitments",
            N_("bills are taken off"),
        ),
        _Asked("reserves_p", "balance.reserves", N_("set aside")),
        _Asked("net_p", "balance.tested.net", N_("balance after bills"), headline=True),
        _Asked("allowed_p", "balance.tested.allowed", N_("what may be kept"), headline=True),
        _Asked("surplus_p", "balance.tested.surplus", N_("money over"), headline=True),
        _Asked("weeks_held", "balance.tested.weeks_held", N_("weeks held"), headline=True),
        _Asked("action", "template.balance_rule.action", N_("what happens to money over")),
        _Asked("repay_p", "balance.repay", N_("to be paid back")),
    ),
}
_STAFF = (
    _Asked("pay_periods", "periods", N_("payslips")),
    _Asked("gross_p", "gross", N_("gross pay")),
    _Asked("pension_employee_p", "employee_pension", N_("pension")),
    _Asked("net_p", "net", N_("net pay")),
    _Asked("employer_ni_p", "employer_ni", N_("employer's National Insurance")),
    _Asked("employer_pension_p", "employer_pension", N_("employer's pension")),
)


def _return(services: Services, demo: Demo, expected: Table) -> Iterator[Compared]:
    found = services.returns.figures(demo.template, *demo.period)
    subject = _("Return")
    kinds = {row.code: row.label for row in services.ledger.categories()}
    yield from _amounts(subject, expected["income_by_category_p"], found.income, kinds)
    yield from _amounts(subject, expected["expenditure_by_category_p"], found.expenditure, kinds)
    labels = {
        line.id: _("line “{label}”").format(label=line.label)
        for section in found.template.sections
        for line in section.lines
    }
    yield from _amounts(subject, expected["template_lines_p"], found.lines, labels, headline=True)
    for section, asked in _SECTIONS.items():
        whole = section.endswith("_p")
        yield from _asked(subject, asked, _as_money(expected[section], whole=whole), found)
    yield from _staff(demo, expected, found)
    yield from _set(
        _("Papers missing"),
        [
            f"{one['date']} {one['payee']} {Money(one['amount_p'])} {one['needs']}"
            for one in expected["evidence_missing"]
        ],
        [f"{one.day} {one.payee} {one.amount} {one.needs}" for one in found.evidence_missing],
    )
    yield from _set(
        _("To be explained"),
        [_exception_shown(one["code"], Money(one["amount_p"])) for one in expected["exceptions"]],
        [_exception_shown(one.code, one.amount) for one in found.exceptions],
    )


def _as_money(by_hand: Table, *, whole: bool = False) -> Table:
    """Turn pence into money, as the return has it: those named so, or the whole table."""
    return {
        name: Money(figure) if whole or name.endswith("_p") else figure
        for name, figure in by_hand.items()
    }


def _staff(demo: Demo, expected: Table, found: MonitoringReturn) -> Iterator[Compared]:
    members = {one.key: one for one in found.facts.staff}
    for key, by_hand in expected["staff"].items():
        subject = _("Return, {name}").format(name=demo.name_of(key))
        one = members.get(demo.initials_of(key))
        if one is None:
            yield Compared(subject, _("there"), _("missing"))
            continue
        yield from _asked(subject, _STAFF, _as_money(by_hand), one)
        yield from _worked_out(subject, by_hand, one)
    sums = {
        "gross": Money.total(one.gross for one in found.facts.staff),
        "net": Money.total(one.net for one in found.facts.staff),
        "tax": Money.total(one.tax for one in found.facts.staff),
        "ni_employee": Money.total(one.employee_ni for one in found.facts.staff),
        "postgraduate_loan": Money.total(one.loans for one in found.facts.staff),
        "pension_employee": Money.total(one.employee_pension for one in found.facts.staff),
        "employer_pension": Money.total(one.employer_pension for one in found.facts.staff),
        "employer_ni": Money.total(one.employer_ni for one in found.facts.staff),
    }
    yield from _amounts(_("Return, everybody"), expected["payroll_p"], sums, {})


def _worked_out(subject: str, by_hand: Table, one: StaffMember) -> Iterator[Compared]:
    """Compare what the return adds up or keeps as hours."""
    for name, words, by_program in (
        ("worked_minutes", _("hours worked"), hours_and_minutes(int(one.worked * 60))),
        ("holiday_minutes", _("holiday"), hours_and_minutes(int(one.holiday * 60))),
        ("tax_ni_employee_p", _("tax and National Insurance"), str(one.tax + one.employee_ni)),
    ):
        yield Compared(f"{subject}: {words}", _shown(name, by_hand[name]), by_program)


def _set(what: str, by_hand: Sequence[str], by_program: Sequence[str]) -> Iterator[Compared]:
    """Compare two lists in which order means nothing, one thing at a time."""
    for one in sorted({*by_hand, *by_program}):
        yield Compared(
            f"{what}: {one}",
            _("yes") if one in by_hand else _("no"),
            _("yes") if one in by_program else _("no"),
            headline=True,
        )


def _exception_shown(code: str, amount: Money) -> str:
    """Show what is to be explained: its code, written as words."""
    return f"{code.replace('_', ' ')} {amount}"
