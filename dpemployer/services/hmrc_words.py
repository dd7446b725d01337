"""What is said around the figures HMRC is told: titles, what to know, what a form is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.i18n import _, long_date, ngettext
from dpemployer.payroll.fps_sheet import SheetItem, SheetPart
from dpemployer.payroll.reporting import ReportKind, paper_quarter
from dpemployer.periods import TaxYear

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dpemployer.services.hmrc_rows import ReportRow
    from dpemployer.statutory.rates import Rates


def says(rows: Sequence[ReportRow]) -> str:
    """Say what is to be told, and how many more of the same are waiting."""
    first, more = rows[0], len(rows) - 1
    match first.kind:
        case ReportKind.PAYDAY:
            words = _("Tell HMRC about the payday of {day}.").format(day=long_date(first.day))
        case ReportKind.MONTH:
            words = _("Tell HMRC about the tax month to {day}.").format(day=long_date(first.day))
        case ReportKind.QUARTER:
            words = _("Send HMRC the form for the quarter to {day}.").format(
                day=long_date(first.day)
            )
        case ReportKind.YEAR:
            words = _("Tell HMRC that the tax year {year} is finished.").format(year=first.tax_year)
        case _:
            words = _("Give {who} the P60 figures for {year}.").format(
                who=first.who, year=first.tax_year
            )
    if not more:
        return words
    rest = ngettext("{count} more is waiting.", "{count} more are waiting.", more)
    return f"{words} {rest.format(count=more)}"


def title(row: ReportRow) -> str:
    """Say what a report is about."""
    match row.kind:
        case ReportKind.PAYDAY:
            words = (
                _("Correction for HMRC, payday {day}")
                if row.corrects
                else _("Figures for HMRC, payday {day}")
            )
            return words.format(day=long_date(row.day))
        case ReportKind.MONTH:
            return _("Employer payment summary (EPS), tax month to {day}").format(
                day=long_date(row.day)
            )
        case ReportKind.QUARTER:
            return _("Figures for the paper form, quarter to {day}").format(day=long_date(row.day))
        case ReportKind.YEAR:
            return _("The tax year {year} is finished").format(year=row.tax_year)
        case _:
            return _("P60 figures {year}").format(year=row.tax_year)


def as_a_whole(row: ReportRow, recovered: tuple[SheetItem, ...]) -> SheetPart:
    """Return what is told about a month, a quarter or a year as a whole, and why."""
    words = {
        ReportKind.MONTH: _("The tax month"),
        ReportKind.QUARTER: _("The quarter"),
    }.get(row.kind, _("The tax year"))
    items = [
        SheetItem(
            "days",
            words,
            _("{first} to {last}").format(first=long_date(row.first_day), last=long_date(row.day)),
        ),
        *(
            SheetItem(f"reason_{place}", _("Why"), reason)
            for place, reason in enumerate(row.reasons)
        ),
        *recovered,
    ]
    return SheetPart("whole", words, tuple(items))


def payday_notes(row: ReportRow, *, on_paper: bool) -> tuple[str, ...]:
    """Say how the figures of a payday are told."""
    if on_paper:
        return (
            _(
                "HMRC was told of this payday with its quarter, and the figures were not right. "
                "Write to HMRC with the right figures to date, or ask its employer helpline how to "
                "put the form right."
            ),
            _("The next form then has to carry the figures to date as they are here."),
        )
    notes = [
        _(
            "In HMRC’s Basic PAYE Tools choose your name, then “Manage employees”, the person, "
            "“Employee payments” and “Add employee payment”. Type the figures in this order."
        ),
        _(
            "When everybody is typed in, send the full payment submission (FPS) from there. "
            "This program sends nothing."
        ),
        _("HMRC must have it on or before {day}.").format(day=long_date(row.due))
        if not row.corrects
        else _("Send a correction as soon as you can."),
    ]
    if row.late and not row.corrects:
        notes.append(
            _(
                "It is late. You are asked for the reason. Choose G if there is a reasonable "
                "excuse, such as illness, and leave it empty if there is none. HMRC does not "
                "usually charge for the first time in a tax year, nor for three days or less."
            )
        )
    if row.final:
        notes.append(
            _(
                "This is the last payday of the tax year. Say “yes” where you are asked whether it "
                "is the final submission for the year."
            )
        )
    return tuple(notes)


def p60_notes() -> tuple[str, ...]:
    """Say what is done with the figures of a P60."""
    return (
        _("Print these from “P60 figures”, and give them to the person on paper or by email."),
        _("They must have them by 31 May."),
    )


def month_notes(row: ReportRow) -> tuple[str, ...]:
    """Say how a month or a year as a whole is told."""
    if row.kind is ReportKind.YEAR:
        return (
            _(
                "Send an employer payment summary (EPS) that says it is the final submission for "
                "the tax year. If the last payday’s report said so already, tick that one and say "
                "so there."
            ),
        )
    return (
        _(
            "In HMRC’s Basic PAYE Tools choose your name, then “Create EPS”. For a month in which "
            "nobody was paid, choose “Periods with no payments to employees”."
        ),
        _(
            "To claim the Employment Allowance, answer yes, and that State aid rules do not apply "
            "to you. Claim it once a tax year."
        ),
        _("HMRC must have it by {day}, for it to count in this month.").format(
            day=long_date(row.due)
        ),
    )


def quarter_notes(row: ReportRow, rates: Rates) -> tuple[str, ...]:
    """Say how a quarter is told on paper, and by which day."""
    quarter = paper_quarter(TaxYear.parse(row.tax_year), row.number, rates)
    return (
        _(
            "This is a sheet of figures, not the form. Copy each person’s figures on to a full "
            "quarterly payment summary (RT2). Use the employer payment summary (RT5) when nobody "
            "was paid, when you get parental pay back, and to claim the Employment Allowance."
        ),
        _(
            "HMRC sends these forms only to employers it has agreed this with. You must fill them "
            "in yourself: if a relative, an accountant or a payroll service does it, it has to be "
            "online."
        ),
        _(
            "The form must be there by {day}. One rule says 14 days after the quarter, which is "
            "{by_days}; another says the 19th, which is {by_month_day}. The money has a day of its "
            "own."
        ).format(
            day=long_date(quarter.due),
            by_days=long_date(quarter.by_days),
            by_month_day=long_date(quarter.by_day_of_month),
        ),
        _(
            "A worker who gets Universal Credit has to report their own pay, because nobody else "
            "tells the DWP of it each payday."
        ),
    )


def report_file_name(row: ReportRow) -> str:
    """Say what a sheet is called when it is saved."""
    words = {
        ReportKind.PAYDAY: _("figures for HMRC, payday {day}"),
        ReportKind.MONTH: _("EPS figures, tax month to {day}"),
        ReportKind.QUARTER: _("figures for the paper form, quarter to {day}"),
    }.get(row.kind, _("end of the tax year, {day}"))
    return f"{words.format(day=row.day.isoformat())}.pdf"
