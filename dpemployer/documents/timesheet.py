"""A timesheet to print and sign: the proof of hours that councils ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dpemployer.documents.layout import Paper
from dpemployer.documents.pdf import About
from dpemployer.documents.tables import Column, Row
from dpemployer.documents.words import counted, hours, period
from dpemployer.i18n import _, hours_and_minutes, short_date, weekday_name
from dpemployer.payroll.people import PayType, Per
from dpemployer.payroll.timesheet import Shift


@dataclass(frozen=True, slots=True)
class TimesheetPaper:
    """One person's hours in one period."""

    name: str
    employer_name: str
    first_day: date
    last_day: date
    shifts: tuple[Shift, ...]
    totals: tuple[tuple[str, str], ...]
    """Each kind of time, and what it adds up to."""
    payroll_id: str = ""
    blank_rows: int = 0
    """Empty lines to fill in by hand."""


def timesheet_pdf(paper: TimesheetPaper, *, large_print: bool) -> bytes:
    """Print a timesheet with a place to sign for whoever worked and whoever employs."""
    days = period(paper.first_day, paper.last_day)
    heading = _("Timesheet of {name}, {days}").format(name=paper.name, days=days)
    sheet = Paper(
        About(title=heading, author=paper.employer_name, dated=paper.last_day),
        large_print=large_print,
        foot=heading,
    )
    sheet.title(_("Timesheet"))
    facts = [
        (_("Name"), paper.name),
        (_("Payroll number"), paper.payroll_id),
        (_("Employer"), paper.employer_name),
        (_("Days"), days),
    ]
    sheet.facts([fact for fact in facts if fact[1]])
    sheet.heading(_("Time worked and leave taken"))
    columns = (
        Column(_("Day")),
        Column(_("What")),
        Column(_("From")),
        Column(_("To")),
        Column(_("Break")),
        Column(_("Time"), figures=True),
    )
    blank = Row(("",) * len(columns))
    rows = [*(_shift_row(shift) for shift in paper.shifts), *[blank] * paper.blank_rows]
    sheet.table(columns, rows or [blank], to_write_on=bool(paper.blank_rows))
    if paper.totals:
        sheet.heading(_("All together"))
        sheet.facts(paper.totals)
    sheet.heading(_("Signed"))
    sheet.paragraph(_("These are the hours I worked and the leave I took."))
    sheet.places_to_sign([_("Signed by {name}").format(name=paper.name), _("Date")])
    sheet.paragraph(_("I agree these hours."))
    sheet.places_to_sign([_("Signed for {name}").format(name=paper.employer_name), _("Date")])
    return sheet.finish()


def _shift_row(shift: Shift) -> Row:
    if shift.pay_type is PayType.EXPENSES:
        worth = counted(shift.quantity, Per.MILE) if shift.quantity else str(shift.amount)
    else:
        worth = hours(shift.minutes)
    what = [shift.label]
    if shift.awake_minutes:
        what.append(_("Awake for work: {time}").format(time=hours(shift.awake_minutes)))
    if shift.note:
        what.append(shift.note)
    return Row(
        (
            f"{weekday_name(shift.day)} {short_date(shift.day)}",
            "\n".join(what),
            f"{shift.started:%H:%M}" if shift.started else "",
            f"{shift.ended:%H:%M}" if shift.ended else "",
            hours_and_minutes(shift.break_minutes) if shift.break_minutes else "",
            worth,
        )
    )
