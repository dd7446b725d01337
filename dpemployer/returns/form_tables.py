"""The tables of a form: staff, services, funders, every payment."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from dpemployer.bookkeeping.categories import CategoryKind
from dpemployer.bookkeeping.funding import UNCODED
from dpemployer.i18n import _, short_date
from dpemployer.money import NOTHING, Money
from dpemployer.returns.template import SectionKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dpemployer.bookkeeping.categories import Categories
    from dpemployer.bookkeeping.reported import Invoice
    from dpemployer.returns.figures import FunderPart
    from dpemployer.returns.monitoring_return import MonitoringReturn
    from dpemployer.returns.period_facts import PeriodEntry, StaffMember
    from dpemployer.returns.template import TemplateSection


_NO_HOURS = Decimal(0)


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it prints."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    totals: tuple[str, ...] = ()


def table_of(section: TemplateSection, made: MonitoringReturn, categories: Categories) -> Table:
    """Return the table of a section; an empty one where it has none."""
    match section.kind:
        case SectionKind.STAFF_SUMMARY:
            rows = [_staff_row(one, made) for one in made.facts.staff]
            totals = _staff_totals(made)
        case SectionKind.SERVICE_SUMMARY:
            rows = [_service_row(one, made) for one in made.facts.invoices]
            totals = {"amount": str(Money.total(one.amount for one in made.facts.invoices))}
        case SectionKind.FUNDER_SPLIT:
            rows = [_funder_row(part) for part in made.funders]
            totals = {}
        case SectionKind.FUNDING_STREAMS:
            rows = [
                {
                    "stream": funder.name,
                    "weekly_amount": str(award.gross_weekly),
                    "yearly_amount": str(Money(award.gross_weekly.pence * 52)),
                }
                for funder, award in made.awards_in_force()
            ]
            totals = {}
        case SectionKind.TRANSACTION_LIST:
            rows = [_payment_row(one, made, categories) for one in made.facts.entries]
            totals = _payment_totals(made)
        case _:
            return Table()
    return _table(section.columns, rows, totals if rows else {})


def _table(
    columns: tuple[str, ...],
    rows: list[dict[str, str]],
    totals: dict[str, str],
) -> Table:
    foot = tuple(totals.get(column, "") for column in columns)
    if totals and columns:
        foot = (_("Total"), *foot[1:])
    return Table(
        tuple(column_words(column) for column in columns),
        tuple(tuple(row.get(column, "") for column in columns) for row in rows),
        foot if totals else (),
    )


_HEADINGS: Mapping[str, Callable[[], str]] = {
    "initials": lambda: _("Initials"),
    "pay_periods": lambda: _("Pay periods"),
    "hours_worked": lambda: _("Hours worked"),
    "holiday_hours": lambda: _("Holiday hours"),
    "sick_hours": lambda: _("Sick hours"),
    "hourly_rate": lambda: _("Hourly rate"),
    "gross_pay": lambda: _("Gross pay"),
    "tax_ni_employee": lambda: _("Tax and employee National Insurance"),
    "pension_employee": lambda: _("Employee pension"),
    "net_pay": lambda: _("Take-home pay"),
    "net_paid_from_account": lambda: _("Paid from the account"),
    "employer_ni": lambda: _("Employer National Insurance"),
    "employer_pension": lambda: _("Employer pension"),
    "provider": lambda: _("Provider"),
    "invoice_no": lambda: _("Invoice"),
    "service_dates": lambda: _("Dates of service"),
    "hours_or_sessions": lambda: _("Hours or sessions"),
    "rate": lambda: _("Rate"),
    "amount": lambda: _("Amount"),
    "paid_on": lambda: _("Paid on"),
    "funder": lambda: _("Funder"),
    "opening": lambda: _("Opening"),
    "in": lambda: _("In"),
    "out": lambda: _("Out"),
    "closing": lambda: _("Closing"),
    "commitments": lambda: _("Bills on the way"),
    "allowed": lambda: _("May be kept"),
    "surplus": lambda: _("Over"),
    "stream": lambda: _("Paid by"),
    "weekly_amount": lambda: _("Weekly"),
    "yearly_amount": lambda: _("Yearly"),
    "date": lambda: _("Date"),
    "payee_or_payer": lambda: _("Paid to or from"),
    "what_for": lambda: _("What for"),
    "line": lambda: _("Line of the form"),
    "evidence_ref": lambda: _("Papers"),
    "cheque_no": lambda: _("Cheque"),
}


def column_words(column: str) -> str:
    """Return the heading of a column; one nobody knows prints as the template has it."""
    words = _HEADINGS.get(column)
    return words() if words is not None else column.replace("_", " ")


# ── rows ─────────────────────────────────────────────────────────────────────────────


def _staff_row(one: StaffMember, made: MonitoringReturn) -> dict[str, str]:
    return {
        "initials": one.key,
        "pay_periods": str(one.periods),
        "hours_worked": number_words(one.worked),
        "holiday_hours": number_words(one.holiday),
        "sick_hours": number_words(one.sick),
        "hourly_rate": ", ".join(str(rate) for rate in one.rates),
        "gross_pay": str(one.gross),
        "tax_ni_employee": str(one.tax + one.employee_ni),
        "pension_employee": str(one.employee_pension),
        "net_pay": str(one.net),
        "net_paid_from_account": _wages_paid(one, made),
        "employer_ni": str(one.employer_ni),
        "employer_pension": str(one.employer_pension),
    }


def _wages_paid(one: StaffMember, made: MonitoringReturn) -> str:
    """Return what went to one person from the account, where the account says to whom."""
    paid = made.facts.wages_paid.get(one.key)
    return "" if paid is None else str(paid)


def _staff_totals(made: MonitoringReturn) -> dict[str, str]:
    staff = made.facts.staff
    return {
        "hours_worked": number_words(sum((one.worked for one in staff), start=_NO_HOURS)),
        "holiday_hours": number_words(sum((one.holiday for one in staff), start=_NO_HOURS)),
        "sick_hours": number_words(sum((one.sick for one in staff), start=_NO_HOURS)),
        "gross_pay": str(Money.total(one.gross for one in staff)),
        "tax_ni_employee": str(Money.total(one.tax + one.employee_ni for one in staff)),
        "pension_employee": str(Money.total(one.employee_pension for one in staff)),
        "net_pay": str(Money.total(one.net for one in staff)),
        "employer_ni": str(Money.total(one.employer_ni for one in staff)),
        "employer_pension": str(Money.total(one.employer_pension for one in staff)),
    }


def _service_row(one: Invoice, made: MonitoringReturn) -> dict[str, str]:
    amount_of = one.hours if one.hours is not None else one.sessions
    days = [day for day in (one.service_from, one.service_to) if day is not None]
    return {
        "provider": one.provider,
        "invoice_no": one.reference,
        "service_dates": "–".join(short_date(day) for day in dict.fromkeys(days)),
        "hours_or_sessions": "" if amount_of is None else number_words(amount_of),
        "rate": "" if one.rate is None else str(one.rate),
        "amount": str(one.amount),
        "paid_on": _paid_on(one, made),
    }


def _paid_on(one: Invoice, made: MonitoringReturn) -> str:
    """Return the day an invoice was paid: by the entry it names, or one that plainly did."""
    for period_entry in made.facts.entries:
        entry = period_entry.entry
        plainly = (entry.payee.casefold(), -entry.amount) == (one.provider.casefold(), one.amount)
        if entry.id == one.paid_by_id or (one.paid_by_id is None and plainly):
            return short_date(entry.day)
    return ""


def _funder_row(part: FunderPart) -> dict[str, str]:
    tested = part.tested
    return {
        "funder": part.funder.name,
        "opening": str(part.opening),
        "in": str(part.income),
        "out": str(part.expenditure),
        "closing": str(part.closing),
        "commitments": str(part.commitments),
        "allowed": "" if tested is None else str(tested.allowed),
        "surplus": "" if tested is None else str(tested.surplus),
    }


def _payment_row(
    one: PeriodEntry, made: MonitoringReturn, categories: Categories
) -> dict[str, str]:
    entry = one.entry
    return {
        "date": short_date(entry.day),
        "payee_or_payer": entry.payee,
        "what_for": what_for(one, categories),
        "line": _line_words(one, made, categories),
        "in": str(entry.amount) if entry.amount > NOTHING else "",
        "out": str(-entry.amount) if entry.amount < NOTHING else "",
        "evidence_ref": ", ".join(str(number) for number in one.papers),
        "cheque_no": entry.cheque_no,
    }


def _payment_totals(made: MonitoringReturn) -> dict[str, str]:
    amounts = [one.entry.amount for one in made.facts.entries]
    return {
        "in": str(Money.total(amount for amount in amounts if amount > NOTHING)),
        "out": str(-Money.total(amount for amount in amounts if amount < NOTHING)),
    }


def payments_on_paper(made: MonitoringReturn, categories: Categories) -> Table:
    """Return every payment in columns that fit across a page.

    What a payment was for is said by its line of the form, or in the cash book's own words where
    it is on none; the number of a cheque stands with the name.
    """
    rows = [_payment_row(one, made, categories) for one in made.facts.entries]
    totals = _payment_totals(made)
    columns = ("date", "payee_or_payer", "what_for", "evidence_ref", "in", "out")
    return Table(
        tuple(column_words(column) for column in columns),
        tuple(
            (
                row["date"],
                _("{payee}, cheque {number}").format(
                    payee=row["payee_or_payer"], number=row["cheque_no"]
                )
                if row["cheque_no"]
                else row["payee_or_payer"],
                _with_note(row["line"] or row["what_for"], one),
                row["evidence_ref"],
                row["in"],
                row["out"],
            )
            for row, one in zip(rows, made.facts.entries, strict=True)
        ),
        (_("Total"), "", "", "", totals["in"], totals["out"]) if rows else (),
    )


def _with_note(words: str, one: PeriodEntry) -> str:
    note = one.entry.note
    return f"{words}\n{note}" if note and not words.endswith(note) else words


def what_for(one: PeriodEntry, categories: Categories) -> str:
    """Say what an entry was for, and what the person noted."""
    codes = dict.fromkeys(split.category for split in one.posted.splits)
    words = "; ".join(categories[code].label for code in codes) or _("Not yet said")
    return f"{words}. {one.entry.note}" if one.entry.note else words


def _line_words(one: PeriodEntry, made: MonitoringReturn, categories: Categories) -> str:
    """Say which lines of the form an entry is on."""
    codes = dict.fromkeys(part.category for part in made.slices if part.entry_id == one.entry.id)
    labels = [
        line.label
        for code in codes
        if code != UNCODED and categories[code].kind is not CategoryKind.TRANSFER
        for line in made.template.lines
        if code in line.categories
    ]
    return "; ".join(dict.fromkeys(labels))


def number_words(number: Decimal) -> str:
    """Write an exact number without idle noughts."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
