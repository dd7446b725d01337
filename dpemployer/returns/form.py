"""A return laid out as its form: every line with what makes it up and how it is worked out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dpemployer.bookkeeping.commitments import CommitmentKind
from dpemployer.bookkeeping.funding import UNCODED
from dpemployer.i18n import _, ngettext
from dpemployer.money import NOTHING, Money
from dpemployer.returns.form_tables import Table, number_words, table_of
from dpemployer.returns.monitoring_return import WAGES
from dpemployer.returns.template import SectionKind, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from dpemployer.bookkeeping.categories import Categories
    from dpemployer.bookkeeping.funding import Slice
    from dpemployer.returns.monitoring_return import MonitoringReturn
    from dpemployer.returns.template import TemplateLine, TemplateSection


@dataclass(frozen=True, slots=True)
class FormItem:
    """One thing that makes up a line."""

    day: date | None
    label: str
    amount: Money
    entry_id: int | None = None
    papers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FormLine:
    """One line of the form."""

    id: str
    label: str
    amount: Money | None
    text: str
    """The figure as it prints: an amount, a number of weeks, or words."""
    itemised: bool
    items: tuple[FormItem, ...]
    how: str
    """How the figure is worked out, as a whole sentence."""
    hidden: bool = False
    """It is nothing, and the form leaves such lines out."""


@dataclass(frozen=True, slots=True)
class FormSection:
    """One block of the form."""

    id: str
    kind: SectionKind
    title: str
    lines: tuple[FormLine, ...]
    table: Table


@dataclass(frozen=True, slots=True)
class _Figure:
    """What a source comes to."""

    amount: Money | None = None
    text: str = ""
    items: tuple[FormItem, ...] = ()


def form(made: MonitoringReturn, categories: Categories) -> tuple[FormSection, ...]:
    """Lay a return out in the order of its template."""
    return tuple(_section(section, made, categories) for section in made.template.sections)


def _section(
    section: TemplateSection, made: MonitoringReturn, categories: Categories
) -> FormSection:
    lines = tuple(
        _sum_line(line, made, categories, section.kind)
        if line.source is None
        else _figure_line(line, line.source, made)
        for line in section.lines
    )
    if section.kind is SectionKind.EXPLANATIONS:
        lines = (*lines, *_reasons(made))
    return FormSection(
        section.id, section.kind, section.title, lines, table_of(section, made, categories)
    )


# ── lines that add up categories ─────────────────────────────────────────────────────


def _sum_line(
    line: TemplateLine, made: MonitoringReturn, categories: Categories, kind: SectionKind
) -> FormLine:
    amount = made.lines[line.id]
    named = ", ".join(f"“{categories[code].label}”" for code in line.categories)
    return FormLine(
        line.id,
        line.label,
        amount,
        str(amount),
        line.itemise,
        _items(made.behind(line.categories), made, spent=kind is SectionKind.EXPENDITURE),
        _("Everything of the period that was for {categories}, added up.").format(categories=named),
        hidden=not amount and not made.template.show_zero_lines,
    )


def _items(slices: Iterable[Slice], made: MonitoringReturn, *, spent: bool) -> tuple[FormItem, ...]:
    """List entries behind a sum, each once, with the sign the form uses."""
    sums: dict[int, Money] = {}
    for one in slices:
        sums[one.entry_id] = sums.get(one.entry_id, NOTHING) + one.amount
    return tuple(
        FormItem(
            entry.day,
            entry.payee,
            -sums[entry.id] if spent else sums[entry.id],
            entry.id,
            period_entry.papers,
        )
        for period_entry in made.facts.entries
        if (entry := period_entry.entry).id in sums
    )


def uncoded_items(made: MonitoringReturn) -> tuple[FormItem, ...]:
    """List what is on no line, because nobody has said what it was for."""
    return _items((one for one in made.slices if one.category == UNCODED), made, spent=False)


# ── lines that show a known figure ───────────────────────────────────────────────────


def _figure_line(line: TemplateLine, source: Source, made: MonitoringReturn) -> FormLine:
    work_out, how = _SOURCES[source]
    figure = work_out(made)
    text = figure.text or ("" if figure.amount is None else str(figure.amount))
    return FormLine(line.id, line.label, figure.amount, text, line.itemise, figure.items, how())


def _amount(get: Callable[[MonitoringReturn], Money]) -> Callable[[MonitoringReturn], _Figure]:
    return lambda made: _Figure(get(made))


def _statement_opening(made: MonitoringReturn) -> _Figure:
    return _Figure(
        Money.total(one.opening for one in made.facts.accounts),
        items=tuple(FormItem(None, one.account.name, one.opening) for one in made.facts.accounts),
    )


def _statement_closing(made: MonitoringReturn) -> _Figure:
    return _Figure(
        made.agreement.statement_closing,
        items=tuple(FormItem(None, one.account.name, one.closing) for one in made.facts.accounts),
    )


def _waiting(made: MonitoringReturn, sign: int) -> tuple[FormItem, ...]:
    return tuple(
        FormItem(
            entry.day,
            f"{entry.payee} ({entry.cheque_no})" if entry.cheque_no else entry.payee,
            abs(entry.amount),
            entry.id,
        )
        for entry in made.facts.waiting
        if entry.amount.pence * sign > 0
    )


def _award_expected(made: MonitoringReturn) -> _Figure:
    names = {funder.id: funder.name for funder in made.facts.funders}
    return _Figure(
        made.award.expected,
        items=tuple(
            FormItem(
                one.day,
                " ".join(filter(None, (names.get(one.funder_id or 0, ""), one.reason))),
                one.amount,
            )
            for one in made.facts.expected
        ),
    )


def _award_variance(made: MonitoringReturn) -> _Figure:
    return _Figure(made.award.over if made.facts.payments_known else NOTHING)


def _award_rates(made: MonitoringReturn) -> _Figure:
    names = {funder.id: funder.name for funder in made.facts.funders}
    held = [
        award
        for award in made.facts.awards
        if award.from_day <= made.facts.last_day
        and (award.to_day is None or award.to_day >= made.facts.first_day)
    ]
    items = tuple(
        FormItem(
            award.from_day,
            _("{funder}: {gross} a week, of which {contribution} is my contribution").format(
                funder=names[award.funder_id],
                gross=award.gross_weekly,
                contribution=award.contribution_weekly,
            ),
            award.gross_weekly,
        )
        for award in sorted(held, key=lambda award: (award.funder_id, award.from_day))
    )
    text = ngettext("{count} rate", "{count} rates", len(items)).format(count=len(items))
    return _Figure(text=text, items=items)


def _contribution_expected(made: MonitoringReturn) -> _Figure:
    return _Figure(
        made.contribution.expected,
        items=tuple(
            FormItem(one.day, _("My contribution"), one.amount) for one in made.facts.contributions
        ),
    )


def _cumulative(made: MonitoringReturn) -> _Figure:
    return _Figure(made.facts.contribution_short_before + made.contribution.short)


def _services(made: MonitoringReturn) -> _Figure:
    return _Figure(
        Money.total(one.amount for one in made.facts.invoices),
        items=tuple(
            FormItem(one.day, f"{one.provider} {one.reference}".strip(), one.amount)
            for one in made.facts.invoices
        ),
    )


def _payroll_hmrc(made: MonitoringReturn) -> _Figure:
    return _Figure(
        Money.total(
            one.tax + one.employee_ni + one.employer_ni + one.loans for one in made.facts.staff
        )
    )


def _payroll_difference(made: MonitoringReturn) -> _Figure:
    paid = Money.total(made.expenditure.get(code, NOTHING) for code in WAGES)
    return _Figure(Money.total(one.net for one in made.facts.staff) - paid)


def bills_on_the_way(made: MonitoringReturn) -> tuple[FormItem, ...]:
    """List what is owed on the last day; what one payee is owed by one day is one bill."""
    bills: dict[tuple[date | None, str], Money] = {}
    for one in made.facts.owed:
        words = f"{commitment_words(one.commitment.kind)}: {one.commitment.payee}"
        bill = (one.commitment.due, words)
        bills[bill] = bills.get(bill, NOTHING) + one.outstanding
    in_order = sorted(bills.items(), key=lambda bill: (bill[0][0] is None, bill[0][0] or date.min))
    return tuple(FormItem(due, words, amount) for (due, words), amount in in_order)


def _commitments(made: MonitoringReturn) -> _Figure:
    return _Figure(made.commitments, items=bills_on_the_way(made))


def _reserves(made: MonitoringReturn) -> _Figure:
    return _Figure(
        Money.total(one.amount for one in made.facts.reserves),
        items=tuple(
            FormItem(one.agreed_on, one.label or one.kind, one.amount)
            for one in made.facts.reserves
        ),
    )


def _retained(made: MonitoringReturn) -> _Figure:
    kept = made.balance.tested.allowed + made.balance.reserves + made.balance.commitments
    return _Figure(min(made.totals.closing, kept))


def _next_regular(made: MonitoringReturn) -> Money:
    return Money.total(award.payment for _funder, award in made.awards_in_force())


def _next_expected(made: MonitoringReturn) -> _Figure:
    tested = made.balance.tested
    return _Figure((_next_regular(made) + tested.allowed).above(tested.net))


def _exceptions(made: MonitoringReturn) -> _Figure:
    count = len(made.exceptions)
    return _Figure(
        text=ngettext("{count} thing", "{count} things", count).format(count=count)
        if count
        else _("Nothing"),
        items=tuple(FormItem(None, one.text, one.amount, one.entry_id) for one in made.exceptions),
    )


def _reasons(made: MonitoringReturn) -> tuple[FormLine, ...]:
    """List what explains a balance that is higher or lower than expected."""
    sums: dict[str, Money] = {}
    for one in made.facts.owed:
        words = commitment_words(one.commitment.kind)
        sums[words] = sums.get(words, NOTHING) + one.outstanding
    for reserve in made.facts.reserves:
        sums[reserve.label or reserve.kind] = reserve.amount
    uncleared = made.agreement.unpresented
    if uncleared:
        sums[_("Cheques not yet cleared")] = uncleared
    how = _("What was still owed, set aside or not yet cleared on the last day.")
    return tuple(
        FormLine(f"reason_{number}", words, amount, str(amount), False, (), how)
        for number, (words, amount) in enumerate(sums.items(), 1)
    )


def commitment_words(kind: CommitmentKind) -> str:
    """Say what a bill on the way is for."""
    return {
        CommitmentKind.WAGES: _("Wages earned and not yet paid"),
        CommitmentKind.HMRC: _("Tax and National Insurance"),
        CommitmentKind.PENSION: _("Pension contributions"),
        CommitmentKind.INVOICE: _("Invoice not yet paid"),
        CommitmentKind.HOLIDAY: _("Holiday built up"),
        CommitmentKind.INSURANCE: _("Insurance coming due"),
        CommitmentKind.DEDUCTION: _("Taken from pay and not yet sent on"),
        CommitmentKind.REDUNDANCY: _("Redundancy pay not yet paid"),
        CommitmentKind.ADVANCE: _("Advance of pay not yet paid out"),
    }[kind]


_SOURCES: Mapping[Source, tuple[Callable[[MonitoringReturn], _Figure], Callable[[], str]]] = {
    Source.BOOK_OPENING: (
        _amount(lambda made: made.totals.opening),
        lambda: _(
            "What the cash book held before the first day: the closing balance of the return "
            "before this one."
        ),
    ),
    Source.STATEMENT_OPENING: (
        _statement_opening,
        lambda: _("What the statements say was there before the first day."),
    ),
    Source.SUM_INCOME: (
        _amount(lambda made: made.totals.income),
        lambda: _("All lines of money in, added up."),
    ),
    Source.SUM_EXPENDITURE: (
        _amount(lambda made: made.totals.expenditure),
        lambda: _("All lines of money out, added up."),
    ),
    Source.BOOK_CLOSING: (
        _amount(lambda made: made.totals.closing),
        lambda: _("The opening balance, plus money in, less money out."),
    ),
    Source.STATEMENT_CLOSING: (
        _statement_closing,
        lambda: _("What the statements say was there at the end of the last day."),
    ),
    Source.UNPRESENTED_PAYMENTS: (
        lambda made: _Figure(made.agreement.unpresented, items=_waiting(made, -1)),
        lambda: _("Payments in the cash book that were on no statement by the last day."),
    ),
    Source.OUTSTANDING_RECEIPTS: (
        lambda made: _Figure(made.agreement.outstanding, items=_waiting(made, 1)),
        lambda: _("Money paid in that was on no statement by the last day."),
    ),
    Source.CASH_IN_HAND: (
        _amount(lambda made: made.agreement.cash_in_hand),
        lambda: _("What was in the tin, plus cash drawn, less cash banked and cash spent."),
    ),
    Source.RECONCILED_BALANCE: (
        _amount(lambda made: made.agreement.reconciled),
        lambda: _(
            "The statement, less payments not yet on it, plus money in not yet on it, plus cash."
        ),
    ),
    Source.RECONCILIATION_DIFFERENCE: (
        _amount(lambda made: made.agreement.difference),
        lambda: _("What the bank comes to, less the closing balance of the cash book."),
    ),
    Source.AWARD_EXPECTED: (
        _award_expected,
        lambda: _("Every payment that fell due in the period, by the rates of its day."),
    ),
    Source.AWARD_RECEIVED: (
        _amount(lambda made: made.award.received),
        lambda: _("Everything funders paid in the period."),
    ),
    Source.AWARD_VARIANCE: (
        _award_variance,
        lambda: _("What was received, less what was due; below nothing, the funder owes it."),
    ),
    Source.AWARD_RATES: (
        _award_rates,
        lambda: _("Every rate that was in force on some day of the period."),
    ),
    Source.AWARD_STREAMS_TOTAL: (
        _amount(
            lambda made: Money.total(one.gross_weekly for _funder, one in made.awards_in_force())
        ),
        lambda: _("The weekly amounts in force on the last day, added up."),
    ),
    Source.CONTRIBUTION_EXPECTED: (
        _contribution_expected,
        lambda: _("Every contribution that fell due in this account in the period."),
    ),
    Source.CONTRIBUTION_RECEIVED: (
        _amount(lambda made: made.contribution.received),
        lambda: _("Every contribution that was paid in; top-ups are not counted."),
    ),
    Source.CONTRIBUTION_SHORTFALL: (
        _amount(lambda made: made.contribution.short),
        lambda: _("What was due, less what was paid in; below nothing, too much was paid."),
    ),
    Source.CONTRIBUTION_SHORTFALL_CUMULATIVE: (
        _cumulative,
        lambda: _("The same since the award began, periods before this one included."),
    ),
    Source.CONTRIBUTION_WEEKLY: (
        _amount(
            lambda made: Money.total(
                one.contribution_weekly for _funder, one in made.awards_in_force()
            )
        ),
        lambda: _("The weekly contributions in force on the last day, added up."),
    ),
    Source.STAFF_TOTALS: (
        _amount(lambda made: Money.total(one.gross for one in made.facts.staff)),
        lambda: _("Gross pay on every payslip of the period, added up."),
    ),
    Source.SERVICE_TOTALS: (
        _services,
        lambda: _("Every invoice of the period, less credit notes."),
    ),
    Source.PAYROLL_GROSS: (
        _amount(lambda made: Money.total(one.gross for one in made.facts.staff)),
        lambda: _("Gross pay on every payslip of the period, added up."),
    ),
    Source.PAYROLL_NET: (
        _amount(lambda made: Money.total(one.net for one in made.facts.staff)),
        lambda: _("Take-home pay on every payslip of the period, added up."),
    ),
    Source.PAYROLL_HMRC: (
        _payroll_hmrc,
        lambda: _("Tax, loans and both shares of National Insurance on those payslips."),
    ),
    Source.PAYROLL_PENSION: (
        _amount(
            lambda made: Money.total(
                one.employee_pension + one.employer_pension for one in made.facts.staff
            )
        ),
        lambda: _("Both shares of pension contributions on those payslips."),
    ),
    Source.PAYROLL_DIFFERENCE: (
        _payroll_difference,
        lambda: _("Take-home pay on the payslips, less wages paid from the account."),
    ),
    Source.COMMITMENTS: (
        _commitments,
        lambda: _("Everything earned or billed by the last day and not yet paid."),
    ),
    Source.RESERVES_AGREED: (
        _reserves,
        lambda: _("Money set aside with the funder's agreement."),
    ),
    Source.BALANCE_WEEKS: (
        lambda made: _Figure(text=str(made.balance.tested.weeks)),
        lambda: _("How many weeks' money this funder lets stand."),
    ),
    Source.BALANCE_ALLOWED: (
        _amount(lambda made: made.balance.tested.allowed),
        lambda: _("So many weeks at the weekly rate in force on the last day."),
    ),
    Source.BALANCE_AFTER_COMMITMENTS: (
        _amount(lambda made: made.balance.tested.net),
        lambda: _("The closing balance, less bills on the way and money set aside."),
    ),
    Source.SURPLUS: (
        _amount(lambda made: made.balance.tested.surplus),
        lambda: _("What is left above what may be kept; never below nothing."),
    ),
    Source.WEEKS_HELD: (
        lambda made: _Figure(text=number_words(made.balance.tested.weeks_held)),
        lambda: _("The balance after what is taken off, divided by the weekly rate."),
    ),
    Source.RETAINED_TOTAL: (
        _retained,
        lambda: _("What may be kept in all, and no more than there is."),
    ),
    Source.REPAYMENT_REQUESTED: (
        lambda _made: _Figure(),
        lambda: _("For the funder to fill in."),
    ),
    Source.NEXT_REGULAR_PAYMENT: (
        _amount(_next_regular),
        lambda: _("The regular payment at the rate in force on the last day."),
    ),
    Source.NEXT_PAYMENT_EXPECTED: (
        _next_expected,
        lambda: _(
            "The regular payment plus what may be kept, less the balance after bills on the way; "
            "never below nothing."
        ),
    ),
    Source.FUNDER_SPLIT: (
        lambda made: _Figure(made.totals.closing),
        lambda: _("Each funder's own opening, money in, money out and closing."),
    ),
    Source.EXCEPTIONS: (
        _exceptions,
        lambda: _("Everything the funder will ask about."),
    ),
}
