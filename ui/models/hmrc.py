"""How what HMRC is told, owed and kept, and the year's end, are shown in tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dpemployer.i18n import N_, _, long_date
from dpemployer.money import Money
from dpemployer.services.hmrc_rows import HowTold, LaterRow, ReportKind, SheetItem
from ui.models.rows import Column

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dpemployer.services.hmrc_rows import (
        Added,
        JobRow,
        NewCodeRow,
        P32Row,
        P60Row,
        RecordLine,
        ReportRow,
    )


def report_words(row: ReportRow) -> str:
    """Say what a report is about."""
    match row.kind:
        case ReportKind.PAYDAY:
            words = _("Correction, payday {day}") if row.corrects else _("Payday {day}")
            return words.format(day=long_date(row.day))
        case ReportKind.MONTH:
            return _("Tax month to {day} (EPS)").format(day=long_date(row.day))
        case ReportKind.QUARTER:
            return _("Paper form, quarter to {day}").format(day=long_date(row.day))
        case ReportKind.YEAR:
            return _("The tax year {year} is finished").format(year=row.tax_year)
        case _:
            return _("P60 figures for {who}").format(who=row.who)


def told_words(row: ReportRow) -> str:
    """Say whether it has been told, by whom and when; or that it is late."""
    if row.told is not None:
        return _("Done on {day} by {who}").format(
            day=long_date(row.told.told_on), who=row.told.told_by
        )
    return _("Late") if row.late else _("To do")


def how_told() -> tuple[tuple[HowTold, str], ...]:
    """By which way something was told."""
    return (
        (HowTold.BASIC_PAYE_TOOLS, _("HMRC’s Basic PAYE Tools")),
        (HowTold.OTHER_SOFTWARE, _("Other payroll software")),
        (HowTold.PAYROLL_SERVICE, _("A payroll service did it")),
        (HowTold.PAPER, _("On paper")),
        (HowTold.BY_HAND, _("Given to the person")),
    )


REPORTS: tuple[Column[ReportRow], ...] = (
    Column(N_("What to tell"), text=report_words, strong=lambda row: row.told is None),
    Column(N_("By"), text=lambda row: long_date(row.due)),
    Column(N_("About"), text=lambda row: row.who or " ".join(row.reasons)),
    Column(N_("Told"), text=told_words, strong=lambda row: row.late),
)


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of a sheet of figures: an item, and the part it is in."""

    part: str
    item: SheetItem


SHEET: tuple[Column[SheetLine], ...] = (
    Column(N_("Part"), text=lambda row: row.part),
    Column(N_("What is asked"), text=lambda row: row.item.label),
    Column(N_("Figure"), text=lambda row: row.item.value, strong=lambda _row: True),
    Column(N_("Watch for"), text=lambda row: row.item.note),
)


def period_words(row: P32Row) -> str:
    """Say which month, quarter or year a line of the P32 is."""
    if len(row.months) == 1:
        return _("Month {number}, to {day}").format(
            number=row.months[0], day=long_date(row.last_day)
        )
    if len(row.months) == 3:
        return _("Quarter to {day}").format(day=long_date(row.last_day))
    return _("Tax year {year}").format(year=row.tax_year)


P32: tuple[Column[P32Row], ...] = (
    Column(N_("For"), text=period_words, strong=lambda row: len(row.months) > 1),
    Column(N_("Tax and loans"), text=lambda row: str(row.amount("net_income_tax")), numeric=True),
    Column(N_("National Insurance"), text=lambda row: str(row.amount("gross_ni")), numeric=True),
    Column(N_("Deductions"), text=lambda row: str(row.amount("deductions")), numeric=True),
    Column(
        N_("From before this book"), text=lambda row: str(row.amount("from_before")), numeric=True
    ),
    Column(
        N_("To pay"),
        text=lambda row: str(row.amount("due")),
        numeric=True,
        strong=lambda _row: True,
    ),
    Column(N_("To be with HMRC by"), text=lambda row: long_date(row.due_on)),
    Column(N_("Paid so far"), text=lambda row: str(row.paid), numeric=True),
)

ADDED: tuple[Column[Added], ...] = (
    Column(N_("Figure"), text=lambda one: one.label),
    Column(N_("Amount"), text=lambda one: one.shown, numeric=True),
)

RECORD: tuple[Column[RecordLine], ...] = (
    Column(
        N_("Payday"),
        text=lambda line: (
            _("{day}, taken back").format(day=long_date(line.day))
            if line.taken_back
            else long_date(line.day)
        ),
    ),
    Column(N_("Code"), text=lambda line: line.code),
    Column(N_("Pay"), text=lambda line: str(line.pay), numeric=True),
    Column(N_("Pay to date"), text=lambda line: str(line.pay_to_date), numeric=True),
    Column(N_("Tax"), text=lambda line: str(line.tax), numeric=True),
    Column(N_("Tax to date"), text=lambda line: str(line.tax_to_date), numeric=True),
    Column(N_("Their National Insurance"), text=lambda line: str(line.employee_ni), numeric=True),
    Column(N_("Yours"), text=lambda line: str(line.employer_ni), numeric=True),
)

JOBS: tuple[Column[JobRow], ...] = (
    Column(N_("Who"), text=lambda row: row.name),
    Column(N_("Male or female"), text=lambda row: sex_words(row.job.sex)),
    Column(N_("Normal hours"), text=lambda row: _("Band {band}").format(band=row.band.value)),
    Column(N_("Irregular"), text=lambda row: _("yes") if row.job.irregular else _("no")),
)


def sex_words(sex: str) -> str:
    """Say how HMRC has somebody on record."""
    return {"M": _("Male"), "F": _("Female")}.get(sex, _("not known"))


P60S: tuple[Column[P60Row], ...] = (
    Column(N_("Who"), text=lambda row: row.name),
    Column(
        N_("Pay in the year"),
        text=lambda row: str(
            next(one.amount for one in row.p60.pay_and_tax if one.key == "total_pay")
        ),
        numeric=True,
    ),
    Column(
        N_("Tax in the year"),
        text=lambda row: str(
            next(one.amount for one in row.p60.pay_and_tax if one.key == "total_tax")
        ),
        numeric=True,
    ),
    Column(
        N_("Given"),
        text=lambda row: (
            _("On {day} by {who}").format(day=long_date(row.told.told_on), who=row.told.told_by)
            if row.told
            else _("By {day}").format(day=long_date(row.due))
        ),
    ),
)


def _new_code_words(row: NewCodeRow) -> str:
    if row.kept:
        return _("stays, from HMRC’s newer notice")
    return _("changes") if row.changes else _("stays")


CODES: tuple[Column[NewCodeRow], ...] = (
    Column(N_("Who"), text=lambda row: row.name),
    Column(N_("Code on 5 April"), text=lambda row: row.before),
    Column(N_("Code from 6 April"), text=lambda row: row.after, strong=lambda row: row.changes),
    Column(N_("What happens"), text=_new_code_words),
)


@dataclass(frozen=True, slots=True)
class LaterLine:
    """One figure of a later payslip that would be different."""

    row: LaterRow
    figure: str
    before: Money
    after: Money


def later_lines(rows: Iterable[LaterRow]) -> tuple[LaterLine, ...]:
    """Return every figure that would be different, payslip by payslip."""
    return tuple(LaterLine(row, *figure) for row in rows for figure in row.figures)


LATER: tuple[Column[LaterLine], ...] = (
    Column(N_("Payday"), text=lambda line: long_date(line.row.pay_date)),
    Column(N_("Who"), text=lambda line: line.row.name),
    Column(N_("Figure"), text=lambda line: line.figure),
    Column(N_("On the payslip"), text=lambda line: str(line.before), numeric=True),
    Column(N_("It would be"), text=lambda line: str(line.after), numeric=True),
)
